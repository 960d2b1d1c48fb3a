"""HTML and text inside other formats, and HTML files: the one place where those formats meet the page and the decoder.

A page goes through the page door whole; a piece of markup (the body of a feed's entry, of a letter) becomes a page first, so that the
same hand finds its text and its furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from marsad.intake.encoding import EncodingError, decode
from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.page import page_report
from marsad.model import Note, Report, encodable

_MARK: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<(?:[a-zA-Z][^<>]{0,2000}/?|/[a-zA-Z][\w:-]*\s*)>|&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[a-zA-Z]{2,31});")
_AS: Final = re.compile(r"read as ([\w-]+) \((.*)\)")


def looks_like_page(head: bytes) -> bool:
    """Whether the bytes begin as an HTML page does."""
    return _MARK.match(head) is not None


def read_page_file(given: Given) -> Iterator[Item]:
    """The report of an HTML file."""
    content = given.whole()
    item = page_report(content, name=given.name, id=given.known_stem or None, url=given.url, headers=given.headers)
    if isinstance(item, Report) and item.proof is not None and (given.record_id or given.fetched):
        item = msgspec.structs.replace(item, proof=msgspec.structs.replace(item.proof, record_id=given.record_id, fetched=given.fetched))
    yield item


def page_of_piece(markup: str, name: str) -> Report | Fault:
    """What the page door makes of a piece of markup, all of which is the report or furniture inside it. Its `id` and `proof` mean nothing."""
    page = (
        f'<!doctype html><html><head><meta charset="utf-8"></head><body><article><div class="entry-content">{encodable(markup)}</div></article></body></html>'
    )
    return page_report(page.encode(), name=name, declared="utf-8")


def is_markup(words: str) -> bool:
    """Whether words hold tags or entities of HTML."""
    return _TAG.search(words) is not None


def text_of_piece(markup: str, name: str = "markup") -> str:
    """The text of a piece of markup; of words without any tag, the words."""
    if not is_markup(markup):
        return markup.strip()
    found = page_of_piece(markup, name)
    return found.text if isinstance(found, Report) else ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, what was guessed about it, and the encoding that it was written in."""

    text: str
    notes: tuple[Note, ...]
    encoding: str
    known_from: str


def decoded(content: bytes, declared: str | None = None) -> Decoded:
    """The text of bytes whose format may declare an encoding; that is believed where the bytes agree. Raises `IntakeError` for what is no text."""
    if declared and declared.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        try:
            return Decoded(content.decode(declared), (), declared.lower(), "declared")
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        text, notes = decode(content)
    except EncodingError as error:
        raise IntakeError(str(error)) from None
    encoding, known_from = encoding_told(notes)
    if content.startswith(b"\xef\xbb\xbf"):
        known_from = "bom"
    return Decoded(text, notes, encoding, known_from)


def encoding_told(notes: tuple[Note, ...]) -> tuple[str, str]:
    """The encoding, and how it was known, as the decoder's notes tell it."""
    for note in notes:
        match = _AS.search(note.message) if note.code == "encoding" else None
        if match:
            return match[1], "bom" if "mark" in match[2] and "no mark" not in match[2] else "guessed"
    return "utf-8", "utf-8"
