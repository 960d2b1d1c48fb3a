"""Who says so, and how far their words reach.

A voice opens with a verb of saying and its subject (قال، أعلن، أفاد … أن), with a phrase (بحسب، وفق، حسبما أفاد), with a noun of saying
(إعلان الجيش، في بيان للوزارة) or with a name and a colon. It holds to the end of its sentence, through sentences that go on with وأضاف،
وتابع، وأشار, and through open quotation marks; it ends where another voice opens. Where a voice carries another's words (ونقلت وكالة X عن
مصدر قوله) the one whose words they are is the source. Rules counted in «How Arabic tells a war», point 6.

    openers.py      what opens a voice in a sentence        saying.py      verbs of saying      subjects.py    their subjects
    name_phrase.py  where the name of a speaker ends        speakers.py    who can speak        identity.py    his id and kind
    voices.py       a voice, and pointing back to one       statements.py  whose words a whole report is
    labels.py       a name and a colon, a name in brackets
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from marsad.knowledge.lexicon import (
    COMPLEMENT,
    EVENT,
    FIGURE,
)
from marsad.model import Source
from marsad.reading.document import Document
from marsad.reading.openers import Openers, spots_of
from marsad.reading.speakers import Known
from marsad.reading.statements import add_whole, name_anew
from marsad.reading.voices import Voice

__all__ = ["Voice", "Voices", "as_source", "find_voices", "voice_at"]


class Voices:
    """The voices of a document, and for each token the innermost that tells it. `all`: in the order in which they open."""

    __slots__ = ("_naming", "_telling", "all")

    def __init__(self, voices: list[Voice], tokens: int) -> None:
        self.all = voices
        self._telling: list[Voice | None] = [None] * tokens
        for voice in voices:
            begin, end = voice.reach
            self._telling[begin:end] = [voice] * (end - begin)
        self._naming: dict[int, list[Voice]] = {}
        for voice in voices:
            for token in range(voice.first, voice.last + 1):
                self._naming.setdefault(token, []).append(voice)

    def at(self, token: int) -> Voice | None:
        """The voice that tells a token; the innermost, that is the one that opened last."""
        return self._telling[token]

    def naming(self, token: int) -> list[Voice]:
        """The voices whose speaker's name a token belongs to."""
        return self._naming.get(token, [])


def find_voices(document: Document) -> Voices:
    """The voices of a document in the order in which they open, their reach settled."""
    known = Known(document)
    silent = {i for begin, end, _ in document.silent for i in range(begin, end)}
    voices: list[Voice] = []
    spots = spots_of(document)
    at = 0
    for number, part in enumerate(document.sentences):
        begins, at = at, bisect_left(spots, part.end, at)
        if part.begin in silent:
            continue
        opened: list[Voice] = []
        if at > begins:
            opened = Openers(known, part.begin, part.end, voices).openers(spots[begins:at])
            _settle_reach(document, part.begin, part.end, opened)
        carried = _carried(document, number, part.begin, part.end, voices, opened)
        if carried is not None:
            opened.insert(0, carried)
        voices.extend(opened)
    name_anew(known, voices)
    add_whole(known, voices)
    return Voices(voices, len(document.forms))


def voice_at(voices: Voices, token: int) -> Voice | None:
    """The voice that tells token `token`."""
    return voices.at(token)


def as_source(document: Document, voice: Voice) -> Source:
    """The voice as the source of an event."""
    span = document.span(voice.first, voice.last)
    name = document.words.text[span[0] : span[1]]
    return Source(name=name, id=voice.id, kind=voice.kind, span=span)


_LONG_SPEECH: Final = 40  # sentences that one quotation or one list can hold
_BULLETS: Final = frozenset("-–—•*▪◾🔻🔹١٢٣٤٥٦٧٨٩123456789")


def _carried(document: Document, number: int, begin: int, end: int, voices: list[Voice], opened: list[Voice]) -> Voice | None:
    """An open quotation, or the lines behind a colon, keep the voice of the sentence before."""
    if not voices or number == 0:
        return None
    before = voices[-1]
    if document.sentence_of[before.opener] != number - 1 and not (before.carried and before.reach[1] == begin):
        return None
    first = min((v.reach[0] for v in opened), default=end)
    if first <= begin or number - document.sentence_of[before.opener] > _LONG_SPEECH:
        return None
    text = document.words.text
    start = document.words.starts[before.opener]
    passage = text[start : document.words.starts[begin]]
    if passage.count("“") > passage.count("”") or passage.count("«") > passage.count("»") or passage.count('"') % 2 == 1:
        return Voice(before.first, before.last, before.opener, (begin, first), before.id, before.kind, "inside a quotation", carried=True)
    if document.forms[begin - 1].text == ":" or (
        before.rule == "behind a colon"
        and (document.forms[begin].text in _BULLETS or document.sentences[number].paragraph == document.sentences[number - 1].paragraph)
    ):
        return Voice(before.first, before.last, before.opener, (begin, first), before.id, before.kind, "behind a colon", carried=True)
    return None


def _settle_reach(document: Document, begin: int, end: int, voices: list[Voice]) -> None:
    """What each voice of a sentence tells: from its opener to the next voice; «بحسب X» at the end of a clause tells what stands before it."""
    voices.sort(key=lambda v: v.opener)
    edge = begin
    for number, voice in enumerate(voices):
        following = voices[number + 1] if number + 1 < len(voices) else None
        stop = following.opener if following is not None else end
        if following is not None and following.opener == voice.opener:
            voice.reach = (voice.opener, voice.opener)  # the carrier of the following one's words
            continue
        if following is not None and _is_quoted_by(document, following, voice):
            voice.quotes = following
        if voice.carried:
            voice.reach = (voice.opener, max(voice.opener + 1, stop))
        elif voice.rule == "according to" and number and _aside(document, voices[number - 1], voice, end):
            voice.rule, voice.reach = "the carrier of words", (voice.opener, voice.last + 1)
            voices[number - 1].reach = (voices[number - 1].reach[0], stop)
        elif (voice.rule == "according to" or voice.behind) and voice.opener - begin > 2:
            again = following is not None and (following.rule == "according to" or following.behind)
            voice.reach = (edge, max(voice.last + 1, voice.last + 1 if again else stop))
        else:
            if following is not None and (following.rule == "according to" or following.behind):
                stop = max(voice.last + 1, stop)
            opens = min(voice.opener, voice.first) if voice.first >= begin else voice.opener
            voice.reach = (opens if voice.opener - begin > 2 else begin, stop)
        edge = voice.reach[1]


def _is_quoted_by(document: Document, told: Voice, by: Voice) -> bool:
    """قال التلفزيون السوري | نقلا عن مصدر عسكري إن …: right behind who only carries the words."""
    return told.rule == "according to" and told.opener == by.last + 1 and document.forms[told.opener].text.endswith("نقلا")


def _aside(document: Document, outer: Voice, inner: Voice, end: int) -> bool:
    """قالت الشرطة، بحسب ما نقلته وكالة X، إن …: what is said comes only behind the aside."""
    forms = document.forms
    if outer.behind or outer.rule not in ("verb of saying and its subject", "subject and verb of saying") or forms[inner.opener].text.endswith("نقلا"):
        return False
    if any(forms[k].pos & (COMPLEMENT | EVENT | FIGURE) or forms[k].text in (":", '"', "«") for k in range(outer.last + 1, inner.opener)):
        return False
    return any(forms[k].pos & COMPLEMENT or forms[k].text == ":" for k in range(inner.last + 1, min(inner.last + 6, end)))
