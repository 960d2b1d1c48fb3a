"""What locating is measured by: the suites are sound, the scorer judges as it says, and what was reached does not fall."""

from __future__ import annotations

import csv
import dataclasses
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import located

from marsad.knowledge.gazetteer import gazetteer
from marsad.model import Place, PlacePrecision

HERE = Path(__file__).resolve().parent
ROWS = [json.loads(line) for line in (HERE / "toponyms.jsonl").read_text("utf-8").splitlines()]
LEVELS = {"point", "admin1", "admin2", "region", "country"}


def test_the_suite_is_as_large_and_as_varied_as_it_says() -> None:
    assert len(ROWS) >= 320
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)
    assert sum(row["ambiguous"] for row in ROWS) >= 80
    assert sum(row.get("none", False) for row in ROWS) >= 20
    assert 0.4 <= sum(located.closed_half(row["id"]) for row in ROWS) / len(ROWS) <= 0.6
    countries = Counter(row["country"] for row in ROWS if not row.get("none"))
    assert {"SY", "IQ", "YE", "LY", "SD", "PS", "LB", "SO", "EG", "AF"} <= set(countries)
    assert max(countries.values()) <= 0.35 * len(ROWS)
    assert len({row["outlet"] for row in ROWS}) >= 30


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_toponym_is_sound(row: dict[str, Any]) -> None:
    assert row["place"] in row["text"]
    if row.get("none"):
        return
    assert set(row["precision"]) <= set(get_args(PlacePrecision))
    assert row["level"] in LEVELS
    assert gazetteer().country(row["country"]) is not None
    assert row["km"] > 0
    assert -90 <= row["lat"] <= 90
    assert -180 <= row["lon"] <= 180
    if row["level"] == "country":
        assert set(row["precision"]) <= {"country", "unknown"}


def test_each_line_of_coordinates_is_sound() -> None:
    with (HERE / "coordinates.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["report"] for row in rows}) >= 350
    assert len({(row["report"], row["place"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["level"] in LEVELS, row
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row
        assert float(row["km"]) >= 20, row


def test_the_coordinates_are_of_places_that_the_notes_tell() -> None:
    gold = {item.record["id"]: {p["name"] for e in item.gold["events"] for p in e["places"]} for item in located.annotated()}
    checked = 0
    for case in located.coordinates():
        if case.id in gold:
            checked += 1
            assert case.place in gold[case.id], (case.id, case.place)
    assert checked >= 300


A_CASE = located.Case(id="a", text="قصف الباب", date=None, outlet=None, place="الباب", none=False, lat=36.37, lon=37.52, km=20.0, level="point", country="SY")
A_PLACE = Place("الباب", "at", None, None, "Aleppo", "SY", (4, 9), lat=36.37, lon=37.52, precision="settlement")


def a_case(**changes: Any) -> located.Case:
    return dataclasses.replace(A_CASE, **changes)


def a_place(**changes: Any) -> Place:
    return msgspec.structs.replace(A_PLACE, **changes)


@pytest.mark.parametrize(
    ("case", "place", "wanted"),
    [
        ({}, {}, "right"),
        ({}, {"lat": 36.54}, "right"),  # 19 km
        ({}, {"lat": 36.56}, "far"),  # 21 km
        ({"km": 40.0}, {"lat": 36.56}, "right"),
        ({}, {"lat": 33.5, "country": "LB"}, "wrong country"),
        ({}, {"lat": None, "lon": None, "precision": "unknown"}, "not located"),
        ({"precision": ("settlement",)}, {}, "right"),
        ({"precision": ("settlement",)}, {"precision": "admin1"}, "wrong precision"),
        ({"precision": ("unknown", "country")}, {"lat": None, "lon": None, "precision": "unknown"}, "right"),
        ({"precision": ("settlement",), "km": 5.0}, {"lat": 36.5}, "far"),
        ({"level": "admin1", "area": "Aleppo", "km": 94.0}, {"lat": 35.2}, "right"),  # far from the middle, in the area
        ({"level": "admin1", "area": "Aleppo", "km": 94.0}, {"lat": 35.2, "admin1": "Hama"}, "far"),
    ],
)
def test_verdicts(case: dict[str, Any], place: dict[str, Any], wanted: str) -> None:
    assert located.judged(a_case(**case), [a_place(**place)]).verdict == wanted


def test_a_name_that_is_no_place_is_right_without_a_point() -> None:
    case = a_case(none=True)
    assert located.judged(case, []).verdict == "right"
    assert located.judged(case, [a_place(lat=None, lon=None)]).verdict == "right"
    assert located.judged(case, [a_place()]).verdict == "placed"


def test_a_place_that_was_not_read_is_a_miss_of_its_own() -> None:
    missed, right = located.judged(a_case(), []), located.judged(a_case(), [a_place()])
    assert located.figures("s", [missed, right]) == {"s: right": 0.5, "s: right of read": 1.0}


def test_the_whole_name_goes_before_a_part_of_it() -> None:
    reading = located.read(located.Report.from_text("قصفت طائرات مدينة الباب أمس وقتل شخص.", date="2017-02-01"))
    at = reading.text.index("الباب")
    part, whole = a_place(span=(at, at + 3)), a_place(span=(at, at + 5))
    event = msgspec.structs.replace(reading.events[0], places=(part, whole))
    told = located.told_as(a_case(text=reading.text), msgspec.structs.replace(reading, events=(event,)))
    assert [p.span for p in told] == [whole.span, part.span]


def test_what_was_reached_does_not_fall() -> None:
    if not (located.SHARED / "corpus").is_dir():
        pytest.skip("the agency reports are not here: name their folder with MARSAD_SHARED")
    _, shares = located.measure()
    assert set(shares) == set(located.floors())
    assert not located.below(shares)
