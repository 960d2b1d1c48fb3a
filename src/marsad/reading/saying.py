"""Verbs of saying: who says, who carries another's words, who goes on without being named again."""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import (
    ADJECTIVE,
    COMPLEMENT,
    EVENT,
    FIGURE,
    NAME,
    NEGATION,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    VERB,
    Form,
)
from marsad.knowledge.wordlists import words
from marsad.reading.counted import NOUN_SAYS
from marsad.reading.identity import identify
from marsad.reading.name_phrase import phrase_end
from marsad.reading.speakers import CLOSING, OPENING, can_speak, guessed, head_of, is_person, verb_lemma
from marsad.reading.subjects import ON_PERSONS, Subjects
from marsad.reading.voices import Voice, agrees, point_back, voice_of

_WEAK: Final = words("saying.strict")
_NEEDS_COMPLEMENT: Final = words("saying.need_complement")
_COURTS: Final = words("saying.courts")
_CONTINUING: Final = words("saying.continuing")
_NOT_SAYING: Final = words("saying.no_verbs")
_OFTEN_NOT: Final = words("saying.often_other")
_PUT_OUT: Final = words("saying.put_out")
_TOLD_US: Final = words("saying.told_us")
_MAY_BE_NOBODYS: Final = words("saying.may_be_nobodys")
_NOBODYS: Final = words("saying.nobodys")
_NUMBERS: Final = words("saying.numbers")
_AMOUNTS: Final = words("saying.amounts")
OF_TOLLS: Final = words("saying.of_tolls")
_HIS_WORDS: Final = words("saying.his_words")
_MEMORY: Final = 80  # voices back to which a later one can point
BLAME: Final = words("saying.blame")
_ACCUSE: Final = words("saying.accuse")
_BLAME_FOR: Final = words("saying.blame_for")

_SOON: Final = 3  # words between a verb of saying and أن, where nothing else can be its subject
_CLAUSE: Final = 30  # words back to the verb whose subject says it
_BEHIND: Final = "verb of saying and its subject"


class Saying(Subjects):
    """The voices that verbs of saying open."""

    __slots__ = ()

    def _saying(self, i: int) -> list[Voice]:
        """A verb of saying: its subject behind it, or in front of it, or gone on from before."""
        form = self.forms[i]
        assert form.verb is not None
        lemma = verb_lemma(form.verb)
        complement = self._complement(i)
        if self._is_no_saying(i, lemma, complement) or self._says_nothing(i, lemma, complement):
            return []
        if lemma in ("نقل", "نسب"):
            return self._quoted_from(i)
        first, last, rule = self._subject(i, lemma)
        if lemma in _ACCUSE and rule == _BEHIND and self._is_accused(i, last if first >= 0 else i):
            return self._accuser(i)
        if first >= 0:
            return self._told_by(i, lemma, first, last, rule, complement)
        if lemma in _CONTINUING or (complement is not None and lemma not in _WEAK):
            return self._gone_on(i, complement)
        return []

    def _is_accused(self, i: int, last: int) -> bool:
        """نفى الجيش ذلك | واتهم قوات الدعم السريع | بقصف السوق: whether the one party behind the verb is who is accused, since no second one stands behind it."""
        forms, before = self.forms, self.forms[i - 1] if i > self.begin else None
        if before is None or not (forms[i].conjunction == "و" or before.text in ("،", ",")):
            return False
        if last == i:
            last = phrase_end(self.known, i + 1, self.end)
        behind = forms[last + 1] if last + 1 < self.end else None
        return behind is not None and (behind.preposition == "ب" or behind.text == "ب" or behind.bare in _BLAME_FOR)

    def _accuser(self, i: int) -> list[Voice]:
        """The subject of the verb before, or who spoke last."""
        first, stop = self._subject_of_clause(i)
        if first >= 0:
            return [self._made(first, stop, i, "subject of the verb before")]
        return self._resumed(i, False, "the voice goes on", near=False)

    def _is_no_saying(self, i: int, lemma: str, complement: int | None) -> bool:
        """Whether a verb that could be one of saying is denied, a passive of naming, spoken by us, or nobody's: «يُدعى», «لم يقل», «يذكر أن»."""
        forms, form = self.forms, self.forms[i]
        assert form.verb is not None
        before = forms[i - 1] if i > self.begin else None
        if before is not None and before.pos & NEGATION and before.text not in ("ما", "غير"):
            return True
        if form.text == "وبين" and i > self.begin and not (before is not None and before.pos & PUNCTUATION):
            return True
        quoted = complement is not None and not forms[complement].pos & COMPLEMENT and form.verb[2] == "present"  # يدعى "سالم"
        clause = complement if complement == i + 1 or not quoted else None
        called = complement != i + 1 and before is not None and is_person(before) and not before.article  # قال رجل يدعى سالم إن
        called = called or self._in_aside(i, complement)
        if form.text.lstrip("و") in _OFTEN_NOT and (called or clause is None or clause > i + 4) and not self._of_a_number(i):
            return True  # يُدعى: is called
        if form.text.lstrip("و") == "امر" and "آ" in self.document.text(i, i):
            return True  # آمر اللواء, who commands it
        if form.text in _NOT_SAYING or (form.stem == "بين" and form.enclitic) or (form.pos & ADJECTIVE and form.text.endswith("ه")):
            return True  # تعزيزات تابعة للواء القدس: an adjective, and not «he followed it»
        if form.verb[3] == "1":
            first, last = self._subject_behind(i, lemma) if form.text.endswith("نا") else (-1, -1)
            if first < 0 or lemma not in _TOLD_US or not can_speak(self.known, first, last, strict=True):
                return True
        if form.verb[2] != "present" or lemma not in _MAY_BE_NOBODYS or form.text.lstrip("و") not in _NOBODYS:
            return False
        goes_on = i + 1 < self.end and (forms[i + 1].pos & COMPLEMENT or forms[i + 1].text == "الي")
        return bool(goes_on) and (before is None or bool(before.pos & PUNCTUATION) or bool(form.conjunction))

    def _of_a_number(self, i: int) -> bool:
        """قدّر مصدر طبي | عدد القتلى بعشرين, قدّر الدفاع المدني | قتلاها بعشرين."""
        if self.forms[i].stem != "قدر":
            return False
        behind = range(i + 2, min(i + _CLAUSE // 3, self.end))
        return any(self.forms[k].stem in _NUMBERS for k in behind) or any(self._is_figure(k) and self._is_with(k) for k in behind)

    def _is_figure(self, k: int) -> bool:
        """Whether a number stands at a token, in figures or in words."""
        form = self.forms[k]
        return bool(form.pos & FIGURE) or numeral(form.stem) is not None

    def _is_with(self, k: int) -> bool:
        """بثلاثين, بـ 75, بنحو ثلاثين: a word with ب, or that stands behind one."""
        return any(form.preposition == "ب" or form.text == "ب" for form in self.forms[k - 2 : k + 1])

    def _raises(self, i: int) -> bool:
        """رفع وزير الصحة | حصيلة القصف إلى 558, رفعتها الوزارة … إلى: a toll and a number behind it."""
        behind = range(i + 1, min(i + _CLAUSE // 2, self.end - 1))
        return any(self._is_toll(k) for k in behind) and any(self._is_figure(k) for k in behind)

    def _is_toll(self, k: int) -> bool:
        """حصيلة, عدد القتلى."""
        behind = self.forms[k + 1].noun
        return self.forms[k].stem == "حصيله" or (self.forms[k].stem in _NUMBERS and behind is not None and fold(str(behind[0])) in NOUN_SAYS)

    def _in_aside(self, i: int, complement: int | None) -> bool:
        """شقيق الضحية، ويدعى سالم، إن …: a verb between two commas, with no more than a name behind it."""
        forms = self.forms
        if i <= self.begin or forms[i - 1].text != "،" or complement is None:
            return False
        return any(forms[k].text == "،" for k in range(i + 2, min(complement, i + 5)))

    def _says_nothing(self, i: int, lemma: str, complement: int | None) -> bool:
        """Whether a verb of saying has another sense here, or lacks the clause or the quotation without which it says nothing."""
        forms, form = self.forms, self.forms[i]
        before = forms[i - 1] if i > self.begin else None
        if lemma == "ابلغ" and form.text.lstrip("وفل") in _AMOUNTS and (complement is None or complement > i + 8):
            return True
        if form.text.endswith("اضافه") and i + 1 < self.end and forms[i + 1].text == "الي":
            return True
        quoted = i - self.begin > 3 and any(forms[k].text in CLOSING for k in range(i - 3, i)) and not form.conjunction
        if lemma in _NEEDS_COMPLEMENT and complement is None and not quoted and not (lemma == "كتب" and self._on_channel(i)):
            return True
        if lemma in OF_TOLLS and not self._raises(i):
            return True
        if self._is_weak(i, lemma) and form.enclitic and self.out and before is not None and before.pos & (NOUN | NAME) and not form.conjunction:
            return True  # بيان نشرته الوزارة
        return lemma == "حمل" and complement is None and not any(forms[k].stem.startswith("مسوولي") for k in range(i + 1, min(i + 12, self.end)))

    def _is_weak(self, i: int, lemma: str) -> bool:
        """Whether a verb says something only of one who is known to speak: it wishes, intends, or has other senses."""
        verb = self.forms[i].verb
        return lemma in _WEAK or (verb is not None and ("wish" in verb[1] or "intend" in verb[1]))

    def _subject(self, i: int, lemma: str) -> tuple[int, int, str]:
        """Who says it, and by which rule: behind the verb, else in front of it; -1 as first where it is nobody that can speak."""
        strict = self._is_weak(i, lemma)
        if lemma in ON_PERSONS:
            ahead, stop = self._subject_before(i)
            if ahead >= 0 and stop == i - 1 and not self._construct(stop, i) and self._speaker(ahead, stop, lemma, strict=True):
                return ahead, stop, "subject and verb of saying"  # والمعارضة تتهم الحكومة
        first, last = self._subject_behind(i, lemma)
        if first >= 0 and strict and self._is_object(first):
            first = -1
        if first < 0 or not self._speaker(first, last, lemma, strict=True):
            ahead, stop = self._subject_before(i)
            if strict and ahead >= 0 and self._is_object(ahead):
                ahead = -1
            if ahead >= 0 and not self._construct(stop, i) and self._speaker(ahead, stop, lemma, strict or first >= 0):
                return ahead, stop, "subject and verb of saying"
            if first >= 0 and not self._speaker(first, last, lemma, strict):
                first = -1
        return first, last, _BEHIND

    def _is_object(self, first: int) -> bool:
        """أظهر الفيديو مقاتلين: a plural or a dual that no subject can be by its ending."""
        form = self.forms[first]
        return form.text.endswith("ين") and form.noun is not None and form.noun[2] in ("p", "d")

    def _told_by(self, i: int, lemma: str, first: int, last: int, rule: str, complement: int | None) -> list[Voice]:
        """The voice of a verb of saying whose subject is known, and of whom that one quotes."""
        forms = self.forms
        before = forms[i - 1] if i > self.begin else None
        if before is not None and before.text in ("كما", "وكما", "مثلما") and rule == _BEHIND and i - self.begin > 2 and not self._clause_follows(last):
            rule = "according to"
        found = [self._made(first, last, i, rule, forms[i].denies)]
        if lemma == "نشر" and found[0].kind in ("party", "official") and complement is None and not self._puts_out(i, last):
            return []  # نشر الجيش دبابات
        if lemma in _PUT_OUT and found[0].kind == "media" and last + 2 < self.end and forms[last + 1].text == "عن":
            stop = phrase_end(self.known, last + 2, self.end)
            if stop > last + 1 and can_speak(self.known, last + 2, stop, strict=True):
                found[0].rule = "the carrier of words"
                return [*found, self._made(last + 2, stop, i, "نقل … عن")]
        if not (rule == _BEHIND and last < i + 1) and self._said_before(i, last, complement):
            found[0].behind = True
        return found

    def _clause_follows(self, last: int) -> bool:
        """Whether what is said follows a subject, past days and whom it is said to: كما قال فلان أمس إن."""
        forms, after = self.forms, last + 1
        while after < self.end and (after in self.known.date_at or self._is_addressee(after)):
            after = self.known.date_at[after] + 1 if after in self.known.date_at else max(after + 1, self._past_addressee(after))
        if after >= self.end:
            return False
        form = forms[after]
        return bool(form.pos & COMPLEMENT) or form.text in (":", '"', "«", "“") or form.preposition == "ب" or form.text == "عن"

    def _gone_on(self, i: int, complement: int | None) -> list[Voice]:
        """A verb of saying without a subject: somebody named before it in its sentence, or who spoke last."""
        forms, form = self.forms, self.forms[i]
        before = forms[i - 1] if i > self.begin else None
        pronoun = before is not None and before.pos & COMPLEMENT and before.text.endswith(("ه", "ها", "هم"))
        if not self.out and not form.conjunction and (pronoun or (complement is not None and complement <= i + 2)):
            first, last = self._named_before(i)
            if first >= 0:
                return [self._made(first, last, i, "named before the verb", form.denies)]
        if not self.out and complement is not None and complement <= i + _SOON and (form.conjunction or (before is not None and before.text in ("،", ","))):
            first, last = self._subject_of_clause(i)
            if first >= 0:
                return [self._made(first, last, i, "subject of the verb before", form.denies)]
        return self._resumed(i, form.denies, "the voice goes on", near=complement is not None)

    def _construct(self, last: int, i: int) -> bool:
        """أجهزة كشف المتفجرات: a bare noun right in front of what may be a noun too, and its genitive."""
        before, form = self.forms[last], self.forms[i]
        if (
            last != i - 1
            or form.noun is None
            or form.conjunction
            or before.article
            or before.enclitic
            or before.nisba
            or not before.pos & NOUN
            or before.pos & NAME
        ):
            return False
        return before.noun is not None and before.noun[2] == "p" and before.noun[1] not in ("person", "title")

    def _speaker(self, first: int, last: int, lemma: str, strict: bool) -> bool:
        head = self.forms[head_of(self.known, first, last + 1)]
        if (
            head.pos == 0
            and not head.cues
            and not head.names
            and last == first
            and not strict
            and not any(f.pos & COMPLEMENT or f.text in (":", '"', "«", "“") for f in self.forms[last + 1 : min(last + 10, self.end)])
        ):
            return False
        if lemma in ("قضي", "حكم"):
            return head.stem in _COURTS
        if first == last and self.known.capital_at(first):
            return lemma not in _WEAK
        if lemma in ("علم", "عرض"):
            kind = identify(self.known, first, last)[1]
            return kind in ("outlet", "media") or (lemma == "علم" and kind == "monitor")  # علم المرصد أن
        if lemma == "اعتقد" and self.known.actor_at.get(first) is None and "voice.source_nouns" not in head.cues:
            return False
        return can_speak(self.known, first, last, strict=strict)

    def _made(self, first: int, last: int, opener: int, rule: str, denies: bool = False) -> Voice:
        voice = voice_of(self.known, first, last, opener, rule)
        voice.denies = denies
        point_back(self.known, voice, [*self.earlier[-_MEMORY:], *self.out])
        return voice

    def _named_before(self, i: int) -> tuple[int, int]:
        """The nearest office or party before a verb of saying in its sentence: ظهر الناطق باسم الجيش على التلفزيون ليعلن أن."""
        forms, known = self.forms, self.known
        places = range(i - 1, max(self.begin, i - 25) - 1, -1)
        ranked = [s for s in places if "voice.rank" in forms[s].cues]
        for s in [*ranked, *(s for s in places if s in known.actor_at)]:
            if not forms[s].preposition and not (forms[s].pos & VERB and not forms[s].pos & NOUN):
                if s > self.begin and (forms[s - 1].pos & PREPOSITION or forms[s - 1].stem in ("باسم",) or "voice.rank" in forms[s - 1].cues):
                    continue
                last = phrase_end(known, s, i)
                if last >= s and can_speak(known, s, last, strict=True) and self._agrees(i, s, last):
                    return s, last
        return -1, -1

    def _subject_of_clause(self, i: int) -> tuple[int, int]:
        """The subject of a verb that stands before a verb of saying in its sentence, and that is its own too: خرج الناطق باسم الجيش وقال إن."""
        forms = self.forms
        for k in range(i - 1, max(self.begin, i - _CLAUSE) - 1, -1):
            form = forms[k]
            if (form.pos & COMPLEMENT and not form.article) or form.text in (":", ".", "؟", "?", "!"):
                break
            if form.verb is None or form.pos & (NOUN | NAME | PREPOSITION) or guessed(form):
                continue
            behind = (-1, -1) if form.conjunction and k > self.begin + 1 else self._subject_behind(k, "")  # والتقى قادة …: whom he met
            for first, last in (self._subject_before(k), behind):
                if first >= 0 and last < i and can_speak(self.known, first, last, strict=True) and self._agrees(i, first, last):
                    return first, last
        return -1, -1

    def _puts_out(self, i: int, last: int) -> bool:
        """نشر بيانا, نشرت على صفحتها: words are put out, not troops."""
        return self._on_channel(i) or any(
            "voice.carriers" in f.cues or (f.noun is not None and f.noun[1] == "speech") for f in self.forms[last + 1 : min(last + 4, self.end)]
        )

    def _on_channel(self, i: int) -> bool:
        """كتب على صفحته, نشر على تويتر."""
        return any("voice.channels" in self.forms[k].cues for k in range(i + 1, min(i + 16, self.end)))

    def _said_before(self, i: int, last: int, complement: int | None) -> bool:
        """«…»، قال فلان: nothing that is said follows, and a quotation or a clause stands before."""
        forms = self.forms
        if i - self.begin < 3 or forms[i].conjunction:
            return False
        before = i - 1
        if forms[before].text in ("هكذا", "كما", "حسبما"):
            before -= 1
        if forms[before].text not in ("،", ",", '"', "»", "”", "–", "-", "؟", "!"):
            return False
        if forms[before].text == "،" and forms[before - 1].text not in CLOSING and (complement is not None):
            return False
        following = forms[last + 1] if last + 1 < self.end else None
        return following is None or not (following.pos & COMPLEMENT or following.text == ":") and (complement is None or complement > last + 6)

    def _quoted_from(self, i: int) -> list[Voice]:
        """نقلت وكالة X عن مصدر قوله: the source is the one behind عن; without عن … قوله the verb means to carry."""
        forms, known, end = self.forms, self.known, self.end
        verb = forms[i].verb
        by = "الي" if verb is not None and verb_lemma(verb) == "نسب" else "عن"
        first, last = self._subject_behind(i, "نقل")
        if first < 0 and by == "عن":
            first, last = self._subject_before(i)
        carrier = first >= 0 and can_speak(known, first, last, strict=True)
        start = last + 1 if first > i else i + 1
        for j in range(start, min(start + 14, end)):
            if forms[j].text == by and j + 1 < end:
                k = j + 1
                while k < end and forms[k].text in OPENING:
                    k += 1
                stop = phrase_end(known, k, end)
                if stop < k or not can_speak(known, k, stop, strict=False) or forms[k].pos & EVENT and not forms[k].article:
                    break
                origin = self._made(k, stop, i, "نقل … عن")
                if not carrier:
                    return [origin] if first >= 0 or self._complement(i) is not None or self._after_source(stop) else []
                holder = self._made(first, last, i, "the carrier of words")
                if holder.kind == "monitor" and forms[k].stem in ("مصادر", "مصدر") and origin.id is None:
                    return [holder]  # ونقل المرصد عن مصادر موثوقة: its own sources
                return [holder, origin]
            if forms[j].pos & COMPLEMENT or forms[j].text == ":":
                if carrier:
                    told = self._made(first, last, i, "the carrier of words")
                    told.rule = told.rule if told.kind in ("media", "outlet") else _BEHIND  # نقل إلينا شهود أن
                    return [told]
                break
        return []

    def _after_source(self, last: int) -> bool:
        return last + 1 < self.end and (self.forms[last + 1].text in _HIS_WORDS or self.forms[last + 1].text in ("،", ","))

    def _resumed(self, i: int, denies: bool, rule: str, *, near: bool) -> list[Voice]:
        """A verb of saying without a subject: the voice before that agrees with it goes on."""
        before = self._last_voice(self.forms[i])
        if before is None:
            return []
        apart = self.document.sentence_of[i] - self.document.sentence_of[before.opener]
        opens = i - self.begin <= 3
        if apart > 8 or not (opens or near or apart == 0):
            return []
        return [Voice(before.first, before.last, i, (i, self.end), before.id, before.kind, rule, carried=True, denies=denies)]

    def _last_voice(self, form: Form) -> Voice | None:
        """The voice that a verb without a subject, or a participle, goes on with: the last that agrees, outer voices first."""
        spare: Voice | None = None
        for voice in reversed([*self.earlier[-12:], *self.out]):
            if voice.rule in ("the carrier of words", "rumour"):
                continue
            if form.verb is not None and not agrees(self.forms, form, voice):
                spare = spare or voice
                continue
            return voice
        return spare

    def _going_on(self, i: int) -> list[Voice]:
        """مضيفا أن, مشيرة إلى, وتابع قائلا: the voice goes on; in a headline or a lead it may have none yet."""
        forms = self.forms
        if i + 1 >= self.end or self.out and self.out[-1].opener == i - 1:
            return []
        following = forms[i + 1]
        if not (following.pos & (COMPLEMENT | PREPOSITION) or following.text in (":", '"', "«", "“") or following.preposition):
            return []
        if not self.out and i - self.begin > 6:
            return []
        return self._resumed(i, "نافي" in forms[i].text, "the voice goes on", near=True)

    def _heard(self, i: int) -> list[Voice]:
        """علمنا من مصدر X, فهمنا من نائب: the one from whom it was heard."""
        for k in range(i + 1, min(i + 4, self.end - 1)):
            if self.forms[k].text == "من":
                last = phrase_end(self.known, k + 1, self.end)
                if last > k and can_speak(self.known, k + 1, last, strict=True):
                    return [self._made(k + 1, last, i, "verb of hearing")]
        return []

    def _blame(self, i: int) -> list[Voice]:
        """ألقت X باللائمة على Y: who lays the blame speaks."""
        for k in range(i - 1, max(self.begin, i - 10) - 1, -1):
            verb = self.forms[k].verb
            if verb is not None and not self.forms[k].pos & (NOUN | PREPOSITION):
                first, last = self._subject_behind(k, "")
                if first >= 0 and last < i and can_speak(self.known, first, last, strict=True):
                    return [self._made(first, last, k, "verb of saying and its subject")]
                return []
        return []
