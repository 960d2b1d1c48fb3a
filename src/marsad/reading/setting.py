"""Where and when of an event: which places and dates around its words are its own.

The same way of asking as in `arguments.py`: what speaks for a place or a date is the way between it and the event word, what stands in front of it, what it is
the parent of, and whether another event stands nearer.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import replace
from typing import Final

from marsad.arabic.dates import Date
from marsad.arabic.days import to_come
from marsad.knowledge.wordlists import words
from marsad.reading.arguments import PATH, Before, around, entities, foreign_between, held_roles, nearest, nearness, sentences_of, words_of
from marsad.reading.document import Document, Mention
from marsad.reading.events import Draft, tellers
from marsad.reading.manner import BY_SENTENCE
from marsad.reading.places_listed import is_dateline
from marsad.reading.places_settled import TOWARDS
from marsad.reading.roles import MOST_PAIRS, Part
from marsad.reading.scene import Scene, key_of, window
from marsad.reading.sections import days_of
from marsad.reading.signs import kind_of
from marsad.reading.triggers import Trigger
from marsad.reading.undated import compares, counts_alike, is_of_another
from marsad.reading.weights import Anchors, Array, Asked, model

PLACE_ROLES: Final = ("none", "at", "from", "to")
_CARRIED: Final = 7  # sentences over which a date is carried on


# --- places ------------------------------------------------------------------------------------------------------------


def find_places(scene: Scene, drafts: list[Draft]) -> list[list[Part]]:
    """The places of each event with their roles, the finest first, each followed by the parents that the text tells."""
    near = [spots_near(scene, draft, before) for before, draft in zip([None, *drafts], drafts, strict=False)]
    asked = [place_anchors(draft, mentions) for draft, spots in zip(drafts, near, strict=True) for mentions in spots]
    leans = iter(model("place").lean(scene.rows, asked))
    out: list[list[Part]] = []
    before: Before | None = None
    for number, (draft, spots) in enumerate(zip(drafts, near, strict=True)):
        if number:
            before = drafts[number - 1], nearness(scene, drafts[number - 1], draft), held_roles(scene, out[-1])
        out.append(_places_of(scene, drafts, draft, spots, [next(leans) for _ in spots], before))
    return out


def _places_of(scene: Scene, drafts: list[Draft], draft: Draft, near: list[list[Mention]], leans: list[Array], before: Before | None) -> list[Part]:
    weights = model("place")
    out: list[Part] = []
    chosen: dict[int, str] = {}
    for mentions, lean in zip(near, leans, strict=True):
        signs = place_signs(scene, drafts, draft, mentions, chosen, before)
        scores: list[float] = (weights.wide(signs) + lean).tolist()
        best = max(range(len(scores)), key=scores.__getitem__)
        for mention in mentions:
            chosen[id(mention)] = PLACE_ROLES[best]
        if best:
            out.append(Part(_shown(scene, mentions, PLACE_ROLES[best]), PLACE_ROLES[best], scores[best] - scores[0], signs))
    out.sort(key=lambda part: _coarseness(part.mention))
    return out


def _shown(scene: Scene, mentions: list[Mention], role: str) -> Mention:
    """The mention by which a place is told: in «السويداء – قتل سبعة شرقي مدينة السويداء» the one that says how the event lies to it, in «طويلة غربي الفاشر …
    فارة من الفاشر» the one from which somebody goes."""
    document, first = scene.document, mentions[0]
    here = [mention for mention in mentions if mention.sentence == first.sentence]
    if role in ("from", "to"):
        return next((mention for mention in here if _goes(document, mention, role)), first)
    return here[1] if len(here) > 1 and is_dateline(document, first.head, first.last) else first


def _goes(document: Document, mention: Mention, role: str) -> bool:
    """Whether «من», or «إلى» and the like, stands in front of the phrase of a place."""
    before = document.forms[mention.head - 1] if mention.head else None
    return before is not None and before.bare in TOWARDS and (before.bare == "من") == (role == "from")


def spots_near(scene: Scene, draft: Draft, before: Draft | None) -> list[list[Mention]]:
    """The places of an event's sentences and of those beside them, and behind them what the report elsewhere tells as their parents. Where its
    own sentences name none, also those of the event told just before."""
    found = entities(scene, draft, scene.places_in)
    own = sentences_of(draft)
    if before is not None and not any(scene.places_in.get(s) for s in own):
        for sentence in sorted(sentences_of(before)):
            for mention in scene.places_in.get(sentence, ()):
                found.setdefault(key_of(scene.document, mention), [mention])
    for key, mentions in list(found.items()):
        if mentions[0].sentence in own:
            for parent, mention in scene.parents.get(key, {}).items():
                found.setdefault(parent, [mention])
    return list(found.values())


def _coarseness(mention: Mention) -> int:
    return {"country": 3, "admin1": 2, "region": 2, "governorate": 2, "province": 2}.get(mention.label, 0 if mention.parent_of < 0 else 1)


def place_anchors(draft: Draft, mentions: list[Mention]) -> Anchors:
    """The event's words nearest to the mentions of a place, and these."""
    some = mentions[:MOST_PAIRS]
    near = [t.first for m in some if (t := nearest(draft, m.sentence, m.head)) is not None]
    return list(dict.fromkeys(near)) or words_of(draft), [m.first for m in some]


def place_signs(scene: Scene, drafts: list[Draft], draft: Draft, mentions: list[Mention], chosen: dict[int, str], before: Before | None) -> list[str]:
    """Signs for the role of one place; `chosen` are the roles given to the mentions before it (for parents), `before` those in the event told before."""
    kind = draft.kind
    label = mentions[0].label if mentions[0].row >= 0 else "cued"
    out: dict[str, None] = {f"label={label}": None, f"label={label}|{kind}": None}
    own = sentences_of(draft)
    inside = 0
    for mention in mentions[:MOST_PAIRS]:
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
            for sign in (f"off={where}|{has}", f"off|{label}|{has}", f"off|sole{sole}|{has}", f"off={where}|{crowded(scene, drafts, mention.sentence)}"):
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
    if before is not None:
        _, near, roles = before
        role = roles.get(key_of(scene.document, mentions[0]), "none")[:1]
        out[f"before={role}|{near}|{inside > 0}"] = None
        out[f"before={role}|{near}|{inside > 0}|{any(scene.places_in.get(s) for s in own)}"] = None
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


def crowded(scene: Scene, drafts: list[Draft], sentence: int) -> str:
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
    short = path if len(path) <= PATH else path[: PATH - 1] + "~"
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
        if foreign_between(scene, drafts, draft, trigger, mention):
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
    """For each event the date that the text tells for it (None if it tells none) and the signs that spoke for it: one event after the other."""
    near = [dates_near(scene, draft) for draft in drafts]
    weights = model("date")
    leans = weights.lean(scene.rows, [date_anchors(scene, draft, date) for draft, dates in zip(drafts, near, strict=True) for date in dates])
    out: list[tuple[Date | None, list[str]]] = []
    before: DayBefore | None = None
    at = 0
    for number, (draft, dates) in enumerate(zip(drafts, near, strict=True)):
        if number:
            before = nearness(scene, drafts[number - 1], draft), out[-1][0]
        asked = [date_signs(scene, drafts, draft, date, before) for date in dates]
        plainly = len(drafts) == 1 and len(dates) == 1 and scene.document.sentence_of[dates[0].first] in sentences_of(draft)
        best = weights.likeliest(asked, leans[at : at + len(asked)], _PLAINLY if plainly else 0.0)
        at += len(asked)
        out.append((None, []) if best is None else (dates[best], asked[best]))
    return _with_extent(scene, drafts, _with_days_of_sections(scene, drafts, out))


def _with_days_of_sections(scene: Scene, drafts: list[Draft], dates: list[tuple[Date | None, list[str]]]) -> list[tuple[Date | None, list[str]]]:
    """The dates of events, with the day in the heading above for each that has none of its own («السبت 6 تموز»), nor one in its sentence that is no other's."""
    days = days_of(scene.document)
    if not days:
        return dates
    taken = {date.first for date, _ in dates if date is not None}
    out = list(dates)
    for number, (draft, (date, _)) in enumerate(zip(drafts, dates, strict=True)):
        first = next((t.sentence for t in draft.triggers if t.sentence > days[0][0]), None)
        if date is None and first is not None and not _looks_back(scene, first) and all(d.first in taken for d in scene.dates_in.get(first, ())):
            out[number] = next(day for sentence, day in reversed(days) if sentence < first), ["heading"]
    return out


def _looks_back(scene: Scene, sentence: int) -> bool:
    """Whether a paragraph begins with «يذكر أن» or the like, and so tells of no day of its heading."""
    parts = scene.document.sentences
    while sentence and parts[sentence - 1].paragraph == parts[sentence].paragraph:
        sentence -= 1
    return scene.document.forms[parts[sentence].begin].bare in _LOOKS_BACK


_LOOKS_BACK: Final = words("setting.looks_back")
_PLAINLY: Final = -1.5
"""How much may speak against the only day of the only event of a report, told in a sentence of its own."""
DayBefore = tuple[str, Date | None]
"""How near the event stands that the text tells just before another, and its date as it stands in the text."""
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


def awaited(scene: Scene, draft: Draft, dated: tuple[Date | None, list[str]], status: str) -> tuple[Date | None, list[str]]:
    """The date of an event, and what spoke for it: of one that is still to come, a weekday or a month for itself is the next one («يلتقي الوفدان الجمعة»),
    but the last one of what was to come («كان مقررا أن يلتقيا الجمعة»), and of a sentence («قضت يوم 12 أكتوبر بإعدام ستة»). What happened this year
    («قتل 12 هذا العام») happened up to the report's day."""
    date, signs = dated
    reference = scene.document.reference
    if reference is None or date is None or date.start is None or date.end is None:
        return dated
    if status != "planned":
        so_far = date.precision == "year" and date.start <= reference < date.end and date.start.year == reference.year
        return (replace(date, end=reference), [*signs, "rule=so far"]) if so_far else dated
    if draft.kind in BY_SENTENCE or _was_to_come(scene, draft):
        return dated
    try:
        start, end = to_come(date.start, date.end, date.recurs, reference)
    except (OverflowError, ValueError):
        return dated
    return dated if start == date.start else (replace(date, start=start, end=end), [*signs, "rule=to come"])


def _was_to_come(scene: Scene, draft: Draft) -> bool:
    forms = scene.document.forms
    return any(forms[k].bare in _WAS for told in draft.told for k in window(scene, told.trigger, _FAR_BEFORE) if k < told.trigger.first)


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
    beside = around(scene, draft)
    found = [
        d
        for s in beside
        for d in scene.dates_in.get(s, ())
        if not ((d.since and compares(scene, d)) or counts_alike(scene, d) or is_of_another(scene, d, draft))
    ]
    own = sentences_of(draft)
    if not any(scene.dates_in.get(s) for s in own):
        for sentence in range(min(own) - 2, max(min(own) - _CARRIED, 0) - 1, -1):
            if scene.dates_in.get(sentence) and sentence not in beside:
                found.append(scene.dates_in[sentence][-1])
                break
    return found


_OPENING: Final = 2  # words in front of a date that opens a paragraph, and beside one that stands alone
_WAS: Final = words("setting.was")
_FAR_BEFORE: Final = 8  # words between كان and what was to come


def date_anchors(scene: Scene, draft: Draft, date: Date) -> Anchors:
    """The event's word nearest to a date, and the date."""
    trigger = nearest(draft, scene.document.sentence_of[date.first], date.first)
    return [trigger.first] if trigger is not None else words_of(draft), (date.first, date.last)


def date_signs(scene: Scene, drafts: list[Draft], draft: Draft, date: Date, before: DayBefore | None) -> list[str]:
    """Signs for a date being the event's own: how it stands to the event's words, and whether the event told before has it."""
    return [*_way_to_date(scene, drafts, draft, date), *_heading_signs(scene, draft, date), *_days_before(scene, draft, date, before)]


def _days_before(scene: Scene, draft: Draft, date: Date, before: DayBefore | None) -> list[str]:
    """Whether the event told just before has this date, another one or none, and how near it stands."""
    if before is None:
        return ["before=nothing"]
    near, chosen = before
    has = "none" if chosen is None else "this" if (chosen.start, chosen.end) == (date.start, date.end) else "other"
    own = scene.document.sentence_of[date.first] in sentences_of(draft)
    return [f"before={has}|{near}", f"before={has}|{near}|{own}"]


def _heading_signs(scene: Scene, draft: Draft, date: Date) -> list[str]:
    """Whether a date opens the paragraph of the event or is a line of its own, as in a log of days, and how many dates stand between."""
    document = scene.document
    number = document.sentence_of[date.first]
    part, first = document.sentences[number], draft.told[0].trigger
    inside = document.sentences[first.sentence].paragraph == part.paragraph
    opens = date.first - part.begin <= _OPENING and (number == 0 or document.sentences[number - 1].paragraph != part.paragraph)
    alone = part.end - part.begin <= date.last - date.first + _OPENING
    ahead = date.first < first.first
    low, high = sorted((date.first, first.first))
    between = sum(low < other.first < high for s in range(document.sentence_of[low], document.sentence_of[high] + 1) for other in scene.dates_in.get(s, ()))
    return [f"heading|{inside}|{opens}|{alone}|{ahead}", f"between={min(between, 2)}|{ahead}", f"between={min(between, 2)}|{opens}|{inside}"]


def _way_to_date(scene: Scene, drafts: list[Draft], draft: Draft, date: Date) -> list[str]:
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
        return [*out, f"off={where}|{has}", f"off|{crowded(scene, drafts, sentence)}", f"off|prec={date.precision}"]
    shape = scene.shapes[sentence]
    if date.first > trigger.last:
        side, path = "R", shape.between(trigger.last, date.first)
    else:
        side, path = "L", shape.between(date.last, trigger.first)
    sort = ("V" if trigger.verbal else "N") + side
    short = path if len(path) <= PATH else path[: PATH - 1] + "~"
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
