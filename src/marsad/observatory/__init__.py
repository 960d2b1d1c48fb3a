"""The line put together on one machine: inputs → reports → readings → incidents → the store → what is given out.

Only this room knows the workshops, and it puts them in a row; whoever has one open calls nothing else.

    from marsad.observatory import Observatory

    with Observatory("marsad.db") as observatory:
        for added in observatory.add(Intake(("reports.jsonl",))): …
        for incident in observatory.incidents(Filters(country="SY", type="air_strike")): …

`read_all` is the beginning of the line alone: what `marsad read` does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad.observatory.line import Read, explained_all, read_all, read_one

if TYPE_CHECKING:
    from marsad.observatory.adding import Added
    from marsad.observatory.facade import Kept, Observatory, Page, utc_now
    from marsad.observatory.finding import Hit
    from marsad.observatory.identity import Facts, address_of, agree, id_beside
    from marsad.observatory.loading import Bin, Loaded, Ready
    from marsad.observatory.reviewing import ACTS, ReviewError, read_value
    from marsad.store import StoreError

__all__ = [
    "ACTS", "Added", "Bin", "Facts", "Hit", "Kept", "Loaded", "Observatory", "Page", "Read", "Ready", "ReviewError", "StoreError",
    "address_of", "agree", "explained_all", "id_beside", "read_all", "read_one", "read_value", "utc_now",
]  # fmt: skip

_HOMES = {
    "marsad.observatory.adding": ("Added",),
    "marsad.observatory.facade": ("Kept", "Observatory", "Page", "utc_now"),
    "marsad.observatory.finding": ("Hit",),
    "marsad.observatory.identity": ("Facts", "address_of", "agree", "id_beside"),
    "marsad.observatory.loading": ("Bin", "Loaded", "Ready"),
    "marsad.observatory.reviewing": ("ACTS", "ReviewError", "read_value"),
    "marsad.store": ("StoreError",),
}
"""Where the names that need a store stand. They are fetched when they are first asked for: who only reads reports waits for no database library."""


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(home), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
