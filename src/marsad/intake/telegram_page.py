"""Telegram Desktop's export in HTML (`messages.html`, `messages2.html` …) → `Report`s, as from the JSON form.

The HTML form does not tell the number of the channel, so that a message has no address on the web; its place in the file
(`messages.html#message123`) is in the proof. Its moments are local ones of whoever exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.markup import decoded
from marsad.intake.telegram_markup import parts_of
from marsad.intake.telegram_message import Chat, Message, album_of

_LIMIT: Final = 200 * 1024 * 1024  # bytes of one page of an export; Telegram Desktop begins a new one after 1,000 messages
_MESSAGE: Final = re.compile(rb'<div class="message ([^"]*)" id="message(-?\d{1,15})">')
_PAGE: Final = re.compile(rb'<div class="(?:message (?:default|service)|page_body chat_page|history)\b')
_MOMENT: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})")
_REPLY: Final = re.compile(r"(?:go_to_)?message(\d+)$")
_SHOWN: Final = re.compile(r"return Show(Hashtag|Cashtag|MentionName|BotCommand)\(")
_STYLES: Final = {"strong": "bold", "em": "italic", "u": "underline", "s": "strikethrough", "code": "code", "pre": "pre", "blockquote": "blockquote"}


def looks_like_telegram_page(head: bytes) -> bool:
    """Whether the bytes begin a page of an export."""
    return _PAGE.search(head) is not None and b"page_wrap" in head


def read_telegram_page(given: Given) -> Iterator[Item]:
    """The messages of a page of an export as reports, in order."""
    content = given.whole(_LIMIT)
    places = list(_MESSAGE.finditer(content))
    name = _chat_name(content[: places[0].start() if places else 65_536])
    if not places:
        raise IntakeError("a page of a Telegram export without messages")
    chat = Chat(name)
    waiting: list[tuple[bytes, Message]] = []
    for number, place in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(content)
        raw = content[place.start() : end]
        kinds = place[1].decode("utf-8", "replace").split()
        if "service" in kinds:
            continue
        if "default" not in kinds:
            yield from album_of(waiting, chat, given)
            waiting = []
            yield Fault(given.name, f"message {place[2].decode()}", f"a message of the unknown type {' '.join(kinds)[:40]!r}")
            continue
        message = _message(raw, int(place[2]))
        if waiting and not message.with_the_one_before(waiting[-1][1]):
            yield from album_of(waiting, chat, given)
            waiting = []
        waiting.append((raw, message))
    yield from album_of(waiting, chat, given)


def _chat_name(head: bytes) -> str:
    from resiliparse.parse.html import HTMLTree

    tree: Any = HTMLTree.parse(decoded(head).text)
    element = tree.document.query_selector(".page_header .text.bold") or tree.document.query_selector(".page_header .text")
    return " ".join(element.text.split()) if element is not None else ""


def _message(raw: bytes, number: int) -> Message:
    from resiliparse.parse.html import HTMLTree

    root: Any = HTMLTree.parse(decoded(raw).text).body
    message = Message(id=number, type="message")
    forwarded = root.query_selector(".forwarded.body")
    inside = forwarded if forwarded is not None else root
    moment = root.query_selector(".pull_right.date.details")
    told = _MOMENT.match(moment.getattr("title") or "") if moment is not None else None
    if told:
        message.date = f"{told[3]}-{told[2]}-{told[1]}T{told[4]}"
    if forwarded is not None:
        message.forwarded_from = _own_words(forwarded.query_selector(".from_name"))
    reply = root.query_selector(".reply_to a")
    if reply is not None:
        match = _REPLY.search(reply.getattr("href") or "")
        message.reply_to_message_id = int(match[1]) if match else None
    media = inside.query_selector(".media_wrap")
    if media is not None:
        message.media_type = "photo" if media.query_selector(".photo_wrap, .media_photo") is not None else "file"
    text = inside.query_selector("div.text")
    if text is not None:
        message.text = parts_of(text, _entity)
    return message


def _own_words(element: Any) -> str | None:
    """The words of an element without those of the elements in it (the moment behind a name)."""
    if element is None:
        return None
    own = "".join(node.text for node in element.child_nodes if node.type == 3)
    return " ".join(own.split()) or None


def _entity(node: Any) -> dict[str, Any] | None:
    if node.tag in _STYLES:
        return {"type": _STYLES[node.tag], "text": ""}
    if node.tag == "a":
        shown = _SHOWN.search(node.getattr("onclick") or "")
        href = node.getattr("href") or ""
        if shown:
            return {"type": {"Hashtag": "hashtag", "Cashtag": "cashtag", "BotCommand": "bot_command"}.get(shown[1], "mention_name"), "text": ""}
        if href.startswith("mailto:"):
            return {"type": "email", "text": ""}
        if href.startswith(("https://t.me/", "http://t.me/")) and (node.text or "").startswith("@"):
            return {"type": "mention", "text": ""}
        return {"type": "text_link" if href else "custom_emoji", "text": "", "href": href} if href else {"type": "custom_emoji", "text": ""}
    if node.tag in ("tg-emoji",):
        return {"type": "custom_emoji", "text": ""}
    if node.tag == "span" and "spoiler" in (node.getattr("class") or ""):
        return {"type": "spoiler", "text": ""}
    return None
