"""Who says so, and how far their words reach.

A voice opens with a verb of saying and its subject (قال، أعلن، أفاد … أن), with a phrase (بحسب، وفق، حسبما أفاد), or with a name and a
colon. It holds to the end of its sentence, through sentences that go on with وأضاف، وتابع، وأشار, and through open quotation marks; it
ends where another voice opens. Where a voice carries another's words (ونقلت وكالة X عن مصدر قوله) the one whose words they are is the
source. Rules counted in «How Arabic tells a war», point 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import (
    ADVERB,
    COMPLEMENT,
    CONJUNCTION,
    EVENT,
    FIGURE,
    NEGATION,
    NOUN,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    RELATIVE,
    VERB,
    Form,
    Lexicon,
)
from marsad.model import Source, SourceKind
from marsad.reading.document import Document


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


_GENERIC_SPEECH: Final = frozenset(fold(w) for w in "بين رد حمل علق أصدر أذاع بث نشر سجل رصد تداول كتب وثق أحصى أظهر أثبت قدر تلقى عبر رأى توقع نقل".split())
_NEEDS_COMPLEMENT: Final = frozenset(fold(w) for w in "بين رأى حمل رد عبر علق قدر أثبت أظهر توقع تلقى عبر اعتبر كتب وصف".split())
_STATEMENT_NOUNS: Final = frozenset(
    fold(w)
    for w in "بيان تصريح تصريحات حديث مؤتمر تقرير تقريرها تقريره وقت تغريدة مقابلة رسالة اتصال حوار منشور كلمة خطاب بيانها بيانه صفحته صفحتها حسابه حسابها موقعه موقعها نشرة لقاء إفادة إحصائية حصيلة هذا سياق إطار ختام مستهل معرض".split()
)
_CONTINUING: Final = frozenset(
    fold(w) for w in "أضاف تابع أردف أوضح أشار لفت أكد استطرد استدرك ختم نوه بين ذكر قال شدد أفاد زاد واصل أكمل كشف مضى اعتبر رأى أعلن".split()
)
_ACCORDING: Final = frozenset(fold(w) for w in "بحسب حسب وفق وفقا طبقا حسبما وفقما".split())
_PLURAL_BACK: Final = {
    fold("المصدر"): "مصدر", fold("المصادر"): "مصادر", fold("الوكالة"): "وكاله", fold("البيان"): "بيان", fold("المرصد"): "مرصد", fold("القناة"): "قناه",
    fold("الصحيفة"): "صحيفه", fold("الشبكة"): "شبكه", fold("المنظمة"): "منظمه", fold("الوزارة"): "وزاره", fold("المتحدث"): "متحدث", fold("الناطق"): "ناطق", fold("المراسل"): "مراسل",
    fold("الناشطون"): "ناشطون", fold("الشهود"): "شهود", fold("المسؤول"): "مسوول", fold("التقرير"): "تقرير", fold("المركز"): "مركز",
}  # fmt: skip


class Voices(list[Voice]):
    """The voices of a report in the order in which they open, found by token and by sentence."""

    def __init__(self, voices: Iterable[Voice], document: Document) -> None:
        super().__init__(voices)
        self._told: dict[int, Voice] = {token: voice for voice in self for token in range(*voice.reach)}
        self._speakers: dict[int, list[Voice]] = {}
        self._opened: dict[int, list[tuple[int, Voice]]] = {}
        for number, voice in enumerate(self):
            self._opened.setdefault(document.sentence_of[voice.opener], []).append((number, voice))
            for token in range(voice.first, voice.last + 1):
                self._speakers.setdefault(token, []).append(voice)

    def at(self, token: int) -> Voice | None:
        """The voice that tells a token; the innermost, that is the one that opened last."""
        return self._told.get(token)

    def naming(self, token: int) -> list[Voice]:
        """The voices whose name holds a token."""
        return self._speakers.get(token, [])

    def opened_in(self, sentences: Iterable[int]) -> list[Voice]:
        """The voices that open in one of the sentences, in their order."""
        return [voice for _, voice in sorted((found for s in set(sentences) for found in self._opened.get(s, ())), key=lambda f: f[0])]


def find_voices(document: Document) -> Voices:
    """The voices of a document in the order in which they open, their reach settled."""
    silent = {i for begin, end, _ in document.silent for i in range(begin, end)}
    voices: list[Voice] = []
    for number, part in enumerate(document.sentences):
        if part.begin in silent:
            continue
        opened = _openers(document, part.begin, part.end, voices)
        _settle_reach(document, part.begin, part.end, opened)
        if not opened:
            carried = _carried(document, number, part.begin, part.end, voices)
            if carried is not None:
                opened = [carried]
        voices.extend(opened)
    return Voices(voices, document)


def voice_at(voices: Voices, token: int) -> Voice | None:
    """The voice that tells token `token`."""
    return voices.at(token)


def as_source(document: Document, voice: Voice) -> Source:
    """The voice as the source of an event."""
    span = document.span(voice.first, voice.last)
    name = document.words.text[span[0] : span[1]]
    return Source(name=name, id=voice.id, kind=voice.kind, span=span)


# --- openers -----------------------------------------------------------------------------------------------------------


def _openers(document: Document, begin: int, end: int, earlier: list[Voice]) -> list[Voice]:
    forms = document.forms
    out: list[Voice] = []
    i = begin
    while i < end:
        form = forms[i]
        voice: Voice | None = None
        if "voice.according" in form.cues or form.bare in _ACCORDING:
            voice = _according(document, i, begin, end)
        elif (
            form.verb is not None
            and "speech" in form.verb[1]
            and not (form.pos & NOUN and (form.article or form.preposition or _construct_before(forms, i, begin)))
        ):
            voice = _saying(document, i, begin, end, [*earlier, *out])
        elif form.text == ":" and i - begin <= 7 and i > begin and not any(v.opener >= begin for v in out):
            voice = _colon(document, i, begin, end)
        elif any(cue == "voice.according" for _, cue in document.phrases.get(i, ())):
            last = max(last for last, cue in document.phrases[i] if cue == "voice.according")
            voice = _according(document, last, begin, end, opener=i)
        if voice is not None:
            _resolve_back(document, voice, [*earlier, *out])
            out.append(voice)
            i = max(voice.last, i) + 1
        else:
            i += 1
    return out


def _construct_before(forms: list[Form], i: int, begin: int) -> bool:
    return i > begin and bool(forms[i - 1].pos & PREPOSITION) and not forms[i].conjunction


def _saying(document: Document, i: int, begin: int, end: int, earlier: list[Voice]) -> Voice | None:
    """A verb of saying: its subject behind it, or in front of it, or gone on from before."""
    forms = document.forms
    form = forms[i]
    lemma = fold(str(form.verb[0]))  # type: ignore[index]
    if i > begin and forms[i - 1].pos & NEGATION:
        return None
    if form.text in ("يدعي", "تدعي", "ويدعي", "بين", "قدر"):
        return None  # يُدعى: is called; the preposition بين
    complement = _complement(forms, i, end)
    if lemma in _NEEDS_COMPLEMENT and complement is None:
        return None
    if lemma == fold("نقل"):
        return _quoted_from(document, i, begin, end)
    denies = "deny" in str(form.verb[1])  # type: ignore[index]
    first, last = _subject_after(document, i + 1, end)
    if first >= 0:
        if not _can_speak(document, first, last, lemma):
            return None
        voice = _voice(document, first, last, i, "verb of saying and its subject")
        voice.denies = denies
        return voice
    first, last = _subject_before(document, i, begin)
    if first >= 0 and _can_speak(document, first, last, lemma):
        voice = _voice(document, first, last, i, "subject and verb of saying")
        voice.denies = denies
        return voice
    if lemma in _CONTINUING and earlier and i - begin <= 3:
        before = earlier[-1]
        if document.sentence_of[i] - document.sentence_of[before.opener] <= 3:
            return Voice(before.first, before.last, i, (i, end), before.id, before.kind, "the voice goes on", carried=True, denies=denies)
    return None


def _complement(forms: list[Form], i: int, end: int) -> int | None:
    """The token of أن, إن, a colon or a quotation mark that opens what is said, if there is one soon."""
    for j in range(i + 1, min(i + 22, end)):
        if forms[j].pos & COMPLEMENT or forms[j].text in (":", '"', "“", "«"):
            return j
    return None


def _subject_after(document: Document, i: int, end: int) -> tuple[int, int]:
    """The noun phrase behind a verb of saying: (first, last), (-1, -1) if the complement follows at once."""
    forms = document.forms
    while i < end and (
        forms[i].text in ("عن", "ايضا", "كذلك", "ذلك", "في", "بدوره", "بدورها") and i + 1 < end and forms[i].text in ("ايضا", "كذلك", "بدوره", "بدورها")
    ):
        i += 1
    while i < end and forms[i].text in ('"', "«", "“"):
        i += 1
    if i >= end:
        return -1, -1
    form = forms[i]
    if form.pos & (COMPLEMENT | PUNCTUATION | RELATIVE | PRONOUN | FIGURE) and not form.pos & NOUN:
        return -1, -1
    if form.preposition or form.conjunction or (form.pos & PREPOSITION and not form.pos & NOUN):
        return -1, -1
    if form.pos & EVENT and not form.article and not form.person and not form.pos & ~EVENT & VERB:
        return -1, -1
    last = _phrase_end(document, i, end)
    return (i, last) if last >= i else (-1, -1)


def _phrase_end(document: Document, i: int, end: int) -> int:
    """The last token of a noun phrase that names a speaker, from token `i`."""
    forms = document.forms
    j = i
    quoted = False
    while j + 1 < end and j - i < 16:
        form = forms[j + 1]
        if form.text in '"«»“”()':
            closing = form.text in "»”)" or (form.text == '"' and quoted)
            if closing and not quoted:
                break
            if not quoted and j + 2 < end and ((forms[j + 2].pos & (VERB | COMPLEMENT) and not forms[j + 2].pos & NOUN) or forms[j].text == ":"):
                break
            quoted = not closing
            j += 1
            continue
        if quoted:
            j += 1
            continue
        if form.pos & (PUNCTUATION | FIGURE):
            break
        if form.text in ("اي", "اية", "ايه") or _opens_object(document, i, j):
            break
        if form.pos & (COMPLEMENT | RELATIVE | NEGATION | ADVERB) and not form.pos & NOUN:
            break
        if form.conjunction and not (form.pos & NOUN and (head := forms[i].noun) and head[1] == "person"):
            if not (forms[j].noun and form.noun and form.article == forms[j].article):
                break
        if form.preposition in ("ل",) and not form.article:
            break
        if form.preposition in ("ل", "ب", "ك") and form.bare not in (
            fold("الجيش"),
            fold("الأمم"),
            fold("النظام"),
            fold("المعارضة"),
            fold("المنطقة"),
            fold("المدينة"),
            fold("المحافظة"),
        ):
            if form.preposition == "ب" and form.stem in (fold("اسم"),):
                j += 1
                continue
            if form.preposition == "ب" and form.names:
                j += 1
                continue
            if not (form.preposition == "ل" and form.article and form.names):
                break
        if form.pos & CONJUNCTION and not form.pos & NOUN:
            break
        if form.pos & PREPOSITION and not form.pos & NOUN:
            if form.text == "في" and j + 2 < end and forms[j + 2].bare not in _STATEMENT_NOUNS and _inside_office(forms, i, j):
                j += 1
                continue
            if form.text in ("من",) and j + 2 < end and (forms[j + 2].names or forms[j + 2].noun) and not forms[j + 2].preposition:
                j += 1
                continue
            if form.text in ("باسم",):
                j += 1
                continue
            break
        if form.pos & VERB and not form.pos & (NOUN | EVENT) and not form.names:
            break
        if form.bare in (
            "اليوم",
            "امس",
            "يوم",
            "صباح",
            "مساء",
            "الاثنين",
            "الثلاثاء",
            "الاربعاء",
            "الخميس",
            "الجمعه",
            "السبت",
            "الاحد",
            "خلال",
            "ان",
            "مقتل",
            "قوله",
            "قولها",
            "قولهم",
        ):
            break
        if form.pos & EVENT and not form.article and not form.person and (forms[j].pos & NOUN or forms[j].pos == 0):
            break
        j += 1
    while j > i and forms[j].text in '"«“(':
        j -= 1
    return j


def _opens_object(document: Document, i: int, j: int) -> bool:
    """Whether the token behind `j` is no longer the speaker but what is said of: نفى الجيش حدوث …, أعلنت الوزارة مسؤوليتها, اتهمت منظمات قوات الأسد."""
    forms = document.forms
    form = forms[j + 1]
    closed = forms[j].article or forms[j].nisba or any(m.last == j for m in document.actors if m.id)
    if not closed or form.article or form.preposition:
        return False
    if form.enclitic and form.pos & NOUN:
        return True
    if form.noun is not None and form.noun[1] in ("masdar", "event", "abstract", "quantity", "time", "harm"):
        return True
    return any(m.first == j + 1 and m.id and m.label != "named" for m in document.actors) and not form.conjunction


def _inside_office(forms: list[Form], i: int, j: int) -> bool:
    """مصدر في وزارة، مسؤول في، ناشط في: the place or office of the speaker belongs to the name."""
    return forms[j].bare != "بيان" and any("voice.source_nouns" in forms[k].cues for k in range(i, j + 1))


def _subject_before(document: Document, i: int, begin: int) -> tuple[int, int]:
    """The noun phrase in front of a verb of saying that opens the sentence: المرصد … أفاد."""
    forms = document.forms
    j = i - 1
    if j < begin or forms[i].conjunction:
        return -1, -1
    if forms[j].text in ("قد", "وقد"):
        j -= 1
    stop = j
    while j >= begin and i - j < 12:
        form = forms[j]
        if form.pos & (PUNCTUATION | COMPLEMENT | VERB) and not form.pos & NOUN and form.text not in '"«»“”()':
            break
        if form.pos & RELATIVE and not form.pos & NOUN:
            return -1, -1
        j -= 1
    first = j + 1
    if first > stop or (first > begin and forms[first - 1].pos & VERB):
        return -1, -1
    while first < stop and (
        (forms[first].pos & PREPOSITION and not forms[first].pos & NOUN) or forms[first].text in '"«“(' or "closed.disc" in _phrase_cues(document, first)
    ):
        return -1, -1
    return first, stop


def _phrase_cues(document: Document, i: int) -> set[str]:
    return {cue for _, cue in document.phrases.get(i, ())}


_SPEAKER_CLASSES: Final = frozenset(("person", "group", "office", "speech", "title"))


def _can_speak(document: Document, first: int, last: int, lemma: str) -> bool:
    """Whether a phrase can be a speaker: a person, a body, a document, a listed name; for weak verbs of saying only such."""
    forms = document.forms
    head = forms[first]
    if head.noun is not None and head.noun[1] in _SPEAKER_CLASSES:
        return True
    if "voice.source_nouns" in head.cues or head.names or head.nisba:
        return True
    if head.pos & EVENT and not head.person:
        return False
    if head.noun is not None and head.noun[1] in (
        "time",
        "quantity",
        "placekind",
        "area",
        "event",
        "harm",
        "vehicle",
        "weapon",
        "building",
        "abstract",
        "military",
    ):
        return False
    return lemma not in _GENERIC_SPEECH


def _quoted_from(document: Document, i: int, begin: int, end: int) -> Voice | None:
    """نقلت وكالة X عن مصدر قوله: the source is the one behind عن; without عن … قوله the verb means to carry."""
    forms = document.forms
    for j in range(i + 1, min(i + 16, end)):
        if forms[j].text == "عن" and j + 1 < end:
            last = _phrase_end(document, j + 1, end)
            carrier = _phrase_end(document, i + 1, j)
            if carrier > i and forms[j + 1].stem in ("مصادر", "مصدر") and last <= j + 2:
                known = _voice(document, i + 1, carrier, i, "نقل … عن")
                if known.kind == "monitor":
                    return known  # ونقل المرصد عن مصادر موثوقة: its own sources
            if last >= j + 1 and _can_speak(document, j + 1, last, "قال"):
                return _voice(document, j + 1, last, i, "نقل … عن")
            return None
        if forms[j].pos & COMPLEMENT or forms[j].text == ":":
            break
    return None


def _according(document: Document, i: int, begin: int, end: int, opener: int | None = None) -> Voice | None:
    """بحسب X, وفقا لـ X, حسبما أفاد X."""
    forms = document.forms
    j = i + 1
    while j < end and (
        forms[j].text in ("ما", "لما", "ل", "لـ", "على", "علي", "بما", '"', "«", "“", "ذلك") or (forms[j].verb is not None and not forms[j].pos & NOUN)
    ):
        j += 1
    if j >= end or (forms[j].pos & (COMPLEMENT | PUNCTUATION) and not forms[j].pos & NOUN):
        return None
    last = _phrase_end(document, j, end)
    if last < j or not _can_speak(document, j, last, "نقل"):
        return None
    return _voice(document, j, last, opener if opener is not None else i, "according to")


def _colon(document: Document, i: int, begin: int, end: int) -> Voice | None:
    """ناشطون: …, at the beginning of a headline or a paragraph."""
    forms = document.forms
    first = begin
    if (forms[first].pos & (VERB | PREPOSITION | EVENT) and not forms[first].pos & NOUN) or forms[first].conjunction:
        return None
    if not _can_speak(document, first, i - 1, "نقل") or forms[first].pos & EVENT:
        return None
    if any(forms[k].pos & PUNCTUATION and forms[k].text not in '"«»“”()' for k in range(first, i)):
        return None
    return _voice(document, first, i - 1, i, "name and colon")


def _carried(document: Document, number: int, begin: int, end: int, voices: list[Voice]) -> Voice | None:
    """An open quotation, or a sentence that goes on in the same breath, keeps the voice of the sentence before."""
    if not voices or number == 0:
        return None
    before = voices[-1]
    if document.sentence_of[before.opener] != number - 1 and not (before.carried and before.reach[1] == begin):
        return None
    text = document.words.text
    start = document.words.starts[before.opener]
    passage = text[start : document.words.starts[begin]]
    if passage.count("“") > passage.count("”") or passage.count("«") > passage.count("»") or passage.count('"') % 2 == 1:
        return Voice(before.first, before.last, before.opener, (begin, end), before.id, before.kind, "inside a quotation", carried=True)
    return None


# --- who it is ----------------------------------------------------------------------------------------------------------


def _voice(document: Document, first: int, last: int, opener: int, rule: str) -> Voice:
    id_, kind = _identity(document, first, last)
    return Voice(first, last, opener, (opener, opener), id_, kind, rule)


_KIND_OF_ACTOR: Final[dict[str, SourceKind]] = {
    "monitor": "monitor", "intergovernmental": "monitor", "humanitarian": "monitor", "official": "official", "police": "official",
    "media": "media", "coalition": "party", "militia": "party", "insurgent": "party", "authority": "official",
}  # fmt: skip
_MILITARY: Final = frozenset(
    fold(w)
    for w in "جيش الجيش عسكري عسكرية العسكري العسكرية قوات القوات لواء اللواء كتيبة فرقة طيران الدفاع ميليشيا كتائب أركان الأركان حرس الحرس ميداني قائد القائد عمليات العمليات البنتاغون العقيد العميد الكولونيل الجنرال".split()
)
_OFFICIAL: Final = frozenset(
    fold(w)
    for w in "وزير وزيرة وزارة رئيس الرئيس الخارجية الداخلية الصحة شرطة الشرطة محافظ محكمة نيابة النيابة قاضي أمير ملك مستشار نائب سفير برلمان الكرملين الأبيض أمني أمنية الأمني الأمنية طبي طبية مسؤول مسؤولون مسؤولين حكومي حكومية مستشفى مشفى مدير بلدية إسعاف الإسعاف رئاسة الرئاسة حاكم قضائي قضائية رسمي رسمية دبلوماسي مسعف المدعي الادعاء الحكومة حكومة السلطات المستشارة عمدة النائب قائمقام".split()
)


def _identity(document: Document, first: int, last: int) -> tuple[str | None, SourceKind]:
    """Id and kind of a speaker, from the parties that its name holds and the words of office in it."""
    forms = document.forms
    words = {f for k in range(first, last + 1) for f in (forms[k].bare, forms[k].stem)}
    id_ = None
    label = ""
    for mention in document.actors:
        if first <= mention.first <= last and mention.id and mention.label not in ("civilians", "social", "neutral"):
            id_, label = mention.id, mention.label
            break
    source_id = next((e[2] for k in range(first, last + 1) for e in forms[k].names if e[1] == "source" and _fits(forms, k, e[0], last)), None)
    kinds = {c[5:] for k in range(first, last + 1) for c in forms[k].cues if c.startswith("kind.")}
    head = forms[first]
    outlet_words = _outlet_words(document)
    if outlet_words and words & outlet_words and (head.stem in ("مصدر", "مصادر", "مراسل", "مراسلو", "مراسلي") or words >= outlet_words):
        return None, "outlet"
    if head.stem in ("مراسل", "مراسلو", "مراسلنا", "مراسلي", "مراسلتنا", "مصادرنا", "مراسله") or head.text in ("مراسلنا", "مراسلتنا", "مصادرنا"):
        return None, "outlet"
    if "witness" in kinds and head.stem in ("شاهد", "شهود", "ناج", "ناجون"):
        return None, "witness"
    if source_id is not None and id_ is None:
        return None, "media"
    if label in ("monitor", "intergovernmental", "humanitarian"):
        return id_, "monitor"
    if head.stem in (
        "وكاله",
        "قناه",
        "صحيفه",
        "تقارير",
        "وسايل",
        "تلفزيون",
        "اذاعه",
        "شبكه",
        "موقع",
        "صفحات",
        "حسابات",
        "انباء",
        "مواقع",
        "صحف",
        "وكالات",
        "اعلام",
    ):
        return id_, "media"
    if label in ("state", "police", "coalition", "militia", "insurgent", "authority", "official"):
        if label == "state":
            if words & _MILITARY and not words & {fold("وزير")}:
                return id_, "party"
            return id_, "official"
        if label in ("coalition", "militia", "insurgent"):
            return id_, "party"
        return id_, _KIND_OF_ACTOR[label]
    if head.stem in ("مصدر", "مصادر", "مصدرين", "مصدران"):
        if words & {
            "امني",
            "امنيه",
            "طبي",
            "طبيه",
            "حكومي",
            "حكوميه",
            "رسمي",
            "رسميه",
            "قضايي",
            "قضاييه",
            "دبلوماسي",
            "دبلوماسيه",
            "شرطه",
            "صحيه",
            "الشرطه",
            "استخباراتي",
            "استخباريه",
        }:
            return id_, "official"
        if words & {"عسكري", "عسكريه"}:
            return id_, "party"
        if words & {"حقوقي", "حقوقيه"}:
            return id_, "monitor"
        if words & {"اعلامي", "اعلاميه", "صحفيه"}:
            return id_, "media"
        return id_, "local"
    if "monitor" in kinds or words & {"حقوقي", "حقوقيه", "المرصد", "مرصد", "منظمه", "منظمات"}:
        return id_, "monitor"
    if words & _MILITARY and not words & {fold("وزير"), fold("وزارة")}:
        return id_, "party"
    if words & _OFFICIAL:
        return id_, "official"
    if "local" in kinds or head.stem in ("ناشط", "ناشطون", "نشطاء", "سكان", "اهالي", "قريب", "والد", "شقيق", "مواطن", "ساكن"):
        return id_, "local"
    if "media" in kinds:
        return id_, "media"
    return id_, "official" if head.pos & NOUN and head.noun and head.noun[1] in ("title", "office") else "local"


def _outlet_words(document: Document) -> frozenset[str]:
    """The words of the outlet's name that tell it from others; an outlet given by its Latin name is looked up among the sources."""
    return _words_of_outlet(document.report.outlet or "", document.lexicon)


@lru_cache(512)
def _words_of_outlet(outlet: str, lexicon: Lexicon) -> frozenset[str]:
    if outlet.isascii():
        bare = outlet.lower().replace(" ", "").replace("-", "")
        for id_, (english, arabic, _) in lexicon.sources.items():
            plain = english.lower().replace(" ", "").replace("-", "")
            if bare and (bare == id_ or bare == plain or (len(bare) > 5 and (plain.startswith(bare) or bare.startswith(plain)))):
                outlet = arabic
                break
    words = set(fold(outlet).replace('"', " ").replace("“", " ").replace("”", " ").split())
    return frozenset(words) - {"وكاله", "قناه", "موقع", "شبكه", "مرصد", "نيوز", "الاخباريه", "للانباء", "نت", "صحيفه", "عربيه", "الاعلامي"}


def _fits(forms: list[Form], k: int, rest: tuple[str, ...], last: int) -> bool:
    j = k
    for token in rest:
        j += 1
        while j <= last and forms[j].text in '"«»“”()':
            j += 1
        if j > last or forms[j].text != token:
            return False
    return True


def _resolve_back(document: Document, voice: Voice, earlier: list[Voice]) -> None:
    """المصدر, المسماري, الوكالة: a speaker named before lends its id and kind (and, for المصدر, its name)."""
    forms = document.forms
    head = forms[voice.first]
    pointing = _PLURAL_BACK.get(head.bare)
    if pointing and voice.last <= voice.first + 1:
        for before in reversed(earlier):
            words = [forms[k].stem for k in range(before.first, before.last + 1)]
            if pointing in words or pointing == words[0][: len(pointing)]:
                voice.first, voice.last, voice.id, voice.kind = before.first, before.last, before.id, before.kind
                return
        return
    if voice.id is None and voice.last - voice.first <= 1 and (head.pos == 0 or head.article or head.pos & 2048):
        name = forms[voice.last].stem
        for before in reversed(earlier):
            if before.last > before.first and any(forms[k].stem == name for k in range(before.first, before.last + 1)):
                voice.id, voice.kind = before.id, before.kind
                return


def _settle_reach(document: Document, begin: int, end: int, voices: list[Voice]) -> None:
    """What each voice of a sentence tells: from its opener to the next voice; «بحسب X» at the end of a clause tells what stands before it."""
    voices.sort(key=lambda v: v.opener)
    edge = begin
    for number, voice in enumerate(voices):
        stop = voices[number + 1].opener if number + 1 < len(voices) else end
        following = voices[number + 1] if number + 1 < len(voices) else None
        if voice.rule == "according to" and voice.opener - begin > 2:
            voice.reach = (edge, max(voice.last + 1, min(stop, end)))
        else:
            if following is not None and following.rule == "according to":
                stop = max(voice.last + 1, stop)
            voice.reach = (min(voice.opener, voice.first) if voice.opener - begin > 2 else begin, stop)
        edge = voice.reach[1]
