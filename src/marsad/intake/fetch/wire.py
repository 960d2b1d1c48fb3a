"""One request and what came back for it, byte for byte, within a limit of size and of time.

urllib3 speaks the protocol (heads, chunks, tunnels, certificates); below it every byte that comes in passes a `_Tape`, which keeps it, and which ends the
exchange when it is over size or over time. So a server that sends a byte every few seconds costs no more than the time that was set, and what is
written down is what came over the line, not what was made of it.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from marsad.intake.fetch.address import RefusedError, Resolve, Target, connected, resolved

try:
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import HTTPError
except ImportError as missing:
    raise ImportError("fetching needs the extra `fetch`: pip install 'marsad[fetch]'") from missing

Truncation = Literal["length", "time", "disconnect"]
"""Why a response is not whole, in the words of WARC-Truncated."""

_BLOCK: Final = 65_536


class FailedError(OSError):
    """No response came: the host is unknown, does not answer, or answers with what is no HTTP."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one exchange: `size`: bytes of the response; `seconds`: from the connection to its last byte; `idle`: without a byte."""

    size: int = 20_000_000
    seconds: float = 60.0
    idle: float = 20.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response as they went over the line. `body`: of the response, chunks put together, still compressed if it was."""

    url: str
    address: str | None
    started: datetime.datetime
    request: bytes
    response: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    truncated: Truncation | None

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def content(self, limit: int) -> bytes:
        """The body with gzip or deflate undone, up to `limit` bytes: a bomb gives no more than that. What is damaged gives what is whole."""
        encoding = (self.header("content-encoding") or "").strip().lower()
        if encoding not in ("gzip", "x-gzip", "deflate"):
            return self.body[:limit]
        out = bytearray()
        rest = self.body
        with contextlib.suppress(zlib.error):
            while rest and len(out) < limit:
                inflate = zlib.decompressobj(31 if "gzip" in encoding else 15 if rest[:1] == b"\x78" else -15)
                out += inflate.decompress(rest, limit - len(out))
                rest = inflate.unused_data
        return bytes(out)


class _CutError(Exception):
    """The limit that ended an exchange. (No OSError, which urllib3 would take for the connection's own.)"""

    def __init__(self, why: Truncation) -> None:
        super().__init__(why)
        self.why: Truncation = why


class _Tape:
    """A connection that keeps what passes, and ends at its limits. It has what http.client asks of a socket."""

    def __init__(self, line: socket.socket, limits: Limits, deadline: float, clock: Callable[[], float]) -> None:
        self._line, self._limits, self._deadline, self._clock = line, limits, deadline, clock
        self.sent = bytearray()
        self.received = bytearray()

    def sendall(self, block: bytes) -> None:
        self._line.settimeout(self._patience())
        self.sent += block
        self._line.sendall(block)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self), _BLOCK)

    def receive(self, room: memoryview) -> int:
        if len(self.received) >= self._limits.size:
            raise _CutError("length")
        self._line.settimeout(self._patience())
        try:
            count = self._line.recv_into(room, min(len(room), self._limits.size - len(self.received)))
        except TimeoutError:
            raise _CutError("time") from None
        self.received += room[:count]
        return count

    def _patience(self) -> float:
        left = self._deadline - self._clock()
        if left <= 0:
            raise _CutError("time")
        return min(left, self._limits.idle)

    def settimeout(self, _: float | None) -> None:
        """The tape sets its own."""

    def close(self) -> None:
        """http.client closes when the head is read; the line is closed by whoever opened it."""

    def shutdown(self, how: int) -> None:
        self._line.shutdown(how)

    def fileno(self) -> int:
        return self._line.fileno()

    def hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._line.close()


class _Reader(io.RawIOBase):
    def __init__(self, tape: _Tape) -> None:
        self._tape = tape

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        return self._tape.receive(memoryview(room).cast("B"))


@dataclass(frozen=True, slots=True)
class Wire:
    """How exchanges are made. `proxy`: address of an http proxy, which then resolves names. `private`: loopback and private networks are
    allowed (for tests)."""

    limits: Limits = Limits()
    proxy: Target | None = None
    private: bool = False
    resolve: Resolve = resolved
    clock: Callable[[], float] = time.monotonic

    def exchange(self, target: Target, headers: Mapping[str, str]) -> Exchange:
        """GET the target on a connection of its own. Raises `RefusedError` (address), `FailedError` (no response)."""
        started = datetime.datetime.now(datetime.UTC)
        opened: dict[str, Any] = {}
        connection = self._connection(target, opened)
        path = target.url if self.proxy is not None and target.scheme == "http" else target.path
        try:
            with self._told_plainly(target):
                connection.request("GET", path, headers=headers, preload_content=False, decode_content=False)
                response = connection.getresponse()
            body, truncated = _body(response)
            tape: _Tape = opened["tape"]
            found = tuple((str(k), str(v).strip()) for k, v in response.headers.items())
            return Exchange(target.url, opened.get("address"), started, bytes(tape.sent), bytes(tape.received), response.status, found, body, truncated)
        finally:
            if "tape" in opened:
                opened["tape"].hang_up()
            elif "line" in opened:
                opened["line"].close()

    def _connection(self, target: Target, opened: dict[str, Any]) -> HTTPConnection:
        wire, deadline = self, self.clock() + self.limits.seconds

        def new() -> socket.socket:
            peer = wire.proxy or target
            left = min(deadline - wire.clock(), wire.limits.idle)
            line, address = connected(peer.host, peer.port, left, private=wire.private, checked=wire.proxy is None, resolve=wire.resolve)
            line.settimeout(left)
            opened["line"] = line
            if wire.proxy is None:
                opened["address"] = address
            return line

        def taped(connection: HTTPConnection) -> None:
            tape = opened["tape"] = _Tape(connection.sock, wire.limits, deadline, wire.clock)
            connection.sock = tape

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return new()

            def connect(self) -> None:
                super().connect()
                taped(self)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return new()

            def connect(self) -> None:
                super().connect()
                taped(self)

        peer = self.proxy or target
        connection = (Secure if target.scheme == "https" else Plain)(peer.host, peer.port, timeout=self.limits.idle)
        if self.proxy is not None and target.scheme == "https":
            connection.set_tunnel(target.host, target.port)
        return connection

    @contextlib.contextmanager
    def _told_plainly(self, target: Target) -> Iterator[None]:
        import http.client

        try:
            yield
        except RefusedError:
            raise
        except _CutError as cut:
            raise FailedError(f"{target.host} sent no whole head within {self.limits.seconds:g} seconds and {self.limits.size:,} bytes") from cut
        except TimeoutError as error:
            raise FailedError(f"{target.host} does not answer") from error
        except (HTTPError, http.client.HTTPException, ValueError) as error:
            raise FailedError(f"{target.host}: {type(error).__name__}: {error}"[:300]) from error
        except OSError as error:
            raise FailedError(f"{target.host}: {error.strerror or error}"[:300]) from error


def _body(response: Any) -> tuple[bytes, Truncation | None]:
    """The body as far as it came, chunks put together, and why it is not whole."""
    import http.client

    parts = bytearray()
    try:
        for block in response.stream(_BLOCK, decode_content=False):
            parts += block
    except _CutError as cut:
        return bytes(parts), cut.why
    except (HTTPError, http.client.HTTPException, OSError, ValueError):  # a length or a chunk that is wrong, a line that breaks off
        return bytes(parts), "disconnect"
    return bytes(parts), None
