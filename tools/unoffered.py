"""What the rules do not even offer: annotated facts of the working half that no choice among their candidates could find.

    python tools/unoffered.py                 how many of each field, in every tenth report
    python tools/unoffered.py date count      … and those of these fields, each with its sentence and what the rules offer instead
    python tools/unoffered.py --every 1 place

Fields: event (no word that tells it, or none of its type), actor, place, date, count, source. Facts of events whose word is not offered are not asked.
An annotation that names something in words that stand nowhere in the text is counted here too, so nothing comes down to zero.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from corpus import annotated
from learn import Lesson, agreement, gold_drafts, lesson

from marsad.reading import counting, setting
from marsad.reading.attribution import as_source
from marsad.reading.events import Draft
from marsad.reading.records import doers_id, party_name

FIELDS = ("event", "actor", "place", "date", "count", "source")
_MOST = 300  # characters of a sentence that are shown


class Asked(NamedTuple):
    """An annotated fact: its field, its event, what it says, whether the rules offer it, and what they have in its place."""

    field: str
    event: dict[str, Any]
    fact: Any
    offered: bool
    instead: list[Any]


def asked(made: Lesson) -> Iterator[Asked]:
    """All facts of a report."""
    text = made.scene.document.words
    for number, event in enumerate(made.gold):
        own = [t for t in made.scene.triggers if made.belongs[id(t)] == number]
        told = any(t.general or event["type"] in t.types for t in own)
        yield Asked("event", event, event["type"], told, [(text.text[text.starts[t.first] : text.ends[t.last]], t.types) for t in own])
    for draft, event in gold_drafts(made):
        event = agreement().filled(event)
        yield from _parties(made, event)
        yield from _places(made, event)
        yield from _days(made, event)
        yield from _counts(made, draft, event)
        yield from _sources(made, event)


def _parties(made: Lesson, event: dict[str, Any]) -> Iterator[Asked]:
    score = agreement()
    names = [(party_name(made.scene, m), m.id) for m in made.scene.document.actors]
    for actor in event["actors"]:
        offered = any(score.same_actor(actor, {"name": n, "id": doers_id(event["type"], actor["role"], i)}) for n, i in names)
        words = set((actor["name"] or "").split())
        yield Asked("actor", event, (actor["role"], actor["id"], actor["name"]), offered, [x for x in names if words & set(x[0].split())])


def _places(made: Lesson, event: dict[str, Any]) -> Iterator[Asked]:
    names = [party_name(made.scene, m) for m in made.scene.document.places]
    for place in event["places"]:
        words = set(place["name"].split())
        offered = any(agreement().same_name(place["name"], name) for name in names)
        yield Asked("place", event, (place["role"], place["name"]), offered, [name for name in names if words & set(name.split())])


def _days(made: Lesson, event: dict[str, Any]) -> Iterator[Asked]:
    when = event["date"]
    if when["precision"] != "unknown":
        days = [(str(e.start), str(e.end)) for d in made.scene.document.dates for e in setting.extents(made.scene, d).values()]
        yield Asked("date", event, (when["start"], when["end"], when["precision"]), (when["start"], when["end"]) in days, days)


def _counts(made: Lesson, draft: Draft, event: dict[str, Any]) -> Iterator[Asked]:
    told = [(f.low, f.high) for f in counting.candidates(made.scene, draft)]
    for count in event["counts"]:
        yield Asked("count", event, (count["what"], count["min"], count["max"], count["who"]["name"]), (count["min"], count["max"]) in told, told)


def _sources(made: Lesson, event: dict[str, Any]) -> Iterator[Asked]:
    source = event["source"]
    if source["kind"] != "outlet":
        held = [msgspec.to_builtins(as_source(made.scene.document, voice)) for voice in made.scene.voices.all]
        offered = any(agreement().same_source(source, one) for one in held)
        yield Asked("source", event, (source["kind"], source.get("name")), offered, [(one["kind"], one["name"]) for one in held])


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence or line that holds a span."""
    begin = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stops = [k for stop in ("\n", ". ") if (k := text.find(stop, end)) >= 0]
    return text[begin : min(stops, default=len(text))].strip()[:_MOST]


def main(arguments: list[str] | None = None) -> int:
    """Print them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("fields", nargs="*", choices=[*FIELDS, []], help="whose facts are shown")
    options.add_argument("--every", type=int, default=10, help="each how many reports one is read")
    given = options.parse_args(arguments)
    every, lost = Counter[str](), Counter[str]()
    for item in [i for i in annotated() if not i.closed][:: given.every]:
        text = item.record["text"]
        for one in asked(lesson(item)):
            every[one.field] += 1
            if one.offered:
                continue
            lost[one.field] += 1
            if one.field in given.fields:
                start, end = one.event["mentions"][0]
                print(f"{item.record['id']} {item.record.get('date')} {one.event['type']} «{text[start:end]}» {one.fact}, offered: {one.instead}")
                print(f"    {_sentence(text, start, end)}")
    for field in FIELDS:
        print(f"{field:8} {lost[field]:5} of {every[field]:6} not offered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
