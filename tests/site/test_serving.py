"""One site by several processes: all of them answer, one that ends is begun again, all see what was decided, and all end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marsad.observatory import Observatory
from marsad.site import Site
from marsad.site.drawing import cards_at
from marsad.site.format import speech
from marsad.site.serving import can_share
from tests.site.kept import made, observatory, site

__all__ = ["observatory", "site"]

pytestmark = pytest.mark.skipif(not can_share(), reason="this system shares no port among processes")


def _until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def _get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def _children(pid: int) -> list[int]:
    return [int(own) for own in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, Path]]:
    with made(tmp_path):
        pass
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-m", "marsad", "serve", "--db", str(tmp_path / "site.db"), "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(line, stderr=subprocess.PIPE)
    try:
        assert server.stderr is not None
        while b"http://" not in (said := server.stderr.readline()):
            assert said, "it did not begin"
        yield server, port, tmp_path / "site.db"
    finally:
        server.terminate()
        server.wait(30)
        assert server.stderr is not None
        server.stderr.close()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="who the processes are is not told here")
def test_two_processes_serve_and_see_the_same(served: tuple[subprocess.Popen[bytes], int, Path]) -> None:
    server, port, path = served
    _until(lambda: len(_children(server.pid)) == 2)
    assert all("data-id=" in _get(port, "/ar/incidents") for _ in range(6))
    gone = _children(server.pid)[1]
    os.kill(gone, signal.SIGKILL)
    _until(lambda: len(_children(server.pid)) == 2 and gone not in _children(server.pid))
    with Observatory(str(path)) as kept:
        some = next(kept.incidents())
        kept.review("withhold", [some.id], why="danger", by="e")
    for _ in range(3):  # in a row, each on a connection of its own: both processes are asked, sooner or later
        _until(lambda: all(some.id not in _get(port, "/ar/incidents?show=300") for _ in range(12)))
    own = _children(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in own))


def test_a_port_that_is_taken_is_not_shared(served: tuple[subprocess.Popen[bytes], int, Path]) -> None:
    _, port, path = served
    line = [sys.executable, "-m", "marsad", "serve", "--db", str(path), "--port", str(port), "--workers", "2"]
    done = subprocess.run(line, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert b"cannot listen" in done.stderr


def test_one_thread_keeps_one_state(site: Site) -> None:
    s = speech("ar")
    with site.standing() as before:
        site.renew()
        assert site.index is before
        assert len(cards_at(site, s, range(5))) == 5
    assert site.index is not before
    again = cards_at(site, s, [3, 1])
    assert again == [cards_at(site, s, [n])[0] for n in (3, 1)]
    assert len(site.index.cards) == 2
