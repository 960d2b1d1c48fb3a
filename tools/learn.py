"""Learns the models of the reading from the working half of the annotated reports, step after step.

    python tools/learn.py member 3    teach a member with seed 3: it does not ship, but reads unlabelled reports with others (`together.py`)
    python tools/learn.py member 5 far    the same, with small layers that see what a multilingual encoder makes of the words (`multilingual.py`)
    python tools/learn.py again [A B] teach what ships once more, going on from what it is: after rules or words changed; what it says now of reports that
                                      nobody annotated is taught too, or, where folders with other weights are named, what these say together with it;
                                      what ships then is the mean of before and after (`mean.py`)
    python tools/learn.py             teach what ships, on the annotated reports and on what the members in build/members say of others
    python tools/learn.py with A B    the same, with the weights in the folders A and B for members: some that shipped, or were taught otherwise

Each step is taught on the words as the program itself sees them, with what the annotation says of them.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import fit as fit_module
import msgspec
from corpus import SHARED, Annotated, annotated, closed_half, quiet_pages, shared_tool
from fit import Example, fit
from heads import Task, export, teach
from mean import LEFT, mean_of, models_in
from net import BUILD, FAR, SHIPPED, TEACHER, Shape, shipped
from net import told as tokens_of
from together import read_together

from marsad.arabic.dates import Date
from marsad.knowledge.lexicon import lexicon
from marsad.model import Report
from marsad.reading import arguments, counting, encoder, events, figures, linking, manner, owners, setting, weights
from marsad.reading.arguments import nearness
from marsad.reading.attribution import Voice, as_source
from marsad.reading.document import Mention
from marsad.reading.events import CLASSES, NONE, PART, Draft, Told
from marsad.reading.reader import set_out
from marsad.reading.records import doers_id, party_name
from marsad.reading.roles import Part
from marsad.reading.scene import Scene, key_of
from marsad.reading.signs import trigger_anchors, trigger_signs
from marsad.reading.triggers import Trigger


@dataclass
class Lesson:
    """A report laid out, and for each trigger the number of the gold event that it tells (-1 none, -2 cannot be said)."""

    item: Annotated
    scene: Scene
    belongs: dict[int, int] = field(default_factory=dict)  # id(trigger) → number of gold event
    beside: set[int] = field(default_factory=set)  # id(trigger) of those that no annotator marked and that tell what a marked word tells

    @property
    def gold(self) -> list[dict[str, Any]]:
        return self.item.gold["events"]


def lesson(item: Annotated) -> Lesson:
    record = item.record
    report = Report.from_text(record["text"], id=record["id"], date=record["date"], outlet=record.get("source") or record.get("outlet"))
    made = Lesson(item, set_out(report))
    for trigger in made.scene.triggers:
        made.belongs[id(trigger)] = _belongs(made, trigger)
    return made


def _span(scene: Scene, trigger: Trigger) -> tuple[int, int]:
    words = scene.document.words
    return words.starts[trigger.first], words.ends[trigger.last]


def _belongs(made: Lesson, trigger: Trigger) -> int:
    a, b = _span(made.scene, trigger)
    hits = [k for k, e in enumerate(made.gold) if any(s < b and a < t for s, t in e["mentions"])]
    if hits:
        return next((k for k in hits if made.gold[k]["type"] in trigger.types), hits[0])
    if trigger.harm:
        for counted in made.scene.counts:
            if counted.trigger is trigger:
                for k, e in enumerate(made.gold):
                    if any(c["what"] == counted.what and c["min"] == counted.low for c in e["counts"]):
                        return k
    beside = _beside(made, trigger)
    if beside is not None:
        made.beside.add(id(trigger))
        return beside
    if trigger.harm:
        cause = _cause(made, trigger)
        if cause is None:
            return -1
        made.beside.add(id(trigger))
        return cause
    if any(e["type"] in trigger.types for e in made.gold) and (trigger.definite or trigger.weak):
        return -2
    return -1


_STOPS = frozenset(".,;:!?\n،؛؟")
"""What ends a phrase."""


def _beside(made: Lesson, trigger: Trigger) -> int | None:
    """The gold event of a type that a trigger tells, a mention of which stands beside it, at most one word between: annotators mark now one word and now
    another of «انفجارا نفذه انتحاري», «سقطت أربع قذائف», and the others tell the event no less."""
    text, (a, b) = made.scene.document.words.text, _span(made.scene, trigger)
    for number, event in enumerate(made.gold):
        for start, end in event.get("mentions", ()) if event["type"] in trigger.types else ():
            between = text[b:start] if start >= b else text[end:a]
            if len(between.split()) <= 1 and not set(between) & _STOPS:
                return number
    return None


def _cause(made: Lesson, trigger: Trigger) -> int | None:
    """The gold event told nearest to a word of harm in its sentence, of a type that can do such harm: «عدة غارات استهدفت الحي، ما تسبب في سقوط جرحى»."""
    words, part = made.scene.document.words, made.scene.document.sentences[trigger.sentence]
    begin, end, at = words.starts[part.begin], words.ends[part.end - 1], words.starts[trigger.first]
    told = [(abs(a - at), k) for k, e in enumerate(made.gold) if e["type"] in trigger.types for a, _ in e.get("mentions", ()) if begin <= a < end]
    return min(told)[1] if told else None


def trigger_examples(lessons: list[Lesson]) -> list[Example]:
    out = []
    for made in lessons:
        tellers: dict[int, list[Trigger]] = {}
        for trigger in made.scene.triggers:
            tellers.setdefault(made.belongs[id(trigger)], []).append(trigger)
        for trigger in made.scene.triggers:
            label = label_of(made, trigger, tellers)
            if label is None:
                continue
            allowed = events.allowed(trigger)
            number = CLASSES.index(label)
            if number not in allowed:
                continue
            weight = UNSURE if made.belongs[id(trigger)] == -2 else 1.0
            out.append(Example(trigger_signs(made.scene, trigger), number, allowed, weight, trigger_anchors(trigger)))
    return out


def label_of(made: Lesson, trigger: Trigger, tellers: dict[int, list[Trigger]]) -> str | None:
    """The class of a trigger by the gold; None where it cannot teach anything."""
    of = made.belongs[id(trigger)]
    if of == -3:
        return None
    if of < 0:
        return NONE
    kind = made.gold[of]["type"]
    firm = [t for t in tellers[of] if not (t.harm or t.general) and kind in t.types]
    if kind in trigger.types and not trigger.harm and not trigger.general:
        return str(kind)
    if firm:
        return PART
    if kind in trigger.types or trigger.general:
        return str(kind) if CLASSES.index(kind) in events.allowed(trigger) else PART
    return PART if trigger.harm or trigger.weak or trigger.definite else None


QUIET = 6.0
"""What a quiet page weighs beside a report of conflict, of which there are many more."""
UNSURE = 1.0
"""What a word weighs that tells a type which the report's gold has, but that the gold does not name: a later mention, or nothing."""
TRIGGER_PRIOR: dict[tuple[str, str], float] = {
    **{(f"first={kind}", kind): 2.0 for kind in events.TYPES},
    **{(f"c=means.{kind}", kind): 0.8 for kind in ("air_strike", "shelling", "explosive_device", "suicide_attack", "chemical_attack")},
    **{(f"c2>means.{kind}", kind): 1.0 for kind in ("air_strike", "shelling", "explosive_device", "suicide_attack", "chemical_attack")},
    ("weak", NONE): 0.3,
    ("neg", NONE): 0.6,
    ("c<status.hypothetical", NONE): 0.8,
    ("c2<status.hypothetical", NONE): 1.0,
    ("quiet", NONE): 1.5,
    ("unarmed", NONE): 0.4,
    ("k=GNd", PART): 1.0,
    ("cause0", PART): 1.5,
    ("v=fighter", "armed_clash"): 1.5,
    ("v|armed=True", "armed_clash"): 1.0,
    ("v=civilians", "attack_on_civilians"): 1.5,
    ("v=civilian", "attack_on_civilians"): 1.5,
}
LINK_PRIOR: dict[tuple[str, str], float] = {
    ("bias", "yes"): -1.0,
    ("same", "yes"): 1.0,
    ("part", "yes"): 1.0,
    ("may", "yes"): 0.5,
    ("other", "yes"): -3.0,
    ("same|d0", "yes"): 0.5,
    ("only|same", "yes"): 0.5,
    ("figure+|part", "yes"): 1.0,
    ("figure+|same", "yes"): 1.0,
    ("place-|same", "yes"): -1.0,
    ("new|same", "yes"): -1.0,
}


_SLOT = {"i": "initiator", "t": "target", "p": "participant", "b": "beneficiary", "k": "target"}
PARTY_PRIOR: dict[tuple[str, str], float] = {
    ("bias", "none"): 0.3,
    **{(f"rule>{role}", role): 1.5 for role in ("initiator", "target", "participant")},
    ("within", "initiator"): 0.5,
    ("counted|True|civilian", "target"): 1.5,
    ("counted|True|fighter", "target"): 1.0,
    ("counted|True|armed", "target"): 1.0,
    ("label=unidentified", "initiator"): 1.0,
    ("speaker", "none"): 0.5,
}
ABSENT_PRIOR: dict[tuple[str, str], float] = {
    ("bias", "none"): 1.5,
    ("lacks=", "none"): 2.0,
    ("held=i|same|i|0", "initiator"): 0.5,
    ("held=t|same|t|0", "target"): 0.5,
}
PLACE_PRIOR: dict[tuple[str, str], float] = {
    ("own", "at"): 0.8,
    ("pre=f|R", "at"): 1.0,
    ("pre=f|L", "at"): 0.5,
    ("pre=B|R", "at"): 1.0,
    ("pre=e|R", "to"): 0.8,
    ("pre=m|R", "from"): 0.8,
    ("parent=at", "at"): 2.0,
    ("parent=none", "none"): 1.5,
    ("knownparent=at", "at"): 1.5,
    ("parent=to", "to"): 2.0,
    ("parent=from", "from"): 2.0,
    ("foreignR", "none"): 1.0,
    ("foreignL", "none"): 1.0,
    ("alsoactor", "none"): 1.0,
    ("inspeaker", "none"): 1.5,
    ("off=-1|False", "none"): 0.8,
    ("off=1|False", "none"): 0.8,
    ("off=-1|True", "none"): 2.0,
    ("off=1|True", "none"): 2.0,
    ("off=hl|True", "none"): 1.0,
    ("off=2|True", "none"): 2.0,
    ("off=-2|True", "none"): 2.0,
    ("off=2|False", "none"): 1.0,
    ("off=-2|False", "none"): 1.0,
}
DATE_PRIOR: dict[tuple[str, str], float] = {
    ("own", "yes"): 0.8,
    ("foreignR", "yes"): -1.0,
    ("foreignL", "yes"): -1.0,
    ("dayofspeech", "yes"): -2.0,
    ("speechL", "yes"): -1.0,
    ("off=1|True", "yes"): -2.0,
    ("off=1|False", "yes"): -1.0,
    ("off=-1|True", "yes"): -2.0,
    ("off=-1|False", "yes"): -1.0,
    ("off=2|True", "yes"): -2.0,
    ("off=-2|True", "yes"): -2.0,
}
STATUS_PRIOR: dict[tuple[str, str], float] = {
    ("bias", "occurred"): 1.5,
    ("own=failed", "failed"): 2.5,
    ("own=planned", "planned"): 2.5,
    ("future", "planned"): 2.0,
    ("ahead", "planned"): 1.5,
    ("since", "ongoing"): 2.0,
    ("c2<failed", "failed"): 1.5,
    ("c2>failed", "failed"): 0.8,
    ("c2<planned", "planned"): 1.0,
    ("c2<ongoing", "ongoing"): 1.5,
    ("c2>ongoing", "ongoing"): 0.8,
    ("c2<denied", "denied"): 2.5,
    ("denied by the voice", "denied"): 2.0,
    ("neg", "denied"): 1.0,
    ("harm", "occurred"): 0.5,
}
BACKGROUND_PRIOR: dict[tuple[str, str], float] = {
    ("bias", "yes"): -1.5,
    ("age=old", "yes"): 3.5,
    ("age=recent", "yes"): -1.0,
    ("begun long ago", "yes"): 0.3,
    ("lead", "yes"): -1.0,
    ("old date in the sentence", "yes"): 0.8,
}
WHOSE_PRIOR: dict[tuple[str, str], float] = {
    ("inside=id", "inside"): 2.0,
    ("person=civilian", "civilians"): 2.0,
    ("person=fighter", "target"): 0.5,
    ("others", "before"): 1.0,
}
VOICE_PRIOR: dict[tuple[str, str], float] = {
    ("bias", "yes"): -0.3,
    ("reaches", "yes"): 1.5,
    ("reaches firm", "yes"): 0.7,
    ("reaches all", "yes"): 0.7,
    ("else only the headline", "yes"): 1.0,
    ("beside", "yes"): -2.0,
    ("kind=outlet", "yes"): -0.5,
}


def forget() -> None:
    """Drop what was loaded, so that the folder of the weights is read anew."""
    weights.model.cache_clear()
    weights.models.cache_clear()
    encoder.encoder.cache_clear()


def link_examples(lessons: list[Lesson]) -> list[Example]:
    """Pairs of a trigger and an open event, on perfect decisions. Of words that nobody marked nobody said whether they tell an event or one more."""
    return [example for made in lessons for example in _link_pairs(made, gold_told(made), 1.0)]


def _link_pairs(made: Lesson, told: list[Told], weight: float) -> list[Example]:
    out: list[Example] = []
    drafts: list[Draft] = []
    of: dict[int, int] = {}
    for item in told:
        mine = made.belongs[id(item.trigger)]
        if mine == -2:
            continue
        home = None
        for draft in linking.candidates(made.scene, drafts, item) if id(item.trigger) not in made.beside else ():
            same = mine >= 0 and of[id(draft)] == mine
            home = draft if same else home
            if mine >= 0:  # a false trigger does no harm where it is laid to an event
                out.append(Example(linking.link_signs(made.scene, item, draft, drafts), int(same), None, weight, linking.link_anchors(item, draft)))
        if home is None and mine >= 0:
            home = next((d for d in drafts if of[id(d)] == mine), None)
        if home is not None:
            home.add(item)
        elif item.kind != PART:
            draft = Draft([item])
            of[id(draft)] = mine
            drafts.append(draft)
    return out


def gold_told(made: Lesson) -> list[Told]:
    """The triggers as a perfect `decide` would give them."""
    tellers: dict[int, list[Trigger]] = {}
    for trigger in made.scene.triggers:
        tellers.setdefault(made.belongs[id(trigger)], []).append(trigger)
    out = []
    for trigger in made.scene.triggers:
        label = label_of(made, trigger, tellers)
        if label and label != NONE:
            out.append(Told(trigger, label, 1.0, [], {label: 1.0}))
    return out


def gold_drafts(made: Lesson) -> list[tuple[Draft, dict[str, Any]]]:
    """The events as a perfect `link` would give them, each with its gold."""
    drafts: dict[int, Draft] = {}
    for item in gold_told(made):
        of = made.belongs[id(item.trigger)]
        drafts.setdefault(of, Draft()).add(item)
    return [(d, made.gold[k]) for k, d in drafts.items() if any(t.kind != PART for t in d.told)]


def agreement() -> ModuleType:
    """The scorer's own sense of when two names, actors, places or sources are the same."""
    return shared_tool("score")


def _role(gold: dict[str, Any], made: Lesson, mentions: list[Mention], score: ModuleType) -> str:
    names = [(party_name(made.scene, m), m.id) for m in mentions]

    def same(actor: dict[str, Any], name: str, id_: str | None) -> bool:
        return bool(score.same_actor(actor, {"name": name, "id": doers_id(gold["type"], actor["role"], id_)}))

    return next((a["role"] for a in gold["actors"] for name, id_ in names if same(a, name, id_)), "none")


def party_examples(lessons: list[Lesson]) -> list[Example]:
    score = agreement()
    out = []
    for made in lessons:
        pairs = gold_drafts(made)
        drafts = [d for d, _ in pairs]
        told: dict[str, str] = {}
        for number, (draft, gold) in enumerate(pairs):
            before = (drafts[number - 1], nearness(made.scene, drafts[number - 1], draft), told) if number else None
            held: dict[str, str] = {}
            for key, mentions in arguments.own_parties(made.scene, draft).items():
                role = _role(gold, made, mentions, score)
                signs = arguments.party_signs(made.scene, drafts, draft, mentions, key, before)
                out.append(Example(signs, arguments.ROLES.index(role), anchors=arguments.party_anchors(draft, mentions)))
                if role != "none":
                    held[key] = role
            told = held
    return out


def absent_examples(lessons: list[Lesson]) -> list[Example]:
    score = agreement()
    out = []
    for made in lessons:
        pairs = gold_drafts(made)
        drafts = [d for d, _ in pairs]
        held = []
        for draft, gold in pairs:
            known = {key: _role(gold, made, mentions, score) for key, mentions in arguments.own_parties(made.scene, draft).items()}
            held.append({key: role for key, role in known.items() if role != "none"})
        for number, (draft, gold) in enumerate(pairs):
            for key, mentions in arguments.absent(made.scene, drafts, number, held):
                role = _role(gold, made, mentions, score)
                signs = arguments.absent_signs(made.scene, drafts, number, key, mentions, held)
                out.append(Example(signs, arguments.ROLES.index(role), anchors=arguments.absent_anchors(draft, mentions)))
    return out


def place_examples(lessons: list[Lesson]) -> list[Example]:
    score = agreement()
    out = []
    for made in lessons:
        pairs = gold_drafts(made)
        drafts = [d for d, _ in pairs]
        told: dict[str, str] = {}
        for number, (draft, gold) in enumerate(pairs):
            before = (drafts[number - 1], nearness(made.scene, drafts[number - 1], draft), told) if number else None
            chosen: dict[int, str] = {}
            held: dict[str, str] = {}
            for mentions in setting.spots_near(made.scene, draft, drafts[number - 1] if number else None):
                name = party_name(made.scene, mentions[0])
                role = next((p["role"] for p in gold["places"] if score.same_name(p["name"], name)), "none")
                signs = setting.place_signs(made.scene, drafts, draft, mentions, chosen, before)
                out.append(Example(signs, setting.PLACE_ROLES.index(role), anchors=setting.place_anchors(draft, mentions)))
                for mention in mentions:
                    chosen[id(mention)] = role
                if role != "none":
                    held[key_of(made.scene.document, mentions[0])] = role
            told = held
    return out


def date_examples(lessons: list[Lesson]) -> list[Example]:
    out = []
    for made in lessons:
        pairs = gold_drafts(made)
        drafts = [d for d, _ in pairs]
        told: Date | None = None
        for number, (draft, gold) in enumerate(pairs):
            before = (nearness(made.scene, drafts[number - 1], draft), told) if number else None
            when = gold["date"]
            chosen: Date | None = None
            for found in setting.dates_near(made.scene, draft):
                right = when["precision"] != "unknown" and any(_same_days(d, when) for d in setting.extents(made.scene, found).values())
                signs = setting.date_signs(made.scene, drafts, draft, found, before)
                out.append(Example(signs, int(right), anchors=setting.date_anchors(made.scene, draft, found)))
                chosen = chosen or (found if right else None)
            told = chosen
    return out


def _same_days(date: Date, when: dict[str, Any]) -> bool:
    return (str(date.start), str(date.end)) == (when["start"], when["end"])


def extent_examples(lessons: list[Lesson]) -> list[Example]:
    out = []
    for made in lessons:
        for draft, gold in gold_drafts(made):
            if gold["date"]["precision"] == "unknown":
                continue
            for found in setting.dates_near(made.scene, draft):
                options = setting.extents(made.scene, found)
                right = [name for name, d in options.items() if _same_days(d, gold["date"])]
                if right and len(options) > 1:
                    allowed = [setting.EXTENTS.index(name) for name in options]
                    signs = setting.extent_signs(made.scene, draft, found)
                    out.append(Example(signs, setting.EXTENTS.index(right[0]), allowed, anchors=setting.date_anchors(made.scene, draft, found)))
                    break
    return out


def _told_date(made: Lesson, draft: Draft, gold: dict[str, Any]) -> Date | None:
    when = gold["date"]
    if when["precision"] == "unknown":
        return None
    near = setting.dates_near(made.scene, draft)
    return next((e for d in near for e in setting.extents(made.scene, d).values() if _same_days(e, when)), None)


def _gold_parts(made: Lesson, draft: Draft, gold: dict[str, Any], score: ModuleType) -> list[Part]:
    """The parties of a gold event, as far as the text's mentions have them."""
    out = []
    for mentions in [*arguments.own_parties(made.scene, draft).values(), *(m for _, m in arguments.absent(made.scene, [draft], 0, [{}]))]:
        role = _role(gold, made, mentions, score)
        if role != "none":
            out.append(Part(mentions[0], role, 1.0, []))
    return out


def told_count(made: Lesson, gold: dict[str, Any], figure: figures.Figure, rivals: list[figures.Figure], score: ModuleType) -> dict[str, Any] | None:
    """The gold count that a figure tells; where several figures have its numbers, those whose noun it names."""
    text = made.scene.document.words.text
    for count in gold["counts"]:
        if (count["min"], count["max"]) != (figure.low, figure.high):
            continue
        name = count["who"]["name"] or ""
        alike = [f for f in rivals if (f.low, f.high) == (figure.low, figure.high)]

        def names(one: figures.Figure, name: str = name) -> bool:
            start, end = made.scene.document.span(one.noun if one.noun >= 0 else one.first, one.last if one.noun <= one.last else one.noun)
            return bool(name) and any(score.same_name(name, w) for w in text[start:end].split())

        named = [f for f in alike if names(f)]
        if figure in named or (not named and (len(alike) == 1 or figure.form in ("figure", "words", "round"))):
            return dict(count)
    return None


def count_examples(lessons: list[Lesson]) -> list[Example]:
    score = agreement()
    out = []
    for made in lessons:
        pairs = gold_drafts(made)
        drafts = [d for d, _ in pairs]
        for draft, gold in pairs:
            held = counting.candidates(made.scene, draft)
            for figure in held:
                told = told_count(made, gold, figure, held, score)
                signs = counting.count_signs(made.scene, drafts, draft, figure)
                label = counting.WHATS.index(told["what"]) if told else 0
                out.append(Example(signs, label, anchors=counting.count_anchors(draft, figure)))
    return out


def whose_examples(lessons: list[Lesson]) -> list[Example]:
    score = agreement()
    out = []
    for made in lessons:
        for draft, gold in gold_drafts(made):
            parts = _gold_parts(made, draft, gold, score)
            before: str | None = None
            held = counting.candidates(made.scene, draft)
            for figure in held:
                told = told_count(made, gold, figure, held, score)
                if told is None:
                    continue
                bound = counting.Bound(figure, told["what"], 1.0, draft.told[0].trigger, [])
                options = owners.open_owners(made.scene, bound, parts, before)
                right = [name for name, id_ in options.items() if id_ == told["who"]["id"]]
                if right:
                    best = next((n for n in ("inside", "civilians", "target", "participant", "initiator", "before") if n in right), right[0])
                    signs = owners.owner_signs(made.scene, draft, bound, parts, before)
                    allowed = [owners.OWNERS.index(n) for n in options]
                    out.append(Example(signs, owners.OWNERS.index(best), allowed, anchors=owners.owner_anchors(bound)))
                before = told["who"]["id"] or before
    return out


def _in_order(made: Lesson) -> Iterator[tuple[str | None, Draft, dict[str, Any]]]:
    """Each event with its gold, and how near the one stands that is told just before (None for the first)."""
    last: Draft | None = None
    for draft, gold in gold_drafts(made):
        yield nearness(made.scene, last, draft) if last else None, draft, gold
        last = draft


def status_examples(lessons: list[Lesson]) -> list[Example]:
    return _judged(lessons, manner.status_signs, manner.STATUSES, lambda gold: str(gold["status"]))


def background_examples(lessons: list[Lesson]) -> list[Example]:
    return _judged(lessons, manner.background_signs, ("False", "True"), lambda gold: str(bool(gold["background"])))


def _judged(lessons: list[Lesson], signs: Callable[..., list[str]], values: Sequence[str], value: Callable[[dict[str, Any]], str]) -> list[Example]:
    """Examples of what is one of `values` for each event, knowing what the one before was given."""
    out = []
    for made in lessons:
        told = ""
        for near, draft, gold in _in_order(made):
            before = (near, told) if near else None
            told = value(gold)
            found = signs(made.scene, draft, _told_date(made, draft, gold), before)
            out.append(Example(found, values.index(told), anchors=manner.event_anchors(draft)))
    return out


def voice_examples(lessons: list[Lesson]) -> list[Example]:
    score = agreement()
    out = []
    for made in lessons:
        told: Voice | None = None
        for near, draft, gold in _in_order(made):
            before = (near, told) if near else None
            held = manner.voices_of(made.scene, draft)
            chosen: Voice | None = None
            for voice in held:
                source = msgspec.to_builtins(as_source(made.scene.document, voice))
                right = gold["source"]["kind"] != "outlet" and score.same_source(gold["source"], source)
                signs = manner.voice_signs(made.scene, draft, voice, held, before)
                out.append(Example(signs, int(right), anchors=manner.voice_anchors(draft, voice)))
                chosen = chosen or (voice if right else None)
            told = chosen
    return out


def page_examples(lessons: list[Lesson]) -> list[Example]:
    """Quiet pages beside reports of conflict: those of the working half, and of the corpus in which something is likely told."""
    out = [Example(events.page_signs(x.scene), 0, None, QUIET) for x in quiet_lessons()]
    out += [Example(events.page_signs(x.scene), 1) for x in lessons if x.gold]
    taught = {x.item.record["id"] for x in lessons}
    return out + [Example(signs, 1) for id_, signs in _likely() if id_ not in taught]


@cache
def _likely() -> list[tuple[str, list[str]]]:
    """Words of the corpus's reports, neither of the shared gold nor of the closed half."""
    gold = {r["id"] for r in json.loads((SHARED / "gold" / "agency.gold.json").read_text("utf-8"))}
    path = SHARED / "corpus" / "agency-2018.jsonl"
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    kept = [r for r in records if r["id"] not in gold and not closed_half(r["id"])]
    return [(r["id"], events.page_signs(set_out(Report.from_text(r["text"], id=r["id"], date=r["date"])))) for r in kept]


@cache
def vocabulary_lessons() -> list[Lesson]:
    """The examples of the vocabulary's entries, and the sentences in which they tell nothing, as lessons of one sentence."""
    out = []
    for entry in lexicon().events:
        for text, told in [(entry.example, entry.told), *((x, None) for x in entry.refuted)]:
            made = Lesson(Annotated({"text": text}, {"events": []}, False), set_out(Report.from_text(text)))
            for trigger in made.scene.triggers:
                made.belongs[id(trigger)] = -1 if told is None else -3
            if told is not None:
                own = [t for t in made.scene.triggers if t.entry is entry] or [t for t in made.scene.triggers if told.type in t.types]
                if own and told.type in own[0].types:
                    made.item.gold["events"].append({"type": told.type, "status": told.status or "occurred"})
                    made.belongs[id(own[0])] = 0
            out.append(made)
    return out


@cache
def quiet_lessons() -> list[Lesson]:
    """Pages about something else, in which no word tells an event."""
    return [lesson(item) for item in quiet_pages(closed=False)]


def learn_all(
    lessons: list[Lesson],
    epochs: int = 10,
    say: Callable[[str], None] = print,
    *,
    folder: Path | None = None,
    members: Sequence[Path] = (),
    shape: Shape = SHIPPED,
    bare: bool = False,
    begun: dict[str, Any] | None = None,
    heads: dict[str, weights.Model] | None = None,
    **tuned: float,
) -> None:
    """Learn all models from `lessons` and write them.

    `folder`: where to, instead of among the shipped ones. `members`: folders of models that first read unlabelled reports together, see `together.py`.
    `shape`: how large the layers are; `begun`, `heads`: the layers and the models to go on from.
    `bare`: without signs, from the rows of the tokens alone. `tuned`: strengths by model, or what `net.teach` takes.
    """
    if folder is None:
        classes, examples, prior, strength = PAGE
        fit("page", classes, examples(lessons), prior, strength=strength, lean=LEANS["page"])
        forget()
    tasks = [
        Task(name, classes, prior, tuned.get(name, strength), lean=0.0 if folder else LEANS.get(name, 0.0))
        for name, (classes, _, prior, strength) in STEPS.items()
    ]
    if bare:
        for task in tasks:
            task.prior = {k: v for k, v in task.prior.items() if k[0] == "bias"}
    reports = [(tokens_of(made.scene), {name: step[1]([made]) for name, step in STEPS.items()}) for made in lessons]
    say(f"{len(reports)} reports laid out")
    reports += [(tokens_of(made.scene), {"trigger": trigger_examples([made])}) for made in (*vocabulary_lessons(), *quiet_lessons())]
    for task in tasks:
        count = sum(len(by_task.get(task.name, ())) for _, by_task in reports)
        task.weight = min(1.0, (EVEN / max(count, 1)) ** 0.5)
    shared = read_together(members, MOST, LESS, say, MADE) if members else []
    seen = 10**9 if bare else 3
    net, vocabulary = teach(
        reports,
        tasks,
        shared,
        shape=shape,
        begun=begun,
        heads=heads,
        epochs=epochs,
        seen=seen,
        say=say,
        **{k: int(v) if k == "seed" else v for k, v in tuned.items() if k not in STEPS},
    )
    export(net, vocabulary, tasks, folder or fit_module.WEIGHTS)
    forget()


MEMBERS = BUILD / "members"
MOST = 5100
MADE = 2000
"""How many unlabelled reports the members read together, and how many that are made of others; what they decide weighs `LESS` than what a careful reader
annotated."""
LESS = 0.5


def unleaned(folder: Path, out: Path) -> Path:
    """Weights as they were taught, made from a folder with those that are read: what leans (`LEANS`) is neither a beginning nor a lesson."""
    shutil.copytree(folder, out)
    weights.save(out, [model if name in LEFT else _unleaned(model) for name, model in models_in(folder).items()])
    return out


def _unleaned(model: weights.Model) -> weights.Model:
    bias = model.bias.copy()
    bias[0] += LEANS.get(model.name, 0.0)
    return weights.Model(model.name, model.classes, bias, list(model.known), model.matrix[:-1], model.inner)


AGAIN, GENTLY = 4, 0.4
"""Passes over the lessons of weights that were taught before, and how fast they change: as fast as new ones they lose what members had taught them."""


def main(what: str | None = None, *more: str) -> None:
    lessons = [lesson(item) for item in annotated() if not item.closed]
    print(f"{len(lessons)} reports, {sum(len(x.gold) for x in lessons)} events")
    if what == "again":
        own = fit_module.WEIGHTS
        with TemporaryDirectory() as kept:
            before = Path(shutil.copytree(own, Path(kept) / "before"))
            taught = unleaned(before, Path(kept) / "taught")
            learn_all(lessons, AGAIN, members=[taught, *map(Path, more)], begun=shipped(own), heads=models_in(taught), pace=GENTLY, seed=SEED)
            mean_of(before, own, own)
    elif what == "member":
        folder = MEMBERS / more[0]
        folder.mkdir(parents=True, exist_ok=True)
        learn_all(lessons, folder=folder, shape=FAR if "far" in more else TEACHER, seed=int(more[0]))
    elif what == "with":
        learn_all(lessons, members=[Path(one) for one in more], seed=SEED)
    else:
        learn_all(lessons, members=sorted(MEMBERS.glob("*")), seed=SEED)


SEED = 2
"""Of the order of lessons and of what is hidden. Seeds differ by about half a point on reports kept aside, and by several on a single report."""
LEANS = {"trigger": -0.4, "place": 0.4, "page": -0.5}
"""By how much less the first class of a decision (nothing, a quiet page) weighs when it is read than when it was taught. Words: those beside an annotated one
are taught to tell its event too, so more of them do; with this, as few events are too many as before. Places: as right on reports kept aside, and
fewer are left out. Pages: of 240 quiet ones two have an event instead of five, and the closed half is read as well, though two or three events of its agencies are lost."""
EVEN = 8000
"""How many examples of a decision weigh as much as they count; of decisions with more each weighs less."""
Step = tuple[Sequence[str], Callable[[list[Lesson]], list[Example]], dict[tuple[str, str], float], float]
PAGE: Step = (("quiet", "conflict"), page_examples, {("bias", "conflict"): 1.0}, 6.0)
STEPS: dict[str, Step] = {
    "trigger": (CLASSES, trigger_examples, TRIGGER_PRIOR, 4.0),
    "link": (("no", "yes"), link_examples, LINK_PRIOR, 1.5),
    "party": (arguments.ROLES, party_examples, PARTY_PRIOR, 1.5),
    "absent": (arguments.ROLES, absent_examples, ABSENT_PRIOR, 1.5),
    "place": (setting.PLACE_ROLES, place_examples, PLACE_PRIOR, 1.5),
    "date": (("no", "yes"), date_examples, DATE_PRIOR, 1.5),
    "extent": (setting.EXTENTS, extent_examples, {("bias", "as told"): 1.5}, 1.5),
    "count": (counting.WHATS, count_examples, {("bias", "none"): 1.0}, 2.0),
    "whose": (owners.OWNERS, whose_examples, WHOSE_PRIOR, 1.5),
    "status": (manner.STATUSES, status_examples, STATUS_PRIOR, 1.5),
    "background": (("no", "yes"), background_examples, BACKGROUND_PRIOR, 1.5),
    "voice": (("no", "yes"), voice_examples, VOICE_PRIOR, 1.5),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
