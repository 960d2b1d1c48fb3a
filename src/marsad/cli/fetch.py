"""`marsad fetch`: addresses → one WARC file, which every command takes as input."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from marsad.cli.output import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.intake.fetch import Line

_ABOUT: Final = """\
Fetches addresses into a WARC file, byte for byte as they came, robots.txt obeyed, one request after the other.
FILE.warc.gz appears when all is done; if the work is stopped, what was fetched stays in FILE.warc.gz.part.
Addresses of private networks are refused, after redirects too. It needs: pip install 'marsad[fetch]'"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    fetch = commands.add_parser("fetch", help="fetch addresses into a WARC file", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    fetch.add_argument("urls", nargs="+", metavar="URL")
    fetch.add_argument("-o", "--output", required=True, metavar="FILE.warc.gz", help="the WARC file; one that is there is not written over")
    fetch.add_argument("--contact", metavar="WORDS", help="a page or an address of yours that the user agent names")
    fetch.add_argument("--proxy", metavar="URL", help="an http proxy, which then resolves the names")
    fetch.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help="between two requests to a host (default 2)")
    fetch.add_argument("--megabytes", type=int, default=20, metavar="N", help="the most of one answer that is kept (default 20)")
    fetch.add_argument("--seconds", type=float, default=60.0, metavar="N", help="the longest that one answer may take (default 60)")
    fetch.add_argument("--allow-private", action="store_true", help="fetch from private and loopback addresses too (for tests)")
    fetch.set_defaults(run=_fetch)


def _fetch(options: argparse.Namespace) -> int:
    from pathlib import Path

    path = Path(options.output)
    if not path.name.endswith(".warc.gz") or options.pause < 0 or options.megabytes < 1 or options.seconds <= 0:
        print("marsad fetch: the output is a FILE.warc.gz; pause, megabytes and seconds are positive", file=sys.stderr)
        return 2
    if path.exists():
        print(f"marsad fetch: {harmless(str(path))} is there already; what was fetched is not written over", file=sys.stderr)
        return 1
    try:
        return _into(path, options)
    except ImportError as error:
        print(f"marsad fetch: {error}", file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"marsad fetch: {harmless(str(error))}", file=sys.stderr)
    return 1


def _into(path: Path, options: argparse.Namespace) -> int:
    from marsad.intake.fetch import Archive, Limits, Line, Manners, Wire, target_of, whole_or_not

    proxy = target_of(options.proxy, private=True) if options.proxy else None
    wire = Wire(Limits(options.megabytes * 1_000_000, options.seconds), proxy, options.allow_private)
    with whole_or_not(path) as part, Archive(part) as archive:
        manners = Manners(pause=options.pause, contact=options.contact)
        line = Line(wire, archive.keep, manners)
        told = [_one(line, url) for url in options.urls]
    return 0 if all(told) else 1


def _one(line: Line, url: str) -> bool:
    """Fetch one address and say what came of it; whether it is as it should be."""
    from marsad.intake.fetch import FailedError, ForbiddenError, LaterError, RefusedError

    try:
        exchange = line.get(url)
    except (RefusedError, ForbiddenError, LaterError, FailedError) as error:
        print(f"marsad: {harmless(url)}: {harmless(str(error))}", file=sys.stderr)
        return False
    cut = f", cut short ({exchange.truncated})" if exchange.truncated else ""
    print(harmless(f"{exchange.status} {exchange.url}, {len(exchange.body):,} bytes{cut}"), file=sys.stderr)
    return exchange.status < 400
