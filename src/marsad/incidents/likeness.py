"""Whether two texts are one text passed on, told by their true shingles and by the figures that they tell.

Two texts are alike when more than `LEAST` of the shorter one's shingles stand in the longer one, and these are at least `COVERED` of the longer
one. They are still two texts, and two witnesses, when they contradict each other in a figure: a bulletin of the next day, or the same report
with a new toll, repeats most of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic.numbers import find
from marsad.arabic.words import Words
from marsad.incidents.fingerprints import Hashes, shared

LEAST: Final = 0.5
COVERED: Final = 0.25
_SHARED: Final = 4  # shingles, that is six words in a row: less is no passage
_LEAD: Final = 60  # words at the head of a report, in which its news stands
_CONTEXT: Final = 2  # words before a figure that tell what it counts

Value = tuple[int, int | None]
Context = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text. `told`: for the words before a figure, its values; `lead`: exact ones of the head; `all`: all exact ones."""

    told: dict[Context, frozenset[Value]]
    lead: frozenset[int]
    all: frozenset[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared`: shingles that both have; `contained`: their share of the shorter text; `covered`: of the longer."""

    shared: int
    contained: float
    covered: float


def likeness(one: Hashes, other: Hashes) -> Likeness:
    """How much two sets of shingles have in common."""
    both = shared(one, other)
    short, long = sorted((len(one), len(other)))
    return Likeness(both, both / short if short else 0.0, both / long if long else 0.0)


def is_copy(found: Likeness) -> bool:
    """Whether texts so alike are one text passed on, figures aside."""
    return found.shared >= _SHARED and found.contained > LEAST and found.covered >= COVERED


def figures_of(words: Words, kept: list[int]) -> Figures:
    """The figures of a text; `kept`: its tokens that are words and no furniture, in order."""
    place = {token: n for n, token in enumerate(kept)}
    told: dict[Context, set[Value]] = {}
    lead: set[int] = set()
    every: set[int] = set()
    counted: set[int] = set()
    for number in find(words):
        counted.update(range(number.first, number.last + 1))
        at = place.get(number.first)
        if at is None:
            continue
        if number.low == number.high and number.low > 1:
            every.add(number.low)
            if at < _LEAD:
                lead.add(number.low)
        if at >= _CONTEXT:
            told.setdefault(_before(words, kept, at), set()).add((number.low, number.high))
    for at, token in enumerate(kept):  # days of a month, labels, years: they count nothing, and tell two bulletins apart
        form = words.forms[token]
        if at >= _CONTEXT and token not in counted and form.isdecimal() and len(form) < 10:
            told.setdefault(_before(words, kept, at), set()).add((int(form), int(form)))
    return Figures({context: frozenset(values) for context, values in told.items()}, frozenset(lead), frozenset(every))


def _before(words: Words, kept: list[int], at: int) -> Context:
    return tuple(words.forms[token] for token in kept[at - _CONTEXT : at])


def contradict(one: Figures, other: Figures) -> bool:
    """Whether two texts tell different figures of the same thing: after the same words, or each a figure in its head that the other has nowhere."""
    few, many = (one.told, other.told) if len(one.told) <= len(other.told) else (other.told, one.told)
    for context, values in few.items():
        others = many.get(context)
        if others is not None and not any(_agree(a, b) for a in values for b in others):
            return True
    return bool(one.lead - other.all) and bool(other.lead - one.all)


def _agree(one: Value, other: Value) -> bool:
    """Whether one figure may stand for the other: they overlap, or are the same with and without a hedge (أكثر من 140 is 141 or more)."""
    low = max(one[0], other[0])
    highs = [high for high in (one[1], other[1]) if high is not None]
    return not highs or low <= min(highs) + 1
