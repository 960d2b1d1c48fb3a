"""A report laid out for reading: tokens, their forms, sentences, and the mentions that later steps find in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Final, Literal

from marsad.arabic.dates import Date
from marsad.arabic.sentences import Sentence, sentences
from marsad.arabic.words import Words, tokenise
from marsad.knowledge.compiled import canonical
from marsad.knowledge.lexicon import PUNCTUATION, Form, Lexicon
from marsad.model import Report, Span

MentionKind = Literal["actor", "place"]


PARTIES: Final = frozenset(("state", "insurgent", "militia", "coalition", "police", "authority"))
"""Labels of the listed parties that are bodies."""


@dataclass(slots=True, eq=False)
class Mention:
    """A party, a person or a place that the text names.

    `first` … `last` are the tokens of its name, `head` the first token of its whole phrase (kind words, quantifiers and modifiers
    in front included) and `tail` the last one. `id` is from the list of actors; `row` is the line of the gazetteer.
    """

    kind: MentionKind
    first: int
    last: int
    head: int
    tail: int
    id: str | None = None
    label: str = ""  # what sort of actor or place: state, insurgent, civilians, group, person …; the gazetteer's kind
    row: int = -1
    rows: tuple[int, ...] = ()  # the namesakes among which the report's other places choose
    relation: str | None = None
    distance_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    parent_of: int = -1  # index of the place that this one was told as a parent of, right behind it
    sentence: int = -1
    holds: str | None = None  # the party whose office the person that is named holds, who may act and speak apart from it
    back: bool = False  # a later mention of a party named before: التنظيم
    office: bool = False  # only tells whose office somebody holds who is named beside it: الرئيس الأميركي | دونالد ترامب
    cued: bool = False
    key: str = ""  # what all mentions of one party or place have in common, once asked for; see `scene.key_of`


@dataclass(slots=True)
class Document:
    """One report under reading."""

    report: Report
    words: Words
    forms: list[Form]
    sentences: list[Sentence]
    lexicon: Lexicon
    reference: datetime.date | None
    silent: list[tuple[int, int, str]] = field(default_factory=list)  # token ranges that are furniture: begin, end, kind
    sentence_of: list[int] = field(default_factory=list)
    actors: list[Mention] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    party_ends: dict[int, int] = field(default_factory=dict)  # first token → last one of the parties that the list names
    place_at: dict[int, Mention] = field(default_factory=dict)  # first token → place, while they are found
    dates: list[Date] = field(default_factory=list)
    phrases: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # token → [(last token, cue)] of cue phrases
    theatre: set[str] = field(default_factory=set)  # countries that the report is about
    votes: dict[str, float] = field(default_factory=dict)  # country → how much of the report speaks for it
    sections: list[tuple[int, str]] = field(default_factory=list)  # first token and country of the sections of a report by countries
    parties_at: dict[int, list[Mention]] = field(default_factory=dict)  # token → the parties whose phrase or name begins there; see `index_parties`
    headline: int = -1  # the number of the sentence that is the headline

    def text(self, first: int, last: int) -> str:
        """The letters of the tokens `first` … `last`."""
        start, end = self.words.span(first, last)
        return self.words.text[start:end]

    def place_before(self, k: int) -> bool:
        """Whether a place ends right before token `k`."""
        return any(place.last == k - 1 for j in range(max(0, k - 5), k) if (place := self.place_at.get(j)) is not None)

    def span(self, first: int, last: int) -> Span:
        """The span of the tokens without the clitics in front of the first."""
        form = self.forms[first]
        start, end = self.words.span(first, last)
        clitic = form.preposition not in ("", "س") and not (form.preposition == "ل" and form.article)  # ستيفاني: no name is told of the future
        cut = len(form.conjunction) + clitic
        if cut and form.names:  # in للحوثيين the article has lost its alef; the word stays whole
            cut = self._letters_cut(first, last, cut)  # بحر قزوين, بيت لحم: the letter belongs to the name
        while cut:
            start += 1
            cut -= 1
            while self.words.text[start] in _SIGNS:
                start += 1
        return start, end

    def _letters_cut(self, first: int, last: int, most: int) -> int:
        """How many of the `most` letters that may be clitics are none of a listed name: one of «وباجور» and of «بأم درمان», though «بام» begins another name."""
        form = self.forms[first]
        rest = tuple(canonical(behind.text) for behind in self.forms[first + 1 : last + 1] if not behind.pos & PUNCTUATION)
        for cut in range(most + 1):
            if self.lexicon.has_name(form.text[cut:], rest):
                return cut
        return 0 if form.whole_name and not form.conjunction else most


_SIGNS = frozenset("ـًٌٍَُِّْٰ\u200c\u200d\u200e\u200f\u200b")


def lay_out(report: Report, lexicon: Lexicon, text: str) -> Document:
    """Tokens, forms and sentences of a report's text."""
    words = tokenise(text)
    forms = lexicon.forms(words.forms)
    parts = sentences(words)
    document = Document(report, words, forms, parts, lexicon, report.date)
    of = document.sentence_of
    for number, sentence in enumerate(parts):
        of.extend([number] * (sentence.end - sentence.begin))
    _find_phrases(document)
    return document


def index_parties(document: Document) -> None:
    """Sort the parties by the tokens at which their phrases and names begin, once they are all found."""
    document.parties_at = {}
    for mention in document.actors:
        for token in {mention.head, mention.first}:
            document.parties_at.setdefault(token, []).append(mention)


def _find_phrases(document: Document) -> None:
    """Cue phrases of several words: على يد, من جهة أخرى, يذكر أن."""
    forms = document.forms
    texts = document.words.forms
    for i, form in enumerate(forms):
        if form.phrases:
            following = texts[i + 1 : i + 5]
            for rest, cue in form.phrases:
                if following[:1] == [rest[0]] and tuple(texts[i + 1 : i + 1 + len(rest)]) == rest:
                    document.phrases.setdefault(i, []).append((i + len(rest), cue))


def headline_of(document: Document) -> int:
    """The number of the sentence that is the headline: the first line with words, short, without a full stop; -1 if there is none."""
    for number, sentence in enumerate(document.sentences[:4]):
        length = sentence.end - sentence.begin
        if length < 3 or any(begin <= sentence.begin < end for begin, end, _ in document.silent):
            continue
        ends_line = number + 1 >= len(document.sentences) or document.sentences[number + 1].paragraph > sentence.paragraph
        stop = document.forms[sentence.end - 1].text == "."
        return number if length <= 26 and ends_line and not stop and len(document.sentences) > 1 else -1
    return -1
