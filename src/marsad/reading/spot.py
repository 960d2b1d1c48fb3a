"""A spot: where one place of a reading lies, how far around it, how finely that is known, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.model import Alternative, PlacePrecision
from marsad.reading.named import Named, same_spot

LEVELS: Final = frozenset(("admin3", "admin2", "admin1", "region", "country"))
_ALTERNATIVES: Final = 3
_FULL: Final = 2.2  # the weight of a name for which everything speaks


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one mention lies, and why; the fields are those of `marsad.model.Place`."""

    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    radius_km: float | None = None
    gazetteer_id: str | None = None
    name_en: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    why: tuple[str, ...] = ()


def fineness(place: Candidate) -> tuple[PlacePrecision, float]:
    precision, radius = gazetteer().precision(place), max(place.radius_km, 0.3)
    if precision == "exact" and place.known == "10km":
        return "near", max(radius, 10.0)  # a crossing of which the spot is known to ten kilometres is no point
    if precision == "neighbourhood" and place.known == "10km":
        return "near", max(radius, 10.0)
    return precision, radius


def about(place: Candidate, named: Named) -> dict[str, Any]:
    own = place.name_en or None
    return {
        "name_en": own,
        "admin1": own if place.kind == "admin1" else place.admin1 or None,
        "admin2": own if place.kind == "admin2" else place.admin2 or None,
        "country": place.country or None,
        "alternatives": _alternatives(place, named),
    }


def _alternatives(place: Candidate, named: Named) -> tuple[Alternative, ...]:
    others = [(weight, c) for weight, c, _ in named.weighed if c is not place and not same_spot(place, c)]
    return tuple(Alternative(c.id, round(min(1.0, max(0.0, weight / _FULL)), 3)) for weight, c in others[:_ALTERNATIVES])


def by_parents(place: Candidate, named: Named, why: tuple[str, ...]) -> Spot:
    """A place that the gazetteer knows without a point: at the narrowest area that has one."""
    for area in gazetteer().parents(place):
        if area.point is not None:
            said = f"its own spot is not known; put at {area.name_en or area.id}"
            return Spot(*area.point, level(area), area.radius_km, place.id, **about(place, named), why=(*why, said))
    return Spot(gazetteer_id=place.id, **about(place, named), why=(*why, "its spot is not known"))


def in_area(area: Candidate, said: str) -> Spot:
    assert area.point is not None
    admin1 = area.name_en if area.kind == "admin1" else area.admin1
    admin2 = area.name_en if area.kind == "admin2" else area.admin2
    return Spot(*area.point, level(area), area.radius_km, area.id, None, admin1 or None, admin2 or None, area.country or None, why=(said,))


def level(area: Candidate) -> PlacePrecision:
    return cast(PlacePrecision, area.kind) if area.kind in LEVELS else "region"
