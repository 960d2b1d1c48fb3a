"""`python -m bench.release`: what masking costs beside reading, and each export at growing numbers of incidents.

Reports are the shared agency ones, or the samples where those are not there; incidents are those that they tell, given again under other ids until there
are enough. Times are those of the processor; all runs of a table are made one after the other in one process.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import IO, Final

import msgspec

from bench.measure import Table
from bench.texts import HERE, SHARED
from marsad.incidents import Memory, copies_in, grow, incident, told_in
from marsad.model import Incident, Report
from marsad.reading import read
from marsad.release import FORMATS, Privacy, export

SIZES: Final = (1_000, 3_000, 10_000)
EXTRAS: Final = {"xlsx": "openpyxl", "parquet": "pyarrow", "ftm": "followthemoney"}
Told = tuple[list[Incident], dict[str, Report]]


def told(reports: int) -> tuple[Told, float]:
    """The incidents that so many reports tell, with the reports; and the seconds that reading them took."""
    agency = SHARED / "corpus" / "agency-2018.jsonl"
    path = agency if agency.is_file() else HERE / "src" / "marsad" / "samples" / "reports.jsonl"
    kept: dict[str, Report] = {}
    events = []
    spent = 0.0
    for line in path.read_text("utf-8").splitlines()[:reports]:
        record = json.loads(line)
        fields = {key: record.get(key) for key in ("id", "date", "title", "url")}
        report = Report.from_text(record["text"], outlet=record.get("outlet") or record.get("source"), **fields)
        kept[report.id] = report
        start = time.process_time()
        events += told_in(read(report))
        spent += time.process_time() - start
    components = grow(Memory(), events).components
    return ([incident(g, links=c.links, copies=copies_in(g)) for c in components for g in c.groups], kept), spent


def masking(given: Told, reading: float) -> Table:
    """Reading beside masking, for each report."""
    incidents, kept = given
    privacy = Privacy(kept.get)
    start = time.process_time()
    for one in incidents:
        privacy.public(one)
    spent = time.process_time() - start
    rows = [("reading", f"{reading / len(kept) * 1000:.1f}", "1.00"), ("making public", f"{spent / len(kept) * 1000:.1f}", f"{spent / reading:.2f}")]
    words = f"{len(kept)} reports that tell {len(incidents)} incidents: what reading a report costs, and making public what it tells."
    return Table("Masking beside reading", words, ("", "ms a report", "of reading"), rows)


def exports(given: Told, sizes: Sequence[int]) -> Table:
    """Each export with growing numbers of incidents, public and internal, with the memory that the largest took beyond the one before."""
    incidents, kept = given
    rows = []
    for name in FORMATS:
        if name in EXTRAS and importlib.util.find_spec(EXTRAS[name]) is None:
            continue
        cells = []
        for internal in (False, True):
            for size in sizes:
                with tempfile.TemporaryFile() as out:
                    spent, held = _run(name, incidents, size, kept, out, internal)
                    cells.append(f"{spent / size * 1000:.2f}")
        rows.append((name, *cells, f"{held:.0f}", f"{out_size(name, incidents, sizes[-1], kept) / sizes[-1] / 1000:.1f}"))
    heads = ("", *(f"{size:,}" for size in sizes), *(f"internal {size:,}" for size in sizes), "+ MB", "kB each")
    return Table("Exports", "Milliseconds an incident, at so many incidents.", heads, rows)


def out_size(name: str, incidents: Sequence[Incident], size: int, kept: dict[str, Report]) -> int:
    """Bytes of an internal export."""
    with tempfile.TemporaryFile() as out:
        export(name, again(incidents, size), kept.get, out, internal=True)
        return out.tell()


def _run(name: str, incidents: Sequence[Incident], size: int, kept: dict[str, Report], out: IO[bytes], internal: bool) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    export(name, again(incidents, size), kept.get, out, internal=internal)
    return time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def again(incidents: Sequence[Incident], size: int) -> Iterator[Incident]:
    """So many incidents: those that there are, under other ids as often as it needs."""
    for n in range(size):
        one = incidents[n % len(incidents)]
        yield one if n < len(incidents) else msgspec.structs.replace(one, id=f"{one.id}-{n}")


def main() -> None:
    """Print the tables, or write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/bench-release.md")
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options = parser.parse_args()
    given, reading = told(options.reports)
    page = "\n".join(table.lines() for table in (masking(given, reading), exports(given, options.sizes)))
    print(page)
    if options.write:
        head = f"# Exports: cost\n\nWritten by `python -m bench.release --write` on {datetime.date.today()}.\n\n"
        (HERE / "docs" / "bench-release.md").write_text(head + page, "utf-8")


if __name__ == "__main__":
    main()
