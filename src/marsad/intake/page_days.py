"""The day that a few words of a page tell: a time stamp, figures, an English or an Arabic date, an address."""

from __future__ import annotations

import datetime
import re
from typing import Final
from urllib.parse import unquote

from marsad.arabic import dates
from marsad.arabic.date_words import MONTHS, bare
from marsad.model import reference_day

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_YEAR_LAST: Final = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")
_TOGETHER: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?(?!\d)")
_ENGLISH_MONTHS: Final = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_ENGLISH: Final = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-z]{3,9})\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)")
_ADDRESS: Final = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_ADDRESS_TOGETHER: Final = re.compile(r"[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_ARABIC: Final = re.compile(r"(?<!\d)(\d{1,2})\s+([\u0621-\u064a]+)(?:\s?[/-]\s?[\u0621-\u064a ]+)?\s?[،,]?\s*((?:19|20)\d\d)(?!\d)")
_LATE: Final = re.compile(r"T(2[0-3]):\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:?00)")
_LONGEST: Final = 120  # characters of a line that tells a day and little else


def day_of(words: str) -> datetime.date | None:
    """The first whole day that `words` tell (a stamp, figures, a date in English or Arabic), None for none or for a day beyond 1900 to 2099.

    Of figures without a name the year tells the order; day before month, as Arabic pages write, unless only the other order is a day.
    """
    words = words.translate(_DIGITS).strip()
    found = _YEAR_FIRST.search(words) or _TOGETHER.fullmatch(words[:15])
    if found:
        return _day(found[1], found[2], found[3])
    found = _YEAR_LAST.search(words)
    if found:
        return _day(found[3], found[2], found[1]) or _day(found[3], found[1], found[2])
    for found in _ENGLISH.finditer(words):
        month = _ENGLISH_MONTHS.get(found[2][:3].lower())
        day = found[1] or found[3]
        if month and day:
            return _day(found[4], str(month), day)
    found = _ARABIC.search(words)
    if found:
        month = MONTHS.get(bare(found[2]))
        if month:
            return _day(found[3], str(month), found[1])
    return _arabic(words)


def day_of_address(url: str) -> datetime.date | None:
    """The day in an address (/2018/12/03/…, -20181203)."""
    path = unquote(url)
    found = _ADDRESS.search(path) or _ADDRESS_TOGETHER.search(path)
    return _day(found[1], found[2], found[3]) if found else None


def is_late_in_utc(stamp: str) -> bool:
    """Whether a stamp is of the last hours of a day in UTC, when the next day has begun from Cairo to Baghdad."""
    return _LATE.search(stamp) is not None


def _arabic(words: str) -> datetime.date | None:
    if len(words) > _LONGEST or not any(c.isdigit() for c in words):
        return None
    for found in dates.find(words, None):
        if found.precision == "day" and found.start is not None and found.start == found.end and 1900 <= found.start.year < 2100:
            return found.start
    return None


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return reference_day(datetime.date(int(year), int(month), int(day)))
    except ValueError:
        return None
