"""Which place of the gazetteer each name of a report means.

All names of a report are weighed together. For a name speak: how it agrees with the gazetteer's and how prominent the place is (both in
`Candidate.score`), the word of its kind in front of it (محافظة, حي), the countries that the report is about (its places and parties), the area that
the text tells beside it (هجين شرقي دير الزور), the outlet's country, and how near it lies to what is settled already. First those names are settled
that can only be one place, then the others by their nearness to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.gazetteer import Candidate, Point, apart_km, distance_km, gazetteer
from marsad.reading.document import Document, Mention
from marsad.reading.named import AREAS, SURE, Ground, Named, same_spot
from marsad.reading.places import DIRECTION_ADJECTIVES
from marsad.reading.places_listed import is_bank

_MOST: Final = 12  # candidates of one name that are weighed
_NAMES: Final = 200  # names of one report that are weighed; a list of more is no report
_KIND, _NOT_KIND, _HERE, _ELSEWHERE, _READER, _AREA, _TOLD_AREA, _OUTLET, _NEAR_IN_SENTENCE, _NEAR = 0.3, -0.25, 0.35, -0.2, 0.15, 0.15, 0.4, 0.1, 0.35, 0.25
_REACH_KM: Final = 80.0
_OUTSIDE_KM: Final = 5.0
_MUCH: Final = 0.6  # shares of a country in what a report says
_LITTLE: Final = 0.2
_BORDERING: Final = 0.05  # what nearness gives across a border
_NOT_TOLD_AS_AREA: Final = -0.1
_WITHIN_REACH: Final = 0.12  # what nearness gives some 80 km away
_BESIDE: Final = 0.25  # … and some 25
_CAPITAL: Final = 0.3
_TOWN: Final = 0.6  # how prominent a place is whose name may be spelt otherwise wherever it lies
_KNOWN: Final = 0.85  # how prominent a place is of which a report speaks that is about other countries
_HOLDING: Final = frozenset((None, "inside", *(f"{side}_of" for side in "north east south west north_east south_east south_west north_west".split())))


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the names of one report mean: by `id(mention)` the name with its candidates, and the countries that the report is about (share of the most)."""

    of: dict[int, Named]
    countries: dict[str, float]

    def named(self, mention: Mention) -> Named | None:
        """The mention's name with its candidates; None for a word that names no place (المدينة)."""
        return self.of.get(id(mention))

    def chosen(self, mention: Mention) -> Candidate | None:
        """The place that the mention means, or None."""
        named = self.of.get(id(mention))
        return named.chosen if named is not None else None

    def read_in(self, mention: Mention) -> tuple[str | None, str | None]:
        """The country and first-level area that the reader took the mention for, as far as the report is about that country; else its main country.

        حي الجولان in a report about Falluja is a listed name of Syria, and lies in Iraq for all that.
        """
        if not self.countries or (mention.country and self.countries.get(mention.country, 0.0) >= _LITTLE):
            return mention.country, mention.admin1
        return max(self.countries, key=lambda country: self.countries[country]), None


def chosen_places(document: Document) -> Whereabouts:
    """For each mention of a place its name with the candidates weighed, and the countries that weighed them."""
    names = _names(document)
    parents = _told_parents(document)
    votes = _votes(document, names)
    of = {id(mention): named for named in names for mention in named.mentions}
    outlet = _outlet_country(document)
    alone = [_alone(named, votes, outlet) for named in names]
    for named, held in zip(names, alone, strict=True):
        _weigh(named, held, votes, (), {}, of)
    seen: tuple[list[Named], list[list[Candidate]]] | None = None
    for _ in range(2):
        anchors = [named for named in names if named.weighed and named.lead >= SURE]
        sees = anchors, [[place for _, place, _ in named.weighed] for named in names]
        if sees == seen:
            break  # all that this round would look at is as it was before the last one
        seen = sees
        for named, held in zip(names, alone, strict=True):
            _weigh(named, held, votes, anchors, parents, of)
    return Whereabouts(of, votes)


def _names(document: Document) -> list[Named]:
    found: dict[tuple[str, frozenset[str], bool, bool, bool], Named] = {}
    for mention in document.places:
        name = _told_name(document, mention)
        if _is_common(document, mention, name) or is_bank(document, mention.first, mention.last):
            continue
        cues, called_after = _cues(document, mention)
        called_after = called_after or (mention.last > mention.first and gazetteer().called_after(document.forms[mention.first].bare))
        name = _longer(document, mention, name)
        inner = _inner_name(document, mention) if mention.last > mention.first and not _candidates(name) else None
        if inner is not None:
            name, cues = inner
        key = (name, cues, called_after, mention.parent_of >= 0, inner is not None)
        named = found.get(key)
        if named is None:
            if len(found) >= _NAMES:
                continue
            named = found[key] = Named(name, cues, called_after, inner is not None)
        named.add(mention)
    return list(found.values())


def _told_name(document: Document, mention: Mention) -> str:
    """The name as the text tells it; behind «ل» with the article that it has lost there: «للقامشلي» is القامشلي."""
    start, end = document.span(mention.first, mention.last)
    name = " ".join(document.words.text[start:end].split())
    form = document.forms[mention.first]
    return f"ال{name[2:]}" if form.preposition == "ل" and form.article and name.startswith("لل") else name


def _longer(document: Document, mention: Mention, name: str) -> str:
    """The name with the word behind it, where the gazetteer knows both as one: غوطة دمشق الشرقية."""
    k = mention.last + 1
    if k >= len(document.forms) or document.sentence_of[k] != document.sentence_of[mention.last]:
        return name
    behind = document.forms[k]
    if not behind.article or behind.conjunction or behind.preposition:
        return name
    start, end = document.span(mention.first, k)
    longer = " ".join(document.words.text[start:end].split())
    return longer if longer == f"{name} {behind.text}" and any(c.match == "exact" for c in _candidates(longer)) else name


def _inner_name(document: Document, mention: Mention) -> tuple[str, frozenset[str]] | None:
    """The known name at the end of a longer one, behind a word for a kind of place or a preposition: كنيسة بمدينة طنطا, مستشفى الثورة بالحديدة."""
    forms = document.forms
    for k in range(mention.first + 1, mention.last + 1):
        cues = gazetteer().kinds_told(forms[k - 1].stem)
        directed = k - 1 == mention.first and bool(forms[k - 1].relation)  # جنوب سوريا
        if not directed and not (cues and k - 1 > mention.first) and forms[k].preposition != "ب" and forms[k - 1].text != "في":
            continue
        start, end = document.span(k, mention.last)
        name = " ".join(document.words.text[start:end].split())
        if all(forms[j].place for j in range(k, mention.last + 1)):
            continue  # سجن المدينة
        if any(c.match in ("exact", "close") for c in _candidates(name)):
            return name, cues if k - 1 > mention.first else frozenset()
    return None


def _is_common(document: Document, mention: Mention, name: str) -> bool:
    """المدينة، المطار، مركز المدينة: words for kinds of places and nothing else name none, but for a listed one (الباب، التل)."""
    if not all(document.forms[k].place for k in range(mention.first, mention.last + 1)):
        return False
    return mention.row < 0 or (mention.last > mention.first and not any(c.match in ("exact", "close") for c in _candidates(name)))


def _cues(document: Document, mention: Mention) -> tuple[frozenset[str], bool]:
    """The kinds that the words in front of the name may mean (those of its phrase, nearest first), and whether things behind such a word are called
    after places elsewhere (حي كريمة)."""
    for k in range(mention.first - 1, max(mention.head, mention.first - 3) - 1, -1):
        if document.forms[k].relation and document.forms[k].stem != "ريف":
            break  # «منطقة شمال تدمر» calls what lies north of it an area, not Palmyra
        kinds = gazetteer().kinds_told(document.forms[k].bare)
        if kinds:
            return kinds, gazetteer().called_after(document.forms[k].bare)
    return frozenset(), False


def _votes(document: Document, names: list[Named]) -> dict[str, float]:
    """The countries that the report is about, each with its share of the strongest: those that it names (and their people), those of names that
    can only be in one, and those of its parties."""
    votes: defaultdict[str, float] = defaultdict(float)
    for named in names:
        alike = [c for c in _candidates(named.name) if c.match in ("exact", "close")]
        if alike and (alike[0].kind == "country" or all(c.country == alike[0].country for c in alike)):
            named.vote = 1.0
        elif len(alike) > 1 and alike[0].country != alike[1].country and alike[0].score - alike[1].score > SURE / 2:
            named.vote = 0.5
        if named.vote:
            votes[alike[0].country] += named.vote
            named.voted = alike[0].country
    for country in sorted({form.nisba for form in document.forms if form.nisba}):  # sorted: the order of votes decides between two of one weight
        votes[country] += 0.5
    for country in sorted(document.theatre):
        votes[country] += 0.5
    most = max(votes.values(), default=0.0)
    for named in names:
        named.vote /= most or 1.0
    return {country: vote / most for country, vote in votes.items() if len(country) == 2}


def _told_parents(document: Document) -> dict[int, list[Mention]]:
    """For each place (by `id`) those that the text tells as holding it."""
    found: dict[int, list[Mention]] = {}
    for mention in document.places:
        if 0 <= mention.parent_of < len(document.places):
            found.setdefault(id(document.places[mention.parent_of]), []).append(mention)
    return found


def _outlet_country(document: Document) -> str:
    outlet = document.report.outlet
    return document.lexicon.country_of_outlet(outlet) if outlet else ""


@lru_cache(4096)
def _candidates(name: str) -> tuple[Candidate, ...]:
    return gazetteer().candidates(name, limit=_MOST)


@dataclass(slots=True, eq=False)
class _Alone:
    """A candidate with what speaks for it whatever the report's other names mean."""

    place: Candidate
    point: Point | None
    weight: float
    grounds: list[Ground]
    away: dict[str, float] = field(default_factory=dict)  # id of another place → how many kilometres away it is, once asked for


def _alone(named: Named, votes: dict[str, float], outlet: str) -> list[_Alone]:
    candidates = _candidates(named.name)
    fits = bool(named.cues) and any(c.kind in named.cues for c in candidates)
    related = any(m.relation for m in named.mentions)
    is_capital = gazetteer().is_capital
    out: list[_Alone] = []
    for place in candidates:
        if _is_no_name(place, named.name):
            continue
        grounds: list[Ground] = [(f"name {place.match}", place.score)]
        if is_capital(place):
            grounds.append(("a capital", _CAPITAL))
        if fits:
            grounds.append((f"called a {place.kind}", _KIND) if place.kind in named.cues else ("of another kind than told", _NOT_KIND))
        if not named.cues and not related and _is_rather_a_town(place, candidates):
            grounds.append(("not told as an area", _NOT_TOLD_AS_AREA))
        weight = 0.0
        for _, by in grounds:
            weight += by
        of_report = _of_report(place, named, votes, outlet)
        grounds += of_report
        more = 0.0
        for _, by in of_report:
            more += by
        out.append(_Alone(place, place.point, weight + more, grounds))
    return out


def _weigh(
    named: Named, alone: list[_Alone], votes: dict[str, float], anchors: Iterable[Named], parents: dict[int, list[Mention]], of: dict[int, Named]
) -> None:
    told = _told_beside(named, parents, of)
    abroad = _told_countries(named, parents, of)
    settled = _settled(named, anchors)
    weighed: list[tuple[float, Candidate, tuple[Ground, ...]]] = []
    for one in alone:
        place = one.place
        if abroad and (len(abroad) > 1 or place.country not in abroad):
            continue  # دولو في إثيوبيا
        more: list[Ground] = []
        weight = one.weight
        area = _of_areas(place, named, told, parents, of)
        if area is not None:
            more.append(area)
            weight += area[1]
        near = 0.0
        by = _of_neighbours(one, settled)
        if by is not None:
            more.append(by)
            near = by[1]
        own = named.vote if named.voted == place.country and place.kind == "neighbourhood" else 0.0  # a quarter does not speak for itself
        if votes and _far_fetched(place, votes.get(place.country, 0.0) - own, near):
            continue
        if anchors and near < _WITHIN_REACH and _only_alike(place, named):
            continue
        weighed.append((weight + near, place, (*one.grounds, *more)))
    weighed.sort(key=lambda w: (-w[0], w[1].id))
    named.weighed = weighed


def _is_rather_a_town(area: Candidate, candidates: Iterable[Candidate]) -> bool:
    """Whether the area has a town of its name that is meant where no word says otherwise: a district's; a governorate's, if it lies far from its middle."""
    if area.kind not in ("admin1", "admin2", "admin3"):
        return False
    for town in candidates:
        if town.kind == "settlement" and town.match == area.match and town.country == area.country and same_spot(area, town):
            return area.kind != "admin1" or (distance_km(area, town) or 0.0) > _REACH_KM
    return False


def _far_fetched(place: Candidate, share: float, near: float) -> bool:
    """Whether a place in a country of which the report says little is too little known, or too little like the name, to be meant."""
    if place.match == "loose" and place.prominence < _TOWN and near < _WITHIN_REACH:
        return True
    if place.match in ("loose", "part"):
        return (near < _WITHIN_REACH and share < _MUCH) or (near < _BESIDE and share < _LITTLE)
    return near < _BORDERING and share < _LITTLE and place.kind != "country" and place.prominence < _KNOWN and not gazetteer().is_capital(place)


def _only_alike(place: Candidate, named: Named) -> bool:
    """Whether a place far from all that is settled is too little like the name to be meant: a small one that is spelt otherwise or has a part of the
    name, or the town after which a quarter is called (حي كريمة)."""
    if place.match in ("loose", "part") and place.prominence < _TOWN:
        return True
    return named.called_after and place.kind not in named.cues


def _is_no_name(place: Candidate, name: str) -> bool:
    """Whether only an adjective of the name agrees: الحدود الشرقية is not الغوطة الشرقية."""
    return place.match in ("part", "loose") and fold(name.split()[-1]) in DIRECTION_ADJECTIVES and len(name.split()) == 2


def _told_beside(named: Named, parents: dict[int, list[Mention]], of: dict[int, Named]) -> list[tuple[bool, Candidate | None]]:
    """The places that the text tells beside the name, each with whether it is told right behind it as holding it."""
    return [(parent.relation in _HOLDING, of[id(parent)].chosen) for mention in named.mentions for parent in parents.get(id(mention), ()) if id(parent) in of]


def _told_countries(named: Named, parents: dict[int, list[Mention]], of: dict[int, Named]) -> set[str]:
    """The countries of what the text tells as holding the name, as far as it is plain what that means: الصوانة قضاء مرجعيون is in Lebanon."""
    out: set[str] = set()
    for parent in (parent for mention in named.mentions for parent in parents.get(id(mention), ())):
        held = of.get(id(parent))
        area = held.chosen if held is not None and parent.relation in _HOLDING else None
        if held is None or area is None:
            continue
        if area.kind == "country" or (held.cues and parent.relation is None and held.sure):
            out.add(area.country)
    return out


def _of_report(place: Candidate, named: Named, votes: dict[str, float], outlet: str) -> list[Ground]:
    """What the countries of the report say, and what the reader took the place for."""
    out: list[Ground] = []
    if votes:
        share = votes.get(place.country, 0.0)
        out.append(("in a country of the report", _HERE * share) if share else ("in no country of the report", _ELSEWHERE))
    if outlet and place.country == outlet:
        out.append(("in the outlet's country", _OUTLET))
    first = named.mentions[0]
    if first.country == place.country and len(first.rows) < 2:
        out.append(("read so", _READER))
        if first.admin1 and first.admin1 in (place.admin1, place.name_en):
            out.append(("in the area that was read", _AREA))
    return out


def _of_areas(
    place: Candidate, named: Named, told: list[tuple[bool, Candidate | None]], parents: dict[int, list[Mention]], of: dict[int, Named]
) -> Ground | None:
    """What the areas that the text tells beside the name say, and whether it is itself told as such an area."""
    for _, area in told:
        if area is not None and area.id != place.id and holds(area, place):
            return f"in {area.name_en or area.id}, which is told", _TOLD_AREA
    if place.kind in AREAS and (any(m.relation == "countryside" for m in named.mentions) or _holds_what_is_outside(place, named, parents, of)):
        return "told as an area", 0.15
    return None


def _holds_what_is_outside(area: Candidate, named: Named, parents: dict[int, list[Mention]], of: dict[int, Named]) -> bool:
    """Whether a place that the text tells in this area lies well outside of the town of the same name."""
    town = next((c for _, c, _ in named.weighed if c.kind == "settlement" and c.country == area.country and c.point is not None), None)
    if town is None:
        return True
    mine = {id(m) for m in named.mentions}
    for child, told in parents.items():
        if child in of and any(id(parent) in mine for parent in told):
            place = of[child].chosen
            apart = distance_km(place, town) if place is not None else None
            if apart is not None and apart > town.radius_km + _OUTSIDE_KM:
                return True
    return False


def holds(area: Candidate, place: Candidate) -> bool:
    """Whether an area (or the town that gives an area its name) holds a place."""
    if area.country != place.country:
        return False
    if area.kind == "country":
        return True
    if area.name_en and area.name_en in (place.admin1, place.admin2, place.admin3):
        return True
    apart = distance_km(area, place)
    return apart is not None and apart < max(60.0, area.radius_km)


def _settled(named: Named, anchors: Iterable[Named]) -> list[tuple[Candidate, Point, float]]:
    """What is settled beside a name, each with its point and what it can say at most: what stands in the same sentence counts more."""
    out: list[tuple[Candidate, Point, float]] = []
    for anchor in anchors:
        other = anchor.chosen
        if anchor is named or other is None or other.kind == "country":
            continue
        point = other.point
        if point is not None:
            out.append((other, point, _NEAR if named.sentences.isdisjoint(anchor.sentences) else _NEAR_IN_SENTENCE))
    return out


def _of_neighbours(one: _Alone, settled: list[tuple[Candidate, Point, float]]) -> Ground | None:
    """How near a candidate lies to what is settled."""
    place, point, away = one.place, one.point, one.away
    if point is None:
        return None
    best, way = 0.0, 0.0
    nearest: Candidate | None = None
    for other, there, most in settled:
        if most <= best or (other.id == place.id and place.match != "part"):  # جامع هجين is by the Hajin that is told
            continue
        apart = away.get(other.id, -1.0)
        if apart < 0:
            apart = away[other.id] = apart_km(point, there)
        near = most * exp(-max(0.0, apart - other.radius_km) / _REACH_KM)
        if near > best:
            best, way, nearest = near, apart, other
    return (f"{way:.0f} km from {nearest.name_en or nearest.id}", best) if nearest is not None and best >= 0.01 else None
