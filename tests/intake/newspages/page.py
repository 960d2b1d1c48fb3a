"""A page in the making: markup on one side, on the other the truth about it."""

from __future__ import annotations

import datetime
import json
import random
from dataclasses import dataclass, field
from html import escape

from newspages.texts import OTHERS, TAGS, Article, spoken

SECTIONS = "الرئيسية|أخبار|سياسة|اقتصاد|رياضة|ثقافة|تقارير|مقالات|تحقيقات|فيديو|صور|علوم|صحة|منوعات|رأي|اتصل بنا".split("|")


@dataclass(frozen=True)
class Truth:
    """What is right for a page: its report, what is furniture in its text, its day and outlet."""

    body: str
    furniture: tuple[tuple[str, str], ...]
    day: datetime.date | None
    outlet: str
    original: str | None = None


@dataclass(frozen=True)
class Page:
    """A made page."""

    name: str
    theme: str
    closed: bool
    content: bytes
    truth: Truth


@dataclass
class Maker:
    """Makes one page. `way`: 0 to 4, which metadata it has, whether its markup is broken, in what it is written."""

    article: Article
    way: int
    chance: random.Random
    body: list[str] = field(default_factory=list)
    furniture: list[tuple[str, str]] = field(default_factory=list)
    encoding: str = "utf-8"
    charset: str = "utf-8"
    original: str | None = None
    address: str = ""

    # --- truth

    def text(self, words: str) -> str:
        """Words of the report."""
        self.body.append(words)
        return escape(words, quote=False)

    def res(self, kind: str, words: str) -> str:
        """Words of furniture that stands in the text."""
        self.furniture.append((kind, words))
        return escape(words, quote=False)

    def items(self, markup: str, kind: str, words: tuple[str, ...]) -> str:
        """Furniture, one after another, each in `markup`."""
        return "".join(markup.format(self.res(kind, w)) for w in words)

    def truth(self, day: datetime.date | None) -> Truth:
        first = {self.article.title: 0, self.article.deck: 1}
        body = sorted(self.body, key=lambda words: first.get(words, 2))
        return Truth("\n".join(body), tuple(self.furniture), day, self.article.outlet, self.original)

    # --- the head

    def head(self, *, ld: bool, og: bool, extra: str = "", divider: str = " - ", published: bool = True) -> str:
        """`head` with scripts, styles and metadata."""
        a = self.article
        stamp = f"{a.day.isoformat()}T{self.chance.randrange(8, 19):02}:{self.chance.randrange(60):02}:00+0{self.chance.randrange(2, 4)}:00"
        self.address = self.address or f"https://news.example.org/{self.chance.randrange(10**5)}"
        parts = [f'<meta http-equiv="Content-Type" content="text/html; charset={self.charset}" />' if self.way % 2 else f'<meta charset="{self.charset}">']
        parts.append(f'<meta name="viewport" content="width=device-width, initial-scale=1.0">\n<title>{escape(a.title)}{divider}{a.outlet}</title>')
        if og:
            parts += [f'<meta property="og:{k}" content="{escape(v)}" />' for k, v in (("locale", "ar_AR"), ("type", "article"), ("title", a.title), ("url", self.address), ("site_name", a.outlet), ("image", "https://news.example.org/a.jpg"))]  # fmt: skip
            if published:
                parts.append(f'<meta property="article:published_time" content="{stamp}" />')
            parts.append(f'<link rel="canonical" href="{self.address}" />')
        if ld:
            graph = [
                {"@type": "NewsArticle", "@id": self.address + "#article", "headline": a.title, "datePublished": stamp, "dateModified": stamp, "publisher": {"@id": "https://news.example.org/#organization"}, "inLanguage": "ar", "mainEntityOfPage": {"@id": self.address}},
                {"@type": "Organization", "@id": "https://news.example.org/#organization", "name": a.outlet, "url": "https://news.example.org/", "logo": {"@type": "ImageObject", "url": "https://news.example.org/logo.png"}},
                {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "الرئيسية"}]},
            ]  # fmt: skip
            told = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=self.way == 3)
            parts.append(f'<script type="application/ld+json" class="yoast-schema-graph">{told}</script>')
        parts += [
            f"<link rel='stylesheet' id='style-{n}-css' href='https://news.example.org/wp-content/s{n}.css?ver=5.{n}' type='text/css' media='all' />"
            for n in range(9)
        ]
        rules = "".join(f".block-{n} .entry-{n}{{margin:0 {n}px;color:#{self.chance.randrange(16**6):06x}}}" for n in range(90))
        return "\n".join([*parts, f"<style>{rules}</style>", extra, self.scripts(9)])

    def scripts(self, number: int) -> str:
        """Scripts such as every page has, some with markup and words in them."""
        made = []
        for n in range(number):
            held = json.dumps({f"k{i}": f"{self.chance.randrange(16**12):012x}" for i in range(self.chance.randrange(8, 40))})
            made.append(
                f'<script>/* <![CDATA[ */var tie_{n} = {held};if(window.x<3){{document.write("<div class=\\"related\\">قصف<\\/div>")}}/* ]]> */</script>'
            )
        return "\n".join(made)

    # --- parts that are no text

    def menu(self, item: str = "menu-item menu-item-type-taxonomy menu-item-object-category", ul: str = "menu", deep: int = 4) -> str:
        rows = []
        for n, name in enumerate(SECTIONS):
            below = "".join(f'<li class="{item}"><a href="/t/{t}">{t}</a></li>' for t in self.chance.sample(TAGS, deep)) if n % 3 == 1 else ""
            below = f'<ul class="sub-menu menu-sub-content">{below}</ul>' if below else ""
            rows.append(
                f'<li id="menu-item-{self.chance.randrange(10**5)}" class="{item} menu-item-{n}"><a href="https://news.example.org/c/{n}/">{name}</a>{below}</li>'
            )
        return f'<ul class="{ul}">{"".join(rows)}</ul>'

    def list_of(self, number: int, li: str = "<li><a href='#'>{}</a></li>") -> str:
        """Headlines that are no part of the text (a sidebar)."""
        return "".join(li.format(words) for words in self.chance.sample(OTHERS, number))

    def date(self, manner: int | None = None) -> str:
        return spoken(self.article.day, self.way if manner is None else manner)

    def paragraphs(self, paragraph: str = "<p>{}</p>\n", heading: str = "<h2>{}</h2>\n", inside: dict[int, str] | None = None, source: bool = True) -> str:
        """The paragraphs of the report; `inside`: markup behind the paragraph of a number; a line that names the agency at the end of some."""
        made: list[str] = []
        for n, words in enumerate(self.article.paragraphs):
            made.append(heading.format(self.text(words[1:])) if words[0] == "#" else paragraph.format(self.text(words)))
            if inside and n in inside:
                made.append(inside[n])
        if source and self.way in (1, 3):
            self.original = self.article.agency
            made.append(paragraph.format(self.text(f"المصدر: {self.article.agency}")))
        return "".join(made)
