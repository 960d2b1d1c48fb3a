"""What a geometry comes to as one place: its middle and how far it reaches."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from math import cos, hypot, radians
from typing import Any, Final

from marsad.knowledge.gazetteer.imports.faults import ImportFault
from marsad.knowledge.gazetteer.imports.fields import Shape

Ring = Sequence[tuple[float, float]]
"""Points (lon, lat)."""

_KM: Final = 111.195  # of a degree of latitude, on a sphere of 6371 km
_MOST_COVERED: Final = 0.9
_DEPTH: Final = 8


def of_rings(rings: Sequence[Ring]) -> Shape | None:
    """The centroid (of the plane in degrees, weighted by the area of the rings, holes subtracted as they turn the other way) and the radius that
    covers nine in ten of the outline's points; None of nothing."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    x0, y0 = points[0]
    total = cx = cy = 0.0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
            total += cross
            cx += (ax + bx - 2 * x0) * cross
            cy += (ay + by - 2 * y0) * cross
    if abs(total) > 1e-12:
        lon, lat = x0 + cx / (3 * total), y0 + cy / (3 * total)
    else:
        lon, lat = (sum(p[n] for p in points) / len(points) for n in (0, 1))
    if not (min(p[0] for p in points) <= lon <= max(p[0] for p in points) and min(p[1] for p in points) <= lat <= max(p[1] for p in points)):
        lon, lat = (sum(p[n] for p in points) / len(points) for n in (0, 1))  # rings that turn as they like
    wide = cos(radians(max(-90.0, min(90.0, lat))))
    away = sorted(hypot((x - lon) * wide, y - lat) * _KM for x, y in points)
    return Shape(lat, lon, round(away[int(_MOST_COVERED * (len(away) - 1))], 1), True)


def of_line(points: Ring) -> Shape | None:
    """The point in the middle of a line's points."""
    if not points:
        return None
    lon, lat = points[len(points) // 2]
    return Shape(lat, lon, 0.0, False)


def of_geojson(geometry: Any, where: str) -> Shape | None:
    """The shape of a GeoJSON geometry; None of an empty one. Raises `ImportFault`."""
    if geometry is None:
        return None
    try:
        kind, at = geometry["type"], geometry.get("coordinates")
        if kind == "Point":
            return Shape(float(at[1]), float(at[0]))
        if kind == "MultiPoint":
            return of_line([(float(p[0]), float(p[1])) for p in at])
        if kind == "LineString":
            return of_line([(float(p[0]), float(p[1])) for p in at])
        if kind == "MultiLineString":
            return of_line([(float(p[0]), float(p[1])) for line in at for p in line])
        if kind == "Polygon":
            return of_rings([[(float(p[0]), float(p[1])) for p in ring] for ring in at])
        if kind == "MultiPolygon":
            return of_rings([[(float(p[0]), float(p[1])) for p in ring] for part in at for ring in part])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ImportFault(f"{where}: broken geometry ({type(error).__name__})") from None
    raise ImportFault(f"{where}: geometry of type {str(kind)[:30]!r} is not read")


def of_wkb(raw: bytes, where: str) -> Shape | None:
    """The shape of a geometry in Well-Known Binary (ISO or extended). Raises `ImportFault`."""
    try:
        kind, parts, _ = _wkb(raw, 0, 0)
    except (struct.error, IndexError, RecursionError, OverflowError):
        raise ImportFault(f"{where}: broken geometry") from None
    except ValueError as error:
        raise ImportFault(f"{where}: {error}") from None
    if kind in (3, 6):
        return of_rings(parts)
    points = [point for part in parts for point in part]
    if kind == 1:
        return Shape(points[0][1], points[0][0]) if points and points[0][0] == points[0][0] else None
    return of_line(points)


def _wkb(raw: bytes, at: int, depth: int) -> tuple[int, list[list[tuple[float, float]]], int]:
    """(type, its parts, where it ends): a point has one part, a line one, a polygon one a ring."""
    if depth > _DEPTH:
        raise ValueError("geometry in too many layers")
    order = "<" if raw[at] == 1 else ">"
    (code,) = struct.unpack_from(f"{order}I", raw, at + 1)
    at += 5
    if code & 0x20000000:
        at += 4
    wide = 2 + bool(code & 0x80000000) + bool(code & 0x40000000) + (0, 1, 1, 2)[(code & 0x0FFFFFFF) // 1000 % 4]
    kind = (code & 0x0FFFFFFF) % 1000

    def line(at: int) -> tuple[list[tuple[float, float]], int]:
        (count,) = struct.unpack_from(f"{order}I", raw, at)
        if count * wide * 8 > len(raw) - at:
            raise ValueError("broken geometry: more points than there are")
        flat = struct.unpack_from(f"{order}{count * wide}d", raw, at + 4)
        return list(zip(flat[::wide], flat[1::wide], strict=True)), at + 4 + count * wide * 8

    if kind == 1:
        x, y = struct.unpack_from(f"{order}2d", raw, at)
        return kind, [[(x, y)]], at + wide * 8
    if kind == 2:
        points, at = line(at)
        return kind, [points], at
    (count,) = struct.unpack_from(f"{order}I", raw, at)
    at += 4
    if count > len(raw):
        raise ValueError("broken geometry: more parts than there are")
    parts: list[list[tuple[float, float]]] = []
    if kind == 3:
        for _ in range(count):
            ring, at = line(at)
            parts.append(ring)
    elif kind in (4, 5, 6, 7):
        for _ in range(count):
            _, inner, at = _wkb(raw, at, depth + 1)
            parts += inner
    else:
        raise ValueError(f"geometry of type {kind} is not read")
    return kind, parts, at
