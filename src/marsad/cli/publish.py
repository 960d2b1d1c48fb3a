"""`marsad publish`: the public side of an observatory as plain files."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from marsad.cli.serve import site_options
from marsad.cli.store import observatory, take_store

_ABOUT: Final = """\
Writes the public side of an observatory into OUT_DIR as plain files, which work from any web server and from a stick. The same
data give the same bytes; what did not change since OUT_DIR was last published is kept. `marsad verify OUT_DIR` checks it.
It needs: pip install 'marsad[site]'."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    publish = commands.add_parser(
        "publish", help="write the public side as plain files", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    publish.add_argument("out", metavar="OUT_DIR")
    take_store(publish)
    site_options(publish)
    publish.set_defaults(run=_publish)


def _publish(options: argparse.Namespace) -> int:
    from marsad.observatory import StoreError

    try:
        from marsad.site import PublishError, Settings, Site, publish
        from marsad.site.tiles import Tiles, TilesError
    except ModuleNotFoundError as error:
        print(f"marsad publish: the site needs marsad[site] ({error.name} is not installed): pip install 'marsad[site]'", file=sys.stderr)
        return 1
    try:
        tiles = Tiles(options.tiles) if options.tiles else None
        with observatory(options) as opened:
            site = Site(opened, Settings(full_text=frozenset(options.full_text)), options.base_url, static=True, tiles=tiles)
            done = publish(site, options.out)
    except (StoreError, PublishError, TilesError, OSError) as error:
        print(f"marsad publish: {error}", file=sys.stderr)
        return 1
    print(f"{options.out}: {done.files} files; {done.made} pages made, {done.kept} kept as they were")
    return 0
