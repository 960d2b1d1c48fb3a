"""Whether two texts are one text passed on, told by their true shingles and by the figures that they tell.

Two texts are alike when more than `LEAST` of the shorter one's shingles stand in the longer one, these are at least `COVERED` of the longer one, and
the news itself is shared: `LEAST` of the shingles in the head of each stand in the other. Whoever passes a text on keeps its beginning and cuts its
end; a later report of the same outlet has a new beginning and repeats old paragraphs below it. They are still two texts, and two witnesses, when
they contradict each other in a figure: a bulletin of the next day, or the same report with a new toll, repeats most of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic.numbers import find
from marsad.arabic.words import Words
from marsad.incidents.fingerprints import Hashes, shared

LEAST: Final = 0.5
COVERED: Final = 0.25
HEAD: Final = 60  # words at the head of a report, in which its news stands; a headline of another's is at most a quarter of them
WHOLE: Final = 0.85  # of the shorter text, or
MOST: Final = 0.7  # of the longer: so much shared is the same text, whatever stands at its head
_SHARED: Final = 4  # shingles, that is six words in a row: less is no passage
_LINE: Final = 8  # words of a line, below which it tells no news
_CONTEXT: Final = 2  # words before a figure that tell what it counts

Value = tuple[int, int | None]
Context = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text. `told`: for the words before a figure, its values; `lead`: those of the head, `all`: all, hedges and round words (عشرات) aside."""

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


def heads_shared(one_head: Hashes, other: Hashes, other_head: Hashes, one: Hashes) -> float:
    """The lesser of the shares of each head that stand in the other text."""
    return min(shared(one_head, other) / max(1, len(one_head)), shared(other_head, one) / max(1, len(other_head)))


def is_copy(found: Likeness) -> bool:
    """Whether texts so alike are one text passed on, heads and figures aside."""
    return found.shared >= _SHARED and found.contained > LEAST and found.covered >= COVERED


def figures_of(words: Words, kept: list[int]) -> Figures:
    """The figures of a text; `kept`: its tokens that are words and no furniture, in order."""
    place = {token: n for n, token in enumerate(kept)}
    aside = _aside(words, kept)
    told: dict[Context, set[Value]] = {}
    lead: set[int] = set()
    every: set[int] = set()
    counted: set[int] = set()
    for number in find(words):
        counted.update(range(number.first, number.last + 1))
        at = place.get(number.first)
        if at is None:
            continue
        if number.form != "round" and number.low > 1:
            figure = number.low - 1 if number.high is None else number.low  # أكثر من 140 is 141 or more
            every.update((figure, number.low))
            if at < HEAD:
                lead.add(figure)
        if at not in aside and (context := _before(words, kept, at)):
            told.setdefault(context, set()).add((number.low, number.high))
    for at, token in enumerate(kept):  # days of a month, labels, years: they count nothing, and tell two bulletins apart
        form = words.forms[token]
        if token not in counted and form.isdecimal() and len(form) < 10:
            every.add(int(form))
            if at not in aside and (context := _before(words, kept, at)):
                told.setdefault(context, set()).add((int(form), int(form)))
    return Figures({context: frozenset(values) for context, values in told.items()}, frozenset(lead), frozenset(every))


def _aside(words: Words, kept: list[int]) -> set[int]:
    """The places of words in short lines below the head: there sites count readers and comments, and number their pages."""
    found: set[int] = set()
    begin = 0
    for at in range(1, len(kept) + 1):
        if at == len(kept) or "\n" in words.text[words.ends[kept[at - 1]] : words.starts[kept[at]]]:
            if at - begin < _LINE and begin >= HEAD:
                found.update(range(begin, at))
            begin = at
    return found


def _before(words: Words, kept: list[int], at: int) -> Context:
    """The words before a figure that tell what it counts, on its line; none where it begins the line."""
    begin = max(0, at - _CONTEXT)
    while begin < at and "\n" in words.text[words.starts[kept[begin]] : words.starts[kept[at]]]:
        begin += 1
    return tuple(words.forms[token] for token in kept[begin:at])


def contradict(one: Figures, other: Figures) -> bool:
    """Whether two texts tell different figures of the same thing.

    That is: after the same words each has a figure that the other has nowhere; or each has one in its head that the other has nowhere.
    """
    few, many = (one, other) if len(one.told) <= len(other.told) else (other, one)
    for context, values in few.told.items():
        others = many.told.get(context)
        if others is None or any(_agree(a, b) for a in values for b in others):
            continue
        if not any(value[0] in many.all for value in values) and not any(value[0] in few.all for value in others):
            return True
    return bool(one.lead - other.all) and bool(other.lead - one.all)


def _agree(one: Value, other: Value) -> bool:
    """Whether one figure may stand for the other: they overlap, or are the same with and without a hedge (أكثر من 140 is 141 or more)."""
    if one[1] is None or other[1] is None:
        return abs(one[0] - other[0]) <= 1
    return max(one[0], other[0]) <= min(one[1], other[1])


def united(one: Figures, other: Figures) -> Figures:
    """The figures of two texts that are one; its head tells what both heads tell, since a headline is each site's own."""
    told = {**one.told, **{context: values | one.told.get(context, frozenset()) for context, values in other.told.items()}}
    return Figures(told, one.lead & other.lead, one.all | other.all)
