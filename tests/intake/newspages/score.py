"""The scorer: how well what was found of a page agrees with the truth about it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from newspages.page import Page

from marsad.intake.faults import Fault
from marsad.intake.page import page_report
from marsad.model import Report


@dataclass(frozen=True)
class Found:
    """What a tool found in a page. `furniture`: the parts of `text` that it marks; None: it marks none, what it leaves out is all that it says."""

    text: str
    body: str
    furniture: tuple[str, ...] | None
    day: datetime.date | None
    outlet: str | None


@dataclass(frozen=True)
class Score:
    """One page: F1 of the characters of the report; share of the furniture's characters that is marked; day and outlet right."""

    page: Page
    f1: float
    marked: float | None
    day: bool | None
    outlet: bool


def by_marsad(page: Page) -> Found | None:
    """What marsad finds."""
    report = page_report(page.content, name=page.name)
    return None if isinstance(report, Fault) else found_of(report)


def found_of(report: Report) -> Found:
    parts: list[str] = []
    at = 0
    for residue in sorted(report.residue, key=lambda r: r.span):
        parts.append(report.text[at : residue.span[0]])
        at = max(at, residue.span[1])
    parts.append(report.text[at:])
    marked = tuple(report.text[r.span[0] : r.span[1]] for r in report.residue)
    return Found(report.text, "\n".join(parts), marked, report.date, report.outlet)


def by_trafilatura(page: Page) -> Found | None:
    """What trafilatura finds, alone, as it is called by default, with its metadata."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    text = trafilatura.extract(page.content)
    if not text:
        return None
    meta = extract_metadata(page.content)
    day = datetime.date.fromisoformat(meta.date) if meta is not None and meta.date else None
    return Found(text, text, None, day, meta.sitename if meta is not None else None)


def scores(pages: Sequence[Page], finder: Callable[[Page], Found | None]) -> list[Score]:
    return [score(page, finder(page)) for page in pages]


def score(page: Page, found: Found | None) -> Score:
    truth = page.truth
    if found is None:
        return Score(page, 0.0, 0.0, False if truth.day else None, False)
    marked = None if found.furniture is None else _marked(truth.furniture, found.furniture)
    day = found.day == truth.day if truth.day else None
    return Score(page, f1(found.body, truth.body), marked, day, _same(found.outlet, truth.outlet))


def f1(found: str, true: str) -> float:
    """F1 of characters, spaces apart, in the order in which they stand."""
    one, other = found.split(), true.split()
    pairs = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    both = sum(len(word) for pair in pairs for word in one[pair.a : pair.a + pair.size])
    all_ = sum(map(len, one)) + sum(map(len, other))
    return 2 * both / all_ if all_ else 1.0


def _marked(furniture: Sequence[tuple[str, str]], spans: Sequence[str]) -> float:
    """The share of the furniture's characters that stands in marked spans; each span is used up as often as it holds a part."""
    held = [" ".join(span.split()) for span in spans]
    right = whole = 0
    for _, words in sorted(furniture, key=lambda part: -len(part[1])):
        words = " ".join(words.split())
        whole += len(words)
        for n, span in enumerate(held):
            if words in span:
                held[n] = span.replace(words, "\0", 1)
                right += len(words)
                break
    return right / whole if whole else 1.0


def _same(one: str | None, other: str) -> bool:
    return bool(one) and re.sub(r"\W", "", one or "") == re.sub(r"\W", "", other)
