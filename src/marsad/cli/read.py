"""`marsad read`: reports in, events out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from marsad.cli.options import INPUTS, a_number_of_processes, take_inputs
from marsad.cli.output import Step, coloured, opened, progress, screen_width

if TYPE_CHECKING:
    from marsad.intake import Intake
    from marsad.observatory import Read


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    read = commands.add_parser("read", help="read reports into events", description=INPUTS, formatter_class=argparse.RawDescriptionHelpFormatter)
    take_inputs(read)
    read.add_argument("--format", choices=("table", "json", "jsonl"), help="table (default on a terminal), jsonl (default elsewhere), json")
    read.add_argument("--explain", action="store_true", help="show for each field the vocabulary entry and the rule that gave it (a table)")
    read.add_argument("--jobs", type=a_number_of_processes, default=1, metavar="N", help="processes to read with (default 1)")
    read.add_argument("-o", "--output", metavar="FILE", help="write to FILE, which appears whole or not at all")
    read.set_defaults(run=_read)


def _read(options: argparse.Namespace) -> int:
    shape = options.format or ("table" if (options.output is None and sys.stdout.isatty()) or options.explain else "jsonl")
    if options.explain and shape != "table":
        print("marsad read: --explain gives a table; leave --format away or say --format table", file=sys.stderr)
        return 2
    from marsad.intake import Intake

    intake = Intake(tuple(options.inputs), options.date, options.outlet, tuple(options.columns))
    try:
        with opened(options.output) as out, progress(options.inputs, shown=options.output is None and sys.stdout.isatty()) as step:
            return _write(_results(intake, options), shape, options.explain, out, step)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or options.output is None:
            raise
        print(f"marsad read: cannot write {options.output}: {error.strerror or error}", file=sys.stderr)
        return 1


def _results(intake: Intake, options: argparse.Namespace) -> Iterator[Read]:
    from marsad.observatory import explained_all, read_all

    return explained_all(intake) if options.explain else read_all(intake, options.jobs)


def _write(results: Iterator[Read], shape: str, explain: bool, out: IO[bytes], step: Step) -> int:
    """Write each result as it comes; faults go to standard error. Gives the exit status."""
    if shape == "table":
        from marsad.table import table_of
    status, first = 0, True
    if shape == "json":
        out.write(b"[")
    for result in results:
        if result.fault is not None:
            step.say(f"marsad: {result.fault}")
            status = 1
            continue
        if shape == "table":
            out.write(table_of(result.content, result.why if explain else None, screen_width(), colour=coloured(out)).encode())
        else:
            out.write(b"" if shape == "jsonl" or first else b",\n")
            out.write(result.content + (b"\n" if shape == "jsonl" else b""))
        first = False
        if out is sys.stdout.buffer:
            out.flush()
        step.done(len(result.content))
    if shape == "json":
        out.write(b"]\n")
    return status
