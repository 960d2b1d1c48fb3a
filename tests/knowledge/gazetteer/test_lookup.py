"""The gazetteer as it is asked, on a handful of places and on those that ship."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge import vocabulary
from marsad.knowledge.gazetteer import Candidate, Gazetteer, distance_km, gazetteer


def test_two_sources_of_one_place_are_one_with_both_ids(small: Gazetteer) -> None:
    (hajin,) = small.candidates("هجين")
    assert hajin.ids == ("marsad:SY/hajin", "geonames:174506")
    assert hajin.sources == ("geonames", "marsad")
    assert (hajin.lat, hajin.lon) == (34.69508, 40.83138)
    assert (hajin.admin1, hajin.admin2, hajin.name_en, hajin.population) == ("Deir ez-Zor", "Abu Kamal", "Hajīn", 37935)


def test_a_place_that_joins_nothing_has_no_point(small: Gazetteer) -> None:
    (nasr,) = small.candidates("النصر")
    assert not nasr.located
    assert nasr.needs_cue
    assert [area.id for area in small.parents(nasr)] == ["marsad:SY/admin1/aleppo", "marsad:SY/country/syria"]


def test_an_exact_name_goes_before_a_loose_one(small: Gazetteer) -> None:
    exact, close = small.candidates("دير الزور", kind="settlement")[0], small.candidates("الدير الزور", kind="settlement")[0]
    loose = small.candidates("دير الزوور", kind="settlement")[0]
    assert [c.match for c in (exact, close, loose)] == ["exact", "close", "loose"]
    assert exact.score > close.score > loose.score
    assert small.candidates("دير الزوور", loose=False) == ()


@pytest.mark.parametrize("name", ["حقل التنك", "التنك", "Al-Tanak"])
def test_with_and_without_the_word_of_its_kind(small: Gazetteer, name: str) -> None:
    assert small.candidates(name)[0].id == "marsad:SY/tanak"


def test_a_word_for_a_kind_that_the_place_does_not_bear(small: Gazetteer) -> None:
    """بلدة هجين is in the gazetteer as هجين; a crossing's name is no town's."""
    assert small.candidates("بلدة هجين")[0].id == "marsad:SY/hajin"
    assert [c.match for c in small.candidates("بلدة هجين")] == ["part"]
    assert small.candidates("معبر الصالحية")[0].id == "marsad:SY/salihiyah-crossing"
    assert small.candidates("الصالحية")[0].id == "marsad:SY/salihiyah"


def test_country_kind_and_nearness(small: Gazetteer) -> None:
    assert {c.country for c in small.candidates("طرابلس")} == {"LY", "LB"}
    assert [c.id for c in small.candidates("طرابلس", country="LB")] == ["geonames:266826"]
    assert small.candidates("طرابلس", near=(34.7, 36.7))[0].country == "LB"
    assert small.candidates("طرابلس", near=small.candidates("طرابلس", country="LY")[0])[0].country == "LY"
    assert {c.kind for c in small.candidates("حلب")} == {"settlement", "admin1"}
    assert small.candidates("حلب", kind="admin1")[0].id == "marsad:SY/admin1/aleppo"
    assert len(small.candidates("حلب", limit=1)) == 1


def test_by_id(small: Gazetteer) -> None:
    for id_ in ("geonames:170063", "marsad:SY/hlb"):
        place = small.place(id_)
        assert place is not None
        assert place.id == "marsad:SY/hlb"
    assert small.place("ocha:SY02") == small.area("Aleppo", country="SY", level="admin1")
    for id_ in ("geonames:1", "geonames:", "geonames:99999999999", "geonames:-5", "marsad:SY/none", "", ":", "حلب"):
        assert small.place(id_) is None


def test_areas(small: Gazetteer) -> None:
    deir = small.area("Deir ez-Zor", country="SY", level="admin1")
    assert deir is not None
    assert [a.name_en for a in small.areas(within=deir)] == ["Abu Kamal"]
    assert {a.name_en for a in small.areas(country="SY", level="admin1")} == {"Aleppo", "Deir ez-Zor"}
    assert small.area("Nowhere", country="SY", level="admin1") is None
    assert small.country("SY") is not None
    assert small.country("ZZ") is None


def test_names_of_other_scripts_do_no_harm(small: Gazetteer) -> None:
    assert small.candidates("باريس")[0].id == "geonames:2988507"
    assert small.candidates("Париж") == ()
    assert small.candidates("") == ()


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """The gazetteer that ships, from the user's cache (built there if it is not)."""
    gazetteer.cache_clear()
    return gazetteer()


@given(st.text(max_size=40))
def test_any_text_is_answered(shipped: Gazetteer, text: str) -> None:
    for candidate in shipped.candidates(text):
        assert 0 < candidate.score <= 1


# name as it may be written, an id that its best candidate must have
SHIPPED = [
    ("حلب", "geonames:170063"),
    ("ديرالزور", "geonames:170794"),
    ("دير الزور", "geonames:170794"),
    ("كادوقلي", "geonames:373141"),
    ("كادقلي", "geonames:373141"),
    ("كابول", "geonames:1138958"),
    ("كابل", "geonames:1138958"),
    ("هجين", "geonames:174506"),
    ("القاهرة", "geonames:360630"),
    ("Deir ez-Zor", "geonames:170794"),
    ("بغداد", "geonames:98182"),
]


@pytest.mark.parametrize(("name", "id_"), SHIPPED, ids=[name for name, _ in SHIPPED])
def test_well_known_places(shipped: Gazetteer, name: str, id_: str) -> None:
    best = shipped.candidates(name, kind=("settlement", "neighbourhood"))[0]
    assert id_ in best.ids
    assert best.id.startswith("marsad:")


def test_every_city_is_there(shipped: Gazetteer) -> None:
    assert shipped.about["sources"]["geonames"]["places"] == 234_908
    assert shipped.about["joined"] > 1000
    for city in ("geonames:2988507", "geonames:3038832", "geonames:13132736"):
        assert shipped.place(city) is not None


def test_the_index_is_small() -> None:
    from marsad.knowledge.gazetteer import index_file

    gazetteer()
    assert index_file().stat().st_size <= 15_000_000


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [((36.2012, 37.1612), (33.5102, 36.2913), 310), ((0.0, 179.5), (0.0, -179.5), 111), ((90.0, 0.0), (-90.0, 0.0), 20015), ((1.0, 1.0), (1.0, 1.0), 0)],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    found = distance_km(one, other)
    assert found is not None
    assert found == pytest.approx(km, rel=0.01, abs=1e-6)


def ids(found: tuple[Candidate, ...]) -> list[str]:
    return [place.id for place in found]


def test_a_name_is_found_without_the_area_that_tells_it_apart_in_our_lists(shipped: Gazetteer) -> None:
    assert "marsad:IQ/husayniya-karbala" in ids(shipped.candidates("الحسينية"))
    assert "marsad:PS/old-city-of-hebron" not in ids(shipped.candidates("البلدة القديمة", country="PS")), "a kind and its adjective name no place"
    assert "marsad:IQ/baghdad-road-kirkuk" not in ids(shipped.candidates("طريق بغداد"))


def test_one_quarter_of_a_name_does_not_hide_another(shipped: Gazetteer) -> None:
    """حي المنصور is how the lists have that of Mosul; that of Baghdad stands there as المنصور."""
    assert {"marsad:IQ/mansour-mosul", "marsad:IQ/mansour"} <= set(ids(shipped.candidates("حي المنصور")))


def test_what_takes_its_name_from_something_lies_at_no_hospital_of_it(shipped: Gazetteer) -> None:
    assert "marsad:SY/kindi-hospital" in ids(shipped.candidates("مستشفى الكندي"))
    assert "marsad:SY/kindi-hospital" not in ids(shipped.candidates("مخيم الكندي"))


def test_capitals(shipped: Gazetteer) -> None:
    for code, name in vocabulary.capitals().items():
        capital = shipped.capital(code)
        assert capital is not None, (code, name)
        assert capital.country == code
        assert capital.located
        assert shipped.is_capital(capital)
    assert shipped.capital("PS") is None
    assert not shipped.is_capital(shipped.candidates("حلب", kind="settlement")[0])
