"""Rows for tokens, and the models that read them."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np

from marsad.knowledge import lexicon
from marsad.model import Report
from marsad.reading.encoder import SEGMENT, encoder
from marsad.reading.reader import read, set_out
from marsad.reading.weights import Field, Model, models, save

STORY = "قصفت قوات النظام بالمدفعية بلدة كفرزيتا أمس، ما أسفر عن مقتل ثلاثة مدنيين، بحسب ناشطين."


def rows_of(text: str) -> np.ndarray:
    return encoder().encode(set_out(Report.from_text(text, date="2018-12-03")))


def test_a_row_for_every_token() -> None:
    scene = set_out(Report.from_text(STORY, date="2018-12-03"))
    rows = encoder().encode(scene)
    assert rows.shape == (len(scene.document.forms), encoder().width)
    assert np.isfinite(rows).all()


def test_the_same_words_elsewhere_have_other_rows() -> None:
    first, second = rows_of("قصف الطيران بلدة هجين."), rows_of("صد الجيش هجوم التنظيم في هجين بعد قصف الطيران.")
    assert not np.allclose(first[0], second[-3])


def test_reading_twice_gives_the_same_rows() -> None:
    assert (rows_of(STORY) == rows_of(STORY)).all()


def test_an_empty_text_has_no_rows() -> None:
    assert rows_of("").shape == (0, encoder().width)


def test_a_text_longer_than_a_segment_is_seen_in_pieces() -> None:
    many = rows_of("\n".join([STORY] * (SEGMENT // 8)))
    assert len(many) > SEGMENT
    assert np.isfinite(many).all()


def test_a_memo_that_was_cleared_changes_nothing() -> None:
    before = rows_of(STORY)
    encoder()._memo.clear()
    assert (rows_of(STORY) == before).all()


def test_every_class_has_a_score_and_signs_are_added_up() -> None:
    held = models()["date"]
    rows = Field(rows_of(STORY))
    known = next(iter(held.known))
    bare, signed = held.scores(rows, [([], ((0,), (1,))), ([known, "no such sign"], ((0,), (1,)))])
    assert len(bare) == len(held.classes)
    assert np.allclose(np.subtract(signed, bare), held.matrix[held.known[known]], atol=1e-4)


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    matrix = np.array([[0.5, -0.5], [1.0, 0.25]], np.float32)
    save(tmp_path, [Model("a", ("no", "yes"), np.array([0.5, 0.0], np.float32), ["x", "y"], matrix, {})])
    save(tmp_path, [Model("b", ("no", "yes"), np.zeros(2, np.float32), ["z"], matrix[:1], {})])
    with np.load(tmp_path / "models.npz") as held:
        assert {key.partition(".")[0] for key in held.files} == {"a", "b", "classes"}
        assert (held["a.matrix"] == matrix).all()
        assert bytes(held["a.signs"]) == b"x\ny"


def test_two_forms_of_one_text_are_not_taken_for_each_other() -> None:
    """«وراجستان» as a word that nobody knows, and as و before a name: whichever a process met first, each has its own row."""
    words = lexicon()
    alone, joined = words.form("وراجستان"), words.coordinated("وراجستان")
    one, other = encoder().form_row(alone, words), encoder().form_row(joined, words)
    assert one != other
    assert encoder().form_row(words.form("وراجستان"), words) == one


def test_words_of_a_long_text_are_compared_as_those_of_a_short_one() -> None:
    link, rows = models()["link"], np.random.default_rng(7).normal(size=(900, encoder().width)).astype(np.float32)
    asked = [
        ((), ((token,), others)) for token in range(10, 900, 7) for others in ([token - 1], [token - 3, token - 9], [0], [min(token + 5, 899), token // 2])
    ]
    alone, prepared = Field(rows), Field(rows)
    link.prepare(prepared, range(900))
    assert np.allclose(link.yes(prepared, asked), link.yes(alone, asked), atol=1e-3)
    assert np.isclose(link.yes(prepared, asked[:1])[0], link.yes(alone, asked[:1])[0], atol=1e-3)  # back to a block that is done with


def test_the_collector_of_cycles_is_left_as_it_was() -> None:
    report = Report.from_text("قصفت قوات النظام أمس بلدة كفرزيتا.", date="2018-12-03")
    read(report)
    assert gc.isenabled()
    gc.disable()
    try:
        read(report)
        assert not gc.isenabled()
    finally:
        gc.enable()
