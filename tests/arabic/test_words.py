"""The tokens of a part of a text, taken from those of the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic.words import tokenise, tokens_between

PIECES = ["قصف", "وَقصفتِ", "12", "1,500", "2.5", "«", "»", ".", "،", " ", "\n", "\u200f", "ـ", "RT", "لِ", "١٢٫٥", "😀"]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text(max_size=40), st.data())
def test_a_part_has_the_tokens_that_it_has_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert tokens_between(text, start, end) == tokenise(text[start:end]).forms
