"""Words that tell an event though none of them is sure of it: a part that no event takes, and several that are likely only together."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading import read
from marsad.reading.events import NONE, PART, Draft, Told, Unsure, _told_together
from marsad.reading.linking import _open_orphans
from marsad.reading.reader import set_out
from marsad.reading.triggers import Trigger

DAY = "2024-03-10"
SENTENCE = "ألقى مجهولون قنبلة يدوية على منزل في السويداء، وقُتل رجل."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قُتل شابان برصاص مسلحين في مدينة البصرة.", "attack_on_civilians"),
        ("قُتل جنديان برصاص مسلحين في كركوك.", "armed_clash"),
        ("ألقى مجهولون قنبلة يدوية على منزل ضابط في السويداء.", "explosive_device"),
    ],
)
def test_one_plain_sentence_tells_an_event(text: str, kind: str) -> None:
    assert [e.type for e in read(Report.from_text(text, date=DAY)).events] == [kind]


_SCENE = set_out(Report.from_text(SENTENCE, date=DAY))


def _triggers() -> list[Trigger]:
    thrown, bomb, *_, killed = _SCENE.triggers
    return [thrown, bomb, killed]


def _unsure(trigger: Trigger, **shares: float) -> Unsure:
    return Unsure(Told(trigger, NONE, 0.0, [], dict.fromkeys(shares, 1.0), 2.0), shares)


@pytest.mark.parametrize(
    ("first", "second", "before", "kinds"),
    [
        ({"explosive_device": 0.3}, {"explosive_device": 0.4}, [], ["explosive_device"]),
        ({"explosive_device": 0.3}, {"explosive_device": 0.1}, [], []),
        ({"explosive_device": 0.3}, {"armed_clash": 0.4}, [], []),
        ({"explosive_device": 0.3}, {"explosive_device": 0.4}, ["explosive_device"], []),
        ({"explosive_device": 0.3}, {"explosive_device": 0.4}, ["armed_clash"], ["explosive_device"]),
    ],
)
def test_two_words_tell_together_what_neither_does_alone(first: dict[str, float], second: dict[str, float], before: list[str], kinds: list[str]) -> None:
    thrown, bomb, killed = _triggers()
    told = [Told(killed, kind, 3.0, [], {kind: 3.0}) for kind in before]
    found = list(_told_together([_unsure(thrown, **first), _unsure(bomb, **second)], told))
    assert [t.kind for t in found] == kinds
    assert all(t.trigger is bomb and t.margin == -1.0 for t in found)


def test_words_far_apart_do_not() -> None:
    thrown, _, killed = _triggers()
    assert list(_told_together([_unsure(thrown, armed_clash=0.4), _unsure(killed, armed_clash=0.4)], [])) == []


@pytest.mark.parametrize(("score", "kinds"), [(3.0, ["armed_clash"]), (1.8, [])])
def test_a_part_that_no_event_takes_tells_one_where_it_is_likely(score: float, kinds: list[str]) -> None:
    *_, killed = _triggers()
    item = Told(killed, PART, 3.0, [], {"armed_clash": score, "execution": -1.0}, 0.5)
    drafts: list[Draft] = []
    _open_orphans(_SCENE, [item], drafts, lambda _: None)
    assert [draft.kind for draft in drafts] == kinds


def test_a_part_that_an_event_takes_tells_none() -> None:
    thrown, _, killed = _triggers()
    item = Told(killed, PART, 3.0, [], {"armed_clash": 3.0}, 0.5)
    event = Draft([Told(thrown, "explosive_device", 2.0, [], {"explosive_device": 2.0})])
    _open_orphans(_SCENE, [item], drafts := [event], lambda _: event)
    assert drafts == [event]
