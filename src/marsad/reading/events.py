"""Which words tell an event, and which of them tell the same one.

Two learned steps over the triggers of a report, in order. `decide` gives each trigger a type, or says that it tells nothing, or that
it only tells what came of an event (harm) or refers back to one. `link` then walks through the text and lays each trigger to
an event already open, or opens a new one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple, get_args

from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import types, words
from marsad.model import EventType
from marsad.reading.document import Mention
from marsad.reading.scene import Scene
from marsad.reading.signs import kind_of, trigger_anchors, trigger_signs
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Anchors, Model, model

NONE: Final = "none"
PART: Final = "part"
"""The class of a word that belongs to an event told by another word: its harm, or a later mention."""
TYPES: Final[tuple[str, ...]] = get_args(EventType)
CLASSES: Final = (NONE, PART, *TYPES)
_NUMBER: Final = {name: k for k, name in enumerate(CLASSES)}
FAMILY: Final[dict[str, str]] = {
    kind: family
    for family, kinds in {
        "fight": "armed_clash territory_change",
        "fire": "air_strike shelling explosive_device suicide_attack chemical_attack",
        "harm": "assassination attack_on_civilians execution sexual_violence",
        "hold": "abduction arrest release",
        "press": "restriction destruction weapons_seizure",
        "move": "troop_movement displacement surrender",
        "talk": "negotiation agreement organisation",
        "crowd": "protest riot",
        "aid": "aid",
    }.items()
    for kind in kinds.split()
}
_GENERAL: Final = types("events.general")
_PAGE: Final = 30  # words: shorter pages are not judged by their words
QUIET: Final = 0.8  # below, a page is about another world
_LONG: Final = 4_000  # words: longer texts are judged by stretches …
_STRETCH: Final = 1_000  # … of at least so many words, each up to the end of a sentence
_PLAIN: Final = 4.0  # from here on it is plainly about a conflict
_SURE: Final = 2.5  # the margin that an event needs on a page between …
_ALONE: Final = 3.4  # … and one that it tells alone, if it is longer than a short notice of so many words
_SHORT: Final = 60
_WORDS: Final = 6  # how many words of an event stand for it
_WEIGHED: Final = 40  # how many of its words settle its type
_UNSAID: Final = -4.0  # the score of a type that a word cannot tell
_LATEST: Final = 16  # how many of its words a new one is compared with
_CLAIMED: Final = -4.0  # by how much a word may look like another event and be the one that somebody claims
_REACH: Final = 8  # words between «تبنى» and the event
_CLAIMABLE: Final = 4  # … how many events back, less one, it may be
_VIOLENT: Final = frozenset(("fight", "fire", "harm"))
_CAUSE: Final = 12  # words between a word of harm and its cause
_CAUSES: Final = words("events.causes")
_CLAIMS: Final = words("events.claims")
_DURING: Final = words("events.during")
_BEFORE_CAUSE: Final = words("events.before_cause")
_QUOTES: Final = frozenset("\"'«»“”()")
_BY_ITSELF: Final = math.exp(1.6)  # how many times as likely some event must be as nothing, for a part that no event takes
_BESIDE: Final = 6  # words between two that may tell one event together
_SLIGHTLY: Final = 1.02  # over this a trigger may tell something; 1 is certainly nothing
_OPEN: Final = 7  # how many events back a trigger may belong to


@dataclass(slots=True, eq=False)
class Told:
    """What one trigger was decided to tell."""

    trigger: Trigger
    kind: str  # a type, or `part`
    margin: float  # over `none`
    signs: list[str]
    scores: dict[str, float]  # of the types
    none: float = 0.0  # … and of nothing


class Unsure(NamedTuple):
    """A trigger that by itself tells nothing, and how likely each type is all the same (of one)."""

    told: Told
    shares: dict[str, float]


class Draft:
    """An event in the making: all that tells it, best first in time."""

    __slots__ = ("_kind", "_scores", "_shared", "by_sentence", "families", "keys", "kinds", "parties", "sentences", "told")

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self.told: list[Told] = []
        self.by_sentence: dict[int, list[Trigger]] = {}  # the words that tell it, by sentence
        self.keys: set[str] = set()  # the entries of its words
        self.kinds: set[str] = set()  # the types that its words tell
        self.families: set[str] = set()  # … and their families
        self.sentences: set[int] | None = None  # those that hold a word of it, once asked for
        self.parties: dict[str, list[Mention]] | None = None  # those of its sentences, once asked for; see `arguments.own_parties`
        self._shared: dict[str, frozenset[Any]] = {}  # what its latest sentences hold, once asked for
        self._scores: dict[str, float] = {}
        self._kind = ""
        for one in told:
            self.add(one)

    def add(self, told: Told) -> None:
        """One more word that tells it."""
        self.told.append(told)
        self.sentences = self.parties = None
        self._shared.clear()
        self.by_sentence.setdefault(told.trigger.sentence, []).append(told.trigger)
        self.keys.add(told.trigger.key)
        if told.kind != PART:
            if told.kind not in self.kinds:  # one more type to be weighed: what the earlier words say of it counts too
                self.kinds.add(told.kind)
                self.families.add(FAMILY[told.kind])
                earlier = [t for t in self.told[-_WEIGHED:-1] if t.kind != PART]
                self._scores[told.kind] = sum(t.scores.get(told.kind, _UNSAID) for t in earlier)
            for kind in self.kinds:
                self._scores[kind] += told.scores.get(kind, _UNSAID)
            self._kind = max(self.kinds, key=lambda name: (self._scores[name], name))

    def shared(self, name: str, held_in: Callable[[int], frozenset[Any]]) -> frozenset[Any]:
        """What is held in the sentences of its latest words, of one sort; worked out once for as long as no word is added."""
        found = self._shared.get(name)
        if found is None:
            found = self._shared[name] = frozenset().union(*map(held_in, {t.trigger.sentence for t in self.told[-_LATEST:]}))
        return found

    @property
    def triggers(self) -> list[Trigger]:
        return [t.trigger for t in self.told]

    @property
    def kind(self) -> str:
        """The type with the highest sum of scores over the triggers that tell one."""
        return self._kind


def allowed(trigger: Trigger) -> list[int]:
    """The numbers of the classes that a trigger can have."""
    numbers = [0, *(_NUMBER[t] for t in trigger.types)]
    if trigger.harm or trigger.general or trigger.weak or trigger.definite:
        numbers.insert(1, 1)
    if trigger.general:
        numbers += [_NUMBER[t] for t in _GENERAL]
    return numbers


class Page(NamedTuple):
    """Words that are judged together (from the first up to but not the last), and by how much they are those of a conflict rather than of another world."""

    begin: int
    end: int
    margin: float


def pages_of(scene: Scene) -> list[Page]:
    """The whole text, or of a long one (a year of reports in one file) a thousand words at a time: words that have no side are many in it, and the
    little that each of them weighs would outweigh what it tells."""
    begins, last = [0], len(scene.document.forms)
    if last > _LONG:
        for sentence in scene.document.sentences:
            if sentence.begin - begins[-1] >= _STRETCH and last - sentence.begin >= _STRETCH:
                begins.append(sentence.begin)
    return [Page(begin, end, _margin(_page_words(scene, begin, end))) for begin, end in zip(begins, [*begins[1:], last], strict=True)]


def page_signs(scene: Scene) -> list[str]:
    """Signs for a page being about a conflict at all, or about sport, markets, machines, stars: its words, each once."""
    return [f"w={word}" for word in _page_words(scene, 0, len(scene.document.forms))]


def _page_words(scene: Scene, begin: int, end: int) -> set[str]:
    told = NOUN | ADJECTIVE | VERB
    return {form.noun[0] if form.noun is not None else form.stem for form in scene.document.forms[begin:end] if form.pos & told or not form.pos}


def _margin(words: set[str]) -> float:
    """Few words are given the benefit."""
    if len(words) < _PAGE:
        return _PLAIN
    weights = model("page")
    tilts = weights.tilts("w=")
    return weights.tilt + sum(tilts[word] for word in words if word in tilts)


def kept(drafts: list[Draft], pages: Iterable[Page]) -> list[Draft]:
    """The events that pages may have, each those that it tells first: none on a quiet one, only the plainest on one that could be quiet."""
    return [draft for page in pages for draft in _kept([draft for draft in drafts if page.begin <= draft.told[0].trigger.first < page.end], page)]


def _kept(drafts: list[Draft], page: Page) -> list[Draft]:
    if page.margin < QUIET:
        return []
    if page.margin >= _PLAIN:
        return drafts
    told = [(draft, max(t.margin for t in draft.told)) for draft in drafts]
    least = _ALONE if page.end - page.begin > _SHORT and sum(by > _SURE for _, by in told) == 1 else _SURE
    return [draft for draft, by in told if by > least]


def decide(scene: Scene) -> list[Told]:
    """What each trigger tells; those that tell nothing, by themselves and together with those beside them, are left out."""
    weights = model("trigger")
    out: list[Told] = []
    unsure: list[Unsure] = []
    asked = [(trigger_signs(scene, t), trigger_anchors(t)) for t in scene.triggers]
    for trigger, (signs, _), every in zip(scene.triggers, asked, weights.scores(scene.rows, asked), strict=True):
        numbers = allowed(trigger)
        scores = [every[n] for n in numbers]
        best = max(range(len(scores)), key=scores.__getitem__)
        named = {CLASSES[n]: s for n, s in zip(numbers, scores, strict=True) if n > 1}
        told = Told(trigger, CLASSES[numbers[best]], scores[best] - scores[0], signs, named, scores[0])
        if numbers[best] != 0:
            out.append(told)
        elif (rest := sum(math.exp(score - scores[0]) for score in scores)) > _SLIGHTLY:
            unsure.append(Unsure(told, {kind: math.exp(score - scores[0]) / rest for kind, score in named.items()}))
    if len(unsure) > 1:
        out = sorted([*out, *_told_together(unsure, out)], key=lambda told: told.trigger.first)
    return out


def _told_together(unsure: list[Unsure], told: list[Told]) -> Iterator[Told]:
    """Of words that stand together, none of which is likelier to tell an event than not while together they are, the likeliest: who annotates marks now
    the verb and now the noun of «ألقى مجهولون قنبلة يدوية», so each of the two is taught to tell nothing half of the time."""
    kinds = {(t.trigger.sentence, t.kind) for t in told}
    for sentence, group in groupby(unsure, key=lambda u: u.told.trigger.sentence):
        left, k = list(group), 0
        while k < len(left) - 1:
            end = left[k].told.trigger.last + _BESIDE
            beside = [u for u in left[k : k + _BESIDE] if u.told.trigger.first <= end]
            shares = {kind: sum(u.shares.get(kind, 0.0) for u in beside) for kind in sorted({kind for u in beside for kind in u.shares})}
            kind = max(shares, key=lambda name: shares[name])
            if len(beside) == 1 or shares[kind] < 0.5 or (sentence, kind) in kinds:
                k += 1
                continue
            best = max(beside, key=lambda u: u.shares.get(kind, 0.0)).told
            best.kind, best.margin = kind, best.scores[kind] - best.none
            kinds.add((sentence, kind))
            yield best
            k += len(beside)


def link(scene: Scene, told: list[Told]) -> list[Draft]:
    """The events: triggers laid together. What is only a part of an event and finds none is dropped, unless it tells one itself."""
    weights = model("link")
    weights.prepare(scene.rows, [item.trigger.first for item in told])
    drafts: list[Draft] = []
    waiting: list[Told] = []

    def lay(item: Told) -> Draft | None:
        """Bring a trigger to its event, or open one; None where it waits for one."""
        best, top = _best(scene, item, drafts, weights)
        claimed = drafts and top <= -0.5 and _is_claimed(scene, item.trigger)
        if claimed and (best is None or top <= _CLAIMED):
            near = item.trigger.sentence - 2
            best = next((d for d in drafts[:-_CLAIMABLE:-1] if d.families & _VIOLENT and d.told[-1].trigger.sentence >= near), None)
        body = _of_one_body(scene, item, drafts)
        if body is not None:
            body.add(item)
            return body
        if best is not None and (top > -0.5 or (item.kind == PART and top > -1.5) or claimed):
            if claimed and best.kind not in item.trigger.types:
                item.kind = PART
            if item.kind != PART and best.kind in item.trigger.types:
                item.kind = best.kind
            best.add(item)
            return best
        if item.kind == PART:
            waiting.append(item)
            return None
        draft = Draft([item])
        drafts.append(draft)
        taken: set[int] = set()
        for early in waiting[-_LATEST:]:
            if weights.yes(scene.rows, [(link_signs(scene, early, draft, drafts, backwards=True), link_anchors(early, draft))])[0] > 0:
                draft.add(early)
                taken.add(id(early))
        waiting[:] = [w for w in waiting[-_LATEST:] if id(w) not in taken]
        return draft

    caused = _caused(scene, told)
    held = {id(harm) for harms in caused.values() for harm in harms}
    for item in told:
        if id(item) in held:
            continue
        draft = lay(item)
        for harm in caused.get(id(item), ()):
            if draft is None:
                lay(harm)
                continue
            harm.kind = draft.kind if draft.kind in harm.trigger.types else PART
            draft.add(harm)
    _open_orphans(scene, told, drafts, lay)
    return drafts


def _open_orphans(scene: Scene, told: list[Told], drafts: list[Draft], lay: Callable[[Told], Draft | None]) -> None:
    """Parts of events that none took tell one themselves, where that is much likelier than that they tell nothing: «قُتل شابان برصاص مسلحين في البصرة»."""
    placed = {id(one) for draft in drafts for one in draft.told}
    for item in told:
        if item.kind != PART or id(item) in placed or not item.scores or lay(item) is not None:
            continue
        shot = _is_shot(scene, item.trigger)
        if sum(math.exp(score - item.none) for score in item.scores.values()) > (_SHOT if shot else _BY_ITSELF):
            scores = {kind: score for kind, score in item.scores.items() if kind != "armed_clash"} if shot == _UNARMED else item.scores
            scores = scores or item.scores
            item.kind = max(scores, key=lambda name: (scores[name], name))
            drafts.append(Draft([item]))
    drafts.sort(key=lambda draft: draft.told[0].trigger.first)


def _is_shot(scene: Scene, trigger: Trigger) -> str:
    """Whether somebody's fire is told right behind a word of harm: «قتل شخصان | برصاص مجهولين»; and whether those who were shot are fighters. Empty if it is not."""
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    if not trigger.harm:
        return ""
    for k in range(trigger.last + 1, min(trigger.last + _REACH, end - 1)):
        form = forms[k]
        if form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or form.only_verb:
            return ""
        if "agent.fire" in form.cues:
            party = any(min(m.head, m.first) == k + 1 for m in scene.actors_in.get(trigger.sentence, ()))
            fighters = any(f.person == "fighter" for f in forms[trigger.last + 1 : k])
            return "" if not party else _ARMED if fighters else _UNARMED
    return ""


_ARMED: Final = "fighters"
_UNARMED: Final = "people"
_SHOT: Final = math.exp(-1.6)  # how many times as likely it must be where somebody's fire is told


def _caused(scene: Scene, told: list[Told]) -> dict[int, list[Told]]:
    """Words of harm whose cause stands behind them in their clause, by `id` of the word for the cause: «قتل شخصان في كمين»، «أصيب جندي بعبوة»."""
    out: dict[int, list[Told]] = {}
    for number, item in enumerate(told):
        if item.trigger.harm:
            cause = next((other for other in told[number + 1 : number + 4] if not other.trigger.harm), None)
            if cause is not None and _is_cause(scene, item.trigger, cause.trigger):
                out.setdefault(id(cause), []).append(item)
    return out


def _is_cause(scene: Scene, harm: Trigger, cause: Trigger) -> bool:
    if cause.sentence != harm.sentence or cause.verbal or not 0 < cause.first - harm.last <= _CAUSE:
        return False
    forms = scene.document.forms
    counted = {k for c in scene.counts_in.get(harm.sentence, ()) for k in range(c.first, c.last + 1)}  # قتل ما لا يقل عن عشرة في كمين
    between = [forms[k] for k in range(harm.last + 1, cause.first) if k not in counted]
    if any(form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) and form.text not in _QUOTES for form in between):
        return False
    harms = {t.first for t in scene.triggers_in[harm.sentence] if t.harm}  # وقتل ثلاثة وأصيب خمسة في انفجار
    told = [form for k, form in enumerate(forms[harm.last + 1 : cause.first], harm.last + 1) if k not in counted and k not in harms]
    if any(form.pos & VERB and not form.pos & (NOUN | PREPOSITION) for form in told):
        return False
    before = cause.first - 1
    while before > harm.last and (forms[before].bare in _BEFORE_CAUSE or numeral(forms[before].text) is not None):
        before -= 1  # في ثلاث غارات, في سلسلة هجمات
    during = forms[before].text in _DURING and bool(cause.types) and FAMILY[cause.types[0]] in _VIOLENT
    return forms[cause.first].preposition == "ب" or forms[before].text in _CAUSES or during


def _of_one_body(scene: Scene, item: Told, drafts: list[Draft]) -> Draft | None:
    """«عثر على جثة شاب مقتول»، «جثة رجل عليها آثار تعذيب»: the event of the body, of which a further word of its phrase tells how he died; None elsewhere."""
    trigger = item.trigger
    for draft in reversed(drafts[-_CLAIMABLE:]):
        before = draft.told[-1].trigger
        gap = range(before.last + 1, trigger.first)
        found = before.weak and before.entry.frame.g == "x" and _OF_A_BODY.issubset(before.types)
        if found and before.sentence == trigger.sentence and len(gap) <= _BESIDE and _OF_A_BODY.issubset(trigger.types):
            if not trigger.general and not trigger.form.conjunction and not any(_parts_phrases(scene.document.forms[k]) for k in gap):
                return draft
    return None


def _parts_phrases(form: Form) -> bool:
    """A conjunction, a mark, a relative or a verb: what stands behind it is of another clause."""
    return bool(form.conjunction or form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or form.only_verb)


_OF_A_BODY: Final = frozenset(("attack_on_civilians", "execution"))
"""What the words may tell who speak of somebody found dead."""


def _is_claimed(scene: Scene, trigger: Trigger) -> bool:
    """«تبنى التنظيم الهجوم»: who says that it was he speaks of what was told before."""
    if trigger.verbal or not trigger.definite:
        return False
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    for k in range(trigger.first - 1, max(begin, trigger.first - _REACH) - 1, -1):
        if "link.claimed" in forms[k].cues or forms[k].bare in _CLAIMS:
            return True
        if forms[k].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) and forms[k].text not in _QUOTES:
            return False
    return False


def _best(scene: Scene, item: Told, drafts: list[Draft], weights: Model) -> tuple[Draft | None, float]:
    best: Draft | None = None
    top = -99.0
    held = candidates(scene, drafts, item)
    if not held:
        return best, top
    asked = [(link_signs(scene, item, d, drafts), link_anchors(item, d)) for d in held]
    for draft, score in zip(held, weights.yes(scene.rows, asked), strict=True):
        if score > top:
            best, top = draft, score
    return best, top


def candidates(scene: Scene, drafts: list[Draft], item: Told) -> list[Draft]:
    """The events that a trigger may belong to: the last few, and those that the headline tells, as far as their types can be told by one word."""
    held = drafts
    if len(drafts) > _OPEN:
        headline = scene.document.headline
        held = [d for d in drafts[:2] if d.told[0].trigger.sentence == headline] + drafts[-_OPEN:]
    return [d for d in held if _likeness(item, d) != "other"]


def tellers(scene: Scene, drafts: list[Draft]) -> dict[int, list[tuple[Trigger, Draft]]]:
    """By sentence the words that tell events, each with its event. Worked out once for a list of drafts that grows no more."""
    if scene.tellers_of is not drafts:
        found: dict[int, list[tuple[Trigger, Draft]]] = {}
        for draft in drafts:
            for sentence, triggers in draft.by_sentence.items():
                found.setdefault(sentence, []).extend((trigger, draft) for trigger in triggers)
        scene.tellers_of, scene.tellers = drafts, found
    known: dict[int, list[tuple[Trigger, Draft]]] = scene.tellers
    return known


def link_anchors(item: Told, draft: Draft) -> Anchors:
    """The event word, and the words of the event that it may belong to."""
    return (item.trigger.first,), [t.trigger.first for t in draft.told[-_WORDS:]]


def link_signs(scene: Scene, item: Told, draft: Draft, drafts: list[Draft], *, backwards: bool = False) -> list[str]:
    """Signs for a trigger telling the same event as a draft."""
    trigger = item.trigger
    kind = kind_of(trigger)
    sort = kind[:2] if kind[0] in "HG" else kind
    latest = draft.told[-_LATEST:]
    other = latest[0].trigger
    if len(latest) > 1:
        other = min(latest, key=lambda t: (abs(t.trigger.sentence - trigger.sentence), abs(t.trigger.first - trigger.first))).trigger
    gap = abs(trigger.sentence - other.sentence)
    dist = f"d{min(gap, 4)}"
    like = _likeness(item, draft)
    out = [f"{like}", f"{like}|{dist}", f"{like}|{sort}", f"{like}|{sort}|{dist}", dist, f"k={kind[0]}|{dist}"]
    if like == "same":
        out.append(f"t={item.kind}")
    if trigger.key in draft.keys:
        out += ("key", f"key|{dist}", f"key|{sort}")
    if draft is not drafts[-1]:
        out.append("older")
        out.append(f"older|{like}")
    if len(drafts) == 1:
        out.append("only")
        out.append(f"only|{like}")
    document = scene.document
    if draft.told[0].trigger.sentence == document.headline and trigger.sentence != document.headline:
        lead = trigger.sentence - document.headline
        out.append(f"hl{min(lead, 3)}|{like}")
        if len(draft.told) == 1:
            out.append(f"hlalone|{like}")
    if gap == 0:
        shape = scene.shapes[trigger.sentence]
        path = shape.between(other.last, trigger.first) if other.first < trigger.first else shape.between(trigger.last, other.first)
        out.append(f"near{min(len(path) // 3, 5)}|{like}")
        if len(path) <= 7:
            out += (f"path={sort[0]}{path}", f"path|{like}={path}")
        if "+" in path[-2:]:
            out.append(f"and|{like}")
        if item.trigger.harm and other.harm:
            out.append("harms")
    out += _shared(scene, trigger, draft, like)
    return out


def _likeness(item: Told, draft: Draft) -> str:
    """How the type of a trigger stands to the types of a draft."""
    if item.kind == PART:
        return "part"
    kinds, latest = draft.kinds, draft.told[-_LATEST:]
    if item.kind in kinds:
        return "same"
    if draft.kind in item.trigger.types or any(item.kind in t.trigger.types for t in latest if t.trigger.harm or t.trigger.definite):
        return "may"
    families = draft.families
    mine = FAMILY[item.kind]
    if mine in families or (mine in _VIOLENT and families & _VIOLENT and (item.trigger.harm or any(t.trigger.harm for t in latest))):
        return "kin"
    return "other"


def _shared(scene: Scene, trigger: Trigger, draft: Draft, like: str) -> list[str]:
    """Places, parties, figures and days that the sentences of the two have in common, or not."""
    out: list[str] = []
    sentence = trigger.sentence
    if all(t.trigger.sentence != sentence for t in draft.told[-_LATEST:]):
        for name, table in (("place", scene.spots), ("party", scene.parties)):
            mine = table[sentence]
            if not mine:
                out.append(f"{name}0|{like}")
                continue
            theirs = draft.shared(name, table.__getitem__)
            if theirs:
                out.append(f"{name}{'-' if mine.isdisjoint(theirs) else '+'}|{like}")
        for name, told_in in (("figure", _figures_of), ("day", _days_of)):
            held = told_in(scene, sentence)
            if held:
                theirs = draft.shared(name, partial(told_in, scene))
                if theirs:
                    out.append(f"{name}{'-' if held.isdisjoint(theirs) else '+'}|{like}")
    new, cause = _linked_by(scene, trigger)
    if new:
        out.append(f"new|{like}")
    if cause:
        out.append(f"cause|{like}|{kind_of(trigger)[0]}")
    return out


def _figures_of(scene: Scene, sentence: int) -> frozenset[Any]:
    """What is counted in a sentence, and how many; worked out once a sentence."""
    found = scene.figures_of.get(sentence)
    if found is None:
        found = scene.figures_of[sentence] = frozenset((c.what, c.low) for c in scene.counts_in.get(sentence, ()) if c.low > 1)
    return found


def _days_of(scene: Scene, sentence: int) -> frozenset[Any]:
    """The days told in a sentence; worked out once a sentence."""
    found = scene.days_of.get(sentence)
    if found is None:
        found = scene.days_of[sentence] = frozenset(d.start for d in scene.dates_in.get(sentence, ()) if d.precision == "day")
    return found


def _linked_by(scene: Scene, trigger: Trigger) -> tuple[bool, bool]:
    """Whether a word around an event word opens a new event (كما, في سياق آخر), and whether one in front names a cause; worked out once a word."""
    found = scene.linked_by.get(id(trigger))
    if found is None:
        part = scene.document.sentences[trigger.sentence]
        forms = scene.document.forms
        begin = max(part.begin, trigger.first - 8)
        new = any("link.new" in forms[k].cues for k in range(begin, min(trigger.last + 3, part.end)))
        found = scene.linked_by[id(trigger)] = new, any("link.cause" in forms[k].cues for k in range(begin, trigger.first))
    return found
