"""How well marsad locates places: the suite of toponyms, and the coordinates of the places that the annotated reports tell.

python tools/located.py                    both sets, per half
python tools/located.py --show             also every miss of the working half (the closed half is only ever counted)
python tools/located.py --gate             also fail where a figure is below its floor (tests/gold/place_floors.toml)
python tools/located.py --raise            set the floors to what is reached now, where that is higher

`tests/gold/toponyms.jsonl`: one name in a sentence or two each. It is right where the reading puts it within `km` of the point, in its country, with a
precision of the list (`near` is allowed where the words tell a relation; an area may reach as far as it does); a name with `none` is right where the reading gives it no point. `tests/gold/coordinates.csv`: the places of gold events. One is
right within 20 km; where only an area can be known (`level`), within `km` of its middle, or in the area of that name. A place that the reading does not
report at all is a miss of the reader: figures are given over all places, and over those that were read.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus import HERE, SHARED, annotated, closed_half
from floors import floors_of, raise_floors

from marsad.knowledge.gazetteer import distance_km
from marsad.model import Place, Reading, Report
from marsad.reading import read

TOPONYMS = HERE / "tests" / "gold" / "toponyms.jsonl"
COORDINATES = HERE / "tests" / "gold" / "coordinates.csv"
FLOORS = HERE / "tests" / "gold" / "place_floors.toml"
NEAR_KM = 20.0
NOWHERE = {"lat": 0.0, "lon": 0.0, "km": 0.0, "level": "none", "country": ""}

Verdict = Literal["right", "far", "wrong country", "not located", "wrong precision", "placed", "not read"]
"""`placed`: a name that is no place got a point; `wrong precision`: the point is right, but said to be finer or coarser than the words allow."""


@dataclass(frozen=True)
class Case:
    """One name in one text, and where it lies. `km`: how far off still counts; `area`: English name of the area, where `level` is one."""

    id: str
    text: str
    date: str | None
    outlet: str | None
    place: str
    none: bool
    lat: float
    lon: float
    km: float
    level: str
    country: str
    area: str = ""
    precision: tuple[str, ...] = ()
    ambiguous: bool = False

    @property
    def closed(self) -> bool:
        return closed_half(self.id)


@dataclass(frozen=True)
class Outcome:
    """What the reading made of a case; `place` is the one it gave, None where it gave none."""

    case: Case
    verdict: Verdict
    place: Place | None

    def told(self) -> str:
        """One line for whoever works on a miss."""
        case, place = self.case, self.place
        wanted = "no place" if case.none else f"{case.lat},{case.lon} ±{case.km:g} {case.level} {case.country}"
        got = "-" if place is None else f"{place.lat},{place.lon} {place.precision} {place.gazetteer_id} {place.admin1}/{place.country}"
        return f"{case.id}  {case.place}  [{self.verdict}]  wanted {wanted}  got {got}"


def toponyms(path: Path = TOPONYMS) -> list[Case]:
    """The suite of toponyms. Raises ValueError with file and line for a line that is no case."""
    out = []
    for number, line in enumerate(path.read_text("utf-8").strip("\n").split("\n"), 1):
        try:
            row = json.loads(line)
            none = row.get("none", False)
            point = (
                {"lat": 0.0, "lon": 0.0, "km": 0.0, "level": "none", "country": ""} if none else {k: row[k] for k in ("lat", "lon", "km", "level", "country")}
            )
            told = {k: row[k] for k in ("id", "text", "date", "outlet", "place")}
            out.append(Case(**told, **point, none=none, precision=tuple(row.get("precision", ())), ambiguous=row["ambiguous"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return out


def report_texts() -> dict[str, dict[str, Any]]:
    """The reports that coordinates speak of, by id, as far as their texts can be had here."""
    found = {item.record["id"]: item.record for item in annotated()}
    seed = SHARED / "seed" / "seed.jsonl"
    if seed.is_file():
        with seed.open(encoding="utf-8") as lines:
            found |= {r["id"]: r for r in map(json.loads, lines)}
    return found


def coordinates(path: Path = COORDINATES) -> list[Case]:
    """The located places of gold events whose reports are at hand. Raises ValueError for a broken line."""
    texts = report_texts()
    out = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                lat, lon, km = (float(row[k]) for k in ("lat", "lon", "km"))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
            if (report := texts.get(row["report"])) is None:
                continue
            told: dict[str, Any] = {"text": report["text"], "date": report.get("date"), "outlet": report.get("source") or report.get("outlet")}
            where: dict[str, Any] = {"lat": lat, "lon": lon, "km": km, "level": row["level"], "country": row["country"], "area": row["area"]}
            out.append(Case(id=row["report"], place=row["place"], none=False, **told, **where))
    return out


@cache
def _reading(id_: str, text: str, date: str | None, outlet: str | None) -> Reading:
    return read(Report.from_text(text, id=id_, date=date, outlet=outlet))


def outcomes(cases: Iterable[Case]) -> Iterator[Outcome]:
    """What the reading makes of each case, each text read once."""
    for case in cases:
        reading = _reading(case.id, case.text, case.date, case.outlet)
        places = told_as(case, reading)
        yield judged(case, places)


def told_as(case: Case, reading: Reading) -> list[Place]:
    """The places of the reading that stand where the case's name does, those with the most of its letters first, a located one before others."""
    starts = []
    at = case.text.find(case.place)
    while at >= 0:
        starts.append(at)
        at = case.text.find(case.place, at + 1)
    found: list[tuple[int, int, bool, int, Place]] = []
    for event in reading.events:
        for place in event.places:
            shared = max((min(place.span[1], s + len(case.place)) - max(place.span[0], s) for s in starts), default=0)
            if shared > 0:
                surplus = place.span[1] - place.span[0] - shared
                found.append((-shared, surplus, place.lat is None, len(found), place))
    return [place for *_, place in sorted(found, key=lambda f: f[:4])]


def judged(case: Case, places: list[Place]) -> Outcome:
    """The verdict on a case, given the places that stand where its name does."""
    if case.none:
        placed = [p for p in places if p.lat is not None]
        return Outcome(case, "placed" if placed else "right", placed[0] if placed else None)
    if not places:
        return Outcome(case, "not read", None)
    return Outcome(case, verdict(case, places[0]), places[0])


def verdict(case: Case, place: Place) -> Verdict:
    """Whether `place` lies where the case says."""
    if place.lat is None or place.lon is None:
        if "unknown" in case.precision and place.precision == "unknown":
            return "right"
        return "not located"
    if case.precision:
        area = place.precision in ("admin1", "admin2", "admin3") and place.precision in case.precision
        aside = place.relation is not None and place.precision == "near"  # moved or widened as the words say
        inside = _off(case, place) <= max(case.km, (place.radius_km or 0.0) if area or aside else 0.0)
    else:
        inside = _off(case, place) <= max(NEAR_KM, case.km) or case.area in {place.admin1, place.admin2} - {None, ""}
    if case.country and place.country and place.country != case.country and _off(case, place) > NEAR_KM:
        return "wrong country"
    if not inside:
        return "far"
    allowed = {*case.precision, *(("near",) if place.relation is not None else ())}
    return "wrong precision" if case.precision and place.precision not in allowed else "right"


def _off(case: Case, place: Place) -> float:
    assert place.lat is not None and place.lon is not None
    km: float | None = distance_km((case.lat, case.lon), (place.lat, place.lon))
    assert km is not None
    return km


def measure() -> tuple[dict[str, list[Outcome]], dict[str, float]]:
    """Outcomes by set and half, and the shares that have floors (0 to 1, the higher the better)."""
    sets: dict[str, list[Outcome]] = {}
    shares: dict[str, float] = {}
    for name, cases in (("toponyms", toponyms()), ("coordinates", coordinates())):
        found = list(outcomes(cases))
        for half, closed in (("working", False), ("closed", True)):
            kept = [o for o in found if o.case.closed == closed]
            sets[f"{half}, {name}"] = kept
            shares |= figures(f"{half}, {name}", kept)
    return sets, shares


def figures(name: str, kept: list[Outcome]) -> dict[str, float]:
    """The shares of one set: right of all, right of those that were read, and right of the ambiguous ones."""
    out = {f"{name}: right": share(kept), f"{name}: right of read": share([o for o in kept if o.verdict != "not read"])}
    if ambiguous := [o for o in kept if o.case.ambiguous]:
        out[f"{name}: ambiguous right"] = share(ambiguous)
    return out


def share(kept: list[Outcome]) -> float:
    """Part of the outcomes that is right; 0 where there are none."""
    return round(sum(o.verdict == "right" for o in kept) / len(kept), 4) if kept else 0.0


def page(sets: dict[str, list[Outcome]], shares: dict[str, float]) -> str:
    """The figures as a table, with what the misses are."""
    rows = ["| set | places | right | of those read | ambiguous | misses |", "|---|---:|---:|---:|---:|---|"]
    for name, kept in sets.items():
        misses = Counter(o.verdict for o in kept if o.verdict != "right")
        told = ", ".join(f"{n} {verdict}" for verdict, n in misses.most_common())
        ambiguous = shares.get(f"{name}: ambiguous right")
        cells = [f"{shares[f'{name}: right']:.3f}", f"{shares[f'{name}: right of read']:.3f}", "" if ambiguous is None else f"{ambiguous:.3f}"]
        rows.append(f"| {name} | {len(kept)} | " + " | ".join(cells) + f" | {told} |")
    return "\n".join(rows)


def floors() -> dict[str, float]:
    return floors_of(FLOORS)


def below(shares: dict[str, float]) -> list[str]:
    """What fell below its floor, in words."""
    return [f"{name} is {shares[name]:.3f}, its floor {floor:.3f}" for name, floor in floors().items() if shares.get(name, 0.0) < floor]


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--show", action="store_true", help="every miss of the working half")
    told.add_argument("--gate", action="store_true", help="fail below the floors")
    told.add_argument("--raise", dest="raised", action="store_true", help="raise the floors")
    options = told.parse_args()
    sets, shares = measure()
    print(page(sets, shares))
    if options.show:
        for name, kept in sets.items():
            print(f"\n{name}")
            print("\n".join(o.told() for o in kept if o.verdict != "right" and not o.case.closed))
    if options.raised:
        raise_floors(FLOORS, shares)
    fallen = below(shares) if options.gate else []
    print("\n".join(fallen), end="\n" if fallen else "", file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
