"""The mean of two sets of weights of one descent, as one: what the shipped ones were and what further teaching made of them.

    python tools/mean.py BEFORE AFTER OUT      folders with `encoder.npz` and `models.npz`; OUT gets both files

Weights that were taught further lie near those that they began as, and the mean of both reads about as well as the better of the two (Wortsman et al. 2022, "Model
soups"; figures in decision 1). Nothing is said of weights with other beginnings.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from marsad.reading import weights

LEFT = ("page",)
"""Models that stay as they were: fitted by themselves, on whole pages, and not beside the layers."""
LEAST = 0.04
"""A sign that weighs less for every class is left out."""
_KEPT = ("table", "scale", "words")
"""What further teaching does not change of the layers."""


def mean_of(before: Path, after: Path, out: Path) -> None:
    """Write the mean of two folders' weights. What only one of them knows is nothing in the other's models, and as it is in the one's layers. Raises
    `ValueError` where the two do not know the same words, so are of no one descent."""
    layers = _layers(layers_in(before), layers_in(after))
    old, new = models_in(before), models_in(after)
    out.mkdir(parents=True, exist_ok=True)
    weights.save(out, [model if name in LEFT or name not in new else _model(model, new[name]) for name, model in old.items()])
    np.savez(out / "encoder.npz", **layers)


def layers_in(folder: Path) -> dict[str, Any]:
    """The layers that lie in a folder, as they are written there."""
    with np.load(folder / "encoder.npz") as held:
        return dict(held)


def models_in(folder: Path) -> dict[str, weights.Model]:
    """The models that lie in a folder, by name; those that ship are read anew where they are asked for next."""
    with mock.patch.object(weights, "FOLDER", folder):
        weights.models.cache_clear()
        found = dict(weights.models())
    weights.models.cache_clear()
    return found


def _model(old: weights.Model, new: weights.Model) -> weights.Model:
    inner = {key: (value + new.inner[key]) / 2 for key, value in old.inner.items()}
    return weights.Model(old.name, old.classes, *mean_of_signs(old, new), inner)


def mean_of_signs(one: weights.Model, other: weights.Model) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Bias, signs and weights in the middle of two models'; a sign that one does not know is nothing there."""
    signs = list(dict.fromkeys([*one.known, *other.known]))
    rows = [np.vstack([model.bias, model.matrix[[model.known.get(sign, -1) for sign in signs]]]) for model in (one, other)]  # a model's last row is nothing
    return kept(signs, np.mean(rows, axis=0))


def kept(signs: Sequence[str], w: np.ndarray, least: float = LEAST) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Bias, signs and weights (the bias is row 0 of `w`) without the signs that say next to nothing."""
    large = [k for k in range(len(signs)) if np.abs(w[k + 1]).max() >= least]
    return w[0].astype(np.float32), [signs[k] for k in large], w[[k + 1 for k in large]].astype(np.float32)


def _layers(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    if bytes(old["words"]) != bytes(new["words"]):
        raise ValueError("the two know other words: they are of no one descent")
    out: dict[str, Any] = {key: old[key] for key in _KEPT}
    for key in sorted(old.keys() - {*_KEPT, "signs", "by_sign"}):
        out[key] = ((old[key].astype(np.float32) + new[key]) / 2).astype(np.float16)
    at_old, at_new = ({sign: k for k, sign in enumerate(bytes(held["signs"]).decode().split("\n"))} for held in (old, new))
    signs = list(dict.fromkeys([*at_old, *at_new]))
    rows = [[held["by_sign"][at[sign]].astype(np.float32) for held, at in ((old, at_old), (new, at_new)) if sign in at] for sign in signs]
    out["by_sign"] = np.stack([np.mean(some, axis=0) for some in rows]).astype(np.float16)
    out["signs"] = np.frombuffer("\n".join(signs).encode(), np.uint8)
    return out


if __name__ == "__main__":
    mean_of(*map(Path, sys.argv[1:4]))
