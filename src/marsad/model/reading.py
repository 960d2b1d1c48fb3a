"""What one report tells: the report as it came in, and what was read in it.

`Report` comes in, `Reading` goes out; its events have places, actors, counts and sources, each with its span.
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


def reading_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a reading, generated from the model."""
    return schema_of(Reading)


def schema_of(noun: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a noun."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": noun.__name__, **msgspec.json.schema(noun)}


def encodable(text: str) -> str:
    """`text` with lone surrogates, which no encoding can hold, as U+FFFD; the same length."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
