"""When events are one incident, as data: `incidents.toml`, read strictly (see its head for the keys)."""

from __future__ import annotations

from functools import cache

import msgspec

from marsad.knowledge.lexicon import lexicon
from marsad.knowledge.vocabulary import VocabularyError, checked, folder, line_of_key, parsed
from marsad.model import EventType

_FILE = "incidents.toml"


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types that different reports may give to one happening."""

    name: str
    types: tuple[EventType, ...]


class Slack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days before its report a thing of these types may have happened that is told without a day."""

    days: int
    types: tuple[EventType, ...]


class Types(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: tuple[EventType, ...]


class WordsOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class Opposed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Actors of two sides that fight each other, each with all whose parent it is."""

    one: tuple[str, ...]
    other: tuple[str, ...]


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each sign that two told events are one adds to their score; names as in `incidents.joining`."""

    same_type: float
    rare_type: float
    other_type: float
    same_told_day: float
    next_told_day: float
    told_day_after: float
    told_day_before_0: float
    told_day_before_1: float
    told_day_before_2: float
    told_day_before_3: float
    told_day_before_more: float
    same_report_day: float
    report_days_1: float
    report_days_2: float
    report_days_3: float
    report_days_more: float
    span_holds_day: float
    other_stretch: float
    same_span: float
    past: float
    both_past: float
    both_ongoing: float
    both_planned: float
    same_place: float
    near_place: float
    far_place: float
    second_place: float
    place_in_area: float
    same_area: float
    same_country: float
    other_area: float
    other_region: float
    no_place: float
    same_name: float
    other_name: float
    same_initiator: float
    related_initiator: float
    other_initiator: float
    same_target: float
    related_target: float
    other_target: float
    turned_round: float
    same_person: float
    same_large_figure: float
    same_figure: float
    same_small_figure: float
    like_figure: float
    other_figure: float
    same_words: float
    like_words: float
    nothing_own: float
    nothing_own_then: float
    same_story: float
    like_story: float
    near_story: float
    other_story: float


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; thresholds are explained at its head."""

    link: float
    group: float
    unlinked: float
    contested: float
    contested_least: int
    near_km: float
    far_km: float
    past_days: int
    open_days: int
    ahead_days: int
    plurals: tuple[int, ...]
    signs: Signs
    family: tuple[Family, ...]
    slack: tuple[Slack, ...]
    rare: Types
    general: Types
    who: dict[str, tuple[str, ...]]
    unnamed: WordsOf
    opposed: tuple[Opposed, ...]

    def families(self, type_: str) -> tuple[str, ...]:
        """The names of the families that hold a type."""
        return tuple(family.name for family in self.family if type_ in family.types)

    def slack_days(self, type_: str) -> int:
        """How many days before its report an event of that type may lie that is told without a day."""
        return next(slack.days for slack in self.slack if type_ in slack.types)

    @property
    def most_slack(self) -> int:
        """The greatest of all slacks, in days."""
        return max(slack.days for slack in self.slack)


@cache
def joining() -> Joining:
    """`incidents.toml`; raises `VocabularyError` where it breaks its schema, leaves a type out, or names an actor that is not listed."""
    text = (folder() / _FILE).read_text("utf-8")
    found: Joining = checked(parsed(text, _FILE), Joining, _FILE, lambda key: line_of_key(text, 0, key))
    for type_ in EventType.__args__:  # type: ignore[attr-defined]
        if not found.families(type_):
            raise VocabularyError(f"{_FILE}: no family holds the type {type_!r}")
        if sum(type_ in slack.types for slack in found.slack) != 1:
            raise VocabularyError(f"{_FILE}: the type {type_!r} must have one slack")
    known = lexicon().actors
    for pair in found.opposed:
        for actor in (*pair.one, *pair.other):
            if actor not in known:
                raise VocabularyError(f"{_FILE}, line {line_of_key(text, 0, 'opposed')}: no such actor: {actor!r}")
    return found


@cache
def weights() -> dict[str, float]:
    """What each sign weighs, by name."""
    return msgspec.structs.asdict(joining().signs)


@cache
def ancestors(actor: str) -> tuple[str, ...]:
    """The actor and all that it belongs to, nearest first; an actor that is not listed alone."""
    known = lexicon().actors
    chain = [actor]
    while chain[-1] in known and known[chain[-1]][4] and known[chain[-1]][4] not in chain:
        chain.append(known[chain[-1]][4])
    return tuple(chain)


def related(one: str, other: str) -> bool:
    """Whether two actors are the same or one belongs to the other."""
    return one in ancestors(other) or other in ancestors(one)


@cache
def opposed(one: str, other: str) -> bool:
    """Whether two actors stand on opposing sides. Of a pair that belongs to one another none does."""
    if related(one, other):
        return False
    mine, theirs = set(ancestors(one)), set(ancestors(other))
    return any((mine & set(pair.one) and theirs & set(pair.other)) or (mine & set(pair.other) and theirs & set(pair.one)) for pair in joining().opposed)


def country_of(actor: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) in which an actor is at home, as far as the list of actors says."""
    row = lexicon().actors.get(actor)
    return (row[3] or None) if row else None
