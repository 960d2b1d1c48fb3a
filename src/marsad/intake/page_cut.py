"""What of a page's markup is never text: scripts, styles, drawings, menus and sidebars, cut out of its bytes before it is parsed.

Half of a saved page is scripts, menus and lists beside the report, and every element costs a parser as much as a line of text. The bytes are those of UTF-8 or of another encoding that holds ASCII. Only what is whole and plain is cut (an element with
its end and none of its kind inside); what is not, the parser gets as it is. Scripts that hold JSON-LD are handed out.
"""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = re.compile(rb"<(?:(s(?:cript|tyle|vg|elect)|iframe|nav|aside)(?:\s[^>]*)?>|!--)")
_LONGEST_MENU: Final = 0.5  # share of the page: what is longer is a page whose author put it all into a `nav`
_FIGURE: Final = re.compile(rb"<(/?)fig(ure|caption)")
_HELD: Final = re.compile(rb"<(?:h1|article|nav|main|aside)")
"""What no menu and no sidebar holds."""
_SIDEBAR: Final = (b"sidebar", b"secondary", b"widget", b"complementary", b"side-")


def cut(markup: bytes) -> tuple[bytes, list[bytes]]:
    """The markup without what is never text, and its JSON-LD, as it stands there."""
    told: list[bytes] = []
    parts: list[bytes] = []
    done = 0
    unclosed: set[bytes] = set()
    for opening in _OPENING.finditer(markup):
        begin = opening.start()
        name = opening[1]
        if begin < done or name in unclosed:
            continue
        closing = b"</" + name + b">" if name else b"-->"
        end = markup.find(closing, begin)
        if end < 0:
            unclosed.add(name)
            continue
        if name == b"nav" or name == b"aside":
            if not _is_menu(markup, begin, end) or (name == b"aside" and not _is_sidebar(markup, begin, opening[0])):
                continue
        elif name == b"script" and b"ld+json" in opening[0]:
            told.append(markup[opening.end() : end])
        parts.append(markup[done:begin])
        done = end + len(closing)
    if not parts:
        return _with_captions(markup), told
    parts.append(markup[done:])
    return _with_captions(b"".join(parts)), told


def _with_captions(markup: bytes) -> bytes:
    """Captions as boxes: what finds the text takes a `figcaption` for words that stand in for the picture, and leaves it out."""
    if markup.find(b"<fig") < 0:
        return markup
    return _FIGURE.sub(_as_box, markup)


def _as_box(found: re.Match[bytes]) -> bytes:
    return b"</div" if found[1] else b'<div role="figcaption"' if found[2] == b"caption" else b"<div"


def _is_menu(markup: bytes, begin: int, end: int) -> bool:
    return end - begin < _LONGEST_MENU * len(markup) and not _HELD.search(markup, begin + 4, end) and markup.find(b"articleBody", begin, end) < 0


def _is_sidebar(markup: bytes, begin: int, opening: bytes) -> bool:
    """Whether an `aside` says that it stands beside the report, and stands in no `article`."""
    return any(sign in opening for sign in _SIDEBAR) and markup.rfind(b"<article", 0, begin) <= markup.rfind(b"</article", 0, begin)
