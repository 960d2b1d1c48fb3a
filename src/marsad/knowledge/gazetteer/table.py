"""The index on disk: one file, opened by memory map, in which a name is found in the same time whatever its size.

    header     magic, then a MessagePack map: sections, and the lists that rows point into (areas that hold a place, kinds, sources)
    buckets    one offset (32 bit) a bucket of the hash of a loose name, about four names a bucket
    entries    the names, bucket by bucket: 16 bits of the hash, 8 bits of the strict form, the row (23 or 31 bits) and a bit for a shortened name
    blocks     the rows, sixteen a block, each block packed by zlib; rows lie in the order of their GeoNames id, those without one first

A lookup hashes the name, reads one bucket and unpacks the blocks of the rows that it points to. 16 + log2(buckets) bits of the hash are kept (34 for
235 thousand places), so one unknown name in some ten thousand finds an entry that is not its own; the caller sees by the names of the row
that it is none. Rows hold the names in Arabic letters; of the Latin ones that only find a place, nothing but the hash is kept.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import msgspec

from marsad.knowledge.gazetteer import names

MAGIC: Final = b"MARSADG4"
_ROWS: Final = 16  # of a block
_FULL: Final = 4  # names a bucket
_BLOCKS_KEPT: Final = 2048
_PART: Final = 1


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place as it lies in a block. `where`, `kind`, `sources`: positions in the lists of the header; `lat`, `lon`: 1e-5 degree.

    `flags`: 1 located, 2 the name needs a cue; `known`: position in `KNOWN`; `names`, `latin`, `ids`: joined by `|`.
    """

    geonames: int
    lat: int
    lon: int
    population: int
    where: int
    kind: int
    flags: int
    known: int
    sources: int
    radius: int
    name_en: str
    names: str
    latin: str
    ids: str


KNOWN: Final = ("", "exact", "km", "10km")
_DECODER: Final = msgspec.msgpack.Decoder(list[Row])


class Header(msgspec.Struct):
    """What the file says of itself."""

    byteorder: str
    rows: int
    names: int
    sections: dict[str, tuple[int, int]]
    wheres: list[tuple[str, str, str, str]]
    kinds: list[str]
    source_sets: list[list[str]]
    about: dict[str, Any]
    areas: list[int]


class DamagedError(ValueError):
    """The file is no index, or not a whole one."""


class Table:
    """An open index. Safe to share between threads; other processes that open it share its pages."""

    def __init__(self, content: mmap.mmap | bytes) -> None:
        self._content = content
        view = memoryview(content)
        if len(view) < 16 or view[:8].tobytes() != MAGIC:
            raise DamagedError("no gazetteer index")
        size = int.from_bytes(view[8:12], sys.byteorder)
        try:
            self.header = msgspec.msgpack.decode(view[12 : 12 + size], type=Header)
        except msgspec.DecodeError as error:
            raise DamagedError(f"damaged gazetteer index: {error}") from None
        sections = self.header.sections
        if self.header.byteorder != sys.byteorder or max((a + n for a, n in sections.values()), default=0) > len(view):
            raise DamagedError("damaged gazetteer index")

        def part(name: str) -> memoryview:
            start, length = sections[name]
            return view[start : start + length]

        self._buckets = part("buckets").cast("I")
        self._mask = len(self._buckets) - 2
        self._entries = part("entries")
        self._width = self.header.about["width"]
        self._starts = part("starts").cast("I")
        self._blocks = part("blocks")
        self._first = part("first").cast("I")
        self._kept: dict[int, list[Row]] = {}

    @classmethod
    def open(cls, path: Path) -> Table:
        """Maps the file into memory. Raises OSError, or `DamagedError`."""
        with path.open("rb") as file:
            try:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            except ValueError as error:  # an empty file cannot be mapped
                raise error if isinstance(error, DamagedError) else DamagedError("empty gazetteer index") from None

    def rows_named(self, strict: str, loose: str) -> list[tuple[int, bool, bool]]:
        """(row, whether the strict form agrees, whether it is a shortened name) for each place with that loose name."""
        mark = _hash(loose)
        bucket = mark & self._mask
        width = self._width
        entries = self._entries[self._buckets[bucket] * width : self._buckets[bucket + 1] * width].tobytes()
        print_ = (mark >> 48).to_bytes(2, "little")
        check = _check(strict)
        found = []
        at = entries.find(print_)
        while at >= 0:
            if at % width == 0:
                number = int.from_bytes(entries[at + 3 : at + width], "little")
                found.append((number >> 1, entries[at + 2] == check, bool(number & _PART)))
                at = entries.find(print_, at + width)
            else:
                at = entries.find(print_, at + 1)
        return found

    def row(self, number: int) -> Row:
        """The row of that number."""
        block, place = divmod(number, _ROWS)
        rows = self._kept.get(block)
        if rows is None:
            rows = _DECODER.decode(zlib.decompress(self._blocks[self._starts[block] : self._starts[block + 1]]))
            if len(self._kept) >= _BLOCKS_KEPT:
                self._kept.clear()
            self._kept[block] = rows
        return rows[place]

    def row_of_geonames(self, geonames: int) -> int | None:
        """The number of the row that has this GeoNames id."""
        if geonames <= 0:
            return None
        block = bisect_right(self._first, geonames) - 1
        while block >= 0:
            for place in range(min(_ROWS, self.header.rows - block * _ROWS)):
                if self.row(block * _ROWS + place).geonames == geonames:
                    return block * _ROWS + place
            if self._first[block] < geonames:
                return None
            block -= 1
        return None


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _check(strict: str) -> int:
    return zlib.crc32(strict.encode("utf-8", "replace")) & 0xFF


class Writer:
    """Takes places one by one and writes the index. Rows are kept packed, names as numbers: about 100 bytes a place."""

    def __init__(self) -> None:
        self._rows: list[bytes] = []
        self._geonames = array("I")
        self._areas: list[int] = []
        self._marks = array("Q")
        self._checks = array("B")
        self._owners = array("I")  # row and, in the last bit, whether the name is shortened
        self.wheres: dict[tuple[str, str, str, str], int] = {}
        self.source_sets: dict[tuple[str, ...], int] = {}
        self._encode = msgspec.msgpack.Encoder().encode

    def where(self, country: str, admin1: str, admin2: str = "", admin3: str = "") -> int:
        """The number under which rows know these areas."""
        return self.wheres.setdefault((country, admin1, admin2, admin3), len(self.wheres))

    def sources(self, *sources: str) -> int:
        """The number under which rows know this set of sources."""
        return self.source_sets.setdefault(tuple(sorted(set(sources))), len(self.source_sets))

    def add(self, row: Row, called: Iterable[tuple[str, bool]], ids: Iterable[str] = (), *, area: bool = False) -> None:
        """A place; `called`: each of its names, and whether it is a shortened one; `ids`: those by which it can be asked for beside GeoNames'."""
        number = len(self._rows)
        self._rows.append(self._encode(row))
        self._geonames.append(row.geonames)
        if area:
            self._areas.append(number)
        forms: dict[tuple[str, str], bool] = {}
        for name, shortened in called:
            form = names.keys(name)
            if form:
                forms[form] = forms.get(form, True) and shortened
        for (strict, loose), shortened in forms.items():
            self._put(loose, strict, number, shortened)
        for id_ in ids:
            self._put(f"#{id_}", id_, number, False)

    def _put(self, key: str, check: str, row: int, shortened: bool) -> None:
        self._marks.append(_hash(key))
        self._checks.append(_check(check))
        self._owners.append(row << 1 | shortened)

    def content(self, kinds: list[str], about: dict[str, Any]) -> bytes:
        """The whole file."""
        import numpy as np

        geonames = np.frombuffer(self._geonames, np.uint32) if self._rows else np.zeros(0, np.uint32)
        order = np.argsort(geonames, kind="stable")
        new = np.empty(len(order), np.uint32)
        new[order] = np.arange(len(order), dtype=np.uint32)
        buckets, entries, width = self._named(new)
        starts, blocks = array("I", [0]), []
        for at in range(0, len(order), _ROWS):
            rows = [self._rows[n] for n in order[at : at + _ROWS].tolist()]
            blocks.append(zlib.compress(b"\xdc" + len(rows).to_bytes(2, "big") + b"".join(rows), 9))
            starts.append(starts[-1] + len(blocks[-1]))
        parts = {
            "buckets": buckets,
            "starts": starts.tobytes(),
            "first": geonames[order[::_ROWS]].tobytes(),
            "entries": entries,
            "blocks": b"".join(blocks),
        }
        header = Header(
            sys.byteorder,
            len(order),
            len(self._marks),
            {},
            list(self.wheres),
            kinds,
            [list(s) for s in self.source_sets],
            about | {"width": width},
            [int(new[n]) for n in self._areas],
        )
        return _laid_out(header, parts)

    def _named(self, new: Any) -> tuple[bytes, bytes, int]:
        """The sections of buckets and of entries, and the width of an entry in bytes."""
        import numpy as np

        marks = np.frombuffer(self._marks, np.uint64) if self._marks else np.zeros(0, np.uint64)
        owners = np.frombuffer(self._owners, np.uint32) if self._marks else np.zeros(0, np.uint32)
        checks = np.frombuffer(self._checks, np.uint8) if self._marks else np.zeros(0, np.uint8)
        number = 1 << max(1, (len(marks) // _FULL).bit_length())
        homes = (marks & np.uint64(number - 1)).astype(np.uint32)
        order = np.lexsort((owners, marks, homes))
        rows = (new[owners[order] >> 1].astype(np.uint32) << 1) | (owners[order] & 1) if len(order) else owners
        width = 6 if len(new) < 1 << 23 else 7
        entries = np.empty((len(order), width), np.uint8)
        prints = (marks[order] >> np.uint64(48)).astype(np.uint16)
        entries[:, 0], entries[:, 1], entries[:, 2] = prints & 0xFF, prints >> 8, checks[order]
        for byte in range(width - 3):
            entries[:, 3 + byte] = (rows >> (8 * byte)) & 0xFF
        buckets = np.zeros(number + 1, np.uint32)
        np.cumsum(np.bincount(homes, minlength=number), out=buckets[1:])
        return buckets.tobytes(), entries.tobytes(), width


def _laid_out(header: Header, parts: dict[str, bytes]) -> bytes:
    """Header and sections one after the other, each section on a boundary of 8 bytes."""
    header.sections = dict.fromkeys(parts, (1 << 40, 1 << 40))  # as wide as the true ones below are allowed to be
    base = 12 + len(msgspec.msgpack.encode(header)) + 64
    at = base + -base % 8
    for name, content in parts.items():
        header.sections[name] = (at, len(content))
        at += len(content) + -len(content) % 8
    head = msgspec.msgpack.encode(header)
    out = bytearray(MAGIC + len(head).to_bytes(4, sys.byteorder) + head)
    for name, content in parts.items():
        out += bytes(header.sections[name][0] - len(out))
        out += content
    return bytes(out)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that no reader ever sees half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
