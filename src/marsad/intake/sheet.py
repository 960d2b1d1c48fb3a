"""Spreadsheets (XLSX) → `Report`s: each row of each sheet that has a head with a text is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from marsad.intake.columns import mapped, report_of_row
from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.xlsx import Sheet, sheets_of
from marsad.model import Report

_LIMIT: Final = 200 * 1024 * 1024  # bytes of a file
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looks_like_sheet(head: bytes) -> bool:
    """Whether the bytes begin a spreadsheet, or an old or encrypted file of an office program."""
    return (head.startswith(b"PK\x03\x04") and b"xl/" in head) or head.startswith(_OLE)


def read_sheet(given: Given) -> Iterator[Item]:
    """The rows of a spreadsheet as reports."""
    content = given.whole(_LIMIT)
    if content.startswith(_OLE):
        secret = "EncryptedPackage".encode("utf-16-le") in content
        raise IntakeError("an encrypted spreadsheet or document" if secret else "an old file of an office program (.xls, .doc); save it as .xlsx or .docx")
    some = False
    wrong: list[Fault] = []
    for sheet in sheets_of(content):
        begin = next((n for n, (_, row) in enumerate(sheet.rows) if len(row) > 1 or (given.columns and row)), 0)
        if sheet.rows:
            try:
                yield from _rows(sheet, begin, given, content)
                some = True
            except IntakeError as error:
                wrong.append(Fault(given.name, f"sheet {sheet.name}, row {sheet.rows[begin][0]}", str(error)))
        if sheet.wrong:
            some = True
            yield Fault(given.name, f"sheet {sheet.name}", sheet.wrong)
    yield from () if some else wrong
    if not some and not wrong:
        yield Fault(given.name, None, "a spreadsheet without rows")


def _rows(sheet: Sheet, begin: int, given: Given, content: bytes) -> Iterator[Item]:
    head = sheet.rows[begin][1]
    width = max(head) + 1
    columns = mapped(tuple(str(head.get(place, "")).strip() for place in range(width)), given.columns)
    for number, row in sheet.rows[begin + 1 :]:
        cells: list[Any] = [row.get(place, "") for place in range(width)]
        if any(str(cell).strip() for cell in cells):
            item = report_of_row(cells, columns, given, f"{sheet.name}!{number}", f"{sheet.name}-{number}", content, None)
            yield item if isinstance(item, Report) else Fault(given.name, f"sheet {sheet.name}, row {number}", item.reason)
