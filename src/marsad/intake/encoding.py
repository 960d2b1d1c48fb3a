"""Bytes → text, with the encoding, how it was known, and what was guessed.

Bytes that are UTF-8 are UTF-8, whatever is said of them: no other encoding of Arabic gives bytes that are. UTF-16 and UTF-32 are known by their mark,
or by the zero bytes and the Arabic rows that UTF-16 without a mark shows. For what is left, the encodings that were told (the header of the response,
the page itself) stand beside Windows-1256 and ISO-8859-6, and the one that gives Arabic words wins: pages are often told to be what they are not.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from marsad.model import Note

How = Literal["utf-8", "bom", "header", "declared", "guessed", "format"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK: Final = 65_536  # bytes that are looked at for a guess
_SAMPLE: Final = 1_000_000  # bytes in which words are counted
_EIGHT_BIT: Final = ("cp1256", "iso8859-6")
_NAMES: Final = {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "cp1252": "windows-1252", "iso8859-1": "iso-8859-1"}
_ARABIC: Final = re.compile("[\u0621-\u064a]+")
_COMMON: Final = frozenset("في من على إلى الى أن ان عن مع التي الذي هذا هذه بعد قبل قال ما لا وفي ومن كان بين أو او ذلك كما منذ خلال".split())
_PIECES: Final = re.compile(rb"[^<>\n]+|[<>\n]+")
_MOJIBAKE: Final = re.compile("[\u00d8\u00d9][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


class EncodingError(ValueError):
    """The bytes are no text in any encoding that marsad reads."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, how it was known, and notes where it was guessed or mended."""

    text: str
    encoding: str
    how: How
    notes: tuple[Note, ...] = ()


def decode(content: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text of `content` and a note where its encoding was guessed; raises `EncodingError` for bytes that are no text."""
    found = decoded(content)
    return found.text, found.notes


def decoded(content: bytes, told: Sequence[tuple[str, How]] | Callable[[], Sequence[tuple[str, How]]] = ()) -> Decoded:
    """The text of `content`, its encoding and how it was known; raises `EncodingError` for bytes that are no text.

    `told`: names of encodings with who told them (`header`, `declared`, `format`), the most trusted first, or what finds them where
    they are needed; what the bytes show goes before them.
    """
    marked = _by_mark(content)
    if marked is not None:
        return marked
    sixteen = _utf_16_without_mark(content[:_LOOK]) if b"\x00" in content[:_LOOK] else ""  # its spaces and line breaks have one
    if sixteen:
        try:
            return Decoded(content.decode(sixteen), sixteen, "guessed", (_guessed(sixteen, "no mark; guessed from its bytes"),))
        except UnicodeDecodeError:
            pass
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    return _eight_bit(content, told() if callable(told) else told, broken)


def unscrambled(text: str) -> str | None:
    """What a text was before its UTF-8 was taken for Windows-1252 and written as UTF-8 again («Ø§Ù„» is «ال»); None if it is nothing of the kind."""
    head = text[:_SAMPLE]
    if len(_MOJIBAKE.findall(head)) < 10 or len(_MOJIBAKE.findall(head)) < 2 * len(_ARABIC.findall(head)):
        return None
    parts = re.split("([\u0621-\u06ff]+)", text)  # what was Arabic all along stays
    for at in range(0, len(parts), 2):
        parts[at] = _as_bytes(parts[at]).decode("utf-8", "replace")
    mended = "".join(parts)
    return mended if _words(mended[:_SAMPLE]) > 0 else None


def _as_bytes(text: str) -> bytes:
    """The bytes that Windows-1252 shows as `text`; what it cannot show is UTF-8 already."""
    out = bytearray()
    for run in re.findall("[\x00-\x7f]+|[^\x00-\x7f]", text):
        try:
            out += run.encode("cp1252")
        except UnicodeEncodeError:
            out += run.encode("latin-1") if run <= "\xff" else run.encode("utf-8", "replace")
    return bytes(out)


def _by_mark(content: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            plain = name.removesuffix("-sig")
            try:
                text = content.decode(name)
            except UnicodeDecodeError as error:
                if plain == "utf-8" and _ARABIC.search(content[3 : 3 + error.start].decode("utf-8")):
                    return _damaged(content[3:], error)
                raise EncodingError(f"the mark says {plain}, the bytes do not: {error.reason} at byte {error.start}") from None
            return Decoded(text, plain, "bom", () if plain == "utf-8" else (_guessed(plain, "by its mark"),))
    return None


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


# --- bytes that are no UTF-8


def _eight_bit(content: bytes, told: Sequence[tuple[str, How]], broken: UnicodeDecodeError) -> Decoded:
    if b"\x00" in content[:_LOOK]:
        raise EncodingError(f"not text: neither UTF-8 ({broken.reason} at byte {broken.start}) nor UTF-16 nor Windows-1256")
    if len("".join(_ARABIC.findall(content[:_SAMPLE].decode("utf-8", "ignore")))) > 20:
        return _damaged(content, broken)
    name, how = _best(content[:_SAMPLE], told)
    if not name:
        raise EncodingError(f"not UTF-8 ({broken.reason} at byte {broken.start}), and read as Windows-1256 it is no Arabic")
    shown = _NAMES.get(name, name)
    notes = () if how != "guessed" else (_guessed(shown, "not UTF-8; guessed from its letters"),)
    return Decoded(content.decode(name, "replace"), shown, how, notes)


def _best(sample: bytes, told: Sequence[tuple[str, How]]) -> tuple[str, How]:
    """The encoding in which `sample` has the most Arabic words, and how it was known; an empty name where it is text in none."""
    candidates: dict[str, How] = {}
    for charset, how in told:
        name = _codec(charset)
        if name:
            candidates.setdefault(name, how)
    for name in _EIGHT_BIT:
        candidates.setdefault(name, "guessed")
    scored: list[tuple[float, str]] = []
    for name in candidates:
        text = sample.decode(name, "replace")
        letters = sum(map(len, _ARABIC.findall(text)))
        latin = sum(c.isalpha() and c <= "\x7f" for c in text)
        others = sum(c.isalpha() for c in text) - latin - letters
        if letters >= 3 and letters > others and (letters >= latin or _words(text) > 0.05):
            scored.append((_words(text) - 0.5 * text.count("\ufffd") / letters, name))
    if scored:
        best = max(scored, key=lambda s: s[0])[1]
        return best, candidates[best]
    for name, how in candidates.items():  # no Arabic: what was told, if the bytes are sound in it
        if how != "guessed" and not any("\x80" <= c <= "\x9f" or c == "\ufffd" for c in sample.decode(name, "replace")):
            return name, how
    return "", "guessed"


def _codec(charset: str) -> str:
    """Python's name of an encoding of one byte a letter; empty for the others, which the bytes would have shown."""
    try:
        found = codecs.lookup(charset.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    return found.name if found.name.startswith(("cp", "iso8859", "mac", "koi8", "latin")) else ""


def _words(text: str) -> float:
    """How much `text` is Arabic prose: of its words, the share that are common ones or have the article, with some weight on their number."""
    words = _ARABIC.findall(text)
    if not words:
        return 0.0
    good = sum(1.0 if w in _COMMON else 0.6 if len(w) > 3 and w.startswith("ال") else 0.0 for w in words)
    return good / len(words) + min(len(words), 50) / 10_000


def _damaged(content: bytes, broken: UnicodeDecodeError) -> Decoded:
    """UTF-8 that is damaged in a place, or a page of which a part is in another encoding: part by part, what is damaged is marked, the rest kept."""
    parts: list[str] = []
    foreign: set[str] = set()
    for piece in _PIECES.findall(content):
        try:
            parts.append(piece.decode("utf-8"))
            continue
        except UnicodeDecodeError:
            pass
        marked = piece.decode("utf-8", "replace")
        name = "" if marked.count("\ufffd") <= 0.2 * sum(c > "\x7f" for c in marked) + 1 else _best(piece, ())[0]
        if name:
            foreign.add(_NAMES[name])
            marked = piece.decode(name, "replace")
        parts.append(marked)
    if foreign:
        return Decoded("".join(parts), "utf-8", "guessed", (Note("encoding", f"UTF-8 with parts in {', '.join(sorted(foreign))}; each read as what it is"),))
    said = f"damaged UTF-8 ({broken.reason} at byte {broken.start}); damaged bytes are read as U+FFFD"
    return Decoded("".join(parts), "utf-8", "guessed", (Note("encoding", said),))
