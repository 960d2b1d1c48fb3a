"""JSON Lines → `Report`s: one record a line.

{"id": …, "text": … | "html": …, "url": …, "title": …, "date": "YYYY-MM-DD", "outlet" | "source": …, anything else passes through}
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import IO, Any, Final

import msgspec

from marsad.intake.encoding import EncodingError, decode
from marsad.intake.faults import Fault
from marsad.intake.page import of_markup
from marsad.model import Note, Report

_LINE: Final = 512 * 1024 * 1024  # bytes of one line
_KNOWN: Final = frozenset(("id", "text", "html", "url", "title", "date", "outlet", "source"))


def read_lines(lines: IO[bytes], name: str) -> Iterator[Report | Fault]:
    """The reports of a file of records, a line at a time; a bad line costs that line."""
    first = True
    number = 0
    while True:
        line = lines.readline(_LINE)
        if not line:
            return
        number += 1
        if (first and line.startswith((b"\xff\xfe", b"\xfe\xff"))) or (first and b"\x00" in line[:64]):
            yield from _whole(line + lines.read(), name)
            return
        first = False
        if line.strip():
            yield _one(line, name, number)


def _whole(content: bytes, name: str) -> Iterator[Report | Fault]:
    """A file of records in UTF-16: its lines are not the lines of its bytes."""
    try:
        text, _ = decode(content)
    except EncodingError as error:
        yield Fault(name, None, str(error))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _one(line.encode("utf-8", "surrogatepass"), name, number)


def _one(line: bytes, name: str, number: int) -> Report | Fault:
    where = f"line {number}"
    notes: tuple[Note, ...] = ()
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text, notes = decode(line)
        except EncodingError as error:
            return Fault(name, where, str(error))
        line = text.encode()
    try:
        record = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=dict[str, msgspec.Raw])
    except msgspec.DecodeError as error:
        return Fault(name, where, f"no JSON object: {error}")
    except RecursionError:
        return Fault(name, where, "no JSON object: nested too deeply")
    try:
        return _report(record, f"{name.rsplit('/', 1)[-1].rsplit('.', 1)[0]}-{number}", notes)
    except _BadRecordError as error:
        known = _text(record, "id", strict=False)
        return Fault(name, f"{where} ({known})" if known else where, str(error))


class _BadRecordError(ValueError):
    pass


def _report(record: dict[str, msgspec.Raw], spare_id: str, notes: tuple[Note, ...]) -> Report:
    text, html = _text(record, "text"), _text(record, "html")
    found: dict[str, Any] = {}
    if text is None and html is not None:
        found = of_markup(html)
        text = found["text"]
    if text is None:
        raise _BadRecordError("neither text nor html")
    if not text.strip():
        raise _BadRecordError("empty text")
    return Report(
        id=_id(record) or spare_id,
        text=text,
        date=_date(record) or found.get("date"),
        outlet=_text(record, "outlet") or _text(record, "source") or found.get("outlet"),
        title=_text(record, "title") or found.get("title"),
        url=_text(record, "url") or found.get("url"),
        notes=notes,
        extra={k: msgspec.Raw(bytes(v)) for k, v in record.items() if k not in _KNOWN},
    )


def _id(record: dict[str, msgspec.Raw]) -> str | None:
    """The id as a string; a number is taken as its digits."""
    if "id" not in record:
        return None
    value = msgspec.json.decode(record["id"])
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _BadRecordError("id is neither a string nor a whole number")
    return str(value)


def _text(record: dict[str, msgspec.Raw], key: str, *, strict: bool = True) -> str | None:
    if key not in record:
        return None
    try:
        value = msgspec.json.decode(record[key])
    except msgspec.DecodeError as error:
        # a lone surrogate (\ud83d) is no Unicode; the record is read with U+FFFD in its place
        value = _lenient(bytes(record[key]), key, error)
    if value is None or isinstance(value, str):
        return value
    if strict:
        raise _BadRecordError(f"{key} is no string")
    return None


def _lenient(raw: bytes, key: str, error: Exception) -> Any:
    import json

    try:
        return json.loads(raw)
    except ValueError:
        raise _BadRecordError(f"{key}: {error}") from None


def _date(record: dict[str, msgspec.Raw]) -> datetime.date | None:
    told = _text(record, "date")
    if told is None or not told.strip():
        return None
    try:
        return datetime.date.fromisoformat(told.strip()[:10])
    except ValueError:
        raise _BadRecordError(f"date {told!r} is no day (YYYY-MM-DD)") from None
