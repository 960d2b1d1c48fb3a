"""The subject of a verb of saying: behind it, past a day, an adverb, the one who is spoken to; or in front of it, past asides."""

from __future__ import annotations

from typing import Final

from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import (
    ADJECTIVE,
    ADVERB,
    COMPLEMENT,
    CONJUNCTION,
    EVENT,
    FIGURE,
    NAME,
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
from marsad.reading.name_phrase import phrase_end
from marsad.reading.speakers import CLOSING, INSTITUTIONS, OPENING, OWN, Known, can_speak, head_of
from marsad.reading.voices import Voice

ON_PERSONS: Final = words("subjects.on_persons")
_COUNTS: Final = words("subjects.counting")
_SKIPPED: Final = words("subjects.skipped")
_FROM_SIDE: Final = words("subjects.from_side")
_CLAUSE_OPENERS: Final = words("subjects.clause_openers")
_OF_CARRIERS: Final = words("subjects.of_carriers")
_WITH_ACCUSATIVE: Final = words("subjects.with_accusative")


def skipped(form: Form) -> bool:
    """Whether a word between a verb of saying and its subject is passed over: أيضا, بدورهم."""
    return form.bare in _SKIPPED or form.text in _SKIPPED


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
            if form.pos & PREPOSITION and j + 1 < self.end and not self.forms[j + 1].cues.isdisjoint(("voice.channels", "voice.carriers")):
                continue  # عبر تويتر
            if form.pos & COMPLEMENT or form.text in (":", '"', "“", "«"):
                return j
            if form.pos & VERB and form.verb is not None and "speech" in form.verb[1] and not form.pos & (NOUN | PRONOUN):
                return None
        return None

    def _subject_behind(self, i: int, lemma: str) -> tuple[int, int]:
        """The noun phrase behind a verb of saying, past a day, an adverb, whom it is said to; (-1, -1) if what is said follows at once."""
        forms, known, end = self.forms, self.known, self.end
        k = self._past_asides(i)
        if 0 <= k < end and forms[k].text in OPENING:
            k = self._inside_marks(k)
        if not 0 <= k < end:
            return -1, -1
        if self._is_what_is_said(k):
            k += 1  # أعلن الاتفاق وزير الخارجية
        form = forms[k]
        if self._is_no_subject(k) or (lemma == "قدر" and form.stem == "عدد") or (lemma in _COUNTS and form.pos & FIGURE):
            return -1, -1  # أحصى 59 جثة: what was counted
        last = k if self._is_capital(i, k) else phrase_end(known, k, end)
        if last < k:
            return -1, -1
        if forms[i].denies and not self._agrees(i, k, last):
            return -1, -1  # مصدر في الشركة نفى الأنباء
        if lemma in ON_PERSONS:
            several = numeral(form.text) is not None or (form.noun is not None and form.noun[2] in ("p", "d"))
            if not self._agrees(i, k, last) or (form.text.endswith("ين") and several):
                return -1, -1
        return k, last

    def _is_capital(self, i: int, k: int) -> bool:
        """Whether a state speaks by the name of its capital: نفت | باماكو القصف."""
        verb = self.forms[i].verb
        return verb is not None and verb[4] == "f" and bool(self.known.capital_at(k))

    def _past_asides(self, i: int) -> int:
        """The token behind a verb of saying and up to five asides: a day, an adverb, by what medium, whom it is said to."""
        forms, known, end = self.forms, self.known, self.end
        k = i + 1
        for _ in range(5):
            if k >= end:
                return end
            form = forms[k]
            if k in known.date_at:
                k = known.date_at[k] + 1
            elif form.text == "كاميرا" or skipped(form) or (form.pos & ADVERB and not form.pos & NOUN):
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
        return k

    def _inside_marks(self, k: int) -> int:
        """The first word behind an opening mark, if a name is in the marks and not what is said; else -1."""
        forms, known, end = self.forms, self.known, self.end
        inner = k + 1
        close = next((n for n in range(inner, min(inner + 6, end)) if forms[n].text in CLOSING), -1)
        if inner >= end or close < 0:
            return -1
        if inner in known.actor_at or any(x[1] == "source" for x in forms[inner].names):
            return inner
        goes_on = close + 1 < end and not forms[close + 1].pos & PUNCTUATION
        if not goes_on or any(forms[n].pos & (VERB | COMPLEMENT | PREPOSITION) and not forms[n].pos & NOUN for n in range(inner, close)):
            return -1
        speaks = forms[inner].pos & NAME or can_speak(known, inner, close - 1, strict=True) or "voice.carriers" in forms[inner].cues
        return inner if speaks else -1

    def _is_what_is_said(self, k: int) -> bool:
        """Whether a noun is what somebody told, who stands behind it by his office: أعلن الاتفاق وزير الخارجية."""
        form = self.forms[k]
        if not (form.article and form.pos & EVENT and k + 1 < self.end):
            return False
        behind = self.forms[k + 1]
        return ("voice.rank" in behind.cues or behind.stem in ("وزير", "وزيره")) and not behind.article

    def _is_no_subject(self, k: int) -> bool:
        """Whether a word behind a verb of saying begins no speaker: a preposition, what is said, an accusative."""
        form = self.forms[k]
        if (form.preposition and not form.whole_name and "kind.outlet" not in form.cues) or (form.conjunction and not form.whole_name):
            return True
        if form.pos & PREPOSITION and not form.pos & (NOUN | NAME):
            return True
        is_source = bool(form.cues & {"voice.source_nouns"})
        if form.pos & NAME and k + 1 < self.end and self.forms[k + 1].pos & NAME:
            return False  # قالت أمل صالح
        if form.pos & EVENT and not form.article and not form.person and k not in self.known.actor_at and not is_source:
            return True
        if form.noun is None:
            return False
        kind, case = form.noun[1], form.noun[4]
        told = is_source or "voice.carriers" in form.cues or (form.article and any(cue.startswith("kind.") for cue in form.cues))  # قال الإسعاف
        told = told or (form.article and form.stem in INSTITUTIONS)  # قال البرنامج
        abstract = kind in ("masdar", "event", "harm", "abstract") and not told
        if abstract and k not in self.known.ends and not self._phrased(k):
            return True
        return case == "accusative" and form.text.endswith("ا") and not form.pos & NAME and "kind.outlet" not in form.cues

    def _phrased(self, k: int) -> bool:
        return any(cue == "voice.source_nouns" for _, cue in self.document.phrases.get(k, ()))

    def _subject_before(self, i: int) -> tuple[int, int]:
        """The noun phrase in front of a verb of saying: المرصد … أفاد, وكانت الوزارة قد أعلنت, أما القيادة فقالت."""
        forms, known = self.forms, self.known
        begin = -1 if forms[i].conjunction == "و" else self._clause_before(i)
        for s in range(begin, i) if begin >= 0 else ():
            form = forms[s]
            if not self._may_begin(s, begin) or (form.pos & PUNCTUATION and form.text not in OPENING):
                continue
            if (form.pos & PREPOSITION and not form.pos & (NOUN | NAME)) or (form.preposition and not form.whole_name):
                continue
            if any(cue in ("closed.disc", "closed.conj") for _, cue in self.document.phrases.get(s, ())):
                continue
            t = s + 1 if form.text in OPENING else s
            last = phrase_end(known, t, i)
            if last < t:
                continue
            if not self._only_asides(last + 1, i):
                if not self._goes_on_to(s, last + 1, i):
                    continue
                last = i - 1 if not self._only_asides(i - 1, i) else i - 2  # … صادق دوديشي قد تحدث
            if form.pos & EVENT and not form.person and not form.article and t not in known.actor_at and not form.cues & {"voice.source_nouns"}:
                continue
            follows = forms[i].conjunction == "ف" or forms[i - 1].text == "فقد"
            if not self._agrees(i, t, last) or (follows and not any(f.text in ("اما", "واما") for f in forms[begin:s])):
                continue
            if not self._is_accusative(s, t, last):
                return t, last
        return -1, -1

    def _clause_before(self, i: int) -> int:
        """Where the clause begins in which a verb's subject is looked for in front of it; -1 if another verb stands right before."""
        forms, known = self.forms, self.known
        b = i
        while b > self.begin and i - b < 24:
            form = forms[b - 1]
            if form.text in (":", "؛", ".", "?", "؟", "!") or (form.pos & COMPLEMENT and not form.article):
                break
            if form.pos & RELATIVE and not form.pos & (NOUN | PREPOSITION | NAME):
                break
            other = form.pos & (NOUN | NAME | ADVERB | PREPOSITION | PARTICLE) or "voice.channels" in form.cues  # عبر, فقد, فيسبوك
            if form.pos & VERB and not other and b - 1 not in known.ends:
                is_auxiliary = form.verb is not None and form.verb[1] == "be"
                return b if is_auxiliary or b < i else -1
            b -= 1
        return b

    def _may_begin(self, s: int, begin: int) -> bool:
        """Whether a subject may begin at a token: at the clause's beginning, behind a comma, a conjunction, a figure, a word that opens a clause."""
        forms, form = self.forms, self.forms[s]
        if s in (self.begin, begin):
            return True
        before = forms[s - 1]
        if before.text in ("،", ",", "؛", ":", "-", "–", "|", ".", "/") or before.text in _CLAUSE_OPENERS or before.pos & (CONJUNCTION | FIGURE | PUNCTUATION):
            return True
        if form.conjunction == "و" and not form.whole_name:
            return True
        openers = (found for x in range(max(self.begin, s - 3), s) for found in self.document.phrases.get(x, ()))
        return any(cue in ("closed.conj", "closed.disc") and last == s - 1 for last, cue in openers)

    def _goes_on_to(self, s: int, first: int, i: int) -> bool:
        """Whether up to three words of no weight stand between a source that is named by its noun and its verb."""
        forms, rest = self.forms, range(first, i)
        if len(rest) > 3 or "voice.source_nouns" not in forms[s].cues:
            return False
        if any((noun := forms[x].noun) is not None and noun[4] == "accusative" and forms[x].text.endswith("ا") for x in rest):
            return False  # أصدر مكتب الناطق بيانا قال فيه
        return not any((forms[x].pos & (VERB | EVENT | PUNCTUATION | COMPLEMENT) and not forms[x].pos & NOUN) or forms[x].conjunction for x in rest)

    def _is_accusative(self, s: int, first: int, last: int) -> bool:
        """Whether the head of a noun phrase is an object by its ending; behind أن and لكن it may be the subject."""
        head = self.forms[head_of(self.known, first, last + 1)]
        if head.noun is None or head.noun[4] != "accusative" or not head.text.endswith("ا") or head.pos & NAME:
            return False
        return not (s > self.begin and (self.forms[s - 1].pos & COMPLEMENT or self.forms[s - 1].bare in _WITH_ACCUSATIVE))

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
                or skipped(form)
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
        if verb is None or head.noun is None or head.pos & NAME or head.bare in OWN:
            return True
        gender, number = head.noun[3], head.noun[2]
        human = head.noun[1] in ("person", "title")
        if human and head.text.endswith("ه") and not head.noun[0].endswith(("ه", "ة")):
            gender = "f"  # الناطقة
        if head.noun[1] == "masdar" and first in self.known.actor_at:
            return True  # الدعم السريع: a body's name without the word for what it is
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
        return bool(glued) and not form.pos & VERB or self._source_behind(k) >= 0

    def _source_behind(self, k: int) -> int:
        """The last token of a listed source whose name begins behind the ل of token `k`, or -1: لبي بي سي, لسانا."""
        forms, form = self.forms, self.forms[k]
        if not form.text.startswith("ل") or len(form.text) <= 2 or form.whole_name or form.preposition or form.article:
            return -1
        sources = [name[0] for name in self.document.lexicon.form(form.text[1:]).names if name[1] == "source"]
        return max((k + len(rest) for rest in sources if [f.text for f in forms[k + 1 : k + 1 + len(rest)]] == list(rest)), default=-1)

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
        last = self._source_behind(j)
        if last >= 0:
            return last + 1
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
