"""The line put together on one machine: inputs → reports → readings → incidents → the store → what is given out.

Only this room knows the workshops, and it puts them in a row; whoever has one open calls nothing else.

    from marsad.observatory import Observatory

    with Observatory("marsad.db") as observatory:
        for added in observatory.add(Intake(("reports.jsonl",))): …
        for incident in observatory.incidents(Filters(country="SY", type="air_strike")): …

`read_all` is the beginning of the line alone: what `marsad read` does.
"""

from marsad.observatory.adding import Added
from marsad.observatory.facade import Kept, Observatory, Page, utc_now
from marsad.observatory.finding import Hit
from marsad.observatory.identity import Facts, address_of, agree, id_beside
from marsad.observatory.line import Read, explained_all, read_all, read_one
from marsad.observatory.loading import Bin, Loaded, Ready
from marsad.observatory.reviewing import ACTS, ReviewError, read_value
from marsad.store import StoreError

__all__ = [
    "ACTS", "Added", "Bin", "Facts", "Hit", "Kept", "Loaded", "Observatory", "Page", "Read", "Ready", "ReviewError", "StoreError",
    "address_of", "agree", "explained_all", "id_beside", "read_all", "read_one", "read_value", "utc_now",
]  # fmt: skip
