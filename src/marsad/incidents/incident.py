"""One incident of a group of told events: never more than who claimed what, in which words, when."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec

from marsad.incidents.claims import DAY_LEVELS, stated
from marsad.incidents.cluster import ordered
from marsad.incidents.copies import copies as clusters_of
from marsad.incidents.copies import may_have_copies, may_share
from marsad.incidents.grade import grade
from marsad.incidents.link import Link
from marsad.incidents.tally import DEFAULT, tallies
from marsad.incidents.told import Ref, Told, plain
from marsad.incidents.witnesses import Witnesses
from marsad.knowledge.joining import joining
from marsad.model import Actor, EventDate, EventType, Incident, Place, Report, Review, Status, ToldEvent

_UNREVIEWED: Final = Review("unreviewed", None, None)
_PRECISE: Final = {level: n for n, level in enumerate(DAY_LEVELS)}
_STATUSES: Final[tuple[Status, ...]] = ("occurred", "ongoing", "failed", "planned", "denied")
_CORRECTABLE: Final = ("type", "status", "date", "places", "actors")

T = TypeVar("T", bound=Hashable)


def incident(
    group: Iterable[Told],
    *,
    id: str | None = None,
    links: Iterable[Link] = (),
    copies: Iterable[tuple[str, ...]] = (),
    review: Review = _UNREVIEWED,
    decided: Mapping[str, Any] | None = None,
    rule: str = DEFAULT,
) -> Incident:
    """The incident that these told events are, the same for every order of them.

    `id`: its public id, by default the one that its earliest event gives (`id_of`); `links`: those of its component, for `joined`; `copies`:
    groups of reports that are one text (others than its own do no harm); `decided`: fields that an editor corrected (`type`, `status`, `date`,
    `places`, `actors`) as JSON, which stand in place of what is computed; `rule`: of the tallies (`tally.RULES`). Raises ValueError for an empty
    group, msgspec.ValidationError for a correction that does not fit, KeyError for a rule that there is not.
    """
    events = ordered(group)
    if not events:
        raise ValueError("an incident has one event at the least")
    reports = tuple(dict.fromkeys(t.report for t in events))
    own_copies = tuple(sorted(tuple(r for r in reports if r in set(texts)) for texts in copies if len(set(texts) & set(reports)) > 1))
    witnesses = Witnesses(own_copies)
    claims = stated(events, witnesses)
    found = Incident(
        id=id or id_of(events),
        type=_type(events, witnesses),
        status=_status(events, witnesses),
        date=_date(events),
        places=_places(events),
        actors=_actors(events),
        reports=reports,
        events=tuple(ToldEvent(t.report, t.index, t.anchor) for t in events),
        copies=own_copies,
        claims=tuple(claim.claim() for claim in claims),
        tallies=tuple(tallies(claims, rule)),
        grade=grade(claims),
        review=review,
        joined=_joined(events, links),
    )
    return _corrected(found, decided) if decided else found


def copies_in(group: Iterable[Told], marks: Sequence[bytes] | None = None) -> tuple[tuple[str, ...], ...]:
    """The ids of those of its reports that are one text, group by group: what `incident` takes as `copies`. Reports without their text have none.

    `marks`: those of its reports' texts (`marks_of`), where they are kept; most groups have no copies, and then no text is looked at.
    """
    if marks is not None and not may_share(marks):
        return ()
    reports = {t.report: Report(t.report, t.text, t.day, t.outlet, t.title) for t in ordered(group) if t.text}
    if len(reports) < 2 or not may_have_copies(reports.values()):
        return ()
    return tuple(tuple(copy.report for copy in cluster.copies) for cluster in clusters_of(reports.values()))


def id_of(group: Iterable[Told]) -> str:
    """A public id by the anchor of the group's earliest event: the same whenever the same report comes first."""
    anchor = ordered(group)[0].anchor
    return "inc-" + hashlib.sha256(f"{anchor.sha256}|{anchor.type}|{anchor.span}|{anchor.word or (0, 0)}".encode()).hexdigest()[:12]


def _type(events: Sequence[Told], witnesses: Witnesses) -> EventType:
    """The type that most independent asserters give; one that says more before one that says less, then the earliest told."""
    general = joining().general.types
    specific = [t for t in events if t.event.type not in general] or events
    return _most(specific, lambda t: t.event.type, witnesses)


def _status(events: Sequence[Told], witnesses: Witnesses) -> Status:
    """The status that most independent asserters give of those that do not deny it; of several such the first of `_STATUSES`."""
    latest: dict[str, Told] = {}
    for told in events:
        latest[witnesses.asserter(told)[0]] = told
    given = Counter(t.event.status for t in latest.values())
    if set(given) - {"denied"}:
        given.pop("denied", None)
    return min(given, key=lambda status: (-given[status], _STATUSES.index(status)))


def _most(events: Sequence[Told], of: Callable[[Told], T], witnesses: Witnesses) -> T:
    """The value that most independent asserters give; of several such the one that is told first."""
    given: dict[T, set[str]] = {}
    for told in events:
        given.setdefault(of(told), set()).add(witnesses.asserter(told)[0])
    return max(given, key=lambda value: len(given[value]))


def _date(events: Sequence[Told]) -> EventDate:
    """The most precise day that is told, of several such the one told most often, then first; it keeps its words' span in that report.

    Where no day is told, the day of the first report that does not tell it as something past.
    """
    best = min(_PRECISE[t.event.date.precision] for t in events)
    dates = [t for t in events if _PRECISE[t.event.date.precision] == best]
    if best == _PRECISE["unknown"]:
        return next((t for t in dates if not t.event.background), dates[0]).event.date
    often = Counter((t.event.date.start, t.event.date.end) for t in dates)
    return max(dates, key=lambda t: often[t.event.date.start, t.event.date.end]).event.date


def _places(events: Sequence[Told]) -> tuple[Place, ...]:
    """Each place once, as the first report that tells it has it; those of the report that tells the finest come first."""
    fine = [t for t in events if t.profile.spots] or [t for t in events if t.profile.admin1] or list(events)
    found: dict[object, Place] = {}
    for told in [fine[0], *events]:
        for place in told.event.places:
            found.setdefault((place.gazetteer_id or plain(place.name), place.role), place)
    first = {key: next(p for t in events for p in t.event.places if (p.gazetteer_id or plain(p.name), p.role) == key) for key in found}
    return tuple(first.values())


def _actors(events: Sequence[Told]) -> tuple[Actor, ...]:
    """Each actor once in each role, as the first report that tells it has it."""
    found: dict[tuple[str, str], Actor] = {}
    for told in events:
        for actor in told.event.actors:
            found.setdefault((actor.id or plain(actor.name), actor.role), actor)
    return tuple(found.values())


def _joined(events: Sequence[Told], links: Iterable[Link]) -> tuple[str, ...]:
    """Why its events were taken to be one: the strongest links that hold them together, and those that an editor's decision alone holds."""
    parent: dict[Ref, Ref] = {t.ref: t.ref for t in events}

    def root(ref: Ref) -> Ref:
        while parent[ref] != ref:
            ref = parent[ref]
        return ref

    said = []
    own = [one for one in links if one.a in parent and one.b in parent]
    for one in sorted(own, key=lambda one: (-one.score, one.a, one.b)):
        if root(one.a) != root(one.b):
            parent[root(one.b)] = root(one.a)
            said.append(f"{_ref(one.a)} and {_ref(one.b)}: {'; '.join(one.why)}")
    parts = sorted({root(t.ref) for t in events})
    said += [f"{_ref(parts[0])} and {_ref(part)}: an editor says so" for part in parts[1:]]
    return tuple(said)


def _ref(ref: Ref) -> str:
    return f"{ref[0]}#{ref[1]}"


def _corrected(found: Incident, decided: Mapping[str, Any]) -> Incident:
    types = {field.name: field.type for field in msgspec.structs.fields(Incident) if field.name in _CORRECTABLE}
    other = set(decided) - set(types)
    if other:
        raise ValueError(f"{min(other)!r} is not corrected so; known: {', '.join(_CORRECTABLE)}")
    return msgspec.structs.replace(found, **{name: msgspec.convert(value, types[name]) for name, value in decided.items()})
