"""A dump of GeoNames: nineteen columns, tabs between them, UTF-8; a country's `.txt`, or the `.zip` that holds it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from marsad.knowledge import schema, vocabulary
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.draft import Draft
from marsad.knowledge.gazetteer.imports.faults import ImportFault, Wish, lines, member_bytes, opened_archive, text_of
from marsad.knowledge.gazetteer.imports.fields import Record, country_code, on_globe, tried

COLUMNS: Final = 19
_NEVER: Final = frozenset({"README.TXT"})


class CodeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `geonames_kinds.csv`: feature class and code of GeoNames (`P.*`: all of the class) and the kind of place; others are left out."""

    code: str
    kind: schema.PlaceKind


@cache
def _kinds() -> dict[str, str]:
    return {row.code: row.kind for row in vocabulary.rows("gazetteer/imports/geonames_kinds.csv", CodeRow)}


def recognised(path: Path, head: bytes) -> bool:
    """A text whose first line has the columns, or an archive with such a text."""
    if path.suffix.lower() == ".zip":
        return True
    return path.suffix.lower() == ".txt" or head.split(b"\n", 1)[0].count(b"\t") == COLUMNS - 1


def read(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The places of the dump, of the kinds that the gazetteer has. Raises `ImportFault`."""
    if path.suffix.lower() == ".zip":
        with opened_archive(path, wish.most) as archive:
            texts = [n for n in archive.namelist() if n.lower().endswith(".txt") and n.upper().rsplit("/", 1)[-1] not in _NEVER]
            if len(texts) != 1:
                raise ImportFault(f"{path}: holds {len(texts)} dumps (.txt), not one")
            content = member_bytes(archive, texts[0], path, wish.most)
        yield from _read(io.BytesIO(content), f"{path}: {texts[0]}", source, wish)
        return
    with path.open("rb") as file:
        yield from _read(file, str(path), source, wish)


def _read(file: io.BufferedIOBase, path: str, source: str, wish: Wish) -> Iterator[Record]:
    for number, raw in lines(file, path, wish.most):  # type: ignore[arg-type]
        if not raw.strip():
            continue
        where = f"{path}, line {number}"
        try:
            cells = text_of(raw, where, wish.encoding).split("\t")
            if len(cells) != COLUMNS:
                raise ImportFault(f"{where}: {len(cells)} columns, a GeoNames dump has {COLUMNS}")
        except ImportFault as fault:
            yield where, fault
            continue
        kind = _kinds().get(f"{cells[6]}.{cells[7]}") or _kinds().get(f"{cells[6]}.*")
        if kind is not None or not cells[0].isdecimal():
            yield tried(lambda cells=cells, kind=kind, where=where: _draft(cells, kind or "settlement", source, where), where)  # type: ignore[misc]


def _draft(cells: list[str], kind: str, source: str, where: str) -> Draft:
    if not cells[0].isdecimal() or not 0 < int(cells[0]) < 1 << 32:
        raise ImportFault(f"{where}: {cells[0][:40]!r} is no id of GeoNames")
    if not cells[1].strip():
        raise ImportFault(f"{where}: no name")
    try:
        lat, lon = float(cells[4]), float(cells[5])
        population = max(0, int(cells[14] or 0))
    except ValueError:
        raise ImportFault(f"{where}: latitude {cells[4][:20]!r}, longitude {cells[5][:20]!r}, population {cells[14][:20]!r}: no numbers") from None
    lat, lon = on_globe(lat, lon, where)
    country = country_code(cells[8], where)
    other = [name for name in dict.fromkeys([cells[2], *cells[3].split(",")]) if name and name != cells[1] and forms.keys(name)]
    return Draft(
        [f"geonames:{int(cells[0])}"], kind, country, cells[1], [n for n in other if forms.is_arabic(n)], [n for n in other if not forms.is_arabic(n)],
        lat, lon, population=population, sources=[source], parents=[f"geonames1:{country}.{cells[10]}"] if cells[10] else [],
    )  # fmt: skip
