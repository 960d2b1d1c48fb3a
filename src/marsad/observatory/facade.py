"""`Observatory(url)`: everything that one can do with what is kept, in Python as on the command line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import IO, Any, Final, NamedTuple

import msgspec

from marsad.incidents import Told
from marsad.intake import Fault, Intake, take_in
from marsad.model import Decision, Filters, Incident, Proof, Reading, Report
from marsad.observatory.adding import Added, Adding, report_of
from marsad.observatory.chain import all_decisions
from marsad.observatory.finding import Finding, Hit, incident_of
from marsad.observatory.grouping import to_file_again
from marsad.observatory.loading import Bin, Loaded, Loading, Ready
from marsad.observatory.rebuilding import rebuilt
from marsad.observatory.reviewing import Reviewing, erased
from marsad.observatory.rulings import parts_of
from marsad.observatory.telling import Telling
from marsad.observatory.verifying import problems
from marsad.store import Store, StoreError

_EVERYTHING: Final = Filters()


class Page(NamedTuple):
    """Some incidents, the newest first; `after` gives the next ones, None where there are none."""

    incidents: tuple[Incident, ...]
    after: str | None


class Kept(NamedTuple):
    """A report that is kept. `report`, `reading`: None where it was erased; `incidents`: id of the incident of each of its events, in order."""

    id: str
    sha256: str
    added: str
    erased: str | None
    report: Report | None
    reading: Reading | None
    proofs: tuple[Proof, ...]
    incidents: tuple[str | None, ...]


class Observatory:
    """A store and all that is done with it. `url`: a path or an address of a database; it is made where it is not there, unless not `create`.

    `now` gives the time of an act (RFC 3339, UTC, six figures of the second). Raises `StoreError`, whose message is for the user.
    """

    def __init__(self, url: str, *, create: bool = True, now: Callable[[], str] | None = None) -> None:
        self.store = Store(url, create=create)
        self._telling = Telling()
        self._now = now or utc_now

    def __enter__(self) -> Observatory:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # -- in

    def add(self, inputs: Intake | Iterable[Report | Fault], *, jobs: int = 1) -> Iterator[Added]:
        """Take in reports, read them, and keep them with their incidents; gives what came of each, in order, as soon as it is kept."""
        items = (lambda: take_in(inputs)) if isinstance(inputs, Intake) else (lambda: iter(inputs))
        return Adding(self.store, self._telling, self._now).run(items, jobs)

    def to_file_again(self) -> int:
        """How many reports of a store of before the next `add` first brings over, which takes a second for a thousand of them."""
        with self.store.asking() as tx:
            return to_file_again(tx)

    def review(self, kind: str, subject: Sequence[str], *, why: str, by: str, fields: dict[str, Any] | None = None) -> Decision:
        """Decide about incidents (`reviewing.ACTS`). Raises `ReviewError`."""
        with self.store.writing() as tx:
            return Reviewing(tx, self._telling, self._now()).act(kind, subject, why=why, by=by, fields=fields)

    def erase(self, report: str, *, why: str, by: str) -> tuple[Decision, bool]:
        """Take the bytes and words of a report away for good; gives the decision, and whether bytes stay that another report was made of too."""
        with self.store.writing() as tx:
            done = erased(tx, self._telling, report, why=why, by=by, at=self._now())
        self.store.cleaned()
        return done

    def load(self, reports: Iterable[Ready], bins: Iterable[Bin]) -> Iterator[Loaded]:
        """Keep reports, readings and incidents that were made elsewhere, in one transaction, which stands when the last step was given; what is there
        already is not kept again. Gives how far it is. `reports` are asked for before `bins`."""
        try:
            with self.store.writing() as tx:
                yield from Loading(tx, self._telling, self._now()).run(reports, bins)
        except BaseException:
            self._telling.forget()
            raise

    def rebuild(self, *, jobs: int = 1) -> Iterator[tuple[int, int] | Fault]:
        """Make everything that is derived again, in one transaction; gives how many reports are done, of how many, and faults."""
        with self.store.writing() as tx:
            yield from rebuilt(tx, self._telling, self._now(), jobs=jobs)

    # -- out

    def incidents(self, filters: Filters = _EVERYTHING, *, oldest_first: bool = False) -> Iterator[Incident]:
        """All incidents that the filters ask for, the newest first."""
        with self.store.asking() as tx:
            for _, made in Finding(tx, self._telling).incidents(filters, oldest_first=oldest_first):
                yield made

    def page(self, filters: Filters = _EVERYTHING, *, limit: int = 50, after: str | None = None) -> Page:
        """One page of them. `after`: as the page before gave it. Raises ValueError for one that no page gave."""
        found: list[tuple[int, Incident]] = []
        before = None if after is None else int(after, 36)
        with self.store.asking() as tx:
            for keyed in Finding(tx, self._telling).incidents(filters, before=before):
                found.append(keyed)
                if len(found) > limit:
                    break
        more = len(found) > limit
        return Page(tuple(made for _, made in found[:limit]), _figure(found[limit - 1][0]) if more else None)

    def incident(self, id: str, *, as_of: datetime.date | None = None) -> Incident | None:
        """An incident by its id, or by one that leads to it; None where there is none."""
        with self.store.asking() as tx:
            stands = tx.forward(id)
            row = tx.incident(id=stands) if stands is not None else None
            if row is None or as_of is None:
                return incident_of(row) if row is not None else None
            return next((made for _, made in Finding(tx, self._telling).incidents(Filters(as_of=as_of)) if made.id == stands), None)

    def decisions(self, subject: str | None = None) -> list[Decision]:
        """All decisions, in order, or those that name a subject."""
        with self.store.asking() as tx:
            return [d for d in all_decisions(tx) if subject is None or subject in d.subject]

    def asked_again(self) -> list[tuple[Decision, str]]:
        """Decisions whose ground changed, each with the event that is not told so any more."""
        with self.store.asking() as tx:
            telling = Telling().begin(tx)
            return [(d, f"{a.type} at {a.span[0]}–{a.span[1]} of text {a.sha256[:12]}") for d, a in telling.decided.asked_again()]

    def named(self, decision: Decision) -> list[list[str]]:
        """The events that a decision speaks of as they are told now, by report and number (`report#number`), part by part."""
        with self.store.asking() as tx:
            decided = Telling().begin(tx).decided
            return [[f"{report}#{number}" for report, number in sorted(decided.refs(part))] for part in parts_of(decision)]

    def report(self, id: str) -> Kept | None:
        """A report as it is kept; None where there is none."""
        with self.store.asking() as tx:
            row = tx.report(id=id)
            if row is None:
                return None
            record = tx.reading(row.n)
            reading = None if record is None else msgspec.json.decode(record, type=Reading)
            proofs = tuple(msgspec.json.decode(proof, type=Proof) for proof in tx.proofs(row.n))
            incidents = tuple(event.incident for event in tx.events(report=row.n))
            return Kept(row.id, row.sha256, row.added, row.erased, report_of(row), reading, proofs, incidents)

    def told(self, id: str) -> Sequence[Told]:
        """The events of a report as editors corrected them, in the order of its reading; none where there is none."""
        with self.store.asking() as tx:
            row = tx.report(id=id)
            return () if row is None else Telling().begin(tx).told(row.n)

    def raw(self, sha256: str) -> bytes | None:
        """The raw bytes of this hash."""
        with self.store.asking() as tx:
            return tx.raw(sha256)

    def search(self, words: str, filters: Filters = _EVERYTHING) -> Iterator[Hit]:
        """The reports that have the words, the newest first (`arabic.search` says how one asks)."""
        with self.store.asking() as tx:
            yield from Finding(tx, self._telling).search(words, filters)

    def export(self, name: str, out: IO[bytes], filters: Filters = _EVERYTHING, *, internal: bool = False, bom: bool = False) -> None:
        """Write incidents to `out` in one of the formats of `release`, ordered by day and id. Raises `release.ExportError`."""
        from marsad.release import write

        with self.store.asking() as tx:
            found = (made for _, made in Finding(tx, self._telling).incidents(filters, oldest_first=True))

            def report(id: str) -> Report | None:
                row = tx.report(id=id)
                return report_of(row) if row is not None else None

            write(name, found, report, out, internal=internal, bom=bom)

    def verify(self) -> Iterator[str]:
        """What of the store does not hold, one line each; nothing where all is well."""
        with self.store.asking() as tx:
            yield from problems(tx)

    def stats(self) -> dict[str, Any]:
        """How much is kept: rows of each kind, reports by outlet, incidents by type, status, grade, review and country, bytes on the disk."""
        size = self.store.size()
        with self.store.asking() as tx:
            by = {name: tx.tag_counts(f"{name}:") for name in ("type", "status", "grade", "review", "country")}
            return {**tx.counts(), "bytes": size, "outlets": {outlet or "": n for outlet, n in tx.outlets()}, **by}


def utc_now() -> str:
    """The time, as it is kept."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _figure(key: int) -> str:
    """A key in letters and figures."""
    figures = ""
    while key:
        key, rest = divmod(key, 36)
        figures = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + figures
    return figures or "0"


__all__ = ["Kept", "Observatory", "Page", "StoreError", "utc_now"]
