"""One file as it is handed to a format: its name, its first bytes, a way to its content, and the proof of what is made of it.

A file may lie on a disk, come in through a pipe, or stand inside another file (a page in an archive, a document in a letter). A format
asks for a stream (`opened`), for all bytes within a limit (`whole`), or hands a file that it found inside to the other formats (`inside`).
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from marsad import __version__
from marsad.intake.faults import Fault
from marsad.intake.raw import sealed
from marsad.model import Proof, Report

Item = Report | Fault

HEAD: Final = 65_536  # bytes that a format is known by
WHOLE: Final = 512 * 1024 * 1024  # bytes of a file that is read whole, where a format sets no lower limit
_DEEPEST: Final = 4  # files in files: a document in a letter in an archive in a letter


class IntakeError(ValueError):
    """This file, or this record of it, cannot be taken in; the message says why, in words for the user."""


@dataclass(slots=True)
class Given:
    """One file. `name`: as faults and proofs call it; `inner` is true of a file inside another.

    `columns`: which column of a table holds what (`{"text": "Body"}`), where the user said so. `url`, `record_id`, `fetched` (RFC 3339),
    `headers`: what the archive says about a file that it holds; they go into the proof. `known_ending` and `known_stem`: where the name does
    not tell them.
    """

    name: str
    head: bytes = b""
    path: Path | None = None
    content: bytes | None = None
    stream: IO[bytes] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    record_id: str | None = None
    fetched: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    known_ending: str = ""
    known_stem: str = ""
    depth: int = 0
    _hashed: tuple[bytes, str] = (b"", "")

    @classmethod
    def of_path(cls, path: Path, columns: Mapping[str, str]) -> Given:
        """A file on a disk, or a pipe that has a name, which can be read only once; raises OSError where it cannot be read."""
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                content = file.read(WHOLE + 1)
                if len(content) > WHOLE:
                    raise OSError(errno.EFBIG, f"more than {WHOLE:,} bytes through a pipe; write them to a file, or read them from standard input")
                return cls(str(path), content[:HEAD], content=content, columns=columns)
            head = file.read(HEAD)
        return cls(str(path), head, path=path, columns=columns)

    @classmethod
    def of_bytes(cls, content: bytes, name: str) -> Given:
        """Bytes that are at hand."""
        return cls(name, content[:HEAD], content=content)

    @property
    def inner(self) -> bool:
        """Whether it stands inside another file."""
        return self.depth > 0

    @property
    def ending(self) -> str:
        """The ending of its name, in lower case, with the point; empty where it has none."""
        return self.known_ending or Path(self.name.replace("\\", "/")).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folders and ending, from which the ids of reports are made that have none."""
        return self.known_stem or self.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @contextlib.contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes as a stream from the beginning; those of a pipe can be had once."""
        if self.content is not None:
            yield io.BytesIO(self.content)
        elif self.path is not None:
            with self.path.open("rb") as file:
                yield file
        elif self.stream is not None:
            yield self.stream
        else:
            raise IntakeError("nothing to read")

    def whole(self, limit: int = WHOLE) -> bytes:
        """All its bytes; raises `IntakeError` where it has more than `limit`."""
        if self.content is None:
            with self.opened() as file:
                self.content = file.read(limit + 1)
        if len(self.content) > limit:
            raise IntakeError(f"more than {limit:,} bytes")
        return self.content

    def inside(self, content: bytes, name: str, **about: object) -> Iterator[Item]:
        """What the formats make of a file that stands inside this one. `about`: fields of `Given` that are known of it."""
        if self.depth >= _DEEPEST:
            yield Fault(self.name, name, "files inside files, nested too deeply")
            return
        from marsad.intake.formats import read_given  # the registry knows this module's users

        known = {"columns": self.columns, "url": self.url, "record_id": self.record_id, "fetched": self.fetched}
        found = Given(name, content[:HEAD], content=content, depth=self.depth + 1, **{**known, **about})  # type: ignore[arg-type]
        yield from read_given(found)

    def proof(
        self,
        raw: bytes,
        member: str | None = None,
        *,
        extractor: str,
        encoding: str | None = None,
        encoding_from: str | None = None,
        url: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        record_id: str | None = None,
    ) -> Proof:
        """The proof of a report that was made of the bytes `raw` (all of this file, or a part: `member`), which are sealed (see `raw`)."""
        if self._hashed[0] is not raw or not raw:  # the many reports of one document or sheet are made of the same bytes
            self._hashed = (raw, sealed(raw))
        sha256 = self._hashed[1]
        return Proof(
            sha256=sha256,
            size=len(raw),
            path=self.name if member is None else f"{self.name}#{member}",
            url=url or self.url,
            record_id=record_id or self.record_id,
            fetched=self.fetched,
            headers=(*self.headers, *headers),
            extractor=versioned(extractor),
            encoding=encoding,
            encoding_from=encoding_from,
        )


def versioned(extractor: str) -> str:
    """The name of one of our readers with its version (`marsad.feed 0.1.0`); a library's name has its own."""
    name, space, more = extractor.partition(" ")
    return f"{name} {__version__}{space}{more}" if name.startswith("marsad.") else extractor
