"""Parties that are told only as who did not say that they did it: «ولم يتبن حزب الله الهجوم», «نفت حركة حماس مسؤوليتها عنه», «لم يعلق الجيش على الغارة», «تنصل
الحوثيون من الهجوم»; and those in what somebody is charged with."""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, NEGATION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.denial import is_plain_verb, leftwards
from marsad.reading.document import Mention
from marsad.reading.events import Draft
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

_ANSWERS: Final = 5  # words behind a party within which its responsibility or what it would not say is told
_BACK: Final = 12  # words in front of a party that are looked at
_CLAUSE: Final = 30  # words behind it in which an event of its clause is told
_COMMENT: Final = 4  # words in front of a comment within which «لم» stands
_CONDEMNED: Final = 8  # words between a word that condemns and what it condemns
_CHARGED: Final = 7  # words between a charge and a party in it
_CHARGES: Final = words("parties.charges")
_CLAIMS: Final = words("parties.claims")
_DECLARES: Final = words("parties.declares")
_DENIES: Final = words("parties.denies")
_RESPONSIBILITY: Final = words("parties.responsibility")
_COMMENTS: Final = words("parties.comments")
_CONDEMNS: Final = words("parties.condemns")
_SHUNS: Final = words("parties.shuns")
_WITHHOLDS: Final = words("parties.withholds")
_COMMENTARY: Final = words("parties.commentary")
_FROM: Final = ("من", "عن", "علي")


def disowns(scene: Scene, mention: Mention) -> bool:
    """Whether a party is told only as who did not say that it did it."""
    before, behind = _sides(scene, mention)
    if not before:
        return False
    answers = any(form.stem in _RESPONSIBILITY for form in behind[: _ANSWERS - 1])
    if before[-1].bare in _DENIES:
        return answers
    return _negated(before) and (before[-1].bare in _CLAIMS or (before[-1].bare in _DECLARES and answers))


def only_speaks_of(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a party would say nothing of an event that the same clause tells behind, has nothing to do with it, or condemns it and names nothing of its own:
    «لم يعلق الجيش على الغارة», «أدانت مصر الهجوم على كمين»; not «أدانت مصر الهجوم على سفارتها»."""
    before, behind = _sides(scene, mention)
    condemns = bool(before) and (before[-1].bare in _CONDEMNS)
    if not condemns and not _is_silent(before, behind):
        return False
    forms, end = scene.document.forms, scene.document.sentences[mention.sentence].end
    told = [t.first for t in draft.by_sentence.get(mention.sentence, ()) if 0 < t.first - mention.last <= _CLAUSE]
    if not told or (condemns and any(form.enclitic for form in forms[mention.last + 1 : min(end, mention.last + 1 + _CLAUSE)])):
        return False
    return not any(form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) for form in forms[mention.last + 1 : min(told)])


def is_what_for(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a party is only told in what somebody is charged with: «أعدم شابين بتهمة التعامل مع | الحشد الشعبي», «اغتالوه لتعاونه مع | الجيش»; what the charge
    itself tells has its own parties."""
    forms, begin = scene.document.forms, scene.document.sentences[mention.sentence].begin
    for k in leftwards(scene, mention.head, begin, _CHARGED):
        if forms[k].stem in _CHARGES:
            return not any(k < trigger.first < mention.head for trigger in draft.by_sentence.get(mention.sentence, ()))
        if forms[k].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or is_plain_verb(forms[k]):
            return False
    return False


def is_condemned(scene: Scene, trigger: Trigger) -> bool:
    """«استنكرت الأمم المتحدة اختطاف موظفيها»: what somebody condemns was."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    for k in leftwards(scene, trigger.first, begin, _CONDEMNED):
        if forms[k].bare in _CONDEMNS:
            return not trigger.verbal
        if forms[k].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or is_plain_verb(forms[k]):
            return False
    return False


def _sides(scene: Scene, mention: Mention) -> tuple[list[Form], list[Form]]:
    """The words of a sentence in front of a party, and the next behind it."""
    forms, part = scene.document.forms, scene.document.sentences[mention.sentence]
    return forms[max(part.begin, mention.head - _BACK) : mention.head], forms[mention.last + 1 : min(mention.last + 1 + _ANSWERS, part.end)]


def _negated(before: list[Form]) -> bool:
    return len(before) > 1 and bool(before[-2].pos & NEGATION)


def _is_silent(before: list[Form], behind: list[Form]) -> bool:
    """Whether the words around a party say that it would not speak."""
    if not before:
        return _goes_on_silent(behind)
    verb = before[-1]
    if (_negated(before) and verb.bare in _COMMENTS) or _shuns(verb) or (_withholds(verb) and _comment_in(behind)):
        return True
    return _is_of_no_comment(before) or _goes_on_silent(behind)


def _goes_on_silent(behind: list[Form]) -> bool:
    """«الجيش الإسرائيلي | لم يعلق على الغارة», «والحركة | رفضت التعليق»: by the words behind a party."""
    if len(behind) > 1 and behind[0].pos & NEGATION:
        return behind[1].bare in _COMMENTS
    return bool(behind) and (_shuns(behind[0]) or (_withholds(behind[0]) and _comment_in(behind)))


def _is_of_no_comment(before: list[Form]) -> bool:
    """«لم يصدر أي تعليق رسمي من | الجيش»: by the words in front of a party."""
    k = len(before) - 2
    while k > 0 and before[k].pos & ADJECTIVE and before[k].stem not in _COMMENTARY:
        k -= 1
    return before[-1].text in _FROM and k >= 0 and before[k].stem in _COMMENTARY and any(form.pos & NEGATION for form in before[max(k - _COMMENT, 0) : k])


def _shuns(form: Form) -> bool:
    return _lemma(form) in _SHUNS


def _withholds(form: Form) -> bool:
    return _lemma(form) in _WITHHOLDS


def _lemma(form: Form) -> str:
    return fold(str(form.verb[0])) if form.verb is not None and form.pos & VERB else form.bare


def _comment_in(behind: list[Form]) -> bool:
    return any(form.stem in _COMMENTARY for form in behind)
