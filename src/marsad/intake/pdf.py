"""PDF with a text layer → `Report`s. A scan, an encrypted file and fonts that do not say what their letters are, are said.

Read with pypdfium2 (BSD/Apache-2.0; PDFium in 8 MB), which the extra `documents` installs. The lines that stand at the head or the foot
of the pages again and again, and numbers of pages, are marked as residue.
"""

from __future__ import annotations

import ctypes
import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from marsad.intake.bulletin import About, Paragraph, reports_of
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.pdf_lines import Glyph, Line, lines_of
from marsad.model import Note, reference_day

_LIMIT: Final = 200 * 1024 * 1024  # bytes of a file
_PAGES: Final = 2_000
_GLYPHS: Final = 5_000_000  # of a file
_OF_PAGE: Final = 200_000  # of one page
_FEW: Final = 20  # letters of a page that has no text layer worth the name
_LARGER: Final = 1.12  # of the size of the text: the letters of a heading
_HEADING: Final = 30  # words of a heading
_BOLD: Final = 600  # weight of a font
_EDGE: Final = 2  # lines at the head and the foot of a page that are looked at as running heads
_PAGE_NUMBER: Final = re.compile(r"[\W_]*(?:(?:صفحة|الصفحة|page|p\.)\s*)?\d{1,4}(?:\s*(?:من|/|of|-)\s*\d{1,4})?[\W_]*$", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")
_DAY: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_ENDS: Final = (".", "!", "؟", "?", ":", "»", '"')


def looks_like_pdf(head: bytes) -> bool:
    """Whether the bytes begin a PDF (some have other bytes in front)."""
    return b"%PDF-" in head[:1024]


def read_pdf(given: Given) -> Iterator[Item]:
    """The reports of a PDF."""
    content = given.whole(_LIMIT)
    try:
        import pypdfium2
    except ImportError:
        raise IntakeError("a PDF; to read it: pip install 'marsad[documents]'") from None
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise IntakeError("an encrypted PDF; take its password off first" if "assword" in str(error) else f"a PDF that is damaged or cut: {error}") from None
    try:
        pages, empty, pictures = _pages(document)
        about = _about(document, empty)
    finally:
        document.close()
    letters = Counter(
        "letter" if c.isalpha() else "lost" if c in "\ufffd\x00" or "\ue000" <= c <= "\uf8ff" else "" for page in pages for line in page for c in line.text
    )
    if not any(pages):
        raise IntakeError("a scan: its pages are pictures without a text layer; recognise its letters first (OCR)" if pictures else "no text in the PDF")
    if letters["lost"] > letters["letter"]:
        raise IntakeError("its fonts do not say which letters they draw, so there is no text to read; recognise its letters (OCR)")
    yield from reports_of(paragraphs_of(pages), about, given, content, f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}")


def _pages(document: Any) -> tuple[list[list[Line]], list[int], bool]:
    """The lines of each page, the numbers of pages without text, and whether those have pictures."""
    import pypdfium2

    if len(document) > _PAGES:
        raise IntakeError(f"a PDF of {len(document):,} pages; the limit is {_PAGES:,}")
    pages: list[list[Line]] = []
    empty: list[int] = []
    pictures = False
    room = _GLYPHS
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
            glyphs = _glyphs(text, min(room, _OF_PAGE))
            if sum(g.char.isalnum() for g in glyphs) < _FEW and any(o.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=3)):
                empty.append(number + 1)
                pictures = True
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            empty.append(number + 1)
            glyphs = []
        room -= len(glyphs)
        if room <= 0:
            raise IntakeError(f"more than {_GLYPHS:,} letters")
        pages.append(lines_of(glyphs))
    return pages, empty, pictures


def _glyphs(page: Any, most: int) -> list[Glyph]:
    import pypdfium2.raw as raw

    found: list[Glyph] = []
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = raw.FS_MATRIX()
    for number in range(min(raw.FPDFText_CountChars(page.raw), most)):
        code = raw.FPDFText_GetUnicode(page.raw, number)
        if not code or 0xD800 <= code < 0xE000 or code > 0x10FFFF or (raw.FPDFText_IsHyphen(page.raw, number) == 1 and code == 2):
            continue
        raw.FPDFText_GetCharBox(page.raw, number, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(page.raw, number, x, y)
        scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(page.raw, number, matrix) else 1.0
        size = abs(raw.FPDFText_GetFontSize(page.raw, number) * (scale or 1.0)) or 1.0
        edges = (left.value, right.value, y.value, size)
        if all(math.isfinite(edge) for edge in edges):
            found.append(Glyph(number, chr(code), *edges, raw.FPDFText_GetFontWeight(page.raw, number) >= _BOLD, x.value))
    return found


def _about(document: Any, empty: list[int]) -> About:
    try:
        told = document.get_metadata_dict()
    except Exception:  # properties that are no text; nothing depends on them
        told = {}
    day: datetime.date | None = None
    match = _DAY.match(told.get("CreationDate") or told.get("ModDate") or "")
    if match:
        try:
            day = reference_day("-".join(match.groups()))
        except ValueError:
            day = None
    shown = ", ".join(map(str, empty[:20]))
    notes = (Note("scan", f"pages without a text layer were not read: {shown}"),) if empty else ()
    return About(title=(told.get("Title") or "").strip() or None, day=day, notes=notes)


def paragraphs_of(pages: list[list[Line]]) -> list[Paragraph]:
    """The lines of the pages joined to paragraphs; headings by the size or weight of their letters, running heads marked."""
    every = [line for page in pages for line in page]
    if not every:
        return []
    running = _running(pages)
    letters = _Letters.of(every)
    found: list[Paragraph] = []
    joined: list[Line] = []  # of the paragraph that is open
    for page in pages:
        margins = _Margins.of(page)
        waiting: list[Paragraph] = []  # running heads and feet stand behind a paragraph that goes on over them
        for place, line in enumerate(page):
            at_edge = place < _EDGE or place >= len(page) - _EDGE
            if at_edge and (_DIGITS.sub("#", line.text) in running or _PAGE_NUMBER.match(line.text)):
                waiting.append(Paragraph(line.text, residue="running_head"))
                continue
            if joined and not _goes_on(joined[-1], line, margins):
                found.append(letters.paragraph(joined))
                joined = []
                found.extend(waiting)
                waiting = []
            joined.append(line)
        if joined and joined[-1].text.endswith(_ENDS):
            found.append(letters.paragraph(joined))
            joined = []
        found.extend(waiting)
    if joined:
        found.append(letters.paragraph(joined))
    return found


def _running(pages: list[list[Line]]) -> set[str]:
    """The lines at the edges of pages that stand on at least half of them, with their figures as #."""
    if len(pages) < 3:
        return set()
    count = Counter(words for page in pages for words in {_DIGITS.sub("#", line.text) for line in (*page[:_EDGE], *page[-_EDGE:])})
    return {words for words, times in count.items() if times * 2 >= len(pages) and times >= 3}


@dataclass(frozen=True, slots=True)
class _Letters:
    """How the text of a document is set: the size of most of its letters, the larger sizes, whether most of it is bold."""

    size: float
    larger: tuple[float, ...]
    bold: bool

    @classmethod
    def of(cls, lines: list[Line]) -> _Letters:
        count: Counter[float] = Counter()
        for line in lines:
            count[round(line.size, 1)] += len(line.text)
        size = count.most_common(1)[0][0]
        larger = sorted({round(line.size, 1) for line in lines if line.size > _LARGER * size}, reverse=True)
        return cls(size, tuple(larger), sum(len(line.text) for line in lines if line.bold) * 2 > sum(len(line.text) for line in lines))

    def paragraph(self, lines: list[Line]) -> Paragraph:
        """Lines as one paragraph, a heading where its letters are larger, or bold where others are not."""
        text = " ".join(line.text for line in lines)
        if len(text.split()) > _HEADING:
            return Paragraph(text)
        own = round(lines[0].size, 1)
        if own in self.larger:
            return Paragraph(text, self.larger.index(own) + 1)
        is_bold = lines[0].bold and not self.bold and not text.endswith((".", "،"))
        return Paragraph(text, len(self.larger) + 1 if is_bold else None)


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the lines of a page begin and end, and how far they lie apart."""

    left: float
    right: float
    leading: float

    @classmethod
    def of(cls, page: list[Line]) -> _Margins:
        gaps = [a.foot - b.foot for a, b in pairwise(page) if 0 < a.foot - b.foot < 4 * a.size]
        return cls(min((x.left for x in page), default=0.0), max((x.right for x in page), default=0.0), median(gaps) if gaps else 0.0)


def _goes_on(one: Line, other: Line, margins: _Margins) -> bool:
    """Whether the paragraph of a line goes on in the next."""
    if abs(one.size - other.size) > 0.06 * one.size or one.bold != other.bold:
        return False
    drop = one.foot - other.foot
    if drop <= 0:  # the next page or column
        return not one.text.endswith(_ENDS)
    if drop > (1.35 * margins.leading or 1.9 * one.size):
        return False
    arabic = any("\u0600" <= c <= "\u06ff" for c in one.text)
    left_free = (one.left - margins.left) if arabic else (margins.right - one.right)
    return left_free < 0.25 * (margins.right - margins.left) or not one.text.endswith(_ENDS)
