"""A single day, month or year where it stands: by its name, by figures, as an edge or a part of a longer one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from marsad.arabic import date_months as months
from marsad.arabic import date_units as units
from marsad.arabic import date_weekdays as weekdays
from marsad.arabic import days as d
from marsad.arabic.counted import bare_noun, counted_nouns
from marsad.arabic.date_units import Cursor
from marsad.arabic.date_words import DECADES, FINAL, MONTH_WORDS, ORDINAL_HEADS, PARTS, SEASONS, UNITS, WEEKDAYS, YESTERDAY, bare, each, role_of, roles
from marsad.arabic.days import Days


def role_at(c: Cursor, j: int) -> str | None:
    """What the word at token `j` may be of a date: a weekday, a month, a figure …"""
    return roles.get(c.forms[j]) or role_of(c.forms[j])


def point_at(c: Cursor, i: int, role: str | None = "") -> Days | None:
    """The single date at token `i`."""
    if role == "":
        role = role_at(c, i)
    reader = _READERS.get(role or "")
    return reader(c, i) if reader else None


def is_figure_date(c: Cursor, j: int) -> bool:
    """2018-12-03 and not 2018 alone."""
    return c.form(j + 1) in ("-", "/", "\\") and c.form(j + 3) in ("-", "/", "\\")


def _unit(c: Cursor, i: int) -> Days | None:
    """A unit of time, or شهر with the month's name; الأسبوع الثاني من مارس, للأسبوع الثالث."""
    found = units.unit(c, i) or _week_of_month(c, i) or _weeks_in_a_row(c, i)
    if found is None and i + 1 < c.end and bare(c.forms[i]) in MONTH_WORDS:
        one = months.month(c, i + 1)
        return months.and_month(c, one) if one is not None and bare(c.forms[i]) != "شهر" else one
    return found


def _week_of_month(c: Cursor, i: int) -> Days | None:
    """الأسبوع الأول من يناير: its first seven days; الأسبوع الأخير من الشهر الماضي."""
    nth = _nth_of(c, i + 1, _LAST_WEEK) if bare(c.forms[i]) == "الاسبوع" else None
    month = _month_behind(c, nth[1]) if nth is not None else None
    if nth is None or month is None or month.start is None or month.end is None or nth[0] > _LAST_WEEK:
        return None
    if nth[0] == _LAST_WEEK:
        return Days(month.end - timedelta(6), month.end, "week", month.last)
    first = month.start + timedelta(7 * (nth[0] - 1))
    return Days(first, first + timedelta(6), "week", month.last)


def _nth_of(c: Cursor, j: int, last: int) -> tuple[int, int] | None:
    """The ordinal at token `j`, الأخير as `last`, and the token behind it, which is من."""
    nth = (last, j + 1) if c.form(j) in FINAL else months.ordinal_at(c, j) if c.form(j) in ORDINAL_HEADS else None
    return nth if nth is not None and c.form(nth[1]) == "من" else None


def _month_behind(c: Cursor, k: int) -> Days | None:
    """The month behind the من at token `k`."""
    found = point_at(c, k + 1) if k + 1 < c.end and role_at(c, k + 1) in ("month", "unit") else None
    if found is None and c.form(k + 1) == "الشهر" and c.reference is not None:
        return d.whole(c.reference, "month", 0, k + 1)
    return found if found is not None and found.precision == "month" else None


def _weeks_in_a_row(c: Cursor, i: int) -> Days | None:
    """للأسبوع الثالث (على التوالي): three weeks, the last of them up to the reference day."""
    nth = months.ordinal_at(c, i + 1) if c.forms[i] in ("للاسبوع", "وللاسبوع") and c.form(i + 1) in ORDINAL_HEADS else None
    if nth is None or nth[0] < 2 or c.form(nth[1]) == "من" or c.reference is None:
        return None
    last = nth[1] + 1 if weekdays.in_a_row(c, nth[1]) else nth[1] - 1
    return Days(c.reference - timedelta(7 * nth[0] - 1), c.reference, "week", last)


_LAST_WEEK: Final = 5
_HALF: Final = 15  # days


def _month(c: Cursor, i: int) -> Days | None:
    found = months.month(c, i)
    return months.season(c, i) if found is None and c.forms[i] in SEASONS else found


def _ordinal(c: Cursor, i: int) -> Days | None:
    """الثالث من ديسمبر; الأول من أمس."""
    before_yesterday = c.forms[i] == "الاول" and c.form(i + 1) == "من" and c.form(i + 2) in YESTERDAY
    return weekdays.first(c, i) if before_yesterday else months.ordinal(c, i)


def _decade(c: Cursor, i: int) -> Days | None:
    """ثمانينيات القرن الماضي, في التسعينيات; رجل في السبعينيات, في الستينات من عمره are ages."""
    of_century = c.form(i + 1) in ("القرن", "من") and c.form(i + 2) in ("القرن", "الماضي", "العشرين")
    if not of_century:
        if not bare(c.forms[i]).startswith("ال") or c.form(i + 1) == "من" or c.form(i + 1).removeprefix("و") in DECADES or c.form(i - 1) not in _BEFORE_DECADE:
            return None
        noun = counted_nouns().get(c.form(i - 2))
        if c.form(i - 1) == "في" and noun is not None and noun[0] == "person":
            return None
    last = i if not of_century else i + 3 if c.form(i + 3) in ("الماضي", "العشرين") else i + 2
    first = DECADES[bare(c.forms[i])]
    return d.join(d.year(first, last), d.year(first + 9, last))


_BEFORE_DECADE: Final = each("في وفي منذ خلال أوائل مطلع بداية أواسط منتصف أواخر نهاية حرب فترة")


def _edge(c: Cursor, i: int) -> Days | None:
    """مطلع الشهر الجاري, أواخر عام 2013, نهاية 2013, منتصف ديسمبر: the month or the year itself, no finer; بداية العام (also in front of إلى) is this one's."""
    j = i + 1
    if c.forms[i] == "غره":
        return months.day_of_month(c, i, [1], j)
    while c.form(j) in ("هذا", "هذه"):
        j += 1
    if j >= c.end:
        return None
    if units.is_year(c, j) and not is_figure_date(c, j) and bare_noun(c.form(j + 1)) not in counted_nouns():
        return units.year_at(c, j)
    role = role_at(c, j)
    found = point_at(c, j, role) if role in ("unit", "month") else None
    if found is None and c.forms[j] in ("العام", "السنه", "الشهر"):
        following = c.form(j + 1)
        if not following.startswith("ال") or following == "الي" or following in WEEKDAYS or role_of(following) in ("today", "yesterday"):
            return d.whole(c.reference, UNITS[c.forms[j]], 0, j)
    return found


def _part(c: Cursor, i: int) -> Days | None:
    """النصف الأول من العام 2021, الربع الثاني من 2020, النصف الثاني من آذار."""
    months_in, j = PARTS[bare(c.forms[i])], i + 1
    nth = months.ordinal_at(c, j) if c.form(j) in ORDINAL_HEADS else None
    if c.form(j) in FINAL:
        nth = 12 // months_in, j + 1  # الربع الأخير من عام 2020
    if nth is None or c.form(nth[1]) != "من" or nth[0] > 12 // months_in:
        return None
    j = nth[1] + 1
    year = units.year_at(c, j) if units.is_year(c, j) else units.unit(c, j) if j < c.end else None
    if year is None or year.start is None or year.precision != "year":
        return _half_month(c, nth) if bare(c.forms[i]) == "النصف" else None
    first = d.month(year.start.year, months_in * (nth[0] - 1) + 1, year.last)
    return d.join(first, d.month(year.start.year, months_in * nth[0], year.last))


def _half_month(c: Cursor, nth: tuple[int, int]) -> Days | None:
    """The first or the second half of the month behind من."""
    month = _month_behind(c, nth[1])
    if month is None or month.start is None or month.end is None:
        return month
    if nth[0] > 1 and c.form(month.last) == "الشهر" and c.reference is not None and c.reference.day <= _HALF:
        month = d.whole(c.reference, "month", 1, month.last)  # told early in the next one
    if month.start is None or month.end is None:
        return None
    middle = month.start + timedelta(_HALF)
    return Days(month.start, middle - timedelta(1), "day", month.last) if nth[0] == 1 else Days(middle, month.end, "day", month.last)


def _within(c: Cursor, i: int) -> Days | None:
    """خلال الأيام الخمسة الماضية, خلال شهر أيلول, في الـ24 ساعة الماضية; خلال ثلاثة أيام is a duration and none."""
    j = i + 1
    found = units.last_amount(c, j)
    if found is None and units.is_year(c, j):  # خلال 2016
        return None if bare_noun(c.form(j + 1)) in counted_nouns() or c.form(j + 1) in ("/", "-") else units.year_at(c, j)
    while found is None and c.form(j) in ("ال", "(", "هذا", "هذه"):
        j += 1
    if found is not None or j >= c.end:
        return found
    role = role_at(c, j)
    return point_at(c, j, role) if role in ("unit", "month", "edge", "season", "part") else None


_READERS: Final[dict[str, Callable[[Cursor, int], Days | None]]] = {
    "today": weekdays.today,
    "yesterday": weekdays.yesterday,
    "tomorrow": weekdays.tomorrow,
    "tonight": weekdays.tonight,
    "weekday": weekdays.weekday,
    "ago": weekdays.before,
    "first": weekdays.first,
    "latest": units.latest,
    "after": weekdays.after,
    "feast": weekdays.feast,
    "unit": _unit,
    "month": _month,
    "season": months.season,
    "decade": _decade,
    "edge": _edge,
    "part": _part,
    "within": _within,
    "figure": months.figure,
    "ordinal": _ordinal,
    "numeral": units.elapsed,
}
