"""Paragraphs and sentences of a tokenised text.

    >>> text = "هجوم في ليبيا.. قتلى\\n\\nقتل ثلاثة. وأصيب د. أحمد"
    >>> words = tokenise(text)
    >>> [text[words.starts[s.begin] : words.ends[s.end - 1]] for s in sentences(words)]
    ['هجوم في ليبيا.. قتلى', 'قتل ثلاثة.', 'وأصيب د. أحمد']

A sentence ends at a line break, at a full stop, a question or an exclamation mark; two dots (ليبيا.. معارك) are the colon of
headlines and end nothing, and neither does the dot of an initial, in front of one or of a figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.arabic.words import Words, tokenise

__all__ = ["Sentence", "sentences", "tokenise"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `begin` … `end` (excluded) and the number of the paragraph that they stand in."""

    begin: int
    end: int
    paragraph: int


_STOPS = frozenset(".!?؟۔…")
_LONG, _TOO_LONG = 120, 180
"""Tokens from which a sentence ends at the next comma, or anywhere: a list without a stop is no sentence, and what is asked of one must stay small."""


def sentences(words: Words) -> list[Sentence]:
    """The sentences of a text, in order; together they hold every token."""
    text, starts, ends, forms = words.text, words.starts, words.ends, words.forms
    count = len(forms)
    out: list[Sentence] = []
    begin = paragraph = 0
    newline = text.find("\n")
    for i in range(count):
        at_end = ends[i]
        following = starts[i + 1] if i + 1 < count else len(text)
        if newline >= 0 and newline < at_end:
            newline = text.find("\n", at_end)
        if newline >= 0 and newline < following:
            out.append(Sentence(begin, i + 1, paragraph))
            begin, paragraph = i + 1, paragraph + 1
            continue
        long = i - begin >= _LONG and (forms[i] in "،؛," or i - begin >= _TOO_LONG)
        if long or (forms[i] in _STOPS and _is_stop(text, forms, starts, i, count)):
            out.append(Sentence(begin, i + 1, paragraph))
            begin = i + 1
    if begin < count:
        out.append(Sentence(begin, count, paragraph))
    return out


def _is_stop(text: str, forms: list[str], starts: list[int], i: int, count: int) -> bool:
    if forms[i] != ".":
        return True
    if i + 1 < count and forms[i + 1] == "." and starts[i + 1] == starts[i] + 1:
        return False
    if i > 0 and forms[i - 1] == "." and starts[i - 1] == starts[i] - 1:
        return i > 1 and forms[i - 2] == "." and text[starts[i] + 1 : starts[i] + 3].strip() == ""
    if i + 2 < count and forms[i + 2] == "." and len(forms[i + 1]) == 1 and forms[i + 1].isalpha() and starts[i + 2] == starts[i + 1] + 1:
        return False  # خالد. ح. من دوما
    if i > 0 and len(forms[i - 1]) == 1 and forms[i - 1].isalpha():  # an initial, but not أ ف ب. and 1440 هـ. and 2018م.
        return i > 1 and (forms[i - 2][0].isdecimal() or (len(forms[i - 2]) == 1 and forms[i - 2].isalpha() and forms[i - 2] != "و"))
    return i + 1 >= count or not (forms[i + 1][0].isdecimal() and i > 0 and forms[i - 1][0].isdecimal() and starts[i + 1] == starts[i] + 1)
