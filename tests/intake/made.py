"""Input of every format as the well-known programs write it, around reports of our own writing.

Functions give bytes; nothing here is a copy of anybody's file. Names of outlets are invented («شبكة العيّنة», "the Sample Network").
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from html import escape
from typing import Any

SHELLING = (
    "قصفت قوات النظام بالمدفعية الثقيلة صباح اليوم الإثنين بلدة كفرزيتا في ريف حماة الشمالي، ما أدى إلى مقتل ثلاثة مدنيين وإصابة 12 آخرين بجروح، "
    "بحسب ما أفاد مركز محلي للدفاع المدني."
)
KILLING = "اغتال مجهولون قياديا في فصيل محلي قرب مدينة سلقين في ريف إدلب مساء أمس، وفق ما قال ناشطون من المنطقة لمراسل الشبكة."
AID = "دخلت قافلة مساعدات من 25 شاحنة إلى مدينة دوما في الغوطة الشرقية، وقالت منظمة محلية إنها تكفي نحو ثلاثة آلاف عائلة لمدة شهر واحد."
TITLE = "قصف مدفعي على كفرزيتا يوقع قتلى"
OTHER = "اغتيال قيادي في ريف إدلب"
OUTLET = "شبكة العيّنة"


def page(title: str = TITLE, body: str = SHELLING, charset: str = "utf-8") -> bytes:
    """A page as a hand-made site has it."""
    head = f'<meta charset="{charset}"><title>{title}</title><meta property="article:published_time" content="2018-12-03T10:00:00+02:00">'
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body><article><h1>{title}</h1><p>{body}</p></article></body></html>'.encode(charset)


# feeds


def wordpress(items: Sequence[str] = (), doctype: str = "", encoding: str = "UTF-8") -> bytes:
    """RSS 2.0 as WordPress writes it."""
    found = "\n".join(items or (wordpress_item(), wordpress_item(OTHER, KILLING, 1240)))
    return f"""<?xml version="1.0" encoding="{encoding}"?>{doctype}<rss version="2.0"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:atom="http://www.w3.org/2005/Atom"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"
\t>

<channel>
\t<title>{OUTLET}</title>
\t<atom:link href="https://example.org/feed/" rel="self" type="application/rss+xml" />
\t<link>https://example.org/</link>
\t<description>أخبار محلية</description>
\t<lastBuildDate>Mon, 03 Dec 2018 12:00:00 +0000</lastBuildDate>
\t<language>ar</language>
\t<sy:updatePeriod>hourly</sy:updatePeriod>
\t<generator>https://wordpress.org/?v=5.0</generator>
<image>
\t<url>https://example.org/icon.png</url>
\t<title>شعار الشبكة</title>
\t<link>https://example.org/</link>
</image>
{found}
\t</channel>
</rss>
""".encode(encoding)


def wordpress_item(title: str = TITLE, body: str = SHELLING, number: int = 1234, full: bool = True) -> str:
    """An entry of it, with the full text or with the excerpt alone."""
    whole = f"<content:encoded><![CDATA[<p>{body}</p>\n<p>{AID}</p>\n]]></content:encoded>" if full else ""
    return f"""\t<item>
\t\t<title>{title}</title>
\t\t<link>https://example.org/2018/12/03/{number}/</link>
\t\t<comments>https://example.org/2018/12/03/{number}/#respond</comments>
\t\t<pubDate>Mon, 03 Dec 2018 09:30:00 +0000</pubDate>
\t\t<dc:creator><![CDATA[محرر]]></dc:creator>
\t\t<category><![CDATA[أخبار]]></category>
\t\t<guid isPermaLink="false">https://example.org/?p={number}</guid>
\t\t<description><![CDATA[<p>{" ".join(body.split()[:8])} [&#8230;]</p>]]></description>
\t\t{whole}
\t\t<slash:comments>0</slash:comments>
\t</item>"""


def blogger() -> bytes:
    """Atom as Blogger writes it: the body as escaped markup."""
    return f"""<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>\
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:thr='http://purl.org/syndication/thread/1.0'>\
<id>tag:blogger.com,1999:blog-77</id><updated>2018-12-03T14:00:00.001+02:00</updated><title type='text'>{OUTLET}</title>\
<link rel='self' type='application/atom+xml' href='https://sample.example.org/feeds/posts/default'/><author><name>Sample</name></author>\
<entry><id>tag:blogger.com,1999:blog-77.post-101</id><published>2018-12-03T13:58:00.000+02:00</published><updated>2018-12-04T01:00:00.001+02:00</updated>\
<title type='text'>{TITLE}</title><content type='html'>{escape(f'<div dir="rtl" style="text-align: right;">{SHELLING}<br />{AID}</div>')}</content>\
<link rel='replies' type='text/html' href='https://sample.example.org/2018/12/blog-post.html#comment-form' title='0 تعليقات'/>\
<link rel='alternate' type='text/html' href='https://sample.example.org/2018/12/blog-post.html' title='{TITLE}'/>\
<author><name>Sample</name></author><thr:total>0</thr:total></entry></feed>""".encode()


def atom_xhtml() -> bytes:
    """Atom with markup that is part of the tree, from an aggregator that names the feed that each entry came from."""
    return f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">
 <title>{OUTLET}</title>
 <entry>
  <title type="html">{escape("<b>" + TITLE + "</b>")}</title>
  <link href="https://example.org/5"/>
  <id>urn:uuid:5</id>
  <updated>2018-12-03T10:00:00Z</updated>
  <source><title>وكالة العيّنة</title><id>tag:other</id></source>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SHELLING.replace("المدفعية", "<b>المدفعية</b>", 1)}</p><p>{AID} 2 &lt; 3</p></div></content>
 </entry>
</feed>""".encode()


def rdf() -> bytes:
    """RSS 1.0, items beside the channel."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/rdf"><title>{OUTLET}</title><link>https://example.org/</link>
<items><rdf:Seq><rdf:li rdf:resource="https://example.org/6"/></rdf:Seq></items></channel>
<item rdf:about="https://example.org/6"><title>{TITLE}</title><link>https://example.org/6</link><description>{SHELLING}</description>
<dc:date>2018-12-03T08:00:00+02:00</dc:date></item>
</rdf:RDF>""".encode()


def old_rss() -> bytes:
    """RSS 0.91 with its document type, in Windows-1256, and an entity of HTML that it never declares."""
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    item = f"<item><title>{TITLE}</title><link>https://example.org/7</link><description>{SHELLING}&nbsp;&laquo;نهاية&raquo;</description></item>"
    channel = f"<channel><title>شبكة محلية</title><link>https://example.org/</link><language>ar</language>{item}</channel>"
    return f'<?xml version="1.0" encoding="windows-1256"?>\n{doctype}\n<rss version="0.91">{channel}</rss>'.encode("cp1256")


def json_feed() -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": "https://example.org/8",
            "url": "https://example.org/8",
            "title": TITLE,
            "content_html": f"<p>{SHELLING}</p>",
            "date_published": "2018-12-03T09:00:00+02:00",
        },
        {"id": 9, "content_text": KILLING, "date_published": "2018-12-02"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": OUTLET, "language": "ar-SY", "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


# archives


def warc_record(
    number: int,
    body: bytes,
    *,
    url: str | None = None,
    kind: str = "response",
    media: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: str = "",
    version: str = "1.0",
    more: str = "",
) -> bytes:
    """A record as wget writes it."""
    block = body
    if kind == "response":
        block = f"HTTP/1.1 {status}\r\nDate: Mon, 03 Dec 2018 10:00:00 GMT\r\nContent-Type: {media}\r\nSet-Cookie: id=1\r\n{headers}\r\n".encode() + body
    elif kind == "resource":
        more += f"Content-Type: {media}\r\n"
    target = url or f"https://example.org/{number}"
    content_type = "Content-Type: application/http;msgtype=response\r\n" if kind == "response" else ""
    head = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Target-URI: {f'<{target}>' if version == '1.0' else target}\r\nWARC-Date: 2018-12-03T10:00:0{number % 10}Z\r\n"
        f"WARC-IP-Address: 192.0.2.1\r\n{content_type}{more}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warcinfo() -> bytes:
    """The record that opens an archive."""
    block = b"software: Wget/1.21\r\nformat: WARC File Format 1.0\r\n"
    return b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def chunked(body: bytes, size: int = 700) -> bytes:
    """A body in the chunks of HTTP/1.1."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def records() -> list[bytes]:
    """The records of a small crawl: two pages, and what is no report."""
    return [
        warcinfo(),
        warc_record(1, b"", kind="request").replace(b"Content-Length: 0", b"Content-Length: 4").replace(b"\r\n\r\n\r\n\r\n", b"\r\n\r\nGET \r\n\r\n"),
        warc_record(2, page()),
        warc_record(3, b"\x89PNG\r\n\x1a\n" + bytes(200), media="image/png"),
        warc_record(4, b"User-agent: *\n", url="https://example.org/robots.txt", media="text/plain"),
        warc_record(5, page("غير موجود", "الصفحة غير موجودة"), status="404 Not Found"),
        warc_record(6, page(OTHER, KILLING), version="1.1"),
    ]


def packed(parts: Sequence[bytes]) -> bytes:
    """Records in gzip, a member each."""
    return b"".join(gzip.compress(part) for part in parts)


def wacz(parts: Sequence[bytes] | None = None) -> bytes:
    """A WACZ as browsertrix writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("archive/rec-1.warc.gz", packed(parts or records()))
        made.writestr("indexes/index.cdx", "org,example)/2 20181203100002 {}\n")
        made.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n')
        made.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": []}))
    return out.getvalue()


# Telegram


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    """A message of `result.json`."""
    moment = {"id": number, "type": "message", "date": "2018-12-03T12:30:15", "date_unixtime": "1543833015", "from": OUTLET, "from_id": "channel1122334455"}
    parts = text if isinstance(text, list) else [text] if text else []
    entities = [{"type": "plain", "text": part} if isinstance(part, str) else part for part in parts]
    return {**moment, **more, "text": text, "text_entities": entities}


def telegram(messages: Sequence[dict[str, Any]] | None = None, **chat: Any) -> bytes:
    """The export of one channel."""
    found = messages if messages is not None else telegram_messages()
    export = {"name": OUTLET, "type": "public_channel", "id": 1122334455, "messages": list(found), **chat}
    return json.dumps(export, ensure_ascii=False, indent=1).encode()


def telegram_messages() -> list[dict[str, Any]]:
    """What is in a channel: text, entities, an album, a forward, a reply, an edit, service messages, a picture without words, something unsupported."""
    photo = {"photo": "(File not included. Change data exporting settings to download.)", "width": 1280, "height": 720}
    return [
        {
            "id": 1,
            "type": "service",
            "date": "2018-12-01T10:00:00",
            "date_unixtime": "1543651200",
            "actor": OUTLET,
            "action": "create_channel",
            "title": OUTLET,
            "text": "",
        },
        message(2, SHELLING),
        message(
            3,
            [
                {"type": "hashtag", "text": "#عاجل"},
                " ",
                {"type": "custom_emoji", "text": "🔴", "document_id": "5368324170671202286"},
                " ",
                {"type": "bold", "text": KILLING},
                "\n\n",
                {"type": "text_link", "text": "للمزيد", "href": "https://example.org/3"},
                "\n\n",
                {"type": "hashtag", "text": "#إدلب"},
                " ",
                {"type": "hashtag", "text": "#سوريا"},
                "\n",
                {"type": "mention", "text": "@sample_network"},
            ],
        ),
        message(4, AID, date="2018-12-03T13:00:00", **photo),
        message(5, "", date="2018-12-03T13:00:00", **photo),
        message(6, "", date="2018-12-03T13:00:00", **photo),
        message(7, "نقلا عن القناة الأولى: " + KILLING, forwarded_from="القناة الأولى", forwarded_from_id="channel99"),
        message(8, "تحديث: ارتفاع عدد القتلى إلى خمسة", reply_to_message_id=2, edited="2018-12-03T15:00:00", edited_unixtime="1543842000"),
        message(9, "", date="2018-12-03T16:00:00", **photo),
        {"id": 10, "type": "service", "date": "2018-12-03T16:00:00", "actor": OUTLET, "action": "pin_message", "message_id": 8, "text": ""},
        {"id": 11, "type": "unsupported"},
        message(12, [{"type": "hologram", "text": "مجسم"}, " " + AID]),
    ]


def telegram_page() -> bytes:
    """`messages.html` of the same channel."""

    def div(number: int, text: str, *, joined: bool = False, more: str = "", media: str = "", moment: str = "03.12.2018 12:30:15 UTC+02:00") -> str:
        name = "" if joined else f'\n       <div class="from_name">\n{OUTLET} \n       </div>\n'
        words = f'\n       <div class="text">\n{text}\n       </div>\n' if text else ""
        return f"""
     <div class="message default clearfix{" joined" if joined else ""}" id="message{number}">

      <div class="body">

       <div class="pull_right date details" title="{moment}">
12:30
       </div>
{name}{more}{media}{words}
      </div>

     </div>
"""

    photo = """
       <div class="media_wrap clearfix">

        <div class="media clearfix pull_left media_photo">

         <div class="fill pull_left">

         </div>

         <div class="body">

          <div class="title bold">
Photo
          </div>

          <div class="description">
Not included, change data exporting settings to download.
          </div>

         </div>

        </div>

       </div>
"""
    reply = '\n       <div class="reply_to details">\nIn reply to <a href="#go_to_message2" onclick="return GoToMessage(2)">this message</a>\n       </div>\n'
    forwarded = f"""
       <div class="pull_left forwarded userpic_wrap"></div>
       <div class="forwarded body">

        <div class="from_name">
القناة الأولى <span class="date details" title="03.12.2018 09:00:00 UTC+02:00"> 03.12.2018 09:00:00</span>
        </div>

        <div class="text">
{KILLING}
        </div>

       </div>
"""
    tags = '<a href="" onclick="return ShowHashtag(&quot;إدلب&quot;)">#إدلب</a> <a href="" onclick="return ShowHashtag(&quot;سوريا&quot;)">#سوريا</a>'
    rich = (
        f'<strong>{KILLING}</strong><br><br><a href="https://example.org/3">للمزيد</a><br>{tags}<br><a href="https://t.me/sample_network">@sample_network</a>'
    )
    body = "".join(
        (
            '\n     <div class="message service" id="message-1">\n\n      <div class="body details">\n3 December 2018\n      </div>\n\n     </div>\n',
            div(2, SHELLING.replace('"', "&quot;")),
            div(3, rich, joined=True),
            div(4, AID, joined=True, media=photo, moment="03.12.2018 13:00:00 UTC+02:00"),
            div(5, "", joined=True, media=photo, moment="03.12.2018 13:00:00 UTC+02:00"),
            div(7, "", more=forwarded),
            div(8, "تحديث: ارتفاع عدد القتلى إلى خمسة &amp; جرحى", more=reply),
            '\n     <div class="message hologram clearfix" id="message9">\n      <div class="body">مجسم</div>\n     </div>\n',
        )
    )
    return f"""<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
<title>Exported Data</title>
  <meta content="width=device-width, initial-scale=1.0" name="viewport"/>

  <link href="css/style.css" rel="stylesheet"/>

  <script src="js/script.js" type="text/javascript">

  </script>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">

   <div class="page_header">

    <div class="content">

     <div class="text bold">
{OUTLET}
     </div>

    </div>

   </div>

   <div class="page_body chat_page">

    <div class="history">
{body}
    </div>

   </div>

  </div>

 </body>

</html>
""".encode()


def preview_message(
    number: int,
    text: str,
    *,
    channel: str = "sample_network",
    forwarded: str = "",
    reply: str = "",
    media: str = "",
    meta: str = "",
    moment: str = "2018-12-03T10:30:15+00:00",
    kind: str = "text_not_supported_wrap ",
) -> str:
    """A message of a channel's preview, `text` in its markup; `forwarded`, `reply`, `media`: the markup in front of it."""
    words = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>' if text else ""
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message {kind}js-widget_message" data-post="{channel}/{number}" \
data-view="eyJjIjotMTEyMjMzNDQ1NX0" data-peer="c1122334455_-77">
  <div class="tgme_widget_message_user"><a href="https://t.me/{channel}"><i class="tgme_widget_message_user_photo bgcolor3" data-content="ش"></i></a></div>
  <div class="tgme_widget_message_bubble">
    <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/{channel}"><span dir="auto">{OUTLET}</span></a></div>
{forwarded}{reply}{media}
{words}
    <div class="tgme_widget_message_footer compact js-message_footer">
      <div class="tgme_widget_message_info short js-message_info">
        <span class="tgme_widget_message_views">1.2K</span><span class="copyonly"> views</span><span class="tgme_widget_message_meta">{meta}\
<a class="tgme_widget_message_date" href="https://t.me/{channel}/{number}"><time datetime="{moment}" class="time">12:30</time></a></span>
      </div>
    </div>
  </div>
</div></div>"""


def preview_messages() -> list[str]:
    """What a preview shows: a text, entities, an album, a picture alone, forwarded ones, an answer with an edit, a service message."""
    name = "tgme_widget_message_forwarded_from"
    forwarded = f'<div class="{name} accent_color">Forwarded from&nbsp;<a class="{name}_name" href="https://t.me/first_channel/55"><span dir="auto">القناة الأولى</span></a></div>'
    person = f'<div class="{name} accent_color">Forwarded from&nbsp;<span class="{name}_name"><span dir="auto">فلان</span></span></div>'
    reply = (
        '<a class="tgme_widget_message_reply user-color-default" href="https://t.me/sample_network/2"><div class="tgme_widget_message_author accent_color">'
        f'<span class="tgme_widget_message_author_name" dir="auto">{OUTLET}</span></div>'
        '<div class="tgme_widget_message_text js-message_reply_text" dir="auto">كلمات الرسالة التي يجاب عنها</div></a>'
    )
    photo = '<a class="tgme_widget_message_photo_wrap {0}js-message_photo" href="https://t.me/sample_network/{1}?single" style="width:453px"></a>'
    album = f'<div class="tgme_widget_message_grouped_wrap">{photo.format("grouped_media_wrap ", 5)}{photo.format("grouped_media_wrap ", 6)}</div>'
    page_ = (
        '<a class="tgme_widget_message_link_preview" href="https://example.org/3"><div class="link_preview_title">عنوان الصفحة</div>'
        '<div class="link_preview_description">سطر من الصفحة</div></a>'
    )
    rich = (
        '<a href="?q=%23%D8%B9%D8%A7%D8%AC%D9%84">#عاجل</a> <tg-emoji emoji-id="5368324170671202286"><i class="emoji"><b>🔴</b></i></tg-emoji>'
        f'<i class="emoji" style="background-image:url(\'//telegram.org/x.png\')"><b>🚨</b></i> <b>{KILLING}</b><br/><br/>'
        '<a href="https://example.org/3" target="_blank">للمزيد</a><br/><a href="?q=%23x">#إدلب</a> <a href="?q=%23y">#سوريا</a><br/>'
        '<a href="https://t.me/sample_network" target="_blank">@sample_network</a>'
    )
    return [
        preview_message(1, "تم إنشاء القناة", kind="text_not_supported_wrap service_message "),
        preview_message(2, SHELLING.replace('"', "&quot;")),
        preview_message(3, rich, media=page_),
        preview_message(5, AID, media=album),
        preview_message(7, KILLING, forwarded=forwarded),
        preview_message(8, "تحديث: ارتفاع الحصيلة إلى خمسة قتلى", reply=reply, meta="edited &nbsp;", moment="2018-12-03T22:10:00+00:00"),
        preview_message(9, "", media=photo.format("", 9)),
        preview_message(10, AID, forwarded=person, meta='<span class="tgme_widget_message_from_author" dir="auto">فلان</span>,&nbsp;'),
    ]


def telegram_preview(messages: Sequence[str] | None = None, title: str = OUTLET) -> bytes:
    """A channel's preview (`t.me/s/sample_network`) as the server sends it."""
    body = "\n".join(preview_messages() if messages is None else messages)
    return f"""<!DOCTYPE html>
<html class="">
  <head>
    <meta charset="utf-8">
    <title>{title} – Telegram</title>
    <meta property="og:title" content="{title}">
    <meta property="og:site_name" content="Telegram">
    <meta property="og:description" content="أخبار محلية">
    <link rel="canonical" href="/s/sample_network">
    <script>window.matchMedia&&window.matchMedia('(prefers-color-scheme: dark)').matches&&document.documentElement.classList.add('theme_dark');</script>
  </head>
  <body class="widget_frame_base tgme_webpreview emoji_image thin_scroll">
    <header class="tgme_header search_collapsed"><div class="tgme_container"><section class="tgme_right_column"><div class="tgme_channel_info">
      <div class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div>
      <div class="tgme_channel_info_header_username"><a href="https://t.me/sample_network">@sample_network</a></div>
      <div class="tgme_channel_info_description">أخبار محلية</div>
    </div></section></div></header>
    <main class="tgme_main" data-url="/sample_network"><div class="tgme_container"><section class="tgme_channel_history js-message_history">
<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/sample_network?before=1" class="tme_messages_more js-messages_more" data-before="1"></a></div>
{body}
    </section></div></main>
    <script src="//telegram.org/js/telegram-web.js?2"></script>
  </body>
</html>
""".encode()


# documents

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str, *, bold: bool = False) -> str:
    """A run of a paragraph."""
    return f'<w:r><w:rPr>{"<w:b/><w:bCs/>" if bold else ""}<w:rtl/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, style: str = "", *, bold: bool = False, more: str = "") -> str:
    """A paragraph, in two runs as Word likes to break it."""
    half = len(text) // 2
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}<w:bidi/></w:pPr>{run(text[:half], bold=bold)}{run(text[half:], bold=bold)}{more}</w:p>"


def docx(body: str, *, footnotes: str = "", title: str = "", doctype: str = "") -> bytes:
    """A document as Word writes it; `body`: paragraphs."""
    styles = (
        f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="عنوان الخبر"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{title}</dc:title><dc:creator>كاتب</dc:creator>'
        "<dcterms:created>2018-11-01T08:00:00Z</dcterms:created><dcterms:modified>2018-12-03T08:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        made.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>')
        made.writestr("word/styles.xml", styles)
        made.writestr("docProps/core.xml", core)
        if footnotes:
            made.writestr("word/footnotes.xml", f'<w:footnotes {_W}><w:footnote w:id="2">{footnotes}</w:footnote></w:footnotes>')
    return out.getvalue()


def bulletin_docx() -> bytes:
    """A daily bulletin: title and day, two parts, three items."""
    return docx(
        paragraph("النشرة اليومية – مرصد العيّنة", "T")
        + paragraph("الإثنين 3 كانون الأول 2018")
        + paragraph("حماة", "1")
        + paragraph(TITLE, "Own")
        + paragraph(SHELLING)
        + paragraph("إدلب", "1")
        + paragraph(OTHER, "Own")
        + paragraph(KILLING)
        + paragraph("دخول قافلة مساعدات إلى دوما", "Own")
        + paragraph(AID)
    )


def xlsx(rows: Sequence[Sequence[str | int | float]]) -> bytes:
    """A sheet as programs write it that know no shared strings."""

    def cell(value: str | int | float, row: int, column: int) -> str:
        place = f"{chr(65 + column)}{row}"
        if isinstance(value, str):
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    lines = "".join(f'<row r="{n}">{"".join(cell(v, n, c) for c, v in enumerate(row))}</row>' for n, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_type}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}.worksheet+xml"/></Types>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        made.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="أخبار" sheetId="1" r:id="r1"/></sheets></workbook>')
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        made.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>')
    return out.getvalue()


# mail


def eml(plain: str | None = SHELLING, html: str | None = None, attached: Sequence[tuple[str, bytes]] = (), listed: bool = True, subject: str = TITLE) -> bytes:
    """A letter of a mailing list."""
    from email.header import Header
    from email.message import EmailMessage

    letter = EmailMessage()
    letter["From"] = "Somebody <somebody@example.net>"
    letter["To"] = "bulletin@example.org"
    letter["Subject"] = "-"
    letter["Date"] = "Mon, 03 Dec 2018 23:10:00 +0200"
    letter["Message-ID"] = "<abc.123@example.net>"
    if listed:
        letter["List-Id"] = "Sample bulletin <bulletin.example.org>"
    letter.set_content((plain or "") + ("\n-- \nSomebody\n" if plain else ""))
    if html:
        letter.add_alternative(html, subtype="html")
    for name, content in attached:
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes().replace(b"Subject: -\n", b"Subject: " + Header(f"Fwd: {subject}", "utf-8").encode().encode() + b"\n", 1)


def mbox(*letters: bytes) -> bytes:
    """Letters in one file, as Thunderbird keeps them."""
    return b"".join(b"From - Mon Dec 03 23:10:00 2018\n" + letter.replace(b"\nFrom ", b"\n>From ") + b"\n\n" for letter in letters)
