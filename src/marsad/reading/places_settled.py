"""What each place of a report is: which of its namesakes, how it lies to the words in front of it, how far, and which places hold it."""

from __future__ import annotations

from typing import Final

from marsad.arabic.numbers import value_at
from marsad.knowledge.gazetteer import gazetteer
from marsad.knowledge.lexicon import ADJECTIVE, EVENT, FIGURE, NOUN, PUNCTUATION
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.places import DIRECTION_ADJECTIVES, DIRECTIONS
from marsad.reading.places_listed import QUOTES

# --- what each place is --------------------------------------------------------------------------------------------------


def settle_places(document: Document) -> None:
    """Relation, kind words in front, country and first level of each place; namesakes go where the report's other places are."""
    lexicon = document.lexicon
    main = _main_country(document)
    taken = {k for mention in document.places for k in range(mention.first, mention.last + 1)}
    admin1s = {mention.admin1 for mention in document.places}
    for mention in document.places:
        if mention.rows:
            mention.row = max(
                mention.rows,
                key=lambda r: (
                    lexicon.places[r][3] == main,
                    lexicon.places[r][3] in document.theatre,
                    lexicon.places[r][4] in admin1s,
                    not lexicon.places[r][5],
                    -r,
                ),
            )
        if mention.row >= 0:
            _, _, kind, country, admin1, _ = lexicon.places[mention.row]
            mention.country, mention.admin1 = country or None, admin1 or None
            admin1s.add(mention.admin1)
            mention.label = kind if not mention.cued else mention.label
        _look_left(document, mention, taken)
    _leave_quarters_abroad(document)
    _leave_namesakes(document)
    _parents(document, main)


def _leave_quarters_abroad(document: Document) -> None:
    """No report tells of a quarter of a town abroad of which it names nothing else: a quarter of such a name is another, which the list has not."""
    rows = document.lexicon.places
    held = [m for m in document.places if m.row >= 0]
    named = {rows[m.row][3] for m in held if rows[m.row][2] != "neighbourhood"}
    towns = {m.row for m in held if rows[m.row][2] not in ("neighbourhood", "country")}
    quarters = [m for m in held if rows[m.row][2] == "neighbourhood" and rows[m.row][3] not in named]
    if len(towns) < _ELSEWHERE or len({m.row for m in quarters}) != 1:
        return
    for mention in quarters:
        _unlist(mention)
        mention.label = "unlisted"


def _leave_namesakes(document: Document) -> None:
    """«حي الروضة», «دوار الحصان» in a report from Taiz: called after a place elsewhere, in whose area nothing else lies that the report tells."""
    rows = document.lexicon.places
    areas = {(m.country, m.admin1) for m in document.places if m.row >= 0 and not _is_called_after(document, m)}
    for mention in document.places:
        if areas and mention.row >= 0 and _is_called_after(document, mention) and (rows[mention.row][3], rows[mention.row][4] or None) not in areas:
            _unlist(mention)


def _unlist(mention: Mention) -> None:
    """None of the listed places of its name is meant."""
    mention.row, mention.rows, mention.country, mention.admin1 = -1, (), None, None


def _is_called_after(document: Document, mention: Mention) -> bool:
    """Whether the name of a street or a quarter holds that of another kind of place: شارع حلب, and not a quarter that is listed itself."""
    word = document.forms[mention.first].stem
    return (
        mention.cued
        and mention.last > mention.first
        and mention.label == word
        and gazetteer().called_after(word)
        and document.lexicon.places[mention.row][2] not in _OF_TOWNS
    )


_OF_TOWNS: Final = ("neighbourhood", "road", "square", "junction")
_ELSEWHERE: Final = 2  # towns that say where a report is


def _main_country(document: Document) -> str:
    """The country of most places; one that has namesakes speaks for those of all (قنا in Egypt and in Yemen)."""
    votes: dict[str, float] = {}
    for mention in document.places:
        rows = mention.rows or ((mention.row,) if mention.row >= 0 else ())
        for country in (document.lexicon.places[row][3] for row in rows):
            votes[country] = votes.get(country, 0.0) + 1.0 / len(rows)
    return max(votes, key=lambda c: votes[c]) if votes else ""


def _look_left(document: Document, mention: Mention, taken: set[int]) -> None:
    """Kind words and relation in front of a place name: في محيط بلدة هجين; جنوبي مدينة رفح; على بعد 5 كم شمال X."""
    forms, lexicon = document.forms, document.lexicon
    j = mention.head
    steps = 0
    begin = document.sentences[document.sentence_of[mention.first]].begin  # a rule of dashes above a place is not in front of it
    while j > begin and steps < 6:
        form, here = forms[j - 1], forms[j]
        if here.conjunction or (here.preposition and not (here.whole_name and j == mention.first) and not form.relation):
            break
        if form.text in QUOTES:
            j -= 1
            continue
        if form.relation and (not mention.relation or form.relation != "near"):
            if (
                form.stem in DIRECTIONS
                and not form.conjunction
                and j > begin + 1
                and forms[j - 2].stem in DIRECTIONS
                and f"{forms[j - 2].stem} {form.stem}" in lexicon.relations
            ):
                mention.relation = lexicon.relations[f"{forms[j - 2].stem} {form.stem}"]
                j -= 2
            else:
                mention.relation = mention.relation or form.relation
                j -= 1
            steps += 1
            if forms[j].conjunction or forms[j].preposition:
                break
            continue
        if form.place == "kind" and (not form.article or form.stem == "عاصمه"):  # تنظيم الدولة | مخيم النصيرات
            mention.cued = True
            j -= 1
            steps += 1
            if form.conjunction or form.preposition:
                break
            continue
        if form.article and form.nisba and j > begin + 1 and forms[j - 2].stem == "عاصمه":  # العاصمة السورية دمشق
            j -= 1
            continue
        if form.text == "من" and j - 2 >= begin and forms[j - 2].bare in _EACH_OF:  # كلا من | حرستا وزملكا
            j -= 2
            steps += 1
            if forms[j].conjunction or forms[j].preposition:
                break
            continue
        relation, k = _apart(document, j, begin)
        if relation:
            mention.relation = mention.relation or relation
            j = k
            steps += 1
            if forms[j].conjunction or forms[j].preposition:
                break
            continue
        break
    mention.head = j
    mention.relation = mention.relation or _part_told(document, j, begin)
    if mention.relation is None and mention.label in ("ريف", "countryside"):
        mention.relation = "countryside"
    _distance(document, mention, taken)
    if mention.distance_km is None:
        _distance_behind(document, mention, taken)


def _part_told(document: Document, j: int, begin: int) -> str | None:
    """What part of the place at token `j` is told in front of its «ل» or «من»: الأطراف الشرقية لمدينة تعز, الريف الجنوبي الغربي لدرعا, الضواحي المحاصرة من دمشق."""
    forms = document.forms
    if forms[j].conjunction or (forms[j].preposition != "ل" and not (j > begin and forms[j - 1].text == "من")):
        return None
    j -= forms[j].preposition != "ل"
    k = j - 1
    while (
        k > begin and j - k < _WORDS_OF_PART and forms[k].article and not forms[k].preposition and (forms[k].adjective or forms[k].text in DIRECTION_ADJECTIVES)
    ):
        k -= 1
    relation = document.lexicon.relations.get(forms[k].stem) if k < j - 1 and forms[k].article else None
    return relation if relation in _PARTS else None


_WORDS_OF_PART: Final = 3
_PARTS: Final = ("outskirts", "countryside", "vicinity", "off_coast")


def _apart(document: Document, j: int, begin: int) -> tuple[str, int]:
    """The relation that «من» in front of token `j` joins to its place, and the token at which it begins: بالقرب من, إلى الغرب من, إلى الجنوب الشرقي من."""
    forms, relations = document.forms, document.lexicon.relations
    k = j - 2
    if forms[j - 1].text not in ("من", "الي") or k < begin:
        return "", j
    relation = forms[k].relation
    if forms[k].article and forms[j - 1].text == "من":
        stem = forms[k].stem
        if k > begin and forms[k - 1].article and f"{forms[k - 1].stem} {stem}" in relations:
            k, stem = k - 1, f"{forms[k - 1].stem} {stem}"
        relation = "" if forms[k].adjective else relations.get(stem, "")  # «الساحل الغربي من» is no side of it
    if relation != "near" and not relation.endswith("_of"):
        return "", j
    return relation, k - 1 if k > begin and forms[k - 1].text in _AT_SIDES and not forms[k].preposition else k


_AT_SIDES: Final = ("الي", "علي")


def _distance(document: Document, mention: Mention, taken: set[int]) -> None:
    """A distance right before the place, with no other place between: 2 كم من مشفى هجين شرقي دير الزور is so far from the hospital alone; «طريق بطول 20 كم
    في درعا» tells none."""
    forms = document.forms
    if forms[mention.head].preposition and not forms[mention.head].relation and not forms[mention.head].whole_name:
        return
    begin = document.sentences[document.sentence_of[mention.first]].begin
    for k in range(mention.head - 1, max(mention.head - 6, begin), -1):
        if k in taken or forms[k].bare in _NO_WAY_OFF or (forms[k].bare in TOWARDS and forms[k].text != "من"):
            return  # «تقدموا 5 كم باتجاه هجين» is no distance from it
        if _length(document, k, forms[k].text):
            if forms[k].text == "كم" and not forms[k - 1].pos & FIGURE:
                continue  # «كم كلفت»
            mention.distance_km, mention.head = _kilometres(document, k, begin)
            mention.relation = mention.relation or "near"
            return


def _distance_behind(document: Document, mention: Mention, taken: set[int]) -> None:
    """A distance behind the place from which it is told: غربي الفاشر بنحو 60 كيلومترا, شمال درنة بكيلومترين, شمال درنة على بعد 800 متر, تبعد عن درنة 40 كم;
    «شمال درنة على بعد 5 كم من سوسة» is so far from the other."""
    forms, head, k = document.forms, mention.head, mention.last + 1
    off = head > 1 and forms[head - 1].text == "عن" and forms[head - 2].stem in _LIES_OFF
    aside = mention.relation is not None and mention.relation.endswith("_of")
    if aside and k + 1 < len(forms) and forms[k].text == "،" and forms[k + 1].text == "علي":
        k += 1
    away = k + 1 < len(forms) and forms[k].text == "علي" and forms[k + 1].text in _FAR_OFF
    if k >= len(forms) or not (off or (aside and (away or forms[k].text.startswith("ب")))):
        return
    for j in range(k, min(k + _WORDS_OF_DISTANCE, len(forms))):
        if j in taken or forms[j].conjunction or forms[j].pos & PUNCTUATION or document.sentence_of[j] != document.sentence_of[k]:
            return
        if _length(document, j, forms[j].bare):
            if not (j + 1 < len(forms) and forms[j + 1].text in ("من", "عن")):
                mention.distance_km, _ = _kilometres(document, j, k)
                mention.relation = mention.relation or "near"
            return


_WORDS_OF_DISTANCE: Final = 6
_FAR_OFF: Final = ("بعد", "مسافه")


def _length(document: Document, k: int, form: str) -> float:
    """How many kilometres one of the unit `form` at token `k` is; 0 if it is none: كم, متر, ميل, ميل بحري."""
    if form in _KILOMETRES:
        return 1.0
    if form in _METRES:
        return 0.001
    at_sea = k + 1 < len(document.forms) and document.forms[k + 1].text in _OF_THE_SEA
    return (1.852 if at_sea else 1.609) if form in _MILES else 0.0


def _kilometres(document: Document, k: int, begin: int) -> tuple[float | None, int]:
    """How many kilometres the word at token `k` tells, and where they begin: 2,5 كم, خمسة كيلومترات, كيلومترين, 800 متر, 50 ميلا بحريا."""
    form = document.forms[k]
    each = _length(document, k, form.text) or _length(document, k, form.bare)
    if form.noun is not None and form.noun[2] == "d":
        return 2 * each, k
    told, first = _figure_before(document, k, begin)
    if told is None:
        return (1.0 if first == k and form.text == "كيلومتر" else None), first
    return round(told * each, 3), first


def _figure_before(document: Document, k: int, begin: int) -> tuple[float | None, int]:
    """The number that stands before token `k`, and where it begins; `k` where none does."""
    before = document.forms[k - 1]
    if before.pos & FIGURE:
        try:
            return float(before.text.replace(",", ".")), k - 1
        except ValueError:
            return None, k - 1
    for first in range(max(k - 3, begin), k):
        told = value_at(document.words, first, k)
        if told is not None and told[1] == k:
            return float(told[0]), first
    return None, k


_CHAIN_WORDS: Final = words("places.in_chains")
_BELONGING: Final = words("places.belonging")
_EACH_OF: Final = words("places.each_of")
TOWARDS: Final = words("places.towards")
_KILOMETRES: Final = words("places.kilometres")
_METRES: Final = words("places.metres")
_MILES: Final = words("places.miles")
_OF_THE_SEA: Final = words("places.of_the_sea")
_NO_WAY_OFF: Final = words("places.no_way_off")
_LIES_OFF: Final = words("places.lies_off")


def _opens_a_list(document: Document, before: Mention, mention: Mention) -> bool:
    """«المتمركزة في جورين | بلدات قسطون والزيارة»: several places right behind another hold it not."""
    form = document.forms[mention.head]
    return before.tail + 1 == mention.head < mention.first and bool(form.place) and form.noun is not None and form.noun[2] == "p" and not form.preposition


def _links(document: Document, parent: Mention, k: int) -> bool:
    """Whether the word at token `k` may stand between a place and what holds it: «في», «التابعة», a side, an adjective in front of a preposition or a side
    (منبه الحدودية بصعدة, مارع الاستراتيجية شمالي حلب)."""
    form = document.forms[k]
    if form.text in _CHAIN_WORDS or form.text in QUOTES or form.text in DIRECTION_ADJECTIVES or form.relation:
        return True
    told = bool(document.forms[parent.head].preposition or parent.relation or document.forms[parent.head - 1].text in _CHAIN_WORDS)
    return told and form.article and bool(form.pos & ADJECTIVE) and not form.pos & (NOUN | EVENT) and not form.conjunction and not form.preposition


def _parents(document: Document, main: str) -> None:
    """A place told right behind another, with no more than a preposition between, is its parent: قرية X بمديرية Y غرب محافظة Z."""
    forms = document.forms
    places = document.places
    for number, mention in enumerate(places):
        if number == 0:
            continue
        before = places[number - 1]
        between = range(before.tail + 1, mention.head)
        if document.sentence_of[before.first] != document.sentence_of[mention.first] or len(between) > 3:
            continue
        if before.first == mention.first or before.label == "country" or forms[mention.head].conjunction or _opens_a_list(document, before, mention):
            continue
        if all(_links(document, mention, k) for k in between) and not any(forms[k].text == "من" for k in between):
            if forms[mention.head].preposition != "ل" or forms[mention.head].relation or forms[mention.head - 1].stem in _BELONGING:
                mention.parent_of = number - 1
    for number in range(len(places) - 1, 0, -1):
        child_index = places[number].parent_of
        if child_index >= 0:
            child, parent = places[child_index], places[number]
            if child.row < 0:
                child.country = child.country or parent.country
                child.admin1 = child.admin1 or parent.admin1
    for mention in places:
        if mention.country is None and mention.row < 0 and main:
            mention.country = main
