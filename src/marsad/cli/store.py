"""Where the store is, and which incidents are asked for: what the commands over a store have in common."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, get_args

if TYPE_CHECKING:
    from marsad.model import Filters
    from marsad.observatory import Observatory

DEFAULT: Final = "marsad.db"


def take_store(command: argparse.ArgumentParser) -> None:
    """The store that a command works on."""
    command.add_argument("--db", metavar="URL", help=f"the store: a path, or an address (postgresql+psycopg://…); default MARSAD_DB, else {DEFAULT} here")


def take_filters(command: argparse.ArgumentParser, *, words: bool = True) -> None:
    """Which incidents; all that is given must hold."""
    from marsad.cli.options import a_day

    asked = command.add_argument_group("filters", "which incidents; all that is given must hold")
    asked.add_argument("--since", type=a_day, metavar="YYYY-MM-DD", help="that begin on this day or later")
    asked.add_argument("--until", type=a_day, metavar="YYYY-MM-DD", help="that begin on this day or earlier")
    asked.add_argument("--country", metavar="CC", help="ISO 3166-1 (SY)")
    asked.add_argument("--admin1", metavar="NAME", help="a governorate, by its name in Arabic or English")
    asked.add_argument("--admin2", metavar="NAME", help="a district")
    asked.add_argument("--place", metavar="NAME", help="a place by its name or its id in the gazetteer")
    asked.add_argument("--box", type=a_box, metavar="W,S,E,N", help="with a place in this box, in degrees")
    asked.add_argument("--near", metavar="PLACE", help="with a place near this one: a name, an id or LAT,LON")
    asked.add_argument("--within", type=float, default=20.0, metavar="KM", help="how near (20)")
    asked.add_argument("--type", metavar="TYPE", help="air_strike, shelling …")
    asked.add_argument("--actor", metavar="ID", help="an id from the list of actors, with all that belongs to it, or a name")
    asked.add_argument("--role", metavar="ROLE", help="of that actor: initiator, target, participant, beneficiary")
    asked.add_argument("--outlet", metavar="NAME", help="printed by it")
    asked.add_argument("--asserter", metavar="NAME", help="something of it is said by it: a name or an id")
    asked.add_argument("--status", metavar="STATUS", help="occurred, ongoing, failed, planned, denied")
    asked.add_argument("--review", metavar="STATE", help="unreviewed, confirmed, rejected, withheld")
    asked.add_argument("--grade", metavar="GRADE", help="single, several, both_sides, admitted, contested")
    if words:
        asked.add_argument("--text", metavar="WORDS", help="a report that tells it has these words (see marsad search)")
    asked.add_argument("--as-of", type=a_day, metavar="YYYY-MM-DD", help="as it was known at the end of that day (UTC)")


def a_box(words: str) -> tuple[float, float, float, float]:
    """West, south, east, north; what is none is wrong usage."""
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no box (west,south,east,north in degrees)") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise argparse.ArgumentTypeError(f"{words!r} is no box on the earth")
    return west, south, east, north


class UsageError(Exception):
    """What was asked for cannot be asked for; exit status 2."""


def filters_of(options: argparse.Namespace) -> Filters:
    """The filters that were asked for. Raises `UsageError`."""
    from marsad import model

    allowed = {
        "type": model.EventType, "role": model.ActorRole, "status": model.Status, "review": model.ReviewState, "grade": model.GradeValue,
    }  # fmt: skip
    for name, values in allowed.items():
        value = getattr(options, name)
        if value is not None and value not in get_args(values):
            raise UsageError(f"--{name} {value!r}: one of {', '.join(get_args(values))}")
    told: dict[str, Any] = {name: getattr(options, name, None) for name in model.Filters.__struct_fields__ if name != "near"}
    if options.country:
        told["country"] = options.country.upper()
    for level in ("admin1", "admin2"):
        name = getattr(options, level)
        if name:
            told[level] = _area(name, level, told["country"])
    return model.Filters(near=_near(options.near, options.within) if options.near else None, **told)


def _area(name: str, level: str, country: str | None) -> str:
    """The name by which incidents have an area, of any of its names."""
    from marsad.knowledge.gazetteer import gazetteer

    for found in gazetteer().candidates(name, country=country, kind=level):
        return found.name_en or name
    return name


def _near(words: str, km: float) -> tuple[float, float, float]:
    from marsad.knowledge.gazetteer import gazetteer

    parts = words.split(",")
    if len(parts) == 2:
        with contextlib.suppress(ValueError):
            lat, lon = float(parts[0]), float(parts[1])
            if -90 <= lat <= 90 and -180 <= lon <= 180:
                return lat, lon, km
    places = gazetteer()
    named = places.place(words) if ":" in words else next(iter(places.candidates(words)), None)
    if named is None or named.point is None:
        raise UsageError(f"--near: no place called {words} whose point is known")
    return named.point[0], named.point[1], km


@contextlib.contextmanager
def observatory(options: argparse.Namespace, *, create: bool = False) -> Iterator[Observatory]:
    """The observatory on the store that was named."""
    from marsad.observatory import Observatory

    url = options.db or os.environ.get("MARSAD_DB") or DEFAULT
    with Observatory(url, create=create) as opened:
        yield opened


def told(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command whose troubles with the store, or with what was asked for, are one line on standard error."""

    def running(options: argparse.Namespace) -> int:
        from marsad.cli.output import harmless
        from marsad.observatory import ReviewError, StoreError

        try:
            return run(options)
        except (StoreError, ReviewError) as error:
            print(f"marsad: {harmless(str(error))}", file=sys.stderr)
            return 1
        except UsageError as error:
            print(f"marsad: {harmless(str(error))}", file=sys.stderr)
            return 2

    return running


def shape_of(options: argparse.Namespace, otherwise: str = "jsonl") -> str:
    """`--format`, or a table on a terminal."""
    shape: Any = options.format or ("table" if getattr(options, "output", None) is None and sys.stdout.isatty() else otherwise)
    return str(shape)
