"""The lists of `wordlists.toml`, ready: what the rooms of `marsad.reading` know of words that no grammar tells.

    >>> "تل" in words("places.openers"), "restriction" in types("manner.of_not"), values("counts.by_noun")["جريح"]
    (True, True, 'wounded')

A list is asked for by its section and its name, once, when the module that uses it is imported. A name that the file has not is a KeyError.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from marsad.knowledge import compiled


def words(name: str) -> frozenset[str]:
    """The words of a list, folded."""
    found: frozenset[str] = _lists()["words"][name]
    return found


def types(name: str) -> tuple[str, ...]:
    """The types of events of a list, in its order."""
    found: tuple[str, ...] = _lists()["types"][name]
    return found


def values(name: str) -> dict[str, Any]:
    """A list that gives each of its words a value; Arabic words are folded, on either side."""
    found: dict[str, Any] = _lists()["values"][name]
    return found


@cache
def _lists() -> compiled.Tables:
    return compiled.word_lists()
