"""Which boxes of a page are furniture, which hold the article, which are no part of the text: marks put into the tree of a page.

The rules are in `knowledge/furniture.toml`. A page has a thousand elements and thirty that matter, and every element that Python looks at costs as much as
the parser needs for three: so the classes and ids are found in the characters of the markup, and only the boxes that have one which a rule knows are
asked for. Each gets a mark in front of its content and one behind it, which come out in the text and are taken away there (`page_text`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat
from typing import Any, Final, NamedTuple

from marsad.knowledge.furniture import Furniture, furniture

OPEN, CLOSE, FOLD, END = "\ufdd0", "\ufdd2", "\ufdd3", "\ufdd1"
"""Characters that no text may hold (Unicode: for internal use): a mark is one of the first three, the number of the box, and the third."""

_CLASS: Final = re.compile(rb'class="([^"]*)"')
_ID: Final = re.compile(rb' id="([^"]*)"')
_OTHER_CLASS: Final = re.compile(rb"class=[^\"]")
_ANY_ATTRIBUTE: Final = re.compile(rb"""\b(class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SPEAKING: Final = (re.compile(rb'itemprop="([a-zA-Z-]+)'), re.compile(rb' role="([a-zA-Z-]+)'))
_NUMBER: Final = re.compile(r"[0-9]+")
_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_MOST_BOXES: Final = 3_000  # of one page; pages of news have fewer than 200
_MOST_ASKED: Final = 300  # boxes that are asked for what is in them
_MOST_SELECTORS: Final = 400

WITH_HEADINGS: Final = frozenset(("related", "comments"))  # other furniture has no heading of the first level in it
_MANY: Final = 10  # boxes of one class: then they are parts of another box
_MOST_HEADS: Final = 20
_LARGE: Final = 500_000  # bytes of markup, scripts and menus apart
_MOST_PARTS: Final = 40

ARTICLE: Final = "article"


class _Selector(NamedTuple):
    """What finds the boxes of one class or id, and what they are."""

    css: str
    is_: str


_UNSEEN: Final = _Selector("", "")


class _Wanted(NamedTuple):
    """Selectors: of boxes, of those in which the article stands, and of boxes of which there are many."""

    boxes: list[str]
    bodies: list[str]
    parts: list[str]


class Boxes:
    """The boxes that were marked: `kinds[n]` and `is_[n]` (furniture, body, article) of box `n`."""

    def __init__(self, kinds: Sequence[str] = (), is_: Sequence[str] = ()) -> None:
        self.kinds = list(kinds)
        self.is_ = list(is_)


_selectors: dict[tuple[str, bytes], _Selector | None] = {}
"""What to ask for, by attribute and value: a site has the same on all its pages."""


def mark(tree: Any, markup: bytes, boxes: Boxes, *, leave_out: bool = True) -> None:
    """Put marks around the boxes of `tree` that a rule knows; `boxes` gets what was marked. `leave_out`: boxes that are no part of the text go."""
    document = tree.document
    if document is None:
        return
    known = furniture()
    wanted = _wanted(markup, known)
    holding = ",".join((*wanted.bodies, "h1", ARTICLE))
    around_heads = _around(document, ",".join((*wanted.bodies, "h1")), ",".join(wanted.boxes))
    asked, most = 0, _MOST_ASKED if len(markup) < _LARGE else _MOST_ASKED // 20
    above = None  # the last box of furniture: what is in it needs no mark of its own
    for element in _all(document, ",".join(wanted.boxes)):
        if above is not None and above.contains(element):
            continue
        number = _rule(element, known)
        if number is None:
            continue
        if number < 0:
            _put(document, element, boxes, ARTICLE, ARTICLE)
            continue
        rule = known.rules[number]
        is_ = rule.is_
        if is_ == "outside":
            if not leave_out:
                continue
            asked += 1
            if asked > most or element.query_selector(holding) is not None:
                continue
            if element.closest(holding) is None:
                element.remove()
                continue
            is_ = "furniture"
        if is_ == "furniture" and rule.kind not in WITH_HEADINGS and id(element) in around_heads:
            continue
        if is_ == "furniture" and rule.kind != "footer":
            above = element
        _put(document, element, boxes, rule.kind, is_)
    around = ",".join(wanted.boxes)
    for selector in wanted.parts:  # small boxes of which there are many: mostly the parts of one that was marked
        first = document.query_selector(selector)
        if first is None or (around and first.parent_element is not None and first.parent_element.closest(around) is not None and _inside(first, known)):
            continue
        for element in _all(document, selector):
            number = _rule(element, known)
            if number is not None and number >= 0 and known.rules[number].is_ == "furniture":
                _put(document, element, boxes, known.rules[number].kind, "furniture")


def _around(document: Any, heads: str, boxes: str) -> dict[int, Any]:
    """The boxes in which a heading of the page or its article stands, by identity (the library keeps one object for an element)."""
    found: dict[int, Any] = {}
    for head in _all(document, heads)[:_MOST_HEADS]:
        above = head.parent_element
        while above is not None and len(found) < _MOST_ASKED:
            above = above.closest(boxes)
            if above is None or id(above) in found:
                break
            found[id(above)] = above
            above = above.parent_element
    return found


def _inside(element: Any, known: Furniture) -> bool:
    """Whether an element stands in a box of furniture."""
    above = element.parent_element
    for _ in range(12):
        if above is None:
            return False
        number = _rule(above, known)
        if number is not None and number >= 0:
            return known.rules[number].is_ == "furniture"
        above = above.parent_element
    return False


def _all(document: Any, selector: str) -> list[Any]:
    """The elements that a selector finds, in the order of the page, as many as are looked at."""
    if not selector:
        return []
    elements: list[Any] = document.query_selector_all(selector).values()
    return elements[:_MOST_BOXES]


def _put(document: Any, element: Any, boxes: Boxes, kind: str, is_: str) -> None:
    number = len(boxes.kinds)
    boxes.kinds.append(kind)
    boxes.is_.append(is_)
    element.prepend(document.create_text_node(f"{OPEN}{number}{END}"))
    element.append(document.create_text_node(f"{CLOSE}{number}{END}"))


def _wanted(markup: bytes, known: Furniture) -> _Wanted:
    """What to ask a page for, by what stands in its markup."""
    found: dict[str, _Selector] = {}
    times: dict[str, int] = {}
    for pair, count in _attributes(markup).items():
        selector = _selectors.get(pair, _UNSEEN)
        if selector is _UNSEEN:
            if len(_selectors) > 50_000:
                _selectors.clear()
            selector = _selectors[pair] = _selector(pair, known)
        if selector is not None:
            found[selector.css] = selector
            times[selector.css] = times.get(selector.css, 0) + count
    wanted = _Wanted([*known.elements, ARTICLE], [], [])
    for value in known.where.keys() & {v.decode() for v in chain.from_iterable(speaking.findall(markup) for speaking in _SPEAKING)}:
        css = f'[itemprop="{value}"],[role="{value}"]'
        wanted.boxes.append(css)
        if known.rules[known.where[value]].is_ == "body":
            wanted.bodies.append(css)
    numbered = Counter(_NUMBER.sub("", css) for css in found if css[0] == "#")
    for css in sorted(found)[:_MOST_SELECTORS]:
        if css[0] == "#" and numbered[_NUMBER.sub("", css)] > _MANY:
            continue
        if times[css] > _MANY and found[css].is_ != "body":
            if found[css].is_ == "furniture" and len(wanted.parts) < _MOST_PARTS:
                wanted.parts.append(css)
            continue
        wanted.boxes.append(css)
        if found[css].is_ == "body":
            wanted.bodies.append(css)
    return wanted


def _attributes(markup: bytes) -> Counter[tuple[str, bytes]]:
    """How often each class and id stands in a page."""
    classes = _CLASS.findall(markup)
    if not classes or _OTHER_CLASS.search(markup):  # a page with other quotes, or none
        return Counter((name.decode().lower(), one or two or three) for name, one, two, three in _ANY_ATTRIBUTE.findall(markup))
    found = Counter(zip(repeat("class"), classes, strict=False))
    found.update(zip(repeat("id"), _ID.findall(markup), strict=False))
    return found


def _selector(pair: tuple[str, bytes], known: Furniture) -> _Selector | None:
    """What to ask for to find the boxes of one class or id; None where no rule knows it."""
    name, value = pair
    numbers = [(number, token) for token in value.decode("utf-8", "replace").split()[:40] if (number := known.number(token)) >= 0 and _NAME.fullmatch(token)]
    if not numbers:
        return None
    number, token = min(numbers)
    return _Selector(f"{'.' if name == 'class' else '#'}{token}", known.rules[number].is_)


def _rule(element: Any, known: Furniture) -> int | None:
    """The number of the rule of an element; -1 for an `article`; None for none."""
    tag = element.tag
    if tag in ("body", "html", "input"):
        return None
    best = known.elements.get(tag, 1_000)
    for token in (*(element.class_name or "").split(), element.id):
        number = known.number(token) if token else -1
        if 0 <= number < best:
            best = number
    if best == 1_000:
        for name in ("itemprop", "role"):
            best = min(best, known.where.get(element.getattr(name) or "", 1_000))
    if best < 1_000:
        return best
    return -1 if tag == ARTICLE else None
