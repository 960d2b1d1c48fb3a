"""An ESRI shapefile, as OCHA gives boundaries and populated places: `.shp` with its `.dbf` beside it (pyshp)."""

from __future__ import annotations

import codecs
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Final

from marsad.knowledge.gazetteer.draft import Draft
from marsad.knowledge.gazetteer.imports.faults import ImportFault, Wish, checked_size
from marsad.knowledge.gazetteer.imports.fields import Record, Shape, Table, tried
from marsad.knowledge.gazetteer.imports.geometry import of_line, of_rings

_POINTS: Final = (1, 8, 11, 18, 21, 28)
_LINES: Final = (3, 13, 23)
_POLYGONS: Final = (5, 15, 25, 31)

CODE_PAGES: Final = {0x4D: "cp936", 0x57: "cp1252", 0x7E: "cp1256", 0x7D: "cp1255", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253"}
"""Language driver of a dBASE file → encoding (ESRI's list; those that Arabic or Latin names come in)."""


def recognised(path: Path, head: bytes) -> bool:
    """By its ending or its first bytes."""
    return path.suffix.lower() == ".shp" or head[:4] == b"\x00\x00\x27\x0a"


def read(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The places of the shapefile, one a record. Raises `ImportFault`."""
    dbf = _beside(path, ".dbf")
    if dbf is None:
        raise ImportFault(f"{path}: its table {path.with_suffix('.dbf').name}, which holds the names, is not beside it")
    checked_size(dbf, wish.most)
    _in_degrees(path)
    encoding = _encoding(path, dbf, wish)
    try:
        with path.open("rb") as shp, dbf.open("rb") as table, _reader(shp, table) as reader:
            columns = [_decoded(field[0], encoding, str(dbf)) for field in reader.fields if field[0] != "DeletionFlag"]
            rows = Table(columns, str(path), source, wish)
            count = len(reader)
            for number in range(count):
                where = f"{path}, record {number + 1}"
                yield tried(lambda where=where, number=number: _draft(reader, number, rows, encoding, where), where)  # type: ignore[misc]
    except Exception as error:  # pyshp raises what its parts do, and some errors of its own
        if isinstance(error, ImportFault):
            raise
        raise ImportFault(f"{path}: damaged shapefile ({str(error)[:120] or type(error).__name__})") from None


def _draft(reader: Any, number: int, rows: Table, encoding: str, where: str) -> Draft:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            row = reader.record(number)
            shape = reader.shape(number)
    except Exception as error:  # as above
        raise ImportFault(f"{where}: damaged ({str(error)[:120] or type(error).__name__})") from None
    told = {_decoded(key, encoding, where): _decoded(value, encoding, where) for key, value in row.as_dict().items()}
    return rows.draft(told, where, _shape(shape))


def _reader(shp: IO[bytes], table: IO[bytes]) -> Any:
    """pyshp's reader of both files; what it only warns of (a size that is not that of the file) is an error here."""
    import shapefile

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return shapefile.Reader(shp=shp, dbf=table, encoding="latin-1")


def _decoded(value: Any, encoding: str, where: str) -> Any:
    """A text that was read byte by byte (Latin-1) in its true encoding; any other value as it is. Raises `ImportFault`."""
    if not isinstance(value, str):
        return value
    try:
        return value.encode("latin-1").decode(encoding)
    except UnicodeError as error:
        raise ImportFault(f"{where}: names that are not {encoding} ({error}); tell their encoding with --encoding (Arabic: windows-1256)") from None


def _shape(shape: Any) -> Shape | None:
    points = [(float(p[0]), float(p[1])) for p in shape.points]
    if not points or shape.shapeType == 0:
        return None
    if shape.shapeType in _POINTS:
        return Shape(points[0][1], points[0][0])
    if shape.shapeType in _LINES:
        return of_line(points)
    if shape.shapeType in _POLYGONS:
        return of_rings([points[a:b] for a, b in pairwise([*shape.parts, len(points)])])
    return None


def _beside(path: Path, ending: str) -> Path | None:
    for one in (ending, ending.upper()):
        if path.with_suffix(one).is_file():
            return path.with_suffix(one)
    return None


def _in_degrees(path: Path) -> None:
    prj = _beside(path, ".prj")
    told = prj.read_bytes()[:10_000].decode("utf-8", "replace").lstrip() if prj else ""
    if told.upper().startswith(("PROJCS", "PROJCRS")):
        name = told.split('"')[1] if told.count('"') > 1 else "unknown"
        raise ImportFault(f"{path}: its coordinates are metres of {name[:60]}, not degrees; convert it to WGS 84 (EPSG:4326) first")


def _encoding(path: Path, dbf: Path, wish: Wish) -> str:
    """That which the user tells, else the `.cpg` file, else the dBASE header, else UTF-8. Raises `ImportFault` for one that there is not."""
    cpg = _beside(path, ".cpg")
    told = wish.encoding or (cpg.read_bytes()[:100].decode("ascii", "replace").strip() if cpg else "")
    if told:
        for name in (told, f"cp{told}", f"cp{told.upper().removeprefix('ANSI').strip()}", told.replace("8859", "8859-")):
            try:
                return codecs.lookup(name).name
            except LookupError:
                continue
        raise ImportFault(f"{cpg if not wish.encoding else path}: unknown code page {told[:40]!r}; tell the encoding with --encoding (Arabic: windows-1256)")
    with dbf.open("rb") as file:
        header = file.read(30)
    return CODE_PAGES.get(header[29], "utf-8") if len(header) == 30 else "utf-8"
