"""Claims: who says what about an incident, in which words, when; and which later claim of the same asserter takes an earlier one's place."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from marsad.incidents.told import Told, by_plural, plain
from marsad.incidents.witnesses import Witnesses
from marsad.knowledge.joining import joining, related
from marsad.model import Asserter, Claim, Count, Source, Span, Stance

DAY_LEVELS: Final = ("day", "week", "month", "year", "unknown")
PLACE_LEVELS: Final = {
    "exact": 0, "neighbourhood": 0, "settlement": 1, "near": 1, "admin3": 2, "admin2": 2, "admin1": 3, "region": 3, "country": 4, "unknown": 5
}  # fmt: skip
"""Precisions from the finest; some are equally fine."""
_SAID: Final = ("initiator", "target", "participant", "beneficiary")


@dataclass(slots=True)
class Stated:
    """A claim with what its comparison needs.

    `who`: key of the asserter; `thing`: what it is about, as a key; `superseded`: id of the claim that takes its place; `counts`: of a figure, whom
    it counts (`counted`).
    """

    told: Told
    who: str
    asserter: Asserter
    about: str
    thing: str
    value: Any
    span: Span | None
    stance: Stance
    id: str
    superseded: str | None = None
    counts: str | None = None

    @property
    def day(self) -> datetime.date:
        """The report's day; the first of all where it is not known."""
        return self.told.day or datetime.date.min

    @property
    def stands(self) -> bool:
        """Whether no later claim took its place."""
        return self.superseded is None

    @property
    def by_plural(self) -> bool:
        """Whether it is a number that no figure tells, only a plural or a round word («قتلى», «عشرات»)."""
        return by_plural(self.value["min"], self.value["max"], self.words)

    @property
    def words(self) -> str | None:
        """The words that claim it; None where they, or the text, are not known."""
        return self.told.text[self.span[0] : self.span[1]] if self.span and self.told.text else None

    def claim(self) -> Claim:
        """The claim as it is given out."""
        told = self.told
        return Claim(
            self.id, self.asserter, told.outlet, self.about, self.value, self.stance, told.day, told.report, self.span, self.words, self.superseded
        )  # fmt: skip


def stated(group: Sequence[Told], witnesses: Witnesses) -> list[Stated]:
    """All claims of a group of told events, in the order of its reports, superseded ones among them."""
    found = [claim for told in group for claim in _Claims(told, witnesses)]
    _retract(found)
    same: dict[tuple[str, str], list[Stated]] = {}
    for claim in found:
        same.setdefault((claim.who, claim.thing), []).append(claim)
    for claims in same.values():
        _supersede(claims)
    return found


class _Claims:
    """The claims that one told event holds."""

    def __init__(self, told: Told, witnesses: Witnesses) -> None:
        self._told, self._witnesses = told, witnesses
        self._made = 0

    def __iter__(self) -> Iterator[Stated]:
        event = self._told.event
        denied, planned = event.status == "denied", event.status == "planned"
        if not planned:
            yield self._made_of("occurred", "occurred", True, event.location_of_evidence, stance="denies" if denied else "asserts")
        if not denied:
            yield self._made_of("status", "status", event.status, event.location_of_evidence)
        if event.date.start is not None and event.date.span is not None:
            day = {"start": event.date.start.isoformat(), "end": event.date.end and event.date.end.isoformat(), "precision": event.date.precision}
            yield self._made_of("day", "day", day, event.date.span)
        for place in event.places[:1]:
            yield self._made_of("place", "place", {"name": place.name, "gazetteer_id": place.gazetteer_id}, place.span)
        for actor in event.actors:
            if actor.role in _SAID:
                yield self._made_of(actor.role, actor.role, {"name": actor.name, "id": actor.id}, actor.span)
        for count in event.counts:
            yield self._of_count(count)

    def _of_count(self, count: Count) -> Stated:
        value = {"min": count.min, "max": count.max, "who": {"name": count.who.name, "id": count.who.id}, "part": count.part}
        whom = counted(count)
        thing = f"count:{count.what}|{whom}|{'part ' + plain(count.who.name or '') if count.part else 'whole'}"
        made = self._made_of(f"count:{count.what}", thing, value, count.span, source=count.source)
        made.counts = whom
        return made

    def _made_of(self, about: str, thing: str, value: Any, span: Span | None, *, source: Source | None = None, stance: Stance = "asserts") -> Stated:
        told = self._told
        who, asserter = self._witnesses.asserter(told, source)
        self._made += 1
        ground = f"{told.sha256}|{told.report}|{told.event.type}|{told.event.location_of_evidence}|{told.index}|{self._made}|{about}"
        id_ = "c-" + hashlib.sha256(ground.encode("utf-8", "replace")).hexdigest()[:16]
        return Stated(told, who, asserter, about, thing, value, span, stance, id_)


def counted(count: Count) -> str | None:
    """Whom a figure counts, as a key that is the same for all who count the same: an actor's id, a kind of people, None where it is not told."""
    if count.who.id:
        return count.who.id
    if count.who.name is None:
        return None
    words = {plain(word) for word in count.who.name.split()}
    return next((key for key, shown in joining().who.items() if words & {plain(word) for word in shown}), None)


def _retract(claims: Iterable[Stated]) -> None:
    """A denial by somebody who asserted the same thing in an earlier report takes it back."""
    first: dict[str, datetime.date] = {}
    for claim in claims:
        if claim.about == "occurred" and claim.stance == "asserts":
            first[claim.who] = min(claim.day, first.get(claim.who, claim.day))
    for claim in claims:
        if claim.about == "occurred" and claim.stance == "denies" and claim.who in first and first[claim.who] < claim.day:
            claim.stance = "retracts"


def _supersede(same: Sequence[Stated]) -> None:
    """Mark, of the claims of one asserter on one thing, those that a later and different one takes the place of.

    Later is the report's day. Of one day, whose hours are not known, the greater of two tolls is the later, since tolls grow; other claims of
    one day stand side by side. A later claim that says the same, or the same less exactly («أكثر من 400» after 417), supersedes nothing.
    """
    about = same[0].about
    if about.startswith("count:"):
        order = sorted(same, key=lambda c: (c.day, c.value["min"], c.value["max"] is None, c.value["max"] or 0, c.told.ref))
        for n, claim in enumerate(order):
            later = next((c for c in order[n + 1 :] if not _holds(_figure(c), _figure(claim))), None)
            claim.superseded = later.id if later else None
        return
    days = sorted({c.day for c in same})
    for claim in same:
        for day in days:
            if day <= claim.day:
                continue
            then = [c for c in same if c.day == day]
            if not any(_agree(about, claim, c) for c in then):
                claim.superseded = min(then, key=lambda c: (c.told.ref, c.id)).id
                break


def _figure(claim: Stated) -> tuple[int, int | None]:
    return (claim.value["min"], claim.value["max"])


def _holds(later: tuple[int, int | None], earlier: tuple[int, int | None]) -> bool:
    """Whether a later figure leaves room for all that an earlier one says."""
    return later[0] <= earlier[0] and (later[1] is None or (earlier[1] is not None and earlier[1] <= later[1]))


def _agree(about: str, earlier: Stated, later: Stated) -> bool:
    """Whether two claims of one asserter on one thing can both hold: the later says the same, or the same less exactly."""
    if about in _SAID:
        mine, theirs = earlier.value["id"], later.value["id"]
        return related(mine, theirs) if mine and theirs else plain(earlier.value["name"]) == plain(later.value["name"])
    if about == "place":
        mine, theirs = earlier.value["gazetteer_id"], later.value["gazetteer_id"]
        same = mine == theirs if mine and theirs else plain(earlier.value["name"]) == plain(later.value["name"])
        return same or _place_level(later) > _place_level(earlier)
    if about == "day":
        return earlier.value == later.value or DAY_LEVELS.index(later.value["precision"]) > DAY_LEVELS.index(earlier.value["precision"])
    if about == "occurred":
        return (earlier.stance == "asserts") == (later.stance == "asserts")
    return bool(earlier.value == later.value)


def _place_level(claim: Stated) -> int:
    """How coarse the place is that a claim about a place tells: its rank among the precisions, by groups that are equally fine."""
    return PLACE_LEVELS[claim.told.event.places[0].precision]
