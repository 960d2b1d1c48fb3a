"""Where a place lies that no gazetteer knows: where the words say that it is, and no finer than they say it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import Final

from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.reading.document import Document, Mention
from marsad.reading.places_settled import TOWARDS
from marsad.reading.spot import LEVELS, Spot, fineness, in_area
from marsad.reading.whereabouts import Whereabouts

_TOLD_BY_KM: Final = 10.0  # how far around the town beside which a place is told
_IN_TOWNS: Final = frozenset(("building", "square", "hospital", "neighbourhood", "road", "junction", "prison", "checkpoint", "bridge"))
_IN_TOWN_KM: Final = 5.0
_LANDS: Final = frozenset(("border", "sea", "region", "country", "admin1", "admin2"))  # what the people behind its word own: الأراضي اللبنانية
_SENTENCES: Final = 3
_STOPS: Final = ("،", "؛")
_AREAS: Final = frozenset(("admin1", "admin2", "admin3", "country", "region"))


class Places:
    """The places of a report, in the order of the text, and what they mean; sorted once, so that none is looked for through the whole of a long text."""

    __slots__ = ("_areas", "_holders", "_in_sentence", "_of_kind", "document", "names", "numbers")

    def __init__(self, document: Document, names: Whereabouts) -> None:
        self.document, self.names = document, names
        self.numbers = {id(mention): k for k, mention in enumerate(document.places)}  # id of a place → its number
        self._holders: dict[int, Candidate] = {}  # number of a place → the first with a point that the text tells as holding it
        self._in_sentence: dict[int, list[Mention]] = {}
        self._of_kind: dict[str, list[int]] = {}  # kind of what is meant → the numbers of the places that mean such
        self._areas: set[tuple[str, str]] = set()  # country and first-level area of all that is meant, countries left out
        for number, mention in enumerate(document.places):
            self._in_sentence.setdefault(mention.sentence, []).append(mention)
            place = names.chosen(mention)
            if place is None:
                continue
            self._of_kind.setdefault(place.kind, []).append(number)
            if place.point is not None:
                self._holders.setdefault(mention.parent_of, place)
            if place.kind != "country":
                self._areas.add((place.country, place.name_en if place.kind == "admin1" else place.admin1))

    def holder(self, mention: Mention) -> Candidate | None:
        """The place that the text tells as holding this one."""
        return self._holders.get(self.numbers.get(id(mention), -2))

    def in_sentences(self, numbers: set[int]) -> list[Mention]:
        """The places of some sentences, in the order of the text."""
        return [mention for number in sorted(numbers) for mention in self._in_sentence.get(number, ())]

    def last_before(self, mention: Mention, kinds: frozenset[str]) -> Candidate | None:
        """What the last place before this one means that is of one of the kinds."""
        places = self.document.places
        before = bisect_left(places, mention.first, key=lambda m: m.first)
        last = -1
        for kind in kinds:
            numbers = self._of_kind.get(kind, [])
            at = bisect_left(numbers, before)
            if at:
                last = max(last, numbers[at - 1])
        return self.names.chosen(places[last]) if last >= 0 else None

    @property
    def only_area(self) -> tuple[str, str] | None:
        """Country and name of the first-level area in which all located places lie, if it is one."""
        return next(iter(self._areas)) if len(self._areas) == 1 else None


def spot_told(places: Places, mention: Mention) -> Spot:
    """A name that no gazetteer knows: at the place that the text tells it in, else in the area told beside it, else in its country."""
    document, names = places.document, places.names
    holder = places.holder(mention)
    if holder is not None:
        return _by(holder)
    code, admin1 = names.read_in(mention)
    people = next((form.nisba for form in document.forms[mention.first : mention.last + 1] if form.nisba), None)
    if people is not None and people != code and gazetteer().kinds_told(document.forms[mention.first].stem) <= _LANDS:
        code, admin1 = people, None
    if code and admin1:
        area = gazetteer().area(admin1, country=code, level="admin1")
        if area is not None and area.point is not None:
            return in_area(area, f"no gazetteer knows it; it is read as in {area.name_en}")
    again = _named_before(places, mention)
    if again is not None and again.point is not None:
        return replace(in_area(again, "a later word for it"), precision=fineness(again)[0], radius_km=fineness(again)[1], name_en=again.name_en or None)
    capital = _capital(document, mention, code)
    if capital is not None and capital.point is not None:
        return replace(_by(capital), precision=fineness(capital)[0], radius_km=fineness(capital)[1], why=(f"the capital of {code}",))
    town = _town_of(places, mention, code)
    if town is not None and town.point is not None:
        said = f"no gazetteer knows it; the town told before it is {town.name_en or town.id}"
        return Spot(*town.point, "near", town.radius_km + _IN_TOWN_KM, town.id, None, town.admin1 or None, town.admin2 or None, town.country, why=(said,))
    beside = _beside(places, mention, code)
    if beside is not None:
        return in_area(beside, f"no gazetteer knows it; a place in {beside.name_en} is told beside it")
    only = _only_area(places, code)
    if only is not None:
        return in_area(only, f"no gazetteer knows it; all places of the report are in {only.name_en}")
    code = people or code
    country = gazetteer().country(code) if code else None
    if country is not None and country.point is not None:
        return in_area(country, f"no gazetteer knows it; it is read as in {country.name_en}")
    return Spot(admin1=admin1, country=code, why=("no gazetteer knows it",))


def _named_before(places: Places, mention: Mention) -> Candidate | None:
    """What «المطار» or «المخيم» takes up again: the last place before it that is of that kind."""
    if mention.row >= 0 or mention.last > mention.first:
        return None
    return places.last_before(mention, gazetteer().kinds_told(places.document.forms[mention.first].stem) - _AREAS)


def _capital(document: Document, mention: Mention, code: str | None) -> Candidate | None:
    """What «العاصمة» or «العاصمة البلجيكية» means, where no name stands behind it."""
    if document.forms[mention.first].stem != "عاصمه":
        return None
    behind = document.forms[mention.last] if mention.last == mention.first + 1 else None
    code = behind.nisba if behind is not None else code
    return gazetteer().capital(code) if code and mention.last <= mention.first + 1 else None


def _town_of(places: Places, mention: Mention, code: str | None) -> Candidate | None:
    """For what stands in a town (a street, a square, a mosque): the town that is told nearest, in the same sentence or before it.

    A town that somebody goes to or comes from, or that only tells how far another lies, is not the one in which things stand, if there is another; nor
    is one behind a comma («قذائف على الطريق الساحلي، فيما أرسلت مصراتة تعزيزات»).
    """
    document, names = places.document, places.names
    words = {document.forms[k].stem for k in range(mention.head, mention.first + 1)}
    bare = mention.row < 0 and all(document.forms[k].place for k in range(mention.first, mention.last + 1))
    if not bare and not any(gazetteer().kinds_told(word) & _IN_TOWNS for word in words):
        return None
    near: list[tuple[bool, int, bool, int, Candidate]] = []
    for other in places.in_sentences({document.headline, *range(mention.sentence - _SENTENCES, mention.sentence + 1)}):
        place = names.chosen(other) if other is not mention else None
        if place is None or place.kind != "settlement" or place.point is None or (code and code != place.country):
            continue
        towards = other.distance_km is not None or (other.head > 0 and document.forms[other.head - 1].bare in TOWARDS)
        apart = any(document.forms[k].text in _STOPS for k in range(mention.last + 1, other.first))
        near.append((towards, abs(other.sentence - mention.sentence), apart, abs(other.first - mention.first), place))
    return min(near, key=lambda n: n[:4])[4] if near else None


def _only_area(places: Places, code: str | None) -> Candidate | None:
    """The first-level area in which all located places of the report lie, if it is one."""
    only = places.only_area
    if only is None:
        return None
    country, name = only
    if not name or (code and code != country):
        return None
    area = gazetteer().area(name, country=country, level="admin1")
    return area if area is not None and area.point is not None else None


def _beside(places: Places, mention: Mention, code: str | None) -> Candidate | None:
    """The first-level area of the nearest place in the same sentence."""
    near = [m for m in places.in_sentences({mention.sentence}) if m is not mention]
    for other in sorted(near, key=lambda m: (abs(m.first - mention.first), m.first)):
        place = places.names.chosen(other)
        if place is not None and place.kind != "country" and (place.admin1 or place.kind == "admin1") and (not code or code == place.country):
            area = place if place.kind == "admin1" else gazetteer().area(place.admin1, country=place.country, level="admin1")
            if area is not None and area.point is not None:
                return area
    return None


def _by(place: Candidate) -> Spot:
    """By the place that the text tells it in: the area of that name or, of a town, the circle around it."""
    assert place.point is not None
    if place.kind in LEVELS:
        return in_area(place, f"no gazetteer knows it; the text tells it in {place.name_en or place.id}")
    radius = place.radius_km + _TOLD_BY_KM
    said = f"no gazetteer knows it; the text tells it by {place.name_en or place.id}"
    return Spot(*place.point, "near", radius, place.id, None, place.admin1 or None, place.admin2 or None, place.country, why=(said,))
