"""Linear models that say why: named features, a weight for each class, the winner and what carried it.

A model is a JSON file in `knowledge/weights/`: the classes and, for each feature that matters, one weight a class; where words as such matter, also a matrix that the
means of word vectors around the place in question go through (`vectors.py`). They are learnt
from annotated reports by `tools/learn.py` (multinomial logistic regression, L2; see `docs/decisions/`), and small enough to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Pairs = tuple[tuple[int, float], ...]


class Model(msgspec.Struct):
    """Weights by sign: for each the classes that it speaks for or against; `bias` is the weight of the sign that is always there."""

    name: str
    classes: list[str]
    bias: list[float]
    weights: dict[str, Pairs]
    matrix: Array | None = None

    def lean(self, rows: Array) -> list[list[float]]:
        """What the words of some windows speak for: for each row of means (`vectors.Field`) a score for each class."""
        if self.matrix is None or not len(rows):
            return [self.bias] * len(rows)
        found: list[list[float]] = (rows @ self.matrix + np.asarray(self.bias, np.float32)).tolist()
        return found

    def score(self, signs: Iterable[str], allowed: Sequence[int] | None = None, lean: Sequence[float] | None = None) -> list[float]:
        """The score of each class (of `allowed`, in its order); `lean`: what `lean` gave for its words, bias included."""
        total = list(lean) if lean is not None else self.bias[:]
        known = self.weights
        for sign in signs:
            found = known.get(sign)
            if found is not None:
                for k, value in found:
                    total[k] += value
        return total if allowed is None else [total[k] for k in allowed]

    def margin(self, signs: Iterable[str], lean: Sequence[float] | None = None) -> float:
        """For a model of two classes (no, yes): how much yes wins by."""
        start = self.bias if lean is None else lean
        total = start[1] - start[0]
        known = self.weights
        for sign in signs:
            found = known.get(sign)
            if found is not None:
                for k, value in found:
                    total += value if k else -value
        return total

    def why(self, features: Iterable[str], winner: int, loser: int, most: int = 4) -> list[Reason]:
        """The features that carried `winner` over `loser`, strongest first."""
        reasons = []
        for feature in dict.fromkeys(features):
            found = dict(self.weights.get(feature, ()))
            if found:
                reasons.append(Reason(feature, round(found.get(winner, 0.0) - found.get(loser, 0.0), 2)))
        return sorted(reasons, key=lambda r: -abs(r.weight))[:most]


class Reason(NamedTuple):
    """A feature and by how much it spoke for the decision."""

    feature: str
    weight: float


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """A model as its file holds it: for each sign the classes that it speaks for or against."""

    name: str
    classes: list[str]
    bias: list[float]
    weights: dict[str, dict[str, float]]
    matrix: list[list[float]] = []


FOLDER: Traversable = files("marsad.knowledge") / "weights"
"""Where the models lie; `tools/crosscheck.py` points it elsewhere."""


@cache
def model(name: str) -> Model:
    """The shipped model `name`."""
    path = FOLDER / f"{name}.json"
    written = msgspec.json.decode(path.read_bytes(), type=_Written)
    number = {c: k for k, c in enumerate(written.classes)}
    weights = {sign: tuple((number[cls], value) for cls, value in found.items()) for sign, found in written.weights.items()}
    matrix = np.array(written.matrix, np.float32) if written.matrix else None
    return Model(written.name, written.classes, written.bias, weights, matrix)
