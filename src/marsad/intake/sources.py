"""Files, folders and standard input → reports in order, with the faults among them.

A folder is read in sorted order, recursively; a repeated id is a bad record, wherever it comes from.
"""

from __future__ import annotations

import datetime
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from marsad.intake.faults import Fault
from marsad.intake.ids import Ids
from marsad.intake.page import read_page
from marsad.intake.raw import sealed
from marsad.intake.records import read_lines
from marsad.intake.text import read_text
from marsad.model import Proof, Report

Item = Report | Fault
Reader = Callable[[bytes, str], Iterator[Item]]
WHOLE: Final[dict[str, Reader]] = {".txt": read_text, ".html": read_page, ".htm": read_page, ".mhtml": read_page, ".mht": read_page}
LINES: Final = frozenset((".jsonl", ".ndjson"))
_TEXT_LIMIT: Final = 512 * 1024 * 1024  # bytes of a file that is read whole


@dataclass(frozen=True, slots=True)
class Intake:
    """What was asked for: inputs, and what serves where a report says nothing itself."""

    inputs: tuple[str, ...]
    date: datetime.date | None = None
    outlet: str | None = None


def take_in(intake: Intake) -> Iterator[Item]:
    """The reports of all inputs in order; faults stand where their record stood."""
    with Ids() as ids:
        for name in intake.inputs:
            for item in _input(name):
                if isinstance(item, Fault):
                    yield item
                    continue
                first = ids.first(item.id, name)
                if first is None:
                    yield _completed(item, intake)
                else:
                    yield Fault(name, f"id {item.id!r}", f"this id was read before, in {first}")


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


def _input(name: str) -> Iterator[Item]:
    if name == "-":
        yield from _stdin()
        return
    path = Path(name)
    if path.is_dir():
        empty = True
        for entry in _files(path):
            empty = False
            if isinstance(entry, Fault):
                yield entry
            else:
                yield from _file(entry)
        if empty:
            yield Fault(name, None, f"no {', '.join(sorted((*WHOLE, *LINES)))} in this folder")
    else:
        yield from _file(path)


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
        elif Path(entry.name).suffix.lower() in WHOLE or Path(entry.name).suffix.lower() in LINES:
            yield Path(entry.path)


def _file(path: Path) -> Iterator[Item]:
    ending = path.suffix.lower()
    try:
        if ending in LINES:
            with path.open("rb") as lines:
                yield from read_lines(lines, str(path))
            return
        if path.stat().st_size > _TEXT_LIMIT:
            yield Fault(str(path), None, f"more than {_TEXT_LIMIT:,} bytes")
            return
        content = path.read_bytes()
    except OSError as error:
        yield Fault(str(path), None, error.strerror or str(error))
        return
    reader = WHOLE.get(ending)
    if reader is None and ending:
        yield Fault(str(path), None, f"no format for {ending}; known: {', '.join(sorted((*WHOLE, *LINES)))}")
        return
    yield from _proved((reader or read_text)(content, str(path)), content, str(path))


def _proved(items: Iterator[Item], content: bytes, name: str) -> Iterator[Item]:
    """The reports of one file; one whose format gave no proof was made of all its bytes. The bytes are sealed also when no report came out."""
    sha256 = sealed(content)
    for item in items:
        if isinstance(item, Report) and item.proof is None:
            yield msgspec.structs.replace(item, proof=Proof(sha256, len(content), path=name))
        else:
            yield item


def _stdin() -> Iterator[Item]:
    """Standard input: records if its first line is a JSON object, a page if it begins with `<`, else one text."""
    stream = sys.stdin.buffer
    head = stream.peek(4096) if isinstance(stream, io.BufferedReader) else b""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        yield from read_lines(stream, "standard input")
        return
    content = stream.read()
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        yield from read_lines(io.BytesIO(content), "standard input")
    elif start[:1] == b"<":
        yield from _renamed(_proved(read_page(content, "standard input"), content, "standard input"))
    else:
        yield from _renamed(_proved(read_text(content, "standard input"), content, "standard input"))


def _renamed(items: Iterator[Item]) -> Iterator[Item]:
    for item in items:
        yield msgspec.structs.replace(item, id="stdin") if isinstance(item, Report) else item
