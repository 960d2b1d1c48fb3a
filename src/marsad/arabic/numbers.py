"""Numbers in running Arabic text, as ranges that keep their words.

    >>> [(n.low, n.high) for n in find("مقتل 12 عنصرا وإصابة عشرات")]
    [(12, 12), (20, None)]
    >>> [(n.low, n.high) for n in find("أكثر من مئة وخمسين شخصا بينهم طفلان وامرأة")]
    [(151, None), (2, 2), (1, 1)]

A number is what a reader would count: a figure, a numeral in words, a dual (شخصين is 2), a counted singular
(شاب is 1), a round word (عشرات is 20 or more), with its hedge (أكثر من, نحو, لا يقل عن). A label is none (اللواء 44,
الساعة 11), and neither is a year or a day of the month. Rules: Ryding, A Reference Grammar of Modern Standard
Arabic, ch. 15 (numerals), 13 (hedging expressions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

from marsad.arabic.letters import INVISIBLE, fold
from marsad.arabic.morphology import noun_forms
from marsad.arabic.words import Words, tokenise
from marsad.model import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its words. `first` and `last` are the tokens of `span`; `core` is the token after the hedge."""

    span: Span  # the words, hedge included
    low: int
    high: int | None  # None: no upper bound is told
    first: int
    last: int
    form: Literal["figure", "words", "dual", "singular", "round"]
    core: int
    after: int  # the token behind the figure itself, where the counted noun stands


# --- the numerals -----------------------------------------------------------------------------------------------

_UNITS: Final = {
    1: "واحد واحدة",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين",
    3: "ثلاث ثلاثة",
    4: "أربع أربعة",
    5: "خمس خمسة",
    6: "ست ستة",
    7: "سبع سبعة",
    8: "ثمان ثمانية ثماني",
    9: "تسع تسعة",
    10: "عشر عشرة",
}
_TENS: Final = {20: "عشر", 30: "ثلاث", 40: "أربع", 50: "خمس", 60: "ست", 70: "سبع", 80: "ثمان", 90: "تسع"}
_HUNDRED: Final = "مئة مائة"
_SCALES: Final = {
    1_000: ("ألف ألفا", "ألفان ألفين ألفا ألفي", "آلاف"),
    1_000_000: ("مليون مليونا", "مليونان مليونين مليونا مليوني", "ملايين"),
    1_000_000_000: ("مليار مليارا بليون", "ملياران مليارين", "مليارات"),
}
_ROUND: Final = {"عشرات": 20, "العشرات": 20, "مئات": 200, "مآت": 200, "مئآت": 200}
_FRACTIONS: Final = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_FEW: Final = {"بضع": (3, 9), "بضعة": (3, 9)}
_SEVERAL: Final = "عدد أعداد عدة العديد عديد الكثير كثير مجموعة"

_TOO_LARGE: Final = 10**15


class _Numeral(NamedTuple):
    """A token read as part of a numeral."""

    kind: Literal["unit", "eleven", "tens", "hundred", "scale", "scale2", "scales", "round", "fraction", "few", "several", "figure"]
    value: float
    high: float
    joined: bool  # it carries و
    prefixed: bool  # it carries a preposition or an article


def _table() -> dict[str, tuple[str, float, float]]:
    table: dict[str, tuple[str, float, float]] = {}

    def put(words: str, kind: str, value: float, high: float | None = None) -> None:
        for word in words.split():
            table.setdefault(fold(word), (kind, value, value if high is None else high))

    for value, words in _UNITS.items():
        put(words, "unit", value)
    for value, stem in _TENS.items():
        put(f"{stem}ون {stem}ين {stem}ينات", "tens", value)
    put("أحد إحدى", "eleven", 1)  # only in أحد عشر, إحدى عشرة
    put(_HUNDRED, "hundred", 100)
    put("مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي", "hundred", 200)
    for value, stem in (
        (300, "ثلاث"),
        (400, "أربع"),
        (500, "خمس"),
        (600, "ست"),
        (700, "سبع"),
        (800, "ثمان"),
        (800, "ثماني"),
        (900, "تسع"),
    ):
        put(f"{stem}مئة {stem}مائة", "hundred", value)
    for value, (one, two, many) in _SCALES.items():
        put(one, "scale", value)
        put(two, "scale2", 2 * value)
        put(many, "scales", value)
    for word, low in _ROUND.items():
        put(word, "round", low)
    for word, part in _FRACTIONS.items():
        put(word, "fraction", part)
    for word, (low, high) in _FEW.items():
        put(word, "few", low, high)
    put(_SEVERAL, "several", 2)
    return table


_NUMERALS: Final = _table()


@cache
def counted_nouns() -> dict[str, tuple[str, int]]:
    """Folded forms of nouns that people count → (how many the form alone says: dual 2, singular 1, plural 0; class).

    Read from `people.tsv` (class "person") and `nouns_counted.tsv` (class "thing"). A form that could be the dual or the
    sound plural (مقاتلين) is the plural.
    """
    table: dict[str, tuple[str, int]] = {}
    for name, kind in (("people.tsv", "person"), ("nouns_counted.tsv", "thing")):
        for line in (files("marsad.arabic") / name).read_text("utf-8").splitlines()[1:]:
            cells = [*line.split("\t"), "", "", ""]
            for singular, plurals, gender in ((cells[0], cells[1], "m"), (cells[2], cells[3], "f")):
                if singular and " " not in singular:
                    many = [p for p in plurals.split("|") if p not in ("", "-")]
                    for form, info in noun_forms(singular, many, gender):
                        number = {"s": 1, "d": 2, "p": 0}[info.number]
                        known = table.get(form)
                        if known is None or (number == 0 and known[1] == 2):
                            table[form] = (kind, number)
    return table


# --- the words around a numeral -----------------------------------------------------------------------------------

_Hedge = Literal["more", "least", "less", "about", "upto"]
_BEFORE: Final[dict[tuple[str, ...], _Hedge]] = {
    tuple(fold(phrase).split()): hedge  # type: ignore[misc]
    for hedge, phrases in {
        "more": "أكثر من|اكثر عن|ما يزيد عن|ما يزيد على|ما يزيد عن|يزيد عن|يزيد على|يزيد عددهم عن|يزيد عددهم على|تزيد عن|تزيد على|أزيد من|ما يفوق|يفوق عددهم|يفوق|تفوق"
        "|تجاوز|تجاوزت|يتجاوز|تتجاوز|يتجاوز عددهم|ما يتجاوز|تجاوز عددهم|أكثر عن|ينوف عن|ما ينوف عن|ينيف على|ما يربو على|يربو على|تربو على|يربو عن|ما يربو عن|فوق|زاد عن|زاد على|زادت عن",
        "least": "ما لا يقل عن|ما لايقل عن|لا يقل عن|لا تقل عن|لايقل عن|لا يقل عددهم عن|على الأقل|بما لا يقل عن|كحد أدنى|مالا يقل عن|ما لا تقل عن|قرابة أو أكثر من|لا أقل من",
        "less": "أقل من|ما يقل عن|اقل من|دون",
        "about": "نحو|حوالي|حوالى|قرابة|زهاء|ما يقارب|ما يقارب من|ما يقرب من|يقارب|تقارب|يقارب عددهم|نحوا من|قريبا من|بحدود|في حدود|حدود|ما يناهز|يناهز|تناهز|ما يقدر بـ|يقدر بنحو|تقدر بنحو|يقدر عددهم بنحو|تقريبا|ما مجموعه|ما يصل عددهم إلى",
        "upto": "حتى|ما يصل إلى|يصل إلى|تصل إلى|لغاية|إلى حوالي",
    }.items()
    for phrase in phrases.split("|")
}
_AFTER: Final[dict[tuple[str, ...], _Hedge]] = {
    tuple(fold(phrase).split()): hedge  # type: ignore[misc]
    for hedge, phrases in {
        "least": "على الأقل|علي الاقل|كحد أدنى|على أقل تقدير|في الأقل|حدا أدنى",
        "about": "تقريبا|على وجه التقريب",
        "upto": "على الأكثر|كحد أقصى|على أكثر تقدير",
        "more": "أو أكثر|فأكثر|فما فوق|ونيف|و نيف|أو يزيد",
    }.items()
    for phrase in phrases.split("|")
}
_HEDGE_WORDS: Final = frozenset(phrase[0] for phrase in _BEFORE)
_HEDGE_HEADS: Final = frozenset(phrase[-1] for phrase in _BEFORE)
_AFTER_HEADS: Final = frozenset(phrase[0] for phrase in _AFTER)
_LABELLED: Final = frozenset(
    fold(
        "اللواء لواء الفرقة فرقة الفوج فوج الكتيبة كتيبة الساعة ساعة المادة مادة القرار قرار رقم البند بند طريق الطريق الوحدة القطاع قطاع غرفة الحلقة الدورة دورة الجولة القناة"
        " الفصل المجموعة الطراز طراز نوع عيار نسخة المنطقة الخط العدد عددها الموسم الصفحة الفقرة بلوك مربع المربع الطابق الدرجة فئة محطة المحطة الملعب"
    ).split()
)
_YEAR_CUES: Final = frozenset(
    fold("عام العام سنة السنة عامي سنتي أعوام منذ يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر الثاني الأول شباط آذار نيسان أيار حزيران تموز آب أيلول"
         " للعام لعام بعام كعام والعام وعام بسنة هجرية").split()
)
_WEEKDAY_NUMERALS: Final = frozenset(("الاثنين", "والاثنين", "الاحد", "للاثنين"))
_WHOLE: Final = frozenset(_NUMERALS) | _HEDGE_WORDS
_BRACKETS: Final = frozenset("()[]«»\"“”'")
_NOT_ONE: Final = frozenset(fold("كل أي لكل بأي ولا لا غير أول آخر اي ليس دون بدون").split())
_DIGITS: Final = re.compile(r"\d+(?:[.,٫٬]\d+)*")


def _numeral(form: str) -> _Numeral | None:
    """`form` read as a numeral word, with و, a preposition or the article in front if need be."""
    for joined in (False, True):
        if joined and not (form[0] in "وف" and len(form) > 2):
            continue
        rest = form[1:] if joined else form
        for cut, prefixed in ((0, False), (2, True), (1, True), (3, True)):
            if cut and not (
                (cut == 2 and rest.startswith(("ال", "لل")))
                or (cut == 1 and rest[:1] in ("ب", "ل", "ك"))
                or (cut == 3 and rest.startswith(("بال", "كال")))
            ):
                continue
            found = _NUMERALS.get(rest[cut:])
            if found:
                kind, value, high = found
                if kind == "several" and prefixed and rest[cut:] in ("عدد", "مجموعه", "عده", "اعداد") and cut != 1:
                    continue  # العدد is a noun, عدد من a quantity
                return _Numeral(kind, value, high, joined, prefixed)  # type: ignore[arg-type]
    return None


_memo: dict[str, _Numeral | None] = {}


def _read(form: str) -> _Numeral | None:
    try:
        return _memo[form]
    except KeyError:
        if len(_memo) > 300_000:
            _memo.clear()
        if _DIGITS.fullmatch(form):
            value = _figure(form)
            result = _Numeral("figure", value, value, False, False) if value is not None else None
        else:
            result = _numeral(form)
        if len(form) < 40:
            _memo[form] = result
        return result


def _figure(form: str) -> float | None:
    """The value of a figure: 1,500 and 1.500 are thousands, 2.5 is a fraction; None if it is no count (12.5.3)."""
    parts = re.split(r"[.,٫٬]", form)
    if len(parts) == 1:
        return int(form) if len(form) < 16 else None
    if len(parts[0]) <= 3 and all(len(p) == 3 for p in parts[1:]) and parts[0] != "0":
        return int("".join(parts)) if len(form) < 20 else None
    if len(parts) == 2 and len(form) < 16:
        return float(f"{int(parts[0])}.{parts[1]}")
    return None


def find(text: str | Words) -> list[Number]:
    """The numbers in `text`, in order, none overlapping; the longest reading wins."""
    words = tokenise(text) if isinstance(text, str) else text
    return find_in(words, 0, len(words))


def find_in(words: Words, begin: int, end: int) -> list[Number]:
    """The numbers among the tokens `begin` … `end` (excluded)."""
    forms = words.forms
    nouns = counted_nouns()
    out: list[Number] = []
    taken = begin  # tokens before this one belong to an earlier number
    i = begin
    while i < end:
        form = forms[i]
        numeral = _memo.get(form, _UNREAD)
        if numeral is _UNREAD:
            numeral = _read(form)
        number: Number | None = None
        if numeral is not None:
            number = _number_at(words, i, taken, end)  # type: ignore[arg-type]
        elif form in nouns or _bare_noun(form) in nouns:
            number = _noun_alone(words, i, begin, end)
        if number is None:
            i += 1
            continue
        out.append(number)
        i = taken = max(number.last + 1, i + 1)
    return out


def value_at(words: Words, i: int, end: int) -> tuple[int, int] | None:
    """The exact value of the numeral that begins at token `i`, whatever it counts, and the token behind it."""
    part = _read(words.forms[i])
    if part is None or part.kind in ("several", "few", "round"):
        return None
    parsed = _compose(words, i, end)
    return None if parsed is None or parsed[1] is None else (parsed[0], parsed[2])


_UNREAD: Final = object()


def _bare_noun(form: str) -> str:
    if form[:1] in ("و", "ف") and len(form) > 3:
        form = form[1:]
    return form[1:] if form[:1] in ("ب", "ل") and len(form) > 3 else form


# --- a numeral -----------------------------------------------------------------------------------------------------


def _number_at(words: Words, i: int, taken: int, end: int) -> Number | None:
    """The number whose numeral begins at token `i`, with its hedge and its noun's hedge."""
    forms = words.forms
    if _is_label(words, i, end):
        return None
    parsed = _compose(words, i, end)
    if parsed is None:
        return None
    low, high, after, form = parsed
    low, high, after = _range(words, i, low, high, after, end)
    first, hedge = _hedge_before(words, i, taken)
    last = after - 1
    tail, after_hedge = _hedge_after(words, after, end)
    if after_hedge:
        hedge, last = after_hedge, tail
    elif form == "words" and low == 1 and first == i and not _noun_before(words, i, taken):
        return None  # واحد alone: a pronoun (واحد منهم is read with its noun)
    if low > _TOO_LARGE:
        return None
    if hedge == "more":
        low, high = low + 1, None
    elif hedge == "least":
        high = None
    elif hedge == "less":
        low, high = 0, max(low - 1, 0)
    elif hedge == "upto" and after_hedge:
        low = 0
    if form == "words" and low in (1, 2) and _noun_before(words, i, taken):
        first = i - 1  # شخص واحد، مدنيان اثنان
    return Number(_span(words, first, last), low, high, first, last, form, i, after)


def _span(words: Words, first: int, last: int) -> Span:
    """The letters of the tokens, without the clitics in front: ثلاثة in وثلاثة."""
    start, form = words.starts[first], words.forms[first]
    if form[0] in "وفبلك" and len(form) > 2 and form not in _WHOLE:
        for cut in (1, 2):
            rest = form[cut:]
            if rest in _NUMERALS or rest in _HEDGE_WORDS or rest in counted_nouns():
                return _skip_letters(words.text, start, cut), words.ends[last]
            if form[cut - 1] not in "وف" or rest[:1] not in ("ب", "ل", "ك"):
                break
    return start, words.ends[last]


def _skip_letters(text: str, start: int, letters: int) -> int:
    """The offset after `letters` letters and the signs that they carry."""
    while letters:
        start += 1
        while text[start] in INVISIBLE:
            start += 1
        letters -= 1
    return start


def _is_label(words: Words, i: int, end: int) -> bool:
    """A figure that names or dates rather than counts: اللواء 44, الساعة 11, عام 2013, 3 كانون الأول, 10:30, 24/3."""
    forms, form = words.forms, words.forms[i]
    before = forms[i - 1] if i > 0 else ""
    if before[:1] in ("و", "ف") and len(before) > 2:
        before = before[1:]
    if not form[0].isdigit():
        return form in _WEEKDAY_NUMERALS or (before in ("الساعه", "ساعه") and form.startswith("ال"))
    after = forms[i + 1] if i + 1 < end else ""
    if before in _LABELLED:
        return True
    if before in ("/", ":", "\\") and i > 1 and forms[i - 2][0].isdigit():
        return True
    if after in ("/", ":", "\\") and i + 2 < end and forms[i + 2][0].isdigit():
        return True
    if len(form) == 4 and form.isdigit() and 1900 <= int(form) <= 2100:
        if before in _YEAR_CUES or (before in ("و", "-", "–") and i > 1 and forms[i - 2].isdigit() and len(forms[i - 2]) == 4):
            return True
        if before in ("في", "منذ", "حتي", "مطلع", "نهايه", "بدايه", "اواخر", "اوائل", "منتصف", "خلال") and _bare_noun(after) not in counted_nouns():
            return True
    if len(form) <= 2 and form.isdigit() and 1 <= int(form) <= 31 and _is_month(forms, i + 1, end):
        return True
    glued = words.text[words.starts[i] - 1 : words.starts[i]] if words.starts[i] else ""
    return glued.isascii() and glued.isalpha()  # M4, T-72


_MONTHS: Final = frozenset(
    fold(
        "يناير فبراير مارس أبريل إبريل نيسان مايو أيار يونيو يونيه يونية حزيران يوليو يوليه يولية تموز أغسطس آب سبتمبر أيلول أكتوبر نوفمبر ديسمبر شباط آذار كانون تشرين"
        " جانفي فيفري أفريل ماي جوان جويلية أوت غشت شتنبر نونبر دجنبر يوليوز محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي"
    ).split()
)


def _is_month(forms: list[str], i: int, end: int) -> bool:
    if i < end and forms[i] in ("من", "شهر") and i + 1 < end:
        i += 1
        if i < end and forms[i] == "شهر" and i + 1 < end:
            i += 1
    return i < end and forms[i] in _MONTHS


def _compose(words: Words, i: int, end: int) -> tuple[int, int | None, int, Literal["figure", "words", "round"]] | None:
    """The value of the numeral from token `i` on: (low, high, token after it, form)."""
    forms = words.forms
    first = _read(forms[i])
    assert first is not None
    if first.kind in ("several", "few"):
        return _quantity(words, i, first, end)
    if first.kind == "eleven" and not (i + 1 < end and forms[i + 1] in ("عشر", "عشره")):
        return None
    total = 0.0
    current = 0.0
    rank = float("inf")  # the last component's size: what follows with و must be smaller
    form: Literal["figure", "words", "round"] = "figure" if first.kind == "figure" else "words"
    open_ended = False
    j = i
    while j < end:
        if j > i and forms[j] == "و" and j + 1 < end and words.ends[j] <= words.starts[j + 1] <= words.ends[j] + 1:
            lone = _read(forms[j + 1])
            if lone is None or lone.joined or not _may_follow(lone, rank, joined=True):
                break
            part: _Numeral | None = lone._replace(joined=True)
            j += 1
        else:
            part = _read(forms[j])
            if part is None:
                break
        if j > i and not _may_follow(part, rank, joined=part.joined):
            break
        if j > i and part.prefixed and part.kind != "scales" and part.kind != "scale" and not part.joined:
            break
        kind, value = part.kind, part.value
        if kind in ("figure", "unit", "tens", "eleven"):
            if kind == "unit" and value == 10 and current and not part.joined and 1 <= current % 100 <= 9:
                current += 10  # ثلاثة عشر
                rank = 10
            elif kind == "figure" and j > i and not part.joined:
                break
            else:
                current += value
                rank = value if kind == "tens" else (1 if value < 10 else value)
                if kind in ("unit", "eleven") and value < 10:
                    rank = 9.5  # tens may follow: ثلاثة وعشرين
        elif kind == "hundred":
            if value == 100 and 3 <= current <= 9 and not part.joined:
                current *= 100
            else:
                current += value
            rank = 100
        elif kind in ("scale", "scales"):
            if kind == "scales" and j == i:
                open_ended, form = True, "round"
                current = 2.0
            if kind == "scales" and open_ended and j > i:
                current = current or 1
            total += (current or 1) * value
            current = 0
            rank = value
        elif kind == "scale2":
            total += value
            rank = value / 2
        elif kind == "round":
            if j > i:
                break
            open_ended, form = True, "round"
            current = value
            rank = 0.5
        elif kind == "fraction":
            after = _read(forms[j + 1]) if j + 1 < end else None
            if j == i:
                if after is None or after.kind != "scale" or after.joined:
                    return None
                current, rank = value, 1
            elif part.joined and total:
                total += value * rank
                j += 1
                if after is not None and after.kind == "scale" and not after.joined:
                    j += 1
                break
            else:
                break
        j += 1
    value_ = total + current
    if value_ != int(value_):
        if form == "figure" and total == 0:
            return None  # 2.5 is a measure, not a count
        value_ = round(value_)
    low = int(value_)
    if low <= 0 and form != "figure":
        return None
    return low, (None if open_ended else low), max(j, i + 1), form


def _may_follow(part: _Numeral, rank: float, *, joined: bool) -> bool:
    """Whether `part` can continue a numeral whose last component had the size `rank`."""
    kind, value = part.kind, part.value
    if kind == "scale":
        if joined:
            return value < rank and rank > 1000
        return value != rank and (rank < value or rank == float("inf"))
    if kind == "scales":
        return not joined and rank <= 10 or (not joined and rank == 0.5)
    if kind == "scale2":
        return joined and value < rank
    if kind == "hundred":
        return (joined and rank >= 1000 and rank != float("inf")) or (not joined and value == 100 and rank == 9.5)
    if kind == "tens":
        return joined and (rank == 9.5 or (rank >= 100 and rank != float("inf")))
    if kind == "unit":
        if not joined:
            return value == 10 and rank == 9.5
        return rank >= 100 and rank != float("inf")
    if kind == "figure":
        return joined and rank >= 1000 and rank != float("inf") and value < rank
    if kind == "fraction":
        return joined and rank >= 1000 and rank != float("inf")
    return False


def _quantity(words: Words, i: int, part: _Numeral, end: int) -> tuple[int, int | None, int, Literal["round"]] | None:
    """عدد من, عدة, العديد من, بضعة: two or more; a few."""
    forms, bare = words.forms, words.forms[i].lstrip("وفبل")
    after = i + 1
    while after < end and forms[after] in ("كبير", "قليل", "غير", "محدود", "كبيره", "معلوم", "محدد", "اخر", "واسعه", "صغيره"):
        after += 1
    if part.kind == "few":
        return int(part.value), int(part.high), i + 1, "round"
    if bare in ("عده", "دة") or bare == "عده":
        return 2, None, i + 1, "round"
    if after < end and forms[after] == "من":
        if bare.endswith("مجموعه"):
            return None  # مجموعة من is a group, its size is not told
        return 2, None, after + 1, "round"
    if bare in ("اعداد", "عدد") and after > i + 1 and after < end and forms[after] == "من":
        return 2, None, after + 1, "round"
    return None


def _range(words: Words, i: int, low: int, high: int | None, after: int, end: int) -> tuple[int, int | None, int]:
    """5-7, بين 5 و7, من 5 إلى 7, 3 أو 4."""
    forms = words.forms
    if after >= end or high is None:
        return low, high, after
    link = forms[after]
    before = forms[i - 1] if i > 0 else ""
    nxt = after + 1
    if nxt >= end:
        return low, high, after
    if link in ("-", "–", "—", "_"):
        if not (words.starts[nxt] - words.ends[i] <= 4 and forms[i][0].isdigit() and forms[nxt][0].isdigit()):
            return low, high, after
    elif link == "الي" or link == "حتي":
        if before not in ("من", "بين", "ومن", "وبين", "مابين") and not (forms[i][0].isdigit() and forms[nxt][0].isdigit()):
            return low, high, after
    elif link == "او":
        pass
    elif before in ("بين", "وبين", "مابين") and link == "و":
        pass
    elif before in ("بين", "وبين", "مابين") and link.startswith("و"):
        second = _compose_stripped(words, after, end)
        if second and second[0] > low:
            return low, second[1], second[2]
        return low, high, after
    else:
        return low, high, after
    following = _read(forms[nxt])
    if following is None or following.kind in ("several", "few", "round", "fraction"):
        return low, high, after
    parsed = _compose(words, nxt, end)
    if parsed is None or parsed[1] is None or parsed[0] <= low:
        return low, high, after
    if parsed[0] >= 1000 * max(low, 1) and parsed[0] % 1000 == 0 and low < 1000:
        scale = 1_000_000 if parsed[0] >= 1_000_000 else 1000  # بين 10 و20 ألفا
        if low * scale < parsed[0]:
            low *= scale
    return low, parsed[1], parsed[2]


def _compose_stripped(words: Words, i: int, end: int) -> tuple[int, int | None, int, str] | None:
    part = _read(words.forms[i])
    if part is None or part.kind in ("several", "few", "round", "fraction"):
        return None
    return _compose(words, i, end)


def _hedge_before(words: Words, i: int, taken: int) -> tuple[int, _Hedge | None]:
    """The hedge that ends right before token `i`: (first token, hedge)."""
    forms = words.forms
    k = i
    if k > taken and forms[k - 1] in ("ال", "ب", "(", '"', "ل", "«", "“"):
        k -= 1
    if k > taken and forms[k - 1] in ("بين", "مابين", "وبين"):
        return k - 1, None
    if k - 1 < taken:
        return i, None
    last = forms[k - 1]
    stripped = last[1:] if last[0] in "وفبل" and len(last) > 3 else last
    if last not in _HEDGE_HEADS and stripped not in _HEDGE_HEADS:
        return i, None
    for size in (4, 3, 2, 1):
        if k - size < taken:
            continue
        phrase = tuple(forms[k - size : k])
        hedge = _BEFORE.get(phrase)
        if hedge is None and phrase[0][0] in "وفبلك" and len(phrase[0]) > 3:
            hedge = _BEFORE.get((phrase[0][1:], *phrase[1:]))
        if hedge is not None:
            if hedge == "upto" and forms[k - size] in ("حتي",):
                return i, None
            return k - size, hedge
    return i, None


def _hedge_after(words: Words, after: int, end: int) -> tuple[int, _Hedge | None]:
    """The hedge that follows the counted noun: 3 أشخاص على الأقل. Gives (last token, hedge)."""
    forms = words.forms
    stop = min(end, after + 6)
    for k in range(after, stop):
        form = forms[k]
        if form in _AFTER_HEADS:
            for size in (3, 2, 1):
                hedge = _AFTER.get(tuple(forms[k : k + size])) if k + size <= end else None
                if hedge is not None:
                    return k + size - 1, hedge
        if form in (".", "،", ",", "؛", "\n") or _read(form) is not None:
            break
        if form in ("في", "الي", "عن", "التي", "الذي", "الذين") or (form[0] == "و" and k > after):
            break
    return after - 1, None


def _noun_before(words: Words, i: int, taken: int) -> bool:
    if i - 1 < taken:
        return False
    form = words.forms[i - 1]
    nouns = counted_nouns()
    found = nouns.get(form) or nouns.get(_bare_noun(form))
    return found is not None


# --- a noun that says its number itself ------------------------------------------------------------------------------


def _noun_alone(words: Words, i: int, begin: int, end: int) -> Number | None:
    """A dual of anything counted; an indefinite singular of a person."""
    forms = words.forms
    nouns = counted_nouns()
    form = forms[i]
    found = nouns.get(form) or nouns.get(_bare_noun(form))
    if found is None or found[1] == 0:
        return None
    kind, number = found
    last = i
    following = _read(forms[i + 1]) if i + 1 < end else None
    if following is not None and following.kind == "unit" and following.value == number and not following.joined:
        last = i + 1
    elif number == 1:
        if kind != "person" or not _stands_alone(words, i, begin, end):
            return None
    low, high = number, number
    return Number(_span(words, i, last), low, high, i, last, "dual" if number == 2 else "singular", i, i)


_DESCRIBING: Final = frozenset(
    fold(
        "انتحاري عسكري إرهابي متطرف متشدد أجنبي جهادي انتحارية إرهابية عسكرية فلسطيني سوري عراقي يمني ليبي سوداني لبناني صومالي مصري إسرائيلي إيراني أفغاني تركي أميركي أمريكي روسي"
        " فرنسي سعودي كردي فلسطينية سورية عراقية يمنية ليبية سودانية لبنانية صومالية مصرية إسرائيلية إيرانية أفغانية تركية أميركية أمريكية روسية فرنسية سعودية كردية أجنبية حوثي حوثية داعشي سوريا ليبيا"
        " مسن عامل مصاب مطلوب متهم مشتبه عائد زائر مرتزق إعلامي صحفي صحفية إعلامية مختار عميل قاصر محتجز مفقود فرد قائد سائح أخ إمام حاج نسمة"
    ).split()
)
"""Words that more often describe a person, a thing or an office than count one: هجوم انتحاري, شاب فلسطيني, بيان صحفي."""


def _stands_alone(words: Words, i: int, begin: int, end: int) -> bool:
    """An indefinite singular that is no construct head of a definite noun, no adjective, not negated and not counted already."""
    forms = words.forms
    if _bare_noun(forms[i]) in _DESCRIBING or forms[i] in _DESCRIBING:
        return False
    previous = counted_nouns().get(forms[i - 1]) if i > begin else None
    if previous is not None and not forms[i].startswith("و"):
        return False  # شاب مدني: one man
    k = i - 1
    while k > begin and forms[k] in _BRACKETS:
        k -= 1
    before = forms[k] if k >= begin else ""
    if before in _NOT_ONE:
        return False
    if before and (part := _read(before)) is not None and part.kind != "several":
        return False
    following = forms[i + 1] if i + 1 < end else ""
    return not (following.startswith("ال") and following not in ("الي", "الا") and len(following) > 3)
