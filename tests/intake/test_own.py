"""What `marsad intake` writes is taken in again with residue, notes and proof; foreign keys of the same names pass through."""

from __future__ import annotations

import io
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.intake import Fault
from marsad.intake.own import encoded
from marsad.intake.records import read_lines
from marsad.model import Note, Proof, Report, Residue

TEXT = "قصفت قوات النظام بلدة كفرزيتا\nاقرأ أيضا"
PROOF = Proof("ab" * 32, 17, path="page.html", url="https://example.org/a", headers=(("etag", '"x"'),), extractor="resiliparse 2")
WHOLE = Report(
    "r1", TEXT, None, "موقع", "قصف", "https://example.org/a", (Residue((30, 39), "related"),), (Note("encoding", "guessed"),), original="رويترز",
    language="ar", proof=PROOF, extra={"mark": msgspec.Raw(b'{"a": 1e3}')},
)  # fmt: skip


def again(line: bytes) -> Report:
    (item,) = read_lines(io.BytesIO(line), "reports.jsonl")
    assert not isinstance(item, Fault)
    return item


def test_a_report_comes_back_whole() -> None:
    back = again(encoded(WHOLE))
    assert msgspec.structs.replace(back, extra={}) == msgspec.structs.replace(WHOLE, extra={})
    assert bytes(back.extra["mark"]) == b'{"a": 1e3}'
    assert set(back.extra) == {"mark"}
    assert encoded(back) == encoded(WHOLE)


@given(st.text(min_size=1).filter(str.strip), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=4))
def test_any_text_comes_back(text: str, spans: list[tuple[int, int]]) -> None:
    inside = tuple(Residue((a, a + n), "share") for a, n in spans if a + n <= len(text))
    once = again(encoded(Report("r", text, residue=inside, proof=PROOF)))
    assert (once.text, once.residue, once.proof, once.notes) == (text, inside, PROOF, ())


# what a line of ours was changed to, what is said of it
CHANGED: list[tuple[dict[str, Any], str]] = [
    ({"text": TEXT[:20]}, "1 spans of residue lie outside"),
    ({"text": TEXT + " "}, "SHA-256 is another"),
    ({"residue": [{"span": [5, 5], "kind": "share"}]}, "1 spans of residue lie outside"),
    ({"residue": [{"span": [-3, 5], "kind": "share"}]}, "1 spans of residue lie outside"),
]


@pytest.mark.parametrize(("change", "said"), CHANGED, ids=[said for _, said in CHANGED])
def test_a_line_that_was_changed_says_so(change: dict[str, Any], said: str) -> None:
    back = again(json.dumps({**json.loads(encoded(WHOLE)), **change}).encode())
    assert any(said in note.message for note in back.notes)
    assert back.proof == PROOF
    assert all(0 <= r.span[0] < r.span[1] <= len(back.text) for r in back.residue)


FOREIGN = [{"notes": "call back"}, {"residue": 7}, {"proof": "none", "residue": "x"}, {"language": "ar"}, {"proof": {"sha256": 3}}, {"sha256": "x"}]


@pytest.mark.parametrize("record", FOREIGN, ids=str)
def test_foreign_keys_of_the_same_names_pass_through(record: dict[str, Any]) -> None:
    back = again(json.dumps({"id": "a", "text": TEXT, **record}).encode())
    assert {k: json.loads(bytes(v)) for k, v in back.extra.items()} == record
    assert back.notes == ()
    assert back.proof is not None
    assert back.proof.path == "reports.jsonl#line=1"


def test_a_lone_surrogate_can_be_written() -> None:
    report = Report("r", "قصف \ud83d بلدة", proof=PROOF)
    back = again(encoded(report))
    assert back.text == "قصف \ufffd بلدة"
    assert back.notes == ()
