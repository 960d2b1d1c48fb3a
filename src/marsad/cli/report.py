"""`marsad report`: one report as it is kept, with what was read in it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from marsad.cli.output import coloured, screen_width
from marsad.cli.store import observatory, shape_of, take_store, told

if TYPE_CHECKING:
    from marsad.observatory import Kept


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "report", help="show one report: text, proofs, events", description="Shows a report as it is kept: its text, its proofs, what was read in it."
    )
    command.add_argument("id", metavar="ID")
    take_store(command)
    command.add_argument("--format", choices=("table", "json"), help="table (default on a terminal), json (default elsewhere)")
    command.add_argument("--raw", metavar="FILE", help="write the raw bytes of its first proof to FILE (- for standard output)")
    command.add_argument("--whole", action="store_true", help="show all of its text in the table")
    command.set_defaults(run=told(_report))


def _report(options: argparse.Namespace) -> int:
    with observatory(options) as kept:
        found = kept.report(options.id)
        if found is None:
            print(f"marsad: there is no report {options.id}", file=sys.stderr)
            return 1
        if options.raw is not None:
            content = kept.raw(found.proofs[0].sha256) if found.proofs else None
            if content is None:
                print(f"marsad: of {options.id} no raw bytes are kept", file=sys.stderr)
                return 1
            from marsad.cli.output import opened

            with opened(None if options.raw == "-" else options.raw) as out:
                out.write(content)
            return 0
    if shape_of(options, "json") == "json":
        sys.stdout.buffer.write(_json(found))
    else:
        sys.stdout.buffer.write(_table(found, options.whole).encode())
    return 0


def _json(found: Kept) -> bytes:
    import msgspec

    from marsad.intake import encoded

    told_ = {
        "id": found.id, "sha256": found.sha256, "added": found.added, "erased": found.erased,
        "report": msgspec.Raw(encoded(found.report)) if found.report else None,
        "proofs": found.proofs, "reading": found.reading, "incidents": found.incidents,
    }  # fmt: skip
    return msgspec.json.encode(told_) + b"\n"


def _table(found: Kept, whole: bool) -> str:
    from msgspec.json import encode

    from marsad.cli.report_card import card
    from marsad.table import plain, table_of

    if found.report is None:
        return f"{plain(found.id)}\n  erased at {found.erased}; its text had the SHA-256 {found.sha256}\n"
    width, colour = screen_width(), coloured(sys.stdout.buffer)
    shown = card(found.report, width, whole=whole, colour=colour)
    more = [f"  added    {found.added}", *(f"  proof    sha256 {p.sha256}, {plain(p.url or p.path or '')}" for p in found.proofs[1:])]
    told_ = table_of(encode(found.reading), None, width, colour=colour) if found.reading is not None else "  it has no reading; `marsad rebuild` makes it\n"
    belongs = [f"  event {number}  {id_}" for number, id_ in enumerate(found.incidents) if id_]
    return "\n".join((shown.rstrip("\n"), *more, "", told_.rstrip("\n"), *belongs, ""))
