"""The start page."""

from __future__ import annotations

from marsad.site.context import Page, Rendered, Site
from marsad.site.drawing import cards_at
from marsad.site.finding import Query
from marsad.site.format import Speech
from marsad.site.pages.incidents import feed_links
from marsad.site.pages.special import special_lines
from marsad.site.views import names, report_line

_INCIDENTS, _REPORTS, _VALUES, _SPECIALS = 8, 6, 8, 4


def home(site: Site, s: Speech) -> Rendered:
    """The latest special reports, incidents and reports, the map, and how much is kept."""
    index = site.index
    with site.reads() as reads:
        days = reads.report_days()
    reports = site.reports([id_ for id_, _ in days[:_REPORTS]])
    everything = Query()
    mask = index.mask(everything)
    by = {
        facet: [
            (names(site, facet, value, s), s.n(number), f"/{s.lang}/incidents?{facet}={value}")
            for value, number in sorted(index.counts(facet, everything, mask).items(), key=lambda kept: (-kept[1], kept[0]))[:_VALUES]
        ]
        for facet in ("country", "type")
    }
    figures = [
        (s.count("incidents", len(index)), f"/{s.lang}/incidents"), (s.count("reports", len(days)), f"/{s.lang}/reports"),
        (s.count("outlets", len(index.values("outlet"))), f"/{s.lang}/outlets"), (s.count("actors", len(index.values("actor"))), f"/{s.lang}/actors"),
        (s.count("places", len(index.values("place"))), f"/{s.lang}/places"),
    ]  # fmt: skip
    page = Page(title=site.name(s.lang), speech=s, path=f"/{s.lang}/", description=str(s.t("home.lead")), feeds=feed_links(s))
    return site.render(
        "home.html", page, cards=cards_at(site, s, index.found(everything, mask).rows[:_INCIDENTS]),
        lines=[report_line(reports[id_], s) for id_, _ in days[:_REPORTS] if id_ in reports], by=by, figures=figures,
        map_source=f"/{s.lang}/incidents.geojson?fields=points", specials=special_lines(site, s, _SPECIALS), total=len(index),
    )  # fmt: skip
