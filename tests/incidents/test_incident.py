"""An incident of told events: its claims and which of them stand, its tallies by each rule, its grade, and all else that it says."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import msgspec
import pytest

from marsad.incidents import RULES, Told, copies_in, id_of, incident, link
from marsad.incidents.tally import Figure
from marsad.model import Claim, Incident, Review
from tests.incidents.made import CASES, told


def _named(cases: list[dict[str, Any]]) -> dict[str, Any]:
    return {"argvalues": cases, "ids": [case["case"] for case in cases]}


def _group(events: list[dict[str, Any]]) -> list[Told]:
    return [told(f"r{n}", **given) for n, given in enumerate(events)]


@pytest.mark.parametrize("case", **_named(CASES["rule"]))
def test_rules_of_tallies(case: dict[str, Any]) -> None:
    figures = []
    for n, said in enumerate(case["figures"]):
        least, _, most = said.rstrip("+").partition("-")
        figures.append(Figure(int(least), None if said.endswith("+") else int(most or least), f"name:{n}"))
    for name, rule in RULES.items():
        for order in itertools.permutations(figures):
            low, best, high = rule(order)
            assert [low, best, -1 if high is None else high] == case[name], name
            assert best in {figure.least for figure in figures}, "a figure that nobody stated"


@pytest.mark.parametrize("case", **_named(CASES["group"]))
def test_tallies_and_grade(case: dict[str, Any]) -> None:
    group = _group(case["events"])
    found = incident(group, copies=[tuple(c) for c in case.get("copies", [])])
    said = [f"{t.what} {t.who or '-'} {t.low} {t.best} {'?' if t.high is None else t.high} {t.asserters}" for t in found.tallies]
    assert said == case["tallies"]
    assert found.grade.value == case["grade"], found.grade.why
    assert case.get("why", "") in found.grade.why
    for order in itertools.islice(itertools.permutations(group), 1, 6):
        assert incident(order, copies=[tuple(c) for c in case.get("copies", [])]) == found


def _about(found: Incident, about: str) -> list[Claim]:
    return [claim for claim in found.claims if claim.about == about]


def test_claims_hold_who_says_what_in_which_words_when() -> None:
    text = "قالت قسد إن التحالف قصف هجين، وقتل 12 عنصرا."
    event = told("a", text=text, source="party/sdf/قسد")
    at = text.index("12")
    counted = msgspec.structs.replace(event.event.counts[0], span=(at, at + 2))
    event = Told("a", event.sha256, 0, msgspec.structs.replace(event.event, counts=(counted,)), event.day, event.outlet, None, text)
    found = incident([event])
    assert [c.about for c in found.claims] == ["occurred", "status", "day", "place", "initiator", "target", "count:killed"]
    count = found.claims[-1]
    assert (count.asserter.name, count.asserter.id, count.asserter.kind) == ("قسد", "sdf", "party")
    assert (count.publisher, count.told, count.report) == ("شبكة أ", datetime.date(2018, 12, 3), "a")
    assert (count.words, count.value["min"], count.value["who"]["id"]) == ("12", 12, "islamic-state")
    assert found.claims[0].words == text
    assert len({c.id for c in found.claims}) == len(found.claims)


def test_what_is_superseded_stays_visible_and_says_by_what() -> None:
    found = incident(_group([{}, {"day": "2018-12-05", "killed": "19 of islamic-state"}]))
    first, second = _about(found, "count:killed")
    assert first.superseded_by == second.id
    assert second.superseded_by is None
    assert all(c.superseded_by is None for c in _about(found, "occurred")), "said again"


def test_another_asserters_later_claim_supersedes_nothing() -> None:
    found = incident(_group([{}, {"outlet": "شبكة ب", "day": "2018-12-05", "killed": "19 of islamic-state"}]))
    assert all(c.superseded_by is None for c in found.claims)


@pytest.mark.parametrize(
    ("about", "earlier", "later", "superseded"),
    [
        ("initiator", {}, {"by": "syria-government"}, True),
        ("initiator", {"by": "sdf"}, {"by": "ypg"}, False),
        ("place", {}, {"at": "shafa"}, True),
        ("place", {}, {"at": "syria"}, False),
        ("place", {"at": "syria"}, {}, True),
        ("day", {}, {"date": "2018-12-01"}, True),
        ("day", {}, {"date": "2018-12-01..2018-12-31:month"}, False),
        ("status", {"status": "ongoing"}, {}, True),
    ],
)
def test_supersession_by_what_is_claimed(about: str, earlier: dict[str, Any], later: dict[str, Any], superseded: bool) -> None:
    first, second = _about(incident(_group([earlier, {"day": "2018-12-05", **later}])), about)
    assert (first.superseded_by == second.id) is superseded
    assert second.superseded_by is None


def test_stances() -> None:
    events = [{"source": "monitor/sohr"}, {"day": "2018-12-05", "status": "denied", "source": "monitor/sohr"}, {"status": "denied", "outlet": "شبكة ب"}]
    claims = _about(incident(_group(events)), "occurred")
    assert {(c.report, c.stance) for c in claims} == {("r0", "asserts"), ("r1", "retracts"), ("r2", "denies")}
    assert next(c for c in claims if c.report == "r0").superseded_by == next(c for c in claims if c.report == "r1").id
    assert not _about(incident(_group([{"status": "planned"}])), "occurred"), "what is planned did not occur"


def test_fields_of_several_tellings() -> None:
    group = _group([{"at": "deir", "date": "?", "type": "armed_clash"}, {"outlet": "شبكة ب", "at": "hajin deir"}, {"outlet": "شبكة ج", "status": "ongoing"}])
    found = incident(group)
    assert found.type == "air_strike"
    assert found.status == "occurred"
    assert (found.date.start, found.date.precision) == (datetime.date(2018, 12, 2), "day")
    assert [p.name for p in found.places] == ["هجين", "دير الزور"]
    assert [(a.id, a.role) for a in found.actors] == [("us-coalition", "initiator"), ("islamic-state", "target")]
    assert found.reports == ("r0", "r1", "r2")
    assert [(e.report, e.index, e.anchor) for e in found.events] == [(t.report, t.index, t.anchor) for t in group]
    assert (found.review.state, found.id) == ("unreviewed", id_of(group))


def test_joined_says_why_in_words() -> None:
    group = _group([{}, {"outlet": "شبكة ب"}, {"outlet": "شبكة ج", "at": "raqqa"}])
    links = [one for a, b in itertools.combinations(group, 2) if (one := link(a, b))]
    joined = incident(group, links=links).joined
    assert len(joined) == 2
    assert joined[0].startswith("r0#0 and r1#0: both air_strike; both told of 2018-12-02; both at هجين")
    assert joined[1] == "r0#0 and r2#0: an editor says so"
    assert incident(group[:1]).joined == ()


def test_what_an_editor_corrected_stands() -> None:
    review = Review("confirmed", "a person", "2019-01-01T00:00:00Z")
    found = incident(
        _group([{}]), id="inc-1", review=review, decided={"type": "shelling", "date": {"start": None, "end": None, "precision": "unknown", "span": None}}
    )
    assert (found.id, found.type, found.date.start, found.review) == ("inc-1", "shelling", None, review)
    assert found.tallies == incident(_group([{}])).tallies


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"decided": {"claims": []}}, ValueError),
        ({"decided": {"type": "picnic"}}, msgspec.ValidationError),
        ({"rule": "mean"}, KeyError),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        incident(_group([{}]), **given)


def test_an_empty_group_is_refused() -> None:
    with pytest.raises(ValueError, match="one event"):
        incident([])


def test_the_id_is_that_of_the_earliest_event() -> None:
    first, later = _group([{}, {"day": "2018-12-05"}])
    assert id_of([later, first]) == id_of([first]) != id_of([later])
    twin = told("r0", 1, text="")
    assert id_of([twin]) != id_of([first])


def test_copies_of_a_group_are_found_by_its_texts() -> None:
    text = "قصفت طائرات التحالف الدولي فجر الأحد مواقع لتنظيم الدولة في بلدة هجين بريف دير الزور الشرقي، وقتل في القصف 12 عنصرا وفق مصادر ميدانية"
    other = "أعلن مجلس دير الزور العسكري أن غارات استهدفت اجتماعا في هجين يوم الأحد وأسفرت عن سقوط قتلى في صفوف التنظيم دون أن يذكر عددهم أو تفاصيل عن الغارات"
    group = [told("r0", text=text), told("r1", outlet="شبكة ب", text=text), told("r2", outlet="شبكة ج", text=other)]
    assert copies_in(group) == (("r0", "r1"),)
    assert incident(group, copies=copies_in(group)).copies == (("r0", "r1"),)
    assert incident(group[1:], copies=copies_in(group)).copies == ()
    assert copies_in(group[:1]) == copies_in([]) == ()


def test_json_of_an_incident_has_every_key() -> None:
    made = msgspec.json.decode(msgspec.json.encode(incident(_group([{}]))))
    assert set(made) == {
        "schema",
        "id",
        "type",
        "status",
        "date",
        "places",
        "actors",
        "reports",
        "events",
        "copies",
        "claims",
        "tallies",
        "grade",
        "review",
        "joined",
    }
    assert set(made["claims"][0]) == {"id", "asserter", "publisher", "about", "value", "stance", "told", "report", "span", "words", "superseded_by"}
