"""What a run left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from pyarrow import parquet

from marsad.model import Incident, Reading
from marsad.scale.rows import reading_of


def rows(place: str, below: str) -> list[dict[str, Any]]:
    """The rows of all files there."""
    return [row for path in sorted(Path(place, below).rglob("*.parquet")) for row in parquet.ParquetFile(path).read().to_pylist()]


def readings(place: str) -> dict[str, Reading]:
    """The readings by id."""
    return {row["id"]: reading_of(row) for row in rows(place, "readings") if row["reading"] is not None}


def incidents(place: str) -> dict[str, Incident]:
    """The incidents by id."""
    return {row["id"]: msgspec.json.decode(row["incident"], type=Incident) for row in rows(place, "incidents")}
