"""What happened: the words of a text that can tell an event, each with the entries of the vocabulary that it fits.

A trigger is a candidate. Whether it tells an event at all, and of which of its types, is decided in `events.py` from what
stands around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, COMPLEMENT, EVENT, FIGURE, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.schema import EventWord
from marsad.knowledge.wordlists import words
from marsad.reading.document import PARTIES, Document, Mention


@dataclass(slots=True, eq=False)
class Trigger:
    """One event word in the text: tokens `first` … `last`, read as a verb or a noun, by the entries that fit."""

    first: int
    last: int
    sentence: int
    verbal: bool
    entries: tuple[int, ...]  # numbers of entries in `events.toml`, the closest fit first
    entry: EventWord
    key: str  # these four are the entry's, asked for very often
    harm: str | None
    general: bool
    weak: bool
    types: tuple[str, ...]
    form: Form
    definite: bool
    tense: str = ""  # past, present, future, jussive; "" for a noun
    voice: str = ""
    cues: frozenset[str] = frozenset()  # cues within its reach, see `_cues_around`
    partners: frozenset[str] = frozenset()  # words of which the entry asks one to follow
    kind: str = ""  # how it stands, once asked for; see `signs.kind_of`
    counts: str | None = "?"  # what it counts, once asked for; see `counts.what_of`


@cache
def _conditions(number: int, events: tuple[EventWord, ...] | None = None) -> tuple[frozenset[str], tuple[str, ...], frozenset[str], frozenset[str]]:
    """(single words of `unless`, its phrases, words of `with`, words of `leads`) of an entry."""
    from marsad.knowledge.lexicon import lexicon

    entry = lexicon().events[number]
    words = [fold(w) for w in entry.unless]
    return (
        frozenset(w for w in words if " " not in w),
        tuple(f" {w} " for w in words if " " in w),
        frozenset(fold(w) for w in entry.follows) | frozenset(entry.follows),  # as a form, and as the dictionary form of a noun
        frozenset(fold(w) for w in entry.leads) | frozenset(entry.leads),
    )


def find_triggers(document: Document) -> list[Trigger]:
    """The event words of a document in order, furniture left out."""
    silent = {i for begin, end, _ in document.silent for i in range(begin, end)}
    out: list[Trigger] = []
    i = 0
    forms = document.forms
    while i < len(forms):
        form = forms[i]
        if (form.events or form.hidden) and i not in silent:
            trigger = _trigger_at(document, i)
            if trigger is not None:
                out.append(trigger)
                i = trigger.last + 1
                continue
        i += 1
    return out


def _trigger_at(document: Document, i: int) -> Trigger | None:
    forms = document.forms
    form = forms[i]
    part = document.sentences[document.sentence_of[i]]
    fits: list[tuple[int, int, bool]] = []  # (size, number, verbal)
    shown = _shown(document, i) if form.hidden else ()
    for number, verbal, rest in (*shown, *form.events):
        last = _follows(forms, i, rest, part.end)
        if last < 0 or (verbal and _is_of_another(forms, i, part.begin, document.lexicon.events[number])):
            continue
        singles, phrases, follows, leads = _conditions(number)
        reached = min(last + 1 + document.lexicon.events[number].reach, part.end)
        if follows and not (_within(forms, last + 1, reached, follows) or _resumed(forms, i, part.begin, verbal, follows)):
            continue
        if leads and _within(forms, last + 1, reached, leads):
            continue
        if (singles or phrases) and _excluded(forms, i, last, part, singles, phrases):
            continue
        fits.append(((last - i) * 2 + bool(follows), number, verbal))
    if not fits:
        return None
    if form.bare in _ALSO_PREPOSITIONS and not _opens(document, i, part.end):
        fits = [f for f in fits if not f[2]]
        if not fits:
            return None
    longest = max(f[0] // 2 for f in fits)
    verbal = _is_verb(document, i, part.begin, part.end, [f for f in fits if f[0] // 2 == longest])
    fits = [f for f in fits if f[2] == verbal] or fits
    lemma = form.noun[0] if form.noun else ""
    fits.sort(key=lambda f: (-f[0], lemma not in document.lexicon.events[f[1]].noun))
    verbal = fits[0][2]
    entries = tuple(dict.fromkeys(f[1] for f in fits))
    events = document.lexicon.events
    entry = events[entries[0]]
    last = i + fits[0][0] // 2
    types = tuple(dict.fromkeys(t for number in entries for t in events[number].types))
    tense = voice = ""
    if verbal and shown:
        tense, voice = "past", "passive" if any(_signed(document, i, conjunction) for _, conjunction in form.hidden) else "active"
    elif verbal and form.verb is not None:
        tense = "future" if form.preposition == "س" else str(form.verb[2])
        voice = str(form.verb[6])
        if i > part.begin and forms[i - 1].text in ("سوف", "لن"):
            tense = "future"
    definite = not verbal and (form.article or bool(form.enclitic))
    return Trigger(
        i, last, document.sentence_of[i], verbal, entries, entry, entry.key, entry.harm, entry.general, entry.weak, types, form, definite, tense, voice,
        partners=_conditions(entries[0])[2],
    )  # fmt: skip


_PASSIVE_SIGN: Final = "\u064f"  # the damma of سُجن
_TAKES_UP: Final = frozenset(("ه", "ها", "هم", "هن", "هما"))
_BACK: Final = 5  # words in front of a verb whose pronoun takes one of them up
_ALSO_PREPOSITIONS: Final = words("triggers.also_prepositions")
_BEFORE_VERBS: Final = words("triggers.before_verbs")
_BEFORE_THAT: Final = words("triggers.before_that")
_HEDGES: Final = words("triggers.doers_by_number")
_REFLEXIVES: Final = words("triggers.reflexives")
_WITH_PAST: Final = frozenset(("قد", "كان"))


def _opens(document: Document, i: int, end: int) -> bool:
    """Whether a form that is also a preposition (عبر) is a verb: «قد» stands in front, or behind it those who did it, their number, or whence, where to and when."""
    forms = document.forms
    if i and forms[i - 1].stem in _WITH_PAST:
        return True
    after = forms[i + 1] if i + 1 < end else None
    return after is not None and bool(after.pos & FIGURE or after.person or after.bare in _HEDGES)


def _shown(document: Document, i: int) -> tuple[tuple[int, bool, tuple[str, ...]], ...]:
    """What a form tells as a past verb that is mostly another word, if it is plainly the verb: «سُجن القائد»، «وقد فقد ثلاثة من عناصره».

    Its passive is written with the sign of it, or «قد» stands in front.
    """
    form = document.forms[i]
    present = form.verb is not None and form.verb[2] == "present"
    told = not present and i > document.sentences[document.sentence_of[i]].begin and document.forms[i - 1].stem == "قد"
    return tuple((number, True, ()) for number, conjunction in form.hidden if _signed(document, i, conjunction) or (told and not conjunction))


def _signed(document: Document, i: int, conjunction: str) -> bool:
    """Whether the sign of the passive stands on the first letter of a verb: وسُجن."""
    letter = document.words.starts[i] + len(conjunction)
    return document.words.text[letter + 1 : letter + 2] == _PASSIVE_SIGN


def _is_of_another(forms: list[Form], i: int, begin: int, entry: EventWord) -> bool:
    """Whether a form is an entry's verb only behind «لم», and the present of another verb where that does not stand in front: يستعد (لم يستعد المدينة)."""
    form = forms[i]
    if form.verb is None or form.verb[2] != "present" or form.verb[0] in entry.verb or (i > begin and forms[i - 1].bare == "لم"):
        return False
    return any(_shortened(verb) == form.stem[1:] for verb in entry.verb)


@cache
def _shortened(verb: str) -> str:
    """A present without its first letter and the long vowel that it loses behind «لم»: يستعيد, ستعد; "" where it has none."""
    folded = fold(verb)
    return folded[1:-2] + folded[-1] if folded[-2:-1] in ("ي", "و", "ا") else ""


def _follows(forms: list[Form], i: int, rest: tuple[str, ...], end: int) -> int:
    j = i
    for stem in rest:
        j += 1
        if j >= end:
            return -1
        form = forms[j]
        if form.stem != stem and form.text != stem and form.bare != stem and form.text != "ال" + stem:  # القصاص is a family name too, kept with its article
            return -1
    return j


def _within(forms: list[Form], begin: int, end: int, words: frozenset[str]) -> bool:
    for j in range(begin, end):
        form = forms[j]
        if form.bare in words or form.text in words or form.stem in words or (form.noun is not None and form.noun[0] in words):
            return True
        if form.text == "،" and j > begin + 5:
            return False
    return False


def _resumed(forms: list[Form], i: int, begin: int, verbal: bool, words: frozenset[str]) -> bool:
    """Whether the word that an entry asks for stands in front, and a pronoun of the verb takes it up.

    «الألغام التي زرعتها المليشيا»، «الطريق الذي قطعه محتجون»; with a preposition between them it is another word: «الطريق في مخيم نصبه».
    """
    if verbal and forms[i].enclitic in _TAKES_UP:
        for j in range(i - 1, max(begin, i - 1 - _BACK) - 1, -1):
            form = forms[j]
            if form.pos & PREPOSITION and not form.pos & NOUN:
                return False
            if form.bare in words or form.stem in words or (form.noun is not None and form.noun[0] in words):
                return True
    return False


def _excluded(forms: list[Form], i: int, last: int, part: object, singles: frozenset[str], phrases: tuple[str, ...]) -> bool:
    begin, end = max(i - 4, part.begin), min(last + 5, part.end)  # type: ignore[attr-defined]
    for j in (*range(begin, i), *range(last + 1, end)):
        form = forms[j]
        if (form.bare in singles or form.text in singles) and not (j < i and form.bare in _REFLEXIVES):  # في الوقت نفسه فجر: «نفسه» is no object there
            return True
    if phrases:
        window = " " + " ".join(forms[j].bare for j in range(begin, end)) + " "
        return any(phrase in window for phrase in phrases)
    return False


def _is_verb(document: Document, i: int, begin: int, end: int, fits: list[tuple[int, int, bool]]) -> bool:
    """Whether a form that could be a past verb or a verbal noun (قتل، قصف، خطف) is the verb here.

    A noun has a preposition, an article or a construct head in front; a verb opens its clause or stands behind its subject
    and before a human object or a counted one.
    """
    kinds = {f[2] for f in fits}
    if len(kinds) == 1:
        return kinds.pop()
    forms = document.forms
    form = forms[i]
    before = forms[i - 1] if i > begin else None
    if before is not None and before.pos & RELATIVE and not before.pos & PREPOSITION and not form.article and form.text.endswith("ه"):
        return True  # القائد الذي قتله الجيش, which may be قتلة too
    if form.article or form.preposition in ("ب", "ل", "ك") or (form.noun is not None and form.noun[1] == "person"):
        return False
    if form.enclitic and i > begin and forms[i - 1].pos & RELATIVE:
        return True
    after = forms[i + 1] if i + 1 < end else None
    if after is not None and not form.conjunction and any(_opens_clause(forms, party, begin) for party in _parties_up_to(document, i - 1, begin)):
        return True
    if before is not None and not form.conjunction:
        if before.text in ("قد", "وقد", "فقد", "لقد", "كان", "وكان", "ما") or (before.pos & RELATIVE and not before.pos & PREPOSITION):
            return True
        if before.bare in _BEFORE_VERBS or (before.text == "ان" and i - 2 >= begin and forms[i - 2].bare in _BEFORE_THAT):
            return True
        if before.pos & PREPOSITION and not before.pos & NOUN:
            return False
        if before.pos & (NOUN | EVENT) and not before.article and not before.pos & (PUNCTUATION | CLOSED) and not before.enclitic:
            return bool(before.pos & VERB and not before.pos & NOUN) and False
    if after is not None:
        if after.pos & FIGURE or after.person or (after.pos & PREPOSITION and not after.pos & NOUN):
            return True
        if after.pos & ADJECTIVE and not after.article and not after.pos & NOUN:
            return False
    return before is None or bool(form.conjunction) or bool(before.pos & PUNCTUATION)


def _parties_up_to(document: Document, last: int, begin: int) -> list[Mention]:
    """The parties whose phrase ends with a token, with what is said of them: «الطيران الحربي»، «الطيران الحربي التابع للجيش»."""
    starts = range(last, max(begin, last - _PHRASE) - 1, -1)
    found = (mention for k in starts for mention in document.parties_at.get(k, ()) if mention.head == k and mention.tail <= last)
    return [mention for mention in found if mention.tail == last or _is_said_of(document.forms[mention.tail + 1 : last + 1])]


def _is_said_of(forms: list[Form]) -> bool:
    """Whether words behind a party go on with it: «التابع للجيش»، «المتمركزة في الجبل»."""
    first = forms[0]
    return bool(first.article and first.pos & ADJECTIVE) and not any(
        form.pos & (COMPLEMENT | RELATIVE | PUNCTUATION | VERB) or form.conjunction for form in forms
    )


def _opens_clause(forms: list[Form], party: Mention, begin: int) -> bool:
    """Whether a party that a verb of one man or body may have for its subject opens its clause: «الجيش قصف منزلا»، «إن التحالف قصف مواقع»; «أعلن الجيش قصف مواقع» has
    another verb."""
    head = forms[party.head]
    if party.label not in _ACTS or head.conjunction or head.preposition or (head.noun is not None and (head.noun[3] == "f" or head.noun[2] != "s")):
        return False
    return party.head == begin or bool(forms[party.head - 1].pos & COMPLEMENT) or forms[party.head - 1].bare in _BEFORE_VERBS


_ACTS: Final = PARTIES | {"group", "fighter", "unidentified"}
_PHRASE: Final = 8  # words of a party in front of its verb
