"""Which report of a text that was passed on it likely comes from, and why.

In this order, the first that tells settles it: the source that the others name, if its own report is here; the source that they name, if it is
not; the earliest day; the fullest text (the one that most of the others are part of); the longest. What agrees with it is said beside it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.incidents.fingerprints import Hashes
from marsad.incidents.likeness import Likeness, likeness
from marsad.incidents.named import name_of, source_of
from marsad.model import Copy, CopyCluster, CopyRelation, Origin

_ALL = 0.9  # share of the shingles from which a text counts as a part of another


@dataclass(frozen=True, slots=True)
class Member:
    """One report, as far as its copies and their origin are concerned. `named`: ids (or words) of the sources that it says it has the text from."""

    id: str
    outlet: str | None
    date: datetime.date | None
    title: str | None
    url: str | None
    named: tuple[str, ...]
    length: int  # words
    text: bytes  # hash of its words
    shingles: Hashes

    @property
    def source(self) -> str | None:
        """The outlet in the list of sources; the folded name of one that is not listed."""
        return (source_of(self.outlet) or self.outlet) if self.outlet else None


def cluster_of(members: Sequence[Member], cluster_id: str) -> CopyCluster:
    """The cluster of these members, told from its likely origin."""
    first, origin = _origin(members)
    copies = [_copy(member, first) for member in sorted(members, key=lambda m: (m is not first, m.date or datetime.date.max, m.id))]
    return CopyCluster(cluster_id, origin, tuple(copies))


def _origin(members: Sequence[Member]) -> tuple[Member, Origin]:
    told = Counter(source for member in members for source in member.named if source != member.source)
    holds = _holding(members)
    earliest = min((m.date for m in members if m.date is not None), default=None)

    def order(member: Member) -> tuple[object, ...]:
        return (member.date or datetime.date.max, -holds[member.id], -member.length, member.id)

    settled: list[str] = []
    pool, author, present = list(members), None, True
    for source, count in sorted(told.items(), key=lambda entry: (-entry[1], entry[0])):
        own = [m for m in members if m.source == source]
        if own:
            pool, author = own, source
            settled.append(f"{count} of the other {len(members) - len(own)} name {_shown(source)}, which published it")
            break
    if author is None and told:
        author, count = min(told.items(), key=lambda entry: (-entry[1], entry[0]))
        pool, present = [m for m in members if author in m.named], False
        settled.append(f"{count} of {len(members)} name {_shown(author)}, whose own report is not among them")
    first = min(pool, key=order)
    signs = [*settled, *_signs(first, members, earliest, holds)]
    if author is None:
        author = first.source
    listed = author is not None and _listed(author)
    return first, Origin(
        first.id, _shown(author) if author else None, author if listed else None, present, tuple(signs) or ("none is told apart; the first by id",)
    )


def _signs(first: Member, members: Sequence[Member], earliest: datetime.date | None, holds: dict[str, int]) -> list[str]:
    signs = []
    dated = [m for m in members if m.date is not None]
    if earliest is not None and first.date == earliest and any(m.date != earliest for m in dated):
        alone = sum(m.date == earliest for m in dated) == 1
        signs.append(f"{'the earliest' if alone else 'of the earliest day'}: {earliest}")
    most = max(holds.values())
    if most and holds[first.id] == most and min(holds.values()) < most:
        signs.append(f"the fullest: {most} of the other {len(members) - 1} are part of it")
    if first.length == max(m.length for m in members) and min(m.length for m in members) < first.length:
        signs.append(f"the longest: {first.length} words")
    return signs


def _holding(members: Sequence[Member]) -> dict[str, int]:
    """How many of the others are a part of each. Same texts are compared once; beyond a few hundred texts only the longest are."""
    texts: dict[bytes, list[Member]] = {}
    for member in members:
        texts.setdefault(member.text, []).append(member)
    longest = sorted(texts, key=lambda text: (-texts[text][0].length, text))[:50]
    held = dict.fromkeys((m.id for m in members), 0)
    for text in longest:
        one = texts[text][0]
        inside = sum(len(texts[t]) for t in texts if t == text or likeness(texts[t][0].shingles, one.shingles).shared >= _ALL * len(texts[t][0].shingles))
        for member in texts[text]:
            held[member.id] = inside - 1
    return held


def _listed(source: str) -> bool:
    return source_of(_shown(source)) == source


def _shown(source: str) -> str:
    try:
        return name_of(source)
    except KeyError:
        return source


def _copy(member: Member, first: Member) -> Copy:
    found = likeness(member.shingles, first.shingles)
    kept, own = found.shared / max(1, len(first.shingles)), 1 - found.shared / max(1, len(member.shingles))
    return Copy(member.id, member.outlet, member.date, member.title, member.url, _relation(member, first, found), round(kept, 3), round(own, 3))


def _relation(member: Member, first: Member, found: Likeness) -> CopyRelation:
    if member is first:
        return "origin"
    if member.text == first.text:
        return "same"
    if found.shared >= _ALL * len(member.shingles) and member.length < first.length:
        return "trimmed"
    if found.shared >= _ALL * len(first.shingles) and member.length > first.length:
        return "extended"
    return "edited"
