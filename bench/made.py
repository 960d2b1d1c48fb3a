"""`python -m bench.made NUMBER FOLDER PARTS`: readings of the made-up world of `bench.store`, as `marsad scale read` would have left them, without reading."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from bench.store import readings
from marsad import __version__
from marsad.scale.files import Folder
from marsad.scale.partition import result_of
from marsad.scale.rows import READINGS, reading_row, taken_row

_ROWS = 128


def lay_out(number: int, place: str, parts: int) -> None:
    """Write the readings of so many reports into so many partitions of a new folder."""
    waiting: list[list[dict[str, object]]] = [[] for _ in range(parts)]
    paths = [Path(place) / result_of("run-0001", part) for part in range(parts)]
    for path in paths:
        path.parent.mkdir(parents=True)
    writers = [parquet.ParquetWriter(path, READINGS, compression="zstd") for path in paths]

    def put(part: int) -> None:
        writers[part].write_table(pa.Table.from_pylist(waiting[part], schema=READINGS))
        waiting[part].clear()

    for report, reading in readings(number):
        row = taken_row(report, parts, 0, 0, None)
        waiting[row["part"]].append(reading_row(row, reading))
        if len(waiting[row["part"]]) == _ROWS:
            put(row["part"])
    for part, writer in enumerate(writers):
        put(part)
        writer.close()
    settled = {"schema": 1, "reader": f"marsad {__version__}", "parts": parts, "date": None, "outlet": None, "columns": [], "raw": False}
    Folder(place).write("plan.json", settled)


if __name__ == "__main__":
    lay_out(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
