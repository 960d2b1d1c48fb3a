"""Questions to the observatory: incidents by filters, as they are or as they were known on a day, and reports by words."""

from __future__ import annotations

import datetime
import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from marsad.arabic.search import Clause, Query, query
from marsad.incidents import components, copies_in, in_full, incident
from marsad.model import Filters, Incident, Reading, Span
from marsad.observatory.adding import SEARCHED, field_term, fields_of, report_of
from marsad.observatory.grouping import StoredEvents
from marsad.observatory.tags import asked, holds, lies_in
from marsad.observatory.telling import Telling
from marsad.store import IncidentRow, ReadTx, ReportRow, Wanted, has_terms, key_of, keys_between

_PAGE: Final = 64
_TOGETHER: Final = 24  # reports that are looked at together for words
_FEW: Final = 2_000  # reports with the words, up to which their incidents are looked at and not all incidents

Keyed = tuple[int, Incident]


class Hit(NamedTuple):
    """A report that has the words. `spans`: where they stand in `text`, in order; `incidents`: ids of what it tells."""

    report: str
    day: datetime.date | None
    outlet: str | None
    title: str | None
    text: str
    spans: tuple[Span, ...]
    incidents: tuple[str, ...]


def end_of(day: datetime.date) -> str:
    """The last moment of a day (UTC), as times are kept."""
    return f"{day.isoformat()}T23:59:59.999999Z"


@dataclass
class Finding:
    """Answers out of one view of the store."""

    tx: ReadTx
    telling: Telling
    _fields: dict[int, dict[str, str] | None] = field(default_factory=dict)

    # -- incidents

    def incidents(self, filters: Filters, *, before: int | None = None, oldest_first: bool = False) -> Iterator[Keyed]:
        """The incidents that the filters ask for, with their places in the order, from `before` on."""
        found = self._then(filters, before, oldest_first) if filters.as_of is not None else self._now(filters, before, oldest_first)
        if filters.text is not None:
            return self._with_words(found, filters, before, oldest_first)
        return found

    def _now(self, filters: Filters, before: int | None, oldest_first: bool) -> Iterator[Keyed]:
        return ((row.key, made) for row, made in self._rows(filters, before, oldest_first))

    def _rows(self, filters: Filters, before: int | None, oldest_first: bool, changed_until: str | None = None) -> Iterator[tuple[IncidentRow, Incident]]:
        first, last = _keys(filters)
        size, groups = _PAGE, asked(filters)
        while True:
            rows = self.tx.incidents(
                groups, first=first, last=last, before=before, changed_until=changed_until, oldest_first=oldest_first, limit=size
            )  # fmt: skip
            for row in rows:
                made = incident_of(row)
                if lies_in(made, filters):
                    yield row, made
            if len(rows) < size:
                return
            before, size = rows[-1].key, min(2 * size, 512)

    def _with_words(self, found: Iterator[Keyed], filters: Filters, before: int | None, oldest_first: bool) -> Iterator[Keyed]:
        asked_for = query(filters.text or "")
        until = end_of(filters.as_of) if filters.as_of else None
        wanted = _wanted(asked_for)
        few = self.tx.found(wanted, limit=_FEW + 1)
        if len(few) <= _FEW and filters.as_of is None:
            keys = self.tx.incidents_told_by(few)
            found = self._by_key(keys if oldest_first else list(reversed(keys)), filters, before, oldest_first)
        size = _PAGE
        while some := list(islice(found, size)):
            tellers = self._tellers(some, until)
            held = {n for n, terms in self.tx.terms({n for its in tellers.values() for n in its}) if all(has_terms(terms, w) for w in wanted)}
            beyond = self._beyond_text(asked_for, held)
            for key, made in some:
                if any(_by_index_alone(asked_for) or self._numbered_has_words(asked_for, n, n in beyond) for n in tellers[key] if n in held):
                    yield key, made
            size = min(2 * size, 512)

    def _tellers(self, found: Sequence[Keyed], until: str | None) -> dict[int, list[int]]:
        if until is None:
            return self.tx.tellers([key for key, _ in found])
        return {key: [row.n for id_ in made.reports if (row := self.tx.report(id=id_)) is not None] for key, made in found}

    def _by_key(self, keys: Sequence[int], filters: Filters, before: int | None, oldest_first: bool) -> Iterator[Keyed]:
        for key in keys:
            if before is not None and (key <= before if oldest_first else key >= before):
                continue
            row = self.tx.incident(key=key)
            if row is not None and holds(made := incident_of(row), filters):
                yield key, made

    # -- as it was known

    def _then(self, filters: Filters, before: int | None, oldest_first: bool) -> Iterator[Keyed]:
        """Incidents that did not change since, and those of the other components, made again of what had come in by then."""
        assert filters.as_of is not None
        until = end_of(filters.as_of)
        later = set(self.tx.components(changed_after=until))
        as_now = (kept for kept in self._rows(filters, before, oldest_first, until) if kept[0].component not in later)
        then = sorted(self._made_again(later, until), key=lambda kept: kept[0], reverse=not oldest_first)
        wanted = (
            (key, made) for key, made in then if holds(made, filters) and (before is None or (key > before if oldest_first else key < before))
        )  # fmt: skip
        return heapq.merge(((row.key, made) for row, made in as_now), wanted, key=lambda kept: kept[0], reverse=not oldest_first)

    def _made_again(self, numbers: set[int], until: str) -> Iterator[Keyed]:
        telling = Telling().begin(self.tx, until=until)
        stored = StoredEvents(self.tx, telling)
        for number in sorted(numbers):
            told, links = stored.component_numbered(number)
            came = self.tx.added({telling.number(t.report) for t in told})
            told = [t for t in told if came[telling.number(t.report)] <= until]
            if not told:
                continue
            pairs = telling.decided.pairs({t.sha256 for t in told})
            belonged = self.tx.belonged([telling.place(t.ref) for t in told], until)
            for component in components(told, links, must=pairs.must, cannot=pairs.cannot):
                for group in component.groups:
                    review, fields = telling.decided.review(group)
                    ids = Counter(id_ for t in group if (id_ := belonged.get(telling.place(t.ref))) is not None)
                    id_ = min(ids, key=lambda known: (-ids[known], known), default=None)
                    links_ = stored.explained(group, component.links)
                    group = tuple(in_full(t) for t in group)
                    copies = copies_in(group, telling.marks(group))
                    made = incident(group, id=id_, links=links_, copies=copies, review=review, decided=fields)
                    yield key_of(made.id, made.date.start.toordinal() if made.date.start else None), made

    # -- words

    def search(self, words: str, filters: Filters, *, before: tuple[int, int | None] | None = None) -> Iterator[Hit]:
        """The reports that have the words, the newest first; with filters, those that tell an incident that they ask for."""
        asked_for = query(words)
        size = _PAGE
        until = end_of(filters.as_of) if filters.as_of else None
        plain = msgspec.structs.replace(filters, text=None, as_of=None)
        while True:
            numbers = self.tx.found(_wanted(asked_for), before=before, limit=size)
            rows: dict[int, ReportRow] = {}
            for at in range(0, len(numbers), _TOGETHER):
                some = numbers[at : at + _TOGETHER]
                rows = self.tx.reports_numbered(some)
                beyond = self._beyond_text(asked_for, some)
                for row in (rows[n] for n in some if n in rows):
                    if row.record is None or (until is not None and row.added > until):
                        continue
                    if self._has_words(asked_for, row, row.n in beyond) and self._tells(row.n, plain):
                        yield self._hit(asked_for, row)
            if len(numbers) < size:
                return
            last = rows[numbers[-1]]
            before, size = (last.n, last.day), min(2 * size, 512)

    def _hit(self, asked_for: Query, row: ReportRow) -> Hit:
        report = report_of(row)
        assert report is not None
        return Hit(report.id, report.date, report.outlet, report.title, report.text, tuple(asked_for.spans(report.text)), tuple(self.tx.told_by(row.n)))

    def _tells(self, n: int, filters: Filters) -> bool:
        if filters == _NO_FILTERS:
            return True
        rows = (self.tx.incident(key=key) for key in self.tx.incidents_told_by([n]))
        return any(row is not None and holds(incident_of(row), filters) for row in rows)

    def _beyond_text(self, asked_for: Query, numbers: Collection[int]) -> set[int]:
        """Those of these reports in which a field other than the text may have what is asked for."""
        if asked_for.exact or any(clause.excluded or clause.field is not None for clause in asked_for.clauses):
            return set(numbers)
        others = [name for name in SEARCHED if name != "text"]
        elsewhere = [Wanted(tuple(field_term(name, term) for term in clause.terms), clause.prefix) for clause in asked_for.clauses for name in others]
        return {n for n, terms in self.tx.terms(numbers) if any(has_terms(terms, wanted) for wanted in elsewhere)}

    def _numbered_has_words(self, asked_for: Query, n: int, beyond: bool) -> bool:
        row = self.tx.report(n=n)
        return row is not None and self._has_words(asked_for, row, beyond)

    def _has_words(self, asked_for: Query, row: ReportRow, beyond: bool) -> bool:
        """Whether a report that the index gave has what is asked for. `beyond`: a field other than the text may have it."""
        if _by_index_alone(asked_for):
            return True
        if not beyond:
            return row.record is not None and asked_for.matches(msgspec.json.decode(row.record, type=_Text).text)
        if row.n not in self._fields:
            if len(self._fields) > 5_000:
                self._fields.clear()
            self._fields[row.n] = self._fields_of(row)
        fields: Any = self._fields[row.n]
        return fields is not None and asked_for.matches(fields)

    def _fields_of(self, row: ReportRow) -> dict[str, str] | None:
        report, record = report_of(row), self.tx.reading(row.n)
        if report is None:
            return None
        return fields_of(report, msgspec.json.decode(record, type=Reading).events if record is not None else ())


def _by_index_alone(asked_for: Query) -> bool:
    """Whether what the index gives has what is asked for: it knows neither order nor, of the text, the field."""
    return asked_for.exact and all(clause.field != "text" for clause in asked_for.clauses)


_NO_FILTERS: Final = Filters()


class _Text(msgspec.Struct):
    """Of a report's record, its text alone."""

    text: str


def incident_of(row: IncidentRow) -> Incident:
    """An incident as it was kept."""
    return msgspec.json.decode(row.record, type=Incident)


def _keys(filters: Filters) -> tuple[int | None, int | None]:
    first = filters.since.toordinal() if filters.since else None
    last = filters.until.toordinal() if filters.until else None
    return keys_between(1 if first is None and last is not None else first, last)


def _wanted(asked_for: Query) -> list[Wanted]:
    """What the index is asked: a phrase by all its terms; what may not be there only where it is one term."""
    return [
        Wanted(_terms(clause), clause.prefix, clause.excluded)
        for clause in asked_for.clauses
        if not clause.excluded or (len(clause.terms) == 1 and clause.field != "text")
    ]  # fmt: skip


def _terms(clause: Clause) -> tuple[str, ...]:
    if clause.field is None or clause.field == "text":
        return clause.terms
    return tuple(field_term(clause.field, term) for term in clause.terms)
