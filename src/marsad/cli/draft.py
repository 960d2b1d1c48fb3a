"""`marsad draft`: the draft of a special report, of the incidents that are asked for."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from marsad.cli.store import UsageError, filters_of, observatory, take_filters, take_store, told

_ABOUT: Final = """\
Writes a draft in Markdown on the incidents that are asked for: sentences from templates, every figure and every attribution from a claim and linked to
it, nothing without its evidence, nothing that is not for everybody. An editor's text begins with it; it is none. It needs: pip install 'marsad[site]'."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser("draft", help="draft a special report from incidents", description=_ABOUT)
    command.add_argument("ids", nargs="*", metavar="INCIDENT", help="these incidents; without any, those that the filters ask for")
    command.add_argument("--lang", choices=("ar", "en"), default="ar", help="language of the draft (ar)")
    command.add_argument("--most", type=int, default=40, metavar="N", help="incidents at the most, the latest (40)")
    command.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    take_filters(command)
    take_store(command)
    command.set_defaults(run=told(_draft))


def _draft(options: argparse.Namespace) -> int:
    from itertools import islice

    try:
        from marsad.site import Site
        from marsad.site.desk.drafts import as_markdown, written
    except ModuleNotFoundError as error:
        print(f"marsad draft: it needs marsad[site] ({error.name} is not installed): pip install 'marsad[site]'", file=sys.stderr)
        return 1
    if not 1 <= options.most <= 1_000:
        raise UsageError("--most: 1 to 1000")
    with observatory(options) as kept:
        ids = options.ids or [made.id for made in islice(kept.incidents(filters_of(options)), options.most)]
        text = written(Site(kept), ids, options.lang)
    if not text.title:
        print("marsad draft: no incident that is for everybody is what you ask for", file=sys.stderr)
        return 1
    document = as_markdown(text)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as out:
            out.write(document)
    else:
        print(document, end="")
    return 0
