"""What of a web address does not tell which page it is: `addresses.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec


class Tracking(NamedTuple):
    """Names of parameters that only track, in lower case: whole ones, and beginnings."""

    parameters: frozenset[str]
    beginnings: tuple[str, ...]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    parameters: list[str]
    beginnings: list[str]


@cache
def tracking() -> Tracking:
    """The list, checked."""
    told = msgspec.convert(tomllib.loads((files("marsad.knowledge") / "addresses.toml").read_text("utf-8")), _File)
    return Tracking(frozenset(name.casefold() for name in told.parameters), tuple(name.casefold() for name in told.beginnings))
