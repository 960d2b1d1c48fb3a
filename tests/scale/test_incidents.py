"""Readings → incidents: those of one machine, whatever the number of partitions, bins and pieces; and into the store, as often as one likes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from bench.made import lay_out
from marsad.incidents import Memory, copies_in, incident, link, packed, told_in, unpacked
from marsad.model import Incident
from marsad.observatory import Observatory
from marsad.scale import Reads, ScaleError, incidents, load, read
from marsad.scale.blocks import FIRM, LINKS, MIXED, PAST, Found, Item, blocks_of
from marsad.scale.files import Folder
from marsad.scale.making import _hold
from tests.scale import kept
from tests.scale.conftest import Corpus, reports_of


def test_the_incidents_are_those_of_one_machine(corpus: Corpus, made: str) -> None:
    assert len(corpus.incidents) > 300
    assert any(len(found.reports) > 1 for found in corpus.incidents.values())
    assert kept.incidents(made) == corpus.incidents


def test_whatever_the_number_of_partitions_bins_and_pieces(corpus: Corpus, tmp_path: Path) -> None:
    for _ in read(Reads(corpus.inputs, str(tmp_path / "out"), 13)):
        pass
    steps = list(incidents(str(tmp_path / "out"), str(tmp_path / "made"), bins=7, large=6))
    assert any(step.stage == "linking large blocks" and step.total > 3 for step in steps)  # some were cut in pieces
    assert kept.incidents(str(tmp_path / "made")) == corpus.incidents


def test_in_a_dense_world_they_are_those_of_one_machine_too(tmp_path: Path) -> None:
    """Of which much is told of no few days, so that many links do not hold."""
    lay_out(900, str(tmp_path / "out"), 4)
    told = [t for reading in kept.readings(str(tmp_path / "out")).values() for t in told_in(reading)]
    memory = Memory()
    memory.add(told)
    wanted = {i.id: i for c in memory.components() for i in (incident(group, links=c.links, copies=copies_in(group)) for group in c.groups)}
    for _ in incidents(str(tmp_path / "out"), str(tmp_path / "made"), bins=8):
        pass
    assert kept.incidents(str(tmp_path / "made")) == wanted


def test_what_cannot_hold_joins_nothing(tmp_path: Path) -> None:
    """Of 5, which is told of no few days, the best link of all workers holds with 2 (of two of one score, by the name of the other), no other, and none with
    6, which is told so too; 6 and 7 have but each other."""
    folder = Folder(str(tmp_path))
    one = [(1, 2, FIRM, 2, "b", 1.0), (2, 5, MIXED, 5, "b", 0.8), (3, 5, MIXED, 5, "c", 0.7), (5, 6, PAST, 6, "", 1.0), (6, 7, PAST, 7, "", 1.0)]
    another = [(4, 5, MIXED, 5, "c", 0.8), (8, 9, FIRM, 9, "", 1.0)]
    a_third = [(5, 8, MIXED, 5, "a", 0.6)]
    for number, links in enumerate((one, another, a_third)):
        with folder.written(f"work/links/bin-{number:05}.parquet") as to:
            rows = [dict(zip(LINKS.names, (a, b, score, [], kind, vague, other), strict=True)) for a, b, kind, vague, other, score in links]
            parquet.write_table(pa.Table.from_pylist(rows, schema=LINKS), to)
    _hold(folder)
    assert sorted((row["u"], row["v"]) for row in kept.rows(str(tmp_path), "work/edges")) == [(1, 2), (2, 5), (6, 7), (8, 9)]


def test_what_another_version_began_is_not_gone_on_with(out: str, tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "made"))
    begun = incidents(out, folder.place, bins=4)
    next(begun)
    begun.close()
    folder.write("plan.json", {**folder.read("plan.json"), "schema": 1})
    with pytest.raises(ScaleError, match="begun by another version"):
        next(incidents(out, folder.place))


def test_a_run_that_was_done_is_not_done_again(out: str, made: str) -> None:
    assert list(incidents(out, made)) == []


def test_every_link_is_found_in_one_block_and_no_other(corpus: Corpus) -> None:
    memory = Memory()
    wanted = set(memory.add(corpus.told).links)
    assert len(wanted) > 20
    items = [Item(n, frozenset(blocks_of(t)), unpacked(packed(t))) for n, t in enumerate(corpus.told)]
    by_block: dict[str, list[Item]] = {}
    for item in items:
        for block in item.blocks:
            by_block.setdefault(block, []).append(item)
    found = Found()
    for block, own in by_block.items():
        found.add(block, own)
    found.done()
    assert len(found.links) == len(wanted)
    assert {one for _, _, one in found.links} == wanted


def test_an_event_as_bytes_is_compared_as_the_event_is(corpus: Corpus) -> None:
    chance = random.Random(3)
    for _ in range(2_000):
        a, b = chance.sample(corpus.told, 2)
        assert link(unpacked(packed(a)), unpacked(packed(b))) == link(a, b)


# -- ids


def test_one_id_in_several_files_names_one_report_each(tmp_path: Path) -> None:
    strike = "قصفت قوات النظام بالمدفعية بلدة كفرزيتا أمس، ما أسفر عن مقتل {} مدنيين، بحسب ناشطين."
    texts = [strike.format(number) for number in ("ثلاثة", "سبعة", "تسعة")]
    rows = [
        ("a", texts[0], "2018-06-15"),
        ("a", texts[1], "2018-06-14"),
        ("a", texts[2], "2018-06-20"),
        ("a", texts[2], "2018-06-25"),
        ("b", texts[0], "2018-06-15"),
    ]
    for n, (id_, text, day) in enumerate(rows):
        (tmp_path / f"{n}.jsonl").write_bytes(msgspec.json.encode({"id": id_, "text": text, "date": day}))
    for _ in read(Reads((str(tmp_path),), str(tmp_path / "out"), 2, raw=True)):
        pass
    for _ in incidents(str(tmp_path / "out"), str(tmp_path / "made")):
        pass
    named = {report for found in kept.incidents(str(tmp_path / "made")).values() for report in found.reports}
    assert len(named) == 4
    assert sum(name == "a" for name in named) == 1
    with Observatory(str(tmp_path / "m.db")) as observatory:
        for _ in load(str(tmp_path / "made"), str(tmp_path / "m.db")):
            pass
        assert not list(observatory.verify())
        assert len(list(observatory.incidents())) == len(kept.incidents(str(tmp_path / "made")))


# -- into the store


def stored(path: Path) -> dict[str, Incident]:
    with Observatory(str(path)) as observatory:
        return {found.id: found for found in observatory.incidents()}


def loaded(made: str, path: Path) -> Iterator[object]:
    return load(made, str(path))


def as_told(found: Incident) -> tuple[object, ...]:
    """An incident without its id."""
    return (found.type, found.date, found.events, found.claims, found.tallies, found.grade, found.joined)


def same_but_ids(one: dict[str, Incident], other: dict[str, Incident]) -> bool:
    return sorted(map(repr, map(as_told, one.values()))) == sorted(map(repr, map(as_told, other.values())))


def test_a_load_gives_the_store_that_an_add_gives(corpus: Corpus, made: str, tmp_path: Path) -> None:
    list(loaded(made, tmp_path / "loaded.db"))
    assert stored(tmp_path / "loaded.db") == corpus.incidents
    with Observatory(str(tmp_path / "added.db")) as observatory:
        list(observatory.add(reports_of(corpus)))
    assert same_but_ids(stored(tmp_path / "added.db"), stored(tmp_path / "loaded.db"))
    with Observatory(str(tmp_path / "loaded.db")) as observatory:
        assert observatory.to_file_again() == 0
        assert [line for line in observatory.verify() if "the bytes" not in line] == []
        list(observatory.rebuild())
    assert stored(tmp_path / "loaded.db") == corpus.incidents


def test_a_second_load_changes_nothing(corpus: Corpus, made: str, tmp_path: Path) -> None:
    list(loaded(made, tmp_path / "m.db"))
    with Observatory(str(tmp_path / "m.db")) as observatory:
        before = {**observatory.stats(), "bytes": 0}
    steps = list(loaded(made, tmp_path / "m.db"))
    with Observatory(str(tmp_path / "m.db")) as observatory:
        assert {**observatory.stats(), "bytes": 0} == before
    assert stored(tmp_path / "m.db") == corpus.incidents
    assert steps[-1].rows == 0  # type: ignore[attr-defined]


def test_a_load_joins_what_is_there(corpus: Corpus, made: str, tmp_path: Path) -> None:
    """Some reports were added before, under ids of the store's own: the incidents are the same, and those that were there keep their ids."""
    reports = list(reports_of(corpus))
    with Observatory(str(tmp_path / "m.db")) as observatory:
        list(observatory.add(reports[::3]))
    before = stored(tmp_path / "m.db")
    list(loaded(made, tmp_path / "m.db"))
    after = stored(tmp_path / "m.db")
    assert same_but_ids(after, corpus.incidents)
    with Observatory(str(tmp_path / "m.db")) as observatory:
        assert all(observatory.incident(id_) is not None for id_ in before)


def test_what_is_no_folder_of_incidents_is_said(out: str, tmp_path: Path) -> None:
    with pytest.raises(ScaleError, match="holds no incidents"):
        list(load(out + "/readings", str(tmp_path / "m.db")))
    with pytest.raises(ScaleError, match="holds no readings"):
        list(incidents(str(tmp_path), str(tmp_path / "made")))
