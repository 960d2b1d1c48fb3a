"""Forces and bodies that no list names: by nationality, by their own names, by number, by tribe.

قوات تركية, لواء الفتح, اللواء السادس مشاة, عشيرة العكيدات, قوات الأمن. An adjective of nationality makes a force, its weapons, its officers and its deeds
those of the state.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, NAME, NOUN, PARTICLE, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import values, words
from marsad.reading.document import Document, Mention
from marsad.reading.group_names import is_backed, phrase_after
from marsad.reading.party_names import bare_stem, has_article, name_after
from marsad.reading.places_listed import INTO, LOCAL_FORCES, QUOTES, UNITS
from marsad.reading.sites import may_be_site

STATE_FORCES: Final[dict[str, tuple[str, ...]]] = values("parties.state_forces")
_TRAFFIC: Final = words("parties.traffic")
POINTING_FORMS: Final[dict[str, tuple[str, ...]]] = {canonical(head): stems for head, stems in values("parties.pointing").items()}
_POLICE: Final[dict[str, str]] = values("parties.police")
FORCES: Final = words("parties.forces")
TALKS: Final = words("parties.shared")
_IRREGULAR: Final = words("parties.irregulars")
TAKES_NAME: Final = frozenset(map(canonical, words("parties.take_names")))
_BARE_GROUPS: Final = words("parties.bare_groups")
COMMITTEES: Final = words("parties.committees")
_SAFE_GROUPS: Final = words("parties.no_verbs")
_OWN: Final = words("parties.own_forces")
_NOT_PARTIES: Final = words("parties.no_parties")
PRIVATE_TITLES: Final = words("parties.private_titles")
_ALSO_COMMON: Final = words("parties.common_adjectives")
KINDRED: Final = words("parties.kindred")
_TRIBES: Final[dict[str, str]] = values("parties.tribes")
ORDINALS: Final = words("parties.ordinals")
_ARMS: Final = words("parties.arms")
_OF_UNITS: Final = ORDINALS | _ARMS
_FIRE: Final = words("parties.no_genitives")
_CIVIL: Final = words("parties.civil_vehicles")
_STATELESS: Final = words("parties.stateless")
UNMANNED: Final = words("parties.unmanned")
_BLAMING: Final = words("parties.blaming")
_MODELS: Final = words("parties.models")
_THINGS: Final = words("parties.things")
_ORGANISED: Final[dict[str, tuple[str, ...]]] = values("parties.organised")


def group_at(document: Document, i: int, taken: set[int]) -> None:
    """A force: by nationality (قوات تركية), by its own name (لواء الفتح), or as it stands (قوات الأمن)."""
    forms = document.forms
    if national_at(document, i, i, taken) or (forms[i].stem in UNITS and unit_at(document, i, taken)):
        return
    form = forms[i]
    if _is_thing(document, i) or _is_organised(document, i):
        return
    if form.stem == "قوه" and form.preposition == "ب" and (form.article or (i + 1 < len(forms) and forms[i + 1].stem in _FIRE)):
        return  # فرقت المحتجين بالقوة, بقوة السلاح
    if form.stem in _NOT_PARTIES or (form.noun is not None and fold(str(form.noun[0])) in _NOT_PARTIES):
        if form.stem not in ("جماعه", "مقاومه") and not _of_a_state(document, i):
            return
    if form.stem in LOCAL_FORCES and not form.article and _local_at(document, i, taken):
        return
    if form.stem == "حركه" and i + 1 < len(forms) and forms[i + 1].stem in _TRAFFIC:
        return
    takes_name = canonical(form.stem) in TAKES_NAME and not form.article
    last = name_after(document, i, taken, most=4) if takes_name or (i + 1 < len(forms) and forms[i + 1].text in QUOTES) else i
    if last > i and takes_name and _goes_on(document, last):
        last += 1
    phrase = phrase_after(document, i, taken)
    if phrase > last:
        _take_phrase(document, i, phrase, taken)
        return
    tail = _qualified(document, i)
    if last > i and takes_name | (forms[i + 1].text in QUOTES):
        document.actors.append(Mention("actor", i, last, i, last, label="group"))
        taken.update(range(i, last + 1))
    elif form.article and canonical(form.bare) in POINTING_FORMS and (not tail or all(f.stem in _BLAMING for f in forms[i + 1 : tail + 1])):
        tail = tail or i  # التنظيم, المليشيا الإرهابية
        document.actors.append(Mention("actor", i, tail, i, tail, label="group", back=True))
        taken.update(range(i, tail + 1))
    elif form.article or tail or form.stem in _BARE_GROUPS or (form.enclitic and form.stem in _OWN) or is_backed(document, i + 1):
        if not form.article and not tail and (form.preposition in ("ب", "ك") or form.pos & VERB and not form.conjunction and form.stem not in _SAFE_GROUPS):
            return
        tail = tail or i
        document.actors.append(Mention("actor", i, tail, i, tail, label="group"))
        taken.update(range(i, tail + 1))


def _is_thing(document: Document, i: int) -> bool:
    """Whether an adjective of things stands behind the word for a group at token `i`: أجهزة لاسلكية, التيار الكهربائي; not الأجهزة الأمنية."""
    behind = document.forms[i + 1] if i + 1 < len(document.forms) else None
    if behind is None or behind.adjective is None or behind.conjunction or behind.preposition or behind.article != document.forms[i].article:
        return False
    return fold(str(behind.adjective[0])) in _THINGS


def _is_organised(document: Document, i: int) -> bool:
    """«المنظمة» as an adjective of the noun in front of it: اللجنة المنظمة, الجريمة المنظمة; not «قالت المنظمة»."""
    heads = _ORGANISED.get(document.forms[i].bare, ())
    if not heads or not i or document.sentence_of[i] != document.sentence_of[i - 1]:
        return False
    before = document.forms[i - 1]
    return has_article(before) and bare_stem(before) in heads


def _take_phrase(document: Document, i: int, last: int, taken: set[int]) -> None:
    """A group whose name is a phrase; a party that is named in it is no party there (كتيبة شهداء بدر)."""
    document.actors = [m for m in document.actors if not i < m.first <= last]
    document.actors.append(Mention("actor", i, last, i, last, label="group"))
    taken.update(range(i, last + 1))


def _goes_on(document: Document, last: int) -> bool:
    """Whether an adjective stands behind a name with the article as it does: فرقة الإسناد | الأمني."""
    forms = document.forms
    if last + 1 >= len(forms) or document.sentence_of[last + 1] != document.sentence_of[last] or not forms[last].article or forms[last].pos & NAME:
        return False
    form = forms[last + 1]
    related = form.adjective is not None and form.article and (not form.pos & NOUN or form.stem.endswith(("ي", "يه")))
    return related and not (form.conjunction or form.preposition or form.nisba or form.person)


def _of_a_state(document: Document, i: int) -> bool:
    """Whether a word that tells no party by itself tells a state's with the next: قوى الأمن, القوى الأمنية."""
    forms = document.forms
    return i + 1 < len(forms) and forms[i + 1].bare in STATE_FORCES.get(forms[i].bare, ())


def _local_at(document: Document, i: int, taken: set[int]) -> bool:
    """The police of a place: شرطة ديالى, شرطة محافظة كربلاء."""
    forms = document.forms
    j = i + 2 if i + 2 < len(forms) and forms[i + 1].place == "kind" and not forms[i + 1].conjunction and not forms[i + 1].preposition else i + 1
    place = document.place_at.get(j)
    if i and may_be_site(document, i - 1):
        return False  # مركز شرطة كرداسة
    if place is None or place.first != j or forms[j].conjunction or forms[j].preposition or document.sentence_of[i] != document.sentence_of[j]:
        return False
    if place.label == "country":
        return False  # أمن المغرب
    id_ = _POLICE.get(document.lexicon.places[place.row][3]) if place.row >= 0 else None
    document.actors.append(Mention("actor", i, place.last, i, place.last, id=id_, label="police" if id_ else "group"))
    taken.update(range(i, place.last + 1))
    return True


def tribe_at(document: Document, i: int, taken: set[int]) -> bool:
    """A tribe by its name, though a village is called like it: عشيرة العكيدات, قبيلتا الرزيقات والمعاليا."""
    forms = document.forms
    last = _tribes_name(document, i, i + 1, taken)
    if last == i:
        return False
    noun = forms[i].noun
    several = noun is not None and noun[2] != "s"
    while several and last + 1 < len(forms) and forms[last + 1].conjunction == "و" and not forms[last + 1].person:
        further = _tribes_name(document, i, last + 1, taken)
        if further == i:
            break
        last = further
    document.places = [m for m in document.places if not i < m.first <= last]
    document.actors = [m for m in document.actors if not i < m.first <= last]
    for k in range(i, last + 1):
        document.place_at.pop(k, None)
    id_ = next((_TRIBES[country] for country in _TRIBES if country in document.theatre), _TRIBES["any"])
    document.actors.append(Mention("actor", i, last, i, last, id=id_, label="social"))
    taken.update(range(i, last + 1))
    return True


def _tribes_name(document: Document, i: int, j: int, taken: set[int]) -> int:
    """The last token of a tribe's name that begins at token `j`; `i`, the token of its head, if there is none."""
    forms = document.forms
    if j >= len(forms) or document.sentence_of[j] != document.sentence_of[i]:
        return i
    place, form = document.place_at.get(j), forms[j]
    if form.preposition or (form.conjunction and j == i + 1) or form.nisba:
        return i
    if place is not None:
        return place.last
    if j in document.party_ends and any(m.first == j and m.label == "social" for m in document.actors):
        return document.party_ends[j]  # قبيلة الرزيقات, whom the list knows
    if j in taken or form.pos & (VERB | CLOSED | PUNCTUATION | EVENT | FIGURE):
        return i
    if form.article or form.text[:3] == "وال":
        return j
    word = form.adjective or form.noun
    if word is not None and j == i + 1 and word[2:4] == ("s", "m") and not form.text.endswith(("ه", "ي")):
        return j  # قبيلة حاشد, which is no adjective of it
    return max(name_after(document, i, taken, most=3), i) if j == i + 1 else i


def is_arm(form: Form) -> bool:
    """Whether a word tells what kind of unit it is: مشاة, دعم."""
    return not form.conjunction and not {form.stem, form.bare}.isdisjoint(_ARMS)


def goes_by_number(document: Document, i: int, last: int) -> bool:
    """Whether a listed name is that of a unit and its number alone: الفرقة السابعة, اللواء 52."""
    forms = document.forms
    return last == i + 1 and bare_stem(forms[i]) in UNITS and bool(forms[last].stem in ORDINALS or forms[last].pos & FIGURE)


def is_a_teenth(document: Document, i: int, last: int) -> bool:
    """«الفرقة الخامسة عشرة» is no «الفرقة الخامسة»."""
    return last + 1 < len(document.forms) and document.forms[last + 1].text in _TEN and goes_by_number(document, i, last)


_TEN: Final = ("عشر", "عشره")
"""Behind an ordinal: الفرقة الخامسة | عشرة."""


def unit_at(document: Document, i: int, taken: set[int]) -> bool:
    """A numbered unit: اللواء السادس مشاة, الفرقة 14, الكتيبة 204 دبابات, لواء المشاة 52."""
    forms = document.forms
    j = i + 1
    while j + 1 < len(forms) and (forms[j].text == "ال" or (j <= i + 2 and is_arm(forms[j]))):
        j += 1
    if j >= len(forms) or document.sentence_of[i] != document.sentence_of[j]:
        return False
    definite = has_article(forms[i]) or forms[j - 1].article
    if not (forms[j].pos & FIGURE or (definite and forms[j].article and forms[j].stem in ORDINALS)):
        return False
    last = j + 1 if forms[j].article and j + 1 < len(forms) and forms[j + 1].text in _TEN else j  # الخامسة عشرة
    while last + 1 < len(forms) and last - i < 4 and not {forms[last + 1].stem, forms[last + 1].bare}.isdisjoint(_OF_UNITS):
        if forms[last + 1].conjunction and {forms[last].stem, forms[last + 1].stem}.difference(_ARMS):
            break  # the second: اللواء الثالث دعم وإسناد
        last += 1
    document.actors.append(Mention("actor", i, last, i, last, label="group"))
    taken.update(range(i, last + 1))
    return True


def _qualified(document: Document, i: int) -> int:
    """The last token of definite genitives and adjectives behind a force: قوات الأمن الخاصة. 0 if there are none."""
    forms = document.forms
    j = i
    while j + 1 < len(forms) and j - i < 3:
        form = forms[j + 1]
        if form.conjunction or form.preposition or (form.pos & (VERB | CLOSED & ~PARTICLE | PUNCTUATION) and not form.article):
            break
        if are_people(form) or (forms[j].article and are_men(form)):
            break  # الحكومة | المصريين, القوات | المسلحين
        if form.article and j > i and not forms[j].article:
            break  # فجرت مجموعة مسلحة الجسر
        one = form.person and form.noun is not None and form.noun[2] == "s"  # وحداتنا المقاتلة
        if forms[j].enclitic and form.article and form.adjective is None and not one:
            break  # وصلت قواتها | المدينة, شهادات جمعها | المرصد
        named = j == i and not forms[i].article and _is_named_by_genitive(forms[i])
        if form.article and form.pos & (NOUN | ADJECTIVE) and (named or not form.pos & EVENT) and form.stem not in _FIRE:
            if forms[j].article and not form.pos & ADJECTIVE:
                break  # the phrase was complete: اعتقلت قوات الأمن المدير
            j += 1
            continue
        related = form.stem.endswith("يه" if forms[j].stem.endswith("ه") else "ي")
        if j > i and forms[j].article and not form.pos and form.article and (related or form.stem in ORDINALS):
            j += 1  # الجيش الوطني الأزوادي, قطعات الفرقة المدرعة التاسعة
            continue
        if (
            not form.article
            and form.adjective is not None
            and forms[i].article is False
            and not (form.place and _is_named(document, j + 1))  # قوات | حي الوعر
            and not forms[j].article  # قوات الجيش مدعومة بمقاتلين: how they came
            and form.adjective[1] in ("military", "person", "affiliation", "other", "religion", "direction", "nisba_country")
        ):
            j += 1
            continue
        break
    return j if j > i else 0


def _is_named(document: Document, k: int) -> bool:
    """Whether a name may stand behind the word for a place at token `k`: حي الوعر; not «كتيبة محلية في درعا»."""
    forms = document.forms
    if k + 1 >= len(forms) or document.sentence_of[k + 1] != document.sentence_of[k] or forms[k + 1].conjunction or forms[k + 1].preposition:
        return False
    return k + 1 in document.place_at or forms[k + 1].article or not forms[k + 1].pos


def _is_named_by_genitive(form: Form) -> bool:
    """Whether a deed with the article names the group in front of it: لواء الفتح, لجنة المصالحة; not حركة الدخول."""
    return (canonical(form.stem) in TAKES_NAME and form.stem != "حركه") or form.stem in COMMITTEES


def are_men(form: Form) -> bool:
    """Whether a word means two persons or more, who are no attribute of a force: المسلحين, الشقيقين."""
    return bool(form.person) and form.noun is not None and form.noun[2] in ("p", "d") and form.text.endswith(("ين", "ون", "ان"))


def national_at(document: Document, i: int, head: int, taken: set[int]) -> bool:
    """A force, weapon, officer or deed with an adjective of nationality within its phrase: مقاتلات حربية روسية; and further ones: قمة روسية إيرانية تركية."""
    forms = document.forms
    limit = min(i + 6, len(forms))
    for j in range(i + 1, limit):
        form = forms[j]
        if form.bare in UNMANNED or forms[j - 1].bare in UNMANNED:
            continue  # طائرة بدون طيار أمريكية
        if (
            document.sentence_of[j] != document.sentence_of[i]
            or form.conjunction
            or form.preposition
            or form.bare in PRIVATE_TITLES
            or (form.relation and not form.article)
            or form.bare in INTO
        ):
            break  # هجوم قرب السفارة الأميركية
        if _is_model(document, i, j):
            continue  # طائرات إف 16 العراقية
        if form.nisba and not form.article and not form.bare.startswith("ال") and forms[j - 1].article:
            break  # عمدة القائم تركي المحلاوي
        if forms[j - 1].article and form.pos & NOUN and not form.pos & ADJECTIVE and not form.nisba:
            break  # قصفت الطائرات المواقع الإيرانية, قدمت المنظمة مساعدات
        if _begins_a_figure(document, j):
            break  # اعتقل حراس الحدود سبعة صيادين باكستانيين
        before = forms[j - 1].noun
        if form.nisba and form.text.endswith("يا") and before is not None and before[1] == "quantity":
            break  # قتل أربعون إثيوبيا
        if form.nisba and j not in taken:
            if form.stem in _ALSO_COMMON and form.nisba not in document.theatre:
                return False
            if are_people(form) and ((noun := forms[i].noun) is None or noun[2] == "s" or (_is_deed(forms[i]) and noun[2] != "d")):
                return False  # قتل ثلاثة سوريين, اتهمت الحكومة المصريين, تظاهر اليمنيون
            if j == i + 1 and (_befell(document, forms[i], form) or _does_it_himself(document, j)):
                return False
            id_ = state_id(document, forms[i], form.nisba)
            if id_ is None:
                return False
            if _is_deed(forms[i]) and j > i + 1 and (_has_own(document, forms[i], forms[i + 1]) or (forms[i].stem not in FORCES and j > i + 2)):
                return False  # قصف | الجيش التشادي القرية
            first = j if (forms[i].pos & EVENT or forms[i].stem in TALKS) and forms[i].stem not in FORCES else i
            document.actors.append(Mention("actor", first, j, head if first == i else j, j, id=id_, label="state"))
            taken.update(range(first, j + 1))
            and_others(document, i, j, taken)
            return True
        if not (form.pos & (NOUN | ADJECTIVE) or (form.article and not form.pos & CLOSED)) or (form.pos & VERB and not form.pos & (NOUN | ADJECTIVE)):
            break
    return False


def _begins_a_figure(document: Document, j: int) -> bool:
    """Whether others are counted from token `j` on: سبعة صيادين, 7 صيادين; not الفرقة 14 السورية, الدول السبع الغربية."""
    forms = document.forms
    form, behind = forms[j], forms[j + 1] if j + 1 < len(forms) else None
    if behind is None or not behind.person or behind.article or form.article:
        return False
    return bool(form.pos & FIGURE) or (form.noun is not None and form.noun[1] == "quantity")


def _is_deed(form: Form) -> bool:
    """Whether a word tells a deed and is none for who does it: قصف, مقتل; not أجهزة, قافلة."""
    return bool(form.pos & EVENT) and (form.noun is None or form.noun[1] not in ("group", "vehicle", "military", "weapon", "person"))


def _has_own(document: Document, deed: Form, form: Form) -> bool:
    """Whether a nationality behind the word right behind a deed is that word's: قصف الجيش التشادي, مقتل عسكري تركي, إصابة طبيب سوري; not هجوم عسكري تركي."""
    if form.stem in FORCES:
        return True
    if form.noun is None or form.noun[1] not in ("person", "group", "vehicle"):
        return False
    return not form.pos & ADJECTIVE or form.person not in ("", "fighter", "official") or _harms(document, deed)


def _harms(document: Document, deed: Form) -> bool:
    return any(document.lexicon.events[number].harm for number, _, _ in deed.events)


def _befell(document: Document, deed: Form, form: Form) -> bool:
    """Whether a nationality right behind a deed is one man's: قتل سوري, مقتل سوري, قتل الفلسطيني محمود العلي."""
    if form.article:
        return bool(deed.pos & EVENT) and not deed.enclitic and not has_article(deed)
    return _harms(document, deed)


def _does_it_himself(document: Document, j: int) -> bool:
    """Whether a nationality right behind a deed is one man, by whom he did it to behind it: طعن فلسطيني مستوطنا, هاجم فلسطيني جنديين; not قصف إسرائيلي."""
    form, behind = document.forms[j], document.forms[j + 1] if j + 1 < len(document.forms) else None
    if behind is None or form.article or not behind.person or behind.noun is None or has_article(behind) or behind.conjunction or behind.preposition:
        return False
    return behind.noun[4] == "accusative" or (behind.noun[2] == "d" and behind.text.endswith("ين"))


def _is_model(document: Document, i: int, j: int) -> bool:
    """Whether the token `j` names the model of the aircraft or arms that the word at token `i` is: طائرات إف 16, صواريخ إس-300."""
    forms = document.forms
    noun = forms[i].noun
    if noun is None or noun[1] not in ("vehicle", "weapon", "military"):
        return False
    if j == i + 1 and forms[j].text in QUOTES and j + 1 < len(forms):
        return forms[j + 1].text in _MODELS  # دبابة "ميركافا" إسرائيلية
    return forms[j].text in _MODELS or (j > i + 1 and (bool(forms[j].pos & FIGURE) or forms[j].text in QUOTES) and _is_model(document, i, j - 1))


def are_people(form: Form) -> bool:
    """A nationality in the plural or dual of men: no adjective of a force or a deed, but people."""
    return bool(form.nisba) and form.text.endswith(("ين", "ون", "ان")) and form.adjective is not None and form.adjective[2] in ("p", "d")


def and_others(document: Document, i: int, j: int, taken: set[int]) -> None:
    """Further nationalities behind the first, which ends at token `j`: الطائرات الروسية والسورية, بوارج العدو الأمريكي البريطاني."""
    forms = document.forms
    k = j + 1
    while k < len(forms) and k - j < 5 and forms[k].nisba and not forms[k].preposition and k not in taken and forms[k].article == forms[j].article:
        if not forms[k].conjunction and forms[i].stem not in TALKS | FORCES:
            break
        id_ = state_id(document, forms[i], forms[k].nisba)
        if id_ is None:
            break
        document.actors.append(Mention("actor", k, k, k, k, id=id_, label="state"))
        taken.add(k)
        k += 1


def state_id(document: Document, head: Form, country: str) -> str | None:
    """The id of the state whose force, officer or deed `head` is; None where people or civil vehicles are meant."""
    noun = head.noun
    if head.stem == "شرطه" or (noun and noun[0] in ("شرطي", "شرطة")):
        police = _POLICE.get(country)
        if police:
            return police
    if noun and noun[1] == "person" and (head.person not in ("fighter", "official") or fold(str(noun[0])) in _IRREGULAR):
        return None
    if noun and (fold(str(noun[0])) in _STATELESS or (noun[1] == "vehicle" and fold(str(noun[0])) in _CIVIL)):
        return None
    return document.lexicon.state_actor(country, document.reference)
