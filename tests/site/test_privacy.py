"""Nothing that the public side gives out holds a private name, a place of people in danger, an editor's name or words, or what was withheld."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path

import pytest
from litestar.testing import TestClient

from marsad.model import Filters
from marsad.observatory import Observatory
from marsad.site import Settings, Site, application, publish
from tests.site.kept import CANARIES, EDITOR, ENDANGERED, OWN, PRIVATE, WHY, WITHHELD, client, crawled, made, observatory, site

__all__ = ["client", "observatory", "site"]


@pytest.fixture(scope="module")
def everything(client: TestClient) -> dict[str, bytes]:
    """All that links lead to."""
    return crawled(client)


def test_the_canaries_are_in_the_store(observatory: Observatory) -> None:
    told = json.dumps([str(kept) for kept in (observatory.report(f"canary-{n}") for n in ("names", "place", "withheld"))], ensure_ascii=False)
    for word in (*PRIVATE, ENDANGERED, WITHHELD):
        assert word in told
    assert any(d.by == EDITOR for d in observatory.decisions())


def test_no_page_feed_file_or_answer_has_a_canary(everything: dict[str, bytes]) -> None:
    assert len(everything) > 300
    kinds = {address.partition("?")[0].rpartition("/")[2].rpartition(".")[2] for address in everything}
    assert {"csv", "json", "geojson", "rss", "atom", "xml"} <= kinds
    for address, content in everything.items():
        text = content.decode("utf-8", "replace")
        for told in (text, json.dumps(text).encode().decode("unicode_escape", "replace") if "\\u06" in text else ""):
            for word in CANARIES:
                assert word not in told, (address, word)


def test_the_tables_that_are_shown_have_none(observatory: Observatory, site: Site) -> None:
    assert len(site.index) > 30
    path = observatory.store.url.database
    assert path is not None
    with sqlite3.connect(path) as connection:
        rows = [row for table in ("public_incident", "public_report", "public_change") for row in connection.execute(f"SELECT * FROM {table}")]
    connection.close()
    assert rows
    for row in rows:
        for value in row:
            words = zlib.decompress(value).decode() if isinstance(value, bytes) else str(value)
            for word in CANARIES:
                assert word not in words


@pytest.mark.parametrize("word", [*PRIVATE, ENDANGERED, WITHHELD])
def test_a_search_tells_nothing_of_what_is_hidden(client: TestClient, word: str) -> None:
    assert client.get("/api/v1/incidents", params={"q": word}).json()["total"] == 0


def test_nothing_published_has_a_canary(site: Site, tmp_path: Path) -> None:
    still = Site(site.observatory, site.settings, site.base, static=True)
    publish(still, tmp_path / "out")
    shipped = tmp_path / "out" / "static"  # the base map, the same for everybody, has names of places
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file() and shipped not in file.parents]
    assert len(files) > 200
    for file in files:
        text = file.read_text("utf-8", "replace") + str(file)
        for word in CANARIES:
            assert word not in text, (file, word)


def test_a_place_of_people_in_danger_is_an_area(observatory: Observatory, client: TestClient) -> None:
    kept = observatory.report("canary-place")
    assert kept is not None
    arrest = kept.incidents[0]
    own = observatory.incident(arrest or "")
    assert own is not None
    assert own.type == "arrest"
    assert any(ENDANGERED in p.name and p.precision == "neighbourhood" for p in own.places)
    shown = client.get(f"/api/v1/incidents/{arrest}").json()["incident"]
    assert shown["places"]
    for place in shown["places"]:
        assert place["precision"] in ("settlement", "admin3", "admin2", "admin1", "country")


def test_what_is_withheld_is_explained_and_not_shown(observatory: Observatory, client: TestClient) -> None:
    withheld = next(i for i in observatory.incidents(Filters(review="withheld")))
    for lang in ("ar", "en"):
        answer = client.get(f"/{lang}/incidents/{withheld.id}")
        assert answer.status_code == 410
        assert withheld.id in answer.text
        assert WITHHELD not in answer.text
    told = client.get(f"/api/v1/incidents/{withheld.id}")
    assert (told.status_code, told.json()) == (410, {"id": withheld.id, "gone": "withheld", "forward": None})


def test_erased_words_are_gone_from_what_is_shown_at_once(tmp_path: Path) -> None:
    with made(tmp_path) as kept:
        place = Site(kept, Settings(full_text=frozenset({OWN})))
        told = kept.report("canary-names")
        assert told is not None
        own = [id_ for id_ in told.incidents if id_ is not None]
        kept.erase("canary-names", why=WHY, by=EDITOR)
        assert place.report("canary-names") is None
        assert not any(place.incident(id_) for id_ in own)
        with TestClient(application(place)) as asking:
            place.renew()
            for lang in ("ar", "en"):
                assert asking.get(f"/{lang}/reports/canary-names").status_code == 410
                for id_ in own:
                    assert asking.get(f"/{lang}/incidents/{id_}").status_code == 410
            assert asking.get("/api/v1/reports/canary-names").json()["gone"] == "erased"
