"""Questions to the store. Every answer is of one consistent view, in an order that does not depend on the order of adding."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from marsad.store.schema import (
    BELONGED,
    DECISION,
    DECISION_ON,
    EVENT,
    FILED,
    INCIDENT,
    LINK,
    OUTLINE,
    PROOF,
    PUBLIC_ID,
    RAW,
    READING,
    REPORT,
    STATE,
    TAG,
    TAGGED,
    TOLD_BY,
)
from marsad.store.words import Terms, Wanted, WordIndex, doc_of, report_of

_MANY: Final = 400  # values in one list of a statement
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


class ReportRow(NamedTuple):
    """A report that came in. `record`: as it was taken in (JSON), None where it was erased."""

    n: int
    id: str
    sha256: str
    day: int | None
    outlet: str | None
    address: str | None
    record: bytes | None
    added: str
    erased: str | None


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


class DecisionRow(NamedTuple):
    """A decision: what stands in the chain, and its words, None where they were erased."""

    number: int
    kind: str
    at: str
    record: bytes
    words: bytes | None


class ReadTx:
    """One view of what is kept."""

    def __init__(self, connection: Connection, words: WordIndex) -> None:
        self.connection = connection
        self.words = words

    def among(self, asked: sa.Executable, values: Iterable[Any]) -> Iterator[Sequence[Any]]:
        """The rows that a statement with one list gives, for all of these values, as the driver gives them. SQLAlchemy would spell the list anew, with a
        name for each value, which takes longer than the database does for a few."""
        spelt, mark, times = _listed(asked, self.connection.dialect)
        for part in parts(values):
            yield from self.connection.exec_driver_sql(spelt.format(", ".join([mark] * len(part))), tuple(part) * times).all()

    # -- reports

    def report(self, *, n: int | None = None, id: str | None = None) -> ReportRow | None:
        """By its number or its id."""
        asked, value = (_REPORT_NUMBERED, n) if n is not None else (_REPORT_CALLED, id)
        row = self.connection.execute(asked, {"is": value}).first()
        return None if row is None else ReportRow(*row)

    def reports_numbered(self, numbers: Iterable[int]) -> dict[int, ReportRow]:
        """By their numbers; those that are not there are left out."""
        return {row[0]: ReportRow(*row) for part in parts(numbers) for row in self.connection.execute(_REPORTS_NUMBERED, {"numbers": part})}

    def reports(self, *, sha256: str | None = None, address: str | None = None) -> list[ReportRow]:
        """Those of this text, or of this address, in the order of coming in."""
        asked, value = (_REPORTS_OF_TEXT, sha256) if sha256 is not None else (_REPORTS_AT, address)
        return [ReportRow(*row) for row in self.connection.execute(asked, {"is": value})]

    def all_reports(self, *, after: int = 0, until: str | None = None) -> Iterator[ReportRow]:
        """All, in the order of coming in, page by page; those added up to `until`."""
        while True:
            asked = _REPORT.where(REPORT.c.n > after).order_by(REPORT.c.n).limit(200)
            if until is not None:
                asked = asked.where(REPORT.c.added <= until)
            rows = [ReportRow(*row) for row in self.connection.execute(asked)]
            yield from rows
            if len(rows) < 200:
                return
            after = rows[-1].n

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Numbers of reports → their ids."""
        found: dict[int, str] = {}
        for part in parts(numbers):
            found.update((n, id_) for n, id_ in self.connection.execute(sa.select(REPORT.c.n, REPORT.c.id).where(REPORT.c.n.in_(part))))
        return found

    def added(self, numbers: Iterable[int]) -> dict[int, str]:
        """Numbers of reports → when they came in."""
        found: dict[int, str] = {}
        for part in parts(numbers):
            found.update((n, at) for n, at in self.connection.execute(sa.select(REPORT.c.n, REPORT.c.added).where(REPORT.c.n.in_(part))))
        return found

    def proofs(self, n: int) -> list[bytes]:
        """The proofs of a report, JSON, in the order of coming in."""
        rows = self.connection.execute(sa.select(PROOF.c.record).where(PROOF.c.report == n).order_by(PROOF.c.added, PROOF.c.sha256, PROOF.c.address))
        return [bytes(row[0]) for row in rows if row[0] is not None]

    def has_proof(self, n: int, sha256: str, address: str) -> bool:
        """Whether a report has this proof."""
        return self.connection.execute(_PROOF, {"report": n, "sha256": sha256, "address": address}).first() is not None

    def proof_hashes(self, n: int) -> set[str]:
        """The hashes of the bytes that a report was made of."""
        return set(self.connection.execute(sa.select(PROOF.c.sha256).where(PROOF.c.report == n)).scalars())

    def addresses(self, n: int) -> list[str]:
        """The addresses at which a report was found."""
        return list(self.connection.execute(sa.select(PROOF.c.address).where(PROOF.c.report == n, PROOF.c.address != "").order_by(PROOF.c.address)).scalars())

    def raw(self, sha256: str) -> bytes | None:
        """The raw bytes of this hash. Raises zlib.error where they were damaged."""
        packed = self.connection.execute(sa.select(RAW.c.content).where(RAW.c.sha256 == sha256)).scalar()
        return None if packed is None else zlib.decompress(bytes(packed))

    def has_raw(self, sha256: str) -> bool:
        """Whether there are raw bytes of this hash."""
        return self.connection.execute(_RAW, {"is": sha256}).first() is not None

    def raw_hashes(self) -> list[str]:
        """The hashes of all raw bytes, sorted."""
        return list(self.connection.execute(sa.select(RAW.c.sha256).order_by(RAW.c.sha256)).scalars())

    def raw_is_used(self, sha256: str) -> bool:
        """Whether a report that is there was made of these bytes."""
        return False in self._erased_of(sha256)

    def raw_was_erased(self, sha256: str) -> bool:
        """Whether these bytes were taken away for good: reports were made of them, and none of these is there."""
        return self._erased_of(sha256) == {True}

    def _erased_of(self, sha256: str) -> set[bool]:
        """Whether the reports that were made of these bytes were erased."""
        return set(self.connection.execute(_ERASED_OF, {"is": sha256}).scalars())

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

    def last_report(self) -> int:
        """The number of the report that came in last; 0 where there is none."""
        return int(self.connection.execute(_LAST_REPORT).scalar() or 0)

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

    # -- decisions, ids, state

    def decisions(self, *, until: str | None = None, sha256: Collection[str] | None = None) -> list[DecisionRow]:
        """The decisions, in order: all, those made up to a moment, those that speak of these texts."""
        if sha256 is not None:
            numbers: set[int] = set()
            for part in parts(sha256):
                numbers.update(self.connection.execute(sa.select(DECISION_ON.c.number).where(DECISION_ON.c.sha256.in_(part))).scalars())
            return [row for part in parts(sorted(numbers)) for row in self._decisions(DECISION.c.number.in_(part), until)]
        return self._decisions(sa.true(), until)

    def _decisions(self, where: Any, until: str | None) -> list[DecisionRow]:
        asked = sa.select(DECISION.c.number, DECISION.c.kind, DECISION.c.at, DECISION.c.record, DECISION.c.words).where(where).order_by(DECISION.c.number)
        if until is not None:
            asked = asked.where(DECISION.c.at <= until)
        return [
            DecisionRow(n, kind, at, bytes(record), None if words is None else bytes(words)) for n, kind, at, record, words in self.connection.execute(asked)
        ]

    def last_decision(self) -> DecisionRow | None:
        """The latest decision."""
        row = self.connection.execute(_LAST_DECISION).first()
        return None if row is None else DecisionRow(row[0], row[1], row[2], bytes(row[3]), None if row[4] is None else bytes(row[4]))

    def has_decisions(self) -> bool:
        """Whether anybody has decided anything about events."""
        return self.connection.execute(sa.select(DECISION_ON.c.number).limit(1)).first() is not None

    def forward(self, id: str) -> str | None:
        """The id that took the place of this one, to the end of the way; itself where it stands; None where it was never given."""
        seen = set()
        while id not in seen:
            seen.add(id)
            row = self.connection.execute(sa.select(PUBLIC_ID.c.forward).where(PUBLIC_ID.c.id == id)).first()
            if row is None:
                return None
            if row[0] is None:
                return id
            id = row[0]
        return None

    def id_numbers(self, ids: Collection[str]) -> dict[str, int]:
        """Public ids → the order in which they were given."""
        return {row[0]: row[1] for row in self.among(_ID_NUMBERS, ids)}

    def belonged(self, events: Iterable[tuple[int, int]], until: str) -> dict[tuple[int, int], str]:
        """Events → the incidents that they were of at a moment."""
        wanted = set(events)
        found: dict[tuple[int, int], str] = {}
        for part in parts({n for n, _ in wanted}):
            asked = sa.select(BELONGED.c.report, BELONGED.c.index, BELONGED.c.incident).where(BELONGED.c.report.in_(part), BELONGED.c.at <= until)
            for report, index, incident in self.connection.execute(asked.order_by(BELONGED.c.at)):
                if (report, index) in wanted:
                    found[report, index] = incident
        return found

    def state(self, name: str) -> str | None:
        """A value that the store remembers about itself."""
        return self.connection.execute(_STATE, {"is": name}).scalar()

    def counts(self) -> dict[str, int]:
        """Rows of each table that people ask about."""
        of = {"reports": REPORT, "raw": RAW, "proofs": PROOF, "events": EVENT, "links": LINK, "incidents": INCIDENT, "decisions": DECISION, "ids": PUBLIC_ID}
        found = {name: int(self.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()) for name, table in of.items()}
        found["erased"] = int(self.connection.execute(sa.select(sa.func.count()).where(REPORT.c.erased.is_not(None))).scalar_one())
        return found

    def outlets(self) -> list[tuple[str | None, int]]:
        """The outlets and how many reports each has, the most first."""
        number = sa.func.count()
        asked = sa.select(REPORT.c.outlet, number).where(REPORT.c.erased.is_(None)).group_by(REPORT.c.outlet).order_by(number.desc(), REPORT.c.outlet)
        return [(outlet, int(n)) for outlet, n in self.connection.execute(asked)]


_LAST_REPORT: Final = sa.select(sa.func.max(REPORT.c.n))
_FILED: Final = sa.select(FILED.c.entry, FILED.c.report, FILED.c.index).where(FILED.c.entry.in_(sa.bindparam("entries", expanding=True)))
_ID_NUMBERS: Final = sa.select(PUBLIC_ID.c.id, PUBLIC_ID.c.number).where(PUBLIC_ID.c.id.in_(sa.bindparam("ids", expanding=True)))
_NAMED: Final = sa.select(INCIDENT.c.id).where(INCIDENT.c.id.in_(sa.bindparam("ids", expanding=True)))
_REPORT: Final = sa.select(
    REPORT.c.n, REPORT.c.id, REPORT.c.sha256, REPORT.c.day, REPORT.c.outlet, REPORT.c.address, REPORT.c.record, REPORT.c.added, REPORT.c.erased
)
_EVENT: Final = sa.select(EVENT.c.report, EVENT.c.index, EVENT.c.type, EVENT.c.start, EVENT.c.end, EVENT.c.component, EVENT.c.incident)

# Statements that every report asks are made once: making one costs as much as asking it.
_IS: Final[Any] = sa.bindparam("is")
_NUMBERS: Final[Any] = sa.bindparam("numbers", expanding=True)
_REPORT_NUMBERED: Final = _REPORT.where(REPORT.c.n == _IS)
_REPORTS_NUMBERED: Final = _REPORT.where(REPORT.c.n.in_(_NUMBERS))
_REPORT_CALLED: Final = _REPORT.where(REPORT.c.id == _IS)
_REPORTS_OF_TEXT: Final = _REPORT.where(REPORT.c.sha256 == _IS).order_by(REPORT.c.n)
_REPORTS_AT: Final = _REPORT.where(REPORT.c.address == _IS).order_by(REPORT.c.n)
_PROOF: Final = sa.select(PROOF.c.report).where(
    PROOF.c.report == sa.bindparam("report"), PROOF.c.sha256 == sa.bindparam("sha256"), PROOF.c.address == sa.bindparam("address")
)
_RAW: Final = sa.select(RAW.c.sha256).where(RAW.c.sha256 == _IS)
_ERASED_OF: Final = (
    sa.select(REPORT.c.erased.is_not(None)).join(PROOF, REPORT.c.n == PROOF.c.report).where(PROOF.c.sha256 == _IS).distinct()
)  # fmt: skip
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
_LAST_DECISION: Final = (
    sa.select(DECISION.c.number, DECISION.c.kind, DECISION.c.at, DECISION.c.record, DECISION.c.words).order_by(DECISION.c.number.desc()).limit(1)
)
_TERMS: Final = sa.select(READING.c.report, READING.c.terms).where(READING.c.report.in_(_NUMBERS))
_TELLERS: Final = sa.select(TOLD_BY.c.key, TOLD_BY.c.report).where(TOLD_BY.c.key.in_(sa.bindparam("keys", expanding=True))).order_by(TOLD_BY.c.report)
_TOLD_BY: Final = sa.select(INCIDENT.c.id).join(TOLD_BY, TOLD_BY.c.key == INCIDENT.c.key).where(TOLD_BY.c.report == _IS).order_by(INCIDENT.c.key)
_STATE: Final = sa.select(STATE.c.value).where(STATE.c.name == _IS)
_INCIDENT: Final = sa.select(INCIDENT.c.key, INCIDENT.c.id, INCIDENT.c.component, INCIDENT.c.changed, INCIDENT.c.record)


def tags_of(packed: bytes) -> array[int]:
    """The numbers of an incident's tags."""
    numbers: array[int] = array("I")
    numbers.frombytes(bytes(packed))
    return numbers


_LISTED: Final[dict[tuple[Any, str], tuple[str, str, int]]] = {}


def _listed(asked: Any, dialect: sa.Dialect) -> tuple[str, str, int]:
    """A statement with {} where its list stands, how the driver marks a value, and how often the list stands in it."""
    known = _LISTED.get((asked, dialect.name))
    if known is None:
        text, times = re.subn(r"__\[POSTCOMPILE_\w+\]", "{}", str(asked.compile(dialect=dialect)))
        mark = "?" if dialect.paramstyle == "qmark" else "%s"
        known = _LISTED[asked, dialect.name] = (text.replace("{}", "{0}"), mark, times)
    return known


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values, each once, sorted, in lists that one statement can hold."""
    listed = sorted(set(values))
    for at in range(0, len(listed), _MANY):
        yield listed[at : at + _MANY]
