"""What did not happen, by syntax: what somebody denies («نفى الجيش سيطرة القوات على المدينة»), what did not come about («لم يتم التوصل إلى
اتفاق», «دون قتال»), failed («فشلت في استعادة الجسر»), was foiled («أحبط الجيش هجوما») or shot down. What is only to come is told in `prospects.py`.

A denial reaches from its word to what is denied over the subject, nouns and verbs that only carry it along (`cues.toml`, `[denial]`). It ends
at a relative clause, unless that hangs on a tiding («الأنباء التي تحدثت عن …»), at a verb that says something of its own, and at words behind
which something is taken as told («نفى مقتل مدنيين خلال الغارة»: the raid was). Who denies that it was he denies no event.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, EVENT, NAME, NEGATION, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

_LIGHT: Final = words("denial.light")
_CARRIED: Final = words("denial.carried")
_BEFALLING: Final = words("denial.befalling")
_MANAGES: Final = words("denial.managed")
_FAILS: Final = words("denial.fails")
_TRUE: Final = words("denial.true")
_OWNED: Final = words("denial.owned")
_OF_MANAGED: Final = words("denial.of_managed")
_REACH: Final = 20  # words between a denial and what is denied
_NEAR: Final = 6  # words between a negation and a noun that it says did not come about
_BEHIND: Final = 9  # words behind a negated one in which إلا and سوى turn it round
_MANY: Final = 2  # commas in a denial, besides those around a day or a name: نفى التحالف، ردا على التقارير، مقتل مدنيين
_ASIDE: Final = 4  # words between two commas that only name a day or somebody: ، العقيد أحمد المسماري،
_PHRASE: Final = 2  # words of a cue, less one: في حال
_MANAGED: Final = 10  # words between لم and what somebody did not manage: لم تتمكن قوات الدعم السريع من السيطرة
FOILED: Final = 9  # … أحبطت and the noun
_BESIDE_FOILED: Final = 14  # … and what is joined to it
_DOWNED: Final = 5  # … دمرت and the noun
_LIFTED: Final = 5  # … رفعت and the noun


def runs_through(triggers: list[Trigger], found: list[bool]) -> bool:
    """Whether something was `found` of each word that tells an event, or the word goes on with one of which it was: «نفى إبرام اتفاق لوقف إطلاق النار»."""
    first: dict[int, int] = {}
    for trigger, so in zip(triggers, found, strict=True):
        if so:
            first[trigger.sentence] = min(trigger.first, first.get(trigger.sentence, trigger.first))
    return all(so or (not t.verbal and first.get(t.sentence, t.first) < t.first) for t, so in zip(triggers, found, strict=True))


def refused(scene: Scene, token: int, sentence: int) -> bool:
    """Whether a word stands in what somebody denies."""
    forms, phrases = scene.document.forms, scene.document.phrases
    begin = max(scene.document.sentences[sentence].begin, token - _REACH)
    if _as_known(forms, token, begin):
        return False
    told = {k for t in scene.triggers_in.get(sentence, ()) if t.verbal for k in range(t.first, t.last + 1)}
    commas = 0
    for k in leftwards(scene, token, begin):
        form = forms[k]
        cues = form.cues.union(cue for _, cue in phrases.get(k, ()))
        if form.stem in _TRUE and k > begin and forms[k - 1].pos & NEGATION:
            return True  # ليس صحيحا أن القوات انسحبت
        if form.denies or "denial.opens" in cues:
            return not any(forms[j].pos & NEGATION for j in range(max(k - 2, begin), k))
        if "denial.ends" in cues or "denial.authorship" in cues:
            return False
        if form.pos & PUNCTUATION:
            commas += form.text == "،"
            if form.text in "؛:!؟" or commas > _MANY:
                return False
        elif form.pos & RELATIVE and not form.text.endswith("ما"):  # ما، مما، لما، عما: what was told
            if not any("denial.tidings" in forms[j].cues for j in range(max(k - 3, begin), k)):
                return False
        elif "voice.going_on" in cues or form.text == "وقد" or (is_plain_verb(form) and "denial.light" not in cues):
            return False
        elif k in told and not ("denial.light" in cues and k > begin and _is_of_words(forms[k - 1])):
            return False
    return False


def disowned(scene: Scene, token: int, sentence: int) -> bool:
    """Whether somebody denies of a word only that it was he: «نفت الحركة مسؤوليتها عن إطلاق الصاروخ», «تنفي روسيا أي ضلوع لها في الهجوم»."""
    forms, phrases = scene.document.forms, scene.document.phrases
    begin = scene.document.sentences[sentence].begin
    owned = False
    for k in leftwards(scene, token, begin):
        if owned and forms[k].denies:
            return True
        cues = forms[k].cues.union(cue for _, cue in phrases.get(k, ()))
        if "denial.authorship" in cues or forms[k].stem in _OWNED:
            owned = True
        elif forms[k].pos & PUNCTUATION or forms[k].pos & RELATIVE or (not forms[k].denies and is_plain_verb(forms[k])):
            return False
    return False


def is_plain_verb(form: Form) -> bool:
    """A verb that is no other word too, as قبل، عبر، أكثر are."""
    return bool(form.pos & VERB) and not form.pos & (NOUN | PREPOSITION) and (not form.pos & ADJECTIVE or bool(form.pos & EVENT))


def _is_of_words(form: Form) -> bool:
    """«ما نشر عن مقتله», «في بيان نشر عبر فيسبوك»: in front of a verb, words were published, and no troops."""
    return bool(form.pos & RELATIVE) or not form.cues.isdisjoint(("denial.tidings", "voice.carriers"))


def all_but(scene: Scene, trigger: Trigger) -> bool:
    """«لم يفرج إلا عن خمسة»: what is excepted behind the word did come about."""
    forms = scene.document.forms
    end = min(trigger.last + 1 + _BEHIND, scene.document.sentences[trigger.sentence].end)
    return any("denial.but" in forms[k].cues for k in range(trigger.last + 1, end))


def undone(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is told as what did not come about: a verb behind لم, or a noun behind a negation and words that carry it."""
    document = scene.document
    forms, part = document.forms, document.sentences[trigger.sentence]
    if all_but(scene, trigger):
        return False
    before = forms[trigger.first - 1] if trigger.first > part.begin else None
    if trigger.verbal and before is not None and before.bare == "ما":
        return _did_none(scene, trigger)
    if trigger.verbal and (before is None or "denial.any" not in before.cues):  # a verb never stands behind أي
        return before is not None and (before.bare == "لم" or _without_that(forms, trigger.first, part.begin))
    if not trigger.verbal and _never_began(scene, trigger):
        return True
    free = False
    for k in range(trigger.first - 1, max(part.begin, trigger.first - _NEAR) - 1, -1):
        form = forms[k]
        if "denial.not" in form.cues or any(cue == "denial.not" for _, cue in document.phrases.get(k, ())):
            return k < trigger.first - 1 or form.stem == "عدم"
        if form.pos & PUNCTUATION or "denial.but" in form.cues:
            return False
        free = free or "denial.any" in form.cues
        names = not form.pos & VERB or (k > part.begin and forms[k - 1].bare == "لم")
        if not _carries(trigger, form) and not (free and names):
            return _not_managed(scene, trigger) or _is_subject_of_not(scene, trigger, k)
    return _not_managed(scene, trigger)


def _did_none(scene: Scene, trigger: Trigger) -> bool:
    """«ما قصفت طائراتنا أي هدف»: a past behind «ما» and in front of أي; «ما قصفته الطائرات» is what they shelled."""
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    near = forms[trigger.last + 1 : min(trigger.last + _NEAR, end)]
    return trigger.tense == "past" and not trigger.form.enclitic and any("denial.any" in form.cues for form in near)


def _never_began(scene: Scene, trigger: Trigger) -> bool:
    """«المحادثات لم تعقد»: a noun with such a verb behind it."""
    forms, k = scene.document.forms, trigger.last + 1
    return k + 1 < scene.document.sentences[trigger.sentence].end and forms[k].bare == "لم" and not forms[k].conjunction and _carries(trigger, forms[k + 1])


def _is_subject_of_not(scene: Scene, trigger: Trigger, k: int) -> bool:
    """«لم تشن الطائرات غارات»: whether the word at token `k` ends who did not do what only carries the noun."""
    forms, part = scene.document.forms, scene.document.sentences[trigger.sentence]
    first = next((m.first for m in scene.actors_in.get(trigger.sentence, ()) if m.last == k), k if forms[k].article else -1)
    return k == trigger.first - 1 and first - 2 >= part.begin and forms[first - 2].bare == "لم" and _carries(trigger, forms[first - 1])


def is_light(form: Form) -> bool:
    """A verb or noun that only says that something comes about: تم, شن, وقوع."""
    return "denial.light" in form.cues or form.bare in _LIGHT


def _carries(trigger: Trigger, form: Form) -> bool:
    """Whether a word between a negation and a noun only carries it along: لم يتم التوصل إلى …; لم ترد أنباء عن قتلى, but not «عن الهجوم»."""
    light = is_light(form) or "denial.carried" in form.cues or form.bare in _CARRIED
    return light or ("denial.tidings" in form.cues and not trigger.definite)


def missed(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody failed to do: «فشلت قوات الحكومة في استعادة الجسر», «بعد فشلها في السيطرة»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    verb = _striving(scene, trigger)
    return verb >= 0 and _fails(forms[verb]) and not (verb > begin and forms[verb - 1].pos & NEGATION)


def _not_managed(scene: Scene, trigger: Trigger) -> bool:
    """«لم تتمكن قوات الدعم السريع من السيطرة», «دون أن تنجح في السيطرة»: behind the subject of a negated verb for managing; not «لم تتمكن من وقف الهجوم»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    verb = _striving(scene, trigger)
    return verb > begin and forms[verb].bare in _MANAGES and (forms[verb - 1].bare == "لم" or _without_that(forms, verb, begin))


def _striving(scene: Scene, trigger: Trigger) -> int:
    """The verb for managing or failing that what an event word tells hangs on, past its subject and a preposition; -1 if there is none."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = trigger.first - 1
    while k > begin and _carries(trigger, forms[k]) and forms[k].text not in _OF_MANAGED:
        k -= 1
    if forms[k].text not in _OF_MANAGED and (
        k < trigger.first - 1 or not (forms[k].text.startswith("ال") or forms[k].article or forms[k].pos & (NAME | ADJECTIVE))
    ):
        return -1
    for j in leftwards(scene, k, max(begin, trigger.first - _MANAGED)):
        if forms[j].bare in _MANAGES or (_fails(forms[j]) and forms[k].text in _OF_MANAGED):
            return j
        if forms[j].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or is_plain_verb(forms[j]) or forms[j].text in _OF_MANAGED:
            return -1
    return -1


def _fails(form: Form) -> bool:
    """فشلت, إخفاق, and whose: فشلها في السيطرة."""
    return form.bare in _FAILS or (bool(form.enclitic) and form.stem in _FAILS)


def foiled(scene: Scene, trigger: Trigger, within: int = FOILED) -> bool:
    """Whether an event word is what somebody foiled: أحبطت قوات الأمن في سامراء هجوما انتحاريا. `within`: so many words behind."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if trigger.verbal:  # … كان يستهدف مرقدا: what was to be is of the noun in front
        before = forms[trigger.first - 1] if trigger.first > begin else None
        was_to = trigger.tense == "present" and before is not None and before.verb is not None and before.verb[1] == "be"
        return was_to and any(
            foiled(scene, t) and not any(form.pos & (PUNCTUATION | COMPLEMENT) for form in forms[t.last + 1 : trigger.first - 1])
            for t in scene.triggers_in[trigger.sentence]
            if not t.verbal and 0 < trigger.first - t.last <= FOILED
        )
    if trigger.form.preposition == "ب":  # هجوما بسيارة مفخخة: with what it was to be done
        return any(foiled(scene, t) for t in scene.triggers_in[trigger.sentence] if t.last == trigger.first - 1 and not t.verbal)
    if _as_known(forms, trigger.first, begin):
        return False
    for k in leftwards(scene, trigger.first, begin, within):
        form = forms[k]
        if "supposed.foiled" in form.cues:
            return not any(forms[j].pos & NEGATION for j in range(max(k - 2, begin), k))
        if form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or "denial.ends" in form.cues or is_plain_verb(form):
            return False
    return False


def beside_foiled(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is joined to what somebody foiled: إحباط هجوم واعتقال المنفذين, أحبطت هجوما وفرضت حظر التجول; not behind «ومحاولة»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    joined = trigger.form.conjunction == "و"
    for k in range(trigger.first - 1, max(trigger.first - _BESIDE_FOILED, begin) - 1, -1):
        form = forms[k]
        if "supposed.foiled" in form.cues:
            return joined
        if form.text in ".؛:" or (not joined and form.cues & {"status.failed", "status.hypothetical"}):
            return False
        joined = joined or form.conjunction == "و"
    return False


def foiled_by(scene: Scene, trigger: Trigger) -> list[Trigger]:
    """The event words that a word for foiling foils: أحبطت الشرطة هجوما."""
    if "supposed.foiled" not in trigger.form.cues:
        return []
    return [t for t in scene.triggers_in[trigger.sentence] if t.first > trigger.last and foiled(scene, t)]


def downed(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is an aircraft or a missile that was destroyed on its way, or tells that: دمرت الدفاعات الجوية طائرة مسيرة."""
    if "supposed.downed" in trigger.form.cues:
        further = (t for t in scene.triggers_in[trigger.sentence] if 0 < t.first - trigger.last <= _REACH and "supposed.downed" not in t.form.cues)
        return any(cued(scene, t, "supposed.downed", _DOWNED) == trigger.first and downed(scene, t) for t in further)
    noun = trigger.form.noun
    if trigger.verbal or noun is None or noun[1] not in ("vehicle", "weapon") or trigger.form.preposition or trigger.form.article:
        return False
    return behind(scene, trigger, "supposed.downed", _DOWNED) and scene.document.forms[trigger.first - 1].bare not in ("في", "من")


def lifted(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what held until then: رفعت السلطات حظر التجول; not where that is only called for or striven for."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = cued(scene, trigger, "supposed.lifted", _LIFTED)
    if trigger.verbal or k < 0 or forms[k].preposition:
        return False
    return not any("status.hypothetical" in before.cues or before.text in ("الي", "علي") for before in forms[max(begin, k - _LIFTED) : k])


def resumed(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what goes on again: استأنفت المنظمة إيصال المساعدات; not «لم تستأنف المفاوضات»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = -1 if trigger.verbal else cued(scene, trigger, "supposed.resumed", _LIFTED)
    return k >= 0 and not (k > begin and forms[k - 1].pos & (NEGATION | COMPLEMENT))


def without(scene: Scene, trigger: Trigger) -> bool:
    """«من دون وقوع اشتباكات», «بلا قتال»: right behind a word for without, or behind one that carries the noun; «دون أن تقتحم المدينة», and «ولا قتلى»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if trigger.verbal:
        return _without_that(forms, trigger.first, begin)
    if trigger.form.article:
        return False
    before = [forms[k] for k in range(max(begin, trigger.first - 3), trigger.first)]
    while before and (befalls(before[-1]) or "denial.any" in before[-1].cues):
        before.pop()
    return bool(before) and ("supposed.without" in before[-1].cues or before[-1].bare == "لا")


def _without_that(forms: list[Form], token: int, begin: int) -> bool:
    """Whether a verb stands behind «دون أن»."""
    return token - 1 > begin and forms[token - 1].text == "ان" and "supposed.without" in forms[token - 2].cues


def befalls(form: Form) -> bool:
    """A word that only says that something comes about: وقوع, اندلاع."""
    return "supposed.befalling" in form.cues or form.bare in _BEFALLING


def _as_known(forms: list[Form], token: int, begin: int) -> bool:
    """«مقتل مدنيين في غارة», «بالقصف»: where or by what something was, taken as told."""
    form = forms[token]
    return (form.article and form.preposition == "ب") or (token > begin and forms[token - 1].bare == "في")


def behind(scene: Scene, trigger: Trigger, cue: str, within: int) -> bool:
    """Whether an event word stands behind a word that bears a cue; see `cued`."""
    return cued(scene, trigger, cue, within) >= 0


def cued(scene: Scene, trigger: Trigger, cue: str, within: int) -> int:
    """The nearest token in front of an event word that bears a cue, before any punctuation but that around an aside; -1 if there is none."""
    document = scene.document
    for k in leftwards(scene, trigger.first, document.sentences[trigger.sentence].begin, within):
        if cue in document.forms[k].cues or any((k, cue) in document.phrases.get(j, ()) for j in range(k - _PHRASE, k)):
            return k
        if document.forms[k].pos & PUNCTUATION:
            return -1
    return -1


def leftwards(scene: Scene, token: int, begin: int, within: int = _REACH) -> Iterator[int]:
    """The tokens in front of one, the nearest first, no more than `within`; what two commas enclose is passed over: «أحبطت الشرطة، اليوم الأحد، تفجير …»."""
    k = token - 1
    while k >= begin and within > 0:
        opening = _aside(scene, k, begin)
        if opening >= 0:
            k = opening if _aside(scene, opening, begin) >= 0 else opening - 1
            continue
        yield k
        k, within = k - 1, within - 1


def _aside(scene: Scene, closing: int, begin: int) -> int:
    """The comma in front of a day or of somebody's name that the comma `closing` ends; -1 if there is none."""
    document = scene.document
    forms = document.forms
    if forms[closing].text != "،":
        return -1
    k = closing - 1
    dated = next((d.first for d in scene.dates_in.get(document.sentence_of[closing], ()) if d.last == k), closing)
    while k >= begin and forms[k].text != "،":
        form = forms[k]
        if k < dated and (closing - k > _ASIDE or form.conjunction or form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT | EVENT) or is_plain_verb(form)):
            return -1
        k -= 1
    named = dated < closing or any(forms[j].article or forms[j].pos & NAME for j in range(k + 1, closing))
    return k if begin <= k < closing - 1 and named else -1
