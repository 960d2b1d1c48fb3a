"""Parties and persons that no list names: by a head word with what belongs to it, by what people are, by their own names.

جنود أتراك, لواء الفتح, مسلحون, الطرفان; صحفيون, المسافرين, آلاف; العقيد خليفة عبدالحفيظ; and words that point back to a party named before
(التنظيم). An adjective of nationality makes a force, its weapons, its officers and its deeds those of the state.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, LATIN, NAME, NOUN, PARTICLE, PREPOSITION, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import values, words
from marsad.reading.document import Document, Mention
from marsad.reading.places import INTO

QUOTES: Final = frozenset("\"'«»“”()[]-–")
_CLOSE_ONLY: Final = frozenset("»”)]-–")
_LONGEST_QUOTED: Final = 6  # words of a name in quotation marks
_TRAFFIC: Final = words("parties.traffic")
KUNYA: Final = words("parties.kunya")
_OF_LINEAGE: Final = words("parties.of_lineage")
_SHORT_NAME: Final = 4  # letters: وليد, وائل
_OF_GOD: Final = words("parties.of_god")
POINTING_FORMS: Final[dict[str, tuple[str, ...]]] = {canonical(head): stems for head, stems in values("parties.pointing").items()}
PERSON_IDS: Final[dict[str, str]] = values("parties.person_ids")
_POLICE: Final[dict[str, str]] = values("parties.police")
_FORCES: Final = words("parties.forces")
_TALKS: Final = words("parties.shared")
_IRREGULAR: Final = words("parties.irregulars")
_UNITS: Final = words("parties.units")
TAKES_NAME: Final = frozenset(map(canonical, words("parties.take_names")))
_BARE_GROUPS: Final = words("parties.bare_groups")
_OWN: Final = words("parties.own_forces")
_NOT_PARTIES: Final = words("parties.no_parties")
_SIDES: Final = words("parties.sides")
_CROWDS: Final = words("parties.crowds")
_BODIES: Final = words("parties.bodies")
TITLES: Final = words("parties.titles")
_SECOND_PARTS: Final = words("parties.second_parts")
_ALSO_COMMON: Final = words("parties.common_adjectives")
_LIKE_PLACES: Final = words("parties.titles_of_places")
PRIVATE_TITLES: Final = words("parties.private_titles")


def headed_party(document: Document, i: int, taken: set[int]) -> None:
    """The party or person that the word at token `i` opens, if it does."""
    form = document.forms[i]
    noun = form.noun
    if form.bare in _SIDES or form.bare in _CROWDS:
        _side_or_crowd(document, i, taken)
        return
    if form.bare in TITLES and _titled(document, i, taken):
        return
    if form.bare in _OF_GOD and not form.preposition and i + 1 < len(document.forms) and document.forms[i + 1].text == "الله":
        last = _name_after(document, i, taken, most=4)
        if last > i + 1:  # فضل الله alone is as often no name
            _take_named(document, i, last, taken)
            return
    if noun is not None and fold(str(noun[0])) in _KINDRED and _tribe(document, i, taken):
        return
    if noun is None or form.pos & CLOSED:
        if form.nisba and _nationals(document, i, taken):
            return
        if form.pos & NAME and (not form.pos & (CLOSED | VERB) or (form.text == "علي" and not _is_ala(document, i))):
            _named_person(document, i, taken)
        elif not form.pos and not form.article:
            _strangers_name(document, i, taken)
        return
    if noun[1] == "group":
        _group(document, i, taken)
    elif form.pos & NAME and noun[1] not in ("person", "title") and not form.article and _names_on(document, i):
        _named_person(document, i, taken)  # رجب طيب أردوغان, غازي حمد
    elif noun[1] == "person" and form.person:
        deed = form.pos & EVENT and form.stem.endswith("ه") and form.preposition == "ب"  # قاموا بمهاجمة سيارة
        if not deed and not _is_adjective(document, i):
            _person(document, i, taken)
    elif noun[1] == "title":
        if form.bare not in PRIVATE_TITLES:
            _national(document, i, i, taken)
    elif form.nisba and _nationals(document, i, taken):
        return
    elif form.stem in _FORCES or form.pos & EVENT:
        if not _national(document, i, i, taken) and form.stem in _BODIES and form.article:
            document.actors.append(Mention("actor", i, i, i, i, label="body"))
            taken.add(i)
    elif form.stem in _BODIES or noun[1] in ("vehicle", "military", "weapon"):
        if not _national(document, i, i, taken) and form.stem in _BODIES:
            _group(document, i, taken)


def _names_on(document: Document, i: int) -> bool:
    """Whether what stands behind a word that is a name too goes on with it: a name, and no noun or verb of the sentence."""
    k = i + 1
    if k >= len(document.forms) or document.sentence_of[k] != document.sentence_of[i]:
        return False
    behind = document.forms[k]
    return bool(behind.pos & NAME) and not (behind.conjunction or behind.preposition) and not behind.pos & CLOSED


def _is_adjective(document: Document, i: int) -> bool:
    """عسكري in مصدر عسكري: the form is an adjective too, and the noun that it agrees with stands in front."""
    form = document.forms[i]
    if i == 0 or not form.pos & ADJECTIVE or form.conjunction or form.preposition:
        return False
    before = document.forms[i - 1]
    if before.noun is not None and before.noun[1] == "quantity":
        return False  # أربعة مسلحين
    if form.article and document.place_before(i):
        return True  # مطار التيفور العسكري
    if _victim_of(document, before):
        return False  # مقتل قيادي: the genitive is the victim
    if before.pos & VERB and before.events and all(verbal for _, verbal, _ in before.events) and not before.pos & NOUN:
        return False
    return bool(before.pos & (NOUN | EVENT)) and not before.pos & FIGURE and before.article == form.article and not before.pos & CLOSED


def _victim_of(document: Document, before: Form) -> bool:
    """Whether a word of harm or of a deed done to somebody stands in front: مقتل, اعتقال."""
    for number, is_verb, _ in before.events:
        entry = document.lexicon.events[number]
        if entry.harm or (not is_verb and entry.frame.g in ("k", "t")):
            return True
    return False


# --- persons ---------------------------------------------------------------------------------------------------------


def _person(document: Document, i: int, taken: set[int]) -> None:
    """People by what they are: مدنيين, مسلحون, صحفيان; a party's people take the party's id (مسلحي الحوثي, عناصر من قسد)."""
    forms = document.forms
    form = forms[i]
    if _national(document, i, i, taken):
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
    if form.person == "elder" and form.noun and form.noun[2] == "s" and not _titled(document, i, taken):
        return  # الشيخ is a title
    if form.noun and form.noun[2] == "s":
        last = _name_after(document, tail, taken, most=4)
        if last > tail and not forms[tail + 1].article:
            document.actors.append(Mention("actor", i, last, i, last, id=id_, label=form.person if form.person != "official" else "named"))
            taken.update(range(i, last + 1))
            return
    before = forms[i - 1] if i else form
    if form.person == "official" and (before.person == "official" or (before.verb is not None and "speech" in str(before.verb[1]))):
        return
    if _attribute(form, before) and i:
        return
    if form.person == "official" and (form.noun is None or form.noun[2] == "s" or form.enclitic):
        if form.article or form.enclitic or not (_victim_of(document, before) or before.pos & FIGURE):
            return  # who only speaks or is named by an office
    document.actors.append(Mention("actor", i, i, i, tail, id=id_, label=form.person))
    taken.update(range(i, tail + 1))


_PARTICIPLES: Final = words("parties.participles")


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
    agrees = before is not None and not form.conjunction and not form.preposition and bool(before.pos & (NOUN | ADJECTIVE)) and before.article == form.article
    if before is not None and (before.pos & FIGURE or _victim_of(document, before)) and not form.article and not (before.pos & NOUN and before.pos & FIGURE):
        if gender == "f" and form.stem.endswith("ه") and not before.pos & FIGURE and before.noun is not None and before.noun[3] == "f":
            return False  # إصابة سورية
    elif number not in ("p", "d") or gender != "m" or (agrees and not form.article and number != "p"):
        if not (form.text.endswith("يا") and before is not None and before.noun is not None and before.noun[1] == "quantity"):
            return False
    elif agrees and before is not None and before.noun is not None and before.noun[1] in ("person", "group", "title", "office"):
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
    last = _name_after(document, i, taken, most=4)
    if last == i or (not nom and not forms[i].pos & NAME):
        return
    _take_named(document, i, last, taken)


def _take_named(document: Document, i: int, last: int, taken: set[int]) -> None:
    document.actors.append(Mention("actor", i, last, i, last, label="named"))
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
    last = _name_after(document, i, taken, most=3)
    if last > i:
        _take_named(document, i, last, taken)


_ENDINGS: Final = ("يه", "ات", "ون", "وا", "ها", "هم", "نا", "هن")


def _like_a_name(document: Document, form: Form) -> bool:
    """Whether an unknown word can be a stranger's name: no plural, no pronoun, no clitic on a word that is known."""
    text = form.text
    if len(text) < 2 or (text.endswith(_ENDINGS) and len(text) > 4) or (text[0] == "ي" and text.endswith(("ون", "م"))):
        return False
    return not (text[0] in "وفبلكس" and len(text) > 3 and document.lexicon.form(text[1:]).pos)


def _titled(document: Document, i: int, taken: set[int]) -> bool:
    """العقيد القذافي, الرئيس ديبي, الوالي خميس أبكر: a title with the name behind it."""
    forms = document.forms
    if _bare_stem(document.forms[i]) in _UNITS and _unit(document, i, taken):
        return True
    last = _name_after(document, i, taken, most=4)
    if last == i or (forms[i + 1].article and (forms[i + 1].pos & ~NAME or not _has_article(forms[i]))):
        return False
    if forms[i + 1].nisba and _has_article(forms[i + 1]):
        return False  # الرئيس المصري
    if not _has_article(forms[i]) or (forms[i].bare in _LIKE_PLACES and not _of_two_names(document, i)):
        return False  # الشيخ زويد, a town
    if last == i + 1 and forms[last].pos == 0 and forms[last].article and len(forms[last].stem) < 4:
        return False
    first = i + 2 if forms[i + 1].text in QUOTES else i + 1
    document.actors.append(Mention("actor", first, last, i, last, label="named"))
    taken.update(range(i, last + 1))
    return True


def _name_after(document: Document, i: int, taken: set[int], most: int) -> int:
    """The last token of a proper name behind token `i`: unknown words, names and what is quoted as one; `i` if there is none."""
    forms = document.forms
    j = last = i
    while j + 1 < len(forms) and last - i < most:
        form = forms[j + 1]
        most += form.stem in _OF_LINEAGE and not form.article
        if form.text in QUOTES:
            if form.text in ("-", "–") and last > i and _joined(document, j + 1):
                j += 1  # بن-غفير
                continue
            close = _quoted_name(document, i, j + 1, taken)
            return close if close > j + 1 else last
        if (j + 1) in taken or form.conjunction or form.preposition or _by_the_name(document, j + 1):
            break
        if document.sentence_of[j + 1] != document.sentence_of[i]:
            break  # no name goes on in the next line
        if not form.pos and _holds_a_word(document, form):
            break
        opened = not forms[j].article and (forms[j].stem in KUNYA or (j > i and forms[j].stem in _OF_LINEAGE))
        if opened and not form.pos & (CLOSED | PUNCTUATION | FIGURE) and (not form.article or form.pos & (NOUN | NAME | ADJECTIVE)):
            j = last = j + 1  # أبو زرعة المحرمي, whatever زرعة may mean
            continue
        if (
            form.pos & (CLOSED | VERB | PUNCTUATION | FIGURE | EVENT)
            and not form.article
            and not (form.pos & NAME and (last > i or _of_two_names(document, i)) and not _is_ala(document, j + 1))
        ):
            break
        if form.noun is not None and form.noun[1] == "time" and not _names_on(document, j + 1):
            break  # قتل شخص صباح اليوم
        if not (form.pos & NAME or form.pos == 0 or form.pos == LATIN or (form.text in _SECOND_PARTS and forms[j].pos & NAME)):
            break
        j += 1
        last = j
    return last


def _holds_a_word(document: Document, form: Form) -> bool:
    """وارتحالها, بسحق: «and» or a preposition, and a word that is known or has a pronoun; the name بلحاج is none of these."""
    if form.text[0] not in "وب" or len(form.text) <= _SHORT_NAME:
        return False
    rest = document.lexicon.form(form.text[1:])
    return bool(rest.pos & ~NAME and not rest.preposition) or (form.text[0] == "و" and form.text.endswith(("ها", "هم", "هن")))


def _has_article(form: Form) -> bool:
    """A word with the article, also one that the vocabulary holds with it: اللواء, العقيد."""
    return form.article or form.bare.startswith("ال")


def _bare_stem(form: Form) -> str:
    """Its stem without the article, whether the vocabulary holds it with it or not."""
    return form.stem if form.article else form.stem.removeprefix("ال")


def _of_two_names(document: Document, i: int) -> bool:
    """Whether two given names stand behind a title, of which the first may be a verb elsewhere: الشيخ حسن علي."""
    forms = document.forms
    title = forms[i].noun
    if title is None or (title[1] != "title" and forms[i].bare not in TITLES) or i + 2 >= len(forms) or forms[i + 1].text.startswith("ال"):
        return False
    return bool(forms[i + 1].pos & NAME) and bool(forms[i + 2].pos & NAME or (not forms[i + 2].pos and forms[i + 2].article))


def _is_ala(document: Document, k: int) -> bool:
    """على, which folds to the name علي: أجبرت منصور هادي على الفرار."""
    return document.forms[k].text == "علي" and document.text(k, k).endswith("ى")


def _by_the_name(document: Document, k: int) -> bool:
    """باسم of a spokesman, or in front of a name in quotation marks; the given name else."""
    forms = document.forms
    return forms[k].text == "باسم" and (forms[k - 1].person == "official" or (k + 1 < len(forms) and forms[k + 1].text in QUOTES))


def _joined(document: Document, k: int) -> bool:
    """Whether the mark at token `k` has a word on either side, and no blank between: جان-لوك."""
    words = document.words
    return k + 1 < len(document.forms) and words.starts[k] == words.ends[k - 1] and words.starts[k + 1] == words.ends[k]


def _quoted_name(document: Document, i: int, k: int, taken: set[int]) -> int:
    """The last token of a name within the marks that open at token `k`, behind a head at token `i`: حزب "الاتحاد", القيادي "أبو عمر".

    `k` if there is none: where no mark closes soon, where a verb or a particle shows that something is said, where it is who is meant (بن لادن (زعيم
    تنظيم القاعدة), or who he is called behind his name already."""
    forms = document.forms
    if forms[k].text in _CLOSE_ONLY or k + 1 >= len(forms) or (k > i + 1 and forms[k + 1].stem not in KUNYA):
        return k
    last = k
    for j in range(k + 1, min(k + 1 + _LONGEST_QUOTED, len(forms))):
        form = forms[j]
        if form.text in QUOTES or document.sentence_of[j] != document.sentence_of[i]:
            return last if form.text in QUOTES and document.sentence_of[j] == document.sentence_of[i] else k
        if j in taken or form.pos & (CLOSED | FIGURE | PUNCTUATION) & ~PREPOSITION or (form.pos & VERB and not form.pos & (NOUN | NAME | ADJECTIVE)):
            return k
        last = j
    return k


# --- forces and bodies -----------------------------------------------------------------------------------------------


def _group(document: Document, i: int, taken: set[int]) -> None:
    """A force: by nationality (قوات تركية), by its own name (لواء الفتح), or as it stands (قوات الأمن)."""
    forms = document.forms
    if _national(document, i, i, taken) or (forms[i].stem in _UNITS and _unit(document, i, taken)):
        return
    form = forms[i]
    if form.stem in _NOT_PARTIES or (form.noun is not None and fold(str(form.noun[0])) in _NOT_PARTIES):
        if form.stem not in ("جماعه", "مقاومه"):
            return
    if form.stem == "حركه" and i + 1 < len(forms) and forms[i + 1].stem in _TRAFFIC:
        return
    takes_name = canonical(form.stem) in TAKES_NAME and not form.article
    last = _name_after(document, i, taken, most=4) if takes_name or (i + 1 < len(forms) and forms[i + 1].text in QUOTES) else i
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


def _tribe(document: Document, i: int, taken: set[int]) -> bool:
    """A tribe by its name, though a village is called like it: عشيرة العكيدات, قبيلتا الرزيقات والمعاليا."""
    forms = document.forms
    last = _tribes_name(document, i, i + 1, taken)
    if last == i:
        return False
    several = forms[i].noun is not None and forms[i].noun[2] != "s"
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
    return max(_name_after(document, i, taken, most=3), i) if j == i + 1 else i


_KINDRED: Final = words("parties.kindred")
_TRIBES: Final[dict[str, str]] = values("parties.tribes")


def _unit(document: Document, i: int, taken: set[int]) -> bool:
    """A numbered unit: اللواء السادس مشاة, الفرقة 14, الكتيبة 204 دبابات."""
    forms = document.forms
    j = i + 1
    if j < len(forms) and forms[j].text == "ال":
        j += 1
    if j >= len(forms) or document.sentence_of[i] != document.sentence_of[j]:
        return False
    if not (forms[j].pos & FIGURE or (_has_article(forms[i]) and forms[j].article and forms[j].stem in ORDINALS)):
        return False
    last = j
    while last + 1 < len(forms) and last - i < 4 and not forms[last + 1].conjunction and not {forms[last + 1].stem, forms[last + 1].bare}.isdisjoint(_OF_UNITS):
        last += 1
    document.actors.append(Mention("actor", i, last, i, last, label="group"))
    taken.update(range(i, last + 1))
    return True


ORDINALS: Final = words("parties.ordinals")
_OF_UNITS: Final = ORDINALS | words("parties.arms")
_FIRE: Final = words("parties.no_genitives")


def _qualified(document: Document, i: int) -> int:
    """The last token of definite genitives and adjectives behind a force: قوات الأمن الخاصة. 0 if there are none."""
    forms = document.forms
    j = i
    while j + 1 < len(forms) and j - i < 3:
        form = forms[j + 1]
        if form.conjunction or form.preposition or (form.pos & (VERB | CLOSED & ~PARTICLE | PUNCTUATION) and not form.article):
            break
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


def _national(document: Document, i: int, head: int, taken: set[int]) -> bool:
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
            id_ = state_id(document, forms[i], form.nisba)
            if id_ is None:
                return False
            if forms[i].pos & EVENT and forms[i].stem not in _FORCES and j - i > 2:
                return False
            first = j if forms[i].pos & EVENT and forms[i].stem not in _FORCES else i
            document.actors.append(Mention("actor", first, j, head if first == i else j, j, id=id_, label="state"))
            taken.update(range(first, j + 1))
            and_others(document, i, j, taken)
            return True
        if not (form.pos & (NOUN | ADJECTIVE) or (form.article and not form.pos & CLOSED)) or (form.pos & VERB and not form.pos & (NOUN | ADJECTIVE)):
            break
    return False


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


_CIVIL: Final = words("parties.civil_vehicles")
