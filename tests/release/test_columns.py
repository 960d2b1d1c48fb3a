"""The columns of ACLED, UCDP GED and HAPI: exactly theirs, and what they say of an incident."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import msgspec
import pytest

from marsad.knowledge.crosswalk import crosswalk
from marsad.model import Actor, EventDate, Incident, Tally
from marsad.release import FORMATS
from tests.release.made import NOWHERE, REPORT, exported, made, told

COLUMNS = tomllib.loads((Path(__file__).parent / "columns.toml").read_text("utf-8"))


def rows(name: str, *incidents: Incident) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(name, incidents, {**told()[1], "r1": REPORT}.get).decode(), newline="")))


@pytest.mark.parametrize("name", ["acled", "ucdp", "hapi"])
def test_the_columns_are_theirs_by_name_and_order(name: str) -> None:
    wanted = COLUMNS[name].split()
    assert len(wanted) == COLUMNS["numbers"][name]
    assert next(csv.reader(io.StringIO(exported(name, []).decode()))) == wanted == [column.name for column in FORMATS[name].columns]


def test_an_air_strike_as_acled_has_it() -> None:
    (row,) = rows("acled", made())
    assert row["event_id_cnty"] == "SYR-inc-1"
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2018-03-04", "2018", "1")
    assert (row["disorder_type"], row["event_type"], row["sub_event_type"]) == ("Political violence", "Explosions/Remote violence", "Air/drone strike")
    assert (row["inter1"], row["actor2"], row["inter2"]) == ("State forces", "Civilians (Syria)", "Civilians")
    assert row["interaction"] == "State forces-Civilians"
    assert (row["civilian_targeting"], row["iso"], row["country"], row["location"]) == ("Civilian targeting", "760", "Syria", "Douma")
    assert (float(row["latitude"]), float(row["longitude"]), row["geo_precision"]) == (33.5714, 36.4012, "1")
    assert row["fatalities"] == "5"
    assert "قصف الطيران الحربي مدينة دوما" in row["notes"]


def test_an_air_strike_as_ucdp_has_it() -> None:
    (row,) = rows("ucdp", made())
    assert (row["relid"], row["type_of_violence"], row["code_status"]) == ("inc-1", "3", "Check")
    assert [int(row[f"deaths_{side}"]) for side in ("a", "b", "civilians", "unknown")] == [0, 0, 5, 0]
    assert (row["low"], row["best"], row["high"]) == ("5", "5", "7")
    assert (row["date_start"], row["date_prec"], row["where_prec"]) == ("2018-03-04 00:00:00.000", "1", "1")
    assert (row["country"], row["country_id"], row["gwnoa"]) == ("Syria", "652", "652")
    assert row["geom_wkt"] == "POINT (36.401200 33.571400)"
    assert row["source_headline"] == "قصف على دوما"
    assert int(row["priogrid_gid"]) == 178273 == 720 * int((33.5714 + 90) * 2) + int((36.4012 + 180) * 2) + 1


def test_ucdp_counts_only_what_killed_on_a_known_day() -> None:
    assert rows("ucdp", made("inc-2", tallies=()), made("inc-3", date=EventDate(None, None, "unknown", None)), made("inc-4", type="protest"), NOWHERE) == []


def test_deaths_of_the_sides_never_exceed_the_best() -> None:
    whole = Tally("killed", None, 9, 10, None, 2, "latest_lower_median")
    parts = (Tally("killed", "civilians", 8, 8, 8, 1, "latest_lower_median"), Tally("killed", "syria-government", 4, 4, 4, 1, "latest_lower_median"))
    for tallies in ((whole, *parts), (*parts, whole), parts):
        (row,) = rows("ucdp", made(tallies=tallies))
        assert sum(int(row[f"deaths_{side}"]) for side in ("a", "b", "civilians", "unknown")) == int(row["best"])
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])


def test_what_the_samples_tell_fits_into_the_columns() -> None:
    incidents, _ = told()
    acled = rows("acled", *incidents)
    assert len(acled) >= len(incidents) * 0.8
    types = {row.acled_event for row in crosswalk().values()} | {"Protests"}
    assert {row["event_type"] for row in acled} <= types
    for row in rows("ucdp", *incidents):
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert row["type_of_violence"] in ("", "1", "2", "3")
        assert 1 <= int(row["where_prec"]) <= 6
        assert 1 <= int(row["date_prec"]) <= 5


def test_hapi_counts_by_month_area_and_type() -> None:
    elsewhere = msgspec.structs.replace(made().places[0], admin1="Idlib", admin2=None)
    soldiers = (Actor("الجيش", "syria-government", "initiator", (0, 5)), Actor("جبهة النصرة", "hts", "target", (6, 9)))
    found = rows("hapi", made("inc-1"), made("inc-2"), made("inc-3", places=(elsewhere,), actors=soldiers, tallies=()), made("inc-4", type="protest"), NOWHERE)
    cells = {(row["provider_admin1_name"], row["event_type"]): (row["events"], row["fatalities"], row["admin_level"]) for row in found}
    assert cells[("Rural Damascus", "political_violence")] == ("2", "10", "2")
    assert cells[("Rural Damascus", "civilian_targeting")] == ("2", "10", "2")
    assert cells[("Idlib", "political_violence")] == ("1", "0", "1")
    assert ("Idlib", "civilian_targeting") not in cells
    assert cells[("Rural Damascus", "demonstration")][0] == "1"
    assert {(row["reference_period_start"], row["reference_period_end"], row["location_code"]) for row in found} == {("2018-03-01", "2018-03-31", "SYR")}


def test_hapi_names_nobody() -> None:
    incidents, kept = told()
    text = exported("hapi", incidents, kept.get, internal=True).decode()
    assert not any("\u0600" <= letter <= "\u06ff" for letter in text)


def test_every_type_of_ours_has_a_line_in_the_crosswalk() -> None:
    from typing import get_args

    from marsad.model import EventType

    assert set(crosswalk()) == set(get_args(EventType))
