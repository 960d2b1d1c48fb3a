"""What a comparison of two told events is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Sign(NamedTuple):
    """Something for or against: its name in the table of signs (`knowledge/incidents.toml`), and what it is in words, or what gives these: of most
    signs nobody asks for them."""

    name: str
    said: str | Callable[[], str]

    @property
    def words(self) -> str:
        """What it is in words."""
        return self.said if isinstance(self.said, str) else self.said()


def listed(names: Iterable[str]) -> str:
    """Names for people, sorted."""
    return ", ".join(sorted(names)) or "no country that is told"
