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
from marsad.knowledge.persons import figures, name_key, short_names
from marsad.release.name_places import Protected, protected
from marsad.release.name_runs import LONGEST, Run, runs
from marsad.release.name_signs import scores
from marsad.release.name_tokens import CLITICS, KUNYA, NASAB, NameTokens


class PersonName(NamedTuple):
    """A person's name in a text: `[start, end)` in characters, and whether the person is public."""

    start: int
    end: int
    public: bool


SURE: Final = -1.5
"""The logarithm of the odds from which a token is taken to be a name's."""
PERHAPS: Final = -3.0
"""… and from which it is, where it stands beside one that is."""
_TWO: Final = -4.5  # … of two together
_SECOND: Final = -4.0  # … behind one that is alone: few people are told by one name
_AGAIN: Final = -6.0  # … and from which a token is the name of the text that it is spelt as, though it is a word too
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

    def found(self) -> list[PersonName]:
        """All names of the text."""
        chosen = self._apart([*self._by_form(), *self._by_signs()])
        public = {run: self._public(run) for run in chosen}
        private = self._parts([run for run in chosen if public[run] is None])
        known = self._parts([held for held in public.values() if held is not None and held.last > held.first]) - private
        spans: list[PersonName] = []
        taken = [False] * len(self.forms)
        for run in chosen:
            held = public[run]
            alone = run.first == run.last and not run.forced
            if held is not None and alone and self._bare(run) in private:
                held = None  # المالكي, where another of that name is told
            elif held is None and alone and self._bare(run) in known:
                held = run
            kept = held or run
            taken[kept.first : kept.last + 1] = [True] * (kept.last - kept.first + 1)
            spans.append(self._span(kept, held is not None))
        return sorted(spans + self._again(taken, private))

    # -- runs of tokens

    def _by_form(self) -> list[Run]:
        """The runs that rules of form find, as far as the signs of their tokens go on beside them."""
        found = []
        for run in runs(self.tokens):
            if run.cue or max(self.odds[run.first : run.last + 1]) > _HARDLY:
                found.append(self._wider(run))
        return found

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
        return self.odds[i] > SURE or (two and self.odds[i] + self.odds[i + 1] > _TWO)

    def _wider(self, run: Run) -> Run:
        first, last = run.first, run.last
        while last + 1 < len(self.forms) and last - first < LONGEST and self._follows(last + 1, PERHAPS if last > first else _SECOND):
            last += 1
        while first and not run.cut and last - first < LONGEST and self._goes_with(first - 1, first - 1, PERHAPS):
            first -= 1
        while first < last and first not in (run.first, run.core) and self.known[first].article and not self.places.alone[first]:
            first += 1  # التونسي أنيس: an adjective of who is named
        cut = run.cut if first == run.first else self.tokens.cut(first) or 0
        core = max((k for k in range(run.core, last + 1) if k <= run.core or self.odds[k] > SURE), default=run.core)
        return run._replace(first=first, last=last, cut=cut, core=core)

    def _follows(self, j: int, least: float) -> bool:
        return self._goes_with(j, j - 1, least) and not self.tokens.cut(j)  # عادل للميس: to her, not of her name

    def _goes_with(self, j: int, left: int, least: float) -> bool:
        """Whether token `j` has the odds to be a name's, and nothing but a blank stands between tokens `left` and `left + 1`."""
        return self.odds[j] > least and self._is_letters(j) and not self._is_other(j) and self.tokens.beside(left, left + 1)

    def _is_other(self, j: int) -> bool:
        """Whether a token is a word that stands beside names and is none, whatever its signs say: على, الذي, a rank."""
        form, known = self.forms[j], self.known[j]
        if self.tokens.is_preposition(j):
            return True
        if form in self.tokens.given or form in self.tokens.family or form in NASAB or form in KUNYA:
            return False
        if known.pos & CLOSED or known.place or (known.verb is not None and known.verb[1] != "-"):
            return True
        clitics = known.preposition or known.conjunction or known.enclitic
        return known.noun is not None and bool(known.noun[1] in _BESIDE or clitics)

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
        titled = run.cue in ("private", "title", "naming", "age")
        body = not titled and run.first < run.last and self.forms[run.first] in self.tokens.cues["bodies"]
        return self.places.covers(run.first + body, run.last, titled)

    # -- who is public

    def _public(self, run: Run) -> Run | None:
        """The run as far as it names a public figure; None if it does not, or if it has more that is surely a name."""
        if run.forced:
            return None
        for first in range(run.first, run.last + 1):
            for last in range(run.last, first - 1, -1):
                if self._key(run, first, last) in figures() and not self._sure_beside(run, first, last):
                    return run._replace(first=first, last=last, cut=run.cut if first == run.first else 0)
        return run if self._key(run, run.first, run.last) in short_names() and run.cue != "naming" else None

    def _key(self, run: Run, first: int, last: int) -> str:
        return name_key([self.forms[first][run.cut if first == run.first else 0 :], *self.forms[first + 1 : last + 1]])

    def _sure_beside(self, run: Run, first: int, last: int) -> bool:
        """Whether the run has a name's token outside of tokens `first` to `last`."""
        return any(self.odds[k] > SURE for k in range(run.first, run.last + 1) if not first <= k <= last) or run.core > last

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
