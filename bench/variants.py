"""`python -m bench.variants 1000000 OUT`: as many different reports as one likes, made of the reports that there are, as lines in gzip.

Of each report that is varied: towns become others of the same country (the well-known ones often, the small ones seldom), persons get other names,
figures others of their size, years move with the report's day by whole weeks, so that weekdays stay. Half of the sentences below its head are left
out, and some of other reports, varied too, are put in. So hardly any are copies of each other (`--check` looks for copies among those made), and
the reader has as much to do as with the reports themselves. The days lie over twenty years, with months of heavy fighting in each country, as they
do in real archives.

The texts are others' where the shared corpus is read: what is made is for measuring, and stays on the machine.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from multiprocessing import get_context
from pathlib import Path

from bench.texts import HERE, SHARED
from marsad.intake import Fault, Intake, take_in
from marsad.model import Report
from marsad.reading import read

KNOWLEDGE = HERE / "src" / "marsad" / "knowledge"
SHARD = 10_000  # reports a file
YEARS = (2005, 2024)
_FINE = ("exact", "settlement", "neighbourhood")
_FIGURE = re.compile(r"(?<![\w.,:/\-])\d{1,6}(?![\w:/\-]|[.,]\d)")
_WORD = re.compile(r"[\u0621-\u064a]+")
_SENTENCE = re.compile(r"(?<=[.؟!])\s+|\n+")
_LEAST = 5  # sentences: of a shorter report little can be varied
_OUTLETS = ("وكالة الشمال", "شبكة الساحل", "صوت الوادي", "موقع الجبل", "أخبار الميناء", "مرصد السهل", "قناة النهر", "صحيفة المدينة")


@dataclass(frozen=True)
class Base:
    """A report that is varied: its sentences, its day, and the towns in it with their countries."""

    sentences: tuple[str, ...]
    day: datetime.date
    towns: tuple[tuple[str, str], ...]
    country: str

    @property
    def is_long(self) -> bool:
        """Whether it has sentences enough to be varied."""
        return len(self.sentences) >= _LEAST


@cache
def bases() -> tuple[Base, ...]:
    """The reports that there are: those of the shared corpus, else our own."""
    folder = SHARED / "corpus"
    inputs = [str(p) for p in (folder / "agency-2018.jsonl", folder / "quiet-2018.jsonl") if p.is_file()] or [str(HERE / "tests" / "gold" / "local")]
    found = (base_of(item) for item in take_in(Intake(tuple(inputs))) if not isinstance(item, Fault) and item.date is not None)
    return tuple(base for base in found if base.is_long)


def base_of(report: Report) -> Base:
    """A report, whose day is known, as what can be varied."""
    places = [p for event in read(report).events for p in event.places]
    towns = {(p.name, p.country) for p in places if p.precision in _FINE and p.country and len(p.name) > 2}
    known = [p.country for p in places if p.country]
    assert report.date is not None
    sentences = tuple(s.strip() for s in _SENTENCE.split(report.text) if s and s.strip())
    return Base(sentences, report.date, tuple(sorted(towns)), max(known, key=known.count) if known else "")


@cache
def towns_of(country: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The towns of a country, and how often each is told, added up: the n-th as 1/n, as places are told in news."""
    found: dict[str, None] = {}
    for path in sorted((KNOWLEDGE / "places").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("country") == country and row.get("kind") in ("settlement", "neighbourhood", "village", "city", "town"):
                    found.setdefault(row["name_ar"])
    return tuple(found), tuple(accumulate(1 / (n + 2) for n in range(len(found))))


@cache
def names() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """All names of persons, then given ones and those of families to choose from."""
    rows = [line.split("\t") for line in (KNOWLEDGE / "words" / "names.tsv").read_text("utf-8").splitlines()[1:]]
    given = tuple(name for name, kind in rows if kind == "given" and len(name) > 3)
    family = tuple(name for name, kind in rows if kind == "family" and len(name) > 3)
    return frozenset((*given, *family)), given, family


@cache
def fighting(country: str) -> tuple[float, ...]:
    """How much is told of a country in each month, added up: a heavy tail, the same each time."""
    chance = random.Random(f"months of {country}")
    level, found = 1.0, []
    for _ in range((YEARS[1] - YEARS[0] + 1) * 12):
        level = 0.85 * level + 0.15 * chance.lognormvariate(0, 1.6)
        found.append(level)
    return tuple(accumulate(found))


def variant(number: int, among: Sequence[Base] | None = None) -> dict[str, str]:
    """The report of that number, as a record; the same each time. `among`: the reports that are varied, by default those that there are."""
    chance = random.Random(number)
    among = among or bases()
    base = among[chance.randrange(len(among))]
    month = chance.choices(range(len(fighting(base.country))), cum_weights=fighting(base.country))[0]
    wanted = datetime.date(YEARS[0] + month // 12, month % 12 + 1, 1) + datetime.timedelta(days=chance.randrange(28))
    weeks = round((wanted - base.day).days / 7)
    day = base.day + datetime.timedelta(weeks=weeks)
    years = day.year - base.day.year
    swapped = _swapped(base.towns, chance)
    head, rest = base.sentences[:2], [s for s in base.sentences[2:] if chance.random() < 0.45]
    told = [_varied(s, swapped, years, chance) for s in (*head, *rest)]
    for _ in range(chance.randrange(3, 7)):
        other = among[chance.randrange(len(among))]
        if len(other.sentences) > 2:
            place = chance.randrange(min(2, len(told)), len(told) + 1)
            told.insert(place, _varied(chance.choice(other.sentences[2:]), _swapped(other.towns, chance), years, chance))
    outlet = chance.choice(_OUTLETS)
    text = f"{told[0]}\n\n" + "\n".join(told[1:])
    return {"id": f"v{number:09}", "text": text, "date": day.isoformat(), "outlet": outlet, "url": f"https://news.example/{number}", "title": told[0]}


def _swapped(towns: Sequence[tuple[str, str]], chance: random.Random) -> dict[str, str]:
    """A new name for each town."""
    found: dict[str, str] = {}
    for name, country in towns:
        options, weights = towns_of(country)
        if len(options) > 3:
            found[name] = chance.choices(options, cum_weights=weights)[0]
    return found


def _varied(sentence: str, towns: dict[str, str], years: int, chance: random.Random) -> str:
    for name, other in towns.items():
        if name in sentence:
            sentence = re.sub(rf"(?<![\u0621-\u064a]){re.escape(name)}(?![\u0621-\u064a])", other, sentence)
    known, given, family = names()
    found = list(_WORD.finditer(sentence))
    for one, other in reversed(list(pairwise(found))):
        if one.group() in known and other.group() in known and sentence[one.end() : other.start()] == " ":
            sentence = f"{sentence[: one.start()]}{chance.choice(given)} {chance.choice(family)}{sentence[other.end() :]}"
    return _FIGURE.sub(lambda figure: _figure(int(figure.group()), years, chance), sentence)


def _figure(figure: int, years: int, chance: random.Random) -> str:
    if 1950 <= figure <= 2030:
        return str(figure + years)
    if figure < 3:
        return str(figure)
    return str(max(2, round(figure * chance.uniform(0.6, 1.6))))


def _shard(asked: tuple[int, int, str]) -> str:
    begin, end, name = asked
    with gzip.open(name, "wt", encoding="utf-8", compresslevel=1) as out:
        for number in range(begin, end):
            out.write(json.dumps(variant(number), ensure_ascii=False) + "\n")
    return name


def made(count: int, folder: Path, jobs: int = 2) -> Iterator[str]:
    """Write so many reports below a folder; gives the names of the files as they are done."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = [(n, min(n + SHARD, count), str(folder / f"variants-{n // SHARD:05}.jsonl.gz")) for n in range(0, count, SHARD)]
    bases()
    with get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(_shard, asked)


def check(count: int) -> str:
    """How many of the first `count` are copies of another, by the search for copies and by their hashes."""
    from marsad.incidents import copies

    reports = [Report.from_text(r["text"], id=r["id"], date=r["date"], outlet=r["outlet"]) for r in map(variant, range(count))]
    same = count - len({report.sha256 for report in reports})
    found = copies(reports)
    return f"{count:,} made: {same} have the text of another, {sum(len(c.copies) for c in found):,} are in {len(found):,} groups of near copies"


def main() -> None:
    """Make them, or look for copies among them."""
    parser = argparse.ArgumentParser(prog="python -m bench.variants", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--check", action="store_true", help="look for copies among the first COUNT, and write nothing")
    options = parser.parse_args()
    if options.check:
        print(check(options.count))
        return
    if options.out is None:
        parser.error("name a folder to write to")
    for name in made(options.count, options.out):
        print(name, flush=True)


if __name__ == "__main__":
    main()
