"""`marsad incidents`: what happened, by everybody's claims."""

from __future__ import annotations

import argparse
import sys
from typing import IO, TYPE_CHECKING

from marsad.cli.output import coloured, opened, screen_width
from marsad.cli.store import UsageError, filters_of, observatory, shape_of, take_filters, take_store, told

if TYPE_CHECKING:
    from marsad.model import Incident


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser("incidents", help="list incidents, the newest first", description="Lists incidents, the newest first.")
    take_store(command)
    command.add_argument("--format", choices=("table", "json", "jsonl"), help="table (default on a terminal), jsonl (default elsewhere), json")
    command.add_argument("--limit", type=int, metavar="N", help="at most so many (a table: 50; else all)")
    command.add_argument("--after", metavar="PLACE", help="go on where a list ended")
    command.add_argument("-o", "--output", metavar="FILE", help="write to FILE, which appears whole or not at all")
    take_filters(command)
    command.set_defaults(run=told(_incidents))


def _incidents(options: argparse.Namespace) -> int:
    filters, shape = filters_of(options), shape_of(options)
    limit = options.limit if options.limit is not None else (50 if shape == "table" else None)
    if limit is not None and limit < 1:
        raise UsageError(f"--limit {limit}: one or more")
    with observatory(options) as kept, opened(options.output) as out:
        if limit is None and options.after is None:
            write(kept.incidents(filters), shape, out)
            return 0
        try:
            page = kept.page(filters, limit=limit or 1_000_000_000, after=options.after)
        except ValueError:
            raise UsageError(f"--after {options.after!r}: no list ended there") from None
        write(page.incidents, shape, out)
        if page.after is not None:
            print(f"marsad: there are more: --after {page.after}", file=sys.stderr)
    return 0


def write(incidents: object, shape: str, out: IO[bytes]) -> None:
    """Write incidents as they come."""
    from collections.abc import Iterable
    from typing import cast

    from msgspec.json import encode

    found = cast("Iterable[Incident]", incidents)
    if shape == "table":
        from marsad.cli.incident_card import line

        empty = True
        for incident in found:
            out.write(line(incident, screen_width(), colour=coloured(out)).encode())
            empty = False
        if empty:
            out.write("no incidents · لا حوادث\n".encode())
        return
    first = True
    if shape == "json":
        out.write(b"[")
    for incident in found:
        out.write(b"" if shape == "jsonl" or first else b",\n")
        out.write(encode(incident) + (b"\n" if shape == "jsonl" else b""))
        first = False
    if shape == "json":
        out.write(b"]\n")
