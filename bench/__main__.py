"""`python -m bench`: measure and print; `--write`: keep the page as `docs/bench.md` too."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import platform
from collections.abc import Iterator

from bench import measure
from bench.texts import HERE, Texts

MEASURES = {
    "extraction": measure.against_extraction,
    "length": measure.by_length,
    "start": measure.cold_start,
    "memory": measure.memory,
    "jobs": measure.two_jobs,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[[], *MEASURES], help="measure only these")
    parser.add_argument("--write", action="store_true", help="write docs/bench.md")
    options = parser.parse_args()
    texts = Texts.at_hand()
    head = (
        "# How fast marsad reads\n\nMade by `make bench`; do not edit. "
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores; the rooms that read are {_made()}. Texts: {texts.origin}.\n"
    )
    print(head, flush=True)
    page = [head]
    for name in options.only or MEASURES:
        with _one_core(name):
            table = MEASURES[name](texts)
        page.append(table.lines())
        print(page[-1], flush=True)
    if options.write and not options.only:
        (HERE / "docs" / "bench.md").write_text("\n".join(page), "utf-8")


def _made() -> str:
    """Whether what is measured are compiled modules or the sources; see `tools/compile.py`."""
    return "pure Python" if str(importlib.import_module("marsad.reading.reader").__file__).endswith(".py") else "compiled"


@contextlib.contextmanager
def _one_core(name: str) -> Iterator[None]:
    """All but the measurement of several processes run on one core."""
    if name == "jobs" or not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


if __name__ == "__main__":
    main()
