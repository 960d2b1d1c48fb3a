"""The schema of the data files: what is misspelt is refused with file, line and the nearest known key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from marsad.knowledge import compiled, schema, vocabulary
from marsad.knowledge.vocabulary import VocabularyError
from marsad.model import EventType, Report
from marsad.reading.events import CLASSES, allowed
from marsad.reading.reader import set_out

Data = Callable[[str, str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Data:
    """Changes a word of a data file, in a copy of the folder that the vocabulary then reads."""
    place = tmp_path / "knowledge"
    copytree(str(vocabulary.folder()), place)
    monkeypatch.setattr(vocabulary, "folder", lambda: place)

    def changed(name: str, old: str, new: str) -> None:
        text = (place / name).read_text("utf-8")
        assert old in text, f"{name} holds no {old!r}"
        (place / name).write_text(text.replace(old, new, 1), "utf-8")

    return changed


# file, what is changed, into what, what is said of it
MISTAKES = [
    ("events.toml", "\nnoun = ", "\nnown = ", ("events.toml, line ", "unknown key 'nown'", "did you mean 'noun'?")),
    ("events.toml", "unless = [", "unles = [", ("events.toml, line ", "unknown key 'unles'", "did you mean 'unless'?")),
    ("events.toml", "told = { type =", "told = { typ =", ("events.toml, line ", "unknown key 'typ'", "did you mean 'type'?")),
    ("events.toml", "frame = { s =", "frame = { ss =", ("events.toml, line ", "unknown key 'ss'")),
    ("events.toml", 'types = ["armed_clash"]', 'types = ["armed_clush"]', ("events.toml, line ", "armed_clush")),
    ("events.toml", "\nweak = true", '\nweak = "yes"', ("events.toml, line ", "bool", "weak")),
    ("events.toml", "[[event]]", "[[evint]]", ("events.toml", "unknown table 'evint'", "'event'")),
    ("events.toml", "[[event]]", "[[event]", ("events.toml",)),
    ("residue.toml", "\nwhole = ", "\nwhol = ", ("residue.toml, line ", "unknown key 'whol'", "did you mean 'whole'?")),
    ("cues.toml", "[means]", "[maens]", ("cues.toml, line ", "unknown key 'maens'", "did you mean 'means'?")),
    ("cues.toml", "\nsource_nouns = ", "\nsource_noun = ", ("cues.toml, line ", "unknown key 'source_noun'", "did you mean 'source_nouns'?")),
    ("actors.csv", "id,name_en,", "id,name_eng,", ("actors.csv, line 2", "unknown key 'name_eng'", "did you mean 'name_en'?")),
    ("actors.csv", ",civilians,,,,,\n", ",civillians,,,,,\n", ("actors.csv, line 2", "civillians")),
    ("sources.csv", "reuters,Reuters,", "reuters,Reuters,more,", ("sources.csv, line 2", "more cells than columns")),
    ("places/sy.csv", "needs_cue", "need_cue", ("places/sy.csv, line 2", "unknown key 'need_cue'", "did you mean 'needs_cue'?")),
    ("words/nouns.tsv", "singular\t", "singlar\t", ("words/nouns.tsv, line 2", "unknown key 'singlar'", "did you mean 'singular'?")),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), MISTAKES, ids=[f"{name}: {new.strip()[:30]}" for name, _, new, _ in MISTAKES])
def test_a_mistake_is_refused(change: Data, name: str, old: str, new: str, said: tuple[str, ...]) -> None:
    change(name, old, new)
    with pytest.raises(VocabularyError) as refused:
        compiled.compile_tables()
    for words in said:
        assert words in str(refused.value)


def test_the_line_is_that_of_the_key(change: Data) -> None:
    text = (vocabulary.folder() / "events.toml").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(text, 1) if line.startswith("frame = {"))
    change("events.toml", "\nframe = {", "\nfrme = {")
    with pytest.raises(VocabularyError, match=f"events.toml, line {number}: unknown key 'frme'; did you mean 'frame'?"):
        vocabulary.events()


def test_every_data_file_is_watched_by_the_cache() -> None:
    """A data file that `DATA_FILES` forgets would be changed without being compiled again."""
    folder = Path(str(vocabulary.folder()))
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix in {".csv", ".tsv", ".toml"}}
    assert found == set(vocabulary.DATA_FILES)


@pytest.mark.parametrize("kind", sorted(EventType.__args__))
def test_every_type_has_a_word(kind: str) -> None:
    assert any(kind in word.types for word in vocabulary.events())


def test_what_examples_tell_stands_in_them_or_in_the_list_of_actors() -> None:
    known = {row.id for row in vocabulary.rows("actors.csv", schema.ActorRow)}
    for word in vocabulary.events():
        told: dict[str, Any] = {role: getattr(word.told, role) for role in ("place", "initiator", "target", "participant")}
        for role, name in told.items():
            assert name is None or name in word.example or (role != "place" and name in known), (word.key, role, name)


def test_a_damaged_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = compiled.tables()
    (cache,) = (tmp_path / "marsad").iterdir()
    for damage in (b"", b"\x00", b"not marshal", cache.read_bytes()[:1000]):
        cache.write_bytes(damage)
        assert compiled.tables() == made
    assert compiled.tables() == made


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert compiled.tables()["format"] == compiled.FORMAT


def test_caches_of_old_states_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "marsad").mkdir()
    for number in range(9):
        (tmp_path / "marsad" / f"vocabulary-{number}.bin").write_bytes(b"")
    compiled.tables()
    assert len(list((tmp_path / "marsad").iterdir())) <= 4


def words_of(sentence: str) -> dict[str, set[str]]:
    """The event words of a sentence as it spells them, each with the types that it can tell."""
    scene = set_out(Report.from_text(sentence, date="2018-06-15"))
    return {scene.document.text(t.first, t.last): set(t.types) for t in scene.triggers}


@pytest.mark.parametrize("word", vocabulary.events(), ids=lambda word: word.key)
def test_an_example_holds_a_word_that_can_tell_its_type(word: schema.EventWord) -> None:
    scene = set_out(Report.from_text(word.example, date="2018-06-15"))
    assert any(CLASSES.index(word.told.type) in allowed(trigger) for trigger in scene.triggers)


# sentence, a word that can tell an event (or stands for none), a type that it can tell (none: it is no event word)
SPELLINGS = [
    ("الجماعة قتلو شابين من القرية", "قتلو", "attack_on_civilians"),  # the plural without its alif
    ("الطيران بيقصف الحارة من الصبح", "بيقصف", "air_strike"),  # the b- of the present
    ("سواق من القبيلة انخطف على الطريق", "انخطف", "abduction"),  # the passive of speech
    ("اعتصمن أمام المقر يومين", "اعتصمن", "protest"),  # women in the plural
    ("زارت الوزيرة مدينة عدن", "عدن", None),
    ("أعلنت الحركة وقفا لإطلاق النار", "وقفا لإطلاق النار", "agreement"),  # a phrase in the accusative
    ("جرى اللقاء ثم بحث وفد الحركة نتائج لقائه", "لقائه", "negotiation"),  # the hamza in front of a pronoun
    ("عبر أكثر من ثلاثين مقاتلا النهر", "عبر", "troop_movement"),  # a verb, as those who did it stand behind it
    ("دخلت الشاحنات عبر معبر نصيب", "عبر", None),
    ("وهو الناجي الوحيد من عائلته وكان وحيدا", "وحيدا", None),  # no و + حيد
    ("وصفت المتحدثة الخطوة", "وصفت", None),  # no و + صفت
    ("فتحت دورية نيرانها على المارة", "فتحت", "attack_on_civilians"),  # no ف + تحت
    ("منذ بدء روسيا تدخلها العسكري في سوريا", "تدخلها العسكري", "armed_clash"),  # the longest phrase says what it is
    ("أقال الرئيس قائد الأركان", "أقال", "organisation"),
    ("تقل الحافلة ثلاثين راكبا", "تقل", None),
]


@pytest.mark.parametrize(("sentence", "word", "kind"), SPELLINGS, ids=[f"{word}-{n}" for n, (_, word, _) in enumerate(SPELLINGS)])
def test_spellings_of_event_words(sentence: str, word: str, kind: str | None) -> None:
    found = words_of(sentence)
    if kind is None:
        assert word not in found
    else:
        assert kind in found.get(word, set())
