"""Who, where and when of an event: which mentions around its words take which part in it.

For each event the parties, places and dates of its own sentences (and, with less trust, of the sentences beside them) are asked
one by one. What speaks for a role is the way between the event word and the mention: the letters between them (`syntax.py`), the frame of the
word, the prepositions, what stands nearer. The models know what each is worth.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace
from typing import Final

from marsad.arabic.dates import Date
from marsad.reading.attribution import voice_at
from marsad.reading.document import Mention
from marsad.reading.events import FAMILY, Draft, tellers
from marsad.reading.frames import expected
from marsad.reading.scene import Scene, key_of, window
from marsad.reading.signs import kind_of, party_label
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Anchors, Asked, model

ROLES: Final = ("none", "initiator", "target", "participant", "beneficiary")
PLACE_ROLES: Final = ("none", "at", "from", "to")
_CARRIED: Final = 7  # sentences over which a date is carried on
_MANY: Final = 12  # words, sentences or events beside that are looked at, where there could be thousands
_MOST_PAIRS: Final = 3
_PATH: Final = 7
_WORDS: Final = 6  # how many words of an event stand for it


@dataclass(slots=True, eq=False)
class Part:
    """A mention with its role in an event; `mention` is the best of all mentions of its entity."""

    mention: Mention
    role: str
    margin: float
    signs: list[str]


def sentences_of(draft: Draft) -> set[int]:
    """The sentences that hold a word of the event."""
    return set(draft.by_sentence)


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
    for trigger in draft.by_sentence.get(sentence, ()):
        gap = abs(trigger.first - token) + (3 if trigger.entry.harm and len(draft.told) > 1 else 0)
        if gap < least:
            best, least = trigger, gap
    return best


def words_of(draft: Draft) -> list[int]:
    """The tokens that stand for an event: those of its first words."""
    return [t.trigger.first for t in draft.told[:_WORDS]]


# --- parties -------------------------------------------------------------------------------------------------------


def find_parties(scene: Scene, drafts: list[Draft]) -> list[list[Part]]:
    """The parties and persons of each event with their roles: first from its own sentences, then, knowing what those lack, from beside."""
    own = _own_parties(scene, drafts)
    held = [held_roles(scene, parts) for parts in own]
    out = [list(parts) for parts in own]
    asked: list[Asked] = []
    whose: list[tuple[int, Mention, list[str]]] = []
    for number, draft in enumerate(drafts):
        for key, mentions in absent(scene, draft):
            signs = absent_signs(scene, drafts, number, key, mentions, held)
            asked.append((signs, absent_anchors(draft, mentions)))
            whose.append((number, mentions[0], signs))
    _take_roles(model("absent").scores(scene.rows, asked), whose, out)
    return out


def _own_parties(scene: Scene, drafts: list[Draft]) -> list[list[Part]]:
    asked: list[Asked] = []
    whose: list[tuple[int, Mention, list[str]]] = []
    for number, draft in enumerate(drafts):
        for mentions in own_parties(scene, draft).values():
            signs = party_signs(scene, drafts, draft, mentions)
            asked.append((signs, party_anchors(draft, mentions)))
            whose.append((number, mentions[0], signs))
    out: list[list[Part]] = [[] for _ in drafts]
    _take_roles(model("party").scores(scene.rows, asked), whose, out)
    return out


def _take_roles(scored: list[list[float]], whose: list[tuple[int, Mention, list[str]]], out: list[list[Part]]) -> None:
    """Give each party its best role in its event, if it has one."""
    for scores, (number, mention, signs) in zip(scored, whose, strict=True):
        best = max(range(len(scores)), key=scores.__getitem__)
        if best:
            out[number].append(Part(mention, ROLES[best], scores[best] - scores[0], signs))


def own_parties(scene: Scene, draft: Draft) -> dict[str, list[Mention]]:
    """The parties named in the event's own sentences, by entity."""
    found: dict[str, list[Mention]] = {}
    for sentence in sorted(sentences_of(draft)):
        for mention in scene.actors_in.get(sentence, ()):
            found.setdefault(key_of(scene.document, mention), []).append(mention)
    return found


def held_roles(scene: Scene, parts: list[Part]) -> dict[str, str]:
    """Entity → role."""
    return {key_of(scene.document, part.mention): part.role for part in parts}


# --- parties that the event's own sentences do not name ------------------------------------------------------------------


def absent(scene: Scene, draft: Draft) -> list[tuple[str, list[Mention]]]:
    """The parties of the sentences beside the event's own, and of the headline, that its own do not name."""
    own = own_parties(scene, draft)
    found: dict[str, list[Mention]] = {}
    sentences = sentences_of(draft)
    for sentence in _around(scene, draft):
        if sentence not in sentences:
            for mention in scene.actors_in.get(sentence, ()):
                key = key_of(scene.document, mention)
                if key not in own and (mention.id or mention.label in ("group", "unidentified", "fighter", "protester")):
                    found.setdefault(key, []).append(mention)
    return list(found.items())


def absent_anchors(draft: Draft, mentions: list[Mention]) -> Anchors:
    """The event's words and the mentions of a party named elsewhere."""
    return words_of(draft), [m.first for m in mentions[:_MOST_PAIRS]]


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
    some = [t.trigger for t in draft.told[:_MANY]]
    bare = any(t.form.enclitic for t in some)
    verb = any(t.verbal and t.voice != "passive" for t in some)
    out += (f"bare={bare}|{lacks}", f"verb={verb}|{lacks}|{label}")
    if not own_parties(scene, draft):
        out += ("nobody", f"nobody|{label}|{lacks}")
    for other in range(max(0, number - _MANY), min(len(held), number + _MANY + 1)):
        role = held[other].get(key)
        if role is None or other == number:
            continue
        near = min(abs(s - t) for s in list(drafts[other].by_sentence)[:_MANY] for t in list(own)[:_MANY])
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
    some = mentions[:_MOST_PAIRS]
    return list(dict.fromkeys(t.first for m in some for t in flanking(draft, m))), [m.first for m in some]


def party_signs(scene: Scene, drafts: list[Draft], draft: Draft, mentions: list[Mention]) -> list[str]:
    """Signs for the role of one party, from up to three of its mentions in the event's sentences."""
    kind = draft.kind
    label = party_label(mentions[0])
    out: dict[str, None] = {f"label={label}": None, f"label={label}|{kind}": None, f"id={bool(mentions[0].id)}": None}
    if mentions[0].id in ("unidentified", "protesters"):
        out[f"id={mentions[0].id}|{kind}"] = None
    for mention in mentions[:_MOST_PAIRS]:
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
    return list(out)


def flanking(draft: Draft, mention: Mention) -> list[Trigger]:
    """The event's words nearest to a mention on either side of it, in its sentence."""
    left = right = None
    for trigger in draft.by_sentence.get(mention.sentence, ()):
        if trigger.first <= mention.first:
            if left is None or trigger.first > left.first:
                left = trigger
        elif right is None or trigger.first < right.first:
            right = trigger
    return [t for t in (left, right) if t is not None]


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
    if trigger.entry.harm:
        sort = "H" + sort
    short = path if len(path) <= _PATH else path[: _PATH - 1] + "~"
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
        f"{side}|{trigger.entry.key}|{pre}|{parties}",
        f"{side}{min(len(path) // 3, 6)}|{event}",
        f"post={shape.after(mention.last, 1)}|{side}",
    ]
    if side == "R":
        out.append(f"{side}{sort}|{pre}|{kind}")
    else:
        out += (f"L{sort}|{pre2}|{path[:1]}|{path[-2:]}", f"L|{pre}|{verb}|{family}")
    if "T" in path or "V" in path:
        out += (f"blocked{side}", f"blocked{side}|{label}")
        if _foreign_between(scene, drafts, draft, trigger, mention):
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


def _foreign_between(scene: Scene, drafts: list[Draft], draft: Draft, trigger: Trigger, mention: Mention) -> bool:
    """Whether a word of another event stands between the two."""
    low, high = trigger.first, mention.first
    if low > high:
        low, high = high, low
    told = tellers(scene, drafts).get(trigger.sentence, ())
    return any(low < other.first < high and its is not draft and not other.entry.harm for other, its in told)


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


# --- places ------------------------------------------------------------------------------------------------------------


def find_places(scene: Scene, drafts: list[Draft], draft: Draft) -> list[Part]:
    """The places of an event with their roles, the finest first, each followed by the parents that the text tells."""
    weights = model("place")
    out: list[Part] = []
    chosen: dict[int, str] = {}
    near = spots_near(scene, draft)
    leans = weights.lean(scene.rows, [place_anchors(draft, mentions) for mentions in near])
    for mentions, lean in zip(near, leans, strict=True):
        signs = place_signs(scene, drafts, draft, mentions, chosen)
        scores: list[float] = (weights.wide(signs) + lean).tolist()
        best = max(range(len(scores)), key=scores.__getitem__)
        for mention in mentions:
            chosen[id(mention)] = PLACE_ROLES[best]
        if best:
            out.append(Part(mentions[0], PLACE_ROLES[best], scores[best] - scores[0], signs))
    out.sort(key=lambda part: _coarseness(part.mention))
    return out


def spots_near(scene: Scene, draft: Draft) -> list[list[Mention]]:
    """The places of an event's sentences and of those beside them, and behind them what the report elsewhere tells as their parents."""
    found = entities(scene, draft, scene.places_in)
    own = sentences_of(draft)
    for key, mentions in list(found.items()):
        if mentions[0].sentence in own:
            for parent, mention in scene.parents.get(key, {}).items():
                found.setdefault(parent, [mention])
    return list(found.values())


def _coarseness(mention: Mention) -> int:
    return {"country": 3, "admin1": 2, "region": 2, "governorate": 2, "province": 2}.get(mention.label, 0 if mention.parent_of < 0 else 1)


def place_anchors(draft: Draft, mentions: list[Mention]) -> Anchors:
    """The event's words nearest to the mentions of a place, and these."""
    some = mentions[:_MOST_PAIRS]
    near = [t.first for m in some if (t := nearest(draft, m.sentence, m.head)) is not None]
    return list(dict.fromkeys(near)) or words_of(draft), [m.first for m in some]


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
    if not inside:
        key = key_of(scene.document, mentions[0])
        for sign in _known_parent(scene, draft, key, chosen):
            out[sign] = None
    for sign in _prominence(scene, draft, mentions[0], inside > 0):
        out[sign] = None
    return list(out)


def _known_parent(scene: Scene, draft: Draft, key: str, chosen: dict[int, str]) -> list[str]:
    """Whether the place was told elsewhere as the parent of one that the event has."""
    for sentence in sentences_of(draft):
        for child in scene.places_in.get(sentence, ()):
            if key in scene.parents.get(key_of(scene.document, child), ()):
                role = chosen.get(id(child), "?")
                return ["knownparent", f"knownparent={role}"]
    return []


def _prominence(scene: Scene, draft: Draft, mention: Mention, inside: bool) -> list[str]:
    """Whether a place is the report's main one: named in the headline, first of all, or alone."""
    document = scene.document
    out = []
    has = inside or any(m.label != "country" for s in sentences_of(draft) for m in scene.places_in.get(s, ()))
    key = key_of(document, mention)
    if document.places and key_of(document, document.places[0]) == key:
        out.append(f"docfirst|{has}|{inside}")
    if key in scene.headline_spots:
        out.append(f"inheadline|{has}|{inside}")
    if scene.place_keys <= {key}:
        out.append(f"docsole|{inside}")
    return out


def _crowded(scene: Scene, drafts: list[Draft], sentence: int) -> str:
    """Whether the sentence tells an event of its own."""
    return "taken" if sentence in tellers(scene, drafts) else "free"


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
    if any(not voice.carried for voice in scene.voices.naming(mention.first)):
        out.append("inspeaker")
    here = scene.places_in[mention.sentence]
    out.append("sole" if len(here) == 1 else f"nth{min(here.index(mention), 3)}")
    if mention.cued:
        out.append("cued")
    return out


# --- dates ---------------------------------------------------------------------------------------------------------------


def find_dates(scene: Scene, drafts: list[Draft]) -> list[tuple[Date | None, list[str]]]:
    """For each event the date that the text tells for it (None if it tells none) and the signs that spoke for it."""
    asked: list[Asked] = []
    whose: list[tuple[int, Date, list[str]]] = []
    for number, draft in enumerate(drafts):
        for date in dates_near(scene, draft):
            signs = date_signs(scene, drafts, draft, date)
            asked.append((signs, date_anchors(scene, draft, date)))
            whose.append((number, date, signs))
    best: list[tuple[float, Date | None, list[str]]] = [(0.0, None, [])] * len(drafts)
    for (no, yes), (number, date, signs) in zip(model("date").scores(scene.rows, asked), whose, strict=True):
        if yes - no > best[number][0]:
            best[number] = (yes - no, date, signs)
    return _with_extent(scene, drafts, [(date, signs) for _, date, signs in best])


EXTENTS: Final = ("as told", "since", "begun")


def extents(scene: Scene, date: Date) -> dict[str, Date]:
    """What a date can mean for an event: the days as told, those from then up to the report's day, or only those in which what still lasts began."""
    out = {"as told": date}
    reference = scene.document.reference
    if date.start is None or date.end is None or reference is None:
        return out
    if date.since:
        out["begun"] = replace(date, end=_end_of(date.start, date.precision), since=False)
    elif date.end < reference:
        out["since"] = replace(date, end=reference, since=True)
    return out


def _end_of(start: datetime.date, precision: str) -> datetime.date:
    """The last day of the day, week, month or year that begins at `start`."""
    if precision == "year":
        return start.replace(month=12, day=31)
    if precision == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start + datetime.timedelta(6 if precision == "week" else 0)


def extent_signs(scene: Scene, draft: Draft, date: Date) -> list[str]:
    """Signs for how far a date reaches."""
    reference = scene.document.reference
    age = (reference - date.end).days if reference is not None and date.end is not None else -1
    span = "old" if age > 30 else "weeks" if age > 7 else "days" if age > 0 else "now"
    word = scene.document.forms[date.first].bare
    out = [
        f"since={date.since}",
        f"type={draft.kind}|{date.since}",
        f"age={span}|{date.since}",
        f"prec={date.precision}|{date.since}",
        f"w={'0' if word.isdigit() else word}",
        f"type={draft.kind}|{span}",
    ]
    for told in draft.told[:4]:
        trigger = told.trigger
        out.append(f"k={kind_of(trigger)}|{date.since}")
        out += (f"c={cue}|{date.since}" for k in window(scene, trigger, 6) for cue in scene.document.forms[k].cues if cue.startswith("status."))
    return list(dict.fromkeys(out))


def _with_extent(scene: Scene, drafts: list[Draft], dates: list[tuple[Date | None, list[str]]]) -> list[tuple[Date | None, list[str]]]:
    asked: list[Asked] = []
    whose: list[int] = []
    for number, (date, _) in enumerate(dates):
        if date is not None and len(extents(scene, date)) > 1:
            asked.append((extent_signs(scene, drafts[number], date), date_anchors(scene, drafts[number], date)))
            whose.append(number)
    out = list(dates)
    for scores, number in zip(model("extent").scores(scene.rows, asked), whose, strict=True):
        date, signs = dates[number]
        assert date is not None
        options = extents(scene, date)
        out[number] = (options[max(options, key=lambda name: scores[EXTENTS.index(name)])], signs)
    return out


def dates_near(scene: Scene, draft: Draft) -> list[Date]:
    """The dates of the event's own sentences and of those beside them; where its own have none, also the last date told before."""
    around = _around(scene, draft)
    found = [d for s in around for d in scene.dates_in.get(s, ())]
    own = sentences_of(draft)
    if not any(scene.dates_in.get(s) for s in own):
        for sentence in range(min(own) - 2, max(min(own) - _CARRIED, 0) - 1, -1):
            if scene.dates_in.get(sentence) and sentence not in around:
                found.append(scene.dates_in[sentence][-1])
                break
    return found


def date_anchors(scene: Scene, draft: Draft, date: Date) -> Anchors:
    """The event's word nearest to a date, and the date."""
    trigger = nearest(draft, scene.document.sentence_of[date.first], date.first)
    return [trigger.first] if trigger is not None else words_of(draft), (date.first, date.last)


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
        where = "hl" if sentence == document.headline else f"{max(min(gap, 2), -4)}"
        has = any(scene.dates_in.get(s) for s in sentences_of(draft))
        return [*out, f"off={where}|{has}", f"off|{_crowded(scene, drafts, sentence)}", f"off|prec={date.precision}"]
    shape = scene.shapes[sentence]
    if date.first > trigger.last:
        side, path = "R", shape.between(trigger.last, date.first)
    else:
        side, path = "L", shape.between(date.last, trigger.first)
    sort = ("V" if trigger.verbal else "N") + side
    short = path if len(path) <= _PATH else path[: _PATH - 1] + "~"
    out += [
        f"{sort}{short}",
        f"{sort}{min(len(path) // 3, 6)}",
        f"pre={shape.before(date.first, 1)}|{side}",
        f"pre2={shape.before(date.first, 2)}",
        f"post={shape.after(date.last, 1)}|{side}",
    ]
    if "s" in path:
        out.append(f"speech{side}")
    if "V" in path or "T" in path:
        out.append(f"blocked{side}")
        low, high = sorted((trigger.first, date.first))
        if any(low < t.first < high and d is not draft for t, d in tellers(scene, drafts).get(sentence, ())):
            out.append(f"foreign{side}")
    part = document.sentences[sentence]
    for voice in scene.voices_in.get(sentence, ()):
        if voice.rule != "according to" and voice.opener <= date.first <= voice.last + 3:
            out.append("dayofspeech")
            break
    if date.first == part.begin or len(scene.dates_in[sentence]) == 1:
        out.append("onlydate" if len(scene.dates_in[sentence]) == 1 else "firstword")
    out.append("own")
    return out
