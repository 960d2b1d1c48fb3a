"""`marsad`: words and files in, tables and JSON out; no logic.

    marsad read INPUT… [--date YYYY-MM-DD] [--outlet NAME] [--format table|json|jsonl] [--explain] [--jobs N] [-o FILE]
    marsad schema reading

Exit status: 0 all was read; 1 a record could not be read (it is named on standard error, the rest was read); 2 wrong usage; 130 stopped.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from marsad import __version__

if TYPE_CHECKING:
    from marsad.intake import Intake
    from marsad.observatory import Read

_LONG = 2_000_000  # bytes of input from which the work is long
_INPUTS = """\
INPUT is a .txt file, an .html page, a .jsonl file (one record a line: id, text or html, and any of url, title,
date, outlet or source; other keys pass through untouched), a folder of these (read in sorted order, recursively),
or - for standard input. One record is one report."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; gives the exit status."""
    options = _parser().parse_args(arguments)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        with contextlib.suppress(OSError):  # the reader of our output has gone: nothing to say and nobody to say it to
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="marsad",
        description="Reads Arabic conflict reports: who did what to whom, where, when, how many, and who says so, each with its words.",
    )
    parser.add_argument("--version", action="version", version=f"marsad {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    read = commands.add_parser("read", help="read reports into events", description=_INPUTS, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder, or - for standard input")
    read.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="reference day of reports that have none")
    read.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none")
    read.add_argument("--format", choices=("table", "json", "jsonl"), help="table (default on a terminal), jsonl (default elsewhere), json")
    read.add_argument("--explain", action="store_true", help="show for each field the vocabulary entry and the rule that gave it (a table)")
    read.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes to read with (default 1)")
    read.add_argument("-o", "--output", metavar="FILE", help="write to FILE, which appears whole or not at all")
    read.set_defaults(run=_read)
    schema = commands.add_parser("schema", help="print the JSON Schema of an output", description="Prints the JSON Schema of an output.")
    schema.add_argument("what", choices=("reading",))
    schema.set_defaults(run=_schema)
    return parser


def _day(words: str) -> datetime.date:
    from marsad.model import reference_day

    try:
        return reference_day(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _jobs(words: str) -> int:
    if not words.isdigit() or not 1 <= int(words) <= 256:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes (1 to 256)")
    return int(words)


def _schema(_: argparse.Namespace) -> int:
    import json

    from marsad.model import reading_schema

    print(json.dumps(reading_schema(), ensure_ascii=False, indent=2))
    return 0


# --- read --------------------------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    shape = options.format or ("table" if (options.output is None and sys.stdout.isatty()) or options.explain else "jsonl")
    if options.explain and shape != "table":
        print("marsad read: --explain gives a table; leave --format away or say --format table", file=sys.stderr)
        return 2
    from marsad.intake import Intake

    intake = Intake(tuple(options.inputs), options.date, options.outlet)
    try:
        with _opened(options.output) as out, _progress(options.inputs, shown=options.output is None and sys.stdout.isatty()) as step:
            return _write(_results(intake, options), shape, options.explain, out, step)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or options.output is None:
            raise
        print(f"marsad read: cannot write {options.output}: {error.strerror or error}", file=sys.stderr)
        return 1


def _results(intake: Intake, options: argparse.Namespace) -> Iterator[Read]:
    from marsad.observatory import explained_all, read_all

    return explained_all(intake) if options.explain else read_all(intake, options.jobs)


def _write(results: Iterator[Read], shape: str, explain: bool, out: IO[bytes], step: _Step) -> int:
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
            out.write(table_of(result.content, result.why if explain else None, _width(), colour=_coloured(out)).encode())
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


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((120, 40)).columns


def _coloured(out: IO[bytes]) -> bool:
    return out is sys.stdout.buffer and sys.stdout.isatty() and "NO_COLOR" not in os.environ


@contextlib.contextmanager
def _opened(name: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when it is whole."""
    if name is None:
        yield sys.stdout.buffer
        return
    folder = os.path.dirname(os.path.abspath(name))
    handle, part = tempfile.mkstemp(dir=folder, prefix=".marsad-")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(part, 0o666 & ~mask)
        os.replace(part, name)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


class _Step:
    """What is shown while the work goes on: nothing but faults, where standard error is no terminal."""

    def done(self, size: int) -> None:
        """One report more; `size`: bytes of its reading."""

    def say(self, words: str) -> None:
        """A line on standard error."""
        print(_harmless(words), file=sys.stderr)


def _harmless(words: str) -> str:
    """Words from outside (names of files, ids) without the characters that command a terminal."""
    return "".join(c if c >= " " and not "\x7f" <= c <= "\x9f" else "\ufffd" for c in words).encode("utf-8", "replace").decode()


@contextlib.contextmanager
def _progress(inputs: Sequence[str], *, shown: bool) -> Iterator[_Step]:
    """A progress bar on a terminal when the work is long and the output is not itself `shown` there; else faults alone."""
    from marsad.intake import size_of

    total = size_of(inputs) if sys.stderr.isatty() else None
    if total is None or total < _LONG or shown:
        yield _Step()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("kB about"), TimeElapsedColumn(), console=Console(stderr=True))

    class Bar(_Step):
        def done(self, size: int) -> None:
            bar.advance(task, size * 0.45 / 1000)  # a reading is about twice as long as its record

        def say(self, words: str) -> None:
            bar.console.print(_harmless(words), markup=False, highlight=False)

    with bar:
        task = bar.add_task("read", total=total // 1000)
        yield Bar()
