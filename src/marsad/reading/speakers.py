"""Who can speak: what the earlier steps know of a document's names, the head of a noun phrase, whether it can be a speaker at all.

A person, a body, a document, a listed party can; a day, a place, a weapon, a deed cannot. Where the name of a speaker ends is told in
`name_phrase.py`, who he is in `identity.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import Any, Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import (
    ADJECTIVE,
    ADVERB,
    CLOSED,
    COMPLEMENT,
    CONJUNCTION,
    DEMONSTRATIVE,
    EVENT,
    FIGURE,
    NAME,
    NEGATION,
    NOUN,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    RELATIVE,
    VERB,
    Form,
    Lexicon,
)
from marsad.knowledge.vocabulary import capitals
from marsad.knowledge.wordlists import words
from marsad.reading.document import PARTIES, Document, Mention
from marsad.reading.party_names import KUNYA
from marsad.reading.sections import section_country

OPENING: Final = frozenset('"«“(')
CLOSING: Final = frozenset('"»”)')
QUOTES: Final = OPENING | CLOSING
DASHES: Final = frozenset("-–—/|")
QUANTIFIERS: Final = words("speakers.quantifiers")
STOPS: Final = words("speakers.stops")
_MUTE: Final = words("speakers.mute")
OWN: Final = words("speakers.each_of")
INSTITUTIONS: Final = words("speakers.institutions")
MEDIA_HEADS: Final = words("speakers.media_heads")
BARE: Final = words("speakers.bare")
RANKED: Final = words("speakers.ranked")
_NEVER: Final = frozenset(
    ("time", "quantity", "placekind", "area", "event", "harm", "vehicle", "weapon", "building", "abstract", "military", "masdar", "goods", "document", "money")
)
SPEAKING: Final = frozenset(("person", "group", "office", "speech", "title"))
WORDS: Final = frozenset(
    ("voice.source_nouns", "voice.rank", "voice.carriers", "kind.media", "kind.local", "kind.official", "kind.party", "kind.monitor", "kind.witness")
)
SPEAKS: Final = frozenset(("voice.source_nouns", "voice.rank"))


@lru_cache(maxsize=256)
def watching_heads(outlet: str) -> frozenset[str]:
    """Of an outlet that watches over rights (مركز X للرصد الحقوقي) the words for what sort of body it is."""
    words = frozenset(fold(outlet).split())
    return words & _WATCH_HEADS if words & _WATCHES else frozenset()


_PARTIES: Final = PARTIES | {"group"}
_WATCHES: Final = words("speakers.watching")
_WATCH_HEADS: Final = words("speakers.watching_bodies")
_COMMON: Final = words("speakers.outlet_words")


class Known:
    """What the steps before have found in a document, by token: names, days, places; and the words of its outlet."""

    __slots__ = ("_bodies", "_home", "_starts", "actor_at", "date_at", "document", "ends", "forms", "holders", "named_at", "outlet", "place_at", "watches")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.forms = document.forms
        self.actor_at: dict[int, Mention] = {}
        self.ends: dict[int, int] = {}
        self.place_at: dict[int, Mention] = {}
        self.holders = {actor.first: actor for actor in document.actors if (actor.id or actor.holds) and actor.label == "named"}
        for place in document.places:
            self.place_at[place.first] = place
            self.ends[place.first] = place.last
        for actor in document.actors:
            if actor.id and actor.label != "named" and document.lexicon.actors[actor.id][2] not in ("civilians", "unidentified", "social"):
                self.actor_at[actor.first] = actor
                self.ends[actor.first] = max(self._closed(actor), self.ends.get(actor.first, 0))
        for i, form in enumerate(self.forms):
            if form.sources:
                for rest in form.sources:
                    last = fits(self.forms, i, rest, min(i + len(rest) + 2, len(self.forms) - 1))
                    if last:
                        closes = last + 1 < len(self.forms) and self.forms[last + 1].text in CLOSING and any(f.text in OPENING for f in self.forms[i:last])
                        self.ends[i] = max(self.ends.get(i, i), last + closes)
                        break
        self.named_at = {k: actor for actor in document.actors if actor.label == "named" for k in range(actor.first, actor.last + 1)}
        self.date_at = {date.first: date.last for date in document.dates}
        self.outlet = outlet_words(document.lexicon, document.report.outlet or "")
        self.watches = watching_heads(document.report.outlet or "")
        self._home: tuple[str | None] | None = None
        self._starts = sorted(self.actor_at)
        self._bodies: dict[str, list[tuple[int, int]]] = {}
        for start in self._starts:
            for k in (start, start - 1):
                if k >= 0 and (noun := self.forms[k].noun) is not None and self.forms[k].pos & NOUN:
                    self._bodies.setdefault(str(noun[0]), []).append((k, self.actor_at[start].last))

    def _closed(self, actor: Mention) -> int:
        """The last token of a party's name with the mark that closes it: غرفة عمليات "الفتح المبين"."""
        forms, behind = self.forms, actor.last + 1
        if behind >= len(forms) or forms[behind].text not in CLOSING:
            return actor.last
        opened = next((k for k in range(actor.last, actor.first, -1) if forms[k].text in QUOTES), -1)
        return behind if opened >= 0 and forms[opened].text in OPENING else actor.last

    def capital_at(self, token: int) -> str:
        """The country of the capital whose name is token `token`; empty for any other word and where a preposition clings to it."""
        place = self.place_at.get(token)
        if place is None or place.row < 0 or place.last != token or self.forms[token].preposition:
            return ""
        _, english, kind, country, *_ = self.document.lexicon.places[place.row]
        return country if kind == "settlement" and _capitals().get(country) == english else ""

    def home_state(self, token: int) -> str | None:
        """The state of the country in the heading that a token stands under, else the one that the report is about, where its places leave no doubt and no
        rival of that state is named."""
        told = section_country(self.document, token)
        if told:
            return None if self._has_rivals(told) else self.document.lexicon.state_actor(told, self.document.reference)
        if self._home is None:
            self._home = (self._find_home(),)
        return self._home[0]

    def _find_home(self) -> str | None:
        votes: dict[str, int] = {}
        for place in self.document.places:
            if place.country:
                votes[place.country] = votes.get(place.country, 0) + 1
        if not votes:
            return None
        top = max(votes, key=lambda c: votes[c])
        if votes[top] < 3 or votes[top] * 3 < sum(votes.values()) * 2 or self._has_rivals(top):
            return None
        return self.document.lexicon.state_actor(top, self.document.reference)

    def _has_rivals(self, country: str) -> bool:
        """Whether a party is named that has ministries, courts or an army of its own in a country."""
        lexicon = self.document.lexicon
        return any(lexicon.actors[m.id][3] == country for m in self.actor_at.values() if m.id in lexicon.rivals)

    def party_before(self, token: int) -> Mention | None:
        """The listed party that is named last before a token."""
        k = bisect_left(self._starts, token)
        return self.actor_at[self._starts[k - 1]] if k else None

    def party_meant(self, token: int) -> Mention | None:
        """The party that a pronoun points back to: the first of its sentence, which is mostly its subject, else the last before it."""
        sentence = self.document.sentence_of[token]
        begin = self.document.sentences[sentence].begin
        inside = [m for m in self.document.actors if begin <= m.first < token and m.label in _PARTIES]
        return min(inside, key=lambda m: m.first) if inside else self.party_before(token)

    def body_before(self, lemma: str, token: int) -> tuple[int, int] | None:
        """Of the listed parties whose name begins with a noun, or stands behind it, the last one before a token: الجهاز is جهاز مكافحة الإرهاب."""
        bodies = self._bodies.get(lemma, ())
        k = bisect_left(bodies, (token, 0))
        return bodies[k - 1] if k else None


@cache
def _capitals() -> dict[str, str]:
    return capitals()


def head_of(known: Known, first: int, end: int) -> int:
    """The token of the head noun of a phrase: past أحد، بعض، عدد من، ذات; -1 where no noun phrase begins."""
    forms = known.forms
    if first >= end:
        return -1
    form = forms[first]
    if first in known.actor_at and form.pos & NOUN:
        return first  # مجموعة العمل من أجل …, though مجموعة may only tell how many
    if form.pos & NOUN and not form.pos & COMPLEMENT and form.bare not in QUANTIFIERS and form.bare not in STOPS and first not in known.date_at:
        return first
    j = first
    while j < end and (forms[j].bare in QUANTIFIERS or (forms[j].pos & FIGURE and j + 1 < end and forms[j + 1].pos & NOUN)):
        if j + 1 < end and forms[j + 1].text in ("عشر", "عشره"):
            return -1
        if j + 1 >= end or (forms[j + 1].pos & PUNCTUATION and forms[j + 1].text not in OPENING):
            return j if not forms[j].pos & FIGURE else -1
        j += 1
        if forms[j].text == "من" and j + 1 < end:
            j += 1
        if forms[j].text in ("منهم", "منهن", "منها"):
            return j - 1
    if j >= end:
        return -1
    form = forms[j]
    if j > first and forms[j - 1].pos & FIGURE and not (form.noun is not None and form.noun[1] == "person" and form.noun[4] != "accusative"):
        return -1
    if form.bare in STOPS:
        return -1
    if form.bare in OWN or form.stem in OWN:
        return j
    if form.pos & (PUNCTUATION | FIGURE):
        return -1
    if form.pos & COMPLEMENT and not form.article or form.text in ("ان", "بان") or (form.text == "علي" and j + 1 < end and not forms[j + 1].pos & NAME):
        return -1
    if (
        form.pos & (RELATIVE | NEGATION | ADVERB | DEMONSTRATIVE | PARTICLE | PRONOUN | CONJUNCTION | PREPOSITION)
        and not form.pos & (NOUN | NAME)
        and not form.names
    ):
        return -1
    if form.pos & VERB and not form.pos & (NOUN | NAME | ADJECTIVE) and j not in known.ends and not guessed(form):
        return -1
    if j in known.date_at:
        return -1
    return j


def can_speak(known: Known, first: int, last: int, *, strict: bool) -> bool:
    """Whether a phrase can be a speaker: a person, a body, a document, a listed party; behind a weak verb nothing else."""
    forms = known.forms
    head = head_of(known, first, last + 1)
    if head < 0:
        return False
    form = forms[head]
    if form.bare in OWN or form.stem in OWN or form.bare in QUANTIFIERS:
        return True
    if head in known.actor_at or any(name[1] == "source" and fits(forms, head, name[0], last) for name in form.names):
        return True
    if (
        form.cues & SPEAKS
        or "kind.outlet" in form.cues
        or any(cue in ("voice.source_nouns", "kind.official", "kind.monitor", "kind.party") for _, cue in known.document.phrases.get(head, ()))
    ):
        return True
    if "voice.carriers" in form.cues and last > head:
        return True
    if form.stem in INSTITUTIONS and form.noun is not None and not form.enclitic and (form.article or last > head) and not form.preposition:
        return True
    if form.enclitic and form.noun is not None and form.noun[1] not in ("person", "group", "office"):
        return False
    if head in known.place_at and not (form.pos & NAME and last > known.place_at[head].last):  # مظلوم عبدي, though a village is called مظلوم
        return False
    if form.noun is None and any(cue.startswith("kind.") for cue in form.cues):
        return True
    if form.noun is not None:
        if form.noun[1] in SPEAKING:
            if form.stem in _MUTE or first == head and form.enclitic not in ("", "نا") and not any(cue.startswith("kind.") for cue in form.cues):
                return False
            return not (form.noun[1] == "speech" and strict)
        if any(cue.startswith("kind.") for cue in form.cues):
            return True
    if (form.pos & EVENT or (form.noun is not None and form.noun[1] in _NEVER)) and not _is_named(forms, head, last):
        return False
    if first != head and form.pos == 0:
        return True  # أحد
    if form.nisba and (form.article or form.text.endswith(("ون", "ين"))):
        return True
    if strict:
        return bool(form.pos & NAME) and last > first
    return form.pos & NAME != 0 or guessed(form) or (form.pos == 0 and not form.cues and (len(form.text) > 2 or (last > head and forms[head + 1].text == ".")))


def _is_named(forms: list[Form], head: int, last: int) -> bool:
    """Whether a noun is a given name here, with more of the name behind it: غازي حمد, أمل صالح."""
    if last == head or not forms[head].pos & NAME:
        return False
    behind = forms[head + 1].pos
    return behind == 0 or bool(behind & NAME and not behind & PREPOSITION)


@cache
def _bare(lemma: str) -> str:
    return fold(lemma)


def verb_lemma(verb: tuple[Any, ...]) -> str:
    """The folded lemma of a verb's reading."""
    return _bare(verb[0])


def defined(form: Form) -> bool:
    """A word with the article, also one that the vocabulary holds with it: العقيد, اليمني; الشيخ, which is a name too."""
    title = form.noun is not None and form.noun[1] == "title"
    return form.article or (form.bare.startswith("ال") and len(form.bare) > 4 and bool(not form.pos & NAME or form.nisba or title))


def guessed(form: Form) -> bool:
    """An unknown word that only looks like a verb: ياكوبو."""
    return form.guessed and form.verb is not None and not form.conjunction and not form.preposition


def is_person(form: Form) -> bool:
    """A noun for a person, or a rank."""
    return (
        bool(form.noun is not None and (form.noun[1] == "title" or (form.noun[1] == "person" and not form.pos & NAME)))
        or "voice.rank" in form.cues
        or form.stem in RANKED
        and not form.pos & VERB
    )


def is_title(form: Form) -> bool:
    return (form.noun is not None and form.noun[1] == "title") or form.stem in RANKED


def name_like(known: Known, k: int) -> bool:
    """A token that can be part of a person's name."""
    form = known.forms[k]
    if form.pos & NAME:
        return True
    if k and known.forms[k - 1].stem in KUNYA and not form.article and not form.pos & (CLOSED | PUNCTUATION | FIGURE):
        return True  # أبو زرعة, whatever زرعة may mean
    if form.pos == 0 and not form.cues and not form.text.startswith(("لل", "بال", "وال")) and form.text not in ("لنا", "قايلا", "ان"):
        return not form.conjunction
    return bool(form.names) and not form.pos & (VERB | PREPOSITION | NOUN) and not form.conjunction


def nunated(form: Form) -> bool:
    """A noun that stands in no construct: ناشطون, مصدران, بيانا; سكان القرية, شؤون اللاجئين do."""
    if form.noun is None:
        return False
    number, one = form.noun[2], fold(str(form.noun[0]))
    dual = number == "d" and form.text.endswith(("ان", "ين"))
    sound = number == "p" and form.text.endswith(("ون", "ين")) and form.stem[:-2] in (one, one[:-1])
    return dual or sound or form.noun[4] == "accusative"


def fits(forms: list[Form], k: int, rest: tuple[str, ...], last: int) -> int:
    """The last token of a name if the tokens behind `k` are those of it, quotation marks passed over; else 0."""
    j = k
    for token in rest:
        j += 1
        while j <= last and (forms[j].text in QUOTES or (forms[j].text == "." and len(forms[j - 1].text) == 1)):  # أ.ف.ب
            j += 1
        if j > last or forms[j].text != token:
            return 0
    return max(j, 1)


@lru_cache(maxsize=256)
def outlet_words(lexicon: Lexicon, outlet: str) -> frozenset[str]:
    """The words of the outlet's name that tell it from others; an outlet given by its Latin name is looked up among the sources."""
    if outlet.isascii():
        bare = outlet.lower().replace(" ", "").replace("-", "")
        for id_, (english, arabic, _, _) in lexicon.sources.items():
            plain = english.lower().replace(" ", "").replace("-", "")
            if bare and (bare == id_ or bare == plain or (len(bare) > 5 and (plain.startswith(bare) or bare.startswith(plain)))):
                outlet = arabic
                break
    kept = "".join(c if c.isalnum() or c.isspace() else " " for c in fold(outlet))
    return frozenset(kept.split()) - _COMMON
