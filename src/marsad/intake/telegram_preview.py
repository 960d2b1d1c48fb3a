"""The public preview of a Telegram channel (`t.me/s/CHANNEL`, or one message of it: `t.me/CHANNEL/12?embed=1`) → `Report`s, as from an export.

Each message that has a text is one report: the channel is its outlet, `https://t.me/CHANNEL/12` its address. A preview shows an album as one
message, tells moments in UTC, and of an edit no more than that there was one. Of what was forwarded the channel is kept where the preview
gives the message's address there; a name without one may be a person's.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, Final

from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.markup import decoded
from marsad.intake.telegram_markup import Entity, parts_of
from marsad.intake.telegram_message import Chat, Message, report_of

_LIMIT: Final = 50 * 1024 * 1024  # bytes of a preview; one shows 20 messages
_MESSAGE: Final = re.compile(rb'<div\b[^<>]{0,300}?\bclass="tgme_widget_message(?: [^"<>]{0,300})?"[^<>]{0,4000}>')
_POST: Final = re.compile(rb'\bdata-post="(\w{3,64})/(\d{1,12})"')
_SHOWN: Final = re.compile(rb'class="(?:tgme_widget_message[ "]|tgme_channel_history|tgme_channel_info|tgme_page_wrap|tgme_page")')
_OF_TELEGRAM: Final = re.compile(rb'class="[^"]{0,200}\b(?:widget_frame_base|tgme_webpreview|tgme_body_wrap|tgme_main|tgme_head_wrap)\b')
_ADDRESS: Final = re.compile(r"(?:https?:)?//(?:www\.)?(?:t\.me|telegram\.me)/(?:s/|c/)?(\w{3,64})/(\d{1,12})")
_EDITED: Final = re.compile(r"\bedited\b|\bمعدلة\b|\bتم التعديل\b")
_MEDIA: Final = {
    "photo": ".tgme_widget_message_photo_wrap",
    "video_file": ".tgme_widget_message_video_player, .tgme_widget_message_video_wrap, .tgme_widget_message_roundvideo_player",
    "voice_message": ".tgme_widget_message_voice_player",
    "file": ".tgme_widget_message_document_wrap",
    "sticker": ".tgme_widget_message_sticker_wrap",
    "poll": ".tgme_widget_message_poll",
    "not shown": ".message_media_not_supported_wrap",
}
"""Kinds of media as the JSON export calls them, and what shows them."""
_STYLES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}


def looks_like_telegram_preview(head: bytes) -> bool:
    """Whether the bytes begin a page of t.me, with messages or without."""
    if _SHOWN.search(head) is None:
        return False
    return _OF_TELEGRAM.search(head) is not None or (b"<article" not in head and any(_POST.search(m[0]) for m in _MESSAGE.finditer(head)))


def read_telegram_preview(given: Given) -> Iterator[Item]:
    """The messages of a preview as reports, in order."""
    content = given.whole(_LIMIT)
    places = [(place, post) for place in _MESSAGE.finditer(content) if (post := _POST.search(place[0]))]
    if not places:
        raise IntakeError("a page of Telegram without messages (a channel that shows no preview, or nothing more to show)")
    name = _channel_name(content[: places[0][0].start()])
    for number, (place, post) in enumerate(places):
        end = places[number + 1][0].start() if number + 1 < len(places) else len(content)
        raw = content[place.start() : end]
        if b"service_message" in place[0]:
            continue
        public = post[1].decode("ascii", "replace")
        item = _report(raw, int(post[2]), public, name, given)
        if item is not None:
            yield item


def _tree(markup: bytes) -> Any:
    from resiliparse.parse.html import HTMLTree

    return HTMLTree.parse(decoded(markup).text)


def _words(element: Any) -> str:
    return " ".join(element.text.split()) if element is not None else ""


def _channel_name(head: bytes) -> str:
    """The channel's name as the head of the preview tells it; a page of one message has none there."""
    document = _tree(head).document if head.strip() else None
    if document is None:
        return ""
    told = document.query_selector('meta[property="og:title"]')
    return _words(document.query_selector(".tgme_channel_info_header_title")) or " ".join(((told.getattr("content") or "") if told is not None else "").split())


def _report(raw: bytes, number: int, public: str, name: str, given: Given) -> Item | None:
    root = _tree(raw).body
    if root is None:
        return Fault(given.name, f"message {number}", "a message that cannot be read")
    reply = root.query_selector(".tgme_widget_message_reply")
    message = Message(id=number, type="message")
    message.date, message.date_unixtime = _moment(root)
    message.edited = True if _EDITED.search(_words(root.query_selector(".tgme_widget_message_meta"))) else None
    forwarded = root.query_selector(".tgme_widget_message_forwarded_from_name")
    from_ = _ADDRESS.match(forwarded.getattr("href") or "") if forwarded is not None else None
    if from_:
        message.forwarded_from, message.forwarded_from_id = _words(forwarded) or from_[1], f"{from_[1]}/{from_[2]}"
    to = _ADDRESS.match(reply.getattr("href") or "") if reply is not None else None
    if to and to[1].lower() == public.lower():
        message.reply_to_message_id = int(to[2])
    message.media_type = next((kind for kind, selector in _MEDIA.items() if root.query_selector(selector) is not None), None)
    text = _text(root)
    if text is not None:
        message.text = parts_of(text, _entity)
    own = name or _words(root.query_selector(".tgme_widget_message_owner_name")) or public
    return report_of(message, raw, Chat(own, "public_channel", public=public), given, _album(root, public, number))


def _text(root: Any) -> Any:
    """The element of the message's own text: neither the words of the message that it replies to, nor those of a page that it links to."""
    for element in root.query_selector_all(".tgme_widget_message_text"):
        if "js-message_reply_text" not in (element.getattr("class") or ""):
            return element
    return None


def _moment(root: Any) -> tuple[str, str]:
    """When it was sent, as the preview writes it, and in seconds since 1970."""
    stamp = root.query_selector(".tgme_widget_message_date time, .tgme_widget_message_info time, time[datetime]")
    told = (stamp.getattr("datetime") or "").strip() if stamp is not None else ""
    try:
        moment = datetime.datetime.fromisoformat(told)
    except ValueError:
        return told, ""
    return told, str(int(moment.timestamp())) if moment.tzinfo is not None and moment.year >= 1970 else ""


def _album(root: Any, public: str, number: int) -> list[int]:
    """The numbers of the other pictures and films that stand in one album with the message."""
    found: dict[int, None] = {}
    for element in root.query_selector_all(".grouped_media_wrap"):
        at = _ADDRESS.match(element.getattr("href") or "")
        if at and at[1].lower() == public.lower() and int(at[2]) != number:
            found[int(at[2])] = None
    return list(found)[:10]


def _entity(node: Any) -> Entity | None:
    classes = (node.getattr("class") or "").split()
    if node.tag == "tg-emoji" or (node.tag == "i" and "emoji" in classes):
        told = node.getattr("emoji-id")
        return {"type": "custom_emoji", "text": "", "document_id": told} if told else {"type": "plain", "text": ""}
    if node.tag in _STYLES:
        return {"type": _STYLES[node.tag], "text": ""}
    if node.tag != "a":
        return None
    href, words = node.getattr("href") or "", (node.text or "").strip()
    if words.startswith(("#", "$")) and "q=" in href:
        return {"type": "hashtag" if words[0] == "#" else "cashtag", "text": ""}
    if href.startswith("mailto:"):
        return {"type": "email", "text": ""}
    if words.startswith("@") and "//t.me/" in href:
        return {"type": "mention", "text": ""}
    if not href:
        return None
    if words.rstrip("/") in (href.rstrip("/"), href.partition("//")[2].rstrip("/")):
        return {"type": "link", "text": ""}
    return {"type": "text_link", "text": "", "href": href}
