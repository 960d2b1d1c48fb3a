"""Figures of a sentence: every number, dual, plural and named person that could count people. What each counts is asked in `counting.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic import numbers
from marsad.arabic.letters import fold
from marsad.arabic.number_cues import is_in_front, is_share
from marsad.arabic.numbers import Number
from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import ADJECTIVE, EVENT, FIGURE, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.counted import Counted, is_of_several, noun_behind, of_those_who
from marsad.reading.counts import counts_things
from marsad.reading.document import Document
from marsad.reading.forces import UNMANNED, is_arm
from marsad.reading.parties import begins_with_verb
from marsad.reading.party_names import bare_stem
from marsad.reading.places_listed import UNITS
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger
from marsad.reading.uncounted import ONE_OF_THEM, are_two_of, how_many, is_one_more, is_one_of_several

_RANK: Final = words("counts.rank")
_THEIR_NUMBER: Final = words("counts.their_number")
_NAMED_PARTIES: Final = ("insurgent", "militia", "monitor", "intergovernmental")
_TWO_NAMES: Final = 7  # words from a dual to the second of two names


@dataclass(slots=True, eq=False)
class Figure:
    """Something in the text that can count people: tokens `first` … `last`, and the noun that says of whom."""

    first: int
    last: int
    low: int
    high: int | None
    noun: int  # -1 where only a number stands
    form: str  # figure, words, round, dual, singular, plural, named
    sentence: int
    rules: tuple[Counted, ...] = ()
    signs: tuple[str, ...] = ()  # what speaks of it whatever the event, once asked for
    bearing: Bearing | None = None  # the nearest words that say what befell somebody, once asked for


Bearing = tuple[tuple[str, Trigger | None], tuple[str, Trigger | None], tuple[str, Trigger | None]]


def figures_in(scene: Scene, sentence: int) -> list[Figure]:
    """The figures of a sentence, in order; those that a date, an age or a measure holds are left out. Worked out once a sentence."""
    found = scene.figures_in.get(sentence)
    if found is None:
        found = scene.figures_in[sentence] = _figures(scene, sentence)
    return found


def _figures(scene: Scene, sentence: int) -> list[Figure]:
    document = scene.document
    part = document.sentences[sentence]
    silent = {k for begin, end, _ in document.silent if begin < part.end and part.begin < end for k in range(begin, end)}
    rules: dict[int, list[Counted]] = {}
    for counted in scene.counts_in.get(sentence, ()):
        rules.setdefault(counted.first, []).append(counted)
    taken = _in_names(scene, sentence)
    for k in taken:
        rules.pop(k, None)
    out = _numbered(scene, sentence, silent, rules, taken)
    twos = _named_twos(scene, sentence)
    for k in {name for names in twos.values() for name in names}:
        rules.pop(k, None)
        taken.add(k)
    out += _called(scene, sentence, rules, taken)
    out += _without_number(scene, sentence, silent, twos, rules, taken)
    for first, given in rules.items():
        one = given[0]
        if is_of_several(document, first):
            continue
        sort = {"a singular": "singular", "a plural": "dual" if one.high else "plural"}.get(one.rule, one.rule)
        out.append(Figure(first, one.last, one.low, one.high, one.who[0] if one.who else -1, sort, sentence, tuple(given)))
    out.sort(key=lambda f: f.first)
    return out


def _numbered(scene: Scene, sentence: int, silent: set[int], rules: dict[int, list[Counted]], taken: set[int]) -> list[Figure]:
    """Those that a number tells; the rules that count them are taken out of `rules`, their tokens are put among those `taken`."""
    document = scene.document
    forms = document.forms
    part = document.sentences[sentence]
    dated = {k for d in scene.dates_in.get(sentence, ()) for k in range(d.first, d.last + 1)}
    passed = dated | silent | taken
    out: list[Figure] = []
    for number in numbers.find_in(document.words, part.begin, part.end):
        if number.first in passed:
            continue
        if _of_unit(scene, number) or is_share(document.words, number.after, part.end):
            rules.pop(number.first, None)
            continue
        if number.form == "singular" and (is_of_several(document, number.first) or begins_with_verb(document, number.first)):
            continue
        noun = noun_behind(document, number, part.end)
        if of_those_who(document, number, part.end):
            taken.update(range(number.first, max(number.last, noun) + 1))
            continue
        if scene.voices.naming(number.first):
            if number.form == "figure" and (noun < 0 or not forms[noun].person):
                rules.pop(number.first, None)  # وفق شبكة السويداء 24 قتل ثلاثة
            continue
        if noun in dated:
            noun = -1  # وأصيب 4500 فجر السبت
        elif noun >= 0 and number.form in ("figure", "words", "round") and counts_things(forms[noun]):
            continue
        last = max(number.last, noun if 0 <= noun - number.last <= 2 else number.last)
        found = rules.pop(number.first, [])
        if number.form == "singular" and is_one_of_several(document, number.first + 1):  # أحد المهاجمين
            noun = last = number.first + 1
            found += rules.pop(noun, [])
        elif noun < 0 and (several := _several_in_front(document, number)) >= 0:
            noun = several
            found += rules.pop(noun, [])
            taken.add(noun)
        out.append(Figure(number.first, last, number.low, number.high, noun, number.form, sentence, tuple(found)))
        taken.update(range(number.first, last + 1))
    return out


def _called(scene: Scene, sentence: int, rules: dict[int, list[Counted]], taken: set[int]) -> list[Figure]:
    """Persons who are told by their names, one each."""
    out: list[Figure] = []
    for mention in scene.actors_in.get(sentence, ()):
        if mention.label == "named" and mention.first not in taken and not scene.voices.naming(mention.first):
            told = tuple(x for k in range(mention.head, mention.first + 1) for x in rules.pop(k, ()))
            out.append(Figure(mention.first, mention.last, 1, 1, mention.first, "named", sentence, told))
            taken.update(range(mention.first, mention.last + 1))
    return out


def _without_number(
    scene: Scene, sentence: int, silent: set[int], twos: dict[int, list[int]], rules: dict[int, list[Counted]], taken: set[int]
) -> list[Figure]:
    """Persons whom a noun tells and no number."""
    document = scene.document
    part = document.sentences[sentence]
    out: list[Figure] = []
    named = _in_names_of_places(scene, sentence) - set(rules)
    for k in range(part.begin, part.end):
        if k in taken or k in silent or k in named or (k - 2 in taken and document.words.forms[k - 1] == "من"):
            continue  # اثنين من المهاجمين: they are counted
        if (sort := _told_alone(scene, k, ruled=k in rules)) is not None:
            given = rules.pop(k, [])
            if not given and sort != "singular" and is_one_of_several(document, k):
                if k - 1 not in taken:
                    out.append(Figure(k - 1, k, 1, 1, k, "singular", sentence))
                continue
            low, high = (2, 2) if k in twos else (given[0].low, given[0].high) if given else _how_many(document, k)
            out.append(Figure(k, k, low, high, k, sort, sentence, tuple(given)))
    return out


def _in_names(scene: Scene, sentence: int) -> set[int]:
    """The words for people that are only part of a listed party's name: جماعة | أنصار الله, حركة | الشباب; طالبان are no two students."""
    forms = scene.document.forms
    listed = [m for m in scene.actors_in.get(sentence, ()) if m.id and m.first in scene.document.party_ends and m.label in _NAMED_PARTIES]
    inside = {k for m in listed for k in range(m.first + 1, m.last + 1)}
    alone = {m.first for m in listed if m.first == m.last and (noun := forms[m.first].noun) is not None and noun[2] == "d"}
    return inside | alone


def _several_in_front(document: Document, number: Number) -> int:
    """The token of those whom a numeral with the article counts: وأطفاله | الثلاثة, الجنود الأتراك | الثمانية, الجنود | الـ14, or one behind «their number»:
    محتجين | لا يتجاوز عددهم 100; -1 if there are none."""
    forms, k = document.forms, number.first - 1
    told = [j for j in range(max(k, 0), number.core) if forms[j].bare in _THEIR_NUMBER]
    if told:
        return _several_at(document, min(told[0], number.first) - 1)
    if k > 0 and forms[k].text == "ال":
        k -= 1
    elif not (forms[number.first].article or forms[number.first].text.startswith("ال")):
        return -1
    while k > 0 and forms[k].article and forms[k].pos & ADJECTIVE and not forms[k].person and not forms[k].conjunction:
        k -= 1
    noun = forms[k].noun if k >= 0 and forms[k].person and (forms[k].article or forms[k].enclitic) else None
    return k if noun is not None and noun[1] == "person" and noun[2] != "s" and document.sentence_of[k] == document.sentence_of[number.first] else -1


def _several_at(document: Document, k: int) -> int:
    """The token of several people, no figure in front of them, at token `k` or in front of a verb or an adjective there: مدنيون | بلغ عددهم 300, عمالا
    أجانب | يقدر عددهم بنحو 12; -1 if there are none."""
    forms, begin = document.forms, document.sentences[document.sentence_of[max(k, 0)]].begin
    for _ in range(2):
        k -= k > begin and not forms[k].person and bool(forms[k].pos & (VERB | ADJECTIVE))
    noun = forms[k].noun if k > begin else None
    several = noun is not None and noun[1] == "person" and noun[2] != "s" and bool(forms[k].person)
    return k if several and numeral(forms[k - 1].text) is None and not forms[k - 1].pos & FIGURE else -1


def _named_twos(scene: Scene, sentence: int) -> dict[int, list[int]]:
    """Nouns that tell two who are named behind them, and the tokens at which the names begin: الشابين | أحمد علي | وخالد حسن, الشابين أحمد | ومهند الخليل."""
    document, out = scene.document, dict[int, list[int]]()
    named = [m for m in scene.actors_in.get(sentence, ()) if m.label == "named"]
    for first, second in zip(named, named[1:], strict=False):
        k = first.first - 1
        if second.first == first.last + 1 and document.forms[second.first].conjunction == "و" and k >= 0 and _may_be_two(document, k):
            out[k] = [first.first, second.first]
    for mention in named:
        for k in range(max(0, mention.first - _TWO_NAMES), mention.first):
            if _is_two_titled(document, k) and _only_names(document, k + 1, mention.first):
                out.setdefault(k, []).append(mention.first)
    return out


def _may_be_two(document: Document, k: int) -> bool:
    """القياديين, المواطنين: what two or more may be, with the article."""
    form = document.forms[k]
    return form.noun is not None and form.noun[1] == "person" and form.article and form.stem.endswith("ين")


def _is_two_titled(document: Document, k: int) -> bool:
    noun = document.forms[k].noun
    return noun is not None and noun[1] == "title" and noun[2] == "d"


def _only_names(document: Document, begin: int, end: int) -> bool:
    """Whether nothing but names stands between two tokens."""
    return not any(form.pos & (PUNCTUATION | PREPOSITION | RELATIVE) or form.noun is not None or form.preposition for form in document.forms[begin:end])


def _in_names_of_places(scene: Scene, sentence: int) -> set[int]:
    """The tokens of listed names of several words: nobody is told by «بنت» in «بنت جبيل», by «أم» in «أم الرمان»."""
    listed = (mention for mention in scene.places_in.get(sentence, ()) if mention.row >= 0 and mention.last > mention.first)
    return {k for mention in listed for k in range(mention.first, mention.last + 1)}


def _told_alone(scene: Scene, k: int, *, ruled: bool) -> str | None:
    """Whether a word tells persons whom no figure counts, as a singular, a dual or a plural; None where it does not. `ruled`: a rule counts them."""
    document, form = scene.document, scene.document.forms[k]
    if _is_one_without_noun(document, k):
        return "singular"
    if _is_two_titled(document, k):
        return "dual"  # الشابين أحمد ومهند
    if form.noun is None or form.noun[1] != "person" or form.pos & FIGURE or is_in_front(document.words, k):
        return None
    before = document.forms[k - 1] if k > document.sentences[document.sentence_of[k]].begin else None
    if before is not None and (before.stem in _RANK or before.bare in UNMANNED):
        return None  # ضابط برتبة نقيب, طائرة بدون طيار
    many = "d" if are_two_of(document, k) else str(form.noun[2])
    if many == "s" and before is not None and not ruled and _describes(form, before):
        return None
    if many == "d" and form.article and not form.stem.endswith(("ان", "ين")):
        return None  # الشهر الجاري, المستشفى الأهلي: no dual loses its nun behind the article
    if many == "p" and form.article and form.stem == fold(str(form.noun[0])) + "ي":
        return None  # سعيد العائدي: … nor does a sound plural
    if many == "s" and ((form.article and not ruled) or is_of_several(document, k) or begins_with_verb(document, k)):
        return None
    return {"s": "singular", "d": "dual"}.get(many, "plural")


def _is_one_without_noun(document: Document, k: int) -> bool:
    """«جرح أحدهما», «وفقد ثالث»: one of those told before, or one more; in «قتيلان أحدهما طبيب» it is told who he is."""
    before = document.forms[k - 1] if k else None
    if before is not None and before.bare in ONE_OF_THEM and document.forms[k].nisba and not document.forms[k].person:
        return True  # ستة مخطوفين، أحدهم | تركي
    told = before is not None and bool(before.pos & (VERB | EVENT))
    return told and (document.forms[k].bare in ONE_OF_THEM or is_one_more(document, k, document.sentences[document.sentence_of[k]].end))


def _how_many(document: Document, k: int) -> tuple[int, int | None]:
    if _is_one_without_noun(document, k):
        return 1, 1
    noun = document.forms[k].noun
    return (2, 2) if noun is not None and noun[1] == "title" else how_many(document, k)


def _describes(form: Form, before: Form) -> bool:
    """Whether a word only says of what sort the noun in front is: خسائر | بشرية, موظف | مدني; but مقتل | مدني."""
    if form.article or form.conjunction or form.preposition or form.enclitic or before.article or before.enclitic or before.noun is None:
        return False
    kind, number = before.noun[1], before.noun[2]
    named = bool(before.pos & NOUN) and not before.pos & (EVENT | VERB | PREPOSITION | FIGURE) and kind not in ("event", "masdar", "quantity")
    return named and bool(form.pos & ADJECTIVE) and (kind != "harm" or number == "p")


def _of_unit(scene: Scene, number: Number) -> bool:
    """Whether a figure is the number of a unit: مقاتلان من اللواء 23 شهيدين, بالفرقة 11, لواء المشاة 45; not «من اللواء 23 جنديا»."""
    forms = scene.document.forms
    unit = number.first - 1
    while unit > 0 and forms[unit].article and is_arm(forms[unit]):
        unit -= 1
    if number.form != "figure" or unit < 0 or bare_stem(forms[unit]) not in UNITS:
        return False
    behind = forms[number.after].noun if number.after < len(forms) else None
    return behind is None or behind[1] != "person" or behind[4] != "accusative"
