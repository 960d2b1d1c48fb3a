"""Rows of a table → `Report`s: which column holds what, and how a cell becomes a field.

Columns are found in this order: those that the user named (`--columns text=Body,date=When`), those of a table that is known by its head
(`knowledge/columns.toml`), those that are called as such columns mostly are. What no field takes is kept as a foreign key of the report.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from marsad.arabic.dates import find
from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError
from marsad.intake.language import language_of
from marsad.intake.markup import is_markup, page_of_piece
from marsad.knowledge.columns import FIELDS, KnownTable, plain, table_of
from marsad.model import Note, Report, Residue, encodable, reference_day

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]|$)")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?$")
_UNIX: Final = re.compile(r"1?\d{9}(?:\.\d+)?$|1\d{12}$")
_FIGURES: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D|$)")
_SLASHED: Final = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:\D|$)")
_ENGLISH: Final = re.compile(r"(?:[A-Za-z]{3,9},? )?(?:(\d{1,2}) ([A-Za-z]{3,9})\.?,? (\d{4})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}))")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXCEL: Final = datetime.date(1899, 12, 30)  # day 0 of a sheet that keeps days as numbers
_SERIAL: Final = (20_000, 80_000)  # … in the years 1954 to 2119; a larger number is a moment or a day in figures
_SHOWN: Final = 12  # columns that a message names


@dataclass(frozen=True, slots=True)
class Mapped:
    """A head with its fields found: for each field the number of its column. `table`: what is known of such tables."""

    heads: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    table: str


def mapped(heads: tuple[str, ...], told: Mapping[str, str]) -> Mapped:
    """The columns of a head; raises `IntakeError`, which names the columns that there are, where none holds a text or one that was named is missing."""
    places: dict[str, int] = {}
    for number, head in enumerate(heads):
        places.setdefault(plain(head), number)
    known = table_of(heads)
    if known.why_not and "text" not in told:
        raise IntakeError(known.why_not)
    fields: dict[str, tuple[int, ...]] = {}
    for name in FIELDS:
        if name in told:
            fields[name] = (_place_of(told[name], places, heads),)
            continue
        found = [places[plain(column)] for column in _columns(known, name) if plain(column) in places]
        if found:
            fields[name] = tuple(dict.fromkeys(found))
    if "text" not in fields:
        raise IntakeError(f"no column with a text; the columns are {_shown(heads)}; name it with --columns text=…")
    used = {place for name, column in told.items() for place in (_place_of(column, places, heads),) if name in FIELDS}
    return Mapped(heads, {n: p for n, p in fields.items() if n in told or not set(p) <= used}, known.name)


def _columns(known: KnownTable, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(known.columns, name)
    return found


def _place_of(column: str, places: dict[str, int], heads: tuple[str, ...]) -> int:
    if plain(column) in places:
        return places[plain(column)]
    near = difflib.get_close_matches(column, heads, 1)
    raise IntakeError(f"no column {column!r}; " + (f"did you mean {near[0]!r}?" if near else f"the columns are {_shown(heads)}"))


def _shown(heads: tuple[str, ...]) -> str:
    words = ", ".join(repr(head[:40]) for head in heads[:_SHOWN])
    return words + (f" and {len(heads) - _SHOWN} more" if len(heads) > _SHOWN else "")


def report_of_row(
    cells: list[Any], mapped: Mapped, given: Given, where: str, number: int | str, raw: bytes, encoding: tuple[str, str] | None, notes: tuple[Note, ...] = ()
) -> Report | Fault:
    """The report of a row; cells are strings, or what a sheet holds (numbers, days)."""

    def cell(name: str) -> Any:
        return next((cells[place] for place in mapped.fields.get(name, ()) if place < len(cells) and _words(cells[place]).strip()), "")

    text = _words(cell("text"))
    residue: tuple[Residue, ...] = ()
    if is_markup(text):
        page = page_of_piece(text, given.name)
        if isinstance(page, Fault):
            return Fault(given.name, where, page.reason)
        text, residue, notes = page.text, page.residue, (*notes, *page.notes)
    if not text.strip():
        return Fault(given.name, where, "empty text")
    try:
        day, said = day_of(cell("date"))
    except ValueError as error:
        return Fault(given.name, where, f"date {error}")
    if said:
        notes = (*notes, Note("day", said))
    own = _words(cell("id")).strip()
    used = {place for places in mapped.fields.values() for place in places if place < len(cells)}
    language = _words(cell("language")).strip().lower()
    known, known_from = encoding or (None, "format")
    proof = given.proof(raw, where, extractor=f"marsad.columns ({mapped.table})", encoding=known, encoding_from=known_from)
    return Report(
        id=own or f"{given.stem}-{number}",
        text=text,
        date=day,
        outlet=_words(cell("outlet")).strip() or None,
        title=" ".join(_words(cell("title")).split()) or None,
        url=_words(cell("url")).strip() or None,
        original=_words(cell("original")).strip() or None,
        language=language_of(text, language),
        residue=residue,
        notes=notes,
        extra=_rest(cells, mapped.heads, used),
        proof=proof,
    )


def _rest(cells: list[Any], heads: tuple[str, ...], used: set[int]) -> dict[str, msgspec.Raw]:
    """The cells that no field took, as foreign keys."""
    return {
        encodable(heads[place]): msgspec.Raw(msgspec.json.encode(value if isinstance(value, (int, float, bool)) else _words(value)))
        for place, value in enumerate(cells[: len(heads)])
        if place not in used and heads[place].strip() and _words(value) != ""
    }


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return encodable(value if isinstance(value, str) else str(value))


def day_of(value: Any) -> tuple[datetime.date | None, str]:
    """The day of a cell, and what to say of one that can be read in two ways; raises ValueError for one that is no day."""
    if isinstance(value, datetime.date):
        return reference_day(value), ""
    if isinstance(value, (int, float)) and _SERIAL[0] <= value < _SERIAL[1]:
        return reference_day(_EXCEL + datetime.timedelta(days=int(value))), ""
    words = _words(value).strip()
    if not words:
        return None, ""
    if match := _ISO.match(words) or _SLASHED.match(words):
        return _day(int(match[1]), int(match[2]), int(match[3]), words), ""
    if match := _COMPACT.match(words):
        return _day(int(match[1]), int(match[2]), int(match[3]), words), ""
    if _UNIX.match(words):
        seconds = float(words) / (1000 if len(words) == 13 else 1)
        return reference_day(datetime.datetime.fromtimestamp(seconds, datetime.UTC)), ""
    if match := _FIGURES.match(words):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if second > 12 >= first:
            return _day(year, first, second, words), ""
        return _day(year, second, first, words), f"{words[:30]!r} is read with the day first" if first <= 12 and first != second else ""
    if match := _ENGLISH.match(words):
        name = (match[2] or match[4])[:3].lower()
        if name in _MONTHS:
            return _day(int(match[3] or match[6]), _MONTHS.index(name) + 1, int(match[1] or match[5]), words), ""
    for date in find(words[:200], None):
        if date.precision == "day" and date.start is not None and date.start == date.end:
            return reference_day(date.start), ""
    raise ValueError(f"{words[:60]!r} is no day")


def _day(year: int, month: int, day: int, words: str) -> datetime.date:
    try:
        return reference_day(datetime.date(year, month, day))
    except ValueError:
        raise ValueError(f"{words[:60]!r} is no day") from None
