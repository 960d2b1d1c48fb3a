"""What is only to come, by syntax: what is supposed («إذا قصف الجيش …»، «خشية قصف الطيران»، «هجوم محتمل», «قد تقصف»), wanted («أعلن نيته اقتحام المدينة»),
threatened («هدد بقصف المدينة»), called for («دعا إلى التظاهر»), ordered by a court, or was called off («ألغى مظاهرة كانت مقررة»).
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, NOUN, PREPOSITION, PRONOUN, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.denial import befalls, behind, cued, is_plain_verb, leftwards
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

_WARNS: Final = words("denial.warned")
_ANSWERED: Final = words("denial.answered")
_SENTENCES: Final = words("denial.sentences")
_VERDICTS: Final = words("denial.verdicts")
_CONFIRMS: Final = words("denial.confirms")
_SETS_ON: Final = words("denial.sets_on")
_IF: Final = 4  # words between إذا and the verb: لو أن الطائرات قصفت
_FEARED: Final = 3  # … خشية and the noun
_THREATENED: Final = 7  # … هدد and بقصف
_WARNED: Final = 10  # … حذر and من
_SENTENCED: Final = 8  # … حكمت and بإعدام
_CALLED_FOR: Final = 6  # … دعا and إلى التظاهر
_INTENDED: Final = 4  # words between who wants something and what
_MAY: Final = 5  # words between what somebody may do and its noun
_CALLED_OFF: Final = 6  # … ألغت and the noun
_AHEAD: Final = 10  # … the noun and what says that it was to come: مقررة، المرتقبة


def supposed(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is only feared, asked, a condition, possible or warned of."""
    if unless(scene, trigger):
        return True
    if trigger.verbal:
        return behind(scene, trigger, "supposed.if", _IF)
    if trigger.form.verb is not None and behind(scene, trigger, "supposed.if", 1):  # a noun by its form alone: إذا قصف
        return True
    if behind(scene, trigger, "supposed.feared", _FEARED) or _is_possible(scene, trigger) or _in_case(scene, trigger):
        return True
    if trigger.form.article:
        return False  # حذر من الهجمات: those that are
    return _warned_of(scene, trigger)


def unless(scene: Scene, trigger: Trigger) -> bool:
    """«ما لم ينسحب الجيش», «ما لم يتم الإفراج عن الأسرى»: a condition; not «وهو ما لم يحدث», «وفق ما لم يعلن»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    for k in range(trigger.first - 1, max(begin, trigger.first - _IF) - 1, -1):
        if forms[k].text == "لم" and k > begin and forms[k - 1].text == "ما":
            return k - 1 == begin or not forms[k - 2].pos & (PREPOSITION | PRONOUN) or forms[k - 2].pos & NOUN > 0
        if trigger.verbal or forms[k].pos & (PUNCTUATION | RELATIVE | COMPLEMENT):
            return False
    return False


def answered(scene: Scene, trigger: Trigger) -> bool:
    """«توعد بالرد على الهجوم»: what is answered has been."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    return trigger.definite and trigger.first - 2 >= begin and forms[trigger.first - 1].text == "علي" and forms[trigger.first - 2].bare in _ANSWERED


def _is_possible(scene: Scene, trigger: Trigger) -> bool:
    """هجوم محتمل, ضربة جوية محتملة."""
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    for k in range(trigger.last + 1, min(trigger.last + 3, end)):
        if "supposed.possible" in forms[k].cues:
            return True
        if not forms[k].pos & ADJECTIVE:
            return False
    return False


def _in_case(scene: Scene, trigger: Trigger) -> bool:
    """«في حال اندلاع اشتباكات», «في حالة وقوع هجوم»; not «في حالة حصار», which is a state."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = trigger.first - 1
    while k > begin and befalls(forms[k]):
        k -= 1
    case = forms[k].text == "حال" or (forms[k].text == "حاله" and k < trigger.first - 1)
    return case and k > begin and forms[k - 1].bare == "في"


def _warned_of(scene: Scene, trigger: Trigger) -> bool:
    """«حذرت من مجزرة», «تحذير من وقوع هجمات»: a noun right behind من, or behind one that carries it."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = trigger.first - 1
    while k > begin and befalls(forms[k]):
        k -= 1
    if k < begin or forms[k].text != "من" or trigger.form.preposition:
        return False
    for j in leftwards(scene, k, max(begin, k - _WARNED)):
        if "supposed.warned" in forms[j].cues or forms[j].stem in _WARNS:
            return True
        if forms[j].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or is_plain_verb(forms[j]):
            return False
    return False


def cancelled(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what was called off or put off before it began: ألغى المنظمون مظاهرة كانت مقررة."""
    if trigger.verbal or not behind(scene, trigger, "supposed.called_off", _CALLED_OFF):
        return False
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    return any("supposed.ahead" in forms[k].cues for k in range(trigger.last, min(trigger.last + _AHEAD, end)))


def threatened(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody threatens to do: هدد بقصف المدينة, توعد بشن هجمات."""
    to = not trigger.verbal and scene.document.forms[_opening_of(scene, trigger)].preposition == "ب"
    return to and behind(scene, trigger, "supposed.threatened", _THREATENED)


def sentenced(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what a court has ordered: قضت محكمة في طرابلس بإعدام 45 شخصا, أصدرت أحكام إعدام بحق ثلاثة."""
    if trigger.verbal:
        return False
    begin = scene.document.sentences[trigger.sentence].begin
    if trigger.form.preposition != "ب":
        return _is_verdict(scene, trigger, begin)
    for k in leftwards(scene, trigger.first, begin, _SENTENCED):
        form = scene.document.forms[k]
        if form.bare in _SENTENCES:
            return True
        if form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT):
            return False
    return False


def _is_verdict(scene: Scene, trigger: Trigger, begin: int) -> bool:
    """«أصدرت المحكمة حكم الإعدام بحق خمسة», «أيدت محكمة النقض إعدام خمسة»; not «نفذت السلطات حكم الإعدام»."""
    forms = scene.document.forms
    told = any(form.stem in _SENTENCES for form in forms[max(begin, trigger.first - 1) : trigger.last])
    for k in leftwards(scene, trigger.first, begin, _SENTENCED):
        if forms[k].bare in _CONFIRMS or (told and forms[k].bare in _VERDICTS):
            return True
        if forms[k].pos & (PUNCTUATION | RELATIVE | COMPLEMENT):
            return False
    return False


def intended(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody wants to do or proposes: أعلن نيته اقتحام المدينة, اقترحت مصر هدنة; not «اقترحوا بعد قصف المدينة هدنة» of the shelling."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if "supposed.intended" in trigger.form.cues:
        return True
    if trigger.verbal or trigger.form.article:
        return False
    k = cued(scene, trigger, "supposed.intended", _INTENDED)
    return k >= begin and not any("denial.ends" in forms[j].cues or is_plain_verb(forms[j]) for j in range(k + 1, trigger.first))


def may_come(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody may yet do: قد تشن تركيا عملية, قد تقصف القرية; not «قد يكون الهجوم», «كان قد تعرض»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if trigger.verbal:
        return trigger.tense == "present" and trigger.first > begin and _is_may(forms, trigger.first - 1, begin)
    if trigger.form.article:
        return False
    for k in leftwards(scene, trigger.first, begin, _MAY):
        form = forms[k]
        if form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT):
            return False
        if form.verb is not None and form.verb[2] == "present" and form.pos & VERB:
            return form.verb[1] != "be" and k > begin and _is_may(forms, k - 1, begin)
    return False


def _is_may(forms: list[Form], k: int, begin: int) -> bool:
    """«قد» at token `k` in front of a present; behind «كان» it tells what had been."""
    return forms[k].bare == "قد" and not any(form.verb is not None and form.verb[1] == "be" for form in forms[max(begin, k - _MAY) : k])


def called_for(scene: Scene, trigger: Trigger) -> bool:
    """Whether an event word is what somebody calls for: دعا ناشطون إلى التظاهر, دعوا للتظاهر, دعت لجنة إلى تسيير مظاهرة."""
    forms, opening = scene.document.forms, _opening_of(scene, trigger)
    to = forms[opening].preposition == "ل" or (opening > scene.document.sentences[trigger.sentence].begin and forms[opening - 1].text == "الي")
    return not trigger.verbal and to and behind(scene, trigger, "supposed.called_for", _CALLED_FOR)


def _opening_of(scene: Scene, trigger: Trigger) -> int:
    """The token at which an event word begins with what only sets it on: بشن | هجوم, إلى | الخروج | في | مظاهرة."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = trigger.first
    while k - 1 > begin and not forms[k].preposition and (sets_on(forms[k - 1]) or (forms[k - 1].text == "في" and sets_on(forms[k - 2]))):
        k -= 1 + (forms[k - 1].text == "في")
    return k


def sets_on(form: Form) -> bool:
    """A noun that only sets a deed on: شن, تنفيذ, استئناف."""
    return form.stem in _SETS_ON
