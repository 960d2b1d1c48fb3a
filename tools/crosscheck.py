"""Cross-validation inside the working half: what to tune on, so that the closed half stays closed.

python tools/crosscheck.py [--folds 4] [trigger=2.0 party=1.0 …]
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import fit
import learn
from accuracy import FIELDS, as_dict, reading_of
from corpus import annotated, shared_tool

from marsad.reading import weights


def fold_of(number: int, folds: int, tuned: dict[str, float], epochs: int, bare: bool) -> dict[str, list[dict[str, Any]]]:
    """The readings of one fold by models that were taught on the others."""
    lessons = [learn.lesson(item) for item in annotated() if not item.closed]
    read: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        fit.WEIGHTS = weights.FOLDER = Path(folder)
        learn.learn_all([x for n, x in enumerate(lessons) if n % folds != number], epochs, lambda _: None, bare=bare, **tuned)
        for made in lessons[number::folds]:
            read[made.item.record["id"]] = as_dict(reading_of(made.item.record))["events"]
    return read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--bare", action="store_true", help="without signs")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--only", type=int, help="so many of the folds")
    parser.add_argument("--types", action="store_true")
    parser.add_argument("--keep", help="write the readings there (JSON)")
    parser.add_argument("tuned", nargs="*")
    args = parser.parse_args()
    tuned = {k: float(v) for k, _, v in (x.partition("=") for x in args.tuned)}
    scorer = shared_tool("score")
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(fold_of, range(args.only or args.folds), repeat(args.folds), repeat(tuned), repeat(args.epochs), repeat(args.bare)))
    told = {k: v for one in found for k, v in one.items()}
    if args.keep:
        Path(args.keep).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    read = {k: {"events": [scorer.filled(e) for e in v]} for k, v in told.items()}
    items = {item.record["id"]: item for item in annotated() if item.record["id"] in told}
    gold = {k: {"events": [scorer.filled(e) for e in item.gold["events"]]} for k, item in items.items()}
    folders = {
        name: {k for k, item in items.items() if item.folder == folder} for name, folder in (("agencies", "notes"), ("local", "local"), ("notices", "notices"))
    }
    for name, kept in (*folders.items(), ("all", set(gold))):
        one = scorer.score({k: gold[k] for k in kept}, {k: read[k] for k in kept})
        print(f"{name:9}" + "  ".join(f"{k} {one[k]['f1']:.3f} ({one[k]['p']:.2f}/{one[k]['r']:.2f})" for k in FIELDS))
    if args.types:
        print("  ".join(f"{t} {v['tp']}/{v['gold']}/{v['read']}" for t, v in scorer.score(gold, read)["types"].items()))


if __name__ == "__main__":
    main()
