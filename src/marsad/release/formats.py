"""What an export is, and which there are.

An export is a function that writes incidents to a stream of bytes. The built-in ones and those of other packages (entry points of the group
`marsad.exports`, each an `Export`) come through the same door, `export`, behind which no private name is left and nothing that an editor withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import IO, Final

from marsad.model import Incident, Report
from marsad.release.columns import Column
from marsad.release.masking import Reports
from marsad.release.order import in_order
from marsad.release.privacy import Privacy


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
    """A format of export.

    `about`: what it is, in words; `suffix`: of its files; `write`: writes the incidents, which come in their order, to a stream; `columns`: what it
    says, for the codebook; `happened`: only what happened is exported, for it has no column for what did not; `extra`: the extra of marsad that
    it needs.
    """

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


class _Formats(Mapping[str, Export]):
    """All exports by name, the built-in ones first; each is imported when it is asked for."""

    def __getitem__(self, name: str) -> Export:
        if name in _MODULES:
            found: dict[str, Export] = import_module(f"marsad.release.{_MODULES[name]}").EXPORTS
            return found[name]
        for point in entry_points(group=_GROUP):
            if point.name == name:
                made = point.load()
                if not isinstance(made, Export):
                    raise ExportError(f"the export {name!r} of {point.value} is no marsad.release.Export")
                return made
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_names())

    def __len__(self) -> int:
        return len(_names())

    def __contains__(self, name: object) -> bool:
        return name in _names()


FORMATS: Final[Mapping[str, Export]] = _Formats()
"""All exports by name, the built-in ones first, then those of other packages."""


@cache
def _names() -> tuple[str, ...]:
    return (*_MODULES, *sorted({point.name for point in entry_points(group=_GROUP)} - set(_MODULES)))


def export_names() -> tuple[str, ...]:
    """The names of all exports: the keys of `FORMATS`."""
    return tuple(FORMATS)


def export(name: str, incidents: Iterable[Incident], reports: Reports, out: IO[bytes], *, internal: bool = False, bom: bool = False) -> None:
    """Write `incidents` to `out` as the export `name` (`FORMATS`).

    They are put in order, by first day and id, those without a day last: the same incidents give the same bytes, in whatever order they come.
    `reports` gives a report with its text by id, None where it is not kept. Unless `internal`, names of private persons are masked (`Privacy`),
    the names of editors are left out, and so are incidents that an editor withheld. `bom`: a byte-order mark in front of CSV. Memory grows with the
    number of incidents by their keys alone (XLSX and HAPI hold their lines). Raises `ExportError` where there is no such export, an extra is missing
    or the format does not hold so much.
    """
    if name not in FORMATS:
        raise ExportError(f"no export is called {name!r}; there are: {', '.join(FORMATS)}")
    chosen = FORMATS[name]
    privacy = None if internal else Privacy(reports)
    with in_order(incidents) as ordered:
        chosen.write(_released(ordered, chosen, privacy), out, Release(_Facts(reports, privacy).report, internal, bom))


def _released(incidents: Iterable[Incident], chosen: Export, privacy: Privacy | None) -> Iterator[Incident]:
    for incident in incidents:
        if chosen.happened and (incident.status in ("denied", "planned") or incident.review.state == "rejected"):
            continue
        if privacy is None:
            yield incident
        elif (public := privacy.public(incident)) is not None:
            yield public


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
