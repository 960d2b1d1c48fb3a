"""The gazetteer as it is asked: by a name, by an id, for an area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import exp, log10
from typing import Any, Final

from marsad.knowledge import vocabulary
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.candidate import DEGREE, Candidate, Match, distance_km
from marsad.knowledge.gazetteer.distance import Point
from marsad.knowledge.gazetteer.draft import KindWords
from marsad.knowledge.gazetteer.table import KNOWN, Row, Table
from marsad.model import PlacePrecision

_REACH_KM: Final = 150.0
_SPREAD: Final = {"exact": 0.3, "km": 3.0, "": 3.0, "10km": 10.0}
_PROMINENT: Final = {"country": 1.0, "admin1": 0.8, "admin2": 0.55, "admin3": 0.45, "region": 0.6}
_PLACES_KEPT: Final = 20_000


class Gazetteer:
    """An open gazetteer; see the head of the package for how it is asked."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._words = KindWords()
        self._kinds = table.header.kinds
        self._kept: dict[int, Candidate] = {}
        self._seats: dict[str, str] = {}

    def __len__(self) -> int:
        return self._table.header.rows

    @property
    def about(self) -> dict[str, Any]:
        """What is said of the sources: `sources` → name → title, licence, attribution, places; `joined`: cities that our places were joined with."""
        return self._table.header.about

    @property
    def extents(self) -> dict[str, tuple[float, float, float, float]]:
        """Country → (south, west, north, east) in degrees of its cities."""
        return {country: (box[0], box[1], box[2], box[3]) for country, box in self.about["extents"].items()}

    def candidates(
        self,
        name: str,
        *,
        country: str | None = None,
        kind: str | Iterable[str] | None = None,
        near: Candidate | Point | None = None,
        loose: bool = True,
        limit: int | None = None,
    ) -> tuple[Candidate, ...]:
        """The places that `name` may mean, best first; empty where there is none. Never raises for what a name holds.

        `country` (ISO 3166-1 alpha-2), `kind` (one or several): only such; `near`: nearer ones score higher; `loose`: whether loose matches count.
        The score, from 0 to 1, is the degree of the match times 0.6 + 0.4 prominence or, with `near`, times
        0.4 + 0.25 prominence + 0.35 exp(−d/150 km), d the distance (300 km for what is not located).
        """
        wanted = frozenset([kind] if isinstance(kind, str) else kind) if kind is not None else None
        found = self._named(name, loose)
        rest, kinds = self._words.taken_off(" ".join(name.split()))
        if rest and kinds and not self.kinds_told(rest):
            more = [(n, "part" if m in ("exact", "close") else m, matched) for n, m, matched in self._named(rest, loose)]
            fitting = [hit for hit in more if self._place(hit[0]).kind in kinds]
            if any(match != "loose" for _, match, _ in found):
                found = found + [hit for hit in fitting if hit[1] == "part"]
            else:
                found = found + (fitting or [hit for hit in more if hit[1] == "part" and self._words.carries(self._place(hit[0]).kind)])
        rated: dict[int, Candidate] = {}
        for number, match, matched in found:
            place = self._place(number)
            if (country and place.country != country) or (wanted is not None and place.kind not in wanted):
                continue
            candidate = _answer(place, match, matched, near)
            if number not in rated or rated[number].score < candidate.score:
                rated[number] = candidate
        order = sorted(rated.values(), key=lambda c: (-c.score, c.id))
        return tuple(order[:limit])

    def called_after(self, word: str) -> bool:
        """Whether what stands behind this word may be called after a place elsewhere: شارع نابلس, حي الجولان."""
        return forms.strict(word) in self._words.called_after

    def kinds_told(self, word: str) -> frozenset[str]:
        """The kinds of place that a word in front of a name may mean (محافظة: `admin1`); empty for any other word."""
        return frozenset(self._words.kinds_of.get(forms.strict(word), ()))

    def precision(self, place: Candidate) -> PlacePrecision:
        """How finely a point of this kind of place is one, by the table of kinds."""
        return self._words.rows[place.kind].precision

    def place(self, id: str) -> Candidate | None:
        """The place that has this id, whichever of its ids it is."""
        number = self._number(id)
        return None if number is None else self._place(number)

    def area(self, name: str, *, country: str, level: str) -> Candidate | None:
        """The area of that level and country by its English name (as places name their `admin1` …) or by any other of its names."""
        found = [c for c in self.candidates(name, country=country, kind=level) if c.match != "part"]
        best = next((c for c in found if c.name_en == name), next(iter(found), None))
        return best and self.place(best.id)

    @cached_property
    def _areas(self) -> tuple[Candidate, ...]:
        return tuple(self._place(number) for number in self._table.header.areas)

    def areas(self, *, country: str | None = None, level: str | None = None, within: Candidate | None = None) -> Sequence[Candidate]:
        """All areas, or those of a country or level, or those within an area (by its English name)."""
        return [
            area
            for area in self._areas
            if (country is None or area.country == country)
            and (level is None or area.kind == level)
            and (within is None or (area.country == within.country and area.id != within.id and _lies_in(area, within)))
        ]

    def parents(self, place: Candidate) -> tuple[Candidate, ...]:
        """The areas that hold the place, the narrowest first, its country last; those that the gazetteer has."""
        named = (("admin3", place.admin3), ("admin2", place.admin2), ("admin1", place.admin1))
        found = [self.area(name, country=place.country, level=level) for level, name in named if name and place.kind != level]
        found.append(next((c for c in self._countries.get(place.country, ()) if c.id != place.id), None))
        return tuple(area for area in found if area is not None)

    def country(self, code: str) -> Candidate | None:
        """The country of that ISO code."""
        return next(iter(self._countries.get(code, ())), None)

    def capital(self, code: str) -> Candidate | None:
        """The capital of the country of that ISO code, None where it is disputed or not listed."""
        name = self._capitals.get(code)
        return next(iter(self.candidates(name, country=code, kind="settlement", limit=1)), None) if name else None

    @cached_property
    def _capitals(self) -> dict[str, str]:
        return vocabulary.capitals()

    def is_capital(self, place: Candidate) -> bool:
        """Whether the place is the capital of its country."""
        if place.kind != "settlement" or place.country not in self._capitals:
            return False
        if place.country not in self._seats:
            capital = self.capital(place.country)
            self._seats[place.country] = capital.id if capital is not None else ""
        return self._seats[place.country] == place.id

    @cached_property
    def _countries(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for area in self._areas:
            if area.kind == "country":
                found.setdefault(area.country, []).append(area)
        return found

    # -- rows

    def _named(self, name: str, loose: bool) -> list[tuple[int, Match, str]]:
        """(row, match, the name of the place that matched) for each place of that name."""
        form = forms.keys(name)
        if form is None:
            return []
        found: list[tuple[int, Match, str]] = []
        for number, exact, shortened in self._table.rows_named(*form):
            match, matched = self._agreement(self._place(number), name, form, exact, shortened)
            if match is not None and (loose or match != "loose"):
                found.append((number, match, matched))
        return found

    def _agreement(self, place: Candidate, name: str, form: tuple[str, str], exact: bool, shortened: bool) -> tuple[Match | None, str]:
        """How one of the place's names agrees with `name`; None where the index was mistaken."""
        best: tuple[Match | None, str] = (None, "")
        bare = forms.close(name)
        for own in (*place.names, place.name_en):
            if shortened:
                own_short = self._words.shortened(own, place.kind)
                if own_short and forms.close(own_short) == bare:
                    return "part", own
                if own_short and forms.loose(own_short) == form[1]:
                    best = ("loose", own)
            elif forms.strict(own) == form[0]:
                return "exact", own
            elif forms.close(own) == bare:
                best = ("close", own)
            elif best[0] is None and forms.loose(own) == form[1]:
                best = ("loose", own)
        if best[0] in (None, "loose") and not forms.is_arabic(name) and not shortened:
            return ("exact", "") if exact else (best if best[0] else ("loose", ""))
        return best

    def _number(self, id: str) -> int | None:
        source, _, rest = id.partition(":")
        if source == "geonames" and rest.isdecimal() and len(rest) < 10:
            number = self._table.row_of_geonames(int(rest))
            if number is not None:
                return number
        for number, _, _ in self._table.rows_named(id, f"#{id}"):
            if id in self._place(number).ids:
                return number
        return None

    def _place(self, number: int) -> Candidate:
        place = self._kept.get(number)
        if place is None:
            if len(self._kept) >= _PLACES_KEPT:
                self._kept.clear()
            place = self._kept[number] = self._read(self._table.row(number))
        return place

    def _read(self, row: Row) -> Candidate:
        header = self._table.header
        country, admin1, admin2, admin3 = header.wheres[row.where]
        kind = self._kinds[row.kind]
        located = bool(row.flags & 1)
        sources = tuple(header.source_sets[row.sources])
        about = self._words.rows[kind]
        known = KNOWN[row.known]
        extent = row.radius / 10 if row.radius else _extent(row.population, float(about.radius_km), about.group)
        ids = tuple(row.ids.split("|")) if row.ids else (f"geonames:{row.geonames}",)
        return Candidate(
            ids[0],
            ids,
            row.name_en,
            tuple(n for n in (*row.names.split("|"), *row.latin.split("|")) if n),
            kind,
            about.group,
            row.lat / 1e5 if located else None,
            row.lon / 1e5 if located else None,
            known,
            round(max(extent, _SPREAD[known]) if not about.level or not row.radius else extent, 1),
            country,
            admin1,
            admin2,
            admin3,
            row.population,
            bool(row.flags & 2),
            sources,
            _prominence(kind, about.group, row.population, "marsad" in sources),
        )


def _extent(population: int, common: float, group: str) -> float:
    """How far a place reaches: a town of 100 people a square kilometre's worth of 4,000, never less than is common for its kind."""
    return max(common, (population / 4000 / 3.14) ** 0.5) if group == "populated" else common


def _prominence(kind: str, group: str, population: int, ours: bool) -> float:
    """From 0 to 1: how likely a report means this place rather than a namesake, by its size and kind alone."""
    known = _PROMINENT.get(kind)
    if known is not None:
        return known
    base = 0.12 + 0.11 * log10(population) if group == "populated" and population else 0.35
    return min(1.0, base + 0.12 * ours)


def _answer(place: Candidate, match: Match, matched: str, near: Candidate | Point | None) -> Candidate:
    if near is None:
        weight = 0.6 + 0.4 * place.prominence
    else:
        apart = distance_km(place, near)
        weight = 0.4 + 0.25 * place.prominence + 0.35 * exp(-(300.0 if apart is None else apart) / _REACH_KM)
    return Candidate(
        place.id, place.ids, place.name_en, place.names, place.kind, place.group, place.lat, place.lon, place.known, place.radius_km, place.country,
        place.admin1, place.admin2, place.admin3, place.population, place.needs_cue, place.sources, place.prominence, match, matched,
        round(DEGREE[match] * weight, 4),
    )  # fmt: skip


def _lies_in(area: Candidate, within: Candidate) -> bool:
    if within.kind == "country":
        return True
    return within.kind in ("admin1", "admin2", "admin3") and getattr(area, within.kind) == within.name_en
