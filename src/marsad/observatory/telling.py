"""Stored readings as told events, the last few kept at hand.

Of most events only what is compared is ever looked at: their outlines are kept beside the readings, and the reading itself is unpacked for those
whose incident is made anew. Outlines, and under which entries events are filed, stay at hand from one report that comes in to the next.
"""

from __future__ import annotations

import datetime
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, overload

import msgspec

from marsad.incidents import Member, Ref, Rows, Told, Whole, marks_of, packed_report, packed_rows, parts_of, rows_of, stamp, told_in, unpacked
from marsad.model import Reading
from marsad.observatory.chain import all_decisions
from marsad.observatory.rows import Numbers, RowsAtHand
from marsad.observatory.rulings import Decided
from marsad.store import NewEvent, Outline, ReadTx

_UNPACKED: Final = 2_000  # reports, of some 15 kB: those of the last weeks, whose events meet most of what comes in
_KEPT: Final = 40_000  # reports, of some 2 to 6 kB: those of more than a year, as they are kept in the store
_ROWS: Final = 400_000  # events, of some 200 bytes: those of a hundred thousand reports
_BRIEFS: Final = 200_000  # reports, of some 150 bytes
_FILED: Final = 600_000  # events under entries, of some 10 bytes, and entries, of some 250
_INDEX: Final = 1 << 16  # more than a report has events
_WHOLE: Final = 1_000  # reports, of some 30 kB: those of the last days, which what comes in is put together with


class _Brief(NamedTuple):
    """What groups the events of a report: its id, its day, and which of them are vague, one bit each."""

    report: str
    day: datetime.date | None
    vague: int


class Telling:
    """Told events by number of report, across transactions. What it holds is asked anew when the store says that something told was changed."""

    def __init__(self) -> None:
        self._read: OrderedDict[int, Sequence[Told]] = OrderedDict()
        self._told: OrderedDict[int, Sequence[Told]] = OrderedDict()
        self._records: OrderedDict[int, bytes] = OrderedDict()
        self._rows = RowsAtHand(_ROWS)
        self._briefs: dict[int, _Brief] = {}
        self._filed: OrderedDict[int, array[int]] = OrderedDict()  # entry → its events, each report and index in one number
        self._filed_events = 0
        self._last = 0  # the last report that what is filed takes in
        self._numbers: dict[str, int] = {}
        self._changes: tuple[str | None, int] = (None, -1)
        self.filed_as: str | None = None  # in which form what is filed is known to be
        self.decided = Decided((), lambda _: ())
        self._tx: ReadTx | None = None

    def begin(self, tx: ReadTx, *, until: str | None = None) -> Telling:
        """Work in this transaction; call it at the beginning of each. `until`: only decisions made up to that moment."""
        self._tx = tx
        last = tx.last_decision()
        changes = (f"{tx.state('changes')}|{until}", last.number if last else 0)
        if changes != self._changes:
            self._read.clear()
            self._told.clear()
            self._records.clear()
            self._rows.clear()
            self._briefs.clear()
            self._changes = changes
            self.decided = Decided(all_decisions(tx, until), self._of_text)
            self._last = -1
        last_report = tx.last_report()
        if last_report != self._last:  # somebody else added some
            self.forget_filed()
            self._last = last_report
        return self

    def forget_filed(self) -> None:
        """Ask again under which entries events are filed."""
        self._filed.clear()
        self._filed_events = 0

    def forget(self) -> None:
        """Hold nothing: a transaction did not end well, or what was told was changed."""
        self._changes = (None, -1)
        self.filed_as = None
        self._numbers.clear()

    def number(self, report: str) -> int:
        """The number of a report that was asked for."""
        return self._numbers[report]

    def place(self, ref: Ref) -> tuple[int, int]:
        """An event as the store knows it."""
        return self._numbers[ref[0]], ref[1]

    def told(self, n: int) -> Sequence[Told]:
        """The events of a report, whole, as editors corrected them; none where it has no reading."""
        told = self.as_read(n)
        return self.decided.events(told) if self.decided.decisions else told

    def compared(self, n: int) -> Sequence[Told]:
        """The same, of which what is compared is at hand; the rest is asked for while the transaction lasts (`in_full`)."""
        if n not in self._told:
            self.expect([n])
        self._told.move_to_end(n)
        return self._told[n]

    def expect(self, numbers: Collection[int]) -> None:
        """Look up at once the events of reports that will be compared."""
        wanted = sorted({n for n in numbers if n not in self._told})
        if not wanted:
            return
        records = self._look_up(wanted)
        for n in wanted:
            if n in records:
                self._unpack(n, records[n])
            else:
                self._keep(n, self.told(n))

    def members(self, places: Sequence[tuple[int, int]]) -> list[Told]:
        """Events by report and index, of which no more than their grouping needs is at hand (`Member`), where that is known."""
        self.expect({n for n, _ in places if n not in self._briefs})
        found: list[Told] = []
        for n, index in places:
            brief = self._briefs.get(n)
            if brief is None:  # some of its events may be corrected
                found.append(self.compared(n)[index])
            else:
                found.append(Member((brief.report, index), brief.day, bool(brief.vague >> index & 1), self._whole))
        return found

    def marks(self, group: Iterable[Told]) -> list[bytes]:
        """The marks of the texts of the reports that tell these events, by which copies among them are known (`copies_in`)."""
        by_report = {self._numbers[t.report]: t for t in group}
        if len(by_report) < 2:
            return []
        records = self._look_up(list(by_report))
        return [parts_of(records[n]).marks if n in records else marks_of(told.text) for n, told in by_report.items()]

    def rows(self, numbers: Numbers) -> Rows:
        """The rows of events, each event as one number (`event_of`), in which they are compared before anything is unpacked."""
        return self._rows.of(numbers // _INDEX, numbers % _INDEX, self._rows_of)

    def _rows_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Rows]]:
        if self.decided.decisions:  # by which some may be corrected
            self.expect(numbers)
        records = {} if self.decided.decisions else self._look_up(numbers)
        for n in numbers:
            if n in records:
                yield n, packed_rows(parts_of(records[n]).events)
            else:
                yield n, rows_of(self.compared(n))

    def _look_up(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """What is kept of the events of reports, of those of which something is."""
        assert self._tx is not None
        found = {n: self._records[n] for n in numbers if n in self._records}
        for n in found:
            self._records.move_to_end(n)
        missing = [n for n in numbers if n not in found]
        for n, record in self._tx.outlines(missing, stamp()) if missing else ():
            found[n] = record
            self._record(n, record)
        return found

    def filed(self, entries: Collection[int]) -> dict[int, array[int]]:
        """Entry → the events that are filed under it, each as one number (`event_of`); sorted, these are in the order of reports and indices."""
        assert self._tx is not None
        missing = [entry for entry in entries if entry not in self._filed]
        if missing:
            fresh: dict[int, array[int]] = {entry: array("q") for entry in missing}
            for entry, n, index in self._tx.filed(missing):
                fresh[entry].append(event_number(n, index))
            self._filed.update(fresh)  # whole or not at all: the store may fail midway
            self._filed_events += sum(map(len, fresh.values()))
        for entry in entries:
            self._filed.move_to_end(entry)
        found = {entry: self._filed[entry] for entry in entries}
        while self._filed_events + len(self._filed) > _FILED and len(self._filed) > len(found):
            self._filed_events -= len(self._filed.popitem(last=False)[1])
        return found

    def file(self, n: int, events: Iterable[NewEvent]) -> None:
        """Take in under which entries the events of a report that just came in are filed."""
        for event in events:
            for entry in set(event.entries):
                if entry in self._filed:
                    self._filed[entry].append(event_number(n, event.number))
                    self._filed_events += 1
        self._last = max(self._last, n)

    def _record(self, n: int, record: bytes) -> None:
        self._records[n] = record
        while len(self._records) > _KEPT:
            self._records.popitem(last=False)

    def _unpack(self, n: int, record: bytes) -> None:
        told = _Outlines(parts_of(record).events, self._whole)
        corrected = self.decided.on({told[0].sha256}) if self.decided.decisions else ()
        self._keep(n, self.told(n) if corrected else told)
        if n not in self._briefs and not self.decided.decisions:
            self._note(n, told[0], packed_rows(told.packed)["vague"].tolist())

    def _keep(self, n: int, told: Sequence[Told]) -> None:
        self._told[n] = told
        if len(self._told) > _UNPACKED:
            self._told.popitem(last=False)
        if told:
            self._numbers[told[0].report] = n

    def _note(self, n: int, first: Told, vague: Iterable[bool]) -> None:
        self._briefs[n] = _Brief(first.report, first.day, sum(1 << index for index, is_vague in enumerate(vague) if is_vague))
        if len(self._briefs) > _BRIEFS:
            del self._briefs[next(iter(self._briefs))]

    def _whole(self, ref: Ref) -> Told:
        return self.told(self._numbers[ref[0]])[ref[1]]

    def as_read(self, n: int) -> Sequence[Told]:
        """The events of a report, as they were read."""
        told = self._read.get(n)
        if told is None:
            assert self._tx is not None
            record = self._tx.reading(n)
            told = () if record is None else told_in(msgspec.json.decode(record, type=Reading))
            self.put(n, told)
        else:
            self._read.move_to_end(n)
        return told

    def put(self, n: int, told: Sequence[Told]) -> None:
        """Keep the events of a report at hand, as they were read."""
        self._read[n] = told
        if told:
            self._numbers[told[0].report] = n
        while len(self._read) > _WHOLE:
            self._read.popitem(last=False)

    def put_new(self, n: int, told: Sequence[Told]) -> Outline | None:
        """Keep the events of a report that just came in at hand; gives what the store keeps of them for comparisons."""
        self.put(n, told)
        outline = self.outline(n)
        if outline is not None:
            self._record(n, outline.record)
            if not self.decided.decisions:
                self._note(n, told[0], [t.vague for t in told])
        return outline

    def outline(self, n: int) -> Outline | None:
        """What the store keeps of the events of a report for comparisons; nothing where there are none."""
        told = self.as_read(n)
        return Outline(stamp(), packed_report(told)) if told else None

    def _of_text(self, sha256: str) -> Sequence[Told]:
        assert self._tx is not None
        return [t for row in self._tx.reports(sha256=sha256) if row.erased is None for t in self.as_read(row.n)]


def event_number(n: int, index: int) -> int:
    """An event of report `n` as one number."""
    return n * _INDEX + index


def event_of(number: int) -> tuple[int, int]:
    """Report and index of an event that is one number."""
    return divmod(number, _INDEX)


def of_other_reports(events: Numbers, own: int) -> Numbers:
    """Those of these events, each as one number, that another report tells than `own`: what one report tells as two is two."""
    found: Numbers = events[events // _INDEX != own // _INDEX]
    return found


class _Outlines(Sequence[Told]):
    """The events of a report, each unpacked when it is first asked for: of most reports one is."""

    def __init__(self, packed_: Sequence[msgspec.Raw], whole: Whole) -> None:
        self.packed = packed_
        self._whole = whole
        self._told: list[Told | None] = [None] * len(packed_)

    def __len__(self) -> int:
        return len(self._told)

    @overload
    def __getitem__(self, index: int) -> Told: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Told]: ...
    def __getitem__(self, index: int | slice) -> Told | Sequence[Told]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        found = self._told[index]
        if found is None:
            found = self._told[index] = unpacked(bytes(self.packed[index]), self._whole)
        return found
