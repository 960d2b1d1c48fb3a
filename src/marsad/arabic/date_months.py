"""Dates told by a month or by figures: 3 كانون الأول 2018, الثالث من آذار, 3/12/2018, رمضان الماضي, صيف 2014."""

from __future__ import annotations

from datetime import date, timedelta

from marsad.arabic import days as d
from marsad.arabic.date_units import Cursor, elapsed, is_year, unit, year_at
from marsad.arabic.date_words import (
    DAYPARTS,
    DOUBTFUL,
    EDGES,
    FINAL,
    FIRST_MONTHS,
    HIJRI,
    LAST,
    MONTH_WORDS,
    MONTHS,
    NAMED_EVENTS,
    NAMED_PLACES,
    NAMES_BEFORE,
    NEXT,
    OF_IT,
    OF_THEN,
    ORDERED,
    ORDINAL_HEADS,
    ORDINALS,
    SAME,
    SELF,
    THIS,
    TWO_WORD_HEADS,
    WEEKDAYS,
    YEAR_WORDS,
    YESTERDAY,
    bare,
    each,
    month_bare,
)
from marsad.arabic.days import Days

_DATE_CUES = each("في يوم بتاريخ تاريخ الموافق منذ حتى إلى من بين مساء ليلة صباح فجر ظهر قبل بعد ( و - –")
_WEEKDAYS = frozenset(WEEKDAYS)
_THIS_MONTH = each("الجاري الحالي")
_BEFORE_ORDINAL = each("اليوم الموافق المصادف إلى")
_OF_THE_YEAR = each("العام السنة للعام للسنة بالعام بالسنة")
_BEFORE_YEAR = ("من", "عام", "سنه", "العام", "لعام", "لسنه", "،", ",", "للعام", "المبارك", "الميلادي")
_ERAS = ("م", "هـ", "ه", "هجريه", "هجري", "ميلادي", "للهجره")
_BEFORE_MONTH = ("في", "وفي", "منذ", "خلال", "حتي", "من", "الي", "بين", "قبل", "بعد", "نهايه", "اخر")
_UP_TO_DAY = ("و", "-", "–", "الي", "حتي", "وحتي", "لغايه", "ولغايه", "،")
_BEFORE_NOUN = ("في", "وفي", "منذ", "ومنذ", "خلال", "بين")
"""Behind these stands no verb: في مارس, منذ آب."""


# --- a day of a month -----------------------------------------------------------------------------------------------


def figure(c: Cursor, i: int) -> Days | None:
    """3 كانون الأول 2018, 3/12/2018, 2018-12-03, 3 و4 ديسمبر."""
    found = _numeric(c, i) or elapsed(c, i)
    if found is not None:
        return found
    form = c.forms[i]
    return day_of_month(c, i, [int(form)], i + 1) if form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31 else None


def ordinal_at(c: Cursor, i: int) -> tuple[int, int] | None:
    """The ordinal at token `i` and the token behind it: الثاني والعشرين."""
    head = c.forms[i] if c.forms[i] in ORDINAL_HEADS else bare(c.forms[i])
    for size in (2, 1):
        n = ORDINALS.get(" ".join([head, *c.forms[i + 1 : i + size]]))
        if n is not None and i + size <= c.end:
            return n, i + size
    return None


def ordinal(c: Cursor, i: int) -> Days | None:
    """الثالث من ديسمبر, الثاني والعشرين من شهر آذار, السادس والسابع من أبريل, في الرابع مارس, الثاني عشر من هذا الشهر."""
    before, found = c.form(i - 1), ordinal_at(c, i)
    dated = before in _BEFORE_ORDINAL or before in WEEKDAYS or before in YESTERDAY
    if before.startswith("ال") and not dated and c.forms[i][0] != "و":
        return None  # الأسبوع الأول من يناير
    numbers, k = list[int](), i
    while found is not None:
        numbers.append(found[0])
        k = found[1]
        found = ordinal_at(c, k) if c.form(k)[:1] == "و" else None
    named = c.form(k) in ("من", "شهر") or (before in _BEFORE_DAY and month_name(c, k) is not None)
    return day_of_month(c, i, numbers, k) if numbers and named else None


def day_of_month(c: Cursor, i: int, numbers: list[int], j: int) -> Days | None:
    """The days whose numbers end before token `j`: the month follows, by its name or as الشهر الجاري."""
    forms = c.forms
    while (c.form(j) in _UP_TO_DAY or (c.form(j) in ("/", "علي") and month_name(c, j + 2))) and c.form(j + 1).isdecimal():
        if len(forms[j + 1]) > 2 or int(forms[j + 1]) > 31:
            return None
        numbers.append(int(forms[j + 1]))
        j += 2
    while c.form(j) in ("من", "شهر") or (c.form(j) == "في" and forms[j - 1] == "من"):
        j += 1
    if c.form(j) in ("/", "-") and month_name(c, j + 1) is not None:
        j += 1  # 13/ آب/ 2016
    if c.form(j) == "الشهر":
        return (_day_of_told(numbers, unit(c, j)) or _day_of_this(c, numbers, j)) if forms[j - 1] == "من" else _day_of_last(c, i, numbers, j)
    if c.form(j) == "هذا" and c.form(j + 1) == "الشهر" and forms[j - 1] == "من":
        return _day_of_this(c, numbers, j + 1)  # 13 من هذا الشهر
    if c.form(j) in SAME and c.form(j + 1) == "الشهر" and forms[j - 1] == "من":
        told_before = c.previous.start if c.previous is not None else None  # 7 من نفس الشهر
        return None if told_before is None else _day_of_told(numbers, d.month(told_before.year, told_before.month, j + 1))
    if c.form(j) in _THIS_MONTH:
        return _day_of_this(c, numbers, j)  # الأحد 25 الجاري
    month = month_name(c, j)
    if month is None:
        return None
    number, hijri, last = month
    year, last, told = _year_after(c, number, last, hijri)
    if c.follows(i, NAMED_PLACES) or (c.follows(i, NAMED_EVENTS) and not is_year(c, last)):
        c.named = last
        return None  # شارع 15 مايو, هجمات 11 سبتمبر
    if year is None:
        return d.unknown(last)
    try:
        points = [d.hijri_day(year, number, n) if hijri else _placed(c, date(year, number, n), last, told) for n in numbers]
    except (ValueError, OverflowError):
        return None
    return Days(min(points), max(points), "day", last, "" if told or hijri else "year")


def _day_of_last(c: Cursor, i: int, numbers: list[int], j: int) -> Days | None:
    """«في 28 الشهر الماضي»; «قتل 28 الشهر الماضي» are so many people."""
    return _day_of_told(numbers, unit(c, j)) if c.form(i - 1) in _BEFORE_DAY and c.form(j + 1) in LAST | _THIS_MONTH else None


_BEFORE_DAY = each("في وفي يوم ليلة بتاريخ منذ حتى")


def _day_of_told(numbers: list[int], month: Days | None) -> Days | None:
    """20 من الشهر الماضي."""
    if month is None or month.start is None:
        return month
    try:
        points = [month.start.replace(day=n) for n in numbers]
    except ValueError:
        return None
    return Days(min(points), max(points), "day", month.last)


def _day_of_this(c: Cursor, numbers: list[int], last: int) -> Days | None:
    """21 من الشهر: of the reference day's month, or of the one before, if it would lie ahead."""
    days = _day_of_told(numbers, d.whole(c.reference, "month", 0, last))
    if days is None or days.end is None or c.reference is None or days.end <= c.reference:
        return days
    return _day_of_told(numbers, d.whole(c.reference, "month", 1, last))


def _placed(c: Cursor, day: date, last: int, told: bool) -> date:
    """`day` in the year that is meant: the nearest if none is told, the next for المقبل, the last for الماضي."""
    reference = c.reference
    if reference is None:
        return day
    try:
        if told and c.forms[last - 1] not in _OF_THE_YEAR:
            if c.forms[last] in NEXT and day.month == reference.month:
                return day.replace(year=reference.year + (day.replace(year=reference.year) <= reference))
            if c.forms[last] in LAST and day.month == reference.month:
                return day.replace(year=reference.year - (day.replace(year=reference.year) >= reference))
        if told:
            return day
        if day > reference + timedelta(60):
            return day.replace(year=day.year - 1)
        if day < reference - timedelta(320):
            return day.replace(year=day.year + 1)
    except ValueError:
        pass
    return day


# --- months and their years -----------------------------------------------------------------------------------------


def month_name(c: Cursor, j: int) -> tuple[int, bool, int] | None:
    """A month at token `j`, pairs (يناير/كانون الثاني) included: (month, Hijri?, last token)."""
    while c.form(j) in ("شهر", "("):
        j += 1
    if j >= c.end:
        return None
    one = month_bare(c.forms[j])
    two = f"{one} {c.form(j + 1)}"
    found: tuple[int, bool, int]
    if two in MONTHS:
        found = MONTHS[two], False, j + 1
    elif one in MONTHS:
        found = MONTHS[one], False, j
    elif two in HIJRI:
        return HIJRI[two], True, j + 1
    elif one in HIJRI:
        return HIJRI[one], True, j
    else:
        return None
    k = found[2] + 1
    marked = c.form(k) in ("/", "(", "-", "\\", "|")
    if marked or c.form(k) in MONTHS or c.form(k) in TWO_WORD_HEADS:
        pair = month_name(c, k + marked)
        if pair is not None and pair[0] == found[0]:
            last = pair[2]
            found = found[0], False, last + 1 if c.form(k) == "(" and c.form(last + 1) == ")" else last
    return found


def _year_after(c: Cursor, month: int, last: int, hijri: bool) -> tuple[int | None, int, bool]:
    """The year of a month: told behind it, or by الماضي, الجاري, المقبل, or none: (year, last token, told?)."""
    k, reference = last + 1, c.reference
    while c.form(k) in _BEFORE_YEAR and k <= last + 3:
        k += 1
    if c.form(k) in ("/", "-") and is_year(c, k + 1):
        k += 1
    figure = c.form(k)
    if len(figure) == 4 and figure.isdecimal():
        year = int(figure)
        if 1300 <= year <= 1500 if hijri else 1900 <= year <= 2100:
            return year, k + 1 if c.form(k + 1) in _ERAS else k, True
    k = last + 1 + (c.form(last + 1) == "من")
    if c.form(k) in _OF_THE_YEAR and c.form(k + 1):
        year_ = _year_of_year(c, c.form(k + 1))
        if year_ is not None and not hijri:
            return year_, k + 1, True
    before = c.previous.start if c.previous is not None else None
    if (c.form(k) in SAME | OF_THEN) and c.form(k + 1) in _OF_THE_YEAR and before is not None and not hijri:
        return before.year, k + 1, True  # آب من ذلك العام
    if c.form(k) in OF_IT and before is not None and c.previous is not None and c.previous.precision != "day" and not hijri:
        return before.year, k, True  # في تموز 2015 … وفي آب منه
    if c.form(k) in ("هذا", "هذه") and c.form(k + 1) in _OF_THE_YEAR and reference is not None and not hijri:
        return reference.year, k + 1, True
    k = last + 1
    if reference is None:
        return None, last, False
    if hijri:
        return _hijri_year_after(c, month, last, reference)
    modifier = c.form(k)
    before_last = modifier == "قبل" and c.form(k + 1) in LAST  # ديسمبر قبل الماضي
    if modifier in LAST or before_last:
        return reference.year - before_last - (month >= reference.month), k + before_last, True
    if modifier in NEXT:
        return (reference.year if month > reference.month else reference.year + 1), k, True
    return (reference.year, k, True) if modifier in _THIS_MONTH else (reference.year, last, False)


def _year_of_year(c: Cursor, modifier: str) -> int | None:
    """من العام الماضي, العام الماضي, من العام نفسه."""
    if modifier in SELF:
        return c.previous.start.year if c.previous is not None and c.previous.start is not None else None
    if c.reference is None:
        return None
    return next((c.reference.year + n for words, n in ((LAST, -1), (THIS, 0), (NEXT, 1)) if modifier in words), None)


def _hijri_year_after(c: Cursor, month: int, last: int, reference: date) -> tuple[int, int, bool]:
    """The year of a Hijri month: the one that lies nearest, the last for الماضي, the next for المقبل."""
    year, current = d.hijri_of(reference)
    if c.form(last + 1) == "المبارك":
        last += 1
    modifier = c.form(last + 1)
    if modifier in NEXT:
        return year + (month <= current), last + 1, True
    if modifier in LAST:
        return year - (month >= current), last + 1, True
    return year - (month - current > 1), last + 1 if modifier in THIS else last, True


def month(c: Cursor, i: int) -> Days | None:
    """A month for itself: ديسمبر الماضي, شهر آذار 2018, في كانون الأول, • يناير: …; a bare name needs a word that makes it a date."""
    found = None if i <= c.named or c.follows(i, NAMES_BEFORE) else month_name(c, i)
    if found is None or c.words.text[c.words.starts[i] : c.words.ends[i]].endswith("إب"):  # the town, and not آب
        return None
    return _month(c, i, found, behind_month=c.form(i - 1) == "من" and c.form(i - 2) in ORDERED | FINAL)  # الأسبوع الأول من مارس


def month_of_event(c: Cursor, i: int) -> Days | None:
    """A month right behind the word for an event: معارك يونيو, انتفاضة آب 2023."""
    found = month_name(c, i)
    return None if found is None or found[1] else _month(c, i, found, named_by_event=True)


def _month(c: Cursor, i: int, found: tuple[int, bool, int], *, named_by_event: bool = False, behind_month: bool = False) -> Days | None:
    """The days of the month `found` at token `i`; `named_by_event`: the word for an event in front of it makes it a date; `behind_month`: another month does,
    or a part of it."""
    forms = c.forms
    number, hijri, last = found
    year, stop, told = _year_after(c, number, last, hijri)
    before = bare(forms[i - 1]) if i > 0 else ""
    named = before in MONTH_WORDS
    if hijri:
        if year is None or not (named or stop > last or before in EDGES or before in ("في", "خلال", "منذ")):
            return None
        return d.hijri_month(year, number, stop)
    if not ((told and stop > last) or named or behind_month or before in EDGES):
        firm = month_bare(forms[i]) not in DOUBTFUL or before in _BEFORE_NOUN
        if not firm or not (before in _BEFORE_MONTH or forms[i][0] in "وبل" or last > i or named_by_event or _heads(c, i, last)):
            return None
    if year is None:
        return d.unknown(stop)
    if not told and c.reference is not None and number - c.reference.month > 1:
        year -= 1
    return d.month(year, number, stop)._replace(recurs="" if told else "year")


def _heads(c: Cursor, i: int, last: int) -> bool:
    """«يناير: …», and in a line of its own or at the head of one «تموز. في 24 منه …»."""
    return c.form(last + 1) == ":" or (_opens_line(c, i) and (c.form(last + 1) == "." or _ends_line(c, last)))


def and_month(c: Cursor, one: Days) -> Days:
    """The further months of «شهري يناير وفبراير الماضيين», «أشهر ديسمبر ويناير وفبراير», by whose word for the year the first goes too."""
    k = one.last + 1
    second = second_month(c, k) if c.form(k)[:1] == "و" and k < c.end else None
    second = and_month(c, second) if second is not None else None
    if second is None or second.start is None or one.start is None:
        return one
    first = one if one.start <= second.start and one.start.year == second.start.year else None
    if first is None:
        year = second.start.year - (one.start.month > second.start.month)
        first = d.month(year, one.start.month, one.last)
    return d.join(first, second)


def second_month(c: Cursor, k: int) -> Days | None:
    """A month behind another, which needs no word that makes it a date: بين يناير ومارس."""
    found = month_name(c, k)
    return None if found is None or found[1] else _month(c, k, found, behind_month=True)


def season(c: Cursor, i: int) -> Days | None:
    """صيف عام 2014, خريف 2019, خريف العام الماضي: its three months; of a winter, which lies in two years, the year; الصيف الماضي: the last that is over."""
    if c.forms[i].startswith("ال"):
        return _last_season(c, i)
    j = i + 1
    while c.form(j) in ("هذا", "هذه"):
        j += 1
    year = unit(c, j) if c.form(j) in YEAR_WORDS else year_at(c, j) if is_year(c, j) else None
    first = FIRST_MONTHS.get(c.forms[i])
    if year is None or year.start is None or year.end is None or year.start.year != year.end.year or first is None:
        return year
    return d.join(d.month(year.start.year, first, year.last), d.month(year.start.year, first + 2, year.last))


def _last_season(c: Cursor, i: int) -> Days | None:
    first = FIRST_MONTHS.get(bare(c.forms[i]).removeprefix("ال"))
    if first is None or c.form(i + 1) not in LAST:
        return None
    if c.reference is None:
        return d.unknown(i + 1)
    year = c.reference.year - (c.reference.month <= first + 2)
    return d.join(d.month(year, first, i + 1), d.month(year, first + 2, i + 1))


# --- figures alone --------------------------------------------------------------------------------------------------


_LONGEST_DATE = 10  # letters: 03.12.2018
_BEHIND_HEADING = (":", "|", "-", "–", "—", "(")
"""Behind the date that heads the entry of a log: 30/5: …, ٣٠/٦ (السبت)."""


def _numeric(c: Cursor, i: int) -> Days | None:
    """3/12/2018, 03-12-2018, 2018-12-03, 3.12.2018, and in a date's place 24/3."""
    forms = c.forms
    if len(forms[i]) > _LONGEST_DATE:
        return None
    if "." in forms[i]:
        pieces = forms[i].split(".")
        told = len(pieces[-1]) == 4 or c.follows(i, _DATE_CUES)
        return _from_parts(pieces, i) if len(pieces) == 3 and all(p.isdecimal() for p in pieces) and told else None
    k, parts = i, list[str]()
    while c.form(k).isdecimal() and len(parts) < 3:
        if len(forms[k]) > 4:
            return None
        parts.append(forms[k])
        separator = c.form(k + 1)
        glued = separator in ("/", "-", "\\", "–") and c.words.ends[k] == c.words.starts[k + 1]
        if not (glued or separator == "/") or not c.form(k + 2).isdecimal():
            break
        k += 2
    if len(parts) == 3:
        return _from_parts(parts, k)
    if len(parts) != 2 or c.words.ends[i] != c.words.starts[i + 1] or month_name(c, k + 1) is not None:
        return None  # ليل 8/9 مارس: two days
    if forms[i + 1] not in ("/", "\\") and not c.follows(i, _WEEKDAYS):  # السبت 22-11; else 22-11 counts or is a score
        return None
    if is_year(c, k) and 1 <= int(parts[0]) <= 12 and c.follows(i, _DATE_CUES):
        return d.month(int(parts[1]), int(parts[0]), k)
    if int(parts[0]) > 31 or not 1 <= int(parts[1]) <= 12:
        return None
    return _day_and_month(c, i, int(parts[0]), int(parts[1]), k)


def _day_and_month(c: Cursor, i: int, day: int, month_: int, last: int) -> Days | None:
    """في 24/3, and at the head of a line 24/3: …; على مدار 24/7 and 3/4 السكان are none."""
    following = c.form(last + 1)
    cued = c.follows(i, _DATE_CUES) or c.follows(i, DAYPARTS) or c.follows(i, _WEEKDAYS)
    if not cued and not (_opens_line(c, i) and (following in _BEHIND_HEADING or _ends_line(c, last))):
        return None
    if day < month_ <= 5 and following.startswith("ال") and following not in WEEKDAYS and following not in LAST:
        return None
    if c.reference is None:
        return d.unknown(last)
    try:
        return d.one(_placed(c, date(c.reference.year, month_, day), last, told=False), last)
    except ValueError:
        return None


def _opens_line(c: Cursor, i: int) -> bool:
    """Whether nothing but a bullet stands between the beginning of a line and token `i`: ■ 30/5: …"""
    start = c.words.starts[i]
    return not any(letter.isalnum() for letter in c.words.text[c.words.text.rfind("\n", 0, start) + 1 : start])


def _ends_line(c: Cursor, last: int) -> bool:
    return c.words.text[c.words.ends[last] :].lstrip(" \t")[:1] in ("", "\n")


def _from_parts(parts: list[str], last: int) -> Days | None:
    """The day of three figures: year first, or day first, or month first where the second cannot be a month."""
    day, month_, year = (int(p) for p in (reversed(parts) if len(parts[0]) == 4 else parts))
    if len(parts[0]) != 4:
        if len(parts[2]) == 2:
            year += 2000
        if month_ > 12 >= day:
            day, month_ = month_, day
    try:
        point = date(year, month_, day)
    except ValueError:
        return None
    return d.one(point, last) if 1900 <= year <= 2100 else None
