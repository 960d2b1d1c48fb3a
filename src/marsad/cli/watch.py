"""`marsad watch`: sources that are looked at again and again, into an archive of WARC files."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from marsad.cli.output import harmless

_ABOUT: Final = """\
Looks at feeds, sitemaps, pages and public Telegram channels, and fetches what is new in them into the archive's folder (one
WARC a day). Stopped or killed, it goes on where it was. It needs: pip install 'marsad[fetch]'. SOURCES.toml:

    contact = "https://example.org/our-monitor"   # named in the user agent
    archive = "archive"                           # beside this file
    [[source]]
    kind = "feed"                                 # feed | sitemap | page | telegram
    url = "https://example.org/rss"
    every = 900                                   # seconds
    include = ["/news/"]                          # only links with one of these in them"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    watch = commands.add_parser(
        "watch", help="watch feeds, sitemaps, pages and channels into an archive", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    watch.add_argument("sources", metavar="SOURCES.toml")
    watch.add_argument("--once", action="store_true", help="ask every source that is due, fetch what waits, and end")
    watch.add_argument("--allow-private", action="store_true", help="fetch from private and loopback addresses too (for tests)")
    watch.set_defaults(run=_watch)


def _watch(options: argparse.Namespace) -> int:
    import sqlite3
    from pathlib import Path

    path = Path(options.sources)
    try:
        from marsad.intake.fetch import Watch, watched

        wanted = watched(path)
        with Watch(wanted, path.parent / wanted.archive, private=options.allow_private) as watch:
            faults = 0
            for step in watch.once() if options.once else watch.run():
                print(harmless(f"{'marsad: ' if step.fault else ''}{step.url}: {step.said}"), file=sys.stderr, flush=True)
                faults += step.fault
            return 1 if faults else 0
    except sqlite3.OperationalError as error:
        print(f"marsad watch: another watch is at work in {harmless(str(path.parent / wanted.archive))} ({error})", file=sys.stderr)
    except (ImportError, OSError, ValueError) as error:
        print(f"marsad watch: {harmless(str(error))}", file=sys.stderr)
    return 1
