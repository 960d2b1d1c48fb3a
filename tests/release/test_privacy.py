"""No private person's name is in any export; public figures, places and bodies keep theirs; `--internal` gives all.

The sentences are made up, and so are the people in them who are not on the list of public figures.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Actor, Asserter, Grade, Incident, Place, Report, Review, Tally
from marsad.release import FORMATS, MASK, Privacy, export_names, masked, public
from tests.release.made import DAY, claim, encoded, exported, made, told

CASES = list(csv.DictReader((Path(__file__).parent / "privacy.tsv").read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
PRIVATE = [case for case in CASES if case["private"]]
NAMES = {"xlsx": "openpyxl", "parquet": "pyarrow", "ftm": "followthemoney"}


def split(names: str) -> list[str]:
    return [name for name in names.split("|") if name]


def ids(case: dict[str, str]) -> str:
    return case["text"][:40]


def parts(name: str) -> list[str]:
    """The words of a name that by themselves say who is meant."""
    return [part for part in name.split() if len(part) > 2 and part not in ("أبو", "بنت", "عبد", "الله", "العبد")]


def present(part: str, text: str) -> bool:
    return re.search(rf"(?<!\w)[وفبل]?{re.escape(part)}(?!\w)", text) is not None


def incident_of(case: dict[str, str]) -> tuple[Incident, Report]:
    """An incident that has the sentence and its names wherever an incident can have words."""
    text = case["text"]
    names = split(case["private"]) or ["مدنيون"]
    report = Report("تقرير-" + "-".join(names[0].split()), text, DAY, "صفحة " + names[0], text, "https://example.org/2018/" + "-".join(names[0].split()))
    at = text.find(names[0])
    span = (at, at + len(names[0])) if at >= 0 else (0, 1)
    who = Asserter(names[0], None, "witness")
    claims = (
        claim(1, "occurred", True, words=text, report=report.id, span=(0, len(text))),
        claim(2, "target", {"name": names[0], "id": None}, words=names[0], report=report.id, span=span, asserter=who),
        claim(3, "count:killed", {"min": 1, "max": 1, "who": {"name": names[-1], "id": None}, "part": False}, words=text[:60], report=report.id),
        claim(4, "place", {"name": f"منزل {names[0]}", "gazetteer_id": None}, words=text, report=report.id, asserter=who),
        claim(5, "weather", {"name": names[0]}, words=None, report=report.id),
    )
    one = made(
        places=(Place(f"منزل {names[0]}", "at", None, None, None, "SY", (0, 1)),),
        actors=tuple(Actor(name, None, "target", span) for name in names),
        reports=(report.id,),
        claims=claims,
        tallies=(Tally("killed", names[0], 1, 1, 1, 1, "latest_lower_median"),),
        grade=Grade("single", f"{names[0]} alone says so"),
        review=Review("confirmed", "محررة", "2018-03-05T00:00:00Z"),
        joined=(f"{report.id}#0 and b#1: {text}",),
    )
    return one, report


def texts(name: str, raw: bytes) -> str:
    """All texts of an export, as its tool reads them."""
    if name == "xlsx":
        from openpyxl import load_workbook

        return repr([list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(raw))])
    if name == "parquet":
        from pyarrow import parquet

        return repr(parquet.read_table(io.BytesIO(raw)).to_pylist())
    return raw.decode()


@pytest.mark.parametrize("name", export_names())
def test_no_private_name_is_in_any_export_and_all_are_in_the_internal_one(name: str) -> None:
    if name in NAMES:
        pytest.importorskip(NAMES[name], reason=f"the extra {name} of marsad is not installed")
    seen = 0
    for case in PRIVATE:
        one, report = incident_of(case)
        lookup = {report.id: report}.get
        shown = texts(name, exported(name, [one], lookup))
        left = [part for who in split(case["private"]) for part in parts(who) if present(part, shown)]
        assert not left, (case["text"], left)
        inside = texts(name, exported(name, [one], lookup, internal=True))
        seen += all(who in inside for who in split(case["private"]))
    assert seen == (0 if name == "hapi" else len(PRIVATE))


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_words_are_masked_and_the_rest_of_them_stays(case: dict[str, str]) -> None:
    shown = masked(case["text"])
    assert not [part for who in split(case["private"]) for part in parts(who) if present(part, shown)]
    assert all(who in shown for who in split(case["public"]))
    assert bool(case["private"]) == (MASK in shown)
    kept = [re.escape(part) for part in shown.split(MASK)]
    assert re.fullmatch(".+".join(kept), case["text"])


@pytest.mark.parametrize("case", [case for case in CASES if case["public"]], ids=ids)
def test_public_figures_places_and_bodies_stay_in_exports(case: dict[str, str]) -> None:
    one, report = incident_of(case)
    words = public(one, {report.id: report}.get).claims[0].words  # type: ignore[union-attr]
    assert words is not None
    assert all(who in words for who in split(case["public"]))


def test_a_name_that_the_text_tells_is_masked_in_a_claim_that_has_only_a_part_of_it() -> None:
    text = "قتل الشاب مازن الفراتي. وشيع الأهالي الفراتي أمس"
    report = Report("r1", text, DAY, title="تشييع الفراتي")
    at = text.rindex("وشيع")
    one = made(claims=(claim(1, "occurred", True, words=text[at:], span=(at, len(text))),))
    privacy = Privacy({"r1": report}.get)
    assert privacy.public(one).claims[0].words == "وشيع الأهالي […] أمس"  # type: ignore[union-attr]
    assert privacy.report(report).title == "تشييع […]"


def test_a_name_that_only_a_field_shows_to_be_a_persons_goes_from_the_words_too() -> None:
    one = made(
        actors=(Actor("برزقان", None, "target", (0, 1)),),
        claims=(claim(1, "occurred", True, words="إن برزقان في خطر"),),
        grade=Grade("single", "برزقان alone says so"),
        joined=("a#0 and b#0: برزقان",),
    )
    shown = public(one)
    assert shown is not None
    assert "برزقان" not in encoded(shown)
    assert shown.claims[0].words == "إن […] في خطر"
    assert "برزقان" not in masked("") + encoded(public(made(actors=(Actor("برزقان", None, "target", (0, 1)),), claims=())))


def test_what_an_editor_withheld_is_in_no_export_but_the_internal_one() -> None:
    withheld = made("inc-withheld", review=Review("withheld", "محررة", "2018-03-05T00:00:00Z"))
    assert public(withheld) is None
    for name in export_names():
        if name not in NAMES and name != "hapi":
            assert "inc-withheld" not in exported(name, [withheld]).decode()
            assert "inc-withheld" in exported(name, [withheld], internal=True).decode()


def test_editors_are_not_named() -> None:
    one = made(review=Review("confirmed", "محررة", "2018-03-05T00:00:00Z"))
    assert public(one).review == Review("confirmed", None, "2018-03-05T00:00:00Z")  # type: ignore[union-attr]
    assert "محررة" not in "".join(exported(name, [one]).decode() for name in export_names() if name not in NAMES)


# -- the public form is built, not copied


def structs(value: Any) -> Iterator[msgspec.Struct]:
    if isinstance(value, msgspec.Struct):
        yield value
        for field in value.__struct_fields__:
            yield from structs(getattr(value, field))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from structs(inner)


def test_nothing_of_an_incident_is_handed_on_whole() -> None:
    one = made(review=Review("confirmed", None, None))
    shown = public(one)
    assert shown == one  # it has nothing private
    before = {id(part) for part in structs(one)}
    assert len(before) > 15
    assert not [part for part in structs(shown) if id(part) in before]


def test_every_noun_of_an_incident_is_built_of_the_fields_that_it_has_now() -> None:
    """A field that a noun gets must be written into `privacy.py`, or is left out there knowingly; then this number changes."""
    nouns = {type(part) for part in structs(made())}
    assert sum(len(noun.__struct_fields__) for noun in nouns) == 73
    assert len(nouns) == 12


@pytest.mark.parametrize(
    ("about", "value", "shown"),
    [
        ("occurred", True, True),
        ("status", "planned", "planned"),
        ("status", "كما قال سعيد", None),
        ("target", {"name": "مدنيون", "id": "civilians", "born": "1990"}, {"name": "مدنيون", "id": "civilians"}),
        ("day", {"start": "2018-03-04", "end": None, "precision": "day", "note": "سعيد"}, {"start": "2018-03-04", "end": None, "precision": "day"}),
        ("place", {"name": "دوما", "gazetteer_id": "x", "owner": "سعيد"}, {"name": "دوما", "gazetteer_id": "x"}),
        (
            "count:killed",
            {"min": 3, "max": None, "who": {"name": "مدنيين", "id": None, "names": ["سعيد"]}, "part": True},
            {"min": 3, "max": None, "who": {"name": "مدنيين", "id": None}, "part": True},
        ),
        ("count:killed", {"min": "سعيد", "max": 2}, {"min": None, "max": 2, "who": {"name": None, "id": None}, "part": False}),
        ("initiator", "سعيد", None),
        ("witnessed_by", {"name": "سعيد"}, None),
    ],
)
def test_of_a_claims_value_only_the_keys_of_what_it_is_about_go_out(about: str, value: Any, shown: Any) -> None:
    found = public(made(claims=(claim(1, about, value),)))
    assert found is not None
    assert found.claims[0].value == shown


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_value_of_a_claim_stops_it(value: Any) -> None:
    for about in ("occurred", "status", "target", "place", "day", "count:killed", "?"):
        public(made(claims=(claim(1, about, value),)))


def test_the_samples_stay_what_they_are() -> None:
    """A masking that masks everything would pass all above."""
    incidents, kept = told()
    privacy = Privacy(kept.get)
    words = [(c.words, p.words) for one in incidents for c, p in zip(one.claims, privacy.public(one).claims, strict=True) if c.words]  # type: ignore[union-attr]
    changed = [pair for pair in words if pair[0] != pair[1]]
    assert len(changed) <= 0.02 * len(words)


def test_a_masked_column_says_so() -> None:
    assert all("mask" in next(c.meaning for c in FORMATS["csv-claims"].columns if c.name == name) for name in ("words",))
