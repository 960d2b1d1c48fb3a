"""What is asked of the incidents that everybody may see: filters with OR, counts of every facet, pages, in memory.

The index holds numbers alone (some 200 bytes an incident); the words come from the store. It is made anew when the projection was written, and a
reader who has the old one goes on with it.
"""

from __future__ import annotations

import datetime
import gc
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from marsad.arabic.search import query
from marsad.site.records import Facets
from marsad.store import PublicReads

Mask: TypeAlias = NDArray[np.bool_]

FACETS: Final = (
    "type", "status", "grade", "review", "precision", "country", "area", "place", "actor", "role", "outlet", "asserter", "report", "month", "year",
)  # fmt: skip
"""What can be asked for by value; several values of one are an OR, several of them an AND."""

_KM: Final = 111.195  # of a degree of latitude
_FEW: Final = 12
"""Where fewer than one in so many incidents is meant, each is looked up alone."""
_NO_DAY: Final = -(1 << 30)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. `wanted`: facet → values; `box`: west, south, east, north; `near`: latitude, longitude, km; `undated`, `unlocated`: only those."""

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: datetime.date | None = None
    until: datetime.date | None = None
    box: tuple[float, float, float, float] | None = None
    near: tuple[float, float, float] | None = None
    words: str | None = None
    undated: bool = False
    unlocated: bool = False
    oldest_first: bool = False

    def without(self, facet: str) -> Query:
        """The same without what is asked of one facet."""
        return replace(self, wanted={name: values for name, values in self.wanted.items() if name != facet})

    @property
    def is_empty(self) -> bool:
        """Whether all incidents are asked for."""
        return not (self.wanted or self.since or self.until or self.box or self.near or self.words or self.undated or self.unlocated)


class Found(NamedTuple):
    """Places in the order of the index of what was asked for, and how many there are in all."""

    rows: NDArray[np.intp]
    total: int


@dataclass
class _Facet:
    """One facet: its values, and for each pair of incident and value the numbers of both; `starts`: where the pairs of each incident begin, and the end."""

    values: list[str]
    rows: NDArray[np.int32]
    codes: NDArray[np.int32]
    starts: NDArray[np.int64]

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {value: n for n, value in enumerate(self.values)}

    @cached_property
    def _by_code(self) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        order = np.argsort(self.codes, kind="stable")
        return self.rows[order], np.searchsorted(self.codes[order], np.arange(len(self.values) + 1))

    def having(self, value: str) -> NDArray[np.int32]:
        """The incidents that have a value."""
        number = self.numbers.get(value)
        if number is None:
            return np.empty(0, np.int32)
        rows, starts = self._by_code
        return rows[starts[number] : starts[number + 1]]

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the incidents in `mask` have each value."""
        picked = np.flatnonzero(mask)
        codes = self.codes if len(picked) == len(mask) else self._codes_of(picked) if len(picked) * _FEW < len(mask) else self.codes[mask[self.rows]]
        counted = np.bincount(codes, minlength=len(self.values))
        return {self.values[n]: int(counted[n]) for n in np.flatnonzero(counted)}

    def _codes_of(self, picked: NDArray[np.intp]) -> NDArray[np.int32]:
        """The values of some incidents, without a look at all the others."""
        begin = self.starts[picked]
        lengths = self.starts[picked + 1] - begin
        before = np.cumsum(lengths) - lengths
        return self.codes[np.repeat(begin - before, lengths) + np.arange(int(lengths.sum()))]


class Index:
    """All incidents that everybody may see, the newest first. `version` names the state that it was made from."""

    def __init__(self, rows: Iterable[tuple[int, str, bytes]], version: str = "") -> None:
        self.version = version
        self.names: dict[tuple[str, str, str], Any] = {}
        """What was said of places, areas and outlets: (facet, value, language) → name; filled by those who ask."""
        self.said: dict[tuple[str, str, str, str], Any] = {}
        """How values of facets are said: (facet, value, language, digits) → markup; filled by those who ask."""
        self.cards: dict[tuple[int, str, str], Any] = {}
        """Incidents drawn for lists: (place here, language, digits) → markup; see `drawing`."""
        self.report_parts: dict[str, str] = {}
        """Parts of addresses → ids of reports; filled by those who ask."""
        self.gazetteer_ids: dict[str, str] = {}
        """Ids of the gazetteer by their part of an address; filled by those who ask."""
        self.known: dict[str, Any] = {}
        """Places of the gazetteer by their part of an address; filled by those who ask."""
        self.ids: list[str] = []
        keys: list[int] = []
        self._facets: list[Facets] = []
        decode = msgspec.json.Decoder(Facets).decode
        gc.disable()  # millions of small values that all stay
        try:
            for key, id_, packed in rows:
                keys.append(key)
                self.ids.append(id_)
                self._facets.append(decode(packed))
            self.keys = np.array(keys, np.int64)
            self._arrays()
        finally:
            gc.enable()

    @classmethod
    def of(cls, reads: PublicReads, version: str = "") -> Index:
        """The index of what is shown now."""
        return cls(reads.rows(), version)

    def __len__(self) -> int:
        return len(self.ids)

    def _arrays(self) -> None:
        facets = self._facets
        self.start = np.array([_NO_DAY if f.start is None else f.start for f in facets], np.int32)
        self.lat = np.array([np.nan if f.lat is None else f.lat for f in facets], np.float64)
        self.lon = np.array([np.nan if f.lon is None else f.lon for f in facets], np.float64)
        own: dict[str, Callable[[Facets], tuple[str, ...]]] = {
            "type": lambda f: (f.type,), "status": lambda f: (f.status,), "grade": lambda f: (f.grade,), "review": lambda f: (f.review,),
            "precision": lambda f: (f.precision,), "country": lambda f: f.countries, "area": lambda f: f.areas, "place": lambda f: f.places,
            "actor": lambda f: f.actors, "role": lambda f: f.roles, "outlet": lambda f: f.outlets, "asserter": lambda f: f.asserters,
            "report": lambda f: f.reports, "month": lambda f: _month(f.start), "year": lambda f: _year(f.start), "term": lambda f: f.terms,
        }  # fmt: skip
        self._by: dict[str, _Facet] = {name: _facet([of(f) for f in facets]) for name, of in own.items()}
        for number, f in enumerate(facets):  # the terms are in the index now, and are most of what a row weighs
            facets[number] = msgspec.structs.replace(f, terms=())

    def prepare(self) -> Index:
        """Sort what the first questions would have to sort."""
        for name in self._by:
            for value in self._by[name].values[:1]:
                self.having(name, value)
        return self

    def row(self, number: int) -> Facets:
        """By what one is found, without its terms."""
        return self._facets[number]

    @cached_property
    def dated(self) -> Mask:
        """Which incidents have a day."""
        found: Mask = self.start != _NO_DAY
        return found

    @cached_property
    def places(self) -> dict[str, int]:
        """Ids → their numbers here."""
        return {id_: n for n, id_ in enumerate(self.ids)}

    def number(self, id: str) -> int | None:
        """Where an incident stands here; None where it is not there."""
        return self.places.get(id)

    # -- asking

    def mask(self, query: Query) -> Mask:
        """Which incidents are asked for."""
        mask = np.ones(len(self), np.bool_)
        for name, values in query.wanted.items():
            mask &= self._any(name, values)
        mask &= self._days(query) & self._lies(query)
        if query.words:
            mask &= self._with_words(query.words)
        return mask

    def found(self, query: Query, mask: Mask | None = None) -> Found:
        """What is asked for, in its order."""
        rows = np.flatnonzero(self.mask(query) if mask is None else mask)
        if query.oldest_first:
            dated = self.start[rows] != _NO_DAY
            rows = np.concatenate((rows[dated][::-1], rows[~dated]))
        return Found(rows, len(rows))

    def counts(self, facet: str, query: Query, mask: Mask | None = None) -> dict[str, int]:
        """How many incidents each value of a facet would give, beside what else is asked for; `mask`: that of the query, where nothing is asked of it."""
        if facet in query.wanted or mask is None:
            mask = self.mask(query.without(facet))
        return self._by[facet].counts(mask)

    def undated(self, mask: Mask) -> int:
        """How many of these have no day."""
        return int(np.count_nonzero(mask & (self.start == _NO_DAY)))

    def unlocated(self, mask: Mask) -> int:
        """How many of these have no point."""
        return int(np.count_nonzero(mask & np.isnan(self.lat)))

    def days(self, mask: Mask) -> tuple[int, int] | None:
        """The first and the last day (ordinals) of these; None where none has one."""
        days = self.start[mask & (self.start != _NO_DAY)]
        return (int(days.min()), int(days.max())) if len(days) else None

    def having(self, facet: str, value: str) -> NDArray[np.int32]:
        """Where the incidents stand that have a value."""
        return self._by[facet].having(value)

    def values(self, facet: str) -> list[str]:
        """All values of a facet."""
        return self._by[facet].values

    def _any(self, name: str, values: Sequence[str]) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        for value in values:
            mask[self._by[name].having(value)] = True
        return mask

    def _days(self, query: Query) -> Mask:
        mask = np.ones(len(self), np.bool_)
        if query.since is not None:
            mask &= self.start >= query.since.toordinal()
        if query.until is not None:
            mask &= (self.start <= query.until.toordinal()) & (self.start != _NO_DAY)
        if query.undated:
            mask &= self.start == _NO_DAY
        return mask

    def _lies(self, query: Query) -> Mask:
        mask = np.ones(len(self), np.bool_)
        if query.unlocated:
            mask &= np.isnan(self.lat)
        with np.errstate(invalid="ignore"):
            if query.box is not None:
                west, south, east, north = query.box
                inside = (self.lon >= west) & (self.lon <= east) if west <= east else (self.lon >= west) | (self.lon <= east)
                mask &= inside & (self.lat >= south) & (self.lat <= north)
            if query.near is not None:
                lat, lon, km = query.near
                mask &= _distance(self.lat, self.lon, lat, lon) <= km
        return mask

    def _with_words(self, words: str) -> Mask:
        asked = query(words)
        mask = np.full(len(self), bool(asked.clauses), np.bool_)
        for clause in asked.clauses:
            has = np.ones(len(self), np.bool_)
            for term in clause.terms:
                terms = self._by["term"].values
                begun = takewhile(lambda known, begin=term: known.startswith(begin), islice(terms, bisect_left(terms, term), None))  # type: ignore[misc]
                has &= self._any("term", tuple(begun) if clause.prefix and term == clause.terms[-1] else (term,))
            mask &= ~has if clause.excluded else has
        return mask


def _distance(lats: NDArray[np.float64], lons: NDArray[np.float64], lat: float, lon: float) -> NDArray[np.float64]:
    """Kilometres on the sphere (haversine)."""
    a, b = np.radians(lats), np.radians(lat)
    half = np.sin((a - b) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lons - lon) / 2) ** 2
    found: NDArray[np.float64] = 2 * np.degrees(np.arcsin(np.sqrt(half))) * _KM
    return found


def _facet(values: Sequence[tuple[str, ...]]) -> _Facet:
    """One facet of all incidents; its values sorted, so that the same incidents make the same index."""
    lengths = np.fromiter(map(len, values), np.int64, len(values))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    known = sorted(set().union(*values))
    numbers = {value: n for n, value in enumerate(known)}
    codes = np.fromiter(map(numbers.__getitem__, chain.from_iterable(values)), np.int32, int(starts[-1]))
    return _Facet(known, np.repeat(np.arange(len(values), dtype=np.int32), lengths), codes, starts)


def _month(day: int | None) -> tuple[str, ...]:
    return () if day is None else (datetime.date.fromordinal(day).isoformat()[:7],)


def _year(day: int | None) -> tuple[str, ...]:
    return () if day is None else (datetime.date.fromordinal(day).isoformat()[:4],)


_NUMBERS: Final = {"near": 3, "box": 4}


class AskError(ValueError):
    """A question that cannot be understood; the message names the parameter."""


def asked(parameters: Mapping[str, Sequence[str]]) -> Query:
    """What the parameters of an address ask for. Raises `AskError`; unknown parameters are for others."""
    wanted = {name: tuple(dict.fromkeys(v for v in parameters.get(name, ()) if v))[:50] for name in FACETS}
    one: dict[str, Any] = {name: (values[-1].strip() or None) for name, values in parameters.items() if values}
    if one.get("role") and not wanted["actor"]:
        wanted["role"] = tuple(f"|{role}" for role in wanted["role"])
    elif wanted["role"]:
        wanted["role"] = tuple(f"{actor}|{role}" for actor in wanted["actor"] for role in wanted["role"])
    return Query(
        wanted={name: values for name, values in wanted.items() if values},
        since=_day(one.get("since"), "since"), until=_day(one.get("until"), "until"), box=_floats(one.get("box"), "box"), near=_floats(one.get("near"), "near"),
        words=(one.get("q") or "")[:400] or None, undated=one.get("undated") == "1", unlocated=one.get("unlocated") == "1",
        oldest_first=one.get("sort") == "oldest",
    )  # fmt: skip


def _day(told: str | None, name: str) -> datetime.date | None:
    if told is None:
        return None
    try:
        return datetime.date.fromisoformat(told)
    except ValueError:
        raise AskError(f"{name}: {told[:40]!r} is no day (YYYY-MM-DD)") from None


def _floats(told: str | None, name: str) -> Any:
    if told is None:
        return None
    try:
        numbers = tuple(float(part) for part in told.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != _NUMBERS[name] or not all(np.isfinite(numbers)):
        raise AskError(f"{name}: {told[:40]!r} is not {_NUMBERS[name]} numbers, joined by commas")
    return numbers
