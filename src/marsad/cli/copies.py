"""`marsad copies`: which reports are one text passed on, and where it likely comes from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from marsad.cli.options import INPUTS, take_inputs
from marsad.cli.output import Step, coloured, opened, progress, screen_width

if TYPE_CHECKING:
    from marsad.model import CopyCluster, Report

_ABOUT: Final = """\
Finds exact and near copies among reports: one wire text on ten sites, trimmed, retitled, with the agency's line, a
paragraph added. Each cluster names its likely origin and why. The same report with a new toll is no copy, and
neither is another outlet's own telling of the same event. Reports that are nobody's copy are not shown.

"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    copies = commands.add_parser(
        "copies", help="find reports that are one text passed on", description=_ABOUT + INPUTS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    take_inputs(copies)
    copies.add_argument("--format", choices=("table", "jsonl"), help="table (default on a terminal), jsonl (default elsewhere)")
    copies.add_argument("-o", "--output", metavar="FILE", help="write to FILE, which appears whole or not at all")
    copies.set_defaults(run=_copies)


def _copies(options: argparse.Namespace) -> int:
    from marsad.incidents import copies
    from marsad.intake import Intake, take_in

    shape = options.format or ("table" if options.output is None and sys.stdout.isatty() else "jsonl")
    faults: list[str] = []
    try:
        with opened(options.output) as out, progress(options.inputs, shown=False) as step:
            clusters = copies(_reports(take_in(Intake(tuple(options.inputs), options.date, options.outlet, tuple(options.columns))), step, faults))
            _write(clusters, shape, out)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or options.output is None:
            raise
        print(f"marsad copies: cannot write {options.output}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 1 if faults else 0


def _reports(items: Iterator[object], step: Step, faults: list[str]) -> Iterator[Report]:
    from marsad.model import Report

    for item in items:
        if isinstance(item, Report):
            step.done(len(item.text) * 2)
            yield item
        else:
            faults.append(str(item))
            step.say(f"marsad: {item}")


def _write(clusters: list[CopyCluster], shape: str, out: IO[bytes]) -> None:
    if shape == "jsonl":
        from msgspec.json import encode

        for cluster in clusters:
            out.write(encode(cluster) + b"\n")
        return
    width, colour = screen_width(), coloured(out)
    for cluster in clusters:
        out.write(_card(cluster, width, colour).encode())
    if not clusters:
        out.write("no copies · لا نسخ\n".encode())


def _card(cluster: CopyCluster, width: int, colour: bool) -> str:
    import io

    from rich.console import Console
    from rich.text import Text

    from marsad.table import in_lines, isolated, plain

    out = io.StringIO()
    console = Console(file=out, width=max(width, 40), force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False)

    def line(words: str, margin: str, style: str = "") -> None:
        for place, part in enumerate(in_lines(words, console.width - len(margin) - 2)):
            console.print(Text((margin if place == 0 else " " * len(margin)) + part, style=style), soft_wrap=True)

    origin = cluster.origin
    author = f"{isolated(origin.name)}{'' if origin.present else ' (its own report is not here)'}" if origin.name else "nobody named"
    line(f"{len(cluster.copies)} reports of one text · likely from {author}", "", "bold")
    for why in origin.why:
        line(isolated(why), "  because ", "dim")
    for copy in cluster.copies:
        how = copy.relation if copy.relation in ("origin", "same") else f"{copy.relation}, {copy.kept:.0%} kept, {copy.own:.0%} its own"
        known = (isolated(copy.outlet) if copy.outlet else "", isolated(copy.title) if copy.title else "", how)
        line(" · ".join((str(copy.date or "no day"), plain(copy.report), *(x for x in known if x))), "  ")
    console.print()
    return out.getvalue()
