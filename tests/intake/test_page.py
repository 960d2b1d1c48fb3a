"""HTML pages: the article's text, and title, day, outlet and address from the page's own metadata."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest

from marsad.intake import Fault
from marsad.intake.page import read_page
from marsad.model import Report

BODY = "قصفت قوات النظام بالمدفعية صباح اليوم بلدة كفرزيتا في ريف حماة الشمالي، ما أدى إلى مقتل ثلاثة مدنيين وإصابة آخرين بجروح، بحسب ناشطين."


def taken(content: str | bytes) -> Report | Fault:
    (item,) = read_page(content if isinstance(content, bytes) else content.encode(), "folder/page.html")
    return item


def page(head: str = "", body: str = f"<article><h1>قصف على كفرزيتا</h1><p>{BODY}</p></article>") -> str:
    return f"<!doctype html><html lang=ar><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


# what stands in the head or body, the field, its value
FIELDS = [
    (page(), "id", "page"),
    (page(), "title", "قصف على كفرزيتا"),
    (page('<meta property="og:title" content="قصف على كفرزيتا">'), "title", "قصف على كفرزيتا"),
    (page('<meta property="article:published_time" content="2018-05-04T10:00:00+03:00">'), "date", datetime.date(2018, 5, 4)),
    (page('<meta itemprop="datePublished" content="2018-05-04">'), "date", datetime.date(2018, 5, 4)),
    (page(body=f'<article><time datetime="2018-05-04">أمس</time><p>{BODY}</p></article>'), "date", datetime.date(2018, 5, 4)),
    (page('<meta property="article:published_time" content="2018-13-44">'), "date", None),
    (page(), "date", None),
    (page('<meta property="og:site_name" content="شبكة محلية">'), "outlet", "شبكة محلية"),
    (page('<meta property="og:url" content="https://example.org/1">'), "url", "https://example.org/1"),
    (page('<link rel="canonical" href="https://example.org/2">'), "url", "https://example.org/2"),
]


@pytest.mark.parametrize(("content", "field", "value"), FIELDS, ids=[f"{n}: {f}" for n, (_, f, _) in enumerate(FIELDS)])
def test_a_field(content: str, field: str, value: object) -> None:
    assert getattr(taken(content), field) == value


def test_scripts_and_styles_are_no_text() -> None:
    report = taken(page("<script>قصف()</script><style>قصف{}</style>", f"<script>var قصف=1</script><p>{BODY}</p><!-- قصف -->"))
    assert isinstance(report, Report)
    assert report.text == BODY


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    report = taken(page().replace("charset=utf-8", f"charset={encoding}").encode(encoding))
    assert isinstance(report, Report)
    assert BODY in report.text


def test_a_charset_that_lies_is_not_believed() -> None:
    report = taken(page().replace("charset=utf-8", "charset=ascii").encode())
    assert isinstance(report, Report)
    assert BODY in report.text


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"<p> </p>", b"<" * 10_000, b"\x00" * 50], ids=["nothing", "no body", "blank", "brackets", "zeros"])
def test_no_text(content: bytes) -> None:
    assert isinstance(taken(content), Fault | Report)


@pytest.mark.parametrize("closed", [False, True])
def test_deep_nesting_is_read_in_time(closed: bool) -> None:
    start = time.process_time()
    report = taken("<div>" * 100_000 + f"<p>{BODY}</p>" + "</div>" * 100_000 * closed)
    assert time.process_time() - start < 20
    assert isinstance(report, Report)
    assert BODY in report.text


def test_many_elements_beside_each_other_are_not_deep() -> None:
    report = taken(page(body=f"<nav>{'<br><img src=x>' * 3000}قائمة</nav><article><p>{BODY}</p></article>"))
    assert isinstance(report, Report)
    assert report.text == BODY


def test_a_page_over_the_limit() -> None:
    fault = taken(b" " * 30_000_001)
    assert isinstance(fault, Fault)
    assert "the limit is" in fault.reason


def test_the_samples(samples: Path) -> None:
    for path in sorted(samples.glob("*.html")):
        (report,) = read_page(path.read_bytes(), str(path))
        assert isinstance(report, Report)
        assert report.date
        assert report.title
        assert report.outlet
        silent = [range(*residue.span) for residue in report.residue]
        for words in ("جميع الحقوق محفوظة", "مقالات ذات صلة", "الوسوم", "واتساب"):
            assert any(report.text.index(words) in span for span in silent), words
