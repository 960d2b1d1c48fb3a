"""Pages that stand in front of a report or instead of it: login forms, cookie walls, checks for robots, errors. The words are in `furniture.toml`."""

from __future__ import annotations

import re
from typing import Final

from marsad.arabic.letters import fold
from marsad.intake.page_cut import level
from marsad.intake.page_text import PageText
from marsad.knowledge.furniture import WallRule, furniture

_SHORT: Final = 25  # words of a report; a page with fewer is looked at whole
_LONGEST: Final = 400  # words; no wall has more


def wall_of(page: PageText, markup: bytes, title: str | None) -> str | None:
    """Why a page is none of a report; None for one that may be."""
    if page.words >= max(rule.most for rule in furniture().walls):
        return None
    own = "\n".join(page.text[begin:end] for begin, end in page.body)
    whole = f"{own}\n{title or ''}\n{_whole(markup)}" if page.words < _SHORT else own
    if page.words < _SHORT and whole.count(" ") > _LONGEST:
        return None
    seen = whole.casefold()
    rules = [rule for rule in furniture().walls if page.words < rule.most and any(word in seen for word in rule.any_)]
    words, own_words = (_plain(whole), _plain(own)) if rules else ("", "")
    return next((rule.says for rule in rules if fits(rule, words, page.words, markup) and _of_its_own(rule, own_words, page.words)), None)


def _of_its_own(rule: WallRule, own: str, count: int) -> bool:
    """Whether a page of `count` words of its own may be the wall of `rule`: where it has enough of them, one of the wall's is among them."""
    return not rule.own or count < rule.own or any(_holds(f" {own} ", word) for word in rule.any_)


def fits(rule: WallRule, words: str, count: int, markup: bytes = b"") -> bool:
    """Whether a page of `count` words of its own that says `words` (folded) is the wall of `rule`."""
    if count >= rule.most or (rule.field is not None and not _asks_for(rule.field, markup)):
        return False
    padded = f" {words} "
    return any(_holds(padded, word) for word in rule.any_) and (not rule.and_ or any(_holds(padded, word) for word in rule.and_))


def _asks_for(field: str, markup: bytes) -> bool:
    """Whether the page has a field of that type, quoted or not."""
    return re.search(rb"""\btype\s*=\s*["']?%s["'\s/>]""" % re.escape(field.encode()), markup, re.IGNORECASE) is not None


def _holds(padded: str, word: str) -> bool:
    return f" {_plain(word)}" in padded


def _plain(words: str) -> str:
    return " ".join(fold("".join(c if c.isalnum() else " " for c in words)).casefold().split())


def _whole(markup: bytes) -> str:
    """All words of a page, its forms included."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return extract_plain_text(HTMLTree.parse_from_bytes(level(markup), "utf-8", "replace"), preserve_formatting=True, alt_texts=False, form_fields=True)[
        :20_000
    ]
