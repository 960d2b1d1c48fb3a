"""Where the places of a reading lie: points moved by relations, areas for what nobody located, namesakes told apart by the report."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.knowledge.gazetteer import distance_km, gazetteer
from marsad.model import Place, Report
from marsad.reading import explain, read
from marsad.reading.reader import set_out
from marsad.reading.spot import Spot
from marsad.reading.spots import bearing, moved, spots_of


def place_of(text: str, name: str, outlet: str | None = None) -> Place:
    reading = read(Report.from_text(text, date="2018-12-03", outlet=outlet))
    found = [p for event in reading.events for p in event.places if p.name == name]
    assert found, [p.name for event in reading.events for p in event.places]
    return found[0]


points = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


@given(points, st.floats(0, 360), st.floats(0.1, 2000))
def test_a_point_that_was_moved_is_as_far_away_as_it_was_moved(point: tuple[float, float], towards: float, km: float) -> None:
    there = moved(point, towards, km)
    assert -90 <= there[0] <= 90
    assert -180 <= there[1] <= 180
    apart = distance_km(point, there)
    assert apart == pytest.approx(km, rel=1e-6, abs=1e-6)
    turn = (bearing(point, there) - towards + 180) % 360 - 180
    assert math.isclose(turn, 0, abs_tol=0.01) or km < 0.2


# text, name, (lat, lon), at most so many km from it, precision
LOCATED = [
    ("قصفت قوات النظام بلدة هجين في ريف دير الزور.", "هجين", (34.69, 40.83), 5, ("settlement",)),
    ("اندلعت اشتباكات عند معبر نصيب بين قوات النظام ومسلحين في درعا.", "معبر نصيب", (32.51, 36.17), 10, ("exact", "near")),
    ("قصف الطيران الروسي الغوطة الشرقية بريف دمشق.", "الغوطة الشرقية", (33.52, 36.42), 15, ("region",)),
    ("شن التحالف غارات على محافظة صعدة في اليمن.", "صعدة", (17.0, 43.9), 90, ("admin1",)),
    ("شن التحالف غارات على مدينة صعدة في اليمن.", "صعدة", (16.94, 43.76), 10, ("settlement",)),
    ("قتل مدنيان بغارة للتحالف على حي الشيخ مقصود في حلب.", "حي الشيخ مقصود", (36.24, 37.15), 6, ("neighbourhood", "near")),
    # relations
    ("قتل ثلاثة جنود بانفجار لغم على بعد 20 كم شمال تدمر في سوريا.", "تدمر", (34.73, 38.27), 8, ("near",)),
    ("سقطت قذائف قرب مدينة الموصل في العراق.", "الموصل", (36.34, 43.13), 10, ("near",)),
    # namesakes
    ("اندلعت اشتباكات بين فصائل في طرابلس بعد هجوم لقوات حفتر في ليبيا.", "طرابلس", (32.89, 13.19), 15, ("settlement",)),
    ("اعتقل الجيش اللبناني ثلاثة أشخاص في طرابلس شمال لبنان.", "طرابلس", (34.43, 35.84), 10, ("settlement",)),
    ("قتل عشرات الحوثيين في معارك البيضاء بين الجيش اليمني والمتمردين.", "البيضاء", (14.1, 45.4), 60, ("settlement", "admin1")),
    ("شن التحالف غارات على قرية الرمادي في ريف البوكمال شرق دير الزور.", "الرمادي", (34.62, 40.86), 20, ("settlement",)),
    ("قصف تنظيم داعش بالهاون حي الزهراء شرقي الموصل وقتل أربعة مدنيين.", "حي الزهراء", (36.37, 43.20), 6, ("neighbourhood",)),
    ("اغتال مسلحون مجهولون محاميا في حي المنصور غرب بغداد.", "حي المنصور", (33.31, 44.35), 8, ("neighbourhood", "near")),
    ("توجهت قافلة مساعدات للقامشلي في سوريا أمس ووصلت إليها.", "للقامشلي", (37.05, 41.23), 10, ("settlement",)),
    # what is called after a place elsewhere lies where the report is
    ("قتل مدنيان بقصف مدفعي على حي الجولان في الفلوجة بالعراق.", "حي الجولان", (33.35, 43.78), 15, ("neighbourhood", "near")),
    ("جرفت قوات الاحتلال شارع نابلس في طولكرم ثم قصفت طائراتها مدينة طولكرم.", "طولكرم", (32.31, 35.03), 6, ("settlement", "admin2")),
    # a direction and a name together are an area of their own, and are moved once
    ("قصف الطيران الحربي مواقع المعارضة في جنوب سوريا.", "سوريا", (32.9, 36.4), 30, ("region",)),
    ("خرجت مظاهرات في جنوب العراق وقتل ثلاثة متظاهرين.", "جنوب العراق", (31.1, 46.3), 60, ("region",)),
    # the capital; talks abroad; two countries
    ("قتل جندي بانفجار عبوة ناسفة في العاصمة، بحسب الشرطة اليمنية.", "العاصمة", (15.35, 44.21), 10, ("settlement",)),
    ("عقدت الحكومة السورية والمعارضة مفاوضات في الدوحة لبحث وقف القصف على إدلب وحلب.", "الدوحة", (25.29, 51.53), 15, ("settlement", "admin1")),
    ("قصفت طائرات مواقع على الأراضي اللبنانية، وقال الجيش السوري إن دفاعاته في حمص تصدت لها.", "الأراضي اللبنانية", (33.9, 35.9), 20, ("country",)),
    ("قصفت طائرات التحالف بلدة الصالحية قرب البوكمال شرق دير الزور.", "الصالحية", (34.75, 40.75), 25, ("settlement", "near")),
]


@pytest.mark.parametrize(("text", "name", "spot", "km", "precisions"), LOCATED, ids=[f"{row[1]}: {row[0][:30]}" for row in LOCATED])
def test_a_place_is_located(text: str, name: str, spot: tuple[float, float], km: float, precisions: tuple[str, ...]) -> None:
    place = place_of(text, name)
    assert place.lat is not None
    assert place.lon is not None
    assert place.precision in precisions
    apart = distance_km((place.lat, place.lon), spot)
    assert apart is not None
    assert apart <= km, (place.lat, place.lon, place.gazetteer_id)


def test_a_direction_without_a_distance_grows_the_circle() -> None:
    bare = place_of("قصف الطيران مدينة تدمر في سوريا.", "تدمر")
    aside = place_of("قصف الطيران منطقة شمال تدمر في سوريا.", "تدمر")
    assert bare.radius_km is not None
    assert aside.radius_km is not None
    assert aside.precision == "near"
    assert aside.radius_km > bare.radius_km
    assert bare.lat is not None
    assert aside.lat is not None
    assert aside.lat > bare.lat


def test_a_distance_is_from_the_place_right_behind_it_alone() -> None:
    place = place_of("قتل ثلاثة عناصر من قسد بهجوم لتنظيم الدولة على بعد 2 كم من مشفى هجين شرقي دير الزور.", "دير الزور")
    assert place.distance_km is None
    assert place.relation == "east_of"


def test_a_village_that_nobody_knows_lies_at_the_area_that_is_told() -> None:
    place = place_of("قصفت قوات النظام قرية تل الزعرورية بريف إدلب في سوريا.", "تل الزعرورية")
    assert place.precision in ("admin1", "admin2", "admin3", "near")
    assert place.admin1 == "Idlib"
    assert place.radius_km is not None
    assert place.radius_km >= 10


def spots_in(text: str) -> dict[str, Spot]:
    document = set_out(Report.from_text(text, date="2018-12-03")).document
    spots = spots_of(document, document.places)
    return {document.text(m.first, m.last): spots[id(m)] for m in document.places}


@pytest.mark.parametrize("dash", [" – ", " - ", "-"])
def test_a_road_lies_between_its_two_ends(dash: str) -> None:
    road = spots_in(f"قطع محتجون طريق حلب{dash}دمشق في سوريا.")[f"طريق حلب{dash}دمشق"]
    assert road.precision == "near"
    assert road.why == ("between Aleppo and Damascus",)


def test_of_what_sort_a_road_is_names_neither_of_its_ends() -> None:
    road = spots_in("انفجر لغم على طريق عام بنت جبيل – مارون الراس.")["طريق عام بنت جبيل – مارون الراس"]
    assert road.why == ("between Bint Jbeil and Maroun al-Ras",)


def test_a_place_lies_in_the_country_of_the_district_that_is_told() -> None:
    """الصوانة is listed as a quarter of Jerusalem."""
    assert spots_in("وقع انفجار في الصوانة قضاء مرجعيون جنوب لبنان.")["الصوانة"].country == "LB"


def test_a_name_that_is_spelt_otherwise_is_no_place_far_from_all_that_is_told() -> None:
    """مارث is a town of Tunisia."""
    assert spots_in("ناقش نواب في تونس المساواة في الميراث بين التونسيين والتونسيات.")["الميراث"].gazetteer_id != "geonames:2469174"


def test_nothing_is_placed_without_a_reason() -> None:
    report = Report.from_text("قصفت قوات النظام بلدة كفرزيتا في ريف حماة.", date="2018-12-03")
    reading, why = explain(report)
    said = [because.rule for because in why[0] if because.field == "place"]
    assert reading.events[0].places
    assert all("located " in rule for rule in said)


def test_all_that_is_located_is_on_the_globe_and_its_entry_is_there() -> None:
    text = "اندلعت اشتباكات في هجين والبوكمال وريف حلب وطرابلس والموصل وشمال سيناء وعدن بين مسلحين مجهولين والجيش."
    for event in read(Report.from_text(text, date="2018-12-03")).events:
        for place in event.places:
            assert (place.lat is None) == (place.lon is None)
            if place.gazetteer_id is not None:
                assert gazetteer().place(place.gazetteer_id) is not None
            assert (place.precision == "unknown") == (place.lat is None)


@pytest.mark.xfail(strict=True, reason="an explosion behind a fire is heard as no event since the weights were taught on notices")
def test_a_quarter_abroad_of_which_nothing_else_is_named_is_another() -> None:
    """الإنشاءات is listed as a quarter of Homs."""
    text = "اندلع حريق بعد انفجار في منطقة مصفح بأبوظبي، وآخر في حي الإنشاءات قرب مطار أبوظبي ودبي."
    assert place_of(text, "حي الإنشاءات").country == "AE"
    assert place_of("قصفت قوات النظام حي الإنشاءات في حمص.", "حي الإنشاءات").country == "SY"
    assert place_of("قصفت الطائرات الإسرائيلية منزلا في حي الشجاعية، وقالت إسرائيل إنها استهدفت مسلحين.", "حي الشجاعية").country == "PS"


@pytest.mark.parametrize("text", ["انتشر الجيش السوري على الضفة الغربية لنهر الفرات.", "انتشر الجيش السوري على الضفة الغربية من نهر الفرات."])
def test_a_bank_of_a_river_is_not_the_west_bank(text: str) -> None:
    document = set_out(Report.from_text(text)).document
    assert {spot.country for spot in spots_of(document, document.places).values()} == {"SY"}


def test_a_road_is_not_in_a_town_behind_a_comma() -> None:
    document = set_out(Report.from_text("سقطت قذائف في الزاوية على الطريق الساحلي، فيما أرسلت مصراتة تعزيزات.")).document
    spots = spots_of(document, document.places)
    assert [spots[id(place)].admin1 for place in document.places] == ["Zawiya", "Zawiya", "Misrata"]


def test_a_place_is_shown_where_the_event_lies_to_it_and_not_in_the_dateline() -> None:
    assert place_of("درعا – قتل سبعة أشخاص في اشتباكات شرقي مدينة درعا أمس.", "درعا").relation == "east_of"


def test_a_place_from_which_people_flee_is_shown_where_they_flee() -> None:
    text = "وفي طويلة الواقعة غربي الفاشر بنحو 60 كيلومترا، وصلت ألف عائلة نازحة أمس من الفاشر إلى المنطقة."
    places = [p for event in read(Report.from_text(text, date="2018-12-03")).events for p in event.places if p.name == "الفاشر"]
    assert places
    assert all(place.relation is None for place in places if place.role == "from")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("قتل جندي مصري بانفجار عبوة غرب رفح في شمال سيناء قرب الحدود مع قطاع غزة.", "EG"),
        ("قصفت إسرائيل مدينة رفح جنوبي قطاع غزة ونزح الآلاف نحو خان يونس.", "PS"),
    ],
)
def test_a_town_on_both_sides_of_a_border_lies_where_the_report_is(text: str, country: str) -> None:
    document = set_out(Report.from_text(text)).document
    spots = spots_of(document, document.places)
    assert next(spots[id(place)].country for place in document.places if document.text(place.first, place.last) == "رفح") == country
