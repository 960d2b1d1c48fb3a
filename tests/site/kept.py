"""A small observatory for tests of the site: the sample reports, and reports with words that nobody may ever see.

`CANARIES` are names of private persons, a place of people in danger, an editor's name and words, and what an editor withheld. None of them may stand in
anything that the public side gives out.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest
from litestar.testing import TestClient

from marsad.intake import Intake
from marsad.model import Filters, Report
from marsad.observatory import Observatory
from marsad.site import Settings, Site, application

SAMPLES: Final = Path(__file__).resolve().parents[2] / "src" / "marsad" / "samples"
OWN: Final = "مرصد العيّنة"

PRIVATE: Final = ("خالد العمراني", "العمراني", "سميرة الدرويش", "الدرويش")
ENDANGERED: Final = "القابون"
EDITOR: Final = "editor-zenobia"
WHY: Final = "a source asked for it on the telephone"
WITHHELD: Final = "الشحيل"
CANARIES: Final = (*PRIVATE, ENDANGERED, EDITOR, WHY, WITHHELD)

REPORTS: Final = (
    Report.from_text(
        "قال المواطن خالد العمراني إن غارة جوية استهدفت أمس منزل سميرة الدرويش في مدينة إدلب، ما أدى لمقتل 5 مدنيين.\n\n"
        "وأضاف العمراني أن الطيران الحربي قصف المدينة مجددا.",
        id="canary-names", date="2018-05-02", outlet=OWN, title="غارة على منزل سميرة الدرويش في إدلب", url="https://example.org/news/سميرة-الدرويش",
    ),
    Report.from_text(
        "اعتقلت قوات النظام أمس ثلاثة مدنيين في حي القابون بمدينة دمشق، وفق ما أفادت مصادر محلية.",
        id="canary-place", date="2018-05-03", outlet=OWN, title="اعتقالات في حي القابون", url="https://example.org/b",
    ),
    Report.from_text(
        "اندلعت اشتباكات بين قسد وتنظيم الدولة في بلدة الشحيل أمس، ما أدى لمقتل 4 من عناصر التنظيم.",
        id="canary-withheld", date="2018-05-04", outlet="وكالة العيّنة", title="اشتباكات في الشحيل", url="https://example.org/c",
    ),
    Report.from_text(
        'قصفت قوات النظام بلدة كفرزيتا أمس، ما أدى لمقتل 3 مدنيين. <script>alert("x")</script> =HYPERLINK("http://evil")',
        id="../../etc/passwd", date="2018-05-05", outlet='"><script>alert(1)</script>', title="<img src=x onerror=alert(1)> قصف", url="javascript:alert(1)",
    ),
)  # fmt: skip


def made(folder: Path) -> Observatory:
    """The observatory, with one incident withheld and one confirmed."""
    observatory = Observatory(str(folder / "site.db"), now=_Clock())
    list(observatory.add(Intake((str(SAMPLES),))))
    list(observatory.add(REPORTS))
    kept = observatory.report("canary-withheld")
    assert kept is not None
    for id_ in dict.fromkeys(kept.incidents):
        assert id_ is not None
        observatory.review("withhold", [id_], why=WHY, by=EDITOR)
    first = next(observatory.incidents(Filters(country="LB")))
    observatory.review("confirm", [first.id], why=WHY, by=EDITOR)
    return observatory


class _Clock:
    """Times one second apart, so that the same acts make the same store."""

    def __init__(self) -> None:
        self.ticks = 0

    def __call__(self) -> str:
        self.ticks += 1
        return f"2020-01-01T{self.ticks // 3600:02}:{self.ticks // 60 % 60:02}:{self.ticks % 60:02}.000000Z"


@pytest.fixture(scope="session")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Observatory]:
    """One observatory for the tests that only read."""
    with made(tmp_path_factory.mktemp("site")) as kept:
        yield kept


@pytest.fixture(scope="session")
def site(observatory: Observatory) -> Site:
    """Its public side."""
    return Site(observatory, Settings(full_text=frozenset({OWN})), "https://observatory.example")


@pytest.fixture(scope="session")
def client(site: Site) -> Iterator[TestClient]:
    """A client of its application."""
    with TestClient(application(site), base_url="http://127.0.0.1") as found:
        yield found


def crawled(client: TestClient, most: int = 3_000) -> dict[str, bytes]:
    """Everything that links lead to from the start pages, and what programs are told of: address → content. A broken link fails."""
    answers = ("incidents?limit=500", "changes", "counts", "changes?kind=report", "openapi.json")
    waiting = ["/ar/", "/en/", "/sitemap.xml", *(f"/api/v1/{name}" for name in answers)]
    seen: dict[str, bytes] = {}
    while waiting and len(seen) < most:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:400])
        seen[address] = answer.content
        waiting += [found for found in links(answer.text) if found not in seen and _wanted(found)]
    return seen


def links(text: str) -> list[str]:
    """The addresses of this site in a page."""
    found = [html.unescape(m) for m in re.findall(r'(?:href|src|action|data-source)="([^"]*)"', text)]
    return [address.partition("#")[0] for address in found if address.startswith("/") and not address.startswith(("//", "/digits"))]


def _wanted(address: str) -> bool:
    """Of lists with something asked for, a few are enough."""
    parts = urlsplit(address)
    return parts.query.count("=") < 2 or zlib.crc32(unquote(parts.query).encode()) % 60 == 0
