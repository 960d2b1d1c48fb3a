"""Which pairs of texts are worth comparing: those that share fingerprints. Work and memory are linear in the number of fingerprints.

A fingerprint that few texts share pairs each with each. One that many share (a stock phrase, or one wire text on a hundred sites) pairs each
with its nearest neighbours only, in an order in which near copies stand together: texts are ordered by their smallest fingerprints, which two
texts have in common as often as they are alike (MinHash). Copies that are not neighbours meet through those that are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.incidents.fingerprints import Hashes

_FEW: Final = 16  # texts that share a fingerprint, up to which each is paired with each
_NEIGHBOURS: Final = 4
_KEYS: Final = 3  # smallest fingerprints by which texts are ordered


def candidates(fingerprints: Sequence[Hashes], least: int = 2) -> NDArray[np.int64]:
    """Pairs (a row each: the smaller index, the greater) of texts that share at least `least` fingerprints, or all that one of them has, sorted.

    The answer depends on the texts, not on their order, as long as texts with the same fingerprints come in an order that depends on them alone.
    """
    if not fingerprints:
        return np.empty((0, 2), dtype=np.int64)
    rank = _ranks(fingerprints)
    sizes = np.array([len(f) for f in fingerprints], dtype=np.int64)
    marks = np.concatenate(fingerprints)
    texts = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    order = np.lexsort((rank[texts], marks))
    marks, texts = marks[order], texts[order]
    begins = np.flatnonzero(np.concatenate(([True], marks[1:] != marks[:-1]))) if len(marks) else np.empty(0, dtype=np.int64)
    lists = np.diff(np.append(begins, len(marks)))
    few = np.repeat(lists <= _FEW, lists)
    found: list[NDArray[np.int64]] = []
    for step in range(1, _FEW):
        same = marks[step:] == marks[:-step]
        if step > _NEIGHBOURS:
            same &= few[step:]
        first, second = texts[:-step][same], texts[step:][same]
        found.append(np.minimum(first, second) * len(sizes) + np.maximum(first, second))
    pairs, counts = np.unique(np.concatenate(found), return_counts=True)
    both = np.stack((pairs // len(sizes), pairs % len(sizes)), axis=1)
    enough = counts >= np.minimum(least, np.minimum(sizes[both[:, 0]], sizes[both[:, 1]]))
    return both[enough]


def _ranks(fingerprints: Sequence[Hashes]) -> NDArray[np.int64]:
    """The place of each text in the order in which near copies stand together."""
    keys = np.zeros((_KEYS, len(fingerprints)), dtype=np.uint64)
    for place, marks in enumerate(fingerprints):
        smallest = marks[:_KEYS]  # they are sorted
        keys[: len(smallest), place] = smallest
    rank = np.empty(len(fingerprints), dtype=np.int64)
    rank[np.lexsort(keys[::-1])] = np.arange(len(fingerprints))
    return rank
