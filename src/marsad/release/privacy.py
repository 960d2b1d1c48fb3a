"""What of an incident may be published: the same incident without the names of private persons.

`Privacy(reports).public(incident)` is the one door through which every export goes. A private name becomes `[…]`, in fields as in quoted words; the
rest of the words stays. Public is who is on the list of office-holders, commanders and public figures (`knowledge/public_figures.csv`) and is not
shown by the words to be somebody else (a child, a student, …) of that name. Left out besides: the names of editors, and addresses of pages that
spell a private name. Where the report itself is at hand, names are found in the whole of it, so that a name told once with a title is known wherever
it comes again.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import msgspec

from marsad.arabic.words import tokenise
from marsad.knowledge import lexicon
from marsad.knowledge.lexicon import CLOSED, FIGURE, LATIN, NAME, PUNCTUATION
from marsad.model import Actor, Claim, Incident, Place, Report, Review, Span
from marsad.release.names import PersonName, names

Reports = Callable[[str], "Report | None"]
"""Gives a report by its id; None where it is not kept (erased, or not at hand)."""

MASK: Final = "[…]"
_KEPT: Final = 512  # reports whose names are remembered
_NO_WORDS: Final = frozenset(("id", "gazetteer_id", "start", "end", "precision", "min", "max", "part", "kind", "role", "country", "name_en"))


class Privacy:
    """Takes private persons' names out of what is published. `reports` gives their texts, from which more names are known."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._names: OrderedDict[str, tuple[str, list[PersonName]]] = OrderedDict()

    def public(self, incident: Incident) -> Incident:
        """`incident` as it may be published. A span still says where the words stand in the report."""
        first = incident.reports[0] if incident.reports else ""
        return msgspec.structs.replace(
            incident,
            places=tuple(self._place(place) for place in incident.places),
            actors=tuple(self._actor(actor, first) for actor in incident.actors),
            claims=tuple(self._claim(claim) for claim in incident.claims),
            grade=msgspec.structs.replace(incident.grade, why=self.words(incident.grade.why)),
            review=Review(incident.review.state, None, incident.review.when),
            joined=tuple(self.words(why) for why in incident.joined),
        )

    def report(self, report: Report) -> Report:
        """The facts of a report that may be published; its text is not among them."""
        title = self.words(report.title) if report.title else report.title
        if report.title and self._held(report.id)[1]:
            title = self._by_parts(report.title, title or "", report.id)
        return Report(id=report.id, text="", date=report.date, outlet=report.outlet, title=title, url=self.address(report.url), language=report.language)

    def words(self, words: str, report: str | None = None, span: Span | None = None) -> str:
        """`words` with private names masked; where they stand at `span` in the text of `report`, by what that text tells of its names."""
        if report is not None and span is not None:
            text, found = self._held(report)
            if text[span[0] : span[1]] == words:
                inside = [
                    PersonName(max(n.start, span[0]) - span[0], min(n.end, span[1]) - span[0], n.public) for n in found if n.start < span[1] and n.end > span[0]
                ]
                return _masked(words, inside)
        return _masked(words, names(words))

    def name(self, name: str | None, listed: bool, report: str | None = None, span: Span | None = None) -> str | None:
        """The name in a field. One that is not `listed` and has no word of the language in it is taken to be a person's."""
        if name is None:
            return None
        masked = self.words(name, report, span)
        if masked == name and span is not None:
            masked = self.words(name)
        return MASK if masked == name and not listed and _only_names(name) else masked

    def address(self, url: str | None) -> str | None:
        """The address of a page; only its site where the path spells a private name."""
        if not url:
            return url
        try:
            parts = urlsplit(url)
            spoken = re.sub(r"[-_/+.?=&%\d]+", " ", unquote(f"{parts.path} {parts.query}"))
        except ValueError:
            return None
        return f"{parts.scheme}://{parts.netloc}/" if any(not n.public for n in names(spoken)) else url

    def _claim(self, claim: Claim) -> Claim:
        who = claim.asserter
        spoken = who.kind not in ("media", "outlet", "monitor")
        return msgspec.structs.replace(
            claim,
            asserter=msgspec.structs.replace(who, name=self.name(who.name, who.id is not None or not spoken)),
            value=self._value(claim.value, claim),
            words=None if claim.words is None else self.words(claim.words, claim.report, claim.span),
        )

    def _value(self, value: Any, claim: Claim) -> Any:
        if isinstance(value, dict):
            place = claim.about == "place"
            told = {key: inner if key in _NO_WORDS else self._value(inner, claim) for key, inner in value.items()}
            if isinstance(value.get("name"), str):
                told["name"] = self._place_name(value["name"], value.get("gazetteer_id")) if place else self.name(value["name"], value.get("id") is not None)
            return told
        if isinstance(value, list | tuple):
            return [self._value(inner, claim) for inner in value]
        return self.words(value) if isinstance(value, str) and max(value, default="") >= "\u0600" else value

    def _actor(self, actor: Actor, report: str) -> Actor:
        return msgspec.structs.replace(actor, name=self.name(actor.name, actor.id is not None, report, actor.span) or MASK)

    def _place(self, place: Place) -> Place:
        return msgspec.structs.replace(place, name=self._place_name(place.name, place.gazetteer_id))

    def _place_name(self, name: str, gazetteer_id: str | None) -> str:
        """A place that the gazetteer has keeps its name; of another, a whole person's name in it goes (منزل أحمد العلي)."""
        if gazetteer_id is not None:
            return name
        return _masked(name, [n for n in names(name) if len(name[n.start : n.end].split()) > 1 and not name[n.start : n.end].startswith(("أبو", "ابو", "أم "))])

    def _held(self, report: str) -> tuple[str, list[PersonName]]:
        held = self._names.get(report)
        if held is None:
            found = self._reports(report)
            held = ("", []) if found is None else (found.text, names(found.text))
            self._names[report] = held
            if len(self._names) > _KEPT:
                self._names.popitem(last=False)
        return held

    def _by_parts(self, original: str, masked: str, report: str) -> str:
        """A title by the names of its report: a name that the text tells with a title stands bare in the headline."""
        text, found = self._held(report)
        parts = {text[n.start : n.end] for n in found if not n.public}
        for part in sorted(parts, key=len, reverse=True):
            if len(part) > 2 and part in original:
                masked = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", MASK, masked)
        return masked


def _masked(words: str, found: list[PersonName]) -> str:
    parts: list[str] = []
    at = 0
    for name in found:
        if not name.public:
            parts += [words[at : name.start], MASK]
            at = name.end
    return "".join((*parts, words[at:])) if parts else words


def _only_names(name: str) -> bool:
    """Whether no word of `name` is one of the language: what is left is a person's name, or one that nobody can tell from it."""
    table = lexicon()
    forms = [table.form(form) for form in tokenise(name).forms]
    if any(form.names or form.sources or form.place or form.nisba or form.person for form in forms):
        return False
    return bool(forms) and not any(form.pos & ~(NAME | CLOSED | FIGURE | PUNCTUATION | LATIN) for form in forms) and any(not form.pos & LATIN for form in forms)
