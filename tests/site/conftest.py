"""Fixtures of the browser, for all tests of the site."""

from tests.site.browser import address, chromium, opened, playwright
from tests.site.kept import observatory, site

__all__ = ["address", "chromium", "observatory", "opened", "playwright", "site"]
