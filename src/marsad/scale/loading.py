"""`marsad scale load`: incidents and the readings that they are made of, into the store: in one transaction, and as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from pyarrow import parquet

from marsad.incidents import Link
from marsad.model import Incident
from marsad.observatory import Bin, Observatory, Ready, StoreError
from marsad.scale.engine import ScaleError, Step
from marsad.scale.files import Folder
from marsad.scale.rows import name_of, reading_of, report_of, rows_of

_COLUMNS: Final = ("id", "sha256", "text", "torn", "report", "raw", "same_as", "reading")


def load(incidents: str, url: str) -> Iterator[Step]:
    """Load a folder of incidents into the store at `url`; gives how far it is. Nothing is kept until all is. Raises `ScaleError`."""
    folder = Folder(incidents)
    plan = folder.read("plan.json")
    if plan is None or not plan.get("done"):
        raise ScaleError(f"{incidents} holds no incidents of `marsad scale incidents`" + (", or not all of them: run that again" if plan else ""))
    source = Folder(plan["readings"])
    renamed: dict[str, str] = folder.read("renamed.json") or {}
    try:
        with Observatory(url) as observatory:
            for told in observatory.load(_reports(source, plan["files"], renamed), _bins(folder)):
                yield Step("loading", told.incidents, 0, told.new, said=f"{told.known:,} reports were there, {told.anew:,} groups of incidents made anew")
    except StoreError as error:
        raise ScaleError(str(error)) from None


def _reports(source: Folder, files: list[str], renamed: dict[str, str]) -> Iterator[Ready]:
    """Those with a reading by partition, then the other proofs of them."""
    by_part: dict[str, list[str]] = {}
    for name in files:
        by_part.setdefault(name.split("/")[1], []).append(name)
    for names in by_part.values():
        seen: dict[str, int] = {}
        for batch in rows_of(source, names, _COLUMNS):
            for row in batch:
                yield Ready(name_of(row, renamed, seen), report_of(row), reading_of(row), row["raw"])
        for batch in rows_of(source, names, _COLUMNS, same=True):
            for row in batch:
                yield Ready(row["same_as"], report_of(row), None, row["raw"])


def _bins(folder: Folder) -> Iterator[Bin]:
    for name in folder.names("incidents"):
        made: dict[str, list[Incident]] = {}
        for row in rows_in(folder, name, ["component", "incident"]):
            made.setdefault(row["component"], []).append(msgspec.json.decode(row["incident"], type=Incident))
        links: dict[str, list[Link]] = {}
        for row in rows_in(folder, name.replace("incidents/", "links/", 1)):
            a, b = (row["a_report"], row["a_index"]), (row["b_report"], row["b_index"])
            links.setdefault(row["component"], []).append(Link(a, b, row["score"], tuple(row["why"])))
        yield Bin([(incidents, links.get(component, ())) for component, incidents in sorted(made.items())])


def rows_in(folder: Folder, name: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    """The rows of one file."""
    with folder.system.open_input_file(folder.at(name)) as file:
        rows: list[dict[str, Any]] = parquet.read_table(file, columns=columns).to_pylist()
    return rows
