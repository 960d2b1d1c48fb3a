"""Signs of days: how the days on which two told events can have happened stand to each other."""

from __future__ import annotations

import datetime
from functools import lru_cache

from marsad.incidents.sign import Sign
from marsad.incidents.told import Days, Told


def gap(one: Days, other: Days) -> int:
    """Days between the two spans; 0 where they meet."""
    return max(0, one.first - other.last, other.first - one.last)


def of_days(a: Told, b: Told) -> Sign:
    one, other = a.profile.days, b.profile.days
    assert one is not None
    assert other is not None
    if one.vague or other.vague:
        if one[:2] == other[:2] and one.told:
            return Sign("same_span", lambda: f"both told of {_span(one)}")
        if not (one.told or other.told):
            return Sign("both_past", "neither is told with a day")
        if not (one.told and other.told):
            return Sign("past", "told without a day, as something past")
        return Sign("span_holds_day", lambda: f"{_span(one)} and {_span(other)} meet")
    if one.told and other.told:
        if gap(one, other):
            return Sign("next_told_day", lambda: f"told of {_span(one)} and of {_span(other)}, the next day")
        return Sign("same_told_day", lambda: f"both told of {_span(one)}" if one[:2] == other[:2] else f"told of {_span(one)} and {_span(other)}")
    if one.told or other.told:
        told, open_ = (one, other) if one.told else (other, one)
        if told.first > open_.last:
            return Sign("told_day_after", lambda: f"one is told of {_span(told)}, the other in a report of the day before")
        before = 0 if a.status == "planned" else max(0, open_.last - told.last)
        words = f"one is told of {_span(told)}, the other without a day, {before} days later" if before else f"told of {_span(told)} and, without a day, then"
        return Sign(f"told_day_before_{before if before <= 3 else 'more'}", words)
    between = abs(one.last - other.last)
    if not between:
        return Sign("same_report_day", lambda: f"both told without a day in reports of {_span(Days(one.last, one.last, True, False))}")
    return Sign(f"report_days_{between if between <= 3 else 'more'}", lambda: f"both told without a day, {between} days apart")


def other_week(one: Days | None, other: Days | None) -> bool:
    """Whether two weeks (from Sunday) part two events that are not vague, and not told of days that meet.

    Without it a war that is told of daily, by reports that name no day, hangs together from its first day to its last: each add would touch it all.
    """
    if one is None or other is None or one.vague or other.vague or (one.told and other.told and not gap(one, other)):
        return False
    return _week(one) != _week(other)


def _week(days: Days) -> int:
    return (days.first if days.told else days.last) // 7


def _span(days: Days) -> str:
    return _between(days.first, days.last)


@lru_cache(maxsize=10_000)
def _between(first: int, last: int) -> str:
    begin, end = (datetime.date.fromordinal(max(1, day)).isoformat() for day in (first, last))
    return begin if first == last else f"{begin} to {end}"
