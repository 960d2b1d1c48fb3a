"""Places of the endangered, shown coarsely (`coarsening.toml`): once, before anything is stored to be shown."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from marsad.knowledge import lexicon
from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.model import Claim, Incident, Place, PlacePrecision
from marsad.release import MASK, masked

_FINEST: Final[dict[str, PlacePrecision]] = {"admin3": "admin3", "admin2": "admin2", "admin1": "admin1", "country": "country"}


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`coarsening.toml`."""

    types: frozenset[str]
    precisions: frozenset[str]
    kinds: frozenset[str]
    radius_km: float


@cache
def rules() -> Rules:
    """The rules; raises msgspec.ValidationError where the file breaks its schema."""
    return msgspec.convert(tomllib.loads((files("marsad.site") / "coarsening.toml").read_text("utf-8")), Rules)


class Hidden:
    """Names that were coarsened, to be taken out of words."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def update(self, other: Hidden) -> None:
        """Take those of another in."""
        self.names |= other.names

    def out_of(self, words: str) -> str:
        """`words` without them."""
        for name in sorted(self.names, key=len, reverse=True):
            words = re.sub(rf"(?<!\w)((?:و|ف)?(?:ب|ل|ك)?){re.escape(name)}(?!\w)", lambda m: m[1] + MASK, words)
        return words


def family_names(text: str, shown: str) -> set[str]:
    """The last words of the names of more than one word that are in `text` and as `MASK` in `shown`: «قال خالد العمراني … وأضاف العمراني».

    A word that is a place or an actor of the lists is not taken: it may stand for that.
    """
    found: set[str] = set()
    at = 0
    for part in re.split(f"({re.escape(MASK)})", shown):
        if part != MASK:
            begin = text.find(part, at) if part else at
            if begin < 0:
                break
            if begin > at:
                found.add(text[at:begin])
            at = begin + len(part)
    if shown.endswith(MASK) and at < len(text):
        found.add(text[at:])
    last = {name.split()[-1] for name in found if len(name.split()) > 1}
    table = lexicon()
    return {word for word in last if len(word) > 3 and not (form := table.form(word)).place and not form.sources}


def coarsened(incident: Incident, hidden: Hidden) -> Incident:
    """`incident` with the places of the endangered as areas; their names go into `hidden` and out of its words."""
    names = {p.name for p in incident.places if _endangered(incident, p)}
    if not names:
        return incident
    areas = {id_ for p in incident.places if p.name in names and (id_ := p.gazetteer_id)}
    known = [gazetteer().place(p.gazetteer_id) for p in incident.places if p.name in names and p.gazetteer_id and p.name not in _house_names(incident)]
    hidden.names |= {name for name in (*names, *(other for place in known if place is not None for other in place.names)) if len(name) > 2}
    made: list[Place] = []
    for place in incident.places:
        shown = _area(place) if place.name in names else place
        if shown is not None and not any((shown.gazetteer_id, shown.role) == (p.gazetteer_id, p.role) for p in made):
            made.append(shown)
    return msgspec.structs.replace(
        incident, places=tuple(made), claims=tuple(_claim(c, hidden, areas) for c in incident.claims),
        joined=tuple(hidden.out_of(why) for why in incident.joined),
    )  # fmt: skip


def _house_names(incident: Incident) -> set[str]:
    """Places that are named after a private person: their point is that of a town, whose names are no secret."""
    return {p.name for p in incident.places if masked(p.name) != p.name}


def _endangered(incident: Incident, place: Place) -> bool:
    wanted = rules()
    if incident.type in wanted.types and place.precision in wanted.precisions:
        return True
    known = gazetteer().place(place.gazetteer_id) if place.gazetteer_id else None
    if masked(place.name) != place.name and (known is None or place.name not in known.names):
        return True  # somebody's house
    return known is not None and known.kind in wanted.kinds and place.precision not in ("admin1", "admin2", "region", "country")


def _area(place: Place) -> Place | None:
    """The smallest area that holds a place, in its stead; None where none is known."""
    known = gazetteer().place(place.gazetteer_id) if place.gazetteer_id else None
    found: Candidate | None = None
    if known is not None:
        found = next((area for area in gazetteer().parents(known) if area.located and area.kind in _FINEST), None)
    elif place.admin1 and place.country:
        found = gazetteer().area(place.admin1, country=place.country, level="admin1")
    elif place.country:
        found = gazetteer().country(place.country)
    if found is None:
        return None
    return Place(
        name=found.names[0] if found.names else found.name_en, role=place.role, relation=None, distance_km=None, admin1=place.admin1, country=place.country,
        span=place.span, lat=found.lat, lon=found.lon, precision=_FINEST.get(found.kind, "admin1"),
        radius_km=max(rules().radius_km, found.radius_km or 0.0), gazetteer_id=found.id, name_en=found.name_en, admin2=None,
    )  # fmt: skip


def _claim(claim: Claim, hidden: Hidden, areas: set[str]) -> Claim:
    value: Any = claim.value
    if claim.about == "place" and isinstance(value, dict) and (value.get("name") in hidden.names or value.get("gazetteer_id") in areas):
        value = {"name": MASK, "gazetteer_id": None}
    words = None if claim.words is None else hidden.out_of(claim.words)
    return msgspec.structs.replace(claim, value=value, words=words)
