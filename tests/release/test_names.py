"""Persons' names: towns that are called like persons, bodies that are called after them, and the dead and the held, who are to be left out."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge.persons import figure_rows, figures
from marsad.release.names import names

_CASES = list(csv.DictReader((Path(__file__).parent / "names.tsv").read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
_WORDS = "محمد أحمد أبو بن عبد الله الأسد قتل الطفل الشيخ حي كتائب في ( 22 عاما ) ، . : الحلبي لميس وقال على علي باسم أسماء".split()


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:40] for case in _CASES])
def test_who_is_private_in_a_sentence(case: dict[str, str]) -> None:
    text = case["text"]
    assert [text[n.start : n.end] for n in names(text) if not n.public] == [name for name in (case["private"] or "").split("|") if name]


@given(st.lists(st.sampled_from(_WORDS), max_size=30))
def test_names_stand_in_order_and_apart_and_begin_and_end_with_a_letter(words: list[str]) -> None:
    text = " ".join(words)
    found = names(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= n.start < n.end <= len(text) and text[n.start].isalpha() and text[n.end - 1].isalpha() for n in found)


@given(st.text(max_size=200))
def test_no_text_stops_it(text: str) -> None:
    names(text)


@pytest.mark.parametrize("row", figure_rows(), ids=[row.id for row in figure_rows()])
def test_every_public_figure_is_public_in_a_sentence(row: object) -> None:
    name = row.name_ar  # type: ignore[attr-defined]
    text = f"وقال {name} في بيان أمس"
    assert [n for n in names(text) if not n.public] == []


def test_a_listed_short_name_is_private_where_somebody_private_of_that_name_stands_in_the_report() -> None:
    assert all(n.public for n in names("وقال العقيد المالكي إن الصاروخ اعترض"))
    text = "أصيب المزارع سعد المالكي أمس. وقال المالكي إن القذيفة سقطت"
    assert [text[n.start : n.end] for n in names(text) if not n.public] == ["سعد المالكي", "المالكي"]


def test_no_public_figure_is_without_an_office_or_twice_in_the_list() -> None:
    rows = figure_rows()
    assert len({row.id for row in rows}) == len(rows) >= 400
    assert all(row.office for row in rows)
    assert len(figures()) >= len(rows)


def test_most_of_a_report_stays_as_it_was(shared: Path) -> None:
    """A name finder that masks everything would pass the cases; over real reports no more than some words in a hundred may be names."""
    lines = (shared / "corpus" / "agency-2018.jsonl").read_text("utf-8").splitlines()[:200]
    texts = [json.loads(line)["text"] for line in lines]
    masked = sum(n.end - n.start for text in texts for n in names(text) if not n.public)
    assert 0.002 < masked / sum(map(len, texts)) < 0.03
