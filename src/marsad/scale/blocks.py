"""Told events → blocks → links. Two events that can be one incident meet in some block, and are compared in the first that they have in common.

A block is a family of types, a country and a month. An event stands in those of its families, of its countries, and of all months that it may have
happened in, with a day more at either edge: what two reports tell of one thing may differ by a day. What is told of no few days stands besides in a block
of the week of its report: what is recalled in one week may be one thing, though one report says when and the other does not (1982, and no day). A block that
has grown too large for a worker is cut in pieces by the hash of the event, and every two pieces are a unit of work. Which
links there are depends on none of this: what is linked meets by its keys (`incidents.keys`).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import dataset, parquet

from marsad.incidents import Link, Told, chosen, keys, link, packed, possible, probes, rows_of, told_in, unpacked
from marsad.scale.files import Folder
from marsad.scale.rows import name_of, reading_of
from marsad.scale.rows import rows_of as rows_in

Numbers = NDArray[np.int64]

_EDGE: Final = 1  # days by which two reports may differ
_LONG: Final = 26 * 31  # days: who spans more is looked for by its first month alone
_TOGETHER: Final = 20_000  # pairs that are looked at together
_SMALL: Final = 400  # events of a block, up to which each is looked at with each
_INDEX: Final = 16  # bits of an event's number that are its index in its report
_ROW: Final = 32  # … and that are its report's row in its partition

EVENTS: Final = pa.schema(
    [
        ("number", pa.int64()),
        ("id", pa.string()),
        ("index", pa.int32()),
        ("reading", pa.binary()),  # of the report, with this event alone
        ("home", pa.string()),
        ("text", pa.string()),
    ]
)
BLOCKED: Final = pa.schema(
    [("bin", pa.int32()), ("block", pa.string()), ("piece", pa.int64()), ("number", pa.int64()), ("blocks", pa.list_(pa.string())), ("told", pa.binary())]
)
LINKS: Final = pa.schema(
    [
        ("a", pa.int64()),
        ("b", pa.int64()),
        ("score", pa.float64()),
        ("why", pa.list_(pa.string())),
        ("kind", pa.int8()),
        ("vague", pa.int64()),  # of a link of one that is told of no few days with one that is not: the first of these
        ("other", pa.string()),  # … and the other's report and index, in whose order the first is best of those of the same score
    ]
)
FIRM, MIXED, PAST = range(3)
"""Kinds of links: between two events whose days are told, of one that is told of no few days with one of those, and between two such."""
EDGES: Final = pa.schema([("u", pa.int64()), ("v", pa.int64())])


def blocks_of(told: Told) -> tuple[str, ...]:
    """The blocks in which an event is compared, sorted; none for one that can only stand alone."""
    profile = told.profile
    if profile.days is None or not keys(told):
        return ()
    first, last = profile.days.first, profile.days.last
    months = _months(first, first) if last - first > _LONG else _months(first - _EDGE, last + _EDGE)
    weeks = [f"r{profile.week}"] if profile.days.vague and profile.week is not None else []
    return tuple(sorted(f"{family}|{country}|{when}" for family in profile.families for country in profile.countries for when in (*months, *weeks)))


def _months(first: int, last: int) -> list[str]:
    one, other = datetime.date.fromordinal(max(1, first)), datetime.date.fromordinal(max(1, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(one.year * 12 + one.month - 1, other.year * 12 + other.month)]


def bin_of(block: str, bins: int) -> int:
    """The bin that a block falls in."""
    return int.from_bytes(hashlib.blake2b(block.encode(), digest_size=4).digest(), "big") % bins


def tell(*, out: str, to: str, part: int, files: list[str], bins: int) -> dict[str, Any]:
    """The events of one partition of readings: whole, and by the blocks that they stand in. In a worker. Gives how many."""
    source, target = Folder(out), Folder(to)
    renamed: dict[str, str] = target.read("renamed.json")
    seen: dict[str, int] = {}
    events = blocked = row = 0
    with (
        target.written(f"work/events/part-{part:05}.parquet") as one,
        target.written(f"work/blocked/part-{part:05}.parquet") as two,
        parquet.ParquetWriter(one, EVENTS, compression="zstd") as whole,
        parquet.ParquetWriter(two, BLOCKED, compression="zstd") as apart,
    ):
        for batch in rows_in(source, files, ["id", "sha256", "text", "reading", "same_as"]):
            full: list[dict[str, Any]] = []
            short: list[dict[str, Any]] = []
            for kept in batch:
                reading = reading_of(kept)
                told = told_in(msgspec.structs.replace(reading, id=name_of(kept, renamed, seen)))
                base = (part << (_ROW + _INDEX)) | (row << _INDEX)
                row += 1
                for t in told:
                    full.append(_event_row(t, base | t.index))
                    short += _blocked_rows(t, base | t.index, bins)
            events, blocked = events + len(full), blocked + len(short)
            whole.write_table(pa.Table.from_pylist(full, schema=EVENTS))
            apart.write_table(pa.Table.from_pylist(short, schema=BLOCKED))
    return {"rows": events, "bytes": 0, "aside": 0, "blocked": blocked}


def _event_row(told: Told, number: int) -> dict[str, Any]:
    head = {
        "id": told.report,
        "sha256": told.sha256,
        "reference_date": told.day,
        "outlet": told.outlet,
        "title": told.title,
        "event": told.event,
    }
    return {"number": number, "id": told.report, "index": told.index, "reading": msgspec.json.encode(head), "home": told.home, "text": told.text}


def _blocked_rows(told: Told, number: int, bins: int) -> list[dict[str, Any]]:
    blocks = blocks_of(told)
    content = packed(told) if blocks else b""
    piece = int.from_bytes(hashlib.blake2b(f"{told.report}#{told.index}".encode("utf-8", "replace"), digest_size=4).digest(), "big")
    return [{"bin": bin_of(block, bins), "block": block, "piece": piece, "number": number, "blocks": blocks, "told": content} for block in blocks]


class Item(NamedTuple):
    """An event in a block."""

    number: int
    blocks: frozenset[str]
    told: Told


def link_bin(*, to: str, number: int, but: list[str]) -> dict[str, Any]:
    """The links in all blocks of a bin `but` those that are too large. In a worker. Gives how many pairs were compared, and how many links there are."""
    folder = Folder(to)
    by_block: dict[str, list[dict[str, Any]]] = {}
    large = set(but)
    for row in _blocked(folder, number):
        if row["block"] not in large:
            by_block.setdefault(row["block"], []).append(row)
    found = Found()
    for block in sorted(by_block):
        found.add(block, _items(by_block.pop(block)))
    found.done()
    found.keep(folder, f"bin-{number:05}")
    return found.told()


def link_pieces(*, to: str, number: int, block: str, pieces: int, one: int, other: int) -> dict[str, Any]:
    """The links between two pieces of a block, or inside one. In a worker."""
    folder = Folder(to)
    rows = [row for row in _blocked(folder, number, dataset.field("block") == block) if row["piece"] % pieces in (one, other)]
    found = Found()
    if one == other:
        found.add(block, _items(rows))
    else:
        found.add(block, _items(r for r in rows if r["piece"] % pieces == other), _items(r for r in rows if r["piece"] % pieces == one))
    found.done()
    found.keep(folder, f"block-{bin_of(block, 1 << 30):010}-{one:04}-{other:04}")
    return found.told()


def _blocked(folder: Folder, number: int, where: Any = None) -> Iterator[dict[str, Any]]:
    paths = [folder.at(name) for name in folder.names(f"work/bins/bin={number}")]
    if not paths:
        return
    source = dataset.dataset(paths, filesystem=folder.system, format="parquet")
    for batch in source.to_batches(columns=["block", "piece", "number", "blocks", "told"], filter=where, batch_size=4096, use_threads=False):
        yield from batch.to_pylist()


def _items(rows: Iterable[dict[str, Any]]) -> list[Item]:
    return [Item(row["number"], frozenset(row["blocks"]), unpacked(row["told"])) for row in sorted(rows, key=lambda row: row["number"])]


class Found:
    """The links that a worker found, and the events that hang together by them."""

    def __init__(self) -> None:
        self.links: list[tuple[Item, Item, Link]] = []
        self.compared = 0
        self.largest = 0
        self._waiting = _Waiting()

    def add(self, block: str, items: Sequence[Item], others: Sequence[Item] | None = None) -> None:
        """Compare the events of a block with each other, or with the others of it; soon (`done`)."""
        self.largest = max(self.largest, len(items) + len(others or ()))
        if others is None and len(items) <= _SMALL:
            self._waiting.all_of(block, items)
        else:
            self._waiting.those_that_meet(block, items, others, self._compare)
        if self._waiting.pairs >= _TOGETHER:
            self.done()

    def done(self) -> None:
        """Compare what waits for it."""
        self._compare()
        self._waiting = _Waiting()

    def _compare(self) -> None:
        """Link what of the waiting pairs may be linked, and does not meet in an earlier block too."""
        self.compared += self._waiting.pairs
        for block, item, other in self._waiting.near():
            if min(item.blocks & other.blocks) != block:
                continue
            one = link(item.told, other.told)
            if one is not None:
                self.links.append((item, other, one) if item.told.ref == one.a else (other, item, one))

    def keep(self, folder: Folder, name: str) -> None:
        """Keep the links, each with its kind."""
        rows = []
        for a, b, one in sorted(self.links, key=lambda hit: (hit[0].number, hit[1].number)):
            vague = a.number if a.told.vague else b.number
            alike = a.told.vague == b.told.vague
            kind = (PAST if a.told.vague else FIRM) if alike else MIXED
            report, index = (b if a.told.vague else a).told.ref
            other = f"{report}\0{index:09}"
            rows.append({"a": a.number, "b": b.number, "score": one.score, "why": list(one.why), "kind": kind, "vague": vague, "other": other})
        with folder.written(f"work/links/{name}.parquet") as to:
            parquet.write_table(pa.Table.from_pylist(rows, schema=LINKS), to, compression="zstd")

    def told(self) -> dict[str, Any]:
        """What the run is told."""
        return {"rows": len(self.links), "bytes": 0, "aside": 0, "compared": self.compared, "largest": self.largest}


class _Waiting:
    """Pairs of events that wait until they are enough to be looked at together, each in a block."""

    def __init__(self) -> None:
        self.pairs = 0
        self._items: list[Item] = []
        self._blocks: list[str] = []
        self._ones: list[Numbers] = []
        self._others: list[Numbers] = []
        self._in: list[Numbers] = []

    def all_of(self, block: str, items: Sequence[Item]) -> None:
        """Each with each: of few events that is less work than to ask which of them meet, and all that are linked do."""
        if len(items) > 1:
            begin = self._begun(block, items)
            one, other = np.triu_indices(len(items), 1)
            self._put(begin + one, begin + other)

    def those_that_meet(self, block: str, items: Sequence[Item], others: Sequence[Item] | None, full: Callable[[], None]) -> None:
        """Those of which one is filed where the other asks; calls `full` each time that they are many."""
        begin = self._begun(block, items)
        first = begin if others is None else self._begun(block, others)
        filed: dict[str, list[int]] = {}
        for n, item in enumerate(others or ()):
            _file(item, first + n, filed)
        for n, item in enumerate(items, begin):
            met = set().union(*(filed[probe] for probe in probes(item.told) if probe in filed))
            self._put(np.full(len(met), n, np.int64), np.fromiter(met, np.int64, len(met)))
            if others is None:
                _file(item, n, filed)
            if self.pairs >= 10 * _TOGETHER:
                full()

    def near(self) -> Iterator[tuple[str, Item, Item]]:
        """Those of which the two may be linked, with their blocks; none waits any more."""
        if self.pairs:
            rows = rows_of(item.told for item in self._items)
            ones, others, blocks = (np.concatenate(parts) for parts in (self._ones, self._others, self._in))
            self._ones, self._others, self._in, self.pairs = [], [], [], 0
            for begin in range(0, len(ones), _TOGETHER):
                here = slice(begin, begin + _TOGETHER)
                meet = possible(chosen(rows, ones[here]), chosen(rows, others[here]))
                for block, n, m in zip(blocks[here][meet].tolist(), ones[here][meet].tolist(), others[here][meet].tolist(), strict=True):
                    yield self._blocks[block], self._items[n], self._items[m]

    def _begun(self, block: str, items: Sequence[Item]) -> int:
        begin = len(self._items)
        self._items += items
        self._blocks.append(block)
        return begin

    def _put(self, ones: Numbers, others: Numbers) -> None:
        self._ones.append(ones)
        self._others.append(others)
        self._in.append(np.full(len(ones), len(self._blocks) - 1, np.int64))
        self.pairs += len(ones)


def _file(item: Item, n: int, filed: dict[str, list[int]]) -> None:
    for key in keys(item.told):
        filed.setdefault(key, []).append(n)
