"""The suite of pages: `python tools/pages.py` prints the table of docs/intake.md, `--write` puts it there, `--open` lists the pages of the open themes.

The pages are made by `tests/intake/newspages`. Half of their themes are closed: they are only seen in the table.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "tests" / "intake"))

from newspages.score import Score, by_marsad, by_trafilatura, scores  # noqa: E402
from newspages.suite import pages  # noqa: E402

BEGIN, END = "<!-- pages: made by tools/pages.py --write -->", "<!-- end of pages -->"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table into docs/intake.md")
    parser.add_argument("--open", action="store_true", help="list the pages of the open themes")
    options = parser.parse_args()
    ours, theirs = scores(pages(), by_marsad), scores(pages(), by_trafilatura)
    if options.open:
        for score in ours:
            if not score.page.closed:
                print(f"{score.page.name:20} {score.f1:.3f} {score.marked or 0:.3f} {score.day!s:5} {score.outlet!s:5}")
    lines = table(ours, theirs)
    print(lines)
    if options.write:
        path = HERE / "docs" / "intake.md"
        text = path.read_text("utf-8")
        begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
        path.write_text(f"{text[:begin]}\n{lines}\n{text[end:]}", "utf-8")


def table(ours: Sequence[Score], theirs: Sequence[Score]) -> str:
    """The table in Markdown: a row a theme, the open half, the closed half and all."""
    rows = ["| theme | pages | body F1 | least | furniture marked | day | outlet | trafilatura: body F1 | least | day | outlet |", "|---|" + "---:|" * 10]
    themes = dict.fromkeys((s.page.closed, s.page.theme) for s in ours)
    groups = [(f"{theme}{' (closed)' if closed else ''}", [n for n, s in enumerate(ours) if s.page.theme == theme]) for closed, theme in themes]
    groups += [
        (f"**{name}**", [n for n, s in enumerate(ours) if s.page.closed in which])
        for name, which in (("open", (False,)), ("closed", (True,)), ("all", (True, False)))
    ]
    for name, numbers in groups:
        one, other = [ours[n] for n in numbers], [theirs[n] for n in numbers]
        rows.append(
            f"| {name} | {len(one)} | {mean([s.f1 for s in one]):.3f} | {min(s.f1 for s in one):.3f} | {mean([s.marked for s in one]):.3f} | {share([s.day for s in one])} | {share([s.outlet for s in one])} | {mean([s.f1 for s in other]):.3f} | {min(s.f1 for s in other):.3f} | {share([s.day for s in other])} | {share([s.outlet for s in other])} |"
        )
    return "\n".join(rows)


def mean(values: Sequence[float | None]) -> float:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else 0.0


def share(values: Sequence[bool | None]) -> str:
    known = [v for v in values if v is not None]
    return f"{sum(known) / len(known):.0%}" if known else "–"


if __name__ == "__main__":
    main()
