"""Rows of told events (`incidents.columns`) at hand: those of the reports that were last asked for, as many as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.incidents import ROW, Rows, chosen

Numbers = NDArray[np.int64]
Asked = Callable[[Sequence[int]], Iterable[tuple[int, Rows]]]

_NOWHERE: Final = -1


class RowsAtHand:
    """A ring of `room` rows, those of a report one behind the other; the newest take the place of the oldest."""

    def __init__(self, room: int) -> None:
        self._rows = np.zeros(room, ROW)
        self._report = np.full(room, _NOWHERE, np.int64)  # whose each row is
        self._first = np.full(1024, _NOWHERE, np.int32)  # the first row of each report, by its number
        self._next = 0

    def clear(self) -> None:
        """Hold nothing."""
        self._report.fill(_NOWHERE)
        self._first.fill(_NOWHERE)
        self._next = 0

    def of(self, reports: Numbers, indices: Numbers, asked: Asked) -> Rows:
        """The rows of events by report and index. `asked`: gives the rows of reports that are not at hand."""
        out = np.empty(len(reports), ROW)
        known = np.flatnonzero(reports < len(self._first))
        known = known[self._first[reports[known]] != _NOWHERE]
        out[known] = chosen(self._rows, self._first[reports[known]] + indices[known])
        if len(known) < len(reports):
            absent = np.ones(len(reports), np.bool_)
            absent[known] = False
            found = dict(asked(np.unique(reports[absent]).tolist()))
            for at in np.flatnonzero(absent):
                out[at] = found[int(reports[at])][indices[at]]
            for report, rows in found.items():
                self.put(report, rows)
        return out

    def put(self, report: int, rows: Rows) -> None:
        """Hold the rows of a report. One of more events than there is room for is not held."""
        if len(rows) > len(self._rows):
            return
        if self._next + len(rows) > len(self._rows):
            self._next = 0
        if report >= len(self._first):
            more = np.full(max(len(self._first), report + 1 - len(self._first)), _NOWHERE, np.int32)
            self._first = np.concatenate((self._first, more))
        here = slice(self._next, self._next + len(rows))
        gone = self._report[here]
        gone = gone[gone != _NOWHERE]
        first = self._first[gone]
        self._first[gone[(here.start <= first) & (first < here.stop)]] = _NOWHERE  # of others only a rest was here
        self._rows[here], self._report[here] = rows, report
        self._first[report] = here.start
        self._next = here.stop
