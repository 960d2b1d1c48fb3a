"""Every example of the vocabulary is read as its entry says, and none of its counter-examples is read as an event.

Those that do not hold yet stand in `failing.txt`, one a line: an example that fails and is not on it fails here, and so does one that is on it and holds.
Whoever has mended some runs this file as a program, which takes them off the list. Only when the models are taught again (`make learn`) is it written
anew (`--anew`), for a taught decision may fall either way; the share that holds may not fall then.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from marsad.knowledge import schema, vocabulary
from marsad.model import Event, Report
from marsad.reading import read

FAILING = Path(__file__).with_name("failing.txt")
SHARE = 0.96
"""Of all examples and counter-examples, at least so many hold; this goes up and never down."""


@dataclass(frozen=True)
class Case:
    """One sentence of an entry; `told` is None where nothing is to be read in it."""

    entry: str
    sentence: str
    told: schema.Told | None

    @property
    def line(self) -> str:
        return f"{self.entry}\t{'not' if self.told is None else 'told'}\t{self.sentence}"


def cases() -> list[Case]:
    """All examples and counter-examples in the order of `events.toml`."""
    found: dict[str, Case] = {}
    for word in vocabulary.events():
        for case in (Case(word.key, word.example, word.told), *(Case(word.key, sentence, None) for sentence in word.refuted)):
            found.setdefault(case.line, case)
    return list(found.values())


CASES = cases()


def wrong(case: Case) -> str | None:
    """What is wrong with the reading of a case; None if it holds."""
    events = read(Report.from_text(case.sentence, date="2018-06-15", outlet="شبكة محلية")).events
    if case.told is None:
        return f"read as {', '.join(e.type for e in events)}" if events else None
    reasons = [reason for event in events if (reason := differs(event, case.told))]
    if events and len(reasons) < len(events):
        return None
    return "; ".join(reasons) or "no event"


def differs(event: Event, told: schema.Told) -> str | None:
    """What an event lacks of what its example tells."""
    if event.type != told.type:
        return f"type {event.type}, not {told.type}"
    if told.status is not None and event.status != told.status:
        return f"status {event.status}, not {told.status}"
    if told.place is not None and told.place not in [p.name for p in event.places]:
        return f"places {[p.name for p in event.places]}, not {told.place}"
    for role in ("initiator", "target", "participant"):
        wanted = getattr(told, role)
        named = [name for a in event.actors if a.role == role for name in (a.id, a.name)]
        if wanted is not None and wanted not in named:
            return f"{role} {named}, not {wanted}"
    return None


def failing() -> set[str]:
    return {line for line in FAILING.read_text("utf-8").splitlines() if line and not line.startswith("#")}


KNOWN = failing() if FAILING.exists() else set()


@pytest.mark.parametrize("case", CASES, ids=[f"{c.entry}-{'not' if c.told is None else 'told'}-{n}" for n, c in enumerate(CASES)])
def test_example(case: Case) -> None:
    reason = wrong(case)
    if case.line in KNOWN:
        assert reason is not None, "this holds now: take it off failing.txt"
    else:
        assert reason is None, f"{case.sentence}: {reason}"


def test_share_that_holds() -> None:
    assert 1 - len(KNOWN) / len(CASES) >= SHARE


def test_the_list_names_examples_that_exist() -> None:
    assert KNOWN - {case.line for case in CASES} == set()


HEAD = "# Examples of events.toml that are not read as their entry says; see test_examples.py. Columns: entry, told or not, sentence.\n"


def write(*, anew: bool) -> None:
    """Take the lines that hold now off the list; `anew`: after the models were taught again, write all that do not hold."""
    FAILING.write_text(HEAD + "".join(f"{case.line}\n" for case in CASES if (anew or case.line in KNOWN) and wrong(case)), "utf-8")


if __name__ == "__main__":
    write(anew="--anew" in sys.argv)
