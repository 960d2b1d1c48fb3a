"""The formats that intake reads: found by the ending of a file's name and by its first bytes.

Another package adds a format with an entry point of the group `marsad.intake` that gives a `Format`; ours stand in `FORMATS` and go the
same way. To add one here: a module with a function `(given: Given) -> Iterator[Report | Fault]`, and its line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Final

from marsad.intake import archive, document, feed, gunzip, lines, mail, markup, pdf, sheet, tables, telegram, telegram_page, text
from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item

GROUP: Final = "marsad.intake"
"""The group of entry points by which another package adds a format."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `endings`: of names, in lower case, with the point. `looks`: whether the first bytes can be this format and no other;
    None for a format that is known by its ending alone. `read`: the reports and faults of a file, in order.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[Given], Iterator[Item]]
    looks: Callable[[bytes], bool] | None = None


FORMATS: Final = (
    Format("archive", (".warc", ".warc.gz", ".gz", ".wacz"), archive.read_archive, archive.looks_like_archive),
    Format("gzip", (".gz",), gunzip.read_gzip, gunzip.looks_like_gzip),
    Format("pdf", (".pdf",), pdf.read_pdf, pdf.looks_like_pdf),
    Format("document", (".docx", ".docm"), document.read_document, document.looks_like_document),
    Format("sheet", (".xlsx", ".xlsm", ".xls"), sheet.read_sheet, sheet.looks_like_sheet),
    Format("telegram", (".json",), telegram.read_telegram, telegram.looks_like_telegram),
    Format("telegram page", (".html", ".htm"), telegram_page.read_telegram_page, telegram_page.looks_like_telegram_page),
    Format("json feed", (".json",), feed.read_json_feed, feed.looks_like_json_feed),
    Format("feed", (".xml", ".rss", ".atom", ".rdf"), feed.read_feed, feed.looks_like_feed),
    Format("mbox", (".mbox", ".mbx"), mail.read_mbox, mail.looks_like_mbox),
    Format("mail", (".eml",), mail.read_mail),
    Format("table", (".csv", ".tsv", ".tab"), tables.read_table),
    Format("page", (".html", ".htm", ".xhtml"), markup.read_page_file, markup.looks_like_page),
    Format("lines", (".jsonl", ".ndjson"), lines.read_lines_file, lines.looks_like_lines),
    Format("text", (".txt",), text.read_text_file),
)
"""In the order in which they are tried: a format that is known by its bytes before one that takes anything with its ending."""

_BY_ENDING_ALONE: Final = frozenset((".txt", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".eml", ".html", ".htm"))  # bytes do not overrule these names


@cache
def formats() -> tuple[Format, ...]:
    """All formats, those of other packages behind ours. A package whose format cannot be loaded is left out (see `broken`)."""
    return (*FORMATS, *_foreign()[0])


@cache
def broken() -> tuple[Fault, ...]:
    """A fault for each entry point that gives no format."""
    return tuple(_foreign()[1])


@cache
def _foreign() -> tuple[list[Format], list[Fault]]:
    found: list[Format] = []
    faults: list[Fault] = []
    for point in metadata.entry_points(group=GROUP):
        try:
            given = point.load()
            if not isinstance(given, Format):
                raise TypeError(f"gives a {type(given).__name__}, no Format")
            found.append(given)
        except Exception as error:  # a package of somebody else must not cost the reports
            faults.append(Fault(f"format {point.name} ({point.value})", None, f"cannot be loaded: {error}"))
    return found, faults


@cache
def endings() -> tuple[str, ...]:
    """The endings of all formats, sorted."""
    return tuple(sorted({ending for known in formats() for ending in known.endings}))


def has_format(name: str) -> bool:
    """Whether a file in a folder is taken, by its name."""
    return name.lower().endswith(endings())


def format_of(given: Given) -> Format:
    """The format of a file: by its ending where its bytes agree, else by its bytes; raises `IntakeError` for a file that has none."""
    mine = [known for known in formats() if given.ending in known.endings]
    for known in mine:
        if known.looks is None or known.looks(given.head):
            return known
    if mine and (given.ending in _BY_ENDING_ALONE or not given.head.strip()):
        return mine[-1]
    for known in formats():
        if known.looks is not None and known.looks(given.head):
            return known
    if not given.ending or given.name == "standard input":
        return next(known for known in FORMATS if known.name == "text")
    if mine:
        raise IntakeError(f"its first bytes are not those of a {given.ending} file that holds reports ({' or '.join(known.name for known in mine)})")
    raise IntakeError(f"no format for {given.ending}; known: {', '.join(endings())}")


def read_given(given: Given) -> Iterator[Item]:
    """The reports of a file, by its format. Whatever goes wrong in a format costs this file alone."""
    try:
        yield from format_of(given).read(given)
    except IntakeError as error:
        yield Fault(given.name, None, str(error))
    except OSError as error:
        yield Fault(given.name, None, error.strerror or str(error))
    except (RecursionError, MemoryError) as error:
        yield Fault(given.name, None, f"too deep or too large to be taken in ({type(error).__name__})")
