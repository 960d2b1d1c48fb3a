"""The part that a party takes in an event, and what grammar says of it where the models do not know better: who did another deed, who was not hit, and by which of its words
a party is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marsad.knowledge.wordlists import types
from marsad.reading.document import Mention
from marsad.reading.events import Draft
from marsad.reading.frames import expected
from marsad.reading.linking import is_claimed
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

MOST_PAIRS: Final = 3
"""How many mentions of a party are looked at."""


@dataclass(slots=True, eq=False)
class Part:
    """A mention with its role in an event; `mention` is the best of all mentions of its entity."""

    mention: Mention
    role: str
    margin: float
    signs: list[str]


def without_others_deeds(scene: Scene, draft: Draft, parts: list[Part]) -> list[Part]:
    """«غارات للطيران الروسي بالتزامن مع قصف من قبل قوات النظام»: where the clause gives an event its doer, who only says so or did another did not do it too."""
    doers = [part for part in parts if part.role == "initiator"]
    if len(doers) < 2:
        return parts
    sure = [part for part in doers if not is_back(scene, part.mention) and any(_does(scene, trigger, part.mention) for trigger in draft.triggers)]
    if not sure:
        return parts
    return [part for part in parts if part.role != "initiator" or part in sure or not _does_another(scene, draft, part.mention)]


def is_back(scene: Scene, mention: Mention) -> bool:
    """Whether one word that names nobody means a party told elsewhere: «القوات», «المسلحون», «مقاتليها»; «مسلحون» may be others."""
    form = scene.document.forms[mention.first]
    alone = mention.last == mention.first and mention.id is None
    return alone and mention.label in ("group", "body", "fighter", "official") and (form.article or bool(form.enclitic))


def _does(scene: Scene, trigger: Trigger, mention: Mention) -> bool:
    """Whether the clause of an event's word makes a party its doer."""
    if trigger.sentence != mention.sentence:
        return False
    told = expected(scene, trigger, mention)
    return told is not None and told.role == "initiator" and told.rule in _PLAIN


def _does_another(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a party is only who tells of an event, who holds somebody, or the doer of another in the same sentence."""
    if scene.voices.naming(mention.first):
        return not any(is_claimed(scene, trigger) for trigger in draft.by_sentence.get(mention.sentence, ()))
    if mention.head and scene.document.forms[mention.head - 1].text == "لدي":
        return True  # أقاربهم المحتجزين لدى | الحوثيين
    own = {id(trigger) for trigger in draft.triggers}
    return any(id(trigger) not in own and _does(scene, trigger, mention) for trigger in scene.triggers_in.get(mention.sentence, ()))


_PLAIN: Final = frozenset(
    (
        "behind على يد، من قبل",
        "subject behind the verb",
        "subject in front of the verb",
        "subject of a relative clause",
        "by its fire",
        "subject of a light verb",
        "subject of a verb that means the event",
        "noun and لـ",
        "doer in the construct, object behind it",
    )
)


def without_armed_victims(scene: Scene, draft: Draft, parts: list[Part]) -> list[Part]:
    """«أصيب خمسة شبان بالرصاص خلال مواجهات مع الجنود»: who stands beside civilians in what befell these was not hit with them."""
    hit = [part for part in parts if part.role == "target"]
    if len(hit) < 2 or draft.kind not in HITS_CIVILIANS or not any(part.mention.id in _VICTIMS or part.mention.label == "neutral" for part in hit):
        return parts
    actors = scene.document.lexicon.actors
    armed = [part for part in hit if part.mention.id in actors and actors[part.mention.id][2] in _ARMED]
    return [part for part in parts if part not in armed]


HITS_CIVILIANS: Final = types("records.hits_civilians")
_VICTIMS: Final = ("civilians", "protesters", "journalists", "aid-workers")
_ARMED: Final = ("state", "insurgent", "militia", "authority", "coalition")


def shown(scene: Scene, draft: Draft, mentions: list[Mention], role: str) -> Mention:
    """The words by which a party is told in its role: those that the clause gives it by, else those by which it does not only speak, else the nearest."""
    for mention in mentions[:MOST_PAIRS]:
        for trigger in flanking(draft, mention):
            told = expected(scene, trigger, mention)
            if told is not None and told.role == role:
                return mention
    return next((mention for mention in mentions if not _does_another(scene, draft, mention)), mentions[0])


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
