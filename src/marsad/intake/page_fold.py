"""Boxes of furniture folded before a page is parsed: their words are taken out of the bytes, a sign is left where they stood.

Two thirds of a page are boxes whose class says what they are: cards of other reports, share bars, sidebars. They need no parser: it is enough to find where
such a box ends, which the elements of its own name tell, and to take the tags away. What is folded is whole, holds neither the heading of the page nor its
article, and is as short as its kind is; all other boxes are left to the tree (`furniture`), whose rules are the same. Boxes that are no part of the text
(menus, sidebars) go without a sign, unless they stand inside the article.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from marsad.knowledge.furniture import BoxRule, Furniture, furniture

_CLASS: Final = re.compile(rb'class="([^"]*)"')
_ID: Final = re.compile(rb' id="([^"]*)"')
_CLASS_OTHERWISE: Final = re.compile(rb"class=(?:'([^']*)'|([^\s\"'>]+))")
_ID_OTHERWISE: Final = re.compile(rb"\sid=(?:'([^']*)'|([^\s\"'>]+))")
_OTHER_CLASS: Final = re.compile(rb'class=[^"]')
_SPEAKING: Final = (re.compile(rb'itemprop="([a-zA-Z ]+)"'), re.compile(rb' role="([a-z]+)"'))
_NAME: Final = re.compile(rb"<([a-zA-Z][a-zA-Z0-9-]*)")
_HEAD: Final = re.compile(rb"<(?:h1|article|H1)[\s>]")
_FOLDED: Final = frozenset(b"div section aside footer nav p span ul ol dl dd li header h2 h3 h4 h5 h6 a time address center strong b em small label".split())
"""Elements in which a sign may stand for the content; in a table it would be moved out of it."""
_UNCLOSED: Final = {b"p": re.compile(rb"</p>|<(?:p|div|section|ul|ol|table|h[1-6]|article|footer|aside)[\s>]|</(?:div|td|section|article|body)>"), b"li": re.compile(rb"</li>|<li[\s>]|</[uo]l>")}
_BLOCK: Final = re.compile(rb"</(?:div|p|li|h[1-6]|tr|ul|ol|section|dd|dt|article|header|footer|blockquote|form)>|<(?:br|hr)[^>]*>|<(?:p|div|li|ul|ol|h[1-6]|section)[\s>]", re.IGNORECASE)
_INLINE: Final = re.compile(rb"</(?:a|span|time|td|th|cite|label|i)>")
_NO_TEXT: Final = re.compile(rb"<(button|textarea|noscript|option|object|template)\b.*?</\1>", re.DOTALL)
_TAG: Final = re.compile(rb"<[^<>]*>")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LONGEST: Final = 0.6  # share of the page
_MOST_CLOSINGS: Final = 20_000  # elements of one name that are looked at for the end of one box
_MOST_LOOKED: Final = 400_000  # … of all boxes of a page
_SHORT: Final = 60  # words of a box of one of these kinds
_SHORT_KINDS: Final = frozenset(("byline", "caption", "credit", "tags", "share", "button", "ad", "breadcrumb", "newsletter", "cookie"))
_closings: dict[bytes, re.Pattern[bytes]] = {}
_rules: dict[bytes, int] = {}
"""The number of the rule of each class and id that was seen; -1: none."""


class Folded(NamedTuple):
    """A box that was folded."""

    kind: str
    text: str


class _Box(NamedTuple):
    """An opening tag that a rule knows: where it begins and ends, the name of its element, the number of the rule."""

    begin: int
    behind: int
    name: bytes
    rule: int


def fold(markup: bytes, sign: tuple[str, str]) -> tuple[bytes, list[Folded]]:
    """The markup with boxes folded, and what they were; where box `n` stood is `sign[0]`, `n`, `sign[1]`."""
    known = furniture()
    boxes = _boxes(markup, known)
    if not boxes:
        return markup, []
    heads, bodies = _heads(markup, boxes, known)
    folded: list[Folded] = []
    parts: list[bytes] = []
    done = looked = 0
    for box in boxes:
        rule = known.rules[box.rule]
        if box.begin < done or rule.is_ == "body" or box.name not in _FOLDED:
            continue
        end, steps = _end(markup, box)
        looked += steps
        if looked > _MOST_LOOKED:
            break
        if end < 0 or end - box.behind > _LONGEST * len(markup) or bisect_left(heads, end) > bisect_left(heads, box.behind):
            continue
        inside = markup[box.behind : end]
        left_out = rule.is_ == "outside" and not _within(box.begin, bodies)
        words = "" if left_out else _words(inside)
        if not left_out and not _may_be(rule, words):
            continue
        parts.append(markup[done : box.begin])
        if words:
            parts.append(b"<%b>%b</%b>" % (box.name, f"{sign[0]}{len(folded)}{sign[1]}".encode(), box.name))
            folded.append(Folded(rule.kind, words))
        done = end if markup[end : end + 2] != b"</" or box.name in _UNCLOSED else markup.find(b">", end) + 1
        if box.name in _UNCLOSED and markup.startswith(b"</" + box.name, end):
            done = markup.find(b">", end) + 1
        done = max(done, end)
    parts.append(markup[done:])
    return b"".join(parts), folded


def _boxes(markup: bytes, known: Furniture) -> list[_Box]:
    """The opening tags that a rule knows, in order."""
    best: dict[int, int] = {}
    for at, value in _attributes(markup):
        number = _rules.get(value, -2)
        if number == -2:
            if len(_rules) > 50_000:
                _rules.clear()
            tokens = value.decode("utf-8", "replace").split()[:40]
            number = _rules[value] = min((n for token in tokens if (n := known.number(token)) >= 0), default=-1)
        if number >= 0:
            begin = markup.rfind(b"<", 0, at)
            if begin >= 0 and number < best.get(begin, 1_000):
                best[begin] = number
    for found in _elements(known).finditer(markup):
        number = known.elements[found[1].decode()]
        if number < best.get(found.start(), 1_000):
            best[found.start()] = number
    for speaking in _SPEAKING:
        for found in speaking.finditer(markup):
            said = known.where.get(found[1].decode(), -1)
            begin = markup.rfind(b"<", 0, found.start())
            if said >= 0 and begin >= 0:
                best.setdefault(begin, said)
    boxes = []
    for begin in sorted(best):
        name = _NAME.match(markup, begin)
        behind = markup.find(b">", begin)
        if name is not None and behind > 0 and name[1] not in (b"body", b"html", b"input"):
            boxes.append(_Box(begin, behind + 1, name[1].lower(), best[begin]))
    return boxes


def _attributes(markup: bytes) -> Iterator[tuple[int, bytes]]:
    """Where each class and id stands, and what it is."""
    for pattern in (_CLASS, _ID):
        for found in pattern.finditer(markup):
            yield found.start(), found[1]
    if _OTHER_CLASS.search(markup):
        for pattern in (_CLASS_OTHERWISE, _ID_OTHERWISE):
            for found in pattern.finditer(markup):
                yield found.start(), found[1] or found[2] or b""


def _elements(known: Furniture) -> re.Pattern[bytes]:
    names = "|".join(sorted(known.elements))
    pattern = _closings.get(names.encode())
    if pattern is None:
        pattern = _closings[names.encode()] = re.compile(rf"<({names})(?=[\s>])".encode())
    return pattern


def _heads(markup: bytes, boxes: list[_Box], known: Furniture) -> tuple[list[int], list[tuple[int, int]]]:
    """Where the heading of the page, its articles and the boxes of its text begin; and from where to where those boxes and articles reach."""
    heads = [found.start() for found in _HEAD.finditer(markup)]
    bodies: list[tuple[int, int]] = []
    for box in boxes:
        if known.rules[box.rule].is_ == "body":
            heads.append(box.begin)
            end, _ = _end(markup, box)
            bodies.append((box.begin, end if end >= 0 else len(markup)))
    at = markup.find(b"<article")
    while at >= 0 and len(bodies) < 300:
        end = markup.find(b"</article", at)
        bodies.append((at, end if end >= 0 else len(markup)))
        at = markup.find(b"<article", at + 8)
    return sorted(heads), bodies


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin < at < end for begin, end in spans)


def _end(markup: bytes, box: _Box) -> tuple[int, int]:
    """Where the end tag of a box begins (of `p` and `li` also what ends one that is not closed); -1: nowhere. And how many tags were looked at."""
    if box.name in _UNCLOSED:
        found = _UNCLOSED[box.name].search(markup, box.behind)
        return (found.start() if found else -1), 1
    pattern = _closings.get(box.name)
    if pattern is None:
        pattern = _closings[box.name] = re.compile(rb"<(/?)" + re.escape(box.name) + rb"(?=[\s>/])")
    open_, steps = 1, 0
    for found in pattern.finditer(markup, box.behind):
        steps += 1
        open_ += -1 if found[1] else 1
        if open_ == 0:
            return found.start(), steps
        if steps > _MOST_CLOSINGS:
            break
    return -1, steps


def _words(inside: bytes) -> str:
    """The words of a box, a line for each of its blocks."""
    if b"<button" in inside or b"<textarea" in inside or b"<noscript" in inside or b"<option" in inside:
        inside = _NO_TEXT.sub(b" ", inside)
    inside = _TAG.sub(b"", _INLINE.sub(b" ", _BLOCK.sub(_line_before, inside.replace(b"\n", b" "))))
    text = inside.decode("utf-8", "replace")
    if "&" in text:
        text = html.unescape(text)
    return "\n".join(line for part in _SPACES.sub(" ", text).split("\n") if (line := part.strip()))


def _line_before(found: re.Match[bytes]) -> bytes:
    return b"\n" + found[0]


def _may_be(rule: BoxRule, words: str) -> bool:
    """Whether so many words may be furniture of a kind: a byline of a hundred words is none."""
    return rule.kind not in _SHORT_KINDS or words.count(" ") + words.count("\n") < _SHORT
