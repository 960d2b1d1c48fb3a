"""The suite: five pages of each theme, with and without JSON-LD, Open Graph and stamps, some with broken markup, some not in UTF-8."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

from newspages import closed_themes, open_themes
from newspages.page import Maker, Page
from newspages.texts import article

PAGES = 5
"""Pages of a theme."""
HAND_MADE = ("tables", "aspnet", "frontpage", "drupal7", "blogger")
"""Themes that have no metadata of their own: their pages have what a plugin adds, or nothing."""


@cache
def pages() -> tuple[Page, ...]:
    """All pages; always the same ones."""
    made = []
    number = 0
    for closed, themes in ((False, open_themes.THEMES), (True, closed_themes.THEMES)):
        for theme in themes:
            for way in range(PAGES):
                made.append(_page(theme, closed, way, number))
                number += 1
    return tuple(made)


def _page(theme: Callable[[Maker], str], closed: bool, way: int, number: int) -> Page:
    name = theme.__name__
    maker = Maker(article(number), way, random.Random(f"page {number}"))
    if name == "frontpage":
        maker.encoding, maker.charset = ("cp1256", "windows-1256") if way < 3 else ("cp1256", "iso-8859-1")
    elif name in ("tables", "aspnet") and way in (2, 4):
        maker.encoding, maker.charset = ("cp1256", "windows-1256") if way == 2 else ("utf-8", "windows-1256")
    elif name == "joomla" and way == 3:
        maker.encoding, maker.charset = "iso8859-6", "iso-8859-6"
    by_hand = name in HAND_MADE
    ld = not by_hand and way in (0, 1, 3)
    og = (not by_hand and way in (0, 2, 3)) or (by_hand and way == 0 and name != "frontpage")
    listed = name == "list_page"
    head = maker.head(ld=ld and not listed, og=og, divider=(" - ", " | ", " – ", " » ")[number % 4], published=not listed)
    body = theme(maker)
    if way == 4:
        body = broken(body, maker.chance)
    goal = maker.chance.randrange(62_000, 98_000)
    while name != "frontpage" and len(head.encode()) + len(body.encode()) < goal:  # scripts, as such pages have them; one of the nineties has none
        head += maker.scripts(4)
    markup = f'<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n{head}\n</head>\n{body}\n</html>\n'
    if name == "list_page":
        markup = markup.replace(f"<title>{maker.article.title}", f"<title>أخبار {maker.article.town}").replace(
            f'content="{maker.article.title}"', f'content="أخبار {maker.article.town}"'
        )
    content = markup.encode(maker.encoding, "xmlcharrefreplace")
    return Page(f"{name}-{way}.html", name, closed, content, maker.truth(None if listed else maker.article.day))


def broken(body: str, chance: random.Random) -> str:
    """Markup as it is in the wild: paragraphs and items that are not closed, boxes closed twice, elements that overlap, a stray end of a table."""
    body = re.sub(r"</p>", lambda end: "" if chance.random() < 0.5 else end[0], body)
    body = re.sub(r"</li>", lambda end: "" if chance.random() < 0.4 else end[0], body)
    body = re.sub(r"<p>", lambda begin: "<p><span lang=AR-SA style='font-size:14pt'><b>" if chance.random() < 0.2 else begin[0], body)
    ends = [end.start() for end in re.finditer(r"</div>", body)]
    late = [at for at in ends if at > len(body) * 0.8]
    for at in sorted(chance.sample(late, min(3, len(late))), reverse=True):  # three boxes that are never closed, near the end
        body = body[:at] + body[at + 6 :]
    return body.replace("</body>", "</center></td></tr></table></div></div></body>")
