"""What of an incident may be published: an incident made new, field by field, of what may go out, without the names of private persons.

Nothing is copied whole: a field that the model gets one day is left out until it is written here. `Privacy(reports).public(incident)` is the one
door through which every export goes. Left out besides names (`masking`): the names of editors, addresses of pages that spell a private name, and what
a claim's value holds beyond the keys that its `about` has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, get_args

from marsad.model import (
    Actor,
    Alternative,
    Anchor,
    Asserter,
    Claim,
    EventDate,
    Grade,
    Incident,
    Place,
    Report,
    Review,
    Status,
    Tally,
    ToldEvent,
)  # fmt: skip
from marsad.release.masking import MASK, Masks, Reports, hide, masked

_TRUSTED: Final = frozenset(("media", "outlet", "monitor"))  # kinds of asserters that are no persons
_STATUSES: Final = frozenset(get_args(Status))


def _nowhere(_: str) -> None:
    return None


def public(incident: Incident, reports: Reports = _nowhere) -> Incident | None:
    """`incident` as it may be published; None where an editor withheld it.

    It is built field by field from what may go out (see `Privacy`). `reports` gives its reports with their texts: with them, names are found better. For
    many incidents make one `Privacy(reports)`, which remembers the names of its reports.
    """
    return Privacy(reports).public(incident)


class Privacy:
    """Makes the public form of incidents and reports. `reports` gives the reports by id, from whose texts more names are known."""

    def __init__(self, reports: Reports) -> None:
        self._masks = Masks(reports)

    def public(self, incident: Incident) -> Incident | None:
        """`incident` as it may be published; None where an editor withheld it. A span still says where the words stand in the report."""
        if incident.review.state == "withheld":
            return None
        hidden = self._hidden(incident)
        private = hidden | self._masks.private(*incident.reports)
        said = {report: self._masks.id(report) for report in incident.reports}
        return Incident(
            schema=incident.schema,
            id=incident.id,
            type=incident.type,
            status=incident.status,
            date=_date(incident.date),
            places=tuple(self._place(place, private) for place in incident.places),
            actors=tuple(self._actor(actor, incident.reports[:1]) for actor in incident.actors),
            reports=tuple(said.values()),
            events=tuple(self._event(event) for event in incident.events),
            copies=tuple(tuple(self._masks.id(report) for report in copies) for copies in incident.copies),
            claims=tuple(self._claim(claim, hidden) for claim in incident.claims),
            tallies=tuple(self._tally(tally, private) for tally in incident.tallies),
            grade=Grade(incident.grade.value, hide(masked(incident.grade.why), private)),
            review=Review(incident.review.state, None, incident.review.when),
            joined=tuple(hide(masked(_renamed(why, said)), private) for why in incident.joined),
        )

    def report(self, report: Report) -> Report:
        """The facts of a report that may be published; its text is not among them."""
        return Report(
            id=self._masks.id(report.id), text="", date=report.date, outlet=self._outlet(report.outlet), title=self._masks.title(report),
            url=self._masks.address(report.url, report.id), language=report.language,
        )  # fmt: skip

    def words(self, words: str, report: str, span: tuple[int, int]) -> str:
        """Words that stand at `span` in the text of `report`, with private names masked by what that text tells of its names."""
        return self._masks.words(words, report, span)

    def _hidden(self, incident: Incident) -> frozenset[str]:
        """Names in fields that nothing but their field shows to be a person's; the incident's words may have them too."""
        actors = [(actor.name, actor.id) for actor in incident.actors]
        asserters = [(c.asserter.name, c.asserter.id or (c.asserter.kind if c.asserter.kind in _TRUSTED else None)) for c in incident.claims]
        values = [(who.get("name"), who.get("id")) for c in incident.claims if c.about not in ("place", "day") for who in _people(c.value)]
        named = {(name, id_) for name, id_ in (*actors, *asserters, *values) if isinstance(name, str) and id_ is None}
        return frozenset(name for name, _ in named if self._masks.name(name, False) == MASK)

    def _event(self, event: ToldEvent) -> ToldEvent:
        anchor = Anchor(event.anchor.sha256, event.anchor.type, event.anchor.span, event.anchor.word)
        return ToldEvent(self._masks.id(event.report), event.index, anchor)

    def _claim(self, claim: Claim, hidden: Collection[str]) -> Claim:
        return Claim(
            id=claim.id,
            asserter=self._asserter(claim.asserter, claim.report, hidden),
            publisher=self._outlet(claim.publisher),
            about=claim.about,
            value=self._value(claim, hidden),
            stance=claim.stance,
            told=claim.told,
            report=self._masks.id(claim.report),
            span=claim.span,
            words=None if claim.words is None else self._masks.words(claim.words, claim.report, claim.span, hidden),
            superseded_by=claim.superseded_by,
        )

    def _asserter(self, who: Asserter, report: str, hidden: Collection[str]) -> Asserter:
        listed = who.id is not None or who.kind in _TRUSTED
        name = None if who.name is None else hide(self._masks.name(who.name, listed, report), () if listed else hidden)
        return Asserter(name, who.id, who.kind)

    def _value(self, claim: Claim, hidden: Collection[str]) -> Any:
        value = claim.value
        about = claim.about.partition(":")[0]
        if about == "status":
            return value if isinstance(value, str) and value in _STATUSES else None
        if value is None or isinstance(value, bool):
            return value
        make = _VALUES.get(about)
        return make(self, value, claim.report, hidden) if make is not None and isinstance(value, Mapping) else None

    def _party(self, value: Mapping[str, Any], report: str, hidden: Collection[str]) -> dict[str, Any]:
        name, id_ = _text(value.get("name")), _text(value.get("id"))
        return {"name": None if name is None else hide(self._masks.name(name, id_ is not None, report), () if id_ else hidden), "id": id_}

    def _where(self, value: Mapping[str, Any], report: str, _: Collection[str]) -> dict[str, Any]:
        name, id_ = _text(value.get("name")), _text(value.get("gazetteer_id"))
        return {"name": None if name is None else self._masks.place(name, id_, report), "gazetteer_id": id_}

    def _count(self, value: Mapping[str, Any], report: str, hidden: Collection[str]) -> dict[str, Any]:
        who = value.get("who")
        counted = self._party(who, report, hidden) if isinstance(who, Mapping) else {"name": None, "id": None}
        return {"min": _number(value.get("min")), "max": _number(value.get("max")), "who": counted, "part": value.get("part") is True}

    def _day(self, value: Mapping[str, Any], _report: str, _hidden: Collection[str]) -> dict[str, Any]:
        return {key: _text(value.get(key)) for key in ("start", "end", "precision")}

    def _tally(self, tally: Tally, private: Collection[str]) -> Tally:
        who = None if tally.who is None else hide(self._masks.name(tally.who, tally.who.isascii()), private)
        return Tally(tally.what, who, tally.low, tally.best, tally.high, tally.asserters, tally.rule)

    def _actor(self, actor: Actor, first: tuple[str, ...]) -> Actor:
        name = self._masks.name(actor.name, actor.id is not None, first[0] if first else None, actor.span)
        return Actor(name, actor.id, actor.role, actor.span)

    def _place(self, place: Place, private: Collection[str]) -> Place:
        name = self._masks.place(place.name, place.gazetteer_id)
        if place.gazetteer_id is None:
            name = hide(name, (one for one in private if " " in one))
        return Place(
            name=name, role=place.role, relation=place.relation, distance_km=place.distance_km,
            admin1=place.admin1, country=place.country, span=place.span, lat=place.lat, lon=place.lon, precision=place.precision,
            radius_km=place.radius_km, gazetteer_id=place.gazetteer_id, name_en=place.name_en, admin2=place.admin2,
            alternatives=tuple(Alternative(other.id, other.score) for other in place.alternatives),
        )  # fmt: skip

    def _outlet(self, outlet: str | None) -> str | None:
        """An outlet's name; of a page that is called after its private keeper the name goes."""
        return None if outlet is None else masked(outlet)


_VALUES: Final[Mapping[str, Callable[[Privacy, Mapping[str, Any], str, Collection[str]], Any]]] = {
    "initiator": Privacy._party, "target": Privacy._party, "participant": Privacy._party, "beneficiary": Privacy._party,
    "place": Privacy._where, "day": Privacy._day, "count": Privacy._count,
}  # fmt: skip
"""How the value of a claim is made that has parts, by what the claim is about. What is about anything else has no value."""


def _date(date: EventDate) -> EventDate:
    return EventDate(date.start, date.end, date.precision, date.span)


def _people(value: Any) -> list[Mapping[str, Any]]:
    """The party of a claim's value, and whom it counts."""
    if not isinstance(value, Mapping):
        return []
    who = value.get("who")
    return [value, who] if isinstance(who, Mapping) else [value]


def _renamed(words: str, said: Mapping[str, str]) -> str:
    for report, other in said.items():
        if other != report:
            words = words.replace(report, other)
    return words


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
