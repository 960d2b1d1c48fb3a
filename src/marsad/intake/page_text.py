"""Which pieces of a page are the report, which are furniture that stands in its text, which are no part of it.

The report is what stands in the box that a rule knows as the article's (several boxes, if each has a good share of the words); where no such box is
known, or most of the page's prose stands elsewhere, it is the run of prose with the most words: lines that are long or end as sentences do, and are not
links, with few other lines between them. Into the text come its heading, the report, and every piece in a box of furniture anywhere on the page, marked.
Lines without a known box are furniture for their words (`residue.toml`); what is left (menus, lists beside the report) is no part of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from marsad.intake.furniture import ARTICLE, Boxes, mark
from marsad.intake.page_cut import level
from marsad.intake.page_fold import fold
from marsad.intake.page_lines import Piece, pieces_of
from marsad.intake.page_origin import original_of
from marsad.knowledge.lines import LONGEST, line_rules
from marsad.model import Residue, Span

_ENDS: Final = '.،:؟!؛»"”…)'
_LINKED: Final = 0.6  # share of a line's characters beyond which it is a link
_FEW: Final = 8  # other lines that may stand between two of one run of prose
_SHARE: Final = 0.25  # of the words of the largest box of the article: a box with fewer is another's
_YEAR: Final = re.compile("(?:19|20|١٩|٢٠)[0-9٠-٩]{2}")
_SMALL: Final = frozenset(("byline", "caption", "credit", "tags", "share", "button", "ad", "breadcrumb", "newsletter", "cookie"))
"""Kinds of boxes that hold few words; one that holds most of the page's prose was named for something else."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, its furniture, and how much of the page's prose it holds.

    `words`: of the report itself; `left`: of prose without a box that is no part of it; `heading`: the title as it stands in the text; `is_list`: the
    page lists reports and tells none; `byline`: the lines that tell who and when; `body`: spans of the report itself, in order.
    """

    text: str
    residue: tuple[Residue, ...]
    words: int
    left: int
    heading: str | None
    is_list: bool
    byline: tuple[str, ...]
    body: tuple[Span, ...]


def text_of(page: bytes, titles: tuple[str, ...], *, leave_out: bool = True) -> PageText:
    """The text of a page in UTF-8; `titles`: what its metadata give as its title, the most trusted first.

    `leave_out`: boxes that are named as menus and sidebars are no part of it; without it they may hold the report.
    """
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    folded = fold(page, leave_out=leave_out)
    tree = HTMLTree.parse_from_bytes(level(folded.markup), "utf-8", "replace")
    boxes = Boxes(folded.kinds, folded.is_)
    held = folded.texts
    if not folded.whole:
        mark(tree, folded.markup, boxes, leave_out=leave_out)
    reduced = extract_plain_text(tree, preserve_formatting="minimal_html", links=True, alt_texts=False)
    whole = {n for n, is_ in enumerate(boxes.is_) if is_ == "furniture"}
    bodies = {n for n, is_ in enumerate(boxes.is_) if is_ == "body"}
    made = _Page(pieces_of(reduced, whole, bodies, held), boxes, titles)
    if made.void:  # a box was named for something else than what is in it: its lines are told apart
        made = _Page(pieces_of(reduced, whole - made.void, bodies, held), boxes, titles)
    return made.read()


class _Page:
    """One page under reading: the kind of each piece, `None` where it is no part of the text, "" where it is the report."""

    def __init__(self, pieces: list[Piece], boxes: Boxes, titles: tuple[str, ...]) -> None:
        self.pieces = pieces
        self.titles = [" ".join(title.split()) for title in titles if title]
        self.names = boxes.kinds
        self.is_ = boxes.is_
        self.void: set[int] = set()
        self.furniture: list[str] = []
        self._of_boxes: dict[tuple[int, ...], str] = {}
        self._settle_boxes()

    def read(self) -> PageText:
        pieces = self.pieces
        self.prose = [not f and p.level == 0 and _is_prose(p) for f, p in zip(self.furniture, pieces, strict=True)]
        region = self._region()
        kinds: list[str | None] = [kind or None for kind in self.furniture]
        heading = self._heading(region)
        if heading is not None and region and region[0] <= heading < region[-1]:
            behind = range(heading + 1, region[-1] + 1)
            region = list(range(next((n for n in behind if self.prose[n]), behind[0]), region[-1] + 1))
        is_list = self._is_list(region)
        for n in region:
            if not self.furniture[n]:
                kinds[n] = self._kind_inside(n, is_list)
        if region:
            self._between(heading, region[0], kinds)
        if heading is not None:
            kinds[heading] = ""
            self._before(heading, kinds)
        self._opened(kinds, region)
        words = sum(p.words for p, kind in zip(pieces, kinds, strict=True) if kind == "")
        left = sum(p.words for p, kind, prose in zip(pieces, kinds, self.prose, strict=True) if prose and kind is None)
        byline = tuple(line for p, kind in zip(pieces, kinds, strict=True) if kind == "byline" for line in p.text.split("\n"))[:12]
        text, residue, body = _put_together(pieces, kinds)
        return PageText(text, residue, words, left, None if heading is None else pieces[heading].text, is_list, byline, body)

    # --- boxes

    def _settle_boxes(self) -> None:
        """Find the furniture each piece stands in; a box that holds the article, or more prose than its kind can, is none."""
        inside: dict[int, int] = {}
        prose = 0
        for piece in self.pieces:
            if piece.words >= 8 and piece.linked < _LINKED:
                prose += piece.words
                for box in piece.boxes:
                    inside[box] = inside.get(box, 0) + piece.words
        for box, words in inside.items():
            if self.names[box] in _SMALL and words > 60 and words > 0.3 * prose:
                self.void.add(box)
        bodies = {box: words for box, words in inside.items() if self.is_[box] == "body"}
        if bodies:
            main = max(bodies, key=lambda box: bodies[box])
            above = next((p.boxes[: p.boxes.index(main)] for p in self.pieces if main in p.boxes), ())
            if bodies[main] > 0.5 * prose:
                self.void.update(box for box in above if self.is_[box] == "furniture")
        self.furniture = [self._kind_of_boxes(p.boxes) if p.boxes else "" for p in self.pieces]

    def _kind_of_boxes(self, boxes: tuple[int, ...]) -> str:
        """The kind of the outermost box of furniture, or of the innermost where the outermost is only the foot of the page."""
        found = self._of_boxes.get(boxes)
        if found is None:
            kinds = [self.names[b] for b in boxes if self.is_[b] == "furniture" and b not in self.void]
            found = "" if not kinds else kinds[0] if kinds[0] != "footer" else kinds[-1]
            self._of_boxes[boxes] = found
        return found

    # --- where the report stands

    def _region(self) -> list[int]:
        """The numbers of the pieces from the first to the last of the report."""
        run = self._longest_run()
        held = self._held()
        if held:
            in_held = sum(self.pieces[n].words for n in held)
            in_run = sum(self.pieces[n].words for n in run if self.prose[n])
            if in_held >= 0.6 * in_run:
                return self._with_source(list(range(held[0], held[-1] + 1)))
        if run:
            return self._with_source(run)
        lines = [n for n, p in enumerate(self.pieces) if not self.furniture[n] and p.linked < _LINKED]  # a page of a few short lines
        return list(range(lines[0], lines[-1] + 1)) if lines else []

    def _with_source(self, run: list[int]) -> list[int]:
        """The run with the line behind it that names the source, which is too short to be prose."""
        for n in range(run[-1] + 1, min(run[-1] + 3, len(self.pieces))):
            piece = self.pieces[n]
            if not self.furniture[n] and piece.linked < _LINKED and piece.words <= 8 and original_of((piece.text,), (), None):
                return list(range(run[0], n + 1))
        return run

    def _held(self) -> list[int]:
        """The pieces in boxes of the article that have a good share of its words; else in the one `article` of the page that has prose."""
        for wanted in ("body", ARTICLE):
            words: dict[int, int] = {}
            members: dict[int, list[int]] = {}
            for n, piece in enumerate(self.pieces):
                if self.furniture[n]:
                    continue
                box = next((b for b in piece.boxes if self.is_[b] == wanted), None)
                if box is not None:
                    words[box] = words.get(box, 0) + (piece.words if piece.linked < _LINKED else 0)
                    members.setdefault(box, []).append(n)
            if not words:
                continue
            if wanted == ARTICLE:
                return self._prose_of_articles(words, members)
            least = _SHARE * max(words.values())
            several = len(words) > 1 and sum(w for w in words.values() if w >= least) < 0.7 * sum(words.values())
            chosen = sorted(n for box, w in words.items() if several or w >= least for n in members[box])
            if any(self.prose[n] for n in chosen):
                return chosen
        return []

    def _prose_of_articles(self, words: dict[int, int], members: dict[int, list[int]]) -> list[int]:
        """From the first prose to the last of the `article`s with words; none where they are as short as the cards of a list."""
        least = _SHARE * max(words.values())
        chosen = sorted(n for box, w in words.items() if w >= least for n in members[box])
        prose = [n for n in chosen if self.prose[n]]
        return [n for n in chosen if prose[0] <= n <= prose[-1]] if prose else []

    def _longest_run(self) -> list[int]:
        """The run of prose with the most words."""
        best, most = (0, -1), 0
        first = last = -1
        words = between = 0
        for n, is_prose in enumerate(self.prose):
            if not is_prose:
                between += not self.furniture[n]
                continue
            if first < 0 or between > _FEW:
                first, words = n, 0
            last = n
            between = 0
            words += self.pieces[n].words
            if words > most:
                best, most = (first, last), words
        return list(range(best[0], best[1] + 1)) if most else []

    def _heading(self, region: list[int]) -> int | None:
        """The piece that is the title: a heading of the first level or a line that says what the metadata say, before the report or at its head."""
        until = region[min(2, len(region) - 1)] if region else len(self.pieces) - 1
        found = None
        for n in range(until, -1, -1):
            piece = self.pieces[n]
            if self.furniture[n] or piece.words < 2:
                continue
            if any(_same(piece.text, title) for title in self.titles):
                return n
            if found is None and piece.level == 1:
                found = n
        if found is None and region:
            near = range(region[0], max(-1, region[0] - 12), -1)
            found = next((n for n in near if self.pieces[n].level == 2 and not self.furniture[n] and self.pieces[n].linked < _LINKED), None)
        return found

    def _is_list(self, region: list[int]) -> bool:
        """Whether the page lists reports: headlines that are links stand between its lines of prose."""
        headlines = sum(1 for n in region if self.pieces[n].level and self.pieces[n].linked >= _LINKED and not self.furniture[n])
        prose = sum(1 for n in region if self.prose[n])
        return headlines >= 3 and headlines >= 0.5 * prose

    # --- kinds

    def _kind_inside(self, n: int, is_list: bool) -> str:
        """The kind of a piece between the first and the last of the report; "" for the report itself."""
        piece = self.pieces[n]
        if piece.words <= LONGEST and not (self.prose[n] and piece.words > 14 and piece.linked < _LINKED):
            kind, _ = line_rules().kind(piece.text, piece.words)
            if kind:
                return kind
        if piece.linked >= _LINKED and piece.words >= 3 and not is_list and piece.gap:
            return "related"
        return ""

    def _between(self, heading: int | None, first: int, kinds: list[str | None]) -> None:
        """What stands between the title and the report: a line below the title is text, short lines tell who and when."""
        if heading is None or not 0 <= first - heading <= 30:
            return
        for n in range(heading + 1, first):
            if kinds[n] is not None:
                continue
            piece = self.pieces[n]
            kind, _ = line_rules().kind(piece.text, piece.words)
            if kind:
                kinds[n] = kind
            elif piece.linked < _LINKED and piece.words >= 6 and not _YEAR.search(piece.text):
                kinds[n] = ""
            elif piece.linked < _LINKED:
                kinds[n] = "byline"

    def _before(self, heading: int, kinds: list[str | None]) -> None:
        """Words just above the title that are furniture (the name of a tracker)."""
        for n in range(max(0, heading - _FEW), heading):
            piece = self.pieces[n]
            if kinds[n] is None and piece.words <= 3:
                kinds[n] = line_rules().kind(piece.text, piece.words)[0] or None

    def _opened(self, kinds: list[str | None], region: list[int]) -> None:
        """Lines behind the report that are furniture for their words, and the headlines below such a line; and those inside it."""
        rules = line_rules()
        opened = ""
        last = region[-1] if region else -1
        for n in range(region[0] if region else 0, len(self.pieces)):
            piece, kind = self.pieces[n], kinds[n]
            if kind and piece.words <= 6 and n <= last:
                found, opens = rules.kind(piece.text, piece.words)
                opened = found if opens and found == kind else ""
            elif kind is None and n > last:
                if piece.words <= LONGEST:
                    found, opens = _of_cells(piece.text) if "\t" in piece.text else rules.kind(piece.text, piece.words)
                    if found:
                        kinds[n], opened = found, found if opens else ""
                        continue
                if opened and (piece.linked >= _LINKED or (piece.words <= 4 and piece.linked > 0)):
                    kinds[n] = opened
                elif opened and not piece.boxes and piece.words < 4:
                    continue
                else:
                    opened = ""
            elif kind == "" and opened and piece.words <= 26 and piece.text[-1] not in _ENDS and piece.linked >= _LINKED:
                kinds[n] = opened
            elif kind == "":
                opened = ""


def _is_prose(piece: Piece) -> bool:
    return piece.linked < _LINKED and (piece.words >= 10 or (piece.words >= 4 and piece.text[-1] in _ENDS))


def _of_cells(line: str) -> tuple[str, bool]:
    """The kind of a row of a table: that of its cells, where one of them has one and none is long."""
    cells = [cell for cell in line.split("\t") if cell.strip()]
    kinds = [line_rules().kind(cell, len(cell.split()))[0] for cell in cells]
    return (max(kinds), False) if all(len(cell.split()) <= 6 for cell in cells) else ("", False)


def _same(line: str, title: str) -> bool:
    """Whether a line is the title, or the title with the name of the outlet behind it."""
    line = " ".join(line.split())
    if line == title:
        return True
    return len(line) >= 20 and title.startswith(line) and title[len(line) : len(line) + 3].strip()[:1] in tuple("|-–—»:•")


def _put_together(pieces: list[Piece], kinds: list[str | None]) -> tuple[str, tuple[Residue, ...], tuple[Span, ...]]:
    """The text of the pieces that have a kind, the spans of those that are furniture, and of those that are the report."""
    parts: list[str] = []
    residue: list[tuple[int, int, str]] = []
    body: list[Span] = []
    length = 0
    gap = 2
    for piece, kind in zip(pieces, kinds, strict=True):
        gap = max(gap, piece.gap)
        if kind is None:
            continue
        if parts:
            between = " " if gap == 0 else "\n" * gap
            parts.append(between)
            length += len(between)
        begin, length = length, length + len(piece.text)
        parts.append(piece.text)
        gap = 0
        if kind == "":
            body.append((begin, length))
        elif residue and residue[-1][2] == kind and not _body_since(body, residue[-1][1]):
            residue[-1] = (residue[-1][0], length, kind)
        else:
            residue.append((begin, length, kind))
    return "".join(parts), tuple(Residue((b, e), kind) for b, e, kind in residue), tuple(body)


def _body_since(body: list[Span], end: int) -> bool:
    """Whether a piece of the report stands behind `end`."""
    return bool(body) and body[-1][0] >= end
