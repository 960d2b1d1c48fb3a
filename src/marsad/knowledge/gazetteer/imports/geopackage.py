"""A GeoPackage: an SQLite file whose tables hold geometries. Read with the standard library (OGC 12-128r19, clause 2.1.3)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from marsad.knowledge.gazetteer.draft import Draft
from marsad.knowledge.gazetteer.imports.faults import ImportFault, Wish
from marsad.knowledge.gazetteer.imports.fields import Record, Shape, Table, tried
from marsad.knowledge.gazetteer.imports.geometry import of_wkb

_ENVELOPES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_DEGREES: Final = (4326, 0, -1)
_STEPS: Final = 200_000_000  # of SQLite's machine for one statement


def recognised(path: Path, head: bytes) -> bool:
    """By its ending, or an SQLite file that says that it is one."""
    return path.suffix.lower() == ".gpkg" or (head[:15] == b"SQLite format 3" and head[68:72] == b"GPKG")


def read(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The places of one layer. Raises `ImportFault`."""
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise ImportFault(f"{path}: {error}") from None
    left = [_STEPS // 1000]

    def patience() -> int:
        left[0] -= 1
        return left[0] < 0

    base.set_progress_handler(patience, 1000)
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100_000_000)
    base.execute("PRAGMA trusted_schema = OFF")
    try:
        yield from _read(base, path, source, wish)
    except sqlite3.Error as error:
        raise ImportFault(f"{path}: damaged GeoPackage ({error})") from None
    finally:
        base.close()


def _read(base: sqlite3.Connection, path: Path, source: str, wish: Wish) -> Iterator[Record]:
    layers = base.execute(
        "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table'"
    ).fetchall()
    named = [layer for layer in layers if not wish.layer or layer[0] == wish.layer]
    if len(named) != 1:
        known = ", ".join(str(layer[0]) for layer in layers[:20]) or "none"
        raise ImportFault(f"{path}: {'no such layer' if wish.layer else 'tell the layer with --layer'}; its layers: {known}")
    table, geometry, srs = named[0]
    if srs not in _DEGREES:
        raise ImportFault(f"{path}: layer {table}: its coordinates are those of EPSG:{srs}, not degrees; convert it to WGS 84 (EPSG:4326) first")
    quoted = '"' + str(table).replace('"', '""') + '"'
    cursor = base.execute(f"SELECT * FROM {quoted}")
    columns = [column[0] for column in cursor.description]
    rows = Table([c for c in columns if c != geometry], f"{path}: layer {table}", source, wish)
    for number, values in enumerate(cursor, 1):
        where = f"{path}: layer {table}, row {number}"
        row = dict(zip(columns, values, strict=True))
        yield tried(lambda row=row, where=where: _draft(rows, row, geometry, where), where)  # type: ignore[misc]


def _draft(rows: Table, row: dict[str, Any], geometry: str, where: str) -> Draft:
    raw = row.pop(geometry, None)
    return rows.draft(row, where, None if raw is None else _shape(raw, where))


def _shape(raw: Any, where: str) -> Shape | None:
    if not isinstance(raw, bytes) or len(raw) < 8 or raw[:2] != b"GP" or raw[3] >> 1 & 7 not in _ENVELOPES:
        raise ImportFault(f"{where}: no geometry of a GeoPackage")
    if raw[3] & 0x10:  # empty
        return None
    return of_wkb(raw[8 + _ENVELOPES[raw[3] >> 1 & 7] :], where)
