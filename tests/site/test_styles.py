"""The style sheets: layout by logical properties alone, nothing spaces letters; and pages carry no style of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

SITE: Final = Path(__file__).resolve().parents[2] / "src" / "marsad" / "site"
SHEETS: Final = sorted([*(SITE / "assets" / "css").glob("*.css"), SITE / "plain.css"])

_SIDE: Final = r"(?:left|right|top|bottom)"
PHYSICAL: Final = re.compile(
    rf"(?P<property>"
    rf"(?:margin|padding|scroll-margin|scroll-padding)-{_SIDE}"
    rf"|border-{_SIDE}(?:-(?:width|style|color))?"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    rf"|{_SIDE}"
    r"|(?:min-|max-)?(?:width|height)"
    r"|letter-spacing"
    r")\s*:"
)
VALUES: Final = re.compile(r"(?:text-align|float|clear|caption-side|justify-(?:content|self|items))\s*:\s*(?:left|right)\b")
SIDES_OF_FOUR: Final = re.compile(r"(?:margin|padding|inset|border-width)\s*:\s*(?P<four>(?:[^\s;]+\s+){3}[^\s;]+)\s*[;}]")


def banned(css: str) -> Iterator[str]:
    """What a style sheet says in terms of left and right, and letters that it spaces."""
    rules = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for declaration in re.findall(r"(?<=[{;])\s*([a-z-]+\s*:[^;{}]*[;}])", rules):
        if PHYSICAL.match(declaration) or VALUES.match(declaration):
            yield declaration.strip()
        four = SIDES_OF_FOUR.match(declaration)
        if four and (sides := four["four"].split())[1] != sides[3]:
            yield declaration.strip()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_layout_is_told_by_start_and_end(sheet: Path) -> None:
    assert list(banned(sheet.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "css",
    ["a{margin-left:1px}", "a { color: red; right: 0 }", "a{width:10px}", "a{text-align:left}", "a{letter-spacing:.1em}", "a{border-top-left-radius:3px}",
     "a{padding:1px 2px 3px 4px}", "@media (max-width: 3px) { a { float: right; } }", "a{border-bottom-color:red}", "a{max-height:3px;}"],
)  # fmt: skip
def test_what_is_banned_is_found(css: str) -> None:
    assert list(banned(css))


@pytest.mark.parametrize(
    "css", ["a{margin-inline-start:1px}", "a{inset-inline:0}", "@media (max-width: 40rem) { a { color: red } }", "a{padding:1px 2px 3px 2px}"]
)
def test_what_is_not_banned_is_left(css: str) -> None:
    assert not list(banned(css))


def test_templates_carry_no_style_and_no_script_of_their_own() -> None:
    for template in sorted((SITE / "templates").rglob("*.html")):
        words = template.read_text("utf-8")
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*\"|javascript:", words), template.name
        assert all("src=" in tag or "application/ld+json" in tag for tag in re.findall(r"<script[^>]*>", words)), template.name
