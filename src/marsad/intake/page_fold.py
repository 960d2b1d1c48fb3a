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
from typing import Final, NamedTuple

from marsad.intake.furniture import CLOSE, END, FOLD, OPEN, WITH_HEADINGS
from marsad.knowledge.furniture import BoxRule, Furniture, furniture

_CLASS: Final = re.compile(rb'class="([^"]*)"')
_ID: Final = re.compile(rb' id="([^"]*)"')
_CLASS_OTHERWISE: Final = re.compile(rb"class='?([^\s\"'>][^\"'>]*)")
_ID_OTHERWISE: Final = re.compile(rb"\sid='?([^\s\"'>]+)")
_OTHERWISE: Final = (re.compile(rb'class=[^"]'), re.compile(rb' id=[^"]'))
_SPEAKING: Final = (re.compile(rb'itemprop="([a-zA-Z ]+)"'), re.compile(rb' role="([a-z]+)"'))
_NAME: Final = re.compile(rb"<([a-zA-Z][a-zA-Z0-9-]*)")
_HEAD: Final = re.compile(rb"<[hH]1[\s>]")
_ARTICLE: Final = re.compile(rb"<article(?=[\s>])")
_EMPTY: Final = frozenset(b"html body img input link meta br hr source wbr i button svg use path option textarea amp-img".split())
"""Elements that hold no text of their own, or the whole page: where a rule knows one, there is nothing to mark."""
_FOLDED: Final = frozenset(
    b"div section aside footer nav p span ul ol dl dd li header h2 h3 h4 h5 h6 a time address center strong b em small label article figure form "
    b"fieldset".split()
)
"""Elements in which a sign may stand for the content; in a table it would be moved out of it."""
_UNCLOSED: Final = {
    b"p": re.compile(rb"</p>|<(?:p|div|section|ul|ol|table|h[1-6]|article|footer|aside)[\s>]|</(?:div|td|section|article|body)>"),
    b"li": re.compile(rb"</li>|<li[\s>]|</[uo]l>"),
}
_BLOCK: Final = re.compile(
    rb"<(?:/(?:div|p|li|h[1-6]|tr|[uo]l|section|d[dt]|article|header|footer|blockquote|form)|[bh]r|p|div|li|[uo]l|h[1-6]|section)(?=[\s/>])"
)
"""The begin of a tag at which a line of a folded box ends. It gives way to a line break and `<`, so that the rest goes as a tag."""
_NO_TEXT: Final = re.compile(rb"<(button|textarea|noscript|option|object|template)(?=[\s>])")
_TAG: Final = re.compile(rb"<[^<>]*>")
_SPACES: Final = re.compile(r"[ \t\r\f\xa0]{2,}|[\t\r\f\xa0]")
_LONGEST: Final = 0.85  # share of the page
_LONGEST_TAG: Final = 4_000  # bytes
_LONGEST_BOX: Final = 1_000_000  # bytes of a box that is folded
_MOST_CLOSINGS: Final = 20_000  # elements of one name that are looked at for the end of one box
_MOST_LOOKED: Final = 200_000  # … of all boxes of a page
_MOST_BODIES: Final = 300
_SHORT: Final = 60  # words of a box of one of these kinds
_SHORT_KINDS: Final = frozenset(("byline", "caption", "credit", "tags", "share", "button", "ad", "breadcrumb", "newsletter", "cookie"))
_closings: dict[bytes, re.Pattern[bytes]] = {}
_rules: dict[bytes, int] = {}
"""The number of the rule of each class and id that was seen; -1: none."""


class Folded(NamedTuple):
    """A page with its boxes folded. `kinds`, `is_`, `texts`: of each box that has a sign; `whole`: every box that a rule knows has one.

    A box of furniture has its words in `texts` and one sign where it stood; a box of the text or an `article` has a sign where it begins and one
    where it ends.
    """

    markup: bytes
    kinds: list[str]
    is_: list[str]
    texts: list[str]
    whole: bool


class _Edit(NamedTuple):
    """Bytes from `begin` to `end` that give way to others."""

    begin: int
    end: int
    instead: bytes


def fold(markup: bytes, *, leave_out: bool = True) -> Folded:
    """The page with its boxes folded; `leave_out`: boxes that are no part of the text go, else they are left as they are."""
    known = furniture()
    opened = _opened(markup, known)
    bodies = _bodies(markup, opened, known)
    heads = sorted([found.start() for found in _HEAD.finditer(markup)] + [body.begin for body in bodies])
    page = Folded(markup, [], [], [], True)
    edits: list[_Edit] = []
    whole = True
    done = looked = 0
    longest = min(_LONGEST * len(markup), _LONGEST_BOX)
    for begin in sorted(opened):
        rule = known.rules[opened[begin]]
        if begin < done or rule.is_ == "body" or (rule.is_ == "outside" and not leave_out):
            continue
        if looked > _MOST_LOOKED:
            whole = False
            break
        name, behind = _tag(markup, begin)
        if name not in _FOLDED:
            whole = whole and name in _EMPTY
            continue
        end, steps = _end(markup, name, behind)
        looked += steps
        if bisect_left(heads, end) > bisect_left(heads, behind):
            whole = whole and rule.kind not in WITH_HEADINGS
            continue
        left_out = rule.is_ == "outside" and not any(body.begin < begin < body.end for body in bodies)
        words = "" if left_out or end < 0 or end - behind > longest else _words(markup[behind:end])
        if end < 0 or end - behind > longest or not (left_out or _may_be(rule, words)):
            whole = False
            continue
        done = markup.find(b">", end) + 1 if markup.startswith(b"</" + name, end) else end
        sign = b"<%b>%b</%b>" % (name, _sign(FOLD, page, rule.kind, "furniture", words), name) if words else b""
        edits.append(_Edit(begin, done, sign))
    if whole:
        for body in bodies:
            edits.append(_Edit(body.behind, body.behind, _sign(OPEN, page, body.kind, body.kind, "")))
            edits.append(_Edit(body.end, body.end, f"{CLOSE}{len(page.kinds) - 1}{END}".encode()))
        edits.sort()
    return page._replace(markup=_edited(markup, edits), whole=whole)


def _sign(sign: str, page: Folded, kind: str, is_: str, words: str) -> bytes:
    """Note a box of the page; its sign."""
    page.kinds.append(kind)
    page.is_.append(is_)
    page.texts.append(words)
    return f"{sign}{len(page.kinds) - 1}{END}".encode()


def _edited(markup: bytes, edits: list[_Edit]) -> bytes:
    parts: list[bytes] = []
    done = 0
    for edit in edits:
        parts += (markup[done : edit.begin], edit.instead)
        done = max(done, edit.end)
    parts.append(markup[done:])
    return b"".join(parts)


def _opened(markup: bytes, known: Furniture) -> dict[int, int]:
    """Where the tags stand that a rule knows, each with the number of the rule."""
    best: dict[int, int] = {}
    patterns = (_CLASS, _ID, _CLASS_OTHERWISE, _ID_OTHERWISE) if any(other.search(markup) for other in _OTHERWISE) else (_CLASS, _ID)
    for pattern in patterns:
        for found in pattern.finditer(markup):
            value = found[1]
            number = _rules.get(value)
            if number is None:
                number = _rule_of(value, known)
            if number >= 0:
                begin = markup.rfind(b"<", max(0, found.start() - _LONGEST_TAG), found.start())
                if begin >= 0 and number < best.get(begin, 1_000):
                    best[begin] = number
    for found in _elements(known).finditer(markup):
        number = known.elements[found[1].decode()]
        if number < best.get(found.start(), 1_000):
            best[found.start()] = number
    for pattern in _SPEAKING:
        for found in pattern.finditer(markup):
            said = known.where.get(found[1].decode())
            begin = markup.rfind(b"<", max(0, found.start() - _LONGEST_TAG), found.start())
            if said is not None and begin >= 0:
                best.setdefault(begin, said)
    return best


def _rule_of(value: bytes, known: Furniture) -> int:
    """The number of the rule of a class or an id, which is remembered."""
    if len(_rules) > 50_000:
        _rules.clear()
    tokens = value.decode("utf-8", "replace").split()[:40]
    number = _rules[value] = min((n for token in tokens if (n := known.number(token)) >= 0), default=-1)
    return number


def _tag(markup: bytes, begin: int) -> tuple[bytes, int]:
    """The name of the tag that begins there, and where its content begins; no name where it is none."""
    name = _NAME.match(markup, begin)
    behind = markup.find(b">", begin, begin + 2 * _LONGEST_TAG)
    return (name[1].lower(), behind + 1) if name is not None and behind > 0 else (b"", begin)


def _elements(known: Furniture) -> re.Pattern[bytes]:
    names = "|".join(sorted(known.elements))
    pattern = _closings.get(names.encode())
    if pattern is None:
        pattern = _closings[names.encode()] = re.compile(rf"<({names})(?=[\s>])".encode())
    return pattern


class _Body(NamedTuple):
    """A box of the text, or an `article`: where its tag begins and its content begins and ends, and which of the two it is."""

    begin: int
    behind: int
    end: int
    kind: str


def _bodies(markup: bytes, opened: dict[int, int], known: Furniture) -> list[_Body]:
    """The boxes of the text and the articles."""
    begins = [(begin, "body") for begin, number in opened.items() if known.rules[number].is_ == "body"]
    begins += [(found.start(), "article") for found in _ARTICLE.finditer(markup) if found.start() not in opened]
    bodies: list[_Body] = []
    looked = 0
    for begin, kind in sorted(begins)[:_MOST_BODIES]:
        name, behind = _tag(markup, begin)
        if name and name not in _EMPTY and looked < _MOST_LOOKED:
            end, steps = _end(markup, name, behind)
            looked += steps
            bodies.append(_Body(begin, behind, end if end >= 0 else len(markup), kind))
    return bodies


def _end(markup: bytes, name: bytes, behind: int) -> tuple[int, int]:
    """Where the end tag of a box begins (of `p` and `li` also what ends one that is not closed); -1: nowhere. And how many tags were looked at."""
    if name in _UNCLOSED:
        found = _UNCLOSED[name].search(markup, behind)
        return (found.start() if found else -1), 1
    pattern = _closings.get(name)
    if pattern is None:
        pattern = _closings[name] = re.compile(rb"<(/?)" + re.escape(name) + rb"(?=[\s>/])")
    open_, steps = 1, 0
    for found in pattern.finditer(markup, behind):
        steps += 1
        open_ += -1 if found[1] else 1
        if open_ == 0:
            return found.start(), steps
        if steps > _MOST_CLOSINGS:
            break
    return -1, steps


def _words(inside: bytes) -> str:
    """The words of a box, a line for each of its blocks."""
    if _NO_TEXT.search(inside):
        inside = _without_fields(inside)
    text = _TAG.sub(b" ", _BLOCK.sub(b"\n<", inside.replace(b"\n", b" "))).decode("utf-8", "replace")
    if "&" in text:
        text = html.unescape(text)
    return "\n".join([words for line in _SPACES.sub(" ", text).split("\n") if (words := line.strip())])


def _without_fields(inside: bytes) -> bytes:
    """A box without its fields and buttons."""
    parts: list[bytes] = []
    done = 0
    closed: dict[bytes, int] = {}
    for opening in _NO_TEXT.finditer(inside):
        name, begin = opening[1], opening.start()
        if begin < done:
            continue
        end = closed.get(name, 0)
        if 0 <= end < begin:
            end = closed[name] = inside.find(b"</" + name, begin)
        if end >= 0:
            parts += (inside[done:begin], b" ")
            done = end
    parts.append(inside[done:])
    return b"".join(parts)


def _may_be(rule: BoxRule, words: str) -> bool:
    """Whether so many words may be furniture of a kind: a byline of a hundred words is none."""
    return rule.kind not in _SHORT_KINDS or words.count(" ") + words.count("\n") < _SHORT
