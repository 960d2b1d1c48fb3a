"""Whose the people are who are told by a pronoun, and that who mourns them did not do it."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading import read

# a text, whose its first counted people are, and the parties of its event by role
OWN_MEN = [
    ("نعت سرايا القدس ثلاثة من مقاتليها استشهدوا في اشتباك مع قوة إسرائيلية في جنين.", "مقاتليها", "palestinian-islamic-jihad", ""),
    ("أعلنت قوات سوريا الديمقراطية مقتل أربعة من مقاتليها في قصف تركي على عين عيسى.", "مقاتليها", "sdf", "target"),
    ("هاجم تنظيم الدولة حاجزا لقوات النظام وقتل ثلاثة من عناصرها.", "عناصرها", "syria-government", "target"),
]


@pytest.mark.parametrize(("text", "name", "owner", "role"), OWN_MEN)
def test_whose_the_people_of_a_pronoun_are(text: str, name: str, owner: str, role: str) -> None:
    (event,) = read(Report.from_text(text, date="2021-11-23")).events
    assert [(count.who.name, count.who.id) for count in event.counts if count.who] == [(name, owner)]
    assert not role or role in {actor.role for actor in event.actors if actor.id == owner}
    assert "initiator" not in {actor.role for actor in event.actors if actor.id == owner}


def test_who_did_it_is_of_none_of_those_whom_it_hit() -> None:
    events = read(Report.from_text("قتل ثلاثة مستوطنين في عملية إطلاق نار قرب نابلس، وقتلت القوات المهاجم.", date="2021-11-23")).events
    assert [count.who.id for event in events for count in event.counts if count.who and count.who.name == "المهاجم"] == [None]
