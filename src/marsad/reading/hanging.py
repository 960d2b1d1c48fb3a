"""What an event word hangs on: the word for trying, refusing, wanting or intending whose object it is, past the subject and what only sets the deed on.

«حاولت قوات الدعم السريع | اقتحام المدينة», «سعى الجيش إلى | استعادة المطار», «رفضت الحكومة | الإفراج عن المعتقلين», «كاد مسلحون أن | يختطفوا صحفيا», «استبعد
الوزير شن | هجوم». Each such word leads to its object in ways of its own (`wordlists.toml`, `[hanging]`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, ADVERB, COMPLEMENT, NAME, NEGATION, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import types, values, words
from marsad.reading.denial import is_light, is_plain_verb, leftwards
from marsad.reading.prospects import sets_on
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

Heads = dict[str, tuple[str, ...]]
"""Words on which an event can hang, in their dictionary form, each with what leads to its object."""

_TRIED: Final[Heads] = values("hanging.tried")
_SOUGHT: Final[Heads] = values("hanging.sought")
_REFUSED: Final[Heads] = values("hanging.refused")
_THOUGHT: Final[Heads] = values("hanging.thought")
_INTENDED: Final[Heads] = values("hanging.intended")
_PROPOSED: Final[Heads] = values("hanging.proposed")
_ENDED: Final[Heads] = values("hanging.ended")
_BARRED: Final[Heads] = values("hanging.barred")
_DEFERRED: Final[Heads] = values("hanging.deferred")
_UNDER_WAY: Final = types("hanging.under_way")
_OF_TALKS: Final = types("hanging.of_talks")
_OF_BARRED: Final = types("hanging.of_barred")
_PREPOSITIONS: Final = frozenset(("الي", "علي", "عن", "من", "في"))
_BEHIND: Final = words("hanging.behind")
_CLAIMS: Final = words("hanging.claims")
_OBJECT, _THAT, _BARE = map(fold, ("شيئا", "أن", "يفعل"))  # an object, a verb with أن and one without
_SUBJECT: Final = 10  # words between such a word and its object
_CARRIED: Final = 6  # … a verb that only carries a noun along and the noun: أن تشن إسرائيل غارات
_JOINED: Final = 8  # … an object and one that is joined to it: اقتحام البلدة والسيطرة عليها
_FAR: Final = 40  # words back from a token within which a mention that reaches it begins
NOTHING: Final = "nothing"
_HEADS: Final = (  # words, the status that they give, the types of events for which they do, and those for which they do not
    (_TRIED, "failed", (), _UNDER_WAY),
    (_SOUGHT, "failed", (), _UNDER_WAY),
    (_BARRED, "failed", _OF_BARRED, ()),
    (_ENDED, "failed", _OF_TALKS, ()),
    (_PROPOSED, "planned", _OF_TALKS, ()),
    (_DEFERRED, "planned", (), ()),
    (_INTENDED, "planned", (), ()),
    (_REFUSED, "failed", _OF_TALKS, ()),
    (_REFUSED, NOTHING, (), ()),
    (_THOUGHT, NOTHING, (), ()),
)


def hung(scene: Scene, trigger: Trigger, kind: str, going_on: bool) -> str | None:
    """How what an event word tells stands by the word that it hangs on: `failed`, `planned` or `NOTHING` at all; None if it hangs on none. `kind`: the
    type of the event; `going_on`: whether it would be read as going on, which what is still tried may be."""
    for heads, status, of, but in _HEADS:
        k = -1 if kind in but or (of and kind not in of) else _head_of(scene, trigger, heads)
        if k < 0:
            continue
        form = scene.document.forms[k]
        if _negated(scene, trigger, k):
            return None if heads is _REFUSED else NOTHING
        present = form.verb is not None and form.verb[2] == "present"
        if present and going_on and status == "failed":
            return None
        return "planned" if heads is _SOUGHT and present else status
    return None


def not_meant(scene: Scene, trigger: Trigger) -> bool:
    """Whether nobody means to do what an event word tells: «لا يعتزم الجيش دخول المدينة», «لا توجد خطة لسحب القوات»."""
    k = _head_of(scene, trigger, _INTENDED)
    return k >= 0 and _negated(scene, trigger, k)


def _negated(scene: Scene, trigger: Trigger, k: int) -> bool:
    """Whether the word at token `k` is denied: a negation stands in front of it, or of a word that only says that it is there: لا توجد أي خطة."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    while k - 1 > begin and (is_light(forms[k - 1]) or "denial.any" in forms[k - 1].cues):
        k -= 1
    return k > begin and bool(forms[k - 1].pos & NEGATION)


def has_doer(scene: Scene, trigger: Trigger) -> bool:
    """Whether somebody is told to be behind what an event word tells, which therefore was: «تبنى التنظيم الهجوم», «لم يتضح من يقف وراء اغتيال الناشط»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    link, k = _link_of(scene, trigger)
    if trigger.verbal or k < begin:
        return False
    if forms[k].bare in _BEHIND:
        return True
    for j in _before(scene, trigger, k):
        if "link.claimed" in forms[j].cues or forms[j].bare in _CLAIMS:
            return link in (_OBJECT, "عن")
        if _ends_clause(forms[j]) or forms[j].text in _PREPOSITIONS:
            return False
    return False


def _head_of(scene: Scene, trigger: Trigger, heads: Heads) -> int:
    """The token of the word among `heads` that an event word hangs on, or that what it is joined to hangs on; -1 if there is none."""
    found = _own_head(scene, trigger, heads)
    if found >= 0 or trigger.verbal or trigger.form.conjunction != "و":
        return found
    beside = _joined_to(scene, trigger)
    return _head_of(scene, beside, heads) if beside is not None else -1


def _joined_to(scene: Scene, trigger: Trigger) -> Trigger | None:
    """The noun in front that a noun with «و» can be joined to: «اقتحام البلدة | والسيطرة عليها»."""
    before = _triggers_before(scene, trigger)
    if not before or before[-1].verbal:
        return None
    between = scene.document.forms[before[-1].last + 1 : trigger.first]
    return None if any(_ends_clause(form) for form in between) else before[-1]


def _own_head(scene: Scene, trigger: Trigger, heads: Heads) -> int:
    """The word among `heads` whose object an event word is; -1 if there is none."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if not trigger.verbal and trigger.form.noun is not None and trigger.form.noun[1] == "person":
        return -1  # منعت الشرطة المتظاهرين من الوصول, رفض المختطفون …
    link, k = _link_of(scene, trigger)
    if k < begin or not link or (link in (_OBJECT, _BARE) and not _leads(forms[k], heads, link) and not _ends_subject(scene, trigger, k)):
        return -1
    for j in _before(scene, trigger, k):
        if _leads(forms[j], heads, link):
            return j
        if _ends_clause(forms[j]) or forms[j].text in _PREPOSITIONS or "denial.ends" in forms[j].cues:
            return -1
    return -1


def _before(scene: Scene, trigger: Trigger, k: int) -> Iterator[int]:
    """The tokens from `k` on to the left in which what an event word hangs on is looked for; the words of a party's name are none."""
    named = {j for m in _near(scene.actors_in.get(trigger.sentence, []), k) for j in range(m.first, m.last + 1)}
    return (j for j in leftwards(scene, k + 1, scene.document.sentences[trigger.sentence].begin, _SUBJECT) if j not in named)


def _near(mentions: list[Any], k: int) -> list[Any]:
    """Of the parties, places or days of a sentence, in their order, those that begin not far in front of token `k`."""
    return mentions[bisect_left(mentions, k - _FAR, key=_first) : bisect_right(mentions, k, key=_first)]


def _triggers_before(scene: Scene, trigger: Trigger) -> list[Trigger]:
    """The event words not far in front of one, in its sentence."""
    found = scene.triggers_in[trigger.sentence]
    return found[bisect_left(found, trigger.first - _JOINED, key=_first) : bisect_left(found, trigger.first, key=_first)]


def _first(one: Any) -> int:
    first: int = one.first
    return first


def _link_of(scene: Scene, trigger: Trigger) -> tuple[str, int]:
    """What leads to an event word, past nouns that only set it on, and the token in front of that: «إلى شن | هجوم», «أن | يختطفوا»; "" if nothing can."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    k = trigger.first
    if trigger.verbal:
        return (_that(forms, k, begin) or (_BARE, k - 1)) if trigger.tense == "present" else ("", k)
    same = {t.last for t in _triggers_before(scene, trigger) if not t.verbal and t.types[:1] == trigger.types[:1] and not t.definite}
    while k > begin and not forms[k].preposition and (_sets_on(forms[k - 1]) or k - 1 in same):
        k -= 1  # استعادة | السيطرة
    if forms[k].preposition:
        return forms[k].preposition, k - 1
    if k > begin and forms[k - 1].text in _PREPOSITIONS:
        return forms[k - 1].text, k - 2
    for j in leftwards(scene, k, begin, _CARRIED):
        if forms[j].verb is not None and is_light(forms[j]) and (that := _that(forms, j, begin)):
            return that
        if _ends_clause(forms[j]) or forms[j].text in _PREPOSITIONS:
            break
    return _OBJECT, k - 1


def _that(forms: list[Form], verb: int, begin: int) -> tuple[str, int] | None:
    """«أن» in front of a verb, and the token in front of it and of the preposition that it may stand behind: «أوشك على أن | يسيطر»; None if there is none."""
    if verb <= begin or forms[verb - 1].text != _THAT:
        return None
    return _THAT, verb - 3 if verb - 2 > begin and forms[verb - 2].text in _PREPOSITIONS else verb - 2


def _sets_on(form: Form) -> bool:
    """A noun that only says that a deed comes about or is set on: وقوع, شن, استئناف."""
    return (is_light(form) or sets_on(form)) and bool(form.pos & NOUN) and not form.article


def _ends_clause(form: Form) -> bool:
    return bool(form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT)) or is_plain_verb(form)


def _ends_subject(scene: Scene, trigger: Trigger, k: int) -> bool:
    """Whether the word in front of an object can end what is told in between: a name, an adjective, a word with its article, a party, a place, a day."""
    form = scene.document.forms[k]
    if form.pos & PREPOSITION and not form.pos & NOUN:
        return False
    tables: tuple[dict[int, list[Any]], ...] = (scene.actors_in, scene.places_in, scene.dates_in)
    return bool(form.article or form.text.startswith("ال") or form.pos & (NAME | ADJECTIVE | ADVERB)) or any(
        m.last == k for table in tables for m in table.get(trigger.sentence, ())
    )


def _leads(form: Form, heads: Heads, link: str) -> bool:
    """Whether a word is one of `heads` and leads to its object by `link`."""
    words_of = [form.bare, form.stem]
    if form.verb is not None and form.pos & VERB:
        words_of.append(fold(str(form.verb[0])))
    if form.noun is not None and form.noun[1] == "masdar":
        words_of.append(fold(str(form.noun[0])))
    return any(link in heads[word] for word in words_of if word in heads)
