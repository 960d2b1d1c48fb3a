"""Models that decide and can say why: named signs, each with a weight for each class, beside a head that reads the tokens' rows.

A decision is asked with its signs (short strings, "the way from the verb to the party is `aBn`") and its anchors (the tokens that it
is about). Its score is the sum of the weights of its signs, plus what its head makes of the rows that the encoder gave the anchors. All were learnt
together from annotated reports by `tools/learn.py`; they lie in `knowledge/weights/models.npz`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Anchors = tuple[Sequence[int], Sequence[int]]
"""The tokens that a decision is about: those of the event, and those of the mention (none where it is about the event alone)."""
Asked = tuple[Iterable[str], Anchors]
"""The signs and the anchors of one decision."""

_PAIRED = 400
"""Of more tokens not every two are worked out, but those of `_TOGETHER` and what stands up to `_BEFORE` in front of them and `_BEHIND` behind."""
_TOGETHER, _BEFORE, _BEHIND = 128, 256, 16

FOLDER: Traversable = files("marsad.knowledge") / "weights"
"""Where the models lie; the tools point it elsewhere."""


class Model:
    """The weights of one kind of decision: for each sign a row of `matrix`, a number for each class; `bias` is always added."""

    def __init__(self, name: str, classes: Sequence[str], bias: Array, signs: Sequence[str], matrix: Array, inner: dict[str, Array]) -> None:
        self.name, self.classes, self.bias = name, list(classes), bias
        self.known = {sign: k for k, sign in enumerate(signs)}
        self.matrix = np.vstack([matrix, np.zeros((1, len(classes)), np.float32)])
        self.inner = inner
        self._tilts: dict[str, dict[str, float]] = {}  # see `tilts`

    def scores(self, rows: Field, asked: Sequence[Asked]) -> list[list[float]]:
        """For each decision a score for each class."""
        if not asked:
            return []
        found = self.wides([signs for signs, _ in asked]) + self.lean(rows, [anchors for _, anchors in asked])
        out: list[list[float]] = found.tolist()
        return out

    def lean(self, rows: Field, anchors: Sequence[Anchors]) -> Array:
        """What the tokens at hand speak for, each where it stands, bias included: shape (decisions, classes)."""
        inner = self.inner
        if not inner or not anchors:
            return np.broadcast_to(self.bias, (len(anchors), len(self.bias)))
        left = rows.means(self.name, "left", inner, [a for a, _ in anchors])
        found: Array = left @ inner["by_left"]
        found += self.bias
        if any(b for _, b in anchors):
            right = rows.means(self.name, "right", inner, [b for _, b in anchors])
            found += right @ inner["by_right"]
            left *= right
            found += left @ inner["by_both"]
        return found

    def prepare(self, rows: Field, tokens: Sequence[int]) -> None:
        """For a model of two classes: work out together what every two of some tokens speak for, which `yes` will be asked about, a few at a time and
        about in the order in which they are given here."""
        inner, few = self.inner, list(dict.fromkeys(tokens))
        if not inner or not few:
            return
        bags = [(token,) for token in few]
        left, right = rows.means(self.name, "left", inner, bags), rows.means(self.name, "right", inner, bags)
        by_left, by_right, by_both, bias = (by[..., 1] - by[..., 0] for by in (inner["by_left"], inner["by_right"], inner["by_both"], self.bias))
        rows.pairs[self.name] = _Pairs(few, left * by_both, left @ by_left, right, right @ by_right + bias)

    def yes(self, rows: Field, asked: Sequence[Asked]) -> list[float]:
        """For a model of two classes (no, yes) and a few decisions: by how much yes wins in each. Where tokens were prepared, it is about one of them
        and others of them."""
        tilts = self.tilts()
        pairs = rows.pairs.get(self.name)
        if pairs is not None:
            return [sum(map(tilts.get, signs, repeat(0.0)), pairs.mean(one[0], others)) for signs, (one, others) in asked]
        leans: list[list[float]] = self.lean(rows, [anchors for _, anchors in asked]).tolist()
        return [sum(map(tilts.get, signs, repeat(0.0)), yes - no) for (signs, _), (no, yes) in zip(asked, leans, strict=True)]

    def wide(self, signs: Iterable[str]) -> Array:
        """What the signs alone speak for, bias left out."""
        rows = list(map(self.known.get, signs, repeat(len(self.known))))
        found: Array = np.add.reduce(self.matrix.take(rows, axis=0), axis=0)
        return found

    def wides(self, each: Sequence[Iterable[str]]) -> Array:
        """The same for several decisions, at least one: shape (decisions, classes)."""
        known, nothing = self.known, len(self.known)
        flat: list[int] = []
        starts = []
        for signs in each:
            starts.append(len(flat))
            flat.extend(map(known.get, signs, repeat(nothing)))
            flat.append(nothing)
        found: Array = np.add.reduceat(self.matrix.take(flat, axis=0), starts, axis=0)
        return found

    def likeliest(self, each: Sequence[Iterable[str]], leans: Array, least: float) -> int | None:
        """For a model of two classes (no, yes): of several decisions, of which one at most is right, that in which yes wins by most and by more than `least`."""
        if not each:
            return None
        found = self.wides(each) + leans
        by = (found[:, 1] - found[:, 0]).tolist()
        best = max(range(len(by)), key=by.__getitem__)
        return best if by[best] > least else None

    @property
    def tilt(self) -> float:
        """For a model of two classes (no, yes): by how much its bias speaks for yes."""
        return float(self.bias[1] - self.bias[0])

    def tilts(self, prefix: str = "") -> dict[str, float]:
        """For a model of two classes (no, yes): by how much each sign that begins so speaks for yes, by the rest of it."""
        found = self._tilts.get(prefix)
        if found is None:
            by = (self.matrix[:-1, 1] - self.matrix[:-1, 0]).tolist()
            found = self._tilts[prefix] = {sign[len(prefix) :]: tilt for sign, tilt in zip(self.known, by, strict=True) if sign.startswith(prefix)}
        return found

    def why(self, signs: Iterable[str], winner: int, loser: int, most: int = 4) -> list[Reason]:
        """The signs that carried `winner` over `loser`, strongest first."""
        reasons = []
        for sign in dict.fromkeys(signs):
            row = self.known.get(sign)
            if row is not None:
                reasons.append(Reason(sign, round(float(self.matrix[row, winner] - self.matrix[row, loser]), 2)))
        return sorted(reasons, key=lambda r: -abs(r.weight))[:most]


class Reason(NamedTuple):
    """A sign and by how much it spoke for the decision."""

    feature: str
    weight: float


class Field:
    """The rows of a report's tokens (`encoder.py`), and what each head has made of those that it was asked about, worked out once."""

    __slots__ = ("_seen", "pairs", "rows")

    def __init__(self, rows: Array) -> None:
        self.rows = rows
        self.pairs: dict[str, _Pairs] = {}  # by the name of a model what was prepared for it
        self._seen: dict[tuple[str, str], _Seen] = {}

    def means(self, name: str, side: str, inner: dict[str, Array], bags: Sequence[Sequence[int]]) -> Array:
        """For each bag of tokens the mean of their rows as one side of a head sees them; zero for an empty bag."""
        seen = self._seen.get((name, side))
        if seen is None:
            seen = self._seen[name, side] = _Seen(inner[side], inner[f"{side}_bias"])
        flat = [token for bag in bags for token in bag or (0,)]
        found = seen.rows_of(self.rows, flat)
        if len(flat) > len(bags):
            sizes = [len(bag) or 1 for bag in bags]
            starts = [0, *accumulate(sizes[:-1])]
            found = np.add.reduceat(found, starts, axis=0)
            found /= np.array(sizes, np.float32)[:, None]
        empty = [k for k, bag in enumerate(bags) if not bag]
        if empty:
            found[empty] = 0
        return found


class _Seen:
    """What one side of a head has made of the tokens that it was asked about so far."""

    __slots__ = ("_at", "_bias", "_held", "_matrix")

    def __init__(self, matrix: Array, bias: Array) -> None:
        self._matrix, self._bias = matrix, bias
        self._at: dict[int, int] = {}  # token → its row in `_held`
        self._held = np.empty((0, matrix.shape[1]), np.float32)

    def rows_of(self, rows: Array, tokens: Sequence[int]) -> Array:
        """A row for each of the tokens, new ones worked out together."""
        at = self._at
        numbers = [at.get(token, -1) for token in tokens]
        if -1 in numbers:
            new = [token for token in dict.fromkeys(tokens) if token not in at]
            begin, end = len(at), len(at) + len(new)
            if end > len(self._held):
                grown = np.empty((max(end, 2 * len(self._held)), self._held.shape[1]), np.float32)
                grown[:begin] = self._held[:begin]
                self._held = grown
            made = self._held[begin:end]
            np.matmul(rows.take(new, axis=0), self._matrix, out=made)
            made += self._bias
            np.maximum(made, 0, out=made)
            at.update(zip(new, range(begin, end), strict=True))
            numbers = [at[token] for token in tokens]
        found: Array = self._held.take(numbers, axis=0)
        return found


class _Pairs:
    """By how much yes wins by the rows of two tokens, one as the event's, the other as the mention's. What several others speak for is the mean.

    Of many tokens only a block is worked out at a time, so that it costs each token of a long text as much as each of a short one.
    """

    __slots__ = ("_at", "_begin", "_by_left", "_by_right", "_left", "_right", "_start", "_tilts", "_together")

    def __init__(self, tokens: Sequence[int], left: Array, by_left: Array, right: Array, by_right: Array) -> None:
        self._at = {token: k for k, token in enumerate(tokens)}
        self._left, self._by_left, self._right, self._by_right = left, by_left, right, by_right
        self._together = _TOGETHER if len(tokens) > _PAIRED else len(tokens)
        self._begin = self._start = 0  # the first token of the block, and the first of those that it is worked out with
        self._tilts: list[list[float]] = []

    def mean(self, token: int, others: Sequence[int]) -> float:
        """What one token and the others speak for."""
        at = self._at
        number = at[token]
        if number >= self._begin + len(self._tilts):
            self._work_out(number - number % self._together)
        row = self._tilts[number - self._begin] if number >= self._begin else ()  # of a block that is done with
        start = self._start
        total = 0.0
        for other in others:
            k = at[other] - start
            total += row[k] if 0 <= k < len(row) else self._apart(number, at[other])
        return total / len(others)

    def _work_out(self, begin: int) -> None:
        """The block that begins at a token."""
        end, start = begin + self._together, max(0, begin - _BEFORE)
        found = self._left[begin:end] @ self._right[start : end + _BEHIND].T
        found += self._by_left[begin:end, None]
        found += self._by_right[start : end + _BEHIND]
        self._begin, self._start, self._tilts = begin, start, found.tolist()

    def _apart(self, number: int, other: int) -> float:
        """What two tokens speak for that are far apart: a word of an event of the headline, hundreds of event words later."""
        return float(self._left[number] @ self._right[other] + self._by_left[number] + self._by_right[other])


@cache
def model(name: str) -> Model:
    """The shipped model `name`."""
    return models()[name]


@cache
def models() -> dict[str, Model]:
    """All shipped models by name."""
    with np.load(io.BytesIO((FOLDER / "models.npz").read_bytes())) as held:
        kinds: dict[str, list[str]] = json.loads(bytes(held["classes"]))
        out = {}
        for name, classes in kinds.items():
            parts = {key.partition(".")[2]: held[key] for key in held.files if key.startswith(f"{name}.")}
            signs = bytes(parts.pop("signs")).decode().split("\n")
            numbers = {key: value.astype(np.float32) for key, value in parts.items()}
            out[name] = Model(name, classes, numbers.pop("bias"), signs, numbers.pop("matrix"), numbers)
    return out


def save(folder: Traversable, found: Sequence[Model]) -> None:
    """Write models, as half-precision numbers, in place of those of the same names that lie in `folder`."""
    path = folder / "models.npz"
    kept: dict[str, npt.NDArray[np.generic]] = {}
    kinds: dict[str, list[str]] = {}
    if path.is_file():
        with np.load(io.BytesIO(path.read_bytes())) as held:
            kinds = json.loads(bytes(held["classes"]))
            kept = {key: held[key] for key in held.files if key != "classes" and key.partition(".")[0] not in {m.name for m in found}}
    for one in found:
        kinds[one.name] = one.classes
        kept[f"{one.name}.signs"] = np.frombuffer("\n".join(one.known).encode(), np.uint8)
        parts = {"bias": one.bias, "matrix": one.matrix[:-1], **one.inner}
        kept |= {f"{one.name}.{key}": value.astype(np.float16) for key, value in parts.items()}
    kept["classes"] = np.frombuffer(json.dumps(kinds).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **kept)  # type: ignore[arg-type]
    path.write_bytes(buffer.getvalue())  # type: ignore[attr-defined]
