"""Buildings and posts that are called by whose or by what they are: مقر الأمن السياسي, حاجز شركة الكهرباء, مسجد الفتح, أمام مكتب المنظمة الدولية للهجرة.

The genitive may be a party, which stays one: what is told of the post is told at a place, and who holds it may be its target.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document

SITES: Final = words("sites.always")
_OFFICES: Final = words("sites.behind_places")
AT: Final = words("sites.at")
_NO_OWNERS: Final = ("time", "quantity", "speech")
_OF_ADJECTIVES: Final = words("sites.of_adjectives")
_LONGEST: Final = 5  # words of a genitive


def may_be_site(document: Document, i: int) -> bool:
    """Whether the word at token `i` is one for a building, a post or an office."""
    form = document.forms[i]
    if form.article or form.enclitic or form.preposition == "ل" or form.noun is None or form.noun[2] == "p":
        return False  # سلموا أنفسهم لحاجز الأمن العسكري: to whom
    return form.stem in SITES or form.stem in _OFFICES


def site_end(document: Document, i: int) -> int:
    """The last token of the definite genitive that names the building or post at token `i`; `i` where it has none."""
    forms = document.forms
    sentence = document.sentence_of[i]
    definite, k = False, i + 1
    last = i
    while k < len(forms) and k - i <= _LONGEST and document.sentence_of[k] == sentence:
        form = forms[k]
        if form.conjunction or form.pos & PUNCTUATION or (form.preposition and not form.pos & NAME):
            break
        if k in document.party_ends and not definite:
            last = document.party_ends[k]
            definite, k = True, last + 1
            continue
        if k in document.place_at and not definite:
            return document.place_at[k].last if forms[i].stem in SITES else i  # مركز المدينة
        if definite:
            if not _goes_on(form, forms[k - 1]) or (k + 1 < len(forms) and (forms[k + 1].text in _OF_ADJECTIVES or forms[k + 1].preposition == "ل")):
                break  # القريب من، التابع للشرطة
        elif not _owns(form, k == i + 1):
            return i
        definite = definite or form.article or bool(form.enclitic) or not form.pos or bool(form.pos & NAME)
        last = k
        if form.enclitic:
            break
        k += 1
    return last if definite else i


def _owns(form: Form, right_behind: bool) -> bool:
    """A noun or a name: no adjective, no figure, no word that cannot stand in a genitive; what happened only where it is the name itself (مسجد الفتح)."""
    if form.pos & EVENT and not (right_behind and form.article):
        return False
    if form.pos & (CLOSED | FIGURE) or (form.pos & VERB and not form.pos & (NOUN | NAME)) or (form.nisba and not form.article):
        return False
    if form.adjective is not None and not form.pos & (NOUN | NAME):
        return False
    return form.noun is None or form.noun[1] not in _NO_OWNERS


def relates(form: Form) -> bool:
    """Whether an unknown word has the shape of an adjective of relation with the article: الدائري, الحضرية."""
    return form.article and not form.pos and len(form.stem) > _SHORT and form.stem.endswith(("ي", "يه"))


_SHORT: Final = 4  # letters


def _of_a_person(form: Form, before: Form) -> bool:
    """A name behind whose it is or behind another, with the article only behind another: الإمام | علي, محمد | الدرة, عبد | القادر."""
    named = bool(before.pos & NAME) and not before.article
    if form.article:
        return named and (not form.pos or bool(form.pos & NAME) or before.stem == "عبد")
    return bool(form.pos & NAME) and not form.pos & CLOSED and (named or bool(before.person))


def _goes_on(form: Form, before: Form) -> bool:
    """What belongs to a definite genitive behind its first definite word: an adjective with the article, a number, a further part of an unknown name or
    of a person's (مدرسة الشهيد أحمد، ساحة الشهيد محمد الدرة)."""
    if _of_a_person(form, before):
        return True
    if form.article:
        return bool(before.article and (form.pos & ADJECTIVE or form.nisba or relates(form)))
    if form.pos & FIGURE:
        return len(form.text) <= 3
    return not form.pos and not before.pos and not before.article and not form.nisba


def is_movement(document: Document, i: int) -> bool:
    """Whether the front at token `i` is one of people: جبهة التحرير الوطنية, الجبهة الإسلامية, جبهة تحرير أورومو."""
    forms = document.forms
    if i < 0 or forms[i].stem not in _FRONTS or i + 1 >= len(forms) or document.sentence_of[i + 1] != document.sentence_of[i]:
        return False
    behind = forms[i + 1]
    if behind.conjunction or behind.preposition:
        return False
    if forms[i].article:
        return behind.article and behind.stem in _OF_MOVEMENTS
    if behind.stem in _CAUSES:
        return True
    return behind.article and i + 2 < len(forms) and forms[i + 2].article and forms[i + 2].stem in _OF_MOVEMENTS


def is_nationality(document: Document, i: int) -> bool:
    """Whether the name of a country is the adjective of it, behind one man who has no office: جندي مالي, جنديا تركيا; not رئيس مالي."""
    form = document.forms[i]
    if not i or not form.nisba or form.article or form.conjunction or form.preposition or document.sentence_of[i - 1] != document.sentence_of[i]:
        return False
    before = document.forms[i - 1]
    if before.noun is None or before.noun[1:3] != ("person", "s") or before.person == "official" or before.article or before.enclitic:
        return False
    return before.noun[4] == "accusative" if form.text.endswith("يا") else True


_FRONTS: Final = words("parties.fronts")
_OF_MOVEMENTS: Final = words("parties.of_movements")
_CAUSES: Final = words("parties.causes")
