"""Dates in a sentence that are no event's own: since when nothing was like it, within what time there were others, by what something else is told."""

from __future__ import annotations

from typing import Final

from marsad.arabic.date_words import ORDERED
from marsad.arabic.dates import Date
from marsad.knowledge.lexicon import PUNCTUATION
from marsad.knowledge.wordlists import words
from marsad.reading.events import Draft
from marsad.reading.scene import Scene

_SUPERLATIVES: Final = words("setting.superlatives")
_AFTER: Final = ("بعد", "عقب")
_SINCE_WHAT: Final = ("من", "علي")
_SOON: Final = 3  # words between «بعد يومين على» and what was then
_WITHIN: Final = ("خلال", "غضون")
_UP_TO: Final = ("خلال", "غضون", "في")
_OF_ITS_KIND: Final = words("setting.of_its_kind")
_COMPARED: Final = 8  # words between a superlative and منذ


def compares(scene: Scene, date: Date) -> bool:
    """«في أعنف هجوم تتعرض له المحافظة منذ 2011»: since when nothing was like it, not since when it goes on; «أكثر من 500 قتيل منذ 2011» compares nothing."""
    forms = scene.document.forms
    told = scene.dates_in.get(scene.document.sentence_of[date.first], ())
    for k in range(date.first - 1, max(scene.document.sentences[scene.document.sentence_of[date.first]].begin, date.first - _COMPARED) - 1, -1):
        if forms[k].pos & PUNCTUATION:
            return False
        if forms[k].bare in _SUPERLATIVES and not any(other.first <= k <= other.last for other in told):  # تشرين الأول
            if forms[k + 1].text != "من" or forms[k].bare.startswith("ال"):
                return True
    return False


def counts_alike(scene: Scene, date: Date) -> bool:
    """«الهجوم الثالث خلال أسبوع», «للمرة الثانية في غضون يومين», «الثاني من نوعه خلال شهر»: within what time there were others, and not when this one was."""
    forms, k = scene.document.forms, date.first
    begin = scene.document.sentences[scene.document.sentence_of[k]].begin
    within = forms[k].text in _WITHIN
    while k > begin and forms[k - 1].text in _UP_TO:
        within = within or forms[k - 1].text in _WITHIN
        k -= 1
    if k - 2 > begin and forms[k - 1].stem in _OF_ITS_KIND and forms[k - 1].enclitic and forms[k - 2].text == "من":
        k -= 2
    if not within or k <= begin or forms[k - 1].bare not in ORDERED:
        return False
    return not any(other.first <= k - 1 <= other.last for other in scene.dates_in.get(scene.document.sentence_of[date.first], ()))


def is_of_another(scene: Scene, date: Date, draft: Draft) -> bool:
    """«انسحبوا بعد أكثر من عام على | حصارها»: it tells when the siege was, and not the withdrawal."""
    forms, behind = scene.document.forms, date.last + 1
    if forms[date.first].text not in _AFTER or behind >= len(forms) or forms[behind].text not in _SINCE_WHAT:
        return False
    return not any(behind < trigger.first <= behind + _SOON for trigger in draft.triggers)
