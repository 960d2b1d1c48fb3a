"""A real browser for tests of the site: a headless Chromium that can reach this machine and nothing else, and a server in a thread.

The Chromium is the one on the path (`chromium`, `google-chrome` …) or that which `MARSAD_CHROMIUM` names. Where there is none the tests are skipped and
say so; `apt-get install chromium` brings one. What the pages load must have been built: `python tools/assets.py`.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, Request, sync_playwright

from marsad.site import application
from tests.site.kept import Site

ROOT: Final = Path(__file__).resolve().parents[2]
STATIC: Final = ROOT / "src" / "marsad" / "site" / "static"
AXE: Final = ROOT / "src" / "marsad" / "site" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ARGUMENTS: Final = (
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-component-update",
    "--disable-background-networking",
)


def chromium_path() -> str | None:
    """Where the browser is; None where there is none."""
    told = os.environ.get("MARSAD_CHROMIUM")
    return told or next((found for name in _NAMES if (found := shutil.which(name))), None)


def need_assets() -> None:
    """Skip the test where the assets were not built."""
    if not (STATIC / "manifest.json").is_file():
        pytest.skip("the assets of the site are not built: python tools/assets.py")


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an application that runs in a thread of its own."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not begin"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    if chromium_path() is None:
        pytest.skip("there is no Chromium here: apt-get install chromium, or name one with MARSAD_CHROMIUM")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser."""
    need_assets()
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(_ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """Where the small observatory is served."""
    with served(application(site)) as found:
        yield found


class Watched:
    """A page, with what went wrong in it: `errors` of its console, `outside` what it asked other machines for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.context.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "GPU stall" not in message.text:
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:", "data:", "file:")):
            self.outside.append(request.url)

    def go(self, path: str) -> Page:
        """Open an address of the site, and wait for its map where it has one."""
        self.page.goto(self.address + path)
        if self.page.locator("#map").count():
            self.settled()
        return self.page

    def until(self, condition: str, seconds: float = 40) -> None:
        """Wait until a condition holds in the page; as a question from outside, as the page's policy lets nobody evaluate words in it."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < end, f"never came: {condition}; errors: {self.errors}"
            self.page.wait_for_timeout(50)

    def settled(self) -> None:
        """Wait until the map is drawn and the list stands still."""
        self.until("document.querySelector('#map')?.marsadMap?.loaded() && !document.querySelector('.is-loading')")


def follow(page: Page, selector: str | Locator) -> None:
    """Click what leads to another page, and wait until that has come: a click alone may return while the old page, or half of the new one, stands there."""
    with page.expect_navigation():
        (page.locator(selector).first if isinstance(selector, str) else selector).click()


Open = Callable[..., Watched]


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens pages: `opened("/ar/", width=360, dark=True)`; options beyond `width`, `height`, `dark`, `at` are those of a context of Playwright."""
    contexts: list[BrowserContext] = []

    def open_page(path: str | None = None, *, width: int = 1280, height: int = 900, dark: bool = False, at: str | None = None, **options: Any) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", **options)
        contexts.append(context)
        watched = Watched(context.new_page(), address if at is None else at)
        if path is not None:
            watched.go(path)
        return watched

    yield open_page
    for context in contexts:
        context.close()


def axe(page: Page) -> list[str]:
    """What axe-core finds serious or critical on a page, by WCAG 2.2 A and AA: one line a rule, with the first places."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here: python tools/assets.py --force")
    page.evaluate(AXE.read_text("utf-8") + "\n;undefined")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(f"axe.run(document, {{runOnly: {tags}, resultTypes: ['violations']}})")
    return [
        f"{rule['impact']} {rule['id']}: {rule['help']}: " + "; ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:4])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
