"""What meets HTTP: who asks, whether a form is theirs, and what goes back. Pages of the desk are plain functions `(Ask) -> Reply`.

A form is taken only when all of this holds: it comes from a page of this very site (`Origin`, `Sec-Fetch-Site`), is a form and not too large, and carries
the word of the session that it is sent in. Whatever is refused is in the audit.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlsplit

import anyio
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException, NotFoundException

from marsad.observatory import ReviewError
from marsad.site.context import Page, Parameters, Rendered, Site, spoken
from marsad.site.desk.accounts import AccountError, Accounts, Right, User
from marsad.site.format import Speech
from marsad.site.pages import incident as errors

_LOG: Final = logging.getLogger("marsad.desk")
_FIELDS: Final = 400
FORM: Final = 1_500_000
"""Bytes of a form."""
_BEFORE: Final = "marsad-before"
KNOWN: Final = "marsad-known"
"""The cookie of a browser that somebody signed in with before."""

_TOLD: Final = frozenset((
    "bad_name", "bad_slug", "last_administrator", "no_account", "no_passkey", "no_role", "no_scope", "no_such_format", "not_second", "too_long", "unknown_act",
    "unknown_field", "wrong_code",
))  # fmt: skip
"""What a slip of the hand hardly is: it is in the audit."""

SAME_SITE: Final = frozenset(("same-origin", "none"))


class DeskError(ValueError):
    """What was asked cannot be done; the message is for the one who asked. `key`: of the desk's sentences, or the message itself."""


@dataclass
class Desk:
    """What all pages of the desk have at hand. `hosts`: names by which the site may be called; `proxies`: addresses whose word counts on where
    somebody comes from."""

    site: Site
    accounts: Accounts
    hosts: frozenset[str] = frozenset()
    proxies: frozenset[str] = frozenset()
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Held while an observatory is changed."""

    @property
    def secure(self) -> bool:
        """Whether the site is reached by HTTPS alone."""
        return self.site.base.startswith("https://")

    @property
    def cookie(self) -> str:
        """The name of the cookie of a session."""
        return "__Host-marsad" if self.secure else "marsad-session"


@dataclass
class Ask:
    """One question to the desk. `origin`: the address of the one who asks; `before`: what a browser holds before anybody is signed in; `host`: the name by
    which the site was called, with its port; `held`: all that the browser holds."""

    desk: Desk
    speech: Speech
    path: str
    user: User | None
    form: dict[str, list[str]]
    parameters: Parameters
    place: dict[str, Any]
    origin: str
    before: str
    host: str = ""
    held: dict[str, str] = field(default_factory=dict)
    upload: tuple[str, bytes] | None = None

    @property
    def site(self) -> Site:
        """The site."""
        return self.desk.site

    @property
    def who(self) -> User:
        """Who asks; only where a page asks for a right."""
        assert self.user is not None
        return self.user

    def one(self, name: str, most: int = 2_000) -> str:
        """A field of the form; "" where there is none. Raises `DeskError` for one that is too long."""
        value = self.form.get(name, [""])[-1]
        if len(value) > most:
            raise DeskError("too_long")
        return value.strip().replace("\r\n", "\n")

    def part(self, name: str) -> str:
        """A part of the address."""
        return str(self.place.get(name, ""))

    def logged(self, act: str, about: str) -> None:
        """Write down what was refused."""
        if self.user is None:
            self.desk.accounts.stranger(act, about, self.origin)
        else:
            self.desk.accounts.note(self.user.name, act, about, self.origin)

    def page(self, template: str, title: str, code: int = 200, /, **values: Any) -> Reply:
        """A page of the desk."""
        s = self.speech
        page = Page(title=str(s.t(title)) if title.startswith("desk.") else title, speech=s, path=self.path, robots="noindex")
        values = {"user": self.user, "csrf": self.user.csrf if self.user else self.before, "told": None, "wrong": None, "can_passkey": False, **values}
        return Reply(self.site.render(f"desk/{template}", page, code, **values))

    def to(self, path: str, told: str = "") -> Reply:
        """On to another page of the desk, which says what was done."""
        head, mark, tail = path.partition("#")
        asked = f"{'&' if '?' in head else '?'}told={quote(told)}" if told else ""
        return Reply(to=f"/{self.speech.lang}/desk{head}{asked}{mark}{tail}")


@dataclass
class Reply:
    """What goes back: a page, the way to another, or `json`; `session`: what the browser is to hold from now on, "" for nothing; `known`: by which it
    shows later that somebody signed in with it."""

    page: Rendered | None = None
    to: str = ""
    session: str | None = None
    known: str | None = None
    json: str = ""


Answerer = Callable[[Ask], Reply]


def shown(desk: Desk, path: str, answer: Answerer, right: Right | None, *, public: bool = False) -> Any:
    """The handler of a page."""

    async def handler(request: Request[Any, Any, Any]) -> Response[Any]:
        return await _answered(desk, request, answer, right, public, {}, None)

    return get(path, name=f"desk {path}")(handler)


def acted(desk: Desk, path: str, answer: Answerer, right: Right | None, fields: str, *, public: bool = False, most: int = FORM) -> Any:
    """The handler of a form. `fields`: those that it has; one that has others is refused."""
    known = frozenset((*fields.split(), "csrf"))

    async def handler(request: Request[Any, Any, Any]) -> Response[Any]:
        try:
            form, upload = await _form(request)
        except HTTPException as error:
            await anyio.to_thread.run_sync(_unread, desk, request, error.status_code)
            raise
        more = sorted(form.keys() - known)
        return await _answered(desk, request, answer, right, public, form, upload, acting=True, more=more)

    return post(path, name=f"desk act {path}", request_max_body_size=most, status_code=200)(handler)


def _unread(desk: Desk, request: Request[Any, Any, Any], status: int) -> None:
    """Write down a form that was not taken: too large, or none."""
    desk.accounts.stranger("form refused", f"{status} {request.url.path}", request.client.host if request.client else "")


async def _form(request: Request[Any, Any, Any]) -> tuple[dict[str, list[str]], tuple[str, bytes] | None]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(status_code=415)
    values: dict[str, list[str]] = {}
    upload = None
    for n, (name, value) in enumerate((await request.form()).multi_items()):
        if n >= _FIELDS:
            raise HTTPException(status_code=413)
        if isinstance(value, UploadFile):
            content = await value.read()
            if content:
                upload = (value.filename or "", content)
        else:
            values.setdefault(name, []).append(str(value))
    return values, upload


async def _answered(
    desk: Desk, request: Request[Any, Any, Any], answer: Answerer, right: Right | None, public: bool, form: dict[str, list[str]],
    upload: tuple[str, bytes] | None, *, acting: bool = False, more: Sequence[str] = (),
) -> Response[Any]:  # fmt: skip
    run: Callable[..., Awaitable[Response[Any]]] = anyio.to_thread.run_sync
    return await run(_made, desk, request, answer, right, public, form, upload, acting, more)


def _made(
    desk: Desk, request: Request[Any, Any, Any], answer: Answerer, right: Right | None, public: bool, form: dict[str, list[str]],
    upload: tuple[str, bytes] | None, acting: bool, more: Sequence[str],
) -> Response[Any]:  # fmt: skip
    lang = str(request.path_params.get("lang", "ar"))
    try:
        s = spoken(lang, request.cookies.get("digits", "latn"))
    except KeyError:
        raise NotFoundException from None
    before = request.cookies.get(_BEFORE, "")
    fresh = not (20 <= len(before) <= 100)
    ask = Ask(
        desk, s, request.url.path, desk.accounts.user(request.cookies.get(desk.cookie)), form, asked_for(request), dict(request.path_params),
        request.client.host if request.client else "", secrets.token_urlsafe(24) if fresh else before, request.headers.get("host", ""),
        dict(request.cookies), upload,
    )  # fmt: skip
    if acting and (refused := _foreign(desk, request, ask)):
        ask.logged("form refused", f"{refused} {request.url.path}")
        return _finished(desk, ask, _error(ask, "desk.error.foreign", 403), fresh)
    if not public and (barred := _barred(ask, right)) is not None:
        return _finished(desk, ask, barred, fresh)
    if more:
        ask.logged("form refused", f"fields that it does not have: {' '.join(more)[:200]} {request.url.path}")
        return _finished(desk, ask, _error(ask, "desk.error.more_fields", 422), fresh)
    try:
        with desk.site.standing():
            reply = answer(ask)
    except (DeskError, AccountError, ReviewError) as error:
        if str(error) in _TOLD:
            ask.logged("refused", f"{error} {request.url.path}")
        reply = _error(ask, f"desk.error.{error}", 422, str(error))
    return _finished(desk, ask, reply, fresh)


def asked_for(request: Request[Any, Any, Any]) -> Parameters:
    """What an address asks for."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if len(values) < 40 and len(value) <= 2_000:
            values.setdefault(name, []).append(value)
    return Parameters(values)


def _foreign(desk: Desk, request: Request[Any, Any, Any], ask: Ask) -> str:
    """Why a form is not one of ours; empty where it is."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in SAME_SITE:
        return "another site"
    origin = request.headers.get("origin")
    if origin is not None and (
        origin == "null" or (urlsplit(origin).hostname or "") not in desk.hosts or urlsplit(origin).netloc != request.headers.get("host")
    ):
        return "another origin"
    wanted = ask.user.csrf if ask.user is not None else request.cookies.get(_BEFORE, "")
    given = ask.form.pop("csrf", [""])[-1]
    return "" if len(wanted) >= 20 and hmac.compare_digest(wanted.encode(), given.encode()) else "no word of this session"


def _barred(ask: Ask, right: Right | None) -> Reply | None:
    """Where somebody goes who may not see a page; None for who may."""
    lang = ask.speech.lang
    if ask.user is None:
        return Reply(to=f"/{lang}/desk/sign-in?to={quote(ask.path)}")
    if ask.user.once and not ask.path.endswith(("/desk/account", "/desk/sign-out", "/desk/account/password")):
        return Reply(to=f"/{lang}/desk/account")
    if right is not None and not ask.user.may(right):
        ask.desk.accounts.note(ask.user.name, "not allowed", f"{right} {ask.path}", ask.origin)
        return _error(ask, "desk.error.not_allowed", 403)
    return None


def _error(ask: Ask, key: str, status: int, detail: str = "") -> Reply:
    s = ask.speech
    return ask.page("error.html", "desk.error.title", status, words=s.said(key, detail) if detail else s.t(key))


def not_found(ask: Ask) -> Reply:
    """There is no such thing, or it is nobody's business that there is."""
    return Reply(errors.not_found(ask.site, ask.speech, ask.path))


def _finished(desk: Desk, ask: Ask, reply: Reply, fresh: bool) -> Response[Any]:
    # with the site's own "no-referrer" a browser would send its forms from nowhere ("Origin: null"), which is refused
    headers = {"Cache-Control": "no-store", "Vary": "Cookie", "Referrer-Policy": "same-origin"}
    if reply.to:
        made: Response[Any] = Response(b"", status_code=303, headers={**headers, "Location": reply.to}, media_type="text/plain")
    elif reply.json:
        made = Response(reply.json.encode(), status_code=200, headers=headers, media_type="application/json")
    else:
        assert reply.page is not None
        made = Response(reply.page.html.encode("utf-8", "replace"), status_code=reply.page.status, headers=headers, media_type="text/html; charset=utf-8")
    common: dict[str, Any] = {"path": "/", "secure": desk.secure, "httponly": True}
    if reply.session:
        made.set_cookie(desk.cookie, reply.session, max_age=12 * 3_600, samesite="lax", **common)
    elif reply.session == "":
        made.set_cookie(desk.cookie, "", max_age=0, samesite="lax", **common)
    if reply.known:
        made.set_cookie(KNOWN, reply.known, max_age=180 * 86_400, samesite="strict", **common)
    if fresh:
        made.set_cookie(_BEFORE, ask.before, samesite="strict", **common)
    return made


def own_path(to: str, lang: str) -> str:
    """A way back that leads to this site and nowhere else; the desk where it does not."""
    parts = urlsplit(to)
    plain = not (parts.scheme or parts.netloc or parts.fragment) and "\\" not in to and "//" not in to and ".." not in to and to.isprintable()
    return to if plain and to.startswith(("/ar/desk", "/en/desk")) and to[8:9] in ("", "/", "?") else f"/{lang}/desk"
