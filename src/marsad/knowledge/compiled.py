"""The vocabulary compiled: every form of every word, every name, in plain tables that load in milliseconds.

`compile_tables` builds them from the data files; `tables` gives them from a cache beside the user's other caches, made at first
use and again when a data file or this code changes. The tables are plain tuples, sets, dicts and strings (`marshal`). `word_lists` does the same
for the lists that the rooms of `marsad.reading` ask for.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from marsad import __version__
from marsad.arabic.letters import fold
from marsad.arabic.morphology import adjective_forms, noun_forms, verb_forms
from marsad.knowledge import schema
from marsad.knowledge import vocabulary as v

FORMAT = 25  # raise when the shape of the tables changes

_KEPT: Final = 4  # cache files of other versions and states of the data

# A reading of a stem: (part of speech, lemma, class, then what the form says)
#   ("v", lemma, classes, tense, person, gender, number, voice)   ("n", lemma, class, number, gender, state)
#   ("a", lemma, class, number, gender)                            ("p", word, pos)          ("name", kind)
Tables = dict[str, Any]


def tables() -> Tables:
    """The compiled tables, from the cache if it is fresh."""
    return _kept("vocabulary", v.DATA_FILES, compile_tables)


def word_lists() -> Tables:
    """The compiled `wordlists.toml`, from a cache of its own: its lists are wanted at import, where the large tables may never be."""
    return _kept("wordlists", v.LIST_FILES, compile_word_lists)


def _kept(kind: str, names: tuple[str, ...], make: Callable[[], Tables]) -> Tables:
    """The tables of one cache, made anew where it is not that of the data files `names` as they are."""
    path = _cache_file(kind, names)
    if path is not None and path.is_file():
        try:
            found = marshal.loads(path.read_bytes())
            if isinstance(found, dict) and found.get("format") == FORMAT:
                return found
        except (OSError, ValueError, EOFError, TypeError):  # damaged, or written by another interpreter: made anew below
            pass
    made = make()
    if path is not None:
        _write_whole(path, kind, marshal.dumps(made))
    return made


def _cache_file(kind: str, names: tuple[str, ...]) -> Path | None:
    """Where compiled tables lie: the file's name tells version, interpreter and the state of the data files `names`."""
    stamp = hashlib.sha256(f"{__version__} {FORMAT} {sys.version_info[:2]}".encode())
    for name in names:
        try:
            stat = os.stat(str(v.folder() / name))
        except OSError:
            return None  # the package lies in an archive: compile in memory
        stamp.update(f"{name} {stat.st_size} {stat.st_mtime_ns}".encode())
    root = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(root) / "marsad" / f"{kind}-{stamp.hexdigest()[:16]}.bin"


def _write_whole(path: Path, kind: str, content: bytes) -> None:
    """Write a cache file so that no reader ever sees half of it; a read-only disk costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(name, path)
        older = sorted(path.parent.glob(f"{kind}-*.bin"), key=lambda p: p.stat().st_mtime, reverse=True)[_KEPT:]
        for file in older:
            file.unlink(missing_ok=True)
    except OSError:
        return


def compile_tables() -> Tables:
    """All tables from the data files; raises `VocabularyError` where one breaks its schema."""
    events = v.events()
    cue_data = v.cues()
    v.residue()  # is no part of the tables, as the lists of words are not; a mistake in them is told with those of the other files
    compile_word_lists()
    stems, triggers = _stems(events)
    never: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(events):
        for word in entry.skip:
            never[fold(word)].append(number)
    return {
        "format": FORMAT,
        "stems": stems,
        "triggers": triggers,
        "never": {k: tuple(x) for k, x in never.items()},
        "hidden": _hidden(events),
        "names": _names(stems.keys() | triggers.keys(), cue_data["place"]),
        "cues": _cue_words(cue_data),
        "cue_phrases": _cue_phrases(cue_data),
        "nisba": _nisba(),
        "person_class": _person_classes(cue_data),
        "relations": {fold(k): value for k, value in cue_data["place"]["relation"].items()},
        "place_kind": {fold(w) for w in cue_data["place"]["kind"]},
        "place_named": {fold(w) for w in cue_data["place"]["named"]},
        "actors": _actors(),
        "holders": _holders(),
        "place_rows": _place_rows(),
        "events": [msgspec.to_builtins(entry) for entry in events],
        "rivals": list(cue_data["voice"]["rivals"]),
        "source_rows": [(r.id, r.name_en, r.name_ar, r.country, r.actor) for r in v.rows("sources.csv", schema.SourceRow)],
    }


def _hidden(events: list[schema.EventWord]) -> dict[str, tuple[int, ...]]:
    """The entries of which a past verb is written as another word is, so that the entry skips it, by form: سجن, فقد, أبعد."""
    made: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(events):
        skip = {fold(word) for word in entry.skip}
        if entry.verb and skip:
            past = {form for form, info in verb_forms(entry.verb[0], "") if info.person == "3" and (info.number, info.gender) != ("p", "f")}
            for form in sorted(skip & past):
                made[form].append(number)
    return {form: tuple(numbers) for form, numbers in made.items()}


def compile_word_lists() -> Tables:
    """The lists of `wordlists.toml`; raises `VocabularyError` where it breaks its schema."""
    from marsad.knowledge import wordlist_check  # the classes of the schema are made only where something is compiled

    return {"format": FORMAT, **wordlist_check.compile_lists()}


class _Stems:
    """The readings of each stem, and the entries of `events.toml` that it can tell, while they are gathered: the first that says a thing goes first."""

    def __init__(self) -> None:
        self.readings: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.triggers: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def put(self, form: str, *reading: Any) -> None:
        """Add a reading, if it is not there."""
        if reading not in self.readings[form]:
            self.readings[form].append(reading)

    def verb(self, past: str, present: str, classes: str, skip: frozenset[str] = frozenset()) -> list[tuple[str, Any]]:
        """Add the forms of a verb, which it gives."""
        made = [(form, info) for form, info in verb_forms(past, present) if form not in skip]
        for form, info in made:
            self.put(form, "v", past, classes, info.tense, info.person, info.gender, info.number, info.voice)
        return made

    def noun(self, singular: str, plurals: list[str], gender: str, kind: str) -> list[str]:
        """Add the forms of a noun, which it gives."""
        made = list(noun_forms(singular, plurals, gender))
        for form, info in made:
            self.put(form, "n", singular if singular != "-" else plurals[0], kind, info.number, info.gender, info.state)
        return [form for form, _ in made]

    def words(self) -> None:
        """Add the words of the lists of verbs, nouns, adjectives and names."""
        for row in v.rows("words/verbs.tsv", schema.VerbRow):
            self.verb(row.past, row.present, row.class_)
            if row.masdar != "-":
                self.noun(row.masdar, [], "m", "masdar")
        for row in v.rows("words/nouns.tsv", schema.NounRow):
            self.noun(row.singular, _plurals(row.plurals), row.gender, row.class_)
        for row in v.rows("words/adjectives.tsv", schema.AdjectiveRow):
            for form, info in adjective_forms(row.masculine, "" if row.feminine == "-" else row.feminine, _plurals(row.plurals)):
                self.put(form, "a", row.masculine, row.class_, info.number, info.gender)
        for row in v.rows("words/names.tsv", schema.NameRow):
            self.put(fold(row.name), "name", row.name, row.kind)

    def spoken(self, number: int, entry: schema.EventWord) -> None:
        """Add the forms in which people write who write as they speak, where nothing else is written so."""
        for form, reading in _spoken_forms(entry):
            named = form[0] == "ب" and any(r[0] in ("n", "a") for r in self.readings.get(form[1:], ()))  # بتقدم: by an advance, not: it advances
            if form not in self.readings and not named:
                self.put(form, *reading)
                self.triggers[form].append((number, True, ()))


def _plurals(cell: str) -> list[str]:
    return [p for p in cell.split("|") if p != "-"]


def _stems(events: list[schema.EventWord]) -> tuple[dict[str, tuple[Any, ...]], dict[str, tuple[Any, ...]]]:
    made = _Stems()
    for row in v.rows("words/closed.tsv", schema.ClosedRow):
        if " " not in row.word:
            made.put(fold(row.word), "p", row.word, row.pos)
    for number, entry in enumerate(events):
        for form, is_verb, rest in _event_forms(entry, made):
            made.triggers[form].append((number, is_verb, rest))
    made.words()
    for number, entry in enumerate(events):
        made.spoken(number, entry)
    return {k: tuple(x) for k, x in made.readings.items()}, {k: tuple(dict.fromkeys(x)) for k, x in made.triggers.items()}


def _event_forms(entry: schema.EventWord, made: _Stems) -> Iterable[tuple[str, bool, tuple[str, ...]]]:
    """(first stem, is it a verb, stems that must follow at once) for each form of an entry; its words are added to the stems."""
    skip = frozenset(fold(w) for w in entry.skip)
    if entry.verb:
        past, present = entry.verb[0], entry.verb[1] if len(entry.verb) > 1 else ""
        for form, reading in made.verb(past, present, "event", skip):
            women = reading.number == "p" and reading.gender == "f" and len(form) < 4
            if not (women or (reading.person == "1" and reading.number == "s")):
                yield form, True, ()  # no short form of several women, no first person: عدن is a town, ضمن a preposition, أقتل a word
    single = [w for w in entry.noun if " " not in w]
    gender = "f" if single and single[0].endswith(("ة", "ات")) else "m"
    if single and not single[0].startswith("ال"):
        yield from ((form, False, ()) for form in made.noun(single[0], single[1:], gender, "event") if form not in skip)
    for word in entry.noun:
        yield from _phrase_forms(word)
        if word in single[1:]:
            yield from ((form, False, ()) for form in made.noun(word, [], gender, "event") if form not in skip)


def _phrase_forms(word: str) -> Iterable[tuple[str, bool, tuple[str, ...]]]:
    """The same of a noun of several words, or with the article, as it may stand: before a pronoun (عمليتهم), in the accusative (وقفا لإطلاق النار)."""
    spelled = word.split()
    first, *rest = [_unarticled(fold(w)) for w in spelled]
    if not rest and not word.startswith("ال"):
        return
    yield first, False, tuple(rest)
    if rest and spelled[0].endswith("ة"):
        yield first[:-1] + "ت", False, tuple(rest)
    elif rest and not spelled[0].startswith("ال") and not first.endswith(("ا", "ي", "ء", "ات", "ين", "ان")):
        yield first + "ا", False, tuple(rest)
        if len(rest) == 1 and not rest[0].endswith(("ه", "ا")) and not spelled[1].startswith("ال"):
            yield first + "ا", False, (rest[0] + "ا",)  # قصفا مدفعيا


_WEAK: Final = frozenset("اويء")


def _spoken_forms(entry: schema.EventWord) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """Forms of an event verb as people write them who write as they speak, each with its reading.

    Without the alif of the plural (قتلو), with the b- of the present (بيقصفوا), and the passive in in- or it- (انخطف, اتقتل).
    """
    if not entry.verb or not entry.verb[1:]:
        return
    past, present = entry.verb[0], entry.verb[1]
    skip = frozenset(fold(w) for w in entry.skip)
    for form, info in verb_forms(past, present):
        if info.person != "3" or form in skip:
            continue
        reading = ("v", past, "event", *info)
        if form.endswith("وا") and len(form) >= 5:
            yield form[:-1], reading
        if info.tense == "present" and form[0] in "يت" and len(form) >= 4:
            yield "ب" + form, reading
    bare = fold(past)
    if len(bare) == 3 and not _WEAK & set(bare) and bare[0] != "ن" and entry.frame.o not in ("x", "l"):
        for prefix in ("ان", "ات"):
            for ending, gender, number in (("", "m", "s"), ("ت", "f", "s"), ("وا", "m", "p"), ("و", "m", "p")):
                yield prefix + bare + ending, ("v", past, "event", "past", "3", gender, number, "passive")


def _unarticled(form: str) -> str:
    return form[2:] if form.startswith("ال") and len(form) > 4 else form


_Names = dict[str, dict[tuple[tuple[str, ...], str, int | str], str]]


def _names(words: Container[str], place_cues: dict[str, Any]) -> dict[str, list[tuple[tuple[str, ...], str, int | str, str]]]:
    """First token → [(tokens that follow, kind of name, what it names, theatre)], longest first. `words` are forms that mean something of their own.

    Kinds: "actor", "here" (an actor only in a report about its theatre), "place" (index of its row), "source".
    """
    table: _Names = defaultdict(dict)

    def put(name: str, kind: str, what: int | str, theatre: str = "") -> None:
        tokens = name_tokens(name)
        if tokens:
            table[tokens[0]][(tokens[1:], kind, what)] = theatre

    for row in v.rows("actors.csv", schema.ActorRow):
        for name in [row.name_ar, *v.names(row.names)]:
            put(name, "actor", row.id, row.theatre)
        for name in v.names(row.names_here):
            put(name, "here", row.id, row.theatre or row.country)
    for row in v.rows("sources.csv", schema.SourceRow):
        for name in [row.name_ar, *v.names(row.names)]:
            put(name, "source", row.id)
    for number, place in enumerate(v.places()):
        for name in [place.name_ar, *v.names(place.names)]:
            put(name, "place", number)
    _spell_places(table, words, {fold(w) for w in place_cues["apart"]}, [fold(w) for w in place_cues["either"]])
    return {
        first: sorted(((rest, kind, what, theatre) for (rest, kind, what), theatre in entries.items()), key=lambda e: -len(e[0]))
        for first, entries in table.items()
    }


_SHORTEST: Final = 5  # letters of a name that is written as one: تي تو is not تيتو
_REST: Final = 3  # letters of what stands behind it


def _spell_places(table: _Names, words: Container[str], apart: Container[str], either: Iterable[str]) -> None:
    """Names of two words are written as one too (كفر جنة، كفرجنة; أم درمان، أمدرمان) but those that begin with a word of `apart`, and one that begins with
    a word of `either` as two, unless that is another name or, in one word, means something of its own."""
    found: list[tuple[str, tuple[str, ...], int | str]] = []
    for first, entries in table.items():
        for rest, kind, what in entries:
            if kind != "place":
                continue
            if len(rest) == 1 and first not in apart and not rest[0].startswith("ال"):
                found.append((first + rest[0], (), what))
            elif not rest:
                found += [(head, (first[len(head) :],), what) for head in either if first.startswith(head) and len(first) >= len(head) + _REST]
    listed = {(first, rest) for first, entries in table.items() for rest, _, _ in entries}
    for first, rest, what in found:
        if (first, rest) not in listed and (rest or (first not in words and len(first) >= _SHORTEST)):
            table[first][(rest, "place", what)] = ""


_QUOTES = str.maketrans("", "", "\"“”«»()[]'-–.")


def name_tokens(name: str) -> tuple[str, ...]:
    """A name as the matcher sees it: folded tokens, militia spelled one way, quotation marks gone."""
    return tuple(canonical(t) for t in fold(name.translate(_QUOTES)).split())


_MILITIA = {
    form: ("ال" if form.startswith("ال") else "") + "ميليشيا"
    for stem in ("ميليشيا", "مليشيا", "ميليشيات", "مليشيات", "ملشيا", "ميلشيا", "ميلشيات", "ملشيات", "ميليشا", "مليشيه", "ميليشيه")
    for form in (stem, "ال" + stem)
}


def canonical(token: str) -> str:
    """One spelling for words whose spelling wavers: ميليشيا، مليشيات → ميليشيا."""
    return _MILITIA.get(token, token)


def _cue_words(data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Folded word → the cues that it is, as "section.name"."""
    table: dict[str, set[str]] = defaultdict(set)
    for section, name, word in _cue_items(data):
        folded = fold(word)
        if " " not in folded:
            table[folded].add(f"{section}.{name}")
    return {k: tuple(sorted(x)) for k, x in table.items()}


def _cue_phrases(data: dict[str, Any]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for section, name, word in _cue_items(data):
        tokens = fold(word).split()
        if len(tokens) > 1:
            table[tokens[0]].append((tuple(tokens[1:]), f"{section}.{name}"))
    for row in v.rows("words/closed.tsv", schema.ClosedRow):
        tokens = fold(row.word).split()
        if len(tokens) > 1:
            table[tokens[0]].append((tuple(tokens[1:]), f"closed.{row.pos}"))
    return {k: sorted(x, key=lambda e: -len(e[0])) for k, x in table.items()}


def _cue_items(data: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for section in ("means", "agent", "status", "denial", "supposed", "link", "quiet"):
        for name, words in data[section].items():
            for word in words:
                yield section, name, word
    for name in ("to", "from"):
        for word in data["place"][name]:
            yield "place", name, word
    for name in ("according", "source_nouns", "rank", "carriers", "channels", "going_on", "outlets"):
        for word in data["voice"][name]:
            yield "voice", name, word
    for kind, words in data["voice"]["kinds"].items():
        for word in words:
            yield "kind", kind, word


def _person_classes(data: dict[str, Any]) -> dict[str, str]:
    table: dict[str, str] = {}
    for kind, words in data["persons"].items():
        for word in words:
            table.setdefault(word, kind)
    return table


def _nisba() -> dict[str, str]:
    """Folded forms of nationality adjectives → country."""
    table: dict[str, str] = {}
    for place in v.places():
        if place.kind == "country":
            for adjective in v.names(place.demonyms):
                if " " not in adjective:
                    for form, _ in adjective_forms(adjective):
                        table.setdefault(form, place.country)
                    for form, _ in noun_forms("", [adjective + "ون"], "m"):
                        table.setdefault(form, place.country)
    for word, country in (("اتراك", "TR"), ("روس", "RU"), ("افغان", "AF"), ("هنود", "IN"), ("المان", "DE"), ("انجليز", "GB"), ("اكراد", "")):
        if country:
            table.setdefault(word, country)
    return table


def _actors() -> dict[str, tuple[str, str, str, str, str, str, str]]:
    """id → (name_en, name_ar, kind, country, parent, from, to)."""
    return {r.id: (r.name_en, r.name_ar, r.kind, r.country, r.parent, r.from_, r.to) for r in v.rows("actors.csv", schema.ActorRow)}


def _holders() -> dict[str, Any]:
    """See `persons.holders`."""
    from marsad.knowledge import persons

    return persons.holders()


def _place_rows() -> list[tuple[str, str, str, str, str, bool]]:
    """(name_ar, name_en, kind, country, admin1, needs_cue) for each line of the gazetteer."""
    return [(r.name_ar, r.name_en, r.kind, r.country, r.admin1, r.needs_cue == "yes") for r in v.places()]
