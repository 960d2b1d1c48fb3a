"""JSON Lines → `Report`s: one record a line.

{"id": …, "text": … | "html": …, "url": …, "title": …, "date": "YYYY-MM-DD", "outlet" | "source": …, anything else passes through}

A report that intake wrote itself (`marsad intake -o`) is read back whole: with its residue, notes, original source, language and proof.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import IO, Any, Final

import msgspec

from marsad.intake.encoding import EncodingError, decode, decoded
from marsad.intake.faults import Fault
from marsad.intake.own import restored
from marsad.intake.page import of_markup
from marsad.intake.text import proof_of
from marsad.intake.words import completed
from marsad.model import Note, Proof, Report, encodable, reference_day

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
    raw = line.rstrip(b"\r\n")
    try:
        found = decoded(line)
    except EncodingError as error:
        return Fault(name, where, str(error))
    if found.encoding != "utf-8" or found.notes:
        line = found.text.encode("utf-8", "replace")
    try:
        record = _record(line.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        return Fault(name, where, f"no JSON object: {error}")
    except RecursionError:
        return Fault(name, where, "no JSON object: nested too deeply")
    try:
        spare_id = f"{name.rsplit('/', 1)[-1].rsplit('.', 1)[0]}-{number}"
        return restored(_report(record, spare_id, found.notes, proof_of(raw, f"{name}#line={number}", found, "marsad.records")))
    except _BadRecordError as error:
        known = _text(record, "id", strict=False)
        return Fault(name, f"{where} ({known})" if known else where, str(error))


def _record(line: bytes) -> dict[str, msgspec.Raw]:
    """The keys of a record, each with its JSON; raises ValueError for a line that is no JSON object."""
    try:
        return msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError as error:
        if b"\\u" not in line:
            raise
        refused = error
    # A lone surrogate (\ud83d) is no Unicode, so it stops the strict parser; the lenient one lets it through for the reading to mark.
    import json

    try:
        record = json.loads(line, parse_constant=_no_number)
    except ValueError:
        raise refused from None
    if not isinstance(record, dict):
        raise refused
    return {encodable(key): msgspec.Raw(json.dumps(value).encode()) for key, value in record.items()}


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


class _BadRecordError(ValueError):
    pass


def _report(record: dict[str, msgspec.Raw], spare_id: str, notes: tuple[Note, ...], proof: Proof) -> Report:
    text, html = _text(record, "text"), _text(record, "html")
    found: dict[str, Any] = {}
    if text is None and html is not None:
        found = of_markup(encodable(html))
        text = found["text"]
        if not text:
            raise _BadRecordError(found["fault"])
        proof = msgspec.structs.replace(proof, extractor=found["proof"].extractor)
    if text is None:
        raise _BadRecordError("neither text nor html")
    if not text.strip():
        raise _BadRecordError("empty text")
    report = Report(
        id=_id(record) or spare_id,
        text=text,
        date=_date(record) or found.get("date"),
        outlet=_text(record, "outlet") or _text(record, "source") or found.get("outlet"),
        title=_text(record, "title") or found.get("title"),
        url=_text(record, "url") or found.get("url"),
        residue=found.get("residue", ()),
        notes=(*notes, *found.get("notes", ())),
        original=found.get("original"),
        language=found.get("language"),
        proof=proof,
        extra={k: msgspec.Raw(bytes(v)) for k, v in record.items() if k not in _KNOWN},
    )
    return report if found else completed(report)


def _id(record: dict[str, msgspec.Raw]) -> str | None:
    """The id as a string; a number is taken as its digits."""
    if "id" not in record:
        return None
    value = _value(record["id"])
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _BadRecordError("id is neither a string nor a whole number")
    return encodable(str(value))


def _text(record: dict[str, msgspec.Raw], key: str, *, strict: bool = True) -> str | None:
    if key not in record:
        return None
    value = _value(record[key])
    if value is None or (isinstance(value, str) and key in ("text", "html")):
        return value
    if isinstance(value, str):
        return encodable(value)
    if strict:
        raise _BadRecordError(f"{key} is no string")
    return None


def _value(raw: msgspec.Raw) -> Any:
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:  # a lone surrogate
        import json

        return json.loads(bytes(raw))


def _date(record: dict[str, msgspec.Raw]) -> datetime.date | None:
    told = _text(record, "date")
    if told is None or not told.strip():
        return None
    try:
        return reference_day(told.strip()[:10])
    except ValueError as error:
        raise _BadRecordError(f"date {error}") from None
