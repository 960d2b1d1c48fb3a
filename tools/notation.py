"""Reads the compact notation of gold notes (see the guide of the gold) into gold records.

@REPORT_ID
type [status] [bg] [xN] | mentions | date | places | actors | counts | source
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROLES = {"i": "initiator", "t": "target", "p": "participant", "b": "beneficiary"}
STATUSES = ("occurred", "ongoing", "failed", "planned", "denied")
_KEYS = re.compile(r"\s*\b(rel|cc|adm1|km)=(\S+)")


class NotationError(ValueError):
    """A note that cannot be read, or that names words which are not in the text."""


def read_notes(path: Path, texts: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The gold records of one file of notes, in order; a report whose text is not at hand is left out."""
    current: dict[str, Any] | None = None
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        if line.startswith("@"):
            if current is not None:
                yield current
            report = texts.get(line[1:].split()[0])
            current = None if report is None else {"id": report["id"], "reference_date": report["date"], "events": []}
            text = report["text"] if report else ""
        elif current is not None:
            try:
                current["events"].append(_event(line, text, date.fromisoformat(current["reference_date"])))
            except (ValueError, IndexError, KeyError) as error:
                raise NotationError(f"{path.name}, line {number} ({current['id']}): {error}") from error
    if current is not None:
        yield current


def _event(line: str, text: str, reference: date) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (7 - len(cells))
    head = cells[0].split()
    spans = [_mention(words.strip(), text) for words in cells[1].split(",") if words.strip()]
    repeats = next((int(h[1:]) for h in head if re.fullmatch(r"x\d+", h)), None)
    kind, _, name = cells[6].partition(" ")
    return {
        "type": head[0],
        "status": next((h for h in head if h in STATUSES), "occurred"),
        "background": "bg" in head,
        "repeats": repeats,
        "mentions": spans,
        "date": _days(cells[2] or "?", reference),
        "places": [_place(p.strip()) for p in cells[3].split(";") if p.strip()],
        "actors": [_actor(a.strip()) for a in cells[4].split(";") if a.strip()],
        "counts": [_count(c.strip()) for c in cells[5].split(";") if c.strip()],
        "source": {"kind": kind or "outlet", **_named(name)},
        "location_of_evidence": _evidence(text, spans),
    }


def _named(words: str) -> dict[str, Any]:
    name, _, id_ = words.strip().partition("{")
    return {"name": name.strip() or None, "id": id_.rstrip("}").strip() or None}


def _mention(words: str, text: str) -> list[int]:
    word, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.find(word, at + 1)
        if at < 0:
            raise ValueError(f"{words!r} is not in the text")
    return [at, at + len(word)]


def _days(told: str, reference: date) -> dict[str, str]:
    told, _, precision = told.partition(":")
    if told == "?":
        return {"start": reference.isoformat(), "end": reference.isoformat(), "precision": "unknown"}
    if told[0] == "y":
        return {"start": f"{told[1:]}-01-01", "end": f"{told[1:]}-12-31", "precision": "year"}
    if told[0] == "m":
        year, month = map(int, told[1:].split("-"))
        return {"start": f"{told[1:]}-01", "end": f"{told[1:]}-{calendar.monthrange(year, month)[1]}", "precision": "month"}
    start, _, end = told.partition("..")
    return {"start": _day(start, reference), "end": _day(end or start, reference), "precision": precision or "day"}


def _day(told: str, reference: date) -> str:
    return (reference + timedelta(int(told))).isoformat() if re.fullmatch(r"-?\d{1,3}", told) else date.fromisoformat(told).isoformat()


def _place(told: str) -> dict[str, Any]:
    role, _, rest = told.partition(" ")
    keys = dict(_KEYS.findall(rest))
    name = re.sub(r"\s*@-?[\d.]+,-?[\d.]+", "", _KEYS.sub("", rest)).strip()
    return {
        "name": name,
        "role": role,
        "relation": keys.get("rel"),
        "distance_km": float(keys["km"]) if "km" in keys else None,
        "admin1": keys["adm1"].replace("_", " ") if "adm1" in keys else None,
        "country": keys.get("cc"),
    }


def _actor(told: str) -> dict[str, Any]:
    role, _, rest = told.partition(" ")
    return {**_named(rest), "role": ROLES[role]}


def _count(told: str) -> dict[str, Any]:
    body, _, source = told.partition("<")
    part = body.rstrip().endswith(" part")
    what, figures, *who = body.strip().removesuffix(" part").split(maxsplit=2)
    low, _, high = figures.rstrip("+").partition("-")
    return {
        "what": what,
        "min": int(low),
        "max": None if figures.endswith("+") else int(high or low),
        "who": _named(who[0] if who else ""),
        "part": part,
        "source": _named(source.rstrip(">")) if source else None,
    }


def _evidence(text: str, spans: list[list[int]]) -> list[int]:
    passages = [_passage(text, *span) for span in spans]
    if not passages:
        return [0, len(text)]
    start, end = min(p[0] for p in passages), max(p[1] for p in passages)
    return [start, end] if end - start < 500 else passages[-1]


def _passage(text: str, start: int, end: int) -> list[int]:
    left = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stops = [at for at in (text.find("\n", end), text.find(". ", end)) if at >= 0]
    return [left, min(stops, default=len(text))]
