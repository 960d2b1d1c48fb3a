"""What several reports tell: incidents with their claims and tallies, what editors decide about them, and reports that are one text passed on."""

from __future__ import annotations

import datetime
from typing import Any, Literal

import msgspec

from marsad.model.reading import Actor, ActorRole, Counted, EventDate, EventType, Frozen, Place, SourceKind, Span, Status, schema_of

Stance = Literal["asserts", "denies", "retracts"]
GradeValue = Literal["single", "several", "both_sides", "admitted", "contested"]
ReviewState = Literal["unreviewed", "confirmed", "rejected", "withheld"]
DecisionKind = Literal["confirm", "reject", "merge", "split", "move", "correct", "withhold", "reopen", "note", "erase", "assign"]


class Anchor(Frozen, frozen=True, omit_defaults=True):
    """An event by what outlives a better reader: the SHA-256 of its report's text, its type, the span of its evidence, and its first `word`.

    Two events of one type may have one evidence («استعادة المدينة من التنظيم الذي سيطر عليها»): the first word that tells each sets them apart. Anchors
    of decisions that were made before words were written down have none.
    """

    sha256: str
    type: EventType
    span: Span
    word: Span | None = None


class ToldEvent(Frozen, frozen=True):
    """One event of one report: `index` in the report's reading."""

    report: str
    index: int
    anchor: Anchor


class Asserter(Frozen, frozen=True):
    """Who says so, as one across reports: `name` in the words of the report that names it first, `id` of an actor or a source where it has one."""

    name: str | None
    id: str | None
    kind: SourceKind


class Claim(Frozen, frozen=True):
    """One thing that one asserter says about an incident, in one report.

    `about`: `occurred`, `status`, `initiator`, `target`, `participant`, `beneficiary`, `place`, `day`, or `count:killed` (any of `Counted`).
    `value`: what is claimed, as JSON (true; a status; an actor's `name` and `id`; a place's `name` and `gazetteer_id`; `start`, `end`,
    `precision`; `min`, `max`, `who`, `part`). `publisher`: the outlet that printed it. `told`: the report's day. `span`, `words`: where `report`
    says it. `superseded_by`: the id of the later claim of the same asserter on the same thing.
    """

    id: str
    asserter: Asserter
    publisher: str | None
    about: str
    value: Any
    stance: Stance
    told: datetime.date | None
    report: str
    span: Span | None
    words: str | None
    superseded_by: str | None


class Tally(Frozen, frozen=True):
    """How many, over all claims: `best` is always a figure that somebody stated; `high` is null where a claim that counts is open upwards.

    `who`: whom the figures count, as a key that is the same for all who count the same (an actor's id, `civilians`, or null where it is not told).
    `asserters`: number of independent asserters; `rule`: name of the rule that made it.
    """

    what: Counted
    who: str | None
    low: int
    best: int
    high: int | None
    asserters: int
    rule: str


class Grade(Frozen, frozen=True):
    """How well an incident is attested, computed, with the reason in words."""

    value: GradeValue
    why: str


class Review(Frozen, frozen=True):
    """What an editor made of it; stands apart from the grade."""

    state: ReviewState
    by: str | None
    when: str | None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """What several reports tell of one happening. It never says more than who claimed what, in which words, when.

    `places` and `actors` are as in a reading; a span lies in the text of the first of `reports` that tells it. `copies`: ids of reports that are
    one text, which count as one witness; `joined`: why its events were taken to be one, in words.
    """

    schema: Literal[1] = 1
    id: str
    type: EventType
    status: Status
    date: EventDate
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    reports: tuple[str, ...]
    events: tuple[ToldEvent, ...]
    copies: tuple[tuple[str, ...], ...]
    claims: tuple[Claim, ...]
    tallies: tuple[Tally, ...]
    grade: Grade
    review: Review
    joined: tuple[str, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor decided, as a link of the chain.

    `subject`: ids of incidents or reports (an event is `report#number`), `anchors`: the events that it speaks of, `parts`: how many of them, one after
    the other, make each part (merge: one an incident; split: those taken out, the rest; move: the event, the rest, the incident that it comes to);
    `before`, `after`: what changed, as JSON; `previous`: the hash of the decision before, 64 zeros for the first. `hash` is the SHA-256 of the canonical
    JSON (keys sorted, no spaces, UTF-8) of all other fields, in which `why`, `before` and `after` are one field `words`, the SHA-256 of their canonical
    JSON: so the words of an erased report can be taken out of a decision, and the chain still holds.
    """

    number: int
    kind: DecisionKind
    by: str
    when: str
    why: str
    subject: tuple[str, ...]
    anchors: tuple[Anchor, ...] = ()
    parts: tuple[int, ...] = ()
    before: Any = None
    after: Any = None
    previous: str
    hash: str


class Filters(Frozen, frozen=True):
    """Which incidents are asked for: all that is given must hold.

    `since`, `until`: the first and last day on which an incident may begin. `country`: ISO 3166 code; `admin1`, `admin2`: names or P-codes as places have
    them. `box`: west, south, east, north in degrees; `near`: latitude, longitude, and kilometres from there. `actor`: an id, or a name as written;
    `role`: of that actor (of any, if no actor is given). `asserter`: id or name of who says something about it. `text`: a query for a report that
    tells it. `as_of`: what was known at the end of that day (UTC).
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    place: str | None = None
    box: tuple[float, float, float, float] | None = None
    near: tuple[float, float, float] | None = None
    type: EventType | None = None
    actor: str | None = None
    role: ActorRole | None = None
    outlet: str | None = None
    asserter: str | None = None
    status: Status | None = None
    review: ReviewState | None = None
    grade: GradeValue | None = None
    text: str | None = None
    as_of: datetime.date | None = None


CopyRelation = Literal["origin", "same", "trimmed", "extended", "edited"]


class Copy(Frozen, frozen=True):
    """One report of a text that was passed on, and how it stands to the report that `CopyCluster.origin` points at.

    `relation`: `origin` is that report; `same` has its words; `trimmed` is a part of it; `extended` holds it and more; `edited` is neither.
    `kept`: share of the origin's runs of three words that stand in this one; `own`: share of this one's that do not stand in the origin.
    """

    report: str
    outlet: str | None
    date: datetime.date | None
    title: str | None
    url: str | None
    relation: CopyRelation
    kept: float
    own: float


class Origin(Frozen, frozen=True):
    """Where a text that was passed on likely comes from. `report`: the one to read for it; `name`: who wrote it, `source` its id in the list of
    sources; `present`: whether the report is the author's own, not another's copy; `why`: the signs, the one that settled it first."""

    report: str
    name: str | None
    source: str | None
    present: bool
    why: tuple[str, ...]


class CopyCluster(Frozen, frozen=True):
    """Reports that are one text passed on: one witness, however many they are. `copies`: by day, then by id, the origin first."""

    id: str
    origin: Origin
    copies: tuple[Copy, ...]


def incident_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an incident, generated from the model."""
    return schema_of(Incident)
