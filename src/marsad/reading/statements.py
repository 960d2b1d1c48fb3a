"""Whose words a whole report is: a communiqué with its heading or signature, a bulletin of the body that gives it out."""

from __future__ import annotations

from typing import Final

from marsad.arabic.words import tokenise
from marsad.knowledge.lexicon import EVENT, FIGURE, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.name_phrase import phrase_end
from marsad.reading.speakers import DASHES, OPENING, Known, can_speak, head_of, is_person, verb_lemma
from marsad.reading.voices import Voice, lend, voice_of

_HEADINGS: Final = words("statements.headings")
_TO_PUBLIC: Final = words("statements.to_public")
_SIGNING: Final = words("statements.signing")
_ISSUED: Final = words("statements.issued")
_LABELS: Final = words("statements.labels")
_OURS: Final = ("نا", "كم")
_LINES: Final = 6
_SIGNED: Final = 4


def add_whole(known: Known, voices: list[Voice]) -> None:
    """The voice of a communiqué in front of all others: it tells whatever no other voice does."""
    found = _heading(known) or _letterhead(known) or _signature(known)
    if found is not None and _is_outlet(known, *found):
        return
    if found is not None:
        voice = voice_of(known, *found, found[0], "statement")
        if voice.kind not in ("outlet", "witness", "local", "media"):
            voice.reach = (0, len(known.forms))
            voices.insert(0, voice)


def _is_outlet(known: Known, first: int, last: int) -> bool:
    """Whether the name of the outlet holds this one or stands in it, so that the body speaks on its own page."""
    name = " ".join(known.document.words.forms[first : last + 1])
    outlet = " ".join(tokenise(known.document.report.outlet or "").forms)
    return f" {name} " in f" {outlet} " or (" " in outlet and f" {outlet} " in f" {name} ")


def _heading(known: Known) -> tuple[int, int] | None:
    """بيان رقم (14) من القيادة العامة; صدر عن قيادة الجيش البيان الآتي; بيان صادر عن X."""
    forms = known.forms
    for part in known.document.sentences[:_LINES]:
        i = part.begin
        opening = forms[i]
        stated = _is_headed(opening)
        issued = opening.verb is not None and verb_lemma(opening.verb) in ("صدر", "صادر", "اصدر") or opening.text in ("صدر", "صادر")
        if not stated and not issued:
            continue
        if issued and not any(forms[k].stem in ("بيان", "بلاغ", "تصريح") for k in range(i, min(part.end, i + 20))):
            continue
        for k in range(i + 1, min(part.end, i + 10)):
            form = forms[k]
            if form.text == ":" or form.pos & VERB and not form.pos & (NOUN | NAME) and form.bare not in _ISSUED:
                break
            glued = form.preposition == "ل"
            if form.text in ("من", "عن", "ل") or glued:
                n = k if glued else k + 1
                while n < part.end and forms[n].text in OPENING:
                    n += 1
                if n < part.end and forms[n].stem in _TO_PUBLIC:
                    continue
                if n < part.end and forms[n].stem in ("مكتب",) and n + 1 < part.end and is_person(forms[n + 1]):
                    n += 1
                last = phrase_end(known, n, part.end) if n < part.end else -1
                if last >= n and can_speak(known, n, last, strict=True) and not forms[n].pos & EVENT:
                    return n, last
    return None


def _letterhead(known: Known) -> tuple[int, int] | None:
    """A line on top that holds a body's name and nothing else, in what speaks of «our forces» or is called a communiqué: قوات الدعم السريع ¶ بيان مهم ¶ …"""
    top = [s for s in known.document.sentences[:_LINES] if not any(b <= s.begin < e for b, e, _ in known.document.silent)][:_SIGNED]
    if not any(_is_headed(known.forms[s.begin]) for s in top) and not any(form.enclitic in _OURS and form.pos & NOUN for form in known.forms):
        return None
    for part in top:
        found = _only_name(known, part.begin, part.end)
        if found is not None:
            return found
    return None


def _is_headed(form: Form) -> bool:
    return form.bare in _HEADINGS or form.stem in _HEADINGS


def _only_name(known: Known, begin: int, end: int) -> tuple[int, int] | None:
    """The name of a body that is all of a line, but for a place or a further body behind a mark: كتيبة جنين || سرايا القدس; نشرة الصباح – مديرية أمن بنغازي."""
    forms = known.forms
    i = begin
    if _is_headed(forms[i]):
        i = next((k + 1 for k in range(i, end) if forms[k].text in DASHES), end)
    while i < end and forms[i].pos & PUNCTUATION:
        i += 1
    if i >= end or forms[i].conjunction or forms[i].preposition:
        return None
    last = phrase_end(known, i, end)
    if last < i or not (last + 1 >= end or forms[last + 1].pos & PUNCTUATION) or not _signs(known, i, last, forces=True):
        return None
    rest = range(last + 1, end)
    if any(forms[k].pos & (VERB | FIGURE) and not forms[k].pos & (NOUN | NAME) or forms[k].text in (":", ".", "؟", "«") for k in rest):
        return None
    return i, last


def _signature(known: Known) -> tuple[int, int] | None:
    """The last lines: an office or a body, with a name or a day beside it, and nothing that is told."""
    forms, document = known.forms, known.document
    tail = [s for s in document.sentences if not any(b <= s.begin < e for b, e, _ in document.silent)][-_SIGNED:]
    for part in reversed(tail):
        if part.end - part.begin > 14 or any(forms[k].text in (".", "؟", "©", "#") for k in range(part.begin, part.end)):
            continue
        i = part.begin
        while i < part.end and (forms[i].pos & (PUNCTUATION | FIGURE) or forms[i].text in _LABELS or i in known.date_at):
            i = known.date_at.get(i, i) + 1
        labelled = i > part.begin and any(forms[k].text in _LABELS for k in range(part.begin, i))
        if i >= part.end:
            continue
        for start in range(i, part.end):
            if start > i and forms[start - 1].text not in DASHES and forms[start - 1].text != "،":
                continue
            last = phrase_end(known, start, part.end)
            if (
                last >= start
                and _signs(known, start, last, forces=labelled)
                and all(
                    forms[k].pos & (PUNCTUATION | FIGURE | NAME) or forms[k].pos == 0 or k in known.date_at or _in_date(known, k)
                    for k in range(last + 1, part.end)
                )
            ):
                return start, last
    return None


def _in_date(known: Known, k: int) -> bool:
    return any(first <= k <= last for first, last in known.date_at.items() if first <= k)


def _signs(known: Known, first: int, last: int, *, forces: bool) -> bool:
    """Whether a phrase can sign a statement: a spokesman, a command, a ministry, a listed party; the forces of a state where `forces`."""
    head = known.forms[head_of(known, first, last + 1)]
    if "voice.rank" in head.cues:
        return last > first and not head.conjunction
    if head.stem in _SIGNING:
        return last > first
    if first not in known.actor_at or last == first or known.actor_at[first].label in ("civilians", "social"):
        return False
    return known.actor_at[first].label != "state" or (forces and head.noun is not None and head.noun[1] == "group")


def name_anew(known: Known, voices: list[Voice]) -> None:
    """A second pass: a bare name in a headline has the id of the one who is named in full further down."""
    full: dict[str, Voice] = {}
    for voice in voices:
        if voice.id is not None:
            for k in range(voice.first + 1, voice.last + 1):
                full.setdefault(known.forms[k].stem, voice)
    for voice in voices:
        if voice.id is None and voice.last - voice.first <= 1 and voice.kind in ("local", "party", "official"):
            lend(known, voice, [v for v in [full.get(known.forms[voice.last].stem)] if v is not None])
