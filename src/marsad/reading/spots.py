"""Where a place of a reading lies: a point, how far around it, and how finely that is known.

Nothing is placed more finely than the words and the gazetteer allow. A relation moves the point or widens the circle (5 كم شمال هجين, بين كذا وكذا); a
village that nobody located lies at the area that holds it, with that area's precision; a name that no gazetteer knows lies where the text says that
it is, or in its country, or nowhere. Bearings and distances on a sphere (Williams, Aviation Formulary: "Lat/lon given radial and distance").
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin
from typing import Final

from marsad.knowledge.gazetteer import EARTH_KM, Candidate, Point, distance_km, gazetteer
from marsad.model import PlacePrecision
from marsad.reading.document import Document, Mention
from marsad.reading.named import Named, same_spot
from marsad.reading.places import OF_WAYS
from marsad.reading.places_listed import DASHES
from marsad.reading.spot import LEVELS, Spot, about, by_parents, fineness
from marsad.reading.spots_told import Places, spot_told
from marsad.reading.whereabouts import Whereabouts, chosen_places

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
_PART_OF_COUNTRY: Final = 0.6  # the same, as a share of the way to the edge of its towns
_ASIDE_KM: Final = 10.0  # «شمال هجين» without a distance
_BESIDE_KM: Final = 5.0  # the same of a street, a base, a river
_COUNTRYSIDE_KM: Final = 15.0
_BESIDE: Final = 6  # tokens between the two places of «بين … و…»


def spots_of(document: Document, wanted: list[Mention]) -> dict[int, Spot]:
    """For each of the mentions of places in `wanted` (by `id(mention)`) where it lies."""
    if not wanted:
        return {}
    places = Places(document, chosen_places(document))
    return {id(mention): _spot(places, mention) for mention in wanted}


def _spot(places: Places, mention: Mention) -> Spot:
    document, names = places.document, places.names
    road = _road(document, mention)
    if road is not None:
        return road
    named = names.named(mention)
    place = _of_level(named, mention) if named else None
    part = _named_part(document, mention, place, names)
    if part is not None and named is not None and part.point is not None:
        precision, radius = fineness(part)
        return Spot(*part.point, precision, radius, part.id, **about(part, named), why=(f"{part.name_en} is an area of its own",))
    if named is None or place is None:
        return spot_told(places, mention)
    why = named.why(place)
    if place.point is None:
        held, told = by_parents(place, named, why), spot_told(places, mention)
        return told if told.radius_km is not None and told.country == held.country and told.radius_km < (held.radius_km or EARTH_KM) else held
    lat, lon = place.point
    precision, radius = fineness(place)
    if named.inner:
        why = (*why, f"no gazetteer knows the whole name; it tells {place.name_en or place.id}")
    found = Spot(lat, lon, precision, radius, place.id, **about(place, named), why=why)
    return _related(places, mention, named, place, found)


def _of_level(named: Named, mention: Mention) -> Candidate | None:
    """The chosen candidate; its countryside is the area of that name, where there is one."""
    place = named.chosen
    if place is not None and mention.relation == "countryside" and place.kind not in LEVELS:
        for level in ("admin3", "admin2", "admin1"):
            for _, other, _ in named.weighed:
                if other.kind == level and same_spot(place, other) and other.point is not None and (level != "admin3" or other.radius_km < 40):
                    return other
    return place


def _named_part(document: Document, mention: Mention, place: Candidate | None, names: Whereabouts) -> Candidate | None:
    """The area that the gazetteer knows by the direction and the name together: جنوب سوريا, جنوب الليطاني."""
    if mention.relation not in _BEARINGS or mention.distance_km is not None or not (place is None or place.kind in LEVELS or place.group == "water"):
        return None
    country = place.country if place is not None else names.read_in(mention)[0]
    start, end = document.span(mention.head, mention.last)
    said = " ".join(document.words.text[start:end].split())
    found = gazetteer().candidates(said, country=country, kind="region", loose=False)
    return next((c for c in found if c.match in ("exact", "close")), None)


# --- roads and relations


def _road(document: Document, mention: Mention) -> Spot | None:
    """طريق حلب – دمشق: between the two places of its name, though the second be a mention of its own."""
    end = mention.last
    if end + 2 < len(document.forms) and document.forms[end + 1].text in DASHES and (other := document.place_at.get(end + 2)) is not None:
        end = other.last
    name = document.text(mention.first, end)
    if not any(dash in name for dash in DASHES) or not gazetteer().kinds_told(name.split()[0]) & {"road"}:
        return None
    said = name.replace("–", "-").replace("—", "-").split()
    ends = [part.strip() for part in " ".join(said[1 + (said[1] in OF_WAYS) :]).split("-")]
    found = [
        next((c for c in gazetteer().candidates(end, limit=4) if c.point and (not document.theatre or c.country in document.theatre)), None) for end in ends
    ]
    points = [c for c in found if c is not None]
    if len(points) < 2:
        return None
    return _between(points[0], points[1])


def _related(places: Places, mention: Mention, named: Named, place: Candidate, found: Spot) -> Spot:
    """`found`, moved or widened by the relation that the text tells."""
    relation, distance = mention.relation, mention.distance_km
    if relation is None and named.inner:
        relation = places.document.forms[mention.first].relation or None
    assert found.lat is not None and found.lon is not None  # only a located place is related
    assert found.radius_km is not None
    if relation == "between":
        other = _other_end(places, mention)
        return _edge(place, other, found)
    if relation in _BEARINGS and place.kind in ("country", "region") and distance is None:
        lat, lon = _part_of(place, (found.lat, found.lon), _BEARINGS[relation], found.radius_km)
        return _changed(found, lat, lon, "region", round(found.radius_km * _PART, 1), f"its {relation.removesuffix('_of').replace('_', ' ')}")
    if place.kind == "country" or (place.kind in LEVELS and distance is None):
        return found  # north of a governorate, or in its north: the area is all that is said
    if relation in _BEARINGS:
        aside = found.radius_km + _ASIDE_KM if place.group in ("populated", "camp") or place.kind in LEVELS else _BESIDE_KM
        by = distance if distance is not None else aside
        lat, lon = moved((found.lat, found.lon), _BEARINGS[relation], by)
        wide = max(2.0, 0.25 * by) + min(found.radius_km, 5.0) if distance is not None else by
        said = f"{by:.0f} km {relation.removesuffix('_of').replace('_', ' ')} of it" + ("" if distance is not None else " (no distance is told)")
        return _changed(found, lat, lon, "near", round(wide, 1), said)
    if distance is not None:
        return _changed(found, found.lat, found.lon, "near", round(distance + min(found.radius_km, 5.0), 1), f"{distance:g} km from it")
    if relation == "countryside":
        return found if place.kind in LEVELS else _widened(found, _COUNTRYSIDE_KM, relation)
    return _widened(found, _AROUND[relation], relation) if relation in _AROUND else found


def _part_of(area: Candidate, middle: Point, towards: float, radius: float) -> Point:
    """The middle of the north (or other side) of a country or region: on the way to its edge, of a country to that of its towns."""
    if area.kind != "country" or area.country not in gazetteer().extents:
        return moved(middle, towards, radius * _PART)
    south, west, north, east = gazetteer().extents[area.country]
    up, right = cos(radians(towards)), sin(radians(towards))
    lat = middle[0] + up * abs((north if up > 0 else south) - middle[0]) * _PART_OF_COUNTRY
    lon = middle[1] + right * abs((east if right > 0 else west) - middle[1]) * _PART_OF_COUNTRY
    return lat, lon


def _edge(place: Candidate, other: Candidate | None, found: Spot) -> Spot:
    """«بين … و…»: the middle between two places; between two areas, one much larger than the other, lies the edge of the smaller."""
    if other is None:
        return _widened(found, _COUNTRYSIDE_KM, "between")
    small, large = sorted((place, other), key=lambda c: c.radius_km)
    if small.kind in LEVELS and large.kind in LEVELS and small.radius_km * 2 < large.radius_km:
        assert small.point is not None
        precision, radius = fineness(small)
        said = f"at the edge of {small.name_en or small.id} with {large.name_en or large.id}"
        return Spot(*small.point, precision, radius, small.id, None, small.admin1 or None, small.admin2 or None, small.country or None, (), (said,))
    return _between(place, other)


def _changed(found: Spot, lat: float, lon: float, precision: PlacePrecision, radius: float, said: str) -> Spot:
    return Spot(
        round(lat, 4), round(lon, 4), precision, radius, found.gazetteer_id, found.name_en, found.admin1, found.admin2, found.country,
        found.alternatives, (*found.why, said),
    )  # fmt: skip


def _widened(found: Spot, by: float, relation: str) -> Spot:
    assert found.lat is not None and found.lon is not None  # only a located place is related
    assert found.radius_km is not None
    return _changed(found, found.lat, found.lon, "near", found.radius_km + by, f"{relation}: {by:g} km around it")


def _other_end(places: Places, mention: Mention) -> Candidate | None:
    """The second place of «بين … و…»; not the one that holds the first."""
    number = places.numbers.get(id(mention), -2)
    for other in places.in_sentences({mention.sentence}):
        if other.parent_of != number and mention.last < other.first <= mention.last + _BESIDE:
            place = places.names.chosen(other)
            if place is not None and place.point is not None:
                return place
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
