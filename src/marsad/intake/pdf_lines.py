"""The glyphs of a PDF page → lines of text in the order in which one reads.

A PDF knows where a glyph stands, not what comes after it: Arabic is in it as shaped forms, in the order of the eye from left to right,
in the order of reading, or in both on one line, as the program liked. So the order is made anew from the places: the glyphs of a line
from right to left, and numbers and Latin words in it turned back (the inverse of the Unicode bidirectional algorithm, UAX #9, for lines
that are mostly Arabic; for others the reverse). Forms of presentation become letters (NFKC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

_GAP: Final = 0.17  # of the size of the letters: more is a space between words, on a page that tells no spaces
_WIDE: Final = 0.45  # … on a page that tells them
_NEAR: Final = 0.02  # … where one is told
_TOLD: Final = 0.05  # of the characters of a page are spaces, where it tells them
_COLUMN: Final = 1.6  # of the size: more between two parts of a line is a gutter between columns
_STRAY: Final = re.compile(r" (?=[.,:!،؛؟](?: |$))")  # a space in front of a point is one of the layout
_BASE: Final = 0.35  # of the size: how far the feet of letters of one line lie apart
_OPENING: Final = {")": "(", "]": "[", "}": "{", "»": "«", "›": "‹"}
_CLOSING: Final = {v: k for k, v in _OPENING.items()}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands: its number in the page, left and right edge, foot, size; `space`: it is a space."""

    number: int
    char: str
    left: float
    right: float
    foot: float
    size: float
    bold: bool = False
    origin: float | None = None  # where its glyph begins: the same for the letters of one ligature, and for a letter and its mark in one glyph

    @property
    def space(self) -> bool:
        return self.char.isspace() or self.char in "\u200b\ufeff\u0000"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, read. `left`, `right`: its edges; `foot`: where it stands on; `size`: of most of its letters."""

    text: str
    left: float
    right: float
    foot: float
    size: float
    bold: bool


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page in the order in which the page gives them."""
    found = [line_of(group, glyphs) for group in _grouped(glyphs)]
    return [line for line in found if line.text.strip()]


def _grouped(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand on one foot without a gutter between them."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.space or unicodedata.category(glyph.char) in ("Cc", "Co", "Cn"):
            continue
        if runs and abs(runs[-1][-1].foot - glyph.foot) <= _BASE * max(glyph.size, runs[-1][-1].size):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    rows: list[list[Glyph]] = []
    for run in runs:
        if rows and _one_row(rows[-1], run):
            rows[-1].extend(run)
        else:
            rows.append(run)
    return [part for row in rows for part in _apart(row)]


def _one_row(row: list[Glyph], run: list[Glyph]) -> bool:
    size = max(median(g.size for g in row), median(g.size for g in run))
    return abs(median(g.foot for g in row) - median(g.foot for g in run)) <= _BASE * size


def _apart(row: list[Glyph]) -> list[list[Glyph]]:
    """The parts of a row between gutters, those on the right first where it is Arabic."""
    size = median(g.size for g in row)
    ordered = sorted(row, key=lambda g: g.left)
    parts = [[ordered[0]]]
    edge = ordered[0].right
    for glyph in ordered[1:]:
        if glyph.left - edge > _COLUMN * size:
            parts.append([])
        parts[-1].append(glyph)
        edge = max(edge, glyph.right)
    return parts[::-1] if _is_arabic(row) else parts


def _is_arabic(glyphs: Iterable[Glyph]) -> bool:
    right = left = 0
    for glyph in glyphs:
        kind = unicodedata.bidirectional(glyph.char)
        right += kind in ("R", "AL")
        left += kind == "L"
    return right >= left and right > 0


def line_of(group: Sequence[Glyph], page: Sequence[Glyph] = ()) -> Line:
    """One line, its glyphs in the order of reading. `page`: all glyphs of it, of which the spaces tell where words end."""
    size = median(g.size for g in group)
    arabic = _is_arabic(group)
    spaces = {g.number for g in page if g.space}
    gap = _WIDE if len(spaces) > _TOLD * len(page) else _GAP
    clusters = _clusters(group, arabic)
    words: list[str] = []
    for place, cluster in enumerate(clusters):
        if place and _apart_from(clusters[place - 1], cluster, size, spaces, gap):
            words.append(" ")
        words.append(unicodedata.normalize("NFKC", "".join(g.char for g in cluster)) if _is_form(cluster) else "".join(g.char for g in cluster))
    text = _turned(words) if arabic else _turned(words, arabic=False)
    bold = sum(g.bold for g in group) * 2 > len(group)
    return Line(text, min(g.left for g in group), max(g.right for g in group), median(g.foot for g in group), size, bold)


def _is_form(cluster: Sequence[Glyph]) -> bool:
    return any("\ufb50" <= g.char <= "\ufdff" or "\ufe70" <= g.char <= "\ufefc" for g in cluster)


def _clusters(group: Sequence[Glyph], arabic: bool) -> list[list[Glyph]]:
    """Letters with their marks, and ligatures of several letters, in the order of the eye: from the right where the line is Arabic."""
    bases = [g for g in group if not unicodedata.combining(g.char)]
    marks = [g for g in group if unicodedata.combining(g.char)]
    if not bases:
        return [[g] for g in group]
    bases.sort(key=lambda g: (-(g.left + g.right) if arabic else g.left + g.right, g.number))
    clusters: list[list[Glyph]] = []
    for glyph in bases:
        if clusters and _one_ligature(clusters[-1][-1], glyph):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    for place, cluster in enumerate(clusters):
        if len(cluster) > 1 and cluster[0].char.isalpha():
            before = clusters[place - 1][0] if place else None
            after = clusters[place + 1][0] if place + 1 < len(clusters) else None
            cluster.sort(key=lambda g: g.number, reverse=_runs_back(before, cluster, after))
            if len(cluster) == 2 and cluster[1].char == "ل" and cluster[0].char in "اأإآٱ":
                cluster.reverse()  # one glyph of these two is lam-alef always, however the file spells it
    for mark in marks:
        middle = (mark.left + mark.right) / 2
        own = [c for c in clusters if mark.origin is not None and c[0].origin == mark.origin and c[0].char.isalpha()]
        min(own or clusters, key=lambda c: _far(c, middle)).append(mark)
    return clusters


def _far(cluster: Sequence[Glyph], middle: float) -> tuple[float, float]:
    """How far a place lies outside of the letters of a cluster, and from their middle."""
    left, right = min(g.left for g in cluster), max(g.right for g in cluster)
    return max(left - middle, middle - right, 0.0), abs((left + right) / 2 - middle)


def _one_ligature(one: Glyph, other: Glyph) -> bool:
    """Whether two letters are drawn by one glyph: they lie on one another."""
    if abs(one.number - other.number) != 1 or not (one.char.isalpha() and other.char.isalpha()):
        return False
    if one.origin is not None and other.origin is not None:
        return one.origin == other.origin
    return min(one.right, other.right) - max(one.left, other.left) > 0.6 * min(one.right - one.left, other.right - other.left)


def _runs_back(before: Glyph | None, cluster: Sequence[Glyph], after: Glyph | None) -> bool:
    """Whether the page counts the letters hereabouts against the order of reading."""
    first = min(g.number for g in cluster)
    if before is not None and abs(before.number - first) < 4:
        return before.number > first
    return after is not None and abs(after.number - first) < 4 and after.number < first


def _apart_from(one: Sequence[Glyph], other: Sequence[Glyph], size: float, spaces: set[int], wide: float) -> bool:
    """Whether a space stands between two clusters that follow one another on the line."""
    left, right = (one, other) if one[0].left < other[0].left else (other, one)
    gap = min(g.left for g in right) - max(g.right for g in left if not unicodedata.combining(g.char) or len(left) == 1)
    figures = left[-1].char.isdigit() and right[0].char.isdigit()  # a slim figure stands in as much room as a broad one
    quoted = any(g.char in _OPENING or g.char in _CLOSING or g.char in "\"'“”" for g in (left[0], right[0]))
    marked = any(unicodedata.combining(g.char) for g in one)  # the number of a mark says nothing of what comes after its letter
    if gap > max(_GAP if quoted or marked else wide, 2 * _GAP if figures else 0.0) * size:
        return True
    letters = [g.number for g in one if not unicodedata.combining(g.char)] or [g.number for g in one]
    first, last = sorted((letters[-1], other[0].number))
    told = last - first < 60 and any(number in spaces for number in range(first + 1, last))
    return told and gap > (_GAP if figures else _NEAR) * size


def _turned(clusters: list[str], *, arabic: bool = True) -> str:
    """The text of clusters that stand in the order of the eye (from the right where `arabic`): what runs the other way is turned back."""
    kinds = [_kind(cluster) for cluster in clusters]
    out: list[str] = []
    place = 0
    while place < len(clusters):
        end = _run_end(kinds, clusters, place, arabic)
        if end > place:
            out.extend(reversed(clusters[place:end]))
            place = end
        else:
            out.append(clusters[place])
            place += 1
    text = _STRAY.sub("", " ".join("".join(out).split()))
    return _brackets(text) if arabic or "R" in kinds else text


def _kind(cluster: str) -> str:
    """R: Arabic; L: Latin; N: a figure; C: a mark that joins figures; ?: anything else."""
    kind = unicodedata.bidirectional(cluster[0]) if cluster else ""
    if kind in ("R", "AL"):
        return "R"
    return {"L": "L", "EN": "N", "AN": "N", "CS": "C"}.get(kind, "?")


def _run_end(kinds: list[str], clusters: list[str], begin: int, arabic: bool) -> int:
    """The end of a run that begins here and is read against the line; `begin` where none does."""
    if not arabic:
        if kinds[begin] != "R":
            return begin
        last = begin
        for place in range(begin + 1, len(kinds)):
            if kinds[place] == "R":
                last = place
            elif kinds[place] == "L":
                break
        return last + 1
    if kinds[begin] not in ("L", "N"):
        return begin
    last = begin
    latin = kinds[begin] == "L"
    for place in range(begin + 1, len(kinds)):
        kind = kinds[place]
        if kind == "R" or clusters[place] in "؛،؟":
            break
        if kind == "L":
            if not latin and any(c == " " for c in clusters[last + 1 : place]):
                break  # a number beside a Latin word is read before it, in the order of the line
            latin, last = True, place
        elif kind == "N" and (latin or place == last + 1 or (place == last + 2 and kinds[last + 1] == "C")):
            last = place
        elif not latin and kind != "C":
            break
    return last + 1


def _brackets(text: str) -> str:
    """Brackets and quotation marks that open where a word begins and close where one ends; a page shows which way they look, not which they are.

    Where spaces lie on both sides or on none, the one that closes an open one closes, any other opens; a space inside of it is dropped.
    """
    out: list[str] = []
    depth: dict[str, int] = {}
    for place, char in enumerate(text):
        if char == " " and out and out[-1] in _CLOSING and text[place - 1 : place] != " " and _tight(text, place):
            continue
        if char not in _OPENING and char not in _CLOSING:
            out.append(char)
            continue
        opening, closing = (_OPENING[char], char) if char in _OPENING else (char, _CLOSING[char])
        before, after = text[place - 1] if place else " ", text[place + 1] if place + 1 < len(text) else " "
        begins = before.isspace() or before in _OPENING or before in _CLOSING
        ends = after.isspace() or after in ".,،؛:؟!" or after in _OPENING or after in _CLOSING
        opens = begins if begins != ends else not depth.get(opening)
        if opens:
            depth[opening] = depth.get(opening, 0) + 1
            out.append(opening)
        else:
            depth[opening] = max(0, depth.get(opening, 0) - 1)
            if begins and ends and out and out[-1] == " ":
                out.pop()
            out.append(closing)
    return "".join(out)


def _tight(text: str, place: int) -> bool:
    """Whether the space at `place` lies behind a bracket that has one in front too: then it stands inside of it."""
    return place < 2 or text[place - 2].isspace()
