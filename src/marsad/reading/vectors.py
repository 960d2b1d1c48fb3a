"""What words are like: a vector for each lemma, and the mean of any stretch of a document's tokens.

The vectors (skip-gram with negative sampling, Mikolov et al. 2013) are learnt by `tools/embed.py` from unlabelled reports and shipped as
small integers in `knowledge/weights/vectors.npz`. A model that uses them has a matrix beside its weights by sign; what a stretch of words speaks for
is the sum of what each of its words speaks for, so that it can still be shown word by word.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import numpy as np
import numpy.typing as npt

from marsad.knowledge.lexicon import Form

Array = npt.NDArray[np.float32]
Window = tuple[int, int]
"""Tokens `begin` … `end` (excluded)."""
FILE: Traversable = files("marsad.knowledge") / "weights" / "vectors.npz"
SCALE: Final = 0.3  # spread of a mean over five words, beside signs that are 0 or 1


class Vectors:
    """The table of vectors: `rows` by lemma; row 0 is that of a word that is not known, all zero."""

    def __init__(self, words: Sequence[str], table: Array) -> None:
        self.rows = {word: k for k, word in enumerate(words, 1)}
        self.table = np.vstack([np.zeros((1, table.shape[1]), np.float32), table])

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self.table.shape[1])


@cache
def vectors() -> Vectors:
    """The shipped vectors."""
    with np.load(io.BytesIO(FILE.read_bytes())) as held:
        words = bytes(held["words"]).decode().split("\n")
        return Vectors(words, held["table"].astype(np.float32) * held["scale"])


def lemma_of(form: Form) -> str:
    """The word that stands for a form in the table: the lemma of a noun or verb, else the stem."""
    if form.noun is not None:
        return str(form.noun[0])
    return str(form.verb[0]) if form.verb is not None else form.stem


class Field:
    """The vectors of a document's tokens, summed up from the left, so that the mean of any stretch costs the same."""

    __slots__ = ("_known", "_sums", "size", "whole")

    def __init__(self, forms: Sequence[Form], held: Vectors | None = None) -> None:
        held = held or vectors()
        rows = held.rows
        at = np.fromiter((rows.get(lemma_of(form), 0) for form in forms), np.int32, len(forms))
        self._sums = np.zeros((len(forms) + 1, held.size), np.float32)
        np.cumsum(held.table[at], axis=0, out=self._sums[1:])
        self._known = np.zeros(len(forms) + 1, np.int32)
        np.cumsum(at > 0, out=self._known[1:])
        self.size = held.size
        self.whole = (0, len(forms))

    def means(self, windows: Sequence[Sequence[Window]]) -> Array:
        """For each row of windows the means side by side: shape (rows, windows in a row times `size`)."""
        if not windows:
            return np.zeros((0, 0), np.float32)
        spans = np.asarray(windows, np.int32).reshape(-1, 2)
        begin, end = spans[:, 0], np.maximum(spans[:, 0], spans[:, 1])
        known = np.maximum(self._known[end] - self._known[begin], 1)[:, None]
        return ((self._sums[end] - self._sums[begin]) / known).reshape(len(windows), -1).astype(np.float32)

    def row(self, windows: Sequence[Window]) -> Array:
        """The means of one row of windows, side by side."""
        found: Array = self.means([windows])[0]
        return found
