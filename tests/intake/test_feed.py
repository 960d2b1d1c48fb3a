"""Feeds as the well-known systems write them, and what is wrong with those in the wild."""

from __future__ import annotations

import datetime
import json
import time

import pytest

from marsad.intake import Fault
from tests.intake import made
from tests.intake.taken import items, proved, reports, told

DAY = datetime.date(2018, 12, 3)

# content, name, then of the first entry: id, day, url, original
FEEDS = [
    (made.wordpress(), "wp.xml", "https://example.org/?p=1234", DAY, "https://example.org/2018/12/03/1234/", None),
    (made.wordpress(encoding="utf-16"), "wp.xml", "https://example.org/?p=1234", DAY, "https://example.org/2018/12/03/1234/", None),
    (made.blogger(), "b.atom", "tag:blogger.com,1999:blog-77.post-101", DAY, "https://sample.example.org/2018/12/blog-post.html", None),
    (made.atom_xhtml(), "x.atom", "urn:uuid:5", DAY, "https://example.org/5", "وكالة العيّنة"),
    (made.rdf(), "r.rdf", "https://example.org/6", DAY, "https://example.org/6", None),
    (made.old_rss(), "o.rss", "https://example.org/7", None, "https://example.org/7", None),
    (made.json_feed(), "j.json", "https://example.org/8", DAY, "https://example.org/8", None),
]


@pytest.mark.parametrize(("content", "name", "id_", "day", "url", "original"), FEEDS, ids=[f"{n} {len(c)}" for c, n, *_ in FEEDS])
def test_an_entry(content: bytes, name: str, id_: str, day: datetime.date | None, url: str, original: str | None) -> None:
    report = reports(content, name)[0]
    assert (report.id, report.date, report.url, report.original) == (id_, day, url, original)
    assert report.title == made.TITLE
    assert report.text.startswith(f"{made.TITLE}\n\n{made.SHELLING}")
    assert report.outlet in (made.OUTLET, "شبكة محلية")
    assert report.proof is not None
    assert report.proof.url is None  # an entry is no page that was fetched


def test_full_text_goes_before_the_excerpt() -> None:
    report = reports(made.wordpress(), "wp.xml")[0]
    assert made.AID in report.text
    assert "[…]" not in report.text
    assert not report.notes


def test_an_excerpt_alone_is_said_to_be_one() -> None:
    report = reports(made.wordpress([made.wordpress_item(full=False)]), "wp.xml")[0]
    assert report.notes[0].code == "summary"


def test_markup_of_the_tree_is_text_without_its_tags() -> None:
    report = reports(made.atom_xhtml(), "x.atom")[0]
    assert report.text.endswith(f"{made.AID} 2 < 3")
    assert "<b>" not in report.text


def test_undeclared_entities_of_html_are_letters() -> None:
    assert "«نهاية»" in reports(made.old_rss(), "o.rss")[0].text


def test_the_proof_is_the_entry_as_it_stands_in_the_feed() -> None:
    item = made.wordpress_item().strip()
    assert proved(reports(made.wordpress([item]), "wp.xml")[0], item.encode())
    feed = made.json_feed()
    begin = feed.index(b"{", 5)
    assert proved(reports(feed, "j.json")[0], json.JSONDecoder().raw_decode(feed[begin:].decode())[0] and feed[begin : feed.index(b"}", begin) + 1])


def test_language() -> None:
    assert reports(made.wordpress(), "wp.xml")[0].language == "ar"
    assert reports(made.json_feed(), "j.json")[0].language == "ar"


LAUGHS = '<!DOCTYPE lolz [<!ENTITY lol "lol">' + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, QUADRATIC, OUTSIDE], ids=["billion laughs", "quadratic", "from outside"])
def test_entities_are_refused(doctype: str) -> None:
    begin = time.perf_counter()
    (fault,) = items(made.wordpress(doctype=doctype), "wp.xml")
    assert isinstance(fault, Fault)
    assert "declares XML entities" in fault.reason
    assert time.perf_counter() - begin < 5


BAD = "<item><title>مكسور & <b>ناقص</title><link>https://example.org/bad</link></item>"


def test_a_broken_entry_costs_itself() -> None:
    found = told(made.wordpress([made.wordpress_item(), BAD, made.wordpress_item(number=9), BAD, made.wordpress_item(number=10)]), "wp.xml")
    assert [line for line in found if not line.startswith("[")] == [f"https://example.org/?p={n}" for n in (1234, 9, 10)]
    faults = [line for line in found if line.startswith("[")]
    assert len(faults) == 2
    assert "entry 2, line " in faults[0]
    assert "entry 4, line " in faults[1]
    lines = made.wordpress([made.wordpress_item(), BAD]).decode().split("\n")
    assert f"line {next(n for n, line in enumerate(lines, 1) if 'مكسور' in line)}:" in faults[0]


def test_a_feed_that_is_cut_gives_what_is_whole() -> None:
    content = made.wordpress()
    found = told(content[: content.rindex(b"<guid")], "wp.xml")
    assert found[0] == "https://example.org/?p=1234"
    assert "entry 2" in found[1]
    assert "broken XML" in found[1]


# entry, what is said
FAULTS = [
    ("<item></item>", "neither a text nor a title"),
    ("<item><title>بواسطة: قارئ</title><link>https://example.org/1/#comment-5</link><description>كلام</description></item>", "a reader's comment"),
]


@pytest.mark.parametrize(("entry", "said"), FAULTS)
def test_an_entry_that_is_no_report(entry: str, said: str) -> None:
    found = told(made.wordpress([entry, made.wordpress_item()]), "wp.xml")
    assert said in found[0]
    assert found[1] == "https://example.org/?p=1234"


def test_ids_that_repeat_and_ids_that_are_none() -> None:
    item = "<item><guid>7</guid><title>{}</title></item>"
    assert told(made.wordpress([item.format("أ"), item.format("ب"), "<item><title>ج</title></item>"]), "f.xml") == ["f:7", "f:7#2", "f-3"]


def test_a_day_that_is_none_is_said() -> None:
    report = reports(made.wordpress([made.wordpress_item().replace("Mon, 03 Dec 2018 09:30:00 +0000", "أمس")]), "f.xml")[0]
    assert report.date is None
    assert report.notes[0].code == "day"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<rss><channel></channel></rss>", "f.xml", "a feed without entries"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "f.json", "a feed without entries"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "f.json", "no JSON Feed"),
        (b"<feed>" + b"<a>" * 100_000, "f.xml", "nested more than 256 deep"),
        (b"<feed>" + b"<entry>" * 100_000, "f.xml", "nested more than 256 deep"),
    ],
)
def test_a_feed_that_is_none(content: bytes, name: str, said: str) -> None:
    found = told(content, name)
    assert said in found[0]
    assert len(found) < 205  # an attack is given up


def test_a_bad_item_of_a_json_feed_costs_itself() -> None:
    feed = json.loads(made.json_feed())
    feed["items"].insert(0, {"id": [], "content_text": 5})
    found = told(json.dumps(feed).encode(), "j.json")
    assert "entry 1: no item of a JSON Feed" in found[0]
    assert len(found) == 3
