"""Intake: bytes → `Report`s. One module a format; `formats` finds it by the ending of a file's name and by its first bytes.

What comes in: files, folders, standard input. What goes out: `Report`s in order, each with the proof of where it came from, and a `Fault`
for each record that could not be taken in (the rest is read all the same). Of Arabic and of the world intake knows what tells furniture, days
and agencies. Raw bytes go to whoever keeps them by `raw`.

To add a format here: one module with a function `(given: Given) -> Iterator[Report | Fault]`, and its line in `formats.FORMATS`. From
another package: an entry point of the group `marsad.intake` that gives a `Format`. A file may hold others (`Given.inside`).

The line (`marsad.intake.fetch`, `marsad fetch` and `marsad watch`) has a door of its own, so that reading files loads nothing that speaks HTTP.
"""

from marsad.intake.faults import Fault
from marsad.intake.formats import Format, endings, formats, has_format
from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.own import encoded
from marsad.intake.raw import Keeper, KeepingError, RawFolder, keeping
from marsad.intake.sources import Intake, size_of, take_in, take_in_file

__all__ = [
    "Fault",
    "Format",
    "Given",
    "Intake",
    "IntakeError",
    "Item",
    "Keeper",
    "KeepingError",
    "RawFolder",
    "encoded",
    "endings",
    "formats",
    "has_format",
    "keeping",
    "size_of",
    "take_in",
    "take_in_file",
]
