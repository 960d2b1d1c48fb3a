"""A cluster of several Ray nodes on this machine, of which one is killed in the middle, gives what one machine gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scale import kept
from tests.scale.conftest import Corpus


@pytest.mark.slow
def test_a_cluster_gives_the_same_though_a_node_is_killed(corpus: Corpus, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not here (pip install 'marsad[cluster]')")
    place = [str(tmp_path / "out"), str(tmp_path / "made")]
    script = Path(__file__).with_name("cluster.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, str(script), *corpus.inputs, *place], capture_output=True, text=True, check=False, env=environment, timeout=900)
    assert done.returncode == 0, done.stderr[-4000:]
    assert "killed a node" in done.stdout
    assert kept.readings(place[0]) == corpus.readings
    assert kept.incidents(place[1]) == corpus.incidents
