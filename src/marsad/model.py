"""The nouns of marsad, and nothing else. Their JSON is the output.

    bytes ──intake──▶ Report ──reading──▶ Reading (Event, Place, Actor, Count, Source, EventDate) ──incidents──▶ Incident (Claim, Tally, Grade)

All are frozen `msgspec.Struct`s. Offsets are in characters (Unicode code points) of `Report.text`; a span is
`(start, end)`, end excluded, and `text[start:end]` says what its field says.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any, Literal

import msgspec

from marsad import __version__

Span = tuple[int, int]
"""`[start, end)` in characters of the report's text."""

EventType = Literal[
    "armed_clash",
    "territory_change",
    "air_strike",
    "shelling",
    "explosive_device",
    "suicide_attack",
    "chemical_attack",
    "assassination",
    "attack_on_civilians",
    "execution",
    "sexual_violence",
    "abduction",
    "arrest",
    "restriction",
    "destruction",
    "weapons_seizure",
    "troop_movement",
    "displacement",
    "surrender",
    "negotiation",
    "agreement",
    "release",
    "protest",
    "riot",
    "aid",
    "organisation",
]
Status = Literal["occurred", "ongoing", "failed", "planned", "denied"]
Precision = Literal["day", "week", "month", "year", "unknown"]
PlacePrecision = Literal["exact", "settlement", "neighbourhood", "near", "admin3", "admin2", "admin1", "region", "country", "unknown"]
"""How finely a place is located: a point (`exact`), a town, a quarter, a point computed from a located place (`near`), an area of some level."""
PlaceRole = Literal["at", "from", "to"]
ActorRole = Literal["initiator", "target", "participant", "beneficiary"]
SourceKind = Literal["party", "official", "monitor", "media", "local", "witness", "outlet"]
Counted = Literal[
    "killed",
    "wounded",
    "captured",
    "arrested",
    "abducted",
    "missing",
    "displaced",
    "surrendered",
    "released",
    "deployed",
    "killed_or_wounded",
]


class Frozen(msgspec.Struct, frozen=True, gc=False):
    """A value: equal when its fields are equal, never changed after it was made."""


class Residue(Frozen, frozen=True):
    """Furniture of a page that stands in the text; it is marked and not read."""

    span: Span
    kind: str


class Note(Frozen, frozen=True):
    """Something that a user should know about how a report was taken in or read."""

    code: str
    message: str


class Proof(Frozen, frozen=True):
    """Where a report came from, so that anybody can check it against its bytes.

    `sha256`: of the raw bytes that the report was made of, `size` of them; `path`: file (with the member or line inside it, behind `#`);
    `url`: address that it was fetched from; `record_id`: of the WARC record; `fetched`: when (RFC 3339, UTC); `headers`: of the response;
    `extractor`: name and version of what found the text; `encoding`: the character set, `encoding_from`: how it was known
    (`utf-8`, `bom`, `header`, `declared`, `guessed`, `format`).
    """

    sha256: str
    size: int
    path: str | None = None
    url: str | None = None
    record_id: str | None = None
    fetched: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    extractor: str | None = None
    encoding: str | None = None
    encoding_from: str | None = None


class Report(msgspec.Struct, frozen=True):
    """One report as it came in: its text, unaltered, and what is known about it.

    `date` is the reference day against which relative dates are resolved; None if it is not known. `outlet` published it; `original` is the
    source that it says it was taken from (an agency, another outlet). `language`: ISO 639-1. `extra` are the keys of the input record that
    marsad does not know, as the JSON that they were, to pass through untouched.
    """

    id: str
    text: str
    date: datetime.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    residue: tuple[Residue, ...] = ()
    notes: tuple[Note, ...] = ()
    extra: dict[str, msgspec.Raw] = {}
    original: str | None = None
    language: str | None = None
    proof: Proof | None = None

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str = "report",
        date: datetime.date | str | None = None,
        outlet: str | None = None,
        title: str | None = None,
        url: str | None = None,
    ) -> Report:
        """A report from a text that is at hand. `date`: a day, or its ISO form; raises ValueError if it is none (see `reference_day`)."""
        day = None if date is None else reference_day(date)
        return cls(id=id, text=text, date=day, outlet=outlet, title=title, url=url)

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hex. A lone surrogate, which UTF-8 cannot hold, is hashed as U+FFFD."""
        return hashlib.sha256(encodable(self.text).encode()).hexdigest()


def reference_day(told: datetime.date | str) -> datetime.date:
    """The day of a report: `told`, or the day that its ISO form tells. Raises ValueError for what is no day from 1800 to 2199."""
    try:
        day = datetime.date.fromisoformat(told) if isinstance(told, str) else told
    except ValueError:
        raise ValueError(f"{told!r} is no day (YYYY-MM-DD)") from None
    if isinstance(day, datetime.datetime):
        day = day.date()
    if not 1800 <= day.year < 2200:
        raise ValueError(f"{told!s} is no day of a report")
    return day


class EventDate(Frozen, frozen=True):
    """The days of an event, end included; `span` is null where the day was not told in words."""

    start: datetime.date | None
    end: datetime.date | None
    precision: Precision
    span: Span | None


class Alternative(Frozen, frozen=True):
    """Another place that the name may mean; `score` from 0 to 1, on the scale of the place that was chosen."""

    id: str
    score: float


class Place(Frozen, frozen=True):
    """A place of an event, named as written, without the word for its kind, and where it lies.

    `lat`, `lon`: degrees (WGS 84) of a point that stands for the place, null where it is not located; the place lies within `radius_km` of it.
    `precision`: how finely it is located, never finer than the words and the gazetteer allow. `gazetteer_id`: the entry that gave the point.
    """

    name: str
    role: PlaceRole
    relation: str | None
    distance_km: float | None
    admin1: str | None
    country: str | None
    span: Span
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    radius_km: float | None = None
    gazetteer_id: str | None = None
    name_en: str | None = None
    admin2: str | None = None
    alternatives: tuple[Alternative, ...] = ()


class Actor(Frozen, frozen=True):
    """A party or a person in a role; `id` is from the list of actors, null for one that is not listed."""

    name: str
    id: str | None
    role: ActorRole
    span: Span


class Who(Frozen, frozen=True):
    """Whom a count counts, in the words of the report."""

    name: str | None
    id: str | None


class Source(Frozen, frozen=True):
    """Who says so. The outlet itself, where nobody is named, has no span."""

    name: str | None
    id: str | None
    kind: SourceKind
    span: Span | None


class Count(Frozen, frozen=True):
    """How many. `max` is null where no upper bound is told; a part of another count is never added to it."""

    what: Counted
    min: int
    max: int | None
    who: Who
    part: bool
    source: Source | None
    span: Span


class Event(Frozen, frozen=True):
    """One event as one report tells it; all its mentions are one record."""

    type: EventType
    status: Status
    background: bool
    repeats: int | None
    mentions: tuple[Span, ...]
    date: EventDate
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    counts: tuple[Count, ...]
    source: Source
    location_of_evidence: Span


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What marsad read in one report. `msgspec.json.encode` of it is one line of `marsad read --format jsonl`."""

    schema: Literal[1] = 1
    reader: str = f"marsad {__version__}"
    id: str
    sha256: str
    reference_date: datetime.date | None
    outlet: str | None
    title: str | None
    url: str | None
    text: str
    residue: tuple[Residue, ...]
    notes: tuple[Note, ...]
    events: tuple[Event, ...]


# --- what several reports tell ----------------------------------------------------------------------------------------------

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


def reading_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a reading, generated from the model."""
    return _schema(Reading)


def incident_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an incident, generated from the model."""
    return _schema(Incident)


def _schema(noun: type[msgspec.Struct]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": noun.__name__, **msgspec.json.schema(noun)}


def encodable(text: str) -> str:
    """`text` with lone surrogates, which no encoding can hold, as U+FFFD; the same length."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
