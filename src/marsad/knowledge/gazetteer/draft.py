"""A place while the gazetteer is built: what sources say of it, put together as they come."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from marsad.knowledge import vocabulary
from marsad.knowledge.gazetteer import names as forms

UNKNOWN = ""


class Draft(msgspec.Struct, omit_defaults=True):
    """One place; the line of an imported source is one of these in JSON. Names are as written, degrees are WGS 84.

    `ids`: the first names the place; `names`: in Arabic letters, `latin`: in Latin ones; `known`: `exact`, `km`, `10km` or empty; `radius_km`: 0 where none is
    told; `parents`: P-codes of the areas above, where a source tells them.
    """

    ids: list[str]
    kind: str = "settlement"
    country: str = UNKNOWN
    name_en: str = ""
    names: list[str] = []
    latin: list[str] = []
    lat: float | None = None
    lon: float | None = None
    known: str = ""
    radius_km: float = 0.0
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    parents: list[str] = []
    population: int = 0
    needs_cue: bool = False
    sources: list[str] = []

    def called(self) -> list[str]:
        """All its names."""
        return [*self.names, *([self.name_en] if self.name_en else []), *self.latin]

    def take(self, other: Draft) -> None:
        """Adds what another source says of the same place; what is known already stays, a better known point replaces a worse one."""
        _more(self.ids, other.ids)
        _more(self.names, other.names)
        _more(self.sources, other.sources)
        if not self.name_en:
            self.name_en = other.name_en
        _more(self.latin, [name for name in (other.name_en, *other.latin) if name and name != self.name_en])
        if other.lat is not None and (self.lat is None or _RANK[other.known] < _RANK[self.known]):
            self.lat, self.lon, self.known = other.lat, other.lon, other.known
        self.radius_km = self.radius_km or other.radius_km
        self.admin1 = self.admin1 or other.admin1
        self.admin2 = self.admin2 or other.admin2
        self.admin3 = self.admin3 or other.admin3
        self.population = self.population or other.population
        self.needs_cue = self.needs_cue or other.needs_cue
        _more(self.parents, other.parents)


_NO_NAMESAKE = frozenset(("building", "hospital", "prison", "bridge", "road", "square", "junction", "crossing", "checkpoint"))
"""Kinds of things that give their name to nothing around them."""

_RANK = {"exact": 0, "km": 1, "": 2, "10km": 3}


def _more(held: list[str], new: Iterable[str]) -> None:
    held.extend(name for name in dict.fromkeys(new) if name and name not in held)


class KindWords:
    """The words for kinds of places, as the table of kinds has them."""

    def __init__(self) -> None:
        self.rows = vocabulary.kinds()
        self.kinds_of: dict[str, set[str]] = {}
        self.called_after: set[str] = set()
        for kind, row in self.rows.items():
            for word in vocabulary.names(row.words):
                form = forms.strict(word)
                for one in (form, form if form.startswith("ال") else f"ال{form}"):
                    self.kinds_of.setdefault(one, set()).add(kind)
            self.called_after.update(forms.strict(word) for word in vocabulary.names(row.after))

    def shortened(self, name: str, kind: str) -> str:
        """The name without the word of its kind in front (حقل التنك: التنك), or nothing if there is none to take off."""
        first, _, rest = name.partition(" ")
        return rest if rest and kind in self.kinds_of.get(forms.strict(first), ()) else ""

    def taken_off(self, name: str) -> tuple[str, frozenset[str]]:
        """The name without a word for a kind in front, and the kinds that the word may mean."""
        first, _, rest = name.partition(" ")
        return (rest, frozenset(self.kinds_of.get(forms.strict(first), ()))) if rest else ("", frozenset())

    def carries(self, kind: str) -> bool:
        """Whether other things take their name from a place of this kind: حاجز العسلي lies at العسلي, but مخيم الكندي not at the hospital of that name."""
        return kind not in _NO_NAMESAKE
