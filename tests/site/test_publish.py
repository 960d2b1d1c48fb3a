"""Publishing: the same bytes for the same data, from a folder without a server, sealed; what changed is made anew and the rest kept."""

from __future__ import annotations

import filecmp
import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from marsad.model import Report
from marsad.observatory import Observatory
from marsad.site import PublishError, Settings, Site, publish, verify_release
from marsad.site.publishing import file_of, safe_name
from tests.site.kept import OWN, made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Observatory]:
    with made(tmp_path_factory.mktemp("publish")) as found:
        yield found


def _site(kept: Observatory) -> Site:
    return Site(kept, Settings(full_text=frozenset({OWN})), "https://observatory.example", static=True)


@pytest.fixture(scope="module")
def out(kept: Observatory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "site"
    publish(_site(kept), folder)
    return folder


def _same(one: Path, other: Path) -> bool:
    files = [{file.relative_to(root) for file in root.rglob("*") if file.is_file()} for root in (one, other)]
    return files[0] == files[1] and not filecmp.cmpfiles(one, other, [str(f) for f in files[0]], shallow=False)[1]


def test_the_same_data_give_the_same_bytes(kept: Observatory, out: Path, tmp_path: Path) -> None:
    with made(tmp_path) as again:
        publish(_site(again), tmp_path / "again")
    assert _same(out, tmp_path / "again")
    done = publish(_site(kept), out)
    assert done.made == 0
    assert _same(out, tmp_path / "again")


def test_what_changed_is_made_anew(tmp_path: Path) -> None:
    with made(tmp_path) as kept:
        publish(_site(kept), tmp_path / "a")
        some = next(kept.incidents())
        kept.review("confirm", [some.id], why="seen", by="e")
        done = publish(_site(kept), tmp_path / "a")
        assert 0 < done.made < done.kept
        publish(_site(kept), tmp_path / "b")
        assert _same(tmp_path / "a", tmp_path / "b")


def test_one_more_report_touches_what_tells_of_it_alone(tmp_path: Path) -> None:
    with made(tmp_path) as kept:
        publish(_site(kept), tmp_path / "a")
        before = {file: file.stat().st_ino for file in (tmp_path / "a").rglob("*.html")}
        words = "قال ناشطون إن قوات النظام قصفت بلدة كفرزيتا أمس، ما أدى لمقتل 7 مدنيين."
        list(kept.add([Report.from_text(words, id="one-more", date="2018-06-11", outlet=OWN, title="قصف كفرزيتا", url="https://example.org/more")]))
        site = _site(kept)
        done = publish(site, tmp_path / "a")
        publish(_site(kept), tmp_path / "b")
        assert _same(tmp_path / "a", tmp_path / "b")
    anew = [file for file in (tmp_path / "a").rglob("*.html") if file.stat().st_ino != before.get(file)]
    assert done.made == len(anew) - 1  # the start page of the folder is no page of a language
    told = {id_ for n, id_ in enumerate(site.index.ids) if "one-more" in site.index.row(n).reports}
    assert told
    # of the pages of single incidents and reports: those of the new report, and those that show one of its incidents beside their own
    single = [file for file in anew if file.parent.name in ("incidents", "reports") and not file.name.startswith(("index", "from"))]
    assert 0 < len(single) < 60
    for file in single:
        text = file.read_text("utf-8")
        assert file.stem == "one-more" or "one-more" in text or any(id_ in text for id_ in told) or "reports" in file.parts


def test_work_is_parted_among_processes_and_faults_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from marsad.site import sharing

    monkeypatch.setattr(sharing.os, "cpu_count", lambda: 3)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    steps: list[int] = []
    found = sharing.parted(range(100), lambda n: {str(n): str(sharing.os.getpid())}, 10, steps.append)
    assert sorted(found, key=int) == [str(n) for n in range(100)]
    assert (len(set(found.values())), sum(steps)) == (3, 100)

    def fails(n: int) -> dict[str, str]:
        if n == 1:
            raise ValueError("page 1 has no end")
        return {}

    with pytest.raises(ChildProcessError, match="page 1 has no end"):
        sharing.parted(range(100), fails, 10)


def test_every_link_leads_to_a_file(out: Path) -> None:
    pages = list(out.rglob("*.html"))
    assert len(pages) > 200
    for page in pages:
        text = page.read_text("utf-8")
        for address in re.findall(r'(?:href|src|action|data-source)="([^"]*)"', text):
            told = html.unescape(address)
            if told.startswith(("https://", "http://", "#")):
                continue
            assert not told.startswith("/"), (page, told)
            target = page.parent / unquote(told.partition("#")[0].partition("?")[0])
            assert target.is_file(), (page, told)
        assert "hx-get" not in text


def test_a_release_holds_until_something_is_changed(out: Path, tmp_path: Path) -> None:
    import shutil

    assert verify_release(out) == []
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    page = copy / "ar" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</html>", b"<!-- --></html>"))
    (copy / "en" / "added.html").write_text("x")
    (copy / "ar" / "feed.rss").unlink()
    assert verify_release(copy) == ["ar/feed.rss: it is missing", "ar/index.html: it was changed", "en/added.html: it is not of the release"]
    manifest = copy / "manifest.sha256"
    manifest.write_bytes(manifest.read_bytes().replace(b"ar/index.html", b"ar/other.html"))
    assert verify_release(copy)[0] == "release.json: its seal is not that of manifest.sha256 and the decision that it names"
    assert verify_release(tmp_path) == [f"{tmp_path} is no published site: there is no release.json in it"]


def test_the_seal_names_the_last_decision(kept: Observatory, out: Path) -> None:
    import json

    told = json.loads((out / "release.json").read_text("utf-8"))
    last = kept.decisions()[-1]
    assert (told["decision"], told["decision_sha256"]) == (last.number, last.hash)


def test_nothing_of_others_is_overwritten(kept: Observatory, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishError):
        publish(_site(kept), tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    with pytest.raises(PublishError):
        publish(_site(kept), tmp_path / "no" / "such" / "folder")


@pytest.mark.parametrize("id_", ["../../etc/passwd", "..", ".hidden", "a/b", "C:\\x", "CON:", "x" * 300, "مرصد", "A", "", "a\0b", "a."])
def test_no_id_leaves_the_folder(id_: str) -> None:
    name = safe_name(id_)
    assert re.fullmatch(r"x-[0-9a-f]{20}", name)


@pytest.mark.parametrize(("address", "file"), [
    ("/", "index.html"), ("/ar/", "ar/index.html"), ("/ar/incidents", "ar/incidents/index.html"), ("/ar/incidents?type=x", "ar/incidents/index.html"),
    ("/ar/incidents?from=101", "ar/incidents/from-101.html"), ("/en/incidents/inc-1", "en/incidents/inc-1.html"), ("/en/feed.rss?country=SY", "en/feed.rss"),
    ("/ar/incidents.geojson?fields=map", "data/map-ar.geojson"),
    ("/api/v1/incidents/inc-1", "data/incidents/inc-1.json"), ("/static/site.css", "static/site.css"),
])  # fmt: skip
def test_files_of_addresses(address: str, file: str) -> None:
    assert file_of(address) == file
