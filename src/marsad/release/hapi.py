"""The 19 columns of HDX HAPI's conflict events: numbers of events and deaths by month, area and type.

An incident counts as `political_violence` or `demonstration`; one whose target are civilians counts as `civilian_targeting` besides, as in HAPI, so
that the three are not to be added up. Areas carry OCHA's codes where we have them. It names nobody.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final, NamedTuple

from marsad.knowledge.crosswalk import area_codes, country_codes, crosswalk
from marsad.model import Incident
from marsad.release.columns import Column, located, widest
from marsad.release.delimited import write_lines
from marsad.release.formats import Export, Release
from marsad.release.parties import sides


class Cell(NamedTuple):
    """What is counted together: a month, an area, a type."""

    country: str
    admin1: str
    admin2: str
    month: datetime.date
    event_type: str


def cells(incidents: Iterable[Incident]) -> dict[Cell, tuple[int, int]]:
    """(events, fatalities) by cell. An incident without a day or a country is in none."""
    table: dict[Cell, tuple[int, int]] = {}
    for incident in incidents:
        for cell in _cells(incident):
            events, fatalities = table.get(cell, (0, 0))
            killed = widest(incident, "killed")
            table[cell] = events + 1, fatalities + (killed.best if killed else 0)
    return table


def _cells(incident: Incident) -> Iterator[Cell]:
    kind = crosswalk()[incident.type].hapi
    place, day = located(incident), incident.date.start
    if not kind or place is None or place.country is None or day is None:
        return
    at = (place.country, place.admin1 or "", (place.admin2 or "") if place.admin1 else "", day.replace(day=1))
    yield Cell(*at, kind)
    if kind == "political_violence" and any(one.civil for one in sides(incident)[1]):
        yield Cell(*at, "civilian_targeting")


def _not_a_row(_: Any) -> None:
    return None


def _column(name: str, meaning: str, kind: Any = "text", source: str = "") -> Column:
    return Column(name, kind, meaning, _not_a_row, source)


HAPI_COLUMNS: Final[tuple[Column, ...]] = (
    _column("location_code", "ISO 3166-1 alpha-3 of the country", source="country_codes.csv"),
    _column("has_hrp", "not filled: whether the country has a response plan differs by year"),
    _column("in_gho", "not filled"),
    _column("provider_admin1_name", "first-level area, as the gazetteer calls it", source="Place.admin1"),
    _column("provider_admin2_name", "second-level area, as the gazetteer calls it", source="Place.admin2"),
    _column("admin1_code", "OCHA's code of it", source="places/areas/"),
    _column("admin1_name", "its name, where it has a code", source="places/areas/"),
    _column("admin2_code", "OCHA's code of it", source="places/areas/"),
    _column("admin2_name", "its name, where it has a code", source="places/areas/"),
    _column("admin_level", "2, 1 or 0: the finest of these that is known", "int"),
    _column("event_type", "political_violence, civilian_targeting (part of the former), demonstration", source="crosswalk.csv"),
    _column("events", "number of incidents", "int", "Incident"),
    _column("fatalities", "sum over incidents of the best figure of those killed", "int", "Tally.best"),
    _column("reference_period_start", "first day of the month", "date", "EventDate.start"),
    _column("reference_period_end", "last day of the month", "date", "EventDate.start"),
    _column("dataset_hdx_id", "not filled"),
    _column("resource_hdx_id", "not filled"),
    _column("warning", "what is not known of the area"),
    _column("error", "not filled"),
)


def _line(cell: Cell, events: int, fatalities: int) -> list[Any]:
    codes, country = area_codes(), country_codes().get(cell.country)
    first = codes.get((cell.country, "", cell.admin1), "")
    second = codes.get((cell.country, cell.admin1, cell.admin2), "") if cell.admin2 else ""
    last = cell.month.replace(day=calendar.monthrange(cell.month.year, cell.month.month)[1])
    lacking = [name for name, told, code in (("admin1", cell.admin1, first), ("admin2", cell.admin2, second)) if told and not code]
    return [
        country.iso3 if country else cell.country, "", "", cell.admin1, cell.admin2,
        first, cell.admin1 if first else "", second, cell.admin2 if second else "",
        2 if cell.admin2 else 1 if cell.admin1 else 0, cell.event_type, events, fatalities, cell.month, last, "", "",
        "; ".join(f"no code for {name}" for name in lacking), "",
    ]  # fmt: skip


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    table = cells(incidents)
    write_lines([column.name for column in HAPI_COLUMNS], (_line(cell, *table[cell]) for cell in sorted(table)), out, release)


EXPORTS: Final = {
    "hapi": Export("hapi", "the 19 columns of HDX HAPI's conflict events: sums by month and area, as CSV", ".csv", _write, HAPI_COLUMNS, happened=True)
}
