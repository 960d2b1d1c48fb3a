"""By what an incident is found: its tags, and what filters ask of them.

A tag is `name:value`; `tags_in` gives all of an incident, `asked` the tags that filters ask for (one of each group), and `holds` what tags cannot say
(a box, a circle, days). To add a filter: its field in `model.Filters`, its tags in `_TAGS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import cos, floor, radians
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.gazetteer import distance_km
from marsad.knowledge.joining import ancestors
from marsad.model import Filters, Incident

_CELLS: Final = ((0.1, "spot"), (1, "cell"), (10, "region"))
"""Sizes of the cells that places are filed in, in degrees, the finest first, and their names. A new one needs a step that files what is stored."""

_MOST_CELLS: Final = 300


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A name in the form in which names are compared: folded letters, no quotation marks, small Latin letters."""
    return " ".join(fold(name).casefold().replace('"', " ").replace("«", " ").replace("»", " ").split())


def _countries(incident: Incident) -> Iterator[str]:
    return (p.country for p in incident.places if p.country)


def _admin1(incident: Incident) -> Iterator[str]:
    return (folded(p.admin1) for p in incident.places if p.admin1)


def _admin2(incident: Incident) -> Iterator[str]:
    return (folded(p.admin2) for p in incident.places if p.admin2)


def _places(incident: Incident) -> Iterator[str]:
    for place in incident.places:
        yield from (name for name in (place.gazetteer_id, folded(place.name), place.name_en and folded(place.name_en)) if name)


def _actors(incident: Incident) -> Iterator[str]:
    """Each actor's name, its id, and those that it belongs to; alone and with its role, and the role alone."""
    for actor in incident.actors:
        for known in {folded(actor.name), *(ancestors(actor.id) if actor.id else ())}:
            yield known
            yield f"{known}|{actor.role}"
        yield f"|{actor.role}"


def _outlets(incident: Incident) -> Iterator[str]:
    return (folded(c.publisher) for c in incident.claims if c.publisher)


def _asserters(incident: Incident) -> Iterator[str]:
    for claim in incident.claims:
        yield from (known for known in (claim.asserter.id, claim.asserter.name and folded(claim.asserter.name)) if known)


def _one(value: str) -> Iterator[str]:
    yield value


_TAGS: Final[dict[str, Callable[[Incident], Iterator[str]]]] = {
    "country": _countries,
    "admin1": _admin1,
    "admin2": _admin2,
    "place": _places,
    "type": lambda incident: _one(incident.type),
    "actor": _actors,
    "outlet": _outlets,
    "asserter": _asserters,
    "status": lambda incident: _one(incident.status),
    "review": lambda incident: _one(incident.review.state),
    "grade": lambda incident: _one(incident.grade.value),
}


def tags_in(incident: Incident) -> tuple[str, ...]:
    """All tags of an incident, sorted."""
    found = {f"{name}:{value}" for name, values in _TAGS.items() for value in values(incident)}
    for place in incident.places:
        if place.lat is not None and place.lon is not None:
            found.update(f"{name}:{floor(place.lat / size)}:{floor(place.lon / size)}" for size, name in _CELLS)
    return tuple(sorted(found))


def asked(filters: Filters) -> list[tuple[str, ...]]:
    """The tags that filters ask for: an incident must have one of each group."""
    groups: list[tuple[str, ...]] = []
    for name in ("type", "status", "review", "grade", "country", "admin1", "admin2", "outlet", "place", "asserter"):
        value = getattr(filters, name)
        if value is not None:
            groups.append(tuple(dict.fromkeys(f"{name}:{said}" for said in (value, value.upper(), folded(value)))))
    if filters.actor is not None or filters.role is not None:
        role = f"|{filters.role}" if filters.role else ""
        names = dict.fromkeys((filters.actor, folded(filters.actor))) if filters.actor is not None else {"": None}
        groups.append(tuple(f"actor:{name}{role}" for name in names))
    for box in _boxes(filters):
        cells = _cells(*box)
        if cells:
            groups.append(cells)
    return groups


def holds(incident: Incident, filters: Filters) -> bool:
    """Whether an incident is what filters ask for, but for their text and their day of knowing."""
    first = incident.date.start
    if filters.since is not None and (first is None or first < filters.since):
        return False
    if filters.until is not None and (first is None or first > filters.until):
        return False
    if not lies_in(incident, filters):
        return False
    groups = asked(filters)
    if not groups:
        return True
    own = set(tags_in(incident))
    return all(own.intersection(group) for group in groups)


def lies_in(incident: Incident, filters: Filters) -> bool:
    """Whether an incident lies in the box and the circle that filters ask for; the cells that it is filed by say so only roughly."""
    return _in_box(incident, filters) and _near(incident, filters)


def _in_box(incident: Incident, filters: Filters) -> bool:
    if filters.box is None:
        return True
    west, south, east, north = filters.box
    return any(
        p.lat is not None and p.lon is not None and south <= p.lat <= north and (west <= p.lon <= east if west <= east else p.lon >= west or p.lon <= east)
        for p in incident.places
    )


def _near(incident: Incident, filters: Filters) -> bool:
    if filters.near is None:
        return True
    lat, lon, km = filters.near
    for place in incident.places:
        if place.lat is not None and place.lon is not None:
            away = distance_km((lat, lon), (place.lat, place.lon))
            if away is not None and away <= km:
                return True
    return False


def _boxes(filters: Filters) -> Iterator[tuple[float, float, float, float]]:
    if filters.box is not None:
        west, south, east, north = filters.box
        yield from ((west, south, east, north),) if west <= east else ()
    if filters.near is not None:
        lat, lon, km = filters.near
        high = km / 110.5
        if abs(lat) + high < 85:
            wide = km / (111.3 * cos(radians(abs(lat) + high)))
            if abs(lon) + wide < 180:
                yield lon - wide, lat - high, lon + wide, lat + high


def _cells(west: float, south: float, east: float, north: float) -> tuple[str, ...]:
    """The cells that a box touches, in the finest size that does not need too many; none where that is no help."""
    for size, name in _CELLS:
        rows = range(floor(south / size), floor(north / size) + 1)
        columns = range(floor(west / size), floor(east / size) + 1)
        if len(rows) * len(columns) <= _MOST_CELLS:
            return tuple(f"{name}:{y}:{x}" for y in rows for x in columns)
    return ()
