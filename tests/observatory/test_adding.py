"""Adding: once is enough, whatever the way; the order does not matter; nothing is half."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.intake import Intake
from marsad.model import Report
from marsad.observatory import Observatory
from marsad.observatory import telling as telling_room
from tests.observatory.conftest import REPORTS, Open, added, exported, report, reports, telling


def test_the_same_again_changes_nothing(filled: Observatory) -> None:
    before = exported(filled), filled.stats()
    again = added(filled, Intake((str(REPORTS),)))
    assert [a.outcome for a in again] == ["known"] * 12
    assert (exported(filled), {**filled.stats(), "bytes": 0}) == (before[0], {**before[1], "bytes": 0})


# how the report e1 comes again, and what comes of it
AGAIN = [
    ({"url": "http://www.alif.example/news/3/?fbclid=abc&utm_medium=x#top"}, "known"),
    ({"id": "another-file"}, "known"),
    ({"url": None, "outlet": None, "date": None}, "known"),
    ({"url": "https://mirror.example/news/3"}, "new"),
    ({"outlet": "صحيفة أخرى", "url": None}, "new"),
    ({"date": "2018-12-10"}, "new"),
    ({"text": "قصفت قوات النظام بلدة أخرى."}, "new"),
]


@pytest.mark.parametrize(("change", "outcome"), AGAIN)
def test_the_same_report_by_another_way(opened: Open, change: dict[str, object], outcome: str) -> None:
    observatory = opened()
    first = report("e1")
    added(observatory, [first])
    changed = msgspec.structs.replace(first, **{**change, **({"date": _day(change["date"])} if change.get("date") else {})})  # type: ignore[arg-type]
    (result,) = added(observatory, [changed])
    expected = "proof" if outcome == "known" and "url" in change and change["url"] is None else outcome
    assert result.outcome in (outcome, expected)
    assert observatory.stats()["reports"] == (1 if outcome == "known" else 2)
    if outcome == "new" and change.get("id") is None:
        assert result.report.startswith("e1~")


def _day(words: object) -> object:
    import datetime

    return datetime.date.fromisoformat(str(words))


def test_a_page_saved_twice_is_one_report_with_two_proofs(opened: Open, tmp_path: Path) -> None:
    page = "<html><head><title>خبر</title><link rel=canonical href='https://alif.example/x'></head><body><article><p>{}</p></article><!-- {} --></body></html>"
    (tmp_path / "one.html").write_text(page.format(report("a1").text, 1), "utf-8")
    (tmp_path / "two.html").write_text(page.format(report("a1").text, 2), "utf-8")
    observatory = opened()
    first, second = added(observatory, Intake((str(tmp_path),)))
    assert (first.outcome, second.outcome, second.report) == ("new", "proof", first.report)
    kept = observatory.report(first.report)
    assert kept is not None
    assert len({p.sha256 for p in kept.proofs}) == 2
    for proof in kept.proofs:
        raw = observatory.raw(proof.sha256)
        assert raw is not None
        assert raw in ((tmp_path / "one.html").read_bytes(), (tmp_path / "two.html").read_bytes())


def test_a_bad_record_costs_that_record(opened: Open, tmp_path: Path) -> None:
    lines = REPORTS.read_text("utf-8").splitlines()
    (tmp_path / "r.jsonl").write_text("\n".join([*lines[:3], '{"id": "broken', *lines[3:]]), "utf-8")
    observatory = opened()
    outcomes = [a.outcome for a in added(observatory, Intake((str(tmp_path / "r.jsonl"),)))]
    assert outcomes.count("fault") == 1
    assert outcomes.count("new") == 12
    assert list(observatory.verify()) == []


def test_two_processes_read_the_same(opened: Open) -> None:
    one, two = opened(), opened()
    added(one, Intake((str(REPORTS),)))
    list(two.add(Intake((str(REPORTS),)), jobs=2))
    assert exported(one) == exported(two)


def test_two_that_add_in_turns_keep_what_one_would(opened: Open, new_store: Callable[[], str]) -> None:
    url = new_store()
    turns = opened(url), opened(url)
    for n, one in enumerate(reports()):
        added(turns[n % 2], [one])
    alone = opened(new_store())
    added(alone, reports())
    assert _links(turns[0]) == _links(alone)
    assert [one.events for one in turns[0].incidents()] == [one.events for one in alone.incidents()]


def test_what_is_at_hand_is_bounded_and_changes_nothing(opened: Open, new_store: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = opened(new_store())
    added(whole, reports())
    for name, most in (("_UNPACKED", 3), ("_KEPT", 4), ("_WHOLE", 2), ("_FILED", 20)):
        monkeypatch.setattr(telling_room, name, most)
    small = opened(new_store())
    held = []
    for one in reports():
        added(small, [one])
        held.append((len(small._telling._told), len(small._telling._records), len(small._telling._read)))
    assert [max(sizes) for sizes in zip(*held, strict=True)] == [3, 4, 2]
    assert _links(small) == _links(whole)
    assert [one.events for one in small.incidents()] == [one.events for one in whole.incidents()]


def _links(observatory: Observatory) -> list[object]:
    with observatory.store.asking() as tx:
        return sorted(tx.all_links())


def test_what_is_told_by_five_is_one(filled: Observatory) -> None:
    incident = telling(filled, "a1", "b1", "a2")
    assert (incident.type, str(incident.date.start)) == ("air_strike", "2018-11-10")
    assert incident.copies == (("a1", "d1"),)
    assert {c.publisher for c in incident.claims} >= {"وكالة ألف", "صحيفة باء", "موقع دال"}
    killed = next(t for t in incident.tallies if t.what == "killed" and t.who == "civilians")
    assert (killed.low, killed.best, killed.high) == (15, 15, None)
    superseded = [c for c in incident.claims if c.about == "count:killed" and c.superseded_by]
    assert {c.value["min"] for c in superseded} == {12}
    assert telling(filled, "e1", "e2").id != telling(filled, "f1").id


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), cut=st.integers(0, 12))
def test_incidents_do_not_depend_on_the_order(tmp_path_factory: pytest.TempPathFactory, seed: int, cut: int) -> None:
    order = reports()
    random.Random(seed).shuffle(order)
    folder = tmp_path_factory.mktemp("order")
    with Observatory(str(folder / "a.db")) as one, Observatory(str(folder / "b.db")) as two:
        added(one, reports())
        added(two, order[:cut])
        added(two, order[cut:])
        assert _without_ids(one) == _without_ids(two)


def _without_ids(observatory: Observatory) -> list[bytes]:
    return sorted(msgspec.json.encode(msgspec.structs.replace(i, id="")) for i in observatory.incidents())


def test_an_id_is_given_once(opened: Open) -> None:
    observatory = opened()
    added(observatory, [report("a2")])
    first = telling(observatory, "a2").id
    added(observatory, [report("a1"), report("b1")])
    assert telling(observatory, "a2").id == first


def test_ids_that_are_taken(opened: Open) -> None:
    observatory = opened()
    one, other = Report.from_text("قصف على بلدة.", id="1"), Report.from_text("قصف على مدينة.", id="1")
    results = added(observatory, [one, other, other])
    assert [r.outcome for r in results] == ["new", "new", "known"]
    assert [r.report for r in results] == ["1", f"1~{other.sha256[:8]}", f"1~{other.sha256[:8]}"]
