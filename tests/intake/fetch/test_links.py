"""Where feeds, sitemaps and channels lead, and documents that would rather harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.intake.fetch.links import EntitiesError, feed_links, messages, sitemap_links

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://example.org/</link>
<atom:link href="https://example.org/rss" rel="self"/><item><title>أ</title><link>https://example.org/1</link><guid isPermaLink="false">https://example.org/no</guid></item>
<item><guid>https://example.org/2</guid></item><item><link> https://example.org/1 </link></item><item><title>no link</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/><entry><link rel="edit" href="https://example.org/e"/>
<link href="https://example.org/1"/></entry><entry><link rel="alternate" href="/2"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="x"><link>https://example.org/1</link></item></rdf:RDF>"""
JSON = '{"items": [{"url": "https://example.org/1"}, {"external_url": "https://example.org/2"}, {"id": 3}, 4]}'
FEEDS = [
    (RSS, ["https://example.org/1", "https://example.org/2"]),
    (ATOM, ["https://example.org/1", "/2"]),
    (RDF, ["https://example.org/1"]),
    (JSON, ["https://example.org/1", "https://example.org/2"]),
    (RSS[: RSS.index("<item><title>no")], ["https://example.org/1", "https://example.org/2"]),
    ("\ufeff\n" + ATOM, ["https://example.org/1", "/2"]),
    ("<html><body>no feed<br></body></html>", []),
    ('{"items": 7}', []),
    ("{broken", []),
    ("", []),
]


@pytest.mark.parametrize(("feed", "links"), FEEDS, ids=[f[:12] for f, _ in FEEDS])
def test_feeds(feed: str, links: list[str]) -> None:
    assert feed_links(feed.encode()) == links


def test_sitemaps() -> None:
    pages = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/1</loc></url><url><loc> https://example.org/2 </loc></url></urlset>'
    index = "<sitemapindex><sitemap><loc>https://example.org/a.xml</loc></sitemap></sitemapindex>"
    assert sitemap_links(pages.encode()) == (["https://example.org/1", "https://example.org/2"], [])
    assert sitemap_links(index.encode()) == ([], ["https://example.org/a.xml"])
    assert sitemap_links(b"https://example.org/1\nrubbish\nhttps://example.org/2") == (["https://example.org/1", "https://example.org/2"], [])


LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(97 + n)} "{("&" + chr(96 + n) + ";") * 10}">' for n in range(1, 9))
    + "]><rss><item><link>&i;</link></item></rss>"
)
HOSTILE = [LAUGHS, '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>&x;</link></item></rss>', "<a>" * 200]


@pytest.mark.parametrize("document", HOSTILE, ids=["laughs", "outside", "deep"])
def test_hostile_documents_are_refused(document: str) -> None:
    with pytest.raises(EntitiesError):
        feed_links(document.encode())


def test_a_dtd_elsewhere_is_not_asked_for() -> None:
    assert feed_links(b'<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss><item><link>https://example.org/1</link></item></rss>') == ["https://example.org/1"]


def test_messages_of_a_channel() -> None:
    page = b'<div data-post="Chan/41"></div><div data-post="chan/43"><div data-post="other/7"></div></div><div data-post="chan/42"></div>'
    assert messages(page, "chan") == ((41, 42, 43), "https://t.me/s/chan?before=41")
    assert messages(b'<div data-post="chan/1">', "chan") == ((1,), None)
    assert messages(b"", "chan") == ((), None)


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    for read in (feed_links, sitemap_links):
        try:
            read(content)
            read(b"<rss><item><link>" + content)
        except EntitiesError:
            pass
