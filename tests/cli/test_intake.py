"""`marsad intake`: reports as lines that can be given back, as a card for a terminal, raw bytes under their hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from marsad.cli import main
from marsad.cli.report_card import card
from marsad.model import Note, Proof, Report, Residue

TEXT = "قصفت قوات النظام بلدة كفرزيتا.\nاقرأ أيضا: خبر آخر"


def test_lines_are_given_to_read_again(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    source, lines = tmp_path / "a.txt", tmp_path / "reports.jsonl"
    source.write_text(TEXT, "utf-8")
    assert main(["intake", str(source), "-o", str(lines), "--raw", str(tmp_path / "raw"), "--date", "2018-05-04", "--outlet", "موقع"]) == 0
    (report,) = map(json.loads, lines.read_bytes().splitlines())
    assert (report["id"], report["date"], report["outlet"], report["text"]) == ("a", "2018-05-04", "موقع", TEXT)
    assert report["sha256"] == report["proof"]["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (tmp_path / "raw" / report["sha256"][:2] / report["sha256"]).read_bytes() == TEXT.encode()
    assert main(["intake", str(lines)]) == 0
    assert capfdbinary.readouterr().out == lines.read_bytes()
    report["residue"] = [{"span": [TEXT.index("اقرأ"), len(TEXT)], "kind": "related"}]
    lines.write_text(json.dumps(report), "utf-8")
    assert main(["read", str(lines)]) == 0
    reading = json.loads(capfdbinary.readouterr().out)
    assert {"span": report["residue"][0]["span"], "kind": "related"} in reading["residue"]


def test_a_fault_is_named_and_the_rest_is_shown(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "قصف"}\n{"text":\n{"text": "غارة"}\n', "utf-8")
    assert main(["intake", str(tmp_path), "--format", "json"]) == 1
    out, err = capfdbinary.readouterr()
    assert [r["text"] for r in json.loads(out)] == ["قصف", "غارة"]
    assert b"a.jsonl, line 2: no JSON object" in err


def test_raw_bytes_that_cannot_be_kept(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["intake", str(tmp_path / "a.txt"), "--raw", str(tmp_path / "a.txt")]) == 1
    assert b"cannot keep the raw bytes" in capfdbinary.readouterr().err


WHOLE = Report(
    "r1\x1b[2J", TEXT + "\nسطر" * 40, None, "سانا", "قصف\u202e", "https://example.org/a", (Residue((31, 49), "related"),),
    (Note("encoding", "read as windows-1256"),), original="رويترز", language="ar",
    proof=Proof("ab" * 32, 1234, None, "https://example.org/a", "<urn:uuid:1>", "2018-05-04T00:00:00Z", (), "e 1", "cp1256", "guessed"),
)  # fmt: skip


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_card_tells_all_and_stays_within_its_width(width: int) -> None:
    shown = card(WHOLE, width)
    for words in ("سانا", "from ⁨رويترز", "no day", "- related", "18 of them marked", "windows-1256", "(guessed)", "<urn:uuid:1>", "more lines"):
        assert "".join(words.split()) in "".join(shown.split()).replace("⁩proof", "proof"), words
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    for line in shown.splitlines():
        assert line.count("\u2068") == line.count("\u2069")
        assert len(line.replace("\u2068", "").replace("\u2069", "")) <= width


def test_arabic_is_set_to_the_right() -> None:
    lines = [line for line in card(WHOLE, 100, whole=True).splitlines() if line.rstrip("\u2069").endswith("سطر")]
    assert len(lines) == 40
    assert {len(line.replace("\u2068", "").replace("\u2069", "")) for line in lines} == {100}


@pytest.mark.parametrize("command", ["read", "intake", "copies"])
def test_the_help_names_every_input(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each ending of each format, but for one that is only named to be refused."""
    from marsad.cli import main
    from marsad.intake.formats import FORMATS

    with pytest.raises(SystemExit):
        main([command, "--help"])
    words = capsys.readouterr().out.split()
    named = {word.strip(",:.()") for word in words} | {word.rstrip(",:)") for word in words}
    assert {ending for known in FORMATS for ending in known.endings} - {".xls"} <= named | {".json"}
    assert "t.me/s/CHANNEL" in named
