"""`python -m bench.scale [NAME…]`: the line over many cores, measured; `--write` keeps the page as `docs/bench-scale.md`, with plots.

curve     seconds, memory and rows a second by the number of reports        cores    one core and two
nodes     Ray nodes of one core each, on this machine                        engines  the same job on Daft, Ray Data, Spark, none
blocks    sizes of the blocks of incidents under skew (a simulation)         pages    WARC of pages: bytes → readings
grouping  incidents over partitions alone, by the number of reports: those of a made-up world, of which so many a day tell (`bench.incident_world`)
million   1,000,000 reports, end to end: `python -m bench.scale million --folder WHERE` (some 10 GB, hours)

Reports are those of `bench.variants`. A run is a process of its own; memory is that of all its processes, looked at twice a second.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.engines import ENGINES
from bench.incident_world import A_DAY
from bench.measure import Table
from bench.plot import plot
from bench.skew import measured, simulated
from bench.texts import HERE
from bench.variants import made

SIZES = (1_000, 4_000, 16_000)
GROUPED = (10_000, 40_000, 160_000)
REPORTS = 2_000


@dataclass(frozen=True)
class Ran:
    """A process and those that it began: seconds of the clock, of work; the most memory (MB) of all together, and of the largest."""

    seconds: float
    work: float
    together: float
    largest: float
    said: str


def run(*arguments: str, patience: float = 1e6) -> Ran:
    """Run a module of Python, or a script, to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *([] if arguments[0].endswith(".py") else ["-m"]), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HERE
    )
    watch = _Watch(process.pid)
    said, _ = process.communicate(timeout=patience)
    seconds = time.perf_counter() - start
    watch.stop()
    if process.returncode not in (0, 1) or (process.returncode and arguments[0] != "marsad"):
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}: {said[-2000:]}")
    return Ran(seconds, sum(watch.work.values()), watch.together, watch.largest, said)


class _Watch:
    """The memory and the work of a process and of all below it, while it runs: memory in shares, so that a page which several have counts once. (What the
    system tells a parent of its children leaves out those that were ended without being waited for, as engines do.)"""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stop = threading.Event()
        self.together = self.largest = 0.0
        self.work: dict[int, float] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.5):
            pids = _below(self._pid)
            self.work |= {pid: seconds for pid in pids if (seconds := _worked(pid)) is not None}
            sizes = [_resident(pid) for pid in pids]
            self.together, self.largest = max(self.together, sum(sizes)), max([self.largest, *sizes])


def _below(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found, more = [], [pid]
    while more:
        one = more.pop()
        found.append(one)
        more += [child for child, parent in parents.items() if parent == one]
    return found


def _worked(pid: int) -> float | None:
    with suppress(OSError, IndexError):
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return None


def _resident(pid: int) -> float:
    with suppress(OSError, StopIteration):
        return next(int(line.split()[1]) / 1024 for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return 0.0


def _reports(count: int, folder: Path) -> str:
    """So many reports, in some twenty files."""
    source = folder / f"reports-{count}"
    if not source.is_dir():
        import bench.variants as variants

        variants.SHARD = max(50, -(-count // 20))
        list(made(count, source))
    return str(source)


def _warm() -> None:
    """The first run ever compiles the vocabulary."""
    run("marsad", "read", str(HERE / "src" / "marsad" / "samples"))


def curve(folder: Path, sizes: Sequence[int] = SIZES) -> Table:
    """Reading and grouping, by the number of reports."""
    _warm()
    table = Table(
        "By the number of reports",
        f"Reports of `bench.variants`, read and grouped on {os.cpu_count()} cores, native runner. Flat milliseconds mean that twice as much costs twice as much.",
        (
            "reports",
            "read: seconds",
            "a second",
            "ms of work a report",
            "memory of all, largest",
            "incidents: seconds",
            "ms of work a report",
            "memory of all, largest",
        ),
    )
    reading, grouping = [], []
    for size in sizes:
        source, out, to = _reports(size, folder), str(folder / f"out-{size}"), str(folder / f"incidents-{size}")
        for place in (out, to):
            shutil.rmtree(place, ignore_errors=True)
        read, group = run("marsad", "scale", "read", source, out), run("marsad", "scale", "incidents", out, to)
        table.rows.append(
            (
                f"{size:,}",
                f"{read.seconds:.0f}",
                f"{size / read.seconds:.0f}",
                f"{read.work / size * 1000:.1f}",
                f"{read.together:.0f}, {read.largest:.0f} MB",
                f"{group.seconds:.0f}",
                f"{group.work / size * 1000:.1f}",
                f"{group.together:.0f}, {group.largest:.0f} MB",
            )
        )
        reading.append((size, read.work))
        grouping.append((size, group.work))
        print(table.rows[-1], flush=True)
    (folder / "curve.svg").write_text(plot("Work by the number of reports", "reports", "seconds of work", {"read": reading, "incidents": grouping}), "utf-8")
    return table


def cores(folder: Path, count: int = REPORTS) -> Table:
    """One core against two."""
    _warm()
    table = Table(
        "One core and two",
        f"{count:,} reports, `marsad scale read --jobs N`, native runner. Where others work on the same cores, the clock tells less than the work: twice as "
        "fast would need that the work stays the same.",
        ("jobs", "seconds", "times as fast", "seconds of work"),
    )
    runs = {}
    for jobs in (1, 2):
        shutil.rmtree(folder / "cores", ignore_errors=True)
        runs[jobs] = run("marsad", "scale", "read", _reports(count, folder), str(folder / "cores"), "--jobs", str(jobs), "--partitions", "16")
    table.rows = [(str(jobs), f"{ran.seconds:.1f}", f"{runs[1].seconds / ran.seconds:.2f}", f"{ran.work:.1f}") for jobs, ran in runs.items()]
    return table


_NODES = """
import sys, time
import ray
from ray.cluster_utils import Cluster
from marsad.scale import Reads, read, start
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
for _ in range(int(sys.argv[1])):
    cluster.add_node(num_cpus=1)
start("ray", address=cluster.address)
begin = {}
for step in read(Reads((sys.argv[2],), sys.argv[3], 16)):
    begin.setdefault(step.stage, time.perf_counter())
print("seconds", time.perf_counter() - begin["reading"])
ray.shutdown()
cluster.shutdown()
"""


def nodes(folder: Path, count: int = 1_000) -> Table:
    """Ray nodes of one core each."""
    _warm()
    table = Table(
        "Ray nodes",
        f"{count:,} reports on a Ray cluster whose nodes are processes of this machine, one core each; the start of the cluster is not counted, that of "
        "its workers is.",
        ("nodes", "reading: seconds", "times as fast", "seconds with the start", "memory of all"),
    )
    script = folder / "nodes.py"
    script.write_text(_NODES, "utf-8")
    found: dict[int, tuple[float, Ran]] = {}
    for number in (1, 2):
        shutil.rmtree(folder / "nodes", ignore_errors=True)
        ran = run(str(script), str(number), _reports(count, folder), str(folder / "nodes"))
        found[number] = (float(ran.said.split("seconds")[-1].split()[0]), ran)
    table.rows = [(str(n), f"{s:.1f}", f"{found[1][0] / s:.2f}", f"{ran.seconds:.1f}", f"{ran.together:.0f} MB") for n, (s, ran) in found.items()]
    return table


def engines(folder: Path, count: int = REPORTS) -> Table:
    """The same job on several engines."""
    _warm()
    table = Table(
        "The same job on other engines",
        f"{count:,} reports as lines of JSON in gzip → readings → Parquet by partition, two cores; every engine calls the same function (`bench/engines.py`). "
        "The start of the engine is counted.",
        ("engine", "seconds", "against none", "seconds of work", "memory of all", "largest process"),
    )
    found: dict[str, Ran] = {}
    for name in ENGINES:
        shutil.rmtree(folder / "engine", ignore_errors=True)
        try:
            found[name] = run("bench.engines", name, _reports(count, folder), str(folder / "engine"))
        except (RuntimeError, ImportError) as error:
            print(f"{name}: {str(error)[-800:]}", flush=True)
            continue
        print(name, found[name], flush=True)
    least = found["no engine (multiprocessing)"].seconds
    table.rows = [
        (name, f"{ran.seconds:.1f}", f"{ran.seconds / least:.2f}", f"{ran.work:.1f}", f"{ran.together:.0f} MB", f"{ran.largest:.0f} MB")
        for name, ran in found.items()
    ]
    return table


def blocks(folder: Path, count: int = 4_000, large: int = 8_000) -> Table:
    """Blocks of incidents under skew."""
    out = folder / f"out-{count}"
    if not out.is_dir():
        run("marsad", "scale", "read", _reports(count, folder), str(out))
    shape = measured(str(out))
    table = Table(
        "Blocks of incidents under skew: a simulation",
        f"Events a report {shape.per_report:.1f}, each in {shape.blocks:.1f} blocks; {shape.compared:.1%} of the pairs of a block are compared, in "
        f"{shape.seconds * 1e6:.0f} µs each: measured on {count:,} reports. Countries, months and families are drawn (`bench/skew.py`). Blocks of more than {large:,} "
        "events are cut in pieces, and every two pieces are a unit of work.",
        ("reports", "blocks", "median", "largest", "units of pieces", "hours of work in the largest block", "in all"),
    )
    for reports in (10**6, 10**7, 10**8, 10**9, 10**10):
        sizes = simulated(reports, shape, large=large)
        table.rows.append(
            (
                f"{reports:,}",
                f"{sizes.blocks:,}",
                f"{sizes.median:,.0f}",
                f"{sizes.most:,}",
                f"{sizes.pieces:,}",
                f"{sizes.largest_hours:,.2f}",
                f"{sizes.hours:,.1f}",
            )
        )
    return table


def million(folder: Path, count: int = 1_000_000) -> Table:
    """All of it, once."""
    _warm()
    table = Table(
        f"{count:,} reports, end to end",
        f"On this machine ({os.cpu_count()} cores), native runner. The making of the reports is not counted among the steps of marsad.",
        ("step", "minutes", "reports a second", "ms of work a report", "memory of all", "largest process"),
    )
    source, out, to = str(folder / "reports"), str(folder / "out"), str(folder / "incidents")
    deeds = {
        "make the reports (`bench.variants`)": ("bench.variants", str(count), source),
        "`marsad scale read`": ("marsad", "scale", "read", source, out),
        "`marsad scale incidents`": ("marsad", "scale", "incidents", out, to),
        "`marsad scale load`": ("marsad", "scale", "load", to, "--db", str(folder / "marsad.db")),
    }
    for name, arguments in deeds.items():
        ran = run(*arguments)
        table.rows.append(
            (
                name,
                f"{ran.seconds / 60:.1f}",
                f"{count / ran.seconds:,.0f}",
                f"{ran.work / count * 1000:.2f}",
                f"{ran.together:.0f} MB",
                f"{ran.largest:.0f} MB",
            )
        )
        print(table.rows[-1], ran.said[-400:], flush=True)
    return table


def grouping(folder: Path, sizes: Sequence[int] = GROUPED) -> Table:
    """Incidents of a world that goes on and on, by the number of reports that tell of it."""
    table = Table(
        "Incidents alone, by the number of reports",
        f"Readings of a made-up world with forty fronts, on which five outlets tell 65 reports a day of 3.7 events each, as marsad has read it of two real ones, "
        f"put into partitions without reading; then `marsad scale incidents` on {os.cpu_count()} cores, native runner. More reports are more days.",
        ("reports", "days", "incidents", "minutes", "reports a second", "ms of work a report", "memory of all, largest process"),
    )
    for size in sizes:
        out, to = folder / f"made-{size}", folder / f"grouped-{size}"
        if not (out / "plan.json").is_file():
            shutil.rmtree(out, ignore_errors=True)
            print(f"{size:,} made in {run('bench.made', str(size), str(out), str(min(1024, max(8, size // 4000)))).seconds:.0f} s", flush=True)
        shutil.rmtree(to, ignore_errors=True)
        ran = run("marsad", "scale", "incidents", str(out), str(to))
        table.rows.append(
            (
                f"{size:,}",
                f"{-(-size // A_DAY):,}",
                f"{_rows_in(to / 'incidents'):,}",
                f"{ran.seconds / 60:.1f}",
                f"{size / ran.seconds:,.0f}",
                f"{ran.work / size * 1000:.2f}",
                f"{ran.together:,.0f}, {ran.largest:,.0f} MB",
            )
        )
        print(table.rows[-1], flush=True)
    return table


def _rows_in(folder: Path) -> int:
    from pyarrow import parquet

    return sum(parquet.read_metadata(path).num_rows for path in folder.glob("*.parquet"))


def pages(folder: Path, count: int = 300) -> Table:
    """Pages in a WARC → readings, beside the finding of their text by trafilatura."""
    import gzip

    import trafilatura

    from bench.pages import page_of
    from bench.variants import variant
    from marsad.model import Report

    _warm()
    found: list[str] = []
    number = 0
    while len(found) < count:
        record = variant(number)
        number += 1
        with suppress(ValueError):
            found.append(page_of(Report.from_text(record["text"], id=record["id"], date=record["date"], title=record["title"], url=record["url"])))
    with (folder / "pages.warc.gz").open("wb") as out:
        for n, page in enumerate(found):
            out.write(gzip.compress(_record(n, page.encode()), 1))
    shutil.rmtree(folder / "pages-out", ignore_errors=True)
    ran = run("marsad", "scale", "read", str(folder / "pages.warc.gz"), str(folder / "pages-out"), "--jobs", "1")
    start = time.process_time()
    for page in found:
        trafilatura.extract(page)
    other = time.process_time() - start
    table = Table(
        "Bytes of pages to readings",
        f"{count} pages of 60 to 100 kB in a WARC, `marsad scale read --jobs 1`, start and intake included, beside `trafilatura.extract` of the same pages in one "
        "process, which finds the text and reads nothing in it.",
        ("", "seconds of work", "ms a page"),
    )
    table.rows = [
        ("`marsad scale read` of the archive", f"{ran.work:.1f}", f"{ran.work / count * 1000:.1f}"),
        ("`trafilatura.extract` of the pages", f"{other:.1f}", f"{other / count * 1000:.1f}"),
        ("**trafilatura against marsad**", "", f"**{other / ran.work:.2f}**"),
    ]
    return table


def _record(number: int, page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


MEASURES: dict[str, Callable[..., Table]] = {
    "curve": curve,
    "cores": cores,
    "nodes": nodes,
    "engines": engines,
    "blocks": blocks,
    "pages": pages,
    "grouping": grouping,
    "million": million,
}


def main() -> None:
    """Measure, print, and keep the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="*", choices=[[], *MEASURES], help="measure only these (all but million)")
    parser.add_argument("--count", type=int, help="how many reports, where it is one number")
    parser.add_argument("--sizes", type=int, nargs="+", help="how many reports, for the curve and for grouping")
    parser.add_argument("--folder", type=Path, help="where to work (a temporary folder)")
    parser.add_argument("--write", action="store_true", help="write docs/bench-scale.md")
    options = parser.parse_args()
    given = os.environ.get("PYTHONPATH", "")  # what was compiled is named there, and goes before the sources
    os.environ["PYTHONPATH"] = os.pathsep.join([*filter(None, [given]), str(HERE / "src"), str(HERE)])
    with tempfile.TemporaryDirectory() as spare:
        folder = options.folder or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        page = ["# The line over many cores\n\nMade by `python -m bench.scale --write`; do not edit.\n"]
        for name in options.only or [name for name in MEASURES if name != "million"]:
            measure = MEASURES[name]
            given = options.sizes if name in ("curve", "grouping") else options.count
            table = measure(folder, given) if given else measure(folder)
            page.append(table.lines())
            print(page[-1], flush=True)
            if options.write and name == "curve":
                shutil.copy(folder / "curve.svg", HERE / "docs" / "bench-scale.svg")
                page.append("![work by the number of reports](bench-scale.svg)\n")
        if options.write:
            (HERE / "docs" / "bench-scale.md").write_text("\n".join(page), "utf-8")


if __name__ == "__main__":
    main()
