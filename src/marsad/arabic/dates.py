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
which week): the annotation guide, "Fields of an event".
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from hijridate import Hijri

from marsad.arabic import numbers
from marsad.arabic.letters import fold
from marsad.arabic.words import Words, tokenise
from marsad.model import Precision, Span


@dataclass(frozen=True, slots=True)
class Date:
    """An interval of days, both ends included, and its words; `first` and `last` are the tokens of `span`."""

    span: Span
    start: date | None
    end: date | None
    precision: Precision
    first: int
    last: int
    since: bool = False  # منذ: it holds from `start` on


class _Days(NamedTuple):
    """An interval under construction and the last token that tells it. `start` is None where the reference is missing."""

    start: date | None
    end: date | None
    precision: Precision
    last: int


def find(text: str | Words, reference: date | None) -> list[Date]:
    """The dates that `text` tells, in order, none overlapping, resolved against the day `reference`."""
    words = tokenise(text) if isinstance(text, str) else text
    return find_in(words, 0, len(words), reference)


def find_in(words: Words, begin: int, end: int, reference: date | None) -> list[Date]:
    """The dates among the tokens `begin` … `end` (excluded)."""
    forms = words.forms
    memo = _roles
    out: list[Date] = []
    i = taken = begin
    while i < end:
        form = forms[i]
        role = memo.get(form, 0)
        if role == 0:
            role = _role_of(form)
        if role is None:
            i += 1
            continue
        found = _Scanner(words, taken, end, reference, out[-1] if out else None).at(i)
        if found is None:
            i += 1
            continue
        out.append(found)
        i = taken = found.last + 1
    return out


# --- vocabulary ----------------------------------------------------------------------------------------------------


def _each(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_WEEKDAYS: Final = {
    fold(name): day
    for day, names in enumerate(
        ("الاثنين الإثنين الأثنين", "الثلاثاء الثلثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    )
    for name in names.split()
}
_MONTHS: Final[dict[str, tuple[int, bool]]] = {}  # folded name → (month, needs a day, a year or شهر beside it)
for _month, _names in {
    1: "يناير كانون_الثاني كانون2 جانفي !ينايير",
    2: "فبراير شباط فيفري",
    3: "آذار !مارس",
    4: "أبريل إبريل نيسان أفريل",
    5: "مايو أيار !ماي",
    6: "يونيو يونيه يونية حزيران !جوان",
    7: "يوليو يوليه يولية تموز جويلية يوليوز",
    8: "أغسطس !آب !أوت غشت",
    9: "سبتمبر أيلول شتنبر",
    10: "أكتوبر تشرين_الأول أوكتوبر",
    11: "نوفمبر تشرين_الثاني نونبر",
    12: "ديسمبر كانون_الأول دجنبر",
}.items():
    for _name in _names.split():
        _MONTHS[fold(_name.lstrip("!"))] = (_month, _name.startswith("!"))
_HIJRI: Final = {
    fold(name): month
    for month, names in {
        1: "محرم المحرم",
        2: "صفر",
        3: "ربيع_الأول ربيع_أول",
        4: "ربيع_الثاني ربيع_الآخر ربيع_ثاني",
        5: "جمادى_الأولى جمادى_الأول",
        6: "جمادى_الثانية جمادى_الآخرة جمادى_الآخر",
        7: "رجب",
        8: "شعبان",
        9: "رمضان",
        10: "شوال",
        11: "ذو_القعدة ذي_القعدة",
        12: "ذو_الحجة ذي_الحجة",
    }.items()
    for name in names.split()
}
_TWO_WORD_HEADS: Final = frozenset(name.split()[0] for name in (*_MONTHS, *_HIJRI) if " " in name)
_DAYPARTS: Final = _each("فجر صباح ضحى ظهر ظهيرة عصر مساء ليل ليلة عشية منتصف غروب سحر فجرا صباحا ظهرا عصرا مساءا ليلا نهار صبيحة بعيد قبيل بعد ساعات")
_LAST: Final = _each("الماضي الماضية الماضيين الماضيتين الفائت الفائتة المنصرم المنصرمة الأخير الأخيرة الفارط الفارطة المنقضي المنقضية الماضيان السابق السابقة الأخيرين الأخيرتين الماضيات")
_NEXT: Final = _each("المقبل المقبلة القادم القادمة المقبلين المقبلتين القادمين القادمتين الآتي")
_THIS: Final = _each("الجاري الجارية الحالي الحالية هذا هذه")
_SINCE: Final = _each("منذ مذ")
_AGO: Final = _each("قبل قبيل")
_WITHIN: Final = _each("خلال أثناء غضون مدى مدار طوال طيلة")
_UNITS: Final = {
    **dict.fromkeys(_each("ساعة ساعات ساعتين ساعتان الساعة الساعات الساعتين"), "hour"),
    **dict.fromkeys(_each("دقيقة دقائق"), "hour"),
    **dict.fromkeys(_each("يوم يوما أيام يومين يومان اليوم الأيام اليومين اليومان ليال الليالي ليلتين ليلة"), "day"),
    **dict.fromkeys(_each("أسبوع أسبوعا أسابيع أسبوعين أسبوعان الأسبوع الأسابيع الأسبوعين"), "week"),
    **dict.fromkeys(_each("شهر شهرا أشهر شهور شهرين شهران الشهر الأشهر الشهرين الشهور"), "month"),
    **dict.fromkeys(_each("عام عاما أعوام عامين عامان العام الأعوام العامين سنة سنوات سنتين سنتان السنة السنوات السنتين سنين"), "year"),
}
_DUALS: Final = _each("ساعتين ساعتان الساعتين يومين يومان اليومين اليومان ليلتين أسبوعين أسبوعان الأسبوعين شهرين شهران الشهرين عامين عامان العامين سنتين سنتان السنتين")
_PLURALS: Final = _each("ساعات الساعات دقائق أيام الأيام ليال الليالي أسابيع الأسابيع أشهر شهور الأشهر الشهور أعوام الأعوام سنوات السنوات سنين")
_YEAR_WORDS: Final = _each("عام العام سنة السنة عامي سنتي")
_TODAY: Final = _each("اليوم")
_YESTERDAY: Final = _each("أمس الأمس البارحة امس")
_TOMORROW: Final = _each("غد غدا الغد")
_ORDINALS: Final = {
    fold(name): n
    for n, names in enumerate(
        "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي_عشر الثاني_عشر الثالث_عشر الرابع_عشر الخامس_عشر السادس_عشر السابع_عشر الثامن_عشر التاسع_عشر العشرين"
        " الحادي_والعشرين الثاني_والعشرين الثالث_والعشرين الرابع_والعشرين الخامس_والعشرين السادس_والعشرين السابع_والعشرين الثامن_والعشرين التاسع_والعشرين الثلاثين الحادي_والثلاثين".split(),
        1,
    )
    for name in {names, names.replace("شرين", "شرون").replace("ثلاثين", "ثلاثون")}
}
_EDGES: Final = _each("مطلع بداية أوائل نهاية أواخر منتصف أواسط مستهل ختام غرة بدايات نهايات")
_SEASONS: Final = _each("ربيع صيف خريف شتاء")
_QUOTED: Final = frozenset("()[]\"'«»“”/")
_NOT_TODAY_AFTER: Final = _each("التالي الثاني الأول الثالث الرابع الخامس السابع نفسه ذاته العالمي الوطني الدولي الذي السابق المقبل القادم الموالي الواحد التاريخي الموعود الأخير")
_NOT_TODAY_BEFORE: Final = _each("حتى حتي ذلك هذا_ذات في_ذات ذات بذلك نفس وسوريا عراق سوريا صحيفة جريدة قناة موقع ليبيا روسيا مصري المصري كل منتصف_ شام العراق")
_NAMES_BEFORE: Final = _each(
    "سوق حي مسجد جامع كنيسة جسر شارع ساحة ميدان جامعة ملعب لواء كتيبة تحالف حدود ثورة حركة حزب هجمات هجوم_ أحداث اعتداءات خميس مستشفى مشفى مدرسة سد معركة_ حرب انتفاضة نكسة ائتلاف مؤسسة سجن تيار مجموعة فرقة دوار"
    " مخيم بلدة قرية منطقة أبو ابن محمد الشيخ السيد عملة"
)
_DAY_NAMES_KEPT: Final = _each("صلاة خطبة مظاهرات مظاهرة جمعة_")

_roles: dict[str, str | None] = {}


def _role_of(form: str) -> str | None:
    """Whether a date can begin at `form`; None for almost every word. Memoised."""
    if len(_roles) > 300_000:
        _roles.clear()
    role = _role(form)
    if len(form) < 40:
        _roles[form] = role
    return role


def _variants(form: str) -> tuple[str, ...]:
    """`form` with و, ف and one-letter prepositions taken off."""
    out = [form]
    rest = form
    if rest[0] in "وف" and len(rest) > 3:
        rest = rest[1:]
        out.append(rest)
    if rest.startswith("لل") and len(rest) > 4:
        out.append("ال" + rest[2:])
    elif rest[0] in "بلك" and len(rest) > 3:
        out.append(rest[1:])
    return tuple(out)


_STARTS: Final[dict[str, str]] = {}
for _words, _kind in (
    (_TODAY, "today"),
    (_YESTERDAY, "yesterday"),
    (_TOMORROW, "tomorrow"),
    (_each("الليلة الليله"), "tonight"),
    (_WEEKDAYS, "weekday"),
    (_UNITS, "unit"),
    (_MONTHS, "month"),
    (_HIJRI, "hijri"),
    (_TWO_WORD_HEADS, "month2"),
    (_SINCE, "since"),
    (_AGO, "ago"),
    (_WITHIN, "within"),
    (_each("أول اول"), "first"),
    (_each("بعد"), "after"),
    (_EDGES, "edge"),
    (_SEASONS, "season"),
    (_each("بين ما"), "between"),
    (_each("من"), "from"),
    (_each("يومي أيام يوم ليلتي"), "day"),
    (_each("عيد"), "feast"),
    (_each("في"), "in"),
    (_each("الـ ال"), "article"),
):
    for _word in _words:
        if " " not in _word:
            _STARTS.setdefault(_word, _kind)
for _word in _ORDINALS:
    _STARTS.setdefault(_word.split()[0], "ordinal")


def _role(form: str) -> str | None:
    if form[0].isdigit():
        return "figure"
    for variant in _variants(form):
        if variant in _STARTS:
            return _STARTS[variant]
    if numbers.value_at(Words(form, [form], [0], [len(form)]), 0, 1) is not None and _is_numeral_day(form):
        return "numeral"
    return None


def _is_numeral_day(form: str) -> bool:
    return not form.startswith(("ال", "وال", "بال")) or len(form) > 4


# --- the grammar ------------------------------------------------------------------------------------------------------


class _Scanner:
    """Reads one date at a token. `taken`: tokens before it belong to an earlier date; `previous`: that date."""

    __slots__ = ("end", "forms", "previous", "reference", "taken", "words")

    def __init__(self, words: Words, taken: int, end: int, reference: date | None, previous: Date | None) -> None:
        self.words = words
        self.forms = words.forms
        self.taken = taken
        self.end = end
        self.reference = reference
        self.previous = previous

    # -- entry

    def at(self, i: int) -> Date | None:
        """The date that begins at token `i`, day part and modifiers included."""
        role = _roles.get(self.forms[i]) or _role_of(self.forms[i])
        if role == "since":
            return self._since(i)
        if role == "in":
            return self._bare_year(i)
        if role == "between":
            return self._between(i)
        if role == "from":
            return self._from_to(i)
        days = self._point(i, role)
        if days is None:
            return None
        first = self._left_edge(i)
        second = self._and_to(i, days)
        if second is not None:
            days = _join(days, second)
        return self._date(first, days)

    def _date(self, first: int, days: _Days, *, since: bool = False) -> Date:
        start, end, precision = days.start, days.end, days.precision
        if start is None or end is None:
            start = end = None
            precision = "unknown"
        words = self.words
        offset = words.starts[first]
        form = self.forms[first]
        bare = _STARTS.get(form)
        if bare is None and form[0] in "وفبلك" and not form[0].isdigit() and form not in _DAYPARTS:
            for cut in (1, 2):
                if form[cut:] in _STARTS or form[cut:] in _DAYPARTS:
                    offset += cut
                    break
        return Date((offset, words.ends[days.last]), start, end, precision, first, days.last, since)

    def _point(self, i: int, role: str | None) -> _Days | None:
        reader = _READERS.get(role or "")
        return reader(self, i) if reader else None

    def _left_edge(self, i: int) -> int:
        """Day part and يوم in front: فجر, مساء يوم, ليل."""
        forms = self.forms
        k = i
        while k - 1 >= self.taken:
            before = forms[k - 1]
            bare = before[1:] if before[0] in "وفبل" and len(before) > 3 and before not in _DAYPARTS else before
            if bare in ("يوم", "من", "يومي", "ايام", "ليل", "ليله", "الليل") or bare in _DAYPARTS:
                if bare == "من" and not (k - 2 >= self.taken and _bare(forms[k - 2]) in _DAYPARTS | _each("متأخر مبكر")):
                    break
                if bare in ("بعد", "بعيد", "قبيل") or (bare == "ساعات" and k - 2 < self.taken):
                    break
                k -= 1
                continue
            break
        return k

    # -- since, between, from … to

    def _since(self, i: int) -> Date | None:
        """منذ: from a day, a month, a year, or so long ago, up to the reference day."""
        forms, j = self.forms, i + 1
        if j >= self.end:
            return None
        span = self._amount(j)
        if span is not None:
            amount, unit, last = span
            if amount is None:
                if unit == "day":
                    days = self._shift(-7, "week", last)
                elif unit == "hour":
                    days = self._shift(0, "day", last)
                else:
                    return None
            else:
                days = self._ago(amount, unit, last)
            if days is None:
                return None
            return self._date(i, days._replace(end=self.reference), since=True)
        while j < self.end and (forms[j] in _DAYPARTS or forms[j] in ("يوم", "ساعات")):
            j += 1
        if j >= self.end:
            return None
        role = _roles.get(forms[j]) or _role_of(forms[j])
        point = self._year_at(j) if role == "figure" and self._is_year(j) else self._point(j, role)
        if point is None:
            return None
        if point.start is None:
            return self._date(i, point, since=True)
        end = self.reference if self.reference and self.reference >= point.start else point.end
        return self._date(i, point._replace(end=end), since=True)

    def _between(self, i: int) -> Date | None:
        """بين … و…: two dates."""
        forms, j = self.forms, i + 1
        if forms[i] == "ما":
            if j >= self.end or forms[j] != "بين":
                return None
            j += 1
        if j < self.end and _bare(forms[j]) in ("يومي", "عامي", "سنتي", "شهري", "تاريخي"):
            j += 1
        return self._pair(i, j)

    def _from_to(self, i: int) -> Date | None:
        """من … إلى …; a single date behind من is read for itself."""
        return self._pair(i, i + 1, links=("الي", "حتي", "ولغايه", "وحتي", "لغايه"))

    def _pair(self, i: int, j: int, links: tuple[str, ...] = ("و", "الي", "حتي")) -> Date | None:
        first = self._end_point(j)
        if first is None:
            return None
        k = first.last + 1
        if k < self.end and self.forms[k] in links:
            second = self._end_point(k + 1)
        elif "و" in links and k < self.end and self.forms[k][0] == "و" and len(self.forms[k]) > 1:
            second = self._end_point(k, joined=True)
        else:
            return None
        if second is None:
            return None
        return self._date(i, _join(first, second))

    def _end_point(self, j: int, *, joined: bool = False) -> _Days | None:
        """One end of a range: a date, a year, or a day of the month whose month follows at the other end."""
        if j >= self.end:
            return None
        forms = self.forms
        while j < self.end and (_bare(forms[j]) in _DAYPARTS or _bare(forms[j]) in ("يوم", "شهر", "عام")):
            j += 1
        if j >= self.end:
            return None
        if self._is_year(j):
            return self._year_at(j)
        role = _roles.get(forms[j]) or _role_of(forms[j])
        point = self._point(j, role)
        if point is not None:
            return point
        if forms[j].isdigit() and 1 <= int(forms[j]) <= 31:  # من 3 إلى 5 ديسمبر
            for k in (j + 1, j + 2, j + 3):
                if k < self.end and forms[k].lstrip("و").isdigit() and k > j + 1:
                    month = self._figure(k)
                    if month is not None and month.start is not None and month.precision == "day":
                        try:
                            start = month.start.replace(day=int(forms[j]))
                        except ValueError:
                            return None
                        return _Days(start, start, "day", j)
        return None

    def _and_to(self, i: int, days: _Days) -> _Days | None:
        """يومي السبت والأحد; ليل السبت - الأحد; 3 و4 ديسمبر is read in `_figure`."""
        forms, k = self.forms, days.last + 1
        before = _bare(forms[i - 1]) if i > self.taken else ""
        if before == "يوم" and i - 2 >= self.taken:
            before = _bare(forms[i - 2])
        if days.precision != "day" or k >= self.end or days.start is None:
            return None
        if before in ("يومي", "ايام"):
            last: _Days | None = None
            while k < self.end and (forms[k][0] == "و" or forms[k] == "،"):
                j = k if len(forms[k]) > 1 and forms[k] != "،" else k + 1
                role = _roles.get(forms[j]) if j < self.end else None
                if j < self.end and role is None:
                    role = _role_of(forms[j])
                point = self._point(j, role) if j < self.end and role in ("weekday", "today", "yesterday", "figure") else None
                if point is None or point.start is None:
                    break
                last, k = point, point.last + 1
            if last is not None and last.start is not None and last.start < days.start:
                return last
            return last
        if before in ("ليل", "ليله") or (k < self.end and forms[k] in ("-", "–", "/", "\\")):
            j = k + 1 if forms[k] in ("-", "–", "/", "\\") else k
            if j < self.end and _bare(forms[j]) in _WEEKDAYS and _bare(forms[i]) in _WEEKDAYS and forms[j][0] not in "وب":
                point = self._weekday(j)
                if point is not None and point.start is not None:
                    if point.start < days.start:  # the later day of the pair lies nearer
                        start = point.start - timedelta(1)
                        return _Days(start, point.start, "day", point.last)
                    return point
        return None

    # -- single days

    def _today(self, i: int) -> _Days | None:
        forms = self.forms
        if i + 1 < self.end and forms[i + 1] in _NOT_TODAY_AFTER:
            if forms[i + 1] in ("التالي", "الموالي") and self.previous is not None and self.previous.end is not None:
                day = self.previous.end + timedelta(1)
                return _Days(day, day, "day", i + 1)
            if forms[i + 1] in ("نفسه", "ذاته") and self.previous is not None and self.previous.precision == "day":
                return _Days(self.previous.start, self.previous.end, "day", i + 1)
            return None
        if i > 0:
            before = forms[i - 1]
            if before in _NOT_TODAY_BEFORE and before != "هذا":
                return None
            if before == "الي" and not (i > 1 and forms[i - 2] in _DAYPARTS):
                return None
        days = self._shift(0, "day", i)
        return self._weekday_after(days)

    def _yesterday(self, i: int) -> _Days | None:
        forms, shift, last = self.forms, -1, i
        if i + 1 < self.end and forms[i + 1] in ("الاول", "الاولي") and not _is_month_head(forms, i + 1, self.end):
            shift, last = -2, i + 1
        elif i >= 1 and forms[i - 1] in ("قبل",):
            shift = -2
        return self._weekday_after(self._shift(shift, "day", last))

    def _first(self, i: int) -> _Days | None:
        """أول أمس, أول من أمس; أول أيام عيد."""
        forms = self.forms
        j = i + 2 if i + 1 < self.end and forms[i + 1] == "من" else i + 1
        if j < self.end and forms[j] in _YESTERDAY:
            return self._weekday_after(self._shift(-2, "day", j))
        if j + 1 < self.end and forms[j] in ("ايام", "يوم") and _bare(forms[j + 1]) == "عيد":
            return self._feast(j + 1)
        return None

    def _tomorrow(self, i: int) -> _Days | None:
        forms = self.forms
        if i > 0 and forms[i - 1] == "بعد":
            return self._weekday_after(self._shift(2, "day", i))
        return self._weekday_after(self._shift(1, "day", i))

    def _after(self, i: int) -> _Days | None:
        if i + 1 < self.end and self.forms[i + 1] in _TOMORROW:
            return self._shift(2, "day", i + 1)
        return None

    def _tonight(self, i: int) -> _Days | None:
        forms = self.forms
        if i + 1 < self.end and forms[i + 1] in _LAST:
            return self._shift(-1, "day", i + 1)
        if i + 2 < self.end and forms[i + 1] == "قبل" and forms[i + 2] in _LAST:
            return self._shift(-2, "day", i + 2)
        return self._shift(0, "day", i)

    def _weekday_after(self, days: _Days) -> _Days:
        """اليوم الاثنين, أمس (الأحد), and a full date behind it: the weekday and the date only repeat the day."""
        forms, k = self.forms, days.last + 1
        while k < self.end and forms[k] in ("(", "،", "-", "يوم") and k < days.last + 3:
            k += 1
        if k < self.end and forms[k] in _WEEKDAYS and k <= days.last + 2:
            if forms[days.last + 1] == "،":
                return days
            full = self._absolute_after(k)
            if full is not None:
                return full
            if days.start is not None and abs((days.start.weekday() - _WEEKDAYS[forms[k]]) % 7) not in (0,):
                # the outlet wrote later or earlier than the reference day: the weekday is the firmer word
                nearest = min((days.start + timedelta(d) for d in (-1, 1)), key=lambda d: d.weekday() != _WEEKDAYS[forms[k]])
                if nearest.weekday() == _WEEKDAYS[forms[k]]:
                    return _Days(nearest, nearest, "day", k)
            close = k + 1 < self.end and forms[k + 1] == ")" and forms[k - 1] == "("
            return days._replace(last=k + 1 if close else k)
        full = self._absolute_after(days.last)
        return full if full is not None else days

    def _weekday(self, i: int) -> _Days | None:
        forms = self.forms
        bare = _bare(forms[i]) if forms[i] not in _WEEKDAYS else forms[i]
        if bare not in _WEEKDAYS:
            return None
        before = _bare(forms[i - 1]) if i > 0 else ""
        if before in _NAMES_BEFORE and before not in ("خميس",):
            return None
        full = self._absolute_after(i)
        if full is not None:
            return full
        target, last = _WEEKDAYS[bare], i
        if self.reference is None:
            while last + 1 < self.end and forms[last + 1] in _LAST | _NEXT:
                last += 1
            return _Days(None, None, "unknown", last)
        back = (self.reference.weekday() - target) % 7
        j = i + 1
        if j < self.end and forms[j] in ("قبل", "ما") and _any_in(forms[j + 1 : min(j + 3, self.end)], _LAST):
            last = j + 1 if forms[j] == "قبل" else j + 2
            back = (back or 7) + 7
        elif j < self.end and forms[j] in _LAST:
            last, back = j, back or 7
        elif j < self.end and forms[j] in _NEXT:
            last, back = j, -((target - self.reference.weekday()) % 7 or 7)
        elif before in ("غد", "غدا"):
            back = -((target - self.reference.weekday()) % 7 or 7)
        day = self.reference - timedelta(back)
        return _Days(day, day, "day", last)

    def _absolute_after(self, i: int) -> _Days | None:
        """A full date right behind a weekday: الاثنين 3 كانون الأول 2018, الاثنين الموافق 3/12, السبت (24 مارس)."""
        forms, k = self.forms, i + 1
        while k < self.end and k <= i + 3 and forms[k] in ("(", "،", "الموافق", "لـ", "ل", "في", "المصادف", "-", "للموافق"):
            k += 1
        if k >= self.end or not (forms[k][0].isdigit() or forms[k] in _ORDINAL_HEADS):
            return None
        role = _roles.get(forms[k]) or _role_of(forms[k])
        if role not in ("figure", "ordinal"):
            return None
        found = self._point(k, role)
        if found is not None and found.precision == "day":
            close = found.last + 1 < self.end and forms[found.last + 1] == ")" and forms[k - 1] == "("
            return found._replace(last=found.last + 1) if close else found
        return None

    def _day(self, i: int) -> _Days | None:
        return None  # يوم belongs to what follows it; `_left_edge` takes it in

    # -- months, years

    def _figure(self, i: int) -> _Days | None:
        """3 كانون الأول 2018, 3/12/2018, 2018-12-03, 3 و4 ديسمبر."""
        forms = self.forms
        numeric = self._numeric(i)
        if numeric is not None:
            return numeric
        span = self._amount(i)
        if span is not None and span[2] + 1 < self.end and forms[span[2] + 1] in ("مضت", "خلت", "مضي"):
            return self._ago(span[0] or 0, span[1], span[2] + 1)
        form = forms[i]
        if not form.isdigit():
            return None
        if not 1 <= int(form) <= 31:
            return None
        return self._day_of_month(i, int(form), i + 1)

    def _ordinal(self, i: int) -> _Days | None:
        """الثالث من ديسمبر, الثاني والعشرين من شهر آذار."""
        forms = self.forms
        for size in (2, 1):
            head = forms[i] if forms[i] in _ORDINAL_HEADS else _bare(forms[i])
            n = _ORDINALS.get(" ".join([head, *forms[i + 1 : i + size]]))
            if n is not None and i + size < self.end and forms[i + size] in ("من", "شهر"):
                return self._day_of_month(i, n, i + size)
        return None

    def _numeral(self, i: int) -> _Days | None:
        """عشرين يوما مضت is rare; the numeral of a day before a month is a figure or an ordinal."""
        span = self._amount(i)
        if span is not None and span[0] is not None and span[2] + 1 < self.end and self.forms[span[2] + 1] in ("مضت", "خلت"):
            return self._ago(span[0], span[1], span[2] + 1)
        return None

    def _day_of_month(self, i: int, day: int, j: int) -> _Days | None:
        forms, days = self.forms, [day]
        while j + 1 < self.end and (forms[j] in ("و", "-", "–", "الي", "،") and forms[j + 1].isdigit()):
            if int(forms[j + 1]) > 31 or len(forms[j + 1]) > 2:
                return None
            days.append(int(forms[j + 1]))
            j += 2
        while j < self.end and forms[j] in ("من", "شهر", "في") and not (forms[j] == "في" and forms[j - 1] != "من"):
            j += 1
        month = self._month_name(j)
        if month is None:
            return None
        number, hijri, last = month
        if number is None:
            return None
        year, last, told = self._year_after(number, last, hijri)
        if year is None and not told and self.reference is None:
            return _Days(None, None, "unknown", last)
        try:
            if hijri:
                points = [Hijri(year or 1440, number, d).to_gregorian() for d in days]
                points = [date(p.year, p.month, p.day) for p in points]
            else:
                points = [date(year or 1, number, d) for d in days]
        except (ValueError, OverflowError):
            return None
        if not told and year is not None and not hijri:
            points = [self._nearest(p) for p in points]
        return _Days(min(points), max(points), "day", last)

    def _nearest(self, day: date) -> date:
        """The year that brings a day without one nearest to the reference day, the past first."""
        reference = self.reference
        if reference is None:
            return day
        try:
            if day > reference + timedelta(60):
                return day.replace(year=day.year - 1)
            if day < reference - timedelta(320):
                return day.replace(year=day.year + 1)
        except ValueError:
            pass
        return day

    def _month_name(self, j: int) -> tuple[int | None, bool, int] | None:
        """A month at token `j`, pairs (يناير/كانون الثاني) included: (month, Hijri?, last token)."""
        forms = self.forms
        while j < self.end and forms[j] in ("شهر", "(", "اغر"):
            j += 1
        if j >= self.end:
            return None
        found: tuple[int | None, bool, int] | None = None
        two = f"{_month_bare(forms[j])} {forms[j + 1]}" if j + 1 < self.end else ""
        one = _month_bare(forms[j])
        if two in _MONTHS:
            found = _MONTHS[two][0], False, j + 1
        elif one in _MONTHS:
            found = _MONTHS[one][0], False, j
        elif two in _HIJRI:
            found = _HIJRI[two], True, j + 1
        elif one in _HIJRI:
            found = _HIJRI[one], True, j
        if found is None:
            return None
        k = found[2] + 1
        if k + 1 < self.end and forms[k] in ("/", "(", "-", "\\", "|", "،") and not found[1]:
            pair = self._month_name(k + 1) if forms[k] != "،" else None
            if pair is not None and pair[0] == found[0]:
                last = pair[2]
                if forms[k] == "(" and last + 1 < self.end and forms[last + 1] == ")":
                    last += 1
                found = found[0], False, last
        return found

    def _year_after(self, month: int, last: int, hijri: bool) -> tuple[int | None, int, bool]:
        """The year of a month: told behind it, or by الماضي, الجاري, المقبل, or none: (year, last token, told?)."""
        forms, k = self.forms, last + 1
        reference = self.reference
        while k < self.end and forms[k] in ("من", "عام", "سنه", "العام", "لعام", "،", "للعام", "المبارك", "الميلادي") and k <= last + 3:
            k += 1
        if k < self.end and forms[k].isdigit() and len(forms[k]) == 4 and (k == last + 1 or forms[k - 1] != "،" or True):
            year = int(forms[k])
            if (1300 <= year <= 1500) == hijri and (hijri or 1900 <= year <= 2100):
                stop = k + 1
                if stop < self.end and forms[stop] in ("م", "هـ", "ه", "هجريه", "هجري", "ميلادي", "للهجره"):
                    return year, stop, True
                return year, k, True
        k = last + 1
        if k < self.end and forms[k] == "المبارك":
            k += 1
        modifier = forms[k] if k < self.end else ""
        if modifier == "من" and k + 2 < self.end and forms[k + 1] in ("العام", "السنه"):
            modifier_, at = forms[k + 2], k + 2
            if modifier_ in ("نفسه", "ذاته", "نفسها", "ذاتها") and self.previous is not None and self.previous.start is not None:
                return self.previous.start.year, at, True
            if reference is not None and not hijri:
                if modifier_ in _LAST:
                    return reference.year - 1, at, True
                if modifier_ in _NEXT:
                    return reference.year + 1, at, True
                if modifier_ in _THIS:
                    return reference.year, at, True
        if reference is None:
            return None, last, False
        if hijri:
            today = _hijri(reference)
            year = today[0] if month <= today[1] else today[0] - 1
            if modifier in _NEXT:
                return year + 1, k, True
            if modifier in _LAST and month == today[1]:
                year -= 1
            return year, (k if modifier in _LAST | _THIS or modifier == "المبارك" else last), True
        if modifier in _LAST:
            return (reference.year if month < reference.month else reference.year - 1), k, True
        if modifier in _NEXT:
            return (reference.year if month > reference.month else reference.year + 1), k, True
        if modifier in _THIS:
            return reference.year, k, True
        return reference.year, last, False

    def _month(self, i: int) -> _Days | None:
        """A month for itself: ديسمبر الماضي, شهر آذار 2018, في كانون الأول."""
        forms = self.forms
        if i > 0 and forms[i - 1] in _NAMES_BEFORE:
            return None
        month = self._month_name(i)
        if month is None or month[0] is None:
            return None
        number, hijri, last = month
        year, stop, told = self._year_after(number, last, hijri)
        before = _bare(forms[i - 1]) if i > 0 else ""
        cued = told and stop > last or before in ("شهر", "شهري") or before in _EDGES
        firm = not hijri and not _MONTHS.get(_month_bare(forms[i]), (0, False))[1]
        if hijri and not (cued and stop > last or before == "شهر"):
            return None
        if not cued and not (firm and (before in ("في", "منذ", "خلال", "حتي", "من", "الي", "بين", "قبل", "بعد", "نهايه") or forms[i][0] in "وبل" or last > i)):
            return None
        if year is None:
            return _Days(None, None, "unknown", stop)
        if not told:
            reference = self.reference
            assert reference is not None
            if (year, number) > (reference.year, reference.month) and (number - reference.month) > 1:
                year -= 1
        if hijri:
            start = Hijri(year, number, 1).to_gregorian()
            length = Hijri(year, number, 1).month_length()
            first = date(start.year, start.month, start.day)
            return _Days(first, first + timedelta(length - 1), "month", stop)
        if not 1 <= year <= 9999:
            return None
        return _Days(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month", stop)

    def _numeric(self, i: int) -> _Days | None:
        """3/12/2018, 03-12-2018, 2018-12-03, 24/3."""
        forms = self.forms
        k, parts = i, []
        if "." in forms[i]:
            pieces = forms[i].split(".")
            if len(pieces) == 3 and all(p.isdigit() for p in pieces):
                return self._from_parts(pieces, i)
            return None
        while k < self.end and forms[k].isdigit() and len(parts) < 3:
            parts.append(forms[k])
            if k + 2 < self.end and forms[k + 1] in ("/", "-", "\\", "–") and self.words.ends[k] == self.words.starts[k + 1] and forms[k + 2].isdigit():
                k += 2
                continue
            break
        separator = forms[i + 1] if i + 1 < self.end else ""
        if len(parts) == 3:
            return self._from_parts(parts, k)
        if len(parts) == 2 and separator in ("/", "\\") and int(parts[0]) <= 31 and 1 <= int(parts[1]) <= 12:
            if self.reference is None:
                return _Days(None, None, "unknown", k)
            try:
                day = self._nearest(date(self.reference.year, int(parts[1]), int(parts[0])))
            except ValueError:
                return None
            return _Days(day, day, "day", k)
        return None

    def _from_parts(self, parts: list[str], last: int) -> _Days | None:
        a, b, c = (int(p) for p in parts)
        if len(parts[0]) == 4:
            year, month, day = a, b, c
        else:
            day, month, year = a, b, c
            if len(parts[2]) == 2:
                year += 2000
            if month > 12 >= day:
                day, month = month, day
        try:
            point = date(year, month, day)
        except ValueError:
            return None
        return _Days(point, point, "day", last) if 1900 <= year <= 2100 else None

    def _is_year(self, i: int) -> bool:
        form = self.forms[i]
        return len(form) == 4 and form.isdigit() and 1900 <= int(form) <= 2100

    def _year_at(self, i: int) -> _Days:
        year = int(self.forms[i])
        return _Days(date(year, 1, 1), date(year, 12, 31), "year", i)

    def _bare_year(self, i: int) -> Date | None:
        """في 2013: a year without its word."""
        j = i + 1
        if j < self.end and self._is_year(j) and (j + 1 >= self.end or self.forms[j + 1] not in ("/", "-") or not self.forms[j + 2 : j + 3]):
            following = self.forms[j + 1] if j + 1 < self.end else ""
            if numbers._bare_noun(following) not in numbers.counted_nouns():
                return self._date(j, self._year_at(j))
        return None

    # -- amounts of time

    def _amount(self, i: int) -> tuple[int | None, str, int] | None:
        """An amount of time at token `i`: (how many, None for a bare plural; unit; last token)."""
        forms = self.forms
        form = _bare(forms[i]) if _bare(forms[i]) in _UNITS else forms[i]
        if form in ("نحو", "حوالي", "قرابه", "اكثر", "اقل", "نصف") and i + 1 < self.end:
            skip = i + 2 if forms[i + 1] == "من" else i + 1
            return self._amount(skip) if skip < self.end else None
        if form in _UNITS:
            if form.startswith("ال"):
                return None
            unit = _UNITS[form]
            if form in _DUALS:
                return 2, unit, i
            if form in _PLURALS:
                return None, unit, i + 1 if i + 1 < self.end and forms[i + 1] in ("قليله", "عده", "عديده", "معدوده") else i
            if unit == "year" and i + 1 < self.end and forms[i + 1].isdigit() and len(forms[i + 1]) == 4:
                return None
            if i + 1 < self.end and (forms[i + 1] in _WEEKDAYS or forms[i + 1] in _YESTERDAY or forms[i + 1] in _TOMORROW):
                return None
            last = i + 1 if i + 1 < self.end and forms[i + 1] in ("واحد", "واحده") else i
            return 1, unit, last
        if form in ("بضعه", "بضع", "عده", "عدد") and i + 1 < self.end:
            k = i + 2 if forms[i + 1] == "من" else i + 1
            if k < self.end and forms[k] in _PLURALS:
                return None, _UNITS[forms[k]], k
            return None
        value = numbers.value_at(self.words, i, self.end)
        if value is None or value[1] >= self.end:
            return None
        amount, k = value
        unit_form = forms[k]
        if unit_form in _UNITS and not unit_form.startswith("ال"):
            return amount, _UNITS[unit_form], k
        return None

    def _ago_at(self, i: int) -> _Days | None:
        """قبل ثلاثة أيام, قبل أسبوع, قبل ساعات; قبل أمس."""
        forms, j = self.forms, i + 1
        if j >= self.end:
            return None
        if forms[j] in _YESTERDAY:
            return self._yesterday(j)
        span = self._amount(j)
        if span is None:
            return None
        amount, unit, last = span
        if last + 1 < self.end and forms[last + 1] in ("من", "علي") and last + 2 < self.end and forms[last + 2] not in ("الان", "اليوم"):
            return None  # قبل يومين من الانتخابات: counted from something else
        if amount is None:
            if unit == "hour":
                return self._shift(0, "day", last)
            if unit == "day" and self.reference is not None:
                return _Days(self.reference - timedelta(7), self.reference - timedelta(1), "week", last)
            if unit == "day":
                return _Days(None, None, "unknown", last)
            return None
        return self._ago(amount, unit, last)

    def _ago(self, amount: int, unit: str, last: int) -> _Days | None:
        reference = self.reference
        if reference is None:
            return _Days(None, None, "unknown", last)
        try:
            if unit == "hour":
                day = reference - timedelta(amount // 24)
                return _Days(day, day, "day", last)
            if unit == "day":
                day = reference - timedelta(amount)
                return _Days(day, day, "day", last)
            if unit == "week":
                day = reference - timedelta(7 * amount)
                return _Days(day, day, "week", last)
            if unit == "month":
                first = _months_before(reference, amount)
                return _Days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), "month", last)
            year = reference.year - amount
            return _Days(date(year, 1, 1), date(year, 12, 31), "year", last)
        except (ValueError, OverflowError):
            return None

    def _within(self, i: int) -> _Days | None:
        """خلال الأيام الخمسة الماضية, في الـ24 ساعة الماضية, على مدى ثلاثة أيام is a duration and none."""
        forms, j = self.forms, i + 1
        while j < self.end and forms[j] in ("ال", "(", ")", "ا"):
            j += 1
        if j >= self.end:
            return None
        form = forms[j]
        if form in _UNITS and form.startswith("ال"):
            return self._unit(j)
        value = numbers.value_at(self.words, j, self.end)
        if value is None or value[1] >= self.end:
            return None
        amount, k = value
        unit = _UNITS.get(forms[k])
        if unit is None:
            return None
        if k + 1 < self.end and forms[k + 1] in _LAST:
            return self._last_units(amount, unit, k + 1)
        return None

    def _article(self, i: int) -> _Days | None:
        """الـ 24 ساعة الماضية."""
        return self._within(i)

    def _unit(self, i: int) -> _Days | None:
        """الأسبوع الماضي, الشهر الجاري, الأيام الخمسة الماضية, العام 2013, عام 2013."""
        forms = self.forms
        form = forms[i] if forms[i] in _UNITS else _bare(forms[i])
        unit = _UNITS.get(form)
        if unit is None:
            return None
        j = i + 1
        if form in _YEAR_WORDS or form in ("عام", "سنه"):
            year = self._year_words(i, j)
            if year is not None:
                return year
        if not form.startswith("ال"):
            return None
        before = _bare(forms[i - 1]) if i > 0 else ""
        if form in _PLURALS or form in _DUALS:
            amount: int | None = 2 if form in _DUALS else None
            if j < self.end:
                value = numbers.value_at(self.words, j, self.end)
                if value is not None and value[1] < self.end and forms[value[1]] in _LAST:
                    return self._last_units(value[0], unit, value[1])
            while j < self.end and forms[j] in ("القليله", "القلائل", "ال", "القليله"):
                j += 1
            if j < self.end and forms[j] in _LAST:
                if j + 1 < self.end and amount is None:
                    value = numbers.value_at(self.words, j + 1, self.end)
                    if value is not None and forms[j + 1].startswith("ال"):
                        return self._last_units(value[0], unit, value[1] - 1)
                return self._last_units(amount, unit, j)
            return None
        reference = self.reference
        modifier = forms[j] if j < self.end else ""
        if modifier == "قبل" and j + 1 < self.end and forms[j + 1] in _LAST:
            return self._whole(unit, 2, j + 1)
        if modifier in _LAST and unit in ("week", "month", "year"):
            return self._whole(unit, 1, j)
        if modifier in _THIS and unit in ("week", "month", "year"):
            return self._whole(unit, 0, j)
        if before in ("هذا", "هذه") and unit in ("week", "month", "year"):
            return self._whole(unit, 0, i)
        if modifier in _NEXT and unit in ("week", "month", "year"):
            return self._whole(unit, -1, j)
        if unit == "month" and self.previous is not None and modifier in ("نفسه", "ذاته") and self.previous.start is not None:
            first = self.previous.start.replace(day=1)
            return _Days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), "month", j)
        del reference
        return None

    def _year_words(self, i: int, j: int) -> _Days | None:
        forms = self.forms
        if j < self.end and self._is_year(j):
            last = j + 1 if j + 1 < self.end and forms[j + 1] in ("م", "ميلادي", "الميلادي") else j
            year = self._year_at(j)
            if last + 2 < self.end and forms[last + 1] in ("-", "–", "الي", "و") and self._is_year(last + 2):
                return _join(year, self._year_at(last + 2))
            return year._replace(last=last)
        if j < self.end and forms[j].isdigit() and 1300 <= int(forms[j][:6]) <= 1500 and len(forms[j]) == 4:
            try:
                start = Hijri(int(forms[j]), 1, 1).to_gregorian()
                stop = Hijri(int(forms[j]) + 1, 1, 1).to_gregorian()
            except (ValueError, OverflowError):
                return None
            last = j + 1 if j + 1 < self.end and forms[j + 1] in ("هـ", "ه", "هجريه", "هجري") else j
            return _Days(date(start.year, start.month, start.day), date(stop.year, stop.month, stop.day) - timedelta(1), "year", last)
        if j < self.end and forms[j] in ("الفين", "الفان", "الف"):
            value = numbers.value_at(self.words, j, self.end)
            if value is not None and 1900 <= value[0] <= 2100:
                return _Days(date(value[0], 1, 1), date(value[0], 12, 31), "year", value[1] - 1)
        return None

    def _whole(self, unit: str, back: int, last: int) -> _Days:
        """The week, month or year `back` before the reference day's; a week is the seven days before (or after) it."""
        reference = self.reference
        if reference is None:
            return _Days(None, None, "unknown", last)
        try:
            if unit == "week":
                if back == 0:
                    return _Days(reference - timedelta(6), reference, "week", last)
                start = reference - timedelta(7 * back) if back > 0 else reference + timedelta(1)
                return _Days(start, start + timedelta(6), "week", last)
            if unit == "month":
                first = _months_before(reference, back)
                return _Days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), "month", last)
            year = reference.year - back
            return _Days(date(year, 1, 1), date(year, 12, 31), "year", last)
        except (ValueError, OverflowError):
            return _Days(None, None, "unknown", last)

    def _last_units(self, amount: int | None, unit: str, last: int) -> _Days | None:
        """The last `amount` days, weeks, months or years up to the reference day; a bare plural is a vague few."""
        reference = self.reference
        if reference is None:
            return _Days(None, None, "unknown", last)
        try:
            if unit == "hour":
                return _Days(reference - timedelta(max(1, (amount or 24) // 24)), reference, "day", last)
            if unit == "day":
                if amount is None:
                    return _Days(reference - timedelta(7), reference - timedelta(1), "week", last)
                return _Days(reference - timedelta(amount - 1), reference, "day", last)
            if unit == "week":
                if amount is None:
                    return _Days(reference - timedelta(30), reference - timedelta(1), "month", last)
                return _Days(reference - timedelta(7 * amount), reference - timedelta(1), "week", last)
            if amount is None:
                return None
            if unit == "month":
                first = _months_before(reference, amount)
                return _Days(first, reference.replace(day=1) - timedelta(1), "month", last)
            return _Days(date(reference.year - amount, 1, 1), date(reference.year - 1, 12, 31), "year", last)
        except (ValueError, OverflowError):
            return None

    def _edge(self, i: int) -> _Days | None:
        """مطلع الشهر الجاري, أواخر عام 2013, منتصف ديسمبر: the month or the year itself, no finer."""
        forms, j = self.forms, i + 1
        while j < self.end and forms[j] in ("شهر", "عام_"):
            j += 1
        if j >= self.end:
            return None
        role = _roles.get(forms[j]) or _role_of(forms[j])
        if role in ("unit", "month", "month2", "hijri"):
            return self._point(j, role)
        return None

    def _season(self, i: int) -> _Days | None:
        """صيف عام 2014, خريف 2019, الصيف الماضي is too vague."""
        j = i + 1
        if j < self.end and self.forms[j] in _YEAR_WORDS:
            j += 1
        if j < self.end and self._is_year(j):
            return self._year_at(j)
        return self._month(i) if self.forms[i] == "ربيع" else None

    def _feast(self, i: int) -> _Days | None:
        """أول أيام عيد الفطر, عيد الأضحى: the Hijri day nearest to the reference day."""
        if i + 1 >= self.end or self.forms[i + 1] not in ("الفطر", "الاضحي") or self.reference is None:
            return None
        if _bare(self.forms[i - 1]) not in ("ايام", "يوم") if i > 0 else True:
            return None
        month, day = (10, 1) if self.forms[i + 1] == "الفطر" else (12, 10)
        ordinal = {"اول": 0, "ثاني": 1, "ثالث": 2, "رابع": 3}.get(_bare(self.forms[i - 2]), 0) if i > 1 else 0
        year = _hijri(self.reference)[0]
        options = [Hijri(y, month, day).to_gregorian() for y in (year - 1, year, year + 1)]
        nearest = min((date(o.year, o.month, o.day) for o in options), key=lambda d: abs((d - self.reference).days))  # type: ignore[operator]
        nearest += timedelta(ordinal)
        return _Days(nearest, nearest, "day", i + 1)

    def _shift(self, days: int, precision: Precision, last: int) -> _Days:
        if self.reference is None:
            return _Days(None, None, "unknown", last)
        try:
            day = self.reference + timedelta(days)
        except OverflowError:
            return _Days(None, None, "unknown", last)
        return _Days(day, day, precision, last)


_READERS: Final = {
    "today": _Scanner._today,
    "yesterday": _Scanner._yesterday,
    "tomorrow": _Scanner._tomorrow,
    "tonight": _Scanner._tonight,
    "weekday": _Scanner._weekday,
    "unit": _Scanner._unit,
    "month": _Scanner._month,
    "month2": _Scanner._month,
    "hijri": _Scanner._month,
    "ago": _Scanner._ago_at,
    "within": _Scanner._within,
    "first": _Scanner._first,
    "after": _Scanner._after,
    "edge": _Scanner._edge,
    "season": _Scanner._season,
    "figure": _Scanner._figure,
    "ordinal": _Scanner._ordinal,
    "numeral": _Scanner._numeral,
    "feast": _Scanner._feast,
    "article": _Scanner._article,
}
_ORDINAL_HEADS: Final = frozenset(name.split()[0] for name in _ORDINALS)


# --- small arithmetic ----------------------------------------------------------------------------------------------


def _bare(form: str) -> str:
    """`form` without و, ف and a one-letter preposition."""
    return _variants(form)[-1] if form[0] in "وفبلك" else form


def _month_bare(form: str) -> str:
    if form in _MONTHS or form in _TWO_WORD_HEADS or form in _HIJRI:
        return form
    for variant in _variants(form):
        if variant in _MONTHS or variant in _TWO_WORD_HEADS or variant in _HIJRI:
            return variant
    return form


def _is_month_head(forms: list[str], i: int, end: int) -> bool:
    return i + 1 < end and forms[i + 1] in ("من",)


def _any_in(forms: list[str], words: frozenset[str]) -> bool:
    return any(form in words for form in forms)


def _join(first: _Days, second: _Days) -> _Days:
    """One interval from the earlier start to the later end."""
    last = max(first.last, second.last)
    if first.start is None or second.start is None or first.end is None or second.end is None:
        return _Days(None, None, "unknown", last)
    coarser = max(first.precision, second.precision, key=("day", "week", "month", "year", "unknown").index)
    return _Days(min(first.start, second.start), max(first.end, second.end), coarser, last)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _hijri(day: date) -> tuple[int, int]:
    """Year and month of `day` in the Hijri calendar; outside the tables, the mean lunar calendar."""
    from hijridate import Gregorian

    try:
        converted = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return round((day.year - 622) * 33 / 32), day.month
    return converted.year, converted.month


def shifted(found: Date, offset: int, tokens: int) -> Date:
    """`found` moved by `offset` characters and `tokens` tokens: for a text that was read in parts."""
    return replace(
        found, span=(found.span[0] + offset, found.span[1] + offset), first=found.first + tokens, last=found.last + tokens
    )
