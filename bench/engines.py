"""The job of `marsad scale read` on other engines, as their manuals have it done: `python -m bench.engines NAME INPUT OUT` (for `bench.scale`).

The job: lines of JSON → reports → readings → Parquet by partition of the text's hash, on two cores of one machine. Every engine calls the same function.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

PARTS = 8


def read_line(line: str) -> dict[str, Any]:
    """A line, read."""
    from marsad.model import Report
    from marsad.observatory import read_one

    record = json.loads(line)
    report = Report.from_text(record["text"], id=record["id"], date=record["date"], outlet=record["outlet"])
    return {"part": int(report.sha256[:8], 16) * PARTS >> 32, "id": report.id, "sha256": report.sha256, "reading": read_one(report).content}


def by_pool(source: str, out: str) -> None:
    """No engine: processes of Python, a file written at the end."""
    import gzip
    from multiprocessing import get_context

    import pyarrow as pa
    from pyarrow import parquet

    lines = [line for path in sorted(Path(source).glob("*.gz")) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    with get_context("fork").Pool(2) as pool:
        rows = pool.map(read_line, lines, chunksize=32)
    parquet.write_to_dataset(pa.Table.from_pylist(rows), out, partition_cols=["part"], compression="zstd")


def by_scale(source: str, out: str) -> None:
    """Daft as `marsad scale read` has it: units of work are files and partitions, which a worker reads and writes itself."""
    from marsad.scale import Reads, read, start

    start(jobs=2)
    for _ in read(Reads((source,), out, PARTS)):
        pass


def by_daft(source: str, out: str) -> None:
    """Daft as a flow of rows."""
    from marsad.scale.engine import daft

    engine = daft()
    engine.set_runner_native(2)
    fields = {"part": engine.DataType.int64(), "id": engine.DataType.string(), "sha256": engine.DataType.string(), "reading": engine.DataType.binary()}
    read = engine.func.batch(return_dtype=engine.DataType.struct(fields), use_process=True, batch_size=64, unnest=True)(_column)
    frame = engine.read_text(f"{source}/*.gz")
    frame.select(read(frame["text"])).write_parquet(out, compression="zstd", partition_cols=["part"])


def _column(lines: Any) -> list[dict[str, Any]]:
    return [read_line(line) for line in lines.to_pylist()]


def by_ray(source: str, out: str) -> None:
    """Ray Data."""
    import pyarrow as pa
    import ray

    ray.init(num_cpus=2, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
    found = ray.data.read_text(f"{source}/", file_extensions=["gz"], arrow_open_stream_args={"compression": "gzip"}).repartition(64)
    found = found.map_batches(lambda batch: pa.Table.from_pylist([read_line(line) for line in batch["text"]]), batch_size=64)
    found.write_parquet(out, partition_cols=["part"])


def by_spark(source: str, out: str) -> None:
    """Spark, with Python workers."""
    from pyspark.sql import Row, SparkSession

    def part(lines: Iterable[Any]) -> Iterator[Any]:
        for line in lines:
            yield Row(**read_line(line.value))

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    rows = spark.read.text(f"{source}/*.gz").repartition(64).rdd.mapPartitions(part)
    spark.createDataFrame(rows, "part int, id string, sha256 string, reading binary").write.partitionBy("part").parquet(out, compression="zstd")
    spark.stop()


ENGINES = {"no engine (multiprocessing)": by_pool, "marsad scale (Daft)": by_scale, "Daft, rows": by_daft, "Ray Data": by_ray, "Spark": by_spark}


def main() -> None:
    """Run one."""
    name, source, out = sys.argv[1:]
    print(datetime.datetime.now(datetime.UTC).isoformat(), name, flush=True)
    ENGINES[name](source, out)


if __name__ == "__main__":
    main()
