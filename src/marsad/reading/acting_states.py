"""Countries and capitals that act, which are their states: قصفت مصر مواقع, روسيا ومصر, القاهرة أعلنت."""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import COMPLEMENT, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention


def acting_states(document: Document) -> None:
    """A country that acts is its state, though its name is not on the list of parties: «قصفت مصر مواقع»، «روسيا ومصر»، «اتفاق مع العراق»، «العراق يعلن»."""
    forms, of = document.forms, document.sentence_of
    parties = {mention.first for mention in document.actors}
    states = {mention.last for mention in document.actors if mention.label == "state"}
    for place in document.places:
        i = place.first
        if place.row < 0 or i in parties or forms[i].preposition:
            continue
        before = forms[i - 1] if i and of[i - 1] == of[i] else None
        behind = _behind_countries(document, place)
        if place.label != "country":
            acts = forms[i].text in _CAPITALS and place.last == i and _acts_by_word(before, behind)
        elif forms[i].conjunction:
            acts = i - 1 in states
        elif before is None or before.pos & (PUNCTUATION | COMPLEMENT):
            acts = behind is not None and behind.only_verb
        else:
            acts = before.only_verb or (before.text in _ACTS_BEHIND and not _is_border(document, i - 1))
        id_ = document.lexicon.state_actor(document.lexicon.places[place.row][3], document.reference) if acts else None
        if id_ is not None:
            document.actors.append(Mention("actor", i, place.last, i, place.last, id=id_, label="state"))
            states.add(place.last)


def _behind_countries(document: Document, place: Mention) -> Form | None:
    """The word behind a country and those joined to it: النيجر ومالي | أعلنتا."""
    forms, k = document.forms, place.last + 1
    while k < len(forms) and forms[k].conjunction == "و" and (other := document.place_at.get(k)) is not None and other.label == "country":
        k = other.last + 1
    return forms[k] if k < len(forms) and document.sentence_of[k] == document.sentence_of[place.first] else None


def _acts_by_word(before: Form | None, behind: Form | None) -> bool:
    """Whether a capital does what no town does: أغلقت نيامي الحدود, القاهرة أعلنت; not «هزت بغداد»."""
    verb = behind if before is None or before.pos & (PUNCTUATION | COMPLEMENT) else before
    return verb is not None and bool(verb.pos & VERB) and not _OF_CAPITALS.isdisjoint((verb.bare, verb.stem, verb.text))


def _is_border(document: Document, k: int) -> bool:
    """Whether the word at token `k` stands between a border and whose it is too: الحدود مع النيجر, الشريط الحدودي مع مصر."""
    return document.forms[k].text == "مع" and k > 0 and document.forms[k - 1].stem in _BORDER


_ACTS_BEHIND: Final = words("parties.acts_behind")
_CAPITALS: Final = words("parties.capitals")
_OF_CAPITALS: Final = words("parties.of_capitals")
_BORDER: Final = words("parties.border")
