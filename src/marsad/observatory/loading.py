"""Reports, readings and incidents that were made elsewhere, into the store, in one transaction: all of them or none.

What is there already is not kept again. A component of which the store knows nothing yet is kept as it comes, under the ids that it has. Where the store
has events that link to it, or an editor decided about one of its texts, it is grouped anew together with them, as an add would do it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from marsad.incidents import Link, Ref, Told, links_of
from marsad.intake import encoded
from marsad.model import Incident, Reading, Report
from marsad.observatory.adding import keep_proof, keep_reading
from marsad.observatory.chain import canonical
from marsad.observatory.grouping import FILED_AS, Grouping, StoredEvents
from marsad.observatory.identity import address_of, id_for, known
from marsad.observatory.tags import tags_in
from marsad.observatory.telling import Telling
from marsad.store import NewIncident, NewLink, WriteTx, component_of

_AT_ONCE: Final = 500  # incidents that are written together


class Ready(NamedTuple):
    """A report that was read elsewhere. `id`: as the incidents name it; `reading`: None for one that is another proof of a report that is there;
    `raw`: the bytes of its record, where they were kept."""

    id: str
    report: Report
    reading: Reading | None
    raw: bytes | None = None


class Bin(NamedTuple):
    """Some components, whole: for each its incidents, and its links."""

    components: Sequence[tuple[Sequence[Incident], Sequence[Link]]]


class Loaded(NamedTuple):
    """How far it is: reports that are new, or were there; incidents that are kept as they came, or were grouped anew."""

    new: int
    known: int
    incidents: int = 0
    anew: int = 0


class Loading:
    """One load, in one transaction."""

    def __init__(self, tx: WriteTx, telling: Telling, at: str) -> None:
        self.tx = tx
        self.at = at
        self.telling = telling.begin(tx)
        self.numbers: dict[str, int] = {}  # of reports, by the ids that the incidents have for them
        self.fresh: dict[int, bool] = {}  # numbers of those that are new, and whether the store has them under that id
        self._had = next(tx.all_reports(), None) is not None
        self._linked: set[tuple[tuple[int, int], tuple[int, int]]] = set()  # of what is new with what was there
        self._new = self._known = self._kept = self._anew = 0

    def run(self, reports: Iterable[Ready], bins: Iterable[Bin]) -> Iterator[Loaded]:
        """Load them; gives how far it is, now and then."""
        if not self._had:  # all that will be filed here is filed as now
            self.tx.set_state("filed_as", FILED_AS)
        for count, ready in enumerate(reports):
            self._report(ready)
            if count % _AT_ONCE == 0:
                yield self._told()
        foreign = self._foreign()
        reached = {self.telling.place(ref) for one in foreign for ref in (one.a, one.b)}
        waiting: list[tuple[Sequence[Incident], Sequence[Link]]] = []
        for part in bins:
            kept: list[NewIncident] = []
            for incidents, links in part.components:
                if not self._fresh_events(incidents):
                    continue
                self.tx.keep_links(self._new_links(links))
                if self._stands(incidents, reached):
                    kept += self._as_it_comes(incidents)
                else:
                    waiting.append((incidents, links))
            self._keep(kept)
            yield self._told()
        self._grouped(waiting, foreign)
        yield self._told()

    # -- reports

    def _report(self, ready: Ready) -> None:
        tx, report = self.tx, ready.report
        if ready.raw is not None and report.proof is not None:
            tx.keep_raw(report.proof.sha256, ready.raw)
        row = known(tx, report)
        if row is not None or ready.reading is None:
            self._known += 1
            if row is not None and not row.erased:
                self.numbers.setdefault(ready.id, row.n)
                keep_proof(tx, row.n, report, self.at)
            return
        id_ = id_for(tx, report)
        report = msgspec.structs.replace(report, id=id_)
        day = report.date.toordinal() if report.date else None
        n = tx.keep_report(
            id=id_, sha256=report.sha256, address=address_of(report.url), day=day, outlet=report.outlet, record=encoded(report), added=self.at
        )  # fmt: skip
        keep_proof(tx, n, report, self.at)
        keep_reading(tx, self.telling, n, day, report, msgspec.structs.replace(ready.reading, id=id_))
        self.numbers[ready.id] = n
        self.fresh[n] = id_ == ready.id
        self._new += 1

    def _foreign(self) -> list[Link]:
        """The links of what is new with what was there before."""
        if not self._had:
            return []
        kept = _Before(self.tx, self.telling, self.fresh.keys())
        found: list[Link] = []
        for n in self.fresh:
            new = links_of(kept, self.telling.told(n))
            found += [one for one in new if one.a[0] != one.b[0]]
        grouping = Grouping(self.tx, self.telling, self.at)
        rows = [grouping.new_link(one) for one in found]
        self._linked = {(row.a, row.b) for row in rows}
        self.tx.keep_links(rows)
        return found

    # -- incidents

    def _fresh_events(self, incidents: Iterable[Incident]) -> bool:
        return any(self.numbers.get(e.report) in self.fresh for made in incidents for e in made.events)

    def _new_links(self, links: Iterable[Link]) -> Iterator[NewLink]:
        for one in links:
            a, b = self.numbers.get(one.a[0]), self.numbers.get(one.b[0])
            if a is None or b is None or not (a in self.fresh or b in self.fresh):
                continue
            one_end, other_end = (a, one.a[1]), (b, one.b[1])
            if (one_end, other_end) not in self._linked and (other_end, one_end) not in self._linked:
                yield NewLink(one_end, other_end, one.score, canonical(one.why))

    def _stands(self, incidents: Sequence[Incident], foreign: set[tuple[int, int]]) -> bool:
        """Whether a component can be kept as it comes: nothing of it was there, nothing that was there hangs together with it, and nobody decided about it."""
        reports = {e.report for made in incidents for e in made.events}
        if not all(self.fresh.get(self.numbers.get(report, -1), False) for report in reports):
            return False
        if foreign & {(self.numbers[e.report], e.index) for made in incidents for e in made.events}:
            return False
        if self.telling.decided.decisions and self.telling.decided.on({e.anchor.sha256 for made in incidents for e in made.events}):
            return False
        ids = [made.id for made in incidents]
        return not self.tx.id_numbers(ids) and not self.tx.incidents_named(ids)

    def _as_it_comes(self, incidents: Iterable[Incident]) -> list[NewIncident]:
        incidents = list(incidents)
        component = component_of((self.numbers[e.report], e.index) for made in incidents for e in made.events)
        return [self._incident(made, component) for made in incidents]

    def _incident(self, made: Incident, component: int) -> NewIncident:
        day = made.date.start.toordinal() if made.date.start is not None else None
        reports = [self.numbers[report] for report in made.reports]
        events = [(self.numbers[e.report], e.index) for e in made.events]
        return NewIncident(made.id, component, day, self.at, msgspec.json.encode(made), reports, events, tags_in(made))

    def _keep(self, kept: Sequence[NewIncident]) -> None:
        for begin in range(0, len(kept), _AT_ONCE):
            part = kept[begin : begin + _AT_ONCE]
            self.tx.give_ids([new.id for new in part], self.at)
            self.tx.keep_belonging({event: new.id for new in part for event in new.events}, self.at)
            self.tx.keep_incidents(part)
        self._kept += len(kept)

    def _grouped(self, waiting: Iterable[tuple[Sequence[Incident], Sequence[Link]]], foreign: Iterable[Link]) -> None:
        """Group what does not stand as it comes, with all that it hangs together with."""
        grouping = Grouping(self.tx, self.telling, self.at)
        parent: dict[int, int] = {}

        def root(number: int) -> int:
            while parent.setdefault(number, number) != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        def join(a: tuple[int, int], b: tuple[int, int]) -> None:
            one, other = self.tx.event(*a), self.tx.event(*b)
            if one is not None and other is not None:
                first, second = sorted((root(one.component), root(other.component)))
                parent[second] = first

        for incidents, links in waiting:
            for made in incidents:
                for e in made.events:
                    n = self.numbers.get(e.report)
                    if n in self.fresh:
                        join((n, e.index), (n, e.index))
            for link in links:
                a, b = self.numbers.get(link.a[0]), self.numbers.get(link.b[0])
                if a is not None and b is not None:
                    join((a, link.a[1]), (b, link.b[1]))
        for link in foreign:
            join(self.telling.place(link.a), self.telling.place(link.b))
        classes: dict[int, list[int]] = {}
        for number in parent:
            classes.setdefault(root(number), []).append(number)
        for _, members in sorted(classes.items()):
            told: dict[Ref, Told] = {}
            links_: set[Link] = set()
            for number in sorted(members):
                its, own = grouping.component_numbered(number)
                told |= {t.ref: t for t in its}
                links_ |= set(own)
                self.tx.drop_component(number)
            grouping.regrouped(told.values(), links_)
            self._anew += 1

    def _told(self) -> Loaded:
        return Loaded(self._new, self._known, self._kept, self._anew)


class _Before(StoredEvents):
    """The events that were kept before this load."""

    def __init__(self, tx: WriteTx, telling: Telling, fresh: Collection[int]) -> None:
        super().__init__(tx, telling)
        self._fresh = fresh

    def partners(self, told: Sequence[Told]) -> list[list[Told]]:
        """Those of them with which these events may be linked."""
        return [[t for t in others if self.telling.number(t.report) not in self._fresh] for others in super().partners(told)]
