"""All of Unicode, lone surrogates and unassigned points too: a text that comes in as a record is the text that is read, and every reader of text bears it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marsad.arabic.search import terms
from marsad.arabic.words import tokenise
from marsad.intake import Fault, Intake, encoded, take_in
from marsad.model import Report, encodable
from tests.conftest import Command

EVERY = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
SLOWLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def taken(path: Path, content: bytes) -> list[Report | Fault]:
    path.write_bytes(content)
    return list(take_in(Intake((str(path),))))


@SLOWLY
@given(text=EVERY, title=EVERY, id_=EVERY)
@example(text="قصف \ud83d بلدة", title="\udc00", id_="\ud800")
@example(text="\u2028\x85\x1c نص", title="\x00", id_="\n")
def test_a_record_of_any_text_is_taken_in_or_said(text: str, title: str, id_: str, tmp_path: Path) -> None:
    (item,) = taken(tmp_path / "r.jsonl", json.dumps({"id": id_, "text": text, "title": title}).encode()) or [None]
    if not text.strip():
        assert isinstance(item, Fault)
        return
    assert isinstance(item, Report)
    assert item.text == text
    assert (item.title or "") == encodable(title)
    (again,) = taken(tmp_path / "again.jsonl", encoded(item))
    assert isinstance(again, Report)
    assert again.text == encodable(text)
    assert again.sha256 == item.sha256


@SLOWLY
@given(text=EVERY)
@example(text="\u0640" * 50 + "\u064b\u0300\u200d")
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = tokenise(encodable(text))
    ends = [0, *words.ends]
    assert all(before <= start < end <= len(text) for before, start, end in zip(ends, words.starts, words.ends, strict=False))
    assert all(term and " " not in term for term in terms(text))


@pytest.mark.parametrize("ending", ["txt", "html", "csv", "json", "eml", "xml"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=EVERY)
def test_every_text_format_bears_it(ending: str, text: str, tmp_path: Path) -> None:
    for item in taken(tmp_path / f"f.{ending}", encodable(text).encode()):
        assert isinstance(item, Fault) or item.text.strip()


def test_a_reading_does_not_hang_on_the_order_of_hashes(command: Command, samples: Path) -> None:
    """Another seed of Python's hashes orders sets anew; and reports that are read before it change nothing."""
    one, other = (command("read", samples, "--format", "jsonl", PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert one == other
    lines = {json.loads(line)["id"]: line for line in one.splitlines()}
    for path in sorted(samples.glob("*.txt"))[-1:]:
        alone = command("read", path, "--format", "jsonl").stdout.splitlines()
        assert [lines[json.loads(line)["id"]] for line in alone] == alone
