"""Components by joins of the engine are those that one machine finds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from marsad.scale.blocks import EDGES
from marsad.scale.components import stars
from marsad.scale.files import Folder

EDGE_LISTS = st.one_of(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=60),
    st.permutations(range(30)).map(lambda order: list(pairwise(order))),  # one long chain
)


def _stars(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same components with as few edges as can be: from each event to the least one of its component."""
    parent: dict[int, int] = {}

    def root(n: int) -> int:
        while parent.setdefault(n, n) != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        parent[other] = one
    return sorted((n, root(n)) for n in parent if root(n) != n)


def kept(folder: Folder, name: str) -> list[tuple[int, int]]:
    rows = [row for found in folder.names(name) for row in parquet.read_table(folder.at(found)).to_pylist()]
    return sorted((row["u"], row["v"]) for row in rows)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edges=EDGE_LISTS)
@example(edges=[(1, 0), (0, 0), (0, 1)])  # in one file both columns have the same least and greatest value
def test_each_node_stands_below_the_least_of_its_component(edges: list[tuple[int, int]], tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    for name in ("edges", "stars"):
        folder.drop(name)
    for n in range(2):
        with folder.written(f"edges/{n}.parquet") as to:
            parquet.write_table(pa.Table.from_pylist([{"u": u, "v": v} for u, v in edges[n::2]], schema=EDGES), to)
    name, rounds = stars(folder, "edges", "stars")
    assert kept(folder, name) == _stars(edges)
    assert stars(folder, "edges", "stars") == (name, rounds)  # what was done is not done again
