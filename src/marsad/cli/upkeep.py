"""`marsad stats`, `rebuild`, `verify` and `erase`: the upkeep of a store."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from marsad.cli.options import a_number_of_processes
from marsad.cli.store import observatory, shape_of, take_store, told


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands and their options."""
    stats = commands.add_parser("stats", help="how much is kept", description="How much is kept, of what.")
    take_store(stats)
    stats.add_argument("--format", choices=("table", "json"), help="table (default on a terminal), json (default elsewhere)")
    stats.set_defaults(run=told(_stats))

    rebuild = commands.add_parser(
        "rebuild", help="read all reports again and make everything anew",
        description="Makes everything that is derived again from the kept reports and decisions: readings, incidents, the index of words. Ids stay.",
    )  # fmt: skip
    take_store(rebuild)
    rebuild.add_argument("--jobs", type=a_number_of_processes, default=1, metavar="N", help="processes to read with (default 1)")
    rebuild.set_defaults(run=told(_rebuild))

    verify = commands.add_parser(
        "verify", help="prove that nothing was changed",
        description="Proves that nothing was changed: the chain of decisions, the raw bytes by their hashes, the texts, the words of every span.",
    )  # fmt: skip
    verify.add_argument("release", nargs="?", metavar="DIR", help="a published release to verify, instead of a store")
    take_store(verify)
    verify.set_defaults(run=told(_verify))

    erase = commands.add_parser(
        "erase", help="take a report's bytes and words away for good",
        description="Takes the bytes and all words of a report away for good. Its hash stays, so that the chain holds and it is not taken in again unseen.",
    )  # fmt: skip
    erase.add_argument("report", metavar="REPORT", help="its id")
    erase.add_argument("--why", required=True, metavar="TEXT", help="the reason; it is kept")
    erase.add_argument("--by", required=True, metavar="NAME", help="who decides")
    take_store(erase)
    erase.set_defaults(run=told(_erase))


def _stats(options: argparse.Namespace) -> int:
    with observatory(options) as kept:
        found = kept.stats()
    if shape_of(options, "json") == "json":
        import json

        print(json.dumps(found, ensure_ascii=False))
        return 0
    from rich.console import Console
    from rich.table import Table

    from marsad.table import isolated

    console = Console(highlight=False)
    table = Table(box=None, show_header=False, padding=(0, 2))
    names = {
        "reports": "reports · تقارير", "erased": "erased · محذوفة", "raw": "raw records · ملفات خام", "events": "events as told · أحداث كما رويت",
        "incidents": "incidents · حوادث", "links": "links between events · روابط", "decisions": "decisions · قرارات", "bytes": "bytes on disk · حجم المخزن",
    }  # fmt: skip
    for name, words in names.items():
        table.add_row(words, f"{found[name]:,}")
    console.print(table)
    for name in ("outlets", "country", "type", "status", "grade", "review"):
        most = list(found[name].items())[:12]
        if most:
            console.print(f"\n{name}", style="bold")
            console.print(_counted(most, isolated))
    return 0


def _counted(most: list[tuple[str, int]], isolated: Any) -> Any:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2))
    for value, number in most:
        table.add_row(f"{number:,}", isolated(value) if value else "not told · غير مذكور")
    return table


def _rebuild(options: argparse.Namespace) -> int:
    from marsad.intake import Fault

    status, done = 0, (0, 0)
    shown = sys.stderr.isatty()
    with observatory(options) as kept:
        for step in kept.rebuild(jobs=options.jobs):
            if isinstance(step, Fault):
                print(f"marsad: {step}", file=sys.stderr)
                status = 1
                continue
            done = step
            if shown:
                print(f"\r{step[0]:,} of {step[1]:,} reports", end="", file=sys.stderr, flush=True)
    print(f"{chr(13) if shown else ''}{done[1]:,} reports read again", file=sys.stderr)
    return status


def _verify(options: argparse.Namespace) -> int:
    from marsad.cli.output import harmless

    if options.release is not None:
        return _verify_release(options.release)
    number = 0
    with observatory(options) as kept:
        for number, problem in enumerate(kept.verify(), 1):  # noqa: B007
            print(harmless(problem))
        counted = kept.stats() if not number else {}
    if number:
        print(f"marsad: {number:,} {'thing does' if number == 1 else 'things do'} not hold", file=sys.stderr)
        return 1
    print(f"{counted['reports']:,} reports, {counted['raw']:,} raw records, {counted['decisions']:,} decisions, {counted['incidents']:,} incidents: all holds")
    return 0


def _verify_release(folder: str) -> int:
    from marsad.cli.output import harmless
    from marsad.site import verify_release

    found = verify_release(folder)
    for problem in found:
        print(harmless(problem))
    if found:
        print(f"marsad: {len(found):,} {'thing does' if len(found) == 1 else 'things do'} not hold", file=sys.stderr)
        return 1
    print(f"{harmless(folder)}: all files are as they were published")
    return 0


def _erase(options: argparse.Namespace) -> int:
    with observatory(options) as kept:
        made, stay = kept.erase(options.report, why=options.why, by=options.by)
    print(f"{options.report} was erased (decision {made.number})", file=sys.stderr)
    if stay:
        print("marsad: some of the bytes that it was made of stay, as another report was made of them too; erase that one as well", file=sys.stderr)
    return 0
