"""XLSX: a sheet of incidents, one of claims, one of tallies, and the codebook. Needs the extra `xlsx`.

Every text is a text cell, which a spreadsheet never runs. The same incidents give the same bytes.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable
from typing import IO, Any, Final

from marsad.model import Incident
from marsad.release.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column, Row
from marsad.release.delimited import JOINT
from marsad.release.formats import Export, ExportError, Release

_MOST_ROWS: Final = 1_048_575
_MOST_LETTERS: Final = 32_767
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DAY: Final = datetime.datetime(1980, 1, 1)  # the first day that a ZIP can tell


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise ExportError("the export xlsx needs openpyxl: pip install 'marsad[xlsx]'") from None
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _DAY
    book.properties.creator = "marsad"
    sheets = [book.create_sheet(name) for name in ("incidents", "claims", "tallies", "codebook")]
    _line(sheets[0], [column.name for column in INCIDENT_COLUMNS])
    _line(sheets[1], [column.name for column in CLAIM_COLUMNS])
    _line(sheets[2], ["incident", "what", "who", "low", "best", "high", "asserters", "rule"])
    counts = [0, 0, 0]
    for incident in incidents:
        row = Row(incident, release.report)
        _line(sheets[0], [column.value(row) for column in INCIDENT_COLUMNS])
        for claim in incident.claims:
            line = Row(incident, release.report, claim)
            _line(sheets[1], [column.value(line) for column in CLAIM_COLUMNS])
        for t in incident.tallies:
            _line(sheets[2], [incident.id, t.what, t.who, t.low, t.best, t.high, t.asserters, t.rule])
        counts = [counts[0] + 1, counts[1] + len(incident.claims), counts[2] + len(incident.tallies)]
        if max(counts) > _MOST_ROWS:
            raise ExportError(f"a sheet of a workbook holds {_MOST_ROWS:,} lines: narrow the filters, or export csv or parquet")
    _codebook(sheets[3])
    packed = io.BytesIO()
    book.save(packed)
    _repacked(packed, out)


def _codebook(sheet: Any) -> None:
    _line(sheet, ["sheet", "column", "type", "meaning", "from"])
    tables: tuple[tuple[str, tuple[Column, ...]], ...] = (("incidents", INCIDENT_COLUMNS), ("claims", CLAIM_COLUMNS))
    for name, columns in tables:
        for column in columns:
            _line(sheet, [name, column.name, column.kind, column.meaning, column.source])


def _line(sheet: Any, values: list[Any]) -> None:
    sheet.append([_cell(sheet, value) for value in values])


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = JOINT.join(map(str, value))
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    text = _ILLEGAL.sub("\ufffd", value)
    cell = WriteOnlyCell(sheet, text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…")
    cell.data_type = "s"
    return cell


def _repacked(packed: IO[bytes], out: IO[bytes]) -> None:
    """The same archive without the time of day that it was written."""
    whole = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == "docProps/core.xml":  # the writer sets the hour of saving in it
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            member = zipfile.ZipInfo(name, _DAY.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    out.write(whole.getvalue())


EXPORTS: Final = {"xlsx": Export("xlsx", "a workbook: incidents, claims, tallies, codebook", ".xlsx", _write, INCIDENT_COLUMNS, extra="xlsx")}
