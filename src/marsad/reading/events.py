"""Which words tell an event, and on which pages.

A learned step over the triggers of a report: `decide` gives each trigger a type, or says that it tells nothing, or that it only tells what came of
an event (harm) or refers back to one. `pages_of` weighs all words of a page, and `kept` leaves nothing on one that is about another world. `linking.link`
then lays the triggers together, each event a `Draft`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple, get_args

from marsad.knowledge.lexicon import ADJECTIVE, NOUN, VERB
from marsad.knowledge.wordlists import types, values
from marsad.model import EventType
from marsad.reading.document import Mention
from marsad.reading.scene import Scene
from marsad.reading.signs import trigger_anchors, trigger_signs
from marsad.reading.triggers import Trigger
from marsad.reading.weights import model

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
_WITH_OWN_WORD: Final = values("events.with_own_word")
_PAGE: Final = 30  # words: shorter pages are not judged by their words
QUIET: Final = 0.8  # below, a page is about another world
_LONG: Final = 4_000  # words: longer texts are judged by stretches …
_STRETCH: Final = 1_000  # … of at least so many words, each up to the end of a sentence
_PLAIN: Final = 4.0  # from here on it is plainly about a conflict
_SURE: Final = 2.5  # the margin that an event needs on a page between …
_ALONE: Final = 3.4  # … and one that it tells alone, if it is longer than a short notice of so many words
_SHORT: Final = 60
_WEIGHED: Final = 40  # how many of its words settle its type
_UNSAID: Final = -4.0  # the score of a type that a word cannot tell
LATEST: Final = 16  # how many of its words a new one is compared with
_BESIDE: Final = 6  # words between two that may tell one event together
_SLIGHTLY: Final = 1.02  # over this a trigger may tell something; 1 is certainly nothing


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
            found = self._shared[name] = frozenset().union(*map(held_in, {t.trigger.sentence for t in self.told[-LATEST:]}))
        return found

    @property
    def triggers(self) -> list[Trigger]:
        return [t.trigger for t in self.told]

    @property
    def kind(self) -> str:
        """The type with the highest sum of scores over the triggers that tell one."""
        return self._kind


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
    unheard, dated = _unheard(scene), {k for date in scene.document.dates for k in range(date.first, date.last + 1)}
    asked = [(trigger_signs(scene, t), trigger_anchors(t)) for t in scene.triggers]
    for trigger, (signs, _), every in zip(scene.triggers, asked, weights.scores(scene.rows, asked), strict=True):
        numbers = [number for number in allowed(trigger) if CLASSES[number] not in unheard]
        if trigger.first in dated and _is_hour(scene, trigger):
            numbers = [0]
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


def _is_hour(scene: Scene, trigger: Trigger) -> bool:
    """A time of day behind others' words, and no verb: «دمرت القوات فجر اليوم أربع طائرات»; «فجر اليوم انتحاري نفسه» has a word that belongs to the verb."""
    form = trigger.form
    opens = form.conjunction or trigger.first == scene.document.sentences[trigger.sentence].begin
    return form.noun is not None and form.noun[1] == "time" and not trigger.partners and not opens


def _unheard(scene: Scene) -> set[str]:
    """The types that no report tells without certain words, of which this one has none: «الهجوم» alone is no attack with gas, and nobody's suicide."""
    unheard = {kind for kind, means in _WITH_OWN_WORD.items() if not any(f"means.{one}" in form.cues for form in scene.document.forms for one in means)}
    if not unheard:
        return unheard
    told = {trigger.types[0] for trigger in scene.triggers if trigger.types}
    return {kind for kind in unheard if not told.intersection(_WITH_OWN_WORD[kind])}


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
