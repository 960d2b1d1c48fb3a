"""A count, and what is said of a figure in a text: whom it counts, whether it is part of another, whether they are dead and wounded, or missing.

`counts.py` finds the figures that a word of harm, capture or movement counts, `uncounted.py` the people who befell the same and whom no figure counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic.counted import counted
from marsad.arabic.letters import fold
from marsad.arabic.numbers import CHANGES, Number
from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import (
    ADJECTIVE,
    CLOSED,
    COMPLEMENT,
    DEMONSTRATIVE,
    EVENT,
    FIGURE,
    NEGATION,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    RELATIVE,
    VERB,
    Form,
)
from marsad.knowledge.wordlists import types, values, words
from marsad.reading.document import Document, Mention
from marsad.reading.party_names import has_article
from marsad.reading.triggers import Trigger

_PART_OF: Final = 3  # words between بينهم and a figure
_JOINED: Final = 10  # … and one that is joined to another
_BOTH: Final = 6  # … between a figure and قتيل وجريح
_TOLD: Final = 8  # … between a figure and وهم, who they are
_AMONG: Final = 5  # words between a figure and عداد المفقودين, less one
_BY_TYPE: Final[dict[str, str]] = values("counts.by_type")
_KILLINGS: Final = types("counts.killings")
_NUMBER_OF: Final = words("counts.number_of")
NOUN_SAYS: Final[dict[str, str]] = values("counts.by_noun")
PART: Final = words("counts.part")
_PART_ALONE: Final = words("counts.part_alone")
OTHERS: Final = words("counts.others")
ONE_MORE: Final = words("counts.one_more")
_THEY: Final = words("counts.they")
_ALL_OF: Final = words("counts.all_of")
_FATE: Final = words("counts.fate")
_UNKNOWN: Final = words("counts.unknown")
_DEAD: Final = words("counts.dead")
_WOUNDED: Final = words("counts.wounded")
_LOST: Final = words("counts.lost")
_BROKEN_OFF: Final = words("counts.broken_off")
_CONTACT: Final = words("counts.contact")
_COUNTED_AMONG: Final = words("counts.counted_among")
_LIVES: Final = words("counts.lives")
OF_THEM: Final = words("counts.of_them")
_STATE_OF: Final = words("counts.state_of")


@dataclass(slots=True, eq=False)
class Counted:
    """One count in the text: `trigger` is the word that says what befell them."""

    what: str
    low: int
    high: int | None
    first: int
    last: int
    who: tuple[int, int] | None  # tokens of the words for who is counted
    who_id: str | None
    who_label: str
    part: bool
    trigger: Trigger
    rule: str
    sentence: int = -1
    others: bool = False  # آخرون: of the same group as the count before
    both: bool = False  # مقتل وإصابة 20: of the killed and the wounded together


def others_word(form: Form) -> bool:
    """آخرون, آخرين, رابع: of the same group as the count before."""
    return form.stem in OTHERS or form.bare in ONE_MORE


def what_of(trigger: Trigger) -> str | None:
    """What a trigger counts: killed, wounded, arrested …; None for a word that counts nobody. Worked out once a word."""
    if trigger.counts == "?":
        trigger.counts = _what_of(trigger)
    return trigger.counts


def _what_of(trigger: Trigger) -> str | None:
    if trigger.harm:
        return trigger.harm
    if trigger.types and trigger.types[0] in _KILLINGS and not trigger.entry.status and not trigger.form.stem.startswith("محاول"):
        return "killed"
    if trigger.key == "أردى":
        return "killed"
    for kind in trigger.types:
        if kind in _BY_TYPE:
            return _BY_TYPE[kind]
    return None


def who_of(document: Document, noun: int, end: int) -> tuple[int, int]:
    """The words for who is counted: the noun, its adjectives, من + party: عنصرا من قسد, عنصرا في صفوف قوات النظام, مقاتلا من عناصر قسد."""
    forms = document.forms
    whole = next((m for m in document.parties_at.get(noun, ()) if m.id and m.head == noun < m.last < end), None)
    if whole is not None:
        return noun, whole.last
    last = noun
    while last + 1 < end and last - noun < 5:
        form = forms[last + 1]
        if form.conjunction or form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT | NEGATION):
            break
        agrees = form.article or not has_article(forms[noun])  # حالة عشرين من الجرحى | حرجة
        if form.pos & ADJECTIVE and agrees and not form.preposition and not form.enclitic and not form.pos & CLOSED:
            last += 1
            continue
        if form.text in ("من", "في") and last + 2 < end and (inner := _listed_at(document, last + 2)) is not None:
            if form.text == "من" or not any(part.pos & EVENT for part in forms[last + 2 : inner.last + 1]):
                last = inner.last  # مقاتلين في الجيش الحر, but not: مدنيين في قصف تركي
            break
        if form.preposition == "ل" or not form.preposition:
            inner = _listed_at(document, last + 1)
            if inner is not None:
                last = inner.last
                break
        break
    return noun, last


def _listed_at(document: Document, token: int) -> Mention | None:
    """The listed party whose name, or whose people's word in front of it, begins at a token."""
    return next((m for m in document.parties_at.get(token, ()) if m.id and token in (m.first, m.head)), None)


def who_id(document: Document, who: tuple[int, int] | None, noun: int) -> tuple[str | None, str]:
    if who is None:
        return None, ""
    inside: list[Mention] = [m for k in range(who[0], who[1] + 1) for m in document.parties_at.get(k, ()) if m.first == k]
    label = document.forms[noun].person
    for mention in inside:
        if mention.id and mention.id not in ("civilians",):
            return mention.id, label or mention.label
    if inside and inside[0].id:
        return inside[0].id, label or inside[0].label
    return None, label


def noun_behind(document: Document, number: Number, end: int) -> int:
    """The token of the counted noun behind (or inside) a figure; -1 if there is none. «سبعة آخرون برصاص …» counts آخرون, not what shot them."""
    forms = document.forms
    if number.form in ("dual", "singular") or (number.first < number.core and forms[number.first].noun is not None and counted(forms[number.first].text)):
        return number.first  # مدنيان اثنان
    if number.form == "round" and forms[number.after - 1].article and not (number.after < end and forms[number.after].stem in OTHERS):
        return -1  # وجرح المئات | حين …, ترك الآلاف | منازلهم
    for k in range(number.after, min(number.after + 3, end)):
        if forms[k].text in '()[]"«»':
            continue
        if forms[k].text == "اليه" and "آ" in document.text(k, k):
            return k  # 80 آلية, which is written as إليه is but for its madda
        if _ends_counting(forms, k, end) or (forms[k - 1].stem in OTHERS and not forms[k].person):
            return k - 1 if forms[k - 1].stem in OTHERS else -1  # ثلاثة آخرون | حين انفجرت
        if forms[k].conjunction or forms[k].preposition or forms[k].text == "الي" or numeral(forms[k].text) is not None:
            break  # مقتل العشرات وإصابة المئات; نزح الآلاف إلى مناطق
        if forms[k].enclitic and not forms[k].person:
            return -1  # ركب 4 آلاف | شاحناتهم
        if forms[k].pos & (NOUN | EVENT) and not forms[k].pos & PUNCTUATION:
            return k
        if not forms[k].pos & ADJECTIVE and forms[k].pos != 0:
            break
    return -1


def _ends_counting(forms: list[Form], k: int, end: int) -> bool:
    """Whether nobody behind a word is counted: ثلاثة | بينهم, العشرات | تلك الليلة, المئات | برصاص الجيش, ثلاثة | إثر انفجار, ثلاثة | فلسطينيين بنيران …"""
    form = forms[k]
    if form.bare in PART | _PART_ALONE or "agent.fire" in form.cues or form.preposition or form.pos & (PREPOSITION | DEMONSTRATIVE):
        return True
    if "link.cause" in form.cues and not form.person:
        return True
    by_nation = bool(form.nisba) and not form.pos & NOUN and form.stem not in OTHERS
    return by_nation and not (k + 1 < end and forms[k + 1].person and not forms[k + 1].conjunction)


def of_those_who(document: Document, number: Number, end: int) -> bool:
    """«عدد من ألقي القبض عليهم»: the number of those who, which is told behind; «خمسة من أصل ثمانية», «اثنين من الخمسة»: all of whom five are; and what was before."""
    forms, first = document.forms, number.first
    if _before_it_rose(document, number) or _counts_deeds(forms, number.after, end):
        return True
    if first > 1 and _counts_all(document, number):
        return True
    if number.form == "round":
        return forms[number.after - 1].text == "من" and number.after < end and forms[number.after].only_verb
    return first > 1 and forms[first - 1].bare in _ALL_OF and forms[first - 2].text == "من"


def _counts_deeds(forms: list[Form], after: int, end: int) -> bool:
    """«ليرتفع إلى 38 عدد عمليات الاغتيال»: so many deeds, and not their dead, as in «إلى 40 عدد القتلى»."""
    if after + 1 >= end or forms[after].bare not in _NUMBER_OF:
        return False
    noun = forms[after + 1].noun
    return bool(forms[after + 1].pos & EVENT) and noun is not None and noun[1] != "person" and fold(str(noun[0])) not in NOUN_SAYS


def _counts_all(document: Document, number: Number) -> bool:
    """اثنين من | الخمسة, 12 من | الـ40: a numeral with the article behind another and من."""
    forms = document.forms
    glued = forms[number.first - 1].text == "ال"
    k = number.first - 2 - glued
    if k < 0 or forms[k + 1].text != "من":
        return False
    definite = number.form in ("figure", "words") and (glued or forms[number.first].text.startswith("ال"))
    return definite and (bool(forms[k].pos & FIGURE) or numeral(forms[k].text) is not None)


def _before_it_rose(document: Document, number: Number) -> bool:
    """«ارتفع عدد القتلى من | 12 إلى 15», «ارتفع إلى 85 من | 73»: what it was before."""
    forms, first = document.forms, number.first
    if number.form not in ("figure", "words") or first < 1 or forms[first - 1].text != "من":
        return False
    begin = max(document.sentences[document.sentence_of[first]].begin, first - _TOLD - 1)
    if not any(form.text in CHANGES for form in forms[begin : first - 1]):
        return False
    ahead = [form.text for form in forms[number.after : number.after + 2]]
    return "الي" in ahead or (first > 2 and forms[first - 3].text == "الي" and numeral(forms[first - 2].text) is not None)


def of_dead_and_wounded(document: Document, last: int, end: int) -> bool:
    """12 بين قتيل وجريح; 12 قتيلا وجريحا; not «9 مدنيين وسقوط قتلى وجرحى»."""
    forms = document.forms
    for k in range(last, min(last + 1 + _BOTH, end)):
        form = forms[k]
        if form.stem in _DEAD and not form.article and k + 1 < end and forms[k + 1].conjunction and forms[k + 1].stem in _WOUNDED:
            return True
        if k > last and (form.pos & PUNCTUATION or (form.conjunction and (form.pos & EVENT or not form.person))):
            return False
    return False


def is_part(document: Document, first: int, begin: int) -> bool:
    """Whether the token `first` is told of as one of more: بينهم or the like stands right in front of it, or من بين القتلى.

    What is joined to a part is looked for farther in front: «بينهم قائد ميداني ومرافقه وثلاثة عناصر».
    """
    forms = document.forms
    if _tells_apart(document, first, begin) or _bracketed(document, first, begin):
        return True
    reach = _JOINED if forms[first].conjunction == "و" else _PART_OF
    for k in range(first - 1, max(first - 1 - reach, begin - 1), -1):
        form = forms[k]
        if (k < first - _PART_OF and any(forms[j].text in "،." for j in range(k, first))) or (form.conjunction and form.pos & EVENT and not form.person):
            return False
        if form.bare in _PART_ALONE:
            return not forms[first].conjunction
        if form.bare in _THEY and k < first - 1:
            return _tells_apart(document, k + 1, begin)  # قتل خمسة هم أب وأم وثلاثة أطفال
        if form.bare in PART or form.stem in PART:
            return True
        if k > begin and forms[k - 1].bare == "بين" and form.article and form.noun is not None and fold(str(form.noun[0])) in NOUN_SAYS:
            return not (forms[first].article and numeral(forms[first].text) is not None)  # القتلى الخمسة are the whole
        if form.pos & (VERB | EVENT) and not form.pos & (NOUN | PREPOSITION):
            return False
    return False


def _tells_apart(document: Document, first: int, begin: int) -> bool:
    """«22 شخصا هم 12 من العاملين وعشرة مرضى», «31 قتيلا، وهم: 24 مدنيا …»: who those of a figure in front are; «سكانها، وهم نحو 300» are all of them."""
    forms = document.forms
    k = first - 1 - (first - 1 > begin and forms[first - 1].text == ":")
    if k <= begin or forms[k].bare not in _THEY or forms[k].conjunction not in ("", "و"):
        return False
    told = range(max(begin, k - _TOLD), k)
    last = max((j for j in told if forms[j].text in ".؛:!؟" or forms[j].pos & RELATIVE), default=-1)
    return any(j > last and (forms[j].pos & FIGURE or numeral(forms[j].text) is not None) for j in told)


def _bracketed(document: Document, first: int, begin: int) -> bool:
    """«4 عسكريين (ضابط و3 جنود)», «قتيلين (جندي، وبائعة شاي)»: one of several in brackets behind those of whom they are; «95 عائلة (381 فردا)» are the same."""
    forms = document.forms
    opening = next((k for k in range(first - 1, max(first - 1 - _JOINED, begin), -1) if forms[k].text in "()"), -1)
    if opening < 0 or forms[opening].text != "(" or first + 1 >= len(forms):
        return False
    closing = next((k for k in range(first, min(first + _JOINED, len(forms))) if forms[k].text == ")"), -1)
    inside = forms[opening + 1 : closing] if closing > 0 else []
    several = any(form.text == "و" or (form.person and form.conjunction) for form in inside) or sum(_tells_number(form) for form in inside) > 1
    said = any(form.noun is not None and fold(str(form.noun[0])) in NOUN_SAYS for form in inside)
    return several and not said and any(_tells_number(form) for form in forms[max(begin, opening - _PART_OF) : opening])


def _tells_number(form: Form) -> bool:
    """A figure, or two persons."""
    return bool(form.pos & FIGURE) or numeral(form.text) is not None or bool(form.person and form.noun is not None and form.noun[2] == "d")


def of_them(document: Document, first: int, after: int, begin: int, end: int) -> bool:
    """«تسعة قتلى، خمسة منهم مدنيون», «تسعة أشخاص خمسة منهم مدنيون», «جراح اثنين منهم خطرة»: a figure of those told of before; not «، ثلاثة منهم ذبحوا», who met with something else."""
    forms = document.forms
    if after >= end or first <= begin or not (forms[after].bare in OF_THEM or _of_the_harmed(forms, after, end)):
        return False
    before = forms[first - 1]
    behind_persons = before.person and not before.pos & EVENT and not forms[after - 1].person
    if before.text != "،" and before.bare not in _STATE_OF and not behind_persons:
        return False
    return after + 1 >= end or not (forms[after + 1].pos & VERB and not forms[after + 1].pos & (NOUN | ADJECTIVE))


def _of_the_harmed(forms: list[Form], after: int, end: int) -> bool:
    """حالة عشرين | من الجرحى."""
    if forms[after].text != "من" or after + 1 >= end or not forms[after + 1].article:
        return False
    noun = forms[after + 1].noun
    return noun is not None and fold(str(noun[0])) in NOUN_SAYS


def are_missing(document: Document, first: int, last: int, begin: int, end: int) -> bool:
    """«وفقد العشرات», «فقدان 50 مدنيا», «فقدان الاتصال بأربعة», «مصير سبعة مجهول», «وأكثر من مئة في عداد المفقودين»; not «فقد عشرات القتلى», nor who lost his life, his house."""
    forms = document.forms
    if first - 1 > begin and forms[first - 1].bare in _CONTACT and forms[first - 2].bare in _LOST | _BROKEN_OFF:
        return True
    for k in range(last + 1, min(last + _AMONG, end - 1)):
        if forms[k].bare in _COUNTED_AMONG:
            return (noun := forms[k + 1].noun) is not None and NOUN_SAYS.get(fold(str(noun[0]))) == "missing"
    if first > begin and forms[first - 1].bare in _FATE:
        return any(form.bare in _UNKNOWN for form in forms[last + 1 : min(last + 1 + _AMONG, end)])
    if first <= begin or forms[first - 1].bare not in _LOST:
        return False
    verb, whom = forms[first - 1].verb, forms[last].noun
    if verb is not None and verb[4] == "f" and (whom is None or whom[3] == "m") and last > first:
        return False  # فقدت 38 عنصرا: those of a party
    if first - 1 > begin and forms[first - 2].pos & RELATIVE:
        return False  # الجيش الذي فقد 34 جنديا: he lost them, and how is not said
    if last + 1 < end and forms[last + 1].text == "من":
        return False  # فقدت 38 من عناصرها: they were lost to somebody
    said = any((noun := form.noun) is not None and fold(str(noun[0])) in NOUN_SAYS for form in forms[first : last + 1])
    return not said and not any(form.bare in _LIVES for form in forms[last + 1 : min(last + 6, end)])


def _same_case(forms: list[Form], k: int) -> bool:
    """صحفيا | وناشطا: both are counted by the figure in front, which rules the case."""
    form, before = forms[k], forms[k - 1]
    both = form.conjunction == "و" and bool(form.person and before.person)
    return both and all(one.text.endswith("ا") and one.noun is not None and one.noun[2] == "s" for one in (form, before))


def is_of_several(document: Document, k: int) -> bool:
    """«بين قتيل وجريح وأسير», «12 قتيلا وجريحا», «26 صحفيا وناشطا», «43 قتيلا بين مدني وعسكري»: how many of each is not said."""
    forms = document.forms
    behind = forms[k + 1] if k + 1 < len(forms) else None
    if behind is not None and forms[k - 1].bare == "بين" and k and behind.conjunction == "و" and behind.person and not forms[k].article:
        return True
    if k > 1 and forms[k].conjunction == "و" and forms[k - 2].bare == "بين" and forms[k - 1].person and not forms[k].article:
        return True
    if k > 1 and _same_case(forms, k) and (forms[k - 2].pos & FIGURE or numeral(forms[k - 2].text) is not None):
        return True
    first = k
    while first > 0 and forms[first].conjunction and forms[first - 1].stem in _DEAD | _WOUNDED:
        first -= 1
    return 0 < first < k and (forms[first - 1].bare == "بين" or bool(forms[first - 1].pos & FIGURE) or numeral(forms[first - 1].text) is not None)
