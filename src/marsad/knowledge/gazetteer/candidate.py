"""A place that a name may mean, and distances on the globe."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from marsad.knowledge.gazetteer.distance import Point, apart_km

Match = Literal["exact", "close", "loose", "part", "id"]
"""How the name asked for agrees with one of the place's: letter for letter once folded; but for articles and spaces; but for long vowels, doubled
letters or transliteration; but for the word of its kind (حقل); or the place was asked for by its id."""

DEGREE: Final[dict[Match, float]] = {"exact": 1.0, "close": 0.92, "part": 0.8, "loose": 0.65, "id": 1.0}
"""What a match weighs in the score."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place of the gazetteer, as it answers to a name.

    `id`: never changes by an import; `ids`: all that it has, this one first (`marsad:SY/hajin`, `geonames:173576`, `ocha:SY0100`, `osm:node/1`).
    `kind`: one of `place_kinds.csv`; areas are `country`, `admin1`, `admin2`, `admin3`, `region`. `group`: of that kind (`populated`, `field` …).
    `lat`, `lon`: degrees, None where the place is not located; `known`: how well the point is known, `""` if nobody says so (taken as `km`).
    `radius_km`: of a circle around the point in which the place lies, its own extent and the doubt of the point in one.
    `admin1` …: English names of the areas that hold it, as the gazetteer's areas have them, `""` where they are not known.
    `population`: 0 where it is not known. `needs_cue`: the name is a word or a person's as well, and is a place only behind a word of its kind.
    `match`: how the name agrees, `matched`: which of the place's names does (`""`: one that only the index knows); `score`: see `Gazetteer.candidates`.
    """

    id: str
    ids: tuple[str, ...]
    name_en: str
    names: tuple[str, ...]
    kind: str
    group: str
    lat: float | None
    lon: float | None
    known: str
    radius_km: float
    country: str
    admin1: str
    admin2: str
    admin3: str
    population: int
    needs_cue: bool
    sources: tuple[str, ...]
    prominence: float
    match: Match = "id"
    matched: str = ""
    score: float = 1.0

    @property
    def point(self) -> tuple[float, float] | None:
        """(lat, lon), or None."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def located(self) -> bool:
        """Whether there is a point."""
        return self.lat is not None


def distance_km(a: Candidate | Point, b: Candidate | Point) -> float | None:
    """Kilometres along the great circle (see `apart_km`); None where one is not located."""
    here = a if isinstance(a, tuple) else a.point
    there = b if isinstance(b, tuple) else b.point
    return None if here is None or there is None else apart_km(here, there)
