"""The projection: what everybody may see, written into tables of its own by `refresh`, from which alone the site reads.

An incident goes through `release.Privacy`, is coarsened where its people are in danger (`coarsening`), and is kept as JSON with the row by which it is
found (`Facets`). A report keeps its facts, its proofs' hashes and the sentences that tell events; its whole text only where its outlet is one whose
texts the user may publish (`Settings.full_text`). What is withheld, merged away or erased leaves a mark that says so and nothing else.

`refresh` does what is new alone: each row remembers a hash of what it was made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import msgspec

from marsad.model import Decision, Incident, Report
from marsad.observatory import Kept, Observatory
from marsad.release import Privacy
from marsad.site.coarsening import Hidden, coarsened, family_names
from marsad.site.records import History, PublicIncident, facets_of, public_report
from marsad.store import PublicReads, PublicRow, PublicWrites

_FORM: Final = 3
"""Raised whenever what is written changes its form: everything is then written again."""

_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """What the keeper of an observatory chose. `full_text`: outlets whose reports are shown whole (`*`: all); `name`: of the observatory, by language."""

    full_text: frozenset[str] = frozenset()
    name: Mapping[str, str] = field(default_factory=lambda: {"ar": "مرصد", "en": "Marsad"})

    def shown_whole(self, outlet: str | None) -> bool:
        """Whether reports of an outlet may be shown whole."""
        return "*" in self.full_text or (outlet is not None and outlet in self.full_text)

    @property
    def digest(self) -> str:
        """What the rows depend on besides the store."""
        return hashlib.sha256(msgspec.json.encode([_FORM, sorted(self.full_text)])).hexdigest()[:16]


class Refreshed(NamedTuple):
    """What a refresh did: incidents and reports written, and taken away."""

    written: int
    gone: int
    reports: int
    reports_gone: int


def behind(observatory: Observatory, settings: Settings) -> bool:
    """Whether the store changed since the last refresh; cheap."""
    with observatory.store.asking() as tx:
        return tx.state("public_mark") != _mark(PublicReads(tx), settings)


def refresh(observatory: Observatory, settings: Settings | None = None) -> Refreshed:
    """Bring the projection up to the store."""
    settings = settings or Settings()
    with observatory.store.asking() as tx:
        reads = PublicReads(tx)
        mark = _mark(reads, settings)
        if tx.state("public_mark") == mark:
            return Refreshed(0, 0, 0, 0)
        anew = tx.state("public_form") != settings.digest
        sources, held = reads.sources(), reads.held("incident")
        forwards, tellers, held_reports = reads.forwards(), reads.tellers(), reads.held("report")
        standing = {kind: reads.standing(kind) for kind in ("incident", "report")}
    work = _Refresh(observatory, settings, sources, forwards, tellers, standing)
    wanted = [id_ for id_, (_, source) in sources.items() if anew or held.get(id_) != source]
    done = work.incidents(sorted(wanted), held)
    touched = None if anew else {report for report, told in tellers.items() if set(told) & set(wanted)}
    reports = work.reports(touched, held_reports)
    with observatory.store.writing() as tx:
        writes = PublicWrites(tx)
        writes.set_state("public_mark", mark)
        writes.set_state("public_form", settings.digest)
    return Refreshed(done[0], done[1], *reports)


def _mark(reads: PublicReads, settings: Settings) -> str:
    return f"{settings.digest}|{reads.mark()}"


@dataclass
class _Refresh:
    observatory: Observatory
    settings: Settings
    sources: dict[str, tuple[int, str]]
    forwards: dict[str, str]
    tellers: dict[str, list[str]]
    standing: dict[str, set[str]]

    def __post_init__(self) -> None:
        self._texts: dict[str, Report | None] = {}
        self.privacy = Privacy(self._report)
        self.decided: dict[str, list[Decision]] = {}
        for decision in self.observatory.decisions():
            for subject in decision.subject:
                self.decided.setdefault(subject, []).append(decision)
        self.families: dict[str, Hidden] = {}
        self.told: dict[str, tuple[tuple[str, str] | None, Hidden]] = {}

    # -- incidents

    def incidents(self, wanted: Sequence[str], held: Mapping[str, str]) -> tuple[int, int]:
        """Write these, and take those away that are not there or not for everybody; gives how many of each."""
        written, withheld = 0, set()
        for batch in _batches(wanted):
            rows: list[PublicRow] = []
            for id_ in batch:
                row = self._row(id_)
                if row is None:
                    withheld.add(id_)
                else:
                    rows.append(row)
            with self.observatory.store.writing() as tx:
                writes = PublicWrites(tx)
                writes.put_incidents(rows)
                writes.changed("incident", [(row.id, None, None) for row in sorted(rows)])
            written += len(rows)
        return written, self._gone(((set(held) | self.standing["incident"]) - set(self.sources)) | withheld, withheld)

    def _gone(self, gone: Collection[str], withheld: Collection[str]) -> int:
        with self.observatory.store.writing() as tx:
            writes = PublicWrites(tx)
            writes.drop("incident", gone)
            changes: list[tuple[str, str | None, str | None]] = []
            for id_ in sorted({*gone, *self.forwards} - (set(self.sources) - set(withheld))):
                forward = self.forwards.get(id_)
                why = "withheld" if id_ in withheld else "merged" if forward else "dissolved"
                known = writes.change("incident", id_)
                if known is None and why == "dissolved":
                    continue
                if known is None or (known.gone, known.forward) != (why, forward):
                    changes.append((id_, why, forward))
            writes.changed("incident", changes)
        return len(set(gone) & self.standing["incident"])

    def _row(self, id_: str) -> PublicRow | None:
        incident = self.observatory.incident(id_)
        if incident is None or incident.id != id_:
            return None
        self._tell(id_, incident)
        if incident.review.state == "withheld":
            return None
        public = self.privacy.public(incident)
        if public is None:
            return None
        hidden = Hidden()
        public = self._without_families(coarsened(public, hidden))
        key, source = self.sources[id_]
        made = PublicIncident(incident=public, history=self._history(incident), copies=_copied(public))
        return PublicRow(key, id_, source, msgspec.json.encode(made), msgspec.json.encode(facets_of(public)))

    def _without_families(self, public: Incident) -> Incident:
        """`public` without bare family names of those whom its reports name in full elsewhere."""
        hidden = {report: self._families(report) for report in public.reports}
        if not any(own.names for own in hidden.values()):
            return public
        claims = tuple(
            msgspec.structs.replace(claim, words=hidden[claim.report].out_of(claim.words)) if claim.words and claim.report in hidden else claim
            for claim in public.claims
        )
        return msgspec.structs.replace(public, claims=claims)

    def _families(self, report: str) -> Hidden:
        """Family names of private persons whom a report names in full; to be hidden where they stand alone too."""
        if report not in self.families:
            found, hidden = self._report(report), Hidden()
            if found is not None:
                hidden.names = family_names(found.text, self.privacy.words(found.text, report, (0, len(found.text))))
            self.families[report] = hidden
        return self.families[report]

    def _history(self, incident: Incident) -> tuple[History, ...]:
        """What became of it, by day: which reports came in, what editors decided (not who, nor why)."""
        came: dict[str, int] = {}
        with self.observatory.store.asking() as tx:
            for id_ in incident.reports:
                row = tx.report(id=id_)
                if row is not None:
                    came[row.added[:10]] = came.get(row.added[:10], 0) + 1
        found = [History(day, "reports", number) for day, number in came.items()]
        found += [History(decision.when[:10], decision.kind, 1) for decision in self.decided.get(incident.id, ()) if decision.kind != "note"]
        return tuple(sorted(found))

    # -- reports

    def reports(self, touched: Collection[str] | None, held: Mapping[str, str]) -> tuple[int, int]:
        """Write the reports that are new or of which an incident was written; take those away that are erased."""
        made_of: dict[str, str] = {}
        known: set[str] = set()
        rows: list[dict[str, Any]] = []
        written = 0
        with self.observatory.store.asking() as tx:
            numbered = [(row.id, row.added, row.erased) for row in tx.all_reports()]
        for id_, added, erased in numbered:
            if erased is not None:
                continue
            source = hashlib.blake2b("|".join((added, *self.tellers.get(id_, ()))).encode(), digest_size=12).hexdigest()
            public_id = self.privacy.report(Report(id=id_, text="")).id
            made_of[public_id] = source
            if touched is not None and id_ not in touched and held.get(public_id) == source:
                known.add(public_id)
                continue
            row = self._report_row(id_, source)
            if row is not None:
                known.add(public_id)
                rows.append(row)
            if len(rows) >= _BATCH:
                written += self._put_reports(rows)
                rows = []
        written += self._put_reports(rows)
        gone = (set(held) | self.standing["report"]) - known
        with self.observatory.store.writing() as tx:
            writes = PublicWrites(tx)
            writes.drop("report", gone)
            writes.changed("report", [(id_, "withheld" if id_ in made_of else "erased", None) for id_ in sorted(gone)])
        return written, len(gone)

    def _put_reports(self, rows: list[dict[str, Any]]) -> int:
        if rows:
            with self.observatory.store.writing() as tx:
                writes = PublicWrites(tx)
                writes.put_reports(rows)
                writes.changed("report", [(row["id"], None, None) for row in rows])
        return len(rows)

    def _report_row(self, id_: str, source: str) -> dict[str, Any] | None:
        kept = self.observatory.report(id_)
        if kept is None or kept.report is None:
            return None
        told = self._incidents_of(kept)
        if told and all(incident is None for incident, _ in told):
            return None
        made = public_report(kept, self.privacy, told, self._families(id_), whole=self.settings.shown_whole(kept.report.outlet))
        day = kept.report.date.toordinal() if kept.report.date else None
        return {"id": made.id, "source": source, "day": day, "record": msgspec.json.encode(made)}

    def _incidents_of(self, kept: Kept) -> list[tuple[tuple[str, str] | None, Hidden]]:
        """The incident of each of a report's events (id, type; None where it is not for everybody), and the names that were coarsened in it."""
        found: list[tuple[tuple[str, str] | None, Hidden]] = []
        for id_ in kept.incidents:
            if id_ is not None and id_ not in self.told:
                incident = self.observatory.incident(id_)
                if incident is not None:
                    self._tell(id_, incident)
            found.append(self.told.get(id_ or "", (None, Hidden())))
        return found

    def _tell(self, id_: str, incident: Incident) -> None:
        hidden = Hidden()
        coarsened(incident, hidden)
        self.told[id_] = (None if incident.review.state == "withheld" else (incident.id, incident.type), hidden)

    def _report(self, id_: str) -> Report | None:
        if id_ not in self._texts:
            if len(self._texts) > 500:
                self._texts.clear()
            kept = self.observatory.report(id_)
            self._texts[id_] = None if kept is None else kept.report
        return self._texts[id_]


def _copied(incident: Incident) -> int:
    return sum(len(copies) - 1 for copies in incident.copies)


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _BATCH):
        yield values[at : at + _BATCH]
