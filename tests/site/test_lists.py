"""Lists: filters with OR, counts, pages, files that hold what the list holds; the API: pages by cursor, totals, what changed and what went."""

from __future__ import annotations

import csv
import io
import re

import msgspec
import pytest
from litestar.testing import TestClient

from marsad.model import Incident
from marsad.site import Settings, Site, application
from marsad.site.finding import FACETS, AskError, asked
from tests.site.kept import client, links, made, observatory, site

__all__ = ["client", "observatory", "site"]

SEARCHES = ("", "country=SY", "type=air_strike&type=shelling", "country=SY&country=YE&grade=single", "since=2018-01-01", "until=2016-12-31", "q=حلب",
            "undated=1",
            "unlocated=1", "box=35,32,43,38", "near=36.2,37.16,50", "month=2018-05", "outlet=o-0000000000")  # fmt: skip


def _api(client: TestClient, search: str, limit: int = 7) -> list[dict[str, object]]:
    """All incidents of a search, page by page."""
    found: list[dict[str, object]] = []
    cursor = ""
    while True:
        page = client.get(f"/api/v1/incidents?{search}&limit={limit}&cursor={cursor}").json()
        assert len(page["incidents"]) <= limit
        found += page["incidents"]
        if page["next"] is None:
            assert len(found) == page["total"]
            return found
        cursor = page["next"]


@pytest.mark.parametrize("search", SEARCHES)
def test_files_pages_and_api_hold_the_same(client: TestClient, search: str) -> None:
    by_api = _api(client, search)
    ids = [one["id"] for one in by_api]
    assert len(set(ids)) == len(ids)
    for one in by_api:
        msgspec.convert(one, Incident)
    listed = client.get(f"/ar/incidents.json?{search}").json()
    assert (listed["total"], listed["held"], [one["id"] for one in listed["incidents"]]) == (len(ids), len(ids), ids)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/en/incidents.csv?{search}").text)))
    assert sorted(row["id"] for row in rows) == sorted(ids)
    features = client.get(f"/ar/incidents.geojson?{search}").json()["features"]
    assert sorted(f["id"] for f in features) == sorted(ids)
    points = client.get(f"/ar/incidents.geojson?{search}&fields=map").json()["features"]
    assert {f["id"] for f in points} <= set(ids)
    page = client.get(f"/ar/incidents?{search}&show=300").text
    assert re.findall(r'data-id="([^"]+)"', page) == ids[:300]


def test_more_than_all_filters_ask(client: TestClient) -> None:
    every = len(_api(client, ""))
    assert 0 < len(_api(client, "country=SY")) < every
    both = {one["id"] for one in _api(client, "type=air_strike&type=shelling")}
    assert both == {one["id"] for kind in ("air_strike", "shelling") for one in _api(client, f"type={kind}")}


def test_counts_are_what_one_gets(site: Site) -> None:
    index = site.index
    for search in ({}, {"country": ["SY"]}, {"type": ["air_strike"], "country": ["SY", "YE"]}):
        query = asked(search)
        for facet in FACETS:
            for value, number in list(index.counts(facet, query, index.mask(query)).items())[:12]:
                further = asked({**search, facet: [value]}) if facet != "role" else None
                if further is not None:
                    assert index.found(further).total == number, (search, facet, value)


def test_undated_and_unlocated_are_reached_by_counted_links(client: TestClient, site: Site) -> None:
    page = client.get("/en/incidents").text
    for name in ("undated", "unlocated"):
        number = getattr(site.index, name)(site.index.mask(asked({})))
        assert len(_api(client, f"{name}=1")) == number
        assert (f"/en/incidents?{name}=1" in page) == (number > 0)


@pytest.mark.parametrize("search", ["since=yesterday", "box=1,2,3", "near=a,b,c", "until=2018-02-31", "box=nan,1,2,3"])
def test_what_cannot_be_understood_is_said(client: TestClient, search: str) -> None:
    name, _, value = search.partition("=")
    with pytest.raises(AskError):
        asked({name: [value]})
    assert client.get(f"/en/incidents?{search}").status_code == 400
    told = client.get(f"/api/v1/incidents?{search}")
    assert (told.status_code, list(told.json())) == (400, ["error"])


def test_a_list_grows_by_a_link(client: TestClient, site: Site) -> None:
    total = len(site.index)
    page = client.get("/en/incidents").text
    more = next(address for address in links(page) if "show=" in address)
    assert page.count('class="card ') == 30
    assert client.get(more).text.count('class="card ') == min(60, total)
    assert f'<span class="n">{total}</span>' in page


def test_openapi_names_every_route(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    for path in told["paths"]:
        assert client.get("/api/v1" + path.replace("{id}", "nothing")).status_code in (200, 404)
    text = client.get("/api/v1/openapi.json").text
    for name in set(re.findall(r"#/components/schemas/(\w+)", text)):
        assert name in told["components"]["schemas"]


def test_the_api_may_be_asked_from_any_page(client: TestClient) -> None:
    assert client.get("/api/v1/counts").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/ar/").headers


def test_changes_tell_what_was_merged_and_what_was_withheld(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with made(tmp_path) as kept:
        place = Site(kept, Settings())
        with TestClient(application(place)) as asking:
            told = asking.get("/api/v1/changes").json()
            before = told["next"]
            known = {c["id"] for c in told["changes"] if c["gone"] is None}
            assert known == set(place.index.ids)
            assert asking.get(f"/api/v1/changes?since={before}").json()["changes"] == []
            one, other, third = list(place.index.ids)[:3]
            kept.review("merge", [one, other], why="they are one", by="e")
            kept.review("withhold", [third], why="danger", by="e")
            place.renew()
            later = {c["id"]: (c["gone"], c["forward"]) for c in asking.get(f"/api/v1/changes?since={before}").json()["changes"]}
            gone, stays = (one, other) if place.index.number(other) is not None else (other, one)
            assert later[gone] == ("merged", stays)
            assert later[third] == ("withheld", None)
            assert later[stays] == (None, None)
            page = asking.get(f"/en/incidents/{gone}")
            assert page.status_code == 200
            assert f"/en/incidents/{stays}" in page.text
            kept.review("confirm", [third], why="no danger any more", by="e")
            place.renew()
            assert asking.get(f"/ar/incidents/{third}").status_code == 200


def test_a_refresh_does_what_is_new_alone(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from marsad.site import refresh

    with made(tmp_path) as kept:
        first = refresh(kept)
        assert first.written > 60
        assert refresh(kept) == (0, 0, 0, 0)
        some = next(kept.incidents())
        kept.review("confirm", [some.id], why="seen", by="e")
        again = refresh(kept)
        assert 1 <= again.written < 20
        assert again.reports < 5
