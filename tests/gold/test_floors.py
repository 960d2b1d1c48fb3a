"""Floors go up alone, and what stands beside them stays."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from floors import floors_of, raise_floors


def test_floors_go_up_alone_and_notes_stay(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('# Why they are so.\n\n[floor]\n# of these one is read worse since …\n"seed: event" = 0.7\n"quiet" = 0.98\n', "utf-8")
    raise_floors(path, {"seed: event": 0.74, "quiet": 0.9, "new": 0.5})
    assert floors_of(path) == {"seed: event": 0.74, "quiet": 0.98, "new": 0.5}
    assert [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")] == ["# Why they are so.", "# of these one is read worse since …"]


def test_where_there_is_no_file_there_are_no_floors(tmp_path: Path) -> None:
    assert floors_of(tmp_path / "none.toml") == {}
