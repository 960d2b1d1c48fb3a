"""The records of a WARC file (ISO 28500, 1.0 and 1.1), plain or in gzip, one at a time in constant memory.

Written here and not taken from a library because an archive that is cut, damaged or lies about a length must still give its whole records,
from a pipe too, and say where the others were. A record that is not asked for is passed over without being held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from marsad.intake.gunzip import MAGIC, DamageError, Gunzip, Stream

BEGINS: Final = b"WARC/"
LIMIT: Final = 64 * 1024 * 1024  # bytes of a record that is held
_FIRST_LINE: Final = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_CHUNK: Final = 1 << 16
_HEADER: Final = 64 * 1024  # bytes of a record's header
_NEXT: Final = b"\r\n\r\nWARC/"

Headers = dict[str, str]
"""The fields of a record's header, with their names in lower case."""


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record: `at` is the byte of the file at which it (or its gzip member) begins."""

    headers: Headers
    block: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is not whole, and why. `headers` where those could be read."""

    reason: str
    at: int
    headers: Headers | None = None


def records(file: Stream, wanted: Callable[[Headers], bool]) -> Iterator[Record | Broken]:
    """The `wanted` records of a stream, in order, and what is broken in it."""
    flow = _Flow(file)
    while True:
        try:
            yield from _records(flow, wanted)
            return
        except DamageError as error:
            yield Broken(str(error), error.at)
            if not flow.resume():
                return


def _records(flow: _Flow, wanted: Callable[[Headers], bool]) -> Iterator[Record | Broken]:
    while True:
        line = flow.line(_HEADER)
        while line in (b"\r\n", b"\n"):
            line = flow.line(_HEADER)
        if not line:
            return
        at = flow.begun(len(line))
        if not line.startswith(BEGINS):
            yield Broken("no WARC record begins here", at)
            flow.give_back(line)
            flow.seek_record()
            continue
        headers = _headers(flow)
        if headers is None:
            yield Broken("cut in its header, or a header without end", at)
            flow.seek_record()
            continue
        size = headers.get("content-length", "").strip()
        if not (size.isascii() and size.isdigit()) or len(size) > 15:
            yield Broken(f"no length that is one: {size[:40]!r}", at, headers)
            flow.seek_record()
            continue
        yield from _block(flow, headers, int(size), at, wanted(headers))


def _headers(flow: _Flow) -> Headers | None:
    """The fields of a header up to its empty line; None where it has no end."""
    found: Headers = {}
    room = _HEADER
    name = ""
    while room > 0:
        line = flow.line(room)
        room -= len(line)
        if not line.endswith(b"\n"):
            return None
        words = line.decode("utf-8", "replace").rstrip("\r\n")
        if not words:
            return found
        if words[0] in " \t" and name:
            found[name] += " " + words.strip()
            continue
        name, _, value = words.partition(":")
        name = name.strip().lower()
        found.setdefault(name, value.strip())
    return None


def _block(flow: _Flow, headers: Headers, size: int, at: int, wanted: bool) -> Iterator[Record | Broken]:
    if not wanted or size > LIMIT:
        passed = flow.skip(size)
        if passed < size:
            yield Broken(f"the file ends in the middle of this record: {passed:,} of {size:,} bytes", at, headers)
        elif wanted:
            yield Broken(f"a record of {size:,} bytes; the limit is {LIMIT:,}", at, headers)
        return
    block = flow.take(size)
    if len(block) == size and flow.follows():
        yield Record(headers, block, at)
        return
    # the length is wrong: the next record lies within what was taken for this one
    lost = block.find(_NEXT)
    if lost >= 0:
        flow.give_back(block[lost + 4 :])
        yield Broken(f"its length is wrong: told {size:,} bytes, the next record begins after {lost:,}", at, headers)
    elif len(block) < size:
        yield Broken(f"the file ends in the middle of this record: {len(block):,} of {size:,} bytes", at, headers)
    else:
        yield Broken("its length is wrong: no record follows where it should end", at, headers)
        flow.seek_record()


class _Flow:
    """The bytes of an archive, unpacked, with what was read ahead."""

    def __init__(self, file: Stream) -> None:
        head = file.read(len(MAGIC))
        self._plain = _Given(head, file)
        self._gzip = Gunzip(self._plain) if head == MAGIC else None
        self._ahead = b""
        self._damage: DamageError | None = None  # found while looking ahead

    def _more(self) -> bool:
        if self._damage is not None:
            damage, self._damage = self._damage, None
            raise damage
        more = self._gzip.read(_CHUNK) if self._gzip else self._plain.read(_CHUNK)
        self._ahead += more
        return bool(more)

    def begun(self, passed: int) -> int:
        """The byte of the file at which the record began whose first `passed` bytes were just read."""
        return self._gzip.member_at if self._gzip else self._plain.count - len(self._ahead) - passed

    def line(self, most: int) -> bytes:
        """The bytes up to the end of the line, or `most` of them; none at the end."""
        searched = 0
        while (end := self._ahead.find(b"\n", searched)) < 0 and len(self._ahead) < most:
            searched = len(self._ahead)
            if not self._more():
                break
        size = end + 1 if end >= 0 else min(most, len(self._ahead))
        line, self._ahead = self._ahead[:size], self._ahead[size:]
        return line

    def take(self, size: int) -> bytes:
        """So many bytes, or as many as there are."""
        parts = [self._ahead[:size]]
        have = len(parts[0])
        self._ahead = self._ahead[size:]
        while have < size and self._more():
            part, self._ahead = self._ahead[: size - have], self._ahead[size - have :]
            parts.append(part)
            have += len(part)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over so many bytes without holding them; gives how many there were."""
        left = size
        while True:
            passed = min(left, len(self._ahead))
            self._ahead = self._ahead[passed:]
            left -= passed
            if not left or not self._more():
                return size - left

    def follows(self) -> bool:
        """Whether a record may end here: empty lines, a record or the end follow."""
        try:
            while len(self._ahead) < 9 and self._more():
                pass
        except DamageError as error:  # of the next member, which is no matter of this record
            self._damage = error
        rest = self._ahead.lstrip(b"\r\n")
        return self._ahead.startswith((b"\r\n\r\n", b"\n\n")) or BEGINS.startswith(rest[: len(BEGINS)])

    def give_back(self, ahead: bytes) -> None:
        """Put bytes in front of what comes next."""
        self._ahead = ahead + self._ahead

    def seek_record(self) -> None:
        """Go to where the next record begins, or to the end."""
        while True:
            found = _FIRST_LINE.search(self._ahead)
            if found:
                self._ahead = self._ahead[found.start() :]
                return
            self._ahead = self._ahead[-16:]
            if not self._more():
                self._ahead = b""
                return

    def resume(self) -> bool:
        """Behind a damaged member: go to the next one that begins a record; False where there is none."""
        self._ahead = b""
        return self._gzip is not None and self._gzip.resume(BEGINS)


class _Given:
    """A stream with the first bytes that were already read of it, counted."""

    def __init__(self, head: bytes, file: Stream) -> None:
        self._head = head
        self._file = file
        self.count = 0

    def read(self, most: int) -> bytes:
        if self._head:
            more, self._head = self._head, b""
        else:
            more = self._file.read(most)
        self.count += len(more)
        return more
