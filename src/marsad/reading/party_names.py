"""Where a proper name of a person or a force ends: behind a title, a kunya, within quotation marks."""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, COMPLEMENT, EVENT, FIGURE, LATIN, NAME, NOUN, PREPOSITION, PUNCTUATION, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Document
from marsad.reading.places_listed import QUOTES, TITLES

_CLOSE_ONLY: Final = frozenset("»”)]-–")
_LONGEST_QUOTED: Final = 6  # words of a name in quotation marks
KUNYA: Final = words("parties.kunya")
_OF_LINEAGE: Final = words("parties.of_lineage")
_SHORT_NAME: Final = 4  # letters: وليد, وائل
_SECOND_PARTS: Final = words("parties.second_parts")
CALLED: Final = words("parties.called")
OF_GOD: Final = words("parties.of_god")
FORMER: Final = words("parties.former")


def name_after(document: Document, i: int, taken: set[int], most: int) -> int:
    """The last token of a proper name behind token `i`: unknown words, names and what is quoted as one; `i` if there is none."""
    forms = document.forms
    j = last = i
    while j + 1 < len(forms) and last - i < most:
        form = forms[j + 1]
        most += form.stem in _OF_LINEAGE and not form.article
        if last > i and _is_initial(document, j + 1):
            j = last = j + 2  # خالد. ح., ع. م.
            continue
        if form.text in QUOTES:
            if form.text in ("-", "–") and last > i and _joined(document, j + 1):
                j += 1  # بن-غفير
                continue
            close = _quoted_name(document, i, j + 1, taken)
            return close if close > j + 1 else last
        if (j + 1) in taken or form.conjunction or form.preposition or _by_the_name(document, j + 1):
            break
        if document.sentence_of[j + 1] != document.sentence_of[i]:
            break  # no name goes on in the next line
        if not form.pos and _holds_a_word(document, form):
            break
        opened = not forms[j].article and (forms[j].stem in KUNYA or (j > i and forms[j].stem in _OF_LINEAGE))
        closed = form.pos & (PUNCTUATION | FIGURE) or (form.pos & CLOSED and not document.text(j + 1, j + 1).endswith("ة"))
        if opened and not closed and (not form.article or form.pos & (NOUN | NAME | ADJECTIVE)):
            j = last = j + 1  # أبو زرعة المحرمي, whatever زرعة may mean; أبو شمالة is no «north of it»
            continue
        if (form.stem in CALLED or form.pos & COMPLEMENT) and last > i:
            break  # الملقب "بوند", بأن
        if form.text in OF_GOD and last > i and j + 2 < len(forms) and forms[j + 2].text == "الله" and j + 2 not in taken:
            j = last = j + 2  # حسن فضل الله
            continue
        if _family_name(forms[j], form, by_kunya=j > i and forms[j - 1].stem in KUNYA) or (last > i and _foreign_name(forms[i], form)):
            j = last = j + 1
            continue
        if (
            form.pos & (CLOSED | VERB | PUNCTUATION | FIGURE | EVENT)
            and not form.article
            and not (form.pos & NAME and (last > i or of_two_names(document, i) or _second_name(document, i)) and not is_ala(document, j + 1))
        ):
            break
        if form.noun is not None and form.noun[1] == "time" and not names_on(document, j + 1) and not _ends_name(document, j + 1):
            break  # قتل شخص صباح اليوم
        if not (form.pos & NAME or form.pos == 0 or form.pos == LATIN or (form.text in _SECOND_PARTS and forms[j].pos & NAME)):
            break
        j += 1
        last = j
    return last


def _is_initial(document: Document, k: int) -> bool:
    """Whether the dot at token `k` stands in front of a lone letter with another dot: خالد. | ح."""
    forms = document.forms
    if forms[k].text != "." or k + 2 >= len(forms) or forms[k + 2].text != "." or document.sentence_of[k + 1] != document.sentence_of[k]:
        return False
    return len(forms[k + 1].text) == 1 and forms[k + 1].text.isalpha() and document.words.starts[k + 2] == document.words.ends[k + 1]


def _ends_name(document: Document, k: int) -> bool:
    """Whether a name that tells a time too is the second of a person: طارق رمضان, عماد رجب; not «قتل سالم صباح اليوم»."""
    forms = document.forms
    if not forms[k].pos & NAME or not forms[k - 1].pos & NAME or forms[k - 1].pos & (NOUN | VERB | CLOSED) or forms[k].enclitic:
        return False
    if k + 1 >= len(forms) or document.sentence_of[k + 1] != document.sentence_of[k]:
        return True
    behind = forms[k + 1]
    return not behind.article and not behind.pos & FIGURE and (behind.noun is None or behind.noun[1] != "time") and behind.text != "امس"


def _family_name(before: Form, form: Form, *, by_kunya: bool = False) -> bool:
    """Whether an adjective with the article goes on with the given name in front of it: لؤي الصوفي, خالد العسكري, أحمد العراقي, أبو أسامة العراقي, whatever
    stands behind أبو; not صالح الراحل."""
    adjective = form.adjective
    given = (by_kunya or (bool(before.pos & NAME) and not before.pos & (NOUN | VERB))) and not has_article(before)
    if form.stem.startswith("م") and not form.pos & NAME and not form.stem.endswith("ي"):
        return False  # محمود أبو خميس | المقرب من الحركة
    return given and form.article and adjective is not None and adjective[2:] == ("s", "m") and not form.enclitic and form.bare not in FORMER


def _foreign_name(head: Form, form: Form) -> bool:
    """Whether a word is a verb of several by its shape alone: behind one man's name it is his other one (أوليفييه دوبوا)."""
    several = head.noun is not None and (head.noun[1] == "group" or head.noun[2] != "s")
    return not several and form.guessed and form.verb is not None and form.verb[2] == "past" and not form.conjunction


def _holds_a_word(document: Document, form: Form) -> bool:
    """وارتحالها, بسحق, يتزعمها: «and» or a preposition, and a word that is known or has a pronoun, or a verb with one; the name بلحاج is none of these."""
    if form.text[0] in "يت" and form.text.endswith(("ها", "هم", "هما")):
        return len(form.text) > _SHORT_NAME + 1
    if form.text[0] not in "وب" or len(form.text) <= _SHORT_NAME:
        return False
    rest = document.lexicon.form(form.text[1:])
    return bool(rest.pos & ~NAME and not rest.preposition) or (form.text[0] == "و" and form.text.endswith(("ها", "هم", "هن")))


def has_article(form: Form) -> bool:
    """A word with the article, also one that the vocabulary holds with it: اللواء, العقيد; not آليات, ألوية, which only begin so when they are folded."""
    if form.article or not form.bare.startswith("ال"):
        return form.article
    return form.noun is None or form.noun[1] == "event" or str(form.noun[0]).startswith("ال")


def bare_stem(form: Form) -> str:
    """Its stem without the article, whether the vocabulary holds it with it or not."""
    return form.stem if form.article else form.stem.removeprefix("ال")


def of_two_names(document: Document, i: int) -> bool:
    """Whether two given names stand behind a title or who somebody is, of which the first may be a verb elsewhere: الشيخ حسن علي, الجندي ناصر محمد."""
    forms = document.forms
    title = forms[i].noun
    if title is None or i + 2 >= len(forms) or forms[i + 1].text.startswith("ال"):
        return False
    one = title[1] == "person" and title[2] == "s" and forms[i].article
    if title[1] != "title" and forms[i].bare not in TITLES and not one:
        return False
    second = forms[i + 2]
    strange = not second.pos and (second.article or (one and not (forms[i + 1].preposition or second.conjunction or second.preposition)))
    return bool(forms[i + 1].pos & NAME) and bool(second.pos & NAME or strange or _family_name(forms[i + 1], second))


def _second_name(document: Document, i: int) -> bool:
    """Whether what stands behind a given name is a name although it is a verb too, or «on»: محمد ناصر, محمد علي; not محمد علي الطريق."""
    forms = document.forms
    form, behind = forms[i + 1], forms[i + 2] if i + 2 < len(forms) else None
    if not forms[i].pos & NAME or forms[i].pos & (VERB | NOUN) or forms[i].article or form.pos & EVENT:
        return False
    if form.pos & CLOSED and form.text != "علي":
        return False
    return form.text != "علي" or behind is None or not (behind.article or behind.pos & (NOUN | ADJECTIVE))


def strangely_on(document: Document, i: int) -> bool:
    """Whether an unknown word goes on with a given name that is a noun too: كمال القضقاضي, ياسين السراديح."""
    k = i + 1
    if k >= len(document.forms) or document.sentence_of[k] != document.sentence_of[i] or not document.forms[i].pos & NAME:
        return False
    noun = document.forms[i].noun
    if noun is not None and noun[2] != "d" and not document.forms[i].preposition:
        return False  # عمر القطيعة
    behind = document.forms[k]
    return not (behind.pos or behind.names or behind.conjunction or behind.preposition) and behind.article and len(behind.stem) >= _SHORT_NAME


def names_on(document: Document, i: int) -> bool:
    """Whether what stands behind a word that is a name too goes on with it: a name, and no noun or verb of the sentence."""
    k = i + 1
    if k >= len(document.forms) or document.sentence_of[k] != document.sentence_of[i]:
        return False
    behind = document.forms[k]
    return bool(behind.pos & NAME) and not (behind.conjunction or behind.preposition) and not behind.pos & CLOSED


def is_ala(document: Document, k: int) -> bool:
    """على, which folds to the name علي: أجبرت منصور هادي على الفرار."""
    return document.forms[k].text == "علي" and document.text(k, k).endswith("ى")


def _by_the_name(document: Document, k: int) -> bool:
    """باسم of a spokesman, or in front of a name in quotation marks; the given name else."""
    forms = document.forms
    return forms[k].text == "باسم" and (forms[k - 1].person == "official" or (k + 1 < len(forms) and forms[k + 1].text in QUOTES))


def _joined(document: Document, k: int) -> bool:
    """Whether the mark at token `k` has a word on either side, and no blank between: جان-لوك."""
    words = document.words
    return k + 1 < len(document.forms) and words.starts[k] == words.ends[k - 1] and words.starts[k + 1] == words.ends[k]


def _quoted_name(document: Document, i: int, k: int, taken: set[int]) -> int:
    """The last token of a name within the marks that open at token `k`, behind a head at token `i`: حزب "الاتحاد", القيادي "أبو عمر".

    `k` if there is none: where no mark closes soon, where a verb or a particle shows that something is said, where it is who is meant (بن لادن (زعيم
    تنظيم القاعدة), or who he is called behind his name already."""
    forms = document.forms
    if forms[k].text in _CLOSE_ONLY or k + 1 >= len(forms) or (k > i + 1 and forms[k + 1].stem not in KUNYA):
        return k
    last = k
    for j in range(k + 1, min(k + 1 + _LONGEST_QUOTED, len(forms))):
        form = forms[j]
        if form.text in QUOTES or document.sentence_of[j] != document.sentence_of[i]:
            return last if form.text in QUOTES and document.sentence_of[j] == document.sentence_of[i] else k
        if j in taken or form.pos & (CLOSED | FIGURE | PUNCTUATION) & ~PREPOSITION or (form.pos & VERB and not form.pos & (NOUN | NAME | ADJECTIVE)):
            return k
        last = j
    return k
