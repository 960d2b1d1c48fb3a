"""One event of one report, with all that its comparison with others needs.

told_in(reading) -> the events of a reading, each a `Told`;  Told.profile -> when, where, who, how many, in the form in which two are compared;
Told.words, Told.story -> of its evidence and of the report's beginning, which are compared last
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from marsad.arabic.letters import fold
from marsad.arabic.words import tokens_between
from marsad.knowledge import lexicon
from marsad.knowledge.joining import ancestors, country_of, joining
from marsad.knowledge.lexicon import NAME
from marsad.model import Anchor, Event, EventType, Place, Reading, Status

_FINE: Final = ("exact", "settlement", "neighbourhood", "near")
_BEGINNING: Final = 400  # characters of a report in which it says what it is about
_PLACES: Final = 4  # of each kind, so many are compared
_LONG_DAYS: Final = 10  # a span of more days than this does not tell when something happened
_NOBODY: Final = frozenset(("civilians", "unidentified", "journalists", "aid-workers"))

Ref = tuple[str, int]
"""A told event by its report's id and its index in the reading."""
WordSet = frozenset[int]
"""Words as numbers of 32 bits, which are only asked for how many two sets have in common."""


@dataclass(frozen=True)
class Told:
    """One event of one report. `sha256`: of the report's text, `day`: the report's day, `text`: for its words; where it is not given, claims have none.

    `home`: the country that most events of the report are in, for an event that tells none.
    """

    report: str
    sha256: str
    index: int
    event: Event
    day: datetime.date | None = None
    outlet: str | None = None
    title: str | None = None
    text: str = ""
    home: str | None = None

    @cached_property
    def ref(self) -> Ref:
        """Its report and index: unique, and the last word wherever an order is needed."""
        return (self.report, self.index)

    @property
    def anchor(self) -> Anchor:
        """The event by what outlives a better reader."""
        return Anchor(self.sha256, self.event.type, self.event.location_of_evidence, min(self.event.mentions, default=None))

    def is_at(self, anchor: Anchor) -> bool:
        """Whether an anchor is of this very event: nothing that it says has moved. One without a word is of each event of its type and evidence."""
        own = (self.sha256, self.event.type, self.event.location_of_evidence) == (anchor.sha256, anchor.type, anchor.span)
        return own and (anchor.word is None or anchor.word in self.event.mentions)

    @cached_property
    def type(self) -> EventType:
        """The event's type."""
        return self.event.type

    @cached_property
    def status(self) -> Status:
        """The event's status."""
        return self.event.status

    @cached_property
    def vague(self) -> bool:
        """Whether it is told of no few days."""
        return self.profile.days is not None and self.profile.days.vague

    @cached_property
    def profile(self) -> Profile:
        """What is compared."""
        return _profile(self)

    @cached_property
    def words(self) -> WordSet:
        """The words of its evidence, without the common ones."""
        return _bare(self.text, *self.event.location_of_evidence)

    @cached_property
    def story(self) -> WordSet:
        """The words of the report's title and beginning, without the common ones."""
        return _bare(self.text, 0, min(len(self.text), _BEGINNING))


def told_in(reading: Reading) -> list[Told]:
    """The events of a reading, in its order."""
    home = home_of(reading.events)
    return [
        Told(reading.id, reading.sha256, index, event, reading.reference_date, reading.outlet, reading.title, reading.text, home)
        for index, event in enumerate(reading.events)
    ]


def home_of(events: Iterable[Event]) -> str | None:
    """The country in which most places of a report's events lie, the first by its code of several such; None where no place has one."""
    told = Counter(place.country for event in events for place in event.places if place.country)
    return min(told, key=lambda country: (-told[country], country), default=None)


class Days(NamedTuple):
    """The days on which it can have happened, as ordinals, end included. `told`: a day or a few are told in words; `vague`: longer than days can tell."""

    first: int
    last: int
    told: bool
    vague: bool


class Spot(NamedTuple):
    """A place that is known finely enough to be told from its neighbours: degrees, kilometres, folded name; `shown`: the name as written."""

    lat: float
    lon: float
    radius: float
    name: str
    id: str | None
    shown: str


class Area(NamedTuple):
    """An area, or a place that is known no better than by its areas: folded name, `level`: its precision; `shown`: the name as written."""

    name: str
    id: str | None
    admin1: str | None
    country: str | None
    level: str
    shown: str


class Profile(NamedTuple):
    """An event as it is compared. `rare`: its type, if it is seldom told; `spots`: fine places, the finest first; `did`, `hit`: listed initiators and
    targets; `persons`: others who are named, in either role; `figures`: what → (least, most) of each count that is no part and no mere plural; `week`:
    of the report."""

    families: tuple[str, ...]
    rare: str | None
    days: Days | None
    spots: tuple[Spot, ...]
    areas: tuple[Area, ...]
    countries: tuple[str, ...]
    admin1: frozenset[str]
    did: frozenset[str]
    hit: frozenset[str]
    persons: frozenset[str]
    figures: dict[str, tuple[tuple[int, int | None], ...]]
    week: int | None


def _profile(told: Told) -> Profile:
    event = told.event
    places = _happened_at(event)
    spots = tuple(
        Spot(p.lat, p.lon, p.radius_km or 3.0, plain(p.name), p.gazetteer_id, p.name)
        for p in places
        if p.precision in _FINE and p.lat is not None and p.lon is not None and _is_the_place(p, places)
    )
    areas = tuple(Area(plain(p.name), p.gazetteer_id, p.admin1, p.country, p.precision, p.name) for p in places if p.precision not in _FINE or p.lat is None)
    initiators = _actors(event, ("initiator",))
    targets = _actors(event, ("target", "beneficiary"))
    if not initiators and not targets:
        initiators = _actors(event, ("participant",))
    countries = tuple(dict.fromkeys(p.country for p in places if p.country)) or _home(told)
    return Profile(
        joining().families(event.type),
        event.type if event.type in joining().rare.types else None,
        _days(told),
        spots[:_PLACES],
        areas[:_PLACES],
        countries[:4],
        frozenset(p.admin1 for p in places if p.admin1),
        told_who(initiators),
        told_who(targets),
        frozenset(a.removeprefix("name:") for a in initiators | targets if a.startswith("name:") and " " in a) | _office_holders(event),
        _figures(told),
        None if told.day is None else told.day.toordinal() // 7,
    )


def _happened_at(event: Event) -> Sequence[Place]:
    """The places where it happened: for fire from afar where it hit, for all where something was, else the others."""
    at = [p for p in event.places if p.role == "at"]
    to = [p for p in event.places if p.role == "to"]
    came = [p for p in event.places if p.role == "from"]
    if event.type in ("troop_movement", "displacement"):
        return [*at, *came, *to]
    return [*at, *to] or came


def _is_the_place(place: Place, places: Sequence[Place]) -> bool:
    """Whether something happened there, and not in a direction from there, behind a finer place."""
    return place is places[0] or place.relation in (None, "outskirts", "vicinity", "centre")


def _actors(event: Event, roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(a.id or f"name:{plain(a.name)}" for a in event.actors if a.role in roles)


def _office_holders(event: Event) -> frozenset[str]:
    """The persons by name who bear a party's id, as they hold an office of it, of the roles that are compared."""
    named = {plain(a.name) for a in event.actors if a.id and " " in a.name and a.role in ("initiator", "target", "beneficiary")}
    return frozenset(name for name in named if " " in name and lexicon().form(name.partition(" ")[0]).pos & NAME)


def _home(told: Told) -> tuple[str, ...]:
    """The countries of an event without a place: those of its parties, of who was hit first, else that of the report."""
    order = sorted(told.event.actors, key=lambda a: a.role not in ("target", "beneficiary"))
    found = [country_of(a.id) for a in order if a.id]
    return tuple(dict.fromkeys(c for c in [*found, told.home] if c))


def _days(told: Told) -> Days | None:
    date, event = told.event.date, told.event
    if date.start is None or date.end is None:
        return None
    first, last = date.start.toordinal(), date.end.toordinal()
    if date.precision == "unknown":
        if event.background:
            return Days(first - joining().past_days, last, False, True)
        if event.status == "planned":
            return Days(first, last + joining().ahead_days, False, False)
        slack = joining().slack_days(event.type)
        return Days(first - (max(slack, joining().open_days) if event.status in ("ongoing", "denied") else slack), last, False, False)
    if event.status == "ongoing" and last - first > _LONG_DAYS:
        return Days(first, last, True, True)
    return Days(first, last, True, last - first > _LONG_DAYS)


def by_plural(least: int, most: int | None, words: str | None) -> bool:
    """Whether it is a number that no figure tells, only a plural or a round word («قتلى», «عشرات»)."""
    return most is None and least in joining().plurals and not any(c.isdigit() for c in words or "")


def _figures(told: Told) -> dict[str, tuple[tuple[int, int | None], ...]]:
    found: dict[str, dict[tuple[int, int | None], None]] = {}
    for count in told.event.counts:
        if not count.part and not by_plural(count.min, count.max, told.text[count.span[0] : count.span[1]]):
            found.setdefault(count.what, {})[(count.min, count.max)] = None
    return {what: tuple(sorted(figures, key=str)) for what, figures in found.items()}


@lru_cache(maxsize=64)  # the events of a report are met one by one, others between them; one sentence often tells several
def _bare(text: str, start: int, end: int) -> WordSet:
    """The words of four letters and more of a part of a text, folded, without «و» and «ال» before them."""
    return frozenset([_number(f) for f in tokens_between(text, start, end) if len(f) > 3 and f[0].isalpha()])


@cache
def _number(form: str) -> int:
    return crc32(plain(form[1:] if form[0] == "و" and len(form) > 4 else form).encode())


@cache
def plain(name: str) -> str:
    """A name in the form in which two outlets agree on it: folded, without quotation marks and the article of its first word."""
    bare = " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())
    return bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare


@cache
def lineage(actors: frozenset[str]) -> frozenset[str]:
    """These actors and all that they belong to."""
    return frozenset(a for actor in actors for a in ancestors(actor))


def told_who(actors: frozenset[str]) -> frozenset[str]:
    """Those of them that tell a party from another: neither civilians nor the unknown, nor a person who is not listed."""
    known = lexicon().actors
    return frozenset(a for a in actors if a not in _NOBODY and a in known)
