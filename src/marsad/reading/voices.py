"""Voices, and how a later one points back to an earlier: المصدر, المسماري, الوكالة, the verb that names no subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from marsad.knowledge.lexicon import (
    ADJECTIVE,
    FIGURE,
    NAME,
    NOUN,
    Form,
)
from marsad.knowledge.wordlists import words
from marsad.model import SourceKind
from marsad.reading.identity import identify
from marsad.reading.speakers import Known, defined, head_of, is_person, is_title


@dataclass(slots=True, eq=False)
class Voice:
    """Somebody who says something: tokens `first` … `last` name them, `opener` is the word that lets them speak."""

    first: int
    last: int
    opener: int
    reach: tuple[int, int]  # tokens that are told by this voice: begin, end (excluded)
    id: str | None
    kind: SourceKind
    rule: str
    carried: bool = False  # it goes on from an earlier sentence
    denies: bool = False
    behind: bool = False  # what it says stands before it: «…»، قال X; … بحسب X
    quotes: Voice | None = None  # whose words it carries, told right behind it: قال X نقلا عن Y


IN_HIS_NAME: Final = words("voices.in_his_name")
_THE_SAME: Final = words("voices.the_same")
_THE_VERY: Final = words("voices.the_very")
_NAMELESS: Final = words("voices.nameless")


def voice_of(known: Known, first: int, last: int, opener: int, rule: str) -> Voice:
    """A voice that is yet to reach anything."""
    id_, kind = identify(known, first, last)
    return Voice(first, last, opener, (opener, opener), id_, kind, rule)


def agrees(forms: list[Form], verb: Form, voice: Voice) -> bool:
    """Whether a voice can be the subject of a verb that names none, by gender and number."""
    head = forms[voice.first]
    if verb.verb is None or head.noun is None or head.pos & NAME:
        return True
    gender, number = head.noun[3], head.noun[2]
    if number == "p":
        if head.noun[1] in ("person", "title"):
            return bool(verb.verb[5] == "p")
        gender = "f"
    return bool(verb.verb[4] in ("-", gender) and verb.verb[5] != "p")


def point_back(known: Known, voice: Voice, earlier: list[Voice]) -> None:
    """المصدر, المسماري, الوكالة, البيان: a speaker named before lends its id and kind (and, where the word says nothing, its name)."""
    forms = known.forms
    start = head_of(known, voice.first, voice.last + 1)
    head = forms[max(start, voice.first)]
    behind = [forms[k] for k in range(start + 1, voice.last + 1) if forms[k].text not in _THE_SAME]
    alone = all(forms[k].bare in _THE_VERY for k in range(voice.first, start)) and all(form.article and form.pos & ADJECTIVE for form in behind)
    if behind and alone and start not in known.actor_at and (voice.id is None):
        fuller = _said_in_full(forms, head, behind, voice, earlier)
        if fuller is not None:
            voice.id, voice.kind = fuller.id, fuller.kind
            return
    if alone and not behind and (defined(head) or forms[voice.first].bare in _THE_VERY) and (head.pos & NOUN) and start not in known.actor_at:
        lemma = _unarticled(head.noun[0]) if head.noun else head.stem
        for before in reversed(earlier):
            if before.first == voice.first:
                continue
            leader = before.id is None and not is_person(head) and is_person(forms[max(head_of(known, before.first, before.last + 1), before.first)])
            for k in () if leader else range(before.first, before.last + 1):  # رئيس الشبكة … ودعت الشبكة: who leads it is not the body
                form = forms[k]
                if form.pos & NOUN and form.noun is not None and (_unarticled(form.noun[0]) == lemma or form.stem == head.stem):
                    voice.id, voice.kind = before.id, before.kind
                    if head.stem in _NAMELESS or before.id is None:
                        voice.first, voice.last = before.first, before.last
                    return
        body = known.body_before(lemma, voice.first)
        if body is not None:
            voice.id, voice.kind = identify(known, *body)
            return
        if "voice.carriers" in head.cues and earlier:
            before = earlier[-1]
            voice.first, voice.last, voice.id, voice.kind = before.first, before.last, before.id, before.kind
            return
        person = _person_before(known, voice.first, earlier) if head.stem in _NAMELESS and "voice.carriers" not in head.cues and _one(head) else None
        same = head.stem in _NAMELESS and any(forms[k].text in _THE_SAME or forms[k].bare in _THE_VERY for k in range(voice.first, voice.last + 1))
        if person is None and same:
            person = next((v for v in reversed(earlier) if v.first != voice.first and v.rule not in ("the carrier of words", "rumour")), None)
        if person is not None:
            voice.first, voice.last, voice.id, voice.kind = person.first, person.last, person.id, person.kind
        return
    if voice.id is None and any(forms[k].text in IN_HIS_NAME for k in range(voice.first, voice.last + 1)):
        mention = known.party_meant(voice.first)
        if mention is not None and mention.id:
            voice.id, kind = identify(known, mention.first, mention.last)
            voice.kind = kind if kind in ("party", "official", "monitor") else voice.kind
        return
    if voice.id is None and voice.last - voice.first <= 2:
        lend(known, voice, reversed(earlier))


def _said_in_full(forms: list[Form], head: Form, behind: list[Form], voice: Voice, earlier: list[Voice]) -> Voice | None:
    """The last voice whose name holds this one with its adjectives: نفى الناطق الرسمي, who is «الناطق الرسمي باسم القوات المسلحة»."""
    told = [head.stem, *(form.stem for form in behind)]
    for before in reversed(earlier):
        name = [forms[k].stem for k in range(before.first, before.last + 1)]
        if before.first != voice.first and before.id and len(name) > len(told) and any(name[k : k + len(told)] == told for k in range(len(name))):
            return before
    return None


def _one(form: Form) -> bool:
    return form.noun is not None and form.noun[2] == "s"


def _person_before(known: Known, token: int, earlier: list[Voice]) -> Voice | None:
    """The person who spoke last, to whom المصدر points back: قال ضابط … وأضاف المصدر."""
    for before in reversed(earlier):
        head = known.forms[max(head_of(known, before.first, before.last + 1), before.first)]
        if before.first != token and before.rule not in ("the carrier of words", "rumour") and before.kind not in ("media", "outlet"):
            return before if is_person(head) and _one(head) else None
    return None


def _unarticled(lemma: str) -> str:
    return lemma[2:] if lemma.startswith("ال") and len(lemma) > 4 else lemma


def lend(known: Known, voice: Voice, others: Iterable[Voice]) -> None:
    """A person who is named by his own name alone has the id and kind of the voice that names him with his office."""
    forms = known.forms
    if forms[voice.last].pos & (NOUN | FIGURE) and not forms[voice.last].pos & NAME or forms[voice.last].nisba:
        return
    name = forms[voice.last].stem
    if forms[voice.first].pos & NOUN and not forms[voice.first].pos & NAME and not is_title(forms[voice.first]):
        return
    for before in others:
        if before.last > before.first and before is not voice and any(forms[k].stem == name for k in range(before.first + 1, before.last + 1)):
            voice.id, voice.kind = before.id, before.kind
            return
