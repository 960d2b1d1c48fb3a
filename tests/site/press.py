"""A site with its desk that has published: three special reports (one corrected), one withdrawn, incidents merged and withheld; served for a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from litestar.testing import TestClient

from marsad.intake import Intake
from marsad.observatory import Observatory
from marsad.site import Settings, Site
from marsad.site.desk.accounts import Accounts
from marsad.site.desk.passwords import Passwords
from marsad.site.desk.routes import desk_of, with_desk
from tests.site.browser import Open, Watched, served
from tests.site.desk.signed import BASE, PASSWORD, REPORTS, Browser, Clock
from tests.site.kept import SAMPLES

ADMIN: Final = "administrator1"
WITHDRAWN: Final = "لم يصح المصدر"
CORRECTION: Final = "صُحح عدد القتلى في بلدة كفرزيتا"


@dataclass
class Press:
    """The site, where it is served, and what is gone."""

    site: Site
    address: str
    merged: str
    withheld: str
    drafts: list[str]

    def signed_in(self, opened: Open, **options: object) -> Watched:
        """A browser in which the administrator is signed in."""
        watched = opened(at=self.address, **options)
        page = watched.page
        page.goto(f"{self.address}/ar/desk/sign-in")
        page.fill("input[name=name]", ADMIN)
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url(re.compile(r"/ar/desk(?!/sign-in)"))
        return watched


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """One for the tests that only read."""
    clock = Clock()
    with Observatory(str(tmp_path_factory.mktemp("press") / "press.db"), now=clock) as observatory:
        list(observatory.add(Intake((str(SAMPLES),))))
        list(observatory.add(REPORTS))
        accounts = Accounts(observatory.store, now=clock, passwords=Passwords(memory=64, passes=1))
        once = accounts.add(ADMIN, "administrator", by="test")
        signed = accounts.sign_in(ADMIN, once, "", "test")
        assert signed is not None
        accounts.change_password(signed[1], once, PASSWORD)
        site = Site(observatory, Settings(full_text=frozenset({"*"})), base=BASE)
        app = with_desk(desk_of(site, accounts=accounts))
        with TestClient(app, base_url=BASE) as client:
            writer = Browser(client)
            assert writer.sign_in(ADMIN, PASSWORD).status_code == 200
            drafts = _published(writer, site)
        ids = [id_ for id_ in site.index.ids if id_ not in drafts]
        observatory.review("merge", ids[-2:], why="they are one", by="test")
        observatory.review("withhold", [ids[-3]], why="danger", by="test")
        site.renew()
        merged = next(id_ for id_ in ids[-2:] if site.index.number(id_) is None)
        with served(app) as address:
            yield Press(site, address, merged, ids[-3], drafts)


def _published(writer: Browser, site: Site) -> list[str]:
    """Special reports drafted from incidents, published; gives the incidents."""
    used: list[str] = []
    known = [id_ for n, id_ in enumerate(site.index.ids) if site.index.row(n).killed]
    for number, slug in enumerate(("first", "second", "third", "gone")):
        ids = [known[0], known[1 + number]]
        used += ids
        path = writer.send("/en/desk/articles", incidents=" ".join(ids)).url.path.split("?")[0]
        page = writer.get(path).text
        text = {"title_ar": f"تقرير عن ضحايا البلدات (القسم {number + 1})", "title_en": f"Victims of the towns, part {number + 1}"}
        text |= {"summary_ar": "ما ترويه التقارير عن ضحايا البلدات في 2012–2019", "summary_en": "What reports tell of them, 2012–2019"}
        for lang in ("ar", "en"):
            body = re.search(rf'name="body_{lang}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
            assert body is not None
            text[f"body_{lang}"] = html.unescape(body.group(1))
        assert writer.send(path, act="publish", slug=slug, byline="مينا", **text).status_code == 200
        if slug == "first":
            assert writer.send(path, act="publish", note=CORRECTION, byline="مينا", **text).status_code == 200
        if slug == "gone":
            assert writer.send(f"{path}/withdraw", note=WITHDRAWN).status_code == 200
    return used
