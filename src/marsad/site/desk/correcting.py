"""A correction as an editor's form gives it: a field of an event, and the words of the report that support it.

What comes out is what `Observatory.review("correct", …)` takes: whole fields as JSON. The words are looked for in the text; of several places the one
nearest to where the event is told is taken.
"""

from __future__ import annotations

import datetime
from typing import Any, Final, get_args

import msgspec

from marsad.incidents import Told
from marsad.knowledge import lexicon
from marsad.knowledge.gazetteer import gazetteer
from marsad.model import ActorRole, Counted, EventType, PlaceRole, Precision, SourceKind, Span, Status
from marsad.site.desk.asking import Ask, DeskError

_PRECISIONS: Final = {"country": "country", "admin1": "admin1", "admin2": "admin2", "admin3": "admin3", "region": "region"}
_LARGEST: Final = 10_000_000


def corrected_fields(ask: Ask, told: Told) -> dict[str, Any]:
    """The fields that the form changes. Raises `DeskError`."""
    name = ask.one("field", 20)
    if ask.one("as_read"):
        return {name: None}
    if name in _LISTS:
        return {name: _list(ask, told, name)}
    if name not in _SINGLE:
        raise DeskError("unknown_field")
    return _SINGLE[name](ask, told)


def span_of(told: Told, words: str) -> Span:
    """Where these words stand. Raises `DeskError` where they do not."""
    if not words:
        raise DeskError("no_words")
    near, at, found = told.event.location_of_evidence[0], told.text.find(words), list[int]()
    while at >= 0 and len(found) < 10_000:
        found.append(at)
        at = told.text.find(words, at + 1)
    if not found:
        raise DeskError("words_not_there")
    start = min(found, key=lambda place: (abs(place - near), place))
    return start, start + len(words)


def _type(ask: Ask, told: Told) -> dict[str, Any]:
    fields: dict[str, Any] = {"type": _choice(ask.one("value", 40), EventType)}
    if words := ask.one("words"):
        fields["mentions"] = [span_of(told, words)]
    return fields


def _status(ask: Ask, _: Told) -> dict[str, Any]:
    return {"status": _choice(ask.one("value", 40), Status)}


def _date(ask: Ask, told: Told) -> dict[str, Any]:
    start, end = _day(ask.one("start", 10)), _day(ask.one("end", 10))
    words = ask.one("words")
    if start and end and end < start:
        raise DeskError("days_turned")
    precision = _choice(ask.one("precision", 10), Precision)
    return {"date": {"start": start, "end": end or start, "precision": precision if start else "unknown", "span": span_of(told, words) if words else None}}


def _source(ask: Ask, told: Told) -> dict[str, Any]:
    words = ask.one("words")
    span = span_of(told, words) if words else None
    return {
        "source": {
            "name": ask.one("name", 300) or words or None,
            "id": _actor(ask.one("id", 80)),
            "kind": _choice(ask.one("kind", 20), SourceKind),
            "span": span,
        }
    }


_SINGLE: Final = {"type": _type, "status": _status, "date": _date, "source": _source}


def _list(ask: Ask, told: Told, name: str) -> list[Any]:
    items: list[Any] = list(msgspec.to_builtins(getattr(told.event, name)))
    index = ask.one("index", 6)
    number = len(items) if index in ("", "new") else int(index) if index.isdigit() else -1
    if not 0 <= number <= len(items):
        raise DeskError("unknown_field")
    if ask.one("remove"):
        return [item for n, item in enumerate(items) if n != number]
    made = _LISTS[name](ask, told, items[number] if number < len(items) else {})
    return [*items[:number], made, *items[number + 1 :]]


def _place(ask: Ask, told: Told, before: dict[str, Any]) -> dict[str, Any]:
    span = span_of(told, ask.one("words"))
    name = ask.one("name", 300) or ask.one("words")
    role = _choice(ask.one("role", 10), PlaceRole)
    id_ = ask.one("id", 120)
    if id_:
        known = gazetteer().place(id_)
        if known is None:
            raise DeskError("no_such_place")
    else:
        known = next(iter(gazetteer().candidates(name, country=before.get("country") or told.home, limit=1)), None)
    made: dict[str, Any] = {"name": name, "role": role, "relation": None, "distance_km": None, "admin1": None, "country": None, "span": span}
    if known is not None:
        made |= {
            "admin1": known.admin1 or None, "admin2": known.admin2 or None, "country": known.country or None, "lat": known.lat, "lon": known.lon,
            "precision": _PRECISIONS.get(known.kind, "settlement") if known.lat is not None else "unknown", "radius_km": known.radius_km,
            "gazetteer_id": known.id, "name_en": known.name_en or None,
        }  # fmt: skip
    return made


def _actor_of(ask: Ask, told: Told, _: dict[str, Any]) -> dict[str, Any]:
    words = ask.one("words")
    return {
        "name": ask.one("name", 300) or words,
        "id": _actor(ask.one("id", 80)),
        "role": _choice(ask.one("role", 20), ActorRole),
        "span": span_of(told, words),
    }


def _count(ask: Ask, told: Told, before: dict[str, Any]) -> dict[str, Any]:
    least, most = _number(ask.one("min", 12)), ask.one("max", 12)
    if least is None or (most and (_number(most) or -1) < least):
        raise DeskError("no_number")
    who = ask.one("who", 200)
    same = (before.get("who") or {}).get("name") == who
    return {
        "what": _choice(ask.one("what", 20), Counted), "min": least, "max": _number(most), "part": bool(before.get("part")),
        "who": {"name": who or None, "id": before["who"].get("id") if before and same else None}, "source": before.get("source"),
        "span": span_of(told, ask.one("words")),
    }  # fmt: skip


_LISTS: Final = {"places": _place, "actors": _actor_of, "counts": _count}


def _choice(value: str, of: Any) -> str:
    if value not in get_args(of):
        raise DeskError("no_choice")
    return value


def _actor(id_: str) -> str | None:
    if id_ and id_ not in lexicon().actors:
        raise DeskError("no_such_actor")
    return id_ or None


def _number(words: str) -> int | None:
    return min(int(words), _LARGEST) if words.isdigit() else None


def _day(words: str) -> str | None:
    if not words:
        return None
    try:
        return datetime.date.fromisoformat(words).isoformat()
    except ValueError:
        raise DeskError("no_day") from None
