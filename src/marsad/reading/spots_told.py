"""Where a place lies that no gazetteer knows: where the words say that it is, and no finer than they say it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.spot import LEVELS, Spot, fineness, in_area
from marsad.reading.whereabouts import Whereabouts

_TOLD_BY_KM: Final = 10.0  # how far around the town beside which a place is told
_IN_TOWNS: Final = frozenset(("building", "square", "hospital", "neighbourhood", "road", "junction", "prison", "checkpoint", "bridge"))
_IN_TOWN_KM: Final = 5.0
_LANDS: Final = frozenset(("border", "sea", "region", "country", "admin1", "admin2"))  # what the people behind its word own: الأراضي اللبنانية
_SENTENCES: Final = 3
_TOWARDS: Final = words("places.towards")


def spot_told(document: Document, mention: Mention, names: Whereabouts) -> Spot:
    """A name that no gazetteer knows: at the place that the text tells it in, else in the area told beside it, else in its country."""
    index = next((k for k, m in enumerate(document.places) if m is mention), -1)
    for other in document.places:
        holder = names.chosen(other)
        if index >= 0 and other.parent_of == index and holder is not None and holder.point is not None:
            return _by(holder)
    code, admin1 = names.read_in(mention)
    people = next((form.nisba for form in document.forms[mention.first : mention.last + 1] if form.nisba), None)
    if people is not None and people != code and gazetteer().kinds_told(document.forms[mention.first].stem) <= _LANDS:
        code, admin1 = people, None
    if code and admin1:
        area = gazetteer().area(admin1, country=code, level="admin1")
        if area is not None and area.point is not None:
            return in_area(area, f"no gazetteer knows it; it is read as in {area.name_en}")
    again = _named_before(document, mention, names)
    if again is not None and again.point is not None:
        return replace(in_area(again, "a later word for it"), precision=fineness(again)[0], radius_km=fineness(again)[1], name_en=again.name_en or None)
    capital = _capital(document, mention, code)
    if capital is not None and capital.point is not None:
        return replace(_by(capital), precision=fineness(capital)[0], radius_km=fineness(capital)[1], why=(f"the capital of {code}",))
    town = _town_of(document, mention, names, code)
    if town is not None and town.point is not None:
        said = f"no gazetteer knows it; the town told before it is {town.name_en or town.id}"
        return Spot(*town.point, "near", town.radius_km + _IN_TOWN_KM, town.id, None, town.admin1 or None, town.admin2 or None, town.country, why=(said,))
    beside = _beside(document, mention, names, code)
    if beside is not None:
        return in_area(beside, f"no gazetteer knows it; a place in {beside.name_en} is told beside it")
    only = _only_area(document, names, code)
    if only is not None:
        return in_area(only, f"no gazetteer knows it; all places of the report are in {only.name_en}")
    code = people or code
    country = gazetteer().country(code) if code else None
    if country is not None and country.point is not None:
        return in_area(country, f"no gazetteer knows it; it is read as in {country.name_en}")
    return Spot(admin1=admin1, country=code, why=("no gazetteer knows it",))


def _named_before(document: Document, mention: Mention, names: Whereabouts) -> Candidate | None:
    """What «المطار» or «المخيم» takes up again: the last place before it that is of that kind."""
    if mention.row >= 0 or mention.last > mention.first:
        return None
    kinds = gazetteer().kinds_told(document.forms[mention.first].stem) - {"admin1", "admin2", "admin3", "country", "region"}
    for other in reversed([m for m in document.places if m.first < mention.first]):
        place = names.chosen(other)
        if kinds and place is not None and place.kind in kinds:
            return place
    return None


def _capital(document: Document, mention: Mention, code: str | None) -> Candidate | None:
    """What «العاصمة» or «العاصمة البلجيكية» means, where no name stands behind it."""
    if document.forms[mention.first].stem != "عاصمه":
        return None
    behind = document.forms[mention.last] if mention.last == mention.first + 1 else None
    code = behind.nisba if behind is not None else code
    return gazetteer().capital(code) if code and mention.last <= mention.first + 1 else None


def _town_of(document: Document, mention: Mention, names: Whereabouts, code: str | None) -> Candidate | None:
    """For what stands in a town (a street, a square, a mosque): the town that is told nearest, in the same sentence or before it.

    A town that somebody goes to or comes from, or that only tells how far another lies, is not the one in which things stand, if there is another.
    """
    words = {document.forms[k].stem for k in range(mention.head, mention.first + 1)}
    bare = mention.row < 0 and all(document.forms[k].place for k in range(mention.first, mention.last + 1))
    if not bare and not any(gazetteer().kinds_told(word) & _IN_TOWNS for word in words):
        return None
    near: list[tuple[bool, int, int, Candidate]] = []
    for other in document.places:
        place = names.chosen(other) if other is not mention else None
        if place is None or place.kind != "settlement" or place.point is None or (code and code != place.country):
            continue
        if other.sentence == mention.sentence or (other.sentence < mention.sentence <= other.sentence + _SENTENCES) or other.sentence == document.headline:
            towards = other.distance_km is not None or (other.head > 0 and document.forms[other.head - 1].bare in _TOWARDS)
            near.append((towards, abs(other.sentence - mention.sentence), abs(other.first - mention.first), place))
    return min(near, key=lambda n: n[:3])[3] if near else None


def _only_area(document: Document, names: Whereabouts, code: str | None) -> Candidate | None:
    """The first-level area in which all located places of the report lie, if it is one."""
    chosen = [names.chosen(m) for m in document.places]
    areas = {(c.country, c.name_en if c.kind == "admin1" else c.admin1) for c in chosen if c is not None and c.kind != "country"}
    if len(areas) != 1:
        return None
    country, name = areas.pop()
    if not name or (code and code != country):
        return None
    area = gazetteer().area(name, country=country, level="admin1")
    return area if area is not None and area.point is not None else None


def _beside(document: Document, mention: Mention, names: Whereabouts, code: str | None) -> Candidate | None:
    """The first-level area of the nearest place in the same sentence."""
    near = [m for m in document.places if m.sentence == mention.sentence and m is not mention]
    for other in sorted(near, key=lambda m: (abs(m.first - mention.first), m.first)):
        place = names.chosen(other)
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
