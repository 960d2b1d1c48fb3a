"""How well an incident is attested, computed, with the reason in words.

`contested` comes before all others: what is denied, or told with figures that are far apart, is no more certain for being told often. Then
`admitted`, `both_sides`, `several`, `single`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from marsad.incidents.claims import Stated
from marsad.incidents.tally import Figure, standing
from marsad.incidents.witnesses import witness
from marsad.knowledge.joining import joining, opposed, related
from marsad.model import Asserter, Grade


def grade(claims: Sequence[Stated]) -> Grade:
    """The grade of an incident by all its claims. Of what is planned, saying so is the saying that counts."""
    told = [c for c in claims if c.stands and (c.about == "occurred" or (c.about == "status" and c.value == "planned"))]
    said = {c.who: c.asserter for c in told if c.stance == "asserts"}
    denied = {c.who: c.asserter for c in told if c.stance != "asserts"}
    if denied:
        against = f"{_names(denied.values())} {_verb(denied, 'denies', 'deny')} it"
        for_ = f"{_names(said.values())} {_verb(said, 'says', 'say')} that it happened" if said else "nobody here says that it happened"
        return Grade("contested", f"{against}, {for_}")
    far = _far_apart(claims)
    if far:
        return Grade("contested", far)
    doer = _admits(claims)
    if doer:
        planned = all(c.about == "status" for c in told)
        return Grade("admitted", f"{doer} says itself that it {'will do so' if planned else 'did so'}")
    sides = _both_sides(claims, said)
    if sides:
        return Grade("both_sides", sides)
    witnesses = {witness(key) for key in said}
    if len(witnesses) > 1:
        return Grade("several", f"{len(witnesses)} independent sources say so: {_names(said.values())}")
    alone = f"{_names(said.values())} say so, all in one outlet's telling" if len(said) > 1 else f"{_names(said.values()) or 'one source'} alone says so"
    return Grade("single", alone)


def _far_apart(claims: Sequence[Stated]) -> str | None:
    """Figures of independent asserters on one thing that differ by more than the factor: the first such, in words."""
    rules = joining()
    for (what, who), figures in standing(claims).items():
        for low, high in combinations(figures, 2):
            if witness(low.asserter) == witness(high.asserter) or _open_to(low, high.least):
                continue
            most = low.least if low.most is None else low.most
            if high.least - most >= rules.contested_least and high.least > rules.contested * max(1, most):
                said = f"{_of(claims, low)} says {low.least}, {_of(claims, high)} {high.least}"
                whom = f" of {who}" if who else ""
                return f"{what}{whom}: {said}; they differ by more than a factor of {rules.contested:g}"
    return None


def _open_to(figure: Figure, other: int) -> bool:
    """Whether a figure that is open upwards leaves room for the other."""
    return figure.most is None and figure.least <= other


def _of(claims: Sequence[Stated], figure: Figure) -> str:
    return next(_name(c.asserter) for c in claims if c.who == figure.asserter)


def _admits(claims: Sequence[Stated]) -> str | None:
    """The name of a doer who says so: of an asserter that is the initiator whom it names, or belongs to it, or it to them."""
    for claim in claims:
        doer, asserter = claim.value["id"] if claim.about == "initiator" else None, claim.asserter
        if doer and claim.stands and asserter.id and asserter.kind in ("party", "official") and related(doer, asserter.id):
            return _name(asserter)
    return None


def _both_sides(claims: Sequence[Stated], said: dict[str, Asserter]) -> str | None:
    """Two asserters of opposing sides: enemies by the table, or one of the initiator's side and one of the target's."""
    listed = sorted({a.id: a for a in said.values() if a.id}.items())
    doers = {c.value["id"] for c in claims if c.about == "initiator" and c.value["id"] and c.stands}
    hit = {c.value["id"] for c in claims if c.about == "target" and c.value["id"] and c.stands}
    for (one, first), (other, second) in combinations(listed, 2):
        if opposed(one, other):
            return f"{_name(first)} and {_name(second)}, who stand against each other, both say so"
        if related(one, other):
            continue
        for mine, theirs in ((one, other), (other, one)):
            if any(related(mine, doer) for doer in doers) and any(related(theirs, target) for target in hit):
                return f"{_name(first)} and {_name(second)}, one of the side that did it and one of the side that was hit, both say so"
    return None


def _names(asserters: Iterable[Asserter]) -> str:
    return ", ".join(sorted({_name(a) for a in asserters}))


def _name(asserter: Asserter) -> str:
    return asserter.name or asserter.id or "an unnamed source"


def _verb(who: dict[str, Asserter], one: str, several: str) -> str:
    return one if len({_name(a) for a in who.values()}) == 1 else several
