"""Text files: the text as it is, a front matter where there is one, and the proof."""

from __future__ import annotations

import hashlib
import json

import pytest

from marsad.intake import Fault
from marsad.intake.text import front_matter, read_text
from marsad.model import Report

TEXT = "قصفت قوات النظام بلدة كفرزيتا في ريف حماة.\n\nوقتل ثلاثة مدنيين.\n"


def taken(text: str, encoding: str = "utf-8") -> Report:
    (item,) = read_text(text.encode(encoding), "folder/r.txt")
    assert isinstance(item, Report)
    return item


def test_a_text_without_front_matter_is_the_text() -> None:
    report = taken(TEXT)
    assert (report.id, report.text, report.language, report.title) == ("r", TEXT, "ar", None)
    assert report.proof is not None
    assert report.proof.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (report.proof.path, report.proof.size, report.proof.encoding, report.proof.encoding_from) == ("folder/r.txt", len(TEXT.encode()), "utf-8", "utf-8")


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-8-sig"])
def test_the_proof_tells_another_encoding(encoding: str) -> None:
    report = taken(TEXT, encoding)
    assert report.text == TEXT
    assert report.proof is not None
    assert report.proof.encoding == {"cp1256": "windows-1256", "utf-16": "utf-16", "utf-8-sig": "utf-8"}[encoding]
    assert report.proof.encoding_from == ("guessed" if encoding == "cp1256" else "bom")


# front matter, the fields that it gives
TOLD = [
    (
        "title: خبر\ndate: 2018-12-03\noutlet: شبكة\nurl: https://a.example/1",
        {"title": "خبر", "date": "2018-12-03", "outlet": "شبكة", "url": "https://a.example/1"},
    ),
    ('title: "خبر: مقتل ثلاثة"', {"title": "خبر: مقتل ثلاثة"}),
    ("source: شبكة\noriginal: رويترز\nlanguage: ar", {"outlet": "شبكة", "original": "رويترز", "language": "ar"}),
    ("العنوان: خبر\nالتاريخ: 3 كانون الأول 2018\nالمصدر: رويترز", {"title": "خبر", "date": "2018-12-03", "original": "رويترز"}),
    ("Date: 3/12/2018\noutlet:", {"date": "2018-12-03", "outlet": "None"}),
]


@pytest.mark.parametrize(("head", "fields"), TOLD, ids=[str(n) for n in range(len(TOLD))])
@pytest.mark.parametrize("line", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_front_matter(head: str, fields: dict[str, str], line: str) -> None:
    report = taken(f"---\n{head}\n---\n\n{TEXT}".replace("\n", line))
    assert {name: str(getattr(report, name)) for name in fields} == fields
    assert report.text == TEXT.replace("\n", line)


def test_keys_that_are_not_known_pass_through() -> None:
    report = taken(f"---\ntitle: خبر\nanalyst: ن\n---\n{TEXT}")
    assert {key: json.loads(bytes(value)) for key, value in report.extra.items()} == {"analyst": "ن"}


def test_a_day_that_is_none_is_noted() -> None:
    report = taken(f"---\ndate: someday\n---\n{TEXT}")
    assert report.date is None
    assert [note.code for note in report.notes] == ["day"]


@pytest.mark.parametrize(
    "text",
    ["---\nنص بلا مفاتيح\n---\nتتمة", "---\ncolour: red\n---\nنص", "---\ntitle: خبر\nنص", "--\ntitle: خبر\n--\nنص", "نص\n---\ntitle: خبر\n---\n", "---\n"],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert front_matter(text) == ({}, text)


def test_a_front_matter_without_a_text_is_empty() -> None:
    (item,) = read_text(b"---\ntitle: x\n---\n", "r.txt")
    assert isinstance(item, Fault)
    assert item.reason == "empty"


# what stands in front of a text without lines of dashes, and whether it is a front matter
BARE = [
    ("title: خبر\ndate: 2018-12-03\noutlet: شبكة\nurl: https://a.example/1\n\n", True),
    ("\ufeffTitle: خبر\nDATE: 2018-12-03\nOutlet: شبكة\nURL: https://a.example/1\n\n", True),
    ("title: خبر\n\n", True),
    ("title: خبر\n", False),
    ("title: خبر\ntitle: آخر\n\n", False),
    ("place: حماة\n\n", False),
    ("قال: نعم\n\n", False),
]


@pytest.mark.parametrize(("front", "is_one"), BARE, ids=[str(n) for n in range(len(BARE))])
def test_a_front_matter_without_dashes(front: str, is_one: bool) -> None:
    report = taken(front + TEXT)
    assert (report.title, report.text) == (("خبر", TEXT) if is_one else (None, front + TEXT))
