"""What each place of a report is: which of its namesakes, how it lies to the words in front of it, how far, and which places hold it."""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import FIGURE
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document, Mention
from marsad.reading.places import DIRECTION_ADJECTIVES, DIRECTIONS, QUOTES

# --- what each place is --------------------------------------------------------------------------------------------------


def settle_places(document: Document) -> None:
    """Relation, kind words in front, country and first level of each place; namesakes go where the report's other places are."""
    lexicon = document.lexicon
    main = _main_country(document)
    taken = {k for mention in document.places for k in range(mention.first, mention.last + 1)}
    admin1s = {mention.admin1 for mention in document.places}
    for mention in document.places:
        if mention.rows:
            mention.row = max(
                mention.rows,
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
            admin1s.add(mention.admin1)
            mention.label = kind if not mention.cued else mention.label
        _look_left(document, mention, taken)
    _leave_quarters_abroad(document)
    _parents(document, main)


def _leave_quarters_abroad(document: Document) -> None:
    """No report tells of a quarter of a town abroad of which it names nothing else: a quarter of such a name is another, which the list has not."""
    rows = document.lexicon.places
    held = [m for m in document.places if m.row >= 0]
    named = {rows[m.row][3] for m in held if rows[m.row][2] != "neighbourhood"}
    towns = {m.row for m in held if rows[m.row][2] not in ("neighbourhood", "country")}
    quarters = [m for m in held if rows[m.row][2] == "neighbourhood" and rows[m.row][3] not in named]
    if len(towns) < _ELSEWHERE or len({m.row for m in quarters}) != 1:
        return
    for mention in quarters:
        mention.row, mention.rows, mention.country, mention.admin1, mention.label = -1, (), None, None, "unlisted"


_ELSEWHERE: Final = 2  # towns that say where a report is


def _main_country(document: Document) -> str:
    votes: dict[str, int] = {}
    for mention in document.places:
        if mention.row >= 0:
            country = document.lexicon.places[mention.row][3]
            votes[country] = votes.get(country, 0) + 1
    return max(votes, key=lambda c: votes[c]) if votes else ""


def _look_left(document: Document, mention: Mention, taken: set[int]) -> None:
    """Kind words and relation in front of a place name: في محيط بلدة هجين; جنوبي مدينة رفح; على بعد 5 كم شمال X."""
    forms, lexicon = document.forms, document.lexicon
    j = mention.head
    steps = 0
    begin = document.sentences[document.sentence_of[mention.first]].begin  # a rule of dashes above a place is not in front of it
    while j > begin and steps < 6:
        form, here = forms[j - 1], forms[j]
        if here.conjunction or (here.preposition and j <= mention.head and not form.relation):
            break
        if here.preposition and here.preposition in "بل" and not form.relation:
            break
        if form.text in QUOTES:
            j -= 1
            continue
        if form.relation and (not mention.relation or form.relation != "near"):
            if form.stem in DIRECTIONS and j > begin + 1 and forms[j - 2].stem in DIRECTIONS and f"{forms[j - 2].stem} {form.stem}" in lexicon._relations:
                mention.relation = lexicon._relations[f"{forms[j - 2].stem} {form.stem}"]
                j -= 2
            else:
                mention.relation = mention.relation or form.relation
                j -= 1
            steps += 1
            if forms[j].conjunction or forms[j].preposition:
                break
            continue
        if form.place == "kind":
            mention.cued = True
            j -= 1
            steps += 1
            if form.conjunction or form.preposition:
                break
            continue
        if form.text in ("من", "الي") and j > begin + 1 and forms[j - 2].relation in ("near", "north_of", "south_of", "east_of", "west_of"):
            mention.relation = mention.relation or forms[j - 2].relation
            j -= 2
            continue
        break
    mention.head = j
    if mention.relation is None and mention.label in ("ريف", "countryside"):
        mention.relation = "countryside"
    _distance(document, mention, taken)


def _distance(document: Document, mention: Mention, taken: set[int]) -> None:
    """A distance in kilometres right before the place, with no other place between: 2 كم من مشفى هجين شرقي دير الزور is so far from the hospital alone."""
    forms = document.forms
    begin = document.sentences[document.sentence_of[mention.first]].begin
    for k in range(mention.head - 1, max(mention.head - 6, begin), -1):
        if k in taken:
            return
        if forms[k].text in _KILOMETRES:
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


_CHAIN_WORDS: Final = words("places.in_chains")
_KILOMETRES: Final = words("places.kilometres")


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
            forms[k].text in _CHAIN_WORDS or forms[k].text in QUOTES or forms[k].text in DIRECTION_ADJECTIVES or forms[k].relation for k in between
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
