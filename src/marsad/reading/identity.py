"""Who a speaker is: the id of the party that the name holds, and the kind of source that the guide's rules make of it.

An official or a spokesman bears the id of his party. A state office is told by its nationality (وزارة الداخلية المصرية), by the country
that stands in its name (الشرطة في إندونيسيا), or, for a ministry that is named without either, by the country of the report. The kind is
told by the first word of the name that tells one; ranks (متحدث، رئيس، ضابط) leave it to the words behind them.
"""

from __future__ import annotations

from typing import Final

from marsad.knowledge.lexicon import NAME, NOUN, Form
from marsad.knowledge.wordlists import values, words
from marsad.model import SourceKind
from marsad.reading.document import Mention
from marsad.reading.name_belonging import ENVOYS
from marsad.reading.speakers import Known, defined, fits, head_of

_KIND_OF: Final[dict[str, SourceKind]] = {
    "monitor": "monitor", "intergovernmental": "monitor", "humanitarian": "monitor", "official": "official", "police": "official", "state": "official",
    "media": "media", "coalition": "party", "militia": "party", "insurgent": "party", "authority": "official",
}  # fmt: skip
_STATELY: Final = frozenset(("state", "police", "authority", "official"))
_REPORTERS: Final = words("identity.reporters")
_SOURCES: Final = words("identity.sources")
_MEDIA: Final = words("identity.media")
_OWN_BODY: Final = words("identity.own_body")
_PRESS: Final = words("identity.press")
_WAR_MEDIA: Final = words("identity.war_media")
_CIVIL: Final = words("identity.civil")
_STAFF: Final = words("identity.staff")
RANKS: Final = words("identity.ranks")
_WAR_MEDIA_HEADS: Final = words("identity.war_media_heads")
_LEAVE_IT: Final = words("identity.weak_officials")
_MEDICS: Final = words("identity.medics")
_OUR_OWN: Final = words("identity.our_own")
_OTHER_MEDIA: Final = words("identity.other_media")
_NO_BODIES: Final = words("identity.no_bodies")
_ARMED_RANKS: Final = RANKS | {"ال" + rank for rank in RANKS}
_COMMANDS: Final = words("identity.commands")
_TRIBAL: Final = words("identity.tribal")
_CABINET: Final = words("identity.cabinet")
_STATE_OFFICES: Final = words("identity.state_offices")
_CHAIRS: Final = words("identity.chairs")
_OPPOSED: Final = words("identity.opposed")
_STATE_MEDIA: Final = words("identity.state_media")
_SEATED: Final = values("identity.seated")


def identify(known: Known, first: int, last: int) -> tuple[str | None, SourceKind]:
    """Id and kind of the speaker whose name is the tokens `first` … `last`; a capital (باماكو) speaks for its state."""
    forms = known.forms
    capital = known.capital_at(first) if first == last else ""
    if capital and first not in known.actor_at:
        return _SEATED.get(capital) or known.document.lexicon.state_actor(capital, known.document.reference), "official"
    start = max(head_of(known, first, last + 1), first)
    head = forms[start]
    words = {w for k in range(first, last + 1) for w in (forms[k].bare, forms[k].stem)}
    party = _party(known, first, last)
    watch = _own_watch(known, head, words)
    if ((party is None and not watch) or head.stem in _REPORTERS) and _is_own(known, head, words, _places(known, first, last)):
        return None, "outlet"
    told = _told_kind(known, start, last)
    if told == "witness":
        return None, "witness"
    if watch:
        return None, "monitor"
    if head.stem in _WAR_MEDIA_HEADS and words & _WAR_MEDIA and "اعلام" in words:
        told = "official" if words & _CIVIL else "party"  # الإعلام الحربي, خلية الإعلام الأمني
    elif party is None or party.label not in _WATCHERS:
        organ = _organ(known, first, last) if party is None and told != "party" else None
        if organ is not None:
            return known.document.lexicon.sources[organ][3] or None, "media"
        if head.stem in _PRESS or (head.stem in _MEDIA and told in (None, "media")):
            return _media_id(known, first, last, party, words), "media"
    id_, label = _whose(known, start, last, party, told, words)
    if label in _KIND_OF:
        own = party is not None and party.first == start and party.label == label  # تنسيقية حركات أزواد, though a تنسيقية is mostly of residents
        return id_, _kind_by_party(label, None if own and label in ("militia", "insurgent") else told, words)
    if words & _TRIBAL:
        return "tribes", "local" if head.stem in _SOURCES or told == "local" else "party"
    return id_, _kind_by_words(head, told, words)


def _organ(known: Known, first: int, last: int) -> str | None:
    """The listed news source in a name."""
    forms = known.forms
    return next((str(e[2]) for k in range(first, last + 1) for e in forms[k].names if e[1] == "source" and fits(forms, k, e[0], last)), None)


def _whose(known: Known, start: int, last: int, party: Mention | None, told: str | None, words: set[str]) -> tuple[str | None, str]:
    """The party that a speaker speaks for, and its sort: by name, by nationality, by a body named in full before, by the country of the report."""
    lexicon, reference = known.document.lexicon, known.document.reference
    head = known.forms[start]
    if party is not None and party.id is not None:
        general = _is_general(known, party)
        country = _country(known, start, last)
        if country and (party.label in _STATELY or general) and party.label not in ("authority", "official") and not _of_country(known, party, country):
            state = lexicon.state_actor(country, reference)
            if state is not None:
                return state, "state"
        if general and _is_elsewhere(known, party):
            home = known.home_state(start)
            if home is not None and (lexicon.actors[home][2] == "state" or not words & _ARMIES):
                return home, "state"  # «الجيش» in a report on Gaza is not the Palestinian authority's
        return party.id, party.label
    country = _country(known, start, last)
    ranked = "voice.rank" in head.cues or (head.noun is not None and head.noun[1] == "title")
    stately = (told in ("official", "party") or (told is None and ranked)) and not words & _OPPOSED
    if country and stately and (head.pos & NOUN or head.article):
        state = lexicon.state_actor(country, reference)
        if state is not None:
            return state, "state"
    body = _body_named(known, start, last) if told != "media" else None
    if body is not None:
        return body.id, body.label
    holder = next((m for k in range(start, last + 1) if (m := known.holders.get(k)) is not None and start in (m.head, m.first) and m.last == last), None)
    office = (holder.id or holder.holds) if holder is not None else None
    if office is not None:
        return office, lexicon.actors[office][2]
    general_office = words & _STATE_OFFICES and told in ("official", "party") and head.stem not in _SOURCES and "غرفه" not in words
    if (general_office or (words & _CABINET and told == "official")) and not words & _FOREIGN:
        return known.home_state(start), ""
    return None, ""


_WATCHERS: Final = frozenset(("monitor", "intergovernmental", "humanitarian"))
_FOREIGN: Final = words("identity.foreign")


def _kind_by_party(label: str, told: str | None, words: set[str]) -> SourceKind:
    if label == "official" and not words & _ARMIES:
        return "official"  # مركز عمليات طوارئ الصحة التابع لوزارة الصحة, هيئة عمليات التجارة البحرية
    if label in _STATELY and label != "police":
        armed = told == "party" or words & _STAFF or (told is None and words & _COMMANDS) or (words & _ARMED_RANKS and not words & _CIVIL)
        return "party" if armed else "official"
    if label in ("militia", "insurgent") and told == "local" and not words & _ARMED_RANKS:
        return "local"
    return _KIND_OF[label]


def _kind_by_words(head: Form, told: str | None, words: set[str]) -> SourceKind:
    if told is not None:
        return told  # type: ignore[return-value]
    if words & _ARMED_RANKS or head.bare in _COMMANDS:
        return "party"
    if head.stem in _SOURCES or head.bare in _HONOURED:
        return "local"
    if "voice.rank" in head.cues or (head.noun is not None and head.noun[1] in ("title", "office")) or (head.pos & NAME and words & _CHAIRS):
        return "official"  # … too where his office stands behind his name: ناصر أحمد، رئيس مجلس الولاية
    return "local"


def _told_kind(known: Known, first: int, last: int) -> str | None:
    """The kind that the first telling word of a name tells; a witness only as its head, ranks and outlets only where nothing else does."""
    forms = known.forms
    weak: str | None = None
    for k in range(first, last + 1):
        form = forms[k]
        phrased = next((cue for end, cue in known.document.phrases.get(k, ()) if cue.startswith("kind.") and end <= last), None)
        kinds = [cue[5:] for cue in form.cues if cue.startswith("kind.")]
        if phrased is not None:
            return phrased[5:]
        if "outlet" in kinds:
            continue
        if kinds:
            found = next((one for one in ("witness", "party", "official", "monitor", "media", "local") if one in kinds), kinds[0])
            if found == "witness" and k > first + 1:
                continue
            if found == "official" and form.stem in _LEAVE_IT:
                weak = weak or found
                continue
            if found == "local" and k > first and (forms[first].stem in _ARMED_RANKS or forms[first].bare in _ARMED_RANKS):
                continue
            if found == "local" and weak == "official":
                return weak
            if found == "official" and form.stem in _MEDICS and k > first:
                weak = weak or "monitor"
                continue
            return found
        if "voice.outlets" in form.cues:
            weak = weak or "media"
    return weak


def _is_own(known: Known, head: Form, words: set[str], placed: set[str]) -> bool:
    """The outlet's own people: مراسلنا, مراسل الشبكة, مصادر «X», مصادر خاصة."""
    own = known.outlet if head.stem in _MEDIA else known.outlet - placed
    if head.enclitic == "نا" and (
        head.stem in _REPORTERS or head.stem in _SOURCES or (head.noun is not None and head.noun[1] in ("office", "person") and not head.cues & {"kind.party"})
    ):
        return True
    if head.text in _OUR_OWN:
        return True
    if head.stem in _REPORTERS:
        if head.stem in ENVOYS and placed:
            return False  # مندوب سوريا
        return bool(words & own) or bool(words & _OWN_BODY) or len(words) <= 3 or not _of_another(known, words)
    if head.stem in _SOURCES:
        return bool(own and words & own) or bool(words & {"خاص", "خاصه"} and not words & {"امني", "امنيه"})
    return (
        bool(own)
        and (words >= own or (head.pos & NAME != 0 and bool(words & own)))
        and bool(words & own)
        and not any(f"kind.{kind}" in c for kind in ("party",) for c in [head.cues])
    )


def _places(known: Known, first: int, last: int) -> set[str]:
    """The words of a name that name a place: of «شبكة صور» the municipality of Tyre is not the outlet."""
    at = [place for k in range(first, last + 1) if (place := known.place_at.get(k)) is not None]
    return {known.forms[k].bare for place in at for k in range(place.first, place.last + 1)}


def _own_watch(known: Known, head: Form, words: set[str]) -> bool:
    """A watching body that speaks in its own bulletin: المرصد, المنصة, باحثو المركز where the outlet is مركز … للرصد."""
    own = known.watches
    return any("ال" + w in words for w in own) or bool(head.stem in own and words & known.outlet)


def _of_another(known: Known, words: set[str]) -> bool:
    return bool(words & _OTHER_MEDIA)


def _party(known: Known, first: int, last: int) -> Mention | None:
    """The listed party in a name; of a general office (وزارة الدفاع) and the body that it belongs to (في حكومة النظام), the body."""
    found: Mention | None = None
    for k in range(first, last + 1):
        mention = known.actor_at.get(k)
        if mention is None or mention.label in ("civilians", "social", "neutral", "person"):
            continue
        if found is None:
            found = mention
        elif found.label in _STATELY and mention.label in _STATELY and known.forms[k - 1].stem in ("حكومه", "في") and not _says_country(known, found):
            return mention
    return found


def _body_named(known: Known, first: int, last: int) -> Mention | None:
    """قائد ميداني في الجهاز, قيادي في الهيئة: the body that was named in full before."""
    for k in range(first + 1, last + 1):
        form = known.forms[k]
        if (
            not form.article
            or form.noun is None
            or form.noun[1] not in ("group", "office")
            or (k < last and (known.forms[k + 1].article or known.forms[k + 1].pos & NAME))
        ):
            continue
        if form.stem in _NO_BODIES:
            continue
        body = known.body_before(str(form.noun[0]), first)
        if body is not None:
            return next((known.actor_at[n] for n in range(body[0], body[1] + 1) if n in known.actor_at), None)
    return None


def _says_country(known: Known, mention: Mention) -> bool:
    return any(known.forms[k].nisba or k in known.place_at for k in range(mention.first, mention.last + 1))


def _country(known: Known, first: int, last: int) -> str:
    """The country that a name tells by an adjective or by its own name."""
    for k in range(first, last + 1):
        form = known.forms[k]
        given = k > first and not defined(form) and k < last and known.forms[k + 1].article  # عمدة القائم تركي المحلاوي
        if form.nisba and not given and (not form.pos & NAME or defined(form)):
            return form.nisba
    for k in range(first, last + 1):
        place = known.place_at.get(k)
        if place is not None and place.label == "country" and place.country:
            return place.country
    return ""


_GENERAL: Final = words("identity.general")
_HONOURED: Final = words("identity.honoured")
_ARMIES: Final = words("identity.armies")


def _is_elsewhere(known: Known, party: Mention) -> bool:
    """A general name (القيادة العامة للقوات المسلحة) that the list gives to a party of a country which the report is not about."""
    row = known.document.lexicon.actors.get(party.id or "")
    theatre = known.document.theatre
    if row is None or not row[3] or not theatre or row[3] in theatre:
        return False
    return _is_general(known, party)


def _is_general(known: Known, party: Mention) -> bool:
    """A name that every state has: القيادة العامة, وزارة الدفاع."""
    return all(known.forms[k].bare in _GENERAL or known.forms[k].stem in _GENERAL for k in range(party.first, party.last + 1))


def _of_country(known: Known, party: Mention, country: str) -> bool:
    row = known.document.lexicon.actors.get(party.id or "")
    return row is not None and (row[3] == country or row[3] == "")


def _media_id(known: Known, first: int, last: int, party: Mention | None, words: set[str]) -> str | None:
    """A state's or a party's own media bear its id: التلفزيون السوري, إعلام النظام."""
    if party is not None and party.label not in ("monitor", "intergovernmental"):
        return party.id
    country = _country(known, first, last)
    if country and (words & _STATE_MEDIA or "تلفزيون" in words):
        return known.document.lexicon.state_actor(country, known.document.reference)
    return None
