"""The mean of two sets of weights: what both know is in the middle, what one knows counts half, and other words are refused."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from mean import mean_of

from marsad.reading.weights import Model, save


def weights(folder: Path, signs: dict[str, float], layer: float, words: str = "قصف\nقتل", more: str = "") -> Path:
    folder.mkdir()
    matrix = np.array([[0.0, value] for value in signs.values()], np.float32)
    made = [Model(name, ("no", "yes"), np.array([layer, 0.0], np.float32), list(signs), matrix, {}) for name in ("link", "page")]
    save(folder, made)
    names = ["a", *more]
    parts = {"by_sign": np.full((len(names), 2), layer, np.float16), "entry": np.full((2, 2), layer, np.float16), "table": np.zeros((2, 2), np.int8)}
    texts = {name: np.frombuffer(text.encode(), np.uint8) for name, text in (("words", words), ("signs", "\n".join(names)))}
    np.savez(folder / "encoder.npz", **parts, **texts, scale=np.float32(1))
    return folder


def test_what_both_know_is_in_the_middle_and_what_one_knows_counts_half(tmp_path: Path) -> None:
    before = weights(tmp_path / "before", {"same": 1.0, "only before": 2.0}, 1.0)
    after = weights(tmp_path / "after", {"only after": 4.0, "same": 3.0}, 3.0, more="b")
    mean_of(before, after, tmp_path / "out")
    with np.load(tmp_path / "out" / "models.npz") as found:
        signs = bytes(found["link.signs"]).decode().split("\n")
        told = {sign: row[1] for sign, row in zip(signs, found["link.matrix"].tolist(), strict=True)}
        assert told == {"same": 2.0, "only before": 1.0, "only after": 2.0}
        assert found["link.bias"].tolist() == [2.0, 0.0]
        assert found["page.bias"].tolist() == [1.0, 0.0], "fitted by itself: as it was"
    with np.load(tmp_path / "out" / "encoder.npz") as found:
        assert found["entry"].tolist() == [[2.0, 2.0]] * 2
        assert bytes(found["signs"]).decode().split("\n") == ["a", "b"]
        assert found["by_sign"].tolist() == [[2.0, 2.0], [3.0, 3.0]], "a sign that one of them brought stands as it was learnt"


def test_the_mean_of_weights_with_themselves_is_the_weights(tmp_path: Path) -> None:
    one = weights(tmp_path / "one", {"x": 1.5}, 2.0)
    other = Path(shutil.copytree(one, tmp_path / "other"))
    mean_of(one, other, one)
    for name in ("models.npz", "encoder.npz"):
        with np.load(one / name) as made, np.load(other / name) as was:
            assert set(made.files) == set(was.files)
            assert all((made[key] == was[key]).all() for key in was.files)


def test_weights_of_other_words_have_no_mean(tmp_path: Path) -> None:
    one, other = weights(tmp_path / "one", {"x": 1.0}, 1.0), weights(tmp_path / "other", {"x": 1.0}, 1.0, words="نزح")
    with pytest.raises(ValueError, match="no one descent"):
        mean_of(one, other, tmp_path / "out")
    assert not (tmp_path / "out").exists()
