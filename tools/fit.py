"""Multinomial logistic regression over named signs, drawn towards hand-set priors; writes a model that `marsad.reading.weights` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from mean import LEAST, kept
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from marsad.reading.weights import Model, save

WEIGHTS = Path(__file__).resolve().parent.parent / "src" / "marsad" / "knowledge" / "weights"


@dataclass
class Example:
    """The signs of one decision, the right class, the classes that were allowed, and how much it counts."""

    signs: Sequence[str]
    label: int
    allowed: Sequence[int] | None = None
    weight: float = 1.0
    anchors: tuple[Sequence[int], Sequence[int]] = ((), ())  # the tokens that it is about, see `marsad.reading.weights`
    chances: np.ndarray | None = None  # where several readers judged, not an annotator: what they think of each class together


def fit(
    name: str,
    classes: Sequence[str],
    examples: list[Example],
    prior: dict[tuple[str, str], float],
    *,
    strength: float = 1.0,
    seen: int = 3,
    least: float = LEAST,
    lean: float = 0.0,
) -> dict[str, float]:
    """Learn, write `NAME.json`, and say how well the examples themselves are told.

    `prior` are weights by (sign, class) that hold where the examples say nothing: the penalty is `strength`/2 ‖w - prior‖².
    Signs seen fewer than `seen` times are left out unless they have a prior; weights nearer to 0 than `least` are not written.
    `lean`: by how much less the first class weighs when it is read than when it was taught.
    """
    number = {c: k for k, c in enumerate(classes)}
    counted = Counter(s for e in examples for s in set(e.signs))
    signs = sorted({s for s, n in counted.items() if n >= seen} | {s for s, _ in prior if s != "bias"})
    column = {s: k + 1 for k, s in enumerate(signs)}
    rows, cols = [], []
    for r, e in enumerate(examples):
        rows.append(r)
        cols.append(0)
        for s in set(e.signs):
            if s in column:
                rows.append(r)
                cols.append(column[s])
    n, f, c = len(examples), len(signs) + 1, len(classes)
    x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(n, f))
    mask = np.zeros((n, c))
    for r, e in enumerate(examples):
        if e.allowed is not None:
            mask[r] = -1e9
            mask[r, list(e.allowed)] = 0
    y = np.array([e.label for e in examples], dtype=int)
    each = np.array([e.weight for e in examples])
    start = np.zeros((f, c))
    for (sign, cls), value in prior.items():
        start[0 if sign == "bias" else column[sign], number[cls]] = value

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(f, c)
        z = x @ w + mask
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        value = -(each * (z[np.arange(n), y] - np.log(total[:, 0]))).sum()
        p[np.arange(n), y] -= 1
        grad = x.T @ (p * each[:, None])
        away = w - start
        value += 0.5 * strength * (away**2).sum()
        return value, (grad + strength * away).ravel()

    w = start
    if n:
        w = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x.reshape(f, c)
    w[0, 0] -= lean
    save(WEIGHTS, [Model(name, classes, *kept(signs, w, least), {})])
    told = (x @ w + mask).argmax(axis=1) if n else np.array([])
    return {"examples": n, "signs": f, "told": float((told == y).mean()) if n else 0.0}
