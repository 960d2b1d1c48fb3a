"""Which words of a text are a place, and where a name ends, before anything is decided about them."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading import read
from marsad.reading.document import Document, Mention
from marsad.reading.reader import set_out

FOUND: list[tuple[str, list[str]]] = [
    ("انفجرت قنبلة في العاصمة السودانية الخرطوم مساء أمس.", ["الخرطوم"]),
    ("انفجرت قنبلة في العاصمة البلجيكية مساء أمس.", ["العاصمة البلجيكية"]),
    ("اندلعت احتجاجات في البلاد ضد الحكومة.", ["البلاد"]),
    ("شهدت البلاد احتجاجات ضد الحكومة.", ["البلاد"]),
    ("قال رئيس البلاد إن المحادثات مستمرة.", []),
    ("قتل سبعة مدنيين في الغوطة.", ["الغوطة"]),
    ("التقى الوزيران في هلسنكي.", ["هلسنكي"]),
    ("قتل لاجئ مالي في باماكو.", ["باماكو"]),
    ("أسر المسلحون جنديا تركيا في عفرين.", ["عفرين"]),
    ("وصل رئيس مالي إلى باماكو.", ["مالي", "باماكو"]),
    ("بالنسبة لسياسة لبنان فإن العودة محدودة.", ["لبنان"]),
    ("أبحرت سفينة حربية إلى شبه جزيرة القرم.", ["شبه جزيرة القرم"]),
    ("سقطت قذائف على قرى الجريبة والمشاقنة.", ["الجريبة", "المشاقنة"]),
    ("نزحت العائلات إلى سقبا وكفر بطنا.", ["سقبا", "كفر بطنا"]),
    ("نزحت العائلات نحو المزيريب وتل شهاب.", ["المزيريب", "تل شهاب"]),
    ("وصلت القافلة إلى أمدرمان مساء أمس.", ["أمدرمان"]),
    ("ضربت غارات الحديدة وصعدة وعمران.", ["الحديدة", "صعدة", "عمران"]),
    ("سقطت صواريخ على حلب وحماة.", ["حلب", "حماة"]),
    ("سقط قتيلان عند جسر مهروت.", ["جسر مهروت"]),
    ("سقطت قذيفة قرب مسجد الفتح.", ["مسجد الفتح"]),
    ("تجمع المئات أمام مقر جهاز الأمن الاتحادي.", ["مقر جهاز الأمن الاتحادي"]),
    ("تجمع المئات أمام مقر الاستخبارات الأفغانية القريب من السوق.", ["مقر الاستخبارات الأفغانية", "السوق"]),
    ("مر الطحين من حاجز شركة الكهرباء.", ["حاجز شركة الكهرباء"]),
    ("سقطت قذيفة قرب وزارة الدفاع.", ["وزارة الدفاع"]),
    ("قالت وزارة الدفاع إن الجنود بخير.", []),
    ("تجمع المئات أمام السفارة الأميركية.", ["السفارة الأميركية"]),
    ("سقطت قذيفة على مبنى سكني.", []),
    ("سيطر الجيش على مديرية الدريهمي.", ["الدريهمي"]),
    ("وعيّن المجلس محافظا جديدا لمدينة الرقة.", ["الرقة"]),
    ("قصفت الطائرات عين الصوان مساء أمس.", ["عين الصوان"]),
    ("سقطت قذائف على قرى كذبارا وزنكولي.", ["كذبارا", "زنكولي"]),
    ("قتل في البادية 20 عنصرا.", []),
    ("سقط في الحي 15 جريحا.", []),
    ("انفجرت قنبلة في مربع 9 مساء أمس.", ["مربع 9"]),
    ("احتشد العشرات أمام السفارة.", ["السفارة"]),
    ("احتشد العشرات قرب البرلمان.", ["البرلمان"]),
    ("عرض الوزير القانون على البرلمان.", []),
    ("سقطت قذائف قرب نادي الضباط.", ["نادي الضباط"]),
    ("قتل خمسة من جامعي الكمأة أمس.", []),
    ("سقطت قذائف قرب جامعي النور والفتح.", ["جامعي النور", "الفتح"]),
    ("استهدفت الطائرات مواقع يتوارى فيها المسلحون.", []),
    ("سقطت قذائف على قرية قبتين مساء أمس.", ["قبتين"]),
    ("قصفت الطائرات قرية إسلام التابعة لمديرية حيس.", ["إسلام", "حيس"]),
    ("سيطر الجيش على قرية صغيرة.", []),
    ("أغلقت الشرطة المحلات بحجة عدم الترخيص.", []),
    ("أغلقت الشرطة المحلات بحجة المشاركة في الإضراب.", []),
    ("قصفت الطائرات حرض بحجة وصعدة.", ["حرض", "حجة", "صعدة"]),
    ("ضبطت الشرطة كمية من المواد المخدرة.", []),
    ("استقبلت السفيرة الأميركية وفدا.", []),
    ("دخل الجيش القصير.", ["القصير"]),
    ("عادت العائلات بعد المحنة الطويلة.", []),
    ("سقطت قذائف على الأحياء الشرقية والشمالية.", ["الأحياء الشرقية"]),
    ("وصل نازحون من كفرنباكي.", ["كفرنباكي"]),
]

LEFT: list[tuple[str, str, str | None, float | None]] = [
    ("سقطت قذائف بالقرب من مدينة بعقوبة.", "القرب من مدينة بعقوبة", "near", None),
    ("سقطت قذائف على مقربة من بعقوبة.", "على مقربة من بعقوبة", "near", None),
    ("اندلعت اشتباكات إلى الغرب من مدينة تعز.", "إلى الغرب من مدينة تعز", "west_of", None),
    ("اندلعت اشتباكات إلى الجنوب الشرقي من بغداد.", "إلى الجنوب الشرقي من بغداد", "south_east_of", None),
    ("انفجر لغم على بعد 10 كيلومترات إلى الشمال من هجين.", "10 كيلومترات إلى الشمال من هجين", "north_of", 10.0),
    ("انفجر لغم على بعد كيلومترين من بلدة هجين.", "كيلومترين من بلدة هجين", "near", 2.0),
    ("انفجر لغم على بعد خمسة عشر كيلومترا جنوب هجين.", "خمسة عشر كيلومترا جنوب هجين", "south_of", 15.0),
    ("انفجر لغم على بعد كيلومتر من هجين.", "كيلومتر من هجين", "near", 1.0),
    ("اندلعت اشتباكات شرق العاصمة السورية دمشق.", "شرق العاصمة السورية دمشق", "east_of", None),
    ("قصفت طائرات الدولة مخيم النصيرات.", "مخيم النصيرات", None, None),
    ("اشتبك عناصر المنطقة شرق مدينة درعا.", "شرق مدينة درعا", "east_of", None),
    ("أبحرت سفينة قبالة سواحل اليمن.", "قبالة سواحل اليمن", "off_coast", None),
    ("أبحرت سفينة قبالة شواطئ غزة.", "قبالة شواطئ غزة", "off_coast", None),
    ("سيطر الجيش على الجزء الغربي من درعا.", "درعا", None, None),
    ("تقدم الجيش كيلومترين باتجاه درعا.", "درعا", None, None),
    ("سأل كم كلفت الحرب سوريا.", "سوريا", None, None),
]


def _words(document: Document, mentions: list[Mention]) -> list[str]:
    return [document.words.text[slice(*document.span(m.first, m.last))] for m in mentions]


def test_a_name_of_two_words_is_not_joined_where_that_is_another_word() -> None:
    for text in ("أمسك المحتجون بتلابيب الموظف.", "قال تيتو إن الأمر انتهى."):
        assert not set_out(Report.from_text(text)).document.places


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_places_of_a_text(text: str, names: list[str]) -> None:
    document = set_out(Report.from_text(text)).document
    assert _words(document, document.places) == names


@pytest.mark.parametrize(("text", "phrase", "relation", "distance"), LEFT)
def test_what_stands_in_front_of_a_place(text: str, phrase: str, relation: str | None, distance: float | None) -> None:
    document = set_out(Report.from_text(text)).document
    (place,) = document.places
    assert document.words.text[slice(*document.span(place.head, place.last))] == phrase
    assert (place.relation, place.distance_km) == (relation, distance)


@pytest.mark.parametrize("text", ["قصفت طائرات قرية كدبارا التابعة لمديرية حيس.", "قتل جندي في هجين إلى الشرق من دير الزور."])
def test_a_place_that_is_told_to_hold_another(text: str) -> None:
    assert [place.parent_of for place in set_out(Report.from_text(text)).document.places] == [-1, 0]


def test_no_name_goes_on_in_the_next_line() -> None:
    document = set_out(Report.from_text("اعتقلت الشرطة جهاد النجار بائع خردة ورسام\n\nحفلت الصفحات بصوره أمس.")).document
    assert not any("\n" in name for name in _words(document, document.actors))


@pytest.mark.parametrize("rule", ["-" * 27, "- - - -", "«»", '"' * 9])
def test_a_line_of_marks_above_a_place_is_not_in_front_of_it(rule: str) -> None:
    """Found by a million reports: eight of them had a place below a line of dashes."""
    report = Report.from_text(f"{rule}\nسوريا: إسرائيل قصفت كفرهود بصواريخ من فوق الأراضي اللبنانية", date="2018-06-18")
    document = set_out(report).document
    assert all(document.sentence_of[m.head] == document.sentence_of[m.first] for m in (*document.places, *document.actors))
    assert read(report).events


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("قتل 30 شخصا في السويداء في أكثر الهجمات دموية منذ 2011.", 2018),
        ("شن التنظيم هجوما على السويداء، وهو أول هجوم تشهده المدينة منذ عام 2015.", 2018),
        ("شن التنظيم هجوما على السويداء، هو الأول من نوعه منذ 2015.", 2018),
        ("قتل أكثر من 500 شخص في القصف على السويداء منذ 2015.", 2015),
    ],
)
def test_since_when_nothing_was_like_it(text: str, year: int) -> None:
    starts = [event.date.start for event in read(Report.from_text(text, date="2018-07-25")).events]
    assert starts
    assert all(start is not None and start.year == year for start in starts)
