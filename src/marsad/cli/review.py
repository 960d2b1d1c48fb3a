"""`marsad review`: an editor's decisions."""

from __future__ import annotations

import argparse
from typing import Final

from marsad.cli.store import UsageError, observatory, take_store, told

_ABOUT: Final = """\
Decides about incidents. Every act is written at the end of a chain, with who and why, and is undone by another act.

  confirm ID   reject ID   withhold ID   note ID         withheld incidents are in no export but an internal one
  merge ID ID…                                           they are one
  split ID REPORT#N…                                     these events of it are another
  move REPORT#N ID                                       this event is of that incident
  correct ID|REPORT#N FIELD=VALUE…                       VALUE in JSON; null takes a correction back
  open                                                   decisions whose ground changed, to be made again
  list [ID]                                              decisions

An incident's fields: type, status, date, places, actors. An event's: all of a reading, with their spans in the text."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "review", help="confirm, reject, merge, split, move, correct, withhold, note", description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument("act", metavar="ACT")
    command.add_argument("subject", nargs="*", metavar="ID|REPORT#N|FIELD=VALUE")
    command.add_argument("--why", default="", metavar="TEXT", help="the reason")
    command.add_argument("--by", default="", metavar="NAME", help="who decides")
    take_store(command)
    command.set_defaults(run=told(_review))


def _review(options: argparse.Namespace) -> int:
    from marsad.cli.incident_card import decision_line
    from marsad.observatory import ACTS, read_value

    if options.act not in (*ACTS, "open", "list"):
        raise UsageError(f"{options.act!r} is no act of review; there are: {', '.join((*ACTS, 'open', 'list'))}")
    with observatory(options) as kept:
        if options.act == "list":
            for decision in kept.decisions(options.subject[0] if options.subject else None):
                print(decision_line(decision))
            return 0
        if options.act == "open":
            for decision, event in kept.asked_again():
                print(f"{decision_line(decision)}\n    not told so any more: {event}")
            return 0
        fields = {}
        if options.act == "correct":
            for part in options.subject[1:]:
                name, equals, value = part.partition("=")
                if not equals:
                    raise UsageError(f"{part!r} is no FIELD=VALUE")
                fields[name] = read_value(value)
            options.subject = options.subject[:1]
        made = kept.review(options.act, options.subject, why=options.why, by=options.by, fields=fields or None)
        print(decision_line(made))
        if options.act in ("merge", "split", "move"):
            for id_ in made.subject:
                if "#" not in id_:
                    now = kept.incident(id_)
                    print(f"{id_} is now {now.id}, told by {len(now.reports)} reports in {len(now.events)} events" if now else f"{id_} is no more")
    return 0
