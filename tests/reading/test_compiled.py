"""The compiled modules read what the sources read, where they were compiled (`make compile`) from the sources as they are."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "src" / "marsad" / "samples"
_READ = """
import pathlib, sys
import msgspec
from marsad.model import Report
from marsad.reading import explain, read, reader
assert reader.__file__.endswith(sys.argv[1]), reader.__file__
for line in pathlib.Path(sys.argv[2]).read_text("utf-8").splitlines():
    report = msgspec.convert(msgspec.json.decode(line), Report)
    print(msgspec.json.encode(read(report)).decode())
    print(msgspec.json.encode([[tuple(why) for why in event] for event in explain(report)[1]]).decode())
"""


def compiling() -> object:
    spec = importlib.util.spec_from_file_location("marsad_compile", ROOT / "tools" / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = compiling()


def reports() -> list[dict[str, object]]:
    return []


def read_with(path: Path, suffix: str, texts: Path) -> list[str]:
    env = os.environ | {"PYTHONPATH": str(path), "PYTHONHASHSEED": "0"}
    ended = subprocess.run([sys.executable, "-c", _READ, suffix, str(texts)], env=env, capture_output=True, text=True, check=True)
    return ended.stdout.splitlines()
