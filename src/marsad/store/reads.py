"""Questions to the store. Every answer is of one consistent view, in an order that does not depend on the order of adding.

Here stand those to what is derived: readings, events, links, incidents, and what is found by which word. Those to what is kept for good stand in `kept.py`.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from marsad.store.kept import KeptReads, parts
from marsad.store.schema import DECISION, EVENT, FILED, INCIDENT, LINK, OUTLINE, PROOF, PUBLIC_ID, RAW, READING, REPORT, TAG, TAGGED, TOLD_BY
from marsad.store.words import Terms, Wanted, WordIndex, doc_of, report_of

_RARE: Final = 5_000  # a tag on fewer incidents than this is worth counting to the end
_APART: Final = 128  # tags of one group that are asked apart


class _Bounds(NamedTuple):
    """Which part of the order of incidents is asked for, see `ReadTx.incidents`."""

    first: int | None
    last: int | None
    before: int | None
    changed_until: str | None
    oldest_first: bool
    limit: int

    def page(self, key: sa.ColumnElement[int], tag: sa.ColumnElement[bool] | None = None, others: Sequence[Sequence[int]] = ()) -> sa.Select[Any]:
        """The first of these places that lie within, have the tag and one of each of the others."""
        keys = sa.select(key)
        if tag is not None:
            keys = keys.where(tag)
        for numbers in others:
            other = TAGGED.alias()
            keys = keys.where(sa.exists(sa.select(sa.literal(1)).where(other.c.tag.in_(numbers), other.c.key == key)))
        if self.changed_until is not None:
            keys = keys.where(key.in_(sa.select(INCIDENT.c.key).where(INCIDENT.c.changed <= self.changed_until)))
        bounds = ((self.first, key.__ge__), (self.last, key.__le__), (self.before, key.__gt__ if self.oldest_first else key.__lt__))
        keys = keys.where(*(test(value) for value, test in bounds if value is not None))
        return keys.order_by(key if self.oldest_first else key.desc()).limit(self.limit)


class EventRow(NamedTuple):
    """One event of one report, its number there from 0 on, and where it belongs."""

    report: int
    number: int
    type: str
    start: int
    end: int
    component: int
    incident: str | None


class IncidentRow(NamedTuple):
    """An incident: its place in the order, its JSON."""

    key: int
    id: str
    component: int
    changed: str
    record: bytes


class LinkRow(NamedTuple):
    """A link between two events, by numbers of reports and indexes."""

    a: tuple[int, int]
    b: tuple[int, int]
    score: float


class ReadTx(KeptReads):
    """One view of what is kept."""

    def __init__(self, connection: Connection, words: WordIndex) -> None:
        super().__init__(connection)
        self.words = words

    # -- readings

    def reading(self, n: int) -> bytes | None:
        """The reading of a report, JSON."""
        found: bytes | None = self.connection.execute(_READING_OF, {"is": n}).scalar()
        return found

    def outlines(self, numbers: Collection[int], stamp: str) -> Iterator[tuple[int, bytes]]:
        """What is compared of the events of these reports, as (report, record), where it was kept under this stamp."""
        for part in parts(numbers):
            for row in self.connection.execute(_OUTLINES, {"numbers": part, "stamp": stamp}):
                yield row[0], bytes(row[1])

    # -- events, links

    def events(self, *, report: int | None = None, component: int | None = None, incident: str | None = None) -> list[EventRow]:
        """Those of a report, else of a component, else of an incident, by report and index."""
        asked: tuple[sa.Select[Any], int | str | None] = (_EVENTS_OF_INCIDENT, incident)
        if report is not None:
            asked = _EVENTS_OF_REPORT, report
        elif component is not None:
            asked = _EVENTS_OF_COMPONENT, component
        return [EventRow(*row) for row in self.connection.execute(asked[0], {"is": asked[1]})]

    def events_among(self, *, reports: Collection[int] = (), components: Collection[int] = (), incidents: Collection[str] = ()) -> list[EventRow]:
        """Those of these reports, those of these components, and those of these incidents."""
        asked = ((_EVENTS_OF_REPORTS, reports), (_EVENTS_OF_COMPONENTS, components), (_EVENTS_OF_INCIDENTS, incidents))
        return [EventRow(*row) for statement, of in asked for row in self.among(statement, of)]

    def sizes(self, incidents: Collection[str]) -> dict[str, int]:
        """How many events each of these incidents has; those that are not there are left out."""
        return {id_: int(number) for id_, number in self.among(_SIZES, incidents)}

    def event(self, report: int, index: int) -> EventRow | None:
        """One event."""
        row = self.connection.execute(_ONE_EVENT, {"report": report, "index": index}).first()
        return None if row is None else EventRow(*row)

    def read_reports(self) -> list[int]:
        """The numbers of the reports that have a reading, sorted."""
        return list(self.connection.execute(sa.select(READING.c.report).order_by(READING.c.report)).scalars())

    def filed(self, entries: Collection[int]) -> Iterator[Sequence[int]]:
        """The events that are filed under these entries, as (entry, report, number)."""
        return self.among(_FILED, entries)

    def links_among(self, components: Collection[int]) -> list[LinkRow]:
        """All links that begin in these components."""
        return [_link_row(row) for row in self.among(_LINKS_OF_COMPONENTS, components)]

    def links_at(self, incidents: Collection[str]) -> list[LinkRow]:
        """All links of the events of these incidents, in whichever direction, each once."""
        return list({(row[0], row[1], row[2], row[3]): _link_row(row) for row in self.among(_LINKS_AT_INCIDENTS, incidents)}.values())

    def whys(self, numbers: Collection[int]) -> Iterator[tuple[tuple[int, int], tuple[int, int], bytes]]:
        """Why two events are linked, for all links that begin in these reports, as (event, event, JSON)."""
        for part in parts(numbers):
            for row in self.connection.execute(_WHYS, {"numbers": part}):
                yield (row[0], row[1]), (row[2], row[3]), row[4]

    def all_links(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The two events of every link, as (report, number)."""
        rows = self.connection.execute(sa.select(LINK.c.a_report, LINK.c.a_index, LINK.c.b_report, LINK.c.b_index))
        return [((row[0], row[1]), (row[2], row[3])) for row in rows]

    def components(self, *, changed_after: str | None = None) -> list[int]:
        """The numbers of all components, sorted; of those that changed after a moment."""
        asked = sa.select(INCIDENT.c.component).distinct().order_by(INCIDENT.c.component)
        if changed_after is not None:
            asked = asked.where(INCIDENT.c.changed > changed_after)
        return list(self.connection.execute(asked).scalars())

    # -- incidents

    def incident(self, *, id: str | None = None, key: int | None = None) -> IncidentRow | None:
        """By its id, or by its place."""
        row = self.connection.execute(_INCIDENT.where(INCIDENT.c.id == id if id is not None else INCIDENT.c.key == key)).first()
        return None if row is None else IncidentRow(*row)

    def incidents_named(self, ids: Collection[str]) -> set[str]:
        """Those of these ids that an incident has now."""
        return {row[0] for row in self.among(_NAMED, ids)}

    def incidents(
        self,
        tags: Sequence[Sequence[str]] = (),
        *,
        first: int | None = None,
        last: int | None = None,
        before: int | None = None,
        changed_until: str | None = None,
        oldest_first: bool = False,
        limit: int = 100,
    ) -> list[IncidentRow]:
        """Those that have one at the least of each of `tags`, with keys from `first` to `last`; the newest first.

        `before`: the key of the last one of the page before; `changed_until`: those that were so at that moment.
        """
        groups = self._tag_numbers(tags)
        if groups is None:
            return []
        bounds = _Bounds(first, last, before, changed_until, oldest_first, limit)
        if not groups:
            page = bounds.page(INCIDENT.c.key)
        elif len(groups[0]) > _APART:
            page = bounds.page(TAGGED.c.key, TAGGED.c.tag.in_(groups[0]), groups[1:]).distinct()
        else:  # each tag gives its own first page in order; sorting all that have one of them takes the longer the more there are
            each = [bounds.page(TAGGED.c.key, TAGGED.c.tag == tag, groups[1:]).subquery() for tag in groups[0]]
            page = bounds.page(sa.union(*(sa.select(one.c.key) for one in each)).subquery().c.key) if len(each) > 1 else sa.select(each[0].c.key)
        found = page.subquery()
        order = INCIDENT.c.key if oldest_first else INCIDENT.c.key.desc()
        rows = self.connection.execute(_INCIDENT.join(found, found.c.key == INCIDENT.c.key).order_by(order))
        return [IncidentRow(*row) for row in rows]

    def incidents_told_by(self, reports: Iterable[int]) -> list[int]:
        """The places of the incidents that these reports tell, sorted."""
        found: set[int] = set()
        for part in parts(reports):
            found.update(self.connection.execute(sa.select(TOLD_BY.c.key).where(TOLD_BY.c.report.in_(part))).scalars())
        return sorted(found)

    def tellers(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Places of incidents → the numbers of the reports that tell them, sorted."""
        found: dict[int, list[int]] = {key: [] for key in keys}
        for key, report in self.among(_TELLERS, keys):
            found[key].append(report)
        return found

    def told_by(self, report: int) -> list[str]:
        """The ids of the incidents that a report tells, by place."""
        return list(self.connection.execute(_TOLD_BY, {"is": report}).scalars())

    def component_incidents(self, component: int) -> list[IncidentRow]:
        """The incidents of a component, by place."""
        return [IncidentRow(*row) for row in self.connection.execute(_INCIDENT.where(INCIDENT.c.component == component).order_by(INCIDENT.c.key))]

    def tag_counts(self, prefix: str) -> dict[str, int]:
        """How many incidents have each tag that begins so, without the beginning; the most frequent first."""
        joined = sa.join(TAG, TAGGED, TAG.c.n == TAGGED.c.tag)
        asked = sa.select(TAG.c.name, sa.func.count()).select_from(joined).where(TAG.c.name.like(prefix.replace("%", "") + "%")).group_by(TAG.c.name)
        counted = {name.removeprefix(prefix): int(number) for name, number in self.connection.execute(asked)}
        return dict(sorted(counted.items(), key=lambda kept: (-kept[1], kept[0])))

    def _tag_numbers(self, tags: Sequence[Sequence[str]]) -> list[list[int]] | None:
        """The numbers of tags, the rarest group first; None where a group has none that was ever given."""
        groups = []
        for names in tags:
            numbers: list[int] = []
            for part in parts(names):
                numbers += self.connection.execute(sa.select(TAG.c.n).where(TAG.c.name.in_(part))).scalars()
            if not numbers:
                return None
            groups.append(sorted(numbers))
        return sorted(groups, key=self._frequency) if len(groups) > 1 else groups

    def _frequency(self, tags: Sequence[int]) -> int:
        few = sa.select(TAGGED.c.key).where(TAGGED.c.tag.in_(tags)).limit(_RARE).subquery()
        return int(self.connection.execute(sa.select(sa.func.count()).select_from(few)).scalar_one())

    # -- words

    def found(self, wanted: Iterable[Wanted], *, before: tuple[int, int | None] | None = None, limit: int = 1000) -> list[int]:
        """The numbers of the reports that have these terms, the newest first, those after the report `before` (its number and day)."""
        place = None if before is None else doc_of(*before)
        return [report_of(doc) for doc in self.words.docs(self.connection, wanted, before=place, limit=limit)]

    def terms(self, reports: Iterable[int]) -> Iterator[tuple[int, Terms]]:
        """The terms under which these reports are found, as the index holds them (`has_terms`)."""
        for part in parts(reports):
            for n, packed in self.connection.execute(_TERMS, {"numbers": part}):
                yield n, Terms(packed)

    # -- all tables

    def counts(self) -> dict[str, int]:
        """Rows of each table that people ask about."""
        of = {"reports": REPORT, "raw": RAW, "proofs": PROOF, "events": EVENT, "links": LINK, "incidents": INCIDENT, "decisions": DECISION, "ids": PUBLIC_ID}
        found = {name: int(self.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()) for name, table in of.items()}
        found["erased"] = int(self.connection.execute(sa.select(sa.func.count()).where(REPORT.c.erased.is_not(None))).scalar_one())
        return found


_FILED: Final = sa.select(FILED.c.entry, FILED.c.report, FILED.c.index).where(FILED.c.entry.in_(sa.bindparam("entries", expanding=True)))
_NAMED: Final = sa.select(INCIDENT.c.id).where(INCIDENT.c.id.in_(sa.bindparam("ids", expanding=True)))
_EVENT: Final = sa.select(EVENT.c.report, EVENT.c.index, EVENT.c.type, EVENT.c.start, EVENT.c.end, EVENT.c.component, EVENT.c.incident)

# Statements that every report asks are made once: making one costs as much as asking it.
_IS: Final[Any] = sa.bindparam("is")
_NUMBERS: Final[Any] = sa.bindparam("numbers", expanding=True)
_READING_OF: Final = sa.select(READING.c.record).where(READING.c.report == _IS)
_IN_ORDER: Final = _EVENT.order_by(EVENT.c.report, EVENT.c.index)
_EVENTS_OF_REPORT: Final = _IN_ORDER.where(EVENT.c.report == _IS)
_THESE: Final[Any] = sa.bindparam("these", expanding=True)
_EVENTS_OF_REPORTS: Final = _IN_ORDER.where(EVENT.c.report.in_(_THESE))
_EVENTS_OF_COMPONENTS: Final = _IN_ORDER.where(EVENT.c.component.in_(_THESE))
_EVENTS_OF_INCIDENTS: Final = _IN_ORDER.where(EVENT.c.incident.in_(_THESE))
_EVENTS_OF_COMPONENT: Final = _IN_ORDER.where(EVENT.c.component == _IS)
_EVENTS_OF_INCIDENT: Final = _IN_ORDER.where(EVENT.c.incident == _IS)
_ONE_EVENT: Final = _EVENT.where(EVENT.c.report == sa.bindparam("report"), EVENT.c.index == sa.bindparam("index"))
_SIZES: Final = (
    sa.select(EVENT.c.incident, sa.func.count())
    .join(INCIDENT, INCIDENT.c.id == EVENT.c.incident)
    .where(EVENT.c.incident.in_(sa.bindparam("ids", expanding=True)))
    .group_by(EVENT.c.incident)
)


def _link_row(row: Sequence[Any]) -> LinkRow:
    return LinkRow((row[0], row[1]), (row[2], row[3]), row[4])


_FROM, _TO = (
    sa.select(LINK.c.a_report, LINK.c.a_index, LINK.c.b_report, LINK.c.b_index, LINK.c.score).select_from(
        sa.join(LINK, EVENT, sa.and_(EVENT.c.report == LINK.c[f"{end}_report"], EVENT.c.index == LINK.c[f"{end}_index"]))
    )
    for end in "ab"
)
_LINKS_OF_COMPONENTS: Final = _FROM.where(EVENT.c.component.in_(_THESE))
_LINKS_AT_INCIDENTS: Final = sa.union_all(*(way.where(EVENT.c.incident.in_(_THESE)) for way in (_FROM, _TO)))
_WHYS: Final = sa.select(LINK.c.a_report, LINK.c.a_index, LINK.c.b_report, LINK.c.b_index, LINK.c.why).where(LINK.c.a_report.in_(_NUMBERS))
_OUTLINES: Final = sa.select(OUTLINE.c.report, OUTLINE.c.record).where(OUTLINE.c.report.in_(_NUMBERS), OUTLINE.c.stamp == sa.bindparam("stamp"))
_TERMS: Final = sa.select(READING.c.report, READING.c.terms).where(READING.c.report.in_(_NUMBERS))
_TELLERS: Final = sa.select(TOLD_BY.c.key, TOLD_BY.c.report).where(TOLD_BY.c.key.in_(sa.bindparam("keys", expanding=True))).order_by(TOLD_BY.c.report)
_TOLD_BY: Final = sa.select(INCIDENT.c.id).join(TOLD_BY, TOLD_BY.c.key == INCIDENT.c.key).where(TOLD_BY.c.report == _IS).order_by(INCIDENT.c.key)
_INCIDENT: Final = sa.select(INCIDENT.c.key, INCIDENT.c.id, INCIDENT.c.component, INCIDENT.c.changed, INCIDENT.c.record)


def tags_of(packed: bytes) -> array[int]:
    """The numbers of an incident's tags."""
    numbers: array[int] = array("I")
    numbers.frombytes(bytes(packed))
    return numbers
