"""What every page has at hand: the projection, its index, the templates, and the reader's choices."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any, Final, TypeVar

import jinja2
import msgspec
from markupsafe import Markup

from marsad.observatory import Observatory
from marsad.site.finding import Index
from marsad.site.format import Digits, Lang, Speech, speech
from marsad.site.projection import Settings, behind, refresh
from marsad.site.records import PublicIncident, PublicReport, address_part
from marsad.site.tiles import Tiles
from marsad.store import PublicReads

_Made = TypeVar("_Made", PublicIncident, PublicReport)
_DECODED: Final = 4_000
_LOOK: Final = 5.0  # seconds between two looks at whether the store has changed


@dataclass(frozen=True)
class Page:
    """What the frame of a page says about it. `path`: its address in this language, `other`: in the other; `feeds`: (address, type, title)."""

    title: str
    speech: Speech
    path: str
    description: str = ""
    kind: str = "website"
    feeds: tuple[tuple[str, str, str], ...] = ()
    data: Markup | None = None
    robots: str | None = None
    query: str = ""

    @property
    def lang(self) -> Lang:
        """Its language."""
        return self.speech.lang

    @property
    def other(self) -> str:
        """The same in the other language."""
        return f"/{self.speech.other}{self.path[3:]}{self.query}"

    def address(self, lang: str) -> str:
        """The same in a language, without what is asked for."""
        return f"/{lang}{self.path[3:]}"


@dataclass(frozen=True)
class Rendered:
    """A page that is done."""

    html: str
    status: int = 200


class Site:
    """The public side of an observatory. `base`: its address, without a slash at the end, for what needs whole addresses;
    `static`: pages are written as files, so that nothing can be asked of a server; `tiles`: a base map in the place of the one that ships."""

    def __init__(self, observatory: Observatory, settings: Settings | None = None, base: str = "", *, static: bool = False, tiles: Tiles | None = None) -> None:
        self.observatory = observatory
        self.settings = settings or Settings()
        self.base = base.rstrip("/")
        self.static = static
        self.tiles = tiles
        self._lock = threading.Lock()
        self._looked = 0.0
        self._own = threading.local()
        self._built: dict[str, bool] = {}
        self._decoded: dict[str, PublicIncident | PublicReport] = {}
        self._refreshing = False
        self.follows = False
        """Another process brings the projection up to the store: here it is only seen that it did."""
        refresh(observatory, self.settings)
        self._index = self._made()

    def _made(self) -> Index:
        with self.reads() as reads:
            self._mark = reads.tx.state("public_mark")
            return Index.of(reads, f"{reads.last_change()}").prepare()

    def _is_behind(self) -> bool:
        if not self.follows:
            return behind(self.observatory, self.settings)
        with self.observatory.store.asking() as tx:
            return tx.state("public_mark") != self._mark

    @property
    def index(self) -> Index:
        """The index of what is shown now; made anew, out of the reader's way, when the store has changed."""
        own: Index | None = getattr(self._own, "index", None)
        if own is not None:
            return own
        now = time.monotonic()
        if now - self._looked > _LOOK:
            self._looked = now
            if not self._refreshing and self._is_behind():
                self._refreshing = True
                threading.Thread(target=self.renew, args=(not self.follows,), daemon=True).start()
        return self._index

    @contextlib.contextmanager
    def standing(self, index: Index | None = None) -> Iterator[Index]:
        """One state of the index (that of now) for all that this thread does within, however long that takes."""
        before: Index | None = getattr(self._own, "index", None)
        own = index or self.index
        self._own.index = own
        try:
            yield own
        finally:
            self._own.index = before

    def warm(self) -> None:
        """Load what the first reader would wait for: the gazetteer, the templates, the names of what is most told."""
        import gc

        from marsad.site.pages import entities, home, incidents
        from marsad.site.views import hold_names

        hold_names(self)
        for lang in ("ar", "en"):
            home.home(self, spoken(lang))
            incidents.incidents(self, spoken(lang), Parameters())
            for kind in entities.KINDS:
                entities.listed(self, spoken(lang), kind, Parameters())
        gc.collect()
        gc.freeze()  # what is loaded stays: there is nothing in it to be collected

    def renew(self, anew: bool = True) -> None:
        """Bring the projection (unless another did) and the index up to the store, now; who stands on one state goes on with it."""
        from marsad.site.views import hold_names

        with self._lock:
            try:
                if anew:
                    refresh(self.observatory, self.settings)
                made = self._made()
                with self.standing(made):
                    hold_names(self)
                self._index = made
            finally:
                self._refreshing = False

    @contextlib.contextmanager
    def reads(self) -> Iterator[PublicReads]:
        """One view of the projection."""
        with self.observatory.store.asking() as tx:
            yield PublicReads(tx)

    def incidents(self, rows: Any) -> list[PublicIncident]:
        """Those that stand at these places of the index, in that order."""
        index = self.index
        keys = [int(index.keys[n]) for n in rows]
        with self.reads() as reads:
            found = reads.incidents(keys)
        return [_INCIDENT.decode(found[key]) for key in keys if key in found]

    def incident(self, id: str) -> PublicIncident | None:
        """One of them."""
        held = self._decoded.get(f"incident {id}")
        if isinstance(held, PublicIncident):
            return held
        with self.reads() as reads:
            record = reads.incident(id)
        return None if record is None else self._keep(f"incident {id}", _INCIDENT.decode(record))

    def report(self, id: str) -> PublicReport | None:
        """One report."""
        held = self._decoded.get(f"report {id}")
        if isinstance(held, PublicReport):
            return held
        with self.reads() as reads:
            record = reads.report(id)
        return None if record is None else self._keep(f"report {id}", _REPORT.decode(record))

    def _keep(self, name: str, made: _Made) -> _Made:
        """Hold one for a while where pages are written one after the other: both languages and its neighbours ask for it."""
        if self.static:
            while len(self._decoded) >= _DECODED:
                self._decoded.pop(next(iter(self._decoded)))
            self._decoded[name] = made
        return made

    def report_id(self, part: str) -> str:
        """The id of the report that a part of an address stands for."""
        if not part.startswith("x-"):
            return part
        index = self.index
        if not index.report_parts:
            with self.reads() as reads:
                index.report_parts = {address_part(id_): id_ for id_, _ in reads.report_days()}
        return index.report_parts.get(part, part)

    def reports(self, ids: list[str]) -> dict[str, PublicReport]:
        """Many reports."""
        if not ids:
            return {}
        if self.static and len(ids) < _DECODED // 8:
            return {id_: made for id_ in sorted(ids) if (made := self.report(id_)) is not None}
        with self.reads() as reads:
            return {id_: _REPORT.decode(record) for id_, record in reads.reports(ids)}

    # -- templates

    @cached_property
    def templates(self) -> jinja2.Environment:
        """The templates; every value is escaped, and a name that is not given is an error."""
        made = jinja2.Environment(
            loader=jinja2.PackageLoader("marsad.site", "templates"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        made.globals["asset"] = self.asset
        return made

    @cached_property
    def parts(self) -> Any:
        """The macros of `_parts.html`."""
        return self.templates.get_template("_parts.html").module

    def asset(self, name: str) -> str:
        """The address of a static file, with its content's hash in the name where it was built."""
        return f"/static/{self._manifest.get(name, name)}"

    @cached_property
    def _manifest(self) -> dict[str, str]:
        found = files("marsad.site") / "static" / "manifest.json"
        return dict(json.loads(found.read_text("utf-8"))) if found.is_file() else {}

    def has_asset(self, name: str) -> bool:
        """Whether a static file was built."""
        held = self._built
        if name not in held:
            held[name] = (files("marsad.site") / "static" / self._manifest.get(name, name)).is_file()
        return held[name]

    def render(self, template: str, page: Page, status: int = 200, **values: Any) -> Rendered:
        """A page. The template has `page`, `s` (the language), `t`, `site` and the values."""
        made = self.templates.get_template(template).render(page=page, s=page.speech, t=page.speech.t, site=self, **values)
        return Rendered(made, status)

    def name(self, lang: Lang) -> str:
        """The name of the observatory."""
        return self.settings.name.get(lang) or str(speech(lang).t("site.name"))


_INCIDENT: Final = msgspec.json.Decoder(PublicIncident)
_REPORT: Final = msgspec.json.Decoder(PublicReport)


def spoken(lang: str, digits: str | None = None) -> Speech:
    """The speech of an address and of the reader's choice of digits. Raises KeyError for a language that there is not."""
    if lang not in ("ar", "en"):
        raise KeyError(lang)
    chosen: Digits = "arab" if digits == "arab" and lang == "ar" else "latn"
    return speech("ar" if lang == "ar" else "en", chosen)


@dataclass
class Parameters:
    """What an address asks for beyond its path."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The last value of a name."""
        return self.values.get(name, [default])[-1]

    def number(self, name: str, default: int, most: int) -> int:
        """A number from 1 to `most`."""
        told = self.one(name)
        return min(most, max(1, int(told))) if told.isdigit() and len(told) < 9 else default
