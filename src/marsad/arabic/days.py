"""Intervals of days and the arithmetic between a reference day and what is told from it.

    >>> from datetime import date
    >>> monday = date(2018, 12, 3)
    >>> str(ago(monday, 3, "day", 0).start), str(whole(monday, "month", 1, 0).end)
    ('2018-11-30', '2018-11-30')

Where the reference day is missing, the interval is unknown. Conventions: the annotation guide, "Fields of an event".
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal, NamedTuple

from hijridate import Gregorian, Hijri

from marsad.model import Precision

Recurs = Literal["", "week", "year"]
"""Which week or which year is meant where the words leave it open: الأحد is one of each week, 3 أيار one of each year."""


_A_PAIR = 2
_HALF_MONTH = 365.25 / 24  # days


class Days(NamedTuple):
    """An interval under construction and the last token that tells it; `start` is None where the reference is missing."""

    start: date | None
    end: date | None
    precision: Precision
    last: int
    recurs: Recurs = ""


def unknown(last: int) -> Days:
    """Words of a date whose days are not known."""
    return Days(None, None, "unknown", last)


def one(day: date, last: int) -> Days:
    """A single day."""
    return Days(day, day, "day", last)


def month(year: int, number: int, last: int) -> Days:
    """A month of the Gregorian calendar; unknown outside the years 1 to 9999."""
    if not MINYEAR <= year <= MAXYEAR:
        return unknown(last)
    return Days(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month", last)


def year(number: int, last: int) -> Days:
    """A year of the Gregorian calendar; unknown outside the years 1 to 9999."""
    if not MINYEAR <= number <= MAXYEAR:
        return unknown(last)
    return Days(date(number, 1, 1), date(number, 12, 31), "year", last)


def shifted_by(reference: date | None, days: int, last: int) -> Days:
    """The day that lies `days` after the reference day."""
    if reference is None:
        return unknown(last)
    try:
        return one(reference + timedelta(days), last)
    except OverflowError:
        return unknown(last)


def join(first: Days, second: Days) -> Days:
    """One interval from the earlier start to the later end."""
    last = max(first.last, second.last)
    if first.start is None or second.start is None or first.end is None or second.end is None:
        return unknown(last)
    coarser = max(first.precision, second.precision, key=("day", "week", "month", "year", "unknown").index)
    return Days(min(first.start, second.start), max(first.end, second.end), coarser, last, first.recurs if first.recurs == second.recurs else "")


def to_come(start: date, end: date, recurs: Recurs, reference: date) -> tuple[date, date]:
    """The interval in the first week or year in which it does not lie wholly before the day `reference`; as it is where the words leave nothing open.
    Raises OverflowError, ValueError beyond the calendar's last day."""
    if recurs == "week" and end < reference:
        later = timedelta(7 * -((end - reference).days // 7))
        return start + later, end + later
    while recurs == "year" and end < reference:
        start, end = _a_year_later(start, end)
    return start, end


def _a_year_later(start: date, end: date) -> tuple[date, date]:
    """The same days of the next year; a whole month stays one, and the 29th of February becomes the 28th."""
    months = [date(day.year + 1, day.month, 1) for day in (start, end)]
    lengths = [calendar.monthrange(first.year, first.month)[1] for first in months]
    whole = start.day == 1 and (end + timedelta(1)).day == 1
    last = lengths[1] if whole else min(end.day, lengths[1])
    return months[0].replace(day=min(start.day, lengths[0])), months[1].replace(day=last)


def same_day(day: date, year_: int, month_: int) -> date:
    """The day of that number of another month, or its last one."""
    return date(year_, month_, min(day.day, calendar.monthrange(year_, month_)[1]))


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies `months` before that of `day`."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def ago(reference: date | None, amount: int, unit: str, last: int) -> Days | None:
    """The day, the day of the week, the month or the year that lies so long before the reference day."""
    if reference is None:
        return unknown(last)
    try:
        if unit in ("hour", "day"):
            return one(reference - timedelta(amount // 24 if unit == "hour" else amount), last)
        if unit == "week":
            day = reference - timedelta(7 * amount)
            return Days(day, day, "week", last)
        if unit == "half month":
            day = reference - timedelta(round(amount * _HALF_MONTH))
            return month(day.year, day.month, last)
        if unit == "month":
            first = months_before(reference, amount)
            return month(first.year, first.month, last)
        return year(reference.year - amount, last)
    except (ValueError, OverflowError):
        return None


def vaguely_ago(reference: date | None, unit: str, last: int) -> Days | None:
    """قبل أيام is the week before, قبل ساعات the day itself; months and years without a number tell nothing."""
    if unit == "hour":
        return shifted_by(reference, 0, last)
    if unit != "day":
        return None
    if reference is None:
        return unknown(last)
    return Days(reference - timedelta(7), reference - timedelta(1), "week", last)


def whole(reference: date | None, unit: str, back: int, last: int) -> Days:
    """The week, month or year `back` before the reference day's; a week is the seven days before (or after) it."""
    if reference is None:
        return unknown(last)
    try:
        if unit == "week":
            if back == 0:
                return Days(reference - timedelta(6), reference, "week", last)
            start = reference - timedelta(7 * back) if back > 0 else reference + timedelta(1)
            return Days(start, start + timedelta(6), "week", last)
        if unit == "month":
            first = months_before(reference, back)
            return month(first.year, first.month, last)
        return year(reference.year - back, last)
    except (ValueError, OverflowError):
        return unknown(last)


def last_units(reference: date | None, amount: int | None, unit: str, last: int) -> Days | None:
    """The last `amount` hours, days, weeks, months or years up to the reference day; a bare plural is a vague few. «اليومان الماضيان» are the two
    days before it, and it: so readers take them, though not three days or more."""
    if reference is None:
        return unknown(last)
    try:
        if unit == "hour":
            return one(reference, last) if amount is None else Days(reference - timedelta(max(1, amount // 24)), reference, "day", last)
        if unit == "day":
            if amount is None:
                return Days(reference - timedelta(7), reference, "week", last)
            return Days(reference - timedelta(amount if amount == _A_PAIR else amount - 1), reference, "day", last)
        if unit == "week":
            if amount is None:
                return Days(reference - timedelta(30), reference - timedelta(1), "month", last)
            return Days(reference - timedelta(7 * amount), reference - timedelta(1 if amount == 1 else 0), "week", last)
        if amount is None:
            return None
        if unit in ("month", "half month"):
            amount = amount if unit == "month" else amount // 2
            return Days(months_before(reference, amount), reference.replace(day=1) - timedelta(1), "month", last)
        return Days(date(reference.year - amount, 1, 1), date(reference.year - 1, 12, 31), "year", last)
    except (ValueError, OverflowError):
        return None


# --- the Hijri calendar (Umm al-Qura) -------------------------------------------------------------------------------


def hijri_of(day: date) -> tuple[int, int]:
    """Year and month of `day` in the Hijri calendar; outside the tables, by the mean lunar year."""
    try:
        converted = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return round((day.year - 622) * 33 / 32), day.month
    return converted.year, converted.month


def hijri_day(number: int, month_: int, day: int) -> date:
    """A day of the Hijri calendar in the Gregorian; ValueError or OverflowError where the tables have none."""
    converted = Hijri(number, month_, day).to_gregorian()
    return date(converted.year, converted.month, converted.day)


def hijri_month(number: int, month_: int, last: int) -> Days | None:
    """A month of the Hijri calendar."""
    try:
        first = hijri_day(number, month_, 1)
        length = Hijri(number, month_, 1).month_length()
    except (ValueError, OverflowError):
        return None
    return Days(first, first + timedelta(length - 1), "month", last)


def hijri_year(number: int, last: int) -> Days | None:
    """A year of the Hijri calendar."""
    try:
        return Days(hijri_day(number, 1, 1), hijri_day(number + 1, 1, 1) - timedelta(1), "year", last)
    except (ValueError, OverflowError):
        return None
