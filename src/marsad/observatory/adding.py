"""Reports into the store: one transaction a report, the same report once, however it comes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

import msgspec

from marsad.arabic.search import FIELDS, terms
from marsad.incidents import told_in
from marsad.intake import Fault, encoded, keeping
from marsad.model import Event, Proof, Reading, Report, Source
from marsad.observatory.grouping import Grouping, new_events
from marsad.observatory.identity import address_of, id_for, known
from marsad.observatory.line import Passed, Read, read_items
from marsad.observatory.telling import Telling
from marsad.store import ReadTx, ReportRow, Store, WriteTx

Outcome = Literal["new", "known", "proof", "erased", "fault"]

_COLLECTED: Final = 20_000  # reports

SEARCHED: Final = tuple(dict.fromkeys(FIELDS.values()))
"""The fields in which words are looked for."""


class Added(NamedTuple):
    """What came of one report.

    `outcome`: `new`; `known`: nothing changed; `proof`: it was there, and has one more proof now; `erased`: it was erased and is not taken in again;
    `fault`: it could not be taken in. `report`: the id under which it is kept; `events`: how many it tells; `incidents`: their ids;
    `size`: bytes of its reading, about.
    """

    outcome: Outcome
    report: str = ""
    events: int = 0
    incidents: tuple[str, ...] = ()
    fault: Fault | None = None
    size: int = 0


@dataclass
class Adding:
    """One run of adding. `now` gives the time of a transaction (RFC 3339, UTC)."""

    store: Store
    telling: Telling
    now: Callable[[], str]
    _raw: dict[str, bytes] = field(default_factory=dict)
    _waiting: dict[str, Report] = field(default_factory=dict)

    def run(self, items: Callable[[], Iterator[Report | Fault]], jobs: int) -> Iterator[Added]:
        """Add what comes in, in its order. Whatever ends the run early, what was yielded is kept."""
        with keeping(self._seal):
            source = self._to_read(items())
            taken: list[Report] = []
            for item in _resting(read_items(_noting(source, taken), jobs)):
                if isinstance(item, Passed):
                    yield item.other if isinstance(item.other, Added) else Added("fault", fault=item.fault)
                    continue
                report = taken.pop(0) if taken else None
                yield self._read(item, report)
        if self._raw:  # of what could not be read: bytes are kept all the same
            with self.store.writing() as tx:
                self._keep_raw(tx)

    def _seal(self, sha256: str, content: bytes) -> None:
        self._raw[sha256] = content

    def _to_read(self, items: Iterator[Report | Fault]) -> Iterator[Report | Passed]:
        """What is new goes on to be read; what is known gets its proof and passes."""
        for item in items:
            if isinstance(item, Fault):
                yield Passed(item)
                continue
            with self.store.asking() as tx:
                row = known(tx, item)
                proof_is_known = row is not None and (row.erased is not None or has_proof(tx, row.n, item))
            if row is None:
                yield item
            elif proof_is_known:
                self._forget_raw(item)
                yield Passed(None, Added("erased" if row.erased else "known", row.id, size=2 * len(item.text)))
            else:
                yield Passed(None, self._known_now(item, row.id))

    def _known_now(self, report: Report, id_: str) -> Added:
        with self.store.writing() as tx:
            row = known(tx, report)
            if row is None or row.erased:
                return Added("erased" if row else "known", id_)
            self._keep_raw(tx)
            return Added("proof" if keep_proof(tx, row.n, report, self.now()) else "known", row.id)

    def _read(self, read: Read, report: Report | None) -> Added:
        if read.fault is not None or report is None:
            return Added("fault", fault=read.fault)
        reading = msgspec.json.decode(read.content, type=Reading)
        try:
            with self.store.writing() as tx:
                return self._new(tx, report, reading)
        except BaseException:
            self.telling.forget()
            raise

    def _new(self, tx: WriteTx, report: Report, reading: Reading) -> Added:
        self._keep_raw(tx)
        row = known(tx, report)  # of this very run, or of another that writes at the same time
        if row is not None:
            if row.erased:
                return Added("erased", row.id)
            return Added("proof" if keep_proof(tx, row.n, report, self.now()) else "known", row.id)
        at = self.now()
        id_ = id_for(tx, report)
        if id_ != report.id:
            report, reading = msgspec.structs.replace(report, id=id_), msgspec.structs.replace(reading, id=id_)
        day = report.date.toordinal() if report.date else None
        telling = self.telling.begin(tx)  # as it was before this one
        n = tx.keep_report(
            id=id_, sha256=report.sha256, address=address_of(report.url), day=day, outlet=report.outlet, record=encoded(report), added=at
        )  # fmt: skip
        keep_proof(tx, n, report, at)
        keep_reading(tx, telling, n, day, report, reading)
        ids = Grouping(tx, telling, at).add(telling.told(n))
        return Added("new", id_, len(reading.events), tuple(dict.fromkeys(ids)), size=2 * len(report.text))

    def _keep_raw(self, tx: WriteTx) -> None:
        for sha256, content in self._raw.items():
            tx.keep_raw(sha256, content)
        self._raw.clear()

    def _forget_raw(self, report: Report) -> None:
        if report.proof is not None:
            self._raw.pop(report.proof.sha256, None)


def _resting(items: Iterator[Passed | Read]) -> Iterator[Passed | Read]:
    """The same items. The collector of cycles rests meanwhile but for once in a long while: adding makes no cycles, and keeps much at hand, which would be
    looked at again and again in vain."""
    awake = gc.isenabled()
    gc.disable()
    try:
        for n, item in enumerate(items, 1):
            yield item
            if n % _COLLECTED == 0:
                gc.collect()
    finally:
        if awake:
            gc.enable()


def _noting(items: Iterator[Report | Passed], taken: list[Report]) -> Iterator[Report | Passed]:
    """The same items; the reports among them are put down in order, to be met again with their readings."""
    for item in items:
        if isinstance(item, Report):
            taken.append(item)
        yield item


def keep_reading(tx: WriteTx, telling: Telling, n: int, day: int | None, report: Report, reading: Reading) -> None:
    """Keep what was read in a report, and have its events at hand."""
    outline = telling.put_new(n, told_in(reading))
    told = telling.told(n)
    events = new_events(told)
    tx.keep_reading(
        n,
        day=day,
        reader=reading.reader,
        record=msgspec.json.encode(reading),
        terms=terms_of(fields_of(report, [t.event for t in told])),
        events=events,
        outline=outline,
    )
    telling.file(n, events)


def keep_proof(tx: WriteTx, n: int, report: Report, at: str) -> bool:
    """Keep where a report came from; whether that is new."""
    proof = report.proof or _text_alone(report)
    address = address_of(report.url or proof.url) or ""
    return tx.keep_proof(n, sha256=proof.sha256, address=address, record=msgspec.json.encode(proof), added=at)


def has_proof(tx: ReadTx, n: int, report: Report) -> bool:
    """Whether a report is known to have come from there."""
    proof = report.proof or _text_alone(report)
    return tx.has_proof(n, proof.sha256, address_of(report.url or proof.url) or "")


def _text_alone(report: Report) -> Proof:
    """The proof of a report that was made in Python: its text is all there is."""
    return Proof(report.sha256, len(report.text.encode("utf-8", "replace")), extractor="marsad.model")


_OWN: Final = {field_.encode_name for field_ in msgspec.structs.fields(Report)} | {"sha256"}
"""The keys of a report's record that are marsad's."""


def report_of(row: ReportRow) -> Report | None:
    """A report as it was taken in, with the keys of its record that marsad does not know; None where it was erased."""
    if row.record is None:
        return None
    report = msgspec.json.decode(row.record, type=Report)
    foreign = msgspec.json.decode(row.record, type=dict[str, msgspec.Raw])
    extra = {key: value for key, value in foreign.items() if key not in _OWN}
    return msgspec.structs.replace(report, extra=extra) if extra else report


def fields_of(report: Report, events: Iterable[Event]) -> dict[str, str]:
    """The words of a report by the fields in which one can search."""
    events = list(events)
    places = [name for e in events for p in e.places for name in (p.name, p.name_en) if name]
    sources: list[Source] = [s for e in events for s in (e.source, *(c.source for c in e.counts)) if s is not None]
    return {
        "title": report.title or "",
        "text": report.text,
        "outlet": report.outlet or "",
        "place": _listed(places),
        "actor": _listed(a.name for e in events for a in e.actors),
        "asserter": _listed(s.name for s in sources if s.name),
    }


def _listed(names: Iterable[str]) -> str:
    return " . ".join(dict.fromkeys(names))


def terms_of(fields: dict[str, str]) -> list[str]:
    """The terms under which a report is found: those of every field, and those of each field but its text behind the field's name."""
    found: dict[str, None] = {}
    for name, words in fields.items():
        for term in terms(words):
            found[term] = None
            if name != "text":
                found[field_term(name, term)] = None
    return list(found)


def field_term(name: str, term: str) -> str:
    """A term as it is found in one field."""
    return f"{name}_{term}"
