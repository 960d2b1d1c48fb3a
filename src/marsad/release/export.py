"""What an export is, and which there are.

An export is a function that writes incidents to a stream of bytes. The built-in ones and those of other packages (entry points of the group
`marsad.exports`, each an `Export`) come through the same door, `write`, behind which no private name is left and nothing that an editor withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from typing import IO, Final

from marsad.model import Incident, Report
from marsad.release.columns import Column
from marsad.release.privacy import Privacy, Reports


class ExportError(Exception):
    """An export that cannot be written; the message says why in one line, and names the extra that is missing where one is."""


@dataclass(frozen=True, slots=True)
class Release:
    """What an export may ask for besides the incidents: the facts of their reports (no text), and what the user chose."""

    report: Callable[[str], Report | None]
    internal: bool = False
    bom: bool = False
    """A byte-order mark in front of CSV, by which Excel knows UTF-8."""


Writer = Callable[[Iterable[Incident], IO[bytes], Release], None]


@dataclass(frozen=True, slots=True)
class Export:
    """A format of export. `happened`: only what happened is exported, for it has no column for what did not."""

    name: str
    about: str
    suffix: str
    write: Writer
    columns: tuple[Column, ...] = ()
    happened: bool = False
    extra: str | None = None


_MODULES: Final = {
    "csv": "delimited", "csv-claims": "delimited", "xlsx": "workbook", "jsonl": "jsonlines", "geojson": "geojson", "parquet": "parquet",
    "acled": "acled", "ucdp": "ucdp", "hapi": "hapi", "ftm": "followthemoney",
}  # fmt: skip
"""The built-in exports and the modules that have them, each in its `EXPORTS`."""

_GROUP: Final = "marsad.exports"


def export_names() -> tuple[str, ...]:
    """The names of all exports, the built-in ones first."""
    foreign = sorted({point.name for point in entry_points(group=_GROUP)} - set(_MODULES))
    return (*_MODULES, *foreign)


def export_named(name: str) -> Export:
    """The export of that name. Raises `ExportError` where there is none."""
    if name in _MODULES:
        found: dict[str, Export] = import_module(f"marsad.release.{_MODULES[name]}").EXPORTS
        return found[name]
    for point in entry_points(group=_GROUP):
        if point.name == name:
            export = point.load()
            if not isinstance(export, Export):
                raise ExportError(f"the export {name!r} of {point.value} is no marsad.release.Export")
            return export
    raise ExportError(f"no export is called {name!r}; there are: {', '.join(export_names())}")


def write(name: str, incidents: Iterable[Incident], reports: Reports, out: IO[bytes], *, internal: bool = False, bom: bool = False) -> None:
    """Write `incidents`, in their order, as the export `name`.

    `reports` gives a report with its text by id, None where it is not kept. Unless `internal`, names of private persons are masked (`Privacy`), and
    incidents that an editor withheld are left out. Raises `ExportError`.
    """
    export = export_named(name)
    privacy = Privacy(reports)
    release = Release(_Facts(reports, None if internal else privacy).report, internal, bom)
    export.write(_released(incidents, export, None if internal else privacy), out, release)


def _released(incidents: Iterable[Incident], export: Export, privacy: Privacy | None) -> Iterator[Incident]:
    for incident in incidents:
        if export.happened and (incident.status in ("denied", "planned") or incident.review.state == "rejected"):
            continue
        if privacy is None:
            yield incident
        elif incident.review.state != "withheld":
            yield privacy.public(incident)


@dataclass(slots=True)
class _Facts:
    """The facts of reports, those of the last few kept."""

    reports: Reports
    privacy: Privacy | None
    held: dict[str, Report | None] = field(default_factory=dict)

    def report(self, id_: str) -> Report | None:
        if id_ not in self.held:
            if len(self.held) >= 1024:
                self.held.clear()
            found = self.reports(id_)
            self.held[id_] = None if found is None else (self.privacy.report(found) if self.privacy else found)
        return self.held[id_]
