"""How an event is told: its status, whether it is background, and who says so."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from marsad.arabic.dates import Date
from marsad.knowledge.wordlists import types
from marsad.reading.arguments import nearness, words_of
from marsad.reading.attribution import Voice, voice_at
from marsad.reading.counting import Bound
from marsad.reading.denial import (
    FOILED,
    all_but,
    beside_foiled,
    disowned,
    downed,
    foiled,
    foiled_by,
    lifted,
    missed,
    refused,
    resumed,
    runs_through,
    undone,
    without,
)
from marsad.reading.disowning import is_condemned
from marsad.reading.events import PART, Draft
from marsad.reading.hanging import NOTHING, has_doer, hung, not_meant
from marsad.reading.prospects import answered, called_for, cancelled, intended, may_come, sentenced, supposed, threatened, unless
from marsad.reading.roles import Part
from marsad.reading.scene import Scene, negated
from marsad.reading.signs import before_signs, kind_of
from marsad.reading.triggers import Trigger
from marsad.reading.weights import Anchors, model

STATUSES: Final = ("occurred", "ongoing", "failed", "planned", "denied")
_DONE: Final = ("occurred", "ongoing")
_FAILING: Final = ("<failed", ">failed", "=failed")  # signs of a cue that something failed
_COME: Final = (*_DONE, "planned")
_NOT_COME: Final = ("failed", "planned", "denied")
_NEAR: Final = 8
_OF_NOT: Final = types("manner.of_not")
_OF_FOILERS: Final = types("manner.of_foilers")
_STRIVEN_FOR: Final = types("manner.striven_for")
_FROM_THE_AIR: Final = types("manner.from_the_air")
_HELD: Final = types("manner.held")
_ON_ONE: Final = types("manner.on_one")
BY_SENTENCE: Final = types("manner.by_sentence")
_SILENCE: Final = 40  # sentences over which the last voice before an event is looked for
_VOICE: Final = -0.55  # a voice that reaches an event is believed to tell it, unless much speaks against it


def find_statuses(scene: Scene, drafts: list[Draft], dates: list[Date | None]) -> list[tuple[str, list[str]]]:
    """The status of each event and the signs that gave it, one event after the other."""
    weights = model("status")
    leans = weights.lean(scene.rows, [event_anchors(draft) for draft in drafts])
    out: list[tuple[str, list[str]]] = []
    before: ToldBefore | None = None
    for number, (draft, date) in enumerate(zip(drafts, dates, strict=True)):
        if number:
            before = nearness(scene, drafts[number - 1], draft), out[-1][0]
        signs = status_signs(scene, draft, date, before)
        out.append(_status(scene, draft, (weights.wide(signs) + leans[number]).tolist(), signs))
    return out


ToldBefore = tuple[str, str]
"""How near the event stands that the text tells just before another, and its status, or whether it is told as background."""


def _as_before(draft: Draft, before: ToldBefore | None) -> list[str]:
    """How the event told just before is told, and how near it stands."""
    if before is None:
        return ["before=nothing"]
    near, told = before
    return [f"before={told}|{near}", f"before={told}|{near}|{draft.kind}"]


def _status(scene: Scene, draft: Draft, scores: Sequence[float], signs: list[str]) -> tuple[str, list[str]]:
    """The status that scores best, but of what is told only as denied, or as what did not come about, never `occurred`; and of what is told as
    a happening before somebody denies it, not `denied`: «قُتل ثلاثة مدنيين بقصف، ونفت دمشق استهداف المدنيين»."""
    firm = firm_words(draft)
    best = _best(scores, STATUSES)
    denials = [refused(scene, trigger.first, trigger.sentence) for trigger in firm]
    if runs_through(firm, denials):
        return "denied", [*signs, "rule=stands in a denial"]
    if best in ("denied", "failed") and not any(denials) and any(all_but(scene, trigger) for trigger in firm):
        return _best(scores, _COME), [*signs, "rule=but for some"]
    if best == "denied" and not any(denials) and any(disowned(scene, trigger.first, trigger.sentence) for trigger in firm):
        return _best(scores, STATUSES[:-1]), [*signs, "rule=somebody denies that it was he"]
    done = not any(denials) and runs_through(firm, [has_doer(scene, trigger) or is_condemned(scene, trigger) for trigger in firm])
    if done and (
        best in ("denied", "planned") or (best == "failed" and draft.kind not in _ON_ONE and not any(sign[1:].lstrip("2") in _FAILING for sign in signs))
    ):
        return _best(scores, _DONE), [*signs, "rule=somebody did it"]
    if best == "denied" and any(denials) and not denials[0]:
        return _best(scores, STATUSES[:-1]), [*signs, "rule=told before it is denied"]
    if best in _COME and runs_through(firm, [missed(scene, trigger) for trigger in firm]):
        return "failed", [*signs, "rule=failed to"]
    if best in _DONE and not done and draft.kind not in _OF_NOT and runs_through(firm, [undone(scene, trigger) for trigger in firm]):
        return _best(scores, _NOT_COME), [*signs, "rule=did not come about"]
    if best == "planned" and not done and runs_through(firm, [undone(scene, trigger) for trigger in firm]):
        return _best(scores, ("failed", "denied")), [*signs, "rule=did not come about"]
    within = 1 if best == "planned" else FOILED  # «إحباط تفجير»; what is farther off may be a plot: «أحبطت مخططا لتفجير»
    if draft.kind in _OF_FOILERS and all(beside_foiled(scene, trigger) for trigger in _plain_words(draft)):
        return (_best(scores, _DONE), [*signs, "rule=beside what was foiled"]) if best == "failed" else (best, signs)
    if best in _COME and runs_through(firm, [foiled(scene, trigger, within) for trigger in firm]):
        return "failed", [*signs, "rule=foiled"]
    if best in _DONE and draft.kind in _FROM_THE_AIR and downed(scene, firm[0]):
        return "failed", [*signs, "rule=shot down"]
    if best == "failed" and all(resumed(scene, trigger) for trigger in _plain_words(draft)):
        return _best(scores, _DONE), [*signs, "rule=goes on again"]
    if best == "ongoing" and draft.kind in _HELD and all(lifted(scene, trigger) for trigger in firm):
        return "occurred", [*signs, "rule=lifted"]
    if best == "planned" and all(answered(scene, trigger) for trigger in firm):
        return _best(scores, _DONE), [*signs, "rule=answered"]
    if best in _DONE and runs_through(firm, [threatened(scene, trigger) for trigger in firm]):
        return "planned", [*signs, "rule=threatened"]
    if best in _DONE and runs_through(firm, [may_come(scene, trigger) for trigger in firm]):
        return "planned", [*signs, "rule=may come"]
    if best in _DONE and runs_through(firm, [intended(scene, trigger) for trigger in firm]):
        return "planned", [*signs, "rule=intended"]
    if best in _DONE and runs_through(firm, [called_for(scene, trigger) for trigger in firm]):
        return "planned", [*signs, "rule=called for"]
    if best in _DONE and draft.kind in BY_SENTENCE and all(sentenced(scene, trigger) for trigger in firm):
        return "planned", [*signs, "rule=sentenced"]
    if best in _DONE and (hangs := _hangs(scene, firm, draft.kind, best == "ongoing")) is not None:
        return hangs, [*signs, f"rule=hangs on a word for {hangs}"]
    if best in ("occurred", "failed") and all(cancelled(scene, trigger) for trigger in firm):
        return "planned", [*signs, "rule=called off"]
    return best, signs


def _hangs(scene: Scene, firm: list[Trigger], kind: str, going_on: bool) -> str | None:
    """How an event stands by what all of its words hang on; None where they do not say the same."""
    if kind in _HELD and any("supposed.lifted" in trigger.form.cues for trigger in firm):
        return None  # طالب الأهالي بفك الحصار: it holds
    found = [hung(scene, trigger, kind, going_on) for trigger in firm]
    told = {status for status in found if status is not None}
    return told.pop() if len(told) == 1 and runs_through(firm, [status is not None for status in found]) else None


def carried_out(draft: Draft, status: tuple[str, list[str]], bounds: list[Bound], parts: list[Part]) -> tuple[str, list[str]]:
    """The status of an event and its signs: an attempt on somebody whom it killed did not fail («قتل العقيد سالم علي برصاص مسلحين»), though others may die in one
    that did (نجا الوزير وقتل مرافقه)."""
    told, signs = status
    struck = {part.mention.first for part in parts if part.role == "target"}
    if told != "failed" or draft.kind not in _ON_ONE or not any(b.what == "killed" and b.figure.first in struck for b in bounds):
        return status
    return "occurred", [*signs, "rule=killed whom it was to kill"]


def only_supposed(scene: Scene, draft: Draft, status: str) -> bool:
    """Whether what would be read as done is only feared, asked or a condition, or what there was none of: no event at all."""
    firm = firm_words(draft)
    if runs_through(firm, [unless(scene, trigger) for trigger in firm]):
        return True
    if status == "planned" and runs_through(firm, [not_meant(scene, trigger) for trigger in firm]):
        return True
    if draft.kind not in _STRIVEN_FOR and all(without(scene, trigger) for trigger in firm):
        return True
    return status == NOTHING or status in _DONE and runs_through(firm, [supposed(scene, trigger) for trigger in firm])


def only_foils(scene: Scene, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether an event is told by words for foiling alone, and what they foiled is told as another."""
    foils = [foiled_by(scene, trigger) for trigger in firm_words(draft)]
    if not all(foils):
        return False
    others = {id(t.trigger) for other in drafts if other is not draft for t in other.told}
    return all(any(id(t) in others for t in its) for its in foils)


def firm_words(draft: Draft) -> list[Trigger]:
    """The words that tell the event itself, not its harm; where there are only words of harm, these."""
    return [t.trigger for t in draft.told if not t.trigger.harm] or draft.triggers


def _plain_words(draft: Draft) -> list[Trigger]:
    """The words that tell an event's type outright, none that tells of foiling; where there are none, those that tell the event."""
    firm = firm_words(draft)
    return [trigger for trigger in firm if draft.kind in trigger.types and "supposed.foiled" not in trigger.form.cues] or firm


def _best(scores: Sequence[float], among: tuple[str, ...]) -> str:
    return max(among, key=lambda status: scores[STATUSES.index(status)])


def event_anchors(draft: Draft) -> Anchors:
    """The event's own words."""
    return words_of(draft), ()


def voice_anchors(draft: Draft, voice: Voice) -> Anchors:
    """The event's words that a voice reaches, and the voice."""
    reached = [t.trigger.first for t in draft.told if voice.reach[0] <= t.trigger.first < voice.reach[1]]
    return reached or words_of(draft), (voice.first, voice.opener)


def status_signs(scene: Scene, draft: Draft, date: Date | None, before: ToldBefore | None) -> list[str]:
    """Signs for the status: tense, the word's own status, cues around, the voice that denies, the event told before."""
    kind = draft.kind
    out: dict[str, None] = {f"type={kind}": None}
    firm = firm_words(draft)
    for trigger in firm[:5]:
        sort = kind_of(trigger)
        signs = [f"k={sort}", f"e={trigger.key}", *before_signs(scene, trigger), *_cues(scene, trigger)]
        if trigger.entry.status:
            signs.append(f"own={trigger.entry.status}")
        if negated(scene, trigger):
            signs.append("neg")
            signs.append(f"neg|{sort}")
        if trigger.tense == "future":
            signs.append("future")
        voice = voice_at(scene.voices, trigger.first)
        if voice is not None and voice.denies:
            signs.append("denied by the voice")
        for sign in signs:
            out[sign] = None
    if date is not None and scene.document.reference is not None and date.start is not None:
        ahead = (date.start - scene.document.reference).days
        out["ahead" if ahead > 0 else "behind"] = None
        if date.since:
            out["since"] = None
            out[f"since|{kind}"] = None
    if all(t.trigger.harm for t in draft.told):
        out["onlyharm"] = None
    if any(t.trigger.harm for t in draft.told):
        out["harm"] = None
    return [*out, *_as_before(draft, before)]


def _cues(scene: Scene, trigger: Trigger) -> list[str]:
    """Cues of status around an event word, each with its side. Worked out once a word."""
    found = scene.status_cues.get(id(trigger))
    if found is None:
        found = scene.status_cues[id(trigger)] = _cues_around(scene, trigger)
    return found


def _cues_around(scene: Scene, trigger: Trigger) -> list[str]:
    document = scene.document
    part = document.sentences[trigger.sentence]
    out = []
    for k in range(max(part.begin, trigger.first - _NEAR), min(part.end, trigger.last + _NEAR + 1)):
        side = "<" if k < trigger.first else (">" if k > trigger.last else "=")
        near = "2" if abs(k - trigger.first) <= 2 else ""
        for cue in document.forms[k].cues:
            if cue.startswith("status."):
                out.append(f"c{side}{cue[7:]}")
                if near:
                    out.append(f"c2{side}{cue[7:]}")
        for _, cue in document.phrases.get(k, ()):
            if cue.startswith("status."):
                out.append(f"c{side}{cue[7:]}")
    return out


def find_background(scene: Scene, drafts: list[Draft], dates: list[Date | None]) -> list[tuple[bool, list[str]]]:
    """For each event whether it is told as history: more than thirty days back, or as general commentary. One event after the other."""
    weights = model("background")
    leans = weights.lean(scene.rows, [event_anchors(draft) for draft in drafts])
    out: list[tuple[bool, list[str]]] = []
    before: ToldBefore | None = None
    for number, (draft, date) in enumerate(zip(drafts, dates, strict=True)):
        if number:
            before = nearness(scene, drafts[number - 1], draft), str(out[-1][0])
        signs = background_signs(scene, draft, date, before)
        no, yes = (weights.wide(signs) + leans[number]).tolist()
        out.append((yes > no, signs))
    return out


def background_signs(scene: Scene, draft: Draft, date: Date | None, before: ToldBefore | None) -> list[str]:
    """Signs for background: the age of its day, tense, cues, where in the report it stands, the event told before."""
    document = scene.document
    out: dict[str, None] = {f"type={draft.kind}": None}
    first = draft.told[0].trigger
    place = first.sentence / max(len(document.sentences), 1)
    out[f"at{int(place * 4)}"] = None
    if any(t.trigger.sentence <= max(document.headline, 0) + 1 for t in draft.told):
        out["lead"] = None
    if date is not None and date.start is not None and date.end is not None and document.reference is not None:
        age = (document.reference - date.end).days
        out["age=" + ("old" if age > 30 else "recent" if age >= 0 else "ahead")] = None
        if (document.reference - date.start).days > 30:
            out["begun long ago"] = None
        if date.since:
            out["since"] = None
        out[f"prec={date.precision}"] = None
    else:
        out["undated"] = None
    for trigger in draft.triggers[:4]:
        out[f"k={kind_of(trigger)}"] = None
        for sign in _cues(scene, trigger):
            out[sign] = None
        for sign in before_signs(scene, trigger):
            out[sign] = None
        part = document.sentences[trigger.sentence]
        opening = document.forms[part.begin]
        out[f"open={opening.bare}"] = None
        for _, cue in document.phrases.get(part.begin, ()):
            out[f"open={cue}"] = None
        if _old_year(scene, trigger.sentence):
            out["old date in the sentence"] = None
    return [*out, *_as_before(draft, before)]


def _old_year(scene: Scene, sentence: int) -> bool:
    reference = scene.document.reference
    limit = reference - datetime.timedelta(30) if reference else None
    return limit is not None and any(d.end is not None and d.end < limit for d in scene.dates_in.get(sentence, ()))


VoiceBefore = tuple[str, Voice | None]
"""How near the event stands that the text tells just before another, and who tells it (None: the outlet)."""


def find_voices_of(scene: Scene, drafts: list[Draft]) -> list[tuple[Voice | None, list[str]]]:
    """Who tells each event, one after the other; None for the outlet itself."""
    held = [voices_of(scene, draft) for draft in drafts]
    open_to = [[v for v in voices if not _only_denies(scene, draft, v)] for draft, voices in zip(drafts, held, strict=True)]
    weights = model("voice")
    leans = weights.lean(scene.rows, [voice_anchors(draft, v) for draft, voices in zip(drafts, open_to, strict=True) for v in voices])
    out: list[tuple[Voice | None, list[str]]] = []
    before: VoiceBefore | None = None
    at = 0
    for number, (draft, voices) in enumerate(zip(drafts, open_to, strict=True)):
        if number:
            before = nearness(scene, drafts[number - 1], draft), out[-1][0]
        asked = [voice_signs(scene, draft, voice, held[number], before) for voice in voices]
        best = weights.likeliest(asked, leans[at : at + len(asked)], _VOICE)
        at += len(asked)
        out.append((None, []) if best is None else (_whose_words(voices[best], draft), asked[best]))
    return out


def _whose_words(voice: Voice, draft: Draft) -> Voice:
    """«قال التلفزيون السوري نقلا عن مصدر عسكري إن …»: whose words it is that tell an event where another only carries them."""
    told = voice.quotes
    return told if told is not None and any(told.reach[0] <= t.first < told.reach[1] for t in draft.triggers) else voice


def _only_denies(scene: Scene, draft: Draft, voice: Voice) -> bool:
    """Whether a voice says of an event that others tell as done nothing but that it was not: it is no source of it."""
    if not voice.denies:
        return False
    told = {id(t): refused(scene, t.first, t.sentence) for t in draft.triggers}
    reached = [t for t in draft.triggers if voice.reach[0] <= t.first < voice.reach[1]]
    reached = [t for t in reached if not t.form.person] or reached  # أن تكون القوات قد أطلقت النار على المتظاهرين
    return not all(told.values()) and bool(reached) and all(told[id(t)] for t in reached)


def voices_of(scene: Scene, draft: Draft) -> list[Voice]:
    """The voices that can tell an event, each speaker once, the nearest of his voices: those that reach a word of it or open beside it, the
    one that spoke last before it, the first of the report, and the one whose words the report is."""
    found: list[Voice] = []
    seen: set[object] = set()

    def take(voice: Voice | None) -> None:
        if voice is None:
            return
        key = _speaker(scene, voice)
        if key not in seen:
            seen.add(key)
            found.append(voice)

    for trigger in draft.triggers:
        take(voice_at(scene.voices, trigger.first))
    own = sorted({t.sentence for t in draft.triggers})
    for sentence in own:
        for voice in scene.voices_in.get(sentence, ()):
            take(voice)
    for sentence in own:
        take(next((v for v in scene.voices_in.get(sentence + 1, ()) if v.rule != "statement"), None))
    take(_last_before(scene, own[0], min(t.first for t in draft.triggers)))
    voices = scene.voices.all
    if voices:
        take(next((v for v in voices[:2] if v.rule != "statement"), None))
        take(voices[0] if voices[0].rule == "statement" else None)
    return found


def _speaker(scene: Scene, voice: Voice) -> tuple[str, str | None]:
    """Whose voice it is."""
    return scene.document.text(voice.first, voice.last), voice.id


def _last_before(scene: Scene, sentence: int, token: int) -> Voice | None:
    """The voice that opened last before a token; a report that is silent for long has none."""
    for number in range(sentence, max(sentence - _SILENCE, -1), -1):
        for voice in reversed(scene.voices_in.get(number, ())):
            if voice.opener < token and voice.rule != "statement":
                return voice
    return None


def voice_signs(scene: Scene, draft: Draft, voice: Voice, held: list[Voice], before: VoiceBefore | None) -> list[str]:
    """Signs for a voice being the one that tells the event; `held` are all that can, `before` who tells the event before."""
    document = scene.document
    reached = [t.trigger for t in draft.told if voice.reach[0] <= t.trigger.first < voice.reach[1]]
    firm = [t.trigger for t in draft.told if t.kind != PART] or draft.triggers
    out = [f"rule={voice.rule}", f"kind={voice.kind}", f"carried={voice.carried}"]
    if voice.rule == "statement":
        out.append(f"statement|{len(held) == 1}")
    elif reached:
        out += ("reaches", f"reaches|{voice.rule}", f"reaches|{voice.kind}")
        out.append("reaches first" if reached[0] is draft.told[0].trigger else "reaches later")
        if all(voice.reach[0] <= t.first < voice.reach[1] for t in firm):
            out.append("reaches all")
        if any(t in firm for t in reached):
            out.append("reaches firm")
        if any(t.verbal for t in reached):
            out.append("reaches verb")
        if len(reached) > 1:
            out.append("reaches many")
        lead = min(t.sentence for t in reached) - max(document.headline, 0)
        out.append(f"at{min(lead, 3)}")
        if all(t.sentence == document.headline for t in firm if t not in reached):
            out.append("else only the headline")
        if any(scene.counts_in.get(t.sentence) for t in reached):
            out.append("figures")
    else:
        out += _beside_signs(scene, draft, voice, held)
    if len(held) == 1:
        out.append("only voice")
        out.append(f"only voice|{bool(reached)}")
    if voice.denies:
        out.append("denies")
    if before is not None:
        near, chosen = before
        has = "outlet" if chosen is None else "this" if _speaker(scene, chosen) == _speaker(scene, voice) else "other"
        out += (f"before={has}|{near}", f"before={has}|{near}|{bool(reached)}")
    return out


def _beside_signs(scene: Scene, draft: Draft, voice: Voice, held: list[Voice]) -> list[str]:
    """Signs of a voice that reaches no word of the event: how far before or behind it opens, in which paragraph, as which of all voices."""
    document = scene.document
    parts = document.sentences
    opened = document.sentence_of[voice.opener]
    own = [t.trigger.sentence for t in draft.told]
    behind = opened - own[-1]
    out = ["beside", f"beside{min(max(behind, -3), 2)}", f"beside|{voice.rule}", f"beside|{voice.kind}"]
    if any(parts[s].paragraph == parts[opened].paragraph for s in own):
        out.append(f"same paragraph|{behind >= 0}")
    if opened <= max(document.headline, 0) + 1:
        out.append("in the lead")
    if own[0] <= document.headline:
        out.append(f"of the headline{min(max(behind, -1), 2)}")
    told = any(v.reach[0] <= t.trigger.first < v.reach[1] and v.rule != "statement" for v in held for t in draft.told)
    out.append(f"another reaches={told}")
    out.append(f"alone={sum(v.rule != 'statement' for v in held) == 1}")
    return out
