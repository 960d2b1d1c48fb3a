"""`python -m bench.incidents`: what it costs to bring reports to incidents, one by one, at 1, 10 and 100 thousand reports of a made-up world.

Measured: keys, candidates, links, and the clustering of each component that is touched (`Memory.add`); by itself, the making of incidents.
Reading, and keeping events on a disk, are not. The first and the last tenth of each run stand side by side: as many reports a day are told all along, so
that the cost of a report must not grow. B³ is that of the groups against what the world holds.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter

from bench.incident_world import reports
from bench.measure import Table
from bench.texts import HERE
from marsad.incidents import Memory, Ref, incident

SIZES = (1_000, 10_000, 100_000)


def curve(sizes: tuple[int, ...] = SIZES) -> Table:
    """The cost of a report as reports grow many."""
    heads = (
        "reports", "events", "ms a report", "first tenth", "last tenth", "links an event", "largest component", "incidents", "B³ precision", "recall",
        "peak memory",
    )  # fmt: skip
    words = "`marsad.incidents.Memory.add`, one report at a time, in one process; time of the processor."
    table = Table("Reports brought to incidents", words, heads)
    for size in sizes:
        table.rows.append(_run(size))
    return table


def _run(size: int) -> tuple[str, ...]:
    memory = Memory()
    names: dict[Ref, str] = {}
    seconds: list[float] = []
    links = 0
    for told in reports(size):
        names |= {t.ref: name for t, name in told}
        start = time.process_time()
        growth = memory.add([t for t, _ in told])
        seconds.append(time.process_time() - start)
        links += len(growth.links)
    tenth = size // 10
    groups = memory.groups()
    precision, recall = b_cubed([[t.ref for t in group] for group in groups], names)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{size:,}", f"{len(names):,}", f"{1000 * sum(seconds) / size:.2f}", f"{1000 * sum(seconds[:tenth]) / tenth:.2f}",
        f"{1000 * sum(seconds[-tenth:]) / tenth:.2f}", f"{links / len(names):.2f}", f"{max(len(c.told) for c in memory.components()):,}", f"{len(groups):,}",
        f"{precision:.3f}", f"{recall:.3f}", f"{peak:,} MB",
    )  # fmt: skip


def making(size: int = 3_000) -> Table:
    """The cost of the incidents themselves."""
    memory = Memory()
    for told in reports(size):
        memory.add([t for t, _ in told])
    components = memory.components()
    start = time.process_time()
    made = [incident(group, links=component.links) for component in components for group in component.groups]
    seconds = time.process_time() - start
    several = sum(len(i.events) > 1 for i in made)
    table = Table("Incidents made of groups", "`marsad.incidents.incident`: claims, tallies, grade, reasons.", ("incidents", "told more than once", "ms each"))
    table.rows.append((f"{len(made):,}", f"{several:,}", f"{1000 * seconds / len(made):.3f}"))
    return table


def b_cubed(groups: list[list[Ref]], names: dict[Ref, str]) -> tuple[float, float]:
    """B³ precision and recall of groups against the incidents that events tell."""
    whole = Counter(names.values())
    precision = recall = 0.0
    for group in groups:
        here = Counter(names[ref] for ref in group)
        precision += sum(n * n / len(group) for n in here.values())
        recall += sum(n * n / whole[name] for name, n in here.items())
    return precision / len(names), recall / len(names)


def main() -> None:
    """Print the tables; `--write` puts them into `docs/bench-incidents.md`."""
    parser = argparse.ArgumentParser(prog="python -m bench.incidents", description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="leave sizes above this out")
    options = parser.parse_args()
    sizes = tuple(size for size in SIZES if size <= options.most)
    page = "\n".join(["# Reports brought to incidents\n\nMade by `python -m bench.incidents --write`; do not edit.\n", curve(sizes).lines(), making().lines()])
    print(page)
    if options.write:
        (HERE / "docs" / "bench-incidents.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
