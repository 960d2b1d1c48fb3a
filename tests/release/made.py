"""Incidents for the tests of exports: some made by hand, of whom everything is known, and those that the sample reports tell."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from marsad.incidents import Memory, copies_in, grow, incident, told_in
from marsad.model import (
    Actor,
    Alternative,
    Anchor,
    Asserter,
    Claim,
    EventDate,
    Grade,
    Incident,
    Place,
    Report,
    Review,
    Tally,
    ToldEvent,
)  # fmt: skip
from marsad.reading import read
from marsad.release import export

SAMPLES: Final = Path(__file__).resolve().parents[2] / "src" / "marsad" / "samples" / "reports.jsonl"
DAY: Final = datetime.date(2018, 3, 4)
DOUMA: Final = Place(
    "دوما", "at", None, None, "Rural Damascus", "SY", (20, 24), 33.5714, 36.4012, "settlement", 3.0, "marsad:SY/douma", "Douma", "Duma",
    (Alternative("marsad:LB/douma", 0.2),),
)  # fmt: skip


def claim(n: int, about: str, value: Any, *, words: str | None = None, report: str = "r1", span: tuple[int, int] | None = None, **given: Any) -> Claim:
    """A claim of the outlet, but for what is given."""
    asserter = given.get("asserter", Asserter(None, None, "outlet"))
    return Claim(f"c-{n}", asserter, "وكالة العيّنة", about, value, given.get("stance", "asserts"), DAY, report, span, words, given.get("superseded_by"))


def made(id_: str = "inc-1", **given: Any) -> Incident:
    """An air strike at Douma, 5 killed, told by the report r1; with what is given in place of that."""
    values: dict[str, Any] = {
        "id": id_,
        "type": "air_strike",
        "status": "occurred",
        "date": EventDate(DAY, DAY, "day", (0, 4)),
        "places": (DOUMA,),
        "actors": (Actor("الطيران الحربي", "syria-government", "initiator", (5, 10)), Actor("مدنيون", "civilians", "target", (30, 36))),
        "reports": ("r1",),
        "events": (ToldEvent("r1", 0, Anchor("a" * 64, "air_strike", (0, 40))),),
        "copies": (),
        "claims": (
            claim(1, "occurred", True, words="قصف الطيران الحربي مدينة دوما وقتل خمسة مدنيين", span=(0, 40)),
            claim(2, "count:killed", {"min": 5, "max": 5, "who": {"name": "مدنيين", "id": "civilians"}, "part": False}, words="خمسة مدنيين"),
        ),
        "tallies": (Tally("killed", "civilians", 5, 5, 7, 2, "latest_lower_median"), Tally("wounded", None, 10, 10, None, 1, "latest_lower_median")),
        "grade": Grade("single", "one source alone says so"),
        "review": Review("unreviewed", None, None),
        "joined": (),
        **given,
    }
    return Incident(**values)


REPORT: Final = Report(
    "r1", "قصف الطيران الحربي مدينة دوما وقتل خمسة مدنيين", DAY, "وكالة العيّنة", "قصف على دوما", "https://example.org/2018/douma", language="ar"
)
NOWHERE: Final = made("inc-0", date=EventDate(None, None, "unknown", None), places=(), actors=(), tallies=(), claims=())
"""One of which nothing is known."""


def reports(*more: Report) -> Any:
    """A lookup of reports by id."""
    return {report.id: report for report in (REPORT, *more)}.get


@cache
def told() -> tuple[tuple[Incident, ...], dict[str, Report]]:
    """The incidents that the sample reports tell, and the reports by id."""
    kept: dict[str, Report] = {}
    events = []
    for line in SAMPLES.read_text("utf-8").splitlines():
        record = json.loads(line)
        report = Report.from_text(record["text"], **{key: record.get(key) for key in ("id", "date", "outlet", "title", "url")})
        kept[report.id] = report
        events += told_in(read(report))
    found = [incident(group, links=component.links, copies=copies_in(group)) for component in grow(Memory(), events).components for group in component.groups]
    return tuple(found), kept


def exported(name: str, incidents: Sequence[Incident], lookup: Any = None, **options: bool) -> bytes:
    """What an export writes."""
    out = io.BytesIO()
    export(name, incidents, reports() if lookup is None else lookup, out, **options)
    return out.getvalue()


def encoded(value: Any) -> str:
    """Anything of the model as text, to look for words in."""
    return msgspec.json.encode(value).decode()
