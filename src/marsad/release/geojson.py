"""GeoJSON (RFC 7946): a FeatureCollection, one Feature an incident.

The geometry is the point of the place that stands for the incident, longitude first (3.1.1), null where no place is located (3.2); `radius_km` in
the properties says how far around it the place lies. Coordinates have at most seven decimals (11.2), within ±180 and ±90.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any, Final

import msgspec

from marsad.model import Incident
from marsad.release.columns import INCIDENT_COLUMNS, Row, located
from marsad.release.formats import Export, Release

_IN_GEOMETRY: Final = frozenset(("id", "lat", "lon"))


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    out.write(b'{"type":"FeatureCollection","features":[')
    for number, incident in enumerate(incidents):
        out.write((b",\n" if number else b"\n") + msgspec.json.encode(feature(incident, release)))
    out.write(b"\n]}\n")


def feature(incident: Incident, release: Release) -> dict[str, Any]:
    """One incident as a Feature."""
    row = Row(incident, release.report)
    properties = {column.name: column.value(row) for column in INCIDENT_COLUMNS if column.name not in _IN_GEOMETRY}
    properties["claims"] = [
        {
            "about": claim.about, "value": claim.value, "stance": claim.stance, "asserter": claim.asserter.name, "asserter_id": claim.asserter.id,
            "publisher": claim.publisher, "told": claim.told, "words": claim.words, "report": claim.report,
        }
        for claim in incident.claims
    ]  # fmt: skip
    return {"type": "Feature", "id": incident.id, "geometry": _geometry(incident), "properties": properties}


def _geometry(incident: Incident) -> dict[str, Any] | None:
    place = located(incident)
    if place is None or place.lat is None or place.lon is None:
        return None
    lon, lat = (place.lon + 180) % 360 - 180, max(-90.0, min(90.0, place.lat))
    return {"type": "Point", "coordinates": [round(lon, 7), round(lat, 7)]}


EXPORTS: Final = {
    "geojson": Export(
        "geojson", "a FeatureCollection of points (RFC 7946)", ".geojson", _write, tuple(c for c in INCIDENT_COLUMNS if c.name not in _IN_GEOMETRY)
    )
}
