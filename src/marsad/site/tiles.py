"""A base map of the user's own: one PMTiles file with vector tiles, given out by ranges, as MapLibre reads it.

The file stays where it is. Its name in addresses holds a hash of its head and its size, so that a browser never puts two maps together.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

_MAGIC: Final = b"PMTiles"
_VERSION, _VECTOR = 3, 1
_TYPE_AT: Final = 99  # of tiles, in the head: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
_HEAD: Final = 127
_MOST: Final = 32_000_000  # bytes of one range
_RANGE: Final = re.compile(r"bytes=(\d{1,15})-(\d{1,15})")


class TilesError(Exception):
    """A file that is no base map; the message says why."""


class Tiles:
    """A PMTiles file. Raises `TilesError` where it is none, or holds pictures and no vector tiles."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            with self.path.open("rb") as stream:
                head = stream.read(16_384)
            self.size = self.path.stat().st_size
        except OSError as error:
            raise TilesError(f"{path}: {error.strerror}") from None
        if len(head) < _HEAD or not head.startswith(_MAGIC) or head[len(_MAGIC)] != _VERSION:
            raise TilesError(f"{path}: no PMTiles file of version {_VERSION}")
        if head[_TYPE_AT] != _VECTOR:
            raise TilesError(f"{path}: its tiles are no vector tiles (MVT)")
        self.name = f"map-{hashlib.sha256(head + str(self.size).encode()).hexdigest()[:10]}.pmtiles"

    @property
    def address(self) -> str:
        """Where the site gives it out."""
        return f"/tiles/{self.name}"

    def part(self, asked: str) -> tuple[int, bytes] | None:
        """The bytes of a range (`bytes=0-99`), and where they begin; None where it cannot be given."""
        found = _RANGE.fullmatch(asked.strip())
        if found is None:
            return None
        first, last = int(found[1]), min(int(found[2]), self.size - 1)
        if not first <= last or last - first >= _MOST:
            return None
        with self.path.open("rb") as stream:
            stream.seek(first)
            return first, stream.read(last - first + 1)


@get("/tiles/{name:str}", sync_to_thread=True)
def tiles_part(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A part of the user's base map; the whole of it is never given at once."""
    tiles: Tiles | None = request.app.state.site.tiles
    if tiles is None or name != tiles.name:
        raise NotFoundException
    part = tiles.part(request.headers.get("range", ""))
    if part is None:
        return Response(b"", status_code=416, headers={"Content-Range": f"bytes */{tiles.size}", "Accept-Ranges": "bytes"}, media_type=_KIND)
    first, content = part
    headers = {
        "Content-Range": f"bytes {first}-{first + len(content) - 1}/{tiles.size}", "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=31536000, immutable",
    }  # fmt: skip
    return Response(content, status_code=206, headers=headers, media_type=_KIND)


_KIND: Final = "application/vnd.pmtiles"
