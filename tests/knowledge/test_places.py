"""The places and areas that ship: one hierarchy, points on the globe and in their countries, ids that are unique."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from marsad.knowledge import schema, vocabulary
from marsad.knowledge.gazetteer import bundled, distance_km

AREAS = list(vocabulary.areas())
PLACES = list(vocabulary.places())
LISTED = {area.country for area in AREAS if area.level != "country"}

needs_areas = pytest.mark.skipif(not AREAS, reason="no file of areas ships yet")


def test_every_kind_has_a_line_and_a_radius() -> None:
    kinds = vocabulary.kinds()
    assert set(kinds) == set(schema.PlaceKind.__args__)  # type: ignore[attr-defined]
    assert all(float(row.radius_km) > 0 for row in kinds.values())
    assert {row.level for row in kinds.values()} - {""} == set(schema.AreaLevel.__args__)  # type: ignore[attr-defined]


@needs_areas
def test_every_parent_is_an_area_of_the_same_country() -> None:
    wider = {"admin1": ("country",), "admin2": ("admin1",), "admin3": ("admin2",), "region": ("country", "admin1", "admin2", "region")}
    levels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for area in AREAS:
        levels[(area.country, area.name_en)].add(area.level)
    for area in AREAS:
        if area.parent and area.level != "country":
            assert levels[(area.country, area.parent)] & set(wider[area.level]), (area.country, area.level, area.name_en, area.parent)


@needs_areas
def test_the_areas_of_a_place_are_areas_of_its_country() -> None:
    known = {(area.country, area.level, area.name_en) for area in AREAS}
    lost = Counter(
        (place.country, level, name)
        for place in PLACES
        for level, name in (("admin1", place.admin1), ("admin2", place.admin2))
        if name and place.country in LISTED and (place.country, level, name) not in known
    )
    assert not lost, lost.most_common(30)


@needs_areas
def test_no_area_is_told_twice() -> None:
    told = Counter((area.country, area.level, area.name_en, area.parent) for area in AREAS)
    assert [key for key, times in told.items() if times > 1] == []
    codes = Counter(area.pcode for area in AREAS if area.pcode)
    assert [code for code, times in codes.items() if times > 1] == []


def test_points_are_whole_and_on_the_globe() -> None:
    for row in [*PLACES, *AREAS]:
        where = (row.country, row.name_ar)
        assert bool(row.lat) == bool(row.lon), where
        if row.lat:
            assert abs(float(row.lat)) <= 90, where
            assert abs(float(row.lon)) <= 180, where
    for place in PLACES:
        assert not place.known or place.lat, (place.country, place.name_ar)


@needs_areas
def test_places_lie_by_their_area() -> None:
    """No further from the middle of their first-level area than two of its radii and a little: a slip of a digit or of two columns shows."""
    middles = {(a.country, a.name_en): a for a in AREAS if a.level == "admin1" and a.lat and a.radius_km}
    far = []
    for place in PLACES:
        area = middles.get((place.country, place.admin1))
        if area is not None and place.lat and place.kind not in ("road", "river", "border", "desert", "region", "front", "sea"):
            apart = distance_km((float(place.lat), float(place.lon)), (float(area.lat), float(area.lon))) or 0.0
            if apart > 2 * float(area.radius_km) + 40:
                far.append((place.name_ar, place.country, place.admin1, round(apart), area.radius_km))
    assert far == []


def test_ids_are_unique_and_plain() -> None:
    ids = [draft.ids[0] for draft in [*bundled.areas(), *bundled.places()]]
    assert [id_ for id_, times in Counter(ids).items() if times > 1] == []
    assert all(id_.isascii() and " " not in id_ for id_ in ids)
