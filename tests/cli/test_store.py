"""The commands over a store, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from marsad.cli import main
from marsad.model import incident_schema

REPORTS = Path(__file__).parent.parent / "observatory" / "reports.jsonl"
VALIDATOR = jsonschema.Draft202012Validator(incident_schema())
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in this process on a store in an empty folder: exit status, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARSAD_DB", raising=False)

    def running(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(a) for a in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return running


@pytest.fixture
def filled(run: Run) -> Run:
    """The same, with the reports in it."""
    assert run("add", REPORTS) == (0, "12 new; 11 events\n", "")
    return run


def _incidents(run: Run, *filters: str) -> list[dict[str, object]]:
    status, out, _ = run("incidents", *filters)
    assert status == 0
    return [json.loads(line) for line in out.splitlines()]


def test_a_large_store_of_before_says_what_its_first_add_waits_for(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.cli.add._LONG", 10)
    with sqlite3.connect(tmp_path / "marsad.db") as store:
        store.execute("DELETE FROM state WHERE name = 'filed_as'")
    more = tmp_path / "more.txt"
    more.write_text("قتل مدني في قصف على بلدة هجين أمس.", encoding="utf-8")
    status, out, err = filled("add", more, "--date", "2018-12-05")
    assert (status, out) == (0, "1 new; 1 events\n")
    assert "first the events of 12 reports are filed anew" in err
    assert filled("add", more, "--date", "2018-12-05")[2] == ""


def test_a_line_an_incident_that_validates(filled: Run) -> None:
    found = _incidents(filled)
    assert len(found) >= 6
    for incident in found:
        VALIDATOR.validate(incident)
        assert set(incident) == set(incident_schema()["$defs"]["Incident"]["properties"])
    everything = [json.loads(line) for line in filled("export", "jsonl", "--internal")[1].splitlines()]
    assert everything == found[::-1]
    _, out, _ = filled("incidents", "--format", "json")
    assert json.loads(out) == found
    _, out, said = filled("incidents", "--limit", "2")
    assert [json.loads(line) for line in out.splitlines()] == found[:2]
    after = said.rpartition(" ")[2].strip()
    assert _incidents(filled, "--after", after) == found[2:]


def test_the_default_store_and_the_variable(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (tmp_path / "marsad.db").exists()
    monkeypatch.setenv("MARSAD_DB", str(tmp_path / "other.db"))
    assert filled("add", REPORTS)[0] == 0
    assert (tmp_path / "other.db").exists()
    assert filled("stats", "--db", f"sqlite:///{tmp_path / 'marsad.db'}")[0] == 0


def test_from_a_list_to_the_words(filled: Run) -> None:
    """What an editor does: look, read the claims, read the report, decide, export."""
    (strike,) = _incidents(filled, "--type", "air_strike", "--near", "هجين", "--within", "10")
    id_ = str(strike["id"])
    status, out, _ = filled("incident", id_, "--format", "table")
    assert status == 0
    for words in ("المرصد السوري لحقوق الإنسان", "12 مدنيا", "a1, d1", "why these are one"):
        assert words in out
    assert json.loads(filled("incident", id_)[1]) == strike
    assert "غارة جوية" in filled("report", "a1", "--format", "table")[1]
    assert json.loads(filled("report", "a1")[1])["incidents"] == [id_]
    assert json.loads(filled("report", "a1", "--raw", "-")[1])["id"] == "a1"
    assert filled("review", "confirm", id_, "--why", "قرأت", "--by", "م")[0] == 0
    assert [i["id"] for i in _incidents(filled, "--review", "confirmed")] == [id_]
    assert "1. confirm" in filled("review", "list")[1]
    status, out, _ = filled("search", "هجين", "title:ارتفاع")
    assert [json.loads(line)["report"] for line in out.splitlines()] == ["a2"]
    assert "[هجين]" in filled("search", "هجين", "--format", "table")[1]
    assert filled("verify")[1].endswith("all holds\n")
    assert filled("rebuild")[0] == 0
    assert [i["id"] for i in _incidents(filled, "--review", "confirmed")] == [id_]


def test_exports(filled: Run, tmp_path: Path) -> None:
    status, out, _ = filled("export", "csv", "--country", "SY")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert len(rows) == len(_incidents(filled, "--country", "SY"))
    assert "محمود" not in filled("export", "csv-claims")[1]
    assert "محمود" in filled("export", "csv-claims", "--internal")[1]
    assert filled("export", "geojson", "-o", tmp_path / "x.geojson")[0] == 0
    assert json.loads((tmp_path / "x.geojson").read_text("utf-8"))["type"] == "FeatureCollection"
    assert filled("export", "codebook")[1].startswith("# ")


def test_erase(filled: Run) -> None:
    assert filled("erase", "g1", "--why", "طلب", "--by", "م")[0] == 0
    assert "erased at" in filled("report", "g1", "--format", "table")[1]
    status, out, said = filled("add", REPORTS)
    assert (status, "g1: it was erased" in said, "11 known already" in out) == (0, True, True)


# arguments, exit status, what is said on standard error
WRONG = [
    (["incidents", "--type", "party"], 2, "one of armed_clash"),
    (["incidents", "--limit", "0"], 2, "one or more"),
    (["incidents", "--after", "!"], 2, "no list ended there"),
    (["incidents", "--box", "1,2,3"], 2, "no box"),
    (["incidents", "--box", "1,60,3,50"], 2, "no box on the earth"),
    (["incidents", "--near", "مكان لا وجود له"], 2, "no place called"),
    (["incidents", "--since", "soon"], 2, "no day"),
    (["incidents", "--db", "nowhere.db"], 1, "there is no store"),
    (["incidents", "--db", "mongodb://x"], 1, "SQLite and PostgreSQL"),
    (["incident", "inc-0"], 1, "no incident inc-0"),
    (["report", "zz"], 1, "no report zz"),
    (["export", "word"], 2, "there are: csv"),
    (["review", "praise", "x"], 2, "no act"),
    (["review", "confirm", "inc-0", "--why", "x", "--by", "y"], 1, "no incident inc-0"),
    (["review", "confirm", "inc-0"], 1, "who made it and why"),
    (["review", "correct", "inc-0", "type", "--why", "x", "--by", "y"], 2, "no FIELD=VALUE"),
    (["erase", "zz", "--why", "x", "--by", "y"], 1, "no report zz"),
    (["erase", "g1"], 2, "--why"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), WRONG)
def test_wrong(filled: Run, arguments: list[str], status: int, said: str) -> None:
    got, out, err = filled(*arguments)
    assert (got, out) == (status, "")
    assert said in err
    assert "Traceback" not in err
