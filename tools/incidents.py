"""Scores the grouping of events into incidents against annotated incidents: `python tools/incidents.py GOLD.csv… [--notes FILE…]`.

GOLD.csv has the columns report, index, incident: the event `index` (from 0) of the notes of `report` belongs to `incident`. The events are those of
notes in the compact notation, by default all of `tests/gold/notes` and `tests/gold/local` and those beside the CSV, so that the grouping is scored and
not the reader; their places are looked up in the gazetteer by name. `--read` groups what the reader read of the texts instead, each annotated
event standing for the read one of its type that shares most words with it.

B³ (Bagga and Baldwin 1998): of each event, the share of the events grouped with it that belong with it (precision), and of those that belong with it
that are grouped with it (recall), averaged over the events of a half by the hash of their report's id; whole groups are looked at, whichever half their
other events are of. `--show` prints the wrong joins and the missed ones of the half that is worked on, with the reasons; never those of the closed half.
`--fit` learns the weights of the signs from the pairs of the half that is worked on (logistic regression) and prints them as `[signs]`.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from corpus import HERE, agency_texts, closed_half
from notation import read_notes

from marsad.incidents import Memory, Ref, Told, apart
from marsad.incidents.signs import compare
from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.knowledge.joining import Signs, joining
from marsad.model import Actor, Count, Event, EventDate, Place, PlacePrecision, Report, Source, Who

Gold = dict[Ref, str]


def main() -> int:
    options = _options()
    gold = read_gold(options.gold)
    beside = sorted({path for csv_ in options.gold for path in csv_.parent.glob("*.txt")})
    told = gold_events(options.notes or [*beside, *sorted((HERE / "tests/gold/notes").glob("*.txt")), *sorted((HERE / "tests/gold/local").glob("*.txt"))])
    missing = sorted(set(gold) - set(told))
    if missing:
        print(f"{len(missing)} annotated events are not in the notes, the first: {missing[0][0]} event {missing[0][1]}", file=sys.stderr)
    gold = {ref: name for ref, name in gold.items() if ref in told}
    events = [told[ref] for ref in sorted(gold)]
    if options.fit:
        print(fitted([t for t in events if not closed_half(t.report)], gold))
        return 0
    if options.read:
        return _report(gold, _read_groups(events))
    memory = Memory()
    memory.add(events)
    groups = [[t.ref for t in group] for group in memory.groups()]
    status = _report(gold, groups)
    if options.show:
        _show(gold, groups, told)
    return status


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.csv")
    parser.add_argument("--notes", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--show", action="store_true", help="print wrong and missed joins of the half that is worked on")
    parser.add_argument("--fit", action="store_true", help="learn the weights of the signs from the half that is worked on, and print them")
    parser.add_argument("--read", action="store_true", help="score the grouping of what the reader reads, not of the annotated events")
    return parser.parse_args()


def read_gold(paths: Iterable[Path]) -> Gold:
    """The incident of each annotated event. Raises SystemExit for a line that is none."""
    found: Gold = {}
    for path in paths:
        for number, row in enumerate(csv.DictReader(path.open(encoding="utf-8", newline="")), 2):
            try:
                ref = (row["report"].strip(), int(row["index"]))
                name = row["incident"].strip()
            except (KeyError, ValueError, AttributeError) as error:
                sys.exit(f"{path}, line {number}: {error!r}; columns are report, index, incident")
            if found.setdefault(ref, name) != name:
                sys.exit(f"{path}, line {number}: {ref[0]} event {ref[1]} belongs to {found[ref]} already")
    return found


# -- the score


def b_cubed(gold: Gold, groups: Iterable[Sequence[Ref]], items: Iterable[Ref]) -> tuple[float, float, float]:
    """Precision, recall and F1 over `items`; an event that no group holds stands alone."""
    group_of = {ref: n for n, group in enumerate(groups) for ref in group if ref in gold}
    size = Counter(group_of.values())
    of_incident = Counter(gold.values())
    both = Counter((group_of[ref], gold[ref]) for ref in group_of)
    precisions, recalls = [], []
    for ref in items:
        n = group_of.get(ref)
        together = both[n, gold[ref]] if n is not None else 1
        precisions.append(together / (size[n] if n is not None else 1))
        recalls.append(together / of_incident[gold[ref]])
    if not precisions:
        return (0.0, 0.0, 0.0)
    precision, recall = float(np.mean(precisions)), float(np.mean(recalls))
    return precision, recall, 2 * precision * recall / (precision + recall)


def _report(gold: Gold, groups: Sequence[Sequence[Ref]]) -> int:
    several = {name for name, count in Counter(gold.values()).items() if count > 1}
    print(f"{len(gold)} events, {len(set(gold.values()))} incidents, {len(several)} of them told more than once")
    print(f"{'half':8} {'events':>6}  precision  recall     F1   |  of those told more than once")
    for name, half in (("worked", [r for r in gold if not closed_half(r[0])]), ("closed", [r for r in gold if closed_half(r[0])]), ("both", list(gold))):
        p, r, f = b_cubed(gold, groups, half)
        hard = b_cubed(gold, groups, [ref for ref in half if gold[ref] in several])
        print(f"{name:8} {len(half):6}      {p:.3f}   {r:.3f}  {f:.3f}   |  {hard[0]:.3f}   {hard[1]:.3f}  {hard[2]:.3f}")
    return 0


def _show(gold: Gold, groups: Sequence[Sequence[Ref]], told: dict[Ref, Told]) -> None:
    group_of = {ref: n for n, group in enumerate(groups) for ref in group}
    open_ = sorted(ref for ref in gold if not closed_half(ref[0]))
    for one, other in combinations(open_, 2):
        together, belong = group_of[one] == group_of[other], gold[one] == gold[other]
        if together == belong:
            continue
        found = compare(told[one], told[other])
        said = "; ".join(f"{sign.words} [{sign.name}]" for sign in found.signs)
        print(f"{'JOINED, are two' if together else 'APART, are one'}: {found.score:.1f} {said or found.apart}")
        if not together and found.apart is None:
            print(f"    {apart(told[one], told[other]) or 'linked, but not brought together'}")
        for ref in (one, other):
            print(f"    {_line(told[ref])}  <{gold[ref]}>")


def _line(told: Told) -> str:
    e = told.event
    start, end = e.location_of_evidence
    words = " ".join(told.text[start:end].split())[:140]
    places = "; ".join(f"{p.role} {p.name} ({p.precision})" for p in e.places[:3])
    figures = "; ".join(f"{c.what} {c.min}-{c.max}{' part' if c.part else ''}" for c in e.counts)
    parties = "; ".join(f"{a.role[0]} {a.id or a.name}" for a in e.actors)
    days = f"{e.date.start}..{e.date.end}:{e.date.precision}{' bg' if e.background else ''}"
    return f"{told.report}#{told.index} {e.type} {e.status} {days} | {places} | {parties} | {figures} | {words}"


# -- weights


def fitted(events: Sequence[Told], gold: Gold) -> str:
    """`[signs]` as the pairs of these events teach it, on the scale on which `link` stands for the odds at which joins are right 9 times in 10.

    The prior of each weight is the one that the table has now, so that a sign that is hardly seen keeps it.
    """
    names = [field.name for field in msgspec.structs.fields(Signs)]
    place = {name: n for n, name in enumerate(names)}
    rows, labels = [], []
    for one, other in combinations(events, 2):
        found = compare(one, other)
        if found.apart is not None:
            continue
        row = np.zeros(len(names))
        for sign in found.signs:
            row[place[sign.name]] += 1
        rows.append(row)
        labels.append(gold[one.ref] == gold[other.ref])
    x, y = np.array(rows), np.array(labels, dtype=float)
    now = np.array([getattr(joining().signs, name) for name in names])
    bias = -joining().link + np.log(9)
    weights, bias = _logistic(x, y, now, float(bias))
    lines = [f"# {len(y)} pairs, {int(y.sum())} of one incident", f"link = {round(float(np.log(9) - bias), 2)}", "[signs]"]
    return "\n".join([*lines, *(f"{name} = {round(float(w), 2)}  # seen {int(n)}" for name, w, n in zip(names, weights, x.sum(axis=0), strict=True))])


def _logistic(x: Any, y: Any, prior: Any, bias: float, strength: float = 1.0, rounds: int = 50) -> tuple[Any, float]:
    """Newton's method for logistic regression with a Gaussian prior around `prior`."""
    ones = np.hstack([x, np.ones((len(x), 1))])
    mean = np.append(prior, bias)
    at = mean.copy()
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(ones @ at, -30, 30)))
        slope = ones.T @ (p - y) + strength * (at - mean)
        bend = (ones * (p * (1 - p))[:, None]).T @ ones + strength * np.eye(len(at))
        step = np.linalg.solve(bend, slope)
        at -= step
        if np.abs(step).max() < 1e-6:
            break
    return at[:-1], float(at[-1])


# -- annotated events as events of the model


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
    for index, event in enumerate(record["events"]):
        yield Told(text["id"], sha256, index, _event(event, text["text"], home), day, text.get("outlet") or text.get("source"), text.get("title"), text["text"])


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


# -- what the reader reads


def _read_groups(events: Sequence[Told]) -> list[list[Ref]]:
    """The groups of what the reader reads in the reports of these events, each of these events in the place of the read one that it is."""
    from marsad.incidents import told_in
    from marsad.reading import read

    memory = Memory()
    stands_for: dict[Ref, list[Ref]] = {}
    by_report: dict[str, list[Told]] = {}
    for told in events:
        by_report.setdefault(told.report, []).append(told)
    for own in by_report.values():
        first = own[0]
        reading = read(Report.from_text(first.text, id=first.report, date=first.day, outlet=first.outlet, title=first.title))
        got = told_in(reading)
        memory.add(got)
        for told, ref in _matched(own, got):
            stands_for.setdefault(ref, []).append(told)
    return [[ref for t in group for ref in stands_for.get(t.ref, [])] for group in memory.groups()]


def _matched(gold: Sequence[Told], got: Sequence[Told]) -> Iterator[tuple[Ref, Ref]]:
    """Pairs of an annotated and a read event of one type, best overlap of mentions first, each once."""
    pairs = sorted(
        ((sum(_common(m, n) for m in a.event.mentions for n in b.event.mentions), a.ref, b.ref) for a in gold for b in got if a.event.type == b.event.type),
        key=lambda hit: (-hit[0], hit[1], hit[2]),
    )
    used: set[Ref] = set()
    taken: set[Ref] = set()
    for overlap, one, other in pairs:
        if overlap and one not in used and other not in taken:
            used.add(one)
            taken.add(other)
            yield one, other


def _common(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


if __name__ == "__main__":
    sys.exit(main())
