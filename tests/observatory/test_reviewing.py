"""Editors' decisions: what they change, that they are chained, and that they outlive another reading."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from marsad.model import Anchor, Filters, Reading, Report
from marsad.observatory import Observatory, ReviewError
from tests.observatory.conftest import Open, added, exported, report, reports, telling

WHO: dict[str, str] = {"why": "رأيت الأصل", "by": "محررة"}


@pytest.mark.parametrize(("act", "state"), [("confirm", "confirmed"), ("reject", "rejected"), ("withhold", "withheld")])
def test_states(filled: Observatory, act: str, state: str) -> None:
    id_ = telling(filled, "g1").id
    filled.review(act, [id_], **WHO)
    review = telling(filled, "g1").review
    assert (review.state, review.by) == (state, "محررة")
    assert [i.id for i in filled.incidents(Filters(review=state))] == [id_]  # type: ignore[arg-type]
    assert (id_.encode() in exported(filled, internal=False)) == (act != "withhold")
    filled.review("confirm", [id_], **WHO)
    assert telling(filled, "g1").review.state == "confirmed"
    assert list(filled.verify()) == []


def test_merge_and_split_again(filled: Observatory) -> None:
    one, other = telling(filled, "e1", "e2"), telling(filled, "f1")
    filled.review("merge", [one.id, other.id], **WHO)
    merged = telling(filled, "e1", "f1")
    assert merged.id == one.id
    assert filled.incident(other.id) == merged
    assert "an editor" in " ".join(merged.joined)
    event = next(e for e in merged.events if e.report == "f1")
    filled.review("split", [merged.id, f"f1#{event.index}"], **WHO)
    assert telling(filled, "f1").id == other.id
    assert telling(filled, "e1").id == one.id
    assert "f1" not in telling(filled, "e1").reports
    assert list(filled.verify()) == []


def test_a_split_holds_when_more_comes_in(opened: Open) -> None:
    observatory = opened()
    added(observatory, [report("e1"), report("e2")])
    both = telling(observatory, "e1", "e2")
    observatory.review("split", [both.id, f"e2#{_index(both, 'e2')}"], **WHO)
    assert "e2" not in telling(observatory, "e1").reports
    added(observatory, reports())
    assert "e2" not in telling(observatory, "e1").reports


def test_move(filled: Observatory) -> None:
    five, other = telling(filled, "a1", "c1"), telling(filled, "f1")
    filled.review("move", [f"c1#{_index(five, 'c1')}", other.id], **WHO)
    assert set(telling(filled, "c1").reports) >= {"c1", "f1"}
    assert "c1" not in telling(filled, "a1").reports
    assert telling(filled, "a1").id == five.id


def test_correct_an_incident_and_take_it_back(filled: Observatory) -> None:
    incident = telling(filled, "h1")
    filled.review("correct", [incident.id], fields={"type": "shelling", "status": "ongoing"}, **WHO)
    assert (telling(filled, "h1").type, telling(filled, "h1").status) == ("shelling", "ongoing")
    assert [i.id for i in filled.incidents(Filters(type="shelling", country="YE"))] == [incident.id]
    filled.review("correct", [incident.id], fields={"type": None}, **WHO)
    assert (telling(filled, "h1").type, telling(filled, "h1").status) == (incident.type, "ongoing")


def test_correct_an_event_with_the_words_that_support_it(filled: Observatory) -> None:
    incident = telling(filled, "g1")
    index, text = _index(incident, "g1"), report("g1").text
    start = text.index("شبكة محلية")
    source = {"name": "شبكة محلية", "id": None, "kind": "local", "span": [start, start + len("شبكة محلية")]}
    filled.review("correct", [f"g1#{index}"], fields={"source": source}, **WHO)
    claim = next(c for c in telling(filled, "g1").claims if c.about == "occurred")
    assert (claim.asserter.name, claim.asserter.kind) == ("شبكة محلية", "local")
    with pytest.raises(ReviewError, match="not in the text"):
        filled.review("correct", [f"g1#{index}"], fields={"source": {**source, "span": [0, 9999]}}, **WHO)
    actor = {"name": "حزب", "id": None, "role": "initiator", "span": [0, 5]}
    with pytest.raises(ReviewError, match="not what stands"):
        filled.review("correct", [f"g1#{index}"], fields={"actors": [actor]}, **WHO)
    assert len(filled.decisions()) == 1


# act, subject, fields, who, what is said; {g}, {h} are incidents
REFUSED: list[tuple[str, list[str], dict[str, Any] | None, dict[str, str], str]] = [
    ("praise", ["{g}"], None, WHO, "no act"),
    ("confirm", ["{g}"], None, {"why": " ", "by": "x"}, "who made it and why"),
    ("confirm", ["{g}"], None, {"why": "x", "by": ""}, "who made it and why"),
    ("confirm", ["inc-nothing"], None, WHO, "no incident"),
    ("confirm", ["{g}", "{h}"], None, WHO, "one incident"),
    ("confirm", ["g1#0"], None, WHO, "one incident"),
    ("confirm", [], None, WHO, "name an incident"),
    ("confirm", ["{g}"], {"type": "shelling"}, WHO, "changes no fields"),
    ("merge", ["{g}"], None, WHO, "two incidents"),
    ("merge", ["{g}", "{g}"], None, WHO, "two incidents"),
    ("split", ["{g}"], None, WHO, "its events"),
    ("split", ["{g}", "h1#0"], None, WHO, "not all of these"),
    ("split", ["{h}", "h1#0"], None, WHO, "nothing would be left"),
    ("split", ["{g}", "g1#77"], None, WHO, "tells"),
    ("split", ["{g}", "zz#0"], None, WHO, "no event"),
    ("move", ["h1#0", "{h}"], None, WHO, "already"),
    ("move", ["{g}", "{h}"], None, WHO, "one event"),
    ("correct", ["{g}"], None, WHO, "fields that change"),
    ("correct", ["{g}"], {"colour": 1}, WHO, "colour"),
    ("correct", ["{g}"], {"type": "party"}, WHO, "does not fit"),
    ("correct", ["h1#0"], {"colour": 1}, WHO, "no field"),
]


@pytest.mark.parametrize(("act", "subject", "fields", "who", "said"), REFUSED)
def test_refused(filled: Observatory, act: str, subject: list[str], fields: dict[str, Any] | None, who: dict[str, str], said: str) -> None:
    names = {"g": telling(filled, "g1").id, "h": telling(filled, "h1").id}
    before = exported(filled)
    with pytest.raises(ReviewError, match=said):
        filled.review(act, [s.format(**names) for s in subject], fields=fields, **who)
    assert filled.decisions() == []
    assert exported(filled) == before


def test_a_decision_outlives_a_better_reader(filled: Observatory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader now gives the evidence of each event two characters less; decisions hold by overlap, and are asked again."""
    one, other = telling(filled, "e1", "e2"), telling(filled, "f1")
    filled.review("merge", [one.id, other.id], **WHO)
    filled.review("confirm", [one.id], **WHO)
    _read_otherwise(monkeypatch, lambda span: (span[0], span[1] - 2))
    list(filled.rebuild())
    merged = telling(filled, "e1", "f1")
    assert (merged.id, merged.review.state) == (one.id, "confirmed")
    assert {d.kind for d, _ in filled.asked_again()} == {"merge", "confirm"}


def _two_with_one_evidence(opened: Open) -> tuple[Observatory, list[str]]:
    """The ids of two incidents, told of one type by the same words of one report, in its order."""
    observatory = opened()
    text = "استعادت القوات العراقية مدينة الموصل من تنظيم الدولة الإسلامية الذي سيطر عليها في يونيو 2014."
    added(observatory, [Report.from_text(text, id="mosul", date="2017-07-10", outlet="وكالة")])
    told = observatory.told("mosul")
    assert len({(t.type, t.event.location_of_evidence) for t in told}) == 1
    kept = observatory.report("mosul")
    assert kept is not None
    assert len(set(kept.incidents)) == len(told) == 2
    return observatory, [str(id_) for id_ in kept.incidents]


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_events_with_one_evidence_the_one_that_is_meant_is_withheld(opened: Open, which: int) -> None:
    observatory, ids = _two_with_one_evidence(opened)
    observatory.review("withhold", [ids[which]], **WHO)
    public = exported(observatory, internal=False)
    assert [id_.encode() in public for id_ in ids] == [which != 0, which != 1]
    assert observatory.named(observatory.decisions()[0]) == [[f"mosul#{which}"]]
    assert observatory.asked_again() == []
    observatory.review("correct", [f"mosul#{which}"], fields={"status": "failed"}, **WHO)
    assert [t.status == "failed" for t in observatory.told("mosul")] == [which == 0, which == 1]


def test_what_was_withheld_before_anchors_had_words_stays_so_for_each_that_may_be_meant(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.incidents import Told

    observatory, ids = _two_with_one_evidence(opened)
    with monkeypatch.context() as before:
        before.setattr(Told, "anchor", property(lambda t: Anchor(t.sha256, t.type, t.event.location_of_evidence)))
        observatory.review("withhold", [ids[1]], **WHO)
    list(observatory.rebuild())
    public = exported(observatory, internal=False)
    assert [id_.encode() in public for id_ in ids] == [False, False]
    assert list(observatory.verify()) == []
    for id_ in ids:
        observatory.review("reopen", [id_], **WHO)
    assert all(id_.encode() in exported(observatory, internal=False) for id_ in ids)


def _read_otherwise(monkeypatch: pytest.MonkeyPatch, changed: Any) -> None:
    from marsad.observatory import line
    from marsad.reading import read

    def other(report: Any) -> Reading:
        reading = read(report)
        events = tuple(msgspec.structs.replace(e, location_of_evidence=changed(e.location_of_evidence)) for e in reading.events)
        return msgspec.structs.replace(reading, events=events)

    monkeypatch.setattr(line, "read", other)


def _index(incident: Any, report_: str) -> int:
    return int(next(e.index for e in incident.events if e.report == report_))
