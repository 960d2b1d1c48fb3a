"""Search as people type it: a table of cases; whatever stands in a text is found by typing it; an index of terms answers as the text does."""

from __future__ import annotations

import csv
from itertools import pairwise
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


_ASKED = st.lists(
    st.sampled_from(["قصف", '"قوات النظام"', "ابو كمال", "-ادلب", "غار*", '"قصف مد*"', "عبدالله", "نصر الله", "عنوان:حلب", "السورية", "كفر زيتا"]), max_size=4
)
_TOLD = st.lists(
    st.sampled_from("قصفت قوات النظام بالمدفعية أبو كمال البوكمال إدلب غارات مدفعي عبد الله حسن نصرالله سورية كفرزيتا ، . كفر زيتا والقصف".split()), max_size=14
)


@given(_TOLD, _ASKED)
def test_the_index_misses_nothing_that_the_text_has(told: list[str], asked: list[str]) -> None:
    text, wanted = " ".join(told), query(" ".join(asked))
    stored = terms(text)
    if wanted.matches({"title": text, "text": text}):
        for clause in wanted.clauses:
            if not clause.excluded:
                assert all(term in stored or (clause.prefix and any(one.startswith(term) for one in stored)) for term in clause.terms)


@given(_TOLD, _ASKED)
def test_spans_lie_in_the_text_in_order_and_apart_and_are_there_where_it_matches(told: list[str], asked: list[str]) -> None:
    text, wanted = " ".join(told), query(" ".join(asked))
    spans = wanted.spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    if wanted.matches(text):
        assert spans


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
