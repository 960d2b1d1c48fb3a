"""What the masking of private names is measured by: the annotated names are sound, and what was reached does not fall."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import persons


@pytest.fixture(scope="module")
def reports(shared: Path) -> list[persons.Read]:
    assert shared.is_dir()
    return persons.read_gold(persons.GOLD)


def test_the_annotated_names_are_words_of_their_texts_and_lie_apart(reports: list[persons.Read]) -> None:
    for report in reports:
        assert all(a.end <= b.start for a, b in zip(report.names, report.names[1:], strict=False)), report.id
        for named in report.names:
            words = report.text[named.start : named.end]
            assert words == words.strip(), (report.id, words)
            assert words[0].isalnum(), (report.id, words)
    halves = {half: [r for r in reports if r.half == half] for half in ("worked", "closed", "taught")}
    assert sum(map(len, halves.values())) == len(reports)
    for half in ("worked", "closed"):
        assert len(halves[half]) >= 140
        assert sum(not named.public for r in halves[half] for named in r.names) >= 140


@pytest.mark.parametrize("half", ["worked", "closed"])
def test_no_more_goes_wrong_than_did(reports: list[persons.Read], half: str) -> None:
    limits = tomllib.loads(persons.LIMITS.read_text("utf-8"))[half]
    shares = persons.score(half, [r for r in reports if r.half == half], show=False)
    assert shares.keys() == limits.keys()
    assert all(share <= limits[what] for what, share in shares.items()), shares


def test_the_regression_tells_apart_what_signs_tell_apart() -> None:
    rows = [["a", "x"], ["b", "x"], ["a"], ["b"]] * 30
    weights, bias = persons._logistic(rows, np.array([1.0, 0.0, 1.0, 0.0] * 30), np.ones(120), least=2, ridge=1e-5)
    assert bias + weights["a"] > 0
    assert bias + weights["b"] < -1
    assert abs(weights.get("x", 0.0)) < 1
