"""How many, over all claims: one tally for each kind of count and each group of people that is counted.

A part («من بينهم 3 أطفال») is no figure of the whole and never enters a tally; figures for two groups are never added. A rule makes low,
best and high of the figures that stand, one or more of each asserter; best is always a figure that somebody stated. To add a rule: a function
with a name in `RULES`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, cast

from marsad.incidents.claims import Stated
from marsad.incidents.witnesses import witness
from marsad.model import Counted, Tally

DEFAULT: Final = "latest_lower_median"


class Figure(NamedTuple):
    """What one asserter states at last. `most`: None where the claim is open upwards («أكثر من»); `asserter`: key of who says so."""

    least: int
    most: int | None
    asserter: str


class Range(NamedTuple):
    """`high`: None where it is open."""

    low: int
    best: int
    high: int | None


Rule = Callable[[Sequence[Figure]], Range]


def latest_lower_median(figures: Sequence[Figure]) -> Range:
    """Low and high are the extremes; best is the lower median of what the asserters state at the least; an open figure leaves high open."""
    stated = sorted(figure.least for figure in figures)
    return Range(stated[0], stated[(len(stated) - 1) // 2], _highest(figures))


def ucdp(figures: Sequence[Figure]) -> Range:
    """As UCDP: low is the most cautious figure, high the highest, best the one that most asserters state; of several such the lowest.

    An open figure is a figure: UCDP has no open high. UCDP GED Codebook 24.1, "Estimates of fatalities".
    """
    stated = Counter(figure.least for figure in figures)
    best = min(stated, key=lambda figure: (-stated[figure], figure))
    return Range(min(stated), best, max(figure.least if figure.most is None else figure.most for figure in figures))


def acled(figures: Sequence[Figure]) -> Range:
    """As ACLED: a single figure, the most cautious of those that are stated. ACLED Codebook, "Fatalities"."""
    least = min(figure.least for figure in figures)
    return Range(least, least, least)


RULES: dict[str, Rule] = {"latest_lower_median": latest_lower_median, "ucdp": ucdp, "acled": acled}


def tallies(claims: Sequence[Stated], rule: str = DEFAULT) -> list[Tally]:
    """The tallies by a rule of `RULES`, sorted by what is counted and whom; raises KeyError for a rule that there is not."""
    made = RULES[rule]
    found: list[Tally] = []
    for (what, who), figures in standing(claims).items():
        low, best, high = made(figures)
        found.append(Tally(cast(Counted, what), who, low, best, high, len({witness(f.asserter) for f in figures}), rule))
    return found


def standing(claims: Sequence[Stated]) -> dict[tuple[str, str | None], list[Figure]]:
    """For each kind of count and each key of who is counted the figures that stand, one of each asserter, sorted; the kinds sorted too.

    Where two figures of one asserter stand, the greater is taken: the other is an earlier one that says more exactly what a later one allows, or both
    are of one day. A number that is told by a plural only («قتلى», «عشرات») is left out where a figure is told that fulfils it: it says no more.
    """
    found: dict[tuple[str, str | None], dict[str, Figure]] = {}
    plurals: set[tuple[tuple[str, str | None], Figure]] = set()
    for claim in claims:
        if not claim.about.startswith("count:") or not claim.stands or claim.value["part"]:
            continue
        key = (claim.about.removeprefix("count:"), claim.counts)
        of = found.setdefault(key, {})
        figure = Figure(claim.value["min"], claim.value["max"], claim.who)
        if claim.by_plural:
            plurals.add((key, figure))
        if claim.who not in of or _size(of[claim.who]) < _size(figure):
            of[claim.who] = figure
    told: dict[tuple[str, str | None], list[Figure]] = {}
    for key in sorted(found, key=lambda key: (key[0], key[1] or "")):
        figures = sorted(found[key].values(), key=lambda f: (*_size(f), f.asserter))
        most = max((f.least for f in figures if (key, f) not in plurals), default=0)
        told[key] = [f for f in figures if (key, f) not in plurals or f.least > most]
    return told


def _size(figure: Figure) -> tuple[int, bool, int]:
    return (figure.least, figure.most is None, figure.most or 0)


def _highest(figures: Sequence[Figure]) -> int | None:
    if any(figure.most is None for figure in figures):
        return None
    return max(figure.most for figure in figures if figure.most is not None)
