"""Floors of measured figures: what was reached, kept in a TOML file, below which a test fails. They only go up, and what the file says beside them stays."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path


def floors_of(path: Path) -> dict[str, float]:
    """What was reached, by the name of the figure; nothing where there is no file yet."""
    found: dict[str, float] = tomllib.loads(path.read_text("utf-8"))["floor"] if path.exists() else {}
    return found


def raise_floors(path: Path, reached: Mapping[str, float]) -> None:
    """Each floor to what is reached now, where that is higher; figures that have none yet stand at the end."""
    text, old = path.read_text("utf-8"), floors_of(path)
    for name, now in reached.items():
        row = f"{json.dumps(name, ensure_ascii=False)} = {max(now, old.get(name, 0.0))}"
        known = re.compile(rf"^{re.escape(json.dumps(name, ensure_ascii=False))} = .*$", re.MULTILINE)
        text = known.sub(row, text) if known.search(text) else f"{text.rstrip()}\n{row}\n"
    path.write_text(text, "utf-8")
