"""Columns: what a flat export says, each with its type, its meaning, and where in the model it comes from.

The table of incidents (`INCIDENT_COLUMNS`) is that of CSV, XLSX and Parquet; that of claims is the second sheet. The codebook is made from them.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, get_args

from marsad.model import Claim, Counted, Incident, Place, Report, Tally

Kind = Literal["text", "texts", "int", "float", "date"]
ReportFacts = Callable[[str], "Report | None"]


@dataclass(frozen=True, slots=True)
class Row:
    """What a column may look at: an incident with the facts of its reports, and one of its claims in a table of claims."""

    incident: Incident
    report: ReportFacts
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `source`: the field of the model (`Incident.type`) or data file that it comes from, empty where it is computed here or never filled."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Row], Any]
    source: str = ""


def located(incident: Incident) -> Place | None:
    """The place that stands for the incident: the first told that is located, where it happened before where it came from or went to."""
    places = sorted(incident.places, key=lambda place: (place.lat is None, place.role != "at"))
    return places[0] if places else None


def widest(incident: Incident, what: str) -> Tally | None:
    """The tally of the largest group that is counted: figures of several groups are never added, for they may overlap."""
    tallies = [tally for tally in incident.tallies if tally.what == what]
    return max(tallies, key=lambda tally: (tally.best, tally.who is None, tally.asserters, tally.who or ""), default=None)


def by_role(incident: Incident, *roles: str) -> list[str]:
    """The names of actors in these roles, as written, each once."""
    return list(dict.fromkeys(actor.name for actor in incident.actors if actor.role in roles))


def ids_by_role(incident: Incident, *roles: str) -> list[str]:
    """The ids of listed actors in these roles, each once."""
    return list(dict.fromkeys(actor.id for actor in incident.actors if actor.role in roles and actor.id))


def sources(row: Row) -> list[Report]:
    """The reports of the incident that are kept, in its order."""
    return [report for id_ in row.incident.reports if (report := row.report(id_)) is not None]


def evidence(incident: Incident) -> list[str]:
    """The words in which it is told, each once, those that say that it happened first."""
    claims = sorted(incident.claims, key=lambda claim: claim.about != "occurred")
    return list(dict.fromkeys(" ".join(claim.words.split()) for claim in claims if claim.words))


def one_value(value: Any) -> str:
    """The value of a claim as text: itself, or as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def tally_words(tally: Tally) -> str:
    """A tally in words: `killed civilians: 3–5, best 4 (2 asserters, latest_lower_median)`; `5+` is open upwards."""
    bounds = f"{tally.low}+" if tally.high is None else (f"{tally.low}" if tally.low == tally.high else f"{tally.low}–{tally.high}")
    who = f" {tally.who}" if tally.who else ""
    return f"{tally.what}{who}: {bounds}, best {tally.best} ({tally.asserters} {'asserter' if tally.asserters == 1 else 'asserters'}, {tally.rule})"


def _place(field: str, row: Row) -> Any:
    place = located(row.incident)
    return None if place is None else getattr(place, field)


def _count(what: str, bound: str, row: Row) -> Any:
    tally = widest(row.incident, what)
    return None if tally is None else getattr(tally, bound)


def _names(roles: tuple[str, ...], row: Row) -> list[str]:
    return by_role(row.incident, *roles)


def _ids(roles: tuple[str, ...], row: Row) -> list[str]:
    return ids_by_role(row.incident, *roles)


def _told(field: str, row: Row) -> list[str]:
    return [str(value) for report in sources(row) if (value := getattr(report, field)) is not None]


def _counted() -> list[Column]:
    made = []
    for what in get_args(Counted):
        spoken = what.replace("_", " ")
        made += [
            Column(f"{what}_low", "int", f"fewest {spoken} of the widest group that is counted", partial(_count, what, "low"), "Tally.low"),
            Column(f"{what}_best", "int", f"{spoken}: a figure that somebody stated", partial(_count, what, "best"), "Tally.best"),
            Column(f"{what}_high", "int", f"most {spoken}; empty where a claim leaves it open", partial(_count, what, "high"), "Tally.high"),
            Column(f"{what}_who", "text", f"whom the three figures of {spoken} count; empty where it is not told", partial(_count, what, "who"), "Tally.who"),
        ]
    return made


def _first_told(row: Row) -> datetime.date | None:
    return min((claim.told for claim in row.incident.claims if claim.told), default=None)


_PLACE: Final[tuple[tuple[str, str, Kind, str], ...]] = (
    ("place", "name", "text", "the place that stands for the incident, as written"),
    ("place_en", "name_en", "text", "its English name"),
    ("country", "country", "text", "ISO 3166-1 alpha-2"),
    ("admin1", "admin1", "text", "first-level area, English"),
    ("admin2", "admin2", "text", "second-level area, English"),
    ("lat", "lat", "float", "degrees north, WGS 84; empty where it is not located"),
    ("lon", "lon", "float", "degrees east"),
    ("place_precision", "precision", "text", "how finely it is located"),
    ("radius_km", "radius_km", "float", "the place lies within so many km of the point"),
    ("gazetteer_id", "gazetteer_id", "text", "the entry of the gazetteer that gave the point"),
)

_PLURAL: Final = {"initiator": "initiators", "target": "targets", "participant": "participants", "beneficiary": "beneficiaries"}

INCIDENT_COLUMNS: Final[tuple[Column, ...]] = (
    Column("id", "text", "the incident's id, which it keeps", lambda r: r.incident.id, "Incident.id"),
    Column("type", "text", "what happened", lambda r: r.incident.type, "Incident.type"),
    Column("status", "text", "whether it happened", lambda r: r.incident.status, "Incident.status"),
    Column("date_start", "date", "first day that it may have happened on", lambda r: r.incident.date.start, "EventDate.start"),
    Column("date_end", "date", "last such day, included", lambda r: r.incident.date.end, "EventDate.end"),
    Column("date_precision", "text", "how finely the day is known", lambda r: r.incident.date.precision, "EventDate.precision"),
    *(Column(name, kind, meaning, partial(_place, field), f"Place.{field}") for name, field, kind, meaning in _PLACE),
    Column("places", "texts", "all places, as written", lambda r: list(dict.fromkeys(p.name for p in r.incident.places)), "Incident.places"),
    *(
        column
        for role, spoken in (("initiator", "who did it"), ("target", "to whom"), ("participant", "who took part, sides not told"), ("beneficiary", "for whom"))
        for column in (
            Column(_PLURAL[role], "texts", f"{spoken}, as written; `[…]` is a private person", partial(_names, (role,)), "Actor.name"),
            Column(f"{role}_ids", "texts", f"{spoken}: ids of listed actors", partial(_ids, (role,)), "Actor.id"),
        )
    ),
    *_counted(),
    Column("tallies", "texts", "every tally, in words", lambda r: [tally_words(tally) for tally in r.incident.tallies], "Incident.tallies"),
    Column("grade", "text", "how well it is attested", lambda r: r.incident.grade.value, "Grade.value"),
    Column("grade_why", "text", "why it has that grade", lambda r: r.incident.grade.why, "Grade.why"),
    Column("review", "text", "what an editor made of it", lambda r: r.incident.review.state, "Review.state"),
    Column("reports", "texts", "ids of the reports that tell it", lambda r: list(r.incident.reports), "Incident.reports"),
    Column("witnesses", "int", "reports that are no copies of each other", lambda r: independent(r.incident), "Incident.copies"),
    Column("first_told", "date", "day of the first report", _first_told, "Claim.told"),
    Column("outlets", "texts", "who published the reports", lambda r: list(dict.fromkeys(_told("outlet", r))), "Report.outlet"),
    Column("titles", "texts", "titles of the reports", lambda r: list(dict.fromkeys(_told("title", r))), "Report.title"),
    Column("links", "texts", "addresses of the reports; a site alone where the address spells a private name", lambda r: _told("url", r), "Report.url"),
    Column("asserters", "texts", "who says so", lambda r: asserters(r.incident), "Claim.asserter"),
    Column("claims", "int", "number of claims", lambda r: len(r.incident.claims), "Incident.claims"),
    Column("evidence", "texts", "the words that tell it, private names masked", lambda r: evidence(r.incident), "Claim.words"),
    Column("joined", "texts", "why its reports were taken to tell one incident", lambda r: list(r.incident.joined), "Incident.joined"),
)
"""One incident a line."""


def independent(incident: Incident) -> int:
    """Number of reports, those that are one text counted once."""
    return len(incident.reports) - sum(len(copies) - 1 for copies in incident.copies)


def asserters(incident: Incident) -> list[str]:
    """Who says so, by name or else by kind, each once."""
    return list(dict.fromkeys(claim.asserter.name or claim.asserter.id or claim.asserter.kind for claim in incident.claims))


def _claim(field: str, row: Row) -> Any:
    return getattr(row.claim, field)


def _asserter(field: str, row: Row) -> Any:
    assert row.claim is not None
    return getattr(row.claim.asserter, field)


def _claim_report(field: str, row: Row) -> Any:
    report = row.report(row.claim.report) if row.claim else None
    return None if report is None else getattr(report, field)


CLAIM_COLUMNS: Final[tuple[Column, ...]] = (
    Column("incident", "text", "id of the incident", lambda r: r.incident.id, "Incident.id"),
    Column("claim", "text", "id of the claim", partial(_claim, "id"), "Claim.id"),
    Column("about", "text", "what is claimed: `occurred`, `initiator`, `count:killed` …", partial(_claim, "about"), "Claim.about"),
    Column("value", "text", "what is said of it; JSON where it has parts", lambda r: one_value(_claim("value", r)), "Claim.value"),
    Column("stance", "text", "whether it is asserted, denied or retracted", partial(_claim, "stance"), "Claim.stance"),
    Column("asserter", "text", "who says so, as written; `[…]` is a private person", partial(_asserter, "name"), "Asserter.name"),
    Column("asserter_id", "text", "id of the actor or source that says so", partial(_asserter, "id"), "Asserter.id"),
    Column("asserter_kind", "text", "what kind of source it is", partial(_asserter, "kind"), "Asserter.kind"),
    Column("publisher", "text", "who printed it", partial(_claim, "publisher"), "Claim.publisher"),
    Column("told", "date", "day of the report", partial(_claim, "told"), "Claim.told"),
    Column("report", "text", "id of the report", partial(_claim, "report"), "Claim.report"),
    Column("title", "text", "title of the report", partial(_claim_report, "title"), "Report.title"),
    Column("link", "text", "address of the report", partial(_claim_report, "url"), "Report.url"),
    Column("words", "text", "the words that say so, private names masked", partial(_claim, "words"), "Claim.words"),
    Column(
        "span_start",
        "int",
        "where they begin in the report's text, in characters",
        lambda r: r.claim.span[0] if r.claim and r.claim.span else None,
        "Claim.span",
    ),
    Column("span_end", "int", "where they end", lambda r: r.claim.span[1] if r.claim and r.claim.span else None, "Claim.span"),
    Column("superseded_by", "text", "id of the later claim of the same asserter on the same thing", partial(_claim, "superseded_by"), "Claim.superseded_by"),
)
"""One claim a line."""
