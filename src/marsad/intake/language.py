"""The language of a text (ISO 639-1), by its letters; what is told of it decides between languages that share their letters."""

from __future__ import annotations

import re
from typing import Final

_LOOK: Final = 600  # characters
_ARABIC_SCRIPT: Final = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]+")
_LATIN: Final = re.compile("[A-Za-z]+")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")
_HEBREW: Final = re.compile("[\u05d0-\u05ea]+")
# letters that Arabic does not write, and the languages that do, the rarest letters first
_FOREIGN: Final = (
    ("ckb", "\u06ce\u06c6\u06d5\u0695\u06b5"),
    ("ur", "\u0679\u0688\u06d2\u06ba\u06be\u0691"),
    ("ps", "\u0681\u069a\u0693\u067c\u06d0"),
    ("fa", "\u067e\u0686\u0698\u06af\u06a9\u06cc"),
)
_SHARE: Final = 0.03  # of the letters, from which on it is no Arabic with a foreign name in it
_IN_ARABIC_SCRIPT: Final = frozenset(("ar", "fa", "ur", "ps", "ku", "ug", "sd"))
_TWO_LETTERS: Final = {"ckb": "ku", "ara": "ar", "arb": "ar", "eng": "en", "fas": "fa", "per": "fa"}


def language_of(text: str, told: str | None = None) -> str | None:
    """The language of `text`; `told`: what its page says (`ar-SY`, `en_US`), believed where the letters allow it. None where nothing is known."""
    said = re.split("[-_]", told.strip().lower())[0] if told else ""
    said = _TWO_LETTERS.get(said, said)
    said = said if len(said) == 2 and said.isalpha() else ""
    head = text[:_LOOK]
    arabic, latin = _letters(_ARABIC_SCRIPT, head), _letters(_LATIN, head)
    other = 0 if arabic > latin else _letters(_CYRILLIC, head) + _letters(_HEBREW, head)
    if arabic > max(latin, other):
        by_letters = _by_foreign_letters(head, arabic)
        return by_letters if said not in _IN_ARABIC_SCRIPT or (said == "ar") != (by_letters == "ar") else said
    if other > latin:
        return "he" if _HEBREW.search(head) and not _CYRILLIC.search(head) else (said if said in ("ru", "uk", "bg", "sr") else "ru")
    if not latin:
        return said or None
    return said if said and said not in _IN_ARABIC_SCRIPT else _by_letters(head)


def _letters(script: re.Pattern[str], head: str) -> int:
    return sum(map(len, script.findall(head)))


def _by_foreign_letters(head: str, letters: int) -> str:
    for language, foreign in _FOREIGN:
        if sum(map(head.count, foreign)) >= _SHARE * letters:
            return _TWO_LETTERS.get(language, language)
    return "ar"


def _by_letters(head: str) -> str | None:
    if len(head.split()) < 5:
        return None
    from resiliparse.parse.lang import detect_fast

    language, distance = detect_fast(head, langs=["en", "fr", "de", "tr", "es", "it"])
    return str(language) if distance < 1_200 else None
