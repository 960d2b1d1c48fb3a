"""How things are said: sentences, plurals, numbers, days, ranges and names in one language, ready for a page.

What comes out is `Markup` where it holds elements: a figure stands in `<span class="n">`, so that its digits can be changed by the reader's choice; a
name in the other script stands in `<bdi>`, so that its slashes and brackets stay in place.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from string import Formatter
from typing import Any, Final, Literal

from babel import Locale
from markupsafe import Markup, escape

from marsad.knowledge import lexicon
from marsad.knowledge.gazetteer import gazetteer
from marsad.model import Place

Lang = Literal["ar", "en"]
Digits = Literal["latn", "arab"]
LANGS: Final[tuple[Lang, ...]] = ("ar", "en")

_MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "ar": (
        "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو", "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر",
        "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
    ),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}  # fmt: skip

_ARAB: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DASH: Final = "\u2013"


@cache
def _sentences(lang: Lang) -> dict[str, Any]:
    """The words of a language, by key; a plural is a table of its forms."""
    found: dict[str, Any] = {}

    def take(table: Mapping[str, Any], prefix: str) -> None:
        for name, value in table.items():
            if isinstance(value, Mapping) and "other" not in value:
                take(value, f"{prefix}{name}.")
            else:
                found[f"{prefix}{name}"] = value

    for name in (f"{lang}.toml", f"desk_{lang}.toml"):
        take(tomllib.loads((files("marsad.site") / "words" / name).read_text("utf-8")), "")
    return found


def keys(lang: Lang) -> frozenset[str]:
    """The keys of all sentences."""
    return frozenset(_sentences(lang))


@cache
def _whole(lang: Lang, key: str) -> Markup:
    """A sentence without parts."""
    return Markup(escape(_sentences(lang)[key]))


@cache
def _pieces(lang: Lang, key: str, form: str | None = None) -> tuple[tuple[str, str | None], ...]:
    """A sentence as pieces of markup, each with the name of the part that comes after it."""
    found = _sentences(lang)[key]
    sentence = found if form is None else found.get(form, found["other"])
    return tuple((str(escape(words)), name) for words, name, _, _ in Formatter().parse(sentence))


def _filled(pieces: tuple[tuple[str, str | None], ...], parts: Mapping[str, Any]) -> Markup:
    return Markup("".join(words + (str(escape(parts[name])) if name is not None else "") for words, name in pieces))


@dataclass(frozen=True)
class Speech:
    """One language with one kind of digits."""

    lang: Lang
    digits: Digits = "latn"

    @property
    def dir(self) -> str:
        """The direction of writing."""
        return "rtl" if self.lang == "ar" else "ltr"

    @property
    def other(self) -> Lang:
        """The other language."""
        return "en" if self.lang == "ar" else "ar"

    # -- sentences

    def t(self, key: str, **parts: Any) -> Markup:
        """The sentence of that key; parts are escaped, unless they are markup. Raises KeyError for one that there is not."""
        if not parts:
            return _whole(self.lang, key)
        return _filled(_pieces(self.lang, key), parts)

    def said(self, key: str, default: str) -> Markup:
        """The sentence of that key, or `default`."""
        found = _sentences(self.lang).get(key)
        return Markup(escape(default if found is None else found))

    def count(self, key: str, number: int) -> Markup:
        """So many of something, in the form that the number asks for."""
        return _filled(_pieces(self.lang, f"count.{key}", self._plural(number)), {"n": self.n(number)})

    @cached_property
    def _locale(self) -> Locale:
        return Locale("ar" if self.lang == "ar" else "en", "SY" if self.lang == "ar" else "GB")

    def _plural(self, number: int) -> str:
        return str(self._locale.plural_form(number))

    # -- numbers

    def n(self, number: float | str) -> Markup:
        """A figure."""
        return Markup(f'<span class="n">{escape(self.plain(number))}</span>')

    def plain(self, number: float | str) -> str:
        """A figure without markup, in the digits that the reader chose."""
        text = f"{number:,}" if isinstance(number, int) and abs(number) >= 10_000 else str(number)
        if self.lang == "ar" and self.digits == "arab":
            return text.translate(_ARAB).replace(",", "٬").replace(".", "٫")
        return text

    def span(self, first: float | str, last: float | str) -> Markup:
        """From one figure to another, read from the smaller to the greater in both directions of writing."""
        return Markup('<bdi dir="ltr" class="n">{}{}{}</bdi>').format(self.plain(first), _DASH, self.plain(last))

    def bounds(self, low: int, high: int | None) -> Markup:
        """Between two figures, in words; `high` None is open."""
        if high is None:
            return self.t("claim.at_least", low=self.n(low))
        if low == high:
            return self.t("claim.exactly", low=self.n(low))
        return self.t("claim.between", low=self.n(low), high=self.n(high))

    def coordinates(self, lat: float, lon: float) -> Markup:
        """A point."""
        return Markup('<bdi dir="ltr" class="n">{}, {}</bdi>').format(self.plain(f"{lat:.3f}"), self.plain(f"{lon:.3f}"))

    # -- days

    def day(self, day: datetime.date | str | None) -> Markup:
        """A day in words, machine-readable."""
        if day is None:
            return self.t("day.none")
        known = datetime.date.fromisoformat(day) if isinstance(day, str) else day
        month = _MONTHS[self.lang][known.month - 1]
        return Markup(f'<time datetime="{known.isoformat()}">{self.n(known.day)} {month} {self.n(str(known.year))}</time>')

    def day_plain(self, day: datetime.date | str | None) -> str:
        """A day in words, without markup."""
        return self.day(day).striptags()

    def days(self, start: datetime.date | None, end: datetime.date | None, precision: str) -> Markup:
        """The days of an event, no finer than they are known."""
        if start is None:
            return self.t("day.none")
        if precision == "year":
            return self.n(str(start.year))
        if precision == "month" and (end is None or (start.year, start.month) == (end.year, end.month)):
            return self.month(f"{start.year:04}-{start.month:02}")
        if end is None or end == start:
            return self.day(start)
        return self.t("day.range", first=self.day(start), last=self.day(end))

    def month(self, told: str) -> Markup:
        """`2018-12` in words."""
        year, month = told.split("-")
        return Markup(f'<time datetime="{escape(told)}">{_MONTHS[self.lang][int(month) - 1]} {self.n(str(int(year)))}</time>')

    # -- names

    def name(self, words: str | None) -> Markup:
        """A name or words as written, kept apart from what stands around them, with their language where it is the other."""
        if not words:
            return Markup("")
        arabic = any("\u0600" <= c <= "\u06ff" for c in words)
        if arabic and self.lang == "en":
            return Markup(f'<bdi lang="ar" dir="rtl">{escape(words)}</bdi>')
        if not arabic and self.lang == "ar":
            return Markup(f'<bdi lang="en" dir="ltr">{escape(words)}</bdi>')
        return Markup(f"<bdi>{escape(words)}</bdi>")

    def country(self, code: str) -> str:
        """A country by its ISO 3166-1 code."""
        return str(self._locale.territories.get(code.upper(), code))

    def actor(self, id: str | None, name: str | None = None) -> Markup:
        """An actor of the list in this language, or as written."""
        row = lexicon().actors.get(id) if id else None
        if row is not None:
            return Markup(f"<bdi>{escape(row[1] if self.lang == 'ar' else row[0])}</bdi>")
        group = _sentences(self.lang).get(f"group.{id}") if id else None
        return Markup("<bdi>{}</bdi>").format(group) if group else self.name(name or id)

    def place(self, place: Place) -> Markup:
        """A place by its name in this language, or as written."""
        if self.lang == "en":
            return self.name(place.name_en or place.name)
        return self.name(arabic_name(place.gazetteer_id) or place.name)

    def where(self, place: Place) -> Markup:
        """A place with the areas that it lies in."""
        parts = [self.place(place)]
        area = self.area(place.admin1, place.country)
        if area and place.precision not in ("country", "admin1") and area.striptags() != parts[0].striptags():
            parts.append(area)
        if place.country and place.precision != "country":
            parts.append(Markup(f"<bdi>{escape(self.country(place.country))}</bdi>"))
        return Markup("، " if self.lang == "ar" else ", ").join(parts)

    def area(self, admin1: str | None, country: str | None) -> Markup:
        """A first-level area."""
        if not admin1:
            return Markup("")
        if self.lang == "en":
            return Markup("<bdi>{}</bdi>").format(admin1)
        return self.name(arabic_area(admin1, country or "") or admin1)

    def listed(self, names: list[Markup]) -> Markup:
        """Names, one after the other."""
        return Markup("، " if self.lang == "ar" else ", ").join(names)


@cache
def speech(lang: Lang, digits: Digits = "latn") -> Speech:
    """The one of a language and a kind of digits."""
    return Speech(lang, digits)


@cache
def arabic_name(id: str | None) -> str | None:
    """The Arabic name of a place of the gazetteer."""
    known = gazetteer().place(id) if id else None
    return next((name for name in known.names if any("\u0600" <= c <= "\u06ff" for c in name)), None) if known is not None else None


@cache
def arabic_area(admin1: str, country: str) -> str | None:
    """The Arabic name of a first-level area."""
    known = gazetteer().area(admin1, country=country, level="admin1")
    return next((name for name in known.names if any("\u0600" <= c <= "\u06ff" for c in name)), None) if known is not None else None
