"""The shape of a sentence as a string of letters, so that what stands between two words can be asked at no cost.

Each sentence becomes a short string: one letter a token or a mention, prepositions and clitics with letters of their own,
adjectives and articles left out. The path between an event word and a mention is then a slice: in
«قصفت قوات النظام بالمدفعية بلدة كفرزيتا» the way from the verb to the place is `aBn`: the first noun phrase (a party), then بـ + noun.
The learned weights speak of such paths; `LETTERS` says what the letters mean.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import (
    ADJECTIVE,
    ADVERB,
    COMPLEMENT,
    CONJUNCTION,
    DEMONSTRATIVE,
    EVENT,
    FIGURE,
    NEGATION,
    NOUN,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    RELATIVE,
    VERB,
    Form,
)
from marsad.reading.document import Document

LETTERS: Final = {
    "a": "a party or person",
    "l": "a place",
    "d": "a date",
    "#": "a number",
    "T": "an event noun",
    "V": "an event verb",
    "s": "a verb of saying",
    "c": "a verb of consequence",
    "g": "a verb that carries an event noun",
    "t": "a verb of trying, failing, succeeding",
    "v": "another verb",
    "n": "a noun",
    "+": "and (clitic or word)",
    "B": "بـ",
    "L": "لـ",
    "K": "كـ",
    "f": "في",
    "o": "على",
    "m": "من",
    "e": "إلى، نحو، باتجاه",
    "r": "عن",
    "w": "مع",
    "b": "بين",
    "x": "ضد",
    "i": "إثر، جراء، بعد، خلال",
    "q": "بحسب، وفق",
    "p": "another preposition",
    "Y": "على يد، من قبل، من جانب",
    "R": "a relative",
    "Q": "أن، إن",
    "C": "another conjunction",
    "N": "a negation",
    ",": "a comma or the like",
    '"': "a quotation mark",
    "h": "a pronoun",
}

_PREPOSITIONS: Final = {
    "في": "f", "على": "o", "علي": "o", "من": "m", "الي": "e", "نحو": "e", "باتجاه": "e", "صوب": "e", "تجاه": "e",
    "عن": "r", "مع": "w", "بين": "b", "ضد": "x", "اثر": "i", "جراء": "i", "بعد": "i", "خلال": "i", "عقب": "i", "بسبب": "i",
    "نتيجه": "i", "اثناء": "i", "قبل": "i", "منذ": "i", "بحسب": "q", "حسب": "q", "وفق": "q", "وفقا": "q", "حتي": "e",
}  # fmt: skip
_CLITICS: Final = {"ب": "B", "ل": "L", "ك": "K", "س": ""}


class Shape:
    """The string of one sentence and where each of its tokens stands in it."""

    __slots__ = ("begin", "end", "letters", "position")

    def __init__(self, begin: int, end: int, letters: str, position: list[int]) -> None:
        self.begin = begin
        self.end = end
        self.letters = letters
        self.position = position  # token - begin → index of its own letter; position[-1] is the length

    def between(self, left: int, right: int) -> str:
        """The letters behind token `left` and in front of token `right`'s own letter, its clitics included."""
        position = self.position
        left, right, end = left - self.begin, right - self.begin, len(position) - 1
        return self.letters[position[left if left < end else end] + 1 : position[right if right < end else end]]

    def _at(self, token: int) -> int:
        """Where a token's own letter stands; a name that runs past its sentence ends with it."""
        at, end = token - self.begin, len(self.position) - 1
        return self.position[at if at < end else end]

    def before(self, token: int, count: int) -> str:
        """Up to `count` letters in front of a token, its clitics included."""
        at = self._at(token)
        return self.letters[at - count if at > count else 0 : at]

    def after(self, token: int, count: int) -> str:
        """Up to `count` letters behind a token."""
        at = self._at(token) + 1
        return self.letters[at : at + count]


def shape(document: Document, sentence: int, marks: dict[int, tuple[str, int]]) -> Shape:
    """The shape of a sentence. `marks`: first token of a mention, number, date or event word → (its letter, its last token)."""
    part = document.sentences[sentence]
    forms = document.forms
    letters: list[str] = []
    position: list[int] = []
    length = 0
    i = part.begin
    while i < part.end:
        mark = marks.get(i)
        form = forms[i]
        if mark is not None:
            own, last = mark
            clitics = _clitics(form)
            letters.append(clitics + own)
            length += len(clitics) + 1
            position.extend([length - 1] * (last - i + 1))
            if forms[last].enclitic:
                letters.append("h")
                length += 1
            i = last + 1
            continue
        own = _letter(form)
        if own:
            clitics = _clitics(form)
            letters.append(clitics + own)
            length += len(clitics) + len(own)
        position.append(length - 1)
        i += 1
    position.append(length)
    return Shape(part.begin, part.end, "".join(letters), position)


def _clitics(form: Form) -> str:
    plus = "+" if form.conjunction else ""
    return plus + _CLITICS[form.preposition] if form.preposition in _CLITICS and form.preposition else plus


def _letter(form: Form) -> str:
    pos = form.pos
    if pos & PUNCTUATION:
        if form.text in "،,؛:-–.":
            return ","
        return '"' if form.text in '"«»“”' else ""
    if pos & FIGURE:
        return "#"
    if pos & PREPOSITION and form.bare in _PREPOSITIONS:
        return _PREPOSITIONS[form.bare]
    if pos & RELATIVE and not pos & NOUN:
        return "R"
    if pos & COMPLEMENT:
        return "Q"
    if form.text == "و":
        return "+"
    if pos & PREPOSITION and not pos & EVENT:
        return "p"
    if pos & NEGATION:
        return "N"
    if pos & PRONOUN:
        return "h"
    if pos & CONJUNCTION:
        return "C"
    if pos & (DEMONSTRATIVE | PARTICLE | ADVERB) and not pos & (NOUN | VERB):
        return ""
    if pos & VERB and not (pos & NOUN and (form.article or form.preposition in ("ب", "ل", "ك"))):
        classes = form.verb[1] if form.verb else ""
        if not pos & NOUN or (form.verb is not None and classes != "-"):
            if "speech" in classes:
                return "s"
            if "cause" in classes:
                return "c"
            if "light" in classes or "begin" in classes:
                return "g"
            if "try" in classes or "intend" in classes:
                return "t"
            if not pos & NOUN:
                return "v"
    if pos & ADJECTIVE and not pos & NOUN:
        return ""
    return "n"
