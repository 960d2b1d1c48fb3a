"""From the line to reports: what `marsad fetch` and `marsad watch` write is read by `marsad intake` and `marsad read`, with its proof.

Every address is on the loopback (`conftest._no_way_out`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fetch_server import reply

from marsad.cli import main
from marsad.intake import Fault, Intake, Item, RawFolder, keeping, take_in
from marsad.intake.fetch import Limits, Watch, Wire, watched
from marsad.model import Report
from tests.intake import made

HTML = "text/html; charset=utf-8"


def chunked(body: bytes, **headers: str) -> bytes:
    """An answer in chunks."""
    told = "".join(f"{k.replace('_', '-').title()}: {v}\r\n" for k, v in headers.items())
    return f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{told}\r\n".encode() + made.chunked(body, 100)


def brotli(body: bytes) -> bytes:
    """Packed with Brotli; the test is left out where that is not there."""
    packed: bytes = pytest.importorskip("brotli").compress(body)
    return packed


# how the page is sent, what the archive says of it
SENT = [
    ("as it is", lambda page: reply(200, page, content_type=HTML), None),
    ("gzip", lambda page: reply(200, gzip.compress(page), content_type=HTML, content_encoding="gzip"), None),
    ("deflate", lambda page: reply(200, zlib.compress(page), content_type=HTML, content_encoding="deflate"), None),
    ("raw deflate", lambda page: reply(200, zlib.compress(page)[2:-4], content_type=HTML, content_encoding="deflate"), None),
    ("brotli", lambda page: reply(200, brotli(page), content_type=HTML, content_encoding="br"), None),
    ("chunks", lambda page: chunked(page, content_type=HTML), None),
    ("gzip in chunks", lambda page: chunked(gzip.compress(page), content_type=HTML, content_encoding="gzip"), None),
    ("brotli in chunks", lambda page: chunked(brotli(page), content_type=HTML, content_encoding="br"), None),
    ("no length", lambda page: f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\n\r\n".encode() + page, None),
    ("told to be gzip, and is not", lambda page: reply(200, page, content_type=HTML, content_encoding="gzip"), None),
    ("cut in a chunk", lambda page: chunked(page, content_type=HTML)[:-40], "disconnect"),
    ("a chunk of no size", lambda page: chunked(page, content_type=HTML).replace(b"\r\n0\r\n\r\n", b"\r\nzz\r\n\r\n"), "disconnect"),
    ("told to be chunks, and is none", lambda page: f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: {HTML}\r\n\r\n".encode() + page, "disconnect"),
    ("shorter than told", lambda page: reply(200, page, content_type=HTML).replace(f": {len(page)}".encode(), b": 99999"), "disconnect"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "truncated"), [s[1:] for s in SENT], ids=[s[0] for s in SENT])
def test_what_is_fetched_is_read(server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], sent: Any, truncated: str | None) -> None:
    page = made.page()
    server.answers["/1"] = sent(page)
    archive, url = tmp_path / "out.warc.gz", server.url("/1")
    assert main(["fetch", url, "-o", str(archive), "--allow-private", "--pause", "0"]) == 0
    out = tmp_path / "reports.jsonl"
    assert main(["intake", str(archive), "--raw", str(tmp_path / "raw"), "-o", str(out)]) == 0
    (told,) = map(json.loads, out.read_text("utf-8").splitlines())
    assert made.SHELLING[:100] in told["text"]
    assert (told["title"], told["date"], told["url"]) == (made.TITLE, "2018-12-03", url)
    proof = told["proof"]
    assert proof["url"] == url
    assert told["id"] == proof["record_id"].removeprefix("urn:uuid:")
    assert proof["fetched"][:2] == "20"
    assert ["content-type", HTML] in proof["headers"]
    assert proof["path"].startswith(f"{archive}#")
    kept = RawFolder(tmp_path / "raw").path(proof["sha256"]).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == proof["sha256"]
    assert [note["message"] for note in told["notes"] if note["code"] == "truncated"] == (
        [f"the crawler cut what it fetched ({truncated})"] if truncated else []
    )
    capsys.readouterr()
    assert main(["read", str(archive)]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["events"][0]["type"] == "shelling"
    assert [note["code"] for note in reading["notes"]] == [note["code"] for note in told["notes"]]


def test_what_cannot_be_unpacked_is_named_and_costs_itself_alone(server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.answers["/bad"] = reply(200, b"\x1f\x8b\x08\x00broken", content_type=HTML, content_encoding="gzip")
    server.answers["/odd"] = reply(200, b"x", content_type=HTML, content_encoding="zstd-of-tomorrow")
    server.answers["/login"] = reply(200, made.page("تسجيل الدخول", '</p><form><input type="password" name="p"></form><p>'), content_type=HTML)
    server.answers["/1"] = reply(200, made.page(), content_type=HTML)
    archive = tmp_path / "out.warc.gz"
    assert main(["fetch", *(server.url(p) for p in ("/bad", "/odd", "/login", "/1")), "-o", str(archive), "--allow-private", "--pause", "0"]) == 0
    capsys.readouterr()
    assert main(["intake", str(archive)]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["url"] for line in told.out.splitlines()] == [server.url("/1")]
    faults = told.err.splitlines()
    assert len(faults) == 3
    for path, fault in zip(("/bad", "/odd", "/login"), faults, strict=True):
        assert server.url(path) in fault
        assert "urn:uuid:" in fault


def test_a_document_a_feed_and_a_table_on_the_line(server: Any, tmp_path: Path) -> None:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    server.answers["/b.docx"] = reply(200, made.bulletin_docx(), content_type=word)
    server.answers["/feed"] = reply(200, made.wordpress(), content_type="application/rss+xml; charset=UTF-8")
    server.answers["/plain"] = reply(200, made.SHELLING, content_type="text/plain; charset=utf-8")
    archive = tmp_path / "out.warc.gz"
    urls = [server.url(p) for p in ("/b.docx", "/feed", "/plain")]
    assert main(["fetch", *urls, "-o", str(archive), "--allow-private", "--pause", "0"]) == 0
    found = [item for item in take_in(Intake((str(archive),))) if isinstance(item, Report)]
    assert [item.proof.url for item in found if item.proof] == [urls[0]] * 3 + [urls[1]] * 2 + [urls[2]]
    assert all(item.proof and item.proof.record_id and item.proof.fetched for item in found)


# --- the watch


def watching(folder: Path, source: str, clock: Any, times: int = 1) -> list[str]:
    """What a watch said, round after round, of a source."""
    path = folder / "sources.toml"
    path.write_text(f"pause = 0.5\n[[source]]\n{source}", "utf-8")
    wanted = watched(path)
    said = []
    with Watch(wanted, folder / "archive", clock=clock, wire=Wire(Limits(200_000, 2, 1), private=True)) as watch:
        for _ in range(times):
            said += [step.said for step in watch.once()]
            clock.time += 1000
    return said


def taken(folder: Path) -> list[Item]:
    """What intake makes of the archive of a watch."""
    return list(take_in(Intake((str(folder / "archive"),))))


def texts(found: list[Item]) -> list[str]:
    assert [str(item) for item in found if isinstance(item, Fault)] == []
    return [item.text for item in found if isinstance(item, Report)]


def test_watch_once_on_the_command_line(server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n, body in enumerate((made.SHELLING, made.KILLING), 1):
        server.answers[f"/{n}"] = reply(200, made.page(body=body), content_type=HTML)
    links = "".join(f"<url><loc>{server.url(f'/{n}')}</loc></url>" for n in (1, 2))
    server.answers["/sitemap.xml"] = reply(200, f"<urlset>{links}</urlset>", content_type="application/xml")
    (tmp_path / "s.toml").write_text(f'pause = 0.5\n[[source]]\nkind = "sitemap"\nurl = "{server.url("/sitemap.xml")}"', "utf-8")
    assert main(["watch", str(tmp_path / "s.toml"), "--once", "--allow-private"]) == 0
    assert "2 new" in capsys.readouterr().err
    assert main(["read", str(tmp_path / "archive")]) == 0
    assert [json.loads(line)["url"] for line in capsys.readouterr().out.splitlines()] == [server.url("/1"), server.url("/2")]


def test_a_feed_that_is_watched(server: Any, tmp_path: Path, clock: Any) -> None:
    """Its entries are read once, though it is fetched again and again, and its pages as pages."""

    def item(number: int, body: str) -> str:
        return made.wordpress_item(body=body, number=number, full=False).replace("https://example.org/2018/12/03/", server.url("/news/"))

    one, two = item(1, made.SHELLING), item(2, made.KILLING)
    for n, body in ((1, made.SHELLING), (2, made.KILLING)):
        server.answers[f"/news/{n}/"] = reply(200, made.page(body=body), content_type=HTML)
    server.answers["/feed"] = [reply(200, made.wordpress(items), content_type="application/rss+xml") for items in ([one], [two, one], [two, one, ""])]
    said = watching(tmp_path, f'kind = "feed"\nurl = "{server.url("/feed")}"', clock, times=3)
    assert [words for words in said if "new" in words] == ["200, 1 new", "200, 1 new", "200, 0 new"]
    found = taken(tmp_path)
    assert len(texts(found)) == 4
    of_feed = [item for item in found if isinstance(item, Report) and item.proof and (item.proof.extractor or "").startswith("marsad.feed ")]
    assert [[note.code for note in item.notes] for item in of_feed] == [["summary"], ["summary"]]


def test_a_page_that_is_watched(server: Any, tmp_path: Path, clock: Any) -> None:
    server.answers["/live"] = [reply(200, made.page(body=body), content_type=HTML) for body in (made.SHELLING, made.SHELLING + "</p><p>" + made.AID)]
    watching(tmp_path, f'kind = "page"\nurl = "{server.url("/live")}"', clock, times=2)
    one, two = texts(taken(tmp_path))
    assert two == f"{one}\n\n{made.AID}"


def test_a_channel_that_is_watched(server: Any, tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that stands in many previews is one report; one that was edited is a version more."""
    shown = made.preview_messages()
    edited = made.preview_message(2, made.SHELLING + " وارتفع العدد إلى خمسة.", meta="edited &nbsp;")
    rounds = [shown[:3], shown[:4], [shown[0], edited, *shown[2:]], [shown[0], edited, *shown[2:]]]
    server.answers["/s/sample_network"] = [reply(200, made.telegram_preview(part), content_type=HTML) for part in rounds]
    path = tmp_path / "sources.toml"
    path.write_text('pause = 0.5\n[[source]]\nkind = "telegram"\nurl = "@sample_network"', "utf-8")
    wanted = watched(path)
    here = msgspec.structs.replace(wanted, source=(msgspec.structs.replace(wanted.source[0], url=server.url("/s/sample_network")),))
    monkeypatch.setattr("marsad.intake.fetch.watch.messages", lambda content, channel: _without_earlier(content, channel))
    with Watch(here, tmp_path / "archive", clock=clock, wire=Wire(Limits(200_000, 2, 1), private=True)) as watch:
        for _ in rounds:
            assert not any(step.fault for step in watch.once())
            clock.time += 1000
    found = taken(tmp_path)
    texts(found)
    ids = [item.id.removeprefix("telegram-sample_network-") for item in found if isinstance(item, Report)]
    assert [i.partition("@")[0] for i in ids] == ["2", "3", "5", "2", "7", "8", "10"]
    version = next(item for item in found if isinstance(item, Report) and "@" in item.id)
    assert version.text.endswith("خمسة.")
    assert [note.code for note in version.notes] == ["version"]
    assert version.proof is not None
    assert version.id.endswith(f"@{version.proof.fetched}")
    assert version.proof.url == server.url("/s/sample_network")
    assert version.url == "https://t.me/sample_network/2"


def _without_earlier(content: bytes, channel: str) -> Any:
    from marsad.intake.fetch.links import messages

    return messages(content, channel)._replace(earlier=None)


def test_the_raw_bytes_of_everything_are_kept(server: Any, tmp_path: Path, clock: Any) -> None:
    server.answers["/live"] = [reply(200, made.page(body=body), content_type=HTML) for body in (made.SHELLING, made.KILLING)]
    watching(tmp_path, f'kind = "page"\nurl = "{server.url("/live")}"', clock, times=2)
    with keeping(RawFolder(tmp_path / "raw")):
        found = [item for item in taken(tmp_path) if isinstance(item, Report)]
    for report, body in zip(found, (made.SHELLING, made.KILLING), strict=True):
        assert report.proof is not None
        assert RawFolder(tmp_path / "raw").path(report.proof.sha256).read_bytes() == made.page(body=body)
