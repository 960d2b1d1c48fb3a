"""The codebook: every column of every export, every noun of the model with its values, and our types as others call them, made from the code and data."""

from __future__ import annotations

import datetime
import inspect
import re
from collections.abc import Iterable
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from marsad import model
from marsad.knowledge.crosswalk import crosswalk
from marsad.release.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column
from marsad.release.formats import FORMATS

_NOUNS: Final = (
    model.Incident, model.EventDate, model.Place, model.Alternative, model.Actor, model.ToldEvent, model.Anchor, model.Claim, model.Asserter,
    model.Tally, model.Grade, model.Review,
)  # fmt: skip
_KINDS: Final = {"text": "text", "texts": "list of texts", "int": "whole number", "float": "number", "date": "day (ISO 8601)"}


def codebook() -> str:
    """The codebook as Markdown."""
    parts = [
        "# Codebook",
        "Made by `marsad export codebook` from the model and the exports; not written by hand.",
        "An incident never says more than who claimed what. Empty means not told or not known, never none. Names of private persons are masked as "
        "`[…]` unless `--internal`; incidents that an editor withheld are left out. Lists in a cell are joined with ` | `.",
        "## The model",
        *(_noun(noun) for noun in _NOUNS),
        "## The types as others call them",
        _types(),
        "## The table of incidents",
        f"One incident a line, in {_and(name for name in FORMATS if FORMATS[name].columns is INCIDENT_COLUMNS)}.",
        _table(INCIDENT_COLUMNS),
        "## The table of claims",
        "One claim a line, in `csv-claims`; the second sheet of `xlsx`; in `parquet` the column `claims`, without what tells the incident and its reports.",
        _table(CLAIM_COLUMNS),
        "## The exports",
        *(_export(name) for name in FORMATS),
    ]
    return "\n\n".join(parts) + "\n"


def _noun(noun: type[msgspec.Struct]) -> str:
    hints = get_type_hints(noun)
    lines = [f"### {noun.__name__}", "", *_paragraphs(noun), "", "| field | type |", "|---|---|"]
    return "\n".join((*lines, *(f"| `{field.encode_name}` | {_type(hints[field.name])} |" for field in msgspec.structs.fields(noun))))


def _paragraphs(noun: type) -> list[str]:
    text = inspect.cleandoc(noun.__doc__ or "")
    return [re.sub(r"\s*\n(?!\n)", " ", part) for part in re.split(r"\n\n", text)]


def _type(told: Any) -> str:
    origin = get_origin(told)
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in get_args(told))
    if origin in (Union, UnionType):
        return " or ".join("null" if part is type(None) else _type(part) for part in get_args(told))
    if origin is tuple:
        inner = get_args(told)
        return f"list of {_type(inner[0])}" if len(inner) == 2 and inner[1] is Ellipsis else f"({', '.join(map(_type, inner))})"
    if told is datetime.date:
        return "day (ISO 8601)"
    if told is Any:
        return "JSON"
    return {str: "text", int: "whole number", float: "number", bool: "true or false"}.get(told, told.__name__ if isinstance(told, type) else str(told))


def _types() -> str:
    lines = ["| type | ACLED | UCDP GED | HAPI |", "|---|---|---|---|"]
    for row in crosswalk().values():
        ucdp = "if it killed" if row.ucdp else ""
        lines.append(f"| `{row.type}` | {row.acled_event}: {row.acled_sub_event} | {ucdp} | {row.hapi.replace('_', ' ')} |")
    return "\n".join(lines)


def _export(name: str) -> str:
    export = FORMATS[name]
    extra = f" Needs the extra `{export.extra}`." if export.extra else ""
    happened = " Only what happened: planned, denied and rejected incidents are left out." if export.happened else ""
    head = f"### {name}\n\n{export.about[0].upper()}{export.about[1:]}.{extra}{happened}"
    if not export.columns:
        return head
    if export.columns is INCIDENT_COLUMNS:
        return f"{head} Its columns: the table of incidents."
    if export.columns is CLAIM_COLUMNS:
        return f"{head} Its columns: the table of claims."
    if set(export.columns) <= set(INCIDENT_COLUMNS):
        lacking = _and(c.name for c in INCIDENT_COLUMNS if c not in export.columns)
        return f"{head} Its properties: the table of incidents without {lacking}."
    return f"{head}\n\n{_table(export.columns)}"


def _and(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(columns: tuple[Column, ...]) -> str:
    lines = ["| column | type | meaning | from |", "|---|---|---|---|"]
    return "\n".join((*lines, *(f"| `{c.name}` | {_KINDS[c.kind]} | {c.meaning.replace('|', '¦')} | {f'`{c.source}`' if c.source else ''} |" for c in columns)))
