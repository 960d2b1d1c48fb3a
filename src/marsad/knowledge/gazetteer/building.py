"""From the sources to the index: our areas and places, what the user imported, the cities, joined and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from marsad.knowledge import vocabulary
from marsad.knowledge.gazetteer import bundled
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.bundled import GEONAMES, City
from marsad.knowledge.gazetteer.draft import Draft, KindWords
from marsad.knowledge.gazetteer.joining import AT_HOME, Gathering
from marsad.knowledge.gazetteer.table import KNOWN, Row, Writer

_SPLIT: Final = "|"
_SCALE: Final = 1e5


def build(imported: Iterable[tuple[dict[str, Any], Iterable[Draft]]] = ()) -> bytes:
    """The content of the index. `imported`: what is said of each source of the user, and its places."""
    gathering = Gathering()
    about: dict[str, dict[str, Any]] = {name: dict(said) for name, said in bundled.SOURCES.items()}
    for draft in bundled.areas():
        gathering.add(draft)
    own = 0
    for draft in bundled.places():
        gathering.add(draft)
        own += 1
    about[bundled.OURS]["places"] = own
    cities = bundled.cities()
    about[GEONAMES]["places"] = len(cities)
    areas = gathering.first_level(cities)
    about |= _imported(gathering, imported, areas)
    joined = gathering.cities_joined(cities, areas)
    counted = Counter(draft.country for draft in gathering.drafts)
    writer = Writer()
    rows = _Rows(writer)
    for number, draft in joined.items():
        city = cities[number]
        admin1 = areas.get((city.countrycode, city.admin1code), "")
        draft.take(_drafted(city, admin1 if not draft.admin1 else ""))
    for draft in gathering.drafts:
        rows.add(draft)
    for number, city in enumerate(cities):
        if number not in joined:
            rows.add_city(city, areas.get((city.countrycode, city.admin1code), ""), counted[city.countrycode] >= AT_HOME)
    return writer.content(rows.kinds, {"sources": about, "joined": len(joined), "extents": _extents(cities)})


def _imported(gathering: Gathering, imported: Iterable[tuple[dict[str, Any], Iterable[Draft]]], areas: dict[tuple[str, str], str]) -> dict[str, dict[str, Any]]:
    """Adds what the user imported, areas from the widest on and then places, so that each finds those that hold it; what is said of the sources."""
    levels: dict[str, str] = {row.kind: row.level for row in vocabulary.kinds().values()}
    order = {"country": 0, "region": 1, "admin1": 2, "admin2": 3, "admin3": 4, "": 5}
    about: dict[str, dict[str, Any]] = {}
    waiting: list[Draft] = []
    for said, drafts in imported:
        own = list(drafts)
        waiting += own
        about[said["source"]] = said | {"places": len(own)}
    for draft in sorted(waiting, key=lambda d: order[levels[d.kind]]):
        gathering.add_below(draft, areas)
    return about


def _extents(cities: list[City]) -> dict[str, tuple[float, float, float, float]]:
    """Country → (south, west, north, east) of its cities."""
    found: dict[str, tuple[float, float, float, float]] = {}
    for city in cities:
        s, w, n, e = found.get(city.countrycode, (90.0, 180.0, -90.0, -180.0))
        found[city.countrycode] = (min(s, city.latitude), min(w, city.longitude), max(n, city.latitude), max(e, city.longitude))
    return found


def _drafted(city: City, admin1: str) -> Draft:
    arabic = [name for name in city.alternatenames if forms.is_arabic(name)]
    latin = [name for name in city.alternatenames if not forms.is_arabic(name) and forms.keys(name)]
    return Draft(
        [f"{GEONAMES}:{city.geonameid}"], "settlement", city.countrycode, city.name, arabic, latin, city.latitude, city.longitude,
        admin1=admin1, population=city.population, sources=[GEONAMES],
    )  # fmt: skip


class _Rows:
    """Drafts and cities as rows of the index."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._words = KindWords()
        self.kinds = list(self._words.rows)
        self._number = {kind: number for number, kind in enumerate(self.kinds)}

    def add(self, draft: Draft) -> None:
        """A place of the gathering."""
        first = next((int(id_.partition(":")[2]) for id_ in draft.ids if id_.startswith(f"{GEONAMES}:")), 0)
        row = Row(
            first,
            round((draft.lat or 0.0) * _SCALE),
            round((draft.lon or 0.0) * _SCALE),
            draft.population,
            self._writer.where(draft.country, draft.admin1, draft.admin2, draft.admin3),
            self._number[draft.kind],
            (draft.lat is not None) + 2 * draft.needs_cue,
            KNOWN.index(draft.known),
            self._writer.sources(*draft.sources),
            round(draft.radius_km * 10),
            draft.name_en,
            _SPLIT.join(draft.names),
            _SPLIT.join(draft.latin),
            _SPLIT.join(sorted(draft.ids, key=_standing)),
        )
        called = [(name, False) for name in draft.called()]
        called += [(short, True) for name in draft.names if (short := self._words.shortened(name, draft.kind))]
        area = bool(self._words.rows[draft.kind].level)
        self._writer.add(row, called, [id_ for id_ in draft.ids if id_ != f"{GEONAMES}:{first}"], area=area)

    def add_city(self, city: City, admin1: str, covered: bool) -> None:
        """A city that is joined with nothing; its Latin names are kept as text where our own places lie beside it."""
        names = [name for name in city.alternatenames if name and forms.is_arabic(name)]
        latin = [n for n in city.alternatenames if n and n != city.name and n.isascii()] if covered and names else []
        row = Row(
            city.geonameid,
            round(city.latitude * _SCALE),
            round(city.longitude * _SCALE),
            city.population,
            self._writer.where(city.countrycode, admin1),
            self._number["settlement"],
            1,
            0,
            self._writer.sources(GEONAMES),
            0,
            city.name,
            _SPLIT.join(names),
            _SPLIT.join(latin),
            "",
        )
        self._writer.add(row, ((name, False) for name in (city.name, *city.alternatenames)))


_STANDING: Final = {source: rank for rank, source in enumerate((bundled.OURS, GEONAMES, "ocha", "osm"))}


def _standing(id_: str) -> int:
    """Which of its ids names a place: those that it has without any import go first, so that none changes it."""
    return _STANDING.get(id_.partition(":")[0], len(_STANDING))
