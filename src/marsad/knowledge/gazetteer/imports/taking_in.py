"""The steps of an import: which format, read and check, write beside, build the index, put in place."""

from __future__ import annotations

import gzip
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from marsad.knowledge.gazetteer import imported, keeping
from marsad.knowledge.gazetteer.imports import geonames, geopackage, osm, shapes, tables
from marsad.knowledge.gazetteer.imports.faults import MOST_PLACES, ImportFault, Wish, checked_size
from marsad.knowledge.gazetteer.imports.fields import Record, not_swapped


class Format(msgspec.Struct, frozen=True):
    """A format of files of places, and under which licence such files come, where that is known (of OCHA's: `CODED`)."""

    name: str
    recognised: Callable[[Path, bytes], bool]
    read: Callable[[Path, str, Wish], Iterator[Record]]
    licence: str = ""
    attribution: str = ""


FORMATS: Final = (
    Format("shapefile", shapes.recognised, shapes.read),
    Format("geopackage", geopackage.recognised, geopackage.read),
    Format("xlsx", tables.xlsx_recognised, tables.read_xlsx),
    Format("csv", tables.csv_recognised, tables.read_csv),
    Format("osm-json", osm.json_recognised, osm.read_json, "ODbL-1.0", "© OpenStreetMap contributors"),
    Format("osm-pbf", osm.pbf_recognised, osm.read_pbf, "ODbL-1.0", "© OpenStreetMap contributors"),
    Format("geonames", geonames.recognised, geonames.read, "CC-BY-4.0", "GeoNames (https://www.geonames.org)"),
)
"""In the order in which they are asked whether a file is theirs."""

CODED: Final = ("CC-BY-IGO", "OCHA (https://data.humdata.org)")
"""Licence and attribution of files whose places have P-codes."""
UNTOLD: Final = "not told"


class Outcome(msgspec.Struct, frozen=True):
    """What an import did. `left_out`: what was wrong with the lines that were left out; `changed`: false where all of it was there already."""

    source: str
    places: int
    located: int
    changed: bool
    left_out: tuple[str, ...]
    licence: str
    attribution: str


def import_file(
    path: Path,
    wish: Wish | None = None,
    *,
    name: str = "",
    format: str = "",
    licence: str = "",
    attribution: str = "",
    leave_out: bool = False,
) -> Outcome:
    """Takes the places of a file into the user's gazetteer. Raises `ImportFault`; the gazetteer is then as it was.

    `name`: of the source, by which a later import replaces it (else made of the file's name); `leave_out`: leave out the lines that cannot be read.
    """
    wish = wish or Wish()
    checked_size(path, wish.most)
    chosen = _format(path, format)
    source = _source_name(name or path.name.split(".")[0])
    kept, left_out, coded = _read(chosen, path, source, wish, leave_out)
    if not kept:
        raise ImportFault(f"{path}: no place in it" + (f"; of {len(left_out)} lines none could be read, the first: {left_out[0]}" if left_out else ""))
    default = CODED if coded else (chosen.licence, chosen.attribution)
    about = {
        "source": source,
        "title": path.name,
        "format": chosen.name,
        "licence": licence or default[0] or UNTOLD,
        "attribution": attribution or default[1] or UNTOLD,
    }
    content = msgspec.json.encode(about) + b"\n" + b"\n".join(msgspec.json.encode(draft) for draft in kept) + b"\n"
    changed = put_in_place(source, gzip.compress(content, 6, mtime=0))
    located = sum(draft.lat is not None for draft in kept)
    return Outcome(source, len(kept), located, changed, tuple(left_out), about["licence"], about["attribution"])


def remove(source: str) -> bool:
    """Takes a source out of the user's gazetteer; whether it was there."""
    path = imported.file_of(_source_name(source))
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    keeping.forget()
    return True


def _format(path: Path, told: str) -> Format:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise ImportFault(f"{path}: {error.strerror}") from None
    for one in FORMATS:
        if one.name == told or (not told and one.recognised(path, head)):
            return one
    raise ImportFault(f"{path}: a format that is not known; known: {', '.join(f.name for f in FORMATS)} (--as)")


def _source_name(told: str) -> str:
    name = re.sub(r"[^\w-]+", "-", told.lower()).strip("-_")[:60]
    if not name or name in ("marsad", "geonames", "ocha", "osm"):
        raise ImportFault(f"{told[:60]!r} cannot be the name of a source; give one with --name")
    return name


def _read(chosen: Format, path: Path, source: str, wish: Wish, leave_out: bool) -> tuple[list[Any], list[str], bool]:
    """The places that the file holds, what was wrong with those that it does not, and whether they have P-codes."""
    extents = keeping.gazetteer().extents
    kept: dict[str, Any] = {}
    left_out: list[str] = []
    coded = False
    for where, found in chosen.read(path, source, wish):
        try:
            if isinstance(found, ImportFault):
                raise found
            not_swapped(found, extents, where)
        except ImportFault as fault:
            if not leave_out:
                raise
            left_out.append(str(fault))
            continue
        if found.ids[0] in kept:
            kept[found.ids[0]].take(found)
        else:
            kept[found.ids[0]] = found
        coded = coded or found.ids[0].startswith("ocha:")
        if len(kept) > MOST_PLACES:
            raise ImportFault(f"{where}: more than {MOST_PLACES:,} places; import a country's part")
    return list(kept.values()), left_out, coded


def put_in_place(source: str, content: bytes) -> bool:
    """Writes the file of a source and the index with it; whether anything changed. The gazetteer stays as it was where either cannot be done."""
    path = imported.file_of(source)
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".import-")
    except OSError as error:
        raise ImportFault(f"{path}: {error.strerror or error}") from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        index = keeping.built(instead={path: Path(part)})
        os.replace(part, path)
    except OSError as error:
        raise ImportFault(f"{path}: {error.strerror or error}") from None
    finally:
        Path(part).unlink(missing_ok=True)
    keeping.keep(index)
    return True
