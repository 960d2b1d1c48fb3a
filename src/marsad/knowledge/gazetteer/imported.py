"""What the user imported, as it is kept: one file a source in the user's data folder, the places as JSON lines behind a line about the source."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from marsad.knowledge.gazetteer.draft import Draft

ENDING = ".places.jsonl.gz"


class StoredError(ValueError):
    """A file of the data folder is not what an import wrote."""


def folder() -> Path:
    """`MARSAD_GAZETTEER`, or `marsad/gazetteer` in the user's data folder."""
    told = os.environ.get("MARSAD_GAZETTEER")
    if told:
        return Path(told)
    root = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return Path(root) / "marsad" / "gazetteer"


def stamp() -> str:
    """What the imported sources are now: names, sizes and times of their files."""
    parts = []
    for path in _files():
        stat = path.stat()
        parts.append(f"{path.name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(parts)


def file_of(source: str) -> Path:
    """Where the places of a source are kept."""
    return folder() / f"{source}{ENDING}"


def sources(instead: Mapping[Path, Path] | None = None) -> Iterator[tuple[dict[str, Any], Iterator[Draft]]]:
    """What is said of each source, and its places; `instead`: files read in the place of others. Raises `StoredError`, naming the file that is damaged."""
    for path in sorted({*_files(), *(instead or {})}):
        file = (instead or {}).get(path, path)
        yield about(file), _places(file)


def about(path: Path) -> dict[str, Any]:
    """The line about the source at the head of its file."""
    import gzip

    try:
        with gzip.open(path, "rb") as file:
            return dict(msgspec.json.decode(file.readline(), type=dict[str, Any]))
    except (OSError, EOFError, msgspec.DecodeError) as error:
        raise StoredError(f"{path}: damaged ({error}); import its source again, or remove the file") from None


def _places(path: Path) -> Iterator[Draft]:
    import gzip

    decode = msgspec.json.Decoder(Draft).decode
    number = 1
    try:
        with gzip.open(path, "rb") as file:
            file.readline()
            for line in file:
                number += 1
                yield decode(line)
    except (OSError, EOFError, msgspec.DecodeError) as error:
        raise StoredError(f"{path}, line {number}: damaged ({error}); import its source again, or remove the file") from None


def _files() -> list[Path]:
    try:
        return sorted(folder().glob(f"*{ENDING}"))
    except OSError:
        return []
