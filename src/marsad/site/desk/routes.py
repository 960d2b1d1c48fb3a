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
from marsad.site.desk.hosts import behind, called_by

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
FORMS: Final[tuple[tuple[str, Answerer, Right | None, int, str], ...]] = (
    ("/sign-out", own.sign_out, None, FORM, "everywhere"),
    ("/account/password", own.password, None, FORM, "old new again"),
    ("/account/second-factor", own.second_factor, None, FORM, "act code password"),
    ("/account/passkey", own.passkey, None, FORM, "answer label password end"),
    ("/account/token", own.token, None, FORM, "label scope days end"),
    ("/people", own.person, "keep", FORM, "act name role"),
    ("/incidents/{id:str}/act", review.act, "review", FORM, "act why"),
    ("/incidents/{id:str}/split", review.split, "review", FORM, "event why"),
    ("/incidents/{id:str}/correct", review.correct_incident, "review", FORM, "field value why"),
    (
        "/correct", review.correct, "review", FORM,
        "event field index value words start end precision role name id kind what min max who remove as_read why",
    ),
    ("/move", review.move, "review", FORM, "event to why"),
    ("/merge", review.merge, "review", FORM, "a b why"),
    ("/decisions/{number:str}/undo", review.undo, "review", FORM, "why"),
    ("/paste", pasting.paste, "add", pasting.LARGEST + FORM, "text title outlet date url upload keep"),
    ("/articles", writing.new, "write", FORM, "incidents"),
    (
        "/articles/{id:str}", writing.save, "write", FORM,
        "title_ar summary_ar body_ar title_en summary_en body_en byline checked act slug note",
    ),
    ("/articles/{id:str}/withdraw", writing.withdraw, "write", FORM, "note"),
)  # fmt: skip
"""Address, page, right, bytes, fields: what a form has beside these is refused, so that nobody sets what is not asked for."""
_OPEN: Final = "/sign-in"
LOCAL: Final = frozenset(("127.0.0.1", "localhost", "::1"))
"""Names of this machine, by which a site may always be called."""


def desk_of(
    site: Site, *, hosts: frozenset[str] = frozenset(), accounts: Accounts | None = None, proxies: frozenset[str] = frozenset()
) -> Desk:  # fmt: skip
    """The desk of a site. `hosts`: names by which the site may be called beside that of its base; `proxies`: addresses of servers before it whose word
    counts on where somebody comes from."""
    own_host = urlsplit(site.base).hostname
    return Desk(site, accounts or Accounts(site.observatory.store), hosts | ({own_host} if own_host else set()) | LOCAL, proxies)


def with_desk(desk: Desk, **options: Any) -> Litestar:
    """The application of a site with its desk; it answers to the desk's names alone."""

    def refused(host: str, whence: str) -> None:
        desk.accounts.stranger("host refused", host, whence)

    made = application(desk.site, routers=routers(desk), middleware=[behind(desk.proxies), called_by(desk.hosts, refused)], **options)
    made.state.described = programs.described()
    return made


def routers(desk: Desk) -> list[Any]:
    """What `application` takes."""
    base = "/{lang:str}/desk"
    handlers = [shown(desk, f"{base}{path}", answer, right) for path, answer, right in PAGES]
    handlers += [acted(desk, f"{base}{path}", answer, right, fields, most=most) for path, answer, right, most, fields in FORMS]
    handlers += [
        shown(desk, base + _OPEN, own.sign_in_page, None, public=True),
        acted(desk, base + _OPEN, own.sign_in, None, "name password code to", public=True),
        shown(desk, f"{base}/passkey", own.passkey_asked, None, public=True),
        acted(desk, f"{base}{_OPEN}/passkey", own.passkey_sign_in, None, "answer to", public=True),
    ]
    return [*handlers, programs.router(desk), _file("desk.css", "text/css"), *(_file(n, "text/javascript") for n in ("desk.js", "passkeys.js"))]


def _file(name: str, kind: str) -> Any:
    def handler() -> Response[bytes]:
        content = (files("marsad.site.desk") / name).read_bytes()
        return Response(content, media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "max-age=300"})

    return get(f"/desk/{name}", name=name, sync_to_thread=False)(handler)
