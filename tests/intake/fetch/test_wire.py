"""Exchanges with a server that misbehaves: bounded in size and time, kept byte for byte, told plainly when nothing came."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from typing import Any

import fetch_server
import pytest

from marsad.intake.fetch import Exchange, FailedError, Limits, Wire, target_of

LIMITS = Limits(size=300_000, seconds=0.6, idle=0.4)


def asked(server: Any, answer: Any, limits: Limits = LIMITS, **more: Any) -> Exchange:
    server.answers["/x"] = answer
    return Wire(limits, private=True, **more).exchange(target_of(server.url("/x"), private=True), {"Host": "h", "Connection": "close"})


def test_what_came_is_kept_as_it_came(server: Any) -> None:
    raw = b"HTTP/1.1 200 OK\r\nX-ODD:  Two  \r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3;ext=1\r\nefg\r\n0\r\n\r\n"
    exchange = asked(server, raw)
    assert (exchange.response, exchange.body, exchange.status, exchange.truncated) == (raw, b"abcdefg", 200, None)
    assert exchange.request.startswith(b"GET /x HTTP/1.1\r\n")
    assert exchange.address == "127.0.0.1"
    assert exchange.header("x-odd") == "Two"


# how the server answers, body, why it is not whole
CUT = [
    (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"abc", "disconnect"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\nZZ\r\nabc", b"abcd", "disconnect"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n4\r\nab", b"abcd", "disconnect"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcdef", b"ab", None),
    (b"HTTP/1.1 200 OK\r\n\r\nto the end", b"to the end", None),
    (b"HTTP/1.1 204 No\r\n\r\n", b"", None),
]


@pytest.mark.parametrize(("raw", "body", "why"), CUT, ids=[str(n) for n in range(len(CUT))])
def test_lengths_and_chunks_that_are_wrong(server: Any, raw: bytes, body: bytes, why: str | None) -> None:
    exchange = asked(server, raw)
    assert exchange.body[: len(body)] == body
    assert (exchange.truncated, exchange.response) == (why, raw)


NO_ANSWER = [
    b"", b"\x00\x01\x02", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000, b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000,
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
]  # fmt: skip


@pytest.mark.parametrize("raw", NO_ANSWER, ids=[str(n) for n in range(len(NO_ANSWER))])
def test_what_is_no_http_is_no_answer(server: Any, raw: bytes) -> None:
    with pytest.raises(FailedError, match=r"127\.0\.0\.1"):
        asked(server, raw)


def test_a_body_without_an_end_is_cut_at_its_size(server: Any) -> None:
    exchange = asked(server, fetch_server.endless)
    assert (exchange.truncated, len(exchange.response)) == ("length", 300_000)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "], ids=["body", "head"])
def test_a_server_that_drips_costs_no_more_than_its_time(server: Any, head: bytes) -> None:
    stop = threading.Event()
    start = time.monotonic()
    try:
        if b"\r\n\r\n" in head:
            assert asked(server, fetch_server.dripping(head, stop)).truncated == "time"
        else:
            with pytest.raises(FailedError, match="no whole head within"):
                asked(server, fetch_server.dripping(head, stop))
    finally:
        stop.set()
    assert time.monotonic() - start < 5


def test_a_server_that_says_nothing(server: Any) -> None:
    stop = threading.Event()
    with pytest.raises(FailedError, match="no whole head"):
        asked(server, lambda *_: stop.wait(5) and None)
    stop.set()


def test_nobody_listens(server: Any) -> None:
    server.close()
    with pytest.raises(FailedError, match="refused"):
        asked(server, b"")


def test_a_name_that_is_unknown(server: Any) -> None:
    def unknown(*_: Any) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(FailedError, match="not known"):
        asked(server, b"", resolve=unknown)


def test_a_bomb_is_kept_small_and_unpacked_no_further_than_asked(server: Any) -> None:
    exchange = asked(server, fetch_server.bomb(200))
    assert len(exchange.response) < 300_000
    assert len(exchange.content(1_000_000)) == 1_000_000


def test_what_was_packed_is_unpacked() -> None:
    def packed(body: bytes, encoding: str) -> bytes:
        headers = (("Content-Encoding", encoding),)
        return Exchange("http://a/", None, None, b"", b"", 200, headers, body, None).content(100)  # type: ignore[arg-type]

    whole = gzip.compress(b"abc" * 20)
    assert packed(whole, "gzip") == b"abc" * 20
    assert packed(whole + gzip.compress(b"d"), "x-gzip") == b"abc" * 20 + b"d"
    assert packed(b"no gzip", "gzip") == b""
    assert packed(b"plain", "") == b"plain"
    assert packed(b"plain", "br") == b"plain"
    import zlib

    assert packed(zlib.compress(b"abc"), "deflate") == b"abc"
    assert packed(zlib.compress(b"abc")[2:-4], "deflate") == b"abc"


def test_a_proxy_is_asked_for_the_whole_address(server: Any) -> None:
    server.answers["/page"] = fetch_server.reply(200, "by the proxy")
    wire = Wire(LIMITS, proxy=target_of(server.url("/"), private=True))
    exchange = wire.exchange(target_of("http://example.org/page"), {"Host": "example.org", "Connection": "close"})
    assert (exchange.body, exchange.address) == (b"by the proxy", None)
    assert exchange.request.startswith(b"GET http://example.org/page HTTP/1.1\r\n")


def test_a_proxy_opens_a_tunnel_for_https(server: Any) -> None:
    wire = Wire(LIMITS, proxy=target_of(server.url("/"), private=True))
    with pytest.raises(FailedError):
        wire.exchange(target_of("https://example.org/page"), {})
    assert server.asked[0][0] == "example.org:443"


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "urllib3.connection", None)
    monkeypatch.delitem(sys.modules, "marsad.intake.fetch.wire")
    with pytest.raises(ImportError, match=r"marsad\[fetch\]"):
        __import__("marsad.intake.fetch.wire")
