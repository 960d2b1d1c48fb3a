"""The pages of review: an incident with its events and its history, a report with its events beside it, two incidents side by side, and the acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args
from urllib.parse import quote

from markupsafe import Markup

from marsad.incidents import Told, apart, link
from marsad.model import ActorRole, Counted, Decision, EventType, Incident, PlaceRole, Precision, SourceKind, Status
from marsad.observatory import Observatory
from marsad.site.desk.asking import Ask, DeskError, Reply, not_found
from marsad.site.desk.correcting import corrected_fields
from marsad.site.desk.deciding import STATES, Act, asks_for_two, decide, waiting
from marsad.site.desk.deciding import undo as undone
from marsad.site.desk.marks import paragraphs, shown
from marsad.site.desk.queue import told_of
from marsad.site.format import Speech
from marsad.site.reasons import joined_reason
from marsad.site.views import badges, card, claim_groups, tallies, title, why

_PAIRS: Final = 12
_NEAR: Final = 8
CHOICES: Final = {
    "types": get_args(EventType), "statuses": get_args(Status), "precisions": get_args(Precision), "place_roles": get_args(PlaceRole),
    "actor_roles": get_args(ActorRole), "counted": get_args(Counted), "kinds": get_args(SourceKind),
}  # fmt: skip

_ADDITIONS: Final = [
    {"name": "places", "index": "new", "words": "", "given": {"role": "at", "id": "", "name": ""}},
    {"name": "actors", "index": "new", "words": "", "given": {"role": "initiator", "id": "", "name": ""}},
    {"name": "counts", "index": "new", "words": "", "given": {"what": "killed", "min": "", "max": "", "who": ""}},
]
"""What can be added to an event, as its form begins."""


def report_path(id: str) -> str:
    """The address of a report at the desk, below it."""
    return f"/report?id={quote(id, safe='')}"


def incident(ask: Ask) -> Reply:
    """An incident as editors see it."""
    observatory, s = ask.site.observatory, ask.speech
    made = observatory.incident(ask.part("id"))
    if made is None:
        return not_found(ask)
    if made.id != ask.part("id"):
        return ask.to(f"/incidents/{made.id}")
    reports = ask.site.reports(list(made.reports))
    grade_why, joined = why(made, s)
    return ask.page(
        "incident.html", str(title(made, s).striptags()), id=made.id, title=title(made, s), badges=badges(made, s), state=made.review.state,
        date=s.days(made.date.start, made.date.end, made.date.precision), by=made.review.by, grade_why=grade_why, joined=joined, type=made.type,
        told_status=made.status, tallies=tallies(made, s), groups=claim_groups(made, reports, s), events=_events(observatory, made, s),
        decisions=decision_lines(observatory, s, made.id), near=_near(ask, made), acts=_acts(made.review.state), told=told_of(ask),
        two=made.type in asks_for_two(), first=waiting(ask.desk).get(made.id), choices=CHOICES,
    )  # fmt: skip


def _acts(state: str) -> list[str]:
    own = {"confirmed": "confirm", "rejected": "reject", "withheld": "withhold", "unreviewed": "reopen"}[state]
    return [act for act in STATES if act != own]


def _events(observatory: Observatory, made: Incident, s: Speech) -> list[dict[str, Any]]:
    found = []
    told = {id_: observatory.told(id_) for id_ in made.reports}
    for event in made.events:
        own = told[event.report]
        if event.index >= len(own):
            continue
        t = own[event.index]
        start, end = t.event.location_of_evidence
        found.append({
            "name": f"{event.report}#{event.index}", "report": event.report, "href": f"/{s.lang}/desk{report_path(event.report)}#event-{event.index}",
            "words": " ".join(t.text[start:end].split()), "outlet": s.name(t.outlet), "date": s.day(t.day) if t.day else "",
            "type": s.t(f"type.{t.event.type}"), "headline": s.name(t.title),
        })  # fmt: skip
    return found


def _near(ask: Ask, made: Incident) -> list[Any]:
    """Incidents that this one may be one with: of the same places, the nearest days first."""
    index = ask.site.index
    own = index.number(made.id)
    if own is None:
        return []
    row = index.row(own)
    rated: dict[int, int] = {}
    for place in row.places[:3]:
        for n in index.having("place", place):
            other = index.row(int(n))
            if int(n) != own and row.start is not None and other.start is not None and abs(other.start - row.start) <= 10:
                rated[int(n)] = abs(other.start - row.start) * 2 + (other.type != row.type)
    return [card(one, ask.speech) for one in ask.site.incidents(sorted(rated, key=lambda n: (rated[n], n))[:_NEAR])]


def decision_lines(observatory: Observatory, s: Speech, subject: str) -> list[dict[str, Any]]:
    """The decisions about an incident or a report, the latest first."""
    own = [d for d in observatory.decisions() if any(name == subject or name.startswith(f"{subject}#") for name in d.subject)]
    return [_line(d, s) for d in reversed(own)]


def _line(d: Decision, s: Speech) -> dict[str, Any]:
    change = ""
    if d.kind == "correct" and isinstance(d.after, dict):
        change = ", ".join(str(s.said(f"desk.field.{name}", name)) for name in d.after)
    return {
        "number": d.number, "kind": s.said(f"desk.act.{d.kind}", d.kind), "by": s.name(d.by), "when": s.day(d.when[:10]), "time": d.when[11:16],
        "why": s.name(d.why), "change": change, "undone": d.kind not in ("note", "erase", "assign"),
    }  # fmt: skip


def report(ask: Ask) -> Reply:
    """A report with its events marked in the text, and their fields beside it."""
    observatory, s, id_ = ask.site.observatory, ask.speech, ask.parameters.one("id")
    kept = observatory.report(id_)
    if kept is None or kept.report is None:
        return not_found(ask)
    told = observatory.told(id_)
    events = [t.event for t in told]
    found = kept.report
    residue = [r.span for r in found.residue] + ([r.span for r in kept.reading.residue] if kept.reading is not None else [])
    return ask.page(
        "report.html", found.title or str(s.t("report.title")), id=id_, headline=s.name(found.title), outlet=s.name(found.outlet),
        date=s.day(found.date) if found.date else None, lines=paragraphs(found.text, events, residue),
        events=[shown(e, n, id_, found.text, s, kept.incidents[n] if n < len(kept.incidents) else None) for n, e in enumerate(events)],
        decisions=decision_lines(observatory, s, id_), choices=CHOICES, additions=_ADDITIONS, told=told_of(ask), url=found.url,
    )  # fmt: skip


def act(ask: Ask) -> Reply:
    """An act on one incident: confirm, reject, withhold, reopen, note."""
    id_, kind = ask.part("id"), ask.one("act", 20)
    if kind not in STATES:
        raise DeskError("unknown_act")
    return ask.to(f"/incidents/{quote(id_)}", decide(ask.desk, ask.who, Act(kind, (id_,)), ask.one("why")))


def split(ask: Ask) -> Reply:
    """Take events out of an incident."""
    id_, events = ask.part("id"), [e for e in ask.form.get("event", []) if "#" in e and len(e) < 400]
    if not events:
        raise DeskError("no_events")
    return ask.to(f"/incidents/{quote(id_)}", decide(ask.desk, ask.who, Act("split", (id_, *events)), ask.one("why")))


def correct_incident(ask: Ask) -> Reply:
    """Correct the type or the status of an incident."""
    id_, field, value = ask.part("id"), ask.one("field", 20), ask.one("value", 40)
    if field not in ("type", "status"):
        raise DeskError("unknown_field")
    return ask.to(f"/incidents/{quote(id_)}", decide(ask.desk, ask.who, Act("correct", (id_,), {field: value or None}), ask.one("why")))


def correct(ask: Ask) -> Reply:
    """Correct a field of an event, with the words that support it."""
    told = _told(ask)
    name = f"{told.report}#{told.index}"
    done = decide(ask.desk, ask.who, Act("correct", (name,), corrected_fields(ask, told)), ask.one("why"))
    return ask.to(f"{report_path(told.report)}#event-{told.index}", done)


def move(ask: Ask) -> Reply:
    """Say that an event is of another incident."""
    told = _told(ask)
    name, to = f"{told.report}#{told.index}", ask.one("to", 60)
    done = decide(ask.desk, ask.who, Act("move", (name, to)), ask.one("why"))
    return ask.to(f"{report_path(told.report)}#event-{told.index}", done)


def _told(ask: Ask) -> Told:
    report, _, number = ask.one("event", 400).rpartition("#")
    told = ask.site.observatory.told(report)
    if not number.isdigit() or int(number) >= len(told):
        raise DeskError("no_events")
    return told[int(number)]


def merge_page(ask: Ask) -> Reply:
    """Two incidents side by side, and why the machine joined them or did not."""
    observatory, s = ask.site.observatory, ask.speech
    ids = [ask.parameters.one("a").strip(), ask.parameters.one("b").strip()]
    both = [observatory.incident(id_) for id_ in ids]
    if both[0] is None or both[1] is None:
        return ask.page("merge.html", "desk.merge", 200 if not ids[1] else 422, sides=None, ids=ids, wrong=s.t("desk.error.no_incident") if ids[1] else None)
    one, other = both[0], both[1]
    sides = [
        {
            "id": i.id, "title": title(i, s), "badges": badges(i, s), "date": s.days(i.date.start, i.date.end, i.date.precision),
            "events": _events(observatory, i, s),
            "tallies": tallies(i, s), "actors": [(s.t(f"role.{a.role}"), s.actor(a.id, a.name)) for a in i.actors], "places": [s.where(p) for p in i.places],
        }
        for i in (one, other)
    ]  # fmt: skip
    same = one.id == other.id
    pairs = [] if same else _pairs(observatory, one, other, s)
    return ask.page("merge.html", "desk.merge", sides=sides, ids=[one.id, other.id], pairs=pairs, same=same)


def _pairs(observatory: Observatory, one: Incident, other: Incident, s: Speech) -> list[tuple[str, str, bool, Markup]]:
    """Pairs of their events, whether the machine takes the two to be one, and why."""
    told = {id_: observatory.told(id_) for id_ in {*one.reports, *other.reports}}

    def events(made: Incident) -> Sequence[Told]:
        return [told[e.report][e.index] for e in made.events if e.index < len(told[e.report])][:4]

    found = []
    for a in events(one):
        for b in events(other):
            linked = link(a, b)
            said = joined_reason(f": {'; '.join(linked.why)}", s) if linked is not None else _against(apart(a, b), s)
            found.append((f"{a.report}#{a.index}", f"{b.report}#{b.index}", linked is not None, said))
    return found[:_PAIRS]


def _against(words: str, s: Speech) -> Markup:
    """Why two are not taken to be one, in the reader's language as far as its signs are known there."""
    for head, key in (("against it: ", "desk.against"), ("too little speaks for it: ", "desk.too_little")):
        if words.startswith(head):
            signs, _, score = words.removeprefix(head).rpartition(" (")
            got, _, needed = score.rstrip(")").partition(", and ")
            return s.t(key, why=joined_reason(f": {signs}", s), got=s.n(got), needed=s.n(needed.partition(" ")[0]))
    return joined_reason(f": {words}", s)


def merge(ask: Ask) -> Reply:
    """Say that two incidents are one."""
    ids = (ask.one("a", 60), ask.one("b", 60))
    done = decide(ask.desk, ask.who, Act("merge", ids), ask.one("why"))
    return ask.to(f"/incidents/{quote(ids[0])}", done)


def undo(ask: Ask) -> Reply:
    """Undo a decision by a new one."""
    number = ask.part("number")
    act = undone(ask.desk, ask.who, int(number) if number.isdigit() else 0, ask.one("why"))
    name = act.subject[0]
    return ask.to(report_path(name.rpartition("#")[0]) if "#" in name else f"/incidents/{quote(name)}", "undone")
