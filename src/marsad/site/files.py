"""Lists as files: JSON, CSV and GeoJSON of what a list holds, a light GeoJSON for the map, and the index of the published site."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from marsad.model import Incident, Report
from marsad.release import export
from marsad.site import points
from marsad.site.context import Site
from marsad.site.finding import Query
from marsad.site.format import Lang, speech
from marsad.site.pages.incidents import CUT
from marsad.site.records import Facets, PublicReport

FORMATS: Final = {
    "json": "application/json; charset=utf-8", "csv": "text/csv; charset=utf-8", "geojson": "application/geo+json; charset=utf-8",
}  # fmt: skip
_BATCH: Final = 500


def written(site: Site, kind: str, query: Query, *, claims: bool = False) -> bytes:
    """What a list holds, in its order, up to `CUT` incidents, as a file of a kind."""
    found = site.index.found(query)
    rows = found.rows[:CUT]
    if kind == "json":
        head = msgspec.json.encode({"schema": 1, "total": found.total, "held": len(rows)})
        return head[:-1] + b',"incidents":[' + b",\n".join(msgspec.json.encode(i) for i in _incidents(site, rows)) + b"]}\n"
    held = _reports(site, rows)
    out = io.BytesIO()
    export("csv-claims" if claims else kind, _incidents(site, rows), held.get, out, internal=True)  # the projection holds nothing that is not for all
    return out.getvalue()


def one(site: Site, kind: str, incident: Incident) -> bytes:
    """One incident as a file."""
    out = io.BytesIO()
    held = {id_: _facts(report) for id_, report in site.reports(list(incident.reports)).items()}
    export(kind, [incident], held.get, out, internal=True)
    return out.getvalue()


def _incidents(site: Site, rows: Any) -> Iterator[Incident]:
    for at in range(0, len(rows), _BATCH):
        for made in site.incidents(rows[at : at + _BATCH]):
            yield made.incident


def _reports(site: Site, rows: Any) -> dict[str, Report]:
    wanted = list(dict.fromkeys(r for n in rows for r in site.index.row(int(n)).reports))
    return {id_: _facts(report) for at in range(0, len(wanted), _BATCH) for id_, report in site.reports(wanted[at : at + _BATCH]).items()}


def _facts(report: PublicReport) -> Report:
    day = datetime.date.fromisoformat(report.date) if report.date else None
    return Report(id=report.id, text="", date=day, outlet=report.outlet, title=report.title, url=report.url, language=report.language)


def map_points(site: Site, query: Query, lang: Lang) -> bytes:
    """The located incidents of a list as points with what a map shows of them: a title, days, how finely and within how many km."""
    index = site.index
    features = (
        b'{"type":"Feature","id":%b,"geometry":{"type":"Point","coordinates":[%.5f,%.5f]},"properties":%b}'
        % (msgspec.json.encode(index.ids[n]), row.lon, row.lat, msgspec.json.encode(_shown(index.ids[n], row, lang)))
        for n in (int(n) for n in index.found(query).rows)
        if (row := index.row(n)).lat is not None and row.lon is not None
    )
    return b'{"type":"FeatureCollection","features":[' + b",\n".join(features) + b"]}\n"


def column_points(site: Site, query: Query, lang: Lang, at: Sequence[int] | None = None) -> bytes:
    """The same as columns of numbers, for the server's map; `at`: what some of those points are."""
    if at is not None:
        return points.named(site.index, query, at, lambda row: row_title(row, lang))
    return points.columns(site.index, query, lambda kind: str(speech(lang).t(f"type.{kind}")))


def _shown(id_: str, row: Facets, lang: Lang) -> dict[str, Any]:
    return {
        "id": id_, "type": row.type, "title": row_title(row, lang), "date": _iso(row.start), "end": _iso(row.end), "precision": row.precision,
        "radius_km": row.radius_km, "status": row.status, "grade": row.grade,
    }  # fmt: skip


def row_title(row: Facets, lang: Lang) -> str:
    """What happened and where, from a row of the index."""
    s = speech(lang)
    kind = str(s.t(f"type.{row.type}"))
    place = row.named[0 if lang == "ar" else 1]
    return str(s.t("place_title.in", type=kind, place=place).unescape()) if place else kind


def index_json(site: Site) -> bytes:
    """All incidents with what the browser needs to search and filter a published site: `{"incidents": […]}`, the newest first."""
    index = site.index
    rows = [_entry(index.ids[n], index.row(n)) for n in range(len(index))]
    return b'{"incidents":[' + b",\n".join(msgspec.json.encode(row) for row in rows) + b"]}\n"


def words_json(site: Site) -> bytes:
    """By which words each incident is found: `{"terms": {term: [places in the index, …]}}`; see `marsad.arabic.search`."""
    index = site.index
    return msgspec.json.encode({"terms": {term: index.having("term", term).tolist() for term in index.values("term")}}) + b"\n"


def as_script(content: bytes) -> bytes:
    """JSON as a script that hands it over: where a site is opened from a folder, a browser lets a page read no other file."""
    return b"marsadGive(" + content.strip().replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029") + b");\n"


def _entry(id_: str, row: Facets) -> dict[str, Any]:
    return {
        "id": id_, "type": row.type, "status": row.status, "grade": row.grade, "review": row.review, "date": _iso(row.start), "end": _iso(row.end),
        "day_precision": row.day_precision, "country": row.countries, "area": row.areas, "lat": row.lat, "lon": row.lon, "precision": row.precision,
        "radius_km": row.radius_km, "title_ar": row_title(row, "ar"), "title_en": row_title(row, "en"), "killed": row.killed, "actor": row.actors,
        "place": row.places, "outlet": row.outlets, "reports": len(row.reports),
    }  # fmt: skip


def _iso(day: int | None) -> str | None:
    return None if day is None else datetime.date.fromordinal(day).isoformat()


def names_json(pairs: Sequence[tuple[str, str]], said: Any) -> bytes:
    """Names of values of facets in both languages: `{"country": {"SY": ["سوريا", "Syria"]}}`."""
    found: dict[str, dict[str, list[str]]] = {}
    for facet, value in pairs:
        found.setdefault(facet, {})[value] = [str(said(facet, value, lang)) for lang in ("ar", "en")]
    return msgspec.json.encode(found, order="sorted") + b"\n"
