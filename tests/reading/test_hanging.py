"""What is tried, refused, wanted or intended is not told as done."""

from __future__ import annotations

import datetime

import pytest

from marsad.model import Event, Report
from marsad.reading import read

DAY = datetime.date(2025, 3, 1)


def told(text: str) -> tuple[Event, ...]:
    return read(Report.from_text(text, id="r", date=DAY)).events


# a text, the type of the event that hangs on a word of it, and how it is told; "" for no event
HUNG = [
    ("كاد مسلحون أن يختطفوا صحفيا في تعز.", "abduction", "failed"),
    ("أوشكت القوات الحكومية على السيطرة على مدينة الباب.", "territory_change", "failed"),
    ("سعت قوات الدعم السريع إلى استعادة مطار الخرطوم.", "territory_change", "failed"),
    ("تسعى قوات الدعم السريع إلى السيطرة على مدينة الفاشر.", "territory_change", "planned"),
    ("كان من المفترض أن تفرج إسرائيل عن 30 أسيرا أمس.", "release", "planned"),
    ("لا يستبعد مراقبون أن تشن إسرائيل غارات على بيروت.", "air_strike", ""),
    ("استبعد وزير الدفاع شن هجوم على إدلب.", "armed_clash", ""),
    ("امتنع الجيش عن قصف المدينة.", "shelling", ""),
    ("رفضت السلطات الإفراج عن الصحفي المعتقل في الجزائر.", "release", ""),
    ("رفض المسلحون تسليم أسلحتهم في مدينة طفس.", "surrender", ""),
    ("تراجعت فصائل المعارضة عن الهجوم على نبل.", "armed_clash", ""),
    ("رفضت حماس مقترح الهدنة الذي قدمته القاهرة.", "agreement", "planned"),
    ("رفضت حماس الهدنة التي عرضتها القاهرة.", "agreement", "failed"),
    ("ألغت الحكومة صفقة تبادل الأسرى مع الحوثيين.", "agreement", "failed"),
    ("انهارت الهدنة في غزة.", "agreement", "failed"),
    ("منع الجيش الإسرائيلي دخول المساعدات إلى شمال غزة.", "aid", "failed"),
    ("اقترحت قطر هدنة لمدة شهر في غزة.", "agreement", "planned"),
    ("منعت الشرطة الجزائرية مسيرة للطلبة وسط العاصمة.", "protest", "failed"),
    ("تأجلت عملية تبادل الأسرى بين حماس وإسرائيل إلى يوم السبت.", "release", "planned"),
    ("توقع مسؤول أممي نزوح 200 ألف شخص إذا تواصل القتال في الفاشر.", "displacement", "planned"),
    ("امتنعت قوات الأمن عن تفريق المتظاهرين.", "attack_on_civilians", ""),
    ("وشدد رئيس الوزراء على إطلاق سراح كافة الأسرى والمعتقلين.", "release", ""),
    ("شدد على أن الجيش قصف البلدة.", "shelling", "occurred"),
    ("اشترطت الحركة انسحاب القوات.", "troop_movement", ""),
    ("بهدف استعادة السيطرة على الجزيرة حشد الجيش قواته في سنار.", "territory_change", "planned"),
    ("أوصت اللجنة بالإفراج عن الموقوفين.", "release", ""),
    ("قال الوزير إنه لا توجد خطة لسحب القوات من مالي.", "troop_movement", ""),
    ("توشك المدينة على السقوط بيد المتمردين.", "territory_change", "planned"),
    ("لم يتضح بعد من يقف وراء اغتيال الناشط في البصرة.", "assassination", "occurred"),
    ("تبنت جماعة نصرة الإسلام هجوما على معسكر في سيفاري.", "armed_clash", "occurred"),
    ("لم يتبن أحد الهجوم على المسجد في كابل.", "attack_on_civilians", "occurred"),
    ("استنكرت الأمم المتحدة اختطاف موظفيها في صنعاء.", "abduction", "occurred"),
    ("سيطرت قوات الدعم السريع على مدينة الفاشر.", "territory_change", "occurred"),
]


@pytest.mark.parametrize(("text", "type_", "status"), HUNG)
def test_what_hangs_on_a_word_is_told_by_it(text: str, type_: str, status: str) -> None:
    assert "".join(event.status for event in told(text) if event.type == type_) == status
