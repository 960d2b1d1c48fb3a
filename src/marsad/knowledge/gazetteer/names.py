"""The forms of a place name by which it is found: two spellings of one name have one loose form.

>>> keys("دير الزور"), keys("ديرالزور")
(('دير الزور', 'ديرزر'), ('ديرالزور', 'ديرزر'))
>>> loose("كادقلي") == loose("كادوقلي"), loose("كابل") == loose("كابول"), loose("Deir ez-Zor") == loose("Dayr az Zawr")
(True, True, True)

Three forms, each coarser than the one before:

    strict   letters folded (hamza, ة/ه, ى/ي; capitals, diacritics), marks gone, words apart      a name found by it matched exactly
    close    without articles, spaces, hamza; بو for أبو; one vowel at the end                     … closely
    loose    without long vowels inside (كابل, كابول), doubled letters, variants of transliteration   … loosely

The table of the gazetteer is keyed by the loose form; the others grade what was found. A name of another script than Arabic or Latin has none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from marsad.arabic.letters import fold

_LATIN: Final = str.maketrans(
    {
        **dict.fromkeys("'’‘`´ʻʼʽʾʿˈˊˋ′ʹ\"“”", None),
        **dict.fromkeys("-–—_./,()[]&", " "),
        "ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a", "ɵ": "o",
    }
)  # fmt: skip
_ARABIC_MARKS: Final = str.maketrans({**dict.fromkeys("\"“”«»()[]'’‘،؛:!؟*", None), **dict.fromkeys("-–—ـ./,ء", " "), "ء": None})
_ARTICLES: Final = frozenset("al el ad ar as ash at az an ath adh ed er es esh et ez en the de la".split())
_ARABIC: Final = re.compile("[\u0620-\u06ff\ufb50-\ufefc]")
_LETTER: Final = re.compile("[a-z0-9]")
_MOST: Final = 200  # letters of a name beyond which it is none


def keys(name: str) -> tuple[str, str] | None:
    """The strict and the loose form of `name`; None where it has no letter of a script that is known here."""
    if not name or len(name) > _MOST:
        return None
    if name.isascii():
        form = " ".join(name.translate(_LATIN).lower().split())
        return (form, _loose_latin(form)) if _LETTER.search(form) else None
    if _ARABIC.search(name):
        form = _strict_arabic(name)
        return (form, _loose_arabic(form)) if form else None
    form = _strict_latin(name)
    return (form, _loose_latin(form)) if _LETTER.search(form) else None


@lru_cache(4096)
def strict(name: str) -> str:
    """The strict form, or nothing."""
    found = keys(name)
    return found[0] if found else ""


@lru_cache(4096)
def loose(name: str) -> str:
    """The loose form, or nothing."""
    found = keys(name)
    return found[1] if found else ""


@lru_cache(16384)
def close(name: str) -> str:
    """The close form, or nothing."""
    form = strict(name)
    return _close_arabic(form) if form and not form.isascii() else _close_latin(form)


def is_arabic(name: str) -> bool:
    """Whether the name is written in Arabic letters."""
    return not name.isascii() and _ARABIC.search(name) is not None


# -- Arabic

_GLUED: Final = re.compile("^(تل|ام|بو|بن|ذو|عبد|دير|راس|عين|باب|بيت)ال(?=..)|(?<=...)ال(?=...)")
_VOWELS: Final = re.compile("(?<=.)[اوي](?=.)")
_DOUBLED: Final = re.compile(r"([^\d])\1+")


def _strict_arabic(name: str) -> str:
    return " ".join(fold(name).translate(_ARABIC_MARKS).split()).lower()


def _close_arabic(form: str) -> str:
    words = []
    for word in form.split():
        if word.startswith("ال") and len(word) > 3:
            word = word[2:]
            if word.startswith("ال") and len(word) > 4:
                word = word[2:]
        elif len(word) >= 5 and "ال" in word:
            word = _GLUED.sub(lambda m: m[1] or "", word)
        if word.startswith(("ابو", "ابي", "ابا")) and (len(word) == 3 or len(word) > 4):
            word = "بو" + word[3:]
        elif word == "ابن":
            word = "بن"
        words.append(word)
    form = "".join(words)
    if len(form) > 2 and form[-1] == "ا":
        form = form[:-1] + "ه"
    return form


def _loose_arabic(form: str) -> str:
    form = _DOUBLED.sub(r"\1", _close_arabic(form).replace("ظ", "ض"))
    if len(form) > 4 and form[0] == "ا":
        form = form[1:]
    short = _VOWELS.sub("", form)
    return short if len(short) >= 3 else form


# -- Latin


def _strict_latin(name: str) -> str:
    kept = unicodedata.normalize("NFKD", name.translate(_LATIN)).casefold().encode("ascii", "ignore").decode()
    return "" if len(kept) * 2 < len(name) else " ".join(kept.split())  # most letters gone: another script


def _close_latin(form: str) -> str:
    words = form.split()
    if len(words) > 1:
        words = [w for w in words[:-1] if w not in _ARTICLES] + words[-1:]
    return "".join(words)


def _loose_latin(form: str) -> str:
    form = _close_latin(form) if " " in form else form
    if len(form) > 6 and form.startswith(("al", "el")):
        form = form[2:]
    if form.endswith(("ah", "eh")):
        form = form[:-2] + "a"
    for old, new in _SOUNDS:
        if old in form:
            form = form.replace(old, new)
    return _DOUBLED.sub(r"\1", form)


_SOUNDS: Final = (
    ("ch", "sh"), ("kh", "k"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("ph", "f"), ("dj", "j"), ("q", "k"), ("c", "k"),
    ("ou", "u"), ("ow", "u"), ("aw", "u"), ("au", "u"), ("o", "u"), ("w", "u"),
    ("ei", "i"), ("ey", "i"), ("ay", "i"), ("ai", "i"), ("y", "i"), ("e", "i"),
)  # fmt: skip
