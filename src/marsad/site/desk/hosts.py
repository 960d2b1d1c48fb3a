"""Names by which the site may be called: a request under another name is refused, so that no link and no check of a form is made with it."""

from __future__ import annotations

import logging
from typing import Any, Final
from urllib.parse import urlsplit

from litestar.datastructures import Headers
from litestar.types import ASGIApp, Receive, Scope, Send

_LOG: Final = logging.getLogger("marsad.desk")
_REFUSED: Final = b"this site is not called by that name\n"


def called_by(hosts: frozenset[str]) -> Any:
    """A middleware that lets requests under these names through and no others."""

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
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(_REFUSED)).encode())]
            await send({"type": "http.response.start", "status": 421, "headers": headers})
            await send({"type": "http.response.body", "body": _REFUSED, "more_body": False})

        return run

    return middleware


def _name(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        return "" if parts.username or parts.path or parts.query else (parts.hostname or "")
    except ValueError:
        return ""
