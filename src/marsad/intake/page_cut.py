"""What of a page's markup is never text: scripts, styles, drawings and menus, cut out of its bytes before it is parsed.

Half of a saved page is scripts and menus, and every element costs a parser as much as a line of text. The bytes are those of UTF-8 or of another encoding that holds ASCII. Only what is whole and plain is cut (an element with
its end and none of its kind inside); what is not, the parser gets as it is. Scripts that hold JSON-LD are handed out.
"""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = re.compile(rb"<(script|style|svg|iframe|select|nav)(?:\s[^>]*)?>")
_LONGEST_MENU: Final = 0.5  # share of the page: what is longer is a page whose author put it all into a `nav`
_MENU_MUST_NOT_HOLD: Final = (b"<h1", b"<article", b"<nav", b"<main")


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
        closing = b"</" + name + b">"
        end = markup.find(closing, begin)
        if end < 0:
            unclosed.add(name)
            continue
        if name == b"nav":
            if not _is_menu(markup[begin:end], len(markup)):
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
    markup = markup.replace(b"<figcaption", b'<div role="figcaption"').replace(b"</figcaption", b"</div")
    return markup.replace(b"<figure", b"<div").replace(b"</figure", b"</div")


def _is_menu(inside: bytes, length: int) -> bool:
    return len(inside) < _LONGEST_MENU * length and not any(inside.find(sign, 4) >= 0 for sign in _MENU_MUST_NOT_HOLD) and inside.count(b"<p") < 3
