"""What of a page's markup is never text: scripts, styles, drawings, menus and sidebars, cut out of its bytes before it is parsed.

Half of a saved page is scripts, menus and lists beside the report, and every element costs a parser as much as a line of text. The bytes are those
of UTF-8 or of another encoding that holds ASCII. Only what is whole and plain is cut (an element with its end and none of its kind inside); what is
not, the parser gets as it is. Scripts that hold JSON-LD are handed out.
"""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = re.compile(rb"<(?:(s(?:cript|tyle|vg|elect)|iframe|nav|aside)(?:\s[^<>]*)?>|!--)")
_LONGEST_MENU: Final = 0.5  # share of the page: what is longer is a page whose author put it all into a `nav`
_MOST_MENUS: Final = 300
_LIST: Final = re.compile(rb"<(?:[uUoO][lL]|[lL][iI])(?=[\s>])")
_LIST_TAG: Final = re.compile(rb"<(/?)(?:[uUoO][lL]|[lL][iI])(?=[\s>])")
_MOST_LISTS: Final = 4_000  # lists and their items; where there are more, they may lie in each other, and the text of a list grows with the square of its depth
_TABLE_TAG: Final = re.compile(rb"<(/?)(?:t(?:able|body|head|foot|[dhr])|caption|col|colgroup|body|html|head|frameset|frame)(?=[\s>])", re.IGNORECASE)
_LARGE: Final = 500_000
"""Bytes of a page without scripts and menus, from which on its tables are boxes: where such a tag stands in no table, the parser copies all text before it."""
_FIGURE: Final = re.compile(rb"<(/?)fig(ure|caption)")
_HELD: Final = re.compile(rb"<(?:h1|article|nav|main|aside)")
"""What no menu and no sidebar holds."""
_SIDEBAR: Final = (b"sidebar", b"secondary", b"widget", b"complementary", b"side-")


def cut(markup: bytes) -> tuple[bytes, list[bytes]]:
    """The markup without what is never text, and its JSON-LD, as it stands there."""
    told: list[bytes] = []
    parts: list[bytes] = []
    done = asked = 0
    closed: dict[bytes, int] = {}  # where the last end tag of a name was found, so that a page of beginnings is not searched again for each
    for opening in _OPENING.finditer(markup):
        begin = opening.start()
        name = opening[1]
        if begin < done:
            continue
        closing = b"</" + name + b">" if name else b"-->"
        end = closed.get(name, 0)
        if 0 <= end < begin:
            end = closed[name] = markup.find(closing, begin)
        if end < 0:
            continue
        if name == b"nav" or name == b"aside":
            asked += 1
            if asked > _MOST_MENUS:
                continue
            if not _is_menu(markup, begin, end) or (name == b"aside" and not _is_sidebar(markup, begin, opening[0])):
                continue
        elif name == b"script" and b"ld+json" in opening[0]:
            told.append(markup[opening.end() : end])
        parts.append(markup[done:begin])
        done = end + len(closing)
    if not parts:
        return _as_boxes(markup), told
    parts.append(markup[done:])
    return _as_boxes(b"".join(parts)), told


def level(markup: bytes) -> bytes:
    """The markup with its lists and tables as plain boxes, where there are so many that they would cost a parser more than their length."""
    if len(_LIST.findall(markup)) > _MOST_LISTS:
        markup = _LIST_TAG.sub(rb"<\1div", markup)
    return _TABLE_TAG.sub(rb"<\1div", markup) if len(markup) > _LARGE else markup


def _as_boxes(markup: bytes) -> bytes:
    """Captions as boxes, since what finds the text takes a `figcaption` for words that stand in for the picture, and leaves it out."""
    return _FIGURE.sub(_as_box, markup) if markup.find(b"<fig") >= 0 else markup


def _as_box(found: re.Match[bytes]) -> bytes:
    return b"</div" if found[1] else b'<div role="figcaption"' if found[2] == b"caption" else b"<div"


def _is_menu(markup: bytes, begin: int, end: int) -> bool:
    return end - begin < _LONGEST_MENU * len(markup) and not _HELD.search(markup, begin + 4, end) and markup.find(b"articleBody", begin, end) < 0


def _is_sidebar(markup: bytes, begin: int, opening: bytes) -> bool:
    """Whether an `aside` says that it stands beside the report, and stands in no `article`."""
    return any(sign in opening for sign in _SIDEBAR) and markup.rfind(b"<article", 0, begin) <= markup.rfind(b"</article", 0, begin)
