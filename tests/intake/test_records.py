"""Records of a .jsonl file: each good one a report, each bad one a fault that names its line."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
from typing import Any

import msgspec
import pytest

from marsad.intake import Fault
from marsad.intake.records import read_lines
from marsad.model import Note, Proof, Report, Residue

TEXT = "قصفت قوات النظام بلدة كفرزيتا"


def taken(*lines: bytes) -> list[Report | Fault]:
    return list(read_lines(io.BytesIO(b"\n".join(lines)), "folder/reports.jsonl"))


def one(record: dict[str, Any] | str) -> Report | Fault:
    (item,) = taken((record if isinstance(record, str) else json.dumps(record)).encode())
    return item


def test_a_whole_record() -> None:
    report = one({"id": "a", "text": TEXT, "url": "u", "title": "t", "date": "2018-05-04", "outlet": "o", "more": {"x": [1, 2.5]}})
    assert isinstance(report, Report)
    assert (report.id, report.text, report.url, report.title, report.outlet) == ("a", TEXT, "u", "t", "o")
    assert report.date == datetime.date(2018, 5, 4)
    assert {k: bytes(v) for k, v in report.extra.items()} == {"more": b'{"x": [1, 2.5]}'}


# record, field, what it is
FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"text": TEXT}, "id", "reports-1"),
    ({"id": 7, "text": TEXT}, "id", "7"),
    ({"id": None, "text": TEXT}, "id", "reports-1"),
    ({"text": TEXT, "source": "س"}, "outlet", "س"),
    ({"text": TEXT, "source": "س", "outlet": "ع"}, "outlet", "ع"),
    ({"text": TEXT, "date": None}, "date", None),
    ({"text": TEXT, "date": ""}, "date", None),
    ({"text": TEXT, "date": "2018-05-04T12:30:00Z"}, "date", datetime.date(2018, 5, 4)),
    ({"html": f"<title>x</title><p>{TEXT}</p>"}, "text", TEXT),
    ({"text": f"  {TEXT}\n"}, "text", f"  {TEXT}\n"),
    ({"text": TEXT, "html": "<p>other</p>"}, "text", TEXT),
]


@pytest.mark.parametrize(("record", "field", "value"), FIELDS, ids=[f"{n}: {f}" for n, (_, f, _) in enumerate(FIELDS)])
def test_a_field(record: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(one(record), field) == value


# line, what is said of it
BAD: list[tuple[dict[str, Any] | str, str]] = [
    ("{", "no JSON object"),
    ("[1]", "no JSON object"),
    ("null", "no JSON object"),
    ('"text"', "no JSON object"),
    ("{'text': 1}", "no JSON object"),
    ("[" * 100_000, "no JSON object"),
    ('{"a":' * 5_000 + "1" + "}" * 5_000, "nested too deeply"),
    ({"id": "a"}, "neither text nor html"),
    ({"id": "a", "text": None}, "neither text nor html"),
    ({"id": "a", "text": ""}, "empty text"),
    ({"id": "a", "text": " \n\t"}, "empty text"),
    ({"id": "a", "text": 5}, "text is no string"),
    ({"id": ["a"], "text": TEXT}, "id is neither"),
    ({"id": True, "text": TEXT}, "id is neither"),
    ({"text": TEXT, "date": "31/12/2018"}, "is no day (YYYY-MM-DD)"),
    ({"text": TEXT, "date": "2018-02-30"}, "'2018-02-30' is no day"),
    ({"text": TEXT, "date": "0001-01-01"}, "0001-01-01 is no day of a report"),
    ({"text": TEXT, "date": 20180504}, "date is no string"),
    ({"text": TEXT, "title": {}}, "title is no string"),
]


@pytest.mark.parametrize(("record", "said"), BAD, ids=[f"{n}: {said}" for n, (_, said) in enumerate(BAD)])
def test_a_bad_record(record: dict[str, Any] | str, said: str) -> None:
    fault = one(record)
    assert isinstance(fault, Fault)
    assert fault.file == "folder/reports.jsonl"
    assert fault.record is not None
    assert fault.record.startswith("line 1")
    assert said in fault.reason


def test_a_bad_line_costs_that_line_alone() -> None:
    good = json.dumps({"text": TEXT}).encode()
    items = taken(*[good] * 6, b'{"text": "cut', b"", good)
    assert [isinstance(item, Fault) for item in items] == [False] * 6 + [True, False]
    assert str(items[6]).startswith("folder/reports.jsonl, line 7: no JSON object")
    assert isinstance(items[7], Report)
    assert items[7].id == "reports-9"


def test_a_lone_surrogate_is_read() -> None:
    report = one('{"id": "a", "text": "قصف \\ud83d بلدة"}')
    assert isinstance(report, Report)
    assert report.text == "قصف \ud83d بلدة"


def test_lone_surrogates_elsewhere_can_be_written_again() -> None:
    report = one('{"id": "a\\udc00", "text": "قصف", "title": "\\ud83d", "k\\ud800": "v\\ud800", "n": 1e3}')
    assert isinstance(report, Report)
    assert (report.id, report.title) == ("a\ufffd", "\ufffd")
    assert {k: bytes(v) for k, v in report.extra.items()} == {"k\ufffd": b'"v\\ud800"', "n": b"1000.0"}


def test_a_pair_of_surrogates_is_one_character() -> None:
    report = one('{"id": "a", "text": "قصف \\ud83d\\ude00"}')
    assert isinstance(report, Report)
    assert report.text == "قصف \U0001f600"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
def test_records_in_other_encodings(encoding: str) -> None:
    lines = "\n".join(json.dumps({"id": n, "text": TEXT}, ensure_ascii=False) for n in ("a", "b"))
    items = list(read_lines(io.BytesIO(lines.encode(encoding)), "r.jsonl"))
    assert [(item.id, item.text) for item in items if isinstance(item, Report)] == [("a", TEXT), ("b", TEXT)]


def test_a_line_ends_with_cr_lf_or_nothing() -> None:
    line = json.dumps({"text": TEXT}).encode()
    assert len(list(read_lines(io.BytesIO(line + b"\r\n" + line), "r.jsonl"))) == 2


def _taken(line: bytes) -> Report | Fault:
    (item,) = read_lines(io.BytesIO(line), "folder/r.jsonl")
    return item


def test_a_record_has_the_proof_of_its_line() -> None:
    line = '{"id": "a", "text": "قصف على كفرزيتا"}\n'.encode()
    report = _taken(line)
    assert isinstance(report, Report)
    assert report.language == "ar"
    assert report.proof is not None
    assert (report.proof.sha256, report.proof.path) == (hashlib.sha256(line.strip()).hexdigest(), "folder/r.jsonl#line=1")


def test_a_record_of_markup_has_its_furniture_and_facts() -> None:
    body = "قصفت قوات النظام بالمدفعية بلدة كفرزيتا في ريف حماة الشمالي صباح اليوم وقتل ثلاثة مدنيين بحسب ناشطين."
    html = f'<html lang="ar"><div class="share-bar">شارك الخبر</div><h1>قصف على كفرزيتا</h1><div class="entry-content"><p>{body}</p><p>المصدر: رويترز</p></div></html>'
    report = _taken(json.dumps({"id": "a", "html": html}).encode())
    assert isinstance(report, Report)
    assert body in report.text
    assert [residue.kind for residue in report.residue] == ["share"]
    assert report.original == "رويترز"
    assert report.proof is not None
    assert str(report.proof.extractor).startswith("resiliparse")


def test_a_record_of_a_login_form_is_said() -> None:
    html = '<h1>تسجيل الدخول</h1><form><label>كلمة المرور</label><input type="password"></form>'
    fault = _taken(json.dumps({"id": "a", "html": html}).encode())
    assert isinstance(fault, Fault)
    assert "a login form" in fault.reason


def test_what_intake_wrote_is_read_back_whole() -> None:
    first = Report(
        id="a",
        text="شارك\nقصف على كفرزيتا",
        residue=(Residue((0, 4), "share"),),
        notes=(Note("day", "x"),),
        original="رويترز",
        language="ar",
        proof=Proof(sha256="0" * 64, size=3, extractor="resiliparse 2"),
    )
    again = _taken(msgspec.json.encode(first))
    assert isinstance(again, Report)
    assert (again.residue, again.notes, again.original, again.language, again.proof) == (
        first.residue,
        first.notes,
        first.original,
        first.language,
        first.proof,
    )


def test_keys_of_that_name_that_are_something_else_pass_through() -> None:
    report = _taken('{"text": "قصف", "notes": "مهم", "proof": 3, "residue": [1], "language": 5}'.encode())
    assert isinstance(report, Report)
    assert set(report.extra) == {"notes", "proof", "residue", "language"}
    assert report.notes == ()


def test_residue_outside_the_text_is_left_out() -> None:
    report = _taken('{"text": "قصف", "residue": [{"span": [0, 99], "kind": "x"}, {"span": [0, 2], "kind": "y"}]}'.encode())
    assert isinstance(report, Report)
    assert [residue.kind for residue in report.residue] == ["y"]
