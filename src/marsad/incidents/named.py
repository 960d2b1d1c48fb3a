"""Which agencies and outlets a text names at its head or its end, where a copy says whom it is from.

«دمشق – سانا», «(رويترز)», «المصدر: الأناضول», «أ ف ب». A name of one word counts only where it stands set off, by marks or by the ends of
its line, since many are ordinary words (المدى, وفا, ناس).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.arabic.words import Words, tokenise
from marsad.knowledge import lexicon

_HEAD: Final = 40  # tokens at the head, and at the end, in which a source is looked for


@cache
def source_of(outlet: str) -> str | None:
    """The id of the source that has this name, in the list of sources."""
    words = tokenise(outlet)
    found = _at(words, 0)
    return found[0] if found is not None and found[1] == len(words) else None


def name_of(source: str) -> str:
    """The Arabic name of a source of the list."""
    return lexicon().sources[source][1]


def sources_in(words: Words) -> tuple[str, ...]:
    """Ids of the sources that the text names at its head and its end, in order, each once."""
    count = len(words)
    places = range(count) if count <= 2 * _HEAD else (*range(_HEAD), *range(count - _HEAD, count))
    found: dict[str, None] = {}
    after = 0
    for place in places:
        if place < after:
            continue
        hit = _at(words, place)
        if hit is not None and (hit[1] - place > 1 or _set_off(words, place)):
            found[hit[0]] = None
            after = hit[1]
    return tuple(found)


def _at(words: Words, place: int) -> tuple[str, int] | None:
    """The source whose name begins at a token, and the token after its name; the longest name wins."""
    if place >= len(words):
        return None
    forms = words.forms
    for rest, kind, source, _ in lexicon().form(forms[place]).names:
        if kind != "source":
            continue
        end = place + 1 + len(rest)
        if all(_same(form, name) for form, name in zip(forms[place + 1 : end], rest, strict=False)) and end <= len(forms):
            return str(source), end
    return None


def _same(form: str, name: str) -> bool:
    return form == name or fold(name) == form


def _set_off(words: Words, place: int) -> bool:
    """Whether the token stands between marks or at an edge of its line, on both sides."""
    text = words.text
    before = text[words.ends[place - 1] : words.starts[place]] if place else "\n"
    behind = text[words.ends[place] : words.starts[place + 1]] if place + 1 < len(words) else "\n"
    opens = "\n" in before or not words.forms[place - 1][0].isalnum()
    closes = "\n" in behind or not words.forms[place + 1][0].isalnum()
    return opens and closes
