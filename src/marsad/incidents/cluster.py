"""Groups of told events that are one incident, inside one connected component of links.

A pure function of the set: links are followed from the strongest to the weakest, ties by report and index. Two groups are brought together only if
no pair across them is excluded (one report's two events are two; an editor's split) and the mean of the scores across them is high enough, so that
a chain of half-likenesses does not make one incident of a month of war. What is told of the past without a day joins last, to one group, and never
brings two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from marsad.incidents.link import Link
from marsad.incidents.signs import compare
from marsad.incidents.told import Ref, Told
from marsad.knowledge.joining import joining

Pair = tuple[Ref, Ref]
Group = tuple[Told, ...]

_EXCLUDED = -1000.0


def cluster(told: Iterable[Told], links: Iterable[Link], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> list[Group]:
    """The groups, each sorted by day, report and index, all of them sorted by their first.

    `links`: those among `told`; `must`, `cannot`: pairs that editors decided on. Where the two contradict each other, `cannot` holds.
    """
    events = {t.ref: t for t in told}
    work = _Work(events, {_pair(*p) for p in cannot})
    for a, b in sorted(_pair(*p) for p in must):
        if a in events and b in events:
            work.join(a, b, forced=True)
    usable = [one for one in links if one.a in events and one.b in events]
    usable.sort(key=lambda one: (-one.score, one.a, one.b))
    vague = {ref for ref, t in events.items() if t.profile.days is not None and t.profile.days.vague}
    for one in usable:
        if one.a not in vague and one.b not in vague:
            work.join(one.a, one.b)
    _attach(work, [one for one in usable if (one.a in vague) != (one.b in vague)], vague)
    for one in usable:
        if one.a in vague and one.b in vague and not (work.settled & {one.a, one.b}):
            work.join(one.a, one.b)
    return work.groups()


def connected(told: Iterable[Told], links: Iterable[Link], *, must: Iterable[Pair] = ()) -> list[Group]:
    """The connected components of links and of `must`, each sorted, all sorted by their first."""
    events = {t.ref: t for t in told}
    parent = {ref: ref for ref in events}

    def root(ref: Ref) -> Ref:
        while parent[ref] != ref:
            parent[ref] = parent[parent[ref]]
            ref = parent[ref]
        return ref

    for a, b in [*((one.a, one.b) for one in links), *must]:
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
    """Groups as they grow."""

    def __init__(self, events: dict[Ref, Told], cannot: set[Pair]) -> None:
        self.events = events
        self.cannot = cannot
        self.of: dict[Ref, Ref] = {ref: ref for ref in events}
        self.members: dict[Ref, list[Ref]] = {ref: [ref] for ref in events}
        self.settled: set[Ref] = set()
        self._scores: dict[Pair, float] = {}

    def join(self, a: Ref, b: Ref, *, forced: bool = False) -> bool:
        """Bring the groups of two events together, if that may be."""
        one, other = sorted((self.of[a], self.of[b]))
        if one == other:
            return True
        pairs = [_pair(x, y) for x in self.members[one] for y in self.members[other]]
        if any(pair in self.cannot for pair in pairs):
            return False
        if not forced and self._mean(pairs) < joining().group:
            return False
        for ref in self.members[other]:
            self.of[ref] = one
        self.members[one] += self.members.pop(other)
        return True

    def fits(self, ref: Ref, group: Ref) -> float:
        """The mean score of an event with a group."""
        pairs = [_pair(ref, member) for member in self.members[group]]
        return _EXCLUDED if any(pair in self.cannot for pair in pairs) else self._mean(pairs)

    def groups(self) -> list[Group]:
        return _sorted([[self.events[ref] for ref in refs] for refs in self.members.values()])

    def _mean(self, pairs: Sequence[Pair]) -> float:
        total = 0.0
        for pair in pairs:
            score = self._score(pair)
            if score <= _EXCLUDED:
                return _EXCLUDED
            total += score
        return total / len(pairs)

    def _score(self, pair: Pair) -> float:
        score = self._scores.get(pair)
        if score is None:
            found = compare(self.events[pair[0]], self.events[pair[1]])
            score = self._scores[pair] = found.score if found.apart is None else _EXCLUDED
        return score


def _attach(work: _Work, links: Sequence[Link], vague: set[Ref]) -> None:
    """Give each told thing of the past to the one group that it fits best; to none where two fit alike."""
    reached: dict[Ref, set[Ref]] = {}
    for one in links:
        past, firm = (one.a, one.b) if one.a in vague else (one.b, one.a)
        reached.setdefault(past, set()).add(work.of[firm])
    chosen = list(_chosen(work, reached))
    for past, group in chosen:
        if work.join(past, group):
            work.settled.add(past)


def _chosen(work: _Work, reached: dict[Ref, set[Ref]]) -> Iterator[tuple[Ref, Ref]]:
    for past in sorted(reached):
        fit = sorted(((work.fits(past, group), group) for group in reached[past]), key=lambda hit: (-hit[0], hit[1]))
        if len(fit) == 1 or fit[0][0] > fit[1][0]:
            yield past, fit[0][1]


def _pair(a: Ref, b: Ref) -> Pair:
    return (a, b) if a < b else (b, a)
