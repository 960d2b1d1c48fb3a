"""What was fetched, as WARC 1.1, before anything is made of it: each record a gzip member of its own, on the disk before the next step.

A file that was cut while it was written is put right when it is opened again: what is whole stays, the torn end goes to a file beside it
(`NAME.torn-OFFSET`), so that nothing that came in is lost and nothing half is read.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Final, NamedTuple, Self

from marsad import __version__
from marsad.intake.fetch.wire import Exchange

_BLOCK: Final = 1 << 20


class Stored(NamedTuple):
    """Where an exchange stands: the id and date of its response record, and where it begins and ends in the file."""

    record_id: str
    date: str
    begin: int
    end: int


class Earlier(NamedTuple):
    """The record that holds the same body: its id and its WARC-Date."""

    record_id: str
    date: str


class Archive:
    """A WARC file that is written to. Use it as a context, so that it is closed."""

    def __init__(self, path: Path, *, agent: str = f"marsad/{__version__}") -> None:
        """Opens `path`, makes it if it is not there, puts its end right if it is torn. Raises OSError."""
        self.path = path
        self.torn = mend(path) if path.exists() else 0
        self._file: IO[bytes] = path.open("ab")
        if self._file.tell() == 0:
            self._write(_about(path.name, agent))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._file.tell()

    def add(self, exchange: Exchange, earlier: Earlier | None = None) -> Stored:
        """Writes the response and its request; when this returns they are on the disk.

        With `earlier`, the record that holds the same body, a `revisit` stands for the response (ISO 28500, 6.7.2): its head, and where the body is.
        """
        begin = self._file.tell()
        response = _record("response", exchange, exchange.response) if earlier is None else _revisit(exchange, earlier)
        request = _record("request", exchange, exchange.request)
        request.headers["WARC-Concurrent-To"] = response.record_id
        self._write(_member(response), _member(request))
        return Stored(response.record_id, response.headers["WARC-Date"], begin, self._file.tell())

    def keep(self, exchange: Exchange, earlier: Earlier | None = None) -> Stored | None:
        """Writes whatever came, as a `revisit` where `earlier` has the same body; a 304 brings nothing and is left out: None."""
        return self.add(exchange, earlier) if exchange.status != 304 else None

    def _write(self, *members: bytes) -> None:
        self._file.write(b"".join(members))
        self._file.flush()
        os.fsync(self._file.fileno())


def mend(path: Path) -> int:
    """Cuts what is torn off the end of a WARC of gzip members; gives the bytes that were cut, which are kept beside it."""
    whole = _whole(path)
    size = path.stat().st_size
    if whole == size:
        return 0
    with path.open("r+b") as file:
        file.seek(whole)
        beside = path.with_name(f"{path.name}.torn-{whole}")
        with beside.open("wb") as kept:
            while block := file.read(_BLOCK):
                kept.write(block)
            kept.flush()
            os.fsync(kept.fileno())
        file.truncate(whole)
        file.flush()
        os.fsync(file.fileno())
    return size - whole


def answers(path: Path, begin: int = 0) -> Iterator[tuple[str, int]]:
    """Address and status of each response from an offset on."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as file:
        file.seek(begin)
        if not file.peek(1):
            return
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
            head = record.reader.read(32).split()
            yield record.headers["WARC-Target-URI"], int(head[1]) if len(head) > 1 and head[1].isdigit() else 0


def _whole(path: Path) -> int:
    """Bytes at the head of the file that are whole gzip members."""
    end = 0
    inflate = zlib.decompressobj(31)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            while block:
                try:
                    inflate.decompress(block, _BLOCK)
                    while inflate.unconsumed_tail and not inflate.eof:
                        block = inflate.unconsumed_tail
                        inflate.decompress(block, _BLOCK)
                except zlib.error:
                    return end
                if not inflate.eof:
                    break
                block = inflate.unused_data
                end = file.tell() - len(block)
                inflate = zlib.decompressobj(31)
    return end


def _about(name: str, agent: str) -> bytes:
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(WarcRecordType.warcinfo)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    told = f"software: marsad/{__version__}\r\nformat: WARC File Format 1.1\r\nhttp-header-user-agent: {agent}\r\nrobots: obeyed\r\n"
    record.set_bytes_content(told.encode("ascii", "replace"))
    return _member(record)


def _revisit(exchange: Exchange, earlier: Earlier):  # type: ignore[no-untyped-def]
    """That the address was asked and gave what it gave before: the head of the response without its body."""
    head = exchange.response.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    record = _record("revisit", exchange, head)
    record.headers["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    record.headers["WARC-Refers-To"] = earlier.record_id
    record.headers["WARC-Refers-To-Target-URI"] = exchange.url
    record.headers["WARC-Refers-To-Date"] = earlier.date
    return record


def _record(kind: str, exchange: Exchange, block: bytes):  # type: ignore[no-untyped-def]
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers({"response": WarcRecordType.response, "request": WarcRecordType.request, "revisit": WarcRecordType.revisit}[kind])
    record.is_http = True
    record.headers["WARC-Date"] = exchange.started.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record.headers["WARC-Target-URI"] = exchange.url
    record.headers["Content-Type"] = f"application/http; msgtype={'request' if kind == 'request' else 'response'}"
    if exchange.address is not None:
        record.headers["WARC-IP-Address"] = exchange.address
    if kind != "request":
        record.headers["WARC-Payload-Digest"] = "sha1:" + base64.b32encode(hashlib.sha1(exchange.body, usedforsecurity=False).digest()).decode("ascii")
    if kind == "response" and exchange.truncated is not None:
        record.headers["WARC-Truncated"] = exchange.truncated
    record.set_bytes_content(block)
    return record


def _member(record) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    record.write(out, checksum_data=True)
    return gzip.compress(out.getvalue(), mtime=0)


@contextlib.contextmanager
def whole_or_not(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to, which becomes `path` at the end; if it ends in an error after something was fetched, it stays as `NAME.part`."""
    part = path.with_name(path.name + ".part")
    yield part
    os.replace(part, path)
