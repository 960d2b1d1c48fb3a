"""What a page says of itself: fields in their order of trust, disagreements as notes, the original source, the language, the proof."""

from __future__ import annotations

import datetime
import hashlib
import json

import pytest

from marsad.intake import Fault
from marsad.intake.language import language_of
from marsad.intake.page import page_report
from marsad.intake.page_days import day_of, day_of_address, is_late_in_utc
from marsad.intake.page_origin import original_of
from marsad.model import Report

TITLE = "قصف على بلدة كفرزيتا يوقع ثلاثة قتلى"
BODY = "قصفت قوات النظام بالمدفعية صباح اليوم بلدة كفرزيتا في ريف حماة الشمالي، ما أدى إلى مقتل ثلاثة مدنيين وإصابة آخرين بجروح، بحسب ناشطين."


def taken(head: str = "", body: str = "", *, above: str = "", below: str = "", **more: object) -> Report:
    body = body or f'<article><h1>{TITLE}</h1>{above}<div class="entry-content"><p>{BODY}</p><p>وقال ناشط إن القصف استمر ساعة كاملة.</p></div>{below}</article>'
    found = page_report(f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), name="p.html", **more)  # type: ignore[arg-type]
    assert isinstance(found, Report), found
    return found


def ld(*nodes: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False)}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2018-12-03T10:00:00+03:00", "publisher": {"@type": "Organization", "name": "شبكة أولى"}}
OG_DAY = '<meta property="article:published_time" content="2018-12-04T08:00:00+03:00">'
URL = '<link rel="canonical" href="https://example.org/2018/12/05/x">'

DAYS = [
    (taken(ld(ARTICLE)), "2018-12-03", ()),
    (taken(ld(ARTICLE) + OG_DAY), "2018-12-03", ("JSON-LD says 2018-12-03, which is taken; meta says 2018-12-04",)),
    (taken(OG_DAY), "2018-12-04", ()),
    (taken(OG_DAY + URL), "2018-12-04", ("meta says 2018-12-04, which is taken; the address says 2018-12-05",)),
    (taken(above='<time datetime="2018-12-06T01:00:00+03:00">أمس</time>'), "2018-12-06", ()),
    (taken(above='<div class="post-meta">الإثنين 3 كانون الأول 2018</div>'), "2018-12-03", ()),
    (taken(above='<div class="entry-date">٣ ديسمبر ٢٠١٨</div>'), "2018-12-03", ()),
    (taken(URL), "2018-12-05", ()),
    (taken(body=f'<div class="entry-content"><p>دمشق، 3 كانون الأول 2018</p><p>{BODY}</p></div>'), "2018-12-03", ()),
    (taken('<meta property="article:modified_time" content="2019-01-01T00:00:00Z">'), "2019-01-01", ("the day is that of the last change",)),
    (taken(ld({"@type": "NewsArticle", "dateModified": "2019-01-02"})), "2019-01-02", ("the day is that of the last change",)),
    (
        taken('<meta property="article:published_time" content="2018-12-03T22:15:00+00:00">', above='<div class="post-meta">الثلاثاء 4 كانون الأول 2018</div>'),
        "2018-12-04",
        ("meta says 2018-12-03 in UTC",),
    ),
    (taken(), None, ()),
    (taken(below='<div class="related"><time datetime="2020-01-01">خبر آخر</time></div>', above='<time datetime="2018-12-06">اليوم</time>'), "2018-12-06", ()),
]


@pytest.mark.parametrize(("report", "day", "said"), DAYS, ids=[str(n) for n in range(len(DAYS))])
def test_the_day_and_what_disagrees(report: Report, day: str | None, said: tuple[str, ...]) -> None:
    assert report.date == (datetime.date.fromisoformat(day) if day else None)
    notes = [note.message for note in report.notes if note.code == "day"]
    assert len(notes) == len(said)
    assert all(words in note for words, note in zip(said, notes, strict=True))


OUTLETS = [
    (taken(ld(ARTICLE)), "شبكة أولى", 0),
    (taken(ld(ARTICLE) + '<meta property="og:site_name" content="شبكة ثانية">'), "شبكة أولى", 1),
    (taken(ld(ARTICLE) + '<meta property="og:site_name" content="شبكة أولى نت">'), "شبكة أولى", 0),
    (taken('<meta property="og:site_name" content="شبكة ثانية">'), "شبكة ثانية", 0),
    (taken('<meta name="application-name" content="موقع ثالث">'), "موقع ثالث", 0),
    (taken(f"<title>{TITLE} - صحيفة رابعة</title>"), "صحيفة رابعة", 0),
    (taken(f"<title>صحيفة رابعة | {TITLE}</title>"), "صحيفة رابعة", 0),
    (taken(below='</article><footer><p class="copyright">جميع الحقوق محفوظة © مرصد خامس 2018</p></footer>'), "مرصد خامس", 0),
    (taken(URL), "example.org", 0),
    (taken('<meta property="og:site_name" content="الرئيسية">' + URL), "example.org", 0),
    (
        taken(
            ld({**ARTICLE, "publisher": {"@id": "https://x.example/#org"}}, {"@type": "Organization", "@id": "https://x.example/#org", "name": "شبكة سادسة"})
        ),
        "شبكة سادسة",
        0,
    ),
    (taken(), None, 0),
]


@pytest.mark.parametrize(("report", "outlet", "notes"), OUTLETS, ids=[str(n) for n in range(len(OUTLETS))])
def test_the_outlet_and_what_disagrees(report: Report, outlet: str | None, notes: int) -> None:
    assert report.outlet == outlet
    assert sum(note.code == "outlet" for note in report.notes) == notes


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "datePublished": "2018-12-03",}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2018-12-03"} -->',
        '[{"@type": ["Article", "NewsArticle"], "datePublished": "2018-12-03"}]',
        '{"@type": "NewsArticle", "description": "سطر\nوسطر", "datePublished": "2018-12-03"}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2018-12-03T01:00"}};',
    ],
)
def test_json_ld_as_it_is_in_the_wild(script: str) -> None:
    assert str(taken(f'<script type="application/ld+json">{script}</script>').date) == "2018-12-03"


@pytest.mark.parametrize(
    "script",
    ["", "{", "null", "[[[[", '{"@type": 3, "@graph": 4}', '{"@type": "NewsArticle", "datePublished": {}, "publisher": [], "headline": 5}', "[" * 5000],
)
def test_json_ld_that_is_none_costs_nothing(script: str) -> None:
    assert BODY in taken(f'<script type="application/ld+json">{script}</script>').text


ADDRESSES = [
    ('<link rel="canonical" href="https://a.example/1">', None, "https://a.example/1"),
    ('<link rel="canonical" href="/news/1">', "https://a.example/x?y=1", "https://a.example/news/1"),
    ('<link rel="canonical" href="https://a.example/"><meta property="og:url" content="https://a.example/news/2">', None, "https://a.example/news/2"),
    ("", "https://a.example/3", "https://a.example/3"),
    ('<link rel="canonical" href="javascript:alert(1)">', None, None),
    ('<link rel="canonical" href="http://[bad">', None, None),
]


@pytest.mark.parametrize(("head", "fetched", "address"), ADDRESSES, ids=[str(n) for n in range(len(ADDRESSES))])
def test_the_address(head: str, fetched: str | None, address: str | None) -> None:
    report = taken(head, url=fetched)
    assert report.url == address
    assert report.proof is not None
    assert report.proof.url == fetched


def test_the_address_that_the_browser_noted() -> None:
    content = f"<!DOCTYPE html>\n<!-- saved from url=(0028)https://a.example/news/9.html -->\n<html><body><p>{BODY}</p></body></html>"
    report = page_report(content.encode(), name="p.html")
    assert isinstance(report, Report)
    assert report.url == "https://a.example/news/9.html"


def test_two_hosts_are_told() -> None:
    report = taken('<link rel="canonical" href="https://a.example/1">', url="https://copy.example/1")
    assert [note.code for note in report.notes] == ["address"]


# lines of the report, lines around it, outlet, original
ORIGINALS = [
    (["خبر", "نص.", "المصدر: رويترز"], [], None, "رويترز"),
    (["خبر", "نص.", "المصدر : وكالة رويترز + وكالات"], [], None, "رويترز"),
    (["خبر", "نص.", "المصدر: شبكة لا يعرفها أحد"], [], None, "شبكة لا يعرفها أحد"),
    (["خبر", "نص.", "نقلا عن فرانس برس"], [], None, "فرانس برس"),
    (["خبر", "دمشق – سانا", "نص."], [], None, "سانا"),
    (["خبر", "دمشق-سانا: قتل ثلاثة مدنيين في قصف على البلدة."], [], None, "سانا"),
    (["خبر", "بيروت (رويترز) - قتل ثلاثة مدنيين في قصف على البلدة."], [], None, "رويترز"),
    (["خبر", "قتل ثلاثة مدنيين في القصف، بحسب ناشطين (أ ف ب)."], [], None, "فرانس برس"),
    (["خبر", "نص.", "أ ف ب"], [], None, "فرانس برس"),
    (["خبر", "نص."], ["رويترز", "3 ديسمبر 2018"], None, "رويترز"),
    (["خبر", "دمشق – سانا", "نص."], [], "سانا", None),
    (["خبر", "المصدر: سانا"], [], "وكالة سانا", None),
    (["خبر", "قال المصدر إن القصف مستمر في المدينة منذ الصباح ولم يتوقف."], [], None, None),
    (["خبر", "دمشق – قتل ثلاثة مدنيين في قصف على البلدة."], [], None, None),
    (["خبر", "قالت رويترز إن القصف مستمر، ونقلت عن ناشطين مقتل ثلاثة."], [], None, None),
    (["خبر", "نص (ثلاثة منهم أطفال)."], [], None, None),
]


@pytest.mark.parametrize(("body", "byline", "outlet", "original"), ORIGINALS, ids=[str(n) for n in range(len(ORIGINALS))])
def test_the_original_source(body: list[str], byline: list[str], outlet: str | None, original: str | None) -> None:
    assert original_of(body, byline, outlet) == original


WORDS = [
    ("Mon, 03 Dec 2018 10:00:00 GMT", "2018-12-03"),
    ("December 3rd, 2018", "2018-12-03"),
    ("3/12/2018", "2018-12-03"),
    ("12/28/2018", "2018-12-28"),
    ("2018/12/3", "2018-12-03"),
    ("20181203T101500", "2018-12-03"),
    ("الخميس، 4 آب/أغسطس، 2016", "2016-08-04"),
    ("نشر في: 4 مايو، 2016 - 10:33 ص", "2016-05-04"),
    ("12 تشرين الثاني 2019", "2019-11-12"),
    ("قبل 3 ساعات", None),
    ("2018-13-45", None),
    ("رقم 123456789", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "day"), WORDS)
def test_the_day_of_words(words: str, day: str | None) -> None:
    assert day_of(words) == (datetime.date.fromisoformat(day) if day else None)


def test_days_in_addresses_and_late_stamps() -> None:
    assert str(day_of_address("https://a.example/2018/12/03/x.html")) == "2018-12-03"
    assert str(day_of_address("https://a.example/news-20181203.html")) == "2018-12-03"
    assert day_of_address("https://a.example/id/20189912") is None
    assert is_late_in_utc("2018-12-03T22:15:00Z")
    assert not is_late_in_utc("2018-12-03T22:15:00+03:00")
    assert not is_late_in_utc("2018-12-03T12:15:00Z")


LANGUAGES = [
    (BODY, None, "ar"),
    (BODY, "en-US", "ar"),
    ("The shelling of the town went on for two hours, residents said on Monday.", "en", "en"),
    ("The shelling of the town went on for two hours, residents said on Monday, and the hospital was hit.", "ar", "en"),
    ("نیروهای دولتی امروز شهر را گلوله‌باران کردند و چند نفر کشته شدند", None, "fa"),
    ("نیروهای دولتی امروز شهر را گلوله‌باران کردند و چند نفر کشته شدند", "fa-IR", "fa"),
    ("Российская авиация нанесла удары", "ru", "ru"),
    ("123", None, None),
]


@pytest.mark.parametrize(("text", "told", "language"), LANGUAGES, ids=[str(n) for n in range(len(LANGUAGES))])
def test_the_language(text: str, told: str | None, language: str | None) -> None:
    assert language_of(text, told) == language


def test_the_proof() -> None:
    content = f'<html><meta charset="utf-8"><body><p>{BODY}</p></body></html>'.encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    report = page_report(content, name="folder/p.html", url="https://a.example/1", headers=headers, id="one")
    assert isinstance(report, Report)
    proof = report.proof
    assert proof is not None
    assert (report.id, proof.path, proof.url, proof.size) == ("one", "folder/p.html", "https://a.example/1", len(content))
    assert proof.sha256 == hashlib.sha256(content).hexdigest()
    assert (proof.encoding, proof.encoding_from, proof.headers) == ("utf-8", "utf-8", headers)
    assert proof.extractor is not None
    assert proof.extractor.startswith("resiliparse ")


def test_a_charset_of_the_header_is_told() -> None:
    content = f"<html><body><p>{BODY}</p></body></html>".encode("cp1256")
    report = page_report(content, name="p.html", headers=(("content-type", "text/html; charset=windows-1256"),))
    assert isinstance(report, Report)
    assert report.proof is not None
    assert (report.proof.encoding, report.proof.encoding_from) == ("windows-1256", "header")
    assert not isinstance(report, Fault)
