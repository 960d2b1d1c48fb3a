"""Numbers: every line of numbers.tsv: text, `low..high=words` for each number (high empty: open), why it still fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.arabic import numbers

LINES = Path(__file__).with_name("numbers.tsv").read_text("utf-8").splitlines()
CASES = [
    pytest.param(
        *cells[:2],
        id=f"{n}: {cells[0]}",
        marks=[pytest.mark.xfail(strict=True, reason=reason) for reason in cells[2:]],
    )
    for n, line in enumerate(LINES, 1)
    if line and not line.startswith("#")
    for cells in [line.split("\t")]
]


def told(text: str) -> str:
    """What `find` gives, as the file writes it."""
    found = [f"{n.low}..{'' if n.high is None else n.high}={text[slice(*n.span)]}" for n in numbers.find(text)]
    return " | ".join(found) or "-"


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_number(text: str, expected: str) -> None:
    assert told(text) == expected
