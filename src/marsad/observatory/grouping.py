"""Stored events become stored incidents: each add touches the components that its events link to, and no other.

new events ──filed under──▶ candidates ──links──▶ components touched ──groups──▶ incidents, each under a public id that is given once
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from marsad.incidents import Component, Link, Ref, Told, components, copies_in, grow, id_of, incident, keys
from marsad.model import Incident
from marsad.observatory.chain import canonical
from marsad.observatory.tags import tags_in
from marsad.observatory.telling import Telling
from marsad.store import EventRow, NewEvent, NewIncident, NewLink, ReadTx, WriteTx, component_of

Group = Sequence[Told]


class StoredEvents:
    """The stored events, as `incidents.grow` asks for them."""

    def __init__(self, tx: ReadTx, telling: Telling) -> None:
        self.tx = tx
        self.telling = telling
        self.rows: dict[Ref, EventRow] = {}

    def filed(self, entries: Collection[str]) -> list[Told]:
        """The events that are filed under any of these entries."""
        return [self._told(n, number) for n, number in self.tx.filed([entry_of(entry) for entry in entries])]

    def component(self, ref: Ref) -> tuple[Sequence[Told], Sequence[Link]]:
        """The component of an event: all its events, and all links among them."""
        row = self.tx.event(*self.telling.place(ref))
        return self.component_numbered(row.component) if row is not None else ((), ())

    def component_numbered(self, number: int) -> tuple[list[Told], list[Link]]:
        """The component of that number."""
        told = []
        for row in self.tx.events(component=number):
            told.append(self._told(row.report, row.number))
            self.rows[told[-1].ref] = row
        links = []
        for kept in self.tx.links_of(number):
            a, b = self._told(*kept.a).ref, self._told(*kept.b).ref
            links.append(Link(a, b, kept.score, tuple(msgspec.json.decode(kept.why, type=tuple[str, ...]))))
        return told, links

    def _told(self, n: int, number: int) -> Told:
        return self.telling.told(n)[number]


class Grouping(StoredEvents):
    """Makes and keeps the incidents of what changed, in one transaction at the moment `at`."""

    tx: WriteTx

    def __init__(self, tx: WriteTx, telling: Telling, at: str, before: Mapping[Ref, str] | None = None) -> None:
        """`before`: the incidents that events were of, where the store does not say it."""
        super().__init__(tx, telling)
        self.at = at
        self._before = before
        self._ready: list[NewIncident] = []
        self._given: list[str] = []

    def add(self, told: Sequence[Told]) -> list[str]:
        """Bring in the events of a report that was just kept; gives the ids of their incidents."""
        if not told:
            return []
        n = self.telling.number(told[0].report)
        self.rows.update(((told[0].report, row.number), row) for row in self.tx.events(report=n))
        texts = self.telling.decided.texts_beside(told[0].sha256) | {told[0].sha256}
        pairs = self.telling.decided.pairs(texts)
        growth = grow(self, told, must=pairs.must, cannot=pairs.cannot)
        if self.telling.decided.decisions:
            growth = growth._replace(components=self._regrouped(growth.components))
        self.tx.keep_links(self.new_link(one) for one in growth.links)
        for component in growth.components:
            self.keep(component)
        self.done()
        return [row.incident for row in self.tx.events(report=n) if row.incident is not None]

    def done(self) -> None:
        """Write down the incidents that were made, all at once."""
        self.tx.give_ids(self._given, self.at)
        self.tx.keep_incidents(self._ready)
        self._given, self._ready = [], []

    def again(self, numbers: Iterable[int]) -> None:
        """Group the components of these numbers anew, together: after a decision."""
        told: list[Told] = []
        links: list[Link] = []
        for number in sorted(set(numbers)):
            its, own = self.component_numbered(number)
            told += its
            links += own
            self.tx.drop_component(number)
        self.regrouped(told, links)

    def regrouped(self, told: Iterable[Told], links: Iterable[Link]) -> None:
        """Make the incidents of these events again, which hang together by these links and by what editors decided; their old ones are gone."""
        told = list(told)
        pairs = self.telling.decided.pairs({t.sha256 for t in told})
        for component in components(told, links, must=pairs.must, cannot=pairs.cannot):
            self.keep(component)
        self.done()

    def keep(self, component: Component) -> None:
        """Make the incidents of a component in place of those that its events were of; `done` writes them down."""
        number = component_of(self.telling.place(t.ref) for t in component.told)
        rows = {t.ref: self._row(t.ref) for t in component.told}
        before = {t.ref: rows[t.ref].incident if self._before is None else self._before.get(t.ref) for t in component.told}
        sizes = Counter(id_ for id_ in before.values() if id_)
        same = [g for g in component.groups if self._is_as_before(g, rows, sizes, number)]
        kept = {before[g[0].ref] for g in same}
        changed = [g for g in component.groups if g not in same]
        for old in sorted({id_ for id_ in before.values() if id_} - kept):
            self.tx.drop_incident(old)
        ids = self._ids(changed, before, kept)
        self._ready += [self._new(self._incident(g, id_, component.links), number) for g, id_ in zip(changed, ids, strict=True)]

    def _is_as_before(self, group: Group, rows: dict[Ref, EventRow], sizes: Counter[str], number: int) -> bool:
        """Whether these events were one incident before, alone, in a component of this number, about which nobody decided anything."""
        ids = {rows[t.ref].incident for t in group}
        if len(ids) != 1 or None in ids or any(rows[t.ref].component != number for t in group):
            return False
        id_ = next(iter(ids)) or ""
        alone = sizes[id_] == len(group) == len(self.tx.events(incident=id_)) and self.tx.has_incident(id_)
        return alone and not self.telling.decided.on({t.sha256 for t in group})

    def _ids(self, groups: Sequence[Group], before: dict[Ref, str | None], taken: Collection[str | None]) -> list[str]:
        """The public ids of groups: each former incident's id goes to the group that has most of it, the one given first stays; the others lead there."""
        votes = [Counter(id_ for t in group if (id_ := before[t.ref]) is not None and id_ not in taken) for group in groups]
        heirs: dict[str, int] = {}
        for old in {id_ for vote in votes for id_ in vote}:
            heirs[old] = max(range(len(groups)), key=lambda n: (votes[n][old], -n))
        given = self.tx.id_numbers(heirs) if heirs else {}
        ids: list[str] = []
        for n, group in enumerate(groups):
            mine = sorted((old for old, heir in heirs.items() if heir == n), key=lambda old: given.get(old, 0))
            ids.append(mine[0] if mine else self._new_id(group, {*ids, *heirs, *(id_ for id_ in taken if id_)}))
            for old in mine:
                if old != ids[-1]:
                    self.tx.send_on(old, ids[-1])
        return ids

    def _new_id(self, group: Group, taken: Collection[str]) -> str:
        """An id by the group's earliest event that nothing else has."""
        id_ = id_of(group)
        while id_ in taken or id_ in self._given or self.tx.has_incident(id_):
            id_ = "inc-" + hashlib.sha256(id_.encode()).hexdigest()[:12]
        if self.tx.id_numbers([id_]):
            self.tx.send_on(id_, None)  # it led elsewhere, and stands again
        else:
            self._given.append(id_)
        return id_

    def _incident(self, group: Group, id_: str, links: Sequence[Link]) -> Incident:
        review, fields = self.telling.decided.review(group)
        return incident(group, id=id_, links=links, copies=copies_in(group), review=review, decided=fields)

    def _new(self, made: Incident, component: int) -> NewIncident:
        day = made.date.start.toordinal() if made.date.start is not None else None
        reports = [self.telling.number(report) for report in made.reports]
        events = [self.telling.place((e.report, e.index)) for e in made.events]
        return NewIncident(made.id, component, day, self.at, msgspec.json.encode(made), reports, events, tags_in(made))

    def _row(self, ref: Ref) -> EventRow:
        if ref not in self.rows:
            row = self.tx.event(*self.telling.place(ref))
            assert row is not None
            self.rows[ref] = row
        return self.rows[ref]

    def _regrouped(self, grown: Sequence[Component]) -> list[Component]:
        """Components grouped once more, with what editors decided on all of their events."""
        found: list[Component] = []
        for component in grown:
            pairs = self.telling.decided.pairs({t.sha256 for t in component.told})
            found += components(component.told, component.links, must=pairs.must, cannot=pairs.cannot)
        return found

    def new_link(self, one: Link) -> NewLink:
        """A link as the store keeps it."""
        return NewLink(self.telling.place(one.a), self.telling.place(one.b), one.score, canonical(one.why))


def new_events(told: Sequence[Told]) -> list[NewEvent]:
    """Told events as the store keeps them."""
    return [
        NewEvent(t.index, t.event.type, *t.event.location_of_evidence, [entry_of(key) for key in keys(t)]) for t in told
    ]  # fmt: skip


@lru_cache(maxsize=100_000)
def entry_of(key: str) -> int:
    """An entry as a number of 63 bits; two entries in one number cost a comparison more."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
