"""The formats that intake reads: found by the ending of a file's name and by its first bytes.

Another package adds a format with an entry point of the group `marsad.intake` that gives a `Format`; ours stand in `FORMATS` and go the
same way. To add one here: a module with a function `(given: Given) -> Iterator[Report | Fault]`, and its line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from marsad.intake.faults import Fault
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.raw import KeepingError, sealed
from marsad.intake.words import completed

GROUP: Final = "marsad.intake"
"""The group of entry points by which another package adds a format."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `endings`: of names, in lower case, with the point. `looks`: whether the first bytes can be this format and no other;
    None for a format that is known by its ending alone. `read`: the reports and faults of a file, in order. `by_words`: whether what a report does
    not tell of itself is looked for in its text (`words`); not where the format has done so already.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[Given], Iterator[Item]]
    looks: Callable[[bytes], bool] | None = None
    by_words: bool = True


def _late(module: str, name: str) -> Callable[..., Any]:
    """A function of a module that is imported when it is called: a text file costs no reader of PDF."""

    def call(*given: Any) -> Any:
        return getattr(import_module(f"marsad.intake.{module}"), name)(*given)

    return call


FORMATS: Final = (
    Format("archive", (".warc", ".warc.gz", ".gz", ".wacz"), _late("archive", "read_archive"), _late("archive", "looks_like_archive"), by_words=False),
    Format("gzip", (".gz",), _late("gunzip", "read_gzip"), _late("gunzip", "looks_like_gzip"), by_words=False),
    Format("pdf", (".pdf",), _late("pdf", "read_pdf"), _late("pdf", "looks_like_pdf")),
    Format("document", (".docx", ".docm"), _late("document", "read_document"), _late("document", "looks_like_document")),
    Format("sheet", (".xlsx", ".xlsm", ".xls"), _late("sheet", "read_sheet"), _late("sheet", "looks_like_sheet")),
    Format("parquet", (".parquet", ".pq"), _late("parquet", "read_parquet"), _late("parquet", "looks_like_parquet")),
    Format("telegram", (".json",), _late("telegram", "read_telegram"), _late("telegram", "looks_like_telegram")),
    Format("telegram page", (".html", ".htm"), _late("telegram_page", "read_telegram_page"), _late("telegram_page", "looks_like_telegram_page")),
    Format(
        "telegram preview",
        (".html", ".htm"),
        _late("telegram_preview", "read_telegram_preview"),
        _late("telegram_preview", "looks_like_telegram_preview"),
    ),
    Format("json feed", (".json",), _late("feed", "read_json_feed"), _late("feed", "looks_like_json_feed")),
    Format("feed", (".xml", ".rss", ".atom", ".rdf"), _late("feed", "read_feed"), _late("feed", "looks_like_feed")),
    Format("mbox", (".mbox", ".mbx"), _late("mail", "read_mbox"), _late("mail", "looks_like_mbox")),
    Format("mail", (".eml",), _late("mail", "read_mail")),
    Format("table", (".csv", ".tsv", ".tab"), _late("tables", "read_table")),
    Format("page", (".html", ".htm", ".xhtml", ".mhtml", ".mht"), _late("markup", "read_page_file"), _late("markup", "looks_like_page"), by_words=False),
    Format("lines", (".jsonl", ".ndjson"), _late("lines", "read_lines_file"), _late("lines", "looks_like_lines"), by_words=False),
    Format("text", (".txt",), _late("text", "read_text_file")),
)
"""In the order in which they are tried: a format that is known by its bytes before one that takes anything with its ending."""

_BY_ENDING_ALONE: Final = frozenset(
    (".txt", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".eml", ".html", ".htm", ".mhtml", ".mht")
)  # bytes do not overrule these names

_MAY_BE_EMPTY: Final = (".jsonl", ".ndjson")  # a list of no records is one


@cache
def formats() -> tuple[Format, ...]:
    """All formats, those of other packages behind ours. A package whose format cannot be loaded is left out (see `broken`)."""
    return (*FORMATS, *_foreign()[0])


def broken() -> tuple[Fault, ...]:
    """A fault for each entry point that gives no format; none where no file has made us look for those of other packages."""
    return _foreign()[1] if _foreign.cache_info().currsize else ()


@cache
def _foreign() -> tuple[tuple[Format, ...], tuple[Fault, ...]]:
    from importlib import metadata  # takes longer than the rest of this module

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
    return tuple(found), tuple(faults)


@cache
def endings() -> tuple[str, ...]:
    """The endings of all formats, sorted."""
    return tuple(sorted({ending for known in formats() for ending in known.endings}))


def has_format(name: str) -> bool:
    """Whether a file in a folder is taken, by its name."""
    return name.lower().endswith(endings())


def format_of(given: Given) -> Format:
    """The format of a file: by its ending where its bytes agree, else by its bytes; raises `IntakeError` for a file that has none."""
    found = _by_ending(given, FORMATS) or _by_ending(given, formats())
    if found is not None:
        return found
    for known in formats():
        if known.looks is not None and known.looks(given.head):
            return known
    if not given.ending or given.name == "standard input":
        return next(known for known in FORMATS if known.name == "text")
    mine = " or ".join(known.name for known in formats() if given.ending in known.endings)
    if mine:
        raise IntakeError(f"its first bytes are not those of a {given.ending} file that holds reports ({mine})")
    raise IntakeError(f"no format for {given.ending}; known: {', '.join(endings())}")


def _by_ending(given: Given, among: tuple[Format, ...]) -> Format | None:
    """The first format with the file's ending whose bytes they can be; the last one where they can be of none and the ending is to be believed."""
    mine = [known for known in among if given.ending in known.endings]
    for known in mine:
        if known.looks is None or known.looks(given.head):
            return known
    return mine[-1] if mine and (given.ending in _BY_ENDING_ALONE or not given.head.strip()) else None


def read_given(given: Given) -> Iterator[Item]:
    """The reports of a file, by its format. Whatever goes wrong in a format costs this file alone; bytes that gave no report are sealed all the same."""
    proved = False
    try:
        if not given.head and given.ending not in _MAY_BE_EMPTY:
            raise IntakeError("empty")
        known = format_of(given)
        for item in known.read(given):
            if isinstance(item, Fault):
                yield item
            else:
                proved = True
                yield completed(item) if known.by_words else item
    except IntakeError as error:
        yield Fault(given.name, None, str(error))
    except OSError as error:
        yield Fault(given.name, None, error.strerror or str(error))
    except (RecursionError, MemoryError) as error:
        yield Fault(given.name, None, f"too deep or too large to be taken in ({type(error).__name__})")
    except KeepingError:
        raise
    except Exception as error:  # a mistake of a format must not cost the other files
        yield Fault(given.name, None, f"internal error: {type(error).__name__}: {str(error)[:200]}")
    finally:
        if not proved and given.content is not None:
            sealed(given.content)
