"""Incidents of a list, drawn once for each state of the site and shown in every list and page that has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from markupsafe import Markup

from marsad.site.context import Site
from marsad.site.format import Speech
from marsad.site.views import card

_HELD: Final = 20_000
"""Drawn ones kept at hand, some 3 kB each."""


def cards_at(site: Site, s: Speech, rows: Any) -> list[Markup]:
    """Those that stand at these places of the index, in that order; only those that were not drawn yet are read."""
    index = site.index
    held, wanted = index.cards, [int(n) for n in rows]
    found = {n: drawn for n in wanted if (drawn := held.get((n, s.lang, s.digits))) is not None}
    missing = [n for n in wanted if n not in found]
    for made in site.incidents(missing) if missing else ():
        number = index.places[made.incident.id]
        found[number] = site.parts.card(card(made, s))
        while len(held) >= _HELD:
            held.pop(next(iter(held), (0, "", "")), None)
        held[number, s.lang, s.digits] = found[number]
    return [found[n] for n in wanted if n in found]


def cards_of(site: Site, s: Speech, ids: Iterable[str]) -> list[Markup]:
    """Those with these ids that are shown, in that order."""
    return cards_at(site, s, [n for id_ in ids if (n := site.index.number(id_)) is not None])
