"""Linear models that say why: named features, a weight for each class, the winner and what carried it.

A model is a JSON file in `knowledge/weights/`: the classes and, for each feature that matters, one weight a class. They are learnt
from annotated reports by `tools/learn.py` (multinomial logistic regression, L2; see `docs/decisions/`), and small enough to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import msgspec


class Model(msgspec.Struct):
    """Weights by feature, in the order of `classes`; `bias` is the weight of the feature that is always there."""

    name: str
    classes: list[str]
    bias: list[float]
    weights: dict[str, list[float]]

    def score(self, features: Iterable[str], allowed: Sequence[int] | None = None) -> list[float]:
        """The score of each class (of `allowed`, in its order)."""
        weights = self.weights
        if allowed is None:
            total = list(self.bias)
            indices = range(len(total))
            for feature in features:
                found = weights.get(feature)
                if found is not None:
                    for k in indices:
                        total[k] += found[k]
            return total
        some = [self.bias[k] for k in allowed]
        for feature in features:
            found = weights.get(feature)
            if found is not None:
                for at, k in enumerate(allowed):
                    some[at] += found[k]
        return some

    def margin(self, features: Iterable[str]) -> float:
        """For a model of two classes (no, yes): how much yes wins by."""
        total = self.bias[1] - self.bias[0]
        weights = self.weights
        for feature in features:
            found = weights.get(feature)
            if found is not None:
                total += found[1] - found[0]
        return total

    def why(self, features: Iterable[str], winner: int, loser: int, most: int = 4) -> list[Reason]:
        """The features that carried `winner` over `loser`, strongest first."""
        reasons = []
        for feature in dict.fromkeys(features):
            found = self.weights.get(feature)
            if found is not None:
                reasons.append(Reason(feature, round(found[winner] - found[loser], 2)))
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


FOLDER: Traversable = files("marsad.knowledge") / "weights"
"""Where the models lie; `tools/crosscheck.py` points it elsewhere."""


@cache
def model(name: str) -> Model:
    """The shipped model `name`."""
    path = FOLDER / f"{name}.json"
    written = msgspec.json.decode(path.read_bytes(), type=_Written)
    number = {c: k for k, c in enumerate(written.classes)}
    weights = {}
    for sign, found in written.weights.items():
        row = [0.0] * len(number)
        for cls, value in found.items():
            row[number[cls]] = value
        weights[sign] = row
    return Model(written.name, written.classes, written.bias, weights)
