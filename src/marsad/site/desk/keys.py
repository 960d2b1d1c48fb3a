"""The key of a desk: with it secrets of second factors are sealed before they are stored, and words are marked that only this desk can have given.

It lies in a file beside the store that its owner alone may read, made when it is first needed; or it is made of `MARSAD_SECRET`. So a copy of the store
without the key gives nobody's second factor away. Whoever copies a store to serve it elsewhere takes the key along.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from marsad.store import Store, StoreError

SECRET: Final = "MARSAD_SECRET"
"""The variable of the environment that takes the file's place."""

_SHORTEST: Final = 32  # characters of it
_BYTES: Final = 32
_SEALED: Final = "1:"  # in front of what is sealed; no Base32 has a colon
_NONCE: Final = 12


class Key:
    """A key, given as 32 bytes; each use has a key of its own made of it (HMAC-SHA-256, as HKDF-Expand of RFC 5869 does)."""

    def __init__(self, given: bytes) -> None:
        self._marks = hmac.digest(given, b"marsad marks\x01", "sha256")
        self._cipher = AESGCM(hmac.digest(given, b"marsad seals\x01", "sha256"))

    def sealed(self, words: str, about: str) -> str:
        """Words as they may be kept: AES-256-GCM. `about`: whose they are; only with the same they are opened again."""
        nonce = secrets.token_bytes(_NONCE)
        return _SEALED + base64.b64encode(nonce + self._cipher.encrypt(nonce, words.encode(), about.encode())).decode()

    def opened(self, kept: str, about: str) -> str | None:
        """What was sealed; None where it was sealed with another key, or for another. What is not sealed yet is given as it is."""
        if not is_sealed(kept):
            return kept
        try:
            packed = base64.b64decode(kept.removeprefix(_SEALED), validate=True)
            return self._cipher.decrypt(packed[:_NONCE], packed[_NONCE:], about.encode()).decode()
        except (InvalidTag, ValueError):
            return None

    def mark(self, *words: str) -> str:
        """What shows that this desk said these words."""
        return hmac.new(self._marks, "\x00".join(words).encode(), hashlib.sha256).hexdigest()[:40]

    def holds(self, mark: str, *words: str) -> bool:
        """Whether this is their mark."""
        return hmac.compare_digest(mark.encode("utf-8", "replace"), self.mark(*words).encode())


def is_sealed(kept: str) -> bool:
    """Whether it is sealed."""
    return kept.startswith(_SEALED)


def key_of(store: Store) -> Key:
    """The key of a store; made where there is none. Raises `StoreError`."""
    told = os.environ.get(SECRET, "")
    if told:
        if len(told) < _SHORTEST:
            raise StoreError(f"{SECRET} has {len(told)} characters; a secret that nobody guesses has {_SHORTEST} or more")
        return Key(hashlib.sha256(told.encode()).digest())
    path = key_path(store)
    try:
        return Key(_read(path) if path.exists() else _made(path))
    except OSError as error:
        raise StoreError(f"the key of the desk, {path}, cannot be read or made ({error.strerror}); or set {SECRET}") from None


def key_path(store: Store) -> Path:
    """Where the key lies: beside the file of an SQLite store; of another, where the user's own files are."""
    if store.url.get_backend_name() == "sqlite" and store.url.database and not store.url.database.startswith("file:"):
        path = Path(store.url.database)
        return path.with_name(path.name + ".key")
    folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "marsad"
    return folder / f"{hashlib.sha256(store.name.encode()).hexdigest()[:16]}.key"


def _read(path: Path) -> bytes:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise StoreError(f"others may read the key of the desk, {path}; let nobody else: chmod 600 {path}")
    try:
        found = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        found = b""
    if len(found) != _BYTES:
        raise StoreError(f"{path} is no key of a desk; put the right one back, or take it away (second factors are then set up anew)")
    return found


def _made(path: Path) -> bytes:
    """A new key; where another process was first, that one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(base64.b64encode(secrets.token_bytes(_BYTES)) + b"\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return _read(path)
