"""Which events hang together: connected components of edges, by joins of the engine, however many edges and machines there are.

Large-star and small-star in turn (Kiveris et al., Connected Components in MapReduce and Beyond, 2014): in the first every node's greater neighbours
are sent to its least one, in the second the lesser ones are, until all are stars. It takes some log² n rounds, each of which is kept on disk, so
that a plan does not grow with the rounds.
"""

from __future__ import annotations

from typing import Any, Final

from marsad.scale.engine import ScaleError, daft
from marsad.scale.files import Folder

_MOST: Final = 60  # rounds; a chain of 10^12 needs fewer


def stars(folder: Folder, edges: str, into: str) -> tuple[str, int]:
    """Edges (`u`, `v`: whole numbers) below `edges` → a folder below `into` of one edge for each node that is not the least of its component: `u`, and the
    least as `v`. Gives its name and the rounds that were needed; a round that an earlier call finished is not done again."""
    engine = daft()
    if not folder.names(edges):
        return edges, 0
    frame = _downward(engine.read_parquet(folder.address(f"{edges}/*.parquet")))
    for number in range(1, _MOST):
        name = f"{into}/round-{number:02}"
        done = folder.read(f"{name}.json")
        if done is None:
            folder.drop(name)
            _small_star(_large_star(frame)).write_parquet(folder.address(name), compression="zstd")
            frame = engine.read_parquet(folder.address(f"{name}/*.parquet"))
            done = {"stars": _are_stars(frame)}
            folder.write(f"{name}.json", done)
        frame = engine.read_parquet(folder.address(f"{name}/*.parquet"))
        if done["stars"]:
            return name, number
    raise ScaleError("components do not settle")


def _downward(frame: Any) -> Any:
    """Each edge once, from the greater to the lesser; none from a node to itself."""
    u, v = daft().col("u"), daft().col("v")
    least, greatest = daft().functions.columns_min, daft().functions.columns_max
    apart = (u < v) | (u > v)  # not `u != v`: Daft 0.7 drops a file whose two columns have the same least and greatest value
    return frame.where(apart).select(greatest(u, v).alias("u"), least(u, v).alias("v")).distinct()


def _large_star(frame: Any) -> Any:
    """Each node's greater neighbours, sent to the least of it and its neighbours."""
    u, v, m = (daft().col(name) for name in "uvm")
    both = frame.union_all(frame.select(v.alias("u"), u.alias("v")))
    least = both.groupby("u").agg(v.min().alias("m")).select(u, daft().functions.columns_min(m, u).alias("m"))
    return _downward(both.where(v > u).join(least, on="u").select(v.alias("u"), m.alias("v")))


def _small_star(frame: Any) -> Any:
    """Each node and its lesser neighbours, sent to the least of these."""
    u, v, m = (daft().col(name) for name in "uvm")
    least = frame.groupby("u").agg(v.min().alias("m"))
    lesser = frame.join(least, on="u").select(v.alias("u"), m.alias("v"))
    return _downward(lesser.union_all(least.select(u, m.alias("v"))))


def _are_stars(frame: Any) -> bool:
    """Whether no node stands both below and above another."""
    u, v, n = (daft().col(name) for name in "uvn")
    above = frame.select(v.alias("u")).distinct()
    twice = frame.groupby("u").agg(v.count().alias("n")).where(n > 1)
    return not frame.select(u).join(above, on="u").count_rows() and not twice.count_rows()
