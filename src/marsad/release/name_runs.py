"""Persons' names by rules of form: what stands in front of them (a title, kin, يدعى), behind them (an age), around them (a list of the dead).

A rule gives runs of tokens, which may overlap; `names` chooses among them. Arabic names: Beeston, Arabic Nomenclature; Auda, Period of Names, on ism,
nasab, kunya, nisba.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from marsad.arabic.compounds import SECOND
from marsad.knowledge.lexicon import CLOSED, FIGURE, PUNCTUATION
from marsad.knowledge.persons import figures, name_key
from marsad.release.name_tokens import KUNYA, NASAB, NameTokens

LONGEST: Final = 7
"""Tokens of one name."""
_SEPARATORS: Final = frozenset("،,-–—•·*؛;/\\")


class Run(NamedTuple):
    """Tokens `first` to `last` (included) that are a name; `cut`: letters of a clitic on the first; `forced`: private whoever else is called so;
    `core`: the last token that is a name for sure (what follows may be an adjective); `cue`: what tells it, empty where its words alone do."""

    first: int
    last: int
    cut: int
    forced: bool
    core: int
    cue: str


def runs(tokens: NameTokens) -> list[Run]:
    """The runs of tokens that are names by their form, in order of their first tokens."""
    return _Finder(tokens).found()


class _Finder:
    def __init__(self, tokens: NameTokens) -> None:
        self.tokens = tokens
        self.text, self.words, self.forms, self.known = tokens.text, tokens.words, tokens.forms, tokens.known
        self.given, self.family, self.cues = tokens.given, tokens.family, tokens.cues
        self.kept: dict[int, Run] = {}

    def found(self) -> list[Run]:
        """All runs, the longest from each token."""
        for i in range(len(self.forms)):
            self._at(i)
        self._rolls()
        self._ages()
        return [self.kept[first] for first in sorted(self.kept)]

    def _at(self, i: int) -> None:
        before = self.tokens.cue(i)
        cut = self.tokens.cut(i)
        if cut is not None:
            run = self._run(i, cut, before)
            if run and ((before and self.forms[i] not in self.cues["never_first"]) or self._enough(run)):
                self._keep(self._leftwards(run))
        elif self.tokens.opens_kunya(i) or self.tokens.clitic_kunya(i):
            self._keep(self._run(i, 0 if self.forms[i] in KUNYA else 1, before or "kunya"))
        elif before and before != "harmed" and self.tokens.can_open(i):
            self._keep_named(self._run(i, 0, before))
        elif (before == "harmed" and self._two_unknown(i)) or self.tokens.nasab(i):
            self._keep(self._run(i, 0, before))

    def _two_unknown(self, i: int) -> bool:
        """Behind a word of killing or taking: واعتقلت الشرطة كيفان تاروك."""
        return self.tokens.unknown(i) and self.tokens.goes_on(i + 1, i) and (self.tokens.unknown(i + 1) or self.tokens.is_name(i + 1))

    def _leftwards(self, run: Run) -> Run:
        """The run with a word before it that nobody knows: بودو عثمان, ريتو آرون."""
        first = run.first
        while first and not run.cut and self.tokens.unknown(first - 1) and self.tokens.beside(first - 1, first) and run.last - first < LONGEST:
            form = self.forms[first - 1]
            if form in self.cues["rank_of"] or form.startswith(("ت", "ي", "است")) or form.endswith(("ت", "وا", "ون", "ين")):
                break  # more likely a verb or a plural that the vocabulary lacks
            first -= 1
        return run._replace(first=first)

    def _run(self, i: int, cut: int, before: str) -> Run | None:
        """The longest name from token `i`; None for a kunya's أبو alone."""
        last = core = self._listed(i, cut)
        while last - i + 1 < LONGEST and self.tokens.goes_on(last + 1, last):
            form = self.forms[last + 1]
            if form.startswith("و") and form not in self.given and form not in self.family:
                break
            last += 1
            if self._sure(last) or self._wants_more(last - 1):
                core = last
        more = self._wants_more(last) and last + 1 < len(self.forms) and self.tokens.beside(last, last + 1)
        if more and not self.known[last + 1].pos & (PUNCTUATION | FIGURE | CLOSED):
            last += 1
            while last - i + 1 < LONGEST and self.tokens.goes_on(last + 1, last):
                last += 1
            core = last
        return None if last == i and self.forms[i] in KUNYA else Run(i, last, cut, before == "private", core, before)

    def _sure(self, j: int) -> bool:
        """Whether token `j` belongs to the name before it, and is no adjective of the sentence."""
        form = self.forms[j]
        return (
            form in self.given
            or form in self.family
            or form in NASAB
            or form in KUNYA
            or form in SECOND
            or form in self.cues["families"]
            or self.tokens.unknown(j)
        )

    def _wants_more(self, j: int) -> bool:
        return self.forms[j] in KUNYA or self.forms[j] in NASAB or self.forms[j] == "عبد"

    def _listed(self, i: int, cut: int) -> int:
        """The last token of a public figure's name that begins at token `i`; `i` where none does."""
        for last in range(min(i + 5, len(self.forms) - 1), i, -1):
            if name_key([self.forms[i][cut:], *self.forms[i + 1 : last + 1]]) in figures() and all(self.tokens.beside(k, k + 1) for k in range(i, last)):
                return last
        return i

    def _enough(self, run: Run) -> bool:
        """Whether a run without a cue is a name by its own words."""
        first = self.forms[run.first][run.cut :]
        common = first in self.cues["words_first"] or self.tokens.is_word(run.first)
        if run.last == run.first:
            return not common
        if not common:
            return True
        second = self.forms[run.first + 1]
        if second in NASAB or second in KUNYA or second in self.family or second in SECOND or first == "عبد":
            return True
        later = self.forms[run.first + 1 : run.last + 1]
        return name_key([first, *later]) in figures() or any(
            (form in self.given or form in self.family) and form not in self.cues["words_first"] and not self.tokens.is_word(run.first + 1 + k)
            for k, form in enumerate(later)
        )

    def _keep(self, run: Run | None) -> None:
        if run is None:
            return
        held = self.kept.get(run.first)
        if held is None or held.last < run.last or run.forced:
            self.kept[run.first] = run._replace(forced=run.forced or bool(held and held.forced))

    def _keep_named(self, run: Run | None) -> bool:
        """Keep a run that has a word which can be a name's; says whether it did."""
        named = run is not None and any(self.tokens.is_name(k) for k in range(run.first, run.last + 1))
        self._keep(run if named else None)
        return named

    def _rolls(self) -> None:
        """Names that stand in a list behind «أسماء الشهداء:»."""
        for i, form in enumerate(self.forms):
            if form != ":" or not any(self.forms[j] in self.cues["roll"] for j in range(max(0, i - 4), i)):
                continue
            j = i + 1
            while j < len(self.forms) and self.forms[j] not in (".", "؟", "!"):
                fresh = self.forms[j - 1] in _SEPARATORS or j == i + 1 or "\n" in self.text[self.words.ends[j - 1] : self.words.starts[j]]
                joined = self.forms[j].startswith("و") and len(self.forms[j]) > 3 and self.tokens.unknown(j)
                if (fresh or joined) and (self.tokens.can_open(j) or self.forms[j] in self.given):
                    run = self._run(j, int(joined and not fresh), "roll")
                    if run and self._keep_named(self._to_separator(run)):
                        j = run.last
                j += 1

    def _to_separator(self, run: Run) -> Run:
        """The run of a list with what stands between it and the next separator, be it a word or not: فادي وهبة - نوار كنعان."""
        for last in range(run.last, min(run.last + 3, len(self.forms) - 1)):
            if self.forms[last + 1] in _SEPARATORS or self.forms[last + 1] == ".":
                return run._replace(last=last, core=last)
            if not self.tokens.beside(last, last + 1) or self.known[last + 1].pos & (CLOSED | FIGURE | PUNCTUATION):
                break
        return run

    def _ages(self) -> None:
        """A name before an age: لميس بركات (22 عاما), خالد العلي، 14 عاما, البالغ من العمر 14 عاما."""
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
            while j >= 0 and last - j < LONGEST and self.tokens.in_age_name(j) and (j == last or self.tokens.beside(j, j + 1)):
                j -= 1
            if j < last and any(self.tokens.is_name(k) for k in range(j + 1, last + 1)):
                self._keep(Run(j + 1, last, 0, True, last, "age"))
