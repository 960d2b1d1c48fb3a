"""What speaks for and against a reading of an event word: named signs (features) for the linear models.

Every function here gives short strings that say what stands in the text; the models in `knowledge/weights/` know what each is
worth. A sign is a fact about the text ("the next letter of the sentence's shape is a party"), never a decision.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import EVENT, PUNCTUATION
from marsad.reading.document import PARTIES, Mention
from marsad.reading.frames import expected
from marsad.reading.scene import Scene, negated
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Anchors

_WINDOW: Final = 7
_WATCHED: Final = ("means.", "status.", "quiet.", "agent.", "link.")
_BORDERS: Final = frozenset("VTQR,gtvs")
_ARMED: Final = PARTIES | {"fighter", "group"}


def kind_of(trigger: Trigger) -> str:
    """How a trigger stands: a verb by tense and voice, a noun by definiteness, harm and general words marked. Worked out once a word."""
    if not trigger.kind:
        trigger.kind = _kind_of(trigger)
    return trigger.kind


def _kind_of(trigger: Trigger) -> str:
    if trigger.verbal:
        kind = "V" + (trigger.tense or "past")[:2] + ("p" if trigger.voice == "passive" else "")
    else:
        kind = "Nd" if trigger.definite else "Ni"
    if trigger.harm:
        return "H" + kind
    return "G" + kind if trigger.general else kind


def trigger_signs(scene: Scene, trigger: Trigger) -> list[str]:
    """Signs for whether and what a trigger tells."""
    document = scene.document
    forms = document.forms
    part = document.sentences[trigger.sentence]
    shape = scene.shapes[trigger.sentence]
    first, last = trigger.first, trigger.last
    key, kind = trigger.key, kind_of(trigger)
    before, after = shape.before(first, 2), shape.after(last, 3)
    out = [
        f"e={key}",
        f"k={kind}",
        f"ek={key}|{kind}",
        f"b={before}",
        f"a={after}",
        f"a1={after[:1]}",
        f"ka={kind}|{after[:2]}",
        f"kb={kind}|{before}",
        f"ea={key}|{after[:1]}",
    ]
    if trigger.types:
        out.append(f"first={trigger.types[0]}")
    if trigger.weak:
        out += ("weak", f"weak|{kind}", f"weak|a={after[:2]}", f"weak|b={before}")
    if first > part.begin:
        left = forms[first - 1]
        out += (f"p={left.bare}", f"ep={key}|{left.bare}")
        if left.noun:
            out.append(f"pc={left.noun[1]}")
    if last + 1 < part.end:
        right = forms[last + 1]
        out += (f"n={right.bare}", f"en={key}|{right.stem}")
        if right.noun:
            out.append(f"nc={right.noun[1]}|{right.person}")
    if trigger.entry.follows:
        out += _partner(scene, trigger, part.end)
    if trigger.form.preposition:
        out.append(f"clitic={trigger.form.preposition}")
    out += _cue_signs(scene, trigger, part.begin, part.end)
    out += _company(scene, trigger)
    out += before_signs(scene, trigger)
    out += _seen(scene, trigger, kind)
    out += _filled(scene, trigger, kind)
    if trigger.sentence == document.headline:
        out += ("hl", f"hl|{kind}")
    if scene.quiet:
        out += ("quiet", f"quiet={scene.quiet}")
        if trigger.weak:
            out.append("quiet|weak")
    if negated(scene, trigger):
        out.append("neg")
    if not scene.armed:
        out.append("unarmed")
    return out


def trigger_anchors(trigger: Trigger) -> Anchors:
    """The tokens of an event word."""
    return (trigger.first,), (trigger.last,)


def _partner(scene: Scene, trigger: Trigger, end: int) -> list[str]:
    """How far the word stands that an entry asks for (أطلق … النار)."""
    forms = scene.document.forms
    for k in range(trigger.last + 1, min(trigger.last + 1 + trigger.entry.reach, end)):
        if forms[k].bare in trigger.partners or forms[k].text in trigger.partners or forms[k].stem in trigger.partners:
            gap = k - trigger.last
            return [f"partner={forms[k].stem}", f"partner{min(gap, 4)}"]
    return ["partner of its lemma"]


def _filled(scene: Scene, trigger: Trigger, kind: str) -> list[str]:
    """Which parts of the word's frame the grammar fills: a doer, one who suffers, a place in its clause."""
    roles: dict[str, str] = {}
    for mention in scene.actors_in.get(trigger.sentence, ()):
        if abs(mention.first - trigger.first) <= 30:
            found = expected(scene, trigger, mention)
            if found is not None:
                roles.setdefault(found.role[:1], party_label(mention))
    shape = scene.shapes[trigger.sentence]
    place = ""
    for mention in scene.places_in.get(trigger.sentence, ()):
        if mention.head > trigger.last:
            path = shape.between(trigger.last, mention.head)
            if len(path) <= 4 and _BORDERS.isdisjoint(path):
                place = "l"
                break
    frame = "".join(sorted(roles)) + place
    key = trigger.key
    out = [f"fr={frame}", f"fr={frame}|{kind}", f"fr={frame}|{key}", f"fr={frame}|weak={trigger.weak}"]
    for role, label in roles.items():
        out += (f"fr{role}={label}", f"fr{role}={label}|{kind}", f"fr{role}={label}|{key}")
    if place:
        out.append(f"frl|{key}")
    if scene.quiet:
        out.append(f"quiet|fr={frame}")
    return out


def _seen(scene: Scene, trigger: Trigger, kind: str) -> list[str]:
    """Whether an earlier word of the report could tell the same: a later mention is often definite and bare."""
    out: list[str] = []
    if trigger.key in scene.keys_seen and scene.keys_seen[trigger.key] < trigger.first:
        out += ("seenkey", f"seenkey|{kind}")
    if trigger.types and scene.types_seen.get(trigger.types[0], trigger.first) < trigger.first:
        out += ("seen", f"seen|{kind}", f"seen|{kind}|{scene.shapes[trigger.sentence].after(trigger.last, 1)}")
    else:
        out.append(f"new|{kind}")
    return out


def _cue_signs(scene: Scene, trigger: Trigger, begin: int, end: int) -> list[str]:
    """Cue words around: within seven tokens, within two, and anywhere in front in the clause."""
    document = scene.document
    forms, phrases = document.forms, document.phrases
    wide: set[str] = set()
    for k in range(max(begin, trigger.first - _WINDOW), min(end, trigger.last + _WINDOW + 1)):
        if forms[k].cues:
            side = "<" if k < trigger.first else (">" if k > trigger.last else "=")
            near = -2 <= k - trigger.first < 0 or 0 < k - trigger.last <= 2
            for cue in forms[k].cues:
                if cue.startswith(_WATCHED):
                    wide.add(f"c={cue}")
                    wide.add(f"c{side}{cue}")
                    if near:
                        wide.add(f"c2{side}{cue}")
        if k in phrases:
            for _, cue in phrases[k]:
                wide.add(f"c={cue}")
    key = trigger.key
    return [*sorted(wide), *(f"e{x}|{key}" for x in sorted(wide) if x.startswith("c=means"))]


def _company(scene: Scene, trigger: Trigger) -> list[str]:
    """Who stands next to the word, by what path; whether its sentence has a place, a figure, another event word."""
    sentence = trigger.sentence
    shape = scene.shapes[sentence]
    out: list[str] = []
    left: Mention | None = None
    right: Mention | None = None
    for mention in scene.actors_in.get(sentence, ()):
        if mention.last < trigger.first:
            left = mention
        elif mention.first > trigger.last and right is None:
            right = mention
    kind = "V" if trigger.verbal else "N"
    sides: tuple[tuple[str, Mention | None], ...] = (("r", right), ("l", left))
    for side, other in sides:
        if other is None:
            out.append(f"{side}=0")
            continue
        path = shape.between(trigger.last, other.first) if side == "r" else shape.between(other.last, trigger.first)
        label = party_label(other)
        if len(path) <= 5:
            out += (f"{side}p={kind}{path}:{label}", f"{side}={label}", f"{side}h={trigger.key}:{label}")
        else:
            out.append(f"{side}far={label}")
    if not scene.places_in.get(sentence):
        out.append("noplace")
    others = [t for t in scene.triggers_in[sentence] if t is not trigger]
    if any(not t.harm and not t.general and not t.weak for t in others):
        out += ("other", f"other|{kind_of(trigger)}")
    if others:
        near = min(others, key=lambda t: abs(t.first - trigger.first))
        if abs(near.first - trigger.first) <= 6:
            if near.first > trigger.first:
                out += (f"on={near.key}", f"onp={kind}{shape.between(trigger.last, near.first)[:5]}")
            else:
                out += (f"op={near.key}", f"opp={kind}{shape.between(near.last, trigger.first)[-5:]}")
    if trigger.harm:
        out += _victims(scene, trigger)
    return out


def _victims(scene: Scene, trigger: Trigger) -> list[str]:
    """For a word of harm: whom it hit, and whether another kind of event is told near it."""
    out: list[str] = []
    for counted in scene.counts_in.get(trigger.sentence, ()):
        if counted.trigger is trigger and not counted.part:
            label = scene.document.lexicon.actors[counted.who_id][2] if counted.who_id in scene.document.lexicon.actors else counted.who_label
            out += (f"v={label}", f"v|armed={label in _ARMED}")
            break
    else:
        out.append("v=0")
    for step in (0, 1):
        around = scene.triggers_in.get(trigger.sentence - step, ())
        if any(not t.harm and not t.general for t in around):
            out.append(f"cause{step}")
    if scene.strong:
        out.append("strong")
    return out


def party_label(mention: Mention) -> str:
    """What sort of party: the label of the list, `armed` for the kinds of armed ones."""
    if mention.label in _ARMED:
        return "armed"
    return mention.label or "-"


def before_signs(scene: Scene, trigger: Trigger) -> list[str]:
    """Words in front of the trigger in its clause that change what it claims: attempts, plans, threats, conditions, time long past."""
    found = scene.told_before.get(id(trigger))
    if found is None:
        found = scene.told_before[id(trigger)] = _before_signs(scene, trigger)
    return found


def _before_signs(scene: Scene, trigger: Trigger) -> list[str]:
    document = scene.document
    forms = document.forms
    part = document.sentences[trigger.sentence]
    out: list[str] = []
    for k in range(trigger.first - 1, max(part.begin, trigger.first - 10) - 1, -1):
        form = forms[k]
        if form.pos & PUNCTUATION and form.text in "،؛":
            break
        if form.verb is not None and form.pos & 1 and not form.pos & EVENT:
            out += (f"verb<{form.verb[0]}", f"vt<{form.verb[2]}", f"vc<{form.verb[1]}", f"vgap<{min(trigger.first - k, 4)}|{form.verb[1]}")
            break
    return out
