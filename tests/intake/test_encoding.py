"""Bytes → text: every encoding in which Arabic reports come, and bytes that are none."""

from __future__ import annotations

import pytest

from marsad.intake.encoding import EncodingError, decode

TEXT = "قُتل ١٢ مدنياً في قصفٍ على بلدة كفرزيتا شمالي حماة، بحسب ناشطين."
PLAIN = "قتل 12 مدنيا في قصف على بلدة كفرزيتا شمالي حماة، بحسب ناشطين."  # what Windows-1256 can hold

# how it is written, text, the note
READ = [
    ("utf-8", TEXT, None),
    ("utf-8-sig", TEXT, None),
    ("utf-16", TEXT, "utf-16 (by its mark)"),
    ("utf-32", TEXT, "utf-32 (by its mark)"),
    ("utf-16-le", TEXT, "utf-16-le (no mark; guessed"),
    ("utf-16-be", TEXT, "utf-16-be (no mark; guessed"),
    ("cp1256", PLAIN, "windows-1256 (not UTF-8; guessed"),
    ("utf-16-le", "English text without a mark", "utf-16-le"),
    ("utf-8", "English text", None),
]


@pytest.mark.parametrize(("encoding", "text", "said"), READ, ids=[f"{e}: {t[:8]}" for e, t, _ in READ])
def test_text_and_what_was_guessed(encoding: str, text: str, said: str | None) -> None:
    found, notes = decode(text.encode(encoding))
    assert found == text
    assert [note.code for note in notes] == (["encoding"] if said else [])
    assert said is None or said in notes[0].message


def test_damaged_utf_8_is_kept_and_said() -> None:
    content = (TEXT * 3).encode()
    found, notes = decode(content[:200] + b"\xff" + content[200:])
    assert found.count("\ufffd") >= 1
    assert found.replace("\ufffd", "")[:60] == TEXT[:60]
    assert "damaged UTF-8" in notes[0].message


def test_a_text_cut_in_the_middle_of_a_letter() -> None:
    found, notes = decode((TEXT * 2).encode()[:-2])
    assert found.startswith(TEXT)
    assert found.endswith("\ufffd")
    assert "damaged UTF-8" in notes[0].message


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe",
        bytes(range(128, 256)) * 4 + b"\x00",
        "naïve façade déjà".encode("latin-1"),
        b"\xef\xbb\xbf\xff\xff",
        b"\xff\xfe\xd8\xd8\xd8",
    ],
    ids=["picture", "noise", "latin-1", "mark of UTF-8 before none", "mark of UTF-16 before half a letter"],
)
def test_bytes_that_are_no_text(content: bytes) -> None:
    with pytest.raises(EncodingError):
        decode(content)


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ("", ())
