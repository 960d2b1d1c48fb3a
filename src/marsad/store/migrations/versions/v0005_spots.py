"""Incidents are filed by cells of a tenth of a degree too, so that a question for what lies near a place looks at few of them."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from math import floor
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_SIZE = 0.1
_PART = 1_000
_INCIDENT = sa.table("incident", sa.column("key", sa.BigInteger), sa.column("record", sa.LargeBinary), sa.column("tags", sa.LargeBinary))
_TAG = sa.table("tag", sa.column("n", sa.Integer), sa.column("name", sa.Text))
_TAGGED = sa.table("tagged", sa.column("tag", sa.Integer), sa.column("key", sa.BigInteger))


def upgrade() -> None:
    """Give each incident the tags of the cells that its places lie in."""
    connection = op.get_bind()
    numbers: dict[str, int] = {}
    last = int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(_TAG.c.n), 0))).scalar_one())
    for rows in _parts(connection):
        tags: list[dict[str, Any]] = []
        tagged: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for key, record, packed in rows:
            names = _spots(msgspec.json.decode(zlib.decompress(bytes(record))))
            for name in names:
                if name not in numbers:
                    last += 1
                    numbers[name] = last
                    tags.append({"n": last, "name": name})
            own = [numbers[name] for name in names]
            tagged += [{"tag": n, "key": key} for n in own]
            if own:
                held = array("I")
                held.frombytes(bytes(packed))
                changed.append({"key_": key, "tags_": array("I", sorted({*held, *own})).tobytes()})
        for statement, values in ((sa.insert(_TAG), tags), (sa.insert(_TAGGED), tagged), (_CHANGE, changed)):
            if values:
                connection.execute(statement, values)


_CHANGE = sa.update(_INCIDENT).where(_INCIDENT.c.key == sa.bindparam("key_")).values(tags=sa.bindparam("tags_"))


def _spots(incident: dict[str, Any]) -> list[str]:
    points = [(place["lat"], place["lon"]) for place in incident["places"]]
    return sorted({f"spot:{floor(lat / _SIZE)}:{floor(lon / _SIZE)}" for lat, lon in points if lat is not None and lon is not None})


def _parts(connection: sa.Connection) -> Iterator[list[Any]]:
    """The incidents by place, some at a time."""
    after: int | None = None
    while True:
        asked = sa.select(_INCIDENT.c.key, _INCIDENT.c.record, _INCIDENT.c.tags).order_by(_INCIDENT.c.key).limit(_PART)
        rows = list(connection.execute(asked if after is None else asked.where(_INCIDENT.c.key > after)))
        if not rows:
            return
        yield rows
        after = rows[-1][0]
