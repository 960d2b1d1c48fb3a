"""How many: figures bound to the word of harm, capture or movement that counts them, with the words for who was counted.

A figure is counted by the nearest count-bearing word in front of it in its sentence (قتل 12 عنصرا وأصيب 5), by its own noun
(سبعة قتلى), or, where the clause begins with it, by the verb behind it (12 شخصا قتلوا). A victim without a figure counts by number and definiteness
(مقتل شاب is 1, مقتل عناصر is 2 or more). Behind بينهم a figure is a part of the one before.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic import numbers
from marsad.arabic.letters import fold
from marsad.arabic.number_cues import is_share
from marsad.arabic.numbers import Number
from marsad.knowledge.lexicon import COMPLEMENT, EVENT, NOUN, PREPOSITION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.counted import (
    NOUN_SAYS,
    OTHERS,
    PART,
    Counted,
    is_part,
    noun_behind,
    of_dead_and_wounded,
    of_them,
    of_those_who,
    what_of,
    who_id,
    who_of,
)
from marsad.reading.document import Document
from marsad.reading.triggers import Trigger
from marsad.reading.uncounted import implied, joined_to, named_parts

_NOT_PERSONS: Final = words("counts.no_persons")
_THINGS: Final = frozenset(("time", "money", "weapon", "vehicle"))  # classes of nouns
_UNITS_OF_PEOPLE: Final = words("counts.of_people")


def find_counts(document: Document, triggers: list[Trigger]) -> list[Counted]:
    """The counts of a document in order."""
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        by_sentence.setdefault(trigger.sentence, []).append(trigger)
    dated = {k for d in document.dates for k in range(d.first, d.last + 1)}
    out: list[Counted] = []
    for sentence, bearing in by_sentence.items():
        bearers = [t for t in bearing if what_of(t)]
        if bearers:
            out.extend(_in_sentence(document, sentence, bearers, bearing, dated))
    return out


def _in_sentence(document: Document, sentence: int, bearers: list[Trigger], all_triggers: list[Trigger], dated: set[int]) -> list[Counted]:
    part, forms = document.sentences[sentence], document.forms
    found = numbers.find_in(document.words, part.begin, part.end)
    out: list[Counted] = []
    served: set[int] = set()
    parted = -1  # behind بينهم: figures up to the end of the clause are parts
    for number in found:
        bearer, rule = _bearer(document, number, bearers, part.begin, part.end)
        if bearer is None or number.first in dated or of_those_who(document, number, part.end) or is_share(document.words, number.after, part.end):
            continue
        if not _counts_people(document, number, bearer, part.end):
            continue
        counted = _counted(document, number, bearer, rule, part.end)
        among = is_part(document, number.first, part.begin) or of_them(document, number.first, number.after, part.begin, part.end)
        if among:
            parted = bearer.first
        elif parted == bearer.first and out and _coordinated(document, out[-1].last, number.first):
            among = True
        else:
            parted = -1
        counted.part = (among and any(c.trigger is bearer and not c.part for c in out)) or among
        counted.sentence = sentence
        out.append(counted)
        served.add(id(bearer))
    _both(document, bearers, out)
    for bearer in bearers:
        if any(c.first < bearer.first <= c.last for c in out):
            continue  # تبادلا 30 أسيرا: they are counted
        behind = [c.first for c in out if c.trigger is bearer]
        if id(bearer) not in served or (behind and forms[behind[0]].conjunction == "و"):
            alone = implied(document, bearer, part.end, all_triggers)
            if alone is not None and (not behind or alone.last < behind[0]):  # قتل رجل وثلاثة من أطفاله
                alone.sentence = sentence
                out.append(alone)
    out.sort(key=lambda c: c.first)
    out.extend(named_parts(document, out, part.begin, part.end))
    out.extend(joined_to(document, out, part.end))
    out.sort(key=lambda c: c.first)
    return out


def _bearer(document: Document, number: Number, bearers: list[Trigger], begin: int, end: int) -> tuple[Trigger | None, str]:
    """The word that counts a figure."""
    forms = document.forms
    noun = noun_behind(document, number, end)
    for bearer in bearers:
        if noun >= 0 and bearer.first == noun and bearer.harm:
            return bearer, "the noun counts"
    before = [b for b in bearers if b.last < number.first]
    after = [b for b in bearers if b.first > number.last]
    close = 3 if number.form == "singular" and not is_part(document, number.first, begin) else 24
    if before:
        nearest = before[-1]
        gap = range(nearest.last + 1, number.first)
        if not any(forms[k].pos & COMPLEMENT or (forms[k].text in (".", "؛")) for k in gap) and len(gap) <= close:
            verb_between = any(
                forms[k].pos & VERB and not forms[k].pos & (NOUN | PREPOSITION) and forms[k].bare not in PART and not _joins(forms, k, gap) for k in gap
            )
            if not verb_between or len(gap) <= 3:
                return nearest, "figure behind its word"
    if after and number.form != "singular":
        nearest = after[0]
        gap = range(number.last + 1, nearest.first)
        if len(gap) <= 7 and nearest.verbal and not any(forms[k].text in (".", "؛", "،") or forms[k].pos & COMPLEMENT for k in gap):
            return nearest, "figure in front of its verb"
    return None, ""


def counts_things(form: Form) -> bool:
    """Whether a figure in front of a noun counts nobody: 5 سنين, 13 بندقية, ثلاثة منازل."""
    if form.stem in _NOT_PERSONS or form.bare in _NOT_PERSONS:
        return True
    return not form.person and form.noun is not None and form.noun[1] in _THINGS and not form.article and not form.preposition


def _joins(forms: list[Form], k: int, gap: range) -> bool:
    return ((verb := forms[k].verb) is not None and "light" in verb[1]) or (forms[k].conjunction == "" and forms[k].pos & RELATIVE > 0)


def _counts_people(document: Document, number: Number, bearer: Trigger, end: int) -> bool:
    """A figure of people: its noun is one for persons, or it has none and stands where a victim would."""
    forms = document.forms
    noun = noun_behind(document, number, end)
    if noun < 0:
        following = forms[number.after] if number.after < end else None
        if following is not None and counts_things(following):
            return False
        return number.form in ("figure", "words", "round") and number.first - bearer.last <= 8
    form = forms[noun]
    if counts_things(form):
        return False
    if form.person or form.stem in _UNITS_OF_PEOPLE or (form.noun and form.noun[1] in ("person", "group")):
        return True
    if form.nisba or form.stem in OTHERS:
        return True
    if form.pos & EVENT:
        return bool(form.noun and fold(str(form.noun[0])) in NOUN_SAYS) or (noun - number.after <= 0 and number.first - bearer.last <= 2)
    return number.first - bearer.last <= 3 and form.noun is None


def _counted(document: Document, number: Number, bearer: Trigger, rule: str, end: int) -> Counted:
    forms = document.forms
    noun = noun_behind(document, number, end)
    what = what_of(bearer) or "killed"
    lemma = fold(str(word[0])) if noun >= 0 and (word := forms[noun].noun) else ""
    if lemma in NOUN_SAYS and (rule != "figure behind its word" or what in ("killed", "wounded")):
        what = NOUN_SAYS[lemma]
    if of_dead_and_wounded(document, number.last, end):
        what = "killed_or_wounded"
    who = who_of(document, noun, end) if noun >= 0 else None
    id_, label = who_id(document, who, noun)
    last = max(number.last, noun if noun >= 0 and noun - number.last <= 2 else number.last)
    others = noun >= 0 and (forms[noun].stem in OTHERS or (noun + 1 < end and forms[noun + 1].stem in OTHERS))
    return Counted(what, number.low, number.high, number.first, last, who, id_, label, False, bearer, rule, others=others)


def _coordinated(document: Document, left: int, right: int) -> bool:
    forms = document.forms
    if right - left > 5:
        return False
    return (forms[right].conjunction == "و" or forms[right - 1].text == "و") and not any(forms[k].pos & (VERB | EVENT) for k in range(left + 1, right))


def _both(document: Document, bearers: list[Trigger], out: list[Counted]) -> None:
    """مقتل وإصابة 20, قتل أو جرح 20: one figure behind two words counts both together; so does one in front: 15 مسلحا قتلوا أو أصيبوا."""
    forms = document.forms
    for left, right in zip(bearers, bearers[1:], strict=False):
        gap = right.first - left.last
        either = gap == 2 and forms[left.last + 1].text == "او"
        if {what_of(left), what_of(right)} != {"killed", "wounded"} or not (either or (gap == 1 and forms[right.first].conjunction)):
            continue
        ahead = [c for c in out if c.trigger is left and c.last < left.first and not c.part]
        if either and ahead and not any(c.trigger is right for c in out):
            ahead[-1].what, ahead[-1].both = "killed_or_wounded", True
            continue
        if left.definite and left.form.pos & NOUN and not left.verbal:
            continue
        mine = [c for c in out if c.trigger is right and not c.part]
        behind = mine[0].last + 1 if mine else 0
        if mine and behind < len(forms) and forms[behind].stem in OTHERS:
            continue  # قتل مدني وأصيب 32 آخرون
        if mine and not any(c.trigger is left for c in out):
            mine[0].what = "killed_or_wounded"
            verb = forms[left.first].verb if left.verbal else None
            mine[0].both = verb is None or verb[5] == "s"  # استشهدا وأصيب خمسة: these are others
            mine[0].trigger = left
