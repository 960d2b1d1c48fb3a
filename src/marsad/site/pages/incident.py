"""The page of an incident, and what stands in its place where it is gone."""

from __future__ import annotations

from typing import Final

import numpy as np
from markupsafe import Markup

from marsad.site.context import Page, Parameters, Rendered, Site
from marsad.site.drawing import cards_at
from marsad.site.finding import Index
from marsad.site.format import Speech
from marsad.site.records import PublicIncident, address_part, standing_place
from marsad.site.views import (
    actors,
    badges,
    claim_groups,
    figures,
    history,
    incident_href,
    places,
    plain_title,
    report_line,
    tallies,
    title,
    why,
)  # fmt: skip

_NEAR: Final = 6


def incident(site: Site, s: Speech, id: str) -> Rendered:
    """The page of an incident; of one that is gone an explanation; else the page that says that there is none."""
    made = site.incident(id)
    if made is None:
        return gone(site, s, "incident", id)
    told = made.incident
    reports = site.reports(list(told.reports))
    grade_why, joined = why(told, s)
    day = s.days(told.date.start, told.date.end, told.date.precision)
    page = Page(
        title=plain_title(told, s), speech=s, path=f"/{s.lang}/incidents/{id}", kind="article",
        description=f"{plain_title(told, s)}. {day.striptags()}. {grade_why.striptags()}",
    )  # fmt: skip
    place = standing_place(told)
    return site.render(
        "incident.html", page, id=id, type=told.type, title=title(told, s), type_text=s.t(f"type.{told.type}"), badges=badges(told, s),
        date=s.days(told.date.start, told.date.end, told.date.precision), date_note=_date_note(made, s), where=s.where(place) if place else None,
        figures=figures(told, s), tallies=tallies(told, s), groups=claim_groups(told, reports, s), claims_count=s.count("claims", len(told.claims)),
        places=places(told, s), actors=actors(told, s), reports=[report_line(reports[r], s) for r in told.reports if r in reports],
        reports_count=s.count("reports", len(told.reports)), copies=s.t("incident.copies", count=s.count("copies", made.copies)) if made.copies else None,
        history=history(made.history, s), grade_why=grade_why, joined=joined, related=_related(site, s, made),
        formats=_formats(site, s, id),
        citation=_citation(site, s, made), point=None if place is None or place.lat is None else place,
    )  # fmt: skip


def _formats(site: Site, s: Speech, id: str) -> list[tuple[str, str]]:
    """An incident as data; a published site has its JSON alone."""
    further = [] if site.static else [(name, f"/{s.lang}/incidents/{id}.{name.lower()}") for name in ("GeoJSON", "CSV")]
    return [("JSON", f"/api/v1/incidents/{id}"), *further]


def _date_note(made: PublicIncident, s: Speech) -> str | None:
    date = made.incident.date
    return s.t("incident.day_from_report") if date.start is not None and date.span is None else None


def _citation(site: Site, s: Speech, made: PublicIncident) -> str:
    told = made.incident
    day = s.days(told.date.start, told.date.end, told.date.precision).striptags()
    return f"{site.name(s.lang)}. {plain_title(told, s)}. {day}. {told.id}. {site.base}{incident_href(told.id, s)}"


def _related(site: Site, s: Speech, made: PublicIncident) -> list[Markup]:
    """Others of the same place, the nearest in time first."""
    index = site.index
    own = index.number(made.incident.id)
    if own is None:
        return []
    return cards_at(site, s, near_incidents(index, own))


def near_incidents(index: Index, own: int) -> list[int]:
    """Where others of the same places stand in the index, the nearest in time first."""
    row = index.row(own)
    if row.start is None or not row.places:
        return []
    rows = np.unique(np.concatenate([index.having("place", place) for place in row.places[:2]]))
    rows = rows[(rows != own) & index.dated[rows]]
    apart = np.abs(index.start[rows] - row.start)
    if len(rows) > 4 * _NEAR:  # those that may be among the first, by what is the farthest of them
        kept = apart <= np.partition(apart, _NEAR)[_NEAR]
        rows, apart = rows[kept], apart[kept]
    return [int(n) for n in rows[np.lexsort((rows, apart))][:_NEAR]]


def gone(site: Site, s: Speech, kind: str, id: str) -> Rendered:
    """What stands in the place of something that is gone; the page that says that there is none."""
    with site.reads() as reads:
        change = reads.change(kind, id)
        last = change
        while last is not None and last.forward and (further := reads.change(kind, last.forward)) is not None and further.n != last.n:
            if further.gone != "merged":
                last = further
                break
            last = further
    if change is None or change.gone is None:
        return not_found(site, s, f"/{s.lang}/{kind}s/{address_part(id)}")
    page = Page(title=str(s.t("gone.title")), speech=s, path=f"/{s.lang}/{kind}s/{address_part(id)}", robots="noindex")
    forward = incident_href(change.forward, s) if change.forward else None
    why = "withheld_report" if (kind, change.gone) == ("report", "withheld") else change.gone
    return site.render("gone.html", page, 200 if change.gone == "merged" else 410, id=id, why=s.t(f"gone.{why}"), forward=forward)


def not_found(site: Site, s: Speech, path: str) -> Rendered:
    """The page that says that there is none."""
    page = Page(title=str(s.t("gone.not_found_title")), speech=s, path=path, robots="noindex")
    return site.render("error.html", page, 404, words=s.t("gone.not_found"), detail=None)


def refused(site: Site, s: Speech, path: str, detail: str, status: int = 400) -> Rendered:
    """The page that says that something cannot be understood."""
    page = Page(title=str(s.t("gone.bad_request")), speech=s, path=path, robots="noindex")
    return site.render("error.html", page, status, words=s.t("gone.bad_request"), detail=s.name(detail))


__all__ = ["Parameters", "gone", "incident", "not_found", "refused"]
