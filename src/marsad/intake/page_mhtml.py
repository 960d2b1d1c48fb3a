"""A page that a browser saved as one file (MHTML, RFC 2557): the page in it, its address and its character set."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = (b"mime-version:", b"multipart/related", b"snapshot-content-location:", b"from: <saved by")
_LOOK: Final = 2_000  # bytes
_MOST_PARTS: Final = 2_000


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page in an MHTML file."""

    content: bytes
    url: str | None
    charset: str | None


def is_mhtml(content: bytes) -> bool:
    """Whether the bytes begin as MHTML does: with headers, of which two are those of a saved page."""
    start = content[:64].lstrip()
    if start[:1] == b"<" or not start:
        return False
    head = content[:_LOOK].lower()
    return sum(sign in head for sign in _SIGNS) >= 2


def page_in(content: bytes) -> SavedPage | None:
    """The first HTML part, or the one that was the page itself; None where there is none. Pictures and styles are left where they are."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    address = _plain(message.get("Snapshot-Content-Location"))
    first: SavedPage | None = None
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.is_multipart() or part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        location = _plain(part.get("Content-Location"))
        charset = part.get_content_charset()
        page = SavedPage(payload, location if location and location.startswith("http") else address, charset)
        if address and location == address:
            return page
        first = first or page
    return first


def _plain(value: object) -> str | None:
    words = "".join(str(value).split()) if value is not None else ""
    return words if words.startswith(("http://", "https://")) else None
