"""Parties and persons that no list names: by a head word with what belongs to it, by what people are, by their own names.

جنود أتراك, مسلحون, الطرفان; صحفيون, المسافرين, آلاف; العقيد خليفة عبدالحفيظ. Forces and bodies are in `forces.py`; words that point back to a party named
before (التنظيم) in `parties_later.py`.
"""

from __future__ import annotations

from typing import Any, Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, NAME, NOUN, PREPOSITION, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import values, words
from marsad.reading.document import Document, Mention
from marsad.reading.forces import COMMITTEES, FORCES, KINDRED, PRIVATE_TITLES, TALKS, are_men, group_at, national_at, tribe_at, unit_at
from marsad.reading.party_names import CALLED, OF_GOD, bare_stem, has_article, is_ala, name_after, names_on, of_two_names, strangely_on
from marsad.reading.places_listed import INTO, LOCAL_FORCES, QUOTES, TITLES, UNITS

PERSON_IDS: Final[dict[str, str]] = values("parties.person_ids")
_SIDES: Final = words("parties.sides")
_CROWDS: Final = words("parties.crowds")
_BODIES: Final = words("parties.bodies")
_LIKE_PLACES: Final = words("parties.titles_of_places")
_FURTHER_PEOPLE: Final[dict[str, str]] = values("parties.further_people")
_OF_RANK: Final = words("parties.of_rank")
_SHIPS: Final = words("parties.ships")
_CHILDREN: Final = words("parties.children")
_OF_TITLES: Final = words("parties.of_titles")
_MANKIND: Final = words("parties.mankind")
_PARTICIPLES: Final = words("parties.participles")
_ENDINGS: Final = ("يه", "ات", "ون", "وا", "ها", "هم", "نا", "هن")


def headed_party(document: Document, i: int, taken: set[int]) -> None:
    """The party or person that the word at token `i` opens, if it does."""
    form = document.forms[i]
    noun = form.noun
    if form.bare in _SIDES or form.bare in _CROWDS:
        _side_or_crowd(document, i, taken)
        return
    if form.bare in TITLES and _titled(document, i, taken):
        return
    if form.bare in OF_GOD and not form.preposition and i + 1 < len(document.forms) and document.forms[i + 1].text == "الله":
        last = name_after(document, i, taken, most=4)
        if last > i + 1:  # فضل الله alone is as often no name
            _take_named(document, i, last, taken)
            return
    if noun is not None and fold(str(noun[0])) in KINDRED and not form.pos & ADJECTIVE and tribe_at(document, i, taken):
        return
    if form.stem in _CHILDREN and not form.article and not form.enclitic and i + 1 < len(document.forms) and _is_house(document, i + 1):
        if tribe_at(document, i, taken):
            return
    if noun is None or (form.pos & CLOSED and not (noun[4] == "accusative" and i and document.forms[i - 1].pos & FIGURE)):  # 17 عسكريا
        if form.nisba and _nationals(document, i, taken):
            return
        if form.pos & NAME and (not form.pos & (CLOSED | VERB) or (form.text == "علي" and not is_ala(document, i)) or _is_no_verb(document, i)):
            _named_person(document, i, taken)
        elif not form.pos and not form.article:
            _strangers_name(document, i, taken)
        return
    _party_of_noun(document, i, noun, taken)


def _party_of_noun(document: Document, i: int, noun: tuple[Any, ...], taken: set[int]) -> None:
    """The party or person that a noun opens by its class: a group, a person, a title, forces, a body, what is armed."""
    form = document.forms[i]
    if noun[1] == "group":
        if form.stem.endswith(("ي", "يه")) and _is_adjective(document, i):  # الصواريخ البحرية, بنزاع عشائري مسلح
            national_at(document, i, i, taken)
        else:
            group_at(document, i, taken)
    elif form.pos & NAME and _may_be_given(form) and not form.article and (names_on(document, i) or strangely_on(document, i)):
        _named_person(document, i, taken)  # رجب طيب أردوغان, غازي حمد, ناجي مقبل, فارس العلي
    elif noun[1] == "person" and not form.person and fold(str(noun[0])) in _FURTHER_PEOPLE:
        _further_person(document, i, taken)
    elif noun[1] == "person" and form.person:
        deed = form.pos & EVENT and form.stem.endswith("ه") and form.preposition == "ب"  # قاموا بمهاجمة سيارة
        spot = form.place and not form.article and i + 1 < len(document.forms) and document.forms[i + 1].article  # قصر المؤتمرات: no minors
        if not deed and not spot and not _is_adjective(document, i):
            _person(document, i, taken)
    elif noun[1] == "title":
        if form.bare not in PRIVATE_TITLES:
            national_at(document, i, i, taken)
    elif form.nisba and _nationals(document, i, taken):
        return
    elif form.stem in COMMITTEES:
        group_at(document, i, taken)
    elif form.stem in FORCES or form.stem in TALKS or form.pos & EVENT:
        if national_at(document, i, i, taken):
            return
        if form.stem in _BODIES and form.article:
            document.actors.append(Mention("actor", i, i, i, i, label="body"))
            taken.add(i)
    elif form.stem in _BODIES or noun[1] in ("vehicle", "military", "weapon"):
        if national_at(document, i, i, taken):
            return
        if form.stem in _BODIES:
            group_at(document, i, taken)
        elif fold(str(noun[0])) in _SHIPS:
            document.actors.append(Mention("actor", i, i, i, i, label="group"))
            taken.add(i)


def _is_house(document: Document, k: int) -> bool:
    """Whether the word at token `k` names the tribe whose children are told in front of it: أولاد سليمان, أولاد عمران; not أولاد المدرسة, أولاد الرجل."""
    form = document.forms[k]
    if document.sentence_of[k] != document.sentence_of[k - 1] or form.pos & VERB or k in document.place_at:
        return False
    if form.enclitic or form.text.endswith(("ته", "يه", "ها", "هم")):
        return False  # أولاد أخيه
    return bool(form.pos & NAME) or (not form.pos and not form.article)


def _may_be_given(form: Form) -> bool:
    """Whether a noun that is a given name too tells no rank and nobody of a kind that matters: غازي, فارس; not شهيد, مقدم."""
    assert form.noun is not None
    return form.noun[1] not in ("person", "title") or form.noun[4] == "construct" or (form.noun[1] == "person" and not form.person)


def _is_no_verb(document: Document, i: int) -> bool:
    """Whether a name that is a verb too, with a further name behind it, stands where no verb does: right behind a verb (نجا زيد إبراهيم العزاوي), behind a
    preposition (أفرج عن ياسر العلي), joined to another man (سالم محمد وياسر العلي)."""
    forms = document.forms
    if not i or document.sentence_of[i - 1] != document.sentence_of[i] or forms[i].pos & CLOSED or not (names_on(document, i) or strangely_on(document, i)):
        return False
    before = forms[i - 1]
    if forms[i].conjunction:
        return forms[i].conjunction == "و" and any(m.label == "named" and m.last == i - 1 for m in document.actors)
    if before.text in ("عن", "مع", "علي", "ضد", "الي", "لدي"):
        return True
    return before.verb is not None and bool(before.pos & VERB) and not before.pos & (ADJECTIVE | NAME | CLOSED)


def _is_adjective(document: Document, i: int) -> bool:
    """عسكري in مصدر عسكري: the form is an adjective too, and the noun that it agrees with stands in front."""
    form = document.forms[i]
    if i == 0 or not form.pos & ADJECTIVE or form.conjunction or form.preposition:
        return False
    before = document.forms[i - 1]
    if before.noun is not None and (before.noun[1] == "quantity" or (before.noun[1] == "time" and before.pos & VERB)):
        return False  # أربعة مسلحين, فجر انتحاري نفسه
    if form.article and document.place_before(i):
        return True  # مطار التيفور العسكري
    if are_men(form) and before.noun is not None and before.noun[1] != "person" and before.noun[2] != "d":
        return False  # هاجمت القوات المسلحين, but التفجيرين الإرهابيين
    if _victim_of(document, before):
        return False  # مقتل قيادي: the genitive is the victim
    if before.pos & VERB and before.events and all(verbal for _, verbal, _ in before.events) and not before.pos & NOUN:
        return False
    return bool(before.pos & (NOUN | EVENT)) and not before.pos & FIGURE and has_article(before) == form.article and not before.pos & CLOSED


def _victim_of(document: Document, before: Form) -> bool:
    """Whether a word of harm or of a deed done to somebody stands in front: مقتل, اعتقال."""
    for number, is_verb, _ in before.events:
        entry = document.lexicon.events[number]
        if entry.harm or (not is_verb and entry.frame.g in ("k", "t")):
            return True
    return False


def _person(document: Document, i: int, taken: set[int]) -> None:
    """People by what they are: مدنيين, مسلحون, صحفيان; a party's people take the party's id (مسلحي الحوثي, عناصر من قسد)."""
    forms = document.forms
    form = forms[i]
    if (form.article and form.stem in _MANKIND) or begins_with_verb(document, i) or national_at(document, i, i, taken):
        return
    tail = i
    while (
        tail + 1 < len(forms)
        and forms[tail + 1].pos & ADJECTIVE
        and not forms[tail + 1].conjunction
        and not forms[tail + 1].preposition
        and forms[tail + 1].adjective
        and forms[tail + 1].bare not in INTO  # إلى, which folds to the adjective آلي
    ):
        if forms[tail + 1].article != form.article or tail - i >= 2:
            break
        tail += 1
    id_ = PERSON_IDS.get(form.person)
    if form.person == "settler" and not document.theatre & {"PS", "IL"}:
        id_ = None
    if form.person == "elder" and form.noun and form.noun[2] == "s":
        if _titled(document, i, taken) or form.article or not i or not _victim_of(document, forms[i - 1]):
            return  # الشيخ is a title, but مقتل شيخ قبلي is one man's death
        id_ = None
    if form.noun and form.noun[2] == "s":
        last = name_after(document, tail, taken, most=4)
        if form.enclitic and last == tail + 1 and not forms[last].pos:
            last = tail  # عائلته | أعوان الأمن
        if last > tail and not forms[tail + 1].article:
            document.actors.append(Mention("actor", i, last, i, last, id=id_, label=form.person if form.person != "official" else "named"))
            taken.update(range(i, last + 1))
            return
    before = forms[i - 1] if i else form
    if i and _office_of_a_place(document, i, taken):
        return
    if form.person == "official" and (before.person == "official" or (before.verb is not None and "speech" in str(before.verb[1]))):
        return
    if (_attribute(form, before) and i) or (form.person == "neutral" and _tells_whence(document, i)):
        return
    if form.person == "official" and (form.noun is None or form.noun[2] == "s" or form.enclitic):
        if form.article or form.enclitic or not (_victim_of(document, before) or _counts(before) or _is_object(document, i)):
            return  # who only speaks or is named by an office
    document.actors.append(Mention("actor", i, i, i, tail, id=id_, label=form.person))
    taken.update(range(i, tail + 1))


def _office_of_a_place(document: Document, i: int, taken: set[int]) -> bool:
    """«اغتيال محافظ عدن», «موكب قائد شرطة لحج», «نجا مدير أمن أبين من تفجير»: one who is told by his office alone, with the place of it, where something befalls
    him. True if he is."""
    forms, form = document.forms, document.forms[i]
    if form.stem not in _LOCAL_OFFICES or form.article or form.enclitic or form.conjunction or form.preposition:
        return False
    if document.sentence_of[i - 1] != document.sentence_of[i] or not (
        _victim_of(document, forms[i - 1]) or _is_of_him(forms[i - 1]) or _is_object(document, i)
    ):
        return False
    k = i + 1
    while k < len(forms) and (forms[k].stem in LOCAL_FORCES or forms[k].place == "kind") and not has_clitics(forms[k]):
        k += 1
    place = document.place_at.get(k)
    if place is None or has_clitics(forms[k]) or document.sentence_of[k] != document.sentence_of[i]:
        return False
    behind = place.last + 1
    if behind < len(forms) and (forms[behind].bare in TITLES or forms[behind].pos & NAME):
        return False  # محافظ عدن أحمد لملس is told by his name
    document.actors.append(Mention("actor", i, place.last, i, place.last, label=form.person if form.person != "official" else "named"))
    taken.update(range(i, place.last + 1))
    return True


def has_clitics(form: Form) -> bool:
    """Whether an article, a conjunction, a preposition or a pronoun clings to a word."""
    return bool(form.article or form.conjunction or form.preposition or form.enclitic)


def _is_of_him(before: Form) -> bool:
    """What is somebody's and is struck for his sake (موكب, سيارة, حياة), or a verb of what he goes through (نجا, تعرض)."""
    verb = fold(str(before.verb[0])) if before.verb is not None and before.pos & VERB else ""
    return (before.stem in _STRUCK_FOR_HIM and not before.article and not before.enclitic) or verb in _GOES_THROUGH


_LOCAL_OFFICES: Final = words("parties.local_offices")
_STRUCK_FOR_HIM: Final = words("parties.struck_for_him")
_GOES_THROUGH: Final = words("parties.goes_through")


def _counts(before: Form) -> bool:
    """Whether a figure or a numeral stands in front of who is told: 13 نائبا, ثلاثة عشر وزيرا."""
    return bool(before.pos & FIGURE) or (before.noun is not None and before.noun[1] == "quantity")


def _is_object(document: Document, i: int) -> bool:
    """Whether who holds an office is the object of a deed whose doer stands in between: اغتال مجهولون رئيس بلدية, خطف مسلحون ليل أمس مدير مصرف."""
    forms, k = document.forms, i - 1
    ends = {mention.last: mention.first for mention in document.actors if mention.first < i}
    ends.update((date.last, date.first) for date in document.dates)
    while k >= 0 and k in ends and document.sentence_of[k] == document.sentence_of[i]:
        k = ends[k] - 1
    if k < 0 or k == i - 1 or document.sentence_of[k] != document.sentence_of[i] or forms[i].conjunction or forms[i].preposition:
        return False
    entries = (document.lexicon.events[number] for number, verbal, _ in forms[k].events if verbal)
    return bool(forms[k].pos & VERB) and any(entry.frame.o in ("k", "t") for entry in entries)


def _further_person(document: Document, i: int, taken: set[int]) -> None:
    """People whose word tells no kind that events ask for: انشق ملازم, أتباعه, المارة."""
    form = document.forms[i]
    if i and document.forms[i - 1].stem in _OF_RANK:
        return  # ضابط برتبة | عقيد
    if not begins_with_verb(document, i) and not national_at(document, i, i, taken) and not _is_adjective(document, i):
        label = _FURTHER_PEOPLE[fold(str(form.noun[0]))] if form.noun else ""
        document.actors.append(Mention("actor", i, i, i, i, id=PERSON_IDS.get(label), label=label))
        taken.add(i)


def _tells_whence(document: Document, i: int) -> bool:
    """«80 صيادا من أبناء الخوخة», «ثلاثة شبان مدنيين من أبناء درعا»: people told before, by where they are from."""
    forms, k = document.forms, i - 2
    if k < 1 or forms[i - 1].text != "من" or document.sentence_of[k] != document.sentence_of[i]:
        return False
    behind = document.place_at.get(i + 1)
    if behind is None or forms[i + 1].conjunction or forms[i + 1].preposition:
        return False
    k -= bool(forms[k].pos & ADJECTIVE and not forms[k].person)
    return bool(forms[k].person) and not forms[k].article and not forms[k].enclitic


def begins_with_verb(document: Document, i: int) -> bool:
    """Whether a word for a person is the verb with which a clause begins: وطالب الأهالي, وقاتل المسلحون; طالب المحتجون, but not طالب جامعي."""
    forms = document.forms
    form, part = forms[i], document.sentences[document.sentence_of[i]]
    one = form.noun is not None and form.noun[2] == "s"  # أسر الضحايا are families
    if (
        not one
        or form.verb is None
        or fold(str(form.verb[0])) != form.stem
        or not form.pos & VERB
        or form.article
        or form.preposition
        or i + 1 >= part.end
        or not (i == part.begin or forms[i - 1].text in "،؛:")
    ):
        return False
    if form.conjunction and i == part.begin:
        return True
    behind = forms[i + 1]
    return behind.article or (behind.noun is not None and behind.noun[1] in ("person", "group") and behind.noun[2] == "p")


def _attribute(form: Form, before: Form) -> bool:
    """القوات العاملة: a participle that agrees with the noun in front."""
    if form.noun is None or fold(str(form.noun[0])) not in _PARTICIPLES or form.conjunction or form.preposition:
        return False
    return before.article and form.article and before.noun is not None and not before.pos & CLOSED


def _side_or_crowd(document: Document, i: int, taken: set[int]) -> None:
    """الطرفان, الأطراف المتناحرة; العشرات and the like where nobody is counted by them."""
    forms = document.forms
    behind = forms[i + 1] if i + 1 < len(forms) else None
    tail = i
    if behind is not None and behind.article and behind.adjective and not behind.conjunction:
        if behind.adjective[1] == "direction":
            return
        tail = i + 1
    if forms[i].bare in _CROWDS and behind is not None and (behind.text == "من" or behind.text == "مِن"):
        return
    label = "group" if forms[i].bare in _SIDES else "neutral"
    document.actors.append(Mention("actor", i, tail, i, tail, label=label))
    taken.update(range(i, tail + 1))


def _nationals(document: Document, i: int, taken: set[int]) -> bool:
    """People by their nation alone: الفلسطينيون, 171 فلسطينيا, مقتل سوري, فلسطينيان."""
    forms = document.forms
    form = forms[i]
    if form.adjective is None:
        return False
    before = forms[i - 1] if i and document.sentence_of[i - 1] == document.sentence_of[i] else None
    number, gender = form.adjective[2], form.adjective[3]
    counted = before is not None and before.noun is not None and before.noun[1] == "quantity"  # ثمانية إسرائيليين
    agrees = (
        before is not None
        and not counted
        and not form.conjunction
        and not form.preposition
        and bool(before.pos & (NOUN | ADJECTIVE))
        and before.article == form.article
    )
    if before is not None and (before.pos & FIGURE or _victim_of(document, before)) and not form.article and not (before.pos & NOUN and before.pos & FIGURE):
        if gender == "f" and form.stem.endswith("ه") and not before.pos & FIGURE and before.noun is not None and before.noun[3] == "f":
            return False  # إصابة سورية
    elif number not in ("p", "d") or gender != "m" or (agrees and not form.article and number != "p"):
        if not (form.text.endswith("يا") and before is not None and before.noun is not None and before.noun[1] == "quantity"):
            return False
    elif agrees and before is not None and before.noun is not None and before.noun[1] in ("person", "group", "title", "office") and before.noun[2] != "s":
        return False
    document.actors.append(Mention("actor", i, i, i, i, label="neutral"))
    taken.add(i)
    return True


def _named_person(document: Document, i: int, taken: set[int]) -> None:
    """A person by name: two names or more in a row, or a nom de guerre (أبو العمرين)."""
    forms = document.forms
    form = forms[i]
    if form.article or (form.pos & CLOSED and not (i + 1 < len(forms) and forms[i + 1].pos & NAME)):
        return
    nom = form.stem in ("ابو", "ابا", "ابي")
    if i > 1 and forms[i - 1].stem in CALLED and i - 2 in taken:
        return  # الملقب أبو علي, who is named in front of it
    last = name_after(document, i, taken, most=4)
    if last == i or (not nom and not forms[i].pos & NAME):
        return
    _take_named(document, i, last, taken)


def _take_named(document: Document, i: int, last: int, taken: set[int]) -> None:
    """A person; a house (آل حميدان) is several."""
    document.actors.append(Mention("actor", i, last, i, last, label="group" if document.forms[i].bare == "ال" else "named"))
    taken.update(range(i, last + 1))


def _strangers_name(document: Document, i: int, taken: set[int]) -> None:
    """Two unknown words in a row, no place by what stands in front of them: ناديزدا تولوكونيكوفا, نورا حسين."""
    forms = document.forms
    j = i + 1
    if j >= len(forms) or j in taken or document.sentence_of[i] != document.sentence_of[j] or len(forms[i].text) < 3:
        return
    second = forms[j]
    if second.pos not in (0, NAME) or second.article or second.conjunction or second.preposition or second.names or forms[i].names or second.nisba:
        return
    before = forms[i - 1] if i else None
    if before is not None and (before.place or before.relation or before.bare in ("في", "الي", "نحو", "باتجاه", "قرب", "عبر", "/", "#")):
        return
    if not (_like_a_name(document, forms[i]) and (second.pos or _like_a_name(document, second))):
        return
    last = name_after(document, i, taken, most=3)
    if last > i:
        _take_named(document, i, last, taken)


def _like_a_name(document: Document, form: Form) -> bool:
    """Whether an unknown word can be a stranger's name: no plural, no pronoun, no clitic on a word that is known."""
    text = form.text
    if len(text) < 2 or (text.endswith(_ENDINGS) and len(text) > 4) or (text[0] == "ي" and text.endswith(("ون", "م"))):
        return False
    return not (text[0] in "وفبلكس" and len(text) > 3 and document.lexicon.form(text[1:]).pos)


def _titled(document: Document, i: int, taken: set[int]) -> bool:
    """العقيد القذافي, الرئيس ديبي, الوالي خميس أبكر: a title with the name behind it."""
    forms = document.forms
    if bare_stem(document.forms[i]) in UNITS and unit_at(document, i, taken):
        return True
    k = _rank_end(document, i, taken)
    last = name_after(document, k, taken, most=4)
    if last == k or (forms[k + 1].article and (forms[k + 1].pos & ~NAME or not has_article(forms[i]))):
        return False
    if forms[k + 1].nisba and has_article(forms[k + 1]):
        return False  # الرئيس المصري
    given = last == k + 1 and bool(forms[last].pos & NAME) and forms[i].bare != "الشيخ"  # مرقد السيد محمد
    if not has_article(forms[i]) or (forms[i].bare in _LIKE_PLACES and not of_two_names(document, i) and (given or _after_place_word(document, i))):
        return False  # الشيخ زويد, a town
    if last == k + 1 and forms[last].pos == 0 and forms[last].article and len(forms[last].stem) < 4:
        return False
    first = k + 2 if forms[k + 1].text in QUOTES else k + 1
    document.actors.append(Mention("actor", first, last, i, last, label="named"))
    taken.update(range(i, last + 1))
    return True


def _rank_end(document: Document, i: int, taken: set[int]) -> int:
    """The last token of a title with what belongs to it: العميد الركن, اللواء المتقاعد."""
    forms, k = document.forms, i
    while k + 1 < len(forms) and forms[k + 1].bare in _OF_TITLES and k + 1 not in taken and document.sentence_of[k + 1] == document.sentence_of[i]:
        k += 1
    return k


def _after_place_word(document: Document, i: int) -> bool:
    """Whether a word stands in front of the title at token `i` behind which a place is named: في الشيخ مسكين, قرية الحاج علي."""
    if not i or document.sentence_of[i - 1] != document.sentence_of[i]:
        return False
    before = document.forms[i - 1]
    return bool(before.place or before.relation or before.pos & (PREPOSITION | PUNCTUATION) or document.forms[i].preposition) or i - 1 in document.place_at
