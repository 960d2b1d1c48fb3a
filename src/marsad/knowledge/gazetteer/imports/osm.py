"""OpenStreetMap: the JSON of Overpass, GeoJSON (of Overpass Turbo, or any other with columns that are known), and `.osm.pbf` with the package osmium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from marsad.knowledge import schema, vocabulary
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.draft import Draft
from marsad.knowledge.gazetteer.imports.faults import ImportFault, Missing, Wish
from marsad.knowledge.gazetteer.imports.fields import Record, Shape, Table, country_code, on_globe, tried
from marsad.knowledge.gazetteer.imports.geometry import of_geojson


class TagRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `osm_kinds.csv`: a tag and the kind of place that it tells; `boundary:4`: with `admin_level` 4. Earlier lines go first."""

    key: str
    value: str
    kind: schema.PlaceKind


@cache
def _kinds() -> dict[tuple[str, str], str]:
    return {(row.key, row.value): row.kind for row in vocabulary.rows("gazetteer/imports/osm_kinds.csv", TagRow)}


def kind_of(tags: Mapping[str, str]) -> str | None:
    """The kind of place that the tags tell, None where they tell none."""
    if tags.get("boundary") == "administrative":
        return _kinds().get((f"boundary:{tags.get('admin_level', '')}", "administrative"))
    return next((kind for (key, value), kind in _kinds().items() if tags.get(key) == value), None)


def json_recognised(path: Path, _: bytes) -> bool:
    """By its ending."""
    return path.suffix.lower() in (".json", ".geojson")


def pbf_recognised(path: Path, _: bytes) -> bool:
    """By its ending."""
    return path.name.lower().endswith((".osm.pbf", ".pbf", ".osm"))


def read_json(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The places of a JSON file. Raises `ImportFault`."""
    try:
        content = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ImportFault(f"{path}: no JSON that holds places ({error})") from None
    elements, features = content.get("elements"), content.get("features")
    if isinstance(elements, list):
        for number, element in enumerate(elements, 1):
            where = f"{path}, element {number}"
            if isinstance(element, dict) and _named(element.get("tags")):
                yield tried(lambda element=element, where=where: _element(element, source, wish, where), where)  # type: ignore[misc]
            elif not isinstance(element, dict):
                yield where, ImportFault(f"{where}: no element of OpenStreetMap")
    elif isinstance(features, list):
        yield from _features(features, path, source, wish)
    else:
        raise ImportFault(f"{path}: neither the JSON of Overpass (elements) nor GeoJSON (features)")


def _named(tags: Any) -> bool:
    return isinstance(tags, dict) and any(key == "name" or key.startswith("name:") for key in tags) and kind_of(tags) is not None


def _element(element: dict[str, Any], source: str, wish: Wish, where: str) -> Draft:
    at = element if "lat" in element else element.get("center")
    if not isinstance(at, dict) and isinstance(element.get("bounds"), dict):
        box = element["bounds"]
        try:
            at = {"lat": (box["minlat"] + box["maxlat"]) / 2, "lon": (box["minlon"] + box["maxlon"]) / 2}
        except (KeyError, TypeError):
            at = None
    if not isinstance(at, dict):
        raise ImportFault(f"{where}: no point; ask Overpass for `out center`")
    try:
        shape = Shape(float(at["lat"]), float(at["lon"]))
    except (KeyError, TypeError, ValueError):
        raise ImportFault(f"{where}: no latitude and longitude") from None
    return draft_of(element["tags"], f"{element.get('type', 'node')}/{element.get('id', '')}", shape, source, wish, where)


def draft_of(tags: Mapping[str, Any], id_: str, shape: Shape, source: str, wish: Wish, where: str) -> Draft:
    """The place of an object with these tags. Raises `ImportFault`."""
    told = {key: str(value) for key, value in tags.items()}
    names = [told.get("name:ar", ""), told.get("name", ""), told.get("name:en", ""), told.get("int_name", "")]
    for key in ("alt_name", "alt_name:ar", "old_name", "old_name:ar", "official_name", "official_name:ar", "name:fa", "name:ku", "loc_name"):
        names += told.get(key, "").split(";")
    names = [name for name in dict.fromkeys(" ".join(n.split()) for n in names) if name and forms.keys(name)]
    if not names:
        raise ImportFault(f"{where}: no name in Arabic or Latin letters")
    lat, lon = on_globe(shape.lat, shape.lon, where)
    country = country_code(told.get("ISO3166-1:alpha2") or told.get("is_in:country_code") or wish.country or told.get("addr:country", ""), where)
    english = told.get("name:en") or told.get("int_name") or next((n for n in names if not forms.is_arabic(n)), "")
    population = told.get("population", "").replace(",", "").replace(" ", "")
    return Draft(
        [f"osm:{id_}"], kind_of(told) or wish.kind or "settlement", country, english, [n for n in names if forms.is_arabic(n)],
        [n for n in names if not forms.is_arabic(n) and n != english], lat, lon, "km" if shape.area else "exact", shape.radius_km,
        population=int(population) if population.isdecimal() and len(population) < 10 else 0, sources=[source],
    )  # fmt: skip


def _features(features: list[Any], path: Path, source: str, wish: Wish) -> Iterator[Record]:
    rows: Table | None = None
    for number, feature in enumerate(features, 1):
        where = f"{path}, feature {number}"
        tags = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(tags, dict):
            yield where, ImportFault(f"{where}: no feature with properties")
            continue
        mapped = str(tags.get("@id") or feature.get("id") or "")
        if mapped.split("/")[0] in ("node", "way", "relation"):
            if _named(tags):
                yield tried(lambda tags=tags, feature=feature, mapped=mapped, where=where: _mapped(tags, feature, mapped, source, wish, where), where)  # type: ignore[misc]
            continue
        if rows is None:
            rows = Table(tags, where, source, wish)
        yield tried(lambda tags=tags, feature=feature, rows=rows, where=where: rows.draft(tags, where, of_geojson(feature.get("geometry"), where)), where)  # type: ignore[misc]


def _mapped(tags: dict[str, Any], feature: dict[str, Any], id_: str, source: str, wish: Wish, where: str) -> Draft:
    shape = of_geojson(feature.get("geometry"), where)
    if shape is None:
        raise ImportFault(f"{where}: no geometry")
    return draft_of(tags, id_, shape, source, wish, where)


def read_pbf(path: Path, source: str, wish: Wish) -> Iterator[Record]:
    """The named places of an extract: nodes at their point, ways and areas at the middle of their nodes. Raises `ImportFault`, `Missing`."""
    try:
        import osmium
    except ImportError:
        raise Missing("osmium", "osm", f"{path}: reading an extract of OpenStreetMap") from None
    try:
        objects: Any = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("name", "name:ar", "name:en"))
        for thing in objects:
            if thing.is_relation():
                continue
            tags = {tag.k: tag.v for tag in thing.tags}
            if not _named(tags):
                continue
            kind = "node" if thing.is_node() else "way"
            where = f"{path}, {kind} {thing.id}"
            shape = _place_of(thing)
            if shape is not None:
                yield tried(
                    lambda tags=tags, kind=kind, id_=thing.id, shape=shape, where=where: draft_of(tags, f"{kind}/{id_}", shape, source, wish, where),  # type: ignore[misc]
                    where,
                )
    except (RuntimeError, OSError, ValueError) as error:
        if isinstance(error, ImportFault):
            raise
        raise ImportFault(f"{path}: damaged extract of OpenStreetMap ({str(error)[:120]})") from None


def _place_of(thing: Any) -> Shape | None:
    if thing.is_node():
        return Shape(thing.lat, thing.lon)
    points = [(node.lat, node.lon) for node in thing.nodes if node.location.valid()]
    if not points:
        return None
    return Shape(sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
