"""Later mentions of parties: names told again, «التنظيم» that points back, people who belong to a party."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import ADJECTIVE, EVENT, NAME, VERB, Form
from marsad.knowledge.wordlists import values, words
from marsad.reading.document import PARTIES, Document, Mention
from marsad.reading.forces import POINTING_FORMS, PRIVATE_TITLES
from marsad.reading.group_names import is_backed
from marsad.reading.party_names import FORMER
from marsad.reading.places_listed import INTO, TITLES

# --- later mentions ------------------------------------------------------------------------------------------------------


def point_back(document: Document) -> None:
    """التنظيم، الحركة، الميليشيات: the party named last whose name holds the head word."""
    recent: list[Mention] = []
    for mention in document.actors:
        if not mention.back:
            if mention.id and mention.label in PARTIES:
                recent.append(mention)
            continue
        heads = POINTING_FORMS[canonical(document.forms[mention.first].bare)]
        for candidate in reversed(recent):
            if _has_head(document, candidate, heads):
                mention.id, mention.label = candidate.id, candidate.label
                break
        else:
            mention.back = False
    _point_to_the_only_one(document)


def _point_to_the_only_one(document: Document) -> None:
    """المسلحون, المتمردين, behind the first mention of the only armed group that the report names: its people."""
    groups = {m.id: m.first for m in reversed(document.actors) if m.id and m.label in ("insurgent", "militia")}
    if len(groups) != 1:
        return
    ((id_, first),) = groups.items()
    for mention in document.actors:
        noun = document.forms[mention.first].noun
        if mention.id or mention.first < first or mention.tail > mention.first or noun is None or noun[2] != "p":
            continue
        if document.forms[mention.first].article and fold(str(noun[0])) in _POINTING_PEOPLE:
            mention.id = id_


_POINTING_PEOPLE: Final = words("parties.pointing_people")


def join_offices(document: Document) -> None:
    """الرئيس الأميركي دونالد ترامب, قائد قوات سوريا الديمقراطية مظلوم عبدي: one person, who bears the id of the party whose office it is."""
    forms = document.forms
    held = document.actors
    for person, office, behind in zip(held, held[1:], [*held[2:], None], strict=False):
        if person.label == "named" and office.id and office.label in _WITH_OFFICES:
            if behind is None or behind.label != "named" or behind.head != office.tail + 1:  # التقى ترامب الزعيم الكوري الشمالي كيم
                _join_behind(document, person, office)
    for office, person in pairwise(document.actors):
        if office.office or person.label != "named" or person.id or office.id is None or office.label not in _WITH_OFFICES:
            continue
        if document.sentence_of[office.first] != document.sentence_of[person.first] or forms[person.head].conjunction or forms[person.head].preposition:
            continue
        head = _office_of(document, office)
        if head >= 0 and _only_titles(document, office.tail + 1, person.head):
            person.id, person.head = office.id, head
            office.office = True


def _join_behind(document: Document, person: Mention, office: Mention) -> None:
    """أحمد قائد صالح رئيس أركان الجيش الجزائري: whose office it is that stands behind a name; one that he held before is nobody's."""
    forms = document.forms
    head = _office_of(document, office)
    if (
        head != person.last + 1
        or document.sentence_of[person.first] != document.sentence_of[office.first]
        or forms[head].conjunction
        or forms[head].preposition
    ):
        return
    office.office = True
    behind = forms[office.tail + 1].bare if office.tail + 1 < len(forms) else ""
    if person.id is None and behind not in FORMER:
        person.id = office.id


def _office_of(document: Document, party: Mention) -> int:
    """The token of the office that a party's mention is, or that stands in front of it: المتحدث باسم الجيش الليبي; -1 if there is none."""
    forms, begin = document.forms, document.sentences[document.sentence_of[party.first]].begin
    for k in range(party.first, max(begin - 1, party.first - _REACH), -1):
        form = forms[k]
        if form.noun is not None and form.noun[2] == "s" and (form.noun[1] == "title" or form.stem in _OFFICES) and form.bare not in PRIVATE_TITLES:
            plain = k == party.first and not form.enclitic and not any(form.bare.startswith("ال") for form in forms[k : k + 2])
            return -1 if plain else k  # ضابط أميركي is one of many
        if k < party.first and form.bare not in _OF_OFFICE:
            return -1
    return -1


def _only_titles(document: Document, begin: int, end: int) -> bool:
    """Whether nothing but titles, or where an envoy is sent (إلى اليمن), stands between an office and a name."""
    forms = document.forms
    if begin < end <= begin + 3 and forms[begin].text in _SENT and document.place_before(end):
        return True
    return all(forms[k].bare in TITLES for k in range(begin, end))


_REACH: Final = 4  # tokens in front of a party in which an office is looked for
_OFFICES: Final = words("parties.offices")
_OF_OFFICE: Final = words("parties.of_office")
_SENT: Final = words("parties.sent_to")
_PROXIES: Final[dict[str, str]] = values("parties.proxies")


def later_names(document: Document, silent: set[int], taken: set[int]) -> None:
    """A person named before, by one word of the name alone: «سيندري ثور ستيفانسون … ستيفانسون»; and whose office was told, wherever the name stands."""
    forms = document.forms
    known: dict[str, Mention] = {}
    for mention in document.actors:
        if mention.label == "named" and mention.last > mention.first:
            last = forms[mention.last]
            if (last.pos == 0 or last.pos == NAME) and len(last.stem) > 3 and (last.stem not in known or mention.id):
                known[last.stem] = mention
            first = forms[mention.first]
            if first.pos == 0 and len(first.stem) > 3:
                known.setdefault(first.stem, mention)
    if not known:
        return
    for mention in document.actors:
        told = known.get(forms[mention.last].stem)
        if mention.label == "named" and mention.id is None and told is not None and told.id and forms[mention.first].stem == forms[told.first].stem:
            mention.id = told.id
    for i, form in enumerate(forms):
        told = known.get(form.stem)
        if told is not None and i > told.last and i not in taken and i not in silent and form.pos in (0, NAME) and not form.names:
            document.actors.append(Mention("actor", i, i, i, i, id=told.id, label="named"))
            taken.add(i)


_OF_PARTY: Final = words("parties.of_party")
_PEOPLE: Final = frozenset(("fighter", "neutral", "group"))
_WITH_OFFICES: Final = PARTIES | {"intergovernmental"}


def join_people(document: Document) -> None:
    """مسلحو تنظيم داعش, عناصر من قسد, مقاتلين تابعين للجيش, مسلحون ينتمون إلى داعش: people of a party are one mention, which bears the party's name."""
    forms = document.forms
    joined: set[int] = set()
    for number, people in enumerate(document.actors[:-1]):
        party = document.actors[number + 1]
        if _is_foreign_backer(document, people, party):
            continue
        if _are_its_own(document, people, party):
            if people.label == "held":  # who is freed or killed, and not the army that he is of
                people.id, people.last, people.tail = party.id, party.last, party.tail
            else:
                party.head = people.head
            joined.add(id(party if people.label == "held" else people))
            continue
        if _are_of_unlisted(document, people, party):
            party.head = people.head
            joined.add(id(people))
            continue
        if people.label not in _PEOPLE or people.id or party.id is None or party.label not in PARTIES:
            continue
        gap = range(people.tail + 1, party.head)
        if len(gap) > 3 or document.sentence_of[people.first] != document.sentence_of[party.first] or forms[party.head].conjunction:
            continue
        bound = any(_binds(forms[k]) for k in gap) or bool(forms[party.head].preposition)
        if party.first in document.place_at and any(forms[k].text == "في" for k in gap):
            continue  # مسلحون في موسكو
        if gap and (forms[people.head].enclitic or (forms[party.first].pos & EVENT and any(forms[k].text == "في" for k in gap))):
            continue  # أربعة من مقاتليها | في قصف تركي
        if not bound and not _in_one_phrase(document, people, party):
            continue  # هاجم مسلحون القوات الأميركية
        if all(_binds(forms[k]) or _belongs_to(forms, k) or (forms[k].pos & ADJECTIVE and not forms[k].pos & (VERB | EVENT)) for k in gap):
            if not gap or forms[party.head].preposition in ("", "ل"):
                party.head = people.head
                joined.add(id(people))
    if joined:
        document.actors = [m for m in document.actors if id(m) not in joined]


def _are_of_unlisted(document: Document, people: Mention, party: Mention) -> bool:
    """«قوة من | الفرقة الثامنة», «عناصر من | الشرطة المجتمعية»: people of a force that is in no list are one party with it."""
    forms = document.forms
    if people.id or party.id or people.label not in _MEN or party.label not in _FORCES or party.first != people.tail + 2 or party.head != party.first:
        return False
    return forms[people.tail + 1].text == "من" and forms[party.first].article and not forms[people.first].article


_MEN: Final = ("fighter", "group")
_FORCES: Final = ("group", "body", "police")


def _are_its_own(document: Document, people: Mention, party: Mention) -> bool:
    """Whether the party right behind others than fighters is whose they are: أسرى الجيش, أعضاء حزب الإصلاح, أبناء عشيرة الشعيطات; not «الأسرى للجيش», «مسؤولو | الأمن»."""
    head, name = document.forms[people.first], document.forms[party.head]
    if people.id or party.id is None or party.head != people.tail + 1 or head.noun is None or head.noun[2] != "p" or name.preposition or name.conjunction:
        return False
    if people.label == "held" and head.noun[3] == "f":
        return False  # معتقلات النظام are prisons
    fits = party.label in PARTIES if people.label in ("held", "official") else people.label == "neutral" and party.label == "social"
    return fits and _in_one_phrase(document, people, party)


def _at_home(document: Document, party: Mention) -> bool:
    """Whether the report speaks of no country more than of the party's."""
    country = document.lexicon.actors[str(party.id)][3]
    return document.votes.get(country, 0.0) >= max(document.votes.values(), default=0.0)


def _is_foreign_backer(document: Document, people: Mention, party: Mention) -> bool:
    """Whether a party is the state abroad that backs the people in front of it, who are no part of it but whom the list says: فصائل موالية لأنقرة in Syria."""
    if people.label not in _PEOPLE or party.label != "state" or document.sentence_of[people.first] != document.sentence_of[party.first]:
        return False
    between = range(people.first + 1, party.head)
    if len(between) > _REACH or not any(is_backed(document, k) for k in between) or _at_home(document, party):
        return False
    if people.id is None:
        people.id = next((_PROXIES[pair] for country in document.theatre if (pair := f"{party.id}-{country}") in _PROXIES), None)
    return True


def _belongs_to(forms: list[Form], k: int) -> bool:
    """إلى behind ينتمون."""
    return forms[k].bare in INTO and _binds(forms[k - 1]) and bool(forms[k - 1].pos & (VERB | ADJECTIVE) or not forms[k - 1].pos)


def _binds(form: Form) -> bool:
    """من, في, تابعين: a word between people and the party that they belong to."""
    return form.text in _OF_PARTY or form.stem in _OF_PARTY


def _in_one_phrase(document: Document, people: Mention, party: Mention) -> bool:
    """Whether a party that nothing binds to the people in front of it is their genitive (مسلحو تنظيم داعش) or qualifies them (المسلحين الحوثيين), and does
    not stand beside them as who was hit (هاجم المسلحون القوات)."""
    forms = document.forms
    head, name = forms[people.first], forms[party.head]
    if party.first == party.last and (name.person or name.pos & ADJECTIVE) and head.article == name.article:
        return not (head.text.endswith(("ون", "ان")) and name.text.endswith("ين"))
    ended = head.noun is not None and head.noun[2] in ("p", "d") and head.text.endswith(("ون", "ين", "ان"))
    if party.head <= people.tail:
        return True  # قوات المقاومة is read twice
    tail = forms[people.tail]
    if people.tail > people.head and tail.adjective is not None and not tail.article:
        return False  # هاجمت جماعة مسلحة | القاعدة
    return party.head == people.last + 1 and not (head.article or head.enclitic or ended)


def _has_head(document: Document, candidate: Mention, heads: tuple[str, ...]) -> bool:
    assert candidate.id is not None
    if candidate.label in ("state", "police", "authority"):  # which have many units: by the name that stands there alone
        return canonical(document.forms[candidate.first].stem) in heads
    if canonical(document.forms[candidate.first].stem) in heads:
        return True  # جماعة جيش العدل … الجماعة
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
