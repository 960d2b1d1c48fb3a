"""One order for what is exported, whatever order it came in, without holding all of it in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, Final

import msgspec

from marsad.model import Incident, encodable

_IN_MEMORY: Final = 64 << 20  # bytes, beyond which they go to a temporary file
_NO_DAY: Final = 1 << 30


@contextmanager
def in_order(incidents: Iterable[Incident]) -> Iterator[Iterator[Incident]]:
    """The incidents by first day, then id; those without a day come last.

    They are kept packed, in a temporary file where they are many, until the block ends; in memory stays the key of each. A lone surrogate in them,
    which no encoding can hold, comes out as U+FFFD.
    """
    decoder = msgspec.json.Decoder(Incident)
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        places: list[tuple[int, str, int, int]] = []
        at = 0
        for incident in incidents:
            packed = _packed(incident)
            kept.write(packed)
            places.append((incident.date.start.toordinal() if incident.date.start else _NO_DAY, incident.id, at, len(packed)))
            at += len(packed)
        places.sort()

        def given() -> Iterator[Incident]:
            for _, _, start, size in places:
                kept.seek(start)
                yield decoder.decode(kept.read(size))

        yield given()


def _packed(incident: Incident) -> bytes:
    try:
        return msgspec.json.encode(incident)
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(incident)))


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {key: _encodable(inner) for key, inner in value.items()}
    return [_encodable(inner) for inner in value] if isinstance(value, list | tuple) else value
