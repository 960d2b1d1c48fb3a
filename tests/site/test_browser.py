"""Pages in a real Chromium, with all other machines out of reach: both languages, wide and narrow, with and without scripts."""

from __future__ import annotations

import pytest

from marsad.site import Site
from tests.site.browser import Open, follow

PAGES = (
    "/",
    "/incidents",
    "/incidents?type=air_strike",
    "/reports",
    "/places",
    "/actors",
    "/outlets",
    "/special",
    "/methodology",
    "/downloads",
    "/about",
    "/nowhere",
)


def _pages(site: Site) -> list[str]:
    telling = max(site.index.ids, key=lambda id_: len((site.incident(id_) or pytest.fail(id_)).incident.claims))
    return [*PAGES, f"/incidents/{telling}", "/reports/el-fasher-2024", f"/places/{site.index.values('place')[0]}", f"/actors/{site.index.values('actor')[0]}"]


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways(opened: Open, site: Site, width: int) -> None:
    watched = opened(width=width, height=740)
    for path in _pages(site):
        for lang in ("ar", "en"):
            page = watched.go(f"/{lang}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"/{lang}{path}"


def test_every_page_is_quiet_and_asks_nobody_else(opened: Open, site: Site) -> None:
    watched = opened()
    for path in _pages(site):
        if path != "/nowhere":
            watched.go(f"/ar{path}")
    assert watched.errors == []
    assert watched.outside == []


def test_dark_is_remembered_and_there_before_anything_is_drawn(opened: Open) -> None:
    watched = opened("/ar/")
    page = watched.page
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.click("#theme")
    dark = page.evaluate(ground)
    assert dark != light
    page.add_init_script("document.addEventListener('readystatechange', () => { self.early ??= document.documentElement.dataset.theme ?? 'none'; });")
    page.reload()
    assert page.evaluate("self.early") == "dark"
    assert page.evaluate(ground) == dark


def test_digits_are_the_readers_choice(opened: Open) -> None:
    watched = opened("/ar/incidents")
    page = watched.page
    shown = page.inner_text("#shown")
    page.click("#digits")
    arabic = page.inner_text("#shown")
    assert arabic == shown.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert arabic != shown
    page.reload()
    assert page.inner_text("#shown") == arabic
    page.click("#digits")
    assert page.inner_text("#shown") == shown


def test_the_language_switch_opens_the_same(opened: Open, site: Site) -> None:
    watched = opened(f"/ar/incidents/{site.index.ids[0]}")
    assert watched.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    watched.page.click(".lang-switch")
    watched.page.wait_for_url(f"**/en/incidents/{site.index.ids[0]}")
    assert watched.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]


def test_lists_and_filters_work_without_scripts(opened: Open) -> None:
    watched = opened(java_script_enabled=False)
    page = watched.page
    page.goto(f"{watched.address}/ar/incidents")
    all_of_them = page.inner_text("#shown")
    follow(page, "[data-facet=type] a.choice >> nth=0")
    assert "type=" in page.url
    assert page.inner_text("#shown") != all_of_them
    page.fill("#q", "لبنان")
    follow(page, "#filters button")
    assert "type=" in page.url
    assert "q=" in page.url
    page.goto(f"{watched.address}/ar/incidents")
    follow(page, "#more")
    assert page.locator("#incident-list > li").count() > 30
    assert page.locator(".map:visible").count() == 0


def test_the_bar_of_the_latest_is_off_until_asked_for(opened: Open) -> None:
    watched = opened("/ar/")
    page = watched.page
    assert page.locator("#breaking a:visible").count() == 0
    page.click("#breaking button")
    assert page.locator("#breaking a:visible").count() == 1
    page.click("#breaking button")
    assert page.locator("#breaking a:visible").count() == 0


def test_arabic_letters_stand_joined_and_unspaced(opened: Open) -> None:
    page = opened("/ar/").page
    spaced = page.evaluate("[...document.querySelectorAll('body *')].filter(e => !['normal', '0px'].includes(getComputedStyle(e).letterSpacing)).length")
    assert spaced == 0
    assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Arabic\"', 'مرصد')")
