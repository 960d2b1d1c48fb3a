"""When events are one incident, as data: the table says what it should, and a mistake in it is named with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

import marsad.knowledge.joining as joining
from marsad.knowledge.vocabulary import VocabularyError, folder
from marsad.model import EventType

Change = Callable[[str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Puts other words into a copy of the table."""
    shutil.copy(folder() / "incidents.toml", tmp_path)
    monkeypatch.setattr(joining, "folder", lambda: tmp_path)
    joining.joining.cache_clear()

    def changed(old: str, new: str) -> None:
        text = (tmp_path / "incidents.toml").read_text("utf-8")
        assert old in text
        (tmp_path / "incidents.toml").write_text(text.replace(old, new, 1), "utf-8")

    yield changed
    joining.joining.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("same_type =", "sme_type =", "unknown key 'sme_type'; did you mean 'same_type'"),
        ("link = ", "link = true # ", "link"),
        ('types = ["restriction"]', 'types = ["restricton"]', "restricton"),
        ('name = "barring"\ntypes = ["restriction"]', 'name = "barring"\ntypes = ["protest"]', "no family holds the type 'restriction'"),
        ('one = ["houthis"]', 'one = ["huthis"]', "no such actor: 'huthis'"),
        ('days = 14\ntypes = ["chemical_attack"]', 'days = 14\ntypes = ["chemical_attack", "arrest"]', "the type 'arrest' must have one slack"),
    ],
)
def test_a_mistake_is_refused(change: Change, old: str, new: str, said: str) -> None:
    change(old, new)
    with pytest.raises(VocabularyError, match=said) as refused:
        joining.joining()
    assert "incidents.toml" in str(refused.value)


def test_every_sign_has_a_weight_and_every_type_a_family() -> None:
    assert joining.weights() == msgspec.structs.asdict(joining.joining().signs)
    assert all(joining.joining().families(type_) for type_ in EventType.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("houthis", "saudi-coalition", True),
        ("ypg", "islamic-state", True),  # by what it belongs to
        ("sdf", "ypg", False),
        ("houthis", "houthis", False),
        ("hamas", "fatah", False),
    ],
)
def test_who_stands_against_whom(one: str, other: str, expected: bool) -> None:
    assert joining.opposed(one, other) is expected
    assert joining.opposed(other, one) is expected


def test_kinship_of_actors() -> None:
    assert joining.related("sdf", "ypg")
    assert not joining.related("sdf", "hts")
    assert joining.ancestors("nobody-that-is-listed") == ("nobody-that-is-listed",)
    assert joining.country_of("houthis") == "YE"
