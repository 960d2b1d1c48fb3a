"""How our types and countries are called in the data sets that others publish: ACLED, UCDP GED, HAPI (`crosswalk.csv`, `country_codes.csv`).

Sources: the guide of annotation (our types), ACLED Codebook (2024), UCDP GED Codebook 24.1, ISO 3166-1, Gleditsch and Ward's list of states.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from marsad.knowledge import schema, vocabulary
from marsad.model import EventType


class CrosswalkRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `crosswalk.csv`: a type of ours. `ucdp`: whether an event of the type is organised violence as UCDP counts it, if it killed;
    `hapi`: the type of HAPI's conflict events, empty where they leave such events out."""

    type: EventType
    acled_event: str
    acled_sub_event: str
    ucdp: Literal["", "yes"]
    hapi: Literal["", "political_violence", "demonstration"]


class CountryCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `country_codes.csv`. `gleditsch_ward`: the number of the state in UCDP's data, empty for what is none there."""

    iso2: str
    iso3: str
    iso_numeric: str
    gleditsch_ward: str
    acled_region: str
    ucdp_region: str


@cache
def crosswalk() -> dict[str, CrosswalkRow]:
    """The lines of `crosswalk.csv` by type. Raises `VocabularyError` where the file breaks its schema."""
    return {row.type: row for row in vocabulary.rows("crosswalk.csv", CrosswalkRow)}


@cache
def country_codes() -> dict[str, CountryCodes]:
    """The lines of `country_codes.csv` by ISO 3166-1 alpha-2."""
    return {row.iso2: row for row in vocabulary.rows("country_codes.csv", CountryCodes)}


@cache
def country_names() -> dict[str, str]:
    """The English names of countries by ISO 3166-1 alpha-2."""
    return {row.country: row.name_en for row in vocabulary.areas() if row.level == "country"} | {
        row.country: row.name_en for row in vocabulary.places() if row.kind == "country"
    }


@cache
def area_codes() -> dict[tuple[str, str, str], str]:
    """OCHA's codes of areas: (country, name of the area above or empty, English name) → code."""
    return {(row.country, row.parent, row.name_en): row.pcode for row in vocabulary.areas() if row.pcode}


class ActorFacts(msgspec.Struct, frozen=True):
    """What the list of actors says of one: its English name, kind, home country."""

    name_en: str
    kind: str
    country: str
    parent: str


@cache
def actor_facts() -> dict[str, ActorFacts]:
    """The actors by id, from `actors.csv`."""
    return {row.id: ActorFacts(row.name_en, row.kind, row.country, row.parent) for row in vocabulary.rows("actors.csv", schema.ActorRow)}
