"""The public side as plain files: pages that work from any web server and from a stick, the same bytes for the same data, and a seal.

Pages are those of the server, with every address made relative; lists are parted into pages, and `data/index.json` lets the browser search and filter.
A page whose ground did not change since the folder was last published is kept as it is (`build.json` remembers what each was made from). The folder is
made whole beside the old one and put in its place at the end.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from marsad import __version__
from marsad.site import feeds
from marsad.site import files as lists
from marsad.site.articles import published
from marsad.site.context import Parameters, Rendered, Site, spoken
from marsad.site.finding import Query
from marsad.site.format import LANGS, Speech
from marsad.site.pages import entities, home, incident, incidents, reports, special, texts
from marsad.site.records import address_part
from marsad.site.sealing import MANIFEST, RELEASE, manifest_of, seal, sum_of
from marsad.site.views import hold_names

_BUILD: Final = "build.json"
_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_LINK: Final = re.compile(r'\b(href|src|action|data-source)="(/[^"/][^"]*|/)"')
_HTMX: Final = re.compile(r'\shx-[a-z-]+="[^"]*"')
_FILES: Final = (".json", ".csv", ".geojson", ".rss", ".atom", ".xml", ".txt", ".css", ".js", ".woff2", ".svg", ".png", ".wasm")


class PublishError(Exception):
    """A folder that cannot be published into; the message says why."""


class Published(NamedTuple):
    """What was done: files in all, pages made, pages kept from before."""

    files: int
    made: int
    kept: int


def publish(site: Site, out: str | Path, step: Callable[[int], None] = lambda _: None) -> Published:
    """Write the public side into a folder: a new one, an empty one, or one that was published before. Raises `PublishError`."""
    folder = Path(out).absolute()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / RELEASE).is_file())):
        raise PublishError(f"{out} holds something that was not published by marsad; name a new folder")
    if not folder.parent.is_dir():
        raise PublishError(f"there is no folder {folder.parent}")
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        done = _Publishing(site, fresh, folder, step).run()
        _put_in_place(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return done


def _put_in_place(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(fresh, folder)
    shutil.rmtree(old, ignore_errors=True)


@dataclass
class _Publishing:
    site: Site
    fresh: Path
    before: Path
    step: Callable[[int], None]
    sums: dict[str, str] = field(default_factory=dict)
    ground: dict[str, str] = field(default_factory=dict)
    made: int = 0
    kept: int = 0

    def run(self) -> Published:
        hold_names(self.site)
        self.old_ground, self.old_sums = _old(self.before)
        self.form = _form(self.site)
        self._static()
        for path, ground, make in self._pages():
            self._page(path, ground, make)
        self._data()
        self._write(_BUILD, json.dumps(self.ground, sort_keys=True, indent=0, ensure_ascii=True).encode() + b"\n")
        manifest = manifest_of(self.sums)
        with self.site.observatory.store.asking() as tx:
            last = tx.last_decision()
            head = (0, "0" * 64) if last is None else (last.number, str(json.loads(last.record)["hash"]))
        told = {**seal(manifest, head), "marsad": __version__, "incidents": len(self.site.index), "base": self.site.base}
        (self.fresh / MANIFEST).write_bytes(manifest)
        (self.fresh / RELEASE).write_bytes(json.dumps(told, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n")
        return Published(len(self.sums) + 2, self.made, self.kept)

    # -- what there is

    def _pages(self) -> Iterator[tuple[str, str, Callable[[], Rendered]]]:
        """Every page: its address, a hash of what it is made from, and how it is made."""
        state = self._state()
        for lang in LANGS:
            s = spoken(lang)
            yield from self._lists(s, state)
            for kind, facet in entities.KINDS.items():
                for value in self.site.index.values(facet):
                    yield f"/{lang}/{kind}/{value}", self._ground_of_value(facet, value), _bound(entities.entity, self.site, s, kind, value)
            for id_ in self.site.index.ids:
                yield f"/{lang}/incidents/{id_}", self._ground_of_incident(id_), _bound(incident.incident, self.site, s, id_)
            for id_ in self.report_ids:
                yield f"/{lang}/reports/{address_part(id_)}", self._ground_of_report(id_), _bound(reports.report, self.site, s, id_, Parameters())
            for slug in self.specials:
                yield f"/{lang}/special/{slug}", state, _bound(special.special_report, self.site, s, slug, Parameters())
            for kind, id_ in self.gone:
                yield f"/{lang}/{kind}s/{address_part(id_)}", state, _bound(incident.gone, self.site, s, kind, id_)

    def _lists(self, s: Speech, state: str) -> Iterator[tuple[str, str, Callable[[], Rendered]]]:
        site, lang = self.site, s.lang
        yield f"/{lang}/", state, _bound(home.home, site, s)
        for name, page in (("methodology", texts.methodology), ("downloads", texts.downloads), ("about", texts.about), ("special", special.special)):
            yield f"/{lang}/{name}", state, _bound(page, site, s)
        for kind in entities.KINDS:
            yield f"/{lang}/{kind}", state, _bound(entities.listed, site, s, kind, Parameters())
        for base, page_of, total in (("incidents", incidents.incidents, len(site.index)), ("reports", reports.reports, len(self.report_ids))):
            for begin in range(1, max(total, 1) + 1, incidents.STATIC_SHOWN):
                asked = Parameters({"from": [str(begin)]} if begin > 1 else {})
                yield f"/{lang}/{base}" + (f"?from={begin}" if begin > 1 else ""), state, _bound(page_of, site, s, asked)

    def _state(self) -> str:
        """A hash of everything that is shown: what lists and counts are made from."""
        self.records: dict[str, str] = {}
        self.report_records: dict[str, str] = {}
        with self.site.reads() as reads:
            for n in range(0, len(self.site.index), 500):
                keys = [int(k) for k in self.site.index.keys[n : n + 500]]
                found = reads.incidents(keys)
                for k, key in enumerate(keys):
                    self.records[self.site.index.ids[n + k]] = _hash(found[key])
            for id_, record in reads.reports():
                self.report_records[id_] = _hash(record)
            self.report_ids = list(self.report_records)
            gone = [(kind, c.id) for kind in ("incident", "report") for c in reads.changes(kind, limit=10_000_000) if c.gone is not None]
        self.gone = sorted(gone)
        articles = {made.slug: _hash(msgspec.json.encode(made)) for made in published(self.site)}
        self.specials = sorted(articles)
        return _hash(msgspec.json.encode([self.form, self.records, self.report_records, self.gone, articles], order="sorted"))

    def _ground_of_incident(self, id_: str) -> str:
        index = self.site.index
        number = index.number(id_)
        assert number is not None
        row = index.row(number)
        near = [self.records[index.ids[int(n)]] for place in row.places[:2] for n in index.having("place", place)]
        return _hash("|".join((self.form, self.records[id_], *(self.report_records.get(r, "") for r in row.reports), *near)).encode())

    def _ground_of_report(self, id_: str) -> str:
        told = self.site.report(id_)
        own = dict.fromkeys(i for p in told.passages for i, _ in p.incidents) if told is not None else {}
        near: dict[str, None] = {}
        for i in own:
            number = self.site.index.number(i)
            if number is not None:
                row = self.site.index.row(number)
                for facet, values in (("place", row.places), ("actor", row.actors)):
                    for value in values:
                        near[self._ground_of_value(facet, value)] = None
        return _hash("|".join((self.form, self.report_records[id_], *(self.records.get(i, "") for i in own), *sorted(near))).encode())

    def _ground_of_value(self, facet: str, value: str) -> str:
        held = self.__dict__.setdefault("_values", {})
        if (facet, value) not in held:
            index = self.site.index
            ids = [index.ids[int(n)] for n in index.having(facet, value)]
            held[facet, value] = _hash("|".join((self.form, str(len(index)), *(self.records[i] for i in ids))).encode())
        found: str = held[facet, value]
        return found

    # -- writing

    def _page(self, address: str, ground: str, make: Callable[[], Rendered]) -> None:
        path = file_of(address)
        self.ground[path] = ground
        old = self.before / path
        if self.old_ground.get(path) == ground and path in self.old_sums and old.is_file() and sum_of(old) == self.old_sums[path]:
            self._keep(path, old)
            self.kept += 1
            self.step(1)
            return
        self._write(path, relative(make().html, path).encode("utf-8", "replace"))
        self.made += 1
        self.step(1)

    def _keep(self, path: str, old: Path) -> None:
        """Take over a file of the release before, which no longer has it when this one is in its place."""
        target = self._target(path)
        try:
            os.link(old, target)
        except OSError:  # a file system without links
            shutil.copyfile(old, target)
        self.sums[path] = self.old_sums[path]

    def _write(self, path: str, content: bytes) -> None:
        self._target(path).write_bytes(content)
        self.sums[path] = hashlib.sha256(content).hexdigest()

    def _target(self, path: str) -> Path:
        target = self.fresh / path
        if not target.resolve().is_relative_to(self.fresh.resolve()):
            raise PublishError(f"{path} would be written outside of the folder")
        if path in self.sums:
            raise PublishError(f"two pages would be written to {path}")
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _static(self) -> None:
        static = Path(str(files("marsad.site") / "static"))
        if not self.site.has_asset("site.css"):
            self._write("static/site.css", (files("marsad.site") / "plain.css").read_bytes())
        if static.is_dir():
            for file in sorted(static.rglob("*")):
                if file.is_file():
                    self._write(f"static/{file.relative_to(static).as_posix()}", file.read_bytes())

    def _data(self) -> None:
        site, everything = self.site, Query()
        index = lists.index_json(site)
        self._write("data/index.json", index)
        self._write("data/index.js", lists.as_script(index))
        self._write("data/words.js", lists.as_script(lists.words_json(site)))
        for id_ in site.index.ids:
            made = site.incident(id_)
            if made is not None:
                self._write(f"data/incidents/{safe_name(id_)}.json", msgspec.json.encode(made) + b"\n")
        for lang in LANGS:
            s = spoken(lang)
            self._write(f"data/map-{lang}.geojson", lists.map_points(site, everything, lang))
            for kind in lists.FORMATS:
                self._write(f"{lang}/incidents.{kind}", lists.written(site, kind, everything))
            self._write(f"{lang}/claims.csv", lists.written(site, "csv", everything, claims=True))
            for kind in feeds.FEEDS:
                self._write(f"{lang}/special.{kind}", feeds.special_feed(site, s, kind, f"/{lang}/special.{kind}"))
                self._write(f"{lang}/feed.{kind}", feeds.feed(site, s, kind, everything, f"/{lang}/feed.{kind}"))
        self._write("sitemap.xml", feeds.sitemap(site))
        self._write("index.html", _START.encode())


_START: Final = """\
<!doctype html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>مرصد — Marsad</title>
<meta http-equiv="refresh" content="0; url=ar/index.html"><link rel="alternate" hreflang="en" href="en/index.html"></head>
<body><p><a href="ar/index.html">العربية</a></p><p lang="en" dir="ltr"><a href="en/index.html">English</a></p></body></html>
"""


def _bound(page: Callable[..., Rendered], *values: Any) -> Callable[[], Rendered]:
    return lambda: page(*values)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _form(site: Site) -> str:
    """A hash of what all pages are made with: this marsad, its templates and sentences, the names of its assets, the address."""
    digest = hashlib.blake2b(f"{__version__}|{site.base}|{json.dumps(dict(site.settings.name), sort_keys=True)}".encode(), digest_size=12)
    room = Path(str(files("marsad.site")))
    for file in sorted(file for file in room.rglob("*") if file.suffix in (".html", ".toml", ".py") or file.name in ("manifest.json", "plain.css")):
        if "node_modules" not in file.parts:
            digest.update(file.relative_to(room).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _old(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the pages of the release before were made from, and their hashes; nothing where there is none that can be read."""
    try:
        ground = json.loads((folder / _BUILD).read_bytes())
        sums = {path: digest for digest, _, path in (line.partition("  ") for line in (folder / MANIFEST).read_text("utf-8").splitlines())}
    except (OSError, ValueError):
        return {}, {}
    return (ground, sums) if isinstance(ground, dict) else ({}, {})


def safe_name(id_: str) -> str:
    """A name of a file for an id: itself where every file system takes it, else its hash."""
    return id_ if _SAFE.fullmatch(id_) and not id_.endswith(".") else f"x-{hashlib.sha256(id_.encode()).hexdigest()[:20]}"


def file_of(address: str) -> str:
    """The file that stands for an address of the server."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    steps = [unquote(step) for step in parts.path.strip("/").split("/") if step]
    if steps[:2] == ["api", "v1"]:
        return f"data/incidents/{safe_name(steps[3])}.json" if len(steps) == 4 and steps[2] == "incidents" else "data/index.json"
    if parts.path.endswith("incidents.geojson") and asked.get("fields") in (["map"], ["points"]):
        return f"data/map-{steps[0]}.geojson"
    if not steps:
        return "index.html"
    if steps[0] == "static" or (len(steps) <= 2 and steps[-1].endswith(_FILES)):
        return "/".join(steps)
    if len(steps) == 3:
        return f"{steps[0]}/{steps[1]}/{safe_name(steps[2])}.html"
    if asked.get("from") and set(asked) <= {"from", "show"}:
        return f"{steps[0]}/{steps[1]}/from-{int(asked['from'][-1])}.html"
    return "/".join((*steps, "index.html"))


def relative(html: str, path: str) -> str:
    """A page of the server as a file at `path`: every address of the site made relative, nothing asked of a server."""
    up = "../" * path.count("/")

    def link(match: re.Match[str]) -> str:
        name, address = match[1], match[2].replace("&amp;", "&")
        if address.startswith("/digits"):
            return f'{name}="#"'
        parts = urlsplit(address)
        file = file_of(address)
        asked = parts.query if file.endswith("/index.html") and parts.query and not file.startswith("data/") else ""
        if file.startswith("data/map-"):
            asked = "&".join(part for part in parts.query.split("&") if not part.startswith("fields="))  # the browser takes them from the index
        tail = (f"?{asked}" if asked else "") + (f"#{parts.fragment}" if parts.fragment else "")
        return f'{name}="{up}{file}{tail.replace("&", "&amp;")}"'

    return _LINK.sub(link, _HTMX.sub("", html))
