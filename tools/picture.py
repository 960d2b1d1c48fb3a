"""The picture of the README: the table of one sample as a terminal shows it, drawn by a headless browser.

    python tools/picture.py [SAMPLE] [FILE.png]      needs chromium and a monospaced font with Arabic letters

The lines are those that `marsad read` prints; each cell is set at its column, as a terminal that knows Arabic does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from html import escape
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len

HERE = Path(__file__).resolve().parent.parent
WIDTH = 150  # columns
STYLE = """
body { margin: 0; background: #14171c; color: #d7dae0; font: 15px/1.45 "DejaVu Sans Mono", monospace; padding: 14px 18px; }
div { position: relative; height: 1.45em; white-space: pre; }
span { position: absolute; top: 0; }
.head { color: #7fb2e5; } .type { color: #f0c674; font-weight: bold; } .typed { color: #8abf8f; }
"""


def shown(sample: str) -> list[str]:
    """The lines of the sample's table."""
    samples = HERE / "src" / "marsad" / "samples"
    line = [sys.executable, "-m", "marsad", "read", str(samples), "--format", "table"]
    import os

    out = subprocess.run(line, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": str(WIDTH)}).stdout
    reports = out.split("\n\n")
    begin = next(n for n, part in enumerate(reports) if part.lstrip().startswith(f"{sample} · "))
    lines = reports[begin].strip("\n").split("\n")
    for part in reports[begin + 1 :]:
        if " · " in part.split("\n", 1)[0] and not part.startswith(" "):
            break
        lines += ["", *part.split("\n")]
    return lines


def cut(line: str, columns: list[int]) -> list[tuple[int, str]]:
    """The pieces of a line that begin at the given columns."""
    pieces = dict.fromkeys(columns, "")
    at = 0
    for character in line:
        pieces[max(c for c in columns if c <= at)] += character
        at += cell_len(character)
    return [(column, text.strip()) for column, text in pieces.items() if text.strip()]


def columns_of(line: str) -> list[int]:
    """Where the cells of the table begin, from its heads."""
    found = [0]
    for before, (n, character) in pairwise([(-1, " "), *enumerate(line)]):
        if character != " " and before[1] == " " and (n < 2 or line[n - 2] == " "):
            found.append(cell_len(line[:n]))
    return sorted(set(found))


def page(sample: str) -> tuple[str, int]:
    """The page, and how many lines it has."""
    lines = shown(sample)
    head = next(n for n, line in enumerate(lines) if "who → whom" in line)
    columns = columns_of(lines[head])
    rows = ["<div class=typed>$ marsad read samples/ --format table</div>", "<div></div>"]
    fresh = False
    for n, line in enumerate(lines):
        if n < head:
            rows.append(f"<div>{escape(line)}</div>" if line.strip() else "<div></div>")
            continue
        if set(line.strip()) == {"─"}:
            rows.append(f"<div class=head>{line}</div>")
            fresh = True
            continue
        cells = cut(line, columns)
        kind = "head" if n <= head + 1 else ""
        rows.append(
            "<div>"
            + "".join(f'<span class="{"type" if fresh and i == 0 else kind}" style="left:{c}ch">{escape(t)}</span>' for i, (c, t) in enumerate(cells))
            + "</div>"
        )
        fresh = not cells
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{''.join(rows)}", len(rows)


def main(sample: str = "el-fasher-2024", file: str = str(HERE / "docs" / "table.png")) -> None:
    browser = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
    if browser is None:
        sys.exit("picture: no chromium here")
    content, rows = page(sample)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "table.html"
        place.write_text(content, "utf-8")
        size = f"{int(WIDTH * 9.05) + 36},{int(rows * 21.75) + 30}"
        line = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={size}", f"--screenshot={file}", place.as_uri()]
        subprocess.run(line, capture_output=True, check=True, timeout=120)


if __name__ == "__main__":
    main(*sys.argv[1:])
