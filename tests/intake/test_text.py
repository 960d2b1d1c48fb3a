"""Plain texts, with and without a front matter."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from tests.intake import made
from tests.intake.taken import proved, reports, told

S = made.SHELLING
ALL = ("قصف", datetime.date(2018, 12, 3), "شبكة", "https://example.org/1")

# what stands in front, (title, day, outlet, url)
FRONT = [
    ("", (None, None, None, None)),
    ("---\ntitle: قصف\ndate: 2018-12-03\noutlet: شبكة\nurl: https://example.org/1\n---\n", ALL),
    ("---\r\ntitle: 'قصف'\r\ndate: \"2018-12-03T10:00:00\"\r\noutlet: شبكة\r\nurl: https://example.org/1\r\n---\r\n\r\n", ALL),
    ("title: قصف\ndate: 2018-12-03\noutlet: شبكة\nurl: https://example.org/1\n\n", ALL),
    ("\ufeffTitle: قصف\nDATE: 2018-12-03\nOutlet: شبكة\nURL: https://example.org/1\n\n", ALL),
    ("---\ntitle:\ndate:\n---\n", (None, None, None, None)),
    ("title: قصف\n\n", ("قصف", None, None, None)),
]


@pytest.mark.parametrize(("front", "expected"), FRONT, ids=range(len(FRONT)))
def test_a_front_matter(front: str, expected: tuple[object, ...]) -> None:
    content = (front + S).encode()
    (report,) = reports(content, "folder/r.txt")
    assert (report.title, report.date, report.outlet, report.url) == expected
    assert (report.id, report.text) == ("r", S)
    assert proved(report, content)


def test_other_keys_pass_through() -> None:
    (report,) = reports(f"---\ntitle: x\nplace: حماة\n---\n{S}".encode(), "r.txt")
    assert msgspec.json.decode(report.extra["place"]) == "حماة"


@pytest.mark.parametrize("text", [f"place: x\n\n{S}", f"---\n{S}", f"title: x\n{S}", f"---\ntitle: x\n{S}", f"title: a\ntitle: b\n\n{S}", f"قال: نعم\n\n{S}", "---\n---\n" + S, f"--- \n{'x: y' * 5}\n{S}"])  # fmt: skip
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert reports(text.encode(), "r.txt")[0].text == text


# content, what is said
FAULTS = [
    (f"---\ntitle: x\ndate: soon\n---\n{S}", "r.txt: front matter, line 3: date 'soon' is no day"),
    (f"date: 2018-99-01\n\n{S}", "r.txt: front matter, line 1: date '2018-99-01' is no day"),
    ("---\ntitle: x\n---\n \n", "r.txt: nothing below the front matter"),
    (" \n", "r.txt: empty"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_text_that_is_none(text: str, said: str) -> None:
    assert said in told(text.encode(), "r.txt")[0]


def test_the_encoding_is_in_the_proof() -> None:
    for encoding, expected in (("utf-8", ("utf-8", "utf-8")), ("utf-16", ("utf-16", "bom")), ("cp1256", ("windows-1256", "guessed"))):
        proof = reports(S.encode(encoding), "r.txt")[0].proof
        assert proof is not None
        assert (proof.encoding, proof.encoding_from) == expected
