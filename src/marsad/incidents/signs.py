"""The signs by which two told events are one, or are not: each a name, which `knowledge/incidents.toml` weighs, and words for people.

`compare(a, b)` is symmetric. What excludes that they are one (no family in common, days or places too far apart, one report) is said at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from marsad.incidents.keys import most_apart_km, tied, tied_in_time
from marsad.incidents.sign import Sign, listed
from marsad.incidents.told import Profile, Told, WordSet
from marsad.incidents.when import of_days, other_week
from marsad.incidents.where import nearest, of_places
from marsad.incidents.who import of_parties, of_persons
from marsad.knowledge.joining import joining, weights

_OWN: Final = frozenset(("same_told_day", "same_span", "same_name", "same_person", "same_large_figure", "same_figure", "same_words", "same_story"))
_PLACE: Final = frozenset(("same_place", "second_place"))
_THEN: Final = frozenset(("told_day_before_0", "told_day_before_1", "same_report_day"))
_VAGUE: Final = frozenset(("span_holds_day", "past", "both_past"))
"""Signs of one happening, where the others are signs of its kind: its type, its parties, the area, some days."""
FEW_WORDS: Final = 4  # fewer of them say nothing
SAME_WORDS: Final = 0.6
LIKE_WORDS: Final = 0.35
"""Shares of the words of the shorter evidence from which on those of two are the same, or alike."""
SHORT_STORY: Final = 8  # fewer words of a beginning say nothing
SAME_STORY: Final = 0.5
LIKE_STORY: Final = 0.3
NEAR_STORY: Final = 0.18
"""The same of the words of the shorter report's beginning."""
_LARGE: Final = 10  # a figure from here on is a sign by itself
_SMALL: Final = 3
_TOLLS: Final = ("killed", "wounded", "killed_or_wounded", "captured", "arrested", "abducted", "displaced", "surrendered", "released", "missing")


class Comparison(NamedTuple):
    """`apart`: what excludes that the two are one; then there is no score."""

    score: float
    signs: tuple[Sign, ...]
    apart: str | None


def compare(a: Told, b: Told, *, least: float | None = None) -> Comparison:
    """How two told events stand to each other; the same whichever comes first.

    `least`: a comparison that cannot reach this score ends early, with the signs that were looked at till then.
    """
    if b.ref < a.ref:
        a, b = b, a
    excluded = _excluded(a, b)
    if excluded:
        return Comparison(0.0, (), excluded if isinstance(excluded, str) else excluded())
    return _weighed(a, b, least)


def compare_where_possible(a: Told, b: Told, *, least: float | None = None) -> Comparison | None:
    """The same, but None where something excludes that the two are one, which then nobody asks for: most of what is compared is far apart."""
    if b.ref < a.ref:
        a, b = b, a
    return None if _excluded(a, b) else _weighed(a, b, least)


def _weighed(a: Told, b: Told, least: float | None) -> Comparison:
    weigh = weights()
    signs = _signs(a, b)
    if least is not None:
        bounds = _bounds()
        most = bounds.telling
        if a.profile.figures and b.profile.figures:
            most += bounds.figures
        if a.profile.persons and b.profile.persons:
            most += bounds.persons
        score = sum([weigh[sign.name] for sign in signs])
        if score + most + bounds.parties < least:
            return Comparison(score, tuple(signs), None)
        parties = list(of_parties(a.profile, b.profile))
        signs += parties
        score += sum([weigh[sign.name] for sign in parties])
        if score + most < least:
            return Comparison(score, tuple(signs), None)
    else:
        signs += of_parties(a.profile, b.profile)
    signs += _telling_signs(a, b)
    names = {sign.name for sign in signs}
    if not names & _OWN and not (names & _PLACE and names & _THEN):
        name = "nothing_own_then" if names & _VAGUE else "nothing_own"
        signs.append(Sign(name, "nothing that sets it apart from others of its kind there is told by both"))
    return Comparison(round(sum([weigh[sign.name] for sign in signs]), 4), tuple(signs), None)


class _Bounds(NamedTuple):
    """What signs of some kinds can add to a score at the most."""

    parties: float
    telling: float  # words
    figures: float
    persons: float


@cache
def _bounds() -> _Bounds:
    weigh = weights()
    return _Bounds(weigh["same_initiator"] + weigh["same_target"], weigh["same_words"] + weigh["same_story"], weigh["same_large_figure"], weigh["same_person"])


def _excluded(a: Told, b: Told) -> str | Callable[[], str] | None:
    """What excludes that the two are one, or what gives it in words."""
    if a.report == b.report:
        return "one report tells them as two"
    one, other = a.profile, b.profile
    if one.families != other.families and not set(one.families) & set(other.families):
        return lambda: f"{a.type} and {b.type} are not told of one thing"
    if (a.status == "planned") != (b.status == "planned"):
        return "one is planned, the other is told as done"
    mine, its = one.days, other.days
    if mine is None or its is None:
        return "a day is not known"
    between, vague = max(mine.first - its.last, its.first - mine.last), mine.vague or its.vague
    if between > (0 if vague else 1) and not _recalled(one, other):
        return lambda: f"{between} days lie between them"
    if not one.countries or (one.countries != other.countries and not set(one.countries) & set(other.countries)):
        return lambda: f"in {listed(one.countries)} and in {listed(other.countries)}"
    if one.spots and other.spots:
        far, here, there = nearest(one.spots, other.spots)
        if far > most_apart_km(here.radius, there.radius):
            return lambda: f"{here.shown} and {there.shown} lie {far:.0f} km apart"
    if vague and not tied(one, other):
        return "one is told without a day, and they share nothing by which such a thing is known again"
    return None


def _recalled(one: Profile, other: Profile) -> bool:
    """Whether one tells of the past, with no day, what the other tells of a time before, and both do so in one week or of one beginning."""
    if one.days is None or other.days is None or not one.days.vague or not other.days.vague:
        return False
    late, early = (one.days, other.days) if one.days.first > other.days.last else (other.days, one.days)
    return not late.told and early.last < late.first and tied_in_time(one, other)


def _signs(a: Told, b: Told) -> list[Sign]:
    """The signs of type, days and places."""
    one, other = a.profile, b.profile
    out = [*_of_types(a.type, b.type), of_days(a, b)]
    if other_week(one.days, other.days):
        out.append(_OTHER_WEEK)
    if a.status == b.status and a.status in ("ongoing", "planned"):
        out.append(Sign(f"both_{a.status}", f"both {a.status}"))
    out += of_places(one, other)
    return out


_OTHER_WEEK: Final = Sign("other_week", "their days lie in two weeks of the calendar, across which only what is much alike is joined")


def _telling_signs(a: Told, b: Told) -> Iterator[Sign]:
    """The signs of persons, figures and words: those that tell one happening from another of its kind."""
    if a.profile.persons and b.profile.persons:
        yield from of_persons(a.profile, b.profile)
    yield from _of_figures(a.profile, b.profile)
    yield from _of_words(a.words, b.words)
    yield from _of_story(a.story, b.story)


@lru_cache(maxsize=1_000)
def _of_types(one: str, other: str) -> tuple[Sign, ...]:
    """The signs of two types of events."""
    if one != other:
        return (Sign("other_type", f"{' and '.join(sorted((one, other)))}, which one thing may be called"),)
    same = Sign("same_type", f"both {one}")
    return (same, Sign("rare_type", "which is seldom told")) if one in joining().rare.types else (same,)


def _of_figures(one: Profile, other: Profile) -> Iterator[Sign]:
    """One sign: the best of those that the figures of one kind give, for kinds that both tell."""
    if not one.figures or not other.figures:
        return
    found = [sign for what in _TOLLS for sign in _of_kind(what, one.figures.get(what, ()), other.figures.get(what, ()))]
    if found:
        weigh = weights()
        yield max(found, key=lambda sign: (weigh[sign.name], sign.words))


def most_like(figure: int) -> float:
    """The greatest figure that is like this one, which is no greater."""
    return 1.5 * figure + 1


def _of_kind(what: str, ones: tuple[tuple[int, int | None], ...], others: tuple[tuple[int, int | None], ...]) -> Iterator[Sign]:
    for low, high in ones:
        for low_too, high_too in others:
            if (low, high) == (low_too, high_too):
                size = "same_large_figure" if low >= _LARGE else "same_figure" if low >= _SMALL else "same_small_figure"
                yield Sign(size, f"both {low}{'' if high == low else ' or more' if high is None else f' to {high}'} {what.replace('_', ' ')}")
            elif max(low, low_too) <= most_like(min(low, low_too)):
                yield Sign("like_figure", f"{low} and {low_too} {what.replace('_', ' ')}")
            elif max(low, low_too) > 3 * min(low, low_too) and not ((high is None and low < low_too) or (high_too is None and low_too < low)):
                yield Sign("other_figure", f"{low} and {low_too} {what.replace('_', ' ')}")


def _of_words(one: WordSet, other: WordSet) -> Iterator[Sign]:
    """Words of the evidence that both have, as a share of those of the shorter."""
    fewer = min(len(one), len(other))
    if fewer < FEW_WORDS:
        return
    share = len(one & other) / fewer
    if share >= LIKE_WORDS:
        yield Sign("same_words" if share >= SAME_WORDS else "like_words", lambda: f"{share:.0%} of the words of their evidence are the same")


def _of_story(one: WordSet, other: WordSet) -> Iterator[Sign]:
    """Words of the reports' beginnings that both have, as a share of those of the shorter."""
    fewer = min(len(one), len(other))
    if fewer < SHORT_STORY:
        return
    share = len(one & other) / fewer
    name = "same_story" if share >= SAME_STORY else "like_story" if share >= LIKE_STORY else "near_story" if share >= NEAR_STORY else "other_story"
    yield Sign(name, lambda: f"{share:.0%} of the words with which the reports begin are the same")
