"""`marsad`: words and files in, tables and JSON out; no logic. One module a command.

    marsad read INPUT… [--date YYYY-MM-DD] [--outlet NAME] [--format table|json|jsonl] [--explain] [--jobs N] [-o FILE]
    marsad gazetteer find NAME [--country CC] [--near PLACE] · info · import FILE · remove SOURCE
    marsad serve [--db URL] [--host HOST] [--port PORT]
    marsad publish OUT_DIR [--db URL] [--base-url URL]
    marsad user add|role|token|reset|end|list …
    marsad draft [INCIDENT…] [filters] [--lang ar|en]
    marsad intake INPUT… [--raw DIR] [--format table|json|jsonl] [-o FILE]
    marsad copies INPUT… [--format table|jsonl] [-o FILE]
    marsad fetch URL… -o FILE.warc.gz
    marsad watch SOURCES.toml [--once]
    marsad add INPUT… [--db URL] [--jobs N]
    marsad incidents [filters] [--format table|json|jsonl] · incident ID · report ID · search WORDS
    marsad review confirm|reject|merge|split|move|correct|withhold|note … --why TEXT --by NAME
    marsad export FORMAT [filters] [-o FILE]
    marsad stats · rebuild · verify · erase REPORT --why TEXT --by NAME
    marsad scale read INPUT… OUT · incidents OUT INCIDENTS · load INCIDENTS --db URL [--runner native|ray] [--address ADDRESS]
    marsad schema reading|incident

Exit status: 0 all was done; 1 a record could not be read (it is named on standard error, the rest was read); 2 wrong usage; 130 stopped.
To add a command: a module with `add(commands)`, and its name in `COMMANDS`. Such a module imports what is heavy only when it runs, so that
`marsad --help` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from marsad import __version__

COMMANDS: Final = (
    "read", "add", "incidents", "incident", "report", "search", "review", "export", "upkeep",
    "serve", "publish", "user", "draft", "intake", "copies", "fetch", "watch", "gazetteer", "scale", "schema",
)  # fmt: skip
"""The modules of the commands, in the order in which the help shows them."""


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
    for name in COMMANDS:
        import_module(f"marsad.cli.{name}").add(commands)
    return parser
