"""Days that are told by another day: بعدها بيومين, قبل ذلك بأسبوع, غداة المجزرة, بعد ثلاثة أيام على سقوطها, خلال عشرة أيام, يومها, في الشهر نفسه, يوم 19.

    >>> from datetime import date
    >>> from marsad.arabic.dates import find
    >>> from marsad.arabic.words import tokenise
    >>> words = tokenise("قصفت الطائرات البلدة في 3 أيلول، وبعدها بيومين دخلها الجيش")
    >>> found = find(words, date(2021, 9, 17))
    >>> [str(d.start) for d in chained(words, found, date(2021, 9, 17))]
    ['2021-09-03', '2021-09-05']

By which day is a guess: the last that the text told before, else, where something is said to lie so long back (بعد أسبوع على …), the reference day.
So `dates.find` does not give them: they are what a reader weighs for an event, beside the days that are told. So is a month or a year that an event is
named by (حرب 1967, معارك يونيو).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from marsad.arabic import date_months as months
from marsad.arabic import date_units as units
from marsad.arabic import days as d
from marsad.arabic import numerals
from marsad.arabic.counted import bare_noun, counted_nouns
from marsad.arabic.date_units import Cursor
from marsad.arabic.date_words import FINAL, LASTING, NEXT, NEXT_ONE, OF_IT, OF_THEN, ORDINAL_HEADS, PAUSES, SAME, SELF, UNITS, each
from marsad.arabic.days import Days
from marsad.arabic.words import Words

if TYPE_CHECKING:
    from marsad.arabic.dates import Date

_BESIDE: Final = 3  # … and so few that both tell of one event
_REACH: Final = 60  # words between a day and what is counted from it
_AFTER: Final = each("بعد عقب")
_BEFORE: Final = each("قبل")
_AFTER_IT: Final = each("بعدها بعده بعدهما بعدئذ")
_BEFORE_IT: Final = each("قبلها قبله قبلهما")
_THAT: Final = each("ذلك هذا")
_MORROW: Final = each("غداة")
_OF: Final = each("على من")
_DURING: Final = each("خلال في طيلة طوال مدى مدار غضون")
_AHEAD: Final = each("مقبلة قادمة مقبلين قادمين آتية")
_ADVERBS: Final = each("ونيف فقط بالضبط تماما تقريبا كاملا كاملة كامل واحد واحدة")
_THEN: Final = each("يومها يومذاك يومئذ حينها حينذاك حينئذ وقتها وقتذاك آنذاك ليلتها عامئذ")
_UNITS_OF_SAME: Final = {"day": each("اليوم الليلة"), "month": each("الشهر"), "year": each("العام السنة")}
_DAYS: Final = each("يوم ليلة فجر صباح ظهر عصر مساء ليل")
_DATES: Final = each("في وفي ففي يوم ليلة حتى وحتى إلى منذ مساء صباح فجر ليل")
"""Behind these السابع منه is a day."""
_SINCE_THEN: Final = each("مرور")
_LASTED: Final = each("استمر استمرت دام دامت استغرق استغرقت امتد امتدت")
_FOR: Final = each("لمدة مدة طوال طيلة")
_EVENTS: Final = each(
    "حرب نكسة نكبة انتفاضة ثورة مجزرة مجازر أحداث انقلاب غزو اجتياح معركة معارك اشتباكات مواجهات هجوم هجمات عملية قصف غارات ضربات تفجير",
    "تفجيرات حصار هدنة اتفاق مظاهرات تظاهرات احتجاجات",
)
"""Words for events that a month or a year may stand behind: معارك يونيو, حرب 1967."""
_OF_THIS: Final = {"week": each("الأسبوع"), "month": each("الشهر"), "year": each("العام")}
_AMOUNTS: Final = frozenset(unit for unit in UNITS if not unit.startswith("ال")) | each(
    "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة ثلاث أربع خمس ست سبع ثماني تسع عشر"
)
_SEVERAL: Final = each("الأيام اليومين")
_STARTS: Final = frozenset[str]().union(
    *(
        _AFTER,
        _BEFORE,
        _AFTER_IT,
        _BEFORE_IT,
        _MORROW,
        _DURING,
        _THEN,
        SAME,
        OF_THEN,
        _DAYS,
        _SINCE_THEN,
        _LASTED,
        LASTING,
        _AMOUNTS,
        _EVENTS,
        ORDINAL_HEADS,
        _SEVERAL,
    ),
    *(*_UNITS_OF_SAME.values(), *_OF_THIS.values()),
)
_MOST: Final = 40  # days or weeks: a longer span is no time of one happening
_LONGEST: Final = 400  # days that something lasted
_HOURS: Final = 240
_LAST_DAY, _LONGEST_DAY = 31, 2  # of a month, and its letters
_FIRST_NIGHTS: Final = 3  # ليلة الأول may be of a feast; ليل العاشر is a day of the month told before
_NAMED_ALONE: Final = 11  # الحادي عشر; what is less (ليلة الأول، صباح الثاني) may count something else


def chained(words: Words, found: Sequence[Date], reference: datetime.date | None) -> list[Date]:
    """The dates `found` in a text, and those that are counted from them or from the day `reference`, in order, none overlapping."""
    from marsad.arabic.dates import Date

    cursor = Cursor(words, 0, len(words), reference)
    out: list[Date] = []
    last: Date | None = None  # the last single days, as dates of a month or a year are counted from by nobody
    told: Date | None = None  # the last date of all
    begin = 0
    for known in [*found, None]:
        end = known.first if known is not None else len(words)
        i = begin
        while i < end:
            form = _bare(words.forms[i])
            days = None
            same = last.end if last is not None and (form in _STARTS or form[0].isdecimal()) and same_sentence(cursor, last.last, i) else None
            if form in _STARTS:
                anchor = last.end if last is not None and i - last.last <= _REACH else None
                beside = anchor if last is not None and i - last.last <= _BESIDE else None
                days = (
                    _lasting(cursor, i, form, same if anchor is not None else None)
                    or _counted(cursor, i, form, anchor, beside, told)
                    or _named_by(cursor, i, form, told)
                )
            elif form[0].isdecimal():
                days = _lasting(cursor, i, form, same) or _named_by(cursor, i, form, told)
            if days is None or days.last >= end or days.start is None:
                i += 1
                continue
            first = i + 1 if form in _EVENTS or form in LASTING else i
            offset = words.starts[first] + (first == i and form != words.forms[i])
            out.append(Date((offset, words.ends[days.last]), days.start, days.end, days.precision, first, days.last))
            last = out[-1] if days.precision == "day" else last
            told = out[-1]
            i = days.last + 1
        if known is not None:
            out.append(known)
            last = known if known.precision == "day" and known.end is not None else last
            told = known if known.start is not None else told
            begin = known.last + 1
    return out


def _named_by(c: Cursor, i: int, form: str, told: Date | None) -> Days | None:
    """What is told by the date before, or by half a date: يومها, في الشهر نفسه, تلك الليلة, الأسبوع التالي, في 17 منه, يوم 19, خلال الشهر, حرب 1967."""
    if form in _THEN:
        return _again(told, "day", i)
    if form in ORDINAL_HEADS:
        nth = months.ordinal_at(c, i)
        told_of = nth is not None and c.form(i - 1) in _DATES and (c.form(nth[1]) in OF_IT or (form == c.forms[i] and _stands_alone(c, *nth)))
        return _of_number(c, nth[0], told, nth[1] - (c.form(nth[1]) not in OF_IT)) if nth is not None and told_of and told is not None else None
    if form in SAME or (form in OF_THEN and c.form(i - 1) not in _BEFORE):
        return next((_again(told, unit, i + 1) for unit, names in _UNITS_OF_SAME.items() if c.form(i + 1) in names), None)
    if form in _SEVERAL or c.form(i + 1) in NEXT_ONE:
        return _behind(c, i, form, told)
    if c.form(i + 1) in SELF:
        return next((_again(told, unit, i + 1) for unit, names in _UNITS_OF_SAME.items() if form in names), None)
    if form in _EVENTS:
        year = units.is_year(c, i + 1) and bare_noun(c.form(i + 2)) not in counted_nouns()
        return units.year_at(c, i + 1) if year else months.month_of_event(c, i + 1)
    if form in _DURING and form != "في" and c.form(i + 2) not in SELF | NEXT_ONE | ORDINAL_HEADS | FINAL:
        return next((d.whole(c.reference, unit, 0, i + 1) for unit, names in _OF_THIS.items() if c.form(i + 1) in names and c.reference), None)
    if form in _DAYS:
        return _on_day(c, i + 2 if c.form(i + 1) == "ال" else i + 1, told)
    if form[0].isdecimal() and c.form(i + 1) in OF_IT and told is not None:
        return _on_the(c, i, told, i + 1)
    if form[0].isdecimal() and c.form(i + 1) in _OF_THIS["month"] and c.form(i - 1) in ("في", "يوم", "ليله"):
        return _on_the(c, i, told, i + 1)
    return None


def _stands_alone(c: Cursor, number: int, behind: int) -> bool:
    """«في الخامس عشر هاجم …» behind a date: a day of its month; in «في الثاني عشر من الأبراج» and «في الحادي عشر كيلومترا» it is none."""
    following = c.form(behind)
    return number >= _NAMED_ALONE and following not in ("من", "شهر") and bare_noun(following) not in counted_nouns()


def _behind(c: Cursor, i: int, form: str, told: Date | None) -> Days | None:
    """الأسبوع التالي, في الشهر التالي, العام الموالي, خلال الأيام الثلاثة التالية: what lies right behind the date told before."""
    if told is None or told.end is None:
        return None
    try:
        if form in _SEVERAL:
            number, k = (2, i + 1) if form == "اليومين" else numerals.value_at(c.words, i + 1, c.end) or (0, i + 1)
            first, last = told.end + datetime.timedelta(1), told.end + datetime.timedelta(number)
            return Days(first, last, "day", k) if number and c.form(k) in NEXT_ONE else None
        if form in _OF_THIS["week"]:
            return Days(told.end + datetime.timedelta(1), told.end + datetime.timedelta(7), "week", i + 1)
        if form in _OF_THIS["month"]:
            first = d.months_before(told.end, -1)
            return d.month(first.year, first.month, i + 1)
        return d.year(told.end.year + 1, i + 1) if form in _UNITS_OF_SAME["year"] else None
    except (OverflowError, ValueError):
        return None


def _on_day(c: Cursor, j: int, told: Date | None) -> Days | None:
    """يوم 19, يوم الـ21, ليل السابع والعشرين; in يوم 19 قتيلا and يوم 3 من … the figure is none of a day."""
    nth = months.ordinal_at(c, j) if c.form(j) in ORDINAL_HEADS else None
    following = c.form(j + 1 if nth is None else nth[1])
    counted = bare_noun(following) in counted_nouns() and not following.startswith("ب")
    if counted or (following.startswith("من") and following not in OF_IT):
        return None
    if nth is None:
        return _on_the(c, j, told)
    of_it = following in OF_IT
    night = c.form(j - 1).lstrip("وف") in ("ليل", "ليله") and nth[0] > _FIRST_NIGHTS and told is not None
    return _of_number(c, nth[0], told, nth[1] - (not of_it)) if nth[0] >= _NAMED_ALONE or of_it or night else None


def _again(told: Date | None, unit: str, last: int) -> Days | None:
    """The day, the month or the year of the date told before; what it has no day for is as coarse as it is."""
    if told is None or told.start is None or told.end is None:
        return None
    if unit == "year":
        return d.year(told.start.year, last)
    if unit == "month" and (told.start.year, told.start.month) == (told.end.year, told.end.month):
        return d.month(told.start.year, told.start.month, last)
    return Days(told.start, told.end, told.precision, last) if unit == "day" else None


def _on_the(c: Cursor, j: int, told: Date | None, last: int | None = None) -> Days | None:
    """The day of the figure at token `j`."""
    form = c.form(j)
    if not form.isdecimal() or len(form) > _LONGEST_DAY or not 1 <= int(form) <= _LAST_DAY:
        return None
    return _of_number(c, int(form), told, j if last is None else last)


def _of_number(c: Cursor, number: int, told: Date | None, last: int) -> Days | None:
    """The day of such a number: of the month told before, else the last such day up to the reference day."""
    anchor = told.start if told is not None and told.precision in ("day", "month") else None
    base = anchor or c.reference
    if base is None:
        return None
    limit = None if anchor and c.reference and anchor > c.reference else c.reference  # what is told lies behind the report, unless the month lies ahead
    for back in (0, 1, 2):
        first = d.months_before(base, back).replace(day=1)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if limit is None or day <= limit:
            return d.one(day, last)
    return None


def _bare(form: str) -> str:
    return form[1:] if form[:1] in ("و", "ف") and form[1:] in _STARTS else form


def same_sentence(c: Cursor, first: int, last: int) -> bool:
    """Whether nothing between two tokens ends a sentence; far from each other they stand in none, however long the text goes on without a stop."""
    if last - first > _SENTENCE:
        return False
    begin, end = c.words.starts[first], c.words.starts[last]
    return "\n" not in c.words.text[begin:end] and _STOPS.isdisjoint(c.forms[first:last])


_SENTENCE: Final = 200  # words that one has at the most
_STOPS: Final = frozenset((".", "؟", "!", "؛"))


def _lasting(c: Cursor, i: int, form: str, anchor: datetime.date | None) -> Days | None:
    """معارك استمرت خمسة أيام, حصار ثلاثة أسابيع, بعد شهر من الحصار, ثلاثة أيام من القتال: so long, up to the day that the sentence told
    before, else to the reference day; إضراب عام is no year of it."""
    if form in _LASTED and c.form(i - 1) in PAUSES:
        return None  # بعد توقف دام شهرين
    lasted = form in _LASTED or form in LASTING
    end, j = anchor or c.reference, i + (lasted or form in _AFTER | _DURING)
    j += form in _LASTED and c.form(j) in _FOR
    number, unit, last = _amount(c, j)
    if end is None or not number or unit == "hour" or (form in LASTING and number == 1 and unit in ("day", "year")):
        return None
    while c.form(last + 1) in _ADVERBS:
        last += 1
    if not lasted and not (c.form(last + 1) == "من" and c.form(last + 2) in LASTING):
        return None
    if unit in ("day", "week"):
        length = number * (7 if unit == "week" else 1) - lasted
        return Days(end - datetime.timedelta(length), end, "day", last) if length <= _LONGEST else None
    month = d.months_before(end, number * (12 if unit == "year" else 1))
    return Days(d.same_day(end, month.year, month.month), end, "month" if unit == "month" else "year", last)


def _counted(c: Cursor, i: int, form: str, anchor: datetime.date | None, beside: datetime.date | None, told: Date | None) -> Days | None:
    """What `form` at token `i` counts; `anchor`: the last day that was told before it, and not too far before; `beside`: if it stands so near that
    what happened so long after something happened on it («قتلوا أمس، بعد يومين من سقوطها»)."""
    if form in _MORROW:
        return _moved(anchor, 1, "day", i) if c.form(i + 1).startswith("ال") or len(c.form(i + 1)) > 3 else None
    if form in _AFTER_IT or form in _BEFORE_IT:
        return _by(c, i + 1, anchor, 1 if form in _AFTER_IT else -1)
    if (form in _AFTER or form in _BEFORE) and c.form(i + 1) in _THAT:
        return _by(c, i + 2, anchor, 1 if form in _AFTER else -1)
    if form in _DURING:
        return _span(c, i)
    if form in _SINCE_THEN:
        number, unit, last = _amount(c, i + 1)
        return _moved(c.reference, -number, unit, last) if number and c.form(last + 1) == "علي" else None
    if form not in _AFTER and form not in _BEFORE:
        return None
    number, unit, last = _amount(c, i + 1)
    if not 0 < number <= (_HOURS if unit == "hour" else _MOST):
        return None
    while c.form(last + 1) in _ADVERBS:
        last += 1
    if c.form(last + 1) in _OF and c.form(last + 2) in OF_THEN:
        return _moved(anchor, number if form in _AFTER else -number, unit, last + 2)  # بعد يومين من ذلك
    if form in _BEFORE:
        return None
    if c.form(last + 1) in _OF:
        return None if c.form(last + 2) in ("الان", "اليوم") else _moved(beside or c.reference, -number, unit, last)
    if told is not None and told.start is not None and told.precision == "month" and unit in ("month", "year") and same_sentence(c, told.last, i):
        return _moved(told.start, number * (12 if unit == "year" else 1), "month", last)  # في حزيران 2014 … بعد عام
    days = _moved(anchor, number, unit, last)
    if days is None or days.start is None or c.reference is None or anchor is None:
        return days
    return None if anchor <= c.reference < days.start else days


def _amount(c: Cursor, j: int) -> tuple[int, str, int]:
    """How much time stands at token `j`: how many (0 for none and for a bare plural), the unit, the last token."""
    number, unit, last = (units.amount(c, j) if j < c.end else None) or (None, "", j)
    return number or 0, unit, last


def _by(c: Cursor, j: int, anchor: datetime.date | None, sign: int) -> Days | None:
    """بعدها بيومين, قبل ذلك بنحو أسبوع, بعد ذلك بساعات: by how much."""
    number, unit, last = _amount(c, j) if c.form(j).startswith("ب") else (0, "", j)
    if not number and unit == "hour":
        return _moved(anchor, 0, unit, last)
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
        if unit == "year":
            return d.year(anchor.year + number, last)
    except (OverflowError, ValueError):
        return None
    return None


def _span(c: Cursor, i: int) -> Days | None:
    """خلال عشرة أيام, في 72 ساعة: those up to the reference day, if nothing says that they are to come."""
    number, unit, last = _amount(c, i + 1)
    if c.reference is None:
        return None
    most = _MOST if unit in ("day", "week") else _HOURS if unit == "hour" and number % 24 == 0 else 0
    if not (unit == "week" or number > 1) or not 0 < number <= most:
        return None
    if c.form(last + 1) in NEXT or c.form(last + 1) in _AHEAD or c.form(last + 1) in _OF:
        return None
    if unit == "week":
        return Days(c.reference - datetime.timedelta(7 * number), c.reference, "week", last)
    return d.last_units(c.reference, number, unit, last)
