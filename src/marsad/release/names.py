"""Where a text names persons, and whether each of them is public by office.

    >>> text = "اعتقلت الشرطة الشاب خالد أحمد العلي في حي الشيخ مقصود، وفق ما قال الرئيس بشار الأسد"
    >>> [(text[n.start:n.end], n.public) for n in names(text)]
    [('خالد أحمد العلي', False), ('بشار الأسد', True)]

A name is found in three ways, each of which finds what the others miss: by rules of form (`name_runs`: a title, kin, يدعى in front of it, an age behind
it, a list of the dead around it), by the weight of all signs of its tokens (`name_signs`), and by what the same text calls a name elsewhere. A place or a
body that is named after a person is no person: it stands in the construct of a word for one (حي، كتائب), or is an entry of the gazetteer or of the
list of actors, whole. Where it is not sure, a name is taken to be private: to leave out too much is the lesser error.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from marsad.arabic.compounds import SECOND
from marsad.knowledge.lexicon import CLOSED
from marsad.knowledge.persons import figure_openers, figures, name_key, short_names
from marsad.release.name_places import Protected, protected
from marsad.release.name_runs import LONGEST, Run, runs
from marsad.release.name_signs import scores
from marsad.release.name_tokens import CLITICS, KUNYA, NASAB, NameTokens


class PersonName(NamedTuple):
    """A person's name in a text: `[start, end)` in characters, and whether the person is public."""

    start: int
    end: int
    public: bool


SURE: Final = -2.0
"""The logarithm of the odds from which a token is taken to be a name's."""
PERHAPS: Final = -3.0
"""… and from which it is, where it stands beside one that is."""
_WORD: Final = 1.0  # … where it is a word as often
_TWO: Final = -4.5  # … of two together
_SECOND: Final = -4.0  # … behind one that is alone: few people are told by one name
_AGAIN: Final = -6.0  # … and from which a token is the name of the text that it is spelt as, though it is a word too
_TELLING: Final = ("titles", "private_titles", "naming", "kin", "harmed")  # words that stand before a name
_ENDS: Final = frozenset(("،", ",", ".", "؛", ")", "ان"))
_BESIDE: Final = frozenset(("title", "office", "time", "group"))  # classes of nouns
_HARDLY: Final = -4.0  # a name by its form alone, no title in front of it, is none below


def names(text: str) -> list[PersonName]:
    """The persons that `text` names, in order, none overlapping. A name that was told once is found wherever it comes again."""
    tokens = NameTokens(text)
    if not tokens.forms:
        return []
    places = protected(tokens.words, tokens.known)
    return _Names(tokens, places, scores(tokens, places)).found()


class _Names:
    def __init__(self, tokens: NameTokens, places: Protected, odds: list[float]) -> None:
        self.tokens, self.places, self.odds = tokens, places, odds
        self.forms, self.known, self.words, self.text = tokens.forms, tokens.known, tokens.words, tokens.text
        self.listed = self._listed()

    def found(self) -> list[PersonName]:
        """All names of the text."""
        chosen = self._apart([*self._by_form(), *self._by_signs()])
        public = {run: self._public(run) for run in chosen}
        private = self._parts([run for run in chosen if not public[run]])
        harmed = self._parts([run for run in chosen if run.forced])
        known = self._parts([part for parts in public.values() for part in parts if part.last > part.first]) - harmed
        spans: list[PersonName] = []
        taken = [False] * len(self.forms)
        for run in chosen:
            alone = run.first == run.last and not run.forced
            shown = public[run]
            if alone and shown and self._bare(shown[0]) in private - known:
                shown = []  # المالكي, where another of that name is told
            elif alone and not shown and self._bare(run) in known - private:
                shown = [run]
            for kept in shown or [run]:
                taken[kept.first : kept.last + 1] = [True] * (kept.last - kept.first + 1)
                spans.append(self._span(kept, bool(shown)))
        return sorted(spans + self._again(taken, private - known))

    # -- runs of tokens

    def _by_form(self) -> list[Run]:
        """The runs that rules of form find, as far as the signs of their tokens go on beside them."""
        return [self._wider(run) for run in runs(self.tokens) if run.cue or max(self.odds[run.first : run.last + 1]) > _HARDLY]

    def _by_signs(self) -> list[Run]:
        found: list[Run] = []
        for i in range(len(self.forms)):
            if self._opens(i) and not (found and i <= found[-1].last):
                found.append(self._wider(Run(i, i, self.tokens.cut(i) or 0, False, i, "")))
        return found

    def _opens(self, i: int) -> bool:
        """Whether token `i` is surely a name's, or it and the next are perhaps: two together are told more often than one alone."""
        if not self._is_letters(i) or self._is_other(i):
            return False
        two = i + 1 < len(self.forms) and min(self.odds[i], self.odds[i + 1]) > PERHAPS and self._follows(i + 1, PERHAPS)
        word = self.forms[i] in self.tokens.cues["words_first"] or self.forms[i] in self.tokens.cues["families"]
        sure = _WORD if word else SURE
        return self.odds[i] > sure or (two and self.odds[i] + self.odds[i + 1] > _TWO)

    def _wider(self, run: Run) -> Run:
        first, last = run.first, run.last
        while last + 1 < len(self.forms) and last - first < LONGEST and self._follows(last + 1, PERHAPS if last > first else _SECOND):
            last += 1
        if last == first and self._ends_with(run, last + 1):
            last += 1
        while first and not run.cut and last - first < LONGEST and self._goes_with(first - 1, first - 1, PERHAPS):
            first -= 1
        while first < last and first not in (run.first, run.core) and self.known[first].article and not self.places.alone[first]:
            first += 1  # التونسي أنيس: an adjective of who is named
        cut = run.cut if first == run.first else self.tokens.cut(first) or 0
        core = max((k for k in range(run.core, last + 1) if k <= run.core or self.odds[k] > SURE), default=run.core)
        return run._replace(first=first, last=last, cut=cut, core=core)

    def _ends_with(self, run: Run, j: int) -> bool:
        """Whether token `j`, whatever it looks like, is the second and last of a name that something tells: قال مختار إدان، مسؤول الشرطة."""
        if j + 1 >= len(self.forms) or not self._is_letters(j) or self.known[j].pos & CLOSED or not self.tokens.beside(j - 1, j):
            return False
        before = self.known[run.first - 1].verb if run.first else None
        told = run.cue in ("private", "title", "naming", "harmed") or (before is not None and before[1] == "speech")
        return told and self.forms[j + 1] in _ENDS and not self.known[j].article

    def _follows(self, j: int, least: float) -> bool:
        return self._goes_with(j, j - 1, least) and not self.tokens.cut(j)  # عادل للميس: to her, not of her name

    def _goes_with(self, j: int, left: int, least: float) -> bool:
        """Whether token `j` has the odds to be a name's, and nothing but a blank stands between tokens `left` and `left + 1`."""
        return self.odds[j] > least and self._is_letters(j) and not self._is_other(j) and self.tokens.beside(left, left + 1)

    def _is_other(self, j: int) -> bool:
        """Whether a token is a word that stands beside names and is none, whatever its signs say: على, الذي, a rank."""
        form, known = self.forms[j], self.known[j]
        if self.tokens.is_preposition(j) or form in self.tokens.cues["never"] or known.bare in self.tokens.cues["never"]:
            return True
        if form in self.tokens.given or form in self.tokens.family or form in NASAB or form in KUNYA or form in self.tokens.cues["families"]:
            return False
        if any(form in self.tokens.cues[cue] for cue in _TELLING):
            return True
        if known.pos & CLOSED or known.place:
            return True
        clitics = known.preposition or known.conjunction or known.enclitic
        noun = known.noun is not None and bool(known.noun[1] in _BESIDE or clitics)
        return self.odds[j] <= SURE and (noun or (known.verb is not None and known.verb[1] != "-"))

    def _is_letters(self, i: int) -> bool:
        return self.forms[i][0] >= "\u0620" and self.forms[i][0].isalpha()

    def _apart(self, found: list[Run]) -> list[Run]:
        """The runs, those that overlap as one, without those that are a place's or a body's name."""
        chosen: list[Run] = []
        for run in sorted(found):
            if chosen and run.first <= chosen[-1].last:
                held = chosen[-1]
                chosen[-1] = held._replace(
                    last=max(held.last, run.last), core=max(held.core, run.core), forced=held.forced or run.forced, cue=held.cue or run.cue
                )
            else:
                chosen.append(run)
        return [run for run in chosen if not self._is_no_person(run)]

    def _is_no_person(self, run: Run) -> bool:
        """Whether a run is a place's or a body's name, the word for the body in it or not (آل سعود)."""
        titled = run.cue in ("private", "title", "naming", "kin", "age")
        body = not titled and run.first < run.last and self.forms[run.first] in self.tokens.cues["bodies"]
        return self.places.covers(run.first + body, run.last, titled)

    # -- who is public

    def _public(self, run: Run) -> list[Run]:
        """What of the run names public figures; nothing if it does not, or if it has more that is a name: سعد المالكي is another than المالكي."""
        if run.forced:
            return []
        found = [run._replace(first=first, last=last, cut=cut, core=last) for first, last, cut in self.listed if first <= run.last and last >= run.first]
        for k in range(run.first, run.last + 1):
            if not any(part.first <= k <= part.last for part in found):
                short = next((short for last in range(run.last, k - 1, -1) if (short := self._short(run, k, last)) is not None), None)
                found += [] if short is None else [short]
        others = [k for k in range(run.first, run.last + 1) if not any(part.first <= k <= part.last for part in found)]
        return [] if any(self._is_more(run, k) for k in others) else sorted(found)

    def _listed(self) -> list[tuple[int, int, int]]:
        """Where whole names of public figures stand: first and last token, and letters of a clitic on the first."""
        found: list[tuple[int, int, int]] = []
        openers = figure_openers()
        for i, form in enumerate(self.forms):
            for clitic in ("", *CLITICS):
                most = openers.get(form[len(clitic) :], 0) if form.startswith(clitic) else 0
                for last in range(min(i + most, len(self.forms)) - 1, i - 1, -1) if most and not (found and i <= found[-1][1]) else ():
                    whole = all(self.tokens.beside(k, k + 1) or self.forms[k] == "-" or self.forms[k + 1] == "-" for k in range(i, last))
                    key = name_key([form[len(clitic) :], *(part for part in self.forms[i + 1 : last + 1] if part != "-")])
                    if whole and key in figures():
                        found.append((i, last, len(clitic)))
                        break
        return found

    def _short(self, run: Run, first: int, last: int) -> Run | None:
        """Tokens `first` to `last` as the name by which a public figure goes alone, a clitic before it or not."""
        for clitic in ("", *CLITICS):
            rest = self.forms[first][len(clitic) :]
            if self.forms[first].startswith(clitic) and len(rest) > 2 and name_key([rest, *self.forms[first + 1 : last + 1]]) in short_names():
                return None if run.cue == "naming" else run._replace(first=first, last=last, cut=len(clitic), core=last)
        return None

    def _is_more(self, run: Run, k: int) -> bool:
        """Whether token `k` of a run is surely a name's."""
        return self.odds[k] > SURE or (k <= run.core and not self.tokens.is_word(k) and self.tokens.is_name(k))

    # -- the same names again

    def _bare(self, run: Run) -> str:
        return self.forms[run.first][run.cut :]

    def _parts(self, chosen: list[Run]) -> set[str]:
        """The tokens of names by which a person may be called alone later on."""
        parts = set()
        for run in chosen:
            for k in range(run.first, run.last + 1):
                part = self.forms[k][run.cut if k == run.first else 0 :]
                if len(part) > 2 and part not in SECOND and part not in KUNYA and part not in NASAB and self._may_be_alone(run, k, part):
                    parts.add(part)
        return parts - self.tokens.cues["words_first"]

    def _may_be_alone(self, run: Run, k: int, part: str) -> bool:
        return run.first < k <= run.core or part in self.tokens.family or part in self.tokens.given or self.odds[k] > SURE or self.tokens.unknown(k)

    def _again(self, taken: list[bool], parts: set[str]) -> list[PersonName]:
        found = []
        for i in range(len(self.forms)):
            cut = None if taken[i] else self._repeats(i, parts)
            if cut is not None and not self.places.covers_again(i):
                found.append(self._span(Run(i, i, cut, False, i, ""), False))
        return found

    def _repeats(self, i: int, parts: set[str]) -> int | None:
        form, word = self.forms[i], self.tokens.is_word(i)
        if form in parts:
            return None if word and form not in self.tokens.family and self.odds[i] < _AGAIN else 0
        for clitic in CLITICS:
            if form.startswith(clitic) and form[len(clitic) :] in parts and not (word and self.odds[i] < _AGAIN):
                return len(clitic)
        return None

    def _span(self, run: Run, public: bool) -> PersonName:
        start = self.words.starts[run.first]
        for _ in range(run.cut):
            start += 1
            while start < self.words.ends[run.first] and not self.text[start].isalpha():
                start += 1
        return PersonName(start, self.words.ends[run.last], public)
