"""Told events for the tests of incidents, from a few words: `told("b", day="2018-12-04", killed="15", at="hajin")`.

What is not given is that of the event of which all are variants: an air strike of the coalition on the Islamic State at Hajin on 2 December 2018, 12 killed.
"""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from pathlib import Path
from typing import Any, Final, cast, get_args

from marsad.incidents import Told
from marsad.model import Actor, ActorRole, Count, Counted, Event, EventDate, EventType, Place, PlacePrecision, Source, SourceKind, Status, Who

HERE: Final = Path(__file__).resolve().parent
CASES: Final[dict[str, Any]] = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))
ROLES: Final[dict[str, ActorRole]] = {"by": "initiator", "on": "target", "with": "participant", "for": "beneficiary"}


def told(report: str = "a", index: int = 0, **given: Any) -> Told:
    """A told event. `date`: `day`, `first..last`, each with `:precision`, or `?` for none told; `at`, `by`, `on`, `with`: names, by spaces; counts by their
    name: `12`, `9+`, `5-7`, each with ` of WHO` (an actor, or a noun after a colon), `part` and `says WHO`, by commas; `source`: `kind[/id][/name]`.
    """
    values = {**CASES["base"], **given}
    day = datetime.date.fromisoformat(values["day"]) if values["day"] else None
    text = str(values.get("text", ""))
    event = Event(
        cast(EventType, values["type"]), cast(Status, values["status"]), bool(values["background"]), None, ((index, index + 1),),
        _date(str(values["date"]), day),
        tuple(_place(name) for name in str(values["at"]).split()),
        tuple(
            Actor(name.strip(":").replace("_", " "), None if name.startswith(":") else name, role, (0, 0))
            for key, role in ROLES.items()
            for name in str(values.get(key, "")).split()
        ),
        tuple(count for what in get_args(Counted) for count in _counts(what, str(values.get(what, "")))),
        _source(str(values["source"])),
        (0, len(text)) if text else (10 * index, 10 * index + 9),
    )  # fmt: skip
    sha256 = hashlib.sha256((text or report).encode()).hexdigest()
    return Told(report, sha256, index, event, day, values["outlet"], None, text)


def _date(said: str, day: datetime.date | None) -> EventDate:
    if said == "?":
        return EventDate(day, day, "unknown", None)
    days, _, precision = said.partition(":")
    first, _, last = days.partition("..")
    start = datetime.date.fromisoformat(first)
    return EventDate(start, datetime.date.fromisoformat(last) if last else start, cast(Any, precision or "day"), (0, 1))


def _place(name: str) -> Place:
    p = CASES["place"][name.partition("@")[0]]
    role = name.partition("@")[2] or "at"
    level = cast(PlacePrecision, p.get("level", "settlement"))
    return Place(
        p["name"], cast(Any, role), p.get("relation"), None, p.get("admin1"), p.get("country"), (0, 0), p.get("lat"), p.get("lon"), level,
        p.get("radius", 3.0) if "lat" in p else None, p.get("id"), None,
    )  # fmt: skip


def _counts(what: str, said: str) -> list[Count]:
    return [_count(cast(Counted, what), one) for one in said.split(", ") if one]


def _count(what: Counted, said: str) -> Count:
    figure, *words = said.split()
    least, _, most = figure.rstrip("+").partition("-")
    who, source, part = Who(None, None), None, False
    while words:
        word = words.pop(0)
        if word == "part":
            part = True
        elif word == "of":
            name = words.pop(0)
            who = Who(name[1:].replace("_", " "), None) if name.startswith(":") else Who(name, name)
        elif word == "says":
            source = _source(words.pop(0))
    return Count(what, int(least), None if figure.endswith("+") else int(most or least), who, part, source, (0, 0))


def _source(said: str) -> Source:
    kind, _, rest = said.partition("/")
    id_, _, name = rest.partition("/")
    return Source(name.replace("_", " ") or id_ or None, id_ or None, cast(SourceKind, kind), None)
