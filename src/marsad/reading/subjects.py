"""The subject of a verb of saying: behind it, past a day, an adverb, the one who is spoken to; or in front of it, past asides."""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import (
    ADJECTIVE,
    ADVERB,
    COMPLEMENT,
    CONJUNCTION,
    EVENT,
    FIGURE,
    NAME,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    RELATIVE,
    VERB,
)
from marsad.knowledge.wordlists import words
from marsad.reading.name_phrase import phrase_end
from marsad.reading.speakers import CLOSING, OPENING, Known, can_speak, head_of
from marsad.reading.voices import Voice

ON_PERSONS: Final = words("subjects.on_persons")
SKIPPED: Final = words("subjects.skipped")
_FROM_SIDE: Final = words("subjects.from_side")
_CLAUSE_OPENERS: Final = words("subjects.clause_openers")
_OF_CARRIERS: Final = words("subjects.of_carriers")


class Subjects:
    """A sentence, and the search in it for the subject of a verb of saying."""

    __slots__ = ("begin", "document", "earlier", "end", "forms", "known", "out")

    def __init__(self, known: Known, begin: int, end: int, earlier: list[Voice]) -> None:
        self.known = known
        self.document = known.document
        self.forms = known.forms
        self.begin, self.end = begin, end
        self.earlier = earlier
        self.out: list[Voice] = []

    def _complement(self, i: int) -> int | None:
        """The token of أن, إن, a colon or a quotation mark that opens what is said, if there is one soon."""
        for j in range(i + 1, min(i + 22, self.end)):
            form = self.forms[j]
            if form.pos & COMPLEMENT or form.text in (":", '"', "“", "«"):
                return j
            if form.pos & VERB and form.verb is not None and "speech" in form.verb[1] and not form.pos & NOUN:
                return None
        return None

    def _subject_behind(self, i: int, lemma: str) -> tuple[int, int]:
        """The noun phrase behind a verb of saying, past a day, an adverb, whom it is said to; (-1, -1) if what is said follows at once."""
        forms, known, end = self.forms, self.known, self.end
        k = i + 1
        for _ in range(5):
            if k >= end:
                return -1, -1
            form = forms[k]
            if k in known.date_at:
                k = known.date_at[k] + 1
            elif form.text == "كاميرا" or form.bare in SKIPPED or (form.pos & ADVERB and not form.pos & NOUN):
                k += 1
            elif form.text == "،" and k + 1 < end and (k > i + 1 or k + 1 in known.date_at or forms[k + 1].text in ("في", "من", "خلال", "بدوره", "بدورها")):
                k += 1
            elif form.text in ("في", "خلال", "عبر", "علي") and k + 1 < end and ("voice.carriers" in forms[k + 1].cues or "voice.channels" in forms[k + 1].cues):
                k = self._past_carrier(k + 1)
            elif form.text == "من" and k + 1 < end and forms[k + 1].text in _FROM_SIDE:
                k += 2
            elif self._is_addressee(k):
                k = self._past_addressee(k)
            elif any(cue == "closed.disc" for _, cue in self.document.phrases.get(k, ())):
                k = max(last for last, cue in self.document.phrases[k] if cue == "closed.disc") + 1
            else:
                break
        if k >= end:
            return -1, -1
        if forms[k].text in OPENING:
            inner = k + 1
            close = next((n for n in range(inner, min(inner + 6, end)) if forms[n].text in CLOSING), -1)
            if inner >= end or close < 0:
                return -1, -1
            listed = inner in known.actor_at or any(x[1] == "source" for x in forms[inner].names)
            named = (
                close + 1 < end
                and not forms[close + 1].pos & PUNCTUATION
                and not any(forms[n].pos & (VERB | COMPLEMENT | PREPOSITION) and not forms[n].pos & NOUN for n in range(inner, close))
            )
            if not listed and not (
                named and (forms[inner].pos & NAME or can_speak(known, inner, close - 1, strict=True) or "voice.carriers" in forms[inner].cues)
            ):
                return -1, -1
            k = inner
        form = forms[k]
        if (
            form.article
            and form.pos & EVENT
            and k + 1 < end
            and ("voice.rank" in forms[k + 1].cues or forms[k + 1].stem in ("وزير", "وزيره"))
            and not forms[k + 1].article
        ):
            k += 1  # أعلن الاتفاق وزير الخارجية
            form = forms[k]
        if (form.preposition and not form.whole_name and "kind.outlet" not in form.cues) or form.conjunction and not form.whole_name:
            return -1, -1
        if form.pos & PREPOSITION and not form.pos & (NOUN | NAME):
            return -1, -1
        if form.pos & EVENT and not form.article and not form.person and k not in known.actor_at and not form.cues & {"voice.source_nouns"}:
            return -1, -1
        if (
            form.noun is not None
            and form.noun[1] in ("masdar", "event", "harm", "abstract")
            and not form.cues & {"voice.source_nouns", "voice.carriers"}
            and k not in known.ends
            and not self._phrased(k)
        ):
            return -1, -1
        if lemma == "قدر" and form.stem == "عدد":
            return -1, -1
        if form.noun is not None and form.noun[4] == "accusative" and form.text.endswith("ا") and not form.pos & NAME and "kind.outlet" not in form.cues:
            return -1, -1
        last = phrase_end(known, k, end)
        if last < k:
            return -1, -1
        if lemma in ON_PERSONS and (not self._agrees(i, k, last) or (form.text.endswith("ين") and form.noun is not None and form.noun[2] in ("p", "d"))):
            return -1, -1
        return k, last

    def _phrased(self, k: int) -> bool:
        return any(cue == "voice.source_nouns" for _, cue in self.document.phrases.get(k, ()))

    def _subject_before(self, i: int) -> tuple[int, int]:
        """The noun phrase in front of a verb of saying: المرصد … أفاد, وكانت الوزارة قد أعلنت, أما القيادة فقالت."""
        forms, known = self.forms, self.known
        if forms[i].conjunction == "و":
            return -1, -1
        b = i
        while b > self.begin and i - b < 24:
            form = forms[b - 1]
            if (
                form.text in (":", "؛", ".", "?", "؟", "!")
                or form.pos & COMPLEMENT
                and not form.article
                or form.pos & RELATIVE
                and not form.pos & (NOUN | PREPOSITION | NAME)
            ):
                break
            if form.pos & VERB and not form.pos & (NOUN | NAME | ADVERB) and b - 1 not in known.ends:
                if form.verb is not None and form.verb[1] == "be":
                    break
                if b > i - 1:
                    return -1, -1
                break
            b -= 1
        for s in range(b, i):
            form = forms[s]
            start = (
                s == self.begin
                or s == b
                or forms[s - 1].text in ("،", ",", "؛", ":", "-", "–", "|", ".", "/")
                or forms[s - 1].pos & CONJUNCTION
                or forms[s - 1].text in _CLAUSE_OPENERS
                or (form.conjunction == "و" and not form.whole_name)
                or s > self.begin
                and forms[s - 1].pos & (FIGURE | PUNCTUATION)
                or any(
                    cue in ("closed.conj", "closed.disc")
                    for x in range(max(self.begin, s - 3), s)
                    for end_, cue in self.document.phrases.get(x, ())
                    if end_ == s - 1
                )
            )
            if not start or form.pos & PUNCTUATION and form.text not in OPENING:
                continue
            if form.pos & PREPOSITION and not form.pos & (NOUN | NAME) or form.preposition and not form.whole_name:
                continue
            if any(cue in ("closed.disc", "closed.conj") for _, cue in self.document.phrases.get(s, ())):
                continue
            t = s + 1 if form.text in OPENING else s
            last = phrase_end(known, t, i)
            if last < t:
                continue
            if not self._only_asides(last + 1, i):
                rest = range(last + 1, i)
                if (
                    len(rest) > 3
                    or "voice.source_nouns" not in form.cues
                    or any(forms[x].pos & (VERB | EVENT | PUNCTUATION | COMPLEMENT) and not forms[x].pos & NOUN or forms[x].conjunction for x in rest)
                ):
                    continue
                last = i - 1
            if form.pos & EVENT and not form.person and not form.article and t not in known.actor_at and not form.cues & {"voice.source_nouns"}:
                continue
            if not self._agrees(i, t, last) or (forms[i].conjunction == "ف" and not any(f.text in ("اما", "واما") for f in forms[b:s])):
                continue
            head = forms[head_of(known, t, last + 1)]
            if (
                head.noun is not None
                and head.noun[4] == "accusative"
                and head.text.endswith("ا")
                and not head.pos & NAME
                and not (s > self.begin and forms[s - 1].pos & COMPLEMENT)
            ):
                continue
            return t, last
        return -1, -1

    def _only_asides(self, k: int, end: int) -> bool:
        """Whether nothing but days, adverbs, commas, addressees and places of statement stand between a subject and its verb."""
        forms = self.forms
        while k < end:
            form = forms[k]
            if k in self.known.date_at:
                k = self.known.date_at[k] + 1
            elif (
                form.text in ("،", ",", "قد", "لقد", "فقد", "كان", "كانت", "–", "-")
                or form.text in CLOSING
                or form.bare in SKIPPED
                or (form.pos & ADVERB and not form.pos & NOUN)
            ):
                k += 1
            elif (
                form.text in ("في", "خلال", "عبر", "علي")
                and k + 1 < end
                and ("voice.carriers" in forms[k + 1].cues or "voice.channels" in forms[k + 1].cues or forms[k + 1].stem in ("وقت", "اطار"))
            ):
                k = self._past_carrier(k + 1)
                while k < end and forms[k].text not in ("،", ","):
                    k += 1
            elif any(cue == "closed.disc" for _, cue in self.document.phrases.get(k, ())):
                k = max(last for last, cue in self.document.phrases[k] if cue == "closed.disc") + 1
            elif forms[k - 1].text in ("،", ",") and (close := self._aside_end(k, end)) > 0:
                k = close + 1
            elif forms[k].text == "(":
                close = next((n for n in range(k, end) if forms[n].text == ")"), -1)
                if close < 0:
                    return False
                k = close + 1
            else:
                return False
        return True

    def _aside_end(self, k: int, end: int) -> int:
        """The comma that closes an aside without a verb: تنظيم X، المنتمي إلى Y، قد أعلن; المرصد، في نشرته المسائية، قال."""
        placed = bool(self.forms[k].pos & PREPOSITION)
        for n in range(k, min(k + 12, end)):
            form = self.forms[n]
            if form.text in ("،", ","):
                return n
            if (
                not placed
                and form.pos & VERB
                and not form.pos & (NOUN | NAME | ADJECTIVE)
                or form.pos & (COMPLEMENT | RELATIVE)
                and not form.pos & (NOUN | PREPOSITION)
            ):
                return -1
        return -1

    def _agrees(self, i: int, first: int, last: int) -> bool:
        """Whether a noun phrase can be the subject of the verb by its gender: اتهمت قوات سوريا الديمقراطية; but واتهم | قوات الدعم."""
        verb = self.forms[i].verb
        head = self.forms[head_of(self.known, first, last + 1)]
        if verb is None or head.noun is None or head.pos & NAME:
            return True
        gender, number = head.noun[3], head.noun[2]
        human = head.noun[1] in ("person", "title")
        if number == "p" and not human:
            gender = "f"
        elif number == "p" or head.text in ("سكان", "اهالي", "شهود"):
            return True
        return verb[4] in ("-", gender) or verb[5] != "s"

    def _is_addressee(self, k: int) -> bool:
        form = self.forms[k]
        if form.text in ("لنا", "لي", "لهم"):
            return True
        if form.text == "ل":
            return True
        glued = form.preposition == "ل" or (form.text.startswith("ل") and form.names and not form.whole_name and not form.pos & NOUN)
        return bool(glued) and not form.pos & VERB

    def _past_addressee(self, k: int) -> int:
        """Past لـ«سكاي نيوز عربية», لرويترز, لبي بي سي, لوكالة الأناضول."""
        forms, end = self.forms, self.end
        if forms[k].text in ("لنا", "لي", "لهم"):
            return k + 1
        j = k + 1 if forms[k].text == "ل" else k
        if j >= end:
            return end
        if j < end and forms[j].text in OPENING:
            close = next((n for n in range(j + 1, min(j + 9, end)) if forms[n].text in CLOSING), -1)
            return close + 1 if close > 0 else j + 1
        last = j
        for name in forms[j].names:
            if name[1] == "source" and name[0] and [f.text for f in forms[j + 1 : j + 1 + len(name[0])]] == list(name[0]):
                last = max(last, j + len(name[0]))
        if last == j:
            last = max(j, phrase_end(self.known, j, min(end, j + 5)))
            for n in range(j + 1, last + 1):
                if "voice.source_nouns" in forms[n].cues and not forms[n].article:
                    return n
        return last + 1

    def _past_carrier(self, k: int) -> int:
        """Past بيان, بيان لها, مؤتمر صحفي, تصريح لوكالة X."""
        forms, end = self.forms, self.end
        j = k + 1
        while j < end and j < k + 4 and (forms[j].text in ("له", "لها", "لهم", "ايضا") or (forms[j].stem in _OF_CARRIERS)):
            j += 1
        if j < end and self._is_addressee(j):
            j = self._past_addressee(j)
        return j
