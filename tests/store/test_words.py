"""The index of words gives the same reports on both databases, however many have a word and wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa

from marsad.store import ReadTx, Store, Wanted, has_terms
from marsad.store import words as index
from marsad.store.words import Terms

MANY = 1_500


def terms_of(doc: int) -> list[str]:
    """`all` in each, `even` in half, `tenth`, `old` in the first 500 alone, `two:1` in two of the oldest."""
    terms = ["all", f"n{doc}"]
    terms += ["even"] if doc % 2 == 0 else ["odd"]
    terms += ["tenth"] if doc % 10 == 0 else []
    terms += ["old"] if doc <= 500 else []
    terms += ["two:1", "قصف"] if doc in (3, 8) else []
    return terms


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def tx(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadTx]:
    """A view of an index of `MANY` reports."""
    address = str(tmp_path_factory.mktemp("words") / "x.db")
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres").replace("/postgres?", "/words?")
        engine = sa.create_engine(request.getfixturevalue("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE words TEMPLATE template0"))
        engine.dispose()
    with closing(Store(address)) as store:
        with store.writing() as writing:
            for doc in range(1, MANY + 1):
                writing.words.put(writing.connection, doc, terms_of(doc))
        with store.asking() as asking:
            yield asking


QUESTIONS = {
    "in all": [Wanted(("all",))],
    "in half": [Wanted(("even",))],
    "in few": [Wanted(("tenth",))],
    "in old ones": [Wanted(("old",))],
    "in old ones and few": [Wanted(("old",)), Wanted(("tenth",))],
    "in two": [Wanted(("two:1",))],
    "in one": [Wanted(("n77",))],
    "in none": [Wanted(("none",))],
    "never together": [Wanted(("even",)), Wanted(("odd",))],
    "two of one clause": [Wanted(("all", "قصف"))],
    "beginning": [Wanted(("ten",), prefix=True)],
    "not": [Wanted(("all",)), Wanted(("even",), excluded=True)],
    "not, of few": [Wanted(("old",)), Wanted(("tenth",), excluded=True), Wanted(("n4",), prefix=True, excluded=True)],
}


@pytest.mark.parametrize("farthest", [0, 100, 400, 4_096])
@pytest.mark.parametrize("asked", QUESTIONS)
def test_docs(tx: ReadTx, monkeypatch: pytest.MonkeyPatch, asked: str, farthest: int) -> None:
    """Whether PostgreSQL walks along the order, asks its index, or begins with the one and ends with the other."""
    monkeypatch.setattr(index, "_FARTHEST", farthest)
    wanted = QUESTIONS[asked]
    packed = {doc: Terms(" ".join(terms_of(doc)).encode()) for doc in range(1, MANY + 1)}
    expected = [doc for doc in range(MANY, 0, -1) if all(has_terms(packed[doc], w) for w in wanted)]
    for before in (None, 1, 400, 1_201):
        for limit in (1, 20, 64, 2_000):
            rest = [doc for doc in expected if before is None or doc < before]
            assert list(tx.words.docs(tx.connection, wanted, before=before, limit=limit)) == rest[:limit]


def test_few_are_found_by_the_index(new_database: Callable[[], str]) -> None:
    """Of a word of few reports the planner of PostgreSQL has no figure; what it is asked leaves it no other way than the index."""
    with closing(Store(new_database())) as store:
        with store.writing() as tx:
            for doc in range(1, 300):
                tx.words.put(tx.connection, doc, terms_of(doc))
        with store.asking() as tx:
            tx.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = tx.connection.execute(sa.text(f"EXPLAIN {index._HELD.text}"), {"asked": "'two_1'", "before": 2**62, "limit": 20}).scalars().all()
    assert any("found_terms" in line for line in plan), plan


def test_terms_are_unpacked_as_they_are_put() -> None:
    """One by one or all at once."""
    terms = ["title:قصف", "a-b", "x_1", "\t;", "é", "٣", "plain"]
    assert set(Terms(" ".join(terms).encode())) == {index._safe(term) for term in terms}
