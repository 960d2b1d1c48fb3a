"""`marsad gazetteer`: what a name may mean, and files of places to take in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

_IMPORT = """Takes the places of a file into your gazetteer. Formats: a GeoNames dump (.txt, .zip); a shapefile, a GeoPackage, a CSV or an Excel file, as OCHA
gives boundaries and populated places; OpenStreetMap (JSON of Overpass, GeoJSON, .osm.pbf). Columns of a plain CSV: name_ar, name_en (one of them
must be), names (joined by |), kind, country (SY), lat, lon, known (exact, km, 10km), radius_km, population, admin1, admin2, admin3, pcode, id. The
places lie in the folder that MARSAD_GAZETTEER names, else in the user's data folder. The same file twice changes nothing."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    gazetteer = commands.add_parser("gazetteer", help="find places by name, import files of places", description="Places by name, and where they come from.")
    does = gazetteer.add_subparsers(required=True, metavar="find|info|import|remove")

    find = does.add_parser("find", help="the places that a name may mean", description="The places that a name may mean, best first.")
    find.add_argument("name", metavar="NAME", help="in Arabic or Latin letters, or an id (geonames:170063)")
    find.add_argument("--country", metavar="CC", help="only places of this country (ISO 3166-1: SY)")
    find.add_argument("--kind", metavar="KIND", help="only places of this kind (settlement, oil_field, admin1 …)")
    find.add_argument("--near", metavar="PLACE", help="nearer ones score higher: a name, an id or LAT,LON")
    find.add_argument("--limit", metavar="N", type=int, default=20, help="at most so many (20)")
    find.add_argument("--format", choices=("table", "json"), help="a table (to a terminal), or JSON")
    find.set_defaults(run=_find)

    info = does.add_parser("info", help="the sources, with licence and attribution", description="The sources of the gazetteer, with licence and attribution.")
    info.add_argument("--format", choices=("table", "json"), help="a table (to a terminal), or JSON")
    info.set_defaults(run=_info)

    take = does.add_parser("import", help="take in a file of places", description=_IMPORT)
    take.add_argument("file", metavar="FILE")
    take.add_argument("--name", metavar="NAME", default="", help="of the source; a later import of that name replaces it (the file's name)")
    take.add_argument("--as", dest="as_", metavar="FORMAT", default="", help="shapefile, geopackage, xlsx, csv, osm-json, osm-pbf, geonames")
    take.add_argument("--licence", default="", help="under which the file may be used")
    take.add_argument("--attribution", default="", help="whom to name")
    take.add_argument("--country", metavar="CC", default="", help="of the places that tell none")
    take.add_argument("--kind", default="", help="of the places that tell none")
    take.add_argument("--encoding", default="", help="of the text (windows-1256)")
    take.add_argument("--layer", default="", help="of a GeoPackage; sheet of a workbook")
    take.add_argument("--most", metavar="MB", type=int, default=400, help="refuse a file that is larger, unpacked (400)")
    take.add_argument("--leave-out", action="store_true", help="leave out the lines that cannot be read, and name them, rather than refuse the file")
    take.set_defaults(run=_import)

    remove = does.add_parser("remove", help="take an imported source out again", description="Takes an imported source out again.")
    remove.add_argument("source", metavar="NAME", help="as `marsad gazetteer info` shows it")
    remove.set_defaults(run=_remove)


def _find(options: argparse.Namespace) -> int:
    from marsad.knowledge.gazetteer import Candidate, Point

    places = _opened()
    if places is None:
        return 1
    near: Candidate | Point | None = None
    if options.near:
        near = _near(places, options.near)
        if near is None:
            print(f"marsad: --near: no place called {options.near}", file=sys.stderr)
            return 1
    by_id = places.place(options.name) if ":" in options.name else None
    country = options.country.upper() if options.country else None
    found = (by_id,) if by_id else places.candidates(options.name, country=country, kind=options.kind, near=near, limit=options.limit)
    shape = options.format or ("table" if sys.stdout.isatty() else "json")
    if shape == "json":
        _print_json([_told(candidate, near) for candidate in found])
    elif found:
        _table(
            ("score", "match", "name", "in English", "kind", "country", "admin1", "admin2", "lat", "lon", "within km", "people", "id"),
            [_cells(candidate, options.name) for candidate in found],
        )
    if not found:
        of = (f" of kind {options.kind}" if options.kind else "") + (f" in {country}" if country else "")
        print(f"marsad: no place called {options.name}{of}", file=sys.stderr)
        return 1
    return 0


def _near(places: Any, told: str) -> Any:
    lat, comma, lon = told.partition(",")
    if comma:
        try:
            point = (float(lat), float(lon))
        except ValueError:
            point = None
        if point is not None and abs(point[0]) <= 90 and abs(point[1]) <= 180:
            return point
    return places.place(told) or next((c for c in places.candidates(told) if c.located), None)


def _told(candidate: Any, near: Any) -> dict[str, Any]:
    import msgspec

    from marsad.knowledge.gazetteer import distance_km

    told: dict[str, Any] = msgspec.to_builtins(candidate)
    if near is not None:
        apart = distance_km(candidate, near)
        told["distance_km"] = None if apart is None else round(apart, 1)
    return told


def _cells(candidate: Any, name: str) -> tuple[str, ...]:
    point = ("", "") if candidate.lat is None else (f"{candidate.lat:.4f}", f"{candidate.lon:.4f}")
    shown = candidate.matched if not candidate.matched.isascii() else next(iter(candidate.names), "") or candidate.name_en or name
    reach = f"{candidate.radius_km:g}" if candidate.located else ""
    people = f"{candidate.population:,}" if candidate.population else ""
    return (
        f"{candidate.score:.2f}", candidate.match, shown, candidate.name_en, candidate.kind, candidate.country, candidate.admin1, candidate.admin2,
        *point, reach, people, ", ".join(_ids(candidate)),
    )  # fmt: skip


def _ids(candidate: Any) -> list[str]:
    """Its own id, and those of the other sources; the further ones of our own lists are in the JSON."""
    first, *more = candidate.ids
    return [first, *(id_ for id_ in more if id_.partition(":")[0] != first.partition(":")[0])]


def _info(options: argparse.Namespace) -> int:
    from marsad.knowledge.gazetteer import index_file
    from marsad.knowledge.gazetteer.imported import folder

    places = _opened()
    if places is None:
        return 1
    path = index_file()
    size = path.stat().st_size if path.is_file() else 0
    about = {
        "places": len(places),
        "joined": places.about["joined"],
        "index": str(path) if size else None,
        "index_bytes": size,
        "imported_into": str(folder()),
        "sources": [{"name": name, **said} for name, said in places.about["sources"].items()],
    }
    if (options.format or ("table" if sys.stdout.isatty() else "json")) == "json":
        _print_json(about)
        return 0
    print(f"{len(places):,} places; index {path} ({size / 1e6:.1f} MB); imports lie in {folder()}")
    rows = [(name, f"{said['places']:,}", said["title"], said["licence"], said["attribution"]) for name, said in places.about["sources"].items()]
    _table(("source", "places", "title", "licence", "attribution"), rows)
    return 0


def _import(options: argparse.Namespace) -> int:
    from pathlib import Path

    from marsad.cli.output import harmless
    from marsad.knowledge import vocabulary
    from marsad.knowledge.gazetteer.imported import StoredError
    from marsad.knowledge.gazetteer.imports import FORMATS, ImportFault, Wish, import_file

    if options.kind and options.kind not in vocabulary.kinds():
        return _usage(f"--kind: {options.kind!r} is none of {', '.join(vocabulary.kinds())}")
    if options.as_ and options.as_ not in {one.name for one in FORMATS}:
        return _usage(f"--as: {options.as_!r} is none of {', '.join(one.name for one in FORMATS)}")
    if options.most < 1:
        return _usage("--most: at least 1")
    wish = Wish(country=options.country.upper(), kind=options.kind, encoding=options.encoding, layer=options.layer, most=options.most * 1_000_000)
    try:
        done = import_file(
            Path(options.file), wish, name=options.name, format=options.as_, licence=options.licence, attribution=options.attribution,
            leave_out=options.leave_out,
        )  # fmt: skip
    except (ImportFault, StoredError) as fault:
        print(harmless(f"marsad: {fault}"), file=sys.stderr)
        return 1
    for words in done.left_out:
        print(harmless(f"marsad: left out: {words}"), file=sys.stderr)
    news = "" if done.changed else "; it was there already, nothing changed"
    count = f"{done.places:,} {'place' if done.places == 1 else 'places'}, {done.located:,} of them located"
    print(f"{done.source}: {count}; licence: {done.licence}; attribution: {done.attribution}{news}")
    return 1 if done.left_out else 0


def _remove(options: argparse.Namespace) -> int:
    from marsad.knowledge.gazetteer.imports import ImportFault, remove

    try:
        if remove(options.source):
            print(f"{options.source}: taken out; the gazetteer is as it was before it came")
            return 0
        print(f"marsad: no imported source {options.source}", file=sys.stderr)
    except (ImportFault, OSError) as fault:
        print(f"marsad: {fault}", file=sys.stderr)
    return 1


def _opened() -> Any:
    """The gazetteer, or None where it cannot be had; why is said."""
    from marsad.knowledge.gazetteer import gazetteer, index_file
    from marsad.knowledge.gazetteer.imported import StoredError
    from marsad.knowledge.vocabulary import VocabularyError

    try:
        if not index_file().is_file() and sys.stderr.isatty():
            print("building the index of the gazetteer, once …", file=sys.stderr)
        return gazetteer()
    except (StoredError, VocabularyError, OSError) as error:
        print(f"marsad: {error}", file=sys.stderr)
        return None


def _usage(words: str) -> int:
    print(f"marsad gazetteer import: {words}", file=sys.stderr)
    return 2


def _print_json(what: Any) -> None:
    import json

    print(json.dumps(what, ensure_ascii=False, indent=2))


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from marsad.cli.output import harmless

    table = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", justify="right" if head in ("score", "lat", "lon", "within km", "people", "places") else "left")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200, highlight=False).print(table)
