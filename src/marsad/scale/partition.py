"""One partition of reports → their readings. In a worker, a few reports at a time.

A record whose reading goes wrong is set aside. So is one at which the process was ended, twice: before each record its name is put down beside the
partition, and whoever comes after finds it there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyarrow import dataset, parquet

from marsad.intake import Fault
from marsad.model import Reading, Report
from marsad.observatory import Facts, agree, read_one
from marsad.scale.files import Folder
from marsad.scale.rows import READINGS, aside_row, reading_row, report_of, same_row
from marsad.scale.taking import write_aside

_ROWS: Final = 128  # reports that are held at once
_LIGHT: Final = ["sha256", "id", "outlet", "day", "address"]
_DEATHS: Final = 2  # after so many a record is no longer tried


def read_part(*, out: str, run: str, part: int) -> dict[str, Any]:
    """Read what the run brought to this partition. Gives how many reports were read, bytes of their texts, and how many were set aside.

    A report that is the same as one of an earlier run, or before it in the order of input, is kept as another proof of it and is not read.
    """
    folder = Folder(out)
    source = _source(folder, f"work/{run}/parts/part={part}")
    known = _known(folder, part, run)
    same = _same(source, known)
    faults: list[dict[str, Any]] = []
    rows = size = 0
    with _Hand(folder, f"work/{run}/hand-{part:05}") as hand, folder.written(result_of(run, part)) as to:
        with parquet.ParquetWriter(to, READINGS, compression="zstd") as writer:
            for batch in _batches(source):
                made = []
                for row in batch:
                    first = same.get((row["file"], row["row"]))
                    if first is not None:
                        made.append(same_row(row, first))
                        continue
                    reading, fault = _read(hand, report_of(row))
                    if fault is not None:
                        faults.append(aside_row(fault, row["id"], row["sha256"]))
                        continue
                    assert reading is not None
                    made.append(reading_row(row, reading))
                    rows += 1
                    size += len(row["text"].encode())
                writer.write_table(pa.Table.from_pylist(made, schema=READINGS))
        write_aside(folder, f"aside/{run}/part-{part:05}.parquet", faults)
    return {"rows": rows, "bytes": size, "aside": len(faults), "part": part}


def result_of(run: str, part: int) -> str:
    """The name of what a run gives for a partition."""
    return f"readings/part={part:05}/{run}.parquet"


def _source(folder: Folder, name: str) -> Any:
    """What the engine brought together there, or nothing."""
    paths = [folder.at(found) for found in folder.names(name)]
    return dataset.dataset(paths, filesystem=folder.system, format="parquet") if paths else None


def _known(folder: Folder, part: int, run: str) -> dict[str, list[tuple[str, Facts]]]:
    """The reports of earlier runs in this partition, by the hash of their text: id, and what tells two of one text apart."""
    earlier = [name for name in folder.names(f"readings/part={part:05}") if name.rpartition("/")[2] < f"{run}.parquet"]
    found: dict[str, list[tuple[str, Facts]]] = {}
    for name in earlier:
        table = parquet.read_table(folder.at(name), filesystem=folder.system, columns=[*_LIGHT, "same_as"])
        for row in table.to_pylist():
            found.setdefault(row["sha256"], []).append((row["same_as"] or row["id"], _facts(row)))
    return found


def _same(source: Any, known: dict[str, list[tuple[str, Facts]]]) -> dict[tuple[int, int], str]:
    """Which rows are the same report as one before them, and the id of that one."""
    if source is None:
        return {}
    light = source.to_table(columns=["file", "row", *_LIGHT]).sort_by([("file", "ascending"), ("row", "ascending")])
    same: dict[tuple[int, int], str] = {}
    for row in light.to_pylist():
        facts = _facts(row)
        others = known.setdefault(row["sha256"], [])
        first = next((id_ for id_, theirs in sorted(others, key=lambda o: o[0] != row["id"]) if agree(theirs, facts)), None)
        others.append((first or row["id"], facts))
        if first is not None:
            same[row["file"], row["row"]] = first
    return same


def _facts(row: dict[str, Any]) -> Facts:
    return row["outlet"], row["day"].toordinal() if row["day"] else None, row["address"]


def _batches(source: Any) -> Iterator[list[dict[str, Any]]]:
    if source is not None:
        for batch in source.to_batches(batch_size=_ROWS, batch_readahead=1, fragment_readahead=1, use_threads=False):
            yield batch.to_pylist()


def _read(hand: _Hand, report: Report) -> tuple[Reading | None, Fault | None]:
    file = report.proof.path if report.proof is not None and report.proof.path else "marsad"
    if not hand.take(report.sha256):
        return None, Fault(file, f"id {report.id!r}", f"the process that read it was ended {_DEATHS} times")
    read = read_one(report)
    if read.fault is not None:
        return None, Fault(file, f"id {report.id!r}", read.fault.reason)
    return msgspec.json.decode(read.content, type=Reading), None


class _Hand:
    """Which record is in hand, put down where one who comes after finds it: on a disk; what dies with an object store's worker is the engine's matter."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._path = folder.at(name) if folder.local else None
        self._file: int | None = None
        self.deaths: dict[str, int] = {}

    def __enter__(self) -> _Hand:
        if self._path is None:
            return self
        os.makedirs(os.path.dirname(self._path), exist_ok=True)
        with contextlib.suppress(FileNotFoundError), open(self._path, encoding="ascii") as file:
            *before, last = file.read().splitlines() or [""]
            for line in [*before, last]:
                if len(line) == 64:
                    self.deaths[line] = self.deaths.get(line, 0) + 1
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        self._at = os.lseek(self._file, 0, os.SEEK_END)
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if self._file is not None:
            os.close(self._file)
            if kind is None and self._path is not None:
                os.unlink(self._path)

    def take(self, sha256: str) -> bool:
        """Put the name down; whether the record may be read."""
        if self.deaths.get(sha256, 0) >= _DEATHS:
            return False
        if self._file is not None:
            os.pwrite(self._file, f"{sha256}\n".encode(), self._at)
        return True
