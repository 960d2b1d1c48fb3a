"""A site with its desk for tests: a few reports, somebody of every role, and clients that are signed in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from litestar.testing import TestClient

from marsad.model import Report
from marsad.observatory import Observatory
from marsad.site import Site
from marsad.site.desk.accounts import ROLES, Accounts
from marsad.site.desk.asking import Desk
from marsad.site.desk.passwords import Passwords
from marsad.site.desk.routes import desk_of, with_desk

BASE: Final = "http://127.0.0.1"
PASSWORD: Final = "sandgrouse-over-palmyra"
REPORTS: Final = (
    Report.from_text("قصفت قوات النظام بالمدفعية بلدة كفرزيتا أمس، ما أدى لمقتل 12 مدنيا.", id="r1", date="2018-05-05", outlet="وكالة أولى"),
    Report.from_text("قتل 20 مدنيا أمس في قصف مدفعي لقوات النظام على بلدة كفرزيتا، وفق الدفاع المدني.", id="r2", date="2018-05-05", outlet="وكالة ثانية"),
    Report.from_text("أعدم تنظيم الدولة أمس ثلاثة مدنيين في مدينة الميادين.", id="r3", date="2018-05-09", outlet="وكالة أولى"),
    Report.from_text("استهدفت غارة جوية أمس مدينة إدلب، ما أدى لإصابة 5 مدنيين.", id="r4", date="2018-05-12", outlet="وكالة ثانية"),
)  # fmt: skip


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.moment = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)

    def __call__(self) -> str:
        self.moment += datetime.timedelta(milliseconds=10)
        return self.moment.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def pass_by(self, **by: float) -> None:
        """Let time pass."""
        self.moment += datetime.timedelta(**by)


@dataclass
class Newsroom:
    """A desk, its application, and its people."""

    desk: Desk
    clock: Clock
    app: Any

    def client(self, role: str | None = None) -> Browser:
        """A browser, signed in as somebody of that role."""
        client = TestClient(self.app, base_url=BASE, raise_server_exceptions=True)
        made = Browser(client)
        if role is not None:
            assert made.sign_in(f"{role}1", PASSWORD).status_code == 200
        return made

    @property
    def incidents(self) -> dict[str, str]:
        """Types → ids of the incidents that are there."""
        return {made.type: made.id for made in self.desk.site.observatory.incidents()}


class Browser:
    """A client that sends forms as a browser does: with the words hidden in the page that it was on."""

    def __init__(self, client: TestClient[Any]) -> None:
        self.client = client

    def get(self, path: str, **options: Any) -> Any:
        """A page."""
        return self.client.get(path, **options)

    def csrf(self, path: str) -> str:
        """The word that forms on a page carry."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(path).text)
        assert found is not None, path
        return found.group(1)

    def send(self, path: str, *, on: str = "/en/desk/account", csrf: str | None = None, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        """A form, sent from a page."""
        data = {"csrf": self.csrf(on) if csrf is None else csrf, **fields}
        return self.client.post(path, data=data, headers={"origin": BASE, "sec-fetch-site": "same-origin", **(headers or {})})

    def sign_in(self, name: str, password: str, **fields: Any) -> Any:
        """Say who one is."""
        return self.send("/en/desk/sign-in", on="/en/desk/sign-in", name=name, password=password, **fields)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom of its own."""
    clock = Clock()
    with Observatory(str(tmp_path / "desk.db"), now=clock) as observatory:
        list(observatory.add(REPORTS))
        accounts = Accounts(observatory.store, now=clock, passwords=Passwords(memory=64, passes=1))
        for role in ROLES:
            for number in (1, 2):
                once = accounts.add(f"{role}{number}", role, by="test")
                signed = accounts.sign_in(f"{role}{number}", once, "", "test")
                assert signed is not None
                accounts.change_password(signed[1], once, PASSWORD)
        desk = desk_of(Site(observatory, base=BASE), accounts=accounts)
        with TestClient(with_desk(desk), base_url=BASE) as opened:
            yield Newsroom(desk, clock, opened.app)
