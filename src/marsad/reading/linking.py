"""Words laid together: those that tell the same event become one.

`link` walks through the text and lays each word that `events.decide` left to an event already open, or opens a new one. Harm goes to its
cause where the clause names it, a claim to what is claimed; all else is learned from signs of the word and of the events before it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from marsad.arabic.numerals import read as numeral
from marsad.knowledge.lexicon import COMPLEMENT, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import types, words
from marsad.reading.counted import what_of
from marsad.reading.events import FAMILY, LATEST, PART, Draft, Told
from marsad.reading.frames import ANSWERS, expected
from marsad.reading.scene import Scene
from marsad.reading.signs import kind_of
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Anchors, Model, model

_WORDS: Final = 6  # how many words of an event stand for it
_CLAIMED: Final = -4.0  # by how much a word may look like another event and be the one that somebody claims
_REACH: Final = 8  # words between «تبنى» and the event
_CLAIMABLE: Final = 4  # … how many events back, less one, it may be
_VIOLENT: Final = frozenset(("fight", "fire", "harm"))
_CAUSE: Final = 12  # words between a word of harm and its cause
_CAUSES: Final = words("events.causes")
_CLAIMS: Final = words("events.claims")
_DESCRIBES: Final = words("events.describes")
_SURVIVED: Final = words("events.survived")
_SURVIVED_BY: Final = 3  # words between one who lived and what he survived
_ANSWER: Final = 6  # words between one who answers and by what
_DURING: Final = words("events.during")
_BEFORE_CAUSE: Final = words("events.before_cause")
_QUOTES: Final = frozenset("\"'«»“”()")
_BY_ITSELF: Final = math.exp(1.6)  # how many times as likely some event must be as nothing, for a part that no event takes
_OPEN: Final = 7  # how many events back a trigger may belong to


def link(scene: Scene, told: list[Told]) -> list[Draft]:
    """The events: triggers laid together. What is only a part of an event and finds none is dropped, unless it tells one itself."""
    weights = model("link")
    weights.prepare(scene.rows, [item.trigger.first for item in told])
    drafts: list[Draft] = []
    waiting: list[Told] = []

    def lay(item: Told) -> Draft | None:
        """Bring a trigger to its event, or open one; None where it waits for one."""
        best, top = _best(scene, item, drafts, weights)
        claimed = drafts and top <= -0.5 and (is_claimed(scene, item.trigger) or _is_described(scene, item.trigger))
        if claimed and (best is None or top <= _CLAIMED):
            near = item.trigger.sentence - 2
            best = next((d for d in drafts[:-_CLAIMABLE:-1] if d.families & _VIOLENT and d.told[-1].trigger.sentence >= near), None)
        body = _of_one_body(scene, item, drafts) or _of_its_device(scene, item, drafts)
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
        for early in waiting[-LATEST:]:
            if weights.yes(scene.rows, [(link_signs(scene, early, draft, drafts, backwards=True), link_anchors(early, draft))])[0] > 0:
                draft.add(early)
                taken.add(id(early))
        waiting[:] = [w for w in waiting[-LATEST:] if id(w) not in taken]
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
        fighters = _shot_are_fighters(scene, item.trigger)
        if sum(math.exp(score - item.none) for score in item.scores.values()) > (_BY_ITSELF if fighters is None else _SHOT):
            no_fight = {kind: score for kind, score in item.scores.items() if kind != _FIGHT}
            open_to = no_fight if no_fight and fighters is False else item.scores
            item.kind = max(open_to, key=lambda name: (open_to[name], name))
            drafts.append(Draft([item]))
    drafts.sort(key=lambda draft: draft.told[0].trigger.first)


def _shot_are_fighters(scene: Scene, trigger: Trigger) -> bool | None:
    """Whether fighters are those whom somebody's fire hit, as told right behind a word of harm: «قتل شخصان | برصاص مجهولين»; None where no fire is told."""
    forms, end = scene.document.forms, scene.document.sentences[trigger.sentence].end
    if not trigger.harm:
        return None
    for k in range(trigger.last + 1, min(trigger.last + _REACH, end - 1)):
        form = forms[k]
        if form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or form.only_verb:
            return None
        if "agent.fire" in form.cues:
            told = any(min(m.head, m.first) == k + 1 for m in scene.actors_in.get(trigger.sentence, ()))
            return any(f.person == "fighter" for f in forms[trigger.last + 1 : k]) if told else None
    return None


_FIGHT: Final = "armed_clash"
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
        if found and before.sentence == trigger.sentence and len(gap) <= _ON_A_BODY and _OF_A_BODY.issubset(trigger.types):
            if not trigger.general and not trigger.form.conjunction and not any(_parts_phrases(scene.document.forms[k]) for k in gap):
                return draft
    return None


def _of_its_device(scene: Scene, item: Told, drafts: list[Draft]) -> Draft | None:
    """«تفجير | عبوة ناسفة», «استهدف مسلحون | بعبوة رتلا», «عبوة ناسفة | استهدفت رتلا»: the event of the word right in front, of what was fired in it, or of what
    that did; None elsewhere."""
    trigger = item.trigger
    if trigger.form.conjunction or trigger.voice == "passive" or not (trigger.verbal or (trigger.weak and _tells_of_fire(trigger))):
        return None
    for draft in reversed(drafts[-_CLAIMABLE:]):
        ahead = [t for t in draft.triggers[-_WORDS:] if t.sentence == trigger.sentence and not t.harm and t.last < trigger.first]
        before = max(ahead, key=lambda t: t.last, default=None)
        if before is None or (trigger.verbal and (before.verbal or not _tells_of_fire(before))):
            continue
        gap = range(before.last + 1, trigger.first)
        if len(gap) <= _TO_DEVICE - trigger.verbal and _may_be_of(trigger, draft) and not any(_parts_phrases(scene.document.forms[k]) for k in gap):
            return draft
    return None


def _tells_of_fire(trigger: Trigger) -> bool:
    return bool(trigger.types) and trigger.types[0] in _ADJOINING


def _may_be_of(trigger: Trigger, draft: Draft) -> bool:
    """Whether a word is of the family of an event's types, or both are violent."""
    families = {FAMILY[kind] for kind in trigger.types}
    return bool(families & draft.families or (families & _VIOLENT and draft.families & _VIOLENT))


_ADJOINING: Final = types("events.adjoining")
_TO_DEVICE: Final = 2  # words between what was done and what was set off


def _parts_phrases(form: Form) -> bool:
    """A conjunction, a mark, a relative or a verb: what stands behind it is of another clause."""
    return bool(form.conjunction or form.pos & (PUNCTUATION | RELATIVE | COMPLEMENT) or form.only_verb)


_ON_A_BODY: Final = 6  # words between one found dead and what tells how he died
_OF_A_BODY: Final = frozenset(("attack_on_civilians", "execution"))
"""What the words may tell who speak of somebody found dead."""


def is_claimed(scene: Scene, trigger: Trigger) -> bool:
    """«تبنى التنظيم الهجوم»: who says that it was he speaks of what was told before."""
    return _stands_behind(scene, trigger, lambda form: "link.claimed" in form.cues or form.bare in _CLAIMS)


def _is_described(scene: Scene, trigger: Trigger) -> bool:
    """«ووصف الائتلاف الهجوم بالمجزرة»: and so does who says what it was."""
    return _stands_behind(scene, trigger, lambda form: form.bare in _DESCRIBES)


def _stands_behind(scene: Scene, trigger: Trigger, test: Callable[[Form], bool]) -> bool:
    """Whether a definite noun of an event stands not far behind such a word in its clause."""
    if trigger.verbal or not trigger.definite:
        return False
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    for k in range(trigger.first - 1, max(begin, trigger.first - _REACH) - 1, -1):
        if test(forms[k]):
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
    held = [d for d in held if _likeness(item, d) != "other"]
    if held and _is_survived(scene, item.trigger):
        return [d for d in held if not _tells_a_death(scene, item.trigger, d)]
    if item.trigger.verbal:
        held = [d for d in held if not _is_anothers(scene, item.trigger, d)]
    answer = _answers_from(scene, item.trigger) if held else -1
    near = item.trigger.sentence - 1
    return held if answer < 0 else [d for d in held if d.told[-1].trigger.sentence < near or d.told[-1].trigger.first > answer]


def _is_survived(scene: Scene, trigger: Trigger) -> bool:
    """«وكان قد نجا من محاولة اغتيال في آذار»."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    return any(forms[k].bare in _SURVIVED for k in range(max(begin, trigger.first - _SURVIVED_BY), trigger.first))


def _tells_a_death(scene: Scene, trigger: Trigger, draft: Draft) -> bool:
    """Whether a sentence of an event told before, and not this word's own, tells that somebody was killed."""
    sentences = {told.trigger.sentence for told in draft.told} - {trigger.sentence}
    return any(what_of(other) == "killed" for number in sentences for other in scene.triggers_in.get(number, ()))


def _is_anothers(scene: Scene, trigger: Trigger, draft: Draft) -> bool:
    """«قتلت قوات النظام ثمانية، فيما | قتلت هيئة تحرير الشام واحدا»: whether a verb of an event stands in its sentence before, with another listed party for its subject."""
    before = [t for t in draft.by_sentence.get(trigger.sentence, ()) if t.verbal and t.key == trigger.key and t.first < trigger.first]
    if not before:
        return False
    mine, other = _subject_of(scene, trigger), _subject_of(scene, before[-1])
    return mine is not None and other is not None and mine != other


def _subject_of(scene: Scene, trigger: Trigger) -> str | None:
    """The id of the party that stands right behind or in front of a verb as its subject."""
    for mention in scene.actors_in.get(trigger.sentence, ()):
        if mention.id and (min(mention.head, mention.first) == trigger.last + 1 or mention.last == trigger.first - 1):
            told = expected(scene, trigger, mention)
            return mention.id if told is not None and told.role == "initiator" else None
    return None


def _answers_from(scene: Scene, trigger: Trigger) -> int:
    """«وردت المدفعية بقصف البلدة»: the token from which on another thing is told than what was told before, for a word behind it; -1 elsewhere."""
    forms, begin = scene.document.forms, scene.document.sentences[trigger.sentence].begin
    if trigger.verbal:
        return -1
    by = trigger.form.preposition == "ب" or (trigger.first > begin and forms[trigger.first - 1].text == "ب")
    for k in range(trigger.first - 1, max(begin, trigger.first - _ANSWER) - 1, -1):
        if forms[k].bare in ANSWERS:
            return k if by or (k == trigger.first - 1 and not trigger.form.preposition) else -1
        if forms[k].pos & (PUNCTUATION | RELATIVE | COMPLEMENT) and forms[k].text not in _QUOTES:
            return -1
    return -1


def link_anchors(item: Told, draft: Draft) -> Anchors:
    """The event word, and the words of the event that it may belong to."""
    return (item.trigger.first,), [t.trigger.first for t in draft.told[-_WORDS:]]


def link_signs(scene: Scene, item: Told, draft: Draft, drafts: list[Draft], *, backwards: bool = False) -> list[str]:
    """Signs for a trigger telling the same event as a draft."""
    trigger = item.trigger
    kind = kind_of(trigger)
    sort = kind[:2] if kind[0] in "HG" else kind
    latest = draft.told[-LATEST:]
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
    kinds, latest = draft.kinds, draft.told[-LATEST:]
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
    if all(t.trigger.sentence != sentence for t in draft.told[-LATEST:]):
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
