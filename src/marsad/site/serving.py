"""Several processes that serve one site: the index is loaded once, then shared by all, as a forked process shares what its parent has.

Each has a socket of its own on the same port, among which the system deals out those who connect. The first brings the projection up to the store; the
others see that it did. One that ends is begun again. Where processes cannot be forked (Windows) there is one.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from typing import Any, Final

import uvicorn

from marsad.site.context import Site

_TURN: Final = 0.0005
"""Seconds for which one thread may go on while another waits: an answer that is at hand need not wait for a page that is being made."""
_SHORT: Final = 5.0  # seconds; one that ends sooner did not serve
_TRIES: Final = 5


class ServeError(Exception):
    """The site cannot be served; the message says why."""


def can_share() -> bool:
    """Whether this system can serve a site by several processes."""
    return hasattr(os, "fork") and hasattr(socket, "SO_REUSEPORT")


def serve(site: Site, app: Any, host: str, port: int, workers: int = 1) -> int:
    """Serve an application until somebody ends it; gives the exit status. Raises `ServeError`."""
    sys.setswitchinterval(_TURN)
    if workers == 1:
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)
        return 0
    if not can_share():
        raise ServeError("this system can serve a site by one process alone; leave out --workers")
    sockets = _sockets(host, port, workers)
    site.observatory.store.close()  # a connection may not be shared; each process opens its own
    return _Workers(site, app, sockets).run()


def _sockets(host: str, port: int, number: int) -> list[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:  # without sharing: the port of another program is not taken part of
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
        made = []
        for _ in range(number):
            own = socket.socket(family)
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            own.bind((host, port))
            own.listen(2_048)
            made.append(own)
    except OSError as error:
        raise ServeError(f"cannot listen at {host}:{port} ({error.strerror})") from None
    return made


class _Workers:
    def __init__(self, site: Site, app: Any, sockets: list[socket.socket]) -> None:
        self.site, self.app, self.sockets = site, app, sockets
        self.running: dict[int, tuple[int, float]] = {}
        self.ending = False

    def run(self) -> int:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._end)
        for number in range(len(self.sockets)):
            self._begin(number)
        short = 0
        while self.running:
            ended, _ = os.wait()
            number, since = self.running.pop(ended)
            if self.ending:
                continue
            short = short + 1 if time.monotonic() - since < _SHORT else 0
            if short >= _TRIES:
                print("marsad serve: its processes end as soon as they begin", file=sys.stderr)
                self._end()
                continue
            self._begin(number)
        return 0 if short < _TRIES else 1

    def _end(self, *_: Any) -> None:
        self.ending = True
        for own in self.running:
            os.kill(own, signal.SIGTERM)

    def _begin(self, number: int) -> None:
        signs = (signal.SIGTERM, signal.SIGINT)
        signal.pthread_sigmask(signal.SIG_BLOCK, signs)  # one that is told to end before it is known here would go on
        own = os.fork()
        if own:
            self.running[own] = (number, time.monotonic())
            signal.pthread_sigmask(signal.SIG_UNBLOCK, signs)
            return
        status = 1
        try:
            for sign in signs:
                signal.signal(sign, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, signs)
            self.site.follows = number > 0
            server = uvicorn.Server(uvicorn.Config(self.app, log_level="warning", server_header=False, proxy_headers=False))
            server.run(sockets=[self.sockets[number]])
            status = 0
        except KeyboardInterrupt:
            status = 0
        finally:
            sys.stderr.flush()
            os._exit(status)
