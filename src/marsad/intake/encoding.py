"""Bytes → text, with what was guessed said.

UTF-8 is taken at its word; UTF-16 and UTF-32 by their mark, or by the zero bytes and the Arabic rows that UTF-16 without a mark shows;
what is left is read as Windows-1256, the one eight-bit encoding in which Arabic pages were written, if that gives Arabic letters.
"""

from __future__ import annotations

import codecs
from typing import Final

from marsad.model import Note

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK: Final = 65_536  # bytes that are looked at for a guess


class EncodingError(ValueError):
    """The bytes are no text in any encoding that marsad reads."""


def decode(content: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text of `content` and a note where its encoding was guessed; raises `EncodingError` for bytes that are no text."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                text = content.decode(name)
            except UnicodeDecodeError as error:
                raise EncodingError(f"the mark says {name.removesuffix('-sig')}, the bytes do not: {error.reason} at byte {error.start}") from None
            return text, () if name == "utf-8-sig" else (_guessed(name, "by its mark"),)
    sixteen = _utf_16_without_mark(content[:_LOOK])
    if sixteen:
        try:
            return content.decode(sixteen), (_guessed(sixteen, "no mark; guessed from its bytes"),)
        except UnicodeDecodeError:
            pass
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        broken = error
    return _eight_bit(content, broken)


def _guessed(name: str, why: str) -> Note:
    return Note("encoding", f"read as {name} ({why})")


def _utf_16_without_mark(head: bytes) -> str:
    """`utf-16-le` or `-be` if every other byte is that of a row (0x00 or 0x06) far more often than in UTF-8."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[: 2 * pairs : 2], head[1 : 2 * pairs : 2]
    for name, rows, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        in_rows = rows.count(0) + rows.count(6) + rows.count(0x20)
        if in_rows >= 0.9 * pairs and letters.count(0) < 0.1 * pairs and rows.count(0) + rows.count(6) > 0.6 * pairs:
            return name
    return ""


def _eight_bit(content: bytes, broken: UnicodeDecodeError) -> tuple[str, tuple[Note, ...]]:
    if b"\x00" in content[:_LOOK]:
        raise EncodingError(f"not text: neither UTF-8 ({broken.reason} at byte {broken.start}) nor UTF-16 nor Windows-1256")
    good = content[: broken.start].decode("utf-8")
    text = content.decode("cp1256")
    head = text[:_LOOK]
    arabic = sum("\u0621" <= c <= "\u064a" for c in head)
    letters = sum(c.isalpha() for c in head)
    if sum("\u0621" <= c <= "\u064a" for c in good) > 20:
        # UTF-8 that breaks off or is damaged in a place: the damage is marked, the rest is kept
        return content.decode("utf-8", "replace"), (
            Note("encoding", f"damaged UTF-8 ({broken.reason} at byte {broken.start}); damaged bytes are read as U+FFFD"),
        )
    if letters and arabic >= 0.5 * letters and arabic >= 3:
        return text, (_guessed("windows-1256", "not UTF-8; guessed from its letters"),)
    raise EncodingError(f"not UTF-8 ({broken.reason} at byte {broken.start}), and read as Windows-1256 it is no Arabic")
