"""The noun phrase that names a speaker: where it begins and ends, and whether it can speak at all.

A name is a head (وزير، مصدر، حركة، ناشطون), what stands in construct with it (قائد شرطة كركوك), its adjectives, the person who bears
the office (العميد أحمد المسماري), the place or body behind في، ب، من، ل، باسم, an apposition between commas. It ends where what is said
begins: at a verb, a complementiser, a day, a noun that can no longer belong to it (نفى الجيش | حدوث, أعلن ناشطون | مقتل), or the one who
is spoken to (قال مسؤول | لرويترز). Ryding, A Reference Grammar of Modern Standard Arabic, ch. 8 and 10.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import (
    ADJECTIVE,
    COMPLEMENT,
    EVENT,
    NAME,
    NOUN,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    RELATIVE,
    VERB,
    Form,
)
from marsad.knowledge.wordlists import values, words
from marsad.reading.forces import ORDINALS
from marsad.reading.name_belonging import FIELDS, PURPOSES, belongs, is_second_field
from marsad.reading.name_marks import NUMBERED, is_mark, of_mark
from marsad.reading.name_person import end_of_person, ends_name, is_given_name, is_last_name, is_name_of_titled, is_son, is_surname
from marsad.reading.party_names import KUNYA
from marsad.reading.places import DIRECTIONS
from marsad.reading.speakers import (
    BARE,
    CLOSING,
    MEDIA_HEADS,
    OPENING,
    OWN,
    QUANTIFIERS,
    RANKED,
    SPEAKING,
    STOPS,
    WORDS,
    Known,
    defined,
    head_of,
    is_person,
    is_title,
    name_like,
    nunated,
)
from marsad.reading.voices import IN_HIS_NAME

LONGEST: Final = 18
_TO: Final = ("ل", "لدي")
_BELONGING: Final = words("names.belonging")
_STAFF: Final[dict[str, tuple[str, ...]]] = values("names.staff_officers")
_HIMSELF: Final = words("names.himself")
_LED_BY: Final = words("names.led_by")
_IN_NAME_OF: Final = words("names.in_name_of")


def phrase_end(known: Known, first: int, end: int) -> int:
    """The last token of the name that begins at `first`, or -1 where no name can begin."""
    head = head_of(known, first, end)
    if head < 0:
        return -1
    return Phrase(known, head, min(end, first + LONGEST)).walk()


class Phrase:
    """A walk over the tokens of one name."""

    __slots__ = ("belonging", "construct", "definite", "end", "forms", "governor", "head", "j", "known", "person")

    def __init__(self, known: Known, head: int, end: int) -> None:
        self.known = known
        self.forms = known.forms
        self.head = head
        self.end = end
        self.belonging = False  # the last word was a participle that wants its preposition: تابعة ل
        form = self.forms[head]
        self.person = is_person(form) or (head not in known.ends and not form.pos & NOUN)
        self.land(head)

    def walk(self) -> int:
        """From the head onward, as long as each token belongs to the name."""
        while self.j + 1 < self.end and (self._step(self.j + 1) or self._take_person()):
            pass
        j = self.j
        while j > self.head and self.forms[j].text in OPENING and not self._closes(j):
            j -= 1
        return j

    def _take_person(self) -> bool:
        """Take the rest of a person's name in which the walk stopped, or which a title in it opens."""
        last = end_of_person(self)
        return last > self.j and self.take_number(last)

    def walked(self, head: int, end: int) -> int:
        """The last token of another name, which begins at `head`."""
        return Phrase(self.known, head, end).walk()

    def _closes(self, j: int) -> bool:
        return self.forms[j].text == '"' and any(self.forms[k].text == '"' for k in range(self.head, j))

    def land(self, k: int) -> None:
        """Token `k` now ends the name; a listed name is taken whole."""
        form = self.forms[k]
        self.governor = k
        titled = k == self.head and is_title(form) and k not in self.known.actor_at  # الشيخ عماد الدليمي, though a village is called الشيخ عماد
        last = k if titled else self.known.ends.get(k, k)
        self.j = min(last, self.end - 1)
        if self.j > k:
            self.definite, self.construct = True, False
            tail = self.forms[self.j]
            if not tail.article and tail.pos & NOUN and not tail.pos & NAME and tail.noun and tail.noun[1] in SPEAKING and k in self.known.actor_at:
                self.definite, self.construct = False, True  # قيادة شرطة | المحافظة
        else:
            named = not form.pos & (NOUN | ADJECTIVE) and not form.cues & WORDS and (form.pos != 0 or self.person)
            self.definite = form.bare not in QUANTIFIERS and (
                defined(form) or bool(form.enclitic and form.pos & NOUN and not form.pos & ADJECTIVE) or named or k in self.known.actor_at
            )
            self.construct = not self.definite and bool(form.pos & NOUN or form.pos == 0 or form.cues & WORDS or form.bare in QUANTIFIERS) and not nunated(form)
        self.belonging = False

    def _step(self, k: int) -> bool:
        """Whether token `k` belongs to the name; if so, it is taken."""
        forms, form = self.forms, self.forms[k]
        text = form.text
        if forms[self.j].bare in OWN and not is_mark(form):
            return False  # أبلغت إحداهن | المحكمة
        if is_last_name(self, k):
            return self.take_last(k)
        if k in self.known.date_at and forms[self.j].stem not in ("قناه", "صحيفه") and not (text == "عام" and self.construct and self.person):
            return False
        if is_mark(form):
            return of_mark(self, k)
        if form.stem in ORDINALS and self._follows_unit(k):
            return self.take_number(k)  # اللواء التاسع, الفرقة السادسة عشرة
        if text == "غير" and not self.definite and k + 1 < self.end and forms[k + 1].pos & ADJECTIVE:
            self.j, self.construct = k + 1, False
            return True
        if text in _HIMSELF:
            return self.take_last(k)
        if text in ("الذي", "التي") and k + 2 < self.end and forms[k + 1].text in _LED_BY:
            return self._take_noun(k + 2)
        if text in _IN_NAME_OF:
            return self._take_name_of(k)
        if text in IN_HIS_NAME:
            return self.take_number(k)  # المتحدث باسمها علي نظري
        if text in _STAFF and k - 1 == self.j and k + 1 < self.end and forms[k + 1].text in _STAFF[text] and self.person:
            return self.take_number(k + 1)  # العقيد أركان حرب أحمد سالم
        if form.conjunction and not form.whole_name:
            return self._coordinate(k)
        if ends_name(form):
            return False
        return self._word(k)

    def take_last(self, k: int) -> bool:
        self.j = k
        return True

    def take_number(self, k: int) -> bool:
        self.j, self.definite, self.construct = k, True, False
        return True

    def _word(self, k: int) -> bool:
        """The same of a word of any open class."""
        forms, form = self.forms, self.forms[k]
        if self._is_of_many(k):
            return False
        if self._is_written_as_name(k):
            return self.take_number(k)
        if k - 1 == self.j and forms[self.j].text == "بن" and form.pos in (0, NAME) and not form.conjunction:
            return self.take_number(k)  # حكومة بن | دغر
        if k - 1 == self.j and forms[self.j].stem in KUNYA and forms[self.j].pos & NAME and name_like(self.known, k):
            return self.take_number(k)  # المواطن أبو | عليا
        if form.stem in _BELONGING and defined(form) == self.definite and not form.preposition:
            return self._adjective(k)
        if form.pos in (0, NAME, NAME | ADJECTIVE) and form.preposition and not form.article and not form.names and self.person and forms[self.j].pos & NAME:
            return self.take_last(k)  # مصطفى بالي
        if self._is_preposition(k):
            return self._prepositional(k)
        if form.pos & VERB and not form.pos & (NOUN | ADJECTIVE | NAME) and k not in self.known.ends:
            return form.guessed and self.j == self.head and forms[k - 1].stem in MEDIA_HEADS and self._unknown(k)  # وكالة يونهاب
        if (k in self.known.actor_at or k in self.known.place_at) and not (form.pos & ADJECTIVE and self.known.ends[k] == k):
            return self._named(k)
        if self._is_office(form):
            return self._noun(k)
        if (form.pos & ADJECTIVE or form.nisba) and defined(form) == self.definite and not (form.pos & EVENT and not form.text.endswith(("ي", "يه"))):
            return self._adjective(k)
        if form.pos & NOUN or form.cues & WORDS:
            return self._noun(k) or (self._may_be_surname(form) and self._surname(k))
        if form.pos & ADJECTIVE:
            return self._surname(k)
        return self._unknown(k)

    def _is_written_as_name(self, k: int) -> bool:
        """Whether what could only be a verb is a surname by its letters: علي | حمية, with no pronoun, خالد | المحنا, who speaks of no «us»."""
        form = self.forms[k]
        if form.pos != VERB or form.verb is None or not self.person or not self.forms[self.j].pos & NAME or form.conjunction:
            return False
        closed = form.enclitic == "ه" and self.known.document.text(k, k).endswith("ة")
        return closed or (form.text.startswith("ال") and form.verb[3] == "1")

    def _is_office(self, form: Form) -> bool:
        """Whether a noun is an office or a group that belongs to the construct so far."""
        if not (form.pos & NOUN and form.noun is not None and form.noun[1] in ("office", "group") and self.construct):
            return False
        return not form.nisba and not defined(form) and not form.text.endswith("ي")

    @staticmethod
    def _may_be_surname(form: Form) -> bool:
        """Whether a noun is a given name too: رئيس الأركان | غازي | آيسنكوت."""
        body = form.noun is not None and form.noun[1] in ("time", "title", "office", "group", "speech")
        return bool(form.pos & NAME) and not (body or form.conjunction or form.cues & WORDS)

    def _surname(self, k: int) -> bool:
        """غازي آيسنكوت, العميد يحيى سريع: behind a name an adjective without the article is a name too."""
        form, last = self.forms[k], self.forms[self.j]
        if not (self.person and self.definite) or form.article:
            return False
        surname = form.pos == ADJECTIVE and not form.preposition and last.pos == NAME and not form.text.endswith(("ا", "ه", "ين", "ون", "ات"))
        return (surname or (k + 1 < self.end and name_like(self.known, k + 1))) and self.take(k) and self.take_number(k)

    def _follows_unit(self, k: int) -> bool:
        """Whether a unit stands right in front, or the first word of its number."""
        before = self.forms[k - 1]
        return k - 1 == self.j and (before.stem in NUMBERED or before.bare in NUMBERED or (before.stem in ORDINALS and k - 1 > self.head))

    # --- kinds of step

    def _adjective(self, k: int) -> bool:
        form = self.forms[k]
        if (
            form.pos & VERB
            and not form.article
            and form.verb is not None
            and "speech" in str(form.verb[1])
            and k + 1 < self.end
            and self.forms[k + 1].pos & COMPLEMENT
        ):
            return False
        self.j = k
        self.construct = form.text == "عام" and self.construct  # مدير عام الشرطة
        self.belonging = form.stem in _BELONGING
        if form.text.endswith("ا") and k in self.known.actor_at and not self.forms[k - 1].text.endswith("ا"):  # وزير خارجية تركيا: no accusative
            self.governor, self.definite = k, True
        return True

    def _is_of_many(self, k: int) -> bool:
        """Whether a word for several persons stands behind a body in the singular: اتهمت الحكومة | المتمردين."""
        form, before = self.forms[k], self.forms[k - 1]
        if (
            not form.text.endswith(("ين", "ون"))
            or k - 1 != self.j
            or not before.article
            or before.noun is None
            or before.noun[1] not in ("group", "office", "abstract")
            or before.noun[2] != "s"
        ):
            return False
        many = form.nisba or (form.noun is not None and form.noun[1] == "person" and form.noun[2] in ("p", "d"))
        return bool(many) and form.article

    def _noun(self, k: int) -> bool:
        form = self.forms[k]
        group = form.noun[1] if form.noun else ""
        before = self.forms[self.j]
        if form.pos & EVENT and not form.article and not form.person and (self.definite or not self.construct or before.stem in BARE):
            return False
        if self.definite:
            if is_surname(self, k) or is_name_of_titled(self, k):
                self.j = k
                return True
            if is_son(self, k):
                self.j = k + 1
                return True
            titled = group == "title" or (form.stem in RANKED and k + 1 < self.end and name_like(self.known, k + 1))
            if titled and (self.person or before.pos & NAME):
                self.land(k)
                self.definite, self.construct, self.person = True, False, True
                return True
            named = self.person and (not self.forms[self.head].pos & NOUN or self.forms[self.head].pos & NAME)
            if (
                named
                and not form.pos & EVENT
                and self.j == self.head
                and k + 1 < len(self.forms)
                and (self.forms[k + 1].text in ("،", ",") or self.forms[k + 1].pos & COMPLEMENT)
            ):
                self.j = k  # عدنان حزام، …
                return True
            bare = not before.pos & (NOUN | ADJECTIVE) or before.pos & NAME and before.preposition  # مصطفى بالي: no word with a clitic
            if bare and named and "voice.rank" in form.cues and not form.article and k + 1 < self.end:
                return not self.forms[k + 1].pos & (PUNCTUATION | COMPLEMENT) and self.take(k)
            return bool(form.article and form.person and self.person and k + 1 < self.end and name_like(self.known, k + 1)) and self.take(k)
        if not self.construct:
            return False
        if form.noun is not None and form.noun[4] == "accusative" and not form.text.endswith(("ين", "ات")):
            return False
        if group in ("masdar", "event", "abstract", "quantity", "time", "harm") and before.stem in BARE and not form.article:
            return False
        if form.enclitic and group in ("masdar", "event", "abstract", "harm", "quantity"):
            return False
        self.land(k)
        self.person = self.person or is_person(form)
        return True

    def take(self, k: int) -> bool:
        self.land(k)
        return True

    def _take_noun(self, k: int) -> bool:
        if self.forms[k].pos & (NOUN | NAME) or k in self.known.ends or not self.forms[k].pos:
            self.land(k)
            return True
        return False

    def _take_name_of(self, k: int) -> bool:
        """باسم X, برتبة X."""
        n = k + 1
        while n < self.end and self.forms[n].text in OPENING:
            n += 1
        if n >= self.end or self.forms[n].pos & (COMPLEMENT | PUNCTUATION):
            return False
        kept = self.person
        self.land(n)
        self._close(n > k + 1)
        self.person = kept
        return True

    def _close(self, marked: bool) -> None:
        """Take the mark that closes a name in quotation marks, if it stands in such: القيادي في «قسد» | محمود برخدان."""
        if marked and self.j + 1 < self.end and self.forms[self.j + 1].text in CLOSING:
            self.take_number(self.j + 1)

    def _named(self, k: int) -> bool:
        """A listed name: in construct with what stands before, or the bearer of an office."""
        form = self.forms[k]
        if self.definite and (
            not self.person
            or form.noun
            or not name_like(self.known, k)
            or (k in self.known.place_at and not is_given_name(self, k))
            or nunated(self.forms[self.head])
        ):
            return False
        if not self.definite and not self.construct:
            return False
        self.land(k)
        self.definite, self.construct = True, False
        return True

    def _unknown(self, k: int) -> bool:
        """A name, or a word that the vocabulary does not hold: part of the name of a person, or of a body that is not complete yet."""
        form = self.forms[k]
        if len(form.text) > 2 and form.text[0] in "لب" and form.names and not form.whole_name:
            return self._prepositional(k)
        if form.bare in STOPS or form.text in ("لنا", "لكم", "ان"):
            return False
        if self.known.outlet and form.text[0] == "ل" and (form.text[1:] in self.known.outlet or "ال" + form.text[2:] in self.known.outlet):
            return False
        name = bool(form.pos & NAME)
        if self.definite and not self.person:
            return bool(form.article and self.forms[self.j].article and not name and form.text.endswith(("ي", "يه"))) and self.take(k)
        if form.article and not name and form.text.endswith(("ات", "ون", "ين")) and not self.forms[self.j].pos & NOUN and not self.forms[self.head].pos & NOUN:
            return False
        if not self.definite and not self.construct and not name:
            return False
        if not name and form.pos == 0 and form.text.endswith("ا") and len(form.text) > 4 and not form.article and not self.person:
            return False
        self.land(k)
        return True

    def _coordinate(self, k: int) -> bool:
        """عسكرية وطبية; مصادر محلية وشهود عيان; دمشق وموسكو."""
        form, before = self.forms[k], self.forms[self.j]
        if form.conjunction != "و" or form.preposition:
            return False
        if form.pos & VERB and not form.pos & (NOUN | ADJECTIVE) and k not in self.known.ends:
            return False
        if is_second_field(self, k):
            self.j = k
            return True
        if self.person and k in self.known.place_at and self.governor in self.known.place_at and k not in self.known.actor_at:
            return self.take(k)  # محافظ كركوك | والسليمانية
        if self.person and self.governor in self.known.place_at and self.governor == self.j and form.article and form.stem in DIRECTIONS:
            return self.take(k)  # مفتي طرابلس | والشمال
        if form.pos & ADJECTIVE and (before.pos & ADJECTIVE or before.nisba) and defined(form) == self.definite:
            self.j = k
            return True
        if self.governor in self.known.place_at and form.place and form.enclitic in ("ها", "ه"):
            return self.take_last(k)  # المجلس العسكري في دمشق | وريفها
        head = self.forms[self.head]
        both = k in self.known.actor_at and self.head in self.known.actor_at
        person = (
            form.noun is not None
            and form.noun[1] in ("person", "group", "office", "speech")
            and head.noun is not None
            and head.noun[1] in ("person", "group", "office", "abstract")
        )
        ranks = "voice.rank" in form.cues and "voice.rank" in head.cues
        if (both or ranks or (person and form.article == head.article and ("voice.source_nouns" in form.cues or form.article))) and not (
            form.pos & EVENT and not form.article
        ):
            self.land(k)
            return True
        return False

    def _is_preposition(self, k: int) -> bool:
        form = self.forms[k]
        if form.text == "علي":
            return not self._is_ali(k)
        if form.text == "الي":
            return True  # إلى, which without its hamza is آلي too
        if form.text in _TO or (form.pos & PREPOSITION and not form.pos & (NOUN | NAME)):
            return not form.pos & ADJECTIVE  # مصدر قبلي
        if form.preposition == "ب" and not form.pos & (NOUN | NAME | VERB):
            return True
        return bool(form.preposition) and not form.whole_name and (not form.pos & VERB or form.stem in PURPOSES)  # لإدارة is a verb too

    def _is_ali(self, k: int) -> bool:
        """Whether علي is the given name: beside a name, and not in front of where it was said; in front of an unknown word where it is written with its dots."""
        behind = self.forms[k + 1] if k + 1 < self.end else None
        if behind is not None and not behind.cues.isdisjoint(("voice.channels", "voice.carriers")):
            return False  # قال غوتيريش | على تويتر
        if self.forms[self.j].pos & NAME or (behind is not None and behind.pos & NAME):
            return True
        written = self.known.document.text(k, k).endswith("ي")
        if behind is None or not (written and self.person) or behind.cues or behind.article or k + 1 in self.known.place_at:
            return False
        return not behind.pos or (behind.pos == VERB and self.known.document.text(k + 1, k + 1).endswith("ة"))

    def _prepositional(self, k: int) -> bool:
        """في وزارة، بمستشفى، من الحي، للجيش: where the speaker is at home; not whom he speaks to nor what he speaks of."""
        forms, form = self.forms, self.forms[k]
        glued = not (form.pos & PREPOSITION and not form.pos & (NOUN | NAME)) and form.text not in _TO and form.text != "علي"
        which = (form.preposition or form.text[0]) if glued else form.text
        target = k if glued else k + 1
        while target < self.end and forms[target].text in OPENING:
            target += 1
        if target >= self.end:
            return False
        to = forms[target]
        if (
            target in self.known.date_at
            or "voice.carriers" in to.cues
            or "voice.channels" in to.cues
            or to.pos & (COMPLEMENT | PRONOUN | RELATIVE)
            and not to.pos & NOUN
        ):
            return False
        if not belongs(self, which, target):
            return False
        kept = self.person
        self.land(target)
        if target in self.known.place_at:
            self.definite, self.construct = True, False  # كتائب القسام في لبنان | خمسة
        self._close(target > k + 1 - glued)
        if to.stem in PURPOSES or to.stem in FIELDS or to.bare in PURPOSES:
            self.definite, self.construct = defined(to), not defined(to)
        self.person = kept or (which == "ل" and "voice.carriers" in forms[self.head].cues and is_person(to))  # بيان للمتحدثة هيذر نويرت
        return True
