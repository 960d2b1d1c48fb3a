"""What the boxes of a page are, by their class, id, element, role: `furniture.toml`, checked and made ready for a look-up.

>>> furniture().of_token("td-post-sharing-top").kind
'share'
>>> furniture().of_token("has-share-buttons") is None
True
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

import msgspec

from marsad.knowledge import vocabulary as v

_WORD: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:[0-9][a-z]+)*|[A-Z]+|[\u0621-\u064a]+")
_LONGEST: Final = 120  # characters of a class or an id that are looked at


class BoxRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[box]]` of `furniture.toml`; its head explains the keys."""

    kind: str
    is_: Literal["furniture", "outside", "body"] = msgspec.field(name="is", default="furniture")
    words: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    example: tuple[str, ...] = ()
    not_: tuple[str, ...] = msgspec.field(name="not", default=())


class WallRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[wall]]`: a page that stands in front of the report. `own`: a page with so many words of its own is the wall by those alone, and not by what
    stands in its boxes (0: by all of them)."""

    says: str
    any_: tuple[str, ...] = msgspec.field(name="any")
    most: int
    and_: tuple[str, ...] = msgspec.field(name="and", default=())
    field: str | None = None
    own: int = 0
    example: str = ""
    not_: str = msgspec.field(name="not", default="")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: tuple[str, ...]
    box: tuple[BoxRule, ...]
    wall: tuple[WallRule, ...]


class Furniture:
    """The rules, ready: `rules` in their order (the smaller the number, the more it counts), and tables that find one."""

    def __init__(self, file: _File) -> None:
        self.rules: tuple[BoxRule, ...] = file.box
        self.walls: tuple[WallRule, ...] = file.wall
        self.elements: dict[str, int] = {name: n for n, rule in reversed(list(enumerate(file.box))) for name in rule.elements}
        self.where: dict[str, int] = {name: n for n, rule in reversed(list(enumerate(file.box))) for name in rule.where}
        self._state = frozenset(file.state)
        self._tokens = {token: n for n, rule in reversed(list(enumerate(file.box))) for token in rule.tokens}
        self._phrases: dict[str, list[tuple[int, tuple[str, ...], frozenset[str]]]] = {}
        for n, rule in enumerate(file.box):
            for phrase in map(str.split, rule.words):
                self._phrases.setdefault(phrase[0], []).append((n, tuple(phrase), frozenset(rule.unless)))
        self._found: dict[str, int] = {}

    def of_token(self, token: str) -> BoxRule | None:
        """The rule of one token of a class or an id."""
        number = self.number(token)
        return None if number < 0 else self.rules[number]

    def number(self, token: str) -> int:
        """The number of that rule; -1: none. What was found is remembered: a site has the same tokens on all its pages."""
        found = self._found.get(token)
        if found is None:
            found = self._look_up(token[:_LONGEST])
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[token] = found
        return found

    def _look_up(self, token: str) -> int:
        best = self._tokens.get(token, len(self.rules))
        words = [word.lower() for word in _WORD.findall(token)]
        if not words:
            return -1 if best == len(self.rules) else best
        in_state = words[0] in self._state
        for at, word in enumerate(words[:1] if in_state else words):
            for number, phrase, unless in self._phrases.get(word, ()):
                if number < best and tuple(words[at : at + len(phrase)]) == phrase and unless.isdisjoint(words):
                    best = number
        return -1 if best == len(self.rules) else best


@cache
def furniture() -> Furniture:
    """The rules of `furniture.toml`; raises `VocabularyError` where the file breaks its schema."""
    name = "furniture.toml"
    text = (v.folder() / name).read_text("utf-8")
    return Furniture(v.checked(v.parsed(text, name), _File, name, lambda key: v.line_of_key(text, 0, key)))
