"""A watch over sources: each is asked when it is due, what is new in it is fetched, all of it goes into the archive first.

The folder of the archive holds `state.sqlite` and one WARC a day (`2026-01-31.warc.gz`; more when one grows beyond 1 GB). The order of things is: exchange →
archive, on the disk → state. A watch that was killed anywhere in between goes on where it was: a torn end of the archive is cut off (and kept
beside it), records that the state does not know yet are noted, what waited still waits, and a source that was being asked is asked again.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from marsad.intake.fetch.address import RefusedError, target_of
from marsad.intake.fetch.archive import Archive, Earlier, answers, mend
from marsad.intake.fetch.links import EntitiesError, feed_links, messages, sitemap_links
from marsad.intake.fetch.polite import Clock, ForbiddenError, LaterError, Line, Manners, SystemClock
from marsad.intake.fetch.sources import Source, Watched
from marsad.intake.fetch.state import Page, State
from marsad.intake.fetch.wire import Exchange, FailedError, Limits, Wire

_LARGE: Final = 1_000_000_000  # bytes of a WARC, from which the next is begun
_UNPACKED: Final = 50_000_000  # bytes of a feed or sitemap
_PAGES: Final = 20  # of a channel's preview, back from the newest, at one time
_MAPS: Final = 50  # sitemaps of an index at one time
_NAP: Final = 30.0


class Step(NamedTuple):
    """One thing that was done or could not be done: the address, what came of it, whether it is a fault."""

    url: str
    said: str
    fault: bool = False


class Watch:
    """The watch of one file of sources. Use it as a context."""

    def __init__(self, watched: Watched, folder: Path, *, private: bool = False, clock: Clock | None = None, wire: Wire | None = None) -> None:
        """`folder`: of the archive, made if it is not there. Raises OSError, or sqlite3.OperationalError where another watch is at work in it."""
        folder.mkdir(parents=True, exist_ok=True)
        self._watched, self._folder, self._clock = watched, folder, clock or SystemClock()
        self._state = State(folder / "state.sqlite")
        self._archive: Archive | None = None
        self._kept: tuple[Exchange, Earlier | None] | None = None  # the last exchange, and the record that holds its body
        self._repaired = list(self._put_right())
        manners = Manners(pause=watched.pause, contact=watched.contact)
        proxy = target_of(watched.proxy, private=True) if watched.proxy else None
        self._line = Line(wire or Wire(Limits(watched.megabytes * 1_000_000, watched.seconds), proxy, private), self._record, manners, self._clock)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self._archive is not None:
            self._archive.__exit__(None, None, None)
        self._state.__exit__(None, None, None)

    def once(self) -> Iterator[Step]:
        """Every source that is due, and all that waits."""
        yield from self._repaired
        self._repaired = []
        now = self._clock.now()
        for source in self._watched.source:
            if self._state.due(source.url) <= now:
                yield from self._guarded(source.url, lambda source=source: self._ask(source))  # type: ignore[misc]
        yield from self._fetch_waiting()

    def run(self) -> Iterator[Step]:
        """Round after round, until it is stopped."""
        while True:
            yield from self.once()
            due = min((self._state.due(source.url) for source in self._watched.source), default=0.0)
            self._clock.sleep(max(1.0, min(_NAP, due - self._clock.now())))

    # --- sources

    def _ask(self, source: Source) -> Iterator[Step]:
        newest = self._state.newest(source.url)
        links: list[str] = []
        if source.kind == "telegram":
            newest, said = self._channel(source, newest)
        elif source.kind == "sitemap":
            links = self._sitemap(source)
            said = f"{len(links)} new"
        else:
            exchange = self._conditional(source.url)
            if exchange is not None and source.kind == "feed":
                links = feed_links(exchange.content(_UNPACKED))
            links = self._new(source, links, exchange.url if exchange is not None else source.url)
            said = "unchanged" if exchange is None else f"{exchange.status}" + (f", {len(links)} new" if source.kind == "feed" else "")
        self._state.asked(source.url, self._clock.now() + source.every, newest, links)
        yield Step(source.url, said)

    def _sitemap(self, source: Source) -> list[str]:
        found: list[str] = []
        maps = [source.url]
        seen: set[str] = set()
        while maps and len(seen) < _MAPS:
            url = maps.pop(0)
            if url in seen:
                continue
            seen.add(url)
            exchange = self._conditional(url)
            if exchange is None:
                continue
            content = exchange.content(_UNPACKED)
            if content[:2] == b"\x1f\x8b":  # sitemap.xml.gz, which is compressed by itself
                content = _unpacked(content)
            pages, more = sitemap_links(content)
            found += self._new(source, pages, exchange.url)
            maps += [m for m in more if source.follows(m)]
        return list(dict.fromkeys(found))[: source.links]

    def _channel(self, source: Source, newest: int) -> tuple[int, str]:
        """The messages since the newest that was seen, page by page backwards; on the first time one page."""
        url: str | None = source.url
        top, count = newest, 0
        for _ in range(_PAGES if newest else 1):
            if url is None:
                break
            exchange = self._line.get(url)
            self._note(url, exchange)
            shown = messages(exchange.content(_UNPACKED), source.channel)
            if not shown.numbers:
                break
            count += sum(number > newest for number in shown.numbers)
            top = max(top, shown.numbers[-1])
            if shown.numbers[0] <= newest + 1:
                break
            url = shown.earlier
        return top, f"{count} new messages"

    def _new(self, source: Source, links: list[str], base: str) -> list[str]:
        """Those links that are followed and were never fetched, in full, at most as many as the source allows."""
        found: dict[str, None] = {}
        for link in links:
            try:
                url = target_of(link, base, private=self._line.wire.private).url
            except RefusedError:
                continue
            if source.follows(url) and self._state.page(url) is None:
                found[url] = None
                if len(found) >= source.links:
                    break
        return list(found)

    # --- pages

    def _fetch_waiting(self) -> Iterator[Step]:
        """All that waits; of several hosts, the one that may be asked soonest first."""
        waiting = self._state.waiting()
        while waiting:
            now = self._clock.now()
            url = min(waiting[:200], key=lambda url: max(now, self._line.due(url)))
            waiting.remove(url)
            steps = list(self._guarded(url, lambda url=url: self._page(url)))  # type: ignore[misc]
            if steps and steps[-1].fault:
                self._state.failed(url)
            else:
                self._state.done(url)
            yield from steps

    def _page(self, url: str) -> Iterator[Step]:
        exchange = self._line.get(url)
        self._note(url, exchange)
        yield Step(
            url, f"{exchange.status}, {len(exchange.body):,} bytes" + (f", cut ({exchange.truncated})" if exchange.truncated else ""), exchange.status >= 400
        )

    def _guarded(self, url: str, deed: Callable[[], Iterator[Step]]) -> Iterator[Step]:
        """What one address does wrong costs that address alone; a source that failed is due again after its time."""
        try:
            yield from deed()
        except (RefusedError, ForbiddenError, LaterError, FailedError, EntitiesError) as error:
            source = next((s for s in self._watched.source if s.url == url), None)
            if source is not None:
                wait = error.seconds if isinstance(error, LaterError) else 0.0
                self._state.asked(url, self._clock.now() + max(source.every, wait), self._state.newest(url), [])
            yield Step(url, str(error), True)

    def _conditional(self, url: str) -> Exchange | None:
        """The address if it has changed since it was last fetched; None where it says, or its bytes say, that it has not."""
        known = self._state.page(url)
        headers: dict[str, str] = {}
        if known is not None and known.status == 200:
            headers = {k: v for k, v in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)) if v}
        exchange = self._line.get(url, headers=headers)
        if exchange.status == 304:
            return None
        if exchange.status >= 400:
            raise FailedError(f"answers {exchange.status}")
        before = known.digest if known is not None else None
        self._note(url, exchange)
        return None if before == _digest(exchange.body) else exchange

    # --- archive and state

    def _record(self, exchange: Exchange) -> None:
        """Everything into the archive; of what is the same as before only that it is."""
        known = self._state.page(exchange.url)
        same = known is not None and exchange.status == known.status == 200 and exchange.truncated is None and known.digest == _digest(exchange.body)
        earlier = Earlier(known.record, known.date) if same and known is not None and known.record and known.date else None
        stored = self._open().keep(exchange, earlier)
        self._kept = (exchange, earlier or (Earlier(stored.record_id, stored.date) if stored is not None else None))

    def _note(self, url: str, exchange: Exchange) -> None:
        kept = self._kept[1] if self._kept is not None and self._kept[0] is exchange else None
        page = Page(exchange.header("etag"), exchange.header("last-modified"), _digest(exchange.body), exchange.status, *(kept or ()))
        if exchange.truncated is not None:  # what is not whole is never taken for unchanged
            page = Page(None, None, None, exchange.status)
        archive = (self._archive.path.name, self._archive.size) if self._archive is not None else None
        for address in dict.fromkeys((url, exchange.url)):  # behind a redirect the body is that of another address
            self._state.fetched(address, page, self._clock.now(), archive)

    def _open(self) -> Archive:
        """The archive of today that has room."""
        day = datetime.datetime.fromtimestamp(self._clock.now(), datetime.UTC).date().isoformat()
        if self._archive is not None and (not self._archive.path.name.startswith(day) or self._archive.size > _LARGE):
            self._archive.__exit__(None, None, None)
            self._archive = None
        if self._archive is None:
            number = 0
            while (path := self._folder / f"{day}{f'-{number}' if number else ''}.warc.gz").exists() and path.stat().st_size > _LARGE:
                number += 1
            self._archive = Archive(path)
        return self._archive

    def _put_right(self) -> Iterator[Step]:
        """The newest archive, put right after a watch that was killed; what the state does not know of it is noted."""
        paths = sorted(self._folder.glob("*.warc.gz"), key=lambda p: p.stat().st_mtime)
        for path in paths[-1:]:
            torn = mend(path)
            if torn:
                yield Step(str(path), f"{torn:,} bytes of a record that was cut short were set aside")
            known = min(self._state.archived(path.name), path.stat().st_size)
            end = path.stat().st_size
            if known < end:
                count = 0
                waiting = set(self._state.waiting())
                for url, status in answers(path, known):
                    if url in waiting and 200 <= status < 300:
                        self._state.fetched(url, Page(None, None, None, status), self._clock.now(), None)
                        self._state.done(url)
                        count += 1
                if count:
                    yield Step(str(path), f"{count} records that were not noted yet were noted")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _unpacked(content: bytes) -> bytes:
    import contextlib
    import zlib

    inflate = zlib.decompressobj(31)
    with contextlib.suppress(zlib.error):
        return inflate.decompress(content, _UNPACKED)
    return b""
