"""Rebuild, verify, erase: what is kept stays what it was, and what is taken away is gone."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from bench.store import readings
from marsad.incidents import Member, in_full, marks_of, parts_of, stamp, told_in, unpacked
from marsad.intake import Intake
from marsad.model import Filters, Report
from marsad.observatory import Observatory, ReviewError, StoreError, line
from marsad.observatory.chain import canonical
from marsad.reading import read
from marsad.store.migrations import NEWEST
from tests.observatory.conftest import REPORTS, Open, added, exported, report, reports, telling, ticking

WHO = {"why": "سبب", "by": "محرر"}


def test_a_rebuild_gives_the_same_bytes(filled: Observatory) -> None:
    filled.review("merge", [telling(filled, "e1").id, telling(filled, "f1").id], **WHO)
    filled.review("confirm", [telling(filled, "a1").id], **WHO)
    filled.review("correct", ["h1#0"], fields={"status": "ongoing"}, **WHO)
    before = exported(filled), exported(filled, internal=False), [h.report for h in filled.search("قصف")]
    *_, last = filled.rebuild()
    assert last == (12, 12)
    assert (exported(filled), exported(filled, internal=False), [h.report for h in filled.search("قصف")]) == before
    list(filled.rebuild(jobs=2))
    assert exported(filled) == before[0]
    assert list(filled.verify()) == []


def test_a_rebuild_that_is_broken_off_changes_nothing(filled: Observatory, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.observatory import rebuilding

    before = exported(filled)

    def breaks(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "_grouped", breaks)
    with pytest.raises(KeyboardInterrupt):
        list(filled.rebuild())
    monkeypatch.undo()
    assert exported(filled) == before
    assert list(filled.verify()) == []


def _change(observatory: Observatory, statement: str, **values: Any) -> None:
    with observatory.store.writing() as tx:
        tx.connection.execute(sa.text(statement), values)


# what is changed behind the back of marsad, and what verify says
TAMPERED: list[tuple[str, dict[str, Any], str]] = [
    ("UPDATE decision SET record = :b WHERE number = 1", {"b": b"{}"}, "decision 1: its record is damaged"),
    ("UPDATE decision SET words = :b WHERE number = 2", {"b": canonical({"why": "x", "before": None, "after": None})}, "decision 2: its words were changed"),
    ("DELETE FROM decision WHERE number = 2", {}, "does not follow|is missing before"),
    ("UPDATE decision SET kind = 'reject' WHERE number = 3", {}, "decision 3: its kind or its time"),
    ("DELETE FROM reading WHERE report = 3", {}, "has no reading"),
    ("DELETE FROM raw", {}, "the bytes .* are not there"),
    ("UPDATE report SET sha256 = 'aa' WHERE n = 2", {}, "its text was changed"),
]


@pytest.mark.parametrize(("statement", "values", "said"), TAMPERED)
def test_verify_sees_it(filled: Observatory, statement: str, values: dict[str, Any], said: str) -> None:
    import re

    for _ in range(3):
        filled.review("note", [telling(filled, "h1").id], **WHO)
    assert list(filled.verify()) == []
    _change(filled, statement, **values)
    problems = list(filled.verify())
    assert any(re.search(said, problem) for problem in problems), problems


def test_a_flipped_byte_in_raw_bytes(filled: Observatory) -> None:
    with filled.store.asking() as tx:
        sha256 = tx.raw_hashes()[0]
        content = bytes(tx.connection.execute(sa.text("SELECT content FROM raw WHERE sha256 = :s"), {"s": sha256}).scalar_one())
    for at in (0, len(content) // 2, len(content) - 1):
        flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        _change(filled, "UPDATE raw SET content = :c WHERE sha256 = :s", c=flipped, s=sha256)
        assert [p for p in filled.verify() if sha256 in p]
    _change(filled, "UPDATE raw SET content = :c WHERE sha256 = :s", c=content, s=sha256)
    assert list(filled.verify()) == []


def test_erased_is_gone(opened: Open, new_store: Callable[[], str]) -> None:
    url = new_store()
    observatory = opened(url)
    added(observatory, Intake((str(REPORTS),)))
    both = telling(observatory, "e1", "e2")
    only = telling(observatory, "g1")
    observatory.review("correct", ["g1#0"], fields={"status": "ongoing"}, why="قال محمود خليل الحسن", by="م")
    kept = observatory.report("g1")
    assert kept is not None
    decision, stay = observatory.erase("g1", **WHO)
    assert (decision.kind, stay) == ("erase", False)
    observatory.erase("e1", **WHO)
    gone = observatory.report("g1")
    assert gone is not None
    assert (gone.report, gone.reading, gone.proofs, gone.sha256) == (None, None, (), kept.sha256)
    assert observatory.raw(kept.proofs[0].sha256) is None
    assert observatory.incident(only.id) is None
    left = observatory.incident(both.id)
    assert left is not None
    assert left.reports == ("e2",)
    assert list(observatory.search("منبج")) == []
    assert "[erased]" in {d.why for d in observatory.decisions()}
    assert list(observatory.verify()) == []
    again = added(observatory, Intake((str(REPORTS),)))
    assert {a.report for a in again if a.outcome == "erased"} == {"g1", "e1"}
    with pytest.raises(ReviewError, match="was erased"):
        observatory.erase("g1", **WHO)
    list(observatory.rebuild())
    assert observatory.incident(only.id) is None
    observatory.close()
    if "://" not in url:
        files = b"".join(p.read_bytes() for p in Path(url).parent.glob(Path(url).name + "*"))
        for word in ("منبج", "خليل", "محمود"):
            assert word.encode() not in files, word


def test_an_erased_report_leaves_its_copy(filled: Observatory) -> None:
    filled.review("confirm", [telling(filled, "a1").id], **WHO)
    filled.erase("d1", **WHO)
    incident = telling(filled, "a1")
    assert incident.copies == ()
    assert incident.review.state == "confirmed"
    assert filled.decisions()[0].why == "سبب"
    assert list(filled.verify()) == []


# -- what may go wrong with the database


def test_a_newer_store_is_refused(opened: Open, new_store: Callable[[], str]) -> None:
    url = new_store()
    observatory = opened(url)
    _change(observatory, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer marsad"):
        Observatory(url)
    _change(observatory, "UPDATE alembic_version SET version_num = :v", v=NEWEST)
    with Observatory(url) as again:
        assert again.stats()["reports"] == 0


# path (under a folder), what is in the file, what is said
NO_STORES = [
    ("missing/x.db", None, "no folder"),
    ("x.db", b"this is no database, it is a text of more than a hundred bytes. " * 20, "no store of marsad"),
    (":memory:", None, "name a file"),
]


@pytest.mark.parametrize(("name", "content", "said"), NO_STORES)
def test_no_store(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = name if name == ":memory:" else str(tmp_path / name)
    if content is not None:
        Path(path).write_bytes(content)
    with pytest.raises(StoreError, match=said):
        Observatory(path)
    if content is not None:
        assert Path(path).read_bytes() == content


@pytest.mark.parametrize(
    ("url", "said"), [("mysql://x/y", "SQLite and PostgreSQL"), ("postgresql://u:secret@127.0.0.1:1/x", "refused|lost"), ("a:b://", "no path")]
)
def test_no_address(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as told:
        Observatory(url)
    assert "secret" not in str(told.value)


def test_there_is_nothing_yet(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="marsad add"):
        Observatory(str(tmp_path / "x.db"), create=False)
    assert list(tmp_path.iterdir()) == []


def test_another_writer_is_waited_for_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.store import connection

    monkeypatch.setattr(connection, "_WAIT", 0.2)
    path = str(tmp_path / "x.db")
    with Observatory(path) as one, Observatory(path) as two:
        added(one, [report("a1")])
        with one.store.writing(), pytest.raises(StoreError, match="another process is writing"):
            added(two, [report("b1")])
        assert [a.outcome for a in added(two, [report("b1")])] == ["new"]
        assert list(one.verify()) == []


def test_a_full_disk(tmp_path: Path) -> None:
    path = str(tmp_path / "x.db")
    with Observatory(path) as observatory:
        added(observatory, [report("a1")])
        kept = ["a1"]
        with observatory.store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            with pytest.raises(StoreError, match="disk is full"):
                kept.extend(result.report for result in _with(observatory, connection))
        assert len(set(kept)) < 12
        assert observatory.stats()["reports"] == len(set(kept))
        assert list(observatory.verify()) == []
    with Observatory(path, now=ticking("2024-06-01")) as observatory:
        assert list(observatory.verify()) == []
        assert {a.outcome for a in added(observatory, Intake((str(REPORTS),)))} == {"new", "known"}


def _with(observatory: Observatory, connection: sa.Connection) -> Any:
    """Add on this connection, whose database may not grow."""
    import contextlib

    @contextlib.contextmanager
    def same(*, write: bool) -> Any:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.exec_driver_sql("COMMIT")

    observatory.store._connection = same  # type: ignore[method-assign, assignment]
    try:
        yield from observatory.add(Intake((str(REPORTS),)))
    finally:
        del observatory.store._connection


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Observatory(str(path)) as observatory:
        added(observatory, [report("a1")])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with Observatory(f"sqlite:///file:{path}?mode=ro&uri=true") as observatory:
        assert len(list(observatory.incidents())) == 1
        with pytest.raises(StoreError, match="may not be written"):
            added(observatory, [report("b1")])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


def test_a_lost_connection(new_database: Callable[[], str]) -> None:
    with Observatory(new_database()) as observatory:
        results = observatory.add(iter([report("a1"), report("b1"), report("e1")]))
        next(results)
        with pytest.raises(StoreError, match="lost"), observatory.store.writing() as tx:
            tx.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        assert len([*results]) == 2
        assert list(observatory.verify()) == []


def test_a_store_of_before_is_filed_by_spots_when_it_is_opened(filled: Observatory, opened: Open) -> None:
    asked = "SELECT name, key FROM tag JOIN tagged ON tag.n = tagged.tag WHERE name LIKE 'spot:%' ORDER BY name, key"
    near = Filters(near=(34.69, 40.83, 25.0))
    with filled.store.asking() as tx:
        filed = tx.connection.execute(sa.text(asked)).all()
    found = filled.page(near)
    assert len(filed) > 5
    assert found.incidents
    url = filled.store.url.render_as_string(hide_password=False)
    with filled.store.writing() as tx:  # as the version before kept it
        for id_, packed in tx.connection.execute(sa.text("SELECT id, tags FROM incident")).all():
            numbers = array("I")
            numbers.frombytes(bytes(packed))
            names = dict(tx.connection.execute(sa.text("SELECT n, name FROM tag")).all())
            old = array("I", [n for n in numbers if not names[n].startswith("spot:")])
            tx.connection.execute(sa.text("UPDATE incident SET tags = :t WHERE id = :i"), {"t": old.tobytes(), "i": id_})
        tx.connection.execute(sa.text("DELETE FROM tagged WHERE tag IN (SELECT n FROM tag WHERE name LIKE 'spot:%')"))
        tx.connection.execute(sa.text("DELETE FROM tag WHERE name LIKE 'spot:%'"))
        tx.connection.execute(sa.text("DROP TABLE outline"))
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '0004'"))
    filled.close()
    again = opened(url)
    with again.store.asking() as tx:
        assert tx.connection.execute(sa.text(asked)).all() == filed
    assert again.page(near).incidents == found.incidents
    list(again.rebuild())  # what was filed is taken away with its incident
    with again.store.asking() as tx:
        assert tx.connection.execute(sa.text(asked)).all() == filed


@pytest.mark.parametrize("kept", ["DELETE FROM outline", "UPDATE outline SET stamp = 'of another marsad'"])
def test_events_without_an_outline_are_compared_by_their_readings(opened: Open, kept: str) -> None:
    half = opened()
    first = reports()[::2]
    added(half, first)
    url = half.store.url.render_as_string(hide_password=False)
    with half.store.writing() as tx:
        tx.connection.execute(sa.text(kept))
    half.close()
    whole, other = opened(url), opened()
    added(whole, reports())
    added(other, [*first, *(r for r in reports() if r not in first)])
    assert exported(whole) == exported(other)


def test_what_an_event_is_compared_by_is_kept_with_it_and_goes_with_it(filled: Observatory) -> None:
    with filled.store.asking() as tx:
        kept = dict(tx.outlines([n for (n,) in tx.connection.execute(sa.text("SELECT DISTINCT report FROM event"))], stamp()))
        one = tx.report(id=reports()[0].id)
    assert one is not None
    told = told_in(read(reports()[0]))
    parts = parts_of(kept[one.n])
    assert [unpacked(bytes(raw)).profile for raw in parts.events] == [t.profile for t in told]
    assert parts.marks == marks_of(told[0].text)
    filled.erase(one.id, why="w", by="b")
    with filled.store.asking() as tx:
        assert list(tx.outlines([one.n], stamp())) == []


def _rows_of(observatory: Observatory, asked: str) -> list[Any]:
    with observatory.store.asking() as tx:
        return list(tx.connection.execute(sa.text(asked)))


def test_what_is_filed_in_an_older_form_is_filed_anew(opened: Open, new_store: Callable[[], str]) -> None:
    """A store of a marsad that numbered entries otherwise: the next report finds its partners all the same."""
    *first, last = reports()
    url, other = new_store(), opened()
    one = opened(url)
    for observatory in (one, other):
        added(observatory, first)
    _change(one, "UPDATE filed SET entry = entry + 1")
    _change(one, "DELETE FROM state WHERE name = 'filed_as'")
    again = opened(url)
    assert (again.to_file_again(), other.to_file_again()) == (11, 0)
    for observatory in (again, other):
        added(observatory, [last])
    assert again.to_file_again() == 0
    assert sorted(i.reports for i in again.incidents()) == sorted(i.reports for i in other.incidents())
    filed = 'SELECT entry, report, "index" FROM filed ORDER BY 1, 2, 3'
    assert _rows_of(again, filed)
    assert _rows_of(again, filed) == _rows_of(other, filed)


def test_a_member_of_a_component_is_all_of_its_event(filled: Observatory) -> None:
    """What is at hand of an event that is only grouped, and what is asked for, are those of the event."""
    telling_ = filled._telling
    with filled.store.asking() as tx:
        telling_.begin(tx)
        for n in tx.read_reports():
            told = telling_.told(n)
            members = telling_.members([(n, index) for index in range(len(told))])
            assert [type(member) for member in members] == [Member] * len(told)
            for member, whole in zip(members, told, strict=True):
                names = "ref day vague sha256 type status profile words story event outlet title text home anchor"
                for name in names.split():
                    assert getattr(member, name) == getattr(whole, name), name
                assert in_full(member) is whole


def test_what_is_at_hand_of_members_changes_nothing(opened: Open) -> None:
    """A store that one process filled is that of one that each report found with nothing at hand; so is one in which an editor decided."""
    one, other = opened(), opened()
    for number, report_ in enumerate(reports()):
        other._telling.forget()
        for observatory in (one, other):
            added(observatory, [report_])
            if number == 8:
                observatory.review("correct", ["a1#0"], fields={"status": "ongoing"}, **WHO)
    for table in ("event", "link", "incident", "told_by", "public_id"):
        rows = [sorted(map(repr, _rows_of(observatory, f"SELECT * FROM {table}"))) for observatory in (one, other)]
        assert rows[0]
        assert rows[0] == rows[1], table


def test_an_incident_that_grows_is_found_by_what_it_is_now(opened: Open) -> None:
    """What was not written again is right all the same: tags, reports and events as if all had been made at once."""
    observatory = opened()
    for report_ in reports():
        added(observatory, [report_])
    asked = (
        "SELECT incident.id, tag.name FROM tagged JOIN incident ON incident.key = tagged.key JOIN tag ON tag.n = tagged.tag ORDER BY 1, 2",
        "SELECT incident.id, told_by.report FROM told_by JOIN incident ON incident.key = told_by.key ORDER BY 1, 2",
        'SELECT report, "index", component, incident FROM event ORDER BY 1, 2',
    )
    grown = [_rows_of(observatory, statement) for statement in asked]
    assert all(grown)
    list(observatory.rebuild())
    assert [_rows_of(observatory, statement) for statement in asked] == grown


def test_a_war_that_is_told_of_daily_is_rebuilt_as_it_grew(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Components of many events, looked at in parts; links that held once fall out of some, and take them apart."""
    known: dict[str, bytes] = {}
    monkeypatch.setattr(line, "read_one", lambda report_: line.Read(known[report_.id]))

    def world() -> Iterator[Report]:
        for report_, reading in readings(300):
            known[report_.id] = msgspec.json.encode(reading)
            yield report_

    observatory = opened()
    added(observatory, world())
    asked = ('SELECT report, "index", component, incident FROM event ORDER BY 1, 2', "SELECT id, component, record FROM incident ORDER BY 1")
    grown = [_rows_of(observatory, statement) for statement in asked]
    of = Counter(row[2] for row in grown[0])
    assert max(of.values()) > 20
    assert all(component == min(row[0] << 20 | row[1] for row in grown[0] if row[2] == component) for component in of)
    list(observatory.rebuild())
    assert [_rows_of(observatory, statement) for statement in asked] == grown
