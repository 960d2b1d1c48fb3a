"""The table: every value stands in it, nothing commands the terminal, and no line leaves an isolate open."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from marsad.intake import Fault, Intake, take_in
from marsad.model import Report
from marsad.reading import explain, read
from marsad.table import isolated, plain, table_of


def sample_readings(samples: Path) -> list[bytes]:
    return [msgspec.json.encode(read(item)) for item in take_in(Intake((str(samples),))) if not isinstance(item, Fault)]


@pytest.mark.parametrize("width", [40, 80, 129, 130, 200])
def test_lines_are_balanced_and_not_too_long(samples: Path, width: int) -> None:
    from rich.cells import cell_len

    for content in sample_readings(samples):
        for line in table_of(content, None, width).splitlines():
            assert line.count("\u2068") == line.count("\u2069"), line
            assert cell_len(line) <= max(width, 40) + 60, line  # a name that has no place to break may stand out


@pytest.mark.parametrize("width", [130, 80])
def test_every_event_stands_in_the_table(samples: Path, width: int) -> None:
    for content in sample_readings(samples):
        reading = msgspec.json.decode(content)
        table = table_of(content, None, width)
        assert reading["id"] in table
        for event in reading["events"]:
            assert event["type"] in table
            assert event["source"]["kind"] in table


def test_no_events_are_said() -> None:
    assert "no events · لا أحداث" in table_of(msgspec.json.encode(read(Report.from_text("طقس جميل اليوم"))), None, 80)


def test_reasons_stand_below_their_event() -> None:
    reading, why = explain(Report.from_text("قصفت قوات النظام بلدة كفرزيتا أمس", date="2018-05-04"))
    shown = table_of(msgspec.json.encode(reading), why, 200)
    assert "events.toml: قصف" in shown
    assert "[actors.csv: syria-government]" in shown


@pytest.mark.parametrize("words", ["a\x1b[31mb", "a\u202eb", "a\u2066b\u2069", "a\x07b", "a\x9b31mb", "a\x7fb"])
def test_controls_are_shown_as_nothing(words: str) -> None:
    assert "\x1b" not in plain(words)
    assert all(c.isprintable() for c in plain(words))
    assert isolated(words)[1:-1] == plain(words)
