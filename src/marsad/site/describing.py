"""The description of the API (OpenAPI 3.1), of which every answer holds what it says: a test asks each address and compares.

The schemas of records are made from the model itself. A desk adds its own part: `described`, which gives addresses and further records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from marsad import __version__
from marsad.model import Incident
from marsad.site.finding import FACETS
from marsad.site.records import PublicReport

MOST: Final = 500
TEXT: Final = {"type": "string"}
WHOLE: Final = {"type": "integer", "minimum": 0}
TEXT_OR_NOT: Final = {"type": ["string", "null"]}
_ABOUT: Final = "Sourced incidents from Arabic conflict reports. What is under /desk needs a token; all else is public."
_FILTERS: Final = {
    "since": "first day, YYYY-MM-DD", "until": "last day", "q": "words", "box": "west,south,east,north in degrees", "near": "lat,lon,km",
    "undated": "1: only those without a day", "unlocated": "1: only those without a point",
}  # fmt: skip


class Described(NamedTuple):
    """A part of the API. `paths`: its addresses; `schemas`: records that they name; `security`: how one shows who one is."""

    paths: dict[str, Any]
    schemas: dict[str, Any]
    security: dict[str, Any]


def thing(properties: Mapping[str, Any], optional: Sequence[str] = ()) -> dict[str, Any]:
    """The schema of an object with these fields and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def many(schema: Any) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "items": schema}


def question(name: str, about: str, schema: Any, *, needed: bool = False) -> dict[str, Any]:
    """A parameter of an address's query."""
    return {"name": name, "in": "query", "description": about, "required": needed, "schema": schema, "explode": True}


def part(name: str) -> dict[str, Any]:
    """A parameter in an address."""
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def answer(about: str, schema: Any) -> dict[str, Any]:
    """One answer."""
    return {"description": about, "content": {"application/json": {"schema": schema}}}


ERROR: Final = thing({"error": TEXT})
REFUSALS: Final = {"429": answer("asked too often: `Retry-After` or `RateLimit-Reset` says for how many seconds", ERROR)}


def openapi(base: str, more: Described | None = None) -> dict[str, Any]:
    """The description of the API at `base`. `more`: of the desk."""
    (incident, report), components = msgspec.json.schema_components((Incident, PublicReport), ref_template="#/components/schemas/{name}")
    paths, components = _public(incident, report), {**components, **(more.schemas if more else {})}
    made: dict[str, Any] = {
        "openapi": "3.1.0", "info": {"title": "marsad", "version": __version__, "description": _ABOUT}, "servers": [{"url": f"{base}/api/v1"}],
        "paths": {**paths, **(more.paths if more else {})}, "components": {"schemas": components},
    }  # fmt: skip
    if more:
        made["components"]["securitySchemes"] = more.security
    return made


def _public(incident: Any, report: Any) -> dict[str, Any]:
    filters = [question(name, "value; several are an OR", many(TEXT)) for name in FACETS]
    filters += [question(name, about, TEXT) for name, about in _FILTERS.items()]
    cursor = question("cursor", "`next` of the page before", TEXT)
    since = question("since", "`next` of the answer before; 0 is from the beginning", TEXT)
    kind = question("kind", "incident or report", {"enum": ["incident", "report"]})
    history = thing({"day": TEXT, "kind": TEXT, "number": {"type": ["integer", "null"]}})
    change = thing({"id": TEXT, "gone": TEXT_OR_NOT, "forward": TEXT_OR_NOT})
    counts = {"total": WHOLE, "undated": WHOLE, "unlocated": WHOLE, "facets": {"type": "object", "additionalProperties": _COUNTED}}
    return {
        "/incidents": _path(
            "A page of incidents, the newest first", [*filters, _limit(MOST), cursor],
            thing({"total": WHOLE, "next": TEXT_OR_NOT, "incidents": many(incident)}),
        ),
        "/incidents/{id}": _path("One incident and what became of it", [part("id")], thing({"incident": incident, "history": many(history)}), gone=change),
        "/reports/{id}": _path("One report", [part("id")], report, gone=change),
        "/counts": _path("How many incidents each value of each facet would give", filters, thing(counts)),
        "/changes": _path(
            "What was written or went since a cursor", [since, kind, _limit(5_000)],
            thing({"changes": many(change), "next": TEXT, "more": {"type": "boolean"}}),
        ),
    }  # fmt: skip


_COUNTED: Final = {"type": "object", "additionalProperties": WHOLE}


def _limit(most: int) -> dict[str, Any]:
    return question("limit", f"1 to {most}", {"type": "integer", "minimum": 1, "maximum": most})


def _path(about: str, parameters: list[dict[str, Any]], schema: Any, *, gone: Any = None) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": answer("found", schema), **REFUSALS}
    if gone is not None:
        responses |= {"404": answer("never was here", ERROR), "410": answer("gone: `gone` says why, `forward` what took its place", gone)}
    else:
        responses["400"] = answer("cannot be understood: `error` says what", ERROR)
    return {"get": {"summary": about, "parameters": parameters, "responses": responses}}
