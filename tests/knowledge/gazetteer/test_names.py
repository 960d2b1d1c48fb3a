"""Names as they are written: which spellings are one name, and how closely."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge.gazetteer import names

PAIRS = list(csv.DictReader((Path(__file__).parent / "names.tsv").read_text("utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['one']}={pair['other']}")
def test_spellings(pair: dict[str, str]) -> None:
    one, other = pair["one"], pair["other"]
    if names.strict(one) == names.strict(other):
        found = "exact"
    elif names.close(one) == names.close(other):
        found = "close"
    else:
        found = "loose" if names.loose(one) == names.loose(other) else "no"
    assert found == pair["same"], (names.keys(one), names.keys(other))


@given(st.text(max_size=60))
def test_any_text_has_forms_or_none(text: str) -> None:
    form = names.keys(text)
    assert form is None or (form[0] and form[1])


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ 12", min_size=1, max_size=30))
def test_a_form_is_coarser_than_the_one_before(text: str) -> None:
    """What is equal strictly is equal closely, and what is equal closely is equal loosely."""
    form = names.keys(text)
    if form is not None:
        again = names.keys(form[0])
        assert again is not None
        assert again[0] == form[0]
        assert names.close(form[0]) == names.close(text)
        assert names.loose(names.strict(text)) == names.loose(text)


@pytest.mark.parametrize("name", ["", "   ", "***", "Москва", "北京", "א", "x" * 300])
def test_what_has_no_form(name: str) -> None:
    assert names.keys(name) is None
