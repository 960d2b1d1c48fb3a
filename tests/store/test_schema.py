"""The schema of the store: the steps give what the code says, on both databases."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from marsad.store import Store, Wanted
from marsad.store.migrations import NEWEST, known_versions, version_of
from marsad.store.schema import deflated, metadata
from marsad.store.writes import key_of, keys_between


def test_the_steps_give_what_the_code_says(new_store: Callable[[], str]) -> None:
    store = Store(new_store())
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": lambda _, name, *__: not str(name).startswith("found")})
        assert compare_metadata(context, metadata) == []
        assert version_of(connection) == NEWEST
    store.close()
    assert max(known_versions()) == NEWEST


def test_all_or_nothing(new_store: Callable[[], str]) -> None:
    store = Store(new_store())

    def breaks() -> None:
        with store.writing() as tx:
            tx.keep_raw("aa", b"1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    with store.writing() as tx:
        assert tx.raw_hashes() == []
        tx.keep_raw("bb", b"2" * 1000)
        tx.keep_raw("bb", b"2" * 1000)
    with store.asking() as tx:
        assert tx.raw("bb") == b"2" * 1000
        assert tx.raw_hashes() == ["bb"]
    store.close()


def test_keys_go_by_day() -> None:
    early, late = key_of("inc-ffffffffffff", 700_000), key_of("inc-000000000000", 700_001)
    assert early < late
    assert key_of("inc-ffffffffffff", None) < early
    first, last = keys_between(700_000, 700_000)
    assert first is not None
    assert last is not None
    assert first <= early <= last < late
    assert late < 2**63


# what is asked, the documents that have it
WORDS: list[tuple[list[Wanted], list[int]]] = [
    ([Wanted(("قصف",))], [3, 1]),
    ([Wanted(("قصف",)), Wanted(("ادلب",))], [1]),
    ([Wanted(("قصف", "ادلب"))], [1]),
    ([Wanted(("قصف",)), Wanted(("ادلب",), excluded=True)], [3]),
    ([Wanted(("قص",), prefix=True)], [3, 2, 1]),
    ([Wanted(("ادلب",), excluded=True)], []),
    ([Wanted(("title_قصف",))], [3]),
    ([Wanted(("a'b",))], [2]),
    ([Wanted(('x" OR "y',))], []),
    ([Wanted(("and",))], [2]),
    ([], []),
]


@pytest.mark.parametrize(("wanted", "expected"), WORDS)
def test_words(new_store: Callable[[], str], wanted: list[Wanted], expected: list[int]) -> None:
    rows = {1: ["قصف", "ادلب"], 2: ["قصة", "a'b", "and"], 3: ["قصف", "title_قصف"]}
    store = Store(new_store())
    with store.writing() as tx:
        for n, terms in rows.items():
            tx.keep_reading(n, day=n, reader="x", record=b"{}", terms=terms, events=[])
    with store.writing() as tx:
        assert tx.found(wanted) == expected
        assert tx.found(wanted, limit=1) == expected[:1]
        if expected:
            assert tx.found(wanted, before=(expected[0], expected[0])) == expected[1:]
        tx.drop_reading(3, 3)
        assert tx.found(wanted) == [n for n in expected if n != 3]
    store.close()


@pytest.mark.parametrize("size", [0, 1, 2_000, 16_383, 16_384, 300_000])
def test_what_is_packed_comes_back(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert zlib.decompress(deflated(content)) == content
