"""The gazetteer's figures: `python -m bench.gazetteer [--synthetic]`. Each measure prints its rows and gives them back.

`index`: the index that ships: time to build, size, time to open in a fresh process. `lookup`: names of the reports' countries in the index that ships,
asked for the first time (their blocks are unpacked) and again. `growth`: the same with 10 thousand, 235 thousand and 5 million places of made-up
names of the same make, each asked in the same way, so that it shows whether a lookup grows with the number of places.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from marsad.knowledge.gazetteer import Gazetteer
from marsad.knowledge.gazetteer.table import Row, Table, Writer, write_whole

SIZES = (10_000, 235_000, 5_000_000)
_ASKED = 2_000
_CONSONANTS = "بتثجحخدذرزسشصضطظعغفقكلمنه"
_VOWELS = ("", "", "ا", "و", "ي")

_OPENING = """
import time
start = time.perf_counter()
from marsad.knowledge.gazetteer import keeping
imported = time.perf_counter()
table = keeping.opened()
opened = time.perf_counter()
from marsad.knowledge.gazetteer import Gazetteer
Gazetteer(table).candidates("حلب")
print(imported - start, opened - imported, time.perf_counter() - opened)
"""


def index(repeats: int = 7) -> list[tuple[str, str]]:
    """Build, size and opening of the index that ships, in a cache of its own."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "MARSAD_GAZETTEER": str(Path(cache) / "none")}
        first = [float(x) for x in _run(environment).split()]
        (file,) = (Path(cache) / "marsad").glob("gazetteer-*.bin")
        rest = [[float(x) for x in _run(environment).split()] for _ in range(repeats)]
        return _shown(
            [
                ("index: built at first use", f"{first[1]:.1f} s"),
                ("index: size on disk", f"{file.stat().st_size / 1e6:.2f} MB"),
                ("index: opened, fresh process, median", f"{median(x[1] for x in rest) * 1000:.1f} ms"),
                ("… importing the code before", f"{median(x[0] for x in rest) * 1000:.1f} ms"),
                ("… first lookup behind", f"{median(x[2] for x in rest) * 1000:.1f} ms"),
            ]
        )


def _run(environment: dict[str, str]) -> str:
    return subprocess.run([sys.executable, "-c", _OPENING], env=environment, check=True, capture_output=True, text=True).stdout


def lookup() -> list[tuple[str, str]]:
    """Lookups of Arabic names in the index that ships."""
    from marsad.knowledge import vocabulary
    from marsad.knowledge.gazetteer import keeping

    names = sorted({place.name_ar for place in vocabulary.places()})
    asked = random.Random(4).sample(names, min(_ASKED, len(names)))
    table = keeping.opened()
    return _shown(_timed("shipped", lambda: Gazetteer(table), asked))


def growth(sizes: Sequence[int] = SIZES) -> list[tuple[str, str]]:
    """Lookups with ever more places; the index is written to disk and mapped, as the true one is."""
    rows: list[tuple[str, str]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "index.bin"
            start = time.perf_counter()
            asked = _synthetic(size, path)
            built = time.perf_counter() - start
            start = time.perf_counter()
            table = Table.open(path)
            opened = time.perf_counter() - start
            label = f"{size:,} synthetic places"
            found = [(f"{label}: built, size, opened", f"{built:.1f} s, {path.stat().st_size / 1e6:.1f} MB, {opened * 1000:.2f} ms")]
            rows += _shown(found + _timed(label, lambda table=table: Gazetteer(table), asked))  # type: ignore[misc]
            del table
    return rows


def _synthetic(size: int, path: Path) -> list[str]:
    """Writes an index of `size` places, each of one Arabic name; some of the names, for asking."""
    writer = Writer()
    asked: list[str] = []
    where, sources = writer.where("SY", ""), writer.sources("bench")
    every = max(1, size // _ASKED)
    for number, name in zip(range(size), _names(), strict=False):
        row = Row(number + 1, number % 9_000_000, number % 18_000_000, number % 50_000, where, 0, 1, 0, sources, 0, f"Place {number}", name, "", "")
        writer.add(row, [(name, False)])
        if number % every == 0:
            asked.append(name)
    write_whole(path, writer.content(["settlement"], {"sources": {}, "joined": 0, "extents": {}}))
    random.Random(7).shuffle(asked)
    return asked


def _names() -> Iterator[str]:
    """Names of two words of three or four consonants: as many namesakes at 5 million as at 10 thousand would be unlike a gazetteer, so they are few."""
    dice = random.Random(11)

    def word() -> str:
        return "".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(dice.choice((3, 4)))) + dice.choice(("", "ة"))

    while True:
        yield f"{word()} {word()}"


def _timed(label: str, fresh: Callable[[], Gazetteer], asked: Sequence[str]) -> list[tuple[str, str]]:
    """Median microseconds a lookup: the place's block not yet unpacked, and asked again; and of a name that nobody bears."""
    places = fresh()
    first = [_once(places, name) for name in asked]
    again = [_once(places, name) for name in asked]
    nobody = [_once(places, f"{name[::-1]} {name[::-1]}") for name in asked]
    hits = sum(bool(places.candidates(name)) for name in asked)
    assert hits == len(asked), f"{label}: {len(asked) - hits} names are lost"
    tail = sorted(again)[int(len(again) * 0.99)]
    return [
        (f"{label}: lookup, first time", f"{median(first) * 1e6:.0f} µs"),
        (f"{label}: lookup, again", f"{median(again) * 1e6:.1f} µs (99 in 100 below {tail * 1e6:.0f})"),
        (f"{label}: lookup of no name", f"{median(nobody) * 1e6:.1f} µs"),
    ]


def _once(places: Gazetteer, name: str) -> float:
    start = time.perf_counter()
    places.candidates(name)
    return time.perf_counter() - start


def _shown(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    for what, figure in rows:
        print(f"| {what} | {figure} |", flush=True)
    return rows


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.gazetteer", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[[], "index", "lookup", "growth"], help="measure only these")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="no more synthetic places than so many")
    options = parser.parse_args()
    for name in options.only or ("index", "lookup", "growth"):
        if name == "growth":
            growth([size for size in SIZES if size <= options.most])
        else:
            {"index": index, "lookup": lookup}[name]()


if __name__ == "__main__":
    main()
