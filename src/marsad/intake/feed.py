"""Feeds → `Report`s: RSS 0.9 to 2.0, Atom, JSON Feed. Each entry is one report, with the full text where the feed has it.

Read with `expat`, an entry at a time, so that an entry with broken XML costs itself alone: reading goes on at the next one. A feed that
declares entities is refused. The bytes of an entry, as they stand in the feed, are its proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.feed_entry import Channel, Entry, report_of
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.xml import RefusedError, XmlError, local, parse

_LIMIT: Final = 100_000_000  # bytes of a feed
_BROKEN: Final = 200  # entries that may be broken, before the rest is left
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?(?:rss|RDF|feed)\b")
_ITEM: Final = re.compile(rb"<(?:[\w.-]+:)?(item|entry)(?=[\s>/])")
_DECLARED: Final = re.compile(rb"""^\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/ encoded"
_DUBLIN_DATES: Final = ("http://purl.org/dc/elements/1.1/ date", "http://purl.org/dc/terms/ created", "http://purl.org/dc/terms/ issued")
_DUBLIN_SOURCE: Final = "http://purl.org/dc/elements/1.1/ source"
_DATES: Final = ("published", "pubDate", "issued", "created", "updated", "modified")  # in the order in which they are believed
_FIRST: Final = ("title", "link", "guid", "id", "source")


def looks_like_feed(head: bytes) -> bool:
    """Whether the bytes begin as an XML feed does."""
    plain = head.replace(b"\x00", b"")[:8192]  # a feed in UTF-16 too
    return plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<" and (_ROOT.search(plain) is not None or b"<!ENTITY" in plain)


def looks_like_json_feed(head: bytes) -> bool:
    """Whether the bytes begin as a JSON Feed does."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and re.search(rb"jsonfeed\.org\\?/version", head) is not None


def read_feed(given: Given) -> Iterator[Item]:
    """The entries of an XML feed as reports."""
    content = given.whole(_LIMIT)
    declared = _DECLARED.match(content[:400])
    reading = _Reading(content, declared[1].decode("ascii", "replace").lower() if declared else "utf-8")
    seen: set[str] = set()
    for found in reading.entries():
        if isinstance(found, Entry):
            yield report_of(found, reading.channel, given, seen)
        else:
            number, error = found
            yield Fault(given.name, f"entry {number}, line {error.line}" if number else f"line {error.line}", str(error))
    if not reading.counted and not reading.failed:
        yield Fault(given.name, None, "a feed without entries")


class _Reading:
    """A feed as it is read: what it says of itself, and its entries one after the other."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self.content = content
        self.channel = Channel(encoding=encoding)
        self.counted = 0
        self.failed = False
        self._done: list[Entry] = []

    def entries(self) -> Iterator[Entry | tuple[int, XmlError]]:
        """Each entry, or the number of one that is broken with the error (number 0: the feed itself)."""
        offset, prefix = 0, b""
        lines_before = broken = 0
        while True:
            part = prefix + self.content[offset:]
            tree = _Tree(self, part, offset - len(prefix))
            try:
                parse(part, tree.start, tree.end, tree.words)
            except RefusedError as error:
                self.failed = True
                yield (0, error)
                return
            except XmlError as error:
                yield from self._taken()
                self.failed = True
                at = max(offset, tree.item_at if tree.item_at is not None else offset - len(prefix) + error.at)
                error.line += lines_before
                yield (self.counted if tree.item_at is not None else 0, error)
                following = _ITEM.search(self.content, at + 1)
                broken += 1
                if following is None:
                    return
                if broken > _BROKEN:
                    yield (0, XmlError(f"more than {_BROKEN} broken entries; the rest was not read", error.line, at))
                    return
                prefix = prefix or _opening(self.content)
                offset = following.start()
                lines_before = self.content.count(b"\n", 0, offset) - prefix.count(b"\n")
                continue
            yield from self._taken()
            return

    def _taken(self) -> Iterator[Entry]:
        done, self._done = self._done, []
        yield from done

    def add(self, entry: Entry) -> None:
        self._done.append(entry)


def _opening(content: bytes) -> bytes:
    """What stands before the first entry, so that the rest of a broken feed is read with its encoding and its namespaces."""
    first = _ITEM.search(content)
    head = content[: first.start()] if first else content[:0]
    declaration = re.match(rb"\s*(?:\xef\xbb\xbf)?(<\?xml.*?\?>)", head, re.DOTALL)
    root = re.search(rb"<(?:[\w.-]+:)?(?:rss|RDF|feed)\b[^>]*>", head)
    channel = b"<channel>" if re.search(rb"<channel[\s>]", head) and b"</channel" not in head else b""
    return (declaration[1] if declaration else b"") + (root[0] if root else b"<rss>") + channel


class _Tree:
    """The elements of a feed as they come: collects the fields of its entries, and rebuilds the markup of an Atom body."""

    def __init__(self, reading: _Reading, content: bytes, offset: int) -> None:
        self._reading = reading
        self._content = content
        self._offset = offset
        self._path: list[str] = []
        self._words: list[str] = []
        self._entry: Entry | None = None
        self._begin = 0
        self._fields: dict[str, str] = {}
        self._inside: int | None = None  # depth of the body whose markup is rebuilt
        self._attributes: list[dict[str, str]] = []
        self.item_at: int | None = None

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        self._path.append(name)
        self._attributes.append(attributes)
        if self._inside is not None:
            pairs = "".join(f' {local(k)}="{escape(v)}"' for k, v in attributes.items())
            self._words.append(f"<{local(name)}{pairs}>")
            return
        if self._entry is None and local(name) in ("item", "entry") and name != "http://purl.org/rss/1.0/ items":
            self._reading.counted += 1
            self._entry = Entry(self._reading.counted, b"")
            self._begin, self.item_at = at, at + self._offset
            self._fields = {}
        elif self._entry is not None and attributes.get("type") == "xhtml" and local(name) in ("content", "summary", "title"):
            self._inside = len(self._path)
        self._words = []

    def words(self, words: str) -> None:
        self._words.append(escape(words, quote=False) if self._inside is not None else words)

    def end(self, name: str, at: int) -> None:
        depth = len(self._path)
        self._path.pop()
        attributes = self._attributes.pop()
        if self._inside is not None and depth > self._inside:
            self._words.append(f"</{local(name)}>")
            return
        told = "".join(self._words).strip()
        self._words = []
        is_xhtml, self._inside = self._inside is not None, None
        if self._entry is None:
            self._of_channel(name, told)
        elif local(name) in ("item", "entry") and local(self._path[-1] if self._path else "") in ("channel", "feed", "RDF", "rss", "items", ""):
            self._finish(at)
        else:
            self._of_entry(self._entry, name, told, attributes, is_xhtml)

    def _of_channel(self, name: str, told: str) -> None:
        channel = self._reading.channel
        parent = local(self._path[-1]) if self._path else ""
        if local(name) == "title" and parent in ("channel", "feed") and not channel.title:
            channel.title = " ".join(told.split())
        elif local(name) == "language" and parent == "channel":
            channel.language = channel.language or told

    def _of_entry(self, entry: Entry, name: str, told: str, attributes: dict[str, str], is_xhtml: bool) -> None:
        bare = local(name)
        parent = local(self._path[-1])
        if parent == "source" and bare == "title":  # Atom: the feed that the entry was taken from
            entry.original = told
        elif parent not in ("item", "entry"):
            return
        elif name == _CONTENT or bare == "encoded":
            self._fields["full"] = told
        elif bare == "content":
            kind = attributes.get("type", "text")
            is_text = kind in ("text", "text/plain")
            if told and (is_text or is_xhtml or "html" in kind or kind == "escaped"):
                entry.bodies.insert(0, (told, None if is_text and "type" not in attributes else not is_text))
        elif bare in ("description", "summary"):
            kind = attributes.get("type", "")
            self._fields.setdefault(bare, told)
            if told:
                entry.bodies.append((told, False if kind in ("text", "text/plain") else True if is_xhtml or "html" in kind else None))
        elif bare == "link" and attributes.get("href"):
            if attributes.get("rel", "alternate") == "alternate":
                self._fields.setdefault("link", attributes["href"])
            elif attributes["rel"] == "via":
                self._fields.setdefault("via", attributes["href"])
        elif name in _DUBLIN_DATES:
            self._fields.setdefault("created", told)
        elif name == _DUBLIN_SOURCE:
            entry.original = entry.original or told
        elif bare == "title":
            if attributes.get("type"):
                entry.title_is_markup = "html" in attributes["type"]
            self._first("title", told)
        elif bare in (*_FIRST, *_DATES):
            self._first(bare, told)

    def _first(self, field: str, told: str) -> None:
        if told:
            self._fields.setdefault(field, told)

    def _finish(self, at: int) -> None:
        entry, fields = self._entry, self._fields
        assert entry is not None
        entry.raw = self._content[self._begin : at]
        entry.title = fields.get("title", "")
        guid = fields.get("guid", "")
        entry.link = fields.get("link", "") or (guid if guid.startswith(("http://", "https://")) else "")
        entry.id = fields.get("id", "") or guid
        entry.dates = [fields[name] for name in _DATES if name in fields]
        entry.original = entry.original or fields.get("source", "")
        if "full" in fields:
            entry.bodies.insert(0, (fields["full"], True))
        entry.summary_only = "summary" in fields and len(entry.bodies) == 1 and "full" not in fields
        self._reading.add(entry)
        self._entry, self.item_at = None, None


class _JsonItem(msgspec.Struct):
    id: str | int | float | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    title: str = ""
    language: str = ""
    items: list[msgspec.Raw] = []


def read_json_feed(given: Given) -> Iterator[Item]:
    """The items of a JSON Feed as reports."""
    content = given.whole(_LIMIT).removeprefix(b"\xef\xbb\xbf")
    try:
        feed = msgspec.json.decode(content, type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise IntakeError(f"no JSON Feed: {error}") from None
    channel = Channel(title=feed.title, language=feed.language, extractor="marsad.feed")
    seen: set[str] = set()
    for number, raw in enumerate(feed.items, 1):
        try:
            item = msgspec.json.decode(raw, type=_JsonItem)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Fault(given.name, f"entry {number}", f"no item of a JSON Feed: {error}")
            continue
        yield report_of(_of_json(item, number, bytes(raw)), channel, given, seen)
    if not feed.items:
        yield Fault(given.name, None, "a feed without entries")


def _of_json(item: _JsonItem, number: int, raw: bytes) -> Entry:
    told = ((item.content_html, True), (item.content_text, False), (item.summary, False))
    bodies: list[tuple[str, bool | None]] = [(words, kind) for words, kind in told if words]
    return Entry(
        number,
        raw,
        id=str(item.id) if item.id is not None else "",
        title=item.title or "",
        title_is_markup=False,
        link=item.url or item.external_url or "",
        dates=[d for d in (item.date_published, item.date_modified) if d],
        bodies=bodies,
        language=item.language or "",
        summary_only=bool(item.summary) and not item.content_html and not item.content_text,
    )
