"""Intake: bytes → `Report`s. One module a format; `sources` finds it by the ending of a file's name.

What comes in: files, folders, standard input. What goes out: `Report`s in order, and a `Fault` for each record that could not be
taken in (the rest is read all the same). Of Arabic and of the world intake knows what tells furniture, days and agencies. To add a format: one
module with a function `(content: bytes, name: str) -> Iterator[Report | Fault]`, and its ending in `sources.WHOLE`. Raw bytes go to whoever keeps
them by `raw`.

The line (`marsad.intake.fetch`, `marsad fetch` and `marsad watch`) has a door of its own, so that reading files loads nothing that speaks HTTP.
"""

from marsad.intake.faults import Fault
from marsad.intake.own import encoded
from marsad.intake.raw import Keeper, KeepingError, RawFolder, keeping
from marsad.intake.sources import Intake, Item, size_of, take_in

__all__ = ["Fault", "Intake", "Item", "Keeper", "KeepingError", "RawFolder", "encoded", "keeping", "size_of", "take_in"]
