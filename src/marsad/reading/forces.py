"""Forces and bodies that no list names: by nationality, by their own names, by number, by tribe.

قوات تركية, لواء الفتح, اللواء السادس مشاة, عشيرة العكيدات, قوات الأمن. An adjective of nationality makes a force, its weapons, its officers and its deeds
those of the state.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, NOUN, PARTICLE, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import values, words
from marsad.reading.document import Document, Mention
from marsad.reading.party_names import has_article, name_after
from marsad.reading.places_listed import INTO, QUOTES

_TRAFFIC: Final = words("parties.traffic")
POINTING_FORMS: Final[dict[str, tuple[str, ...]]] = {canonical(head): stems for head, stems in values("parties.pointing").items()}
_POLICE: Final[dict[str, str]] = values("parties.police")
FORCES: Final = words("parties.forces")
_TALKS: Final = words("parties.shared")
_IRREGULAR: Final = words("parties.irregulars")
UNITS: Final = words("parties.units")
TAKES_NAME: Final = frozenset(map(canonical, words("parties.take_names")))
_BARE_GROUPS: Final = words("parties.bare_groups")
_OWN: Final = words("parties.own_forces")
_NOT_PARTIES: Final = words("parties.no_parties")
PRIVATE_TITLES: Final = words("parties.private_titles")
_ALSO_COMMON: Final = words("parties.common_adjectives")
KINDRED: Final = words("parties.kindred")
_TRIBES: Final[dict[str, str]] = values("parties.tribes")
ORDINALS: Final = words("parties.ordinals")
_OF_UNITS: Final = ORDINALS | words("parties.arms")
_FIRE: Final = words("parties.no_genitives")
_CIVIL: Final = words("parties.civil_vehicles")


def group_at(document: Document, i: int, taken: set[int]) -> None:
    """A force: by nationality (قوات تركية), by its own name (لواء الفتح), or as it stands (قوات الأمن)."""
    forms = document.forms
    if national_at(document, i, i, taken) or (forms[i].stem in UNITS and unit_at(document, i, taken)):
        return
    form = forms[i]
    if form.stem in _NOT_PARTIES or (form.noun is not None and fold(str(form.noun[0])) in _NOT_PARTIES):
        if form.stem not in ("جماعه", "مقاومه"):
            return
    if form.stem == "حركه" and i + 1 < len(forms) and forms[i + 1].stem in _TRAFFIC:
        return
    takes_name = canonical(form.stem) in TAKES_NAME and not form.article
    last = name_after(document, i, taken, most=4) if takes_name or (i + 1 < len(forms) and forms[i + 1].text in QUOTES) else i
    tail = _qualified(document, i)
    if last > i and takes_name | (forms[i + 1].text in QUOTES):
        document.actors.append(Mention("actor", i, last, i, last, label="group"))
        taken.update(range(i, last + 1))
    elif form.article and canonical(form.bare) in POINTING_FORMS and not tail:
        document.actors.append(Mention("actor", i, i, i, i, label="group", back=True))
        taken.add(i)
    elif form.article or tail or form.stem in _BARE_GROUPS or (form.enclitic and form.stem in _OWN):
        if not form.article and not tail and (form.preposition in ("ب", "ك") or form.pos & VERB and not form.conjunction and form.stem != "مجموعه"):
            return
        tail = tail or i
        document.actors.append(Mention("actor", i, tail, i, tail, label="group"))
        taken.update(range(i, tail + 1))


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
    if j in taken or form.pos & (VERB | CLOSED | PUNCTUATION | EVENT | FIGURE):
        return i
    if form.article or form.text[:3] == "وال":
        return j
    return max(name_after(document, i, taken, most=3), i) if j == i + 1 else i


def unit_at(document: Document, i: int, taken: set[int]) -> bool:
    """A numbered unit: اللواء السادس مشاة, الفرقة 14, الكتيبة 204 دبابات."""
    forms = document.forms
    j = i + 1
    if j < len(forms) and forms[j].text == "ال":
        j += 1
    if j >= len(forms) or document.sentence_of[i] != document.sentence_of[j]:
        return False
    if not (forms[j].pos & FIGURE or (has_article(forms[i]) and forms[j].article and forms[j].stem in ORDINALS)):
        return False
    last = j
    while last + 1 < len(forms) and last - i < 4 and not forms[last + 1].conjunction and not {forms[last + 1].stem, forms[last + 1].bare}.isdisjoint(_OF_UNITS):
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
        if are_people(form):
            break  # الحكومة | المصريين
        if form.article and j > i and not forms[j].article:
            break  # فجرت مجموعة مسلحة الجسر
        named = j == i and not forms[i].article and canonical(forms[i].stem) in TAKES_NAME and forms[i].stem != "حركه"  # لواء الفتح
        if form.article and form.pos & (NOUN | ADJECTIVE) and (named or not form.pos & EVENT) and form.stem not in _FIRE:
            if forms[j].article and not form.pos & ADJECTIVE:
                break  # the phrase was complete: اعتقلت قوات الأمن المدير
            j += 1
            continue
        if (
            not form.article
            and form.adjective is not None
            and forms[i].article is False
            and not forms[j].article  # قوات الجيش مدعومة بمقاتلين: how they came
            and form.adjective[1] in ("military", "person", "affiliation", "other", "religion", "direction")
        ):
            j += 1
            continue
        break
    return j if j > i else 0


def national_at(document: Document, i: int, head: int, taken: set[int]) -> bool:
    """A force, weapon, officer or deed with an adjective of nationality within its phrase: مقاتلات حربية روسية; and further ones: قمة روسية إيرانية تركية."""
    forms = document.forms
    limit = min(i + 6, len(forms))
    for j in range(i + 1, limit):
        form = forms[j]
        if (
            document.sentence_of[j] != document.sentence_of[i]
            or form.conjunction
            or form.preposition
            or form.bare in PRIVATE_TITLES
            or (form.relation and not form.article)
            or form.bare in INTO
        ):
            break  # هجوم قرب السفارة الأميركية
        if form.nisba and not form.article and not form.bare.startswith("ال") and forms[j - 1].article:
            break  # عمدة القائم تركي المحلاوي
        if forms[j - 1].article and form.pos & NOUN and not form.pos & ADJECTIVE and not form.nisba:
            break  # قصفت الطائرات المواقع الإيرانية, قدمت المنظمة مساعدات
        if form.nisba and j not in taken:
            if form.stem in _ALSO_COMMON and form.nisba not in document.theatre:
                return False
            if are_people(form) and ((noun := forms[i].noun) is None or noun[2] == "s"):
                return False  # قتل ثلاثة سوريين, اتهمت الحكومة المصريين
            if j == i + 1 and not form.article and any(document.lexicon.events[n].harm for n, _, _ in forms[i].events):
                return False  # قتل سوري, مقتل سوري
            id_ = state_id(document, forms[i], form.nisba)
            if id_ is None:
                return False
            if forms[i].pos & EVENT and forms[i].stem not in FORCES and j - i > 2:
                return False
            first = j if forms[i].pos & EVENT and forms[i].stem not in FORCES else i
            document.actors.append(Mention("actor", first, j, head if first == i else j, j, id=id_, label="state"))
            taken.update(range(first, j + 1))
            and_others(document, i, j, taken)
            return True
        if not (form.pos & (NOUN | ADJECTIVE) or (form.article and not form.pos & CLOSED)) or (form.pos & VERB and not form.pos & (NOUN | ADJECTIVE)):
            break
    return False


def are_people(form: Form) -> bool:
    """A nationality in the plural or dual of men: no adjective of a force or a deed, but people."""
    return bool(form.nisba) and form.text.endswith(("ين", "ون", "ان")) and form.adjective is not None and form.adjective[2] in ("p", "d")


def and_others(document: Document, i: int, j: int, taken: set[int]) -> None:
    """Further nationalities behind the first, which ends at token `j`: الطائرات الروسية والسورية."""
    forms = document.forms
    k = j + 1
    while k < len(forms) and k - j < 5 and forms[k].nisba and not forms[k].preposition and k not in taken and forms[k].article == forms[j].article:
        if not forms[k].conjunction and forms[i].stem not in _TALKS:
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
    if noun and noun[1] == "vehicle" and fold(str(noun[0])) in _CIVIL:
        return None
    return document.lexicon.state_actor(country, document.reference)
