"""The JSON API (`/api/v1`): incidents with the filters of the lists, pages by cursor, counts, reports, and what changed or went since a cursor.

It is public, gives what the projection holds and nothing else, and may be asked from any page (CORS). More scopes come with tokens, from the desk.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import MediaType, Request, Response, Router, get
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromPath

from marsad.site.context import Parameters, Site
from marsad.site.describing import openapi
from marsad.site.finding import FACETS, AskError, asked

LIMIT: Final = 100
MOST: Final = 500
OPEN: Final = {
    "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET", "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After",
}  # fmt: skip
"""What every answer of the public API has, refusals too, and none of the desk's: any page may ask, and read what it is told."""


def is_open(path: str) -> bool:
    """Whether an address is one of the public API."""
    return path.startswith("/api/v1/") and not path.startswith("/api/v1/desk/")


_JSON: Final = "application/json; charset=utf-8"


def incidents(site: Site, parameters: Parameters) -> dict[str, Any]:
    """A page of incidents, the newest first. Raises `AskError`."""
    index = site.index
    query = asked(parameters.values)
    if query.oldest_first:
        raise AskError("sort: the API gives the newest first")
    found = index.found(query)
    limit = parameters.number("limit", LIMIT, MOST)
    rows = found.rows
    cursor = parameters.one("cursor")
    if cursor:
        before = _key(cursor)
        rows = rows[index.keys[rows] < before]
    page = rows[:limit]
    after = _cursor(int(index.keys[page[-1]])) if len(rows) > len(page) else None
    return {"total": found.total, "next": after, "incidents": [made.incident for made in site.incidents(page)]}


def counts(site: Site, parameters: Parameters) -> dict[str, Any]:
    """How many incidents each value of each facet would give. Raises `AskError`."""
    query = asked(parameters.values)
    mask = site.index.mask(query)
    return {
        "total": int(mask.sum()), "undated": site.index.undated(mask), "unlocated": site.index.unlocated(mask),
        "facets": {name: site.index.counts(name, query, mask) for name in FACETS if name not in ("report", "role")},
    }  # fmt: skip


def changes(site: Site, parameters: Parameters) -> dict[str, Any]:
    """The latest change of each incident (or report) since a cursor: written, or gone and why. Raises `AskError`."""
    since = parameters.one("since", "0")
    if not since.isdigit() or len(since) > 18:
        raise AskError("since: not a cursor that this API gave")
    kind = parameters.one("kind", "incident")
    if kind not in ("incident", "report"):
        raise AskError("kind: incident or report")
    limit = parameters.number("limit", MOST, 5_000)
    with site.reads() as reads:
        found = reads.changes(kind, after=int(since), limit=limit + 1)
    page = found[:limit]
    told = [{"id": c.id, "gone": c.gone, "forward": c.forward} for c in page]
    return {"changes": told, "next": str(page[-1].n) if page else since, "more": len(found) > limit}


def _cursor(key: int) -> str:
    return format(key, "x")


def _key(cursor: str) -> int:
    try:
        return int(cursor[:20], 16)
    except ValueError:
        raise AskError("cursor: not one that this API gave") from None


def given(request: Request[Any, Any, Any], make: Any) -> Response[bytes]:
    """An answer as JSON; one line that says what is wrong where it cannot be given."""
    from marsad.site.app import answer, parameters

    own = parameters(request)

    def made(site: Site) -> tuple[bytes, int, str]:
        try:
            found, status = make(site, own), 200
        except AskError as error:
            found, status = {"error": str(error)}, 400
        if isinstance(found, tuple):
            found, status = found
        return msgspec.json.encode(found), status, _JSON

    return answer(request, made)


def _gone(site: Site, kind: str, id_: str) -> tuple[dict[str, Any], int]:
    with site.reads() as reads:
        change = reads.change(kind, id_)
    if change is None or change.gone is None:
        return {"error": f"there is no {kind} {id_}"}, 404
    return {"id": id_, "gone": change.gone, "forward": change.forward}, 410


@get("/incidents", sync_to_thread=True)
def api_incidents(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A page of incidents."""
    return given(request, incidents)


@get("/incidents/{id_:str}", sync_to_thread=True)
def api_incident(request: Request[Any, Any, Any], id_: FromPath[str]) -> Response[bytes]:
    """An incident, what became of it, or why it is gone."""

    def make(site: Site, _: Parameters) -> Any:
        made = site.incident(id_)
        return _gone(site, "incident", id_) if made is None else {"incident": made.incident, "history": _history(made.history)}

    return given(request, make)


def _history(told: Any) -> list[dict[str, Any]]:
    return [{"day": h.day, "kind": h.kind, "number": h.number} for h in told]


@get("/reports/{id_:str}", sync_to_thread=True)
def api_report(request: Request[Any, Any, Any], id_: FromPath[str]) -> Response[bytes]:
    """A report: its facts, the sentences that tell something, and what they tell; or why it is gone."""

    def make(site: Site, _: Parameters) -> Any:
        own = site.report_id(id_)
        return site.report(own) or _gone(site, "report", own)

    return given(request, make)


@get("/counts", sync_to_thread=True)
def api_counts(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Counts of every facet."""
    return given(request, counts)


@get("/changes", sync_to_thread=True)
def api_changes(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What changed since a cursor."""
    return given(request, changes)


@get("/openapi.json", sync_to_thread=True, media_type=MediaType.JSON)
def api_openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The description of the API (OpenAPI 3.1); of that of the desk too, where there is one."""
    site: Site = request.app.state.site
    return Response(msgspec.json.encode(openapi(site.base, request.app.state.get("described"))), media_type=_JSON)


HANDLERS: Final = (api_incidents, api_incident, api_report, api_counts, api_changes, api_openapi)


def router(*, a_minute: int = 600) -> Router:
    """The routes of the API, with so many questions a minute of one address."""
    limit = RateLimitConfig(rate_limit=("minute", a_minute))
    return Router(path="/api/v1", route_handlers=list(HANDLERS), middleware=[limit.middleware])
