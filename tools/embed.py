"""Learns the vectors of lemmas from unlabelled reports: `python tools/embed.py`; writes build/vectors.npz, from which `tools/net.py` starts.

Skip-gram with negative sampling, by gensim (extra `learn`). Only words that stand in many reports are kept, and only their vectors leave: no text.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from gensim.models import Word2Vec
from net import BUILD, VECTORS, unlabelled

from marsad.knowledge.lexicon import lexicon
from marsad.model import Report
from marsad.reading.document import lay_out
from marsad.reading.encoder import lemma_of

SIZE, WINDOW, EPOCHS, LEAST = 64, 5, 15, 4
SCALE = 0.3
"""The spread of the mean of five neighbouring words' vectors."""


def sentences() -> tuple[list[list[str]], Counter[str]]:
    """Sentences as lemmas, and in how many texts each lemma stands."""
    words = lexicon()
    out: list[list[str]] = []
    spread: Counter[str] = Counter()
    for _, text, _ in unlabelled():
        document = lay_out(Report.from_text(text), words, text)
        lemmas = [lemma_of(form) for form in document.forms]
        spread.update(set(lemmas))
        out += [lemmas[part.begin : part.end] for part in document.sentences]
    return out, spread


def main() -> None:
    told, spread = sentences()
    model = Word2Vec(told, vector_size=SIZE, window=WINDOW, min_count=LEAST, sg=1, negative=8, epochs=EPOCHS, workers=1, seed=1, sample=1e-4)
    kept = [w for w in model.wv.index_to_key if spread[w] >= LEAST and any("\u0621" <= c <= "\u064a" for c in w)]
    table = np.array([model.wv[w] for w in kept], np.float32)
    table -= table.mean(axis=0)
    means = [np.mean(known, axis=0) for sentence in told[::30] if len(known := [model.wv[w] for w in sentence[:5] if w in model.wv]) > 2]
    table *= SCALE / float(np.std(np.array(means)))
    scale = float(np.abs(table).max() / 127)
    small = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    BUILD.mkdir(exist_ok=True)
    np.savez(VECTORS, words=np.frombuffer("\n".join(kept).encode(), np.uint8), table=small, scale=np.float32(scale))
    print(f"{len(kept)} words")


if __name__ == "__main__":
    main()
