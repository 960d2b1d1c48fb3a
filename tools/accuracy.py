"""How well marsad reads: the figures of `make accuracy`, per half, field, type and outlet, and the floors that only go up.

python tools/accuracy.py              print and write docs/accuracy.md
python tools/accuracy.py --gate       also fail where a figure is below its floor (tests/gold/floors.toml)
python tools/accuracy.py --raise      set the floors to what is reached now, where that is higher
python tools/accuracy.py --show ID    gold beside reading, for a report of the working half
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
from corpus import HERE, SHARED, Annotated, annotated, quiet_pages, shared_tool
from floors import floors_of, raise_floors

from marsad.model import Reading, Report
from marsad.reading import read

FLOORS = HERE / "tests" / "gold" / "floors.toml"
PAGE = HERE / "docs" / "accuracy.md"
FIELDS = ("event", "fact", "status", "date", "places", "actors", "counts", "source")


def reading_of(record: dict[str, Any]) -> Reading:
    outlet = record.get("source") or record.get("outlet")
    return read(Report.from_text(record["text"], id=record["id"], date=record.get("date"), outlet=outlet))


def as_dict(reading: Reading) -> dict[str, Any]:
    return json.loads(msgspec.json.encode(reading))


class Figures:
    """Scores by set of reports, over readings made once."""

    def __init__(self) -> None:
        self.scorer = shared_tool("score")
        self.items = annotated()
        self.readings = {item.record["id"]: reading_of(item.record) for item in self.items}
        self.sets: dict[str, dict[str, Any]] = {}

    def of(self, keep: Callable[[Annotated], bool]) -> dict[str, Any]:
        kept = [item for item in self.items if keep(item)]
        gold = {item.record["id"]: item.gold | {"events": [self.scorer.filled(e) for e in item.gold["events"]]} for item in kept}
        read_ = {id_: as_dict(self.readings[id_]) for id_ in gold}
        return self.scorer.score(gold, {k: v | {"events": [self.scorer.filled(e) for e in v["events"]]} for k, v in read_.items()})

    def shared(self, gold: Path, texts: Path) -> dict[str, Any]:
        wanted = self.scorer.load(str(gold))
        read_ = {r["id"]: as_dict(reading_of(r)) for r in lines(texts) if r["id"] in wanted}
        return self.scorer.score(wanted, {k: v | {"events": [self.scorer.filled(e) for e in v["events"]]} for k, v in read_.items()})


def lines(path: Path) -> Iterable[dict[str, Any]]:
    for line in path.open(encoding="utf-8"):
        if line.strip():
            yield json.loads(line)


def span_faults(readings: Iterable[Reading]) -> tuple[int, int]:
    """(fields with a span, those whose words are not what the field says)."""
    fields = faults = 0
    for reading in readings:
        text = reading.text
        for event in reading.events:
            named = [*event.places, *event.actors, event.source, *(c.source for c in event.counts if c.source)]
            for field in named:
                if field.span is not None:
                    fields += 1
                    faults += text[field.span[0] : field.span[1]] != field.name
            for span in (*event.mentions, event.date.span, *(c.span for c in event.counts), event.location_of_evidence):
                if span is not None:
                    fields += 1
                    faults += not (0 <= span[0] < span[1] <= len(text)) or not text[span[0] : span[1]].strip()
    return fields, faults


def measure() -> dict[str, Any]:
    """All figures; those that need the shared gold are left out, and named, where it is not there."""
    figures = Figures()
    out: dict[str, Any] = {
        "working": figures.of(lambda x: not x.closed and not x.notice),
        "closed": figures.of(lambda x: x.closed and not x.notice),
        "closed, agencies": figures.of(lambda x: x.closed and x.agency),
        "closed, local": figures.of(lambda x: x.closed and x.folder == "local"),
        "notices, working": figures.of(lambda x: not x.closed and x.notice),
        "notices, closed": figures.of(lambda x: x.closed and x.notice),
    }
    for outlet in sorted({item.record.get("source", "") for item in figures.items if item.agency}):
        out[f"closed, {outlet}"] = figures.of(lambda x, o=outlet: x.closed and x.record.get("source") == o)
    gold = SHARED / "gold"
    out["seed"] = figures.shared(gold / "seed.json", SHARED / "seed" / "seed.jsonl")
    out["agency gold"] = figures.shared(gold / "agency.gold.json", SHARED / "corpus" / "agency-2018.jsonl")
    quiet = [reading_of(item.record) for item in quiet_pages(closed=True)]
    taught = [reading_of(item.record) for item in quiet_pages(closed=False)]
    out["quiet"] = {
        "pages": len(quiet),
        "with events": sum(bool(r.events) for r in quiet),
        "taught": len(taught),
        "taught with events": sum(bool(r.events) for r in taught),
    }
    silent = [figures.readings[item.record["id"]] for item in figures.items if item.closed and item.notice and not item.gold["events"]]
    out["silent"] = {"notices": len(silent), "with events": sum(bool(r.events) for r in silent)}
    corpus = (reading_of(r) for r in lines(SHARED / "corpus" / "agency-2018.jsonl"))
    fields, faults = span_faults([*figures.readings.values(), *quiet, *taught, *corpus])
    out["spans"] = {"fields": fields, "faults": faults}
    return out


def page(found: dict[str, Any]) -> str:
    sets = [k for k, v in found.items() if "event" in v]
    rows = ["# How well marsad reads", "", "Made by `make accuracy`; do not edit.", ""]
    rows.append("Working half: reports on which words, rules and weights were worked. Closed half: reports looked at only through the scorer.")
    rows.append("Notices: one to three sentences, pairs that differ in the word that changes what is told; they are in none of the other sets.")
    rows += ["", "| set | reports | events | event F1 | fact F1 |", "|---|---:|---:|---:|---:|"]
    rows += [f"| {k} | {found[k]['reports']} | {found[k]['event']['gold']} | {found[k]['event']['f1']:.3f} | {found[k]['fact']['f1']:.3f} |" for k in sets]
    quiet, spans = found["quiet"], found["spans"]
    rows += [
        "",
        f"Quiet pages with any event: {quiet['with events']} of {quiet['pages']} ({quiet['with events'] / quiet['pages']:.1%}) that never taught anything,",
    ]
    rows += [f"{quiet['taught with events']} of {quiet['taught']} of those whose words were taught as no events.", ""]
    silent = found["silent"]
    rows += [f"Closed notices that use words of events and tell none, with any event: {silent['with events']} of {silent['notices']}.", ""]
    rows += [f"Fields whose words are not what they say: {spans['faults']} of {spans['fields']}.", "", "## By field (F1)", ""]
    rows += ["| set | " + " | ".join(FIELDS) + " | evidence | background | whole |", "|---|" + "---:|" * (len(FIELDS) + 3)]
    for k in sets:
        cells = [f"{found[k][f]['f1']:.3f}" for f in FIELDS] + [f"{found[k][f] or 0:.3f}" for f in ("evidence", "background", "whole")]
        rows.append(f"| {k} | " + " | ".join(cells) + " |")
    rows += ["", "## By type (right / told / read)", "", "| type | working | closed |", "|---|---:|---:|"]
    for kind in sorted({*found["working"]["types"], *found["closed"]["types"]}):
        cells = []
        for k in ("working", "closed"):
            t = found[k]["types"].get(kind, {"tp": 0, "gold": 0, "read": 0})
            cells.append(f"{t['tp']} / {t['gold']} / {t['read']}")
        rows.append(f"| `{kind}` | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def reached(found: dict[str, Any]) -> dict[str, float]:
    """The figures that have floors, the higher the better."""
    out = {}
    for name in ("working", "closed", "closed, local", "notices, closed", "seed", "agency gold"):
        out[f"{name}: event"] = found[name]["event"]["f1"]
        out[f"{name}: fact"] = found[name]["fact"]["f1"]
    out["quiet: pages without events"] = round(1 - found["quiet"]["with events"] / found["quiet"]["pages"], 4)
    out["notices: silent ones without events"] = round(1 - found["silent"]["with events"] / found["silent"]["notices"], 4)
    out["spans: right"] = 1.0 if not found["spans"]["faults"] else round(1 - found["spans"]["faults"] / found["spans"]["fields"], 6)
    return out


def show(id_: str) -> None:
    item = next(i for i in annotated() if i.record["id"] == id_)
    if item.closed:
        sys.exit(f"{id_} is in the closed half")
    print(item.record["text"])
    scorer = shared_tool("score")
    filled = lambda r: r | {"events": [scorer.filled(e) for e in r["events"]]}  # noqa: E731
    scorer.score({id_: filled(item.gold)}, {id_: filled(as_dict(reading_of(item.record)))}, id_)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gate", action="store_true"), parser.add_argument("--raise", dest="up", action="store_true"), parser.add_argument("--show")
    parser.add_argument("--brief", action="store_true", help="print the table of sets only, write nothing")
    args = parser.parse_args()
    if args.show:
        show(args.show)
        return 0
    if not SHARED.is_dir():
        print("accuracy: the shared gold and corpus are not here; nothing can be measured (set MARSAD_SHARED)", file=sys.stderr)
        return 0
    found = measure()
    text = page(found)
    print(text)
    if args.brief:
        return 0
    PAGE.write_text(text, "utf-8")
    if args.up:
        raise_floors(FLOORS, reached(found))
    floors = floors_of(FLOORS)
    low = {k: (v, floors[k]) for k, v in reached(found).items() if v < floors.get(k, 0.0)}
    for name, (now, floor) in low.items():
        print(f"below its floor: {name} {now} < {floor}", file=sys.stderr)
    return 1 if low and args.gate else 0


if __name__ == "__main__":
    sys.exit(main())
