"""How much each token of a text looks like a part of a person's name, by signs that were weighed on annotated reports.

A sign is a short string: what the token is (`0:U`, a word that nobody knows), what stands beside it (`-1:N person`, a noun for a person before it), or
both. The score of a token is the sum of the weights of its signs (`knowledge/weights/persons.npz`), the logarithm of the odds that it is a name's. A
word that nobody knows has a second score, by its letters alone: بوليسون has letters as no Arabic word has them. `tools/persons.py` weighs both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from marsad.knowledge import Form
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, LATIN, NAME, NOUN, PUNCTUATION, VERB
from marsad.knowledge.persons import name_weights, name_words
from marsad.release.name_places import Protected
from marsad.release.name_tokens import NameTokens

_REACH: Final = 2  # tokens to each side that have a say
_MOST: Final = 6  # of the score by letters, which is rounded
_MARKS: Final = frozenset('"«»“”„()')
_CUES: Final = ("titles", "private_titles", "naming", "kin", "harmed", "roll", "bodies", "honours", "homes", "into", "ages", "rank_of", "families")


def scores(tokens: NameTokens, places: Protected) -> list[float]:
    """For each token the logarithm of the odds that it belongs to a person's name."""
    weights = name_weights()
    keys = [known_key(known) for known in tokens.known]
    kinds = [class_of(form, key) for form, key in zip(tokens.forms, keys, strict=True)]
    own = [_weighed(form, key) for form, key in zip(tokens.forms, keys, strict=True)]
    edge = [weights.signs.get(f"{k}:-", 0.0) for k in range(-_REACH, _REACH + 1)]
    found = []
    for i in range(len(own)):
        near = sum(own[i + k][k + _REACH] if 0 <= i + k < len(own) else edge[k + _REACH] for k in range(-_REACH, _REACH + 1))
        found.append(weights.bias + near + sum(weights.signs.get(sign, 0.0) for sign in _around(tokens, places, kinds, i)))
    return found


def signs(tokens: NameTokens, places: Protected) -> list[list[str]]:
    """All signs of each token: those that `scores` adds up."""
    keys = [known_key(known) for known in tokens.known]
    kinds = [class_of(form, key) for form, key in zip(tokens.forms, keys, strict=True)]
    return [
        [sign for k in range(-_REACH, _REACH + 1) for sign in (_of_form(tokens.forms[i + k], keys[i + k], k) if 0 <= i + k < len(keys) else (f"{k}:-",))]
        + list(_around(tokens, places, kinds, i))
        for i in range(len(keys))
    ]  # fmt: skip


def by_letters(form: str) -> float:
    """How much the letters of a word look like a name's and not like a word's of the language."""
    table = name_weights().letters
    return name_weights().letters_bias + sum(table.get(part, 0.0) for part in letter_parts(form))


def letter_parts(form: str) -> frozenset[str]:
    """The runs of one to four letters of a word, its beginning and end among them."""
    framed = f"<{form}>"
    return frozenset(framed[i : i + n] for n in range(1, 5) for i in range(len(framed) - n + 1))


KnownKey = tuple[int, str, str, str, bool, str, str, str, str, bool]
"""What of a form its signs are made of, as a key."""


def known_key(known: Form) -> KnownKey:
    """What of a form its signs are made of."""
    verb = "" if known.verb is None or not known.pos & VERB else ("v" if known.verb[1] == "-" and known.verb[0] == known.stem else str(known.verb[1]))
    noun = str(known.noun[1]) if known.noun is not None else ""
    alone = next((kind for rest, kind, _, _ in known.names if not rest), "more" if known.names else "")
    return known.pos, verb, noun, known.place, known.article, known.enclitic, known.preposition, known.conjunction, alone, bool(known.nisba)


@lru_cache(maxsize=100_000)
def _weighed(form: str, key: KnownKey) -> tuple[float, ...]:
    weights = name_weights().signs
    return tuple(sum(weights.get(sign, 0.0) for sign in _of_form(form, key, -k)) for k in range(-_REACH, _REACH + 1))[::-1]


def _of_form(form: str, key: KnownKey, k: int) -> Iterator[str]:
    """The signs that a form gives to the token `k` before it (to itself for 0)."""
    kind = class_of(form, key)
    yield f"{k}:{kind}"
    if kind[0] in "UvGFE" and form[0] >= "\u0620":
        yield f"{k}:~{round(max(-_MOST, min(_MOST, by_letters(form))))}"
    for cue in _cues(form):
        yield f"{k}:{cue}"
    if abs(k) < _REACH:
        yield f"{k}={form}"
        if form[0] >= "\u0620":
            yield f"{k}:{form[-2:]}>"
            yield f"{k}:<{form[:2]}"
        if key[4]:
            yield f"{k}:the"
        if key[5]:
            yield f"{k}:its"
        if key[6]:
            yield f"{k}:{key[6]}+"
        if key[7]:
            yield f"{k}:{key[7]}+"
        if key[8]:
            yield f"{k}:listed {key[8]}"
        if key[2] and kind[0] in "GFE":
            yield f"{k}:{kind} {key[2]}"
    if k == 0:
        yield f"0:long{min(len(form), 8)}"


@lru_cache(maxsize=100_000)
def _cues(form: str) -> tuple[str, ...]:
    cues = name_words().cues
    bare = form[1:] if form[:1] in "وفبلك" and form[1:3] == "ال" else form
    return tuple(cue for cue in _CUES if form in cues[cue] or bare in cues[cue])


def class_of(form: str, key: KnownKey) -> str:
    """What kind of word a form is: G, F and E listed names (given, family, others; with + where it is a word too), U a word that
    nobody knows, v a verb by its looks alone."""
    pos, verb, noun, place, _, _, _, _, _, nisba = key
    if pos & PUNCTUATION:
        return form
    if pos & (FIGURE | LATIN):
        return "0" if pos & FIGURE else "l"
    words = name_words()
    word = bool(pos & (NOUN | ADJECTIVE | EVENT | CLOSED)) or verb not in ("", "v")
    if form in words.given:
        return "G+" if word else "G"
    if form in words.family:
        return "F+" if word else "F"
    if form in words.more:
        return "E+" if word else "E"
    if pos & CLOSED:
        return f"c{form}"
    if place:
        return f"P{place}"
    if nisba:
        return "Z"
    if noun:
        return f"N {noun}"
    if pos & ADJECTIVE:
        return "A"
    if verb not in ("", "v") or pos & EVENT:
        return f"V {verb}"
    if verb:
        return "v"
    return "U name" if pos & NAME else "U"


def _around(tokens: NameTokens, places: Protected, kinds: list[str], i: int) -> Iterator[str]:
    """The signs of a token that more than one form gives."""
    kind, before, after = kinds[i], kinds[i - 1] if i else "-", kinds[i + 1] if i + 1 < len(kinds) else "-"
    yield f"{before}|{kind}"
    yield f"{kind}|{after}"
    yield f"{before}|{kind}|{after}"
    if i and not tokens.beside(i - 1, i):
        yield "gap" if tokens.text[tokens.words.ends[i - 1] : tokens.words.starts[i]].strip(" ") else "glued"
    if tokens.is_preposition(i):
        yield "is preposition"
    cue = tokens.cue(i)
    if cue:
        yield f"cue {cue}"
        yield f"cue {cue} {kind}"
    if i in places.after:
        yield "governed"
        yield f"governed {kind}"
    if places.named[i] >= i:
        yield f"place {places.alone[i]} {kind}"
    elif any(places.named[k] >= i for k in range(max(0, i - 4), i)):
        yield "in place"
    if _quoted(tokens, i):
        yield "quoted"
        yield f"quoted {kind}"
    if kind == "U" and tokens.forms.count(tokens.forms[i]) > 1:
        yield "again"


def _quoted(tokens: NameTokens, i: int) -> bool:
    """Whether a token stands within quotation marks that hold few others: the name of a paper, a weapon, a film."""
    before = any(tokens.forms[k] in _MARKS for k in range(max(0, i - 3), i))
    return before and any(tokens.forms[k] in _MARKS for k in range(i + 1, min(len(tokens.forms), i + 4)))
