"""Which boxes of a page are furniture, which hold the article, which are no part of the text: marks put into the tree of a page.

The rules are in `knowledge/furniture.toml`. A page has a thousand elements and thirty that matter, and every element that Python looks at costs as much as
the parser needs for three: so the classes and ids are found in the characters of the markup, and only the boxes that have one which a rule knows are
asked for. Each gets a mark in front of its content and one behind it, which come out in the text and are taken away there (`page_text`).
"""

from __future__ import annotations

import re
from typing import Any, Final

from marsad.knowledge.furniture import Furniture, furniture

OPEN, CLOSE, END = "\ufdd0", "\ufdd2", "\ufdd1"
"""Characters that no text may hold (Unicode: for internal use): a mark is one of the first two, the number of the box, and the third."""
_MARKS: Final = str.maketrans("", "", OPEN + CLOSE + END)

_ATTRIBUTE: Final = re.compile(r"""(class|id)=["']?([^"'>]*)""")
_ANY_ATTRIBUTE: Final = re.compile(r"""(class|id)\s*=\s*["']?([^"'>]*)""", re.IGNORECASE)
_SPEAKING: Final = re.compile(r"""(?:role|itemprop)=["']?([\w-]+)""")
_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_MOST_BOXES: Final = 3_000  # of one page; pages of news have fewer than 200
_MOST_ASKED: Final = 300  # boxes that are asked for what is in them
_MOST_SELECTORS: Final = 400

ARTICLE: Final = "article"


class Boxes:
    """The boxes that were marked: `kinds[n]` and `is_[n]` (furniture, body, article) of box `n`."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.is_: list[str] = []


_selectors: dict[tuple[str, str], tuple[str, ...]] = {}
"""What to ask for, by attribute and value: a site has the same on all its pages."""


def mark(tree: Any, markup: str) -> Boxes:
    """Put marks around the boxes of `tree` that a rule knows, take those that are no part of the text out of it; what was marked."""
    boxes = Boxes()
    document = tree.document
    known = furniture()
    wanted, holding = _wanted(markup, known)
    if document is None or not wanted:
        return boxes
    found = [(element, number) for element in _asked(document, wanted) if (number := _rule(element, known)) is not None]
    holding = ",".join((holding, "h1,article") if holding else ("h1,article",))
    asked = 0
    for element, number in found:
        if number < 0:
            _put(document, element, boxes, ARTICLE, ARTICLE)
            continue
        rule = known.rules[number]
        is_ = rule.is_
        if is_ == "outside":
            asked += 1
            if asked > _MOST_ASKED or element.query_selector(holding) is not None:
                continue
            if element.closest(holding) is None:
                element.remove()
                continue
            is_ = "furniture"
        _put(document, element, boxes, rule.kind, is_)
    return boxes


def without_marks(markup: str) -> str:
    """`markup` without the three characters of marks."""
    return markup.translate(_MARKS) if OPEN in markup or CLOSE in markup or END in markup else markup


def _asked(document: Any, wanted: str) -> list[Any]:
    elements: list[Any] = document.query_selector_all(wanted).values()
    return elements[:_MOST_BOXES]


def _put(document: Any, element: Any, boxes: Boxes, kind: str, is_: str) -> None:
    number = len(boxes.kinds)
    boxes.kinds.append(kind)
    boxes.is_.append(is_)
    element.prepend(document.create_text_node(f"{OPEN}{number}{END}"))
    element.append(document.create_text_node(f"{CLOSE}{number}{END}"))


def _wanted(markup: str, known: Furniture) -> tuple[str, str]:
    """A selector of all boxes that a rule may know, and one of those in which the article stands."""
    values = set(_ATTRIBUTE.findall(markup))
    if "CLASS=" in markup or "ID=" in markup or "class =" in markup:
        values |= {(name.lower(), value) for name, value in _ANY_ATTRIBUTE.findall(markup)}
    wanted: set[str] = set()
    for pair in values:
        selectors = _selectors.get(pair)
        if selectors is None:
            selectors = _selectors_of(pair, known)
            if len(_selectors) > 50_000:
                _selectors.clear()
            _selectors[pair] = selectors
        if selectors:
            wanted.update(selectors)
    speaking = set(_SPEAKING.findall(markup))
    for value in speaking & known.where.keys():
        wanted.add(("b" if known.rules[known.where[value]].is_ == "body" else "-") + f'[itemprop="{value}"],[role="{value}"]')
    chosen = sorted(wanted)[:_MOST_SELECTORS]
    elements = [name for name in (*known.elements, ARTICLE) if f"<{name}" in markup]
    return ",".join([s[1:] for s in chosen] + elements), ",".join(s[1:] for s in chosen if s[0] == "b")


def _selectors_of(pair: tuple[str, str], known: Furniture) -> tuple[str, ...]:
    """Selectors for the tokens of one class or id that a rule knows, `b` in front where the article stands in the box, else `-`."""
    name, value = pair
    numbers = [(number, token) for token in value.split()[:40] if (number := known.number(token)) >= 0 and _NAME.fullmatch(token)]
    if not numbers:
        return ()
    number, token = min(numbers)
    return (f"{'b' if known.rules[number].is_ == 'body' else '-'}{'.' if name == 'class' else '#'}{token}",)


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
