"""`marsad search`: reports by their words."""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from typing import TYPE_CHECKING, Final

from marsad.cli.output import coloured, screen_width
from marsad.cli.store import filters_of, observatory, shape_of, take_filters, take_store, told

if TYPE_CHECKING:
    from marsad.observatory import Hit

_ABOUT: Final = """\
Finds reports by their words, as people type them: قصف ادلب finds «قصفت … إدلب», «بقصفها», «الإدلبي» is another word.
Words must all be there; "words in quotes" stand together; -word must not be there; قصف* is any word that begins so;
title:word (عنوان:), outlet: (ناشر:), place: (مكان:), actor: (جهة:), asserter: (مصدر:) and text: (نص:) ask in one field.
With filters: reports that tell such an incident."""

_AROUND: Final = 60  # characters shown on each side of what was found


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "search", help="find reports by their words", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )  # fmt: skip
    command.add_argument("words", nargs="+", metavar="WORDS")
    take_store(command)
    command.add_argument("--format", choices=("table", "jsonl"), help="table (default on a terminal), jsonl (default elsewhere)")
    command.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (20)")
    take_filters(command, words=False)
    command.set_defaults(run=told(_search))


def _search(options: argparse.Namespace) -> int:
    filters, shape = filters_of(options), shape_of(options)
    found = 0
    with observatory(options) as kept:
        for hit in islice(kept.search(" ".join(options.words), filters), options.limit):
            found += 1
            if shape == "jsonl":
                from msgspec.json import encode

                sys.stdout.buffer.write(encode(hit._asdict()) + b"\n")
            else:
                sys.stdout.buffer.write(_shown(hit).encode())
    if not found and shape == "table":
        print("no report has these words · لا تقرير فيه هذه الكلمات")
    return 0


def _shown(hit: Hit) -> str:
    import io

    from rich.console import Console
    from rich.text import Text

    from marsad.table import in_lines, isolated, plain

    out = io.StringIO()
    colour = coloured(sys.stdout.buffer)
    console = Console(file=out, width=max(screen_width(), 40), force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False)
    known = (str(hit.day or "no day"), isolated(hit.outlet) if hit.outlet else "", isolated(hit.title) if hit.title else "", plain(hit.report))
    for line in in_lines(" · ".join(x for x in known if x), console.width):
        console.print(Text(line, style="bold"), soft_wrap=True)
    for passage in _passages(hit)[:3]:
        for line in in_lines(isolated(passage), console.width - 4):
            console.print(Text("    " + line), soft_wrap=True)
    if hit.incidents:
        for line in in_lines(f"incidents {', '.join(hit.incidents)}", console.width - 4):
            console.print(Text("    " + line, style="dim"), soft_wrap=True)
    return out.getvalue()


def _passages(hit: Hit) -> list[str]:
    """The words around what was found, which stands in «»-free brackets; what lies close together is one passage."""
    passages: list[list[tuple[int, int]]] = []
    for span in hit.spans:
        if passages and span[0] - passages[-1][-1][1] < 2 * _AROUND:
            passages[-1].append(span)
        else:
            passages.append([span])
    shown = []
    for spans in passages:
        first, last = max(0, spans[0][0] - _AROUND), min(len(hit.text), spans[-1][1] + _AROUND)
        words, at = "", first
        for start, end in spans:
            words += hit.text[at:start] + "[" + hit.text[start:end] + "]"
            at = end
        shown.append(("…" if first else "") + " ".join((words + hit.text[at:last]).split()) + ("…" if last < len(hit.text) else ""))
    return shown
