"""The forms of verbs: what the passive of each kind of verb looks like when it is written without vowels."""

import pytest

from marsad.arabic.morphology import verb_forms


@pytest.mark.parametrize(
    ("past", "present", "form", "voice"),
    [
        ("ألقى", "يلقي", "القيت", "passive"),  # ألقيت قنبلة
        ("سوى", "يسوي", "سويت", "passive"),  # سويت أوضاعهم
        ("أجلى", "يجلي", "اجليتا", "passive"),
        ("ألقى", "يلقي", "القي", "either"),  # ألقى, ألقي
        ("دعا", "يدعو", "دعيت", "passive"),
        ("قال", "يقول", "قيلت", "passive"),
        ("هاجم", "يهاجم", "هوجمت", "passive"),
        ("اغتال", "يغتال", "اغتيلوا", "passive"),
        ("أنشأ", "ينشئ", "انشيت", "passive"),  # أنشئت لجنة
        ("فاجأ", "يفاجئ", "فوجي", "passive"),
    ],
)
def test_the_past_tells_by_its_letters_who_did_or_suffered(past: str, present: str, form: str, voice: str) -> None:
    assert [info.voice for text, info in verb_forms(past, present) if text == form and info.tense == "past" and info.person == "3"] == [voice]


@pytest.mark.parametrize(
    ("past", "present", "form"),
    [("أذن", "يأذن", "يوذن"), ("أخذ", "يأخذ", "توخذ"), ("أسر", "يأسر", "يوسرون"), ("أنشأ", "ينشئ", "تنشا"), ("قال", "يقول", "يقال"), ("دعا", "يدعو", "يدعي")],
)
def test_the_present_tells_by_its_letters_who_suffers(past: str, present: str, form: str) -> None:
    """لم يُؤذن لهم is of أذن, تُنشأ لجنة of أنشأ."""
    assert [info.voice for text, info in verb_forms(past, present) if text == form] == ["passive"]


def test_no_form_is_given_twice_with_one_meaning() -> None:
    for past, present in (("ألقى", "يلقي"), ("رمى", "يرمي"), ("كتب", "يكتب"), ("نجا", "ينجو")):
        found = [(text, info.tense, info.person, info.gender, info.number) for text, info in verb_forms(past, present)]
        assert len(found) == len(set(found))
