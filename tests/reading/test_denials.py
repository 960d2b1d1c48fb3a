"""What is denied or did not come about is never read as done, and what was done is not unsaid by a denial of something else."""

from __future__ import annotations

import datetime

import pytest

from marsad.model import Event, Report
from marsad.reading import read
from marsad.reading.denial import foiled, refused, undone, without
from marsad.reading.prospects import called_for, sentenced, supposed, threatened
from marsad.reading.reader import set_out

DAY = datetime.date(2025, 3, 1)

DENIED = {
    "a bare noun": "نفى الجيش السوداني سيطرة قوات الدعم السريع على مدينة الفاشر.",
    "over a noun that carries it": "نفت وزارة الدفاع السورية التوصل إلى اتفاق مع قوات سوريا الديمقراطية.",
    "with what it would have brought": "نفت وزارة الدفاع السورية التوصل إلى اتفاق مع قوات سوريا الديمقراطية بشأن تسليم السلاح.",
    "over a long subject and what is rumoured": "نفى المتحدث باسم الجيش السوداني ما تردد عن سقوط الفرقة السادسة في مدينة الفاشر بيد الدعم السريع.",
    "over a tiding": "نفت قيادة العمليات المشتركة أنباء عن هجوم شنه تنظيم داعش على نقطة للجيش في كركوك.",
    "no truth in it": "قال الناطق العسكري إنه لا صحة لما نشر حول اعتقال قائد الفصيل في إدلب.",
    "not true": "ليس صحيحا أن قوات البيشمركة انسحبت من كركوك.",
    "a clause with أن": "نفت موسكو أن تكون طائراتها قد قصفت مشفى في كفرنبل.",
    "called lies": "كذّب المجلس المحلي في دوما شائعات عن انسحاب الفصائل من المدينة.",
    "happened nowhere": "نفى مصدر أمني وقوع أي هجوم على قاعدة عين الأسد صباح اليوم.",
    "between commas": "نفت قيادة العمليات، الأحد، سيطرة تنظيم داعش على قرية في قضاء الحويجة.",
    "over a name and a day between commas": "نفى الناطق العسكري، العقيد محمد الفرجاني، الاثنين، قصف مطار بنينا.",
    "over words that are verbs too": "نفى الجيش العراقي أكثر من مرة قصف المدنيين في الفلوجة.",
}

NOT_DONE = {
    "a verb behind لم": "لم تقصف الطائرات الروسية مدينة إدلب اليوم.",
    "a noun over verbs that carry it": "ولم يتم التوصل إلى اتفاق لوقف إطلاق النار بين الطرفين.",
    "behind the subject of a verb for managing": "لم تتمكن فصائل المعارضة من السيطرة على مدينة إدلب.",
    "without a preposition": "لم تستطع القوات الحكومية اقتحام مدينة سرت.",
    "what they could not, by its noun": "لم يستطع الأهالي العودة إلى بلدة كفركلا.",
    "what befell nobody": "قال المحامي إن موكله لم يتعرض للتعذيب في السجن.",
    "what two did not come to": "لم يتوصل الوفدان المتفاوضان إلى اتفاق في مسقط.",
    "not yet": "لم يتم بعد الإفراج عن المختطفين في ذمار.",
    "not until now": "لم يجر حتى الآن توقيع اتفاق بين الحكومة والمتمردين.",
    "there is none": "لا توجد اشتباكات في مدينة درعا.",
    "a noun behind أي": "لم تشهد مدينة درعا أي قصف خلال الأسبوع الماضي.",
    "without": "غادر الوفدان جنيف أمس دون التوصل إلى اتفاق بين الجانبين.",
    "without that": "هاجم المسلحون المدينة أمس دون أن يتمكنوا من السيطرة عليها.",
}

SUPPOSED = {
    "a condition": "إذا قصف الجيش مدينة حمص فسوف ترد الفصائل.",
    "not so": "لو أن الطائرات قصفت المدينة لرأيناها.",
    "a question": "هل قصف الجيش مدينة حمص؟",
    "possible": "حذرت الأمم المتحدة من مجزرة محتملة في الفاشر.",
    "warned of": "وحذر ناشطون من وقوع هجمات انتقامية على قرى المنطقة.",
    "warned of by a long name": "حذر وزير الخارجية المصري بدر عبد العاطي قبل يومين من هجوم على رفح.",
    "the danger of it": "حذرت منظمة العفو من خطر شن هجوم على الفاشر.",
    "fears": "وسط مخاوف من هجوم إسرائيلي على صور.",
    "in case": "في حال قصفت إسرائيل بيروت فإن الحزب سيرد.",
    "in the case of": "في حالة قصف الجيش المدينة فسوف ترد الفصائل.",
    "in case of a deed": "وحذر المركز من كارثة في حال اندلاع اشتباكات في المدينة.",
    "what somebody fears": "تخشى الأمم المتحدة من مجزرة في الفاشر.",
    "unless": "ما لم ينسحب الجيش الإسرائيلي من جنوب لبنان فلن يعود السكان.",
    "a fear": "بقي الأهالي في الملاجئ خشية قصف الطيران على كفرنبل.",
}

WITHOUT = {
    "no clashes befell": ("territory_change", "دخلت القوات الحكومية بلدة معلولا أمس من دون وقوع اشتباكات مع عناصر التنظيم."),
    "no fight": ("territory_change", "سيطر عناصر التنظيم على قرية البصيرة أمس دون قتال."),
}

CALLED_OFF = {
    "a march": "ألغى المنظمون مظاهرة كانت مقررة يوم الجمعة في ساحة التحرير وسط بغداد.",
    "talks": "تأجلت محادثات السلام بين الحكومة اليمنية والحوثيين التي كان مقررا عقدها في جنيف.",
}

DONE = {
    "who denies not to have denied": ("shelling", "لم ينف الجيش قصف المستشفى في غزة أمس بالمدفعية."),
    "only the deaths are denied": ("air_strike", "نفى التحالف الدولي مقتل مدنيين في الغارة التي شنتها طائراته على الرقة أمس."),
    "only the hurt are denied": ("shelling", "أكدت الوزارة عدم وقوع إصابات جراء القصف الذي استهدف أطراف المدينة أمس."),
    "told before it is denied": ("shelling", "قتل ثلاثة مدنيين بقصف مدفعي على إدلب أمس، ونفت دمشق استهداف المدنيين."),
    "another verb between": ("abduction", "نفى محافظ السويداء علمه بالأمر، وقال إن ثلاثة أشخاص خطفوا أمس في ريف درعا."),
    "all but": ("release", "لم يفرج الحوثيون إلا عن خمسة أسرى في صنعاء أمس."),
    "without a fight": ("territory_change", "سيطرت فصائل المعارضة على بلدة حيان أمس دون قتال."),
    "the subject of what was not managed": ("negotiation", "لم تنجح المفاوضات التي جرت أمس بين الطرفين في جنيف في إنهاء الحرب."),
    "a shelling that killed nobody": ("shelling", "لم يسفر القصف المدفعي على سرمين أمس عن سقوط ضحايا."),
    "who denies that it was he": ("shelling", "نفت حركة حماس مسؤوليتها عن إطلاق صاروخ على بئر السبع."),
    "what is to be answered": ("air_strike", "توعدت طهران بالرد على الهجوم."),
    "another did": ("shelling", "لم تقصف الطائرات مدينة إدلب اليوم، بينما قصف الجيش بالمدفعية بلدة كنصفرة."),
}


def told(text: str) -> tuple[Event, ...]:
    return read(Report.from_text(text, id="r", date=DAY)).events


@pytest.mark.parametrize("text", DENIED.values(), ids=DENIED)
def test_what_somebody_denies_is_told_as_denied(text: str) -> None:
    assert {event.status for event in told(text)} == {"denied"}


@pytest.mark.parametrize("text", NOT_DONE.values(), ids=NOT_DONE)
def test_what_did_not_come_about_is_not_told_as_done(text: str) -> None:
    assert not [event for event in told(text) if event.status in ("occurred", "ongoing") and event.type not in ("negotiation", "troop_movement")]


@pytest.mark.parametrize("text", SUPPOSED.values(), ids=SUPPOSED)
def test_what_is_only_supposed_is_no_event(text: str) -> None:
    assert [event.type for event in told(text) if event.status == "occurred"] == []


def test_words_that_were_published_end_no_denial() -> None:
    scene = set_out(Report.from_text("نفى الجيش ما نشر عن مقتل خمسة جنود في سيناء.", id="r", date=DAY))
    death = next(t for t in scene.triggers if t.harm)
    assert refused(scene, death.first, death.sentence)


UNDONE = [
    ("لم تتمكن القوات من وقف الهجوم على سرت.", "الهجوم", False),
    ("لم تتمكن القوات من السيطرة على سرت في الاشتباكات.", "الاشتباكات", False),
    ("لم تنجح قوات البنيان المرصوص في السيطرة على سرت.", "السيطرة", True),
    ("لم ترد معلومات عن الهجوم على سرت.", "الهجوم", False),
    ("لم ترد معلومات عن قتلى في سرت.", "قتلى", True),
    ("هاجموا سرت دون أن ينجحوا في السيطرة عليها.", "السيطرة", True),
    ("هاجموا سرت دون أن يقتل أحد.", "يقتل", True),
    ("أعلنوا أن يقتل من يفر من سرت.", "يقتل", False),
    ("ما قصفت طائراتنا أي هدف في صعدة.", "قصفت", True),
    ("دمر ما قصفت الطائرات من البيوت.", "قصفت", False),
]


@pytest.mark.parametrize(("text", "word", "so"), UNDONE)
def test_how_far_it_reaches_that_something_was_not_managed(text: str, word: str, so: bool) -> None:
    scene = set_out(Report.from_text(text, id="r", date=DAY))
    assert undone(scene, next(t for t in scene.triggers if scene.document.text(t.first, t.first) == word)) is so


def test_what_is_called_for_between_commas_is_planned() -> None:
    assert {event.status for event in told("دعا مجلس الأمن الدولي، السبت، إلى وقف إطلاق النار في السودان.")} == {"planned"}


CASES = [
    ("حذر المركز من كارثة في حال اندلاع اشتباكات.", "اشتباكات", True),
    ("حذر المركز من كارثة في حالة وقوع هجوم.", "هجوم", True),
    ("تعيش المدينة في حالة حصار.", "حصار", False),
]


@pytest.mark.parametrize(("text", "word", "so"), CASES)
def test_what_is_told_of_in_case_it_comes(text: str, word: str, so: bool) -> None:
    scene = set_out(Report.from_text(text, id="r", date=DAY))
    assert supposed(scene, next(t for t in scene.triggers if scene.document.text(t.first, t.first) == word)) is so


def test_what_there_was_none_of_behind_a_conjunction() -> None:
    scene = set_out(Report.from_text("قصفت الطائرات الحربية بلدة كفرنبل ولا قتلى.", id="r", date=DAY))
    assert without(scene, next(t for t in scene.triggers if t.harm))


CALLED_FOR = [
    ("دعا ناشطون للتظاهر في ساحة التحرير.", True),
    ("دعا المحتجون إلى الخروج في مظاهرات.", True),
    ("دعت نقابات إلى تنظيم إضراب في بجاية.", True),
    ("دعت الأمم المتحدة المحتجين إلى الهدوء بعد المظاهرات.", False),
]


@pytest.mark.parametrize(("text", "so"), CALLED_FOR)
def test_what_is_called_for(text: str, so: bool) -> None:
    scene = set_out(Report.from_text(text, id="r", date=DAY))
    assert called_for(scene, scene.triggers[-1]) is so


THREATENED = [
    ("هدد الحوثيون بشن هجمات على مأرب.", True),
    ("توعد التنظيم بتنفيذ تفجيرات في كابل.", True),
    ("هددت الحركة باستئناف القصف على عسقلان.", True),
    ("هدد الحوثيون بالرد على الهجمات.", False),
]


@pytest.mark.parametrize(("text", "so"), THREATENED)
def test_what_is_threatened(text: str, so: bool) -> None:
    scene = set_out(Report.from_text(text, id="r", date=DAY))
    assert threatened(scene, scene.triggers[-1]) is so


VERDICTS = [
    ("أصدرت محكمة في صنعاء أحكام إعدام بحق 12 معتقلا.", True),
    ("أيدت محكمة النقض إعدام خمسة متهمين.", True),
    ("نفذت السلطات حكم الإعدام في خمسة متهمين.", False),
    ("أصدرت المنظمة بيانا بعد إعدام خمسة متهمين.", False),
]


@pytest.mark.parametrize(("text", "so"), VERDICTS)
def test_a_verdict_without_its_preposition(text: str, so: bool) -> None:
    scene = set_out(Report.from_text(text, id="r", date=DAY))
    assert sentenced(scene, next(t for t in scene.triggers if "execution" in t.types)) is so


def test_a_verdict_is_of_the_day_on_which_it_was_given() -> None:
    events = told("قضت محكمة في صنعاء يوم 12 كانون الثاني بإعدام 16 شخصا.")
    assert [event.date.start for event in events if event.type == "execution"] == [datetime.date(2025, 1, 12)]


def test_a_threat_is_planned() -> None:
    assert [(e.type, e.status) for e in told("هدد وزير الدفاع الإسرائيلي بقصف بيروت إذا استمرت الصواريخ.")] == [("shelling", "planned")]


@pytest.mark.parametrize(("kind", "text"), DONE.values(), ids=DONE)
def test_a_denial_reaches_no_further_than_what_is_denied(kind: str, text: str) -> None:
    assert "occurred" in {event.status for event in told(text) if event.type == kind}


def test_deaths_that_are_denied_are_not_counted() -> None:
    assert [count.what for event in told(DONE["only the deaths are denied"][1]) for count in event.counts] == []


@pytest.mark.parametrize("behind", ["بلا قتلى", "من دون ضحايا", "ولا قتلى", "دون وقوع جرحى"])
def test_those_without_whom_it_was_are_not_counted(behind: str) -> None:
    assert [event.counts for event in told(f"قصفت الطائرات الحربية بلدة كفرنبل {behind}.")] == [()]


def test_deaths_of_which_nothing_is_heard_are_not_counted() -> None:
    assert [event.counts for event in told("قصفت الطائرات الحربية بلدة كفرنبل، ولم ترد أنباء عن سقوط قتلى.")] == [()]


@pytest.mark.parametrize(("type_", "text"), WITHOUT.values(), ids=WITHOUT)
def test_what_there_was_none_of_is_no_event(type_: str, text: str) -> None:
    assert [event.type for event in told(text)] == [type_]


@pytest.mark.parametrize("text", CALLED_OFF.values(), ids=CALLED_OFF)
def test_what_was_called_off_is_only_planned(text: str) -> None:
    assert {event.status for event in told(text)} == {"planned"}


FOILED = {
    "an attack": "أحبطت قوات الأمن هجوما انتحاريا على مرقد في سامراء.",
    "behind a long subject": "أحبطت قوى الأمن الداخلي في عامودا أمس هجوما بسيارة مفخخة على حاجز.",
    "over a day between commas": "أحبطت القوات العراقية، اليوم الثلاثاء، تفجير سيارة مفخخة في هيت.",
    "by a noun": "أعلنت الداخلية إحباط تفجير في سوق بحي المنصور.",
}


@pytest.mark.parametrize("text", FOILED.values(), ids=FOILED)
def test_what_was_foiled_failed(text: str) -> None:
    assert {event.status for event in told(text)} == {"failed"}


REACHED = [
    ("أحبطت الشرطة هجوما انتحاريا كان يستهدف مرقدا في سامراء.", True),
    ("أحبطت الشرطة هجوما على سوق في كركوك، فيما قال سكان إن مسلحا كان يستهدف مدرسة في الحويجة.", False),
]


@pytest.mark.parametrize(("text", "of_it"), REACHED)
def test_what_was_to_be_hit_is_of_what_was_foiled_in_its_own_clause(text: str, of_it: bool) -> None:
    scene = set_out(Report.from_text(text, id="r", date=DAY))
    verb = next(t for t in scene.triggers if scene.document.text(t.first, t.last) == "يستهدف")
    assert foiled(scene, verb) is of_it


def test_what_was_taken_when_an_attack_was_foiled_was_taken() -> None:
    events = told("أحبطت الشرطة هجوما على سوق في كركوك واعتقلت ثلاثة مسلحين.")
    assert {(event.type, event.status) for event in events} == {("armed_clash", "failed"), ("arrest", "occurred")}


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("أعلنت السلطات إحباط هجوم انتحاري واعتقال ثلاثة من أعضاء الخلية في الرباط.", "arrest", "occurred"),
        ("أعلنت السلطات إحباط محاولة انقلاب واعتقلت أربعة ضباط.", "arrest", "occurred"),
        ("أعلنت السلطات إحباط محاولة انقلاب وفرض حظر التجول في العاصمة.", "restriction", "occurred"),
        ("تمكن الأمن من إحباط عملية إرهابية والقبض على منفذيها في عمان.", "arrest", "occurred"),
        ("أحبط الأهالي محاولة اعتقال شاب في درعا.", "arrest", "failed"),
        ("أحبطت القوات محاولة إطلاق سراح سجناء في غويران.", "release", "failed"),
    ],
)
def test_what_is_done_beside_what_was_foiled_is_done(text: str, type_: str, status: str) -> None:
    assert {event.status for event in told(text) if event.type == type_} == {status}


SHOT_DOWN = [
    "دمر الجيش طائرة مسيرة قرب سرت.",
    "دمرت الدفاعات الجوية طائرة مسيرة في سماء حلب.",
    "أسقط التحالف صاروخا باليستيا أطلقه الحوثيون نحو جازان.",
    "دمرت الدفاعات الجوية السعودية، السبت، طائرة مسيرة أطلقها الحوثيون نحو أبها.",
]


@pytest.mark.parametrize("text", SHOT_DOWN)
def test_what_was_destroyed_on_its_way_failed(text: str) -> None:
    assert {event.status for event in told(text)} == {"failed"}


def test_a_strike_that_destroyed_something_did_not_fail() -> None:
    assert {event.status for event in told("دمر الطيران الحربي بغارة منزلا في إدلب، ودمر القصف مدرسة في سرمين.")} == {"occurred"}


# a text, the type of the event that somebody strove for, and how it is told
STRIVEN_FOR = [
    ("فشلت قوات الحكومة في استعادة السيطرة على الجسر بعد معارك استمرت ساعات.", "territory_change", "failed"),
    ("أخفقت الفصائل في السيطرة على تلة الكبانة.", "territory_change", "failed"),
    ("انسحبت القوات من البلدة بعد فشلها في السيطرة على التلة.", "territory_change", "failed"),
    ("عجزت القوات عن التقدم نحو المدينة.", "territory_change", "failed"),
    ("لم تفشل قوات الجيش في استعادة السيطرة على مدينة سنجة.", "territory_change", "occurred"),
    ("فشل مسلحون في اقتحام حاجز للجيش في الشيخ زويد.", "armed_clash", "failed"),
]


@pytest.mark.parametrize(("text", "type_", "status"), STRIVEN_FOR)
def test_what_somebody_failed_to_do_failed(text: str, type_: str, status: str) -> None:
    assert [event.status for event in told(text) if event.type == type_] == [status]


SENTENCED = {
    "قضت محكمة في طرابلس بإعدام 45 شخصا رميا بالرصاص.": "planned",
    "وحكمت المحكمة الجزائية في صنعاء على المتهمين الستة بإعدامهم.": "planned",
    "نفذت السلطات السعودية حكم الإعدام بثلاثة مدانين.": "occurred",
}


@pytest.mark.parametrize(("text", "status"), SENTENCED.items())
def test_what_a_court_ordered_is_planned(text: str, status: str) -> None:
    assert {event.status for event in told(text) if event.type == "execution"} == {status}


LIFTED = {
    "رفعت السلطات حظر التجول في بغداد أمس.": "occurred",
    "رفعت السلطات في كركوك حظر التجول.": "occurred",
    "أعلن الجيش فك الحصار عن مطار كويرس بعد عامين.": "occurred",
    "ودعت الأمم المتحدة إلى رفع الحصار عن تعز.": "ongoing",
    "طالب الأهالي بفك الحصار عن مضايا.": "ongoing",
}


@pytest.mark.parametrize(("text", "status"), LIFTED.items())
def test_what_was_lifted_does_not_go_on(text: str, status: str) -> None:
    assert [event.status for event in told(text) if event.type == "restriction"] == [status]


def test_who_denies_it_is_no_source_of_what_others_tell() -> None:
    text = "قتل ثلاثة متظاهرين برصاص قوات الأمن في البصرة، وفق شهود. ونفى المتحدث باسم الداخلية أن تكون القوات قد أطلقت النار على المتظاهرين."
    assert [event.source.kind for event in told(text) if event.status == "occurred"] == ["witness"]
    text = "أطلقت قوات الأمن الرصاص على المتظاهرين في البصرة. ونفى المتحدث باسم الداخلية أن تكون القوات قد أطلقت النار على المتظاهرين."
    assert [event.source.kind for event in told(text) if event.status == "occurred"] == ["outlet"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قتل العقيد الركن سالم علي برصاص مسلحين في عدن.", "occurred"),
        ("نجا الوزير من محاولة اغتيال قتل فيها اثنان من مرافقيه.", "failed"),
    ],
)
def test_an_attempt_on_somebody_whom_it_killed_did_not_fail(text: str, status: str) -> None:
    assert [event.status for event in told(text) if event.type == "assassination"] == [status]


def test_what_goes_on_again_did_not_fail() -> None:
    (event,) = told("استأنفت الأمم المتحدة إيصال المساعدات إلى تيغراي بعد توقف دام شهرين.")
    assert event.status != "failed"


@pytest.mark.parametrize(
    "text",
    [
        "لم تجر المفاوضات في جنيف.",
        "لم تستأنف المفاوضات في جنيف.",
        "لم تشن الطائرات غارات على صنعاء اليوم.",
        "لم يشن الجيش الوطني هجوما على تعز.",
        "قال إن المحادثات لم تعقد في موعدها بجنيف.",
    ],
)
def test_what_was_not_begun_did_not_come_about(text: str) -> None:
    assert {event.status for event in told(text)} <= {"failed", "planned", "denied"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قد تقصف إسرائيل مواقع في دمشق.", "planned"),
        ("قد تشن تركيا عملية عسكرية جديدة شمال سوريا.", "planned"),
        ("أعلن الجيش نيته اقتحام رفح.", "planned"),
        ("اقترحت مصر وقفا لإطلاق النار في غزة.", "planned"),
        ("وقد قتل ثلاثة في غارة على إدلب.", "occurred"),
        ("الغارة التي قد تكون إسرائيلية قتلت ثلاثة في حمص.", "occurred"),
    ],
)
def test_what_may_come_is_not_done(text: str, status: str) -> None:
    assert {event.status for event in told(text)} == {status}


def test_one_word_over_and_over_ends() -> None:
    """Each word for destroying looks at those behind it, and none of them at further ones."""
    assert told("دمر " * 200) is not None
    assert told("أسقط دمر طائرة " * 100) is not None
