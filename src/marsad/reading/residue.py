"""Furniture of the page: share bars, headlines of other reports, tags, copyright lines. Marked, not deleted, and not read.

What intake marked, which saw the markup of the page, is not in the text any more (`apart`); here whole lines are marked for their words, by the rules
of `knowledge/residue.toml`.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lines import LONGEST, line_rules
from marsad.reading.document import Document

_LONG: Final = 26  # words: no headline of another report is longer


def mark_residue(document: Document) -> None:
    """Fill `document.silent` with the token ranges of furniture, whole lines only."""
    words, lines, rules = document.words, _lines(document), line_rules()
    last_number = len(lines) - 1
    opened = ""
    for number, (begin, end) in enumerate(lines):
        line = words.text[words.starts[begin] : words.ends[end - 1]]
        count = end - begin
        kind, opens = ("", False) if count > LONGEST else rules.kind(line, count)
        if kind:
            opened = kind if opens else ""
        elif opened and count <= _LONG and line[-1] not in ".،:" and number > last_number - 14:
            kind = opened
        else:
            opened = ""
        if kind:
            document.silent.append((begin, end, kind))


def _lines(document: Document) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    paragraph = -1
    for part in document.sentences:
        if part.paragraph == paragraph:
            lines[-1] = (lines[-1][0], part.end)
        else:
            lines.append((part.begin, part.end))
            paragraph = part.paragraph
    return lines
