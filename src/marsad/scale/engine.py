"""Daft, and how a step is spread over it: the same function once for each unit, on the cores of this machine or on those of a cluster.

A unit is a few plain values (names of files, numbers): content never passes through the engine's queues, so a worker's memory is what one unit
needs at a time. Neither Daft nor Ray may tell anybody that they are used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

import msgspec

_SILENT: Final = {"DO_NOT_TRACK": "1", "DAFT_ANALYTICS_ENABLED": "0", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0", "RAY_DEDUP_LOGS": "1"}
_TRIES: Final = 2  # of a unit after it failed: of a store of objects that did not answer
_ROWS: Final = 1 << 20  # bytes of a group of rows that the engine writes: it holds one for each partition that it writes to
_FILE: Final = 1 << 28


class ScaleError(RuntimeError):
    """Something that the user must know: a wrong input, a folder of another run, a cluster that is gone."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is. `stage`: what is done now; `done` of `total` units of it; `rows`, `bytes`: read in this stage so far; `aside`: records set
    aside so far, in all stages; `said`: something for the user."""

    stage: str
    done: int = 0
    total: int = 0
    rows: int = 0
    bytes: int = 0
    aside: int = 0
    said: str = ""


@cache
def daft() -> Any:
    """The engine's module; raises `ScaleError` where it is missing."""
    for name, value in _SILENT.items():
        os.environ.setdefault(name, value)
    try:
        import daft as engine
    except ImportError:
        raise ScaleError("this needs Daft: pip install 'marsad[scale]'") from None
    engine.set_execution_config(parquet_target_row_group_size=_ROWS, parquet_target_filesize=_FILE)
    return engine


def start(runner: str = "native", *, address: str | None = None, jobs: int | None = None) -> None:
    """Choose where the work is done, once a process. `native`: here, on `jobs` cores (all by default); `ray`: on the cluster at `address`, or on one
    that is begun here. Raises `ScaleError`."""
    engine = daft()
    if runner == "native":
        if address is not None:
            raise ScaleError("an address is that of a Ray cluster; say --runner ray")
        engine.set_runner_native(jobs)
        return
    try:
        import ray
    except ImportError:
        raise ScaleError("the runner ray needs Ray: pip install 'marsad[cluster]'") from None
    try:
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, logging_level="ERROR", num_cpus=jobs if address is None else None)
        engine.set_runner_ray(noop_if_initialized=True)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise ScaleError(f"no Ray cluster {f'at {address}' if address else 'could be begun'}: {str(error).splitlines()[0][:200]}") from None


def over(task: str, units: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What `task` ("module:function" of this room) gives for each unit, in the order in which they come to an end.

    Raises `ScaleError` where a worker was lost on this machine, or a unit failed more than a few times; what others have finished is kept.
    """
    engine = daft()
    asked = [msgspec.json.encode(unit).decode() for unit in units]
    if not asked:
        return
    done = engine.func.batch(return_dtype=engine.DataType.string(), use_process=True, batch_size=1, max_retries=_TRIES)(_run)
    frame = engine.from_pydict({"unit": asked, "task": [task] * len(asked)})
    if engine.get_or_infer_runner_type() == "ray":
        frame = frame.into_partitions(len(asked))
    try:
        for row in frame.select(done(frame["task"], frame["unit"]).alias("done")).iter_rows(results_buffer_size=1):
            yield msgspec.json.decode(row["done"])
    except (RuntimeError, OSError) as error:
        raise lost(error) from error


def lost(error: BaseException) -> ScaleError:
    """An error of the engine in words for the user."""
    words = str(error)
    if "UDF process" in words:
        return ScaleError("a worker process was ended from outside (out of memory?); the same command goes on where this one stopped")
    return ScaleError(words.strip().splitlines()[-1][:400] if words.strip() else type(error).__name__)


def _run(task: Any, unit: Any) -> list[str]:
    """In a worker: the function of the task, once for each unit of a batch."""
    found = []
    for name, asked in zip(task.to_pylist(), unit.to_pylist(), strict=True):
        module, _, function = name.partition(":")
        given = msgspec.json.decode(asked)
        found.append(msgspec.json.encode(getattr(import_module(f"marsad.scale.{module}"), function)(**given)).decode())
    return found
