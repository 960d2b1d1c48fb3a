"""The themes that are kept closed: how the extraction does on them is read from the table alone, not looked at while it is tuned."""

from __future__ import annotations

from newspages.page import Maker
from newspages.texts import article


def sahifa(m: Maker) -> str:
    """WordPress, Sahifa (TieLabs)."""
    a = m.article
    share = lambda: (
        f'<div class="share-post"><span class="share-text">{m.res("share", "شاركها")}</span><ul class="flat-social"><li><a href="#" class="social-facebook" rel="external"><i class="fa fa-facebook"></i> <span>{m.res("share", "Facebook")}</span></a></li><li><a href="#" class="social-twitter"><i class="fa fa-twitter"></i> <span>{m.res("share", "Twitter")}</span></a></li></ul><div class="clear"></div></div>'
    )
    return f"""<body id="top" class="rtl post-template-default single single-post postid-3 single-format-standard lazy-enabled"><div class="wrapper-outer"><div class="background-cover"></div><aside id="slide-out"><div class="search-mobile"><form method="get" id="searchform-mobile"><button class="search-button" type="submit"><i class="fa fa-search"></i></button></form></div><div id="mobile-menu"></div></aside><div id="wrapper" class="boxed"><div class="inner-wrapper">
<header id="theme-header" class="theme-header full-logo"><div id="top-nav" class="top-nav"><div class="container"><span class="today-date">السبت ,28 نوفمبر 2026</span></div></div><div class="header-content"><div class="logo"><h2><a title="{a.outlet}" href="/"><img src="l.png" alt="{a.outlet}"><strong>{a.outlet}</strong></a></h2></div></div><nav id="main-nav" class="fixed-enabled"><div class="container"><div class="main-menu">{m.menu()}</div></div></nav></header>
<div id="breaking-news" class="breaking-news"><span class="breaking-news-title"><i class="fa fa-bolt"></i> <span>عاجل</span></span><ul>{m.list_of(6)}</ul></div><div id="main-content" class="container"><div class="content"><div class="e3lan e3lan-post"></div><div xmlns:v="http://rdf.data-vocabulary.org/#" id="crumbs"><span typeof="v:Breadcrumb"><a rel="v:url" class="crumbs-home" href="/">{m.res("breadcrumb", "الرئيسية")}</a></span> <span class="delimiter">/</span> <span class="current">{m.res("breadcrumb", "أخبار")}</span></div>
<article class="post-listing post-3 post type-post status-publish format-standard has-post-thumbnail category-news tag-news" id="the-post"><div class="single-post-thumb"><img width="660" height="330" src="f.jpg" class="attachment-slider"></div><div class="single-post-caption">{m.res("caption", a.caption)}</div><div class="post-inner"><h1 class="name post-title entry-title"><span itemprop="name">{m.text(a.title)}</span></h1><p class="post-meta"><span class="post-meta-author"><i class="fa fa-user"></i><a href="#" title="">{m.res("byline", a.writer)} </a></span><span class="tie-date"><i class="fa fa-clock-o"></i>{m.res("byline", m.date(1))}</span><span class="post-cats"><i class="fa fa-folder"></i><a href="#" rel="category tag">أخبار</a></span><span class="post-comments"><i class="fa fa-comments"></i><a href="#respond">{m.res("byline", "اضف تعليق")}</a></span><span class="post-views"><i class="fa fa-eye"></i>145 زيارة</span></p><div class="clear"></div>
<div class="entry">{share() if m.way % 2 else ""}{m.paragraphs(inside={1: '<div class="e3lan e3lan-in-post1"><script>google_ad</script></div>', 2: f'<section id="related_inline" class="in-post-related"><h3>{m.res("related", "مواضيع مشابهة")}</h3><a href="#">{m.res("related", a.others[0])}</a></section>'})}{share()}<div class="clear"></div></div></div></article><p class="post-tag">{m.res("tags", "الوسوم")}{" ".join(f'<a href="#" rel="tag">{m.res("tags", t)}</a>' for t in a.tags)}</p>
<section id="author-box"><div class="block-head"><h3>عن {a.writer} </h3><div class="stripe-line"></div></div></section><div class="post-navigation"><div class="post-previous"><a href="#" rel="prev"><span>السابق</span> {m.res("related", a.others[1])}</a></div><div class="post-next"><a href="#" rel="next"><span>التالي</span> {m.res("related", a.others[2])}</a></div></div>
<section id="related_posts"><div class="block-head"><h3>{m.res("related", "مقالات ذات صلة")}</h3><div class="stripe-line"></div></div><div class="post-listing">{"".join(f'<div class="related-item"><div class="post-thumbnail"><a href="#"><img src="x.jpg"><span class="fa overlay-icon"></span></a></div><h3><a href="#" rel="bookmark">{m.res("related", w)}</a></h3><p class="post-meta"><span class="tie-date"><i class="fa fa-clock-o"></i>يومين مضت</span></p></div>' for w in a.others[3:6])}<div class="clear"></div></div></section>
<section id="check-also-box" class="post-listing check-also-right"><a href="#" id="check-also-close"><i class="fa fa-close"></i></a><div class="block-head"><h3>{m.res("related", "شاهد أيضاً")}</h3></div><div class="check-also-post"><h2 class="post-title"><a href="#" rel="bookmark">{m.res("related", a.others[6])}</a></h2><div class="entry"><p>{m.res("related", "مقتطف من خبر آخر يظهر في صندوق منبثق أسفل الصفحة عند التمرير، وفيه حديث عن مقتل عنصرين …")}</p></div></div></section><div id="comments"><div id="respond" class="comment-respond"><h3 id="reply-title">{m.res("comments", "اترك تعليقاً")}</h3><form id="commentform" class="comment-form"><p class="comment-notes">{m.res("comments", "لن يتم نشر عنوان بريدك الإلكتروني.")}</p></form></div></div></div>
<aside id="sidebar"><div class="theiaStickySidebar"><div id="tabbed-widget" class="widget"><div class="widget-container"><div class="widget-top"><ul class="tabs posts-taps"><li class="tabs"><a href="#tab1">الأشهر</a></li></ul></div><div id="tab1" class="tabs-wrap"><ul>{m.list_of(8, '<li><h3><a href="#">{}</a></h3><span class="tie-date">قبل يوم</span></li>')}</ul></div></div></div></div></aside></div>
<footer id="theme-footer"><div id="footer-widget-area" class="footer-3c"></div></footer><div class="clear"></div><div class="footer-bottom"><div class="container"><div class="alignright">Powered by WordPress | Designed by TieLabs</div><div class="alignleft">{m.res("copyright", f"© جميع الحقوق محفوظة {a.outlet} {a.day.year}")}</div></div></div></div></div></div><div id="topcontrol" class="fa fa-angle-up" title="scrool to top"></div><div id="fb-root"></div>{m.scripts(12)}</body>"""


def twentyseventeen(m: Maker) -> str:
    """WordPress, Twenty Seventeen, with a cookie bar and a plugin for shares."""
    a = m.article
    return f"""<body class="rtl post-template-default single single-post has-header-image has-sidebar colors-light"><div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">{m.res("button", "التخطي إلى المحتوى")}</a><header id="masthead" class="site-header"><div class="custom-header"><div class="site-branding"><div class="wrap"><div class="site-branding-text"><p class="site-title"><a href="/" rel="home">{a.outlet}</a></p></div></div></div></div><div class="navigation-top"><div class="wrap"><nav id="site-navigation" class="main-navigation" aria-label="القائمة العلوية">{m.menu()}</nav></div></div></header>
<div class="site-content-contain"><div id="content" class="site-content"><div class="wrap"><div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-5" class="post-5 post type-post status-publish hentry category-1"><header class="entry-header"><div class="entry-meta"><span class="posted-on"><span class="screen-reader-text">نُشر في</span> <a href="#" rel="bookmark"><time class="entry-date published" datetime="{a.day}T10:00:00+03:00">{m.res("byline", m.date(1))}</time><time class="updated" datetime="2024-02-03T10:00:00+03:00">فبراير 3, 2024</time></a></span><span class="byline"> بواسطة <span class="author vcard"><a class="url fn n" href="#">{m.res("byline", a.writer)}</a></span></span></div><h1 class="entry-title">{m.text(a.title)}</h1></header>
<div class="entry-content"><div class="heateor_sss_sharing_container heateor_sss_horizontal_sharing"><div class="heateor_sss_sharing_title">{m.res("share", "شارك الخبر مع أصدقائك")}</div></div>{m.paragraphs(inside={0: f'<div id="attachment_9" class="wp-caption aligncenter"><img src="a.jpg"><p id="caption-attachment-9" class="wp-caption-text">{m.res("caption", a.caption)}</p></div>', 2: f'<div class="crp_related crp-text-only"><h3>{m.res("related", "قد يهمك:")}</h3><ul><li><a href="#" class="crp_link"><span class="crp_title">{m.res("related", a.others[0])}</span></a></li><li><a href="#"><span class="crp_title">{m.res("related", a.others[1])}</span></a></li></ul></div>'})}</div>
<footer class="entry-footer"><span class="cat-tags-links"><span class="cat-links"><span class="screen-reader-text">التصنيفات</span><a href="#" rel="category tag">{m.res("tags", "أخبار")}</a></span><span class="tags-links"><span class="screen-reader-text">الوسوم</span>{"، ".join(f'<a href="#" rel="tag">{m.res("tags", t)}</a>' for t in a.tags)}</span></span></footer></article><div id="comments" class="comments-area"><h2 class="comments-title">{m.res("comments", "رأيان حول الخبر")}</h2><ol class="comment-list">{"".join(f'<li class="comment even thread-even depth-1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">زائر</b></div></footer><div class="comment-content"><p>{m.res("comments", w)}</p></div></article></li>' for w in a.remarks)}</ol></div></main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">أحدث المقالات</h2><ul>{m.list_of(6)}</ul></section></aside></div></div>
<footer id="colophon" class="site-footer"><div class="wrap"><div class="site-info">{m.res("copyright", f"حقوق النشر © {a.day.year} {a.outlet}")}</div></div></footer></div></div><div id="cookie-law-info-bar" data-nosnippet="true"><span>{m.res("cookie", "يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين خدماته.")} <a role="button" id="cookie_action_close_header">{m.res("cookie", "قبول")}</a></span></div>{m.scripts(14)}</body>"""


def drupal7(m: Maker) -> str:
    """Drupal 7, Bartik's markup."""
    a = m.article
    return f"""<body class="html not-front not-logged-in one-sidebar sidebar-first page-node page-node- page-node-5 node-type-news i18n-ar footer-columns"><div id="skip-link"><a href="#main-content" class="element-invisible element-focusable">تجاوز إلى المحتوى الرئيسي</a></div><div id="page-wrapper"><div id="page"><div id="header" class="with-secondary-menu"><div class="section clearfix"><a href="/" title="الرئيسية" rel="home" id="logo"><img src="logo.png"></a><div id="main-menu" class="navigation">{m.menu("leaf", "links clearfix")}</div></div></div>
<div id="main-wrapper" class="clearfix"><div id="main" class="clearfix"><div id="breadcrumb"><h2 class="element-invisible">أنت هنا</h2><div class="breadcrumb"><a href="/">{m.res("breadcrumb", "الرئيسية")}</a></div></div><div id="sidebar-first" class="column sidebar"><div class="section"><div class="region region-sidebar-first"><div id="block-views-most-read" class="block block-views"><h2>الأكثر قراءة</h2><div class="content"><div class="item-list"><ul>{m.list_of(7)}</ul></div></div></div></div></div></div><div id="content" class="column"><div class="section"><a id="main-content"></a><h1 class="title" id="page-title">{m.text(a.title)}</h1><div class="tabs"></div><div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content">
<div id="node-5" class="node node-news node-promoted node-full clearfix" about="/node/5" typeof="sioc:Item foaf:Document"><div class="meta submitted"><span property="dc:date dc:created" content="{a.day}T09:00:00+03:00" datatype="xsd:dateTime" rel="sioc:has_creator">أرسله {m.res("byline", a.writer)} في {m.res("byline", m.date())}</span></div><div class="content clearfix"><div class="field field-name-field-image field-type-image field-label-hidden"><div class="field-items"><div class="field-item even"><img src="a.jpg" title="{a.caption}"></div></div></div><div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{m.paragraphs("<p style='text-align: right;'>{}</p>", "<p><strong>{}</strong></p>")}</div></div></div>
<div class="field field-name-field-tags field-type-taxonomy-term-reference field-label-above"><div class="field-label">{m.res("tags", "الوسوم:")}&nbsp;</div><div class="field-items">{"".join(f'<div class="field-item even"><a href="#">{m.res("tags", t)}</a></div>' for t in a.tags)}</div></div><div class="sharethis-buttons"><span class="st_label">{m.res("share", "شارك")}</span><span class="st_facebook_large"></span></div></div><div class="link-wrapper"><ul class="links inline"><li class="comment_forbidden first last"><span><a href="/user/login">سجل الدخول</a> لإضافة تعليق</span></li></ul></div></div></div></div>
<div id="block-views-related-block" class="block block-views"><h2>{m.res("related", "أخبار متعلقة")}</h2><div class="content"><div class="view view-related"><div class="view-content">{"".join(f'<div class="views-row"><span class="field-content"><a href="#">{m.res("related", w)}</a></span></div>' for w in a.others[:5])}</div></div></div></div></div></div></div></div></div><div id="footer-wrapper"><div class="section"><div id="footer" class="clearfix"><div class="region region-footer"><p>{m.res("copyright", f"{a.outlet} © {a.day.year} - جميع الحقوق محفوظة")}</p></div></div></div></div></div></div>{m.scripts(16)}</body>"""


def joomla(m: Maker) -> str:
    """Joomla 3, com_content."""
    a = m.article
    return f"""<body class="site com_content view-article no-layout no-task itemid-101 rtl"><div class="body" id="top"><div class="container"><header class="header" role="banner"><div class="header-inner clearfix"><a class="brand pull-left" href="/"><span class="site-title" title="{a.outlet}">{a.outlet}</span></a></div></header><nav class="navigation" role="navigation"><div class="nav-collapse">{m.menu("item-101", "nav menu nav-pills mod-list")}</div></nav><div class="row-fluid"><div id="aside" class="span3"><div class="well"><h3 class="page-header">الأكثر قراءة</h3><ul class="mostread mod-list">{m.list_of(7, '<li itemscope itemtype="https://schema.org/Article"><a href="#" itemprop="url"><span itemprop="name">{}</span></a></li>')}</ul></div></div>
<main id="content" role="main" class="span9"><div id="system-message-container"></div><div class="item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="ar-AA" /><div class="page-header"><h2 itemprop="headline">{m.text(a.title)}</h2></div><div class="icons"><div class="btn-group pull-right"><ul class="dropdown-menu"><li class="print-icon"><a href="#" rel="nofollow"><span class="icon-print"></span> {m.res("share", "طباعة")} </a></li><li class="email-icon"><a href="#"><span class="icon-envelope"></span> {m.res("share", "البريد الإلكتروني")} </a></li></ul></div></div><dl class="article-info muted"><dt class="article-info-term">{m.res("byline", "تفاصيل")}</dt><dd class="createdby" itemprop="author">كتب بواسطة: <span itemprop="name">{m.res("byline", a.writer)}</span></dd><dd class="published"><span class="icon-calendar"></span><time datetime="{a.day}T12:00:00+03:00" itemprop="datePublished">نشر بتاريخ: {m.res("byline", m.date(1))}</time></dd><dd class="hits"><span class="icon-eye-open"></span><meta itemprop="interactionCount" content="UserPageVisits:77" />الزيارات: 77</dd></dl>
<div class="pull-right item-image"><img class="caption" title="{a.caption}" src="a.jpg" itemprop="image"/><p class="img_caption">{m.res("caption", a.caption)}</p></div><div itemprop="articleBody">{m.paragraphs("<p>{}</p>", "<h3>{}</h3>")}</div><ul class="tags inline">{"".join(f'<li class="tag-{n} tag-list{n}"><a href="#" class="label label-info">{m.res("tags", t)}</a></li>' for n, t in enumerate(a.tags))}</ul><ul class="pager pagenav"><li class="previous"><a href="#" rel="prev"><span class="icon-chevron-left"></span> {m.res("related", "السابق")}</a></li><li class="next"><a href="#" rel="next">{m.res("related", "التالي")} </a></li></ul><div class="relateditems"><h3>{m.res("related", "مواضيع ذات صلة")}</h3><ul>{"".join(f'<li><a href="#">{m.res("related", w)}</a></li>' for w in a.others[:4])}</ul></div></div></main></div></div></div><footer class="footer" role="contentinfo"><div class="container"><p class="pull-right"><a href="#top" id="back-top">{m.res("button", "إلى الأعلى")}</a></p><p>{m.res("copyright", f"© {a.day.year} {a.outlet}")}</p></div></footer>{m.scripts(18)}</body>"""


def frontpage(m: Maker) -> str:
    """A page of the nineties: FrontPage, fonts, tags that are never closed, bold paragraphs in fonts in paragraphs."""
    a = m.article
    return f"""<BODY BGCOLOR=#FFFFFF DIR=RTL><CENTER><TABLE BORDER=0 WIDTH=760><TR><TD COLSPAN=2 ALIGN=CENTER><IMG SRC="top.gif" ALT="{a.outlet}"></TD></TR><TR><TD WIDTH=150 VALIGN=TOP BGCOLOR=#E0E0E0><FONT SIZE=2>{"<BR>".join(f'<A HREF="{n}.htm">{w}</A>' for n, w in enumerate(["الصفحة الرئيسة", "أخبار محلية", "أخبار دولية", "مقالات", "أرشيف", "راسلونا"]))}</FONT></TD><TD VALIGN=TOP>
<P ALIGN=CENTER><FONT FACE="Simplified Arabic" SIZE=5 COLOR=#800000><B>{m.text(a.title)}</B></FONT><P ALIGN=CENTER><FONT SIZE=2>{m.res("byline", m.date())}</FONT>
{m.paragraphs('<P DIR=RTL ALIGN=JUSTIFY><FONT FACE="Simplified Arabic" SIZE=4>{}', "<P DIR=RTL><B><FONT SIZE=4>{}</B></FONT>")}<P><HR><P ALIGN=CENTER><FONT SIZE=2><A HREF="javascript:history.back()">{m.res("button", "الصفحة الرئيسية")}</A></FONT><P><B>{m.res("related", "أخبار ذات صلة")}</B><UL>{"".join(f'<LI><A HREF="r{n}.htm">{m.res("related", w)}</A>' for n, w in enumerate(a.others[:4]))}</UL></TD></TR><TR><TD COLSPAN=2 ALIGN=CENTER BGCOLOR=#C0C0C0><FONT SIZE=1>{m.res("copyright", f"جميع الحقوق محفوظة {a.outlet} ©")}</FONT></TD></TR></TABLE></CENTER></BODY>"""


def elementor(m: Maker) -> str:
    """WordPress with Elementor: the text in several boxes, with pictures and lists of other reports between them."""
    a = m.article
    box = lambda inner, kind="text-editor": (
        f'<div class="elementor-element elementor-element-{m.chance.randrange(16**7):07x} elementor-widget elementor-widget-{kind}" data-element_type="widget" data-widget_type="{kind}.default"><div class="elementor-widget-container">{inner}</div></div>'
    )
    parts = [
        box(f'<h1 class="elementor-heading-title elementor-size-default">{m.text(a.title)}</h1>', "theme-post-title"),
        box(
            f'<ul class="elementor-inline-items elementor-icon-list-items elementor-post-info"><li class="elementor-icon-list-item"><span class="elementor-icon-list-text elementor-post-info__item elementor-post-info__item--type-author">{m.res("byline", a.writer)}</span></li><li class="elementor-icon-list-item" itemprop="datePublished"><span class="elementor-icon-list-text elementor-post-info__item--type-date"><time>{m.res("byline", m.date(1))}</time></span></li></ul>',
            "post-info",
        ),
    ]
    for n in range(0, len(a.paragraphs), 2):
        made = "".join(f"<h3>{m.text(p[1:])}</h3>" if p[0] == "#" else f"<p>{m.text(p)}</p>" for p in a.paragraphs[n : n + 2])
        parts.append(box(made))
        if n == 0:
            parts.append(
                box(
                    f'<figure class="wp-caption"><img src="i.jpg"><figcaption class="widget-image-caption wp-caption-text">{m.res("caption", a.caption)}</figcaption></figure>',
                    "image",
                )
            )
        if n == 2:
            parts.append(
                box(
                    f'<div class="elementor-posts-container elementor-posts elementor-grid">{m.items("<article class=elementor-post><div class=elementor-post__text><h3 class=elementor-post__title><a href=#>{}</a></h3></div></article>", "related", a.others[:2])}</div>',
                    "posts",
                )
            )
    parts.append(
        box(
            f'<div class="elementor-share-buttons--view-icon-text elementor-grid-0"><div class="elementor-share-btn elementor-share-btn_facebook"><div class="elementor-share-btn__text"><span class="elementor-share-btn__title">{m.res("share", "فيسبوك")}</span></div></div></div>',
            "share-buttons",
        )
    )
    cards = "".join(
        f'<article class="elementor-post elementor-grid-item"><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="#">{m.res("related", w)}</a></h3></div></article>'
        for w in a.others[3:7]
    )
    foot = box(f"<p>{m.res('copyright', f'جميع الحقوق محفوظة لـ {a.outlet} © {a.day.year}')}</p>")
    return f"""<body class="rtl single single-post elementor-default elementor-template-full-width elementor-page-90"><div data-elementor-type="header" class="elementor elementor-10 elementor-location-header"><section class="elementor-section elementor-top-section"><div class="elementor-container"><nav class="elementor-nav-menu--main elementor-nav-menu__container">{m.menu("menu-item", "elementor-nav-menu")}</nav></div></section></div><div data-elementor-type="single-post" class="elementor elementor-90 elementor-location-single post-90 post type-post status-publish hentry"><section class="elementor-section elementor-top-section elementor-section-boxed"><div class="elementor-container elementor-column-gap-default"><div class="elementor-column elementor-col-66"><div class="elementor-widget-wrap elementor-element-populated">{"".join(parts)}</div></div><div class="elementor-column elementor-col-33"><div class="elementor-widget-wrap">{box("<h4>الأكثر قراءة</h4><ul>" + m.list_of(6) + "</ul>", "wp-widget-recent-posts")}</div></div></div></section><section class="elementor-section"><div class="elementor-container">{box(f'<h2 class="elementor-heading-title">{m.res("related", "مقالات ذات صلة")}</h2>', "heading")}{box(f'<div class="elementor-posts-container">{cards}</div>', "posts")}</div></section></div><div data-elementor-type="footer" class="elementor elementor-20 elementor-location-footer"><footer class="elementor-section">{foot}</footer></div>{m.scripts(16)}</body>"""


def hashed(m: Maker) -> str:
    """A site of its own, built with a framework: class names that say nothing."""
    a = m.article
    c = lambda: f"css-{m.chance.randrange(16**6):06x}"
    related = "".join(
        f'<li class="{c()}"><a class="{c()}" href="/a/{n}"><h3 class="{c()}">{m.res("related", w)}</h3></a></li>' for n, w in enumerate(a.others[:4])
    )
    return f"""<body><div id="__next"><div class="{c()}"><header class="{c()}"><nav class="{c()}"><ul>{m.list_of(8)}</ul></nav></header><main class="{c()}" role="main"><div class="{c()}"><h1 class="{c()}" tabindex="-1">{m.text(a.title)}</h1><div class="{c()}"><p class="{c()}">{m.text(a.deck)}</p></div><div class="{c()}"><time class="{c()}" datetime="{a.day}T07:00:00.000Z">{m.res("byline", m.date(1))}</time></div><figure class="{c()}"><img src="a.webp"><figcaption class="{c()}">{m.res("caption", a.caption)}</figcaption></figure>
{m.paragraphs(f'<div dir="rtl" class="{c()}"><p dir="rtl" class="{c()}">' + "{}</p></div>", f'<div class="{c()}"><h2 class="{c()}">' + "{}</h2></div>", {1: f'<div class="{c()}"><section class="{c()}"><h2 class="{c()}">{m.res("related", "اقرأ أيضا")}</h2><ul>{related}</ul></section></div>'})}<section class="{c()}" aria-labelledby="tags"><h2 class="{c()}">{m.res("tags", "الوسوم")}</h2><ul>{"".join(f'<li><a href="#">{m.res("tags", t)}</a></li>' for t in a.tags)}</ul></section></div><section class="{c()}"><h2>{m.res("related", "الأكثر قراءة")}</h2><ol>{"".join(f'<li><span>{n}</span><a href="#">{m.res("related", w)}</a></li>' for n, w in enumerate(a.others[4:9], 1))}</ol></section></main><footer class="{c()}"><p>{m.res("copyright", f"© {a.day.year} {a.outlet}. جميع الحقوق محفوظة.")}</p></footer></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"x":"{"قصف " * 300}"}}}}</script>{m.scripts(20)}</body>"""


def list_page(m: Maker) -> str:
    """A list: the reports of a section, a headline and the first lines of each, or a round-up in points."""
    a = m.article
    m.text(f"أخبار {a.town}")
    rows = []
    for n in range(9):
        other = article(2_000 + 31 * m.way + n)
        rows.append(
            f'<article class="post-item post type-post"><div class="post-thumb"><a href="#"><img src="t{n}.jpg"></a></div><h2 class="post-title"><a href="#">{m.text(other.title)}</a></h2><div class="post-meta"><span class="date">قبل {n + 1} ساعات</span></div><div class="post-excerpt"><p>{m.text(other.paragraphs[0])}</p></div><a class="more-link" href="#">{m.res("button", "اقرأ المزيد")}</a></article>'
        )
    return f"""<body class="rtl archive category category-news"><header id="header" class="site-header"><nav class="main-nav">{m.menu()}</nav></header><div class="container"><main id="main" class="content-area"><header class="archive-header"><h1 class="archive-title">أخبار {a.town}</h1></header>{"".join(rows)}<nav class="pagination"><a href="#">2</a><a href="#">3</a></nav></main><aside class="sidebar"><ul>{m.list_of(8)}</ul></aside></div><footer class="site-footer"><p class="copyright">{m.res("copyright", f"© {a.outlet} {a.day.year}")}</p></footer>{m.scripts(20)}</body>"""


THEMES = (sahifa, twentyseventeen, drupal7, joomla, frontpage, elementor, hashed, list_page)
