"""Persons who are known by an office (`knowledge/public_figures.csv`): by their whole names, or by the one under which they go alone. Each bears the id of
the party whose office it is: «التقى ترامب كيم جونغ أون» are the United States and North Korea.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, NAME, NOUN
from marsad.knowledge.persons import name_key
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.party_names import FORMER

_NAMESAKES: Final = words("parties.namesakes")


class _Found(NamedTuple):
    """A name at some tokens: whose it is, the party of the office and its country ("" where there is none), and whether it is the whole name."""

    first: int
    last: int
    who: str
    actor: str
    country: str
    whole: bool
    anybodys: bool  # alone, it is as often anybody's: عباس, أبو أحمد


def find_holders(document: Document, silent: set[int], taken: set[int]) -> None:
    """Apart the names that stand one behind another as if they were one, and as persons those that nothing else took."""
    for mention in [m for m in document.actors if m.label == "named" and m.last > m.first]:
        row = _row(document, mention)
        if len(row) > 1:
            mention.last = mention.tail = row[0].last
            for found in row[1:]:
                _add(document, found, taken)
    others = _Others(document)
    for i in range(len(document.forms)):
        here = _at(document, i) if i not in silent else None
        if here is None:
            continue
        over = {k for k in range(i, here.last + 1) if k in taken}
        if over and here.whole:
            over = _still_over(document, here, over, taken)
        if not over and (here.whole or _stands_alone(document, here, others)):
            _add(document, here, taken)


def _still_over(document: Document, here: _Found, over: set[int], taken: set[int]) -> set[int]:
    """The tokens of a whole name that are another's, once those have given way who have a part of it: villages (مظلوم عبدي), a party (جلال طالباني), a word
    for a person (رفيق الحريري); a person behind a title who has its beginning has all of it (العميد يحيى سريع)."""
    inside = range(here.first, here.last + 1)
    for mention in document.actors:
        if mention.label == "named" and mention.first == here.first and mention.last in inside:
            mention.last = mention.tail = here.last
            taken.update(inside)
            return over
        if (mention.label == "named" and mention.head == here.first) or (mention.id and (mention.first, mention.last) == (here.first, here.last)):
            return over  # البابا فرنسيس, who has his name already; أحمد الشرع, who is on the list of actors
    for mention in document.actors:
        if mention.id and mention.id == here.actor and mention.first == mention.last == here.last and over == {here.last}:
            mention.first = mention.head = here.first  # محمد علي | الحوثي
            mention.label = "named"
            taken.update(inside)
            return over
    within = [m for m in (*document.actors, *document.places) if m.last >= here.first and m.first <= here.last]
    if any(min(m.head, m.first) < here.first or max(m.last, m.tail) > here.last for m in within):
        return over
    gone = {id(mention) for mention in within}
    document.actors = [m for m in document.actors if id(m) not in gone]
    document.places = [m for m in document.places if id(m) not in gone]
    for k in inside:
        document.place_at.pop(k, None)
    return set()


def know_holders(document: Document) -> None:
    """Give persons the party of their office, if it was there at the time of the report: by name he is himself, whatever else that party does there."""
    others = _Others(document)
    for mention in document.actors:
        if mention.label != "named":
            continue
        found = _at(document, mention.first)
        if found is None or found.last != mention.last:
            found = _at(document, mention.head)  # البابا فرنسيس
        if found is None or found.last != mention.last or not found.actor or not had_begun(document, found.actor) or _held_before(document, mention):
            continue
        if found.whole or _stands_alone(document, found, others):
            mention.holds = found.actor


def _add(document: Document, found: _Found, taken: set[int]) -> None:
    document.actors.append(Mention("actor", found.first, found.last, found.first, found.last, label="named"))
    taken.update(range(found.first, found.last + 1))


def _at(document: Document, i: int) -> _Found | None:
    """The longest name of a holder of an office that begins at token `i`, as that stands or behind و: فيدل is no «and he shows»."""
    form = document.forms[i]
    for opener in dict.fromkeys((form.text, form.bare)):
        found = _from(document, i, opener)
        if found is not None:
            return found
    return None


def _from(document: Document, i: int, opener: str) -> _Found | None:
    """The longest name that begins at token `i` with the word `opener`."""
    forms, holders = document.forms, document.lexicon.holders
    most = holders["openers"].get(opener)
    if most is None:
        return None
    texts = [opener]
    while len(texts) < most and i + len(texts) < len(forms):
        form = forms[i + len(texts)]
        if document.sentence_of[i + len(texts)] != document.sentence_of[i] or form.text == "و":
            break
        texts.append(form.text)
    while texts:
        key = name_key(texts)
        for table, whole in (("whole", True), ("alone", False)):
            known = holders[table].get(key)
            if known is not None:
                who, actor, country, anybodys = known
                return _Found(i, i + len(texts) - 1, who, actor, country, whole, anybodys)
        texts.pop()
    return None


def _row(document: Document, mention: Mention) -> list[_Found]:
    """The names of holders of offices of which a mention is made, one behind another, the last of which may go on behind it; none if anything is left."""
    out: list[_Found] = []
    at = mention.first
    while at <= mention.last:
        found = _at(document, at)
        if found is None:
            return []
        out.append(found)
        at = found.last + 1
    return out


class _Others:
    """Who else is named in a report, once that is asked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._told: set[str] | None = None
        self._strangers: set[str] | None = None

    def told_whole(self, who: str) -> bool:
        """Whether somebody is named by his whole name somewhere."""
        if self._told is None:
            found = (_at(self._document, i) for i in range(len(self._document.forms)))
            self._told = {one.who for one in found if one is not None and one.whole}
        return who in self._told

    def is_strangers(self, name: str) -> bool:
        """Whether it is the last name of a person who holds none of the offices: whoever goes by it alone may be he."""
        if self._strangers is None:
            named = ((m, _at(self._document, m.first)) for m in self._document.actors if m.label == "named" and m.last > m.first)
            self._strangers = {self._document.forms[m.last].bare for m, found in named if found is None or not found.whole}
        return name in self._strangers


def _stands_alone(document: Document, found: _Found, others: _Others) -> bool:
    """Whether a name by which somebody goes alone is his here: he is named whole elsewhere; or it means nothing else, no stranger bears it, and the report
    speaks of his country, unless his people's names are not those of the region's."""
    form = document.forms[found.last]
    means_more = found.first == found.last and form.pos & ~NAME
    if others.told_whole(found.who):
        return not means_more or _is_a_name(document, found.first)
    if not found.actor or found.anybodys or means_more or others.is_strangers(form.bare):
        return False
    actors = document.lexicon.actors
    at_home = found.country in document.votes or any(m.id == found.actor or actors[m.id][3] == found.country for m in document.actors if m.id)
    return at_home or (not form.names and fold(found.country) not in _NAMESAKES)


def _is_a_name(document: Document, k: int) -> bool:
    """Whether a word that means something else too can be a name where it stands: neither هجوم بري nor المهندس محمد, though Berri and al-Muhandis are named."""
    forms = document.forms
    form = forms[k]
    if k and form.pos & ADJECTIVE and forms[k - 1].pos & NOUN and not forms[k - 1].pos & CLOSED:
        return False
    if k + 1 < len(forms) and forms[k + 1].pos & NAME and document.sentence_of[k] == document.sentence_of[k + 1]:
        return False
    return form.bare.startswith("ال") or form.bare.endswith("ي")


def _held_before(document: Document, mention: Mention) -> bool:
    """الرئيس السوداني المعزول عمر البشير: whose office it was is not its party any more."""
    forms = document.forms
    return any(forms[k].bare in FORMER for k in (mention.first - 2, mention.first - 1, mention.last + 1, mention.last + 2) if 0 <= k < len(forms))


def had_begun(document: Document, actor: str) -> bool:
    """Whether a party had begun to be when the report was written."""
    begun = document.lexicon.actors[actor][5]
    return document.reference is None or begun <= document.reference.isoformat()
