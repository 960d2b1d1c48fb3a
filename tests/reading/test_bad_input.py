"""Texts as they come: other letters, signs between letters, controls, other scripts, and texts of a size that nobody expects.

The sentence is the same each time; what its letters are written with must not change what is read in it.
"""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from marsad.model import Event, Reading, Report
from marsad.reading import read

PLAIN = "قصفت قوات النظام بالمدفعية أمس بلدة كفرزيتا في ريف حماة، ما أدى إلى مقتل 12 مدنيا."


def reading_of(text: str, date: str | None = "2018-12-03") -> Reading:
    return read(Report.from_text(text, id="t", date=date, outlet="شبكة"))


def gist(reading: Reading) -> list[tuple[str, str, str, list[str | None], list[tuple[str, int]]]]:
    """What was read, without its letters."""
    return [(e.type, e.status, str(e.date.start), [a.id for a in e.actors], [(c.what, c.min) for c in e.counts]) for e in reading.events]


def between(text: str, sign: str) -> str:
    """`sign` behind every Arabic letter but the last of a word."""
    return "".join(c + (sign if "\u0621" <= c <= "\u064a" and text[n + 1 : n + 2].isalpha() else "") for n, c in enumerate(text))


PRESENTED = {"لا": "\ufefb", "ق": "\ufed7", "ص": "\ufebb", "ف": "\ufed3", "م": "\ufee3", "ن": "\ufee7", "ه": "\ufeeb"}


def presented(text: str) -> str:
    for letter, form in PRESENTED.items():
        text = text.replace(letter, form)
    return text


VARIANTS = {
    "presentation forms": presented(PLAIN),
    "Persian letters": PLAIN.replace("ي", "ی").replace("ك", "ک"),
    "tatweel": between(PLAIN, "ـ"),
    "long tatweel": PLAIN.replace("قصفت", "قصـــــــفت"),
    "zero-width joiners": between(PLAIN, "\u200d"),
    "zero-width non-joiners": PLAIN.replace("كفرزيتا", "كفر\u200cزيتا"),
    "all diacritics": between(PLAIN, "\u064e\u0651"),
    "every vowel sign": between(PLAIN, "\u0650"),
    "superscript alef": between(PLAIN, "\u0670"),
    "bidi controls around words": " ".join(f"\u202b{w}\u202c" for w in PLAIN.split(" ")),
    "bidi isolates around words": " ".join(f"\u2067{w}\u2069" for w in PLAIN.split(" ")),
    "marks of direction": PLAIN.replace(" ", "\u200f \u200f"),
    "no-break spaces": PLAIN.replace(" ", "\u00a0"),
    "Arabic-Indic digits": PLAIN.replace("12", "١٢"),
    "Persian digits": PLAIN.replace("12", "۱۲"),
    "decomposed hamza": unicodedata.normalize("NFD", PLAIN),
    "a mark of byte order in front": "\ufeff" + PLAIN,
    "lines of Windows": PLAIN + "\r\n\r\n",
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_same_is_read_however_it_is_written(text: str) -> None:
    assert gist(reading_of(text)) == gist(reading_of(PLAIN)) != []


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_text_is_never_altered(text: str) -> None:
    assert reading_of(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\u200f",
        "ـ",
        "\u064b\u064b",
        "،،،",
        "12",
        "١٢ ١٢",
        "\ud800",
        "\x00",
        "ق",
        "و",
        "ال",
        "(((",
        "»»»",
        "#_#",
        "\U0001f4a3",
        "\ufdfa",
        "٪" * 50,
    ],
    ids=repr,
)
def test_next_to_nothing_gives_nothing(text: str) -> None:
    assert reading_of(text).events == ()


def codes(text: str, date: str | None = "2018-12-03") -> list[str]:
    return [note.code for note in reading_of(text, date).notes]


def test_notes_say_what_was_odd() -> None:
    assert codes(PLAIN) == []
    assert codes("Government forces shelled the town.") == ["no-arabic"]
    assert codes("Правительственные войска обстреляли город. 政府軍が町を砲撃した。") == ["no-arabic"]
    assert codes(PLAIN + "\ud83d") == ["surrogates"]


DAYS = [
    ("قُتل 12 عنصرا من قوات النظام أمس في هجوم لتنظيم الدولة على بلدة هجين.", "2018-12-02", "أمس"),
    ("قتل ثلاثة مدنيين صباح اليوم في قصف مدفعي على بلدة كفرزيتا.", "2018-12-03", "صباح اليوم"),
    ("قصف الجيش بلدة كفرزيتا أمس.", "2018-12-02", "أمس"),
    ("اعتقلت الشرطة خمسة أشخاص يوم السبت الماضي في بغداد.", "2018-12-01", "يوم السبت الماضي"),
    ("نزح مئات المدنيين من درعا الأسبوع الماضي.", "2018-11-26", "الأسبوع الماضي"),
]


@pytest.mark.parametrize(("text", "start", "words"), DAYS, ids=[words for _, _, words in DAYS])
def test_a_relative_day_without_a_reference_day_stays_open_and_is_said(text: str, start: str, words: str) -> None:
    (told,) = reading_of(text).events
    assert str(told.date.start) == start
    reading = reading_of(text, None)
    (event,) = reading.events
    assert (event.date.start, event.date.end, event.date.precision) == (None, None, "unknown")
    assert event.date.span is not None
    assert text[slice(*event.date.span)] == words
    assert [note.code for note in reading.notes] == ["no-reference-date"]


def test_a_lone_surrogate_keeps_its_place() -> None:
    reading = reading_of("\ud83d" + PLAIN)
    assert reading.text == "\ufffd" + PLAIN
    assert gist(reading) == gist(reading_of(PLAIN))


def all_spans(event: Event) -> list[tuple[int, int]]:
    named = [*event.places, *event.actors, *event.counts]
    spans = [event.location_of_evidence, *event.mentions, *(f.span for f in named)]
    return spans + [s for s in (event.date.span, event.source.span) if s is not None]


NEWS = PLAIN + " وأعلن المرصد السوري لحقوق الإنسان إصابة عشرات المدنيين في البلدة. وقال ناشطون إن فرق الإسعاف وصلت إلى المكان.\n\n"

# what the text is, the text, seconds that it may take at most on a slow machine
LARGE = [
    ("one line of 20 MB without a blank", "ق" * 10_000_000, 60),
    ("one line of words, 20 MB", "كلمة " * 2_200_000, 120),
    ("one letter of 1 MB with diacritics", "ق" + "\u064e" * 1_000_000, 30),
    ("a hundred thousand brackets", "(" * 100_000 + PLAIN, 30),
    ("quotation marks that never close", "«" * 50_000 + PLAIN, 30),
    ("a hundred thousand full stops", ". " * 100_000 + PLAIN, 30),
    ("a hundred thousand lines", "\n" * 100_000 + PLAIN, 30),
    ("a hundred thousand figures", "12 " * 100_000, 60),
    ("a hundred thousand days", "أمس " * 100_000, 120),
    ("a word of half a million letters", "قصف" * 170_000 + " " + PLAIN, 60),
]


@pytest.mark.parametrize(("text", "limit"), [(t, s) for _, t, s in LARGE], ids=[name for name, _, _ in LARGE])
def test_a_large_text_is_read_in_time(text: str, limit: float) -> None:
    start = time.process_time()
    reading = reading_of(text)
    assert time.process_time() - start < limit
    assert len(reading.text) == len(text)
    for event in reading.events:
        assert all(0 <= a < b <= len(text) for a, b in all_spans(event))


@pytest.mark.slow
def test_a_text_of_a_million_words(command: Any, tmp_path: Path) -> None:
    """Read by the command, so that it can be stopped: it must not take more than ten minutes."""
    (tmp_path / "million.txt").write_text(NEWS * (1_000_000 // len(NEWS.split()) + 1), "utf-8")
    done = command("read", tmp_path / "million.txt", "--date", "2018-12-03", "-o", tmp_path / "out.jsonl", seconds=600)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"type":"shelling"' in (tmp_path / "out.jsonl").read_bytes()
