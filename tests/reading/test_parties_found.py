"""Where the name of a party or of a person ends, before anything is decided about it."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading import read
from marsad.reading.reader import set_out

NAMED: list[tuple[str, list[str]]] = [
    ("اعتقلت الشرطة ماهر الحسيني (22 عاما) في منزله.", ["الشرطة", "ماهر الحسيني"]),
    ('قال إن موقف محمود العلي "لا يقل عن خيانة".', ["محمود العلي"]),
    ("التقى خالد العمر - قبل محادثاته مع الوفد - عددا من النواب.", ["خالد العمر", "الوفد", "النواب"]),
    ('اعتقل الجيش القيادي "أبو عمر الحلبي" أمس.', ["الجيش", "أبو عمر الحلبي"]),
    ("تحتجز طهران نازانين زغاري-راتكليف التي تعمل هناك.", ["طهران", "نازانين زغاري-راتكليف"]),
    ("أجبرت الاحتجاجات الوزير خالد منصور على الفرار.", ["خالد منصور"]),
    ("وصل الوزير السابق علي محمد صالح أمس.", ["علي محمد صالح"]),
    ("اعتقل المهندس أسد الله أسدي أمس.", ["أسد الله أسدي"]),
    ("نجا السكان بفضل الله من القصف.", ["السكان"]),
    ("زار رجب طيب أوزتورك المدينة.", ["رجب طيب أوزتورك"]),
    ("قام المسلحون بمهاجمة سيارة على الطريق.", ["المسلحون"]),
    ("تعرض مطار الواحة العسكري لهجوم.", []),
    ("احتجز الجنود شقيقها لاشتباهه بأنه ألقى الحجارة.", ["الجنود", "شقيقها"]),
    ("تصدت القوات لإرهابي يرتدي حزاما ناسفا.", ["القوات", "إرهابي"]),
    ("اعتقلت قوات الأمن الخاصة المدير العام للمدرسة.", ["قوات الأمن الخاصة"]),
    ("واعتقلت الشرطة المشتبه بهم.", ["الشرطة", "المشتبه"]),
    ("كما عمد المحتجون إلى إغلاق الطرق.", ["المحتجون"]),
    ("منعت القوات حركة المركبات وأوقفت الحركة الجوية.", ["القوات"]),
    ("انضم إلى حركة الأحرار.", ["حركة الأحرار"]),
    ("استعادت قوات الجيش مدعومة بطائرات القرية.", ["قوات الجيش"]),
    ("اقتحمت قوة من ميليشيا النواصي فندقا في طرابلس.", ["ميليشيا النواصي"]),
    ("أقلعت الطائرات من قاعدة قريبة ثم قصفت مسيرة القاعدة.", []),
    ("قصفت مسيرة القاعدة الجوية في تمنهنت.", []),
    ("انسحب مسلحو القاعدة من قاعدة في أبين.", ["القاعدة"]),
    ("هاجم تنظيم القاعدة قاعدة العند ثم غادرت القاعدة أبين.", ["تنظيم القاعدة", "القاعدة"]),
    ("أعلن تحالف روسيا وإيران ذلك.", ["روسيا", "إيران"]),
    ("أعدموا نحو 300 رجل مدني في البلدة.", ["رجل مدني"]),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_names_of_a_text(text: str, names: list[str]) -> None:
    document = set_out(Report.from_text(text)).document
    found = sorted(document.actors, key=lambda mention: mention.first)
    assert [text[slice(*document.span(m.first, m.last))].removeprefix("ل") for m in found] == names


# a text, a name in it, and whose it is there
BEARERS = [
    ("استعادت قوات الجيش قرية من حركة الشباب قرب مقديشو.", "قوات الجيش", "somalia-government"),
    ("استعادت قوات الجيش قرية من حركة الشباب في هيران.", "قوات الجيش", "somalia-government"),
    ("هاجم مسلحو بوكو حرام قرية في ولاية بورنو فيما قال الجيش إنه صدهم.", "الجيش", "nigeria-government"),
    ("هاجم الجيش مواقع للمسلحين في شمال سيناء.", "الجيش", "egypt-government"),
    ("قصف سلاح الجو مواقع في أم درمان وبحري.", "سلاح الجو", "sudan-army"),
    ("سيطر أنصار الشريعة على حي في مدينة درنة.", "أنصار الشريعة", "ansar-al-sharia-libya"),
    ("سيطر أنصار الشريعة على معسكر في محافظة أبين.", "أنصار الشريعة", "aqap"),
    ("اقتحمت ميليشيا النواصي فندقا في طرابلس.", "ميليشيا النواصي", "libya-nawasi"),
    ("داهمت الشرطة منازل في إسطنبول وأنقرة.", "الشرطة", "turkey"),
    ("داهمت الشرطة منازل في إسطنبول وأنقرة بعد هجوم في الموصل.", "الشرطة", "turkey"),
    ("داهمت الشرطة منازل في الموصل وكركوك.", "الشرطة", "iraq-police"),
    ("أوقفت السلطات صحفيا في مشهد وأصفهان.", "السلطات", "iran"),
    ("انتشرت قوات الأمن في مشهد وأصفهان.", "قوات الأمن", "iran"),
    ("اعتقل الجيش ثلاثة شبان في جنين ونابلس.", "الجيش", "israel"),
    ("أوقفت السلطات صحفيا في بنغازي.", "السلطات", None),  # two governments there
    ("اعتقلت الأسايش ثلاثة أشخاص في السليمانية.", "الأسايش", "kurdistan-region"),
    ("اعتقلت الأسايش ثلاثة أشخاص في القامشلي.", "الأسايش", "asayish"),
    ("سيطر تنظيم القاعدة على معسكر في محافظة أبين.", "تنظيم القاعدة", "aqap"),
    ("داهمت السلطات في ألمانيا منازل بعد هجوم في دمشق.", "السلطات", "germany"),
    ("اعتقلت السلطات في إقليم كردستان خمسة أشخاص في أربيل.", "السلطات", "kurdistan-region"),
    ("قصف الطيران مدينة دوما وحرستا.", "الطيران", "syria-government"),
    ("استهدف سلاح الجو المسير مطار أبها في السعودية.", "سلاح الجو المسير", "houthis"),
    ("هاجم مسلحون من بوكو حرام قرية في بورنو ثم انسحب المسلحون.", "المسلحون", "boko-haram"),
    ("هاجمت داعش وحركة حسم نقطة في سيناء ثم انسحب المسلحون.", "المسلحون", None),  # of two groups
    ("قصفت وحدات حماية الشعب عفرين ثم انسحبت الوحدات.", "الوحدات", "ypg"),
    ("قصف الجيش السوري عفرين ثم انسحب الفيلق.", "الفيلق", None),
]


@pytest.mark.parametrize(("text", "name", "actor"), BEARERS)
def test_who_bears_a_name_where_the_report_is_about(text: str, name: str, actor: str | None) -> None:
    document = set_out(Report.from_text(text, date="2015-03-08")).document
    assert [m.id for m in document.actors if text[slice(*document.span(m.first, m.last))] == name] == [actor]


# a text, and its persons with whose office they hold
OFFICES: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("التقى الرئيس الأميركي دونالد ترامب الزعيم الكوري الشمالي كيم جونغ أون.", [("دونالد ترامب", "united-states"), ("كيم جونغ أون", "north-korea")]),
    ("بحث وزير الخارجية الأميركي مايك بومبيو الأمر مع نظيره الروسي سيرغي لافروف.", [("مايك بومبيو", "united-states"), ("سيرغي لافروف", "russia")]),
    ("وصل المبعوث الأممي إلى اليمن مارتن غريفيث أمس.", [("مارتن غريفيث", "united-nations")]),
    ("استقبل ملك الأردن عبد الله الثاني الرئيس المصري عبد الفتاح السيسي.", [("عبد الله", "jordan-government"), ("عبد الفتاح السيسي", "egypt-government")]),
    ("زار قائد قوات سوريا الديمقراطية خالد الشاهرلي الرقة. ثم عاد الشاهرلي مساء.", [("خالد الشاهرلي", "sdf"), ("الشاهرلي", "sdf")]),
    ("اغتيل المتحدث باسم الجيش الليبي أحمد المسماري أمس.", [("أحمد المسماري", "lna")]),
    ("قتل القيادي في تنظيم الدولة أبو عمر.", [("أبو عمر", "islamic-state")]),
    ("وزار أحمد المسماري المتحدث باسم الجيش الليبي القاهرة.", [("أحمد المسماري", "lna")]),
    ("اعتقل محمود حسن رئيس المخابرات السورية السابق.", [("محمود حسن", None)]),
    ("اعتقلت الشرطة التركية محمود حسن.", [("محمود حسن", None)]),  # who arrested him has no office of his
    ("اعتقل ضابط تركي محمود حسن.", [("محمود حسن", None)]),
    ("قتل الشيخ السوري محمد العلي.", [("محمد العلي", None)]),
]


@pytest.mark.parametrize(("text", "persons"), OFFICES)
def test_whose_office_a_person_holds(text: str, persons: list[tuple[str, str | None]]) -> None:
    document = set_out(Report.from_text(text, date="2018-06-12")).document
    found = sorted((m for m in document.actors if m.label == "named"), key=lambda mention: mention.first)
    assert [(text[slice(*document.span(m.first, m.last))], m.id) for m in found] == persons


@pytest.mark.parametrize("text", ["اختفى الصحفي السعودي جمال خاشقجي.", "قتل الشيخ السوري محمد العلي.", "أوقفت الشرطة الدكتور المصري محمود حسن."])
def test_nobody_is_a_state_for_a_title(text: str) -> None:
    document = set_out(Report.from_text(text, date="2018-10-12")).document
    assert not [m for m in document.actors if m.label == "state"]


def test_an_office_is_no_second_party() -> None:
    told = read(Report.from_text("أجرى الرئيس الأميركي دونالد ترامب محادثات مع الرئيس التركي رجب طيب أردوغان في هلسنكي.", date="2018-06-12"))
    assert [(a.name, a.id) for a in told.events[0].actors] == [("دونالد ترامب", "united-states"), ("رجب طيب أردوغان", "turkey")]


PEOPLE = [
    ("قتل خمسة أشخاص في غارة على صعدة.", "civilians"),
    ("نزح خمسون شخصا من صعدة إلى صنعاء.", "civilians"),
    ("تظاهر عشرات الشبان في تعز.", "protesters"),
    ("قتل أنصاره في غارة على صعدة.", None),
    ("اعتقلت الشرطة شخصين في تعز.", None),
]


@pytest.mark.parametrize(("text", "actor"), PEOPLE)
def test_who_people_are_that_are_told_as_no_more(text: str, actor: str | None) -> None:
    told = read(Report.from_text(text, date="2018-06-12")).events[0].actors
    assert actor in [a.id for a in told] if actor else not {a.id for a in told} & {"civilians", "protesters"}
