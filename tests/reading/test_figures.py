"""Which figures could count people, and how far a date reaches."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import lexicon
from marsad.model import Report
from marsad.reading import read
from marsad.reading.counted import who_of
from marsad.reading.counting import Bound
from marsad.reading.figures import figures_in
from marsad.reading.owners import open_owners, who_span
from marsad.reading.reader import set_out
from marsad.reading.roles import Part
from marsad.reading.setting import extents

FIGURES = [
    ("قتل 12 عنصرا وأصيب خمسة", [(12, 12), (5, 5)]),
    ("اعتقلت الشرطة شابين وامرأة", [(2, 2), (1, 1)]),
    ("مقتل عدد من المسلحين وإصابة آخرين", [(2, None)]),
    ("وصل أكثر من 140 شخصا يوم 3 كانون الأول 2018", [(141, None)]),
    ("نساء وأطفال بين القتلى", [(2, None), (2, None)]),
    ("لم يسقط أحد في القصف", []),
    ("وأصيب نحو 4500 فجر السبت", [(4500, 4500)]),
    ("قتلت امرأة وطفلاها في قصف على المخيم", [(1, 1), (2, 2)]),
    ("أصيب رجل وابنتاه", [(1, 1), (2, 2)]),
    ("إصابة مواطن وزوجته وطفليه", [(1, 1), (1, 1), (2, 2)]),
    ("هاجم المسلحون بعد صلاة الجمعة المدنيين", [(2, None), (2, None)]),
    ("قتلت الشرطة أحد المهاجمين", [(1, 1)]),
    ("مقتل شرطيين في هجوم", [(2, 2)]),
    ("مقتل مدنيين بقصف على البلدة", [(2, None)]),
    ("اعتقل الجيش الشقيقين أحمد وسالم", [(2, 2)]),
    ("اعتقل الجيش إحدى المعلمات", [(1, 1)]),
    ("ارتفعت إلى 61 حصيلة القتلى", [(61, 61)]),
    ("مقتل رجل وشقيقيه في الغارة", [(1, 1), (2, 2)]),
    ("قتل تاجر وأخوه في غارة", [(1, 1), (1, 1)]),
    ("مقتل ضابط كبير في الجيش وأحد مرافقيه", [(1, 1), (1, 1)]),
    ("وجرح المئات حين أطلق الجنود النار", [(200, None)]),
    ("ترك الآلاف منازلهم بعد القصف", [(2000, None)]),
    ("ركب 4 آلاف شاحناتهم وعادوا", [(4000, 4000)]),
]

# a text, and all figures in it
WHOLE = [
    ("قتل رجل وأطفاله الثلاثة بقصف على المنزل", [(1, 1), (3, 3)]),
    ("اعتقلت حركة طالبان سبعة صيادين", [(7, 7)]),
    ("اعتقلت طالبان سبعة صيادين", [(7, 7)]),
    ("اعتقلت حركة الشباب سبعة صيادين", [(7, 7)]),
    ("مقتل قيادي ومرافقيه الثلاثة في غارة", [(1, 1), (3, 3)]),
    ("مقتل الجنود الأتراك الثمانية في غارة", [(8, 8)]),
    ("مقتل الجنود الـ14 في غارة", [(14, 14)]),
    ("وقتل أحد المهاجمين برصاص الشرطة", [(1, 1)]),
    ("قتل خمسة بينهم أحد قادة التنظيم", [(5, 5), (1, 1)]),
    ("أوقفت قوات الأمن 26 صحفيا وناشطا", [(26, 26)]),
    ("قتل 26 جنديا ومدني", [(26, 26), (1, 1)]),
    ("أخلي سبيل اثنين من الخمسة", [(2, 2)]),
    ("أفرجت عن 12 من الـ40", [(12, 12)]),
    ("ارتفعت حصيلة الهجوم من 12 إلى 15 شخصا", [(15, 15)]),
    ("ارتفع عدد الجرحى إلى 85 من 73", [(2, None), (85, 85)]),
    ("وارتفع إلى 38 عدد عمليات الاغتيال", []),
    ("وارتفع إلى 38 عدد القتلى", [(38, 38), (2, None)]),
    ("قتل مزارع في الستين من عمره واثنتان من بناته", [(1, 1), (2, 2)]),
    ("أفرجت عن 12 من إجمالي 40 معتقلا", [(12, 12)]),
    ("قتل سبعة جنود وموظف مدني في قصف", [(7, 7), (1, 1)]),
    ("قصفت الطائرات القرية وتحدث سكانها عن خسائر بشرية", [(2, None)]),
    ("قتل شاب وأصيب ثلاثة آخرون حين انفجرت قنبلة", [(1, 1), (3, 3)]),
    ("قتل قيادي وجرح آخران في غارة", [(1, 1), (2, 2)]),
    ("انفجرت عبوة بطفلين، جرح أحدهما وفارق الآخر الحياة", [(2, 2), (1, 1), (1, 1)]),
    ("قتل شابان أحدهما من درعا", [(2, 2)]),
    ("مقتل جنديين وإصابة ثالث إصابة حرجة", [(2, 2), (1, 1)]),
    ("استشهد مسعفان وأصيبت ثالثة إثر غارة", [(2, 2), (1, 1)]),
    ("أصيب صيادان وفقد ثالث في البحر", [(2, 2), (1, 1)]),
    ("قتل المزارع وأصيب أخوه بالانفجار", [(1, 1), (1, 1)]),
    ("قتل المزارع وأصيب إخوة له بالانفجار", [(1, 1), (2, None)]),
    ("فقتل أوغنديان في انفجار لغم", [(2, 2)]),
    ("ألقي القبض في ألمانيا على شاب", [(1, 1)]),
    ("لقي سائق ومعاونه حتفهما في الانفجار", [(1, 1), (1, 1)]),
    ("اختطف من السوق متعاقد وصهره", [(1, 1), (1, 1)]),
    ("استشهد الشابان رأفت سالم ونعيم حسن بالرصاص", [(2, 2)]),
    ("اعتقل الجيش الشابين أحمد ومهند الخليل", [(2, 2)]),
    ("جرح الشيخ سالم الرفاعي في إطلاق نار", [(1, 1)]),
    ("قتلت القوات المواطنين مروان القاسم وعامر سالم", [(2, 2)]),
    ("اختطف الملثمون مهندسَين من الموقع", [(2, 2)]),
    ("حرر الجيش ستة مخطوفين، أحدهم تركي", [(6, 6), (1, 1)]),
    ("ومات طفل في العبور", [(1, 1)]),
    ("اعتقلت الشرطة محتجين لا يتجاوز عددهم 100 في الخرطوم", [(0, 100)]),
    ("نزح مدنيون يقدر عددهم بنحو 300 من القرية", [(300, 300)]),
    ("قتل في القصف مدنيون عددهم 14 في دوما", [(14, 14)]),
]


@pytest.mark.parametrize(("text", "told"), WHOLE)
def test_no_further_figures(text: str, told: list[tuple[int, int | None]]) -> None:
    assert [(f.low, f.high) for f in figures_in(set_out(Report.from_text(text, date="2018-12-03")), 0)] == told


# a text, and a figure in it that counts nobody
NOBODY = [
    ("اعتقلت الشرطة 30 بالمئة من سكان القرية.", 30),
    ("قتل 60 في المئة من عناصر الكتيبة في الهجوم.", 60),
    ("نزح 40% من الأهالي إثر القصف.", 40),
    ("استقدمت القوات رتلا يضم 80 آلية.", 80),
    ("قتل خمسة من المهاجمين، وفق شبكة السويداء 24.", 24),
    ("وفق شبكة السويداء 24 قتل شابان في انفجار لغم.", 24),
    ("سجل المرصد 151 حادثة قتل في درعا.", 151),
    ("نقل إليه المصابون بعدة غارات.", 2),
    ("أصيب 13 في هجمات على عدد من الكمائن.", 2),
    ("أفرج عن الشيخ بعد اعتقال دام 5 سنين.", 5),
    ("ضبطت الشرطة 13 بندقية واعتقلت شابين.", 13),
    ("قتل ضابط من اللواء 42 بالفرقة 11 في الطارمية.", 11),
    ("ارتقى مقاتلان من اللواء 23 شهيدين.", 23),
    ("ألقى لواء المشاة 45 القبض على إرهابي.", 45),
    ("قتل ثلاثة من فوج المغاوير 12 في الأنبار.", 12),
]


# a text, and nouns in it that count nobody
NO_PEOPLE = [
    ("قتل ثلاثة خلال الشهر الجاري", "الجاري"),
    ("نقلوا إلى المستشفى الأهلي", "الاهلي"),
    ("أصيب بالرصاص المعدني", "المعدني"),
    ("سقط 43 قتيلا بين مدني وعسكري", "مدني"),
    ("سقط 43 قتيلا بين مدني وعسكري", "وعسكري"),
    ("مقتل 47 مقاتلا ومقاتلة", "ومقاتله"),
    ("قتلوا أمام منزلهم", "امام"),
    ("وقتلوا اثنين من المهاجمين", "المهاجمين"),
    ("قتل شخص في بنت جبيل", "بنت"),
    ("أصيب طفل في أم الرمان بالسويداء", "ام"),
]


@pytest.mark.parametrize(("text", "noun"), NO_PEOPLE)
def test_nouns_that_count_nobody(text: str, noun: str) -> None:
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    assert noun not in [scene.document.forms[f.noun].text for f in figures_in(scene, 0) if f.noun >= 0]


@pytest.mark.parametrize(("text", "low"), NOBODY)
def test_figures_of_nobody(text: str, low: int) -> None:
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    assert low not in [f.low for f in figures_in(scene, 0) if f.form in ("figure", "round")]


def test_a_time_is_not_who_was_counted() -> None:
    scene = set_out(Report.from_text("وأصيب نحو 4500 فجر السبت", date="2018-12-03"))
    assert [f.noun for f in figures_in(scene, 0)] == [-1]


def test_since_when_nothing_was_like_it_is_no_date() -> None:
    events = read(Report.from_text("شن تنظيم الدولة هجوما على السويداء، هو أعنف هجوم تتعرض له المحافظة منذ 2011.", date="2018-07-25")).events
    assert all(e.date.start is None or e.date.start.year == 2018 for e in events)


# a word for persons, and how many it means: one, two or many
HOW_MANY = [
    ("مقاتلي", "p"),
    ("منتسبي", "p"),
    ("المحامي", "s"),
    ("محامي", "s"),
    ("قاضي", "s"),
    ("وطفليه", "d"),
    ("أبنية", "p"),
    ("سجينان", "d"),
]


@pytest.mark.parametrize(("word", "number"), HOW_MANY)
def test_how_many_a_word_means(word: str, number: str) -> None:
    noun = lexicon().form(fold(word)).noun
    assert noun is not None
    assert noun[2] == number


def test_a_rank_is_no_second_person() -> None:
    scene = set_out(Report.from_text("أصيب ضابطان برتبة نقيب بغارة لطائرة بدون طيار.", date="2018-12-03"))
    assert [(f.low, f.high) for f in figures_in(scene, 0)] == [(2, 2)]


@pytest.mark.parametrize("word", ["العدوان", "الحكمي", "شخصية"])
def test_words_that_are_no_two_persons(word: str) -> None:
    assert not lexicon().form(fold(word)).person


@pytest.mark.parametrize(("text", "told"), FIGURES)
def test_figures_of_people(text: str, told: list[tuple[int, int | None]]) -> None:
    found = [(f.low, f.high) for f in figures_in(set_out(Report.from_text(text, date="2018-12-03")), 0)]
    for figure in told:
        assert figure in found, found
        found.remove(figure)


@pytest.mark.xfail(strict=True, reason="in this sentence alone the weights of 2026-11-29 hear no event (a shelling, by a hair)")
def test_others_were_not_killed_and_wounded_together() -> None:
    event = read(Report.from_text("أعلنت باكو أن مدنيا قتل وأصيب 32 آخرون الأحد في غنجه بصواريخ أرمينية", date="2020-10-05")).events[0]
    assert [(c.what, c.min) for c in event.counts] == [("killed", 1), ("wounded", 32)]


# a text, and whom its first figure counts by the words behind it
COUNTED = [
    ("مقتل العشرات وإصابة المئات من المتظاهرين", ""),
    ("نزح الآلاف إلى مناطق أخرى", ""),
    ("قتل عشرات المدنيين بأيدي الجنود", "المدنيين"),
    ("مقتل سبعة جنود في هجوم", "جنود"),
    ("وأصيب ثلاثة إثر انفجار لغم", ""),
    ("ارتفعت إلى 61 حصيلة القتلى", ""),
    ("قتل ثلاثة (3) أشخاص", "أشخاص"),
    ("وأصيب ثلاثة آخرون أحدهم بحالة حرجة", "آخرون"),
    ("أصيب 9 غالبيتهم أطفال بقصف", ""),
    ("قتلت ثلاث نسوة بقصف على المخيم", "نسوة"),
    ("نزح نحو 20 ألف نسمة من الفاشر", "نسمة"),
    ("قتل ثلاثة فلسطينيين بنيران الجيش", ""),
    ("مقتل خمسة سوريين مدنيين في غارة", "مدنيين"),
    ("وإصابة المئات برصاص الجيش", ""),
    ("قتل العشرات تلك الليلة", ""),
]


@pytest.mark.parametrize(("text", "noun"), COUNTED)
def test_a_figure_counts_no_word_behind_a_preposition_or_another_clause(text: str, noun: str) -> None:
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    figure = figures_in(scene, 0)[0]
    assert (scene.document.text(figure.noun, figure.noun) if figure.noun > figure.first else "") == noun


# a text, and those to whom the people that it counts are not laid
STRANGERS = [
    ("أعلن المرصد السوري مقتل 9 إيرانيين في القصف الإسرائيلي لمطار الضبعة في حمص أمس.", "israel"),
    ("قصفت الطائرات الروسية قاعدة في ريف إدلب، ما أدى إلى مقتل خمسة جنود أتراك.", "russia"),
]


@pytest.mark.parametrize(("text", "other"), STRANGERS)
def test_nobody_is_laid_to_the_state_of_another_nation(text: str, other: str) -> None:
    counts = [c for event in read(Report.from_text(text, date="2020-02-05")).events for c in event.counts]
    assert counts
    assert all(c.who is None or c.who.id != other for c in counts)


# a text, and counts that are read in it: what, low, high, whether a part
SAID: list[Any] = [
    ("قتل وجرح 25 مدنيا بغارات على السوق.", [("killed_or_wounded", 25, 25, False)]),
    ("قتل ما لا يقل عن ستين شخصا وفقد العشرات في هجوم لمسلحين على قرية.", [("killed", 60, None, False), ("missing", 20, None, False)]),
    ("فقد الحوثيون عشرات القتلى في غارات على الحديدة.", [("killed", 20, None, False)]),
    ("قالت الوزارة إن رجلي أمن قتلا في إطلاق نار على دورية بالقطيف.", [("killed", 2, 2, False)]),
    ("أصيب عنصري أمن بانفجار عبوة في بعقوبة.", [("wounded", 2, 2, False)]),
    ("تجاوز عدد القتلى 200 في معارك قبلية غربي دارفور.", [("killed", 201, None, False)]),
    ("تجاوز عدد القتلى 200 في أعمال العنف القبلية غربي دارفور.", [("killed", 201, None, False)]),
    ("خرجت وقفة تضامنا مع الجيش الذي فقد 34 جنديا في غارة.", [("killed", 34, 34, False)]),
    ("قتل عنصران من قسد وأسر ثالث في هجوم لتنظيم داعش بريف دير الزور.", [("killed", 2, 2, False), ("captured", 1, 1, False)]),
    ("أعلن الجيش مقتل 3 من جنوده وإصابة رابع بجروح خطيرة في اشتباكات مع المسلحين.", [("killed", 3, 3, False), ("wounded", 1, 1, False)]),
    ("أوقع القصف المدفعي على البلدة تسعة قتلى، خمسة منهم مدنيون.", [("killed", 9, 9, False), ("killed", 5, 5, True)]),
    ("أوقع القصف على السوق تسعة قتلى، وبين القتلى طفلان.", [("killed", 9, 9, False), ("killed", 2, 2, True)]),
    ("سقط 18 مدنيا بين قتلى وجرحى بقصف مدفعي على سرمين.", [("killed_or_wounded", 18, 18, False)]),
    ("سقط 14 مدنيا بين شهيد وجريح بقصف مدفعي على سرمين.", [("killed_or_wounded", 14, 14, False)]),
    ("قتلت امرأة ورضيعها بقصف مدفعي على سرمين.", [("killed", 1, 1, False), ("killed", 1, 1, False)]),
    ("قتلت سيدة ورضيعها بقصف مدفعي على سرمين.", [("killed", 1, 1, False), ("killed", 1, 1, False)]),
    ("استشهد الشاب محمد الخطيب ونجليه بغارة على خان يونس.", [("killed", 1, 1, False), ("killed", 2, 2, False)]),
    ("قتل خمسة من عناصر قسد ومدني في هجوم لداعش بريف الحسكة.", [("killed", 5, 5, False), ("killed", 1, 1, False)]),
    ("قتل 12 شخصا، وهم تسعة مدنيين وثلاثة جنود، في قصف على منبج.", [("killed", 12, 12, False), ("killed", 9, 9, True), ("killed", 3, 3, True)]),
    ("قتل ستة وأكثر من خمسين في عداد المفقودين بعد غارة على مخيم.", [("killed", 6, 6, False), ("missing", 51, None, False)]),
    ("قتل راعي أغنام بانفجار لغم في بادية تدمر.", [("killed", 1, 1, False)]),
    ("من بين القتلى الخمسة ثلاثة أطفال، في غارة استهدفت سيارة.", [("killed", 5, 5, False), ("killed", 3, 3, True)]),
    (
        "ارتفعت حصيلة الاشتباكات في طرابلس إلى 205 قتلى، من بينهم 18 مدنيا، و913 جريحا.",
        [("killed", 205, 205, False), ("killed", 18, 18, True), ("wounded", 913, 913, False)],
    ),
    ("أكد القائد مقتل ستة من مقاتليه في هجوم على الموقع وفقدان الاتصال بأربعة آخرين.", [("killed", 6, 6, False), ("missing", 4, 4, False)]),
    ("أسفر الهجوم عن مقتل 23 ضابطا، فيما لا يزال مصير سبعة آخرين مجهولا.", [("killed", 23, 23, False), ("missing", 7, 7, False)]),
    ("وقالت الوزارة إن 15 متشددا قتلوا أو أصيبوا في هجوم على العريش.", [("killed_or_wounded", 15, 15, False)]),
    ("أفرج اللواء عن خمسة من أصل ثمانية موقوفين.", [("released", 5, 5, False)]),
    ("وبلغ عدد من ألقي القبض عليهم خلال شباط 214 مطلوبا.", [("arrested", 214, 214, False)]),
]


@pytest.mark.parametrize(("text", "told"), SAID)
def test_what_the_words_around_a_figure_say(text: str, told: list[tuple[str, int, int | None, bool]]) -> None:
    """Whatever the models hear: one figure for two words, who is missing, one more of the same, a part of those told of before."""
    counts = [(c.what, c.min, c.max, c.part) for event in read(Report.from_text(text, date="2018-03-08")).events for c in event.counts]
    assert sorted(counts, key=str) == sorted(told, key=str)


# a text, and whether its last figure is a part of those told of before
PARTS = [
    ("قتل تسعة أشخاص، خمسة منهم مدنيون", True),
    ("أصيب خمسة آخرون، حالة أربعة منهم خطرة", True),
    ("وقتل تسعة، ثلاثة منهم ذبحوا في بيوتهم", False),
    ("أوقف تسعة ثم أفرج عن خمسة منهم", False),
    ("ومن بين القتلى 99 طفلا", True),
    ("وبلغ عدد القتلى 99 طفلا", False),
    ("قتل تسعة أشخاص خمسة منهم نساء", True),
    ("قتل تسعة أشخاص بمن فيهم ثلاثة أطفال", True),
    ("قتل تسعة أشخاص أحدهم قيادي", True),
    ("قتل تسعة بينهم قائد كتيبة الاقتحام ومرافقه الشخصي وثلاثة عناصر", True),
    ("قتل 15 شخصا على الأقل في غارات، بينهم طفلة", True),
    ("أودى القصف بحياة ستة مدنيين هم أربع نساء", True),
    ("قتل في الهجوم 61 شخصا، هم: 54 مدنيا", True),
    ("نزح سكان القرية، وهم نحو 300 شخص", False),
    ("قتل خمسة من عائلة واحدة هم أم وثلاثة أطفال", True),
    ("قتل عشرة أشخاص بيناتهم أربعة أطفال", True),
    ("مقتل 4 عسكريين (ضابط و3 جنود)", True),
    ("قتل عشرة بينهم الصحفي محمد عيسى في التفجير", True),
    ("استشهد 3 شبان بينهم أحمد جرار في اقتحام جنين", True),
    ("وجرح ستة مدنيين (4 نساء وطفلان)", True),
    ("نزحت 95 عائلة (381 فردا)", False),
    ("سقطت 27 ضحية (12 قتيلا و15 جريحا)", False),
    ("قتلت خمس نساء، منهن ثلاث طفلات", True),
    ("سقط 77 جريحا في الغارة، حالة عشرين من الجرحى حرجة", True),
    ("أصيب تسعة أشخاص، وضع خمسة منهم حرج", True),
]


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_parts_of_a_figure(text: str, part: bool) -> None:
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    last = max((c for counted in scene.counts_in.values() for c in counted), key=lambda c: c.first)
    assert last.part is part


EXTENTS = [
    (
        "تشن القوات حملة منذ آذار 2015",
        "since it is told so",
        (datetime.date(2015, 3, 1), datetime.date(2018, 12, 3)),
        "begun",
        (datetime.date(2015, 3, 1), datetime.date(2015, 3, 31)),
    ),
    (
        "بدأ الحصار في 28 تشرين الثاني 2018",
        "a day",
        (datetime.date(2018, 11, 28), datetime.date(2018, 11, 28)),
        "since",
        (datetime.date(2018, 11, 28), datetime.date(2018, 12, 3)),
    ),
]


@pytest.mark.parametrize(("text", "what", "plain", "other", "days"), EXTENTS)
def test_how_far_a_date_can_reach(text: str, what: str, plain: tuple[datetime.date, ...], other: str, days: tuple[datetime.date, ...]) -> None:
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    options = extents(scene, scene.document.dates[0])
    assert (options["as told"].start, options["as told"].end) == plain, what
    assert (options[other].start, options[other].end) == days


def test_without_a_reference_day_a_date_is_as_told() -> None:
    scene = set_out(Report.from_text("منذ آذار 2015"))
    assert list(extents(scene, scene.document.dates[0])) == ["as told"]


# a sentence, and the figures (what, at least) that are told of it: what somebody denies is no figure
DENIED = [
    ("نفى التحالف الدولي، الأحد، مقتل مدنيين في غارة جوية على بلدة هجين، وقال إن الغارة استهدفت عناصر تنظيم الدولة.", []),
    ("قال التحالف الدولي إن 12 مدنيا قتلوا في غارة جوية على بلدة هجين.", [("killed", 12)]),
    ("كذب مصدر هذه المعلومات مؤكدا مقتل 9 مدنيين في غارة جوية على بلدة هجين.", [("killed", 9)]),
]


@pytest.mark.parametrize(("text", "expected"), DENIED)
def test_a_denied_figure(text: str, expected: list[tuple[str, int]]) -> None:
    reading = read(Report.from_text(text, date="2018-11-11"))
    assert [(c.what, c.min) for e in reading.events if e.status != "denied" for c in e.counts] == expected


def test_what_shot_them_is_not_who_was_hit() -> None:
    events = read(Report.from_text("استشهد فلسطينيان وأصيب سبعة آخرون برصاص الاحتلال خلال اقتحام مخيم بلاطة شرقي نابلس فجر اليوم.", id="x")).events
    assert [(c.what, c.min, c.who.name) for e in events for c in e.counts if c.who is not None] == [("killed", 2, "فلسطينيان"), ("wounded", 7, "آخرون")]


def test_a_noun_that_is_counted_counts_nobody_by_itself() -> None:
    scene = set_out(Report.from_text("تبادل الطرفان 30 أسيرا بوساطة محلية", date="2018-12-03"))
    assert [c.low for counted in scene.counts_in.values() for c in counted] == [30]


def test_families_are_no_captives() -> None:
    scene = set_out(Report.from_text("نزحت 1200 أسرة من الفاشر بعد أن أسر المسلحون خمسة من حراسها.", date="2018-12-03"))
    assert [(t.first, t.harm) for t in scene.triggers if t.harm] == [(7, "captured")]


# a text, what it counts, and how it names them
NAMED = [
    ("مقتل 3 مدنيين في قصف تركي على منبج.", "مدنيين", "مدنيين"),
    ("قتل تسعة أشخاص أكثرهم من النساء في غارة.", "اشخاص", "أشخاص"),
    ("مقتل 3 مقاتلين في الجيش الحر.", "مقاتلين", "مقاتلين في الجيش الحر"),
    ("توفي الشاب متأثرا بجراحه.", "الشاب", "الشاب"),
    ("أصيب 77 شخصا، حالة عشرين من الجرحى حرجة.", "جرحي", "الجرحى"),
    ("قتل 12 مقاتلا من عناصر قوات النظام في إدلب.", "مقاتلا", "مقاتلا من عناصر قوات النظام"),
    ("قتل 12 عنصرا في صفوف قوات النظام في إدلب.", "عنصرا", "عنصرا في صفوف قوات النظام"),
    ("قتل 12 عنصرا ينتمون إلى قوات النظام في إدلب.", "عنصرا", "عنصرا ينتمون إلى قوات النظام"),
]


@pytest.mark.parametrize(("text", "noun", "who"), NAMED)
def test_the_name_of_those_who_are_counted(text: str, noun: str, who: str) -> None:
    document = set_out(Report.from_text(text, date="2018-12-03")).document
    at = next(k for k, form in enumerate(document.forms) if form.stem == noun)
    first, last = who_of(document, at, len(document.forms))
    assert document.text(first, last) == who


# a text, and who are counted in it, who are told by their nation alone
NATIONALS = [
    ("قتل 15 فلسطينيا على الأقل في غارة إسرائيلية على غزة.", "فلسطينيا"),
    ("قتل ثلاثة أتراك في غارة روسية على إدلب.", "أتراك"),
]


@pytest.mark.parametrize(("text", "who"), NATIONALS)
def test_people_who_are_told_by_their_nation(text: str, who: str) -> None:
    scene = set_out(Report.from_text(text, date="2018-06-12"))
    figure = next(f for f in figures_in(scene, 0) if f.low in (3, 15))
    span = who_span(scene, figure)
    assert span is not None
    assert scene.document.text(*span) == who


def test_what_they_did_is_not_who_they_are() -> None:
    scene = set_out(Report.from_text("قتل في القصف 70 شخصا، منهم 20 قتلوا في السوق.", date="2018-06-12"))
    assert who_span(scene, next(f for f in figures_in(scene, 0) if f.low == 20)) is None


def test_those_of_an_unlisted_party_are_not_of_its_attacker() -> None:
    events = read(Report.from_text("مقتل سبعة من رجال الصحوة في هجوم لتنظيم القاعدة في ديالى.", date="2008-03-08")).events
    assert [(c.min, c.who.id) for e in events for c in e.counts if c.who is not None] == [(7, None)]


def test_each_figure_counts_the_men_that_are_told_behind_it() -> None:
    events = read(Report.from_text("قتل ثلاثة من رجال الشرطة وأربعة من أفراد الجيش في ديالى.", date="2018-06-12")).events
    assert [(c.min, c.who.id) for e in events for c in e.counts if c.who is not None] == [(3, "iraq-police"), (4, "iraq-government")]


# a text, what it counts first, and whose those are not
SIDES = [
    ("قتل جنديان في هجوم شنه تنظيم الدولة في الأنبار.", "جنديان", "islamic-state"),
    ("هاجم مسلحون من حركة الشباب حاجزا فقتلوا ستة شرطيين.", "شرطيين", "al-shabaab"),
    ("قتل جنديان في هجوم شنه تنظيم الدولة في الأنبار.", "جنديان", "civilians"),
    ("قتل الجيش العراقي ثمانية إرهابيين في الموصل.", "إرهابيين", "iraq-government"),
    ("قتل الجيش العراقي ستة من العناصر التكفيرية في الموصل.", "ستة", "iraq-government"),
    ("قتل الجيش العراقي ستة عناصر إرهابية في الموصل.", "عناصر", "iraq-government"),
    ("قتل الجيش العراقي ستة مهاجمين في الموصل.", "مهاجمين", "iraq-government"),
]


@pytest.mark.parametrize(("text", "who", "other"), SIDES)
def test_soldiers_are_no_armed_groups_and_insurgents_no_states(text: str, who: str, other: str) -> None:
    scene = set_out(Report.from_text(text, date="2018-06-12"))
    figure = next(f for f in figures_in(scene, 0) if who in (scene.document.text(f.noun, f.noun) if f.noun >= 0 else "", scene.document.text(f.first, f.first)))
    parts = [Part(m, role, 1.0, []) for m in scene.document.actors if m.id for role in ("initiator", "target")]
    bound = Bound(figure, "killed", 1.0, scene.triggers[0], [])
    assert other not in open_owners(scene, bound, parts, other).values()


# a text, and whom its event counts
KIN = [
    ("قتل رجل وزوجته وأطفاله الثلاثة في غارة على دير البلح.", [1, 1, 3]),
    ("قتل رجل وزوجته وثلاثة من أطفاله في غارة على دير البلح.", [1, 1, 3]),
    ("قتل رجل وابناه وابنته في انفجار عبوة ناسفة في عفرين.", [1, 2, 1]),
    ("استشهدت أم وأطفالها الأربعة في قصف إسرائيلي على رفح.", [1, 4]),
    ("قتل رجل حاول حماية أطفاله في غارة على رفح.", [1]),
]


@pytest.mark.parametrize(("text", "told"), KIN)
def test_what_befell_the_children_befell_the_father(text: str, told: list[int]) -> None:
    (event,) = read(Report.from_text(text, date="2024-03-10")).events
    assert [c.min for c in event.counts] == told


@pytest.mark.parametrize("name", ["العميد أحمد حسن", "العقيد الركن سالم علي", "الملازم كرار حيدر"])
def test_an_officer_is_no_civilian(name: str) -> None:
    (event,) = read(Report.from_text(f"قتل {name} بقذيفة هاون في جبهة صرواح.", date="2024-03-10")).events
    assert [(c.what, c.who.id) for c in event.counts] == [("killed", None)]


@pytest.mark.parametrize("text", ["قتل محمد العلي برصاص قسد في ريف دير الزور.", "قتل جندي برصاص الجيش في حمص."])
def test_whose_fire_it_was_is_not_whose_man_he_was(text: str) -> None:
    scene = set_out(Report.from_text(text, date="2018-06-12"))
    (figure,) = figures_in(scene, 0)
    shooter = next(m for m in scene.document.actors if m.id)
    bound = Bound(figure, "killed", 1.0, scene.triggers[0], [])
    assert shooter.id not in open_owners(scene, bound, [Part(shooter, "initiator", 1.0, [])], None).values()


def test_who_breathed_his_last_is_killed() -> None:
    (event,) = read(Report.from_text("لفظ شاب أنفاسه متأثرا بجراح أصيب بها في قصف على إدلب.", date="2018-06-12")).events
    assert [(c.what, c.min, c.who.name) for c in event.counts] == [("killed", 1, "شاب")]


def test_a_later_toll_of_insurgents_does_not_replace_one_of_soldiers() -> None:
    text = "ذكرت وزارة الدفاع أن 17 جنديا لقوا مصرعهم وجرح 20 آخرون في كمين قرب كوتوغو. وجاء في البيان أنه جرى تحييد أكثر من مئة إرهابي."
    counts = [(c.what, c.min) for e in read(Report.from_text(text, date="2024-03-10")).events for c in e.counts]
    assert counts == [("killed", 17), ("wounded", 20), ("killed", 101)]


def test_a_figure_that_others_tell_than_the_outlet_bears_their_name() -> None:
    text = "شن الطيران غارات على صنعاء أمس، ما أدى إلى مقتل 37 شخصا. وأصيب ستون آخرون. وذكر مسعفون أن عدد القتلى تجاوز الأربعين."
    counts = [(e.source.kind, c.min, c.source.name if c.source else None) for e in read(Report.from_text(text, date="2015-01-08")).events for c in e.counts]
    assert counts == [("outlet", 41, "مسعفون"), ("outlet", 60, None)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("أطلق مسلحون النار على سائق شاحنة في بلدة تسيل ما أدى إلى مقتله.", "killed"),
        ("أطلق قناص النار على طفل في تعز مما أسفر عن إصابته بجروح.", "wounded"),
        ("أصيب سائق شاحنة برصاص مسلحين، وشيع الأهالي ضابطا بعد مقتله في تعز.", "wounded"),
    ],
)
def test_what_became_of_one_who_was_shot(text: str, what: str) -> None:
    """What is told behind says whether somebody who was shot died of it, unless he is told to be wounded."""
    counts = [c for event in read(Report.from_text(text, date="2024-03-10")).events for c in event.counts]
    assert what in [c.what for c in counts if "سائق" in (c.who.name or "") or "طفل" in (c.who.name or "")]
