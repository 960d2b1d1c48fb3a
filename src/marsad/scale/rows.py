"""The columns of what is kept between the steps, and a report or reading as a row and back.

The text stands once in a row: in `text`. `report` and `reading` are the JSON that `marsad intake` and `marsad read` write, with an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyarrow import parquet

from marsad.intake import Fault, encoded
from marsad.model import Reading, Report, encodable
from marsad.observatory import address_of, id_beside
from marsad.scale.files import Folder

_ROWS: Final = 128  # that are held at once

PLACE: Final = pa.struct(
    [
        ("event", pa.int32()),
        ("type", pa.string()),
        ("name", pa.string()),
        ("role", pa.string()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("radius_km", pa.float64()),
        ("precision", pa.string()),
        ("gazetteer_id", pa.string()),
    ]
)

TAKEN: Final = pa.schema(
    [
        ("part", pa.int32()),  # the partition that its text belongs to
        ("file", pa.int32()),  # its place in the order of input: of its file among the files of the run
        ("row", pa.int64()),  # … and its own in that file
        ("id", pa.string()),
        ("sha256", pa.string()),
        ("day", pa.date32()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("address", pa.string()),
        ("text", pa.string()),
        ("torn", pa.list_(pa.int64())),  # lone surrogates, which no column of text can hold: place and code of each, one behind the other
        ("report", pa.binary()),
        ("raw", pa.binary()),  # the bytes of its record, where they were asked for
    ]
)

READINGS: Final = pa.schema(
    [
        *(field for field in TAKEN if field.name not in ("part", "file", "row")),
        ("same_as", pa.string()),  # the id of the report that this one is: it is another proof of it, and has no reading
        ("reading", pa.binary()),
        ("events", pa.int32()),
        ("types", pa.list_(pa.string())),
        ("places", pa.list_(PLACE)),
    ]
)

ASIDE: Final = pa.schema([("file", pa.string()), ("record", pa.string()), ("reason", pa.string()), ("id", pa.string()), ("sha256", pa.string())])


def part_of(sha256: str, parts: int) -> int:
    """The partition of a text: by the beginning of its hash, so that the partitions of 2n are the halves of those of n."""
    return int(sha256[:8], 16) * parts >> 32


def taken_row(report: Report, parts: int, file: int, row: int, raw: bytes | None) -> dict[str, Any]:
    """A report that was taken in, as a row of `TAKEN`."""
    sha256 = report.sha256
    return {
        "part": part_of(sha256, parts),
        "file": file,
        "row": row,
        "id": report.id,
        "sha256": sha256,
        "day": report.date,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "address": address_of(report.url),
        "text": encodable(report.text),
        "torn": _torn(report.text),
        "report": encoded(msgspec.structs.replace(report, text="")),
        "raw": raw,
    }


def _torn(text: str) -> list[int] | None:
    if encodable(text) is text:
        return None
    return [value for place, c in enumerate(text) if "\ud800" <= c <= "\udfff" for value in (place, ord(c))]


def report_of(row: dict[str, Any]) -> Report:
    """The report of a row, with the keys of its record that marsad does not know."""
    report = msgspec.json.decode(row["report"], type=Report)
    foreign = msgspec.json.decode(row["report"], type=dict[str, msgspec.Raw])
    own = {known.encode_name for known in msgspec.structs.fields(Report)} | {"sha256"}
    text = row["text"]
    if row["torn"]:
        letters = list(text)
        for place, code in zip(row["torn"][::2], row["torn"][1::2], strict=True):
            letters[place] = chr(code)
        text = "".join(letters)
    return msgspec.structs.replace(report, text=text, extra={k: msgspec.Raw(bytes(v)) for k, v in foreign.items() if k not in own})


def reading_row(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """A row of `READINGS`: a report that was taken in, and what was read in it."""
    kept = {name: row[name] for name in TAKEN.names if name in READINGS.names}
    places = [
        {
            "event": number,
            "type": event.type,
            **{name: getattr(place, name) for name in ("name", "role", "country", "admin1", "lat", "lon", "radius_km", "precision", "gazetteer_id")},
        }
        for number, event in enumerate(reading.events)
        for place in event.places
    ]
    return {
        **kept,
        "same_as": None,
        "reading": msgspec.json.encode(msgspec.structs.replace(reading, text="")),
        "events": len(reading.events),
        "types": list(dict.fromkeys(event.type for event in reading.events)),
        "places": places,
    }


def same_row(row: dict[str, Any], same_as: str) -> dict[str, Any]:
    """A row of `READINGS` for a report that is another proof of one that is there."""
    kept = {name: row[name] for name in TAKEN.names if name in READINGS.names}
    return {**kept, "same_as": same_as, "reading": None, "events": None, "types": None, "places": None}


def reading_of(row: dict[str, Any]) -> Reading:
    """The reading of a row of `READINGS` that has one."""
    return msgspec.structs.replace(msgspec.json.decode(row["reading"], type=Reading), text=row["text"])


def rows_of(folder: Folder, files: Iterable[str], columns: Sequence[str], *, same: bool = False) -> Iterator[list[dict[str, Any]]]:
    """The rows of readings in these files, a few at a time, in an order that depends on the files alone: those with a reading, or (`same`) those that are
    another proof of one."""
    for name in files:
        with folder.system.open_input_file(folder.at(name)) as file, parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_ROWS, columns=list(columns)):
                yield [row for row in batch.to_pylist() if (row["same_as"] is not None) is same]


def name_of(row: dict[str, Any], renamed: dict[str, str], seen: dict[str, int]) -> str:
    """The id under which incidents know the report of a row: one that no other report has. `renamed`: as `incidents` found them; `seen`: how often each
    text came under its id in this partition so far."""
    name = f"{row['id']}\n{row['sha256']}"
    seen[name] = seen.get(name, 0) + 1
    if seen[name] > 1:  # the same text under the same id, told of another day or by another outlet
        return f"{id_beside(row['id'], row['sha256'])}~{seen[name]}"
    return renamed.get(name, str(row["id"]))


def aside_row(fault: Fault, id: str | None = None, sha256: str | None = None) -> dict[str, Any]:
    """A record that was set aside, as a row of `ASIDE`."""
    return {"file": fault.file, "record": fault.record, "reason": fault.reason, "id": id, "sha256": sha256}
