"""The index on disk: what goes in comes out, damage is seen, two processes that build at once do each other no harm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge.gazetteer import keeping, names
from marsad.knowledge.gazetteer.table import DamagedError, Row, Table, Writer, write_whole

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي abcdefghijklmnopqrstuvwxyz"


def index(called: list[str]) -> bytes:
    writer = Writer()
    for number, name in enumerate(called):
        where, sources = writer.where("SY", name[:3]), writer.sources("test")
        row = Row(len(called) - number if number % 3 else 0, number, -number, number, where, 0, 1, 0, sources, 0, name, name, "", f"test:{number}")
        writer.add(row, [(name, bool(number % 2))], [f"test:{number}"])
    return writer.content(["settlement"], {})


@given(st.lists(st.text(alphabet=LETTERS, min_size=3, max_size=12), max_size=120))
def test_every_name_is_found_and_every_id(called: list[str]) -> None:
    table = Table(index(called))
    assert table.header.rows == len(called)
    for number, name in enumerate(called):
        form = names.keys(name)
        if form is not None:
            found = {table.row(row).ids: (exact, part) for row, exact, part in table.rows_named(*form)}
            assert found[f"test:{number}"] == (True, bool(number % 2))
        ((row, _, _),) = [hit for hit in table.rows_named(f"test:{number}", f"#test:{number}") if table.row(hit[0]).ids == f"test:{number}"]
        assert table.row(row).name_en == name
        if number % 3:
            of_geonames = table.row_of_geonames(len(called) - number)
            assert of_geonames is not None
            assert table.row(of_geonames).name_en == name


def test_a_name_that_is_not_there_is_not_found() -> None:
    table = Table(index([f"قرية {n}" for n in range(3000)]))
    false = sum(bool(table.rows_named(*form)) for n in range(3000) if (form := names.keys(f"بلدة {n}")))
    assert false <= 2


@pytest.mark.parametrize("keep", [0, 5, 11, 14, 60, -200, -1])
def test_a_damaged_file_is_seen(tmp_path: Path, keep: int) -> None:
    whole = index(["حلب", "حمص", "دمشق"] * 50)
    (tmp_path / "x.bin").write_bytes(whole[:keep])
    with pytest.raises(DamagedError):
        Table.open(tmp_path / "x.bin")
    (tmp_path / "x.bin").write_bytes(b"?" + whole[1:])
    with pytest.raises(DamagedError):
        Table.open(tmp_path / "x.bin")


@pytest.mark.usefixtures("homes")
def test_a_damaged_index_is_built_anew() -> None:
    first = keeping.opened().header
    for damage in (b"", b"MARSADG4", keeping.index_file().read_bytes()[:2000]):
        keeping.index_file().write_bytes(damage)
        assert keeping.opened().header == first


def test_a_cache_that_cannot_be_written_costs_only_time(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (homes / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(homes / "file"))
    assert keeping.opened().header.rows > 5


def test_indexes_of_old_states_go(homes: Path) -> None:
    (homes / "cache" / "marsad").mkdir(parents=True)
    for number in range(5):
        (homes / "cache" / "marsad" / f"gazetteer-{number}.bin").write_bytes(b"")
    keeping.opened()
    assert len(list((homes / "cache" / "marsad").glob("gazetteer-*.bin"))) == 2


def test_an_interrupted_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index.bin"
    write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


BOTH = """
import sys, time
from marsad.knowledge.gazetteer import building, bundled, keeping
bundled.cities = lambda: []
bundled.areas = bundled.places = lambda: iter(())
built = building.build
def slow(*a):
    print("built", flush=True)
    time.sleep(0.5)
    return built(*a)
building.build = slow
assert keeping.opened().header.rows == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="files cannot be locked here")
def test_two_processes_at_once_build_it_once(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "MARSAD_GAZETTEER": str(tmp_path / "imported")}
    both = [subprocess.Popen([sys.executable, "-c", BOTH], env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(said) == [b"", b"built\n"]
