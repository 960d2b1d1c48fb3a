"""`marsad add`: reports into the store."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from marsad.cli.options import INPUTS, a_number_of_processes, take_inputs
from marsad.cli.output import progress
from marsad.cli.store import observatory, take_store, told

_ABOUT = """\
Reads reports and keeps them in the store, with their raw bytes, and puts what they tell together into incidents.
The same report again changes nothing; stopped anywhere, called again with the same inputs it goes on.

"""

_LONG = 3000  # reports whose filing one would wonder about


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "add", help="read reports and keep them, as incidents", description=_ABOUT + INPUTS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    take_inputs(command)
    take_store(command)
    command.add_argument("--jobs", type=a_number_of_processes, default=1, metavar="N", help="processes to read with (default 1)")
    command.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")
    command.set_defaults(run=told(_add))


def _add(options: argparse.Namespace) -> int:
    from marsad.intake import Intake

    intake = Intake(tuple(options.inputs), options.date, options.outlet, tuple(options.columns))
    counted: Counter[str] = Counter()
    events = 0
    with observatory(options, create=True) as kept, progress(options.inputs, shown=False) as step:
        older = kept.to_file_again()
        if older >= _LONG:
            step.say(f"marsad: this store is of an older marsad: first the events of {older:,} reports are filed anew ({older // 1000} s or so)")
        for added in kept.add(intake, jobs=options.jobs):
            counted[added.outcome] += 1
            events += added.events
            if added.fault is not None:
                step.say(f"marsad: {added.fault}")
            elif added.outcome == "erased":
                step.say(f"marsad: {added.report}: it was erased from this store and is not taken in again")
            step.done(added.size)
    if not options.quiet:
        said = (("new", "new"), ("known", "known already"), ("proof", "known, with a new proof"), ("erased", "erased before"), ("fault", "not taken in"))
        print(", ".join(f"{counted[name]:,} {words}" for name, words in said if counted[name] or name == "new") + f"; {events:,} events")
    sys.stdout.flush()
    return 1 if counted["fault"] else 0
