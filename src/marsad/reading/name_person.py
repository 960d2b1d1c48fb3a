"""Whether a word is part of the name of a person, whatever else it may mean: a surname that is a noun too, a given name that a place has too.

Each is asked of a name as far as it was walked (`name_phrase.Phrase`) and the next token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from marsad.arabic.compounds import SECOND
from marsad.knowledge.lexicon import (
    ADVERB,
    COMPLEMENT,
    CONJUNCTION,
    DEMONSTRATIVE,
    FIGURE,
    NAME,
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
from marsad.knowledge.wordlists import words
from marsad.reading.speakers import is_person, is_title

if TYPE_CHECKING:
    from marsad.reading.name_phrase import Phrase

_APART: Final = 4  # words between a name as far as it was walked and the person whose title opens it, and one
_NO_SURNAMES: Final = words("names.no_surnames")


def is_last_name(phrase: Phrase, k: int) -> bool:
    """Whether a word between a name and what is said is the rest of the name, whatever else it means: أنور رجب | أن, مظلوم كوباني | إن, عبد الله كميل | إن,
    بيرفين بولدان | عن."""
    forms, form, before = phrase.forms, phrase.forms[k], phrase.forms[phrase.j]
    if not phrase.person or k - 1 != phrase.j or k + 1 >= len(forms) or "voice.going_on" in form.cues:
        return False
    about = forms[k + 1].text == "عن" and (not form.pos or form.pos & NAME or (form.noun is not None and form.noun[1] == "person" and form.noun[2] == "d"))
    if not (forms[k + 1].pos & COMPLEMENT or about):
        return False
    if not (before.pos & NAME or before.text in SECOND or (before.pos == 0 and phrase.j > phrase.head)):
        return False
    if (
        form.pos & (VERB | FIGURE | PUNCTUATION | COMPLEMENT | PRONOUN | DEMONSTRATIVE | ADVERB)
        or (form.pos & PREPOSITION and not form.pos & NAME)  # أشار رامي عبد الرحمن | إلى أن
        or form.conjunction
        or form.enclitic
        or (form.text.endswith(("ا", "ه")) and not (form.article and form.person))  # محمد العمدة
    ):
        return False
    return not form.preposition or form.preposition == "ك"  # كميل


def is_given_name(phrase: Phrase, k: int) -> bool:
    """Whether a name that a place has too is a person's, between a title and more of a name: القائد | مظلوم | كوباني."""
    following = phrase.forms[k + 1] if k + 1 < phrase.end else None
    return bool(phrase.forms[k].pos & NAME and is_person(phrase.forms[phrase.j]) and following is not None and (following.pos & NAME or following.pos == 0))


def is_name_of_titled(phrase: Phrase, k: int) -> bool:
    """Whether a noun of a deed is a given name here, right behind a title and in front of a family name: اللواء | تحسين | الخفاجي."""
    forms, form, title = phrase.forms, phrase.forms[k], phrase.forms[phrase.j]
    if k - 1 != phrase.j or k + 1 >= phrase.end or not is_title(title) or form.article or form.conjunction or form.preposition or form.enclitic:
        return False
    family = forms[k + 1]
    return family.pos == NAME and family.bare.startswith("ال") and k + 1 not in phrase.known.ends and not family.nisba


def is_surname(phrase: Phrase, k: int) -> bool:
    """Whether a noun behind a person's name is the rest of it: حسام زيادة | أن, ذبيح الله مجاهد | على تويتر, فرحان قرولي."""
    forms, form, before = phrase.forms, phrase.forms[k], phrase.forms[k - 1]
    if not phrase.person or k - 1 != phrase.j or form.article or form.conjunction or form.preposition or k + 1 >= phrase.end:
        return False
    if form.noun is not None and form.noun[1] in ("time", "title", "office", "group", "speech"):
        return False
    following = forms[k + 1]
    if form.pos & NAME and (
        before.pos & NAME or phrase.j in phrase.known.place_at or phrase.governor in phrase.known.actor_at or (before.pos == 0 and phrase.j > phrase.head)
    ):
        return bool(following.pos & (COMPLEMENT | NAME) or following.pos == 0 or following.text in ("،", ","))
    if (
        not (before.pos & NAME or before.text in SECOND)
        or before.pos & NOUN
        or form.bare in _NO_SURNAMES
        or (form.noun is not None and form.noun[4] == "accusative")
    ):
        return False
    spoken_at = k + 2 < len(forms) and following.text in ("علي", "عبر", "في") and "voice.channels" in forms[k + 2].cues
    return bool(following.pos & COMPLEMENT) or spoken_at


def is_son(phrase: Phrase, k: int) -> bool:
    """Whether a word stands between a person's name and his father's: عوض | ابن الوزير."""
    if not phrase.person or phrase.forms[k].text != "ابن" or k - 1 != phrase.j or k + 1 >= phrase.end:
        return False
    father = phrase.forms[k + 1]
    return phrase.j > phrase.head and not father.conjunction and not father.preposition and bool(father.article or father.pos in (0, NAME))


def end_of_person(phrase: Phrase) -> int:
    """The last token of the person's name in which a walk stopped, or which a title in it opens: قال محمد أبو | سلمية, الرئيس التركي | رجب طيب أردوغان; else -1."""
    named, j = phrase.known.named_at, phrase.j
    person = next((named[k] for k in range(j, min(j + _APART, phrase.end)) if k in named), None)
    if person is None or not phrase.person or person.first < phrase.head or not j < person.last < phrase.end:
        return -1
    if any(ends_name(form) or form.pos & FIGURE for form in phrase.forms[max(j + 1, person.first) : person.last + 1]):
        return -1  # عبد الله يريما | بأن …, الأسد | قائلا
    titled = person.head == phrase.head or (person.first == j + 1 and phrase.head <= person.head <= j)
    return person.last if titled or person.first <= j else -1


def ends_name(form: Form) -> bool:
    """Whether no name goes on over a word: أن, لم, هذا, a pronoun, a word by which a speaker goes on."""
    closed = RELATIVE | ADVERB | PRONOUN | PARTICLE | CONJUNCTION
    if form.pos & (COMPLEMENT | NEGATION | DEMONSTRATIVE) or (form.pos & closed and not form.pos & (NOUN | NAME | PREPOSITION)):
        return True
    return "voice.going_on" in form.cues and not form.article
