"""Days that are counted from a day that the text told before, or from the report's."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic.date_chains import chained, of_the_day
from marsad.arabic.dates import find
from marsad.arabic.sentences import sentences
from marsad.arabic.words import tokenise

DAY = datetime.date(2021, 9, 17)

COUNTED = [
    ("قصفت البلدة في 3 أيلول. وبعدها بيومين دخلها الجيش", "2021-09-05..2021-09-05:day=بعدها بيومين"),
    ("قصفت البلدة في 2 آب. بعدها بثلاثة أيام دخلها الجيش", "2021-08-05..2021-08-05:day=بعدها بثلاثة أيام"),
    ("هدنة في 24 آب. بعدها بأسبوع انفجرت عبوة", "2021-08-31..2021-08-31:day=بعدها بأسبوع"),
    ("وفي 24 آب عاد. وقبل ذلك بيوم قالت باكو", "2021-08-23..2021-08-23:day=قبل ذلك بيوم"),
    ("وفي 24 آب عاد. وبعد ذلك بشهر قتل", "2021-09-01..2021-09-30:month=بعد ذلك بشهر"),
    ("في 24 آب خرجت قوة كانت وصلت قبلها بيوم", "2021-08-23..2021-08-23:day=قبلها بيوم"),
    ("مجزرة في 24 آب. غداة المجزرة حلت الحكومة", "2021-08-25..2021-08-25:day=غداة"),
    ("في 5 أيلول منعوا المزارعين. بعد يومين انفجرت إحداها", "2021-09-07..2021-09-07:day=بعد يومين"),
    ("يأتي ذلك بعد أسبوع واحد من التفجير", "2021-09-10..2021-09-10:day=بعد أسبوع واحد"),
    ("بعد أربعة أيام على دخول القوات", "2021-09-13..2021-09-13:day=بعد أربعة أيام"),
    ("ورصدت المنظمة خلال عشرة أيام: إعدام 23 أسيرا", "2021-09-08..2021-09-17:day=خلال عشرة أيام"),
    ("بعد ثلاث سنوات على مقتله", "2018-01-01..2018-12-31:year=بعد ثلاث سنوات"),
    ("مرور عشر سنوات على المجزرة", "2011-01-01..2011-12-31:year=مرور عشر سنوات"),
    ("في 5 أيار قصفوا الحي. يومها قتل خمسة", "2021-05-05..2021-05-05:day=يومها"),
    ("سقطت البلدة في آذار 2015. وفي العام نفسه عادوا", "2015-01-01..2015-12-31:year=العام نفسه"),
    ("بدأت في 5 أيار. وفي نفس الشهر انتهت", "2021-05-01..2021-05-31:month=نفس الشهر"),
    ("14 نيسان: هدنة. وفي 17 منه قصف السوق", "2021-04-17..2021-04-17:day=17 منه"),
    ("انفجر لغم يوم 9 بشاحنة", "2021-09-09..2021-09-09:day=يوم 9"),
    ("يوم 30: عشرة قتلى", "2021-08-30..2021-08-30:day=يوم 30"),
    ("في 12 الشهر أصيبت سيارة", "2021-09-12..2021-09-12:day=12 الشهر"),
    ("احتلت المدينة في حرب 1967", "1967-01-01..1967-12-31:year=1967"),
    ("قتل العشرات خلال الأسبوع", "2021-09-11..2021-09-17:week=خلال الأسبوع"),
    ("سبعة آلاف لاجئ خلال 72 ساعة", "2021-09-14..2021-09-17:day=خلال 72 ساعة"),
    ("هدوء بعد معارك يونيو", "2021-06-01..2021-06-30:month=يونيو"),
    ("أوقفوا على خلفية انتفاضة آب 2020", "2020-08-01..2020-08-31:month=آب 2020"),
    ("أسوؤها وقع يوم الـ12", "2021-09-12..2021-09-12:day=يوم الـ12"),
    ("انسحبوا ليل الرابع عشر", "2021-09-14..2021-09-14:day=ليل الرابع عشر"),
    ("في 5 أيلول هدنة. في 28 الشهر قصفت", "2021-08-28..2021-08-28:day=28 الشهر"),
    ("قتلوا أمس، بعد يومين من سقوطها", "2021-09-14..2021-09-14:day=بعد يومين"),
]

NONE = [
    "بعدها بيومين دخلها الجيش",
    "غداة المجزرة حلت الحكومة",
    "تبدأ خلال ثلاثة أيام مقبلة",
    "خلال ثلاثة أيام من القصف",
    "على بعد 12 كيلومترا",
    "في يوم من الأيام",
    "خلال 36 ساعة",
    "بعد أسبوع من الآن",
    "مقتل 17 منهم",
    "يوم 12 قتيلا",
    "يومها قتل خمسة",
    "وفي العام نفسه",
    "خارج حدود 1967",
    "ذات يوم",
    "خلال تسعين يوما",
    "هجوم 2000 مقاتل",
    "قوات عملية مارس",
    "صباح الثالث",
]

TIMES = [
    ("شنت مفارز فجرا هجوما", "فجرا"),
    ("06:30 قصف على الحي", "06:30"),
    ("٢:٤٥ م دوي انفجار", "٢:٤٥ م"),
    ("اقتحموا المخيم قبل الفجر وانسحبوا مساء", "قبل الفجر"),
    ("سقطت القذائف، وبعيد منتصف الليل صمت", "وبعيد منتصف الليل"),
    ("دخلت القافلة قبل قليل", "قبل قليل"),
]


def told(text: str, day: datetime.date | None = DAY) -> list[str]:
    words = tokenise(text)
    known = find(words, day)
    new = [d for d in chained(words, known, day) if d not in known]
    return [f"{d.start}..{d.end}:{d.precision}={text[slice(*d.span)]}" for d in new]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_what_is_counted_from_another_day(text: str, expected: str) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize("text", NONE)
def test_what_is_counted_from_nothing(text: str) -> None:
    assert told(text) == []


def timed(text: str, day: datetime.date | None = DAY) -> list[str]:
    words = tokenise(text)
    of = [number for number, sentence in enumerate(sentences(words)) for _ in range(sentence.begin, sentence.end)]
    found = of_the_day(words, find(words, day), of, day)
    assert all(d.start == d.end == day for d in found if d.timed)
    return [text[slice(*d.span)] for d in found if d.timed]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_a_time_of_day_without_a_day_is_the_reports(text: str, expected: str) -> None:
    assert timed(text) == [expected]


def test_a_time_of_day_beside_a_day_is_no_date_for_itself() -> None:
    assert timed("انسحبوا يوم الأحد بعد قصف بدأ فجرا") == []
    assert timed("نتيجة المباراة 3:2 والساعة 25:70") == []
    assert timed("شنت فجرا هجوما", None) == []
    assert timed("دخلوا يوم الأحد. انسحبوا ليلا") == ["ليلا"]


def test_without_a_reference_day_only_what_hangs_on_a_told_day() -> None:
    assert told("يأتي ذلك بعد أسبوع من التفجير", None) == []
    assert told("في 3 أيلول 2021 قصفت. وبعدها بيومين دخلها", None) == ["2021-09-05..2021-09-05:day=بعدها بيومين"]


@given(st.text(alphabet="بعد قلها يومن غاةخ3 أسع/آ.ثلاةم", max_size=80))
def test_in_any_words_dates_stand_in_order_and_none_is_lost(text: str) -> None:
    words = tokenise(text)
    known = find(words, DAY)
    dates = chained(words, known, DAY)
    assert [d for d in dates if d in known] == known
    assert all(one.last < other.first for one, other in pairwise(dates))
