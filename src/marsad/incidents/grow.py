"""Adding told events touches only what they link to.

    new events ──probes──▶ candidates ──link──▶ components that are touched ──▶ one component ──cluster──▶ its groups

`grow` asks whoever keeps the events for them (`Kept`) and keeps nothing itself; `Memory` keeps them in memory. The groups after any number of
adds are those of all events at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from marsad.incidents.cluster import Group, Pair, connected, course, grouped, holding
from marsad.incidents.keys import keys, probes
from marsad.incidents.link import Link, link
from marsad.incidents.told import Ref, Told


class Kept(Protocol):
    """What `grow` asks of whoever keeps the events."""

    def partners(self, told: Sequence[Told]) -> Iterable[Iterable[Told]]:
        """For each of these events the kept ones with which it may be linked: those filed (`keys`) where it asks (`probes`), each once; such as certainly
        are not linked with it (`columns.possible`) may be missing."""

    def beside(self, refs: Collection[Ref]) -> tuple[Iterable[Told], Iterable[Link]]:
        """The components of these events, those of them that are kept: all their events, and all links among them."""

    def grouped_with(self, refs: Collection[Ref]) -> Around | None:
        """The groups of these events, which are kept, and what they are linked with; None where that is not known apart from their components."""


class Around(NamedTuple):
    """Groups as they are kept, whole; all links of their events, those that led elsewhere or held once too; and the other ends of these."""

    groups: Sequence[Sequence[Told]]
    links: Iterable[Link]
    ends: Iterable[Told]


class Component(NamedTuple):
    """Events that hang together, the links among them that hold, and the incidents that they are."""

    told: Group
    links: tuple[Link, ...]
    groups: list[Group]


class Growth(NamedTuple):
    """What an add changed: the new links that hold (`cluster.holding`), and all components that are new or were touched, whole; or, in their place, `parts`
    of them: the groups that the new events are linked with or may change, with these.

    Many groups of these are as they were: an incident whose events are the same need not be made again. Parts of one component may come apart.
    """

    links: tuple[Link, ...]
    components: list[Component]
    parts: list[Component]

    @property
    def changed(self) -> list[Component]:
        """All of them."""
        return [*self.components, *self.parts]


def grow(kept: Kept, new: Iterable[Told], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> Growth:
    """Bring new events to the kept ones. `must`, `cannot`: pairs that editors decided on, those of the components touched at the least.

    A component that is not in the answer is as it was. After events were taken away, what is left of their components is brought in anew, as if it
    were new, while it is still filed: a link that did not hold may hold now (`Memory.take`).
    """
    fresh = {t.ref: t for t in new}
    must, cannot = tuple(must), tuple(cannot)
    found, ends = _linked(kept, fresh.values())
    found = _first_choice(found, ends, fresh)
    parts = None if must or cannot else _parts(kept, fresh, found)
    if parts is not None:
        return parts
    refs = [ref for one in found for ref in (one.a, one.b)] + [ref for pair in must if fresh.keys() & set(pair) for ref in pair]
    members, own = kept.beside({ref for ref in refs if ref not in fresh})
    told = {**fresh, **{t.ref: t for t in members}}
    links = {(one.a, one.b): one for one in [*found, *own]}
    grown = components(told.values(), links.values(), must=must, cannot=cannot)
    hold = {one for component in grown for one in component.links}
    return Growth(tuple(sorted(one for one in found if one in hold)), grown, [])


def _parts(kept: Kept, fresh: Mapping[Ref, Told], found: Sequence[Link]) -> Growth | None:
    """What the add changes, from the groups alone that it may change; None where all of their components must be looked at.

    First these are the groups that the new events are linked with. One that comes about as it did without them, but that one of them joins it on the way,
    leaves all others as they were: another that had been asked to come together with it, and could not, is asked the same again, or with a new event more,
    which is not linked there; that lowers the mean across the two, and may exclude more, never less. Of any other, those that it is linked with are looked
    at too, until none comes about otherwise but such as have all of these beside them. A link that held and falls out may take a component apart.
    """
    groups: list[Sequence[Told]] = []
    links: dict[Pair, Link] = {}
    beyond: dict[Ref, Told] = {}
    asked = {ref for one in found for ref in (one.a, one.b) if ref not in fresh}
    while True:
        around = kept.grouped_with(asked)
        if around is None:
            return None
        groups += around.groups
        links.update(((one.a, one.b), one) for one in around.links)
        beyond.update((t.ref, t) for group in (around.ends, *around.groups) for t in group)
        old = {t.ref: t for group in groups for t in group}
        told = {**old, **fresh}
        had = holding(beyond, links.values())
        hold = holding({**beyond, **fresh}, [*links.values(), *found])
        if not set(hold).issuperset(had):
            return None
        before = course(old, [one for one in had if one.a in old and one.b in old]).by_group()
        if before.keys() != {frozenset(t.ref for t in group) for group in groups}:
            return None
        inside = sorted(one for one in hold if one.a in told and one.b in told)
        now = course(told, inside, without=fresh)
        others = frozenset[Ref]().union(*(group for group, steps in now.by_group(without=fresh).items() if before.get(group) != steps))
        asked = {ref for one in hold for ref, other in ((one.a, one.b), (one.b, one.a)) if other in others and ref not in told}
        if not asked:
            return Growth(tuple(sorted(set(found).intersection(inside))), [], _components(told, inside, now.groups))


def components(told: Iterable[Told], links: Iterable[Link], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> list[Component]:
    """The components of these events, each with its groups. `links`: those among them that hold, or all.

    For events as they were at another time, or when some were taken away, those of one component are not enough: a link to an event of another
    component may have held, or hold now.
    """
    events = {t.ref: t for t in told}
    links, must, cannot = sorted(holding(events, links)), tuple(must), tuple(cannot)
    return _components(events, links, grouped(events, links, must, cannot), must)


def _components(events: Mapping[Ref, Told], links: Sequence[Link], groups: Iterable[Group], must: Sequence[Pair] = ()) -> list[Component]:
    """The components of events by the links that hold (sorted), each with those of all groups that are of it."""
    parts = connected(events, links, must)
    of = {t.ref: n for n, part in enumerate(parts) for t in part}
    its: list[list[Link]] = [[] for _ in parts]
    own: list[list[Group]] = [[] for _ in parts]
    for one in links:
        its[of[one.a]].append(one)
    for group in groups:
        own[of[group[0].ref]].append(group)
    return [Component(part, tuple(held), grouped_) for part, held, grouped_ in zip(parts, its, own, strict=True)]


def links_of(kept: Kept, new: Iterable[Told]) -> list[Link]:
    """The links of new events with the kept ones and with each other, sorted, whether they hold or not."""
    return _linked(kept, new)[0]


def _linked(kept: Kept, new: Iterable[Told]) -> tuple[list[Link], dict[Ref, Told]]:
    """The links, and the events that have some."""
    new = sorted(new, key=lambda t: t.ref)
    fresh = Memory()
    several = len({t.report for t in new}) > 1  # of one report, none is linked with another
    found: set[Link] = set()
    ends: dict[Ref, Told] = {}
    for told, others in zip(new, kept.partners(new), strict=True):
        for other in chain(others, *(fresh.partners([told]) if several else ())):
            one = link(told, other)
            if one is not None:
                found.add(one)
                ends[told.ref], ends[other.ref] = told, other
        if several:
            fresh.file(told)
    return sorted(found), ends


def _first_choice(found: list[Link], ends: Mapping[Ref, Told], fresh: Collection[Ref]) -> list[Link]:
    """The links but for those of a vague new event that cannot hold, whatever links its partners have; so their components are left alone."""
    of: dict[Ref, list[tuple[bool, float, Ref, Link]]] = {}
    for one in found:
        for ref, other in ((one.a, one.b), (one.b, one.a)):
            if ref in fresh and ends[ref].vague:
                of.setdefault(ref, []).append((ends[other].vague, -one.score, other, one))
    out: set[Link] = set()
    for own in of.values():
        best = min(own)
        if not best[0]:
            out.update(choice[3] for choice in own if choice is not best)
    return [one for one in found if one not in out]


class Memory:
    """Told events in memory, for a few ten thousand of them: `add` them, in any order and any parts, and `groups` are the incidents."""

    def __init__(self, *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> None:
        self.told: dict[Ref, Told] = {}
        self._must, self._cannot = tuple(must), tuple(cannot)
        self._filed: dict[str, list[Ref]] = {}
        self._of: dict[Ref, Component] = {}

    def add(self, new: Iterable[Told]) -> Growth:
        """Bring in events that are not there yet."""
        new = list(new)
        growth = grow(self, new, must=self._must, cannot=self._cannot)
        for told in new:
            self.file(told)
        for component in growth.changed:
            self._of |= dict.fromkeys((t.ref for t in component.told), component)
        return growth

    def take(self, report: str) -> Growth:
        """Take the events of a report away."""
        gone = {ref for ref in self.told if ref[0] == report}
        left = {t.ref: t for ref in gone for t in self._of[ref].told if t.ref not in gone}
        for ref in gone:
            for key in keys(self.told.pop(ref)):
                self._filed[key].remove(ref)
            del self._of[ref]
        growth = grow(self, left.values(), must=self._must, cannot=self._cannot)
        for component in growth.changed:
            self._of |= dict.fromkeys((t.ref for t in component.told), component)
        return growth

    def components(self) -> list[Component]:
        """All components, sorted by their first event."""
        return sorted({id(c): c for c in self._of.values()}.values(), key=lambda c: c.told[0].ref)

    def groups(self) -> list[Group]:
        """All groups, sorted by their first event."""
        return sorted((group for component in self.components() for group in component.groups), key=lambda group: group[0].ref)

    def file(self, told: Told) -> None:
        """Keep an event without looking for its links."""
        self.told[told.ref] = told
        for key in keys(told):
            self._filed.setdefault(key, []).append(told.ref)

    def partners(self, told: Sequence[Told]) -> Iterable[Iterable[Told]]:
        """For each of these events all that are filed where it asks."""
        for t in told:
            yield [self.told[ref] for ref in dict.fromkeys(ref for entry in probes(t) for ref in self._filed.get(entry, ()))]

    def beside(self, refs: Collection[Ref]) -> tuple[Iterable[Told], Iterable[Link]]:
        """The components of events: a lone event is one by itself."""
        found = list({id(self._of[ref]): self._of[ref] for ref in refs if ref in self._of}.values())
        alone = [self.told[ref] for ref in refs if ref in self.told and ref not in self._of]
        return [*alone, *(t for component in found for t in component.told)], [one for component in found for one in component.links]

    def grouped_with(self, refs: Collection[Ref]) -> Around | None:  # noqa: ARG002
        """Components are at hand whole."""
        return None
