"""Raw bytes: sealed once, kept under their hash, never half, and an intake that cannot keep them ends."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from marsad.intake import Intake, KeepingError, RawFolder, keeping, take_in
from marsad.intake.raw import sealed
from marsad.model import Report

TEXT = "قصفت قوات النظام بلدة كفرزيتا"


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_proof_has_its_bytes(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    page = f"<html><body><p>{TEXT}</p></body></html>".encode()
    (source / "a.html").write_bytes(page)
    (source / "b.txt").write_bytes(TEXT.encode("cp1256"))
    lines = [json.dumps({"id": n, "text": TEXT}).encode() for n in "cd"]
    (source / "z.jsonl").write_bytes(b"\r\n".join(lines))
    with keeping(RawFolder(tmp_path / "raw")):
        reports = [item for item in take_in(Intake((str(source),))) if isinstance(item, Report)]
    files = kept(tmp_path / "raw")
    assert len(reports) == 4
    assert all(hashlib.sha256(content).hexdigest() == name for name, content in files.items())
    for report, raw in zip(reports, (page, TEXT.encode("cp1256"), *lines), strict=True):
        assert report.proof is not None
        assert files[report.proof.sha256] == raw
        assert report.proof.size == len(raw)
    assert reports[3].proof is not None
    assert reports[3].proof.path == f"{source / 'z.jsonl'}#line=2"


def test_a_file_without_a_report_is_kept_too(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x89PNG\r\n\x00\xff")
    with keeping(RawFolder(tmp_path / "raw")):
        list(take_in(Intake((str(tmp_path / "x.txt"),))))
    assert list(kept(tmp_path / "raw").values()) == [b"\x89PNG\r\n\x00\xff"]


def test_the_same_bytes_are_kept_once_and_a_cut_file_is_mended(tmp_path: Path) -> None:
    folder = RawFolder(tmp_path)
    with keeping(folder):
        name = sealed(b"content")
        first = folder.path(name).stat()
        sealed(b"content")
        assert folder.path(name).stat().st_ino == first.st_ino
        os.chmod(folder.path(name), 0o644)
        folder.path(name).write_bytes(b"cont")
        sealed(b"content")
    assert kept(tmp_path) == {name: b"content"}


def test_outside_of_keeping_nothing_is_kept(tmp_path: Path) -> None:
    with keeping(RawFolder(tmp_path)):
        pass
    assert sealed(b"x") == hashlib.sha256(b"x").hexdigest()
    assert kept(tmp_path) == {}


@pytest.mark.parametrize("ending", ["txt", "jsonl"])
def test_an_intake_that_cannot_keep_ends(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a.{ending}").write_text(json.dumps({"text": TEXT}), "utf-8")
    (tmp_path / "raw").write_text("a file, where a folder should be", "utf-8")
    with keeping(RawFolder(tmp_path / "raw")), pytest.raises(KeepingError, match="cannot keep the raw bytes"):
        list(take_in(Intake((str(tmp_path / f"a.{ending}"),))))


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with keeping(RawFolder(tmp_path)), pytest.raises(KeepingError, match="No space left"):
        sealed(b"content")
    assert kept(tmp_path) == {}
