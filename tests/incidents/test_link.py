"""When two told events are taken to be one, and what is said for it or against it."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.incidents import apart, keys, link, probes
from tests.incidents.made import CASES, told


@pytest.mark.parametrize("case", CASES["pair"], ids=[case["case"] for case in CASES["pair"]])
def test_two_told_events(case: dict[str, Any]) -> None:
    one, other = told("a", **case["one"]), told("b", **case["other"])
    found, against = link(one, other), apart(one, other)
    assert (found is not None) == case["linked"], (found, against)
    assert (against == "") == case["linked"]
    said = "; ".join(found.why) if found else against
    assert case.get("why", "") in said
    assert link(other, one) == found
    assert apart(other, one) == against
    if found:
        assert (found.a, found.b) == (("a", 0), ("b", 0))
        assert set(keys(one)) & set(probes(other)), "they would never meet"
        assert set(keys(other)) & set(probes(one)), "they would never meet"


def test_one_report_tells_them_as_two() -> None:
    one, other = told("a", 0), told("a", 1)
    assert link(one, other) is None
    assert apart(one, other) == "one report tells them as two"


def test_what_has_neither_day_nor_place_is_filed_nowhere() -> None:
    assert keys(told(day="", date="?")) == probes(told(day="", date="?")) == ()
    assert keys(told(at="", by="", on="")) == ()
