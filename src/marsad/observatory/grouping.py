"""Stored events become stored incidents: each add touches the components that its events link to, and no other.

new events ──filed under──▶ candidates ──links──▶ components touched ──groups──▶ incidents, each under a public id that is given once
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Final
from zlib import crc32

import msgspec
import numpy as np

from marsad.incidents import (
    Around,
    Component,
    Link,
    Ref,
    Told,
    chosen,
    components,
    copies_in,
    grow,
    id_of,
    in_full,
    incident,
    keys,
    possible,
    probes,
)
from marsad.model import Incident
from marsad.observatory.chain import canonical
from marsad.observatory.rows import Numbers
from marsad.observatory.tags import tags_in
from marsad.observatory.telling import Telling, event_number, event_of, of_other_reports
from marsad.store import EventRow, LinkRow, NewEvent, NewIncident, NewLink, ReadTx, WriteTx, component_of

Group = Sequence[Told]


class StoredEvents:
    """The stored events, as `incidents.grow` asks for them."""

    def __init__(self, tx: ReadTx, telling: Telling) -> None:
        self.tx = tx
        self.telling = telling
        self.rows: dict[Ref, EventRow] = {}

    def partners(self, told: Sequence[Told]) -> list[list[Told]]:
        """For each of these events the stored ones with which it may be linked, as far as their rows tell."""
        self._file_as_now()
        asked = [{entry_of(entry) for entry in probes(t)} for t in told]
        filed = self.telling.filed(set().union(*asked))
        own = np.array([event_number(*self.telling.place(t.ref)) for t in told], np.int64)
        numbers = [of_other_reports(_together([filed[entry] for entry in entries]), number) for number, entries in zip(own, asked, strict=True)]
        whose = np.repeat(np.arange(len(told)), [len(found) for found in numbers])
        every = np.concatenate(numbers) if numbers else _NONE
        meet = possible(chosen(self.telling.rows(own), whose), self.telling.rows(every))
        out: list[list[Told]] = [[] for _ in told]
        near = [(n, *event_of(event)) for n, event in zip(whose[meet].tolist(), every[meet].tolist(), strict=True)]
        self.telling.expect({report for _, report, _ in near})
        for n, report, index in near:
            out[n].append(self._told(report, index))
        return out

    def beside(self, refs: Collection[Ref]) -> tuple[list[Told], list[Link]]:
        """The components of these events: all their events, and all links among them."""
        return self.components_numbered({row.component for row in self._rows(refs)})

    def grouped_with(self, refs: Collection[Ref]) -> Around | None:
        """The incidents of these events, whole, and what they are linked with; None where an editor decided anything."""
        incidents = {row.incident for row in self._rows(refs)}
        named = {id_ for id_ in incidents if id_}
        if self.telling.decided.decisions or len(named) < len(incidents):
            return None
        rows = self.tx.events_among(incidents=named)
        told = self._members(rows)
        groups: dict[str | None, list[Told]] = {}
        for t, row in zip(told, rows, strict=True):
            groups.setdefault(row.incident, []).append(t)
        known = {(row.report, row.number): t for t, row in zip(told, rows, strict=True)}
        kept = self.tx.links_at(named)
        others = sorted({event for one in kept for event in (one.a, one.b)} - known.keys())
        known.update(zip(others, self.telling.members(others), strict=True))
        ends = [known[event] for event in others]
        return Around(list(groups.values()), [Link(known[one.a].ref, known[one.b].ref, one.score, ()) for one in kept], ends)

    def component_numbered(self, number: int) -> tuple[list[Told], list[Link]]:
        """The component of that number, its links without why (`explained`)."""
        return self.components_numbered([number])

    def components_numbered(self, numbers: Collection[int]) -> tuple[list[Told], list[Link]]:
        """The components of these numbers, their links without why (`explained`)."""
        return self._whole(self.tx.events_among(components=numbers), self.tx.links_among(numbers)) if numbers else ([], [])

    def _whole(self, rows: Sequence[EventRow], links: Iterable[LinkRow]) -> tuple[list[Told], list[Link]]:
        """Events and links as they are grouped."""
        told = self._members(rows)
        refs = {(row.report, row.number): t.ref for t, row in zip(told, rows, strict=True)}

        def ref(event: tuple[int, int]) -> Ref:  # a link that held once may lead to what is another component now
            return refs.get(event) or self._told(*event).ref

        return told, [Link(refs[kept.a], ref(kept.b), kept.score, ()) for kept in links]

    def _members(self, rows: Sequence[EventRow]) -> list[Told]:
        """The events of rows, which are noted."""
        told = self.telling.members([(row.report, row.number) for row in rows])
        self.rows.update((t.ref, row) for t, row in zip(told, rows, strict=True))
        return told

    def _rows(self, refs: Collection[Ref]) -> list[EventRow]:
        places = {self.telling.place(ref) for ref in refs}
        return [row for row in self.tx.events_among(reports={n for n, _ in places}) if (row.report, row.number) in places]

    def _file_as_now(self) -> None:
        """File all events again where an older marsad numbered entries otherwise, with what is compared of them."""
        if self.telling.filed_as == FILED_AS:
            return
        if self.tx.state("filed_as") != FILED_AS:
            assert isinstance(self.tx, WriteTx)
            self.tx.file_again((n, new_events(self.telling.told(n)), self.telling.outline(n)) for n in self.tx.read_reports())
            self.tx.set_state("filed_as", FILED_AS)
            self.telling.forget_filed()
        self.telling.filed_as = FILED_AS

    def explained(self, group: Sequence[Told], links: Iterable[Link]) -> list[Link]:
        """The links among the events of a group, each with why: asked of the store for those that are kept there."""
        refs = {t.ref for t in group}
        own = [one for one in links if one.a in refs and one.b in refs]
        if all(one.why for one in own):
            return own
        place = self.telling.place
        known = {(a, b): why for a, b, why in self.tx.whys({place(one.a)[0] for one in own if not one.why})}
        return [
            one if one.why else one._replace(why=msgspec.json.decode(known[place(one.a), place(one.b)], type=tuple[str, ...])) for one in own
        ]  # fmt: skip

    def _told(self, n: int, number: int) -> Told:
        return self.telling.compared(n)[number]


class Grouping(StoredEvents):
    """Makes and keeps the incidents of what changed, in one transaction at the moment `at`."""

    tx: WriteTx

    def __init__(self, tx: WriteTx, telling: Telling, at: str) -> None:
        super().__init__(tx, telling)
        self.at = at

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
        self.keep(growth.components, growth.parts)
        return [row.incident for row in self.tx.events(report=n) if row.incident is not None]

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
        self.keep(components(told, links, must=pairs.must, cannot=pairs.cannot))

    def keep(self, changed: Sequence[Component], some: Sequence[Component] = ()) -> None:
        """Keep the incidents of these components in place of those that their events were of. `some`: parts of components (`Growth`)."""
        numbers = [component_of(self.telling.place(t.ref) for t in component.told) for component in changed]
        numbers += self._numbered(some)
        changed = [*changed, *some]
        before = {t.ref: self._row(t.ref).incident for component in changed for t in component.told}
        sizes = Counter(id_ for id_ in before.values() if id_)
        alone = {id_ for id_, size in self.tx.sizes(sizes).items() if size == sizes[id_]}
        kept: set[str] = set()
        new: list[tuple[Group, Component, int]] = []
        for component, number in zip(changed, numbers, strict=True):
            for group in component.groups:
                if self._is_as_before(group, sizes, alone, number):
                    kept.add(before[group[0].ref] or "")
                else:
                    new.append((group, component, number))
        ids = self.ids([[t.ref for t in group] for group, _, _ in new], [id_of(group) for group, _, _ in new], before, kept)
        made = [self._changed(self.new(group, id_, component.links, number), group) for (group, component, number), id_ in zip(new, ids, strict=True)]
        self.tx.replace_incidents(sizes.keys() - kept, made)

    def _numbered(self, some: Sequence[Component]) -> list[int]:
        """The number of each part's component, the least of those that its events had; components that a part brings together become one.

        What just came in is of none yet, and its number is greater than any.
        """
        into: dict[int, int] = {}

        def root(number: int) -> int:
            while into.get(number, number) != number:
                number = into[number]
            return number

        least: list[int] = []
        for part in some:
            rows = [self._row(t.ref) for t in part.told]
            roots = {root(row.component) for row in rows if row.incident is not None}
            least.append(min(roots, default=min(row.component for row in rows)))
            into.update(dict.fromkeys(roots, least[-1]))
        joined = {number: root(number) for number in into if root(number) != number}
        if joined:
            self.tx.join_components(joined)
            self.rows.update((ref, row._replace(component=joined[row.component])) for ref, row in list(self.rows.items()) if row.component in joined)
        return [root(number) for number in least]

    def _is_as_before(self, group: Group, sizes: Counter[str], alone: Set[str], number: int) -> bool:
        """Whether these events were one incident before, alone, in a component of this number, about which nobody decided anything."""
        rows = [self._row(t.ref) for t in group]
        id_ = rows[0].incident
        if id_ is None or id_ not in alone or sizes[id_] != len(group) or any(row.incident != id_ or row.component != number for row in rows):
            return False
        decided = self.telling.decided
        return not (decided.decisions and decided.on({t.sha256 for t in group}))

    def ids(self, groups: Sequence[Sequence[Ref]], own: Sequence[str], before: Mapping[Ref, str | None], kept: Collection[str]) -> list[str]:
        """The public ids of groups, written down where they are new.

        Each former incident's id goes to the group that has most of its events; of several that come to one group the one given first stays, and the
        others lead there. `own`: the id that each would have by itself; `before`: incidents that events were of; `kept`: ids that stay with others.
        """
        votes: dict[str, Counter[int]] = {}
        for n, group in enumerate(groups):
            for ref in group:
                old = before.get(ref)
                if old is not None and old not in kept:
                    votes.setdefault(old, Counter())[n] += 1
        mine: dict[int, list[str]] = {}
        for old, given in votes.items():
            mine.setdefault(max(given, key=lambda n: (given[n], -n)), []).append(old)
        order = self.tx.id_numbers(votes) if votes else {}
        ids: list[str] = []
        taken = {*votes, *kept, *self.tx.incidents_named(own)}
        new: list[str] = []
        for n in range(len(groups)):
            inherited = sorted(mine.get(n, ()), key=lambda old: order.get(old, 0))
            if inherited:
                ids.append(inherited[0])
            else:
                ids.append(self._new_id(own[n], taken))
                new.append(ids[-1])
                taken.add(ids[-1])
            for old in inherited[1:]:
                self.tx.send_on(old, ids[-1])
        other = {self.telling.place(ref): id_ for group, id_ in zip(groups, ids, strict=True) for ref in group if before.get(ref) != id_}
        self.tx.keep_belonging(other, self.at)
        known = self.tx.id_numbers(new) if new else {}
        for id_ in known:
            self.tx.send_on(id_, None)  # it led elsewhere, and stands again
        self.tx.give_ids([id_ for id_ in new if id_ not in known], self.at)
        return ids

    def _new_id(self, id_: str, taken: Set[str]) -> str:
        """An id that is not taken, nor an incident's."""
        while id_ in taken:
            id_ = "inc-" + hashlib.sha256(id_.encode()).hexdigest()[:12]
            if self.tx.incidents_named([id_]):
                taken = {*taken, id_}
        return id_

    def new(self, group: Group, id_: str, links: Sequence[Link], component: int) -> NewIncident:
        """The incident of a group, as the store keeps it."""
        group = [in_full(t) for t in group]
        review, fields = self.telling.decided.review(group)
        copies = copies_in(group, self.telling.marks(group))
        return self._new(incident(group, id=id_, links=self.explained(group, links), copies=copies, review=review, decided=fields), component)

    def _new(self, made: Incident, component: int) -> NewIncident:
        day = made.date.start.toordinal() if made.date.start is not None else None
        reports = [self.telling.number(report) for report in made.reports]
        events = [self.telling.place((e.report, e.index)) for e in made.events]
        return NewIncident(made.id, component, day, self.at, msgspec.json.encode(made), reports, events, tags_in(made))

    def _changed(self, new: NewIncident, group: Group) -> NewIncident:
        """The same, with those of its events alone that were not of it before."""
        before = {t.ref: self._row(t.ref) for t in group}
        self.rows.update((ref, row._replace(component=new.component, incident=new.id)) for ref, row in before.items())
        return new._replace(events=[(row.report, row.number) for row in before.values() if (row.incident, row.component) != (new.id, new.component)])

    def _row(self, ref: Ref) -> EventRow:
        row = self.rows.get(ref)
        if row is None:
            row = self.tx.event(*self.telling.place(ref))
            assert row is not None
            self.rows[ref] = row
        return row

    def _regrouped(self, grown: Sequence[Component]) -> list[Component]:
        """Components that an add touched, grouped once more with what editors decided on all of their events."""
        told = [t for component in grown for t in component.told]
        links = [one for component in grown for one in component.links]
        pairs = self.telling.decided.pairs({t.sha256 for t in told})
        return components(told, links, must=pairs.must, cannot=pairs.cannot)

    def new_link(self, one: Link) -> NewLink:
        """A link as the store keeps it."""
        return NewLink(self.telling.place(one.a), self.telling.place(one.b), one.score, canonical(one.why))


def _together(parts: Sequence[array[int]]) -> Numbers:
    """All numbers of these, each once, sorted."""
    full = [np.frombuffer(part, np.int64) for part in parts if part]
    return np.unique(np.concatenate(full)) if full else _NONE


_NONE: Final = np.empty(0, np.int64)


def new_events(told: Sequence[Told]) -> list[NewEvent]:
    """Told events as the store keeps them."""
    return [
        NewEvent(t.index, t.event.type, *t.event.location_of_evidence, [entry_of(key) for key in keys(t)]) for t in told
    ]  # fmt: skip


@lru_cache(maxsize=100_000)
def entry_of(key: str) -> int:
    """An entry as a number of 63 bits; two entries in one number cost a comparison more. The upper bits are those of its time, so that what a report is
    filed under lies together on the disk with what others of its days are."""
    when = crc32(key.rpartition("|")[2].encode()) & 0x7FFF
    return when << 48 | int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest(), "big")


FILED_AS: Final = "3"
"""The form of `entry_of`, and of what is kept beside it of a report (`incidents.stamp`); what is filed in another is filed anew before it is asked for."""


def to_file_again(tx: ReadTx) -> int:
    """How many reports' events an older marsad filed otherwise; the next one that comes in has them filed anew."""
    return 0 if tx.state("filed_as") == FILED_AS else len(tx.read_reports())
