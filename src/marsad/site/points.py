"""The located incidents of a list as the map takes them: columns of small numbers, some three bytes an incident once packed, and no ids.

Which incident a point is, is asked for when a reader chooses it: by its place among the located ones of the same list (`named`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from marsad.site.finding import Index, Query
from marsad.site.records import Facets

EPOCH: Final = datetime.date(1970, 1, 1).toordinal()
MOST: Final = 60_000
"""Points that a map gets at once, the first of the list: some 170 kB. Of a longer list the map says so, and asks again as it is moved."""
MOST_NAMED: Final = 100


class Columns(msgspec.Struct, frozen=True):
    """The points of a list, in its order. `type` and `place` number `types` and `places`; `day`: days since 1970-01-01; `total`: of how many, where not
    all are there. `places`: latitude, longitude in degrees, precision, radius in km (null: none is told). `version`: the state of the site that they are of.
    """

    version: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[tuple[float, float, str, float | None], ...]
    type: list[int]
    place: list[int]
    day: list[int | None]
    total: int
    kind: str = "points"


class Named(msgspec.Struct, frozen=True):
    """One incident of those that were asked for; `at`: its place among the points."""

    at: int
    id: str
    title: str
    date: str | None


class Answer(msgspec.Struct, frozen=True):
    """Those that were asked for, and the state of the site that they are of."""

    version: str
    incidents: list[Named]


def _located(index: Index, query: Query) -> NDArray[np.intp]:
    rows = index.found(query).rows
    return rows[~np.isnan(index.lat[rows]) & ~np.isnan(index.lon[rows])]


def columns(index: Index, query: Query, type_name: Callable[[str], str]) -> bytes:
    """The points of a list, as JSON."""
    types: dict[str, int] = {}
    places: dict[tuple[float, float, str, float | None], int] = {}
    type_column: list[int] = []
    place_column: list[int] = []
    days: list[int | None] = []
    located = _located(index, query)
    for n in located[:MOST].tolist():
        row = index.row(n)
        assert row.lat is not None
        assert row.lon is not None
        type_column.append(types.setdefault(row.type, len(types)))
        place_column.append(places.setdefault((round(row.lat, 5), round(row.lon, 5), row.precision, row.radius_km), len(places)))
        days.append(None if row.start is None else row.start - EPOCH)
    made = Columns(index.version, tuple(types), tuple(type_name(t) for t in types), tuple(places), type_column, place_column, days, len(located))
    return msgspec.json.encode(made) + b"\n"


def named(index: Index, query: Query, wanted: Sequence[int], title: Callable[[Facets], str]) -> bytes:
    """Ids, titles and days of some of the points of a list, as JSON; places that there are none of are left out."""
    rows = _located(index, query)
    found = []
    for at in wanted[:MOST_NAMED]:
        if 0 <= at < len(rows):
            n = int(rows[at])
            row = index.row(n)
            found.append(Named(at, index.ids[n], title(row), None if row.start is None else datetime.date.fromordinal(row.start).isoformat()))
    return msgspec.json.encode(Answer(index.version, found)) + b"\n"
