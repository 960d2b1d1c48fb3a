"""Files, folders and standard input: what is taken, in which order, and what is said of the rest."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from marsad.intake import Fault, Intake, size_of, take_in
from marsad.model import Report

TEXT = "قصفت قوات النظام بلدة كفرزيتا"


def taken(*inputs: Path | str, **more: object) -> list[str]:
    """Ids of reports, and faults in brackets."""
    return [f"[{item.reason}]" if isinstance(item, Fault) else item.id for item in take_in(Intake(tuple(map(str, inputs)), **more))]  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with reports of every format, folders inside, and things that are no reports."""
    for name, content in (
        ("b.txt", TEXT),
        ("a.html", f"<p>{TEXT}</p>"),
        ("c/z.jsonl", f'{{"id": "z1", "text": "{TEXT}"}}\n{{"id": "z2", "text": "{TEXT}"}}\n'),
        ("c/y.TXT", TEXT),
        ("photo.jpg", "x"),
        ("README.md", "x"),
        (".hidden.txt", TEXT),
    ):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path / "reports"


def test_a_folder_is_read_sorted_and_recursively(folder: Path) -> None:
    assert taken(folder) == ["a", "b", "y", "z1", "z2"]


def test_inputs_keep_their_order(folder: Path) -> None:
    assert taken(folder / "c" / "z.jsonl", folder / "a.html", folder / "b.txt") == ["z1", "z2", "a", "b"]


def test_a_repeated_id_is_a_bad_record(folder: Path) -> None:
    told = taken(folder / "b.txt", folder)
    assert told == ["b", "a", f"[this id was read before, in {folder / 'b.txt'}]", "y", "z1", "z2"]


def test_a_link_in_a_ring_is_not_followed(folder: Path) -> None:
    (folder / "c" / "ring").symlink_to(folder)
    assert taken(folder) == ["a", "b", "y", "z1", "z2"]


# name, content (None: no file), what is said
FAULTS = [
    ("missing.txt", None, "No such file"),
    ("report.pdf", b"%PDF-1.4", "a PDF that is damaged or cut"),
    ("report.pages", b"x", "no format for .pages; known: .atom, .csv, .docm, .docx"),
    ("letter.pdf", b"letter", "its first bytes are not those of a .pdf file"),
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("picture.txt", b"\x89PNG\r\n\x00\xff", "not text"),
    ("empty.html", b"", "empty"),
]


@pytest.mark.parametrize(("name", "content", "said"), FAULTS, ids=[name for name, _, _ in FAULTS])
def test_a_file_that_cannot_be_taken(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (told,) = taken(tmp_path / name)
    assert said in told


def test_an_empty_file_of_records_has_no_records(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_bytes(b"\n\n")
    assert taken(tmp_path / "none.jsonl") == []


def test_a_folder_without_reports_is_said(tmp_path: Path) -> None:
    (told,) = taken(tmp_path)
    assert told.startswith("[no .atom, .csv, ")
    assert told.endswith(" in this folder]")


def test_a_file_without_an_ending_is_text(tmp_path: Path) -> None:
    (tmp_path / "report").write_text(TEXT, "utf-8")
    assert taken(tmp_path / "report") == ["report"]


def test_day_and_outlet_serve_where_a_report_has_none(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f'{{"id": "a", "text": "{TEXT}"}}\n{{"id": "b", "text": "{TEXT}", "date": "2017-01-01", "outlet": "o"}}\n', "utf-8")
    day = datetime.date(2018, 5, 4)
    items = [item for item in take_in(Intake((str(path),), day, "n")) if isinstance(item, Report)]
    assert [(item.date, item.outlet) for item in items] == [(day, "n"), (datetime.date(2017, 1, 1), "o")]


def test_size_of_inputs(folder: Path) -> None:
    assert size_of([str(folder / "b.txt")]) == len(TEXT.encode())
    assert size_of(["-"]) is None
    whole = size_of([str(folder)])
    assert whole is not None
    assert whole > 4 * len(TEXT.encode())


def test_a_folder_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that may not be read is named, its neighbours are read. (The refusal is played: nothing is refused to root.)"""
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if Path(path) == folder / "c":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert taken(folder) == ["a", "b", "[Permission denied]"]


def test_a_file_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refusing(path: Path, *how: str) -> object:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how)

    monkeypatch.setattr(Path, "open", refusing)
    assert taken(folder / "b.txt", folder / "c" / "z.jsonl") == ["[Permission denied]", "z1", "z2"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_with_a_name_is_read_whole(tmp_path: Path) -> None:
    """As a shell hands over what a command writes: `marsad read <(command)`."""
    import threading

    path = tmp_path / "pipe"
    os.mkfifo(path)
    page = f"<html><body><article><h1>قصف</h1><p>{'قصفت قوات النظام بلدة كفرزيتا. ' * 5000}</p></article></body></html>".encode()
    writer = threading.Thread(target=path.write_bytes, args=(page,))
    writer.start()
    (report,) = take_in(Intake((str(path),)))
    writer.join()
    assert isinstance(report, Report)
    assert report.proof is not None
    assert report.proof.size == len(page)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_said_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("قصف على بلدة", "utf-8")
    found = list(take_in(Intake((str(tmp_path),))))
    assert [str(item) for item in found if isinstance(item, Fault)] == [f"{tmp_path / 'a.txt'}: no regular file"]
    assert len(found) == 2
