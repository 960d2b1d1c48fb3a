"""The measurements. Each gives the rows of a table, and the figures that the page talks about."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.pages import LARGEST_SHARE, SMALLEST_SHARE, page_of
from bench.texts import Texts
from marsad.model import Report
from marsad.reading import read

LENGTHS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
PATIENCE = 90.0
"""Seconds after which no longer text is tried."""


@dataclass
class Table:
    """What one measurement gave."""

    title: str
    words: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def lines(self) -> str:
        """The table in Markdown."""
        rule = "|---|" + "---:|" * (len(self.heads) - 1)
        return "\n".join([f"## {self.title}", "", self.words, "", _row(self.heads), rule, *map(_row, self.rows), ""])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def against_extraction(texts: Texts, reports: int = 60, repeats: int = 7) -> Table:
    """Reading a report against `trafilatura.extract` on its page: one core, in pairs, repeated, the ratio of the medians."""
    import trafilatura

    pairs: list[tuple[Report, str]] = []
    for report in texts.reports:
        try:
            page = page_of(report)
        except ValueError:
            continue
        if SMALLEST_SHARE <= len(report.text.encode()) / len(page.encode()) <= LARGEST_SHARE:
            pairs.append((report, page))
        if len(pairs) == reports:
            break
    for report, page in pairs[:5]:
        read(report)
        trafilatura.extract(page)
    reading: list[float] = []
    extracting: list[float] = []
    for _ in range(repeats):
        for report, page in pairs:
            reading.append(_seconds(lambda report=report: read(report)))  # type: ignore[misc]
            extracting.append(_seconds(lambda page=page: trafilatura.extract(page)))  # type: ignore[misc]
    words = sum(len(r.text.split()) for r, _ in pairs)
    shares = [len(r.text.encode()) / len(p.encode()) for r, p in pairs]
    sizes = [len(p.encode()) / 1000 for _, p in pairs]
    table = Table(
        "Reading a report against finding its text",
        f"{len(pairs)} reports of {words / len(pairs):.0f} words on average, each on a page of {min(sizes):.0f} to {max(sizes):.0f} kB of which it is "
        f"{min(shares):.1%} to {max(shares):.1%}; {repeats} rounds, each pair one after the other in the same process, on one core. "
        f"trafilatura {trafilatura.__version__}.",
        ("", "median", "per 1,000 words"),
    )
    per = 1e6 / (words / len(pairs))
    table.rows = [
        ("`marsad.reading.read` of the report", _ms(median(reading)), f"{sum(reading) / len(reading) * per:.1f} ms"),
        ("`trafilatura.extract` of its page", _ms(median(extracting)), f"{sum(extracting) / len(extracting) * per:.1f} ms"),
        ("**ratio of the medians**", f"**{median(extracting) / median(reading):.2f}**", f"{sum(extracting) / sum(reading):.2f}"),
    ]
    return table


def by_length(texts: Texts) -> Table:
    """Cost for each character of texts from 1 kB to 1 MB."""
    table = Table(
        "Cost by length",
        "One text of different reports in a row, read as one report. Flat means that a text costs its length.",
        ("characters", "seconds", "µs a character", "events"),
    )
    for length in LENGTHS:
        text = texts.of_length(length)
        report = Report.from_text(text, date="2018-06-15")
        repeats = max(1, 30_000 // length)
        seconds = min(_seconds(lambda: read(report)) for _ in range(repeats))  # noqa: B023
        table.rows.append((f"{length:,}", f"{seconds:.3f}", f"{seconds / length * 1e6:.2f}", str(len(read(report).events)) if seconds < 5 else "not counted"))
        if seconds * 4 > PATIENCE:
            table.rows += [(f"{rest:,}", f"not tried (over {PATIENCE:.0f})", "", "") for rest in LENGTHS if rest > length]
            break
    return table


def cold_start(texts: Texts, repeats: int = 9) -> Table:
    """A new process each time; the first use ever compiles the vocabulary."""
    table = Table("Start", f"A new process each time, the median of {repeats}.", ("command", "seconds", "peak memory"))
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "report.txt"
        one.write_text(texts.reports[0].text, "utf-8")
        (Path(folder) / "cache").mkdir()
        first = _command("read", str(one), XDG_CACHE_HOME=str(Path(folder) / "cache"))
        for name, arguments in (
            ("`marsad --help`", ["--help"]),
            ("`marsad read` of one report", ["read", str(one)]),
            ("… as a table", ["read", str(one), "--format", "table"]),
        ):
            runs = [_command(*arguments) for _ in range(repeats)]
            table.rows.append((name, f"{median(r.seconds for r in runs):.2f}", f"{max(r.megabytes for r in runs):.0f} MB"))
        table.rows.append(("`marsad read`, the very first time (compiles the vocabulary)", f"{first.seconds:.2f}", f"{first.megabytes:.0f} MB"))
    return table


def memory(texts: Texts, most: int = 9_600) -> Table:
    """Peak memory while records stream through the command."""
    table = Table("Memory while records stream", "`marsad read FILE.jsonl`, one process, output thrown away.", ("records", "seconds", "peak memory"))
    with tempfile.TemporaryDirectory() as folder:
        for records in (most // 16, most // 4, most):
            path = Path(folder) / "records.jsonl"
            path.write_bytes(b"".join(texts.records(records)))
            run = _command("read", str(path))
            table.rows.append((f"{records:,}", f"{run.seconds:.1f}", f"{run.megabytes:.0f} MB"))
    return table


def two_jobs(texts: Texts, records: int = 2_400, repeats: int = 3) -> Table:
    """`--jobs 2` against one process, on the same records."""
    table = Table(
        "Two processes",
        f"{records:,} records, the quicker of {repeats} runs each, {os.cpu_count()} cores. Where others work on the same cores, the seconds of work (of all "
        "processes together) tell more than those of the clock.",
        ("", "seconds", "times as fast", "seconds of work"),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        path.write_bytes(b"".join(texts.records(records)))
        runs = {jobs: [_command("read", str(path), "--jobs", str(jobs)) for _ in range(repeats)] for jobs in (1, 2)}
    best = {jobs: min(r.seconds for r in told) for jobs, told in runs.items()}
    work = {jobs: min(r.work for r in told) for jobs, told in runs.items()}
    table.rows = [(f"`--jobs {jobs}`", f"{best[jobs]:.1f}", f"{best[1] / best[jobs]:.2f}", f"{work[jobs]:.1f}") for jobs in runs]
    return table


# --- one run


@dataclass(frozen=True)
class Run:
    """A process that was run to its end."""

    seconds: float
    megabytes: float
    work: float


# The command, and on standard error the peak of its memory in kB. (What a parent is told of its child counts the parent's own memory before
# the child began its program.)
_PROGRAM = """
import sys
from marsad.cli import main
try:
    status = main()
except SystemExit as stop:
    status = stop.code
with open("/proc/self/status") as lines:
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(status)
"""


def _command(*arguments: str, **environment: str) -> Run:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    line = [sys.executable, "-c", _PROGRAM, *arguments]
    done = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, env={**os.environ, **environment})
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):  # 1: a record could not be read, and was named
        raise RuntimeError(f"marsad {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, int(done.stderr.split()[-1]) / 1024, work)


def _seconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
