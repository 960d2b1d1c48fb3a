"""The names that the base map of the site shows, out of the gazetteer: `python tools/labels.py` writes them anew.

`src/marsad/site/assets/labels.csv`: one place a line, the most prominent first: Arabic name, English name, latitude, longitude, class, and size:
people for a place, kilometres from its middle to its edge for an area.
The class is `country`, `admin1`, `place` or `water`. Countries are those of the gazetteer's own list; places have a point and an Arabic name.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from marsad.knowledge.gazetteer import Candidate, gazetteer

ROOT: Final = Path(__file__).resolve().parent.parent
KNOWLEDGE: Final = ROOT / "src" / "marsad" / "knowledge" / "places"
LABELS: Final = ROOT / "src" / "marsad" / "site" / "assets" / "labels.csv"

_PLACES: Final = {"settlement", "camp"}
_WATERS: Final = {"sea", "lake"}
_MOST: Final = 6000


class Label(NamedTuple):
    """One name on the map."""

    ar: str
    en: str
    lat: float
    lon: float
    kind: str
    size: int


def labels() -> list[Label]:
    """All of them: countries, then governorates, then waters, then places by population."""
    found = [*_areas("country"), *_areas("admin1"), *_listed(_WATERS, "water")]
    places: dict[tuple[float, float], Label] = {}
    for label in sorted(_listed(_PLACES, "place"), key=lambda label: (-label.size, label.en, label.ar)):
        places.setdefault((round(label.lat, 2), round(label.lon, 2)), label)
    return [*found, *list(places.values())[:_MOST]]


def _areas(level: str) -> Iterator[Label]:
    for path in sorted((KNOWLEDGE / "areas").glob("*.csv")):
        for row in _rows(path):
            if row["level"] == level and row["lat"]:
                yield Label(row["name_ar"], row["name_en"], float(row["lat"]), float(row["lon"]), level, int(float(row["radius_km"] or 0)))


def _listed(kinds: set[str], kind: str) -> Iterator[Label]:
    places = gazetteer()
    seen: set[str] = set()
    for path in sorted(KNOWLEDGE.glob("*.csv")):
        for row in _rows(path):
            if row["kind"] not in kinds:
                continue
            place = _same(places.candidates(row["name_ar"], country=row["country"] or None, loose=False), row)
            if place is not None and place.id not in seen and place.lat is not None and place.lon is not None:
                seen.add(place.id)
                yield Label(place.names[0], place.name_en, place.lat, place.lon, kind, place.population)


def _same(candidates: tuple[Candidate, ...], row: dict[str, str]) -> Candidate | None:
    for place in candidates:
        if place.name_en == row["name_en"] and row["name_ar"] in place.names and place.country == row["country"]:
            return place
    return None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def main() -> int:
    """Write the file."""
    found = labels()
    with LABELS.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, lineterminator="\n")
        write.writerow(Label._fields)
        write.writerows((label.ar, label.en, f"{label.lat:.3f}", f"{label.lon:.3f}", label.kind, label.size) for label in found)
    print(f"{LABELS.relative_to(ROOT)}: {len(found)} names", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
