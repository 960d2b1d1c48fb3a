"""What a comparison of two told events is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Sign(NamedTuple):
    """Something for or against: its name in the table of signs (`knowledge/incidents.toml`), and what it is in words."""

    name: str
    words: str


def listed(names: Iterable[str]) -> str:
    """Names for people, sorted."""
    return ", ".join(sorted(names)) or "no country that is told"
