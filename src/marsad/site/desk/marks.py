"""A report's text with its events marked in it, and the fields of each event with the words that support them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

from marsad.model import Event, Span
from marsad.site.format import Speech

_LINES: Final = 4_000


@dataclass
class Piece:
    """A piece of a text: `at`: where it begins; `events`: numbers of those whose evidence it is in; `told`: it tells one, or a field of one; `begins`:
    numbers of events whose evidence begins here."""

    words: str
    at: int
    events: tuple[int, ...]
    told: bool
    begins: tuple[int, ...] = ()


@dataclass
class Field:
    """A field of an event. `name`, `index`: by which it is corrected; `words`, `at`: what supports it; `given`: what its form begins with."""

    name: str
    index: int
    label: Markup
    value: Markup
    words: str = ""
    at: int | None = None
    given: dict[str, Any] = field(default_factory=dict)


@dataclass
class Shown:
    """An event beside the text."""

    number: int
    name: str
    type: str
    title: Markup
    fields: list[Field]
    at: int
    incident: str | None = None
    background: bool = False


def paragraphs(text: str, events: Sequence[Event], hidden: Sequence[Span] = ()) -> list[list[Piece]]:
    """The text, line by line, in pieces. `hidden`: furniture of the page, left out."""
    spans = [(e.location_of_evidence, n, False) for n, e in enumerate(events)]
    spans += [(span, n, True) for n, e in enumerate(events) for span in _told(e)]
    cuts = sorted({0, len(text), *(p for (a, b), _, _ in spans for p in (a, b) if 0 <= p <= len(text)), *_breaks(text)})
    lines: list[list[Piece]] = [[]]
    for a, b in pairwise(cuts):
        words = text[a:b]
        if any(start <= a and b <= end for start, end in hidden):
            continue
        inside = tuple(dict.fromkeys(n for (start, end), n, told in spans if not told and start <= a and b <= end))
        begins = tuple(n for (start, _), n, told in spans if not told and start == a)
        told = any(start <= a and b <= end for (start, end), _, is_told in spans if is_told)
        lines[-1].append(Piece(words.replace("\n", " "), a, inside, told, begins))
        if words.endswith("\n"):
            lines.append([])
    return [line for line in lines if any(p.words.strip() for p in line)][:_LINES]


def _breaks(text: str) -> list[int]:
    return [n + 1 for n, c in enumerate(text) if c == "\n"]


def _told(event: Event) -> list[Span]:
    found = [*event.mentions, *(p.span for p in event.places), *(a.span for a in event.actors), *(c.span for c in event.counts)]
    return [*found, *(s for s in (event.date.span, event.source.span) if s is not None)]


def shown(event: Event, number: int, report: str, text: str, s: Speech, incident: str | None = None) -> Shown:
    """An event with its fields."""

    def one(name: str, index: int, label: Markup, value: Markup, span: Span | None, /, **given: Any) -> Field:
        return Field(name, index, label, value, text[span[0] : span[1]] if span else "", span[0] if span else None, given)

    d = event.date
    told = event.mentions[0] if event.mentions else event.location_of_evidence
    fields = [
        one("type", 0, s.t("desk.field.type"), s.t(f"type.{event.type}"), told, value=event.type),
        one("status", 0, s.t("desk.field.status"), s.t(f"status.{event.status}"), None, value=event.status),
        one("date", 0, s.t("desk.field.date"), s.days(d.start, d.end, d.precision), d.span, start=d.start or "", end=d.end or "", precision=d.precision),
    ]
    fields += [
        one("places", n, s.t(f"desk.place.{p.role}"), s.where(p) + Markup(" ({})").format(s.t(f"precision.{p.precision}")), p.span, role=p.role,
            id=p.gazetteer_id or "", name=p.name)
        for n, p in enumerate(event.places)
    ]  # fmt: skip
    fields += [
        one("actors", n, s.t(f"role.{a.role}"), s.actor(a.id, a.name), a.span, role=a.role, id=a.id or "", name=a.name) for n, a in enumerate(event.actors)
    ]
    for n, c in enumerate(event.counts):
        value = s.bounds(c.min, c.max)
        if c.who.id or c.who.name:
            value = s.t("claim.of_whom", value=value, who=s.actor(c.who.id, c.who.name))
        fields.append(
            one("counts", n, s.t(f"counted.{c.what}"), value, c.span, what=c.what, min=c.min, max="" if c.max is None else c.max, who=c.who.name or "")
        )
    source = s.name(event.source.name) or s.said(f"kind.{event.source.kind}", event.source.kind)
    fields.append(
        one("source", 0, s.t("desk.field.source"), source, event.source.span, kind=event.source.kind, id=event.source.id or "", name=event.source.name or "")
    )
    place = next((p for p in event.places if p.role == "at"), None)
    title = s.t("place_title.in", type=s.t(f"type.{event.type}"), place=s.place(place)) if place else s.t(f"type.{event.type}")
    return Shown(number, f"{report}#{number}", event.type, title, fields, event.location_of_evidence[0], incident, event.background)
