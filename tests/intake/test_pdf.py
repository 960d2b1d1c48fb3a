"""PDF: Arabic put in the order of reading whatever the file has, and what is no text said. The files are printed by `printed.py`."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.intake.pdf_lines import Glyph, line_of, lines_of
from tests.intake import made, printed
from tests.intake.taken import proved, reports, told

pytest.importorskip("pypdfium2", reason="needs the extra `documents`")
DATA = Path(__file__).with_name("data")


def pdf(name: str) -> bytes:
    return (DATA / f"{name}.pdf").read_bytes()


def test_a_bulletin_is_told_apart_at_its_headings() -> None:
    found = reports(pdf("bulletin"), "b.pdf")
    assert [r.title for r in found] == [made.TITLE, made.OTHER, "دخول قافلة مساعدات إلى دوما"]
    assert [r.id for r in found] == ["b-1", "b-2", "b-3"]
    assert {r.date for r in found} == {datetime.date(2018, 12, 3)}
    shelled = "وقال شاهد: «سمعنا 4 انفجارات عند الساعة 10:30»، فيما ذكرت وكالة AFP News (باريس) أن 15% من المنازل تضررت."
    assert found[0].text == f"{made.TITLE}\n{made.SHELLING} {shelled}"
    assert found[1].text == f"{made.OTHER}\n{made.KILLING} ونُشر الخبر لاحقاً في 2018/12/02 على موقع example.org."
    assert all(proved(r, pdf("bulletin")) for r in found)


@pytest.mark.parametrize("name", ["kufi", "dejavu"])
def test_other_fonts(name: str) -> None:
    (report,) = reports(pdf(name), "b.pdf")
    assert report.text.split("\n") == printed.PARAGRAPHS


def test_columns() -> None:
    (report,) = reports(pdf("columns"), "b.pdf")
    assert report.text.split("\n") == printed.PARAGRAPHS * 2


def test_running_heads_and_numbers_of_pages_are_residue() -> None:
    (report,) = reports(pdf("running"), "b.pdf")
    marked = [report.text[slice(*r.span)] for r in report.residue]
    assert marked == [words for n in range(1, 7) for words in ("نشرة العيّنة – العدد 7", f"صفحة {n}")]
    assert {r.kind for r in report.residue} == {"running_head"}


def test_a_line_of_latin_letters() -> None:
    (report,) = reports(pdf("english"), "b.pdf")
    assert report.text == "Clashes were reported near كفرزيتا on 3 December 2018, the agency said (Hama)."
    assert report.notes[0].code == "day"  # the day is that of the file


def empty_pdf() -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    return body + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_a_scan() -> None:
    assert "a scan: its pages are pictures" in told(pdf("scan"), "b.pdf")[0]


def test_an_encrypted_file() -> None:
    assert "an encrypted PDF" in told(pdf("encrypted"), "b.pdf")[0]


@pytest.mark.parametrize(("content", "said"), [(pdf("english")[:600], "damaged or cut"), (empty_pdf(), "no text in the PDF"), (b"%PDF-1.7", "damaged or cut")])
def test_a_file_that_is_none(content: bytes, said: str) -> None:
    assert said in told(content, "b.pdf")[0]


# the order of the eye, made by hand

FORMS: dict[str, dict[str, str]] = {}
for code in range(0xFE70, 0xFEFD):
    kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
    if kind in ("<initial>", "<medial>", "<final>", "<isolated>"):
        FORMS.setdefault("".join(chr(int(letter, 16)) for letter in letters), {})[kind.strip("<>")] = chr(code)


def shaped(word: str) -> list[str]:
    """The forms of a word's letters, lam-alef as one."""
    found: list[str] = []
    joins = False
    at = 0
    while at < len(word):
        letter = word[at : at + 2] if word[at : at + 2] in FORMS and len(word[at : at + 2]) == 2 else word[at]
        at += len(letter)
        forms = FORMS.get(letter)
        if forms is None:
            found.append(letter)
            joins = False
            continue
        following = "initial" in forms and at < len(word) and "final" in FORMS.get(word[at], {})
        name = ("medial" if following else "final") if joins and "final" in forms else ("initial" if following else "isolated")
        found.append(forms.get(name) or forms.get("isolated") or letter)
        joins = following
    return found


def placed(words: list[str], *, from_left: bool) -> Iterator[Glyph]:
    """Glyphs of a line from right to left, figures and Latin words turned; counted from the left as old programs write them, or from the right."""
    x = 500.0
    found: list[Glyph] = []
    for word in words:
        letters = list(reversed(word)) if word.isascii() or word[0].isdigit() else shaped(word)
        for letter in letters:
            found.append(Glyph(0, {"(": ")", ")": "("}.get(letter, letter) if not word.isascii() else letter, x - 5, x, 100, 10))
            x -= 5
        x -= 4
    ordered = found[::-1] if from_left else found
    for number, glyph in enumerate(ordered):
        yield Glyph(number, glyph.char, glyph.left, glyph.right, glyph.foot, glyph.size, False, glyph.left)


LINES = [
    "قصفت قوات النظام بالمدفعية بلدة كفرزيتا",
    "مقتل 12 مدنيا وإصابة 140 آخرين في 2018/12/03",
    "الأهالي لا يغادرون إلا ليلا",
    "قالت (سانا) إن القوات دخلت",
    "عند الساعة 10:30 صباحا",
    "٢٥ شاحنة في ١٢ يوما",
    "وكالة AFP نقلت الخبر",
]


@pytest.mark.parametrize("from_left", [True, False], ids=["in the order of the eye", "in the order of reading"])
@pytest.mark.parametrize("line", LINES)
def test_a_line_of_shaped_forms(line: str, from_left: bool) -> None:
    glyphs = list(placed(line.split(), from_left=from_left))
    assert any("\ufe70" <= g.char <= "\ufefc" for g in glyphs)
    assert line_of(glyphs).text == line


def test_lines_of_a_page() -> None:
    upper = list(placed(LINES[0].split(), from_left=True))
    lower = [Glyph(g.number + 100, g.char, g.left, g.right, 80, 10) for g in placed(LINES[2].split(), from_left=True)]
    assert [line.text for line in lines_of([*upper, *lower])] == [LINES[0], LINES[2]]
