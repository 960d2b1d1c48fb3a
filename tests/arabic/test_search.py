"""Search as people type it: a table of cases; whatever stands in a text is found by typing it; an index of terms answers as the text does."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic.search import LONGEST, query, terms
from marsad.arabic.words import tokenise

_CASES = list(csv.DictReader((Path(__file__).parent / "search.tsv").read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
_LETTERS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئـًّ ", min_size=1, max_size=60)


@pytest.mark.parametrize("case", _CASES, ids=[f"{case['query']}|{case['text']}" for case in _CASES])
def test_a_query_finds_what_a_reader_would_call_the_same_words(case: dict[str, str]) -> None:
    assert query(case["query"]).matches(case["text"]) == (case["found"] == "yes")


@given(_LETTERS)
def test_each_word_of_a_text_is_found_by_typing_it(text: str) -> None:
    words = tokenise(text)
    for word in words:
        typed = text[word.start : word.end]
        assert query(f'"{typed}"').matches(text), typed


@given(_LETTERS, _LETTERS)
def test_the_index_of_terms_answers_as_the_text_does(text: str, asked: str) -> None:
    found = query(asked)
    stored = set(terms(text))
    by_index = bool(found.clauses) and all(clause.terms[0] in stored for clause in found.clauses)
    if found.exact:
        assert by_index == found.matches(text)


@given(st.text(max_size=80))
def test_no_query_is_an_error_and_no_term_is_too_long(typed: str) -> None:
    query(typed).matches(typed)
    assert all(0 < len(term) <= LONGEST for term in terms(typed))


def test_a_field_narrows_a_word_to_it() -> None:
    report = {"title": "قصف على إدلب", "text": "قتل ثلاثة", "outlet": "رويترز"}
    assert query("عنوان:قصف").matches(report)  # type: ignore[arg-type]
    assert not query("نص:قصف").matches(report)  # type: ignore[arg-type]
    assert query("outlet:رويترز قتل").matches(report)  # type: ignore[arg-type]
    assert query("unknown:قصف").clauses[0].field is None


def test_spans_show_the_words_that_were_found() -> None:
    text = "استهدفت قواتُ النّظام البلدةَ بقصفها، في أبو كمال"
    shown = [text[start:end] for start, end in query('قصف "قوات النظام" البوكمال').spans(text)]
    assert shown == ["قواتُ النّظام", "بقصفها", "أبو كمال"]
