"""What a log of days tells is of the day in its heading."""

from __future__ import annotations

from marsad.model import Report
from marsad.reading import read
from marsad.reading.reader import set_out
from marsad.reading.sections import days_of

LOG = """حصاد الأسبوع في درعا

السبت 6 تموز
انفجرت عبوة ناسفة بسيارة تقل عناصر من قوات النظام على طريق نصيب، وأصيب ثلاثة منهم.

الثلاثاء 9 تموز
داهمت دورية للمخابرات الجوية منازل في بلدة داعل واعتقلت خمسة أشخاص، وأفرجت عن اثنين منهم بعد ساعات.

يذكر أن مسلحين هاجموا حاجزا لقوات النظام في بلدة نوى.
"""


def test_events_are_of_the_day_in_the_heading_above() -> None:
    events = read(Report.from_text(LOG, date="2024-07-12")).events
    days = {event.type: str(event.date.start) for event in events if event.date.span is not None}
    assert days["explosive_device"] == "2024-07-06"
    assert days["arrest"] == days["release"] == "2024-07-09"
    assert "armed_clash" not in days


def test_one_heading_alone_divides_nothing() -> None:
    assert days_of(set_out(Report.from_text("السبت 6 تموز\nقصف الجيش الإسرائيلي بلدة الرفيد.", date="2024-07-12")).document) == []
    assert len(days_of(set_out(Report.from_text(LOG, date="2024-07-12")).document)) == 2
