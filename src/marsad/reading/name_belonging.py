"""What belongs to the name of a speaker by a preposition: «مدير مستشفى في حلب»، «المتحدث باسم الشرطة»، but not «قال مسؤول لرويترز»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from marsad.knowledge.lexicon import EVENT, LATIN, NAME, NOUN
from marsad.knowledge.wordlists import words
from marsad.reading.speakers import BARE, MEDIA_HEADS, SPEAKS, fits, is_person

if TYPE_CHECKING:
    from marsad.reading.name_phrase import Phrase

ENVOYS: Final = words("names.envoys")
_DEPUTIES: Final = words("names.deputies")
FIELDS: Final = words("names.fields")
PURPOSES: Final = words("names.purposes")
_FROM_AMONG: Final = words("names.from_among")
_OFFICES_OF: Final = words("names.offices_of")
_FOR: Final = frozenset(("group", "office"))
_BODY: Final = frozenset(("group", "office", "building", "placekind", "area", "military"))
_CORRESPONDENTS: Final = words("names.correspondents")
_TO_OTHERS: Final = words("names.to_others")
_DOCUMENTS: Final = words("names.documents")


def belongs(phrase: Phrase, which: str, target: int) -> bool:
    """Whether the noun at `target` belongs to the name by the preposition in front of it, `which`: where the speaker is at home, or whose he is."""
    forms, known = phrase.forms, phrase.known
    to, head, before = forms[target], forms[phrase.head], forms[phrase.j]
    group = to.noun[1] if to.noun else ""
    if to.pos & EVENT and not to.article and target not in known.ends and group not in _BODY:
        return False
    listed = target in known.actor_at
    placed = target in known.place_at or bool(to.place)
    body = listed or placed or group in _BODY or bool(to.cues & SPEAKS)
    if phrase.belonging and which in ("ل", "من", "عن", "ب", "في", "علي", "الي") and (to.pos & (NOUN | NAME) or listed or placed or not to.pos):
        return True
    source = phrase.person or head.stem in BARE
    if which == "في":
        return body or to.stem in FIELDS if source else (placed or listed or to.stem in ("حكومه", "مناطق", "اقليم")) or to.stem in FIELDS
    if which == "ب":
        return body and group not in ("masdar", "event") and to.stem not in ("سجن", "اعدام")
    if which == "من":
        if placed and phrase.definite and not head.article and group not in _BODY:
            return False  # قال وزير الخارجية من باريس: where he said it
        return source and (body or group == "person" or to.stem in _FROM_AMONG)
    if which == "ل":
        return _is_office_of(phrase, target)
    if which == "عن":
        return before.stem in _DEPUTIES or before.stem == "دفاع" or head.stem in ("نواب", "اعضاء")
    if which == "علي":
        return before.stem.startswith("مطلع")
    return which in ("الي", "لدي") and head.stem in ENVOYS and body


def _is_outlet(phrase: Phrase, k: int) -> bool:
    """Whether the name of a listed source begins at a token: قال خبير | لـ«الشرق الأوسط»."""
    return any(name[1] == "source" and (not name[0] or fits(phrase.forms, k, name[0], k + len(name[0]))) for name in phrase.forms[k].names)


def _is_office_of(phrase: Phrase, target: int) -> bool:
    """المتحدث الرسمي لشرطة الرياض; but قال مسؤول لرويترز is said to Reuters, and so is what stands behind a person's own name: أيمن الجدي | للجزيرة مباشر."""
    forms, known = phrase.forms, phrase.known
    to, head = forms[target], forms[phrase.governor]
    named = phrase.person and phrase.j > phrase.head and forms[phrase.j].pos in (0, NAME) and forms[phrase.j - 1].pos in (0, NAME)
    if named and phrase.governor not in known.place_at and phrase.governor not in known.actor_at and target not in known.actor_at:
        return False
    if head.stem in _CORRESPONDENTS or head.stem in _DOCUMENTS:
        return True
    if to.stem in MEDIA_HEADS or to.bare in MEDIA_HEADS or _is_outlet(phrase, target):
        return False
    if to.stem in known.outlet or to.bare in known.outlet or to.pos & LATIN:
        return False
    group = to.noun[1] if to.noun else ""
    if head.stem in _TO_OTHERS:
        return False
    person = is_person(head) or phrase.governor == phrase.head and phrase.person
    if is_person(head) and head.enclitic and "voice.rank" not in head.cues:
        return False  # قال نجله | للمركز
    if target in known.actor_at or group in _BODY or to.stem in _OFFICES_OF:
        return True
    if to.noun is not None and group == "title":
        return person or "voice.carriers" in head.cues
    if group == "person":
        return not person and bool(to.article or "voice.rank" in to.cues or "voice.carriers" in head.cues)
    if to.article and forms[phrase.j].article and "voice.rank" in head.cues and not to.pos & EVENT:
        return True
    return not person and (to.stem in PURPOSES or to.bare in PURPOSES)


def is_second_field(phrase: Phrase, k: int) -> bool:
    """Whether a body in the construct is for this as well: لجنة الأمن | والدفاع, جهاز الإسعاف | والطوارئ, مركز طب الطوارئ | والدعم."""
    form, field = phrase.forms[k], phrase.forms[phrase.j]
    if phrase.j <= phrase.head or not (form.article and field.article) or k in phrase.known.actor_at:
        return False
    if form.noun is None or field.noun is None or form.stem not in PURPOSES and (form.pos & EVENT or form.noun[1] not in ("abstract", "masdar", "goods")):
        return False
    construct = phrase.forms[phrase.head : phrase.j]
    return not any(body.article or body.enclitic for body in construct) and any(body.noun is not None and body.noun[1] in _FOR for body in construct)
