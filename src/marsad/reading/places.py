"""Places that a text names: those of the gazetteer, and those that only the words around them show.

A name that no list knows is a place behind a kind word (قرية تل الضمان, جسر الصداقة), behind a preposition of place (في بيكانبارو), in
front of a place that it lies in (في بني جابر بمديرية الخوخة), beside another in a list (قرى كذا وكذا; كفرتابو/تل أبيض), or where it was
shown to be a place elsewhere in the report. A definite kind word with its adjective (الطريق الساحلي) is a name of its own.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic.counted import counted_nouns
from marsad.arabic.date_words import MONTHS, WEEKDAYS
from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, LATIN, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.forces import ORDINALS, is_arm
from marsad.reading.party_names import bare_stem
from marsad.reading.places_listed import DASHES, LOCATIVE, QUOTES, UNITS, stands_behind
from marsad.reading.sites import AT, SITES, is_movement, may_be_site, relates, site_end

DIRECTIONS: Final = words("places.directions")
DIRECTION_ADJECTIVES: Final = words("places.direction_adjectives")
_OPENERS: Final = words("places.openers")
NAME_OPENERS: Final = words("places.name_openers")
_STRONG: Final = words("places.sure_kinds")
_DEFINITE: Final = words("places.definite_kinds")
_ALL_OVER: Final = words("places.all_over")
_SEATS: Final = words("places.seats")
_AREAS: Final = words("places.named_areas")
_TAKES_MORE: Final = words("places.takes_more")
_GATHERED: Final = words("places.gathered")
QUARTERS: Final = words("places.quarters")
_ROADS: Final = words("places.roads")
_WAYS: Final = words("places.ways")
OF_WAYS: Final = words("places.of_ways")
_ATTACKS: Final = words("places.attacks")
ENCLITICS: Final = ("هم", "ها", "نا", "هما", "كم", "هن")


# --- found while the tokens are passed -------------------------------------------------------------------------------


def add_listed(document: Document, i: int, last: int, rows: list[int]) -> None:
    """A listed place; the first row is provisional until the report's other places are known."""
    mention = Mention("place", i, last, i, last, row=rows[0], label=document.lexicon.places[rows[0]][2])
    if len(rows) > 1:
        mention.rows = tuple(rows)
    put(document, mention)


def put(document: Document, mention: Mention) -> None:
    """Keep a place."""
    document.places.append(mention)
    document.place_at[mention.first] = mention


def _finer_at(document: Document, i: int) -> bool:
    """Whether a place that is no country begins at token `i`."""
    place = document.place_at.get(i)
    return place is not None and place.label != "country"


def headed_place(document: Document, i: int, taken: set[int]) -> bool:
    """A place that the word at token `i` opens: its kind word, or an unknown name in front of its parent."""
    form = document.forms[i]
    if (form.place and _cued_place(document, i, taken)) or _site(document, i, taken):
        return True
    if form.article and _definite_place(document, i, taken):
        return True
    if (form.pos == 0 and not form.article) or form.bare in NAME_OPENERS:
        return _parented_place(document, i, taken)
    return False


def _cued_place(document: Document, i: int, taken: set[int]) -> bool:
    """A place that its kind word brings in and no list knows: قرية تل الضمان, حاجز الملعب. True if one was found."""
    forms = document.forms
    head = forms[i]
    if head.enclitic or is_movement(document, i):
        return False
    j = i + 1
    while j < len(forms) and forms[j].text in QUOTES:
        j += 1
    if j < len(forms) and not head.article and j not in taken:
        take_for_name(document, j)
    named = head.place == "named"
    if named and not head.article and j < len(forms):
        k = j + 1 if ((forms[j].place or _is_main(document, head, j)) and not forms[j].conjunction and not forms[j].preposition and j not in taken) else j
        place = document.place_at.get(k)
        if place is not None and place.first == k and not forms[k].preposition and not forms[k].conjunction:
            place.first = place.head = i  # مطار مدينة الحديدة, شبه جزيرة القرم: the kind is part of the name
            place.label = head.stem
            place.cued = True
            if head.stem in _WAYS:
                _take_other_ends(document, place)
            taken.update(range(i, place.last + 1))
            return True
    if j < len(forms) and head.noun is not None and head.noun[2] == "d" and forms[j].stem in _GATHERED:
        return False  # جامعي الكمأة
    if j >= len(forms) or j in taken or head.article or document.sentence_of[i] != document.sentence_of[j]:
        return False
    last = _numbered(document, j) if named or head.stem in _STRONG else j - 1
    if last < j:
        last = place_name(document, j, taken, named, head)
        if named and _is_site(document, i):
            last = max(last, site_end(document, i))
        last = _with_number(document, i, last)
    if last < j:
        return False
    first = i if named else j
    put(document, Mention("place", first, last, i, last, label=head.stem, cued=True))
    taken.update(range(first, last + 1))
    return True


def _is_main(document: Document, head: Form, j: int) -> bool:
    """«طريق عام بنت جبيل - مارون الراس»: of what sort a road is, in front of its two ends."""
    forms = document.forms
    if head.stem not in _WAYS or forms[j].stem not in OF_WAYS or forms[j].article:
        return False
    place = document.place_at.get(j + 1)
    return place is not None and place.last + 1 < len(forms) and forms[place.last + 1].text in DASHES


def _take_other_ends(document: Document, road: Mention) -> None:
    """«طريق القامشلي - عامودا»: where a road goes to is part of its name; what stands in it is no party and no place of its own."""
    forms = document.forms
    while road.last + 2 < len(forms) and forms[road.last + 1].text in DASHES and not forms[road.last + 2].preposition:
        other = document.place_at.get(road.last + 2)
        if other is None or other.label == "country" or document.sentence_of[other.first] != document.sentence_of[road.first]:
            break
        document.places.remove(other)
        del document.place_at[other.first]
        road.last = other.last
    document.actors = [m for m in document.actors if not road.first < m.first <= road.last]


def _site(document: Document, i: int, taken: set[int]) -> bool:
    """A building or a post called by whose it is; parties in its name are found as they would be without it. True if one was found."""
    if not _is_site(document, i):
        return False
    last = _with_number(document, i, site_end(document, i))
    if last == i:
        return False
    put(document, Mention("place", i, last, i, last, label=document.forms[i].stem, cued=True))
    taken.add(i)
    return True


def _with_number(document: Document, i: int, last: int) -> int:
    """«معسكر اللواء 22», «مقر اللواء الثالث مدرع»: the last token of a post that is called by a unit, with the number of it and its arm."""
    forms = document.forms
    k = last - 1 if forms[last].stem in ORDINALS else last
    if k <= i or bare_stem(forms[k]) not in UNITS:
        return last
    behind = [form for n, form in enumerate(forms[k + 1 : k + 3], k + 1) if document.sentence_of[n] == document.sentence_of[i]]
    if not behind or not ((behind[0].pos & FIGURE and len(behind[0].text) <= _OF_A_UNIT) or (behind[0].article and behind[0].stem in ORDINALS)):
        return last
    return k + 2 if len(behind) > 1 and is_arm(behind[1]) else k + 1


_OF_A_UNIT: Final = 3  # figures


def take_for_name(document: Document, j: int) -> None:
    """Behind a word for a place or a preposition no verb stands that only its shape tells, none of several women, and no «as»: ولاية سينالوا, شارع ستارخان,
    في ستيباناكيرت, بلدة آدن يبال (which is أدنّ too), بلدة كتول; but «في قرية يتمركزون»."""
    form = document.forms[j]
    of_women = form.verb is not None and form.verb[4:6] == ("f", "p") and not form.pos & (NOUN | ADJECTIVE)
    guessed = form.guessed or (of_women and not form.conjunction and not form.enclitic)
    if (guessed and not form.names and form.text[0] not in "يت") or (form.preposition == "ك" and not form.whole_name and not form.article):
        document.forms[j] = document.lexicon.whole(form.text)


def _is_site(document: Document, i: int) -> bool:
    """Whether a building or a post is meant at token `i`; an office is one only where something is said to be or to go on there."""
    return may_be_site(document, i) and (document.forms[i].stem in SITES or stands_behind(document, i, AT))


def _numbered(document: Document, j: int) -> int:
    """مربع 9, محطة 15, الحي رقم 3, شارع 16 نوفمبر: the last token of a number that is a name, with its month; j - 1 if there is none, as in «في البادية
    20 عنصرا»."""
    forms = document.forms
    if forms[j].pos & FIGURE and len(forms[j].text) <= _OF_A_DAY and j + 1 < len(forms) and forms[j + 1].text in MONTHS and not forms[j - 1].article:
        return j + 1
    if forms[j].text == "رقم" and j + 1 < len(forms) and forms[j + 1].pos & FIGURE:
        return j + 1
    if (
        j + 1 < len(forms)
        and not forms[j + 1].article
        and not forms[j + 1].preposition
        and (forms[j + 1].person or counted_nouns().get(forms[j + 1].text, ("", _DUAL))[1] != _DUAL)
    ):
        return j - 1
    return j if forms[j].pos & FIGURE and len(forms[j].text) <= 3 and document.sentence_of[j] == document.sentence_of[j - 1] else j - 1


_DUAL: Final = 2  # no figure counts it
_OF_A_DAY: Final = 2  # figures


def _definite_place(document: Document, i: int, taken: set[int]) -> bool:
    """الطريق الساحلي, الحي الشرقي, الأراضي اليمنية; and الحدود, الميناء where a preposition shows that the place is meant."""
    forms = document.forms
    form = forms[i]
    if form.noun is None or (form.pos & EVENT and not form.place):
        return False
    if form.stem == "شعب" or (form.stem == "خط" and not (i + 1 < len(forms) and forms[i + 1].article and forms[i + 1].stem in _ROADS)):
        return False  # the people; الخط الأحمر, but «الخط الساحلي»
    if is_movement(document, i):
        return False
    if form.stem == "مركز" and i + 1 < len(forms) and forms[i + 1].person == "press":
        return False  # المركز الإعلامي, المركز الصحفي: a body
    known = form.place == "named" or form.stem in _AREAS or form.stem in _SEATS or (form.stem == "عاصمه" and _of_a_nation(document, i))
    last = i
    while known and last + 1 < len(forms) and last - i < 2 and last + 1 not in taken:
        behind = forms[last + 1]
        if not behind.article or behind.conjunction or behind.preposition or behind.pos & (EVENT | CLOSED):
            break
        if behind.stem in _TAKES_MORE or not (behind.pos & ADJECTIVE or behind.nisba or behind.text in DIRECTION_ADJECTIVES or relates(behind)):
            break  # المناطق القريبة من الحدود, الطريق الرابط بين كذا وكذا
        last += 1
    if known and last == i and i + 1 < len(forms) and form.place == "named":
        last = max(i, _numbered(document, i + 1))
    if form.stem in document.lexicon.relations and _is_part(document, last + 1):
        return False  # الأطراف الشرقية لمدينة تعز, الشمال الشرقي من درعا: a part of what is named
    seat = form.stem in _SEATS
    if seat and i > 1 and forms[i - 1].text == "في" and forms[i - 2].person == "official" and document.sentence_of[i - 2] == document.sentence_of[i]:
        return False  # نائب في البرلمان العراقي
    if last == i and not (form.stem in _DEFINITE and _alone(document, i)) and not (seat and not form.preposition and stands_behind(document, i, AT - LOCATIVE)):
        return False  # أمام السفارة is a place; «عرض على البرلمان», «في البرلمان» need not be
    if seat and not stands_behind(document, i, LOCATIVE | AT) and not (last > i and _is_attacked(document, i)):
        return False
    put(document, Mention("place", i, last, i, last, label=form.stem, cued=True))
    if not seat:
        taken.update(range(i, last + 1))
    return not seat


def _is_part(document: Document, k: int) -> bool:
    """Whether at token `k` it is told of what something is a part or a side, past the point of the compass."""
    forms = document.forms
    k += k < len(forms) and forms[k].text in DIRECTION_ADJECTIVES
    return k < len(forms) and (forms[k].preposition == "ل" or forms[k].text == "من")


def _is_attacked(document: Document, i: int) -> bool:
    """اقتحام السفارة الأميركية, هاجم مسلحون القنصلية التركية: a seat as the object of what is done to it, by up to one word in between."""
    forms = document.forms
    for k in range(i - 1, max(i - 3, -1), -1):
        if document.sentence_of[k] != document.sentence_of[i] or forms[k].pos & PUNCTUATION or forms[i].preposition or forms[i].conjunction:
            return False
        if is_of(forms[k], _ATTACKS):
            return True
    return False


def is_of(form: Form, told: frozenset[str]) -> bool:
    """Whether a noun is one of these words (also «هجوما»), or a verb a form of one."""
    if form.stem in told or (form.verb is not None and fold(str(form.verb[0])) in told):
        return True
    return form.noun is not None and form.noun[4] == "accusative" and fold(str(form.noun[0])) in told


def _of_a_nation(document: Document, i: int) -> bool:
    """العاصمة البلجيكية, with no name of the town behind it."""
    forms = document.forms
    return i + 1 < len(forms) and bool(forms[i + 1].nisba) and forms[i + 1].article and i + 2 not in document.place_at


def _alone(document: Document, i: int) -> bool:
    """Whether a bare الحدود, الميناء is meant as a place: behind a preposition of place, البلاد and العاصمة with care."""
    form = document.forms[i]
    if form.stem == "بلاد":
        before = document.forms[i - 1] if i else None
        return before is not None and (bool(before.relation) or before.stem in _ALL_OVER or before.bare in LOCATIVE or _has_seen(before))
    if form.stem == "عاصمه" and (i + 1 in document.place_at or (i + 1 < len(document.forms) and document.forms[i + 1].nisba)):
        return False
    if form.stem == "سجن" and form.preposition:
        return False  # حكم بالسجن
    return stands_behind(document, i, LOCATIVE)


def _has_seen(form: Form) -> bool:
    """شهدت البلاد, تشهد: a verb whose subject is where something goes on."""
    return form.verb is not None and fold(str(form.verb[0])) == "شهد"


def _parented_place(document: Document, i: int, taken: set[int]) -> bool:
    """An unlisted place that only its parent shows: في بني جابر بمديرية الخوخة, بتقاطع X في صرواح, كفرتابو/تل أبيض. True if one was found."""
    forms = document.forms
    last = i
    while (
        last + 1 < len(forms)
        and last - i < 2
        and forms[last + 1].pos in (0, NAME)
        and not forms[last + 1].preposition
        and not forms[last + 1].conjunction
        and last + 1 not in taken
    ):
        last += 1
    j = last + 1
    if j + 1 >= len(forms) or document.sentence_of[i] != document.sentence_of[j]:
        return False
    if last == i and forms[i].place:
        return False  # بئر في قرية الشقب
    behind, follows = forms[j], forms[j + 1]
    name = len(forms[i].stem) > 2 and not forms[i].names
    if name and (behind.text == "/" or (behind.text == "(" and stands_behind(document, i, LOCATIVE))) and _finer_at(document, j + 1):
        put(document, Mention("place", i, last, i, last, label="unlisted", cued=True))
        taken.update(range(i, last + 1))
        return True
    if not stands_behind(document, i, LOCATIVE):
        return False
    cued = behind.preposition == "ب" and (behind.place == "kind" or j in document.place_at)
    cued = cued or (behind.text == "في" and (follows.place == "kind" or _finer_at(document, j + 1)))
    if not cued:
        return False
    put(document, Mention("place", i, last, i, last, label="unlisted", cued=True))
    taken.update(range(i, last + 1))
    return True


_ABSTRACT: Final = frozenset(("group", "event", "masdar", "abstract", "person", "time", "quantity", "speech", "document", "harm"))


_DEPARTMENTS: Final = words("places.departments")
_VILLAGES: Final = words("places.villages")


def _may_be_village(form: Form, kind: str) -> bool:
    """Whether a bare noun behind «قرية» is its name: قبتين, إسلام."""
    if form.pos & EVENT or not form.pos & NOUN or form.adjective or form.enclitic or form.relation or form.place:
        return False
    return kind == "abstract" or kind not in _ABSTRACT


def place_name(document: Document, j: int, taken: set[int], named: bool, head: Form | None = None) -> int:
    """The last token of an unlisted place name that begins at `j`; j - 1 if none can be told."""
    forms = document.forms
    form = forms[j]
    if form.conjunction or (form.preposition and form.pos):
        return j - 1
    plain = form.pos == 0 or bool(form.pos & (NAME | LATIN)) or form.text in MONTHS  # مطار T4, منطقة مايو
    strong = head is not None and head.stem in _STRONG and form.article and not form.place
    if head is not None and _opens_a_name(document, j):
        return to_the_end(document, j, taken, named)
    if head is not None and head.stem == "سوق" and form.text in WEEKDAYS:
        return to_the_end(document, j, taken, named)  # سوق الثلاثاء القديم
    if form.pos & (CLOSED | PUNCTUATION | FIGURE) and not is_mother(document, j) or (form.pos & VERB and not form.pos & (NOUN | NAME)):
        return j - 1
    if form.nisba and not strong:
        return j - 1
    kind = form.noun[1] if form.noun else ""
    plural = head is not None and head.noun is not None and head.noun[2] == "p" and named
    if plural and form.adjective is not None and form.adjective[3] == "f" and not form.article:
        return j - 1  # أحياء كاملة, though كامل is a name
    if strong:
        office = head is not None and head.stem == "مديريه" and form.stem in _DEPARTMENTS  # مديرية الأمن, مديرية الصحة
        if office or (kind in ("time", "quantity") and not plain):
            return j - 1
    elif form.article and not plain:
        if (
            form.pos & EVENT
            or not named
            or (plural and kind in _ABSTRACT and not _is_first_quarter(document, j, head))
            or (form.adjective and not form.pos & NOUN and head is not None and head.article)
        ):
            return j - 1
        if kind in ("time", "quantity", "event", "masdar", "speech"):
            return j - 1
    elif not plain and head is not None and head.stem in _VILLAGES and not head.article and _may_be_village(form, kind):
        pass
    elif not plain:
        if form.pos & EVENT or not named or plural or not form.pos & NOUN or form.adjective or kind in _ABSTRACT or form.place == "kind":
            return j - 1
    return to_the_end(document, j, taken, named)


def _is_first_quarter(document: Document, j: int, head: Form | None) -> bool:
    """«أحياء العسكري ونزال», «أحياء الشهيد والمعلمين»: one person as the name of the first of several quarters, another of which is joined to it."""
    forms = document.forms
    noun = forms[j].noun
    if head is None or head.stem not in QUARTERS or noun is None or noun[1] != "person" or noun[2] != "s" or j + 1 >= len(forms):
        return False
    return forms[j + 1].conjunction == "و" and document.sentence_of[j + 1] == document.sentence_of[j]


def _opens_a_name(document: Document, j: int) -> bool:
    """«قرية بيت سوا», «منطقة بيت حاميم»: a word with which names begin, whatever else it means, in front of one that can only be a name."""
    forms = document.forms
    if forms[j].stem not in _OPENERS or forms[j].article or j + 1 >= len(forms) or document.sentence_of[j + 1] != document.sentence_of[j]:
        return False
    behind = forms[j + 1]
    return not behind.conjunction and not behind.preposition and (behind.pos in (0, NAME) or behind.guessed) and not behind.nisba


def is_mother(document: Document, j: int) -> bool:
    """«قرية أم عشيرة», «قرى كذا وأم زريبة»: «أم» with a word behind it that goes on with a name, and not the particle («مدينة أم قرية»)."""
    forms = document.forms
    if forms[j].stem not in NAME_OPENERS or j + 1 >= len(forms) or document.sentence_of[j + 1] != document.sentence_of[j]:
        return False
    behind = forms[j + 1]
    return not (behind.conjunction or behind.preposition or behind.place or behind.pos & (CLOSED | PUNCTUATION | FIGURE))


def _may_begin_with_and(form: Form) -> bool:
    """Whether an unknown word may be «و» and a name: قرى كذبارا وزنكولي."""
    return form.text[0] == "و" and form.pos == 0 and not form.conjunction and len(form.text) > _SHORT and not form.whole_name


_SHORT: Final = 4  # letters of سومورست ويست


def to_the_end(document: Document, j: int, taken: set[int], named: bool) -> int:
    forms = document.forms
    last = j
    while last + 1 < len(forms) and last - j < 3 and (last + 1) not in taken:
        following = forms[last + 1]
        if following.pos & FIGURE and forms[last].pos & LATIN and document.words.ends[last] == document.words.starts[last + 1]:
            last += 1  # مطار T4
            break
        if following.conjunction or following.preposition or following.pos & (PUNCTUATION | FIGURE):
            break
        if following.pos & VERB and not (forms[last].stem in _OPENERS and (following.guessed or (following.pos & NOUN and not following.pos & EVENT))):
            break  # but «حي عبد الحق», «حي وادي ياصول»
        if following.text in DIRECTION_ADJECTIVES and following.article:
            if not named and not forms[last].article and following.stem in DIRECTIONS:
                break
            last += 1
            break
        if following.pos & CLOSED or (_may_begin_with_and(following) and forms[last].stem not in _OPENERS):
            break
        if following.pos == 0 and (not following.article or (last == j and not forms[last].article)) and not following.nisba:
            last += 1
            continue
        if following.pos & NAME and not following.pos & (NOUN | ADJECTIVE):
            last += 1
            continue
        if forms[last].stem in _OPENERS:
            last += 1
            continue
        break
    return last
