"""The forms of a verb, a noun or an adjective, generated from its dictionary form, never listed by hand.

    >>> sorted({f for f, i in verb_forms("أعلن", "يعلن") if i.tense == "past"})
    ['اعلن', 'اعلنا', 'اعلنت', 'اعلنتا', 'اعلنن', 'اعلنوا']
    >>> "قيل" in dict(verb_forms("قال", "يقول")), "هوجمت" in dict(verb_forms("هاجم", "يهاجم"))
    (True, True)
    >>> sorted(f for f, i in noun_forms("غارة", ["غارات"], "f"))
    ['غارات', 'غارتا', 'غارتان', 'غارتي', 'غارتين', 'غاره']

Forms are folded (see `letters`), carry no clitic, and leave out what news never writes (second person, energetic,
most of the first person). Verb classes are read off the unvowelled dictionary forms. Source: Ryding, A Reference Grammar of
Modern Standard Arabic, ch. 7 (noun inflection), 21-31 (verb forms), 38 (passive).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from marsad.arabic.letters import fold

Tense = Literal["past", "present", "jussive"]
Voice = Literal["active", "passive", "either"]
Number = Literal["s", "d", "p"]


class VerbForm(NamedTuple):
    """What a verb form says of its subject: person and gender are "-" where the form does not tell."""

    tense: Tense
    person: Literal["3", "1"]
    gender: Literal["m", "f", "-"]
    number: Number
    voice: Voice


class NounForm(NamedTuple):
    """Number, gender, and whether the form can only stand in the construct state or be an accusative in -an."""

    number: Number
    gender: Literal["m", "f"]
    state: Literal["free", "construct", "accusative"]


def verb_forms(past: str, present: str) -> Iterator[tuple[str, VerbForm]]:
    """The forms of the verb whose third person masculine singular is `past`, `present`."""
    seen: set[tuple[str, Tense, str]] = set()
    for form, info in _all_verb_forms(past, present):
        key = (form, info.tense, info.person + info.gender + info.number)
        if key not in seen:
            seen.add(key)
            yield form, info


def _all_verb_forms(past: str, present: str) -> Iterator[tuple[str, VerbForm]]:
    bare, bare_present = fold(past), fold(present)
    passive = _passive_past(past)
    same = passive == bare
    yield from _past(past, bare, "either" if same else "active")
    if same and past.endswith("ى"):  # ألقي is written as ألقى is, but ألقيت not as ألقت
        yield from _past(passive, passive, "passive")
    elif passive and not same:
        yield from _past(passive + ("ي" if past.endswith(("ى", "ا")) and not passive.endswith("ي") else ""), passive, "passive")
    if not present:
        return
    passive_present = _passive_present(past, present)
    hollow = len(bare) >= 3 and bare[-2] == "ا"
    yield from _present(present, bare_present, "either" if passive_present == bare_present else "active", hollow)
    if passive_present != bare_present:
        yield from _present(passive_present, passive_present, "passive", hollow)


def _past(spelled: str, bare: str, voice: Voice) -> Iterator[tuple[str, VerbForm]]:
    def form(text: str, person: Literal["3", "1"], gender: Literal["m", "f", "-"], number: Number) -> tuple[str, VerbForm]:
        return text, VerbForm("past", person, gender, number, voice)

    yield form(bare, "3", "m", "s")
    if spelled.endswith(("ى", "ا")) and len(bare) > 2:  # defective: رمى، دعا
        stem, dual = bare[:-1], bare[:-1] + ("و" if spelled.endswith("ا") and len(bare) == 3 else "ي")
        yield form(stem + "ت", "3", "f", "s")
        yield form(stem + "وا", "3", "m", "p")
        yield form(dual + "ا", "3", "m", "d")
        yield form(stem + "تا", "3", "f", "d")
        yield form(dual + "نا", "1", "-", "p")
        return
    plural = bare[:-1] + "وا" if bare.endswith("ي") else bare + "وا"
    yield form(bare + "ت", "3", "f", "s")
    yield form(plural, "3", "m", "p")
    if spelled.endswith("أ"):
        yield form(bare[:-1] + "ووا", "3", "m", "p")
        yield form(bare, "3", "m", "d")
    else:
        yield form(bare + "ا", "3", "m", "d")
    yield form(bare + "تا", "3", "f", "d")
    short = _short(bare) if voice != "passive" else bare
    yield form(short + ("ا" if short.endswith("ن") else "نا"), "1", "-", "p")
    yield form(short + ("" if short.endswith("ن") and short != bare else "ن"), "3", "f", "p")


def _short(bare: str) -> str:
    """The stem before a consonant: hollow verbs lose their long vowel (قال → قل)."""
    hollow = len(bare) >= 3 and bare[-2] == "ا" and not (len(bare) == 4 and bare[0] not in "ا")
    return bare[:-2] + bare[-1] if hollow else bare


def _present(spelled: str, bare: str, voice: Voice, hollow: bool) -> Iterator[tuple[str, VerbForm]]:
    stem = bare[1:]

    def form(text: str, person: Literal["3", "1"], gender: Literal["m", "f", "-"], number: Number, tense: Tense = "present") -> tuple[str, VerbForm]:
        return text, VerbForm(tense, person, gender, number, voice)

    weak = spelled.endswith(("ى", "ي", "و"))
    base = stem[:-1] if weak else stem
    vowel = "ي" if spelled.endswith("ى") else stem[-1:]
    for prefix, person, gender in (("ي", "3", "m"), ("ت", "3", "f")):
        yield form(prefix + stem, person, gender, "s")  # type: ignore[arg-type]
        yield form(prefix + base + "ون", "3", gender if prefix == "ت" else "m", "p")  # type: ignore[arg-type]
        yield form(prefix + base + "وا", "3", "m", "p")
        yield form(prefix + (base + vowel if weak else stem) + "ان", "3", gender, "d")  # type: ignore[arg-type]
        yield form(prefix + (base + vowel if weak else stem) + "ا", "3", gender, "d")  # type: ignore[arg-type]
    yield form("ي" + (base + vowel if weak else stem) + "ن", "3", "f", "p")
    yield form("ن" + stem, "1", "-", "p")
    yield form("ا" + stem, "1", "-", "s")
    jussive = base if weak else _jussive(stem) if hollow else stem  # يعيّن is not hollow
    if jussive != stem and len(jussive) > 1:
        yield form("ي" + jussive, "3", "m", "s", "jussive")
        yield form("ت" + jussive, "3", "f", "s", "jussive")


def _jussive(stem: str) -> str:
    return stem[:-2] + stem[-1] if len(stem) >= 3 and stem[-2] in "ويا" and stem[-1] not in "ويا" else stem


def _passive_past(past: str) -> str:
    """The folded passive of a past verb (كُتب looks like كتب; قال → قيل, هاجم → هوجم)."""
    bare = fold(past)
    if past.endswith(("ى", "ا")):
        return bare[:-1] + "ي" if len(bare) >= 3 else bare
    if past.endswith("أ") and len(bare) > 3:  # أنشئ، فوجئ
        return (bare[0] + "و" + bare[2:-1] if bare[1] == "ا" else bare[:-1]) + "ي"
    if len(bare) == 3 and bare[1] == "ا":
        return bare[0] + "ي" + bare[2]
    if len(bare) >= 4 and bare[-2] == "ا":
        if bare[0] == "ا":  # أقام، استعاد، اغتال: hollow in a derived form
            return bare[:-2] + "ي" + bare[-1]
        return bare
    if len(bare) == 4 and bare[1] == "ا" and past[0] not in "آأا":  # فاعل
        return bare[0] + "و" + bare[2:]
    if len(bare) == 5 and bare[0] == "ت" and bare[2] == "ا":  # تفاعل
        return "ت" + bare[1] + "و" + bare[3:]
    return bare


def _passive_present(past: str, present: str) -> str:
    bare, bare_past = fold(present), fold(past)
    stem = bare[1:]
    if present.endswith(("ي", "و")):
        return bare[:-1] + "ي"
    if present.endswith("ئ"):  # ينشأ
        return bare[:-1] + "ا"
    if past[0] == "أ" and present[1] == "أ":  # يؤخذ، يؤذن
        return bare[0] + "و" + stem[1:]
    if len(bare_past) >= 3 and bare_past[-2] == "ا" and len(stem) >= 3 and stem[-2] in "وي":
        return bare[:-2] + "ا" + bare[-1]
    if bare_past[0] == "و" and len(stem) == 2:
        return bare[0] + "و" + stem
    return bare


def noun_forms(singular: str, plurals: Sequence[str] = (), gender: str = "m") -> Iterator[tuple[str, NounForm]]:
    """The forms of a noun: singular, accusative in -an, dual, the given plurals and their construct forms."""
    g: Literal["m", "f"] = "f" if gender == "f" else "m"
    if singular and singular != "-":
        bare = fold(singular)
        yield bare, NounForm("s", g, "free")
        if not singular.endswith(("ة", "ى", "ا", "ء")):
            yield bare + "ا", NounForm("s", g, "accusative")
        elif singular.endswith("ء") and not singular.endswith("اء"):
            yield bare[:-1] + "يا", NounForm("s", g, "accusative")
        stem = _dual_stem(singular, bare)
        for ending, state in (("ان", "free"), ("ين", "free"), ("ا", "construct"), ("ي", "construct")):
            if ending == "ا" and stem == bare:
                continue  # the accusative above is the likelier reading
            yield stem + ending, NounForm("d", g, state)  # type: ignore[arg-type]
    for plural in plurals:
        bare = fold(plural)
        yield bare, NounForm("p", g, "free")
        if plural.endswith("ون"):
            yield bare[:-2] + "ين", NounForm("p", g, "free")
            yield bare[:-2] + "و", NounForm("p", g, "construct")
            yield bare[:-2] + "ي", NounForm("p", g, "construct")
        elif not plural.endswith(("ات", "ة", "ى", "ا", "ء", "ين")) and len(bare) <= 5:
            yield bare + "ا", NounForm("p", g, "accusative")


def _dual_stem(singular: str, bare: str) -> str:
    if singular.endswith("ة"):
        return bare[:-1] + "ت"
    if singular.endswith("ى"):
        return bare[:-1] + "ي"
    return bare


def adjective_forms(masculine: str, feminine: str = "", plurals: Sequence[str] = ()) -> Iterator[tuple[str, NounForm]]:
    """The forms of an adjective; the feminine is regular (-a) unless given."""
    bare = fold(masculine)
    female = feminine or (masculine[:-1] + "ية" if masculine.endswith("ى") else masculine + "ة")
    yield from noun_forms(masculine, (), "m")
    yield from noun_forms(female, [_sound_feminine(female)], "f")
    if not plurals:
        yield bare + "ون", NounForm("p", "m", "free")
        yield bare + "ين", NounForm("p", "m", "free")
    for plural in plurals:
        yield from noun_forms("", [plural], "m")


def _sound_feminine(feminine: str) -> str:
    return feminine[:-1] + "ات" if feminine.endswith("ة") else feminine + "ات"
