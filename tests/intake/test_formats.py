"""The registry: every file finds its format, by its ending where the bytes agree, else by its bytes; other packages add theirs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from marsad.intake import Fault, Format, Given, Intake, Item, formats, keeping, take_in
from marsad.intake import formats as formats_of_door
from marsad.intake.formats import FORMATS, GROUP, _foreign, endings, format_of, read_given
from marsad.model import Report
from tests.intake import made
from tests.intake.taken import write

# name, content, format
FOUND = [
    ("a.txt", made.SHELLING.encode(), "text"),
    ("a", made.SHELLING.encode(), "text"),
    ("a.html", made.page(), "page"),
    ("a.htm", made.telegram_page(), "telegram page"),
    ("a.xml", made.wordpress(), "feed"),
    ("a.rss", made.old_rss(), "feed"),
    ("a.xml", made.page(), "page"),
    ("a.json", made.json_feed(), "json feed"),
    ("result.json", made.telegram(), "telegram"),
    ("a.json", b'{"id": "1", "text": "x"}\n{"id": "2", "text": "y"}\n', "lines"),
    ("a.jsonl", b'{"text": "x"}', "lines"),
    ("a.warc", b"".join(made.records()), "archive"),
    ("a.warc.gz", made.packed(made.records()), "archive"),
    ("a.wacz", made.wacz(), "archive"),
    ("a.zip", made.wacz(), "archive"),
    ("a.jsonl.gz", made.packed([b'{"text": "x"}\n']), "gzip"),
    ("a.docx", made.bulletin_docx(), "document"),
    ("a.xlsx", made.xlsx([["text"], ["x"]]), "sheet"),
    ("a.csv", b"text\nx\n", "table"),
    ("a.TSV", b"text\tid\nx\ty\n", "table"),
    ("a.eml", made.eml(), "mail"),
    ("a.mbox", made.mbox(made.eml()), "mbox"),
    ("a.pdf", b"%PDF-1.7\n", "pdf"),
    ("download", b"%PDF-1.7\n", "pdf"),
    ("download", made.wordpress(), "feed"),
    ("download", made.bulletin_docx(), "document"),
    ("download", made.page(), "page"),
]


@pytest.mark.parametrize(("name", "content", "expected"), FOUND, ids=[f"{n} {f}" for n, _, f in FOUND])
def test_a_file_finds_its_format(name: str, content: bytes, expected: str) -> None:
    assert format_of(Given.of_bytes(content, name)).name == expected


def test_every_ending_has_a_format_and_every_format_an_ending() -> None:
    assert {".txt", ".html", ".xml", ".json", ".warc", ".wacz", ".gz", ".jsonl", ".csv", ".tsv", ".xlsx", ".docx", ".pdf", ".eml", ".mbox"} <= set(endings())
    assert all(known.endings for known in formats())


def test_every_function_of_the_registry_is_there() -> None:
    for known in FORMATS:
        assert known.looks is None or known.looks(b"\x07") is False
        assert all(isinstance(item, Fault | Report) for item in read_given(Given.of_bytes(b"\x07", f"a{known.endings[0]}")))


def read_shout(given: Given) -> Iterator[Item]:
    """A format of somebody else."""
    content = given.whole()
    yield Report(id=given.stem, text=content.decode().lower(), proof=given.proof(content, extractor="shout 1"))


SHOUT = Format("shout", (".shout",), read_shout, lambda head: head.startswith(b"SHOUT"))
NO_FORMAT = "a string"


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two entry points of another package: one gives a format, the other does not."""
    points = [metadata.EntryPoint(name, f"{__name__}:{value}", GROUP) for name, value in (("shout", "SHOUT"), ("broken", "NO_FORMAT"))]
    for point in points:
        monkeypatch.setattr(type(point), "load", lambda self: globals()[self.value.partition(":")[2]])
    monkeypatch.setattr(metadata, "entry_points", lambda group: points if group == GROUP else [])
    caches = (formats_of_door, endings, _foreign)
    for cache in caches:
        cache.cache_clear()
    yield
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("foreign")
def test_another_package_adds_a_format(tmp_path: Path) -> None:
    write(tmp_path, "a.shout", b"SHOUT HELLO")
    write(tmp_path, "b.txt", made.SHELLING.encode())
    found = list(take_in(Intake((str(tmp_path),))))
    assert isinstance(found[-1], Fault)  # the entry point that gives no format is said, and costs nothing else
    assert "cannot be loaded: gives a str" in found[-1].reason
    assert [item.id for item in found if isinstance(item, Report)] == ["a", "b"]


def test_raw_bytes_are_handed_out_once_under_their_hash(tmp_path: Path) -> None:
    write(tmp_path, "a.docx", made.bulletin_docx())
    write(tmp_path, "b.warc.gz", made.packed(made.records()))
    kept: list[tuple[str, bytes]] = []
    with keeping(lambda sha256, raw: kept.append((sha256, raw))):
        found = [item for item in take_in(Intake((str(tmp_path),))) if isinstance(item, Report)]
    assert {item.proof.sha256 for item in found if item.proof} == {sha256 for sha256, _ in kept}
    assert len(kept) == 3  # one document of three reports, two pages
    assert kept[1][1] == made.page()


def test_a_packed_file_of_records(tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl.gz", made.packed([b'{"id": "a", "text": "x"}\n', b'{"id": "b", "text": "y"}\n']))
    assert [item.id for item in take_in(Intake((str(path),))) if isinstance(item, Report)] == ["a", "b"]


def test_a_mistake_of_a_format_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Iterator[Item]:
        raise KeyError("nobody thought of it")

    monkeypatch.setattr("marsad.intake.text.read_text", fails)
    write(tmp_path, "a.txt", made.SHELLING.encode())
    write(tmp_path, "b.html", made.page())
    found = list(take_in(Intake((str(tmp_path),))))
    assert [str(item) for item in found if isinstance(item, Fault)] == [f"{tmp_path / 'a.txt'}: internal error: KeyError: 'nobody thought of it'"]
    assert [item.id for item in found if isinstance(item, Report)] == ["b"]


@pytest.mark.parametrize("ending", endings())
def test_an_empty_file_is_said(ending: str) -> None:
    said = [] if ending in (".jsonl", ".ndjson") else [f"a{ending}: empty"]
    assert [str(item) for item in read_given(Given.of_bytes(b"", f"a{ending}"))] == said
