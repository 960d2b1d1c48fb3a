"""The cells of an XLSX file (ECMA-376), read from its ZIP and XML with nothing but the standard library.

A file that asks for more than it holds (a cell in column 16,384 of row 1,000,000) costs what it holds: cells are kept where they stand and
no matrix is made. Formulas are not computed; what the program that wrote the file computed is read.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from marsad.intake.given import IntakeError
from marsad.intake.xml import XmlError, local, parse

Value = str | float | bool | datetime.date
Row = dict[int, Value]
"""Cells by the number of their column, from 0."""

_PART: Final = 512 * 1024 * 1024  # bytes of one part, unpacked
_CELLS: Final = 20_000_000
_COLUMNS: Final = 16_384
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_BUILT_IN_DAYS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # numFmtId of days, 18.8.30
_NO_DAY: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EPOCHS: Final = (datetime.date(1899, 12, 30), datetime.date(1904, 1, 1))
_DAYS: Final = 110_000  # the days up to the year 2200


@dataclass(slots=True)
class Sheet:
    """A sheet: its name, and its rows that have cells, each with its number from 1. `wrong`: why it could not be read to its end."""

    name: str
    rows: list[tuple[int, Row]] = field(default_factory=list)
    wrong: str = ""


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """The sheets of a file, in order; raises `IntakeError` for a file that cannot be read."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        places, by_1904 = _workbook(packed)
        strings = _strings(_part(packed, "xl/sharedStrings.xml"))
        days = _day_styles(_part(packed, "xl/styles.xml"))
    except (zipfile.BadZipFile, zlib.error, ValueError, OverflowError, NotImplementedError, RuntimeError, EOFError) as error:
        if isinstance(error, IntakeError):
            raise
        raise IntakeError(f"a spreadsheet that is damaged or cut: {error}") from None
    room = _CELLS
    for name, place in places:
        sheet = Sheet(name)
        cells = _Cells(sheet, strings, days, _EPOCHS[by_1904], room)
        try:
            _parsed(_part(packed, place), place, cells)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
            sheet.wrong = str(error)
        room = cells.room
        yield sheet


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """A part of the file; empty where there is none."""
    try:
        member = packed.getinfo(name)
    except KeyError:
        return b""
    if member.file_size > _PART:
        raise IntakeError(f"{name} unpacks to {member.file_size:,} bytes; the limit is {_PART:,}")
    with packed.open(member) as file:
        part = file.read(_PART + 1)
    if len(part) > _PART:
        raise IntakeError(f"{name} unpacks to more than {_PART:,} bytes")
    return part


class _Handler:
    """What is told of the elements of a part."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, words: str) -> None:
        """Text."""


def _parsed(content: bytes, part: str, handler: _Handler) -> None:
    def start(name: str, attributes: dict[str, str], _: int) -> None:
        handler.start(local(name), attributes)

    def end(name: str, _: int) -> None:
        handler.end(local(name))

    try:
        parse(content, start, end, handler.words)
    except XmlError as error:
        raise IntakeError(f"{part}, line {error.line}: {error}") from None


class _Found(_Handler):
    """The attributes of the elements of some names."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._names:
            self.found.append((name, {local(key): value for key, value in attributes.items()}))


def _workbook(packed: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Name and part of each sheet, and whether days count from 1904."""
    book, links = _Found("sheet", "workbookPr"), _Found("Relationship")
    content = _part(packed, "xl/workbook.xml")
    if not content:
        raise IntakeError("no XLSX: xl/workbook.xml is missing")
    _parsed(content, "xl/workbook.xml", book)
    _parsed(_part(packed, "xl/_rels/workbook.xml.rels"), "xl/_rels/workbook.xml.rels", links)
    targets = {link.get("Id", ""): link.get("Target", "") for _, link in links.found}
    places: list[tuple[str, str]] = []
    for kind, told in book.found:
        target = targets.get(told.get("id", ""), "")
        if kind == "sheet" and target:
            places.append((told.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return places, any(kind == "workbookPr" and told.get("date1904") in ("1", "true") for kind, told in book.found)


class _Strings(_Handler):
    """The strings that cells share; hints at how to pronounce them are none."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words: list[str] = []
        self._text = self._hint = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._words = []
        self._hint = self._hint or name == "rPh"
        self._text = name == "t" and not self._hint

    def words(self, words: str) -> None:
        if self._text:
            self._words.append(words)

    def end(self, name: str) -> None:
        self._text = False
        if name == "rPh":
            self._hint = False
        elif name == "si":
            self.found.append("".join(self._words))


def _strings(content: bytes) -> list[str]:
    strings = _Strings()
    if content:
        _parsed(content, "xl/sharedStrings.xml", strings)
    return strings.found


class _Styles(_Handler):
    """Which formats of cells are those of days."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._cells = False
        self.days: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._cells = True
        elif name == "xf" and self._cells:
            number = attributes.get("numFmtId", "0")
            code = _NO_DAY.sub("", self._codes.get(number, "")).lower()
            self.days.append(("d" in code and "m" in code) or "yy" in code or (number.isdigit() and len(number) < 5 and int(number) in _BUILT_IN_DAYS))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._cells = False


def _day_styles(content: bytes) -> list[bool]:
    styles = _Styles()
    if content:
        _parsed(content, "xl/styles.xml", styles)
    return styles.days


class _Cells(_Handler):
    """The cells of a sheet."""

    def __init__(self, sheet: Sheet, strings: list[str], days: list[bool], epoch: datetime.date, room: int) -> None:
        self._sheet = sheet
        self._strings = strings
        self._days = days
        self._epoch = epoch
        self.room = room
        self._row: Row = {}
        self._number = self._column = 0
        self._kind = self._style = ""
        self._words: list[str] = []
        self._text = self._hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                told = attributes.get("r", "")
                self._number = int(told) if told.isascii() and told.isdigit() and len(told) < 8 else self._number + 1
                self._row, self._column = {}, -1
            case "c":
                place = _PLACE.match(attributes.get("r", ""))
                self._column = min(_column(place[1]), _COLUMNS) if place else self._column + 1
                self._kind, self._style, self._words = attributes.get("t", "n"), attributes.get("s", ""), []
            case "rPh":
                self._hint = True
            case "v" | "t":
                self._text = not self._hint

    def words(self, words: str) -> None:
        if self._text:
            self._words.append(words)

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._text = False
            case "rPh":
                self._hint = False
            case "c":
                value = self._value("".join(self._words))
                if value != "" and self._column < _COLUMNS:
                    self._row[self._column] = value
                    self.room -= 1
                    if self.room <= 0:
                        raise IntakeError(f"more than {_CELLS:,} cells")
            case "row" if self._row:
                self._sheet.rows.append((self._number, self._row))
                self._row = {}

    def _value(self, words: str) -> Value:
        if self._kind == "s":
            place = int(words) if words.isascii() and words.isdigit() and len(words) < 9 else len(self._strings)
            return self._strings[place] if place < len(self._strings) else ""
        if self._kind == "b":
            return words.strip() == "1"
        if self._kind == "e":  # an error of a formula
            return ""
        if self._kind != "n" or not words.strip():
            return words
        try:
            number = float(words)
        except ValueError:
            return words
        style = int(self._style) if self._style.isascii() and self._style.isdigit() and len(self._style) < 6 else len(self._days)
        if style < len(self._days) and self._days[style] and 0 < number < _DAYS:
            return self._epoch + datetime.timedelta(days=int(number))
        return number


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
