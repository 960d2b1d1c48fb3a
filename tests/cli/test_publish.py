"""`marsad publish` and `marsad serve` as commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from marsad.intake import Intake
from marsad.observatory import Observatory
from marsad.site import verify_release


def test_a_folder_is_published(command: Any, samples: Path, tmp_path: Path) -> None:
    with Observatory(str(tmp_path / "a.db")) as observatory:
        list(observatory.add(Intake((str(samples / "suwayda-2018.txt"),))))
    done = command("publish", tmp_path / "out", "--db", tmp_path / "a.db", "--base-url", "https://observatory.example")
    assert done.returncode == 0, done.stderr
    assert b"pages made, 0 kept" in done.stdout
    assert verify_release(tmp_path / "out") == []
    assert command("verify", tmp_path / "out").returncode == 0
    (tmp_path / "out" / "ar" / "more.html").write_text("x")
    told = command("verify", tmp_path / "out")
    assert (told.returncode, told.stdout) == (1, b"ar/more.html: it is not of the release\n")
    assert "https://observatory.example/ar/incidents/" in (tmp_path / "out" / "ar" / "feed.rss").read_text("utf-8")


def test_the_store_may_be_named_by_the_environment(samples: Path, tmp_path: Path) -> None:
    with Observatory(str(tmp_path / "a.db")) as observatory:
        list(observatory.add(Intake((str(samples / "suwayda-2018.txt"),))))
    line = [sys.executable, "-m", "marsad", "publish", str(tmp_path / "out")]
    done = subprocess.run(line, cwd=tmp_path, env={**os.environ, "MARSAD_DB": str(tmp_path / "a.db")}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_cannot_be_done_is_one_line(command: Any, tmp_path: Path) -> None:
    for arguments in (("publish", tmp_path / "out", "--db", tmp_path / "none.db"), ("serve", "--db", tmp_path / "none.db")):
        done = command(*arguments)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert not (tmp_path / "none.db").exists()
    assert command("serve", "--port", "0").returncode == 2
