"""Rows at hand: whatever was put in, taken out and asked for, an event's row is its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.incidents import ROW, Rows
from marsad.observatory.rows import RowsAtHand

SIZES = [n % 4 for n in range(60)]
"""Events of each report, some of none; one has more than there is room for."""
SIZES[7] = 30


def _rows(n: int) -> Rows:
    made = np.zeros(SIZES[n], ROW)
    made["first"], made["last"] = n, np.arange(SIZES[n])
    return made


class _Store:
    def __init__(self) -> None:
        self.asked: list[int] = []

    def rows(self, numbers: Sequence[int]) -> Iterator[tuple[int, Rows]]:
        self.asked += numbers
        return ((n, _rows(n)) for n in numbers)


EVENTS = [(n, index) for n, size in enumerate(SIZES) for index in range(size)]


@given(st.lists(st.lists(st.sampled_from(EVENTS), max_size=25), max_size=25), st.lists(st.integers(0, len(SIZES) - 1), max_size=10))
@settings(max_examples=300, deadline=None)
def test_each_event_has_its_own_row(asked: list[list[tuple[int, int]]], put: list[int]) -> None:
    hand, store = RowsAtHand(20), _Store()
    for turn, events in enumerate(asked):
        if turn < len(put):
            hand.put(put[turn], _rows(put[turn]))
        reports, indices = np.array([n for n, _ in events], np.int64), np.array([i for _, i in events], np.int64)
        found = hand.of(reports, indices, store.rows)
        assert list(zip(found["first"].tolist(), found["last"].tolist(), strict=True)) == events


def test_what_is_at_hand_is_not_asked_for_again() -> None:
    hand, store = RowsAtHand(20), _Store()
    one, two = np.array([1, 2]), np.array([0, 1])
    hand.of(one, two, store.rows)
    hand.of(one, two, store.rows)
    assert store.asked == [1, 2]
    hand.clear()
    hand.of(one, two, store.rows)
    assert store.asked == [1, 2, 1, 2]
