"""What options say, checked: a day, a number of processes."""

from __future__ import annotations

import argparse
import datetime


def a_day(words: str) -> datetime.date:
    """The day that an option names; what is none is wrong usage."""
    from marsad.model import reference_day

    try:
        return reference_day(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def a_number_of_processes(words: str) -> int:
    """1 to 256; what is none is wrong usage."""
    if not words.isdigit() or not 1 <= int(words) <= 256:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes (1 to 256)")
    return int(words)


def columns(words: str) -> tuple[tuple[str, str], ...]:
    """`text=Body,date=When`: which column of a table holds what; a field that reports do not have is wrong usage."""
    from marsad.knowledge.columns import FIELDS

    found: list[tuple[str, str]] = []
    for part in words.split(","):
        field, equals, column = part.partition("=")
        if not equals and found:  # a comma in the name of a column
            found[-1] = (found[-1][0], f"{found[-1][1]},{part}")
            continue
        if not column.strip() or field.strip() not in FIELDS:
            raise argparse.ArgumentTypeError(f"{part!r} is no field=COLUMN; fields: {', '.join(FIELDS)}")
        found.append((field.strip(), column.strip()))
    return tuple(found)
