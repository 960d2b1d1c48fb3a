"""Two hundred pages in every encoding of Arabic, many of them told to be what they are not; and what is known of how each was known."""

from __future__ import annotations

import itertools

import pytest

from marsad.intake import Fault
from marsad.intake.encoding import decoded, unscrambled
from marsad.intake.page import page_report

# what every one of the encodings can hold
PARAGRAPHS = [
    "قصفت قوات النظام بالمدفعية الثقيلة صباح اليوم بلدة كفرزيتا في ريف حماة الشمالي، ما أدى إلى مقتل ثلاثة مدنيين وإصابة آخرين بجروح، بحسب ناشطين في المدينة.",
    "وقال مصدر طبي إن المستشفى الميداني استقبل سبعة جرحى بينهم طفلان، وإن حالة اثنين منهم حرجة بعد أن أصيبا بشظايا في الرأس والصدر.",
    "من جهته أعلن المتحدث باسم الفصائل أن مقاتليه ردوا على مصادر النيران، واستهدفوا تجمعا للقوات المهاجمة على أطراف القرية التي انطلق منها القصف.",
    "ولم يصدر حتى مساء اليوم أي تعليق من الجهات الرسمية على ما جرى، فيما تحدث سكان عن حركة نزوح نحو المناطق الحدودية هربا من تجدد القصف على الأحياء السكنية.",
    "وكانت المنطقة قد شهدت خلال الأسبوع الماضي هدوءا نسبيا عقب اتفاق على وقف إطلاق النار رعته أطراف دولية، إلا أنهما تبادلا الاتهام بخرقه منذ اليوم الأول.",
    "وذكرت منظمة محلية أن فرق الإسعاف لم تتمكن من الوصول إلى بعض المنازل المدمرة بسبب استمرار تحليق الطائرات، وأن عمليات البحث عن مفقودين ما زالت جارية.",
]
WRITTEN = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "cp1256", "iso8859-6", "iso8859-6"]
DECLARED = [None, "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252"]
HEADERS = [None, "utf-8", "windows-1256", "iso-8859-1"]


def _pages() -> list[tuple[bytes, str, str, str | None, str | None]]:
    pages = []
    told = itertools.product(DECLARED, HEADERS)
    for number, (written, (declared, header)) in enumerate(itertools.product(WRITTEN, told)):
        first, second = PARAGRAPHS[number % 6], PARAGRAPHS[(number * 5 + 1 + number // 6) % 6]
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
        markup = (
            f'<html dir="rtl"><head>{meta}<title>خبر {number}</title><script>var a="{number}";</script></head>'
            f'<body><div class="content-{number}"><h1>قصف على البلدة</h1><p>{first}</p><p>{second}</p></div></body></html>'
        )
        pages.append((markup.encode(written), first, written, declared, header))
    return pages


def test_nearly_all_of_two_hundred_pages_are_read_right() -> None:
    pages = _pages()
    assert len(pages) >= 200
    wrong = []
    for content, words, written, declared, header in pages:
        headers = (("Content-Type", f"text/html; charset={header}"),) if header else ()
        report = page_report(content, name="p.html", headers=headers)
        if isinstance(report, Fault) or words not in report.text:
            wrong.append((written, declared, header))
    assert len(wrong) <= len(pages) * 0.01, wrong


# bytes, what is told, encoding, how it was known
KNOWN = [
    (PARAGRAPHS[0].encode(), (), "utf-8", "utf-8"),
    (PARAGRAPHS[0].encode(), (("windows-1256", "header"),), "utf-8", "utf-8"),
    (PARAGRAPHS[0].encode("cp1256"), (("windows-1256", "declared"),), "windows-1256", "declared"),
    (PARAGRAPHS[0].encode("cp1256"), (("iso-8859-1", "header"), ("windows-1256", "declared")), "windows-1256", "declared"),
    (PARAGRAPHS[0].encode("cp1256"), (("utf-8", "header"),), "windows-1256", "guessed"),
    (PARAGRAPHS[0].encode("iso8859-6"), (("iso-8859-6", "header"),), "iso-8859-6", "header"),
    (PARAGRAPHS[0].encode("iso8859-6"), (("windows-1256", "header"),), "iso-8859-6", "guessed"),
    (PARAGRAPHS[0].encode("utf-16"), (("windows-1256", "header"),), "utf-16", "bom"),
    ("café déjà vu".encode("latin-1"), (("iso-8859-1", "header"),), "iso-8859-1", "header"),
    (PARAGRAPHS[0].encode("cp1256"), (("no-such-set", "header"),), "windows-1256", "guessed"),
]


@pytest.mark.parametrize(("content", "told", "encoding", "how"), KNOWN, ids=[str(n) for n in range(len(KNOWN))])
def test_the_encoding_and_how_it_was_known(content: bytes, told: tuple[tuple[str, str], ...], encoding: str, how: str) -> None:
    found = decoded(content, told)  # type: ignore[arg-type]
    assert (found.encoding, found.how) == (encoding, how)


def test_a_page_of_two_encodings_is_read_part_by_part() -> None:
    content = f"<p>{PARAGRAPHS[0]}</p>".encode() + f"<p>{PARAGRAPHS[1]}</p>".encode("cp1256") + f"<p>{PARAGRAPHS[2]}</p>".encode()
    found = decoded(content)
    assert all(words in found.text for words in PARAGRAPHS[:3])
    assert "parts in windows-1256" in found.notes[0].message


def test_one_damaged_byte_costs_that_letter() -> None:
    content = f"<p>{PARAGRAPHS[0]}</p>".encode()
    found = decoded(content[:101] + b"\xff" + content[102:])
    assert 1 <= found.text.count("\ufffd") <= 2
    assert PARAGRAPHS[0][80:] in found.text


def test_text_that_was_written_in_utf_8_twice_is_mended() -> None:
    twice = PARAGRAPHS[0].encode().decode("cp1252", "replace").encode()
    assert unscrambled(PARAGRAPHS[0]) is None
    assert unscrambled("plain words, Ø and Ù") is None
    scrambled = "".join(bytes((b,)).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in PARAGRAPHS[0].encode())
    assert twice
    assert unscrambled(scrambled) == PARAGRAPHS[0]


def test_a_mark_and_a_byte_that_is_none_behind_arabic() -> None:
    """The place of the bad byte is told behind the mark."""
    from tests.intake.taken import reports

    assert reports("\ufeffقصف على بلدة".encode() + b"\xff", "a.txt")[0].text.startswith("قصف على بلدة")
