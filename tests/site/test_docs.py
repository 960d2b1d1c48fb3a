"""docs/site.md names tests that are there, one at least for each point."""

from __future__ import annotations

import re

from tests.site.browser import ROOT


def test_every_point_has_its_tests() -> None:
    rows = re.findall(r"^\| (\d*) \|.*$", page := (ROOT / "docs" / "site.md").read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number in rows if number] == list(range(1, 26))
    named = re.findall(r"`((?:desk/)?test_\w+\.py)::(test_\w+)`", page)
    assert len(named) > 25
    for file, name in named:
        assert f"def {name}(" in (ROOT / "tests" / "site" / file).read_text("utf-8"), f"{file} has no {name}"
