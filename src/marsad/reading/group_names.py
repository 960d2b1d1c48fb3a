"""Names of groups that are phrases: what they are called after (كتيبة شهداء بدر, جبهة تحرير أورومو), where they are at home (كتائب غريان), whose men they are
(قوات القذافي).
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, FIGURE, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document
from marsad.reading.party_names import KUNYA, name_after

_CALLED_AFTER: Final = words("parties.called_after")
_OF_PLACES: Final = words("parties.of_places")
_RULES: Final = words("parties.rules")
_BACKED: Final = words("parties.backed")
_LONGEST: Final = 3  # words behind the first of what a group is called after


def phrase_after(document: Document, i: int, taken: set[int]) -> int:
    """The last token of what names the group at token `i`; `i` if nothing does."""
    forms = document.forms
    head, k = forms[i], i + 1
    if head.article or head.enclitic or k >= len(forms) or document.sentence_of[k] != document.sentence_of[i]:
        return i
    form = forms[k]
    if form.conjunction or form.preposition or k in document.party_ends or head.stem in _RULES:
        return i  # قوات | حرس الحدود, نظام مكافحة الإرهاب
    last = _called_after(document, k) if form.stem in _CALLED_AFTER and not form.article and not form.enclitic else i
    if last < k and head.stem in _OF_PLACES:
        last = _whose(document, i, taken)
    return max(last, i)


def _called_after(document: Document, k: int) -> int:
    """The last token of the genitive that the word at token `k` opens: شهداء بدر, تحرير شعب تيغراي, مكافحة الإرهاب; -1 if it is none."""
    forms = document.forms
    for j in range(k + 1, min(k + 1 + _LONGEST, len(forms))):
        form = forms[j]
        if document.sentence_of[j] != document.sentence_of[k] or form.conjunction or form.preposition or form.enclitic or form.pos & (FIGURE | PUNCTUATION):
            return -1
        if j in document.party_ends:
            return document.party_ends[j]
        place = document.place_at.get(j)
        if place is not None and place.first == j:
            return place.last
        if form.stem in KUNYA and j + 1 < len(forms) and document.sentence_of[j + 1] == document.sentence_of[j]:
            return name_after(document, j, set(), most=3)  # أنصار أبي بكر الصديق
        if form.article or not form.pos or form.pos & NAME:
            return j + 1 if _agrees(document, j) else j
        if not form.pos & NOUN or form.pos & CLOSED:
            return -1
    return -1


def _agrees(document: Document, j: int) -> bool:
    """Whether an adjective with the article stands behind the word with it at token `j`: شباب الوطن | العربي."""
    forms = document.forms
    if j + 1 >= len(forms) or not forms[j].article or document.sentence_of[j + 1] != document.sentence_of[j]:
        return False
    form = forms[j + 1]
    return form.article and bool(form.pos & ADJECTIVE) and not (form.pos & NOUN or form.conjunction or form.preposition or form.nisba or form.person)


def _whose(document: Document, i: int, taken: set[int]) -> int:
    """The last token of the place at which a group is at home, or of the name of its leader; `i` if neither stands behind it."""
    forms = document.forms
    place = document.place_at.get(i + 1)
    if place is not None:
        return place.last if place.first == i + 1 and not place.cued and place.label != "country" and not forms[i + 1].place else i
    return name_after(document, i, taken, most=3) if _is_name(forms[i + 1]) else i


def _is_name(form: Form) -> bool:
    """Whether a word is a person's name and nothing else."""
    return bool(form.pos & NAME) and not form.place and not form.pos & (NOUN | ADJECTIVE | VERB | CLOSED)


def is_backed(document: Document, k: int) -> bool:
    """Whether the word at token `k` tells of the group in front of it who backs it: قوات تدعمها تركيا, فصائل موالية لأنقرة."""
    forms = document.forms
    return 0 < k < len(forms) and document.sentence_of[k] == document.sentence_of[k - 1] and not {forms[k].bare, forms[k].text}.isdisjoint(_BACKED)
