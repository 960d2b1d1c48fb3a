"""What an event takes from the one that the text tells just before it."""

from __future__ import annotations

from marsad.model import Report
from marsad.reading.arguments import absent, nearness, own_parties, party_signs
from marsad.reading.counting import Bound
from marsad.reading.events import Draft, Told
from marsad.reading.figures import figures_in
from marsad.reading.manner import background_signs, status_signs, voice_signs, voices_of
from marsad.reading.owners import open_owners, owner_signs
from marsad.reading.reader import set_out
from marsad.reading.roles import Part
from marsad.reading.scene import Scene
from marsad.reading.setting import date_signs, dates_near, place_signs, spots_near

LOG = "19 مايو. قصف الجيش السوداني سوق نيالا.\nوبعد ساعات اقتحم مسلحون المستشفى. الحصيلة ستة قتلى.\n20 مايو. اعتقلت الشرطة صحفيا في كسلا."


def laid_out(text: str, *keys: str) -> tuple[Scene, list[Draft]]:
    """A text, and an event of each of the words that begin so."""
    scene = set_out(Report.from_text(text, date="2023-05-21"))
    drafts = []
    for key in keys:
        trigger = next(t for t in scene.triggers if scene.document.text(t.first, t.last).removeprefix("و").startswith(key))
        drafts.append(Draft([Told(trigger, next(iter(trigger.types)), 1.0, [], {})]))
    return scene, drafts


def test_how_near_the_event_before_stands() -> None:
    scene, (shelling, raid, arrest) = laid_out(LOG, "قصف", "اقتحم", "اعتقلت")
    assert nearness(scene, shelling, raid) == "f"
    assert nearness(scene, raid, arrest) == "f"
    scene, (killed, wounded) = laid_out("قصف الجيش السوق واعتقل خمسة. ثم اقتحم المستشفى.", "قصف", "اعتقل")
    assert nearness(scene, killed, wounded) == "s"
    scene, (killed, raid) = laid_out("قصف الجيش السوق واعتقل خمسة. ثم اقتحم المستشفى.", "قصف", "اقتحم")
    assert nearness(scene, killed, raid) == "p"


def test_a_date_that_stands_alone_is_seen_as_a_heading() -> None:
    scene, drafts = laid_out(LOG, "قصف", "اقتحم", "اعتقلت")
    date = dates_near(scene, drafts[0])[0]
    signs = date_signs(scene, drafts, drafts[0], date, None)
    assert "heading|True|True|True|True" in signs
    assert "between=0|True" in signs
    assert "before=nothing" in signs


def test_the_date_of_the_event_before_speaks_for_the_next() -> None:
    scene, drafts = laid_out(LOG, "قصف", "اقتحم", "اعتقلت")
    date = dates_near(scene, drafts[1])[0]
    assert "before=this|f" in date_signs(scene, drafts, drafts[1], date, ("f", date))
    assert "before=none|f" in date_signs(scene, drafts, drafts[1], date, ("f", None))
    other = next(d for d in dates_near(scene, drafts[2]) if d.start is not None and d.start.day == 20)
    assert "before=other|f" in date_signs(scene, drafts, drafts[2], other, ("f", date))


def test_places_of_the_event_before_where_the_sentence_names_none() -> None:
    text = "خبر\n\nقصف الطيران نيالا. وبعد ذلك قال الناس إنهم خافوا. ثم خافوا أكثر. ثم اقتحم مسلحون المستشفى."
    scene, (shelling, raid) = laid_out(text, "قصف", "اقتحم")
    names = [scene.document.text(m.first, m.last) for mentions in spots_near(scene, raid, shelling) for m in mentions]
    assert "نيالا" in names
    far = [scene.document.text(m.first, m.last) for mentions in spots_near(scene, raid, None) for m in mentions]
    assert "نيالا" not in far
    mentions = next(found for found in spots_near(scene, raid, shelling) if scene.document.text(found[0].first, found[0].last) == "نيالا")
    assert "before=n|p|False" in place_signs(scene, [shelling, raid], raid, mentions, {}, (shelling, "p", {}))


def test_parties_of_the_events_before_may_be_meant() -> None:
    text = "خبر\n\nقصفت حركة الشباب مقديشو. خاف الناس. خافوا أكثر. خافوا كثيرا. ثم اعتقلت خمسة."
    scene, drafts = laid_out(text, "قصفت", "اعتقلت")
    key, named = next((k, m) for k, m in own_parties(scene, drafts[0]).items() if m[0].id == "al-shabaab")
    assert [m[0].id for _, m in absent(scene, drafts, 1, [{key: "initiator"}, {}])] == ["al-shabaab"]
    assert absent(scene, drafts, 1, [{}, {}]) == []
    signs = party_signs(scene, drafts, drafts[0], named, key, (drafts[1], "p", {key: "target"}))
    assert "before=t|p" in signs


def test_what_is_told_before_speaks_in_every_decision() -> None:
    scene, (_, second) = laid_out("قال الدفاع المدني إن الطيران قصف السوق وإن الجيش اعتقل خمسة.", "قصف", "اعتقل")
    assert "before=ongoing|s" in status_signs(scene, second, None, ("s", "ongoing"))
    assert "before=True|s" in background_signs(scene, second, None, ("s", "True"))
    voices = voices_of(scene, second)
    assert "before=this|s" in voice_signs(scene, second, voices[0], voices, ("s", voices[0]))
    assert "before=outlet|s" in voice_signs(scene, second, voices[0], voices, ("s", None))


def test_whoever_shot_unknown_has_no_people_among_the_victims() -> None:
    scene, (killing,) = laid_out("قتل أربعة من الحراس برصاص مجهولين في درعا.", "قتل")
    figure = next(f for f in figures_in(scene, 0) if f.low == 4)
    bound = Bound(figure, "killed", 1.0, killing.told[0].trigger, [])
    parts = [Part(m, "initiator", 1.0, []) for m in scene.document.actors if m.id == "unidentified"]
    assert parts
    assert "unidentified" not in open_owners(scene, bound, parts, "unidentified").values()


def test_of_whom_a_bare_figure_is_told() -> None:
    scene, (killing,) = laid_out("قتل أربعة من الحراس وستة منهم مدنيون في درعا.", "قتل")
    signs = [
        owner_signs(scene, killing, Bound(f, "killed", 1.0, killing.told[0].trigger, []), [], None) for f in figures_in(scene, 0) if f.low in (4, 6)
    ]  # fmt: skip
    assert any(s.startswith("of=") for s in signs[0])
    assert "of=them" in signs[1]
