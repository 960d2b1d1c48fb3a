"""From a draft to an event of the model: names as written, figures settled, every field with its span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, cast

from marsad.arabic import numbers
from marsad.arabic.dates import Date
from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import NOUN
from marsad.knowledge.wordlists import types, words
from marsad.model import Actor, ActorRole, Count, Event, EventDate, EventType, Place, PlaceRole, Source, Span, Status, Who
from marsad.reading.attribution import Voice, as_source, voice_at
from marsad.reading.counted import Counted
from marsad.reading.document import Mention
from marsad.reading.events import Draft
from marsad.reading.owners import OF_GROUPS, OF_STATES
from marsad.reading.roles import HITS_CIVILIANS, Part, is_back
from marsad.reading.scene import Scene
from marsad.reading.spot import Spot

_EVIDENCE: Final = 500  # characters
_PEOPLE: Final = words("records.people")
_HITS_PEOPLE: Final = types("records.hits_people")
_OF_CIVILIANS: Final = types("records.of_civilians")
_OF_CROWDS: Final = types("records.of_crowds")
_CROWDS: Final = types("records.crowds")


@dataclass(slots=True, eq=False)
class Filled:
    """A draft with everything that was found for it."""

    draft: Draft
    parties: list[Part]
    places: list[Part]
    date: Date | None
    status: str
    background: bool
    voice: Voice | None
    counts: list[Counted] = field(default_factory=list)
    why: dict[str, list[str]] = field(default_factory=dict)


def event_of(scene: Scene, filled: Filled, spots: dict[int, Spot], ask: Callable[[str], None]) -> Event:
    """The event as the model has it; `spots`: where its places lie, by `id(mention)`; `ask` takes the codes of notes."""
    document = scene.document
    draft = filled.draft
    return Event(
        type=cast(EventType, draft.kind),
        status=cast(Status, filled.status),
        background=filled.background,
        repeats=_repeats(scene, draft),
        mentions=mentions_of(scene, draft),
        date=_date(scene, filled.date, ask),
        places=tuple(_place(scene, part, spots[id(part.mention)]) for part in filled.places),
        actors=_actors(scene, draft, filled.parties),
        counts=tuple(_count(scene, filled, counted) for counted in filled.counts),
        source=as_source(document, filled.voice) if filled.voice is not None else Source(document.report.outlet, None, "outlet", None),
        location_of_evidence=_evidence(scene, draft),
    )


def mentions_of(scene: Scene, draft: Draft) -> tuple[Span, ...]:
    """The words that tell the event; words of its harm only where nothing else tells it in their sentence."""
    firm = {t.trigger.sentence for t in draft.told if not t.trigger.harm}
    found = [t.trigger for t in draft.told if not t.trigger.harm or t.trigger.sentence not in firm]
    return tuple(sorted({scene.document.span(t.first, t.last) for t in found}))


def _repeats(scene: Scene, draft: Draft) -> int | None:
    """ثلاث غارات, غارتين: how many alike events one word tells."""
    document = scene.document
    for told in draft.told:
        trigger = told.trigger
        if trigger.verbal or trigger.harm or not trigger.form.pos & NOUN:
            continue
        noun = trigger.form.noun
        if noun is not None and noun[2] == "d" and noun[4] == "free" and noun[1] in ("event", "masdar"):
            return 2
        part = document.sentences[trigger.sentence]
        if trigger.first > part.begin:
            begin = max(part.begin, trigger.first - 4)
            for number in numbers.find_in(document.words, begin, trigger.first + 1):
                if number.after == trigger.first and number.form in ("figure", "words") and 1 < number.low < 10_000:
                    return number.low
    return None


def _date(scene: Scene, date: Date | None, ask: Callable[[str], None]) -> EventDate:
    reference = scene.document.reference
    if date is None:
        return EventDate(reference, reference, "unknown", None)
    if date.start is None or date.end is None:
        ask("no-reference-date")
        return EventDate(None, None, "unknown", date.span)
    return EventDate(date.start, date.end, date.precision, date.span)


def _place(scene: Scene, part: Part, spot: Spot) -> Place:
    mention = part.mention
    span = _named(scene, mention.first, mention.last)
    return Place(
        name=scene.document.words.text[span[0] : span[1]],
        role=cast(PlaceRole, part.role),
        relation=mention.relation,
        distance_km=mention.distance_km,
        admin1=spot.admin1 or (mention.admin1 if spot.country == mention.country else None),
        country=spot.country or mention.country,
        span=span,
        lat=spot.lat,
        lon=spot.lon,
        precision=spot.precision,
        radius_km=spot.radius_km,
        gazetteer_id=spot.gazetteer_id,
        name_en=spot.name_en,
        admin2=spot.admin2,
        alternatives=spot.alternatives,
    )


def _named(scene: Scene, first: int, last: int) -> Span:
    """The characters of a name, with the mark that closes one which opens within it: تنظيم "داعش"."""
    document = scene.document
    span = document.span(first, last)
    behind = document.words.text[span[1] : span[1] + 1]
    if behind in _CLOSES:
        told = document.words.text[span[0] : span[1]]
        opens = _CLOSES[behind]
        if told.count(opens) % 2 if opens == behind else told.count(opens) > told.count(behind):
            return span[0], span[1] + 1
    return span


_CLOSES: Final = {'"': '"', "»": "«", "”": "“", ")": "("}


def _actors(scene: Scene, draft: Draft, parts: list[Part]) -> tuple[Actor, ...]:
    """The parties of an event; who holds an office of one that stands in the same role is one with it, and so are civilians and protesters by several words
    («المئات», «الشبان») and whoever is told with no name beside his own party («المسلحون … التنظيم»)."""
    there = {(part.mention.id, part.role) for part in parts}
    ids = [doers_id(draft.kind, part.role, part.mention.id) or part.mention.holds or _people_id(scene, draft.kind, part) for part in parts]
    out: list[Actor] = []
    told: set[tuple[str | None, str]] = set()
    for part, id_ in zip(parts, ids, strict=True):
        mention = part.mention
        if mention.id is None and mention.holds is not None:
            if (mention.holds, part.role) in there:
                continue
            there.add((mention.holds, part.role))
        if id_ in _UNNAMED and mention.label != "named":
            if (id_, part.role) in told:
                continue
            told.add((id_, part.role))
        others = {other for other, beside in zip(ids, parts, strict=True) if other is not None and beside.role == part.role}
        if id_ is None and _is_of_others(scene, part, others):
            continue
        span = _named(scene, mention.first, mention.last)
        out.append(Actor(scene.document.words.text[span[0] : span[1]], id_, cast(ActorRole, part.role), span))
    return tuple(out)


def _is_of_others(scene: Scene, part: Part, others: set[str]) -> bool:
    """Whether a word for people who are named by nothing else means those who stand in the same role by their ids: «شخصا» beside civilians; «القوات», «المسلحون»,
    «مقاتليها» beside a party. «مسلحون» may be others."""
    if part.mention.label == "neutral":
        return part.mention.last == part.mention.first and not others.isdisjoint(_UNNAMED)
    return bool(others.difference(_UNNAMED, ("unidentified",))) and is_back(scene, part.mention)


_UNNAMED: Final = ("civilians", "protesters")


def doers_id(kind: str, role: str, id_: str | None) -> str | None:
    """The id of a party in an event: the doers of a protest are protesters, though their word only says that they are civilians («عمال يعتصمون أمام المصنع»)."""
    return "protesters" if id_ == "civilians" and role == "initiator" and kind in _CROWDS else id_


def _people_id(scene: Scene, kind: str, part: Part) -> str | None:
    """The id of people who are told as no more than that (شخص، شبان), by what befalls them or what they do."""
    label, noun = part.mention.label, scene.document.forms[part.mention.first]
    if part.role == "target" and label in ("neutral", "named") and kind in HITS_CIVILIANS:
        return "civilians"
    if label != "neutral" or part.role == "beneficiary" or noun.enclitic or noun.noun is None or fold(str(noun.noun[0])) not in _PEOPLE:
        return None
    if part.role == "target":
        return "civilians" if kind in _HITS_PEOPLE else None
    return "civilians" if kind in _OF_CIVILIANS else "protesters" if kind in _OF_CROWDS else None


# --- figures ------------------------------------------------------------------------------------------------------------


def settled(scene: Scene, counts: list[Counted]) -> list[Counted]:
    """The counts of an event: told twice is once; a later toll of the same voice replaces an earlier one."""
    out: list[Counted] = []
    for counted in counts:
        for number, earlier in enumerate(out):
            if earlier.what != counted.what or (earlier.part != counted.part and not _same_figure(earlier, counted)):
                continue
            if not _same_people(scene, earlier, counted) or _joined(scene, earlier, counted):
                continue
            if _same_figure(earlier, counted):
                out[number] = _fuller(earlier, counted)
                break
            if counted.others or earlier.others or counted.sentence == earlier.sentence:
                continue
            if _vague(counted) or (_vague(earlier) and not counted.part):
                out[number] = earlier if _vague(counted) and not _vague(earlier) else counted
                break
            if _same_voice(scene, earlier, counted) and not counted.part:
                out[number] = counted if _may_replace(earlier, counted) else earlier
                break
        else:
            out.append(counted)
    return out


def _may_replace(earlier: Counted, later: Counted) -> bool:
    """Whether a later toll can be a newer one: tolls grow, and fewer are a part of those told of before («اعتقلت 14 مواطنا … واعتقلت في المخيم خمسة»)."""
    return later.high is None or later.high >= earlier.low


def _joined(scene: Scene, earlier: Counted, counted: Counted) -> bool:
    """«قتل شاب ووالدته»: one more beside the other, and no second telling of him."""
    one_more = counted.high is not None and earlier.sentence == counted.sentence and earlier.first != counted.first
    return one_more and scene.document.forms[counted.first].conjunction == "و"


def _same_figure(a: Counted, b: Counted) -> bool:
    return (a.low, a.high) == (b.low, b.high)


def _vague(counted: Counted) -> bool:
    return counted.low <= 2 and counted.high is None


def _fuller(a: Counted, b: Counted) -> Counted:
    """The one that says more of whom it counts; the earlier one where both say the same."""
    if a.part != b.part:
        return a if not a.part else b
    rank_a = (a.who_id is not None, a.who is not None)
    rank_b = (b.who_id is not None, b.who is not None)
    return b if rank_b > rank_a else a


def _same_people(scene: Scene, a: Counted, b: Counted) -> bool:
    """Whether two counts can be of the same people: no two parties, no fighters beside civilians."""
    if a.who_id and b.who_id:
        return a.who_id == b.who_id
    if {a.who_label, b.who_label} & {"civilian"} and {a.who_label, b.who_label} & {"fighter"}:
        return False
    return {_serves(scene, a), _serves(scene, b)} != {True, False}


def _serves(scene: Scene, counted: Counted) -> bool | None:
    """Whether those who are counted serve a state (17 جنديا) or no state (101 إرهابي); None where their noun does not say."""
    noun = scene.document.forms[counted.who[0]].noun if counted.who is not None else None
    word = fold(str(noun[0])) if noun is not None else ""
    return True if word in OF_STATES else False if word in OF_GROUPS else None


def _same_voice(scene: Scene, a: Counted, b: Counted) -> bool:
    first, second = voice_at(scene.voices, a.first), voice_at(scene.voices, b.first)
    if first is None or second is None:
        return True
    return (first.first, first.last) == (second.first, second.last) or bool(first.id and first.id == second.id)


def _count(scene: Scene, filled: Filled, counted: Counted) -> Count:
    document = scene.document
    id_ = counted.who_id
    name = None
    if counted.who is not None:
        span = _named(scene, *counted.who)
        name = document.words.text[span[0] : span[1]]
    source = None
    voice, teller = voice_at(scene.voices, counted.first), filled.voice
    if voice is not None and teller is None and voice is not voice_at(scene.voices, filled.draft.told[0].trigger.first):
        source = as_source(document, voice)  # قتل 37 في انفجار، فيما قال مسعفون إن العدد بلغ 41
    elif voice is not None and teller is not None and (voice.first, voice.last) != (teller.first, teller.last):
        if not (voice.id and voice.id == teller.id):
            source = as_source(document, voice)
    first = counted.first
    return Count(cast(Any, counted.what), counted.low, counted.high, Who(name, id_), counted.part, source, document.span(first, counted.last))


# --- evidence --------------------------------------------------------------------------------------------------------------


def _evidence(scene: Scene, draft: Draft) -> Span:
    """The sentences that tell the event, from the first to the last of them if they lie close, else those of its fullest telling."""
    document = scene.document
    sentences = sorted({t.trigger.sentence for t in draft.told})
    if len(sentences) > 1 and sentences[0] == document.headline:
        sentences = sentences[1:]
    begin, end = _passage(scene, sentences[0])
    for sentence in sentences[1:]:
        further = _passage(scene, sentence)
        if further[1] - begin <= _EVIDENCE:
            end = further[1]
    if end - begin <= _EVIDENCE:
        return begin, end
    words = document.words
    at = next(t.trigger for t in draft.told if t.trigger.sentence == sentences[0])
    start, stop = words.starts[at.first], words.ends[at.last]
    left = max(begin, start - _EVIDENCE // 2)
    right = min(end, max(stop, left + _EVIDENCE))
    first = bisect_left(words.starts, left)
    last = bisect_right(words.ends, right) - 1
    return words.starts[first], words.ends[last]


def _passage(scene: Scene, sentence: int) -> Span:
    part = scene.document.sentences[sentence]
    return scene.document.words.starts[part.begin], scene.document.words.ends[part.end - 1]


def party_name(scene: Scene, mention: Mention) -> str:
    """The words of a mention as they stand in the text."""
    start, end = scene.document.span(mention.first, mention.last)
    return scene.document.words.text[start:end]
