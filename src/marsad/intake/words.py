"""What the words of a report tell of it where its format tells nothing: its language, the source that it was taken from, its day.

For formats other than the page, whose markup tells more (`metadata`): a text, a message, an entry of a feed, a row, a letter. The day is taken from a
line near the head that is a day and little else («حلب – الإثنين 3 كانون الأول 2018»), and a note says so; what the format told is never changed.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

import msgspec

from marsad.arabic import dates
from marsad.intake.language import language_of
from marsad.intake.page_origin import original_of
from marsad.model import Note, Report

_HEAD: Final = 4  # lines in which a dateline is looked for
_LONGEST: Final = 90  # characters of such a line
_BESIDE: Final = 3  # words of it beside the day: a place, an agency


def completed(report: Report) -> Report:
    """The report with what its words tell and it did not."""
    found: dict[str, Any] = {}
    if report.language is None:
        found["language"] = language_of(report.text)
    if report.original is None or report.date is None:
        lines = _lines(report)
        if report.original is None:
            found["original"] = original_of(lines, (), report.outlet)
        if report.date is None:
            line, day = _dateline(lines)
            if day is not None:
                found["date"] = day
                found["notes"] = (*report.notes, Note("day", f"the day is that of the dateline, {line}"))
    found = {key: value for key, value in found.items() if value is not None}
    return msgspec.structs.replace(report, **found) if found else report


def _lines(report: Report) -> list[str]:
    """The lines of the text that hold words, furniture left out."""
    parts: list[str] = []
    at = 0
    for residue in sorted(report.residue, key=lambda r: r.span):
        parts.append(report.text[at : residue.span[0]])
        at = max(at, residue.span[1])
    parts.append(report.text[at:])
    return [line.strip() for line in "\n".join(parts).split("\n") if line.strip()]


def _dateline(lines: list[str]) -> tuple[str, datetime.date | None]:
    """The first line near the head that is a day and little else, and the day."""
    for line in lines[:_HEAD]:
        if len(line) > _LONGEST or not any(c.isdigit() for c in line):
            continue
        for found in dates.find(line, None):
            if found.precision == "day" and found.start is not None and found.start == found.end and 1900 <= found.start.year < 2200:
                begin, end = found.span
                if len("".join(c if c.isalpha() else " " for c in line[:begin] + " " + line[end:]).split()) <= _BESIDE:
                    return line, found.start
    return "", None
