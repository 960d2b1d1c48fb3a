"""A watch: what is new is fetched once, archive first; killed anywhere, it goes on where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path
from typing import Any

import fetch_server
import pytest
from fetch_server import reply

from marsad.cli import main
from marsad.intake import Fault, Intake, take_in
from marsad.intake.fetch import Limits, Step, Watch, Wire, watched
from marsad.intake.fetch.archive import answers
from marsad.intake.fetch.state import Page, State


def config(folder: Path, *sources: str, head: str = "pause = 0.5") -> Path:
    path = folder / "sources.toml"
    path.write_text(head + "\n" + "\n".join(f"[[source]]\n{source}" for source in sources), "utf-8")
    return path


def feed(server: Any, *paths: str) -> bytes:
    items = "".join(f"<item><link>{server.url(path)}</link></item>" for path in paths)
    return reply(200, f"<rss><channel>{items}</channel></rss>", content_type="application/rss+xml", etag='"v1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")


def rounds(path: Path, clock: Any, times: int = 1, **more: Any) -> list[Step]:
    wanted = watched(path)
    with Watch(wanted, path.parent / wanted.archive, clock=clock, wire=Wire(Limits(100_000, 2, 1), private=True), **more) as watch:
        return [step for _ in range(times) for step in watch.once()]


def archived(folder: Path) -> list[str]:
    return [url for path in sorted((folder / "archive").glob("*.warc.gz")) for url, _ in answers(path)]


@pytest.fixture
def site(server: Any, tmp_path: Path) -> Path:
    server.answers["/feed"] = feed(server, "/1", "/2")
    for path in ("/1", "/2", "/3"):
        server.answers[path] = reply(200, f"<p>{path}</p>", content_type="text/html")
    return config(tmp_path, f'kind = "feed"\nurl = "{server.url("/feed")}"')


def test_what_is_new_is_fetched_once(server: Any, site: Path, clock: Any) -> None:
    assert [step.fault for step in rounds(site, clock)] == [False] * 3
    assert archived(site.parent) == [server.url(p) for p in ("/robots.txt", "/feed", "/1", "/2")]
    assert rounds(site, clock) == []
    clock.time += 1000
    server.answers["/feed"] = feed(server, "/3", "/1", "/2")
    rounds(site, clock)
    assert server.paths() == ["/feed", "/1", "/2", "/feed", "/3"]


def test_what_has_not_changed_is_not_sent_again(server: Any, site: Path, clock: Any) -> None:
    rounds(site, clock)
    server.answers["/feed"] = reply(304)
    clock.time += 1000
    steps = rounds(site, clock)
    assert [step.said for step in steps] == ["unchanged"]
    asked = [h for p, h in server.asked if p == "/feed"][-1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Mon, 01 Jan 2024 00:00:00 GMT")
    assert archived(site.parent).count(server.url("/feed")) == 1


def test_the_archive_is_an_input_of_a_read(server: Any, site: Path, clock: Any) -> None:
    """Every answer in the archive is the one that came, byte for byte."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    rounds(site, clock)
    (path,) = (site.parent / "archive").glob("*.warc.gz")
    with path.open("rb") as file:
        blocks = {r.headers["WARC-Target-URI"]: r.reader.read() for r in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False)}
    assert blocks[server.url("/1")] == server.answers["/1"]
    assert blocks[server.url("/feed")] == server.answers["/feed"]


def test_only_what_the_source_says_is_followed(server: Any, tmp_path: Path, clock: Any) -> None:
    server.answers["/feed"] = feed(server, "/news/1", "/sport/1", "/news/2", "/news/3").replace(
        b"</channel>", b"<item><link>http://elsewhere.example/news/1</link></item></channel>"
    )
    server.answers["/feed"] = reply(200, server.answers["/feed"].split(b"\r\n\r\n", 1)[1])
    for n in "123":
        server.answers[f"/news/{n}"] = reply(200, "x")
    rounds(config(tmp_path, f'kind = "feed"\nurl = "{server.url("/feed")}"\ninclude = ["/news/"]\nlinks = 2'), clock)
    assert server.paths() == ["/feed", "/news/1", "/news/2"]


def test_a_sitemap_and_its_index(server: Any, tmp_path: Path, clock: Any) -> None:
    import gzip

    server.answers["/index.xml"] = reply(
        200, f"<sitemapindex><sitemap><loc>{server.url('/a.xml.gz')}</loc></sitemap><sitemap><loc>{server.url('/index.xml')}</loc></sitemap></sitemapindex>"
    )
    server.answers["/a.xml.gz"] = reply(200, gzip.compress(f"<urlset><url><loc>{server.url('/1')}</loc></url></urlset>".encode()))
    server.answers["/1"] = reply(200, "x")
    rounds(config(tmp_path, f'kind = "sitemap"\nurl = "{server.url("/index.xml")}"'), clock)
    assert server.paths() == ["/index.xml", "/a.xml.gz", "/1"]


def test_a_page_is_fetched_again_and_kept_when_it_changed(server: Any, tmp_path: Path, clock: Any) -> None:
    path = config(tmp_path, f'kind = "page"\nurl = "{server.url("/live")}"')
    for body in ("one", "one", "two"):
        server.answers["/live"] = reply(200, body)
        rounds(path, clock)
        clock.time += 1000
    assert server.paths() == ["/live"] * 3
    assert archived(tmp_path).count(server.url("/live")) == 2, "what was the same is there once"


def test_what_came_again_the_same_is_a_revisit_of_the_record_that_holds_it(server: Any, tmp_path: Path, clock: Any) -> None:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    path = config(tmp_path, f'kind = "page"\nurl = "{server.url("/from")}"')
    server.answers["/from"] = reply(302, location="/live")
    server.answers["/live"] = reply(200, "<p>one</p>", content_type="text/html")
    for _ in range(3):
        rounds(path, clock)
        clock.time += 1000
    (archive,) = (tmp_path / "archive").glob("*.warc.gz")
    with archive.open("rb") as file:
        found = [(r.record_type, dict(r.headers), r.reader.read()) for r in ArchiveIterator(file, parse_http=False)]
    (whole,) = [headers for kind, headers, _ in found if kind == WarcRecordType.response and headers["WARC-Target-URI"] == server.url("/live")]
    again = [(headers, block) for kind, headers, block in found if kind == WarcRecordType.revisit]
    assert len(again) == 2
    for headers, block in again:
        assert headers["WARC-Refers-To"] == whole["WARC-Record-ID"]
        assert headers["WARC-Refers-To-Date"] == whole["WARC-Date"]
        assert headers["WARC-Refers-To-Target-URI"] == whole["WARC-Target-URI"]
        assert headers["WARC-Payload-Digest"] == whole["WARC-Payload-Digest"]
        assert headers["WARC-Profile"].endswith("/revisit/identical-payload-digest")
        assert block.startswith(b"HTTP/1.1 200")
        assert block.endswith(b"\r\n\r\n")
    reports = [item for item in take_in(Intake((str(archive),))) if not isinstance(item, Fault)]
    assert [report.text for report in reports] == ["one"]


def test_a_state_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "state.sqlite")
    base.execute("CREATE TABLE page (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, digest TEXT, status INTEGER, fetched REAL) WITHOUT ROWID")
    base.execute("INSERT INTO page VALUES ('http://a/', 'e', 'm', 'd', 200, 1.0)")
    base.commit()
    base.close()
    with State(tmp_path / "state.sqlite") as state:
        assert state.page("http://a/") == Page("e", "m", "d", 200, None, None)


def test_a_channel_is_read_back_to_what_was_seen(server: Any, tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import marsad.intake.fetch.watch as module
    from marsad.intake.fetch.links import Messages, messages

    def shown(*numbers: int) -> bytes:
        return reply(200, "".join(f'<div data-post="chan/{n}"></div>' for n in numbers))

    def here(content: bytes, channel: str) -> Messages:
        told = messages(content, channel)
        return told._replace(earlier=told.earlier and told.earlier.replace("https://t.me", server.url("").rstrip("/")))

    monkeypatch.setattr(module, "messages", here)
    path = config(tmp_path, 'kind = "telegram"\nurl = "@chan"')
    wanted = watched(path)
    assert wanted.source[0].url == "https://t.me/s/chan"
    import msgspec

    local = msgspec.structs.replace(wanted, source=(msgspec.structs.replace(wanted.source[0], url=server.url("/s/chan")),))
    server.answers["/s/chan"] = shown(10, 11, 12)
    wire = Wire(Limits(100_000, 2, 1), private=True)
    with Watch(local, tmp_path / "archive", clock=clock, wire=wire) as watch:
        assert [s.said for s in watch.once()] == ["3 new messages"]
        server.answers["/s/chan"], server.answers["/s/chan?before=19"], server.answers["/s/chan?before=16"] = (
            shown(19, 20),
            shown(16, 17, 18),
            shown(12, 13, 14, 15),
        )
        clock.time += 1000
        assert [s.said for s in watch.once()] == ["8 new messages"]
    assert server.paths() == ["/s/chan", "/s/chan", "/s/chan?before=19", "/s/chan?before=16"]


def test_what_fails_costs_itself_alone(server: Any, tmp_path: Path, clock: Any) -> None:
    server.answers["/feed"] = feed(server, "/gone", "/2")
    server.answers["/2"] = reply(200, "x")
    server.answers["/laughs"] = reply(200, '<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>')
    sources = (f'kind = "feed"\nurl = "{server.url(p)}"' for p in ("/laughs", "/no", "/feed"))
    steps = rounds(config(tmp_path, *sources), clock)
    assert Counter(step.fault for step in steps) == {True: 3, False: 2}
    assert any("defines entities" in step.said for step in steps)
    assert server.url("/2") in archived(tmp_path)


def test_a_page_that_stays_away_is_given_up_after_three_times(server: Any, site: Path, clock: Any) -> None:
    server.answers["/1"] = reply(404)
    rounds(site, clock, times=6)
    assert server.paths().count("/1") <= 3


def test_a_torn_archive_is_put_right_and_what_was_not_noted_is_noted(server: Any, site: Path, clock: Any) -> None:
    rounds(site, clock)
    (path,) = (site.parent / "archive").glob("*.warc.gz")
    base = sqlite3.connect(site.parent / "archive" / "state.sqlite")
    with base:  # as if it had been killed after /1 was archived and before it was noted, while /2 was written
        base.execute("DELETE FROM page WHERE url IN (?, ?)", (server.url("/1"), server.url("/2")))
        base.executemany("INSERT INTO waiting (url, source, place) VALUES (?, 's', ?)", [(server.url("/1"), 1), (server.url("/2"), 2)])
        base.execute("UPDATE archive SET archived = 0")
    base.close()
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"\x1f\x8b\x08", 0, content.rindex(b"\x1f\x8b\x08")) + 40])
    server.asked.clear()
    steps = rounds(site, clock)
    assert "set aside" in steps[0].said
    assert "1 records that were not noted yet" in steps[1].said
    assert server.paths() == ["/2"]
    assert sorted(archived(site.parent)) == sorted(server.url(p) for p in ("/robots.txt", "/robots.txt", "/feed", "/1", "/2"))


PROGRAM = textwrap.dedent("""
    import sys
    from pathlib import Path
    from marsad.intake.fetch import Limits, Watch, Wire, watched
    path = Path(sys.argv[1])
    wanted = watched(path)
    with Watch(wanted, path.parent / wanted.archive, wire=Wire(Limits(100_000, 2, 1), private=True)) as watch:
        object.__setattr__(watch._line.manners, "pause", 0.0)
        for step in watch.once():
            print(step.url, step.said, flush=True)
""")


def test_killed_again_and_again_it_loses_nothing_and_fetches_little_twice(server: Any, tmp_path: Path) -> None:
    pages = [f"/p{n}" for n in range(30)]
    server.answers["/feed"] = feed(server, *pages)
    for page in pages:
        server.answers[page] = reply(200, os.urandom(3000).hex())
    path = config(tmp_path, f'kind = "feed"\nurl = "{server.url("/feed")}"')
    for kill in range(25):
        running = subprocess.Popen([sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE)
        assert running.stdout is not None
        for _ in range(1 + kill % 3):  # one to three steps, then killed in the middle of the next
            line = running.stdout.readline()
        time.sleep(0.001 * (kill % 4))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        if not line:
            break
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    found = Counter(archived(tmp_path))
    assert {server.url(page) for page in pages} <= set(found)
    assert sum(found[server.url(page)] for page in pages) <= len(pages) + 3
    base = sqlite3.connect(tmp_path / "archive" / "state.sqlite")
    assert base.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    base.close()


def test_two_watches_of_one_archive(site: Path, clock: Any) -> None:
    wanted = watched(site)
    with Watch(wanted, site.parent / "archive", clock=clock), pytest.raises(sqlite3.OperationalError), Watch(wanted, site.parent / "archive", clock=clock):
        pass


BAD = [
    ('kind = "feeds"\nurl = "x"', "Invalid enum value"),
    ('kind = "feed"\nurl = "x"\nevry = 3', "unknown field `evry`"),
    ('kind = "feed"\nurl = "x"\nevery = 3', ">= 60"),
    ('kind = "telegram"\nurl = "https://t.me/+secret"', "no name of a public channel"),
    ("kind =", "sources.toml"),
]


@pytest.mark.parametrize(("source", "said"), BAD, ids=[s for _, s in BAD])
def test_a_file_of_sources_that_is_wrong(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], source: str, said: str) -> None:
    assert main(["watch", str(config(tmp_path, source)), "--once"]) == 1
    assert said.encode() in capfdbinary.readouterr().err
    assert not (tmp_path / "archive").exists()


def test_the_commands(server: Any, site: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    out = tmp_path / "out.warc.gz"
    arguments = ["fetch", server.url("/1"), server.url("/none"), "-o", str(out), "--allow-private", "--pause", "0"]
    assert main(arguments) == 1
    err = capfdbinary.readouterr().err.decode()
    assert f"200 {server.url('/1')}" in err
    assert f"404 {server.url('/none')}" in err
    assert [status for _, status in answers(out)] == [404, 200, 404]
    assert main(arguments) == 1
    assert b"is there already" in capfdbinary.readouterr().err
    assert main(["fetch", server.url("/1"), "-o", str(tmp_path / "b.warc.gz")]) == 1
    assert b"no public machine" in capfdbinary.readouterr().err
    assert main(["fetch", "x", "-o", "out.txt"]) == 2
    server.answers["/feed"] = feed(server)
    assert main(["watch", str(site), "--once", "--allow-private"]) == 0
    assert main(["watch", str(tmp_path / "none.toml")]) == 1


def test_the_server_of_these_tests_is_on_the_loopback(server: Any) -> None:
    assert server.url("/").startswith("http://127.0.0.1:")
    assert fetch_server.reply(200).startswith(b"HTTP/1.1 200")
