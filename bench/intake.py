"""`python -m bench.intake [PART…] [--write]`: how fast intake is, and how its cost grows; `--write` puts each measured part into `docs/bench-intake.md`.

Each part says what else the machine was doing (its load) when it was measured: on a busy machine the ratios hold, the milliseconds do not.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
from collections.abc import Callable
from pathlib import Path

from bench import archive, copies, intake_pages
from bench.__main__ import _one_core
from bench.measure import Table
from bench.texts import HERE, Texts

PAGE = HERE / "docs" / "bench-intake.md"
_HEAD = "# How fast intake is\n\nEach part is made by the command below it and put here by its `--write`; do not edit.\n"


def parts(options: argparse.Namespace) -> dict[str, tuple[str, Callable[[], Table]]]:
    """Each part: the command that gives it again, and how it is measured."""
    sizes = tuple(options.reports)
    return {
        "pages": ("python -m bench.intake pages", lambda: intake_pages.pages(Texts.at_hand())),
        "archive": (f"python -m bench.intake archive --megabytes {options.megabytes}", lambda: archive.streaming(options.megabytes)),
        "copies": (f"python -m bench.intake copies --reports {' '.join(map(str, sizes))}", lambda: copies.curve(sizes)),
    }


def load() -> str:
    """What the machine is doing: the number of processes that want to run, over the last minute, and its cores."""
    busy = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"load {busy} on {os.cpu_count()} cores"


def measured(name: str, command: str, measure: Callable[[], Table]) -> str:
    """A part as it stands in the page, between marks by which it is found again."""
    before = load()
    with _one_core(name):
        table = measure().lines()
    where = f"Python {platform.python_version()} on {platform.machine()}, {datetime.date.today()}, {before} before and {load()} after."
    return f"<!-- {name} -->\n{table}\n`{command}`: {where}\n<!-- end of {name} -->\n"


def put(page: str, name: str, part: str, order: list[str]) -> str:
    """The page with a part put in the place of the one that was there, or where it belongs."""
    found = {n: m[0] for n in order if (m := re.search(rf"<!-- {n} -->\n.*?<!-- end of {n} -->\n", page, re.DOTALL))}
    found[name] = part
    return _HEAD + "".join(f"\n{found[n]}" for n in order if n in found)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="*", metavar="PART", help="pages, archive, copies; all without one")
    parser.add_argument("--write", action="store_true", help="put what was measured into docs/bench-intake.md")
    parser.add_argument("--megabytes", type=int, default=1_000, help="of the larger archive (default 1,000)")
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes of the search for copies")
    options = parser.parse_args()
    known = parts(options)
    for name in options.only or known:
        if name not in known:
            parser.error(f"no part {name!r}; there are {', '.join(known)}")
        part = measured(name, *known[name])
        print(part, flush=True)
        if options.write:
            keep(PAGE, put(PAGE.read_text("utf-8") if PAGE.exists() else "", name, part, list(known)))


def keep(path: Path, page: str) -> None:
    """Write the page whole."""
    new = path.with_suffix(".part")
    new.write_text(page, "utf-8")
    os.replace(new, path)


if __name__ == "__main__":
    main()
