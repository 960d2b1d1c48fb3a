"""Nouns that people count, and how many each form alone says.

>>> counted_nouns()["شخصين"], counted_nouns()["غارات"]
(('person', 2), ('thing', 0))
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from marsad.arabic.morphology import noun_forms


@cache
def counted_nouns() -> dict[str, tuple[str, int]]:
    """Folded forms of nouns that people count → (class, how many the form alone says: dual 2, singular 1, plural 0).

    Read from `people.tsv` (class "person") and `nouns_counted.tsv` (class "thing"). A form that could be the dual or the
    sound plural (مقاتلين) is the plural, and one that could be the dual or a singular (قاضي) is the singular.
    """
    table: dict[str, tuple[str, int]] = {}
    for name, kind in (("people.tsv", "person"), ("nouns_counted.tsv", "thing")):
        for line in (files("marsad.arabic") / name).read_text("utf-8").splitlines()[1:]:
            cells = [*line.split("\t"), "", "", ""]
            for singular, plurals, gender in ((cells[0], cells[1], "m"), (cells[2], cells[3], "f")):
                if singular and " " not in singular:
                    many = [p for p in plurals.split("|") if p not in ("", "-")]
                    for form, info in noun_forms(singular, many, gender):
                        number = {"s": 1, "d": 2, "p": 0}[info.number]
                        known = table.get(form)
                        if known is None or (number != 2 and known[1] == 2):
                            table[form] = (kind, number)
    return table


def bare_noun(form: str) -> str:
    """`form` without و or ف and without ب or ل."""
    if form[:1] in ("و", "ف") and len(form) > 3:
        form = form[1:]
    return form[1:] if form[:1] in ("ب", "ل") and len(form) > 3 else form


def counted(form: str) -> tuple[str, int] | None:
    """The class and number of a counted noun, with or without clitics."""
    nouns = counted_nouns()
    return nouns.get(form) or nouns.get(bare_noun(form))
