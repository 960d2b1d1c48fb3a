"""Which ids were read before, for as many records as there are: in memory at first, beyond that in a temporary file.

An id is kept as sixteen bytes of its BLAKE2b hash, so that long ids cost no more than short ones.
"""

from __future__ import annotations

import hashlib
import sqlite3
from types import TracebackType
from typing import Final, Self

_IN_MEMORY: Final = 200_000  # ids; about 30 MB
_AT_ONCE: Final = 20_000  # ids of one write to the file


class Ids:
    """The ids that were read, each with the name of the input that it came from. Use it as a context, so that its file goes away."""

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._recent: dict[bytes, int] = {}
        self._limit = in_memory
        self._inputs: list[str] = []
        self._file: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def first(self, id_: str, source: str) -> str | None:
        """None if `id_` is new, and it is kept; else the input in which it was read first."""
        key = hashlib.blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found = self._recent.get(key)
        if found is None and self._file is not None:
            row = self._file.execute("SELECT source FROM ids WHERE id = ?", (key,)).fetchone()
            found = row[0] if row else None
        if found is not None:
            return self._inputs[found]
        if not self._inputs or self._inputs[-1] != source:
            self._inputs.append(source)
        self._recent[key] = len(self._inputs) - 1
        if len(self._recent) >= self._limit:
            self._spill()
        return None

    def _spill(self) -> None:
        """Move what is in memory into the file; from then on in small portions."""
        if self._file is None:
            self._file = sqlite3.connect("")  # a temporary database on disk, which SQLite removes when it is closed
            self._file.execute("PRAGMA journal_mode = OFF")
            self._file.execute("CREATE TABLE ids (id BLOB PRIMARY KEY, source INTEGER) WITHOUT ROWID")
            self._limit = min(self._limit, _AT_ONCE)
        self._file.executemany("INSERT INTO ids VALUES (?, ?)", sorted(self._recent.items()))
        self._recent.clear()
