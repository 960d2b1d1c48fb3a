"""The schema of `wordlists.toml`: one class a section, one field a list.

`wordlist_check.py` holds the file against it.
"""

from __future__ import annotations

import msgspec

from marsad.model import Counted, EventType

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
    outcomes: Words
    sailing: Words
    limbs: Words
    before_bare_names: Words
    into: Words
    governors: Words
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
    ways: Words
    of_ways: Words
    roads: Words
    attacks: Words
    towards: Words
    each_of: Words
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
    divisions: dict[str, str]
    division: Words
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
    organised: dict[str, Words]
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
    charges: Words
    from_afar: Types
    comments: Words
    commentary: Words
    withholds: Words
    condemns: Words
    shuns: Words
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
    unless_described: Words
    at_school: Words
    goes_through: Words
    local_offices: Words
    struck_for_him: Words
    deaths: Types
    finds: Words
    schools: Words
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
    their_number: Words
    number_of: Words
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
    doers: Words
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
    answers: Words
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
    accuse: Words
    blame_for: Words
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
    adjoining: Types
    with_own_word: dict[EventType, Types]
    causes: Words
    during: Words
    before_cause: Words
    survived: Words
    claims: Words
    describes: Words


class DenialLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that carry a denial on, and for what nobody managed."""

    light: Words
    carried: Words
    answered: Words
    befalling: Words
    warned: Words
    managed: Words
    owned: Words
    true: Words
    of_managed: Words
    fails: Words
    sentences: Words
    verdicts: Words
    confirms: Words
    sets_on: Words


class HangingLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words on which an event can hang, each with what leads to its object, and the types of events that are under way once they are tried."""

    tried: dict[str, Words]
    sought: dict[str, Words]
    intended: dict[str, Words]
    refused: dict[str, Words]
    thought: dict[str, Words]
    under_way: Types
    proposed: dict[str, Words]
    ended: dict[str, Words]
    of_talks: Types
    barred: dict[str, Words]
    deferred: dict[str, Words]
    of_barred: Types
    behind: Words
    claims: Words


class MannerLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of events whose status is told in another way."""

    of_not: Types
    of_foilers: Types
    on_one: Types
    striven_for: Types
    from_the_air: Types
    held: Types
    by_sentence: Types


class SettingLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around dates."""

    of_its_kind: Words
    looks_back: Words
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
    hanging: HangingLists
    manner: MannerLists
    setting: SettingLists
    records: RecordLists
