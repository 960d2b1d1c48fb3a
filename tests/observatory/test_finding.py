"""Filters, pages, words and times."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from marsad.model import Filters
from marsad.observatory import Observatory
from marsad.observatory.tags import holds
from tests.observatory.conftest import Open, added, exported, report, reports, telling, ticking

DAY = datetime.date

# filters, reports of which some tell what they ask for
ASKED: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"a1", "b1", "c1", "d1", "a2", "e1", "e2", "f1", "g1", "h1", "j1"}),
    ({"type": "air_strike"}, {"a1", "b1", "c1", "d1", "a2"}),
    ({"country": "ye"}, {"h1"}),
    ({"country": "FR"}, set()),
    ({"admin1": "Idlib"}, {"e1", "e2", "f1"}),
    ({"place": "هجين"}, {"a1", "b1", "c1", "d1", "a2"}),
    ({"place": "Hodeidah"}, {"h1"}),
    ({"since": DAY(2018, 11, 13)}, {"f1", "g1", "h1", "j1"}),
    ({"until": DAY(2018, 11, 10)}, {"a1", "b1", "c1", "d1", "a2", "e1", "e2"}),
    ({"since": DAY(2018, 11, 13), "until": DAY(2018, 11, 13)}, {"g1", "h1"}),
    ({"box": (35.0, 35.0, 37.0, 36.0)}, {"e1", "e2", "f1"}),
    ({"box": (170.0, -10.0, -170.0, 10.0)}, set()),
    ({"near": (34.69, 40.83, 25.0)}, {"a1", "b1", "c1", "d1", "a2"}),
    ({"actor": "syria-government"}, {"e1", "e2", "f1"}),
    ({"actor": "syria-government", "role": "target"}, set()),
    ({"role": "target", "type": "arrest"}, {"g1"}),
    ({"actor": "قوات سوريا الديمقراطية"}, {"g1"}),
    ({"outlet": "موقع دال"}, {"a1", "b1", "c1", "d1", "a2", "g1"}),
    ({"asserter": "المرصد السوري لحقوق الإنسان"}, {"a1", "b1", "c1", "d1", "a2"}),
    ({"status": "planned"}, set()),
    ({"review": "unreviewed", "type": "arrest"}, {"g1"}),
    ({"grade": "contested"}, set()),
    ({"text": "الدفاع المدني"}, {"e1", "e2"}),
    ({"text": "هاون"}, {"j1"}),
    ({"text": '"مدينة حلب"'}, {"j1"}),
    ({"text": '"حلب مدينة"'}, set()),
    ({"text": "title:جرجناز", "since": DAY(2018, 11, 12)}, {"f1"}),
]


@pytest.mark.parametrize(("asked", "expected"), ASKED)
def test_filters(filled: Observatory, asked: dict[str, Any], expected: set[str]) -> None:
    filters = Filters(**asked)
    found = list(filled.incidents(filters))
    assert {r for i in found for r in i.reports} == expected
    if filters.text is None:
        assert [i.id for i in filled.incidents() if holds(i, filters)] == [i.id for i in found]
    assert list(filled.incidents(filters, oldest_first=True)) == found[::-1]
    then = msgspec.structs.replace(filters, as_of=DAY(2030, 1, 1))
    assert list(filled.incidents(then)) == found


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages(filled: Observatory, limit: int) -> None:
    found, after = [], None
    while True:
        page = filled.page(limit=limit, after=after)
        found += page.incidents
        after = page.after
        if after is None:
            break
        assert len(page.incidents) == limit
    assert found == list(filled.incidents())
    days = [i.date.start for i in found if i.date.start]
    assert days == sorted(days, reverse=True)


def test_as_it_was_known(opened: Open, new_store: Any) -> None:
    """Three days of adding and deciding; each day is told again as it was."""
    url = new_store()
    seen: dict[DAY, list[Any]] = {}
    work: list[tuple[str, list[str], Any]] = [
        ("2024-05-01", ["a1", "e1", "f1"], None),
        ("2024-05-03", ["b1", "c1"], lambda o: o.review("merge", [telling(o, "e1").id, telling(o, "f1").id], why="x", by="y")),
        ("2024-05-05", ["d1", "a2", "e2"], lambda o: o.review("confirm", [telling(o, "a1").id], why="x", by="y")),
    ]
    for day, ids, act in work:
        observatory = opened(url, now=ticking(day))
        added(observatory, [report(id_) for id_ in ids])
        if act is not None:
            act(observatory)
        seen[DAY.fromisoformat(day)] = list(observatory.incidents())
        observatory.close()
    observatory = opened(url, now=ticking("2024-06-01"))
    for day, then in seen.items():
        assert list(observatory.incidents(Filters(as_of=day))) == then
        assert list(observatory.incidents(Filters(as_of=day + datetime.timedelta(1)))) == then
    assert list(observatory.incidents(Filters(as_of=DAY(2024, 4, 30)))) == []
    list(observatory.rebuild())
    for day, then in seen.items():
        assert list(observatory.incidents(Filters(as_of=day))) == then
    first = seen[DAY(2024, 5, 1)]
    assert observatory.incident(first[-1].id, as_of=DAY(2024, 5, 1)) == first[-1]


# what is typed, and the reports that are found, the newest first
TYPED = [
    ("هجين", ["a2", "c1", "d1", "b1", "a1"]),
    ("قصف مدفعي", ["e2", "e1"]),
    ("ادلب", ["f1", "e2", "e1"]),
    ("مدفعية", ["f1", "e1"]),
    ("غارة -التحالف", []),
    ('"طيران التحالف"', ["a2", "d1", "a1"]),
    ("اعتقل*", ["g1"]),
    ("outlet:باء", ["j1", "h1", "e2", "b1"]),
    ("الناشر:باء قذائف", ["j1"]),
    ("title:هدوء", ["i1"]),
    ("asserter:الدفاع", ["e1"]),
    ("كلمة لا توجد", []),
    ("-هجين", []),
    ("", []),
    ("'\" OR 1=1 --", []),
    ("a* AND (b", []),
]


@pytest.mark.parametrize(("words", "expected"), TYPED)
def test_search(filled: Observatory, words: str, expected: list[str]) -> None:
    hits = list(filled.search(words))
    found = [h.report for h in hits]
    assert sorted(found) == sorted(expected)
    days = [h.day for h in hits]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    for hit in hits:
        assert all(hit.text[a:b].strip() for a, b in hit.spans)


def test_search_with_filters(filled: Observatory) -> None:
    assert {h.report for h in filled.search("بلدة", Filters(type="shelling"))} == {"e1", "e2", "f1"}
    assert {h.report for h in filled.search("بلدة", Filters(since=DAY(2018, 11, 14)))} == {"f1"}


def test_both_databases_say_the_same(tmp_path: Any, new_database: Any) -> None:
    with Observatory(str(tmp_path / "x.db"), now=ticking()) as one, Observatory(new_database(), now=ticking()) as two:
        for observatory in (one, two):
            added(observatory, reports())
        assert exported(one) == exported(two)
        for words, _ in TYPED:
            assert list(one.search(words)) == list(two.search(words))
        for asked, _ in ASKED:
            assert list(one.incidents(Filters(**asked))) == list(two.incidents(Filters(**asked)))
