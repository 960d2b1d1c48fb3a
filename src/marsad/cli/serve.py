"""`marsad serve`: the site of an observatory on this machine."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from marsad.cli.store import observatory, take_store

_ASKED: Final = 600
"""Questions to the API that one address may put in a minute."""

_ABOUT: Final = """\
Shows an observatory as a site, in Arabic and English, at http://HOST:PORT/. It works with no network and asks nobody else for
anything. What was added or decided while it runs is shown within seconds. It needs: pip install 'marsad[site]'."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    serve = commands.add_parser("serve", help="show the observatory as a site", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    take_store(serve)
    serve.add_argument("--host", default="127.0.0.1", metavar="HOST", help="address to listen at (127.0.0.1: this machine alone)")
    serve.add_argument("--port", type=_port, default=8000, metavar="PORT", help="port (8000)")
    serve.add_argument("--name", action="append", default=[], metavar="HOST", help="another name by which the site may be called, beside that of --base-url")
    serve.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes that answer (1): as many as the machine has cores, for many readers")
    serve.add_argument(
        "--proxy", action="append", default=[], metavar="ADDRESS", type=_address,
        help="address of a server of yours before this one, whose X-Forwarded-For counts; nobody else's does",
    )  # fmt: skip
    site_options(serve)
    serve.set_defaults(run=_serve)


def site_options(command: argparse.ArgumentParser) -> None:
    """What an observatory's keeper chooses for its site."""
    command.add_argument(
        "--tiles", metavar="FILE.pmtiles", help="a base map of your own (vector tiles, as Protomaps makes them), in the place of the one that ships"
    )
    command.add_argument("--base-url", default="", metavar="URL", help="address at which the public finds the site, for feeds and what others link to")
    command.add_argument(
        "--full-text", action="append", default=[], metavar="OUTLET",
        help="an outlet whose reports you may publish whole (of others only the sentences that tell something are quoted); * is all",
    )  # fmt: skip


def _port(words: str) -> int:
    if not words.isdigit() or not 0 < int(words) < 65536:
        raise argparse.ArgumentTypeError(f"{words!r} is no port (1 to 65535)")
    return int(words)


def _workers(words: str) -> int:
    if not words.isdigit() or not 0 < int(words) <= 64:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes (1 to 64)")
    return int(words)


def _address(words: str) -> str:
    import ipaddress

    try:
        return str(ipaddress.ip_address(words))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no address (such as 127.0.0.1)") from None


def _serve(options: argparse.Namespace) -> int:
    from marsad.observatory import StoreError

    try:
        from marsad.site import Settings, Site
        from marsad.site.desk.routes import desk_of, with_desk
        from marsad.site.serving import ServeError, serve
        from marsad.site.tiles import Tiles, TilesError
    except ModuleNotFoundError as error:
        print(f"marsad serve: the site needs marsad[site] ({error.name} is not installed): pip install 'marsad[site]'", file=sys.stderr)
        return 1
    try:
        tiles = Tiles(options.tiles) if options.tiles else None
        with observatory(options) as opened:
            base = options.base_url or f"http://{options.host}:{options.port}"
            site = Site(opened, Settings(full_text=frozenset(options.full_text)), base, tiles=tiles)
            desk = desk_of(site, hosts=frozenset({options.host, *options.name}), proxies=frozenset(options.proxy))
            first = desk.accounts.first_run()
            if first is not None:
                print(f"marsad: sign in at /ar/desk as {first[0]} with the password {first[1]} (it serves once)", file=sys.stderr)
            site.warm()
            print(f"marsad: http://{options.host}:{options.port}/", file=sys.stderr, flush=True)
            return serve(site, with_desk(desk, a_minute=max(1, _ASKED // options.workers)), options.host, options.port, options.workers)
    except (StoreError, ServeError, TilesError) as error:
        print(f"marsad serve: {error}", file=sys.stderr)
        return 1
