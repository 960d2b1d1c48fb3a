"""Sections of a report that goes by countries («مالي» as a line of its own, «النيجر: قتل ثلاثة …») or by days («السبت 6 تموز»).

What has no nationality in a section, as «الدرك» and «وزير الدفاع», is of the country in its heading; what has no day of its own is of the day in its heading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from marsad.arabic.dates import Date
from marsad.knowledge.lexicon import FIGURE, PUNCTUATION
from marsad.reading.document import Document

_BEHIND: Final = frozenset((":", "|"))


def find_sections(document: Document, countries: Iterable[tuple[int, int, str]]) -> None:
    """Fill `document.sections` from the (first token, last token, country) of all countries that are named; one heading alone divides nothing."""
    found = [(first, country) for first, last, country in countries if _is_heading(document, first, last)]
    if len({country for _, country in found}) > 1:
        document.sections = found


def _is_heading(document: Document, first: int, last: int) -> bool:
    """Whether a name is all of its line, or opens it with a colon behind it: «مالي», «2- مالي:», «مالي: قتل ثلاثة»; not the dateline «تونس – »."""
    forms, part = document.forms, document.sentences[document.sentence_of[first]]
    if forms[first].preposition or (forms[first].conjunction and not forms[first].whole_name):
        return False
    ahead = range(part.begin, first)
    if len(ahead) > _AHEAD or not all(forms[k].pos & (PUNCTUATION | FIGURE) for k in ahead):
        return False
    number = document.sentence_of[first]
    begins = not number or document.sentences[number - 1].paragraph != part.paragraph
    alone = all(forms[k].pos & PUNCTUATION for k in range(last + 1, part.end)) and _ends_paragraph(document, number)
    return begins and (alone or forms[last + 1].text in _BEHIND)


def _ends_paragraph(document: Document, number: int) -> bool:
    parts = document.sentences
    return number + 1 >= len(parts) or parts[number + 1].paragraph != parts[number].paragraph


def section_country(document: Document, token: int) -> str:
    """The country of the section in which a token stands; empty in front of the first and where there are none."""
    k = bisect_right(document.sections, token, key=lambda section: section[0])
    return document.sections[k - 1][1] if k else ""


def days_of(document: Document) -> list[tuple[int, Date]]:
    """The days that are headings of a log of days, each all of its paragraph, by the number of their sentence; one heading alone divides nothing."""
    forms, out = document.forms, []
    for date in document.dates:
        number = document.sentence_of[date.first]
        part = document.sentences[number]
        rest = (*range(part.begin, date.first), *range(date.last + 1, part.end))
        begins = not number or document.sentences[number - 1].paragraph != part.paragraph
        if date.precision == "day" and begins and _ends_paragraph(document, number) and all(forms[k].pos & PUNCTUATION for k in rest):
            out.append((number, date))
    return out if len(out) > 1 else []


_AHEAD: Final = 3  # tokens: the number of a heading and its marks
