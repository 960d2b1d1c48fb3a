"""CSV: one incident a line, or one claim a line (RFC 4180, UTF-8, line ends CRLF).

A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV Injection); lists are joined with ` | `.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, Final

from marsad.model import Incident
from marsad.release.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column, Row
from marsad.release.formats import Export, Release

_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
JOINT: Final = " | "


def incident_rows(incidents: Iterable[Incident], release: Release) -> Iterator[Row]:
    """One row an incident."""
    return (Row(incident, release.report) for incident in incidents)


def claim_rows(incidents: Iterable[Incident], release: Release) -> Iterator[Row]:
    """One row a claim."""
    return (Row(incident, release.report, claim) for incident in incidents for claim in incident.claims)


def write_table(columns: Sequence[Column], rows: Iterable[Row], out: IO[bytes], release: Release) -> None:
    """A table as CSV, row by row."""
    write_lines([column.name for column in columns], ([column.value(row) for column in columns] for row in rows), out, release)


def write_lines(header: Sequence[str], lines: Iterable[Sequence[Any]], out: IO[bytes], release: Release) -> None:
    """Lines of values as CSV."""
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    if release.bom:
        out.write(b"\xef\xbb\xbf")
    table.writerow(header)
    for line in lines:
        table.writerow([cell(value) for value in line])
        if buffer.tell() > 65_536:
            _drain(buffer, out)
    _drain(buffer, out)


def cell(value: Any) -> str:
    """A value as a cell: nothing for None, a text that no spreadsheet runs, a number as it is."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = JOINT.join(str(one).replace("|", "¦") for one in value)
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0\ufeff\u200e\u200f").startswith(_RUN) or text.startswith(_RUN) else text


def _drain(buffer: io.StringIO, out: IO[bytes]) -> None:
    out.write(buffer.getvalue().encode("utf-8", "replace"))
    buffer.seek(0)
    buffer.truncate()


def _write_incidents(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    write_table(INCIDENT_COLUMNS, incident_rows(incidents, release), out, release)


def _write_claims(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    write_table(CLAIM_COLUMNS, claim_rows(incidents, release), out, release)


EXPORTS: Final = {
    "csv": Export("csv", "one incident a line", ".csv", _write_incidents, INCIDENT_COLUMNS),
    "csv-claims": Export("csv-claims", "one claim a line: who says what, in which words", ".csv", _write_claims, CLAIM_COLUMNS),
}
