"""Dates: every line of dates.tsv: reference day, text, `start..end:precision=words` for each date, why it still fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from marsad.arabic import dates

LINES = Path(__file__).with_name("dates.tsv").read_text("utf-8").splitlines()
CASES = [
    pytest.param(
        *cells[:3],
        id=f"{n}: {cells[1]}",
        marks=[pytest.mark.xfail(strict=True, reason=reason) for reason in cells[3:]],
    )
    for n, line in enumerate(LINES, 1)
    if line and not line.startswith("#")
    for cells in [line.split("\t")]
]


def told(text: str, reference: date | None) -> str:
    """What `find` gives, as the file writes it."""
    found = [f"{d.start or ''}..{d.end or ''}:{d.precision}={text[slice(*d.span)]}" for d in dates.find(text, reference)]
    return " | ".join(found) or "-"


@pytest.mark.parametrize(("day", "text", "expected"), CASES)
def test_date(day: str, text: str, expected: str) -> None:
    assert told(text, None if day == "-" else date.fromisoformat(day)) == expected


def test_a_day_and_a_month_head_an_entry_of_a_log() -> None:
    assert told("سجل الأسبوع\n■ 30/5: خطف راع\n⭕ 31/5\nهدوء", date(2025, 6, 1)) == "2025-05-30..2025-05-30:day=30/5 | 2025-05-31..2025-05-31:day=31/5"
    assert told("سجل الأسبوع\n3/4 السكان نزحوا", date(2025, 6, 1)) == "-"
