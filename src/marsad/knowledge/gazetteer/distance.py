"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371.0088
"""Mean radius of the earth (IUGG)."""

Point = tuple[float, float]
"""(lat, lon) in degrees."""


def apart_km(here: Point, there: Point) -> float:
    """Kilometres along the great circle (haversine on a sphere; off by less than 0.6 %)."""
    lat1, lat2 = radians(here[0]), radians(there[0])
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(there[1] - here[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
