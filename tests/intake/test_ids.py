"""Ids that were read before are found again, in memory and in the temporary file."""

from __future__ import annotations

import pytest

from marsad.intake.ids import Ids


@pytest.mark.parametrize("in_memory", [1, 7, 1000])
def test_a_second_time_is_known_with_its_first_input(in_memory: int) -> None:
    with Ids(in_memory) as ids:
        assert [ids.first(f"r{n}", f"file {n // 10}") for n in range(60)] == [None] * 60
        assert [ids.first(f"r{n}", "later") for n in range(60)] == [f"file {n // 10}" for n in range(60)]
        assert ids.first("another", "later") is None


def test_an_id_with_a_lone_surrogate() -> None:
    with Ids() as ids:
        assert ids.first("\ud800", "a") is None
        assert ids.first("\ud800", "b") == "a"
