"""What programs do at the desk, by tokens: read what is not for everybody, take reports in, decide. JSON in, JSON out; the same acts as the pages.

GET  /api/v1/desk/incidents/ID          scope read
POST /api/v1/desk/reports               scope add: {"text", "date", "outlet", "title", "url"}
POST /api/v1/desk/decisions             scope review: {"kind", "subject": […], "why", "fields": {…}}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import anyio
import msgspec
from litestar import Request, Response, get, post

from marsad.model import Report, reference_day
from marsad.observatory import ReviewError
from marsad.site.desk.accounts import User
from marsad.site.desk.asking import FORM, Desk, DeskError
from marsad.site.desk.deciding import Act, decide

_TEXT: Final = 400_000  # characters


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


def handlers(desk: Desk) -> list[Any]:
    """The addresses for programs."""

    @get("/api/v1/desk/incidents/{id:str}", name="desk api incident")
    async def incident(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "read", lambda _, __: _incident(desk, str(request.path_params["id"])))

    @post("/api/v1/desk/reports", name="desk api reports", status_code=200, request_max_body_size=FORM)
    async def reports(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "add", lambda user, body: _report(desk, user, body))

    @post("/api/v1/desk/decisions", name="desk api decisions", status_code=200, request_max_body_size=FORM)
    async def decisions(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answered(desk, request, "review", lambda user, body: _decision(desk, user, body))

    return [incident, reports, decisions]


async def _answered(desk: Desk, request: Request[Any, Any, Any], scope: str, act: Callable[[User, bytes], Any]) -> Response[bytes]:
    body = await request.body()
    word = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return await anyio.to_thread.run_sync(_made, desk, scope, word, body, act)


def _made(desk: Desk, scope: str, word: str, body: bytes, act: Callable[[User, bytes], Any]) -> Response[bytes]:
    known = desk.accounts.bearer(word)
    if known is None:
        return _json({"error": "a token is needed: Authorization: Bearer …"}, 401)
    user, scopes = known
    if scope not in scopes:
        desk.accounts.note(user.name, "not allowed", f"token without {scope}")
        return _json({"error": f"this token is not for {scope}"}, 403)
    try:
        found = act(user, body)
    except (msgspec.DecodeError, msgspec.ValidationError, DeskError, ReviewError, ValueError) as error:
        return _json({"error": str(error)}, 422)
    return _json(found, 200) if found is not None else _json({"error": "there is no such incident"}, 404)


def _json(value: Any, status: int) -> Response[bytes]:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"})


def _incident(desk: Desk, id_: str) -> Any:
    return desk.site.observatory.incident(id_)


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
