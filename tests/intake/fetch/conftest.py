"""A misbehaving server, a clock that nobody waits for, and no way out: a test that would connect beyond the loopback fails before it does."""

from __future__ import annotations

import importlib.util
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_SPEC = importlib.util.spec_from_file_location("fetch_server", Path(__file__).with_name("server.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
fetch_server = importlib.util.module_from_spec(_SPEC)
sys.modules["fetch_server"] = fetch_server
_SPEC.loader.exec_module(fetch_server)


class StillClock:
    """Time passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real, real_names = socket.create_connection, socket.getaddrinfo

    def connecting(address: Any, *more: Any, **named: Any) -> socket.socket:
        if not str(address[0]).startswith("127.") and address[0] != "::1":
            raise AssertionError(f"a test tried to connect to {address[0]}")
        return real(address, *more, **named)

    def asking(host: Any, *more: Any, **named: Any) -> Any:
        if not str(host).startswith("127.") and host not in ("localhost", "::1"):
            raise AssertionError(f"a test tried to resolve {host}")
        return real_names(host, *more, **named)

    monkeypatch.setattr(socket, "create_connection", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", asking)


@pytest.fixture
def server() -> Iterator[Any]:
    with fetch_server.served() as running:
        yield running


@pytest.fixture
def clock() -> StillClock:
    return StillClock()
