"""Editors' acts: each becomes a decision at the end of the chain, and the incidents that it is about are made again.

An act names incidents by their ids and events as `report#number`. Undoing an act is a new one: reopen after confirm, reject or withhold, merge after split, a
correction with `null`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from marsad.incidents import Told, incident
from marsad.model import Anchor, Decision, DecisionKind, Incident, Report, Span
from marsad.observatory.chain import appended
from marsad.observatory.finding import incident_of
from marsad.observatory.grouping import Grouping
from marsad.observatory.rulings import corrected
from marsad.observatory.telling import Telling
from marsad.release import Privacy
from marsad.store import PublicWrites, WriteTx

ACTS: Final[tuple[DecisionKind, ...]] = ("confirm", "reject", "merge", "split", "move", "correct", "withhold", "reopen", "note")


class ReviewError(ValueError):
    """An act that cannot be done as it was asked for; the message says why. Nothing was written."""


class Reviewing:
    """One act in one transaction, at the moment `at`."""

    def __init__(self, tx: WriteTx, telling: Telling, at: str) -> None:
        self.tx, self.at = tx, at
        self.telling = telling.begin(tx)

    def act(self, kind: str, subject: Sequence[str], *, why: str, by: str, fields: dict[str, Any] | None = None) -> Decision:
        """Do it. `subject`: an incident (confirm, reject, withhold, reopen, note), two or more (merge), an incident and its events (split), an event and an
        incident (move), an incident or an event (correct, with `fields`). Raises `ReviewError`."""
        if kind not in ACTS:
            raise ReviewError(f"{kind!r} is no act of review; there are: {', '.join(ACTS)}")
        if not why.strip() or not by.strip():
            raise ReviewError("a decision says who made it and why (--by NAME --why TEXT)")
        if fields and kind != "correct":
            raise ReviewError(f"{kind} changes no fields; correct does")
        if not subject:
            raise ReviewError(f"{kind} what? name an incident")
        subject = [name if "#" in name else self._id(name) for name in subject]
        parts, before, after = getattr(self, f"_{kind}" if hasattr(self, f"_{kind}") else "_state")(subject, fields or {})
        anchors = tuple(anchor for part in parts for anchor in part)
        touched = self._components(subject)
        made = appended(
            self.tx, kind=kind, by=by, when=self.at, why=why, subject=tuple(subject), anchors=anchors, parts=tuple(len(part) for part in parts),
            before=before, after=after, texts={anchor.sha256 for anchor in anchors},
        )  # fmt: skip
        if kind == "correct":
            self.tx.set_state("changes", self.at)
        self.telling.begin(self.tx)
        if kind != "note":
            Grouping(self.tx, self.telling, self.at).again(touched)
        return made

    # each gives the anchors, part by part, and what was before and is after, in JSON

    def _state(self, subject: Sequence[str], _: dict[str, Any]) -> tuple[list[list[Anchor]], Any, Any]:
        if len(subject) != 1 or "#" in subject[0]:
            raise ReviewError("name one incident")
        return [self._anchors(subject[0])], self._incident(subject[0]).review.state, None

    def _merge(self, subject: Sequence[str], _: dict[str, Any]) -> tuple[list[list[Anchor]], Any, Any]:
        if len(set(subject)) < 2 or any("#" in name for name in subject):
            raise ReviewError("merge takes two incidents or more")
        return [self._anchors(name) for name in subject], None, None

    def _split(self, subject: Sequence[str], _: dict[str, Any]) -> tuple[list[list[Anchor]], Any, Any]:
        incidents = [name for name in subject if "#" not in name]
        events = [self._event(name) for name in subject if "#" in name]
        if len(incidents) != 1 or not events:
            raise ReviewError("split takes an incident and those of its events that are another (report#number)")
        own = self._told(incidents[0])
        out = [t for t in own if t.ref in {e.ref for e in events}]
        rest = [t for t in own if t not in out]
        if len(out) != len({e.ref for e in events}):
            raise ReviewError(f"not all of these events are of {incidents[0]}; it has {', '.join(_name(t) for t in own)}")
        if not rest:
            raise ReviewError(f"these are all events of {incidents[0]}; nothing would be left of it")
        return [_raw_anchors(self._as_read(out)), _raw_anchors(self._as_read(rest))], None, None

    def _move(self, subject: Sequence[str], _: dict[str, Any]) -> tuple[list[list[Anchor]], Any, Any]:
        incidents = [name for name in subject if "#" not in name]
        events = [self._event(name) for name in subject if "#" in name]
        if len(incidents) != 1 or len(events) != 1:
            raise ReviewError("move takes one event (report#number) and the incident that it is of")
        row = self.tx.event(*self.telling.place(events[0].ref))
        if row is None or row.incident is None or row.incident == incidents[0]:
            raise ReviewError(f"{_name(events[0])} is of {incidents[0]} already")
        rest = [t for t in self._told(row.incident) if t.ref != events[0].ref]
        parts = [_raw_anchors(self._as_read(events)), _raw_anchors(self._as_read(rest)), self._anchors(incidents[0])]
        return parts, row.incident, incidents[0]

    def _correct(self, subject: Sequence[str], fields: dict[str, Any]) -> tuple[list[list[Anchor]], Any, Any]:
        if len(subject) != 1 or not fields:
            raise ReviewError("correct takes one incident or one event, and the fields that change (field=VALUE, in JSON)")
        try:
            if "#" in subject[0]:
                return self._corrected_event(subject[0], fields)
            told, known = self._told(subject[0]), self._incident(subject[0])
            incident(told, id=known.id, decided={name: value for name, value in fields.items() if value is not None})
            if unknown := set(fields) - {"type", "status", "date", "places", "actors"}:
                raise ReviewError(f"{min(unknown)!r} is not corrected in an incident; type, status, date, places and actors are, or correct an event")
            before = {name: msgspec.to_builtins(getattr(known, name)) for name in fields}
            return [self._anchors(subject[0])], before, fields
        except (msgspec.ValidationError, ValueError, TypeError) as error:
            if isinstance(error, ReviewError):
                raise
            raise ReviewError(f"this correction does not fit: {error}") from None

    def _corrected_event(self, subject: str, fields: dict[str, Any]) -> tuple[list[list[Anchor]], Any, Any]:
        now = self._event(subject)
        read = self._as_read([now])[0]
        event = corrected(read.event, now.event, fields)
        length = len(now.text)
        for span in _spans(msgspec.to_builtins(event)):
            if not 0 <= span[0] < span[1] <= length:
                raise ReviewError(f"the span {span} is not in the text of {now.report}, which has {length} characters")
        named: list[tuple[str, Span]] = [*((a.name, a.span) for a in event.actors), *((p.name, p.span) for p in event.places)]
        for name, span in named:
            words = now.text[span[0] : span[1]]
            if name not in words:
                raise ReviewError(f"{name!r} is not what stands at {span}: {words!r}; name the words that support it")
        return [[read.anchor]], {field: msgspec.to_builtins(getattr(now.event, field)) for field in fields}, fields

    # what names mean

    def _id(self, id_: str) -> str:
        stands = self.tx.forward(id_)
        if stands is None:
            raise ReviewError(f"there is no incident {id_}")
        return stands

    def _incident(self, id_: str) -> Incident:
        row = self.tx.incident(id=id_)
        if row is None:
            raise ReviewError(f"no report that is kept tells {id_} any more")
        return incident_of(row)

    def _told(self, id_: str) -> list[Told]:
        self._incident(id_)
        return [self.telling.told(row.report)[row.number] for row in self.tx.events(incident=id_)]

    def _as_read(self, told: Sequence[Told]) -> list[Told]:
        return [self.telling.as_read(self.telling.number(t.report))[t.index] for t in told]

    def _anchors(self, id_: str) -> list[Anchor]:
        return _raw_anchors(self._as_read(self._told(id_)))

    def _event(self, name: str) -> Told:
        report, _, number = name.rpartition("#")
        row = self.tx.report(id=report)
        if row is None or not number.isdigit():
            raise ReviewError(f"there is no event {name}; an event is named by its report's id, # and its number there")
        told = self.telling.told(row.n)
        if int(number) >= len(told):
            raise ReviewError(f"the report {report} tells {len(told)} events; the first is {report}#0")
        return told[int(number)]

    def _components(self, subject: Sequence[str]) -> set[int]:
        found: set[int] = set()
        for name in subject:
            rows = [self.tx.event(*self.telling.place(self._event(name).ref))] if "#" in name else self.tx.events(incident=name)
            found.update(row.component for row in rows if row is not None)
        return found


def _raw_anchors(told: Sequence[Told]) -> list[Anchor]:
    return list(dict.fromkeys(t.anchor for t in told))


def _name(told: Told) -> str:
    return f"{told.report}#{told.index}"


def _spans(value: Any) -> list[tuple[int, int]]:
    """All spans in an event as JSON."""
    if isinstance(value, dict):
        own = [(value["span"][0], value["span"][1])] if value.get("span") else []
        own += [tuple(s) for s in value.get("mentions", ())]
        if "location_of_evidence" in value:
            own.append(tuple(value["location_of_evidence"]))
        return own + [s for inner in value.values() for s in _spans(inner)]
    if isinstance(value, list | tuple):
        return [s for inner in value for s in _spans(inner)]
    return []


def erased(tx: WriteTx, telling: Telling, report: str, *, why: str, by: str, at: str) -> tuple[Decision, bool]:
    """Take the bytes and the words of a report away for good; gives the decision, and whether bytes stay because another report was made of them too.

    Its hash stays, so that it is not taken in again unseen. Raises `ReviewError`.
    """
    row = tx.report(id=report)
    if row is None:
        raise ReviewError(f"there is no report {report}")
    if row.erased is not None:
        raise ReviewError(f"{report} was erased at {row.erased}")
    telling.begin(tx)
    touched = {event.component for event in tx.events(report=row.n)}
    grouping = Grouping(tx, telling, at)
    parts = [grouping.component_numbered(number) for number in sorted(touched)]
    told = [t for its, _ in parts for t in its if t.report != report]
    links = [one for _, own in parts for one in own if report not in (one.a[0], one.b[0])]
    made = appended(
        tx, kind="erase", by=by, when=at, why=why, subject=(report,), anchors=(), parts=(), before=None, after={"sha256": row.sha256}, texts=()
    )  # fmt: skip
    shown = {event.incident for number in touched for event in tx.events(component=number) if event.incident is not None}
    PublicWrites(tx).forget({report, Privacy(lambda _: None).report(Report(id=report, text="")).id}, shown)
    for number in touched:
        tx.drop_component(number)
    tx.drop_reading(row.n, row.day)
    hashes = tx.proof_hashes(row.n)
    gone = tx.erase_report(row.n, at)
    if not any(other.erased is None for other in tx.reports(sha256=row.sha256)):
        tx.erase_words(d.number for d in tx.decisions(sha256=[row.sha256]))
    tx.set_state("changes", at)
    telling.begin(tx)
    Grouping(tx, telling, at).regrouped(told, links)
    tx.scrub()
    return made, len(gone) < len(hashes)


def read_value(words: str) -> Any:
    """The value of `field=VALUE`: JSON, or else the words themselves."""
    try:
        return json.loads(words)
    except json.JSONDecodeError:
        return words
