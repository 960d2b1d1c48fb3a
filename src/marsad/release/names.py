"""Where a text names persons, and whether each of them is public by office.

    >>> text = "اعتقلت الشرطة الشاب خالد أحمد العلي في حي الشيخ مقصود، وفق ما قال الرئيس بشار الأسد"
    >>> [(text[n.start:n.end], n.public) for n in names(text)]
    [('خالد أحمد العلي', False), ('بشار الأسد', True)]

A name is known by its words (`words/names.tsv`), by what stands in front of it (a title, kin, يدعى), behind it (an age), or around it (a list of the
dead), all in `persons.toml`. A place or a body that is named after a person is no person: it stands in the construct of a word for one (حي، كتائب), or
is an entry of the gazetteer or of the list of actors, whole. Where it is not sure, a name is taken to be private: to leave out too much is the lesser
error. Arabic names: Beeston, Arabic Nomenclature; Auda, Period of Names, on ism, nasab, kunya, nisba.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from marsad.arabic.compounds import SECOND
from marsad.arabic.words import Words, tokenise
from marsad.knowledge import Form, Lexicon, lexicon
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, LATIN, NOUN, PUNCTUATION, VERB
from marsad.knowledge.persons import figures, name_key, name_words, short_names
from marsad.release.name_places import Protected, protected


class PersonName(NamedTuple):
    """A person's name in a text: `[start, end)` in characters, and whether the person is public."""

    start: int
    end: int
    public: bool


_LONGEST: Final = 7  # tokens of one name
_KUNYA: Final = frozenset(("ابو", "ابي", "ابا", "ام"))
_NASAB: Final = frozenset(("بن", "ابن", "بنت", "ولد", "ال", "دي", "فان", "فون", "اغ", "بو", "اوغلو"))
_CLITICS: Final = ("و", "ف", "ب", "ل", "ك", "ول", "وب", "فل")
_SEPARATORS: Final = frozenset("،,-–—•·*؛;/\\")


def names(text: str) -> list[PersonName]:
    """The persons that `text` names, in order, none overlapping. A name that was told once with a cue is found wherever it comes again."""
    return _Finder(text).found()


class _Run(NamedTuple):
    """Tokens `first` to `last` (included) that are a name; `cut`: letters of a clitic on the first; `forced`: private whoever else is called so;
    `core`: the last token that is a name for sure (what follows may be an adjective)."""

    first: int
    last: int
    cut: int
    forced: bool
    core: int


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Words = tokenise(text)
        self.forms: list[str] = self.words.forms
        self.lexicon: Lexicon = lexicon()
        self.known: list[Form] = self.lexicon.forms(self.forms)
        self.given, self.family, self.cues = name_words()
        self.places: Protected = protected(self.words, self.known)
        self.runs: dict[int, _Run] = {}

    def found(self) -> list[PersonName]:
        """All names of the text."""
        if not self.forms:
            return []
        for i in range(len(self.forms)):
            self._at(i)
        self._rolls()
        self._ages()
        chosen = self._apart()
        return self._with_repeats(chosen)

    # -- what a token can be

    def _cut(self, i: int) -> int | None:
        """Letters of the clitic before a given name; None where the token is none."""
        form = self.forms[i]
        if form in self.given:
            closed = self.known[i].pos & CLOSED and form != "علي" and form not in _NASAB  # الآن folds as آلان does
            return None if self._is_preposition(i) or closed else 0
        for clitic in _CLITICS:
            rest = form[len(clitic) :]
            if form.startswith(clitic) and len(rest) > 2 and rest in self.given and not self._is_word(i):
                return len(clitic)
        return None

    def _is_preposition(self, i: int) -> bool:
        """على folds as علي does; the last letter tells them apart, unless a given name stands in front of it."""
        if self.forms[i] != "علي" or not self.text[self.words.starts[i] : self.words.ends[i]].endswith("ى"):
            return False
        return not (i > 0 and self.forms[i - 1] in self.given and self._beside(i - 1, i) and self._goes_on(i + 1, i))

    def _is_word(self, i: int) -> bool:
        return bool(self.known[i].pos & (NOUN | ADJECTIVE | VERB | EVENT | CLOSED | FIGURE | PUNCTUATION | LATIN))

    def _unknown(self, i: int) -> bool:
        """A word that the vocabulary does not have: likely a name."""
        form, text = self.known[i], self.forms[i]
        if form.pos or text[0] < "\u0620" or form.article or form.place or form.cues or len(text) < 3 or text.endswith(("هما", "ها", "هم")):
            return False
        if text[0] == "م" and text[-1] == "ا" and len(text) > 4:
            return False  # an accusative participle: متأثرا
        if text[0] in "بلوفك" and len(text) > 3:
            rest = self.lexicon.form(text[1:])
            told = rest.noun or rest.adjective or rest.names or rest.nisba or rest.sources or rest.text in self.cues["bodies"]
            return not (told or rest.pos & CLOSED)  # لنازحي, بمايدوغوري
        return not form.names

    def _beside(self, i: int, j: int) -> bool:
        """Whether nothing but a blank stands between two tokens."""
        gap = self.text[self.words.ends[i] : self.words.starts[j]]
        return not gap.strip(" \u00a0\u200f\u200e\u202b\u202c\u2067\u2069") and len(gap) < 4

    def _goes_on(self, j: int, before: int) -> bool:
        """Whether token `j` can go on a name: a name's word, a word nobody knows, or an adjective of origin (المصري)."""
        if j >= len(self.forms) or not self._beside(before, j):
            return False
        form, known = self.forms[j], self.known[j]
        if form in self.given:
            return form != "علي" or not self._is_preposition(j)
        if form in self.family or form in _NASAB or form in _KUNYA or form in SECOND:
            return form != "ام" or self._opens_kunya(j)
        if form in self.cues["families"] or (known.article and known.stem in self.given and not known.preposition):
            return True
        if self._ends_name(j, before):
            return True
        if form.startswith("ال") and form.endswith("ي") and len(form) > 4:
            sure = self.forms[before] in SECOND or (self.forms[before] in self.given and self.forms[before] not in self.cues["words_first"])
            return sure or not known.pos & (NOUN | VERB | EVENT) or known.nisba != ""
        return self._unknown(j) or (form.startswith("ال") and not known.pos and not form.endswith("ه") and not known.cues)

    def _ends_name(self, j: int, before: int) -> bool:
        """A word that the vocabulary has, between a given name and a stop, is a family's: سلمان العودة، — and a dual of it is hardly one: مولان."""
        known = self.known[j]
        if self.forms[before] not in self.given or self.forms[before] in self.cues["words_first"]:
            return False
        if known.pos & CLOSED or known.person or known.enclitic or known.preposition or not known.pos & (NOUN | ADJECTIVE):
            return False
        if known.noun and known.noun[1] in ("person", "title", "office", "group", "time", "event", "placekind", "quantity"):
            return False
        dual = known.noun is not None and known.noun[2] == "d" and not known.article
        stop = j + 1 < len(self.forms) and bool(self.known[j + 1].pos & PUNCTUATION) and self.forms[j + 1] not in (".", ":")
        return dual or stop

    def _opens_kunya(self, i: int) -> bool:
        """أبو … is always a name's; أم … only before a name, for it is also «or» and «mother»."""
        form = self.forms[i]
        if form not in _KUNYA or i + 1 >= len(self.forms) or not self._beside(i, i + 1):
            return False
        follower = self.forms[i + 1]
        if form == "ام":
            return follower in self.given and follower not in self.cues["words_first"]
        return (not self.known[i + 1].pos & (FIGURE | PUNCTUATION | LATIN | CLOSED) and not self.known[i + 1].enclitic) or follower in self.given

    # -- a name that begins at a token

    def _at(self, i: int) -> None:
        before = self._cue(i)
        cut = self._cut(i)
        if cut is not None:
            run = self._run(i, cut, before)
            sure = before and self.forms[i] not in self.cues["never_first"]
            if run and (sure or self._enough(run)):
                self._keep(self._leftwards(run))
        elif self._opens_kunya(i) or (self._clitic_kunya(i)):
            run = self._run(i, 0 if self.forms[i] in _KUNYA else 1, before)
            if run:
                self._keep(run)
        elif before and before != "harmed" and self._can_open(i):
            run = self._run(i, 0, before)
            if run and any(self._is_name(k) for k in range(run.first, run.last + 1)):
                self._keep(run)
        elif before == "harmed" and self._unknown(i) and self._goes_on(i + 1, i) and (self._unknown(i + 1) or self._is_name(i + 1)):
            run = self._run(i, 0, before)
            if run:
                self._keep(run)
        elif i + 2 < len(self.forms) and self.forms[i + 1] in ("بن", "بنت") and self._nasab(i):
            run = self._run(i, 0, before)
            if run:
                self._keep(run)

    def _leftwards(self, run: _Run) -> _Run:
        """The run with a word before it that nobody knows: مودو عثمان, دون آرون."""
        first = run.first
        while first and not run.cut and self._unknown(first - 1) and self._beside(first - 1, first) and run.last - first < _LONGEST:
            if (
                self.forms[first - 1] in self.cues["rank_of"]
                or self.forms[first - 1].startswith(("ت", "ي", "است"))
                or self.forms[first - 1].endswith(("ت", "وا", "ون", "ين"))
            ):
                break  # more likely a verb or a plural that the vocabulary lacks
            first -= 1
        return run._replace(first=first)

    def _nasab(self, i: int) -> bool:
        return (
            self._beside(i, i + 1)
            and self._beside(i + 1, i + 2)
            and not self.known[i].pos & (CLOSED | VERB | PUNCTUATION | FIGURE)
            and not self.known[i].article
        )

    def _clitic_kunya(self, i: int) -> bool:
        form = self.forms[i]
        return len(form) == 4 and form[0] in "وفبلك" and form[1:] in ("ابو", "ابي", "ابا") and i + 1 < len(self.forms) and self._beside(i, i + 1)

    def _is_name(self, i: int) -> bool:
        return self.forms[i] in self.given or self.forms[i] in self.family or self._unknown(i) or self.forms[i] in _KUNYA

    def _can_open(self, i: int) -> bool:
        """Whether a word behind a title can be a name though no list has it: unknown, a family's, or a bare noun before a name (وردة خليل)."""
        known, form = self.known[i], self.forms[i]
        if known.pos & (CLOSED | VERB | FIGURE | PUNCTUATION | LATIN) and form not in self.family:
            return False
        if form in self.family:
            return not (known.nisba or (i + 1 < len(self.forms) and self._beside(i, i + 1) and self.forms[i + 1] in self.given | self.cues["families"]))
        if self._unknown(i):
            return True
        if form.startswith("ال"):
            return not (known.pos or known.place or known.cues or known.nisba)  # an articled word that nobody knows: العقيد المسماري
        return bool(known.pos & (NOUN | ADJECTIVE)) and i + 1 < len(self.forms) and self._beside(i, i + 1) and self._is_name(i + 1)

    def _cue(self, i: int) -> str:
        """What stands before token `i` and tells a name: "private", "title", "naming", "kin", "harmed", or nothing."""
        if not i or not self._beside(i - 1, i):
            return ""
        nearest = i
        for _ in range(2):  # الطفل الفلسطيني محمد, العقيد الركن تركي
            if i > 1 and self._beside(i - 2, i - 1) and (self._is_adjective(i - 1) or self.forms[i - 1] in self.cues["rank_of"]):
                i -= 1
        found = self._cue_at(i)
        return found if found in ("private", "title", "kin") or i == nearest else self._cue_at(nearest)

    def _is_adjective(self, i: int) -> bool:
        form, known = self.forms[i], self.known[i]
        return form.startswith("ال") and bool(known.nisba or form == "الحوثي" or (known.pos & ADJECTIVE and not known.pos & NOUN))

    def _cue_at(self, i: int) -> str:
        form, known = self.forms[i - 1], self.known[i - 1]
        bare = form[1:] if form[:1] in "وفبلك" and form[1:3] == "ال" else ("ال" + form[2:] if form.startswith("لل") else form)
        if bare in self.cues["private_titles"]:
            return "private"
        if bare in self.cues["titles"]:
            return "title"
        if form in self.cues["naming"]:
            return "naming"
        if self._is_kin(known, i):
            return "kin"
        return "harmed" if self._is_harm(i) else ""

    def _is_kin(self, known: Form, i: int) -> bool:
        stem = known.noun[0] if known.noun else known.stem
        if known.article or not known.noun:
            return False
        lemma = name_key([stem])
        named = (self._unknown(i) and not self.forms[i].startswith("و")) or self.forms[i] in self.given or self.forms[i] in self.family
        return lemma in self.cues["kin"] and (bool(known.enclitic) or named)

    def _is_harm(self, i: int) -> bool:
        """Whether a word of killing or taking stands up to three tokens before, and nothing between that leads into a place."""
        for j in range(i - 1, max(-1, i - 4), -1):
            known = self.known[j]
            if known.pos & PUNCTUATION or self.forms[j] in self.cues["into"] or known.preposition or known.place:
                return False
            if self.forms[j] in self.cues["harmed"] or known.bare in self.cues["harmed"]:
                return True
        return False

    def _run(self, i: int, cut: int, before: str) -> _Run | None:
        """The longest name from token `i`."""
        last = core = self._listed(i, cut)
        while last + 1 < len(self.forms) and last - i + 1 < _LONGEST and self._goes_on(last + 1, last):
            j = last + 1
            if self.forms[j].startswith("و") and self.forms[j] not in self.given and self.forms[j] not in self.family:
                break
            strong = (
                self.forms[j] in self.given
                or self.forms[j] in self.family
                or self.forms[j] in _NASAB
                or self.forms[j] in _KUNYA
                or self._unknown(j)
                or self.forms[j] in self.cues["families"]
            )
            last = j
            if strong or self.forms[j] in SECOND or self.forms[last - 1] in _NASAB or self.forms[last - 1] in _KUNYA:
                core = j
        if (
            (self.forms[last] in _KUNYA or self.forms[last] in _NASAB or self.forms[last] == "عبد")
            and last + 1 < len(self.forms)
            and self._beside(last, last + 1)
        ):
            following = self.known[last + 1]
            if not following.pos & (PUNCTUATION | FIGURE | CLOSED):
                last += 1
                core = last
                while self._goes_on(last + 1, last) and last - i + 1 < _LONGEST:
                    last += 1
                    core = last
        if last == i and self.forms[i] in _KUNYA:
            return None
        return _Run(i, last, cut, before == "private", core)

    def _listed(self, i: int, cut: int) -> int:
        """The last token of a public figure's name that begins at token `i`; `i` where none does."""
        for last in range(min(i + 5, len(self.forms) - 1), i, -1):
            if name_key([self.forms[i][cut:], *self.forms[i + 1 : last + 1]]) in figures() and all(self._beside(k, k + 1) for k in range(i, last)):
                return last
        return i

    def _enough(self, run: _Run) -> bool:
        """Whether a run without a cue is a name by its own words."""
        first = self.forms[run.first][run.cut :]
        common = first in self.cues["words_first"] or self._is_word(run.first)
        if run.last == run.first:
            return not common
        if not common:
            return True
        second = self.forms[run.first + 1]
        if second in _NASAB or second in _KUNYA or second in self.family or second in SECOND or first == "عبد":
            return True
        later = self.forms[run.first + 1 : run.last + 1]
        return name_key([first, *later]) in figures() or any(
            (form in self.given or form in self.family) and form not in self.cues["words_first"] and not self._is_word(run.first + 1 + k)
            for k, form in enumerate(later)
        )

    def _keep(self, run: _Run) -> None:
        held = self.runs.get(run.first)
        if held is None or held.last < run.last or run.forced:
            self.runs[run.first] = run._replace(forced=run.forced or bool(held and held.forced))

    # -- lists and ages

    def _rolls(self) -> None:
        """Names that stand in a list behind «أسماء الشهداء:»."""
        for i, form in enumerate(self.forms):
            if form != ":" or not any(self.forms[j] in self.cues["roll"] for j in range(max(0, i - 4), i)):
                continue
            j = i + 1
            while j < len(self.forms) and self.forms[j] not in (".", "؟", "!"):
                fresh = self.forms[j - 1] in _SEPARATORS or j == i + 1 or "\n" in self.text[self.words.ends[j - 1] : self.words.starts[j]]
                joined = self.forms[j].startswith("و") and len(self.forms[j]) > 3 and self._unknown(j)
                if (fresh or joined) and (self._can_open(j) or self.forms[j] in self.given):
                    run = self._run(j, int(joined and not fresh), "")
                    if run and any(self._is_name(k) for k in range(run.first, run.last + 1)):
                        self._keep(run)
                        j = run.last
                j += 1

    def _ages(self) -> None:
        """A name before an age: رنيم عودة (22 عاما), خالد العلي، 14 عاما, البالغ من العمر 14 عاما."""
        for i, known in enumerate(self.known):
            if not known.pos & FIGURE or i + 1 >= len(self.forms) or self.forms[i + 1] not in self.cues["ages"]:
                continue
            j = i - 1
            if j > 2 and self.forms[j] == "العمر" and self.forms[j - 1] == "من" and self.forms[j - 2].startswith("البالغ"):
                j -= 3
            elif j >= 0 and self.forms[j] in ("(", "،", ",", "-", "["):
                j -= 1
            else:
                continue
            last = j
            while j >= 0 and last - j < _LONGEST and self._in_age_name(j) and (j == last or self._beside(j, j + 1)):
                j -= 1
            if j < last and any(self._is_name(k) for k in range(j + 1, last + 1)):
                self._keep(_Run(j + 1, last, 0, True, last))

    def _in_age_name(self, j: int) -> bool:
        known, form = self.known[j], self.forms[j]
        if self._is_name(j) or self._cut(j) is not None or form in _NASAB or form in SECOND:
            return not self._is_preposition(j) if form == "علي" else True
        if known.pos & (VERB | EVENT | CLOSED | PUNCTUATION | FIGURE | LATIN) or known.preposition:
            return form in self.cues["families"]
        bare = known.bare
        if bare in self.cues["titles"] or bare in self.cues["private_titles"] or known.person or known.enclitic:
            return False
        return not form.startswith("ال") or form.endswith("ي")

    # -- who is left

    def _apart(self) -> list[_Run]:
        """The runs that overlap no earlier one and are no place's or body's name."""
        chosen: list[_Run] = []
        for first in sorted(self.runs):
            run = self.runs[first]
            if chosen and first <= chosen[-1].last:
                if run.last > chosen[-1].last:
                    chosen[-1] = chosen[-1]._replace(last=run.last, core=run.core, forced=chosen[-1].forced or run.forced)
                continue
            chosen.append(run)
        return [run for run in chosen if not self.places.covers(run.first, run.last, self._cue(run.first) in ("private", "title", "naming"))]

    def _public(self, run: _Run) -> _Run | None:
        """The run as far as it names a public figure; None if it does not."""
        if run.forced:
            return None
        table, short = figures(), short_names()
        for last in range(run.last, max(run.core, run.first) - 1, -1):
            tokens = [self.forms[run.first][run.cut :], *self.forms[run.first + 1 : last + 1]]
            if name_key(tokens) in table:
                return run._replace(last=last)
        tokens = [self.forms[run.first][run.cut :], *self.forms[run.first + 1 : run.last + 1]]
        return run if name_key(tokens) in short and self._cue(run.first) != "naming" else None

    def _with_repeats(self, chosen: list[_Run]) -> list[PersonName]:
        """The names as spans, and the parts of the private ones wherever else they stand."""
        found: list[PersonName] = []
        taken = [False] * len(self.forms)
        parts: set[str] = set()
        for run in chosen:
            public = self._public(run)
            held = public or run
            for k in range(held.first, held.last + 1):
                taken[k] = True
                if public is None:
                    part = self.forms[k][run.cut if k == run.first else 0 :]
                    if len(part) > 2 and part not in SECOND and (part in self.family or part in self.given or self._unknown(k)):
                        parts.add(part)
            found.append(self._span(held, public is not None))
        parts -= self.cues["words_first"]
        for i in range(len(self.forms)):
            if not taken[i] and (cut := self._repeats(i, parts)) is not None and not self.places.covers(i, i, False):
                found.append(self._span(_Run(i, i, cut, False, i), False))
        return sorted(found)

    def _repeats(self, i: int, parts: set[str]) -> int | None:
        form = self.forms[i]
        if form in parts:
            return None if self._is_word(i) and form not in self.family else 0
        for clitic in _CLITICS:
            if form.startswith(clitic) and form[len(clitic) :] in parts and not self._is_word(i):
                return len(clitic)
        return None

    def _span(self, run: _Run, public: bool) -> PersonName:
        start = self.words.starts[run.first]
        for _ in range(run.cut):
            start += 1
            while start < self.words.ends[run.first] and not self.text[start].isalpha():
                start += 1
        return PersonName(start, self.words.ends[run.last], public)
