"""Parquet: the columns of the table of incidents, typed, with the claims as a nested column. Needs the extra `parquet`.

Each column carries its meaning in its metadata. Written in groups of rows, so that memory does not grow with the number of incidents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, Final

from marsad.model import Incident
from marsad.release.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column, Row
from marsad.release.formats import Export, ExportError, Release

_GROUP: Final = 5_000  # incidents a group of rows
_NESTED: Final = tuple(column for column in CLAIM_COLUMNS if column.name not in ("incident", "title", "link"))


def _write(incidents: Iterable[Incident], out: IO[bytes], release: Release) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ExportError("the export parquet needs pyarrow: pip install 'marsad[parquet]'") from None
    schema = _schema(pyarrow)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        some = False
        for rows in _groups(incidents, release):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            some = True
        if not some:
            writer.write_table(schema.empty_table())


def _groups(incidents: Iterable[Incident], release: Release) -> Iterator[list[dict[str, Any]]]:
    rest = iter(incidents)
    while group := list(islice(rest, _GROUP)):
        yield [_row(incident, release) for incident in group]


def _row(incident: Incident, release: Release) -> dict[str, Any]:
    row = Row(incident, release.report)
    values = {column.name: column.value(row) for column in INCIDENT_COLUMNS if column.name != "claims"}
    nested = [Row(incident, release.report, claim) for claim in incident.claims]
    return {**values, "claims": [{column.name: column.value(claim) for column in _NESTED} for claim in nested]}


def _schema(pyarrow: Any) -> Any:
    types = {"text": pyarrow.string(), "texts": pyarrow.list_(pyarrow.string()), "int": pyarrow.int64(), "float": pyarrow.float64(), "date": pyarrow.date32()}

    def fields(columns: Iterable[Column]) -> list[Any]:
        return [pyarrow.field(column.name, types[column.kind], metadata={"meaning": column.meaning, "from": column.source}) for column in columns]

    claims = pyarrow.field("claims", pyarrow.list_(pyarrow.struct(fields(_NESTED))), metadata={"meaning": "every claim", "from": "Incident.claims"})
    return pyarrow.schema([*fields(column for column in INCIDENT_COLUMNS if column.name != "claims"), claims], metadata={"marsad.schema": "1"})


EXPORTS: Final = {"parquet": Export("parquet", "typed columns, claims nested", ".parquet", _write, INCIDENT_COLUMNS, extra="parquet")}
