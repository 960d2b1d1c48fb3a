"""Places that a text names: those of the gazetteer, and those that only the words around them show.

A name that no list knows is a place behind a kind word (قرية تل الضمان, جسر الصداقة), behind a preposition of place (في بيكانبارو), in
front of a place that it lies in (في بني جابر بمديرية الخوخة), beside another in a list (قرى كذا وكذا; كري سبي/تل أبيض), or where it was
shown to be a place elsewhere in the report. A definite kind word with its adjective (الطريق الساحلي) is a name of its own.
"""

from __future__ import annotations

from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, EVENT, FIGURE, NAME, NOUN, PUNCTUATION, VERB, Form
from marsad.reading.document import Document, Mention


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(w) for w in text.split())


QUOTES: Final = frozenset("\"'«»“”()[]-–")
_DIRECTIONS: Final = _words("شمال جنوب شرق غرب شمالي جنوبي شرقي غربي")
_DIRECTION_ADJECTIVES: Final = _words(
    "الشمالي الجنوبي الشرقي الغربي الشمالية الجنوبية الشرقية الغربية الأوسط الوسطى الأعلى الأسفل السفلى العليا القديمة الجديدة الكبرى الصغرى الفوقاني"
    " التحتاني فوقاني تحتاني شرقي غربي شمالي جنوبي كبير صغير الكبير الصغير القديم الجديد الفوقانية التحتانية الكبيرة الصغيرة الأول الثاني الثالث الأولى الثانية"
)
_OPENERS: Final = _words("ابو ام تل عين كفر دير بير خربة وادي رأس بيت شيخ عبد ابن بني ال ذو جبل باب مشروع خان ابي تلة عزبة نجع")
_NAME_OPENERS: Final = _words("بني ابو ام ال عين بير تل كفر ابن")
_LOCATIVE: Final = _words("في الى نحو باتجاه صوب قرب تجاه عبر لدى بين بمحاذاة قبالة داخل وسط حول عند من على إلى")
_INTO: Final = _words("في الى نحو باتجاه صوب قرب عبر بمحاذاة قبالة إلى")
_STRONG: Final = _words("بلدة مدينة قرية حي عزلة مخيم ناحية مديرية ضاحية قضاء محافظة ولاية قريتي بلدتي حيي مدينتي محلية")
_DEFINITE: Final = _words(
    "حدود مطار ميناء مسجد سجن ساحل بلاد عاصمة معبر مستشفى مشفى مخيم جامع كنيسة سوق مقر طريق جسر بحر قاعدة معسكر جامعة ساحة ميدان حاجز قصر"
    " مملكة ضفة فندق مدرسة جزيرة جبل مصفاة سد نهر خليج مضيق مصنع مقبرة برج قلعة ملعب"
)
_SEATS: Final = _words("سفارة قنصلية محكمة برلمان وزارة")
_AREAS: Final = _words("منطقة مناطق أراضي أراض مدن قرى حدود جيب شريط مربع واجهة ساحل حي أحياء موانئ شوارع معبد معابد أطراف")
_ENCLITICS: Final = ("هم", "ها", "نا", "هما", "كم", "هن")


# --- found while the tokens are passed -------------------------------------------------------------------------------


def add_listed(document: Document, i: int, last: int, rows: list[int]) -> None:
    """A listed place; the first row is provisional until the report's other places are known."""
    mention = Mention("place", i, last, i, last, row=rows[0], label=document.lexicon.places[rows[0]][2])
    if len(rows) > 1:
        mention.rows = tuple(rows)
    put(document, mention)


def put(document: Document, mention: Mention) -> None:
    """Keep a place."""
    document.places.append(mention)
    document.place_at[mention.first] = mention


def _finer_at(document: Document, i: int) -> bool:
    """Whether a place that is no country begins at token `i`."""
    place = document.place_at.get(i)
    return place is not None and place.label != "country"


def may_stand_alone(document: Document, i: int, last: int, row: int) -> bool:
    """Whether a listed name is meant: not a verb, not a common word without its cue, not part of a person's name."""
    form = document.forms[i]
    if cue_before(document, i):
        return True
    if document.lexicon.places[row][5]:
        return last > i and not form.pos & (EVENT | VERB) and _behind(document, i, _INTO)
    if last > i:
        return True
    before = document.forms[i - 1] if i else None
    if before is not None and before.pos & NAME and not before.pos & (CLOSED | NOUN | ADJECTIVE) and not form.preposition:
        if document.sentence_of[i - 1] == document.sentence_of[i] and not form.conjunction:
            return False
    common = form.pos & (EVENT | CLOSED) or (form.pos & VERB and not (form.whole_name and form.enclitic)) or (form.noun and form.noun[1] == "placekind")
    if not common:
        return True
    return form.article is False and form.whole_name and not form.pos & CLOSED and (_behind(document, i, _INTO) or _heading(document, i))


def cue_before(document: Document, i: int) -> bool:
    """A kind word (بلدة، مدينة، حي) stands before token `i`."""
    j = i - 1
    while j >= 0 and document.forms[j].text in QUOTES:
        j -= 1
    return j >= 0 and bool(document.forms[j].place) and not document.forms[j].article and not document.forms[i].conjunction


def _behind(document: Document, i: int, prepositions: frozenset[str]) -> bool:
    """A preposition of place or a word of relation (شمالي, محيط) stands right before token `i`, or clings to it."""
    form = document.forms[i]
    if form.preposition in ("ب", "ل") and not form.whole_name:
        return True
    j = i - 1
    while j >= 0 and document.forms[j].text in QUOTES:
        j -= 1
    if j < 0 or document.sentence_of[j] != document.sentence_of[i] or form.conjunction:
        return False
    before = document.forms[j]
    return before.bare in prepositions or (bool(before.relation) and not before.article)


def _heading(document: Document, i: int) -> bool:
    """The first word of a paragraph, with a colon behind it: تدمر: اشتباكات."""
    forms = document.forms
    part = document.sentences[document.sentence_of[i]]
    ahead = all(forms[k].pos & PUNCTUATION for k in range(part.begin, i))
    return ahead and i + 1 < len(forms) and forms[i + 1].text in (":", "|", "|")


def headed_place(document: Document, i: int, taken: set[int]) -> bool:
    """A place that the word at token `i` opens: its kind word, or an unknown name in front of its parent."""
    form = document.forms[i]
    if form.place and _cued_place(document, i, taken):
        return True
    if form.article and _definite_place(document, i, taken):
        return True
    if (form.pos == 0 and not form.article) or form.bare in _NAME_OPENERS:
        return _parented_place(document, i, taken)
    return False


def _cued_place(document: Document, i: int, taken: set[int]) -> bool:
    """A place that its kind word brings in and no list knows: قرية تل الضمان, حاجز الملعب. True if one was found."""
    forms = document.forms
    head = forms[i]
    if head.enclitic:
        return False
    j = i + 1
    while j < len(forms) and forms[j].text in QUOTES:
        j += 1
    named = head.place == "named"
    if named and not head.article and j < len(forms):
        k = j + 1 if (forms[j].place == "kind" and not forms[j].conjunction and j not in taken) else j
        place = document.place_at.get(k)
        if place is not None and place.first == k and not forms[k].preposition and not forms[k].conjunction:
            place.first = place.head = i  # مطار مدينة الحديدة: the kind is part of the name
            place.label = head.stem
            place.cued = True
            taken.update(range(i, place.last + 1))
            return True
    if j >= len(forms) or j in taken or head.article or document.sentence_of[i] != document.sentence_of[j]:
        return False
    last = _numbered(document, j) if named or head.stem in _STRONG else j - 1
    if last < j:
        last = _place_name(document, j, taken, named, head)
    if last < j:
        return False
    first = i if named else j
    put(document, Mention("place", first, last, i, last, label=head.stem, cued=True))
    taken.update(range(first, last + 1))
    return True


def _numbered(document: Document, j: int) -> int:
    """مربع 9, محطة 15, الحي رقم 3: the last token of a number that is a name; j - 1 if there is none."""
    forms = document.forms
    if forms[j].text == "رقم" and j + 1 < len(forms) and forms[j + 1].pos & FIGURE:
        return j + 1
    return j if forms[j].pos & FIGURE and len(forms[j].text) <= 3 and document.sentence_of[j] == document.sentence_of[j - 1] else j - 1


def _definite_place(document: Document, i: int, taken: set[int]) -> bool:
    """الطريق الساحلي, الحي الشرقي, الأراضي اليمنية; and الحدود, الميناء where a preposition shows that the place is meant."""
    forms = document.forms
    form = forms[i]
    if form.noun is None or (form.pos & EVENT and not form.place):
        return False
    if form.stem in ("شعب", "خط"):
        return False
    if form.stem == "مركز" and i + 1 < len(forms) and forms[i + 1].person == "press":
        return False  # المركز الإعلامي, المركز الصحفي: a body
    known = form.place == "named" or form.stem in _AREAS or form.stem in _SEATS
    last = i
    while known and last + 1 < len(forms) and last - i < 2 and last + 1 not in taken:
        behind = forms[last + 1]
        if not behind.article or behind.conjunction or behind.preposition or behind.pos & (EVENT | CLOSED):
            break
        if not (behind.pos & ADJECTIVE or behind.nisba or behind.text in _DIRECTION_ADJECTIVES):
            break
        last += 1
    if known and last == i and i + 1 < len(forms) and form.place == "named":
        last = max(i, _numbered(document, i + 1))
    seat = form.stem in _SEATS
    if last == i and not (form.stem in _DEFINITE and _alone(document, i)):
        return False
    if seat and not _behind(document, i, _LOCATIVE):
        return False
    put(document, Mention("place", i, last, i, last, label=form.stem, cued=True))
    if not seat:
        taken.update(range(i, last + 1))
    return not seat


def _alone(document: Document, i: int) -> bool:
    """Whether a bare الحدود, الميناء is meant as a place: behind a preposition of place, البلاد and العاصمة with care."""
    form = document.forms[i]
    if form.stem == "بلاد":
        return i > 0 and bool(document.forms[i - 1].relation)
    if form.stem == "عاصمه" and (i + 1 in document.place_at or (i + 1 < len(document.forms) and document.forms[i + 1].nisba)):
        return False
    if form.stem == "سجن" and form.preposition:
        return False  # حكم بالسجن
    return _behind(document, i, _LOCATIVE)


def _parented_place(document: Document, i: int, taken: set[int]) -> bool:
    """An unlisted place that only its parent shows: في بني جابر بمديرية الخوخة, بتقاطع X في صرواح, كري سبي/تل أبيض. True if one was found."""
    forms = document.forms
    last = i
    while (
        last + 1 < len(forms)
        and last - i < 2
        and forms[last + 1].pos in (0, NAME)
        and not forms[last + 1].preposition
        and not forms[last + 1].conjunction
        and last + 1 not in taken
    ):
        last += 1
    j = last + 1
    if j + 1 >= len(forms) or document.sentence_of[i] != document.sentence_of[j]:
        return False
    behind, follows = forms[j], forms[j + 1]
    name = len(forms[i].stem) > 2 and not forms[i].names
    if name and (behind.text == "/" or (behind.text == "(" and _behind(document, i, _LOCATIVE))) and _finer_at(document, j + 1):
        put(document, Mention("place", i, last, i, last, label="unlisted", cued=True))
        taken.update(range(i, last + 1))
        return True
    if not _behind(document, i, _LOCATIVE):
        return False
    cued = behind.preposition == "ب" and (behind.place == "kind" or j in document.place_at)
    cued = cued or (behind.text == "في" and (follows.place == "kind" or _finer_at(document, j + 1)))
    if not cued:
        return False
    put(document, Mention("place", i, last, i, last, label="unlisted", cued=True))
    taken.update(range(i, last + 1))
    return True


_ABSTRACT: Final = frozenset(("group", "event", "masdar", "abstract", "person", "time", "quantity", "speech", "document", "harm"))


_DEPARTMENTS: Final = _words(
    "أمن شرطة دفاع صحة تربية تعليم جمارك أوقاف زراعة تموين شؤون مالية سجون مرور جوازات هجرة حماية كهرباء مياه نقل ثقافة إعلام استخبارات مخابرات درك"
)


def _place_name(document: Document, j: int, taken: set[int], named: bool, head: Form | None = None) -> int:
    """The last token of an unlisted place name that begins at `j`; j - 1 if none can be told."""
    forms = document.forms
    form = forms[j]
    if form.conjunction or (form.preposition and form.pos):
        return j - 1
    plain = form.pos == 0 or bool(form.pos & NAME)
    strong = head is not None and head.stem in _STRONG and form.article and not form.place
    if form.pos & (CLOSED | PUNCTUATION | FIGURE) or (form.pos & VERB and not form.pos & (NOUN | NAME)):
        return j - 1
    if form.nisba and not strong:
        return j - 1
    kind = form.noun[1] if form.noun else ""
    plural = head is not None and head.noun is not None and head.noun[2] == "p" and named
    if strong:
        office = head is not None and head.stem == "مديريه" and form.stem in _DEPARTMENTS  # مديرية الأمن, مديرية الصحة
        if office or kind in ("time", "quantity"):
            return j - 1
    elif form.article and not plain:
        if form.pos & EVENT or not named or (plural and kind in _ABSTRACT) or (form.adjective and not form.pos & NOUN and head is not None and head.article):
            return j - 1
        if kind in ("time", "quantity", "event", "masdar", "speech"):
            return j - 1
    elif not plain:
        if form.pos & EVENT or not named or plural or not form.pos & NOUN or form.adjective or kind in _ABSTRACT or form.place == "kind":
            return j - 1
    return _to_the_end(document, j, taken, named)


def _to_the_end(document: Document, j: int, taken: set[int], named: bool) -> int:
    forms = document.forms
    last = j
    while last + 1 < len(forms) and last - j < 3 and (last + 1) not in taken:
        following = forms[last + 1]
        if following.conjunction or following.preposition or following.pos & (PUNCTUATION | FIGURE | VERB):
            break
        if following.text in _DIRECTION_ADJECTIVES and following.article:
            if not named and not forms[last].article and following.stem in _DIRECTIONS:
                break
            last += 1
            break
        if following.pos & CLOSED:
            break
        if following.pos == 0 and (not following.article or (last == j and not forms[last].article)) and not following.nisba:
            last += 1
            continue
        if following.pos & NAME and not following.pos & (NOUN | ADJECTIVE):
            last += 1
            continue
        if forms[last].stem in _OPENERS:
            last += 1
            continue
        break
    return last


# --- found once the rest is known ---------------------------------------------------------------------------------------


def further_places(document: Document, silent: set[int], taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """Names beside places, behind prepositions, and later mentions of names that a kind word brought in.

    `withheld` are listed names that were not trusted where they stand: first token → (last token, rows).
    """
    document.places.sort(key=lambda m: m.first)
    _behind_prepositions(document, silent, taken, withheld)
    document.places.sort(key=lambda m: m.first)
    _in_lists(document, taken, withheld)
    _later(document, silent, taken)
    document.places.sort(key=lambda m: m.first)


def _unknown(form: Form) -> bool:
    """A word that can only be a name: no reading, no nationality, none of the endings that pronouns and plurals have."""
    if form.pos or form.nisba or form.names or len(form.stem) < 3 or form.enclitic:
        return False
    return not form.stem.endswith(_ENCLITICS) or len(form.stem) <= 4


def _behind_prepositions(document: Document, silent: set[int], taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """في بيكانبارو, إلى يولا, شمالي دلبران: an unknown word behind a preposition of place."""
    forms = document.forms
    for i in range(1, len(forms)):
        before = forms[i - 1]
        if before.bare not in _INTO and not (before.relation and not before.article) and before.text != "من":
            continue
        if i in taken or i in silent or document.sentence_of[i - 1] != document.sentence_of[i]:
            continue
        form = forms[i]
        if i in withheld and not form.pos & (NOUN | ADJECTIVE):
            last, rows = withheld[i]
            add_listed(document, i, last, rows)
            taken.update(range(i, last + 1))
            continue
        if not _unknown(form) or form.conjunction or form.preposition:
            continue
        if form.article and form.stem.endswith(("ات", "ين", "ون", "يه")) and before.text != "قرب" and not before.relation:
            continue
        if before.text == "من" and (form.article or not _moving(document, i - 1)):
            continue
        last = _to_the_end(document, i, taken, False)
        put(document, Mention("place", i, last, i, last, label="unlisted"))
        taken.update(range(i, last + 1))


_FROM: Final = _words(
    "قادم قادمة قادمين قادما خرج انسحب نزح فر انطلق توجه خروج انسحاب نزوح فرار انطلاق وصول طرد إجلاء تهجير عودة ترحيل قرب مقربة عناصر سكان أهالي أبناء نازحين"
)


def _moving(document: Document, i: int) -> bool:
    """Whether مِن at token `i` follows a word of leaving or of people from somewhere."""
    forms = document.forms
    for k in range(i - 1, max(i - 3, -1), -1):
        form = forms[k]
        if form.stem in _FROM or form.relation or (form.verb is not None and fold(str(form.verb[0])) in _FROM):
            return True
    return False


_BRIDGES: Final = frozenset(("،", "/", "-", "–", "(", "و", "او", ","))


def _in_lists(document: Document, taken: set[int], withheld: dict[int, tuple[int, list[int]]]) -> None:
    """The further members of a list of places: قرى كذا وكذا, بين X وY, X/Y, X (Y)."""
    forms, lexicon = document.forms, document.lexicon
    queue = list(document.places)
    starts = {m.first for m in queue}
    for mention in queue:  # grows while it is passed
        k = mention.last + 1
        while k < len(forms) and (forms[k].text in ('"', "»", "”", ")") or (forms[k].text in _DIRECTION_ADJECTIVES and not forms[k].conjunction)):
            k += 1
        if k >= len(forms) or document.sentence_of[k] != document.sentence_of[mention.first]:
            continue
        bridge = forms[k].text if forms[k].text in _BRIDGES else ""
        k += 1 if bridge else 0
        while k < len(forms) and forms[k].text in ('"', "«", "“"):
            k += 1
        if k >= len(forms) or k in taken or k in starts or document.sentence_of[k] != document.sentence_of[mention.first]:
            continue
        form = forms[k]
        if not bridge and not form.conjunction and form.text[0] == "و" and form.pos == 0 and len(form.text) > 3 and not form.whole_name:
            form = lexicon.coordinated(form.text)
        joined = bool(form.conjunction) or bridge in ("/", "-", "–", "(", "و")
        if not joined and bridge != "،":
            continue
        if k in withheld:
            last, rows = withheld[k]
            if form.pos & (EVENT | VERB) and not mention.cued and not form.whole_name:
                continue
            forms[k] = form
            add_listed(document, k, last, rows)
        else:
            last = _member(document, k, form, taken, mention, joined and bridge != "(")
            if last < k:
                continue
            forms[k] = form
            put(document, Mention("place", k, last, k, last, label="unlisted", country=mention.country, cued=mention.cued))
        taken.update(range(k, last + 1))
        queue.append(document.places[-1])
        starts.add(k)


def _member(document: Document, k: int, form: Form, taken: set[int], mention: Mention, joined: bool) -> int:
    """The last token of a name that goes on a list of places; k - 1 if it is none."""
    forms = document.forms
    if form.preposition or form.nisba:
        return k - 1
    if form.place == "named" and not form.article and form.conjunction and k + 1 < len(forms) and k + 1 not in taken:
        last = _place_name(document, k + 1, taken, True, form)
        return last if last > k else k - 1
    head = forms[mention.head]
    dual = head.noun is not None and head.noun[2] == "d" and head.place and mention.head <= mention.first
    if _unknown(form) or (form.pos == NAME and joined and mention.cued):
        pass
    elif not (dual and joined and form.article and form.pos & (NOUN | ADJECTIVE | EVENT) and not form.pos & CLOSED):
        return k - 1
    if not joined:  # behind a comma only what ends at once, or opens with و the next member
        end = _to_the_end(document, k, taken, False)
        behind = forms[end + 1] if end + 1 < len(forms) else None
        if form.article and form.stem.endswith(("ات", "ين", "ون")):
            return k - 1
        return end if behind is None or behind.conjunction or behind.pos & PUNCTUATION or behind.text in (")", "في") else k - 1
    return _to_the_end(document, k, taken, False)


def _later(document: Document, silent: set[int], taken: set[int]) -> None:
    """Further mentions of a one-word name that was shown to be a place: «قرية فنقا … وفي فنقا»."""
    names: dict[str, Mention] = {}
    for mention in document.places:
        if mention.row < 0 and mention.first == mention.last and document.forms[mention.first].pos == 0:
            names.setdefault(document.forms[mention.first].stem, mention)
    if not names:
        return
    forms = document.forms
    for i, form in enumerate(forms):
        if i in taken or i in silent or form.pos:
            continue
        known = names.get(form.stem) or (names.get(form.text[1:]) if form.text[0] in "بلو" else None)
        if known is not None and known.first != i:
            put(document, Mention("place", i, i, i, i, label=known.label, country=known.country, cued=True))
            taken.add(i)


# --- what each place is --------------------------------------------------------------------------------------------------


def settle_places(document: Document) -> None:
    """Relation, kind words in front, country and first level of each place; namesakes go where the report's other places are."""
    lexicon = document.lexicon
    main = _main_country(document)
    for mention in document.places:
        if mention.rows:
            admin1s = {m.admin1 for m in document.places if m.admin1}
            mention.row = max(
                mention.rows,
                key=lambda r: (
                    lexicon.places[r][3] == main,
                    lexicon.places[r][3] in document.theatre,
                    lexicon.places[r][4] in admin1s,
                    not lexicon.places[r][5],
                    -r,
                ),
            )
        if mention.row >= 0:
            _, _, kind, country, admin1, _ = lexicon.places[mention.row]
            mention.country, mention.admin1 = country or None, admin1 or None
            mention.label = kind if not mention.cued else mention.label
        _look_left(document, mention)
    _parents(document, main)


def _main_country(document: Document) -> str:
    votes: dict[str, int] = {}
    for mention in document.places:
        if mention.row >= 0:
            country = document.lexicon.places[mention.row][3]
            votes[country] = votes.get(country, 0) + 1
    return max(votes, key=lambda c: votes[c]) if votes else ""


def _look_left(document: Document, mention: Mention) -> None:
    """Kind words and relation in front of a place name: في محيط بلدة هجين; جنوبي مدينة رفح; على بعد 5 كم شمال X."""
    forms, lexicon = document.forms, document.lexicon
    j = mention.head
    steps = 0
    while j > 0 and steps < 6:
        form, here = forms[j - 1], forms[j]
        if here.conjunction or (here.preposition and j <= mention.head and not form.relation):
            break
        if here.preposition and here.preposition in "بل" and not form.relation:
            break
        if form.text in QUOTES:
            j -= 1
            continue
        if form.relation and (not mention.relation or form.relation != "near"):
            if form.stem in _DIRECTIONS and j > 1 and forms[j - 2].stem in _DIRECTIONS and f"{forms[j - 2].stem} {form.stem}" in lexicon._relations:
                mention.relation = lexicon._relations[f"{forms[j - 2].stem} {form.stem}"]
                j -= 2
            else:
                mention.relation = mention.relation or form.relation
                j -= 1
            steps += 1
            if forms[j].conjunction or forms[j].preposition:
                break
            continue
        if form.place == "kind":
            mention.cued = True
            j -= 1
            steps += 1
            if form.conjunction or form.preposition:
                break
            continue
        if form.text in ("من", "الي") and j > 1 and forms[j - 2].relation in ("near", "north_of", "south_of", "east_of", "west_of"):
            mention.relation = mention.relation or forms[j - 2].relation
            j -= 2
            continue
        break
    mention.head = j
    if mention.relation is None and mention.label in ("ريف", "countryside"):
        mention.relation = "countryside"
    _distance(document, mention)


def _distance(document: Document, mention: Mention) -> None:
    """A distance in kilometres right before the place: 2 كم من مشفى هجين."""
    forms = document.forms
    for k in range(mention.head - 1, max(mention.head - 6, 0), -1):
        if forms[k].text in ("كم", "كلم", "كيلومترا", "كيلومتر", "كيلومترات", "كيلو"):
            if forms[k - 1].pos & FIGURE:
                try:
                    mention.distance_km = float(forms[k - 1].text.replace(",", "."))
                except ValueError:
                    return
            elif forms[k].text == "كيلومتر":
                mention.distance_km = 1.0
            mention.relation = mention.relation or "near"
            mention.head = k - 1
            return


_CHAIN_WORDS: Final = _words("في التابعة التابع الواقعة الواقع والتابعة ضمن داخل وسط من عند بين")


def _parents(document: Document, main: str) -> None:
    """A place told right behind another, with no more than a preposition between, is its parent: قرية X بمديرية Y غرب محافظة Z."""
    forms = document.forms
    places = document.places
    for number, mention in enumerate(places):
        if number == 0:
            continue
        before = places[number - 1]
        between = range(before.tail + 1, mention.head)
        if document.sentence_of[before.first] != document.sentence_of[mention.first] or len(between) > 3:
            continue
        if before.first == mention.first or forms[mention.head].conjunction:
            continue
        if all(
            forms[k].text in _CHAIN_WORDS or forms[k].text in QUOTES or forms[k].text in _DIRECTION_ADJECTIVES or forms[k].relation for k in between
        ) and not any(forms[k].text == "من" for k in between):
            if forms[mention.head].preposition not in ("ل",) or forms[mention.head].relation:
                mention.parent_of = number - 1
    for number in range(len(places) - 1, 0, -1):
        child_index = places[number].parent_of
        if child_index >= 0:
            child, parent = places[child_index], places[number]
            if child.row < 0:
                child.country = child.country or parent.country
                child.admin1 = child.admin1 or parent.admin1
    for mention in places:
        if mention.country is None and mention.row < 0 and main:
            mention.country = main
