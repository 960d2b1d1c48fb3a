"""Signs of parties and persons: who did it and who was hit, as two told events have it."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.incidents.sign import Sign, listed
from marsad.incidents.told import Profile, lineage
from marsad.knowledge.joining import opposed


def of_parties(one: Profile, other: Profile) -> Iterator[Sign]:
    did, did_too, hit, hit_too = one.did, other.did, one.hit, other.hit
    if did and hit and did & hit_too and hit & did_too and not did & did_too:
        yield Sign("turned_round", lambda: f"{listed(did)} and {listed(hit)}, with the roles turned round")
        return
    yield from _of_role(did, did_too, "initiator")
    yield from _of_role(hit, hit_too, "target")


def of_persons(one: Profile, other: Profile) -> Iterator[Sign]:
    """Persons by name who are not listed, of either role: somebody who was killed, taken, or shot."""
    if one.persons & other.persons:
        yield Sign("same_person", lambda: f"both name {listed(one.persons & other.persons)}")


def _of_role(ones: frozenset[str], others: frozenset[str], role: str) -> Iterator[Sign]:
    if not ones or not others:
        return
    same = ones & others
    if same:
        yield Sign(f"same_{role}", lambda: f"{role} {listed(same)}")
    elif lineage(ones) & lineage(others):
        yield Sign(f"related_{role}", lambda: f"{role} {listed(ones)} and {listed(others)}, which belong together")
    else:
        yield Sign(f"other_{role}", lambda: f"{role} {listed(ones)} and {listed(others)}{_opposed(ones, others)}")


def _opposed(ones: frozenset[str], others: frozenset[str]) -> str:
    return ", which are opposed" if any(opposed(x, y) for x in ones for y in others) else ""
