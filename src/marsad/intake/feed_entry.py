"""One entry of a feed, of any kind, as a `Report`: its longest text, its headline, day and addresses."""

from __future__ import annotations

import datetime
import email.utils
import re
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.given import Given
from marsad.intake.language import language_of
from marsad.intake.markup import is_markup, page_of_piece, text_of_piece
from marsad.model import Note, Report, Residue, encodable, reference_day

_ISO: Final = re.compile(r"\s*(\d{4}-\d{2}-\d{2})")
_COMMENT: Final = re.compile(r"#comment-?\d+$|[?&]showComment=\d+")
_TEASER: Final = re.compile(r"(?:\[?(?:…|\.\.\.|&#8230;|&hellip;)\]?)\s*$")
_SHORT: Final = 60  # words, below which a text that ends in dots is a teaser


@dataclass(slots=True)
class Entry:
    """What a feed says of one report. `bodies`: the texts that it gives, the full one first; each with whether it is markup (None: to be found out)."""

    number: int
    raw: bytes
    id: str = ""
    title: str = ""
    title_is_markup: bool | None = None
    link: str = ""
    dates: list[str] = field(default_factory=list)
    bodies: list[tuple[str, bool | None]] = field(default_factory=list)
    original: str = ""
    language: str = ""
    summary_only: bool = False


@dataclass(slots=True)
class Channel:
    """What a feed says of itself."""

    title: str = ""
    language: str = ""
    encoding: str = "utf-8"
    extractor: str = "marsad.feed"


def report_of(entry: Entry, channel: Channel, given: Given, seen: set[str]) -> Report | Fault:
    """The report of an entry, or why it is none. `seen`: the ids of the feed so far."""
    where = f"entry {entry.number}" + (f" ({entry.link or entry.id})" if entry.link or entry.id else "")
    if _COMMENT.search(entry.link):
        return Fault(given.name, where, "a reader's comment, no report")
    title = _title(entry)
    body, notes, residue = _body(entry, given.name)
    if not body and not title:
        return Fault(given.name, where, "neither a text nor a title")
    if not body:
        notes = (Note("summary", "the feed gives the title alone; its page has the text"),)
    text, residue = _joined(title, body, residue)
    day, said = _day(entry.dates)
    if said:
        notes = (*notes, Note("day", said))
    proof = given.proof(entry.raw, f"entry {entry.number}", extractor=channel.extractor, encoding=channel.encoding, encoding_from="format")
    return Report(
        id=_id(entry, given.stem, seen),
        text=text,
        date=day,
        outlet=channel.title or None,
        title=title or None,
        url=encodable(entry.link) or None,
        residue=residue,
        notes=notes,
        original=entry.original or None,
        language=language_of(text, entry.language or channel.language),
        proof=proof,
    )


def _title(entry: Entry) -> str:
    words = text_of_piece(entry.title) if entry.title_is_markup or (entry.title_is_markup is None and is_markup(entry.title)) else entry.title
    return encodable(" ".join(words.split()))


def _body(entry: Entry, name: str) -> tuple[str, tuple[Note, ...], tuple[Residue, ...]]:
    """The first text that holds words, and what the page door said of it."""
    for number, (words, kind) in enumerate(entry.bodies):
        notes: tuple[Note, ...] = ()
        residue: tuple[Residue, ...] = ()
        if not words.strip():
            continue
        if kind is False or (kind is None and not is_markup(words)):
            text = encodable(words.strip())
        else:
            page = page_of_piece(words, name)
            if isinstance(page, Fault):
                continue
            text = page.text
            notes, residue = page.notes, page.residue
        if text:
            thin = entry.summary_only or (_TEASER.search(text) is not None and len(text.split()) < _SHORT and number == len(entry.bodies) - 1)
            return text, (*notes, Note("summary", "the feed gives a summary alone; its page has the text")) if thin else notes, residue
    return "", (), ()


def _joined(title: str, body: str, residue: tuple[Residue, ...]) -> tuple[str, tuple[Residue, ...]]:
    """Headline and text as one text, as a page has them; the spans of the text moved with it."""
    if not title or not body or body.startswith(title):
        return body or title, residue
    head = f"{title}\n\n"
    moved = tuple(msgspec.structs.replace(r, span=(r.span[0] + len(head), r.span[1] + len(head))) for r in residue)
    return head + body, moved


def _day(dates: list[str]) -> tuple[datetime.date | None, str]:
    """The day of the first date that is one, and what to say of one that is none."""
    bad = ""
    for told in dates:
        try:
            return moment_day(told), ""
        except ValueError:
            bad = bad or told.strip()
    return None, f"{bad[:60]!r} is no date" if bad else ""


def moment_day(told: str) -> datetime.date:
    """The day of a moment as feeds and letters write it (RFC 3339, RFC 822), in its own zone; raises ValueError for what is none."""
    iso = _ISO.match(told)
    if iso:
        return reference_day(iso[1])
    try:
        return reference_day(email.utils.parsedate_to_datetime(told.strip()))
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(str(error)) from None


def _id(entry: Entry, stem: str, seen: set[str]) -> str:
    """The entry's own id where it is one for the whole world (an address, a tag), else one below the file's name."""
    own = encodable((entry.id or entry.link).strip())
    known = own if ":" in own else f"{stem}:{own}" if own else f"{stem}-{entry.number}"
    if known in seen:
        known = f"{known}#{entry.number}"
    seen.add(known)
    return known


def in_json(value: Any) -> msgspec.Raw:
    """A value as a foreign key of a report keeps it."""
    return msgspec.Raw(msgspec.json.encode(value))
