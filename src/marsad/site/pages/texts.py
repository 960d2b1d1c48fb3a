"""Pages of words: method, downloads, about."""

from __future__ import annotations

from typing import Any, Final, get_args

from marsad.model import EventType, GradeValue, PlacePrecision, Status
from marsad.site.context import Page, Rendered, Site
from marsad.site.format import Speech
from marsad.site.pages.incidents import feed_links

_REVIEWS: Final = ("unreviewed", "confirmed", "rejected", "withheld")


def methodology(site: Site, s: Speech) -> Rendered:
    """How reports become incidents, and what each badge means; each has an anchor that badges lead to."""
    page = Page(title=str(s.t("methodology.title")), speech=s, path=f"/{s.lang}/methodology", description=str(s.t("methodology.lead")))
    badges: dict[str, list[tuple[str, Any, Any]]] = {
        kind: [(value, s.t(f"{kind}.{value}"), s.t(f"{kind}_about.{value}")) for value in values]
        for kind, values in (("grade", get_args(GradeValue)), ("review", _REVIEWS), ("status", get_args(Status)))
    }
    return site.render(
        "methodology.html", page, badges=badges, types=[(v, s.t(f"type.{v}")) for v in get_args(EventType)],
        precisions=[(v, s.t(f"precision.{v}")) for v in get_args(PlacePrecision)],
    )  # fmt: skip


def downloads(site: Site, s: Speech) -> Rendered:
    """All files."""
    page = Page(title=str(s.t("downloads.title")), speech=s, path=f"/{s.lang}/downloads", description=str(s.t("downloads.lead")), feeds=feed_links(s))
    files = [
        (s.t(f"downloads.{name}"), f"/{s.lang}/{path}", suffix)
        for name, path, suffix in (
            ("csv", "incidents.csv", "CSV"), ("claims", "claims.csv", "CSV"), ("geojson", "incidents.geojson", "GeoJSON"), ("json", "incidents.json", "JSON"),
        )
    ]  # fmt: skip
    feeds = [(kind, f"/{s.lang}/feed.{suffix}") for kind, suffix in (("RSS", "rss"), ("Atom", "atom"), ("JSON Feed", "json"))]
    return site.render("downloads.html", page, files=files, feeds=feeds, total=s.count("incidents", len(site.index)))


def about(site: Site, s: Speech) -> Rendered:
    """What this is."""
    page = Page(title=str(s.t("about.title")), speech=s, path=f"/{s.lang}/about", description=str(s.t("about.text")))
    return site.render("about.html", page)
