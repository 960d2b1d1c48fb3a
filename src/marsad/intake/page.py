"""An HTML page → `Report`: the text of its article, its title, day, outlet and address.

The text is found by resiliparse (Apache-2.0, C++), which keeps the main content; what of the page's furniture stays in the text is for
the reading's residue to mark. Title, day and address come from the page's own metadata (Open Graph, `time`, JSON-LD).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from marsad.intake.encoding import EncodingError, decode
from marsad.intake.faults import Fault
from marsad.model import Report, reference_day

_LIMIT: Final = 30_000_000  # bytes: no report's page is longer, and a parser may need many times as much
_DEPTH: Final = 2_000  # elements in each other; pages of news have fewer than 60
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_META: Final = (
    "article:published_time",
    "og:published_time",
    "datePublished",
    "publish-date",
    "pubdate",
    "date",
    "DC.date.issued",
    "article:modified_time",
)


def read_page(content: bytes, name: str) -> Iterator[Report | Fault]:
    """The report of one saved page, or why there is none."""
    yield page_report(content, name=name)


def page_report(
    content: bytes,
    *,
    name: str,
    id: str | None = None,
    url: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
    declared: str | None = None,
) -> Report | Fault:
    """The report of one page (or of a fragment of markup, as feeds have it), or the fault that says why there is none. Never raises.

    `content`: the raw bytes. `name`: file (with the member or line inside it, behind `#`), for faults and `proof.path`. `id`: of the report; without
    it, the stem of `name`. `url`: address that it was fetched from. `headers`: of the response, in order. `declared`: the character set that the
    format around it tells ("utf-8" for markup that was a string already); it goes before what the page says of itself. The caller that knows more
    (fetch time, record id) adds it to `report.proof` with `msgspec.structs.replace`.
    """
    if len(content) > _LIMIT:
        return Fault(name, None, f"a page of {len(content):,} bytes; the limit is {_LIMIT:,}")
    try:
        markup, notes = _markup(content)
    except EncodingError as error:
        return Fault(name, None, str(error))
    found = of_markup(markup)
    if not found["text"]:
        return Fault(name, None, "no text in the page")
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return Report(id=id or stem, notes=notes, **found)


def _markup(content: bytes) -> tuple[str, tuple[Any, ...]]:
    """The page's characters; the charset that it names is believed where the bytes agree."""
    named = _CHARSET.search(content[:4096])
    if named is not None:
        charset = named[1].decode("ascii").lower()
        if charset not in ("utf-8", "utf8"):
            try:
                return content.decode(charset), ()
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(content)


def of_markup(markup: str) -> dict[str, Any]:
    """Text, title, date, outlet and url of a page's markup; `text` is empty where the page has none."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(markup)
    text = "" if _too_deep(markup, tree) else extract_plain_text(tree, main_content=True, alt_texts=False, preserve_formatting=True)
    if len(text.split()) < 15:
        text = extract_plain_text(tree, main_content=False, alt_texts=False, preserve_formatting=True)
    meta = _meta(tree)
    title = meta.get("og:title") or (tree.title or "").strip() or None
    text = text.strip()
    return {
        "text": text,
        "title": title if title and title in text else _heading(tree, text),
        "date": _day(tree, meta),
        "outlet": meta.get("og:site_name"),
        "url": meta.get("og:url") or _canonical(tree),
    }


def _too_deep(markup: str, tree: Any) -> bool:
    """Whether elements lie so deep in each other that finding the main content, which costs the square of the depth, would take seconds."""
    opened = markup.count("<") - markup.count("</")
    if opened <= _DEPTH:
        return False
    from resiliparse.parse.html import traverse_dom

    deepest = 0

    def enter(context: Any) -> None:
        nonlocal deepest
        deepest = max(deepest, context.depth)

    traverse_dom(tree.document, enter)
    return deepest > _DEPTH


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.head.query_selector_all("meta") if tree.head else ():
        name = element.getattr("property") or element.getattr("name") or element.getattr("itemprop")
        value = element.getattr("content")
        if name and value:
            found.setdefault(name, value.strip())
    return found


def _heading(tree: Any, text: str) -> str | None:
    element = tree.document.query_selector("h1")
    heading = " ".join(element.text.split()) if element is not None else ""
    return heading if heading and heading in text else None


def _canonical(tree: Any) -> str | None:
    link = tree.head.query_selector("link[rel=canonical]") if tree.head else None
    return link.getattr("href") if link is not None else None


def _day(tree: Any, meta: dict[str, str]) -> datetime.date | None:
    told = [meta.get(name, "") for name in _DATE_META]
    moment = tree.document.query_selector("time[datetime]")
    if moment is not None:
        told.append(moment.getattr("datetime") or "")
    for words in told:
        match = _DAY.search(words)
        if match:
            try:
                return reference_day(match[0])
            except ValueError:
                continue
    return None
