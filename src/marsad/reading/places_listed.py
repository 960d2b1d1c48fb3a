"""Whether a listed name means its place where it stands: not a verb, an adjective, a number, a date, an office, a bank of a river, part of a person's name."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, COMPLEMENT, EVENT, FIGURE, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document
from marsad.reading.sites import is_movement, is_nationality

QUOTES: Final = frozenset("\"'«»“”()[]-–")
LOCATIVE: Final = words("places.locative")
INTO: Final = words("places.into")
PEOPLE_FROM: Final = words("places.people_from")
_WATERS: Final = words("places.waters")
_EXCUSES: Final = words("places.excuses")
TITLES: Final = words("parties.titles")
UNITS: Final = words("parties.units")
_SAILING: Final = words("places.sailing")
_LIMBS: Final = words("places.limbs")
_HIT: Final = 10  # words between a word of harm and where it hit
_OPENING: Final = frozenset("\"'«“([")
_IN_MARKS: Final = 4  # tokens of a name in marks, and in front of them back to what bears it


def may_stand_alone(document: Document, i: int, last: int, row: int) -> bool:
    """Whether a listed name is meant: not a verb, not a common word without its cue, not part of a person's name."""
    form = document.forms[i]
    if is_movement(document, i - 1) or _is_side(document, i, last) or _is_ships(document, i):
        return False
    if form.article and form.place == "named" and last == i and i + 1 < len(document.forms) and document.forms[i + 1].pos & FIGURE:
        return False  # الحارة 15
    if cue_before(document, i):
        city = form.place == "kind" and form.article and last == i and document.forms[i - 1].place == "named"  # مطار المدينة
        return not city and (form.preposition != "ك" or form.whole_name)  # بلدة كتول is not like تول
    if last == i and any(test(document, i) for test in _NO_PLACE):
        return False
    if is_bank(document, i, last) or (last == i and _is_only_a_word(document, i)):
        return False
    if document.lexicon.places[row][5]:
        return last > i and not form.pos & (EVENT | VERB) and stands_behind(document, i, INTO)
    before = document.forms[i - 1] if i else None
    if before is not None and before.pos & NAME and not before.pos & (CLOSED | NOUN | ADJECTIVE) and not form.preposition:
        if document.sentence_of[i - 1] == document.sentence_of[i] and not form.conjunction:
            return False
    if _is_surname(document, i) or _is_unit(document, i, last):
        return False
    if last > i or (document.lexicon.places[row][2] == "country" and (form.whole_name or form.conjunction == "و") and not form.pos & (EVENT | CLOSED | NOUN)):
        return True  # السودان وتشاد, though تشاد is «is built» as well
    common = form.pos & (EVENT | CLOSED) or (form.pos & VERB and not (form.whole_name and form.enclitic)) or (form.noun and form.noun[1] == "placekind")
    if not common:
        return True
    own = not form.article or document.lexicon.places[row][2] == "region"  # الغوطة is a kind of land and the name of one
    return own and form.whole_name and not form.pos & CLOSED and (stands_behind(document, i, INTO) or is_heading(document, i) or _has_its_force(document, i))


def _has_its_force(document: Document, i: int) -> bool:
    """«مدير أمن أبين», «شرطة أبين», «محافظ أبين»: the place of a force or of an office, which a verb would stand in front of."""
    before = document.forms[i - 1] if i else None
    if before is None or document.sentence_of[i - 1] != document.sentence_of[i] or before.article or before.enclitic:
        return False
    return before.stem in LOCAL_FORCES or before.stem in _GOVERNORS


LOCAL_FORCES: Final = words("parties.local_forces")
_GOVERNORS: Final = words("places.governors")


def _is_surname(document: Document, i: int) -> bool:
    """«الشيخ مالك الشعار», «المطران بولس الصياح»: what stands behind a title and a given name, though the given name is a noun too."""
    forms = document.forms
    if i < 2 or not forms[i].article or forms[i].conjunction or forms[i].preposition or document.sentence_of[i - 2] != document.sentence_of[i]:
        return False
    given = forms[i - 1]
    return bool(given.pos & NAME) and not given.article and not given.pos & CLOSED and not given.place and forms[i - 2].bare in TITLES


def _is_unit(document: Document, i: int, last: int) -> bool:
    """«استقدمت الفرقة 17 تعزيزات», «عناصر الفرقة 17», and not the base of the unit: who does something, or whose men they are."""
    forms = document.forms
    if last != i + 1 or not forms[last].pos & FIGURE or forms[i].stem not in UNITS or forms[i].conjunction or forms[i].preposition:
        return False
    j = i - 1
    while j >= 0 and forms[j].text in QUOTES:
        j -= 1
    if j < 0 or document.sentence_of[j] != document.sentence_of[i]:
        return False
    before, feminine = forms[j], forms[i].stem.endswith("ه")
    acts = before.verb is not None and bool(before.pos & VERB) and not before.pos & NOUN and (before.verb[4] == "f") == feminine
    return acts or bool(before.person and not before.article)


def _is_ships(document: Document, i: int) -> bool:
    """«ناقلة النفط "مارلين لواندا"», «السفينة التركية (هاتاي)»: a name in marks right behind what sails, which bears that of a place."""
    forms, k = document.forms, i - 1
    while k > i - _IN_MARKS and k >= 0 and not forms[k].pos & CLOSED and forms[k].text not in QUOTES:
        k -= 1
    if k < 0 or forms[k].text not in _OPENING or document.sentence_of[k] != document.sentence_of[i] or forms[i].preposition:
        return False
    for n in range(k - 1, max(k - _IN_MARKS, -1), -1):
        if forms[n].pos & PUNCTUATION or document.sentence_of[n] != document.sentence_of[k]:
            return False
        noun = forms[n].noun
        if noun is not None and fold(str(noun[0])) in _SAILING:
            return True
    return False


def _is_side(document: Document, i: int, last: int) -> bool:
    """«إلى الشمال الشرقي من تمبكتو», «في الشمال من درعا»: a side of another place, and no region of that name."""
    forms, behind = document.forms, last + 1
    if not forms[i].article or behind >= len(forms) or forms[behind].text != "من" or document.sentence_of[behind] != document.sentence_of[i]:
        return False
    return document.lexicon.relations.get(forms[i].stem, "").endswith("_of")


def in_date(document: Document, i: int, last: int, row: int) -> bool:
    """«صباح اليوم», «30 آب/أغسطس»: words of a longer date, and no village of that name; «قرية صباح» is one all the same. A place that needs its kind word
    is none either where it is a whole date (في العاشر من رمضان)."""
    if cue_before(document, i):
        return False
    k = bisect_right(document.dates, i, key=lambda date: date.first) - 1
    if k < 0:
        return False
    date = document.dates[k]
    return last <= date.last and (last - i < date.last - date.first or document.lexicon.places[row][5])


def _is_limb(document: Document, i: int) -> bool:
    """«أصيب برصاصة في القدم»: where somebody was hit, and not the quarter of that name."""
    forms, begin = document.forms, max(document.sentences[document.sentence_of[i]].begin, i - _HIT)
    if i == begin or forms[i].bare not in _LIMBS or not (forms[i - 1].text == "في" or forms[i].preposition == "ب"):
        return False
    entries = document.lexicon.events
    return any(entries[number].harm == "wounded" for k in range(begin, i) for number, _, _ in forms[k].events)


def is_superlative(document: Document, i: int) -> bool:
    """«كبرى مدن الولاية», «كبرى الشركات»: the greatest of several, and not the place of that name."""
    form, behind = document.forms[i], document.forms[i + 1] if i + 1 < len(document.forms) else None
    if form.article or _class_of(form) != "size" or behind is None or document.sentence_of[i + 1] != document.sentence_of[i]:
        return False
    return behind.noun is not None and behind.noun[2] == "p" and not behind.conjunction and not behind.preposition


def _is_only_a_word(document: Document, i: int) -> bool:
    """«سيول جارفة», «مظاهرات سلمية», «لساعات طويلة», «السنوات الخمس»: a common noun, an adjective or a number as it stands in the dictionary, where no
    word in front shows that the place of that name is meant (نزحوا إلى طويلة، سكان طويلة)."""
    form = document.forms[i]
    if (
        form.pos & NAME
        or form.enclitic
        or (form.preposition and form.whole_name)
        or is_heading(document, i)
        or is_dateline(document, i, i)
        or _goes_on_with_places(document, i)
    ):
        return False
    if form.article:
        number = form.noun is not None and form.noun[1] == "quantity"
        return number and (
            bool(form.preposition) or not stands_behind(document, i, INTO) or (i + 1 < len(document.forms) and document.forms[i + 1].text == "من")
        )  # في الأربعين من عمره
    return _is_in_the_dictionary(form) and not stands_behind(document, i, INTO | LOCATIVE | PEOPLE_FROM)


def _is_in_the_dictionary(form: Form) -> bool:
    """Whether a form is an indefinite noun in the singular or in its broken plural, or an adjective of one thing; that of a nation is the name of a country."""
    if form.noun is not None and form.noun[4] == "free" and (form.noun[2] == "p" or form.stem == fold(str(form.noun[0]))):
        return True
    if form.adjective is None or form.adjective[1] == "nisba_country" or form.adjective[2] != "s":
        return False
    lemma = fold(str(form.adjective[0]))
    return form.stem in (lemma, f"{lemma}ه")


def _goes_on_with_places(document: Document, i: int) -> bool:
    """«مشهد وشيراز», «سلوك، وعين عيسى»: another listed name is joined to it."""
    forms, k = document.forms, i + 1
    if k < len(forms) and forms[k].text == "،":
        k += 1
    return k < len(forms) and forms[k].conjunction == "و" and not forms[k].pos & (NOUN | ADJECTIVE | VERB) and bool(forms[k].names)


def is_dateline(document: Document, first: int, last: int) -> bool:
    """Whether the tokens from `first` to `last` open a paragraph and a dash or who reports it stands behind them: سلمية – قتل سبعة, دمشق (رويترز), دمشق/سانا."""
    part = document.sentences[document.sentence_of[first]]
    return first == part.begin and last + 1 < part.end and document.forms[last + 1].text in _BEHIND_A_DATELINE


DASHES: Final = ("-", "–", "—")
_BEHIND_A_DATELINE: Final = (*DASHES, "/", "(")


def is_bank(document: Document, i: int, last: int) -> bool:
    """«الضفة الغربية لنهر الفرات», «الضفة الغربية للنيل»: a bank of a river, and not the West Bank."""
    if document.forms[i].stem != "ضفه" or last + 1 >= len(document.forms) or document.sentence_of[last + 1] != document.sentence_of[i]:
        return False
    behind = document.forms[last + 1]
    return behind.preposition == "ل" and behind.stem in _WATERS or behind.text == "من" and document.forms[last + 2].stem in _WATERS


def _holds_an_office(document: Document, i: int) -> bool:
    """«السفيرة الأميركية», «السفيرة لدى»: the ambassador, and not the town of that name."""
    forms = document.forms
    form, behind = forms[i], forms[i + 1] if i + 1 < len(forms) else None
    if form.person != "official" or behind is None or document.sentence_of[i + 1] != document.sentence_of[i]:
        return False
    return bool(behind.nisba) and behind.article and not behind.conjunction or behind.text == "لدي"


def _is_excuse(document: Document, i: int) -> bool:
    """«بحجة عدم الترخيص», «بحجة أنه …»: the word for a reason, which is the name of a place too where nothing hangs on it (حرض بحجة)."""
    forms = document.forms
    if forms[i].text not in _EXCUSES or i + 1 >= len(forms):
        return False
    behind = forms[i + 1]
    return not behind.conjunction and bool(behind.pos & (NOUN | EVENT | COMPLEMENT) or not behind.pos)


def is_adjective_of(document: Document, i: int) -> bool:
    """المواد المخدرة, الأحياء الشرقية والشمالية: an adjective with the article behind a definite noun that is no kind of place, or joined to another."""
    form = document.forms[i]
    if not i or not form.article or form.adjective is None or form.preposition or document.sentence_of[i - 1] != document.sentence_of[i]:
        return False
    before = document.forms[i - 1]
    if form.conjunction:
        return form.adjective[1] == _class_of(before) == "direction" and before.article
    if before.article and before.noun is None and before.pos & ADJECTIVE and not before.pos & (EVENT | NAME) and i - 1 not in document.place_at:
        return True  # الحل السلمي القائم
    if not before.article or before.noun is None or before.pos & (EVENT | NAME) or before.place or i - 1 in document.place_at:
        return False
    return bool(form.nisba) or before.noun[1] not in _DOERS  # دخل الجيش القصير


_DOERS: Final = ("group", "person", "weapon", "vehicle")


def _class_of(form: Form) -> str:
    """The class of its adjective."""
    return str(form.adjective[1]) if form.adjective is not None else ""


_NO_PLACE: Final = (_is_excuse, is_adjective_of, is_nationality, _holds_an_office, is_superlative, _is_limb)
"""What a word of one token may be where no kind of place stands in front of it."""


def cue_before(document: Document, i: int) -> bool:
    """A kind word (بلدة، مدينة، حي) stands before token `i`."""
    j = i - 1
    while j >= 0 and document.forms[j].text in QUOTES:
        j -= 1
    before = document.forms[j]
    return j >= 0 and bool(before.place) and not before.article and not before.enclitic and not document.forms[i].conjunction  # ومخيمها صباح أمس


def stands_behind(document: Document, i: int, prepositions: frozenset[str]) -> bool:
    """A preposition of place or a word of relation (شمالي, محيط) stands right before token `i`, or clings to it."""
    form = document.forms[i]
    if form.preposition in ("ب", "ل") and not form.whole_name:
        return True
    j = i - 1
    while j >= 0 and document.forms[j].text in QUOTES:
        j -= 1
    if j < 0 or document.sentence_of[j] != document.sentence_of[i] or form.conjunction:
        return False
    before = document.forms[j]
    return before.bare in prepositions or (bool(before.relation) and not before.article)


def is_heading(document: Document, i: int) -> bool:
    """The first word of a paragraph, with a colon behind it: تدمر: اشتباكات."""
    forms = document.forms
    part = document.sentences[document.sentence_of[i]]
    ahead = all(forms[k].pos & PUNCTUATION for k in range(part.begin, i))
    return ahead and i + 1 < len(forms) and forms[i + 1].text in (":", "|", "|")
