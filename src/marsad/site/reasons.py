"""Why an incident has its grade and why its reports are one, in the reader's language.

The reasons are made by the incidents' room in plain English, of few forms (`reasons.toml`); here each form is said again. What has no form there is
given as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from marsad.model import Grade
from marsad.site.format import Speech


@cache
def _forms(kind: str) -> list[tuple[re.Pattern[str], dict[str, str]]]:
    table = tomllib.loads((files("marsad.site") / "words" / "reasons.toml").read_text("utf-8"))
    return [(re.compile(form["told"]), form) for form in table[kind]]


def grade_reason(grade: Grade, speech: Speech) -> Markup:
    """Why an incident has its grade."""
    for pattern, form in _forms("grade"):
        match = pattern.fullmatch(grade.why)
        if match:
            return speech.t(f"reason.{form['key']}", **_parts(match.groupdict(), speech))
    return speech.t("reason.as_told")


def joined_reason(why: str, speech: Speech) -> Markup:
    """Why two reports' events are taken to be one; the ids in front are left out."""
    _, _, reasons = why.partition(": ")
    return Markup("؛ " if speech.lang == "ar" else "; ").join(_sign(reason, speech) for reason in reasons.split("; "))


def _sign(reason: str, speech: Speech) -> Markup:
    for pattern, form in _forms("joined"):
        match = pattern.fullmatch(reason)
        if match:
            return Markup(escape(form[speech.lang]).format(**_parts(match.groupdict(), speech)))
    return speech.name(reason)


def _parts(told: dict[str, Any], speech: Speech) -> dict[str, Any]:
    return {name: _part(name, value or "", speech) for name, value in told.items()}


def _part(name: str, value: str, speech: Speech) -> Markup:
    if name == "count":
        return speech.count("sources", int(value))
    if name.startswith("type"):
        return speech.said(f"type.{value}", value)
    if name.startswith("counted"):
        return speech.said(f"counted.{value.replace(' ', '_')}", value)
    if name == "what":
        return _what(value, speech)
    if name.startswith("day"):
        return speech.day(value)
    if name == "role":
        return speech.said(f"role.{value}", value)
    if name == "status":
        return speech.said(f"status.{value}", value)
    if value.replace(".", "").isdigit():
        return speech.n(value)
    if value == "an unnamed source":
        return speech.t("reason.unnamed")
    return speech.listed([speech.actor(one, one) for one in value.split(", ")])


def _what(value: str, speech: Speech) -> Markup:
    what, _, whom = value.partition(" of ")
    said = speech.said(f"counted.{what}", what)
    return Markup("{} ({})").format(said, speech.actor(whom, whom)) if whom else said
