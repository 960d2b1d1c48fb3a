"""Groups of told events that are one incident, inside one connected component of links.

A pure function of the set of events and links: links are followed from the strongest to the weakest, ties by report and index. Two groups are brought
together only if no pair across them is excluded (one report's two events are two; an editor's split) and the mean of the scores across them is high
enough, where a pair that is not linked counts as `unlinked`, so that a chain of half-likenesses does not make one incident of a month of war. What is
told of no few days (`vague`: the past, most of all) joins last, to one group, and never brings two together.

So that components stay small where a war is told of daily, a vague event holds to nothing but its best link with one that is not vague (`holding`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from marsad.incidents.link import Link
from marsad.incidents.told import Ref, Told
from marsad.knowledge.joining import joining

Pair = tuple[Ref, Ref]
Group = tuple[Told, ...]


def cluster(told: Iterable[Told], links: Iterable[Link], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> list[Group]:
    """The groups, each sorted by day, report and index, all of them sorted by their first.

    `links`: those among `told`; `must`, `cannot`: pairs that editors decided on. Where the two contradict each other, `cannot` holds.
    """
    events = {t.ref: t for t in told}
    return grouped(events, holding(events, links), must, cannot)


def grouped(events: Mapping[Ref, Told], held: Iterable[Link], must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> list[Group]:
    """The groups of events whose links are known to hold."""
    return _grown(events, held, must, cannot).groups()


Step = tuple[Pair, frozenset[Ref], frozenset[Ref]]


class Course(NamedTuple):
    """Groups, and how they came about: by which link two of them were brought together, in order, and what either was then."""

    groups: list[Group]
    steps: list[Step]

    def by_group(self, without: Collection[Ref] = ()) -> dict[frozenset[Ref], list[Step]]:
        """Each group and the steps to it, `without` some events."""
        own: list[list[Step]] = [[] for _ in self.groups]
        of = {t.ref: n for n, group in enumerate(self.groups) for t in group}
        for step in self.steps:
            own[of[next(iter(step[1]))]].append(step)
        return {refs: steps for group, steps in zip(self.groups, own, strict=True) if (refs := frozenset(t.ref for t in group).difference(without))}


def course(events: Mapping[Ref, Told], held: Iterable[Link], without: Collection[Ref] = ()) -> Course:
    """The groups of events whose links are known to hold, and how they came about; `without`: events without which the steps are told."""
    work = _grown(events, held, (), ())
    steps = [(by, frozenset(one).difference(without), frozenset(other).difference(without)) for by, one, other in work.steps]
    return Course(work.groups(), [step for step in steps if step[1] and step[2]])


def _grown(events: Mapping[Ref, Told], held: Iterable[Link], must: Iterable[Pair], cannot: Iterable[Pair]) -> _Work:
    usable = sorted(set(held), key=lambda one: (-one.score, one.a, one.b))
    work = _Work(events, usable, {_pair(*p) for p in cannot})
    for a, b in sorted(_pair(*p) for p in must):
        if a in events and b in events:
            work.join(a, b, forced=True)
    vague = {ref for ref, t in events.items() if t.vague}
    for one in usable:
        if one.a not in vague and one.b not in vague:
            work.join(one.a, one.b)
    for one in usable:
        if one.a in vague or one.b in vague:
            work.join(one.a, one.b)
    return work


def holding(events: Mapping[Ref, Told], links: Iterable[Link]) -> list[Link]:
    """The links that hold events together: of a vague one the best with one that is not vague, and only if there is none, those with other vague ones.

    More events may make a link of this list fall out of it, and never bring one back: what is added later never joins what was apart but by links of
    its own.
    """
    vague = {ref for ref, t in events.items() if t.vague}
    held: list[Link] = []
    best: dict[Ref, Link] = {}
    past: list[Link] = []
    for one in links:
        if one.a not in events or one.b not in events:
            continue
        if one.a in vague and one.b in vague:
            past.append(one)
        elif one.a not in vague and one.b not in vague:
            held.append(one)
        else:
            ref, other = (one.a, one.b) if one.a in vague else (one.b, one.a)
            now = best.get(ref)
            if now is None or (-one.score, other) < (-now.score, now.b if now.a == ref else now.a):
                best[ref] = one
    return [*held, *best.values(), *(one for one in past if one.a not in best and one.b not in best)]


def connected(events: Mapping[Ref, Told], held: Iterable[Link], must: Iterable[Pair] = ()) -> list[Group]:
    """The connected components by links that hold, and by `must`, each sorted, all sorted by their first."""
    parent = {ref: ref for ref in events}

    def root(ref: Ref) -> Ref:
        while parent[ref] != ref:
            parent[ref] = parent[parent[ref]]
            ref = parent[ref]
        return ref

    for a, b in [*((one.a, one.b) for one in held), *must]:
        if a in parent and b in parent:
            one, other = sorted((root(a), root(b)))
            parent[other] = one
    found: dict[Ref, list[Told]] = {}
    for ref in events:
        found.setdefault(root(ref), []).append(events[ref])
    return _sorted(found.values())


def ordered(group: Iterable[Told]) -> Group:
    """The events of a group by their report's day, report and index; those of no day come first."""
    return tuple(sorted(group, key=lambda t: (t.day.toordinal() if t.day else 0, t.ref)))


def _sorted(groups: Iterable[Sequence[Told]]) -> list[Group]:
    return sorted((ordered(group) for group in groups), key=lambda group: (group[0].day.toordinal() if group[0].day else 0, group[0].ref))


class _Work:
    """Groups as they grow: `sums` and `linked` hold, for each two groups with links across them, the sum of their scores and how many they are."""

    def __init__(self, events: Mapping[Ref, Told], links: Sequence[Link], cannot: set[Pair]) -> None:
        self.events = events
        self.of: dict[Ref, Ref] = {ref: ref for ref in events}
        self.members: dict[Ref, list[Ref]] = {ref: [ref] for ref in events}
        self._reports: dict[Ref, set[str]] = {ref: {ref[0]} for ref in events}
        self._cannot: dict[Ref, set[Ref]] = {}
        self._across: dict[Ref, dict[Ref, tuple[float, int]]] = {ref: {} for ref in events}
        self.steps: list[tuple[Pair, tuple[Ref, ...], tuple[Ref, ...]]] = []
        for a, b in cannot:
            self._cannot.setdefault(a, set()).add(b)
            self._cannot.setdefault(b, set()).add(a)
        for one in links:
            self._across[one.a][one.b] = self._across[one.b][one.a] = (one.score, 1)

    def join(self, a: Ref, b: Ref, *, forced: bool = False) -> bool:
        """Bring the groups of two events together, if that may be."""
        one, other = sorted((self.of[a], self.of[b]))
        if one == other:
            return True
        if self._apart(one, other, forced) or (not forced and self.fit(one, other) < joining().group):
            return False
        self.steps.append(((a, b), tuple(self.members[one]), tuple(self.members[other])))
        for ref in self.members[other]:
            self.of[ref] = one
        self.members[one] += self.members.pop(other)
        self._reports[one] |= self._reports.pop(other)
        self._merge(one, other)
        return True

    def fit(self, one: Ref, other: Ref) -> float:
        """The mean score across two groups."""
        total, linked = self._across[one].get(other, (0.0, 0))
        pairs = len(self.members[one]) * len(self.members[other])
        return (total + joining().unlinked * (pairs - linked)) / pairs

    def groups(self) -> list[Group]:
        return _sorted([[self.events[ref] for ref in refs] for refs in self.members.values()])

    def _apart(self, one: Ref, other: Ref, forced: bool) -> bool:
        """Whether some pair across two groups is excluded."""
        if not forced and self._reports[one] & self._reports[other]:
            return True
        few, many = sorted((one, other), key=lambda group: len(self.members[group]))
        return any(self.of[ref] == many for member in self.members[few] for ref in self._cannot.get(member, ()) if ref in self.of)

    def _merge(self, one: Ref, other: Ref) -> None:
        mine, theirs = self._across[one], self._across.pop(other)
        mine.pop(other, None)
        theirs.pop(one, None)
        for group, (total, linked) in theirs.items():
            own = mine.get(group, (0.0, 0))
            mine[group] = self._across[group][one] = (round(own[0] + total, 4), own[1] + linked)
            del self._across[group][other]


def _pair(a: Ref, b: Ref) -> Pair:
    return (a, b) if a < b else (b, a)
