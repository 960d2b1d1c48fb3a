"""The codebook: every column of every export, and every noun of the model with its values, made from the code that writes them."""

from __future__ import annotations

import datetime
import inspect
import re
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from marsad import model
from marsad.release.columns import CLAIM_COLUMNS, Column
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


def _export(name: str) -> str:
    export = FORMATS[name]
    extra = f" Needs the extra `{export.extra}`." if export.extra else ""
    happened = " Only what happened: planned, denied and rejected incidents are left out." if export.happened else ""
    head = f"### {name}\n\n{export.about[0].upper()}{export.about[1:]}.{extra}{happened}"
    return head + (f"\n\n{_table(export.columns)}" if export.columns else "") + (f"\n\nThe second sheet:\n\n{_table(CLAIM_COLUMNS)}" if name == "xlsx" else "")


def _table(columns: tuple[Column, ...]) -> str:
    lines = ["| column | type | meaning | from |", "|---|---|---|---|"]
    return "\n".join((*lines, *(f"| `{c.name}` | {_KINDS[c.kind]} | {c.meaning.replace('|', '¦')} | {f'`{c.source}`' if c.source else ''} |" for c in columns)))
