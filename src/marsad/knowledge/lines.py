"""What a line of words is, where it is furniture of a page: the rules of `residue.toml`, ready for a look-up.

Both rooms that mark furniture ask here: intake for the lines of a page that its markup does not tell, reading for any text.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge import vocabulary as v

_SIGNS: Final = str.maketrans("", "", "()[]{}«»\"'“”*•·|–—-:.،؛!؟#>…⬇👇📌🔴")
_EDGES: Final = ' \t*•-–|[]()«»"“”#>'
_MORE: Final = 4  # words that a line may have beyond the most of its rule where it is a whole one
LONGEST: Final = 40
"""Words; no line of furniture is longer."""


class LineRules:
    """The rules of `residue.toml`, folded, as sets and tuples."""

    def __init__(self) -> None:
        self._whole: dict[str, tuple[str, bool, int]] = {}
        self._starts: dict[str, list[tuple[str, str, int, bool]]] = {}
        self._holds: list[tuple[str, str, int]] = []
        for rule in v.residue():
            for words in rule.whole:
                self._whole[_plain(words)] = (rule.kind, rule.opens, rule.most)
            for words in rule.starts:
                start = fold(words)
                self._starts.setdefault(start[:2], []).append((start, rule.kind, rule.most, rule.opens))
            self._holds += [(fold(words), rule.kind, rule.most) for words in rule.holds]

    def kind(self, line: str, count: int) -> tuple[str, bool]:
        """The kind of a line of `count` words, and whether the short lines behind it are of the same kind; an empty kind for a line of text."""
        if count > LONGEST:
            return "", False
        if count <= 14:
            found = self._whole.get(_plain(line))
            if found is not None and count <= found[2] + _MORE:
                return found[0], found[1]
        folded = fold(line).strip(_EDGES)
        for start, kind, most, opens in self._starts.get(folded[:2], ()):
            if count <= most and folded.startswith(start):
                return kind, opens
        for held, kind, most in self._holds:
            if count <= most and held in folded:
                return kind, False
        return "", False


@cache
def line_rules() -> LineRules:
    """The rules; raises `VocabularyError` where the file breaks its schema."""
    return LineRules()


def _plain(line: str) -> str:
    return " ".join(fold(line).translate(_SIGNS).split())
