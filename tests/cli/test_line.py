"""Every format through the whole line: what intake marked and said of a report is in its reading, by whichever way it goes there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from marsad.cli import main
from tests.fuzz.formats import FILES


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("format_", FILES)
def test_a_reading_keeps_what_intake_said(format_: str, tmp_path: Path) -> None:
    if format_ == "pdf":
        pytest.importorskip("pypdfium2", reason="needs the extra `documents`")
    name, makers = FILES[format_]
    file, taken, straight, again = tmp_path / name, tmp_path / "taken.jsonl", tmp_path / "straight", tmp_path / "again"
    for make in makers:
        file.write_bytes(make())
        status = main(["intake", str(file), "-o", str(taken)])
        assert main(["read", str(file), "-o", str(straight)]) == status
        assert main(["read", str(taken), "-o", str(again)]) == 0
        assert straight.read_bytes() == again.read_bytes()  # a report goes to its reading the same way, straight or by way of a file
        for report, reading in zip(lines(taken), lines(straight), strict=True):
            assert reading["notes"][: len(report["notes"])] == report["notes"]
            assert all(residue in reading["residue"] for residue in report["residue"])
            assert (reading["id"], reading["text"], reading["sha256"]) == (report["id"], report["text"], report["sha256"])
            assert (reading["reference_date"], reading["outlet"], reading["title"], reading["url"]) == tuple(
                report[key] for key in ("date", "outlet", "title", "url")
            )
            assert report["language"] in ("ar", "en")
            assert report["proof"]["extractor"]
            assert report["proof"]["encoding_from"]
