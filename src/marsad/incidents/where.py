"""Signs of places: how the places of two told events stand to each other."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.incidents.sign import Sign
from marsad.incidents.told import Area, Profile, Spot
from marsad.knowledge.gazetteer import apart_km
from marsad.knowledge.joining import joining


def nearest(ones: tuple[Spot, ...], others: tuple[Spot, ...]) -> tuple[float, Spot, Spot]:
    """The least distance (km) of two places, one of each, and these."""
    if len(ones) == 1 and len(others) == 1:
        return _distance(ones[0], others[0]), ones[0], others[0]
    found = [(_distance(here, there), n + m, here, there) for n, here in enumerate(ones) for m, there in enumerate(others)]
    best = min(found, key=lambda hit: (hit[0], hit[1], hit[2], hit[3]))
    return best[0], best[2], best[3]


def _distance(here: Spot, there: Spot) -> float:
    if here.id is not None and here.id == there.id:
        return 0.0
    return apart_km((here.lat, here.lon), (there.lat, there.lon))


def of_places(one: Profile, other: Profile) -> Iterator[Sign]:
    if one.spots and other.spots:
        yield _of_spots(one.spots, other.spots)
        unlocated = _unlocated(one, other)
        if unlocated:
            yield Sign("same_name", f"both name {unlocated.shown}")
    elif one.spots or other.spots:
        fine, wide = (one, other) if one.spots else (other, one)
        yield _of_spot_and_area(fine, wide)
    elif one.areas and other.areas:
        yield _of_areas(one, other)
    else:
        yield Sign("no_place", "one of them has no place")


def _of_spots(ones: tuple[Spot, ...], others: tuple[Spot, ...]) -> Sign:
    near = joining().near_km
    first, here, there = nearest(ones[:1], others[:1])
    if first <= near or here.name == there.name:
        return Sign("same_place", lambda: f"both at {here.shown}")
    far, here, there = nearest(ones, others)
    if far <= near:
        return Sign("second_place", lambda: f"both name {here.shown}")
    return Sign("near_place" if far <= 3 * near else "far_place", lambda: f"{here.shown} and {there.shown} lie {far:.0f} km apart")


def _of_spot_and_area(fine: Profile, wide: Profile) -> Sign:
    areas = wide.areas
    if not areas:
        return Sign("no_place", "one of them has no place")
    finest = areas[0]
    if any(area.name == spot.name for area in areas for spot in fine.spots):
        return Sign("same_place", lambda: f"both name {finest.shown}")
    if any(_same_area(area, own) for area in areas for own in fine.areas if area.admin1):
        return Sign("same_area", lambda: f"{fine.spots[0].shown} lies in {finest.shown}")
    if finest.admin1 is None or finest.level == "country":
        return Sign("same_country", lambda: f"{fine.spots[0].shown}, and only the country is told")
    if finest.admin1 in fine.admin1:
        return Sign("place_in_area", lambda: f"{fine.spots[0].shown} lies in {finest.admin1}, as {finest.shown} does")
    return Sign("other_area", lambda: f"{fine.spots[0].shown} does not lie in {finest.shown}")


def _of_areas(one: Profile, other: Profile) -> Sign:
    here, there = one.areas[0], other.areas[0]
    if _same_area(here, there):
        name = "same_country" if "country" in (here.level, there.level) else "same_area" if here.level != "unknown" or here.admin1 else "same_name"
        return Sign(name, lambda: f"both in {here.shown}")
    unlocated = _unlocated(one, other)
    if unlocated:
        return Sign("same_name", f"both name {unlocated.shown}")
    if "country" in (here.level, there.level):
        return Sign("same_country", lambda: f"in {here.shown} and in {there.shown}")
    if here.admin1 and there.admin1 and not one.admin1 & other.admin1:
        return Sign("other_area", lambda: f"in {here.shown} and in {there.shown}")
    if here.admin1 and there.admin1:
        shared = {(a.id or a.name) for a in one.areas if a.admin1} & {(a.id or a.name) for a in other.areas if a.admin1}
        return Sign("place_in_area" if shared else "other_name", lambda: f"in {here.shown} and in {there.shown}, of one governorate")
    if here.id and there.id:
        return Sign("other_region", lambda: f"in {here.shown} and in {there.shown}")
    return Sign("same_country", lambda: f"in {here.shown} and in {there.shown}")


def _unlocated(one: Profile, other: Profile) -> Area | None:
    """The first place of one that is not located and that the other names too: a building, a camp, a front."""
    names = {area.name for area in other.areas}
    return next((area for area in one.areas if area.level == "unknown" and area.name in names), None)


def _same_area(here: Area, there: Area) -> bool:
    return here.name == there.name or (here.id is not None and here.id == there.id)
