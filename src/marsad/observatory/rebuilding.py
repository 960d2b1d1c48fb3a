"""Everything that is derived, made again from the reports and the decisions.

Public ids are kept: an event that is read again inherits the incident of the former event whose evidence it shares most, and an incident's id goes
where most of its events go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from marsad.incidents import Ref, components, holding, id_of, links_of
from marsad.intake import Fault
from marsad.model import Reading, Report
from marsad.observatory.adding import keep_reading, report_of
from marsad.observatory.grouping import Grouping
from marsad.observatory.line import Passed, read_items
from marsad.observatory.telling import Telling
from marsad.store import EventRow, WriteTx, component_of

Former = dict[int, list[EventRow]]
Step = tuple[int, int]

_EVERY: Final = 100


def rebuilt(tx: WriteTx, telling: Telling, at: str, *, jobs: int = 1) -> Iterator[Step | Fault]:
    """Make every derived row again, at the moment `at`.

    Gives now and then how many reports are done, of how many, and a fault for a report that could not be read.
    """
    telling.begin(tx)
    former: Former = {}
    numbers: list[int] = []
    for row in tx.all_reports():
        if row.erased is None:
            numbers.append(row.n)
            former[row.n] = tx.events(report=row.n)
    tx.clear_derived()
    telling.forget()
    telling.begin(tx)
    yield from _readings(tx, telling, numbers, jobs)
    before = _inherited(telling, former, numbers)
    _grouped(tx, telling, at, numbers, before)
    yield len(numbers), len(numbers)


def _readings(tx: WriteTx, telling: Telling, numbers: Sequence[int], jobs: int) -> Iterator[Step | Fault]:
    """Each report read again, its events filed, and linked with those before it."""
    waiting: list[tuple[int, int | None, Report]] = []

    def reports() -> Iterator[Report | Passed]:
        for n in numbers:
            row = tx.report(n=n)
            report = report_of(row) if row is not None else None
            if row is None or report is None:
                continue
            waiting.append((n, row.day, report))
            yield report

    for done, read in enumerate(read_items(reports(), jobs)):
        if isinstance(read, Passed) or read.fault is not None:
            if not isinstance(read, Passed):
                waiting.pop(0)
            if read.fault is not None:
                yield read.fault
            continue
        n, day, report = waiting.pop(0)
        keep_reading(tx, telling, n, day, report, msgspec.json.decode(read.content, type=Reading))
        grouping = Grouping(tx, telling, "")
        tx.keep_links(grouping.new_link(one) for one in links_of(grouping, telling.told(n)))
        if done % _EVERY == 0:
            yield done, len(numbers)


def _inherited(telling: Telling, former: Former, numbers: Sequence[int]) -> dict[Ref, str]:
    """Events as they are read now → the incident of the former event that is the same, or that shares most of its evidence."""
    before: dict[Ref, str] = {}
    for n in numbers:
        for t in telling.as_read(n):
            start, end = t.event.location_of_evidence
            best, most = None, (False, 0)
            for row in former[n]:
                overlap = min(end, row.end) - max(start, row.start)
                rank = (row.number == t.index and row.type == t.event.type and (row.start, row.end) == (start, end), overlap)
                if row.incident is not None and overlap > 0 and rank > most:
                    best, most = row.incident, rank
            if best is not None:
                before[t.ref] = best
    return before


def _grouped(tx: WriteTx, telling: Telling, at: str, numbers: Sequence[int], before: dict[Ref, str]) -> None:
    """All components, each grouped once, from the links."""
    parent: dict[tuple[int, int], tuple[int, int]] = {(n, t.index): (n, t.index) for n in numbers for t in telling.as_read(n)}

    def root(event: tuple[int, int]) -> tuple[int, int]:
        while parent[event] != event:
            parent[event] = parent[parent[event]]
            event = parent[event]
        return event

    held = telling.decided.pairs({a.sha256 for d in telling.decided.decisions for a in d.anchors})
    joined = [*tx.all_links(), *((telling.place(a), telling.place(b)) for a, b in held.must)]
    for a, b in joined:
        if a in parent and b in parent:
            one, other = sorted((root(a), root(b)))
            parent[other] = one
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for event in sorted(parent):
        members.setdefault(root(event), []).append(event)
    tx.set_components({component_of(events): events for events in members.values() if len(events) > 1})
    grouping = Grouping(tx, telling, at)
    made: list[tuple[int, tuple[Ref, ...]]] = []
    own: list[str] = []
    for _, events in sorted(members.items()):
        number = component_of(events)
        told, links = grouping.component_numbered(number)
        pairs = telling.decided.pairs({t.sha256 for t in told})
        parts = components(told, links, must=pairs.must, cannot=pairs.cannot)
        for component in parts:
            its = [telling.place(t.ref) for t in component.told]
            number = component_of(its)
            if len(parts) > 1:  # a link that held once, before a better one was there, holds nothing together
                tx.set_components({number: its})
            made += [(number, tuple(t.ref for t in group)) for group in component.groups]
            own += [id_of(group) for group in component.groups]
        grouping.rows.clear()
    ids = grouping.ids([group for _, group in made], own, before, ())
    _kept(tx, telling, made, ids)


def _kept(tx: WriteTx, telling: Telling, made: Sequence[tuple[int, tuple[Ref, ...]]], ids: Sequence[str]) -> None:
    """Write the incidents; each has changed when the last report or decision of its component came in."""
    decided = {d.number: d.when for d in telling.decided.decisions}
    for number, groups in groupby(zip(made, ids, strict=True), key=lambda kept: kept[0][0]):
        grouping = Grouping(tx, telling, "")
        told, kept = grouping.component_numbered(number)
        links = holding({t.ref: t for t in told}, kept)
        by_ref = {t.ref: t for t in told}
        came = tx.added({telling.number(t.report) for t in told})
        grouping.at = max([*came.values(), *(decided[d.number] for d in telling.decided.on({t.sha256 for t in told}))])
        tx.keep_incidents([grouping.new([by_ref[ref] for ref in refs], id_, links, number) for (_, refs), id_ in groups])
