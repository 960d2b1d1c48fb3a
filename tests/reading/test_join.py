"""Two sets of weights side by side answer what both together would, and what is taught is what numpy runs."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from join import join
from mean import models_in

from marsad.model import Report
from marsad.reading import weights
from marsad.reading.encoder import DILATIONS, Array, encoder
from marsad.reading.reader import set_out
from marsad.reading.weights import Field, Model, save

WIDTH, INNER = 4, 3
STORY = "قصفت قوات النظام بالمدفعية بلدة كفرزيتا أمس، ما أسفر عن مقتل ثلاثة مدنيين، بحسب ناشطين."
ASKED = [(["same", "only one"], ((0,), (3, 4))), (["only other"], ((1, 2), ())), (["nobody knows"], ((5,), (0,)))]


def made(folder: Path, seed: int, signs: list[str], *, words: str = "قصف\nقتل") -> Path:
    """One strand's weights, by chance, in half precision."""
    chance = np.random.default_rng(seed)

    def some(*shape: int) -> Array:
        return chance.normal(size=shape).astype(np.float16).astype(np.float32)

    folder.mkdir()
    inner = {"left": some(WIDTH, INNER), "left_bias": some(INNER), "right": some(WIDTH, INNER), "right_bias": some(INNER)}
    inner |= {name: some(INNER, 2) for name in ("by_left", "by_right", "by_both")}
    save(folder, [Model(name, ("no", "yes"), some(2), signs, some(len(signs), 2), inner) for name in ("link", "page")])
    layers = {
        "entry": some(2, WIDTH),
        "entry_bias": some(WIDTH),
        "by_sign": some(2, WIDTH),
        "context": some(1, WIDTH, WIDTH),
        "context_bias": some(1, WIDTH),
    }
    layers |= {"gain": some(1, WIDTH), "shift": some(1, WIDTH)}
    for k in range(len(DILATIONS)):
        layers |= {f"gain{k}": some(1, WIDTH), f"shift{k}": some(1, WIDTH), f"wide{k}": some(1, 3 * WIDTH, WIDTH), f"back{k}": some(1, WIDTH, WIDTH)}
        layers |= {f"wide_bias{k}": some(1, WIDTH), f"back_bias{k}": some(1, WIDTH)}
    texts = {"words": words, "signs": "\n".join(("place", f"b=x{seed}"))}
    held = {name: value.astype(np.float16) for name, value in layers.items()} | {"table": np.ones((2, 2), np.int8), "scale": np.float32(1)}
    np.savez(folder / "encoder.npz", **held, **{name: np.frombuffer(text.encode(), np.uint8) for name, text in texts.items()})
    return folder


def rows_with(folder: Path) -> Array:
    with mock.patch.object(weights, "FOLDER", folder):
        return encoder.__wrapped__().encode(set_out(Report.from_text(STORY, date="2018-12-03")))


def test_rows_stand_side_by_side_and_scores_are_the_mean(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", 1, ["same", "only one"]), made(tmp_path / "other", 2, ["same", "only other"])
    join(one, other, tmp_path / "out")
    apart = [rows_with(folder) for folder in (one, other)]
    together = rows_with(tmp_path / "out")
    assert np.allclose(together, np.concatenate(apart, axis=1), atol=1e-4)
    scores = [np.array(models_in(folder)["link"].scores(Field(rows), ASKED)) for folder, rows in zip((one, other), apart, strict=True)]
    assert not np.allclose(*scores, atol=0.1)
    joined = models_in(tmp_path / "out")
    assert np.allclose(joined["link"].scores(Field(together), ASKED), np.mean(scores, axis=0), atol=0.02)
    assert (joined["page"].bias == models_in(one)["page"].bias).all(), "fitted by itself: as it was"


def test_weights_of_other_words_do_not_stand_side_by_side(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", 1, ["x"]), made(tmp_path / "other", 2, ["x"], words="نزح")
    with pytest.raises(ValueError, match="other words"):
        join(one, other, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_layers_that_are_taught_are_those_that_numpy_runs() -> None:
    pytest.importorskip("torch", reason="PyTorch is there where weights are taught")
    from together import load, told

    scene = set_out(Report.from_text(STORY, date="2018-12-03"))
    member, _ = load(Path(str(weights.FOLDER)))
    assert np.allclose(member.encode(told(scene)), encoder().encode(scene), atol=1e-3)
