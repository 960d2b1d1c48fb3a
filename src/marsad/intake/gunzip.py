"""Gzip as archives use it: many members one behind the other, read in constant memory, each within limits.

A member that is damaged, cut, or grows beyond all reason (a "bomb") costs itself: reading goes on at the next member that begins a record.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final, Protocol

from marsad.intake.given import WHOLE, Given, IntakeError, Item

MAGIC: Final = b"\x1f\x8b\x08"
_CHUNK: Final = 1 << 16
_FREE: Final = 64 * 1024 * 1024  # bytes that a member may unpack to whatever its ratio
_RATIO: Final = 200  # … and beyond that so many times what it is packed in; markup packs 5 to 20 times
_RECENT: Final = 4 * 1024 * 1024  # packed bytes that are looked through for the next member


class Stream(Protocol):
    """What bytes are read from: a file, a pipe, a part of an archive."""

    def read(self, most: int, /) -> bytes:
        """Up to `most` bytes; none at the end."""


class DamageError(Exception):
    """A member that cannot be unpacked, with the place at which it begins."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at


class Gunzip:
    """The unpacked bytes of the members of a stream. `member_at`: the packed byte at which the present member begins."""

    def __init__(self, file: Stream) -> None:
        self._file = file
        self._read = 0  # packed bytes read from the file
        self._input = b""  # packed bytes read and not yet unpacked
        self._recent = bytearray()  # the packed bytes since the member began, or the last of them
        self._unpacker: zlib._Decompress | None = None
        self._made = 0
        self.member_at = 0

    def read(self, most: int) -> bytes:
        """Up to `most` bytes; none at the end. Raises `DamageError`; then `resume` finds the next member."""
        while True:
            if self._unpacker is None and not self._begin():
                return b""
            assert self._unpacker is not None
            if not self._input and not self._unpacker.eof:
                self._fill()
                if not self._input:
                    raise DamageError(f"the file ends in the middle of a gzip member, after {self._made:,} unpacked bytes of it", self.member_at)
            try:
                made = self._unpacker.decompress(self._input, min(most, _CHUNK))
            except zlib.error as error:
                raise DamageError(f"damaged gzip ({str(error).rpartition(': ')[2]})", self.member_at) from None
            self._made += len(made)
            self._input = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            if self._made > _FREE and self._made > _RATIO * max(1, self._read - len(self._input) - self.member_at):
                raise DamageError(f"a gzip member that unpacks to more than {_RATIO} times its size; left out", self.member_at)
            if self._unpacker.eof:
                self._unpacker = None
            if made:
                return made

    def _begin(self) -> bool:
        """Begin the next member; False at the end of the stream."""
        while True:
            self._input = self._input.lstrip(b"\x00")  # padding
            if self._input:
                break
            self._fill()
            if not self._input:
                return False
        while len(self._input) < 3 and self._fill():
            pass
        self.member_at = self._read - len(self._input)
        if not self._input.startswith(MAGIC):
            raise DamageError("bytes that are no gzip", self.member_at)
        self._recent = bytearray(self._input)
        self._unpacker, self._made = zlib.decompressobj(31), 0
        return True

    def _fill(self) -> bool:
        more = self._file.read(_CHUNK)
        self._read += len(more)
        self._input += more
        self._recent += more
        if len(self._recent) > 2 * _RECENT:
            del self._recent[:-_RECENT]
        return bool(more)

    def resume(self, begins: bytes) -> bool:
        """Go to the next member whose first bytes unpack to `begins`; False where there is none."""
        self._unpacker = None
        if not self._recent:
            self._recent = bytearray(self._input)
        begin = self._read - len(self._recent)
        found = self._recent.find(MAGIC, max(0, self.member_at + 1 - begin))
        while True:
            while found < 0 or len(self._recent) - found < 512:
                size = len(self._recent)
                more = self._file.read(_CHUNK)
                self._read += len(more)
                self._recent += more
                if found < 0:
                    found = self._recent.find(MAGIC, max(0, size - 2))
                    if len(self._recent) > 2 * _RECENT and found < 0:
                        del self._recent[:-_RECENT]
                if not more:
                    break
            if found < 0:
                self._input = b""
                return False
            if _begins(bytes(self._recent[found : found + 65_536]), begins):
                self._input = bytes(self._recent[found:])
                return True
            found = self._recent.find(MAGIC, found + 1)


def _begins(packed: bytes, begins: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, len(begins)) == begins
    except zlib.error:
        return False


def first_bytes(head: bytes, most: int = 4096) -> bytes:
    """The first bytes of what `head` packs; none where it is no gzip."""
    try:
        return zlib.decompressobj(31).decompress(head, most) if head.startswith(MAGIC) else b""
    except zlib.error:
        return b""


def unpacked(packed: bytes, limit: int, window: int = 47) -> bytes:
    """What gzip or zlib (`window` 47: either, -15: bare deflate) packs; raises `IntakeError` beyond `limit` bytes and for what cannot be unpacked."""
    unpacker = zlib.decompressobj(window)
    try:
        made = unpacker.decompress(packed, limit + 1)
    except zlib.error as error:
        raise IntakeError(f"damaged gzip ({str(error).rpartition(': ')[2]})") from None
    if len(made) > limit:
        raise IntakeError(f"unpacks to more than {limit:,} bytes")
    if not unpacker.eof and not made:
        raise IntakeError("damaged gzip")
    return made


def looks_like_gzip(head: bytes) -> bool:
    """Whether the bytes are a gzip file."""
    return head.startswith(MAGIC)


def read_gzip(given: Given) -> Iterator[Item]:
    """The reports of a packed file of another format (`reports.jsonl.gz`)."""
    made = bytearray()
    with given.opened() as file:
        reader = Gunzip(file)
        try:
            while more := reader.read(_CHUNK):
                made += more
                if len(made) > WHOLE:
                    raise IntakeError(f"unpacks to more than {WHOLE:,} bytes")
        except DamageError as error:
            raise IntakeError(str(error)) from None
    yield from given.inside(bytes(made), given.name.removesuffix(".gz"))
