"""`sources.toml`: what a watch looks at, and how. A key that is misspelt is refused.

contact = "https://example.org/about-our-monitor"   # named in the user agent
archive = "archive"                                 # folder for WARC files and state, beside this file
pause = 2.0                                         # seconds between two requests to a host
proxy = "http://127.0.0.1:8118"                     # optional

[[source]]
kind = "feed"                       # feed | sitemap | page | telegram
url = "https://example.org/rss"     # telegram: the name of the channel, or https://t.me/NAME
every = 900                         # seconds (page: the page itself is fetched again)
include = ["/news/"]                # only links with one of these in them; none: all
links = 100                         # new links fetched at most each time
elsewhere = false                   # whether links to other hosts are followed
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import msgspec

_CHANNEL: Final = re.compile(r"(?:(?:https?://)?t\.me/(?:s/)?|@)?(\w{3,64})/?")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One source. `url` of a channel is the address of its preview."""

    kind: Literal["feed", "sitemap", "page", "telegram"]
    url: str
    every: Annotated[float, msgspec.Meta(ge=60)] = 900.0
    include: tuple[str, ...] = ()
    links: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 100
    elsewhere: bool = False

    @property
    def channel(self) -> str:
        """The name of the channel, of a source of that kind."""
        return self.url.rsplit("/", 1)[-1]

    def follows(self, url: str) -> bool:
        """Whether a link of this source is fetched."""
        own, other = urlsplit(self.url).hostname or "", urlsplit(url).hostname or ""
        near = self.elsewhere or _site(own) == _site(other)
        return near and (not self.include or any(part in url for part in self.include))


class Watched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    source: tuple[Source, ...]
    archive: str = "archive"
    contact: str | None = None
    pause: Annotated[float, msgspec.Meta(ge=0.5)] = 2.0
    proxy: str | None = None
    megabytes: Annotated[int, msgspec.Meta(ge=1, le=2000)] = 20
    seconds: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 60.0


def watched(path: Path) -> Watched:
    """The file, checked. Raises ValueError with what is wrong and where, OSError if it cannot be read."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Watched)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from None
    return msgspec.structs.replace(found, source=tuple(_plain(source, path) for source in found.source))


def _plain(source: Source, path: Path) -> Source:
    if source.kind != "telegram":
        return source
    name = _CHANNEL.fullmatch(source.url.strip())
    if name is None:
        raise ValueError(f"{path}: {source.url!r} is no name of a public channel")
    return msgspec.structs.replace(source, url=f"https://t.me/s/{name[1]}")


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")
