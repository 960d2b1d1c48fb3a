"""One place from two sources is joined, not doubled: by an id that both have, or by name, country and nearness.

Two drafts of one group (`place_kinds.csv`) and country are one place when

- both are located, agree closely in a name and lie within `CLOSE_KM` of one another (more where a point is known to 10 km only), or agree loosely
  and lie within `LOOSE_KM`;
- one is not located, they agree closely in a name (and not in the English one alone), and their first-level area is the same or one tells none.

Where several would do, the nearest is taken; among those that only share the area, the one that is by far the largest, else none: a point
is not guessed. A place is joined with one place of another source, never with two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from marsad.knowledge import vocabulary
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.bundled import GEONAMES, City
from marsad.knowledge.gazetteer.candidate import distance_km
from marsad.knowledge.gazetteer.draft import Draft

CLOSE_KM: Final = 12.0
LOOSE_KM: Final = 3.0
SAME_KM: Final = 1.0
"""Two of our places at one city whose names the city bears are one, if they lie so near to it."""
LARGER: Final = 5
"""How many times the people of the next one a namesake must have to be taken for the place that is not located."""
FEW_VOTES: Final = 2
AT_HOME: Final = 30
"""Places of ours from which a country is one of those that we list; cities of others are joined by their Arabic names alone."""

_SPREAD: Final = {"exact": 0.0, "km": 0.0, "": 0.0, "10km": 10.0}
_LEVELS: Final = ("admin1", "admin2", "admin3")
_POPULATED: Final = frozenset({"populated", "camp"})


class Gathering:
    """The drafts of all sources but the large list of cities, each place once."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_id: dict[str, int] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._added = 0
        self._paired: tuple[int, tuple[dict[int, list[int]], dict[int, Draft]]] | None = None
        self._groups: dict[str, str] = {kind: row.group for kind, row in vocabulary.kinds().items()}

    def add(self, draft: Draft) -> Draft:
        """Joins the draft with a place that is here, or keeps it as a new one; gives what it became."""
        self._added += 1
        found = self._same(draft)
        if found is None:
            found = len(self.drafts)
            self.drafts.append(draft)
        else:
            self.drafts[found].take(draft)
        self._file(found, draft)
        return self.drafts[found]

    def add_below(self, draft: Draft, areas: dict[tuple[str, str], str]) -> Draft:
        """Adds a place of the user, below the areas that its source tells: those of ours where they are the same, by code or by name.

        `areas`: as `first_level` gives them.
        """
        coded: set[str] = set()
        for code in draft.parents:
            area = self.with_id(code)
            if code.startswith("geonames1:"):
                country, _, rest = code.partition(":")[2].partition(".")
                draft.admin1 = draft.admin1 or areas.get((country, rest), "")
            elif area is not None and area.kind in _LEVELS:
                coded.add(area.kind)
                setattr(draft, area.kind, area.name_en)
        for level in _LEVELS:
            told = getattr(draft, level)
            if told and level not in coded:
                setattr(draft, level, self._area_called(told, draft.country, level))
        held = self.add(draft)
        if held.kind in _LEVELS:
            setattr(held, held.kind, held.name_en)
        return held

    def _area_called(self, name: str, country: str, level: str) -> str:
        """The English name of the area of that level that is called so, or the name itself."""
        for number in self._by_name.get((country, forms.loose(name)), ()):
            if self.drafts[number].kind == level and self.drafts[number].name_en:
                return self.drafts[number].name_en
        return name

    def _file(self, number: int, draft: Draft) -> None:
        for id_ in draft.ids:
            self._by_id.setdefault(id_, number)
        for name in draft.called():
            form = forms.keys(name)
            if form:
                listed = self._by_name[(draft.country, form[1])]
                if number not in listed:
                    listed.append(number)

    def with_id(self, id_: str) -> Draft | None:
        """The place that has the id."""
        number = self._by_id.get(id_)
        return None if number is None else self.drafts[number]

    def _same(self, draft: Draft) -> int | None:
        for id_ in draft.ids:
            if id_ in self._by_id:
                return self._by_id[id_]
        best: tuple[float, int] | None = None
        called = [(form, name) for name in draft.called() if (form := forms.keys(name))]
        for (_, loose), name in called:
            for number in self._by_name.get((draft.country, loose), ()):
                cost = self._cost(draft, self.drafts[number], name)
                if cost is not None and (best is None or cost < best[0]):
                    best = (cost, number)
        return best[1] if best else None

    def _cost(self, new: Draft, old: Draft, name: str) -> float | None:
        """How far the two are from being one place, in kilometres; None if they are not."""
        if not self._alike(new.kind, old.kind):
            return None
        if _differ(new.admin2, old.admin2) and not (new.lat is not None and old.lat is not None):
            return None
        agree = any(forms.close(other) == forms.close(name) for other in old.called())
        if new.lat is not None and new.lon is not None and old.lat is not None and old.lon is not None:
            apart = distance_km((new.lat, new.lon), (old.lat, old.lon)) or 0.0
            limit = max(CLOSE_KM + max(_SPREAD[new.known], _SPREAD[old.known]), old.radius_km, new.radius_km) if agree else LOOSE_KM
            return apart if apart <= limit and not _differ_far(new, old, apart) else None
        if not agree or _differ(new.admin1, old.admin1) or _only_in_english(new, old):
            return None  # برقين and بروقين are two towns of one area: loosely is too little where nothing tells that they lie together
        return CLOSE_KM + (0 if new.admin1 == old.admin1 else 1)

    def _alike(self, one: str, other: str) -> bool:
        groups = {self._groups.get(one, one), self._groups.get(other, other)}
        return len(groups) == 1 or groups <= _POPULATED

    # -- the cities

    def first_level(self, cities: list[City]) -> dict[tuple[str, str], str]:
        """The English name of each first-level area (country, code of GeoNames) that the places here tell."""
        return self._first_level(cities, self._pairs(cities)[0])

    def cities_joined(self, cities: list[City], areas: dict[tuple[str, str], str]) -> dict[int, Draft]:
        """Joins the cities; gives those that were: index of the city → place. `areas`: as `first_level` gives them."""
        pairs, joined = self._pairs(cities)
        ranked = sorted(
            ((cost, draft, number) for draft, numbers in pairs.items() for cost, number in self._fitting(self.drafts[draft], numbers, cities, areas)),
        )
        taken: set[int] = set()
        again: set[int] = set()
        for cost, draft, number in ranked:
            if draft in taken or draft in again:
                continue
            if number not in joined:
                taken.add(draft)
                joined[number] = self.drafts[draft]
            elif cost <= SAME_KM and self._groups[self.drafts[draft].kind] == self._groups[joined[number].kind] and joined[number] is not self.drafts[draft]:
                joined[number].take(self.drafts[draft])  # عين العرب and كوباني
                again.add(draft)
        self.drafts = [held for number, held in enumerate(self.drafts) if number not in again]
        return joined

    def _pairs(self, cities: list[City]) -> tuple[dict[int, list[int]], dict[int, Draft]]:
        """(place → indexes of the cities that share a name, index of a city → the place that has its id)."""
        if self._paired is not None and self._paired[0] == self._added:
            return self._paired[1]
        close = self._close_names()
        pairs: dict[int, list[int]] = defaultdict(list)
        joined: dict[int, Draft] = {}
        counted = Counter(draft.country for draft in self.drafts)
        for number, city in enumerate(cities):
            known = self._by_id.get(f"{GEONAMES}:{city.geonameid}")
            if known is not None:
                joined[number] = self.drafts[known]
            elif city.countrycode in counted:
                every = counted[city.countrycode] >= AT_HOME
                for name in {forms.close(name) for name in (city.name, *city.alternatenames) if every or forms.is_arabic(name)}:
                    for draft in close.get((city.countrycode, name), ()):
                        if number not in pairs[draft]:
                            pairs[draft].append(number)
        self._paired = (self._added, (pairs, joined))
        return pairs, joined

    def _close_names(self) -> dict[tuple[str, str], list[int]]:
        """(country, close form) → places that may be a city."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, draft in enumerate(self.drafts):
            if self._groups.get(draft.kind) in _POPULATED and not any(id_.startswith(f"{GEONAMES}:") for id_ in draft.ids):
                for name in {forms.close(name) for name in draft.called()} - {""}:
                    found[(draft.country, name)].append(number)
        return found

    def _first_level(self, cities: list[City], pairs: dict[int, list[int]]) -> dict[tuple[str, str], str]:
        """What the codes of first-level areas mean, by the votes of places that share a name with one city of the country alone."""
        votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for draft, numbers in pairs.items():
            admin1 = self.drafts[draft].admin1
            if admin1 and len({cities[n].admin1code for n in numbers}) == 1:
                city = cities[numbers[0]]
                votes[(city.countrycode, city.admin1code)][admin1] += 1
        means = {}
        for code, counted in votes.items():
            (name, most), total = counted.most_common(1)[0], sum(counted.values())
            if most >= FEW_VOTES and most * 2 > total:
                means[code] = name
        return means

    def _fitting(self, draft: Draft, numbers: list[int], cities: list[City], areas: dict[tuple[str, str], str]) -> Iterable[tuple[float, int]]:
        """The cities that may be the place, each with its cost."""
        if draft.lat is not None and draft.lon is not None:
            for number in numbers:
                apart = distance_km((draft.lat, draft.lon), (cities[number].latitude, cities[number].longitude)) or 0.0
                if apart <= CLOSE_KM + _SPREAD[draft.known]:
                    yield apart, number
            return
        told = [(n, areas.get((cities[n].countrycode, cities[n].admin1code), "")) for n in numbers]
        here = [n for n, area in told if area == draft.admin1 and area] or [n for n, area in told if not area or not draft.admin1]
        here.sort(key=lambda n: -cities[n].population)
        if not here:
            return
        first = cities[here[0]]
        for other in (cities[n] for n in here[1:]):
            apart = distance_km((first.latitude, first.longitude), (other.latitude, other.longitude)) or 0.0
            if apart > CLOSE_KM and first.population < LARGER * max(other.population, 100):
                return
        exact = {forms.strict(name) for name in draft.called()} & {forms.strict(name) for name in (first.name, *first.alternatenames)}
        yield CLOSE_KM + (0 if exact else 1) - min(first.population, 10_000_000) / 1e8, here[0]


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _only_in_english(new: Draft, old: Draft) -> bool:
    """Both have Arabic names, and not two of them agree even loosely."""
    if not new.names or not old.names:
        return False
    held = {forms.loose(name) for name in old.names}
    return not any(forms.loose(name) in held for name in new.names)


def _differ_far(new: Draft, old: Draft, apart: float) -> bool:
    """Two villages of one name in different districts are two, unless they lie side by side."""
    return _differ(new.admin1, old.admin1) and apart > LOOSE_KM
