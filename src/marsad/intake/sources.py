"""Files, folders and standard input → reports in order, with the faults among them.

A folder is read in sorted order, recursively. A repeated id is a bad record, wherever it comes from, but for what was fetched more than once.
"""

from __future__ import annotations

import datetime
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.formats import broken, endings, has_format, read_given
from marsad.intake.given import HEAD, Given, IntakeError, Item
from marsad.intake.ids import Ids
from marsad.model import Note, Report

_STDIN: Final = "standard input"
_TELLING: Final = 512  # bytes by which a format is known


@dataclass(frozen=True, slots=True)
class Intake:
    """What was asked for: inputs, and what serves where a report says nothing itself.

    `columns`: which column of a table holds what, as pairs of a field and the name of a column.
    """

    inputs: tuple[str, ...]
    date: datetime.date | None = None
    outlet: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def take_in(intake: Intake) -> Iterator[Item]:
    """The reports of all inputs in order; faults stand where their record stood."""
    with Ids() as ids:
        for name in intake.inputs:
            for item in _input(name, intake):
                if isinstance(item, Fault):
                    yield item
                    continue
                known = _known(item, ids, name)
                if known is not None:
                    yield known if isinstance(known, Fault) else _completed(known, intake)
    yield from broken()


def take_in_file(path: Path, name: str, intake: Intake) -> Iterator[Item]:
    """The reports of one file that lies at `path` and is called `name` in faults and proofs (an address from which it was fetched, say).

    As `take_in`, where only ids of this very file are compared. Raises OSError where the file cannot be read.
    """
    given = Given.of_path(path, dict(intake.columns))
    given.name = name
    with Ids() as ids:
        for item in read_given(given):
            known = item if isinstance(item, Fault) else _known(item, ids, name)
            if known is not None:
                yield known if isinstance(known, Fault) else _completed(known, intake)


def _known(report: Report, ids: Ids, name: str) -> Item | None:
    """The report under an id that no other has; a fault where the id is taken.

    What was fetched again (an entry of a feed, a message of a channel) is the same report as long as its text is the same: None. With another
    text it is a version of its own, which the time of the fetch tells apart.
    """
    name = report.proof.path.partition("#")[0] if report.proof is not None and report.proof.path else name
    first = ids.first(report.id, name)
    fetched = report.proof.fetched if report.proof is not None else None
    if fetched is None:
        return report if first is None else Fault(name, f"id {report.id!r}", f"this id was read before, in {first}")
    seen = ids.first(f"{report.id}\0{report.sha256}", name)
    if first is None or seen is not None:
        return report if first is None else None
    version = msgspec.structs.replace(
        report, id=f"{report.id}@{fetched}", notes=(*report.notes, Note("version", f"another text of {report.id}, which was read before, in {first}"))
    )
    return version if ids.first(version.id, name) is None else Fault(name, f"id {version.id!r}", "this id was read before, with another text")


def _completed(report: Report, intake: Intake) -> Report:
    if (report.date is None and intake.date) or (report.outlet is None and intake.outlet):
        return msgspec.structs.replace(report, date=report.date or intake.date, outlet=report.outlet or intake.outlet)
    return report


def size_of(inputs: Iterable[str]) -> int | None:
    """Bytes of all inputs, for a progress bar; None where standard input is among them."""
    total = 0
    for name in inputs:
        if name == "-":
            return None
        path = Path(name)
        try:
            total += sum(f.stat().st_size for f in _files(path) if isinstance(f, Path)) if path.is_dir() else path.stat().st_size
        except OSError:
            continue
    return total


def _input(name: str, intake: Intake) -> Iterator[Item]:
    if name == "-":
        yield from _stdin(intake)
        return
    path = Path(name)
    if path.is_dir():
        empty = True
        for entry in _files(path):
            empty = False
            if isinstance(entry, Fault):
                yield entry
            else:
                yield from _file(entry, intake)
        if empty:
            yield Fault(name, None, f"no {', '.join(endings())} in this folder")
    else:
        yield from _file(path, intake)


def _files(folder: Path) -> Iterator[Path | Fault]:
    """The files of a folder that have a format, sorted, folders inside included."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield Fault(str(folder), None, error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            is_folder = False
        if is_folder:
            yield from _files(Path(entry.path))
        elif has_format(entry.name):
            yield Fault(entry.path, None, "no regular file") if _is_special(entry) else Path(entry.path)


def _is_special(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a pipe or a device, of which nobody knows whether it ever ends."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False  # a link to nowhere: said when it is opened
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _file(path: Path, intake: Intake) -> Iterator[Item]:
    try:
        given = Given.of_path(path, dict(intake.columns))
    except OSError as error:
        yield Fault(str(path), None, error.strerror or str(error))
        return
    yield from read_given(given)


def _stdin(intake: Intake) -> Iterator[Item]:
    """Standard input: its format is found by its first bytes, and is that of a text where those tell none."""
    stream = sys.stdin.buffer
    head = stream.peek(HEAD) if isinstance(stream, io.BufferedReader) else b""
    given = Given(_STDIN, head, stream=stream, columns=dict(intake.columns), known_stem="stdin")
    if len(head) < _TELLING:  # a pipe that gives a little at a time: by all of it, then
        try:
            given.head = given.whole()[:HEAD]
        except IntakeError as error:
            yield Fault(_STDIN, None, str(error))
            return
    yield from read_given(given)
