"""Grouping: the same groups whatever the order and however the reports are split over adds; only the neighbourhood is touched; hard constraints hold."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import Any

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marsad.incidents import (
    Around,
    Growth,
    Held,
    Link,
    Memory,
    Ref,
    Ruling,
    Told,
    apart,
    cluster,
    components,
    grow,
    held,
    incident,
    keys,
    link,
    links_of,
    of_anchor,
    probes,
)
from marsad.model import Anchor
from tests.incidents.made import told

OUTLETS = ("شبكة أ", "شبكة ب", "شبكة ج")
DAY = datetime.date(2018, 12, 1)
PLACES = ("hajin", "hajin", "hajin", "hajin_other deir", "shafa", "sousa", "deir", "syria", "hajin shafa", "camp hajin", "camp", "", "mosul")
PAST = ("2018-11-01..2018-11-30:month", "2017-01-01..2017-12-31:year", "2014-03-01..2018-12-07:month", "2018-09-01..2018-12-05:month")


@st.composite
def _event(draw: st.DrawFn) -> dict[str, Any]:
    """An event out of a small world, so that many are alike in part."""
    day = DAY + datetime.timedelta(draw(st.sampled_from((0, 1, 2, 3, 4, 6, 9, 70, 300))))
    told_day = DAY + datetime.timedelta(draw(st.integers(0, 5)))
    background = draw(st.sampled_from((False, False, False, True)))
    return {
        "day": day.isoformat(),
        "date": draw(st.sampled_from(("?", "?", told_day.isoformat(), told_day.isoformat(), f"{DAY}..{day}:week", *PAST))),
        "background": background,
        "outlet": draw(st.sampled_from(OUTLETS)),
        "type": draw(st.sampled_from(("air_strike", "air_strike", "shelling", "armed_clash", "attack_on_civilians", "assassination"))),
        "status": draw(st.sampled_from(("occurred", "occurred", "ongoing", "denied", "planned"))),
        "at": draw(
            st.sampled_from(("hajin", "hajin", "hajin_other deir", "shafa", "sousa", "deir", "syria", "hajin shafa", "camp hajin", "camp", "", "mosul"))
        ),
        "by": draw(st.sampled_from(("us-coalition", "us-coalition", "syria-government", "", ":سالم_الخالد"))),
        "on": draw(st.sampled_from(("islamic-state", "islamic-state", "civilians", ""))),
        "killed": draw(st.sampled_from(("", "12", "12 of islamic-state", "19 of islamic-state", "2+", "60"))),
        "source": draw(st.sampled_from(("outlet", "monitor/sohr", "party/us-coalition"))),
    }


@st.composite
def made_reports(draw: st.DrawFn, most: int = 9) -> list[list[Told]]:
    """Reports of one to three events each."""
    made = draw(st.lists(st.lists(_event(), min_size=1, max_size=3), min_size=1, max_size=most))
    return [[told(f"r{n}", index, **event) for index, event in enumerate(events)] for n, events in enumerate(made)]


def _refs(groups: Iterable[Sequence[Told]]) -> list[list[Ref]]:
    return sorted([t.ref for t in group] for group in groups)


def _added(parts: Iterable[Iterable[Told]], **decided: Any) -> Memory:
    memory = Memory(**decided)
    for part in parts:
        memory.add(part)
    return memory


@given(made_reports(), st.randoms(use_true_random=False), st.data())
@settings(max_examples=150, deadline=None)
def test_groups_depend_neither_on_the_order_nor_on_the_adds(reports: list[list[Told]], random: Any, data: st.DataObject) -> None:
    all_at_once = _added([[t for report in reports for t in report]])
    shuffled = list(reports)
    random.shuffle(shuffled)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=5)))
    parts = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]
    split = _added([[t for report in part for t in random.sample(report, len(report))] for part in parts])
    assert split.components() == all_at_once.components()
    assert split.groups() == all_at_once.groups()
    whole = [incident(group, links=c.links) for c in all_at_once.components() for group in c.groups]
    assert [incident(random.sample(group, len(group)), links=c.links[::-1]) for c in split.components() for group in c.groups] == whole


@given(made_reports())
@settings(max_examples=60, deadline=None)
def test_the_long_way_gives_the_same_groups(reports: list[list[Told]]) -> None:
    """Comparing each with each, without keys, finds no link that keys miss."""
    events = [t for report in reports for t in report]
    links = [one for a, b in combinations(events, 2) if (one := link(a, b))]
    found = components(events, links)
    assert _refs(group for c in found for group in c.groups) == _refs(_added(reports).groups())
    assert _refs(cluster(events, links)) == _refs(group for c in found for group in c.groups), "a component's groups do not hang on other components"


@given(_event(), _event())
@example({"day": "2018-12-31", "date": "?"}, {"day": "2019-01-01", "date": "?"})
@settings(max_examples=200, deadline=None)
def test_two_that_are_linked_find_each_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    a, b = told("a", **one), told("b", **other)
    assert link(a, b) == link(b, a)
    assert (link(a, b) is None) == bool(apart(a, b))
    if link(a, b) is not None:
        assert set(keys(a)) & set(probes(b))
        assert set(keys(b)) & set(probes(a))


@given(made_reports(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_report_that_is_taken_away_leaves_what_there_would_be_without_it(reports: list[list[Told]], data: st.DataObject) -> None:
    memory = _added(reports)
    gone = data.draw(st.integers(0, len(reports) - 1))
    memory.take(reports[gone][0].report)
    assert memory.components() == _added(reports[:gone] + reports[gone + 1 :]).components()


class _Narrow(Memory):
    """Gives the groups that are linked with what comes in, and nothing else of their components, where that is enough: as the store does."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[Ref, tuple[Told, ...]] = {}
        self.links: set[Link] = set()  # those that held once too
        self.in_parts = 0

    def grouped_with(self, refs: Collection[Ref]) -> Around | None:
        groups = list({group[0].ref: group for ref in refs for group in [self.kept[ref]]}.values())
        events = {t.ref for group in groups for t in group}
        links = [one for one in self.links if one.a in events or one.b in events]
        return Around(groups, links, [self.told[ref] for one in links for ref in (one.a, one.b) if ref not in events])

    def beside(self, refs: Collection[Ref]) -> tuple[Iterable[Told], Iterable[Link]]:
        found = [c for c in components(self.told.values(), self.links) if {t.ref for t in c.told} & set(refs)]
        return [t for c in found for t in c.told], [one for c in found for one in c.links]

    def add(self, new: Iterable[Told]) -> Growth:
        new = list(new)
        growth = grow(self, new)
        for t in new:
            self.file(t)
        self.links.update(growth.links)
        self.in_parts += bool(growth.links and growth.parts)
        self.kept |= {t.ref: group for c in growth.changed for group in c.groups for t in group}
        return growth

    def groups(self) -> list[tuple[Told, ...]]:
        return list({group[0].ref: group for group in self.kept.values()}.values())


@given(made_reports(12), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_the_groups_that_are_linked_are_enough(reports: list[list[Told]], random: Any) -> None:
    shuffled = random.sample(reports, len(reports))
    narrow, whole = _Narrow(), Memory()
    for report in shuffled:
        narrow.add(report)
        whole.add(report)
        assert _refs(narrow.groups()) == _refs(whole.groups())
        assert sorted(components(narrow.told.values(), narrow.links), key=lambda c: c.told[0].ref) == whole.components()


def test_most_adds_look_at_the_groups_alone() -> None:
    narrow = _Narrow()
    for n in range(8):
        narrow.add([told(f"r{n}", outlet=OUTLETS[n % 3], day=f"2018-12-{1 + n // 3:02}", date="?"), told(f"r{n}", 1, at="mosul", by="iraq-government")])
    assert narrow.in_parts >= 6


class _Watched(Memory):
    """Notes what an add asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[Ref] = set()

    def partners(self, told: Sequence[Told]) -> Iterable[Iterable[Told]]:
        found = [list(others) for others in super().partners(told)]
        self.asked |= {t.ref for others in found for t in others}
        return found

    def beside(self, refs: Collection[Ref]) -> tuple[Iterable[Told], Iterable[Link]]:
        members, links = super().beside(refs)
        self.asked |= {t.ref for t in members}
        return members, links


@given(made_reports(), st.lists(_event(), min_size=1, max_size=2))
@settings(max_examples=60, deadline=None)
def test_an_add_touches_only_its_neighbourhood(reports: list[list[Told]], new: list[dict[str, Any]]) -> None:
    kept = _Watched()
    for report in reports:
        kept.add(report)
    before = {t.ref: c for c in kept.components() for t in c.told}
    kept.asked.clear()
    fresh = [told("new", n, **event) for n, event in enumerate(new)]
    growth = grow(kept, fresh)
    touched = {t.ref for c in growth.changed for t in c.told}
    linked = {ref for one in links_of(kept, fresh) for ref in (one.a, one.b)} - {t.ref for t in fresh}
    holding = {ref for one in growth.links for ref in (one.a, one.b)} - {t.ref for t in fresh}
    own = {t.ref for t in fresh}
    assert {t.ref for ref in holding for t in before[ref].told} | own <= touched <= {t.ref for ref in linked for t in before[ref].told} | own
    near = {ref for t in fresh for ref in before if set(probes(t)) & set(keys(kept.told[ref]))}
    assert kept.asked == near | (touched - own)


def test_a_far_report_touches_nothing() -> None:
    memory = _added([[told("a"), told("a", 1, at="raqqa")], [told("b", outlet=OUTLETS[1])]])
    growth = memory.add([told("c", at="mosul", by="iraq-government")])
    assert growth.links == ()
    assert [[t.ref for t in c.told] for c in growth.components] == [[("c", 0)]]


# -- hard constraints


@given(made_reports(), st.data())
@settings(max_examples=60, deadline=None)
def test_hard_constraints(reports: list[list[Told]], data: st.DataObject) -> None:
    refs = [t.ref for report in reports for t in report]
    pairs = st.lists(st.tuples(st.sampled_from(refs), st.sampled_from(refs)).filter(lambda p: p[0] != p[1]), max_size=3)
    must, cannot = data.draw(pairs), data.draw(pairs)
    for decided in ({"cannot": cannot}, {"must": must}, {"must": must, "cannot": cannot}):
        groups = [set(group) for group in _refs(_added(reports, **decided).groups())]
        of = {ref: n for n, group in enumerate(groups) for ref in group}
        assert sorted(of) == sorted(refs)
        if "cannot" in decided:
            assert all(of[a] != of[b] for a, b in cannot)
        else:
            assert all(of[a] == of[b] for a, b in must)
            continue
        for group in groups:
            reports_of = [ref[0] for ref in sorted(group)]
            assert "must" in decided or len(set(reports_of)) == len(reports_of), "two events of one report are two"


def test_a_chain_of_half_likenesses_is_no_incident() -> None:
    """A month of strikes on one town, told daily without a day, is not one incident, nor one component."""
    days = [told(f"r{n:02}", outlet=OUTLETS[n % 2], day=f"2018-12-{n + 1:02}", date="?", killed="") for n in range(30)]
    memory = _added([[t] for t in days])
    assert max(len(group) for group in memory.groups()) <= 6
    assert max(len(c.told) for c in memory.components()) <= 7


def test_what_is_told_of_the_past_joins_what_it_tells_of_and_brings_no_two_together() -> None:
    first = told("a", killed="31 of islamic-state")
    second = told("b", outlet=OUTLETS[1], day="2018-12-20", date="2018-12-19", killed="8 of islamic-state")
    past = told("c", outlet=OUTLETS[1], day="2019-02-10", date="?", background=True, killed="31 of islamic-state")
    groups = _refs(_added([[past], [second], [first]]).groups())
    assert groups == [[("a", 0), ("c", 0)], [("b", 0)]]


def test_a_plan_and_its_happening_are_two() -> None:
    plan = [told(f"p{n}", outlet=outlet, day="2018-12-01", status="planned", killed="") for n, outlet in enumerate(OUTLETS)]
    deed = [told(f"d{n}", outlet=outlet) for n, outlet in enumerate(OUTLETS)]
    assert _refs(_added([plan, deed]).groups()) == [[t.ref for t in deed], [t.ref for t in plan]]


# -- editors' rulings, by anchors


def _anchors(events: Iterable[Told]) -> list[Anchor]:
    return [t.anchor for t in events]


def test_rulings_become_pairs() -> None:
    a, b, c = told("a"), told("b"), told("c", at="raqqa")
    assert held([a, b, c], [Ruling(_anchors([a, c]))]) == Held(((a.ref, c.ref),), (), (), ())
    assert held([a, b, c], [Ruling(_anchors([a]), _anchors([b, c]))]).cannot == ((a.ref, b.ref), (a.ref, c.ref))


def test_of_two_rulings_the_later_holds() -> None:
    a, b = told("a"), told("b")
    together, asunder = Ruling(_anchors([a, b])), Ruling(_anchors([a]), _anchors([b]))
    assert held([a, b], [together, asunder])[:2] == ((), ((a.ref, b.ref),))
    assert held([a, b], [asunder, together])[:2] == (((a.ref, b.ref),), ())


def test_a_ruling_outlives_a_better_reader() -> None:
    a, b = told("a"), told("b", 1)
    start, end = b.anchor.span
    old = Anchor(b.sha256, "shelling", (start - 3, end - 2))
    found = held([a, b], [Ruling([a.anchor, old])])
    assert found.must == ((a.ref, b.ref),)
    assert found.moved == ((old, b.ref),)


def test_a_ruling_whose_ground_is_gone_is_named() -> None:
    a, b = told("a"), told("b")
    gone = Anchor(b.sha256, "air_strike", (900, 950))
    elsewhere = Anchor("0" * 64, "air_strike", (0, 9))
    found = held([a, b], [Ruling([a.anchor, gone, elsewhere])])
    assert found == Held((), (), (), (gone,))


def test_an_anchor_prefers_its_own_event_then_its_type_then_the_most_overlap() -> None:
    exact, typed, other = told("a", 0), told("a", 1), told("a", 2, type="protest")
    assert of_anchor(typed.anchor, [other, typed, exact]) == [typed]
    wide = Anchor(exact.sha256, "protest", (5, 25))
    assert of_anchor(wide, [exact, typed, other]) == [other]
    assert of_anchor(Anchor(exact.sha256, "arrest", (2, 14)), [exact, typed, other]) == [exact]


def test_two_events_of_one_type_and_evidence_are_told_apart_by_their_words() -> None:
    text = "استعاد الجيش الموصل من التنظيم الذي سيطر عليها."
    first, second = told("a", 0, text=text), told("a", 7, text=text)
    assert first.anchor != second.anchor
    assert of_anchor(second.anchor, [first, second]) == [second]
    (start, end), other = second.anchor.span, told("b")
    read_otherwise = Anchor(second.sha256, second.type, (start + 2, end), second.anchor.word)
    assert of_anchor(read_otherwise, [first, second]) == [second]
    assert held([first, second, other], [Ruling([read_otherwise, other.anchor])]) == Held(((second.ref, other.ref),), (), ((read_otherwise, second.ref),), ())
    retyped = Anchor(second.sha256, "protest", second.anchor.span, second.anchor.word)
    assert of_anchor(retyped, [told("a", 3, text=text, type="protest"), second]) == [second]


def test_an_anchor_without_a_word_may_mean_each_of_its_type_and_evidence() -> None:
    text = "استعاد الجيش الموصل من التنظيم الذي سيطر عليها."
    first, second = told("a", 0, text=text), told("a", 7, text=text)
    old = msgspec.structs.replace(second.anchor, word=None)
    assert msgspec.to_builtins(old) == {"sha256": old.sha256, "type": old.type, "span": old.span}  # as it was hashed
    assert of_anchor(old, [second, first]) == [first]
    assert of_anchor(old, [second, first], alike=True) == [first, second]
    assert held([first, second], [Ruling([old], [told("b").anchor])]).moved == ()


def test_one_text_of_two_reports_is_ruled_on_in_both() -> None:
    text = "قصف التحالف هجين."
    one, copy, third = told("a", text=text), told("b", outlet=OUTLETS[1], text=text), told("c", at="raqqa")
    assert held([one, copy, third], [Ruling(_anchors([one]), _anchors([third]))]).cannot == ((one.ref, third.ref), (copy.ref, third.ref))
