"""The original source of a report: the agency or outlet that it says it was taken from, apart from the one that published it.

In the order of trust: «المصدر: رويترز» or «نقلا عن …» on a line of its own, a byline that is an agency, a dateline («دمشق – سانا», «بيروت (رويترز) -»), the
agency's initials or name behind the last sentence («(أ ف ب)»). Agencies and outlets are those of `knowledge/sources.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge import schema
from marsad.knowledge import vocabulary as v

_TOLD: Final = re.compile(r"^[\W_]*(?:المصدر|مصدر الخبر|المصادر|مصدر|نقلا عن|نقلاً عن|نقلًا عن|عن)\s*(?:[::\-–—]|\s)\s*(.{2,60}?)[\s.)\]»\"”*]*$")
_DATELINE: Final = re.compile(r"^\s*([^\s\d()/،:.–—-][^\d()/،:.–—]{1,24}?)\s*(?:[-–—/|،]\s*|\s*[((])\s*([^\d()\n]{2,40}?)\s*(?:[))]\s*[-–—:.]?|[-–—:])\s")
_SHORT_DATELINE: Final = re.compile(r"^\s*([^\s\d()/،:.–—-][^\d()/،:.–—]{1,24}?)\s*[-–—/|]\s*([^\d()\n]{2,40}?)\s*$")
_BEHIND: Final = re.compile(r"[((\[]\s*([^()()\[\]]{2,40}?)\s*[))\]][\s.]*$")
_OF_LINE: Final = re.compile(r"[+/،,&]| و(?=[أ-ي])|\s[-–]\s")
_EDGES: Final = ' \t.:()[]«»"“”-–—*'
_HEAD, _TAIL = 3, 4
_WORDS: Final = 6  # of a name that is not in the list


def original_of(body: Sequence[str], byline: Sequence[str], outlet: str | None, beside: Sequence[str] = ()) -> str | None:
    """The original source told in the lines of a report (`body`) or around it (`byline`; `beside`: credits, tags).

    None where it is the outlet itself or not told.
    """
    for found in (_by_label(body, (*byline, *beside)), _by_byline(byline), _by_dateline(body), _behind(body)):
        if found:
            return None if outlet and _key(found) in (_key(outlet), _key(named(outlet) or outlet)) else found
    return None


def named(words: str) -> str | None:
    """The Arabic name of the agency or outlet that `words` name; None for one that is not in the list."""
    key = _key(words)
    return _names().get(key) or _names().get(key.removeprefix("وكاله ").removeprefix("صحيفه ").removeprefix("قناه ").strip())


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in v.rows("sources.csv", schema.SourceRow):
        for name in (row.name_ar, row.name_en, row.id, *v.names(row.names)):
            names.setdefault(_key(name), row.name_ar)
    return names


def _key(words: str) -> str:
    return fold(" ".join(words.strip(_EDGES).replace(".", " ").split())).casefold()


def _by_label(body: Sequence[str], byline: Sequence[str]) -> str | None:
    for line in (*reversed(body[-_TAIL:]), *byline, *body[:_HEAD]):
        if len(line) > 90:
            continue
        told = _TOLD.match(line)
        if not told:
            continue
        words = told[1].strip(_EDGES)
        known = _first_named(words)
        if known:
            return known
        if not line.lstrip(_EDGES).startswith("عن") and 1 <= len(words.split()) <= _WORDS:
            return words
    return None


def _first_named(words: str) -> str | None:
    """The name of the list that `words` are, or the first of several («رويترز + وكالات»)."""
    whole = named(words)
    if whole:
        return whole
    return next((found for part in _OF_LINE.split(words) if (found := named(part))), None)


def _by_byline(byline: Sequence[str]) -> str | None:
    for line in byline:
        for part in re.split(r"[|•·\n]", line):
            found = named(part) or named(re.sub(r"^\s*(?:كتب|بقلم|تحرير|المصدر|by)\s*:?\s*", "", part, flags=re.IGNORECASE))
            if found:
                return found
    return None


def _by_dateline(body: Sequence[str]) -> str | None:
    for line in body[:_HEAD]:
        found = _DATELINE.match(line[:90]) or (_SHORT_DATELINE.match(line) if len(line) < 60 else None)
        if found and len(found[1].split()) <= 3:
            known = _first_named(found[2])
            if known:
                return known
    return None


def _behind(body: Sequence[str]) -> str | None:
    for line in reversed(body[-_TAIL:]):
        found = _BEHIND.search(line[-80:])
        known = _first_named(found[1]) if found else named(line) if len(line) < 40 else None
        if known:
            return known
    return None
