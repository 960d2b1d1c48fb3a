"""A table of places: CSV (commas, semicolons or tabs, a line of column names) or a sheet of an Excel workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from marsad.knowledge.gazetteer.imports.faults import ImportFault, Missing, Wish, lines, opened_archive, text_of
from marsad.knowledge.gazetteer.imports.fields import Record, Table, tried

_MOST_COLUMNS: Final = 500
_EMPTY_AT_END: Final = 1000  # empty rows behind which a sheet is taken to end


def csv_recognised(path: Path, _: bytes) -> bool:
    """By its ending."""
    return path.suffix.lower() in (".csv", ".tsv")


def xlsx_recognised(path: Path, _: bytes) -> bool:
    """By its ending."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


def read_csv(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The places of a CSV file, one a line. Raises `ImportFault`."""
    with path.open("rb") as file:
        numbers = [0]

        def text() -> Iterator[str]:
            for number, raw in lines(file, str(path), wish.most):
                numbers[0] = number
                line = text_of(raw, f"{path}, line {number}", wish.encoding)
                if "\0" in line:
                    raise ImportFault(f"{path}, line {number}: a zero byte; this is no text")
                yield (line.removeprefix("\ufeff") if number == 1 else line) + "\n"

        source_lines = text()
        head = next(source_lines, "")
        delimiter = max(",;\t", key=head.count)
        columns = next(csv.reader([head], delimiter=delimiter), [])
        rows = Table(columns, f"{path}, line 1", source, wish)
        reader = csv.reader(source_lines, delimiter=delimiter, strict=True)
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise ImportFault(f"{path}, line {numbers[0]}: {error}") from None
            if cells is None:
                return
            where = f"{path}, line {numbers[0]}"
            if any(cells) and not cells[0].startswith("#"):
                yield _record(rows, columns, cells, where)


def _record(rows: Table, columns: list[str], cells: list[Any], where: str) -> Record:
    if len(cells) != len(columns):
        return where, ImportFault(f"{where}: {len(cells)} columns, the first line names {len(columns)}")
    return tried(lambda: rows.draft(dict(zip(columns, cells, strict=True)), where), where)


def read_xlsx(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The places of a sheet, one a row. Raises `ImportFault`, `Missing` where openpyxl is not installed."""
    opened_archive(path, wish.most).close()
    try:
        import openpyxl
    except ImportError:
        raise Missing("openpyxl", "xlsx", f"{path}: reading a workbook") from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise ImportFault(f"{path}: no workbook ({type(error).__name__}: {str(error)[:100]})") from None
    try:
        if wish.layer and wish.layer not in book.sheetnames:
            raise ImportFault(f"{path}: no sheet {wish.layer!r}; its sheets: {', '.join(book.sheetnames[:20])}")
        sheet = book[wish.layer] if wish.layer else book.worksheets[0]
        sheet.reset_dimensions()
        yield from _sheet(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), f"{path}: sheet {sheet.title}", source, wish)
    finally:
        book.close()


def _sheet(sheet: Iterator[tuple[Any, ...]], where: str, source: str, wish: Wish) -> Iterator[Record]:
    rows: Table | None = None
    columns: list[str] = []
    empty = number = 0
    while True:
        try:
            values = next(sheet, None)
        except Exception as error:  # as above
            raise ImportFault(f"{where}, row {number + 1}: damaged ({type(error).__name__}: {str(error)[:100]})") from None
        number += 1
        if values is None or empty > _EMPTY_AT_END:
            break
        if not any(value not in (None, "") for value in values):
            empty += 1
            continue
        empty = 0
        if rows is None:
            columns = ["" if value is None else str(value) for value in values]
            rows = Table(columns, f"{where}, row {number}", source, wish)
        elif not str(values[0]).startswith("#"):
            row = dict(zip(columns, values, strict=False))
            yield tried(lambda row=row, rows=rows, number=number: rows.draft(row, f"{where}, row {number}"), f"{where}, row {number}")  # type: ignore[misc]
    if rows is None:
        raise ImportFault(f"{where}: the sheet is empty")
