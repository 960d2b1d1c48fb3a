"""`marsad incident`: one incident with all its claims."""

from __future__ import annotations

import argparse
import sys

from marsad.cli.options import a_day
from marsad.cli.output import coloured, screen_width
from marsad.cli.store import observatory, shape_of, take_store, told


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "incident", help="show one incident: who says what, in which words", description="Shows one incident: who says what about it, in which words, when."
    )
    command.add_argument("id", metavar="ID", help="of the incident; one that was merged into another leads there")
    take_store(command)
    command.add_argument("--format", choices=("table", "json"), help="table (default on a terminal), json (default elsewhere)")
    command.add_argument("--as-of", type=a_day, metavar="YYYY-MM-DD", help="as it was known at the end of that day (UTC)")
    command.set_defaults(run=told(_incident))


def _incident(options: argparse.Namespace) -> int:
    with observatory(options) as kept:
        found = kept.incident(options.id, as_of=options.as_of)
        if found is None:
            print(f"marsad: there is no incident {options.id}", file=sys.stderr)
            return 1
        if shape_of(options, "json") == "json":
            from msgspec.json import encode

            sys.stdout.buffer.write(encode(found) + b"\n")
            return 0
        from marsad.cli.incident_card import card

        decisions = [d for id_ in dict.fromkeys((options.id, found.id)) for d in kept.decisions(id_)]
        sys.stdout.buffer.write(card(found, decisions, screen_width(), colour=coloured(sys.stdout.buffer)).encode())
    return 0
