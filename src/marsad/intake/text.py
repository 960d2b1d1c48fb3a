"""A plain text file → one `Report`; its id is the file's stem. A front matter tells what the text does not:

    ---
    title: …
    date: 2018-12-03
    outlet: …
    url: https://…
    ---

It begins on the first line and has nothing but such lines; the lines of dashes may be left out where it holds no other keys than these and ends at an
empty line; `source` is another name for `outlet`, `original` and `language` are known too, any other key
passes through. Text that begins with a line of dashes and has no known key below it is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from marsad.intake.encoding import Decoded, EncodingError, decoded
from marsad.intake.faults import Fault
from marsad.intake.given import Given, Item, versioned
from marsad.intake.language import language_of
from marsad.intake.page_days import day_of
from marsad.intake.raw import sealed
from marsad.model import Note, Proof, Report, encodable

_FENCE: Final = re.compile(r"\s*---[ \t]*\r?\n")
_LINE: Final = re.compile(r"([\w-]{1,30})[ \t]*:[ \t]*(.*)")
_KNOWN: Final = {name: name for name in ("title", "date", "outlet", "url", "original", "language")} | {
    "source": "outlet",
    "العنوان": "title",
    "التاريخ": "date",
    "الموقع": "outlet",
    "الناشر": "outlet",
    "المصدر": "original",
    "الرابط": "url",
}
_BARE: Final = ("title", "date", "outlet", "url")
_MOST_LINES: Final = 40


def read_text_file(given: Given) -> Iterator[Item]:
    """The report of one text file, or why there is none, as a format."""
    for item in read_text(given.whole(), given.name):
        if isinstance(item, Report):
            proof = item.proof and msgspec.structs.replace(item.proof, url=given.url, record_id=given.record_id, fetched=given.fetched, headers=given.headers)
            item = msgspec.structs.replace(item, id=given.stem, url=item.url or given.url, proof=proof)
        yield item


def read_text(content: bytes, name: str) -> Iterator[Report | Fault]:
    """The report of one text file, or why there is none."""
    try:
        found = decoded(content)
    except EncodingError as error:
        yield Fault(name, None, str(error))
        return
    told, text = front_matter(found.text)
    if not text.strip():
        yield Fault(name, None, "empty")
        return
    notes = found.notes
    date = day_of(told["date"]) if "date" in told else None
    if told.get("date") and date is None:
        notes += (Note("day", f"{told['date'][:40]!r} in the front matter is no day"),)
    yield Report(
        id=name.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        text=text,
        date=date,
        outlet=told.get("outlet"),
        title=told.get("title"),
        url=told.get("url"),
        original=told.get("original"),
        language=language_of(text, told.get("language")),
        notes=notes,
        extra={key: msgspec.Raw(msgspec.json.encode(encodable(value))) for key, value in told.items() if key not in _KNOWN.values()},
        proof=proof_of(content, name, found),
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the front matter of a text tells, by key, and the text behind it; nothing and the text itself where it has none."""
    begin = _FENCE.match(text)
    if begin is None:
        return _bare_matter(text)
    told: dict[str, str] = {}
    at = begin.end()
    for _ in range(_MOST_LINES):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].strip()
        at = end + 1 if end >= 0 else len(text)
        if line == "---":
            break
        found = _LINE.fullmatch(line)
        if found is None:
            return {}, text
        key = found[1].lower()
        told[_KNOWN.get(key, key)] = found[2].strip().strip("\"'")
        if end < 0:
            return {}, text
    else:
        return {}, text
    if not any(key in told for key in _KNOWN.values()):
        return {}, text
    return {key: value for key, value in told.items() if value}, text[at:].lstrip("\r\n")


def _bare_matter(text: str) -> tuple[dict[str, str], str]:
    """A front matter without its lines of dashes: from the first line on nothing but the four keys, each once, up to an empty line."""
    told: dict[str, str] = {}
    at = 1 if text.startswith("\ufeff") else 0
    for _ in range(len(_BARE) + 1):
        end = text.find("\n", at)
        if end < 0:
            return {}, text
        line = text[at:end].strip()
        at = end + 1
        if not line:
            break
        found = _LINE.fullmatch(line)
        key = found[1].lower() if found else ""
        if found is None or key not in _BARE or key in told:
            return {}, text
        told[key] = found[2].strip().strip("\"'")
    return ({key: value for key, value in told.items() if value}, text[at:].lstrip("\r\n")) if told else ({}, text)


def proof_of(content: bytes, path: str, found: Decoded, extractor: str = "marsad.text") -> Proof:
    """The proof of a report that was made of `content`."""
    return Proof(sha256=sealed(content), size=len(content), path=path, extractor=versioned(extractor), encoding=found.encoding, encoding_from=found.how)
