"""Whether two told events are taken to be one, and why, or why not."""

from __future__ import annotations

from typing import NamedTuple

from marsad.incidents.signs import compare, compare_where_possible
from marsad.incidents.told import Ref, Told
from marsad.knowledge.joining import joining, weights


class Link(NamedTuple):
    """Two told events (`a` < `b`) that are taken to be one; `score`: the sum of the signs; `why`: each sign in words."""

    a: Ref
    b: Ref
    score: float
    why: tuple[str, ...]


def link(a: Told, b: Told) -> Link | None:
    """The link between two told events, None where they are not taken to be one; symmetric."""
    least = joining().link
    found = compare_where_possible(a, b, least=least)
    if found is None or found.score < least:
        return None
    first, second = sorted((a.ref, b.ref))
    return Link(first, second, found.score, tuple(sign.words for sign in found.signs))


def apart(a: Told, b: Told) -> str:
    """Why two told events are not taken to be one, in words; empty where they are."""
    found = compare(a, b)
    if found.apart is not None:
        return found.apart
    if found.score >= joining().link:
        return ""
    weigh = weights()
    against = [sign.words for sign in found.signs if weigh[sign.name] < 0]
    said = f"against it: {'; '.join(against)}" if against else "too little speaks for it: " + "; ".join(sign.words for sign in found.signs)
    return f"{said} ({found.score:.1f}, and {joining().link:.1f} is needed)"
