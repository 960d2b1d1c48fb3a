"""The command: what it writes, where, and with which exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from marsad import __version__
from marsad.cli import main
from marsad.model import reading_schema

TEXT = "قُتل 12 عنصرا من قوات النظام أمس في هجوم لتنظيم الدولة على بلدة هجين، بحسب المرصد السوري لحقوق الإنسان."
VALIDATOR = jsonschema.Draft202012Validator(reading_schema())
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command in this process: exit status, output, errors."""

    def running(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(a) for a in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return running


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A file of twelve records, of which line 7 is no JSON and line 9 repeats an id."""
    path = tmp_path / "records.jsonl"
    lines = [json.dumps({"id": f"r{n}", "text": TEXT, "date": "2018-12-03", "outlet": "س", "mark": [n, {"ش": None}]}, ensure_ascii=False) for n in range(12)]
    lines[6] = '{"id": "r6", "text":'
    lines[8] = lines[1]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def readings(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


# --- usage

# arguments, exit status, what is said (output and errors together)
USAGE = [
    (["--help"], 0, "COMMAND"),
    (["--version"], 0, f"marsad {__version__}"),
    (["read", "--help"], 0, "--explain"),
    ([], 2, "required: COMMAND"),
    (["write"], 2, "invalid choice"),
    (["read"], 2, "required: INPUT"),
    (["read", "x.txt", "--date", "yesterday"], 2, "'yesterday' is no day"),
    (["read", "x.txt", "--date", "2018-02-30"], 2, "is no day"),
    (["read", "x.txt", "--jobs", "0"], 2, "is no number of processes"),
    (["read", "x.txt", "--jobs", "many"], 2, "is no number of processes"),
    (["read", "x.txt", "--format", "xml"], 2, "invalid choice"),
    (["read", "x.txt", "--explain", "--format", "json"], 2, "--explain gives a table"),
    (["read", "missing.txt"], 1, "missing.txt: No such file"),
    (["schema", "reading"], 0, '"title": "Reading"'),
    (["schema", "writing"], 2, "invalid choice"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), USAGE, ids=[" ".join(a) or "nothing" for a, _, _ in USAGE])
def test_usage(run: Run, arguments: list[str], status: int, said: str) -> None:
    found, out, err = run(*arguments)
    assert found == status
    assert said in out + err
    assert "Traceback" not in err


# --- what is written


def test_jsonl_is_one_line_a_report_in_order_and_follows_the_schema(run: Run, samples: Path) -> None:
    status, out, err = run("read", samples, "--format", "jsonl")
    assert (status, err) == (0, "")
    found = readings(out)
    assert len(found) == 14
    for reading in found:
        VALIDATOR.validate(reading)


def test_json_is_a_list_of_the_same(run: Run, samples: Path) -> None:
    _, lines, _ = run("read", samples, "--format", "jsonl")
    status, whole, _ = run("read", samples, "--format", "json")
    assert status == 0
    assert json.loads(whole) == readings(lines)


def test_json_of_nothing_is_an_empty_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    assert run("read", tmp_path / "none.jsonl", "--format", "json") == (0, "[]\n", "")


def test_the_schema_is_itself_a_schema_and_says_every_key(run: Run) -> None:
    _, out, _ = run("schema", "reading")
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == json.loads(json.dumps(reading_schema()))
    reading = schema["$defs"]["Reading"]
    assert {"schema", "reader", "id", "sha256", "reference_date", "outlet", "title", "url", "text", "residue", "notes", "events"} == set(reading["properties"])


def test_jsonl_where_nobody_looks_and_a_table_where_it_is_asked_for(run: Run, records: Path) -> None:
    assert run("read", records)[1].startswith('{"schema":1')
    table = run("read", records, "--format", "table")[1]
    assert "r0 · 2018-12-03" in table
    assert "armed_clash" in table
    assert "المرصد السوري لحقوق الإنسان" in table


def test_explain_gives_for_each_field_its_entry_and_rule(run: Run, records: Path) -> None:
    status, out, _ = run("read", records, "--explain")
    assert status == 1  # two records are bad
    for words in ("events.toml: ", "actors.csv: islamic-state", "type = armed_clash", "date = 2018-12-02"):
        assert words in out


def test_foreign_keys_pass_through_and_none_is_shadowed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "source": "س", "mark": {"b": [1, None]}, "events": "mine", "schema": 7}), "utf-8")
    (reading,) = readings(run("read", path)[1])
    assert reading["mark"] == {"b": [1, None]}
    assert reading["outlet"] == "س"
    assert reading["schema"] == 1
    assert isinstance(reading["events"], list)


# --- bad records


def test_a_bad_record_costs_that_record(run: Run, records: Path) -> None:
    status, out, err = run("read", records, "--format", "jsonl")
    assert status == 1
    assert [r["id"] for r in readings(out)] == ["r0", "r1", "r2", "r3", "r4", "r5", "r7", "r9", "r10", "r11"]
    first, second = err.splitlines()
    assert first.startswith(f"marsad: {records}, line 7: no JSON object")
    assert second == f"marsad: {records}, id 'r1': this id was read before, in {records}"


def test_names_that_would_command_the_terminal_are_made_harmless(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r\x1b[2J.jsonl"
    path.write_text('{"id": "\\u001b[31m", "text": 1}')
    status, _, err = run("read", path)
    assert status == 1
    assert "\x1b" not in err


def test_english_text_gives_no_events_and_a_note(run: Run, tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("Government forces shelled the town of Kafr Zita on Monday, killing 12.")
    status, out, err = run("read", tmp_path / "en.txt")
    (reading,) = readings(out)
    assert (status, err, reading["events"]) == (0, "", [])
    assert [note["code"] for note in reading["notes"]] == ["no-arabic"]


# --- output whole or not at all


def test_the_output_file_appears_whole(run: Run, records: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    status, printed, _ = run("read", records, "-o", out)
    assert (status, printed) == (1, "")
    assert len(readings(out.read_text("utf-8"))) == 10
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "records.jsonl"]


@pytest.mark.parametrize("before", [None, "old"])
def test_what_is_stopped_leaves_the_output_as_it_was(run: Run, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    out = tmp_path / "out.jsonl"
    if before is not None:
        out.write_text(before)

    def stopped(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("marsad.observatory.line.encoded", stopped)
    status, _, err = run("read", records, "-o", out)
    assert (status, err.strip()) == (130, "stopped")
    assert (out.read_text() if out.exists() else None) == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".marsad")]


def test_an_output_that_cannot_be_written_is_said(run: Run, records: Path, tmp_path: Path) -> None:
    status, _, err = run("read", records, "-o", tmp_path / "no" / "out.jsonl")
    assert status == 1
    assert "cannot write" in err


def test_a_mistake_of_ours_costs_its_report_alone(run: Run, records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.observatory import line

    good = line.read

    def failing(report: Any) -> Any:
        if report.id == "r3":
            raise IndexError("beyond the end")
        return good(report)

    monkeypatch.setattr(line, "read", failing)
    status, out, err = run("read", records)
    assert status == 1
    assert len(readings(out)) == 9
    assert "r3: internal error: IndexError: beyond the end" in err


# --- as a process of its own


def test_standard_input(command: Any, samples: Path) -> None:
    as_text = command("read", "-", "--date", "2018-12-03", stdin=TEXT.encode())
    (reading,) = readings(as_text.stdout.decode())
    assert (reading["id"], reading["reference_date"], len(reading["events"])) == ("stdin", "2018-12-03", 1)
    lines = (samples / "reports.jsonl").read_bytes()
    assert len(readings(command("read", "-", stdin=lines).stdout.decode())) == 9
    page = (samples / "aleppo-2016.html").read_bytes()
    (reading,) = readings(command("read", "-", stdin=page).stdout.decode())
    assert reading["reference_date"] == "2016-12-16"
    empty = command("read", "-", stdin=b"")
    assert (empty.returncode, empty.stdout) == (1, b"")
    assert b"standard input: empty" in empty.stderr


def test_two_jobs_write_the_same_bytes_as_one(command: Any, records: Path, samples: Path) -> None:
    one = command("read", samples, records, "--jobs", "1")
    two = command("read", samples, records, "--jobs", "2")
    assert one.returncode == two.returncode == 1
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr


def test_reading_waits_for_no_database(records: Path) -> None:
    code = (
        "import sys; from marsad.cli import main; main(['read', sys.argv[1], '--format', 'jsonl']);"
        "import marsad.scale.partition; sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, records], capture_output=True, check=False).returncode == 0


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    with many.open("w", encoding="utf-8") as out:
        for n in range(2000):
            out.write(json.dumps({"id": n, "text": TEXT}) + "\n")
    process = subprocess.Popen([sys.executable, "-m", "marsad", "read", str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_no_progress_in_a_pipe(command: Any, tmp_path: Path) -> None:
    long = tmp_path / "long.jsonl"
    with long.open("w", encoding="utf-8") as out:
        for n in range(1500):
            out.write(json.dumps({"id": n, "text": TEXT * 8 if n < 3 else "نص طويل بلا حدث " * 60}, ensure_ascii=False) + "\n")
    assert long.stat().st_size > 2_000_000
    done = command("read", long, "-o", tmp_path / "out.jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    long = tmp_path / "long.jsonl"
    long.write_text("\n".join(json.dumps({"id": n, "text": "نص طويل بلا حدث " * 60}, ensure_ascii=False) for n in range(1500)), "utf-8")
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "marsad", "read", str(long), "-o", str(tmp_path / "out.jsonl")]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait(60) == 0
    assert b"reading" in shown
    assert b"kB" in shown
