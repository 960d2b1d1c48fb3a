"""How many: figures bound to the word of harm, capture or movement that counts them, with the words for who was counted.

A figure is counted by the nearest count-bearing word in front of it in its sentence (قتل 12 عنصرا وأصيب 5), by its own noun
(سبعة قتلى), or, where the clause begins with it, by the verb behind it (12 شخصا قتلوا). A victim without a figure counts by number and definiteness
(مقتل شاب is 1, مقتل عناصر is 2 or more). Behind بينهم a figure is a part of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic import numbers
from marsad.arabic.counted import counted as counted_as
from marsad.arabic.letters import fold
from marsad.arabic.numbers import Number
from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, COMPLEMENT, EVENT, FIGURE, NAME, NEGATION, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import types, values, words
from marsad.reading.document import Document, Mention
from marsad.reading.triggers import Trigger


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


OTHERS_RULE: Final = "آخرون"
_PART_OF: Final = 3  # words between بينهم and a figure
_JOINED: Final = 10  # … and one that is joined to another
_TITLED: Final = ("named", "official")  # sorts of persons whose offices are told behind them: فلان رئيس الحزب وعضو المجلس
_FURTHER: Final = 15  # … a figure and persons who are joined to it
_BOTH: Final = 6  # … between a figure and قتيل وجريح
_BY_TYPE: Final[dict[str, str]] = values("counts.by_type")
_KILLINGS: Final = types("counts.killings")
_NOUN_SAYS: Final[dict[str, str]] = values("counts.by_noun")
_PART: Final = words("counts.part")
_PART_ALONE: Final = words("counts.part_alone")
_OTHERS: Final = words("counts.others")
_ONE_MORE: Final = words("counts.one_more")
NOT_PERSONS: Final = words("counts.no_persons")
_UNITS_OF_PEOPLE: Final = words("counts.of_people")
_THEY: Final = words("counts.they")
_KIN: Final = words("counts.kin")
_KIN_FORMS: Final[dict[str, int]] = values("counts.kin_forms")
_DEAD: Final = words("counts.dead")
_WOUNDED: Final = words("counts.wounded")


def others_word(form: Form) -> bool:
    """آخرون, آخرين, رابع: of the same group as the count before."""
    return form.stem in _OTHERS or form.bare in _ONE_MORE


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


def find_counts(document: Document, triggers: list[Trigger]) -> list[Counted]:
    """The counts of a document in order."""
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        by_sentence.setdefault(trigger.sentence, []).append(trigger)
    dated = {k for d in document.dates for k in range(d.first, d.last + 1)}
    out: list[Counted] = []
    for sentence, bearing in by_sentence.items():
        bearers = [t for t in bearing if what_of(t)]
        if bearers:
            out.extend(_in_sentence(document, sentence, bearers, bearing, dated))
    return out


def _in_sentence(document: Document, sentence: int, bearers: list[Trigger], all_triggers: list[Trigger], dated: set[int]) -> list[Counted]:
    part, forms = document.sentences[sentence], document.forms
    found = numbers.find_in(document.words, part.begin, part.end)
    out: list[Counted] = []
    served: set[int] = set()
    parted = -1  # behind بينهم: figures up to the end of the clause are parts
    for number in found:
        bearer, rule = _bearer(document, number, bearers, part.begin, part.end)
        if bearer is None or number.first in dated:
            continue
        if not _counts_people(document, number, bearer, part.end):
            continue
        counted = _counted(document, number, bearer, rule, part.end)
        among = is_part(document, number.first, part.begin) or of_them(document, number.first, number.after, part.begin, part.end)
        if among:
            parted = bearer.first
        elif parted == bearer.first and out and _coordinated(document, out[-1].last, number.first):
            among = True
        else:
            parted = -1
        counted.part = (among and any(c.trigger is bearer and not c.part for c in out)) or among
        counted.sentence = sentence
        out.append(counted)
        served.add(id(bearer))
    _both(document, bearers, out)
    for bearer in bearers:
        behind = [c.first for c in out if c.trigger is bearer]
        if id(bearer) not in served or (behind and forms[behind[0]].conjunction == "و"):
            implied = _implied(document, bearer, part.end, all_triggers)
            if implied is not None and (not behind or implied.last < behind[0]):  # قتل رجل وثلاثة من أطفاله
                implied.sentence = sentence
                out.append(implied)
    out.extend(_joined_to(document, out, part.end))
    out.sort(key=lambda c: c.first)
    return out


def _joined_to(document: Document, counts: list[Counted], end: int) -> list[Counted]:
    """بينهم امرأة وضابط وثلاثة أطفال: persons joined to a part are parts too; a singular is 1, a dual 2, a plural 2 or more.

    What is joined to a figure that is none is counted as one or two, or not at all: أربعة من عناصر قسد ومدني; امرأة وطفلها.
    """
    forms = document.forms
    out: list[Counted] = []
    taken = {k for c in counts for k in range(c.first, c.last + 1)}
    for counted in sorted(counts, key=lambda c: (not c.part, c.first)):
        for k in range(counted.last + 1, min(counted.last + _FURTHER, end)):
            form = forms[k]
            if (form.pos & VERB and not form.pos & (NOUN | PREPOSITION)) or form.text in ".؛،:" or form.pos & (RELATIVE | COMPLEMENT):
                break
            if not counted.part and (form.pos & EVENT or ((form.preposition or form.pos & PREPOSITION) and form.text != "من")):
                break
            if form.conjunction != "و" or k in taken or form.article or form.pos & EVENT:
                continue
            known = _KIN_FORMS.get(form.bare)
            person = form.person and form.noun is not None and form.noun[1] == "person"
            if known is not None:
                out.append(Counted(counted.what, known, known, k, k, (k, k), None, "neutral", counted.part, counted.trigger, "joined kin"))
            elif person and (
                counted.part or (_is_one_or_two(form) and ((counted.who_label not in _TITLED and not forms[counted.first].article) or form.enclitic))
            ):
                rule = "joined to a part" if counted.part else "joined to a figure"
                out.append(_of_persons(document, counted.trigger, counted.what, k, end, part=counted.part, rule=rule))
            else:
                continue
            taken.add(k)
    for counted in out:
        counted.sentence = document.sentence_of[counted.first]
    return out


def _is_one_or_two(form: Form) -> bool:
    """ومدني, وعنصرين; with a pronoun only kin: وطفلها, وزوجته."""
    assert form.noun is not None
    return form.noun[2] != "p" and by_its_number(form)[1] is not None and (not form.enclitic or fold(str(form.noun[0])) in _KIN)


def _of_persons(document: Document, bearer: Trigger, what: str, k: int, end: int, *, part: bool, rule: str) -> Counted:
    """A count without a figure, from the number of the noun."""
    noun = document.forms[k].noun
    assert noun is not None
    who = who_of(document, k, end)
    id_, label = _who_id(document, who, k)
    low, high = by_its_number(document.forms[k])
    return Counted(what, low, high, k, k, who, id_, label, part, bearer, rule)


def by_its_number(form: Form) -> tuple[int, int | None]:
    """How many persons a noun is by its number: a singular 1, a dual 2, a plural 2 or more; so is one that is written alike in both (مدنيين)."""
    assert form.noun is not None
    definite = form.article and form.stem == fold(str(form.noun[0])) + "ين"  # العابرين: those who pass
    if form.noun[2] == "d" and form.stem.endswith("ين") and (definite or (counted_as(form.stem) or ("", 2))[1] != 2):
        return 2, None
    return {"s": (1, 1), "d": (2, 2)}.get(str(form.noun[2]), (2, None))


def _bearer(document: Document, number: Number, bearers: list[Trigger], begin: int, end: int) -> tuple[Trigger | None, str]:
    """The word that counts a figure."""
    forms = document.forms
    noun = noun_behind(document, number, end)
    for bearer in bearers:
        if noun >= 0 and bearer.first == noun and bearer.harm:
            return bearer, "the noun counts"
    before = [b for b in bearers if b.last < number.first]
    after = [b for b in bearers if b.first > number.last]
    close = 3 if number.form == "singular" else 24
    if before:
        nearest = before[-1]
        gap = range(nearest.last + 1, number.first)
        if not any(forms[k].pos & COMPLEMENT or (forms[k].text in (".", "؛")) for k in gap) and len(gap) <= close:
            verb_between = any(
                forms[k].pos & VERB and not forms[k].pos & (NOUN | PREPOSITION) and forms[k].bare not in _PART and not _joins(forms, k, gap) for k in gap
            )
            if not verb_between or len(gap) <= 3:
                return nearest, "figure behind its word"
    if after and number.form != "singular":
        nearest = after[0]
        gap = range(number.last + 1, nearest.first)
        if len(gap) <= 7 and nearest.verbal and not any(forms[k].text in (".", "؛", "،") or forms[k].pos & COMPLEMENT for k in gap):
            return nearest, "figure in front of its verb"
    return None, ""


def _joins(forms: list[Form], k: int, gap: range) -> bool:
    return ((verb := forms[k].verb) is not None and "light" in verb[1]) or (forms[k].conjunction == "" and forms[k].pos & RELATIVE > 0)


def noun_behind(document: Document, number: Number, end: int) -> int:
    """The token of the counted noun behind (or inside) a figure; -1 if there is none. «سبعة آخرون برصاص …» counts آخرون, not what shot them."""
    if number.form in ("dual", "singular"):
        return number.first
    forms = document.forms
    for k in range(number.after, min(number.after + 3, end)):
        if forms[k].text in '()[]"«»':
            continue
        if (forms[k].preposition or forms[k].pos & PREPOSITION) and forms[k - 1].stem in _OTHERS:
            return k - 1
        if forms[k].conjunction or forms[k].preposition or forms[k].text == "الي" or numeral(forms[k].text) is not None:
            break  # مقتل العشرات وإصابة المئات; نزح الآلاف إلى مناطق
        if forms[k].pos & (NOUN | EVENT) and not forms[k].pos & PUNCTUATION:
            return k
        if not forms[k].pos & ADJECTIVE and forms[k].pos != 0:
            break
    return -1


def _counts_people(document: Document, number: Number, bearer: Trigger, end: int) -> bool:
    """A figure of people: its noun is one for persons, or it has none and stands where a victim would."""
    forms = document.forms
    noun = noun_behind(document, number, end)
    if noun < 0:
        following = forms[number.after] if number.after < end else None
        if following is not None and (
            following.bare in NOT_PERSONS or (following.text in ("%", "٪", "في") and number.form == "figure" and following.text != "في")
        ):
            return False
        return number.form in ("figure", "words", "round") and number.first - bearer.last <= 8
    form = forms[noun]
    if form.stem in NOT_PERSONS or form.bare in NOT_PERSONS:
        return False
    if form.person or form.stem in _UNITS_OF_PEOPLE or (form.noun and form.noun[1] in ("person", "group")):
        return True
    if form.nisba or form.stem in _OTHERS:
        return True
    if form.pos & EVENT:
        return bool(form.noun and fold(str(form.noun[0])) in _NOUN_SAYS) or (noun - number.after <= 0 and number.first - bearer.last <= 2)
    return number.first - bearer.last <= 3 and form.noun is None


def _counted(document: Document, number: Number, bearer: Trigger, rule: str, end: int) -> Counted:
    forms = document.forms
    noun = noun_behind(document, number, end)
    what = what_of(bearer) or "killed"
    lemma = fold(str(word[0])) if noun >= 0 and (word := forms[noun].noun) else ""
    if lemma in _NOUN_SAYS and (rule != "figure behind its word" or what in ("killed", "wounded")):
        what = _NOUN_SAYS[lemma]
    if of_dead_and_wounded(document, number.last, end):
        what = "killed_or_wounded"
    who = who_of(document, noun, end) if noun >= 0 else None
    id_, label = _who_id(document, who, noun)
    last = max(number.last, noun if noun >= 0 and noun - number.last <= 2 else number.last)
    others = noun >= 0 and (forms[noun].stem in _OTHERS or (noun + 1 < end and forms[noun + 1].stem in _OTHERS))
    return Counted(what, number.low, number.high, number.first, last, who, id_, label, False, bearer, rule, others=others)


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


def who_of(document: Document, noun: int, end: int) -> tuple[int, int]:
    """The words for who is counted: the noun, its adjectives, من + party."""
    forms = document.forms
    last = noun
    while last + 1 < end and last - noun < 5:
        form = forms[last + 1]
        if form.conjunction or form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT | NEGATION):
            break
        if form.pos & ADJECTIVE and not form.preposition and not form.enclitic and not form.pos & CLOSED:
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
    """The listed party whose name begins at a token."""
    return next((m for m in document.parties_at.get(token, ()) if m.first == token and m.id), None)


def _who_id(document: Document, who: tuple[int, int] | None, noun: int) -> tuple[str | None, str]:
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


def is_part(document: Document, first: int, begin: int) -> bool:
    """Whether the token `first` is told of as one of more: بينهم or the like stands right in front of it, or من بين القتلى.

    What is joined to a part is looked for farther in front: «بينهم قائد ميداني ومرافقه وثلاثة عناصر».
    """
    forms = document.forms
    reach = _JOINED if forms[first].conjunction == "و" else _PART_OF
    for k in range(first - 1, max(first - 1 - reach, begin - 1), -1):
        form = forms[k]
        if (k < first - _PART_OF and any(forms[j].text in "،." for j in range(k, first))) or (form.conjunction and form.pos & EVENT and not form.person):
            return False
        if form.bare in _PART_ALONE:
            return not forms[first].conjunction
        if form.bare in _PART or form.stem in _PART or (k == first - 1 and form.conjunction == "و" and form.bare in _THEY):
            return True
        if k > begin and forms[k - 1].bare == "بين" and form.article and form.noun is not None and fold(str(form.noun[0])) in _NOUN_SAYS:
            return not (forms[first].article and numeral(forms[first].text) is not None)  # القتلى الخمسة are the whole
        if form.pos & (VERB | EVENT) and not form.pos & (NOUN | PREPOSITION):
            return False
    return False


def of_them(document: Document, first: int, after: int, begin: int, end: int) -> bool:
    """«تسعة قتلى، خمسة منهم مدنيون», «تسعة أشخاص خمسة منهم مدنيون», «جراح اثنين منهم خطرة»: a figure of those told of before; not «، ثلاثة منهم ذبحوا», who met with something else."""
    forms = document.forms
    if after >= end or first <= begin or forms[after].bare not in OF_THEM:
        return False
    before = forms[first - 1]
    behind_persons = before.person and not before.pos & EVENT and not forms[after - 1].person
    if before.text != "،" and before.bare not in _STATE_OF and not behind_persons:
        return False
    return after + 1 >= end or not (forms[after + 1].pos & VERB and not forms[after + 1].pos & (NOUN | ADJECTIVE))


def are_missing(document: Document, first: int, last: int, begin: int, end: int) -> bool:
    """«وفقد العشرات», «فقدان 50 مدنيا», «وأكثر من مئة في عداد المفقودين»; not «فقد عشرات القتلى», nor who lost his life, his house."""
    forms = document.forms
    for k in range(last + 1, min(last + _AMONG, end - 1)):
        if forms[k].bare in _COUNTED_AMONG:
            return (noun := forms[k + 1].noun) is not None and _NOUN_SAYS.get(fold(str(noun[0]))) == "missing"
    if first <= begin or forms[first - 1].bare not in _LOST:
        return False
    verb, whom = forms[first - 1].verb, forms[last].noun
    if verb is not None and verb[4] == "f" and (whom is None or whom[3] == "m") and last > first:
        return False  # فقدت 38 عنصرا: those of a party
    if first - 1 > begin and forms[first - 2].pos & RELATIVE:
        return False  # الجيش الذي فقد 34 جنديا: he lost them, and how is not said
    if last + 1 < end and forms[last + 1].text == "من":
        return False  # فقدت 38 من عناصرها: they were lost to somebody
    said = any((noun := form.noun) is not None and fold(str(noun[0])) in _NOUN_SAYS for form in forms[first : last + 1])
    return not said and not any(form.bare in _LIVES for form in forms[last + 1 : min(last + 6, end)])


def is_of_several(document: Document, k: int) -> bool:
    """«بين قتيل وجريح وأسير», «12 قتيلا وجريحا»: how many of each is not said."""
    forms = document.forms
    first = k
    while first > 0 and forms[first].conjunction and forms[first - 1].stem in _DEAD | _WOUNDED:
        first -= 1
    return 0 < first < k and (forms[first - 1].bare == "بين" or bool(forms[first - 1].pos & FIGURE) or numeral(forms[first - 1].text) is not None)


_LOST: Final = words("counts.lost")
_COUNTED_AMONG: Final = words("counts.counted_among")
_AMONG: Final = 5  # words between a figure and عداد المفقودين, less one
_LIVES: Final = words("counts.lives")
OF_THEM: Final = words("counts.of_them")
_STATE_OF: Final = words("counts.state_of")


def _coordinated(document: Document, left: int, right: int) -> bool:
    forms = document.forms
    if right - left > 5:
        return False
    return (forms[right].conjunction == "و" or forms[right - 1].text == "و") and not any(forms[k].pos & (VERB | EVENT) for k in range(left + 1, right))


def _both(document: Document, bearers: list[Trigger], out: list[Counted]) -> None:
    """مقتل وإصابة 20: one figure behind two words counts both together."""
    forms = document.forms
    for left, right in zip(bearers, bearers[1:], strict=False):
        if {what_of(left), what_of(right)} != {"killed", "wounded"} or right.first - left.last != 1 or not forms[right.first].conjunction:
            continue
        if left.definite and left.form.pos & NOUN and not left.verbal:
            continue
        mine = [c for c in out if c.trigger is right and not c.part]
        behind = mine[0].last + 1 if mine else 0
        if mine and behind < len(forms) and forms[behind].stem in _OTHERS:
            continue  # قتل مدني وأصيب 32 آخرون
        if mine and not any(c.trigger is left for c in out):
            mine[0].what = "killed_or_wounded"
            verb = forms[left.first].verb if left.verbal else None
            mine[0].both = verb is None or verb[5] == "s"  # استشهدا وأصيب خمسة: these are others
            mine[0].trigger = left


_LIGHT_WORDS: Final = words("counts.light")


def _implied(document: Document, bearer: Trigger, end: int, triggers: list[Trigger]) -> Counted | None:
    """A count without a figure: قتلى (2 or more), مقتل شاب (1), إصابة آخرين (2 or more), مقتل أحمد علي (1)."""
    forms = document.forms
    what = what_of(bearer)
    assert what is not None
    head = forms[bearer.last]
    lemma = fold(str(head.noun[0])) if head.noun is not None else ""
    if not bearer.verbal and lemma in _NOUN_SAYS:
        if head.article or head.enclitic or is_of_several(document, bearer.last):
            return None
        counted = _of_persons(document, bearer, _NOUN_SAYS[lemma], bearer.last, end, part=False, rule="the word itself")
        counted.who_label = "neutral"
        return counted
    if not bearer.harm and what == "deployed":
        return None
    k = _victim_behind(document, bearer, end)
    if k < 0:
        return None
    form = forms[k]
    mention = next(iter(document.parties_at.get(k, ())), None)
    if form.stem in _OTHERS:
        one = form.text == "اخر"
        return Counted(what, 1 if one else 2, 1 if one else None, k, k, (k, k), None, "neutral", False, bearer, OTHERS_RULE, others=True)
    if form.bare in _ONE_MORE and not (k + 1 < end and forms[k + 1].pos & (NOUN | EVENT) and not forms[k + 1].preposition):
        return Counted(what, 1, 1, k, k, (k, k), None, "neutral", False, bearer, OTHERS_RULE, others=True)
    if mention is not None and mention.label == "named":
        return Counted(what, 1, 1, mention.first, mention.last, (mention.first, mention.last), mention.id, "named", False, bearer, "a named person")
    if form.noun is None or form.noun[1] != "person" or not form.person or form.pos & FIGURE:
        return None
    many = form.noun[2] != "s"
    if form.article and not many and not _named_behind(document, k, end) and not bearer.verbal:
        return None
    return _of_persons(document, bearer, what, k, end, part=False, rule="a plural" if many else "a singular")


def _victim_behind(document: Document, bearer: Trigger, end: int) -> int:
    """The token of whom a word befell: right behind it, or, behind a verb, behind its subject; -1 if there is none."""
    forms = document.forms
    doer_may_stand = bearer.verbal and bearer.voice != "passive" and bearer.entry.frame.s == "i"
    k, skipped = bearer.last + 1, 0
    while k < end and skipped < (9 if doer_may_stand else 4):
        form = forms[k]
        mention = next((m for m in document.parties_at.get(k, ()) if m.head == k), None)
        if doer_may_stand and mention is not None and _is_doer(document, mention, forms[k]):
            k, skipped = mention.last + 1, skipped + 1
            doer_may_stand = False
            continue
        if form.text in _LIGHT_WORDS or (form.pos & PUNCTUATION and form.text in '"«('):
            k, skipped = k + 1, skipped + 1
            continue
        if bearer.verbal and not doer_may_stand and skipped and form.pos & ADJECTIVE and not form.pos & NOUN:
            k, skipped = k + 1, skipped + 1
            continue
        if form.conjunction or (form.preposition and form.preposition != "ل") or form.pos & (COMPLEMENT | RELATIVE):
            return -1
        return k
    return -1


def _is_doer(document: Document, mention: Mention, form: Form) -> bool:
    if mention.label in ("state", "insurgent", "militia", "coalition", "police", "authority", "group", "unidentified"):
        return not (mention.head < mention.first and not form.article and form.noun is not None and form.noun[2] == "s")
    return mention.label == "fighter" and form.noun is not None and form.noun[2] == "p"


def _named_behind(document: Document, k: int, end: int) -> bool:
    """المواطن أحمد, الشاب محمد: one person."""
    return any(m.label == "named" and m.first == j for j in (k + 1, k + 2) for m in document.parties_at.get(j, ())) or (
        k + 1 < end and bool(document.forms[k + 1].pos & NAME)
    )
