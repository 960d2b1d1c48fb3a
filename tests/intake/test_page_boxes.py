"""Furniture by what the markup shows; pages that are none of a report; the second opinion; saved pages in MHTML."""

from __future__ import annotations

import sys
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from marsad.intake import Fault
from marsad.intake.page import page_report
from marsad.intake.page_wall import _plain, fits
from marsad.knowledge.furniture import furniture
from marsad.model import Report

FIRST = "قصفت قوات النظام بالمدفعية صباح اليوم بلدة كفرزيتا في ريف حماة الشمالي، ما أدى إلى مقتل ثلاثة مدنيين وإصابة آخرين بجروح، بحسب ناشطين."
SECOND = "وقال مصدر طبي إن المستشفى الميداني استقبل سبعة جرحى بينهم طفلان، وإن حالة اثنين منهم حرجة بعد أن أصيبا بشظايا في الرأس والصدر."
OTHER = "مقتل ضابط رفيع في كمين على الطريق الصحراوي"


def taken(inside: str, *, before: str = "", after: str = "") -> Report | Fault:
    body = f'{before}<article><h1>قصف على كفرزيتا</h1><div class="entry-content"><p>{FIRST}</p>{inside}<p>{SECOND}</p></div></article>{after}'
    return page_report(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode(), name="p.html")


# markup inside the text, the words that are furniture, their kind
INSIDE = [
    (f'<div class="inline-related">اقرأ أيضا: <a href="#">{OTHER}</a></div>', OTHER, "related"),
    (f'<p><a href="/x">{OTHER}</a></p>', OTHER, "related"),
    (f'<p><strong>اقرأ أيضاً</strong>: <a href="/x">{OTHER}</a></p>', OTHER, "related"),
    (f'<ul class="crp_related"><li><a href="#">{OTHER}</a></li></ul>', OTHER, "related"),
    ("<figure><img src=a.jpg><figcaption>دخان فوق المدينة بعد القصف</figcaption></figure>", "دخان فوق المدينة بعد القصف", "caption"),
    ('<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">دخان فوق المدينة</p></div>', "دخان فوق المدينة", "caption"),
    ('<div class="wp-caption"><img><p class="wp-caption-text">دخان <span class="photo-credit">رويترز</span></p></div>', "رويترز", "caption"),
    ('<div class="sharedaddy"><h3>شارك هذا الموضوع</h3><a href=#>فيسبوك</a></div>', "فيسبوك", "share"),
    ("<p>fbpx</p>", "fbpx", "share"),
    ('<div class="newsletter-box">اشترك في نشرتنا البريدية</div>', "اشترك في نشرتنا البريدية", "newsletter"),
    ('<div class="ad-slot"><span>إعلان</span></div>', "إعلان", "ad"),
    ('<div class="post-tags">الوسوم: <a href=#>سوريا</a></div>', "سوريا", "tags"),
    ("<div id=cookie-law-info-bar>يستخدم الموقع ملفات تعريف الارتباط</div>", "ملفات تعريف الارتباط", "cookie"),
    ('<table class="tr-caption-container"><tr><td><img></td></tr><tr><td class="tr-caption">دخان فوق المدينة</td></tr></table>', "دخان فوق المدينة", "caption"),
    ("<div class='share-bar'>شارك الخبر</div>", "شارك الخبر", "share"),
    ("<div class=share-bar>شارك الخبر مع غيرك</div>", "شارك الخبر مع غيرك", "share"),
    ("<DIV CLASS='share-bar'>شارك الخبر مع غيرك</DIV>", "شارك الخبر مع غيرك", "share"),
    ("<div class='related'><div><p>خبر آخر عن المدينة", "خبر آخر عن المدينة", "related"),
]


@pytest.mark.parametrize(("inside", "words", "kind"), INSIDE, ids=[f"{n}: {k}" for n, (_, _, k) in enumerate(INSIDE)])
def test_furniture_in_the_text_is_marked_and_kept(inside: str, words: str, kind: str) -> None:
    report = taken(inside)
    assert isinstance(report, Report)
    assert FIRST in report.text
    at = report.text.index(words)
    held = [residue for residue in report.residue if residue.span[0] <= at < residue.span[1]]
    assert [residue.kind for residue in held] == [kind]
    if "<p>خبر آخر" not in inside:  # a box that is never closed goes on to the end of the page
        for paragraph in ("قصف على كفرزيتا", FIRST, SECOND):
            begin = report.text.index(paragraph)
            assert not any(r.span[0] < begin + len(paragraph) and begin < r.span[1] for r in report.residue), paragraph


# markup that looks like furniture and holds the report
NAMED_OTHERWISE = [
    f'<div class="advertisement-wrapper share-page"><h1>قصف على كفرزيتا</h1><p>{FIRST}</p><p>{SECOND}</p></div>',
    f'<body class="has-sidebar tag tag-news comments-open"><div class="post tag-syria category-ads"><h1>قصف</h1><p>{FIRST}</p><p>{SECOND}</p></div>',
    f'<form id="aspnetForm"><div class="search-results-page"><h1>قصف على كفرزيتا</h1><p>{FIRST}</p><p>{SECOND}</p></div></form>',
    f'<table class="menu-table"><tr><td class="byline-cell">{FIRST}<br>{SECOND}<br>{FIRST}</td></tr></table>',
    f'<div class="caption-holder"><div class="entry-content"><p>{FIRST}</p><p>{SECOND}</p></div></div>',
    f"<nav><h1>قصف على كفرزيتا</h1><p>{FIRST}</p><p>{SECOND}</p></nav>",
]


@pytest.mark.parametrize("body", NAMED_OTHERWISE, ids=[str(n) for n in range(len(NAMED_OTHERWISE))])
def test_a_box_that_is_named_for_something_else(body: str) -> None:
    report = page_report(f"<html><meta charset=utf-8>{body}</html>".encode(), name="p.html")
    assert isinstance(report, Report)
    for paragraph in (FIRST, SECOND):
        begin = report.text.index(paragraph)
        assert not any(r.span[0] < begin + len(paragraph) and begin < r.span[1] for r in report.residue)


def test_menus_and_sidebars_are_no_text() -> None:
    menu = f'<nav><ul><li><a href="#">{OTHER}</a></li></ul></nav><div class="main-menu"><a href="#">{OTHER}</a></div>'
    report = taken("", before=menu, after=f'<aside class="sidebar"><h3>الأكثر قراءة</h3><a href="#">{OTHER}</a></aside><div id="sidebar"><p>{OTHER}</p></div>')
    assert isinstance(report, Report)
    assert OTHER not in report.text


# --- pages that are none of a report

WALLS = [
    ('<form><h1>تسجيل الدخول</h1><label>اسم المستخدم</label><input name="u"><label>كلمة المرور</label><input type="password"></form>', "a login form"),
    (
        "<div><p>نحن نهتم بخصوصيتك</p><p>نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتخزين المعلومات على جهازك والوصول إليها.</p><p>قبول الكل</p></div>",
        "a cookie wall",
    ),
    ('<div id="onetrust-banner-sdk"><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك وعرض الإعلانات.</p><a>أوافق</a></div>', "a cookie wall"),
    ("<h1>Just a moment...</h1><p>Checking your browser before accessing the site. Ray ID: 123</p>", "a check for robots"),
    ("<h1>404</h1><p>عذرا، الصفحة التي تبحث عنها غير موجودة</p>", "a page of an error"),
    ("<p>اقبل للمتابعة</p>", "a cookie wall"),
    ('<div class="box"><button>اقبل للمتابعة</button></div>', "a cookie wall"),
    ('<div id="overlay"><h2>قبل أن تتابع</h2><a href="#">أوافق وأتابع</a> <a href="#">إدارة الخيارات</a></div>', "a cookie wall"),
    ("<h1>خبر مهم من المدينة</h1><p>هذا المحتوى للمشتركين فقط، اشترك لمواصلة القراءة.</p>", "a paywall"),
]


@pytest.mark.parametrize(("body", "said"), WALLS, ids=[said for _, said in WALLS])
def test_a_wall_is_said_and_gives_no_report(body: str, said: str) -> None:
    found = page_report(f"<html><meta charset=utf-8><title>موقع</title><body>{body}</body></html>".encode(), name="p.html")
    assert isinstance(found, Fault)
    assert said in found.reason


def test_a_short_report_with_a_cookie_bar_and_a_login_box_is_a_report() -> None:
    more = (
        '<div class="cookie-notice">نستخدم ملفات تعريف الارتباط. <a>موافق</a></div><div id="login-popup"><form>كلمة المرور<input type="password"></form></div>'
    )
    body = f"<h1>قصف على كفرزيتا</h1><p>{FIRST}</p>{more}"
    report = page_report(f"<html><meta charset=utf-8><body>{body}</body></html>".encode(), name="p.html")
    assert isinstance(report, Report)
    assert FIRST in report.text


def test_a_flash_of_one_sentence_is_a_report_whatever_stands_in_the_boxes_around_it() -> None:
    flash = "عاجل: قصفت قوات النظام بالمدفعية الثقيلة بلدة هجين شرقي دير الزور صباح اليوم"
    more = '<div class="cookie">نستخدم ملفات تعريف الارتباط <button>قبول الكل</button></div><form id="login">كلمة المرور<input type="password"></form>'
    report = page_report(f"<html><meta charset=utf-8><body><p>{flash}</p>{more}</body></html>".encode(), name="p.html")
    assert isinstance(report, Report)
    assert flash in report.text


@pytest.mark.parametrize("number", range(len(furniture().walls)))
def test_the_examples_of_walls(number: int) -> None:
    rule = furniture().walls[number]
    field = f'<input type="{rule.field}">'.encode() if rule.field else b""
    assert fits(rule, _plain(rule.example), len(rule.example.split()), field)
    assert not fits(rule, _plain(rule.not_), len(rule.not_.split()), b"")


# --- the second opinion


def _hidden() -> bytes:
    """A page whose author put the report into a menu."""
    paragraphs = "".join(f"<p>{FIRST} {n}</p><p>{SECOND} {n}</p>" for n in range(5))
    menu = "".join(f'<li><a href="/{n}">{OTHER}</a></li>' for n in range(30))
    return f"<html><head><meta charset=utf-8><title>قصف</title></head><body><ul>{menu}</ul><nav>{paragraphs}</nav></body></html>".encode()


def test_trafilatura_is_asked_where_the_text_is_thin_and_wins_where_it_finds_more() -> None:
    pytest.importorskip("trafilatura")
    report = page_report(_hidden(), name="p.html")
    assert isinstance(report, Report)
    assert report.proof is not None
    assert str(report.proof.extractor).startswith("trafilatura ")
    assert FIRST in report.text


def test_a_text_that_is_torn_by_what_json_ld_tells() -> None:
    pytest.importorskip("trafilatura")
    whole = " ".join([FIRST, SECOND] * 4)
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{whole}"}}</script>'
    paragraphs = f"<p>{FIRST}</p><p>{SECOND}</p>" * 3
    body = f'<article><h1>قصف</h1><div class="entry-content"><p>{FIRST}</p><p>{SECOND}</p></div><div class="comments">{paragraphs}</div></article>'
    report = page_report(f"<html><head><meta charset=utf-8>{script}</head><body>{body}</body></html>".encode(), name="p.html")
    assert isinstance(report, Report)  # whichever wins, both were asked
    assert FIRST in report.text


def test_without_trafilatura_a_note_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    report = page_report(_hidden(), name="p.html")
    if isinstance(report, Report):
        assert any("marsad[pages]" in note.message for note in report.notes)
    else:
        assert "no text" in report.reason


# --- MHTML


def _mhtml(charset: str = "utf-8") -> bytes:
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://a.example/news/1"
    message["MIME-Version"] = "1.0"
    advert = MIMEText("<html><body><p>إعلان عن بيت للبيع في وسط المدينة بسعر مناسب جدا</p></body></html>", "html", "utf-8")
    advert["Content-Location"] = "https://ads.example/frame"
    page = MIMEText(f"<html><head><title>قصف</title></head><body><h1>قصف على كفرزيتا</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>", "html", charset)
    page["Content-Location"] = "https://a.example/news/1"
    picture = MIMEImage(b"\x89PNG\r\n\x1a\n", "png")
    for part in (advert, page, picture):
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_page_saved_as_one_file(charset: str) -> None:
    content = _mhtml(charset)
    report = page_report(content, name="p.mhtml")
    assert isinstance(report, Report)
    assert FIRST in report.text
    assert "بيت للبيع" not in report.text
    assert report.url == "https://a.example/news/1"
    assert report.proof is not None
    assert report.proof.size == len(content)


def test_an_mhtml_without_a_page() -> None:
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "https://a.example/"
    message.attach(MIMEImage(b"\x89PNG\r\n\x1a\n", "png"))
    found = page_report(message.as_bytes(), name="p.mhtml")
    assert isinstance(found, Fault)
    assert "without a page" in found.reason


@pytest.mark.parametrize("field", ['type="password"', "type=password", "TYPE = 'password'"])
def test_a_form_that_asks_for_a_password_however_it_is_written(field: str) -> None:
    page = f"<html><body><h1>تسجيل الدخول</h1><form><input name=u><input {field}></form></body></html>"
    found = page_report(page.encode(), name="p.html")
    assert isinstance(found, Fault)
    assert "a login form" in found.reason
