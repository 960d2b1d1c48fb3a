"""A document as paragraphs → its reports: a bulletin is divided at its headings, an article with subheadings stays one report.

A document is a bulletin where at least two headings of one level have a text below them and next to nothing but a title, a day and a
number stands in front of the first: an article has its lead there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from marsad.arabic.dates import find
from marsad.intake.given import Given
from marsad.model import Note, Report, Residue, encodable, reference_day

_LEAD: Final = 30  # words in front of the first heading, from which a document is an article
_BODY: Final = 8  # words of a text below a heading
_NAMELESS: Final = 2  # words of a heading that names a part («خلفية», «ردود فعل») and no news
_HEAD_LINE: Final = 20  # words of a line of the head of a document
_HEAD_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `level`: of a heading, 1 the highest; None for text. `residue`: the kind of furniture that it is."""

    text: str
    level: int | None = None
    residue: str | None = None


@dataclass(slots=True)
class Section:
    """One report of a document: its heading, what stands below it, and the headings above it."""

    title: str | None
    paragraphs: list[Paragraph]
    above: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: its title, and the day of its properties."""

    title: str | None = None
    day: datetime.date | None = None
    notes: tuple[Note, ...] = ()


def reports_of(paragraphs: list[Paragraph], about: About, given: Given, content: bytes, extractor: str) -> Iterator[Report]:
    """The reports of a document, in order; none where it has no text."""
    found = [p for p in paragraphs if p.text.strip()]
    preamble, sections = divided(found)
    day, notes = _day(preamble or found, about)
    for number, section in enumerate(sections, 1):
        text, residue = _text(section.paragraphs)
        if not text.strip():
            continue
        own = _day_in([Paragraph(section.title)]) if section.title and len(sections) > 1 else None
        title = section.title or (None if len(sections) > 1 else about.title)
        yield Report(
            id=given.stem if len(sections) == 1 else f"{given.stem}-{number}",
            text=text,
            date=own or day,
            title=title,
            url=given.url,
            residue=residue,
            notes=(*about.notes, *(() if own else notes)),
            proof=given.proof(content, None if len(sections) == 1 else f"report {number}", extractor=extractor, encoding_from="format"),
        )


def divided(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Section]]:
    """What stands in front of the first report of a bulletin, and its reports; a document that is no bulletin is one report, with nothing in front."""
    level = _level(paragraphs)
    if level is None:
        first = next((p.text for p in paragraphs if p.level is not None), None)
        return [], [Section(" ".join(first.split()) if first else None, paragraphs)]
    sections: list[Section] = []
    preamble: list[Paragraph] = []
    above: dict[int, str] = {}
    for paragraph in paragraphs:
        if paragraph.level is not None and paragraph.level < level:
            above = {k: words for k, words in above.items() if k < paragraph.level}
            above[paragraph.level] = paragraph.text
            if not sections:
                preamble.append(paragraph)
        elif paragraph.level == level:
            sections.append(Section(" ".join(paragraph.text.split()), [paragraph], list(above.values())))
        elif sections:
            sections[-1].paragraphs.append(paragraph)
        else:
            preamble.append(paragraph)
    return preamble, sections


def _level(paragraphs: list[Paragraph]) -> int | None:
    """The level of headings at which a bulletin is divided: the deepest at which every report has a text of its own."""
    levels = sorted({p.level for p in paragraphs if p.level is not None}, reverse=True)
    return next((level for level in levels if _divides(paragraphs, level)), None)


def _divides(paragraphs: list[Paragraph], level: int) -> bool:
    lead = 0
    words: list[int] = []
    titles: list[str] = []
    loose = 0  # words below a higher heading and above the next one of this level
    outside = True
    for paragraph in paragraphs:
        if paragraph.residue:
            continue
        if paragraph.level == level:
            words.append(0)
            titles.append(paragraph.text)
            outside = False
        elif paragraph.level is not None and paragraph.level < level:
            outside = True
        elif not words:
            lead += len(paragraph.text.split())
        elif outside:
            loose += len(paragraph.text.split())
        else:
            words[-1] += len(paragraph.text.split())
    telling = sum(len(title.split()) > _NAMELESS for title in titles)
    return len(words) >= 2 and lead < _LEAD and loose < _LEAD and all(count >= _BODY for count in words) and telling * 2 > len(titles)


def _text(paragraphs: list[Paragraph]) -> tuple[str, tuple[Residue, ...]]:
    parts: list[str] = []
    residue: list[Residue] = []
    at = 0
    for paragraph in paragraphs:
        words = encodable(paragraph.text.strip())
        if paragraph.residue:
            residue.append(Residue((at, at + len(words)), paragraph.residue))
        parts.append(words)
        at += len(words) + 1
    return "\n".join(parts), tuple(residue)


def _day(head: list[Paragraph], about: About) -> tuple[datetime.date | None, tuple[Note, ...]]:
    """The day that the head of the document tells; else that of its properties, which is said."""
    told = _day_in(head[:_HEAD_LINES])
    if told is not None:
        return told, ()
    if about.day is None:
        return None, ()
    return about.day, (Note("day", "the day is that of the file's properties; the document tells none"),)


def _day_in(lines: list[Paragraph]) -> datetime.date | None:
    for line in lines:
        if len(line.text.split()) > _HEAD_LINE:
            return None
        for date in find(line.text, None):
            if date.precision == "day" and date.start is not None and date.start == date.end:
                try:
                    return reference_day(date.start)
                except ValueError:
                    continue
    return None
