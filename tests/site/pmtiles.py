"""Writes a small PMTiles file (version 3) with vector tiles of its own: land, a lake, a border, a road and two towns in Protomaps' layers.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md and https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

EXTENT = 4096
Ring = Sequence[tuple[int, int]]

TOWN = {"kind": "locality", "name": "Testopolis", "name:ar": "مدينة التجربة", "name:en": "Test Town", "population_rank": 12}
COUNTRY = {"kind": "country", "name": "Testland", "name:ar": "بلاد التجربة", "name:en": "Testland"}
WHOLE: Ring = ((0, 0), (EXTENT, 0), (EXTENT, EXTENT), (0, EXTENT))
LAYERS = {
    "earth": [(3, WHOLE, {"kind": "earth"})],
    "water": [(3, ((600, 600), (1500, 600), (1500, 1500), (600, 1500)), {"kind": "lake"}), (2, ((0, 3000), (4096, 3300)), {"kind": "river"})],
    "roads": [(2, ((0, 2000), (4096, 2100)), {"kind": "highway"})],
    "boundaries": [(2, ((2500, 0), (2500, 4096)), {"kind": "country"})],
    "places": [(1, ((2048, 1700),), TOWN), (1, ((1200, 2600),), COUNTRY)],
}


def written(path: Path, zooms: int = 7) -> Path:
    """The file, larger than what is read of it at first: the same tile at every place of the first zooms."""
    tile = b"".join(_field(3, _layer(name, features)) for name, features in LAYERS.items())
    tiles = sum(4**z for z in range(zooms))
    about = json.dumps(
        {"vector_layers": [{"id": name} for name in LAYERS], "description": "x" * 20_000, "attribution": "<a href='https://t.example'>© Testers</a>"}
    ).encode()
    # one entry that stands for all: from id 0, `tiles` in a run, the tile's length, its offset + 1
    root = b"".join(_varint(n) for n in (1, 0, tiles, len(tile), 1))
    at = [127, 127 + len(root), 127 + len(root) + len(about)]
    head = b"PMTiles\x03" + struct.pack(
        "<11Q", at[0], len(root), at[1], len(about), at[2], 0, at[2], len(tile), tiles, 1, 1
    )  # fmt: skip
    head += struct.pack("<6B", 1, 1, 1, 1, 0, zooms - 1) + struct.pack("<4i", -1800000000, -850000000, 1800000000, 850000000) + struct.pack("<B2i", 3, 0, 0)
    assert len(head) == 127
    path.write_bytes(head + root + about + tile)
    return path


def _layer(name: str, features: Iterable[tuple[int, Ring, dict[str, str | int]]]) -> bytes:
    keys: list[str] = []
    values: list[str | int] = []
    made = b""
    for kind, points, told in features:
        tags = []
        for key, value in told.items():
            tags += [_number(keys, key), _number(values, value)]
        made += _field(2, _field(2, b"".join(map(_varint, tags))) + _varint(3 << 3) + _varint(kind) + _field(4, _geometry(kind, points)))
    told_keys = b"".join(_field(3, key.encode()) for key in keys)
    told_values = b"".join(_field(4, _field(1, v.encode()) if isinstance(v, str) else _varint(5 << 3) + _varint(v)) for v in values)
    return _varint(15 << 3) + _varint(2) + _field(1, name.encode()) + made + told_keys + told_values + _varint(5 << 3) + _varint(EXTENT)


def _geometry(kind: int, points: Ring) -> bytes:
    told = [1 | (1 << 3)]
    x = y = 0
    for n, (to_x, to_y) in enumerate(points):
        if n == 1:
            told.append(2 | ((len(points) - 1) << 3))
        told += [_zigzag(to_x - x), _zigzag(to_y - y)]
        x, y = to_x, to_y
    if kind == 3:
        told.append(7 | (1 << 3))
    return b"".join(map(_varint, told))


def _number(known: list, value: str | int) -> int:  # type: ignore[type-arg]
    if value not in known:
        known.append(value)
    return known.index(value)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    made = b""
    while value > 127:
        made += bytes([value & 127 | 128])
        value >>= 7
    return made + bytes([value])


def _zigzag(value: int) -> int:
    return value << 1 ^ value >> 63
