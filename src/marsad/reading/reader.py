"""From a report to its reading: the steps in their order.

lay out → furniture → names → event words → voices → counts → scene → decide, link → fill in → locate → records
"""

from __future__ import annotations

import gc
import re

import msgspec

from marsad.arabic import dates
from marsad.arabic.date_chains import chained
from marsad.arabic.date_weeks import of_their_week
from marsad.knowledge.lexicon import PREPOSITION, Lexicon, lexicon
from marsad.model import Note, Reading, Report, Residue, encodable
from marsad.reading.apart import Apart
from marsad.reading.arguments import find_parties
from marsad.reading.attribution import find_voices
from marsad.reading.counted import Counted
from marsad.reading.counting import Bound, bind_all
from marsad.reading.counts import find_counts
from marsad.reading.denial import refused
from marsad.reading.document import Document, headline_of, index_parties, lay_out
from marsad.reading.encoder import encoder
from marsad.reading.events import QUIET, Draft, decide, kept, pages_of
from marsad.reading.figures import figures_in
from marsad.reading.linking import link
from marsad.reading.manner import carried_out, find_background, find_statuses, find_voices_of, only_foils, only_supposed
from marsad.reading.mentions import find_mentions
from marsad.reading.owners import counts_for, with_own_men, with_the_named, without_speakers
from marsad.reading.records import Filled, event_of, settled
from marsad.reading.residue import mark_residue
from marsad.reading.roles import Part
from marsad.reading.scene import Scene, set_scene
from marsad.reading.setting import awaited, find_dates, find_places
from marsad.reading.spots import spots_of
from marsad.reading.triggers import Trigger, find_triggers
from marsad.reading.weights import Field

_ARABIC = re.compile("[\u0621-\u064a\ufb50-\ufdff\ufe70-\ufefc]")
_NOTES = {
    "no-arabic": "the text holds no Arabic words; nothing was read",
    "no-reference-date": "a relative date could not be resolved: the report has no reference day",
    "surrogates": "the text holds lone surrogates, read as U+FFFD",
}


def set_out(report: Report, words: Lexicon | None = None) -> Scene:
    """Everything that stands in a report's text, before anything is decided."""
    return _scene_of(_laid_out(report, words))


def _laid_out(report: Report, words: Lexicon | None = None) -> Document:
    document = lay_out(report, words or lexicon(), encodable(report.text))
    mark_residue(document)
    return document


def _scene_of(document: Document) -> Scene:
    document.headline = headline_of(document)
    found = of_their_week(document.words, dates.find(document.words, document.reference))
    document.dates = chained(document.words, found, document.reference)
    find_mentions(document)
    index_parties(document)
    triggers = find_triggers(document)
    _release_places(document, triggers)
    triggers = _apart_from_names(document, _apart_from_places(document, triggers))
    _release_words(document, triggers)
    return set_scene(document, triggers, find_voices(document), find_counts(document, triggers))


def _release_places(document: Document, triggers: list[Trigger]) -> None:
    """A verb that stands with a word that belongs to it is no word for a place, nor is what stands behind it an unlisted name: عين المجلس محافظا."""
    forms = document.forms
    verbs = {t.first for t in triggers if t.verbal and t.partners and not (t.first and forms[t.first - 1].pos & PREPOSITION)}
    stay = [n for n, m in enumerate(document.places) if not (m.cued and m.row < 0 and m.head == m.first and m.first in verbs)]
    if len(stay) < len(document.places):
        now = {before: n for n, before in enumerate(stay)}
        document.places = [document.places[n] for n in stay]
        for mention in document.places:
            mention.parent_of = now.get(mention.parent_of, -1)


def _apart_from_places(document: Document, triggers: list[Trigger]) -> list[Trigger]:
    """The words that tell events without the names of places that a word for a place stands in front of: مدينة تدمر."""
    named = {k for mention in document.places if mention.cued for k in range(mention.first, mention.last + 1)}
    return [t for t in triggers if not (t.verbal and t.first == t.last and t.first in named and t.first - 1 not in named)]


def _apart_from_names(document: Document, triggers: list[Trigger]) -> list[Trigger]:
    """… and without those that stand in the name of a listed body, behind its first word: هيئة تحرير الشام، منظمة حظر الأسلحة الكيميائية، مركز المصالحة."""
    named = {k for m in document.actors if m.id and m.label != "named" for k in range(m.first + 1, m.last + 1)}
    return [t for t in triggers if not (t.first in named and t.last in named)]


def _release_words(document: Document, triggers: list[Trigger]) -> None:
    """A word that tells an event or its harm (قتلى، عملية عسكرية، فتح) is nobody's name, the lone انتحاري excepted."""
    taken = {k for t in triggers if t.verbal or t.harm or t.last > t.first for k in range(t.first, t.last + 1)}
    document.actors = [m for m in document.actors if not (m.first in taken and m.last in taken) or m.label == "named"]
    index_parties(document)


def _by_their_figures(scene: Scene, draft: Draft, bounds: list[Bound], parts: list[Part]) -> list[Part]:
    """The parties of an event by what its figures say of whose people were hit."""
    parts = with_own_men(scene, draft, bounds, without_speakers(scene, draft, bounds, parts))
    return with_the_named(scene, bounds, parts)


def drafts_of(scene: Scene) -> list[Filled]:
    """The events of a scene with all that was found for each, in the order in which the text first tells them."""
    pages = pages_of(scene) if scene.triggers else []
    if all(page.margin < QUIET for page in pages):
        return []
    scene.rows = Field(encoder().encode(scene, anchors_of(scene)))
    drafts = kept(link(scene, decide(scene)), pages)
    drafts.sort(key=lambda d: min(t.trigger.first for t in d.told))
    return [
        one for one in fill_in_all(scene, drafts) if not only_supposed(scene, one.draft, one.status) and not only_foils(scene, one.draft, drafts)
    ]  # fmt: skip


def anchors_of(scene: Scene) -> set[int]:
    """The tokens that a decision can be about: those of event words, parties, places, dates, figures and voices."""
    document = scene.document
    out = {0}
    for trigger in scene.triggers:
        out.update((trigger.first, trigger.last))
    out.update(mention.first for mention in document.actors)
    out.update(mention.first for mention in document.places)
    for date in document.dates:
        out.update((date.first, date.last))
    for voice in scene.voices.all:
        out.update((voice.first, voice.opener))
    for sentence in scene.triggers_in:
        for figure in figures_in(scene, sentence):
            out.update((figure.first, figure.noun if figure.noun >= 0 else figure.last))
    return out


def fill_in_all(scene: Scene, drafts: list[Draft]) -> list[Filled]:
    """Everything that was found for each draft."""
    parties, places = find_parties(scene, drafts), find_places(scene, drafts)
    dates = find_dates(scene, drafts)
    days = [date for date, _ in dates]
    statuses, background = find_statuses(scene, drafts, days), find_background(scene, drafts, days)
    dates = [awaited(scene, draft, dated, status) for draft, dated, (status, _) in zip(drafts, dates, statuses, strict=True)]
    voices, figures = find_voices_of(scene, drafts), bind_all(scene, drafts)
    told = zip(drafts, figures, parties, strict=True)
    parties = [_by_their_figures(scene, *one) for one in told]
    statuses = [carried_out(*one) for one in zip(drafts, statuses, figures, parties, strict=True)]
    return [
        Filled(
            draft,
            parties[k],
            places[k],
            dates[k][0],
            statuses[k][0],
            background[k][0],
            voices[k][0],
            settled(scene, _told_so(scene, statuses[k][0], counts_for(scene, draft, figures[k], parties[k]))),
            {"date": dates[k][1], "status": statuses[k][1], "background": background[k][1], "source": voices[k][1]},
        )
        for k, draft in enumerate(drafts)
    ]


def _told_so(scene: Scene, status: str, counts: list[Counted]) -> list[Counted]:
    """The counts without those that somebody denies of an event that is not itself denied: «نفى التحالف مقتل مدنيين في الغارة»."""
    return counts if status == "denied" else [count for count in counts if not refused(scene, count.first, count.sentence)]


def read(report: Report) -> Reading:
    """What a report tells: its events with their fields, each with its place in the text. Reading twice gives the same.

    The collector of cycles rests meanwhile: reading makes no cycles, and all that it makes stays until the end, to be looked at in vain, the longer the
    text the oftener. Of threads that read at once, the first to end wakes it for all.
    """
    awake = gc.isenabled()
    gc.disable()
    try:
        return read_whole(report)[0]
    finally:
        if awake:
            gc.enable()


def read_whole(report: Report) -> tuple[Reading, Scene, list[Filled]]:
    """A reading, and the scene and the drafts that it was made from; these are of the report without its furniture."""
    if report.residue:
        apart = Apart(report)
        reading, scene, filled = read_whole(apart.report)
        residue = tuple(sorted((*report.residue, *apart.back(reading.residue)), key=lambda r: r.span))
        whole = msgspec.structs.replace(
            reading, sha256=report.sha256, text=encodable(report.text), residue=residue, events=apart.back(reading.events), notes=reading.notes
        )
        return whole, scene, filled
    document = _laid_out(report)
    words = document.words
    if document.silent:  # furniture by its words: it is as far away as that which the markup showed, so that a text and its page are read alike
        shown = tuple(Residue((words.starts[begin], words.ends[end - 1]), kind) for begin, end, kind in document.silent)
        notes = report.notes if words.text == report.text else (*report.notes, Note("surrogates", _NOTES["surrogates"]))
        return read_whole(msgspec.structs.replace(report, text=words.text, residue=shown, notes=notes))
    codes: dict[str, None] = {}
    scene = _scene_of(document)
    filled = drafts_of(scene)
    scene.lies = spots_of(document, [part.mention for one in filled for part in one.places])
    events = tuple(event_of(scene, one, scene.lies, lambda code: codes.setdefault(code)) for one in filled)
    if report.text.strip() and not _ARABIC.search(report.text):
        codes["no-arabic"] = None
    if words.text != report.text:
        codes["surrogates"] = None
    reading = Reading(
        id=report.id,
        sha256=report.sha256,
        reference_date=report.date,
        outlet=report.outlet,
        title=report.title,
        url=report.url,
        text=words.text,
        residue=(),
        notes=(*report.notes, *(Note(code, _NOTES[code]) for code in codes)),
        events=events,
    )
    return reading, scene, filled
