"""What did not happen, by syntax: what somebody denies («نفى الجيش سيطرة القوات على المدينة»), what did not come about («لم يتم التوصل إلى
اتفاق»), what is only supposed («إذا قصف الجيش …»، «خشية قصف الطيران»، «دون قتال», «هجوم محتمل»), what was called off («ألغى مظاهرة كانت مقررة») or foiled («أحبط الجيش هجوما»), and
what is threatened («هدد بقصف المدينة») or called for («دعا إلى التظاهر»).

A denial reaches from its word to what is denied over the subject, nouns and verbs that only carry it along (`cues.toml`, `[denial]`). It ends
at a relative clause, unless that hangs on a tiding («الأنباء التي تحدثت عن …»), at a verb that says something of its own, and at words behind
which something is taken as told («نفى مقتل مدنيين خلال الغارة»: the raid was). Who denies that it was he denies no event.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, NEGATION, NOUN, PUNCTUATION, RELATIVE, VERB, Form
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

_REACH: Final = 20  # words between a denial and what is denied
_NEAR: Final = 6  # words between a negation and a noun that it says did not come about
_BEHIND: Final = 9  # words behind a negated one in which إلا and سوى turn it round
_MANY: Final = 2  # commas in a denial: نفى التحالف، الأحد، مقتل مدنيين
_IF: Final = 4  # words between إذا and the verb: لو أن الطائرات قصفت
_FEARED: Final = 3  # … خشية and the noun
_THREATENED: Final = 7  # … هدد and بقصف
_WARNED: Final = 6  # … حذر and من
_CALLED_FOR: Final = 6  # … دعا and إلى التظاهر
FOILED: Final = 9  # … أحبطت and the noun
_DOWNED: Final = 5  # … دمرت and the noun
_LIFTED: Final = 3  # … رفعت and the noun
_CALLED_OFF: Final = 4  # … ألغت and the noun
_AHEAD: Final = 10  # … the noun and what says that it was to come: مقررة، المرتقبة


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
    for k in range(token - 1, begin - 1, -1):
        form = forms[k]
        cues = form.cues.union(cue for _, cue in phrases.get(k, ()))
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
        elif "voice.going_on" in cues or form.text == "وقد" or k in told or (form.pos & VERB and form.noun is None and "denial.light" not in cues):
            return False
    return False


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
    if trigger.verbal and (before is None or "denial.any" not in before.cues):  # a verb never stands behind أي
        return before is not None and before.bare == "لم"
    free = False
    for k in range(trigger.first - 1, max(part.begin, trigger.first - _NEAR) - 1, -1):
        form = forms[k]
        if "denial.not" in form.cues:
            return k < trigger.first - 1 or form.stem == "عدم"
        if form.pos & PUNCTUATION or "denial.but" in form.cues:
            return False
        free = free or "denial.any" in form.cues
        light = "denial.light" in form.cues or "denial.carried" in form.cues
        names = not form.pos & VERB or (k > part.begin and forms[k - 1].bare == "لم")
        if not light and not (free and names):
            return False
    return False


def supposed(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is only feared, asked, a condition, possible or warned of."""
    if trigger.verbal:
        return _behind(scene, trigger, "supposed.if", _IF)
    if trigger.form.verb is not None and _behind(scene, trigger, "supposed.if", 1):  # a noun by its form alone: إذا قصف
        return True
    if _behind(scene, trigger, "supposed.feared", _FEARED) or _is_possible(scene, trigger):
        return True
    if trigger.form.article:
        return False  # حذر من الهجمات: those that are
    return _warned_of(scene, trigger)


def _is_possible(scene: Scene, trigger: Trigger) -> bool:
    """هجوم محتمل, ضربة جوية محتملة."""
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    for k in range(trigger.last + 1, min(trigger.last + 3, end)):
        if "supposed.possible" in forms[k].cues:
            return True
        if not forms[k].pos & ADJECTIVE:
            return False
    return False


def _warned_of(scene: Scene, trigger: Trigger) -> bool:
    """«حذرت من مجزرة», «تحذير من وقوع هجمات»: a noun right behind من, or behind one that carries it."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = trigger.first - 1
    while k > begin and "supposed.befalling" in forms[k].cues:
        k -= 1
    if k < begin or forms[k].text != "من" or trigger.form.preposition:
        return False
    for j in range(k - 1, max(begin, k - _WARNED) - 1, -1):
        if "supposed.warned" in forms[j].cues:
            return True
        if forms[j].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or (forms[j].pos & VERB and not forms[j].pos & NOUN):
            return False
    return False


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
    for k in range(trigger.first - 1, max(begin, trigger.first - within) - 1, -1):
        form = forms[k]
        if "supposed.foiled" in form.cues:
            return not any(forms[j].pos & NEGATION for j in range(max(k - 2, begin), k))
        if form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or "denial.ends" in form.cues or (form.pos & VERB and form.noun is None):
            return False
    return False


def foiled_by(scene: Scene, trigger: Trigger) -> list[Trigger]:
    """The event words that a word for foiling foils: أحبطت الشرطة هجوما."""
    if "supposed.foiled" not in trigger.form.cues:
        return []
    return [t for t in scene.triggers_in[trigger.sentence] if t.first > trigger.last and foiled(scene, t)]


def downed(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is an aircraft or a missile that was destroyed on its way, or tells that: دمرت الدفاعات الجوية طائرة مسيرة."""
    if "supposed.downed" in trigger.form.cues:
        near = (t for t in scene.triggers_in[trigger.sentence] if 0 < t.first - trigger.last <= _DOWNED)
        return any("supposed.downed" not in t.form.cues and downed(scene, t) for t in near)
    noun = trigger.form.noun
    if trigger.verbal or noun is None or noun[1] not in ("vehicle", "weapon") or trigger.form.preposition or trigger.form.article:
        return False
    return _behind(scene, trigger, "supposed.downed", _DOWNED) and scene.document.forms[trigger.first - 1].bare not in ("في", "من")


def lifted(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what held until then: رفعت السلطات حظر التجول; not where that is only called for or striven for."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = _cued(scene, trigger, "supposed.lifted", _LIFTED)
    if trigger.verbal or k < 0 or forms[k].preposition:
        return False
    return not any("status.hypothetical" in before.cues or before.text in ("الي", "علي") for before in forms[max(begin, k - _LIFTED) : k])


def without(scene: Scene, trigger: Trigger) -> bool:
    """«من دون وقوع اشتباكات», «بلا قتال»: right behind a word for without, or behind one that carries the noun."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if trigger.form.article:
        return False
    before = [forms[k] for k in range(max(begin, trigger.first - 3), trigger.first)]
    while before and ("supposed.befalling" in before[-1].cues or "denial.any" in before[-1].cues):
        before.pop()
    return bool(before) and "supposed.without" in before[-1].cues


def cancelled(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what was called off or put off before it began: ألغى المنظمون مظاهرة كانت مقررة."""
    if trigger.verbal or not _behind(scene, trigger, "supposed.called_off", _CALLED_OFF):
        return False
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    return any("supposed.ahead" in forms[k].cues for k in range(trigger.last, min(trigger.last + _AHEAD, end)))


def threatened(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody threatens to do: هدد بقصف المدينة."""
    return not trigger.verbal and trigger.form.preposition == "ب" and _behind(scene, trigger, "supposed.threatened", _THREATENED)


def called_for(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody calls for: دعا ناشطون إلى التظاهر."""
    begin = scene.document.sentences[trigger.sentence].begin
    towards = trigger.first > begin and scene.document.forms[trigger.first - 1].text == "الي"
    return not trigger.verbal and towards and _behind(scene, trigger, "supposed.called_for", _CALLED_FOR)


def _as_known(forms: list[Form], token: int, begin: int) -> bool:
    """«مقتل مدنيين في غارة», «بالقصف»: where or by what something was, taken as told."""
    form = forms[token]
    return (form.article and form.preposition == "ب") or (token > begin and forms[token - 1].bare == "في")


def _behind(scene: Scene, trigger: Trigger, cue: str, within: int) -> bool:
    return _cued(scene, trigger, cue, within) >= 0


def _cued(scene: Scene, trigger: Trigger, cue: str, within: int) -> int:
    """The nearest token in front of an event word that bears a cue, before any punctuation; -1 if there is none."""
    forms = scene.document.forms
    for k in range(trigger.first - 1, max(scene.document.sentences[trigger.sentence].begin, trigger.first - within) - 1, -1):
        if cue in forms[k].cues:
            return k
        if forms[k].pos & PUNCTUATION:
            return -1
    return -1
