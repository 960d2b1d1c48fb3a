"""The page of a report: its headline, its sentences, each open to what it tells, and what is related; and the list of reports."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
from markupsafe import Markup

from marsad.site.context import Page, Parameters, Rendered, Site
from marsad.site.drawing import cards_of
from marsad.site.feeds import news_article
from marsad.site.finding import Index
from marsad.site.format import Speech
from marsad.site.pages.incident import gone
from marsad.site.records import PublicReport, outlet_slug
from marsad.site.views import ReportLine, incident_href, names, report_href, report_line, report_title, safe_url

_WORDS_A_MINUTE: Final = 180
_RELATED: Final = 4
STATIC_RELATED: Final = 12
SHOWN: Final = 30


def report(site: Site, s: Speech, id: str, parameters: Parameters) -> Rendered:
    """The page of a report; of one that is gone an explanation."""
    made = site.report(id)
    if made is None:
        return gone(site, s, "report", id)
    title = report_title(made, s)
    ids = list(dict.fromkeys(id_ for passage in made.passages for id_, _ in passage.incidents))
    told = cards_of(site, s, ids)
    path = report_href(id, s)
    shown = STATIC_RELATED if site.static else parameters.number("related", _RELATED, 24)
    related, further = _related(site, s, made, ids, shown)
    page = Page(
        title=str(title.striptags()),
        speech=s,
        path=path,
        kind="article",
        description=_description(made, s),
        data=news_article(site, s, made, path) if made.whole else None,
    )
    passages = made.passages[1:] if _headline_first(made, title) else made.passages
    return site.render(
        "report.html", page, id=id, title=title, byline=_byline(made, s), date=s.day(made.date) if made.date else None, whole=made.whole,
        paragraphs=_paragraphs(passages, s), cards=told, told=s.count("incidents", len(told)),
        url=safe_url(made.url), reading_time=s.count("minutes", round(made.words / _WORDS_A_MINUTE)) if made.whole else None,
        original=s.t("report.original", original=s.name(made.original)) if made.original else None,
        proofs=[(p.sha256, s.n(p.size), s.day(p.fetched[:10]) if p.fetched else None) for p in made.proofs], text_sha256=made.text_sha256,
        added=s.day(made.added[:10]), related=related, more=f"{path}?related={shown + _RELATED}#related" if further and not site.static else None,
        outlet_href=f"/{s.lang}/outlets/{outlet_slug(made.outlet)}" if made.outlet else None,
    )  # fmt: skip


def _byline(made: PublicReport, s: Speech) -> Markup | None:
    return s.t("report.special" if made.whole else "report.byline", outlet=s.name(made.outlet)) if made.outlet else None


def _headline_first(made: PublicReport, title: Markup) -> bool:
    """Whether the first sentence is the headline that stands above."""
    return bool(made.passages) and made.whole and " ".join(made.passages[0].text.split()) == " ".join(str(title.striptags()).split())


def _description(made: PublicReport, s: Speech) -> str:
    first = next((p.text for p in made.passages[1:] or made.passages if p.incidents), "")
    return f"{first[:220]}" if first else str(report_title(made, s).striptags())


def _paragraphs(passages: Any, s: Speech) -> list[list[dict[str, Any]]]:
    """Sentences by paragraph; each with what it tells."""
    made = []
    for _, sentences in groupby(passages, key=lambda p: p.paragraph):
        made.append([
            {
                "words": " ".join(p.text.split()),
                "tells": [{"href": incident_href(id_, s), "id": id_, "type": type_, "text": s.t(f"type.{type_}")} for id_, type_ in p.incidents],
            }
            for p in sentences
        ])  # fmt: skip
    return made


def _related(site: Site, s: Speech, made: PublicReport, ids: list[str], shown: int) -> tuple[list[ReportLine], bool]:
    """Other reports, each with the reason. Gives whether there are more."""
    found = related_reports(site.index, made, ids, shown)
    wanted = list(found)[:shown]
    reports = site.reports(wanted)
    return [report_line(reports[r], s, _reason(site, s, *found[r])) for r in wanted if r in reports], len(found) > shown


def _reason(site: Site, s: Speech, facet: str, value: str) -> Markup:
    if facet == "incident":
        return s.t("report.related_incidents", count=s.count("incidents", int(value)))
    return s.t(f"report.related_{facet}s", name=names(site, facet, value, s))


def related_reports(index: Index, made: PublicReport, ids: Sequence[str], shown: int) -> dict[str, tuple[str, str]]:
    """Other reports: by shared incidents, then places, then actors, the nearest in time first; each with the reason: (`incident`, how many), or a facet
    and its value. As many as are shown, and some more where there are."""
    own = [n for id_ in ids if (n := index.number(id_)) is not None]
    shared = Counter(r for n in own for r in index.row(n).reports if r != made.id)
    found: dict[str, tuple[str, str]] = {r: ("incident", str(k)) for r, k in shared.most_common(40)}
    day = datetime.date.fromisoformat(made.date).toordinal() if made.date else None
    for facet in ("place", "actor"):
        values = Counter(v for n in own for v in getattr(index.row(n), f"{facet}s"))
        for value, _ in values.most_common(6):
            if len(found) > shown:
                break
            rows = index.having(facet, value)
            if not 1 < len(rows) <= max(400, len(index) // 10):
                continue  # a country tells of everything
            apart = np.where(index.dated[rows], np.abs(index.start[rows] - day), _FAR) if day is not None else np.full(len(rows), _FAR)
            for n in rows[np.lexsort((rows, apart))][:12].tolist():
                for r in index.row(n).reports:
                    if r != made.id and r not in found:
                        found[r] = (facet, value)
    return found


_FAR: Final = 10**6  # days


def reports(site: Site, s: Speech, parameters: Parameters) -> Rendered:
    """All reports, the newest first."""
    shown = 100 if site.static else parameters.number("show", SHOWN, 300)
    begin = parameters.number("from", 1, 10_000_000) - 1
    with site.reads() as reads:
        days = reads.report_days()
    wanted = [id_ for id_, _ in days[begin : begin + shown]]
    held = site.reports(wanted)
    lines = [report_line(held[id_], s) for id_ in wanted if id_ in held]
    end = begin + len(lines)
    path = f"/{s.lang}/reports"
    more = None
    if end < len(days):
        more = f"{path}?show={shown + SHOWN}" + (f"&from={begin + 1}" if begin else "") if shown < 300 and not site.static else f"{path}?from={end + 1}"
    page = Page(title=str(s.t("report.list_title")), speech=s, path=path, description=str(s.t("home.lead")))
    return site.render(
        "reports.html", page, lines=lines, more=more, paged=site.static or shown >= 300,
        shown_of=s.t("list.shown", shown=s.n(end) if not begin else s.span(begin + 1, end), total=s.n(len(days))),
    )  # fmt: skip
