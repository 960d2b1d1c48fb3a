"""Spreadsheets (XLSX, XLS, ODS) → `Report`s: each row of each sheet that has a head with a text is one.

Read with python-calamine (MIT, Rust, 2 MB), which the extra `sheets` installs.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from marsad.intake.columns import mapped, report_of_row
from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.model import Report

_LIMIT: Final = 100 * 1024 * 1024  # bytes of a file
_UNPACKED: Final = 1024 * 1024 * 1024  # bytes that it may unpack to
_ROWS: Final = 1_048_576
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looks_like_sheet(head: bytes) -> bool:
    """Whether the bytes begin a spreadsheet, or an old or encrypted file of an office program."""
    return (head.startswith(b"PK\x03\x04") and (b"xl/" in head or b"opendocument.spreadsheet" in head)) or head.startswith(_OLE)


def read_sheet(given: Given) -> Iterator[Item]:
    """The rows of a spreadsheet as reports."""
    content = given.whole(_LIMIT)
    _checked(content)
    try:
        import python_calamine as calamine
    except ImportError:
        raise IntakeError("a spreadsheet; install marsad[sheets] to read it") from None
    with _careful("a spreadsheet that cannot be read"):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(book.sheet_names)
    some = False
    wrong: list[Fault] = []
    for name in names:
        try:
            with _careful("cannot be read"):
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except IntakeError as error:
            yield Fault(given.name, f"sheet {name}", str(error))
            continue
        begin = next((n for n, row in enumerate(rows) if sum(bool(str(c).strip()) for c in row) > 1), None)
        if begin is None:
            continue
        try:
            yield from _rows(name, rows, begin, given, content)
            some = True
        except IntakeError as error:
            wrong.append(Fault(given.name, f"sheet {name}, row {begin + 1}", str(error)))
    yield from () if some else wrong
    if not some and not wrong:
        yield Fault(given.name, None, "a spreadsheet without rows")


@contextlib.contextmanager
def _careful(said: str) -> Iterator[None]:
    """Whatever the library raises as one `IntakeError`: it has errors of several families, and panics of Rust, which are no `Exception`s."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        words = str(error)
        secret = "assword" in words or "ncrypt" in words
        raise IntakeError("an encrypted spreadsheet" if secret else f"{said}: {words[:120]}") from None


def _checked(content: bytes) -> None:
    """Refuse what unpacks beyond the limit, and say what is encrypted."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise IntakeError("an encrypted spreadsheet or document")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise IntakeError(f"a spreadsheet that is damaged or cut: {error}") from None
    if size > _UNPACKED:
        raise IntakeError(f"unpacks to {size:,} bytes; the limit is {_UNPACKED:,}")


def _rows(name: str, rows: list[list[Any]], begin: int, given: Given, content: bytes) -> Iterator[Item]:
    heads = tuple(str(cell).strip() for cell in rows[begin])
    columns = mapped(heads, given.columns)
    for number, cells in enumerate(rows[begin + 1 : _ROWS], begin + 2):
        if any(str(cell).strip() for cell in cells):
            item = report_of_row(cells, columns, given, f"{name}!{number}", f"{name}-{number}", content, None)
            yield item if isinstance(item, Report) else Fault(given.name, f"sheet {name}, row {number}", item.reason)
