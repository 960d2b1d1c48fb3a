"""Where a feed, a sitemap or a channel's preview leads: the addresses in it, in order, each once.

XML is read with expat, a byte at a time as it comes, and without entities: a document that defines one is refused, so that none can be blown up. What is
broken gives what came before the break. Nothing that a document names (a DTD, a style sheet) is fetched.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any, Final, NamedTuple
from xml.parsers import expat

_MOST: Final = 20_000  # addresses of one document
_DEPTH: Final = 100
_POST: Final = re.compile(rb'data-post="([\w]{3,64})/(\d{1,12})"')


class Messages(NamedTuple):
    """The numbers of the messages that a preview shows, and the address of the page before it."""

    numbers: tuple[int, ...]
    earlier: str | None


class EntitiesError(ValueError):
    """The document defines entities."""


def feed_links(content: bytes) -> list[str]:
    """Addresses of the entries of an RSS, Atom, RDF or JSON feed. Raises `EntitiesError`."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_links(content)
    reader = _Xml()
    reader.read(content)
    return list(dict.fromkeys(reader.entries))[:_MOST]


def sitemap_links(content: bytes) -> tuple[list[str], list[str]]:
    """Addresses of the pages of a sitemap, and of the sitemaps of an index. A text sitemap has one address a line. Raises `EntitiesError`."""
    if b"<" not in content[:4096]:
        lines = content[:4_000_000].decode("utf-8", "replace").split()
        return [line for line in lines if line.startswith(("http://", "https://"))][:_MOST], []
    reader = _Xml()
    reader.read(content)
    return list(dict.fromkeys(reader.pages))[:_MOST], list(dict.fromkeys(reader.maps))[:500]


def messages(content: bytes, channel: str) -> Messages:
    """The messages of a channel's public preview (`t.me/s/CHANNEL`)."""
    numbers = sorted({int(m[2]) for m in _POST.finditer(content) if m[1].decode().lower() == channel.lower()})
    return Messages(tuple(numbers), f"https://t.me/s/{channel}?before={numbers[0]}" if numbers and numbers[0] > 1 else None)


def _json_links(content: bytes) -> list[str]:
    import msgspec

    try:
        feed: Any = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []
    items = feed.get("items") if isinstance(feed, dict) else None
    found = [item.get("url") or item.get("external_url") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return list(dict.fromkeys(url for url in found if isinstance(url, str)))[:_MOST]


class _Xml:
    """Addresses by where they stand: in an entry, in a page of a sitemap, in a sitemap of an index."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.pages: list[str] = []
        self.maps: list[str] = []
        self._path: list[str] = []
        self._words: list[str] | None = None
        self._link = self._guid = ""

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self._said
        parser.EntityDeclHandler = self._entity
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        with contextlib.suppress(expat.ExpatError):
            parser.Parse(content.lstrip(b" \t\r\n"), True)

    def _entity(self, *_: Any) -> None:
        raise EntitiesError("the document defines entities")

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit(" ", 1)[-1].lower()
        self._path.append(local)
        if len(self._path) > _DEPTH:
            raise EntitiesError("elements lie too deep in each other")
        if local in ("item", "entry"):
            self._link = self._guid = ""
        if local in ("link", "loc", "guid"):
            self._words = []
        if local == "guid" and attributes.get("isPermaLink", "true") == "false":
            self._words = None
        if local == "link" and "entry" in self._path and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
            self._link = self._link or attributes["href"]

    def _said(self, words: str) -> None:
        if self._words is not None and len(self._words) < 100:
            self._words.append(words)

    def _closed(self, name: str) -> None:
        local = name.rsplit(" ", 1)[-1].lower()
        told = "".join(self._words or ()).strip()
        above = self._path[-2] if len(self._path) > 1 else ""
        if local == "link" and above == "item":
            self._link = told or self._link
        elif local == "guid" and above == "item":
            self._guid = told
        elif local == "loc" and told:
            (self.maps if above == "sitemap" else self.pages if above == "url" else []).append(told)
        elif local in ("item", "entry"):
            link = self._link or (self._guid if self._guid.startswith("http") else "")
            if link:
                self.entries.append(link)
        self._words = None
        self._path.pop()
