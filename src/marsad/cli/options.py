"""What commands that read reports take, and what their options say, checked."""

from __future__ import annotations

import argparse
import datetime
from typing import Final

INPUTS: Final = """\
INPUT is a file, a folder (read in sorted order, recursively), or - for standard input:
  page      .html .htm .xhtml, saved by a browser as .mhtml .mht
  feed      .xml .rss .atom .rdf, or .json of a JSON Feed: each entry is one report
  archive   .warc .warc.gz .wacz (`marsad fetch` and `marsad watch` write one): each page, document, feed or preview in it
  Telegram  result.json or messages.html of an export of Telegram Desktop, or the page t.me/s/CHANNEL: each message with a text
  records   .jsonl .ndjson (one record a line: id, text or html, and any of url, title, date, outlet or source; other
            keys pass through untouched), .csv .tsv .tab .xlsx .xlsm .parquet .pq (one row one report; see
            --columns)
  document  .docx .docm .pdf: a bulletin gives a report for each of its headings
  mail      .eml .mbox .mbx, with what is attached
  text      .txt, with title:, date:, outlet:, url: in front or without
  … .gz     any of these in gzip"""


def take_inputs(command: argparse.ArgumentParser) -> None:
    """Inputs, and what serves where they say nothing: the same for every command that reads reports."""
    command.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder, or - for standard input")
    command.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="reference day of reports that have none")
    command.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none")
    command.add_argument(
        "--columns",
        type=columns,
        action="extend",
        default=[],
        metavar="FIELD=COLUMN,…",
        help="which column of a table holds text, date, title, outlet, url, id …",
    )


def a_day(words: str) -> datetime.date:
    """The day that an option names; what is none is wrong usage."""
    from marsad.model import reference_day

    try:
        return reference_day(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def a_number_of_processes(words: str) -> int:
    """1 to 256; what is none is wrong usage."""
    if not words.isdigit() or not 1 <= int(words) <= 256:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes (1 to 256)")
    return int(words)


def columns(words: str) -> tuple[tuple[str, str], ...]:
    """`text=Body,date=When`: which column of a table holds what; a field that reports do not have is wrong usage."""
    from marsad.knowledge.columns import FIELDS

    found: list[tuple[str, str]] = []
    for part in words.split(","):
        field, equals, column = part.partition("=")
        if not equals and found:  # a comma in the name of a column
            found[-1] = (found[-1][0], f"{found[-1][1]},{part}")
            continue
        if not column.strip() or field.strip() not in FIELDS:
            raise argparse.ArgumentTypeError(f"{part!r} is no field=COLUMN; fields: {', '.join(FIELDS)}")
        found.append((field.strip(), column.strip()))
    return tuple(found)
