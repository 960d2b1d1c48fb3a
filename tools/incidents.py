"""Scores the grouping of events into incidents against annotated incidents.

python tools/incidents.py                  both halves: of the annotated events, and of what the reader reads in their reports
python tools/incidents.py --show           also the wrong joins and the missed ones of the working half, with the reasons (the closed half is only ever counted)
python tools/incidents.py --fit            the weights of the signs as the pairs of the working half teach them, printed as `[signs]`
python tools/incidents.py --gate           also fail where a figure is below its floor (tests/gold/incident_floors.toml)
python tools/incidents.py --raise          set the floors to what is reached now, where that is higher

`tests/gold/incidents.csv` has the columns report, index, type, start, incident: the event `index` (from 0) of the notes of `report`, of that type, whose evidence
begins at that character of its text, belongs to `incident`. The events are those of the notes in `tests/gold/incidents` and `tests/gold/notes`; texts stay where they are.
An incident's name is SET-GROUP-LETTER. Sets were annotated apart and are grouped apart; whether a group is worked on or closed is told by the hash of its name.

B³ (Bagga and Baldwin 1998): of each event, the share of the events grouped with it that belong with it (precision), and of those that belong with it
that are grouped with it (recall), averaged over the events of a half. Where the reader's events are grouped, each annotated event stands for the read one of
its type that shares most words with it; one that was not read stands alone.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from corpus import HERE, SHARED
from floors import floors_of, raise_floors
from gold_events import gold_events

from marsad.incidents import Memory, Ref, Told, apart, told_in
from marsad.incidents.signs import compare
from marsad.knowledge.joining import Signs, joining
from marsad.model import Report
from marsad.reading import read

GOLD = HERE / "tests" / "gold" / "incidents.csv"
FLOORS = HERE / "tests" / "gold" / "incident_floors.toml"
NOTES = ("tests/gold/incidents", "tests/gold/notes")
Gold = dict[Ref, str]


def main() -> int:
    options = _options()
    if not (SHARED / "corpus").is_dir():
        print(f"incidents: skipped; the annotated reports are not here ({SHARED.name}/ beside the repository, or MARSAD_SHARED)")
        return 0
    told = annotated_events(options.notes)
    gold = read_gold(options.gold or [GOLD], told)
    if options.store:
        _store(options.store, gold, told)
        return 0
    if options.fit:
        print(fitted(told, {ref: name for ref, name in gold.items() if not closed(name)}))
        return 0
    groups = grouped(gold, told)
    reached = figures("annotated events", gold, groups)
    if options.show:
        _show(gold, groups, told)
        return 0
    if not options.quick:
        reached |= figures("read events", gold, _read_groups(gold, told))
    if options.raise_:
        raise_floors(FLOORS, {name: int(value * 10000) / 10000 for name, value in reached.items()})
    fallen = below(reached, {name: floor for name, floor in floors().items() if name in reached})
    if options.gate and fallen:
        print("\n".join(fallen), file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("gold", nargs="*", type=Path, metavar="GOLD.csv", help="another table than that of the repository")
    parser.add_argument("--notes", nargs="+", type=Path, default=[], metavar="FILE", help="more notes, which go before those of the repository")
    parser.add_argument("--show", action="store_true", help="print wrong and missed joins of the working half")
    parser.add_argument("--fit", action="store_true", help="learn the weights of the signs from the working half, and print them")
    parser.add_argument("--quick", action="store_true", help="leave out the reader")
    parser.add_argument("--store", type=Path, metavar="FILE", help="write the table with the types and places of its events")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--raise", action="store_true", dest="raise_")
    return parser.parse_args()


def annotated_events(more: Sequence[Path] = ()) -> dict[Ref, Told]:
    """The events of all notes whose texts are at hand, those of `more` first."""
    return gold_events([*more, *(path for folder in NOTES for path in sorted((HERE / folder).glob("*.txt")))])


def read_gold(paths: Iterable[Path], told: dict[Ref, Told]) -> Gold:
    """The incident of each annotated event. Raises SystemExit for a line that is none, or that names an event that is not in the notes."""
    found: Gold = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                fault = _row(row, found, told)
                if fault:
                    sys.exit(f"{path}, line {number}: {fault}")
    return found


def _row(row: dict[str, Any], found: Gold, told: dict[Ref, Told]) -> str | None:
    try:
        ref = (row["report"].strip(), int(row["index"]))
        name = row["incident"].strip()
    except (KeyError, ValueError, AttributeError) as error:
        return f"{error!r}; columns are report, index, type, start, incident"
    if ref not in told:
        return f"{ref[0]} has no event {ref[1]} in the notes"
    event = told[ref].event
    if "type" in row and (row["type"], int(row["start"])) != (event.type, event.location_of_evidence[0]):
        return f"event {ref[1]} of {ref[0]} is {event.type} at {event.location_of_evidence[0]}"
    if name.count("-") != 2:
        return f"{name!r} is no name of an incident (SET-GROUP-LETTER)"
    if found.setdefault(ref, name) != name:
        return f"event {ref[1]} of {ref[0]} belongs to {found[ref]} already"
    return None


def _store(path: Path, gold: Gold, told: dict[Ref, Told]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("report", "index", "type", "start", "incident"))
        for ref, name in sorted(gold.items(), key=lambda entry: (_set(entry[1]), int(entry[1].split("-")[1]), entry[0])):
            event = told[ref].event
            rows.writerow((*ref, event.type, event.location_of_evidence[0], name))


def closed(incident: str) -> bool:
    """Whether an incident is of a group that is only ever looked at through the scorer: by the hash of the group's name."""
    return hashlib.sha256(incident.rpartition("-")[0].encode()).digest()[0] % 2 == 1


def _set(incident: str) -> str:
    return incident.partition("-")[0]


def grouped(gold: Gold, told: dict[Ref, Told]) -> list[list[Ref]]:
    """The groups of the annotated events, set by set."""
    groups = []
    for own in sorted({_set(name) for name in gold.values()}):
        memory = Memory()
        memory.add(told[ref] for ref in sorted(gold) if _set(gold[ref]) == own)
        groups += [[t.ref for t in group] for group in memory.groups()]
    return groups


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


def figures(what: str, gold: Gold, groups: Sequence[Sequence[Ref]]) -> dict[str, float]:
    """The figures of each half by name; they are printed too."""
    several = {name for name, count in Counter(gold.values()).items() if count > 1}
    print(
        f"{what}: {len(gold)} events, {len(set(gold.values()))} incidents, {len(several)} of them told more than once, by {len({r for r, _ in gold})} reports"
    )
    print(f"  {'half':8} {'events':>6}  precision  recall     F1   |  of those told more than once")
    found = {}
    for half, items in (("working", [r for r in gold if not closed(gold[r])]), ("closed", [r for r in gold if closed(gold[r])]), ("both", list(gold))):
        p, r, f = b_cubed(gold, groups, items)
        hard = b_cubed(gold, groups, [ref for ref in items if gold[ref] in several])
        print(f"  {half:8} {len(items):6}      {p:.3f}   {r:.3f}  {f:.3f}   |  {hard[0]:.3f}   {hard[1]:.3f}  {hard[2]:.3f}")
        if half != "both":
            found |= {f"{half}, {what}: precision": p, f"{half}, {what}: recall": r, f"{half}, {what}: F1": f}
    return found


def floors() -> dict[str, float]:
    """What was reached, by the name of the figure."""
    return floors_of(FLOORS)


def below(reached: dict[str, float], wanted: dict[str, float]) -> list[str]:
    """The figures that are below their floors, in words."""
    return [f"{name}: {reached.get(name, 0.0):.4f}, below its floor of {floor}" for name, floor in wanted.items() if reached.get(name, 0.0) < floor]


def _show(gold: Gold, groups: Sequence[Sequence[Ref]], told: dict[Ref, Told]) -> None:
    group_of = {ref: n for n, group in enumerate(groups) for ref in group}
    open_ = sorted(ref for ref in gold if not closed(gold[ref]))
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


def fitted(told: dict[Ref, Told], gold: Gold) -> str:
    """`[signs]` as the pairs of these events teach it, on the scale on which `link` stands for the odds at which joins are right 9 times in 10.

    The prior of each weight is the one that the table has now, so that a sign that is hardly seen keeps it.
    """
    names = [field.name for field in msgspec.structs.fields(Signs)]
    place = {name: n for n, name in enumerate(names)}
    rows, labels = [], []
    for one, other in combinations([told[ref] for ref in sorted(gold)], 2):
        if _set(gold[one.ref]) != _set(gold[other.ref]):
            continue
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


def _logistic(x: Any, y: Any, prior: Any, bias: float, strength: float = 1.0, rounds: int = 100) -> tuple[Any, float]:
    """Newton's method, with steps halved until they go down, for logistic regression with a Gaussian prior around `prior`."""
    ones = np.hstack([x, np.ones((len(x), 1))])
    mean = np.append(prior, bias)

    def loss(at: Any) -> float:
        return float(np.sum(np.logaddexp(0, ones @ at) - y * (ones @ at)) + strength / 2 * np.sum((at - mean) ** 2))

    at = mean.copy()
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(ones @ at, -30, 30)))
        slope = ones.T @ (p - y) + strength * (at - mean)
        step = np.linalg.solve(ones.T @ (ones * (p * (1 - p))[:, None]) + strength * np.eye(len(at)), slope)
        while loss(at - step) > loss(at) and np.abs(step).max() > 1e-9:
            step /= 2
        at -= step
        if np.abs(step).max() < 1e-6:
            break
    return at[:-1], float(at[-1])


# -- what the reader reads


def _read_groups(gold: Gold, told: dict[Ref, Told]) -> list[list[Ref]]:
    """The groups of what the reader reads in the reports of the annotated events, each of these in the place of the read one that it is."""
    memories: dict[str, Memory] = {}
    stands_for: dict[tuple[str, Ref], Ref] = {}
    by_report: dict[tuple[str, str], list[Told]] = {}
    for ref, name in sorted(gold.items()):
        by_report.setdefault((_set(name), ref[0]), []).append(told[ref])
    for (own, report), events in by_report.items():
        first = events[0]
        got = told_in(read(Report.from_text(first.text, id=report, date=first.day, outlet=first.outlet, title=first.title)))
        memories.setdefault(own, Memory()).add(got)
        stands_for |= {(own, there): here for here, there in _matched(events, got)}
    print(f"{len(stands_for)} of {len(gold)} annotated events were read")
    return [[stands_for[own, t.ref] for t in group if (own, t.ref) in stands_for] for own, memory in memories.items() for group in memory.groups()]


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
