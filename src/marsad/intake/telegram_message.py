"""One message of a Telegram channel as a `Report`, whichever form of the export it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.given import Given, Item
from marsad.intake.page_days import is_late_in_utc
from marsad.model import Note, Report, Residue, Span, encodable, reference_day

_MESSAGE_TYPES: Final = ("message", "service")
_CHANNELS: Final = ("public_channel", "private_channel", "public_supergroup", "private_supergroup")
_ENTITIES: Final = frozenset(
    "plain mention hashtag bot_command link email bold italic code pre text_link mention_name phone cashtag underline strikethrough "
    "blockquote bank_card spoiler custom_emoji formatted_date".split()
)
_DOOR: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|wa\.me|(?:chat\.)?whatsapp\.com|facebook\.com|fb\.com|twitter\.com|x\.com|youtube\.com|instagram\.com)/",
    re.IGNORECASE,
)
_ALBUM: Final = 10  # messages of an album at most


@dataclass(frozen=True, slots=True)
class Chat:
    """The channel or group: its name is the outlet of its messages. `kind`: as Telegram Desktop calls it; `id`: its number, where the export tells it;
    `public`: its name on the web (`t.me/NAME`), which a preview tells.
    """

    name: str
    kind: str = ""
    id: int | None = None
    public: str = ""


class Message(msgspec.Struct):
    """The fields of a message that are known; `text` is a string, or a list of strings and entities."""

    id: int
    type: str
    date: str = ""
    date_unixtime: str | int = ""
    edited: str | bool | None = None  # the moment; a preview tells no more than that it was
    from_id: str | None = None
    author: str | None = None
    forwarded_from: str | None = None
    forwarded_from_id: str | None = None
    saved_from: str | None = None
    reply_to_message_id: int | None = None
    reply_to_peer_id: str | None = None
    via_bot: str | None = None
    text: str | list[Any] = ""
    text_entities: list[Any] | None = None
    media_type: str | None = None
    photo: str | None = None
    file: str | None = None
    poll: Any = None

    @property
    def source(self) -> str | None:
        """The channel that it was forwarded from; a person from whom it came is nobody's source to name."""
        return None if (self.forwarded_from_id or "").startswith("user") else self.forwarded_from or self.saved_from

    @property
    def has_media(self) -> bool:
        """Whether it carries a picture or a film, as the messages of an album do."""
        return bool(self.photo or self.file or self.media_type)

    def with_the_one_before(self, before: Message) -> bool:
        """Whether both are of one album: Telegram sends those in one second, and the export tells no more of it."""
        return (
            self.type == before.type == "message"
            and self.has_media
            and before.has_media
            and self.date == before.date != ""
            and self.from_id == before.from_id
            and self.forwarded_from == before.forwarded_from
            and not (self.text and before.text)
            and self.id - before.id == 1
        )


def album_of(found: list[tuple[bytes, Message]], chat: Chat, given: Given) -> Iterator[Item]:
    """The reports of messages that belong together; the numbers of an album's others are told with the one that has the text."""
    numbers = [message.id for _, message in found]
    for raw, message in found:
        others = [number for number in numbers if number != message.id][:_ALBUM]
        item = report_of(message, raw, chat, given, others)
        if item is not None:
            yield item


def report_of(message: Message, raw: bytes, chat: Chat, given: Given, album: list[int]) -> Item | None:
    """The report of a message; None for one that has no text, a fault for one of a kind that is not known."""
    where = f"message {message.id}"
    if message.type not in _MESSAGE_TYPES:
        return Fault(given.name, where, f"a message of the unknown type {message.type[:40]!r}")
    if message.type == "service":
        return None
    try:
        text, entities, unknown = spelled(message.text, message.text_entities)
    except ValueError as error:
        return Fault(given.name, where, str(error))
    if not text.strip():
        return None
    notes = [Note("entity", f"entities of a kind that is not known: {', '.join(sorted(unknown))}")] if unknown else []
    day = None
    try:
        day = reference_day(message.date[:10]) if message.date else None
    except ValueError as error:
        notes.append(Note("day", str(error)))
    if day is not None and is_late_in_utc(message.date):
        notes.append(Note("day", f"{message.date} is in UTC; the next day had begun from Cairo to Baghdad"))
    return Report(
        id=_id(chat, message.id),
        text=text,
        date=day,
        outlet=chat.name or None,
        url=link(chat, message.id),
        residue=residue_of(text, entities),
        notes=tuple(notes),
        original=encodable(message.source or "") or None,
        extra={"telegram": msgspec.Raw(msgspec.json.encode(_about(message, chat, entities, album)))},
        proof=given.proof(raw, where, extractor="marsad.telegram", encoding="utf-8", encoding_from="format"),
    )


def _id(chat: Chat, number: int) -> str:
    known = chat.public.lower() or (str(chat.id) if chat.id is not None else "-".join(chat.name.split()) or "chat")
    return f"telegram-{known}-{number}"


def link(chat: Chat, number: int) -> str | None:
    """The message's own address. An export tells the number of a channel, not its public name; the address by number opens for its readers."""
    if chat.public:
        return f"https://t.me/{chat.public}/{number}"
    return f"https://t.me/c/{chat.id}/{number}" if chat.id and chat.kind in _CHANNELS else None


def _about(message: Message, chat: Chat, entities: list[dict[str, Any]], album: list[int]) -> dict[str, Any]:
    moment = str(message.date_unixtime)
    told = {
        "chat": chat.public or chat.id,
        "message": message.id,
        "date": message.date or None,
        "unixtime": int(moment) if moment.isascii() and moment.isdigit() and len(moment) < 13 else None,
        "edited": message.edited,
        "reply_to": message.reply_to_message_id,
        "forwarded_from": message.source,
        "forwarded_from_id": message.forwarded_from_id if message.source else None,
        "album": album or None,
        "media": message.media_type or ("photo" if message.photo else "file" if message.file else None),
        "entities": entities or None,
    }
    return {key: encodable(value) if isinstance(value, str) else value for key, value in told.items() if value is not None}


def spelled(text: str | list[Any], parts: list[Any] | None = None) -> tuple[str, list[dict[str, Any]], set[str]]:
    """The text of a message, its entities with their spans, and the names of entities that are not known; raises ValueError for a text that is none."""
    if isinstance(text, str) and not parts:
        return encodable(text), [], set()
    words: list[str] = []
    entities: list[dict[str, Any]] = []
    unknown: set[str] = set()
    at = 0
    for part in parts or text:
        told = part if isinstance(part, str) else part.get("text") if isinstance(part, dict) else None
        if not isinstance(told, str):
            raise ValueError("a part of its text is neither words nor an entity with words")
        told = encodable(told)
        if isinstance(part, dict) and part.get("type") != "plain":
            kind = str(part.get("type"))
            entity: dict[str, Any] = {"type": kind, "span": [at, at + len(told)]}
            entity.update({key: part[key] for key in ("href", "document_id", "language") if isinstance(part.get(key), str)})
            entities.append(entity)
            if kind not in _ENTITIES:
                unknown.add(kind[:40])
        words.append(told)
        at += len(told)
    return "".join(words), entities, unknown


def residue_of(text: str, entities: list[dict[str, Any]]) -> tuple[Residue, ...]:
    """The last lines of a message that are nothing but its channels' addresses or its tags: furniture, by the entities that they are made of."""
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    found: list[Residue] = []
    for begin, end in reversed(lines[1:]):
        if not text[begin:end].strip():
            continue
        inside = [e for e in entities if begin <= e["span"][0] and e["span"][1] <= end and e["span"][1] > e["span"][0]]
        kind = _furniture(text, begin, end, inside)
        if kind is None:
            break
        found.append(Residue((begin, end), kind))
    return tuple(reversed(found))


def _furniture(text: str, begin: int, end: int, inside: list[dict[str, Any]]) -> str | None:
    left = list(text[begin:end])
    kinds = set()
    for entity in inside:
        first, last = entity["span"]
        kind, words = entity["type"], text[first:last]
        if kind == "hashtag":
            kinds.add("tags")
        elif kind in ("mention", "bot_command") or (kind in ("link", "text_link") and _DOOR.match(entity.get("href") or words)):
            kinds.add("share")
        elif kind != "custom_emoji":
            continue
        left[first - begin : last - begin] = " " * (last - first)
    if not kinds or any(c.isalnum() for c in left):
        return None
    return "tags" if kinds == {"tags"} else "share"
