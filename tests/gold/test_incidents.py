"""What the grouping into incidents is measured by: the table is sound, the scorer counts as it says, and what was reached does not fall."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import incidents as scorer
from marsad.incidents import Ref, Told, held, incident, link
from marsad.model import EventType

HERE = Path(__file__).resolve().parent
with (HERE / "incidents.csv").open(encoding="utf-8", newline="") as _lines:
    ROWS = list(csv.DictReader(_lines))


@cache
def annotated() -> tuple[dict[Ref, Told], scorer.Gold]:
    """The annotated events and their incidents; skips where the texts are not at hand."""
    if not (scorer.SHARED / "corpus").is_dir():
        pytest.skip("the agency reports are not here: name their folder with MARSAD_SHARED")
    told = scorer.annotated_events()
    return told, scorer.read_gold([scorer.GOLD], told)


def test_the_table_is_as_large_as_it_says() -> None:
    incidents = Counter(row["incident"] for row in ROWS)
    outlets: dict[str, set[str]] = {}
    for row in ROWS:
        outlets.setdefault(row["incident"], set()).add(row["report"].split("-")[0])
    assert len(ROWS) >= 1400
    assert len({(row["report"], row["index"]) for row in ROWS}) == len(ROWS)
    assert sum(count > 1 for count in incidents.values()) >= 350
    assert sum(len(names) > 1 for names in outlets.values()) >= 250, "told by both outlets"
    assert {row["type"] for row in ROWS} <= set(EventType.__args__)  # type: ignore[attr-defined]
    assert 0.3 <= sum(scorer.closed(row["incident"]) for row in ROWS) / len(ROWS) <= 0.5


def test_every_row_is_of_an_annotated_event() -> None:
    _, gold = annotated()
    assert len(gold) == len(ROWS)


@pytest.mark.parametrize(
    ("groups", "precision", "recall"),
    [
        ([["a", "b", "c"], ["d"]], 1.0, 1.0),
        ([["a", "b", "c", "d"]], (3 * 0.75 + 0.25) / 4, 1.0),
        ([["a"], ["b"], ["c"], ["d"]], 1.0, (3 * (1 / 3) + 1) / 4),
        ([], 1.0, (3 * (1 / 3) + 1) / 4),
        ([["a", "b"], ["c", "d"]], 0.75, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),
    ],
)
def test_b_cubed(groups: list[list[str]], precision: float, recall: float) -> None:
    gold = {(name, 0): "one" if name in "abc" else "other" for name in "abcd"}
    p, r, f = scorer.b_cubed(gold, [[(name, 0) for name in group] for group in groups], list(gold))
    assert (p, r) == pytest.approx((precision, recall))
    assert f == pytest.approx(2 * p * r / (p + r))


def test_what_was_reached_does_not_fall() -> None:
    told, gold = annotated()
    figures = scorer.figures("annotated events", gold, scorer.grouped(gold, told))
    floors = {name: floor for name, floor in scorer.floors().items() if ", annotated events" in name}
    assert set(figures) == set(floors)
    assert not scorer.below(figures, floors)


def test_incidents_of_real_reports_say_no_more_than_was_told() -> None:
    """Of every annotated incident that is told more than once: spans say their words, best is a figure of a claim, links say why."""
    told, gold = annotated()
    groups: dict[str, list[Told]] = {}
    for ref, name in gold.items():
        groups.setdefault(name, []).append(told[ref])
    several = [group for group in groups.values() if len({t.report for t in group}) == len(group) > 1]
    assert len(several) > 300
    for group in several:
        links = [one for n, a in enumerate(group) for b in group[n + 1 :] if (one := link(a, b))]
        found = incident(group, links=links)
        assert found == incident(group[::-1], links=links[::-1])
        ids = {claim.id for claim in found.claims}
        assert len(ids) == len(found.claims)
        assert all(claim.superseded_by in ids for claim in found.claims if claim.superseded_by)
        texts = {t.report: t.text for t in group}
        assert all(claim.words == texts[claim.report][slice(*claim.span)] for claim in found.claims if claim.span)
        for tally in found.tallies:
            stated = {c.value["min"] for c in found.claims if c.about == f"count:{tally.what}" and not c.value["part"]}
            assert tally.best in stated
            assert tally.low <= tally.best <= (tally.best if tally.high is None else tally.high)
            assert 1 <= tally.asserters <= len(group) * 3
        assert len(found.joined) == len(group) - 1
        assert not held(group, []).must
