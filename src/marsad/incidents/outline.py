"""A told event as the bytes that its comparison with others needs: without text, with what is compared.

    packed(told) → bytes        unpacked(bytes, whole) → the event again, of which only that is at hand
    rows_of(told), packed_rows(bytes) → their rows in columns (`columns`), which are kept with them
    packed_report(told) → the events of a report and the marks of its text, `parts_of(bytes)` → these again

Whatever is asked of an unpacked event beyond its comparison is asked of `whole`, which gives it as it was told.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Final

import msgspec
import numpy as np

from marsad.incidents.columns import ROW, Rows, row
from marsad.incidents.copies import marks_of
from marsad.incidents.told import Profile, Ref, Told, WordSet
from marsad.knowledge.vocabulary import folder
from marsad.model import Event, EventType, Status

Whole = Callable[[Ref], Told]
"""Gives a told event with its report's text."""

_FORM: Final = 5  # of what is packed, and of how it is made of an event and its text (`copies.marks_of`, and the folding and hashing below it)
_DECIDE: Final = ("incidents.toml", "actors.csv")  # by which an event's profile is made


class _Outline(msgspec.Struct, array_like=True, frozen=True, gc=False):
    report: str
    index: int
    sha256: str
    day: int | None
    type: EventType
    status: Status
    vague: bool
    profile: msgspec.Raw
    words: msgspec.Raw
    story: msgspec.Raw
    row: bytes  # the last of all (`packed_rows`)


class Packed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The events of a report, each `packed`, and the marks of its text, by which its copies are known (`copies.may_share`)."""

    marks: bytes
    events: tuple[msgspec.Raw, ...]


_ENCODER: Final = msgspec.msgpack.Encoder(order="sorted")
_OUTLINE: Final = msgspec.msgpack.Decoder(_Outline)
_REPORT: Final = msgspec.msgpack.Decoder(Packed)
_PROFILE: Final = msgspec.msgpack.Decoder(Profile)
_WORDS: Final = msgspec.msgpack.Decoder(WordSet)


@cache
def stamp() -> str:
    """What the bytes depend on beside the event: bytes of another stamp are of another marsad, or of other data, and are to be made again."""
    made = blake2b(str(_FORM).encode(), digest_size=8)
    for name in _DECIDE:
        made.update((folder() / name).read_bytes())
    return made.hexdigest()


def packed(told: Told) -> bytes:
    """What `keys`, `probes`, `link` and `cluster` need of an event; the same event gives the same bytes."""
    profile, words, story = (msgspec.Raw(_ENCODER.encode(part)) for part in (told.profile, told.words, told.story))
    day = told.day.toordinal() if told.day else None
    made = _Outline(told.report, told.index, told.sha256, day, told.type, told.status, told.vague, profile, words, story, row(told))
    return _ENCODER.encode(made)


def unpacked(content: bytes, whole: Whole | None = None) -> Told:
    """The event again. Without `whole` it is good for its comparison, and for nothing else."""
    return Outlined(_OUTLINE.decode(content), whole or _nobody)


def packed_report(told: Sequence[Told]) -> bytes:
    """The events of a report, of which there are some, and the marks of its text."""
    return _ENCODER.encode(Packed(marks_of(told[0].text), tuple(msgspec.Raw(packed(t)) for t in told)))


def parts_of(record: bytes) -> Packed:
    """What was packed of a report."""
    return _REPORT.decode(record)


def packed_rows(contents: Iterable[bytes | msgspec.Raw]) -> Rows:
    """The rows of packed events, in their order; each stands at the end of its event's bytes."""
    return np.frombuffer(b"".join(bytes(content)[-ROW.itemsize :] for content in contents), ROW)


def rows_of(told: Iterable[Told]) -> Rows:
    """The rows of events, in their order."""
    return np.frombuffer(b"".join(t.__dict__["_outline"].row if isinstance(t, Outlined) else row(t) for t in told), ROW)


@lru_cache(maxsize=512)  # of some 5 kB; few are asked for, those of one report one behind the other
def _word_set(content: bytes) -> WordSet:
    return _WORDS.decode(content)


class _Partly(Told):
    """A told event of which a part is at hand, and the rest is asked for."""

    @property
    def told(self) -> Told:
        """The event as it was told."""
        found: Told = self.__dict__["_whole"](self.ref)
        return found

    @property
    def event(self) -> Event:
        return self.told.event

    @property
    def outlet(self) -> str | None:
        return self.told.outlet

    @property
    def title(self) -> str | None:
        return self.told.title

    @property
    def text(self) -> str:
        return self.told.text

    @property
    def home(self) -> str | None:
        return self.told.home


class Outlined(_Partly):
    """A told event of which what is compared is at hand, and the rest is asked for when it is needed."""

    def __init__(self, outline: _Outline, whole: Whole) -> None:
        day = datetime.date.fromordinal(outline.day) if outline.day is not None else None
        own: dict[str, Any] = {"report": outline.report, "index": outline.index, "sha256": outline.sha256, "day": day}
        own |= {"ref": (outline.report, outline.index), "type": outline.type, "status": outline.status, "vague": outline.vague}
        self.__dict__.update(own, _outline=outline, _whole=whole)

    @cached_property
    def profile(self) -> Profile:
        return _PROFILE.decode(self.__dict__["_outline"].profile)

    @property
    def words(self) -> WordSet:
        return _word_set(bytes(self.__dict__["_outline"].words))

    @property
    def story(self) -> WordSet:
        return _word_set(bytes(self.__dict__["_outline"].story))


class Member(_Partly):
    """A told event of which only what groups it is at hand (`cluster`): its report and index, the report's day, and whether it is vague.

    All else is asked of the event as it was told: most events of a component are counted among its groups and never looked at.
    """

    def __init__(self, ref: Ref, day: datetime.date | None, vague: bool, whole: Whole) -> None:
        self.__dict__.update(report=ref[0], index=ref[1], ref=ref, day=day, vague=vague, _whole=whole)


for _name in ("sha256", "type", "status", "profile", "words", "story"):
    setattr(Member, _name, property(attrgetter(f"told.{_name}")))


def in_full(told: Told) -> Told:
    """The event with all that was told of it at hand."""
    return told.told if isinstance(told, _Partly) else told


def _nobody(ref: Ref) -> Told:
    raise LookupError(f"only the outline of {ref[0]}#{ref[1]} is here")
