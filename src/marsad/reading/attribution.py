"""Who says so, and how far their words reach.

A voice opens with a verb of saying and its subject (قال، أعلن، أفاد … أن), with a phrase (بحسب، وفق، حسبما أفاد), with a noun of saying
(إعلان الجيش، في بيان للوزارة) or with a name and a colon. It holds to the end of its sentence, through sentences that go on with وأضاف،
وتابع، وأشار, and through open quotation marks; it ends where another voice opens. Where a voice carries another's words (ونقلت وكالة X عن
مصدر قوله) the one whose words they are is the source. What names a speaker is in `speakers.py`, who he is in `identity.py`; whose words
a whole report is, in `statements.py`. Rules counted in «How Arabic tells a war», point 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import (
    ADJECTIVE,
    ADVERB,
    COMPLEMENT,
    CONJUNCTION,
    EVENT,
    FIGURE,
    NAME,
    NEGATION,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    RELATIVE,
    VERB,
    Form,
)
from marsad.model import Source, SourceKind
from marsad.reading.document import Document
from marsad.reading.identity import identify
from marsad.reading.speakers import CLOSING, DASHES, OPENING, QUOTES, Known, _is_title, _set, can_speak, head_of, phrase_end


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


_WEAK: Final = _set("بين رد حمل علق أصدر أذاع بث نشر سجل رصد تداول كتب وثق أحصى أظهر أثبت قدر تلقى عبر رأى توقع نقل عرض قضى حكم وصف وعد كرر جدد واجه عد وجه علم اعتقد استعرض طلب أمر زاد واصل شرح")
_NEEDS_COMPLEMENT: Final = _set("بين رأى رد عبر علق أثبت أظهر توقع تلقى اعتبر كتب وصف كرر جدد عد وجه علم اعتقد زاد واصل")
_COURTS: Final = _set("محكمة قاض قاضي قضاء هيئة محاكم")
_ON_PERSONS: Final = _set("اتهم حمل حذر دعا طالب ناشد حث أمر أبلغ أخبر انتقد وصف هدد استنكر أدان شجب اعتبر طلب توعد")
_CONTINUING: Final = _set(
    "أضاف تابع أردف أوضح أشار لفت أكد استطرد استدرك ختم نوه بين ذكر قال شدد أفاد زاد واصل أكمل كشف مضى اعتبر رأى أعلن اتهم نفى حذر صرح وصف رجح زعم ادعى دعا طالب حمل روى حكى أقر اعترف نبه توقع أورد أبان تعهد هدد توعد قدر جزم"
)
_SAYING_NOUNS: Final = _set("إعلان تأكيد نفي اتهامات كشف زعم إقرار اعتراف إفادة تصريحات تصريح تبني ادعاء مزاعم ادعاءات حديث قول تحذيرات")
_RUMOURS: Final = _set("أنباء تقارير معلومات روايات شائعات شهادات إشاعات")
_RUMOURED: Final = _set("عن بأن أن حول تفيد تشير تتحدث تقول تؤكد تحدثت أفادت أشارت ذكرت")
_HANDLED: Final = _set("تلقى نشر نفى أصدر قدم رفض جمع وثق أورد بث كذب دحض استبعد")
_SKIPPED: Final = _set("أيضا كذلك بدوره بدورها بدورهم قد لقد رسميا لاحقا سابقا مؤخرا أمس اليوم هنا ذاته حينها آنذاك قبل مجددا لنا فيه فيها عنه عنها به بها")
_AFTER_ACCORDING: Final = _set("ما لما ل لـ على بما ذلك به بها عن")
_HEARD: Final = _set("علم فهم عرف تبلغ بلغ سمع تلقى استقى حصل")
_BLAME: Final = _set("اللائمة اللوم لائمة")
_NO_LABELS: Final = _set(
    "الحصيلة التفاصيل ملاحظة تنويه المكان الزمان التاريخ عاجل تحديث متابعة خاص المصدر الصورة تصوير فيديو شاهد صور كتب إعداد تحرير ترجمة اقرأ رابط هام مهم تصحيح الخلفية الخلاصة النتيجة السبب الإصابات الشهداء القتلى الجرحى العنوان الموضوع خبر"
)


def find_voices(document: Document) -> list[Voice]:
    """The voices of a document in the order in which they open, their reach settled."""
    from marsad.reading.statements import add_whole, name_anew

    known = Known(document)
    silent = {i for begin, end, _ in document.silent for i in range(begin, end)}
    voices: list[Voice] = []
    for number, part in enumerate(document.sentences):
        if part.begin in silent:
            continue
        opened = _Sentence(known, part.begin, part.end, voices).openers()
        _settle_reach(document, part.begin, part.end, opened)
        carried = _carried(document, number, part.begin, part.end, voices, opened)
        if carried is not None:
            opened.insert(0, carried)
        voices.extend(opened)
    name_anew(known, voices)
    add_whole(known, voices)
    return voices


def voice_at(voices: list[Voice], token: int) -> Voice | None:
    """The voice that tells token `token`; the innermost, that is the one that opened last."""
    found = None
    for voice in voices:
        if voice.reach[0] <= token < voice.reach[1]:
            found = voice
    return found


def as_source(document: Document, voice: Voice) -> Source:
    """The voice as the source of an event."""
    span = document.span(voice.first, voice.last)
    name = document.words.text[span[0] : span[1]]
    return Source(name=name, id=voice.id, kind=voice.kind, span=span)


def voice_of(known: Known, first: int, last: int, opener: int, rule: str) -> Voice:
    """A voice that is yet to reach anything."""
    id_, kind = identify(known, first, last)
    return Voice(first, last, opener, (opener, opener), id_, kind, rule)


class _Sentence:
    """The search for the openers of one sentence."""

    __slots__ = ("begin", "document", "earlier", "end", "forms", "known", "out")

    def __init__(self, known: Known, begin: int, end: int, earlier: list[Voice]) -> None:
        self.known = known
        self.document = known.document
        self.forms = known.forms
        self.begin, self.end = begin, end
        self.earlier = earlier
        self.out: list[Voice] = []

    def openers(self) -> list[Voice]:
        """The voices that open in the sentence, in order, none reaching yet."""
        i = self.begin
        while i < self.end:
            found = self._at(i)
            if found:
                self.out.extend(found)
                i = max(max(v.last for v in found if v.last >= 0), i) + 1 if not found[-1].carried else i + 1
            else:
                i += 1
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
        if "voice.according" in form.cues and not form.article:
            found = self._according(i, i)
            if found:
                return found
        if form.verb is not None and "speech" in form.verb[1] and not self._is_noun(i):
            return self._saying(i)
        if form.verb is not None and str(form.verb[0]) in ("قضى", "حكم", "عرض", "اعتقد", "جدد", "كرر", "علم") and not self._is_noun(i):
            return self._saying(i)
        if form.verb is not None and form.verb[3] == "1" and fold(str(form.verb[0])) in _HEARD and i + 2 < self.end:
            return self._heard(i)
        if form.stem in _BLAME or form.bare in _BLAME:
            return self._blame(i)
        if "voice.going_on" in form.cues and not form.article:
            return self._going_on(i)
        if form.text == ":":
            return self._colon(i)
        if form.pos & NOUN or form.stem in _RUMOURS or form.stem in _SAYING_NOUNS:
            return self._nominal(i)
        if form.text == "(":
            return self._bracketed(i)
        return []

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
            if verb is not None and not self.forms[k].pos & NOUN:
                first, last = self._subject_behind(k, "")
                if first >= 0 and last < i and can_speak(self.known, first, last, strict=True):
                    return [self._made(first, last, k, "verb of saying and its subject")]
                return []
        return []

    def _is_noun(self, i: int) -> bool:
        form = self.forms[i]
        if not form.pos & NOUN:
            return False
        if form.article or form.preposition or form.stem == "بيان" or form.text.endswith("نقلا"):
            return True
        before = self.forms[i - 1] if i > self.begin else None
        if before is None or form.conjunction:
            return False
        return bool(before.pos & PREPOSITION) and not before.pos & NAME or before.stem in ("عدم", "دون", "رفض", "شرط", "سبق", "حق")

    # --- a verb of saying

    def _saying(self, i: int) -> list[Voice]:
        """A verb of saying: its subject behind it, or in front of it, or gone on from before."""
        forms, form = self.forms, self.forms[i]
        assert form.verb is not None
        lemma = fold(str(form.verb[0]))
        before = forms[i - 1] if i > self.begin else None
        if before is not None and before.pos & NEGATION and before.text not in ("ما", "غير"):
            return []
        if form.text in ("يدعي", "تدعي", "ويدعي", "بين", "قدر", "عد", "وبين", "تعد", "يعد", "عبر", "وعبر") and self._complement(i) is None:
            return []  # يُدعى: is called; the preposition بين
        if form.text in ("بين", "عبر"):
            return []
        if form.verb[3] == "1":
            first, last = self._subject_behind(i, lemma) if form.text.endswith("نا") else (-1, -1)
            if first < 0 or lemma not in ("اخبر", "ابلغ", "حدث", "افاد", "اطلع", "كلم") or not can_speak(self.known, first, last, strict=True):
                return []
        if form.verb[2] == "present" and lemma in ("ذكر", "اشار", "قال", "اعتقد") and i + 1 < self.end and (forms[i + 1].pos & COMPLEMENT or forms[i + 1].text == "الي"):
            if before is None or before.pos & PUNCTUATION or form.conjunction:
                if form.text.lstrip("و") in ("يذكر", "يشار", "يقال", "يعتقد"):
                    return []
        complement = self._complement(i)
        strict = lemma in _WEAK or "wish" in form.verb[1] or "intend" in form.verb[1]
        if lemma == "ابلغ" and form.text.lstrip("وف") in ("يبلغ", "تبلغ", "بلغ", "بلغت") and (complement is None or complement > i + 8):
            return []
        if form.text.endswith("اضافه") and i + 1 < self.end and forms[i + 1].text == "الي":
            return []
        if lemma in _NEEDS_COMPLEMENT and complement is None and not (lemma == "كتب" and self._on_channel(i)):
            return []
        if strict and form.enclitic and self.out and before is not None and before.pos & (NOUN | NAME) and not form.conjunction:
            return []  # بيان نشرته الوزارة
        if lemma == "حمل" and complement is None and not any(forms[k].stem.startswith("مسوولي") for k in range(i + 1, min(i + 12, self.end))):
            return []
        if lemma == "نقل" or lemma == "نسب":
            return self._quoted_from(i)
        denies = "deny" in str(form.verb[1])
        first, last = self._subject_behind(i, lemma)
        rule = "verb of saying and its subject"
        if first < 0 or not self._speaker(first, last, lemma, strict=True):
            ahead, stop = self._subject_before(i)
            if ahead >= 0 and self._speaker(ahead, stop, lemma, strict or first >= 0):
                first, last, rule = ahead, stop, "subject and verb of saying"
            elif first >= 0 and not self._speaker(first, last, lemma, strict):
                first = -1
        if first >= 0:
            if before is not None and before.text in ("كما", "وكما", "مثلما") and rule == "verb of saying and its subject" and i - self.begin > 2:
                after = last + 1
                while after < self.end and (after in self.known.date_at or self._is_addressee(after)):
                    after = self.known.date_at[after] + 1 if after in self.known.date_at else max(after + 1, self._past_addressee(after))
                if after >= self.end or not (forms[after].pos & COMPLEMENT or forms[after].text in (":", '"', "«", "“") or forms[after].preposition == "ب" or forms[after].text == "عن"):
                    rule = "according to"
            found = [self._made(first, last, i, rule, denies)]
            if rule == "verb of saying and its subject" and last < i + 1:
                return found
            if self._said_before(i, last, complement):
                found[0].behind = True
            return found
        if lemma in _CONTINUING or (complement is not None and lemma not in _WEAK):
            pronoun = before is not None and before.pos & COMPLEMENT and before.text.endswith(("ه", "ها", "هم"))
            if not self.out and not form.conjunction and (pronoun or complement is not None and complement <= i + 2):
                first, last = self._named_before(i)
                if first >= 0:
                    return [self._made(first, last, i, "named before the verb", denies)]
            return self._resumed(i, denies, "the voice goes on", near=complement is not None)
        return []

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

    def _made(self, first: int, last: int, opener: int, rule: str, denies: bool = False) -> Voice:
        voice = voice_of(self.known, first, last, opener, rule)
        voice.denies = denies
        _point_back(self.known, voice, [*self.earlier, *self.out])
        return voice

    def _speaker(self, first: int, last: int, lemma: str, strict: bool) -> bool:
        head = self.forms[head_of(self.known, first, last + 1)]
        if head.pos == 0 and not head.cues and not head.names and last == first and not strict and not any(
            f.pos & COMPLEMENT or f.text in (":", '"', "«", "“") for f in self.forms[last + 1 : min(last + 10, self.end)]
        ):
            return False
        if lemma in ("قضي", "حكم"):
            return head.stem in _COURTS
        if lemma == "علم":
            return identify(self.known, first, last)[1] in ("outlet", "media")
        if lemma == "اعتقد" and self.known.actor_at.get(first) is None and not "voice.source_nouns" in head.cues:
            return False
        return can_speak(self.known, first, last, strict=strict)

    def _complement(self, i: int) -> int | None:
        """The token of أن, إن, a colon or a quotation mark that opens what is said, if there is one soon."""
        for j in range(i + 1, min(i + 22, self.end)):
            form = self.forms[j]
            if form.pos & COMPLEMENT or form.text in (":", '"', "“", "«"):
                return j
            if form.pos & VERB and form.verb is not None and "speech" in form.verb[1] and not form.pos & NOUN:
                return None
        return None

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
            elif form.text == "كاميرا" or form.bare in _SKIPPED or (form.pos & ADVERB and not form.pos & NOUN):
                k += 1
            elif form.text == "،" and k + 1 < end and (k > i + 1 or k + 1 in known.date_at or forms[k + 1].text in ("في", "من", "خلال", "بدوره", "بدورها")):
                k += 1
            elif form.text in ("في", "خلال", "عبر", "علي") and k + 1 < end and ("voice.carriers" in forms[k + 1].cues or "voice.channels" in forms[k + 1].cues):
                k = self._past_carrier(k + 1)
            elif form.text == "من" and k + 1 < end and forms[k + 1].text in ("هناك", "هنا", "جهته", "جهتها", "جانبه", "جانبها", "جهتهم"):
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
            named = close + 1 < end and not forms[close + 1].pos & PUNCTUATION and not any(forms[n].pos & (VERB | COMPLEMENT | PREPOSITION) and not forms[n].pos & NOUN for n in range(inner, close))
            if not listed and not (named and (forms[inner].pos & NAME or can_speak(known, inner, close - 1, strict=True) or "voice.carriers" in forms[inner].cues)):
                return -1, -1
            k = inner
        form = forms[k]
        if form.article and form.pos & EVENT and k + 1 < end and ("voice.rank" in forms[k + 1].cues or forms[k + 1].stem in ("وزير", "وزيره")) and not forms[k + 1].article:
            k += 1  # أعلن الاتفاق وزير الخارجية
            form = forms[k]
        if (form.preposition and not form.whole_name and "kind.outlet" not in form.cues) or form.conjunction and not form.whole_name:
            return -1, -1
        if form.pos & PREPOSITION and not form.pos & (NOUN | NAME):
            return -1, -1
        if form.pos & EVENT and not form.article and not form.person and k not in known.actor_at and not form.cues & {"voice.source_nouns"}:
            return -1, -1
        if form.noun is not None and form.noun[1] in ("masdar", "event", "harm", "abstract") and not form.cues & {"voice.source_nouns", "voice.carriers"} and k not in known.ends and not self._phrased(k):
            return -1, -1
        if lemma == "قدر" and form.stem == "عدد":
            return -1, -1
        if form.noun is not None and form.noun[4] == "accusative" and form.text.endswith("ا") and not form.pos & NAME and "kind.outlet" not in form.cues:
            return -1, -1
        last = phrase_end(known, k, end)
        if last < k:
            return -1, -1
        if lemma in _ON_PERSONS and (not self._agrees(i, k, last) or (form.text.endswith("ين") and form.noun is not None and form.noun[2] in ("p", "d"))):
            return -1, -1
        return k, last

    def _phrased(self, k: int) -> bool:
        return any(cue == "voice.source_nouns" for _, cue in self.document.phrases.get(k, ()))

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
        while j < end and j < k + 4 and (forms[j].text in ("له", "لها", "لهم", "ايضا") or (forms[j].stem in ("صحفي", "صحفيه", "صحافي", "مقتضب", "رسمي", "مشترك", "سابق", "لاحق", "خاص", "متلفز", "مصور"))):
            j += 1
        if j < end and self._is_addressee(j):
            j = self._past_addressee(j)
        return j

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

    def _subject_before(self, i: int) -> tuple[int, int]:
        """The noun phrase in front of a verb of saying: المرصد … أفاد, وكانت الوزارة قد أعلنت, أما القيادة فقالت."""
        forms, known = self.forms, self.known
        if forms[i].conjunction == "و":
            return -1, -1
        b = i
        while b > self.begin and i - b < 24:
            form = forms[b - 1]
            if form.text in (":", "؛", ".", "?", "؟", "!") or form.pos & COMPLEMENT and not form.article or form.pos & RELATIVE and not form.pos & (NOUN | PREPOSITION | NAME):
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
            start = s == self.begin or s == b or forms[s - 1].text in ("،", ",", "؛", ":", "-", "–", "|", ".", "/") or forms[s - 1].pos & CONJUNCTION or forms[s - 1].text in ("اما", "كما", "لكن", "ولكن", "فيما", "بينما", "فان") or (
                form.conjunction == "و" and not form.whole_name
            ) or s > self.begin and forms[s - 1].pos & (FIGURE | PUNCTUATION) or any(cue in ("closed.conj", "closed.disc") for x in range(max(self.begin, s - 3), s) for end_, cue in self.document.phrases.get(x, ()) if end_ == s - 1)
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
                if len(rest) > 3 or "voice.source_nouns" not in form.cues or any(
                    forms[x].pos & (VERB | EVENT | PUNCTUATION | COMPLEMENT) and not forms[x].pos & NOUN or forms[x].conjunction for x in rest
                ):
                    continue
                last = i - 1
            if form.pos & EVENT and not form.person and not form.article and t not in known.actor_at and not form.cues & {"voice.source_nouns"}:
                continue
            if not self._agrees(i, t, last) or (forms[i].conjunction == "ف" and not any(f.text in ("اما", "واما") for f in forms[b:s])):
                continue
            head = forms[head_of(known, t, last + 1)]
            if head.noun is not None and head.noun[4] == "accusative" and head.text.endswith("ا") and not head.pos & NAME and not (s > self.begin and forms[s - 1].pos & COMPLEMENT):
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
            elif form.text in ("،", ",", "قد", "لقد", "فقد", "كان", "كانت", "–", "-") or form.text in CLOSING or form.bare in _SKIPPED or (form.pos & ADVERB and not form.pos & NOUN):
                k += 1
            elif form.text in ("في", "خلال", "عبر", "علي") and k + 1 < end and ("voice.carriers" in forms[k + 1].cues or "voice.channels" in forms[k + 1].cues or forms[k + 1].stem in ("وقت", "اطار")):
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
        """The comma that closes an aside without a verb: تنظيم X، المنتمي إلى Y، قد أعلن."""
        for n in range(k, min(k + 12, end)):
            form = self.forms[n]
            if form.text in ("،", ","):
                return n
            if form.pos & VERB and not form.pos & (NOUN | NAME | ADJECTIVE) or form.pos & (COMPLEMENT | RELATIVE) and not form.pos & (NOUN | PREPOSITION):
                return -1
        return -1

    def _quoted_from(self, i: int) -> list[Voice]:
        """نقلت وكالة X عن مصدر قوله: the source is the one behind عن; without عن … قوله the verb means to carry."""
        forms, known, end = self.forms, self.known, self.end
        verb = forms[i].verb
        by = "الي" if verb is not None and fold(str(verb[0])) == "نسب" else "عن"
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
                    return [self._made(first, last, i, "the carrier of words")]
                break
        return []

    def _after_source(self, last: int) -> bool:
        return last + 1 < self.end and self.forms[last + 1].text in ("قوله", "قولها", "قولهم", "تاكيده", "تاكيدها", "،", ",")

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
            if form.verb is not None and not _agree(self.forms, form, voice):
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

    # --- phrases

    def _according(self, i: int, opener: int) -> list[Voice]:
        """بحسب X, وفقا لـ X, حسبما أفاد X, بحسب ما نقلته X عن Y, حسب قوله."""
        forms, known, end = self.forms, self.known, self.end
        j = i + 1
        verb = -1
        while j < end:
            form = forms[j]
            if form.verb is not None and not form.pos & NOUN and not form.article or (form.verb is not None and "speech" in form.verb[1] and verb < 0 and j > i and self._verbal(j, i)):
                verb = j
            elif form.text not in _AFTER_ACCORDING and form.text not in OPENING and not (j in known.date_at and verb >= 0):
                break
            j = known.date_at[j] + 1 if j in known.date_at else j + 1
        if verb >= 0 and j + 1 < end and forms[j].text == "في" and "voice.carriers" in forms[j + 1].cues and forms[verb].stem in ("جاء", "ورد"):
            j += 1
        elif verb >= 0:
            while j < end and (self._is_addressee(j) or forms[j].bare in _SKIPPED or forms[j].text in OPENING or forms[j].text in ("في", "عبر") and j + 1 < end and "voice.carriers" in forms[j + 1].cues):
                j = self._past_addressee(j) if self._is_addressee(j) else (self._past_carrier(j + 1) if forms[j].text in ("في", "عبر") else j + 1)
        if j >= end or (forms[j].pos & (COMPLEMENT | PUNCTUATION) and not forms[j].pos & NOUN):
            return []
        if forms[j].enclitic and forms[j].stem in ("قول", "وصف", "تعبير", "زعم", "رواي", "روايت", "شهادت", "رواه", "تصريح", "تصريحات", "ادعاء", "افاده", "افادت", "تاكيد", "كلام"):
            return self._resumed(i, False, "according to", near=True)
        if forms[j].enclitic in ("ه", "ها", "هم") and forms[j].stem in ("مصدر", "مصادر", "مراسل"):
            return []  # نقلا عن مصادرها: the carrier's own
        last = phrase_end(known, j, end)
        if last < j:
            return []
        first, last, _ = self._author(j, last)
        stated = "voice.carriers" in forms[head_of(known, first, last + 1)].cues
        if not stated and not can_speak(known, first, last, strict=True) and not (verb >= 0 and can_speak(known, first, last, strict=False)) and not self._is_person_name(first, last):
            return []
        found = [self._made(first, last, opener, "according to")]
        if last + 2 < end and forms[last + 1].text == "عن" and first > j and any(f.verb is not None and fold(str(f.verb[0])) == "نقل" for f in forms[j:first]):
            verb = next(k for k in range(j, first) if (v := forms[k].verb) is not None and fold(str(v[0])) == "نقل")
        if verb >= 0 and forms[verb].verb is not None and fold(str(forms[verb].verb[0])) == "نقل" and last + 2 < end and forms[last + 1].text == "عن":
            stop = phrase_end(known, last + 2, end)
            if stop > last + 1 and can_speak(known, last + 2, stop, strict=False):
                found.append(self._made(last + 2, stop, opener, "according to"))
        if i + 1 < end and "voice.according" in forms[opener].cues and found and forms[i].text == "عن" and self.out and self.out[-1].rule == "verb of saying and its subject":
            self.out[-1].rule = "the carrier of words"
        return found

    def _verbal(self, j: int, i: int) -> bool:
        """Whether a word that is a verb or a noun stands as a verb: behind ما, كما, حسبما."""
        return self.forms[j - 1].text in ("ما", "كما", "حسبما", "وفقما", "لما", "بما") and bool(self.forms[j].pos & VERB)

    def _is_person_name(self, first: int, last: int) -> bool:
        return last > first and all(self.forms[k].pos & NAME or self.forms[k].pos == 0 for k in range(first, last + 1))

    def _author(self, first: int, last: int) -> tuple[int, int, bool]:
        """Of a document its author: تقديرات X, بيان صادر عن X, بيان نشرته X; (first, last, whether it was found)."""
        forms, known = self.forms, self.known
        head = head_of(known, first, last + 1)
        if head < 0 or "voice.carriers" not in forms[head].cues:
            return first, last, False
        kept = forms[head].stem in ("بيان", "تقرير", "بلاغ", "بيانا")
        k = last + 1
        if last > head and not kept:
            inner = head + 1
            while inner <= last and (forms[inner].text == "عن" or forms[inner].stem in ("صادر", "صادره", "صحفي", "صحفيه", "صحافي", "صحافيه", "رسمي", "رسميه", "اولي", "اوليه", "مشترك", "من", "بعض")):
                inner += 1
            if inner <= last and can_speak(known, inner, last, strict=False) and phrase_end(known, inner, self.end) >= inner:
                return inner, last, True
            return first, last, False
        if last > head and kept and any(n in known.actor_at or forms[n].cues & {"voice.source_nouns"} for n in range(head + 1, last + 1)):
            return first, last, True
        if k + 1 < self.end and forms[k].stem in ("صادر", "صادره", "منسوب", "منسوبه") and forms[k + 1].text in ("عن", "الي", "من"):
            k += 2
        elif k + 1 < self.end and (forms[k].text in ("الذي", "التي") or (forms[k].verb is not None and forms[k].enclitic)):
            k += 1 if forms[k].enclitic else 2
        elif k < self.end and forms[k].text in ("من", "ل") and k + 1 < self.end:
            k += 1
        elif k + 1 < self.end and forms[k].text == "عن":
            k += 1
        else:
            return first, last, False
        while k < self.end and forms[k].text in OPENING:
            k += 1
        stop = phrase_end(known, k, self.end)
        if stop >= k and can_speak(known, k, stop, strict=True) and forms[k].stem not in ("جانبان", "طرفان", "جانبين", "طرفين", "بلدان"):
            return k, stop, True
        return first, last, False

    def _colon(self, i: int) -> list[Voice]:
        """ناشطون: …; 05:30 الدفاع المدني: …; عاجل | X: …; … .. X: …"""
        forms, known = self.forms, self.known
        words = self.document.words
        if i + 1 < self.end and forms[i + 1].pos & FIGURE and i > self.begin and forms[i - 1].pos & FIGURE and words.starts[i + 1] == words.ends[i]:
            return []
        if any(v.opener >= self.begin and v.rule != "name and colon" for v in self.out):
            return []
        s = i - 1
        while s >= self.begin and i - s < 16 and not (forms[s].text in (".", "،", "|", "؛", ":", "!", "؟", "▪", "◾", "🔻", "•") and not (forms[s].text == "." and s > 0 and len(forms[s - 1].text) <= 2)):
            s -= 1
        s += 1
        while s < i and (forms[s].pos & FIGURE or forms[s].pos & PUNCTUATION and forms[s].text not in OPENING or forms[s].text in ("عاجل", "خاص", "تحديث", "متابعه")):
            s += 1
        if s >= i:
            return []
        if forms[s].bare in _NO_LABELS and i == s + 1:
            return []
        if forms[s].text in OPENING:
            s += 1
        if forms[s].pos & (PREPOSITION | COMPLEMENT) and not forms[s].pos & (NOUN | NAME) or forms[s].pos & EVENT and not forms[s].article:
            return []
        last = phrase_end(known, s, i)
        if last < s or not self._only_addressees(last + 1, i):
            return []
        head = forms[head_of(known, s, i)]
        if "voice.carriers" in head.cues and last == s or not can_speak(known, s, last, strict=True) and not self._is_titled(s, last):
            return []
        actor = known.actor_at.get(s)
        if actor is not None and s in known.place_at and known.place_at[s].country in self.document.theatre:
            return []  # سوريا: … is the place of the news
        return [self._made(s, last, i, "name and colon")]

    def _is_titled(self, first: int, last: int) -> bool:
        return last > first and bool(self.forms[first].pos & NAME)

    def _only_addressees(self, k: int, end: int) -> bool:
        forms = self.forms
        while k < end:
            if self._is_addressee(k):
                k = max(self._past_addressee(k), k + 1)
            elif k in self.known.date_at:
                k = self.known.date_at[k] + 1
            elif forms[k].text in QUOTES or forms[k].text in DASHES:
                k += 1
            elif forms[k].text in ("في", "عبر", "خلال") and k + 1 < end and "voice.carriers" in forms[k + 1].cues:
                k = self._past_carrier(k + 1)
            else:
                return forms[k].text == "("
        return True

    def _nominal(self, i: int) -> list[Voice]:
        """إعلان الجيش أن, نفي X, في بيان ل X, أنباء عن; اتهامات وجهها X."""
        forms, known, form = self.forms, self.known, self.forms[i]
        if form.stem in _RUMOURS and not form.article:
            return self._rumour(i)
        carrier = "voice.carriers" in form.cues and i > self.begin and forms[i - 1].text in ("في", "خلال", "ففي", "وفي", "عبر")
        if form.stem in ("كلام", "حديث") and form.article and i + 1 < self.end and self.forms[i + 1].preposition == "ل":
            last = phrase_end(known, i + 1, self.end)
            if last > i and can_speak(known, i + 1, last, strict=True):
                return [self._made(i + 1, last, i, "according to")]
        k = i + 1
        if k + 1 < self.end and forms[k].text == "من" and ("voice.carriers" in form.cues or form.stem in _SAYING_NOUNS) and not form.enclitic:
            last = phrase_end(known, k + 1, self.end)
            if last > k and can_speak(known, k + 1, last, strict=True) and "voice.source_nouns" in forms[k + 1].cues | forms[head_of(known, k + 1, last + 1)].cues:
                return [self._made(k + 1, last, i, "noun of saying")]
        if form.stem not in _SAYING_NOUNS and not carrier or form.article or form.enclitic or i + 1 >= self.end:
            return []
        if carrier and self.out:
            return []
        if forms[k].verb is not None and forms[k].enclitic and not carrier:
            k += 1
        elif carrier:
            first, last, found = self._author(i, phrase_end(known, i, self.end))
            if found and can_speak(known, first, last, strict=True) and forms[first].stem != form.stem:
                return [self._made(first, last, i, "noun of saying")]
            if found and first == i and last > i:
                return [self._made(first, last, i, "noun of saying")]
            return []
        if forms[k].text in OPENING:
            k += 1
        if k >= self.end or forms[k].preposition and not forms[k].whole_name or forms[k].conjunction and not forms[k].whole_name:
            return []
        if "voice.source_nouns" not in forms[k].cues and k not in known.actor_at and not "voice.rank" in forms[k].cues:
            return []
        last = phrase_end(known, k, self.end)
        if last < k or not can_speak(known, k, last, strict=True):
            return []
        return [self._made(k, last, i, "noun of saying")]

    def _rumour(self, i: int) -> list[Voice]:
        """وردت أنباء عن, وسط تقارير غير مؤكدة تفيد."""
        last = phrase_end(self.known, i, self.end)
        k = max(last, i) + 1
        while k < self.end and self.forms[k].text in ("غير", "موكده", "عده", "كثيره", "متضاربه", "اوليه", "حتي", "الان"):
            k += 1
        if k >= self.end or self.forms[k].bare not in _RUMOURED or (i > self.begin and "voice.according" in self.forms[i - 1].cues):
            return []
        before = self.forms[i - 1] if i > self.begin else None
        if any(v.first <= i <= v.last for v in self.out) or before is not None and before.verb is not None and fold(str(before.verb[0])) in _HANDLED:
            return []
        return [self._made(i, max(last, i), i, "rumour")]

    def _bracketed(self, i: int) -> list[Voice]:
        """… (مصادر الدفاع المدني) at the end of what they say."""
        close = next((n for n in range(i + 1, min(i + 8, self.end)) if self.forms[n].text == ")"), -1)
        if close < 0 or close + 2 < self.end or i - self.begin < 3:
            return []
        k = i + 1
        if self.forms[k].text in ("المصدر",) and k + 1 < close and self.forms[k + 1].text == ":":
            k += 2
        last = phrase_end(self.known, k, close)
        if last + 1 != close or not (self.forms[k].cues & {"voice.source_nouns"}) or self.forms[k].article:
            return []
        voice = self._made(k, last, i, "according to")
        return [voice]


def _agree(forms: list[Form], verb: Form, voice: Voice) -> bool:
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


def _carried(document: Document, number: int, begin: int, end: int, voices: list[Voice], opened: list[Voice]) -> Voice | None:
    """An open quotation, or the lines behind a colon, keep the voice of the sentence before."""
    if not voices or number == 0:
        return None
    before = voices[-1]
    if document.sentence_of[before.opener] != number - 1 and not (before.carried and before.reach[1] == begin):
        return None
    first = min((v.reach[0] for v in opened), default=end)
    if first <= begin:
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


_HIS_NAME: Final = _set("باسمه باسمها باسمهم بلسانه بلسانها بلسانهم")
_BULLETS: Final = frozenset("-–—•*▪◾🔻🔹١٢٣٤٥٦٧٨٩123456789")


def _point_back(known: Known, voice: Voice, earlier: list[Voice]) -> None:
    """المصدر, المسماري, الوكالة, البيان: a speaker named before lends its id and kind (and, where the word says nothing, its name)."""
    forms = known.forms
    start = head_of(known, voice.first, voice.last + 1)
    head = forms[max(start, voice.first)]
    alone = all(forms[k].text in ("ذاته", "ذاتها", "نفسه", "نفسها", "المذكور", "المذكوره") or forms[k].bare in ("ذات", "نفس") for k in range(voice.first, voice.last + 1) if k != start)
    if alone and (head.article or forms[voice.first].bare in ("ذات", "نفس")) and (head.pos & NOUN) and start not in known.actor_at:
        lemma = head.noun[0] if head.noun else head.stem
        for before in reversed(earlier):
            if before.first == voice.first:
                continue
            for k in range(before.first, before.last + 1):
                form = forms[k]
                if form.pos & NOUN and form.noun is not None and (form.noun[0] == lemma or form.stem == head.stem):
                    voice.id, voice.kind = before.id, before.kind
                    if head.stem in ("مصدر", "مصادر", "بيان", "تقرير") or before.id is None:
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
        return
    if voice.id is None and any(forms[k].text in _HIS_NAME for k in range(voice.first, voice.last + 1)):
        mention = known.party_before(voice.first)
        if mention is not None:
            voice.id, kind = identify(known, mention.first, mention.last)
            voice.kind = kind if kind in ("party", "official", "monitor") else voice.kind
        return
    if voice.id is None and voice.last - voice.first <= 2:
        lend(known, voice, reversed(earlier))


def lend(known: Known, voice: Voice, others: object) -> None:
    """A person who is named by his own name alone has the id and kind of the voice that names him with his office."""
    forms = known.forms
    if forms[voice.last].pos & (NOUN | FIGURE) and not forms[voice.last].pos & NAME or forms[voice.last].nisba:
        return
    name = forms[voice.last].stem
    if forms[voice.first].pos & NOUN and not forms[voice.first].pos & NAME and not _is_title(forms[voice.first]):
        return
    for before in others:  # type: ignore[attr-defined]
        if before.last > before.first and before is not voice and any(forms[k].stem == name for k in range(before.first + 1, before.last + 1)):
            voice.id, voice.kind = before.id, before.kind
            return


def _settle_reach(document: Document, begin: int, end: int, voices: list[Voice]) -> None:
    """What each voice of a sentence tells: from its opener to the next voice; «بحسب X» at the end of a clause tells what stands before it."""
    voices.sort(key=lambda v: v.opener)
    edge = begin
    for number, voice in enumerate(voices):
        following = voices[number + 1] if number + 1 < len(voices) else None
        stop = following.opener if following is not None else end
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


def _aside(document: Document, outer: Voice, inner: Voice, end: int) -> bool:
    """قالت الشرطة، بحسب ما نقلته وكالة X، إن …: what is said comes only behind the aside."""
    forms = document.forms
    if outer.behind or outer.rule not in ("verb of saying and its subject", "subject and verb of saying") or forms[inner.opener].text.endswith("نقلا"):
        return False
    if any(forms[k].pos & (COMPLEMENT | EVENT | FIGURE) or forms[k].text in (":", '"', "«") for k in range(outer.last + 1, inner.opener)):
        return False
    return any(forms[k].pos & COMPLEMENT or forms[k].text == ":" for k in range(inner.last + 1, min(inner.last + 6, end)))
