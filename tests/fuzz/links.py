"""Feeds, sitemaps, previews of channels, and the addresses in them."""

from __future__ import annotations

from marsad.intake.fetch import RefusedError, target_of
from marsad.intake.fetch.links import EntitiesError, feed_links, messages, sitemap_links

SEEDS = (
    b'<?xml version="1.0"?><rss><channel><item><link>https://example.org/1</link><guid isPermaLink="true">https://example.org/2</guid></item></channel></rss>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="https://[::1]:80/a?b#c"/></entry></feed>',
    b"<urlset><url><loc>https://example.org/\xd8\xa3</loc></url></urlset>",
    b"<sitemapindex><sitemap><loc>http://2130706433/</loc></sitemap></sitemapindex>",
    b'<!DOCTYPE r [<!ENTITY a "b">]><rss><item><link>&a;</link></item></rss>',
    b'{"items": [{"url": "https://example.org"}]}',
    b'<div data-post="chan/12">',
    b"https://example.org/1\nhttp://127.1/",
)


def target(data: bytes) -> None:
    found: list[str] = []
    for read in (feed_links, lambda d: [url for urls in sitemap_links(d) for url in urls]):
        try:
            found += read(data)
        except EntitiesError:
            continue
    messages(data, "chan")
    for url in (*found[:50], data[:300].decode("utf-8", "replace")):
        try:
            told = target_of(url, "https://example.org/base/")
        except RefusedError:
            continue
        assert told.url.isascii()
        assert told.path.startswith("/")
        assert target_of(told.url).url == told.url
