"""Persons: who is public by office (`public_figures.csv`), and the words that show a name to be a person's (`persons.toml`).

    >>> figures().get(name_key("الرئيس بشار الأسد".split()[1:])).office
    'President of Syria 2000–2024'

Names are compared by `name_key`: folded, compounds of عبد and أبو closed up, ابن as بن.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, Literal, NamedTuple

import msgspec
import numpy as np

from marsad.arabic.compounds import SECOND
from marsad.arabic.letters import fold
from marsad.arabic.words import tokenise
from marsad.knowledge import schema, vocabulary


class FigureRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `public_figures.csv`: a person whose name may be published, for the office that is named.

    `names`: other spellings of the whole name, joined by ` | `; `short`: names by which the person goes alone (a family name), which count as the
    person's only where nobody private of that name stands in the same report; `office`: what makes the person public, never empty; `country`:
    ISO 3166-1 alpha-2, `UN` and `EU` for their bodies; `actor`: the id in `actors.csv` of the party whose office it is.
    """

    id: str
    name_ar: str
    names: str
    short: str
    name_en: str
    office: str
    role: Literal[
        "head_of_state", "head_of_government", "minister", "leader", "commander", "spokesperson", "politician",
        "official", "envoy", "cleric", "monitor", "historic",
    ]  # fmt: skip
    country: str
    actor: str


class PersonCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `persons.toml`; its head explains each."""

    titles: tuple[str, ...]
    private_titles: tuple[str, ...]
    naming: tuple[str, ...]
    kin: tuple[str, ...]
    harmed: tuple[str, ...]
    roll: tuple[str, ...]
    bodies: tuple[str, ...]
    honours: tuple[str, ...]
    homes: tuple[str, ...]
    several: tuple[str, ...]
    into: tuple[str, ...]
    ages: tuple[str, ...]
    words_first: tuple[str, ...]
    families: tuple[str, ...]
    rank_of: tuple[str, ...]
    never_first: tuple[str, ...]
    never: tuple[str, ...]


class NameWords(NamedTuple):
    """The words of `words/names.tsv` and of `person_names.tsv`, and the cues, folded. `more`: those of `person_names.tsv` alone, of both kinds."""

    given: frozenset[str]
    family: frozenset[str]
    cues: dict[str, frozenset[str]]
    more: frozenset[str]


class NameWeights(NamedTuple):
    """The weights of `weights/persons.npz`: of signs that a token is a name's, and of runs of letters that a word is a name."""

    signs: dict[str, float]
    bias: float
    letters: dict[str, float]
    letters_bias: float


_ABU: Final = frozenset(("ابو", "ابي", "ابا"))
_BIN: Final = frozenset(("بن", "ابن"))


def name_key(tokens: Iterable[str]) -> str:
    """One spelling of a name: عبد الله and عبدالله, نصر الله and نصرالله, أبو بكر and أبي بكر, ابن and بن are the same."""
    parts: list[str] = []
    joined = ""
    for token in tokens:
        form = fold(token)
        if joined:
            parts.append(joined + form)
            joined = ""
        elif form == "عبد" or form in _ABU:
            joined = "ابو" if form in _ABU else form
        elif form in SECOND and parts:
            parts[-1] += form
        else:
            parts.append("بن" if form in _BIN else form)
    return " ".join((*parts, joined) if joined else parts)


@cache
def figures() -> dict[str, FigureRow]:
    """The public figures by each of their whole names' keys. Raises `VocabularyError` where the file breaks its schema."""
    table: dict[str, FigureRow] = {}
    for row in figure_rows():
        for name in (row.name_ar, *vocabulary.names(row.names)):
            table[name_key(name.split())] = row
    return table


@cache
def short_names() -> dict[str, FigureRow]:
    """The public figures by the names under which they go alone (`short`)."""
    return {name_key(name.split()): row for row in figure_rows() for name in vocabulary.names(row.short)}


@cache
def figure_openers() -> dict[str, int]:
    """The folded words with which the whole names of public figures begin, each with the most words that such a name has."""
    found: dict[str, int] = {}
    for row in figure_rows():
        for name in (row.name_ar, *vocabulary.names(row.names)):
            words = tokenise(name).forms
            found[words[0]] = max(found.get(words[0], 0), len(words) + 2)  # عبد الله is written as one word or as two
            for head in _ABU if words[0] in _ABU else ():
                found[head] = max(found.get(head, 0), len(words) + 2)
            if words[0] == "عبد" and len(words) > 1:
                found[words[0] + words[1]] = len(words) + 2
            elif words[0].startswith("عبد") and len(words[0]) > 3:
                found["عبد"] = max(found.get("عبد", 0), len(words) + 3)
    return found


def figure_rows() -> list[FigureRow]:
    """The lines of `public_figures.csv`, each with its office."""
    rows: list[FigureRow] = list(vocabulary.rows("public_figures.csv", FigureRow))
    for row in rows:
        if not row.office:
            raise vocabulary.VocabularyError(f"public_figures.csv: {row.id} has no office; who has none is not public")
    return rows


def holders() -> dict[str, Any]:
    """What the reader needs of public figures: by whole names and by those under which they go alone, by `name_key`: id, actor, country, and whether
    anybody may be called so (a given name, أبو أحمد); and the first words of all these names with the most words that such a name has."""
    given = name_words().given

    def known(row: FigureRow, key: str) -> tuple[str, str, str, bool]:
        return row.id, row.actor, row.country, key in given or (" " not in key and key.startswith("ابو"))

    whole = {key: known(row, key) for key, row in figures().items()}
    alone = {key: known(row, key) for key, row in short_names().items()} | {key: one for key, one in whole.items() if " " not in key}
    openers = dict(figure_openers())
    for row in figure_rows():
        for name in vocabulary.names(row.short):
            words = tokenise(name).forms
            openers[words[0]] = max(openers.get(words[0], 0), len(words) + 1)
    return {"whole": {key: one for key, one in whole.items() if " " in key}, "alone": alone, "openers": openers}


@cache
def name_words() -> NameWords:
    """The words of names and their cues. Raises `VocabularyError` where a file breaks its schema."""
    kinds: dict[str, set[str]] = {"given": set(), "family": set(), "nom": set()}
    for row in vocabulary.rows("words/names.tsv", schema.NameRow):
        kinds[row.kind].add(fold(row.name))
    more = {fold(row.name) for row in vocabulary.rows("person_names.tsv", schema.NameRow)}
    text = (vocabulary.folder() / "persons.toml").read_text("utf-8")
    cues: PersonCues = vocabulary.checked(vocabulary.parsed(text, "persons.toml"), PersonCues, "persons.toml", lambda key: vocabulary.line_of_key(text, 0, key))
    folded = {field: frozenset(fold(word) for word in getattr(cues, field)) for field in PersonCues.__struct_fields__}
    return NameWords(frozenset(kinds["given"]), frozenset(kinds["family"]), folded, frozenset(more - kinds["given"] - kinds["family"]))


@cache
def name_weights() -> NameWeights:
    """The weights by which a token is known to be a name's, as `tools/persons.py` learnt them."""
    with np.load(io.BytesIO((vocabulary.folder() / "weights" / "persons.npz").read_bytes())) as kept:
        tables = [dict(zip(json.loads(bytes(kept[part])), kept[f"{part}_weights"].astype(float).tolist(), strict=True)) for part in ("signs", "letters")]
        signs_bias, letters_bias = kept["bias"].astype(float).tolist()
    return NameWeights(tables[0], signs_bias, tables[1], letters_bias)
