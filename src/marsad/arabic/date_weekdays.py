"""Dates told from the reference day: اليوم, أمس, غدا, الليلة الماضية, الأحد, الجمعة الماضية, أول أيام عيد الفطر."""

from __future__ import annotations

from datetime import timedelta

from marsad.arabic import days as d
from marsad.arabic.counted import bare_noun, counted_nouns
from marsad.arabic.date_months import day_of_month, figure, ordinal, ordinal_at
from marsad.arabic.date_units import Cursor, ago_at, from_now, unit
from marsad.arabic.date_words import (
    DAYPARTS,
    DEADLINES,
    ITS_SPAN,
    LAST,
    NEXT,
    NEXT_ONE,
    NO_WEEKDAY_BEHIND,
    NOT_TODAY_AFTER,
    NOT_TODAY_BEFORE,
    OF_THEN,
    ORDINAL_HEADS,
    ORDINALS,
    SAME,
    SELF,
    TOMORROW,
    UNTIL,
    WEEKDAYS,
    YEAR_WORDS,
    YESTERDAY,
    bare,
    each,
    variants,
)
from marsad.arabic.days import Days, Recurs

_FEASTS = {"الفطر": (10, 1), "الاضحي": (12, 10)}
_FOLLOWS = each("يليه تلاه يلي أعقبه")
"""In اليوم الذي يليه."""
_PRECEDES = each("سبقه يسبقه")
_LONGEST_DAY = 2  # figures of a day of the month
_BEHIND_FIGURE = each("من في على / - % ٪ منهم آخرون آخرين")
"""Behind these a figure is no day's number."""
_A_WHILE = 60  # days back to a weekday of which the number alone is told
_LONGEST_ROW = 400  # of the days of what lasts; a longer one is a war, and not what is told of it
_RUNNING_FIGURE = 3  # figures of the days in a row
_FAR = 25  # words from a threat to its day
_FEAST_DAYS = {"اول": 0, "ثاني": 1, "ثالث": 2, "رابع": 3}


def today(c: Cursor, i: int) -> Days | None:
    """اليوم; اليوم التالي and اليوم نفسه lean on the date before; لليوم الثالث على التوالي is three days up to this one; اليوم السادس من الحرب is none."""
    following, before, previous = c.form(i + 1), c.form(i - 1), c.previous
    running = _running(c, i)
    if running is not None:
        return running
    if following in LAST and following not in NOT_TODAY_AFTER:
        return d.shifted_by(c.reference, -1, i + 1)  # خلال اليوم الماضي
    if following in NOT_TODAY_AFTER or following in ORDINAL_HEADS or (following == "ال" and c.form(i + 2).isdecimal()):
        if previous is None or previous.end is None:
            return None
        if following == "الذي" and c.form(i + 2) in _FOLLOWS:
            return d.one(previous.end + timedelta(1), i + 2)
        before_it = following == "السابق" or (following == "الذي" and c.form(i + 2) in _PRECEDES)
        if before_it and previous.precision == "day" and previous.start is not None:
            return d.one(previous.start - timedelta(1), i + 1 + (following == "الذي"))
        if following in NEXT_ONE:
            return d.one(previous.end + timedelta(1), i + 1)
        if following in SELF and previous.precision == "day":
            return Days(previous.start, previous.end, "day", i + 1)
        return None
    if before == "هذا" and c.form(i - 2) in ("مثل", "بمثل"):
        return _years_ago(c, i)
    if before in NOT_TODAY_BEFORE or (before == "الي" and c.form(i - 2) not in DAYPARTS):
        return None
    return _repeated(c, d.shifted_by(c.reference, 0, i))


def _years_ago(c: Cursor, i: int) -> Days | None:
    """«في مثل هذا اليوم من عام 2016», «… من العام الماضي»: the day of the year that is told; without a year none."""
    k = i + 1 + (c.form(i + 1) == "من")
    year = unit(c, k) if c.form(k) in YEAR_WORDS else None
    if year is None or year.start is None or c.reference is None:
        return None
    return d.one(d.same_day(c.reference, year.start.year, c.reference.month), year.last)


def _running(c: Cursor, i: int) -> Days | None:
    """لليوم الثالث, اليوم الخامس على التوالي: so many days, the last of them the reference day."""
    nth = _nth(c, i + 1)
    if nth is None:
        return None
    number, k = nth
    row = in_a_row(c, k)
    if number < 2 or not (row or c.forms[i] in ("لليوم", "ولليوم")) or c.form(k) in ("من", "شهر"):
        return None
    return _up_to_now(c, number, k + 1 if row else k - 1)


def _nth(c: Cursor, j: int) -> tuple[int, int] | None:
    """The number of a day in a row, and the token behind it: الثالث, الـ12."""
    figure_at = j + (c.form(j) == "ال")
    if c.form(figure_at).isdecimal() and len(c.form(figure_at)) <= _RUNNING_FIGURE:
        return int(c.form(figure_at)), figure_at + 1
    return ordinal_at(c, j) if j < c.end and c.forms[j] in ORDINAL_HEADS else None


def its_day(c: Cursor, i: int) -> Days | None:
    """يومه الثالث, يومها الـ150, شهره الرابع: so long since it began, up to the reference day; يومها الأول tells no such time."""
    nth = _nth(c, i + 1)
    if nth is None or not 1 < nth[0] <= _LONGEST_ROW or c.form(nth[1]) in ("من", "شهر"):
        return None
    unit = ITS_SPAN.get(bare(c.forms[i]), "day")
    if unit == "day" or c.reference is None:
        return _up_to_now(c, nth[0], nth[1] - 1)
    if unit == "week":
        return Days(c.reference - timedelta(7 * (nth[0] - 1)), c.reference, "week", nth[1] - 1)
    begun = d.months_before(c.reference, (nth[0] - 1) * (12 if unit == "year" else 1))
    return Days(d.same_day(c.reference, begun.year, begun.month), c.reference, "year" if unit == "year" else "month", nth[1] - 1)


def in_a_row(c: Cursor, k: int) -> bool:
    """على التوالي."""
    return c.form(k) == "علي" and c.form(k + 1) in ("التوالي", "التوال")


def _up_to_now(c: Cursor, number: int, last: int) -> Days:
    """So many days, the last of them the reference day."""
    return d.unknown(last) if c.reference is None else Days(c.reference - timedelta(number - 1), c.reference, "day", last)


def yesterday(c: Cursor, i: int) -> Days | None:
    """أمس, أمس الأول, قبل أمس."""
    if c.form(i + 1) in ("الاول", "الاولي") and c.form(i + 2) != "من":
        return _repeated(c, d.shifted_by(c.reference, -2, i + 1))
    return _repeated(c, d.shifted_by(c.reference, -2 if c.form(i - 1) == "قبل" else -1, i))


def before(c: Cursor, i: int) -> Days | None:
    """قبل أمس; else an amount of time."""
    return yesterday(c, i + 1) if c.form(i + 1) in YESTERDAY else ago_at(c, i)


def first(c: Cursor, i: int) -> Days | None:
    """أول أمس, أول من أمس, الأول من أمس; أول أيام عيد الفطر."""
    j = i + 2 if c.form(i + 1) == "من" else i + 1
    if c.form(j) in YESTERDAY:
        return _repeated(c, d.shifted_by(c.reference, -2, j))
    if c.form(j) in ("ايام", "يوم"):
        of = j + 2 if c.form(j + 1) == "من" else j + 1
        return feast(c, j + 1) if c.form(j + 1) in ("عيد", "العيد") else day_of_month(c, i, [1], of)
    if c.form(i + 1) == "الشهر" and c.form(i + 2) not in NEXT | LAST and c.reference is not None:
        return d.one(c.reference.replace(day=1), i + 1)  # في أول الشهر
    return day_of_month(c, i, [1], i + 1)  # أول ديسمبر


def tomorrow(c: Cursor, i: int) -> Days:
    """غدا, يوم غد."""
    return _repeated(c, d.shifted_by(c.reference, 1, i))


def after(c: Cursor, i: int) -> Days | None:
    """بعد غد, بعد أسبوع من الآن."""
    return _repeated(c, d.shifted_by(c.reference, 2, i + 1)) if c.form(i + 1) in TOMORROW else from_now(c, i)


def tonight(c: Cursor, i: int) -> Days | None:
    """الليلة, الليلة الماضية, الليلة قبل الماضية; الليلة نفسها is that of the date before, الليلة التالية the one behind it; لليلة الثالثة على التوالي is three
    nights up to this one; تلك الليلة, الليلة الأولى من الهدنة are told elsewhere."""
    told, following = c.previous, c.form(i + 1)
    if following in SELF:
        return Days(told.start, told.end, told.precision, i + 1) if told is not None and told.precision == "day" else None
    if following in NEXT_ONE:
        return d.one(told.end + timedelta(1), i + 1) if told is not None and told.end is not None else None
    nth = _night(c, i + 1)
    if nth or c.form(i - 1) in SAME | OF_THEN or c.forms[i] in ("لليله", "ولليله"):
        return _up_to_now(c, nth, i + 3) if nth > 1 and in_a_row(c, i + 2) else None
    if following in LAST:
        return d.shifted_by(c.reference, -1, i + 1)
    j = i + 2 if following == "ما" else i + 1
    if c.form(j) == "قبل" and c.form(j + 1) in LAST:
        return d.shifted_by(c.reference, -2, j + 1)
    return d.shifted_by(c.reference, 0, i)


def _night(c: Cursor, i: int) -> int:
    """The number that the feminine ordinal at token `i` tells, 0 if there is none: الثالثة, الأولى."""
    form = c.form(i)
    return 1 if form == "الاولي" else ORDINALS.get(form.removesuffix("ه"), 0) if form.endswith("ه") else 0


def _repeated(c: Cursor, days: Days) -> Days:
    """اليوم الاثنين, أمس (الأحد), and a full date behind it: the weekday and the date only repeat the day."""
    forms, k = c.forms, days.last + 1
    while c.form(k) in ("(", "،", "-", "يوم") and k < days.last + 3:
        k += 1
    if c.form(k) not in WEEKDAYS or k > days.last + 2:
        return absolute_after(c, days.last) or days
    if forms[days.last + 1] == "،":
        return days
    full = absolute_after(c, k)
    if full is not None:
        return full
    target = WEEKDAYS[forms[k]]
    if days.start is not None and days.start.weekday() != target:
        # written a day later or earlier than the reference day: the weekday is the firmer word
        for day in (days.start - timedelta(1), days.start + timedelta(1)):
            if day.weekday() == target:
                return d.one(day, k)
    return days._replace(last=k + 1 if forms[k - 1] == "(" and c.form(k + 1) == ")" else k)


def weekday(c: Cursor, i: int) -> Days | None:
    """الأحد: the nearest one up to the reference day; الماضي is never that day itself, المقبل lies behind it; الأحد الماضي (3 مارس) is that full date."""
    form = bare(c.forms[i]) if c.forms[i] not in WEEKDAYS else c.forms[i]
    if form not in WEEKDAYS or c.follows(i, NO_WEEKDAY_BEHIND) or c.form(i + 1) == "عشر":
        return None
    told = absolute_after(c, i) or _of_week(c, i, WEEKDAYS[form])
    if told is not None:
        return told
    following, last = shared_modifier(c, i) or c.form(i + 1), i
    if c.form(i + 1) in LAST or c.form(i + 1) in NEXT:
        last = i + 1
    elif following in ("قبل", "ما") and c.form(i + 1 + (following == "ما") + 1) in LAST:
        last = i + 2 + (following == "ما")
    told = absolute_after(c, last) if last > i else None
    if told is not None:
        return told
    if c.reference is None:
        return d.unknown(last)
    back = (c.reference.weekday() - WEEKDAYS[form]) % 7
    recurs: Recurs = ""
    if last > i + 1:
        back = (back or 7) + 7
    elif following in LAST:
        back = back or 7
    elif following in NEXT or bare(c.form(i - 1) or " ") in TOMORROW or (back and _is_deadline(c, i)):
        back = back - 7
    else:
        recurs = "week"
    return d.shifted_by(c.reference, -back, last)._replace(recurs=recurs)


def _of_week(c: Cursor, i: int, day: int) -> Days | None:
    """الثلاثاء من الأسبوع الماضي: that day of the week; الأربعاء من الأسبوع نفسه: of the week, from Saturday on, in which the date before lies."""
    k = i + 2 + (c.form(i + 2) in ("هذا", "نفس", "ذات"))
    if c.form(i + 1) != "من" or c.form(k) != "الاسبوع":
        return None
    same, told = c.form(k + 1) in SELF or c.form(k - 1) in SAME, c.previous
    if same:
        if told is None or told.start is None or told.precision != "day":
            return None
        first, last = told.start - timedelta((told.start.weekday() - WEEKDAYS["السبت"]) % 7), k + (c.form(k + 1) in SELF)
    else:
        week = unit(c, k)
        if week is None or week.start is None:
            return week
        first, last = week.start, week.last
    return d.one(first + timedelta((day - first.weekday()) % 7), last)


def _is_deadline(c: Cursor, i: int) -> bool:
    """Whether a threat ends on the day at token `i`: أمهلت القوات السكان حتى صباح السبت."""
    k = i - 1
    while k > 0 and (c.form(k) in DAYPARTS or c.form(k) == "يوم"):
        k -= 1
    if c.form(k) not in UNTIL:
        return False
    for form in reversed(c.forms[max(0, k - _FAR) : k]):
        if form in (".", "\n"):
            return False
        if not DEADLINES.isdisjoint(variants(form)):
            return True
    return False


def shared_modifier(c: Cursor, i: int) -> str:
    """المقبلين in الأربعاء والخميس المقبلين; empty if there is none."""
    modifier = c.form(i + 2)
    if not modifier.endswith("ين") or c.form(i + 1)[:1] != "و" or c.form(i + 1)[1:] not in WEEKDAYS:
        return ""
    return modifier if modifier in LAST or modifier in NEXT else ""


def absolute_after(c: Cursor, i: int) -> Days | None:
    """A full date right behind a day: الاثنين 3 كانون الأول 2018, الاثنين الموافق 3/12, السبت (24 مارس)."""
    forms, k = c.forms, i + 1
    while k <= i + 3 and c.form(k) in ("(", "،", "الموافق", "ل", "في", "المصادف", "-", "للموافق"):
        k += 1
    form = c.form(k)
    if not form or not (form[0].isdecimal() or form in ORDINAL_HEADS or form == "اول"):
        return None
    of_next = _of_month_behind(c, k)
    if of_next is not None:
        return of_next
    found = figure(c, k) if form[0].isdecimal() else first(c, k) if form == "اول" else ordinal(c, k)
    if found is None:
        found = _of_that_number(c, i, k) if k == i + 1 + (c.form(i + 1) == "(") else None
    if found is None or found.precision not in ("day", "unknown"):
        return None
    closed = forms[k - 1] == "(" and c.form(found.last + 1) == ")"
    return found._replace(last=found.last + 1) if closed else found


def _of_that_number(c: Cursor, i: int, k: int) -> Days | None:
    """الأحد 27, الأربعاء (27): the last such weekday that was a 27th; in الخميس 29 متظاهرا, الخميس 21 في المدينة the figure counts."""
    target = WEEKDAYS.get(bare(c.form(i)), WEEKDAYS.get(c.form(i)))
    form, following = c.form(k), c.form(k + 1)
    if target is None or c.reference is None or not form.isdecimal() or len(form) > _LONGEST_DAY:
        return None
    if following in _BEHIND_FIGURE or following.startswith("ب") or bare_noun(following) in counted_nouns():
        return None
    days = (c.reference - timedelta(back) for back in range((c.reference.weekday() - target) % 7, _A_WHILE, 7))
    day = next((day for day in days if day.day == int(form)), None)
    return None if day is None else d.one(day, k)


def _of_month_behind(c: Cursor, k: int) -> Days | None:
    """The 2 of «السبت 2 والأحد 3 مارس», whose month stands behind the next day's figure."""
    following = c.form(k + 1)
    if not (c.form(k).isdecimal() and len(c.form(k)) <= 2 and following[:1] == "و" and following[1:] in WEEKDAYS and c.form(k + 2).isdecimal()):
        return None
    other = figure(c, k + 2)
    if other is None or other.start is None or not 0 < int(c.form(k)) < other.start.day:
        return None
    return d.one(other.start.replace(day=int(c.form(k))), k)


def feast(c: Cursor, i: int) -> Days | None:
    """أول أيام عيد الفطر, ثالث أيام العيد, صباح عيد الأضحى: the Hijri day nearest to the reference day; عيد الأضحى الماضي: the last one."""
    reference, before = c.reference, c.form(i - 1)
    name = "" if c.forms[i] == "العيد" else c.form(i + 1)
    feasts = [day for feast, day in _FEASTS.items() if feast == name or not name]
    among = bool(before) and bare(before) in ("ايام", "يوم")
    if not feasts or reference is None or not (among or before in DAYPARTS):
        return None
    year = d.hijri_of(reference)[0]
    try:
        options = [d.hijri_day(y, *day) for day in feasts for y in (year - 1, year, year + 1)]
    except (ValueError, OverflowError):
        return None
    last = i + 1 if name else i
    later = timedelta(_FEAST_DAYS.get(bare(c.form(i - 2) or " "), 0) if among else -(before == "عشيه"))
    modifier = c.form(last + 1)
    if modifier in LAST:
        return d.one(max(option + later for option in options if option + later < reference), last + 1)
    if modifier in NEXT:
        return d.one(min(option + later for option in options if option + later > reference), last + 1)
    return d.one(min(options, key=lambda option: abs((option - reference).days)) + later, last)
