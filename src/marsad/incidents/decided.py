"""What editors decided about which told events are one incident, on the events as they are read now.

A decision names an event by its anchor (the report's text, the type, the span of its evidence, its first word), so that it outlives a better reader: it
holds for the event of that anchor, else for that of the same text which is told by that word, else for that whose evidence overlaps it most, of the same
type before another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from marsad.incidents.cluster import Pair
from marsad.incidents.told import Ref, Told
from marsad.model import Anchor, Span

_Rank = tuple[bool, bool, bool, int, int]
"""This very anchor, told by its word, of its type, how many characters of evidence in common, the earlier before the later."""


class Ruling(NamedTuple):
    """An editor's word on some events: those of `one` are one incident; with `other`, none of `one` is one with any of `other`."""

    one: Sequence[Anchor]
    other: Sequence[Anchor] = ()


class Held(NamedTuple):
    """Rulings on the events that are there. `must`, `cannot`: for `grow`, `components`, `cluster`; `moved`: anchors that hold for an event by overlap
    alone, with it; `lost`: anchors of texts that are there, for which no event is left. For these two an editor is to be asked again."""

    must: tuple[Pair, ...]
    cannot: tuple[Pair, ...]
    moved: tuple[tuple[Anchor, Ref], ...]
    lost: tuple[Anchor, ...]


def held(told: Iterable[Told], rulings: Iterable[Ruling]) -> Held:
    """The pairs that editors' rulings, in the order in which they were made, bring together or keep apart; a later one goes before an earlier one.

    An anchor whose text none of the events is of says nothing: its report was not added, or was erased.
    """
    by_text: dict[str, list[Told]] = {}
    for t in told:
        by_text.setdefault(t.sha256, []).append(t)
    must: set[Pair] = set()
    cannot: set[Pair] = set()
    moved: dict[Anchor, Ref] = {}
    lost: set[Anchor] = set()

    def refs(anchors: Sequence[Anchor]) -> list[Ref]:
        found: list[Ref] = []
        for anchor in anchors:
            own = by_text.get(anchor.sha256, [])
            hits = of_anchor(anchor, own)
            found += [t.ref for t in hits]
            if own and not hits:
                lost.add(anchor)
            elif hits and not hits[0].is_at(anchor):
                moved[anchor] = hits[0].ref
        return found

    for ruling in rulings:
        one, other = refs(ruling.one), refs(ruling.other)
        if ruling.other:
            pairs = {_pair(a, b) for a, b in product(one, other) if a != b}
            must -= pairs
            cannot |= pairs
        else:
            pairs = {_pair(a, b) for a, b in combinations(sorted(set(one)), 2)}
            cannot -= pairs
            must |= pairs
    order = sorted(moved.items(), key=lambda entry: (entry[1], _place(entry[0])))
    return Held(tuple(sorted(must)), tuple(sorted(cannot)), tuple(order), tuple(sorted(lost, key=_place)))


def of_anchor(anchor: Anchor, told: Iterable[Told], *, alike: bool = False) -> list[Told]:
    """The events that an anchor names, one in each report of its text; none where none of the text overlaps it.

    Of several with this very anchor the first, by index, is taken (all of them with `alike`: an anchor without a word may mean each); else the one that
    its word tells, else the one whose evidence overlaps the most, one of the same type before another.
    """
    found: dict[str, tuple[_Rank, Told]] = {}
    exact: list[Told] = []
    for t in told:
        if t.sha256 != anchor.sha256:
            continue
        overlap = _common(t.event.location_of_evidence, anchor.span)
        same = t.is_at(anchor)
        if same:
            exact.append(t)
        elif overlap <= 0:
            continue
        tells = anchor.word is not None and any(_common(word, anchor.word) > 0 for word in t.event.mentions)
        rank = (same, tells, t.event.type == anchor.type, overlap, -t.index)
        if t.report not in found or rank > found[t.report][0]:
            found[t.report] = (rank, t)
    taken = {id(t): t for t in [*(t for _, t in found.values()), *(exact if alike else ())]}
    return sorted(taken.values(), key=lambda t: t.ref)


def _common(a: Span, b: Span) -> int:
    """How many characters two spans have in common; none, or fewer, where they lie apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def _place(anchor: Anchor) -> tuple[str, str, Span, Span]:
    return (anchor.sha256, anchor.type, anchor.span, anchor.word or (0, 0))


def _pair(a: Ref, b: Ref) -> Pair:
    return (a, b) if a < b else (b, a)
