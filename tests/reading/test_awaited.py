"""What is still to come lies ahead: a weekday or a month for itself is the next one then, and the last one of what was done or was to be done."""

from __future__ import annotations

from datetime import date

import pytest

from marsad.arabic import dates
from marsad.arabic.days import Recurs, to_come
from marsad.model import Report
from marsad.reading import read

THURSDAY = date(2018, 4, 26)


def _day(text: str) -> tuple[str, str]:
    reading = read(Report.from_text(text, date=THURSDAY))
    assert len(reading.events) == 1, text
    event = reading.events[0]
    return event.status, str(event.date.start)


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("من المقرر أن يعقد الوفدان جولة مفاوضات الأحد في جنيف.", "planned", "2018-04-29"),
        ("من المقرر أن يعقد الوفدان جولة مفاوضات الخميس في جنيف.", "planned", "2018-04-26"),
        ("من المقرر أن تعقد الأطراف جولة جديدة من المفاوضات يوم الأحد في جنيف.", "planned", "2018-04-29"),
        ("من المقرر أن تعقد الأطراف جولة جديدة من المفاوضات الأحد في جنيف.", "planned", "2018-04-29"),
        ("دعا ناشطون إلى التظاهر يوم الجمعة في ساحة التحرير.", "planned", "2018-04-27"),
        ("وكان من المقرر أن يلتقي الوفدان الأحد في جنيف، لكن الاجتماع ألغي.", "planned", "2018-04-22"),
        ("تظاهر مئات الناشطين يوم الجمعة في ساحة التحرير.", "occurred", "2018-04-20"),
    ],
)
def test_a_weekday_of_a_plan(text: str, status: str, day: str) -> None:
    assert _day(text) == (status, day)


def test_what_something_else_is_told_by_is_no_day_of_its_own() -> None:
    events = read(Report.from_text("انسحبت القوات التركية من نقطة مورك بعد أكثر من عام على حصارها.", date=THURSDAY)).events
    assert [e.date.span for e in events if e.type == "troop_movement"] == [None]


def test_what_happened_this_year_ends_with_the_reports_day() -> None:
    event = read(Report.from_text("قتل 40 جنديا في هجمات لتنظيم القاعدة على حواجز الجيش خلال العام الجاري.", date=THURSDAY)).events[0]
    assert (str(event.date.start), str(event.date.end)) == ("2018-01-01", "2018-04-26")


@pytest.mark.parametrize(
    ("text", "recurs"),
    [
        ("الجمعة", "week"),
        ("الجمعة الماضي", ""),
        ("الجمعة المقبل", ""),
        ("يومي السبت والأحد", "week"),
        ("في 3 أيار", "year"),
        ("في 3 أيار 2018", ""),
        ("في حزيران", "year"),
        ("في حزيران الماضي", ""),
        ("منذ الجمعة", ""),
        ("أمس", ""),
    ],
)
def test_what_words_leave_open(text: str, recurs: str) -> None:
    assert [found.recurs for found in dates.find(text, THURSDAY)] == [recurs]


@pytest.mark.parametrize(
    ("start", "end", "recurs", "expected"),
    [
        (date(2018, 4, 20), date(2018, 4, 20), "week", (date(2018, 4, 27), date(2018, 4, 27))),
        (date(2018, 4, 26), date(2018, 4, 26), "week", (date(2018, 4, 26), date(2018, 4, 26))),
        (date(2018, 4, 20), date(2018, 4, 20), "", (date(2018, 4, 20), date(2018, 4, 20))),
        (date(2017, 6, 1), date(2017, 6, 30), "year", (date(2018, 6, 1), date(2018, 6, 30))),
        (date(2018, 2, 1), date(2018, 2, 28), "year", (date(2019, 2, 1), date(2019, 2, 28))),
        (date(2016, 2, 29), date(2016, 2, 29), "year", (date(2019, 2, 28), date(2019, 2, 28))),
        (date(2019, 2, 1), date(2019, 2, 28), "year", (date(2019, 2, 1), date(2019, 2, 28))),
    ],
)
def test_the_next_of_its_kind(start: date, end: date, recurs: Recurs, expected: tuple[date, date]) -> None:
    assert to_come(start, end, recurs, THURSDAY) == expected


def test_a_month_stays_whole_in_a_leap_year() -> None:
    assert to_come(date(2023, 2, 1), date(2023, 2, 28), "year", date(2023, 6, 1)) == (date(2024, 2, 1), date(2024, 2, 29))
