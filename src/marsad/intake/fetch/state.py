"""What a watch remembers: what each address last answered, what waits to be fetched, when each source is due. One SQLite file.

It is written after the archive, never before, so that it can lag behind the archive and never run ahead: what stands in the archive beyond `archived` is
read again at the start and noted then.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

_TABLES = """
CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, digest TEXT, status INTEGER, fetched REAL,
    record TEXT, date TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (url TEXT PRIMARY KEY, source TEXT NOT NULL, place INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS source (url TEXT PRIMARY KEY, due REAL NOT NULL, newest INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS archive (name TEXT PRIMARY KEY, archived INTEGER NOT NULL) WITHOUT ROWID;
"""


_LATER: tuple[tuple[str, str], ...] = (("record", "TEXT"), ("date", "TEXT"))
"""Columns of `page` that files of earlier versions lack."""


class Page(NamedTuple):
    """What an address last answered; `record` and `date`: of the archive's record that holds its body."""

    etag: str | None
    modified: str | None
    digest: str | None
    status: int
    record: str | None = None
    date: str | None = None


class State:
    """The file, open. One process at a time: a second watch of the same folder is refused with sqlite3.OperationalError."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, timeout=0.5, isolation_level=None)
        self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._base.execute("PRAGMA synchronous = FULL")
        self._base.execute("BEGIN EXCLUSIVE")
        self._base.execute("COMMIT")
        self._base.executescript(_TABLES)
        there = {row[1] for row in self._base.execute("PRAGMA table_info(page)")}
        for name, kind in _LATER:
            if name not in there:
                self._base.execute(f"ALTER TABLE page ADD COLUMN {name} {kind}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._base.close()

    def page(self, url: str) -> Page | None:
        """What the address answered when it was last fetched; None if it never was."""
        row = self._base.execute("SELECT etag, modified, digest, status, record, date FROM page WHERE url = ?", (url,)).fetchone()
        return Page(*row) if row else None

    def fetched(self, url: str, page: Page, now: float, archive: tuple[str, int] | None) -> None:
        """Notes an answer, and how far the archive is noted with it."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.execute(
                "INSERT OR REPLACE INTO page (url, etag, modified, digest, status, record, date, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (url, *page, now)
            )
            if archive is not None:
                self._base.execute("INSERT OR REPLACE INTO archive VALUES (?, ?)", archive)

    def archived(self, name: str) -> int:
        """Bytes of the archive `name` that are noted here."""
        row = self._base.execute("SELECT archived FROM archive WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def due(self, source: str) -> float:
        """When a source is to be asked next; 0 for one that never was."""
        row = self._base.execute("SELECT due FROM source WHERE url = ?", (source,)).fetchone()
        return float(row[0]) if row else 0.0

    def newest(self, source: str) -> int:
        """The number of the newest message of a channel that was seen."""
        row = self._base.execute("SELECT newest FROM source WHERE url = ?", (source,)).fetchone()
        return int(row[0]) if row else 0

    def asked(self, source: str, due: float, newest: int, links: list[str]) -> None:
        """A source was asked: when it is due again, its newest message, and what it leads to. All of it, or none."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (source, due, newest))
            place = self._base.execute("SELECT coalesce(max(place), 0) FROM waiting").fetchone()[0]
            rows = [(url, source, place + n) for n, url in enumerate(links, 1)]
            self._base.executemany("INSERT OR IGNORE INTO waiting (url, source, place) VALUES (?, ?, ?)", rows)
            self._base.execute("DELETE FROM waiting WHERE url IN (SELECT url FROM page)")

    def waiting(self) -> list[str]:
        """What is to be fetched, first come first."""
        return [row[0] for row in self._base.execute("SELECT url FROM waiting ORDER BY place, url")]

    def done(self, url: str) -> None:
        """The address waits no longer."""
        self._base.execute("DELETE FROM waiting WHERE url = ?", (url,))

    def failed(self, url: str, most: int = 3) -> None:
        """The address could not be fetched; after `most` times it waits no longer."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.execute("UPDATE waiting SET tries = tries + 1 WHERE url = ?", (url,))
            self._base.execute("DELETE FROM waiting WHERE url = ? AND tries >= ?", (url, most))
