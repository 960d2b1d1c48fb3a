"""What programs do at the desk, by tokens: read what is not for everybody, take reports in, decide. JSON in, JSON out; the same acts as the pages.

GET  /api/v1/desk/incidents/ID          scope read
GET  /api/v1/desk/reports?id=ID         scope read
GET  /api/v1/desk/queue                 scope read: ?why= ?limit= ?from=
GET  /api/v1/desk/decisions             scope read: ?after=NUMBER ?limit=
POST /api/v1/desk/reports               scope add: {"text", "date", "outlet", "title", "url"}
POST /api/v1/desk/decisions             scope review: {"kind", "subject": […], "why", "fields": {…}}

An address may ask so often a minute, whoever asks. Other sites' pages may not ask at all: there is no CORS here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

import anyio
import msgspec
from litestar import Request, Response, Router, get, post
from litestar.exceptions import HTTPException
from litestar.middleware.rate_limit import RateLimitConfig

from marsad.model import Decision, Event, Incident, Report, reference_day
from marsad.observatory import ReviewError
from marsad.site.context import Parameters
from marsad.site.describing import ERROR, REFUSALS, TEXT, TEXT_OR_NOT, WHOLE, Described, answer, many, part, question, thing
from marsad.site.desk.accounts import User
from marsad.site.desk.asking import FORM, Desk, DeskError, asked_for
from marsad.site.desk.deciding import Act, decide, waiting
from marsad.site.desk.queue import REASONS, ranked

_TEXT: Final = 400_000  # characters
_MOST: Final = 500


class NewReport(msgspec.Struct, forbid_unknown_fields=True):
    """A report that a program hands in."""

    text: str
    date: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


class NewDecision(msgspec.Struct, forbid_unknown_fields=True):
    """A decision that a program makes for its owner."""

    kind: str
    subject: list[str]
    why: str
    fields: dict[str, Any] | None = None


def router(desk: Desk, *, a_minute: int = 600) -> Router:
    """The addresses for programs, with so many questions a minute of one address."""

    @get("/incidents/{id:str}", name="desk api incident")
    async def incident(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "read", lambda _, __: _incident(desk, str(request.path_params["id"])))

    @get("/reports", name="desk api report")
    async def report(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "read", lambda _, __: _kept(desk, asked_for(request)))

    @get("/queue", name="desk api queue")
    async def queue(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "read", lambda _, __: _queue(desk, asked_for(request)))

    @get("/decisions", name="desk api decided")
    async def decided(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "read", lambda _, __: _decided(desk, asked_for(request)))

    @post("/reports", name="desk api reports", status_code=200, request_max_body_size=FORM)
    async def reports(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "add", lambda user, body: _report(desk, user, body))

    @post("/decisions", name="desk api decisions", status_code=200, request_max_body_size=FORM)
    async def decisions(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "review", lambda user, body: _decision(desk, user, body))

    limit = RateLimitConfig(rate_limit=("minute", a_minute))
    return Router("/api/v1/desk", route_handlers=[incident, report, queue, decided, reports, decisions], middleware=[limit.middleware])


async def _answered(desk: Desk, request: Request[Any, Any, Any], scope: str, act: Callable[[User, bytes], Any]) -> Response[bytes]:
    origin = request.client.host if request.client else ""
    try:
        body = await request.body()
    except HTTPException as error:
        await anyio.to_thread.run_sync(desk.accounts.stranger, "not taken", f"{error.status_code} {request.url.path}", origin)
        raise
    word = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return await anyio.to_thread.run_sync(_made, desk, scope, word, body, act, origin)


def _made(desk: Desk, scope: str, word: str, body: bytes, act: Callable[[User, bytes], Any], origin: str) -> Response[bytes]:
    known = desk.accounts.bearer(word)
    if known is None:
        if word:
            desk.accounts.stranger("token refused", scope, origin)
        return _json({"error": "a token is needed: Authorization: Bearer …"}, 401)
    user, scopes = known
    if scope not in scopes:
        desk.accounts.note(user.name, "not allowed", f"token without {scope}", origin)
        return _json({"error": f"this token is not for {scope}"}, 403)
    try:
        with desk.site.standing():
            found = act(user, body)
    except (msgspec.DecodeError, msgspec.ValidationError, DeskError, ReviewError, ValueError, RecursionError) as error:
        return _json({"error": str(error)}, 422)
    return _json(found, 200) if found is not None else _json({"error": "there is no such thing"}, 404)


def _json(value: Any, status: int) -> Response[bytes]:
    headers = {"Cache-Control": "no-store", **({"WWW-Authenticate": "Bearer"} if status == 401 else {})}
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json", headers=headers)


def _incident(desk: Desk, id_: str) -> Any:
    return desk.site.observatory.incident(id_)


def _kept(desk: Desk, asked: Parameters) -> Any:
    kept = desk.site.observatory.report(asked.one("id"))
    if kept is None or kept.report is None:
        return None
    events = [told.event for told in desk.site.observatory.told(kept.report.id)]
    return {"report": kept.report, "events": events, "incidents": list(kept.incidents)}


def _queue(desk: Desk, asked: Parameters) -> Any:
    why = asked.one("why")
    if why and why not in REASONS:
        raise DeskError(f"why: one of {', '.join(REASONS)}")
    found = [one for one in ranked(desk.site, waiting(desk), desk.accounts.now()) if not why or why in one[2]]
    begin, limit = asked.number("from", 1, 10_000_000) - 1, asked.number("limit", 100, _MOST)
    rows = [{"id": desk.site.index.ids[n], "weight": round(weight, 3), "reasons": list(reasons)} for weight, n, reasons in found[begin : begin + limit]]
    return {"total": len(found), "next": str(begin + limit + 1) if begin + limit < len(found) else None, "incidents": rows}


def _decided(desk: Desk, asked: Parameters) -> Any:
    after = asked.one("after", "0")
    if not after.isdigit() or len(after) > 18:
        raise DeskError("after: the number of a decision")
    limit = asked.number("limit", 100, _MOST)
    found = [d for d in desk.site.observatory.decisions() if d.number > int(after)]
    page = found[:limit]
    return {"decisions": page, "next": str(page[-1].number) if page else after, "more": len(found) > limit}


def _report(desk: Desk, user: User, body: bytes) -> Any:
    new = msgspec.json.decode(body, type=NewReport)
    if not new.text.strip() or len(new.text) > _TEXT:
        raise DeskError("the text is empty or too long")
    day = reference_day(new.date) if new.date else None
    url = new.url if new.url and new.url.lower().startswith(("http://", "https://")) else None
    made = Report.from_text(new.text, id="handed-in", date=day, outlet=new.outlet, title=new.title, url=url)
    made = msgspec.structs.replace(made, id=f"handed-in-{made.sha256[:16]}")
    with desk.turn:
        added = next(iter(desk.site.observatory.add([made])))
    if added.fault is not None:
        raise DeskError("it could not be read")
    desk.accounts.note(user.name, "add", added.report)
    return {"outcome": added.outcome, "report": added.report, "events": added.events, "incidents": added.incidents}


def _decision(desk: Desk, user: User, body: bytes) -> Any:
    new = msgspec.json.decode(body, type=NewDecision)
    if not new.subject:
        raise DeskError("a decision names what it is about")
    told = decide(desk, user, Act(new.kind, tuple(new.subject), new.fields), new.why)
    last = desk.site.observatory.decisions()[-1]
    return {"told": told, "decision": last}


# -- what is told of these addresses


def described() -> Described:
    """This part of the API, as OpenAPI has it."""
    template = "#/components/schemas/{name}"
    records = (Incident, Report, Event, Decision, NewReport, NewDecision)
    (incident, report, event, decision, new_report, new_decision), schemas = msgspec.json.schema_components(records, ref_template=template)
    row = thing({"id": TEXT, "weight": {"type": "number"}, "reasons": many({"enum": list(REASONS)})})
    limit = question("limit", f"1 to {_MOST}", {"type": "integer", "minimum": 1, "maximum": _MOST})
    id_ = question("id", "of the report", TEXT, needed=True)
    waits = thing({"total": WHOLE, "next": TEXT_OR_NOT, "incidents": many(row)})
    paths = {
        "/desk/incidents/{id}": {"get": _act("One incident, as the desk sees it", "read", incident, [part("id")], one=True)},
        "/desk/reports": {
            "get": _act("One report, with its events and their incidents", "read",
                thing({"report": report, "events": many(event), "incidents": many(TEXT_OR_NOT)}), [id_], one=True),
            "post": _act("Take a report in", "add",
                thing({"outcome": TEXT, "report": TEXT, "events": WHOLE, "incidents": many(TEXT)}), body=new_report),
        },
        "/desk/queue": {"get": _act("What nobody has decided about, weightiest first", "read", waits,
            [question("why", "only what is there for this reason", {"enum": list(REASONS)}), question("from", "`next` of the page before", TEXT), limit])},
        "/desk/decisions": {
            "get": _act("Decisions, the earliest first", "read", thing({"decisions": many(decision), "next": TEXT, "more": {"type": "boolean"}}),
                [question("after", "`next` of the answer before", TEXT), limit]),
            "post": _act("Decide", "review", thing({"told": {"enum": ["done", "second_waits"]}, "decision": decision}), body=new_decision),
        },
    }  # fmt: skip
    about = "A token from `marsad user token`, or from one's account at the desk. What it is for (its scopes: read, add, review) is said at each address."
    return Described(paths, schemas, {"token": {"type": "http", "scheme": "bearer", "description": about}})


Scope = Literal["read", "add", "review"]


def _act(about: str, scope: Scope, schema: Any, parameters: list[Any] | None = None, body: Any = None, *, one: bool = False) -> dict[str, Any]:
    responses = {
        "200": answer("done", schema), "401": answer("no token, or one that holds no more", ERROR), "403": answer("the token is not for this", ERROR),
        **REFUSALS,
    }  # fmt: skip
    wrong = {"404": answer("there is no such thing", ERROR)} if one else {"422": answer("cannot be done: `error` says why", ERROR)}
    responses |= wrong
    made: dict[str, Any] = {
        "summary": about, "description": f"Scope: {scope}.", "parameters": parameters or [], "responses": responses, "security": [{"token": []}],
        "x-scope": scope,
    }  # fmt: skip
    if body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
        made["responses"]["413"] = answer("too large", ERROR)
    return made
