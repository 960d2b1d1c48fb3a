"""All that the later steps ask about the surroundings of a word: sentence shapes, and what is told in which sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from marsad.arabic.dates import Date
from marsad.knowledge.lexicon import NEGATION, PUNCTUATION
from marsad.reading.attribution import Voice, Voices
from marsad.reading.counted import Counted
from marsad.reading.document import PARTIES, Document, Mention
from marsad.reading.syntax import Shape, shape
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Field

ARMED = PARTIES | {"fighter", "group", "unidentified"}


@dataclass(slots=True)
class Scene:
    """A document with its mentions sorted by sentence, for the sentences that hold an event word."""

    document: Document
    triggers: list[Trigger]
    voices: Voices
    counts: list[Counted]
    rows: Field = field(default_factory=lambda: Field(np.zeros((0, 0), np.float32)))  # a row for each token; see `encoder.py`
    shapes: dict[int, Shape] = field(default_factory=dict)
    triggers_in: dict[int, list[Trigger]] = field(default_factory=dict)
    actors_in: dict[int, list[Mention]] = field(default_factory=dict)
    places_in: dict[int, list[Mention]] = field(default_factory=dict)
    dates_in: dict[int, list[Date]] = field(default_factory=dict)
    counts_in: dict[int, list[Counted]] = field(default_factory=dict)
    tellers_of: list[Any] | None = None  # the drafts for which `tellers` was worked out; see `events.tellers`
    tellers: dict[int, Any] = field(default_factory=dict)
    figures_in: dict[int, list[Any]] = field(default_factory=dict)  # sentence → its figures, once asked for; see `figures.py`
    voices_in: dict[int, list[Voice]] = field(default_factory=dict)  # sentence → the voices that open in it
    parents: dict[str, dict[str, Mention]] = field(default_factory=dict)  # place → the places told as its parents anywhere in the report
    keys_of_label: dict[str, set[str]] = field(default_factory=dict)  # sort of party → keys of the report's parties of that sort
    place_keys: frozenset[str] = frozenset()  # keys of all places of the report
    headline_spots: frozenset[str] = frozenset()  # keys of the places in the headline
    keys_seen: dict[str, int] = field(default_factory=dict)  # entry → its first token
    types_seen: dict[str, int] = field(default_factory=dict)  # default type of an entry → the first token of such
    armed: bool = False  # an armed party is named somewhere
    strong: bool = False  # a word somewhere tells an event by itself
    quiet: str = ""  # the domain of a page about something else, if its words are thick enough
    parties: dict[int, frozenset[str]] = field(default_factory=dict)  # sentence → keys of the parties named in it
    spots: dict[int, frozenset[str]] = field(default_factory=dict)  # sentence → keys of the places named in it
    figures_of: dict[int, frozenset[Any]] = field(default_factory=dict)  # sentence → (what is counted, how many) in it, once asked for
    days_of: dict[int, frozenset[Any]] = field(default_factory=dict)  # sentence → the days told in it, once asked for
    expected: dict[tuple[int, int], Any] = field(default_factory=dict)  # ids of an event word and a mention → see `frames.py`
    told_before: dict[int, list[str]] = field(default_factory=dict)  # id of an event word → see `signs.before_signs`
    status_cues: dict[int, list[str]] = field(default_factory=dict)  # id of an event word → see `manner.py`
    linked_by: dict[int, tuple[bool, bool]] = field(default_factory=dict)  # id of an event word → see `linking.py`
    lies: dict[int, Any] = field(default_factory=dict)  # id of a place → where it lies; see `spots.py`


def set_scene(document: Document, triggers: list[Trigger], voices: Voices, counts: list[Counted]) -> Scene:
    """Sort everything by sentence and draw the shapes of the sentences with an event word in them."""
    scene = Scene(document, triggers, voices, counts)
    for trigger in triggers:
        scene.triggers_in.setdefault(trigger.sentence, []).append(trigger)
        scene.keys_seen.setdefault(trigger.key, trigger.first)
        if trigger.types and not (trigger.harm or trigger.general):
            scene.types_seen.setdefault(trigger.types[0], trigger.first)
    for actor in document.actors:
        speaks = bool(voices.naming(actor.first))
        if speaks and actor.label == "named":
            actor.id = None  # who speaks for a party is not what it did
        if speaks or not actor.office:  # … which may well have done what he tells
            scene.actors_in.setdefault(actor.sentence, []).append(actor)
    for place in document.places:
        scene.places_in.setdefault(place.sentence, []).append(place)
    of = document.sentence_of
    for date in document.dates:
        scene.dates_in.setdefault(of[date.first], []).append(date)
    for counted in counts:
        scene.counts_in.setdefault(counted.sentence, []).append(counted)
    for voice in voices.all:
        if not voice.carried:
            scene.voices_in.setdefault(of[voice.opener], []).append(voice)
    for sentence in scene.triggers_in:
        scene.shapes[sentence] = shape(document, sentence, _marks(scene, sentence))
    scene.quiet = _quiet(document)
    scene.armed = any(m.label in ARMED for m in document.actors)
    scene.strong = any(not (t.harm or t.general or t.weak) for t in triggers)
    for place in document.places:
        if place.parent_of >= 0:
            scene.parents.setdefault(key_of(document, document.places[place.parent_of]), {}).setdefault(key_of(document, place), place)
    scene.place_keys = frozenset(key_of(document, m) for m in document.places)
    scene.headline_spots = frozenset(key_of(document, m) for m in scene.places_in.get(document.headline, ()))
    for sentence in scene.triggers_in:
        scene.parties[sentence] = frozenset(key_of(document, m) for m in scene.actors_in.get(sentence, ()))
        scene.spots[sentence] = frozenset(key_of(document, m) for m in scene.places_in.get(sentence, ()) if m.label != "country")
    return scene


def key_of(document: Document, mention: Mention) -> str:
    """The same for all mentions of one party or place: its id or gazetteer row, else its words without article. Worked out once a mention."""
    if not mention.key:
        if mention.kind == "place":
            mention.key = f"row{mention.row}" if mention.row >= 0 else _stems(document, mention)
        else:
            mention.key = mention.id or _stems(document, mention)
    return mention.key


def _stems(document: Document, mention: Mention) -> str:
    return " ".join([form.stem for form in document.forms[mention.first : mention.last + 1]])


def _marks(scene: Scene, sentence: int) -> dict[int, tuple[str, int]]:
    """First token → (letter, last token) for what is known in a sentence; a party wins over a place of the same words."""
    document = scene.document
    marks: dict[int, tuple[str, int]] = {}
    part = document.sentences[sentence]
    for i in range(part.begin, part.end):
        for last, cue in document.phrases.get(i, ()):
            if cue == "agent.by":
                marks[i] = ("Y", last)
    for date in scene.dates_in.get(sentence, ()):
        marks[date.first] = ("d", date.last)
    for counted in scene.counts_in.get(sentence, ()):
        marks.setdefault(counted.first, ("#", counted.last))
    for place in scene.places_in.get(sentence, ()):
        marks[place.first] = ("l", place.last)
    for actor in scene.actors_in.get(sentence, ()):
        if actor.head not in marks or marks[actor.head][0] != "#":
            marks[actor.head] = ("a", actor.last)
    for trigger in scene.triggers_in.get(sentence, ()):
        marks[trigger.first] = ("V" if trigger.verbal else "T", trigger.last)
    return marks


def _quiet(document: Document) -> str:
    """The domain (sport, economy, culture, technology) whose words make up more than one in forty of the text."""
    votes: dict[str, int] = {}
    for form in document.forms:
        for cue in form.cues:
            if cue.startswith("quiet."):
                votes[cue] = votes.get(cue, 0) + 1
    if not votes:
        return ""
    top = max(votes, key=lambda c: votes[c])
    return top[6:] if votes[top] * 40 > len(document.forms) else ""


def window(scene: Scene, trigger: Trigger, size: int) -> range:
    """The tokens up to `size` before and behind an event word, within its sentence."""
    part = scene.document.sentences[trigger.sentence]
    return range(max(part.begin, trigger.first - size), min(part.end, trigger.last + size + 1))


def clause_of(scene: Scene, trigger: Trigger) -> tuple[int, int]:
    """Begin and end (excluded) of the clause of an event word: up to the next comma or أن whose other side has a verb or an event of its own."""
    document = scene.document
    part = document.sentences[trigger.sentence]
    forms = document.forms
    begin, end = part.begin, part.end
    for k in range(trigger.first - 1, part.begin - 1, -1):
        if forms[k].pos & PUNCTUATION and forms[k].text in "،؛:":
            begin = k + 1
            break
    for k in range(trigger.last + 1, part.end):
        if forms[k].pos & PUNCTUATION and forms[k].text in "،؛":
            end = k
            break
    return begin, end


def negated(scene: Scene, trigger: Trigger) -> bool:
    """لم, لا, عدم right in front of the word."""
    forms = scene.document.forms
    part = scene.document.sentences[trigger.sentence]
    for k in range(max(part.begin, trigger.first - 3), trigger.first):
        if (forms[k].pos & NEGATION and forms[k].text not in ("غير", "ما")) or forms[k].stem == "عدم":
            return not any(forms[j].pos & PUNCTUATION for j in range(k, trigger.first))
    return False
