"""`marsad scale`: the same reading and the same incidents over any number of cores and machines."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from marsad.cli.options import a_day, a_number_of_processes, columns
from marsad.cli.output import harmless

if TYPE_CHECKING:
    from marsad.scale import Step

_READ: Final = """\
Reads files into partitioned Parquet of readings, places included. INPUT is a file, a folder (recursively), a glob in
quotation marks, or an address (s3://bucket/news/*.warc.gz, file:///…), in any format that `marsad read` takes, and
Parquet. The readings of a text are in the partition that its hash names. A run that was stopped goes on where it
stopped when the same command is given again; with more inputs, only these are read. A record that cannot be taken in
or read is set aside in OUT/aside, with the reason. Keys of an object store: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL.
"""
_INCIDENTS: Final = """\
Makes the incidents of all readings in OUT, the same as a store makes of them, as Parquet in INCIDENTS. A run that was
stopped goes on where it stopped when the same command is given again.
"""
_LOAD: Final = """\
Loads incidents, with the reports and readings that they are made of, into a store (a path, or the address of a
database), in one transaction. What is there is not loaded again. Incidents keep their ids; where the store has reports
that tell of the same, or an editor decided something, they are grouped together.
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    scale = commands.add_parser("scale", help="read, group and load over many cores and machines")
    deeds = scale.add_subparsers(required=True, metavar="DEED")
    read = _deed(deeds, "read", "files to partitioned Parquet of readings", _READ, _read)
    read.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder, glob or address")
    read.add_argument("out", metavar="OUT", help="folder or address of the readings")
    read.add_argument("--partitions", type=_a_count, metavar="N", help="partitions of a new OUT (default: by the size of the input)")
    read.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="reference day of reports that have none")
    read.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none")
    read.add_argument("--columns", type=columns, action="extend", default=[], metavar="FIELD=COLUMN,…", help="which column of a table holds what")
    read.add_argument("--raw", action="store_true", help="keep the bytes of each record too, for `marsad scale load`")
    incidents = _deed(deeds, "incidents", "readings to incidents", _INCIDENTS, _incidents)
    incidents.add_argument("out", metavar="OUT", help="folder or address of the readings")
    incidents.add_argument("incidents", metavar="INCIDENTS", help="folder or address of the incidents")
    incidents.add_argument("--bins", type=_a_count, metavar="N", help="into how many the work is divided (default: by the number of events)")
    for deed in (read, incidents):
        deed.add_argument("--runner", choices=("native", "ray"), default="native", help="this machine (native, the default), or a Ray cluster")
        deed.add_argument("--address", metavar="ADDRESS", help="of the Ray cluster (HOST:6379, ray://HOST:10001, auto); without it one is begun here")
        deed.add_argument("--jobs", type=a_number_of_processes, metavar="N", help="processes on this machine (default: as many as cores)")
    load = _deed(deeds, "load", "incidents into a store", _LOAD, _load)
    load.add_argument("incidents", metavar="INCIDENTS", help="folder or address of the incidents")
    load.add_argument("--db", required=True, metavar="URL", help="path or address of the store")


def _deed(
    deeds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str, long: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    deed = deeds.add_parser(name, help=about, description=long, formatter_class=argparse.RawDescriptionHelpFormatter)
    deed.set_defaults(run=run)
    return deed


def _a_count(words: str) -> int:
    """1 to 30,000; what is none is wrong usage."""
    if not words.isdigit() or not 1 <= int(words) <= 30_000:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of partitions (1 to 30000)")
    return int(words)


def _read(options: argparse.Namespace) -> int:
    def steps() -> Iterator[Step]:
        from marsad.scale import Reads, read

        yield from read(
            Reads(tuple(options.inputs), options.out, options.partitions, options.date, options.outlet, tuple(options.columns), options.raw)
        )  # fmt: skip

    return _run("read", steps, options)


def _incidents(options: argparse.Namespace) -> int:
    def steps() -> Iterator[Step]:
        from marsad.scale import incidents

        yield from incidents(options.out, options.incidents, bins=options.bins)

    return _run("incidents", steps, options)


def _load(options: argparse.Namespace) -> int:
    def steps() -> Iterator[Step]:
        from marsad.scale import load

        yield from load(options.incidents, options.db)

    return _run("load", steps, None)


def _run(name: str, steps: Callable[[], Iterator[Step]], options: argparse.Namespace | None) -> int:
    """Go through the steps of a deed; gives the exit status: 1 where something was set aside."""
    from marsad.scale import ScaleError, start

    aside: dict[str, int] = {}
    try:
        if options is not None:
            start(options.runner, address=options.address, jobs=options.jobs)
        with _shown() as show:
            for step in steps():
                aside[step.stage] = step.aside
                show(step, sum(aside.values()))
    except ScaleError as error:
        print(f"marsad scale {name}: {harmless(str(error))}", file=sys.stderr)
        return 1
    count = sum(aside.values())
    if count and options is not None:
        print(f"marsad scale {name}: {count:,} records were set aside, with the reason, in {options.out}/aside", file=sys.stderr)
    return 1 if count else 0


@contextlib.contextmanager
def _shown() -> Iterator[Callable[[Step, int], None]]:
    """A bar on a terminal, with rows and bytes a second, an estimate, and how many were set aside; elsewhere a line at the end of each stage."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(stderr=True)) as bar:
        yield _Bar(bar)


class _Lines:
    """What is told of a run where there is no terminal."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}

    def __call__(self, step: Step, aside: int) -> None:
        began = self._began.setdefault(step.stage, time.monotonic())
        if step.total and step.done == step.total and step.rows:
            print(f"{step.stage}: {_pace(step, aside, time.monotonic() - began)}", file=sys.stderr)


class _Bar:
    """The bar."""

    def __init__(self, bar: object) -> None:
        self._bar = bar
        self._tasks: dict[str, int] = {}
        self._began: dict[str, float] = {}

    def __call__(self, step: Step, aside: int) -> None:
        bar: object = self._bar
        if step.stage not in self._tasks:
            self._began[step.stage] = time.monotonic()
            self._tasks[step.stage] = bar.add_task(step.stage, total=step.total or None, pace="")  # type: ignore[attr-defined]
        pace = _pace(step, aside, time.monotonic() - self._began[step.stage])
        bar.update(self._tasks[step.stage], completed=step.done, total=step.total or None, pace=pace)  # type: ignore[attr-defined]


def _pace(step: Step, aside: int, seconds: float) -> str:
    seconds = max(seconds, 0.001)
    said = f"{step.rows:,} rows, {step.rows / seconds:,.0f} rows a second"
    if step.bytes:
        said += f", {step.bytes / seconds / 1e6:,.2f} MB a second"
    if aside:
        said += f", {aside:,} set aside"
    return f"{said}, {step.said}" if step.said else said
