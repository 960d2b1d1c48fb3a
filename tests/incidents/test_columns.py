"""Columns: no two events fall away together that are linked, most of those that are far apart do, and packed events bear the same rows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.incident_world import reports as world
from marsad.incidents import Memory, Told, chosen, columns, link, packed, packed_rows, possible, rows_of, told_in
from marsad.incidents.signs import most_like
from marsad.model import Report
from marsad.reading import read
from tests.incidents.made import told
from tests.incidents.test_grouping import made_reports

AGENCY = Path(os.environ.get("MARSAD_SHARED", "../shared")) / "corpus" / "agency-2018.jsonl"


def _may(a: Told, b: Told) -> bool:
    found = possible(rows_of([a]), rows_of([b]))
    assert found.tolist() == possible(rows_of([b]), rows_of([a])).tolist()
    return bool(found[0])


@given(made_reports())
@settings(max_examples=200, deadline=None)
def test_what_is_linked_never_falls_away(reports: list[list[Told]]) -> None:
    for a, b in combinations([t for report in reports for t in report], 2):
        if link(a, b) is not None:
            assert _may(a, b)


def _left(reports: Iterable[list[Told]]) -> tuple[int, int, int]:
    """Of the events of reports that come in one by one: pairs that meet, those of them that do not fall away, those that are linked."""
    memory = Memory()
    meet = left = linked = 0
    for report in reports:
        for t, others in zip(report, memory.partners(report), strict=True):
            others = list(others)
            may = possible(chosen(rows_of([t]), np.zeros(len(others), np.int64)), rows_of(others))
            holds = [link(t, other) is not None for other in others]
            assert not [other.ref for other, m, h in zip(others, may, holds, strict=True) if h and not m]
            meet, left, linked = meet + len(others), left + int(may.sum()), linked + sum(holds)
        for t in report:
            memory.file(t)
    return meet, left, linked


def test_of_a_made_up_world_nine_in_ten_fall_away() -> None:
    meet, left, linked = _left([t for t, _ in report] for report in world(900))
    assert linked > 1_500
    assert left < meet / 8


def test_of_read_reports_nothing_that_is_linked_falls_away() -> None:
    if not AGENCY.exists():
        pytest.skip("the shared corpus is not here")
    rows = [json.loads(line) for line in AGENCY.read_text("utf-8").splitlines()[:400]]
    reports = [Report.from_text(row["text"], id=row["id"], date=row.get("date"), outlet=row.get("outlet")) for row in rows if row.get("text")]
    meet, left, linked = _left(told_in(read(report)) for report in reports)
    assert linked > 20
    assert left < meet / 2


def test_other_days_parties_and_places_fall_away() -> None:
    strike = {"day": "2018-12-01", "date": "2018-12-01", "type": "air_strike", "at": "hajin", "background": False}
    here = told("a", **strike)
    assert _may(here, told("b", **strike))
    assert not _may(here, told("b", **{**strike, "date": "2018-12-09", "day": "2018-12-09"}))
    assert not _may(here, told("b", **{**strike, "at": "mosul"}))
    assert not _may(here, told("b", **{**strike, "type": "protest"}))


@given(st.integers(0, 5000), st.integers(0, 5000))
@example(0, 1)
@example(7, 11)
@example(8, 13)
def test_figures_that_are_alike_have_a_size_in_common(one: int, other: int) -> None:
    """And such as are far from alike have none: what falls away would be looked at in vain."""
    low, high = sorted((one, other))
    common = set(columns._sizes(low)) & set(columns._sizes(high))
    if high <= most_like(low):
        assert common
    if high > most_like(most_like(low) + 1) + 1:
        assert not common


def test_a_packed_event_bears_its_row() -> None:
    events = [t for report in world(30) for t, _ in report]
    assert packed_rows(packed(t) for t in events).tobytes() == rows_of(events).tobytes()
