"""`marsad intake`: what was made of the inputs, before anything is read in them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from marsad.cli.options import INPUTS, take_inputs
from marsad.cli.output import Step, coloured, opened, progress, screen_width

if TYPE_CHECKING:
    from marsad.intake import Item

_ABOUT: Final = """\
Shows the reports that intake makes of its inputs: text, title, day, outlet, original source, language, furniture of
the page, proof and warnings. As jsonl they can be given to `marsad read` (and to this command) again: furniture and
proof are kept. With --raw the bytes of each record are kept under their SHA-256 (DIR/ab/ab12…).

"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    intake = commands.add_parser(
        "intake",
        help="show what is taken from files: text, day, outlet, proof",
        description=_ABOUT + INPUTS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    take_inputs(intake)
    intake.add_argument("--format", choices=("table", "json", "jsonl"), help="table (default on a terminal), jsonl (default elsewhere), json")
    intake.add_argument("--whole", action="store_true", help="show all of each text in the table")
    intake.add_argument("--raw", metavar="DIR", help="keep the raw bytes of each record in DIR, each file named by its SHA-256")
    intake.add_argument("-o", "--output", metavar="FILE", help="write to FILE, which appears whole or not at all")
    intake.set_defaults(run=_intake)


def _intake(options: argparse.Namespace) -> int:
    from marsad.intake import Intake, KeepingError, RawFolder, keeping, take_in

    shape = options.format or ("table" if options.output is None and sys.stdout.isatty() else "jsonl")
    asked = Intake(tuple(options.inputs), options.date, options.outlet, tuple(options.columns))
    try:
        with (
            keeping(RawFolder(options.raw) if options.raw else None),
            opened(options.output) as out,
            progress(options.inputs, shown=options.output is None and sys.stdout.isatty()) as step,
        ):
            return _write(take_in(asked), shape, options.whole, out, step)
    except KeepingError as error:
        print(f"marsad intake: {options.raw}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if isinstance(error, BrokenPipeError) or options.output is None:
            raise
        print(f"marsad intake: cannot write {options.output}: {error.strerror or error}", file=sys.stderr)
        return 1


def _write(items: Iterator[Item], shape: str, whole: bool, out: IO[bytes], step: Step) -> int:
    """Write each report as it comes; faults go to standard error. Gives the exit status."""
    from marsad.intake import Fault, encoded

    if shape == "table":
        from marsad.cli.report_card import card
    status, first = 0, True
    if shape == "json":
        out.write(b"[")
    for item in items:
        if isinstance(item, Fault):
            step.say(f"marsad: {item}")
            status = 1
            continue
        line = encoded(item)
        if shape == "table":
            out.write(card(item, screen_width(), whole=whole, colour=coloured(out)).encode())
        else:
            out.write(b"" if shape == "jsonl" or first else b",\n")
            out.write(line + (b"\n" if shape == "jsonl" else b""))
        first = False
        if out is sys.stdout.buffer:
            out.flush()
        step.done(len(line))
    if shape == "json":
        out.write(b"]\n")
    return status
