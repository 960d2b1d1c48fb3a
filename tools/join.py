"""Two sets of weights side by side, as one that answers what both together would: the mean of their scores.

    python tools/join.py ONE OTHER OUT      folders with `encoder.npz` and `models.npz`; OUT gets both files

Each set makes strands of the rows that know nothing of the other's. A head sees both: its inner numbers are those of the one and those of the other, what they speak
for counts half, and a sign weighs the mean of what it weighs in each (nothing where one does not know it). So nothing is lost but the rounding, and what signs
speak for costs as much as in one set. Both must know the same words. What comes out is taught further as one (`learn.py again`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from mean import LEFT, layers_in, mean_of_signs, models_in

from marsad.reading import weights

_SHARED = ("table", "scale", "words")
_IN_A_ROW = ("entry", "entry_bias", "by_sign")
"""Of the layers: what both have as one, and what has the numbers of all strands in one row. All else has an axis for the strands."""


def join(one: Path, other: Path, out: Path) -> None:
    """Write two folders' weights as one. Raises `ValueError` where the two do not know the same words."""
    layers = _layers(layers_in(one), layers_in(other))
    first, second = models_in(one), models_in(other)
    out.mkdir(parents=True, exist_ok=True)
    weights.save(out, [model if name in LEFT or name not in second else _model(model, second[name]) for name, model in first.items()])
    np.savez(out / "encoder.npz", **layers)


def _model(one: weights.Model, other: weights.Model) -> weights.Model:
    inner = {}
    for key, value in one.inner.items():
        beside = other.inner[key]
        if key in ("left", "right"):
            inner[key] = np.block([[value, np.zeros((len(value), beside.shape[1]))], [np.zeros((len(beside), value.shape[1])), beside]])
        elif key.endswith("_bias"):
            inner[key] = np.concatenate([value, beside])
        else:
            inner[key] = np.concatenate([value, beside]) / 2
    return weights.Model(one.name, one.classes, *mean_of_signs(one, other), inner)


def _layers(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    if bytes(one["words"]) != bytes(other["words"]) or (one["table"] != other["table"]).any():
        raise ValueError("the two know other words, or know them otherwise")
    out: dict[str, Any] = {key: one[key] for key in _SHARED}
    for key in sorted(one.keys() - {*_SHARED, "signs", "by_sign"}):
        out[key] = np.concatenate([one[key], other[key]], axis=-1 if key in _IN_A_ROW else 0)
    at_one, at_other = ({sign: k for k, sign in enumerate(bytes(held["signs"]).decode().split("\n"))} for held in (one, other))
    signs = list(dict.fromkeys([*at_one, *at_other]))
    blank = [np.zeros((1, held["by_sign"].shape[1]), np.float16) for held in (one, other)]
    tables = [np.concatenate([held["by_sign"], none]) for held, none in zip((one, other), blank, strict=True)]
    out["by_sign"] = np.concatenate([table[[at.get(sign, -1) for sign in signs]] for table, at in zip(tables, (at_one, at_other), strict=True)], axis=1)
    out["signs"] = np.frombuffer("\n".join(signs).encode(), np.uint8)
    return out


if __name__ == "__main__":
    join(*map(Path, sys.argv[1:4]))
