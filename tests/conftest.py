"""What tests of several rooms need: the command as a process, and the shared folder where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED", HERE.parent / "shared"))

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated reports and corpus; tests that need it are skipped where it is not there."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"the shared reports are not here ({SHARED.name}/ beside the repository, or MARSAD_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample reports that ship with the package."""
    return HERE / "src" / "marsad" / "samples"


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs `marsad …` as a process of its own, as a person does: `command("read", "x.txt", stdin=b"…")`."""

    def run(*arguments: str | Path, stdin: bytes = b"", seconds: float = 120, **environment: str) -> subprocess.CompletedProcess[bytes]:
        line = [sys.executable, "-m", "marsad", *map(str, arguments)]
        return subprocess.run(line, input=stdin, capture_output=True, timeout=seconds, check=False, env={**os.environ, **environment})

    return run
