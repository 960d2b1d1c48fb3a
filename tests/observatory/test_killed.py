"""`kill -9` at any moment of `add`, and two `add` at once: finished, the store is that of an undisturbed run."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from marsad.observatory import Observatory
from tests.observatory.conftest import REPORTS, exported

_LINE = [sys.executable, "-m", "marsad", "add", "--quiet"]


def _started(url: str, *inputs: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*_LINE, *map(str, inputs), "--db", url], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _finished(url: str, *inputs: Path) -> float:
    start = time.monotonic()
    with _started(url, *inputs) as process:
        _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, b"")
    return time.monotonic() - start


def _export(url: str) -> bytes:
    with Observatory(url, create=False) as observatory:
        assert list(observatory.verify()) == []
        out = io.BytesIO()
        observatory.export("jsonl", out, internal=True)
        return out.getvalue()


def _killed_again_and_again(make: Callable[[], str], times: int, seed: int) -> None:
    undisturbed = make()
    seconds = _finished(undisturbed, REPORTS)
    expected = _export(undisturbed)
    chance = random.Random(seed)
    url, kills = make(), 0
    for _ in range(10 * times):
        with _started(url, REPORTS) as process:
            time.sleep(chance.uniform(0.1, 1.0) * seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
        if process.returncode == -signal.SIGKILL:
            kills += 1
            if kills == times:
                break
            continue
        assert _export(url) == expected  # it was faster: all is in, begin with another
        url = make()
        seconds *= 0.8
    _finished(url, REPORTS)
    assert _export(url) == expected
    assert kills == times


def test_killed_a_few_times(new_store: Callable[[], str]) -> None:
    _killed_again_and_again(new_store, 3, 1)


@pytest.mark.slow
def test_killed_a_hundred_times(new_store: Callable[[], str]) -> None:
    _killed_again_and_again(new_store, 100, 2)


def test_two_at_once(new_store: Callable[[], str], tmp_path: Path) -> None:
    lines = REPORTS.read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "one.jsonl").write_text("".join(lines[:8]), "utf-8")
    (tmp_path / "two.jsonl").write_text("".join(lines[4:]), "utf-8")
    url, alone = new_store(), new_store()
    with Observatory(url):
        pass
    with _started(url, tmp_path / "one.jsonl") as one, _started(url, tmp_path / "two.jsonl") as two:
        said = [process.communicate(timeout=120)[1] for process in (one, two)]
    assert said == [b"", b""]
    assert (one.returncode, two.returncode) == (0, 0)
    _finished(alone, REPORTS)
    with Observatory(url) as together, Observatory(alone) as other:
        assert list(together.verify()) == []
        assert together.stats()["reports"] == 12
        # ids are given in the order of coming in; all else is the same
        assert _by_reports(together) == _by_reports(other)
        assert exported(together).count(b"\n") == exported(other).count(b"\n")


def _by_reports(observatory: Observatory) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return sorted((i.reports, tuple(c.id for c in i.claims)) for i in observatory.incidents())


def test_stopped_by_hand(tmp_path: Path) -> None:
    url = str(tmp_path / "x.db")
    with subprocess.Popen([*_LINE, str(REPORTS), "--db", url], stderr=subprocess.PIPE, env={**os.environ}) as process:
        while not Path(url).exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    # Python ends itself by the signal where it met it in code that was made at run time; a shell says 130
    assert process.returncode in (0, 130, -signal.SIGINT)
    _finished(url, REPORTS)
    assert _export(url)
