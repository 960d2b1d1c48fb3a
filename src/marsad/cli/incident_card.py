"""An incident on a terminal: two lines in a list, or all its claims side by side.

Arabic stands in isolates; every claim has who says so, who printed it, when, and the words.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from marsad.model import Actor, Claim, Decision, Incident, Place, Tally
from marsad.table import arabic_of, in_lines, isolated, plain

_LABEL: Final = 10
_GRADES: Final = {"single": "مصدر واحد", "several": "مصادر عدة", "both_sides": "الطرفان", "admitted": "أقرّ به الفاعل", "contested": "مختلف عليه"}
_STATES: Final = {"unreviewed": "لم يراجع", "confirmed": "مؤكد", "rejected": "مرفوض", "withheld": "محجوب"}
_ORDER: Final = ("occurred", "status", "day", "place", "initiator", "target", "participant", "beneficiary")


def line(incident: Incident, width: int, *, colour: bool = False) -> str:
    """An incident as lines of a list."""
    out, console = _console(width, colour)
    head = f"{_day(incident)}  {incident.type} {isolated(arabic_of(incident.type))}" + ("" if incident.status == "occurred" else f" ({incident.status})")
    where = "، ".join(_place(p) for p in incident.places[:2])
    for text in in_lines("  ".join(x for x in (head, where) if x), console.width):
        console.print(Text(text, style="bold"), soft_wrap=True)
    told = f"{len(incident.reports)} report{'' if len(incident.reports) == 1 else 's'}"
    known = [
        _parties(incident.actors),
        "; ".join(_tally(t) for t in incident.tallies),
        f"{incident.grade.value}, {told}" + ("" if incident.review.state == "unreviewed" else f", {incident.review.state}"),
        incident.id,
    ]
    for text in in_lines(" · ".join(x for x in known if x), console.width - 4):
        console.print(Text("    " + text), soft_wrap=True)
    return out.getvalue()


def card(incident: Incident, decisions: Sequence[Decision], width: int, *, colour: bool = False) -> str:
    """All of an incident, its claims grouped by what they are about."""
    out, console = _console(width, colour)
    for text in in_lines(f"{incident.id}  {incident.type} {isolated(arabic_of(incident.type))} · {_day(incident)}", console.width):
        console.print(Text(text, style="bold"), soft_wrap=True)
    _field(console, "status", incident.status)
    _field(console, "places", "، ".join(_place(p) for p in incident.places) or "not told")
    _field(console, "who", _parties(incident.actors) or "not told")
    for tally in incident.tallies:
        _field(console, "tally", f"{_tally(tally)} by {tally.asserters} independent asserter{'' if tally.asserters == 1 else 's'} (rule {tally.rule})")
    _field(console, "grade", f"{incident.grade.value} {isolated(_GRADES[incident.grade.value])}: {incident.grade.why}")
    review = incident.review
    _field(console, "review", f"{review.state} {isolated(_STATES[review.state])}" + (f" by {isolated(review.by)} at {review.when}" if review.by else ""))
    _field(console, "reports", ", ".join(plain(r) for r in incident.reports))
    for copies in incident.copies:
        _field(console, "copies", f"one text, one witness: {', '.join(plain(r) for r in copies)}")
    console.print()
    for about in sorted({c.about for c in incident.claims}, key=lambda a: (_ORDER.index(a) if a in _ORDER else len(_ORDER), a)):
        claims = [c for c in incident.claims if c.about == about]
        if about == "status" and {c.value for c in claims} == {incident.status}:
            continue
        console.print(Text(f"  {about}", style="bold"), soft_wrap=True)
        for same in _alike(claims):
            _claim(console, same)
    if incident.joined:
        console.print(Text("  why these are one", style="bold"), soft_wrap=True)
        for why in incident.joined:
            _field(console, "", isolated(why))
    for decision in decisions:
        _field(console, "decision", decision_line(decision))
    console.print()
    return out.getvalue()


def decision_line(decision: Decision) -> str:
    """A decision in one line."""
    subject = ", ".join(plain(s) for s in decision.subject)
    return f"{decision.number}. {decision.kind} {subject} by {isolated(decision.by)} at {decision.when}: {isolated(decision.why)}"


def _console(width: int, colour: bool) -> tuple[io.StringIO, Console]:
    out = io.StringIO()
    return out, Console(file=out, width=max(width, 40), force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False)


def _field(console: Console, label: str, words: str, style: str = "") -> None:
    for place, text in enumerate(in_lines(words, console.width - _LABEL - 2)):
        console.print(Text(f"  {label if place == 0 else '':<{_LABEL}}{text}", style=style), soft_wrap=True)


def _alike(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one asserter that say the same, told as one."""
    found: dict[object, list[Claim]] = {}
    for claim in claims:
        who = claim.asserter.id or claim.asserter.name or claim.publisher
        found.setdefault((_value(claim.value), claim.stance, who, claim.superseded_by is None), []).append(claim)
    return list(found.values())


def _claim(console: Console, same: Sequence[Claim]) -> None:
    """What an asserter says, where it was printed and when, and the words of each text that says more than the value."""
    claim = same[0]
    who = f"{isolated(claim.asserter.name or claim.publisher or 'nobody named')} ({claim.asserter.kind})"
    printed = "، ".join(dict.fromkeys(isolated(c.publisher) for c in same if c.publisher and c.publisher != c.asserter.name))
    days = ", ".join(dict.fromkeys(str(c.told or "no day") for c in same))
    said = "denies" if claim.stance == "denies" else "takes back" if claim.stance == "retracts" else ""
    value = " ".join(x for x in (said, _value(claim.value)) if x)
    later = " (later told otherwise)" if claim.superseded_by else ""
    _field(console, "", f"{value} — {who}" + (f", printed by {printed}" if printed else "") + f", {days}{later}", "dim strike" if later else "")
    for words in dict.fromkeys(" ".join(c.words.split()) for c in same if c.words and c.words not in _value(c.value)):
        _field(console, "", isolated(words[:200] + ("…" if len(words) > 200 else "")), "dim")


def _value(value: Any) -> str:
    if value is True:
        return "it happened"
    if isinstance(value, dict):
        if "min" in value:
            who = (value.get("who") or {}).get("name")
            part = " (a part of another)" if value.get("part") else ""
            return _range(value["min"], value["max"]) + (f" {isolated(who)}" if who else "") + part
        if "start" in value:
            return str(value["start"]) if value["start"] == value["end"] else f"{value['start']} … {value['end']} ({value['precision']})"
        return isolated(value["name"]) + (f" ({value.get('id') or value.get('gazetteer_id')})" if value.get("id") or value.get("gazetteer_id") else "")
    return isolated(str(value))


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _tally(tally: Tally) -> str:
    who = f" {tally.who}" if tally.who else ""
    figures = _range(tally.low, tally.high)
    best = f", best {tally.best:,}" if tally.high != tally.low else ""
    return f"{tally.what}{who} {figures}{best}"


def _day(incident: Incident) -> str:
    start, end = incident.date.start, incident.date.end
    if start is None:
        return "no day told"
    if incident.date.precision == "unknown":
        return f"{start or datetime.date.min} or before"
    return str(start) if start == end else f"{start} … {end}"


def _place(place: Place) -> str:
    return isolated(place.name) + (f" ({place.name_en})" if place.name_en else "")


def _parties(actors: Sequence[Actor]) -> str:
    by = "، ".join(isolated(a.name) for a in actors if a.role in ("initiator", "participant"))
    against = "، ".join(isolated(a.name) for a in actors if a.role in ("target", "beneficiary"))
    return f"{by or '?'} → {against}" if against else by
