"""Where a told event is filed, so that those which can be one incident with it are found without looking at all.

    keys(told)    the entries under which it is filed
    probes(told)  the entries under which its partners are filed

Two events that are linked find each other, whichever comes first: some key of either is a probe of the other (a property test says so). A key
is `family|place|time`. A place is a cell of half a degree (`c:`), for events that are located finely, and a country: `f:` for those of it that
are also filed in a cell, `w:` for those that are not. A fine event asks its cells and the wide entry of its country, a wide one both entries of
its country. Time is a bucket of four days (`d`). What is told of no few days (`vague`) meets others by month (`v`, the others' are `m`): by cell and by the
names of its areas (`a:`) if two months hold it; else only by what may set it apart, its marks: figures, persons, places that are not located, a
type that is seldom told. Among themselves such find each other also by country (`n:`) and the month in which a told span begins (`b`), since a war
is told of by its beginning, and by the week of the report (`r`), in which many recall one thing. So what is past is never compared with all that
happened in a town for a year. What has neither a place nor a party at home somewhere, or no day, has no key: it stands alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from math import cos, floor, radians
from typing import Final

from marsad.incidents.told import Days, Profile, Spot, Told
from marsad.knowledge.joining import joining

_CELL: Final = 0.5  # degrees
_BUCKET: Final = 4  # days
_EDGE: Final = 1  # days by which two reports may differ on a told day
_LONG: Final = 62  # days: a longer span is found by its marks alone
_ENDLESS: Final = 26 * 31  # days: a longer one by its beginning alone
_SEASON: Final = 13  # weeks
_FIGURE: Final = 3  # a smaller figure sets nothing apart
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
    cells = {cell for spot in profile.spots for cell in (_around(spot) if asking else (_cell(spot.lat, spot.lon),))}
    entries = set(_by_month(profile, days, cells, asking))
    if days.vague:
        entries.update(f"n:{country}|{beginning}" for country in profile.countries for beginning in beginnings(profile))
    else:
        buckets = _buckets(days, _EDGE if asking else 0)
        entries.update(f"{place}|d{bucket}" for place in (*cells, *_wide(profile, asking)) for bucket in buckets)
    return tuple(sorted(f"{family}|{entry}" for family in profile.families for entry in entries))


def _by_month(profile: Profile, days: Days, cells: Iterable[str], asking: bool) -> Iterator[str]:
    """The entries by month, by which one of two is found that is vague: `m` of such as are not, who ask for `v`; `s` of such as are told in one season."""
    kinds = ["m" if asking == days.vague else "v", *(f"s{quarter}-" for quarter in season(profile) if days.vague)]
    places = [*cells, *named(profile)]
    asked = [*marks(profile), *(f"{place}|{profile.rare}" for place in places if profile.rare), *(() if is_long(days) else places)]
    for month in _months(days):
        for what in asked:
            for kind in kinds:
                yield f"{what}|{kind}{month}"


def tied(one: Profile, other: Profile) -> bool:
    """Whether two profiles, of which one is vague in its days, have in common what such are filed by."""
    if one.days is None or other.days is None:
        return False
    if one.days.vague and other.days.vague:
        if tied_in_time(one, other):
            return True
        if set(season(one)) != set(season(other)):
            return False
    if is_endless(one.days) or is_endless(other.days):
        return False
    if set(marks(one)) & set(marks(other)):
        return True
    near = bool((one.spots and other.spots) or set(named(one)) & set(named(other)))
    return near and (not (is_long(one.days) or is_long(other.days)) or (one.rare is not None and one.rare == other.rare))


def marks(profile: Profile) -> Iterator[str]:
    """What may set an event apart from others of its kind: a figure, a person, a place that is not located; each in its countries."""
    own = [f"{what}={figure}" for what, figures in profile.figures.items() for figure, _ in figures if figure >= _FIGURE]
    own += [f"p={person}" for person in profile.persons]
    own += [f"u={area.name}" for area in profile.areas if area.level == "unknown"]
    for country in profile.countries:
        for mark in own:
            yield f"o:{country}:{mark}"


def tied_in_time(one: Profile, other: Profile) -> bool:
    """Whether two vague profiles begin in one month, or are told in one week."""
    return bool(set(beginnings(one)) & set(beginnings(other)))


def beginnings(profile: Profile) -> Iterator[str]:
    """By what vague events of one country find each other: the month in which a told span begins, told in one season, and the week of the report."""
    if profile.days is not None and profile.days.told:
        for quarter in season(profile):
            yield f"b{_month(profile.days.first)}-{quarter}"
    if profile.week is not None:
        yield f"r{profile.week}"


def season(profile: Profile) -> Iterator[int]:
    """The quarter in which an event is told: what is past may be recalled for ever, and is put together quarter by quarter where nobody told it then."""
    if profile.week is not None:
        yield profile.week // _SEASON


def named(profile: Profile) -> Iterator[str]:
    """The areas by name and by id, but for countries."""
    for area in profile.areas:
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
    reach = most_apart_km(spot.radius, MOST_RADIUS) / _DEGREE_KM
    wide = reach / max(0.2, cos(radians(spot.lat)))
    south, north = floor((spot.lat - reach) / _CELL), floor((spot.lat + reach) / _CELL)
    west, east = floor((spot.lon - wide) / _CELL), floor((spot.lon + wide) / _CELL)
    return {f"c:{y}:{x}" for y in range(south, north + 1) for x in range(west, east + 1)}


MOST_RADIUS: Final = 10.0  # km: of a place that counts as a spot; a greater city counts as so large


def most_apart_km(one: float, other: float) -> float:
    """How far two places of these radii (km) may lie apart and still be one."""
    return joining().far_km + min(one, MOST_RADIUS) + min(other, MOST_RADIUS)


def _buckets(days: Days, edge: int) -> range:
    return range((days.first - edge) // _BUCKET, (days.last + edge) // _BUCKET + 1)


def _months(days: Days) -> list[str]:
    """The months of a span; none of one that is too long to be found by them."""
    if is_endless(days):
        return []
    first, last = datetime.date.fromordinal(max(1, days.first)), datetime.date.fromordinal(days.last)
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]


def is_long(days: Days) -> bool:
    return days.vague and days.last - days.first > _LONG


def is_endless(days: Days) -> bool:
    return days.last - days.first > _ENDLESS


def _month(day: int) -> str:
    return datetime.date.fromordinal(max(1, day)).isoformat()[:7]
