"""A name as a report uses it, with the places of the gazetteer that it may mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from marsad.knowledge.gazetteer import Candidate, distance_km
from marsad.reading.document import Mention

_SAME_KM: Final = 25.0  # two entries as near as this are one answer
SURE: Final = 0.2  # by how much the first must lead for others to be measured by it
AREAS: Final = frozenset(("admin1", "admin2", "admin3", "region"))
Ground = tuple[str, float]
"""What speaks for a candidate or against it, and by how much."""


@dataclass(slots=True, eq=False)
class Named:
    """One name as the report uses it, with the candidates for it: `weighed` has (weight, candidate, grounds), best first."""

    name: str
    cues: frozenset[str]
    called_after: bool = False  # «حي كريمة»: its word says that it may be called after a place elsewhere
    inner: bool = False  # the name of a town inside of a longer one that no gazetteer knows: كنيسة بمدينة طنطا
    mentions: list[Mention] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)  # in which it is mentioned
    voted: str = ""  # the country for which the name speaks by itself …
    vote: float = 0.0  # … and how much of what speaks for that country this is
    weighed: list[tuple[float, Candidate, tuple[Ground, ...]]] = field(default_factory=list)

    @property
    def chosen(self) -> Candidate | None:
        """The best candidate, or None."""
        return self.weighed[0][1] if self.weighed else None

    @property
    def sure(self) -> bool:
        """Whether others may be measured by what it means: plainly one place, and spelt as that is."""
        return bool(self.weighed) and self.weighed[0][1].match != "loose" and self.lead >= SURE

    def add(self, mention: Mention) -> None:
        """One more mention of it."""
        self.mentions.append(mention)
        self.sentences.add(mention.sentence)

    def why(self, place: Candidate) -> tuple[str, ...]:
        """In words what weighed for and against one of the candidates."""
        return next(tuple(f"{reason} {by:+.2f}" for reason, by in grounds) for _, other, grounds in self.weighed if other is place)

    @property
    def lead(self) -> float:
        """How far the best candidate is ahead of the next one that lies elsewhere."""
        if not self.weighed:
            return 0.0
        top, first, _ = self.weighed[0]
        for weight, place, _ in self.weighed[1:]:
            if not same_spot(first, place):
                return top - weight
        return top


def same_spot(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates are one answer: a town and the district around it."""
    apart = distance_km(a, b)
    if apart is None:
        return a.country == b.country and bool(a.admin1) and a.admin1 == b.admin1
    return apart < max(_SAME_KM, a.radius_km if a.kind in AREAS else 0.0, b.radius_km if b.kind in AREAS else 0.0)
