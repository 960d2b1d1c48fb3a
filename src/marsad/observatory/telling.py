"""Stored readings as told events, the last few kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import msgspec

from marsad.incidents import Ref, Told, told_in
from marsad.model import Reading
from marsad.observatory.chain import all_decisions
from marsad.observatory.rulings import Decided
from marsad.store import ReadTx

_KEPT: Final = 8_000  # reports, of some 30 kB: those of the last weeks, which what comes in is compared with


class Telling:
    """Told events by number of report, across transactions. What it holds is asked anew when the store says that something told was changed."""

    def __init__(self) -> None:
        self._read: OrderedDict[int, Sequence[Told]] = OrderedDict()
        self._told: OrderedDict[int, Sequence[Told]] = OrderedDict()
        self._numbers: dict[str, int] = {}
        self._changes: tuple[str | None, int] = (None, -1)
        self.decided = Decided((), lambda _: ())
        self._tx: ReadTx | None = None

    def begin(self, tx: ReadTx, *, until: str | None = None) -> Telling:
        """Work in this transaction; call it at the beginning of each. `until`: only decisions made up to that moment."""
        self._tx = tx
        last = tx.last_decision()
        changes = (f"{tx.state('changes')}|{until}", last.number if last else 0)
        if changes != self._changes:
            self._read.clear()
            self._told.clear()
            self._changes = changes
            self.decided = Decided(all_decisions(tx, until), self._of_text)
        return self

    def forget(self) -> None:
        """Hold nothing: a transaction did not end well, or what was told was changed."""
        self._changes = (None, -1)
        self._numbers.clear()

    def number(self, report: str) -> int:
        """The number of a report that was asked for."""
        return self._numbers[report]

    def place(self, ref: Ref) -> tuple[int, int]:
        """An event as the store knows it."""
        return self._numbers[ref[0]], ref[1]

    def told(self, n: int) -> Sequence[Told]:
        """The events of a report, as editors corrected them; none where it has no reading."""
        if not self.decided.decisions:
            return self.as_read(n)
        told = self._told.get(n)
        if told is None:
            told = self._told[n] = self.decided.events(self.as_read(n))
            while len(self._told) > _KEPT:
                self._told.popitem(last=False)
        else:
            self._told.move_to_end(n)
        return told

    def as_read(self, n: int) -> Sequence[Told]:
        """The events of a report, as they were read."""
        told = self._read.get(n)
        if told is None:
            assert self._tx is not None
            record = self._tx.reading(n)
            told = () if record is None else told_in(msgspec.json.decode(record, type=Reading))
            self.put(n, told)
        else:
            self._read.move_to_end(n)
        return told

    def put(self, n: int, told: Sequence[Told]) -> None:
        """Keep the events of a report at hand, as they were read."""
        self._read[n] = told
        if told:
            self._numbers[told[0].report] = n
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)

    def _of_text(self, sha256: str) -> Sequence[Told]:
        assert self._tx is not None
        return [t for row in self._tx.reports(sha256=sha256) if row.erased is None for t in self.as_read(row.n)]
