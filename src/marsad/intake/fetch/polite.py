"""A guest's manners: robots.txt first, one request at a time, a pause between two to a host, back-off when a host asks for it.

Requests go one after the other, so no host ever has two; what a host costs in waiting is given to the others by whoever chooses the next address
(`Line.due`). Rules of robots.txt: RFC 9309 (a 4xx means that there are none; a 5xx, or no answer, that nothing may be fetched now).
"""

from __future__ import annotations

import datetime
import email.utils
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from marsad import __version__
from marsad.intake.fetch.address import RefusedError, Target, target_of
from marsad.intake.fetch.wire import Exchange, FailedError, Wire

try:
    from protego import Protego
except ImportError as missing:
    raise ImportError("fetching needs the extra `fetch`: pip install 'marsad[fetch]'") from missing

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (429, 503)
_ROBOTS_SIZE: Final = 512_000  # bytes; RFC 9309 asks for 500 KiB at least
_ROBOTS_LIFE: Final = 24 * 3600.0
_LONGEST_PAUSE: Final = 60.0  # of a Crawl-delay
_FIRST_BACK_OFF: Final = 10.0
_LONGEST_BACK_OFF: Final = 6 * 3600.0


class Clock(Protocol):
    """The time, and waiting."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class LaterError(Exception):
    """The host asked not to be disturbed for longer than anybody waits for; `seconds` from now."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} asks to be left alone for {seconds:,.0f} seconds")
        self.seconds = seconds


class ForbiddenError(Exception):
    """robots.txt says no."""


@dataclass(frozen=True, slots=True)
class Manners:
    """`pause`: seconds between two requests to a host; `redirects`: followed at most; `retries`: after a failure or a busy host; `patience`: the longest
    wait, in seconds, that is sat out rather than given up. `contact`: an address or page that the user agent names, so that a host can complain."""

    pause: float = 2.0
    redirects: int = 5
    retries: int = 2
    patience: float = 120.0
    contact: str | None = None

    @property
    def agent(self) -> str:
        """The user agent: what this is, and whom to ask."""
        return f"marsad/{__version__} (+{self.contact or 'reader of news reports; operator gave no contact'})"


@dataclass(slots=True)
class _Host:
    due: float = 0.0
    failures: int = 0
    pause: float | None = None


@dataclass(slots=True)
class _Rules:
    """What robots.txt of an origin says: `closed` with a reason, or rules."""

    read: float
    rules: Protego | None
    closed: str | None = None


Record = Callable[[Exchange], object]
"""Called with every exchange, at once and before anything is made of it."""


@dataclass(slots=True)
class Line:
    """Everything that is fetched goes through one of these, one request after the other."""

    wire: Wire
    record: Record
    manners: Manners = field(default_factory=Manners)
    clock: Clock = field(default_factory=SystemClock)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _robots: dict[str, _Rules] = field(default_factory=dict)

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, robots: bool = True) -> Exchange:
        """The last response for an address, redirects followed; every exchange on the way was recorded.

        Raises `RefusedError` (an address on the way is not fetched), `ForbiddenError` (robots.txt), `LaterError` (busy), `FailedError`.
        """
        target = target_of(url, private=self.wire.private)
        for _ in range(self.manners.redirects + 1):
            if robots:
                self._permitted(target)
            exchange = self._patiently(target, headers or {})
            place = exchange.header("location")
            if exchange.status not in _REDIRECTS or not place:
                return exchange
            target = target_of(place, exchange.url, private=self.wire.private)
        raise FailedError(f"{url} is sent on more than {self.manners.redirects} times")

    def due(self, url: str) -> float:
        """When the host of an address may be asked again, in seconds since 1970; 0 for a host that was not asked yet."""
        host = self._hosts.get(target_of(url, private=self.wire.private).host)
        return host.due if host is not None else 0.0

    def _patiently(self, target: Target, headers: Mapping[str, str]) -> Exchange:
        """One address, asked again after a failure or when the host is busy."""
        host = self._hosts.setdefault(target.host, _Host())
        for last in (*(False,) * self.manners.retries, True):
            self._wait(host, target)
            try:
                exchange = self.wire.exchange(target, self._headers(target, headers))
            except FailedError:
                self._back_off(host, None)
                if last:
                    raise
                continue
            except RefusedError:
                raise
            self.record(exchange)
            if exchange.status in _BUSY or exchange.status >= 500:
                self._back_off(host, _retry_after(exchange, self.clock.now()))
                if last and exchange.status in _BUSY:
                    raise LaterError(target.host, max(0.0, host.due - self.clock.now()))
                if not last:
                    continue
                return exchange
            host.failures = 0
            host.due = self.clock.now() + self._pause(host)
            return exchange
        raise AssertionError("the last try returns or raises")

    def _wait(self, host: _Host, target: Target) -> None:
        seconds = host.due - self.clock.now()
        if seconds > self.manners.patience:
            raise LaterError(target.host, seconds)
        if seconds > 0:
            self.clock.sleep(seconds)

    def _pause(self, host: _Host) -> float:
        return max(self.manners.pause, host.pause or 0.0)

    def _back_off(self, host: _Host, asked: float | None) -> None:
        """The next time the host may be asked: what it asks for, or twice as long as the last time, a little by chance."""
        host.failures += 1
        own = min(_LONGEST_BACK_OFF, _FIRST_BACK_OFF * 2 ** (host.failures - 1)) * random.uniform(0.9, 1.1)
        host.due = self.clock.now() + max(self._pause(host), min(own if asked is None else asked, 7 * 24 * 3600.0))

    def _headers(self, target: Target, more: Mapping[str, str]) -> dict[str, str]:
        return {
            "Host": target.origin.split("://", 1)[1],
            "User-Agent": self.manners.agent,
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "ar,en;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **more,
        }

    # --- robots.txt

    def _permitted(self, target: Target) -> None:
        known = self._robots.get(target.origin)
        if known is None or self.clock.now() - known.read > _ROBOTS_LIFE:
            known = self._robots[target.origin] = self._ask(target.origin)
            if known.rules is not None and known.rules.crawl_delay("marsad") is not None:
                self._hosts.setdefault(target.host, _Host()).pause = min(_LONGEST_PAUSE, float(known.rules.crawl_delay("marsad") or 0))
        if known.closed is not None:
            del self._robots[target.origin]  # asked again the next time
            raise ForbiddenError(known.closed)
        if known.rules is not None and not known.rules.can_fetch(target.url, "marsad"):
            raise ForbiddenError(f"{target.origin}/robots.txt does not allow {target.path}")

    def _ask(self, origin: str) -> _Rules:
        now = self.clock.now()
        try:
            exchange = self.get(f"{origin}/robots.txt", robots=False)
        except (FailedError, LaterError) as error:
            return _Rules(now, None, f"{origin}/robots.txt cannot be read, so nothing is fetched from there now ({error})")
        except RefusedError:
            raise
        if 200 <= exchange.status < 300:
            return _Rules(now, Protego.parse(exchange.content(_ROBOTS_SIZE).decode("utf-8", "replace")))
        if exchange.status >= 500:
            return _Rules(now, None, f"{origin}/robots.txt answers {exchange.status}, so nothing is fetched from there now")
        return _Rules(now, None)


def _retry_after(exchange: Exchange, now: float) -> float | None:
    """The seconds that `Retry-After` asks for, as a number or as a date."""
    told = (exchange.header("retry-after") or "").strip()
    if told.isdecimal() and len(told) < 10:
        return float(told)
    try:
        moment = email.utils.parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, moment.timestamp() - now)
