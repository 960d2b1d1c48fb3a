"""One bin of components → their incidents. In a worker; what it holds at a time is one bin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyarrow import dataset, parquet

from marsad.incidents import Component, Link, Ref, Told, components, copies_in, incident
from marsad.model import Event, Incident
from marsad.scale.files import Folder

INCIDENTS: Final = pa.schema(
    [
        ("id", pa.string()),
        ("type", pa.string()),
        ("status", pa.string()),
        ("day", pa.date32()),
        ("countries", pa.list_(pa.string())),
        ("grade", pa.string()),
        ("reports", pa.list_(pa.string())),
        ("first", pa.string()),  # its first event: report and index
        ("component", pa.string()),  # the first event of those that hang together with it: all incidents of a component have the same
        ("incident", pa.binary()),  # as JSON
    ]
)
LINKED: Final = pa.schema(
    [
        ("component", pa.string()),
        ("a_report", pa.string()),
        ("a_index", pa.int32()),
        ("b_report", pa.string()),
        ("b_index", pa.int32()),
        ("score", pa.float64()),
        ("why", pa.list_(pa.string())),
    ]
)


class _Head(msgspec.Struct):
    """An event, and what its report says of itself."""

    id: str
    sha256: str
    reference_date: date | None
    outlet: str | None
    title: str | None
    event: Event


def group_bin(*, to: str, number: int) -> dict[str, Any]:
    """The incidents of one bin. Gives how many, and the size of the largest component."""
    folder = Folder(to)
    told: dict[int, dict[int, Told]] = {}
    links: dict[int, list[tuple[int, int, float, tuple[str, ...]]]] = {}
    for row in _rows(folder, f"work/joined/bin={number}"):
        told.setdefault(row["component"], {})[row["number"]] = _told(row)
    for row in _rows(folder, f"work/linked/bin={number}"):
        links.setdefault(row["component"], []).append((row["a"], row["b"], row["score"], tuple(row["why"])))
    largest = max(map(len, told.values()), default=0)
    found: list[Component] = []
    for key in sorted(told):
        events = told.pop(key)
        own = [Link(events[a].ref, events[b].ref, score, why) for a, b, score, why in links.get(key, ()) if b in events]  # what leads out of it does not hold
        found += components(events.values(), own)
    found.sort(key=lambda c: c.told[0].ref)
    rows = [_row(incident(group, links=c.links, copies=copies_in(group)), _name(c.told[0].ref)) for c in found for group in c.groups]
    with folder.written(f"links/bin-{number:05}.parquet") as to_:
        parquet.write_table(pa.Table.from_pylist(list(_linked(found)), schema=LINKED), to_, compression="zstd")
    with folder.written(f"incidents/bin-{number:05}.parquet") as to_:
        parquet.write_table(pa.Table.from_pylist(rows, schema=INCIDENTS), to_, compression="zstd", row_group_size=5_000)
    return {"rows": len(rows), "bytes": 0, "aside": 0, "largest": largest}


def rename(*, to: str, name: str, ids: dict[str, str]) -> dict[str, Any]:
    """Give incidents of one file other ids. `ids`: old id and first event, a line each → new id."""
    folder = Folder(to)
    with folder.system.open_input_file(folder.at(name)) as file:
        rows = parquet.read_table(file).to_pylist()
    for row in rows:
        new = ids.get(f"{row['id']}\n{row['first']}")
        if new is not None:
            made = msgspec.json.decode(row["incident"], type=Incident)
            row["id"], row["incident"] = new, msgspec.json.encode(msgspec.structs.replace(made, id=new))
    with folder.written(name) as to_:
        parquet.write_table(pa.Table.from_pylist(rows, schema=INCIDENTS), to_, compression="zstd", row_group_size=5_000)
    return {"rows": len(ids), "bytes": 0, "aside": 0}


def _rows(folder: Folder, name: str) -> Iterable[dict[str, Any]]:
    paths = [folder.at(found) for found in folder.names(name)]
    if paths:
        for batch in dataset.dataset(paths, filesystem=folder.system, format="parquet").to_batches(batch_size=1024, use_threads=False):
            yield from batch.to_pylist()


def _told(row: dict[str, Any]) -> Told:
    head = msgspec.json.decode(row["reading"], type=_Head)
    return Told(row["id"], head.sha256, row["index"], head.event, head.reference_date, head.outlet, head.title, row["text"], row["home"])


def _row(made: Incident, component: str) -> dict[str, Any]:
    return {
        "id": made.id,
        "type": made.type,
        "status": made.status,
        "day": made.date.start,
        "countries": list(dict.fromkeys(place.country for place in made.places if place.country)),
        "grade": made.grade.value,
        "reports": list(made.reports),
        "first": _name((made.events[0].report, made.events[0].index)),
        "component": component,
        "incident": msgspec.json.encode(made),
    }


def _linked(found: Iterable[Component]) -> Iterable[dict[str, Any]]:
    for component in found:
        for one in component.links:
            (a, i), (b, k) = one.a, one.b
            yield {
                "component": _name(component.told[0].ref),
                "a_report": a,
                "a_index": i,
                "b_report": b,
                "b_index": k,
                "score": one.score,
                "why": list(one.why),
            }


def _name(ref: Ref) -> str:
    return f"{ref[0]}#{ref[1]}"
