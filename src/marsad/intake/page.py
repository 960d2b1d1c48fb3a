"""An HTML page → `Report`: its text with the furniture marked, title, day, outlet, original source, address, language, and the proof.

The text is found by resiliparse (Apache-2.0, Rust) with what the boxes of the page tell (`furniture`, `page_text`); where that is thin or torn, trafilatura is
asked too (`page_second`). Metadata: `metadata`. Saved pages in MHTML: `page_mhtml`. Nothing that a page asks for is fetched, no script of it is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import msgspec

from marsad.intake.encoding import Decoded, EncodingError, How, decoded, unscrambled
from marsad.intake.faults import Fault
from marsad.intake.language import language_of
from marsad.intake.metadata import facts_of, head_of
from marsad.intake.page_cut import cut
from marsad.intake.page_mhtml import is_mhtml, page_in
from marsad.intake.page_origin import original_of
from marsad.intake.page_second import THIN, is_doubtful, second_opinion
from marsad.intake.page_text import text_of
from marsad.intake.page_wall import wall_of
from marsad.intake.raw import sealed
from marsad.model import Note, Proof, Report

_LIMIT: Final = 30_000_000  # bytes: no report's page is longer, and a parser may need many times as much
_SAVED: Final = 3_000  # bytes in which a browser notes where a page was saved from
_LIMIT_PLAIN: Final = 10_000_000  # bytes, scripts and menus apart
_CHARSET: Final = re.compile(rb"""<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,20})""", re.IGNORECASE)
_RIGHTS: Final = frozenset(("copyright", "footer"))
_NAMING: Final = frozenset(("copyright", "footer", "tags", "credit", "caption"))  # furniture that may name the outlet or the source
_OF_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,20})", re.IGNORECASE)
_MARKS: Final = (b"\xef\xb7\x90", b"\xef\xb7\x91", b"\xef\xb7\x92", b"\xef\xb7\x93")  # the characters of `furniture`'s marks, which no text may hold
_MARKS_TOLD: Final = re.compile(rb"&#(?:[xX]0*[fF][dD][dD][0123]|0*6497[6789]);?")


def read_page(content: bytes, name: str) -> Iterator[Report | Fault]:
    """The report of one saved page, or why there is none."""
    yield page_report(content, name=name)


def page_report(
    content: bytes,
    *,
    name: str,
    id: str | None = None,
    url: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
    declared: str | None = None,
) -> Report | Fault:
    """The report of one page (or of a fragment of markup, as feeds have it), or the fault that says why there is none. Never raises.

    `content`: the raw bytes. `name`: file (with the member or line inside it, behind `#`), for faults and `proof.path`. `id`: of the report; without
    it, the stem of `name`. `url`: address that it was fetched from. `headers`: of the response, in order. `declared`: the character set that the
    format around it tells ("utf-8" for markup that was a string already); it goes before what the page says of itself. The caller that knows more
    (fetch time, record id) adds it to `report.proof` with `msgspec.structs.replace`.
    """
    if len(content) > _LIMIT:
        return Fault(name, None, f"a page of {len(content):,} bytes; the limit is {_LIMIT:,}")
    page, charset = content, declared
    if is_mhtml(content):
        found = page_in(content)
        if found is None:
            return Fault(name, None, "a saved page (MHTML) without a page in it")
        page, url, charset = found.content, url or found.url, charset or found.charset
    made = _in_utf_8(page)
    if made is None:
        try:
            text = decoded(page, lambda: _told(page, headers, charset))
        except EncodingError as error:
            return Fault(name, None, str(error))
        made = _Markup.of(text.text.encode("utf-8", "replace"), text)
    return _report(made, content, name=name, id_=id, url=url, headers=headers)


@dataclass(frozen=True, slots=True)
class _Markup:
    """A page in UTF-8: whole, without what is never text, its JSON-LD, and how it was decoded."""

    whole: bytes
    plain: bytes
    scripts: list[bytes]
    text: Decoded

    @classmethod
    def of(cls, whole: bytes, text: Decoded) -> _Markup:
        plain, scripts = cut(whole)
        return cls(whole, _without_marks(plain), scripts, text)


def _in_utf_8(page: bytes) -> _Markup | None:
    """A page that is UTF-8 where its text is, as nearly all are: its scripts need not be decoded. None for all others."""
    if page[:2] in (b"\xef\xbb", b"\xff\xfe", b"\xfe\xff") or page.find(b"\x00") >= 0:
        return None
    plain, scripts = cut(page)
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return _Markup(page, _without_marks(plain), scripts, Decoded(text, "utf-8", "utf-8"))


def _report(made: _Markup, content: bytes, *, name: str, id_: str | None, url: str | None, headers: Sequence[tuple[str, str]]) -> Report | Fault:
    plain, notes = made.plain, made.text.notes
    if len(plain) > _LIMIT_PLAIN:
        return Fault(name, None, f"a page of {len(plain):,} bytes, its scripts and menus apart; the limit is {_LIMIT_PLAIN:,}")
    head = head_of(plain, "utf-8", made.scripts, made.whole[:_SAVED])
    page = text_of(plain, head.titles)
    if page.text.count("Ù") > 10:  # the first byte of most Arabic letters in UTF-8, taken for a letter
        mended = unscrambled(made.whole.decode("utf-8", "replace"))
        if mended is not None:
            text = replace(made.text, notes=(*notes, Note("encoding", "the page was written in UTF-8 twice; put right")))
            return _report(_Markup.of(mended.encode("utf-8", "replace"), text), content, name=name, id_=id_, url=url, headers=headers)
    reason = wall_of(page, plain, head.title)
    if reason is not None:
        return Fault(name, None, reason)
    if page.words < THIN:
        again = text_of(plain, head.titles, leave_out=False)
        page = again if again.words >= max(THIN, 2 * page.words) else page
    extractor = f"resiliparse {_version('resiliparse')}"
    if is_doubtful(page, plain, head):
        try:
            better = second_opinion(page, plain, made.whole, head)
        except ImportError:
            better, notes = None, (*notes, Note("extraction", "the text is thin or torn; for a second opinion: pip install 'marsad[pages]'"))
        if better is not None:
            page, extractor = better, f"trafilatura {_version('trafilatura')}"
    if not page.text:
        return Fault(name, None, "no text in the page")
    body = [page.text[begin:end] for begin, end in page.body]
    beside = [(r.kind, page.text[r.span[0] : r.span[1]]) for r in page.residue if r.kind in _NAMING]
    facts = facts_of(head, heading=page.heading, byline=page.byline, body=body, rights=[words for kind, words in beside if kind in _RIGHTS], url=url)
    if page.is_list:
        notes += (Note("list", "the page lists reports; its text is their headlines and first lines"),)
    sources = [line for kind, words in beside if kind != "copyright" for line in words.split("\n")]
    return Report(
        id=id_ or name.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        text=page.text,
        date=facts.date,
        outlet=facts.outlet,
        title=facts.title,
        url=facts.url,
        residue=page.residue,
        notes=notes + facts.notes,
        original=original_of(body, page.byline, facts.outlet, sources),
        language=language_of(" ".join(body[:6]) or page.text, facts.language),
        proof=Proof(
            sha256=sealed(content),
            size=len(content),
            path=name,
            url=url,
            headers=tuple(headers),
            extractor=extractor,
            encoding=made.text.encoding,
            encoding_from=made.text.how,
        ),
    )


def of_markup(markup: str) -> dict[str, Any]:
    """The fields of the report of a page that is a string already (in a record); `text` is empty where there is none."""
    found = page_report(markup.encode("utf-8", "replace"), name="record", declared="utf-8")
    if isinstance(found, Fault):
        return {"text": "", "fault": found.reason}
    fields = {name: getattr(found, name) for name in found.__struct_fields__ if name not in ("id", "extra")}
    return {**fields, "proof": msgspec.structs.replace(found.proof, encoding=None, encoding_from=None) if found.proof else None}


def _told(page: bytes, headers: Sequence[tuple[str, str]], declared: str | None) -> list[tuple[str, How]]:
    """The encodings that are told, the most trusted first."""
    told: list[tuple[str, How]] = [(declared, "declared")] if declared else []
    for key, value in headers:
        found = _OF_HEADER.search(value) if key.lower() == "content-type" else None
        if found:
            told.append((found[1], "header"))
    told += [(charset.decode("ascii"), "declared") for charset in _CHARSET.findall(page[:8192])[:2] if charset.isascii()]
    return told


def _without_marks(plain: bytes) -> bytes:
    """A page without the characters that marks are made of."""
    if plain.find(b"\xef\xb7") >= 0:
        for sign in _MARKS:
            plain = plain.replace(sign, b"")
    return _MARKS_TOLD.sub(b"", plain) if _MARKS_TOLD.search(plain) else plain


@cache
def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return "(version unknown)"
