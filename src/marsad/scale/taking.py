"""One file of input → its reports, each with the partition that its text belongs to. In a worker."""

from __future__ import annotations

import datetime
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from marsad.intake import Fault, Intake, keeping, take_in_file
from marsad.scale.files import Folder, at_hand
from marsad.scale.rows import ASIDE, TAKEN, aside_row, taken_row

_HELD: Final = 8 << 20  # characters of reports that are held before they are written


def take(
    *, file: str, name: str, number: int, size: int, out: str, into: str, parts: int, date: str | None, outlet: str | None, columns: list[list[str]], raw: bool
) -> dict[str, Any]:
    """Take one file in. `file`: its address; `name`: as proofs call it; `number`: its place among the files; `out`, `into`: the folder, and the name in
    it below which the reports are written; `raw`: whether the bytes of each record are kept. Gives how many reports and faults there were.

    A file that cannot be read whole is a fault of that file. What it gave until then is kept, and so is the fault.
    """
    folder = Folder(out)
    intake = Intake((name,), datetime.date.fromisoformat(date) if date else None, outlet, tuple((a, b) for a, b in columns))
    faults: list[dict[str, Any]] = []
    bytes_: dict[str, bytes] = {}
    rows = 0
    with folder.written(f"{into}/file-{number:07}.parquet") as to, parquet.ParquetWriter(to, TAKEN, compression="zstd") as writer:
        held: list[dict[str, Any]] = []
        weight = 0
        try:
            with at_hand(file) as path, keeping(bytes_.__setitem__ if raw else None):
                for item in take_in_file(path, name, intake):
                    if isinstance(item, Fault):
                        faults.append(aside_row(item))
                        continue
                    own = bytes_.get(item.proof.sha256) if item.proof is not None else None
                    held.append(taken_row(item, parts, number, rows, own))
                    rows += 1
                    weight += len(item.text) + len(own or b"")
                    if weight > _HELD:
                        writer.write_table(pa.Table.from_pylist(held, schema=TAKEN))
                        held, weight = [], 0
                        bytes_.clear()
        except OSError as error:
            faults.append(aside_row(Fault(name, None, error.strerror or str(error))))
        writer.write_table(pa.Table.from_pylist(held, schema=TAKEN))
    write_aside(folder, f"{into.replace('work/', 'aside/', 1).removesuffix('/taken')}/file-{number:07}.parquet", faults)
    return {"rows": rows, "bytes": size, "aside": len(faults)}


def write_aside(folder: Folder, name: str, faults: list[dict[str, Any]]) -> None:
    """Keep what was set aside; no file where nothing was."""
    if faults:
        with folder.written(name) as to:
            parquet.write_table(pa.Table.from_pylist(faults, schema=ASIDE), to, compression="zstd")
