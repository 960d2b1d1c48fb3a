"""Which tokens of a text name a place or a body that may be called after a person.

حي الشيخ مقصود, كتائب عبد الله عزام and أبو كمال are no persons; منزل أحمد العلي is a person's house, and قائد الكتيبة أحمد العلي a person, because
الكتيبة has the article and so is not in the construct.
"""

from __future__ import annotations

from typing import NamedTuple

from marsad.arabic.words import Words
from marsad.knowledge import Form
from marsad.knowledge.lexicon import CLOSED, FIGURE, PUNCTUATION
from marsad.knowledge.persons import name_words


class Protected(NamedTuple):
    """`named[i]`: the last token of the longest listed place or body that begins at token `i`, -1 if none does, with whether it counts without a word
    for its kind (`alone`), and whether it is a body, or a place that the word before leads into (`led`); `after`: tokens that a word for a place or body
    governs."""

    named: list[int]
    alone: list[bool]
    led: list[bool]
    after: frozenset[int]

    def covers(self, first: int, last: int, titled: bool) -> bool:
        """Whether the name from token `first` to `last` is a place's or a body's. `titled`: a person's title stands in front of it."""
        if first in self.after:
            return True
        if any(self.named[k] >= last for k in range(max(0, first - 5), first)):
            return True  # the listed name begins before the person's: الشيخ زويد, though الشيخ is a title too
        return not titled and self.named[first] >= last and (self.named[first] > first or self.alone[first])

    def covers_again(self, i: int) -> bool:
        """Whether token `i`, which is a person's name elsewhere in the text, is a place's or a body's here."""
        longer = any(self.named[k] >= i for k in range(max(0, i - 5), i)) or self.named[i] > i
        return i in self.after or longer or (self.named[i] == i and self.led[i])


def protected(words: Words, known: list[Form]) -> Protected:
    """What of `words` is called after persons and is none."""
    cues = name_words().cues
    named, alone, led = _listed(words, known, cues["into"])
    return Protected(named, alone, led, frozenset(_governed(words, known, cues)))


def _listed(words: Words, known: list[Form], into: frozenset[str]) -> tuple[list[int], list[bool], list[bool]]:
    forms = words.forms
    named, alone, led = [-1] * len(forms), [False] * len(forms), [False] * len(forms)
    given = name_words().given | name_words().family
    for i, form in enumerate(known):
        for rest, kind, _, _ in form.names:
            last = i + len(rest)
            if last < len(forms) and last > named[i] and _same(forms[i + 1 : last + 1], rest):
                longer = last + 1 < len(forms) and forms[last + 1] in given and words.text[words.ends[last] : words.starts[last + 1]].strip(" ") == ""
                if longer:
                    continue  # صلاح الدين أحمد is a person, though صلاح الدين is a governorate
                named[i] = last
                before = forms[i - 1] if i else ""
                led[i] = kind == "actor" or before in into or form.preposition != ""
                alone[i] = led[i] or forms[i] not in given
    return named, alone, led


def _same(tokens: list[str], rest: tuple[str, ...]) -> bool:
    return all(a == b or (b and a == "ال" + b) for a, b in zip(tokens, rest, strict=True))


def _governed(words: Words, known: list[Form], cues: dict[str, frozenset[str]]) -> list[int]:
    """The tokens that stand right behind a word for a place or a body in the construct, a title of honour between them or not."""
    found: list[int] = []
    several = False
    for i in range(len(known) - 1):
        if not _close(words, i):
            continue
        governs = _governs(known[i], cues)
        if governs:
            several = _bare(known[i]) in cues["several"]
        elif several and words.forms[i + 1].startswith("و") and not known[i].pos & (PUNCTUATION | CLOSED | FIGURE):
            found.append(i + 1)
            continue
        if not governs:
            continue
        j = i + 1
        found.append(j)
        while j + 1 < len(known) and words.forms[j] in cues["honours"] and _close(words, j):
            j += 1
            found.append(j)
    return found


def _bare(form: Form) -> str:
    return form.text[len(form.conjunction) + len(form.preposition) :]


def _governs(form: Form, cues: dict[str, frozenset[str]]) -> bool:
    if form.article or form.enclitic:
        return False
    options = {form.text, _bare(form)}
    if options & cues["homes"]:
        return False
    return bool(options & cues["bodies"] or options & cues["several"]) or (form.place != "" and not form.text.startswith("ال"))


def _close(words: Words, i: int) -> bool:
    return not words.text[words.ends[i] : words.starts[i + 1]].strip(" \"«“'(\u00a0")
