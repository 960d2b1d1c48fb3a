"""Where a place of a reading lies: a point, how far around it, and how finely that is known.

Nothing is placed more finely than the words and the gazetteer allow. A relation moves the point or widens the circle (5 كم شمال هجين, بين كذا وكذا); a
village that nobody located lies at the area that holds it, with that area's precision; a name that no gazetteer knows lies where the text says that
it is, or in its country, or nowhere. Bearings and distances on a sphere (Williams, Aviation Formulary: "Lat/lon given radial and distance").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asin, atan2, cos, degrees, radians, sin
from typing import Any, Final, cast

from marsad.knowledge.gazetteer import EARTH_KM, Candidate, Point, distance_km, gazetteer
from marsad.model import Alternative, PlacePrecision
from marsad.reading.document import Document, Mention
from marsad.reading.whereabouts import Named, chosen_places, same_spot

_BEARINGS: Final = {
    "north_of": 0.0,
    "north_east_of": 45.0,
    "east_of": 90.0,
    "south_east_of": 135.0,
    "south_of": 180.0,
    "south_west_of": 225.0,
    "west_of": 270.0,
    "north_west_of": 315.0,
}
_AROUND: Final = {"vicinity": 5.0, "outskirts": 3.0, "near": 5.0, "off_coast": 20.0, "border": 20.0}
"""By how many kilometres a relation widens the circle."""
_PART: Final = 0.7  # how far from the middle the south of a country lies, and how far it reaches, as a share of its radius
_ASIDE_KM: Final = 10.0  # «شمال هجين» without a distance
_COUNTRYSIDE_KM: Final = 15.0
_TOLD_BY_KM: Final = 10.0  # a place that nobody located, by the town beside which it is told
_BESIDE: Final = 6  # tokens between the two places of «بين … و…»
_LEVELS: Final = frozenset(("admin3", "admin2", "admin1", "region", "country"))
_ALTERNATIVES: Final = 3
_IN_TOWNS: Final = frozenset(("building", "square", "hospital", "neighbourhood", "road", "junction", "prison", "checkpoint", "bridge"))
_IN_TOWN_KM: Final = 5.0
_SENTENCES: Final = 3
_DASHES: Final = "-–—"
_FULL: Final = 2.2  # the weight of a name for which everything speaks


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one mention lies, and why; the fields are those of `marsad.model.Place`."""

    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    radius_km: float | None = None
    gazetteer_id: str | None = None
    name_en: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    why: tuple[str, ...] = ()


def spots_of(document: Document, wanted: list[Mention]) -> dict[int, Spot]:
    """For each of the mentions of places in `wanted` (by `id(mention)`) where it lies."""
    if not wanted:
        return {}
    names = chosen_places(document)
    return {id(mention): _spot(document, mention, names) for mention in wanted}


def _spot(document: Document, mention: Mention, names: dict[int, Named]) -> Spot:
    road = _road(document, mention)
    if road is not None:
        return road
    named = names.get(id(mention))
    place = _of_level(named, mention) if named else None
    if named is None or place is None:
        return _of_text(document, mention, names)
    why = next(w for _, c, w in named.weighed if c is place)
    if place.point is None:
        return _of_parents(place, named, why)
    lat, lon = place.point
    precision, radius = _fineness(place)
    if named.inner:
        why = (*why, f"no gazetteer knows the whole name; it tells {place.name_en or place.id}")
    found = Spot(lat, lon, precision, radius, place.id, **_about(place, named), why=why)
    return _related(document, mention, place, found, names)


def _of_level(named: Named, mention: Mention) -> Candidate | None:
    """The chosen candidate; its countryside is the area of that name, where there is one."""
    place = named.chosen
    if place is not None and mention.relation == "countryside" and place.kind not in _LEVELS:
        for level in ("admin3", "admin2", "admin1"):
            for _, other, _ in named.weighed:
                if other.kind == level and same_spot(place, other) and other.point is not None and (level != "admin3" or other.radius_km < 40):
                    return other
    return place


def _fineness(place: Candidate) -> tuple[PlacePrecision, float]:
    precision, radius = gazetteer().precision(place), max(place.radius_km, 0.3)
    if precision == "exact" and place.known == "10km":
        return "near", max(radius, 10.0)  # a crossing of which the spot is known to ten kilometres is no point
    if precision == "neighbourhood" and place.known == "10km":
        return "near", max(radius, 10.0)
    return precision, radius


def _about(place: Candidate, named: Named) -> dict[str, Any]:
    own = place.name_en or None
    return {
        "name_en": own,
        "admin1": own if place.kind == "admin1" else place.admin1 or None,
        "admin2": own if place.kind == "admin2" else place.admin2 or None,
        "country": place.country or None,
        "alternatives": _alternatives(place, named),
    }


def _alternatives(place: Candidate, named: Named) -> tuple[Alternative, ...]:
    others = [(weight, c) for weight, c, _ in named.weighed if c is not place and not same_spot(place, c)]
    return tuple(Alternative(c.id, round(min(1.0, max(0.0, weight / _FULL)), 3)) for weight, c in others[:_ALTERNATIVES])


# --- what is not located itself


def _of_parents(place: Candidate, named: Named, why: tuple[str, ...]) -> Spot:
    """A place that the gazetteer knows without a point: at the narrowest area that has one."""
    for area in gazetteer().parents(place):
        if area.point is not None:
            said = f"its own spot is not known; put at {area.name_en or area.id}"
            return Spot(*area.point, _level(area), area.radius_km, place.id, **_about(place, named), why=(*why, said))
    return Spot(gazetteer_id=place.id, **_about(place, named), why=(*why, "its spot is not known"))


def _level(area: Candidate) -> PlacePrecision:
    return cast(PlacePrecision, area.kind) if area.kind in _LEVELS else "region"


def _of_text(document: Document, mention: Mention, names: dict[int, Named]) -> Spot:
    """A name that no gazetteer knows: at the place that the text tells it in, else in the area told beside it, else in its country."""
    index = next((k for k, m in enumerate(document.places) if m is mention), -1)
    for other in document.places:
        named = names.get(id(other))
        if index >= 0 and other.parent_of == index and named and named.chosen and named.chosen.point is not None:
            return _by(named.chosen)
    if mention.country and mention.admin1:
        area = gazetteer().area(mention.admin1, country=mention.country, level="admin1")
        if area is not None and area.point is not None:
            return _in_area(area, f"no gazetteer knows it; it is read as in {area.name_en}")
    again = _named_before(document, mention, names)
    if again is not None and again.point is not None:
        return replace(_in_area(again, "a later word for it"), precision=_fineness(again)[0], radius_km=_fineness(again)[1], name_en=again.name_en or None)
    town = _town_of(document, mention, names)
    if town is not None and town.point is not None:
        said = f"no gazetteer knows it; the town told before it is {town.name_en or town.id}"
        return Spot(*town.point, "near", town.radius_km + _IN_TOWN_KM, town.id, None, town.admin1 or None, town.admin2 or None, town.country, why=(said,))
    beside = _beside(document, mention, names)
    if beside is not None:
        return _in_area(beside, f"no gazetteer knows it; a place in {beside.name_en} is told beside it")
    only = _only_area(document, mention, names)
    if only is not None:
        return _in_area(only, f"no gazetteer knows it; all places of the report are in {only.name_en}")
    code = next((form.nisba for form in document.forms[mention.first : mention.last + 1] if form.nisba), mention.country)
    country = gazetteer().country(code) if code else None
    if country is not None and country.point is not None:
        return _in_area(country, f"no gazetteer knows it; it is read as in {country.name_en}")
    return Spot(admin1=mention.admin1, country=mention.country, why=("no gazetteer knows it",))


def _named_before(document: Document, mention: Mention, names: dict[int, Named]) -> Candidate | None:
    """What «المطار» or «المخيم» takes up again: the last place before it that is of that kind."""
    if mention.row >= 0 or mention.last > mention.first:
        return None
    kinds = gazetteer().kinds_told(document.forms[mention.first].stem) - {"admin1", "admin2", "admin3", "country", "region"}
    for other in reversed([m for m in document.places if m.first < mention.first]):
        named = names.get(id(other))
        if kinds and named and named.chosen and named.chosen.kind in kinds:
            return named.chosen
    return None


def _town_of(document: Document, mention: Mention, names: dict[int, Named]) -> Candidate | None:
    """For what stands in a town (a street, a square, a mosque): the town that is told nearest, in the same sentence or before it."""
    words = {document.forms[k].stem for k in range(mention.head, mention.first + 1)}
    bare = mention.row < 0 and all(document.forms[k].place for k in range(mention.first, mention.last + 1))
    if not bare and not any(gazetteer().kinds_told(word) & _IN_TOWNS for word in words):
        return None
    near: list[tuple[int, int, Candidate]] = []
    for other in document.places:
        named = names.get(id(other))
        place = named.chosen if named and other is not mention else None
        if place is None or place.kind != "settlement" or place.point is None or (mention.country and mention.country != place.country):
            continue
        if other.sentence == mention.sentence or (other.sentence < mention.sentence <= other.sentence + _SENTENCES) or other.sentence == document.headline:
            near.append((abs(other.sentence - mention.sentence), abs(other.first - mention.first), place))
    return min(near, key=lambda n: n[:2])[2] if near else None


def _only_area(document: Document, mention: Mention, names: dict[int, Named]) -> Candidate | None:
    """The first-level area in which all located places of the report lie, if it is one."""
    chosen = [names[id(m)].chosen for m in document.places if id(m) in names]
    areas = {(c.country, c.name_en if c.kind == "admin1" else c.admin1) for c in chosen if c is not None and c.kind != "country"}
    if len(areas) != 1:
        return None
    country, name = areas.pop()
    if not name or (mention.country and mention.country != country):
        return None
    area = gazetteer().area(name, country=country, level="admin1")
    return area if area is not None and area.point is not None else None


def _beside(document: Document, mention: Mention, names: dict[int, Named]) -> Candidate | None:
    """The first-level area of the nearest place in the same sentence."""
    near = [m for m in document.places if m.sentence == mention.sentence and m is not mention and id(m) in names]
    for other in sorted(near, key=lambda m: (abs(m.first - mention.first), m.first)):
        place = names[id(other)].chosen
        if (
            place is not None
            and place.kind != "country"
            and (place.admin1 or place.kind == "admin1")
            and (not mention.country or mention.country == place.country)
        ):
            area = place if place.kind == "admin1" else gazetteer().area(place.admin1, country=place.country, level="admin1")
            if area is not None and area.point is not None:
                return area
    return None


def _by(place: Candidate) -> Spot:
    """By the place that the text tells it in: the area of that name or, of a town, the circle around it."""
    assert place.point is not None
    if place.kind in _LEVELS:
        return _in_area(place, f"no gazetteer knows it; the text tells it in {place.name_en or place.id}")
    radius = place.radius_km + _TOLD_BY_KM
    said = f"no gazetteer knows it; the text tells it by {place.name_en or place.id}"
    return Spot(*place.point, "near", radius, place.id, None, place.admin1 or None, place.admin2 or None, place.country, why=(said,))


def _in_area(area: Candidate, said: str) -> Spot:
    assert area.point is not None
    admin1 = area.name_en if area.kind == "admin1" else area.admin1
    admin2 = area.name_en if area.kind == "admin2" else area.admin2
    return Spot(*area.point, _level(area), area.radius_km, area.id, None, admin1 or None, admin2 or None, area.country or None, why=(said,))


def _road(document: Document, mention: Mention) -> Spot | None:
    """طريق حلب – دمشق: between the two places of its name."""
    name = document.text(mention.first, mention.last)
    if not any(dash in name for dash in _DASHES) or not gazetteer().kinds_told(name.split()[0]) & {"road"}:
        return None
    ends = [part.strip() for part in name.split(maxsplit=1)[-1].replace("–", "-").replace("—", "-").split("-")]
    found = [
        next((c for c in gazetteer().candidates(end, limit=4) if c.point and (not document.theatre or c.country in document.theatre)), None) for end in ends
    ]
    points = [c for c in found if c is not None]
    if len(points) < 2:
        return None
    return _between(points[0], points[1])


# --- relations


def _related(document: Document, mention: Mention, place: Candidate, found: Spot, names: dict[int, Named]) -> Spot:
    """`found`, moved or widened by the relation that the text tells."""
    relation, distance = mention.relation, mention.distance_km
    if relation is None and mention.last > mention.first:
        relation = document.forms[mention.first].relation or None
    assert found.lat is not None and found.lon is not None  # only a located place is related
    assert found.radius_km is not None
    if relation == "between":
        other = _other_end(document, mention, names)
        return _between(place, other) if other is not None else _widened(found, _COUNTRYSIDE_KM, relation)
    if relation in _BEARINGS and place.kind in ("country", "region") and distance is None:
        lat, lon = moved((found.lat, found.lon), _BEARINGS[relation], found.radius_km * _PART)
        return _changed(found, lat, lon, "region", round(found.radius_km * _PART, 1), f"its {relation.removesuffix('_of').replace('_', ' ')}")
    if place.kind == "country" or (place.kind in _LEVELS and distance is None):
        return found  # north of a governorate, or in its north: the area is all that is said
    if relation in _BEARINGS:
        by = distance if distance is not None else found.radius_km + _ASIDE_KM
        lat, lon = moved((found.lat, found.lon), _BEARINGS[relation], by)
        wide = max(2.0, 0.25 * by) + min(found.radius_km, 5.0) if distance is not None else by
        said = f"{by:.0f} km {relation.removesuffix('_of').replace('_', ' ')} of it" + ("" if distance is not None else " (no distance is told)")
        return _changed(found, lat, lon, "near", round(wide, 1), said)
    if distance is not None:
        return _changed(found, found.lat, found.lon, "near", round(distance + min(found.radius_km, 5.0), 1), f"{distance:g} km from it")
    if relation == "countryside":
        return found if place.kind in _LEVELS else _widened(found, _COUNTRYSIDE_KM, relation)
    return _widened(found, _AROUND[relation], relation) if relation in _AROUND else found


def _changed(found: Spot, lat: float, lon: float, precision: PlacePrecision, radius: float, said: str) -> Spot:
    return Spot(
        round(lat, 4), round(lon, 4), precision, radius, found.gazetteer_id, found.name_en, found.admin1, found.admin2, found.country,
        found.alternatives, (*found.why, said),
    )  # fmt: skip


def _widened(found: Spot, by: float, relation: str) -> Spot:
    assert found.lat is not None and found.lon is not None  # only a located place is related
    assert found.radius_km is not None
    return _changed(found, found.lat, found.lon, "near", found.radius_km + by, f"{relation}: {by:g} km around it")


def _other_end(document: Document, mention: Mention, names: dict[int, Named]) -> Candidate | None:
    """The second place of «بين … و…»."""
    for other in document.places:
        if mention.last < other.first <= mention.last + _BESIDE and other.sentence == mention.sentence:
            named = names.get(id(other))
            if named and named.chosen and named.chosen.point:
                return named.chosen
    return None


def _between(a: Candidate, b: Candidate) -> Spot:
    """The middle between two places; either end is as far as the circle reaches."""
    apart = distance_km(a, b)
    assert a.point is not None and b.point is not None
    assert apart is not None
    lat, lon = moved(a.point, bearing(a.point, b.point), apart / 2)
    said = f"between {a.name_en or a.id} and {b.name_en or b.id}"
    one = a.admin1 if a.admin1 == b.admin1 else None
    return Spot(
        round(lat, 4), round(lon, 4), "near", round(max(apart / 2, 2.0), 1), a.id, None, one or None, None,
        a.country if a.country == b.country else None, (), (said,),
    )  # fmt: skip


def moved(point: Point, towards: float, km: float) -> Point:
    """The point `km` kilometres from `point` on the bearing `towards` (degrees from north, clockwise)."""
    lat, lon, turn, way = radians(point[0]), radians(point[1]), radians(towards), km / EARTH_KM
    new = asin(sin(lat) * cos(way) + cos(lat) * sin(way) * cos(turn))
    east = lon + atan2(sin(turn) * sin(way) * cos(lat), cos(way) - sin(lat) * sin(new))
    return degrees(new), (degrees(east) + 540) % 360 - 180


def bearing(a: Point, b: Point) -> float:
    """The first bearing from `a` to `b` on the great circle, in degrees from north, clockwise."""
    lat1, lat2, turn = radians(a[0]), radians(b[0]), radians(b[1] - a[1])
    return degrees(atan2(sin(turn) * cos(lat2), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(turn))) % 360
