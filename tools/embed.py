"""Learns the word vectors of the reading from unlabelled reports: `python tools/embed.py [--size 64]`; needs gensim (extra `learn`).

Only words that stand in many reports are kept, and only their vectors leave: no text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from corpus import HERE, SHARED, agency_texts
from gensim.models import Word2Vec

from marsad.knowledge.lexicon import lexicon
from marsad.model import Report
from marsad.reading.document import lay_out
from marsad.reading.vectors import SCALE, lemma_of

OUT = HERE / "src" / "marsad" / "knowledge" / "weights" / "vectors.npz"


def texts() -> Iterator[str]:
    """All texts that can be learnt from without labels: the shared corpus and our own written reports."""
    yield from (r["text"] for r in agency_texts().values())
    quiet = SHARED / "corpus" / "quiet-2018.jsonl"
    for path in [quiet, *sorted((HERE / "tests" / "gold" / "local").glob("*.jsonl"))]:
        yield from (json.loads(line)["text"] for line in path.open(encoding="utf-8"))


def sentences() -> tuple[list[list[str]], Counter[str]]:
    """Sentences as lemmas, and in how many texts each lemma stands."""
    words = lexicon()
    out: list[list[str]] = []
    spread: Counter[str] = Counter()
    for text in texts():
        document = lay_out(Report.from_text(text), words, text)
        lemmas = [lemma_of(form) for form in document.forms]
        spread.update(set(lemmas))
        out += [lemmas[part.begin : part.end] for part in document.sentences]
    return out, spread


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=64), parser.add_argument("--window", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=15), parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    told, spread = sentences()
    model = Word2Vec(told, vector_size=args.size, window=args.window, min_count=4, sg=1, negative=8, epochs=args.epochs, workers=1, seed=1, sample=1e-4)
    kept = [w for w in model.wv.index_to_key if spread[w] >= 4 and any("\u0621" <= c <= "\u064a" for c in w)]
    table = np.array([model.wv[w] for w in kept], np.float32)
    table -= table.mean(axis=0)
    table *= SCALE / spread_of_means(model, told)
    scale = float(np.abs(table).max() / 127)
    small = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    np.savez(args.out, words=np.frombuffer("\n".join(kept).encode(), np.uint8), table=small, scale=np.float32(scale))
    print(f"{len(kept)} words, {args.out.stat().st_size / 1000:.0f} kB")


def spread_of_means(model: Word2Vec, told: list[list[str]]) -> float:
    """The standard deviation of the mean of five neighbouring words' vectors."""
    rows = []
    for sentence in told[:: max(1, len(told) // 4000)]:
        known = [model.wv[w] for w in sentence[:5] if w in model.wv]
        if len(known) > 2:
            rows.append(np.mean(known, axis=0))
    return float(np.std(np.array(rows)))


if __name__ == "__main__":
    main()
