"""The schema of `wordlists.toml`, and its check: one class a section, one field a list.

A section or a list that the schema does not know, or misses, a list without words, a word that stands in its list twice however it is spelt, and one
that no text can hold as a single token are refused with file, line and entry. `marsad.knowledge.wordlists` gives what came through.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from marsad.arabic.letters import fold
from marsad.arabic.words import tokenise
from marsad.knowledge import vocabulary as v
from marsad.model import Counted, EventType

FILE: Final = "wordlists.toml"

Words = tuple[str, ...]
Types = tuple[EventType, ...]


class PlaceLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around places and in their names."""

    directions: Words
    direction_adjectives: Words
    openers: Words
    name_openers: Words
    locative: Words
    strikes: Words
    sailing: Words
    before_bare_names: Words
    into: Words
    sure_kinds: Words
    definite_kinds: Words
    all_over: Words
    seats: Words
    named_areas: Words
    takes_more: Words
    waters: Words
    no_places: dict[str, Words]
    departments: Words
    people_from: Words
    in_chains: Words
    belonging: Words
    excuses: Words
    villages: Words
    quarters: Words
    gathered: Words
    roads: Words
    attacks: Words
    towards: Words
    lies_off: Words
    kilometres: Words
    metres: Words
    miles: Words
    of_the_sea: Words
    no_way_off: Words


class SiteLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for buildings and posts."""

    always: Words
    behind_places: Words
    at: Words
    of_adjectives: Words


class PartyLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for parties and persons, and what they make of them."""

    pointing: dict[str, Words]
    pointing_people: Words
    person_ids: dict[str, str]
    state_bodies: Words
    state_forces: dict[str, Words]
    police: dict[str, str]
    acts_behind: Words
    capitals: Words
    of_capitals: Words
    traffic: Words
    kunya: Words
    of_lineage: Words
    of_god: Words
    forces: Words
    shared: Words
    irregulars: Words
    further_people: dict[str, str]
    units: Words
    take_names: Words
    called_after: Words
    of_places: Words
    committees: Words
    rules: Words
    backed: Words
    proxies: dict[str, str]
    bare_groups: Words
    no_verbs: Words
    own_forces: Words
    no_parties: Words
    things: Words
    organised: Words
    sides: Words
    crowds: Words
    bodies: Words
    titles: Words
    of_titles: Words
    private_titles: Words
    titles_of_places: Words
    common_adjectives: Words
    kindred: Words
    children: Words
    of_rank: Words
    claims: Words
    declares: Words
    denies: Words
    responsibility: Words
    tribes: dict[str, str]
    blaming: Words
    local_forces: Words
    unmanned: Words
    mankind: Words
    fronts: Words
    of_movements: Words
    causes: Words
    called: Words
    second_parts: Words
    models: Words
    border: Words
    offices: Words
    of_office: Words
    sent_to: Words
    former: Words
    namesakes: Words
    participles: Words
    also_nouns: Words
    ordinals: Words
    arms: Words
    no_genitives: Words
    civil_vehicles: Words
    ships: Words
    stateless: Words
    of_party: Words


class CountLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is counted."""

    by_type: dict[EventType, Counted]
    killings: Types
    by_noun: dict[str, Counted]
    part: Words
    part_alone: Words
    of_them: Words
    state_of: Words
    one_more: Words
    they: Words
    kin: Words
    kin_forms: dict[str, int]
    lost: Words
    broken_off: Words
    contact: Words
    rank: Words
    counted_among: Words
    fate: Words
    unknown: Words
    all_of: Words
    lives: Words
    others: Words
    known_by_work: Words
    of_states: Words
    of_groups: Words
    no_persons: Words
    of_people: Words
    often_many: Words
    one_of: Words
    one_of_them: Words
    brothers: Words
    light: Words
    dead: Words
    wounded: Words


class FrameLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs and nouns that settle who does and who suffers."""

    suffers: Words
    repels: Words
    weapons: Words
    men_of: Words
    authors: Words


class SpeakerLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who can speak."""

    quantifiers: Words
    stops: Words
    mute: Words
    each_of: Words
    institutions: Words
    media_heads: Words
    bare: Words
    ranked: Words
    watching: Words
    watching_bodies: Words
    outlet_words: Words


class IdentityLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the name of a speaker that tell his party and kind."""

    opposed: Words
    seated: dict[str, str]
    chairs: Words
    reporters: Words
    sources: Words
    media: Words
    own_body: Words
    press: Words
    war_media: Words
    civil: Words
    staff: Words
    ranks: Words
    commands: Words
    tribal: Words
    cabinet: Words
    state_offices: Words
    state_media: Words
    foreign: Words
    general: Words
    armies: Words
    honoured: Words
    war_media_heads: Words
    weak_officials: Words
    medics: Words
    our_own: Words
    other_media: Words
    no_bodies: Words


class NameLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the name of a speaker and behind it."""

    belonging: Words
    envoys: Words
    deputies: Words
    fields: Words
    staff_officers: dict[str, Words]
    purposes: Words
    numbered: Words
    no_surnames: Words
    correspondents: Words
    documents: Words
    to_others: Words
    named_behind: Words
    himself: Words
    led_by: Words
    in_name_of: Words
    from_among: Words
    offices_of: Words


class OpenerLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a voice."""

    saying_nouns: Words
    rumours: Words
    rumoured: Words
    handled: Words
    after_according: Words
    heard: Words
    no_labels: Words
    further_verbs: Words
    noun_behind: Words
    own_words: Words
    verb_behind: Words
    kept_documents: Words
    further_documents: Words
    by_reckoning: Words
    reckonings: Words
    this_is: Words
    of_documents: Words
    issued: Words
    both_sides: Words
    news_labels: Words
    of_rumours: Words


class SayingLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of saying with a way of their own."""

    strict: Words
    need_complement: Words
    courts: Words
    continuing: Words
    no_verbs: Words
    often_other: Words
    put_out: Words
    blame: Words
    told_us: Words
    may_be_nobodys: Words
    nobodys: Words
    numbers: Words
    amounts: Words
    of_tolls: Words
    his_words: Words


class SubjectLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a verb of saying and its subject."""

    on_persons: Words
    counting: Words
    skipped: Words
    from_side: Words
    clause_openers: Words
    of_carriers: Words
    with_accusative: Words


class StatementLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a communiqué opens and closes."""

    headings: Words
    labels: Words
    issued: Words
    to_public: Words
    signing: Words


class VoiceLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that point back to a speaker."""

    in_his_name: Words
    the_same: Words
    the_very: Words
    nameless: Words


class TriggerLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside those that tell an event."""

    also_prepositions: Words
    before_verbs: Words
    before_that: Words
    doers_by_number: Words
    reflexives: Words


class EventLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of events that a word can stand for."""

    general: Types
    causes: Words
    during: Words
    before_cause: Words
    claims: Words


class DenialLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that carry a denial on, and for what nobody managed."""

    light: Words
    carried: Words
    befalling: Words
    warned: Words
    managed: Words
    of_managed: Words
    fails: Words
    sentences: Words
    verdicts: Words
    confirms: Words
    sets_on: Words


class MannerLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of events whose status is told in another way."""

    of_not: Types
    striven_for: Types
    from_the_air: Types
    held: Types
    by_sentence: Types


class SettingLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around dates."""

    superlatives: Words
    was: Words


class RecordLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of events for what a record adds."""

    hits_civilians: Types
    people: Words
    hits_people: Types
    of_civilians: Types
    of_crowds: Types
    crowds: Types


class WordLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sections of the file."""

    places: PlaceLists
    sites: SiteLists
    parties: PartyLists
    counts: CountLists
    frames: FrameLists
    speakers: SpeakerLists
    identity: IdentityLists
    names: NameLists
    openers: OpenerLists
    saying: SayingLists
    subjects: SubjectLists
    statements: StatementLists
    voices: VoiceLists
    triggers: TriggerLists
    events: EventLists
    denial: DenialLists
    manner: MannerLists
    setting: SettingLists
    records: RecordLists


def compile_lists() -> dict[str, dict[str, Any]]:
    """The lists by "section.list": `words` as sets, `types` as tuples, `values` as dicts. Raises `VocabularyError` where the file breaks its schema."""
    text = (v.folder() / FILE).read_text("utf-8")
    told: WordLists = v.checked(v.parsed(text, FILE), WordLists, FILE, lambda key: v.line_of_key(text, 0, key))
    made: dict[str, dict[str, Any]] = {"words": {}, "types": {}, "values": {}}
    for section in msgspec.structs.fields(told):
        start = v.line_of_key(text, 0, section.name) - 1
        room = getattr(told, section.name)
        for field in msgspec.structs.fields(room):
            name = f"{section.name}.{field.name}"
            try:
                sort, entries = _ready(field.type, getattr(room, field.name))
            except ValueError as error:
                raise v.VocabularyError(f"{FILE}, line {v.line_of_key(text, start, field.name)}: {name} {error}") from None
            made[sort][name] = entries
    _check_actors(told.parties, told.identity.seated)
    return made


def _ready(kind: Any, entries: Any) -> tuple[str, Any]:
    """Which sort of list it is, and the list, folded; raises ValueError with what is wrong with it."""
    _check_each(entries, kind == Words)
    if isinstance(entries, dict):
        return "values", {_folded(key): _value(key, told) for key, told in entries.items()}
    if kind == Types:
        return "types", tuple(entries)
    return "words", frozenset(map(_folded, entries))


def _value(key: str, told: Any) -> Any:
    """What a word stands for: a name, or words of its own."""
    if not isinstance(told, tuple):
        return told
    try:
        _check_each(told, True)
    except ValueError as error:
        raise ValueError(f"has {key!r}, which {error}") from None
    return tuple(map(_folded, told))


def _check_each(entries: Any, of_words: bool) -> None:
    """There are entries; each is one word of a text (or, in a list that is not `of_words`, a name of the model) and stands there once."""
    if not entries:
        raise ValueError("is empty")
    met: dict[str, str] = {}
    for word in entries:
        if (of_words or not word.isascii()) and tokenise(word).forms != [fold(word)]:
            raise ValueError(f"has {word!r}, which is not one word")
        folded = _folded(word)
        if folded in met:
            raise ValueError(f"has {word!r} twice" if met[folded] == word else f"has {met[folded]!r} and {word!r}, which are one word when they are folded")
        met[folded] = word


def _folded(word: str) -> str:
    """A word of a text folded; a name of the model (`air_strike`) or of a data file as it is."""
    return word if word.isascii() else fold(word)


def _check_actors(lists: PartyLists, seated: dict[str, str]) -> None:
    """Kinds of persons are those of `cues.toml`, and whom the lists name is in the list of actors."""
    kinds = v.cues()["persons"]
    for kind in lists.person_ids:
        if kind not in kinds:
            raise v.VocabularyError(f"{FILE}: parties.person_ids has {kind!r}, which is no list of [persons] in cues.toml")
    actors = {row.id for row in v.rows("actors.csv", v.ActorRow)}
    groups = (("parties.person_ids", lists.person_ids), ("parties.police", lists.police), ("parties.proxies", lists.proxies), ("identity.seated", seated))
    for name, ids in groups:
        for key, id_ in ids.items():
            if id_ not in actors:
                raise v.VocabularyError(f"{FILE}: {name} gives {key!r} the actor {id_!r}, whom actors.csv has not")
