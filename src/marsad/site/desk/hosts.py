"""Names by which the site may be called, and whose word counts on where somebody comes from.

A request under another name is refused, so that no link and no check of a form is made with it. Where a server of one's own stands before the site, what it
says of the one who asks (`X-Forwarded-For`) counts, and nobody else's word does: else everybody could come from where they like.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

import anyio
from litestar.datastructures import Headers
from litestar.types import ASGIApp, Receive, Scope, Send

_LOG: Final = logging.getLogger("marsad.desk")
_REFUSED: Final = b"this site is not called by that name\n"


_MOST: Final = 2_000  # characters of what is said of those who ask


def called_by(hosts: frozenset[str], refused: Callable[[str, str], None] | None = None) -> Any:
    """A middleware that lets requests under these names through and no others. `refused`: is told the name and whence, of each other."""

    def middleware(app: ASGIApp) -> ASGIApp:
        async def run(scope: Scope, receive: Receive, send: Send) -> None:
            if str(scope["type"]) not in ("http", "ScopeType.HTTP"):
                await app(scope, receive, send)
                return
            told: list[str] = Headers.from_scope(scope).getall("host", [])
            if len(told) == 1 and _name(told[0]) in hosts:
                await app(scope, receive, send)
                return
            _LOG.warning("refused the host %r", told[:2])
            if refused is not None:
                await anyio.to_thread.run_sync(refused, " ".join(told[:2])[:200], _client(scope))
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(_REFUSED)).encode())]
            await send({"type": "http.response.start", "status": 421, "headers": headers})
            await send({"type": "http.response.body", "body": _REFUSED, "more_body": False})

        return run

    return middleware


def behind(proxies: frozenset[str]) -> Any:
    """A middleware that takes from these addresses, and no others, their word on who asks: of `X-Forwarded-For` the last that is none of them."""

    def middleware(app: ASGIApp) -> ASGIApp:
        async def run(scope: Scope, receive: Receive, send: Send) -> None:
            if _client(scope) in proxies:
                told = ",".join(Headers.from_scope(scope).getall("x-forwarded-for", []))[-_MOST:]
                for one in reversed(told.split(",")):
                    address = _address(one)
                    if address and address in proxies:
                        continue
                    if address:
                        scope["client"] = (address, 0)
                    break  # what stands further in front anybody may have written
            await app(scope, receive, send)

        return run

    return middleware


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _address(words: str) -> str:
    """An address, without a port; "" where it is none."""
    words = words.strip()
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    elif words.count(":") == 1:
        words = words.partition(":")[0]
    try:
        return str(ipaddress.ip_address(words))
    except ValueError:
        return ""


def _name(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        return "" if parts.username or parts.path or parts.query else (parts.hostname or "")
    except ValueError:
        return ""
