"""Places that show themselves once the others are found: behind prepositions, in lists beside a known place, and later mentions."""

from __future__ import annotations

from typing import Final

from marsad.arabic.date_words import ORDERED
from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.places import (
    DIRECTION_ADJECTIVES,
    ENCLITICS,
    NAME_OPENERS,
    QUARTERS,
    add_listed,
    is_mother,
    is_of,
    place_name,
    put,
    take_for_name,
    to_the_end,
)
from marsad.reading.places_listed import INTO, PEOPLE_FROM, cue_before, is_adjective_of, is_superlative

# --- found once the rest is known ---------------------------------------------------------------------------------------


def further_places(document: Document, silent: set[int], taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """Names beside places, behind prepositions, and later mentions of names that a kind word brought in.

    No place begins at a token that is `silent`: in furniture, or in a date. `withheld` are listed names that were not trusted where they stand:
    first token → (last token, rows).
    """
    _headings(document, silent, taken, withheld)
    document.places.sort(key=lambda m: m.first)
    _behind_prepositions(document, silent, taken, withheld)
    document.places.sort(key=lambda m: m.first)
    _in_lists(document, silent, taken, withheld)
    _later(document, silent, taken)
    document.places.sort(key=lambda m: m.first)


def _headings(document: Document, silent: set[int], taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """«صور: أغارت مسيرة …», «الأبيض: صدت …»: a word that is the name of a place too, where it heads a paragraph as other places of that country do."""
    rows = document.lexicon.places
    heads = [m for m in document.places if m.row >= 0 and _heads_paragraph(document, m.first, m.last)]
    if len({m.first for m in heads}) < _HEADS:
        return
    countries = {rows[m.row][3] for m in heads}
    for i, (last, named) in withheld.items():
        if i in silent or i in taken or not _heads_paragraph(document, i, last):
            continue
        here = [row for row in named if rows[row][3] in countries]
        if here:
            add_listed(document, i, last, here)
            taken.update(range(i, last + 1))


def _heads_paragraph(document: Document, first: int, last: int) -> bool:
    """Whether a name opens a paragraph with a colon behind it, or is one by itself."""
    number = document.sentence_of[first]
    part, parts = document.sentences[number], document.sentences
    opens = part.begin == first and (number == 0 or parts[number - 1].paragraph != part.paragraph)
    alone = last + 1 == part.end and (number + 1 == len(parts) or parts[number + 1].paragraph != part.paragraph)
    return opens and (alone or (last + 1 < part.end and document.forms[last + 1].text == ":"))


_HEADS: Final = 2  # headings that show how a report is divided


def _unknown(form: Form) -> bool:
    """A word that can only be a name: no reading, no nationality, no ordinal (بين التاسعة والعاشرة), none of the endings that pronouns and plurals have.

    What is listed by itself is found elsewhere; «دره» only begins the listed name of a place (دره نور).
    """
    if (
        form.pos
        or form.nisba
        or form.relation
        or any(not rest or kind != "place" for rest, kind, *_ in form.names)
        or len(form.stem) < 3
        or form.enclitic
        or form.bare in ORDERED
    ):
        return False
    return not form.stem.endswith(ENCLITICS) or len(form.stem) <= 4


def _behind_prepositions(document: Document, silent: set[int], taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """في بيكانبارو, إلى يولا, شمالي دلبران, في أم عضام, غارة على صلحان: an unknown word behind a preposition of place."""
    forms = document.forms
    for i in range(1, len(forms)):
        before = forms[i - 1]
        directed = before.bare in INTO or (bool(before.relation) and not before.article) or (i in withheld and forms[i].preposition == "ب")
        if not directed and before.text != "من" and not (before.text == "علي" and _is_struck(document, i - 1)):
            continue
        if i in silent or document.sentence_of[i - 1] != document.sentence_of[i] or (i in taken and not _is_no_civilian(document, i, withheld)):
            continue
        take_for_name(document, i)
        form = forms[i]
        if (
            i in withheld
            and ((not form.pos & (NOUN | ADJECTIVE) and not form.preposition) or _is_at_home(document, i, withheld[i][1]))
            and (before.text != "من" or _moving(document, i - 1))
        ):
            last, rows = withheld[i]
            add_listed(document, i, last, rows)
            taken.update(range(i, last + 1))
            continue
        if directed and i + 1 not in taken and _opens_a_name(document, i):
            last = to_the_end(document, i, taken, False)
            put(document, Mention("place", i, last, i, last, label="unlisted"))
            taken.update(range(i, last + 1))
            continue
        if not _unknown(form) or form.conjunction or form.preposition or (before.text == "الي" and _has_led(document, i - 1)):
            continue
        if form.article and before.text in _UNNAMED:
            continue  # عند الغروب, هجوم على الصماد
        if _seems_plural(form) and before.text != "قرب" and (not before.relation or before.relation == "between"):
            continue  # صدام بين الرزيقات والمسيرية
        if before.text == "من" and (form.article or not _moving(document, i - 1)):
            continue
        last = to_the_end(document, i, taken, False)
        put(document, Mention("place", i, last, i, last, label="unlisted"))
        taken.update(range(i, last + 1))


def _is_at_home(document: Document, i: int, rows: list[int]) -> bool:
    """في مدني, نحو بحري: an adjective without the article, which is no adjective there, where the report is about the country of the place of that name;
    غارة على صور, نزحوا نحو صور: a noun, there, that nothing goes on with; في الميادين, بالحراك: a noun with the article, in a report that names another place
    of that governorate."""
    form, places = document.forms[i], document.lexicon.places
    behind = document.forms[i + 1] if i + 1 < len(document.forms) else None
    if not form.article:
        at_home = not document.theatre.isdisjoint(places[row][3] for row in rows)
        return at_home and (bool(form.pos & ADJECTIVE) or (bool(form.noun) and not form.pos & EVENT and (behind is None or _stands_apart(document, i + 1))))
    if (
        (form.place and not (form.noun is not None and form.noun[2] == "p"))
        or (form.pos & EVENT and not _is_told_where(document, i, rows))
        or form.conjunction
        or (behind is not None and behind.article and bool(behind.pos & ADJECTIVE))
    ):
        return False
    near = {places[m.row][3:5] for m in document.places if m.row >= 0 and places[m.row][4] and m.first != i}
    return any(places[row][3:5] in near for row in rows)


def _stands_apart(document: Document, k: int) -> bool:
    """Whether the word at token `k` goes on with no noun in front of it: a mark, «و» and a place, a day, a point of the compass, who did it (بقذائف)."""
    form = document.forms[k]
    joined = form.conjunction == "و" and (bool(form.names) or not form.pos)
    timed = form.noun is not None and form.noun[1] == "time"
    return bool(joined or timed or form.text in ".،؛:" or form.relation or form.text == "امس" or document.sentence_of[k] != document.sentence_of[k - 1])


def _is_told_where(document: Document, i: int, rows: list[int]) -> bool:
    """«في الحراك بريف درعا», «في الحراك شرقي درعا»: where the place of that name lies stands right behind it."""
    forms, places = document.forms, document.lexicon.places
    if i + 1 >= len(forms) or not (forms[i + 1].relation or (forms[i + 1].preposition == "ب" and forms[i + 1].place)):
        return False  # الحراك بدرعا is the movement
    behind = [document.place_at[k] for k in range(i + 1, i + 4) if k in document.place_at and document.sentence_of[k] == document.sentence_of[i]]
    return any(m.row >= 0 and places[m.row][3:5] == places[row][3:5] for m in behind for row in rows)


def _is_no_civilian(document: Document, i: int, withheld: dict[int, tuple[int, list[int]]]) -> bool:
    """«في مدني», «سيطرت على مدني»: the town of that name where a civilian was read; he is not read any more."""
    if i not in withheld or not _is_at_home(document, i, withheld[i][1]):
        return False
    read = [m for m in document.actors if m.first == m.last == m.head == m.tail == i and m.id == "civilians"]
    if len(read) == 1 and (document.forms[i - 1].bare in INTO or document.forms[i - 1].bare == "علي"):
        document.actors.remove(read[0])
        return True
    return False


def _is_struck(document: Document, i: int) -> bool:
    """Whether «على» at token `i` stands behind what strikes, with up to two words between them, or a party: غارة إسرائيلية على, سقطت قذيفة على, هاجموا … على,
    سيطرت قوات الدعم السريع على."""
    forms = document.forms
    party = next((k for k in range(i - 1, max(i - _CLAUSE, -1), -1) if document.party_ends.get(k) == i - 1), i)
    for k in range(party - 1, max(party - _NEAR - 1, -1), -1):
        if document.sentence_of[k] != document.sentence_of[i] or forms[k].pos & PUNCTUATION:
            return False
        if is_of(forms[k], _STRIKES):
            return True
    return False


def _has_led(document: Document, i: int) -> bool:
    """Whether «إلى» at token `i` tells what something led to: أدى إلى بتر ساقه, أدى القصف إلى تصدع المبنى."""
    forms = document.forms
    for k in range(i - 1, max(i - _NEAR - 1, -1), -1):
        if document.sentence_of[k] != document.sentence_of[i] or forms[k].pos & PUNCTUATION:
            return False
        verb = forms[k].verb
        if verb is not None and fold(str(verb[0])) in _OUTCOMES:
            return True
    return False


_OUTCOMES: Final = words("places.outcomes")
_STRIKES: Final = words("places.strikes")
_UNNAMED: Final = words("places.before_bare_names")


def _opens_a_name(document: Document, i: int) -> bool:
    """Whether a name of two words begins at token `i` that can only be a place's: بني رزق, أم عضام, أبو نعامة; but «أبو محمد»."""
    forms = document.forms
    if forms[i].stem not in NAME_OPENERS or forms[i].article or forms[i].conjunction or not is_mother(document, i):
        return False
    behind, inside = forms[i + 1], forms[i - 1].text == "في" and not forms[i + 1].enclitic
    return (not behind.pos and not behind.nisba) or (behind.guessed and not behind.names) or (inside and bool(behind.pos & (NOUN | NAME)))


def _seems_plural(form: Form) -> bool:
    """An ending that unknown words have rather than names: في الحيثيات, في مراوغات."""
    return form.stem.endswith(("ات", "ين", "ون", "يه")) if form.article else form.stem.endswith("ات") and len(form.stem) > _LONG


_LONG: Final = 6  # letters of a name that may end like that: كوجرات


def _moving(document: Document, i: int) -> bool:
    """Whether مِن at token `i` follows a word of leaving or of people from somewhere."""
    forms = document.forms
    for k in range(i - 1, max(i - _CLAUSE, -1), -1):
        form = forms[k]
        if form.pos & PUNCTUATION or document.sentence_of[k] != document.sentence_of[i]:
            return False
        moves = form.verb is not None and fold(str(form.verb[0])) in PEOPLE_FROM
        if moves or ((k > i - _NEAR or form.pos & EVENT) and (form.stem in PEOPLE_FROM or form.relation)):
            return True  # انسحب مقاتلو الحركة من رخه, لكن «عناصر من»
    return False


_CLAUSE: Final = 7  # words back to a verb of leaving, and one
_NEAR: Final = 3  # … to people from somewhere


_COMMAS: Final = ("،", ",")
_BRIDGES: Final = frozenset(("/", "-", "–", "(", "و", "او", *_COMMAS))


def _in_lists(document: Document, silent: set[int], taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """The further members of a list of places: قرى كذا وكذا, كذا أو كذا, بين X وY, X/Y, X (Y)."""
    forms, lexicon = document.forms, document.lexicon
    queue = list(document.places)
    starts = {m.first for m in queue}
    heads: dict[int, Form] = {}  # id of a further member → the word that opens its list
    for mention in queue:  # grows while it is passed
        k = mention.last + 1
        while k < len(forms) and (forms[k].text in ('"', "»", "”", ")") or (forms[k].text in DIRECTION_ADJECTIVES and not forms[k].conjunction)):
            k += 1
        if k >= len(forms) or document.sentence_of[k] != document.sentence_of[mention.first]:
            continue
        bridge = forms[k].text if forms[k].text in _BRIDGES else ""
        k += 1 if bridge else 0
        while k < len(forms) and forms[k].text in ('"', "«", "“"):
            k += 1
        if k >= len(forms) or k in taken or k in silent or k in starts or document.sentence_of[k] != document.sentence_of[mention.first]:
            continue
        form = forms[k]
        if not bridge and not form.conjunction and form.text[0] == "و" and form.pos == 0 and len(form.text) > 3 and not form.whole_name:
            form = lexicon.coordinated(form.text)
        if form.guessed and form.conjunction == "و" and not form.names and mention.first and forms[mention.first - 1].relation == "between":
            form = lexicon.whole(form.bare, "و")  # بين بوني وتورودي: no verb of hers
        cued = mention.cued or cue_before(document, mention.first)
        joined = form.conjunction == "و" or bridge in ("/", "-", "–", "(", "و", "او")
        if not joined and bridge not in _COMMAS:
            continue
        if k in withheld:
            last, rows = withheld[k]
            if form.pos & CLOSED and last == k:
                continue  # «…، فإن» is not Van
            if form.pos & (EVENT | VERB) and not mention.cued and not form.whole_name and not _hardly_a_verb(form):
                continue
            if last == k and (is_adjective_of(document, k) or is_superlative(document, k) or (form.place == "kind" and not form.article)):
                continue  # فنقا وقرى حولها
            forms[k] = form
            add_listed(document, k, last, rows)
        else:
            head = heads.get(id(mention), forms[mention.head])
            last = _member(document, k, form, taken, mention, joined and bridge != "(", cued, head)
            if last < k:
                continue
            forms[k] = form
            put(document, Mention("place", k, last, k, last, label="unlisted", country=mention.country, cued=cued))
            heads[id(document.places[-1])] = head
        taken.update(range(k, last + 1))
        queue.append(document.places[-1])
        starts.add(k)


def _hardly_a_verb(form: Form) -> bool:
    """حجة وصعدة, حلب وحماة, لحج وأبين: behind a place, a form that would be a verb with a pronoun or of who speaks is the name that it is too."""
    return form.verb is not None and not form.pos & EVENT and (bool(form.enclitic) or form.verb[3] == "1")


def _member(document: Document, k: int, form: Form, taken: set[int], mention: Mention, joined: bool, cued: bool, opening: Form) -> int:
    """The last token of a name that goes on a list of places, `cued` by a kind word in front of it; k - 1 if it is none. `opening` is the list's first word."""
    forms = document.forms
    if form.preposition or form.nisba or (form.article and _is_described(document, mention)):
        return k - 1
    if form.place == "named" and not form.article and not form.enclitic and form.conjunction and k + 1 < len(forms) and k + 1 not in taken:
        last = place_name(document, k + 1, taken, True, form)
        return last if last > k else k - 1
    head = forms[mention.head]
    dual = head.noun is not None and head.noun[2] == "d" and head.place and mention.head <= mention.first
    if _unknown(form) or (joined and cued and (form.pos == NAME or is_mother(document, k))):
        pass
    elif not joined or not ((dual and _may_be_second(form, head)) or (opening.stem in QUARTERS and not opening.article and _may_be_quarter(form))):
        return k - 1
    if not joined:  # behind a comma only what ends at once, or opens with و the next member
        end = to_the_end(document, k, taken, False)
        behind = forms[end + 1] if end + 1 < len(forms) else None
        if form.article and form.stem.endswith(("ات", "ين", "ون")):
            return k - 1
        return end if behind is None or behind.conjunction or behind.pos & PUNCTUATION or behind.text in (")", "في") else k - 1
    return to_the_end(document, k, taken, False)


def _is_described(document: Document, mention: Mention) -> bool:
    """«المناطق المدنية والآهلة بالسكان»: what is joined to a definite word for land and its adjective is another adjective."""
    form = document.forms[mention.first]
    return mention.row < 0 and mention.last > mention.first and form.article and bool(form.place)


def _may_be_quarter(form: Form) -> bool:
    """Whether a definite word is the name of a further quarter: أحياء السلام والنهضة والوحدة, أحياء العسكري ونزال; but «أحياء تعز والمدينة»."""
    if _says_we(form):
        return True
    if not form.article or form.place or form.bare in DIRECTION_ADJECTIVES:
        return False
    return bool(form.pos & (NOUN | ADJECTIVE | EVENT)) and not form.pos & CLOSED


def _says_we(form: Form) -> bool:
    """A word that else is only «we do»: نزال."""
    return form.only_verb and form.verb is not None and form.verb[3:6:2] == ("1", "p")


def _may_be_second(form: Form, head: Form) -> bool:
    """Whether a word is the second name behind a dual (جامعي النور والفتح, معبري تورخم وتشمن); in «المحورين الشمالي والشرقي» both are sides."""
    if form.guessed or not form.article:
        return (form.guessed or _says_we(form)) and not head.article  # حيي العسكري ونزال
    sides = head.article and form.bare in DIRECTION_ADJECTIVES
    return bool(form.pos & (NOUN | ADJECTIVE | EVENT)) and not form.pos & CLOSED and not sides


def _later(document: Document, silent: set[int], taken: set[int]) -> None:
    """Further mentions of a one-word name that was shown to be a place: «قرية فنقا … وفي فنقا»."""
    names: dict[str, Mention] = {}
    for mention in document.places:
        if mention.row < 0 and mention.first == mention.last and document.forms[mention.first].pos == 0:
            names.setdefault(document.forms[mention.first].stem, mention)
    if not names:
        return
    forms = document.forms
    for i, form in enumerate(forms):
        if i in taken or i in silent or form.pos:
            continue
        known = names.get(form.stem) or (names.get(form.text[1:]) if form.text[0] in "بلو" else None)
        if known is not None and known.first != i:
            put(document, Mention("place", i, i, i, i, label=known.label, country=known.country, cued=True))
            taken.add(i)
