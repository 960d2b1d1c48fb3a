"""What opens a voice in a sentence: a verb of saying, بحسب X, a name and a colon, a noun of saying (إعلان X), a rumour, a name in brackets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import (
    COMPLEMENT,
    NAME,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    VERB,
    Form,
)
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document
from marsad.reading.labels import Labels
from marsad.reading.name_phrase import phrase_end
from marsad.reading.saying import BLAME, OF_TOLLS
from marsad.reading.speakers import OPENING, STOPS, can_speak, head_of, verb_lemma
from marsad.reading.subjects import skipped
from marsad.reading.voices import Voice

_SAYING_NOUNS: Final = words("openers.saying_nouns")
_RUMOURS: Final = words("openers.rumours")
_RUMOURED: Final = words("openers.rumoured")
_HANDLED: Final = words("openers.handled")
_AFTER_ACCORDING: Final = words("openers.after_according")
_HEARD: Final = words("openers.heard")
_NOUN_BEHIND: Final = words("openers.noun_behind")
_OWN_WORDS: Final = words("openers.own_words")
_VERB_BEHIND: Final = words("openers.verb_behind")
_KEPT_DOCUMENTS: Final = words("openers.kept_documents")
_FURTHER_DOCUMENTS: Final = words("openers.further_documents")
_BY_RECKONING: Final = words("openers.by_reckoning")
_RECKONINGS: Final = words("openers.reckonings")
_THIS_IS: Final = words("openers.this_is")
_OF_DOCUMENTS: Final = words("openers.of_documents")
_ISSUED: Final = words("openers.issued")
_BOTH_SIDES: Final = words("openers.both_sides")
_RUMOUR_ADJECTIVES: Final = words("openers.of_rumours")
_OTHER_VERBS: Final = words("openers.further_verbs") | OF_TOLLS


def spots_of(document: Document) -> list[int]:
    """The tokens at which a voice can open."""
    opening = [i for i, form in enumerate(document.forms) if (form.opens if form.opens >= 0 else _can_open(form))]
    phrased = [i for i, phrases in document.phrases.items() if any(cue == "voice.according" for _, cue in phrases)]
    return sorted({*opening, *phrased}) if phrased else opening


def _can_open(form: Form) -> int:
    """Whether a form can open a voice at all; kept with the form."""
    verb = form.verb is not None and ("speech" in form.verb[1] or fold(str(form.verb[0])) in _OTHER_VERBS or form.text.endswith("نا"))
    noun = form.stem in _NOUNS or form.bare in BLAME
    opens = int(verb or noun or form.text in (":", "(") or not form.cues.isdisjoint(_OPENING_CUES))
    form.opens = opens
    return opens


_OPENING_CUES: Final = frozenset(("voice.according", "voice.going_on", "voice.carriers"))
_NOUNS: Final = _SAYING_NOUNS | _RUMOURS | BLAME | _BY_RECKONING | _RECKONINGS | {"كلام", "حديث"}


def _is_document(form: Form) -> bool:
    """What carries somebody's words: بيان, تقديرات, توثيقات."""
    return "voice.carriers" in form.cues or form.stem in _FURTHER_DOCUMENTS


class Openers(Labels):
    """The search for all openers of one sentence."""

    __slots__ = ()

    def openers(self, spots: Iterable[int]) -> list[Voice]:
        """The voices that open in the sentence at one of the tokens `spots`, in order, none reaching yet."""
        free = self.begin
        for i in spots:
            if i < free:
                continue
            found = self._at(i)
            if found:
                self.out.extend(found)
                free = max(i, *(v.last for v in found)) + 1 if not found[-1].carried else i + 1
        return self.out

    def _at(self, i: int) -> list[Voice]:
        form = self.forms[i]
        phrases = self.document.phrases.get(i, ())
        if phrases:
            ends = [last for last, cue in phrases if cue == "voice.according"]
            if ends and max(ends) + 1 < self.end:
                found = self._according(max(ends), i)
                if found:
                    return found
        if ("voice.according" in form.cues and not form.article) or self._is_reckoned(i):
            found = self._according(i, i)
            if found:
                return found
        if form.text.endswith("نا") and form.verb is not None and verb_lemma(form.verb) in _HEARD and i + 2 < self.end:
            found = self._heard(i)
            if found:
                return found
        if form.verb is not None and "speech" in form.verb[1] and not self._is_noun(i):
            found = self._saying(i)
            if found or not form.pos & NOUN:
                return found
        elif (
            form.verb is not None
            and (verb_lemma(form.verb) in _OTHER_VERBS or form.text.endswith("نا") and str(form.verb[0]) in ("حدث", "كلم"))
            and not self._is_noun(i)
        ):
            return self._saying(i)
        if form.stem in BLAME or form.bare in BLAME:
            return self._blame(i)
        if "voice.going_on" in form.cues and not form.article:
            return self._going_on(i)
        if form.text == ":":
            return self._colon(i)
        if form.text == "(":
            return self._bracketed(i)
        return self._nominal(i)

    def _is_reckoned(self, i: int) -> bool:
        """قتل عشرون بتقدير مدير المستشفى; نزح ألف، هذا رقم المفوضية: whose figures or words it was."""
        form = self.forms[i]
        if form.article or form.enclitic:
            return False
        if form.preposition == "ب":
            return form.stem in _BY_RECKONING
        return form.text in _RECKONINGS and i > self.begin and self.forms[i - 1].text in _THIS_IS

    def _is_noun(self, i: int) -> bool:
        form = self.forms[i]
        if not form.pos & NOUN:
            return False
        if (
            form.article
            or form.preposition
            or form.stem == "بيان"
            or form.text.endswith("نقلا")
            or (form.person and (form.enclitic or form.text.endswith("ه")))
        ):
            return True  # بتعذيب ابنها, ابنة السفير: her son, his daughter
        before = self.forms[i - 1] if i > self.begin else None
        if before is None or form.conjunction:
            return False
        return bool(before.pos & PREPOSITION) and not before.pos & NAME or before.stem in _NOUN_BEHIND

    def _according(self, i: int, opener: int) -> list[Voice]:
        """بحسب X, وفقا لـ X, حسبما أفاد X, بحسب ما نقلته X عن Y, حسب قوله."""
        forms, known, end = self.forms, self.known, self.end
        j, verb = self._behind_according(i)
        if (verb < 0 and forms[i].text == "ما") or (verb >= 0 and forms[verb].bare in STOPS):
            return []  # على ما يرام, على ما يبدو
        if verb >= 0:
            j = self._behind_told(j, verb)
        if j >= end or (forms[j].pos & (COMPLEMENT | PUNCTUATION) and not forms[j].pos & NOUN):
            return []
        if forms[j].enclitic and forms[j].stem in _OWN_WORDS:
            return self._resumed(i, False, "according to", near=True)
        if _is_document(forms[j]) and (own := self._pronoun_of(j)):
            return self._own_document(j, opener, own)
        if (forms[j].enclitic in ("ه", "ها", "هم") and forms[j].stem in ("مصدر", "مصادر", "مراسل")) or (_is_document(forms[j]) and forms[j].enclitic == "نا"):
            return []  # نقلا عن مصادرها: the carrier's own; وفق سجلاتنا: the outlet's
        last = phrase_end(known, j, end)
        if last < j:
            return []
        first, last, _ = self._author(j, last)
        stated = _is_document(forms[head_of(known, first, last + 1)])
        speaks = can_speak(known, first, last, strict=True) or (verb >= 0 and can_speak(known, first, last, strict=False))
        if not (stated or speaks or self._is_person_name(first, last)):
            return []
        if (
            forms[i].text == "عن"
            and i + 1 < end
            and "voice.according" in forms[opener].cues
            and self.out
            and self.out[-1].rule == "verb of saying and its subject"
        ):
            self.out[-1].rule = "the carrier of words"
        voice = self._made(first, last, opener, "according to")
        if forms[i].text == "لسان" and voice.id is None and self.out and self.out[-1].kind not in ("media", "outlet"):
            voice.id, voice.kind = self.out[-1].id, self.out[-1].kind  # أعلن المجلس على لسان رياض درار: he speaks for it
        return self._with_carried(i, opener, voice)

    def _pronoun_of(self, j: int) -> str:
        """The pronoun of whom a document is: بياناتها, بيان لها; empty where it has none."""
        if self.forms[j].enclitic in ("ه", "ها", "هم"):
            return self.forms[j].enclitic
        behind = self.forms[j + 1].text if j + 1 < self.end else ""
        return behind[1:] if behind in ("له", "لها", "لهم") else ""

    def _own_document(self, j: int, opener: int, pronoun: str) -> list[Voice]:
        """أسر الجيش ثلاثة، وفق بيان له: the party that the pronoun means, the first of the sentence that it can mean."""
        begin = self.begin
        held = [m for m in self.known.actor_at.values() if begin <= m.first < j and self._may_mean(pronoun, m.head)]
        mention = min(held, key=lambda m: m.first, default=None) or self.known.party_meant(j)
        return [self._made(mention.first, mention.last, opener, "according to")] if mention is not None and mention.id else []

    def _may_mean(self, pronoun: str, head: int) -> bool:
        """Whether a pronoun can stand for a noun by its gender and number: ها for a woman and for things in the plural."""
        noun = self.forms[head].noun
        if noun is None or self.forms[head].pos & NAME:
            return True
        plural, person = noun[2] == "p", noun[1] in ("person", "title")
        wanted = ("هم" if person else "ها") if plural else ("ها" if noun[3] == "f" else "ه")
        return pronoun == wanted

    def _behind_according(self, i: int) -> tuple[int, int]:
        """The token behind بحسب, حسبما with what goes with it (ما, a mark, a day), and the last verb among that, or -1."""
        forms, known = self.forms, self.known
        j, verb = i + 1, -1
        while j < self.end:
            form = forms[j]
            plain = form.verb is not None and not form.pos & (NOUN | PREPOSITION) and not form.article
            if plain or (form.verb is not None and "speech" in form.verb[1] and verb < 0 and self._verbal(j)):
                verb = j
            elif form.text not in _AFTER_ACCORDING and form.text not in OPENING and not (j in known.date_at and verb >= 0):
                break
            j = known.date_at.get(j, j) + 1
        return j, verb

    def _behind_told(self, j: int, verb: int) -> int:
        """The token at which the speaker begins behind the verb (حسبما أفاد): who is told, in what it is said, a day between commas stand between."""
        forms, end, date_at = self.forms, self.end, self.known.date_at

        def carries(k: int) -> bool:
            return k + 1 < end and not forms[k + 1].cues.isdisjoint(("voice.carriers", "voice.channels"))

        if forms[verb].stem in ("جاء", "ورد") and j < end and forms[j].text == "في" and carries(j):
            return j + 1  # حسبما جاء في بيان X
        while j < end:
            if self._is_addressee(j):
                j = self._past_addressee(j)
            elif forms[j].text in ("في", "عبر", "علي") and carries(j):
                j = self._past_carrier(j + 1)
            elif skipped(forms[j]) or forms[j].text in OPENING:
                j += 1
            elif forms[j].text == "،" and date_at.get(j + 1, end) + 2 < end and forms[date_at[j + 1] + 1].text == "،":
                j = date_at[j + 1] + 2  # وفق ما صرح به، الجمعة، رئيس الولاية
            else:
                break
        return j

    def _with_carried(self, i: int, opener: int, voice: Voice) -> list[Voice]:
        """The voice, and behind it whom it carries: بحسب ما نقلته X عن Y, وفق تصريح نقله X عن Y."""
        forms, behind = self.forms, voice.last + 1
        carries = any((verb := form.verb) is not None and verb_lemma(verb) == "نقل" for form in forms[i + 1 : voice.first])
        if carries and behind + 1 < self.end and forms[behind].text == "عن":
            stop = phrase_end(self.known, behind + 1, self.end)
            if stop > behind and can_speak(self.known, behind + 1, stop, strict=False):
                voice.rule = "the carrier of words"
                return [voice, self._made(behind + 1, stop, opener, "according to")]
        return [voice]

    def _verbal(self, j: int) -> bool:
        """Whether a word that is a verb or a noun stands as a verb: behind ما, كما, حسبما."""
        return self.forms[j - 1].text in _VERB_BEHIND and bool(self.forms[j].pos & VERB)

    def _is_person_name(self, first: int, last: int) -> bool:
        return last > first and all(self.forms[k].pos & NAME or self.forms[k].pos == 0 for k in range(first, last + 1))

    def _author(self, first: int, last: int) -> tuple[int, int, bool]:
        """Of a document its author: تقديرات X, بيان صادر عن X, بيان نشرته X; (first, last, whether it was found)."""
        forms, known = self.forms, self.known
        head = head_of(known, first, last + 1)
        if head < 0 or not _is_document(forms[head]):
            return first, last, False
        kept = forms[head].stem in _KEPT_DOCUMENTS
        k = last + 1
        if last > head and not kept:
            inner = head + 1
            while inner <= last and (forms[inner].text == "عن" or forms[inner].stem in _OF_DOCUMENTS):
                inner += 1
            if inner <= last and can_speak(known, inner, last, strict=False) and phrase_end(known, inner, self.end) >= inner:
                return inner, last, True
            return first, last, False
        if last > head and kept and any(n in known.actor_at or forms[n].cues & {"voice.source_nouns"} for n in range(head + 1, last + 1)):
            return first, last, True
        if k + 1 < self.end and forms[k].stem in _ISSUED and forms[k + 1].text in ("عن", "الي", "من"):
            k += 2
        elif k + 1 < self.end and (forms[k].text in ("الذي", "التي") or self._of_it(k)):
            k += 2 if forms[k].text in ("الذي", "التي") else 1
        elif k < self.end and forms[k].text in ("من", "ل") and k + 1 < self.end:
            k += 1
        elif k + 1 < self.end and forms[k].text == "عن":
            k += 1
        else:
            return first, last, False
        while k < self.end and forms[k].text in OPENING:
            k += 1
        stop = phrase_end(known, k, self.end)
        if stop >= k and can_speak(known, k, stop, strict=True) and forms[k].stem not in _BOTH_SIDES:
            return k, stop, True
        return first, last, False

    def _of_it(self, k: int) -> bool:
        """A verb whose object is the document in front of it: بيان | نشرته الوزارة, تقرير | نشره المرصد, which may be نشرة too."""
        form = self.forms[k]
        return form.verb is not None and bool(form.enclitic or form.text.endswith("ه"))

    def _nominal(self, i: int) -> list[Voice]:
        """إعلان الجيش أن, نفي X, في بيان ل X, أنباء عن; اتهامات وجهها X."""
        forms, form = self.forms, self.forms[i]
        if form.stem in _RUMOURS and not form.article:
            return self._rumour(i)
        found = self._speech_of(i) or self._statement_from(i)
        if found:
            return found
        carrier = "voice.carriers" in form.cues and i > self.begin and forms[i - 1].text in ("في", "خلال", "ففي", "وفي", "عبر")
        if form.stem not in _SAYING_NOUNS and not carrier or form.article or form.enclitic or i + 1 >= self.end:
            return []
        if carrier:
            return [] if self.out else self._in_statement(i)
        k = i + 1
        if forms[k].verb is not None and forms[k].enclitic:
            k += 1
        if k < self.end and forms[k].text in OPENING:
            k += 1
        if k >= self.end or (forms[k].preposition or forms[k].conjunction) and not forms[k].whole_name:
            return []
        known_to_speak = k in self.known.actor_at or not forms[k].cues.isdisjoint(("voice.source_nouns", "voice.rank"))
        return self._said_by(k, i, "noun of saying") if known_to_speak else []

    def _said_by(self, k: int, opener: int, rule: str) -> list[Voice]:
        """The speaker whose name begins at token `k`, if one does who can speak."""
        last = phrase_end(self.known, k, self.end)
        return [self._made(k, last, opener, rule)] if last >= k and can_speak(self.known, k, last, strict=True) else []

    def _speech_of(self, i: int) -> list[Voice]:
        """الكلام لـ X, والحديث للوزير."""
        form, k = self.forms[i], i + 1
        if form.stem in ("كلام", "حديث") and form.article and k < self.end and self.forms[k].preposition == "ل":
            return self._said_by(k, i, "according to")
        return []

    def _statement_from(self, i: int) -> list[Voice]:
        """بيان من X, تأكيدات من مصادر."""
        form, forms, k = self.forms[i], self.forms, i + 2
        if k >= self.end or forms[i + 1].text != "من" or form.enclitic or not ("voice.carriers" in form.cues or form.stem in _SAYING_NOUNS):
            return []
        last = phrase_end(self.known, k, self.end)
        if last < k or not can_speak(self.known, k, last, strict=True):
            return []
        noun = forms[k].noun
        body = noun is not None and noun[1] in ("group", "office")
        source = "voice.source_nouns" in forms[k].cues | forms[head_of(self.known, k, last + 1)].cues
        return [self._made(k, last, i, "noun of saying")] if body or source else []

    def _in_statement(self, i: int) -> list[Voice]:
        """في بيان لـ X, في تقرير المنظمة; the statement itself where nobody is named (في بيان صحفي)."""
        first, last, found = self._author(i, phrase_end(self.known, i, self.end))
        another = can_speak(self.known, first, last, strict=True) and self.forms[first].stem != self.forms[i].stem
        return [self._made(first, last, i, "noun of saying")] if found and (another or (first == i and last > i)) else []

    def _rumour(self, i: int) -> list[Voice]:
        """وردت أنباء عن, وسط تقارير غير مؤكدة تفيد."""
        last = phrase_end(self.known, i, self.end)
        k = max(last, i) + 1
        while k < self.end and self.forms[k].text in _RUMOUR_ADJECTIVES:
            k += 1
        if k >= self.end or self.forms[k].bare not in _RUMOURED or (i > self.begin and "voice.according" in self.forms[i - 1].cues):
            return []
        before = self.forms[i - 1] if i > self.begin else None
        if any(v.first <= i <= v.last for v in self.out) or before is not None and before.verb is not None and verb_lemma(before.verb) in _HANDLED:
            return []
        return [self._made(i, max(last, i), i, "rumour")]
