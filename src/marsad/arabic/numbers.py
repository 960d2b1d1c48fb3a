"""Numbers in running Arabic text, as ranges that keep their words.

    >>> [(n.low, n.high) for n in find("مقتل 12 عنصرا وإصابة عشرات")]
    [(12, 12), (20, None)]
    >>> [(n.low, n.high) for n in find("أكثر من مئة وخمسين شخصا بينهم طفلان وامرأة")]
    [(151, None), (2, 2), (1, 1)]

A number is what a reader would count: a figure, a numeral in words, a dual (شخصين is 2), a counted singular
(شاب is 1), a round word (عشرات is 20 or more), with its hedge (أكثر من, نحو, لا يقل عن). A label is none (اللواء 44,
الساعة 11), and neither is a year, a day of the month, an ordinal or a percentage's بالمئة. Measures (22 عاما, 5 كيلومترات)
are numbers: their noun tells the reader what they are. Rules: Ryding, A Reference Grammar of Modern Standard
Arabic, ch. 15 (numerals), 13 (hedging expressions).

This is the door; numerals are composed in `numerals`, hedges and labels are known in `number_cues`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from marsad.arabic.counted import counted, counted_nouns
from marsad.arabic.letters import INVISIBLE, fold
from marsad.arabic.number_cues import (
    BETWEEN,
    HEDGE_WORDS,
    Hedge,
    befell,
    exceeded,
    hedge_after,
    hedge_before,
    is_adjective,
    is_and_one,
    is_label,
    is_one_of,
    is_year_in_words,
    stands_alone,
)
from marsad.arabic.numerals import NUMERALS, Composed, compose, read, value_at
from marsad.arabic.words import Words, tokenise
from marsad.model import Span

__all__ = ["Number", "counted_nouns", "find", "find_in", "value_at"]


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


_TOO_LARGE: Final = 10**15
_WHOLE: Final = frozenset(NUMERALS) | HEDGE_WORDS
_DUAL_THOUSANDS: Final = ("الفا", "والفا", "مليونا", "ومليونا")
_OPENS: Final = BETWEEN | {"من", "ومن"}
CHANGES: Final = frozenset(
    fold(
        "ارتفع ارتفعت ارتفاع وارتفع وارتفعت يرتفع ترتفع لترتفع ليرتفع تراجع تراجعت انخفض انخفضت انخفاض زاد زادت ازداد"
        " ازدادت زيادة قفز قفزت تقلص تقلصت رفع رفعت خفض خفضت"
    ).split()
)
"""Words of change: ارتفع من 12 إلى 15 tells two figures and no range."""


def find(text: str | Words) -> list[Number]:
    """The numbers in `text`, in order, none overlapping; the longest reading wins."""
    words = tokenise(text) if isinstance(text, str) else text
    return find_in(words, 0, len(words))


def find_in(words: Words, begin: int, end: int) -> list[Number]:
    """The numbers among the tokens `begin` … `end` (excluded)."""
    forms = words.forms
    out: list[Number] = []
    taken = begin  # tokens before this one belong to an earlier number
    i = begin
    memo = _memo
    while i < end:
        form = forms[i]
        kind = memo.get(form)
        if kind is None:
            kind = _kind(form)
        if kind == "":
            i += 1
            continue
        found = _number_at(words, i, taken, end) if kind == "numeral" else _noun_alone(words, i, begin, end)
        if isinstance(found, Number):
            out.append(found)
            i = taken = max(found.last + 1, i + 1)
        else:
            i = max(found, i + 1)
    return out


_memo: dict[str, str] = {}


def _kind(form: str) -> Literal["", "numeral", "noun"]:
    """Whether a number can begin at `form`. Memoised."""
    if len(_memo) > 100_000:
        _memo.clear()
    kind: Literal["", "numeral", "noun"] = ""
    if read(form) is not None:
        kind = "numeral"
    elif counted(form) is not None:
        kind = "noun"
    if len(form) < 40:
        _memo[form] = kind
    return kind


# --- a numeral ------------------------------------------------------------------------------------------------------


def _number_at(words: Words, i: int, taken: int, end: int) -> Number | int:
    """The number whose numeral begins at token `i`, with its hedge and its noun's hedge; else the token to go on from."""
    if is_label(words, i, end):
        return i + 1
    composed = None if is_and_one(words, i, end) else compose(words, i, end)
    if composed is not None:
        composed = composed._replace(after=_past_its_double(words, composed, end))
    if composed is None:
        one = i + 1 < end and befell(words, i, taken) and is_one_of(words, i)
        return Number(_span(words, i, i), 1, 1, i, i, "singular", i, i) if one else i + 1
    if composed.form == "words" and is_year_in_words(words, i, composed.low):
        return composed.after
    first, hedge = hedge_before(words, i, taken)
    ranged = _range(words, i, composed, end)
    if ranged is not None:
        composed = ranged
        if first == i and i > taken and words.forms[i - 1] in _OPENS:
            first -= 2 if i - 2 >= taken and words.forms[i - 2] in ("ما", "وما") else 1
    low, high, after, form = _doubled(words, i, composed, end)
    last = after - 1
    tail, hedge_behind = hedge_after(words, after, end)
    counts_noun = form == "words" and low in (1, 2) and i > taken and counted(words.forms[i - 1]) is not None
    if hedge_behind:
        hedge, last = hedge_behind, tail
    elif form == "words" and low == 1 and first == i and not counts_noun and not befell(words, i, taken):
        return i + 1  # واحد alone: a pronoun (شخص واحد is read with its noun)
    if low > _TOO_LARGE:
        return i + 1
    if hedge is None and first == i:
        hedge = exceeded(words, i, taken)
    low, high = _hedged(low, high, hedge)
    if counts_noun:
        first = i - 1  # شخص واحد، مدنيان اثنان
    return Number(_span(words, first, last), low, high, first, last, form, i, after)


def _doubled(words: Words, i: int, composed: Composed, end: int) -> Composed:
    """ألفا مقاتل is a construct dual, two thousand; ألفا وخمسمئة an accusative, one."""
    if words.forms[i] not in _DUAL_THOUSANDS or composed.after != i + 1 or composed.after >= end:
        return composed
    noun = words.forms[i + 1]
    if noun.endswith("ا") or (counted_nouns().get(noun) or ("", 0))[1] != 1:
        return composed
    return composed._replace(low=2 * composed.low, high=2 * composed.low)


def _past_its_double(words: Words, composed: Composed, end: int) -> int:
    """The token behind a numeral that is written twice, in figures and in words: ثلاثة (3) أشخاص, (12) اثني عشر شخصا."""
    forms, after = words.forms, composed.after
    if after + 1 >= end or composed.high != composed.low or forms[after] not in "()" or read(forms[after + 1]) is None:
        return after
    again = compose(words, after + 1, end)
    if again is None or (again.low, again.high) != (composed.low, composed.high):
        return after
    if forms[after] == ")":
        return again.after
    return again.after + 1 if again.after < end and forms[again.after] == ")" else after


def _hedged(low: int, high: int | None, hedge: Hedge | None) -> tuple[int, int | None]:
    if hedge == "more":
        return low + 1, None
    if hedge == "least":
        return low, None
    if hedge == "less":
        return 0, max(low - 1, 0)
    if hedge == "most":
        return 0, high
    return low, high


def _span(words: Words, first: int, last: int) -> Span:
    """The letters of the tokens, without the clitics in front: ثلاثة in وثلاثة."""
    start, form = words.starts[first], words.forms[first]
    if form[0] in "وفبلك" and len(form) > 2 and form not in _WHOLE:
        for cut in (1, 2):
            rest = form[cut:]
            if rest.removeprefix("ال") in NUMERALS or rest in _WHOLE or rest in counted_nouns():
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


# --- ranges ---------------------------------------------------------------------------------------------------------


def _range(words: Words, i: int, first: Composed, end: int) -> Composed | None:
    """5-7, بين 5 و7, من 5 إلى 7, 3 أو 4; None if it is no range."""
    forms = words.forms
    before = forms[i - 1] if i > 0 else ""
    if first.high is None:
        return None
    if before in BETWEEN:
        return _between(words, i, end)
    after = first.after
    if after + 1 >= end:
        return None
    link = forms[after]
    if link in ("-", "–", "—", "_"):
        figures = forms[i][0].isdecimal() and forms[after + 1][0].isdecimal()
        if not figures or words.starts[after + 1] - words.ends[i] > 4:
            return None
    elif link in ("الي", "حتي"):
        if not CHANGES.isdisjoint(forms[max(0, i - 8) : i]):
            return None
    elif link != "او":
        return None
    return _upper(words, first, after + 1, end)


def _between(words: Words, i: int, end: int) -> Composed | None:
    """بين ألفين وثلاثة آلاف: the و that leaves a smaller number in front and uses most of the words behind."""
    forms, best = words.forms, None
    for k in range(i + 1, min(end - 1, i + 9)):
        link = forms[k]
        if link not in ("و", "الي", "حتي", "-", "–") and not (link[0] == "و" and read(link) is not None):
            continue
        first = compose(words, i, k)
        if first is None or first.high is None or first.after != k:
            continue
        found = _upper(words, first, k if len(link) > 1 and link[0] == "و" else k + 1, end)
        if found is not None and (best is None or found.after > best.after):
            best = found
    return best or _between_around_noun(words, i, end)


def _between_around_noun(words: Words, i: int, end: int) -> Composed | None:
    """بين 5 جنود و7; in بين 5 جنود و7 مدنيين two groups are told."""
    first = compose(words, i, end)
    if first is None or first.high is None or first.after + 1 >= end or words.forms[first.after] not in counted_nouns():
        return None
    k = first.after + 1
    found = _upper(words, first, k + 1 if words.forms[k] == "و" and k + 1 < end else k, end)
    if found is None or words.forms[k][0] != "و" or (found.after < end and words.forms[found.after] in counted_nouns()):
        return None
    return found


def _upper(words: Words, first: Composed, k: int, end: int) -> Composed | None:
    """`first` up to the number at token `k`; بين 10 و20 ألفا are thousands both."""
    following = read(words.forms[k])
    if following is None or following.kind in ("several", "few", "round", "fraction"):
        return None
    second = compose(words, k, end)
    low = first.low
    if second is None or second.high is None or second.low <= low:
        return None
    if second.low >= 1000 * max(low, 1) and second.low % 1000 == 0 and low < 1000:
        scale = 1_000_000 if second.low >= 1_000_000 else 1000
        if low * scale < second.low:
            low *= scale
    return Composed(low, second.low, second.after, first.form)


# --- a noun that says its number itself -----------------------------------------------------------------------------


def _noun_alone(words: Words, i: int, begin: int, end: int) -> Number | int:
    """A dual of anything counted; an indefinite singular of a person; else the token to go on from."""
    forms = words.forms
    found = counted(forms[i])
    if found is None or found[1] == 0:
        return i + 1
    kind, number = found
    last = i
    following = read(forms[i + 1]) if i + 1 < end and not is_and_one(words, i + 1, end) else None
    if following is not None and following.kind == "unit" and following.value == number and not following.joined:
        last = i + 1
        if number == 1 and i > begin and forms[i - 1] == "من":
            return i + 2  # من عائلة واحدة
    elif number == 1:
        if kind != "person" or not stands_alone(words, i, begin, end):
            return i + 1
    elif is_adjective(words, i, end):
        return i + 1  # قصف صاروخي
    elif i > begin and forms[i][0] != "و" and (counted(forms[i - 1]) or ("", 0))[1] == 2:
        return i + 1  # عربتين مدرعتين: one noun and its adjective
    form: Literal["dual", "singular"] = "dual" if number == 2 else "singular"
    tail, hedge = hedge_after(words, last + 1, min(last + 4, end))  # right behind it: جندي واحد على الأقل
    low, high = _hedged(number, number, hedge)
    last = tail if hedge else last
    return Number(_span(words, i, last), low, high, i, last, form, i, i)
