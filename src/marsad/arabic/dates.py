"""Dates in running Arabic text, as intervals of days that keep their words.

    >>> from datetime import date
    >>> monday = date(2018, 12, 3)
    >>> [(str(d.start), str(d.end), d.precision) for d in find("فجر أمس ويوم السبت الماضي", monday)]
    [('2018-12-02', '2018-12-02', 'day'), ('2018-12-01', '2018-12-01', 'day')]
    >>> [(str(d.start), str(d.end), d.precision) for d in find("في الثالث من كانون الأول 2017 وعام 2013", None)]
    [('2017-12-03', '2017-12-03', 'day'), ('2013-01-01', '2013-12-31', 'year')]

Read are relative words (فجر اليوم, أول أمس, قبل ثلاثة أيام), weekdays, absolute dates in the Levantine, the Egyptian and
Gulf, the Maghrebi and the Hijri month names, figures (3/12/2018), years, and ranges of these. A relative date needs the
reference day; without one its `start` and `end` are None and its precision is "unknown". Conventions (which Saturday,
which week): the annotation guide, "Fields of an event". A date's words take in the part of the day, يوم, شهر, عام, هذا,
منذ, خلال, and من or بين of a range, but no other preposition.

This is the door and the ranges; the single dates are read in `date_points`, `date_weekdays`, `date_months`, `date_units`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from marsad.arabic import date_months as months
from marsad.arabic import date_units as units
from marsad.arabic import date_weekdays as weekdays
from marsad.arabic import days as d
from marsad.arabic.counted import bare_noun, counted_nouns
from marsad.arabic.date_points import is_figure_date, point_at, role_at
from marsad.arabic.date_units import Cursor
from marsad.arabic.date_words import (
    DAYPARTS,
    HIJRI,
    ORDINAL_HEADS,
    STARTS,
    UNITS,
    WEEKDAYS,
    bare,
    role_of,
    roles,
)
from marsad.arabic.days import Days, Recurs
from marsad.arabic.words import Words, tokenise
from marsad.model import Precision, Span


@dataclass(frozen=True, slots=True)
class Date:
    """An interval of days, both ends included, and its words; `first` and `last` are the tokens of `span`."""

    span: Span
    start: datetime.date | None
    end: datetime.date | None
    precision: Precision
    first: int
    last: int
    since: bool = False  # منذ: it holds from `start` on
    recurs: Recurs = ""


def find(text: str | Words, reference: datetime.date | None) -> list[Date]:
    """The dates that `text` tells, in order, none overlapping, resolved against the day `reference`."""
    words = tokenise(text) if isinstance(text, str) else text
    return find_in(words, 0, len(words), reference)


def find_in(words: Words, begin: int, end: int, reference: datetime.date | None) -> list[Date]:
    """The dates among the tokens `begin` … `end` (excluded)."""
    forms, memo = words.forms, roles
    cursor = Cursor(words, begin, end, reference)
    out: list[Date] = []
    i = begin
    while i < end:
        role = memo.get(forms[i], "")
        if role is None:
            i += 1
            continue
        try:
            found = _date_at(cursor, i, role or role_of(forms[i]))
        except OverflowError:  # beyond the first or the last day of the calendar
            found = None
        if found is None:
            i += 1
            continue
        out.append(found)
        cursor.previous = found
        i = cursor.taken = found.last + 1
    return out


def shifted(found: Date, offset: int, tokens: int) -> Date:
    """`found` moved by `offset` characters and `tokens` tokens: for a text that was read in parts."""
    begin, end = found.span
    return replace(found, span=(begin + offset, end + offset), first=found.first + tokens, last=found.last + tokens)


# --- one date -------------------------------------------------------------------------------------------------------


def _date_at(c: Cursor, i: int, role: str | None) -> Date | None:
    """The date that begins at token `i`, with the part of the day in front of it."""
    whole = _WHOLE.get(role or "")
    if whole is not None:
        return whole(c, i)
    days = point_at(c, i, role)
    if days is None:
        return None
    days = _up_to_another(c, i, days) or days
    second = _and_to(c, i, days)
    return _date(c, _left_edge(c, i), d.join(_of_one_week(c, i, days, second), second) if second is not None else days)


def _up_to_another(c: Cursor, i: int, days: Days) -> Days | None:
    """26 فبراير - 3 مارس 2024, 18/9/2014 - 24/9/2014, الأول من آذار ولغاية السبت 6 نيسان: the days from one to the other, the first in the second's year."""
    k = days.last + 1
    if days.precision != "day" or k >= c.end or not (c.forms[k] in _DASHES or c.forms[k] in _UP_TO) or not _is_of_a_month(c, i):
        return None
    j = _skip_parts(c, k + 1)
    if j >= c.end or "\n" in c.words.text[c.words.ends[days.last] : c.words.starts[j]]:
        return None  # the days of a log, one a line
    later = point_at(c, j) if _is_of_a_month(c, j) else None
    if later is None or later.precision != "day" or later.end is None or _in_hijri(c, i, days.last) != _in_hijri(c, j, later.last):
        return None
    reference, c.reference = c.reference, later.end
    first = point_at(c, i)
    c.reference = reference
    return d.join(first, later) if first is not None and first.start is not None and first.start < later.end else None


def _is_of_a_month(c: Cursor, i: int) -> bool:
    """Whether a date at token `i` is told by a day's number, whatever weekday stands in front of it."""
    return role_at(c, i) in ("figure", "ordinal") or (role_at(c, i) == "weekday" and weekdays.absolute_after(c, i) is not None)


def _in_hijri(c: Cursor, first: int, last: int) -> bool:
    """Whether a date is of the Hijri calendar: 8 مارس 2024 - 27 شعبان 1445 are one day."""
    return any(form in _HIJRI_HEADS for form in c.forms[first : last + 1])


_HIJRI_HEADS: Final = frozenset(name.split()[0] for name in HIJRI)


def _of_one_week(c: Cursor, i: int, days: Days, second: Days) -> Days:
    """يومي السبت والأحد الماضيين, told on a Sunday: the Saturday before that Sunday, and not the one behind it."""
    if role_at(c, i) != "weekday" or days.start is None or days.end is None or second.start is None or second.start >= days.start - datetime.timedelta(1):
        return days
    week = datetime.timedelta(7)
    return days._replace(start=days.start - week, end=days.end - week)


def _date(c: Cursor, first: int, days: Days, *, since: bool = False) -> Date:
    start, end, precision = days.start, days.end, days.precision
    if start is None or end is None:
        start = end = None
        precision = "unknown"
    offset, form = c.words.starts[first], c.forms[first]
    if form not in STARTS and form[0] in "وفبلك" and form not in DAYPARTS:
        for cut in (1, 2):
            if form[cut:] in STARTS or form[cut:] in DAYPARTS:
                offset += cut
                break
    return Date((offset, c.words.ends[days.last]), start, end, precision, first, days.last, since, "" if since else days.recurs)


def _left_edge(c: Cursor, i: int) -> int:
    """The first token of a date at `i`: the part of the day, يوم, هذا stand in front of it."""
    forms, k = c.forms, i
    if k - 1 >= c.taken and bare(forms[k - 1]) in ("هذا", "هذه") and forms[k] in UNITS:
        k -= 1
    while k - 1 >= c.taken:
        before = forms[k - 1]
        form = before[1:] if before[0] in "وفبل" and len(before) > 3 and before not in DAYPARTS else before
        if form == "بعد" and forms[k] == "ظهر":
            k -= 1  # بعد ظهر أمس
        if form in ("بعد", "بعيد", "قبيل") or (form == "ساعات" and k - 2 < c.taken):
            break
        if form == "من" and not (k - 2 >= c.taken and (bare(forms[k - 2]) in DAYPARTS or forms[k - 2] in ("متاخر", "مبكر"))):
            break
        feast = form in ("اول", "ثاني", "ثالث", "رابع") and forms[k] == "ايام"
        if not (form in ("يوم", "من", "يومي", "ايام", "الليل") or form in DAYPARTS or feast):
            break
        k -= 1
    return k


# --- since, between, from … to --------------------------------------------------------------------------------------


_UP_TO: Final = ("الي", "حتي", "ولغايه", "وحتي", "لغايه")
_DASHES: Final = ("-", "–", "—")


def _since(c: Cursor, i: int) -> Date | None:
    """منذ: from a day, a month, a year, or so long ago, up to the reference day, or to the day that حتى tells (منذ عام 2011 حتى عام 2018)."""
    j = i + 1
    if j >= c.end:
        return None
    ranged = _pair(c, i, j, _UP_TO)
    if ranged is not None:
        return ranged
    span = units.amount(c, j)
    if span is not None:
        number, unit, last = span
        if number is None and c.form(last + 1) in ("الصباح", "الفجر", "المساء", "الليل", "الظهر"):
            last += 1
            day = _day_of_hours(c, last + 1)
            if day is not None and day.start is not None:
                return _date(c, i, day._replace(end=c.reference), since=True)
        days = d.vaguely_ago(c.reference, unit, last) if number is None else d.ago(c.reference, number, unit, last)
        if days is not None and unit in ("month", "year") and number is not None and c.reference is not None and days.start is not None:
            days = days._replace(start=d.same_day(c.reference, days.start.year, c.reference.month if unit == "year" else days.start.month))
        return None if days is None else _date(c, i, days._replace(end=c.reference), since=True)
    within = _FROM_DAY.get(c.form(j), 1)
    while c.form(j) in DAYPARTS or c.form(j) in ("يوم", "ساعات", "هذا"):
        j += 1
    if j >= c.end:
        return None
    point = units.year_at(c, j) if units.is_year(c, j) else None
    if point is None or is_figure_date(c, j):
        point = point_at(c, j)
    if point is None:
        return None
    if point.start is None:
        return _date(c, i, point, since=True)
    start = point.start
    if point.precision == "month" and point.end is not None:
        start = max(start, start.replace(day=min(within, point.end.day)))
    end = c.reference if c.reference and c.reference >= start else point.end
    return _date(c, i, point._replace(start=start, end=end), since=True)


_FROM_DAY: Final = {"منتصف": 15, "اواسط": 15, "اواخر": 21, "نهايه": 31, "ختام": 31}
"""The day of a month from which on something goes: منذ منتصف نيسان, منذ أواخر آذار."""


def _day_of_hours(c: Cursor, j: int) -> Days | None:
    """The day whose first hours are told in front of token `j`: منذ ساعات الصباح | الأولى من يوم الخميس, منذ ساعات الفجر | أمس."""
    while c.form(j) in ("الاولي", "الباكر", "الباكره", "المبكره", "من") or bare(c.form(j) or " ") == "يوم":
        j += 1
    return point_at(c, j) if j < c.end and role_at(c, j) in _DAYS_BY_NAME else None


def _between(c: Cursor, i: int) -> Date | None:
    """بين … و…: two dates."""
    j = i + 1
    if c.forms[i] == "ما":
        if c.form(j) != "بين":
            return None
        j += 1
    if c.form(j) and bare(c.form(j)) in ("يومي", "عامي", "سنتي", "شهري", "تاريخي"):
        j += 1
    years = units.is_year(c, j) and units.is_year(c, j + 2)  # بين 2014-2017
    return _pair(c, i, j, ("و", "الي", "حتي", "-", "–") if years else ("و", "الي", "حتي"))


def _from_to(c: Cursor, i: int) -> Date | None:
    """من … إلى …; a single date behind من is read for itself."""
    if i + 1 >= c.end or (roles.get(c.forms[i + 1], "") is None and bare(c.forms[i + 1]) not in DAYPARTS):
        return None
    return _pair(c, i, i + 1, _UP_TO)


def _pair(c: Cursor, i: int, j: int, links: tuple[str, ...]) -> Date | None:
    """Two dates with a link between them. A first one without a year has the second one's: من 28 نوفمبر إلى 2 يناير 2018."""
    j = _skip_parts(c, j)
    if j >= c.end:
        return None
    days = _days_of_one_month(c, j, links)
    if days is not None:
        return _date(c, i, days)
    first = _end_point(c, j)
    if first is None:
        return None
    k = first.last + 1
    if c.form(k) in links:
        k += 1
    elif not ("و" in links and c.form(k)[:1] == "و" and len(c.form(k)) > 1):
        return None
    k = _skip_parts(c, k)
    second = (_of_its_month(c, k, first) or _end_point(c, k)) if k < c.end else None
    if second is None and first.precision == "month" and k < c.end:
        second = months.second_month(c, k)
    if second is None:
        return None
    if second.end is not None and second.precision in ("day", "month") and role_at(c, j) in ("figure", "ordinal", "month"):
        reference, c.reference = c.reference, second.end
        first = _end_point(c, j) or first
        c.reference = reference
    if first.start is not None and second.start is not None and first.start > second.start and role_at(c, j) == "weekday":
        return _date(c, i, second._replace(start=first.start - datetime.timedelta(7)))  # من الاثنين إلى الجمعة
    return _date(c, i, d.join(first, second))


def _of_its_month(c: Cursor, k: int, first: Days) -> Days | None:
    """28 منه, الأربعاء 28 منه behind من 22 فبراير وحتى: a day of the month in which a range begins."""
    k += bare(c.form(k)) in WEEKDAYS
    form = c.form(k)
    if not form or first.start is None or first.precision != "day":
        return None
    number, last = (int(form), k + 1) if form.isdecimal() and len(form) <= 2 else months.ordinal_at(c, k) or (0, k)
    if c.form(last) != "منه":
        return None
    try:
        return d.one(first.start.replace(day=number), last)
    except ValueError:
        return None


def _skip_parts(c: Cursor, j: int) -> int:
    while c.form(j) and (bare(c.form(j)) in DAYPARTS or bare(c.form(j)) in ("يوم", "شهر", "عام")):
        j += 1
    return j


def _end_point(c: Cursor, j: int) -> Days | None:
    """One end of a range: a date or a year."""
    return units.year_at(c, j) if units.is_year(c, j) and not is_figure_date(c, j) else point_at(c, j)


def _days_of_one_month(c: Cursor, j: int, links: tuple[str, ...]) -> Days | None:
    """من 3 إلى 5 ديسمبر, بين الأول والخامس من ديسمبر: the month stands behind the second day only."""
    form = c.forms[j]
    if form.isdecimal() and len(form) <= 2:
        days = months.figure(c, j) if c.form(j + 1) in links else None
        return days if days is not None and days.start != days.end else None
    first = months.ordinal_at(c, j) if bare(form) in ORDINAL_HEADS else None
    if first is None:
        return None
    if "و" in links and c.form(first[1])[:1] == "و":
        return months.ordinal(c, j)
    k = first[1] + 1
    second = months.ordinal(c, k) if c.form(first[1]) in links and k < c.end and role_at(c, k) == "ordinal" else None
    if second is None or second.start is None:
        return second
    try:
        return second._replace(start=second.start.replace(day=first[0]))
    except ValueError:
        return None


def _and_to(c: Cursor, i: int, days: Days) -> Days | None:
    """يومي السبت والأحد; السبت والأحد; أمس واليوم; ليل السبت - الأحد; ليلة السبت وحتى ظهر الأحد; 3 و4 ديسمبر is read with its month."""
    k = days.last + 1
    if days.precision != "day" or k >= c.end or days.start is None:
        return None
    before = bare(c.forms[i - 1]) if i > c.taken else ""
    if before == "يوم" and i - 2 >= c.taken:
        before = bare(c.forms[i - 2])
    if before in ("يومي", "ايام", "ليلتي") or weekdays.shared_modifier(c, i):
        return _days_listed(c, k)
    if c.forms[k][0] == "و" and role_at(c, i) in _DAYS_BY_NAME and role_at(c, k) in _DAYS_BY_NAME:
        other = point_at(c, k)
        aligned = other is not None and other.start is not None and (other.start - days.start).days in (1, -1, -_TO_SUNDAY)
        return other if aligned else None
    if c.forms[k] in ("حتي", "وحتي") and role_at(c, i) in _DAYS_BY_NAME:
        j = _skip_parts(c, k + 1)
        until = point_at(c, j) if j < c.end and role_at(c, j) in _DAYS_BY_NAME else None
        if until is not None and until.end is not None and until.end > days.start:
            return until
    dashed = c.forms[k] in ("-", "–", "/", "\\")
    if before in ("ليل", "ليله"):
        dashed = dashed or c.forms[k] in ("الي", "حتي", "علي")  # ليلة السبت إلى الأحد
    elif not dashed:
        return None
    following = c.form(k + dashed)
    if following not in WEEKDAYS or bare(c.forms[i]) not in WEEKDAYS:
        return None
    point = weekdays.weekday(c, k + dashed)
    if point is None or point.start is None:
        return None
    if point.start < days.start:  # on a Saturday, السبت - الأحد goes on to tomorrow
        week = datetime.timedelta(7)
        return point._replace(start=point.start + week, end=point.start + week)
    return point


_TO_SUNDAY: Final = 6  # days back, on a Saturday, to the Sunday of «السبت والأحد», which are those of the week before then
_DAYS_BY_NAME: Final = frozenset(("weekday", "today", "yesterday", "first"))


def _days_listed(c: Cursor, k: int) -> Days | None:
    """والجمعة والسبت behind أيام الخميس, وأول أمس behind يومي أمس: the last of them."""
    last: Days | None = None
    while c.form(k)[:1] == "و" or c.form(k) == "،":
        j = k if len(c.forms[k]) > 1 else k + 1
        if j >= c.end or not (role_at(c, j) in _DAYS_BY_NAME or role_at(c, j) == "figure"):
            break
        point = point_at(c, j)
        if point is None or point.start is None:
            break
        last, k = point, point.last + 1
    return last


def _bare_year(c: Cursor, i: int) -> Date | None:
    """في 2013: a year without its word; في 2013 منزلا is none."""
    j = i + 1
    if j >= c.end or not c.forms[j][0].isdecimal() or not units.is_year(c, j) or (c.form(j + 1) in ("/", "-") and c.form(j + 2)):
        return None
    return None if bare_noun(c.form(j + 1)) in counted_nouns() else _date(c, j, units.year_at(c, j))


def _its_day(c: Cursor, i: int) -> Date | None:
    """يومه الثالث, شهره الرابع: what still lasts, since it began."""
    days = weekdays.its_day(c, i)
    return None if days is None else _date(c, i, days, since=True)


_WHOLE: Final[dict[str, Callable[[Cursor, int], Date | None]]] = {
    "its day": _its_day,
    "since": _since,
    "between": _between,
    "from": _from_to,
    "in": _bare_year,
}
