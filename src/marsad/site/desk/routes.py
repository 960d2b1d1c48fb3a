"""The addresses of the desk, with the right that each asks for."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Litestar, Response, get

from marsad.site.app import application
from marsad.site.context import Site
from marsad.site.desk import own, pasting, programs, queue, review, writing
from marsad.site.desk.accounts import Accounts, Right
from marsad.site.desk.asking import FORM, Answerer, Desk, acted, shown
from marsad.site.desk.hosts import called_by

PAGES: Final[tuple[tuple[str, Answerer, Right | None], ...]] = (
    ("", queue.queue, "read"),
    ("/withheld", queue.withheld, "read"),
    ("/incidents/{id:str}", review.incident, "read"),
    ("/report", review.report, "read"),
    ("/merge", review.merge_page, "read"),
    ("/paste", pasting.paste_page, "add"),
    ("/articles", writing.articles, "write"),
    ("/articles/{id:str}", writing.article, "write"),
    ("/articles/{id:str}/preview", writing.preview, "write"),
    ("/account", own.account, None),
    ("/people", own.people, "keep"),
)
FORMS: Final[tuple[tuple[str, Answerer, Right | None, int], ...]] = (
    ("/sign-out", own.sign_out, None, FORM),
    ("/account/password", own.password, None, FORM),
    ("/account/second-factor", own.second_factor, None, FORM),
    ("/account/token", own.token, None, FORM),
    ("/people", own.person, "keep", FORM),
    ("/incidents/{id:str}/act", review.act, "review", FORM),
    ("/incidents/{id:str}/split", review.split, "review", FORM),
    ("/incidents/{id:str}/correct", review.correct_incident, "review", FORM),
    ("/correct", review.correct, "review", FORM),
    ("/move", review.move, "review", FORM),
    ("/merge", review.merge, "review", FORM),
    ("/decisions/{number:str}/undo", review.undo, "review", FORM),
    ("/paste", pasting.paste, "add", pasting.LARGEST + FORM),
    ("/articles", writing.new, "write", FORM),
    ("/articles/{id:str}", writing.save, "write", FORM),
    ("/articles/{id:str}/withdraw", writing.withdraw, "write", FORM),
)
_OPEN: Final = "/sign-in"
LOCAL: Final = frozenset(("127.0.0.1", "localhost", "::1"))
"""Names of this machine, by which a site may always be called."""


def desk_of(site: Site, *, hosts: frozenset[str] = frozenset(), accounts: Accounts | None = None) -> Desk:
    """The desk of a site. `hosts`: names by which the site may be called beside that of its base."""
    own_host = urlsplit(site.base).hostname
    return Desk(site, accounts or Accounts(site.observatory.store), hosts | ({own_host} if own_host else set()) | LOCAL)


def with_desk(desk: Desk, **options: Any) -> Litestar:
    """The application of a site with its desk; it answers to the desk's names alone."""
    return application(desk.site, routers=routers(desk), middleware=[called_by(desk.hosts)], **options)


def routers(desk: Desk) -> list[Any]:
    """What `application` takes."""
    base = "/{lang:str}/desk"
    handlers = [shown(desk, f"{base}{path}", answer, right) for path, answer, right in PAGES]
    handlers += [acted(desk, f"{base}{path}", answer, right, most=most) for path, answer, right, most in FORMS]
    handlers += [shown(desk, base + _OPEN, own.sign_in_page, None, public=True), acted(desk, base + _OPEN, own.sign_in, None, public=True)]
    return [*handlers, *programs.handlers(desk), _file("desk.css", "text/css"), _file("desk.js", "text/javascript")]


def _file(name: str, kind: str) -> Any:
    def handler() -> Response[bytes]:
        content = (files("marsad.site.desk") / name).read_bytes()
        return Response(content, media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "max-age=300"})

    return get(f"/desk/{name}", name=name, sync_to_thread=False)(handler)
