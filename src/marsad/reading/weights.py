"""Linear models that say why: named features, a weight for each class, the winner and what carried it.

A model is a JSON file in `knowledge/weights/`: the classes and, for each feature that matters, one weight a class; beside it stand the inner parts of its head in
`heads.npz`, through which the rows of the tokens at hand go (`encoder.py`). They are learnt
from annotated reports by `tools/learn.py` (multinomial logistic regression, L2; see `docs/decisions/`), and small enough to read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Anchors = tuple[Sequence[int], Sequence[int]]
"""The tokens that a decision is about: those of the event, and those of the mention (none where it is about the event alone)."""
Pairs = tuple[tuple[int, float], ...]


class Model(msgspec.Struct):
    """Weights by sign: for each the classes that it speaks for or against; `bias` is the weight of the sign that is always there."""

    name: str
    classes: list[str]
    bias: list[float]
    weights: dict[str, Pairs]
    inner: dict[str, Array] | None = None

    def lean(self, field: Field, anchors: Sequence[Anchors]) -> list[list[float]]:
        """What the tokens at hand speak for, each where it stands: for each pair of anchors a score for each class, bias included."""
        inner = self.inner
        if inner is None or not anchors:
            return [self.bias] * len(anchors)
        left = _means(field.seen(self.name, "left", inner), [a for a, _ in anchors])
        right = _means(field.seen(self.name, "right", inner), [b for _, b in anchors])
        found = left @ inner["by_left"] + right @ inner["by_right"] + (left * right) @ inner["by_both"] + np.asarray(self.bias, np.float32)
        out: list[list[float]] = found.tolist()
        return out

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


FOLDER: Traversable = files("marsad.knowledge") / "weights"
"""Where the models lie; `tools/crosscheck.py` points it elsewhere."""


@cache
def model(name: str) -> Model:
    """The shipped model `name`."""
    path = FOLDER / f"{name}.json"
    written = msgspec.json.decode(path.read_bytes(), type=_Written)
    number = {c: k for k, c in enumerate(written.classes)}
    weights = {sign: tuple((number[cls], value) for cls, value in found.items()) for sign, found in written.weights.items()}
    return Model(written.name, written.classes, written.bias, weights, _inner().get(name))


@cache
def _inner() -> dict[str, dict[str, Array]]:
    """The inner parts of the heads by model."""
    out: dict[str, dict[str, Array]] = {}
    path = FOLDER / "heads.npz"
    if path.is_file():
        with np.load(io.BytesIO(path.read_bytes())) as held:
            for key in held.files:
                name, _, part = key.partition(".")
                out.setdefault(name, {})[part] = held[key].astype(np.float32)
    return out


class Field:
    """The rows of a report's tokens (`encoder.py`), and what each head has made of them, worked out once."""

    __slots__ = ("_seen", "rows")

    def __init__(self, rows: Array) -> None:
        self.rows = rows
        self._seen: dict[tuple[str, str], Array] = {}

    def seen(self, name: str, side: str, inner: dict[str, Array]) -> Array:
        """The rows as one side of a head sees them."""
        found = self._seen.get((name, side))
        if found is None:
            found = np.maximum(self.rows @ inner[side] + inner[f"{side}_bias"], 0)
            self._seen[name, side] = found
        return found


def _means(rows: Array, bags: Sequence[Sequence[int]]) -> Array:
    """For each bag of tokens the mean of their rows; zero for an empty one."""
    sizes = np.fromiter(map(len, bags), np.int32, len(bags))
    flat = [k for bag in bags for k in (bag or (0,))]
    starts = np.zeros(len(bags), np.int32)
    np.cumsum(np.maximum(sizes, 1)[:-1], out=starts[1:])
    summed = np.add.reduceat(rows[flat], starts, axis=0) / np.maximum(sizes, 1)[:, None]
    if not sizes.all():
        summed[sizes == 0] = 0
    found: Array = summed.astype(np.float32)
    return found
