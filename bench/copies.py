"""`python -m bench.copies`: the curve of the search for copies at 1, 10 and 100 thousand reports, and fingerprints beside MinHash LSH (rensa).

Base texts are the shared agency reports and our own; one in five is passed on, in two to four rewrites. Beyond the texts that there are, texts are
made of the paragraphs of others, so that no two are alike by origin. All runs of one table are made one after the other in one process.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import random
import resource
import time
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from bench.measure import Table
from bench.rewrites import Told, families, rewritten, score
from bench.texts import HERE, SHARED
from marsad.incidents import copies
from marsad.incidents.candidates import candidates
from marsad.incidents.copies import _texts
from marsad.model import Report

SIZES = (1_000, 10_000, 100_000)


def base_texts(most: int) -> Iterator[str]:
    """Texts that are nobody's copy: as many as there are, then mixtures of their paragraphs."""
    texts = [json.loads(line)["text"] for path in sorted((HERE / "tests" / "gold" / "local").glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    large = SHARED / "corpus" / "agency-2018-all.jsonl.gz"
    if large.is_file():
        with gzip.open(large, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    chance = random.Random(5)
    chance.shuffle(texts)
    yield from texts[:most]
    sentences = [s.strip() for text in texts for s in text.replace("\n", " ").split(".") if 6 <= len(s.split()) <= 40]
    for _ in range(most - len(texts)):
        yield ".\n".join(chance.sample(sentences, 7))


def passed_on(number: int) -> list[Told]:
    """So many reports, of which about half are in families of copies."""
    chance = random.Random(11)
    told: list[Told] = []
    for place, text in enumerate(base_texts(number)):
        told.append(Told(f"t{place}", "wire", text))
        if place % 5 == 0:
            told += [Told(f"t{place}", *rewritten(text, chance)) for _ in range(chance.randrange(2, 5))]
        if len(told) >= number:
            break
    return told[:number]


def as_reports(told: list[Told]) -> list[Report]:
    """The reports of these texts; the id of each is its place."""
    return [Report(str(n), t.text, datetime.date(2018, 6, 15) + datetime.timedelta(days=t.day), f"موقع {n % 40}") for n, t in enumerate(told)]


def curve(sizes: Sequence[int] = SIZES) -> Table:
    """Seconds, memory and what was found, at each size."""
    table = Table(
        "Copies among reports",
        "`marsad.incidents.copies`, one process. Pairs as `bench/rewrites.py` made them; real reports that are near copies of each other by themselves count as wrong.",
        ("reports", "seconds", "ms a report", "peak memory", "clusters", "precision", "recall"),
    )
    for size in sizes:
        told = passed_on(size)
        reports = as_reports(told)
        start = time.perf_counter()
        found = copies(reports)
        seconds = time.perf_counter() - start
        told_apart = score(told, [[int(c.report) for c in cluster.copies] for cluster in found])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        table.rows.append(
            (
                f"{size:,}",
                f"{seconds:.1f}",
                f"{seconds / size * 1000:.2f}",
                f"{memory:.0f} MB",
                f"{len(found):,}",
                f"{told_apart.precision:.4f}",
                f"{told_apart.recall:.4f}",
            )
        )
        print(table.rows[-1], flush=True)
    return table


def against_minhash(size: int = 8_000) -> Table:
    """Which pairs of a family come up as candidates, and how many pairs must be compared for it."""
    from rensa import RMinHash, RMinHashLSH

    table = Table(
        "Candidates: fingerprints beside MinHash LSH",
        f"{size:,} texts of families that are trimmed, retitled, extended; the share of the pairs of a family that come up directly or by a chain of pairs, "
        "and the pairs that must be compared. The making of sets of shingles, which both need, is not counted.",
        ("", "seconds", "pairs to compare", "pairs of families found"),
    )
    told = families(list(base_texts(size // 12)), random.Random(3))[:size]
    texts = _texts(as_reports(told))
    names = [[told[int(m.id)].family for m in text.members] for text in texts]
    start = time.perf_counter()
    pairs = [tuple(p) for p in candidates([text.marks for text in texts]).tolist()]
    table.rows.append(
        ("winnowed fingerprints (`incidents/candidates.py`)", f"{time.perf_counter() - start:.2f}", f"{len(pairs):,}", f"{_joined(pairs, names):.4f}")
    )
    for permutations, bands in ((128, 32), (128, 64), (256, 128)):
        start = time.perf_counter()
        index = RMinHashLSH(threshold=0.3, num_perm=permutations, num_bands=bands)
        made = []
        for place, text in enumerate(texts):
            hashed = RMinHash(num_perm=permutations, seed=42)
            hashed.update([str(mark) for mark in text.shingles.tolist()])
            index.insert(place, hashed)
            made.append(hashed)
        pairs = [(place, other) for place, hashed in enumerate(made) for other in index.query(hashed) if place < other]
        table.rows.append(
            (f"rensa, {permutations} permutations in {bands} bands", f"{time.perf_counter() - start:.2f}", f"{len(pairs):,}", f"{_joined(pairs, names):.4f}")
        )
    return table


def _joined(pairs: list[tuple[int, ...]], names: list[list[str]]) -> float:
    """Share of the pairs of texts of one family that the pairs between members of that family join."""
    parent = np.arange(len(names))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = int(parent[place])
        return place

    for one, other in pairs:
        if names[one][0] == names[other][0]:
            parent[root(one)] = root(other)
    inside: dict[str, list[int]] = {}
    for place, family in enumerate(names):
        inside.setdefault(family[0], []).append(place)
    both = [(root(a), root(b)) for places in inside.values() for a, b in combinations(places, 2)]
    return sum(a == b for a, b in both) / max(1, len(both))


def main() -> None:
    """Print both tables; `--write` puts them into `docs/bench-copies.md`."""
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    page = "\n".join(["# The search for copies\n\nMade by `python -m bench.copies --write`; do not edit.\n", against_minhash().lines(), curve().lines()])
    print(page)
    if options.write:
        (HERE / "docs" / "bench-copies.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
