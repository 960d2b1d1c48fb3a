"""The compiled modules read what the sources read. What is compared was compiled by `make compile` from the sources as they are, or else is here, in haste."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from marsad.model import Report

ROOT = Path(__file__).resolve().parent.parent.parent
_READ = """
import sys
import msgspec
from marsad.model import Report
from marsad.reading import explain, reader
assert reader.__file__.endswith(".py") == (sys.argv[1] == "sources"), reader.__file__
for line in open(sys.argv[2], "rb"):
    print(msgspec.json.encode(explain(msgspec.json.decode(line, type=Report))).decode())
"""


def _compiling() -> ModuleType:
    spec = importlib.util.spec_from_file_location("marsad_compile", ROOT / "tools" / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = _compiling()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if TOOL.is_current():
        return Path(TOOL.BUILT)
    if lack := TOOL.missing():
        pytest.skip(f"cannot compile: {lack}")
    built: Path = tmp_path_factory.mktemp("compile") / "compiled"
    TOOL.build(built, level="0")
    return built


def _read_by(what: str, path: Path, reports: Path) -> list[str]:
    env = os.environ | {"PYTHONPATH": str(path), "PYTHONHASHSEED": "0"}
    ended = subprocess.run([sys.executable, "-c", _READ, what, str(reports)], env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def _written(reports: list[Report], folder: Path) -> Path:
    path = folder / "reports.jsonl"
    path.write_bytes(b"\n".join(msgspec.json.encode(report) for report in reports))
    return path


def test_readings_and_their_reasons_are_the_same(compiled: Path, tmp_path: Path) -> None:
    texts = [line.split("\t") for line in (ROOT / "src/marsad/samples/reports.jsonl").read_text("utf-8").splitlines()]
    samples = [msgspec.json.decode("\t".join(line), type=dict[str, object]) for line in texts]
    odd = [
        "",
        "لا",
        "2018",
        "قتل " * 3000,
        "\ud800قتل"[1:],
        "In English only.",
        "قصف الطيران 12 غارة على بلدة هجين فقتل 3 مدنيين وجرح 999999999999999999999 آخرين",
    ]
    reports = [Report.from_text(one["text"], id=one["id"], date=one["date"], outlet=one["outlet"]) for one in samples]
    reports += [Report.from_text(text, id=f"odd{k}") for k, text in enumerate(odd)]
    path = _written(reports, tmp_path)
    found = _read_by("compiled", compiled, path)
    assert len(found) == len(reports)
    assert found == _read_by("sources", ROOT / "src", path)


@pytest.mark.slow
def test_readings_of_the_corpus_are_the_same(compiled: Path, shared: Path, tmp_path: Path) -> None:
    rows = [msgspec.json.decode(line) for line in (shared / "corpus" / "agency-2018.jsonl").read_bytes().splitlines()]
    path = _written([Report.from_text(r["text"], id=r["id"], date=r["date"], outlet=r["source"]) for r in rows], tmp_path)
    assert _read_by("compiled", compiled, path) == _read_by("sources", ROOT / "src", path)


def test_what_is_compiled_is_there_and_keeps_to_what_compiles() -> None:
    names = TOOL.modules()
    assert {name.split("/")[1] for name in names} == {"arabic", "knowledge", "reading"}
    for name in names:
        text = (TOOL.SOURCE / name).read_text("utf-8")
        assert not re.search(r"\bcached_property\b", text), f"{name}: a compiled class works a cached_property out every time it is asked"
        assert not re.search(r"^class .*msgspec\.Struct", text, re.MULTILINE), f"{name}: a struct of msgspec cannot be compiled"


def test_a_changed_source_is_not_current(tmp_path: Path) -> None:
    package = tmp_path / "marsad"
    package.mkdir()
    (package / "a.py").write_text("A = 1\n")
    before = TOOL.fingerprint(tmp_path)
    assert TOOL.fingerprint(tmp_path) == before
    (package / "a.py").write_text("A = 2\n")
    assert TOOL.fingerprint(tmp_path) != before


def test_what_cannot_be_compiled_says_why_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(TOOL, "missing", lambda: "no C compiler (cc)")
    with pytest.raises(TOOL.CompileError, match=r"^no C compiler \(cc\)$"):
        TOOL.build(tmp_path / "built")
    assert not (tmp_path / "built").exists()
