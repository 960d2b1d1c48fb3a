"""The map in a real Chromium, with all other machines out of reach: drawn from our own files, joined with list and time line, all of it by buttons."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from playwright.sync_api import Route

from marsad.observatory import Observatory
from marsad.site import Settings, Site, publish
from marsad.site.finding import Index, Query
from marsad.site.points import columns, named
from marsad.site.records import Facets
from tests.site.browser import Open, Watched

MAP = "document.querySelector('#map').marsadMap"
MANY = 50_000


def many(size: int = MANY) -> Index:
    """Incidents all over the region, as the site's index holds them."""
    chance = random.Random(5)
    places = [(round(chance.uniform(13, 37), 3), round(chance.uniform(-5, 48), 3)) for _ in range(3_000)]
    rows = []
    for number in range(size):
        lat, lon = chance.choice(places)
        day = 736_000 - number // 20
        facets = Facets(
            "shelling", "occurred", "single", "unreviewed", day, day, "day", lat, lon, "settlement", 2.0, ("SY",), (), (), (), (), (), (), ("r",), None,
            ("", ""), (),
        )  # fmt: skip
        rows.append((number, f"inc-{number:012x}", msgspec.json.encode(facets)))
    return Index(rows, "many")


def test_columns_hold_every_point_and_name_them(site: Site) -> None:
    index = site.index
    told = msgspec.json.decode(columns(index, Query(), str))
    located = [n for n in range(len(index)) if index.row(n).lat is not None]
    assert len(told["place"]) == len(told["type"]) == len(told["day"]) == len(located)
    for at, n in enumerate(located):
        row = index.row(n)
        lat, lon, precision, radius = told["places"][told["place"][at]]
        assert (round(row.lat or 0, 5), round(row.lon or 0, 5), row.precision, row.radius_km) == (lat, lon, precision, radius)
        assert told["types"][told["type"][at]] == row.type
    answer = msgspec.json.decode(named(index, Query(), [0, 3, -1, 10**9], lambda row: row.type))
    assert [(one["at"], one["id"]) for one in answer["incidents"]] == [(0, index.ids[located[0]]), (3, index.ids[located[3]])]
    assert answer["version"] == told["version"]


def test_columns_of_many_are_small() -> None:
    import gzip

    assert len(gzip.compress(columns(many(), Query(), str), 6)) < 5 * MANY


def test_base_map_and_joined_arabic_names_without_a_network(opened: Open) -> None:
    watched = opened("/ar/incidents")
    page = watched.page
    page.evaluate(f"void {MAP}.jumpTo({{center: [38.5, 34.5], zoom: 5.2}})")
    watched.until(f"{MAP}.areTilesLoaded() && {MAP}.queryRenderedFeatures({{layers: ['countries', 'places-great', 'places-large']}}).length > 5")
    names = set(page.evaluate(f"{MAP}.queryRenderedFeatures({{layers: ['countries', 'places-great', 'places-large']}}).map(f => f.properties.ar)"))
    assert {"سوريا", "العراق"} <= names
    drawn = page.evaluate(f"{MAP}.queryRenderedFeatures({{layers: ['land', 'borders']}}).map(f => f.layer.id)")
    assert {"land", "borders"} <= set(drawn)
    # the letters that were drawn are those of joined Arabic: initial, medial, final forms (Arabic Presentation Forms-B)
    stacks = page.evaluate(f"Object.values({MAP}.style.glyphManager.entries).flatMap(e => Object.keys(e.glyphs).map(Number))")
    forms = [code for code in stacks if 0xFE70 <= code <= 0xFEFF]
    plain = [code for code in stacks if 0x0621 <= code <= 0x064A]
    assert len(forms) > 20
    assert len(plain) < len(forms) / 3
    assert watched.outside == []
    assert watched.errors == []


def test_fifty_thousand_incidents_are_clustered_and_none_is_lost(opened: Open) -> None:
    index = many()
    watched = opened()
    content = columns(index, Query(), str).decode()
    watched.page.route(re.compile("fields=points"), lambda route: route.fulfill(body=content, content_type="application/json"))
    watched.go("/ar/incidents")
    watched.page.evaluate(f"void {MAP}.jumpTo({{center: [22, 26], zoom: 2.5}})")
    watched.until(f"{MAP}.areTilesLoaded()")
    counted = f"""(() => {{
        const seen = new Map();
        for (const f of {MAP}.querySourceFeatures('incidents')) seen.set(f.properties.cluster_id ?? `n${{f.properties.n}}`, f.properties.point_count ?? 1);
        return [[...seen.values()].reduce((a, b) => a + b, 0), seen.size];
    }})()"""
    watched.until(f"{counted}[0] === {MANY}")
    assert watched.page.evaluate(counted)[1] < 300


def test_the_list_follows_the_map_and_the_address_brings_all_back(opened: Open) -> None:
    watched = opened("/en/incidents")
    page = watched.page
    everything = page.inner_text("#shown")
    for button in ("zoom_in", "zoom_in", "east"):
        page.click(f".map-{button}")
        watched.until(f"!{MAP}.isMoving() && location.search.includes('box=')")
        watched.settled()
    watched.settled()
    watched.until(f"document.querySelector('#shown').innerText !== {everything!r}")
    west, south, east, north = map(float, parse_qs(urlsplit(page.url).query)["box"][0].split(","))
    for card in page.locator("#incident-list > [data-lat]").all():
        assert south <= float(card.get_attribute("data-lat") or 99) <= north
        assert west <= float(card.get_attribute("data-lon") or 999) <= east
    chosen = page.locator("#incident-list > li").first.get_attribute("data-id")
    hash_ = urlsplit(page.url).fragment
    again = opened(urlsplit(page.url)._replace(scheme="", netloc="", fragment=f"{hash_}/{chosen}").geturl())
    again.until("!document.querySelector('.map-panel').hidden")
    assert again.page.inner_text("#shown") == page.inner_text("#shown")
    view = f"(m => [m.getZoom(), m.getCenter().lat, m.getCenter().lng])({MAP})"
    assert again.page.evaluate(view) == pytest.approx(page.evaluate(view), abs=0.02)
    assert again.page.locator(f"#incident-list > [data-id='{chosen}'].is-selected").count() == 1
    again.until("document.querySelector('.map-more .incident-meta')")


def _go_to_a_point(watched: Watched) -> None:
    """Move the map to the incident that stands farthest from all others, near enough that it is in no cluster."""
    watched.until(f"{MAP}.getSource('incidents') && {MAP}.areTilesLoaded()")
    alone = watched.page.evaluate(f"""(async () => {{
        const all = (await {MAP}.getSource('incidents').getData()).features.map((one) => one.geometry.coordinates);
        const nearest = ([x, y], n) => Math.min(...all.map(([x2, y2], m) => n === m ? 999 : Math.hypot(x - x2, y - y2)));
        return all.map((one, n) => [nearest(one, n), one]).sort((a, b) => b[0] - a[0])[0][1];
    }})()""")
    watched.page.evaluate(f"void {MAP}.jumpTo({json.dumps({'center': alone, 'zoom': 9})})")
    watched.until(f"{MAP}.areTilesLoaded() && {MAP}.queryRenderedFeatures({{layers: ['points', 'rough']}}).length")


def test_a_point_opens_its_incident(opened: Open) -> None:
    watched = opened("/ar/incidents")
    page = watched.page
    _go_to_a_point(watched)
    x, y = page.evaluate(f"""(() => {{
        const one = {MAP}.queryRenderedFeatures({{layers: ['points', 'rough']}})[0];
        const at = {MAP}.project(one.geometry.coordinates);
        const box = {MAP}.getCanvas().getBoundingClientRect();
        return [box.x + at.x, box.y + at.y];
    }})()""")
    page.mouse.click(x, y)
    watched.until("document.querySelector('.map-panel .button')?.getAttribute('href')")
    page.click(".map-panel .button")
    page.wait_for_url("**/ar/incidents/inc-*")


def test_time_moves_by_buttons_and_links_go_on_holding(opened: Open) -> None:
    watched = opened("/ar/incidents?type=air_strike")
    page = watched.page
    before = page.inner_text("#shown")
    page.focus("#time-narrower")
    page.keyboard.press("Enter")
    watched.until("location.search.includes('since=')")
    watched.settled()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["type"] == ["air_strike"]
    assert asked["since"] < asked["until"]
    assert page.evaluate("document.activeElement.id") == "time-narrower"
    page.go_back()
    watched.until(f"document.querySelector('#shown').innerText === {before!r}")
    assert page.input_value("#since") == ""


def test_filters_are_ored_and_the_map_keeps_its_place(opened: Open) -> None:
    watched = opened("/en/incidents")
    page = watched.page
    page.evaluate(f"{MAP}.marked = 1")
    counts = [int(page.locator("[data-facet=type] .choice-count").nth(n).inner_text()) for n in (0, 1)]
    page.locator("[data-facet=type] a.choice").nth(0).click()
    watched.until("location.search.includes('type=') && !document.querySelector('.is-loading')")
    page.locator("[data-facet=type] a.choice:not(.is-chosen)").nth(0).click()
    watched.until("new URLSearchParams(location.search).getAll('type').length === 2 && !document.querySelector('.is-loading')")
    total = int(re.findall(r"\d+", page.inner_text("#shown"))[-1])
    assert total == sum(counts)
    assert page.evaluate(f"{MAP}.marked") == 1
    assert page.evaluate("document.activeElement.closest('[data-facet]')?.dataset.facet") == "type"


def test_every_incident_opens_by_keyboard_alone(opened: Open) -> None:
    watched = opened("/ar/incidents")
    page = watched.page
    page.focus("#shown ~ .list-links a, .list-links a")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.card-title'))"):
            break
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/incidents/inc-*")


def test_an_approximate_place_is_drawn_as_an_area_with_a_note(opened: Open, site: Site) -> None:
    number = next(n for n in range(len(site.index)) if site.index.row(n).precision == "admin1" and site.index.row(n).lat is not None)
    watched = opened(f"/en/incidents/{site.index.ids[number]}")
    watched.until(f"{MAP}.queryRenderedFeatures({{layers: ['areas']}}).length")
    assert "circle" in watched.page.inner_text(".map-legend")


@pytest.fixture(scope="module")
def folder(observatory: Observatory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published site."""
    out = tmp_path_factory.mktemp("published") / "site"
    publish(Site(observatory, Settings(), "https://observatory.example", static=True), out)
    return out


def test_a_published_site_searches_and_filters_from_a_folder(opened: Open, folder: Path, site: Site) -> None:
    watched = opened(at=folder.as_uri())
    page = watched.go("/ar/incidents/index.html")
    assert page.evaluate(f"{MAP}.querySourceFeatures('incidents').length") > 0
    page.fill("#q", "القصف")
    page.click("#filters button")
    watched.until("location.search.includes('q=')")
    watched.settled()
    expected = site.index.found(Query(words="القصف")).total
    assert int(re.findall(r"\d+", page.inner_text("#shown"))[-1]) == expected > 0
    page.locator("#facets [data-facet=country] a.choice:visible").first.click()
    watched.until("location.search.includes('country=')")
    country = parse_qs(urlsplit(page.url).query)["country"][0]
    expected = site.index.found(Query(words="القصف", wanted={"country": (country,)})).total
    watched.until(f"document.querySelectorAll('#incident-list > li').length === {expected}")
    page.locator("#incident-list a").first.click()
    page.wait_for_url("**/ar/incidents/inc-*.html")
    assert watched.errors == []


@pytest.mark.parametrize("words", ["القصف", "قصف", "حلب", "مدنيون", "لبنان -بيروت", "سوريا", "مدف*", "لا-شيء-كهذا"])
def test_words_are_found_in_the_browser_as_on_the_server(opened: Open, folder: Path, site: Site, words: str) -> None:
    from urllib.parse import quote

    watched = opened(at=folder.as_uri())
    page = watched.page
    page.goto(f"{watched.address}/ar/incidents/index.html?q={quote(words)}")
    expected = site.index.found(Query(words=words)).total
    watched.until(f"(document.querySelector('#shown').innerText.match(/\\d+/g) ?? []).at(-1) === '{expected}'", 15)


def test_more_than_a_map_holds_are_cut_and_it_says_so(opened: Open) -> None:
    from marsad.site.points import MOST

    index = many(MOST + 5_000)
    told = msgspec.json.decode(columns(index, Query(), str))
    assert (len(told["place"]), len(told["day"]), told["total"]) == (MOST, MOST, MOST + 5_000)
    watched = opened()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(
            body=columns(index, Query(box=(-5, 13, 10, 37)) if "box=" in route.request.url else Query(), str).decode(), content_type="application/json"
        )

    watched.page.route(re.compile("fields=points"), answer)
    watched.go("/ar/incidents")
    assert "60,000" in watched.page.inner_text(".map-cut")
    assert "65,000" in watched.page.inner_text(".map-cut")
    watched.page.click(".map-zoom_in")
    watched.until("location.search.includes('box=') && document.querySelector('.map-cut').hidden")
    assert ["box=" in address for address in asked] == [False, True]
    found = index.found(Query(box=(-5, 13, 10, 37))).total
    watched.until(f"document.querySelector('#map').marsadMap.loaded() && {found} > 0")
