"""`marsad export`: incidents for others."""

from __future__ import annotations

import argparse
import sys

from marsad.cli.output import opened
from marsad.cli.store import UsageError, filters_of, observatory, take_filters, take_store, told

_ABOUT = """\
Writes incidents for others, ordered by day: csv, csv-claims, xlsx, jsonl, geojson, parquet, the columns of ACLED
(acled), UCDP GED (ucdp) and HAPI (hapi), FollowTheMoney entities (ftm); codebook writes what each column means.
Names of private persons are left out, and masked as […] in quoted words, and withheld incidents are left out,
unless --internal."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "export", help="write incidents as CSV, XLSX, GeoJSON, ACLED, UCDP …", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.add_argument("name", metavar="FORMAT")
    take_store(command)
    command.add_argument("--internal", action="store_true", help="everything, with names of private persons: not to be given away")
    command.add_argument("--bom", action="store_true", help="a byte-order mark in front of CSV, by which Excel knows UTF-8")
    command.add_argument("-o", "--output", metavar="FILE", help="write to FILE, which appears whole or not at all")
    take_filters(command)
    command.set_defaults(run=told(_export))


def _export(options: argparse.Namespace) -> int:
    from marsad.release import ExportError, codebook, export_names

    if options.name == "codebook":
        with opened(options.output) as out:
            out.write(codebook().encode())
        return 0
    if options.name not in export_names():
        raise UsageError(f"no export is called {options.name!r}; there are: {', '.join((*export_names(), 'codebook'))}")
    if options.output is None and options.name in ("xlsx", "parquet") and sys.stdout.isatty():
        raise UsageError(f"{options.name} is no text; name a file with -o")
    filters = filters_of(options)
    try:
        with observatory(options) as kept, opened(options.output) as out:
            kept.export(options.name, out, filters, internal=options.internal, bom=options.bom)
    except ExportError as error:
        print(f"marsad export: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if isinstance(error, BrokenPipeError) or options.output is None:
            raise
        print(f"marsad export: cannot write {options.output}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0
