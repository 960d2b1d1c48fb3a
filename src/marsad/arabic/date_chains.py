"""Days that are counted from another day: بعدها بيومين, قبل ذلك بأسبوع, غداة المجزرة, بعد ثلاثة أيام على سقوطها, خلال عشرة أيام.

    >>> from datetime import date
    >>> from marsad.arabic.dates import find
    >>> from marsad.arabic.words import tokenise
    >>> words = tokenise("قصفت الطائرات البلدة في 3 أيلول، وبعدها بيومين دخلها الجيش")
    >>> found = find(words, date(2021, 9, 17))
    >>> [str(d.start) for d in chained(words, found, date(2021, 9, 17))]
    ['2021-09-03', '2021-09-05']

From which day is a guess: the last that the text told before, else, where something is said to lie so long back (بعد أسبوع على …), the reference day.
So `dates.find` does not give them: they are what a reader weighs for an event, beside the days that are told.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from marsad.arabic import date_units as units
from marsad.arabic import days as d
from marsad.arabic.date_units import Cursor
from marsad.arabic.date_words import NEXT, each
from marsad.arabic.days import Days
from marsad.arabic.words import Words

if TYPE_CHECKING:
    from marsad.arabic.dates import Date

_REACH: Final = 60  # words between a day and what is counted from it
_AFTER: Final = each("بعد عقب")
_BEFORE: Final = each("قبل")
_AFTER_IT: Final = each("بعدها بعده بعدهما بعدئذ")
_BEFORE_IT: Final = each("قبلها قبله قبلهما")
_THAT: Final = each("ذلك هذا")
_MORROW: Final = each("غداة")
_OF: Final = each("على من")
_DURING: Final = each("خلال في طيلة طوال مدى")
_AHEAD: Final = each("مقبلة قادمة مقبلين قادمين آتية")
_ADVERBS: Final = each("فقط بالضبط تماما تقريبا كاملا كاملة كامل واحد واحدة")
_STARTS: Final = _AFTER | _BEFORE | _AFTER_IT | _BEFORE_IT | _MORROW | _DURING
_MOST: Final = 40  # days or weeks: a longer span is no time of one happening
_HOURS: Final = 240


def chained(words: Words, found: Sequence[Date], reference: datetime.date | None) -> list[Date]:
    """The dates `found` in a text, and those that are counted from them or from the day `reference`, in order, none overlapping."""
    from marsad.arabic.dates import Date

    cursor = Cursor(words, 0, len(words), reference)
    out: list[Date] = []
    last: Date | None = None  # the last single days, as dates of a month or a year are counted from by nobody
    begin = 0
    for known in [*found, None]:
        end = known.first if known is not None else len(words)
        i = begin
        while i < end:
            form = _bare(words.forms[i])
            anchor = last.end if last is not None and i - last.last <= _REACH else None
            days = _counted(cursor, i, form, anchor) if form in _STARTS else None
            if days is None or days.last >= end or days.start is None:
                i += 1
                continue
            offset = words.starts[i] + (form != words.forms[i])
            out.append(Date((offset, words.ends[days.last]), days.start, days.end, days.precision, i, days.last))
            last = out[-1] if days.precision == "day" else last
            i = days.last + 1
        if known is not None:
            out.append(known)
            last = known if known.precision == "day" and known.end is not None else last
            begin = known.last + 1
    return out


def _bare(form: str) -> str:
    return form[1:] if form[:1] in ("و", "ف") and form[1:] in _STARTS else form


def _counted(c: Cursor, i: int, form: str, anchor: datetime.date | None) -> Days | None:
    """What `form` at token `i` counts; `anchor`: the last day that was told before it, and not too far before."""
    if form in _MORROW:
        return _moved(anchor, 1, "day", i) if c.form(i + 1).startswith("ال") or len(c.form(i + 1)) > 3 else None
    if form in _AFTER_IT or form in _BEFORE_IT:
        return _by(c, i + 1, anchor, 1 if form in _AFTER_IT else -1)
    if (form in _AFTER or form in _BEFORE) and c.form(i + 1) in _THAT:
        return _by(c, i + 2, anchor, 1 if form in _AFTER else -1)
    if form in _DURING:
        return _span(c, i)
    number, unit, last = _amount(c, i + 1) if form in _AFTER else (0, "", i)
    if not 0 < number <= _MOST:
        return None
    while c.form(last + 1) in _ADVERBS:
        last += 1
    if c.form(last + 1) in _OF:
        return None if c.form(last + 2) in ("الان", "اليوم") else _moved(c.reference, -number, unit, last)
    return _moved(anchor, number, unit, last)


def _amount(c: Cursor, j: int) -> tuple[int, str, int]:
    """How much time stands at token `j`: how many (0 for none and for a bare plural), the unit, the last token."""
    number, unit, last = (units.amount(c, j) if j < c.end else None) or (None, "", j)
    return number or 0, unit, last


def _by(c: Cursor, j: int, anchor: datetime.date | None, sign: int) -> Days | None:
    """بعدها بيومين, قبل ذلك بأسبوع: by how much."""
    number, unit, last = _amount(c, j) if c.form(j).startswith("ب") else (0, "", j)
    return _moved(anchor, sign * number, unit, last) if number else None


def _moved(anchor: datetime.date | None, number: int, unit: str, last: int) -> Days | None:
    """So many units after a day; for hours the day itself, or so many days."""
    if anchor is None:
        return None
    try:
        if unit == "hour":
            return d.one(anchor + datetime.timedelta(int(number / 24)), last)
        if unit in ("day", "week"):
            return d.one(anchor + datetime.timedelta(number * (7 if unit == "week" else 1)), last)
        if unit == "month":
            first = d.months_before(anchor, -number)
            return d.month(first.year, first.month, last)
    except (OverflowError, ValueError):
        return None
    return None


def _span(c: Cursor, i: int) -> Days | None:
    """خلال عشرة أيام, في 72 ساعة: those up to the reference day, if nothing says that they are to come."""
    number, unit, last = _amount(c, i + 1)
    if c.reference is None:
        return None
    most = _MOST if unit in ("day", "week") else _HOURS if unit == "hour" and number % 24 == 0 else 0
    if not 1 < number <= most:
        return None
    if c.form(last + 1) in NEXT or c.form(last + 1) in _AHEAD or c.form(last + 1) in _OF:
        return None
    if unit == "week":
        return Days(c.reference - datetime.timedelta(7 * number - 1), c.reference, "week", last)
    return d.last_units(c.reference, number, unit, last)
