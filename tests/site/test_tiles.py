"""A base map of the user's own: a small PMTiles file, given out by ranges, drawn in a real Chromium with joined Arabic names, and published."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from marsad.observatory import Observatory
from marsad.site import Settings, Site, application, publish, verify_release
from marsad.site.tiles import Tiles, TilesError
from tests.site import pmtiles
from tests.site.browser import Open, served

MAP = "document.querySelector('#map').marsadMap"


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Tiles:
    return Tiles(pmtiles.written(tmp_path_factory.mktemp("tiles") / "own.pmtiles"))


@pytest.fixture(scope="module")
def tiled(observatory: Observatory, tiles: Tiles) -> Iterator[str]:
    with served(application(Site(observatory, Settings(), tiles=tiles))) as found:
        yield found


@pytest.mark.parametrize(("lang", "names"), [("ar", {"مدينة التجربة", "بلاد التجربة"}), ("en", {"Test Town", "Testland"})])
def test_the_users_tiles_take_the_place_of_the_base_map(opened: Open, tiled: str, lang: str, names: set[str]) -> None:
    watched = opened(f"/{lang}/incidents", at=tiled)
    page = watched.page
    page.evaluate(f"void {MAP}.jumpTo({{center: [42, 28], zoom: 5.1}})")
    drawn = "['land', 'lakes', 'water-lines', 'boundaries', 'places', 'places-countries']"
    watched.until(f"{MAP}.areTilesLoaded() && new Set({MAP}.queryRenderedFeatures({{layers: {drawn}}}).map(f => f.layer.id)).size === 6")
    key = f"name:{lang}"
    told = set(page.evaluate(f"{MAP}.queryRenderedFeatures({{layers: ['places', 'places-countries']}}).map(f => f.properties['{key}'])"))
    assert told == names
    assert page.evaluate(f"{MAP}.getLayer('countries') === undefined && {MAP}.getSource('labels') === undefined")
    if lang == "ar":  # the letters that were drawn are joined forms (Arabic Presentation Forms-B)
        codes = page.evaluate(f"Object.values({MAP}.style.glyphManager.entries).flatMap(e => Object.keys(e.glyphs).map(Number))")
        assert len([code for code in codes if 0xFE70 <= code <= 0xFEFF]) > 8
    page.evaluate(f"void {MAP}.jumpTo({{zoom: 6.5}})")
    watched.until(f"{MAP}.areTilesLoaded() && {MAP}.queryRenderedFeatures({{layers: ['roads']}}).length")
    assert "© Testers" in page.text_content(".map-legend")  # type: ignore[operator]
    assert watched.errors == []
    assert watched.outside == []


def test_dark_turns_the_users_map_too(opened: Open, tiled: str) -> None:
    watched = opened("/ar/incidents", at=tiled)
    before = watched.page.evaluate(f"{MAP}.getPaintProperty('land', 'fill-color')")
    watched.page.click("#theme")
    assert watched.page.evaluate(f"{MAP}.getPaintProperty('land', 'fill-color')") != before


def test_parts_are_given_and_never_the_whole(observatory: Observatory, tiles: Tiles) -> None:
    whole = tiles.path.read_bytes()
    with TestClient(application(Site(observatory, Settings(), tiles=tiles)), base_url="http://127.0.0.1") as client:
        answer = client.get(tiles.address, headers={"Range": "bytes=7-106"})
        assert (answer.status_code, answer.content) == (206, whole[7:107])
        assert answer.headers["content-range"] == f"bytes 7-106/{len(whole)}"
        beyond = client.get(tiles.address, headers={"Range": "bytes=0-99999"})
        assert (beyond.status_code, beyond.content) == (206, whole)
        assert client.get(tiles.address, headers={"Range": "bytes=0-16383"}).content == whole[:16_384]
        for wrong in ("", "bytes=5-2", f"bytes={len(whole)}-{len(whole) + 9}", "bytes=0-1,4-5", "bytes=-5", "bytes=0-999999999"):
            status = client.get(tiles.address, headers={"Range": wrong} if wrong else {}).status_code
            assert status == (206 if wrong == "bytes=0-999999999" else 416), wrong
        assert client.get("/tiles/other.pmtiles", headers={"Range": "bytes=0-9"}).status_code == 404
    with TestClient(application(Site(observatory, Settings())), base_url="http://127.0.0.1") as client:
        assert client.get(tiles.address, headers={"Range": "bytes=0-9"}).status_code == 404
        assert "data-tiles" not in client.get("/ar/incidents").text


def test_what_is_no_base_map_is_refused(tmp_path: Path, tiles: Tiles) -> None:
    whole = bytearray(tiles.path.read_bytes())
    for name, content in (("text", b"hello" * 100), ("short", bytes(whole[:90])), ("old", bytes(whole[:7] + b"\x02" + whole[8:]))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TilesError, match="no PMTiles file"):
            Tiles(tmp_path / name)
    whole[99] = 2
    (tmp_path / "pictures").write_bytes(whole)
    with pytest.raises(TilesError, match="no vector tiles"):
        Tiles(tmp_path / "pictures")
    with pytest.raises(TilesError, match="No such file"):
        Tiles(tmp_path / "none")


def test_a_published_site_brings_its_tiles_and_falls_back_where_it_cannot_read_them(
    opened: Open, observatory: Observatory, tiles: Tiles, tmp_path: Path
) -> None:
    for _ in range(2):
        done = publish(Site(observatory, Settings(), "https://observatory.example", static=True, tiles=tiles), tmp_path / "out")
    assert done.made == 0
    assert (tmp_path / "out" / tiles.address[1:]).read_bytes() == tiles.path.read_bytes()
    assert verify_release(tmp_path / "out") == []
    fallen = opened(at=(tmp_path / "out").as_uri())  # a folder gives no parts of files
    fallen.go("/ar/incidents/index.html")
    assert fallen.page.evaluate(f"{MAP}.getLayer('countries') !== undefined")
    assert fallen.errors == []
    plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(tmp_path / "out")))
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    try:
        other = opened(at=f"http://127.0.0.1:{plain.server_address[1]}")  # a server that gives files as wholes
        other.go("/ar/incidents/index.html")
        assert other.page.evaluate(f"{MAP}.getLayer('countries') !== undefined")
        assert any("base map of this site" in said for said in other.errors)
    finally:
        plain.shutdown()
        plain.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
