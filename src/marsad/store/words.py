"""The index of words: which reports have which terms. SQLite's FTS5 and PostgreSQL's tsvector hold the same terms, and give the same answers.

A report is known here by its place in the order of search, `doc`: its day in the upper bits, its number below, so that the newest come first
without sorting. Terms are whole: nothing is stemmed or folded here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_NUMBERS: Final = 32  # bits of a report's number in `doc`


def doc_of(n: int, day: int | None) -> int:
    """The place of report `n` of this day in the order of search."""
    return ((day or 0) << _NUMBERS) | n


def report_of(doc: int) -> int:
    """The number of the report at this place."""
    return doc & ((1 << _NUMBERS) - 1)


class Wanted(NamedTuple):
    """One thing that is asked for: all of `terms`, the last as a beginning where `prefix`; or none of it."""

    terms: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False


class WordIndex(Protocol):
    """What holds the terms."""

    def create(self, connection: Connection) -> None:
        """Make it; it is not there yet."""

    def clear(self, connection: Connection) -> None:
        """Empty it."""

    def put(self, connection: Connection, doc: int, terms: Sequence[str]) -> None:
        """Index a report, which is not in it."""

    def take(self, connection: Connection, doc: int, terms: Sequence[str]) -> None:
        """Take a report out; `terms` as they were put."""

    def scrub(self, connection: Connection) -> None:
        """Leave no trace of what was taken out."""

    def docs(self, connection: Connection, wanted: Iterable[Wanted], *, before: int | None, limit: int) -> Iterator[int]:
        """The reports that have what is wanted, from the newest, those before the place `before`."""


class Fts5:
    """SQLite: a table of FTS5 that keeps no copy of the terms."""

    def create(self, connection: Connection) -> None:
        """`ascii` leaves every letter beyond ASCII as it is; what of ASCII is neither letter nor figure was replaced (`_safe`)."""
        connection.exec_driver_sql("CREATE VIRTUAL TABLE found USING fts5(terms, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")")

    def clear(self, connection: Connection) -> None:
        """All of it."""
        connection.exec_driver_sql("INSERT INTO found(found) VALUES ('delete-all')")

    def put(self, connection: Connection, doc: int, terms: Sequence[str]) -> None:
        """One row."""
        connection.exec_driver_sql("INSERT INTO found(rowid, terms) VALUES (?, ?)", (doc, " ".join(map(_safe, terms))))

    def take(self, connection: Connection, doc: int, terms: Sequence[str]) -> None:
        """FTS5 must be told what it was given."""
        connection.exec_driver_sql("INSERT INTO found(found, rowid, terms) VALUES ('delete', ?, ?)", (doc, " ".join(map(_safe, terms))))

    def scrub(self, connection: Connection) -> None:
        """Merging all segments into one leaves out what was deleted."""
        connection.exec_driver_sql("INSERT INTO found(found) VALUES ('optimize')")

    def docs(self, connection: Connection, wanted: Iterable[Wanted], *, before: int | None, limit: int) -> Iterator[int]:
        """Straight from the lists of FTS5, which are in this order."""
        match = _match(wanted)
        if match is None:
            return
        bound = "" if before is None else " AND rowid < ?"
        rows = connection.exec_driver_sql(
            f"SELECT rowid FROM found WHERE found MATCH ?{bound} ORDER BY rowid DESC LIMIT ?",
            (match, *(() if before is None else (before,)), limit),
        )
        for row in rows:
            yield row[0]


def _match(wanted: Iterable[Wanted]) -> str | None:
    """What is wanted in FTS5's words; None where nothing is."""
    wanted = list(wanted)
    held = " AND ".join(_fts(w) for w in wanted if not w.excluded)
    not_held = " OR ".join(_fts(w) for w in wanted if w.excluded)
    return (f"({held}) NOT ({not_held})" if not_held else held) if held else None


def _fts(wanted: Wanted) -> str:
    parts = [f'"{_safe(term)}"' for term in wanted.terms]
    if wanted.prefix:
        parts[-1] += "*"
    return "(" + " AND ".join(parts) + ")"


class Tsvector:
    """PostgreSQL: a table with a tsvector, under a GIN index."""

    def create(self, connection: Connection) -> None:
        """The table and its index."""
        connection.exec_driver_sql("CREATE TABLE found (doc BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)")
        connection.exec_driver_sql("CREATE INDEX found_terms ON found USING gin (terms)")

    def clear(self, connection: Connection) -> None:
        """All of it."""
        connection.exec_driver_sql("TRUNCATE found")

    def put(self, connection: Connection, doc: int, terms: Sequence[str]) -> None:
        """One row; terms as they are, by no dictionary."""
        connection.execute(sa.text("INSERT INTO found (doc, terms) VALUES (:doc, array_to_tsvector(:terms))"), {"doc": doc, "terms": _all_safe(terms)})

    def take(self, connection: Connection, doc: int, terms: Sequence[str]) -> None:  # noqa: ARG002
        """The row goes."""
        connection.execute(sa.text("DELETE FROM found WHERE doc = :doc"), {"doc": doc})

    def scrub(self, connection: Connection) -> None:
        """Autovacuum does."""

    def docs(self, connection: Connection, wanted: Iterable[Wanted], *, before: int | None, limit: int) -> Iterator[int]:
        """Along the order while that finds enough, else by the index of terms.

        The planner would choose, but it takes every term that it has no figure of for one of 200 reports, and it does not know that each row that it
        walks past must be unpacked: for a term of few reports it walks past all of them.
        """
        asked = _asked(wanted)
        if asked is None or limit <= 0:
            return
        walked = found = 0
        stretch = min(2 * limit, 512)
        while walked + stretch <= _FARTHEST:
            rows = connection.execute(_NEWEST, {"asked": asked, "before": _LAST if before is None else before, "stretch": stretch}).all()
            for doc, has in rows:
                if has:
                    yield doc
                    found += 1
                    if found == limit:
                        return
            if len(rows) < stretch:
                return
            walked, before = walked + stretch, rows[-1][0]
            if not found:
                break
            stretch = walked * (limit - found) // found + 1
        yield from self._by_terms(connection, asked, _LAST if before is None else before, limit - found)

    def _by_terms(self, connection: Connection, asked: str, before: int, limit: int) -> Sequence[int]:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # which unpacks every row, at a price that the planner does not know
        found = connection.execute(_HELD, {"asked": asked, "before": before, "limit": limit}).scalars().all()
        connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
        return found


_FARTHEST: Final = 4_096
"""Reports of PostgreSQL that a question walks past, some 5 µs each, before it asks the index for all that have the terms."""

_LAST: Final = 2**63 - 1
_NEWEST: Final = sa.text(
    "SELECT doc, terms @@ CAST(:asked AS tsquery) FROM (SELECT doc, terms FROM found WHERE doc < :before ORDER BY doc DESC LIMIT :stretch) AS newest"
    " ORDER BY doc DESC"
)
_HELD: Final = sa.text(
    "WITH held AS MATERIALIZED (SELECT doc FROM found WHERE terms @@ CAST(:asked AS tsquery))"
    " SELECT doc FROM held WHERE doc < :before ORDER BY doc DESC LIMIT :limit"
)


def _asked(wanted: Iterable[Wanted]) -> str | None:
    """What is wanted in PostgreSQL's words; None where nothing is."""
    wanted = list(wanted)
    held = [_ts(w) for w in wanted if not w.excluded]
    return " & ".join([*held, *(f"!{_ts(w)}" for w in wanted if w.excluded)]) if held else None


def _ts(wanted: Wanted) -> str:
    parts = [f"'{_safe(term)}'" for term in wanted.terms]
    if wanted.prefix:
        parts[-1] += ":*"
    return "(" + " & ".join(parts) + ")"


def index_for(dialect: str) -> WordIndex:
    """The index of words of this kind of database."""
    return Fts5() if dialect == "sqlite" else Tsvector()


def _safe(term: str) -> str:
    """A term in signs that are part of a word for both: what of ASCII is no letter and no figure becomes _."""
    if term.isalnum() or term.replace("_", "").isalnum():
        return term
    return "".join(c if c.isalnum() or c > "\x7f" else "_" for c in term)


def _all_safe(terms: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(_safe, terms)))


def has_terms(terms: Collection[str], wanted: Wanted) -> bool:
    """Whether a report with these terms has what is wanted, as the indexes would say."""
    *whole, last = map(_safe, wanted.terms)
    held = all(term in terms for term in whole) and (any(t.startswith(last) for t in terms) if wanted.prefix else last in terms)
    return held != wanted.excluded


class Terms:
    """The terms of a report as they are kept, between spaces; asked for one by one, which is cheaper than to take all apart."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        self._packed = b" %b " % packed.translate(_SAFE)

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and b" %b " % term.encode() in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed.decode().split())

    def __len__(self) -> int:
        return len(self._packed.split())


_SAFE: Final = bytes(c if c > 0x7F or c == 0x20 or chr(c).isalnum() else ord("_") for c in range(256))
"""`_safe` for the bytes of many terms at once: those of UTF-8 beyond ASCII stay."""
