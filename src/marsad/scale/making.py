"""`marsad scale incidents`: readings → told events → links → components → incidents; the same as one machine makes of all events at once.

    INCIDENTS/plan.json                 of which readings, in how many bins
    INCIDENTS/work/                     what the steps hand on; gone when all is done
    INCIDENTS/incidents/bin-00012.parquet, INCIDENTS/links/bin-00012.parquet

Each step leaves a file for each of its units, and what the engine moves between two steps has a mark when it is whole: a run that was stopped goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from pyarrow import parquet

from marsad.scale.blocks import EDGES, FIRM, MIXED, PAST, bin_of
from marsad.scale.components import stars
from marsad.scale.engine import ScaleError, Step, daft, lost, over
from marsad.scale.files import Folder

_SCHEMA: Final = 3
_EVENTS: Final = 16_000  # events a bin, about
_LARGE: Final = 8_000  # events of a block that is cut in pieces of at most so many
_MOST: Final = 4_096  # bins
_JOINED: Final = 50_000  # events, or links, whose components are looked up together


def incidents(out: str, to: str, *, bins: int | None = None, large: int = _LARGE) -> Iterator[Step]:
    """Make the incidents of all readings in `out`, into the folder `to`; gives how far it is. Raises `ScaleError`.

    `bins`: into how many the work is divided (by default as the number of readings asks for); `large`: events of a block from which it is cut in pieces.
    """
    source, folder = Folder(out), Folder(to)
    plan = _plan(source, folder, out, to, bins)
    if plan.get("done"):
        return
    try:
        yield from _steps_of(source, folder, plan, large)
    except ScaleError:
        raise
    except Exception as error:  # the engine's own, which has no class of its own
        raise lost(error) from error


def _steps_of(source: Folder, folder: Folder, plan: dict[str, Any], large: int) -> Iterator[Step]:
    if not plan["files"]:
        folder.write("plan.json", {**plan, "done": True})
        return
    yield Step("ids")
    _mark(folder, "renamed", lambda: folder.write("renamed.json", _renamed(source, plan)))
    yield from _tell(source, folder, plan)
    yield Step("blocks")
    _mark(folder, "blocks", lambda: _blocks(folder, large))
    yield from _link(folder, plan)
    yield Step("components")
    _mark(folder, "bins of components", lambda: _by_component(folder, plan))
    yield from _group(folder, plan)
    yield Step("ids")
    _mark(folder, "ids", lambda: _no_two_alike(folder))
    folder.write("plan.json", {**plan, "done": True})
    folder.drop("work")


def _plan(source: Folder, folder: Folder, out: str, to: str, bins: int | None) -> dict[str, Any]:
    told = source.read("plan.json")
    if told is None:
        raise ScaleError(f"{out} holds no readings of `marsad scale read`")
    files = [name for name in source.names("readings") if name.endswith(".parquet")]
    whole = hashlib.sha256("\n".join(files).encode()).hexdigest()
    plan: dict[str, Any] | None = folder.read("plan.json")
    if plan is None:
        if folder.names():
            raise ScaleError(f"{to} holds other things; name a new folder")
        events = _events(source, files)
        wanted = bins or min(_MOST, max(1, -(-events // _EVENTS)))
        plan = {"schema": _SCHEMA, "reader": told["reader"], "readings": source.place, "files": files, "of": whole, "bins": wanted, "done": False}
        folder.write("plan.json", plan)
    if plan["of"] != whole or plan["readings"] != source.place:
        raise ScaleError(f"{to} is made of other readings; name a new folder")
    if plan["schema"] != _SCHEMA and not plan["done"]:
        raise ScaleError(f"{to} was begun by another version of marsad; name a new folder")
    if bins is not None and bins != plan["bins"]:
        raise ScaleError(f"{to} has {plan['bins']} bins; name a new folder for {bins}")
    return plan


def _events(source: Folder, files: list[str]) -> int:
    """How many events there are, by the counts of the rows."""
    if not files:
        return 0
    frame = daft().read_parquet([source.address(name) for name in files])
    return int(frame.select(daft().col("events")).sum("events").to_pydict()["events"][0] or 0)


def _mark(folder: Folder, name: str, deed: Any) -> None:
    """Do it, unless it was done."""
    if not folder.has(f"work/{name}.done"):
        deed()
        folder.write(f"work/{name}.done", True)


def _renamed(source: Folder, plan: dict[str, Any]) -> dict[str, str]:
    """Reports whose id another text has too: id and hash, a line each → the id under which each but the first is known. First is who has the earliest day."""
    from marsad.observatory import id_beside

    engine = daft()
    col = engine.col
    frame = engine.read_parquet([source.address(name) for name in plan["files"]]).where(col("same_as").is_null())
    texts = frame.groupby("id", "sha256").agg(col("day").min().alias("day"))
    many = texts.groupby("id").agg(col("sha256").count().alias("n")).where(col("n") > 1).select("id")
    found: dict[str, list[tuple[str, str]]] = {}
    for row in texts.join(many, on="id").to_pylist():
        found.setdefault(row["id"], []).append((row["day"].isoformat() if row["day"] else "", row["sha256"]))
    return {f"{id_}\n{sha256}": id_beside(id_, sha256) for id_, texts in found.items() for _, sha256 in sorted(texts)[1:]}


def _tell(source: Folder, folder: Folder, plan: dict[str, Any]) -> Iterator[Step]:
    by_part: dict[int, list[str]] = {}
    for name in plan["files"]:
        by_part.setdefault(int(name.split("/")[1].removeprefix("part=")), []).append(name)
    there = set(folder.names("work/blocked"))
    units = [
        {"out": source.place, "to": folder.place, "part": part, "files": files, "bins": plan["bins"]}
        for part, files in sorted(by_part.items())
        if f"work/blocked/part-{part:05}.parquet" not in there
    ]
    yield from _each("telling", "blocks:tell", units, len(by_part))


def _blocks(folder: Folder, large: int) -> None:
    """How many events each block has, and all of a bin in one place."""
    engine = daft()
    source = engine.read_parquet(folder.address("work/blocked/*.parquet"))
    counted = source.groupby("block").agg(engine.col("number").count().alias("n"))
    sizes = counted.where(engine.col("n") > large).to_pylist()
    folder.write("work/large.json", {row["block"]: -(-row["n"] // large) for row in sorted(sizes, key=lambda row: str(row["block"]))})
    folder.drop("work/bins")
    source.write_parquet(folder.address("work/bins"), compression="zstd", partition_cols=["bin"])


def _link(folder: Folder, plan: dict[str, Any]) -> Iterator[Step]:
    pieces: dict[str, int] = folder.read("work/large.json")
    there = set(folder.names("work/links"))
    units: list[tuple[str, dict[str, Any]]] = []
    for block, count in pieces.items():
        number, name = bin_of(block, plan["bins"]), f"block-{bin_of(block, 1 << 30):010}"
        for one in range(count):
            for other in range(one, count):
                about = {"to": folder.place, "number": number, "block": block, "pieces": count, "one": one, "other": other}
                units.append((f"{name}-{one:04}-{other:04}", about))
    cut = len(units)
    large_in: dict[int, list[str]] = {}
    for block in pieces:
        large_in.setdefault(bin_of(block, plan["bins"]), []).append(block)
    bins = [(f"bin-{n:05}", {"to": folder.place, "number": n, "but": large_in.get(n, [])}) for n in range(plan["bins"])]
    left = [about for name, about in units if f"work/links/{name}.parquet" not in there]
    yield from _each("linking large blocks", "blocks:link_pieces", left, cut)
    yield from _each("linking", "blocks:link_bin", [about for name, about in bins if f"work/links/{name}.parquet" not in there], len(bins))


def _by_component(folder: Folder, plan: dict[str, Any]) -> None:
    """All events and links of a component in one bin; so many files at once as the engine, which holds all of a join, can hold whatever there are in all."""
    engine = daft()
    col = engine.col
    _mark(folder, "edges", lambda: _hold(folder))
    name, _ = stars(folder, "work/edges", "work/stars")
    labels = engine.read_parquet(folder.address(f"{name}/*.parquet")).select(col("u").alias("number"), col("v").alias("least")).collect()
    in_bin = ((col("component") // (1 << 16)) % plan["bins"]).cast(engine.DataType.int32()).alias("bin")
    for given, into, key, left_out in (("work/events", "work/joined", "number", ()), ("work/links", "work/linked", "a", ("kind", "vague", "other"))):
        folder.drop(into)
        for files in _at_once(folder, given):
            rows = engine.read_parquet([folder.address(file) for file in files]).exclude(*left_out)
            rows = rows.with_column("own", col(key)).join(labels.select(col("number").alias("own"), "least"), on="own", how="left")
            rows = rows.with_column("component", engine.functions.coalesce(col("least"), col("own"))).exclude("least", "own")
            rows.with_column("bin", in_bin).write_parquet(folder.address(into), compression="zstd", partition_cols=["bin"])


def _hold(folder: Folder) -> None:
    """The links that hold (`incidents.cluster.holding`), as edges. By all links, what is told of no few days would join all of a front in one component,
    which one worker would hold."""
    engine = daft()
    a, b, kind, vague, n = (engine.col(name) for name in ("a", "b", "kind", "vague", "n"))
    links = engine.read_parquet(folder.address("work/links/*.parquet")).exclude("why")
    in_turn = engine.Window().partition_by("vague").order_by(["score", "other"], desc=[True, False])
    best = links.where(kind == MIXED).with_column("n", engine.functions.row_number().over(in_turn)).where(n == 1)
    placed = best.select(vague.alias("n"))
    past = links.where(kind == PAST).join(placed, left_on="a", right_on="n", how="anti").join(placed, left_on="b", right_on="n", how="anti")
    edges = links.where(kind == FIRM).select(a, b).union_all(best.select(a, b)).union_all(past.select(a, b))
    folder.drop("work/edges")
    edges.select(a.alias("u"), b.alias("v")).write_parquet(folder.address("work/edges"), compression="zstd")
    if not folder.names("work/edges"):
        with folder.written("work/edges/none.parquet") as to:
            parquet.write_table(EDGES.empty_table(), to)


def _at_once(folder: Folder, name: str) -> Iterator[list[str]]:
    """The files below `name` that have rows, so many together as have `_JOINED` rows or a little more."""
    files, rows = list[str](), 0
    for file in folder.names(name):
        with folder.system.open_input_file(folder.at(file)) as held:
            count = parquet.read_metadata(held).num_rows
        if count:
            files.append(file)
            rows += count
        if rows >= _JOINED:
            yield files
            files, rows = [], 0
    if files:
        yield files


def _group(folder: Folder, plan: dict[str, Any]) -> Iterator[Step]:
    there = set(folder.names("incidents"))
    units = [{"to": folder.place, "number": n} for n in range(plan["bins"]) if f"incidents/bin-{n:05}.parquet" not in there]
    yield from _each("grouping", "grouped:group_bin", units, plan["bins"])


def _no_two_alike(folder: Folder) -> None:
    """Incidents of one text told twice begin with the same words and so have the same id: each but the first by its day and report gets another."""
    engine = daft()
    col = engine.col
    frame = engine.read_parquet(folder.address("incidents/*.parquet"), file_path_column="path").select("id", "day", "first", "path")
    many = frame.groupby("id").agg(col("first").count().alias("n")).where(col("n") > 1).select("id")
    alike: dict[str, list[tuple[str, str, str]]] = {}
    for row in frame.join(many, on="id").to_pylist():
        alike.setdefault(row["id"], []).append((row["day"].isoformat() if row["day"] else "", row["first"], row["path"]))
    renamed: dict[str, dict[str, str]] = {}
    for id_, rows in alike.items():
        new = id_
        for _, first, path in sorted(rows)[1:]:
            new = "inc-" + hashlib.sha256(new.encode()).hexdigest()[:12]
            renamed.setdefault("incidents/" + path.rpartition("/")[2], {})[f"{id_}\n{first}"] = new
    for _ in over("grouped:rename", [{"to": folder.place, "name": name, "ids": ids} for name, ids in sorted(renamed.items())]):
        pass


def _each(stage: str, task: str, units: list[dict[str, Any]], total: int) -> Iterator[Step]:
    rows = 0
    done = total - len(units)
    yield Step(stage, done, total)
    for told in over(task, units):
        done, rows = done + 1, rows + told["rows"]
        yield Step(stage, done, total, rows, said=", ".join(f"{name} {told[name]:,}" for name in ("compared", "largest") if name in told))
