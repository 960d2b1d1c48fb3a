"""An HTML page around a report, as the themes of news sites make them: 60 to 100 kB, of which the report is 3 to 10 %.

Everything around the report is our own writing: menus, share bars, boxes of other headlines, scripts, styles, a sidebar, a footer. The
same report always gives the same page.
"""

from __future__ import annotations

import hashlib
import json
import random
from html import escape

from marsad.model import Report

SHORTEST, LONGEST = 60_000, 100_000
SMALLEST_SHARE, LARGEST_SHARE = 0.03, 0.10

_SECTIONS = "الرئيسية أخبار سياسة اقتصاد رياضة ثقافة علوم تكنولوجيا صحة منوعات رأي تقارير تحقيقات فيديو صور بودكاست مدونات طقس سفر سيارات".split()
_REGIONS = "العالم العربي|الشرق الأوسط|أفريقيا|آسيا|أوروبا|الأمريكتان|المغرب العربي|الخليج|المشرق|حوض النيل".split("|")
_SUBJECTS = "أسعار الخضار|منتخب الشباب|مهرجان السينما|سوق العقارات|موسم الحصاد|معرض الكتاب|بطولة التنس|شبكة القطارات|مسابقة الشعر|متحف المدينة|دوري السلة|صناعة النسيج".split(
    "|"
)
_DEEDS = "تعود إلى الارتفاع بعد أسابيع من الهدوء|يستعد لموسم جديد|يفتح أبوابه أمام الزوار|يجذب اهتمام الجمهور هذا العام|يناقش خطة السنوات المقبلة|يحقق أرقاما غير مسبوقة|ينتظر قرار اللجنة المنظمة|يختتم فعالياته مساء الخميس".split(
    "|"
)
_NETWORKS = "facebook twitter whatsapp telegram linkedin pinterest email print copy".split()


def page_of(report: Report) -> str:
    """The page of a report, or raises ValueError for one that is too short or too long to be 3 to 10 % of such a page."""
    size = len(report.text.encode())
    chance = random.Random(hashlib.sha256(report.text.encode()).digest())
    smallest, largest = max(SHORTEST, size / LARGEST_SHARE), min(LONGEST, size / SMALLEST_SHARE)
    if smallest > largest * 0.97:
        raise ValueError(f"a report of {size} bytes is no 3 to 10 % of a page of 60 to 100 kB")
    goal = chance.uniform(smallest, largest * 0.97)  # the parts that fill it are not cut, so that a page is a little longer
    article = _article(report, chance)
    head, top, foot = _head(report, chance), _top(chance), _foot(chance)
    rest = goal - sum(len(part.encode()) for part in (article, head, top, foot))
    # of what remains to fill: scripts in the head, boxes of headlines below, a sidebar
    scripts = _filled(rest * 0.4, lambda n: _script(n, chance))
    boxes = _filled(rest * 0.35, lambda n: _card(n, chance))
    side = _filled(rest * 0.25, lambda n: _side(n, chance))
    return (
        f'<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n{head}{scripts}</head>\n<body class="rtl single single-post wp-custom-logo">\n{top}'
        f'<div class="site-content container"><div class="row"><main class="col-md-8" id="main">\n{article}'
        f'<section class="related-posts"><h3 class="box-title">مقالات ذات صلة</h3><div class="grid">\n{boxes}</div></section>\n{_comments()}</main>\n'
        f'<aside class="col-md-4 sidebar" id="secondary">\n{side}</aside></div></div>\n{foot}</body>\n</html>\n'
    )


def _filled(size: float, part: object) -> str:
    """Parts one after another until they are `size` bytes."""
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(part(len(parts)))  # type: ignore[operator]
        length += len(parts[-1].encode())
    return "".join(parts)


def _headline(chance: random.Random) -> str:
    return f"{chance.choice(_SUBJECTS)} {chance.choice(_DEEDS)}"


def _head(report: Report, chance: random.Random) -> str:
    title = escape(report.title or report.text.strip().split("\n", 1)[0][:90], quote=True)
    day = report.date.isoformat() if report.date else "2018-06-15"
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day, "inLanguage": "ar"}
    links = "".join(f'<link rel="stylesheet" id="theme-{n}-css" href="https://cdn.example.org/theme/{n}.css?ver=5.{n}" media="all">\n' for n in range(14))
    rules = "".join(f".c{n}{{margin:{n}px auto;padding:0 {n % 7}px;color:#{chance.randrange(16**6):06x}}}" for n in range(120))
    return (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title} | شبكة العيّنة</title>\n'
        f'<meta name="description" content="{title}"><meta property="og:title" content="{title}"><meta property="og:type" content="article">\n'
        f'<meta property="og:site_name" content="شبكة العيّنة"><meta property="article:published_time" content="{day}T09:30:00+00:00">\n'
        f'{links}<style>{rules}</style>\n<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>\n'
    )


def _script(number: int, chance: random.Random) -> str:
    settings = {f"slot_{k}": {"id": chance.randrange(10**8), "sizes": [[300, 250], [728, 90]], "lazy": chance.random() < 0.5} for k in range(6)}
    return (
        f'<script id="ads-{number}">window.adq=window.adq||[];(function(d,s){{var c={json.dumps(settings)};for(var k in c){{if(c[k].lazy&&!d.hidden)'
        f'{{adq.push(c[k])}}}}var e=d.createElement(s);e.async=1;e.src="//static.example.org/{number}.js";d.head.appendChild(e)}})(document,"script");</script>\n'
    )


def _top(chance: random.Random) -> str:
    def entry(name: str) -> str:
        below = "".join(
            f'<li class="menu-item"><a href="/{n}" class="c{n}"><span>{r}</span></a></li>' for n, r in enumerate(_REGIONS[: chance.randrange(2, 6)])
        )
        return f'<li class="menu-item menu-item-has-children"><a href="#" aria-haspopup="true">{name}</a><ul class="sub-menu">{below}</ul></li>\n'

    ticker = "".join(f'<li><a href="#">{_headline(chance)}</a></li>' for _ in range(8))
    return (
        '<a class="skip-link screen-reader-text" href="#main">تخط إلى المحتوى</a>\n<header id="masthead" class="site-header"><div class="logo"><a href="/">'
        f'<img src="/logo.png" alt="شبكة العيّنة" width="220" height="60"></a></div><nav id="site-navigation"><ul class="menu">\n{"".join(map(entry, _SECTIONS))}</ul></nav>'
        '<form role="search" class="search-form"><label><span>البحث عن:</span><input type="search" placeholder="بحث …" name="s"></label>'
        f'<button type="submit">بحث</button></form></header>\n<div class="breaking"><span>عاجل</span><ul>{ticker}</ul></div>\n'
    )


def _share() -> str:
    links = "".join(
        f'<a class="share share-{n}" href="https://share.example.org/{n}?u=x" rel="nofollow noopener"><i class="icon-{n}"></i><span>شارك</span></a>'
        for n in _NETWORKS
    )
    return f'<div class="share-bar">{links}</div>\n'


def _article(report: Report, chance: random.Random) -> str:
    first, *rest = [line.strip() for line in report.text.split("\n") if line.strip()]
    paragraphs = [f"<p>{escape(line)}</p>\n" for line in (rest or [first])]
    if len(paragraphs) > 3:
        paragraphs.insert(
            2, f'<div class="inline-related"><strong>اقرأ أيضا:</strong> <a href="#">{_headline(chance)}</a></div>\n<div class="ad-slot" id="ad-mid"></div>\n'
        )
    heading = f'<h1 class="entry-title">{escape(first)}</h1>' if rest else ""
    tags = "".join(f'<a href="#" rel="tag">{tag}</a> ' for tag in chance.sample(_REGIONS, 4))
    return (
        f'<article class="post type-post hentry"><header class="entry-header"><div class="breadcrumbs"><a href="/">الرئيسية</a> » <a href="#">أخبار</a></div>{heading}'
        '<div class="entry-meta"><span class="author">التحرير</span> <time datetime="2018-06-15T09:30:00+00:00">15 يونيو 2018</time> <span>3 دقائق</span></div></header>\n'
        f'{_share()}<figure class="wp-block-image"><img src="/a.jpg" alt="" width="800" height="450"><figcaption>صورة من الأرشيف</figcaption></figure>\n'
        f'<div class="entry-content">{"".join(paragraphs)}</div>\n{_share()}<div class="tags"><span>الوسوم:</span> {tags}</div></article>\n'
    )


def _card(number: int, chance: random.Random) -> str:
    return (
        f'<div class="card c{number % 120}"><a class="thumb" href="/post/{chance.randrange(10**6)}"><img loading="lazy" src="/t/{number}.jpg" srcset="/t/{number}-300.jpg 300w, /t/{number}-768.jpg 768w" '
        f'alt=""></a><div class="card-body"><span class="cat">{chance.choice(_SECTIONS)}</span><h4><a href="#">{_headline(chance)}</a></h4><span class="date">قبل {number + 2} ساعات</span></div></div>\n'
    )


def _side(number: int, chance: random.Random) -> str:
    items = "".join(f'<li><a href="#"><span class="n">{n + 1}</span>{_headline(chance)}</a></li>' for n in range(5))
    name = ("الأكثر قراءة", "الأكثر مشاهدة", "آخر الأخبار", "اخترنا لك")[number % 4]
    return f'<section class="widget widget_{number}"><h3 class="widget-title">{name}</h3><ul>{items}</ul></section>\n'


def _comments() -> str:
    return (
        '<div id="respond" class="comment-respond"><h3>اترك تعليقا</h3><form><p>لن يتم نشر عنوان بريدك الإلكتروني.</p><textarea name="comment" rows="8"></textarea>'
        '<label>الاسم</label><input name="author"><label>البريد الإلكتروني</label><input name="email"><button>إرسال التعليق</button></form></div>\n'
    )


def _foot(chance: random.Random) -> str:
    columns = "".join(
        f'<div class="col"><h4>{name}</h4><ul>{"".join(f"<li><a href=#>{s}</a></li>" for s in chance.sample(_SECTIONS, 8))}</ul></div>' for name in _REGIONS[:4]
    )
    return (
        f'<footer id="colophon"><div class="columns">{columns}</div><form class="newsletter"><p>اشترك في نشرتنا البريدية</p><input type="email"><button>اشترك</button></form>'
        '<p class="copyright">جميع الحقوق محفوظة © شبكة العيّنة</p><ul><li><a href="#">من نحن</a></li><li><a href="#">سياسة الخصوصية</a></li><li><a href="#">اتصل بنا</a></li></ul></footer>\n'
        '<div class="cookie-bar">نستخدم ملفات تعريف الارتباط لتحسين تجربتك. <button>موافق</button></div>\n'
    )
