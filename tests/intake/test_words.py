"""What the words of a report tell of it is the same, whichever format it comes in."""

from __future__ import annotations

import datetime
import json

import pytest

from marsad.intake.words import completed
from marsad.model import Note, Report, Residue
from tests.intake import made
from tests.intake.taken import reports

DAY = datetime.date(2018, 12, 3)
TEXT = f"{made.KILLING}\n\nالمصدر: رويترز"

# the same words, as each format has them
SAME = [
    ("a.txt", TEXT.encode()),
    ("a.csv", f'text,date\r\n"{TEXT}",2018-12-03\r\n'.encode()),
    ("a.xlsx", made.xlsx([("text", "date"), (TEXT, "2018-12-03")])),
    ("a.jsonl", json.dumps({"text": TEXT}).encode()),
    ("result.json", made.telegram([made.message(2, TEXT)])),
    ("a.html", made.telegram_preview([made.preview_message(2, TEXT.replace("\n", "<br/>"))])),
    ("b.html", made.page(body=TEXT.replace("\n\n", "</p><p>"))),
    ("a.xml", made.wordpress([made.wordpress_item(body=TEXT.replace("\n\n", "</p><p>")).replace(f"<p>{made.AID}</p>", "")])),
    ("a.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "x:1", "content_text": TEXT}]}).encode()),
    ("a.docx", made.docx(made.paragraph(made.KILLING) + made.paragraph("المصدر: رويترز"))),
    ("a.eml", made.eml(TEXT)),
    ("a.mbox", made.mbox(made.eml(TEXT))),
]


@pytest.mark.parametrize(("name", "content"), SAME, ids=[name for name, _ in SAME])
def test_language_and_original_source_in_every_format(name: str, content: bytes) -> None:
    (report,) = reports(content, name)
    assert (report.language, report.original) == ("ar", "رويترز")


# text, day, whether a note says where it is from
DATELINES = [
    ("الإثنين 3 كانون الأول 2018\nقصفت قوات النظام بلدة كفرزيتا.", DAY),
    ("حلب – الإثنين 3 كانون الأول/ديسمبر 2018\nقصف.", DAY),
    ("قصف على كفرزيتا\n3/12/2018\nقصف.", DAY),
    ("ذكرى مجزرة في مدينة بعيدة يوم 3 كانون الأول 2018\nقصف.", None),
    ("قصفت قوات النظام في 3 كانون الأول 2018 بلدة كفرزيتا في ريف حماة الشمالي وأوقعت قتلى وجرحى.", None),
    ("قصف\n" * 5 + "3/12/2018", None),
    ("أمس\nقصف.", None),
]


@pytest.mark.parametrize(("text", "day"), DATELINES, ids=range(len(DATELINES)))
def test_the_day_of_a_dateline(text: str, day: datetime.date | None) -> None:
    found = completed(Report("a", text))
    assert found.date == day
    assert [note.code for note in found.notes] == (["day"] if day else [])


def test_what_a_format_told_is_not_changed() -> None:
    told = Report("a", "3/12/2017\nالمصدر: رويترز", DAY, "شبكة", original="سانا", language="fa", notes=(Note("x", "y"),))
    assert completed(told) is told


def test_nothing_is_read_in_furniture() -> None:
    text = "قصف على بلدة\nالمصدر: رويترز\n3/12/2018"
    assert completed(Report("a", text, residue=(Residue((13, len(text)), "credit"),))).original is None
    assert completed(Report("a", text, residue=(Residue((13, len(text)), "credit"),))).date is None


def test_the_last_short_lines_of_an_entry_are_its_text() -> None:
    (report,) = reports(made.wordpress([made.wordpress_item(body=f"{made.KILLING}</p><p>رويترز</p><p>وسقط جرحى")]), "a.xml")
    assert "\n\nرويترز\n\nوسقط جرحى\n\n" in report.text


def test_the_source_below_the_last_paragraph_of_an_article() -> None:
    (report,) = reports(made.page(body=f"{made.KILLING}</p><p>المصدر: رويترز</p><p>اقرأ أيضا"), "a.html")
    assert "المصدر: رويترز" in report.text
    assert report.original == "رويترز"
