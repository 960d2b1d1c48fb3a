"""What holds for every text: it is read, its spans lie in it and say what their fields say, twice gives the same, and it costs its length."""

from __future__ import annotations

import datetime
import gzip
import json
import time
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.intake import Fault, Intake, take_in
from marsad.knowledge import vocabulary
from marsad.model import Event, Reading, Report, reading_schema
from marsad.reading import explain, read

VALIDATOR = jsonschema.Draft202012Validator(reading_schema())
SLOWLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = sorted({w for entry in vocabulary.events() for sentence in (entry.example, *entry.refuted) for w in sentence.split()})
MARKS = [
    "،",
    ".",
    "\n",
    "\n\n",
    "«",
    "»",
    '"',
    "(",
    ")",
    ":",
    "؛",
    "؟",
    "!",
    "-",
    "#",
    "_",
    "12",
    "١٢",
    "2018",
    "¹",
    "²3",
    "½",
    "९",
    "1" * 5000,
    "9" * 30,
    "3/12/2018",
    "3.12.2018",
    "99999/1/1",
    "%",
    "و",
    "أن",
    "أمس",
    "اليوم",
    "لم",
    "قد",
    "من",
    "في",
    "\u200f",
    "\u064e",
    "ـ",
]
ARABIC = st.text(st.characters(min_codepoint=0x0600, max_codepoint=0x06FF), max_size=60)
NEWSLIKE = st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS) | ARABIC.filter(bool), max_size=80).map(" ".join)
GLUED = st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS), max_size=40).map("".join)
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)  # lone surrogates and all controls among them
TEXTS = NEWSLIKE | GLUED | ANY | ARABIC
DAYS = st.none() | st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31))


def spans_of(event: Event) -> list[tuple[int, int]]:
    """Every span of an event."""
    found = [event.location_of_evidence, *event.mentions, event.date.span, event.source.span]
    found += [field.span for field in (*event.places, *event.actors, *event.counts)]
    found += [c.source.span for c in event.counts if c.source is not None]
    return [span for span in found if span is not None]


def check(reading: Reading, text: str) -> None:
    """All that must hold of a reading of `text`."""
    assert len(reading.text) == len(text)
    for mark in reading.residue:
        assert 0 <= mark.span[0] < mark.span[1] <= len(text)
    for event in reading.events:
        for begin, end in spans_of(event):
            assert 0 <= begin < end <= len(text)
            assert reading.text[begin:end].strip()
        sources = [event.source, *(c.source for c in event.counts if c.source is not None)]
        for field in (*event.places, *event.actors, *sources):
            if field.span is not None:
                assert reading.text[slice(*field.span)] == field.name
        assert event.source.span is not None or event.source.kind == "outlet"
        assert event.mentions
        for mention in event.mentions:
            for mark in reading.residue:
                assert mention[1] <= mark.span[0] or mark.span[1] <= mention[0], "an event was read in residue"
        for count in event.counts:
            assert count.min >= 0
            assert count.max is None or count.max >= count.min
        assert (event.date.start is None) == (event.date.end is None)
        if event.date.start is not None and event.date.end is not None:
            assert event.date.start <= event.date.end
    VALIDATOR.validate(json.loads(msgspec.json.encode(reading)))


@SLOWLY
@given(TEXTS, DAYS)
def test_any_text_is_read_and_every_span_says_its_field(text: str, day: datetime.date | None) -> None:
    check(read(Report.from_text(text, date=day, outlet="شبكة")), text)


@SLOWLY
@given(TEXTS, DAYS)
def test_reading_twice_gives_the_same(text: str, day: datetime.date | None) -> None:
    report = Report.from_text(text, date=day)
    assert msgspec.json.encode(read(report)) == msgspec.json.encode(read(report))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, DAYS)
def test_an_explanation_is_of_the_same_reading(text: str, day: datetime.date | None) -> None:
    report = Report.from_text(text, date=day)
    reading, why = explain(report)
    assert reading == read(report)
    assert len(why) == len(reading.events)


def test_what_was_read_before_does_not_matter(samples: Path) -> None:
    """Readings do not depend on the order in which reports come, nor on what the process has seen."""
    reports = [item for item in take_in(Intake((str(samples),))) if not isinstance(item, Fault)]
    forwards = {r.id: msgspec.json.encode(read(r)) for r in reports}
    assert {r.id: msgspec.json.encode(read(r)) for r in reversed(reports)} == forwards


def test_the_samples_hold_every_property(samples: Path) -> None:
    for item in take_in(Intake((str(samples),))):
        assert not isinstance(item, Fault)
        check(read(item), item.text)


def test_the_shared_corpus_holds_every_property(shared: Path) -> None:
    for name in ("agency-2018.jsonl", "quiet-2018.jsonl"):
        with (shared / "corpus" / name).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % 5 == 0:
                    record: dict[str, Any] = json.loads(line)
                    check(read(Report.from_text(record["text"], date=record.get("date"), outlet=record.get("source"))), record["text"])


@pytest.mark.slow
def test_every_report_of_two_outlets_is_read(shared: Path) -> None:
    """About 9,760 reports on everything, none chosen: none may stop the reading, and every span says its field."""
    with gzip.open(shared / "corpus" / "agency-2018-all.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record: dict[str, Any] = json.loads(line)
            check(read(Report.from_text(record["text"], id=record["id"], date=record.get("date"), outlet=record.get("source"))), record["text"])


# --- the cost of a text is its length

STEP = 8
"""The longer text is so many times as long as the shorter one; a cost that grew with the square would be so many times as high a letter."""


def cost(text: str) -> float:
    """Seconds of this process for reading `text` once, the quicker of two times."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read(Report.from_text(text, date="2018-12-03"))
        times.append(time.process_time() - start)
    return min(times)


@pytest.fixture(scope="module")
def news(samples: Path) -> str:
    """The text of all samples, about 20,000 letters."""
    return "\n\n".join(item.text for item in take_in(Intake((str(samples),))) if not isinstance(item, Fault))


def test_cost_of_reports_grows_with_their_length(news: str) -> None:
    short = news[:12_000]
    read(Report.from_text(news))  # what is worked out once a form is not counted
    assert cost(short * STEP) / STEP < 3 * cost(short)


@pytest.mark.parametrize("piece", ["قصف", "قصف ", "قصفت قوات النظام ", "و", "(", "«قال ", "12 ", "أمس ", "من بينهم ", "\u064e", "، ", ". ", "\n"], ids=repr)
def test_cost_of_anything_repeated_grows_with_its_length(piece: str) -> None:
    """A ratio of 4 where a square would give 8 and more; below two milliseconds a step nothing is measured."""
    short = piece * (4_000 // len(piece))
    assert cost(short * STEP) / STEP < max(4 * cost(short), 0.002)


def test_nothing_that_looks_like_a_figure_stops_the_reading() -> None:
    figures = [
        "¹",
        "²³",
        "½",
        "९९",
        "①",
        "٣¾",
        "1" * 5000,
        "1." * 3000,
        "3/" * 3000,
        "٩" * 30,
        "12:" * 50,
        "1e999",
        "०/०/००००",
        "0/0/0000",
        "99/99/9999",
        "31/2/2018",
    ]
    for figure in figures:
        for text in (
            figure,
            f"قتل {figure} مدنيا",
            f"في {figure} يناير",
            f"{figure} يناير 2018",
            f"عام {figure}",
            f"قبل {figure} يوما",
            f"بين {figure} و{figure} قتيلا",
            f"يوم السبت {figure}",
        ):
            check(read(Report.from_text(text, date="2018-06-15")), text)
