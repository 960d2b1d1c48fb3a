"""Who and where: the parties, persons and places that a text names, as spans with what the vocabulary knows of them.

A mention is a listed name (longest match, whatever clitic it carries), or what a head word brings in; see `parties.py` and `places.py`.
Which of the mentions takes part in which event is not decided here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, NAME, NOUN, VERB, Form, Lexicon
from marsad.knowledge.wordlists import values, words
from marsad.reading.acting_states import acting_states
from marsad.reading.document import Document, Mention
from marsad.reading.forces import ORDINALS, STATE_FORCES, TAKES_NAME, and_others, are_people, goes_by_number, is_a_teenth, state_id
from marsad.reading.holders import find_holders, had_begun, know_holders
from marsad.reading.parties import headed_party
from marsad.reading.parties_later import join_offices, join_people, later_names, point_back
from marsad.reading.party_names import names_on
from marsad.reading.places import NAME_OPENERS, add_listed, headed_place, is_mother
from marsad.reading.places_further import further_places
from marsad.reading.places_listed import LOCATIVE, in_date, is_dateline, may_stand_alone, stands_behind
from marsad.reading.places_settled import settle_places
from marsad.reading.sections import find_sections, section_country
from marsad.reading.sites import is_nationality

_SKIPPED_IN_NAMES: Final = frozenset("\"'«»“”()-–#")
_OPENING: Final = frozenset('"«“')
_YEAR: Final = re.compile("(19|20)[0-9]{2}")

_Found = tuple[int, int, list[tuple[str, object, str]]]
_Withheld = dict[int, tuple[int, list[int]]]  # first token → last token and rows of a place name that is not trusted where it stands


def find_mentions(document: Document) -> None:
    """Fill `document.actors`, `document.places` and `document.theatre`."""
    silent = _silent_tokens(document) | _idle_tokens(document)
    dated = {k for date in document.dates for k in range(date.first, date.last + 1)}
    withheld: _Withheld = {}
    listed = list(_listed_names(document, silent, withheld))
    _theatre(document, listed)
    taken: set[int] = set()
    for i, last, kind, what in _resolve(document, listed):
        taken.update(_take_listed(document, i, last, kind, what, taken))
    document.party_ends = {mention.first: mention.last for mention in document.actors}
    for i, form in enumerate(document.forms):
        if i in silent or i in taken or (form.pos and not form.pos & (NOUN | ADJECTIVE | EVENT | NAME) and form.bare not in NAME_OPENERS):
            continue
        sided = form.relation and i + 1 < len(document.forms) and document.forms[i + 1].place  # «أطراف العاصمة» are no party
        goes_on = form.text[0] == "و" and not form.pos and not form.conjunction and document.place_before(i)  # قرى هجين وأرندة وقوربه
        if ((i in dated and not form.place) or not headed_place(document, i, taken)) and not sided and not goes_on:
            headed_party(document, i, taken)
    acting_states(document)
    further_places(document, silent | dated, taken, withheld)
    find_holders(document, silent, taken)
    document.actors.sort(key=lambda m: m.first)
    join_offices(document)
    later_names(document, silent, taken)
    know_holders(document)
    document.actors.sort(key=lambda m: m.first)
    _bodies_of_states(document)
    _divisions(document)
    point_back(document)
    join_people(document)
    settle_places(document)
    for mention in (*document.actors, *document.places):
        mention.sentence = document.sentence_of[mention.first]


def _silent_tokens(document: Document) -> set[int]:
    return {i for begin, end, _ in document.silent for i in range(begin, end)}


def _idle_tokens(document: Document) -> set[int]:
    """The tokens of «مسقط رأسه», «في عين المكان», which name no place."""
    forms = document.forms
    behind = (_NO_PLACES.get(form.stem) or _NO_PLACES.get(form.bare, ()) for form in forms[:-1])
    found = [i for i, words_ in enumerate(behind) if forms[i + 1].bare in words_ or forms[i + 1].stem in words_]
    return {k for i in found for k in (i, i + 1)}


_NO_PLACES: Final[dict[str, tuple[str, ...]]] = values("places.no_places")


# --- listed names -----------------------------------------------------------------------------------------------------


def _listed_names(document: Document, silent: set[int], withheld: _Withheld) -> Iterator[_Found]:
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
        behind = forms[i + 1].text if i + 1 < count else ""
        second = "" if behind in _SKIPPED_IN_NAMES else canonical(behind)  # "" where it has to be looked for further on
        for rest, kind, what, theatre in form.names:
            if rest and second and rest[0] != second:
                continue
            last = _match(forms, i, rest, count) if rest else i
            if last < 0 or last < best:
                continue
            if kind == "source" and ((form.conjunction and is_mother(document, i)) or _is_today(document, i, rest)):
                continue  # «وأم زريبة» is no agency (وام), «جنوبي حلب اليوم» no channel
            if kind == "actor" and last == i and are_two_pupils(document, i):
                continue
            if is_a_teenth(document, i, last):
                continue
            if not rest and kind != "source" and _are_counted(document, i):
                continue  # قتل 50 روسيا
            if kind == "place":
                if in_date(document, i, last, int(what)):
                    continue
                if not may_stand_alone(document, i, last, int(what)):
                    at, rows = withheld.get(i, (last, []))
                    if at == last:
                        withheld[i] = (last, [*rows, int(what)])
                    continue
            if last > best:
                best, options = last, []
            options.append((kind, what, theatre))
        if options:
            best = _ends_of(forms, i, best, options)
            yield i, best, options
            i = best + 1
        else:
            i += 1


def are_two_pupils(document: Document, i: int) -> bool:
    """«اعتقال طالبان جامعيان», «أصيب طالبان», «قتل طالبان من جامعة بغداد»: two people, whose word is the name of a party too; «مسلحو طالبان في جامعة كابل», «قتلت
    طالبان» are the party."""
    form, before = document.forms[i], document.forms[i - 1] if i else None
    if form.noun is None or form.noun[1] != "person" or form.noun[2] != "d" or form.preposition or form.enclitic:
        return False
    behind = document.forms[i + 1 : i + 3] if i + 1 < len(document.forms) else []
    if behind and _is_of_two(behind[0]):
        return True
    if before is None or document.sentence_of[i - 1] != document.sentence_of[i] or not _befalls_a_man(document, before):
        return False
    taught = len(behind) > 1 and behind[0].bare in _AT_SCHOOL and behind[1].stem in _SCHOOLS
    return taught or (before.only_verb and any(document.lexicon.events[number].harm for number, _, _ in before.events))


def _is_of_two(form: Form) -> bool:
    """جامعيان, عراقيان: an adjective of two with no article."""
    several = form.adjective is not None and (form.adjective[2] == "d" or form.text.endswith("يان"))
    return several and form.text.endswith(("ان", "ين")) and not (form.article or form.conjunction or form.preposition or form.enclitic)


def _befalls_a_man(document: Document, form: Form) -> bool:
    """Whether a word tells the harm or the arrest of whom stands behind it, and is no verb of a woman or of a group."""
    if form.pos & VERB and form.verb is not None and form.verb[4] == "f":
        return False
    entries = [document.lexicon.events[number] for number, _, _ in form.events]
    return any(entry.harm or entry.frame.g in ("k", "t") for entry in entries)


_SCHOOLS: Final = words("parties.schools")
_AT_SCHOOL: Final = words("parties.at_school")


def _are_counted(document: Document, i: int) -> bool:
    """«قتل 50 روسيا»: a country's name that tells people behind a figure, which is no year and no day."""
    form, before = document.forms[i], document.forms[i - 1] if i else None
    if before is None or not form.nisba or form.preposition or form.conjunction or not form.text.endswith("يا"):
        return False
    counts = before.pos & FIGURE or (before.noun is not None and before.noun[1] == "quantity")
    return (
        bool(counts)
        and not _YEAR.fullmatch(before.text)
        and document.sentence_of[i] == document.sentence_of[i - 1]
        and not any(d.first <= i - 1 <= d.last for d in document.dates)
    )


def _is_today(document: Document, i: int, rest: tuple[str, ...]) -> bool:
    """«قتل متظاهر في بغداد اليوم»: a town and a day behind a preposition of place, and not the agency of that name."""
    return rest == ("اليوم",) and stands_behind(document, i, LOCATIVE) and any(kind == "place" and not more for more, kind, *_ in document.forms[i].names)


def _ends_of(forms: list[Form], i: int, last: int, options: list[tuple[str, object, str]]) -> int:
    """Where a name of the same party begins within the name and goes on behind it, the end of that: عناصر تنظيم "الدولة | الإسلامية"."""
    parties = {what for kind, what, _ in options if kind == "actor"}
    if not parties or last == i:
        return last
    ends = (_match(forms, k, rest, len(forms)) for k in range(i + 1, last + 1) for rest, kind, what, _ in forms[k].names if rest and what in parties)
    return max((last, *ends))


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


def _theatre(document: Document, listed: list[_Found]) -> None:
    """The countries that the report is about: those of its places, weighed by how often they are named, and of its parties."""
    lexicon = document.lexicon
    votes: dict[str, float] = {}
    for i, last, options in listed:
        if goes_by_number(document, i, last):
            continue  # الفرقة الخامسة is one of many armies
        shares: dict[str, int] = {}  # country → how much of this name speaks for it: the governorate of a name twice as much as its namesake of a village
        weight = 1.0
        for kind, what, theatre in options:
            if kind == "place":
                row = lexicon.places[int(what)]  # type: ignore[call-overload]
                shares[row[3]] = max(shares.get(row[3], 0), 2 if row[2] == "admin1" else 1)
                weight = 2.0 if row[2] != "country" else 1.5
            elif kind == "actor" and theatre and " " not in theatre and not any(other == "here" for other, _, _ in options):
                shares.setdefault(theatre, 1)
        for country, share in shares.items():
            votes[country] = votes.get(country, 0.0) + weight * share / sum(shares.values())
    if not votes:
        return
    top = max(votes.values())
    countries = ((i, last, lexicon.places[int(what)]) for i, last, options in listed for kind, what, _ in options if kind == "place")  # type: ignore[call-overload]
    find_sections(document, ((i, last, row[3]) for i, last, row in countries if row[2] == "country"))
    document.theatre = {country for country, vote in votes.items() if vote >= 0.35 * top} | {country for _, country in document.sections}
    document.votes = votes


def _resolve(document: Document, listed: list[_Found]) -> Iterator[tuple[int, int, str, object]]:
    """One meaning or two (a state is a party and a place) for each listed name."""
    common = _common_nouns(document, listed)
    for i, last, options in listed:
        if i in common:
            continue
        home = home_of(document, i)
        told = list(_meanings(document, i, last, options, home))
        if not told and last > i:  # قوة من الجيش, which is on the list for other countries: the army is told all the same
            told = [one for found in _inside(document, i, last) for one in _meanings(document, *found, home)]
        yield from told


def _inside(document: Document, i: int, last: int) -> Iterator[_Found]:
    """The names of parties behind the first word of a longer name that is nobody's where it stands, the longest at each token."""
    k = i + 1
    while k <= last:
        ends = [(_match(document.forms, k, rest, last + 1) if rest else k, kind, what, theatre) for rest, kind, what, theatre in document.forms[k].names]
        parties = [end for end in ends if end[0] >= k and end[1] in ("actor", "here")]
        if parties:
            most = max(end[0] for end in parties)
            yield k, most, [(kind, what, theatre) for end, kind, what, theatre in parties if end == most]
            k = most
        k += 1


def _meanings(document: Document, i: int, last: int, options: list[tuple[str, object, str]], home: str) -> Iterator[tuple[int, int, str, object]]:
    """What a listed name means where it stands; nothing where all its bearers are elsewhere."""
    actors = [o for o in options if o[0] == "actor" and not _of_another_army(document, i, last, o[2])]
    here = [o for o in options if o[0] == "here" and set(o[2].split()) & document.theatre]
    places = [o for o in options if o[0] == "place" and not _of_another_army(document, i, last, document.lexicon.places[int(o[1])][3])]  # type: ignore[call-overload]
    sources = [o for o in options if o[0] == "source"]
    if here and (not actors or all(len(a[2].split()) != 1 or a[2] not in document.theatre for a in actors)):
        ranked = sorted(here, key=lambda o: -_spoken_for(document, o, i))
        if not actors or _spoken_for(document, ranked[0], i) >= max(_spoken_for(document, a, i) for a in actors):
            actors = [_as_of(document, ranked)]
            if home and home not in ranked[0][2].split() and document.lexicon.actors[str(actors[0][1])][2] in _STATELY:
                actors = [("actor", document.lexicon.state_actor(home, document.reference), home)]  # الشرطة, in a report from Turkey that names Iraq too
    elif len(actors) > 1:
        near = [a for a in actors if set(a[2].split()) & document.theatre]
        near = [a for a in near if section_country(document, i) in a[2].split()] or near
        actors = [_as_of(document, near or actors)]
    is_where = bool(places) and is_dateline(document, i, last)  # دمشق (رويترز) – …
    if actors and not is_where and not (i == last and (is_nationality(document, i) or _is_done_to(document, i))):
        yield i, last, "actor", _of_its_day(document, str(actors[0][1]))
    if places:
        yield i, last, "place", [p[1] for p in places]
    if not actors and not places and sources and not (i == last and document.forms[i].pos & NAME and names_on(document, i)):  # قتل سهيل العلي
        yield i, last, "source", sources[0][1]


def _is_done_to(document: Document, i: int) -> bool:
    """Whether a listed name is the deed that it is too, with what it is done to behind it: لفتح الطريق, إعادة فتح معبر, بفتح تحقيق; but «لفتح وحماس»."""
    forms = document.forms
    form, behind = forms[i], forms[i + 1] if i + 1 < len(forms) else None
    if behind is None or not form.pos & EVENT or not form.pos & NOUN or form.article or document.sentence_of[i + 1] != document.sentence_of[i]:
        return False
    if i and canonical(forms[i - 1].stem) in TAKES_NAME:
        return False  # حركة فتح الفلسطينية
    thing = behind.noun is not None and behind.noun[1] not in ("time", "person", "title", "office") and not behind.pos & (VERB | CLOSED | NAME)
    return thing and not (behind.conjunction or behind.preposition or behind.nisba)


def _of_another_army(document: Document, i: int, last: int, theatre: str) -> bool:
    """Whether a listed unit goes by a number alone and the report is about other countries: الفرقة السابعة, in one from Anbar."""
    return goes_by_number(document, i, last) and bool(document.theatre) and document.theatre.isdisjoint(theatre.split())


def _spoken_for(document: Document, option: tuple[str, object, str], token: int) -> float:
    """How much of the report speaks for the countries of a name's bearer: all of it where they are told in the heading that the token stands under."""
    countries = option[2].split()
    if section_country(document, token) in countries:
        return math.inf
    return float(sum(document.votes[c] for c in countries if c in document.theatre) / len(countries) ** 0.5) if countries else 0.0


def home_of(document: Document, token: int) -> str:
    """The country in the heading that a token stands under, else the one that the report speaks for more than for any other, where it has one state alone;
    empty if there is none."""
    ranked = sorted(document.votes.items(), key=lambda vote: -vote[1])
    country = section_country(document, token)
    if not country and (not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1])):
        return ""
    country = country or ranked[0][0]
    return country if country not in _divided(document.lexicon) and document.lexicon.state_actor(country, document.reference) else ""


@cache
def _divided(lexicon: Lexicon) -> frozenset[str]:
    """The countries in which others than the state govern or bear arms for it: what «the police» are is told there by the list of actors alone."""
    held = Counter(country for _, _, kind, country, *_ in lexicon.actors.values() if kind in ("state", "authority"))
    return frozenset(country for country, number in held.items() if number > 1)


_CLEARLY: Final = 1.3
_STATELY: Final = ("state", "police")


def _bodies_of_states(document: Document) -> None:
    """الشرطة, السلطات, قوات الأمن without an adjective of nationality: those of the state behind «في», else of the country that the report speaks for."""
    states = {mention.head: mention for mention in document.actors if mention.id and mention.label in ("state", "authority")}
    for mention in document.actors:
        if mention.back or mention.tail != mention.last or mention.label not in ("group", "body", "state", "police") or not _is_state_body(document, mention):
            continue
        at = mention.last + 1
        home = home_of(document, mention.first)
        named = states.get(at + 1) if at < len(document.forms) and document.forms[at].text == "في" else None  # السلطات في ألمانيا
        if named is not None:
            mention.id, mention.label = named.id, named.label
        elif home and mention.id is None:
            mention.id, mention.label = document.lexicon.state_actor(home, document.reference), "state"


def _divisions(document: Document) -> None:
    """الفرقة 22, الفرقة السادسة مشاة in a report from Sudan or Iraq: the army's; not «الفرقة الخامسة شرطة اتحادية», nor «الفرقة 82 المحمولة جوا»."""
    for mention in document.actors:
        if mention.label != "group" or mention.id or not _is_division(document, mention):
            continue
        country = section_country(document, mention.first) or max(document.theatre, key=lambda c: document.votes.get(c, 0.0), default="")
        if country in _DIVISIONS:
            mention.id, mention.label = _DIVISIONS[country], "state"


def _is_division(document: Document, mention: Mention) -> bool:
    """Whether the name of a force is that of a division and its number: الفرقة 22 مشاة, الفرقة المدرعة التاسعة, قطعات الفرقة التاسعة."""
    forms = document.forms
    k = next((k for k in range(mention.first, mention.last) if forms[k].stem in _DIVISION), mention.last)
    behind = forms[mention.last + 1] if mention.last + 1 < len(forms) else None
    others = behind is not None and ((behind.noun is not None and behind.noun[1] == "group") or (behind.article and behind.pos & ADJECTIVE))
    return not others and any(form.pos & FIGURE or (form.article and form.stem in ORDINALS) for form in forms[k + 1 : mention.last + 1])


def _is_state_body(document: Document, mention: Mention) -> bool:
    """الشرطة, قوات الأمن, حرس الحدود, قوات حرس الحدود."""
    told = [form.bare for form in document.forms[mention.first : mention.last + 1]]
    if len(told) == 1:
        return told[0] in _STATE_BODIES
    return told[-1] in STATE_FORCES.get(told[-2], ()) and (len(told) == 2 or (len(told) == 3 and told[0] in STATE_FORCES))


_STATE_BODIES: Final = words("parties.state_bodies")
_DIVISIONS: Final[dict[str, str]] = values("parties.divisions")
_DIVISION: Final = words("parties.division")


def _common_nouns(document: Document, listed: list[_Found]) -> set[int]:
    """The tokens at which a listed name is the common noun that it is too: القاعدة, where the report tells of a قاعدة, is the base.

    «مسلحي القاعدة», «داعش والقاعدة» are the party; so is all of it in a report that says تنظيم القاعدة. «الهيئة العليا» is no «الهيئة».
    """
    forms = document.forms
    out = {i for i, last, _ in listed if i == last and forms[i].bare in _UNLESS_DESCRIBED and _is_described(document, i)}
    asked = [i for i, last, _ in listed if i == last and forms[i].bare in _ALSO_NOUNS]
    if not asked:
        return out
    heads = {forms[i].bare for i in asked if i and canonical(forms[i - 1].stem) in TAKES_NAME}
    heads |= {forms[k].bare for i, last, _ in listed for k in range(i + 1, last + 1)}
    ends = {last for _, last, options in listed if any(option[0] != "place" for option in options)}
    heads |= {forms[i].bare for i in asked if forms[i].conjunction == "و" and i - 1 in ends}  # داعش والقاعدة
    told = {fold(str(form.noun[0])) for form in forms if form.noun is not None and not form.article}  # قاعدة عسكرية, قاعدتها
    for i in asked:
        form, before, behind = forms[i], forms[i - 1] if i else None, forms[i + 1] if i + 1 < len(forms) else None
        if behind is not None and behind.article and behind.pos & ADJECTIVE and not behind.conjunction and form.bare not in heads:
            out.add(i)  # القاعدة الجوية
        elif form.stem in told and form.bare not in heads and not form.conjunction and not (before is not None and before.person):
            out.add(i)
    return out


def _is_described(document: Document, i: int) -> bool:
    """Whether an adjective with the article hangs on the word at token `i`."""
    if i + 1 >= len(document.forms) or document.sentence_of[i + 1] != document.sentence_of[i]:
        return False
    behind = document.forms[i + 1]
    return behind.article and bool(behind.pos & ADJECTIVE) and not behind.conjunction and not behind.preposition


_ALSO_NOUNS: Final = words("parties.also_nouns")
_UNLESS_DESCRIBED: Final = words("parties.unless_described")


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


def _of_its_day(document: Document, id_: str) -> str:
    """«وزارة الدفاع السورية» in a report from before the government that the list gives the name to: that of its own day. A name of one that is gone stays
    its own, whenever it is told (نظام الأسد)."""
    _, _, kind, country, *_ = document.lexicon.actors[id_]
    if kind != "state" or had_begun(document, id_):
        return id_
    other = document.lexicon.state_actor(country, document.reference)
    return other if other is not None and had_begun(document, other) else id_


def _take_listed(document: Document, i: int, last: int, kind: str, what: object, taken: set[int]) -> range:
    """Keep a listed name, and the nationalities that share its head (القوات الروسية والسورية); the tokens that it takes."""
    first = i
    form = document.forms[i]
    if form.text[0] == "و" and not (form.conjunction or form.whole_name):
        document.forms[i] = document.lexicon.coordinated(form.text)  # وجبهة النصرة: no meal of his
    if kind == "place":
        add_listed(document, i, last, [int(x) for x in what])  # type: ignore[attr-defined]
    elif kind == "actor":
        _, _, label, country, *_ = document.lexicon.actors[str(what)]
        id_ = str(what)
        if label in ("state", "police", "authority", "official") and last + 1 < len(document.forms):
            behind = document.forms[last + 1]
            if behind.nisba and behind.article and not behind.conjunction and not document.forms[last].nisba and not are_people(behind):
                other = state_id(document, behind, behind.nisba)  # قوات الأمن المغربية is no force of the theatre
                if behind.nisba == country and last > i and document.forms[last].article:
                    last += 1  # القوات المسلحة المالية
                elif behind.nisba != country and other is not None:
                    id_, label, last = other, "state", last + 1
        if label == "civilians" and _describes(document, i, last):
            first = i - 1  # ثلاثمئة رجل مدني
        if label in ("insurgent", "militia") and (head := _head_of_name(document, i)) >= 0:
            before = document.actors[-1] if document.actors else None
            if before is None or before.last < head:
                first = head
            elif before.first == head:
                first = head
                document.actors.pop()  # ميليشيا | النواصي: the word alone is listed too, for others
        document.actors.append(Mention("actor", first, last, first, last, id=id_, label=label))
        if label == "state" and last > first and document.forms[last].nisba:
            and_others(document, first, last, taken)
    return range(first, last + 1)


def _describes(document: Document, i: int, last: int) -> bool:
    """Whether the word at token `i` is an adjective of the noun for a person in front of it."""
    if not i or i != last or document.sentence_of[i] != document.sentence_of[i - 1]:
        return False
    form, before = document.forms[i], document.forms[i - 1]
    if not form.pos & ADJECTIVE or form.conjunction or form.preposition or before.noun is None or before.noun[1] != "person":
        return False
    return before.article == form.article and not before.enclitic and not any(m.first <= i - 1 <= m.last for m in document.actors[-2:])


def _head_of_name(document: Document, i: int) -> int:
    """The word in front of a listed name that is the head of it, with a mark between them or none: ميليشيا النواصي, كتيبة «العصائب الحمراء»; -1 if there is none."""
    form, k = document.forms[i], i - 1
    if k > 0 and document.forms[k].text in _OPENING:
        k -= 1
    if k < 0 or document.sentence_of[i] != document.sentence_of[k] or form.conjunction or form.preposition:
        return -1
    head = document.forms[k]
    return k if canonical(head.stem) in TAKES_NAME and not head.article and not head.enclitic else -1
