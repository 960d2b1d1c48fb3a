"""A report on a terminal, as intake made it: what is known of it, its text with the furniture marked, its proof, what was doubtful.

Arabic stands in isolates and is set to the right edge, where its lines begin.
"""

from __future__ import annotations

import io
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.model import Proof, Report
from marsad.table import in_lines, isolated, plain

_SHOWN: Final = 14  # lines of a text that are shown, where not all are asked for
_LABEL: Final = 9  # columns of the names at the left
_ARABIC: Final = ("\u0600", "\u06ff")


def card(report: Report, width: int, *, whole: bool = False, colour: bool = False) -> str:
    """The report for a screen of `width` columns; `whole`: all of its text, not its first lines."""
    out = io.StringIO()
    console = Console(file=out, width=max(width, 40), force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False)
    outlet = isolated(report.outlet) if report.outlet else "no outlet"
    known = (plain(report.id), str(report.date or "no day"), outlet, f"from {isolated(report.original)}" if report.original else "", report.language or "")
    for line in in_lines(" · ".join(x for x in known if x), console.width):
        console.print(Text(line, style="bold"), soft_wrap=True)
    for label, said in (("title", report.title), ("address", report.url)):
        if said:
            _field(console, label, isolated(said))
    _text(console, report, whole)
    if report.proof is not None:
        _field(console, "proof", _proof(report.proof), "dim")
    for note in report.notes:
        _field(console, "warning", f"{note.code}: {plain(note.message)}", "yellow")
    console.print()
    return out.getvalue()


def _field(console: Console, label: str, words: str, style: str = "") -> None:
    for place, line in enumerate(in_lines(words, console.width - _LABEL - 2)):
        console.print(Text(f"  {label if place == 0 else '':<{_LABEL}}{line}", style=style), soft_wrap=True)


def _text(console: Console, report: Report, whole: bool) -> None:
    """The lines of the text, furniture with its kind in the margin; a line that is furniture in part has its kind too."""
    lines: list[tuple[str, str]] = []
    start = 0
    for line in report.text.split("\n"):
        end = start + len(line)
        if line.strip():
            kinds = dict.fromkeys(r.kind for r in report.residue if r.span[0] < end and r.span[1] > start)
            lines.append((line.strip(), ", ".join(kinds)))
        start = end + 1
    marked = sum(b - a for a, b in (r.span for r in report.residue))
    _field(console, "text", f"{len(report.text):,} characters in {len(lines)} lines" + (f", {marked:,} of them marked as furniture" if marked else ""))
    shown = lines if whole or len(lines) <= _SHOWN + 2 else lines[:_SHOWN]
    for line, furniture in shown:
        margin = f"{'- ' + furniture + ' ' if furniture else '':<{_LABEL}}"
        for place, part in enumerate(in_lines(isolated(line), console.width - max(_LABEL, cell_len(margin)) - 2)):
            right = any(_ARABIC[0] <= c <= _ARABIC[1] for c in part)
            gap = console.width - cell_len(margin) - 2 - cell_len(plain(part)) if right else 0
            console.print(
                Text(f"  {margin if place == 0 else ' ' * cell_len(margin)}{' ' * max(0, gap)}{part}", style="dim" if furniture else ""), soft_wrap=True
            )
    if len(shown) < len(lines):
        console.print(Text(f"  … {len(lines) - len(shown)} more lines (--whole)", style="dim"), soft_wrap=True)


def _proof(proof: Proof) -> str:
    parts = (
        f"sha256 {proof.sha256} of {proof.size:,} bytes",
        proof.path,
        f"fetched from {plain(proof.url)}" + (f" at {proof.fetched}" if proof.fetched else "") if proof.url else None,
        f"record {proof.record_id}" if proof.record_id else None,
        f"by {proof.extractor}" if proof.extractor else None,
        f"{proof.encoding} ({proof.encoding_from})" if proof.encoding else None,
    )
    return "; ".join(plain(words) for words in parts if words)
