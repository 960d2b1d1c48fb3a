"""Incidents as a list, a map and a time line, joined: filters with OR, counts, and pages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from markupsafe import Markup

from marsad.site.context import Page, Parameters, Rendered, Site
from marsad.site.drawing import cards_at
from marsad.site.finding import Mask, Query, asked
from marsad.site.format import Speech
from marsad.site.views import names

SHOWN: Final = 30
MOST_SHOWN: Final = 300
STATIC_SHOWN: Final = 100
"""How many are shown at first, at most, and on each page of a published site."""
CUT: Final = 50_000
"""How many incidents a file of a list holds at most."""

_FACETS: Final = (
    ("type", 12), ("country", 10), ("area", 10), ("actor", 12), ("grade", 9), ("review", 9), ("status", 9), ("outlet", 10), ("precision", 10), ("year", 12),
    ("month", 12),
)  # fmt: skip
_ORDERED: Final = {
    "grade": ("contested", "both_sides", "several", "admitted", "single"), "review": ("confirmed", "unreviewed", "rejected"),
    "status": ("occurred", "ongoing", "failed", "planned", "denied"),
    "precision": ("exact", "settlement", "neighbourhood", "near", "admin3", "admin2", "admin1", "region", "country", "unknown"),
}  # fmt: skip
_CARRIED: Final = ("since", "until", "q", "box", "near", "undated", "unlocated", "sort")


@dataclass(frozen=True)
class Choice:
    """A value of a facet: its address is the list with it, or without it where it is chosen."""

    value: str
    name: Markup
    count: Markup
    number: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class FacetView:
    """A facet with its values; `more`: those beyond the first ones."""

    name: str
    heading: Markup
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    open: bool


@dataclass(frozen=True)
class Bar:
    """A month of the time line; `height` in hundredths of the highest."""

    month: str
    name: Markup
    title: str
    count: Markup
    height: int
    href: str
    chosen: bool


def incidents(site: Site, s: Speech, parameters: Parameters) -> Rendered:
    """The page of the list. Raises `AskError`."""
    values = _list_values(site, s, parameters, f"/{s.lang}/incidents")
    page = Page(
        title=str(s.t("list.title")), speech=s, path=f"/{s.lang}/incidents", description=str(s.t("home.lead")), query=_search(parameters),
        feeds=(*feed_links(s, _search(parameters)),),
    )  # fmt: skip
    return site.render("incidents.html", page, **values)


def _list_values(site: Site, s: Speech, parameters: Parameters, base: str) -> dict[str, Any]:
    index = site.index
    query = asked(parameters.values)
    mask = index.mask(query)
    found = index.found(query, mask)
    shown = STATIC_SHOWN if site.static else parameters.number("show", SHOWN, MOST_SHOWN)
    begin = min(parameters.number("from", 1, 10_000_000) - 1, found.total)
    rows = found.rows[begin : begin + shown]
    end = begin + len(rows)
    more = None
    if end < found.total:
        more = (
            href(base, parameters, show=str(shown + SHOWN))
            if shown < MOST_SHOWN and not site.static
            else href(base, parameters, **{"from": str(end + 1), "show": ""})
        )
    return {
        "cards": cards_at(site, s, rows),
        "shown_of": s.t("list.shown", shown=s.n(end) if begin == 0 else s.span(begin + 1, end), total=s.n(found.total)),
        "total": found.total, "more": more, "paged": site.static or shown >= MOST_SHOWN, "first": href(base, parameters, **{"from": ""}) if begin else None,
        "facets": _facets(site, s, query, mask, parameters, base), "bars": _bars(site, s, query, mask, parameters, base),
        "chosen": _chosen(site, s, query, parameters, base), "clear": base, "base": base, "q": parameters.one("q"),
        "since": parameters.one("since"), "until": parameters.one("until"), "oldest": query.oldest_first,
        "oldest_href": href(base, parameters, sort="" if query.oldest_first else "oldest"),
        "hidden": [(name, value) for name, values in query_pairs(parameters) for value in values if name not in ("q", "since", "until", "from", "show")],
        "undated": _counted(s, index.undated(mask), "undated", parameters, base),
        "unlocated": _counted(s, index.unlocated(mask), "unlocated", parameters, base),
        "downloads": downloads(s, found.total, parameters),
        "map_source": f"/{s.lang}/incidents.geojson{_search(parameters, 'points')}", "days": _days(index.days(mask)),
    }  # fmt: skip


def query_pairs(parameters: Parameters) -> list[tuple[str, list[str]]]:
    """What is asked for, by name, in a fixed order."""
    from marsad.site.finding import FACETS

    known = [name for name in (*FACETS, *_CARRIED, "show", "from") if parameters.values.get(name)]
    return [(name, [v for v in parameters.values[name] if v]) for name in known]


def href(base: str, parameters: Parameters, **changed: str | Sequence[str]) -> str:
    """The address of the list with something changed; an empty value takes it out. What changes the list begins at its first page."""
    pairs = dict(query_pairs(parameters))
    if set(changed) - {"show", "from"}:
        pairs.pop("from", None)
        pairs.pop("show", None)
    for name, value in changed.items():
        values = [value] if isinstance(value, str) else list(value)
        pairs[name] = [v for v in values if v]
    spoken = urlencode([(name, v) for name, values in pairs.items() for v in values], safe=":,|")
    return f"{base}?{spoken}" if spoken else base


class Links:
    """Addresses of a list with one thing changed, of which a page has hundreds: what stays is written once."""

    def __init__(self, base: str, parameters: Parameters) -> None:
        self.base = base
        kept = [(name, values) for name, values in query_pairs(parameters) if name not in ("show", "from")]
        self._kept = {name: _encoded(name, values) for name, values in kept}

    def with_values(self, facet: str, values: Sequence[str]) -> str:
        """The list with these values of a facet."""
        changed = dict(self._kept)
        changed[facet] = _encoded(facet, values)
        spoken = "&".join(part for part in changed.values() if part)
        return f"{self.base}?{spoken}" if spoken else self.base


def _encoded(name: str, values: Sequence[str]) -> str:
    return "&".join(f"{name}={_quoted(v)}" for v in values)


@lru_cache(maxsize=20_000)
def _quoted(value: str) -> str:
    return quote_plus(value, safe=":,|")


def _search(parameters: Parameters, fields: str = "") -> str:
    kept = Parameters({name: values for name, values in query_pairs(parameters) if name not in ("show", "from")})
    spoken = href("", kept)
    return spoken + (("&" if spoken else "?") + f"fields={fields}" if fields else "")


def feed_links(s: Speech, search: str = "") -> tuple[tuple[str, str, str], ...]:
    """The feeds of a list."""
    name = str(s.t("list.title"))
    kinds = (("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json"))
    return tuple((f"/{s.lang}/feed.{suffix}{search}", kind, name) for suffix, kind in kinds)


def downloads(s: Speech, total: int, parameters: Parameters) -> dict[str, Any]:
    """The files of a list, and how much of it they hold."""
    search = _search(parameters)
    note = s.t("list.download_note", count=s.count("incidents", total)) if total <= CUT else s.t("list.download_cut", limit=s.n(CUT), total=s.n(total))
    return {"note": note, "files": [(name, f"/{s.lang}/incidents.{name.lower()}{search}") for name in ("JSON", "CSV", "GeoJSON")]}


def _facets(site: Site, s: Speech, query: Query, mask: Mask, parameters: Parameters, base: str) -> list[FacetView]:
    made = []
    links = Links(base, parameters)
    for name, few in _FACETS:
        counts = site.index.counts(name, query, mask)
        chosen = query.wanted.get(name, ())
        values = [v for v in _ORDERED[name] if v in counts or v in chosen] if name in _ORDERED else sorted(counts, key=lambda v: (-counts[v], v))
        if name in ("year", "month"):
            values.sort(reverse=True)
        values = [*(v for v in chosen if v not in values), *values]
        if len(values) < 2 and not chosen:
            continue
        head = [v for v in values if v in chosen] + [v for v in values if v not in chosen]
        if name in _ORDERED or name in ("year", "month"):
            head = values
        choices = [_choice(site, s, name, v, counts.get(v, 0), chosen, links) for v in head[: few + 24]]
        made.append(FacetView(name, s.t(f"facet.{name}"), tuple(choices[:few]), tuple(choices[few:]), bool(chosen)))
    return made


def _choice(site: Site, s: Speech, facet: str, value: str, number: int, chosen: Sequence[str], links: Links) -> Choice:
    on = value in chosen
    values = [v for v in chosen if v != value] if on else [*chosen, value]
    return Choice(value, names(site, facet, value, s), s.n(number), number, on, links.with_values(facet, values))


def _bars(site: Site, s: Speech, query: Query, mask: Mask, parameters: Parameters, base: str) -> list[Bar]:
    """The last four years by month, or all years; in time order, months without an incident too."""
    counts = site.index.counts("month", query, mask)
    if not counts:
        return []
    months = sorted(counts)[-60:]
    first, last = months[0], months[-1]
    every = _months(first, last)[-60:]
    most = max(counts[m] for m in months)
    chosen = query.wanted.get("month", ())
    links = Links(base, parameters)
    made = []
    for m in every:
        number, name = counts.get(m, 0), names(site, "month", m, s)
        href = links.with_values("month", [v for v in chosen if v != m] if m in chosen else [*chosen, m])
        height = max(2 if number else 0, round(100 * number / most))
        made.append(Bar(m, name, f"{name.striptags()}: {number}", s.n(number), height, href, m in chosen))
    return made


def _months(first: str, last: str) -> list[str]:
    year, month = (int(part) for part in first.split("-"))
    found = []
    while f"{year:04}-{month:02}" <= last:
        found.append(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _chosen(site: Site, s: Speech, query: Query, parameters: Parameters, base: str) -> list[tuple[Markup, str]]:
    """What is asked for, each with the list without it."""
    found = [
        (names(site, facet, value, s), href(base, parameters, **{facet: _others(parameters, facet, value)}))
        for facet, values in query.wanted.items()
        for value in values
    ]  # fmt: skip
    found += [
        (Markup("{} {}").format(s.t(f"list.{name}"), s.day(parameters.one(name))), href(base, parameters, **{name: ""}))
        for name in ("since", "until")
        if parameters.one(name)
    ]
    if query.words:
        found.append((s.name(query.words), href(base, parameters, q="")))
    found += [(s.t(f"list.{name}"), href(base, parameters, **{name: ""})) for name in ("undated", "unlocated") if getattr(query, name)]
    if query.box or query.near:
        found.append((s.t("list.map"), href(base, parameters, box="", near="")))
    return found


def _others(parameters: Parameters, facet: str, value: str) -> list[str]:
    """What is asked of a facet besides a value."""
    return [v for v in parameters.values.get(facet, []) if v not in (value, value.rpartition("|")[2])]


def _counted(s: Speech, number: int, name: str, parameters: Parameters, base: str) -> tuple[Markup, Markup, str] | None:
    """A counted link to the incidents that the map or the time line cannot show."""
    return (s.t(f"list.{name}"), s.n(number), href(base, parameters, **{name: "1"})) if number else None


def _days(days: tuple[int, int] | None) -> tuple[str, str]:
    return ("", "") if days is None else (datetime.date.fromordinal(days[0]).isoformat(), datetime.date.fromordinal(days[1]).isoformat())
