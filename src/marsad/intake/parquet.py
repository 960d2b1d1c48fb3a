"""Parquet → `Report`s: one row one report, its columns found as those of any table. Needs the extra `parquet`.

Rows are read a few at a time, whatever the size of the file and of its groups. A row has no bytes of its own: its JSON stands for them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from marsad.intake.columns import mapped, report_of_row
from marsad.intake.given import Given, IntakeError, Item

_ROWS: Final = 256  # rows that are held at once


def looks_like_parquet(head: bytes) -> bool:
    """Whether the bytes begin a Parquet file."""
    return head.startswith(b"PAR1")


def read_parquet(given: Given) -> Iterator[Item]:
    """The rows of a file as reports."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise IntakeError("a Parquet file needs pyarrow: pip install 'marsad[parquet]'") from None
    number = 0
    try:
        source = str(given.path) if given.path is not None else io.BytesIO(given.whole())
        with parquet.ParquetFile(source) as file:
            columns = mapped(tuple(file.schema_arrow.names), given.columns)
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield report_of_row([_cell(v) for v in row.values()], columns, given, f"row={number}", number, _bytes(row), None)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise IntakeError(f"a Parquet file that is damaged or cut, behind row {number:,}: {str(error).splitlines()[0][:200]}") from None


def _cell(value: Any) -> Any:
    """A cell as tables have them: lists and structures as their JSON, bytes as the text that they are."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, dict)):
        return msgspec.json.encode(value, order="sorted").decode()
    return value


def _bytes(row: dict[str, Any]) -> bytes:
    return msgspec.json.encode({name: value for name, value in row.items() if value is not None})
