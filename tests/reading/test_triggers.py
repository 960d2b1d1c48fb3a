"""Event words: whether a form that may be a verb or a noun (قصف، قتل) is the one or the other."""

from __future__ import annotations

import pytest

from marsad.model import Report
from marsad.reading import read
from marsad.reading.reader import set_out


@pytest.mark.parametrize(
    ("text", "word", "verbal"),
    [
        ("نزح الأهالي بينما قصف الطيران الحربي أطراف البلدة", "قصف", True),
        ("تراجعوا فيما قتل الجيش قائدهم", "قتل", True),
        ("عاد الناس بعد أن قصف الطيران الحربي السوق", "قصف", True),
        ("دفن القائد الذي قتله الجيش", "قتله", True),
        ("وقالت الوكالة إن التحالف قصف مواقع للحوثيين في صعدة", "قصف", True),
        ("الجيش الإسرائيلي قصف منزلا في خان يونس", "قصف", True),
        ("وأفادوا بأن الطيران الحربي التابع للجيش قصف سوق نيالا", "قصف", True),
        ("أعلن الجيش قصف مواقع للمسلحين", "قصف", False),
        ("واصل الطيران الحربي قصف البلدة", "قصف", False),
        ("أكدوا أن قصف البلدة مستمر", "قصف", False),
        ("عاد الناس بعد قصف السوق", "قصف", False),
    ],
)
def test_verb_or_noun(text: str, word: str, verbal: bool) -> None:
    """بينما | قصف الطيران is a verb, بعد | قصف السوق a noun; إن التحالف | قصف a verb, أعلن الجيش | قصف a noun."""
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    assert [trigger.verbal for trigger in scene.triggers if trigger.form.text == word] == [verbal]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("انفجرت الألغام التي زرعتها المليشيا", "زرعتها", "explosive_device"),
        ("أعيد فتح الطريق الذي قطعه محتجون", "قطعه", "restriction"),
        ("قصف الجيش مواقع القوات التي نشرتها روسيا", "نشرتها", "troop_movement"),
        ("اعتقلوني من حاجز عند مدخل المدينة", "اعتقلوني", "arrest"),
        ("وسُجن ليلا رفيق سكن له", "وسجن", "arrest"),
        ("وفُقد ثلاثة من عناصر الدورية", "وفقد", "abduction"),
        ("كانت الفصائل قد أسرتهم في المطار", "اسرتهم", "abduction"),
        ("عبر إلى مصر ألفا نازح", "عبر", "displacement"),
        ("وعبر منه أمس عشرات المرضى", "وعبر", "displacement"),
        ("كان الرتل قد عبر الحدود", "عبر", "troop_movement"),
        ("في الوقت نفسه فجر مسلحون الجسر", "فجر", "destruction"),
        ("استعادت قوات الشرعية ثلاث قرى", "استعادت", "territory_change"),
        ("ينص الاتفاق على انسحاب القوات من المدينة", "انسحاب", "troop_movement"),
        ("أعلن الطرفان وقف العدائيات", "وقف", "agreement"),
        ("تمكن المهاجمون من خطف طائرة ركاب", "خطف", "abduction"),
        ("تحدث الرئيسان هاتفيا مساء أمس", "هاتفيا", "negotiation"),
        ("استقبل الأهالي المفرج عنهم بالزغاريد", "المفرج", "release"),
        ("أغار مقاتلو الحركة على قاعدة للجيش", "اغار", "armed_clash"),
        ("صرعت القوات أربعين عنصرا من المليشيا", "صرعت", "armed_clash"),
        ("قالت الشرطة إن انتحاريا فجر أمس نفسه في السوق", "فجر", "suicide_attack"),
        ("لم يستعد الجيش مدينة درنة", "يستعد", "territory_change"),
    ],
)
def test_offered(text: str, word: str, kind: str) -> None:
    """«الألغام التي زرعتها المليشيا» tells who laid them, «وسُجن» is no prison, «عبر إلى مصر» is somebody's crossing."""
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    assert [kind in trigger.types for trigger in scene.triggers if trigger.form.text == word] == [True]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("نقل إلى سجن المدينة", "سجن"),
        ("تعرض الحقل لهجوم بطائرتين مسيرتين مفخختين", "مفخختين"),
        ("سقطت مسيرة مفخخة قرب الحقل", "مفخخه"),
        ("فقد قال الوزير ذلك", "فقد"),
        ("اجتمعت أسرتهم في البيت", "اسرتهم"),
        ("وصلت المساعدات عبر أول معبر", "عبر"),
        ("هدد بشكل ضمني خصومه", "ضمني"),
        ("قال اللاعب الطهراني ذلك", "الطهراني"),
        ("ذكرت القوات في بيان نشرته الوكالة", "نشرته"),
        ("حررت المباحث المهاجرين من قبضة عصابة", "قبضه"),
        ("لا تزال المدينة بقبضة المسلحين", "قبضه"),
        ("قتل ستة في هجوم غادر على القرية", "غادر"),
        ("قال العقيد أركان حرب محمد سالم ذلك", "حرب"),
        ("كانت الصحيفة قد وصفت الرحلة", "وصفت"),
        ("أطلقت هيئة تحرير الشام سراح عشرين معتقلا", "تحرير"),
        ("وصل خبراء منظمة حظر الأسلحة الكيميائية إلى دوما", "حظر"),
        ("يستعد الجيش لاقتحام درنة", "يستعد"),
    ],
)
def test_not_offered(text: str, word: str) -> None:
    """«سجن» is a prison as long as nothing shows the verb, and «نشرته» behind «بيان» moves no troops."""
    scene = set_out(Report.from_text(text, date="2018-12-03"))
    assert word not in [trigger.form.text for trigger in scene.triggers]


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("توعدت طهران بالرد على الهجوم الذي استهدف سفارتها في بيروت.", "chemical_attack", False),
        ("قتل عشرون مدنيا في هجوم بغاز السارين على خان شيخون.", "chemical_attack", True),
        ("تبنى تنظيم الدولة الهجوم على كنيسة في بوركينا فاسو الذي خلف 15 قتيلا.", "suicide_attack", False),
        ("نفذت كتائب القسام عملية استشهادية في القدس المحتلة.", "suicide_attack", True),
    ],
)
def test_a_type_with_words_of_its_own(text: str, kind: str, told: bool) -> None:
    """«الهجوم» alone is no attack with gas, and nobody's suicide, whatever the model makes of it."""
    events = read(Report.from_text(text, date="2018-12-03")).events
    assert events
    assert any(event.type == kind for event in events) == told


def test_a_time_of_day_tells_nothing() -> None:
    text = "أعلنت القيادة المركزية أن قواتها دمرت فجر اليوم أربع طائرات مسيرة أطلقها الحوثيون."
    told = [text[a:b] for event in read(Report.from_text(text, date="2024-03-10")).events for a, b in event.mentions]
    assert told
    assert "فجر" not in told
