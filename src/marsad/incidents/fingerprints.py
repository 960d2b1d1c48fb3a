"""What a text is compared by: the hashes of its runs of words, and a choice of them that shared passages share.

The words are folded (`arabic.letters`), without punctuation and without what intake marked as furniture. A *shingle* is a run of words, here
`SHINGLE` of them; two texts are compared by the sets of their shingles (Broder, "On the resemblance and containment of documents", 1997). A
*fingerprint* is a longer run, and of these only the smallest hash in each window of `WINDOW` runs is kept (winnowing: Schleimer, Wilkerson and
Aiken, "Winnowing: local algorithms for document fingerprinting", 2003). So any passage of `RUN + WINDOW - 1` words that two texts share gives
both at least one fingerprint in common, wherever it stands and however long the rest of either text is.

Hashes are made of the words alone, so that they are the same in each process and on each machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

SHINGLE: Final = 3
RUN: Final = 5
WINDOW: Final = 5
_MEMO: Final = 500_000  # words whose hash is kept
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: neighbours of a run weigh differently by their place
_SHIFTS: Final = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))  # the finaliser of SplitMix64 (Steele, Lea and Flood, 2014)


class WordHashes:
    """The hash of each word, worked out once."""

    def __init__(self) -> None:
        self._memo: dict[str, int] = {}

    def of(self, words: Sequence[str]) -> Hashes:
        """One hash a word, in order."""
        memo = self._memo
        if len(memo) > _MEMO:
            memo.clear()
        found: list[int] = []
        for word in words:
            known = memo.get(word)
            if known is None:
                known = memo[word] = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
            found.append(known)
        return np.array(found, dtype=np.uint64)


def runs(words: Hashes, length: int) -> Hashes:
    """The hash of each run of `length` words, in order; a text of fewer words has none."""
    count = len(words) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        mixed = (mixed + words[place : place + count]) * _ODD
        mixed ^= mixed >> np.uint64(29)
    for shift, factor in _SHIFTS:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def shingles(words: Hashes) -> Hashes:
    """The set of the text's shingles, sorted. A text of fewer words than a shingle has one, all of it."""
    return np.unique(runs(words, min(SHINGLE, max(1, len(words)))))


def fingerprints(words: Hashes) -> Hashes:
    """The chosen fingerprints of a text, sorted, each once; a text of fewer words than a run has none."""
    hashes = runs(words, RUN)
    if len(hashes) <= WINDOW:
        return np.unique(hashes.min(keepdims=True)) if len(hashes) else hashes
    windows: NDArray[Any] = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    return np.unique(windows.min(axis=1))


def shared(one: Hashes, other: Hashes) -> int:
    """How many members two sorted sets have in common."""
    if len(one) > len(other):
        one, other = other, one
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0
    return int((other[places] == one).sum()) if len(other) else 0


def text_hash(words: Iterable[str]) -> bytes:
    """One hash for the whole sequence of words: equal for texts that differ in spelling, signs and punctuation only."""
    return hashlib.blake2b("\n".join(words).encode("utf-8", "replace"), digest_size=16).digest()
