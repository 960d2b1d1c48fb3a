"""Letters and what is attached to them."""

from __future__ import annotations

import datetime

import pytest

from marsad.model import Report
from tests.intake import made
from tests.intake.taken import items, proved, reports, told

DAY = datetime.date(2018, 12, 3)


def test_a_letter() -> None:
    content = made.eml()
    (report,) = reports(content, "m.eml")
    assert (report.id, report.title, report.date, report.outlet) == ("abc.123@example.net", made.TITLE, DAY, "Sample bulletin")
    assert report.text.startswith(made.SHELLING)
    assert [(r.kind, report.text[slice(*r.span)]) for r in report.residue] == [("signature", "-- \nSomebody")]
    assert proved(report, content)
    assert report.proof is not None
    assert {name for name, _ in report.proof.headers} == {"message-id", "date", "subject", "list-id"}


def test_the_people_of_a_letter_are_not_kept() -> None:
    (report,) = reports(made.eml(listed=False), "m.eml")
    assert report.outlet is None
    assert "somebody@" not in str(report)


def test_a_letter_of_markup_alone_and_one_of_both() -> None:
    html = f"<html><body><p>{made.KILLING}</p></body></html>"
    assert reports(made.eml(None, html), "m.eml")[0].text == made.KILLING
    assert reports(made.eml(made.SHELLING, html), "m.eml")[0].text.startswith(made.SHELLING)
    assert reports(made.eml("افتح في المتصفح", html), "m.eml")[0].text == made.KILLING


def test_what_is_attached_is_read_by_its_format() -> None:
    attached = [("نشرة.docx", made.bulletin_docx()), ("x.png", b"\x89PNG"), ("t.csv", f"text\n{made.AID}\n".encode()), ("bad.pdf", b"%PDF-1.4 ")]
    found = items(made.eml(attached=attached), "m.eml")
    good = [item for item in found if isinstance(item, Report)]
    assert [r.id.removeprefix("abc.123@example.net") for r in good] == ["", "/نشرة.docx-1", "/نشرة.docx-2", "/نشرة.docx-3", "/t.csv-1"]
    assert {r.date for r in good} == {DAY}
    assert good[1].proof is not None
    assert good[1].proof.path == "m.eml#نشرة.docx#report 1"
    assert [str(item) for item in found if not isinstance(item, Report)] == [
        "m.eml, attached bad.pdf: a PDF that is damaged or cut: " + str(found[-1]).rpartition("cut: ")[2]
    ]


def test_letters_in_letters_have_an_end() -> None:
    letter = made.eml()
    for _ in range(8):
        letter = made.eml(None, None, attached=[("inner.eml", letter)])
    assert "nested too deeply" in told(letter, "m.eml")[-1]


def test_an_mbox() -> None:
    first = made.eml(f"{made.SHELLING}\n\nFrom here on\n")
    second = made.eml(made.KILLING).replace(b"abc.123", b"abc.124")
    found = reports(made.mbox(first, second), "m.mbox")
    assert [r.id for r in found] == ["abc.123@example.net", "abc.124@example.net"]
    assert "\nFrom here on" in found[0].text
    assert found[1].proof is not None
    assert found[1].proof.path == "m.mbox#letter 2"


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "utf-16", "x-unknown"])
def test_character_sets(charset: str) -> None:
    encoded = made.SHELLING.encode("utf-8" if charset == "x-unknown" else charset)
    import base64

    head = f"Subject: x\nDate: Mon, 03 Dec 2018 23:10:00 +0200\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    assert reports(head.encode() + base64.encodebytes(encoded), "m.eml")[0].text == made.SHELLING


# content, what is said
FAULTS = [
    (b"no letter at all", "it has no headers"),
    (b"Subject: x\n\n", "a letter without text"),
    (b"\x00\x01\x02", "it has no headers"),
    (b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000, "a letter"),
    (b"Content-Type: message/rfc822\n\n" * 5000, "a letter"),
]


@pytest.mark.parametrize(("content", "said"), FAULTS)
def test_a_letter_that_is_none(content: bytes, said: str) -> None:
    assert said in told(content, "m.eml")[-1]


def test_a_bad_letter_costs_itself() -> None:
    found = told(made.mbox(made.eml(), b"\n\n", made.eml().replace(b"abc.123", b"abc.5")), "m.mbox")
    assert found == ["abc.123@example.net", "[m.mbox, letter 2: no letter: it has no headers]", "abc.5@example.net"]


def test_headers_that_the_standard_library_stumbles_over() -> None:
    letter = made.eml().replace(b"Date: Mon", b"Date: =?utf-8?q?", 1).replace(b"List-Id: ", b"List-Id: =?utf-8?b?xx?= <", 1)
    assert told(letter, "m.eml")
