"""Web archives → `Report`s: WARC, plain or in gzip, and WACZ. Each response that holds a page, a document or a feed is read by its format.

Other responses (pictures, scripts, redirects, what was not found) hold no report and are passed over. A report's id is that of its
record. What the archive says of a record goes into the proof: its id, the address, when it was fetched, the headers of the response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.gunzip import Stream, first_bytes
from marsad.intake.http import body_of, head_of
from marsad.intake.wacz import looks_like_wacz, parts_of
from marsad.intake.warc import BEGINS, Broken, Headers, Record, records
from marsad.model import Note, Report

_ENDINGS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/feed+json": ".json",
    "text/plain": ".txt",
}
"""The media types that hold reports, each with the ending by which its format is known."""
_FOR_MACHINES: Final = re.compile(r"/(?:robots|ads|app-ads|sellers|security|humans|llms|llms-full)\.txt$|/comments/feed/?$|/wp-json/", re.IGNORECASE)


def looks_like_archive(head: bytes) -> bool:
    """Whether the bytes begin a WARC, plain or in gzip, or a WACZ."""
    return head.startswith(BEGINS) or first_bytes(head, len(BEGINS)) == BEGINS or looks_like_wacz(head)


def read_archive(given: Given) -> Iterator[Item]:
    """The reports of an archive, in the order of its records, one at a time."""
    if given.ending == ".wacz" or looks_like_wacz(given.head):
        for name, part in parts_of(given):
            if isinstance(part, str):
                yield Fault(given.name, name, part)
            else:
                yield from _of_stream(part, given, f"{given.name}#{name}")
        return
    with given.opened() as file:
        yield from _of_stream(file, given, given.name)


def _of_stream(file: Stream, given: Given, name: str) -> Iterator[Item]:
    for found in records(file, _is_wanted):
        if isinstance(found, Broken):
            yield Fault(name, _place(found.headers, found.at), found.reason)
        else:
            yield from _of_record(found, given, name)


def _is_wanted(headers: Headers) -> bool:
    """Whether a record can hold a report: a response, or a file that was put into the archive as it was."""
    target = headers.get("warc-target-uri", "").strip("<>")
    return headers.get("warc-type", "").lower() in ("response", "resource") and target.startswith(("http://", "https://"))


def _place(headers: Headers | None, at: int) -> str:
    told = headers or {}
    known = [told[key].strip("<>") for key in ("warc-record-id", "warc-target-uri") if told.get(key)]
    return f"record at byte {at:,}" + (f" ({', '.join(known)})" if known else "")


def _of_record(record: Record, given: Given, name: str) -> Iterator[Item]:
    headers = record.headers
    url = headers.get("warc-target-uri", "").strip("<>")
    try:
        found = _body(record)
    except IntakeError as error:
        yield Fault(name, _place(headers, record.at), str(error))
        return
    if found is None or _FOR_MACHINES.search(url.partition("?")[0]):
        return
    body, ending, response_headers = found
    record_id = headers.get("warc-record-id", "").strip("<>")
    about = {
        "url": url,
        "record_id": record_id or None,
        "fetched": headers.get("warc-date"),
        "headers": response_headers,
        "known_ending": ending,
        "known_stem": record_id.rpartition(":")[2] or f"{given.stem}-{record.at}",
    }
    for item in given.inside(body, f"{name}#{record.at}", **about):
        if isinstance(item, Fault):
            inner = f", {item.record}" if item.record else ""
            yield Fault(name, _place(headers, record.at) + inner, item.reason)
        else:
            yield _noted(item, headers)


def _body(record: Record) -> tuple[bytes, str, tuple[tuple[str, str], ...]] | None:
    """The bytes of a page or document, the ending of its format, and the headers of the response; None for what holds no report."""
    if record.headers.get("warc-type", "").lower() == "resource":
        ending = _ENDINGS.get(record.headers.get("content-type", "").partition(";")[0].strip().lower())
        return (record.block, ending, ()) if ending and record.block else None
    response, transferred = head_of(record.block)
    if response.status != 200:
        return None
    kind = response.media_type or record.headers.get("warc-identified-payload-type", "").lower()
    ending = _ENDINGS.get(kind)
    if ending is None and kind in ("application/xml", "text/xml", ""):
        ending = (
            ".xml"
            if b"<rss" in transferred[:4096] or b"<feed" in transferred[:4096]
            else ".html"
            if not kind and b"<html" in transferred[:4096].lower()
            else None
        )
    if ending is None:
        return None
    body = body_of(response, transferred)
    return (body, ending, response.headers) if body.strip() else None


def _noted(report: Report, headers: Headers) -> Report:
    why = headers.get("warc-truncated")
    if not why:
        return report
    return msgspec.structs.replace(report, notes=(*report.notes, Note("truncated", f"the crawler cut what it fetched ({why[:40]})")))
