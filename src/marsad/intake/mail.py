"""Mail → `Report`s: one letter (`.eml`) or many (`.mbox`). The body is a report, and so is each attached document that a format reads.

Of the sender nothing is kept but the name of a mailing list, which is the outlet: people who write letters are no outlets.
"""

from __future__ import annotations

import datetime
import email
import email.errors
import email.message
import email.policy
import email.utils
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.feed_entry import moment_day
from marsad.intake.given import Given, Item
from marsad.intake.markup import page_of_piece
from marsad.model import Note, Report, Residue, encodable

_LIMIT: Final = 64 * 1024 * 1024  # bytes of a letter
_PARTS: Final = 500  # parts of a letter
_KEPT: Final = ("message-id", "date", "subject", "list-id")  # no addresses of people
_LIST: Final = re.compile(r"\s*(?:\"?(.*?)\"?\s*)?<([^>]*)>")
_SIGNATURE: Final = 12  # lines of a signature at most, the one with its dashes included
_HEADER: Final = 2_000  # characters of a header that are read
_FROM: Final = re.compile(rb"From \S+.*\d{4}\s*$|From \S+\s+\w{3} \w{3}")
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_ATTACHED: Final = (".pdf", ".docx", ".docm", ".xlsx", ".csv", ".tsv", ".txt", ".html", ".htm", ".eml")
_PREFIX: Final = re.compile(r"^(?:\s*(?:re|fwd?|إعادة توجيه|رد)\s*:\s*)+", re.IGNORECASE)


def looks_like_mbox(head: bytes) -> bool:
    """Whether the first line is that which divides the letters of an mbox."""
    return head.startswith(b"From ") and _divides(head.partition(b"\n")[0])


def _divides(line: bytes) -> bool:
    return line.startswith(b"From ") and len(line) < 500 and _FROM.match(line.rstrip()) is not None


def read_mail(given: Given) -> Iterator[Item]:
    """The reports of one letter."""
    yield from _letter(given.whole(_LIMIT), given, None)


def read_mbox(given: Given) -> Iterator[Item]:
    """The reports of all letters of an mbox, one letter at a time."""
    with given.opened() as file:
        letter: list[bytes] = []
        size = number = 0
        empty, begun = True, False
        for line in iter(lambda: file.readline(1 << 20), b""):
            if empty and _divides(line):
                if begun:
                    yield from _of_mbox(letter, size, given, number)
                letter, size, number, begun = [], 0, number + 1, True
            elif begun:
                size += len(line)
                if size <= _LIMIT:
                    letter.append(line)
            elif line.strip():
                yield Fault(given.name, "line 1", "no mbox: it does not begin with a line “From …”")
                return
            empty = not line.strip()
        if begun:
            yield from _of_mbox(letter, size, given, number)


def _of_mbox(lines: list[bytes], size: int, given: Given, number: int) -> Iterator[Item]:
    if size > _LIMIT:
        yield Fault(given.name, f"letter {number}", f"{size:,} bytes; the limit is {_LIMIT:,}")
        return
    yield from _letter(_QUOTED_FROM.sub(rb"\1", b"".join(lines)), given, number)


def _letter(raw: bytes, given: Given, number: int | None) -> Iterator[Item]:
    where = None if number is None else f"letter {number}"
    try:
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        if not letter.keys():
            yield Fault(given.name, where, "no letter: it has no headers")
            return
        yield from _reports(letter, raw, given, where, number)
    except (RecursionError, email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError, ArithmeticError) as error:
        # the standard library's parser of headers is known to fail in many ways on what it did not expect
        yield Fault(given.name, where, f"a letter that cannot be read ({type(error).__name__}: {str(error)[:80]})")


def _reports(letter: email.message.EmailMessage, raw: bytes, given: Given, where: str | None, number: int | None) -> Iterator[Item]:
    own = _header(letter, "message-id").strip("<> ")
    id_ = own or (given.stem if number is None else f"{given.stem}-{number}")
    day, notes = _day(letter)
    outlet = _list(letter)
    body, residue, found = _body(letter, given.name)
    extracted = (*notes, *found)
    some = False
    if body.strip():
        some = True
        kept = tuple((name, _header(letter, name)[:500]) for name in _KEPT if _header(letter, name))
        proof = given.proof(raw, where, extractor="marsad.mail", encoding=_charset(letter), encoding_from="format", headers=kept)
        title = _PREFIX.sub("", " ".join(_header(letter, "subject").split())) or None
        yield Report(id=id_, text=body, date=day, outlet=outlet, title=title, residue=residue, notes=extracted, proof=proof)
    for name, content in _attached(letter):
        some = True
        for item in given.inside(content, f"{given.name}#{where + '/' if where else ''}{name}", known_stem=f"{id_}/{name}"):
            yield _completed(item, given, where, name, day, outlet)
    if not some:
        yield Fault(given.name, where or (id_ if own else None), "a letter without text")


def _completed(item: Item, given: Given, where: str | None, name: str, day: datetime.date | None, outlet: str | None) -> Item:
    if isinstance(item, Fault):
        place = ", ".join(part for part in (where, f"attached {name}", item.record) if part)
        return Fault(given.name, place, item.reason)
    return msgspec.structs.replace(item, date=item.date or day, outlet=item.outlet or outlet)


def _header(letter: email.message.EmailMessage, name: str) -> str:
    try:
        return encodable(str(letter.get(name, "")))[:_HEADER]
    except (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, email.errors.MessageError):
        return ""


def _day(letter: email.message.EmailMessage) -> tuple[datetime.date | None, tuple[Note, ...]]:
    told = _header(letter, "date")
    if not told:
        return None, ()
    try:
        return moment_day(told), ()
    except ValueError:
        return None, (Note("day", f"{told[:60]!r} is no date"),)


def _list(letter: email.message.EmailMessage) -> str | None:
    """The name of the mailing list."""
    match = _LIST.match(_header(letter, "list-id"))
    return ((match[1] or match[2]).strip() or None) if match else None


def _charset(letter: email.message.EmailMessage) -> str | None:
    part = letter.get_body(("plain", "html"))
    return part.get_content_charset() if part is not None else None


def _body(letter: email.message.EmailMessage, name: str) -> tuple[str, tuple[Residue, ...], tuple[Note, ...]]:
    """The text of the letter: the plain one, or that of the page where there is no plain one or it is a mere hint at the page."""
    plain = _content(letter, "plain")
    html = _content(letter, "html")
    if html and len(plain.split()) < max(10, len(html.split()) // 20):
        page = page_of_piece(html, name)
        if isinstance(page, Report):
            return page.text, page.residue, page.notes
    text = plain.replace("\r\n", "\n")
    return text, _signature(text), ()


def _signature(text: str) -> tuple[Residue, ...]:
    """The lines below two dashes at the end (RFC 3676, 4.3)."""
    end = len(text.rstrip())
    begin = max(text.rfind("\n-- \n", 0, end), text.rfind("\n--\n", 0, end)) + 1
    if begin == 0 or text.count("\n", begin, end) >= _SIGNATURE:
        return ()
    return (Residue((begin, end), "signature"),)


def _content(letter: email.message.EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    if part is None:
        return ""
    try:
        words = part.get_content()
    except (LookupError, ValueError):  # a character set that nobody knows
        content = part.get_payload(decode=True)
        from marsad.intake.markup import decoded

        words = decoded(content).text if isinstance(content, bytes) else ""
    return encodable(words) if isinstance(words, str) else ""


def _attached(letter: email.message.EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file that a format may read."""
    for count, part in enumerate(letter.walk() if letter.is_multipart() else ()):
        if count > _PARTS:
            return
        name = encodable(str(part.get_filename() or "")).replace("/", "_")
        if name.lower().endswith(_ATTACHED) and not part.is_multipart():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                yield name, content
        elif part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, email.message.Message):
                yield name or f"letter-{count}.eml", inner.as_bytes()
