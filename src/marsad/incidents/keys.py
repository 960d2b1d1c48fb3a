"""Where a told event is filed, so that those which can be one incident with it are found without looking at all.

    keys(told)    the entries under which it is filed
    probes(told)  the entries under which its partners are filed

Two events that can be one incident find each other: some key of either is a probe of the other (the relation is symmetric; a property test
says so). A key is `family|place|time`. A place is a cell of half a degree (`c:`), for events that are located finely, and a country: `f:` for
those of it that are also filed in a cell, `w:` for those that are not. A fine event asks its cells and the wide entry of its country, a wide
one both entries of its country. Time is a bucket of four days (`d`), or, for what is told with no day, months (`v`), which ask and are asked
by cell alone. What has neither a place nor a party at home somewhere, or no day, has no key: it stands alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from math import cos, floor, radians
from typing import Final

from marsad.incidents.told import Days, Profile, Spot, Told
from marsad.knowledge.joining import joining

_CELL: Final = 0.5  # degrees
_BUCKET: Final = 4  # days
_EDGE: Final = 1  # days by which two reports may differ on a told day
_MONTHS: Final = 26  # a span of more months than this finds nobody
_SPOTS: Final = 3
_AREAS: Final = 4
_DEGREE_KM: Final = 111.2


def keys(told: Told) -> tuple[str, ...]:
    """The entries under which it is filed, sorted; none for an event that can only stand alone."""
    return _entries(told.profile, asking=False)


def probes(told: Told) -> tuple[str, ...]:
    """The entries under which its possible partners are filed, sorted."""
    return _entries(told.profile, asking=True)


def _entries(profile: Profile, asking: bool) -> tuple[str, ...]:
    days = profile.days
    if days is None:
        return ()
    places = {cell for spot in profile.spots[:_SPOTS] for cell in (_around(spot) if asking else (_cell(spot.lat, spot.lon),))} | set(_named(profile))
    found: set[str] = set()
    for family in profile.families:
        months = list(_months(days))
        if days.vague:
            if len(months) <= _MONTHS:
                times = ("v", "m") if asking else ("v",)
                found.update(f"{family}|{place}|{time}{month}" for place in places for time in times for month in months)
            if days.told:
                found.update(f"{family}|n:{country}|b{_month(days.first)}" for country in profile.countries)
            continue
        buckets = list(_buckets(days, _EDGE if asking else 0))
        cells = [place for place in places if place.startswith("c:")]
        found.update(f"{family}|{place}|d{bucket}" for place in (*cells, *_wide(profile, asking)) for bucket in buckets)
        found.update(f"{family}|{place}|{'v' if asking else 'm'}{month}" for place in places for month in months)
    return tuple(sorted(found))


def tied(one: Profile, other: Profile) -> bool:
    """Whether two profiles, of which one is vague in its days, have in common what such are filed by."""
    if (one.spots and other.spots) or set(_named(one)) & set(_named(other)):
        return True
    both = one.days is not None and other.days is not None and one.days.vague and other.days.vague and one.days.told and other.days.told
    return both and _month(one.days.first) == _month(other.days.first)  # type: ignore[union-attr]


def _named(profile: Profile) -> Iterator[str]:
    """The areas by name and by id, but for countries."""
    for area in profile.areas[:_AREAS]:
        if area.level != "country":
            yield f"a:{area.name}"
            if area.id is not None:
                yield f"a:#{area.id}"


def _wide(profile: Profile, asking: bool) -> Iterator[str]:
    for country in profile.countries:
        if not asking:
            yield f"{'f' if profile.spots else 'w'}:{country}"
        else:
            yield f"w:{country}"
            if not profile.spots:
                yield f"f:{country}"


def _cell(lat: float, lon: float) -> str:
    return f"c:{floor(lat / _CELL)}:{floor(lon / _CELL)}"


def _around(spot: Spot) -> set[str]:
    """The cells in which a place may lie that is not too far from it."""
    reach = most_apart_km(spot.radius, _MOST_RADIUS) / _DEGREE_KM
    wide = reach / max(0.2, cos(radians(spot.lat)))
    south, north = floor((spot.lat - reach) / _CELL), floor((spot.lat + reach) / _CELL)
    west, east = floor((spot.lon - wide) / _CELL), floor((spot.lon + wide) / _CELL)
    return {f"c:{y}:{x}" for y in range(south, north + 1) for x in range(west, east + 1)}


_MOST_RADIUS: Final = 10.0  # km: of a place that counts as a spot; a greater city counts as so large


def most_apart_km(one: float, other: float) -> float:
    """How far two places of these radii (km) may lie apart and still be one."""
    return joining().far_km + min(one, _MOST_RADIUS) + min(other, _MOST_RADIUS)


def _buckets(days: Days, edge: int) -> range:
    return range((days.first - edge) // _BUCKET, (days.last + edge) // _BUCKET + 1)


def _months(days: Days) -> Iterator[str]:
    if days.last - days.first > _MONTHS * 31:
        return iter(("",) * (_MONTHS + 1))
    first, last = datetime.date.fromordinal(max(1, days.first)), datetime.date.fromordinal(days.last)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return (f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers)


def _month(day: int) -> str:
    return datetime.date.fromordinal(max(1, day)).isoformat()[:7]
