"""Later mentions of parties: names told again, «التنظيم» that points back, people who belong to a party."""

from __future__ import annotations

from typing import Final

from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import ADJECTIVE, EVENT, NAME, VERB
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.parties import POINTING_FORMS

# --- later mentions ------------------------------------------------------------------------------------------------------


def point_back(document: Document) -> None:
    """التنظيم، الحركة، الميليشيات: the party named last whose name holds the head word."""
    recent: list[Mention] = []
    for mention in document.actors:
        if not mention.back:
            if mention.id and mention.label in ("insurgent", "militia", "coalition", "state", "police", "authority"):
                recent.append(mention)
            continue
        heads = POINTING_FORMS[canonical(document.forms[mention.first].bare)]
        for candidate in reversed(recent):
            if _has_head(document, candidate, heads):
                mention.id, mention.label = candidate.id, candidate.label
                break
        else:
            mention.back = False


def later_names(document: Document, silent: set[int], taken: set[int]) -> None:
    """A person named before, by one word of the name alone: «سيندري ثور ستيفانسون … ستيفانسون»."""
    forms = document.forms
    known: dict[str, int] = {}
    for mention in document.actors:
        if mention.label == "named" and mention.last > mention.first:
            last = forms[mention.last]
            if (last.pos == 0 or last.pos == NAME) and len(last.stem) > 3:
                known.setdefault(last.stem, mention.last)
            first = forms[mention.first]
            if first.pos == 0 and len(first.stem) > 3:
                known.setdefault(first.stem, mention.last)
    if not known:
        return
    for i, form in enumerate(forms):
        at = known.get(form.stem, -1)
        if at >= 0 and i > at and i not in taken and i not in silent and form.pos in (0, NAME) and not form.names:
            document.actors.append(Mention("actor", i, i, i, i, label="named"))
            taken.add(i)


_OF_PARTY: Final = words("parties.of_party")
_PEOPLE: Final = frozenset(("fighter", "neutral", "group"))
_PARTIES: Final = frozenset(("state", "insurgent", "militia", "coalition", "police", "authority"))


def join_people(document: Document) -> None:
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
