"""Whether the address of a page spells a private person's name, in Arabic letters or in Latin ones.

    >>> spells("https://news.example/2018/05/khaled-al-ali-arrested", ["خالد العلي"])
    True

A name is spelled in Latin letters in many ways (Khaled, Khalid; al-Ali, Alali): what is compared are consonants, those that are written alike taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from marsad.arabic.letters import fold

_ALIKE: Final = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "j", "غ": "j", "گ": "j", "چ": "s", "خ": "k", "ك": "k", "ک": "k", "ق": "k", "د": "d", "ذ": "d",
    "ض": "d", "ظ": "d", "ز": "d", "ر": "r", "س": "s", "ص": "s", "ش": "s", "ف": "f", "ڤ": "f", "ل": "l", "م": "m", "ن": "n",
    "b": "b", "p": "b", "t": "t", "j": "j", "g": "j", "k": "k", "q": "k", "x": "k", "c": "k", "d": "d", "z": "d", "r": "r", "s": "s", "f": "f", "v": "f",
    "l": "l", "m": "m", "n": "n",
}  # fmt: skip
_LEAST: Final = 3  # consonants of a name that is known by itself; two such words side by side may have fewer


def words_of(address: str) -> str:
    """The words that an address, without its site, or an id spells, apart."""
    return re.sub(r"[-_/+.?=&%#\d:;,!]+", " ", unquote(re.sub(r"^\w+://[^/?#]*", "", address)))


def spells(address: str, names: Iterable[str]) -> bool:
    """Whether the words of an address, or of an id, are in Latin letters those of one of `names` (in Arabic ones)."""
    spelled = [skeleton(word) for word in re.findall(r"[a-z]{2,}", words_of(address).lower()) if word not in ("al", "el", "abd", "bin", "ben", "abu")]
    pairs = {a + b for a, b in pairwise(spelled)}
    return any(_spelled(name, set(spelled), pairs) for name in names)


def skeleton(word: str) -> str:
    """The consonants of a word in Arabic or Latin letters, doubled ones once: khaled and خالد are kld."""
    kept = "".join(_ALIKE.get(letter, "") for letter in fold(word.lower()).removeprefix("ال"))
    return re.sub(r"(.)\1+", r"\1", kept)


def _spelled(name: str, words: set[str], pairs: set[str]) -> bool:
    parts = [found for part in name.split() if (found := skeleton(part))]
    if any(a + b in pairs for a, b in pairwise(parts) if len(a + b) > _LEAST):
        return True
    return len(parts) == 1 and len(parts[0]) > _LEAST and parts[0] in words
