"""Labels: a name with a colon behind it (ناشطون: …), a name in brackets at the end of what it says (… (رويترز))."""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import COMPLEMENT, EVENT, FIGURE, NAME, NOUN, PREPOSITION, PUNCTUATION
from marsad.knowledge.wordlists import words
from marsad.reading.identity import identify
from marsad.reading.name_phrase import phrase_end
from marsad.reading.saying import Saying
from marsad.reading.speakers import DASHES, OPENING, QUOTES, can_speak, head_of
from marsad.reading.voices import Voice

_NO_LABELS: Final = words("openers.no_labels")
_NEWS_LABELS: Final = words("openers.news_labels")


class Labels(Saying):
    """The voices that a colon or brackets open."""

    __slots__ = ()

    def _colon(self, i: int) -> list[Voice]:
        """ناشطون: …; 05:30 الدفاع المدني: …; عاجل | X: …; … .. X: …"""
        forms, known = self.forms, self.known
        words = self.document.words
        if i + 1 < self.end and forms[i + 1].pos & FIGURE and i > self.begin and forms[i - 1].pos & FIGURE and words.starts[i + 1] == words.ends[i]:
            return []
        if any(v.opener >= self.begin and v.rule != "name and colon" for v in self.out):
            return []
        s = i - 1
        while (
            s >= self.begin
            and i - s < 16
            and not (
                forms[s].text in (".", "،", "|", "؛", ":", "!", "؟", "▪", "◾", "🔻", "•")
                and not (forms[s].text == "." and s > 0 and len(forms[s - 1].text) <= 2)
            )
        ):
            s -= 1
        s += 1
        while s < i and (forms[s].pos & FIGURE or forms[s].pos & PUNCTUATION and forms[s].text not in OPENING or forms[s].text in _NEWS_LABELS):
            s += 1
        dash = next((k for k in range(s + 1, i) if forms[k].text in DASHES), i)
        if dash < i and self._is_place(s, dash):
            s = dash + 1  # محافظة حماة – المرصد السوري: …, حلب - الدفاع المدني: …
        if s >= i or self._is_place(s, i):
            return []
        if forms[s].bare in _NO_LABELS and i == s + 1:
            return []
        if forms[s].text in OPENING:
            s += 1
        if (
            forms[s].pos & (PREPOSITION | COMPLEMENT)
            and not forms[s].pos & (NOUN | NAME)
            or forms[s].pos & EVENT
            and not forms[s].article
            and s not in known.actor_at
        ):
            return []
        last = phrase_end(known, s, i)
        origin = self._origin(last + 1, i) if last >= s else []
        if last < s or not (origin or self._only_addressees(last + 1, i)):
            return []
        head = forms[head_of(known, s, i)]
        signed = range(s + 1, next((k for k in range(s + 1, last + 1) if forms[k].text == "في"), last + 1))  # حصيلة القصف | في ناحية راجو: … is a title
        unsigned = "voice.carriers" in head.cues and not any(k in known.actor_at or "voice.source_nouns" in forms[k].cues for k in signed)
        if unsigned or not (can_speak(known, s, last, strict=True) or self._is_titled(s, last) or self._is_named_alone(s, last, i)):
            return [] if unsigned or not self._is_unknown(s, last) else origin
        actor = known.actor_at.get(s)
        if actor is not None and s in known.place_at and known.place_at[s].country in self.document.theatre:
            return []  # سوريا: … is the place of the news
        found = self._made(s, last, i, "the carrier of words" if origin else "name and colon")
        if dash < i and (found.kind in ("media", "outlet") or self._is_titled(s, last)):
            return origin  # مانيلا - أ.ف.ب: …, المنوفية - محمود العلي: … is who wrote it
        return [found, *origin]

    def _origin(self, k: int, colon: int) -> list[Voice]:
        """رويترز | عن ضابطين: …: whose words a medium carries."""
        if k + 1 >= colon or self.forms[k].text != "عن":
            return []
        last = phrase_end(self.known, k + 1, colon)
        if last <= k or not can_speak(self.known, k + 1, last, strict=True) or not self._only_addressees(last + 1, colon):
            return []
        return [self._made(k + 1, last, colon, "name and colon")]

    def _is_place(self, first: int, end: int) -> bool:
        """محافظة حلب: a word for a kind of place and its name; تل أبيب: a town that opens the sentence."""
        known = self.known
        town = known.place_at.get(first)
        if town is not None and first == self.begin and self.forms[end].text in DASHES and town.label != "country" and town.last + 1 == end:
            return True
        if self.forms[first].place != "kind" or first in known.actor_at:
            return False
        return any(k in known.place_at and known.place_at[k].last + 1 == end for k in (first, first + 1))

    def _is_titled(self, first: int, last: int) -> bool:
        """محمد العلي: …, أردوغان: …, who holds an office that the report tells."""
        return (last > first and bool(self.forms[first].pos & NAME)) or first in self.known.holders

    def _is_named_alone(self, first: int, last: int, colon: int) -> bool:
        """علييف: استعدنا المدينة; البرهان: «…»: one name that is no place's, and behind it a quotation or who says «we»."""
        if colon + 1 >= self.end or not self._is_unknown(first, last) or first in self.known.place_at:
            return False
        behind = self.forms[colon + 1]
        return behind.text in ('"', "«", "“") or (behind.verb is not None and behind.verb[3] == "1" and not behind.pos & (NOUN | NAME))

    def _is_unknown(self, first: int, last: int) -> bool:
        """Whether a phrase is one word that can only be somebody's name."""
        return first == last and self.forms[first].pos in (0, NAME) and not self.forms[first].cues and len(self.forms[first].text) > 2

    def _only_addressees(self, k: int, end: int) -> bool:
        """Whether all that stands between a speaker and the colon is to whom, when and where: «الصحة لرويترز:», «وزارة الصحة - غزة:»."""
        forms = self.forms
        while k < end:
            if self._is_addressee(k):
                k = max(self._past_addressee(k), k + 1)
            elif k in self.known.date_at:
                k = self.known.date_at[k] + 1
            elif forms[k].text in DASHES and k + 1 in self.known.place_at:
                k = self.known.place_at[k + 1].last + 1
            elif forms[k].text in QUOTES or forms[k].text in DASHES:
                k += 1
            elif forms[k].text in ("في", "عبر", "خلال") and k + 1 < end and "voice.carriers" in forms[k + 1].cues:
                k = self._past_carrier(k + 1)
            else:
                return forms[k].text == "("
        return True

    def _bracketed(self, i: int) -> list[Voice]:
        """… (مصادر الدفاع المدني), … (رويترز), … (الصحة), … (المفوضية، أمس) at the end of what they say."""
        close = next((n for n in range(i + 1, min(i + 8, self.end)) if self.forms[n].text == ")"), -1)
        if close < 0 or close + 2 < self.end or i - self.begin < 3:
            return []
        k = i + 1
        labelled = self.forms[k].text == "المصدر" and k + 1 < close and self.forms[k + 1].text == ":"
        k += 2 * labelled
        last = phrase_end(self.known, k, close)
        if last < k or not self._only_addressees(last + 1 + (self.forms[last + 1].text == "،"), close):
            return []
        kind = identify(self.known, k, last)[1]
        if kind == "media" or (kind == "monitor" and k in self.known.actor_at):  # (نادي الأسير)
            return [self._made(k, last, i, "according to")]
        told = self.forms[k].cues & {"voice.source_nouns"} and (labelled or not self.forms[k].article)
        body = kind in ("official", "monitor") and can_speak(self.known, k, last, strict=True)
        return [self._made(k, last, i, "according to")] if told or body else []
