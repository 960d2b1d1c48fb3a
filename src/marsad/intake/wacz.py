"""The WARC files inside a WACZ (a ZIP with `archive/…`), as streams; of a WACZ that was cut, those that can be found without its directory."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from marsad.intake.given import Given, IntakeError
from marsad.intake.gunzip import Stream

_ENTRY: Final = b"PK\x03\x04"
_HEADER: Final = struct.Struct("<4s5HIIIHH")  # of a file in a ZIP: APPNOTE.TXT, 4.3.7
_PARTS: Final = re.compile(r"(?:^|/)archive/[^/]+\.warc(?:\.gz)?$")
_NAMES: Final = re.compile(rb"PK\x03\x04.{26}(?:archive/|indexes/|pages/|datapackage(?:-digest)?\.json|logs/|fuzzy\.json)", re.DOTALL)
_MOST: Final = 10_000  # files in one WACZ


def looks_like_wacz(head: bytes) -> bool:
    """Whether the bytes begin a ZIP with the folders of a WACZ."""
    return head.startswith(_ENTRY) and _NAMES.search(head) is not None


def parts_of(given: Given) -> Iterator[tuple[str, Stream | str]]:
    """The name of each WARC file and its stream, to be read before the next is asked for; or what is wrong with it."""
    if given.path is None:
        given.whole()
    with given.opened() as file:
        try:
            packed = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            yield "directory", "the ZIP has no directory (it was cut, or is damaged); read what is found without it"
            yield from _salvaged(file)
            return
        with packed:
            found = sorted(name for name in packed.namelist()[:_MOST] if _PARTS.search(name))
            for name in found:
                try:
                    with packed.open(name) as part:
                        yield name, _Checked(part)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError) as error:
                    yield name, f"cannot be unpacked: {error}"
            if not found:
                raise IntakeError("a ZIP without archive/….warc files")


class _Checked:
    """A file in a ZIP that ends where it is damaged, so that what stands before the damage is read."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part

    def read(self, most: int = -1) -> bytes:
        try:
            return self._part.read(most)
        except (zipfile.BadZipFile, EOFError, zlib.error, ValueError):
            return b""


def _salvaged(file: IO[bytes]) -> Iterator[tuple[str, Stream | str]]:
    """The stored WARC files of a ZIP without directory: each from behind its own header to the next header or the end."""
    at = 0
    for _ in range(_MOST):
        file.seek(at)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_ENTRY):
            return
        fields = _HEADER.unpack(header)
        flags, method, size, named, more = fields[2], fields[3], fields[7], fields[9], fields[10]
        name = file.read(named).decode("utf-8", "replace")
        begin = at + _HEADER.size + named + more
        known = size if size != 0xFFFFFFFF and not (flags & 8 and size == 0) else None
        if _PARTS.search(name):
            if method:
                yield name, "packed once more inside the ZIP; cannot be read without its directory"
            else:
                file.seek(begin)
                yield name, _Until(file, known)
        if known is None:
            found = _next_entry(file, begin)
            if found is None:
                return
            at = found
        else:
            at = begin + known


class _Until:
    """So many bytes of a stream; where their number is not known, those up to the header of the next file."""

    def __init__(self, file: IO[bytes], size: int | None) -> None:
        self._file = file
        if size is None:
            here = file.tell()
            found = _next_entry(file, here)
            file.seek(here)
            size = found - here if found is not None else 1 << 62
        self._left = size

    def read(self, most: int = -1) -> bytes:
        got = self._file.read(self._left if most < 0 else min(most, self._left))
        self._left -= len(got)
        return got


def _next_entry(file: IO[bytes], begin: int) -> int | None:
    """Where the next file of the ZIP begins: a header, or the mark in front of it that tells the sizes of the one before."""
    file.seek(begin)
    tail = b""
    at = begin
    while more := file.read(1 << 20):
        window = tail + more
        places = [p for p in (window.find(_ENTRY), window.find(b"PK\x07\x08"), window.find(b"PK\x01\x02")) if p >= 0]
        if places:
            first = min(places)
            where = at - len(tail) + first
            return where if window.startswith(_ENTRY, first) else _behind_mark(file, where)
        tail = window[-3:]
        at += len(more)
    return None


def _behind_mark(file: IO[bytes], where: int) -> int | None:
    """The next header close behind a mark of sizes (16 or 24 bytes long)."""
    file.seek(where)
    found = file.read(64).find(_ENTRY)
    return where + found if found >= 0 else None
