"""The application: routes, choices of the reader, headers. Pages are functions of `pages`; here they meet HTTP.

`application(site, routers=…, dependencies=…)` takes more routers (an editor's desk) and dependencies (the signed-in user).
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from threading import Lock, Semaphore
from typing import Any, Final, NamedTuple

from litestar import Litestar, MediaType, Request, Response, get
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from marsad.site import api, feeds
from marsad.site import files as lists
from marsad.site.context import Parameters, Rendered, Site, spoken
from marsad.site.finding import AskError, asked
from marsad.site.format import Speech
from marsad.site.pages import entities, home, incident, incidents, reports, special, texts
from marsad.site.shipped import shipped_file
from marsad.site.tiles import tiles_part

_LOG: Final = logging.getLogger("marsad.site")

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' blob:; "
        "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}

_HELD: Final = 48_000_000  # bytes of answers kept at hand
_AT_ONCE: Final = 2
"""Answers that are made at once: more of them would only take turns, and each would be done later."""

_LONGEST: Final = 4_000  # characters of an address


class Held(NamedTuple):
    """An answer: plain, packed, its status and type, and the tag by which a browser asks whether it still holds."""

    plain: bytes
    packed: bytes
    status: int
    kind: str
    tag: str


class Answers:
    """Answers that were given, for those who ask the same of the same state: they are the same for everybody."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, ...], Held] = OrderedDict()
        self._size = 0
        self._lock = Lock()
        self._making = Semaphore(_AT_ONCE)
        self._making_files = Semaphore(1)

    def get(self, key: tuple[str, ...], make: Callable[[], tuple[bytes, int, str]], *, is_file: bool = False) -> Held:
        """The answer of a key; whole files, which take long, wait for each other alone."""
        found = self._known(key)
        if found is not None:
            return found
        with self._making_files if is_file else self._making:
            found = self._known(key)  # another who asked the same may have been first
            if found is not None:
                return found
            plain, status, kind = make()
            tag = f'"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
            found = Held(plain, gzip.compress(plain, 3, mtime=0), status, kind, tag)
        with self._lock:
            if key not in self._held and len(plain) < _HELD // 8:
                self._held[key] = found
                self._size += len(found.plain) + len(found.packed)
            while self._size > _HELD:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone.plain) + len(gone.packed)
        return found

    def _known(self, key: tuple[str, ...]) -> Held | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found


def parameters(request: Request[Any, Any, Any]) -> Parameters:
    """What an address asks for."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if len(values) < 40 and len(value) <= 400:
            values.setdefault(name, []).append(value)
    return Parameters(values)


def answer(request: Request[Any, Any, Any], make: Callable[[Site], tuple[bytes, int, str]], *vary: str, is_file: bool = False) -> Response[bytes]:
    """An answer for everybody, held at hand for the state that the site is in."""
    site: Site = request.app.state.site
    answers: Answers = request.app.state.answers
    with site.standing() as index:
        key = (index.version, request.url.path, request.url.query[:_LONGEST], *vary)
        found = answers.get(key, lambda: make(site), is_file=is_file)
    headers = {"ETag": found.tag, "Vary": "Accept-Encoding, Cookie", "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == found.tag and found.status == 200:
        return Response(b"", status_code=304, headers=headers, media_type=found.kind)
    if "gzip" in request.headers.get("accept-encoding", "") and len(found.plain) > 800:
        return Response(found.packed, status_code=found.status, headers={**headers, "Content-Encoding": "gzip"}, media_type=found.kind)
    return Response(found.plain, status_code=found.status, headers=headers, media_type=found.kind)


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
def home_page(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """The start page."""
    return shown(request, lang, home.home)


@get("/{lang:str}/incidents", sync_to_thread=True)
def incidents_page(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """The list of incidents."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: incidents.incidents(site, s, asked))


@get("/{lang:str}/incidents/{id_:str}", sync_to_thread=True)
def incident_page(request: Request[Any, Any, Any], lang: FromPath[str], id_: FromPath[str]) -> Response[bytes]:
    """An incident, or the file of one."""
    name, _, kind = id_.rpartition(".")
    if kind in ("csv", "geojson") and _known(lang) and (made := request.app.state.site.incident(name)) is not None:
        return file_of(request, lambda site, _: (lists.one(site, kind, made.incident), lists.FORMATS[kind]))
    return shown(request, lang, lambda site, s: incident.incident(site, s, id_))


@get("/{lang:str}/reports", sync_to_thread=True)
def reports_page(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """The list of reports."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: reports.reports(site, s, asked))


@get("/{lang:str}/reports/{id_:str}", sync_to_thread=True)
def report_page(request: Request[Any, Any, Any], lang: FromPath[str], id_: FromPath[str]) -> Response[bytes]:
    """A report."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: reports.report(site, s, site.report_id(id_), asked))


def entities_page(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """The list of places, actors or outlets."""
    asked_for, kind = parameters(request), request.url.path.split("/")[2]
    return shown(request, lang, lambda site, s: entities.listed(site, s, kind, asked_for))


def entity_page(request: Request[Any, Any, Any], lang: FromPath[str], value: FromPath[str]) -> Response[bytes]:
    """A place, an actor or an outlet."""
    kind = request.url.path.split("/")[2]
    return shown(request, lang, lambda site, s: entities.entity(site, s, kind, value))


def text_page(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """A page of words."""
    return shown(request, lang, TEXTS[request.url.path.split("/")[2]])


@get("/{lang:str}/special", sync_to_thread=True)
def special_page(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """The list of special reports."""
    return shown(request, lang, special.special)


@get("/{lang:str}/special/{slug:str}", sync_to_thread=True)
def special_report_page(request: Request[Any, Any, Any], lang: FromPath[str], slug: FromPath[str]) -> Response[bytes]:
    """A special report."""
    asked = parameters(request)
    return shown(request, lang, lambda site, s: special.special_report(site, s, slug, asked))


def file_of(request: Request[Any, Any, Any], make: Callable[[Site, Parameters], tuple[bytes, str]]) -> Response[bytes]:
    """A file for everybody."""
    own = parameters(request)

    def made(site: Site) -> tuple[bytes, int, str]:
        try:
            content, kind = make(site, own)
        except AskError as error:
            return str(error).encode(), 400, "text/plain; charset=utf-8"
        return content, 200, kind

    return answer(request, made, is_file="fields" not in own.values)


def list_file(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """A list as a file."""
    name, _, kind = request.url.path.rpartition("/")[2].partition(".")
    said = _known(lang)

    def make(site: Site, own: Parameters) -> tuple[bytes, str]:
        query = asked(own.values)
        if kind == "geojson" and own.one("fields") == "map":
            return lists.map_points(site, query, said.lang), lists.FORMATS[kind]
        if kind == "geojson" and own.one("fields") == "points":
            at = [int(told) for told in own.one("at").split(",") if told.isdecimal()]
            return lists.column_points(site, query, said.lang, at if own.one("at") else None), lists.FORMATS["json"]
        return lists.written(site, kind, query, claims=name == "claims"), lists.FORMATS[kind]

    return file_of(request, make)


def feed_file(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """A feed of a list."""
    said, kind = _known(lang), request.url.path.rpartition(".")[2]
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return file_of(request, lambda site, own: (feeds.feed(site, said, kind, asked(own.values), path), feeds.FEEDS[kind]))


def special_feed_file(request: Request[Any, Any, Any], lang: FromPath[str]) -> Response[bytes]:
    """A feed of special reports."""
    said, kind = _known(lang), request.url.path.rpartition(".")[2]
    return file_of(request, lambda site, _: (feeds.special_feed(site, said, kind, request.url.path), feeds.FEEDS[kind]))


def sitemap_file(request: Request[Any, Any, Any], number: FromPath[int] = 0) -> Response[bytes]:
    """The map of the site for search engines."""
    return file_of(request, lambda site, _: (feeds.sitemap(site, number), "application/xml; charset=utf-8"))


@get("/robots.txt", sync_to_thread=True)
def robots_file(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What crawlers are asked to leave alone: lists with something asked for."""
    site: Site = request.app.state.site
    words = f"User-agent: *\nDisallow: /*?\nDisallow: /api/\nSitemap: {site.base}/sitemap.xml\n"
    return Response(words.encode(), media_type="text/plain; charset=utf-8")


def _known(lang: str) -> Speech:
    try:
        return spoken(lang)
    except KeyError:
        raise NotFoundException from None


@get("/static/site.css", sync_to_thread=True)
def plain_style() -> Response[bytes]:
    """The style sheet of a site whose assets were not built."""
    return Response((files("marsad.site") / "plain.css").read_bytes(), media_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=300"})


def at(handler: Callable[..., Any], *paths: str) -> list[Any]:
    """One handler at several addresses; each is a route of its own."""
    return [get(path, sync_to_thread=True, name=path)(handler) for path in paths]


async def guarded(message: Any, scope: Any) -> None:
    """Every answer, whoever gives it, has the headers that keep a page from running or asking for anything of others."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if api.is_open(str(scope.get("path", ""))):
            for name, value in api.OPEN.items():
                headers.setdefault(name, value)


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """What is told when something cannot be given: a page in the language of the address, or JSON where a program asked."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 500:
        _LOG.exception("could not answer %s", request.url.path)
    if request.url.path.startswith("/api/"):
        detail = error.detail if isinstance(error, HTTPException) else "something went wrong here"
        told = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        return Response({"error": detail}, status_code=status, media_type=MediaType.JSON, headers=told)
    site: Site = request.app.state.site
    lang = "en" if request.url.path.startswith("/en") else "ar"
    s = spoken(lang, request.cookies.get("digits"))
    path = f"/{lang}/"
    made = incident.not_found(site, s, path) if status in (404, 405) else incident.refused(site, s, path, "", status)
    return Response(made.html.encode(), status_code=status, media_type="text/html; charset=utf-8")


TEXTS: Final[Mapping[str, Callable[[Site, Speech], Rendered]]] = {"methodology": texts.methodology, "downloads": texts.downloads, "about": texts.about}

PAGES: Final = (
    root, digits, home_page, incidents_page, incident_page, reports_page, report_page, special_page, special_report_page, robots_file,
    *at(entities_page, "/{lang:str}/places", "/{lang:str}/actors", "/{lang:str}/outlets"),
    *at(entity_page, "/{lang:str}/places/{value:str}", "/{lang:str}/actors/{value:str}", "/{lang:str}/outlets/{value:str}"),
    *at(text_page, "/{lang:str}/methodology", "/{lang:str}/downloads", "/{lang:str}/about"),
    *at(list_file, "/{lang:str}/incidents.json", "/{lang:str}/incidents.csv", "/{lang:str}/incidents.geojson", "/{lang:str}/claims.csv"),
    *at(feed_file, "/{lang:str}/feed.rss", "/{lang:str}/feed.atom", "/{lang:str}/feed.json"),
    *at(special_feed_file, "/{lang:str}/special.rss", "/{lang:str}/special.atom", "/{lang:str}/special.json"),
    *at(sitemap_file, "/sitemap.xml", "/sitemap-{number:int}.xml"),
)  # fmt: skip
"""The handlers of the public side. A desk that has a page of its own for one of these addresses leaves that one out: `application(…, pages=…)`."""


def application(
    site: Site,
    *,
    routers: Sequence[Any] = (),
    pages: Sequence[Any] = PAGES,
    dependencies: Mapping[str, Any] | None = None,
    a_minute: int = 600,
    **options: Any,
) -> Litestar:
    """The application. `routers`: more of them; `pages`: those of the public side; `dependencies`: for all handlers; `a_minute`: questions to the
    API of one address; `options`: of `Litestar` itself."""
    more: list[Any] = [shipped_file, tiles_part]
    if not site.has_asset("site.css"):
        more.append(plain_style)
    made = Litestar(
        route_handlers=[*pages, api.router(a_minute=a_minute), *more, *routers], dependencies=dict(dependencies or {}), before_send=[guarded],
        exception_handlers={Exception: failed, HTTPException: failed}, request_max_body_size=1_000_000, openapi_config=None, **options,
    )  # fmt: skip
    made.state.site = site
    made.state.answers = Answers()
    return made
