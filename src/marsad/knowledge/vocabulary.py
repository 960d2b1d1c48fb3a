"""The data files of this folder, read strictly.

Every file has a schema (`schema.py`); a key or a column that it does not know is an error that names the file, the entry and the nearest known
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
from typing import Any

import msgspec

from marsad.knowledge.schema import AreaRow, CapitalRow, Cues, EventWord, KindRow, PlaceRow, ResidueRule


class VocabularyError(ValueError):
    """A data file does not follow its schema; the message names the file and the entry."""


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
