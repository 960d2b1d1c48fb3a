"""What a server sends, through the reader of HTTP, on a pair of sockets in this process."""

from __future__ import annotations

import gzip
import socket
from typing import Any

import marsad.intake.fetch.wire as wire
from marsad.intake.fetch import FailedError, Limits, Wire, target_of

SEEDS = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n4\r\nabcd\r\n3;x=1\r\nefg\r\n0\r\nX: y\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: /x\r\nRetry-After: 3\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc",
    b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"abc" * 100),
)
LONGEST = 16_000  # fits a socket's own buffer, so that one thread can play both sides


def target(data: bytes) -> None:
    near, far = socket.socketpair()
    real = wire.connected

    def paired(*_: Any, **__: Any) -> tuple[socket.socket, str]:
        return near, "127.0.0.1"

    wire.connected = paired  # type: ignore[assignment]
    try:
        far.sendall(data)
        far.shutdown(socket.SHUT_WR)
        exchange = Wire(Limits(50_000, 2, 1)).exchange(target_of("http://example.org/"), {"Connection": "close"})
        assert exchange.response == data[: len(exchange.response)]
        assert len(exchange.content(1000)) <= 1000
    except FailedError:
        pass
    finally:
        wire.connected = real
        near.close()
        far.close()
