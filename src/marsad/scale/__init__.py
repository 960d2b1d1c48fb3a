"""The line over any number of cores and machines: the same readings and the same incidents, with Daft as the engine. Needs the extra `scale`.

    for step in read(Reads(inputs=("news/*.warc.gz",), out="out")): …      # `marsad scale read`: partitioned Parquet of readings
    for step in incidents("out", "incidents"): …                          # `marsad scale incidents`: the same as one machine makes
    for step in load("incidents", "marsad.db"): …                         # `marsad scale load`: into the store, as often as one likes

What comes in: files that intake reads, on disks and in object stores. What goes out: Parquet, and rows of the store. The engine lists files,
hands out the work, moves rows between partitions, tries again what failed, and joins; what one worker does with one file, partition or block
is a function of (names of files) → (a file), which leaves its file whole or not at all. So a run that was killed goes on with what is missing.

    taking.py     one file → reports, each with the partition that its text belongs to
    partition.py  one partition → readings
    run.py        `read`: files → partitions → readings
    blocks.py     told events → blocks by country, days and family of types, cut in pieces where one is too large → links
    components.py links → components, by joins of the engine
    grouped.py    one bin of components → incidents
    making.py     `incidents`: readings → told events → links → components → incidents
    loading.py    `load`: incidents → the store
    engine.py     Daft: native on one machine, Ray on many
    files.py      folders on a disk or in an object store;  rows.py: the columns of what is kept

To add a step: a function of a module here that takes and gives plain values, and `engine.over("module:function", units)`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from marsad.scale.engine import ScaleError, Step, daft, start

if TYPE_CHECKING:
    from marsad.scale.loading import load
    from marsad.scale.making import incidents
    from marsad.scale.run import Reads, read

_LATE: Final = {"Reads": "run", "read": "run", "incidents": "making", "load": "loading"}


def __getattr__(name: str) -> Any:
    """What needs the extra is imported when it is asked for; raises `ScaleError`, which names the extra, where that is missing."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    daft()
    return getattr(import_module(f"marsad.scale.{_LATE[name]}"), name)


__all__ = ["Reads", "ScaleError", "Step", "incidents", "load", "read", "start"]
