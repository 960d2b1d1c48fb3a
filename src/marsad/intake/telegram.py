"""Telegram Desktop's export in JSON (`result.json`) → `Report`s: each message that has a text is one, the channel is its outlet.

What a message is besides its text is kept under the foreign key `telegram`: number, moment, edit, reply, album, what was forwarded, the
entities with their spans. Messages without text (a picture, a poll, a service message) hold no report. Of an export of a whole account
only channels and groups are read: letters between people are nobody's news.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.telegram_message import Chat, Message, album_of

_LIMIT: Final = 2 * 1024 * 1024 * 1024  # bytes of an export
_CHAT: Final = re.compile(
    rb'"(?:type)"\s*:\s*"(?:saved_messages|replies|verification_codes|personal_chat|bot_chat|(?:private|public)_(?:group|supergroup|channel))"'
)
_MESSAGES: Final = re.compile(rb'"messages"\s*:\s*\[')
_ESCAPE: Final = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_PRIVATE: Final = frozenset(("personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes", "private_group"))


def looks_like_telegram(head: bytes) -> bool:
    """Whether the bytes begin an export of a chat or of an account."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return False
    of_account = b'"about"' in head and (b'"chats"' in head or b'"personal_information"' in head)
    return of_account or (_CHAT.search(head) is not None and b'"messages"' in head)


class _Export(msgspec.Struct):
    name: str | None = None
    type: str | None = None
    id: int | None = None
    messages: list[msgspec.Raw] | None = None
    chats: _Chats | None = None
    left_chats: _Chats | None = None


class _Chats(msgspec.Struct):
    every: list[_Export] = msgspec.field(default_factory=list, name="list")


def read_telegram(given: Given) -> Iterator[Item]:
    """The messages of an export as reports, in order."""
    content = given.whole(_LIMIT)
    try:
        export = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Export)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield from _salvaged(content, given, str(error))
        return
    if export.messages is not None:
        yield from _chat(export, given)
        return
    found = [*(export.chats.every if export.chats else ()), *(export.left_chats.every if export.left_chats else ())]
    if not found:
        raise IntakeError("an export without messages")
    for chat in found:
        if chat.type in _PRIVATE or chat.type not in ("public_channel", "private_channel", "public_supergroup", "private_supergroup"):
            yield Fault(given.name, f"chat {chat.id}", f"a {chat.type or 'chat'} in the export of an account: only its channels and open groups are read")
        else:
            yield from _chat(chat, given)


def _chat(export: _Export, given: Given) -> Iterator[Item]:
    chat = Chat(export.name or "", export.type or "", export.id)
    yield from _messages(((bytes(raw), _fields(raw)) for raw in export.messages or ()), chat, given)


def _fields(raw: bytes | msgspec.Raw) -> Message | str:
    """A message, or what is wrong with it."""
    try:
        return msgspec.json.decode(raw, type=Message)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"no message: {error}"


def _messages(found: Iterator[tuple[bytes, Message | str]], chat: Chat, given: Given) -> Iterator[Item]:
    """The reports of messages; those of one album stand together, so that the one with the text names the others."""
    waiting: list[tuple[bytes, Message]] = []
    for raw, message in found:
        if isinstance(message, str):
            yield from album_of(waiting, chat, given)
            waiting = []
            yield Fault(given.name, _number(raw), message)
        elif waiting and message.with_the_one_before(waiting[-1][1]):
            waiting.append((raw, message))
        else:
            yield from album_of(waiting, chat, given)
            waiting = [(raw, message)]
    yield from album_of(waiting, chat, given)


def _number(raw: bytes) -> str:
    match = re.search(rb'"id"\s*:\s*(-?\d{1,18})', raw)
    return f"message {match[1].decode()}" if match else "a message"


def _salvaged(content: bytes, given: Given, reason: str) -> Iterator[Item]:
    """The messages of an export that is no whole JSON: cut, or with the escapes (`\\x1f`) that Telegram Desktop writes and JSON does not know."""
    lists = list(_MESSAGES.finditer(content))
    if not lists:
        raise IntakeError(f"broken JSON: {reason}")
    cut: list[Fault] = []
    for number, opening in enumerate(lists):
        head = content[lists[number - 1].end() if number else 0 : opening.start()]
        number_told = _last(head, b"id")
        chat = Chat(_last(head, b"name"), _last(head, b"type"), int(number_told) if number_told.isascii() and number_told.isdigit() else None)
        if chat.kind in _PRIVATE and len(lists) > 1:
            yield Fault(given.name, f"chat {chat.id}", f"a {chat.kind} in the export of an account: only its channels and open groups are read")
            continue
        stop = lists[number + 1].start() if number + 1 < len(lists) else len(content)
        yield from _messages(_one_by_one(content, opening.end(), stop, cut, given.name), chat, given)
    yield from cut


def _last(head: bytes, key: bytes) -> str:
    """The last value of a key in what stands before the messages of a chat."""
    found = re.findall(rb'"' + key + rb'"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d{1,18}(?!\d))', head)
    try:
        return str(json.loads(found[-1])) if found else ""
    except ValueError:
        return ""


def _one_by_one(content: bytes, at: int, stop: int, cut: list[Fault], name: str) -> Iterator[tuple[bytes, Message | str]]:
    while True:
        while at < stop and content[at : at + 1] in b" \t\r\n,":
            at += 1
        if content[at : at + 1] == b"]":
            return
        end = _object_end(content, at, stop)
        if end is None:
            cut.append(Fault(name, f"byte {at:,}", "the export ends here, in the middle of a message or of its list"))
            return
        raw = content[at:end]
        yield raw, _fields(_ESCAPE.sub(lambda m: b"\\u00" + m[1] if m[1] else m[0], raw))
        at = end


_MARK: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[{}]', re.DOTALL)  # a string without end goes on to the end: no second look at it


def _object_end(content: bytes, at: int, stop: int) -> int | None:
    """The byte behind the object that begins at `at`; None where it has no end."""
    if content[at : at + 1] != b"{":
        return None
    depth = 0
    for mark in _MARK.finditer(content, at, stop):
        first = content[mark.start()]
        depth += (first == 0x7B) - (first == 0x7D)
        if depth == 0:
            return mark.end()
    return None
