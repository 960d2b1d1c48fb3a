"""A file of records, one a line: as a format (see `records`)."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.intake.given import Given, Item
from marsad.intake.records import read_lines


def looks_like_lines(head: bytes) -> bool:
    """Whether the first line is a JSON object that ends on it."""
    first, end, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return first.startswith(b"{") and (first.rstrip().endswith(b"}") if end else True)


def read_lines_file(given: Given) -> Iterator[Item]:
    """The reports of a file of records, a line at a time."""
    with given.opened() as lines:
        yield from read_lines(lines, given.name)
