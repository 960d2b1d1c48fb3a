"""Each fuzz target for a second, always from the same start; `make fuzz` runs them longer. And the fuzzer itself finds what there is to find."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_tool", HERE.parent.parent / "tools" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_tool"] = module
    spec.loader.exec_module(module)
    return module


tool = _tool()
NAMES = [target.name for target in tool.targets()]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NAMES)
def test_a_second_of_fuzzing(name: str) -> None:
    (target,) = tool.targets([name])
    assert all(item for item in target.seeds)
    tried, found = tool.fuzz(target, 1.0, start=1)
    assert tried > len(target.seeds)
    assert [(finding.told, finding.data[:200]) for finding in found] == []


def test_a_mistake_is_found() -> None:
    def fragile(data: bytes) -> None:
        if data.startswith(b"ab") and b"\xff" in data:
            raise ValueError("fell")

    tried, found = tool.fuzz(tool.Target("fragile", fragile, (b"abc", b"x\xff")), 5.0 if sys.gettrace() else 2.0)
    assert tried > 2
    assert [finding.told.strip().splitlines()[-1] for finding in found] == ["ValueError: fell"]


def test_what_hangs_is_found() -> None:
    def hanging(data: bytes) -> None:
        while data == b"stay":
            time.sleep(0.01)

    _, found = tool.fuzz(tool.Target("hanging", hanging, (b"stay",), slow=0.2), 0.1)
    assert len(found) == 1
    assert "more than 0.2 seconds" in found[0].told


def test_each_format_has_a_target() -> None:
    """A format that is added without one is found here."""
    from marsad.intake.formats import FORMATS, format_of
    from marsad.intake.given import Given
    from tests.fuzz.formats import FILES

    reached = {format_of(Given.of_bytes(make(), name)).name for name, makers in FILES.values() for make in makers}
    assert reached == {known.name for known in FORMATS}


def test_what_is_packed_is_changed_inside() -> None:
    import gzip
    import io
    import random
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a", b"x" * 50)
    chance = random.Random(1)
    for seed, unpack in ((gzip.compress(b"x" * 50), gzip.decompress), (out.getvalue(), lambda c: zipfile.ZipFile(io.BytesIO(c)).read("a"))):
        found = 0
        for _ in range(50):
            try:
                found += unpack(tool.mutated(chance, [seed], 65_536)) != b"x" * 50
            except Exception:  # changed outside
                continue
        assert found > 20
