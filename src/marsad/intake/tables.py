"""Tables of text (CSV, TSV, with any of the usual delimiters) → `Report`s: one row one report.

The delimiter is found by the head of the file. A row that does not fit the head, or a quotation mark that is never closed, costs that row.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from typing import Final

from marsad.intake.columns import Mapped, mapped, report_of_row
from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.markup import decoded
from marsad.knowledge.columns import FIELDS, known_tables, plain

_DELIMITERS: Final = (",", ";", "\t", "|")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_ROW_LINES: Final = 20_000  # lines of one row: a text with line breaks in quotation marks
_ROW: Final = 32 * 1024 * 1024  # characters of one row
_LOOSE: Final = re.compile(r"(?<=[\w\"'])([^\w\s\"'.\-])(?=[\w\"'])")


def read_table(given: Given) -> Iterator[Item]:
    """The rows of a table as reports."""
    csv.field_size_limit(sys.maxsize)
    content = given.whole()
    found = decoded(content)
    text = found.text.removeprefix("\ufeff")
    lines = _lines(text)
    if lines and re.fullmatch(r"sep=.[\r\n]*", lines[0]):  # Excel's own way to name the delimiter
        delimiter, begin = lines[0][4], 1
    else:
        begin = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
        delimiter = _delimiter(lines[begin], given) if begin < len(lines) else ","
    rows = _rows(lines, begin, delimiter)
    head = next(rows, None)
    if head is None or isinstance(head[1], str):
        raise IntakeError("empty" if head is None else f"line {head[0]}: {head[1]}")
    heads = tuple(cell.strip() for cell in head[1])
    columns = _mapped(heads, given, lines[begin])
    encoding = None if found.encoding in ("utf-8", "utf-8-sig") else found.encoding
    number = 0
    for line, cells, count in rows:
        where = f"line {line}"
        if isinstance(cells, str):
            yield Fault(given.name, where, cells)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if len(cells) != len(heads):
            yield Fault(given.name, where, _misfit(len(cells), len(heads), delimiter))
            continue
        raw = "".join(lines[line - 1 : line - 1 + count]).encode(encoding or "utf-8", "replace")
        yield report_of_row(list(cells), columns, given, where, number, raw, (found.encoding, found.known_from), found.notes)


def _lines(text: str) -> list[str]:
    found = _LINE.findall(text)
    return found[:-1] if found and not found[-1] else found


def _mapped(heads: tuple[str, ...], given: Given, line: str) -> Mapped:
    try:
        return mapped(heads, given.columns)
    except IntakeError as error:
        if len(heads) > 1:
            raise
        loose = _LOOSE.findall(line)
        hint = f"is {max(set(loose), key=loose.count)!r} the delimiter?" if loose else "is it a table?"
        raise IntakeError(f"its head is one column, {line.strip()[:60]!r}, not divided by any of , ; | or tab: {hint} ({error})") from None


def _delimiter(head: str, given: Given) -> str:
    """The delimiter under which most columns of the head are known ones; among equals the one that divides it most, then that of the ending."""
    named = {plain(column) for column in given.columns.values()}
    known = set(named)
    for table in known_tables():
        known.update(map(plain, table.signs))
        for field in FIELDS:
            known.update(map(plain, getattr(table.columns, field)))
    own = "\t" if given.ending in (".tsv", ".tab") else ","

    def worth(delimiter: str) -> tuple[int, int, bool]:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        return sum(plain(cell) in known for cell in cells) if len(cells) > 1 else 0, len(cells), delimiter == own

    return max(_DELIMITERS, key=worth)


def _misfit(have: int, want: int, delimiter: str) -> str:
    shown = "tab" if delimiter == "\t" else delimiter
    return f"{have} cells where the head has {want} (divided by {shown}): a delimiter inside a cell without quotation marks, or the wrong delimiter"


def _rows(lines: list[str], begin: int, delimiter: str) -> Iterator[tuple[int, list[str] | str, int]]:
    """The number of the line on which a row begins, its cells (or what is wrong with it), and on how many lines it stands."""
    at = begin
    while at < len(lines):
        feed = _Feed(lines, at)
        reader = csv.reader(feed, delimiter=delimiter)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield at + 1, f"no row of a table: {error}", feed.count
            at += max(1, feed.count)
            continue
        if feed.ended and feed.count > 1 and "".join(lines[at : at + feed.count]).count('"') % 2:
            yield at + 1, "a quotation mark that is not closed", 1
            at += 1
            continue
        yield at + 1, cells, feed.count
        at += feed.count


class _Feed:
    """The lines of one row, counted, up to the limits of a row."""

    def __init__(self, lines: list[str], at: int) -> None:
        self._lines = lines
        self._at = at
        self._size = 0
        self.count = 0
        self.ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        at = self._at + self.count
        if at >= len(self._lines) or self.count >= _ROW_LINES or self._size > _ROW:
            self.ended = True
            raise StopIteration
        self.count += 1
        self._size += len(self._lines[at])
        return self._lines[at]
