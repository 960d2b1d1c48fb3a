"""The pieces of a page's text: lines, cut where a marked box begins or ends, with what the markup tells of each.

What comes in is the reduced markup that resiliparse gives (`minimal_html`: headings, paragraphs, lists, line breaks, links) with the marks of
`furniture`; what goes out is plain text in pieces, in the order of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Sequence
from typing import Final

from marsad.intake.furniture import FOLD, OPEN

_MARK: Final = re.compile("([\ufdd0\ufdd2\ufdd3])([0-9]{1,6})\ufdd1")
_TAG: Final = re.compile(r"<[^<>]*>")
_LINK: Final = re.compile(r'<a href="[^"].*?</a>')
_LINKS: Final = '<a href="'
_LONGEST_LINE: Final = 100_000  # characters
_DEEPEST: Final = 200  # boxes in each other that are told apart

Stack = tuple[int, ...]


class Piece:
    """A line, or a part of one between two marks.

    `boxes`: numbers of the boxes around it, the outermost first; `words`: how many; `linked`: share of its characters that are links, 0 to 1;
    `level`: of a heading, 1 to 6, else 0; `gap`: lines between it and the piece before (0: on the same line).
    """

    __slots__ = ("boxes", "gap", "level", "linked", "text", "words")

    def __init__(self, text: str, boxes: Stack, linked: float, level: int, gap: int) -> None:
        self.text = text
        self.boxes = boxes
        self.words = text.count(" ") + 1
        self.linked = linked
        self.level = level
        self.gap = gap


class _Place:
    """Where in the page the cutting is: the open boxes, whether a link is open, the lines since the last piece."""

    __slots__ = ("boxes", "gap", "in_link", "level")

    def __init__(self) -> None:
        self.boxes: Stack = ()
        self.in_link = False
        self.level = 0
        self.gap = 2


def pieces_of(reduced: str, whole: Container[int] = frozenset(), cut: Container[int] = frozenset(), folded: Sequence[str] = ()) -> list[Piece]:
    """The pieces of a page, none of them blank. The lines of a box in `whole` are one piece, unless one in `cut` stands around them too.

    `folded`: the words of the boxes that stand folded in the page.
    """
    pieces: list[Piece] = []
    at = _Place()
    parts = _MARK.split(reduced)
    _lines(parts[0], at, pieces)
    for n in range(1, len(parts), 3):
        number = int(parts[n + 1])
        if parts[n] == FOLD:
            if number < len(folded):
                piece = Piece(folded[number], (*at.boxes, number), 1.0, 0, at.gap)
                piece.words += folded[number].count("\n")
                pieces.append(piece)
                at.gap = 0
        elif parts[n] == OPEN:
            if len(at.boxes) < _DEEPEST:
                at.boxes = (*at.boxes, number)
        elif number in at.boxes:
            at.boxes = at.boxes[: at.boxes.index(number)]
        if any(box in whole for box in at.boxes) and not any(box in cut for box in at.boxes):
            _block(parts[n + 2], at, pieces)
        else:
            _lines(parts[n + 2], at, pieces)
    return pieces


def _block(block: str, at: _Place, pieces: list[Piece]) -> None:
    """One piece of the lines of a box that need not be told apart."""
    text = _TAG.sub("", block) if "<" in block else block
    if "&" in text:
        text = html.unescape(text)
    begins, ends = text[:1] == "\n", text[-1:] == "\n"
    text = _stripped(text) if "\n" in text else text.strip()
    if begins and not at.gap:
        at.gap = 1
    if not text:
        return
    words = text.count(" ") + text.count("\n")
    linked = 1.0 if 4 * block.count(_LINKS) >= words else 0.0
    piece = Piece(text, at.boxes, linked, 0, at.gap)
    piece.words = words + 1
    pieces.append(piece)
    at.gap = 1 if ends else 0


def _stripped(text: str) -> str:
    """The lines of `text` without spaces around them, one blank line at most between two."""
    text = "\n".join(map(str.strip, text.strip().split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _lines(part: str, at: _Place, pieces: list[Piece]) -> None:
    """A piece of each line of a part of the page that has no marks in it; the first goes on a line that was begun before."""
    if "\n" not in part:
        _piece(part, at, pieces)
        return
    first, *lines = part.split("\n")
    _piece(first, at, pieces)
    last = len(lines) - 1
    for n, line in enumerate(lines):
        at.level = 0
        if not line or line.isspace():
            at.gap = 2 if n < last else max(at.gap, 1)
            continue
        if not at.gap:
            at.gap = 1
        _piece(line, at, pieces)
        if line.endswith("<br><br>"):
            at.gap = 2


def _piece(part: str, at: _Place, pieces: list[Piece]) -> None:
    """Add the piece of a part of a line, if there are words in it."""
    if not part:
        return
    linked = 1.0 if at.in_link else 0.0
    text = part
    if "<" in part:
        heading = part.find("<h")
        if heading >= 0 and part[heading + 2 : heading + 3].isdigit():
            at.level = int(part[heading + 2])
        text = _TAG.sub("", part)
        if '<a href="">' in part:  # an anchor, or a link to nowhere: it may have no end
            part = part.replace('<a href="">', "")
        opened, closed = part.rfind(_LINKS), part.rfind("</a>")
        if opened >= 0 or closed >= 0:
            linked = _linked(part, text, at.in_link)
            at.in_link = opened > closed
    if "&" in text:
        text = html.unescape(text)
    text = text.strip()
    if text:
        pieces.append(Piece(text, at.boxes, linked, at.level, at.gap))
        at.gap = 0


def _linked(part: str, text: str, in_link: bool) -> float:
    """The share of a part that is links, of which the first may have begun before it and the last may go on behind it."""
    if len(part) > _LONGEST_LINE:  # whatever it is, it is no line of a report
        return 1.0 if 8 * part.count(_LINKS) >= text.count(" ") else 0.0
    if in_link:
        part = '<a href="#">' + part
    if part.rfind(_LINKS) > part.rfind("</a>"):
        part += "</a>"
    outside = len(_TAG.sub("", _LINK.sub("", part)).strip())
    return 1.0 - outside / max(len(text.strip()), 1)
