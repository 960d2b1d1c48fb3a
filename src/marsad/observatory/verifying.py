"""Whether what is kept still is what it was: the chain of decisions, the raw bytes, the texts, and the words that every span says it has."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

import msgspec

from marsad.model import Incident, Reading
from marsad.observatory.adding import report_of
from marsad.observatory.chain import broken
from marsad.store import ReadTx


def problems(tx: ReadTx) -> Iterator[str]:
    """What does not hold, one line each; nothing where all is well."""
    yield from broken(tx.decisions())
    yield from _raw(tx)
    texts: dict[str, str] = {}
    for row in tx.all_reports():
        where = f"report {row.id}"
        if row.erased is not None:
            if row.record is not None or tx.reading(row.n) is not None:
                yield f"{where}: it was erased, and something of it is there"
            continue
        report = report_of(row)
        if report is None:
            yield f"{where}: its text is gone, and it was not erased"
            continue
        if report.sha256 != row.sha256:
            yield f"{where}: its text was changed (SHA-256 {report.sha256}, and {row.sha256} was kept)"
        texts[row.id] = row.sha256
        for sha256 in sorted(tx.proof_hashes(row.n)):
            if sha256 != row.sha256 and not tx.has_raw(sha256):
                yield f"{where}: the bytes {sha256} that it was made of are not there"
        record = tx.reading(row.n)
        if record is None:
            yield f"{where}: it has no reading; `marsad rebuild` makes it"
            continue
        yield from _spans(where, msgspec.json.decode(record, type=Reading), report.text)
    yield from _incidents(tx, texts)


def _raw(tx: ReadTx) -> Iterator[str]:
    for sha256 in tx.raw_hashes():
        try:
            content = tx.raw(sha256)
        except zlib.error as error:
            yield f"raw bytes {sha256}: damaged ({error})"
            continue
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            yield f"raw bytes {sha256}: they were changed"


def _spans(where: str, reading: Reading, text: str) -> Iterator[str]:
    if reading.text != text:
        yield f"{where}: its reading is of another text; `marsad rebuild` makes it again"
    for number, event in enumerate(reading.events):
        for name, (start, end) in [("its words", event.location_of_evidence), *(("a mention", span) for span in event.mentions)]:
            if not 0 <= start < end <= len(text):
                yield f"{where}#{number}: {name} lie outside of the text ({start}, {end})"


def _incidents(tx: ReadTx, texts: dict[str, str]) -> Iterator[str]:
    """Every claim's words stand where it says; an incident's events are of reports that are there."""
    held: dict[str, str] = {}
    for row in tx.incidents(limit=1 << 62):
        made = msgspec.json.decode(row.record, type=Incident)
        for event in made.events:
            if texts.get(event.report) != event.anchor.sha256:
                yield f"incident {made.id}: the report {event.report} of one of its events is not there, or has another text"
        for claim in made.claims:
            if claim.span is None or claim.words is None:
                continue
            if claim.report not in held:
                if len(held) > 2_000:
                    held.clear()
                found = tx.report(id=claim.report)
                report = report_of(found) if found is not None else None
                held[claim.report] = report.text if report is not None else ""
            if held[claim.report][claim.span[0] : claim.span[1]] != claim.words:
                yield f"incident {made.id}: the claim {claim.id} says words that do not stand at {claim.span} of {claim.report}"
