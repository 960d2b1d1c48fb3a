"""Persons who are known by an office, and the party whose office it is."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading import read
from marsad.reading.reader import set_out

PERSONS: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    ("one behind another", "التقى ترامب كيم جونغ أون في سنغافورة.", [("ترامب", "united-states"), ("كيم جونغ أون", "north-korea")]),
    ("two whole names", "التقى مارتن غريفيث صالح الصماد في صنعاء.", [("مارتن غريفيث", "united-nations"), ("صالح الصماد", "houthis")]),
    ("by the whole name", "نجا عبد ربه منصور هادي من هجوم.", [("عبد ربه منصور هادي", "yemen-government")]),
    ("written as one word", "استقبل عبدالفتاح السيسي وفدا.", [("عبدالفتاح السيسي", "egypt-government")]),
    ("behind و", "وبوتين في سوتشي.", [("وبوتين", "russia")]),
    ("alone, once named whole", "زار حسن روحاني بغداد. وعاد روحاني أمس.", [("حسن روحاني", "iran"), ("روحاني", "iran")]),
    ("alone, where the report speaks of his country", "قصف الجيش المصري رفح، وزار السيسي المكان.", [("السيسي", "egypt-government")]),
    ("alone, where it does not", "قال السيسي إن الطريق مقطوع.", []),
    ("a stranger of that name", "اعتقلت الشرطة المصرية كريم السيسي. وأفرجت عن السيسي أمس.", [("كريم السيسي", None), ("السيسي", None)]),
    ("a word that is another one", "التقى نبيه بري الوفد. ووقع هجوم بري في الجنوب، وعاد بري أمس.", [("نبيه بري", "amal"), ("بري", "amal")]),
    ("a word that is never his alone", "زار يحيى سريع الجبهة. وكان الرد سريع.", [("يحيى سريع", "houthis")]),
    ("whose name ends in his party's", "ألقى محمد علي الحوثي خطابا في صنعاء.", [("محمد علي الحوثي", "houthis")]),
    ("whose name begins with a letter that is a word too", "وصل فيكتور أوربان.", [("فيكتور أوربان", "hungary")]),
    ("whose house is another party's name", "زار جلال طالباني السليمانية.", [("جلال طالباني", "puk")]),
    ("whose name is a country", "وصلت جورجيا ميلوني.", [("جورجيا ميلوني", "italy")]),
    ("whose name is a friend", "اغتيل رفيق الحريري في بيروت.", [("رفيق الحريري", "lebanon-government")]),
    ("whose title is of his name", "وصل البابا فرنسيس أمس.", [("فرنسيس", "vatican")]),
    ("a hospital of that name", "نقل الجرحى إلى مستشفى رفيق الحريري في بيروت.", []),
    ("behind a title", "أعلن العميد يحيى سريع ذلك.", [("يحيى سريع", "houthis")]),
    ("a given name alone", "زارت السلطة الفلسطينية عباس في غزة.", []),
    ("anybody's nom de guerre", "قال أبو أحمد إن الغارة أصابت السوق في أديس أبابا.", [("أبو أحمد", None)]),
    ("an office that he lost", "حوكم الرئيس المعزول محمد مرسي.", [("محمد مرسي", None)]),
    ("a public figure of no party", "زار البابا تواضروس الكنيسة.", [("تواضروس", None)]),
]


@pytest.mark.parametrize(("text", "persons"), [case[1:] for case in PERSONS], ids=[case[0] for case in PERSONS])
def test_persons_of_office(text: str, persons: list[tuple[str, str | None]]) -> None:
    document = set_out(Report.from_text(text, date="2018-06-12")).document
    assert [(document.text(m.first, m.last), m.id or m.holds) for m in document.actors if m.label == "named"] == persons


@pytest.mark.parametrize(("date", "id_"), [("2013-02-01", None), ("2018-06-12", "sdf")])
def test_no_party_before_it_was_there(date: str, id_: str | None) -> None:
    document = set_out(Report.from_text("التقى مظلوم عبدي وجهاء الرقة.", date=date)).document
    assert [m.holds for m in document.actors if m.label == "named"] == [id_]


def test_who_speaks_by_his_name_speaks_for_the_party_of_his_office() -> None:
    text = "قال بومبيو إن طائرات أميركية قصفت مواقع للجيش السوري قرب دير الزور."
    (event,) = read(Report.from_text(text, date="2018-06-12")).events
    assert (event.source.name, event.source.id, event.source.kind) == ("بومبيو", "united-states", "official")


def test_who_is_no_holder_of_an_office_speaks_for_himself() -> None:
    text = "قال أبو أحمد إن الطيران الروسي قصف سوق أريحا."
    (event,) = read(Report.from_text(text, date="2018-06-12")).events
    assert (event.source.name, event.source.id, event.source.kind) == ("أبو أحمد", None, "local")


def test_who_tells_what_he_did_bears_the_party_of_his_office_once() -> None:
    text = "أعلن ترامب أنه التقى كيم جونغ أون في سنغافورة أمس."
    (event,) = read(Report.from_text(text, date="2018-06-12")).events
    assert sorted((a.name or "", a.id) for a in event.actors) == [("ترامب", "united-states"), ("كيم جونغ أون", "north-korea")]
