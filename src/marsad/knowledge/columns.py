"""What the columns of the tables that monitors keep are called: `columns.toml`, read strictly (see its head for the keys)."""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec

from marsad.knowledge.vocabulary import VocabularyError, entries

FIELDS: Final = ("id", "text", "title", "date", "outlet", "url", "language", "original")
"""The fields of a report that a column can hold."""


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For each field the columns that may hold it, the best first."""

    id: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    original: tuple[str, ...] = ()


class KnownTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table that many monitors keep, known by the columns `signs`."""

    name: str
    signs: tuple[str, ...]
    columns: Columns = Columns()
    why_not: str = ""


@cache
def known_tables() -> tuple[KnownTable, ...]:
    """The tables, in the order in which they are tried; raises `VocabularyError` for a file that breaks its schema."""
    found: list[KnownTable] = entries("columns.toml", "table", KnownTable)
    for table in found:
        if bool(table.columns.text) == bool(table.why_not):
            raise VocabularyError(f"columns.toml: table {table.name!r} has either columns, a text among them, or why_not")
    if not found or found[-1].signs:
        raise VocabularyError("columns.toml: the last table has no signs, so that any file may be it")
    return tuple(found)


def plain(column: str) -> str:
    """The name of a column without what differs from one export to the next: case, spaces, `_`, `-`, a mark of byte order."""
    return "".join(c for c in column.casefold() if c not in " _-.\ufeff\u200f\u200e\u00a0\t\"'")


def table_of(heads: tuple[str, ...]) -> KnownTable:
    """The known table whose signs are all in the head of a file."""
    have = {plain(head) for head in heads}
    return next(table for table in known_tables() if all(plain(sign) in have for sign in table.signs))
