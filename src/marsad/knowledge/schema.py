"""The schemas of the data files: what an entry or a line of each may hold, one class a file or a section.

`vocabulary.py` holds the files against them; those of single rooms (`wordlists.toml`, `furniture.toml`, `incidents.toml`, …) stand with what reads them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from marsad.model import Counted, EventType, PlacePrecision, Status

Slot = Literal["i", "t", "p", "b", "l", "k", "x"]


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the parts of an event word are: verb subject and object, noun genitive (see the head of `events.toml`)."""

    s: Slot = "x"
    o: Slot = "x"
    g: Slot = "x"


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the example of an entry must be read as."""

    type: EventType
    status: Status | None = None
    place: str | None = None
    initiator: str | None = None
    target: str | None = None
    participant: str | None = None


class EventWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `events.toml`."""

    types: tuple[EventType, ...]
    example: str
    told: Told
    noun: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    frame: Frame = Frame()
    follows: tuple[str, ...] = msgspec.field(default=(), name="with")
    reach: int = 8
    unless: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    harm: Counted | None = None
    general: bool = False
    weak: bool = False
    status: Status | None = None
    means: str | None = None
    refuted: tuple[str, ...] = msgspec.field(default=(), name="not")

    @property
    def key(self) -> str:
        """The name by which weights and explanations know the entry."""
        word = self.noun[0] if self.noun else self.verb[0]
        return f"{word}+{self.follows[0]}" if self.follows else word


class ActorRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `actors.csv`; names are joined with ` | `."""

    id: str
    name_en: str
    name_ar: str
    names: str
    names_here: str
    kind: Literal[
        "civilians", "unidentified", "social", "intergovernmental", "humanitarian", "coalition", "state", "militia",
        "insurgent", "police", "authority", "monitor", "media", "official",
    ]  # fmt: skip
    country: str
    theatre: str
    parent: str
    from_: str = msgspec.field(name="from")
    to: str


class SourceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `sources.csv`: a news agency, a channel, a paper, a site; `actor`: the party or state whose organ it is."""

    id: str
    name_en: str
    name_ar: str
    names: str
    country: str
    actor: str


AreaLevel = Literal["country", "admin1", "admin2", "admin3", "region"]
PlaceKind = Literal[
    "settlement", "neighbourhood", "camp", "base", "airport", "crossing", "checkpoint", "hospital", "prison", "oil_field", "gas_field", "dam", "power",
    "bridge", "road", "junction", "square", "building", "industrial", "port", "island", "mountain", "hill", "valley", "desert", "river", "lake", "sea",
    "border", "region", "front", "country", "admin1", "admin2", "admin3",
]  # fmt: skip


class PlaceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a file in `places/`: a place by its Arabic name.

    `names`: other spellings, joined by ` | `; `admin1`, `admin2`: English names of the areas that hold it;
    `lat`, `lon`: degrees (WGS 84), empty where they are not known to 10 km; `known`: how well they are (`exact`: 300 m, `km`: 3 km, `10km`);
    `needs_cue`: the name is also a word or a person's, and counts only behind a kind word.
    """

    name_ar: str
    names: str
    name_en: str
    kind: PlaceKind
    country: str
    admin1: str
    admin2: str
    lat: str
    lon: str
    known: Literal["", "exact", "km", "10km"]
    demonyms: str
    needs_cue: Literal["", "yes"]


class AreaRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a file in `places/areas/`: an area that holds places.

    `parent`: `name_en` of the area above it in the same country, empty under the country itself; `pcode`: OCHA's code, empty where it is not sure;
    `lat`, `lon`: degrees (WGS 84) of its middle; `radius_km`: of a circle that covers most of it.
    """

    name_ar: str
    names: str
    name_en: str
    level: AreaLevel
    country: str
    parent: str
    pcode: str
    lat: str
    lon: str
    radius_km: str


class CapitalRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `places/capitals.csv`: what «العاصمة» means in a report about a country; none for those whose capital is disputed."""

    country: str
    capital: str


class KindRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `place_kinds.csv`: a kind of place.

    `group`: kinds of one group may be one place told twice (a town and a quarter); `level`: that of an area, empty for a place; `precision`: the
    `PlacePrecision` of a place of this kind; `radius_km`: how far such a place commonly reaches; `words`: Arabic words for the kind that may stand
    in front of the name; `after`: those of them behind which things are called after other places (شارع نابلس lies in another town).
    """

    kind: PlaceKind
    group: str
    level: Literal["", "country", "admin1", "admin2", "admin3", "region"]
    precision: PlacePrecision
    radius_km: str
    words: str
    after: str


class VerbRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    past: str
    present: str
    masdar: str
    class_: str = msgspec.field(name="class")


class NounRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    singular: str
    plurals: str
    gender: Literal["m", "f"]
    class_: str = msgspec.field(name="class")


class AdjectiveRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    masculine: str
    feminine: str
    plurals: str
    class_: str = msgspec.field(name="class")


class ClosedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    word: str
    pos: Literal["prep", "conj", "comp", "rel", "dem", "pron", "neg", "wh", "part", "adv_time", "adv_place", "adv", "disc"]


class NameRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: Literal["given", "family", "nom"]


class ResidueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of `residue.toml`: what a line of page furniture looks like."""

    kind: str
    whole: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    most: int = 14
    opens: bool = False


Words = dict[str, tuple[str, ...]]


class PlaceCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a place: what it is to the place (`relation`), of which kind it is, and words that point `to` it or `from` it; and first words of names that
    are never written as one with the next (`apart`), and that are written with it as often as not (`either`)."""

    relation: dict[str, str]
    kind: tuple[str, ...]
    named: tuple[str, ...]
    apart: tuple[str, ...]
    either: tuple[str, ...]
    to: tuple[str, ...]
    from_: tuple[str, ...] = msgspec.field(name="from")


class VoiceCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that open a voice, nouns that stand for one, and what kind of source each word tells."""

    according: tuple[str, ...]
    source_nouns: tuple[str, ...]
    rank: tuple[str, ...]
    carriers: tuple[str, ...]
    channels: tuple[str, ...]
    going_on: tuple[str, ...]
    outlets: tuple[str, ...]
    rivals: tuple[str, ...]
    kinds: Words


class DenialCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a denial, what carries it along and where it ends; see `marsad.reading.denial`."""

    opens: tuple[str, ...]
    tidings: tuple[str, ...]
    light: tuple[str, ...]
    authorship: tuple[str, ...]
    ends: tuple[str, ...]
    but: tuple[str, ...]
    not_: tuple[str, ...] = msgspec.field(name="not")
    any: tuple[str, ...]
    carried: tuple[str, ...]


class SupposedCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is feared, asked, possible, warned of or made a condition, what was called off or foiled, and what is threatened; see `marsad.reading.denial`."""

    feared: tuple[str, ...]
    without: tuple[str, ...]
    befalling: tuple[str, ...]
    called_off: tuple[str, ...]
    called_for: tuple[str, ...]
    ahead: tuple[str, ...]
    if_: tuple[str, ...] = msgspec.field(name="if")
    threatened: tuple[str, ...]
    foiled: tuple[str, ...]
    downed: tuple[str, ...]
    lifted: tuple[str, ...]
    resumed: tuple[str, ...]
    intended: tuple[str, ...]
    possible: tuple[str, ...]
    warned: tuple[str, ...]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sections of `cues.toml`; in each, names of cues with their words."""

    means: Words
    persons: Words
    agent: Words
    place: PlaceCues
    status: Words
    denial: DenialCues
    supposed: SupposedCues
    link: Words
    quiet: Words
    voice: VoiceCues
