"""Tokens with offsets, and the ways in which a token comes apart into clitics and a stem.

    >>> [w.form for w in tokenise("وقصفتِ المدافعُ (12) موقعا.")]
    ['وقصفت', 'المدافع', '(', '12', ')', 'موقعا', '.']
    >>> [s for s in splits("وبقصفها") if s.stem == "قصف"]
    [Split(conjunction='و', preposition='ب', article=False, stem='قصف', enclitic='ها')]

A token is a run of Arabic letters with their signs, a figure (12, ١٢, 1,500, 2.5), a word in another script, or one
punctuation mark. Clitics: Ryding, A Reference Grammar of Modern Standard Arabic, ch. 1.6, 12.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

from marsad.arabic.letters import fold
from marsad.model import Span

_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\u00ad\ufeff"
_TOKEN = re.compile(
    r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]"
    rf"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc{_INVISIBLE}]*"
    r"|\d+(?:[.,٫٬]\d+)*"
    r"|[^\W\d_]+"
    rf"|[^\s\w{_INVISIBLE}]"
)


class Word(NamedTuple):
    """One token: its folded form and where it stands in the text."""

    form: str
    start: int
    end: int


class Words(Sequence[Word]):
    """The tokens of a text as parallel columns; `words[i]` makes one `Word`."""

    __slots__ = ("ends", "forms", "starts", "text")

    def __init__(self, text: str, forms: list[str], starts: list[int], ends: list[int]) -> None:
        self.text = text
        self.forms = forms
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self.forms)))]
        return Word(self.forms[index], self.starts[index], self.ends[index])

    def span(self, first: int, last: int) -> Span:
        """The letters from token `first` to token `last`, both included."""
        return self.starts[first], self.ends[last]


_MEMO_LIMIT = 60_000
_folded: dict[str, str] = {}


def tokenise(text: str) -> Words:
    """The tokens of `text`, in order."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    memo = _folded
    if len(memo) > _MEMO_LIMIT:
        memo.clear()
    for match in _TOKEN.finditer(text):
        token = match.group()
        form = memo.get(token)
        if form is None:
            form = fold(token)
            if len(token) < 40:
                memo[token] = form
        if form:
            forms.append(form)
            starts.append(match.start())
            ends.append(match.end())
    return Words(text, forms, starts, ends)


@lru_cache(maxsize=16)
def tokens_of(text: str) -> Words:
    """The same, kept for a while: for a text that is asked for by several, one behind the other. Do not change it."""
    return tokenise(text)


def tokens_between(text: str, start: int, end: int) -> list[str]:
    """The forms of the tokens of `text[start:end]`, as `tokenise` gives them; those of the whole text are used where the cut falls between two."""
    words = tokens_of(text)
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
    if (first and words.ends[first - 1] > start) or (last > first and words.ends[last - 1] > end):
        return tokenise(text[start:end]).forms
    return words.forms[first:last]


class Split(NamedTuple):
    """One way to take a token apart. `stem` is folded; the article of لل is given back to the stem's side."""

    conjunction: str
    preposition: str
    article: bool
    stem: str
    enclitic: str

    def stems(self) -> tuple[str, ...]:
        """The stem, and what it may be without its pronoun: مدينته of مدينة, مستشفاها of مستشفى, وجهائها of وجهاء, قاتلوهم of قاتلوا, مقاتليه of مقاتلين."""
        stem = self.stem
        if not self.enclitic:
            return (stem,)
        if stem.endswith("ت"):
            return stem, stem[:-1] + "ه"
        if stem.endswith("ا"):
            return stem, stem[:-1] + "ي", stem + "ن"
        if self.enclitic != "ي" and (stem.endswith("اي") or (stem.endswith("او") and self.enclitic != "ه")):
            return stem, stem[:-1] + "ء", stem + "ن"
        if stem.endswith("ي"):
            return stem, stem + "ن"
        return (stem, stem + "ا") if stem.endswith("و") else (stem,)


_ENCLITICS = ("هما", "ني", "هم", "هن", "ها", "كم", "نا", "ه", "ي", "ك")


def splits(form: str) -> Iterator[Split]:
    """The ways to take `form` apart, fewest clitics first. Whether a stem exists is for a vocabulary to say."""
    for conjunction in ("", "و", "ف"):
        if conjunction and not (form.startswith(conjunction) and len(form) > 2):
            continue
        rest = form[len(conjunction) :]
        for preposition, article, stem in _heads(rest):
            yield Split(conjunction, preposition, article, stem, "")
            if not article:
                for enclitic in _ENCLITICS:
                    if stem.endswith(enclitic) and len(stem) - len(enclitic) >= 2:
                        yield Split(conjunction, preposition, False, stem[: -len(enclitic)], enclitic)


def _heads(rest: str) -> Iterator[tuple[str, bool, str]]:
    yield "", False, rest
    if rest.startswith("ال") and len(rest) > 3:
        yield "", True, rest[2:]
    if rest.startswith("لل") and len(rest) > 3:
        yield "ل", True, rest[1:]  # للجنة is of لجنة where there is such a stem, not of جنة
        yield "ل", True, rest[2:]
    for preposition in ("ب", "ل", "ك", "س", "ا"):
        if rest.startswith(preposition) and len(rest) > 2:
            yield preposition, False, rest[1:]
            if preposition in "بك" and rest.startswith("ال", 1) and len(rest) > 4:
                yield preposition, True, rest[3:]
