"""The 31 columns of ACLED, so that what reads ACLED's files reads these.

It is our record in their columns, not their coding: nobody of ACLED has looked at it. What does not happen (planned, denied) has no place in it.
`fatalities` is one figure, the best of the widest group, 0 where none is told, as they have it. Source: ACLED Codebook, 2024.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from functools import cache
from typing import IO, Any, Final

from marsad.knowledge import schema, vocabulary
from marsad.knowledge.crosswalk import country_codes, country_names, crosswalk
from marsad.model import Incident
from marsad.release.columns import Column, Row, evidence, located, sources, widest
from marsad.release.delimited import write_table
from marsad.release.formats import Export, Release
from marsad.release.parties import Party, sides, unidentified

_TIME: Final = {"day": 1, "week": 2}
_POINT: Final = frozenset(("exact", "settlement", "neighbourhood"))
_AREA: Final = frozenset(("near", "admin3", "admin2"))


def event_type(incident: Incident) -> tuple[str, str, str]:
    """(disorder_type, event_type, sub_event_type)."""
    row = crosswalk()[incident.type]
    event, sub = row.acled_event, row.acled_sub_event
    did, hit = sides(incident)
    if incident.type == "attack_on_civilians" and any(one.id == "protesters" for one in hit):
        return "Political violence; Demonstrations", "Protests", "Excessive force against protesters"
    if incident.type == "territory_change" and did and did[0].inter(_country(incident)) == "State forces":
        sub = "Government regains territory"
    if incident.type == "protest" and any(widest(incident, what) for what in ("killed", "wounded", "arrested")):
        sub = "Protest with intervention"
    return (
        {"Protests": "Demonstrations", "Riots": "Demonstrations", "Strategic developments": "Strategic developments"}.get(event, "Political violence"),
        event,
        sub,
    )


def _country(incident: Incident) -> str | None:
    place = located(incident)
    return place.country if place else None


def _code(row: Row, field: str) -> str:
    codes = country_codes().get(_country(row.incident) or "")
    return getattr(codes, field) if codes else ""


def _side(row: Row, number: int) -> list[Party]:
    did, hit = sides(row.incident)
    return (did or hit, hit if did else [])[number]


def _actor(row: Row, number: int) -> str:
    side = _side(row, number)
    if not side:
        return ""
    if side[0].kind == "unidentified":
        return unidentified(_country(row.incident))
    return f"Civilians ({country_names().get(_country(row.incident) or '', 'Unknown')})" if side[0].id == "civilians" else side[0].name


def _allies(row: Row, number: int) -> str:
    return "; ".join(one.name for one in _side(row, number)[1:])


def _inter(row: Row, number: int) -> str:
    side = _side(row, number)
    return side[0].inter(_country(row.incident)) if side else ""


def _interaction(row: Row) -> str:
    first, second = _inter(row, 0), _inter(row, 1)
    return f"{first}-{second}" if first and second else (f"{first} only" if first and not _side(row, 1) else "")


def _time_precision(row: Row) -> int:
    return _TIME.get(row.incident.date.precision, 3)


def _geo_precision(row: Row) -> int | None:
    place = located(row.incident)
    if place is None:
        return None
    return 1 if place.precision in _POINT else 2 if place.precision in _AREA else 3


def _place(row: Row, field: str) -> Any:
    place = located(row.incident)
    return (getattr(place, field) if place else None) or ("" if field not in ("lat", "lon") else None)


def _scale(row: Row) -> str:
    """Whether the outlets are of the country, of another, or both; empty where the list of sources does not tell."""
    homes = {home for report in sources(row) if (home := _homes().get(report.outlet or ""))}
    here = _country(row.incident)
    scales = [scale for scale, told in (("National", here in homes), ("International", bool(homes - {here}))) if told]
    return "-".join(scales)


@cache
def _homes() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in vocabulary.rows("sources.csv", schema.SourceRow):
        for name in (row.id, row.name_en, row.name_ar, *vocabulary.names(row.names)):
            table[name] = row.country
    return table


def _fatalities(row: Row) -> int:
    tally = widest(row.incident, "killed")
    return tally.best if tally else 0


def _timestamp(row: Row) -> int | str:
    days = [claim.told for claim in row.incident.claims if claim.told]
    return calendar.timegm(max(days).timetuple()) if days else ""


def _id(row: Row) -> str:
    return f"{_code(row, 'iso3') or 'XXX'}-{row.incident.id}"


ACLED_COLUMNS: Final[tuple[Column, ...]] = (
    Column("event_id_cnty", "text", "the country's ISO 3166-1 alpha-3 and the incident's id", _id, "Incident.id"),
    Column("event_date", "date", "first day that it may have happened on", lambda r: r.incident.date.start, "EventDate.start"),
    Column("year", "int", "its year", lambda r: r.incident.date.start.year if r.incident.date.start else None, "EventDate.start"),
    Column("time_precision", "int", "1 day, 2 week, 3 month or less fine", _time_precision, "EventDate.precision"),
    Column("disorder_type", "text", "ACLED's class of the event", lambda r: event_type(r.incident)[0], "crosswalk.csv"),
    Column("event_type", "text", "ACLED's type", lambda r: event_type(r.incident)[1], "crosswalk.csv"),
    Column("sub_event_type", "text", "ACLED's sub-type", lambda r: event_type(r.incident)[2], "crosswalk.csv"),
    Column("actor1", "text", "who did it; if nobody is named, who was hit", lambda r: _actor(r, 0), "Actor.id"),
    Column("assoc_actor_1", "text", "further parties of that side", lambda r: _allies(r, 0), "Actor.id"),
    Column("inter1", "text", "what kind of party actor1 is", lambda r: _inter(r, 0), "actors.csv"),
    Column("actor2", "text", "who was hit", lambda r: _actor(r, 1), "Actor.id"),
    Column("assoc_actor_2", "text", "further parties of that side", lambda r: _allies(r, 1), "Actor.id"),
    Column("inter2", "text", "what kind of party actor2 is", lambda r: _inter(r, 1), "actors.csv"),
    Column("interaction", "text", "both kinds", _interaction, "actors.csv"),
    Column(
        "civilian_targeting",
        "text",
        "whether civilians were the target",
        lambda r: "Civilian targeting" if any(one.civil for one in sides(r.incident)[1]) else "",
    ),
    Column("iso", "text", "the country's ISO 3166-1 number", lambda r: _code(r, "iso_numeric"), "country_codes.csv"),
    Column("region", "text", "ACLED's region", lambda r: _code(r, "acled_region"), "country_codes.csv"),
    Column("country", "text", "English name of the country", lambda r: country_names().get(_country(r.incident) or "", ""), "Place.country"),
    Column("admin1", "text", "first-level area", lambda r: _place(r, "admin1"), "Place.admin1"),
    Column("admin2", "text", "second-level area", lambda r: _place(r, "admin2"), "Place.admin2"),
    Column("admin3", "text", "not filled", lambda _: ""),
    Column("location", "text", "English name of the place, else as written", lambda r: _place(r, "name_en") or _place(r, "name"), "Place.name_en"),
    Column("latitude", "float", "degrees north, WGS 84", lambda r: _place(r, "lat"), "Place.lat"),
    Column("longitude", "float", "degrees east", lambda r: _place(r, "lon"), "Place.lon"),
    Column("geo_precision", "int", "1 town, 2 part of an area, 3 area", _geo_precision, "Place.precision"),
    Column("source", "text", "outlets, joined with `; `", lambda r: "; ".join(dict.fromkeys(s.outlet for s in sources(r) if s.outlet)), "Report.outlet"),
    Column("source_scale", "text", "National, International, both, or empty where it is not known", _scale, "sources.csv"),
    Column("notes", "text", "the words that tell it, private names masked", lambda r: " ‖ ".join(evidence(r.incident)), "Claim.words"),
    Column("fatalities", "int", "the best figure of the widest group killed; 0 where none is told", _fatalities, "Tally.best"),
    Column("tags", "text", "grade and review of ours", lambda r: f"marsad grade={r.incident.grade.value}; review={r.incident.review.state}", "Incident.grade"),
    Column("timestamp", "int", "Unix time of the latest report's day", _timestamp, "Claim.told"),
)


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    write_table(ACLED_COLUMNS, (Row(incident, release.report) for incident in incidents), out, release)


EXPORTS: Final = {"acled": Export("acled", "the 31 columns of ACLED, as CSV", ".csv", _write, ACLED_COLUMNS, happened=True)}
