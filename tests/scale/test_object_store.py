"""Inputs and folders in an object store are as those on a disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.intake import Intake, take_in
from marsad.model import Report
from marsad.observatory import Observatory
from tests.scale.conftest import LOCAL


@pytest.mark.slow
def test_everything_in_buckets(tmp_path: Path) -> None:
    pytest.importorskip("moto.server", reason="no server of an object store is here (pip install 'moto[server]')")
    source = LOCAL / "sy.jsonl"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    line = [sys.executable, str(Path(__file__).with_name("bucket.py")), str(source), str(tmp_path / "bucket.db")]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    names = done.stdout.split("kept:")[1].split()
    assert {name for name in names if "/work/" in name and not name.endswith("/")} == set()  # nothing is left of what the steps handed on
    reports = [item for item in take_in(Intake((str(source),))) if isinstance(item, Report)]
    with Observatory(str(tmp_path / "bucket.db")) as one, Observatory(str(tmp_path / "added.db")) as other:
        list(other.add(reports))
        loaded, added = (sorted(((m.type, m.events, m.claims) for m in o.incidents()), key=repr) for o in (one, other))
    assert loaded == added
    assert added
