"""A folder on a disk or in an object store, and the files in it: whole, or not there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from marsad.scale.engine import ScaleError

_CHUNK: Final = 1 << 22


class Folder:
    """A folder by its path or address (`s3://bucket/path`, `file:///path`, or a path of this machine)."""

    def __init__(self, place: str) -> None:
        try:
            from pyarrow import ArrowException, fs
        except ImportError:
            raise ScaleError("this needs pyarrow: pip install 'marsad[scale]'") from None
        self.place = place if "://" in place else os.path.abspath(place)
        try:
            self.system, self.root = fs.FileSystem.from_uri(self.place)
        except (ArrowException, OSError, ValueError) as error:
            raise ScaleError(f"{place}: {str(error).splitlines()[0]}") from None
        self.root = self.root.rstrip("/")
        self.local = isinstance(self.system, fs.LocalFileSystem)

    def at(self, name: str) -> str:
        """The path of a file in its file system."""
        return f"{self.root}/{name}"

    def address(self, name: str = "") -> str:
        """The address of a file or folder, as the engine takes it."""
        base = f"file://{self.root}" if self.local else self.place.rstrip("/")
        return f"{base}/{name}" if name else base

    def has(self, name: str) -> bool:
        """Whether a file or folder is there."""
        from pyarrow import fs

        return bool(self.system.get_file_info(self.at(name)).type != fs.FileType.NotFound)

    def names(self, name: str = "") -> list[str]:
        """The files below a folder, as names in this one, sorted; none where it is not there."""
        from pyarrow import fs

        asked = fs.FileSelector(self.at(name) if name else self.root, recursive=True, allow_not_found=True)
        found = [info.path for info in self.system.get_file_info(asked) if info.type == fs.FileType.File]
        return sorted(path[len(self.root) + 1 :] for path in found if not path.rpartition("/")[2].startswith("."))

    @contextlib.contextmanager
    def written(self, name: str) -> Iterator[IO[bytes]]:
        """A file that takes its name when it is whole: moved there on a disk, closed in an object store, where a file that is not closed is none."""
        path = self.at(name)
        if not self.local:
            stream = self.system.open_output_stream(path)
            yield stream
            stream.close()  # not where something went wrong: then it is given up
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle, part = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise

    def write(self, name: str, value: Any) -> None:
        """Keep a value as JSON."""
        with self.written(name) as out:
            out.write(msgspec.json.format(msgspec.json.encode(value), indent=1))

    def read(self, name: str) -> Any:
        """A value that was kept as JSON; None where there is none. Raises `ScaleError` for a file that is none of ours."""
        if not self.has(name):
            return None
        with self.system.open_input_stream(self.at(name)) as file:
            try:
                return msgspec.json.decode(file.read())
            except msgspec.DecodeError as error:
                raise ScaleError(f"{self.address(name)} is damaged: {error}") from None

    def drop(self, name: str) -> None:
        """Take a folder away, with all that is in it, if it is there."""
        if self.has(name):
            self.system.delete_dir(self.at(name))


@contextlib.contextmanager
def at_hand(address: str) -> Iterator[Path]:
    """A file as one of this machine: itself, or a copy that goes away. Raises OSError where it cannot be read whole."""
    if "://" not in address:
        yield Path(address)
        return
    if address.startswith("file://"):
        yield Path(address.removeprefix("file://"))
        return
    from pyarrow import fs

    system, path = fs.FileSystem.from_uri(address)
    handle, copy = tempfile.mkstemp(prefix="marsad-", suffix=os.path.basename(path)[-40:])
    try:
        with os.fdopen(handle, "wb") as out, system.open_input_stream(path) as file:
            shutil.copyfileobj(file, out, _CHUNK)
        yield Path(copy)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(copy)
