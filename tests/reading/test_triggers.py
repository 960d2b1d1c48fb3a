"""Event words: whether a form that may be a verb or a noun (قصف، قتل) is the one or the other."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading.reader import set_out


@pytest.mark.parametrize(
    ("text", "word", "verbal"),
    [
        ("نزح الأهالي بينما قصف الطيران الحربي أطراف البلدة", "قصف", True),
        ("تراجعوا فيما قتل الجيش قائدهم", "قتل", True),
        ("عاد الناس بعد أن قصف الطيران الحربي السوق", "قصف", True),
        ("دفن القائد الذي قتله الجيش", "قتله", True),
        ("أكدوا أن قصف البلدة مستمر", "قصف", False),
        ("عاد الناس بعد قصف السوق", "قصف", False),
    ],
)
def test_verb_or_noun(text: str, word: str, verbal: bool) -> None:
    """بينما | قصف الطيران is a verb, بعد | قصف السوق a noun."""
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    assert [trigger.verbal for trigger in scene.triggers if trigger.form.text == word] == [verbal]
