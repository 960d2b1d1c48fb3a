"""What the tokens of a text can be in a person's name: a given name, a family's, a word that nobody knows, a cue that a name follows."""

from __future__ import annotations

from typing import Final

from marsad.arabic.compounds import SECOND
from marsad.arabic.words import Words, tokenise
from marsad.knowledge import Form, Lexicon, lexicon
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, LATIN, NOUN, PUNCTUATION, VERB
from marsad.knowledge.persons import name_key, name_words

KUNYA: Final = frozenset(("ابو", "ابي", "ابا", "ام"))
NASAB: Final = frozenset(("بن", "ابن", "بنت", "ولد", "ال", "دي", "فان", "فون", "اغ", "بو", "اوغلو"))
CLITICS: Final = ("و", "ف", "ب", "ل", "ك", "ول", "وب", "فل")


class NameTokens:
    """The tokens of a text, asked one by one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Words = tokenise(text)
        self.forms: list[str] = self.words.forms
        self.lexicon: Lexicon = lexicon()
        self.known: list[Form] = self.lexicon.forms(self.forms)
        self.given, self.family, self.cues, self.more = name_words()
        self._cues: dict[int, str] = {}

    def cut(self, i: int) -> int | None:
        """Letters of the clitic before a given name; None where the token is none."""
        form = self.forms[i]
        if form in self.given:
            closed = self.known[i].pos & CLOSED and form != "علي" and form not in NASAB  # الآن folds as آلان does
            return None if self.is_preposition(i) or closed else 0
        for clitic in CLITICS:
            rest = form[len(clitic) :]
            if form.startswith(clitic) and len(rest) > 2 and rest in self.given and not self.is_word(i):
                return len(clitic)
        return None

    def is_preposition(self, i: int) -> bool:
        """على folds as علي does; the last letter tells them apart, unless a given name stands in front of it."""
        if self.forms[i] != "علي" or not self.text[self.words.starts[i] : self.words.ends[i]].endswith("ى"):
            return False
        return not (i > 0 and self.forms[i - 1] in self.given and self.beside(i - 1, i) and self.goes_on(i + 1, i))

    def is_word(self, i: int) -> bool:
        return bool(self.known[i].pos & (NOUN | ADJECTIVE | VERB | EVENT | CLOSED | FIGURE | PUNCTUATION | LATIN))

    def unknown(self, i: int) -> bool:
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

    def beside(self, i: int, j: int) -> bool:
        """Whether nothing but a blank stands between two tokens."""
        gap = self.text[self.words.ends[i] : self.words.starts[j]]
        return not gap.strip(" \u00a0\u200f\u200e\u202b\u202c\u2067\u2069") and len(gap) < 4

    def goes_on(self, j: int, before: int) -> bool:
        """Whether token `j` can go on a name: a name's word, a word nobody knows, or an adjective of origin (المصري)."""
        if j >= len(self.forms) or not self.beside(before, j):
            return False
        form, known = self.forms[j], self.known[j]
        if form in self.given:
            return form != "علي" or not self.is_preposition(j)
        if form in self.family or form in NASAB or form in KUNYA or form in SECOND:
            return form != "ام" or self.opens_kunya(j)
        if form in self.cues["families"] or (known.article and known.stem in self.given and not known.preposition):
            return True
        if self.ends_name(j, before):
            return True
        if form.startswith("ال") and form.endswith("ي") and len(form) > 4:
            sure = self.forms[before] in SECOND or (self.forms[before] in self.given and self.forms[before] not in self.cues["words_first"])
            return sure or not known.pos & (NOUN | VERB | EVENT) or known.nisba != ""
        return self.unknown(j) or (form.startswith("ال") and not known.pos and not form.endswith("ه") and not known.cues)

    def ends_name(self, j: int, before: int) -> bool:
        """A word that the vocabulary has, between a given name and a stop, is a family's: سلمان الوردة، — and a dual of it is hardly one: مولان."""
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

    def opens_kunya(self, i: int) -> bool:
        """أبو … is always a name's; أم … only before a name, for it is also «or» and «mother»."""
        form = self.forms[i]
        if form not in KUNYA or i + 1 >= len(self.forms) or not self.beside(i, i + 1):
            return False
        follower = self.forms[i + 1]
        if form == "ام":
            return follower in self.given and follower not in self.cues["words_first"]
        return (not self.known[i + 1].pos & (FIGURE | PUNCTUATION | LATIN | CLOSED) and not self.known[i + 1].enclitic) or follower in self.given

    def nasab(self, i: int) -> bool:
        """Whether a chain of fathers begins at token `i`: whatever stands before بن is a name."""
        if i + 2 >= len(self.forms) or self.forms[i + 1] not in ("بن", "بنت") or not (self.beside(i, i + 1) and self.beside(i + 1, i + 2)):
            return False
        return not self.known[i].pos & (CLOSED | VERB | PUNCTUATION | FIGURE) and not self.known[i].article

    def clitic_kunya(self, i: int) -> bool:
        form = self.forms[i]
        return len(form) == 4 and form[0] in "وفبلك" and form[1:] in ("ابو", "ابي", "ابا") and i + 1 < len(self.forms) and self.beside(i, i + 1)

    def is_name(self, i: int) -> bool:
        """Whether a token is a name's by itself."""
        form = self.forms[i]
        return form in self.given or form in self.family or self.unknown(i) or form in KUNYA or (form in self.more and not self.known[i].pos)

    def can_open(self, i: int) -> bool:
        """Whether a word behind a title can be a name though no list has it: unknown, a family's, or a bare noun before a name (نجمة خليل)."""
        known, form = self.known[i], self.forms[i]
        if known.pos & (CLOSED | VERB | FIGURE | PUNCTUATION | LATIN) and form not in self.family:
            return False
        if form in self.family:
            return not (known.nisba or (i + 1 < len(self.forms) and self.beside(i, i + 1) and self.forms[i + 1] in self.given | self.cues["families"]))
        if self.unknown(i) or (form in self.more and not known.pos):
            return True
        if form.startswith("ال"):
            return not (known.pos or known.place or known.cues or known.nisba)  # an articled word that nobody knows: العقيد المسماري
        return bool(known.pos & (NOUN | ADJECTIVE)) and i + 1 < len(self.forms) and self.beside(i, i + 1) and self.is_name(i + 1)

    def cue(self, i: int) -> str:
        """What stands before token `i` and tells a name: "private", "title", "naming", "kin", "harmed", or nothing."""
        if i not in self._cues:
            self._cues[i] = self._cue(i)
        return self._cues[i]

    def _cue(self, i: int) -> str:
        if not i or not self.beside(i - 1, i):
            return ""
        nearest = i
        for _ in range(2):  # الطفل الفلسطيني محمد, العقيد الركن تركي
            if i > 1 and self.beside(i - 2, i - 1) and (self.is_adjective(i - 1) or self.forms[i - 1] in self.cues["rank_of"]):
                i -= 1
        found = self.cue_at(i)
        return found if found in ("private", "title", "kin") or i == nearest else self.cue_at(nearest)

    def is_adjective(self, i: int) -> bool:
        form, known = self.forms[i], self.known[i]
        return form.startswith("ال") and bool(known.nisba or form == "الحوثي" or (known.pos & ADJECTIVE and not known.pos & NOUN))

    def cue_at(self, i: int) -> str:
        form, known = self.forms[i - 1], self.known[i - 1]
        bare = form[1:] if form[:1] in "وفبلك" and form[1:3] == "ال" else ("ال" + form[2:] if form.startswith("لل") else form)
        if bare in self.cues["private_titles"]:
            return "private"
        if bare in self.cues["titles"]:
            return "title"
        if form in self.cues["naming"]:
            return "naming"
        if self.is_kin(known, i):
            return "kin"
        return "harmed" if self.is_harm(i) else ""

    def is_kin(self, known: Form, i: int) -> bool:
        stem = known.noun[0] if known.noun else known.stem
        if known.article or not known.noun:
            return False
        lemma = name_key([stem])
        named = (self.unknown(i) and not self.forms[i].startswith("و")) or self.forms[i] in self.given or self.forms[i] in self.family
        return lemma in self.cues["kin"] and (bool(known.enclitic) or named)

    def is_harm(self, i: int) -> bool:
        """Whether a word of killing or taking stands up to three tokens before, and nothing between that leads into a place."""
        for j in range(i - 1, max(-1, i - 4), -1):
            known = self.known[j]
            if known.pos & PUNCTUATION or self.forms[j] in self.cues["into"] or known.preposition or known.place:
                return False
            if self.forms[j] in self.cues["harmed"] or known.bare in self.cues["harmed"]:
                return True
        return False

    def in_age_name(self, j: int) -> bool:
        known, form = self.known[j], self.forms[j]
        if self.is_name(j) or self.cut(j) is not None or form in NASAB or form in SECOND:
            return not self.is_preposition(j) if form == "علي" else True
        if known.pos & (VERB | EVENT | CLOSED | PUNCTUATION | FIGURE | LATIN) or known.preposition:
            return form in self.cues["families"]
        bare = known.bare
        if bare in self.cues["titles"] or bare in self.cues["private_titles"] or known.person or known.enclitic:
            return False
        return not form.startswith("ال") or form.endswith("ي")
