"""Incidents, claims and reports as a page says them: finished values, so that templates only set them out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from marsad.knowledge import lexicon
from marsad.model import Actor, Claim, Incident, Place, Tally
from marsad.site.context import Site
from marsad.site.format import LANGS, Speech, speech
from marsad.site.reasons import grade_reason, joined_reason
from marsad.site.records import History, PublicIncident, PublicReport, address_part, area_slug, outlet_slug, slug, standing_place

_ROLES: Final = ("initiator", "target", "participant", "beneficiary")
_AREAS: Final = ("admin1", "admin2", "admin3", "region", "country", "near", "neighbourhood", "settlement")
_CASUALTIES: Final = ("killed", "wounded", "killed_or_wounded")


@dataclass(frozen=True)
class Badge:
    """A mark with text and icon. `href`: its definition."""

    kind: str
    value: str
    text: Markup
    about: Markup
    href: str


@dataclass(frozen=True)
class Card:
    """An incident in a list."""

    id: str
    href: str
    type: str
    type_text: Markup
    title: Markup
    date: Markup
    month: str
    where: Markup
    actors: Markup
    figures: tuple[tuple[str, Markup, Markup], ...]
    badges: tuple[Badge, ...]
    reports: Markup
    lat: float | None
    lon: float | None


def card(made: PublicIncident, s: Speech) -> Card:
    """An incident in a list."""
    incident = made.incident
    place = standing_place(incident)
    return Card(
        id=incident.id, href=incident_href(incident.id, s), type=incident.type, type_text=s.t(f"type.{incident.type}"), title=title(incident, s),
        date=s.days(incident.date.start, incident.date.end, incident.date.precision),
        month=incident.date.start.isoformat()[:7] if incident.date.start else "",
        where=s.where(place) if place is not None else s.t("precision.unknown"), actors=_actors_line(incident, s), figures=tuple(figures(incident, s)),
        badges=badges(incident, s), reports=s.count("reports", len(incident.reports)),
        lat=None if place is None else place.lat, lon=None if place is None else place.lon,
    )  # fmt: skip


def incident_href(id: str, s: Speech) -> str:
    """The address of an incident."""
    return f"/{s.lang}/incidents/{quote(id)}"


def title(incident: Incident, s: Speech) -> Markup:
    """What happened and where."""
    place = standing_place(incident)
    kind = s.t(f"type.{incident.type}")
    if place is None:
        return s.t("place_title.plain", type=kind)
    return s.t("place_title.in", type=kind, place=s.place(place))


def plain_title(incident: Incident, s: Speech) -> str:
    """The same without markup."""
    return str(title(incident, s).striptags())


def badges(incident: Incident, s: Speech) -> tuple[Badge, ...]:
    """Its grade, its review state, and its status where that is not that it happened."""
    own: list[tuple[str, str]] = [("grade", incident.grade.value), ("review", incident.review.state)]
    if incident.status != "occurred":
        own.append(("status", incident.status))
    return tuple(Badge(kind, value, s.t(f"{kind}.{value}"), s.t(f"{kind}_about.{value}"), f"/{s.lang}/methodology#{kind}-{value}") for kind, value in own)


def figures(incident: Incident, s: Speech) -> list[tuple[str, Markup, Markup]]:
    """For a list: killed and wounded of each group that is counted, (what, its name, range)."""
    return [
        (str(tally.what), s.t(f"counted.{tally.what}"), _with_whom(s.bounds(tally.low, tally.high), tally, s))
        for tally in _in_order(incident.tallies)
        if tally.what in _CASUALTIES
    ]


def _with_whom(bounds: Markup, tally: Tally, s: Speech) -> Markup:
    return s.t("claim.of_whom", value=bounds, who=s.actor(tally.who)) if tally.who else bounds


def _in_order(tallies: tuple[Tally, ...]) -> list[Tally]:
    order = {what: n for n, what in enumerate((*_CASUALTIES, "captured", "arrested", "abducted", "missing", "displaced"))}
    return sorted(tallies, key=lambda t: (order.get(t.what, 99), t.what, t.who or ""))


def _actors_line(incident: Incident, s: Speech) -> Markup:
    """Who did it, and to whom."""
    did = _named(incident, "initiator", s)
    hit = _named(incident, "target", s)
    took = _named(incident, "participant", s)
    arrow = Markup(' <span class="to" aria-hidden="true">{}</span> ').format("←" if s.lang == "ar" else "→")
    sides = [side for side in (s.listed(did[:2]), s.listed(hit[:2])) if side]
    return arrow.join(sides) or s.listed(took[:3])


def _named(incident: Incident, role: str, s: Speech) -> list[Markup]:
    return list(dict.fromkeys(s.actor(a.id, a.name) for a in incident.actors if a.role == role))


# -- the page of an incident


@dataclass(frozen=True)
class ClaimView:
    """A claim: what is said, who says so, in which words, where and when."""

    id: str
    said: Markup
    who: Markup
    kind: Markup
    stance: str
    stance_text: Markup
    words: Markup
    publisher: Markup
    publisher_href: str | None
    told: Markup
    retrieved: Markup
    url: str | None
    report_href: str
    sha256: str | None
    superseded: bool
    part: bool


@dataclass(frozen=True)
class ClaimGroup:
    """All claims about one thing, side by side."""

    about: str
    heading: Markup
    claims: tuple[ClaimView, ...]


def claim_groups(incident: Incident, reports: dict[str, PublicReport], s: Speech) -> list[ClaimGroup]:
    """The claims of an incident by what they are about: that it happened, the figures, who, where, when."""
    by: dict[str, list[ClaimView]] = {}
    for claim in sorted(incident.claims, key=lambda c: (c.told is None, c.told or datetime.date.min, c.id)):
        if claim.about == "status" and claim.value == "occurred":
            continue  # what `occurred` says already
        by.setdefault(claim.about, []).append(_claim(claim, reports.get(claim.report), s))
    return [ClaimGroup(about, _about(about, s), tuple(by[about])) for about in sorted(by, key=_rank)]


_ORDER: Final = ("occurred", "status", "initiator", "target", "participant", "beneficiary", "place", "day")


def _rank(about: str) -> tuple[float, str]:
    return (0.5 if about.startswith("count:") else float(_ORDER.index(about)) if about in _ORDER else 99.0, about)


def _about(about: str, s: Speech) -> Markup:
    if about.startswith("count:"):
        return s.said(f"counted.{about[6:]}", about[6:])
    names = {"occurred": "incident.occurred", "status": "incident.status", "place": "incident.places", "day": "incident.days"}
    return s.t(names[about]) if about in names else s.said(f"role.{about}", about)


def _claim(claim: Claim, report: PublicReport | None, s: Speech) -> ClaimView:
    kind = s.said(f"kind.{claim.asserter.kind}", claim.asserter.kind)
    named = claim.asserter.name or claim.asserter.id
    proof = report.proofs[0] if report is not None and report.proofs else None
    return ClaimView(
        id=claim.id, said=claim_said(claim, s), who=s.name(claim.asserter.name) or s.actor(claim.asserter.id) if named else s.t("kind.unnamed", kind=kind),
        kind=kind, stance=claim.stance, stance_text=s.t(f"incident.{claim.stance}"), words=Markup("<bdi>{}</bdi>").format(claim.words or ""),
        publisher=s.name(claim.publisher) or s.t("incident.nothing_told"),
        publisher_href=f"/{s.lang}/outlets/{outlet_slug(claim.publisher)}" if claim.publisher else None,
        told=s.day(claim.told) if claim.told else s.t("incident.unknown_day"),
        retrieved=s.day(proof.fetched[:10]) if proof is not None and proof.fetched else s.t("incident.not_fetched"),
        url=safe_url(report.url) if report is not None else None, report_href=report_href(claim.report, s),
        sha256=None if proof is None else proof.sha256, superseded=claim.superseded_by is not None,
        part=isinstance(claim.value, dict) and claim.value.get("part") is True,
    )  # fmt: skip


def claim_said(claim: Claim, s: Speech) -> Markup:
    """What a claim says, in words."""
    value: Any = claim.value
    if claim.about == "occurred":
        return s.t("claim.occurred" if claim.stance == "asserts" else "claim.not_occurred")
    if claim.about == "status":
        return s.said(f"status.{value}", str(value))
    if not isinstance(value, dict):
        return s.name(str(value))
    if claim.about.startswith("count:"):
        bounds = s.bounds(int(value.get("min") or 0), value.get("max"))
        who = value.get("who") or {}
        named = s.actor(who.get("id"), who.get("name")) if who.get("id") or who.get("name") else None
        return s.t("claim.of_whom", value=bounds, who=named) if named else bounds
    if claim.about == "day":
        start, end = (datetime.date.fromisoformat(value[k]) if value.get(k) else None for k in ("start", "end"))
        return s.days(start, end, value.get("precision") or "day")
    if claim.about == "place":
        return s.name(value.get("name"))
    return s.actor(value.get("id"), value.get("name"))


def safe_url(url: str | None) -> str | None:
    """An address that a reader may be sent to; nothing that runs."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


@dataclass(frozen=True)
class TallyView:
    """How many of one group: low to high, the middle, and by how many sources."""

    what: str
    name: Markup
    who: Markup
    bounds: Markup
    best: Markup
    by: Markup


def tallies(incident: Incident, s: Speech) -> list[TallyView]:
    """All tallies, each group on its own."""
    return [
        TallyView(
            t.what, s.t(f"counted.{t.what}"), s.actor(t.who) if t.who else s.t("group.nobody"), s.bounds(t.low, t.high), s.n(t.best),
            s.count("sources", t.asserters),
        )
        for t in _in_order(incident.tallies)
    ]  # fmt: skip


@dataclass(frozen=True)
class PlaceView:
    """A place of an incident. `approximate`: a note, where it is drawn as an area."""

    name: Markup
    where: Markup
    href: str | None
    precision: Markup
    precision_code: str
    approximate: Markup | None
    point: Markup | None
    lat: float | None
    lon: float | None
    radius_km: float | None


def places(incident: Incident, s: Speech) -> list[PlaceView]:
    """The places of an incident, the one that stands for it first."""
    first = standing_place(incident)
    return [_place(p, s) for p in sorted(incident.places, key=lambda p: p is not first)]


def _place(p: Place, s: Speech) -> PlaceView:
    radius = p.radius_km
    vague = radius is not None and p.precision in _AREAS and p.lat is not None
    return PlaceView(
        s.place(p), s.where(p), f"/{s.lang}/places/{slug(p.gazetteer_id)}" if p.gazetteer_id else None, s.t(f"precision.{p.precision}"), p.precision,
        s.t("incident.approximate", radius=kilometres(radius, s)) if vague and radius is not None else None,
        s.coordinates(p.lat, p.lon) if p.lat is not None and p.lon is not None else None, p.lat, p.lon, radius,
    )  # fmt: skip


def kilometres(km: float, s: Speech) -> Markup:
    """A distance; whole kilometres from three on."""
    return s.count("kilometres", round(km)) if km >= 3 or km == round(km) else Markup("{} {}").format(s.n(f"{km:.1f}"), "كم" if s.lang == "ar" else "km")


@dataclass(frozen=True)
class ActorView:
    """An actor in a role."""

    name: Markup
    role: Markup
    href: str | None


def actors(incident: Incident, s: Speech) -> list[ActorView]:
    """The actors of an incident by role."""
    ordered = sorted(incident.actors, key=lambda a: _ROLES.index(a.role))
    return [ActorView(s.actor(a.id, a.name), s.t(f"role.{a.role}"), actor_href(a, s)) for a in ordered]


def actor_href(actor: Actor, s: Speech) -> str | None:
    """The page of a listed actor."""
    return f"/{s.lang}/actors/{quote(actor.id)}" if actor.id and actor.id in lexicon().actors else None


def history(told: tuple[History, ...], s: Speech) -> list[tuple[Markup, Markup]]:
    """What became of an incident, day by day."""
    return [
        (s.day(h.day), s.count("reports_came", h.number) if h.kind == "reports" else s.said(f"decision.{h.kind}", h.kind)) for h in told
    ]  # fmt: skip


def why(incident: Incident, s: Speech) -> tuple[Markup, list[Markup]]:
    """Why it has its grade, and why its reports are one."""
    return grade_reason(incident.grade, s), [joined_reason(reason, s) for reason in incident.joined]


# -- reports


def report_title(report: PublicReport, s: Speech) -> Markup:
    """The title of a report, or what stands for it: its first line where that is a headline, or its outlet and day."""
    if report.title:
        return s.name(report.title)
    first = report.passages[0] if report.passages else None
    if first is not None and report.whole and len(first.text) < 160 and not first.text.rstrip().endswith((".", "؟", "!")):
        return s.name(first.text)
    if not report.outlet:
        return s.t("report.untitled_alone", day=s.day(report.date))
    return s.t("report.untitled", outlet=s.name(report.outlet), day=s.day(report.date))


def report_href(id: str, s: Speech) -> str:
    """The address of a report."""
    return f"/{s.lang}/reports/{address_part(id)}"


@dataclass(frozen=True)
class ReportLine:
    """A report in a list; `why`: why it stands there."""

    id: str
    href: str
    title: Markup
    outlet: Markup
    date: Markup
    told: Markup
    why: Markup | None = None


def report_line(report: PublicReport, s: Speech, why: Markup | None = None) -> ReportLine:
    """A report in a list."""
    told = len({id_ for passage in report.passages for id_, _ in passage.incidents})
    return ReportLine(
        report.id, report_href(report.id, s), report_title(report, s), s.name(report.outlet), s.day(report.date) if report.date else Markup(""),
        s.count("incidents", told), why,
    )  # fmt: skip


def names(site: Site, facet: str, value: str, s: Speech) -> Markup:
    """How a value of a facet is said."""
    held = site.index.said
    key = (facet, value, s.lang, s.digits)
    found: Markup | None = held.get(key)
    if found is None:
        found = _said(site, facet, value, s)
        if len(held) < _SAID:
            held[key] = found
    return found


_SAID: Final = 200_000


def _said(site: Site, facet: str, value: str, s: Speech) -> Markup:
    if facet in ("type", "status", "grade", "review", "precision"):
        return s.said(f"{facet}.{value}", value)
    if facet == "country":
        return Markup("<bdi>{}</bdi>").format(s.country(value))
    if facet == "month":
        return s.month(value)
    if facet == "year":
        return s.n(value)
    if facet in ("actor", "asserter"):
        return s.actor(value, value)
    if facet == "role":
        role = value.rpartition("|")[2]
        return s.said(f"role.{role}", role)
    return site_name(site, facet, value, s)


def site_name(site: Site, facet: str, value: str, s: Speech) -> Markup:
    """The name of a place, an area or an outlet, by its part of an address: from an incident that has it."""
    held = site.index.names
    key = (facet, value, s.lang)
    if key not in held:
        for made in site.incidents(site.index.having(facet, value)[:1]):
            _hold(made.incident, s, held)
    return held.get(key) or s.name(value)


def hold_names(site: Site) -> None:
    """Learn the names of all places, areas and outlets, which readers of the lists of them would wait for one by one."""
    index = site.index
    rows = sorted({int(index.having(facet, value)[0]) for facet in ("place", "area", "outlet") for value in index.values(facet)})
    for at in range(0, len(rows), 500):
        for made in site.incidents(rows[at : at + 500]):
            for lang in LANGS:
                _hold(made.incident, speech(lang), index.names)
            for place in made.incident.places:
                if place.gazetteer_id:
                    index.gazetteer_ids.setdefault(slug(place.gazetteer_id), place.gazetteer_id)


def _hold(incident: Incident, s: Speech, held: dict[tuple[str, str, str], Markup]) -> None:
    for place in incident.places:
        if place.gazetteer_id:
            held[("place", slug(place.gazetteer_id), s.lang)] = s.place(place)
        if area := area_slug(place):
            held[("area", area, s.lang)] = s.area(place.admin1, place.country)
    for claim in incident.claims:
        if claim.publisher:
            held[("outlet", outlet_slug(claim.publisher), s.lang)] = s.name(claim.publisher)
