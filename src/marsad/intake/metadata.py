"""Title, day, outlet, address and language of a page, from what it says of itself, in a stated order of trust.

    day      JSON-LD datePublished · meta (Open Graph, Dublin Core …) · `time` · the line above the report · the address · a dateline · day of the last change
    outlet   JSON-LD publisher · og:site_name · other meta · what stands behind the title in `title` · the copyright line · the host of the address
    title    the heading that stands in the text · JSON-LD headline · og:title · `title` without the outlet
    address  canonical · og:url · JSON-LD · the address that it was fetched from · the comment of the browser that saved it

Where two disagree on day, outlet or address, the more trusted wins and the other is kept in a note. A day in UTC late in the evening gives way to the next day
if another place of the page tells that: reports use the day of their readers.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import msgspec

from marsad.intake.page_days import day_of, day_of_address, is_late_in_utc
from marsad.model import Note

_META: Final = re.compile(rb"<meta\s((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_NAMED: Final = re.compile(rb"""(property|name|itemprop|content|http-equiv)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TITLE: Final = re.compile(rb"<title[^<>]*>(.{0,600}?)</title", re.DOTALL)
_LINK: Final = re.compile(rb"""<link\s[^<>]*rel=["']?canonical["']?[^<>]*>""")
_HREF: Final = re.compile(rb"""href=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_HTML: Final = re.compile(rb"""<html[^<>]{0,300}?\slang=["']?([A-Za-z_-]{2,12})""")
_SAVED: Final = re.compile(rb"<!-- saved from url=\(\d+\)(\S+?) -->")
_TIME: Final = re.compile(rb"""<time\s[^<>]{0,300}?datetime=["']?([^"'>]{4,40})""")
_UPPER: Final = re.compile(rb"</?(?:META|Meta|TITLE|Title|HTML|LINK|Link)\b")
_LONGEST_HEAD: Final = 300_000  # bytes
_LONGEST_SCRIPT: Final = 2_000_000  # bytes of JSON-LD
_FRONT: Final = 60_000  # bytes in which the head of a page without `body` is looked for
_OF_REPORT: Final = (b"published", b"entry-date", b"datePublished", b"post-date")
_RIGHTS: Final = re.compile(r"(?:جميع الحقوق محفوظة|كل الحقوق محفوظة|حقوق النشر محفوظة|الحقوق محفوظة|©|Copyright|\(c\))", re.IGNORECASE)
_NOT_A_NAME: Final = re.compile(
    r"[\d©®|–—:.,،()\[\]-]+|\b(?:لدى|لموقع|لصالح|محفوظة|جميع|الحقوق|حقوق|النشر|والطبع|الطبع|all rights reserved|copyright|by|تصميم|برمجة|powered)\b",
    re.IGNORECASE,
)
_BREAKS: Final = re.compile(r"\s+[|–—»«:•·-]+\s+|\s*[|»«]\s*")
_PUBLISHED: Final = tuple(
    "article:published_time og:article:published_time og:published_time datepublished publish-date pubdate publishdate publish_date date dc.date "
    "dc.date.issued dc.date.created dcterms.created dcterms.date sailthru.date parsely-pub-date article.published article:published publication_date "
    "cxenseparse:recs:publishtime".split()
)
_CHANGED: Final = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_OUTLET: Final = ("application-name", "apple-mobile-web-app-title", "dc.publisher", "dcterms.publisher", "publisher", "al:android:app_name", "al:ios:app_name")
_REPORTS: Final = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "WebPage", "ItemPage")
_PUBLISHERS: Final = ("NewsMediaOrganization", "Organization", "WebSite")
_MOST_NODES: Final = 400  # of JSON-LD
_TRAILING: Final = re.compile(rb",\s*([}\]])")
_GENERIC: Final = frozenset(("home", "الرئيسية", "الصفحة الرئيسية", "admin", "wordpress", "website", "news", "أخبار", "الأخبار", "اخبار"))


@dataclass(slots=True)
class Head:
    """What the markup of a page says of it, before its text is known. `meta`: by lower-case name; `reports`, `publishers`: nodes of JSON-LD."""

    meta: dict[str, str]
    title: str | None
    canonical: str | None
    language: str | None
    saved_from: str | None
    times: list[str]
    reports: list[dict[str, Any]] = field(default_factory=list)
    publishers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def titles(self) -> tuple[str, ...]:
        """What may stand as its heading, the most trusted first."""
        told = [_text(node.get("headline")) or "" for node in self.reports]
        found = [*told, self.meta.get("og:title", ""), self.meta.get("twitter:title", ""), self.title or ""]
        return tuple(dict.fromkeys(" ".join(t.split()) for t in found if t))

    @property
    def words_told(self) -> int:
        """How many words JSON-LD says that the report has; 0 where it says nothing."""
        for node in self.reports:
            body = _text(node.get("articleBody"))
            if body:
                return len(body.split())
            count = node.get("wordCount")
            if isinstance(count, int | str) and str(count).isdigit():
                return int(str(count)[:7])
        return 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of its report."""

    title: str | None
    date: datetime.date | None
    outlet: str | None
    url: str | None
    language: str | None
    notes: tuple[Note, ...]


def head_of(markup: bytes, encoding: str, told: Sequence[bytes], comment: bytes = b"") -> Head:
    """What the markup says; `encoding` of its bytes; `told`: its JSON-LD scripts; `comment`: its first bytes."""

    def words(raw: bytes) -> str:
        text = raw.decode(encoding, "replace")
        return " ".join(html.unescape(text).split()) if "&" in text else " ".join(text.split())

    end = markup.find(b"<body")
    front = markup[: min(end, _LONGEST_HEAD) if end > 0 else _FRONT]
    if _UPPER.search(front):  # element names in capitals, as pages were written once
        front = _UPPER.sub(lambda name: name[0].lower(), front)
    meta: dict[str, str] = {}
    for attributes in _META.findall(front):
        pairs = {name.lower(): one or two or three for name, one, two, three in _NAMED.findall(attributes)}
        name = pairs.get(b"property") or pairs.get(b"name") or pairs.get(b"itemprop")
        value = pairs.get(b"content")
        if name and value:
            meta.setdefault(name.decode("ascii", "replace").lower().strip(), words(value[:4000]))
    title, link, language, saved = _TITLE.search(front), _LINK.search(front), _HTML.search(front), _SAVED.search(comment)
    href = _HREF.search(link[0]) if link else None
    head = Head(
        meta=meta,
        title=words(title[1]) if title else None,
        canonical=words(href[1] or href[2] or href[3] or b"") if href else None,
        language=language[1].decode("ascii") if language else None,
        saved_from=words(saved[1]) if saved else None,
        times=[words(t) for t in _times(markup)],
    )
    for script in [script for script in told[:40] if len(script) <= _LONGEST_SCRIPT]:
        for node in _nodes(_json(script, encoding)):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(kind in _REPORTS for kind in kinds):
                head.reports.append(node)
            if any(kind in _PUBLISHERS for kind in kinds):
                head.publishers.append(node)
    head.reports.sort(key=lambda node: _REPORTS.index(next(k for k in _kinds(node) if k in _REPORTS)))
    return head


def facts_of(head: Head, *, heading: str | None, byline: Sequence[str], body: Sequence[str], rights: Sequence[str], url: str | None) -> Facts:
    """What is known of a report; `heading`, `byline`, `body`: its lines in the text; `rights`: lines of copyright; `url`: address that it was fetched from."""
    notes: list[Note] = []
    address = _address(head, url, notes)
    outlet = _outlet(head, heading, rights, address, notes)
    return Facts(
        title=heading or _title(head, outlet),
        date=_date(head, byline, body, address, notes),
        outlet=outlet,
        url=address,
        language=head.language or head.meta.get("og:locale") or next((t for n in head.reports if (t := _text(n.get("inLanguage")))), None),
        notes=tuple(notes),
    )


# --- JSON-LD


def _json(script: bytes, encoding: str) -> Any:
    """The value of a script of JSON-LD, put right where it has what such scripts often have: comments around it, a comma too many, line breaks in strings."""
    text = script.strip().removeprefix(b"<!--").removeprefix(b"//<![CDATA[").removesuffix(b"-->").removesuffix(b"//]]>").strip().rstrip(b";")
    if encoding != "utf-8":
        text = text.decode(encoding, "replace").encode()
    for attempt in (text, _TRAILING.sub(rb"\1", text.replace(b"\r", b" ").replace(b"\n", b" ").replace(b"\t", b" "))):
        try:
            return msgspec.json.decode(attempt)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a value of JSON-LD, the outer before the inner, as many as are looked at."""
    waiting = [value]
    seen = 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting += [
                v for k, v in value.items() if isinstance(v, dict | list) and k in ("@graph", "publisher", "mainEntity", "isPartOf", "mainEntityOfPage")
            ]
        elif isinstance(value, list):
            waiting += value[:_MOST_NODES]


def _kinds(node: dict[str, Any]) -> list[Any]:
    kinds = node.get("@type")
    return kinds if isinstance(kinds, list) else [kinds]


def _text(value: Any) -> str | None:
    """The words of a value of JSON-LD: a string, the name or the address of an object, the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("@id") or value.get("url")
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


# --- one field each


def _times(markup: bytes) -> list[bytes]:
    """The stamps of `time` elements: those that say that they are of the report; else the first one behind its heading; else the first."""
    found = list(_TIME.finditer(markup))
    told = [t[1] for t in found if any(sign in t[0] for sign in _OF_REPORT)]
    heading = markup.find(b"<h1")
    behind = [t[1] for t in found if t.start() > heading >= 0]
    return (told or behind or [t[1] for t in found])[:1]


def _date(head: Head, byline: Sequence[str], body: Sequence[str], address: str | None, notes: list[Note]) -> datetime.date | None:
    told: list[tuple[str, str, datetime.date]] = []

    def tell(who: str, words: str | None, day: datetime.date | None = None) -> None:
        day = day or (day_of(words) if words else None)
        if day is not None:
            told.append((who, words or "", day))

    for node in head.reports:
        tell("JSON-LD", _text(node.get("datePublished")))
        if told:
            break
    tell("meta", next((head.meta[name] for name in _PUBLISHED if head.meta.get(name)), None))
    tell("time", next(iter(head.times), None))
    seen = next(((line, day) for line in byline if (day := day_of(line))), None)
    if seen:
        tell("the line above the report", seen[0], seen[1])
    tell("the address", address, day_of_address(address) if address else None) if address else None
    if not told:
        line = next((line for line in body[:3] if len(line) < 90 and day_of(line)), None)
        tell("the dateline", line)
    if not told:
        changed = next((head.meta[name] for name in _CHANGED if head.meta.get(name)), None) or next((_text(n.get("dateModified")) for n in head.reports), None)
        tell("the last change", changed)
        if told:
            notes.append(Note("day", f"the day is that of the last change of the page, {told[0][2]}"))
    if not told:
        return None
    who, words, day = told[0]
    others = [(w, d) for w, _, d in told[1:] if d != day]
    if others and is_late_in_utc(words) and all(d == day + datetime.timedelta(days=1) for _, d in others):
        notes.append(Note("day", f"{who} says {day} in UTC; {others[0][0]} says {others[0][1]}, the day where the report was read"))
        return others[0][1]
    notes += [Note("day", f"{who} says {day}, which is taken; {w} says {d}") for w, d in others]
    return day


def _outlet(head: Head, heading: str | None, rights: Sequence[str], address: str | None, notes: list[Note]) -> str | None:
    by_id = {node.get("@id"): node for node in head.publishers if node.get("@id") and node.get("name")}
    told: list[tuple[str, str]] = []
    for node in head.reports:
        publisher = node.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        if isinstance(publisher, dict) and not publisher.get("name"):
            publisher = by_id.get(publisher.get("@id"))
        name = _text(publisher)
        if name and not name.startswith("http"):
            told.append(("JSON-LD", name))
            break
    if head.meta.get("og:site_name"):
        told.append(("og:site_name", head.meta["og:site_name"]))
    told += [("JSON-LD", name) for n in head.publishers if (name := _text(n.get("name")))][:1]
    told += [(f"meta {name}", head.meta[name]) for name in _OUTLET if head.meta.get(name)][:1]
    tail = _tail(head, heading)
    if tail:
        told.append(("the title", tail))
    told = [(who, name) for who, name in told if name.casefold() not in _GENERIC and len(name) <= 100]
    if not told:
        named = next((name for line in rights if (name := _of_rights(line))), None)
        if named:
            return named
        host = urlsplit(address).hostname if address else None
        return host.removeprefix("www.") if host else None
    who, outlet = told[0]
    notes += [Note("outlet", f"{who} says {outlet}, which is taken; {w} says {n}") for w, n in told[1:2] if not _alike(outlet, n)]
    return outlet


def _alike(one: str, other: str) -> bool:
    one, other = "".join(one.casefold().split()), "".join(other.casefold().split())
    return one in other or other in one


def _tail(head: Head, heading: str | None) -> str | None:
    """What stands behind (or before) the title in `title`: mostly the outlet."""
    if not head.title:
        return None
    for known in (heading, *head.titles[:-1]):
        if known and known != head.title and known in head.title:
            rest = head.title.replace(known, "", 1).strip(" |–—»«:•·-")
            parts = [p for p in _BREAKS.split(rest) if p.strip()]
            return parts[-1].strip() if parts and len(parts[-1].split()) <= 8 else None
    return None


def _of_rights(line: str) -> str | None:
    """The owner named in a line of copyright."""
    for part in line.split("\n"):
        if _RIGHTS.search(part):
            words = " ".join(_NOT_A_NAME.sub(" ", _RIGHTS.sub(" ", part)).split())
            if 1 <= len(words.split()) <= 8:
                return words
    return None


def _title(head: Head, outlet: str | None) -> str | None:
    titles = head.titles
    if not titles:
        return None
    title = titles[0]
    if title == head.title and outlet and len(titles) == 1:
        parts = _BREAKS.split(title)
        if len(parts) > 1 and _alike(parts[-1], outlet):
            title = title[: title.rfind(parts[-1])].strip(" |–—»«:•·-")
    return title or None


def _address(head: Head, url: str | None, notes: list[Note]) -> str | None:
    base = url or head.saved_from or head.meta.get("og:url")
    told: list[tuple[str, str]] = []
    ld = next((t for n in head.reports for key in ("mainEntityOfPage", "url", "@id") if (t := _of_node(n.get(key)))), None)
    for who, words in (
        ("canonical", head.canonical),
        ("og:url", head.meta.get("og:url")),
        ("JSON-LD", ld),
        ("the fetch", url),
        ("the browser", head.saved_from),
    ):
        if not words:
            continue
        try:
            whole = urljoin(base, words) if base else words
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            told.append((who, whole))
    if not told:
        return None
    who, address = next(((w, a) for w, a in told if len(urlsplit(a).path) > 1 or urlsplit(a).query), told[0])
    host = urlsplit(address).hostname
    other = next(((w, a) for w, a in told if (urlsplit(a).hostname or "").removeprefix("www.") != (host or "").removeprefix("www.")), None)
    if other:
        notes.append(Note("address", f"{who} says {address}, which is taken; {other[0]} says {other[1]}"))
    return address


def _of_node(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and value.startswith(("http", "/")) else None
