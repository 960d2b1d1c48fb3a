"""Told events in columns, in which thousands of pairs are looked at together: those that certainly are not linked fall away at once.

    row(told) → its row, as bytes; many of them, end to end, are an array of `ROW`        possible(ones, others) → for each pair, whether `link` may hold

`possible` is never False for two events that `link` links: each of its steps repeats one of `signs.compare` where the columns tell as much, and takes
the most that a sign may add where they do not (a property test says so). Sets are kept as masks of 32 bits, one for each member: what has no bit in
common has no member in common.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from marsad.incidents.keys import MOST_RADIUS, beginnings, is_endless, is_long, marks, named, season
from marsad.incidents.signs import FEW_WORDS, LIKE_STORY, LIKE_WORDS, NEAR_STORY, SAME_STORY, SAME_WORDS, SHORT_STORY, most_like
from marsad.incidents.told import Profile, Told, lineage
from marsad.knowledge.gazetteer import EARTH_KM
from marsad.knowledge.joining import joining, weights
from marsad.model import EventType

Rows = NDArray[Any]
"""One row an event, of `ROW`."""
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

_MASK: Final = "u4"
_BYTES: Final = 32
ROW: Final = np.dtype([
    ("families", "u4"), ("type", "u1"), ("rare", "?"), ("planned", "?"), ("ongoing", "?"),
    ("dated", "?"), ("told", "?"), ("vague", "?"), ("long", "?"), ("endless", "?"), ("first", "i4"), ("last", "i4"),
    ("season", "i4"), ("beginnings", _MASK), ("marks", _MASK), ("named", _MASK), ("countries", _MASK),
    ("spots", "u1"), ("lat", "f4"), ("lon", "f4"), ("radius", "f4"), ("spot_name", "u4"), ("spot_id", "u4"), ("spot_names", _MASK),
    ("areas", "u1"), ("wide", "?"), ("country_level", "?"), ("area_name", "u4"), ("area_id", "u4"), ("area_admin1", _MASK),
    ("area_names", _MASK), ("area_ids", _MASK), ("unlocated", _MASK), ("admin1", _MASK),
    ("did", _MASK), ("hit", _MASK), ("did_kin", _MASK), ("hit_kin", _MASK), ("persons", _MASK), ("alike", _MASK), ("figures", _MASK),
    ("words", "u1", (_BYTES,)), ("words_counted", "u2"), ("words_hidden", "u2"),
    ("story", "u1", (_BYTES,)), ("story_counted", "u2"), ("story_hidden", "u2"),
])  # fmt: skip
"""What is compared of an event; `countries` and the like are masks, `…_name` and `…_id` hashes (0: none); `figures` of its tolls, `alike` their sizes
(`_sizes`); `words` and `story` masks of 256 bits, `…_counted` how many words they are, `…_hidden` how many of them share a bit with another."""
_FLOAT_KM: Final = 0.05  # what 32 bits of a degree, and another order of the same sum, may be off by
_ROUNDED: Final = 1e-4  # to which a score is rounded
_FAMILIES: Final = 32
_TYPES: Final = {type_: n for n, type_ in enumerate(EventType.__args__)}  # type: ignore[attr-defined]
_MANY: Final = 60_000
_SET_BITS: Final = np.array([n.bit_count() for n in range(256)], np.uint8)


_PACK: Final = struct.Struct("<" + "".join(f"{_BYTES}s" if ROW[name].shape else ROW[name].char for name in ROW.names or ()))
"""One row, put together at once: numpy would be given one number after another."""


def row(told: Told) -> bytes:
    """One event's row, as it is kept."""
    p = told.profile
    one: dict[str, Any] = dict.fromkeys(ROW.names or (), 0)
    one["families"] = sum({1 << _family(name) for name in p.families})
    one["type"], one["rare"], one["planned"], one["ongoing"] = _TYPES[told.type], p.rare is not None, told.status == "planned", told.status == "ongoing"
    if p.days is not None:
        one["dated"], one["told"], one["vague"], one["first"], one["last"] = True, p.days.told, p.days.vague, p.days.first, p.days.last
        one["long"], one["endless"] = is_long(p.days), is_endless(p.days)
    one["season"] = next(season(p), -1)
    for name, members in (
        ("beginnings", beginnings(p)), ("marks", marks(p)), ("named", named(p)), ("countries", p.countries), ("admin1", p.admin1), ("persons", p.persons),
        ("did", p.did), ("hit", p.hit), ("did_kin", lineage(p.did)), ("hit_kin", lineage(p.hit)), ("spot_names", (s.name for s in p.spots)),
        ("area_names", (a.name for a in p.areas)), ("area_ids", (a.id for a in p.areas if a.id)),
        ("unlocated", (a.name for a in p.areas if a.level == "unknown")),
        ("figures", (f"{what} {figure}" for what, figures in p.figures.items() for figure in figures)),
        ("alike", (f"{what} {size}" for what, figures in p.figures.items() for low, _ in figures for size in _sizes(low))),
    ):  # fmt: skip
        one[name] = mask(members)
    _put_places(one, p)
    for name, words in (("words", told.words), ("story", told.story)):
        bits = {word % (8 * _BYTES) for word in words}
        one[name] = sum(1 << bit for bit in bits).to_bytes(_BYTES, "little")
        one[f"{name}_counted"], one[f"{name}_hidden"] = min(len(words), _MANY), min(len(words) - len(bits), _MANY)
    return _PACK.pack(*one.values())


def _put_places(one: dict[str, Any], p: Profile) -> None:
    """The finest place of each kind."""
    one["spots"], one["areas"] = len(p.spots), len(p.areas)
    if p.spots:
        spot = p.spots[0]
        one["lat"], one["lon"], one["radius"] = spot.lat, spot.lon, min(spot.radius, MOST_RADIUS)
        one["spot_name"], one["spot_id"] = _hashed(spot.name), _hashed(spot.id)
    if p.areas:
        area = p.areas[0]
        one["wide"], one["country_level"] = area.admin1 is None or area.level == "country", area.level == "country"
        one["area_name"], one["area_id"] = _hashed(area.name), _hashed(area.id)
        one["area_admin1"] = mask([area.admin1] if area.admin1 else ())


def _sizes(figure: int) -> tuple[int, int]:
    """The size of a figure and the next: two that are alike (`signs.most_like`) have one in common, since each size ends beyond what is like all below."""
    size, end = 0, 1
    while figure >= end:
        size, end = size + 1, int(most_like(end - 1)) + 1
    return size, size + 1


def mask(members: Iterable[str]) -> int:
    """A set as 32 bits."""
    found = 0
    for member in members:
        found |= 1 << (crc32(member.encode()) & 31)
    return found


def _hashed(name: str | None) -> int:
    return crc32(name.encode()) or 1 if name else 0


def _family(name: str) -> int:
    return [family.name for family in joining().family].index(name) % _FAMILIES


def possible(ones: Rows, others: Rows) -> Flags:
    """For each pair (row by row), whether the two may be linked, as far as columns can tell."""
    out = np.zeros(len(ones), np.bool_)
    at = np.flatnonzero(_meet(ones, others))
    if len(at):
        a, b = chosen(ones, at), chosen(others, at)
        far = _apart_km(a, b)
        near = np.flatnonzero(_are_near(a, b, far) & _are_tied(a, b))
        at, a, b, far = at[near], chosen(a, near), chosen(b, near), far[near]
        out[at[_most(a, b, far) >= joining().link - _ROUNDED]] = True
    return out


def chosen(rows: Rows, at: NDArray[np.int64]) -> Rows:
    """The rows at these places, each copied as it is, which is faster than field by field."""
    return rows.view(f"V{ROW.itemsize}")[at].view(ROW)


def _first(conditions: Sequence[Flags], values: Sequence[float | Numbers], otherwise: float | Numbers) -> Numbers:
    """The value of the first condition that holds (`numpy.select`, which is slow for few)."""
    out = otherwise
    for condition, value in zip(reversed(conditions), reversed(values), strict=True):
        out = np.where(condition, value, out)
    return np.asarray(out)


def _meet(a: Rows, b: Rows) -> Flags:
    """Whether they have a family, a country and days in common, and are both planned or both not."""
    both_vague = a["vague"] & b["vague"]
    between = np.maximum(a["first"] - b["last"], b["first"] - a["last"])
    late_is_told = np.where(a["first"] > b["last"], a["told"], b["told"])
    in_time = (between <= np.where(a["vague"] | b["vague"], 0, 1)) | (both_vague & ~late_is_told)
    met: Flags = in_time & _shared(a, b, "families") & _shared(a, b, "countries") & (a["planned"] == b["planned"]) & a["dated"] & b["dated"]
    return met


def _shared(a: Rows, b: Rows, name: str, other: str | None = None) -> Flags:
    found: Flags = (a[name] & b[other or name]) != 0
    return found


def _apart_km(a: Rows, b: Rows) -> Numbers:
    """The distances of their first places (`gazetteer.apart_km`), too small rather than too great; NaN where one has none."""
    lat, lat2 = np.radians(a["lat"].astype(np.float64)), np.radians(b["lat"].astype(np.float64))
    east = np.radians(b["lon"].astype(np.float64) - a["lon"])
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin(east / 2) ** 2
    km: Numbers = np.maximum(0.0, 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half))) - _FLOAT_KM)
    km[(a["spot_id"] == b["spot_id"]) & (a["spot_id"] != 0)] = 0.0
    km[(a["spots"] == 0) | (b["spots"] == 0)] = np.nan
    return km


def _are_near(a: Rows, b: Rows, far: Numbers) -> Flags:
    """Whether their places may be one: of several each, the first do not tell."""
    near: Flags = _have_several(a, b) | ~(far > joining().far_km + a["radius"].astype(np.float64) + b["radius"])
    return near


def _are_tied(a: Rows, b: Rows) -> Flags:
    """Whether two of which one is vague share something by which such are filed (`keys.tied`)."""
    vague, both_vague = a["vague"] | b["vague"], a["vague"] & b["vague"]
    in_time = both_vague & _shared(a, b, "beginnings")
    other_season = both_vague & (a["season"] != b["season"])
    near = ((a["spots"] > 0) & (b["spots"] > 0)) | _shared(a, b, "named")
    short = ~(a["long"] | b["long"]) | (a["rare"] & (a["type"] == b["type"]))
    by_place = _shared(a, b, "marks") | (near & short)
    tied: Flags = ~vague | in_time | (~other_season & ~(a["endless"] | b["endless"]) & by_place)
    return tied


@cache
def _by_days() -> tuple[Numbers, Numbers]:
    """The weights of signs by a number of days, 0 to 3 and more: from a told day to a report that names none (`_days_after`), and between two such reports."""
    weigh = weights()
    after = [*(weigh[f"told_day_before_{n}"] for n in (0, 1, 2, 3, "more")), weigh["told_day_after"]]
    return np.array(after), np.array([weigh["same_report_day"], *(weigh[f"report_days_{n}"] for n in (1, 2, 3, "more"))])


def _best(*names: str) -> float:
    """What the best of these signs adds, of which one is given or none."""
    return max(0.0, *_all(*names))


def _all(*names: str) -> list[float]:
    weigh = weights()
    return [weigh[name] for name in names]


def _most(a: Rows, b: Rows, far: Numbers) -> Numbers:
    """The greatest score that the comparison of two may give."""
    weigh = weights()
    same_type = a["type"] == b["type"]
    words, story = _in_common(a, b, "words", FEW_WORDS), _in_common(a, b, "story", SHORT_STORY)
    score = np.where(same_type, weigh["same_type"] + np.where(a["rare"], weigh["rare_type"], 0.0), weigh["other_type"])
    score += _of_days(a, b)
    score += np.where(a["ongoing"] & b["ongoing"], weigh["both_ongoing"], 0.0) + np.where(a["planned"] & b["planned"], weigh["both_planned"], 0.0)
    score += _of_places(a, b, far) + _of_parties(a, b) + _of_tolls(a, b)
    score += np.where(_shared(a, b, "persons"), _best("same_person"), 0.0)
    score += _of_words(words) + _of_story(story)
    return score + np.where(_may_have_own(a, b, far, words, story), 0.0, max(_all("nothing_own", "nothing_own_then")))


def _may_have_own(a: Rows, b: Rows, far: Numbers, words: Numbers, story: Numbers) -> Flags:
    """Whether they may share a sign of one happening, where the others are signs of its kind (`signs.compare`)."""
    told, both_told, vague = a["told"] | b["told"], a["told"] & b["told"], a["vague"] | b["vague"]
    same_days = np.where(vague, _have_same_span(a, b), both_told & (_gap(a, b) == 0))
    then = ~vague & ~both_told & np.where(told, _days_after(a, b) <= 1, a["last"] == b["last"])
    own: Flags = same_days | (then & _may_have_same_place(a, b, far)) | (words >= SAME_WORDS) | (story >= SAME_STORY)
    for name in ("unlocated", "persons", "figures"):
        own |= _shared(a, b, name)
    return own


def _may_have_same_place(a: Rows, b: Rows, far: Numbers) -> Flags:
    """Whether one of their places may be one: by its point, its name, or since there are several."""
    fine, fine_too = a["spots"] > 0, b["spots"] > 0
    by_area = (fine | fine_too) & _are_named_too(a, b, fine)
    return np.where(fine & fine_too, _are_one_spot(a, b, far) | _have_several(a, b), by_area)


def _have_same_span(a: Rows, b: Rows) -> Flags:
    """Whether the first tells of days, and the other of the same."""
    same: Flags = (a["first"] == b["first"]) & (a["last"] == b["last"]) & a["told"]
    return same


def _gap(a: Rows, b: Rows) -> NDArray[np.int64]:
    """How many days lie between what they tell."""
    days: NDArray[np.int64] = np.maximum(np.maximum(a["first"] - b["last"], b["first"] - a["last"]), 0)
    return days


def _days_after(a: Rows, b: Rows) -> NDArray[np.int64]:
    """For two of which one tells a day: how many days later, up to 4, the other was reported that tells none; 5 where it was reported before."""
    told_first, told_last = np.where(a["told"], a["first"], b["first"]), np.where(a["told"], a["last"], b["last"])
    open_last = np.where(a["told"], b["last"], a["last"])
    return np.where(told_first > open_last, 5, np.where(a["planned"], 0, np.clip(open_last - told_last, 0, 4)))


def _of_days(a: Rows, b: Rows) -> Numbers:
    """The sign of days (`when.of_days`), and that of the week."""
    weigh = weights()
    after, between = _by_days()
    told, both_told = a["told"] | b["told"], a["told"] & b["told"]
    vague = _first(
        [_have_same_span(a, b), ~told, ~both_told], [weigh["same_span"], weigh["both_past"], weigh["past"]], weigh["span_holds_day"]
    )  # fmt: skip
    gap = _gap(a, b)
    neither = between[np.clip(np.abs(a["last"] - b["last"]), 0, 4)]
    days = _first([both_told & (gap > 0), both_told, told], [weigh["next_told_day"], weigh["same_told_day"], after[_days_after(a, b)]], neither)
    either_vague = a["vague"] | b["vague"]
    weeks = np.where(a["told"], a["first"], a["last"]) // 7 != np.where(b["told"], b["first"], b["last"]) // 7
    other_week = weeks & ~either_vague & ~(both_told & (gap == 0))
    return np.where(either_vague, vague, days) + np.where(other_week, weigh["other_week"], 0.0)


def _have_several(a: Rows, b: Rows) -> Flags:
    """Whether one of them tells of several spots, of which the first is in its row."""
    several: Flags = (a["spots"] > 1) | (b["spots"] > 1)
    return several


def _are_one_spot(a: Rows, b: Rows, far: Numbers) -> Flags:
    """Whether their first spots are one, by their points or their names."""
    one: Flags = (far <= joining().near_km) | (a["spot_name"] == b["spot_name"])
    return one


def _are_named_too(a: Rows, b: Rows, fine: Flags) -> Flags:
    """Whether the one that tells a spot, `a` where `fine`, may name it as the other names an area."""
    return np.where(fine, _shared(a, b, "spot_names", "area_names"), _shared(a, b, "area_names", "spot_names"))


def _of_places(a: Rows, b: Rows, far: Numbers) -> Numbers:
    """The most that places may add (`where.of_places`)."""
    weigh = weights()
    unlocated = _shared(a, b, "unlocated")
    both = (a["spots"] > 0) & (b["spots"] > 0)
    near_km = joining().near_km
    kinds = ("same_place", "second_place", "near_place", "far_place")
    by_spots = _first(
        [_are_one_spot(a, b, far), _have_several(a, b), far <= 3 * near_km],
        [max(_all(*kinds)), max(_all(*kinds[1:])), max(_all(*kinds[2:]))],
        weigh["far_place"],
    )
    by_spots += np.where(unlocated, _best("same_name"), 0.0)
    one_spot = (a["spots"] > 0) != (b["spots"] > 0)
    no_place = np.where(one_spot, np.where(a["spots"] > 0, b["areas"], a["areas"]) == 0, (a["areas"] == 0) | (b["areas"] == 0))
    by_areas = np.where(one_spot, _of_spot_and_area(a, b), _of_areas(a, b, unlocated))
    return np.where(both, by_spots, np.where(no_place, weigh["no_place"], by_areas))


def _of_spot_and_area(a: Rows, b: Rows) -> Numbers:
    weigh = weights()
    fine = a["spots"] > 0
    same_area = _shared(a, b, "area_names") | _shared(a, b, "area_ids")
    wide = np.where(fine, b["wide"], a["wide"])
    in_area = np.where(fine, _shared(a, b, "admin1", "area_admin1"), _shared(a, b, "area_admin1", "admin1"))
    kinds = ("same_place", "same_area", "same_country", "place_in_area", "other_area")
    return _first(
        [_are_named_too(a, b, fine), same_area, wide, in_area],
        [max(_all(*kinds)), max(_all(*kinds[1:])), weigh["same_country"], max(_all(*kinds[3:]))],
        weigh["other_area"],
    )  # fmt: skip


def _of_areas(a: Rows, b: Rows, unlocated: Flags) -> Numbers:
    weigh = weights()
    same = (a["area_name"] == b["area_name"]) | ((a["area_id"] == b["area_id"]) & (a["area_id"] != 0))
    both_in_admin1 = (a["area_admin1"] != 0) & (b["area_admin1"] != 0)
    rest = ("same_country", "other_area", "place_in_area", "other_name", "other_region")
    return _first(
        [same, unlocated, a["country_level"] | b["country_level"], both_in_admin1 & ~_shared(a, b, "admin1"), both_in_admin1],
        [
            max(_all("same_area", "same_name", *rest)), max(_all("same_name", *rest)), weigh["same_country"], weigh["other_area"],
            max(_all("other_area", "place_in_area", "other_name")),
        ],
        max(_all("other_region", "same_country")),
    )  # fmt: skip


def _of_parties(a: Rows, b: Rows) -> Numbers:
    """The most that parties may add (`who.of_parties`)."""
    weigh = weights()
    by_role = _of_role(a, b, "did", "initiator") + _of_role(a, b, "hit", "target")
    crossed = _shared(a, b, "did", "hit") & _shared(a, b, "hit", "did")
    return np.where(crossed, np.maximum(by_role, weigh["turned_round"]), by_role)


def _of_role(a: Rows, b: Rows, name: str, role: str) -> Numbers:
    weigh = weights()
    same, related, other = weigh[f"same_{role}"], weigh[f"related_{role}"], weigh[f"other_{role}"]
    told = (a[name] != 0) & (b[name] != 0)
    by_kin = np.where(_shared(a, b, f"{name}_kin"), max(related, other), other)
    return np.where(told, np.where(_shared(a, b, name), max(same, related, other), by_kin), 0.0)


def _in_common(a: Rows, b: Rows, name: str, least: int) -> Numbers:
    """The greatest share of the shorter's words that both may have, NaN where it has fewer than `least`: no more are shared than bits are, and than hide behind
    one."""
    both = _SET_BITS[a[name] & b[name]].sum(axis=1) + np.minimum(a[f"{name}_hidden"], b[f"{name}_hidden"])
    fewer = np.minimum(a[f"{name}_counted"], b[f"{name}_counted"])
    return np.where(fewer < least, np.nan, both / np.maximum(fewer, 1))


def _of_words(share: Numbers) -> Numbers:
    """The most that words of the evidence may add."""
    return _first([share >= SAME_WORDS, share >= LIKE_WORDS], [_best("same_words", "like_words"), _best("like_words")], 0.0)


def _of_story(share: Numbers) -> Numbers:
    """The most that words of the beginnings may add."""
    kinds = ("same_story", "like_story", "near_story", "other_story")
    most = [max(_all(*kinds[n:])) for n in range(len(kinds))]
    return _first([np.isnan(share), share >= SAME_STORY, share >= LIKE_STORY, share >= NEAR_STORY], [0.0, *most[:3]], most[3])


def _of_tolls(a: Rows, b: Rows) -> Numbers:
    """The most that figures may add."""
    same = _best("same_large_figure", "same_figure", "same_small_figure", "like_figure")
    return _first([_shared(a, b, "figures"), _shared(a, b, "alike")], [same, _best("like_figure")], 0.0)
