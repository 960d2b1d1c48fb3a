"""The queue: what an editor should look at first, and why. What waits for a second person comes first, then what is contested, reaches far, is new, or
is not located well."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from itertools import islice
from typing import Final

from marsad.model import Filters
from marsad.site.context import Site
from marsad.site.desk.asking import Ask, Reply
from marsad.site.desk.deciding import waiting
from marsad.site.records import Facets
from marsad.site.views import Card, card

REASONS: Final = ("second", "contested", "far", "new", "vague")
_WEIGHTS: Final = {"second": 100.0, "contested": 30.0, "far": 10.0, "new": 8.0, "vague": 3.0}
_FAR: Final = 10  # killed, from which on an incident reaches far
_MANY: Final = 5  # reports
_VAGUE: Final = frozenset(("admin1", "region", "country", "unknown"))
_NEW: Final = datetime.timedelta(days=7)
_PAGE: Final = 30
_LATEST: Final = 5_000


@dataclass(frozen=True)
class Waiting:
    """An incident in the queue, and why it is there."""

    card: Card
    reasons: tuple[str, ...]


def ranked(site: Site, waits: dict[str, str], now: str) -> list[tuple[float, int, tuple[str, ...]]]:
    """What nobody has decided about, weightiest first: weight, place in the index, reasons."""
    index = site.index
    since = (datetime.datetime.fromisoformat(now) - _NEW).isoformat()
    with site.reads() as reads:
        new = frozenset(reads.changed_since(since, _LATEST))
    found = []
    for n, id_ in enumerate(index.ids):
        row = index.row(n)
        if row.review != "unreviewed":
            continue
        why = tuple(r for r in REASONS if _holds(r, row, id_, waits, new))
        weight = sum(_WEIGHTS[r] for r in why) + (math.log1p(row.killed[1]) if row.killed else 0.0)
        found.append((weight, n, why))
    return sorted(found, key=lambda one: (-one[0], one[1]))


def _holds(reason: str, row: Facets, id_: str, waits: dict[str, str], new: frozenset[str]) -> bool:
    if reason == "second":
        return id_ in waits
    if reason == "contested":
        return row.grade == "contested"
    if reason == "far":
        return len(row.reports) >= _MANY or (row.killed is not None and row.killed[1] >= _FAR)
    if reason == "new":
        return id_ in new
    return row.precision in _VAGUE


def queue(ask: Ask) -> Reply:
    """The queue, or what of it has one reason; what is withheld; decisions whose ground changed."""
    site, s = ask.site, ask.speech
    waits = waiting(ask.desk)
    everything = ranked(site, waits, ask.desk.accounts.now())
    why = ask.parameters.one("why")
    counts = [(r, s.t(f"desk.reason.{r}"), s.n(sum(r in reasons for _, _, reasons in everything))) for r in REASONS]
    chosen = [one for one in everything if why in one[2]] if why in REASONS else everything
    begin = ask.parameters.number("from", 1, 10_000_000) - 1
    own = chosen[begin : begin + _PAGE]
    cards = {made.incident.id: card(made, s) for made in site.incidents([n for _, n, _ in own])}
    rows = [Waiting(cards[id_], reasons) for _, n, reasons in own if (id_ := site.index.ids[n]) in cards]
    asked = f"why={why}&" if why in REASONS else ""
    more = f"/{s.lang}/desk?{asked}from={begin + _PAGE + 1}" if begin + _PAGE < len(chosen) else None
    return ask.page(
        "queue.html", "desk.queue", rows=rows, counts=counts, why=why, more=more, all=s.n(len(everything)),
        shown_of=s.t("list.shown", shown=s.span(begin + 1, begin + len(rows)) if rows else s.n(0), total=s.n(len(chosen))),
        told=told_of(ask), again=ask.site.observatory.asked_again()[:20], waits=waits,
    )  # fmt: skip


def withheld(ask: Ask) -> Reply:
    """What nobody but the desk sees."""
    s = ask.speech
    with ask.desk.turn:
        found = list(islice(ask.site.observatory.incidents(Filters(review="withheld")), 200))
    return ask.page(
        "withheld.html", "desk.withheld", rows=[(i.id, s.t(f"type.{i.type}"), s.days(i.date.start, i.date.end, i.date.precision), i.review) for i in found]
    )


def told_of(ask: Ask) -> str | None:
    """What the page before says was done."""
    told = ask.parameters.one("told")
    return str(ask.speech.t(f"desk.told.{told}")) if told in ("done", "second_waits", "kept", "undone") else None
