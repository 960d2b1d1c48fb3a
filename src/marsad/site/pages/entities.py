"""Places, actors and outlets: a list of each kind, and the page of each with what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from marsad.knowledge import lexicon
from marsad.knowledge.gazetteer import Candidate, gazetteer
from marsad.site.context import Page, Parameters, Rendered, Site
from marsad.site.drawing import cards_at
from marsad.site.finding import Query
from marsad.site.format import Speech
from marsad.site.pages.incident import not_found
from marsad.site.pages.incidents import _bars, href
from marsad.site.records import outlet_slug, slug
from marsad.site.views import kilometres, names, report_line

SHOWN: Final = 20
LOOKED_AT: Final = 40
"""Incidents of an outlet among whose reports its latest are looked for."""
LISTED: Final = 200
KINDS: Final = {"places": "place", "actors": "actor", "outlets": "outlet"}


@dataclass(frozen=True)
class Entry:
    """One of a list of places, actors or outlets."""

    href: str
    name: Markup
    count: Markup
    under: Markup


def listed(site: Site, s: Speech, kind: str, parameters: Parameters) -> Rendered:
    """All of a kind that incidents name, the most told first."""
    facet = KINDS[kind]
    counts = site.index.counts(facet, Query(), site.index.mask(Query()))
    values = sorted(counts, key=lambda v: (-counts[v], v))
    shown = len(values) if site.static else parameters.number("show", LISTED, 5_000)
    entries = [Entry(f"/{s.lang}/{kind}/{v}", names(site, facet, v, s), s.n(counts[v]), _under(site, s, facet, v)) for v in values[:shown]]
    path = f"/{s.lang}/{kind}"
    page = Page(title=str(s.t(f"{facet}.title")), speech=s, path=path, description=str(s.t("home.lead")))
    return site.render(
        "entities.html", page, entries=entries, more=f"{path}?show={shown + LISTED}" if shown < len(values) else None,
        shown_of=s.t("list.shown", shown=s.n(len(entries)), total=s.n(len(values))), note=s.t("actor.note") if facet == "actor" else None,
    )  # fmt: skip


def _under(site: Site, s: Speech, facet: str, value: str) -> Markup:
    """What stands under a name in the list: the country of an actor or a place."""
    if facet == "actor":
        row = lexicon().actors.get(value)
        return Markup(s.country(row[3])) if row and row[3] else Markup("")
    if facet == "place":
        found = _gazetteer_place(site, value)
        return Markup(s.country(found.country)) if found is not None and found.country else Markup("")
    return Markup("")


def entity(site: Site, s: Speech, kind: str, value: str) -> Rendered:
    """The page of one of them."""
    facet = KINDS[kind]
    path = f"/{s.lang}/{kind}/{value}"
    rows = site.index.having(facet, value)
    if not len(rows):
        return not_found(site, s, path)
    index = site.index
    query = Query(wanted={facet: (value,)})
    mask = index.mask(query)
    found = index.found(query, mask)
    parameters = Parameters({facet: [value]})
    name = names(site, facet, value, s)
    heading = s.t({"place": "place.incidents_at", "actor": "actor.incidents_of", "outlet": "outlet.incidents_of"}[facet], name=name)
    everything = href(f"/{s.lang}/incidents", parameters)
    by = [
        (s.t(f"facet.{other}"), [
            (names(site, other, v, s), s.n(n), href(f"/{s.lang}/incidents", parameters, **{other: v}))
            for v, n in sorted(index.counts(other, query, mask).items(), key=lambda kept: (-kept[1], kept[0]))[:8] if not (other == facet and v == value)
        ])
        for other in ("type", "actor", "place", "outlet") if other != facet
    ]  # fmt: skip
    page = Page(title=str(name.striptags()), speech=s, path=path, description=str(heading.striptags()))
    return site.render(
        "entity.html", page, name=name, heading=heading, facts=_facts(site, s, facet, value), by=by, total=s.count("incidents", found.total),
        cards=cards_at(site, s, found.rows[:SHOWN]), everything=everything,
        bars=_bars(site, s, query, mask, parameters, f"/{s.lang}/incidents"), map_source=href(f"/{s.lang}/incidents.geojson", parameters) + "&fields=points",
        note=s.t("actor.note") if facet == "actor" else None, lines=_reports(site, s, value) if facet == "outlet" else [],
        reports_heading=s.t("outlet.reports_of", name=name) if facet == "outlet" else None,
    )  # fmt: skip


def _facts(site: Site, s: Speech, facet: str, value: str) -> list[tuple[Markup, Markup]]:
    if facet == "place":
        return _place_facts(site, s, value)
    if facet == "actor":
        return _actor_facts(site, s, value)
    alone = sum(1 for n in site.index.having("outlet", value) if len(site.index.row(int(n)).outlets) == 1)
    return [(s.t("outlet.alone"), s.count("incidents", alone))]


def _place_facts(site: Site, s: Speech, value: str) -> list[tuple[Markup, Markup]]:
    known = _gazetteer_place(site, value)
    if known is None:
        return []
    found = [(s.t("place.names"), s.listed([s.name(name) for name in dict.fromkeys((*known.names[:4], known.name_en)) if name]))]
    area = s.area(known.admin1, known.country)
    if area or known.country:
        found.append((s.t("facet.area"), s.listed([part for part in (area, Markup(s.country(known.country)) if known.country else Markup("")) if part])))
    if known.lat is not None and known.lon is not None:
        radius = Markup(" ({})").format(s.t("place.radius", radius=kilometres(known.radius_km, s))) if known.radius_km else Markup("")
        found.append((s.t("place.point"), s.coordinates(known.lat, known.lon) + radius))
    else:
        found.append((s.t("place.point"), s.t("place.no_point")))
    return found


def _gazetteer_place(site: Site, value: str) -> Candidate | None:
    """The place of the gazetteer that a part of an address stands for."""
    held = site.index.known
    if value not in held and value in site.index.gazetteer_ids:
        held[value] = gazetteer().place(site.index.gazetteer_ids[value])
    elif value not in held:
        for made in site.incidents(site.index.having("place", value)[:1]):
            for place in made.incident.places:
                if place.gazetteer_id and slug(place.gazetteer_id) == value:
                    held[value] = gazetteer().place(place.gazetteer_id)
    found: Candidate | None = held.get(value)
    return found


def _actor_facts(site: Site, s: Speech, value: str) -> list[tuple[Markup, Markup]]:
    row = lexicon().actors.get(value)
    if row is None:
        return []
    other = row[0] if s.lang == "ar" else row[1]
    found = [(s.t("place.names"), s.name(other))]
    if row[3]:
        found.append((s.t("actor.country"), Markup(s.country(row[3]))))
    if row[4]:
        found.append((s.t("actor.parent"), _actor_link(s, row[4], site)))
    parts = parts_of(site, value)
    if parts:
        found.append((s.t("actor.parts"), s.listed([_actor_link(s, id_, site) for id_ in parts])))
    for n, key in ((5, "from"), (6, "to")):
        if row[n]:
            found.append((s.t(f"actor.{key}"), s.n(row[n])))
    return found


def parts_of(site: Site, value: str) -> list[str]:
    """The actors that belong to one, of those that incidents name."""
    return [id_ for id_, own in lexicon().actors.items() if own[4] == value and len(site.index.having("actor", id_))]


def _actor_link(s: Speech, id_: str, site: Site) -> Markup:
    if len(site.index.having("actor", id_)):
        return Markup('<a href="/{}/actors/{}">{}</a>').format(s.lang, id_, s.actor(id_, id_))
    return s.actor(id_, id_)


def _reports(site: Site, s: Speech, value: str) -> list[object]:
    """The latest reports of an outlet that tell something."""
    ids = list(dict.fromkeys(r for n in site.index.having("outlet", value)[:LOOKED_AT] for r in site.index.row(int(n)).reports))
    held = site.reports(ids[:80])
    own = [report for report in held.values() if report.outlet and outlet_slug(report.outlet) == value]
    return [report_line(report, s) for report in sorted(own, key=lambda r: (r.date or "", r.id), reverse=True)[:10]]
