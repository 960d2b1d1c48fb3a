"""The archive: what is written is read back byte for byte; a torn end is set aside and nothing whole is lost."""

from __future__ import annotations

import datetime
import gzip
import random
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from marsad.intake.fetch import Archive, Exchange, whole_or_not
from marsad.intake.fetch.archive import answers, mend

MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def exchange(number: int, body: bytes = b"abc", truncated: str | None = None, status: int = 200) -> Exchange:
    raw = b"HTTP/1.1 %d OK\r\nContent-Type: text/html\r\n\r\n" % status + body
    return Exchange(f"https://example.org/{number}", "93.184.216.34", MOMENT, b"GET / HTTP/1.1\r\n\r\n", raw, status, (), body, truncated)  # type: ignore[arg-type]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    bodies = [bytes(random.Random(n).randbytes(n * 5000)) for n in range(5)]
    with Archive(tmp_path / "a.warc.gz") as archive:
        stored = [archive.add(exchange(n, body, "time" if n == 3 else None)) for n, body in enumerate(bodies)]
    with (tmp_path / "a.warc.gz").open("rb") as file:
        found = [
            (r.record_id, r.headers["WARC-Target-URI"], r.headers.get("WARC-Truncated"), r.reader.read(), r.verify_block_digest)
            for r in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False)
        ]
    assert [f[0] for f in found] == [s.record_id for s in stored]
    assert [f[3].split(b"\r\n\r\n", 1)[1] for f in found] == bodies
    assert [f[2] for f in found] == [None, None, None, "time", None]
    with (tmp_path / "a.warc.gz").open("rb") as file:
        kinds = [r.record_type for r in ArchiveIterator(file, parse_http=False)]
    assert kinds == [WarcRecordType.warcinfo, *[WarcRecordType.response, WarcRecordType.request] * 5]
    with (tmp_path / "a.warc.gz").open("rb") as file:
        assert all(r.verify_block_digest() for r in ArchiveIterator(file, parse_http=False))


def test_each_record_is_a_member_of_its_own(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.warc.gz") as archive:
        archive.add(exchange(0))
        second = archive.add(exchange(1))
    content = (tmp_path / "a.warc.gz").read_bytes()
    assert gzip.decompress(content[second.begin : second.end]).startswith(b"WARC/1.1\r\nWARC-Type: response")
    assert list(answers(tmp_path / "a.warc.gz", second.begin)) == [("https://example.org/1", 200)]
    assert list(answers(tmp_path / "a.warc.gz", second.end)) == []


def test_cut_anywhere_it_goes_on(tmp_path: Path) -> None:
    """At every length, what is whole stays, what is torn is set aside, and the next record can be read."""
    path = tmp_path / "a.warc.gz"
    with Archive(path) as archive:
        begins = [archive.add(exchange(n)).begin for n in range(3)]
    whole = path.read_bytes()
    ends = [place for place in range(1, len(whole)) if whole[place : place + 3] == b"\x1f\x8b\x08"] + [len(whole)]
    responses = [min(end for end in ends if end > begin) for begin in begins]
    assert mend(path) == 0
    for length in [*range(0, len(whole), 7), *ends, *(end - 1 for end in ends), *(end + 1 for end in ends[:-1])]:
        for old in tmp_path.iterdir():
            old.unlink()
        path.write_bytes(whole[:length])
        with Archive(path) as archive:
            archive.add(exchange(9))
        torn = b"".join(p.read_bytes() for p in tmp_path.glob("*.torn-*"))
        kept = len(whole[:length]) - len(torn)
        assert path.read_bytes()[:kept] + torn == whole[:length]
        assert [url for url, _ in answers(path)][-1] == "https://example.org/9"
        assert sum(end <= length for end in responses) == len(list(answers(path))) - 1


def test_rubbish_at_the_end_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with Archive(path) as archive:
        archive.add(exchange(0))
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + b"\0" * 5000)
    assert mend(path) == 5000
    assert path.stat().st_size == size


def test_a_large_member_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with Archive(path) as archive:
        archive.add(exchange(0, random.Random(1).randbytes(5_000_000)))
        archive.add(exchange(1, b"\0" * 30_000_000))
    assert mend(path) == 0


def test_the_file_appears_when_all_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"

    def stopped() -> None:
        with whole_or_not(path) as part, Archive(part) as archive:
            archive.add(exchange(0))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert [p.name for p in tmp_path.iterdir()] == ["a.warc.gz.part"]
    with whole_or_not(path) as part, Archive(part) as archive:
        archive.add(exchange(1))
    assert [url for url, _ in answers(path)] == ["https://example.org/0", "https://example.org/1"]
