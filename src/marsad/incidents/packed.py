"""A told event as the bytes that its comparison with others needs, to be compared somewhere else: without text, with its profile."""

from __future__ import annotations

from typing import Final

import msgspec

from marsad.incidents.told import Profile, Told
from marsad.model import Event


class _Packed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    report: str
    index: int
    event: Event
    profile: Profile


_ENCODER: Final = msgspec.msgpack.Encoder(order="sorted")
_DECODER: Final = msgspec.msgpack.Decoder(_Packed)


def packed(told: Told) -> bytes:
    """What `keys`, `probes` and `link` need of an event; the same event gives the same bytes."""
    event = msgspec.structs.replace(told.event, mentions=(), places=(), actors=(), counts=())
    return _ENCODER.encode(_Packed(told.report, told.index, event, told.profile))


def unpacked(content: bytes) -> Told:
    """The event again, good for `keys`, `probes` and `link`, and for nothing else."""
    found = _DECODER.decode(content)
    told = Told(found.report, "", found.index, found.event)
    told.__dict__["profile"] = found.profile  # in place of what it would be made of
    return told
