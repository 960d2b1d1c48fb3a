"""Private persons' names taken out of words: in a quotation, in the name of a field, in the title and the address of a report.

A private name becomes `[…]`; the rest of the words stays. Where the report itself is at hand, names are found in the whole of it, so that a name told
once with a title, an age or in a list of the dead is known wherever it comes again.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from marsad.arabic.letters import fold
from marsad.arabic.words import tokenise
from marsad.knowledge import lexicon
from marsad.knowledge.lexicon import CLOSED, FIGURE, LATIN, NAME, PUNCTUATION
from marsad.knowledge.persons import figures, name_key, name_words, short_names
from marsad.model import Report, Span
from marsad.release.addresses import spells, words_of
from marsad.release.names import PersonName, names

Reports = Callable[[str], "Report | None"]
"""Gives a report by its id; None where it is not kept (erased, or not at hand)."""

MASK: Final = "[…]"
_IDS: Final = 100_000
_KEPT: Final = 512  # reports whose names are remembered
_SHORT: Final = 200  # letters of words that are remembered: the names of fields come again and again
_BETWEEN: Final = "\n\n"
_CALLED: Final = ("أبو", "ابو", "أم ")  # with these begin the names of places too


def masked(words: str) -> str:
    """`words` with the names of private persons as `[…]`.

    Public is who is on the list of office-holders, commanders and public figures and is not shown by the words to be somebody else of that name.
    Words of a report are masked better with the report at hand: `Masks.words`.
    """
    return _masked(words) if len(words) <= _SHORT else _without(words, names(words))


@lru_cache(maxsize=50_000)
def _masked(words: str) -> str:
    return words if words.isascii() else _without(words, names(words))


class _Named(NamedTuple):
    """A report's title and text in one, where the text begins in it, the names in it, and how the private ones are written."""

    whole: str
    begins: int
    found: list[PersonName]
    private: frozenset[str]


_NOTHING: Final = _Named("", 0, [], frozenset())


class Masks:
    """Masks words by what their reports tell of the names in them. `reports` gives the reports with their texts."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._held: OrderedDict[str, _Named] = OrderedDict()
        self._ids: dict[str, str] = {}

    def words(self, words: str, report: str | None = None, span: Span | None = None, hidden: Iterable[str] = ()) -> str:
        """`words` with private names masked; where they stand at `span` in the text of `report`, by what that text tells of its names.

        `hidden`: names that are known to be private from elsewhere.
        """
        text = self._of(report) if report is not None and span is not None else _NOTHING
        if span is not None and text.whole[(start := text.begins + span[0]) : (end := text.begins + span[1])] == words:
            inside = (n for n in text.found if n.start < end and n.end > start)
            found = [PersonName(max(n.start, start) - start, min(n.end, end) - start, n.public) for n in inside]
            return hide(_without(words, found), hidden)
        return hide(masked(words), hidden)

    def name(self, name: str, listed: bool, report: str | None = None, span: Span | None = None) -> str:
        """The name in a field, as `report` tells it. One that is not `listed` and has no word of the language in it is taken to be a person's."""
        private = self._of(report).private if report is not None else frozenset()
        if name in private:
            return MASK
        told = self.words(name, report, span, (one for one in private if " " in one))
        if told == name and span is not None:
            told = masked(name)
        return MASK if told == name and not listed and _only_names(name) else told

    def place(self, name: str, gazetteer_id: str | None, report: str | None = None) -> str:
        """The name of a place, as `report` tells it. One that the gazetteer has keeps it; of another, a person's name in it goes (منزل أحمد العلي)."""
        if gazetteer_id is not None:
            return name
        homes = name_words().cues["homes"]
        if any(form in homes for form in tokenise(name).forms):
            return hide(masked(name), self.private(report))
        told = [n for n in names(name) if len(name[n.start : n.end].split()) > 1 and not name[n.start : n.end].startswith(_CALLED)]
        return hide(_without(name, told), (one for one in self.private(report) if " " in one))

    def private(self, *reports: str | None) -> frozenset[str]:
        """The names of private persons that these reports tell, as they are written there, without those that a public figure has too."""
        told: set[str] = set()
        for report in reports:
            told |= self._of(report).private if report is not None else frozenset()
        return frozenset(name for name in told if " " in name or fold(name) not in _figure_words())

    def title(self, report: Report) -> str | None:
        """The title of a report, by the names of its text: a name that the text tells with a title stands bare in the headline."""
        if not report.title:
            return report.title
        held = self._of(report.id)
        if not held.begins:
            return masked(report.title)
        return _without(report.title, [n for n in held.found if n.end <= held.begins])

    def address(self, url: str | None, report: str) -> str | None:
        """The address of the page of a report; only its site where the path spells a private name."""
        if not url:
            return url
        if not self._spelled(url, report):
            return url
        site = re.match(r"\w+://[^/?#]*", url)
        return f"{site.group()}/" if site else None

    def id(self, report: str) -> str:
        """The id of a report; one that spells a private name, as that of a file may, is replaced by one made from its hash."""
        if report not in self._ids:
            if len(self._ids) >= _IDS:
                self._ids.clear()
            hidden = "report-" + hashlib.sha256(report.encode("utf-8", "replace")).hexdigest()[:16]
            self._ids[report] = hidden if self._spelled(report, report) else report
        return self._ids[report]

    def _spelled(self, address: str, report: str) -> bool:
        words, private = words_of(address), self._of(report).private
        return masked(words) != words or hide(words, private) != words or spells(address, private)

    def _of(self, report: str) -> _Named:
        held = self._held.get(report)
        if held is not None:
            self._held.move_to_end(report)
            return held
        found = self._reports(report)
        if found is None:
            held = _NOTHING
        else:
            title = f"{found.title}{_BETWEEN}" if found.title else ""
            whole = title + found.text
            named = names(whole)
            held = _Named(whole, len(title), named, frozenset(whole[n.start : n.end] for n in named if not n.public))
        self._held[report] = held
        if len(self._held) > _KEPT:
            self._held.popitem(last=False)
        return held


def hide(words: str, hidden: Iterable[str]) -> str:
    """`words` with these names masked wherever they stand as words."""
    for name in sorted(hidden, key=lambda name: (-len(name), name)):
        if name in words:
            words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", MASK, words)
    return words


def _without(words: str, found: Iterable[PersonName]) -> str:
    parts: list[str] = []
    at = 0
    for name in found:
        if not name.public:
            parts += [words[at : name.start], MASK]
            at = name.end
    return "".join((*parts, words[at:])) if parts else words


@lru_cache(maxsize=50_000)
def _only_names(name: str) -> bool:
    """Whether no word of `name` is one of the language: what is left is a person's name, or one that nobody can tell from it."""
    table, tokens = lexicon(), tokenise(name).forms
    if name_key(tokens) in figures() or name_key(tokens) in short_names() or any(token in _titles() for token in tokens):
        return False
    forms = [table.form(token) for token in tokens]
    if any(form.names or form.sources or form.place or form.nisba or form.person for form in forms):
        return False
    return bool(forms) and not any(form.pos & ~(NAME | CLOSED | FIGURE | PUNCTUATION | LATIN) for form in forms) and any(not form.pos & LATIN for form in forms)


@cache
def _figure_words() -> frozenset[str]:
    return frozenset(word for key in (*figures(), *short_names()) for word in key.split())


@cache
def _titles() -> frozenset[str]:
    cues = name_words().cues
    return cues["titles"] | cues["private_titles"]
