"""Who, where and when of an event: which mentions around its words take which part in it.

For each event the parties, places and dates of its own sentences (and, with less trust, of the sentences beside them) are asked
one by one. What speaks for a role is the way between the event word and the mention: the letters between them (`syntax.py`), the frame of the
word, the prepositions, what stands nearer. The models know what each is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.arabic.dates import Date
from marsad.reading.attribution import voice_at
from marsad.reading.document import Mention
from marsad.reading.events import Draft
from marsad.reading.scene import Scene, key_of
from marsad.reading.signs import party_label
from marsad.reading.triggers import Trigger
from marsad.reading.weights import model

ROLES: Final = ("none", "initiator", "target", "participant", "beneficiary")
PLACE_ROLES: Final = ("none", "at", "from", "to")
_MOST_PAIRS: Final = 3
_PATH: Final = 7


@dataclass(slots=True, eq=False)
class Part:
    """A mention with its role in an event; `mention` is the best of all mentions of its entity."""

    mention: Mention
    role: str
    margin: float
    signs: list[str]


def sentences_of(draft: Draft) -> set[int]:
    """The sentences that hold a word of the event."""
    return {t.trigger.sentence for t in draft.told}


def _around(scene: Scene, draft: Draft) -> list[int]:
    """The event's own sentences, then those beside them."""
    own = sorted(sentences_of(draft))
    beside = {s + d for s in own for d in (-1, 1)} - set(own)
    beside.add(scene.document.headline)
    return [*own, *sorted(s for s in beside - set(own) if s >= 0)]


def entities(scene: Scene, draft: Draft, table: dict[int, list[Mention]]) -> dict[str, list[Mention]]:
    """The parties or places that may take part, by entity, nearest mention first."""
    found: dict[str, list[Mention]] = {}
    for sentence in _around(scene, draft):
        for mention in table.get(sentence, ()):
            found.setdefault(key_of(scene.document, mention), []).append(mention)
    return found


def nearest(draft: Draft, sentence: int, token: int) -> Trigger | None:
    """The event's own word nearest to a token of the sentence; words that tell the event itself before those of its harm."""
    best = None
    least = 9999
    for told in draft.told:
        trigger = told.trigger
        if trigger.sentence == sentence:
            gap = abs(trigger.first - token) + (3 if trigger.entry.harm and len(draft.told) > 1 else 0)
            if gap < least:
                best, least = trigger, gap
    return best


# --- parties -------------------------------------------------------------------------------------------------------


def find_parties(scene: Scene, drafts: list[Draft], draft: Draft) -> list[Part]:
    """The parties and persons of an event, each with its role."""
    weights = model("party")
    out = []
    for mentions in entities(scene, draft, scene.actors_in).values():
        signs = party_signs(scene, drafts, draft, mentions)
        scores = weights.score(signs)
        best = max(range(len(scores)), key=scores.__getitem__)
        if best:
            out.append(Part(mentions[0], ROLES[best], scores[best] - scores[0], signs))
    return out


def party_signs(scene: Scene, drafts: list[Draft], draft: Draft, mentions: list[Mention]) -> list[str]:
    """Signs for the role of one party, from up to three of its mentions."""
    kind = draft.kind
    label = party_label(mentions[0])
    out: dict[str, None] = {f"label={label}": None, f"label={label}|{kind}": None, f"id={bool(mentions[0].id)}": None}
    if mentions[0].id in ("unidentified", "protesters"):
        out[f"id={mentions[0].id}|{kind}"] = None
    own = sentences_of(draft)
    inside = 0
    for mention in mentions[:_MOST_PAIRS]:
        if mention.sentence in own:
            inside += 1
            trigger = nearest(draft, mention.sentence, mention.first)
            assert trigger is not None
            for sign in _party_pair(scene, drafts, draft, trigger, mention, label, kind):
                out[sign] = None
        elif not inside:
            gap = min((mention.sentence - s for s in own), key=abs)
            where = "hl" if mention.sentence == scene.document.headline else f"{max(min(gap, 2), -2)}"
            for sign in (f"off={where}", f"off|{label}", f"off|{kind}"):
                out[sign] = None
            break
    if inside:
        out["own"] = None
    if inside > 1:
        out["own2"] = None
    return list(out)


def _party_pair(scene: Scene, drafts: list[Draft], draft: Draft, trigger: Trigger, mention: Mention, label: str, kind: str) -> list[str]:
    """Signs of one event word and one mention in its sentence."""
    shape = scene.shapes[trigger.sentence]
    frame = trigger.entry.frame
    side, slot, path = _way(scene, trigger, mention.first, mention.last)
    sort = ("P" if trigger.voice == "passive" else "V") if trigger.verbal else ("D" if trigger.definite else "N")
    if trigger.first <= mention.first <= trigger.last or mention.first <= trigger.first <= mention.last:
        return ["within", f"within|{kind}"]
    short = path if len(path) <= _PATH else path[: _PATH - 1] + "~"
    out = [
        f"{side}{sort}{short}",
        f"{side}{sort}{short}|{slot}",
        f"{side}{sort}{short[:4]}|{label}|{slot}",
        f"{side}{sort}{path[-2:] if side == 'R' else path[:2]}|{label}|{kind}",
        f"{side}{short[:4]}|{trigger.entry.key}",
        f"{side}|{slot}|{label}",
        f"{side}{min(len(path) // 3, 6)}",
        f"pre={shape.before(mention.first, 1)}|{side}",
        f"pre={shape.before(mention.first, 1)}|{side}|{slot}|{kind}",
        f"pre2={shape.before(mention.first, 2)}|{sort}",
        f"post={shape.after(mention.last, 1)}",
    ]
    if "T" in path or "V" in path:
        out += (f"blocked{side}", f"blocked{side}|{label}")
        if _foreign_between(scene, drafts, draft, trigger, mention):
            out.append(f"foreign{side}")
    if frame.s == frame.g == "x":
        out.append(f"nf|{side}|{label}|{kind}")
    out += _standing(scene, draft, mention, kind, label)
    return out


def _way(scene: Scene, trigger: Trigger, first: int, last: int) -> tuple[str, str, str]:
    """Side of the mention (R behind the event word, L in front), what the word's frame expects there, the letters between."""
    shape = scene.shapes[trigger.sentence]
    frame = trigger.entry.frame
    if first > trigger.last:
        slot = (frame.s + frame.o if trigger.voice != "passive" else "-" + frame.o) if trigger.verbal else frame.g
        return "R", slot, shape.between(trigger.last, first)
    slot = frame.s if trigger.verbal else frame.g
    return "L", slot, shape.between(last, trigger.first)


def _foreign_between(scene: Scene, drafts: list[Draft], draft: Draft, trigger: Trigger, mention: Mention) -> bool:
    """Whether a word of another event stands between the two."""
    low, high = sorted((trigger.first, mention.first))
    return any(
        low < t.trigger.first < high and not t.trigger.entry.harm
        for d in drafts
        if d is not draft
        for t in d.told
        if t.trigger.sentence == trigger.sentence
    )


def _standing(scene: Scene, draft: Draft, mention: Mention, kind: str, label: str) -> list[str]:
    """What the mention is besides: a speaker, somebody counted, a place."""
    out = []
    voice = voice_at(scene.voices, mention.first)
    for other in scene.voices:
        if other.first <= mention.first <= other.last and not other.carried:
            out += ("speaker", f"speaker|{kind}")
            break
    if voice is not None:
        out.append("told")
    for counted in scene.counts_in.get(mention.sentence, ()):
        if counted.who is not None and counted.who[0] <= mention.first <= counted.who[1]:
            mine = any(t.trigger is counted.trigger for t in draft.told)
            out += (f"counted={counted.what}|{mine}", f"counted|{mine}|{label}")
            break
    if any(p.first <= mention.first <= p.last for p in scene.places_in.get(mention.sentence, ())):
        out += ("alsoplace", f"alsoplace|{label}")
    if mention.back:
        out.append("back")
    return out


# --- places ------------------------------------------------------------------------------------------------------------


def find_places(scene: Scene, drafts: list[Draft], draft: Draft) -> list[Part]:
    """The places of an event with their roles, the finest first, each followed by the parents that the text tells."""
    weights = model("place")
    out: list[Part] = []
    chosen: dict[int, str] = {}
    for mentions in entities(scene, draft, scene.places_in).values():
        signs = place_signs(scene, drafts, draft, mentions, chosen)
        scores = weights.score(signs)
        best = max(range(len(scores)), key=scores.__getitem__)
        for mention in mentions:
            chosen[id(mention)] = PLACE_ROLES[best]
        if best:
            out.append(Part(mentions[0], PLACE_ROLES[best], scores[best] - scores[0], signs))
    out.sort(key=lambda part: _coarseness(part.mention))
    return out


def _coarseness(mention: Mention) -> int:
    return {"country": 3, "admin1": 2, "region": 2, "governorate": 2, "province": 2}.get(mention.label, 0 if mention.parent_of < 0 else 1)


def place_signs(scene: Scene, drafts: list[Draft], draft: Draft, mentions: list[Mention], chosen: dict[int, str]) -> list[str]:
    """Signs for the role of one place; `chosen` are the roles given to the mentions before it (for parents)."""
    kind = draft.kind
    label = mentions[0].label if mentions[0].row >= 0 else "cued"
    out: dict[str, None] = {f"label={label}": None, f"label={label}|{kind}": None}
    own = sentences_of(draft)
    inside = 0
    for mention in mentions[:_MOST_PAIRS]:
        if mention.sentence in own:
            inside += 1
            trigger = nearest(draft, mention.sentence, mention.head)
            assert trigger is not None
            for sign in _place_pair(scene, drafts, draft, trigger, mention, label, kind, chosen):
                out[sign] = None
        elif not inside:
            has = any(scene.places_in.get(s) for s in own)
            gap = min((mention.sentence - s for s in own), key=abs)
            where = "hl" if mention.sentence == scene.document.headline else f"{max(min(gap, 2), -2)}"
            sole = len(scene.places_in.get(mention.sentence, ())) == 1
            for sign in (f"off={where}|{has}", f"off|{label}|{has}", f"off|sole{sole}|{has}", f"off={where}|{_crowded(scene, drafts, mention.sentence)}"):
                out[sign] = None
            break
    if inside:
        out["own"] = None
    if inside > 1:
        out["own2"] = None
    return list(out)


def _crowded(scene: Scene, drafts: list[Draft], sentence: int) -> str:
    """Whether the sentence tells an event of its own."""
    return "taken" if any(t.trigger.sentence == sentence for d in drafts for t in d.told) else "free"


def _place_pair(
    scene: Scene, drafts: list[Draft], draft: Draft, trigger: Trigger, mention: Mention, label: str, kind: str, chosen: dict[int, str]
) -> list[str]:
    shape = scene.shapes[trigger.sentence]
    if mention.head > trigger.last:
        side, path = "R", shape.between(trigger.last, mention.head)
    elif mention.last < trigger.first:
        side, path = "L", shape.between(mention.last, trigger.first)
    else:
        side, path = "W", ""
    pre = shape.before(mention.head, 1)
    slot = trigger.entry.frame.o if trigger.verbal else trigger.entry.frame.g
    short = path if len(path) <= _PATH else path[: _PATH - 1] + "~"
    out = [
        f"{side}{short}",
        f"{side}{short[:4]}|{slot}",
        f"{side}{min(len(path) // 3, 6)}",
        f"{side}{min(len(path) // 3, 6)}|{label}",
        f"pre={pre}|{side}",
        f"pre={pre}|{label}",
        f"pre={pre}|{kind}|{side}",
        f"rel={mention.relation}",
        f"post={shape.after(mention.last, 1)}",
        f"{side}|{label}",
    ]
    if "V" in path or "T" in path:
        out.append(f"blocked{side}")
        if _foreign_between(scene, drafts, draft, trigger, mention):
            out.append(f"foreign{side}")
    if mention.parent_of >= 0:
        child = scene.document.places[mention.parent_of]
        out += (f"parent={chosen.get(id(child), '?')}", f"parent={chosen.get(id(child), '?')}|{label}")
    if any(a.first <= mention.first <= a.last for a in scene.actors_in.get(mention.sentence, ())):
        out += ("alsoactor", f"alsoactor|{pre}", f"alsoactor|{label}")
    for voice in scene.voices:
        if voice.first <= mention.first <= voice.last and not voice.carried:
            out.append("inspeaker")
            break
    here = scene.places_in[mention.sentence]
    out.append("sole" if len(here) == 1 else f"nth{min(here.index(mention), 3)}")
    if mention.cued:
        out.append("cued")
    return out


# --- dates ---------------------------------------------------------------------------------------------------------------


def find_date(scene: Scene, drafts: list[Draft], draft: Draft) -> tuple[Date | None, list[str]]:
    """The date that the text tells for an event; None if it tells none."""
    weights = model("date")
    best, top, why = None, 0.0, []
    for date in dates_near(scene, draft):
        signs = date_signs(scene, drafts, draft, date)
        score = weights.margin(signs)
        if score > top:
            best, top, why = date, score, signs
    return best, why


def dates_near(scene: Scene, draft: Draft) -> list[Date]:
    """The dates of the event's own sentences and of those beside them."""
    return [d for s in _around(scene, draft) for d in scene.dates_in.get(s, ())]


def date_signs(scene: Scene, drafts: list[Draft], draft: Draft, date: Date) -> list[str]:
    """Signs for a date being the event's own."""
    document = scene.document
    sentence = document.sentence_of[date.first]
    form = document.forms[date.first]
    word = form.bare if not form.bare.isdigit() else "0"
    kind = draft.kind
    out = [f"w={word}", f"prec={date.precision}", f"prec={date.precision}|{kind}"]
    if date.since:
        out += ("since", f"since|{kind}")
    trigger = nearest(draft, sentence, date.first)
    if trigger is None:
        gap = min((sentence - s for s in sentences_of(draft)), key=abs)
        where = "hl" if sentence == document.headline else f"{max(min(gap, 2), -2)}"
        has = any(scene.dates_in.get(s) for s in sentences_of(draft))
        return [*out, f"off={where}|{has}", f"off|{_crowded(scene, drafts, sentence)}", f"off|prec={date.precision}"]
    shape = scene.shapes[sentence]
    if date.first > trigger.last:
        side, path = "R", shape.between(trigger.last, date.first)
    else:
        side, path = "L", shape.between(date.last, trigger.first)
    sort = ("V" if trigger.verbal else "N") + side
    short = path if len(path) <= _PATH else path[: _PATH - 1] + "~"
    out += [f"{sort}{short}", f"{sort}{min(len(path) // 3, 6)}", f"pre={shape.before(date.first, 1)}|{side}", f"pre2={shape.before(date.first, 2)}", f"post={shape.after(date.last, 1)}|{side}"]
    if "s" in path:
        out.append(f"speech{side}")
    if "V" in path or "T" in path:
        out.append(f"blocked{side}")
        if any(min(trigger.first, date.first) < t.trigger.first < max(trigger.first, date.first) for d in drafts if d is not draft for t in d.told if t.trigger.sentence == sentence):
            out.append(f"foreign{side}")
    part = document.sentences[sentence]
    for voice in scene.voices:
        if part.begin <= voice.opener < part.end and not voice.carried and voice.rule != "according to" and voice.opener <= date.first <= voice.last + 3:
            out.append("dayofspeech")
            break
    if date.first == part.begin or len(scene.dates_in[sentence]) == 1:
        out.append("onlydate" if len(scene.dates_in[sentence]) == 1 else "firstword")
    out.append("own")
    return out
