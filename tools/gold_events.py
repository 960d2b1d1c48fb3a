"""Annotated events as events of the model, as if they had been read without a mistake: for what is made of events, incidents above all.

Their places are looked up in the gazetteer by name, the widest told first, so that each lies near those that hold it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from corpus import agency_texts
from notation import read_notes

from marsad.incidents import Ref, Told, home_of
from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.model import Actor, Count, Event, EventDate, Place, PlacePrecision, Report, Source, Who


def gold_events(notes: Iterable[Path]) -> dict[Ref, Told]:
    """The events of files of notes whose texts are at hand, by report and index. Of a report that several files annotate the first counts."""
    agency = agency_texts()
    found: dict[Ref, Told] = {}
    seen: set[str] = set()
    for path in notes:
        texts = dict(agency)
        own = path.with_suffix(".jsonl")
        if own.is_file():
            texts |= {r["id"]: r for r in map(msgspec.json.decode, filter(bytes.strip, own.read_bytes().splitlines()))}
        here = set()
        for record in read_notes(path, texts):
            if record["id"] in seen:
                continue
            here.add(record["id"])
            found |= {t.ref: t for t in _told(texts[record["id"]], record)}
        seen |= here
    return found


def _told(text: dict[str, Any], record: dict[str, Any]) -> Iterator[Told]:
    day = datetime.date.fromisoformat(text["date"]) if text.get("date") else None
    sha256 = Report.from_text(text["text"]).sha256
    countries = Counter(p["country"] for e in record["events"] for p in e["places"] if p["country"])
    home = countries.most_common(1)[0][0] if countries else None
    events = [_event(event, text["text"], home) for event in record["events"]]
    for index, event in enumerate(events):
        yield Told(text["id"], sha256, index, event, day, text.get("outlet") or text.get("source"), text.get("title"), text["text"], home_of(events))


def _event(gold: dict[str, Any], text: str, home: str | None) -> Event:
    date = gold["date"]
    source = gold["source"]
    days = EventDate(datetime.date.fromisoformat(date["start"]), datetime.date.fromisoformat(date["end"]), date["precision"], None)
    own = next((p["country"] for p in gold["places"] if p["country"]), home)
    start, end = gold["location_of_evidence"]
    return Event(
        gold["type"], gold["status"], gold["background"], gold["repeats"], tuple((a, b) for a, b in gold["mentions"]), days,
        tuple(_places(gold["places"], text, own)),
        tuple(Actor(a["name"] or "", a["id"], a["role"], _span(a["name"], text)) for a in gold["actors"]),
        tuple(_count(c) for c in gold["counts"]),
        Source(source["name"], source["id"], source["kind"], _span(source["name"], text) if source["name"] else None),
        (start, end),
    )  # fmt: skip


def _span(name: str | None, text: str) -> tuple[int, int]:
    at = text.find(name) if name else -1
    return (at, at + len(name or "")) if at >= 0 else (0, 0)


def _count(gold: dict[str, Any]) -> Count:
    told = gold["source"]
    source = Source(told["name"], told["id"], "party" if told["id"] else "local", None) if told else None
    return Count(gold["what"], gold["min"], gold["max"], Who(gold["who"]["name"], gold["who"]["id"]), gold["part"], source, (0, 0))


_LEVELS: dict[str, PlacePrecision] = {"country": "country", "admin1": "admin1", "admin2": "admin2", "admin3": "admin3", "region": "region"}


def _places(gold: Sequence[dict[str, Any]], text: str, home: str | None) -> Iterator[Place]:
    """The places of an event as the gazetteer locates them, the widest told first, so that each lies near those that hold it."""
    located: dict[int, Candidate | None] = {}
    anchor: Candidate | None = None
    for n in reversed(range(len(gold))):
        place = gold[n]
        found = gazetteer().candidates(place["name"], country=place["country"] or home, near=anchor if anchor is not None and anchor.located else None)
        chosen = next((c for c in found if place["admin1"] is None or c.admin1 == place["admin1"] or c.name_en == place["admin1"]), next(iter(found), None))
        located[n] = chosen
        anchor = chosen or anchor
    for n, place in enumerate(gold):
        yield _place(place, located[n], text, home)


def _place(gold: dict[str, Any], found: Candidate | None, text: str, home: str | None) -> Place:
    name, span = gold["name"], _span(gold["name"], text)
    if found is None or not found.located:
        country = gold["country"] or (found.country if found else home)
        return Place(name, gold["role"], gold["relation"], gold["distance_km"], gold["admin1"] or (found.admin1 if found else None), country, span)
    precision: PlacePrecision = _LEVELS.get(found.kind) or (
        "neighbourhood" if found.kind == "neighbourhood" else "settlement" if found.group == "populated" else "exact"
    )
    radius = found.radius_km
    if gold["relation"] and precision in ("settlement", "neighbourhood", "exact"):
        precision, radius = "near", max(radius, gold["distance_km"] or 5.0)
    return Place(
        name, gold["role"], gold["relation"], gold["distance_km"], gold["admin1"] or found.admin1, found.country, span, found.lat, found.lon, precision, radius,
        found.id, found.name_en, found.admin2,
    )  # fmt: skip
