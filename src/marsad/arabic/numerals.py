"""Numerals: figures, words and both mixed, composed to one value.

    >>> from marsad.arabic.words import tokenise
    >>> value_at(tokenise("ثلاثمئة وخمسة وأربعون ألفا"), 0, 4), value_at(tokenise("2.5 مليون"), 0, 2)
    ((345000, 4), (2500000, 2))

Rules: Ryding, A Reference Grammar of Modern Standard Arabic, ch. 15.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from marsad.arabic.letters import fold
from marsad.arabic.words import Words

Kind = Literal["unit", "one", "eleven", "tens", "hundred", "scale", "scale2", "scales", "round", "fraction", "few", "several", "figure"]
Form = Literal["figure", "words", "round"]

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
_HUNDREDS: Final = {
    100: "مئة مائة",
    200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
    **{100 * n: f"{s}مئة {s}مائة" for n, s in enumerate(("ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"), 3)},
}
_SCALES: Final = {
    1_000: ("ألف ألفا", "ألفان ألفين ألفا ألفي", "آلاف ألوف"),
    1_000_000: ("مليون مليونا", "مليونان مليونين مليونا مليوني", "ملايين"),
    1_000_000_000: ("مليار مليارا بليون", "ملياران مليارين", "مليارات"),
}
_ROUND: Final = {"عشرات": 20, "العشرات": 20, "مئات": 200, "مآت": 200, "مئآت": 200}
_FRACTIONS: Final = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_FEW: Final = (3, 9)
_SEVERAL: Final = "عدد عددا أعداد أعدادا عدة العديد عديد الكثير كثير كثيرا مجموعة"
_SIZES: Final = frozenset(
    fold("كبير كبيرا قليلا محدودا ضخما هائلا قليل غير محدود كبيرة معلوم معروف محدد آخر واسعة صغيرة محدودة هائل هائلة ضخم ضخمة متزايد متزايدة").split()
)
_DIGITS: Final = re.compile(r"\d+(?:[.,٫٬]\d+)*")


class Numeral(NamedTuple):
    """A token read as part of a numeral."""

    kind: Kind
    value: float
    high: float
    joined: bool  # it carries و
    prefixed: bool  # it carries a preposition or an article


class Composed(NamedTuple):
    """The value of a whole numeral: `high` is None where it is open; `after` is the token behind it."""

    low: int
    high: int | None
    after: int
    form: Form


def _table() -> dict[str, tuple[Kind, float, float]]:
    table: dict[str, tuple[Kind, float, float]] = {}

    def put(words: str, kind: Kind, value: float, high: float | None = None) -> None:
        for word in words.split():
            table.setdefault(fold(word), (kind, value, value if high is None else high))

    for value, words in _UNITS.items():
        put(words, "unit", value)
    for value, stem in _TENS.items():
        put(f"{stem}ون {stem}ين", "tens", value)
    put("أحد إحدى", "eleven", 1)  # only in أحد عشر, إحدى عشرة, إحدى وعشرون
    put("واحدا", "one", 1)  # only in واحدا وعشرين: else it stands for somebody, or for what is in front of it
    for value, words in {**_HUNDREDS, 800: "ثمانمئة ثمانمائة ثمانيمئة ثمانيمائة"}.items():
        put(words, "hundred", value)
    for value, (single, two, many) in _SCALES.items():
        put(single, "scale", value)
        put(two, "scale2", 2 * value)
        put(many, "scales", value)
    for word, low in _ROUND.items():
        put(word, "round", low)
    for word, part in _FRACTIONS.items():
        put(word, "fraction", part)
    put("بضع بضعة", "few", *_FEW)
    put("نيف نيفا", "few", 1, 9)  # only in نيف وعشرون
    put(_SEVERAL, "several", 2)
    return table


NUMERALS: Final = _table()

# --- one token ------------------------------------------------------------------------------------------------------

_memo: dict[str, Numeral | None] = {}


def read(form: str) -> Numeral | None:
    """`form` as a numeral, with و, a preposition or the article in front if need be. Memoised."""
    try:
        return _memo[form]
    except KeyError:
        if len(_memo) > 100_000:
            _memo.clear()
        if _DIGITS.fullmatch(form):
            value = _figure(form)
            result = Numeral("figure", value, value, False, False) if value is not None else None
        else:
            result = _word(form)
        if len(form) < 40:
            _memo[form] = result
        return result


def _word(form: str) -> Numeral | None:
    for joined in (False, True):
        if joined and not (form[0] in "وف" and len(form) > 2):
            continue
        rest = form[1:] if joined else form
        for cut, prefixes in ((0, ("",)), (2, ("ال", "لل")), (1, ("ب", "ل", "ك")), (3, ("بال", "كال"))):
            if not rest.startswith(prefixes):
                continue
            found = NUMERALS.get(rest[cut:])
            if found:
                kind, value, high = found
                if kind == "several" and cut > 1 and rest[cut:] in ("عدد", "مجموعه", "عده", "اعداد"):
                    continue  # العدد is a noun, عدد من a quantity
                return Numeral(kind, value, high, joined, cut > 0)
    return None


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


# --- a whole numeral ------------------------------------------------------------------------------------------------


def value_at(words: Words, i: int, end: int) -> tuple[int, int] | None:
    """The exact value of the numeral that begins at token `i`, whatever it counts, and the token behind it."""
    part = read(words.forms[i])
    if part is None or part.kind in ("several", "few", "round"):
        return None
    composed = compose(words, i, end)
    return None if composed is None or composed.high is None else (composed.low, composed.after)


class _Sum:
    """The value so far: whole thousands in `total`, the rest in `current`; `rank` bounds what may follow with و."""

    __slots__ = ("current", "form", "open", "rank", "total")

    def __init__(self, first: Numeral) -> None:
        self.total = 0.0
        self.current = 0.0
        self.rank = float("inf")
        self.form: Form = "figure" if first.kind == "figure" else "words"
        self.open = False

    def add(self, part: Numeral, *, first: bool) -> bool:
        """Take `part` in; False if it cannot stand here."""
        kind, value = part.kind, part.value
        if kind == "scale2":
            self.total += value
            self.rank = value / 2
        elif kind in ("scale", "scales"):
            self._scale(value, opening=kind == "scales" and first)
        elif kind == "round":
            if not first:
                return False
            self.open, self.form, self.current, self.rank = True, "round", value, 0.5
        elif kind == "hundred":
            self.current = self.current * 100 if value == 100 and 3 <= self.current <= 9 and not part.joined else self.current + value
            self.rank = 100.0
        elif kind == "unit" and value == 10 and not part.joined and 1 <= self.current % 100 <= 9:
            self.current += 10  # ثلاثة عشر
            self.rank = 10.0
        elif kind == "figure" and not first and not part.joined:
            return False
        else:
            self.current += value
            self.rank = value if value >= 10 else 1.0 if kind == "figure" else 9.5  # behind a unit tens: ثلاثة وعشرين
        return True

    def _scale(self, value: float, *, opening: bool) -> None:
        if opening:
            self.open, self.form, self.current = True, "round", 2.0
        self.total += (self.current or 1.0) * value
        self.current = 0.0
        self.rank = value


def compose(words: Words, i: int, end: int) -> Composed | None:
    """The numeral from token `i` on."""
    forms = words.forms
    first = read(forms[i])
    if first is None or not _goes_on(words, i, first, end):
        return None
    if first.kind in ("several", "few"):
        return _quantity(words, i, first, end)
    if first.kind == "fraction":
        after = read(forms[i + 1]) if i + 1 < end else None
        if after is None or after.kind != "scale" or after.joined:
            return None
    so_far = _Sum(first)
    j = i
    while j < end:
        found = _part(words, j, end)
        if found is None or (j > i and not _may_follow(found[0], so_far.rank)):
            break
        part, k = found
        if not _goes_on(words, k, part, end):
            break
        if j > i and part.prefixed and not part.joined and part.kind not in ("scale", "scales"):
            break
        if part.kind == "fraction" and j > i:
            j = _and_a_half(words, so_far, part, k, end) or j
            break
        if not so_far.add(part, first=j == i):
            break
        if part.kind == "fraction":
            so_far.rank = 1.0
        j = k + 1
    return _rounded(so_far, max(j, i + 1))


def _goes_on(words: Words, i: int, part: Numeral, end: int) -> bool:
    """Whether what is no numeral for itself has the rest of one behind it: أحد عشر, إحدى وعشرون, واحدا وعشرين; مات is none, though مآت is written alike."""
    if part.kind == "round" and words.forms[i].endswith("مات"):
        return "آ" in words.text[words.starts[i] : words.ends[i]]
    if part.kind == "eleven" and i + 1 < end and words.forms[i + 1] in ("عشر", "عشره"):
        return True
    return part.kind not in ("eleven", "one") or _opens_tens(words, i, end)


def _opens_tens(words: Words, i: int, end: int) -> bool:
    """واحدا وعشرين, but not متظاهرا سلميا واحدا وعشرين مدنيا, which are one and twenty."""
    before = words.forms[i - 1] if i > 0 else ""
    counted = before.endswith("ا") and not before.endswith("وا")
    following = _part(words, i + 1, end) if i + 1 < end else None
    return not counted and following is not None and following[0].kind == "tens" and following[0].joined


def _part(words: Words, j: int, end: int) -> tuple[Numeral, int] | None:
    """The numeral word at token `j` and its last token: a lone و belongs to what follows it."""
    forms = words.forms
    if forms[j] == "و" and j + 1 < end and words.ends[j] <= words.starts[j + 1] <= words.ends[j] + 1:
        lone = read(forms[j + 1])
        return None if lone is None or lone.joined else (lone._replace(joined=True), j + 1)
    if forms[j] == "واحد" and "أ" in words.text[words.starts[j] : words.ends[j]]:
        return Numeral("eleven", 1, 1, True, False), j  # مئة وأحد عشر, which is written as واحد is but for the hamza
    part = read(forms[j])
    return None if part is None else (part, j)


def _and_a_half(words: Words, so_far: _Sum, part: Numeral, k: int, end: int) -> int | None:
    """مليون ونصف المليون: adds the part and gives the token behind it; None if it does not belong."""
    if not (part.joined and so_far.total):
        return None
    so_far.total += part.value * so_far.rank
    after = read(words.forms[k + 1]) if k + 1 < end else None
    return k + 2 if after is not None and after.kind == "scale" and not after.joined else k + 1


def _rounded(so_far: _Sum, after: int) -> Composed | None:
    value = so_far.total + so_far.current
    if value != int(value):
        if so_far.form == "figure" and so_far.total == 0:
            return None  # 2.5 is a measure, not a count
        value = float(round(value))
    low = int(value)
    if low <= 0 and so_far.form != "figure":
        return None
    return Composed(low, None if so_far.open else low, after, so_far.form)


def _may_follow(part: Numeral, rank: float) -> bool:
    """Whether `part` can continue a numeral whose last component had the size `rank`."""
    kind, value, joined = part.kind, part.value, part.joined
    begun = rank != float("inf")
    if kind == "scale":
        return value < rank and rank > 1000 if joined else value != rank and (rank < value or not begun)
    if kind == "scales":
        return not joined and (rank <= 10 or (rank < 1000 and 3 <= rank % 100 <= 10))  # 307 آلاف, as سبعة آلاف
    if kind == "scale2":
        return joined and value < rank
    if kind == "hundred":
        return rank >= 1000 and begun if joined else value == 100 and rank == 9.5
    if kind == "tens":
        return joined and (rank == 9.5 or (rank >= 100 and begun))
    if kind in ("one", "eleven"):
        return joined and rank >= 100 and begun
    if kind == "unit":
        return rank >= 100 and begun if joined else value == 10 and rank == 9.5
    if kind == "figure":
        return joined and rank >= 1000 and begun and value < rank
    return kind == "fraction" and joined and rank >= 1000 and begun


def _quantity(words: Words, i: int, part: Numeral, end: int) -> Composed | None:
    """عدد من, عدة, العديد من, بضعة: two or more; a few; بضع مئات, عدة آلاف: as مئات, آلاف."""
    forms, name = words.forms, words.forms[i].lstrip("وفبل")
    after = i + 1
    few = part.kind == "few"
    tens = _part(words, after, end) if few and after < end else None
    if tens is not None and tens[0].kind == "tens" and tens[0].joined:
        return Composed(int(tens[0].value) + 1, None, tens[1] + 1, "words")  # بضعة وعشرون, نيف وسبعون
    if name.startswith("نيف"):
        return None
    if few or name == "عده":
        scale = read(forms[after]) if after < end else None
        if scale is not None and scale.kind in ("round", "scales") and not scale.joined:
            many = compose(words, after, end)
            if many is not None:
                return Composed(many.low, None, many.after, "round")
        return Composed(int(part.value), int(part.high) if few else None, after, "round")
    while after < end and forms[after] in _SIZES:
        after += 1
    if after < end and forms[after] == "من" and not name.endswith("مجموعه"):  # the size of a group is not told
        return Composed(2, None, after + 1, "round")
    return None
