"""What is not installed: a file that needs it says which extra has it, and costs nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from marsad.cli import main
from tests.intake import made
from tests.intake.taken import reports, told, write

DATA = Path(__file__).with_name("data")


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """As if these were not installed."""
    for name in [n for n in sys.modules if n.split(".")[0] in names]:
        monkeypatch.delitem(sys.modules, name)
    for name in names:
        monkeypatch.setitem(sys.modules, name, None)


def brotli_page() -> bytes:
    """An archive with a page packed with Brotli (by hand: a stream of one stored block, RFC 7932, 9.2)."""
    page = made.page()
    bits = (len(page) - 1) << 4 | 1 << 20  # WBITS 16, ISLAST 0, MNIBBLES 4, MLEN - 1, ISUNCOMPRESSED 1, the lowest first
    packed = bits.to_bytes(3, "little") + page + b"\x03"
    return made.warc_record(1, packed, headers="Content-Encoding: br\r\n")


# modules, name, content, what is said
NEEDED = [
    (("pypdfium2",), "a.pdf", (DATA / "english.pdf").read_bytes(), "pip install 'marsad[documents]'"),
    (("brotli",), "a.warc", brotli_page(), "pip install 'marsad[archive]'"),
]


@pytest.mark.parametrize(("modules", "name", "content", "said"), NEEDED, ids=[n[1] for n in NEEDED])
def test_the_extra_is_named_and_the_rest_is_read(
    modules: tuple[str, ...], name: str, content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, name, content)
    write(tmp_path, "b.txt", made.SHELLING.encode())
    without(monkeypatch, *modules)
    assert main(["intake", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert said in shown.err
    assert name in shown.err
    assert len(shown.err.splitlines()) == 1
    assert '"id":"b"' in shown.out


def test_the_page_packed_with_brotli_is_one() -> None:
    pytest.importorskip("brotli")
    assert reports(brotli_page(), "a.warc")[0].title == made.TITLE


def test_a_thin_page_without_a_second_opinion_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = made.page(body="قصف على بلدة.").replace(b"</article>", b"</article>" + b"<div></div>" * 500)
    without(monkeypatch, "trafilatura")
    notes = [note for report in reports(page, "a.html") for note in report.notes]
    assert [note.code for note in notes] == ["extraction"]
    assert "pip install 'marsad[pages]'" in notes[0].message


@pytest.mark.parametrize("missing", ["urllib3", "protego"])
@pytest.mark.parametrize("command", ["fetch", "watch"])
def test_the_line_names_its_extra(command: str, missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in [n for n in sys.modules if n.startswith("marsad.intake.fetch")]:
        monkeypatch.delitem(sys.modules, name)
    without(monkeypatch, missing)
    (tmp_path / "s.toml").write_text('[[source]]\nkind = "feed"\nurl = "http://127.0.0.1:9/"', "utf-8")
    asked = ["fetch", "http://127.0.0.1:9/", "-o", str(tmp_path / "a.warc.gz")] if command == "fetch" else ["watch", str(tmp_path / "s.toml"), "--once"]
    assert main(asked) == 1
    assert capsys.readouterr().err == f"marsad {command}: fetching needs the extra `fetch`: pip install 'marsad[fetch]'\n"
    assert not list(tmp_path.glob("a.*"))


def test_what_needs_no_extra() -> None:
    """DOCX, XLSX, feeds, archives and mail are read by what is always installed."""
    for content, name in ((made.bulletin_docx(), "a.docx"), (made.xlsx([["text"], [made.AID]]), "a.xlsx"), (made.wacz(), "a.wacz"), (made.eml(), "a.eml")):
        assert not any(line.startswith("[") for line in told(content, name))
