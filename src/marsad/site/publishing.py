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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
from marsad.site.sharing import parted
from marsad.site.views import hold_names

_PARTED: Final = 200
"""So many pages are worth a process of their own."""
_BUILD: Final = "build.json"
_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_LINK: Final = re.compile(r'\b(href|src|action|data-source|data-tiles)="(/[^"/][^"]*|/)"')
_HTMX: Final = re.compile(r'\shx-[a-z-]+="[^"]*"')
_FILES: Final = (".json", ".csv", ".geojson", ".rss", ".atom", ".xml", ".txt", ".css", ".js", ".woff2", ".svg", ".png", ".wasm", ".pmtiles")


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
    folders: set[str] = field(default_factory=set)
    made: int = 0
    kept: int = 0

    def run(self) -> Published:
        hold_names(self.site)
        self.old_ground, self.old_sums = _old(self.before)
        self.form = _form(self.site)
        self._static()
        self._tiles()
        wanted = [(path, make) for address, ground, make in self._pages() if not self._is_kept(path := file_of(address), ground)]
        for path, _ in wanted:
            self._target(path)  # every folder is there, and no two pages are one, before the work is parted
        self.site.observatory.store.close()  # a connection may not be shared; each process opens its own
        with self.site.standing():
            self.sums |= parted(wanted, self._drawn, _PARTED, self.step)
        self.made = len(wanted)
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
        site, both = self.site, [spoken(lang) for lang in LANGS]
        for s in both:
            yield from self._lists(s, state)
        for kind, facet in entities.KINDS.items():
            for value in site.index.values(facet):
                ground = self._ground_of_value(facet, value)
                yield from ((f"/{s.lang}/{kind}/{value}", ground, _bound(entities.entity, site, s, kind, value)) for s in both)
        for id_ in site.index.ids:
            ground = self._ground_of_incident(id_)
            yield from ((f"/{s.lang}/incidents/{id_}", ground, _bound(incident.incident, site, s, id_)) for s in both)
        for id_ in self.report_ids:
            ground, part = self._ground_of_report(id_), address_part(id_)
            yield from ((f"/{s.lang}/reports/{part}", ground, _bound(reports.report, site, s, id_, Parameters())) for s in both)
        for slug in self.specials:
            yield from ((f"/{s.lang}/special/{slug}", state, _bound(special.special_report, site, s, slug, Parameters())) for s in both)
        for kind, id_ in self.gone:
            ground = _hash(f"{self.form}|{self.gone[kind, id_]}".encode())
            yield from ((f"/{s.lang}/{kind}s/{address_part(id_)}", ground, _bound(incident.gone, site, s, kind, id_)) for s in both)

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
            gone = {(kind, c.id): (c.gone, c.forward) for kind in ("incident", "report") for c in reads.changes(kind, limit=10_000_000) if c.gone is not None}
        # what is told of one that was merged is where its way ends
        self.gone = {key: _end(gone, key) for key in sorted(gone)}
        articles = {made.slug: _hash(msgspec.json.encode(made)) for made in published(self.site)}
        self.specials = sorted(articles)
        return _hash(msgspec.json.encode([self.form, self.records, self.report_records, list(self.gone.items()), articles], order="sorted"))

    def _ground_of_incident(self, id_: str) -> str:
        index = self.site.index
        number = index.number(id_)
        assert number is not None
        row = index.row(number)
        near = [self.records[index.ids[n]] for n in incident.near_incidents(index, number)]
        return _hash("|".join((self.form, self.records[id_], *(self.report_records.get(r, "") for r in row.reports), *near)).encode())

    def _ground_of_report(self, id_: str) -> str:
        told = self.site.report(id_)
        if told is None:
            return ""
        own = list(dict.fromkeys(i for p in told.passages for i, _ in p.incidents))
        related = reports.related_reports(self.site.index, told, own, reports.STATIC_RELATED)
        near = [f"{self.report_records.get(r)} {facet} {value} {self._name(facet, value)}" for r, (facet, value) in related.items()]
        return _hash("|".join((self.form, self.report_records[id_], *(self.records.get(i, "") for i in own), *near)).encode())

    def _ground_of_value(self, facet: str, value: str) -> str:
        held = self.__dict__.setdefault("_values", {})
        if (facet, value) not in held:
            index = self.site.index
            rows = index.having(facet, value).tolist()
            places = sorted({place for n in rows for place in index.row(n).places})
            outlets = sorted({outlet for n in rows for outlet in index.row(n).outlets})
            # what else the page says: the names of what is told together with it, and which actors belong to it
            said = [self._name("place", place) for place in places] + [self._name("outlet", outlet) for outlet in outlets]
            parts = entities.parts_of(self.site, value) if facet == "actor" else []
            told = self._told_by(rows) if facet == "outlet" else []
            held[facet, value] = _hash("|".join((self.form, *(self.records[index.ids[n]] for n in rows), *said, *parts, *told)).encode())
        found: str = held[facet, value]
        return found

    def _told_by(self, rows: list[int]) -> list[str]:
        return [self.report_records.get(r, "") for r in dict.fromkeys(r for n in rows[: entities.LOOKED_AT] for r in self.site.index.row(n).reports)]

    def _name(self, facet: str, value: str) -> str:
        """A name in both languages, where it is taken from an incident and may change with it."""
        return " ".join(str(self.site.index.names.get((facet, value, lang), "")) for lang in LANGS) if facet in ("place", "outlet") else ""

    # -- writing

    def _is_kept(self, path: str, ground: str) -> bool:
        """Whether a page is taken over from the release before."""
        if path in self.ground:
            raise PublishError(f"two pages would be written to {path}")
        self.ground[path] = ground
        old = self.before / path
        if self.old_ground.get(path) != ground or path not in self.old_sums or not old.is_file() or sum_of(old) != self.old_sums[path]:
            return False
        self._keep(path, old)
        self.kept += 1
        self.step(1)
        return True

    def _drawn(self, page: tuple[str, Callable[[], Rendered]]) -> dict[str, str]:
        """Make and write a page; gives its path and hash."""
        path, make = page
        content = relative(make().html, path).encode("utf-8", "replace")
        self._target(path).write_bytes(content)
        return {path: hashlib.sha256(content).hexdigest()}

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
        folder, _, name = path.rpartition("/")
        if folder not in self.folders:
            inside = (self.fresh / folder).resolve()
            if not inside.is_relative_to(self.fresh.resolve()):
                raise PublishError(f"{path} would be written outside of the folder")
            inside.mkdir(parents=True, exist_ok=True)
            self.folders.add(folder)
        if name in ("", ".", "..") or "\\" in name:
            raise PublishError(f"{path} would be written outside of the folder")
        if path in self.sums:
            raise PublishError(f"two pages would be written to {path}")
        return self.fresh / path

    def _static(self) -> None:
        static = Path(str(files("marsad.site") / "static"))
        if not self.site.has_asset("site.css"):
            self._write("static/site.css", (files("marsad.site") / "plain.css").read_bytes())
        if static.is_dir():
            for file in sorted(static.rglob("*")):
                if file.is_file():
                    self._write(f"static/{file.relative_to(static).as_posix()}", file.read_bytes())

    def _tiles(self) -> None:
        """The user's base map, copied piece by piece: it may be larger than the memory."""
        tiles = self.site.tiles
        if tiles is None:
            return
        path = tiles.address[1:]
        old, digest = self.before / path, sum_of(tiles.path)
        if self.old_sums.get(path) == digest and old.is_file() and sum_of(old) == digest:
            self._keep(path, old)
        else:
            shutil.copyfile(tiles.path, self._target(path))
            self.sums[path] = digest

    def _data(self) -> None:
        site, everything = self.site, Query()
        index = lists.index_json(site)
        self._write("data/index.json", index)
        self._write("data/index.js", lists.as_script(index))
        self._write("data/words.js", lists.as_script(lists.words_json(site)))
        self._records()
        for name, kind, claims in (*((f"incidents.{kind}", kind, False) for kind in lists.FORMATS), ("claims.csv", "csv", True)):
            content = lists.written(site, kind, everything, claims=claims)  # the same for both languages
            for lang in LANGS:
                self._write(f"{lang}/{name}", content)
        for lang in LANGS:
            s = spoken(lang)
            self._write(f"data/map-{lang}.geojson", lists.map_points(site, everything, lang))
            for kind in feeds.FEEDS:
                self._write(f"{lang}/special.{kind}", feeds.special_feed(site, s, kind, f"/{lang}/special.{kind}"))
                self._write(f"{lang}/feed.{kind}", feeds.feed(site, s, kind, everything, f"/{lang}/feed.{kind}"))
        self._write("sitemap.xml", feeds.sitemap(site))
        self._write("index.html", _START.encode())

    def _records(self) -> None:
        """The JSON of each incident, as it is kept."""
        index = self.site.index
        for at in range(0, len(index), 500):
            with self.site.reads() as reads:
                found = reads.incidents([int(key) for key in index.keys[at : at + 500]])
            for id_, key in zip(index.ids[at : at + 500], index.keys[at : at + 500].tolist(), strict=True):
                path = f"data/incidents/{safe_name(id_)}.json"
                content = bytes(found[key]) + b"\n"
                digest = hashlib.sha256(content).hexdigest()
                old = self.before / path
                if self.old_sums.get(path) == digest and old.is_file() and sum_of(old) == digest:
                    self._keep(path, old)
                else:
                    self._write(path, content)


_START: Final = """\
<!doctype html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>مرصد — Marsad</title>
<meta http-equiv="refresh" content="0; url=ar/index.html"><link rel="alternate" hreflang="en" href="en/index.html"></head>
<body><p><a href="ar/index.html">العربية</a></p><p lang="en" dir="ltr"><a href="en/index.html">English</a></p></body></html>
"""


def _bound(page: Callable[..., Rendered], *values: Any) -> Callable[[], Rendered]:
    return lambda: page(*values)


def _end(gone: Mapping[tuple[str, str], tuple[str | None, str | None]], key: tuple[str, str]) -> tuple[str | None, str | None]:
    """Why something is gone, and what took its place in the end."""
    why, forward = gone[key]
    passed = {key[1]}
    while forward is not None and (key[0], forward) in gone and forward not in passed:
        passed.add(forward)
        further, next_ = gone[key[0], forward]
        if further != "merged" or next_ is None:
            return further, forward
        forward = next_
    return why, forward


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _form(site: Site) -> str:
    """A hash of what all pages are made with: this marsad, its templates and sentences, the names of its assets, the address."""
    digest = hashlib.blake2b(
        f"{__version__}|{site.base}|{site.tiles and site.tiles.name}|{json.dumps(dict(site.settings.name), sort_keys=True)}".encode(), digest_size=12
    )
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
        told = _told(match[2])
        return f'{match[1]}="#"' if told is None else f'{match[1]}="{up}{told}"'

    return _LINK.sub(link, _HTMX.sub("", html) if "hx-" in html else html)


@lru_cache(maxsize=100_000)
def _told(told: str) -> str | None:
    """The address of a page, as it stands in one, as a file below the folder; None where only a server could answer."""
    address = told.replace("&amp;", "&")
    if address.startswith("/digits"):
        return None
    parts = urlsplit(address)
    file = file_of(address)
    asked = parts.query if file.endswith("/index.html") and parts.query and not file.startswith("data/") else ""
    if file.startswith("data/map-"):
        asked = "&".join(part for part in parts.query.split("&") if not part.startswith("fields="))  # the browser takes them from the index
    tail = (f"?{asked}" if asked else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return f"{file}{tail.replace('&', '&amp;')}"
