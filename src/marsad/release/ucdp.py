"""The 49 columns of UCDP GED, so that what reads GED reads these.

Only organised violence that killed somebody is in it, as UCDP defines an event. The ids of conflicts, dyads and sides are UCDP's own and stay empty;
`best` is a figure that somebody stated; `deaths_*` are the told figures of each side as far as they fit into it, the rest is `deaths_unknown`.
Source: UCDP GED Codebook 24.1; PRIO-GRID cells of half a degree.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable
from typing import IO, Any, Final

from marsad.knowledge.crosswalk import country_codes, country_names, crosswalk
from marsad.model import Incident, Report
from marsad.release.columns import Column, Row, independent, located, sources, widest
from marsad.release.delimited import write_table
from marsad.release.formats import Export, Release
from marsad.release.parties import Party, is_civil, of_party, sides

_WHERE: Final = {"exact": 1, "settlement": 1, "neighbourhood": 1, "near": 2, "admin3": 3, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "unknown": 6}


def counted(incident: Incident) -> bool:
    """Whether UCDP's definition takes it in: organised violence with at least one death."""
    killed = widest(incident, "killed")
    return crosswalk()[incident.type].ucdp == "yes" and killed is not None and killed.best > 0 and incident.date.start is not None


def deaths(incident: Incident) -> tuple[int, int, int, int]:
    """Deaths of (side a, side b, civilians, unknown); they add up to `best`, the widest group's."""
    tallies = [tally for tally in incident.tallies if tally.what == "killed"]
    left = max((tally.best for tally in tallies), default=0)
    did, hit = sides(incident)
    tests: tuple[Callable[[str | None], bool], ...] = (
        lambda who: bool(did) and any(of_party(who, one) for one in did),
        lambda who: bool(hit) and not is_civil(who) and any(of_party(who, one) for one in hit),
        is_civil,
    )
    parts = []
    for test in tests:
        part = min(left, max((tally.best for tally in tallies if tally.who and test(tally.who)), default=0))
        parts.append(part)
        left -= part
    return parts[0], parts[1], parts[2], left


def violence(incident: Incident) -> int | None:
    """1 a state's, 2 between others, 3 against civilians; None where the sides do not tell."""
    did, hit = sides(incident)
    if hit and all(one.civil for one in hit):
        return 3
    if any(one.state for one in (*did, *hit)):
        return 1
    return 2 if did and hit else None


def _name(row: Row, side: int) -> str:
    parties: list[Party] = sides(row.incident)[side]
    return "; ".join(one.name for one in parties)


def _dyad(row: Row) -> str:
    names = [name for name in (_name(row, 0), _name(row, 1)) if name]
    return " - ".join(names)


def _joined(row: Row, told: Callable[[Report], Any]) -> str:
    return ";".join(str(told(report) or "").replace(";", ",") for report in sources(row))


def _place(row: Row, field: str) -> Any:
    place = located(row.incident)
    return getattr(place, field) if place else None


def _codes(row: Row, field: str) -> str:
    codes = country_codes().get(_place(row, "country") or "")
    return getattr(codes, field) if codes else ""


def _state_number(row: Row, side: int) -> str:
    state = next((one for one in sides(row.incident)[side] if one.state and one.home), None)
    codes = country_codes().get(state.home) if state else None
    return codes.gleditsch_ward if codes else ""


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: 720 cells a row, rows from the south, columns from the west, counted from 1."""
    row = min(359, math.floor((lat + 90) * 2))
    column = min(719, math.floor((lon + 180) * 2))
    return row * 720 + column + 1


def _cell(row: Row) -> int | None:
    lat, lon = _place(row, "lat"), _place(row, "lon")
    return None if lat is None or lon is None else priogrid(lat, lon)


def _wkt(row: Row) -> str:
    lat, lon = _place(row, "lat"), _place(row, "lon")
    return "" if lat is None or lon is None else f"POINT ({lon:.6f} {lat:.6f})"


def _date_precision(row: Row) -> int:
    """1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    date = row.incident.date
    if date.start is None or date.end is None:
        return 5
    days = (date.end - date.start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def _day(day: Any) -> str:
    return f"{day} 00:00:00.000" if day else ""


def _killed(row: Row, bound: str) -> int:
    tally = widest(row.incident, "killed")
    assert tally is not None
    told = getattr(tally, bound)
    return tally.best if told is None else int(told)


def _number(row: Row) -> int:
    return int.from_bytes(hashlib.sha256(row.incident.id.encode()).digest()[:6], "big")


def _empty(_: Row) -> str:
    return ""


def _own(name: str) -> Column:
    return Column(name, "text", "an id or flag of UCDP's own; not filled", _empty)


UCDP_COLUMNS: Final[tuple[Column, ...]] = (
    Column("id", "int", "a number made from the incident's id (48 bits of its SHA-256)", _number, "Incident.id"),
    Column("relid", "text", "the incident's id", lambda r: r.incident.id, "Incident.id"),
    Column("year", "int", "year of the first day", lambda r: r.incident.date.start.year if r.incident.date.start else None, "EventDate.start"),
    _own("active_year"),
    Column(
        "code_status",
        "text",
        "Clear where an editor confirmed it, else Check",
        lambda r: "Clear" if r.incident.review.state == "confirmed" else "Check",
        "Review.state",
    ),
    Column(
        "type_of_violence",
        "int",
        "1 a state is a side, 2 none is, 3 against civilians; empty where sides are not told",
        lambda r: violence(r.incident),
        "actors.csv",
    ),
    _own("conflict_dset_id"),
    _own("conflict_new_id"),
    Column(
        "conflict_name",
        "text",
        "the country and the dyad",
        lambda r: ": ".join(x for x in (country_names().get(_place(r, "country") or "", ""), _dyad(r)) if x),
        "Actor.id",
    ),
    _own("dyad_dset_id"),
    _own("dyad_new_id"),
    Column("dyad_name", "text", "side a - side b", _dyad, "Actor.id"),
    _own("side_a_dset_id"),
    _own("side_a_new_id"),
    Column("side_a", "text", "who did it", lambda r: _name(r, 0), "Actor.id"),
    _own("side_b_dset_id"),
    _own("side_b_new_id"),
    Column("side_b", "text", "who was hit", lambda r: _name(r, 1), "Actor.id"),
    Column("number_of_sources", "int", "reports, copies of one text counted once", lambda r: independent(r.incident), "Incident.copies"),
    Column(
        "source_article",
        "text",
        "outlet, day and title of each report",
        lambda r: _joined(r, lambda s: f'"{s.outlet or ""},{s.date or ""},{s.title or ""}"'),
        "Report",
    ),
    Column("source_office", "text", "outlet of each report", lambda r: _joined(r, lambda s: s.outlet), "Report.outlet"),
    Column("source_date", "text", "day of each report", lambda r: _joined(r, lambda s: s.date), "Report.date"),
    Column("source_headline", "text", "title of each report, private names masked", lambda r: _joined(r, lambda s: s.title), "Report.title"),
    Column(
        "source_original",
        "text",
        "who says so",
        lambda r: ";".join(dict.fromkeys(c.asserter.name or "" for c in r.incident.claims if c.asserter.name)),
        "Claim.asserter",
    ),
    Column(
        "where_prec",
        "int",
        "1 the place, 2 near it, 3 and 4 its area, 5 a region, 6 its country",
        lambda r: _WHERE[_place(r, "precision") or "unknown"],
        "Place.precision",
    ),
    Column("where_coordinates", "text", "the place that the point stands for", lambda r: _place(r, "name_en") or _place(r, "name"), "Place.name_en"),
    Column("where_description", "text", "all places, as written", lambda r: ", ".join(dict.fromkeys(p.name for p in r.incident.places)), "Incident.places"),
    Column("adm_1", "text", "first-level area", lambda r: _place(r, "admin1"), "Place.admin1"),
    Column("adm_2", "text", "second-level area", lambda r: _place(r, "admin2"), "Place.admin2"),
    Column("latitude", "float", "degrees north, WGS 84", lambda r: _place(r, "lat"), "Place.lat"),
    Column("longitude", "float", "degrees east", lambda r: _place(r, "lon"), "Place.lon"),
    Column("geom_wkt", "text", "the point, longitude first", _wkt, "Place.lon"),
    Column("priogrid_gid", "int", "cell of PRIO-GRID", _cell, "Place.lat"),
    Column("country", "text", "English name of the country", lambda r: country_names().get(_place(r, "country") or "", ""), "Place.country"),
    Column("country_id", "text", "Gleditsch and Ward's number of the country", lambda r: _codes(r, "gleditsch_ward"), "country_codes.csv"),
    Column("region", "text", "UCDP's region", lambda r: _codes(r, "ucdp_region"), "country_codes.csv"),
    Column(
        "event_clarity",
        "int",
        "1 where the day is told, 2 where it is a longer time",
        lambda r: 1 if r.incident.date.precision == "day" else 2,
        "EventDate.precision",
    ),
    Column("date_prec", "int", "1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer", _date_precision, "EventDate"),
    Column("date_start", "text", "first day", lambda r: _day(r.incident.date.start), "EventDate.start"),
    Column("date_end", "text", "last day", lambda r: _day(r.incident.date.end), "EventDate.end"),
    Column("deaths_a", "int", "told deaths of side a, as far as they fit into `best`", lambda r: deaths(r.incident)[0], "Tally.best"),
    Column("deaths_b", "int", "the same of side b", lambda r: deaths(r.incident)[1], "Tally.best"),
    Column("deaths_civilians", "int", "the same of civilians", lambda r: deaths(r.incident)[2], "Tally.best"),
    Column("deaths_unknown", "int", "what is left of `best`", lambda r: deaths(r.incident)[3], "Tally.best"),
    Column("best", "int", "deaths of the widest group that is counted: a figure that somebody stated", lambda r: _killed(r, "best"), "Tally.best"),
    Column("high", "int", "most deaths told; `best` where a claim leaves it open", lambda r: max(_killed(r, "high"), _killed(r, "best")), "Tally.high"),
    Column("low", "int", "fewest deaths told", lambda r: _killed(r, "low"), "Tally.low"),
    Column("gwnoa", "text", "number of the state on side a", lambda r: _state_number(r, 0), "country_codes.csv"),
    Column("gwnob", "text", "number of the state on side b", lambda r: _state_number(r, 1), "country_codes.csv"),
)


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    write_table(UCDP_COLUMNS, (Row(incident, release.report) for incident in incidents if counted(incident)), out, release)


EXPORTS: Final = {"ucdp": Export("ucdp", "the 49 columns of UCDP GED, as CSV: violence that killed", ".csv", _write, UCDP_COLUMNS, happened=True)}
