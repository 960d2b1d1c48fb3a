"""What a token can be: its readings, its names, its cues, worked out once a form and kept.

>>> form = lexicon().form("وبالمدفعيه")
>>> form.conjunction, form.preposition, form.article, form.stem, "means.shelling" in form.cues
('و', 'ب', True, 'مدفعيه', True)
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any, Final

import msgspec

from marsad.arabic.letters import fold
from marsad.arabic.words import splits
from marsad.knowledge import compiled, schema
from marsad.knowledge.compiled import canonical

# Parts of speech that a form can have, as bits.
VERB: Final = 1
NOUN: Final = 2
ADJECTIVE: Final = 4
PREPOSITION: Final = 8
CONJUNCTION: Final = 16
RELATIVE: Final = 32
COMPLEMENT: Final = 64
PRONOUN: Final = 128
NEGATION: Final = 256
ADVERB: Final = 512
PARTICLE: Final = 1024
NAME: Final = 2048
PUNCTUATION: Final = 4096
FIGURE: Final = 8192
DEMONSTRATIVE: Final = 16384
EVENT: Final = 32768
LATIN: Final = 65536

CLOSED: Final = PREPOSITION | CONJUNCTION | RELATIVE | COMPLEMENT | PRONOUN | NEGATION | ADVERB | PARTICLE | DEMONSTRATIVE

_POS: Final = {
    "prep": PREPOSITION,
    "conj": CONJUNCTION,
    "comp": COMPLEMENT,
    "rel": RELATIVE,
    "dem": DEMONSTRATIVE,
    "pron": PRONOUN,
    "neg": NEGATION,
    "wh": PARTICLE,
    "part": PARTICLE,
    "adv_time": ADVERB,
    "adv_place": ADVERB,
    "adv": ADVERB,
    "disc": PARTICLE,
}


class Form:
    """A folded form and all that the vocabulary knows of it."""

    __slots__ = (
        "adjective",
        "article",
        "bare",
        "conjunction",
        "cues",
        "enclitic",
        "events",
        "guessed",
        "hidden",
        "key",
        "names",
        "nisba",
        "noun",
        "opens",
        "person",
        "phrases",
        "place",
        "pos",
        "preposition",
        "relation",
        "sources",
        "stem",
        "text",
        "verb",
        "whole_name",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = text  # what tells it from another form of the same text
        self.conjunction = ""
        self.preposition = ""
        self.article = False
        self.enclitic = ""
        self.stem = text
        self.bare = text  # without conjunction and preposition, article kept
        self.pos = 0
        self.verb: tuple[Any, ...] | None = None  # (lemma, classes, tense, person, gender, number, voice)
        self.noun: tuple[Any, ...] | None = None  # (lemma, class, number, gender, state)
        self.guessed = False  # whether the verb is only told by its shape: يتسوون
        self.adjective: tuple[Any, ...] | None = None  # (lemma, class, number, gender)
        self.events: tuple[tuple[int, bool, tuple[str, ...]], ...] = ()
        self.hidden: tuple[tuple[int, str], ...] = ()  # entries that it tells as a past verb, where that is plain (سجن, فقد), each behind «و» or no conjunction
        self.names: tuple[tuple[tuple[str, ...], str, Any, str], ...] = ()
        self.cues: frozenset[str] = frozenset()
        self.phrases: tuple[tuple[tuple[str, ...], str], ...] = ()  # cue phrases that begin here: (tokens that follow, cue)
        self.nisba = ""
        self.person = ""
        self.place = ""  # a word for a kind of place: "kind" if it is left off the name (بلدة), "named" if it stays (مخيم)
        self.relation = ""
        self.sources: tuple[tuple[str, ...], ...] = ()  # the tokens that follow in the names of news sources that begin here, longest first
        self.opens = -1  # whether the form can open a voice, once asked for; see `openers.py`
        self.whole_name = False  # a listed name begins with the form as it stands, no clitic taken off

    @property
    def only_verb(self) -> bool:
        """Whether it is a verb and no noun, adjective or name."""
        return self.pos & (VERB | NOUN | ADJECTIVE | NAME) == VERB

    @property
    def denies(self) -> bool:
        """Whether it is a verb that denies: نفى، أنكر، كذب."""
        return self.verb is not None and "deny" in str(self.verb[1])

    def __repr__(self) -> str:
        return f"Form({self.text!r}, {self.conjunction}|{self.preposition}|{'ال' if self.article else ''}|{self.stem}|{self.enclitic}, pos={self.pos})"


_SHORTEST: Final = 2  # letters of a word with which names begin: تل, أم, آل
_MEMO_LIMIT: Final = 45_000


def _rather(reading: tuple[Any, ...], held: tuple[Any, ...], pronoun: str) -> bool:
    """Whether a noun's reading is taken rather than the one that is held: a thing before a deed, but one deed before two persons (العدوان); one person before
    two (قاضي, راعي), many before two (مقاتلي, منتسبي), and one before many (محامي) where it is no «my fighter»."""
    if held[1] == reading[2] == "person" and (held[2] == "d" or held[4] == "construct"):
        many = reading[3] == "p" and held[2] == "d" and reading[5] == held[4] == "construct"
        return many or (reading[3] == "s" and (held[2] == "d" or not pronoun))
    two = reading[2] == "person" and reading[3] == "d" and held[2] == "s"
    return held[1] in ("masdar", "event") and reading[2] not in ("masdar", "event") and not two


def _is_a_deed(reading: tuple[Any, ...], held: tuple[Any, ...], pronoun: str) -> bool:
    """Whether a noun is the deed that is held and no person with a pronoun: ملاحقة is no «his pursuer», محاربة no «his fighter»; but «مصابة» is a woman."""
    return bool(pronoun) and reading[2] == "person" and held[1] in ("masdar", "event") and (held[2] == "s" or held[3] == "f")


def _only_dual(readings: tuple[tuple[Any, ...], ...], construct: bool) -> bool:
    """Whether the noun readings of a form are duals: one of them in the construct, all of them else."""
    numbers = [r[3] for r in readings if r[0] == "n"]
    return "d" in numbers if construct else bool(numbers) and set(numbers) == {"d"}


_ONE_OF_HIS: Final = ("أخ", "أب")  # أخيه is his one brother


class Lexicon:
    """The compiled vocabulary and the memo of forms. One object a process; see `lexicon`."""

    def __init__(self, tables: compiled.Tables | None = None) -> None:
        t = compiled.tables() if tables is None else tables
        self._stems: dict[str, tuple[tuple[Any, ...], ...]] = t["stems"]
        self._triggers: dict[str, tuple[tuple[int, bool, tuple[str, ...]], ...]] = t["triggers"]
        self._never: dict[str, tuple[int, ...]] = t["never"]
        self._hidden: dict[str, tuple[int, ...]] = t["hidden"]
        self._names: dict[str, list[tuple[tuple[str, ...], str, Any, str]]] = t["names"]
        self._cues: dict[str, tuple[str, ...]] = t["cues"]
        self._cue_phrases: dict[str, list[tuple[tuple[str, ...], str]]] = t["cue_phrases"]
        self._nisba: dict[str, str] = t["nisba"]
        self._person: dict[str, str] = t["person_class"]
        self.relations: dict[str, str] = t["relations"]
        self._place_kind: frozenset[str] = frozenset(t["place_kind"])
        self._place_named: frozenset[str] = frozenset(t["place_named"])
        self.actors: dict[str, tuple[str, str, str, str, str, str, str]] = t["actors"]
        self.holders: dict[str, dict[str, Any]] = t["holders"]
        self.rivals: frozenset[str] = frozenset(t["rivals"])
        self.places: list[tuple[str, str, str, str, str, bool]] = t["place_rows"]
        self.sources: dict[str, tuple[str, str, str, str]] = {r[0]: r[1:] for r in t["source_rows"]}
        self.events: list[schema.EventWord] = msgspec.convert(t["events"], list[schema.EventWord])
        self._memo: dict[str, Form] = {}
        self._states = self._state_actors()
        self._outlets: dict[str, str] = {}  # name of a source → its country, once asked for

    def form(self, text: str) -> Form:
        """All that is known of the folded token `text`."""
        found = self._memo.get(text)
        if found is None:
            if len(self._memo) > _MEMO_LIMIT:
                self._memo.clear()
            found = self._analyse(text)
            self._memo[text] = found
        return found

    def coordinated(self, text: str) -> Form:
        """The form of an unknown token that the context shows to be و and a name: وطمينة behind another village."""
        key = f"+{text}"
        found = self._memo.get(key)
        if found is None:
            rest = self.form(text[1:])
            found = Form(text)
            found.key = key
            found.conjunction = "و"
            found.preposition, found.article = rest.preposition, rest.article
            found.stem, found.bare, found.pos = rest.stem, text[1:], rest.pos
            found.noun, found.adjective, found.names = rest.noun, rest.adjective, rest.names
            found.nisba, found.person, found.place = rest.nisba, rest.person, rest.place
            self._memo[key] = found
        return found

    def whole(self, text: str, conjunction: str = "") -> Form:
        """The form of a token that the context shows to be a name, though its shape is that of a verb: ستارخان, سينالوا; with «و» in front, وتورودي."""
        key = f"{conjunction}={text}"
        found = self._memo.get(key)
        if found is None:
            found = Form(conjunction + text)
            found.key, found.stem, found.bare, found.conjunction = key, text, text, conjunction
            self._memo[key] = found
        return found

    def forms(self, texts: list[str]) -> list[Form]:
        """`form` of each."""
        memo = self._memo
        try:
            return [memo[text] for text in texts]
        except KeyError:
            return [self.form(text) for text in texts]

    def has_name(self, first: str, rest: tuple[str, ...]) -> bool:
        """Whether a listed name has exactly these folded words, `rest` as `canonical` spells them."""
        return any(entry[0] == rest for entry in self._names.get(canonical(first), ()))

    def state_actor(self, country: str, day: datetime.date | None = None) -> str | None:
        """The id of the state and army of `country`, as of `day`."""
        options = self._states.get(country)
        if not options:
            return None
        stamp = day.isoformat() if day else "9999"
        for id_, start, end in options:
            if (not start or start <= stamp) and (not end or stamp < end):
                return id_
        return options[0][0]

    def country_of_outlet(self, name: str) -> str:
        """The country of a listed outlet (ISO 3166-1 alpha-2), by any of its listed names; empty for any other."""
        if not self._outlets:
            self._outlets = {fold(name): country for name_en, name_ar, country, _ in self.sources.values() for name in (name_en, name_ar)}
        return self._outlets.get(fold(name.strip()), "")

    def _state_actors(self) -> dict[str, list[tuple[str, str, str]]]:
        table: dict[str, list[tuple[str, str, str]]] = {}
        for id_, (_, _, kind, country, parent, start, end) in self.actors.items():
            if kind == "state" and country and not parent:  # an arm of a state is not the state
                table.setdefault(country, []).append((id_, start, end))
        for id_, (_, _, kind, country, _, start, end) in self.actors.items():
            if kind == "authority" and country and country not in table:
                table.setdefault(country, []).append((id_, start, end))
        return table

    # -- one form

    def _analyse(self, text: str) -> Form:
        form = Form(text)
        first = text[0]
        if not ("\u0600" <= first <= "\u06ff"):
            form.pos = FIGURE if first.isdecimal() else (LATIN if first.isalpha() else PUNCTUATION)
            if form.pos == LATIN:
                form.names = tuple(self._names.get(text, ()))
            if form.pos == PUNCTUATION:
                return form
        elif first in "،؛؟٪٫٬۔":
            form.pos = PUNCTUATION
            return form
        self._read_stems(form)
        self._read_names(form)
        if form.names and form.pos & VERB and (form.verb is None or self._unlikely_verb(form)):
            form.pos &= ~VERB
            form.verb = None
            if not (form.pos or form.whole_name or form.preposition) and form.stem == form.text[len(form.conjunction) :]:
                self._split_name(form)  # بعدن, وعدن, وبعدن
        elif form.verb is not None and form.pos & NAME and form.verb[3] == "1" and form.verb[6] == "passive":
            form.pos, form.verb = form.pos & ~VERB, None  # نزار is no «we are visited»
        self._read_cues(form)
        return form

    def _unlikely_verb(self, form: Form) -> bool:
        """A verb that was only guessed from its shape, or one of women in the plural (عدن), where the form is also a name."""
        verb = form.verb
        return verb is not None and not form.events and ((verb[0] == form.stem and verb[1] == "-") or (verb[5] == "p" and verb[4] == "f"))

    def _read_stems(self, form: Form) -> None:
        """The readings of the form; clitics are those of the best one (fewest clitics, closed class and events first)."""
        stems, triggers, nisba = self._stems, self._triggers, self._nisba
        best, least = None, 0
        events: list[tuple[int, bool, tuple[str, ...]]] = []
        hidden: list[tuple[int, str]] = []
        never = self._never.get(form.text, ())
        his_two = None
        for split in splits(form.text):
            stem = split.stem
            for candidate in split.stems():
                readings = stems.get(candidate, ())
                hits = triggers.get(candidate, ())
                country = nisba.get(candidate, "")
                if not (split.article or split.preposition):
                    numbers = (*self._hidden.get(candidate, ()), *(number for number, verbal, _ in hits if verbal and number in never))
                    hidden += ((number, split.conjunction) for number in numbers)
                if not (readings or hits or country) or not self._possible(split, readings, hits):
                    continue
                if split.enclitic == "ه" and stem[-1] == "ي" and _only_dual(readings, candidate == stem):
                    if all(r[1] in self._person and r[1] not in _ONE_OF_HIS for r in readings if r[0] == "n"):
                        his_two = split._replace(stem=candidate), readings
                    continue  # احتجاجية, رئيسية are adjectives, no duals with a pronoun
                cost = len(split.conjunction) + 2 * len(split.preposition) + len(split.enclitic) + (split.preposition == "ا") * 4
                if best is None or cost < least:
                    best, least = split._replace(stem=candidate), cost
                self._take(form, split, readings, country, cost == least)
                alone = not (split.article or split.preposition) or (split.preposition == "س" and stem[0] != "ا")
                events += (hit for hit in hits if hit[0] not in never and (alone or not hit[1]))
        if best is None and his_two is not None:
            best, two = his_two  # طفليه, شقيقيه
            self._take(form, best, two, "", True)
        if best is not None:
            form.conjunction, form.preposition = best.conjunction, best.preposition
            form.article, form.enclitic, form.stem = best.article, best.enclitic, best.stem
        else:
            self._guess(form)
        form.bare = form.text[len(form.conjunction) :]
        if form.preposition == "ل" and form.article:
            form.bare = "ال" + form.stem
        elif form.preposition:
            form.bare = form.bare[1:]
        form.hidden = () if any(hit[1] for hit in events) else tuple(dict.fromkeys(hidden))
        if events:
            form.events = tuple(dict.fromkeys(events))
            if any(not rest for _, _, rest in events):  # the first word of a phrase (دعم جوي) is no event word by itself
                form.pos |= EVENT

    @staticmethod
    def _possible(split: Any, readings: tuple[tuple[Any, ...], ...], hits: tuple[Any, ...]) -> bool:
        """Whether the clitics go with some reading: no article on a verb, س only on a present, no و on the stem of a preposition."""
        if split.preposition == "س":
            return any(r[0] == "v" and r[3] == "present" for r in readings)
        if split.preposition == "ا":
            return False
        if split.article and readings and all(r[0] == "n" and r[5] == "construct" for r in readings):
            return False  # الحكمي are not two referees, الرجبي no two months
        if split.article or split.preposition in ("ب", "ك"):
            return any(r[0] in ("n", "a", "name") for r in readings) or any(not h[1] for h in hits) or not readings
        if split.preposition == "ل":
            return any(r[0] in ("n", "a", "name") or (r[0] == "v" and r[3] == "present") for r in readings) or any(not h[1] for h in hits)
        if split.enclitic == "ني":  # «me» behind a verb: اعتقلوني; طهراني and ضمني are adjectives
            return len(split.stem) > _SHORTEST and split.stem[-1] != "ا" and any(r[0] == "v" for r in readings)
        if split.enclitic == "ي" and not split.stem.endswith("ن"):  # «me» behind a verb is ني: فندي is a name
            return any(r[0] == "n" or (r[0] == "p" and r[2] in ("prep", "comp")) for r in readings) or any(not h[1] for h in hits)
        if split.enclitic:
            return any(r[0] in ("n", "v") or (r[0] == "p" and r[2] in ("prep", "comp")) for r in readings) or bool(hits)
        return True

    def _take(self, form: Form, split: Any, readings: tuple[tuple[Any, ...], ...], country: str, is_best: bool) -> None:
        """Add what the readings say to the form."""
        for reading in readings:
            kind = reading[0]
            if kind == "v":
                if split.article or split.preposition in ("ب", "ك"):
                    continue
                form.pos |= VERB
                if form.verb is None or (is_best and form.verb[1] == "event" != reading[2]):
                    form.verb = reading[1:]
            elif kind == "n":
                if split.preposition == "س" or (split.article and reading[5] == "construct"):
                    continue  # السوري are not two walls
                form.pos |= NOUN
                if form.noun is None or (_rather(reading, form.noun, split.enclitic) and (is_best or not _is_a_deed(reading, form.noun, split.enclitic))):
                    form.noun = reading[1:]
                    form.person = self._person.get(reading[1], "") if reading[2] == "person" else form.person
            elif kind == "a":
                form.pos |= ADJECTIVE
                if form.adjective is None:
                    form.adjective = reading[1:]
            elif kind == "p":
                if split.preposition or split.article:
                    continue
                form.pos |= _POS[reading[2]]
            elif not ((split.preposition or split.article) and any(other[0] == "p" for other in self._stems.get(form.text, ()))):
                form.pos |= NAME  # لدى is no «to Di», بأنه no «with Ana»
        if country:
            form.nisba = form.nisba or country
            form.pos |= ADJECTIVE

    def _guess(self, form: Form) -> None:
        """An unknown form: clitics that are all but certain, a name written as one word (عبدالرقيب), a verb by its shape, else a name or a noun."""
        text = form.text
        rest = text
        for article, preposition in (("وال", ""), ("وبال", "ب"), ("ولل", "ل"), ("بال", "ب"), ("لل", "ل"), ("كال", "ك"), ("فال", "")):
            if text.startswith(article) and len(text) - len(article) >= 3:
                if article[0] in "وف":
                    form.conjunction = article[0]
                form.preposition = preposition
                form.article = True
                form.stem = text[len(article) :]
                return
        if text.startswith("ال") and len(text) > 4:
            form.article, form.stem = True, text[2:]
            return
        servant = text.removeprefix("و")
        if servant.startswith("عبدال") and len(servant) > 7:
            form.pos, form.conjunction, form.stem = NAME, "و" if servant != text else "", servant
            return
        if rest[0] in "وف" and len(rest) > 4 and rest[1] in "يتن":
            form.conjunction, rest = rest[0], rest[1:]
        if rest[0] == "س" and len(rest) > 4 and rest[1] in "يت":
            form.preposition, rest = "س", rest[1:]
        form.stem = rest
        form.verb = self._guess_verb(form, rest)
        if form.verb is not None:
            form.pos |= VERB
            form.guessed = True

    @staticmethod
    def _guess_verb(form: Form, rest: str) -> tuple[Any, ...] | None:
        """The reading of an unknown form that has the shape of a verb: ويتجمهر, تجمهروا."""
        if len(rest) > 4 and rest[0] == "ي" and rest.endswith(("ون", "وا")):
            return (rest, "-", "present", "3", "m", "p", "either")
        if form.preposition == "س" or (form.conjunction and rest[0] in "يت" and len(rest) >= 4):
            return (rest, "-", "present", "3", "m" if rest[0] == "ي" else "f", "s", "either")
        if len(rest) > 4 and rest.endswith("وا"):
            return (rest, "-", "past", "3", "m", "p", "either")
        if len(rest) >= 5 and rest[0] == "ي" and not rest.endswith(("ه", "ا", "ي", "ين")):
            return (rest, "-", "present", "3", "m", "s", "either")
        return None

    def _read_names(self, form: Form) -> None:
        """Names of actors, places and sources that begin at this token, whatever clitic it carries."""
        found: dict[Any, None] = {}
        text = form.text
        variants = [canonical(text)]
        form.whole_name = canonical(text) in self._names
        if text[0] in "وف" and len(text) > 3:
            variants.append(canonical(text[1:]))
        for variant in list(variants):
            if variant.startswith("لل") and len(variant) > 4:
                variants.append(canonical("ال" + variant[2:]))
                variants.append(canonical(variant[1:]))
            elif variant[0] in "بلك" and len(variant) > 3:
                variants.append(canonical(variant[1:]))
        if len(form.stem) == _SHORTEST and form.stem != text and not form.article and not form.enclitic:
            variants.append(form.stem)  # وتل شهاب, بأم درمان
        for variant in variants:
            for entry in self._names.get(variant, ()):
                found.setdefault(entry)
        if len(text) == _SHORTEST + 1 and text[0] in "وبل" and not form.pos:  # وود بندة, بود مدني
            for entry in self._names.get(canonical(text[1:]), ()):
                if entry[0]:
                    found.setdefault(entry)
        if found:
            form.names = tuple(sorted(found, key=lambda e: -len(e[0])))
            form.sources = tuple(rest for rest, kind, _, _ in form.names if kind == "source" and rest)
            if not form.pos and not form.whole_name and form.stem == text:
                self._split_name(form)

    def _split_name(self, form: Form) -> None:
        """A form that is no word and holds a listed name behind clitics (وتعز، بصعدة) is split there."""
        text = form.text
        for conjunction in ("", text[0]) if text[0] in "وف" else ("",):
            rest = text[len(conjunction) :]
            for preposition in ("", rest[0]) if rest[0] in "بلك" else ("",):
                stem = rest[len(preposition) :]
                if stem != text and canonical(stem) in self._names:
                    form.conjunction, form.preposition, form.stem, form.bare = conjunction, preposition, stem, stem
                    return

    def _place_word(self, form: Form) -> str:
        if form.bare in self._place_kind or form.stem in self._place_kind:
            return "kind"
        if form.stem in self._place_named:
            return "named"
        if form.noun is not None and form.noun[2] == "d":  # ميناءي, حيي, جسري
            lemma = fold(str(form.noun[0]))
            return "kind" if lemma in self._place_kind else "named" if lemma in self._place_named else ""
        return ""

    def _read_cues(self, form: Form) -> None:
        cues: set[str] = set()
        for variant in {form.text, form.bare, form.stem}:
            cues.update(self._cues.get(variant, ()))
        form.place = self._place_word(form)
        articled = form.stem[2:] if form.stem.startswith("ال") else (form.text[1:] if form.text[0] == "و" and not form.conjunction else "")
        if len(articled) >= 3:  # المتحدث is held with its article; in ووفقا the first letter is a conjunction
            cues.update(cue for cue in self._cues.get(articled, ()) if cue.startswith(("voice.", "kind.")))
        relation = self.relations.get(form.bare) or self.relations.get(form.stem if not form.article else "")
        if relation:
            form.relation = relation
        if cues:
            form.cues = frozenset(cues)
        phrases: list[tuple[tuple[str, ...], str]] = []
        for variant in {form.text, form.bare}:
            phrases.extend(self._cue_phrases.get(variant, ()))
        if phrases:
            form.phrases = tuple(sorted(phrases, key=lambda e: -len(e[0])))


@cache
def lexicon() -> Lexicon:
    """The lexicon of this process."""
    return Lexicon()
