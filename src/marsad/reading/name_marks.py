"""Marks and figures in the name of a speaker: what stands in quotation marks, behind a dash, between commas, the dot of an initial, the number of a unit.

Each is asked of a name as far as it was walked (`name_phrase.Phrase`) and the token of the mark, and takes what belongs to the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from marsad.knowledge.lexicon import (
    ADJECTIVE,
    ADVERB,
    COMPLEMENT,
    DEMONSTRATIVE,
    EVENT,
    FIGURE,
    NAME,
    NEGATION,
    NOUN,
    PREPOSITION,
    PUNCTUATION,
    VERB,
    Form,
)
from marsad.knowledge.wordlists import words
from marsad.reading.speakers import CLOSING, DASHES, MEDIA_HEADS, OPENING, Known, head_of, is_person, is_title, name_like

if TYPE_CHECKING:
    from marsad.reading.name_phrase import Phrase

NUMBERED: Final = words("names.numbered")
_NAMED_BEHIND: Final = words("names.named_behind")
_COMMAS: Final = ("،", ",")
_MARKS: Final = frozenset((*OPENING, *_COMMAS, *DASHES))
_QUOTED: Final = 9  # tokens from a mark to the one that closes it
_GOES_ON: Final = frozenset((*_COMMAS, ":", '"', "«", "“", ".", "في", "قد", "ان", "خلال", "عبر"))


def is_mark(form: Form) -> bool:
    """Whether it is for `of_mark` to say what it is in a name."""
    return bool(form.pos & (FIGURE | PUNCTUATION)) or form.text in _MARKS


def of_mark(name: Phrase, k: int) -> bool:
    """Whether the mark or figure at token `k` belongs to the name; if so, it is taken with what goes with it."""
    form, last = name.forms[k], name.forms[name.j]
    text = form.text
    if text in OPENING:
        return _quoted(name, k)
    if text in _COMMAS:
        return _apposition(name, k)
    if text in DASHES:
        return _dashed(name, k)
    if form.pos & FIGURE:
        return (last.stem in NUMBERED or last.bare in NUMBERED) and name.take_number(k)
    if text != ".":
        return False
    if name.person and len(last.text) <= 2 and k + 1 < name.end and name.forms[k + 1].pos & PUNCTUATION:
        return name.take_last(k)
    return _initial(name, k)


def _initial(name: Phrase, k: int) -> bool:
    """ع. الحاتم: the dot of an initial."""
    return len(name.forms[name.j].text) == 1 and k + 1 < name.end and name_like(name.known, k + 1) and name.take(k + 1)


def _dashed(name: Phrase, k: int) -> bool:
    """قيادة الجيش – مديرية التوجيه; العقيد / الصوارمي."""
    n = k + 1
    if n >= name.end:
        return False
    form, before, tokens = name.forms[n], name.forms[name.j], name.known.document.words
    if before.noun is not None and before.noun[1] == "title" and name_like(name.known, n):
        return name.take(n)
    if form.conjunction or form.preposition or tokens.starts[k] != tokens.ends[name.j] + 1:
        return False
    return form.noun is not None and form.noun[1] in ("group", "office") and not form.pos & EVENT and not name.person and name.take(n)


# --- quotation marks -------------------------------------------------------------------------------------------------------


def _quoted(name: Phrase, k: int) -> bool:
    """A name in quotation marks: تنظيم "داعش", القائد الميداني "أبو عدي"; what is said in them is no part of the speaker."""
    close = _closing(name.known, k)
    if close <= k + 1:
        return False
    inside = range(k + 1, close)
    if name.forms[k].text == "(":
        belongs = len(inside) <= 6 and any(n in name.known.actor_at for n in inside)
    else:
        belongs = _is_listed(name.known, inside) or (not _is_said(name, inside) and _may_be_named(name, inside))
    if belongs:
        name.j, name.definite, name.construct = close, True, False
    return belongs


def _closing(known: Known, k: int) -> int:
    """The mark that closes the one at token `k`, in the same sentence and near; -1 where none does."""
    forms, sentence_of = known.forms, known.document.sentence_of
    other = "" if forms[k].text == '"' else '"'
    close = next((n for n in range(k + 1, min(k + _QUOTED, len(forms))) if forms[n].text in CLOSING and forms[n].text != other), -1)
    return close if close >= 0 and sentence_of[close] == sentence_of[k] else -1


def _is_listed(known: Known, inside: range) -> bool:
    return any(n in known.actor_at or any(kept[1] == "source" for kept in known.forms[n].names) for n in inside)


def _is_said(name: Phrase, inside: range) -> bool:
    """Whether it is what somebody said: it has a verb, أن, a negation, a mark. A newspaper may have such a name."""
    if name.forms[name.j].stem in MEDIA_HEADS and len(inside) <= 4:
        return False
    own = [name.forms[n] for n in inside]
    return any((f.pos & VERB and not f.pos & (NOUN | NAME | ADJECTIVE)) or f.pos & (COMPLEMENT | NEGATION | PUNCTUATION | DEMONSTRATIVE) for f in own)


def _may_be_named(name: Phrase, inside: range) -> bool:
    """Whether words in marks that nobody knows may be the name of what stands before."""
    forms, first = name.forms, name.forms[inside.start]
    medium = forms[name.j].stem in MEDIA_HEADS and not forms[name.j].article  # بحسب شبكة "البادية 24".
    if not medium and inside.stop + 1 < len(forms) and forms[inside.stop + 1].text in (".", "!", "؟"):
        return False
    if name.person and not (first.pos & NAME or first.stem in ("ابو", "ام", "ابي")):
        return False
    another = name.definite and first.article and not name.person and forms[name.j].stem not in _NAMED_BEHIND and forms[name.head].noun is None
    return len(inside) <= 5 and not another


# --- commas ----------------------------------------------------------------------------------------------------------------


def _apposition(name: Phrase, k: int) -> bool:
    """وزير الداخلية، جيرار كولومب، … ; سفيان الزعق، المتحدث باسم الوزارة، …"""
    forms = name.forms
    n = k + 1
    if n < name.end and forms[n].text in ("وهو", "وهي"):
        n += 1
    elif n < name.end and forms[n].conjunction and not forms[n].whole_name:
        return False
    if n >= name.end:
        return False
    head, limit = forms[name.head], min(name.end + 10, len(forms), k + 16)
    last = -1
    if name.person and head.pos & (NOUN | ADJECTIVE) and not head.pos & NAME:
        last = _bearer(name.known, n, limit)
    elif (not head.pos & (NOUN | ADJECTIVE) or head.pos & NAME) and head_of(name.known, n, limit) == n:
        last = name.walked(n, limit) if is_person(forms[n]) and not _is_adverbial(forms[n]) and not forms[n].pos & VERB & ~NOUN else -1
    if last < n or not _resumes(name.known, last + 1, limit):
        return False
    name.j, name.definite, name.construct = last, True, False
    return True


def _is_adverbial(form: Form) -> bool:
    """قال فلان، متحدثا في المحكمة: no apposition."""
    return form.noun is not None and form.noun[4] == "accusative" and form.text.endswith("ا")


def _bearer(known: Known, first: int, limit: int) -> int:
    """The last token of the person who bears an office, named from token `first` on; -1 where no name stands there."""
    forms, last = known.forms, first - 1
    while last + 1 < limit and last - first < 6 and last + 1 not in known.date_at:
        k = last + 1
        before_comma = last >= first and k + 1 < limit and not forms[k].pos & (PUNCTUATION | COMPLEMENT | PREPOSITION) and forms[k + 1].text in _COMMAS
        if not (name_like(known, k) or is_title(forms[k]) or before_comma):
            break
        last = known.ends.get(k, k)
    return last if any(name_like(known, k) for k in range(first, last + 1)) else -1


def _resumes(known: Known, k: int, limit: int) -> bool:
    """Whether the sentence goes on behind an apposition as behind a speaker: with a comma, a verb, أن, a colon, a day, في بيان."""
    if k >= limit:
        return False
    form = known.forms[k]
    if form.text in _GOES_ON or form.pos & (COMPLEMENT | VERB | ADVERB) or k in known.date_at:
        return True
    return form.text.startswith(("ب", "ل")) and bool(form.pos & PREPOSITION)
