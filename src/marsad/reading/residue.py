"""Furniture of the page: share bars, headlines of other reports, tags, copyright lines. Marked, not deleted, and not read.

The lines and their kinds are in `knowledge/residue.toml`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge import compiled
from marsad.reading.document import Document

_MARKS: Final = str.maketrans("", "", "()[]{}«»\"'“”*•·|–—-:.،؛!؟#>…⬇👇📌🔴")
_LONG: Final = 26  # words: no headline of another report is longer


class _Rules:
    """The rules of `residue.toml`, folded, as sets and tuples."""

    def __init__(self) -> None:
        self.whole: dict[str, tuple[str, bool, int]] = {}
        starts: list[tuple[str, str, int, bool]] = []
        self.holds: list[tuple[str, str, int]] = []
        for kind, opens, most, whole, begins, holds in compiled.tables()["residue"]:
            for words in whole:
                self.whole[_plain(words)] = (kind, opens, most)
            starts += [(fold(words), kind, most, opens) for words in begins]
            self.holds += [(fold(words), kind, most) for words in holds]
        self.starts: dict[str, list[tuple[str, str, int, bool]]] = {}
        for rule in starts:
            self.starts.setdefault(rule[0][:2], []).append(rule)


@cache
def _rules() -> _Rules:
    return _Rules()


def _plain(line: str) -> str:
    return " ".join(fold(line).translate(_MARKS).split())


def mark_residue(document: Document) -> None:
    """Fill `document.silent` with the token ranges of furniture, whole lines only."""
    words, lines = document.words, _lines(document)
    last_number = len(lines) - 1
    opened = ""
    for number, (begin, end) in enumerate(lines):
        line = words.text[words.starts[begin] : words.ends[end - 1]]
        count = end - begin
        kind, opens = ("", False) if count > 40 else _kind(line, count)
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


def _kind(line: str, count: int) -> tuple[str, bool]:
    rules = _rules()
    if count <= 14:
        found = rules.whole.get(_plain(line))
        if found is not None and count <= found[2] + 4:
            return found[0], found[1]
    folded = fold(line).strip(' \t*•-–|[]()«»"“”#>')
    for start, kind, most, opens in rules.starts.get(folded[:2], ()):
        if count <= most and folded.startswith(start):
            return kind, opens
    for held, kind, most in rules.holds:
        if count <= most and held in folded:
            return kind, False
    return "", False
