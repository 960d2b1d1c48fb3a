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
