"""How fast a page becomes a report: `python -m bench.intake_pages` measures it against `trafilatura.extract` on the same pages, in one run, on one core."""

from __future__ import annotations

import os
from itertools import islice
from statistics import median

from bench.measure import Table, _ms, _seconds
from bench.pages import page_of
from bench.texts import Texts
from marsad.intake.faults import Fault
from marsad.intake.page import page_report


def pages(texts: Texts, number: int = 60, repeats: int = 7) -> Table:
    """HTML → `Report` (encoding, text, furniture, metadata, hashes) against the text that trafilatura finds; pages that needed its opinion are told apart."""
    import trafilatura

    made: list[bytes] = []
    for report in texts.reports:
        try:
            made.append(page_of(report).encode())
        except ValueError:
            continue
        if len(made) == number:
            break
    second = [page for page in made if not isinstance(found := page_report(page, name="p.html"), Fault) and "trafilatura" in _extractor(found.proof)]
    faults = sum(isinstance(page_report(page, name="p.html"), Fault) for page in made)
    fast = [page for page in made if page not in second]
    markups = [page.decode() for page in fast]
    for markup in islice(markups, 5):
        trafilatura.extract(markup)
    ours: list[float] = []
    theirs: list[float] = []
    turns: list[tuple[float, float]] = []
    for _ in range(repeats):  # each works through all pages, as in use
        ours += [_seconds(lambda page=page: page_report(page, name="p.html")) for page in fast]  # type: ignore[misc]
        theirs += [_seconds(lambda markup=markup: trafilatura.extract(markup)) for markup in markups]  # type: ignore[misc]
    for page, markup in zip(fast, markups, strict=True):  # and page by page in turn: each finds the caches as the other left them
        turns.append((_seconds(lambda page=page: page_report(page, name="p.html")), _seconds(lambda markup=markup: trafilatura.extract(markup))))  # type: ignore[misc]
    table = Table(
        "A page becomes a report",
        f"{len(made)} pages of {sum(map(len, made)) / len(made) / 1000:.0f} kB on average; {len(second)} needed the second opinion, "
        f"{faults} gave none; {repeats} rounds in which each works through all pages, on one core. trafilatura {trafilatura.__version__}.",
        ("", "median", "a page, all"),
    )
    in_turn = median(t for _, t in turns) / median(o for o, _ in turns)
    table.rows = [
        ("`page_report` of the bytes", _ms(median(ours)), _ms(sum(ours) / len(ours))),
        ("`trafilatura.extract` of the decoded page", _ms(median(theirs)), _ms(sum(theirs) / len(theirs))),
        ("**ratio**", f"**{median(theirs) / median(ours):.2f}**", f"{sum(theirs) / sum(ours):.2f}"),
        ("ratio where the two take turns page by page", f"{in_turn:.2f}", f"{sum(t for _, t in turns) / sum(o for o, _ in turns):.2f}"),
    ]
    if second:
        slow = median(_seconds(lambda page=page: page_report(page, name="p.html")) for page in second)  # type: ignore[misc]
        table.rows.append(("`page_report` where the second opinion was asked for", _ms(slow), ""))
    return table


def _extractor(proof: object) -> str:
    return getattr(proof, "extractor", None) or ""


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(pages(Texts.at_hand()).lines())
