"""Stores filled with the reports of `reports.jsonl`, which were written for these tests."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from marsad.intake import Intake
from marsad.model import Filters, Incident, Report
from marsad.observatory import Added, Observatory

REPORTS = Path(__file__).with_name("reports.jsonl")

Open = Callable[..., Observatory]


def ticking(first: str = "2024-05-01") -> Callable[[], str]:
    """A clock that goes on by a second each time that it is asked, so that what is kept is the same in each run."""
    seconds = itertools.count()

    def now() -> str:
        n = next(seconds)
        return f"{first}T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000000Z"

    return now


def reports() -> list[Report]:
    """The reports of the file, without proofs."""
    lines = REPORTS.read_text("utf-8").splitlines()
    found = [msgspec.json.decode(line, type=Report) for line in lines]
    assert len(found) == 12
    return found


def report(id_: str) -> Report:
    """One of them."""
    return next(r for r in reports() if r.id == id_)


def added(observatory: Observatory, inputs: Iterable[Report] | Intake) -> list[Added]:
    """Add everything."""
    return list(observatory.add(inputs))


def exported(observatory: Observatory, filters: Filters | None = None, *, name: str = "jsonl", internal: bool = True) -> bytes:
    """An export as bytes."""
    out = io.BytesIO()
    observatory.export(name, out, filters or Filters(), internal=internal)
    return out.getvalue()


def telling(observatory: Observatory, *ids: str) -> Incident:
    """The one incident that these reports tell together."""
    found = [i for i in observatory.incidents() if set(ids) <= set(i.reports)]
    assert len(found) == 1, [i.reports for i in observatory.incidents()]
    return found[0]


@pytest.fixture
def opened(new_store: Callable[[], str]) -> Iterator[Open]:
    """Opens observatories on new stores (or on `url`), and closes them."""
    known: list[Observatory] = []

    def open_(url: str | None = None, **options: object) -> Observatory:
        known.append(Observatory(url or new_store(), **{"now": ticking(), **options}))  # type: ignore[arg-type]
        return known[-1]

    yield open_
    for observatory in known:
        observatory.close()


@pytest.fixture
def filled(opened: Open) -> Observatory:
    """A store with all of the reports."""
    observatory = opened()
    assert {a.outcome for a in added(observatory, Intake((str(REPORTS),)))} == {"new"}
    return observatory
