"""`python -m bench.store`: what keeping costs, and how fast questions are answered, at 1, 10 and 100 thousand reports, on SQLite and on PostgreSQL.

    add        the reports of a made-up world (`incident_world`) with texts of some 200 words, read beforehand: the cost is that of keeping, indexing and
               grouping alone; the last ten thousand are measured by turns with the first, which a second store is told
    questions  the first page (50 incidents, 20 reports) with each filter, the median and the slowest of its answers; at a million incidents too, which are
               those of the largest store told again on other days
    corpus     `marsad add` of the shared reports beside reading them alone, in one run

`--postgres URL` names a database for the comparison (its tables are made there); without it SQLite is measured alone.
"""

from __future__ import annotations

import argparse
import datetime
import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from bench.incident_world import reports as told_reports
from bench.measure import Table
from bench.texts import HERE
from marsad.intake import Intake, take_in
from marsad.model import Event, Filters, Incident, Reading, Report
from marsad.observatory import Observatory, line, read_one
from marsad.observatory.tags import tags_in
from marsad.store import NewIncident

SIZES: Final = (1_000, 10_000, 100_000)
_WORDS: Final = 200
_TURN: Final = 100
_MANY: Final = 1_000_000
_KEEPING: Final = (
    "Keeping, indexing and grouping reports that were read beforehand, one transaction a report; "
    "on SQLite the time of the processor, on PostgreSQL of the clock."
)
_PLACES: Final = "السوق القديم المدينة الشارع الرئيسي الحي الغربي الجسر الأهالي المنطقة الطريق العام المحافظة المستشفى السكان المحال المدرسة القرية".split()
_VERBS: Final = "قال ذكر أضاف أوضح شهد تحدث أفاد أعلن أشار توجه وصل عاد خرج انتقل بقي".split()


def readings(number: int) -> Iterator[tuple[Report, Reading]]:
    """Reports of the world with what is read in them, the text filled up to the length of a report."""
    chance = random.Random(11)
    for told in told_reports(number):
        first = told[0][0]
        length = max(0, _WORDS - first.text.count(" "))
        filling = " ".join(chance.choice(_VERBS if n % 5 == 0 else _PLACES) + ("ة" if chance.random() < 0.05 else "") for n in range(length))
        text = f"{first.text}\n{filling} {first.report}"
        title = first.text.split("\n", 1)[0][:80]
        report = Report(id=first.report, text=text, date=first.day, outlet=first.outlet, title=title, url=f"https://site.example/{first.report}")
        events: tuple[Event, ...] = tuple(t.event for t, _ in told)
        yield report, Reading(
            id=report.id, sha256=report.sha256, reference_date=report.date, outlet=report.outlet, title=title, url=report.url, text=text, residue=(),
            notes=(), events=events,
        )  # fmt: skip


def adding(url: str, again: str, size: int) -> tuple[str, ...]:
    """Fill a store; the cost of a report in the last tenth, or ten thousand, beside that in as many at the beginning, which are told a second time to the
    empty store `again`: a hundred here, a hundred there, so that whatever else the machine does slows both."""
    part = min(max(1, size // 10), 10_000)
    with _Filler(url, size) as late, _Filler(again, part) as early:
        spent = late.add(size - part)
        first = last = 0.0
        for step in range(0, part, _TURN):
            turn = min(_TURN, part - step)
            last += late.add(turn)
            first += early.add(turn)
    with Observatory(url) as observatory:
        counted = observatory.stats()
    return (
        f"{size:,}", f"{counted['incidents']:,}", f"{1000 * (spent + last) / size:.2f}", f"{1000 * first / part:.2f}", f"{1000 * last / part:.2f}",
        f"{100 * (last / first - 1):+.0f} %", f"{counted['bytes'] / 1e6:,.0f} MB",
    )  # fmt: skip


class _Filler:
    """A process that adds reports of the world to a store, so many as it is told."""

    def __init__(self, url: str, number: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_fill, args=(theirs, url, number))
        self._process.start()

    def add(self, number: int) -> float:
        """Seconds that it took."""
        self._pipe.send(number)
        seconds: float = self._pipe.recv()
        return seconds

    def __enter__(self) -> _Filler:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join()


def _fill(pipe: Any, url: str, number: int) -> None:
    """What the process does. What is measured begins behind the reader; the making of reports is left out of it."""
    clock = time.perf_counter if "://" in url else time.process_time  # SQLite works in this process
    known: dict[str, bytes] = {}
    made = 0.0

    def reports() -> Iterator[Report]:
        nonlocal made
        world = readings(number)
        while True:
            start = clock()
            report, reading = next(world, (None, None))
            if report is None:
                return
            known[report.id] = msgspec.json.encode(reading)
            made += clock() - start
            yield report

    line.read_one = lambda report: line.Read(known.pop(report.id))
    with Observatory(url) as observatory:
        added = observatory.add(reports())
        while (wanted := pipe.recv()) is not None:
            start, made = clock(), 0.0
            for _ in islice(added, wanted):
                pass
            pipe.send(clock() - start - made)


QUESTIONS: Final[list[tuple[str, Filters]]] = [
    ("no filter", Filters()),
    ("--country SY", Filters(country="SY")),
    ("--type air_strike", Filters(type="air_strike")),
    ("--country IQ --type shelling", Filters(country="IQ", type="shelling")),
    ("--actor islamic-state", Filters(actor="islamic-state")),
    ("--actor russia --role target", Filters(actor="russia", role="target")),
    ("--outlet …", Filters(outlet="قناة الرابعة")),
    ("--since … --until …", Filters(since=datetime.date(2015, 1, 10), until=datetime.date(2015, 1, 12))),
    ("--box 35,32,42,37", Filters(box=(35.0, 32.0, 42.0, 37.0))),
    ("--near 36.2,37.1 --within 30", Filters(near=(36.2, 37.1, 30.0))),
    ("--grade several --status occurred", Filters(grade="several", status="occurred")),
    ("--review confirmed", Filters(review="confirmed")),
    ("--text السوق (in most reports)", Filters(text="السوق")),
    ("--text r000123 (in one)", Filters(text="r000123")),
    ("--country SY --text المستشفى", Filters(country="SY", text="المستشفى")),
]
WORDS: Final = ["السوق", "السوق -المدرسة", "المستشفى الجسر", "قصف", "title:قصف outlet:الرابعة", '"السوق القديم"', "شبك*"]


def asking(url: str) -> list[tuple[str, float, float]]:
    """Each question, the median and the slowest of its answers in milliseconds."""
    rows: list[tuple[str, float, float]] = []
    with Observatory(url) as observatory:
        rows += [(name, *_spent(partial(observatory.page, filters, limit=50))) for name, filters in QUESTIONS]
        rows += [(f"search {words}", *_spent(partial(_first_hits, observatory, words))) for words in WORDS]
    return rows


def _first_hits(observatory: Observatory, words: str) -> list[Any]:
    return list(islice(observatory.search(words), 20))


def _spent(ask: Callable[[], object], times: int = 9) -> tuple[float, float]:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent), max(spent)


def multiplied(url: str, many: int) -> None:
    """Put the incidents of a store there again, on other days and under other ids, until there are `many`."""
    with Observatory(url) as observatory:
        rows = list(observatory.incidents())
        turn = 0
        while len(rows) * (turn + 1) < many:
            turn += 1
            for at in range(0, len(rows), 2_000):
                with observatory.store.writing() as tx:
                    tx.keep_incidents([_again(made, turn) for made in rows[at : at + 2_000]])


def _again(made: Incident, turn: int) -> NewIncident:
    start = made.date.start or datetime.date(2015, 1, 1)
    other = start - datetime.timedelta(400 * turn)
    id_ = f"inc-{(int(made.id[4:], 16) + turn * 7_919_393) % 16**12:012x}"
    moved = msgspec.structs.replace(made, id=id_, date=msgspec.structs.replace(made.date, start=other, end=other))
    return NewIncident(id_, turn, other.toordinal(), "2024-01-01", msgspec.json.encode(moved), (), (), tags_in(moved))


def corpus() -> tuple[str, ...] | None:
    """Adding the shared reports beside reading them alone."""
    path = Path(os.environ.get("MARSAD_SHARED", HERE.parent / "shared")) / "corpus" / "agency-2018.jsonl"
    if not path.exists():
        return None
    taken = [item for item in take_in(Intake((str(path),))) if isinstance(item, Report)]
    read_one(taken[0])
    start = time.perf_counter()
    for report in taken:
        read_one(report)
    reading = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder, Observatory(str(Path(folder) / "x.db")) as observatory:
        start = time.perf_counter()
        number = sum(1 for _ in observatory.add(Intake((str(path),))))
        added = time.perf_counter() - start
    return f"{number:,}", f"{reading:.1f} s", f"{added:.1f} s", f"{added / reading:.2f}"


def main() -> None:
    """Print the tables; `--write` puts them into `docs/bench-store.md`."""
    parser = argparse.ArgumentParser(prog="python -m bench.store", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="leave sizes above this out")
    parser.add_argument(
        "--postgres",
        metavar="URL",
        help="an address with {n} in the name of the database; those of each size, and of each with a b behind it, are there and empty",
    )
    parser.add_argument("--many", type=int, default=_MANY, help="incidents for the questions of the largest store")
    options = parser.parse_args()
    tables = _tables(tuple(size for size in SIZES if size <= options.most), options.postgres, options.many)
    page = "\n".join(["# Keeping and asking\n\nMade by `python -m bench.store --write`; do not edit.\n", *(table.lines() for table in tables)])
    print(page)
    if options.write:
        (HERE / "docs" / "bench-store.md").write_text(page, "utf-8")


def _tables(sizes: Sequence[int], postgres: str | None, many: int) -> list[Table]:
    heads = ("reports", "incidents", "ms a report", "first tenth", "last tenth", "slower by", "on the disk")
    kinds = {"SQLite": None, **({"PostgreSQL": postgres} if postgres else {})}
    keeping = [
        Table(
            f"Adding, {kind}",
            _KEEPING,
            heads,
        )
        for kind in kinds
    ]
    answers: dict[str, list[str]] = {}
    columns: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for table, (kind, address) in zip(keeping, kinds.items(), strict=True):
            for size in sizes:
                url = address.format(n=size) if address else str(Path(folder) / f"{size}.db")
                table.rows.append(adding(url, address.format(n=f"{size}b") if address else f"{url}b", size))
                _answered(answers, columns, f"{kind}, {size:,} reports", url)
            if address is None and many:
                multiplied(url, many)
                _answered(answers, columns, f"{kind}, {many:,} incidents", url)
    asked = Table("Questions", "The first page, ms: the median and the slowest of nine.", ("question", *columns))
    asked.rows += [(name, *cells) for name, cells in answers.items()]
    found = corpus()
    tables = [*keeping, asked]
    if found:
        table = Table("Adding beside reading", "The shared reports, one core, in one run.", ("reports", "reading alone", "marsad add", "ratio"))
        table.rows.append(found)
        tables.append(table)
    return tables


def _answered(answers: dict[str, list[str]], columns: list[str], name: str, url: str) -> None:
    columns.append(name)
    for question, median, slowest in asking(url):
        answers.setdefault(question, []).append(f"{median:.1f} ({slowest:.0f})")


if __name__ == "__main__":
    main()
