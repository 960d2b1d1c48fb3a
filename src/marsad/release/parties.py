"""Parties as other data sets see them: of which kind, of which side, under which English name."""

from __future__ import annotations

from typing import Final, NamedTuple

from marsad.knowledge.crosswalk import ActorFacts, actor_facts, country_names
from marsad.model import Actor, Incident

_STATE: Final = frozenset(("state", "police", "official"))
_FOREIGN: Final = frozenset(("coalition", "intergovernmental", "humanitarian"))


class Party(NamedTuple):
    """A party of an incident: `name` in English where it is listed, else as written; `kind` as `actors.csv` has it, empty for one that is not listed;
    `home`: its country."""

    id: str | None
    name: str
    kind: str
    home: str

    @property
    def civil(self) -> bool:
        """Whether it is no armed party: civilians, journalists, protesters."""
        return self.kind == "civilians" or self.id == "protesters"

    def inter(self, country: str | None) -> str:
        """ACLED's `inter` of the party in `country`; empty for one that is not listed."""
        if self.id == "protesters":
            return "Protesters"
        if self.kind == "civilians" or self.kind in ("media", "monitor"):
            return "Civilians"
        if self.kind in _STATE:
            return "State forces" if not self.home or self.home == country else "External/Other forces"
        if self.kind in _FOREIGN:
            return "External/Other forces"
        return {
            "insurgent": "Rebel group",
            "authority": "Rebel group",
            "militia": "Political militia",
            "unidentified": "Political militia",
            "social": "Identity militia",
        }.get(self.kind, "")

    @property
    def state(self) -> bool:
        """Whether it is a state's force."""
        return self.kind in _STATE


def party(actor: Actor) -> Party:
    """The party that an actor of an incident is."""
    facts = _facts(actor.id)
    return Party(actor.id, facts.name_en if facts else actor.name, facts.kind if facts else "", facts.country if facts else "")


def sides(incident: Incident) -> tuple[list[Party], list[Party]]:
    """Who did it and to whom; participants whose sides are not told are split, the first against the rest."""
    did = [party(actor) for actor in incident.actors if actor.role == "initiator"]
    hit = [party(actor) for actor in incident.actors if actor.role == "target"]
    others = [party(actor) for actor in incident.actors if actor.role in ("participant", "beneficiary")]
    if not did and not hit:
        return _unique(others[:1]), _unique(others[1:])
    return _unique(did), _unique(hit)


def unidentified(country: str | None) -> str:
    """ACLED's name for armed people whom nobody named."""
    return f"Unidentified Armed Group ({country_names().get(country or '', 'Unknown')})"


def of_party(who: str | None, one: Party | None) -> bool:
    """Whether the counted `who` (an actor's id) is the party or a part of it."""
    seen: set[str] = set()
    while who and one is not None and one.id and who not in seen:
        if who == one.id:
            return True
        seen.add(who)
        facts = _facts(who)
        who = facts.parent if facts else None
    return False


def is_civil(who: str | None) -> bool:
    """Whether the counted `who` are civilians."""
    facts = _facts(who)
    return who == "protesters" or (facts is not None and facts.kind == "civilians")


def _facts(id_: str | None) -> ActorFacts | None:
    return actor_facts().get(id_) if id_ else None


def _unique(parties: list[Party]) -> list[Party]:
    return list({one.id or one.name: one for one in reversed(parties)}.values())[::-1]
