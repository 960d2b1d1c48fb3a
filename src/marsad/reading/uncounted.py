"""People whom no figure counts: a singular is 1, a dual 2, a plural 2 or more, and so are those who are joined to a figure (أربعة جنود ومدني)."""

from __future__ import annotations

from typing import Final

from marsad.arabic.counted import counted as counted_as
from marsad.arabic.letters import fold
from marsad.arabic.number_cues import is_in_front
from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, EVENT, FIGURE, NAME, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import values, words
from marsad.reading.counted import NOUN_SAYS, ONE_MORE, OTHERS, PART, Counted, is_of_several, what_of, who_id, who_of
from marsad.reading.document import PARTIES, Document, Mention
from marsad.reading.triggers import Trigger

OTHERS_RULE: Final = "آخرون"
_TITLED: Final = ("named", "official")  # sorts of persons whose offices are told behind them: فلان رئيس الحزب وعضو المجلس
_BEFORE_PARTS: Final = 8  # words between a figure and بينهم
_FURTHER: Final = 15  # … a figure and persons who are joined to it
KIN: Final = words("counts.kin")
KIN_FORMS: Final[dict[str, int]] = values("counts.kin_forms")
_OFTEN_MANY: Final = words("counts.often_many")
_LIGHT_WORDS: Final = words("counts.light")
_ONE_OF: Final = words("counts.one_of")
ONE_OF_THEM: Final = words("counts.one_of_them")
_DUAL_ENDINGS: Final = ("\u064eين", "\u064eي", "\u064eيْن", "\u064eينِ")  # with a fatha in front
_BROTHERS: Final = words("counts.brothers")


def joined_to(document: Document, counts: list[Counted], end: int) -> list[Counted]:
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
            if form.conjunction != "و" or k in taken or form.article or form.pos & EVENT or is_of_several(document, k):
                continue
            known = KIN_FORMS.get(form.bare)
            person = form.noun is not None and form.noun[1] == "person" and (form.person or fold(str(form.noun[0])) in KIN)
            if known is not None:
                out.append(Counted(counted.what, known, known, k, k, (k, k), None, "neutral", counted.part, counted.trigger, "joined kin"))
            elif person and (
                counted.part or (_is_one_or_two(document, k) and ((counted.who_label not in _TITLED and not forms[counted.first].article) or form.enclitic))
            ):
                rule = "joined to a part" if counted.part else "joined to a figure"
                out.append(_of_persons(document, counted.trigger, counted.what, k, end, part=counted.part, rule=rule))
            else:
                continue
            taken.add(k)
    for counted in out:
        counted.sentence = document.sentence_of[counted.first]
    return out


def named_parts(document: Document, counts: list[Counted], begin: int, end: int) -> list[Counted]:
    """قتل عشرة بينهم الصحفي محمد عيسى: somebody who is named is a part of those in front of him."""
    forms = document.forms
    out: list[Counted] = []
    for k in range(begin + 1, end - 1):
        whole = next((c for c in reversed(counts) if not c.part and c.last < k <= c.last + _BEFORE_PARTS), None)
        if forms[k].bare not in PART or whole is None or any(k < c.first <= k + 2 for c in counts):
            continue
        head, person = forms[k + 1], next((m for m in document.parties_at.get(k + 1, ()) if m.label == "named" and m.first == k + 1), None)
        if person is not None:
            first, last = person.first, person.last
        elif head.article and head.noun is not None and head.noun[1] == "person" and head.noun[2] == "s" and _named_behind(document, k + 1, end):
            first = last = k + 1
        else:
            continue
        id_, label = who_id(document, (first, last), first)
        out.append(Counted(whole.what, 1, 1, first, last, (first, last), id_, label, True, whole.trigger, "a named part", whole.sentence))
    return out


def _is_one_or_two(document: Document, k: int) -> bool:
    """ومدني, وعنصرين; with a pronoun only kin: وطفلها, وزوجته, وأخوه."""
    form = document.forms[k]
    assert form.noun is not None
    low, high = how_many(document, k)
    return high is not None and low == high and (form.noun[2] != "p" or high == 1) and (not form.enclitic or fold(str(form.noun[0])) in KIN)


def _of_persons(document: Document, bearer: Trigger, what: str, k: int, end: int, *, part: bool, rule: str) -> Counted:
    """A count without a figure, from the number of the noun."""
    noun = document.forms[k].noun
    assert noun is not None
    who = who_of(document, k, end)
    id_, label = who_id(document, who, k)
    low, high = how_many(document, k)
    return Counted(what, low, high, k, k, who, id_, label, part, bearer, rule)


def how_many(document: Document, k: int) -> tuple[int, int | None]:
    """How many persons the noun at token `k` is by its number; أخوه is one, and إخوة, which is written alike but for its last letter, are more; a fatha in
    front of the ending makes a dual: مهندسَين, مهندسَي ري."""
    if document.forms[k].bare in _BROTHERS and not document.text(k, k).endswith("ة"):
        return 1, 1
    if document.text(k, k).endswith(_DUAL_ENDINGS) or are_two_of(document, k):
        return 2, 2
    return by_its_number(document.forms[k])


def are_two_of(document: Document, k: int) -> bool:
    """«رجلي أمن», «عنصري شرطة»: two, whose ending is written like that of «my man», in front of what they are of. Whose plural is written so too is not asked."""
    form, behind = document.forms[k], document.forms[k + 1] if k + 1 < len(document.forms) else None
    if form.noun is None or form.noun[1:3] != ("person", "s") or form.article or form.enclitic or form.stem != f"{fold(str(form.noun[0]))}ي" or behind is None:
        return False
    of_them = behind.noun is not None and not behind.conjunction and not behind.preposition
    return of_them and document.sentence_of[k + 1] == document.sentence_of[k]


def by_its_number(form: Form) -> tuple[int, int | None]:
    """How many persons a noun is by its number: a singular 1, a dual 2, a plural 2 or more.

    What is written alike in both is two with no article (أصيب شرطيين), unless it is mostly told of many (مدنيين), and two or more with it (المهاجمين).
    """
    assert form.noun is not None
    if form.enclitic and form.noun[4] == "accusative":
        return 2, 2  # طفلاها: no nunation stands in front of a pronoun, so it is the dual
    known = counted_as(form.stem)
    alike = known[1] != 2 if known is not None else form.article and form.stem == fold(str(form.noun[0])) + "ين"  # العابرين: those who pass
    if form.noun[2] == "d" and form.stem.endswith("ين") and alike:
        return 2, None if form.article or fold(str(form.noun[0])) in _OFTEN_MANY else 2
    return {"s": (1, 1), "d": (2, 2)}.get(str(form.noun[2]), (2, None))


def implied(document: Document, bearer: Trigger, end: int, triggers: list[Trigger]) -> Counted | None:
    """A count without a figure: قتلى (2 or more), مقتل شاب (1), إصابة آخرين (2 or more), مقتل أحمد علي (1)."""
    forms = document.forms
    what = what_of(bearer)
    assert what is not None
    head = forms[bearer.last]
    lemma = fold(str(head.noun[0])) if head.noun is not None else ""
    if not bearer.verbal and lemma in NOUN_SAYS:
        if head.article or head.enclitic or is_of_several(document, bearer.last):
            return None
        counted = _of_persons(document, bearer, NOUN_SAYS[lemma], bearer.last, end, part=False, rule="the word itself")
        counted.who_label = "neutral"
        return counted
    if not bearer.harm and what == "deployed":
        return None
    k = _victim_behind(document, bearer, end)
    if k < 0:
        return None
    form = forms[k]
    mention = next(iter(document.parties_at.get(k, ())), None)
    if form.stem in OTHERS:
        low, high = _of_others(form)
        return Counted(what, low, high, k, k, (k, k), None, "neutral", False, bearer, OTHERS_RULE, others=True)
    if form.bare in ONE_OF_THEM:
        return Counted(what, 1, 1, k, k, (k, k), None, "neutral", True, bearer, "one of them")
    if is_one_more(document, k, end):
        return Counted(what, 1, 1, k, k, (k, k), None, "neutral", False, bearer, OTHERS_RULE, others=True)
    if mention is not None and mention.label == "named":
        return Counted(what, 1, 1, mention.first, mention.last, (mention.first, mention.last), mention.id, "named", False, bearer, "a named person")
    several = _of_nation_or_title(form)
    if several is not None and not (several == (1, 1) and _named_near(document, k)):
        low, high = several
        return Counted(what, low, high, k, k, (k, k), *who_id(document, (k, k), k), False, bearer, "a singular" if high == 1 else "a plural")
    if form.noun is None or form.noun[1] != "person" or not form.person or form.pos & FIGURE:
        return None
    many = form.noun[2] != "s"
    if many and k - 1 > bearer.last and is_one_of_several(document, k):
        return Counted(what, 1, 1, k, k, (k, k), *who_id(document, (k, k), k), False, bearer, "one of several")
    if form.article and not many and not _named_behind(document, k, end) and not bearer.verbal:
        return None
    return _of_persons(document, bearer, what, k, end, part=False, rule="a plural" if many else "a singular")


def _of_others(form: Form) -> tuple[int, int | None]:
    """How many others: آخر, والآخر one, آخران two, آخرون and what may be either (آخرين) two or more."""
    return {"اخر": (1, 1), "اخران": (2, 2)}.get(form.stem, (2, None))


def is_one_more(document: Document, k: int, end: int) -> bool:
    """«إصابة ثالث»: one more than those told before; not «ثالث جندي», «ثالث هجوم»; «إصابة ثالث إصابة حرجة», «أصيب ثالث إثر غارة» are."""
    forms = document.forms
    if forms[k].bare not in ONE_MORE or forms[k].article:
        return False
    behind = forms[k + 1] if k + 1 < end else None
    if behind is None or behind.preposition or not behind.pos & (NOUN | EVENT):
        return True
    return "link.cause" in behind.cues or bool(behind.pos & PREPOSITION) or behind.stem in {form.stem for form in forms[max(0, k - 2) : k]}


def _of_nation_or_title(form: Form) -> tuple[int, int | None] | None:
    """«قتل أوغنديان», «أوقفت الشرطة صينيا»; «مقتل الشابين», «أصيب العريف ونيس»: persons whom only their nation or their title tells; None for others."""
    if form.noun is not None and form.noun[1] == "title":
        return (2, 2) if form.noun[2] == "d" else (1, 1) if form.noun[2] == "s" else None
    if not form.nisba or form.article or form.pos & NOUN or form.conjunction or form.preposition or form.text.endswith("يا"):
        return None  # ألقي القبض في ألمانيا
    return (2, 2) if form.text.endswith("ان") else (2, None) if form.text.endswith(("ين", "ون")) else (1, 1)


def _named_near(document: Document, k: int) -> bool:
    """العقيد المتقاعد | سالم محمود: he is counted by his name."""
    return any(m.label == "named" for j in range(k + 1, k + 4) for m in document.parties_at.get(j, ()))


def is_one_of_several(document: Document, k: int) -> bool:
    """أحد | المهاجمين, وأحد | مرافقيه, which is written as واحد is but for the hamza."""
    words = document.words
    before = words.forms[k - 1] if k else ""
    return before in _ONE_OF or (before[1:] in _ONE_OF and before[0] in "وف" and words.text[words.starts[k - 1] + 1] in "أإ")


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
        if form.conjunction or (form.preposition and form.preposition != "ل") or form.pos & (COMPLEMENT | RELATIVE) or is_in_front(document.words, k):
            return -1
        return k
    return -1


def _is_doer(document: Document, mention: Mention, form: Form) -> bool:
    if mention.label in PARTIES or mention.label in ("group", "unidentified"):
        return not (mention.head < mention.first and not form.article and form.noun is not None and form.noun[2] == "s")
    return mention.label == "fighter" and form.noun is not None and form.noun[2] == "p"


def _named_behind(document: Document, k: int, end: int) -> bool:
    """المواطن أحمد, الشاب محمد: one person."""
    return any(m.label == "named" and m.first == j for j in (k + 1, k + 2) for m in document.parties_at.get(j, ())) or (
        k + 1 < end and bool(document.forms[k + 1].pos & NAME)
    )
