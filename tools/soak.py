"""A soak: `watch`, `add`, queries and reviews together for a long time, against a server on the loopback that misbehaves: `python tools/soak.py SECONDS`.

New pages appear all the time, each a report of its own (`bench.variants`), and are sent in all the ways in which servers send: whole, packed, in chunks, slowly,
cut, without end, as a bomb, behind an error, a redirect that never ends, a form to log in, with words of another type. A watch fetches them, an add takes what
it wrote into a store, readers ask the store, an editor decides. In the end:

    lost      every page that was sent whole at least once is in the store, with its words
    double    and once
    verify    all that the store keeps holds
    memory    the last third of the run needed no more than the middle third (a tenth and 30 MB aside)

Exit status 1 where one of these does not hold. What each part did is printed as a line of figures.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import socket
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE)]

from bench.variants import variant  # noqa: E402

HTML = "text/html; charset=utf-8"
PAUSE = 0.5  # seconds between two requests of the watch
PAGES_A_SECOND = 0.8  # that appear: less than the watch can fetch
EVERY = 20.0  # seconds between two adds
LATE = 240.0  # seconds before the end from which nothing new appears


def _server() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch_server", HERE / "tests" / "intake" / "fetch" / "server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SERVER = _server()


@dataclass
class Site:
    """The pages of a site: what each says, how it is sent, and which were ever sent whole."""

    server: Any
    chance: random.Random
    pages: dict[str, str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    ways: Counter[str] = field(default_factory=Counter)

    def publish(self) -> None:
        """One page more, sent in one of the ways."""
        record = variant(len(self.pages))
        path = f"/news/{len(self.pages)}"
        self.pages[path] = record["text"]
        name = self.chance.choices(list(WAYS), weights=[10 if name in ("whole", "gzip", "deflate", "chunks") else 1 for name in WAYS])[0]
        self.ways[name] += 1
        self.server.answers[path] = WAYS[name](self, path, _page(record))
        links = "".join(f"<url><loc>{self.server.url(p)}</loc></url>" for p in list(self.pages)[-400:])
        self.server.answers["/sitemap.xml"] = SERVER.reply(200, f"<urlset>{links}</urlset>", content_type="application/xml")

    def sent(self, path: str, answer: bytes) -> Callable[..., None]:
        """An answer that is noted as sent when the whole of it was."""

        def send(line: socket.socket, *_: object) -> None:
            line.sendall(answer)
            self.whole.add(path)

        return send


def _page(record: dict[str, str]) -> bytes:
    told = json.dumps({"@type": "NewsArticle", "headline": record["title"], "datePublished": record["date"]}, ensure_ascii=False)
    paragraphs = "".join(f"<p>{part}</p>" for part in record["text"].split("\n") if part)
    head = f'<meta charset="utf-8"><title>{record["title"]}</title><script type="application/ld+json">{told}</script>'
    return f'<!DOCTYPE html><html lang="ar"><head>{head}</head><body><article>{paragraphs}</article></body></html>'.encode()


def _slow(site: Site, path: str, answer: bytes) -> Callable[..., None]:
    def send(line: socket.socket, *_: object) -> None:
        step = max(1, len(answer) // 20)
        for begin in range(0, len(answer), step):
            line.sendall(answer[begin : begin + step])
            time.sleep(0.05)
        site.whole.add(path)

    return send


def _reset(line: socket.socket, *_: object) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    line.close()


def _chunked(body: bytes) -> bytes:
    parts = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[k : k + 900] for k in range(0, len(body), 900)))
    return f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: {HTML}\r\n\r\n".encode() + parts + b"0\r\n\r\n"


def _good(page: bytes) -> bytes:
    made: bytes = SERVER.reply(200, page, content_type=HTML)
    return made


WAYS: dict[str, Callable[[Site, str, bytes], Any]] = {
    "whole": lambda site, path, page: site.sent(path, _good(page)),
    "gzip": lambda site, path, page: site.sent(path, SERVER.reply(200, gzip.compress(page), content_type=HTML, content_encoding="gzip")),
    "deflate": lambda site, path, page: site.sent(path, SERVER.reply(200, zlib.compress(page), content_type=HTML, content_encoding="deflate")),
    "chunks": lambda site, path, page: site.sent(path, _chunked(page)),
    "slow": lambda site, path, page: _slow(site, path, _good(page)),
    "error, then whole": lambda site, path, page: [SERVER.reply(503, b"", retry_after="1"), site.sent(path, _good(page))],
    "cut, then whole": lambda site, path, page: [_good(page)[: len(page) // 2], site.sent(path, _good(page))],
    "reset, then whole": lambda site, path, page: [_reset, site.sent(path, _good(page))],
    "not found": lambda _site, _path, _page: SERVER.reply(404),
    "too many": lambda _site, _path, _page: SERVER.reply(429, b"", retry_after="2"),
    "without end": lambda _site, _path, _page: SERVER.endless,
    "a bomb": lambda _site, _path, _page: SERVER.bomb(60),
    "a circle": lambda _site, path, _page: SERVER.reply(302, b"", location=path),
    "a form": lambda _site, _path, _page: SERVER.reply(200, b'<form><input type="password" name="p"></form>', content_type=HTML),
    "of another type": lambda _site, _path, _page: SERVER.reply(200, random.Random(1).randbytes(3000), content_type="application/pdf"),
    "no answer": lambda _site, _path, _page: b"",
}


@dataclass
class Soak:
    """All parts at work, until `end` (monotonic seconds)."""

    folder: Path
    site: Site
    begin: float
    end: float
    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def database(self) -> str:
        """The store."""
        return str(self.folder / "marsad.db")

    def guarded(self, name: str, deed: Callable[[], None], every: float) -> threading.Thread:
        """A part, again and again; what it raises is wrong."""

        def run() -> None:
            while not self.stop.wait(every):
                try:
                    deed()
                except Exception as error:  # whatever a part raises is a finding
                    self.wrong.append(f"{name}: {type(error).__name__}: {str(error)[:300]}")
                    print(self.wrong[-1], flush=True)

        return threading.Thread(target=run, name=name, daemon=True)

    def publish(self) -> None:
        """A page more, as long as there is time to fetch it."""
        if time.monotonic() < self.end - LATE:
            self.site.publish()

    def watch(self) -> None:
        """One round of the watch."""
        from marsad.intake.fetch import Limits, Watch, Wire, watched

        with Watch(watched(self.folder / "sources.toml"), self.folder / "archive", wire=Wire(Limits(2_000_000, 5.0, 2.0), private=True)) as watch:
            for step in watch.once():
                self.done["fetched, with a fault" if step.fault else "fetched"] += 1
                if self.stop.is_set():
                    return

    def add(self) -> None:
        """All of the archive into the store again: what is there is known."""
        from marsad.intake import Intake
        from marsad.observatory import Observatory

        archive = self.folder / "archive"
        if not list(archive.glob("*.warc.gz")):
            return
        with Observatory(self.database) as observatory:
            for added in observatory.add(Intake((str(archive),))):
                self.done[f"add: {added.outcome}"] += 1

    def ask(self) -> None:
        """What readers ask."""
        from marsad.model import Filters
        from marsad.observatory import Observatory

        with Observatory(self.database) as observatory:
            page = observatory.page(Filters(country=self.site.chance.choice(("SY", "YE", "PS", "IQ", "EG"))), limit=20)
            hits = sum(1 for _ in zip(range(20), observatory.search(self.site.chance.choice(("قصف", "مقتل", "الجيش", "مدنيين"))), strict=False))
            observatory.stats()
        self.done["asked"] += 1
        self.done["incidents and reports given"] += len(page.incidents) + hits

    def review(self) -> None:
        """What an editor decides."""
        from marsad.observatory import Observatory, ReviewError

        with Observatory(self.database) as observatory:
            some = observatory.page(limit=40).incidents
            if len(some) < 2:
                return
            kind = self.site.chance.choice(("confirm", "reject", "note", "merge"))
            subject = [i.id for i in self.site.chance.sample(list(some), 2 if kind == "merge" else 1)]
            try:
                observatory.review(kind, subject, why="a soak", by="soak")
                self.done[f"review: {kind}"] += 1
            except ReviewError:
                self.done["review: refused"] += 1

    def look(self) -> None:
        """Memory."""
        told = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
        self.memory.append((time.monotonic() - self.begin, int(told.split()[1]) / 1024))

    def run(self) -> None:
        """All parts, until the end; then what is left is fetched and added."""
        parts = [
            self.guarded("publish", self.publish, 1 / PAGES_A_SECOND),
            self.guarded("watch", self.watch, 1.0),
            self.guarded("add", self.add, EVERY),
            self.guarded("ask", self.ask, 0.5),
            self.guarded("review", self.review, 3.0),
            self.guarded("look", self.look, 2.0),
        ]
        for part in parts:
            part.start()
        while (left := self.end - time.monotonic()) > 0:
            time.sleep(min(30.0, left))
            print(
                f"{time.monotonic() - self.begin:.0f} s: {len(self.site.pages)} pages, {dict(self.done)}, {self.memory[-1][1] if self.memory else 0:.0f} MB",
                flush=True,
            )
        self.stop.set()
        for part in parts:
            part.join(120)
        self.add()

    def found(self) -> list[str]:
        """What does not hold."""
        from marsad.observatory import Observatory

        wrong = list(self.wrong)
        with Observatory(self.database) as observatory, observatory.store.asking() as tx:
            kept = Counter(tx.report(n=row.n).address for row in tx.all_reports() if row.erased is None)  # type: ignore[union-attr]
            wrong += [f"verify: {line}" for line in observatory.verify()]
        port = f"127.0.0.1:{self.site.server.port}"
        asked = Counter(self.site.server.paths())
        wrong += [f"lost: {path} was sent whole and is not kept" for path in sorted(self.site.whole) if not kept[port + path] and asked[path]]
        wrong += [f"double: {address} is kept {n} times" for address, n in kept.items() if n > 1 and address and address.startswith(f"{port}/news")]
        third = (self.end - self.begin) / 3
        middle, last = ([mb for at, mb in self.memory if third * n <= at < third * (n + 1)] for n in (1, 2))
        if middle and last and median(last) > 1.1 * median(middle) + 30:
            wrong.append(f"memory: {median(middle):.0f} MB in the middle third, {median(last):.0f} MB in the last")
        print(
            f"kept {sum(kept.values())} reports of {len(self.site.pages)} pages, {len(self.site.whole)} of which were sent whole; ways {dict(self.site.ways)}"
        )
        print(f"memory: {median(middle or [0]):.0f} MB in the middle third, {median(last or [0]):.0f} MB in the last")
        return wrong


def main() -> int:
    """Soak for so many seconds; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float, nargs="?", default=3600.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    global LATE
    LATE = min(LATE, options.seconds / 2)
    variant(0)  # reads what is varied
    with tempfile.TemporaryDirectory() as name, SERVER.served() as server:
        folder = Path(name)
        source = f'[[source]]\nkind = "sitemap"\nurl = "{server.url("/sitemap.xml")}"\nevery = 60\nlinks = 200\n'
        (folder / "sources.toml").write_text(f"pause = {PAUSE}\n{source}", "utf-8")
        site = Site(server, random.Random(options.seed))
        site.publish()
        begin = time.monotonic()
        soak = Soak(folder, site, begin, begin + options.seconds)
        with suppress(KeyboardInterrupt):
            soak.run()
        wrong = soak.found()
    for line in wrong[:40]:
        print(f"wrong: {line}")
    print(f"soak: {options.seconds:.0f} s, {len(wrong)} things wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
