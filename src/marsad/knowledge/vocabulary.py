"""The data files of this folder, read strictly.

Every file has a schema; a key or a column that it does not know is an error that names the file, the entry and the nearest known
key, so that a misspelt word in the data cannot pass in silence.
"""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import msgspec

from marsad.model import Counted, EventType, PlacePrecision, Status


class VocabularyError(ValueError):
    """A data file does not follow its schema; the message names the file and the entry."""


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


def folder() -> Traversable:
    """The folder of the data files."""
    return files("marsad.knowledge")


_REGIONS = ("countries", "sy", "iq", "ye", "levant", "nile", "maghreb", "horn", "gulf", "asia", "sahel", "world")
PLACE_FILES = tuple(f"places/{name}.csv" for name in _REGIONS)
"""The place files; where two places share a name, the one of the earlier file is the first guess of a reading."""

AREA_FILES = tuple(name for name in (f"places/areas/{region}.csv" for region in _REGIONS) if (folder() / name).is_file())
"""The files of areas: a region has one where the areas of its countries are listed."""

DATA_FILES = (
    "actors.csv",
    "sources.csv",
    *PLACE_FILES,
    *AREA_FILES,
    "places/capitals.csv",
    "place_kinds.csv",
    "gazetteer/imports/place_columns.csv",
    "gazetteer/imports/geonames_kinds.csv",
    "gazetteer/imports/osm_kinds.csv",
    "events.toml",
    "cues.toml",
    "wordlists.toml",
    "residue.toml",
    "furniture.toml",
    "columns.toml",
    "person_names.tsv",
    "addresses.toml",
    "incidents.toml",
    "persons.toml",
    "person_names.tsv",
    "public_figures.csv",
    "crosswalk.csv",
    "country_codes.csv",
    "words/verbs.tsv",
    "words/nouns.tsv",
    "words/adjectives.tsv",
    "words/closed.tsv",
    "words/names.tsv",
)

LIST_FILES = ("wordlists.toml", "actors.csv", "cues.toml")
"""The data files on which the lists of words hang: one of them names actors and kinds of persons."""


def events() -> list[EventWord]:
    """The entries of `events.toml`."""
    return entries("events.toml", "event", EventWord)


def residue() -> list[ResidueRule]:
    """The rules of `residue.toml`."""
    return entries("residue.toml", "line", ResidueRule)


def cues() -> dict[str, Any]:
    """`cues.toml`, a table of tables of words."""
    text = (folder() / "cues.toml").read_text("utf-8")
    found = parsed(text, "cues.toml")
    checked(found, Cues, "cues.toml", lambda key: line_of_key(text, 0, key))
    return found


def entries(name: str, heading: str, schema: type[Any]) -> list[Any]:
    """The entries `[[heading]]` of a TOML file."""
    text = (folder() / name).read_text("utf-8")
    found = parsed(text, name)
    other = set(found) - {heading}
    if other:
        raise VocabularyError(f"{name}: unknown table {min(other)!r}; known: {heading!r}")
    starts = [number for number, line in enumerate(text.splitlines()) if line.split("#")[0].strip() == f"[[{heading}]]"]
    return [
        checked(entry, schema, name, lambda key, start=start: line_of_key(text, start, key))  # type: ignore[misc]
        for entry, start in zip(found.get(heading, []), starts, strict=True)
    ]


def parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{name}: {error}") from None


def line_of_key(text: str, start: int, key: str) -> int:
    """The number of the line, from `start` on, that sets `key` or opens the table of that name; of `start` itself where none does."""
    opening = re.compile(rf"""^\s*\[*["']?{re.escape(key)}["']?\s*[\]=]|[{{,]\s*["']?{re.escape(key)}["']?\s*=""")
    for number, line in enumerate(text.splitlines()[start:], start + 1):
        if opening.search(line):
            return number
    return start + 1


def rows(name: str, schema: type[Any]) -> Iterator[Any]:
    """The lines of a CSV (`,`) or TSV file, each checked against `schema`."""
    text = (folder() / name).read_text("utf-8")
    reader = csv.DictReader(text.splitlines(), delimiter="\t" if name.endswith(".tsv") else ",")
    for row in reader:
        if None in row:
            raise VocabularyError(f"{name}, line {reader.line_num}: more cells than columns")
        line = reader.line_num
        yield checked({k: v or "" for k, v in row.items()}, schema, name, lambda _, line=line: line)  # type: ignore[misc]


def places() -> Iterator[PlaceRow]:
    """The lines of all place files, in the order of `PLACE_FILES`."""
    for name in PLACE_FILES:
        yield from rows(name, PlaceRow)


def areas() -> Iterator[AreaRow]:
    """The lines of all files of areas, in the order of `AREA_FILES`."""
    for name in AREA_FILES:
        yield from rows(name, AreaRow)


def capitals() -> dict[str, str]:
    """English name of the capital by country code."""
    return {row.country: row.capital for row in rows("places/capitals.csv", CapitalRow)}


def kinds() -> dict[str, KindRow]:
    """The kinds of places, each by its name."""
    return {row.kind: row for row in rows("place_kinds.csv", KindRow)}


def names(joined: str) -> list[str]:
    """The names in a cell that joins them with ` | `."""
    return [name.strip() for name in joined.split("|") if name.strip()]


def checked(entry: dict[str, Any], schema: type[Any], name: str, line_of: Callable[[str], int]) -> Any:
    """`entry` of the file `name` as `schema` has it; raises `VocabularyError` with file, line and the nearest known key where it does not fit.

    `line_of` gives the number of the line on which a key stands.
    """
    try:
        return msgspec.convert(entry, schema)
    except msgspec.ValidationError as error:
        message = str(error)
    unknown = re.search(r"unknown field `(.+?)`(?: - at `\$(.*)`)?", message)
    if unknown is None:
        key = re.search(r"at `\$\.(\w+)", message)
        raise VocabularyError(f"{name}, line {line_of(key[1] if key else '')}: {message}")
    key_, path = unknown[1], unknown[2] or ""
    known = _known_keys(schema, path)
    near = difflib.get_close_matches(key_, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
    raise VocabularyError(f"{name}, line {line_of(key_)}: unknown key {key_!r}; {hint}")


def _known_keys(schema: type[Any], path: str) -> list[str]:
    """The keys that a part of the schema knows: that at `path` (`.told`)."""
    for step in re.findall(r"\w+", path):
        schema = next(field.type for field in msgspec.structs.fields(schema) if field.encode_name == step)
    return [field.encode_name for field in msgspec.structs.fields(schema)]
