"""axe-core on every kind of page: those for everybody and those of the desk, in both languages, light and dark, wide and at 360 pixels."""

from __future__ import annotations

import re

import pytest

from tests.site.browser import Open, Watched, axe
from tests.site.press import Press, press

__all__ = ["press"]


def _public(press: Press) -> list[str]:
    index = press.site.index
    telling = max(index.ids, key=lambda id_: len((press.site.incident(id_) or pytest.fail(id_)).incident.claims))
    vague = next(id_ for n, id_ in enumerate(index.ids) if index.row(n).precision == "admin1" and index.row(n).lat is not None)
    with press.site.reads() as reads:
        report = reads.report_days()[0][0]
    return [
        "/", "/incidents", "/incidents?type=air_strike&type=shelling&since=2018-01-01", "/incidents?q=nothing-like-this", "/incidents?since=never",
        f"/incidents/{telling}", f"/incidents/{vague}", f"/incidents/{press.merged}", f"/incidents/{press.withheld}",
        "/reports", f"/reports/{report}", "/places", f"/places/{index.values('place')[0]}", "/actors", f"/actors/{index.values('actor')[0]}",
        "/outlets", f"/outlets/{index.values('outlet')[0]}", "/special", "/special/first", "/special/second", "/special/gone",
        "/methodology", "/downloads", "/about", "/nowhere",
    ]  # fmt: skip


LOOKS = [(1280, 900, "light"), (360, 740, "dark")]
"""Both widths and both colours; the other two pairs are slow tests."""

CROSSED = [(1280, 900, "dark"), (360, 740, "light")]

EACH = pytest.mark.parametrize("looks", [LOOKS, pytest.param(CROSSED, marks=pytest.mark.slow)], ids=["looks", "crossed"])


def _faults(watched: Watched, path: str, looks: list[tuple[int, int, str]]) -> dict[str, list[str]]:
    """What axe finds on a page, in each of its looks."""
    page = watched.go(path)
    found = {}
    for width, height, scheme in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(60)
        if faults := axe(page):
            found[f"{path} {width} {scheme}"] = faults
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways at {width}"
    return found


@EACH
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pages_for_everybody(opened: Open, press: Press, lang: str, looks: list[tuple[int, int, str]]) -> None:
    watched = opened(at=press.address, reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for path in _public(press):
        found |= _faults(watched, f"/{lang}{path}", looks)
    assert [f"{at}: {fault}" for at, faults in found.items() for fault in faults] == []
    assert watched.outside == []


@pytest.mark.slow  # tests/site/desk looks at each of them wide
@EACH
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pages_of_the_desk(opened: Open, press: Press, lang: str, looks: list[tuple[int, int, str]]) -> None:
    outside = opened(at=press.address)
    found = _faults(outside, f"/{lang}/desk/sign-in", looks)
    watched = press.signed_in(opened, reduced_motion="reduce")
    page = watched.page
    paths = ["", "/withheld", "/merge", "/paste", "/articles", "/account", "/people"]
    for begin, pattern in (("", r"/desk/incidents/"), ("", r"/desk/report\?"), ("/articles", r"/desk/articles/")):
        page.goto(f"{press.address}/{lang}/desk{begin}")
        paths += _first(watched, pattern)
    one, other = press.site.index.ids[:2]
    page.goto(f"{press.address}/{lang}/desk/incidents/{one}")
    paths += [f"/incidents/{one}", f"/merge?a={one}&b={other}", *_first(watched, r"/desk/report\?")]
    assert any("report?" in path for path in paths)
    article = next(path for path in paths if re.fullmatch(r"/articles/[^/?]+", path))
    for path in dict.fromkeys([*paths, f"{article}/preview"]):
        found |= _faults(watched, f"/{lang}/desk{path}", looks)
    assert [f"{at}: {fault}" for at, faults in found.items() for fault in faults] == []


def _first(watched: Watched, pattern: str) -> list[str]:
    """The first link of the page that leads there, below the desk."""
    links = watched.page.evaluate("[...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))")
    return [link.partition("/desk")[2].partition("#")[0] for link in links if re.search(pattern, link)][:1]
