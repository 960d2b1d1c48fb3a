"""What the projection keeps of an incident and of a report, and by what an incident is found.

`Facets` is a row of the index (`finding.Index`): short values alone, no words but the terms that it is searched by.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from marsad.arabic.search import terms
from marsad.arabic.sentences import sentences, tokenise
from marsad.knowledge.joining import ancestors
from marsad.model import Incident, Place, Span
from marsad.observatory import Kept
from marsad.release import MASK, Privacy, masked
from marsad.site.coarsening import Hidden
from marsad.site.format import arabic_name


class History(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Something that became of an incident on a day: `kind` is `reports` (so many came in) or the kind of an editor's decision."""

    day: str
    kind: str
    number: int


class PublicIncident(msgspec.Struct, frozen=True):
    """An incident as everybody sees it, what became of it, and how many of its reports are copies of others."""

    incident: Incident
    history: tuple[History, ...]
    copies: int


class Passage(msgspec.Struct, frozen=True):
    """A sentence of a report, private names masked. `paragraph`: its number; `incidents`: ids of what it tells, with the number of the event."""

    text: str
    paragraph: int
    incidents: tuple[tuple[str, str], ...] = ()


class PublicProof(msgspec.Struct, frozen=True):
    """What a report was made of: the hash of the bytes, their size, when they were fetched."""

    sha256: str
    size: int
    fetched: str | None


class PublicReport(msgspec.Struct, frozen=True):
    """A report as everybody sees it. `whole`: whether all its sentences are there, or only those that tell something."""

    id: str
    title: str | None
    date: str | None
    outlet: str | None
    url: str | None
    language: str | None
    original: str | None
    whole: bool
    passages: tuple[Passage, ...]
    proofs: tuple[PublicProof, ...]
    added: str
    text_sha256: str
    words: int


class Facets(msgspec.Struct, frozen=True, array_like=True):
    """By what an incident is found. Days are ordinals; `places`, `areas`, `outlets` are slugs; `killed`: low, best, high of the widest group."""

    type: str
    status: str
    grade: str
    review: str
    start: int | None
    end: int | None
    day_precision: str
    lat: float | None
    lon: float | None
    precision: str
    radius_km: float | None
    countries: tuple[str, ...]
    areas: tuple[str, ...]
    places: tuple[str, ...]
    actors: tuple[str, ...]
    roles: tuple[str, ...]
    outlets: tuple[str, ...]
    asserters: tuple[str, ...]
    reports: tuple[str, ...]
    killed: tuple[int, int, int | None] | None
    named: tuple[str, str]
    """The place that stands for it, in Arabic and in English; empty where there is none."""
    terms: tuple[str, ...]


def standing_place(incident: Incident) -> Place | None:
    """The place that stands for an incident: the first told that is located finest, where it happened before where it came from or went to."""
    places = sorted(incident.places, key=lambda p: (p.lat is None, p.role != "at", p.radius_km if p.radius_km is not None else 1e9))
    return places[0] if places else None


def facets_of(incident: Incident) -> Facets:
    """By what an incident, as everybody sees it, is found."""
    place = standing_place(incident)
    killed = [t for t in incident.tallies if t.what == "killed"]
    widest = max(killed, key=lambda t: (t.best, t.who is None), default=None)
    listed = [a for a in incident.actors if a.id]
    return Facets(
        type=incident.type,
        status=incident.status,
        grade=incident.grade.value,
        review=incident.review.state,
        start=incident.date.start.toordinal() if incident.date.start else None,
        end=incident.date.end.toordinal() if incident.date.end else None,
        day_precision=incident.date.precision,
        lat=None if place is None else place.lat,
        lon=None if place is None else place.lon,
        precision="unknown" if place is None else place.precision,
        radius_km=None if place is None else place.radius_km,
        countries=_each(p.country for p in incident.places),
        areas=_each(area_slug(p) for p in incident.places),
        places=_each(p.gazetteer_id and slug(p.gazetteer_id) for p in incident.places),
        actors=_each(known for a in listed for known in ancestors(a.id or "")),
        roles=_each(v for a in incident.actors for v in (f"|{a.role}", *(f"{known}|{a.role}" for known in (ancestors(a.id) if a.id else ())))),
        outlets=_each(c.publisher and outlet_slug(c.publisher) for c in incident.claims),
        asserters=_each(c.asserter.id for c in incident.claims),
        reports=incident.reports,
        killed=None if widest is None else (widest.low, widest.best, widest.high),
        named=("", "") if place is None else (arabic_name(place.gazetteer_id) or place.name, place.name_en or place.name),
        terms=tuple(sorted(set(terms(" . ".join(_words(incident)))))),
    )


def _words(incident: Incident) -> list[str]:
    said = [incident.id, *(c.words for c in incident.claims if c.words and c.about == "occurred")]
    said += [w for p in incident.places for w in (p.name, p.name_en, p.admin1) if w]
    said += [a.name for a in incident.actors if a.name]
    return [words for words in dict.fromkeys(said) if words != MASK]


def slug(id_: str) -> str:
    """An id as a part of an address that every file system takes too."""
    return re.sub(r"[^a-z0-9]+", "-", id_.removeprefix("marsad:").lower()).strip("-") or hashlib.sha256(id_.encode()).hexdigest()[:12]


def address_part(id_: str) -> str:
    """What stands for a report's id in an address: itself, or a hash where it has signs that an address or a file system takes for others."""
    return id_ if re.fullmatch(r"\w[\w.~-]{0,120}", id_, re.ASCII) and not id_.startswith("x-") else f"x-{hashlib.sha256(id_.encode()).hexdigest()[:20]}"


def area_slug(place: Place) -> str | None:
    """The first-level area of a place, with its country."""
    return f"{(place.country or '').lower()}-{slug(place.admin1)}" if place.admin1 and place.country else None


def outlet_slug(name: str) -> str:
    """The part of an address that stands for an outlet: its Latin letters, or the hash of its name."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return plain if plain and name.isascii() else f"o-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


# -- reports

_LONG: Final = 40_000  # sentences


def public_report(kept: Kept, privacy: Privacy, told: Sequence[tuple[tuple[str, str] | None, Hidden]], families: Hidden, *, whole: bool) -> PublicReport:
    """A report as everybody sees it. `told`: for each of its events the incident (id, type; None where it is withheld), and the names hidden in it;
    `families`: of private persons. Of a report that tells something withheld, headline and address are left out: they may tell it too."""
    assert kept.report is not None
    report = kept.report
    facts = privacy.report(report)
    hidden = Hidden()
    for names in (families, *(own for _, own in told)):
        hidden.update(names)
    open_ = all(incident is not None for incident, _ in told)
    passages = tuple(_passages(kept, privacy, told, hidden, whole))
    return PublicReport(
        id=facts.id,
        title=None if facts.title is None or not open_ else hidden.out_of(facts.title),
        date=None if facts.date is None else facts.date.isoformat(),
        outlet=facts.outlet,
        url=facts.url if open_ else None,
        language=facts.language,
        original=None if report.original is None else masked(report.original),
        whole=whole,
        passages=passages,
        proofs=tuple(PublicProof(p.sha256, p.size, p.fetched) for p in kept.proofs),
        added=kept.added,
        text_sha256=report.sha256,
        words=len(report.text.split()),
    )


def _passages(kept: Kept, privacy: Privacy, told: Sequence[tuple[tuple[str, str] | None, Hidden]], hidden: Hidden, whole: bool) -> Iterable[Passage]:
    assert kept.report is not None
    text = kept.report.text
    events = kept.reading.events if kept.reading is not None else ()
    residue = [r.span for r in kept.report.residue] + ([r.span for r in kept.reading.residue] if kept.reading is not None else [])
    words = tokenise(text)
    for sentence in sentences(words)[:_LONG]:
        if sentence.begin == sentence.end:
            continue
        span = (words.starts[sentence.begin], words.ends[sentence.end - 1])
        if any(start <= span[0] and span[1] <= end for start, end in residue):
            continue
        its = [(incident, e) for (incident, _), e in zip(told, events, strict=False) if _tells(e, span)]
        shown = tuple(dict.fromkeys(incident for incident, _ in its if incident is not None))
        withheld = bool(its) and any(incident is None for incident, _ in its)
        if withheld or not (whole or shown):
            continue
        yield Passage(hidden.out_of(privacy.words(text[span[0] : span[1]], kept.report.id, span)), sentence.paragraph, shown)


def _tells(event: Any, span: Span) -> bool:
    return any(m[0] < span[1] and span[0] < m[1] for m in event.mentions) or _overlaps(event.location_of_evidence, span)


def _overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
