"""The line: addresses → WARC, which intake then reads like any other archive. This is the door of `marsad fetch` and `marsad watch`.

    URL ──checked address──▶ exchange, byte for byte ──▶ archive, on the disk ──▶ (feeds, sitemaps, channels: where they lead) ──▶ intake

What comes in: addresses, a file of sources. What goes out: WARC files, and `Step`s that say what was done. Nothing here makes a report: what was fetched and
what is read never differ. It needs the extra `fetch` (urllib3, protego). To add a kind of source: its links in `links`, its way in `watch`.
"""

from marsad.intake.fetch.address import RefusedError, target_of
from marsad.intake.fetch.archive import Archive, whole_or_not
from marsad.intake.fetch.polite import Clock, ForbiddenError, LaterError, Line, Manners, SystemClock
from marsad.intake.fetch.sources import Source, Watched, watched
from marsad.intake.fetch.watch import Step, Watch
from marsad.intake.fetch.wire import Exchange, FailedError, Limits, Wire

__all__ = [
    "Archive",
    "Clock",
    "Exchange",
    "FailedError",
    "ForbiddenError",
    "LaterError",
    "Limits",
    "Line",
    "Manners",
    "RefusedError",
    "Source",
    "Step",
    "SystemClock",
    "Watch",
    "Watched",
    "Wire",
    "target_of",
    "watched",
    "whole_or_not",
]
