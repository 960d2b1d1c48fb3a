"""Weekdays that head the parts of a weekly report: they are those of its week, told at its head, and not the last ones before its day.

>>> from datetime import date
>>> from marsad.arabic.dates import find
>>> from marsad.arabic.words import tokenise
>>> words = tokenise("التقرير الأسبوعي (8 – 14 تشرين الأول 2022)\\nالسبت: اقتحام\\nالأحد: حصار")
>>> [str(d.start) for d in of_their_week(words, find(words, date(2022, 10, 15)))]
['2022-10-08', '2022-10-08', '2022-10-09']
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from marsad.arabic.words import Words

if TYPE_CHECKING:
    from marsad.arabic.dates import Date

_HEAD: Final = 60  # tokens in which a report tells its week
_SHORTEST, _LONGEST = datetime.timedelta(5), datetime.timedelta(7)
_WEEK: Final = datetime.timedelta(7)
_MARKS: Final = " \t*•·▪●-–—"
_BEHIND: Final = frozenset((":", "-", "–", "—", "|"))


def of_their_week(words: Words, found: Sequence[Date]) -> list[Date]:
    """The dates `found` in a text, its weekdays that open a line moved into the week that it tells at its head, if it tells one."""
    week = next((d for d in found if d.first < _HEAD and d.start and d.end and _SHORTEST <= d.end - d.start <= _LONGEST), None)
    if week is None:
        return list(found)
    return [_moved(day, week) if _heads_line(words, day) else day for day in found]


def _moved(day: Date, week: Date) -> Date:
    assert day.start is not None
    assert week.start is not None
    assert week.end is not None
    if week.start <= day.start <= week.end:
        return day
    start = next((start for start in (day.start - _WEEK, day.start + _WEEK) if week.start <= start <= week.end), day.start)
    return replace(day, start=start, end=start, recurs="")


def _heads_line(words: Words, day: Date) -> bool:
    """Whether a date is a weekday without a number, alone in its line or in front of a colon or a dash there: «السبت:», «• يوم السبت –»."""
    if day.recurs != "week" or day.start is None or day.start != day.end:
        return False
    begin, end = words.starts[day.first], words.ends[day.last]
    line = words.text.rfind("\n", 0, begin) + 1
    if words.text[line:begin].strip(_MARKS):
        return False
    behind = day.last + 1
    return behind >= len(words) or words.forms[behind] in _BEHIND or "\n" in words.text[end : words.starts[behind]]
