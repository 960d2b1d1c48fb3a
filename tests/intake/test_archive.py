"""Web archives: what the crawlers write, what is cut, damaged or made to hurt. Each page one report, the rest read all the same."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from marsad.intake import Fault, Intake, take_in
from marsad.intake.warc import Broken, Record, records
from marsad.model import Report
from tests.intake import made
from tests.intake.taken import items, proved, reports, told, write

ID = "00000000-0000-4000-8000-{:012d}".format
PAGES = [ID(2), ID(6)]

FORMS: dict[str, tuple[bytes, str]] = {
    "plain": (b"".join(made.records()), "a.warc"),
    "a member a record": (made.packed(made.records()), "a.warc.gz"),
    "one member": (gzip.compress(b"".join(made.records())), "a.warc.gz"),
    "padded": (made.packed(made.records()) + bytes(512), "a.warc.gz"),
    "wacz": (made.wacz(), "a.wacz"),
}


@pytest.mark.parametrize(("content", "name"), FORMS.values(), ids=FORMS.keys())
def test_each_page_is_a_report_and_nothing_else(content: bytes, name: str) -> None:
    found = reports(content, name)
    assert [report.id for report in found] == PAGES
    assert found[0].text == f"{made.TITLE}\n\n{made.SHELLING}"
    assert [report.title for report in found] == [made.TITLE, made.OTHER]


def test_proof_of_a_record() -> None:
    report = reports(made.packed(made.records()), "folder/a.warc.gz")[0]
    assert proved(report, made.page())
    assert report.proof is not None
    assert report.proof.record_id == f"urn:uuid:{ID(2)}"
    assert report.proof.url == report.url == "https://example.org/2"
    assert report.proof.fetched == "2018-12-03T10:00:02Z"
    assert ("content-type", "text/html; charset=utf-8") in report.proof.headers
    assert not any(name == "set-cookie" for name, _ in report.proof.headers)
    path, _, at = report.proof.path.rpartition("#") if report.proof.path else ("", "", "")
    assert path == "folder/a.warc.gz"
    assert gzip.decompress(made.packed(made.records())[int(at) :]).startswith(b"WARC/1.0\r\nWARC-Type: response")


@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_from_a_pipe(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"".join(made.records()) if ending == "warc" else made.packed(made.records())
    path = write(tmp_path, "in", content * 1)
    with path.open("rb") as pipe, io.TextIOWrapper(pipe) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert [item.id for item in take_in(Intake(("-",))) if isinstance(item, Report)] == PAGES


def brotli_page(body: bytes) -> bytes:
    brotli = pytest.importorskip("brotli")
    packed: bytes = brotli.compress(body)
    return packed


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


# how a body is transferred, the headers that say so
CODINGS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "chunks": (made.chunked, "Transfer-Encoding: chunked\r\n"),
    "chunks that are joined already": (bytes, "Transfer-Encoding: chunked\r\n"),
    "gzip": (gzip.compress, "Content-Encoding: gzip\r\n"),
    "gzip in chunks": (lambda b: made.chunked(gzip.compress(b), 90), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    "gzip that is unpacked already": (bytes, "Content-Encoding: gzip\r\n"),
    "deflate": (zlib.compress, "Content-Encoding: deflate\r\n"),
    "deflate without its head": (bare, "Content-Encoding: deflate\r\n"),
    "brotli": (brotli_page, "Content-Encoding: br\r\n"),
    "brotli that is unpacked already": (bytes, "Content-Encoding: br\r\n"),
    "identity": (bytes, "Content-Encoding: identity\r\n"),
}


@pytest.mark.parametrize(("coded", "headers"), CODINGS.values(), ids=CODINGS.keys())
def test_codings_of_the_transfer(coded: Callable[[bytes], bytes], headers: str) -> None:
    report = reports(made.warc_record(1, coded(made.page()), headers=headers), "a.warc")[0]
    assert report.text == f"{made.TITLE}\n\n{made.SHELLING}"
    assert proved(report, made.page())


def test_documents_feeds_and_files_in_an_archive() -> None:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    parts = [
        made.warc_record(1, made.bulletin_docx(), media=word),
        made.warc_record(2, made.wordpress(), media="application/rss+xml; charset=UTF-8"),
        made.warc_record(3, made.page(), kind="resource", media="text/html"),
        made.warc_record(4, made.page(), kind="resource", media="text/html", url="urn:view:https://example.org/"),
        made.warc_record(5, b"", kind="revisit"),
    ]
    assert [report.id for report in reports(b"".join(parts), "a.warc")] == [
        *(f"{ID(1)}-{n}" for n in (1, 2, 3)),
        "https://example.org/?p=1234",
        "https://example.org/?p=1240",
        ID(3),
    ]


def test_what_the_crawler_cut_is_said() -> None:
    (report,) = reports(made.warc_record(1, made.page(), more="WARC-Truncated: length\r\n"), "a.warc")
    assert report.notes[-1].code == "truncated"


# what is done to an archive of three pages, packed or not: the numbers of those that are still read, what is said
GOOD = [made.warc_record(n, made.page(body=f"{made.SHELLING} ({n})")) for n in (1, 2, 3)]
FIRST, SECOND = len(GOOD[0]), len(GOOD[0]) + len(GOOD[1])
PLAIN = b"".join(GOOD)
WRONG_LENGTH = GOOD[1].replace(b"Content-Length: ", b"Content-Length: 9", 1)
CUT: dict[str, tuple[bytes, list[int], str]] = {
    "in the body": (PLAIN[: SECOND + 700], [1, 2], "the file ends in the middle of this record"),
    "in the header": (PLAIN[: SECOND + 60], [1, 2], "cut in its header"),
    "in the first line": (PLAIN[: SECOND + 3], [1, 2], "no WARC record begins here"),
    "before the last empty line": (PLAIN[:-4], [1, 2, 3], ""),
    "rubbish between": (GOOD[0] + b"rubbish\r\n\x00\xff\r\n" + GOOD[1] + GOOD[2], [1, 2, 3], "no WARC record begins here"),
    "a length that is too large": (GOOD[0] + WRONG_LENGTH + GOOD[2], [1, 3], "its length is wrong"),
    "a length that is too small": (GOOD[0] + GOOD[1].replace(b"Content-Length: ", b"Content-Length: 5 ;", 1) + GOOD[2], [1, 3], "no length that is one"),
    "no length": (GOOD[0] + GOOD[1].replace(b"Content-Length", b"Content-Width") + GOOD[2], [1, 3], "no length that is one"),
    "a length of exabytes": (GOOD[0] + GOOD[1].replace(b"Content-Length: ", b"Content-Length: 99999999999999999", 1) + GOOD[2], [1, 3], "no length"),
    "a negative length": (GOOD[0] + GOOD[1].replace(b"Content-Length: ", b"Content-Length: -", 1) + GOOD[2], [1, 3], "no length that is one"),
    "a header without end": (GOOD[0] + b"WARC/1.0\r\nX: " + b"x" * 200_000 + b"\r\n\r\n" + GOOD[2], [1, 3], "a header without end"),
    "no response inside": (GOOD[0] + made.warc_record(2, made.page()).replace(b"HTTP/1.1", b"SMTP/1.1") + GOOD[2], [1, 3], "no HTTP response"),
    "a coding that nobody knows": (GOOD[0] + made.warc_record(2, b"x", headers="Content-Encoding: rot13\r\n") + GOOD[2], [1, 3], "'rot13'"),
    "gzip that is none": (GOOD[0] + made.warc_record(2, b"\x1f\x8b\x08xxxxxxxxxxxx", headers="Content-Encoding: gzip\r\n") + GOOD[2], [1, 3], "damaged gzip"),
    "an empty page": (GOOD[0] + made.warc_record(2, b"<html><body></body></html>") + GOOD[2], [1, 3], "no text in the page"),
}


@pytest.mark.parametrize(("content", "whole", "said"), CUT.values(), ids=CUT.keys())
def test_what_is_broken_costs_itself(content: bytes, whole: list[int], said: str) -> None:
    found = items(content, "a.warc")
    assert [item.id for item in found if isinstance(item, Report)] == [ID(n) for n in whole]
    faults = [str(item) for item in found if isinstance(item, Fault)]
    assert len(faults) == (1 if said else 0)
    assert all(said in fault and "record at byte " in fault for fault in faults)


MEMBERS = [gzip.compress(part) for part in GOOD]
DAMAGED = MEMBERS[1][:200] + b"\x00\x01\x02\x03" * 10 + MEMBERS[1][240:]
PACKED: dict[str, tuple[bytes, list[int], str]] = {
    "cut in a member": (b"".join(MEMBERS)[:-100], [1, 2], "the file ends in the middle of a gzip member"),
    "cut at the beginning of one": (MEMBERS[0] + MEMBERS[1] + MEMBERS[2][:5], [1, 2], "the file ends in the middle"),
    "damaged in the middle": (MEMBERS[0] + DAMAGED + MEMBERS[2], [1, 3], "damaged gzip"),
    "rubbish between": (MEMBERS[0] + b"rubbish" * 50 + MEMBERS[1] + MEMBERS[2], [1, 2, 3], "bytes that are no gzip"),
    "a member that is no record": (MEMBERS[0] + gzip.compress(b"hello") + MEMBERS[2], [1, 3], "no WARC record begins here"),
}


@pytest.mark.parametrize(("content", "whole", "said"), PACKED.values(), ids=PACKED.keys())
def test_what_is_broken_in_gzip_costs_itself(content: bytes, whole: list[int], said: str) -> None:
    found = items(content, "a.warc.gz")
    assert [item.id for item in found if isinstance(item, Report)] == [ID(n) for n in whole]
    assert sum(said in str(item) for item in found if isinstance(item, Fault)) == 1


def bomb(size: int) -> bytes:
    """A member of so many zero bytes behind the header of a record."""
    head = made.warc_record(2, b"").replace(b"Content-Length: ", b"Content-Length: 9", 1).partition(b"HTTP/1.1")[0]
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(head)]
    zeros = bytes(1 << 20)
    parts += [packer.compress(zeros) for _ in range(size >> 20)]
    return b"".join([*parts, packer.flush()])


def test_a_member_that_unpacks_without_measure_is_left_out() -> None:
    found = told(MEMBERS[0] + bomb(300 << 20) + MEMBERS[2], "a.warc.gz")
    assert [line for line in found if not line.startswith("[")] == [ID(1), ID(3)]
    assert sum("unpacks to more than 200 times its size" in line for line in found) == 1


def test_a_body_that_unpacks_without_measure_costs_itself() -> None:
    body = gzip.compress(bytes(80 << 20))
    found = told(GOOD[0] + made.warc_record(2, body, headers="Content-Encoding: gzip\r\n") + GOOD[2], "a.warc")
    assert [line for line in found if not line.startswith("[")] == [ID(1), ID(3)]
    assert "unpacks to more than" in found[1]


def test_memory_does_not_grow_with_the_archive() -> None:
    """Records that are passed over are not held, and those that are read not longer than one at a time."""

    class Endless(io.RawIOBase):
        def __init__(self, parts: list[bytes], times: int) -> None:
            self._stream = (part for _ in range(times) for part in parts)

        def read(self, _: int = -1) -> bytes:
            return next(self._stream, b"")

    parts = [GOOD[0], made.warc_record(9, random.Random(1).randbytes(200_000), media="video/mp4", kind="metadata")]
    peaks = []
    for times in (20, 400):
        tracemalloc.start()
        count = sum(isinstance(r, Record) for r in records(Endless(parts, times), lambda headers: headers["warc-type"] == "response"))  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == times
    assert peaks[1] < 1.2 * peaks[0] < 2_000_000


def test_the_same_records_as_a_peer_finds(tmp_path: Path) -> None:
    warc = pytest.importorskip("fastwarc.warc")
    path = write(tmp_path, "a.warc.gz", made.packed(made.records() + GOOD))
    with path.open("rb") as file:
        ours = [(r.headers.get("warc-record-id"), len(r.block)) for r in records(file, lambda _: True) if isinstance(r, Record)]
    theirs = [(r.headers.get("WARC-Record-ID"), r.content_length) for r in warc.ArchiveIterator(str(path), parse_http=False)]
    assert ours == theirs


@pytest.mark.parametrize("share", [0.3, 0.6, 0.98])
def test_a_wacz_that_is_cut_gives_what_is_whole(share: float) -> None:
    parts = [made.warc_record(n, made.page(body=f"{made.SHELLING} {random.Random(n).randbytes(400).hex()}")) for n in range(1, 20)]
    content = made.wacz(parts)
    found = told(content[: int(len(content) * share)], "a.wacz")
    assert "the ZIP has no directory" in found[0]
    whole = [line for line in found if not line.startswith("[")]
    assert whole == [ID(n) for n in range(1, len(whole) + 1)]
    assert len(whole) >= int(19 * (share - 0.1))


def test_a_zip_without_archive_is_said() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("pages/pages.jsonl", "{}")
    assert "a ZIP without archive/" in told(out.getvalue(), "a.wacz")[0]


def test_a_broken_record_tells_its_place() -> None:
    (broken,) = [r for r in records(io.BytesIO(GOOD[0] + WRONG_LENGTH), lambda _: True) if isinstance(r, Broken)]
    assert broken.at == FIRST
    assert broken.headers is not None
    assert broken.headers["warc-record-id"] == f"<urn:uuid:{ID(2)}>"
