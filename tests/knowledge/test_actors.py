"""The list of actors: enough of them, each whole, and the ids of the shared list keep their meaning."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

from marsad.arabic.letters import fold
from marsad.knowledge import schema, vocabulary

ROWS = list(vocabulary.rows("actors.csv", schema.ActorRow))
ACTORS = {row.id: row for row in ROWS}
THEATRES = {"SY", "IQ", "YE", "LY", "SD", "PS", "IL", "LB", "SO", "EG", "AF", "ML"}


def test_there_are_enough_and_no_id_comes_twice() -> None:
    assert len(ROWS) >= 300
    assert [id_ for id_, times in Counter(row.id for row in ROWS).items() if times > 1] == []


@pytest.mark.parametrize("country", sorted(THEATRES))
def test_every_theatre_has_actors(country: str) -> None:
    assert sum(country in (row.country, row.theatre) or country in row.country.split() or country in row.theatre.split() for row in ROWS) >= 3


def test_every_actor_is_named_in_both_languages_and_has_parents_that_exist() -> None:
    for row in ROWS:
        assert row.name_en, row.id
        assert any("\u0621" <= c <= "\u064a" for c in row.name_ar), row.id
        assert row.parent in ("", *ACTORS), (row.id, row.parent)
        assert row.parent != row.id
        for day in (row.from_, row.to):
            assert not day or datetime.date.fromisoformat(f"{day}-01-01"[:10]), (row.id, day)


def test_names_are_joined_by_a_bar() -> None:
    joined = [(row.id, name) for row in ROWS for name in (row.name_ar, *vocabulary.names(row.names), *vocabulary.names(row.names_here))]
    assert [id_ for id_, name in joined if "," in name or "،" in name] == []


def test_no_line_of_descent_is_a_ring() -> None:
    for row in ROWS:
        seen, parent = {row.id}, row.parent
        while parent:
            assert parent not in seen, row.id
            seen.add(parent)
            parent = ACTORS[parent].parent


def test_ids_of_the_shared_list_keep_their_meaning(shared: Path) -> None:
    """Every id is here, of the same country, and under the same English name or one of the same Arabic names."""
    with (shared / "gold" / "actors.csv").open(encoding="utf-8", newline="") as lines:
        told = list(csv.DictReader(lines))
    assert told
    for row in told:
        ours = ACTORS.get(row["id"])
        assert ours is not None, row["id"]
        assert not row["country"] or row["country"] in (ours.country, ours.theatre), row["id"]
        names = {fold(name.strip()) for name in (ours.name_ar, *vocabulary.names(ours.names), *vocabulary.names(ours.names_here))}
        theirs = {fold(name.strip()) for name in row["name_ar"].split("/")}
        assert ours.kind == row["kind"], row["id"]
        assert ours.name_en == row["name_en"] or names & theirs, row["id"]
