"""The signs by which two told events are one, or are not: each a name, which `knowledge/incidents.toml` weighs, and words for people.

`compare(a, b)` is symmetric. What excludes that they are one (no family in common, days or places too far apart, one report) is said at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final, NamedTuple

from marsad.incidents.keys import most_apart_km, tied
from marsad.incidents.told import Area, Days, Profile, Spot, Told, lineage, told_who
from marsad.knowledge.gazetteer import distance_km
from marsad.knowledge.joining import joining, opposed
from marsad.model import Event

_OWN: Final = frozenset(
    ("same_told_day", "same_span", "same_place", "second_place", "same_name", "same_person", "same_large_figure", "same_figure", "same_words", "same_story")
)
"""Signs of one happening, where the others are signs of its kind: its type, its parties, the area, some days."""
_LARGE: Final = 10  # a figure from here on is a sign by itself
_SMALL: Final = 3
_TOLLS: Final = ("killed", "wounded", "killed_or_wounded", "captured", "arrested", "abducted", "displaced", "surrendered", "released", "missing")


class Sign(NamedTuple):
    """Something for or against: its name in the table of signs, and what it is in words."""

    name: str
    words: str


class Comparison(NamedTuple):
    """`apart`: what excludes that the two are one; then there is no score."""

    score: float
    signs: tuple[Sign, ...]
    apart: str | None


def compare(a: Told, b: Told) -> Comparison:
    """How two told events stand to each other; the same whichever comes first."""
    if b.ref < a.ref:
        a, b = b, a
    excluded = _excluded(a, b)
    if excluded:
        return Comparison(0.0, (), excluded)
    signs = tuple(_signs(a, b))
    if not any(sign.name in _OWN for sign in signs):
        signs += (Sign("nothing_own", "nothing that sets it apart from others of its kind there is told by both"),)
    weights = joining().signs
    return Comparison(round(sum(getattr(weights, sign.name) for sign in signs), 4), signs, None)


def _excluded(a: Told, b: Told) -> str | None:
    if a.report == b.report:
        return "one report tells them as two"
    one, other = a.profile, b.profile
    if not set(one.families) & set(other.families):
        return f"{a.event.type} and {b.event.type} are not told of one thing"
    if (a.event.status == "planned") != (b.event.status == "planned"):
        return "one is planned, the other is told as done"
    if one.days is None or other.days is None:
        return "a day is not known"
    gap = _gap(one.days, other.days)
    if gap > 1 or (gap == 1 and (one.days.vague or other.days.vague)):
        return f"{gap} days lie between them"
    if (one.days.vague or other.days.vague) and not tied(one, other):
        return "one is told without a day, and they share neither a town nor an area nor the beginning"
    if not set(one.countries) & set(other.countries):
        return f"in {_listed(one.countries)} and in {_listed(other.countries)}"
    if one.spots and other.spots:
        nearest, here, there = _nearest(one.spots, other.spots)
        if nearest > most_apart_km(here.radius, there.radius):
            return f"{here.shown} and {there.shown} lie {nearest:.0f} km apart"
    return None


def _signs(a: Told, b: Told) -> Iterator[Sign]:
    yield from _of_type(a.event, b.event)
    yield _of_days(a, b)
    if a.event.status == b.event.status and a.event.status in ("ongoing", "planned"):
        yield Sign(f"both_{a.event.status}", f"both {a.event.status}")
    yield from _of_places(a.profile, b.profile)
    yield from _of_parties(a.profile, b.profile)
    yield from _of_persons(a.profile, b.profile)
    yield from _of_figures(a.profile, b.profile)
    yield from _of_words(a.profile, b.profile)
    yield from _of_story(a, b)


def _of_type(a: Event, b: Event) -> Iterator[Sign]:
    if a.type == b.type:
        yield Sign("same_type", f"both {a.type}")
        if a.type in joining().rare.types:
            yield Sign("rare_type", "which is seldom told")
        return
    yield Sign("other_type", f"{' and '.join(sorted((a.type, b.type)))}, which one thing may be called")


# -- days


def _gap(one: Days, other: Days) -> int:
    """Days between the two spans; 0 where they meet."""
    return max(0, one.first - other.last, other.first - one.last)


def _of_days(a: Told, b: Told) -> Sign:
    one, other = a.profile.days, b.profile.days
    assert one is not None
    assert other is not None
    if one.vague or other.vague:
        if one[:2] == other[:2] and one.told:
            return Sign("same_span", f"both told of {_span(one)}")
        if not (one.told or other.told):
            return Sign("both_past", "neither is told with a day")
        if not (one.told and other.told):
            return Sign("past", "told without a day, as something past")
        return Sign("span_holds_day", f"{_span(one)} and {_span(other)} meet")
    if one.told and other.told:
        if _gap(one, other):
            return Sign("next_told_day", f"told of {_span(one)} and of {_span(other)}, the next day")
        return Sign("same_told_day", f"both told of {_span(one)}" if one[:2] == other[:2] else f"told of {_span(one)} and {_span(other)}")
    if one.told or other.told:
        told, open_ = (one, other) if one.told else (other, one)
        if told.first > open_.last:
            return Sign("told_day_after", f"one is told of {_span(told)}, the other in a report of the day before")
        before = max(0, open_.last - told.last)
        words = f"one is told of {_span(told)}, the other without a day, {before} days later" if before else f"told of {_span(told)} and, without a day, then"
        return Sign(f"told_day_before_{before if before <= 3 else 'more'}", words)
    between = abs(one.last - other.last)
    if not between:
        return Sign("same_report_day", f"both told without a day in reports of {_span(Days(one.last, one.last, True, False))}")
    return Sign(f"report_days_{between if between <= 3 else 'more'}", f"both told without a day, {between} days apart")


def _span(days: Days) -> str:
    first, last = (datetime.date.fromordinal(max(1, day)).isoformat() for day in days[:2])
    return first if first == last else f"{first} to {last}"


# -- places


def _nearest(ones: tuple[Spot, ...], others: tuple[Spot, ...]) -> tuple[float, Spot, Spot]:
    """The least distance (km) of two places, one of each, and these."""
    found = ((_distance(here, there), n + m, here, there) for n, here in enumerate(ones) for m, there in enumerate(others))
    best = min(found, key=lambda hit: (hit[0], hit[1], hit[2], hit[3]))
    return best[0], best[2], best[3]


def _distance(here: Spot, there: Spot) -> float:
    if here.id is not None and here.id == there.id:
        return 0.0
    return distance_km((here.lat, here.lon), (there.lat, there.lon)) or 0.0


def _of_places(one: Profile, other: Profile) -> Iterator[Sign]:
    if one.spots and other.spots:
        yield _of_spots(one.spots, other.spots)
    elif one.spots or other.spots:
        fine, wide = (one, other) if one.spots else (other, one)
        yield _of_spot_and_area(fine, wide)
    elif one.areas and other.areas:
        yield _of_areas(one, other)
    else:
        yield Sign("no_place", "one of them has no place")


def _of_spots(ones: tuple[Spot, ...], others: tuple[Spot, ...]) -> Sign:
    near = joining().near_km
    first, here, there = _nearest(ones[:1], others[:1])
    if first <= near or here.name == there.name:
        return Sign("same_place", f"both at {here.shown}")
    nearest, here, there = _nearest(ones, others)
    if nearest <= near:
        return Sign("second_place", f"both name {here.shown}")
    return Sign("near_place" if nearest <= 3 * near else "far_place", f"{here.shown} and {there.shown} lie {nearest:.0f} km apart")


def _of_spot_and_area(fine: Profile, wide: Profile) -> Sign:
    areas = wide.areas
    if not areas:
        return Sign("no_place", "one of them has no place")
    finest = areas[0]
    if any(area.name == spot.name for area in areas for spot in fine.spots):
        return Sign("same_place", f"both name {finest.shown}")
    if any(_same_area(area, own) for area in areas for own in fine.areas if area.admin1):
        return Sign("same_area", f"{fine.spots[0].shown} lies in {finest.shown}")
    if finest.admin1 is None or finest.level == "country":
        return Sign("same_country", f"{fine.spots[0].shown}, and only the country is told")
    if finest.admin1 in fine.admin1:
        return Sign("place_in_area", f"{fine.spots[0].shown} lies in {finest.admin1}, as {finest.shown} does")
    return Sign("other_area", f"{fine.spots[0].shown} does not lie in {finest.shown}")


def _of_areas(one: Profile, other: Profile) -> Sign:
    here, there = one.areas[0], other.areas[0]
    if _same_area(here, there):
        name = "same_country" if "country" in (here.level, there.level) else "same_area" if here.level != "unknown" or here.admin1 else "same_name"
        return Sign(name, f"both in {here.shown}")
    unlocated = [area for area in one.areas if area.level == "unknown" and any(area.name == own.name for own in other.areas)]
    if unlocated:
        return Sign("same_name", f"both name {unlocated[0].shown}")
    if "country" in (here.level, there.level):
        return Sign("same_country", f"in {here.shown} and in {there.shown}")
    if here.admin1 and there.admin1 and not one.admin1 & other.admin1:
        return Sign("other_area", f"in {here.shown} and in {there.shown}")
    if here.admin1 and there.admin1:
        shared = {(a.id or a.name) for a in one.areas if a.admin1} & {(a.id or a.name) for a in other.areas if a.admin1}
        return Sign("place_in_area" if shared else "other_name", f"in {here.shown} and in {there.shown}, of one governorate")
    if here.id and there.id:
        return Sign("other_region", f"in {here.shown} and in {there.shown}")
    return Sign("same_country", f"in {here.shown} and in {there.shown}")


def _same_area(here: Area, there: Area) -> bool:
    return here.name == there.name or (here.id is not None and here.id == there.id)


# -- parties


def _of_parties(one: Profile, other: Profile) -> Iterator[Sign]:
    did, did_too = told_who(one.initiators), told_who(other.initiators)
    hit, hit_too = told_who(one.targets), told_who(other.targets)
    if did and hit and did & hit_too and hit & did_too and not did & did_too:
        yield Sign("turned_round", f"{_listed(did)} and {_listed(hit)}, with the roles turned round")
        return
    yield from _of_role(did, did_too, "initiator")
    yield from _of_role(hit, hit_too, "target")


def _of_persons(one: Profile, other: Profile) -> Iterator[Sign]:
    """Persons by name who are not listed, of either role: somebody who was killed, taken, or shot."""
    same = (one.initiators | one.targets) & (other.initiators | other.targets)
    named = sorted(a.removeprefix("name:") for a in same if a.startswith("name:") and " " in a)
    if named:
        yield Sign("same_person", f"both name {', '.join(named)}")


def _of_role(ones: frozenset[str], others: frozenset[str], role: str) -> Iterator[Sign]:
    if not ones or not others:
        return
    same = ones & others
    if same:
        yield Sign(f"same_{role}", f"{role} {_listed(same)}")
    elif lineage(ones) & lineage(others):
        yield Sign(f"related_{role}", f"{role} {_listed(ones)} and {_listed(others)}, which belong together")
    else:
        against = any(opposed(x, y) for x in ones for y in others)
        yield Sign(f"other_{role}", f"{role} {_listed(ones)} and {_listed(others)}{', which are opposed' if against else ''}")


# -- figures, words


def _of_figures(one: Profile, other: Profile) -> Iterator[Sign]:
    """One sign: the best of those that the figures of one kind give, for kinds that both tell."""
    found = [sign for what in _TOLLS for sign in _of_kind(what, one.figures.get(what, ()), other.figures.get(what, ()))]
    if found:
        weights = joining().signs
        yield max(found, key=lambda sign: (getattr(weights, sign.name), sign.words))


def _of_kind(what: str, ones: tuple[tuple[int, int | None], ...], others: tuple[tuple[int, int | None], ...]) -> Iterator[Sign]:
    for low, high in ones:
        for low_too, high_too in others:
            if (low, high) == (low_too, high_too):
                size = "same_large_figure" if low >= _LARGE else "same_figure" if low >= _SMALL else "same_small_figure"
                yield Sign(size, f"both {low}{'' if high == low else ' or more' if high is None else f' to {high}'} {what.replace('_', ' ')}")
            elif max(low, low_too) <= 1.5 * min(low, low_too) + 1:
                yield Sign("like_figure", f"{low} and {low_too} {what.replace('_', ' ')}")
            elif max(low, low_too) > 3 * min(low, low_too) and not ((high is None and low < low_too) or (high_too is None and low_too < low)):
                yield Sign("other_figure", f"{low} and {low_too} {what.replace('_', ' ')}")


def _of_words(one: Profile, other: Profile) -> Iterator[Sign]:
    """Words of the evidence that both have, as a share of those of the shorter."""
    fewer = min(len(one.words), len(other.words))
    if fewer < 4:
        return
    share = len(one.words & other.words) / fewer
    if share >= 0.35:
        yield Sign("same_words" if share >= 0.6 else "like_words", f"{share:.0%} of the words of their evidence are the same")


def _of_story(a: Told, b: Told) -> Iterator[Sign]:
    """Words of the reports' beginnings that both have, as a share of those of the shorter."""
    one, other = a.profile.story, b.profile.story
    fewer = min(len(one), len(other))
    if fewer < 8:
        return
    share = len(one & other) / fewer
    name = "same_story" if share >= 0.5 else "like_story" if share >= 0.3 else "near_story" if share >= 0.18 else "other_story"
    yield Sign(name, f"{share:.0%} of the words with which the reports begin are the same")


def _listed(names: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "no country that is told"
