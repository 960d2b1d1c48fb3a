"""Folding a token to its bare form; the text itself is never touched.

    >>> fold("الإنتِـشارُ")
    'الانتشار'
    >>> fold("ﻻجئة"), fold("کردستان"), fold("١٢")
    ('لاجيه', 'كردستان', '12')

What is folded: vowel signs, tatweel, zero-width and bidi controls go; hamza seats, ة/ه, ى/ي, Persian and other
letters that stand for an Arabic one, presentation forms and both sets of Arabic digits become one letter. Two
spellings that a reader takes for one word fold to one form. Source: Unicode 15, Arabic and Arabic Presentation
Forms blocks; Habash, Introduction to Arabic NLP, ch. 2.1 (orthographic variation).
"""

from __future__ import annotations

import re
import unicodedata

_REMOVED = "".join(
    [
        "ـ",  # tatweel
        "".join(map(chr, range(0x0610, 0x061B))),  # Quranic signs
        "".join(map(chr, range(0x064B, 0x0660))),  # vowel signs, shadda, sukun, hamza marks
        "ٰ",  # dagger alef
        "".join(map(chr, range(0x06D6, 0x06DD))) + "".join(map(chr, range(0x06DF, 0x06E5))) + "۪ۭۧۨ۫۬",
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c\u00ad",
    ]
)

_TABLE: dict[int, str | None] = {
    **{ord(c): None for c in _REMOVED},
    **{ord(a): b for a, b in zip("أإآٱٲٳٵ", "ااااااا", strict=True)},
    **{ord(a): b for a, b in zip("ىیېےۍئيٸ", "يييييييي", strict=True)},
    **{ord(a): b for a, b in zip("ةۃەہھۂۀۿ", "هههههههه", strict=True)},
    **{ord(a): b for a, b in zip("ؤۇۆۈۋوٶ", "ووووووو", strict=True)},
    **{ord(a): b for a, b in zip("کڪگݣڭك", "كككككك", strict=True)},
    **{ord(a): b for a, b in zip("پڤچژڨ", "بفجزق", strict=True)},
    **{ord(a): b for a, b in zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)},
    **{ord(a): b for a, b in zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)},
    ord("_"): " ",
}

INVISIBLE = frozenset(_REMOVED)
"""Characters that carry no letter: they are skipped when words are compared and never change a reading."""


_PRESENTED = re.compile("[\ufb50-\ufeff]")


def fold(token: str) -> str:
    """`token` in its bare form: letters as one spells them when one does not care."""
    if _PRESENTED.search(token):
        token = unicodedata.normalize("NFKC", token)
    return token.translate(_TABLE)


def is_arabic(char: str) -> bool:
    """Whether `char` is a letter of the Arabic script (presentation forms included)."""
    return "\u0620" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" or "\ufb50" <= char <= "\ufefc"
