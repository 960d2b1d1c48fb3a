"""The raw bytes of each record, handed on under their SHA-256 to whoever keeps them.

Whoever makes a report out of bytes calls `sealed(content)` once with the bytes of that record and writes the hash that it gives into
`Proof.sha256`. That is all a format has to know. If a keeper is at work (`keeping`), the same call hands it the bytes, so that a hash that
stands in a proof always has its bytes behind it, and the bytes are hashed once.

A keeper is any callable `(sha256: str, content: bytes) -> None`. It must bear to be given the same bytes twice. If it cannot keep them it raises
OSError, which ends the whole intake as a `KeepingError` (it is no fault of the record): a store that loses bytes in silence proves nothing.
`RawFolder` keeps files; a store hands in a keeper of its own:

    with keeping(store.keep_raw):
        for item in take_in(intake): …

The keeper belongs to the thread of work that opened it (a context variable), so readers of formats need no further argument for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path

Keeper = Callable[[str, bytes], None]
"""Keeps `content` under its `sha256` (hex)."""


class KeepingError(RuntimeError):
    """The raw bytes of a record could not be kept, so no report may be made of them."""


_keeper: ContextVar[Keeper | None] = ContextVar("marsad.intake.raw", default=None)


def sealed(content: bytes) -> str:
    """SHA-256 (hex) of the raw bytes of one record, which the keeper at work, if there is one, now has."""
    sha256 = hashlib.sha256(content).hexdigest()
    keeper = _keeper.get()
    if keeper is not None:
        try:
            keeper(sha256, content)
        except OSError as error:
            raise KeepingError(f"cannot keep the raw bytes {sha256}: {error.strerror or error}") from error
    return sha256


@contextlib.contextmanager
def keeping(keeper: Keeper | None) -> Iterator[None]:
    """Whatever is sealed inside goes to `keeper`; None: it is hashed only."""
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)


class RawFolder:
    """A keeper that writes each record's bytes to `folder`/ab/ab12…: the file's name is the SHA-256 of what is in it.

    A file takes its name when it is whole and on the disk; a file that is there already is not written again.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are, or would be."""
        return self._folder / sha256[:2] / sha256

    def __call__(self, sha256: str, content: bytes) -> None:
        path = self.path(sha256)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size == len(content):
                return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(part, 0o444 & ~_mask())  # evidence is not edited
            os.replace(part, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
