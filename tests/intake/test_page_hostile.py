"""Markup that is broken, deep, large or means harm: a report or a fault, in time, and nothing that a page asks for."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.intake import Fault
from marsad.intake.furniture import CLOSE, END, FOLD, OPEN
from marsad.intake.page import page_report
from marsad.model import Report

PARAGRAPH = "<p>قصفت قوات النظام بالمدفعية صباح اليوم بلدة كفرزيتا في ريف حماة الشمالي، ما أدى إلى مقتل ثلاثة مدنيين وإصابة آخرين بجروح، بحسب ناشطين.</p>"

# what is repeated 100,000 times before the report (lists that lie in each other, the text of which would grow with the square of their depth, too)
REPEATED = """<div>|<div class="share">|<div class="entry-content">|<nav>|<aside class="sidebar">|<article>|<p class="tags">|<li class=related>|<ul><li>|<UL><LI>x|<ol><li>|
<blockquote>|<table><tr><td>|<a href="x">|<b><i>|<script>|<script |<!--|<meta "|<meta name=x content="|<title>|<link rel=x |<time datetime=|class="share" |<button>|
<div class=related><button>|<|>|&amp;|&#xfdd0;1&#xfdd1;|<span itemprop="articleBody">|<h1>x|<h2 class="byline">x|<template>|<svg>|<math>|<select><option>|<a name=x>y |
<font><p>|<figure><figcaption>x|<script type="application/ld+json">{"a":[|<div class='share'>""".replace("\n", "").split("|")


@pytest.mark.parametrize("tag", REPEATED)
def test_a_hundred_thousand_of_anything_are_read_in_time(tag: str) -> None:
    start = time.process_time()
    found = page_report((tag * (100_000 if len(tag) < 12 else 30_000) + PARAGRAPH).encode(), name="p.html")
    assert isinstance(found, Report | Fault)
    assert time.process_time() - start < 20


def test_many_closed_boxes_in_each_other() -> None:
    found = page_report(('<div class="x">' * 100_000 + PARAGRAPH + "</div>" * 100_000).encode(), name="p.html")
    assert isinstance(found, Report)
    assert "كفرزيتا" in found.text


def test_table_cells_without_a_table_cost_no_memory() -> None:
    """The parser copies all text for each; a process with 1 GB of address space reads 3 MB of them."""
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)\n"
        "from marsad.intake.page import page_report\n"
        "print(type(page_report(b'<td class=\"x\">y ' * 200_000, name='p.html')).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() in ("Report", "Fault"), done.stderr[-300:]


@pytest.mark.parametrize(("size", "said"), [(30_000_001, "the limit is 30,000,000"), (200_000_000, "the limit is 30,000,000")])
def test_a_page_over_the_limit_is_said_at_once(size: int, said: str) -> None:
    start = time.process_time()
    found = page_report(b" " * size, name="p.html")
    assert isinstance(found, Fault)
    assert said in found.reason
    assert time.process_time() - start < 5


def test_a_page_of_ten_megabytes_of_markup_is_said() -> None:
    found = page_report(b"<i>x</i> " * 1_200_000, name="p.html")
    assert isinstance(found, Fault)
    assert "its scripts and menus apart" in found.reason


def test_nothing_is_fetched_and_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a page was followed")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    harm = (
        '<link rel="stylesheet" href="http://127.0.0.1/x.css"><script src="http://127.0.0.1/x.js"></script><meta http-equiv="refresh" content="0;url=http://127.0.0.1/">'
        '<img src="http://127.0.0.1/x.png" onerror="alert(1)"><iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object>'
        '<a href="javascript:alert(1)">اضغط</a><svg onload="alert(1)"><script>alert(1)</script></svg><base href="http://127.0.0.1/">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">&x;'
    )
    found = page_report(f"<html><head>{harm}</head><body onload='x()'>{harm}<h1>قصف</h1>{PARAGRAPH}{harm}</body></html>".encode(), name="p.html")
    assert isinstance(found, Report)
    assert "alert" not in found.text
    assert "root:" not in found.text


def test_marks_of_our_own_in_a_page_are_taken_away() -> None:
    inside = f"{OPEN}0{END}&#xFDD0;1&#xFDD1;&#64976;2{FOLD}0{END}{CLOSE}9{END}"
    found = page_report(
        f'<div class="share-bar">شارك</div><h1>قصف</h1><div class="entry-content">{PARAGRAPH.replace("صباح", inside + "صباح")}</div>'.encode(), name="p.html"
    )
    assert isinstance(found, Report)
    assert not set(found.text) & {OPEN, CLOSE, END, FOLD}
    assert "كفرزيتا" in found.text


def check(content: bytes) -> None:
    """What holds of every page."""
    found = page_report(content, name="p.html")
    if isinstance(found, Fault):
        assert found.reason
        return
    assert found.text.strip()
    assert not set(found.text) & {OPEN, CLOSE, END, FOLD}
    last = 0
    for residue in found.residue:
        begin, end = residue.span
        assert last <= begin < end <= len(found.text)
        assert residue.kind
        last = end
    assert found.proof is not None
    assert found.proof.size == len(content)
    assert page_report(content, name="p.html") == found


TOKENS = """<div>|</div>|<div class="share-bar">|<div class='related-posts'>|<div class=tags>|<p>|</p>|<p class="wp-caption-text">|<ul>|</ul>|<li>|</li>|<table>|<tr>|<td>|</td>|</table>|<a href="#">|
</a>|<a name="x">|<h1>|</h1>|<h2>|</h2>|<br>|<br/>|<article>|</article>|<div class="entry-content">|<nav>|</nav>|<aside class="sidebar">|</aside>|<footer>|</footer>|<time datetime="2018-12-03">|</time>|<script>|</script>|
<!--|-->|<form>|</form>|<input type="password">|<figure>|<figcaption>|</figcaption>|</figure>|&amp;|&lt;|&#1576;|&#0;|&nbsp;|<![CDATA[|]]>|<b><p>|</b>|<span class="byline">|</span>|<title>|</title>|<meta charset="utf-8">|
<meta property="og:title" content="قصف">|<body class="x">|</body>|</html>|<html lang="ar">|<head>|</head>|<select>|<option>|<textarea>|<svg>|</svg>|<template>|قصفت قوات النظام بلدة كفرزيتا في ريف حماة.|
قصف على البلدة|اقرأ أيضا|مقالات ذات صلة|شارك|المصدر: رويترز|3 كانون الأول 2018|fbpx|\n|\n\n|  |\x00|\ufdd0|\U0001f534|"|'|>|<|=""".replace("\n", "", 3).split(
    "|"
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_markup_gives_a_report_or_a_fault(tokens: list[str]) -> None:
    check("".join(tokens).encode())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(TOKENS), max_size=40), st.sampled_from(["cp1256", "utf-16", "iso8859-6", "utf-16-le"]), st.integers(0, 300), st.binary(max_size=3)
)
def test_any_bytes_give_a_report_or_a_fault(tokens: list[str], encoding: str, at: int, noise: bytes) -> None:
    content = "".join(tokens).encode(encoding, "xmlcharrefreplace")
    check(content[:at] + noise + content[at:])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_noise_gives_a_report_or_a_fault(content: bytes) -> None:
    check(content)
