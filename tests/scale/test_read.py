"""Files → partitions of readings: the same as one machine reads, whatever is killed, and nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from marsad.model import Report
from marsad.reading import read as read_report
from marsad.scale import Reads, ScaleError, partition, read
from marsad.scale.files import Folder
from marsad.scale.rows import TAKEN, part_of, report_of, taken_row
from tests.scale.conftest import Corpus, reports_of
from tests.scale.kept import readings, rows

STRIKE = "قصفت قوات النظام بالمدفعية بلدة كفرزيتا أمس، ما أسفر عن مقتل ثلاثة مدنيين، بحسب ناشطين."


def run(asked: Reads) -> list[object]:
    return list(read(asked))


def test_the_readings_are_those_of_one_machine(corpus: Corpus, out: str) -> None:
    assert readings(out) == corpus.readings
    assert {row["id"] for row in rows(out, "readings")} == {report.id for report in reports_of(corpus)}


def test_a_partition_holds_the_texts_that_their_hashes_name(out: str) -> None:
    for path in Path(out, "readings").rglob("*.parquet"):
        number = int(path.parent.name.removeprefix("part="))
        assert all(part_of(sha256, 5) == number for sha256 in parquet.ParquetFile(path).read()["sha256"].to_pylist())


def test_places_stand_in_columns_of_their_own(corpus: Corpus, out: str) -> None:
    told = {row["id"]: row["places"] for row in rows(out, "readings")}
    for id_, reading in corpus.readings.items():
        places = [(n, p.name, p.lat, p.lon, p.gazetteer_id) for n, e in enumerate(reading.events) for p in e.places]
        assert [(p["event"], p["name"], p["lat"], p["lon"], p["gazetteer_id"]) for p in told[id_]] == places


def test_what_cannot_be_taken_in_is_set_aside_with_its_reason(out: str) -> None:
    assert {row["reason"].partition(":")[0] for row in rows(out, "aside")} == {"no JSON object", "empty text"}


def test_nothing_is_done_twice_and_what_is_new_is_read(tmp_path: Path) -> None:
    place, source = str(tmp_path / "out"), tmp_path / "in"
    source.mkdir()
    lines = [json.dumps({"id": str(n), "text": f"{STRIKE} وفي اليوم {n}", "date": "2018-06-15", "outlet": "شبكة"}) for n in range(6)]
    (source / "a.jsonl").write_text("\n".join(lines), "utf-8")
    run(Reads((str(source),), place, 2))
    before = {path: path.stat().st_mtime_ns for path in Path(place).rglob("*.parquet")}
    assert run(Reads((str(source),), place)) == []
    assert {path: path.stat().st_mtime_ns for path in Path(place).rglob("*.parquet")} == before
    again = json.loads(lines[0])
    other = {**again, "id": "other", "outlet": "وكالة"}
    (source / "b.jsonl").write_text("\n".join(json.dumps(r) for r in ({**again, "id": "again"}, other, {**other, "id": "new", "text": STRIKE})), "utf-8")
    run(Reads((str(source),), place))
    assert {path: path.stat().st_mtime_ns for path in Path(place).rglob("run-0001.parquet")} == before
    assert {row["id"]: row["same_as"] for row in rows(place, "readings")} == {**{str(n): None for n in range(6)}, "again": "0", "other": None, "new": None}
    assert set(readings(place)) == {*map(str, range(6)), "other", "new"}


def test_what_is_asked_wrongly_is_said(out: str, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": "a", "text": STRIKE}), "utf-8")
    for asked, words in (
        (Reads((f"{tmp_path}/nothing.jsonl",), f"{tmp_path}/x"), "no such file"),
        (Reads((f"{tmp_path}/*.warc",), f"{tmp_path}/x"), "no such file"),
        (Reads(("-",), f"{tmp_path}/x"), "standard input"),
        (Reads((str(file),), str(tmp_path)), "holds other things"),
        (Reads((str(file),), out, 3), "has 5 partitions"),
        (Reads((str(file),), out, outlet="شبكة"), "was begun with outlet"),
    ):
        with pytest.raises(ScaleError, match=words):
            run(asked)


def test_a_run_that_is_killed_goes_on(corpus: Corpus, tmp_path: Path) -> None:
    place = tmp_path / "out"
    command = [sys.executable, "-m", "marsad", "scale", "read", *corpus.inputs, str(place), "--partitions", "4", "--jobs", "1"]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 240
    while process.poll() is None and not list(place.glob("readings/*/*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = {path: path.stat().st_ino for path in place.glob("readings/*/*.parquet")}
    assert 1 <= len(done) < 4
    for path in place.glob("readings/*/.part-*"):
        assert path.stem.startswith(".part-")  # what was being written has no name of its own
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode in (0, 1), finished.stderr
    assert done.items() <= {path: path.stat().st_ino for path in place.glob("readings/*/*.parquet")}.items()
    assert readings(str(place)) == corpus.readings


def taken(place: Path, texts: list[str]) -> Folder:
    """A folder in which these texts wait in partition 0 of a run."""
    folder = Folder(str(place))
    table = pa.Table.from_pylist([taken_row(Report.from_text(text, id=str(n)), 1, 0, n, None) for n, text in enumerate(texts)], schema=TAKEN)
    with folder.written("work/run-0001/parts/part=0/a.parquet") as to:
        parquet.write_table(table.drop_columns(["part"]), to)
    return folder


def in_a_child(place: Path) -> int:
    """Read the partition in a process of its own; gives its status."""
    child = os.fork()
    if child == 0:
        partition.read_part(out=str(place), run="run-0001", part=0)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_record_on_which_reading_fails_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(tmp_path, [STRIKE, "سم", STRIKE + " ثم"])

    def broken(report: Report) -> object:
        if report.text == "سم":
            raise RuntimeError("a mistake of ours")
        return read_report(report)

    monkeypatch.setattr("marsad.observatory.line.read", broken)
    assert partition.read_part(out=str(tmp_path), run="run-0001", part=0) == {"rows": 2, "bytes": pytest.approx(300, abs=100), "aside": 1, "part": 0}
    assert [(row["id"], row["reason"]) for row in rows(str(tmp_path), "aside")] == [("1", "internal error: RuntimeError: a mistake of ours")]
    assert set(readings(str(tmp_path))) == {"0", "2"}


def test_a_record_that_ends_the_process_is_set_aside_the_third_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(tmp_path, [STRIKE, "سم", STRIKE + " ثم"])

    def deadly(report: Report) -> object:
        if report.text == "سم":
            os._exit(9)
        return read_report(report)

    monkeypatch.setattr("marsad.observatory.line.read", deadly)
    assert [in_a_child(tmp_path) for _ in range(3)] == [9, 9, 0]
    assert [(row["id"], row["reason"]) for row in rows(str(tmp_path), "aside")] == [("1", "the process that read it was ended 2 times")]
    assert set(readings(str(tmp_path))) == {"0", "2"}
    assert not Path(tmp_path, "work/run-0001/hand-00000").exists()


ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


@settings(max_examples=200, deadline=None)
@given(text=ANY | st.sampled_from(["قصف \ud83d بلدة", "\U0001f600 \udc00", "\u200f\u202b نص"]))
def test_any_text_comes_back_from_its_row(text: str) -> None:
    """All of Unicode, lone surrogates too: they stand in no column, and the report has them again."""
    report = Report.from_text(text, id="a", date="2018-06-15")
    table = pa.Table.from_pylist([taken_row(report, 8, 0, 0, None)], schema=TAKEN)
    assert report_of(table.to_pylist()[0]) == report
