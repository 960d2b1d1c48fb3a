"""FollowTheMoney entities, a JSON object a line: incidents as `Event`, listed parties as `Organization`, reports as `Article`.

The entities are checked by the library of FollowTheMoney itself, the extra `ftm`, which builds PyICU from source and so needs ICU's headers. A party
that is on no list gets no entity: it may be a person, and a person in a graph is a profile.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import IO, Any, Final

from marsad.model import Actor, Incident, Report
from marsad.release.columns import Row, evidence, located, sources, tally_words
from marsad.release.formats import Export, ExportError, Release
from marsad.release.parties import party

_NOBODY: Final = frozenset(("civilians", "unidentified", "social"))


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    try:
        from followthemoney import model
    except ImportError:
        raise ExportError("the export ftm needs followthemoney, which needs ICU's headers to build: pip install 'marsad[ftm]'") from None
    known: set[str] = set()
    for incident in incidents:
        for entity in _entities(incident, release):
            if entity["id"] in known:
                continue
            known.add(entity["id"])
            proxy = model.make_entity(entity["schema"])
            proxy.id = entity["id"]
            for name, values in entity["properties"].items():
                proxy.add(name, values)
            out.write(json.dumps(_sorted(proxy.to_dict(), proxy.caption), ensure_ascii=False, sort_keys=True).encode() + b"\n")


def _sorted(entity: dict[str, Any], caption: str) -> dict[str, Any]:
    """The same entity whose values, which the library keeps as sets, stand in one order."""
    properties = {name: sorted(values) if all(isinstance(value, str) for value in values) else values for name, values in entity["properties"].items()}
    return {"id": entity["id"], "schema": entity["schema"], "caption": caption, "properties": properties}


def _entities(incident: Incident, release: Release) -> list[dict[str, Any]]:
    """The reports and parties of the incident, and then the incident."""
    row = Row(incident, release.report)
    articles = [_article(report) for report in sources(row)]
    listed = [actor for actor in incident.actors if actor.id and party(actor).kind not in (*_NOBODY, "")]
    parties = [_organisation(actor) for actor in listed]
    place = located(incident)
    properties: dict[str, Any] = {
        "name": [_caption(incident)],
        "startDate": [incident.date.start.isoformat()] if incident.date.start else [],
        "endDate": [incident.date.end.isoformat()] if incident.date.end else [],
        "country": [place.country.lower()] if place and place.country else [],
        "location": [x for x in (place.name_en, place.name) if x] if place else [],
        "summary": evidence(incident),
        "description": [tally_words(tally) for tally in incident.tallies],
        "notes": [f"grade {incident.grade.value}: {incident.grade.why}", f"status {incident.status}", f"review {incident.review.state}"],
        "keywords": [incident.type],
        "involved": [one["id"] for one in parties],
        "organizer": [_id("actor", actor.id or "") for actor in listed if actor.role == "initiator"],
        "proof": [one["id"] for one in articles],
        "publisher": [report.outlet for report in sources(row) if report.outlet],
        "sourceUrl": [report.url for report in sources(row) if report.url],
        "recordId": [incident.id],
    }
    return [*articles, *parties, {"id": _id("incident", incident.id), "schema": "Event", "properties": properties}]


def _caption(incident: Incident) -> str:
    place = located(incident)
    where = (place.name_en or place.name) if place else None
    return ", ".join(x for x in (incident.type.replace("_", " "), where, str(incident.date.start or "")) if x)


def _article(report: Report) -> dict[str, Any]:
    properties = {
        "title": [report.title] if report.title else [report.id],
        "publishedAt": [report.date.isoformat()] if report.date else [],
        "publisher": [report.outlet] if report.outlet else [],
        "sourceUrl": [report.url] if report.url else [],
        "language": [report.language] if report.language else [],
    }
    return {"id": _id("report", report.id), "schema": "Article", "properties": properties}


def _organisation(actor: Actor) -> dict[str, Any]:
    one = party(actor)
    schema = "PublicBody" if one.kind in ("state", "police", "official", "authority", "intergovernmental") else "Organization"
    return {
        "id": _id("actor", actor.id or ""),
        "schema": schema,
        "properties": {"name": [one.name], "country": [home.lower() for home in one.home.split()], "classification": [one.kind]},
    }


def _id(kind: str, id_: str) -> str:
    return f"marsad-{kind}-{hashlib.sha256(id_.encode('utf-8', 'replace')).hexdigest()[:32]}"


EXPORTS: Final = {"ftm": Export("ftm", "FollowTheMoney entities, one a line", ".ftm.json", _write, extra="ftm")}
