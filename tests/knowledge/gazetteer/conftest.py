"""A gazetteer of a handful of places, so that an import takes no ten seconds: the code is the true one, only the sources are small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.knowledge.gazetteer import Gazetteer, bundled, gazetteer, keeping
from marsad.knowledge.gazetteer.bundled import City
from marsad.knowledge.gazetteer.draft import Draft

CITIES = [
    City(170063, "Aleppo", 36.20124, 37.16117, "SY", 2098210, "09", ["Halab", "حلب", "Alep"]),
    City(169577, "Homs", 34.72682, 36.72339, "SY", 775404, "11", ["حمص", "Hims"]),
    City(174506, "Hajīn", 34.69508, 40.83138, "SY", 37935, "07", ["هجين", "Hajin"]),
    City(170794, "Deir ez-Zor", 35.33588, 40.14084, "SY", 271800, "07", ["دير الزور", "Dayr az Zawr"]),
    City(2210247, "Tripoli", 32.88743, 13.18733, "LY", 1150989, "77", ["طرابلس", "Tarabulus"]),
    City(266826, "Tripoli", 34.43352, 35.84415, "LB", 229398, "09", ["طرابلس", "Trablous"]),
    City(2988507, "Paris", 48.85341, 2.3488, "FR", 2138551, "11", ["باريس", "Париж"]),
    City(98717, "Jabal Kizwin", 33.5, 44.4, "IQ", 0, "", [""]),
]
AREAS = [
    Draft(["marsad:SY/country/syria", "ocha:SY"], "country", "SY", "Syria", ["سوريا"], sources=["marsad"], lat=35.0, lon=38.5, radius_km=400),
    Draft(["marsad:SY/admin1/aleppo", "ocha:SY02"], "admin1", "SY", "Aleppo", ["حلب"], [], 36.3, 37.6, "10km", 90, "Aleppo", sources=["marsad"]),
    Draft(["marsad:SY/admin1/deir-ez-zor"], "admin1", "SY", "Deir ez-Zor", ["دير الزور"], [], 35.1, 40.3, "10km", 120, "Deir ez-Zor", sources=["marsad"]),
    Draft(
        ["marsad:SY/admin2/abu-kamal"], "admin2", "SY", "Abu Kamal", ["البوكمال"], [], 34.5, 40.8, "10km", 40, "Deir ez-Zor", "Abu Kamal", sources=["marsad"]
    ),
]
PLACES = [
    Draft(["marsad:SY/hlb"], "settlement", "SY", "", ["حلب"], admin1="Aleppo", sources=["marsad"]),
    Draft(["marsad:SY/hajin"], "settlement", "SY", "", ["هجين"], admin1="Deir ez-Zor", admin2="Abu Kamal", sources=["marsad"]),
    Draft(["marsad:SY/deir"], "settlement", "SY", "", ["ديرالزور"], admin1="Deir ez-Zor", sources=["marsad"]),
    Draft(["marsad:SY/tanak"], "oil_field", "SY", "Al-Tanak", ["حقل التنك"], [], 35.05, 40.62, "km", 0.0, "Deir ez-Zor", sources=["marsad"]),
    Draft(["marsad:SY/salihiyah"], "settlement", "SY", "", ["الصالحية"], [], 34.74, 40.74, "km", 0.0, "Deir ez-Zor", sources=["marsad"]),
    Draft(["marsad:SY/salihiyah-crossing"], "crossing", "SY", "", ["معبر الصالحية"], [], 35.3, 40.2, "km", 0.0, "Deir ez-Zor", sources=["marsad"]),
    Draft(["marsad:SY/nasr"], "neighbourhood", "SY", "", ["النصر"], admin1="Aleppo", needs_cue=True, sources=["marsad"]),
]


def _copies(drafts: list[Draft]) -> Iterator[Draft]:
    import msgspec

    for draft in drafts:
        yield msgspec.json.decode(msgspec.json.encode(draft), type=Draft)


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache and a data folder of the test's own, and sources of a handful of places."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("MARSAD_GAZETTEER", str(tmp_path / "imported"))
    monkeypatch.setattr(bundled, "cities", lambda: sorted(CITIES, key=lambda city: city.geonameid))
    monkeypatch.setattr(bundled, "areas", lambda: _copies(AREAS))
    monkeypatch.setattr(bundled, "places", lambda: _copies(PLACES))
    gazetteer.cache_clear()
    yield tmp_path
    gazetteer.cache_clear()


@pytest.fixture
def small(homes: Path) -> Gazetteer:
    """The gazetteer of a handful of places."""
    assert homes.is_dir()
    return Gazetteer(keeping.opened())
