"""Why a reading says what it says: for each field the words, the vocabulary entry and the rule or the signs that gave it."""

from __future__ import annotations

from typing import NamedTuple

from marsad.model import Reading, Report
from marsad.reading.arguments import ROLES
from marsad.reading.events import CLASSES
from marsad.reading.manner import STATUSES
from marsad.reading.reader import read_whole
from marsad.reading.records import Filled, party_name
from marsad.reading.roles import Part
from marsad.reading.scene import Scene
from marsad.reading.setting import PLACE_ROLES
from marsad.reading.weights import model


class Because(NamedTuple):
    """One field of an event: what it says, in which words, by which vocabulary entry, and by which rule or signs."""

    field: str
    value: str
    words: str
    entry: str
    rule: str


def explain(report: Report) -> tuple[Reading, list[list[Because]]]:
    """The reading of a report, and for each of its events the reasons for its fields, in the same order."""
    reading, scene, filled = read_whole(report)
    return reading, [_event(scene, one) for one in filled]


def _event(scene: Scene, filled: Filled) -> list[Because]:
    document = scene.document
    draft = filled.draft
    out: list[Because] = []
    for told in draft.told:
        trigger = told.trigger
        entry = f"events.toml: {trigger.key}"
        number = CLASSES.index(told.kind) if told.kind in CLASSES else 1
        rule = f"{'tells it' if told.kind != 'part' else 'belongs to it'}; {_signs('trigger', told.signs, number, 0)}"
        out.append(Because("type", draft.kind, document.text(trigger.first, trigger.last), entry, rule))
    told_by = filled.why["status"]
    by = "; ".join([*_rules(told_by), _signs("status", told_by, STATUSES.index(filled.status), None)])
    out.append(Because("status", filled.status, "", "cues.toml", by))
    if filled.background:
        out.append(Because("background", "true", "", "cues.toml", _signs("background", filled.why["background"], 1, 0)))
    if filled.date is not None:
        words = document.words.text[filled.date.span[0] : filled.date.span[1]]
        out.append(Because("date", f"{filled.date.start}..{filled.date.end}", words, "arabic/dates", _signs("date", filled.why["date"], 1, 0)))
    out += [_part(scene, "place", part, PLACE_ROLES) for part in filled.places]
    out += [_part(scene, "party", part, ROLES) for part in filled.parties]
    for counted in filled.counts:
        value = f"{counted.what} {counted.low}..{'' if counted.high is None else counted.high}{' (part)' if counted.part else ''}"
        out.append(Because("count", value, document.text(counted.first, counted.last), f"events.toml: {counted.trigger.key}", counted.rule))
    if filled.voice is not None:
        voice = filled.voice
        signs = _signs("voice", filled.why["source"], 1, 0)
        out.append(Because("source", voice.kind, document.text(voice.first, voice.last), voice.id or "cues.toml: voice", f"{voice.rule}; {signs}"))
    else:
        out.append(Because("source", "outlet", "", "", "no voice reaches it"))
    return out


def _part(scene: Scene, field: str, part: Part, roles: tuple[str, ...]) -> Because:
    mention = part.mention
    if field == "party":
        entry = f"actors.csv: {mention.id}" if mention.id else f"by its head word ({mention.label})"
        name = "party" if "lacks=" not in " ".join(part.signs) else "absent"
    else:
        entry = "places/" if mention.row >= 0 else f"by its kind word ({mention.label})"
        name = "place"
    rules = _rules(part.signs)
    if field == "place":
        spot = scene.lies[id(mention)]
        rules.append(f"located {spot.precision} by {spot.gazetteer_id or 'nothing'}: {', '.join(spot.why)}")
    rule = "; ".join([*rules, _signs(name, part.signs, roles.index(part.role), 0)])
    return Because(field if field == "place" else "actor", part.role, party_name(scene, mention), entry, rule)


def _rules(signs: list[str]) -> list[str]:
    return [sign[5:] for sign in signs if sign.startswith("rule=") and "|" not in sign]


def _signs(name: str, signs: list[str], winner: int, loser: int | None) -> str:
    """The strongest signs for the winner over the loser (or over the best of the others), with their weights."""
    weights = model(name)
    if loser is None:
        scores = (weights.bias + weights.wide(signs)).tolist()
        loser = max((k for k in range(len(scores)) if k != winner), key=scores.__getitem__)
    reasons = [r for r in weights.why(signs, winner, loser) if r.weight > 0]
    return ", ".join(f"{r.feature} {r.weight:+.1f}" for r in reasons) or "by default"
