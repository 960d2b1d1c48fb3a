"""The check of `wordlists.toml`, which makes its lists ready to be asked for.

A section or a list that the schema (`wordlist_rooms.py`) does not know, or misses, a list without words, a word that stands in its list twice however
it is spelt, and one that no text can hold as a single token are refused with file, line and entry. `marsad.knowledge.wordlists` gives what came through.
"""

from __future__ import annotations

from typing import Any, Final, get_args

import msgspec

from marsad.arabic.letters import fold
from marsad.arabic.words import tokenise
from marsad.knowledge import schema
from marsad.knowledge import vocabulary as v
from marsad.knowledge.wordlist_rooms import PartyLists, Types, WordLists, Words

FILE: Final = "wordlists.toml"


def compile_lists() -> dict[str, dict[str, Any]]:
    """The lists by "section.list": `words` as sets, `types` as tuples, `values` as dicts. Raises `VocabularyError` where the file breaks its schema."""
    text = (v.folder() / FILE).read_text("utf-8")
    told: WordLists = v.checked(v.parsed(text, FILE), WordLists, FILE, lambda key: v.line_of_key(text, 0, key))
    made: dict[str, dict[str, Any]] = {"words": {}, "types": {}, "values": {}}
    for section in msgspec.structs.fields(told):
        start = v.line_of_key(text, 0, section.name) - 1
        room = getattr(told, section.name)
        for field in msgspec.structs.fields(room):
            name = f"{section.name}.{field.name}"
            try:
                sort, entries = _ready(field.type, getattr(room, field.name))
            except ValueError as error:
                raise v.VocabularyError(f"{FILE}, line {v.line_of_key(text, start, field.name)}: {name} {error}") from None
            made[sort][name] = entries
    _check_actors(told.parties, told.identity.seated)
    return made


def _ready(kind: Any, entries: Any) -> tuple[str, Any]:
    """Which sort of list it is, and the list, folded; raises ValueError with what is wrong with it."""
    _check_each(entries, kind == Words)
    if isinstance(entries, dict):
        of_words = get_args(kind)[1] == Words
        return "values", {_folded(key): _value(key, told, of_words=of_words) for key, told in entries.items()}
    if kind == Types:
        return "types", tuple(entries)
    return "words", frozenset(map(_folded, entries))


def _value(key: str, told: Any, *, of_words: bool) -> Any:
    """What a word stands for: a name, or words or names of its own."""
    if not isinstance(told, tuple):
        return told
    try:
        _check_each(told, of_words)
    except ValueError as error:
        raise ValueError(f"has {key!r}, which {error}") from None
    return tuple(map(_folded, told))


def _check_each(entries: Any, of_words: bool) -> None:
    """There are entries; each is one word of a text (or, in a list that is not `of_words`, a name of the model) and stands there once."""
    if not entries:
        raise ValueError("is empty")
    met: dict[str, str] = {}
    for word in entries:
        if (of_words or not word.isascii()) and tokenise(word).forms != [fold(word)]:
            raise ValueError(f"has {word!r}, which is not one word")
        folded = _folded(word)
        if folded in met:
            raise ValueError(f"has {word!r} twice" if met[folded] == word else f"has {met[folded]!r} and {word!r}, which are one word when they are folded")
        met[folded] = word


def _folded(word: str) -> str:
    """A word of a text folded; a name of the model (`air_strike`) or of a data file as it is."""
    return word if word.isascii() else fold(word)


def _check_actors(lists: PartyLists, seated: dict[str, str]) -> None:
    """Kinds of persons are those of `cues.toml`, and whom the lists name is in the list of actors."""
    kinds = v.cues()["persons"]
    for kind in lists.person_ids:
        if kind not in kinds:
            raise v.VocabularyError(f"{FILE}: parties.person_ids has {kind!r}, which is no list of [persons] in cues.toml")
    actors = {row.id for row in v.rows("actors.csv", schema.ActorRow)}
    groups = (("parties.person_ids", lists.person_ids), ("parties.police", lists.police), ("parties.proxies", lists.proxies), ("identity.seated", seated))
    for name, ids in groups:
        for key, id_ in ids.items():
            if id_ not in actors:
                raise v.VocabularyError(f"{FILE}: {name} gives {key!r} the actor {id_!r}, whom actors.csv has not")
