"""A made-up world at war, and the reports of five outlets on it: told events with the incident that each tells.

    reports(number) → one list of (told event, incident) for each report, in the order of their days

The world has forty fronts, the busiest with some eight incidents a day and the quietest with one in two days. A report tells 3.7 events, one in five with
a day, one in four as something past, which lies days or years back (`_PAST`): as in the nine months of two real outlets that marsad has read (26 reports
a day that tell something, 3.9 events each, 0.20 of them with a day, 0.23 in the background). So many reports a day are told (65), however many are asked
for: more reports are more days. Places are towns of the gazetteer, fronts are their neighbourhoods.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from bench.texts import HERE
from marsad.incidents import Told
from marsad.knowledge.gazetteer import distance_km
from marsad.model import Actor, Count, Counted, Event, EventDate, EventType, Place, Source, Status, Who

FIRST: Final = datetime.date(2015, 1, 1)
OUTLETS: Final = ("شبكة الأولى", "شبكة الثانية", "وكالة الثالثة", "قناة الرابعة", "موقع الخامس")
A_DAY: Final = 65
"""Reports a day."""
_EVE: Final = 4
"""Days before the first report that reports may tell of as recent."""
_PAST: Final = ((0, 4), (10, 30), (20, 60), (30, 118), (40, 244), (50, 491), (60, 844), (70, 1_249), (80, 2_160), (90, 5_923), (95, 12_867))
"""How far back what reports tell as past lies: so many of a hundred such events end at the most so many days before the report. Counted on the 3,316
that have a date among 4,843 of 30,834 annotated events; the farthest twentieth is left out."""
_PAST_DATES: Final = (("unknown", 31), ("year", 28), ("month", 27), ("day", 14))
"""With what precision of a hundred such events each is told, counted on the same."""
_COUNTRIES: Final = {
    "SY": (("syria-government", "russia"), ("syrian-opposition", "hts", "islamic-state", "sdf")),
    "IQ": (("iraq-government", "popular-mobilisation"), ("islamic-state",)),
    "YE": (("saudi-coalition", "yemen-government"), ("houthis",)),
    "LY": (("lna",), ("libya-gnu", "islamic-state")),
    "SD": (("sudan-army",), ("rsf",)),
    "PS": (("israel",), ("hamas", "palestinian-islamic-jihad")),
}
_TYPES: Final[tuple[tuple[EventType, int], ...]] = (
    ("armed_clash", 30), ("air_strike", 22), ("shelling", 12), ("territory_change", 8), ("attack_on_civilians", 6), ("explosive_device", 5), ("arrest", 4),
    ("troop_movement", 4), ("displacement", 3), ("negotiation", 3), ("protest", 3),
)  # fmt: skip
_MIDDLES: Final = ("ارب", "ومه", "لفات", "يسر", "جدل", "خبر", "تحن", "وقف", "هضم", "زرع")
_WORDS: Final = [f"{a}{b}{c}" for a in "قصدنشمكرطع" for b in _MIDDLES for c in ("ون", "ية", "ات", "هم", "نا")]


class Town(NamedTuple):
    name: str
    name_en: str
    country: str
    admin1: str
    point: tuple[float, float]


@dataclass
class Happening:
    """One incident as it was, before anybody tells it."""

    name: str
    day: datetime.date
    type: EventType
    status: Status
    place: Town
    front: int
    sides: tuple[str, str]
    toll: int
    words: list[str]


def reports(number: int, *, seed: int = 7) -> Iterator[list[tuple[Told, str]]]:
    """So many reports with their told events, each with the name of the incident that it tells."""
    chance = random.Random(seed)
    fronts = _fronts(chance)
    weights = [1 / (n + 3) for n in range(len(fronts))]
    days = [_day(ordinal, fronts, weights, chance) for ordinal in range(-_EVE, 0)]

    @cache
    def long_past(ordinal: int) -> list[Happening]:
        """What happened on a day before all that are reported, the same whoever recalls it."""
        return _day(ordinal, fronts, weights, random.Random(f"{seed} {ordinal}"))

    made = 0
    for ordinal in range(10**6):
        days.append(_day(ordinal, fronts, weights, chance))
        for n in range(A_DAY):
            yield _report(f"r{ordinal}-{n}", FIRST + datetime.timedelta(ordinal), days, long_past, chance)
            made += 1
            if made == number:
                return


def _day(ordinal: int, fronts: list[tuple[str, list[Town]]], weights: list[float], chance: random.Random) -> list[Happening]:
    """What happens on a day, the best known first."""
    day = FIRST + datetime.timedelta(ordinal)
    return [_happening(f"{ordinal}-{n}", day, fronts, weights, chance) for n in range(60)]


def _fronts(chance: random.Random) -> list[tuple[str, list[Town]]]:
    """Forty fronts: a country, and up to eight towns, three at the least, that lie within forty kilometres of one of them."""
    towns = _towns()
    found: list[tuple[str, list[Town]]] = []
    while len(found) < 40:
        middle = chance.choice(towns)
        near = [t for t in towns if t.country == middle.country and (distance_km(t.point, middle.point) or 0) < 40]
        if len(near) >= 3:
            found.append((middle.country, chance.sample(near, min(8, len(near)))))
    return found


def _towns() -> list[Town]:
    found = []
    for path in sorted((HERE / "src" / "marsad" / "knowledge" / "places").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [
                Town(row["name_ar"], row["name_en"], row["country"], row["admin1"], (float(row["lat"]), float(row["lon"])))
                for row in csv.DictReader(lines)
                if row.get("kind") == "settlement" and row["country"] in _COUNTRIES and row["lat"] and row["admin1"]
            ]
    return found


def _happening(name: str, day: datetime.date, fronts: list[tuple[str, list[Town]]], weights: list[float], chance: random.Random) -> Happening:
    front = chance.choices(range(len(fronts)), weights)[0]
    country, towns = fronts[front]
    ours, theirs = _COUNTRIES[country]
    sides = (chance.choice(ours), chance.choice(theirs))
    type_ = chance.choices([t for t, _ in _TYPES], [w for _, w in _TYPES])[0]
    status: Status = chance.choices(("occurred", "ongoing", "failed", "planned"), (80, 12, 4, 4))[0]
    toll = int(chance.paretovariate(0.8))
    own = [name.replace("-", "q"), *chance.sample(_WORDS, 12)]
    return Happening(name, day, type_, status, chance.choice(towns), front, sides if chance.random() < 0.7 else sides[::-1], toll, own)


def _report(
    name: str, day: datetime.date, days: Sequence[Sequence[Happening]], long_past: Callable[[int], list[Happening]], chance: random.Random
) -> list[tuple[Told, str]]:
    """A report on something of the last days, on others of its front, and on something past."""
    at = len(days) - 1
    recent = days[max(0, at - chance.choices((0, 1, 2, 3), (60, 28, 8, 4))[0])]
    first = recent[min(int(chance.expovariate(0.08)), len(recent) - 1)]
    others = [h for day_ in days[-4:] for h in day_ if h.front == first.front and h is not first]
    told = [(first, False), *((h, False) for h in chance.sample(others, min(len(others), chance.randrange(5))))]
    for _ in range(chance.choices((0, 1, 2), (35, 40, 25))[0]):
        then = at - _days_back(chance)
        before = days[then] if then >= 0 else long_past(then - _EVE)
        recalled = before[min(int(chance.expovariate(0.3)), len(before) - 1)]
        if all(recalled is not h for h, _ in told):
            told.append((recalled, True))
    outlet = chance.choice(OUTLETS)
    sentences = [_sentence(h, chance) for h, _ in told]
    text = "\n".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:n]) for n in range(len(sentences))]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    found = []
    for index, ((h, past), start) in enumerate(zip(told, starts, strict=True)):
        event = _event(h, past, day, (start, start + len(sentences[index])), chance)
        found.append((Told(name, sha256, index, event, day, outlet, None, text, h.place.country), h.name))
    return found


def _days_back(chance: random.Random) -> int:
    """How many days back something past lies (`_PAST`)."""
    share = chance.uniform(_PAST[0][0], _PAST[-1][0])
    for (low, near), (high, far) in pairwise(_PAST):
        if share <= high:
            return near + int((far - near) * (share - low) / (high - low))
    return _PAST[-1][1]


def _sentence(h: Happening, chance: random.Random) -> str:
    own = chance.sample(h.words, 7)
    return " ".join([*own, *chance.sample(_WORDS, 14)]) + "."


def _event(h: Happening, past: bool, day: datetime.date, span: tuple[int, int], chance: random.Random) -> Event:
    if past:
        (precision,) = chance.choices([p for p, _ in _PAST_DATES], [n for _, n in _PAST_DATES])
        date = _told_as(h.day, precision, span) if precision != "unknown" else EventDate(day, day, "unknown", None)
    else:
        date = EventDate(h.day, h.day, "day", span) if chance.random() < 0.26 else EventDate(day, day, "unknown", None)
    toll = max(1, h.toll + chance.choice((0, 0, 0, 1, 2)))
    killed: Counted = "killed"
    counts = (Count(killed, toll, toll, Who(None, h.sides[1]), False, None, span),) if chance.random() < 0.45 else ()
    actors = tuple(Actor(a, a, role, span) for a, role in zip(h.sides, ("initiator", "target"), strict=True) if chance.random() < 0.8)  # type: ignore[arg-type]
    source = Source(None, None, "outlet", None) if chance.random() < 0.7 else Source("مصادر ميدانية", None, "local", span)
    return Event(h.type, h.status, past, None, (span,), date, (_place(h.place, span, chance),), actors, counts, source, span)


def _told_as(day: datetime.date, precision: str, span: tuple[int, int]) -> EventDate:
    """A day as its year, its month or itself."""
    if precision == "year":
        return EventDate(day.replace(month=1, day=1), day.replace(month=12, day=31), "year", span)
    if precision == "month":
        last = (day.replace(day=28) + datetime.timedelta(4)).replace(day=1) - datetime.timedelta(1)
        return EventDate(day.replace(day=1), last, "month", span)
    return EventDate(day, day, "day", span)


def _place(town: Town, span: tuple[int, int], chance: random.Random) -> Place:
    country, admin1 = town.country, town.admin1
    if chance.random() < 0.75:
        lat, lon = town.point
        return Place(town.name, "at", None, None, admin1, country, span, lat, lon, "settlement", 3.0, f"{country}/{town.name_en}")
    if chance.random() < 0.7:
        return Place(admin1, "at", None, None, admin1, country, span, None, None, "admin1", None, f"{country}//{admin1}")
    return Place(country, "at", None, None, None, country, span, None, None, "country", None, country)
