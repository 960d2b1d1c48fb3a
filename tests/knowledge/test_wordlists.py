"""The lists of `wordlists.toml`: what is wrong in them is refused by name, and each of them is used."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

import marsad.reading
from marsad.arabic.letters import fold
from marsad.knowledge import compiled, vocabulary, wordlists
from marsad.knowledge.vocabulary import VocabularyError

Data = Callable[[str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Data:
    """Changes a word of `wordlists.toml`, in a copy of the folder that the vocabulary then reads."""
    place = tmp_path / "knowledge"
    copytree(str(vocabulary.folder()), place)
    monkeypatch.setattr(vocabulary, "folder", lambda: place)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def changed(old: str, new: str) -> None:
        text = (place / "wordlists.toml").read_text("utf-8")
        assert old in text, f"wordlists.toml holds no {old!r}"
        (place / "wordlists.toml").write_text(text.replace(old, new, 1), "utf-8")

    return changed


# what is changed, into what, what is said of it
MISTAKES = [
    ("[places]", "[plces]", ("unknown key 'plces'", "did you mean 'places'?")),
    ("\nname_openers = ", "\nname_opener = ", ("unknown key 'name_opener'", "did you mean 'name_openers'?")),
    ("\nseats = ", "\n# seats = ", ("missing required field `seats`", "places")),
    ('\nunits = ["لواء", ', '\nunits = ["لواء", 7, ', ("units",)),
    ('\nof_not = ["restriction"]', '\nof_not = ["restrictions"]', ("restrictions",)),
    ('\nof_not = ["restriction"]', "\nof_not = []", ("manner.of_not is empty",)),
    ('\nof_not = ["restriction"]', '\nof_not = ["restriction", "restriction"]', ("manner.of_not has 'restriction' twice",)),
    ('\nblame = ["اللائمة", ', '\nblame = ["اللائمة", "اللائمة", ', ("saying.blame has 'اللائمة' twice",)),
    ('\nothers = ["آخرون", ', '\nothers = ["آخرون", "اخرون", ', ("counts.others has 'آخرون' and 'اخرون', which are one word",)),
    ('\nblame = ["اللائمة", ', '\nblame = ["اللائمة عليه", ', ("saying.blame has 'اللائمة عليه', which is not one word",)),
    ('\nblame = ["اللائمة", ', '\nblame = ["", ', ("saying.blame has '', which is not one word",)),
    ('"جريح" = "wounded"', '"جريح" = "hurt"', ("counts", "'hurt'")),
    ('"جثة" = "killed"', '"جثة" = "killed", "جثه" = "killed"', ("counts.by_noun has 'جثة' and 'جثه', which are one word",)),
    ('press = "journalists"', 'press = "journalist"', ("parties.person_ids", "'journalist'", "actors.csv")),
    ('police = { IQ = "iraq-police"', 'police = { IQ = "iraq-polise"', ("parties.police", "'iraq-polise'", "actors.csv")),
    ('"الحزب" = ["حزب"]', '"الحزب" = []', ("parties.pointing has 'الحزب', which is empty",)),
    ('"الحزب" = ["حزب"]', '"الحزب" = ["حزب", "حزبٌ"]', ("parties.pointing has 'الحزب', which has 'حزب' and 'حزبٌ', which are one word",)),
    ('press = "journalists"', 'pres = "journalists"', ("parties.person_ids", "'pres'", "cues.toml")),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=[new.strip()[:30] for _, new, _ in MISTAKES])
def test_a_mistake_is_refused(change: Data, old: str, new: str, said: tuple[str, ...]) -> None:
    change(old, new)
    with pytest.raises(VocabularyError) as refused:
        compiled.compile_word_lists()
    for words in ("wordlists.toml", *said):
        assert words in str(refused.value)


def test_the_line_is_that_of_the_list(change: Data) -> None:
    text = (vocabulary.folder() / "wordlists.toml").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(text, 1) if line.startswith("others = "))
    change('\nothers = ["آخرون", ', '\nothers = ["آخرون", "آخرون", ')
    with pytest.raises(VocabularyError, match=f"wordlists.toml, line {number}: counts.others"):
        compiled.compile_word_lists()


def test_a_mistake_is_told_with_those_of_the_other_files(change: Data) -> None:
    change("[places]", "[plces]")
    with pytest.raises(VocabularyError, match=r"wordlists.toml, line \d+: unknown key 'plces'"):
        compiled.compile_tables()


def test_a_changed_list_is_compiled_again(change: Data) -> None:
    assert fold("الملامة") not in compiled.word_lists()["words"]["saying.blame"]
    change('\nblame = ["اللائمة", ', '\nblame = ["اللائمة", "الملامة", ')
    assert fold("الملامة") in compiled.word_lists()["words"]["saying.blame"]


def _asked_for() -> list[tuple[str, str]]:
    """Each call for a list in `marsad.reading`: the function that is called, and the name of the list."""
    found = []
    for path in sorted(Path(marsad.reading.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("words", "types", "values"):
                (name,) = node.args
                assert isinstance(name, ast.Constant), f"{path.name}: a list is asked for by no plain name"
                found.append((node.func.id, str(name.value)))
    return found


def test_each_list_is_used_and_each_used_list_is_there() -> None:
    there = {(sort, name) for sort, lists in compiled.word_lists().items() if sort != "format" for name in lists}
    assert set(_asked_for()) == there


def test_a_list_is_asked_for_in_one_place() -> None:
    """A module that needs another's list imports it from there."""
    asked = [name for _, name in _asked_for()]
    assert sorted(asked) == sorted(set(asked))


def test_what_a_list_holds_is_folded() -> None:
    assert "اخرون" in wordlists.words("counts.others")
    assert wordlists.values("parties.pointing")["الحركه"] == ("حركه",)
    assert wordlists.types("manner.of_not") == ("restriction",)
    with pytest.raises(KeyError):
        wordlists.words("counts.nothing")
