"""Checks notes in the compact notation against their texts: `python tools/notes.py NOTES.txt TEXTS.jsonl`.

Says, line by line, what no careful reader would write: an unknown type, words that are not in the text, an id that is not in the list of
actors, a count of nothing that is counted. Exit status 1 if anything was said.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any, get_args

from notation import NotationError, read_notes

from marsad.model import Counted, EventType, SourceKind

ACTORS = Path(__file__).resolve().parent.parent / "src" / "marsad" / "knowledge" / "actors.csv"


def faults(notes: Path, texts: Path) -> list[str]:
    """What is wrong in a file of notes; one line each."""
    records = {r["id"]: r for r in map(json.loads, filter(str.strip, texts.open(encoding="utf-8")))}
    known = {row["id"] for row in csv.DictReader(ACTORS.open(encoding="utf-8"))}
    out: list[str] = []
    try:
        for record in read_notes(notes, records):
            text = records[record["id"]]["text"]
            for number, event in enumerate(record["events"], 1):
                out += [f"{record['id']}, event {number} ({event['type']}): {what}" for what in _event(event, text, known)]
    except NotationError as error:
        out.append(str(error))
    return out


def _event(event: dict[str, Any], text: str, known: set[str]) -> list[str]:
    out = []
    if event["type"] not in get_args(EventType):
        out.append("no such type")
    if event["source"]["kind"] not in get_args(SourceKind):
        out.append(f"no such kind of source: {event['source']['kind']}")
    if not event["mentions"]:
        out.append("no mention")
    out += [f"mention of {b - a} letters" for a, b in event["mentions"] if b - a > 45]
    whose = [*event["actors"], event["source"], *(c["who"] for c in event["counts"]), *(c["source"] for c in event["counts"] if c["source"])]
    for named in whose:
        if named["name"] and named["name"] not in text:
            out.append(f"not in the text: {named['name']}")
        if named["id"] and named["id"] not in known:
            out.append(f"no such actor: {named['id']}")
    out += [f"place not in the text: {p['name']}" for p in event["places"] if p["name"] not in text]
    out += [f"no such count: {c['what']}" for c in event["counts"] if c["what"] not in get_args(Counted)]
    return out


def main() -> int:
    if len(sys.argv) != 3:
        sys.exit("usage: notes.py NOTES.txt TEXTS.jsonl")
    found = faults(Path(sys.argv[1]), Path(sys.argv[2]))
    print("\n".join(found) or "nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
