"""The application: routes, choices of the reader, headers. Pages are functions of `pages`; here they meet HTTP.

`application(site, routers=…, dependencies=…)` takes more routers (an editor's desk) and dependencies (the signed-in user).
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Final

from litestar import Litestar, MediaType, Request, Response, Router, get
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

from marsad.site.context import Parameters, Rendered, Site, spoken
from marsad.site.finding import AskError
from marsad.site.format import Speech
from marsad.site.pages import home, incident, incidents, reports

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}

_HELD: Final = 48_000_000  # bytes of answers kept at hand
_LONGEST: Final = 4_000  # characters of an address


class Answers:
    """Answers that were given, for those who ask the same of the same state: they are the same for everybody."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, ...], tuple[bytes, bytes, int, str]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], tuple[bytes, int, str]]) -> tuple[bytes, bytes, int, str]:
        """The answer of a key: plain, packed, status, type."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                return found
        plain, status, kind = make()
        found = (plain, gzip.compress(plain, 4, mtime=0), status, kind)
        with self._lock:
            if key not in self._held and len(plain) < _HELD // 8:
                self._held[key] = found
                self._size += len(found[0]) + len(found[1])
            while self._size > _HELD:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone[0]) + len(gone[1])
        return found


def parameters(request: Request[Any, Any, Any]) -> Parameters:
    """What an address asks for."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if len(values) < 40 and len(value) <= 400:
            values.setdefault(name, []).append(value)
    return Parameters(values)


def answer(request: Request[Any, Any, Any], make: Callable[[Site], tuple[bytes, int, str]], *vary: str) -> Response[bytes]:
    """An answer for everybody, held at hand for the state that the site is in."""
    site: Site = request.app.state.site
    answers: Answers = request.app.state.answers
    key = (site.index.version, request.url.path, request.url.query[:_LONGEST], *vary)
    plain, packed, status, kind = answers.get(key, lambda: make(site))
    tag = f'"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Vary": "Accept-Encoding, Cookie", "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag and status == 200:
        return Response(b"", status_code=304, headers=headers, media_type=kind)
    if "gzip" in request.headers.get("accept-encoding", "") and len(plain) > 800:
        headers["Content-Encoding"] = "gzip"
        plain = packed
    return Response(plain, status_code=status, headers=headers, media_type=kind)


def shown(request: Request[Any, Any, Any], lang: str, page: Callable[[Site, Speech], Rendered]) -> Response[bytes]:
    """A page in a language, as the reader chose."""
    digits = request.cookies.get("digits", "latn")
    try:
        s = spoken(lang, digits)
    except KeyError:
        raise NotFoundException from None

    def make(site: Site) -> tuple[bytes, int, str]:
        try:
            made = page(site, s)
        except AskError as error:
            made = incident.refused(site, s, f"/{lang}/", str(error))
        return made.html.encode("utf-8", "replace"), made.status, "text/html; charset=utf-8"

    return answer(request, make, s.digits)


@get("/", sync_to_thread=True)
def root(request: Request[Any, Any, Any]) -> Redirect:
    """The start page in the language that the reader's browser asks for; Arabic where it asks for neither."""
    return Redirect(f"/{_asked_language(request.headers.get('accept-language', ''))}/", status_code=302, headers={"Vary": "Accept-Language"})


def _asked_language(header: str) -> str:
    best, most = "ar", 0.0
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted = float(weight) if weight else 1.0
        except ValueError:
            continue
        lang = tag.split("-")[0].lower()
        if lang in ("ar", "en") and wanted > most:
            best, most = lang, wanted
    return best


@get("/digits", sync_to_thread=True)
def digits(request: Request[Any, Any, Any]) -> Redirect:
    """Remember the digits that the reader chose, and go back."""
    chosen = "arab" if request.query_params.get("digits") == "arab" else "latn"
    to = request.query_params.get("to", "/ar/")
    if not to.startswith(("/ar/", "/en/")) or "\\" in to or "//" in to or any(c < " " for c in to):
        to = "/ar/"
    made = Redirect(to, status_code=303)
    made.set_cookie("digits", chosen, max_age=365 * 86_400, path="/", samesite="lax", httponly=False)
    return made


@get("/{lang:str}", sync_to_thread=True)
def home_page(request: Request[Any, Any, Any], lang: str) -> Response[bytes]:
    """The start page."""
    return shown(request, lang, home.home)


@get("/{lang:str}/incidents", sync_to_thread=True)
def incidents_page(request: Request[Any, Any, Any], lang: str) -> Response[bytes]:
    """The list of incidents."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: incidents.incidents(site, s, asked))


@get("/{lang:str}/incidents/{id_:str}", sync_to_thread=True)
def incident_page(request: Request[Any, Any, Any], lang: str, id_: str) -> Response[bytes]:
    """An incident."""
    return shown(request, lang, lambda site, s: incident.incident(site, s, id_))


@get("/{lang:str}/reports", sync_to_thread=True)
def reports_page(request: Request[Any, Any, Any], lang: str) -> Response[bytes]:
    """The list of reports."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: reports.reports(site, s, asked))


@get("/{lang:str}/reports/{id_:str}", sync_to_thread=True)
def report_page(request: Request[Any, Any, Any], lang: str, id_: str) -> Response[bytes]:
    """A report."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: reports.report(site, s, id_, asked))


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """What is told when something cannot be given: a page in the language of the address, or JSON where a program asked."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 500:
        request.app.logger and request.logger.exception("could not answer %s", request.url.path)  # type: ignore[union-attr]
    if request.url.path.startswith("/api/"):
        detail = error.detail if isinstance(error, HTTPException) else "something went wrong here"
        return Response({"error": detail}, status_code=status, media_type=MediaType.JSON)
    site: Site = request.app.state.site
    lang = "en" if request.url.path.startswith("/en") else "ar"
    s = spoken(lang, request.cookies.get("digits"))
    path = f"/{lang}/"
    made = incident.not_found(site, s, path) if status in (404, 405) else incident.refused(site, s, path, "", status)
    return Response(made.html.encode(), status_code=status, media_type="text/html; charset=utf-8")


PAGES: Final = (root, digits, home_page, incidents_page, incident_page, reports_page, report_page)


def application(site: Site, *, routers: Sequence[Any] = (), dependencies: Mapping[str, Any] | None = None, **options: Any) -> Litestar:
    """The application. `routers`: more of them; `dependencies`: for all handlers; `options`: of `Litestar` itself (middleware, …)."""
    static = Path(str(files("marsad.site") / "static"))
    more: list[Any] = []
    if static.is_dir():
        more.append(create_static_files_router(path="/static", directories=[static], cache_control=None))
    made = Litestar(
        route_handlers=[*PAGES, *more, *routers], dependencies=dict(dependencies or {}), response_headers=dict(HEADERS),
        exception_handlers={Exception: failed, HTTPException: failed}, request_max_body_size=1_000_000, openapi_config=None, **options,
    )  # fmt: skip
    made.state.site = site
    made.state.answers = Answers()
    return made
