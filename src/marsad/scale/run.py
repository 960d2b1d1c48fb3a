"""`marsad scale read`: files → reports by partition → readings. A run that was stopped goes on where it stopped.

    OUT/plan.json                         what cannot change between runs: partitions, the reader, what serves where a report says nothing
    OUT/runs/run-0001.json                the files of a run, once all were taken in; its partitions are then what is done
    OUT/work/run-0001/                    taken/ (a file of reports for each file of input), parts/ (the same by partition); gone when it is done
    OUT/readings/part=00012/run-0001.parquet
    OUT/aside/                            what was set aside, with the reason

A file of input is known by its address and size; one that a run has taken in is not taken in again.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from marsad import __version__
from marsad.intake import endings, has_format
from marsad.scale.engine import ScaleError, Step, daft, lost, over
from marsad.scale.files import Folder
from marsad.scale.partition import result_of

_SCHEMA: Final = 1
_PART: Final = 8 << 20  # bytes of input a partition, where the number of partitions is not given
_PARTS: Final = (8, 1024)  # the least and the most that are chosen so

File = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reads:
    """What is asked for. `inputs`: files, folders, globs, addresses; `out`: the folder of the readings; `parts`: partitions of a new folder (by default
    as many as the size of the input asks for); `date`, `outlet`, `columns`: as in `Intake`; `raw`: whether the bytes of each record are kept."""

    inputs: tuple[str, ...]
    out: str
    parts: int | None = None
    date: datetime.date | None = None
    outlet: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    raw: bool = False


def read(asked: Reads) -> Iterator[Step]:
    """Read all inputs into the folder; gives how far it is. Raises `ScaleError`; what was done until then is kept, and the next call goes on from there."""
    folder = Folder(asked.out)
    files = _listed(asked.inputs)
    plan = _plan(folder, asked, files)
    runs = _runs(folder)
    if runs:
        yield from _parts(folder, plan, runs[-1])
    done = {(file["address"], file["size"]) for run in runs for file in folder.read(f"runs/{run}.json")["files"]}
    new = [file for file in files if (file["address"], file["size"]) not in done]
    if not new:
        return
    run = f"run-{len(runs) + 1:04}"
    yield from _taken(folder, plan, run, new)
    yield from _parts(folder, plan, run)


def _listed(inputs: tuple[str, ...]) -> list[File]:
    """The files of all inputs, each once, in order: address, size, and the name by which proofs call it."""
    engine = daft()
    found: dict[str, File] = {}
    for given in inputs:
        if given == "-":
            raise ScaleError("standard input cannot be read by many at once; name a file")
        place = given if "://" in given else f"file://{os.path.abspath(given)}"
        folder = given.endswith("/") or (place.startswith("file://") and os.path.isdir(place.removeprefix("file://")))
        many = folder or any(sign in given for sign in "*?[")
        try:
            rows = engine.from_glob_path(f"{place.rstrip('/')}/**" if folder else place).to_pydict()
        except Exception as error:  # the engine has no error of its own for this
            if "No matching file" in str(error) or "not found" in str(error).lower() or "Need at least 1" in str(error):
                raise ScaleError(f"{given}: no such file") from None
            raise lost(error) from error
        own = [
            {"address": address, "size": size, "name": address.removeprefix("file://") if "://" not in given else address}
            for address, size in sorted(zip(rows["path"], rows["size"], strict=True))
            if not many or (has_format(address) and not address.rpartition("/")[2].startswith("."))
        ]
        if not own:
            raise ScaleError(f"{given}: no {', '.join(endings())} there")
        found |= {file["address"]: file for file in own if file["address"] not in found}
    return list(found.values())


def _plan(folder: Folder, asked: Reads, files: list[File]) -> dict[str, Any]:
    """What was settled for the folder, or is now; raises `ScaleError` where it was settled otherwise."""
    size = sum(file["size"] or 0 for file in files)
    settled = {
        "schema": _SCHEMA,
        "reader": f"marsad {__version__}",
        "date": asked.date.isoformat() if asked.date else None,
        "outlet": asked.outlet,
        "columns": [list(pair) for pair in asked.columns],
        "raw": asked.raw,
    }
    plan: dict[str, Any] | None = folder.read("plan.json")
    if plan is None:
        if folder.names():
            raise ScaleError(f"{asked.out} holds other things; name a new folder")
        least, most = _PARTS
        plan = {**settled, "parts": asked.parts or min(most, max(least, 1 << (size // _PART).bit_length()))}
        folder.write("plan.json", plan)
        return plan
    for name, value in settled.items():
        if plan.get(name) != value:
            raise ScaleError(f"{asked.out} was begun with {name} {plan.get(name)!r}, and this is {value!r}; name another folder")
    if asked.parts is not None and asked.parts != plan["parts"]:
        raise ScaleError(f"{asked.out} has {plan['parts']} partitions; name another folder for {asked.parts}")
    return plan


def _runs(folder: Folder) -> list[str]:
    return [name.removeprefix("runs/").removesuffix(".json") for name in folder.names("runs")]


def _taken(folder: Folder, plan: dict[str, Any], run: str, files: list[File]) -> Iterator[Step]:
    """Take the files in, and bring what they give to its partitions."""
    told = {name: plan[name] for name in ("parts", "date", "outlet", "columns", "raw")}
    there = set(folder.names(f"work/{run}/taken"))
    listed = folder.read(f"work/{run}/files.json")
    if listed != files:  # another list than that of a run that was stopped: the numbers of its files are not these
        folder.drop(f"work/{run}")
        folder.write(f"work/{run}/files.json", files)
        there = set()
    units = [
        {"file": file["address"], "name": file["name"], "number": number, "size": file["size"] or 0, "out": folder.place, "into": f"work/{run}/taken", **told}
        for number, file in enumerate(files)
        if f"work/{run}/taken/file-{number:07}.parquet" not in there
    ]
    yield from _steps("taking in", "taking:take", units, len(files))
    engine = daft()
    folder.drop(f"work/{run}/parts")
    source = engine.read_parquet(folder.address(f"work/{run}/taken/*.parquet"))
    try:
        source.write_parquet(folder.address(f"work/{run}/parts"), compression="zstd", partition_cols=["part"])
    except Exception as error:
        raise lost(error) from error
    folder.write(f"runs/{run}.json", {"files": files})


def _parts(folder: Folder, plan: dict[str, Any], run: str) -> Iterator[Step]:
    """Read the partitions of a run that are not done yet, the largest first."""
    there = set(folder.names("readings"))
    left = [part for part in range(plan["parts"]) if result_of(run, part) not in there]
    if left:
        units = [{"out": folder.place, "run": run, "part": part} for part in left]
        yield from _steps("reading", "partition:read_part", units, plan["parts"])
    folder.drop(f"work/{run}")


def _steps(stage: str, task: str, units: list[dict[str, Any]], total: int) -> Iterator[Step]:
    rows = size = aside = 0
    done = total - len(units)
    yield Step(stage, done, total)
    for told in over(task, units):
        done += 1
        rows, size, aside = rows + told["rows"], size + told["bytes"], aside + told["aside"]
        yield Step(stage, done, total, rows, size, aside)
