"""Dates told by an amount or a unit of time: قبل ثلاثة أيام, الأسبوع الماضي, الأيام الخمسة الماضية, عام 2013."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from marsad.arabic import days as d
from marsad.arabic import numerals
from marsad.arabic.date_words import (
    DAYPARTS,
    DUALS,
    ELAPSED,
    FEW,
    FINAL,
    HEDGE_HEADS,
    HEDGES,
    HIJRI,
    LAST,
    MONTHS,
    NEXT,
    OFFICES,
    ORDINAL_HEADS,
    PLURALS,
    SELF,
    TAKEN_FROM,
    THIS,
    TODAY,
    TOMORROW,
    UNITS,
    WEEKDAYS,
    YEAR_WORDS,
    YESTERDAY,
    bare,
    variants,
)
from marsad.arabic.days import Days
from marsad.arabic.words import Words

if TYPE_CHECKING:
    from marsad.arabic.dates import Date


class Cursor:
    """Where a text is read. Tokens before `taken` belong to an earlier date; `previous` is that date."""

    __slots__ = ("end", "forms", "named", "previous", "reference", "taken", "words")

    def __init__(self, words: Words, taken: int, end: int, reference: date | None) -> None:
        self.words = words
        self.forms = words.forms
        self.taken = taken
        self.end = end
        self.reference = reference
        self.previous: Date | None = None
        self.named = -1  # the last token of a name like شارع 15 مايو, in which no month is a date

    def form(self, i: int) -> str:
        """The form of token `i`; empty outside the text."""
        return self.forms[i] if 0 <= i < self.end else ""

    def follows(self, i: int, names: frozenset[str]) -> bool:
        """Whether the token in front of `i` is one of `names`, clitics aside."""
        return i > 0 and any(variant in names for variant in variants(self.forms[i - 1]))


def is_year(c: Cursor, i: int) -> bool:
    """A figure that can be a year: 1900 to 2100."""
    form = c.form(i)
    return len(form) == 4 and form.isdecimal() and 1900 <= int(form) <= 2100


def year_at(c: Cursor, i: int) -> Days:
    """The year that the figure `i` tells."""
    return d.year(int(c.forms[i]), i)


# --- amounts --------------------------------------------------------------------------------------------------------


def amount(c: Cursor, i: int) -> tuple[int | None, str, int] | None:
    """An amount of time at token `i`: (how many, None for a bare plural; unit; last token)."""
    found = _whole_amount(c, i)
    if found is None:
        return None
    return _and_a_half(c, found)


def _whole_amount(c: Cursor, i: int) -> tuple[int | None, str, int] | None:
    """The same, whatever half of a year stands behind it."""
    forms = c.forms
    form = bare(forms[i]) if bare(forms[i]) in UNITS or bare(forms[i]) in HEDGE_HEADS else forms[i]
    following = c.form(i + 1)
    if form in HEDGE_HEADS:
        size = next((n for n in (4, 3, 2, 1) if (form, *forms[i + 1 : i + n]) in HEDGES), 0)
        if size:
            return _one_of(c, i + size) or (amount(c, i + size) if i + size < c.end else None)
    if form in UNITS:
        return _unit_amount(c, i, form)
    if form in ("بضعه", "بضع", "عده", "عدد") and following:
        k = i + 2 if following == "من" else i + 1
        return (None, UNITS[forms[k]], k) if c.form(k) in PLURALS else None
    value = numerals.value_at(c.words, i, c.end)
    if value is None or value[1] >= c.end:
        return None
    number, k = value
    unit_form = forms[k]
    return (number, UNITS[unit_form], k) if unit_form in UNITS and not unit_form.startswith("ال") else None


def _one_of(c: Cursor, i: int) -> tuple[int, str, int] | None:
    """العام, الشهر behind a hedge: منذ قرابة العام is since about one."""
    form = c.form(i)
    single = form.startswith("ال") and form in UNITS and form not in PLURALS and form not in DUALS and UNITS[form] in ("week", "month", "year")
    return (1, UNITS[form], i) if single and c.form(i + 1) not in LAST | THIS | NEXT else None


def _unit_amount(c: Cursor, i: int, form: str) -> tuple[int | None, str, int] | None:
    """A unit that says its own number: يومين, أيام, أسبوع."""
    if form.startswith("ال"):
        return None
    unit, following = UNITS[form], c.form(i + 1)
    if form in DUALS:
        return 2, unit, i
    if _tells_which(c, i, form):
        return None
    if form in PLURALS:
        return None, unit, i + 1 if following in ("قليله", "عده", "عديده", "معدوده") else i
    return 1, unit, i + 1 if following in ("واحد", "واحده") else i


def _tells_which(c: Cursor, i: int, form: str) -> bool:
    """Whether what stands behind a unit says which it is: منذ يوم 7 أكتوبر, قبل شهر رمضان, منذ ساعات فجر الخميس are no day, month or hours ago."""
    unit, following, next_ = UNITS[form], c.form(i + 1), c.form(i + 2)
    if unit == "hour":
        return form in PLURALS and following in DAYPARTS and (next_ in WEEKDAYS or next_ in TODAY or next_ in YESTERDAY or next_ == "يوم")
    if unit == "month":
        return following in MONTHS or following in HIJRI or f"{following} {next_}" in MONTHS or f"{following} {next_}" in HIJRI
    if unit == "year" and following.isdecimal():
        return len(following) == _OF_A_YEAR
    if unit == "day" and form not in PLURALS and (following.isdecimal() or following in ORDINAL_HEADS):
        return True
    return following in WEEKDAYS or following in YESTERDAY or following in TOMORROW


_OF_A_YEAR = 4  # figures


def _and_a_half(c: Cursor, found: tuple[int | None, str, int]) -> tuple[int | None, str, int]:
    """عام ونصف, عامين ونصف العام, ثلاث سنوات ونصف: so many months; شهر ونصف, شهرين ونصف الشهر: so many half months."""
    number, unit, last = found
    if unit not in _PARTS or number is None or c.form(last + 1) != "ونصف":
        return found
    smaller, of_them = _PARTS[unit]
    same = c.form(last + 2).startswith("ال") and UNITS.get(c.form(last + 2)) == unit
    return of_them * number + of_them // 2, smaller, last + 2 if same else last + 1


_PARTS = {"year": ("month", 12), "month": ("half month", 2)}
"""A unit of which a half is told, the next smaller one, and how many of those it holds."""


def ago_at(c: Cursor, i: int) -> Days | None:
    """قبل ثلاثة أيام, قبل أسبوع, قبل ساعات, خطف قبل يومين من منزله; قبل يومين من الانتخابات is counted from something else."""
    span = amount(c, i + 1) if i + 1 < c.end else None
    if span is None:
        return None
    number, unit, last = span
    if c.form(last + 1) == "من" and c.form(last + 2) not in ("", "الان", "اليوم") and c.form(last + 2) not in TAKEN_FROM:
        return None
    return d.vaguely_ago(c.reference, unit, last) if number is None else d.ago(c.reference, number, unit, last)


def from_now(c: Cursor, i: int) -> Days | None:
    """بعد أسبوع من الآن; بعد أسبوع من المعارك is counted from something else."""
    span = amount(c, i + 1) if i + 1 < c.end else None
    if span is None or span[0] is None or (c.form(span[2] + 1), c.form(span[2] + 2)) != ("من", "الان"):
        return None
    return d.ago(c.reference, -span[0], span[1], span[2] + 2)


def latest(c: Cursor, i: int) -> Days | None:
    """آخر 24 ساعة, آخر ثلاثة أيام; آخر يوم is none."""
    span = amount(c, i + 1) if i + 1 < c.end else None
    if span is None or span[0] is None or span[0] < 2:
        return None
    return d.last_units(c.reference, *span)


def elapsed(c: Cursor, i: int) -> Days | None:
    """ثلاثة أيام مضت."""
    span = amount(c, i)
    if span is None or span[0] is None or c.form(span[2] + 1) not in ELAPSED:
        return None
    return d.ago(c.reference, span[0], span[1], span[2] + 1)


# --- units ----------------------------------------------------------------------------------------------------------


def unit(c: Cursor, i: int) -> Days | None:
    """الأسبوع الماضي, الشهر الجاري, الأيام الخمسة الماضية, العام 2013, عام 2013."""
    form = c.forms[i]
    if form not in UNITS and form not in YEAR_WORDS:
        form = bare(form)
    if form in YEAR_WORDS:
        year = year_words(c, i + 1)
        if year is not None:
            return year
    kind = UNITS.get(form)
    if kind is None or not form.startswith("ال"):
        return None
    if form in PLURALS or form in DUALS:
        return _several(c, i + 1, form, kind)
    return _single(c, i, kind) if kind in ("week", "month", "year") else None


def _several(c: Cursor, j: int, form: str, kind: str) -> Days | None:
    """Behind a definite plural or dual: الخمسة الماضية, الـ24 الماضية, الماضيين, القليلة الماضية, الماضية الثلاثة."""
    forms, number = c.forms, 2 if form in DUALS else None
    while c.form(j) in FEW or c.form(j) in ("ال", "("):
        j += 1
    if j >= c.end:
        return None
    value = numerals.value_at(c.words, j, c.end)
    if value is not None:
        k = value[1] + 1 if c.form(value[1]) == ")" else value[1]
        if c.form(k) in LAST:
            return d.last_units(c.reference, value[0], kind, k)
    if forms[j] not in LAST:
        return None
    if number is None and c.form(j + 1).startswith("ال"):
        value = numerals.value_at(c.words, j + 1, c.end)
        if value is not None:
            return d.last_units(c.reference, value[0], kind, value[1] - 1)
    return d.last_units(c.reference, number, kind, j)


def _single(c: Cursor, i: int, kind: str) -> Days | None:
    """الأسبوع الماضي, الشهر قبل الماضي, هذا العام, السنة المقبلة; in الأمين العام السابق it is no year."""
    modifier = c.form(i + 1)
    if c.form(i) == "العام" and c.follows(i, OFFICES):
        return None
    before_last = i + 1 + (modifier == "ما")
    if c.form(before_last) == "قبل" and c.form(before_last + 1) in LAST:
        return d.whole(c.reference, kind, 2, before_last + 1)
    if modifier in FINAL and c.form(i + 2) == "من":
        return None  # الأسبوع الأخير من آب
    for words, back in ((LAST, 1), (THIS, 0), (NEXT, -1)):
        if modifier in words:
            if kind == "year" and is_year(c, i + 2):
                return year_at(c, i + 2)  # العام الجاري 2018
            return d.whole(c.reference, kind, back, i + 1)
    year = unit(c, i + 2) if kind == "month" and modifier == "من" and c.form(i - 2) in ("مثل", "بمثل") and c.form(i + 2) in YEAR_WORDS else None
    if year is not None and year.start is not None and c.reference is not None:
        return d.month(year.start.year, c.reference.month, year.last)  # في مثل هذا الشهر من العام الماضي
    if bare(c.form(i - 1) or " ") in ("هذا", "هذه"):
        return d.whole(c.reference, kind, 0, i)
    if kind == "month" and modifier in SELF and c.previous is not None and c.previous.start is not None:
        return d.month(c.previous.start.year, c.previous.start.month, i + 1)
    return None


def year_words(c: Cursor, j: int) -> Days | None:
    """What follows عام: 2013, 2013م, 2012 و2013, 1440 هـ, ألفين وثلاثة عشر."""
    form = c.form(j)
    if is_year(c, j):
        last = j + 1 if c.form(j + 1) in ("م", "ميلادي", "الميلادي") else j
        year = year_at(c, j)
        if c.form(last + 1) in ("-", "–", "الي", "و") and is_year(c, last + 2):
            return d.join(year, year_at(c, last + 2))
        return year._replace(last=last)
    if len(form) == 4 and form.isdecimal() and 1300 <= int(form) <= 1500:
        last = j + 1 if c.form(j + 1) in ("هـ", "ه", "هجريه", "هجري") else j
        return d.hijri_year(int(form), last)
    if form in ("الفين", "الفان", "الف"):
        value = numerals.value_at(c.words, j, c.end)
        if value is not None and 1900 <= value[0] <= 2100:
            return d.year(value[0], value[1] - 1)
    return None


def last_amount(c: Cursor, j: int) -> Days | None:
    """Behind خلال or الـ: 24 ساعة الماضية; خلال ثلاثة أيام alone is a duration and none."""
    while c.form(j) in ("ال", "(", ")", "ا"):
        j += 1
    value = numerals.value_at(c.words, j, c.end) if j < c.end else None
    if value is None:
        return None
    number, k = value
    kind = UNITS.get(c.form(k))
    return d.last_units(c.reference, number, kind, k + 1) if kind and c.form(k + 1) in LAST else None
