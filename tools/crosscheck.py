"""Cross-validation inside the working half: what to tune on, so that the closed half stays closed.

python tools/crosscheck.py [--folds 4] [trigger=2.0 party=1.0 …]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import fit
import learn
from accuracy import FIELDS, as_dict, reading_of
from corpus import annotated, shared_tool

from marsad.reading import weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--types", action="store_true")
    parser.add_argument("tuned", nargs="*")
    args = parser.parse_args()
    tuned = {k: float(v) for k, _, v in (x.partition("=") for x in args.tuned)}
    lessons = [learn.lesson(item) for item in annotated() if not item.closed]
    scorer = shared_tool("score")
    gold, read = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        fit.WEIGHTS = weights.FOLDER = Path(folder)
        for fold in range(args.folds):
            learn.learn_all([x for n, x in enumerate(lessons) if n % args.folds != fold], **tuned)
            weights.model.cache_clear()
            for made in lessons[fold :: args.folds]:
                id_ = made.item.record["id"]
                gold[id_] = {"events": [scorer.filled(e) for e in made.gold]}
                read[id_] = {"events": [scorer.filled(e) for e in as_dict(reading_of(made.item.record))["events"]]}
    found = scorer.score(gold, read)
    print("  ".join(f"{k} {found[k]['f1']:.3f} ({found[k]['p']:.2f}/{found[k]['r']:.2f})" for k in FIELDS))
    if args.types:
        print("  ".join(f"{t} {v['tp']}/{v['gold']}/{v['read']}" for t, v in found["types"].items()))


if __name__ == "__main__":
    main()
