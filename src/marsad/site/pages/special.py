"""Special reports: the list of them, the page of one, and what stands in the place of one that was withdrawn."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import msgspec
from markupsafe import Markup

from marsad.site.articles import PublicArticle, article, cited, flagged, published, rendered, told_in, words_in
from marsad.site.context import Page, Parameters, Rendered, Site
from marsad.site.drawing import cards_of
from marsad.site.format import Lang, Speech
from marsad.site.pages.incident import not_found
from marsad.site.views import ClaimView, claim_groups, names, report_line

_WORDS_A_MINUTE: Final = 180
_RELATED: Final = 4
_FEEDS: Final = (("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json"))


def special_feeds(s: Speech) -> tuple[tuple[str, str, str], ...]:
    """The feeds of special reports in a language."""
    return tuple((f"/{s.lang}/special.{kind}", type_, str(s.t("special.title"))) for kind, type_ in _FEEDS)


def special(site: Site, s: Speech) -> Rendered:
    """The list of special reports."""
    page = Page(title=str(s.t("special.title")), speech=s, path=f"/{s.lang}/special", description=str(s.t("home.lead")), feeds=special_feeds(s))
    return site.render("special.html", page, specials=special_lines(site, s))


def special_lines(site: Site, s: Speech, most: int = 500) -> list[dict[str, Any]]:
    """Special reports in a list."""
    return [special_line(made, s) for made in published(site) if made.withdrawn is None][:most]


def special_line(made: PublicArticle, s: Speech, why: Markup | None = None) -> dict[str, Any]:
    """A special report in a list."""
    text = made.content.texts[language_of(made, s.lang)]
    href = f"/{s.lang}/special/{made.slug}"
    return {"href": href, "title": s.name(text.title), "date": s.day(made.published[:10]), "summary": s.name(text.summary), "why": why}


def language_of(made: PublicArticle, lang: Lang) -> Lang:
    """The language in which it can be read by one who reads this one."""
    other: Lang = "en" if lang == "ar" else "ar"
    text = made.content.texts.get(lang)
    return lang if text is not None and text.is_there else other


def special_report(site: Site, s: Speech, slug: str, parameters: Parameters) -> Rendered:
    """The page of a special report; of one that was withdrawn why."""
    made = article(site, slug)
    path = f"/{s.lang}/special/{slug}"
    if made is None:
        return not_found(site, s, f"/{s.lang}/special")
    if made.withdrawn is not None:
        page = Page(title=str(s.t("special.withdrawn_title")), speech=s, path=path, robots="noindex")
        return site.render("special_gone.html", page, 410, why=s.name(made.withdrawn), day=s.day((made.gone or made.updated)[:10]))
    return shown(site, s, made, path, parameters, _article(site, s, made, path))


def shown(site: Site, s: Speech, made: PublicArticle, path: str, parameters: Parameters, data: Markup | None, draft: str = "") -> Rendered:
    """It, set out; also as a writer's preview, with the way back to the `draft`."""
    lang = language_of(made, s.lang)
    text = made.content.texts[lang]
    most = 12 if site.static else parameters.number("related", _RELATED, 40)
    related, further = _related(site, s, made, most)
    page = Page(title=text.title, speech=s, path=path, kind="article", description=text.summary, feeds=special_feeds(s), data=data)
    evidence = _evidence(site, s, made, lang)
    return site.render(
        "special_report.html", page, text=text, body=rendered(site, made.content, lang, s), text_lang=lang, text_dir="rtl" if lang == "ar" else "ltr",
        byline=s.t("special.byline", name=s.name(made.content.byline or site.name(lang))), draft=draft, date=s.day(made.published[:10]),
        updated=s.day(made.updated[:10]) if made.updated[:10] != made.published[:10] else None,
        reading_time=s.count("minutes", max(1, round(words_in(made.content, lang) / _WORDS_A_MINUTE))),
        corrections=[(s.day(c.at[:10]), s.name(c.note)) for c in made.corrections], evidence=evidence,
        evidence_show=s.t("special.evidence_show", count=s.count("claims_cited", len(evidence))),
        cards=cards_of(site, s, told_in(made.content)), related=related, address=f"{site.base}{path}",
        more=f"{path}?related={most + _RELATED}#related" if further and not site.static else None, changed=len(flagged(site, made.content, s)),
    )  # fmt: skip


def _evidence(site: Site, s: Speech, made: PublicArticle, lang: Lang) -> list[ClaimView]:
    """The claims that the text refers to, each with its words."""
    views: dict[str, ClaimView] = {}
    wanted = cited(site, made.content, lang, s)
    for id_ in dict.fromkeys(r.incident for r in wanted if r.incident):
        one = site.incident(id_)
        if one is not None:
            groups = claim_groups(one.incident, site.reports(list(one.incident.reports)), s)
            views.update((claim.id, claim) for group in groups for claim in group.claims)
    return [views[r.claim.id] for r in wanted if r.claim is not None and r.claim.id in views]


def _related(site: Site, s: Speech, made: PublicArticle, most: int) -> tuple[list[dict[str, Any]], bool]:
    """Other special reports, then reports: by shared incidents, then places, actors, days; each with the reason."""
    own = _grounds(site, made)
    rated: list[tuple[tuple[int, int], dict[str, Any]]] = []
    for other in published(site):
        if other.slug == made.slug or other.withdrawn is not None:
            continue
        theirs = _grounds(site, other)
        for rank, kind in enumerate(("incident", "place", "actor", "day")):
            shared = own[kind] & theirs[kind]
            if shared:
                rated.append(((rank, -len(shared)), special_line(other, s, _reason(site, s, kind, sorted(shared)))))
                break
    found = [line for _, line in sorted(rated, key=lambda one: one[0])]
    told = Counter(r for id_ in own["incident"] if (n := site.index.number(id_)) is not None for r in site.index.row(n).reports)
    reports = site.reports([r for r, _ in told.most_common(most + 1)])
    for id_, number in told.most_common(most + 1):
        if id_ in reports:
            line = report_line(reports[id_], s)
            why = s.t("report.related_incidents", count=s.count("incidents", number))
            found.append({"href": line.href, "title": line.title, "date": line.date, "summary": line.outlet, "why": why})
    return found[:most], len(found) > most


def _grounds(site: Site, made: PublicArticle) -> dict[str, set[str]]:
    rows = [site.index.row(n) for id_ in told_in(made.content) if (n := site.index.number(id_)) is not None]
    return {
        "incident": {id_ for id_ in told_in(made.content) if site.index.number(id_) is not None}, "place": {p for r in rows for p in r.places},
        "actor": {a for r in rows for a in r.actors}, "day": {str(r.start) for r in rows if r.start is not None},
    }  # fmt: skip


def _reason(site: Site, s: Speech, kind: str, shared: list[str]) -> Markup:
    if kind == "incident":
        return s.t("report.related_incidents", count=s.count("incidents", len(shared)))
    if kind == "day":
        return s.t("report.related_days")
    return s.t(f"report.related_{kind}s", name=names(site, kind, shared[0], s))


def _article(site: Site, s: Speech, made: PublicArticle, path: str) -> Markup:
    """It as schema.org's NewsArticle, in JSON that may stand inside a page."""
    lang = language_of(made, s.lang)
    text, name = made.content.texts[lang], site.name(lang)
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": text.title[:110], "description": text.summary, "inLanguage": lang,
        "datePublished": made.published, "dateModified": made.updated, "url": site.base + path, "mainEntityOfPage": site.base + path,
        "author": {"@type": "Organization", "name": made.content.byline or name}, "publisher": {"@type": "Organization", "name": name},
        "isAccessibleForFree": True,
    }  # fmt: skip
    if made.corrections:
        told["correction"] = [{"@type": "CorrectionComment", "text": c.note, "datePublished": c.at} for c in made.corrections]
    plain = msgspec.json.encode(told).decode()
    return Markup(plain.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
