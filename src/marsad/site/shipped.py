"""What was built and ships with marsad (styles, scripts, fonts, the base map), given out packed, to be kept by browsers.

A name with its content's hash never changes what it holds, so a browser may keep it for good; any other (the list of licences) is asked for again.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
_HASHED: Final = re.compile(r"\.[0-9a-f]{10}\.[a-z0-9]+$")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


class Shipped(NamedTuple):
    """One file: its bytes, the same packed (None where that saves nothing), its type, and how long it may be kept."""

    plain: bytes
    packed: bytes | None
    type: str
    keep: str


def folder() -> Path:
    """Where it was built."""
    return Path(str(files("marsad.site") / "static"))


@lru_cache(maxsize=64)
def shipped(name: str) -> Shipped | None:
    """The file of a name, from that folder alone; None where there is none, or where it is of a type that is not shown."""
    file = folder() / name
    kind = TYPES.get(file.suffix)
    if not _NAME.fullmatch(name) or kind is None or not file.is_file() or file.is_symlink():
        return None
    plain = file.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0) if file.suffix != ".woff2" else None
    keep = "public, max-age=31536000, immutable" if _HASHED.search(name) else "no-cache"
    return Shipped(plain, packed if packed is not None and len(packed) < len(plain) else None, kind, keep)


@get("/static/{name:str}", sync_to_thread=True)
def shipped_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A file that was built."""
    found = shipped(name)
    if found is None:
        raise NotFoundException
    headers = {"Cache-Control": found.keep, "Vary": "Accept-Encoding"}
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=found.type)
    return Response(found.plain, headers=headers, media_type=found.type)
