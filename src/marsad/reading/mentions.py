"""Who and where: the parties, persons and places that a text names, as spans with what the vocabulary knows of them.

Three ways lead to a mention: a listed name (longest match, whatever clitic it carries); a head word with what belongs to it
(قوات أميركية, لواء الفتح, بلدة X); and a word that points back to a party named before (التنظيم). Which of them takes part in
which event is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import (
    ADJECTIVE,
    CLOSED,
    CONJUNCTION,
    EVENT,
    FIGURE,
    LATIN,
    NAME,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    VERB,
    Form,
)
from marsad.reading.document import Document, Mention

_QUOTES: Final = frozenset("\"'«»“”()[]-–")
_SKIPPED_IN_NAMES: Final = frozenset("\"'«»“”()-–#")
_POINTING: Final = {
    fold(head): stems
    for head, stems in {
        "التنظيم": ("تنظيم",),
        "الحركة": ("حركه",),
        "الجماعة": ("جماعه",),
        "الميليشيا": ("ميليشيا",),
        "الحزب": ("حزب",),
        "الفصيل": ("فصيل", "جيش", "لواء", "فرقه", "جبهه"),
        "الهيئة": ("هييه",),
        "الجبهة": ("جبهه",),
    }.items()
}
_POINTING_FORMS: Final = {canonical(k): x for k, x in _POINTING.items()}
_PERSON_IDS: Final = {
    "civilian": "civilians",
    "press": "journalists",
    "medic": "aid-workers",
    "protester": "protesters",
    "settler": "israeli-settlers",
    "elder": "tribes",
}
_FORCES: Final = frozenset(
    fold(w)
    for w in (
        "قوات قوة جيش طيران طائرات مقاتلات مدفعية سلاح شرطة استخبارات مخابرات سلطات حكومة جنود جندي ضباط ضابط بحرية دبابات مروحيات مروحية مسيرات مسيرة طائرة غارات غارة آليات"
        " أمن درك حرس دورية دوريات عناصر عسكريين عسكريون زوارق سفن بارجة وزارة نقاط قاعدة خفر ميليشيا ميليشيات مقاتلين ضربات ضربة قصف صواريخ قذائف مقاتلون مسلحون مسلحين"
    ).split()
)
_DIRECTIONS: Final = frozenset(fold(w) for w in "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي".split())
_DIRECTION_ADJECTIVES: Final = frozenset(
    fold(w)
    for w in "الشمالي الجنوبي الشرقي الغربي الشمالية الجنوبية الشرقية الغربية الأوسط الوسطى الأعلى الأسفل السفلى العليا القديمة الجديدة الكبرى الصغرى الفوقاني التحتاني فوقاني تحتاني شرقي غربي شمالي جنوبي كبير صغير الكبير الصغير القديم الجديد".split()
)


def find_mentions(document: Document) -> None:
    """Fill `document.actors`, `document.places` and `document.theatre`."""
    silent = _silent_tokens(document)
    listed = list(_listed_names(document, silent))
    _theatre(document, listed)
    taken: set[int] = set()
    for i, last, kind, what in _resolve(document, listed):
        _take_listed(document, i, last, kind, what)
        taken.update(range(i, last + 1))
    _headed(document, silent, taken)
    document.actors.sort(key=lambda m: m.first)
    document.places.sort(key=lambda m: m.first)
    _point_back(document)
    _join_people(document)
    _settle_places(document)
    for mention in (*document.actors, *document.places):
        mention.sentence = document.sentence_of[mention.first]


def _silent_tokens(document: Document) -> set[int]:
    return {i for begin, end, _ in document.silent for i in range(begin, end)}


# --- listed names -----------------------------------------------------------------------------------------------------

_Found = tuple[int, int, list[tuple[str, object, str]]]


def _listed_names(document: Document, silent: set[int]) -> Iterator[_Found]:
    """(first token, last token, [(kind, what, theatre)]): the longest names at each token."""
    forms, count = document.forms, len(document.forms)
    i = 0
    while i < count:
        form = forms[i]
        if not form.names or i in silent:
            i += 1
            continue
        best = i - 1
        options: list[tuple[str, object, str]] = []
        for rest, kind, what, theatre in form.names:
            last = _match(forms, i, rest, count) if rest else i
            if last < 0 or last < best or (not rest and not _may_stand_alone(document, i, kind, what)):
                continue
            if last > best:
                best, options = last, []
            options.append((kind, what, theatre))
        if options:
            yield i, best, options
            i = best + 1
        else:
            i += 1


def _match(forms: list[Form], i: int, rest: tuple[str, ...], count: int) -> int:
    """The last token of a name whose first token is `i`, or -1; quotation marks inside are passed over."""
    j = i
    for token in rest:
        j += 1
        while j < count and forms[j].text in _SKIPPED_IN_NAMES:
            j += 1
        if j >= count or canonical(forms[j].text) != token:
            return -1
    return j


def _may_stand_alone(document: Document, i: int, kind: str, what: object) -> bool:
    """Whether a one-word name is meant: not a verb, not a common word without its cue, not part of a person's name."""
    form = document.forms[i]
    if kind == "place":
        row = document.lexicon.places[int(what)]  # type: ignore[call-overload]
        if row[5] and not _cue_before(document, i):
            return False
        before = document.forms[i - 1] if i else None
        if before is not None and before.pos & NAME and not before.pos & CLOSED and before.text not in ("علي",) and not form.preposition:
            return False
        common = form.pos & (EVENT | CLOSED | VERB) or (form.noun is not None and form.noun[1] == "placekind")
        return not common or _cue_before(document, i)
    if kind in ("actor", "here"):
        return form.text not in ("فتح", "القاعده", "سهيل") or not form.article or form.text == "القاعده"
    return True


def _cue_before(document: Document, i: int) -> bool:
    """A kind word (بلدة، مدينة، حي) or a coordinated place stands before token `i`."""
    j = i - 1
    while j >= 0 and document.forms[j].text in _QUOTES:
        j -= 1
    if j < 0:
        return False
    form = document.forms[j]
    lexicon = document.lexicon
    return form.bare in lexicon.place_kind or form.stem in lexicon.place_kind or form.stem in lexicon.place_named


def _theatre(document: Document, listed: list[_Found]) -> None:
    """The countries that the report is about: those of its places, weighed by how often they are named, and of its parties."""
    lexicon = document.lexicon
    votes: dict[str, float] = {}
    for _, _, options in listed:
        countries: set[str] = set()
        weight = 1.0
        for kind, what, theatre in options:
            if kind == "place":
                row = lexicon.places[int(what)]  # type: ignore[call-overload]
                countries.add(row[3])
                weight = 2.0 if row[2] != "country" else 1.5
            elif kind == "actor" and theatre and " " not in theatre:
                countries.add(theatre)
        for country in countries:
            votes[country] = votes.get(country, 0.0) + weight / len(countries)
    if not votes:
        return
    top = max(votes.values())
    document.theatre = {country for country, vote in votes.items() if vote >= 0.35 * top}


def _resolve(document: Document, listed: list[_Found]) -> Iterator[tuple[int, int, str, object]]:
    """One meaning or two (a state is a party and a place) for each listed name."""
    for i, last, options in listed:
        actors = [o for o in options if o[0] == "actor"]
        here = [o for o in options if o[0] == "here" and set(o[2].split()) & document.theatre]
        places = [o for o in options if o[0] == "place"]
        sources = [o for o in options if o[0] == "source"]
        if here and (not actors or all(len(a[2].split()) != 1 for a in actors)):
            ranked = sorted(here, key=lambda o: -sum(c in document.theatre for c in o[2].split()) / len(o[2].split()))
            actors = [_as_of(document, ranked)]
        elif len(actors) > 1:
            actors = [next((a for a in actors if set(a[2].split()) & document.theatre), actors[0])]
        if actors:
            yield i, last, "actor", actors[0][1]
        if places:
            yield i, last, "place", [p[1] for p in places]
        if not actors and not places and sources:
            yield i, last, "source", sources[0][1]


def _as_of(document: Document, ranked: list[tuple[str, object, str]]) -> tuple[str, object, str]:
    """The first of several bearers of a name that existed on the report's day."""
    if document.reference is None:
        return ranked[0]
    day = document.reference.isoformat()
    for option in ranked:
        _, _, _, _, _, start, end = document.lexicon.actors[str(option[1])]
        if (not start or start <= day) and (not end or day < end):
            return option
    return ranked[0]


def _take_listed(document: Document, i: int, last: int, kind: str, what: object) -> None:
    if kind == "actor":
        label = document.lexicon.actors[str(what)][2]
        document.actors.append(Mention("actor", i, last, i, last, id=str(what), label=label))
    elif kind == "place":
        _add_place(document, i, last, [int(x) for x in what])  # type: ignore[attr-defined]


# --- names with a head word ------------------------------------------------------------------------------------------------


def _headed(document: Document, silent: set[int], taken: set[int]) -> None:
    """Parties and places that a head word brings in: جنود أتراك, لواء الفتح, مسلحون, بلدة X."""
    forms, lexicon = document.forms, document.lexicon
    for i, form in enumerate(forms):
        if i in silent or i in taken or (form.pos and not form.pos & (NOUN | ADJECTIVE | EVENT | NAME) and form.bare not in _NAME_OPENERS):
            continue
        if form.stem in lexicon.place_kind or form.stem in lexicon.place_named or form.bare in lexicon.place_kind:
            if _cued_place(document, i, taken):
                continue
        noun = form.noun
        if ((form.pos == 0 and not form.article) or form.bare in _NAME_OPENERS) and _parented_place(document, i, taken):
            continue
        if noun is None or form.pos & CLOSED:
            if form.pos & NAME and not form.pos & (CLOSED | VERB):
                _named_person(document, i, taken)
            continue
        if noun[1] == "group":
            _group(document, i, taken)
        elif noun[1] == "person" and form.person:
            if not _is_adjective(document, i):
                _person(document, i, taken)
        elif form.stem in _FORCES:
            _national(document, i, i, taken)


def _is_adjective(document: Document, i: int) -> bool:
    """عسكري in مصدر عسكري: the form is an adjective too, and the noun that it agrees with stands in front."""
    form = document.forms[i]
    if i == 0 or not form.pos & ADJECTIVE or form.conjunction or form.preposition:
        return False
    before = document.forms[i - 1]
    for number, is_verb, _ in before.events:
        entry = document.lexicon.events[number]
        if entry.harm or (not is_verb and entry.frame.g in ("k", "t")):
            return False  # مقتل قيادي: the genitive is the victim
    if before.pos & VERB and before.events and all(verbal for _, verbal, _ in before.events) and not before.pos & NOUN:
        return False
    return bool(before.pos & (NOUN | EVENT)) and not before.pos & FIGURE and before.article == form.article and not before.pos & CLOSED


_TAKES_NAME: Final = frozenset(
    canonical(fold(w))
    for w in "لواء كتيبة كتائب فصيل حركة تنظيم جبهة ميليشيا جماعة سرايا سرية فرقة عصابة حزب تيار عشيرة قبيلة عشائر مجموعة خلية ألوية فيلق جيش فوج تحالف مقاومة ميليشيات".split()
)


def _named_person(document: Document, i: int, taken: set[int]) -> None:
    """A person by name: two names or more in a row, or a nom de guerre (أبو العمرين)."""
    forms = document.forms
    form = forms[i]
    if form.article:
        return
    nom = form.stem in ("ابو", "ابا", "ابي")
    last = _name_after(document, i, taken, most=4)
    if last == i or (not nom and not forms[i].pos & NAME):
        return
    document.actors.append(Mention("actor", i, last, i, last, label="named"))
    taken.update(range(i, last + 1))


def _group(document: Document, i: int, taken: set[int]) -> None:
    """A force: by nationality (قوات تركية), by its own name (لواء الفتح), or as it stands (قوات الأمن)."""
    forms = document.forms
    if _national(document, i, i, taken):
        return
    form = forms[i]
    if form.noun is not None and form.noun[0] in ("طرف", "جانب"):
        return
    if form.stem in ("طرف", "جانب", "جهه", "دوله", "قطاع", "غرفه", "ولايه", "شركه", "طايفه", "سلاح", "جناح", "قياده", "مقاومه", "جماعه"):
        if form.stem not in ("جماعه", "مقاومه"):
            return
    takes_name = canonical(form.stem) in _TAKES_NAME and not form.article
    last = _name_after(document, i, taken, most=4) if takes_name or (i + 1 < len(forms) and forms[i + 1].text in _QUOTES) else i
    if last > i and takes_name | (forms[i + 1].text in _QUOTES):
        document.actors.append(Mention("actor", i, last, i, last, label="group"))
        taken.update(range(i, last + 1))
    elif form.article and canonical(form.bare) in _POINTING_FORMS:
        document.actors.append(Mention("actor", i, i, i, i, label="group", back=True))
        taken.add(i)
    elif form.article or _qualified(document, i):
        tail = _qualified(document, i) or i
        document.actors.append(Mention("actor", i, tail, i, tail, label="group"))
        taken.update(range(i, tail + 1))


def _qualified(document: Document, i: int) -> int:
    """The last token of definite genitives and adjectives behind a force: قوات الأمن الخاصة. 0 if there are none."""
    forms = document.forms
    j = i
    while j + 1 < len(forms) and j - i < 3:
        form = forms[j + 1]
        if form.conjunction or form.preposition or (form.pos & (VERB | CLOSED | PUNCTUATION) and not form.article):
            break
        if form.article and form.pos & (NOUN | ADJECTIVE) and not form.pos & EVENT:
            j += 1
            continue
        if (
            not form.article
            and form.adjective is not None
            and forms[i].article is False
            and form.adjective[1] in ("military", "person", "affiliation", "other")
        ):
            j += 1
            continue
        break
    return j if j > i else 0


def _national(document: Document, i: int, head: int, taken: set[int]) -> bool:
    """A force, weapon or person with an adjective of nationality within its phrase: مقاتلات حربية روسية."""
    forms = document.forms
    limit = min(i + 5, len(forms))
    for j in range(i + 1, limit):
        form = forms[j]
        if form.conjunction or form.preposition:
            break
        if form.nisba and j not in taken:
            id_ = _state_id(document, forms[i], form.nisba)
            if id_ is None:
                return False
            document.actors.append(Mention("actor", i, j, head, j, id=id_, label="state"))
            taken.update(range(i, j + 1))
            return True
        if not (form.pos & (NOUN | ADJECTIVE) or (form.article and not form.pos & CLOSED)) or (form.pos & VERB and not form.pos & (NOUN | ADJECTIVE)):
            break
    return False


def _state_id(document: Document, head: Form, country: str) -> str | None:
    if head.stem == "شرطه" or (head.noun and head.noun[0] in ("شرطي", "شرطة")):
        police = {"IQ": "iraq-police"}.get(country)
        if police:
            return police
    if head.noun and head.noun[1] == "person" and head.person not in ("fighter",):
        return None
    return document.lexicon.state_actor(country, document.reference)


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
    ):
        if forms[tail + 1].article != form.article or tail - i >= 2:
            break
        tail += 1
    id_ = _PERSON_IDS.get(form.person)
    if form.person == "settler" and not document.theatre & {"PS", "IL"}:
        id_ = None
    if form.person == "elder" and form.noun and form.noun[2] == "s":
        return  # الشيخ is a title
    document.actors.append(Mention("actor", i, i, i, tail, id=id_, label=form.person))
    taken.update(range(i, tail + 1))


def _name_after(document: Document, i: int, taken: set[int], most: int) -> int:
    """The last token of a proper name behind token `i`: unknown words, names and quoted words; `i` if there is none."""
    forms = document.forms
    j = last = i
    quoted = False
    while j + 1 < len(forms) and j - i < most + 3:
        form = forms[j + 1]
        if form.text in _QUOTES:
            if quoted and form.text in ('"', "»", "”", "'", ")"):
                return last if last > i else i
            quoted = True
            j += 1
            continue
        if quoted and not form.pos & PUNCTUATION:
            j += 1
            last = j
            continue
        if (j + 1) in taken or form.conjunction or form.preposition:
            break
        if form.pos & (CLOSED | VERB | PUNCTUATION | FIGURE | EVENT) and not form.article:
            break
        if form.pos & NAME or form.pos == 0 or form.pos == LATIN:
            if last - i >= most:
                break
            j += 1
            last = j
            continue
        break
    return last


# --- places --------------------------------------------------------------------------------------------------------------------


def _cued_place(document: Document, i: int, taken: set[int]) -> bool:
    """A place that its kind word brings in and no list knows: قرية تل الضمان, حاجز الملعب. True if one was found."""
    forms, lexicon = document.forms, document.lexicon
    j = i + 1
    while j < len(forms) and forms[j].text in _QUOTES:
        j += 1
    named = forms[i].stem in lexicon.place_named and forms[i].stem not in lexicon.place_kind
    if named and not forms[i].article and j < len(forms):
        k = j + 1 if (forms[j].stem in lexicon.place_kind and not forms[j].conjunction) else j
        for place in document.places:
            if place.first == k and not forms[k].preposition and not forms[k].conjunction:
                place.first = place.head = i  # مطار مدينة الحديدة: the kind is part of the name
                place.label = forms[i].stem
                place.cued = True
                taken.update(range(i, place.last + 1))
                return True
    if j >= len(forms) or j in taken:
        return False
    if (head := forms[i].noun) and head[2] == "p" and named and forms[i].stem not in ("احياء",):
        return False
    last = _place_name(document, j, taken, named)
    if last < j:
        return False
    first = i if named else j
    if named and forms[i].article:
        return False
    document.places.append(Mention("place", first, last, i, last, label=forms[i].stem, cued=True))
    taken.update(range(first, last + 1))
    return True


_NAME_OPENERS: Final = frozenset(("بني", "ابو", "ام", "ال", "عين", "بير", "تل", "كفر", "ابن"))


def _parented_place(document: Document, i: int, taken: set[int]) -> bool:
    """An unlisted place that only its parent shows: في بني جابر بمديرية الخوخة, بتقاطع X في صرواح. True if one was found."""
    forms, lexicon = document.forms, document.lexicon
    before = forms[i - 1] if i else None
    if forms[i].preposition not in ("ب", "ل") and (
        before is None or (before.text not in ("في", "من", "الي", "علي", "على", "قرب", "باتجاه", "نحو") and not before.relation)
    ):
        return False
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
    if j >= len(forms):
        return False
    behind = forms[j]
    follows = forms[j + 1] if j + 1 < len(forms) else None
    cued = behind.preposition == "ب" and (behind.stem in lexicon.place_kind or any(p.first == j for p in document.places))
    cued = cued or (
        behind.text == "في"
        and follows is not None
        and (follows.stem in lexicon.place_kind or any(p.first == j + 1 and p.label != "country" for p in document.places))
    )
    if not cued or document.sentence_of[i] != document.sentence_of[j]:
        return False
    document.places.append(Mention("place", i, last, i, last, label="unlisted", cued=True))
    taken.update(range(i, last + 1))
    return True


def _place_name(document: Document, j: int, taken: set[int], named: bool) -> int:
    """The last token of an unlisted place name that begins at `j`; j - 1 if none can be told."""
    forms = document.forms
    form = forms[j]
    if form.conjunction or (form.preposition and form.pos):
        return j - 1
    if form.pos & (CLOSED | PUNCTUATION | FIGURE) or (form.pos & VERB and not form.pos & (NOUN | NAME)):
        return j - 1
    plain = form.pos == 0 or form.pos & NAME
    if not plain and not form.article and not (named and form.pos & NOUN):
        return j - 1
    construct = named and form.article and not forms[j - 1].article
    if form.nisba or (form.adjective and not plain and not construct and (form.adjective[1] != "direction" or not named) and not form.pos & NOUN):
        return j - 1
    if form.pos & EVENT or (
        form.article and form.pos & NOUN and not named and form.noun and form.noun[1] in ("group", "event", "masdar", "abstract", "person")
    ):
        return j - 1
    if not form.article and not plain and form.noun and form.noun[1] in ("group", "person", "abstract", "event", "time", "quantity", "speech"):
        return j - 1
    last = j
    while last + 1 < len(forms) and last - j < 3 and (last + 1) not in taken:
        following = forms[last + 1]
        if following.conjunction or following.preposition or following.pos & (PUNCTUATION | FIGURE | VERB):
            break
        if following.text in _DIRECTION_ADJECTIVES and following.article:
            if not named and not forms[last].article:
                break
            last += 1
            break
        if following.pos & CLOSED:
            break
        if following.pos == 0 and (not following.article or (last == j and not forms[last].article)) and not following.nisba:
            last += 1
            continue
        if following.pos & NAME and not following.pos & (NOUN | ADJECTIVE):
            last += 1
            continue
        if forms[last].stem in (
            "ابو",
            "ام",
            "تل",
            "عين",
            "كفر",
            "دير",
            "بير",
            "خربه",
            "وادي",
            "راس",
            "بيت",
            "شيخ",
            "عبد",
            "ابن",
            "بني",
            "ال",
            "ذو",
            "جبل",
            "باب",
            "مشروع",
            "خان",
        ):
            last += 1
            continue
        break
    return last


def _add_place(document: Document, i: int, last: int, rows: list[int]) -> None:
    """A listed place; the first row is provisional until the report's other places are known."""
    mention = Mention("place", i, last, i, last, row=rows[0], label=document.lexicon.places[rows[0]][2])
    if len(rows) > 1:
        _OPTIONS[id(mention)] = rows
    document.places.append(mention)


_OPTIONS: dict[int, list[int]] = {}


def _settle_places(document: Document) -> None:
    """Relation, kind words in front, country and first level of each place; namesakes go where the report's other places are."""
    lexicon = document.lexicon
    main = _main_country(document)
    for mention in document.places:
        rows = _OPTIONS.pop(id(mention), None)
        if rows is not None:
            admin1s = {m.admin1 for m in document.places if m.admin1}
            mention.row = max(
                rows,
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
            mention.label = kind if not mention.cued else mention.label
        _look_left(document, mention)
    _parents(document, main)


def _main_country(document: Document) -> str:
    votes: dict[str, int] = {}
    for mention in document.places:
        if mention.row >= 0:
            country = document.lexicon.places[mention.row][3]
            votes[country] = votes.get(country, 0) + 1
    return max(votes, key=lambda c: votes[c]) if votes else ""


def _look_left(document: Document, mention: Mention) -> None:
    """Kind words and relation in front of a place name: في محيط بلدة هجين; جنوبي مدينة رفح; على بعد 5 كم شمال X."""
    forms, lexicon = document.forms, document.lexicon
    j = mention.head
    steps = 0
    while j > 0 and steps < 6:
        form, here = forms[j - 1], forms[j]
        if here.conjunction or (here.preposition and j <= mention.head and not form.relation):
            break
        if here.preposition and here.preposition in "بل" and not form.relation:
            break
        if form.text in _QUOTES:
            j -= 1
            continue
        if form.relation and (not mention.relation or form.relation != "near"):
            if form.stem in _DIRECTIONS and j > 1 and forms[j - 2].stem in _DIRECTIONS and f"{forms[j - 2].stem} {form.stem}" in lexicon._relations:
                mention.relation = lexicon._relations[f"{forms[j - 2].stem} {form.stem}"]
                j -= 2
            else:
                mention.relation = mention.relation or form.relation
                j -= 1
            steps += 1
            if forms[j].conjunction or forms[j].preposition:
                break
            continue
        if form.bare in lexicon.place_kind or form.stem in lexicon.place_kind:
            mention.cued = True
            j -= 1
            steps += 1
            if form.conjunction or form.preposition:
                break
            continue
        if form.text in ("من", "الي") and j > 1 and forms[j - 2].relation in ("near", "north_of", "south_of", "east_of", "west_of"):
            mention.relation = mention.relation or forms[j - 2].relation
            j -= 2
            continue
        break
    mention.head = j
    if mention.relation is None and mention.label in ("ريف", "countryside"):
        mention.relation = "countryside"
    _distance(document, mention)


def _distance(document: Document, mention: Mention) -> None:
    """A distance in kilometres right before the place: 2 كم من مشفى هجين."""
    forms = document.forms
    for k in range(mention.head - 1, max(mention.head - 6, 0), -1):
        if forms[k].text in ("كم", "كلم", "كيلومترا", "كيلومتر", "كيلومترات", "كيلو"):
            if forms[k - 1].pos & FIGURE:
                try:
                    mention.distance_km = float(forms[k - 1].text.replace(",", "."))
                except ValueError:
                    return
            elif forms[k].text == "كيلومتر":
                mention.distance_km = 1.0
            mention.relation = mention.relation or "near"
            mention.head = k - 1
            return


_CHAIN_WORDS: Final = frozenset(fold(w) for w in "في التابعة التابع الواقعة الواقع والتابعة ضمن داخل وسط من عند بين".split())


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
        if before.first == mention.first or forms[mention.head].conjunction:
            continue
        if all(
            forms[k].text in _CHAIN_WORDS or forms[k].text in _QUOTES or forms[k].text in _DIRECTION_ADJECTIVES or forms[k].relation for k in between
        ) and not any(forms[k].text == "من" for k in between):
            if forms[mention.head].preposition not in ("ل",) or forms[mention.head].relation:
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


# --- later mentions ---------------------------------------------------------------------------------------------------------


def _point_back(document: Document) -> None:
    """التنظيم، الحركة، الميليشيات: the party named last whose name holds the head word."""
    recent: list[Mention] = []
    for mention in document.actors:
        if not mention.back:
            if mention.id and mention.label in ("insurgent", "militia", "coalition", "state", "police", "authority"):
                recent.append(mention)
            continue
        heads = _POINTING_FORMS[canonical(document.forms[mention.first].bare)]
        for candidate in reversed(recent):
            if _has_head(document, candidate, heads):
                mention.id, mention.label = candidate.id, candidate.label
                break
        else:
            mention.back = False


_OF_PARTY: Final = frozenset(("من", "في", "عن", "لدي", "ضمن", "تابع", "تابعه", "تابعين", "تابعون", "صفوف"))
_PEOPLE: Final = frozenset(("fighter", "neutral", "group"))
_PARTIES: Final = frozenset(("state", "insurgent", "militia", "coalition", "police", "authority"))


def _join_people(document: Document) -> None:
    """مسلحو تنظيم داعش, عناصر من قسد, مقاتلين تابعين للجيش: people of a party are one mention, which bears the party's name."""
    forms = document.forms
    joined: set[int] = set()
    for number, people in enumerate(document.actors[:-1]):
        party = document.actors[number + 1]
        if people.label not in _PEOPLE or people.id or party.id is None or party.label not in _PARTIES:
            continue
        gap = range(people.tail + 1, party.head)
        if len(gap) > 3 or document.sentence_of[people.first] != document.sentence_of[party.first] or forms[party.head].conjunction:
            continue
        if all(forms[k].text in _OF_PARTY or forms[k].stem in _OF_PARTY or (forms[k].pos & ADJECTIVE and not forms[k].pos & (VERB | EVENT)) for k in gap):
            if not gap or forms[party.head].preposition in ("", "ل"):
                party.head = people.head
                joined.add(id(people))
    if joined:
        document.actors = [m for m in document.actors if id(m) not in joined]


def _has_head(document: Document, candidate: Mention, heads: tuple[str, ...]) -> bool:
    assert candidate.id is not None
    known = _heads_of(document, candidate.id)
    return any(head in known for head in heads)


_HEADS: dict[str, frozenset[str]] = {}


def _heads_of(document: Document, id_: str) -> frozenset[str]:
    """The head words of an actor's names: {تنظيم, دوله, داعش, …}."""
    if not _HEADS:
        collected: dict[str, set[str]] = {}
        for first, entries in document.lexicon._names.items():
            for _, kind, what, _ in entries:
                if kind == "actor":
                    collected.setdefault(str(what), set()).add(first[2:] if first.startswith("ال") else first)
        _HEADS.update({k: frozenset(x) for k, x in collected.items()})
    return _HEADS.get(id_, frozenset())


_ = (CONJUNCTION, PREPOSITION)
