"""`python -m bench.site_map [N]`: what the map of N incidents (50,000) weighs and how long it holds up the page, in the Chromium of this machine.

The incidents lie at 3,000 places of the region; all else is the real server on the sample reports. A hold-up is a task of the page's own thread, as the
browser tells of it (50 ms and more): while the page and its map come up, and then for each thing that a reader does. Where no graphics card is, Chromium
draws by software: coming up includes making its drawing context and compiling its programs, which takes the longest.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from bench.measure import Table
from marsad.site import Settings, Site, application
from marsad.site.finding import Query
from marsad.site.points import columns
from tests.site.browser import chromium_path, served
from tests.site.kept import made
from tests.site.test_map import MAP, many

_WATCH = "self.held = []; new PerformanceObserver((l) => self.held.push(...l.getEntries().map((e) => e.duration))).observe({type: 'longtask', buffered: true});"
_ACTS = (
    ("zoom in by button", "document.querySelector('.map-zoom_in').click()"),
    ("zoom out by button", "document.querySelector('.map-zoom_out').click()"),
    ("half the time by button", "document.querySelector('#time-narrower').click()"),
    ("all the time by button", "document.querySelector('#time-all_time').click()"),
    ("to another country", f"void {MAP}.jumpTo({{center: [44, 33], zoom: 7}})"),
)


def held_up(size: int) -> tuple[Table, Table]:
    """Hold-ups of the page, and the weight of what it loads."""
    from playwright.sync_api import sync_playwright

    body = columns(many(size), Query(), str).decode()
    table = Table(
        f"Hold-ups of the page with {size:,} incidents on the map",
        "Longest task of the page's own thread, and the sum of all of 50 ms and more.",
        ("", "longest, ms", "sum, ms"),
    )
    weights = Table("What the page of the map loads", "As it comes over the wire (gzip).", ("", "kB"))
    with (
        tempfile.TemporaryDirectory() as folder,
        made(Path(folder)) as observatory,
        served(application(Site(observatory, Settings()))) as at,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(_WATCH)
        # the answer of the server is put in the place of its own, the rest is its own
        page.route(re.compile("fields=points"), lambda route: route.fulfill(body=body, content_type="application/json"))

        def settle(name: str) -> None:
            while not page.evaluate(f"Boolean({MAP}?.loaded() && !{MAP}.isMoving() && !document.querySelector('.is-loading'))"):
                page.wait_for_timeout(50)
            page.wait_for_timeout(700)
            held = page.evaluate("self.held.splice(0)")
            table.rows.append((name, f"{max(held, default=0):.0f}", f"{sum(held):.0f}"))

        page.goto(f"{at}/ar/incidents")
        settle("coming up")
        loaded = page.evaluate("performance.getEntries().filter((e) => e.transferSize).map((e) => [e.name.split('/').pop().split('?')[0], e.transferSize])")
        for name, act in _ACTS:
            page.evaluate(act)
            settle(name)
        browser.close()
    import gzip

    loaded = [(name, weight) for name, weight in loaded if "geojson" not in name]
    loaded.append((f"points of {size:,} incidents", len(gzip.compress(body.encode(), 4))))
    weights.rows = [(re.sub(r"\.[0-9a-f]{10}(?=\.)", "", name), f"{weight / 1000:.0f}") for name, weight in sorted(loaded, key=lambda one: -one[1])]
    weights.rows.append(("all", f"{sum(weight for _, weight in loaded) / 1000:.0f}"))
    return table, weights


if __name__ == "__main__":
    for made_table in held_up(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000):
        print(made_table.lines(), flush=True)
