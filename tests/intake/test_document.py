"""Word documents, and how a bulletin is told from an article."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from marsad.intake.bulletin import Paragraph, divided
from tests.intake import made
from tests.intake.made import paragraph as p
from tests.intake.taken import proved, reports, told

S, K, A = made.SHELLING, made.KILLING, made.AID


def test_a_bulletin_is_told_apart_at_its_headings() -> None:
    content = made.bulletin_docx()
    found = reports(content, "b.docx")
    assert [(r.id, r.title, r.text) for r in found] == [
        ("b-1", made.TITLE, f"{made.TITLE}\n{S}"),
        ("b-2", made.OTHER, f"{made.OTHER}\n{K}"),
        ("b-3", "دخول قافلة مساعدات إلى دوما", f"دخول قافلة مساعدات إلى دوما\n{A}"),
    ]
    assert {r.date for r in found} == {datetime.date(2018, 12, 3)}
    assert not any(r.notes for r in found)
    assert all(proved(r, content) for r in found)


def test_an_article_with_subheadings_is_one_report() -> None:
    body = p("قصف على حماة", "T") + p(f"{S} {K}") + p("خلفية الهجوم على المنطقة", "1") + p(K) + p("ردود فعل على الهجوم", "1") + p(A)
    (report,) = reports(made.docx(body), "a.docx")
    assert report.title == "قصف على حماة"
    assert report.text.count("\n") == 5


def test_a_bulletin_whose_headings_are_bold_words() -> None:
    body = p("نشرة العيّنة") + p("قصف على بلدة كفرزيتا", bold=True) + p(S) + p("اغتيال قيادي قرب سلقين", bold=True) + p(K)
    assert [r.title for r in reports(made.docx(body), "a.docx")] == ["قصف على بلدة كفرزيتا", "اغتيال قيادي قرب سلقين"]


def test_the_day_of_the_properties_is_said_to_be_theirs() -> None:
    (report,) = reports(made.docx(p(S), title="قصف"), "a.docx")
    assert (report.title, report.date, report.notes[0].code) == ("قصف", datetime.date(2018, 12, 3), "day")
    assert "كاتب" not in str(report)  # who wrote it is nobody's business


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>مربع</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>مربع</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
# paragraphs, text
TEXTS = [
    (p(S) + p(K), f"{S}\n{K}"),
    (p(S, more='<w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del><w:ins><w:r><w:t> مضاف</w:t></w:r></w:ins>'), f"{S} مضاف"),
    (p(S, more="<w:moveFrom><w:r><w:t>منقول</w:t></w:r></w:moveFrom>"), S),
    (p(S, more='<w:r><w:br/><w:t>سطر</w:t><w:tab/><w:t>آخر</w:t></w:r>'), f"{S}\nسطر\tآخر"),
    (p(S, more='<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:hyperlink><w:r><w:t> رابط</w:t></w:r></w:hyperlink>'), f"{S} رابط"),
    (f"<w:tbl><w:tr><w:tc>{p('أ')}</w:tc><w:tc>{p('ب')}{p('ج')}</w:tc></w:tr></w:tbl>" + p(S), f"أ\tب ج\n{S}"),
    (p(S, more=BOX) + p(K), f"مربع\n{S}\n{K}"),
    (p("") + p(S), S),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), TEXTS, ids=["plain", "tracked", "moved", "breaks", "field", "table", "box", "empty"])
def test_what_is_text(body: str, text: str) -> None:
    (report,) = reports(made.docx(body), "a.docx")
    assert sorted(report.text.split("\n")) == sorted(text.split("\n"))
    if "مربع" not in text:
        assert report.text == text


def test_footnotes_stand_behind_the_text() -> None:
    (report,) = reports(made.docx(p(S), footnotes=p("المصدر: شهادة")), "a.docx")
    assert report.text == f"{S}\nالمصدر: شهادة"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "")
        packed.writestr("word/document.xml", bytes(65 << 20))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = made.docx(p(S))
# content, what is said
FAULTS = {
    "cut": (WHOLE[:-60], "damaged or cut"),
    "bytes changed": (WHOLE.replace(WHOLE[200:210], b"\x00" * 10), "a document that is damaged or cut"),
    "entities": (made.docx(p(S), doctype='<!DOCTYPE x [<!ENTITY a "b">]>'), "word/document.xml, line 1: declares XML entities"),
    "broken": (made.docx("<w:p><w:r>"), "word/document.xml, line 1: broken XML"),
    "deep": (made.docx("<w:p>" * 100_000), "nested more than 256 deep"),
    "empty": (made.docx(p("")), "no text in the document"),
    "a bomb": (bomb(), "the limit is"),
    "encrypted": (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "an encrypted document"),
    "of old": (OLE + bytes(512), "an old Word document (.doc)"),
}


@pytest.mark.parametrize(("content", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_document_that_is_none(content: bytes, said: str) -> None:
    from marsad.intake import Given, IntakeError
    from marsad.intake.document import read_document

    with pytest.raises(IntakeError) as error:
        list(read_document(Given.of_bytes(content, "a.docx")))
    assert said in str(error.value)
    assert "a.docx" in told(content, "a.docx")[0]


def h(level: int, words: str = "عنوان فيه خبر كامل") -> Paragraph:
    return Paragraph(words, level)


TEXT = Paragraph(S)
# paragraphs, number of reports
DIVIDED = {
    "no heading": ([TEXT, TEXT], 1),
    "one heading": ([h(1), TEXT, TEXT], 1),
    "two headings": ([h(1), TEXT, h(1), TEXT], 2),
    "the deeper ones": ([h(1), h(2), TEXT, h(2), TEXT, h(1), h(2), TEXT], 3),
    "subheadings in the reports of a bulletin": ([h(1), TEXT, h(2, "خلفية"), TEXT, h(1), TEXT, h(2, "خلفية"), TEXT], 2),
    "a lead in front": ([h(0), Paragraph(f"{S} {K}"), h(1), TEXT, h(1), TEXT], 1),
    "names of parts": ([h(1, "مقدمة"), TEXT, h(1, "خلاصة"), TEXT], 1),
    "headings without text": ([h(1), h(1), h(1), TEXT], 1),
}


@pytest.mark.parametrize(("paragraphs", "count"), DIVIDED.values(), ids=DIVIDED.keys())
def test_where_a_document_is_divided(paragraphs: list[Paragraph], count: int) -> None:
    preamble, sections = divided(paragraphs)
    assert len(sections) == count
    kept = [*preamble, *(q for s in sections for q in s.paragraphs)]
    assert sum(q.text == S for q in kept) == sum(q.text == S for q in paragraphs)
