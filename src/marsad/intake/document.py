"""Word documents (DOCX) → `Report`s, read from the ZIP and its XML with nothing but the standard library.

What was deleted under tracked changes is no text; of text boxes, which Word writes twice, one copy is read; footnotes stand behind the
text. Headers and footers of the pages are no part of a report. Of the properties only title and days are read, not who wrote it.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from marsad.intake.bulletin import About, Paragraph, reports_of
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.xml import XmlError, local, parse
from marsad.model import reference_day

_LIMIT: Final = 200 * 1024 * 1024  # bytes of a file, pictures included
_PART: Final = 64 * 1024 * 1024  # bytes of one part of it, unpacked
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W: Final = re.compile(r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/wordprocessingml/(?:2006/)?main ")
_HEADING: Final = re.compile(r"(?:heading|عنوان|titre|überschrift)\s*(\d)", re.IGNORECASE)
_HIDDEN: Final = frozenset(("del", "moveFrom", "Fallback", "instrText", "delInstrText"))
_LOOSE: Final = 9  # level of a heading that is one by its bold letters alone
_BOLD: Final = 25  # words of such a heading


def looks_like_document(head: bytes) -> bool:
    """Whether the bytes begin a DOCX."""
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or (b"[Content_Types].xml" in head and b"xl/" not in head and b"ppt/" not in head))


def read_document(given: Given) -> Iterator[Item]:
    """The reports of a document."""
    content = given.whole(_LIMIT)
    if content.startswith(_OLE):
        raise IntakeError("an encrypted document" if "EncryptedPackage".encode("utf-16-le") in content else "an old Word document (.doc); save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            levels = _levels(_part(packed, "word/styles.xml"))
            main = _part(packed, "word/document.xml")
            notes = _part(packed, "word/footnotes.xml")
            about = _about(_part(packed, "docProps/core.xml"))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        if isinstance(error, IntakeError):
            raise
        raise IntakeError(f"a document that is damaged or cut: {error}") from None
    if not main:
        raise IntakeError("no Word document: word/document.xml is missing")
    paragraphs = _paragraphs(main, levels) + (_paragraphs(notes, {}) if notes else [])
    some = False
    for report in reports_of(paragraphs, about, given, content, "marsad.document"):
        some = True
        yield report
    if not some:
        raise IntakeError("no text in the document")


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """A part of the document; empty where there is none."""
    try:
        member = packed.getinfo(name)
    except KeyError:
        return b""
    if member.file_size > _PART:
        raise IntakeError(f"{name} unpacks to {member.file_size:,} bytes; the limit is {_PART:,}")
    with packed.open(member) as file:
        part = file.read(_PART + 1)
    if len(part) > _PART:
        raise IntakeError(f"{name} unpacks to more than {_PART:,} bytes")
    return part


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _levels(styles: bytes) -> dict[str, int]:
    """The level of each style that is one of headings; a title is of level 0."""
    found: dict[str, int] = {}
    above: dict[str, str] = {}
    style = ""

    def start(name: str, attributes: dict[str, str], _: int) -> None:
        nonlocal style
        bare = local(name)
        if bare == "style":
            style = _attribute(attributes, "styleId")
        elif bare == "name" and style:
            called = _attribute(attributes, "val")
            heading = _HEADING.match(called)
            if heading:
                found[style] = int(heading[1])
            elif called.lower() in ("title", "العنوان"):
                found[style] = 0
        elif bare == "basedOn":
            above[style] = _attribute(attributes, "val")
        elif bare == "outlineLvl" and _attribute(attributes, "val").isdigit():
            found.setdefault(style, int(_attribute(attributes, "val")) + 1)

    if styles:
        _parsed(styles, "word/styles.xml", start, lambda *_: None, lambda _: None)
    for name in above:
        parent, steps = name, 0
        while parent in above and parent not in found and steps < 20:
            parent, steps = above[parent], steps + 1
        if parent in found and name not in found:
            found[name] = found[parent]
    return found


def _parsed(content: bytes, part: str, start: object, end: object, words: object) -> None:
    try:
        parse(content, start, end, words)  # type: ignore[arg-type]
    except XmlError as error:
        raise IntakeError(f"{part}, line {error.line}: {error}") from None


@dataclass(slots=True)
class _Open:
    """A paragraph that is open. `bold`: some of its words are; `all_bold`: all are."""

    words: list[str] = field(default_factory=list)
    level: int | None = None
    bold: bool = False
    all_bold: bool = True


class _Body:
    """The paragraphs of a part, as its elements come."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.found: list[Paragraph] = []
        self._levels = levels
        self._open: list[_Open] = []  # a text box stands inside a paragraph
        self._hidden = 0
        self._in_text = False
        self._bold_run = self._in_run_properties = False
        self._row: list[str] | None = None
        self._cell_from = 0

    def start(self, name: str, attributes: dict[str, str], _: int) -> None:
        bare = local(name)
        if bare in _HIDDEN:
            self._hidden += 1
        if self._hidden:
            return
        match bare:
            case "p" if _W.match(name):
                self._open.append(_Open())
            case "pStyle" if self._open:
                self._open[-1].level = self._levels.get(_attribute(attributes, "val"))
            case "outlineLvl" if self._open and _attribute(attributes, "val").isdigit() and int(_attribute(attributes, "val")) < 9:
                self._open[-1].level = int(_attribute(attributes, "val")) + 1
            case "r":
                self._bold_run = False
            case "rPr":
                self._in_run_properties = True
            case "b" | "bCs" if self._in_run_properties:
                self._bold_run = _attribute(attributes, "val") not in ("0", "false", "off")
            case "t":
                self._in_text = True
            case "tab" if not self._in_run_properties:
                self._add("\t")
            case "br" | "cr":
                self._add("\n")
            case "noBreakHyphen":
                self._add("-")
            case "tr":
                self._row = []
            case "tc":
                self._cell_from = len(self.found)

    def words(self, words: str) -> None:
        if self._in_text and not self._hidden:
            self._add(words)
            if words.strip() and self._open:
                self._open[-1].bold |= self._bold_run
                self._open[-1].all_bold &= self._bold_run

    def _add(self, words: str) -> None:
        if self._open:
            self._open[-1].words.append(words)

    def end(self, name: str, _: int) -> None:
        bare = local(name)
        if bare in _HIDDEN:
            self._hidden -= 1
            return
        if self._hidden:
            return
        match bare:
            case "t":
                self._in_text = False
            case "rPr":
                self._in_run_properties = False
            case "p" if _W.match(name) and self._open:
                self._close(self._open.pop())
            case "tc" if self._row is not None:
                self._row.append(" ".join(p.text for p in self.found[self._cell_from :]))
                del self.found[self._cell_from :]
            case "tr" if self._row is not None:
                line = "\t".join(cell for cell in self._row if cell)
                if line:
                    self.found.append(Paragraph(line))
                self._row = None

    def _close(self, done: _Open) -> None:
        text = "".join(done.words).strip()
        level = done.level
        if level is None and done.bold and done.all_bold and self._row is None and len(text.split()) <= _BOLD and not text.endswith((".", "،", ":")):
            level = _LOOSE
        if text:
            self.found.append(Paragraph(text, level))


def _paragraphs(part: bytes, levels: dict[str, int]) -> list[Paragraph]:
    body = _Body(levels)
    _parsed(part, "word/document.xml", body.start, body.end, body.words)
    styled = any(p.level is not None and p.level != _LOOSE for p in body.found)
    if styled:  # where headings are made as such, bold words are mere emphasis
        return [Paragraph(p.text) if p.level == _LOOSE else p for p in body.found]
    return body.found


def _about(core: bytes) -> About:
    told: dict[str, str] = {}
    words: list[str] = []

    def end(name: str, _: int) -> None:
        told.setdefault(local(name), "".join(words).strip())
        words.clear()

    if core:
        _parsed(core, "docProps/core.xml", lambda *_: words.clear(), end, words.append)
    days: list[datetime.date] = []
    for name in ("modified", "created"):
        try:
            days.append(reference_day(told.get(name, "")[:10]))
        except ValueError:
            continue
    return About(title=told.get("title") or None, day=days[0] if days else None)
