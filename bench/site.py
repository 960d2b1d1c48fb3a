"""`python -m bench.site [N] [--publish M]`: how fast the site answers over N incidents (100,000) with 20 readers at once, what its pages weigh, and publishing.

The incidents are those of the sample reports (and of the shared agency reports, where they are there), repeated with ids and days of their own: only the
projection is written, which is all that the site reads. The server is a process of its own; the readers are threads, each asks one address after the other.
"""

from __future__ import annotations

import argparse
import datetime
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import msgspec

from bench.measure import Table
from bench.texts import HERE, SHARED
from marsad.intake import Intake
from marsad.observatory import Observatory
from marsad.site import Settings, Site, publish, refresh
from marsad.site.records import Facets, PublicIncident
from marsad.store import PublicReads, PublicRow, PublicWrites, key_of

READERS = 20
ASKED = 40
"""Requests of each reader."""

_ADDRESSES = (
    "/ar/", "/ar/incidents", "/en/incidents", "/ar/incidents?country=SY", "/ar/incidents?type=air_strike&type=shelling",
    "/en/incidents?country=SY&grade=single",
    "/ar/incidents?since=2015-01-01&until=2018-12-31", "/ar/incidents?q=" + quote("حلب"), "/ar/incidents?near=36.2,37.16,80",
    "/ar/incidents?actor=islamic-state",
    "/ar/places", "/en/actors", "/ar/incidents?undated=1", "/api/v1/incidents?country=SY", "/api/v1/counts?type=air_strike",
)  # fmt: skip


def filled(path: Path, size: int) -> None:
    """A store whose projection holds `size` incidents."""
    own = [str(HERE / "src" / "marsad" / "samples")]
    shared = SHARED / "corpus" / "agency-2018.jsonl"
    with Observatory(str(path)) as observatory:
        if shared.is_file():
            some = path.with_suffix(".jsonl")
            some.write_text("\n".join(shared.read_text("utf-8").splitlines()[:150]), "utf-8")
            own.append(str(some))
        list(observatory.add(Intake(tuple(own))))
        refresh(observatory)
        _repeated(observatory, size)


def _repeated(observatory: Observatory, size: int, chance: random.Random | None = None) -> None:
    with observatory.store.asking() as tx:
        reads = PublicReads(tx)
        base = [(id_, msgspec.json.decode(facets, type=Facets), reads.incident(id_) or b"") for _, id_, facets in reads.rows()]
        mark, form = tx.state("public_mark") or "", tx.state("public_form") or ""
    chance = chance or random.Random(7)
    rows: dict[int, PublicRow] = {}
    number = 0
    while len(rows) < size - len(base):
        number += 1
        _, facets, record = base[number % len(base)]
        new = f"inc-{chance.getrandbits(48):012x}"
        day = None if facets.start is None else facets.start - chance.randrange(3_000)
        made = msgspec.json.decode(record, type=PublicIncident)
        date = made.incident.date if day is None else msgspec.structs.replace(made.incident.date, start=datetime.date.fromordinal(day), end=None)
        made = msgspec.structs.replace(made, incident=msgspec.structs.replace(made.incident, id=new, date=date))
        key = key_of(new, day)
        rows[key] = PublicRow(key, new, "", msgspec.json.encode(made), msgspec.json.encode(msgspec.structs.replace(facets, start=day, end=day)))
    listed = list(rows.values())
    with observatory.store.writing() as tx:
        writes = PublicWrites(tx)
        for at in range(0, len(listed), 2_000):
            writes.put_incidents(listed[at : at + 2_000])
            writes.changed("incident", [(row.id, None, None) for row in listed[at : at + 2_000]])
        writes.set_state("public_mark", mark)
        writes.set_state("public_form", form)


def _served(path: Path, workers: int) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "marsad", "serve", "--db", str(path), "--port", str(port), "--workers", str(workers)], stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server, port
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not begin")


def _asked(port: int, addresses: list[str], found: list[tuple[str, float, int]]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for address in addresses:
        begin = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        size = len(answer.read())
        found.append((address, time.perf_counter() - begin, size if answer.status == 200 else -1))
    connection.close()


def answers(path: Path, size: int, workers: int) -> Table:
    """The time of answers: each address once, alone, when nobody has asked for it before; then 20 readers at once over all of them and filters of their own."""
    server, port = _served(path, workers)
    try:
        cold: list[tuple[str, float, int]] = []
        _asked(port, list(_ADDRESSES), cold)
        chance = random.Random(11)
        found: list[list[tuple[str, float, int]]] = [[] for _ in range(READERS)]
        asked = [[_some(chance) for _ in range(ASKED)] for _ in range(READERS)]
        threads = [threading.Thread(target=_asked, args=(port, own, into)) for own, into in zip(asked, found, strict=True)]
        before = _processor(server.pid)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        worked = _processor(server.pid) - before
    finally:
        server.terminate()
        server.wait()
    times = sorted(seconds for own in found for _, seconds, _ in own)
    failed = sum(size < 0 for own in found for _, _, size in own)
    table = Table(
        f"The site over {size:,} incidents", f"{READERS} readers at once, {len(times)} answers, {failed} failed; --workers {workers}.", ("", "ms", "kB packed")
    )
    for name, share in (("median", 0.5), ("p95", 0.95), ("slowest", 1.0)):
        table.rows.append((f"{READERS} readers, {name}", f"{1000 * times[min(len(times) - 1, int(share * len(times)))]:.0f}", ""))
    if worked:
        table.rows.append(("time of the processor for one answer, all processes of the server", f"{1000 * worked / len(times):.1f}", ""))
    table.rows += [(f"alone, first time: `{address}`", f"{1000 * seconds:.0f}", f"{weight / 1000:.1f}") for address, seconds, weight in cold]
    return table


def _processor(pid: int) -> float:
    """Seconds that a process and those that it forked have worked, which other programs on the machine do not lengthen; 0 where it is not told."""
    found = 0.0
    try:
        for own in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
            told = Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()
            found += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0
    return found


def _some(chance: random.Random) -> str:
    """Half of the readers look at what everybody looks at, half at something of their own."""
    if chance.random() < 0.5:
        return chance.choice(_ADDRESSES)
    day = datetime.date(2010, 1, 1) + datetime.timedelta(chance.randrange(3_000))
    kind = chance.choice(("air_strike", "shelling", "armed_clash", "arrest", "protest"))
    return f"/{chance.choice(('ar', 'en'))}/incidents?type={kind}&since={day.isoformat()}&country={chance.choice(('SY', 'IQ', 'YE', 'LY'))}"


def publishing(path: Path, folder: Path, size: int) -> Table:
    """Publishing, publishing again without a change, and after one more incident."""
    table = Table(f"Publishing {size:,} incidents", "Both languages.", ("", "seconds", "of the processor", "files", "pages made", "kept", "MB"))
    with Observatory(str(path)) as observatory:
        for name in ("first", "again, unchanged", "again, after one more incident"):
            if "more" in name:
                held = len(Site(observatory, Settings()).index)
                _repeated(observatory, held + 1, chance=random.Random(held))
            begin, worked = time.perf_counter(), _worked()
            done = publish(Site(observatory, Settings(), "https://observatory.example", static=True), folder / "out")
            weight = sum(file.stat().st_size for file in (folder / "out").rglob("*") if file.is_file())
            table.rows.append(
                (
                    name,
                    f"{time.perf_counter() - begin:.0f}",
                    f"{_worked() - worked:.0f}",
                    f"{done.files:,}",
                    f"{done.made:,}",
                    f"{done.kept:,}",
                    f"{weight / 1e6:.0f}",
                )
            )
    return table


def _worked() -> float:
    """Seconds of the processor of this process and of those that it forked and that ended."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", type=int, default=100_000)
    parser.add_argument("--publish", type=int, default=0, metavar="M", help="measure publishing of M incidents instead")
    parser.add_argument("--db", type=Path, metavar="PATH", help="fill this store, or measure it where it is there")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that answer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = options.db or Path(name) / "site.db"
        size = options.publish or options.size
        if not path.exists():
            filled(path, size)
        table = publishing(path, Path(name), size) if options.publish else answers(path, size, options.workers)
    print(table.lines())
    print(json.dumps({"size": size}), file=sys.stderr)


if __name__ == "__main__":
    main()
