"""Who of an event: which parties around its words take which part in it. Where and when is in `setting.py`.

For each event the parties of its own sentences (and, with less trust, of the sentences beside them) are asked
one by one. What speaks for a role is the way between the event word and the mention: the letters between them (`syntax.py`), the frame of the
word, the prepositions, what stands nearer. The models know what each is worth.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import VERB
from marsad.knowledge.wordlists import types, words
from marsad.reading.attribution import voice_at
from marsad.reading.disowning import disowns, is_what_for, only_speaks_of
from marsad.reading.document import Mention
from marsad.reading.events import FAMILY, Draft, tellers
from marsad.reading.frames import expected
from marsad.reading.roles import MOST_PAIRS, Part, flanking, shown, without_armed_victims, without_others_deeds
from marsad.reading.scene import Scene, key_of
from marsad.reading.signs import party_label
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Anchors, Asked, model

ROLES: Final = ("none", "initiator", "target", "participant", "beneficiary")
MANY: Final = 12  # words, sentences or events beside that are looked at, where there could be thousands
PATH: Final = 7
_CARRIED: Final = 2  # events told before whose parties may be meant
_WORDS: Final = 6  # how many words of an event stand for it


Before = tuple[Draft, str, dict[str, str]]
"""The event that the text tells just before another, how near it stands, and the roles in it, by entity."""


def sentences_of(draft: Draft) -> set[int]:
    """The sentences that hold a word of the event; worked out once for as long as no word is added."""
    if draft.sentences is None:
        draft.sentences = set(draft.by_sentence)
    return draft.sentences


def around(scene: Scene, draft: Draft) -> list[int]:
    """The event's own sentences, then those beside them."""
    own = sorted(sentences_of(draft))
    beside = {s + d for s in own for d in (-1, 1)} - set(own)
    beside.add(scene.document.headline)
    return [*own, *sorted(s for s in beside - set(own) if s >= 0)]


def entities(scene: Scene, draft: Draft, table: dict[int, list[Mention]]) -> dict[str, list[Mention]]:
    """The parties or places that may take part, by entity, nearest mention first."""
    found: dict[str, list[Mention]] = {}
    for sentence in around(scene, draft):
        for mention in table.get(sentence, ()):
            found.setdefault(key_of(scene.document, mention), []).append(mention)
    return found


def nearest(draft: Draft, sentence: int, token: int) -> Trigger | None:
    """The event's own word nearest to a token of the sentence; words that tell the event itself before those of its harm."""
    best = None
    least = 9999
    for trigger in draft.by_sentence.get(sentence, ()):
        gap = abs(trigger.first - token) + (3 if trigger.harm and len(draft.told) > 1 else 0)
        if gap < least:
            best, least = trigger, gap
    return best


def words_of(draft: Draft) -> list[int]:
    """The tokens that stand for an event: those of its first words."""
    return [t.trigger.first for t in draft.told[:_WORDS]]


def nearness(scene: Scene, before: Draft, draft: Draft) -> str:
    """How near the event told just before stands: in a sentence of this one (s), in the paragraph in which this one begins (p), or further off (f)."""
    if sentences_of(before) & sentences_of(draft):
        return "s"
    parts = scene.document.sentences
    begun = parts[draft.told[0].trigger.sentence].paragraph
    return "p" if any(parts[s].paragraph == begun for s in sentences_of(before)) else "f"


# --- parties -------------------------------------------------------------------------------------------------------


def find_parties(scene: Scene, drafts: list[Draft]) -> list[list[Part]]:
    """The parties and persons of each event with their roles: first from its own sentences, then, knowing what those lack, from beside."""
    own = _own_parties(scene, drafts)
    held = [held_roles(scene, parts) for parts in own]
    out = [list(parts) for parts in own]
    asked: list[Asked] = []
    whose: list[tuple[int, Mention, list[str]]] = []
    for number, draft in enumerate(drafts):
        for key, mentions in absent(scene, drafts, number, held):
            signs = absent_signs(scene, drafts, number, key, mentions, held)
            asked.append((signs, absent_anchors(draft, mentions)))
            whose.append((number, mentions[0], signs))
    for scores, (number, mention, signs) in zip(model("absent").scores(scene.rows, asked), whose, strict=True):
        _take_role(scores, mention, signs, out[number])
    return [without_armed_victims(scene, draft, parts) for draft, parts in zip(drafts, out, strict=True)]


def _own_parties(scene: Scene, drafts: list[Draft]) -> list[list[Part]]:
    """One event after the other, for what takes part in one tells something of the next."""
    weights = model("party")
    held = [own_parties(scene, draft) for draft in drafts]
    leans = weights.lean(scene.rows, [party_anchors(draft, mentions) for draft, named in zip(drafts, held, strict=True) for mentions in named.values()])
    out: list[list[Part]] = []
    before: Before | None = None
    at = 0
    for number, (draft, named) in enumerate(zip(drafts, held, strict=True)):
        parts: list[Part] = []
        if number:
            before = drafts[number - 1], nearness(scene, drafts[number - 1], draft), held_roles(scene, out[-1])
        if named:
            asked = [party_signs(scene, drafts, draft, mentions, key, before) for key, mentions in named.items()]
            found = weights.wides(asked) + leans[at : at + len(asked)]
            at += len(asked)
            for scores, mentions, signs in zip(found.tolist(), named.values(), asked, strict=True):
                role = _take_role(scores, mentions[0], signs, parts)
                if role and len(mentions) > 1:
                    parts[-1].mention = shown(scene, draft, mentions, role)
        out.append(without_others_deeds(scene, draft, parts))
    return out


def _take_role(scores: list[float], mention: Mention, signs: list[str], out: list[Part]) -> str:
    """Give a party its best role, if it has one; empty if not."""
    best = max(range(len(scores)), key=scores.__getitem__)
    if best:
        out.append(Part(mention, ROLES[best], scores[best] - scores[0], signs))
    return ROLES[best] if best else ""


def own_parties(scene: Scene, draft: Draft) -> dict[str, list[Mention]]:
    """The parties named in the event's own sentences, by entity; worked out once for as long as no word is added."""
    found = draft.parties
    if found is not None:
        return found
    found = draft.parties = {}
    for sentence in sorted(sentences_of(draft)):
        for mention in scene.actors_in.get(sentence, ()):
            if not (
                disowns(scene, mention)
                or only_speaks_of(scene, draft, mention)
                or is_what_for(scene, draft, mention)
                or _is_struck_in(scene, draft, mention)
                or _finds_the_dead(scene, draft, mention)
            ):
                found.setdefault(key_of(scene.document, mention), []).append(mention)
    return found


def _is_struck_in(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """«غارات على مواقع في دمشق»: a capital in which something is struck from afar stands for no state."""
    if draft.kind not in _FROM_AFAR:
        return False
    place = scene.document.place_at.get(mention.first)
    if place is None or place.label == "country" or place.last != mention.last or mention.first == scene.document.sentences[mention.sentence].begin:
        return False
    before = scene.document.forms[mention.first - 1]  # في | دمشق, في سماء | دمشق
    part_of_it = before.noun is not None and not before.article and not before.pos & VERB and before.noun[1] not in _ACTING
    return before.text == "في" or part_of_it


_ACTING: Final = ("group", "person", "office", "title", "speech")
"""Classes of nouns in front of a capital that stands for its state (حكومة دمشق)."""


def _finds_the_dead(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """«عثر الأهالي على جثة»، «وجدت الشرطة شابا مقتولا»: whoever finds somebody dead has no part in his death."""
    if draft.kind not in _DEATHS or mention.head <= scene.document.sentences[mention.sentence].begin:
        return False
    verb = scene.document.forms[mention.head - 1].verb
    return verb is not None and fold(str(verb[0])) in _FINDS


_FROM_AFAR: Final = types("parties.from_afar")
_DEATHS: Final = types("parties.deaths")
_FINDS: Final = words("parties.finds")


def held_roles(scene: Scene, parts: list[Part]) -> dict[str, str]:
    """Entity → role."""
    return {key_of(scene.document, part.mention): part.role for part in parts}


# --- parties that the event's own sentences do not name ------------------------------------------------------------------


def absent(scene: Scene, drafts: list[Draft], number: int, held: list[dict[str, str]]) -> list[tuple[str, list[Mention]]]:
    """The parties that an event's own sentences do not name: those of the sentences beside these and of the headline, and those that take part in the
    two events told before; `held` are the roles known so far, event by event."""
    draft = drafts[number]
    own = own_parties(scene, draft)
    found: dict[str, list[Mention]] = {}
    sentences = sentences_of(draft)
    for sentence in around(scene, draft):
        if sentence not in sentences:
            for mention in scene.actors_in.get(sentence, ()):
                key = key_of(scene.document, mention)
                if key not in own and _may_be_meant(mention):
                    found.setdefault(key, []).append(mention)
    for other in range(number - 1, max(number - _CARRIED, 0) - 1, -1):
        named = own_parties(scene, drafts[other])
        for key in held[other]:
            if key not in own and key not in found and _may_be_meant(named[key][0]):
                found[key] = named[key]
    return list(found.items())


def _may_be_meant(mention: Mention) -> bool:
    """Whether a mention is of somebody that a report goes on to speak of without a name."""
    return bool(mention.id) or mention.label in ("group", "unidentified", "fighter", "protester")


def absent_anchors(draft: Draft, mentions: list[Mention]) -> Anchors:
    """The event's words and the mentions of a party named elsewhere."""
    return words_of(draft), [m.first for m in mentions[:MOST_PAIRS]]


def absent_signs(scene: Scene, drafts: list[Draft], number: int, key: str, mentions: list[Mention], held: list[dict[str, str]]) -> list[str]:
    """Signs for a party that is meant but named elsewhere; `held` are the roles known so far, event by event."""
    draft = drafts[number]
    kind = draft.kind
    family = FAMILY[kind]
    mention = mentions[0]
    label = party_label(mention)
    roles = set(held[number].values())
    lacks = ("i" if not roles & {"initiator", "participant"} else "") + ("t" if not roles & {"target", "participant"} else "")
    own = sentences_of(draft)
    gap = min((mention.sentence - s for s in own), key=abs)
    where = "hl" if mention.sentence == scene.document.headline else f"{max(min(gap, 2), -2)}"
    out = [
        f"lacks={lacks}",
        f"lacks={lacks}|{label}",
        f"at={where}",
        f"at={where}|{lacks}",
        f"label={label}",
        f"label={label}|{family}",
        f"lacks={lacks}|{family}",
    ]
    first = draft.told[0].trigger
    some = [t.trigger for t in draft.told[:MANY]]
    bare = any(t.form.enclitic for t in some)
    verb = any(t.verbal and t.voice != "passive" for t in some)
    out += (f"bare={bare}|{lacks}", f"verb={verb}|{lacks}|{label}")
    if not own_parties(scene, draft):
        out += ("nobody", f"nobody|{label}|{lacks}")
    for other in range(max(0, number - MANY), min(len(held), number + MANY + 1)):
        role = held[other].get(key)
        if role is None or other == number:
            continue
        near = min(abs(s - t) for s in list(drafts[other].by_sentence)[:MANY] for t in list(own)[:MANY])
        alike = "same" if drafts[other].kind == kind else "kin" if FAMILY[drafts[other].kind] == family else "other"
        before = drafts[other].told[0].trigger.first < first.first
        out += (
            f"held={role[:1]}|{alike}",
            f"held={role[:1]}|{lacks}",
            f"held={role[:1]}|{alike}|{lacks}|{min(near, 2)}",
            f"held={role[:1]}|before={before}|{lacks}",
        )
    subject = [m for s in (min(own) - 1,) for m in scene.actors_in.get(s, ())]
    if subject and subject[0] is mention:
        out += ("firstbefore", f"firstbefore|{lacks}|{label}")
    if _keys_of(scene, label) <= {key}:
        out += ("solekind", f"solekind|{lacks}")
    if scene.voices.naming(mention.first):
        out.append("speaker")
    return out


def _keys_of(scene: Scene, label: str) -> set[str]:
    """The keys of the report's parties of one sort; worked out once a report."""
    if not scene.keys_of_label:
        for mention in scene.document.actors:
            scene.keys_of_label.setdefault(party_label(mention), set()).add(key_of(scene.document, mention))
    return scene.keys_of_label.get(label, set())


def party_anchors(draft: Draft, mentions: list[Mention]) -> Anchors:
    """The event's words beside the mentions of a party, and these."""
    some = mentions[:MOST_PAIRS]
    return list(dict.fromkeys(t.first for m in some for t in flanking(draft, m))), [m.first for m in some]


def party_signs(scene: Scene, drafts: list[Draft], draft: Draft, mentions: list[Mention], key: str, before: Before | None) -> list[str]:
    """Signs for the role of one party, from up to three of its mentions in the event's sentences, and from its role in the event told just before."""
    kind = draft.kind
    label = party_label(mentions[0])
    out: dict[str, None] = {f"label={label}": None, f"label={label}|{kind}": None, f"id={bool(mentions[0].id)}": None}
    if mentions[0].id in ("unidentified", "protesters"):
        out[f"id={mentions[0].id}|{kind}"] = None
    for mention in mentions[:MOST_PAIRS]:
        for trigger in flanking(draft, mention):
            told = expected(scene, trigger, mention)
            if told is not None:
                for sign in (
                    f"rule={told.rule}",
                    f"rule={told.rule}|{told.role}",
                    f"rule>{told.role}",
                    f"rule>{told.role}|{label}",
                    f"rule={told.rule}|{told.role}|{FAMILY[kind]}",
                ):
                    out[sign] = None
            for sign in _party_pair(scene, drafts, draft, trigger, mention, label, kind):
                out[sign] = None
        for sign in _standing(scene, draft, mention, kind, label):
            out[sign] = None
    if len(mentions) > 1:
        out["own2"] = None
    if before is not None:
        other, near, roles = before
        role = roles.get(key, "none")[:1]
        out[f"before={role}|{near}"] = None
        out[f"before={role}|{near}|{FAMILY[other.kind]}|{FAMILY[kind]}"] = None
    return list(out)


_VERBS: Final = frozenset("VgtvsCc")


def _dense(path: str) -> tuple[str, int, str, str]:
    """A way in few words: the last verb in it, how many parties, whether a comma, a relative or أن stands in it, whether an event noun."""
    verb = "0"
    for letter in reversed(path):
        if letter in _VERBS:
            verb = letter
            break
    border = "Q" if "Q" in path else "R" if "R" in path else "," if "," in path else ""
    return verb, min(path.count("a"), 2), border, "T" if "T" in path else ""


def _party_pair(scene: Scene, drafts: list[Draft], draft: Draft, trigger: Trigger, mention: Mention, label: str, kind: str) -> list[str]:
    """Signs of one event word and one mention in its sentence."""
    shape = scene.shapes[trigger.sentence]
    if trigger.first <= mention.last and mention.head <= trigger.last:
        return ["within", f"within|{kind}", f"within|{kind}|{label}"]
    side, slot, path = _way(scene, trigger, mention.head, mention.last)
    sort = ("P" if trigger.voice == "passive" else "V") if trigger.verbal else "N"
    if trigger.harm:
        sort = "H" + sort
    short = path if len(path) <= PATH else path[: PATH - 1] + "~"
    pre = shape.before(mention.head, 1) or "^"
    pre2 = shape.before(mention.head, 2)
    verb, parties, border, event = _dense(path)
    family = FAMILY[kind]
    way = f"{side}{sort}|{pre}|{parties}|{verb}|{border}"
    out = [
        f"{side}{sort}{short}",
        f"{side}{sort}{short}|{slot}",
        f"{way}|{slot}",
        f"{way}|{label}",
        f"{side}{sort}|{pre}|{parties}|{slot}",
        f"{side}{sort}|{pre}|{label}|{slot}",
        f"{side}{sort}|{pre2}|{verb}|{slot}",
        f"{side}|{pre}|{family}|{label}",
        f"{side}{sort}|{verb}{border}{event}|{slot}",
        f"{side}{sort}|{verb}{border}{event}|{parties}",
        f"{side}|{slot}|{label}|{parties}",
        f"{side}|{trigger.key}|{pre}|{parties}",
        f"{side}{min(len(path) // 3, 6)}|{event}",
        f"post={shape.after(mention.last, 1)}|{side}",
    ]
    if side == "R":
        out.append(f"{side}{sort}|{pre}|{kind}")
    else:
        out += (f"L{sort}|{pre2}|{path[:1]}|{path[-2:]}", f"L|{pre}|{verb}|{family}")
    if "T" in path or "V" in path:
        out += (f"blocked{side}", f"blocked{side}|{label}")
        if foreign_between(scene, drafts, draft, trigger, mention):
            out += (f"foreign{side}", f"foreign{side}|{pre}|{parties}")
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


def foreign_between(scene: Scene, drafts: list[Draft], draft: Draft, trigger: Trigger, mention: Mention) -> bool:
    """Whether a word of another event stands between the two."""
    low, high = trigger.first, mention.first
    if low > high:
        low, high = high, low
    told = tellers(scene, drafts).get(trigger.sentence, ())
    return any(low < other.first < high and its is not draft and not other.harm for other, its in told)


def _standing(scene: Scene, draft: Draft, mention: Mention, kind: str, label: str) -> list[str]:
    """What the mention is besides: a speaker, somebody counted, a place."""
    out: list[str] = []
    voice = voice_at(scene.voices, mention.first)
    if any(not other.carried for other in scene.voices.naming(mention.first)):
        out += ("speaker", f"speaker|{kind}")
    if voice is not None:
        out.append("told")
    for counted in scene.counts_in.get(mention.sentence, ()):
        if counted.who is not None and counted.who[0] <= mention.first <= counted.who[1]:
            mine = any(t is counted.trigger for t in draft.by_sentence.get(mention.sentence, ()))
            out += (f"counted={counted.what}|{mine}", f"counted|{mine}|{label}")
            break
    if any(p.first <= mention.first <= p.last for p in scene.places_in.get(mention.sentence, ())):
        out += ("alsoplace", f"alsoplace|{label}")
    if mention.back:
        out.append("back")
    return out
