"""The second opinion: trafilatura, where the text that was found first is thin (few words on a large page) or torn (the page tells of more).

It is six times as slow and is not imported before it is needed. It wins where it finds more of the report and not less.
"""

from __future__ import annotations

import re
from typing import Final

from marsad.intake.metadata import Head
from marsad.intake.page_text import PageText
from marsad.knowledge.lines import LONGEST, line_rules
from marsad.model import Residue

THIN: Final = 25  # words
_LARGE: Final = 2_500  # bytes of markup without scripts: a smaller page may have as few words
_TORN: Final = 1.6  # times as many words as were found
_FEW: Final = 60  # words that are too few to call a text torn for
_LONGEST: Final = 1_000_000  # bytes that it is given
_MOST_TAGS: Final = 20_000
_MUCH_NESTED: Final = re.compile(rb"(?:<(?:div|span|b|i|font|table|td|ul|li)[^>]{0,60}>\s*){200}")


def second_opinion(page: PageText, plain: bytes, markup: bytes, head: Head) -> PageText | None:
    """A better text for a doubtful page, None where there is none. `plain`: the markup without scripts. Raises ImportError where trafilatura is missing."""
    if len(markup) > _LONGEST or markup.count(b"<") > _MOST_TAGS or _MUCH_NESTED.search(plain):
        return None
    text = _asked(markup)
    words = len(text.split())
    first = " ".join(page.text[begin:end] for begin, end in page.body)
    if words < THIN or words < 1.3 * page.words or page.is_list:
        return None
    if page.words >= _FEW and not _holds(text, first):
        return None
    return _page_of(text, head, page)


def is_doubtful(page: PageText, plain: bytes, head: Head) -> bool:
    """Whether the text of a page is thin or torn."""
    if page.words < THIN:
        return len(plain) > _LARGE
    told = head.words_told
    return (told > _FEW and told > _TORN * page.words) or (page.left > _FEW and page.left > page.words)


def _asked(markup: bytes) -> str:
    """What trafilatura finds; nothing where it fails, as it may on markup that is badly broken."""
    import trafilatura

    try:
        return trafilatura.extract(markup.decode("utf-8", "replace"), include_comments=False, include_tables=True, deduplicate=False) or ""
    except Exception:  # a library that is asked for its opinion must not end the reading of a page
        return ""


def _holds(text: str, first: str) -> bool:
    """Whether most of the words in a row of `first` are in `text` too."""
    words = first.split()
    parts = [" ".join(words[at : at + 4]) for at in range(0, len(words) - 3, 4)]
    joined = " ".join(text.split())
    return sum(part in joined for part in parts) >= 0.6 * max(len(parts), 1)


def _page_of(text: str, head: Head, page: PageText) -> PageText:
    """The page with the text that trafilatura found; its lines that are furniture for their words are marked."""
    heading = page.heading or next((title for title in head.titles if title in text), None)
    if heading and heading not in text:
        text = f"{heading}\n\n{text}"
    residue: list[Residue] = []
    body: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        count = len(line.split())
        kind = line_rules().kind(line, count)[0] if 0 < count <= LONGEST else ""
        if kind:
            residue.append(Residue((at, at + len(line)), kind))
        elif count:
            body.append((at, at + len(line)))
        at += len(line) + 1
    words = sum(len(text[begin:end].split()) for begin, end in body)
    return PageText(text, tuple(residue), words, 0, heading, False, page.byline, tuple(body))
