"""Feeds of the latest incidents (RSS 2.0, Atom, JSON Feed 1.1), the sitemap, and what search engines are told about an article."""

from __future__ import annotations

import datetime
from email.utils import format_datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import msgspec
from markupsafe import Markup

from marsad.site.articles import published
from marsad.site.context import Site
from marsad.site.finding import Query
from marsad.site.format import Speech
from marsad.site.reasons import grade_reason
from marsad.site.records import PublicIncident, PublicReport, address_part
from marsad.site.views import figures, incident_href, plain_title, report_title

LATEST: Final = 50
FEEDS: Final = {
    "rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8",
}  # fmt: skip
_SITEMAP: Final = 40_000


def feed(site: Site, s: Speech, kind: str, query: Query, path: str) -> bytes:
    """The latest incidents of a list as a feed."""
    entries = [_entry(site, s, made) for made in site.incidents(site.index.found(query).rows[:LATEST])]
    title = f"{site.name(s.lang)}: {s.t('list.title')}"
    made = {"rss": _rss, "atom": _atom, "json": _json}[kind]
    return made(site, s, title, entries, path)


def special_feed(site: Site, s: Speech, kind: str, path: str) -> bytes:
    """The latest special reports that are written in a language, as a feed."""
    entries: list[dict[str, str]] = []
    for article in published(site):
        text = article.content.texts.get(s.lang)
        if article.withdrawn is None and text is not None and text.is_there and len(entries) < LATEST:
            url = f"{site.base}/{s.lang}/special/{article.slug}"
            entries.append({
                "id": f"special-{article.slug}-{s.lang}", "url": url, "title": text.title, "summary": text.summary,
                "updated": f"{article.updated[:19]}Z", "published": f"{article.published[:19]}Z",
            })  # fmt: skip
    made = {"rss": _rss, "atom": _atom, "json": _json}[kind]
    return made(site, s, f"{site.name(s.lang)}: {s.t('special.title')}", entries, path)


def _entry(site: Site, s: Speech, made: PublicIncident) -> dict[str, str]:
    told = made.incident
    day = s.days(told.date.start, told.date.end, told.date.precision).striptags()
    said = [day, *(f"{name}: {bounds.striptags()}" for _, name, bounds in figures(told, s)), str(grade_reason(told.grade, s).striptags())]
    seen = made.history[-1].day if made.history else "1970-01-01"
    first = made.history[0].day if made.history else seen
    return {
        "id": told.id, "url": f"{site.base}{incident_href(told.id, s)}", "title": plain_title(told, s), "summary": ". ".join(str(p) for p in said),
        "updated": f"{seen}T00:00:00Z", "published": f"{first}T00:00:00Z",
    }  # fmt: skip


def _rss(site: Site, s: Speech, title: str, entries: list[dict[str, str]], path: str) -> bytes:
    items = "".join(
        f'<item><title>{escape(_clean(e["title"]))}</title><link>{escape(e["url"])}</link><guid isPermaLink="false">{escape(e["id"])}</guid>'
        f"<pubDate>{_http_day(e['published'])}</pubDate><description>{escape(_clean(e['summary']))}</description></item>\n"
        for e in entries
    )
    made = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(title)}</title><link>{escape(site.base)}/{s.lang}/</link><description>{escape(str(s.t('site.about').unescape()))}</description>"
        f'<language>{s.lang}</language><atom:link href={quoteattr(site.base + path)} rel="self" type="application/rss+xml"/>\n{items}</channel></rss>\n'
    )
    return made.encode()


def _atom(site: Site, s: Speech, title: str, entries: list[dict[str, str]], path: str) -> bytes:
    items = "".join(
        f"<entry><title>{escape(_clean(e['title']))}</title><id>urn:marsad:{escape(e['id'])}</id><link href={quoteattr(e['url'])}/>"
        f"<published>{e['published']}</published><updated>{e['updated']}</updated><summary>{escape(_clean(e['summary']))}</summary></entry>\n"
        for e in entries
    )
    latest = max((e["updated"] for e in entries), default="1970-01-01T00:00:00Z")
    made = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{s.lang}"><title>{escape(title)}</title>'
        f"<id>{escape(site.base + path)}</id><updated>{latest}</updated><author><name>{escape(site.name(s.lang))}</name></author>"
        f'<link rel="self" href={quoteattr(site.base + path)}/><link href={quoteattr(f"{site.base}/{s.lang}/")}/>\n{items}</feed>\n'
    )
    return made.encode()


def _json(site: Site, s: Speech, title: str, entries: list[dict[str, str]], path: str) -> bytes:
    items = [
        {"id": e["id"], "url": e["url"], "title": e["title"], "content_text": e["summary"], "date_published": e["published"], "date_modified": e["updated"]}
        for e in entries
    ]
    made = {
        "version": "https://jsonfeed.org/version/1.1", "title": title, "language": s.lang, "home_page_url": f"{site.base}/{s.lang}/",
        "feed_url": site.base + path, "items": items,
    }  # fmt: skip
    return msgspec.json.encode(made)


def _http_day(told: str) -> str:
    return format_datetime(datetime.datetime.fromisoformat(told.replace("Z", "+00:00")), usegmt=True)


def _clean(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return "".join(c for c in words if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def sitemap(site: Site, number: int = 0) -> bytes:
    """Addresses of the pages of incidents and reports in both languages: the sitemap of that number (from 1), or the index of them."""
    paths = _paths(site)
    many = max(1, -(-len(paths) // _SITEMAP))
    if number == 0 and many > 1:
        rows = "".join(f"<sitemap><loc>{escape(site.base)}/sitemap-{n}.xml</loc></sitemap>" for n in range(1, many + 1))
        return f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>\n'.encode()
    own = paths[(max(1, number) - 1) * _SITEMAP : max(1, number) * _SITEMAP]
    rows = "".join(_location(site.base, path) for path in own)
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset {names}>\n{rows}</urlset>\n'.encode()


def _paths(site: Site) -> list[str]:
    with site.reads() as reads:
        reports = [f"reports/{address_part(id_)}" for id_, _ in reads.report_days()]
    own = ["", "incidents", "reports", "special", "places", "actors", "outlets", "methodology", "downloads", "about"]
    own += [f"special/{made.slug}" for made in published(site) if made.withdrawn is None]
    return [*own, *(f"incidents/{id_}" for id_ in site.index.ids), *reports]


def _location(base: str, path: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(f"{base}/{lang}/{path}")}/>'
        for code, lang in (("ar", "ar"), ("en", "en"), ("x-default", "ar"))
    )
    return "".join(f"<url><loc>{escape(f'{base}/{lang}/{path}')}</loc>{links}</url>\n" for lang in ("ar", "en"))


def news_article(site: Site, s: Speech, report: PublicReport, path: str) -> Markup:
    """A report as schema.org's NewsArticle, in JSON that may stand inside a page."""
    made: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": str(report_title(report, s).striptags())[:110], "inLanguage": "ar",
        "datePublished": report.date, "url": site.base + path, "author": {"@type": "Organization", "name": report.outlet or site.name(s.lang)},
        "publisher": {"@type": "Organization", "name": report.outlet or site.name(s.lang)}, "isAccessibleForFree": True,
    }  # fmt: skip
    text = msgspec.json.encode({k: v for k, v in made.items() if v is not None}).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
